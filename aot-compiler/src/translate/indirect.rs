//! Calls through tables.
//!
//! A table that nothing writes lies in the artifact's read-only part, one entry of two words per element: the
//! code's address relative to the table's own (0 for an empty element, which no function can have), and the type id
//! ([`NULL_TYPE_ID`] for an empty element). Since the contents are known, only those checks are made that the
//! contents leave open, and the functions are the module's own.
//!
//! An element of any other table is the address of a FuncRef, or 0. Its function may belong to another instance, and
//! its type id is compared with one that the runtime has filled in, since type ids of several modules meet there.

use super::call::{Callee, Mode};
use super::{FunctionTranslator, trap_code};
use crate::lower32::namespace;
use crate::marks::mutant;
use crate::module::{FuncIndex, TableIndex, TablePlace, TypeId};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{InstBuilder, Value};
use sandgrain_abi::layout::FuncRefField;
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
    pub(super) fn call_indirect(&mut self, table: TableIndex, expected: TypeId, mode: Mode) {
        let index = self.pop();
        match &self.module.tables[table].place {
            TablePlace::Text(elements) => self.call_constant(table, elements, index, expected, mode),
            TablePlace::Instance { .. } | TablePlace::Import(_) => {
                let reference = self.load_element(table, index, TrapKind::TableOutOfBounds);
                self.call_reference(reference, expected, mode);
            }
        }
    }

    /// Calls the function that a funcref of unknown origin refers to.
    fn call_reference(&mut self, reference: Value, expected: TypeId, mode: Mode) {
        if mutant!("translate: null check of a call dropped", true, false) {
            self.b.ins().trapz(reference, trap_code(TrapKind::IndirectCallToNull));
        }
        let field = |f: FuncRefField| f.offset(self.layout.pointer_bytes) as i32;
        let flags = self.checked_constant();
        let ty = self.b.ins().load(self.pointer, flags, reference, field(FuncRefField::type_id));
        let id = self.load_constant(self.pointer, self.instance, self.layout.type_id(expected));
        if mutant!("translate: type check of a call dropped", true, false) {
            self.trap_if(IntCC::NotEqual, ty, id, TrapKind::BadSignature);
        }
        let code = self.b.ins().load(self.pointer, flags, reference, field(FuncRefField::code));
        let instance = self.b.ins().load(self.pointer, flags, reference, field(FuncRefField::instance));
        self.call_callee(Callee { code, instance }, expected, mode);
    }

    fn call_constant(
        &mut self,
        table: TableIndex,
        elements: &[Option<FuncIndex>],
        index: Value,
        expected: TypeId,
        mode: Mode,
    ) {
        let contents = self.contents(elements, expected);
        let size = mutant!("translate: bounds check of a constant table off by one", elements.len(), elements.len() + 1)
            as u32;
        if self.constant(index).is_none_or(|i| i >= size) {
            let size = self.i32_const(size);
            self.trap_if(IntCC::UnsignedGreaterThanOrEqual, index, size, TrapKind::TableOutOfBounds);
        }
        match contents {
            Contents { expected: false, empty: true, other: false } => self.trap(TrapKind::IndirectCallToNull),
            Contents { expected: false, empty: false, other: true } => self.trap(TrapKind::BadSignature),
            // An empty table: every index is out of bounds.
            Contents { expected: false, empty: false, other: false } => self.trap(TrapKind::TableOutOfBounds),
            _ => self.call_entry(table, index, expected, contents, mode),
        }
    }

    fn call_entry(&mut self, table: TableIndex, index: Value, expected: TypeId, contents: Contents, mode: Mode) {
        let address = self.symbol(namespace::TABLE, table.as_u32());
        let offset = self.b.ins().ishl_imm_u(index, i64::from(ENTRY_SIZE.trailing_zeros()));
        let entry = self.indexed_address(address, 0, offset);
        let flags = self.checked_constant();
        if contents.other {
            let ty = self.b.ins().load(I32, flags, entry, ENTRY_TYPE_OFFSET as i32);
            self.check_type(ty, expected, contents);
        }
        let relative = match self.pointer {
            I32 => self.b.ins().load(I32, flags, entry, 0),
            _ => self.b.ins().sload32(flags, entry, 0),
        };
        if contents.empty && !contents.other {
            self.b.ins().trapz(relative, trap_code(TrapKind::IndirectCallToNull));
        }
        let code = self.b.ins().iadd(address, relative);
        self.call_callee(Callee { code, instance: self.instance }, expected, mode);
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

    fn contents(&self, elements: &[Option<FuncIndex>], expected: TypeId) -> Contents {
        let mut contents = Contents { empty: false, expected: false, other: false };
        for element in elements {
            match element {
                None => contents.empty = true,
                Some(f) if self.module.functions[*f].ty == expected => contents.expected = true,
                Some(_) => contents.other = true,
            }
        }
        contents
    }
}
