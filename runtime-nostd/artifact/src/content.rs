//! The content: code, read-only data, and what an instance is made from.
//!
//! ```text
//! 0    head, 64 bytes: 16 words
//!      0 text length      4 types       8  data length       12 memory maximum, pages; all ones = none
//!      1 code start       5 imports     9  string length     13 flags: 1 memory, 2 stack bounded, 4 start
//!      2 init length      6 exports     10 instance bytes    14 stack bytes
//!      3 type byte length 7 segments    11 memory minimum    15 start function, offset in the text
//! 64   text      read-only data, then code; position-independent, runs here
//!      types     8 bytes each:  byte offset u32, parameters u16, results u16
//!      imports   16 bytes each: module offset u32, name offset u32, their lengths u16 u16, type u32
//!      exports   16 bytes each: name offset u32, name length u16, kind u8, value type u8, a u32, b u32
//!                kind 0 function (a text offset, b type)   1 memory   2 mutable global (a instance offset)
//!                     3 constant (a low, b high word)      4 constant table (a text offset, b elements)
//!      segments  12 bytes each: memory offset u32, data offset u32, length u32
//!      type bytes, init image, data, strings
//! ```
//! Sections follow each other, each but the last padded with zeros to a multiple of 4: only lengths and counts are
//! stored, so they cannot overlap. Offsets of types, segments and names count from the start of type bytes, data and
//! strings. Exports are sorted by the bytes of their names. Value types are those of the core spec, 5.3.1 – 5.3.4.
//!
//! [`Content::parse`] decodes every record once with the same functions that serve the accessors, and these look at
//! immutable bytes only: what has been parsed cannot fail later.

use crate::Error;
use core::fmt;
use core::marker::PhantomData;
use sandgrain_abi::layout::{HEADER_SIZE_32, INSTANCE_ALIGN};
use sandgrain_abi::{PAGE_SIZE, Target};

pub(crate) const HEAD_LEN: usize = 64;
pub(crate) const FLAG_MEMORY: u32 = 1;
pub(crate) const FLAG_STACK_BOUNDED: u32 = 2;
pub(crate) const FLAG_START: u32 = 4;
pub(crate) const NO_MAXIMUM: u32 = u32::MAX;

pub(crate) const KIND_FUNC: u8 = 0;
pub(crate) const KIND_MEMORY: u8 = 1;
pub(crate) const KIND_MUTABLE_GLOBAL: u8 = 2;
pub(crate) const KIND_CONSTANT: u8 = 3;
pub(crate) const KIND_TABLE: u8 = 4;

/// Largest number of pages of a 32-bit memory (core spec 3.2.4).
const MAX_PAGES: u32 = 1 << 16;

/// Bytes of an element of a constant table.
const TABLE_ENTRY: u32 = 8;

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

    /// 32-bit words that a value occupies as argument, result or global.
    pub const fn words(self) -> u32 {
        match self {
            ValType::I64 | ValType::F64 => 2,
            ValType::I32 | ValType::F32 | ValType::FuncRef | ValType::ExternRef => 1,
        }
    }

    /// Whether it is an integer or a float.
    pub const fn is_number(self) -> bool {
        matches!(self, ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64)
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

/// Index of a function type; also the type id in constant tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeIndex(pub u32);

/// Entry point of a function: byte offset in the text, even, behind the read-only data. On Thumb, bit 0 of the
/// address to call has to be set in addition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeOffset(pub u32);

/// Value types in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ValTypes<'a>(&'a [u8]);

impl<'a> ValTypes<'a> {
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

/// A function that the host has to provide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import<'a> {
    /// First half of its name.
    pub module: &'a str,
    /// Second half of its name.
    pub name: &'a str,
    /// Its type, valid in the same content.
    pub ty: TypeIndex,
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
    /// A function.
    Func {
        /// Where it starts.
        code: CodeOffset,
        /// Its type, valid in the same content.
        ty: TypeIndex,
    },
    /// The memory.
    Memory,
    /// A variable in the instance.
    MutableGlobal {
        /// Byte offset from the instance register: behind the header, a multiple of 4, its words within the instance.
        offset: u32,
        /// Its type, a number.
        ty: ValType,
    },
    /// A global that never changes.
    Constant {
        /// Its bits, the high ones zero for a type of one word.
        bits: u64,
        /// Its type, a number.
        ty: ValType,
    },
    /// A table that never changes. Only listed: nothing can be called through it from outside in this version.
    ConstantTable {
        /// Byte offset in the text, a multiple of 4.
        offset: u32,
        /// Number of elements, 8 bytes each.
        elements: u32,
    },
}

/// Limits of the linear memory in pages of 64 KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Pages at the start, at most 65536.
    pub min_pages: u32,
    /// Pages that it may grow to, at least the minimum, at most 65536; `None` if the module does not limit it.
    pub max_pages: Option<u32>,
}

/// The guest's need of stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stack {
    /// Bytes. If `bounded`, the most that any export can use (without
    /// [`STACK_RESERVE`](sandgrain_abi::STACK_RESERVE)); else what the compiler suggests.
    pub bytes: u32,
    /// Whether `bytes` is a bound, which takes a call graph without recursion and indirect calls.
    pub bounded: bool,
}

/// Bytes that go into the linear memory before the start function runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActiveSegment<'a> {
    /// Byte offset in the memory. Not compared with its size: out of bounds is a trap of instantiating.
    pub offset: u32,
    /// The bytes.
    pub bytes: &'a [u8],
}

/// What records refer to.
#[derive(Debug, Clone, Copy)]
struct Pools<'a> {
    types: &'a [u8],
    data: &'a [u8],
    strings: &'a str,
}

impl<'a> Pools<'a> {
    fn string(self, offset: u32, len: u32) -> Result<&'a str, &'static str> {
        range(offset, len).and_then(|r| self.strings.get(r)).ok_or("a name outside of the strings")
    }

    fn types(self, offset: usize, len: u32) -> Result<ValTypes<'a>, &'static str> {
        let types = offset.checked_add(len as usize).and_then(|end| self.types.get(offset..end));
        types.map(ValTypes).ok_or("a function type outside of the type bytes")
    }
}

fn range(offset: u32, len: u32) -> Option<core::ops::Range<usize>> {
    Some(offset as usize..(offset as usize).checked_add(len as usize)?)
}

/// A record of fixed size: how its bytes become a value.
trait Record<'a>: Sized {
    const SIZE: usize;
    /// `bytes` has `SIZE` bytes; reading behind them gives 0.
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, &'static str>;
}

/// Little-endian number at `i`; 0 where there is none, which `SIZE` excludes.
fn u32_at(bytes: &[u8], i: usize) -> u32 {
    bytes.get(i..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from_le_bytes(*b))
}

fn u16_at(bytes: &[u8], i: usize) -> u32 {
    bytes.get(i..).and_then(|b| b.first_chunk()).map_or(0, |b| u32::from(u16::from_le_bytes(*b)))
}

impl<'a> Record<'a> for FuncType<'a> {
    const SIZE: usize = 8;
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, &'static str> {
        let (offset, params, results) = (u32_at(bytes, 0) as usize, u16_at(bytes, 4), u16_at(bytes, 6));
        let params = pools.types(offset, params)?;
        let behind = offset.checked_add(params.len()).ok_or("a function type outside of the type bytes")?;
        Ok(FuncType { params, results: pools.types(behind, results)? })
    }
}

impl<'a> Record<'a> for Import<'a> {
    const SIZE: usize = 16;
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, &'static str> {
        Ok(Import {
            module: pools.string(u32_at(bytes, 0), u16_at(bytes, 8))?,
            name: pools.string(u32_at(bytes, 4), u16_at(bytes, 10))?,
            ty: TypeIndex(u32_at(bytes, 12)),
        })
    }
}

impl<'a> Record<'a> for Export<'a> {
    const SIZE: usize = 16;
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, &'static str> {
        let name = pools.string(u32_at(bytes, 0), u16_at(bytes, 4))?;
        let [kind, ty] = (u16_at(bytes, 6) as u16).to_le_bytes();
        let (a, b) = (u32_at(bytes, 8), u32_at(bytes, 12));
        let global = || ValType::from_byte(ty).filter(|t| t.is_number()).ok_or("an exported global that is no number");
        let item = match (kind, ty) {
            (KIND_FUNC, 0) => Extern::Func { code: CodeOffset(a), ty: TypeIndex(b) },
            (KIND_MEMORY, 0) if (a, b) == (0, 0) => Extern::Memory,
            (KIND_MUTABLE_GLOBAL, _) if b == 0 => Extern::MutableGlobal { offset: a, ty: global()? },
            (KIND_CONSTANT, _) => Extern::Constant { bits: u64::from(b) << 32 | u64::from(a), ty: global()? },
            (KIND_TABLE, 0) => Extern::ConstantTable { offset: a, elements: b },
            _ => return Err("an export of unknown kind"),
        };
        Ok(Export { name, item })
    }
}

impl<'a> Record<'a> for ActiveSegment<'a> {
    const SIZE: usize = 12;
    fn decode(bytes: &'a [u8], pools: Pools<'a>) -> Result<Self, &'static str> {
        let data = range(u32_at(bytes, 4), u32_at(bytes, 8)).and_then(|r| pools.data.get(r));
        Ok(ActiveSegment { offset: u32_at(bytes, 0), bytes: data.ok_or("a segment outside of the data")? })
    }
}

/// Records of one kind. Every record of a parsed content decodes, so `get` is `None` only behind the end.
pub struct List<'a, T> {
    records: &'a [u8],
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
    fn new(records: &'a [u8], pools: Pools<'a>) -> Self {
        List { records, pools, kind: PhantomData }
    }

    fn decode(&self, index: u32) -> Option<Result<T, &'static str>> {
        let start = (index as usize).checked_mul(T::SIZE)?;
        let record = self.records.get(start..start.checked_add(T::SIZE)?)?;
        Some(T::decode(record, self.pools))
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
}

impl<'a, T: Record<'a> + fmt::Debug> fmt::Debug for List<'a, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The checked view. A copy of it is a copy of a few slices.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    text: &'a [u8],
    code_start: u32,
    types: List<'a, FuncType<'a>>,
    imports: List<'a, Import<'a>>,
    exports: List<'a, Export<'a>>,
    segments: List<'a, ActiveSegment<'a>>,
    init_image: &'a [u8],
    memory: Option<Memory>,
    stack: Stack,
    start: Option<CodeOffset>,
    instance_bytes: u32,
}

/// Cuts sections off, one behind the other.
struct Cutter<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Cutter<'a> {
    /// `count` records of `size` bytes, and padding up to a multiple of `align`, a power of two.
    fn cut(&mut self, what: &'static str, count: u32, size: usize, align: u64) -> Result<&'a [u8], Error> {
        let start = self.offset as u64;
        // At most 2^32 * 16 + 2^32.
        let end = start + u64::from(count) * size as u64;
        let next = (end + align - 1) & !(align - 1);
        let truncated = Error::Truncated { what, needed: next, found: self.bytes.len() as u64 };
        let (Ok(end), Ok(next)) = (usize::try_from(end), usize::try_from(next)) else { return Err(truncated) };
        let section = self.bytes.get(self.offset..end).ok_or(truncated)?;
        let padding = self.bytes.get(end..next).ok_or(truncated)?;
        if padding.iter().any(|&b| b != 0) {
            return Err(Error::Content { fault: "padding that is not zero", offset: end as u32 });
        }
        self.offset = next;
        Ok(section)
    }
}

impl<'a> Content<'a> {
    /// Checks `bytes`, the whole content and nothing else, in linear time.
    ///
    /// # Errors
    /// [`Error::Truncated`] or [`Error::Content`].
    pub fn parse(bytes: &'a [u8], target: Target) -> Result<Content<'a>, Error> {
        if bytes.len() > u32::MAX as usize {
            return Err(Error::Content { fault: "more than 4 GiB", offset: 0 });
        }
        let head = bytes.first_chunk::<HEAD_LEN>().ok_or(Error::Truncated {
            what: "content's head",
            needed: HEAD_LEN as u64,
            found: bytes.len() as u64,
        })?;
        let word = |i: usize| u32_at(head, i * 4);
        let mut cutter = Cutter { bytes, offset: HEAD_LEN };
        let text = cutter.cut("text", word(0), 1, 4)?;
        let types = cutter.cut("types", word(4), FuncType::SIZE, 4)?;
        let imports = cutter.cut("imports", word(5), Import::SIZE, 4)?;
        let exports = cutter.cut("exports", word(6), Export::SIZE, 4)?;
        let segments = cutter.cut("segments", word(7), ActiveSegment::SIZE, 4)?;
        let type_bytes = cutter.cut("type bytes", word(3), 1, 4)?;
        let init_image = cutter.cut("init image", word(2), 1, 4)?;
        let data = cutter.cut("data", word(8), 1, 4)?;
        let strings_offset = cutter.offset as u32;
        let strings = cutter.cut("strings", word(9), 1, 1)?;
        if cutter.offset != bytes.len() {
            return Err(Error::Content { fault: "bytes behind its end", offset: cutter.offset as u32 });
        }
        let Ok(strings) = core::str::from_utf8(strings) else {
            return Err(Error::Content { fault: "names that are not UTF-8", offset: strings_offset });
        };
        let pools = Pools { types: type_bytes, data, strings };
        let flags = word(13);
        let content = Content {
            text,
            code_start: word(1),
            types: List::new(types, pools),
            imports: List::new(imports, pools),
            exports: List::new(exports, pools),
            segments: List::new(segments, pools),
            init_image,
            memory: (flags & FLAG_MEMORY != 0)
                .then_some(Memory { min_pages: word(11), max_pages: (word(12) != NO_MAXIMUM).then_some(word(12)) }),
            stack: Stack { bytes: word(14), bounded: flags & FLAG_STACK_BOUNDED != 0 },
            start: (flags & FLAG_START != 0).then_some(CodeOffset(word(15))),
            instance_bytes: word(10),
        };
        content.check_head(flags, [word(11), word(12), word(15)])?;
        if type_bytes.iter().any(|&b| ValType::from_byte(b).is_none()) {
            return Err(content.fault("a value of unknown type", type_bytes, bytes));
        }
        content.check_records(target, bytes)?;
        Ok(content)
    }

    /// What the head says about sizes. `unused` are the words that have to be zero without memory and start.
    fn check_head(&self, flags: u32, unused: [u32; 3]) -> Result<(), Error> {
        let refuse = |word: u32, fault| Err(Error::Content { fault, offset: word * 4 });
        if flags & !(FLAG_MEMORY | FLAG_STACK_BOUNDED | FLAG_START) != 0 {
            return refuse(13, "an unknown flag");
        }
        if !self.code_start.is_multiple_of(2) || self.code_start as usize > self.text.len() {
            return refuse(1, "a start of code outside of the text");
        }
        if !self.instance_bytes.is_multiple_of(INSTANCE_ALIGN) || self.instance_bytes < HEADER_SIZE_32 {
            return refuse(10, "an instance smaller than its header, or not a multiple of 16");
        }
        if self.init_image.len() > (self.instance_bytes - HEADER_SIZE_32) as usize {
            return refuse(2, "an init image larger than the instance");
        }
        match self.memory {
            None if unused[..2] != [0, 0] => return refuse(11, "limits of a memory that does not exist"),
            Some(m) if m.min_pages > m.max_pages.unwrap_or(MAX_PAGES) => {
                return refuse(11, "a memory whose minimum exceeds its maximum");
            }
            Some(m) if m.max_pages.is_some_and(|max| max > MAX_PAGES) => {
                return refuse(12, "a memory of more than 65536 pages");
            }
            _ => (),
        }
        match self.start {
            None if unused[2] != 0 => refuse(15, "a start function that is not declared"),
            Some(code) if !self.is_code(code) => refuse(15, "a start function outside of the code"),
            _ => Ok(()),
        }
    }

    /// Every record decodes and refers to something that exists.
    fn check_records(&self, target: Target, bytes: &[u8]) -> Result<(), Error> {
        let results = (self.instance_bytes - HEADER_SIZE_32) / 4 + target.register_words();
        self.check_list(&self.types, bytes, |ty| {
            (ty.results.words() <= results).then_some(()).ok_or("more results than the result area holds")
        })?;
        self.check_list(&self.imports, bytes, |import| self.check_type(import.ty))?;
        self.check_list(&self.segments, bytes, |_| self.memory.map(|_| ()).ok_or("a segment without a memory"))?;
        let mut last: Option<&str> = None;
        self.check_list(&self.exports, bytes, |export| {
            if last.is_some_and(|last| last >= export.name) {
                return Err("exports that are not sorted, or of the same name");
            }
            last = Some(export.name);
            self.check_extern(export.item)
        })
    }

    fn check_list<T: Record<'a>>(
        &self,
        list: &List<'a, T>,
        bytes: &[u8],
        mut check: impl FnMut(T) -> Result<(), &'static str>,
    ) -> Result<(), Error> {
        for index in 0..list.len() {
            let fault = match list.decode(index) {
                Some(Ok(record)) => check(record),
                Some(Err(fault)) => Err(fault),
                None => Err("a record that is cut off"),
            };
            if let Err(fault) = fault {
                return Err(self.fault(fault, list.records.get(index as usize * T::SIZE..).unwrap_or(&[]), bytes));
            }
        }
        Ok(())
    }

    /// A fault in `part`, which lies in `bytes`.
    fn fault(&self, fault: &'static str, part: &[u8], bytes: &[u8]) -> Error {
        let offset = part.as_ptr().addr().wrapping_sub(bytes.as_ptr().addr());
        Error::Content { fault, offset: offset as u32 }
    }

    fn check_type(&self, ty: TypeIndex) -> Result<(), &'static str> {
        if ty.0 < self.types.len() { Ok(()) } else { Err("a type index out of range") }
    }

    fn check_extern(&self, item: Extern) -> Result<(), &'static str> {
        match item {
            Extern::Func { code, ty } if self.is_code(code) => self.check_type(ty),
            Extern::Func { .. } => Err("a function outside of the code"),
            Extern::Memory => self.memory.map(|_| ()).ok_or("an exported memory that does not exist"),
            Extern::MutableGlobal { offset, ty } => {
                let end = u64::from(offset) + u64::from(ty.words()) * 4;
                let inside = offset >= HEADER_SIZE_32 && end <= u64::from(self.instance_bytes);
                if inside && offset.is_multiple_of(4) { Ok(()) } else { Err("a global outside of the instance") }
            }
            Extern::Constant { bits, ty } => {
                if ty.words() == 2 || bits >> 32 == 0 {
                    Ok(())
                } else {
                    Err("a constant wider than its type")
                }
            }
            Extern::ConstantTable { offset, elements } => {
                let end = u64::from(offset) + u64::from(elements) * u64::from(TABLE_ENTRY);
                let inside = end <= u64::from(self.code_start);
                if inside && offset.is_multiple_of(4) { Ok(()) } else { Err("a table outside of the read-only data") }
            }
        }
    }

    fn is_code(&self, code: CodeOffset) -> bool {
        code.0 >= self.code_start && (code.0 as usize) < self.text.len() && code.0.is_multiple_of(2)
    }

    /// Read-only data and code, to be run where it lies.
    pub fn text(&self) -> &'a [u8] {
        self.text
    }

    /// Byte offset of the code in the text, behind the read-only data.
    pub fn code_start(&self) -> u32 {
        self.code_start
    }

    /// The distinct function types. The words of each one's results beyond the registers fit between the header and
    /// `instance_bytes`.
    pub fn types(&self) -> List<'a, FuncType<'a>> {
        self.types
    }

    /// The imported functions, in the order of their indices at the host gate.
    pub fn imports(&self) -> List<'a, Import<'a>> {
        self.imports
    }

    /// The exports, sorted by name.
    pub fn exports(&self) -> List<'a, Export<'a>> {
        self.exports
    }

    /// The export of this name, by bisection.
    pub fn find_export(&self, name: &str) -> Option<Extern> {
        let (mut low, mut high) = (0, self.exports.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let export = self.exports.get(middle)?;
            match export.name.cmp(name) {
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
                core::cmp::Ordering::Equal => return Some(export.item),
            }
        }
        None
    }

    /// Bytes to copy behind the instance's header, at offset
    /// [`HEADER_SIZE_32`]; the rest up to `instance_bytes` starts as zero.
    pub fn init_image(&self) -> &'a [u8] {
        self.init_image
    }

    /// What to copy into the memory, in this order. There is a memory if there is a segment.
    pub fn active_segments(&self) -> List<'a, ActiveSegment<'a>> {
        self.segments
    }

    /// The memory's limits, if there is one.
    pub fn memory(&self) -> Option<Memory> {
        self.memory
    }

    /// The guest's need of stack.
    pub fn stack(&self) -> Stack {
        self.stack
    }

    /// The start function, of type `() -> ()`.
    pub fn start(&self) -> Option<CodeOffset> {
        self.start
    }

    /// Bytes in front of the linear memory, header included: a multiple of 16.
    pub fn instance_bytes(&self) -> u32 {
        self.instance_bytes
    }

    /// What the manifest has to say about RAM.
    pub fn needs(&self) -> crate::Needs {
        crate::Needs {
            memory_pages: self.memory.map_or(0, |m| m.min_pages),
            stack_bytes: self.stack.bytes,
            instance_bytes: self.instance_bytes,
        }
    }

    /// Bytes that the linear memory starts with; 2^32 does not fit a 32-bit part, so this is wider.
    pub fn memory_bytes(&self) -> u64 {
        u64::from(self.needs().memory_pages) * u64::from(PAGE_SIZE)
    }
}
