//! Globals.
//!
//! An immutable global whose value is known is a constant of the code. Another own one is a cell in the instance; an
//! import is the value itself if it is immutable, else the address of another instance's cell.

use super::{FunctionTranslator, clif_type};
use crate::marks::mutant;
use crate::module::{GlobalIndex, GlobalOrigin};
use cranelift_codegen::ir::{InstBuilder, Value};

impl FunctionTranslator<'_, '_> {
    pub(super) fn global_get(&mut self, index: u32) {
        let index = GlobalIndex::from_u32(index);
        let global = &self.module.globals[index];
        let ty = clif_type(global.ty, self.pointer);
        let value = if let Some(bits) = global.constant() {
            self.constant_of(global.ty, bits)
        } else if global.mutable || self.initializing {
            let (base, offset) = self.cell(index);
            let flags = self.trusted(self.regions.globals);
            let offset = mutant!("translate: global read 4 bytes on", offset, offset + 4);
            let value = self.b.ins().load(ty, flags, base, offset);
            self.observe_global(index, value);
            value
        } else {
            // It got its value before any other code ran.
            self.load_constant(ty, self.instance, self.layout.cell(self.module, index))
        };
        self.push(value);
    }

    pub(super) fn global_set(&mut self, index: u32) {
        let value = self.pop();
        self.set_cell(GlobalIndex::from_u32(index), value);
    }

    /// Gives a global its value, also an immutable own one that has none yet.
    pub(super) fn set_cell(&mut self, index: GlobalIndex, value: Value) {
        let (base, offset) = self.cell(index);
        let flags = self.trusted(self.regions.globals);
        let store = self.b.ins().store(flags, value, base, offset);
        self.observe_write(index, store);
    }

    /// Where the value of a global that is not constant lies.
    fn cell(&mut self, index: GlobalIndex) -> (Value, i32) {
        let global = &self.module.globals[index];
        match global.origin {
            GlobalOrigin::Import(import) if global.mutable => (self.import_address(import), 0),
            _ => (self.instance, self.layout.cell(self.module, index) as i32),
        }
    }
}
