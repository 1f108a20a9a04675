//! What can be decided once all code has been seen: where tables lie, what can change, what is referred to.

use super::code::CodeFacts;
use super::{EXPORTED_TABLE_GROWTH, TABLE_GROWTH};
use crate::module::*;
use std::collections::BTreeSet;

/// Completes `module` by what its code does.
pub fn resolve<'a>(mut module: Module<'a>, facts: CodeFacts) -> Module<'a> {
    for index in module.memories.keys() {
        resolve_memory(&mut module, index, &facts);
    }
    resolve_modes(&mut module, &facts);
    for index in module.tables.keys() {
        resolve_table(&mut module, index, &facts);
    }
    module.referenced = referenced(&module, facts.referenced);
    module.compared_types = compared_types(&module);
    module
}

fn is_exported(module: &Module<'_>, item: Item) -> bool {
    module.exports.iter().any(|e| e.item == item)
}

/// A memory whose type leaves no choice never grows. Nor does one that the module accesses and never grows, exported
/// without a maximum as C and Rust compilers write it: `memory.grow` of another instance may always fail (core spec
/// 4.4.7), and a size known on compiling is worth more. A maximum says that it is meant to be grown from outside.
fn resolve_memory(module: &mut Module<'_>, index: MemoryIndex, facts: &CodeFacts) {
    let exported = is_exported(module, Item::Memory(index));
    let memory = &mut module.memories[index];
    let invited = exported && (memory.max_pages.is_some() || !facts.used_memories.contains(&index));
    let imported = matches!(memory.place, MemoryPlace::Import(_));
    let may = imported || invited || facts.grown_memories.contains(&index);
    memory.grows = may && memory.max_pages != Some(memory.min_pages);
}

fn resolve_modes(module: &mut Module<'_>, facts: &CodeFacts) {
    for index in &facts.dropped_data {
        if let Some(segment) = module.data.get_mut(*index)
            && matches!(segment.mode, DataMode::Passive)
        {
            segment.mode = DataMode::Droppable;
        }
    }
    for index in &facts.dropped_elements {
        if let Some(segment) = module.elements.get_mut(*index)
            && matches!(segment.mode, ElementMode::Passive)
        {
            segment.mode = ElementMode::Droppable;
        }
    }
}

fn resolve_table(module: &mut Module<'_>, index: TableIndex, facts: &CodeFacts) {
    let table = &module.tables[index];
    if matches!(table.place, TablePlace::Import(_)) {
        return;
    }
    let exported = is_exported(module, Item::Table(index));
    let contents = if exported || facts.used_tables.contains(&index) { None } else { contents(module, index) };
    let place = match contents {
        Some(elements) => {
            for segment in module.elements.values_mut() {
                if matches!(segment.mode, ElementMode::Active { table, .. } if table == index) {
                    segment.mode = ElementMode::Placed;
                }
            }
            TablePlace::Text(elements)
        }
        None => {
            let growth = match exported {
                _ if facts.grown_tables.contains(&index) => TABLE_GROWTH,
                true => EXPORTED_TABLE_GROWTH,
                false => 0,
            };
            let capacity = table.min.saturating_add(growth).min(table.max.unwrap_or(u32::MAX));
            TablePlace::Instance { capacity }
        }
    };
    module.tables[index].place = place;
}

/// The elements of a table that only active segments write, if they are known, in bounds and functions of the module
/// itself: the code of an imported one may belong to another instance.
fn contents(module: &Module<'_>, index: TableIndex) -> Option<Vec<Option<FuncIndex>>> {
    let mut elements = vec![None; module.tables[index].min as usize];
    for segment in module.elements.values() {
        let ElementMode::Active { table, offset } = &segment.mode else { continue };
        if *table != index {
            continue;
        }
        let Constant::Known(start) = offset else { return None };
        let start = usize::try_from(*start).ok()?;
        let range = start..start.checked_add(segment.items.len())?;
        for (element, item) in elements.get_mut(range)?.iter_mut().zip(&segment.items) {
            *element = match item {
                ElementItem::Null => None,
                ElementItem::Function(f) if module.functions[*f].import().is_none() => Some(*f),
                ElementItem::Function(_) | ElementItem::Global(_) => return None,
            };
        }
    }
    Some(elements)
}

/// Own functions of which code, a constant expression or a segment makes a reference.
fn referenced(module: &Module<'_>, mut functions: BTreeSet<FuncIndex>) -> BTreeSet<FuncIndex> {
    for segment in module.elements.values() {
        if matches!(segment.mode, ElementMode::Placed | ElementMode::Declared) {
            continue;
        }
        functions.extend(segment.items.iter().filter_map(|item| match item {
            ElementItem::Function(f) => Some(*f),
            ElementItem::Null | ElementItem::Global(_) => None,
        }));
    }
    functions.retain(|f| module.functions[*f].import().is_none());
    functions
}

/// The types that calls through tables outside of the text expect.
fn compared_types(module: &Module<'_>) -> BTreeSet<TypeId> {
    let bodies = module.bodies().flat_map(|(_, body)| [&body.calls, &body.tail_calls]);
    let calls = bodies.flat_map(|calls| &calls.indirect);
    let compared = calls.filter(|(table, _)| !matches!(module.tables[*table].place, TablePlace::Text(_)));
    compared.map(|(_, ty)| *ty).collect()
}
