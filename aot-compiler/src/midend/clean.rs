//! Removes what no execution can see.

use super::internal;
use crate::error::Result;
use cranelift_codegen::ir::{Function, Inst};
use cranelift_codegen::{Context, settings::Flags};
use cranelift_entity::SecondaryMap;

/// Removes unreachable blocks, block parameters that are constant, and aliases. Needs up-to-date analyses, and leaves
/// them so.
pub fn run(context: &mut Context, flags: &Flags) -> Result<()> {
    context.eliminate_unreachable_code(flags).map_err(|e| internal("unreachable code", &e))?;
    context.remove_constant_phis(flags).map_err(|e| internal("constant phi", &e))?;
    context.func.dfg.resolve_all_aliases();
    Ok(())
}

/// Removes instructions whose results nothing uses, and then those that only they used.
pub fn remove_unused(func: &mut Function) {
    let mut uses = SecondaryMap::new();
    let insts: Vec<Inst> = func.layout.blocks().flat_map(|b| func.layout.block_insts(b)).collect();
    for inst in &insts {
        for value in func.dfg.inst_values(*inst) {
            uses[value] += 1;
        }
    }
    let unused = |func: &Function, inst: Inst, uses: &SecondaryMap<_, u32>| {
        !has_effect(func, inst) && func.dfg.inst_results(inst).iter().all(|result| uses[*result] == 0)
    };
    let mut work: Vec<Inst> = insts.into_iter().filter(|inst| unused(func, *inst, &uses)).collect();
    while let Some(inst) = work.pop() {
        func.layout.remove_inst(inst);
        for value in func.dfg.inst_values(inst).collect::<Vec<_>>() {
            uses[value] -= 1;
            if let Some(definition) = func.dfg.value_def(value).inst()
                && func.layout.inst_block(definition).is_some()
                && unused(func, definition, &uses)
            {
                work.push(definition);
            }
        }
    }
}

/// Whether an instruction does more than define its results. A load does not: checks come before it.
pub fn has_effect(func: &Function, inst: Inst) -> bool {
    let opcode = func.dfg.insts[inst].opcode();
    opcode.can_store()
        || opcode.is_call()
        || opcode.is_terminator()
        || (opcode.other_side_effects() && !opcode.can_load())
        || (opcode.can_trap() && !opcode.can_load())
}
