//! Removes bounds checks that an earlier check implies.
//!
//! A check `index > limit - end → trap` that has been passed says that `end` bytes from `index` on are in bounds. A
//! linear memory never shrinks, so this holds wherever the check dominates, calls and `memory.grow` between or not:
//! every later check of the same index with the same or a smaller end is removed. An access of a structure's fields
//! in falling order of offsets, or of one field again, is checked once.

use crate::marks::mutant;
use crate::translate::{LimitPlace, memory_limit};
use cranelift_codegen::Context;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, Function, Inst, InstructionData, Opcode, Value, ValueDef};
use sandgrain_abi::TrapKind;
use std::collections::HashMap;

/// What a passed check says. Of two facts with equal keys, the stronger one has the larger strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fact {
    key: Key,
    strength: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// `index <= !strength`.
    Below(Value),
    /// `index + strength` does not exceed the memory's size, in any number of bits.
    InMemory(LimitPlace, Value),
    /// The memory's size is at least `strength`.
    Size(LimitPlace),
}

/// Bounds checks of linear memories that `func` has.
pub fn count(func: &Function) -> u32 {
    let insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    insts.filter(|inst| is_check(func, *inst)).count() as u32
}

fn is_check(func: &Function, inst: Inst) -> bool {
    matches!(func.dfg.insts[inst], InstructionData::CondTrap { opcode: Opcode::Trapnz, code, .. }
        if code.as_raw().get() == TrapKind::MemoryOutOfBounds as u8)
}

/// Removes the implied checks. Needs an up-to-date dominator tree, and leaves it so.
pub fn run(context: &mut Context) {
    let Some(entry) = context.func.layout.entry_block() else { return };
    let mut children: HashMap<Block, Vec<Block>> = HashMap::new();
    for &block in context.domtree.cfg_rpo() {
        if let Some(parent) = context.domtree.idom(block) {
            children.entry(parent).or_default().push(block);
        }
    }
    let mut known: HashMap<Key, u32> = HashMap::new();
    // A block to visit, or facts to take back once everything that it dominates has been visited.
    let mut work = vec![Step::Visit(entry)];
    while let Some(step) = work.pop() {
        match step {
            Step::Visit(block) => {
                work.push(Step::Undo(visit(&mut context.func, block, &mut known)));
                work.extend(children.get(&block).into_iter().flatten().map(|b| Step::Visit(*b)));
            }
            Step::Undo(old) => {
                let old = mutant!("midend: what a branch checked holds beside it", old, vec![]);
                for (key, strength) in old.into_iter().rev() {
                    match strength {
                        Some(strength) => known.insert(key, strength),
                        None => known.remove(&key),
                    };
                }
            }
        }
    }
}

enum Step {
    Visit(Block),
    Undo(Vec<(Key, Option<u32>)>),
}

/// Removes the implied checks of a block and adds the facts of the others; returns what those replaced.
fn visit(func: &mut Function, block: Block, known: &mut HashMap<Key, u32>) -> Vec<(Key, Option<u32>)> {
    let mut replaced = Vec::new();
    let mut next = func.layout.first_inst(block);
    while let Some(inst) = next {
        next = func.layout.next_inst(inst);
        let Some(Fact { key, strength }) = fact(func, inst) else { continue };
        match known.get(&key) {
            Some(proved) if mutant!("midend: a weaker check is enough", *proved >= strength, true) => {
                func.layout.remove_inst(inst)
            }
            _ => replaced.push((key, known.insert(key, strength))),
        }
    }
    replaced
}

/// What holds behind `inst`, if it is a bounds check.
fn fact(func: &Function, inst: Inst) -> Option<Fact> {
    let InstructionData::CondTrap { arg, .. } = func.dfg.insts[inst] else { return None };
    if !is_check(func, inst) {
        return None;
    }
    let InstructionData::IntCompare { args: [a, b], cond, .. } = definition(func, arg)? else { return None };
    match cond {
        IntCC::UnsignedGreaterThan => {
            if let Some(limit) = constant(func, b) {
                return Some(Fact { key: Key::Below(a), strength: !limit });
            }
            let InstructionData::Binary { opcode: Opcode::Isub, args: [limit, end] } = definition(func, b)? else {
                return None;
            };
            // The subtraction does not wrap: translation checks the size first where it could.
            Some(Fact { key: Key::InMemory(memory_limit(func, limit)?, a), strength: constant(func, end)? })
        }
        IntCC::UnsignedLessThan => Some(Fact { key: Key::Size(memory_limit(func, a)?), strength: constant(func, b)? }),
        _ => None,
    }
}

fn definition(func: &Function, value: Value) -> Option<InstructionData> {
    match func.dfg.value_def(func.dfg.resolve_aliases(value)) {
        ValueDef::Result(inst, 0) => Some(func.dfg.insts[inst]),
        _ => None,
    }
}

fn constant(func: &Function, value: Value) -> Option<u32> {
    match definition(func, value)? {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u32),
        _ => None,
    }
}
