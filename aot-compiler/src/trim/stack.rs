//! The stack that compiled languages keep in linear memory: a global that each function lowers by a constant on entry
//! and raises again before it returns.
//!
//! Where every function does, calls leave the pointer as it was, so in each place it is what it was on entry plus a
//! constant, and on entry it is what it was at the call. Without recursion that is bounded on both sides.
//!
//! A trap leaves the pointer where it is, and whoever called may call again. So below its initial value there is no
//! bound that holds for ever; but addresses that have passed 0 trap whatever the size of the memory is. What is taken for
//! granted is that fewer calls of an instance have trapped or are under way than [`LEAST`] has room for stacks: a million
//! at a kilobyte each.

use super::body::{Body, Linear};
use super::range::Range;
use crate::module::{Constant, FuncIndex, GlobalIndex, GlobalOrigin, Item, Module, ValType};
use crate::translate::Observations;
use cranelift_codegen::ir::{Block, ExternalName, Inst, InstructionData};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How far below its initial value the pointer may be when somebody calls the module, in bytes.
const LEAST: i64 = 1 << 30;

/// A global that is a stack pointer.
pub struct StackPointer {
    pub global: GlobalIndex,
    ranges: HashMap<(FuncIndex, Inst), Range>,
}

impl StackPointer {
    /// What a load of the pointer gives.
    pub fn range(&self, function: FuncIndex, load: Inst) -> Option<Range> {
        self.ranges.get(&(function, load)).copied()
    }
}

/// Why the global that looks like a stack pointer is not known to be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// It is not back at its value on entry when this function returns, or calls while it is not known.
    Unbalanced(FuncIndex),
    /// This function calls itself, with others between or not, with something on the stack.
    Recursion(FuncIndex),
}

/// The global that looks like a stack pointer: the first mutable one that begins as an address, and that only the module
/// itself can write.
pub fn candidate(module: &Module<'_>) -> Option<(GlobalIndex, u32)> {
    module.globals.iter().find_map(|(index, global)| match &global.origin {
        GlobalOrigin::Own(Constant::Known(bits)) if global.mutable && global.ty == ValType::I32 => {
            let exported = module.exports.iter().any(|export| export.item == Item::Global(index));
            (!exported && *bits != 0).then_some((index, *bits as u32))
        }
        _ => None,
    })
}

/// What the pointer is in a place, as more than on entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    More(i64),
    Unknown,
}

impl Content {
    fn join(self, other: Content) -> Content {
        if self == other { self } else { Content::Unknown }
    }
}

/// What a function does with the pointer.
#[derive(Default)]
struct Use {
    loads: Vec<(Inst, i64)>,
    /// Callees, with what the pointer is when they are called.
    calls: BTreeSet<(FuncIndex, i64)>,
    /// What the pointer is when code is called that is not known.
    others: BTreeSet<i64>,
}

/// Follows `global`, which is `initial` at first.
///
/// # Errors
/// Why it cannot be followed.
pub fn follow(
    module: &Module<'_>,
    (global, initial): (GlobalIndex, u32),
    bodies: &[(FuncIndex, Body)],
    is_open: impl Fn(FuncIndex) -> bool,
) -> Result<StackPointer, Obstacle> {
    let uses = bodies.iter().map(|(function, body)| {
        let use_ = Walk { body, seen: &body.seen, global, loads: HashMap::new() }.run();
        Ok((*function, use_.ok_or(Obstacle::Unbalanced(*function))?))
    });
    let uses: BTreeMap<FuncIndex, Use> = uses.collect::<Result<_, Obstacle>>()?;
    // On entry, relative to the initial value.
    let mut entries: BTreeMap<FuncIndex, (i64, i64)> = BTreeMap::new();
    let join = |entries: &mut BTreeMap<FuncIndex, (i64, i64)>, function: FuncIndex, (low, high): (i64, i64)| {
        let old = entries.get(&function).copied();
        let new = old.map_or((low, high), |(a, b)| (a.min(low), b.max(high)));
        entries.insert(function, new);
        old != Some(new)
    };
    let open: Vec<FuncIndex> = uses.keys().copied().filter(|function| is_open(*function)).collect();
    for function in &open {
        join(&mut entries, *function, (-LEAST, 0));
    }
    // Without recursion, no chain of calls is longer than there are functions.
    let mut changed = None;
    for _ in 0..=module.functions.len() + 1 {
        changed = None;
        for (function, use_) in &uses {
            let Some((low, high)) = entries.get(function).copied() else { continue };
            for (callee, more) in &use_.calls {
                if join(&mut entries, *callee, (low + more, high + more)) {
                    changed = Some(*callee);
                }
            }
            let (Some(least), Some(most)) = (use_.others.first(), use_.others.last()) else { continue };
            for callee in &open {
                // By way of the host, lower by no more than what is taken for granted.
                let low = if may_call(module, *function, *callee) { low + least } else { -LEAST };
                if join(&mut entries, *callee, (low, high + most)) {
                    changed = Some(*callee);
                }
            }
        }
        if changed.is_none() {
            break;
        }
    }
    if let Some(circle) = changed {
        return Err(Obstacle::Recursion(circle));
    }
    let mut ranges = HashMap::new();
    for (function, use_) in uses {
        let Some((low, high)) = entries.get(&function).copied() else { continue };
        let at = |more: i64| (i64::from(initial) + more) as u64;
        let range = |more: i64| Range::between(32, at(low + more), at(high + more));
        ranges.extend(use_.loads.into_iter().map(|(load, more)| ((function, load), range(more))));
    }
    Ok(StackPointer { global, ranges })
}

/// Whether a function calls what has the type of another one through a table.
fn may_call(module: &Module<'_>, caller: FuncIndex, callee: FuncIndex) -> bool {
    let Some(body) = module.body(caller) else { return false };
    let Some(callee) = module.functions.get(callee) else { return false };
    let mut indirect = body.calls.indirect.iter().chain(&body.tail_calls.indirect);
    indirect.any(|(_, ty)| *ty == callee.ty)
}

/// A walk over a function that follows the pointer.
struct Walk<'a> {
    body: &'a Body,
    seen: &'a Observations,
    global: GlobalIndex,
    loads: HashMap<Inst, Content>,
}

impl Walk<'_> {
    /// `None` if the pointer is not as on entry where the function returns, or not known where it calls.
    fn run(mut self) -> Option<Use> {
        let mut at: HashMap<Block, Content> = HashMap::new();
        let entry = self.body.func.layout.entry_block()?;
        at.insert(entry, Content::More(0));
        // Contents only ever change from nothing to known to unknown.
        let mut changed = true;
        while changed {
            changed = false;
            for block in &self.body.order {
                let Some(content) = at.get(block).copied() else { continue };
                let end = self.block(*block, content, None)?;
                for (_, to) in self.body.edges(*block) {
                    let old = at.get(&to).copied();
                    let new = old.map_or(end, |old| old.join(end));
                    at.insert(to, new);
                    changed |= old != Some(new);
                }
            }
        }
        let mut use_ = Use::default();
        for block in &self.body.order {
            if let Some(content) = at.get(block).copied() {
                self.block(*block, content, Some(&mut use_))?;
            }
        }
        let known = self.loads.iter().filter_map(|(load, content)| match content {
            Content::More(more) => Some((*load, *more)),
            Content::Unknown => None,
        });
        use_.loads = known.collect();
        Some(use_)
    }

    /// Goes through a block, and adds to `use_` once all contents are final; what the pointer is at its end.
    fn block(&mut self, block: Block, mut content: Content, mut use_: Option<&mut Use>) -> Option<Content> {
        let body = self.body;
        for inst in body.func.layout.block_insts(block) {
            if self.seen.reads.get(&inst) == Some(&self.global) {
                self.loads.insert(inst, content);
            }
            if self.seen.writes.get(&inst) == Some(&self.global) {
                let InstructionData::Store { args: [value, _], .. } = body.func.dfg.insts[inst] else { return None };
                content = self.content(body.linear(value));
            }
            let Some(use_) = use_.as_deref_mut() else { continue };
            let data = &body.func.dfg.insts[inst];
            match (data, content) {
                (InstructionData::Call { func_ref, .. }, _) => {
                    let ExternalName::User(name) = body.func.dfg.ext_funcs[*func_ref].name else { return None };
                    let name = &body.func.params.user_named_funcs()[name];
                    if name.namespace == crate::lower32::namespace::FUNCTION {
                        let Content::More(more) = content else { return None };
                        use_.calls.insert((FuncIndex::from_u32(name.index), more));
                    }
                }
                (InstructionData::CallIndirect { .. }, Content::More(more)) => drop(use_.others.insert(more)),
                (InstructionData::CallIndirect { .. }, Content::Unknown) => return None,
                _ => {}
            }
            // A tail call is a return.
            if data.opcode().is_return() && content != Content::More(0) {
                return None;
            }
        }
        Some(content)
    }

    fn content(&self, value: Linear) -> Content {
        let load = value.base.and_then(|base| self.body.definition(base));
        match load.and_then(|load| self.loads.get(&load)) {
            Some(Content::More(more)) => Content::More(more.wrapping_add(i64::from(value.offset as u32 as i32))),
            _ => Content::Unknown,
        }
    }
}
