//! Instantiation up to the initialiser: what the linker puts into the text, and the runtime into the instance.

use super::{Extern, Instance, InstanceId, InstantiateError, Program, Store, code_address};
use cranelift_entity::EntityRef;
use sandgrain_abi::NULL_TYPE_ID;
use sandgrain_abi::layout::{FuncRef, HEADER_SIZE_32, MemoryField, TableField};
use sandgrain_compiler::module::{ElementMode, Import, Item, Memory, MemoryPlace, Module, TablePlace};
use sandgrain_compiler::translate::{ENTRY_SIZE, ENTRY_TYPE_OFFSET, ITEM_SIZE};
use std::collections::BTreeMap;

/// Bytes that a memory can grow to here.
const MEMORY_CAPACITY: u32 = 64 << 20;

impl<'p> Store<'p> {
    pub(super) fn place(&mut self, program: &'p Program<'p>) -> Result<InstanceId, InstantiateError> {
        let id = InstanceId(self.instances.len());
        let (module, layout) = (&program.module, &program.layout);
        for ty in module.types.values() {
            let next = self.type_ids.len() as u32 + 1;
            self.type_ids.entry(ty.clone()).or_insert(next);
        }
        let imports = module.imports.values().map(|import| self.resolve(module, import));
        let imports: Vec<Extern> = imports.collect::<Result<_, _>>()?;

        let room = |m: &Memory| {
            let capacity = if m.grows { m.max_bytes().min(MEMORY_CAPACITY) } else { 0 };
            (m.min_bytes(), capacity.max(m.min_bytes()))
        };
        let (size, capacity) = module.first_memory().map_or((0, 0), room);
        let header = self.space.map(layout.memory_offset + size, layout.memory_offset + capacity, true);
        self.space.place(header + HEADER_SIZE_32, &layout.init_image);
        let no_maximum = u32::MAX;
        for (index, memory) in module.memories.iter() {
            let Some(definition) = layout.memory(index) else { continue };
            let (size, capacity) = room(memory);
            let base = match memory.place {
                MemoryPlace::BehindInstance => header + layout.memory_offset,
                _ => self.space.map(size, capacity, true),
            };
            let maximum = memory.max_pages.unwrap_or(no_maximum);
            self.place_words(header + definition, &[base, size, capacity, memory.page_log2, maximum]);
            assert_eq!(self.space.word(header + definition + MemoryField::limit.offset(4)), size);
        }
        for ((index, import), provided) in module.imports.iter().zip(imports) {
            let slot = header + layout.import(index);
            match (provided, import.item) {
                (Extern::Func { code, instance, type_id }, _) => self.place_words(slot, &[code, instance, type_id]),
                (Extern::Table(address) | Extern::Memory(address) | Extern::MutableGlobal(address), _) => {
                    self.space.place_word(slot, address);
                }
                (Extern::Constant(bits), Item::Global(g)) => {
                    self.space.place(slot, &bits.to_le_bytes()[..module.globals[g].ty.bytes(4) as usize]);
                }
                (Extern::Constant(_), _) => unreachable!("resolve compares the kinds"),
            }
        }
        for (i, function) in module.referenced.iter().enumerate() {
            let place = header + layout.functions_offset + i as u32 * FuncRef::size(4);
            let id = self.type_ids[module.signature(*function)];
            self.place_words(place, &[code_address(InstanceId(self.instances.len()), *function), header, id]);
        }
        for (i, ty) in module.compared_types.iter().enumerate() {
            let id = self.type_ids[&module.types[*ty]];
            self.space.place_word(header + layout.type_ids_offset + i as u32 * 4, id);
        }
        for (index, table) in module.tables.iter() {
            let (TablePlace::Instance { capacity }, Some(own)) = (&table.place, layout.table(index)) else { continue };
            let definition = [header + own.elements, table.min, *capacity, table.max.unwrap_or(no_maximum)];
            self.place_words(header + own.definition, &definition);
            assert_eq!(self.space.word(header + own.definition + TableField::length.offset(4)), table.min);
        }
        self.place_text(program, header);
        Ok(id)
    }

    fn resolve(&self, module: &Module<'_>, import: &Import<'_>) -> Result<Extern, InstantiateError> {
        let provided = self.registered.get(import.module).and_then(|id| self.export(*id, import.name));
        let matching = |e: &Extern| match (e, import.item) {
            (Extern::Func { type_id, .. }, Item::Function(f)) => *type_id == self.type_ids[module.signature(f)],
            (Extern::Table(_), Item::Table(_)) | (Extern::Memory(_), Item::Memory(_)) => true,
            (Extern::MutableGlobal(_), Item::Global(g)) => module.globals[g].mutable,
            (Extern::Constant(_), Item::Global(g)) => !module.globals[g].mutable,
            _ => false,
        };
        provided.filter(matching).ok_or(InstantiateError::NoImport)
    }

    fn place_words(&mut self, address: u32, words: &[u32]) {
        for (i, word) in words.iter().enumerate() {
            self.space.place_word(address + 4 * i as u32, *word);
        }
    }

    /// Constant tables and segments.
    fn place_text(&mut self, program: &'p Program<'p>, header: u32) {
        let id = InstanceId(self.instances.len());
        let (module, layout) = (&program.module, &program.layout);
        let mut tables = BTreeMap::new();
        for (index, table) in module.tables.iter() {
            let TablePlace::Text(elements) = &table.place else { continue };
            let start = self.space.map(elements.len() as u32 * ENTRY_SIZE, 0, false);
            tables.insert(index.as_u32(), start);
            for (i, element) in elements.iter().enumerate() {
                let (code, ty) = match element {
                    None => (0, NULL_TYPE_ID),
                    Some(f) => (code_address(id, *f).wrapping_sub(start), module.functions[*f].ty.index() as u32),
                };
                let entry = start + i as u32 * ENTRY_SIZE;
                self.space.place_word(entry, code);
                self.space.place_word(entry + ENTRY_TYPE_OFFSET, ty);
            }
        }
        let mut segments = BTreeMap::new();
        for (index, segment) in module.data.iter() {
            let start = self.space.map(segment.bytes.len() as u32, 0, false);
            segments.insert(index.as_u32(), start);
            self.space.place(start, segment.bytes);
        }
        let mut elements = BTreeMap::new();
        for (index, segment) in module.elements.iter() {
            if matches!(segment.mode, ElementMode::Placed | ElementMode::Declared) {
                continue;
            }
            let start = self.space.map(segment.items.len() as u32 * ITEM_SIZE, 0, false);
            elements.insert(index.as_u32(), start);
            let items: Vec<u32> = segment.items.iter().map(|item| layout.element_item(module, *item)).collect();
            self.place_words(start, &items);
        }
        self.instances.push(Instance { program, header, tables, segments, elements });
    }
}
