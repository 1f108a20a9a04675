//! A validated module, in the form that the later phases read: typed indices, canonical types, constants resolved.

use cranelift_entity::{PrimaryMap, entity_impl};
use std::collections::BTreeSet;

/// A function signature, deduplicated: two functions have equal ids exactly if their types are equal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);
entity_impl!(TypeId, "type");

/// A function in WebAssembly's index space: imports first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FuncIndex(u32);
entity_impl!(FuncIndex, "func");

/// A table.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableIndex(u32);
entity_impl!(TableIndex, "table");

/// A linear memory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemoryIndex(u32);
entity_impl!(MemoryIndex, "memory");

/// A global.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GlobalIndex(u32);
entity_impl!(GlobalIndex, "global");

/// An element segment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ElemIndex(u32);
entity_impl!(ElemIndex, "elem");

/// A data segment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DataIndex(u32);
entity_impl!(DataIndex, "data");

/// An import, of whatever kind, in the order of the import section.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImportIndex(u32);
entity_impl!(ImportIndex, "import");

/// Type of a value that can be computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValType {
    I32,
    I64,
    F32,
    F64,
    /// The address of a `sandgrain_abi::layout::FuncRef`, or 0.
    FuncRef,
    /// A word without meaning, or 0.
    ExternRef,
}

impl ValType {
    /// The supported type that wasmparser calls `ty`, if there is one.
    pub fn from_wasm(ty: wasmparser::ValType) -> Option<ValType> {
        match ty {
            wasmparser::ValType::I32 => Some(ValType::I32),
            wasmparser::ValType::I64 => Some(ValType::I64),
            wasmparser::ValType::F32 => Some(ValType::F32),
            wasmparser::ValType::F64 => Some(ValType::F64),
            wasmparser::ValType::FUNCREF => Some(ValType::FuncRef),
            wasmparser::ValType::EXTERNREF => Some(ValType::ExternRef),
            _ => None,
        }
    }

    /// 32-bit words that the value takes in a call on a 32-bit part.
    pub fn words(self) -> u32 {
        self.bytes(4) / 4
    }

    /// Bytes that the value takes in memory where a pointer has `pointer_bytes` (4 or 8).
    pub fn bytes(self, pointer_bytes: u32) -> u32 {
        match self {
            ValType::I32 | ValType::F32 => 4,
            ValType::I64 | ValType::F64 => 8,
            ValType::FuncRef | ValType::ExternRef => pointer_bytes,
        }
    }
}

/// Parameters and results of a function or block.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FuncType {
    pub params: Vec<ValType>,
    pub results: Vec<ValType>,
}

/// An import.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    pub module: &'a str,
    pub name: &'a str,
    pub item: Item,
}

/// An imported or defined function.
#[derive(Debug)]
pub struct Function<'a> {
    pub ty: TypeId,
    /// From the custom section "name".
    pub name: Option<&'a str>,
    pub origin: FunctionOrigin<'a>,
}

/// Where a function's code comes from.
#[derive(Debug)]
pub enum FunctionOrigin<'a> {
    Import(ImportIndex),
    Body(Body<'a>),
}

impl<'a> Function<'a> {
    /// The code, unless the function is imported.
    pub fn body(&self) -> Option<&Body<'a>> {
        match &self.origin {
            FunctionOrigin::Import(_) => None,
            FunctionOrigin::Body(body) => Some(body),
        }
    }

    /// The import that provides it, if one does.
    pub fn import(&self) -> Option<ImportIndex> {
        match self.origin {
            FunctionOrigin::Import(import) => Some(import),
            FunctionOrigin::Body(_) => None,
        }
    }
}

/// The code of a function, and what a first look at it showed.
#[derive(Debug)]
pub struct Body<'a> {
    /// Locals and operators, valid.
    pub reader: wasmparser::FunctionBody<'a>,
    pub calls: Calls,
    pub tail_calls: Calls,
}

/// What a body may call, wherever in it.
#[derive(Debug, Default)]
pub struct Calls {
    /// By `call`.
    pub direct: BTreeSet<FuncIndex>,
    /// By `call_indirect`: the table and the expected type.
    pub indirect: BTreeSet<(TableIndex, TypeId)>,
}

/// A constant expression (core spec 3.3.10).
#[derive(Debug, Clone)]
pub enum Constant<'a> {
    /// Its bits, zero-extended; a null reference is 0.
    Known(u64),
    /// It depends on an import or on where the instance lies.
    Computed(wasmparser::ConstExpr<'a>),
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Of the elements: [`ValType::FuncRef`] or [`ValType::ExternRef`].
    pub ty: ValType,
    /// Elements at the start, or that an imported table has at least.
    pub min: u32,
    /// Elements that it may have at most, if its type says so.
    pub max: Option<u32>,
    pub place: TablePlace,
}

/// Where the elements of a table lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TablePlace {
    /// In the text: no code changes the table or reads its elements as values, and nobody else can reach it.
    Text(Vec<Option<FuncIndex>>),
    /// In the instance, with room for `capacity` elements.
    Instance {
        capacity: u32,
    },
    Import(ImportIndex),
}

impl Table {
    /// Whether it always has `min` elements. An imported table is at least as large as its type says and its maximum
    /// at most as large, so a type of one size leaves no choice (core spec 4.5.3).
    pub fn is_fixed(&self) -> bool {
        match self.place {
            TablePlace::Text(_) => true,
            TablePlace::Instance { capacity } => capacity == self.min,
            TablePlace::Import(_) => self.max == Some(self.min),
        }
    }
}

/// A global.
#[derive(Debug, Clone)]
pub struct Global<'a> {
    pub ty: ValType,
    pub mutable: bool,
    pub origin: GlobalOrigin<'a>,
}

/// Where a global's value comes from.
#[derive(Debug, Clone)]
pub enum GlobalOrigin<'a> {
    Import(ImportIndex),
    /// Its initial value.
    Own(Constant<'a>),
}

impl Global<'_> {
    /// The value, if it is known and never changes.
    pub fn constant(&self) -> Option<u64> {
        match self.origin {
            GlobalOrigin::Own(Constant::Known(bits)) if !self.mutable => Some(bits),
            _ => None,
        }
    }
}

/// A linear memory.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    pub place: MemoryPlace,
    /// Binary logarithm of the page size in bytes: 16, or 0 for pages of one byte.
    pub page_log2: u32,
    /// Pages at the start, or that an imported memory has at least.
    pub min_pages: u32,
    /// Pages that it may have at most, if its type says so.
    pub max_pages: Option<u32>,
    /// Whether it may ever have more than `min_pages`.
    pub grows: bool,
    /// If it has been trimmed (see [`crate::trim`]), what its type says: code is told that size.
    pub declared: Option<Pages>,
}

/// What the type of a memory says about its size, in pages of the size that it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pages {
    pub min: u32,
    pub max: Option<u32>,
    /// As [`Memory::page_log2`].
    pub log2: u32,
}

/// Where a linear memory lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemoryPlace {
    /// Behind the instance, which has it at a constant offset: the first one that is not imported.
    BehindInstance,
    /// Wherever the runtime has put it; its definition is state of the instance.
    Elsewhere,
    Import(ImportIndex),
}

impl Memory {
    /// Size in bytes that it has at least.
    pub fn min_bytes(&self) -> u32 {
        self.min_pages << self.page_log2
    }

    /// Size in bytes that it has at most. Sizes are 32-bit words, so growing beyond one fails.
    pub fn max_bytes(&self) -> u32 {
        match self.grows {
            true => u32::try_from(u64::from(self.max_pages.unwrap_or(u32::MAX)) << self.page_log2).unwrap_or(u32::MAX),
            false => self.min_bytes(),
        }
    }

    /// What its type says, also if it has been trimmed.
    pub fn pages(&self) -> Pages {
        let Memory { min_pages: min, max_pages: max, page_log2: log2, .. } = *self;
        self.declared.unwrap_or(Pages { min, max, log2 })
    }
}

/// An element segment.
#[derive(Debug)]
pub struct ElementSegment<'a> {
    /// Where it begins in the .wasm file.
    pub wasm_offset: u32,
    pub items: Vec<ElementItem>,
    pub mode: ElementMode<'a>,
}

/// An item of an element segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementItem {
    Null,
    Function(FuncIndex),
    /// The value of an immutable global that is not known on compiling.
    Global(GlobalIndex),
}

/// How an element segment is used.
#[derive(Debug, Clone)]
pub enum ElementMode<'a> {
    /// Copied to a table on instantiation, then dropped (core spec 4.5.4).
    Active { table: TableIndex, offset: Constant<'a> },
    /// Its items are already where they belong, in a table in the text.
    Placed,
    /// Read by `table.init`, never dropped.
    Passive,
    /// Read by `table.init` until some `elem.drop`: its length is state of the instance.
    Droppable,
    /// Only says which functions are referred to.
    Declared,
}

/// A data segment.
#[derive(Debug)]
pub struct DataSegment<'a> {
    /// Where it begins in the .wasm file.
    pub wasm_offset: u32,
    pub bytes: &'a [u8],
    pub mode: DataMode<'a>,
}

/// How a data segment is used.
#[derive(Debug, Clone)]
pub enum DataMode<'a> {
    /// Copied to a memory on instantiation, then dropped (core spec 4.5.4).
    Active { memory: MemoryIndex, offset: Constant<'a> },
    /// Read by `memory.init`, never dropped.
    Passive,
    /// Read by `memory.init` until some `data.drop`: its length is state of the instance.
    Droppable,
}

/// An export.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    pub name: &'a str,
    pub item: Item,
}

/// What is imported or exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    Function(FuncIndex),
    Table(TableIndex),
    Memory(MemoryIndex),
    Global(GlobalIndex),
}

/// A validated module within this compiler's limits, using only what is supported.
#[derive(Debug, Default)]
pub struct Module<'a> {
    pub types: PrimaryMap<TypeId, FuncType>,
    /// Canonical id by index of the type section.
    pub type_ids: Vec<TypeId>,
    pub imports: PrimaryMap<ImportIndex, Import<'a>>,
    /// Imported ones first; so are tables, memories and globals.
    pub functions: PrimaryMap<FuncIndex, Function<'a>>,
    pub tables: PrimaryMap<TableIndex, Table>,
    pub globals: PrimaryMap<GlobalIndex, Global<'a>>,
    pub memories: PrimaryMap<MemoryIndex, Memory>,
    pub elements: PrimaryMap<ElemIndex, ElementSegment<'a>>,
    pub data: PrimaryMap<DataIndex, DataSegment<'a>>,
    pub exports: Vec<Export<'a>>,
    pub start: Option<FuncIndex>,
    /// Own functions of which a reference can come into being.
    pub referenced: BTreeSet<FuncIndex>,
    /// Types that some call compares at run time.
    pub compared_types: BTreeSet<TypeId>,
}

impl Module<'_> {
    /// The type of a function.
    pub fn signature(&self, func: FuncIndex) -> &FuncType {
        &self.types[self.functions[func].ty]
    }

    /// The canonical id of type `index` of the type section.
    ///
    /// # Panics
    /// If there is no such type.
    pub fn type_id(&self, index: u32) -> TypeId {
        self.type_ids[index as usize]
    }

    /// Functions with a body, by rising index.
    pub fn bodies(&self) -> impl Iterator<Item = (FuncIndex, &Body<'_>)> {
        self.functions.iter().filter_map(|(index, function)| Some((index, function.body()?)))
    }

    /// The own memory that lies behind the instance.
    pub fn first_memory(&self) -> Option<&Memory> {
        self.memories.values().find(|m| m.place == MemoryPlace::BehindInstance)
    }

    /// The body of a function; `None` for an imported one and for the initialiser.
    pub fn body(&self, func: FuncIndex) -> Option<&Body<'_>> {
        self.functions.get(func)?.body()
    }

    /// The index, behind all functions, under which the function that initialises instances is compiled.
    pub fn initializer(&self) -> FuncIndex {
        self.functions.next_key()
    }

    /// A name for messages and symbols: the name section's, else an export's, else the import's, else `func[i]`.
    pub fn function_name(&self, func: FuncIndex) -> String {
        let Some(function) = self.functions.get(func) else { return "initialize".to_owned() };
        if let Some(name) = function.name {
            return name.to_owned();
        }
        if let Some(e) = self.exports.iter().find(|e| e.item == Item::Function(func)) {
            return e.name.to_owned();
        }
        match function.import() {
            Some(import) => format!("{}.{}", self.imports[import].module, self.imports[import].name),
            None => format!("func[{}]", func.as_u32()),
        }
    }
}
