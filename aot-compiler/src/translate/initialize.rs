//! The function that initialises an instance: what core spec 4.5.4 does behind the allocation, as code.
//!
//! Globals whose value is not known on compiling, then active element segments, then active data segments, then the
//! start function. What traps leaves what came before it done.

use super::call::Mode;
use super::{FunctionTranslator, Translator};
use crate::error::{Error, Result};
use crate::marks::mutant;
use crate::module::{Constant, DataMode, ElementMode, FuncType, GlobalOrigin, Module};
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{self, InstBuilder, SourceLoc, Value};
use wasmparser::Operator;

impl Translator<'_> {
    /// Makes the function that has to run on an instance before any other; `None` if there is nothing to do. Its
    /// index is [`Module::initializer`], its type that of a start function.
    ///
    /// # Errors
    /// Internal ones only.
    pub fn initializer(&mut self) -> Result<Option<ir::Function>> {
        if !is_needed(self.module) {
            return Ok(None);
        }
        self.build(self.module.initializer(), &FuncType::default(), |translator| translator.initialize()).map(Some)
    }
}

fn is_needed(module: &Module<'_>) -> bool {
    module.start.is_some()
        || module.globals.values().any(|g| matches!(g.origin, GlobalOrigin::Own(Constant::Computed(_))))
        || module.elements.values().any(|e| matches!(e.mode, ElementMode::Active { .. }))
        || module.data.values().any(|d| matches!(d.mode, DataMode::Active { .. }))
}

impl FunctionTranslator<'_, '_> {
    fn initialize(&mut self) -> Result<()> {
        self.initializing = true;
        for (index, global) in self.module.globals.iter() {
            if let GlobalOrigin::Own(Constant::Computed(expression)) = &global.origin {
                let value = self.evaluate(expression)?;
                if mutant!("initialize: computed global not set", true, false) {
                    self.set_cell(index, value);
                }
            }
        }
        for (index, segment) in self.module.elements.iter() {
            if let ElementMode::Active { table, offset } = &segment.mode {
                self.b.set_srcloc(SourceLoc::new(segment.wasm_offset));
                let offset = self.offset(offset)?;
                self.place_elements(index, *table, offset);
            }
        }
        for (index, segment) in self.module.data.iter() {
            if let DataMode::Active { memory, offset } = &segment.mode {
                self.b.set_srcloc(SourceLoc::new(segment.wasm_offset));
                let offset = self.offset(offset)?;
                let offset = mutant!("initialize: data one byte on", offset, self.b.ins().iadd_imm_u(offset, 1));
                self.place_data(index, *memory, offset);
            }
        }
        if let Some(start) = self.module.start.filter(|_| mutant!("initialize: start function not called", true, false))
        {
            self.call_function(start, Mode::Call);
        }
        self.b.ins().return_(&[]);
        Ok(())
    }

    /// The offset of a segment.
    fn offset(&mut self, offset: &Constant<'_>) -> Result<Value> {
        match offset {
            Constant::Known(bits) => Ok(self.b.ins().iconst(I32, *bits as i64)),
            Constant::Computed(expression) => self.evaluate(expression),
        }
    }

    fn evaluate(&mut self, expression: &wasmparser::ConstExpr<'_>) -> Result<Value> {
        for operator in expression.get_operators_reader().into_iter_with_offsets() {
            let (operator, offset) = operator?;
            if !matches!(operator, Operator::End) {
                self.operator(&operator, offset)?;
            }
        }
        self.stack.pop().ok_or_else(|| Error::internal("a constant expression without a value passed validation"))
    }
}
