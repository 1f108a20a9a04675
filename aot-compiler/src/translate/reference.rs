//! References as values: addresses, and 0 for null.

use super::FunctionTranslator;
use crate::module::FuncIndex;
use cranelift_codegen::ir::InstBuilder;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::I32;
use wasmparser::Operator;

impl FunctionTranslator<'_, '_> {
    /// Translates `operator` if it makes or tests a reference; whether it does.
    pub(super) fn reference(&mut self, operator: &Operator<'_>) -> bool {
        let value = match *operator {
            Operator::RefNull { .. } => self.b.ins().iconst(self.pointer, 0),
            Operator::RefFunc { function_index } => {
                let function = FuncIndex::from_u32(function_index);
                self.state_address(self.layout.function(self.module, function))
            }
            Operator::RefIsNull => {
                let reference = self.pop();
                let truth = self.b.ins().icmp_imm_u(IntCC::Equal, reference, 0);
                self.b.ins().uextend(I32, truth)
            }
            _ => return false,
        };
        self.push(value);
        true
    }
}
