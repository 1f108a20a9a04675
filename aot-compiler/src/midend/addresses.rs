//! Constants of addresses go into the instructions that access memory.
//!
//! `base + (index + constant)` is computed as `base + index`, once for all accesses that differ only in constants, and
//! the constant is added to their displacement: structures, unrolled loops. This is modulo 2^32, so only for 32-bit parts,
//! where an address is as wide as an index: the same byte is accessed whatever wraps on the way.

use super::offsets::{Sum, sum};
use super::scopes::{Scopes, walk};
use crate::marks::mutant;
use cranelift_codegen::Context;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{Block, Function, Inst, InstBuilder, InstructionData, Opcode, Value};

/// Displacements that every load and store of the 32-bit parts has in one instruction.
const DISPLACEMENTS: std::ops::RangeInclusive<i64> = -128..=1020;

/// Moves constants into displacements. Needs an up-to-date dominator tree, and leaves it so.
pub fn run(context: &mut Context) {
    let (func, domtree) = (&mut context.func, &context.domtree);
    let mut sums: Scopes<(Value, Value), Value> = Scopes::default();
    walk(func, domtree, &mut sums, visit);
}

fn visit(func: &mut Function, block: Block, sums: &mut Scopes<(Value, Value), Value>) {
    let mut next = func.layout.first_inst(block);
    while let Some(inst) = next {
        next = func.layout.next_inst(inst);
        let Some((address, displacement)) = access(func, inst) else { continue };
        let Some((a, b)) = operands(func, address) else { continue };
        let (key, total) = ((a.base, b.base), displacement + a.offset + b.offset);
        if total == displacement {
            if sums.get(&key).is_none() {
                sums.insert(key, address);
            }
            continue;
        }
        if !DISPLACEMENTS.contains(&total) {
            continue;
        }
        let sum = sums.get(&key).copied().unwrap_or_else(|| {
            let sum = FuncCursor::new(func).at_inst(inst).ins().iadd(key.0, key.1);
            sums.insert(key, sum);
            sum
        });
        let total = mutant!("midend: a constant of an address dropped", total, displacement) as i32;
        match &mut func.dfg.insts[inst] {
            InstructionData::Load { arg, offset, .. } => (*arg, *offset) = (sum, total.into()),
            InstructionData::Store { args, offset, .. } => (args[1], *offset) = (sum, total.into()),
            _ => {}
        }
    }
}

/// Address and displacement of a load or store.
fn access(func: &Function, inst: Inst) -> Option<(Value, i64)> {
    match func.dfg.insts[inst] {
        InstructionData::Load { arg, offset, .. } => Some((arg, i64::from(i32::from(offset)))),
        InstructionData::Store { args: [_, address], offset, .. } => Some((address, i64::from(i32::from(offset)))),
        _ => None,
    }
}

/// What an address of 32 bits is the sum of.
fn operands(func: &Function, address: Value) -> Option<(Sum, Sum)> {
    match super::offsets::definition(func, address)? {
        InstructionData::Binary { opcode: Opcode::Iadd, args: [a, b] } if func.dfg.value_type(address) == I32 => {
            Some((sum(func, a), sum(func, b)))
        }
        _ => None,
    }
}
