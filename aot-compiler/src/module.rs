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

/// A global.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GlobalIndex(u32);
entity_impl!(GlobalIndex, "global");

/// A data segment.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DataIndex(u32);
entity_impl!(DataIndex, "data");

/// Type of a value that can be computed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValType {
    I32,
    I64,
    F32,
    F64,
}

impl ValType {
    /// 32-bit words that the value takes in a call or in memory.
    pub fn words(self) -> u32 {
        match self {
            ValType::I32 | ValType::F32 => 1,
            ValType::I64 | ValType::F64 => 2,
        }
    }
}

/// Parameters and results of a function or block.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FuncType {
    pub params: Vec<ValType>,
    pub results: Vec<ValType>,
}

/// An imported function; import `i` is function `i`.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    pub module: &'a str,
    pub name: &'a str,
}

/// An imported or defined function.
#[derive(Debug)]
pub struct Function<'a> {
    pub ty: TypeId,
    /// From the custom section "name".
    pub name: Option<&'a str>,
    /// `None` for an import.
    pub body: Option<Body<'a>>,
}

/// The code of a function, and what a first look at it showed.
#[derive(Debug)]
pub struct Body<'a> {
    /// Locals and operators, valid.
    pub reader: wasmparser::FunctionBody<'a>,
    /// Functions called directly, wherever in the body.
    pub calls: BTreeSet<FuncIndex>,
    /// Tables called through, with the expected type.
    pub indirect_calls: BTreeSet<(TableIndex, TypeId)>,
}

/// A table that no code writes: its contents are known.
#[derive(Debug)]
pub struct Table {
    pub elements: Vec<Option<FuncIndex>>,
}

/// A global.
#[derive(Debug, Clone, Copy)]
pub struct Global {
    pub ty: ValType,
    pub mutable: bool,
    /// Bits of the initial value, zero-extended.
    pub value: u64,
}

/// The linear memory, sizes in pages of 64 KiB.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    pub min_pages: u32,
    /// Equal to `min_pages` also where the module may grow the memory but never asks to.
    pub max_pages: u32,
}

impl Memory {
    /// Size in bytes at the start, and ever after where [`is_fixed`](Memory::is_fixed) holds.
    pub fn min_bytes(&self) -> u32 {
        self.min_pages * sandgrain_abi::PAGE_SIZE
    }

    /// Whether the size never changes.
    pub fn is_fixed(&self) -> bool {
        self.min_pages == self.max_pages
    }
}

/// A data segment.
#[derive(Debug)]
pub struct DataSegment<'a> {
    pub bytes: &'a [u8],
    pub mode: DataMode,
}

/// How a data segment is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataMode {
    /// Copied to this memory address on instantiation, then dropped (core spec 4.5.4).
    Active(u32),
    /// Read by `memory.init`, never dropped.
    Passive,
    /// Read by `memory.init` until some `data.drop`: its length is state of the instance.
    Droppable,
}

/// An export.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    pub name: &'a str,
    pub item: ExportItem,
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportItem {
    Function(FuncIndex),
    Table(TableIndex),
    Memory,
    Global(GlobalIndex),
}

/// A validated module within this compiler's limits, using only what is supported.
#[derive(Debug, Default)]
pub struct Module<'a> {
    pub types: PrimaryMap<TypeId, FuncType>,
    /// Canonical id by index of the type section; `None` where a type has values that are not supported, which then
    /// nothing in the module uses.
    pub type_ids: Vec<Option<TypeId>>,
    pub imports: Vec<Import<'a>>,
    pub functions: PrimaryMap<FuncIndex, Function<'a>>,
    pub tables: PrimaryMap<TableIndex, Table>,
    pub globals: PrimaryMap<GlobalIndex, Global>,
    pub memory: Option<Memory>,
    pub data: PrimaryMap<DataIndex, DataSegment<'a>>,
    pub exports: Vec<Export<'a>>,
    pub start: Option<FuncIndex>,
}

impl Module<'_> {
    /// The type of a function.
    pub fn signature(&self, func: FuncIndex) -> &FuncType {
        &self.types[self.functions[func].ty]
    }

    /// The canonical id of type `index` of the type section.
    ///
    /// # Panics
    /// If the type is not supported; validation has refused every use of such a type.
    pub fn type_id(&self, index: u32) -> TypeId {
        self.type_ids[index as usize].expect("uses of unsupported types are refused on parsing")
    }

    /// A name for messages and symbols: the name section's, else an export's, else the import's, else `func[i]`.
    pub fn function_name(&self, func: FuncIndex) -> String {
        if let Some(name) = self.functions[func].name {
            return name.to_owned();
        }
        if let Some(e) = self.exports.iter().find(|e| e.item == ExportItem::Function(func)) {
            return e.name.to_owned();
        }
        match self.imports.get(func.as_u32() as usize) {
            Some(import) => format!("{}.{}", import.module, import.name),
            None => format!("func[{}]", func.as_u32()),
        }
    }
}
