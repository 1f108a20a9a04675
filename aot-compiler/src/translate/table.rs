//! Calls through constant tables.
//!
//! A table that nothing writes lies in the artifact's read-only part, one entry of two words per element: the
//! code's address relative to the table's own (0 for an empty element, which no function can have), and the type id
//! ([`NULL_TYPE_ID`] for an empty element). Since the contents are known, only those checks are made that the
//! contents leave open.

use super::{FunctionTranslator, signature, trap_code};
use crate::error::{Error, Result};
use crate::lower32::namespace;
use crate::module::{Table, TableIndex, TypeId};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value};
use sandgrain_abi::{NULL_TYPE_ID, TrapKind};

/// Bytes of an entry of a constant table.
pub const ENTRY_SIZE: u32 = 8;
/// Offset of the type id in an entry.
pub const ENTRY_TYPE_OFFSET: u32 = 4;

/// What a table may hold, as seen by a caller that expects one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Contents {
    empty: bool,
    expected: bool,
    other: bool,
}

impl FunctionTranslator<'_, '_> {
    pub(super) fn call_indirect(&mut self, table: TableIndex, expected: TypeId) -> Result<()> {
        let index = self.pop();
        let Some(definition) = self.module.tables.get(table) else {
            return Err(Error::internal("a call through a table that does not exist"));
        };
        let contents = self.contents(definition, expected);
        let size = definition.elements.len() as u32;
        if self.constant(index).is_none_or(|i| i >= size) {
            let size = self.i32_const(size);
            self.trap_if(IntCC::UnsignedGreaterThanOrEqual, index, size, TrapKind::TableOutOfBounds);
        }
        match contents {
            Contents { expected: false, empty: true, other: false } => self.trap(TrapKind::IndirectCallToNull),
            Contents { expected: false, empty: false, other: true } => self.trap(TrapKind::BadSignature),
            // An empty table: every index is out of bounds.
            Contents { expected: false, empty: false, other: false } => self.trap(TrapKind::TableOutOfBounds),
            _ => self.call_entry(table, index, expected, contents),
        }
        Ok(())
    }

    fn call_entry(&mut self, table: TableIndex, index: Value, expected: TypeId, contents: Contents) {
        let address = self.symbol(namespace::TABLE, table.as_u32());
        let offset = self.b.ins().ishl_imm_u(index, i64::from(ENTRY_SIZE.trailing_zeros()));
        let entry = self.b.ins().iadd(address, offset);
        // Readonly, but not movable: the address is only good behind the bounds check.
        let flags = MemFlagsData::trusted().with_readonly().with_alias_region(Some(self.regions.constants));
        if contents.other {
            let ty = self.b.ins().load(I32, flags, entry, ENTRY_TYPE_OFFSET as i32);
            self.check_type(ty, expected, contents);
        }
        let relative = self.b.ins().load(I32, flags, entry, 0);
        if contents.empty && !contents.other {
            self.b.ins().trapz(relative, trap_code(TrapKind::IndirectCallToNull));
        }
        let code = self.b.ins().iadd(address, relative);

        let ty = &self.module.types[expected];
        let b = &mut self.b;
        let sig = *self.signatures.entry(expected).or_insert_with(|| b.import_signature(signature(ty)));
        let arguments = self.pop_arguments(ty.params.len());
        let call = self.b.ins().call_indirect(sig, code, &arguments);
        self.push_results(call);
    }

    /// One comparison on the way to the call; which trap it is, is found out off it.
    fn check_type(&mut self, ty: Value, expected: TypeId, contents: Contents) {
        let id = self.i32_const(expected.as_u32());
        if !contents.empty {
            return self.trap_if(IntCC::NotEqual, ty, id, TrapKind::BadSignature);
        }
        let wrong = self.b.ins().icmp(IntCC::NotEqual, ty, id);
        let (cold, good) = (self.b.create_block(), self.b.create_block());
        self.b.ins().brif(wrong, cold, &[], good, &[]);
        self.b.seal_block(cold);
        self.b.seal_block(good);
        self.b.set_cold_block(cold);
        self.b.switch_to_block(cold);
        let null = self.i32_const(NULL_TYPE_ID);
        self.trap_if(IntCC::Equal, ty, null, TrapKind::IndirectCallToNull);
        self.b.ins().trap(trap_code(TrapKind::BadSignature));
        self.b.switch_to_block(good);
    }

    fn contents(&self, table: &Table, expected: TypeId) -> Contents {
        let mut contents = Contents { empty: false, expected: false, other: false };
        for element in &table.elements {
            match element {
                None => contents.empty = true,
                Some(f) if self.module.functions[*f].ty == expected => contents.expected = true,
                Some(_) => contents.other = true,
            }
        }
        contents
    }
}
