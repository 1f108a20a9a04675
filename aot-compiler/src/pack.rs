//! Linked text and module → the content and manifest of an artifact.

use crate::error::{Error, Result};
use crate::instance::{InstanceLayout, TableOffsets};
use crate::link::Text;
use crate::module::{
    Export, FuncIndex, GlobalIndex, GlobalOrigin, ImportIndex, Item, Memory, MemoryIndex, MemoryPlace, Module, Table,
    TableIndex, TablePlace, TypeId, ValType,
};
use crate::report::Report;
use cranelift_entity::EntityRef;
use sandgrain_artifact::{
    CodeOffset, ContentSpec, ExportSpec, Extern, FuncTypeSpec, GlobalType, ImportSpec, ImportType, ManifestSpec,
    MemoryType, Referable, Stack, TableType, TypeIndex,
};
use wasmparser::Payload;

/// Bytes by which a memory that is not the first can grow: the runtime keeps them free from the start. The first has
/// whatever its arena leaves.
pub const MEMORY_GROWTH: u32 = 1 << 16;

/// What a manifest says beyond what was compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Name of the module, 1 to 32 of `a-z 0-9 - _ .`.
    pub name: String,
    /// Version for people, 1 to 32 of the same.
    pub version: String,
    /// Version for devices: a device never goes back.
    pub counter: u32,
    /// Class of devices, up to 32 of the same; empty means any.
    pub device_class: String,
}

/// A module without what has no meaning to an engine: names, debug information, whatever tools have left. The offsets of
/// debug information count from the start of the code section, so they stay what they are.
///
/// # Errors
/// Those of [`parse`](crate::parse::parse), which has seen the module before.
pub fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    let invalid = |e: wasmparser::Error| Error::malformed(e.message(), e.offset());
    let mut out = wasm[..WASM_PREAMBLE].to_vec();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        let payload = payload.map_err(invalid)?;
        let Some((id, range)) = payload.as_section().filter(|_| !matches!(payload, Payload::CustomSection(_))) else {
            continue;
        };
        out.push(id);
        let bytes = &wasm[range.start as usize..range.end as usize];
        push_leb128(&mut out, bytes.len() as u32);
        out.extend_from_slice(bytes);
    }
    Ok(out)
}

/// Bytes of magic and version (core spec 5.5.16).
const WASM_PREAMBLE: usize = 8;

/// An unsigned number as core spec 5.2.2 has it.
fn push_leb128(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Packs an unsigned artifact, which carries `wasm`.
///
/// # Errors
/// [`Limit`](crate::error::Category::Limit) if something does not fit the container, which names it.
pub fn pack(
    module: &Module<'_>,
    layout: &InstanceLayout,
    text: &Text,
    report: &Report,
    identity: &Identity,
    wasm: Option<Vec<u8>>,
) -> Result<Vec<u8>> {
    let packer = Packer::new(module, layout, text);
    let place = |offset: u32, empty: bool| if empty { 0 } else { offset };
    let content = ContentSpec {
        text: text.bytes.clone(),
        code_start: text.code_start,
        types: module.types.values().map(function_type).collect(),
        entries: module.types.keys().map(|ty| text.entries.get(&ty).map(|span| CodeOffset(span.offset))).collect(),
        imports: packer.imports.iter().map(|index| packer.import(*index)).collect(),
        exports: module.exports.iter().map(|e| packer.export(e)).collect(),
        tables: packer.tables.iter().map(|(index, offsets)| packer.table(*index, *offsets)).collect(),
        referables: module.referenced.iter().map(|f| packer.referable(*f)).collect(),
        referables_place: place(layout.functions_offset, module.referenced.is_empty()),
        type_ids: module.compared_types.iter().map(|ty| type_index(*ty)).collect(),
        type_ids_place: place(layout.type_ids_offset, module.compared_types.is_empty()),
        memories: packer.memories.iter().map(|(index, definition)| packer.memory(*index, *definition)).collect(),
        stack: Stack { bytes: report.stack_bytes, bounded: report.stack_bound.is_some() },
        start: text.start.map(|span| CodeOffset(span.offset)),
        instance_bytes: layout.memory_offset,
        init_image: layout.init_image.clone(),
        wasm,
    };
    let manifest = ManifestSpec {
        name: identity.name.clone(),
        version: identity.version.clone(),
        counter: identity.counter,
        device_class: identity.device_class.clone(),
        target: report.target,
        features: text.features,
        helpers: report.helpers,
    };
    sandgrain_artifact::pack(&content, &manifest).map_err(refused)
}

fn refused(error: sandgrain_artifact::WriteError) -> Error {
    Error::limit(error.to_string(), None, "what an artifact can hold")
}

/// Index spaces of the artifact: functions come first among its imports, and it has no tables but those in RAM.
struct Packer<'p, 'a> {
    module: &'p Module<'a>,
    layout: &'p InstanceLayout,
    text: &'p Text,
    imports: Vec<ImportIndex>,
    memories: Vec<(MemoryIndex, u32)>,
    tables: Vec<(TableIndex, TableOffsets)>,
}

impl<'p, 'a> Packer<'p, 'a> {
    fn new(module: &'p Module<'a>, layout: &'p InstanceLayout, text: &'p Text) -> Self {
        let is_function = |i: &ImportIndex| matches!(module.imports[*i].item, Item::Function(_));
        let (mut imports, others): (Vec<_>, Vec<_>) = module.imports.keys().partition(is_function);
        imports.extend(others);
        let tables = module.tables.keys().filter_map(|t| Some((t, layout.table(t)?))).collect();
        let memories = module.memories.keys().filter_map(|m| Some((m, layout.memory(m)?))).collect();
        Packer { module, layout, text, imports, memories, tables }
    }

    fn code_offset(&self, function: FuncIndex) -> CodeOffset {
        CodeOffset(self.text.functions[function].offset)
    }

    fn global_type(&self, global: GlobalIndex) -> GlobalType {
        let global = &self.module.globals[global];
        GlobalType { ty: value_type(global.ty), mutable: global.mutable }
    }

    fn import(&self, index: ImportIndex) -> ImportSpec {
        let import = &self.module.imports[index];
        let ty = match import.item {
            Item::Function(f) => {
                ImportType::Func { ty: type_index(self.module.functions[f].ty), thunk: self.code_offset(f) }
            }
            Item::Table(t) => ImportType::Table(table_type(&self.module.tables[t])),
            Item::Memory(m) => ImportType::Memory(memory_type(&self.module.memories[m])),
            Item::Global(g) => ImportType::Global(self.global_type(g)),
        };
        ImportSpec { module: import.module.into(), name: import.name.into(), ty, slot: self.layout.import(index) }
    }

    /// What an import provides, exported again.
    fn imported(&self, import: ImportIndex) -> Extern {
        let position = self.imports.iter().position(|i| *i == import).expect("every import has a place");
        Extern::Imported(sandgrain_artifact::ImportIndex(position as u32))
    }

    fn export(&self, export: &Export<'_>) -> ExportSpec {
        let module = self.module;
        let item = match export.item {
            Item::Function(f) => match module.functions[f].import() {
                Some(import) => self.imported(import),
                None => Extern::Func { code: self.code_offset(f), ty: type_index(module.functions[f].ty) },
            },
            Item::Memory(m) => match module.memories[m].place {
                MemoryPlace::Import(import) => self.imported(import),
                MemoryPlace::BehindInstance | MemoryPlace::Elsewhere => {
                    let position = self.memories.iter().position(|(i, _)| *i == m).expect("an own memory has a place");
                    Extern::Memory(sandgrain_artifact::MemoryIndex(position as u32))
                }
            },
            Item::Global(g) => match (&module.globals[g].origin, module.globals[g].constant()) {
                (GlobalOrigin::Import(import), _) => self.imported(*import),
                (_, Some(bits)) => Extern::Constant { bits, ty: value_type(module.globals[g].ty) },
                (_, None) => Extern::Global { offset: self.layout.global(g), ty: self.global_type(g) },
            },
            Item::Table(t) => match module.tables[t].place {
                TablePlace::Import(import) => self.imported(import),
                TablePlace::Text(_) | TablePlace::Instance { .. } => {
                    let position = self.tables.iter().position(|(i, _)| *i == t).expect("an exported table is in RAM");
                    Extern::Table(sandgrain_artifact::TableIndex(position as u32))
                }
            },
        };
        ExportSpec { name: export.name.to_owned(), item }
    }

    fn memory(&self, index: MemoryIndex, definition: u32) -> sandgrain_artifact::Memory {
        let memory = &self.module.memories[index];
        let growth = match memory.place {
            MemoryPlace::Elsewhere if memory.grows => MEMORY_GROWTH >> memory.page_log2,
            _ => 0,
        };
        let capacity = memory.min_pages.saturating_add(growth).min(memory.max_bytes() >> memory.page_log2);
        sandgrain_artifact::Memory { ty: memory_type(memory), definition, capacity, fixed: !memory.grows }
    }

    fn table(&self, index: TableIndex, offsets: TableOffsets) -> sandgrain_artifact::Table {
        let table = &self.module.tables[index];
        let capacity = match table.place {
            TablePlace::Instance { capacity } => capacity,
            TablePlace::Text(_) | TablePlace::Import(_) => table.min,
        };
        let ty = table_type(table);
        sandgrain_artifact::Table { ty, definition: offsets.definition, elements: offsets.elements, capacity }
    }

    fn referable(&self, function: FuncIndex) -> Referable {
        Referable { code: self.code_offset(function), ty: type_index(self.module.functions[function].ty) }
    }
}

fn type_index(id: TypeId) -> TypeIndex {
    TypeIndex(id.index() as u32)
}

fn value_type(ty: ValType) -> sandgrain_artifact::ValType {
    match ty {
        ValType::I32 => sandgrain_artifact::ValType::I32,
        ValType::I64 => sandgrain_artifact::ValType::I64,
        ValType::F32 => sandgrain_artifact::ValType::F32,
        ValType::F64 => sandgrain_artifact::ValType::F64,
        ValType::FuncRef => sandgrain_artifact::ValType::FuncRef,
        ValType::ExternRef => sandgrain_artifact::ValType::ExternRef,
    }
}

fn function_type(ty: &crate::module::FuncType) -> FuncTypeSpec {
    FuncTypeSpec {
        params: ty.params.iter().map(|t| value_type(*t)).collect(),
        results: ty.results.iter().map(|t| value_type(*t)).collect(),
    }
}

fn table_type(table: &Table) -> TableType {
    TableType { element: value_type(table.ty), min: table.min, max: table.max }
}

fn memory_type(memory: &Memory) -> MemoryType {
    MemoryType { min_pages: memory.min_pages, max_pages: memory.max_pages, page_log2: memory.page_log2 as u8 }
}
