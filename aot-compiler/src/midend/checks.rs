//! Removes bounds checks that others imply, and makes one of several where nothing comes between.
//!
//! A check `index > limit - end → trap` that has been passed says that `end` bytes from `index` on are in bounds. A
//! linear memory never shrinks, so this holds wherever the check dominates, calls and `memory.grow` between or not:
//! every later check of bytes that lie between is removed, and so is one of an index that can be no larger than a memory
//! of fixed size.
//!
//! Checks of one base with several offsets become one of all their bytes, where the first of them was, if nothing but
//! loads and pure operations lie between: that a trap comes before these instead of behind is not to be seen.

use super::Memories;
use super::bounds::upper;
use super::clean::has_effect;
use super::offsets::{constant, definition, sum};
use super::scopes::{Scopes, walk};
use crate::marks::mutant;
use crate::translate::{LimitPlace, memory_limit};
use cranelift_codegen::Context;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{Block, Function, Inst, InstBuilder, InstructionData, Opcode, Value};
use sandgrain_abi::TrapKind;

/// What a passed check says of `base + offset`, computed modulo 2^32: the number `base + offset` and `reach - offset` more,
/// which may be negative, do not exceed a bound.
///
/// It implies what has an offset at least as large and a reach at most as large: up to that reach nothing wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fact {
    offset: i64,
    reach: i64,
}

impl Fact {
    fn implies(self, other: Fact) -> bool {
        self.offset <= other.offset && other.reach <= self.reach
    }

    /// What both say together.
    fn and(self, other: Fact) -> Fact {
        Fact { offset: self.offset.min(other.offset), reach: self.reach.max(other.reach) }
    }
}

/// What the facts are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    /// A base; the bound is 0.
    Below(Value),
    /// A base; the bound is the memory's size.
    InMemory(LimitPlace, Value),
    /// Nothing; the bound is the memory's size.
    Size(LimitPlace),
}

/// What is known of a key: few facts, none of which implies another.
type Facts = Scopes<Key, Vec<Fact>>;

/// Bounds checks of linear memories that `func` has.
pub fn count(func: &Function) -> u32 {
    let insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    insts.filter(|inst| is_check(func, *inst)).count() as u32
}

fn is_check(func: &Function, inst: Inst) -> bool {
    matches!(func.dfg.insts[inst], InstructionData::CondTrap { opcode: Opcode::Trapnz, code, .. }
        if code.as_raw().get() == TrapKind::MemoryOutOfBounds as u8)
}

/// Removes the implied checks and merges others. Needs an up-to-date dominator tree, and leaves it so.
pub fn run(context: &mut Context, memories: &Memories) {
    let (func, domtree) = (&mut context.func, &context.domtree);
    walk(func, domtree, &mut Facts::default(), |func, block, facts| visit(func, block, facts, memories));
}

/// Checks of one key between which nothing happens that could be seen.
struct Group {
    key: Key,
    /// In the order of execution, at least one.
    checks: Vec<(Inst, Fact)>,
}

fn visit(func: &mut Function, block: Block, facts: &mut Facts, memories: &Memories) {
    let mut groups: Vec<Group> = Vec::new();
    let mut next = func.layout.first_inst(block);
    while let Some(inst) = next {
        next = func.layout.next_inst(inst);
        let Some((key, fact)) = fact(func, inst) else {
            if mutant!("midend: checks are merged across effects", has_effect(func, inst), false) {
                groups.drain(..).for_each(|group| merge(func, group, facts, memories));
            }
            continue;
        };
        let is_implied = facts.get(&key).is_some_and(|known| known.iter().any(|known| known.implies(fact)));
        if mutant!("midend: a weaker check is enough", is_implied, facts.get(&key).is_some())
            || is_never_failed(func, inst)
        {
            func.layout.remove_inst(inst);
            continue;
        }
        add(facts, key, fact);
        match groups.iter_mut().find(|group| group.key == key) {
            Some(group) => group.checks.push((inst, fact)),
            None => groups.push(Group { key, checks: vec![(inst, fact)] }),
        }
    }
    groups.drain(..).for_each(|group| merge(func, group, facts, memories));
}

fn add(facts: &mut Facts, key: Key, fact: Fact) {
    let mut known = facts.get(&key).cloned().unwrap_or_default();
    known.retain(|known| !fact.implies(*known));
    known.push(fact);
    facts.insert(key, known);
}

/// Whether an index cannot be larger than a constant that it is compared with.
fn is_never_failed(func: &Function, inst: Inst) -> bool {
    let InstructionData::CondTrap { arg, .. } = func.dfg.insts[inst] else { return false };
    match definition(func, arg) {
        Some(InstructionData::IntCompare { args: [index, limit], cond: IntCC::UnsignedGreaterThan, .. }) => {
            constant(func, limit).is_some_and(|limit| upper(func, index) <= limit)
        }
        _ => false,
    }
}

/// Puts one check in the place of the first one that says what all of them do, if it takes no more than a comparison.
fn merge(func: &mut Function, group: Group, facts: &mut Facts, memories: &Memories) {
    let Group { key, checks } = group;
    let (Some(&(first, _)), Some(&(lowest_inst, lowest))) =
        (checks.first(), checks.iter().min_by_key(|(_, fact)| fact.offset))
    else {
        return;
    };
    let all = checks.iter().fold(lowest, |all, (_, fact)| all.and(*fact));
    // From the lowest index on.
    let span = checks.iter().map(|(_, fact)| fact.offset - lowest.offset).max().unwrap_or(0);
    let bytes = all.reach - all.offset;
    // The merged check fails only if one of them does: if the lowest index has passed its own check, no other one wraps.
    let base = match key {
        Key::Below(base) if bytes <= 0 && lowest.offset - lowest.reach + span <= i64::from(u32::MAX) => base,
        Key::InMemory(place, base)
            if memories.are_small && span < 1 << 30 && bytes <= i64::from(memories.minimum(func, place)) =>
        {
            base
        }
        _ => return,
    };
    let InstructionData::CondTrap { arg, code, .. } = func.dfg.insts[first] else { return };
    let Some(InstructionData::IntCompare { args: [first_index, first_bound], .. }) = definition(func, arg) else {
        return;
    };
    let limit = match (key, definition(func, first_bound)) {
        (Key::InMemory(..), Some(InstructionData::Binary { args: [limit, _], .. })) => Some(limit),
        _ => None,
    };
    if checks.len() < 2 {
        return;
    }
    let location = func.srcloc(first);
    let mut cursor = FuncCursor::new(func).at_inst(first).with_srcloc(location);
    let index = if lowest_inst == first {
        first_index
    } else if lowest.offset == 0 {
        base
    } else {
        let offset = cursor.ins().iconst(I32, i64::from(lowest.offset as u32));
        cursor.ins().iadd(base, offset)
    };
    let bytes = mutant!("midend: a merged check looks at the lowest bytes only", bytes, lowest.reach - lowest.offset);
    let bound = match limit {
        Some(limit) => {
            let bytes = cursor.ins().iconst(I32, bytes);
            cursor.ins().isub(limit, bytes)
        }
        None => cursor.ins().iconst(I32, -bytes),
    };
    let fails = cursor.ins().icmp(IntCC::UnsignedGreaterThan, index, bound);
    cursor.ins().trapnz(fails, code);
    for (inst, _) in &checks {
        func.layout.remove_inst(*inst);
    }
    add(facts, key, all);
}

/// What holds behind `inst`, if it is a bounds check.
fn fact(func: &Function, inst: Inst) -> Option<(Key, Fact)> {
    let InstructionData::CondTrap { arg, .. } = func.dfg.insts[inst] else { return None };
    if !is_check(func, inst) {
        return None;
    }
    let InstructionData::IntCompare { args: [a, b], cond, .. } = definition(func, arg)? else { return None };
    match cond {
        IntCC::UnsignedGreaterThan => {
            let index = sum(func, a);
            let at = |reach: i64| Fact { offset: index.offset, reach: index.offset + reach };
            if let Some(limit) = constant(func, b) {
                return Some((Key::Below(index.base), at(-i64::from(limit))));
            }
            let InstructionData::Binary { opcode: Opcode::Isub, args: [limit, end] } = definition(func, b)? else {
                return None;
            };
            // The subtraction does not wrap: translation checks the size first where it could.
            Some((Key::InMemory(memory_limit(func, limit)?, index.base), at(i64::from(constant(func, end)?))))
        }
        IntCC::UnsignedLessThan => {
            let reach = i64::from(constant(func, b)?);
            Some((Key::Size(memory_limit(func, a)?), Fact { offset: 0, reach }))
        }
        _ => None,
    }
}
