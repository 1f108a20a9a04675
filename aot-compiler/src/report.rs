//! What a compiled module costs: flash, RAM and stack, by function.

use crate::emit::FunctionCode;
use crate::instance::InstanceLayout;
use crate::link::Text;
use crate::module::{FuncIndex, Memory, MemoryPlace, Module};
use sandgrain_abi::{HelperGroups, Target};
use std::fmt;

mod stack;

/// Bytes of initial memory from which a report says how to ask for less: a typical part has no more.
const MUCH_MEMORY: u64 = 1 << 20;

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
    /// Advice to the module's author.
    pub notes: Vec<String>,
}

/// Adds up the costs of `module`. `suggested_stack`, in bytes, is asked for if the need is not bounded.
pub fn report(
    module: &Module<'_>,
    layout: &InstanceLayout,
    bodies: &[(FuncIndex, FunctionCode)],
    text: &Text,
    target: Target,
    suggested_stack: Option<u32>,
) -> Report {
    let stacks = stack::needs(module, bodies);
    let functions: Vec<FunctionReport> = bodies
        .iter()
        .map(|(index, code)| FunctionReport {
            name: module.function_name(*index),
            offset: text.functions[*index].offset,
            code_bytes: text.functions[*index].size,
            frame_bytes: code.frame_bytes,
            stack_bytes: stacks[*index],
            moves: code.moves as u32,
        })
        .collect();
    // Any function may be entered: an export, the start function, or what the host finds in a table.
    let mut entries = bodies.iter().map(|(index, code)| {
        stacks[*index].map(|stack| stack.saturating_add(code.incoming_bytes).saturating_add(text.entry_stack_bytes))
    });
    let stack_bound = entries.try_fold(0, |most: u32, one| Some(most.max(one?)));
    let helpers = bodies.iter().fold(HelperGroups::CORE, |all, (_, code)| all.union(code.helpers));
    Report {
        target,
        functions,
        data_bytes: text.code_start,
        code_bytes: text.bytes.len() as u32 - text.code_start,
        instance_bytes: layout.memory_offset,
        memory_bytes: own_memories(module).map(|m| (m.min_bytes(), m.max_bytes())).collect(),
        stack_bound,
        stack_bytes: stack_bound.or(suggested_stack).unwrap_or(DEFAULT_STACK_BYTES),
        helpers,
        trap_sites: text.traps.len(),
        notes: notes(module, stack_bound.is_some()),
    }
}

fn own_memories<'m>(module: &'m Module<'_>) -> impl Iterator<Item = &'m Memory> {
    module.memories.values().filter(|m| !matches!(m.place, MemoryPlace::Import(_)))
}

fn notes(module: &Module<'_>, bounded: bool) -> Vec<String> {
    let mut notes = Vec::new();
    let bytes: u64 = own_memories(module).map(|m| u64::from(m.min_bytes())).sum();
    if bytes >= MUCH_MEMORY {
        notes.push(format!(
            "asks for {} KiB of linear memory at the start, most of it usually a stack that the compiler chose: \
             for Rust pass `-C link-arg=-zstack-size=4096`, for C and Zig `-z stack-size=4096` to the linker",
            bytes / 1024,
        ));
    }
    if !bounded {
        notes.push("some functions are recursive, so the need of stack is not bounded".to_owned());
    }
    notes
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "target       {}", self.target.name())?;
        writeln!(f, "code         {} bytes of flash, {} trap sites", self.code_bytes, self.trap_sites)?;
        writeln!(f, "data         {} bytes of flash", self.data_bytes)?;
        writeln!(f, "instance     {} bytes of RAM", self.instance_bytes)?;
        for (min, max) in &self.memory_bytes {
            let may_grow = if max > min { format!(", may grow to {max}") } else { String::new() };
            writeln!(f, "memory       {min} bytes of RAM{may_grow}")?;
        }
        let bound = if self.stack_bound.is_some() { "at most" } else { "not bounded, asking for" };
        writeln!(f, "stack        {bound} {} bytes of RAM beyond the reserve", self.stack_bytes)?;
        writeln!(f, "\n{:>8} {:>6} {:>6} {:>6}  function", "offset", "bytes", "frame", "stack")?;
        for function in &self.functions {
            let stack = function.stack_bytes.map_or("-".to_owned(), |s| s.to_string());
            let FunctionReport { name, offset, code_bytes, frame_bytes, .. } = function;
            writeln!(f, "{offset:>8} {code_bytes:>6} {frame_bytes:>6} {stack:>6}  {name}")?;
        }
        for note in &self.notes {
            writeln!(f, "\nnote: {note}")?;
        }
        Ok(())
    }
}
