//! What a compiled module costs: flash, RAM and stack, by function.

use crate::emit::{FunctionCode, SiteKind};
use crate::instance::InstanceLayout;
use crate::link::Text;
use crate::midend;
use crate::module::{FuncIndex, Import, Item, Memory, MemoryPlace, Module};
use crate::stack::Needs;
use cranelift_codegen::ir::{Function, InstructionData};
use sandgrain_abi::{HelperGroups, Target};
use std::fmt;

mod hints;

/// Bytes of stack suggested for a module whose need is not bounded.
pub const DEFAULT_STACK_BYTES: u32 = 8192;

/// Costs of one function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionReport {
    pub name: String,
    /// Offset in the text.
    pub offset: u32,
    pub code_bytes: u32,
    /// Stack that it takes itself; outgoing stack arguments included.
    pub frame_bytes: u32,
    /// Stack that it takes with all it calls, if that is bounded.
    pub stack_bytes: Option<u32>,
    /// Moves, spills and reloads that register allocation added.
    pub moves: u32,
    /// Bounds checks of memory accesses in the code.
    pub checks_kept: u32,
    /// Those that earlier ones imply, that were constant, or whose access nothing needs.
    pub checks_removed: u32,
    /// Targets of the largest `br_table`, 0 without one.
    pub table_targets: u32,
    /// Groups of the helpers that it calls.
    pub helpers: HelperGroups,
}

/// What only the CLIF of a function tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    checks_kept: u32,
    checks_removed: u32,
    table_targets: u32,
}

impl Facts {
    /// Of an optimised function, which had `checks` bounds checks before.
    pub fn of(func: &Function, checks: u32) -> Facts {
        let insts = func.layout.blocks().filter_map(|block| func.layout.last_inst(block));
        let tables = insts.filter_map(|inst| match func.dfg.insts[inst] {
            InstructionData::BranchTable { table, .. } => Some(func.dfg.jump_tables[table].as_slice().len() as u32),
            _ => None,
        });
        let checks_kept = midend::bounds_checks(func);
        Facts {
            checks_kept,
            checks_removed: checks.saturating_sub(checks_kept),
            table_targets: tables.max().unwrap_or(0),
        }
    }
}

/// Costs of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub target: Target,
    /// Defined functions, by index, then the initialiser if there is one.
    pub functions: Vec<FunctionReport>,
    /// Constant tables and segments, in flash.
    pub data_bytes: u32,
    /// Stubs, thunks and functions, in flash.
    pub code_bytes: u32,
    /// RAM in front of the linear memory, header included.
    pub instance_bytes: u32,
    /// Smallest and largest size in bytes of each of the module's own linear memories.
    pub memory_bytes: Vec<(u32, u32)>,
    /// Most stack that any function takes, without the reserve; `None` with recursion. What other instances' functions
    /// take is not in it.
    pub stack_bound: Option<u32>,
    /// Stack that the artifact asks for.
    pub stack_bytes: u32,
    pub helpers: HelperGroups,
    pub trap_sites: usize,
    /// Functions of which each calls the next, and the last is the first again: why the stack is not bounded. Empty if it
    /// is.
    pub recursion: Vec<String>,
    /// What the host or other instances have to provide: "module.name", and what it is.
    pub imports: Vec<String>,
    /// Advice to the module's author.
    pub notes: Vec<String>,
}

/// Adds up the costs of `module`. `facts` is in the order of `bodies`. `suggested_stack`, in bytes, is asked for if the need is not bounded.
#[allow(clippy::too_many_arguments, reason = "each phase has its say")]
pub fn report(
    module: &Module<'_>,
    layout: &InstanceLayout,
    bodies: &[(FuncIndex, FunctionCode)],
    facts: &[Facts],
    needs: Needs,
    text: &Text,
    target: Target,
    suggested_stack: Option<u32>,
) -> Report {
    let Needs { stacks, circle, .. } = needs;
    let functions: Vec<FunctionReport> = bodies
        .iter()
        .zip(facts)
        .map(|((index, code), facts)| FunctionReport {
            name: module.function_name(*index),
            offset: text.functions[*index].offset,
            code_bytes: text.functions[*index].size,
            frame_bytes: code.frame_bytes,
            stack_bytes: stacks[*index],
            moves: code.moves as u32,
            checks_kept: facts.checks_kept,
            checks_removed: facts.checks_removed,
            table_targets: facts.table_targets,
            helpers: code.helpers,
        })
        .collect();
    // Any function may be entered: an export, the start function, or what the host finds in a table.
    let mut entries = bodies.iter().map(|(index, code)| {
        stacks[*index].map(|stack| stack.saturating_add(code.incoming_bytes).saturating_add(text.entry_stack_bytes))
    });
    let stack_bound = entries.try_fold(0, |most: u32, one| Some(most.max(one?)));
    let helpers = bodies.iter().fold(HelperGroups::CORE, |all, (_, code)| all.union(code.helpers));
    let mut report = Report {
        target,
        functions,
        data_bytes: text.code_start,
        code_bytes: text.bytes.len() as u32 - text.code_start,
        instance_bytes: layout.memory_offset,
        memory_bytes: own_memories(module).map(|m| (m.min_bytes(), m.max_bytes())).collect(),
        stack_bound,
        stack_bytes: stack_bound.or(suggested_stack).unwrap_or(DEFAULT_STACK_BYTES),
        helpers,
        trap_sites: text.sites.iter().filter(|site| matches!(site.kind, SiteKind::Trap(_))).count(),
        recursion: circle.iter().chain(circle.first()).map(|index| module.function_name(*index)).collect(),
        imports: module.imports.values().map(import).collect(),
        notes: Vec::new(),
    };
    report.notes = hints::hints(module, &report);
    report
}

fn import(import: &Import<'_>) -> String {
    let kind = match import.item {
        Item::Function(_) => "function",
        Item::Table(_) => "table",
        Item::Memory(_) => "memory",
        Item::Global(_) => "global",
    };
    format!("{}.{} ({kind})", import.module, import.name)
}

fn own_memories<'m>(module: &'m Module<'_>) -> impl Iterator<Item = &'m Memory> {
    module.memories.values().filter(|m| !matches!(m.place, MemoryPlace::Import(_)))
}

impl Report {
    /// Bytes of flash that text and data take; types, names and the envelope come on top.
    pub fn flash_bytes(&self) -> u32 {
        self.code_bytes + self.data_bytes
    }

    /// Bytes of RAM at the start: instance, memories, stack with its reserve.
    pub fn ram_bytes(&self) -> u64 {
        let memories: u64 = self.memory_bytes.iter().map(|(min, _)| u64::from(*min)).sum();
        u64::from(self.instance_bytes) + memories + u64::from(self.stack_bytes) + u64::from(self.target.stack_reserve())
    }

    /// Bounds checks kept and removed, of all functions.
    pub fn checks(&self) -> (u32, u32) {
        let add = |sum: (u32, u32), f: &FunctionReport| (sum.0 + f.checks_kept, sum.1 + f.checks_removed);
        self.functions.iter().fold((0, 0), add)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "target       {}", self.target.name())?;
        writeln!(f, "in all       {} bytes of flash, {} bytes of RAM", self.flash_bytes(), self.ram_bytes())?;
        writeln!(f, "code         {} bytes of flash, {} trap sites", self.code_bytes, self.trap_sites)?;
        writeln!(f, "data         {} bytes of flash", self.data_bytes)?;
        writeln!(f, "instance     {} bytes of RAM", self.instance_bytes)?;
        for (min, max) in &self.memory_bytes {
            let may_grow = if max > min { format!(", may grow to {max}") } else { String::new() };
            writeln!(f, "memory       {min} bytes of RAM{may_grow}")?;
        }
        let bound = if self.stack_bound.is_some() { "at most" } else { "not bounded, asking for" };
        writeln!(f, "stack        {bound} {} bytes of RAM beyond the reserve", self.stack_bytes)?;
        let (kept, removed) = self.checks();
        writeln!(f, "checks       {kept} of memory accesses, {removed} more removed")?;
        for (i, import) in self.imports.iter().enumerate() {
            writeln!(f, "{:<12} {import}", if i == 0 { "imports" } else { "" })?;
        }
        writeln!(f, "\n  offset  bytes  frame  stack checks removed  function")?;
        for function in &self.functions {
            let stack = function.stack_bytes.map_or("-".to_owned(), |s| s.to_string());
            let FunctionReport { name, offset, code_bytes, frame_bytes, checks_kept, checks_removed, .. } = function;
            write!(f, "{offset:>8} {code_bytes:>6} {frame_bytes:>6} {stack:>6} ")?;
            writeln!(f, "{checks_kept:>6} {checks_removed:>7}  {name}")?;
        }
        for note in &self.notes {
            writeln!(f, "\nnote: {note}")?;
        }
        Ok(())
    }
}
