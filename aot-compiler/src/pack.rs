//! Linked text and module → the content and manifest of an artifact.

use crate::error::{Error, Result};
use crate::instance::InstanceLayout;
use crate::link::Text;
use crate::module::{DataMode, Export, ExportItem, FuncIndex, Module, TypeId, ValType};
use crate::parse::MAX_PAGES;
use crate::report::Report;
use cranelift_entity::EntityRef;
use sandgrain_artifact::{
    CodeOffset, ContentSpec, CpuFeatures, ExportSpec, Extern, FuncTypeSpec, ImportSpec, ManifestSpec, Memory,
    SegmentSpec, Stack, TypeIndex,
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
        imports: imports(module),
        exports: module.exports.iter().map(|e| export(module, layout, text, e)).collect(),
        memory: module.memory.map(|m| Memory {
            min_pages: m.min_pages,
            max_pages: (u64::from(m.max_pages) < MAX_PAGES).then_some(m.max_pages),
        }),
        stack: Stack { bytes: report.stack_bytes, bounded: report.stack_bound.is_some() },
        start: module.start.map(|f| code_offset(text, f)),
        instance_bytes: layout.memory_offset,
        init_image: layout.init_image.clone(),
        active_segments: active_segments(module),
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
    }
}

fn function_type(ty: &crate::module::FuncType) -> FuncTypeSpec {
    FuncTypeSpec {
        params: ty.params.iter().map(|t| value_type(*t)).collect(),
        results: ty.results.iter().map(|t| value_type(*t)).collect(),
    }
}

fn imports(module: &Module<'_>) -> Vec<ImportSpec> {
    let types = module.functions.values().map(|f| type_index(f.ty));
    let names = module.imports.iter();
    names.zip(types).map(|(i, ty)| ImportSpec { module: i.module.into(), name: i.name.into(), ty }).collect()
}

fn export(module: &Module<'_>, layout: &InstanceLayout, text: &Text, export: &Export<'_>) -> ExportSpec {
    let item = match export.item {
        ExportItem::Function(f) => Extern::Func { code: code_offset(text, f), ty: type_index(module.functions[f].ty) },
        ExportItem::Memory => Extern::Memory,
        ExportItem::Global(g) => {
            let global = module.globals[g];
            let ty = value_type(global.ty);
            match global.mutable {
                true => Extern::MutableGlobal { offset: layout.global(g), ty },
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
