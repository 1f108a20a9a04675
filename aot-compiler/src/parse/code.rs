//! Function bodies: validation, and the facts that concern more than one function.

use super::{Calls, MAX_LOCALS, ModuleParser, refusal};
use crate::error::{Error, Result};
use crate::module::{DataIndex, FuncIndex, TableIndex};
use std::collections::{BTreeSet, HashSet};
use wasmparser::{BlockType, FuncValidator, FunctionBody, Operator, ValidatorResources};

/// What the code of a module does anywhere.
#[derive(Debug, Default)]
pub struct CodeFacts {
    pub grows_memory: bool,
    pub dropped_segments: HashSet<DataIndex>,
    locals: u64,
}

impl<'a> ModuleParser<'a> {
    /// Validates a body and refuses what is not supported in it.
    pub(super) fn scan(
        &mut self,
        validator: &mut FuncValidator<ValidatorResources>,
        body: &FunctionBody<'a>,
    ) -> Result<Calls> {
        self.scan_locals(validator, body)?;
        let mut calls = (BTreeSet::new(), BTreeSet::new());
        let mut reader = body.get_binary_reader_for_operators()?;
        reader.set_features(super::features());
        while !reader.eof() {
            let offset = reader.original_position();
            let operator = reader.peek_operator(&validator.visitor(offset))?;
            reader.visit_operator(&mut validator.visitor(offset))??;
            self.scan_operator(&operator, offset, &mut calls)?;
        }
        reader.finish_expression(&validator.visitor(reader.original_position()))?;
        Ok(calls)
    }

    fn scan_locals(
        &mut self,
        validator: &mut FuncValidator<ValidatorResources>,
        body: &FunctionBody<'a>,
    ) -> Result<()> {
        let mut locals = body.get_locals_reader()?;
        for _ in 0..locals.get_count() {
            let offset = locals.original_position();
            let (count, ty) = locals.read()?;
            validator.define_locals(offset, count, ty)?;
            self.use_val_type(ty, "a local", offset)?;
            self.code.locals += u64::from(count);
            if self.code.locals > MAX_LOCALS {
                let what = format!("{count} more locals");
                return Err(Error::limit(what, Some(offset), format_args!("{MAX_LOCALS} in all functions")));
            }
        }
        Ok(())
    }

    fn scan_operator(&mut self, operator: &Operator<'a>, offset: u64, calls: &mut Calls) -> Result<()> {
        use Operator as O;
        if let Some(error) = refusal::operator(operator, offset) {
            return Err(error);
        }
        match *operator {
            O::Block { blockty } | O::Loop { blockty } | O::If { blockty } => match blockty {
                BlockType::Empty => {}
                BlockType::Type(ty) => drop(self.use_val_type(ty, "a block", offset)?),
                BlockType::FuncType(index) => drop(self.use_type(index, "a block", offset)?),
            },
            O::TypedSelect { ty } => drop(self.use_val_type(ty, "a select", offset)?),
            O::Call { function_index } => drop(calls.0.insert(FuncIndex::from_u32(function_index))),
            O::CallIndirect { type_index, table_index } => {
                let ty = self.use_type(type_index, "call_indirect", offset)?;
                calls.1.insert((TableIndex::from_u32(table_index), ty));
            }
            O::MemoryGrow { .. } => self.code.grows_memory = true,
            O::DataDrop { data_index } => drop(self.code.dropped_segments.insert(DataIndex::from_u32(data_index))),
            _ => {}
        }
        Ok(())
    }
}
