//! Where each piece of an instance's state lies behind the instance register.
//!
//! ```text
//! header | result area | globals, segment lengths | import slots | FuncRefs | type ids | memory and table definitions
//!        ^ init image                             ^ from here on filled in by the runtime
//!        | table elements | pad to 16 | first linear memory
//!                                     ^ memory_offset
//! ```

use crate::error::{Error, Result};
use crate::module::{
    Constant, DataIndex, DataMode, ElemIndex, ElementItem, ElementMode, FuncIndex, GlobalIndex, GlobalOrigin,
    ImportIndex, Item, MemoryIndex, MemoryPlace, Module, TableIndex, TablePlace, TypeId,
};
use sandgrain_abi::Target;
use sandgrain_abi::layout::{FuncRef, INSTANCE_ALIGN, InstanceHeader, MemoryDefinition, TableDefinition};
use std::collections::BTreeMap;

/// Most bytes that the state may take, from the result area to the last table element.
pub const MAX_STATE_BYTES: u32 = 1 << 20;

/// Byte offsets from the instance register, in the order of the picture above.
#[derive(Debug, Clone)]
pub struct InstanceLayout {
    /// Bytes of a pointer, a table element and a field of every shared struct.
    pub pointer_bytes: u32,
    globals: BTreeMap<GlobalIndex, u32>,
    data_lengths: BTreeMap<DataIndex, u32>,
    element_lengths: BTreeMap<ElemIndex, u32>,
    imports: BTreeMap<ImportIndex, u32>,
    functions: BTreeMap<FuncIndex, u32>,
    type_ids: BTreeMap<TypeId, u32>,
    memories: BTreeMap<MemoryIndex, u32>,
    tables: BTreeMap<TableIndex, TableOffsets>,
    /// What the runtime copies behind the header: a zero result area, globals, segment lengths.
    pub init_image: Vec<u8>,
    /// Where the [`FuncRef`]s of own functions begin, in the order of [`Module::referenced`].
    pub functions_offset: u32,
    /// Where the type ids begin, in the order of [`Module::compared_types`].
    pub type_ids_offset: u32,
    /// Where the first linear memory begins; also the size of the instance without its memories.
    pub memory_offset: u32,
}

/// Where a table of the instance lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableOffsets {
    /// Its [`TableDefinition`].
    pub definition: u32,
    /// Its first element.
    pub elements: u32,
}

impl InstanceLayout {
    /// Lays out the instances of `module` for `target`.
    ///
    /// # Errors
    /// [`Limit`](crate::error::Category::Limit) if the state exceeds [`MAX_STATE_BYTES`].
    pub fn new(module: &Module<'_>, target: Target) -> Result<InstanceLayout> {
        let pointer_bytes = target.pointer_bytes();
        let mut layout = InstanceLayout {
            pointer_bytes,
            globals: BTreeMap::new(),
            data_lengths: BTreeMap::new(),
            element_lengths: BTreeMap::new(),
            imports: BTreeMap::new(),
            functions: BTreeMap::new(),
            type_ids: BTreeMap::new(),
            memories: BTreeMap::new(),
            tables: BTreeMap::new(),
            init_image: vec![0; result_words(module, target) as usize * 4],
            functions_offset: 0,
            type_ids_offset: 0,
            memory_offset: 0,
        };
        layout.place_image(module);
        let image_end = InstanceHeader::size(pointer_bytes) + layout.init_image.len() as u32;
        let mut end = u64::from(image_end.next_multiple_of(pointer_bytes));
        layout.place_filled(module, &mut end);
        layout.place_definitions(module, &mut end);
        let size = end - u64::from(InstanceHeader::size(pointer_bytes));
        if size > u64::from(MAX_STATE_BYTES) {
            let what = format!("{size} bytes of globals, imports, tables and references in an instance");
            return Err(Error::limit(what, None, format_args!("{MAX_STATE_BYTES} bytes")));
        }
        layout.memory_offset = (end as u32).next_multiple_of(INSTANCE_ALIGN);
        Ok(layout)
    }

    /// What has an initial value: globals that are not constant, lengths of segments that can be dropped.
    fn place_image(&mut self, module: &Module<'_>) {
        for (index, global) in module.globals.iter() {
            if let (GlobalOrigin::Own(value), None) = (&global.origin, global.constant()) {
                let bits = match value {
                    Constant::Known(bits) => *bits,
                    Constant::Computed(_) => 0,
                };
                let offset = self.push(&bits.to_le_bytes()[..global.ty.bytes(self.pointer_bytes) as usize]);
                self.globals.insert(index, offset);
            }
        }
        for (index, segment) in module.data.iter() {
            if matches!(segment.mode, DataMode::Droppable) {
                let offset = self.push(&(segment.bytes.len() as u32).to_le_bytes());
                self.data_lengths.insert(index, offset);
            }
        }
        for (index, segment) in module.elements.iter() {
            if matches!(segment.mode, ElementMode::Droppable) {
                let offset = self.push(&(segment.items.len() as u32).to_le_bytes());
                self.element_lengths.insert(index, offset);
            }
        }
    }

    /// What the runtime fills in on instantiation: import slots, FuncRefs, type ids.
    fn place_filled(&mut self, module: &Module<'_>, end: &mut u64) {
        let pointer = self.pointer_bytes;
        for (index, import) in module.imports.iter() {
            let (size, align) = match import.item {
                Item::Function(_) => (FuncRef::size(pointer), pointer),
                Item::Global(g) if !module.globals[g].mutable => {
                    let size = module.globals[g].ty.bytes(pointer);
                    (size, size)
                }
                Item::Table(_) | Item::Memory(_) | Item::Global(_) => (pointer, pointer),
            };
            let offset = reserve(end, u64::from(size), align);
            self.imports.insert(index, offset);
        }
        *end = end.next_multiple_of(pointer.into());
        self.functions_offset = *end as u32;
        for function in &module.referenced {
            self.functions.insert(*function, reserve(end, FuncRef::size(pointer).into(), pointer));
        }
        self.type_ids_offset = *end as u32;
        for ty in &module.compared_types {
            self.type_ids.insert(*ty, reserve(end, pointer.into(), pointer));
        }
    }

    fn place_definitions(&mut self, module: &Module<'_>, end: &mut u64) {
        let pointer = self.pointer_bytes;
        for (index, memory) in module.memories.iter() {
            let definition = match memory.place {
                MemoryPlace::BehindInstance => InstanceHeader::memory_offset(pointer),
                MemoryPlace::Elsewhere => reserve(end, MemoryDefinition::size(pointer).into(), pointer),
                MemoryPlace::Import(_) => continue,
            };
            self.memories.insert(index, definition);
        }
        let own = module.tables.iter().filter_map(|(index, table)| match table.place {
            TablePlace::Instance { capacity } => Some((index, capacity)),
            TablePlace::Text(_) | TablePlace::Import(_) => None,
        });
        let own: Vec<(TableIndex, u32)> = own.collect();
        let definitions: Vec<u32> =
            own.iter().map(|_| reserve(end, TableDefinition::size(pointer).into(), pointer)).collect();
        for ((index, capacity), definition) in own.into_iter().zip(definitions) {
            let elements = reserve(end, u64::from(capacity) * u64::from(pointer), pointer);
            self.tables.insert(index, TableOffsets { definition, elements });
        }
    }

    /// Appends a value to the image at its natural alignment, as seen from the instance register.
    fn push(&mut self, value: &[u8]) -> u32 {
        let header = InstanceHeader::size(self.pointer_bytes) as usize;
        let offset = (header + self.init_image.len()).next_multiple_of(value.len());
        self.init_image.resize(offset - header, 0);
        self.init_image.extend_from_slice(value);
        offset as u32
    }

    /// Offset of an own global that is not constant.
    ///
    /// # Panics
    /// If the global is imported, or constant: such a one has no place.
    pub fn global(&self, index: GlobalIndex) -> u32 {
        self.globals[&index]
    }

    /// Offset of the current length of a droppable data segment, a 32-bit word.
    ///
    /// # Panics
    /// If the segment's mode is not [`DataMode::Droppable`].
    pub fn data_length(&self, index: DataIndex) -> u32 {
        self.data_lengths[&index]
    }

    /// Offset of the current length of a droppable element segment, a 32-bit word.
    ///
    /// # Panics
    /// If the segment's mode is not [`ElementMode::Droppable`].
    pub fn element_length(&self, index: ElemIndex) -> u32 {
        self.element_lengths[&index]
    }

    /// Offset of what the runtime fills in for an import.
    ///
    /// # Panics
    /// If there is no such import.
    pub fn import(&self, index: ImportIndex) -> u32 {
        self.imports[&index]
    }

    /// Offset of the [`FuncRef`] of a function: that of the import's slot, or one made for it.
    ///
    /// # Panics
    /// If the function is the module's own and not in [`Module::referenced`].
    pub fn function(&self, module: &Module<'_>, index: FuncIndex) -> u32 {
        match module.functions[index].import() {
            Some(import) => self.import(import),
            None => self.functions[&index],
        }
    }

    /// Offset of the id of a type that is compared at run time.
    ///
    /// # Panics
    /// If it is not in [`Module::compared_types`].
    pub fn type_id(&self, ty: TypeId) -> u32 {
        self.type_ids[&ty]
    }

    /// Offset of the [`MemoryDefinition`] of an own memory; `None` if it is imported.
    pub fn memory(&self, index: MemoryIndex) -> Option<u32> {
        self.memories.get(&index).copied()
    }

    /// Where a table of the instance lies; `None` if it lies elsewhere.
    pub fn table(&self, index: TableIndex) -> Option<TableOffsets> {
        self.tables.get(&index).copied()
    }

    /// What an item of an element segment is in the text, for [`TableInit`](sandgrain_abi::Helper::TableInit).
    pub fn element_item(&self, module: &Module<'_>, item: ElementItem) -> u32 {
        match item {
            ElementItem::Null => 0,
            ElementItem::Function(function) => self.function(module, function),
            ElementItem::Global(global) => sandgrain_abi::ITEM_IN_STATE | self.cell(module, global),
        }
    }

    /// Offset of the value of an immutable global that is not constant.
    pub fn cell(&self, module: &Module<'_>, index: GlobalIndex) -> u32 {
        match module.globals[index].origin {
            GlobalOrigin::Import(import) => self.import(import),
            GlobalOrigin::Own(_) => self.global(index),
        }
    }
}

/// Most result words beyond the registers that a call of a type in the module has.
fn result_words(module: &Module<'_>, target: Target) -> u32 {
    let words = module.types.values().map(|t| t.results.iter().map(|r| r.words()).sum::<u32>()).max();
    words.unwrap_or(0).saturating_sub(target.register_words())
}

/// The next `size` bytes from a multiple of `align` on. The caller compares the end with the limit.
fn reserve(end: &mut u64, size: u64, align: u32) -> u32 {
    let offset = end.next_multiple_of(align.into());
    *end = offset + size;
    offset as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use sandgrain_abi::layout::HEADER_SIZE_32;

    fn layout(text: &str, target: Target) -> (InstanceLayout, Vec<u8>) {
        let wasm = wat::parse_str(text).unwrap();
        let module = crate::parse::parse(&wasm, Default::default()).unwrap();
        (InstanceLayout::new(&module, target).unwrap(), wasm)
    }

    #[test]
    fn state_is_aligned_and_initialised() {
        let text = "(module (type (func (result i32 i32 i32 i32 i32)))
            (global (mut i32) (i32.const 7)) (global i32 (i32.const 1)) (global (mut i64) (i64.const 0x100000002)))";
        let (l, _) = layout(text, Target::CortexM4F);
        let global = |i| l.global(GlobalIndex::from_u32(i)) - HEADER_SIZE_32;
        // One result word beyond r0-r3, then global 0, then global 2 at the next multiple of 8.
        assert_eq!(HEADER_SIZE_32 % 8, 0);
        assert_eq!((global(0), global(2)), (4, 8));
        assert_eq!(l.init_image, [0, 0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0]);
        assert_eq!(l.memory_offset, (HEADER_SIZE_32 + 16).next_multiple_of(INSTANCE_ALIGN));
    }

    #[test]
    fn what_the_runtime_fills_in_follows_the_image() {
        let text = r#"(module (type $t (func))
            (import "m" "f" (func $f (type $t))) (import "m" "g" (global i64)) (import "m" "t" (table 1 funcref))
            (table $own 3 funcref) (table $text 2 funcref) (elem (table $own) (i32.const 0) func $f $h)
            (func $h (table.set $own (i32.const 0) (ref.null func)) (call_indirect $own (type $t) (i32.const 0)))
            (func (call_indirect $text (type $t) (i32.const 0))))"#;
        let (l, wasm) = layout(text, Target::Rv32Imac);
        let module = crate::parse::parse(&wasm, Default::default()).unwrap();
        let import = |i| l.import(ImportIndex::from_u32(i)) - HEADER_SIZE_32;
        assert_eq!((import(0), import(1), import(2)), (0, 16, 24));
        assert_eq!(l.function(&module, FuncIndex::from_u32(0)), HEADER_SIZE_32, "the import's slot");
        assert_eq!(l.function(&module, FuncIndex::from_u32(1)) - HEADER_SIZE_32, 28);
        assert_eq!(l.type_id(module.type_id(0)) - HEADER_SIZE_32, 40);
        let own = l.table(TableIndex::from_u32(1)).unwrap();
        assert_eq!((own.definition - HEADER_SIZE_32, own.elements - HEADER_SIZE_32), (44, 60));
        assert_eq!(l.table(TableIndex::from_u32(2)), None, "in the text");
        assert_eq!(l.memory_offset, (HEADER_SIZE_32 + 72).next_multiple_of(INSTANCE_ALIGN));
    }

    #[test]
    fn state_is_limited() {
        let imports = r#"(import "m" "f" (func)) "#.repeat(65_536);
        let tables = "(table (export \"t\") 65536 externref)";
        let wasm = wat::parse_str(format!("(module {imports} {tables})")).unwrap();
        let module = crate::parse::parse(&wasm, Default::default()).unwrap();
        let error = InstanceLayout::new(&module, Target::Rv32Imac).unwrap_err().to_string();
        assert!(error.contains("1048576 bytes"), "{error}");
    }
}
