//! .wasm bytes → [`Module`]: validation, refusal by name, constants resolved.
//!
//! Accepted: WebAssembly 2.0 without SIMD, tail calls, extended constant expressions, custom page sizes,
//! several memories. The validator is asked for exactly that, so that what is invalid stays so; where it objects, it is
//! asked again with each later proposal on top, to say by name what is missing ([`refusal`]).

mod code;
mod constant;
mod definitions;
mod refusal;
mod resolve;

pub use refusal::refused;

use crate::error::{Error, Result};
use crate::module::*;
use std::collections::{HashMap, VecDeque};
use wasmparser::{ExternalKind, KnownCustom, Name, Parser, Payload, TypeRef, ValidPayload, Validator, WasmFeatures};

/// Most imported and defined functions.
pub const MAX_FUNCTIONS: usize = 65_536;
/// Most bytes of one function body.
pub const MAX_BODY_BYTES: u64 = 1_000_000;
/// Most locals of all functions together.
pub const MAX_LOCALS: u64 = 1_000_000;
/// Most elements of all tables together, and of all element segments.
pub const MAX_TABLE_ELEMENTS: u64 = 65_536;
/// Most bytes of linear memory at the start: a size is a 32-bit word.
pub const MAX_MEMORY_BYTES: u64 = u32::MAX as u64;
/// Elements by which a table that the module itself grows can grow, if its maximum does not come first. They take RAM
/// from the start, so a module that knows better says so with a maximum.
pub const TABLE_GROWTH: u32 = 1024;
/// The same for a table that only others can grow, since it is exported.
pub const EXPORTED_TABLE_GROWTH: u32 = 64;

/// Which modules are valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// WebAssembly 2.0, and what adds to it without touching what it calls invalid.
    Version2,
    /// And several memories.
    #[default]
    Latest,
}

/// The names of what [`Language::Latest`] consists of, the same on every target.
pub const LANGUAGE: [&str; 5] = [
    "WebAssembly 2.0 but for SIMD",
    "tail calls",
    "extended constant expressions",
    "custom page sizes",
    "several memories",
];

/// What this compiler knows how to compile.
///
/// With several memories some bytes become indices that have to be zero without (core spec 2.0, 5.4.6), so these are
/// only allowed for a module that has several.
fn features(wasm: &[u8], language: Language) -> WasmFeatures {
    let beyond = WasmFeatures::TAIL_CALL | WasmFeatures::EXTENDED_CONST | WasmFeatures::CUSTOM_PAGE_SIZES;
    let features = WasmFeatures::WASM2.difference(WasmFeatures::SIMD) | beyond;
    let several = language == Language::Latest && memories(wasm) > 1;
    if several { features | WasmFeatures::MULTI_MEMORY } else { features }
}

/// How many memories a module imports and defines, as far as it can be read.
fn memories(wasm: &[u8]) -> u32 {
    let mut memories = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        match payload {
            Ok(Payload::ImportSection(s)) => {
                let imports = s.into_imports().map_while(|i| i.ok());
                memories += imports.filter(|i| matches!(i.ty, TypeRef::Memory(_))).count() as u32;
            }
            Ok(Payload::MemorySection(s)) => return memories + s.count(),
            Ok(Payload::CodeSectionStart { .. }) | Err(_) => break,
            Ok(_) => {}
        }
    }
    memories
}

/// Parses and validates a module.
///
/// # Errors
/// Names what is wrong and its byte offset; see [`Category`](crate::error::Category).
pub fn parse(wasm: &[u8], language: Language) -> Result<Module<'_>> {
    let features = features(wasm, language);
    let mut state = ModuleParser::new(features);
    match state.run(wasm) {
        Ok(()) => Ok(resolve::resolve(state.module, state.code)),
        Err(Failure::Invalid(error)) => Err(refusal::explain(wasm, features, &error)),
        Err(Failure::Refused(error)) => Err(error),
    }
}

/// Why a module was not parsed.
enum Failure {
    /// The validator objects.
    Invalid(wasmparser::Error),
    /// It is valid, and cannot be compiled.
    Refused(Error),
}

impl From<wasmparser::Error> for Failure {
    fn from(error: wasmparser::Error) -> Self {
        Failure::Invalid(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Refused(error)
    }
}

type ParseResult<T> = core::result::Result<T, Failure>;

struct ModuleParser<'a> {
    features: WasmFeatures,
    validator: Validator,
    module: Module<'a>,
    canonical: HashMap<FuncType, TypeId>,
    /// Types of the functions that have no body yet.
    declared: VecDeque<TypeId>,
    table_elements: u64,
    segment_items: u64,
    code: code::CodeFacts,
    allocations: wasmparser::FuncValidatorAllocations,
}

impl<'a> ModuleParser<'a> {
    fn new(features: WasmFeatures) -> Self {
        ModuleParser {
            features,
            validator: Validator::new_with_features(features),
            module: Module::default(),
            canonical: HashMap::new(),
            declared: VecDeque::new(),
            table_elements: 0,
            segment_items: 0,
            code: code::CodeFacts::default(),
            allocations: Default::default(),
        }
    }

    fn run(&mut self, wasm: &'a [u8]) -> ParseResult<()> {
        let mut parser = Parser::new(0);
        parser.set_features(self.features);
        for payload in parser.parse_all(wasm) {
            self.payload(payload?)?;
        }
        Ok(())
    }

    fn payload(&mut self, payload: Payload<'a>) -> ParseResult<()> {
        if let ValidPayload::Func(func, body) = self.validator.payload(&payload)? {
            return self.body(func, body);
        }
        match payload {
            Payload::TypeSection(s) => self.types(s),
            Payload::ImportSection(s) => self.imports(s),
            Payload::FunctionSection(s) => self.functions(s),
            Payload::TableSection(s) => self.tables(s),
            Payload::MemorySection(s) => self.memories(s),
            Payload::GlobalSection(s) => self.globals(s),
            Payload::ExportSection(s) => self.exports(s),
            Payload::ElementSection(s) => self.elements(s),
            Payload::DataSection(s) => self.data(s),
            Payload::StartSection { func, .. } => {
                self.module.start = Some(FuncIndex::from_u32(func));
                Ok(())
            }
            Payload::CustomSection(s) => {
                if let KnownCustom::Name(names) = s.as_known() {
                    self.names(names);
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn types(&mut self, section: wasmparser::TypeSectionReader<'a>) -> ParseResult<()> {
        for ty in section.into_iter_err_on_gc_types() {
            let ty = ty?;
            let convert = |types: &[wasmparser::ValType]| types.iter().map(|t| value_type(*t)).collect::<Result<_>>();
            let ty = FuncType { params: convert(ty.params())?, results: convert(ty.results())? };
            let types = &mut self.module.types;
            let id = *self.canonical.entry(ty).or_insert_with_key(|ty| types.push(ty.clone()));
            self.module.type_ids.push(id);
        }
        Ok(())
    }

    fn imports(&mut self, section: wasmparser::ImportSectionReader<'a>) -> ParseResult<()> {
        for item in section.into_imports_with_offsets() {
            let (offset, import) = item?;
            let what = format!("import \"{}\" \"{}\"", import.module, import.name);
            let index = self.module.imports.next_key();
            let item = match import.ty {
                TypeRef::Func(ty) => {
                    let ty = self.module.type_id(ty);
                    self.check_functions(offset)?;
                    let origin = FunctionOrigin::Import(index);
                    Item::Function(self.module.functions.push(Function { ty, name: None, origin }))
                }
                TypeRef::Table(ty) => {
                    let table = self.table(&ty, TablePlace::Import(index), &what, offset)?;
                    Item::Table(self.module.tables.push(table))
                }
                TypeRef::Memory(ty) => {
                    let memory = self.memory(&ty, MemoryPlace::Import(index), &what, offset)?;
                    Item::Memory(self.module.memories.push(memory))
                }
                TypeRef::Global(ty) => {
                    let origin = GlobalOrigin::Import(index);
                    let value = value_type(ty.content_type)?;
                    Item::Global(self.module.globals.push(Global { ty: value, mutable: ty.mutable, origin }))
                }
                TypeRef::Tag(_) | TypeRef::FuncExact(_) => {
                    return Err(Error::internal(format!("{what} is of a kind that validation refuses")).into());
                }
            };
            self.module.imports.push(Import { module: import.module, name: import.name, item });
        }
        Ok(())
    }

    /// Whether there may be one more function.
    fn check_functions(&self, offset: u64) -> Result<()> {
        if self.module.functions.len() + self.declared.len() == MAX_FUNCTIONS {
            return Err(Error::limit("one more function", Some(offset), format_args!("{MAX_FUNCTIONS} functions")));
        }
        Ok(())
    }

    fn functions(&mut self, section: wasmparser::FunctionSectionReader<'a>) -> ParseResult<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, index) = item?;
            self.check_functions(offset)?;
            self.declared.push_back(self.module.type_id(index));
        }
        Ok(())
    }

    fn exports(&mut self, section: wasmparser::ExportSectionReader<'a>) -> ParseResult<()> {
        for item in section.into_iter_with_offsets() {
            let (_, export) = item?;
            let item = match export.kind {
                ExternalKind::Func => Item::Function(FuncIndex::from_u32(export.index)),
                ExternalKind::Table => Item::Table(TableIndex::from_u32(export.index)),
                ExternalKind::Memory => Item::Memory(MemoryIndex::from_u32(export.index)),
                ExternalKind::Global => Item::Global(GlobalIndex::from_u32(export.index)),
                ExternalKind::Tag | ExternalKind::FuncExact => {
                    let what = format!("export \"{}\" is of a kind that validation refuses", export.name);
                    return Err(Error::internal(what).into());
                }
            };
            self.module.exports.push(Export { name: export.name, item });
        }
        Ok(())
    }

    /// Takes over what can be read of the name section. It has no meaning, so a broken one is no error.
    fn names(&mut self, section: wasmparser::NameSectionReader<'a>) {
        let functions = section.into_iter().map_while(|n| n.ok()).filter_map(|n| match n {
            Name::Function(map) => Some(map),
            _ => None,
        });
        for naming in functions.flatten().map_while(|n| n.ok()) {
            if let Some(function) = self.module.functions.get_mut(FuncIndex::from_u32(naming.index)) {
                function.name = Some(naming.name);
            }
        }
    }

    fn body(
        &mut self,
        func: wasmparser::FuncToValidate<wasmparser::ValidatorResources>,
        body: wasmparser::FunctionBody<'a>,
    ) -> ParseResult<()> {
        let range = body.range();
        let bytes = range.end - range.start;
        if bytes > MAX_BODY_BYTES {
            let what = format!("a function body of {bytes} bytes");
            return Err(Error::limit(what, Some(range.start), format_args!("{MAX_BODY_BYTES} bytes")).into());
        }
        let allocations = std::mem::take(&mut self.allocations);
        let mut validator = func.into_validator(allocations);
        let (calls, tail_calls) = self.scan(&mut validator, &body)?;
        self.allocations = validator.into_allocations();
        let ty = self.declared.pop_front().ok_or_else(|| Error::internal("more bodies than functions"))?;
        let origin = FunctionOrigin::Body(Body { reader: body, calls, tail_calls });
        self.module.functions.push(Function { ty, name: None, origin });
        Ok(())
    }
}

/// The type of a value that the validator lets pass.
fn value_type(ty: wasmparser::ValType) -> Result<ValType> {
    ValType::from_wasm(ty).ok_or_else(|| Error::internal(format!("a value of type {ty} passed validation")))
}

#[cfg(test)]
mod tests;
