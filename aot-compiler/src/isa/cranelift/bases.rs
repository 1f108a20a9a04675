//! A register for the address at which the first own memory begins.
//!
//! The mid-end's addresses are sums of instance, index and a displacement of both the memory and the access, which costs
//! nothing where an instruction takes any displacement. Where it takes a short one only, most of these would be made
//! anew for each access; counted from the memory's own beginning, most of them are short.

use super::pinned::at_start;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::immediates::Offset32;
use cranelift_codegen::ir::{Function, Inst, InstBuilder, InstructionData, Opcode, Value};
use sandgrain_abi::Isa;
use std::collections::HashMap;

/// Whether this pays on an ISA: x86-64 has displacements of 32 bits.
pub fn is_used(isa: Isa) -> bool {
    isa != Isa::X86_64
}

/// Makes accesses of at least `memory` bytes behind `instance` count from there. No address changes, and the analyses
/// stay up to date.
pub fn run(func: &mut Function, instance: Value, memory: u32) {
    let Some(entry) = func.layout.entry_block() else { return };
    let Ok(memory) = i32::try_from(memory) else { return };
    let mut base = None;
    let mut sums = HashMap::new();
    let mut next_block = Some(entry);
    while let Some(block) = next_block {
        next_block = func.layout.next_block(block);
        let mut next = func.layout.first_inst(block);
        while let Some(inst) = next {
            next = func.layout.next_inst(inst);
            let Some((address, offset)) = access(func, inst).filter(|(_, offset)| *offset >= memory) else { continue };
            let sum = func.dfg.value_def(address).inst().filter(|sum| adds(func, *sum, instance));
            if sum.is_none() && address != instance {
                continue;
            }
            let base = *base.get_or_insert_with(|| at_start(func, entry).ins().iadd_imm_u(instance, i64::from(memory)));
            let address = match sum {
                Some(sum) => *sums.entry(sum).or_insert_with(|| with_base(func, sum, instance, base)),
                None => base,
            };
            set_access(func, inst, address, offset - memory);
        }
    }
}

/// Address and displacement of a load or store.
fn access(func: &Function, inst: Inst) -> Option<(Value, i32)> {
    match func.dfg.insts[inst] {
        InstructionData::Load { arg, offset, .. } => Some((arg, offset.into())),
        InstructionData::Store { args: [_, address], offset, .. } => Some((address, offset.into())),
        _ => None,
    }
}

fn set_access(func: &mut Function, inst: Inst, to: Value, displacement: i32) {
    if let InstructionData::Load { arg: address, offset, .. }
    | InstructionData::Store { args: [_, address], offset, .. } = &mut func.dfg.insts[inst]
    {
        (*address, *offset) = (to, Offset32::new(displacement));
    }
}

fn adds(func: &Function, inst: Inst, summand: Value) -> bool {
    matches!(func.dfg.insts[inst], InstructionData::Binary { opcode: Opcode::Iadd, args } if args.contains(&summand))
}

/// The sum `inst`, in front of it, with `base` for `instance`.
fn with_base(func: &mut Function, inst: Inst, instance: Value, base: Value) -> Value {
    let args = func.dfg.inst_args(inst);
    let (a, b) = if args[0] == instance { (base, args[1]) } else { (args[0], base) };
    let place = func.srcloc(inst);
    FuncCursor::new(func).at_inst(inst).with_srcloc(place).ins().iadd(a, b)
}
