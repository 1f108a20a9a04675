//! Advice to a module's author: what costs flash, RAM or time, and how to ask for less of it.

use super::{FunctionReport, Report};
use crate::module::{
    Constant, DataMode, ElementItem, FuncIndex, GlobalOrigin, Item, Memory, MemoryIndex, MemoryPlace, Module,
    TablePlace, ValType,
};
use sandgrain_abi::{FloatUnit, HelperGroups};
use std::collections::BTreeSet;

/// Bytes of stack in the linear memory from which an author is told how to ask for less. Compilers for large machines
/// reserve 64 KiB to 16 MiB of it.
const MUCH_STACK: u32 = 32 << 10;

/// Bytes of linear memory, occupied by nothing at the start, from which they are worth a word: a page.
const MUCH_IDLE: u32 = 64 << 10;

/// Bytes of linear memory from which they are worth a word where no more is known: a typical part has no more RAM.
const MUCH_MEMORY: u32 = 1 << 20;

/// Targets from which a `br_table` is called large.
const LARGE_TABLE: u32 = 256;

/// Most names that an advice lists.
const NAMES: usize = 3;

/// All that there is to say about `module`, of which `report` tells the costs.
pub fn hints(module: &Module<'_>, report: &Report) -> Vec<String> {
    let mut hints = Vec::new();
    memory(module, &mut hints);
    if !report.recursion.is_empty() {
        hints.push(format!(
            "the stack that it needs is not bounded, since functions call each other in a circle: {}; it asks for {} \
             bytes (`--stack` asks for another size)",
            report.recursion.join(" -> "),
            report.stack_bytes,
        ));
    }
    helpers(report, &mut hints);
    for function in report.functions.iter().filter(|f| f.table_targets >= LARGE_TABLE) {
        let FunctionReport { name, table_targets, code_bytes, .. } = function;
        hints.push(format!("{name} has a br_table of {table_targets} targets and takes {code_bytes} bytes of flash"));
    }
    unreached(module, report, &mut hints);
    exports(module, &mut hints);
    hints
}

fn memory(module: &Module<'_>, hints: &mut Vec<String>) {
    let mut own = module.memories.iter().filter(|(_, m)| !matches!(m.place, MemoryPlace::Import(_)));
    let Some((index, memory)) = own.next() else { return };
    let size = memory.min_bytes();
    let use_ = Use::of(module, index, memory);
    if let Some(stack) = use_.stack.filter(|stack| *stack >= MUCH_STACK) {
        hints.push(format!(
            "keeps a stack of {} in its linear memory, which is {} of RAM: link with `-zstack-size=4096` (Rust: \
             `-C link-arg=-zstack-size=4096`; C and Zig: `-Wl,-z,stack-size=4096`)",
            kib(stack),
            kib(size),
        ));
    } else if size >= MUCH_MEMORY && use_.stack.is_none() {
        hints.push(format!("starts with {} of linear memory, all of it RAM", kib(size)));
    }
    let idle = size.saturating_sub(use_.end);
    if use_.end > 0 && idle >= MUCH_IDLE {
        let enough = u64::from(use_.end).next_multiple_of(1 << memory.page_log2);
        hints.push(format!(
            "data and stack end {} into a linear memory of {}; unless the rest is a heap, link with \
             `--initial-memory={enough}`",
            kib(use_.end),
            kib(size),
        ));
    }
    if let Some(declared) = memory.declared {
        let declared = declared.min << declared.log2;
        hints.push(format!("its linear memory is trimmed from {declared} bytes to the {size} that it can use"));
    }
    let exported = module.exports.iter().any(|export| export.item == Item::Memory(index));
    match (memory.grows, memory.max_pages) {
        (true, None) => hints.push(
            "its linear memory can grow without end, that is into all RAM there is: say how far with \
             `--max-memory`; one of fixed size has cheaper checks"
                .to_owned(),
        ),
        (true, Some(_)) if exported => hints.push(
            "others can grow its linear memory, since it is exported and has a maximum, so that every check loads the \
             size: without a maximum it is a constant"
                .to_owned(),
        ),
        _ => {}
    }
}

/// What a memory is known to be used for at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Use {
    /// Bytes of a stack that compiled languages keep there: from their stack pointer, a variable with a constant in it, down
    /// to address 0 or to the end of the data.
    stack: Option<u32>,
    /// Where data and stack end.
    end: u32,
}

impl Use {
    fn of(module: &Module<'_>, index: MemoryIndex, memory: &Memory) -> Use {
        let ranges = module.data.values().filter_map(|segment| match &segment.mode {
            DataMode::Active { memory, offset: Constant::Known(offset) } if *memory == index => {
                let start = *offset as u32;
                Some((start, start.saturating_add(segment.bytes.len() as u32)))
            }
            _ => None,
        });
        let data = ranges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        // LLVM and AssemblyScript: the first variable, aligned, that starts as an address.
        let pointer = module.globals.values().find(|global| global.mutable && global.ty == ValType::I32);
        let pointer = pointer.and_then(|global| match global.origin {
            GlobalOrigin::Own(Constant::Known(bits)) => Some(bits as u32),
            _ => None,
        });
        let pointer = pointer.filter(|p| *p >= 256 && p.is_multiple_of(16) && *p <= memory.min_bytes());
        let stack = pointer.and_then(|top| match data {
            Some((start, _)) if start >= top => Some(top),
            Some((_, end)) => top.checked_sub(end),
            None => Some(top),
        });
        let end = data.map_or(0, |(_, end)| end).max(stack.and(pointer).unwrap_or(0));
        Use { stack, end }
    }
}

/// Helper groups that a firmware may lack, with what needs them.
fn helpers(report: &Report, hints: &mut Vec<String>) {
    let float_unit = report.target.float_unit();
    for group in [HelperGroups::DIV64, HelperGroups::F32, HelperGroups::F32_ROUND, HelperGroups::F64] {
        let needing = report.functions.iter().filter(|f| f.helpers.contains(group));
        let names: Vec<&str> = needing.map(|f| f.name.as_str()).collect();
        if names.is_empty() {
            continue;
        }
        let advice = match (group, float_unit) {
            (HelperGroups::F64, FloatUnit::Single) => {
                "; the part computes f32 in hardware, so use that where it will do"
            }
            (HelperGroups::F32 | HelperGroups::F64, FloatUnit::Soft) => {
                "; the part has no FPU, each operation is a call"
            }
            _ => "",
        };
        hints.push(format!("needs the firmware's helpers of group {}: {}{advice}", group.first_name(), list(&names)));
    }
}

/// Functions that no execution reaches.
fn unreached(module: &Module<'_>, report: &Report, hints: &mut Vec<String>) {
    let reached = reached(module);
    let unreached = module.bodies().zip(&report.functions).filter(|((index, _), _)| !reached.contains(index));
    let (names, sizes): (Vec<&str>, Vec<u32>) = unreached.map(|(_, f)| (f.name.as_str(), f.code_bytes)).unzip();
    if !names.is_empty() {
        let bytes: u32 = sizes.iter().sum();
        hints.push(format!("nothing reaches {}, which take {bytes} bytes of flash", list(&names)));
    }
}

fn reached(module: &Module<'_>) -> BTreeSet<FuncIndex> {
    let exported = module.exports.iter().filter_map(|export| match export.item {
        Item::Function(function) => Some(function),
        _ => None,
    });
    let tables = module.tables.values().filter_map(|table| match &table.place {
        TablePlace::Text(elements) => Some(elements.iter().flatten().copied()),
        _ => None,
    });
    let items = module.elements.values().flat_map(|segment| &segment.items).filter_map(|item| match item {
        ElementItem::Function(function) => Some(*function),
        _ => None,
    });
    let roots = exported.chain(module.start).chain(module.referenced.iter().copied()).chain(tables.flatten());
    let mut work: Vec<FuncIndex> = roots.chain(items).collect();
    let mut reached = BTreeSet::new();
    while let Some(function) = work.pop() {
        if reached.insert(function)
            && let Some(body) = module.body(function)
        {
            work.extend(body.calls.direct.iter().chain(&body.tail_calls.direct));
        }
    }
    reached
}

fn exports(module: &Module<'_>, hints: &mut Vec<String>) {
    let names = |wanted: &dyn Fn(&str) -> bool| -> Vec<&str> {
        module.exports.iter().map(|export| export.name).filter(|name| wanted(name)).collect()
    };
    let internal = names(&|name| name.starts_with("__"));
    if !internal.is_empty() {
        hints
            .push(format!("exports what linkers export for themselves: {}; a name and 16 bytes each", list(&internal)));
    }
    let entries = names(&|name| matches!(name, "_initialize" | "_start"));
    if !entries.is_empty() && module.start.is_none() {
        hints.push(format!("has no start function: the host has to call {} before or as its work", list(&entries)));
    }
}

/// "a, b, c and 4 more".
fn list(names: &[&str]) -> String {
    let (shown, rest) = names.split_at(names.len().min(NAMES));
    match rest.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn kib(bytes: u32) -> String {
    if bytes < 1 << 10 { format!("{bytes} bytes") } else { format!("{} KiB", bytes >> 10) }
}

#[cfg(test)]
mod tests {
    use crate::{Options, Target, compile};

    /// What is said about a module, all in one.
    fn said(text: &str, target: Target) -> String {
        compile(&wat::parse_str(text).unwrap(), &Options::new(target)).unwrap().report.notes.join("\n")
    }

    #[track_caller]
    fn says(text: &str, what: &str) {
        let said = said(text, Target::CortexM4F);
        assert!(said.contains(what), "{text}: {said}");
    }

    #[test]
    fn a_module_without_waste_is_told_nothing() {
        let text = r#"(module (memory 1) (data (i32.const 0) "x")
            (func (export "f") (param i32) (result i32) (i32.load8_u (local.get 0))))"#;
        assert_eq!(said(text, Target::CortexM4F), "");
    }

    #[test]
    fn a_large_stack_is_found_on_either_side_of_the_data() {
        let first = r#"(module (memory 17) (global (mut i32) (i32.const 1048576)) (data (i32.const 1048576) "x"))"#;
        says(first, "keeps a stack of 1024 KiB");
        let behind = r#"(module (memory 2) (global (mut i32) (i32.const 69632)) (data (i32.const 16) "x"))"#;
        says(behind, "keeps a stack of 67 KiB");
        let small = r#"(module (memory 1) (global (mut i32) (i32.const 4096)) (data (i32.const 4096) "x"))"#;
        assert_eq!(said(small, Target::CortexM4F), "");
    }

    #[test]
    fn memory_that_nothing_needs_is_named() {
        let text = r#"(module (memory 10) (global (mut i32) (i32.const 1024)) (data (i32.const 1024) "abc"))"#;
        says(text, "data and stack end 1 KiB into a linear memory of 640 KiB");
        says(text, "--initial-memory=65536");
        says("(module (memory 16))", "starts with 1024 KiB");
    }

    #[test]
    fn growing_has_a_price() {
        says("(module (memory 1) (func (export \"f\") (drop (memory.grow (i32.const 1)))))", "--max-memory");
        let exported = r#"(module (memory (export "m") 1 2)
            (func (export "f") (param i32) (result i32) (i32.load (local.get 0))))"#;
        says(exported, "others can grow");
    }

    #[test]
    fn a_circle_of_calls_is_shown() {
        let text = r#"(module (func $a (export "a") (call $b)) (func $b (call $c)) (func $c (call $a)) (func $d (export "d")))"#;
        let said = said(text, Target::Rv32Imac);
        let circles = ["a -> b -> c -> a", "b -> c -> a -> b", "c -> a -> b -> c"];
        assert!(circles.iter().any(|circle| said.contains(circle)), "{said}");
    }

    #[test]
    fn helpers_are_told_with_what_needs_them() {
        let text =
            r#"(module (func $sum (export "s") (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1))))"#;
        says(text, "group f64: sum; the part computes f32 in hardware");
        assert!(said(text, Target::CortexM3).contains("no FPU"));
        assert_eq!(said(text, Target::CortexM7), "");
    }

    #[test]
    fn what_nothing_reaches_and_what_only_linkers_use_is_named() {
        let text = r#"(module (func (export "f")) (func $dead (call $deader)) (func $deader)
            (global (export "__heap_base") i32 (i32.const 0)) (func (export "_initialize")))"#;
        says(text, "nothing reaches dead, deader, which take");
        says(text, "for themselves: __heap_base");
        says(text, "the host has to call _initialize");
    }

    #[test]
    fn a_large_br_table_is_named() {
        let labels = "0 1 2 ".repeat(100);
        let text = format!(
            r#"(module (func $switch (export "f") (param i32) (result i32)
                (block (block (block (br_table {labels} (local.get 0))) (return (i32.const 5))) (return (i32.const 7)))
                (i32.const 9)))"#
        );
        says(&text, "switch has a br_table of 299 targets");
    }
}
