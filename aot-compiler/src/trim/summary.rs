//! What functions say to each other: ranges of parameters, of results and of globals, over the whole module.

use super::range::Range;
use super::ranges::grow;
use super::stack::StackPointer;
use crate::module::{Constant, FuncIndex, GlobalIndex, GlobalOrigin, Item, Module, TablePlace, ValType};
use cranelift_codegen::ir::Inst;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

/// Where ranges of parameters, results and globals that grow may stop.
const LANDMARKS: [u64; 8] =
    [0, u8::MAX as u64, u16::MAX as u64, 1 << 16, (1 << 31) - 1, 1 << 31, u32::MAX as u64, 1 << 63];

/// Whether a round over the module lets ranges grow until they hold, or cuts down ranges that hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Grow,
    Narrow,
}

/// Ranges between functions.
pub struct Summaries {
    /// Functions that others than direct calls may call, with anything.
    open: BTreeSet<FuncIndex>,
    stack: Option<StackPointer>,
    now: Ranges,
    next: Ranges,
    growth: HashMap<Slot, u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Slot {
    Param(FuncIndex, usize),
    Result(FuncIndex, usize),
    Global(GlobalIndex),
}

#[derive(Default, Clone)]
struct Ranges {
    called: BTreeSet<FuncIndex>,
    slots: HashMap<Slot, Range>,
}

impl Ranges {
    fn add(&mut self, slot: Slot, range: Option<Range>) {
        if let Some(range) = range {
            let joined = self.slots.get(&slot).map_or(range, |old| old.join(range));
            self.slots.insert(slot, joined);
        }
    }
}

impl Summaries {
    pub fn new(module: &Module<'_>, stack: Option<StackPointer>) -> Summaries {
        let mut now = Ranges::default();
        for (index, global) in module.globals.iter() {
            let exported = module.exports.iter().any(|export| export.item == Item::Global(index));
            let bits = match global.ty {
                ValType::I32 => 32,
                ValType::I64 => 64,
                _ => continue,
            };
            if let (GlobalOrigin::Own(Constant::Known(value)), false) = (&global.origin, exported) {
                now.slots.insert(Slot::Global(index), Range::constant(bits, *value));
            }
        }
        Summaries { open: open(module), stack, next: now.clone(), now, growth: HashMap::new() }
    }

    /// Whether anything may call the function, as far as is known.
    pub fn is_reached(&self, function: FuncIndex) -> bool {
        self.is_open(function) || self.now.called.contains(&function)
    }

    pub fn is_open(&self, function: FuncIndex) -> bool {
        self.open.contains(&function)
    }

    pub fn param(&self, function: FuncIndex, i: usize, bits: u32) -> Option<Range> {
        match self.is_open(function) {
            true => Some(Range::full(bits)),
            false => self.now.slots.get(&Slot::Param(function, i)).copied(),
        }
    }

    /// `None` as long as the function is not known to return.
    pub fn result(&self, function: FuncIndex, i: usize) -> Option<Range> {
        self.now.slots.get(&Slot::Result(function, i)).copied()
    }

    /// What a load of a global in `function` gives.
    pub fn read(&self, function: FuncIndex, load: Inst, global: GlobalIndex, bits: u32) -> Option<Range> {
        let pointer = self.stack.as_ref().filter(|stack| stack.global == global);
        match pointer.and_then(|stack| stack.range(function, load)) {
            Some(range) => Some(range),
            None => Some(self.now.slots.get(&Slot::Global(global)).copied().unwrap_or(Range::full(bits))),
        }
    }

    pub fn calls(&mut self, callee: FuncIndex, arguments: &[Option<Range>]) {
        self.next.called.insert(callee);
        for (i, range) in arguments.iter().enumerate() {
            self.next.add(Slot::Param(callee, i), *range);
        }
    }

    pub fn returns(&mut self, function: FuncIndex, results: &[Option<Range>]) {
        for (i, range) in results.iter().enumerate() {
            self.next.add(Slot::Result(function, i), *range);
        }
    }

    pub fn writes(&mut self, global: GlobalIndex, range: Range) {
        // One that anybody may write has no range.
        if self.now.slots.contains_key(&Slot::Global(global)) {
            self.next.add(Slot::Global(global), Some(range));
        }
    }

    /// Ends a round over all functions that are reached; whether anything has grown.
    pub fn end_round(&mut self, mode: Mode) -> bool {
        let globals = self.now.slots.iter().filter(|(slot, _)| matches!(slot, Slot::Global(_)));
        let fresh = Ranges { called: BTreeSet::new(), slots: globals.map(|(slot, range)| (*slot, *range)).collect() };
        let next = std::mem::replace(&mut self.next, fresh);
        let mut grown = false;
        for (slot, range) in next.slots {
            let Some(old) = self.now.slots.get(&slot).copied() else {
                self.now.slots.insert(slot, range);
                grown = true;
                continue;
            };
            if mode == Mode::Narrow {
                self.now.slots.insert(slot, old.meet(range).unwrap_or(range));
            } else if !old.includes(range) {
                let times = self.growth.entry(slot).or_default();
                *times += 1;
                self.now.slots.insert(slot, grow(old, range, *times, &LANDMARKS));
                grown = true;
            }
        }
        let before = self.now.called.len();
        self.now.called.extend(next.called);
        grown || self.now.called.len() > before
    }
}

/// Functions that are exported or referred to, or lie in a table.
fn open(module: &Module<'_>) -> BTreeSet<FuncIndex> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        Item::Function(function) => Some(function),
        Item::Table(_) | Item::Memory(_) | Item::Global(_) => None,
    });
    let elements = module.tables.values().filter_map(|table| match &table.place {
        TablePlace::Text(elements) => Some(elements.iter().copied().flatten()),
        TablePlace::Instance { .. } | TablePlace::Import(_) => None,
    });
    let mut open: BTreeSet<FuncIndex> = exported.chain(elements.flatten()).collect();
    open.extend(module.referenced.iter().copied());
    open.insert(module.initializer());
    open
}
