//! Direct calls, to wasm functions and to helpers.

use super::{FunctionTranslator, signature};
use crate::error::Result;
use crate::lower32::namespace;
use crate::module::{FuncIndex, TableIndex};
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{self, AbiParam, Inst, InstBuilder, Signature, Value};
use cranelift_codegen::isa::CallConv;
use sandgrain_abi::Helper;
use wasmparser::Operator;

impl FunctionTranslator<'_, '_> {
    /// Translates `operator` if it is a call; whether it is.
    pub(super) fn call(&mut self, operator: &Operator<'_>) -> Result<bool> {
        match *operator {
            Operator::Call { function_index } => {
                let ty = self.module.signature(FuncIndex::from_u32(function_index));
                let function = self.reference(namespace::FUNCTION, function_index, true, || signature(ty));
                let arguments = self.pop_arguments(ty.params.len());
                let call = self.b.ins().call(function, &arguments);
                self.push_results(call);
            }
            Operator::CallIndirect { type_index, table_index } => {
                self.call_indirect(TableIndex::from_u32(table_index), self.module.type_id(type_index))?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The instance and the `n` topmost values, popped.
    pub(super) fn pop_arguments(&mut self, n: usize) -> Vec<Value> {
        let height = self.stack.len() - n;
        let mut arguments = Vec::with_capacity(n + 1);
        arguments.push(self.instance);
        arguments.extend(self.stack.drain(height..));
        arguments
    }

    pub(super) fn push_results(&mut self, call: Inst) {
        self.stack.extend_from_slice(self.b.func.dfg.inst_results(call));
    }

    /// Calls a helper whose arguments and result are all 32-bit.
    pub(super) fn call_helper(&mut self, helper: Helper, arguments: &[Value], results: usize) -> Inst {
        let function = self.reference(namespace::HELPER, helper as u32, false, || {
            let mut signature = Signature::new(CallConv::SystemV);
            signature.params.resize(arguments.len(), AbiParam::new(I32));
            signature.returns.resize(results, AbiParam::new(I32));
            signature
        });
        self.b.ins().call(function, arguments)
    }

    fn reference(
        &mut self,
        namespace: u32,
        index: u32,
        colocated: bool,
        signature: impl FnOnce() -> Signature,
    ) -> ir::FuncRef {
        let b = &mut self.b;
        *self.references.entry((namespace, index)).or_insert_with(|| {
            let signature = b.import_signature(signature());
            let name = b.func.declare_imported_user_function(ir::UserExternalName { namespace, index });
            b.import_function(ir::ExtFuncData {
                name: ir::ExternalName::user(name),
                signature,
                colocated,
                patchable: false,
            })
        })
    }
}
