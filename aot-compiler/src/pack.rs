//! Linked text and module → the content and manifest of an artifact.

use crate::error::{Error, Result};
use crate::instance::InstanceLayout;
use crate::link::Text;
use crate::module::{self, DataMode, Export, ExportItem, FuncIndex, Import, Module, TypeId, ValType};
use crate::parse::MAX_PAGES;
use crate::report::Report;
use cranelift_entity::EntityRef;
use sandgrain_abi::layout::InstanceHeader;
use sandgrain_abi::{PAGE_SIZE, Target};
use sandgrain_artifact::{
    CodeOffset, ContentSpec, CpuFeatures, ExportSpec, Extern, FuncTypeSpec, GlobalType, ImportIndex, ImportSpec,
    ImportType, ManifestSpec, Memory, MemoryIndex, MemoryType, SegmentSpec, Stack, TypeIndex,
};

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

/// Packs an unsigned artifact.
///
/// # Errors
/// [`Limit`](crate::error::Category::Limit) if something does not fit the container, which names it.
pub fn pack(
    module: &Module<'_>,
    layout: &InstanceLayout,
    text: &Text,
    report: &Report,
    identity: &Identity,
) -> Result<Vec<u8>> {
    let content = ContentSpec {
        text: text.bytes.clone(),
        code_start: text.code_start,
        types: module.types.values().map(function_type).collect(),
        imports: imports(module, layout, text, report.target),
        exports: module.exports.iter().map(|e| export(module, layout, text, e)).collect(),
        memories: module.memory.iter().map(|m| memory(m, report.target)).collect(),
        stack: Stack { bytes: report.stack_bytes, bounded: report.stack_bound.is_some() },
        start: module.start.map(|f| code_offset(text, f)),
        instance_bytes: layout.memory_offset,
        init_image: layout.init_image.clone(),
        active_segments: active_segments(module),
        ..ContentSpec::default()
    };
    let manifest = ManifestSpec {
        name: identity.name.clone(),
        version: identity.version.clone(),
        counter: identity.counter,
        device_class: identity.device_class.clone(),
        target: report.target,
        features: CpuFeatures(0),
        helpers: report.helpers,
    };
    sandgrain_artifact::pack(&content, &manifest).map_err(refused)
}

fn refused(error: sandgrain_artifact::WriteError) -> Error {
    Error::limit(error.to_string(), None, "what an artifact can hold")
}

fn code_offset(text: &Text, function: FuncIndex) -> CodeOffset {
    CodeOffset(text.functions[function].offset)
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
    }
}

fn function_type(ty: &crate::module::FuncType) -> FuncTypeSpec {
    FuncTypeSpec {
        params: ty.params.iter().map(|t| value_type(*t)).collect(),
        results: ty.results.iter().map(|t| value_type(*t)).collect(),
    }
}

fn memory(memory: &module::Memory, target: Target) -> Memory {
    let ty = MemoryType {
        min_pages: memory.min_pages,
        max_pages: (u64::from(memory.max_pages) < MAX_PAGES).then_some(memory.max_pages),
        page_log2: PAGE_SIZE.trailing_zeros() as u8,
    };
    Memory { ty, definition: InstanceHeader::memory_offset(target.pointer_bytes()), capacity: ty.min_pages }
}

fn imports(module: &Module<'_>, layout: &InstanceLayout, text: &Text, target: Target) -> Vec<ImportSpec> {
    let import = |(i, import): (usize, &Import<'_>)| {
        let function = FuncIndex::new(i);
        let ty = type_index(module.functions[function].ty);
        ImportSpec {
            module: import.module.into(),
            name: import.name.into(),
            ty: ImportType::Func { ty, thunk: code_offset(text, function) },
            slot: layout.import_slot(i, target),
        }
    };
    module.imports.iter().enumerate().map(import).collect()
}

fn export(module: &Module<'_>, layout: &InstanceLayout, text: &Text, export: &Export<'_>) -> ExportSpec {
    let item = match export.item {
        ExportItem::Function(f) if f.index() < module.imports.len() => Extern::Imported(ImportIndex(f.index() as u32)),
        ExportItem::Function(f) => Extern::Func { code: code_offset(text, f), ty: type_index(module.functions[f].ty) },
        ExportItem::Memory => Extern::Memory(MemoryIndex(0)),
        ExportItem::Global(g) => {
            let global = module.globals[g];
            let ty = value_type(global.ty);
            match global.mutable {
                true => Extern::Global { offset: layout.global(g), ty: GlobalType { ty, mutable: true } },
                false => Extern::Constant { bits: global.value, ty },
            }
        }
        ExportItem::Table(t) => {
            Extern::ConstantTable { offset: text.tables[&t].offset, elements: module.tables[t].elements.len() as u32 }
        }
    };
    ExportSpec { name: export.name.to_owned(), item }
}

fn active_segments(module: &Module<'_>) -> Vec<SegmentSpec> {
    let segments = module.data.values().filter_map(|d| match d.mode {
        DataMode::Active(offset) => Some(SegmentSpec { offset, bytes: d.bytes.to_vec() }),
        DataMode::Passive | DataMode::Droppable => None,
    });
    segments.collect()
}
