//! Types of values, functions, memories, tables and globals (core spec 2.3).

use core::fmt;

/// Type of a value (core spec 2.3.1 – 2.3.4); the number is its binary form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ValType {
    /// 32-bit integer.
    I32 = 0x7f,
    /// 64-bit integer.
    I64 = 0x7e,
    /// Single-precision float.
    F32 = 0x7d,
    /// Double-precision float.
    F64 = 0x7c,
    /// Reference to a function.
    FuncRef = 0x70,
    /// Reference to something of the host.
    ExternRef = 0x6f,
}

impl ValType {
    /// The type with this binary form.
    pub const fn from_byte(byte: u8) -> Option<ValType> {
        Some(match byte {
            0x7f => ValType::I32,
            0x7e => ValType::I64,
            0x7d => ValType::F32,
            0x7c => ValType::F64,
            0x70 => ValType::FuncRef,
            0x6f => ValType::ExternRef,
            _ => return None,
        })
    }

    /// 32-bit words that a value occupies as argument or result on a 32-bit part.
    pub const fn words(self) -> u32 {
        self.bytes(4) / 4
    }

    /// Bytes that a value occupies in an instance's state, for pointers of `pointer_bytes` (4 or 8).
    pub const fn bytes(self, pointer_bytes: u32) -> u32 {
        match self {
            ValType::I32 | ValType::F32 => 4,
            ValType::I64 | ValType::F64 => 8,
            ValType::FuncRef | ValType::ExternRef => pointer_bytes,
        }
    }

    /// Whether it is an integer or a float.
    pub const fn is_number(self) -> bool {
        !self.is_reference()
    }

    /// Whether it is a reference, and thus what a table can hold.
    pub const fn is_reference(self) -> bool {
        matches!(self, ValType::FuncRef | ValType::ExternRef)
    }

    /// Name in the text format.
    pub const fn name(self) -> &'static str {
        match self {
            ValType::I32 => "i32",
            ValType::I64 => "i64",
            ValType::F32 => "f32",
            ValType::F64 => "f64",
            ValType::FuncRef => "funcref",
            ValType::ExternRef => "externref",
        }
    }
}

impl fmt::Display for ValType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Value types in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ValTypes<'a>(pub(super) &'a [u8]);

impl<'a> ValTypes<'a> {
    /// Types as the binary format has them, a byte each (core spec 5.3.4); `None` if one of the bytes is no type.
    pub fn new(bytes: &'a [u8]) -> Option<ValTypes<'a>> {
        bytes.iter().all(|&byte| ValType::from_byte(byte).is_some()).then_some(ValTypes(bytes))
    }

    /// How many.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Type at position `i`.
    pub fn get(self, i: usize) -> Option<ValType> {
        self.0.get(i).copied().and_then(ValType::from_byte)
    }

    /// All of them in order.
    pub fn iter(self) -> impl Iterator<Item = ValType> + Clone + use<'a> {
        self.0.iter().filter_map(|&b| ValType::from_byte(b))
    }

    /// 32-bit words that such values occupy.
    pub fn words(self) -> u32 {
        self.iter().map(ValType::words).sum()
    }

    /// Whether they are exactly `types`.
    pub fn matches(self, types: &[ValType]) -> bool {
        self.len() == types.len() && self.iter().eq(types.iter().copied())
    }
}

impl fmt::Debug for ValTypes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// Function type (core spec 2.3.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FuncType<'a> {
    /// Of the parameters.
    pub params: ValTypes<'a>,
    /// Of the results.
    pub results: ValTypes<'a>,
}

impl fmt::Display for FuncType<'_> {
    /// As in `(i32, i64) -> (i32)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (lead, list) in [("(", self.params), (" -> (", self.results)] {
            f.write_str(lead)?;
            for (i, ty) in list.iter().enumerate() {
                write!(f, "{}{ty}", if i == 0 { "" } else { ", " })?;
            }
            f.write_str(")")?;
        }
        Ok(())
    }
}

/// Memory type (core spec 2.3.12, and the custom-page-sizes proposal). A maximum of `u32::MAX` pages, which only pages
/// of one byte can have, is the same as none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryType {
    /// Pages at the start, at most [`largest`](Self::largest).
    pub min_pages: u32,
    /// Pages that it may grow to, at least the minimum; `None` if the module does not limit it.
    pub max_pages: Option<u32>,
    /// Binary logarithm of the page size in bytes: 16, or 0 for pages of one byte.
    pub page_log2: u8,
}

impl MemoryType {
    /// Most pages of this size that a 32-bit memory can have (core spec 3.2.15); `None` if there are no such pages.
    pub const fn largest(page_log2: u8) -> Option<u32> {
        match page_log2 {
            16 => Some(1 << 16),
            0 => Some(u32::MAX),
            _ => None,
        }
    }

    /// Bytes at the start. 2^32 does not fit a word of a 32-bit part, so this is wider.
    pub const fn min_bytes(&self) -> u64 {
        (self.min_pages as u64) << self.page_log2
    }
}

/// Table type (core spec 2.3.14). A maximum of `u32::MAX` elements is the same as none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableType {
    /// What an element is: a reference.
    pub element: ValType,
    /// Elements at the start.
    pub min: u32,
    /// Elements that it may grow to, at least the minimum; `None` if the module does not limit it.
    pub max: Option<u32>,
}

/// Global type (core spec 2.3.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GlobalType {
    /// Of the value.
    pub ty: ValType,
    /// Whether it can be set.
    pub mutable: bool,
}

/// What an import has to be or an export is (core spec 2.3.16).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExternType<'a> {
    /// A function.
    Func(FuncType<'a>),
    /// A table.
    Table(TableType),
    /// A memory.
    Memory(MemoryType),
    /// A global.
    Global(GlobalType),
}

/// As in `1 to 2` or `at least 1`.
struct Limits(u32, Option<u32>);

impl fmt::Display for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Limits(min, Some(max)) => write!(f, "{min} to {max}"),
            Limits(min, None) => write!(f, "at least {min}"),
        }
    }
}

impl fmt::Display for ExternType<'_> {
    /// As in `function (i32) -> ()`, `table of 1 to 2 funcref`, `memory of at least 1 pages`, `global (mut i32)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExternType::Func(ty) => write!(f, "function {ty}"),
            ExternType::Table(ty) => write!(f, "table of {} {}", Limits(ty.min, ty.max), ty.element),
            ExternType::Memory(ty) => {
                let unit = if ty.page_log2 == 0 { "bytes" } else { "pages" };
                write!(f, "memory of {} {unit}", Limits(ty.min_pages, ty.max_pages))
            }
            ExternType::Global(GlobalType { ty, mutable: true }) => write!(f, "global (mut {ty})"),
            ExternType::Global(GlobalType { ty, mutable: false }) => write!(f, "global {ty}"),
        }
    }
}
