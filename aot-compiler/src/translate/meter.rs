//! Paying fuel, in code that is metered.

use super::FunctionTranslator;
use crate::metering::{Charge, Due};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{InstBuilder, Value};
use sandgrain_abi::layout::{Field, StoreField};
use sandgrain_abi::{FUEL_BYTES, FUEL_EXHAUSTED, Helper, TrapKind};

impl FunctionTranslator<'_, '_> {
    /// Pays what is due here for the operator that is being translated.
    pub(super) fn pay(&mut self, here: Due) {
        if let Some(Charge { amount, .. }) = self.charge.filter(|charge| charge.due == here) {
            self.pay_constant(amount);
        }
    }

    pub(super) fn pay_constant(&mut self, amount: u32) {
        let amount = self.i32_const(amount);
        self.pay_units(amount);
    }

    /// Pays for bulk work on so many elements of so many bytes each, a power of two; called where their bounds have been
    /// checked.
    pub(super) fn pay_for(&mut self, elements: Value, bytes: u32) {
        if !self.metered {
            return;
        }
        let per_unit = FUEL_BYTES / bytes;
        match self.constant(elements).map(|elements| elements / per_unit) {
            Some(0) => {}
            Some(amount) => self.pay_constant(amount),
            None => {
                let amount = self.b.ins().ushr_imm_u(elements, i64::from(per_unit.trailing_zeros()));
                self.pay_units(amount);
            }
        }
    }

    fn pay_units(&mut self, amount: Value) {
        let (store, offset) = self.fuel();
        let flags = self.trusted(self.regions.fuel);
        let left = self.b.ins().load(I32, flags, store, offset);
        self.trap_if(IntCC::UnsignedLessThan, left, amount, TrapKind::OutOfFuel);
        let rest = self.b.ins().isub(left, amount);
        self.b.ins().store(flags, rest, store, offset);
    }

    /// Where the fuel lies, as an address and what is to be added to it.
    fn fuel(&mut self) -> (Value, i32) {
        let store = self.load_constant(self.pointer, self.instance, Field::store.offset(self.layout.pointer_bytes));
        (store, StoreField::fuel.offset(self.layout.pointer_bytes) as i32)
    }

    /// Address of the fuel, for helpers that pay.
    fn fuel_address(&mut self) -> Value {
        let (store, offset) = self.fuel();
        self.b.ins().iadd_imm_u(store, i64::from(offset))
    }

    /// Calls a helper that makes a memory or table grow; `metered` is the one that pays for it, too.
    pub(super) fn call_growing(&mut self, helper: Helper, metered: Helper, arguments: &[Value]) -> Value {
        if !self.metered {
            let call = self.call_helper(helper, arguments, &[I32]);
            return self.b.inst_results(call)[0];
        }
        let fuel = self.fuel_address();
        let call = self.call_helper(metered, &[arguments, &[fuel]].concat(), &[I32]);
        let (result, exhausted) = (self.b.inst_results(call)[0], self.i32_const(FUEL_EXHAUSTED as u32));
        self.trap_if(IntCC::Equal, result, exhausted, TrapKind::OutOfFuel);
        result
    }
}
