//! What a compiled module costs: flash, RAM and stack, by function.

use crate::emit::FunctionCode;
use crate::instance::InstanceLayout;
use crate::link::Text;
use crate::module::{FuncIndex, Module};
use cranelift_entity::SecondaryMap;
use sandgrain_abi::{HelperGroups, PAGE_SIZE, Target};
use std::fmt;

/// Pages of initial memory from which a report says how to ask for less: a typical part has 16 or fewer.
const MANY_PAGES: u32 = 16;

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
    /// Defined functions, by index.
    pub functions: Vec<FunctionReport>,
    /// Tables and passive segments, in flash.
    pub data_bytes: u32,
    /// Stubs, thunks and functions, in flash.
    pub code_bytes: u32,
    /// Active segments, in flash, copied to the memory.
    pub segment_bytes: u64,
    /// RAM in front of the linear memory, header included.
    pub instance_bytes: u32,
    /// Smallest and largest size of the linear memory in pages of 64 KiB.
    pub memory_pages: Option<(u32, u32)>,
    /// Most stack that any export or the start function takes, without the reserve; `None` with recursion.
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
    let mut frames = SecondaryMap::new();
    for (index, code) in bodies {
        frames[*index] = code.frame_bytes;
    }
    let stacks = stack_needs(module, &frames);
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
    let mut entries = bodies.iter().map(|(index, code)| stacks[*index].map(|s| s.saturating_add(code.incoming_bytes)));
    let stack_bound = entries.try_fold(0, |most: u32, one| Some(most.max(one?)));
    let helpers = bodies.iter().fold(HelperGroups::CORE, |all, (_, code)| all.union(code.helpers));
    Report {
        target,
        functions,
        data_bytes: text.code_start,
        code_bytes: text.bytes.len() as u32 - text.code_start,
        segment_bytes: active_bytes(module),
        instance_bytes: layout.memory_offset,
        memory_pages: module.memory.map(|m| (m.min_pages, m.max_pages)),
        stack_bound,
        stack_bytes: stack_bound.or(suggested_stack).unwrap_or(DEFAULT_STACK_BYTES),
        helpers,
        trap_sites: text.traps.len(),
        notes: notes(module, stack_bound.is_some()),
    }
}

fn active_bytes(module: &Module<'_>) -> u64 {
    let active = module.data.values().filter(|d| matches!(d.mode, crate::module::DataMode::Active(_)));
    active.map(|d| d.bytes.len() as u64).sum()
}

fn notes(module: &Module<'_>, bounded: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(memory) = module.memory
        && memory.min_pages >= MANY_PAGES
    {
        notes.push(format!(
            "asks for {} KiB of linear memory at the start, most of it usually a stack that the compiler chose: \
             for Rust pass `-C link-arg=-zstack-size=4096`, for C and Zig `-z stack-size=4096` to the linker",
            memory.min_bytes() / 1024,
        ));
    }
    if !bounded {
        notes.push("some functions are recursive, so the need of stack is not bounded".to_owned());
    }
    notes
}

/// State of the search through the call graph.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Mark {
    #[default]
    New,
    /// On the path that is being followed.
    Open,
    Done,
}

/// Stack in bytes of each function with all that it calls; `None` where a cycle can be reached. A host function runs
/// on the host's stack, and helpers within the reserve, so neither counts.
fn stack_needs(module: &Module<'_>, frames: &SecondaryMap<FuncIndex, u32>) -> SecondaryMap<FuncIndex, Option<u32>> {
    let mut needs: SecondaryMap<FuncIndex, Option<u32>> = SecondaryMap::new();
    let mut marks: SecondaryMap<FuncIndex, Mark> = SecondaryMap::new();
    let callees = Callees::new(module);
    for root in module.functions.keys() {
        // Depth first, with a stack of our own: a hostile call chain is as long as the module has functions.
        let mut path: Vec<(FuncIndex, Vec<FuncIndex>, Option<u32>)> = Vec::new();
        if marks[root] == Mark::New {
            marks[root] = Mark::Open;
            path.push((root, callees.of(root), Some(0)));
        }
        while let Some((function, pending, deepest)) = path.last_mut() {
            match pending.pop() {
                Some(callee) => match marks[callee] {
                    Mark::New => {
                        marks[callee] = Mark::Open;
                        path.push((callee, callees.of(callee), Some(0)));
                    }
                    Mark::Open => *deepest = None,
                    Mark::Done => *deepest = deepest.zip(needs[callee]).map(|(a, b)| a.max(b)),
                },
                None => {
                    let (function, need) = (*function, deepest.map(|d| d.saturating_add(frames[*function])));
                    needs[function] = need;
                    marks[function] = Mark::Done;
                    path.pop();
                    if let Some((_, _, deepest)) = path.last_mut() {
                        *deepest = deepest.zip(need).map(|(a, b)| a.max(b));
                    }
                }
            }
        }
    }
    needs
}

/// Who may call whom: tables are constant, so an indirect call reaches only their elements of its type.
struct Callees<'m> {
    module: &'m Module<'m>,
}

impl<'m> Callees<'m> {
    fn new(module: &'m Module<'m>) -> Self {
        Callees { module }
    }

    fn of(&self, caller: FuncIndex) -> Vec<FuncIndex> {
        let Some(body) = &self.module.functions[caller].body else { return Vec::new() };
        let mut callees: Vec<FuncIndex> = body.calls.iter().copied().collect();
        for (table, ty) in &body.indirect_calls {
            let elements = self.module.tables[*table].elements.iter().flatten();
            callees.extend(elements.filter(|f| self.module.functions[**f].ty == *ty));
        }
        callees.sort_unstable();
        callees.dedup();
        callees
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "target       {}", self.target.name())?;
        writeln!(f, "code         {} bytes of flash, {} trap sites", self.code_bytes, self.trap_sites)?;
        writeln!(f, "data         {} bytes of flash", u64::from(self.data_bytes) + self.segment_bytes)?;
        writeln!(f, "instance     {} bytes of RAM", self.instance_bytes)?;
        if let Some((min, max)) = self.memory_pages {
            let kib = PAGE_SIZE / 1024;
            writeln!(f, "memory       {} KiB of RAM, may grow to {} KiB", min * kib, u64::from(max) * u64::from(kib))?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use cranelift_entity::EntityRef;

    fn needs(text: &str) -> Vec<Option<u32>> {
        let wasm = wat::parse_str(text).unwrap();
        let module = crate::parse::parse(&wasm).unwrap();
        let mut frames = SecondaryMap::new();
        for index in module.functions.keys() {
            frames[index] = 16 << index.index();
        }
        let needs = stack_needs(&module, &frames);
        module.functions.keys().map(|i| needs[i]).collect()
    }

    #[test]
    fn the_deepest_path_counts() {
        let text = "(module (func (call 1) (call 2)) (func (call 3)) (func) (func))";
        assert_eq!(needs(text), [Some(16 + 32 + 128), Some(32 + 128), Some(64), Some(128)]);
    }

    #[test]
    fn recursion_has_no_bound_nor_has_what_reaches_it() {
        let text = "(module (func (call 1)) (func (call 2)) (func (call 1)) (func))";
        assert_eq!(needs(text), [None, None, None, Some(128)]);
        assert_eq!(needs("(module (func (call 0)))"), [None]);
    }

    #[test]
    fn an_indirect_call_reaches_the_elements_of_its_type() {
        let text = "(module (table 2 funcref) (elem (i32.const 0) 1 2) (type (func)) (type (func (param i32)))
            (func (call_indirect (type 0) (i32.const 0))) (func (type 0)) (func (type 1)))";
        assert_eq!(needs(text), [Some(16 + 32), Some(32), Some(64)]);
    }
}
