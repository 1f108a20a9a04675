//! Tables in RAM: those that code changes or reads, that others can reach, or whose contents depend on imports.
//!
//! An element is one word, a reference. An own table lies at a constant offset behind the instance; the definition of
//! an imported one is found in its slot.

use super::FunctionTranslator;
use crate::lower32::namespace;
use crate::marks::mutant;
use crate::module::{ElemIndex, ElementMode, TableIndex, TablePlace};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{InstBuilder, Value};
use sandgrain_abi::layout::TableField;
use sandgrain_abi::{FUEL_ELEMENT, Helper, TrapKind};
use wasmparser::Operator;

/// What an access traps with, except that of `call_indirect`.
const OUT_OF_BOUNDS: TrapKind = TrapKind::TableAccessOutOfBounds;

impl FunctionTranslator<'_, '_> {
    /// Translates `operator` if it concerns tables or element segments; whether it does.
    pub(super) fn table(&mut self, operator: &Operator<'_>) -> bool {
        let table = TableIndex::from_u32;
        match *operator {
            Operator::TableGet { table: t } => self.table_get(table(t)),
            Operator::TableSet { table: t } => self.table_set(table(t)),
            Operator::TableSize { table: t } => {
                let length = self.table_length(table(t));
                self.push(length);
            }
            Operator::TableGrow { table: t } => self.table_grow(table(t)),
            Operator::TableFill { table: t } => self.table_fill(table(t)),
            Operator::TableCopy { dst_table, src_table } => self.table_copy(table(dst_table), table(src_table)),
            Operator::TableInit { elem_index, table: t } => self.table_init(table(t), ElemIndex::from_u32(elem_index)),
            Operator::ElemDrop { elem_index } => self.elem_drop(ElemIndex::from_u32(elem_index)),
            _ => return false,
        }
        true
    }

    /// Elements at present.
    pub(super) fn table_length(&mut self, index: TableIndex) -> Value {
        let table = &self.module.tables[index];
        if table.is_fixed() {
            return self.i32_const(table.min);
        }
        let field = TableField::length.offset(self.layout.pointer_bytes);
        let (base, offset) = match (self.layout.table(index), &table.place) {
            (Some(own), _) => (self.instance, own.definition + field),
            (None, TablePlace::Import(import)) => (self.import_address(*import), field),
            (None, _) => unreachable!("a table in the text has a fixed size"),
        };
        // The low half of a word whose high half, if it has one, is zero.
        let flags = self.trusted(self.regions.tables);
        self.b.ins().load(I32, flags, base, offset as i32)
    }

    /// Address of the [`TableDefinition`](sandgrain_abi::layout::TableDefinition) of a table in RAM.
    fn table_definition(&mut self, index: TableIndex) -> Value {
        match (self.layout.table(index), &self.module.tables[index].place) {
            (Some(own), _) => self.state_address(own.definition),
            (None, TablePlace::Import(import)) => self.import_address(*import),
            (None, _) => unreachable!("parsing puts tables that change into RAM"),
        }
    }

    /// Where the elements of a table in RAM begin, as an address and what is to be added to it.
    fn elements(&mut self, index: TableIndex) -> (Value, u32) {
        if let Some(own) = self.layout.table(index) {
            return (self.instance, own.elements);
        }
        let definition = self.table_definition(index);
        let base = TableField::base.offset(self.layout.pointer_bytes);
        (self.load_constant(self.pointer, definition, base), 0)
    }

    /// Bytes that so many elements take.
    fn element_bytes(&mut self, count: Value) -> Value {
        let element = self.layout.pointer_bytes;
        match self.constant(count).and_then(|count| count.checked_mul(element)) {
            Some(bytes) => self.i32_const(bytes),
            None => self.b.ins().ishl_imm_u(count, i64::from(element.trailing_zeros())),
        }
    }

    /// Address of an element that is known to be in bounds.
    fn element_address(&mut self, table: TableIndex, index: Value) -> Value {
        let (base, displacement) = self.elements(table);
        let offset = self.element_bytes(index);
        self.indexed_address(base, displacement, offset)
    }

    /// The element at `index` of a table in RAM; traps with `kind` if there is none.
    pub(super) fn load_element(&mut self, table: TableIndex, index: Value, kind: TrapKind) -> Value {
        let (address, offset) = self.checked_element(table, index, kind);
        let flags = self.trusted(self.regions.tables);
        self.b.ins().load(self.pointer, flags, address, offset)
    }

    fn checked_element(&mut self, table: TableIndex, index: Value, kind: TrapKind) -> (Value, i32) {
        let min = self.module.tables[table].min;
        if self.constant(index).is_none_or(|i| i >= min) {
            let length = self.table_length(table);
            let cond = mutant!(
                "translate: table bound off by one",
                IntCC::UnsignedGreaterThanOrEqual,
                IntCC::UnsignedGreaterThan
            );
            self.trap_if(cond, index, length, kind);
        }
        let (base, displacement) = self.elements(table);
        let offset = self.element_bytes(index);
        self.indexed(base, displacement.into(), offset)
    }

    fn table_get(&mut self, table: TableIndex) {
        let index = self.pop();
        let element = self.load_element(table, index, OUT_OF_BOUNDS);
        self.push(element);
    }

    fn table_set(&mut self, table: TableIndex) {
        let (index, value) = self.pop2();
        let (address, offset) = self.checked_element(table, index, OUT_OF_BOUNDS);
        let flags = self.trusted(self.regions.tables);
        self.b.ins().store(flags, value, address, offset);
    }

    fn table_grow(&mut self, table: TableIndex) {
        let (value, delta) = self.pop2();
        let old = if self.module.tables[table].is_fixed() {
            let (length, failed) = (self.table_length(table), self.i32_const(u32::MAX));
            self.b.ins().select(delta, failed, length)
        } else {
            let definition = self.table_definition(table);
            self.call_growing(Helper::TableGrow, Helper::TableGrowMetered, &[definition, value, delta])
        };
        self.push(old);
    }

    fn table_fill(&mut self, table: TableIndex) {
        let count = self.pop();
        let (start, value) = self.pop2();
        let length = self.table_length(table);
        self.check_span(start, count, length, OUT_OF_BOUNDS);
        self.pay_for(count, FUEL_ELEMENT);
        let destination = self.element_address(table, start);
        self.call_helper(Helper::TableFill, &[destination, value, count], &[]);
    }

    fn table_copy(&mut self, to: TableIndex, from: TableIndex) {
        let count = self.pop();
        let (destination, source) = self.pop2();
        let length = self.table_length(from);
        self.check_span(source, count, length, OUT_OF_BOUNDS);
        let length = self.table_length(to);
        self.check_span(destination, count, length, OUT_OF_BOUNDS);
        self.pay_for(count, FUEL_ELEMENT);
        let (destination, source) = (self.element_address(to, destination), self.element_address(from, source));
        let bytes = self.element_bytes(count);
        self.call_helper(Helper::MemoryCopy, &[destination, source, bytes], &[]);
    }

    fn table_init(&mut self, table: TableIndex, segment: ElemIndex) {
        let count = self.pop();
        let (destination, source) = self.pop2();
        let (mode, items) = (&self.module.elements[segment].mode, self.module.elements[segment].items.len());
        let usable = matches!(mode, ElementMode::Passive | ElementMode::Droppable);
        let available = match mode {
            ElementMode::Passive => self.i32_const(items as u32),
            ElementMode::Droppable => self.segment_length(self.layout.element_length(segment)),
            // Dropped by the instantiation.
            ElementMode::Active { .. } | ElementMode::Placed | ElementMode::Declared => self.i32_const(0),
        };
        self.check_span(source, count, available, OUT_OF_BOUNDS);
        let length = self.table_length(table);
        self.check_span(destination, count, length, OUT_OF_BOUNDS);
        if usable {
            self.pay_for(count, FUEL_ELEMENT);
            self.copy_items(table, segment, destination, source, count);
        }
    }

    /// Copies items of a segment to a table; both ranges are in bounds.
    fn copy_items(&mut self, table: TableIndex, segment: ElemIndex, destination: Value, source: Value, count: Value) {
        let items = self.symbol(namespace::ELEMENTS, segment.as_u32());
        let offset = self.b.ins().ishl_imm_u(source, i64::from(ITEM_SIZE.trailing_zeros()));
        let items = self.indexed_address(items, 0, offset);
        let destination = self.element_address(table, destination);
        self.call_helper(Helper::TableInit, &[destination, items, self.instance, count], &[]);
    }

    /// What instantiation does with an active segment (core spec 4.5.4): `table.init` of all of it at `offset`.
    pub(super) fn place_elements(&mut self, segment: ElemIndex, table: TableIndex, offset: Value) {
        let count = self.module.elements[segment].items.len() as u32;
        let end = self.constant(offset).map(|o| u64::from(o) + u64::from(count));
        let (count_value, zero) = (self.i32_const(count), self.i32_const(0));
        if end.is_none_or(|end| end > u64::from(self.module.tables[table].min)) {
            let length = self.table_length(table);
            self.check_span(offset, count_value, length, OUT_OF_BOUNDS);
        }
        if count > 0 {
            self.copy_items(table, segment, offset, zero, count_value);
        }
    }

    fn elem_drop(&mut self, segment: ElemIndex) {
        if matches!(self.module.elements[segment].mode, ElementMode::Droppable) {
            self.drop_segment(self.layout.element_length(segment));
        }
    }

    /// Current length of a droppable segment, at `offset` in the state.
    pub(super) fn segment_length(&mut self, offset: u32) -> Value {
        let flags = self.trusted(self.regions.lengths);
        self.b.ins().load(I32, flags, self.instance, offset as i32)
    }

    pub(super) fn drop_segment(&mut self, offset: u32) {
        let zero = self.i32_const(0);
        let flags = self.trusted(self.regions.lengths);
        self.b.ins().store(flags, zero, self.instance, offset as i32);
    }
}

/// Bytes of an item of an element segment in the text.
pub const ITEM_SIZE: u32 = 4;
