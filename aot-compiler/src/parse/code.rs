//! Function bodies: validation, and the facts that concern more than one function.

use super::{MAX_LOCALS, ModuleParser, ParseResult};
use crate::error::Error;
use crate::module::{Calls, DataIndex, ElemIndex, FuncIndex, MemoryIndex, TableIndex};
use crate::translate;
use std::collections::{BTreeSet, HashSet};
use wasmparser::{FuncValidator, FunctionBody, Operator, ValidatorResources};

/// What the code of a module does anywhere.
#[derive(Debug, Default)]
pub struct CodeFacts {
    pub grown_memories: HashSet<MemoryIndex>,
    /// Memories that code reads or writes.
    pub used_memories: HashSet<MemoryIndex>,
    pub dropped_data: HashSet<DataIndex>,
    pub dropped_elements: HashSet<ElemIndex>,
    /// Tables that code changes, or whose elements it reads as values.
    pub used_tables: HashSet<TableIndex>,
    pub grown_tables: HashSet<TableIndex>,
    /// Functions of which a reference is made, in code or in constant expressions.
    pub referenced: BTreeSet<FuncIndex>,
    locals: u64,
}

impl<'a> ModuleParser<'a> {
    /// Validates a body. Returns its calls and its tail calls.
    pub(super) fn scan(
        &mut self,
        validator: &mut FuncValidator<ValidatorResources>,
        body: &FunctionBody<'a>,
    ) -> ParseResult<(Calls, Calls)> {
        self.scan_locals(validator, body)?;
        let (mut calls, mut tail_calls) = (Calls::default(), Calls::default());
        let mut reader = body.get_binary_reader_for_operators()?;
        reader.set_features(self.features);
        while !reader.eof() {
            let offset = reader.original_position();
            let operator = reader.peek_operator(&validator.visitor(offset))?;
            reader.visit_operator(&mut validator.visitor(offset))??;
            match operator {
                Operator::ReturnCall { function_index: function } => {
                    tail_calls.direct.insert(FuncIndex::from_u32(function));
                }
                Operator::ReturnCallIndirect { type_index, table_index } => {
                    let ty = self.module.type_id(type_index);
                    tail_calls.indirect.insert((TableIndex::from_u32(table_index), ty));
                }
                _ => self.scan_operator(&operator, &mut calls),
            }
        }
        reader.finish_expression(&validator.visitor(reader.original_position()))?;
        Ok((calls, tail_calls))
    }

    fn scan_locals(
        &mut self,
        validator: &mut FuncValidator<ValidatorResources>,
        body: &FunctionBody<'a>,
    ) -> ParseResult<()> {
        let mut locals = body.get_locals_reader()?;
        for _ in 0..locals.get_count() {
            let offset = locals.original_position();
            let (count, ty) = locals.read()?;
            validator.define_locals(offset, count, ty)?;
            self.code.locals += u64::from(count);
            if self.code.locals > MAX_LOCALS {
                let what = format!("{count} more locals");
                return Err(Error::limit(what, Some(offset), format_args!("{MAX_LOCALS} in all functions")).into());
            }
        }
        Ok(())
    }

    fn scan_operator(&mut self, operator: &Operator<'a>, calls: &mut Calls) {
        use Operator as O;
        match *operator {
            O::Call { function_index } => drop(calls.direct.insert(FuncIndex::from_u32(function_index))),
            O::CallIndirect { type_index, table_index } => {
                let ty = self.module.type_id(type_index);
                calls.indirect.insert((TableIndex::from_u32(table_index), ty));
            }
            O::RefFunc { function_index } => drop(self.code.referenced.insert(FuncIndex::from_u32(function_index))),
            O::TableGrow { table } => {
                self.code.used_tables.insert(TableIndex::from_u32(table));
                self.code.grown_tables.insert(TableIndex::from_u32(table));
            }
            O::TableGet { table } | O::TableSet { table } | O::TableFill { table } | O::TableInit { table, .. } => {
                self.code.used_tables.insert(TableIndex::from_u32(table));
            }
            O::TableCopy { dst_table, src_table } => {
                self.code.used_tables.extend([dst_table, src_table].map(TableIndex::from_u32));
            }
            O::ElemDrop { elem_index } => drop(self.code.dropped_elements.insert(ElemIndex::from_u32(elem_index))),
            O::MemoryGrow { mem } => drop(self.code.grown_memories.insert(MemoryIndex::from_u32(mem))),
            O::MemoryCopy { dst_mem, src_mem } => {
                self.code.used_memories.extend([dst_mem, src_mem].map(MemoryIndex::from_u32));
            }
            O::MemoryFill { mem } | O::MemoryInit { mem, .. } => {
                self.code.used_memories.insert(MemoryIndex::from_u32(mem));
            }
            O::DataDrop { data_index } => drop(self.code.dropped_data.insert(DataIndex::from_u32(data_index))),
            _ => {
                self.code.used_memories.extend(translate::memory_access(operator).map(|access| access.memory));
            }
        }
    }
}
