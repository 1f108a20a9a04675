//! Constant expressions (core spec 3.3.10), evaluated: no import is constant, so each has a value.

use super::refusal;
use crate::error::{Error, Result};
use crate::module::{FuncIndex, GlobalIndex, Module};
use wasmparser::{ConstExpr, Operator};

/// The bits of a valid expression of a numeric type, zero-extended.
pub fn evaluate(expr: &ConstExpr<'_>, module: &Module<'_>) -> Result<u64> {
    let (operator, offset) = single(expr)?;
    match operator {
        Operator::I32Const { value } => Ok(u64::from(value as u32)),
        Operator::I64Const { value } => Ok(value as u64),
        Operator::F32Const { value } => Ok(u64::from(value.bits())),
        Operator::F64Const { value } => Ok(value.bits()),
        Operator::GlobalGet { global_index } => match module.globals.get(GlobalIndex::from_u32(global_index)) {
            Some(global) if !global.mutable => Ok(global.value),
            _ => Err(Error::internal("a constant expression reads a global that is not constant").or_at(offset)),
        },
        other => Err(refused(&other, offset)),
    }
}

/// The value of a valid expression of type funcref.
pub fn evaluate_function(expr: &ConstExpr<'_>) -> Result<Option<FuncIndex>> {
    let (operator, offset) = single(expr)?;
    match operator {
        Operator::RefFunc { function_index } => Ok(Some(FuncIndex::from_u32(function_index))),
        Operator::RefNull { .. } => Ok(None),
        other => Err(refused(&other, offset)),
    }
}

/// The only operator before `end`, with its offset.
fn single<'a>(expr: &ConstExpr<'a>) -> Result<(Operator<'a>, u64)> {
    let mut reader = expr.get_operators_reader();
    let (operator, offset) = reader.read_with_offset()?;
    match reader.read()? {
        Operator::End => Ok((operator, offset)),
        _ => {
            let what = "a constant expression of several operators";
            Err(Error::unsupported(what, offset, "the extended-const proposal is not supported yet"))
        }
    }
}

fn refused(operator: &Operator<'_>, offset: u64) -> Error {
    refusal::operator(operator, offset)
        .unwrap_or_else(|| Error::internal("an operator that is not constant in a constant expression").or_at(offset))
}
