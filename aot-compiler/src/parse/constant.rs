//! Constant expressions (core spec 3.3.10 and the extended-const proposal), evaluated where that is possible.

use super::ParseResult;
use crate::error::Error;
use crate::module::{ElementItem, FuncIndex, GlobalIndex, Module};
use std::collections::BTreeSet;
use wasmparser::{ConstExpr, Operator};

/// The value of a valid expression, zero-extended; `None` if it depends on an import or on where the instance lies.
/// Functions that it refers to are added to `referenced`.
pub fn evaluate(
    expr: &ConstExpr<'_>,
    module: &Module<'_>,
    referenced: &mut BTreeSet<FuncIndex>,
) -> ParseResult<Option<u64>> {
    let mut reader = expr.get_operators_reader();
    // Unknown values are computed with like known ones.
    let mut stack: Vec<Option<u64>> = Vec::new();
    while !reader.eof() {
        let (operator, offset) = reader.read_with_offset()?;
        let value = match operator {
            Operator::I32Const { value } => Some(u64::from(value as u32)),
            Operator::I64Const { value } => Some(value as u64),
            Operator::F32Const { value } => Some(value.bits().into()),
            Operator::F64Const { value } => Some(value.bits()),
            Operator::RefNull { .. } => Some(0),
            Operator::RefFunc { function_index } => {
                referenced.insert(FuncIndex::from_u32(function_index));
                None
            }
            Operator::GlobalGet { global_index } => {
                module.globals.get(GlobalIndex::from_u32(global_index)).and_then(|g| g.constant())
            }
            Operator::End => continue,
            other => {
                let (b, a) = (stack.pop().flatten(), stack.pop().flatten());
                let compute = binary(&other).ok_or_else(|| unexpected(&other, offset))?;
                a.zip(b).map(|(a, b)| compute(a, b))
            }
        };
        stack.push(value);
    }
    Ok(stack.pop().flatten())
}

/// Arithmetic of the extended-const proposal.
fn binary(operator: &Operator<'_>) -> Option<fn(u64, u64) -> u64> {
    Some(match operator {
        Operator::I32Add => |a, b| u64::from((a as u32).wrapping_add(b as u32)),
        Operator::I32Sub => |a, b| u64::from((a as u32).wrapping_sub(b as u32)),
        Operator::I32Mul => |a, b| u64::from((a as u32).wrapping_mul(b as u32)),
        Operator::I64Add => u64::wrapping_add,
        Operator::I64Sub => u64::wrapping_sub,
        Operator::I64Mul => u64::wrapping_mul,
        _ => return None,
    })
}

/// The item that a valid expression of a reference type stands for.
pub fn element(expr: &ConstExpr<'_>, module: &Module<'_>) -> ParseResult<ElementItem> {
    let (operator, offset) = expr.get_operators_reader().read_with_offset()?;
    match operator {
        Operator::RefFunc { function_index } => Ok(ElementItem::Function(FuncIndex::from_u32(function_index))),
        Operator::RefNull { .. } => Ok(ElementItem::Null),
        Operator::GlobalGet { global_index } => {
            let global = GlobalIndex::from_u32(global_index);
            // The only reference that is known is null.
            let known = module.globals.get(global).and_then(|g| g.constant()).is_some();
            Ok(if known { ElementItem::Null } else { ElementItem::Global(global) })
        }
        other => Err(unexpected(&other, offset).into()),
    }
}

fn unexpected(operator: &Operator<'_>, offset: u64) -> Error {
    Error::internal(format!("{operator:?} in a constant expression passed validation")).or_at(offset)
}
