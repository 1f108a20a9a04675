//! Records: how bytes of fixed size become a value.

use crate::fault::Fault;

use super::types::{FuncType, GlobalType, MemoryType, TableType, ValType, ValTypes};
use core::fmt;
use core::marker::PhantomData;

/// What stands for "no maximum".
pub(crate) const NO_MAXIMUM: u32 = u32::MAX;

/// Kinds of imports: the numbers of core spec 5.5.5.
pub(crate) mod import_kind {
    pub const FUNC: u8 = 0;
    pub const TABLE: u8 = 1;
    pub const MEMORY: u8 = 2;
    pub const GLOBAL: u8 = 3;
}

/// Kinds of exports.
pub(crate) mod export_kind {
    pub const FUNC: u8 = 0;
    pub const TABLE: u8 = 1;
    pub const MEMORY: u8 = 2;
    pub const GLOBAL: u8 = 3;
    pub const CONSTANT: u8 = 4;
    pub const IMPORTED: u8 = 5;
}

/// Index of a function type; also the type id in constant tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeIndex(pub u32);

/// Index of an import, and of an imported function at the host gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImportIndex(pub u32);

/// Index of a memory of the module itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MemoryIndex(pub u32);

/// Index of a table with a definition in the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableIndex(pub u32);

/// Entry point of a function: byte offset in the text, even, behind the read-only data. On Thumb, bit 0 of the
/// address to call has to be set in addition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeOffset(pub u32);

/// Something that has to be provided to an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import<'a> {
    /// First half of its name.
    pub module: &'a str,
    /// Second half of its name.
    pub name: &'a str,
    /// What it has to be.
    pub ty: ImportType,
    /// Byte offset from the instance register of what the runtime fills in: for a function a
    /// [`FuncRef`](sandgrain_abi::layout::FuncRef); for memory, table or mutable global an address (of a
    /// [`MemoryDefinition`](sandgrain_abi::layout::MemoryDefinition), of a
    /// [`TableDefinition`](sandgrain_abi::layout::TableDefinition), of the global's cell); for an immutable global its
    /// value.
    pub slot: u32,
}

/// What an import has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportType {
    /// A function.
    Func {
        /// Its type, valid in the same content.
        ty: TypeIndex,
        /// Code that calls the host gate with this import's index: what the slot gets if the host provides it.
        thunk: CodeOffset,
    },
    /// A table.
    Table(TableType),
    /// A memory.
    Memory(MemoryType),
    /// A global.
    Global(GlobalType),
}

impl ImportType {
    /// Bytes of the slot, for pointers of `pointer_bytes` (4 or 8).
    pub const fn slot_bytes(&self, pointer_bytes: u32) -> u32 {
        match self {
            ImportType::Func { .. } => sandgrain_abi::layout::FuncRef::size(pointer_bytes),
            ImportType::Global(GlobalType { ty, mutable: false }) => ty.bytes(pointer_bytes),
            ImportType::Table(_) | ImportType::Memory(_) | ImportType::Global(_) => pointer_bytes,
        }
    }
}

/// Something that the module offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Export<'a> {
    /// Its name, unique in the module.
    pub name: &'a str,
    /// What it is.
    pub item: Extern,
}

/// What an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extern {
    /// A function of the module.
    Func {
        /// Where it starts.
        code: CodeOffset,
        /// Its type, valid in the same content.
        ty: TypeIndex,
    },
    /// A memory of the instance itself, valid in the same content.
    Memory(MemoryIndex),
    /// A table of the instance itself, valid in the same content.
    Table(TableIndex),
    /// A global in the instance's state: a variable, or a value that is known on instantiation only.
    Global {
        /// Byte offset from the instance register: behind the header, a multiple of 4, its bytes within the instance.
        offset: u32,
        /// Its type.
        ty: GlobalType,
    },
    /// A global that never changes.
    Constant {
        /// Its bits, the high ones zero for a type of one word. A reference is null.
        bits: u64,
        /// Its type.
        ty: ValType,
    },
    /// Whatever provides this import, valid in the same content.
    Imported(ImportIndex),
}

/// A memory of the instance itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Its type; it starts with the minimum, all zero.
    pub ty: MemoryType,
    /// Byte offset from the instance register of its
    /// [`MemoryDefinition`](sandgrain_abi::layout::MemoryDefinition).
    pub definition: u32,
    /// Pages that there has to be room for, from the minimum to the maximum. The first memory may grow beyond them as
    /// far as its arena reaches, the others may not.
    pub capacity: u32,
    /// Whether it never grows, whatever its type allows: the code relies on the size, which is the minimum.
    pub fixed: bool,
}

impl Memory {
    /// Bytes that there has to be room for.
    pub const fn capacity_bytes(&self) -> u64 {
        (self.capacity as u64) << self.ty.page_log2
    }
}

/// A table in the instance's state, which the runtime makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// Its type; it starts with the minimum, all null.
    pub ty: TableType,
    /// Byte offset from the instance register of its [`TableDefinition`](sandgrain_abi::layout::TableDefinition).
    pub definition: u32,
    /// Byte offset from the instance register of its elements, one word each.
    pub elements: u32,
    /// Elements that there is room for, from the minimum to the maximum.
    pub capacity: u32,
}

/// A function whose reference can be taken: the runtime makes a [`FuncRef`](sandgrain_abi::layout::FuncRef) of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Referable {
    /// Where it starts.
    pub code: CodeOffset,
    /// Its type, valid in the same content.
    pub ty: TypeIndex,
}

/// What records refer to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pools<'a> {
    pub types: &'a [u8],
    pub strings: &'a str,
}

impl<'a> Pools<'a> {
    fn string(self, offset: u32, len: u32) -> Result<&'a str, Fault> {
        let end = (offset as usize).checked_add(len as usize);
        end.and_then(|end| self.strings.get(offset as usize..end)).ok_or(Fault::Name)
    }

    fn types(self, offset: usize, len: u32) -> Result<ValTypes<'a>, Fault> {
        let types = offset.checked_add(len as usize).and_then(|end| self.types.get(offset..end));
        types.map(ValTypes).ok_or(Fault::TypeBytes)
    }
}

/// A record of fixed size.
pub(super) trait Record<'a>: Sized {
    const SIZE: usize;
    /// `bytes` has `SIZE` bytes; reading behind them gives 0.
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, Fault>;
}

/// Little-endian number at `i`; 0 where there is none, which `SIZE` excludes. Records are made of these: it is out of line
/// where code may not rely on unaligned loads, since each takes a dozen instructions there.
#[cfg_attr(target_arch = "riscv32", inline(never))]
pub(super) fn u32_at(bytes: &[u8], i: usize) -> u32 {
    bytes.get(i..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_le_bytes(*b))
}

fn u16_at(bytes: &[u8], i: usize) -> u32 {
    bytes.get(i..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from(u16::from_le_bytes(*b)))
}

/// A maximum as it is stored.
fn maximum(word: u32) -> Option<u32> {
    (word != NO_MAXIMUM).then_some(word)
}

fn table_type(element: u8, min: u32, max: u32) -> Result<TableType, Fault> {
    let element = ValType::from_byte(element).filter(|t| t.is_reference()).ok_or(Fault::TableElement)?;
    Ok(TableType { element, min, max: maximum(max) })
}

impl<'a> Record<'a> for FuncType<'a> {
    const SIZE: usize = 8;
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, Fault> {
        let (offset, params, results) = (u32_at(bytes, 0) as usize, u16_at(bytes, 4), u16_at(bytes, 6));
        let params = pools.types(offset, params)?;
        let behind = offset.checked_add(params.len()).ok_or(Fault::TypeBytes)?;
        Ok(FuncType { params, results: pools.types(behind, results)? })
    }
}

impl<'a> Record<'a> for Import<'a> {
    const SIZE: usize = 28;
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, Fault> {
        let module = pools.string(u32_at(bytes, 0), u16_at(bytes, 8))?;
        let name = pools.string(u32_at(bytes, 4), u16_at(bytes, 10))?;
        let [kind, value, detail, zero] = u32_at(bytes, 12).to_le_bytes();
        let (slot, a, b) = (u32_at(bytes, 16), u32_at(bytes, 20), u32_at(bytes, 24));
        let ty = match (kind, value, detail, zero) {
            (import_kind::FUNC, 0, 0, 0) => ImportType::Func { ty: TypeIndex(a), thunk: CodeOffset(b) },
            (import_kind::TABLE, _, 0, 0) => ImportType::Table(table_type(value, a, b)?),
            (import_kind::MEMORY, 0, page_log2, 0) => {
                ImportType::Memory(MemoryType { min_pages: a, max_pages: maximum(b), page_log2 })
            }
            (import_kind::GLOBAL, _, 0 | 1, 0) if (a, b) == (0, 0) => {
                let ty = ValType::from_byte(value).ok_or(Fault::ImportGlobal)?;
                ImportType::Global(GlobalType { ty, mutable: detail == 1 })
            }
            _ => return Err(Fault::ImportKind),
        };
        Ok(Import { module, name, ty, slot })
    }
}

impl<'a> Record<'a> for Export<'a> {
    const SIZE: usize = 16;
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, Fault> {
        let name = pools.string(u32_at(bytes, 0), u16_at(bytes, 4))?;
        let [kind, value] = (u16_at(bytes, 6) as u16).to_le_bytes();
        let (a, b) = (u32_at(bytes, 8), u32_at(bytes, 12));
        let ty = || ValType::from_byte(value).ok_or(Fault::ExportGlobal);
        let item = match (kind, value) {
            (export_kind::FUNC, 0) => Extern::Func { code: CodeOffset(a), ty: TypeIndex(b) },
            (export_kind::TABLE, 0) if b == 0 => Extern::Table(TableIndex(a)),
            (export_kind::MEMORY, 0) if b == 0 => Extern::Memory(MemoryIndex(a)),
            (export_kind::GLOBAL, _) if b <= 1 => {
                Extern::Global { offset: a, ty: GlobalType { ty: ty()?, mutable: b == 1 } }
            }
            (export_kind::CONSTANT, _) => Extern::Constant { bits: u64::from(b) << 32 | u64::from(a), ty: ty()? },
            (export_kind::IMPORTED, 0) if b == 0 => Extern::Imported(ImportIndex(a)),
            _ => return Err(Fault::ExportKind),
        };
        Ok(Export { name, item })
    }
}

impl<'a> Record<'a> for Memory {
    const SIZE: usize = 20;
    fn decode(bytes: &'a [u8], _: Pools<'a>) -> Result<Self, Fault> {
        let word = |i: usize| u32_at(bytes, i * 4);
        let [page_log2, fixed, 0, 0] = word(4).to_le_bytes() else { return Err(Fault::MemoryProperties) };
        let fixed = match fixed {
            0 => false,
            1 => true,
            _ => return Err(Fault::MemoryProperties),
        };
        let ty = MemoryType { min_pages: word(1), max_pages: maximum(word(2)), page_log2 };
        Ok(Memory { ty, definition: word(0), capacity: word(3), fixed })
    }
}

impl<'a> Record<'a> for Table {
    const SIZE: usize = 24;
    fn decode(bytes: &'a [u8], _: Pools<'a>) -> Result<Self, Fault> {
        let word = |i: usize| u32_at(bytes, i * 4);
        let element = u8::try_from(word(0)).map_err(|_| Fault::TableElement)?;
        let ty = table_type(element, word(3), word(5))?;
        Ok(Table { ty, definition: word(1), elements: word(2), capacity: word(4) })
    }
}

impl<'a> Record<'a> for Referable {
    const SIZE: usize = 8;
    fn decode(bytes: &'a [u8], _: Pools<'a>) -> Result<Self, Fault> {
        Ok(Referable { code: CodeOffset(u32_at(bytes, 0)), ty: TypeIndex(u32_at(bytes, 4)) })
    }
}

impl<'a> Record<'a> for TypeIndex {
    const SIZE: usize = 4;
    fn decode(bytes: &'a [u8], _: Pools<'a>) -> Result<Self, Fault> {
        Ok(TypeIndex(u32_at(bytes, 0)))
    }
}

impl<'a> Record<'a> for CodeOffset {
    const SIZE: usize = 4;
    fn decode(bytes: &'a [u8], _: Pools<'a>) -> Result<Self, Fault> {
        Ok(CodeOffset(u32_at(bytes, 0)))
    }
}

/// Records of one kind. Every record of a parsed content decodes, so `get` is `None` only behind the end.
pub struct List<'a, T> {
    pub(super) records: &'a [u8],
    pools: Pools<'a>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for List<'_, T> {}

#[allow(private_bounds)]
impl<'a, T: Record<'a>> List<'a, T> {
    pub(super) fn new(records: &'a [u8], pools: Pools<'a>) -> Self {
        List { records, pools, kind: PhantomData }
    }

    pub(super) fn decode(&self, index: u32) -> Option<Result<T, Fault>> {
        Some(T::decode(self.record(index)?, self.pools))
    }

    fn record(&self, index: u32) -> Option<&'a [u8]> {
        let start = (index as usize).checked_mul(T::SIZE)?;
        self.records.get(start..start.checked_add(T::SIZE)?)
    }

    /// Number of records.
    pub fn len(&self) -> u32 {
        (self.records.len() / T::SIZE) as u32
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Record `index`, in constant time.
    pub fn get(&self, index: u32) -> Option<T> {
        self.decode(index)?.ok()
    }

    /// All of them in order.
    pub fn iter(&self) -> impl Iterator<Item = T> + Clone + use<'a, T> {
        let list = *self;
        (0..self.len()).filter_map(move |i| list.get(i))
    }
}

impl<'a> List<'a, FuncType<'a>> {
    /// The type with this index.
    pub fn at(&self, index: TypeIndex) -> Option<FuncType<'a>> {
        self.get(index.0)
    }

    /// Address of the record of the type with this index: a name for the type as long as the artifact stays where it is.
    pub fn address(&self, index: TypeIndex) -> Option<usize> {
        self.record(index.0).map(|record| record.as_ptr().addr())
    }
}

impl<'a, T: Record<'a> + fmt::Debug> fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
