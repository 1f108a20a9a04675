//! .wasm bytes → [`Module`]: validation, refusal by name, constants resolved.
//!
//! Accepted: the MVP, mutable globals, sign extension, saturating truncation, multiple values, `memory.copy`, `memory.fill`,
//! `memory.init`, `data.drop`, and the overlong table index that LLVM writes in `call_indirect`. Everything that
//! WebAssembly 2.0 has beyond that is recognised and refused by name; later proposals are refused by the validator.
//!
//! An active element segment outside its table makes every instantiation trap before any other effect (core spec
//! 4.5.4: elements come first, and the table is not visible outside), so such a module is refused here. A data
//! segment outside the memory is left to the runtime, which knows the memory.

mod code;
mod constant;
mod refusal;

use crate::error::{Error, Result};
use crate::module::*;
use cranelift_entity::EntityRef;
use std::collections::{BTreeSet, HashMap};
use wasmparser::{
    DataKind, ElementItems, ElementKind, ExternalKind, KnownCustom, Name, Parser, Payload, RefType, TableInit, TypeRef,
    ValidPayload, Validator, WasmFeatures,
};

/// Most imported and defined functions.
pub const MAX_FUNCTIONS: usize = 65_536;
/// Most bytes of one function body.
pub const MAX_BODY_BYTES: u64 = 1_000_000;
/// Most locals of all functions together.
pub const MAX_LOCALS: u64 = 1_000_000;
/// Most elements of all tables together (8 bytes of flash each).
pub const MAX_TABLE_ELEMENTS: u64 = 65_536;
/// Most pages of linear memory: its size in bytes is a 32-bit word.
pub const MAX_PAGES: u64 = 65_535;

/// What the validator lets pass. It is more than the compiler supports, so that the rest is refused by name.
fn features() -> WasmFeatures {
    WasmFeatures::WASM2
}

/// Parses and validates a module.
///
/// # Errors
/// Names what is wrong and its byte offset; see [`Category`](crate::error::Category).
pub fn parse(wasm: &[u8]) -> Result<Module<'_>> {
    let mut parser = Parser::new(0);
    parser.set_features(features());
    let mut state = ModuleParser::new();
    for payload in parser.parse_all(wasm) {
        state.payload(payload?)?;
    }
    state.finish()
}

struct ModuleParser<'a> {
    validator: Validator,
    module: Module<'a>,
    canonical: HashMap<FuncType, TypeId>,
    /// By index of the type section: why it cannot be used, if so.
    refused_types: Vec<Option<wasmparser::ValType>>,
    /// Next function to get a body.
    next_body: usize,
    table_elements: u64,
    code: code::CodeFacts,
    allocations: wasmparser::FuncValidatorAllocations,
}

impl<'a> ModuleParser<'a> {
    fn new() -> Self {
        ModuleParser {
            validator: Validator::new_with_features(features()),
            module: Module::default(),
            canonical: HashMap::new(),
            refused_types: Vec::new(),
            next_body: 0,
            table_elements: 0,
            code: code::CodeFacts::default(),
            allocations: Default::default(),
        }
    }

    fn payload(&mut self, payload: Payload<'a>) -> Result<()> {
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

    fn finish(mut self) -> Result<Module<'a>> {
        if let Some(memory) = &mut self.module.memory
            && !self.code.grows_memory
        {
            memory.max_pages = memory.min_pages;
        }
        for index in &self.code.dropped_segments {
            if let Some(segment) = self.module.data.get_mut(*index)
                && segment.mode == DataMode::Passive
            {
                segment.mode = DataMode::Droppable;
            }
        }
        Ok(self.module)
    }

    fn types(&mut self, section: wasmparser::TypeSectionReader<'a>) -> Result<()> {
        for ty in section.into_iter_err_on_gc_types() {
            let ty = ty?;
            let convert = |types: &[wasmparser::ValType]| -> Result<Vec<ValType>, wasmparser::ValType> {
                types.iter().map(|t| val_type(*t).ok_or(*t)).collect()
            };
            match (convert(ty.params()), convert(ty.results())) {
                (Ok(params), Ok(results)) => {
                    let ty = FuncType { params, results };
                    let types = &mut self.module.types;
                    let id = *self.canonical.entry(ty).or_insert_with_key(|ty| types.push(ty.clone()));
                    self.module.type_ids.push(Some(id));
                    self.refused_types.push(None);
                }
                (Err(refused), _) | (_, Err(refused)) => {
                    self.module.type_ids.push(None);
                    self.refused_types.push(Some(refused));
                }
            }
        }
        Ok(())
    }

    /// The canonical id of a type that `what` at `offset` uses.
    fn use_type(&self, index: u32, what: &str, offset: u64) -> Result<TypeId> {
        match (self.module.type_ids[index as usize], self.refused_types[index as usize]) {
            (Some(id), _) => Ok(id),
            (None, Some(ty)) => Err(refusal::value_type(ty, what, offset)),
            (None, None) => Err(Error::internal(format!("type {index} is neither usable nor refused"))),
        }
    }

    fn use_val_type(&self, ty: wasmparser::ValType, what: &str, offset: u64) -> Result<ValType> {
        val_type(ty).ok_or_else(|| refusal::value_type(ty, what, offset))
    }

    fn imports(&mut self, section: wasmparser::ImportSectionReader<'a>) -> Result<()> {
        for item in section.into_imports_with_offsets() {
            let (offset, import) = item?;
            let what = format!("import \"{}\" \"{}\"", import.module, import.name);
            let kind = match import.ty {
                TypeRef::Func(index) => {
                    let ty = self.use_type(index, &what, offset)?;
                    self.push_function(Function { ty, name: None, body: None }, offset)?;
                    self.module.imports.push(Import { module: import.module, name: import.name });
                    self.next_body += 1;
                    continue;
                }
                TypeRef::Table(_) => "table",
                TypeRef::Memory(_) => "memory",
                TypeRef::Global(_) => "global",
                TypeRef::Tag(_) | TypeRef::FuncExact(_) => "tag",
            };
            let why = format!("importing a {kind} is not supported yet, only functions can be imported");
            return Err(Error::unsupported(format!("{what} ({kind})"), offset, why));
        }
        Ok(())
    }

    fn push_function(&mut self, function: Function<'a>, offset: u64) -> Result<()> {
        if self.module.functions.len() == MAX_FUNCTIONS {
            return Err(Error::limit("one more function", Some(offset), format_args!("{MAX_FUNCTIONS} functions")));
        }
        self.module.functions.push(function);
        Ok(())
    }

    fn functions(&mut self, section: wasmparser::FunctionSectionReader<'a>) -> Result<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, index) = item?;
            let what = format!("the type of function {}", self.module.functions.len());
            let ty = self.use_type(index, &what, offset)?;
            self.push_function(Function { ty, name: None, body: None }, offset)?;
        }
        Ok(())
    }

    fn tables(&mut self, section: wasmparser::TableSectionReader<'a>) -> Result<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, table) = item?;
            let what = format!("table {}", self.module.tables.len());
            if table.ty.element_type != RefType::FUNCREF || !matches!(table.init, TableInit::RefNull) {
                let why = "only tables of funcref are supported yet";
                return Err(Error::unsupported(format!("{what} of {}", table.ty.element_type), offset, why));
            }
            self.table_elements = self.table_elements.saturating_add(table.ty.initial);
            if self.table_elements > MAX_TABLE_ELEMENTS {
                let what = format!("{what} of {} elements", table.ty.initial);
                let limit = format_args!("{MAX_TABLE_ELEMENTS} elements in all tables");
                return Err(Error::limit(what, Some(offset), limit));
            }
            self.module.tables.push(Table { elements: vec![None; table.ty.initial as usize] });
        }
        Ok(())
    }

    fn memories(&mut self, section: wasmparser::MemorySectionReader<'a>) -> Result<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, memory) = item?;
            if memory.initial > MAX_PAGES {
                let what = format!("a memory of {} pages", memory.initial);
                return Err(Error::limit(what, Some(offset), format_args!("{MAX_PAGES} pages")));
            }
            // Growing may always fail (core spec 4.4.7), so a larger maximum changes nothing.
            let max = memory.maximum.unwrap_or(MAX_PAGES).min(MAX_PAGES);
            self.module.memory = Some(Memory { min_pages: memory.initial as u32, max_pages: max as u32 });
        }
        Ok(())
    }

    fn globals(&mut self, section: wasmparser::GlobalSectionReader<'a>) -> Result<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, global) = item?;
            let what = format!("global {}", self.module.globals.len());
            let ty = self.use_val_type(global.ty.content_type, &what, offset)?;
            let value = constant::evaluate(&global.init_expr, &self.module)?;
            self.module.globals.push(Global { ty, mutable: global.ty.mutable, value });
        }
        Ok(())
    }

    fn exports(&mut self, section: wasmparser::ExportSectionReader<'a>) -> Result<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, export) = item?;
            let item = match export.kind {
                ExternalKind::Func => ExportItem::Function(FuncIndex::from_u32(export.index)),
                ExternalKind::Table => ExportItem::Table(TableIndex::from_u32(export.index)),
                ExternalKind::Memory => ExportItem::Memory,
                ExternalKind::Global => ExportItem::Global(GlobalIndex::from_u32(export.index)),
                ExternalKind::Tag | ExternalKind::FuncExact => {
                    let what = format!("export \"{}\"", export.name);
                    return Err(Error::unsupported(what, offset, "exceptions are not supported yet"));
                }
            };
            self.module.exports.push(Export { name: export.name, item });
        }
        Ok(())
    }

    fn elements(&mut self, section: wasmparser::ElementSectionReader<'a>) -> Result<()> {
        for item in section.into_iter_with_offsets() {
            let (offset, element) = item?;
            // A passive segment is read by table.init alone and a declared one by ref.func: both are refused.
            let ElementKind::Active { table_index, offset_expr } = element.kind else { continue };
            let functions = self.element_items(element.items)?;
            let table = TableIndex::from_u32(table_index.unwrap_or(0));
            let start = constant::evaluate(&offset_expr, &self.module)? as usize;
            let elements = &mut self.module.tables[table].elements;
            let size = elements.len();
            let range = start..start.saturating_add(functions.len());
            let Some(target) = elements.get_mut(range.clone()) else {
                let what = format!(
                    "an element segment for elements {}..{} of table {}, which has {size}: every instantiation traps",
                    range.start,
                    range.end,
                    table.as_u32(),
                );
                return Err(Error::malformed(what, offset));
            };
            target.copy_from_slice(&functions);
        }
        Ok(())
    }

    fn element_items(&self, items: ElementItems<'a>) -> Result<Vec<Option<FuncIndex>>> {
        match items {
            ElementItems::Functions(s) => s.into_iter().map(|f| Ok(Some(FuncIndex::from_u32(f?)))).collect(),
            ElementItems::Expressions(_, s) => s.into_iter().map(|e| constant::evaluate_function(&e?)).collect(),
        }
    }

    fn data(&mut self, section: wasmparser::DataSectionReader<'a>) -> Result<()> {
        for segment in section {
            let segment = segment?;
            let mode = match segment.kind {
                DataKind::Passive => DataMode::Passive,
                DataKind::Active { offset_expr, .. } => {
                    DataMode::Active(constant::evaluate(&offset_expr, &self.module)? as u32)
                }
            };
            self.module.data.push(DataSegment { bytes: segment.data, mode });
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
    ) -> Result<()> {
        let range = body.range();
        let bytes = range.end - range.start;
        if bytes > MAX_BODY_BYTES {
            let what = format!("a function body of {bytes} bytes");
            return Err(Error::limit(what, Some(range.start), format_args!("{MAX_BODY_BYTES} bytes")));
        }
        let allocations = std::mem::take(&mut self.allocations);
        let mut validator = func.into_validator(allocations);
        let (calls, indirect_calls) = self.scan(&mut validator, &body)?;
        self.allocations = validator.into_allocations();
        let function = &mut self.module.functions[FuncIndex::new(self.next_body)];
        function.body = Some(Body { reader: body, calls, indirect_calls });
        self.next_body += 1;
        Ok(())
    }
}

/// The supported type of a value, if it is one.
pub fn val_type(ty: wasmparser::ValType) -> Option<ValType> {
    match ty {
        wasmparser::ValType::I32 => Some(ValType::I32),
        wasmparser::ValType::I64 => Some(ValType::I64),
        wasmparser::ValType::F32 => Some(ValType::F32),
        wasmparser::ValType::F64 => Some(ValType::F64),
        _ => None,
    }
}

/// What a body calls: directly, and through tables.
type Calls = (BTreeSet<FuncIndex>, BTreeSet<(TableIndex, TypeId)>);

#[cfg(test)]
mod tests;
