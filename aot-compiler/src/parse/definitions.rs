//! What a module is made of besides functions: tables, memories, globals, segments.

use super::{MAX_MEMORY_BYTES, MAX_TABLE_ELEMENTS, ModuleParser, ParseResult, constant, value_type};
use crate::error::{Error, Result};
use crate::module::*;
use wasmparser::{DataKind, ElementItems, ElementKind, TableInit};

impl<'a> ModuleParser<'a> {
    pub(super) fn tables(&mut self, section: wasmparser::TableSectionReader<'a>) -> ParseResult<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, table) = item?;
            let what = format!("table {}", self.module.tables.len());
            if !matches!(table.init, TableInit::RefNull) {
                return Err(Error::internal(format!("{what} has an initial element, which validation refuses")).into());
            }
            // Where it lies is decided when all code has been seen.
            let place = TablePlace::Instance { capacity: 0 };
            let table = self.table(&table.ty, place, &what, offset)?;
            self.module.tables.push(table);
        }
        Ok(())
    }

    /// A table of type `ty`, `what` in messages.
    pub(super) fn table(
        &mut self,
        ty: &wasmparser::TableType,
        place: TablePlace,
        what: &str,
        offset: u64,
    ) -> Result<Table> {
        if !matches!(place, TablePlace::Import(_)) {
            self.table_elements = self.table_elements.saturating_add(ty.initial);
            if self.table_elements > MAX_TABLE_ELEMENTS {
                let what = format!("{what} of {} elements", ty.initial);
                let limit = format_args!("{MAX_TABLE_ELEMENTS} elements in all tables");
                return Err(Error::limit(what, Some(offset), limit));
            }
        }
        let element = value_type(wasmparser::ValType::Ref(ty.element_type))?;
        // Validation keeps both numbers within 32 bits.
        Ok(Table { ty: element, min: ty.initial as u32, max: ty.maximum.map(|m| m as u32), place })
    }

    pub(super) fn memories(&mut self, section: wasmparser::MemorySectionReader<'a>) -> ParseResult<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, ty) = item?;
            let first = self.module.first_memory().is_none();
            let place = if first { MemoryPlace::BehindInstance } else { MemoryPlace::Elsewhere };
            let what = format!("memory {}", self.module.memories.len());
            let memory = self.memory(&ty, place, &what, offset)?;
            self.module.memories.push(memory);
        }
        Ok(())
    }

    /// A memory of type `ty`, `what` in messages.
    pub(super) fn memory(
        &self,
        ty: &wasmparser::MemoryType,
        place: MemoryPlace,
        what: &str,
        offset: u64,
    ) -> Result<Memory> {
        let page_log2 = ty.page_size_log2.unwrap_or(sandgrain_abi::PAGE_SIZE.trailing_zeros());
        if ty.initial.checked_shl(page_log2).is_none_or(|bytes| bytes > MAX_MEMORY_BYTES) {
            let what = format!("{what} of {} pages of {} bytes", ty.initial, 1u64 << page_log2);
            return Err(Error::limit(what, Some(offset), format_args!("{MAX_MEMORY_BYTES} bytes")));
        }
        // A maximum of 2^32 pages of one byte is none.
        let max_pages = ty.maximum.and_then(|m| u32::try_from(m).ok());
        Ok(Memory { place, page_log2, min_pages: ty.initial as u32, max_pages, grows: false, declared: None })
    }

    pub(super) fn globals(&mut self, section: wasmparser::GlobalSectionReader<'a>) -> ParseResult<()> {
        for item in section.into_iter_with_offsets() {
            let (_, global) = item?;
            let ty = value_type(global.ty.content_type)?;
            let origin = GlobalOrigin::Own(self.constant(global.init_expr)?);
            self.module.globals.push(Global { ty, mutable: global.ty.mutable, origin });
        }
        Ok(())
    }

    /// A constant expression, with its value if that is known.
    fn constant(&mut self, expr: wasmparser::ConstExpr<'a>) -> ParseResult<Constant<'a>> {
        Ok(match constant::evaluate(&expr, &self.module, &mut self.code.referenced)? {
            Some(bits) => Constant::Known(bits),
            None => Constant::Computed(expr),
        })
    }

    pub(super) fn elements(&mut self, section: wasmparser::ElementSectionReader<'a>) -> ParseResult<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, segment) = item?;
            let mode = match segment.kind {
                ElementKind::Passive => ElementMode::Passive,
                ElementKind::Declared => ElementMode::Declared,
                ElementKind::Active { table_index, offset_expr } => ElementMode::Active {
                    table: TableIndex::from_u32(table_index.unwrap_or(0)),
                    offset: self.constant(offset_expr)?,
                },
            };
            let count = match &segment.items {
                ElementItems::Functions(s) => s.count(),
                ElementItems::Expressions(_, s) => s.count(),
            };
            self.segment_items += u64::from(count);
            if self.segment_items > MAX_TABLE_ELEMENTS {
                let what = format!("an element segment of {count} items");
                let limit = format_args!("{MAX_TABLE_ELEMENTS} items in all segments");
                return Err(Error::limit(what, Some(offset), limit).into());
            }
            let items = self.element_items(segment.items)?;
            self.module.elements.push(ElementSegment { wasm_offset: offset as u32, items, mode });
        }
        Ok(())
    }

    fn element_items(&self, items: ElementItems<'a>) -> ParseResult<Vec<ElementItem>> {
        match items {
            ElementItems::Functions(s) => {
                s.into_iter().map(|f| Ok(ElementItem::Function(FuncIndex::from_u32(f?)))).collect()
            }
            ElementItems::Expressions(_, s) => s.into_iter().map(|e| constant::element(&e?, &self.module)).collect(),
        }
    }

    pub(super) fn data(&mut self, section: wasmparser::DataSectionReader<'a>) -> ParseResult<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, segment) = item?;
            let mode = match segment.kind {
                DataKind::Passive => DataMode::Passive,
                DataKind::Active { memory_index, offset_expr } => DataMode::Active {
                    memory: MemoryIndex::from_u32(memory_index),
                    offset: self.constant(offset_expr)?,
                },
            };
            self.module.data.push(DataSegment { wasm_offset: offset as u32, bytes: segment.data, mode });
        }
        Ok(())
    }
}
