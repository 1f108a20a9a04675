//! The content: code, read-only data, and what an instance is made from.
//!
//! ```text
//! 0    head, 80 bytes: 20 words
//!      0 text length       5 types      10 referables               15 flags: 1 stack bounded, 2 start
//!      1 code start        6 imports    11 type ids                 16 stack bytes
//!      2 init length       7 exports    12 instance bytes           17 start function, offset in the text
//!      3 type byte length  8 memories   13 place of the referables  18 bytes of the optional sections, a multiple of 4
//!      4 string length     9 tables     14 place of the type ids    19 zero
//! 80   text        read-only data, then code; position-independent, runs here
//!      types       8 bytes each:  byte offset u32, parameters u16, results u16
//!      entries     4 bytes each, one a type, for 64-bit parts only: trampoline by which the host calls functions of the
//!                  type, a text offset; all ones if it has no way to name one
//!      imports     28 bytes each: module offset u32, name offset u32, their lengths u16 u16,
//!                  kind u8, value type u8, detail u8, zero u8, slot u32, a u32, b u32
//!                  kind 0 function (a type, b thunk, a text offset)   1 table of value type (a minimum, b maximum)
//!                       2 memory of page size 2^detail (a minimum, b maximum)   3 global of value type, mutable if detail
//!      exports     16 bytes each: name offset u32, name length u16, kind u8, value type u8, a u32, b u32
//!                  kind 0 function (a text offset, b type)   1 table (a index)   2 memory (a index)
//!                       3 global of value type (a instance offset, b mutable)   4 constant of value type (a low, b high word)
//!                       5 what an import provides (a index)
//!      memories    20 bytes each: definition u32, minimum u32, maximum u32, capacity u32, page size u8 (binary logarithm),
//!                  fixed u8, zero u16
//!      tables      24 bytes each: value type u32, definition u32, elements u32, minimum u32, capacity u32, maximum u32
//!      referables  8 bytes each: text offset u32, type u32
//!      type ids    4 bytes each: type u32
//!      type bytes, init image, strings
//!      optional sections, each: kind u32, length u32, as many bytes, zeros up to a multiple of 4
//!                  kind 1: the WebAssembly that the code was made from, without its custom sections
//! ```
//! Sections follow each other, each but the last padded with zeros to a multiple of 4: only lengths and counts are
//! stored, so they cannot overlap. Opening does not touch the optional ones: a reader looks for the kinds that it knows
//! and skips the others. What a reader must not skip is a flag, for it refuses those that it does not know. Offsets of types and names count from the start of type bytes and strings; slots,
//! definitions, elements, places and instance offsets from the instance register. Functions come first among the imports.
//! Exports are sorted by the bytes of their names. Value types are those of the core spec, 5.3.1 – 5.3.4. A maximum of
//! all ones is none.
//!
//! [`Content::parse`] decodes every record once with the same functions that serve the accessors, and these look at
//! immutable bytes only: what has been parsed cannot fail later.

mod records;
mod types;

use crate::Error;
use records::{Pools, Record, u32_at};
use sandgrain_abi::Target;
use sandgrain_abi::layout::{FuncRef, INSTANCE_ALIGN, InstanceHeader, MemoryDefinition, TableDefinition};

pub use records::{
    CodeOffset, Export, Extern, Import, ImportIndex, ImportType, List, Memory, MemoryIndex, Referable, Table,
    TableIndex, TypeIndex,
};
pub use types::{ExternType, FuncType, GlobalType, MemoryType, TableType, ValType, ValTypes};

pub(crate) use records::import_kind;
#[cfg(feature = "write")]
pub(crate) use records::{NO_MAXIMUM, export_kind};

pub(crate) const HEAD_LEN: usize = 80;
pub(crate) const FLAG_STACK_BOUNDED: u32 = 1;
pub(crate) const FLAG_START: u32 = 2;

/// Words of the head that an error has to name.
mod word {
    pub const CODE_START: u32 = 1;
    pub const INIT_LENGTH: u32 = 2;
    pub const INSTANCE_BYTES: u32 = 12;
    pub const REFERABLES: u32 = 13;
    pub const TYPE_IDS: u32 = 14;
    pub const FLAGS: u32 = 15;
    pub const START: u32 = 17;
    pub const SECTIONS: u32 = 18;
    pub const UNUSED: u32 = 19;
}

/// Kinds of optional sections.
pub(crate) mod section_kind {
    pub const WASM: u32 = 1;
}

/// What stands for "no entry".
pub(crate) const NO_ENTRY: CodeOffset = CodeOffset(u32::MAX);

/// Whether the host calls functions of a part by trampolines; elsewhere it puts arguments into registers itself.
pub(crate) fn needs_entries(target: Target) -> bool {
    target.pointer_bytes() == 8
}

/// The guest's need of stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stack {
    /// Bytes. If `bounded`, the most that any export can use (without
    /// [`STACK_RESERVE`](sandgrain_abi::STACK_RESERVE)); else what the compiler suggests.
    pub bytes: u32,
    /// Whether `bytes` is a bound, which takes a call graph without recursion and indirect calls.
    pub bounded: bool,
}

/// The checked view. A copy of it is a copy of a few slices.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    parts: [&'a [u8]; PARTS.len()],
    pools: Pools<'a>,
    code_start: u32,
    referables_place: u32,
    type_ids_place: u32,
    stack: Stack,
    start: Option<CodeOffset>,
    instance_bytes: u32,
}

/// Places in [`PARTS`].
mod part {
    pub const TEXT: usize = 0;
    pub const TYPES: usize = 1;
    pub const ENTRIES: usize = 2;
    pub const IMPORTS: usize = 3;
    pub const EXPORTS: usize = 4;
    pub const MEMORIES: usize = 5;
    pub const TABLES: usize = 6;
    pub const REFERABLES: usize = 7;
    pub const TYPE_IDS: usize = 8;
    pub const TYPE_BYTES: usize = 9;
    pub const INIT_IMAGE: usize = 10;
    pub const STRINGS: usize = 11;
    pub const SECTIONS: usize = 12;
}

/// What follows the head, in this order: its name, the word of the head that counts its records, and their size in bytes.
const PARTS: [(&str, usize, usize); 13] = [
    ("text", 0, 1),
    ("types", 5, FuncType::SIZE),
    ("entries", 5, CodeOffset::SIZE),
    ("imports", 6, Import::SIZE),
    ("exports", 7, Export::SIZE),
    ("memories", 8, Memory::SIZE),
    ("tables", 9, Table::SIZE),
    ("referables", 10, Referable::SIZE),
    ("type ids", 11, TypeIndex::SIZE),
    ("type bytes", 3, 1),
    ("init image", 2, 1),
    ("strings", 4, 1),
    ("optional sections", word::SECTIONS as usize, 1),
];

/// What the checks of a record have to know of those before it.
#[derive(Default)]
struct Before<'a> {
    /// An import that is no function.
    other_imports: bool,
    memory: bool,
    /// The last export's name.
    export: Option<&'a str>,
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
        // At most 2^32 * 28 + 2^32.
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
        let mut parts: [&[u8]; PARTS.len()] = [&[]; PARTS.len()];
        for (i, ((name, count, size), part)) in PARTS.iter().zip(&mut parts).enumerate() {
            if i == part::ENTRIES && !needs_entries(target) {
                continue;
            }
            // The last part is not padded.
            let last = i == part::SECTIONS || i == part::STRINGS && word(word::SECTIONS as usize) == 0;
            *part = cutter.cut(name, word(*count), *size, if last { 1 } else { 4 })?;
        }
        if cutter.offset != bytes.len() {
            return Err(Error::Content { fault: "bytes behind its end", offset: cutter.offset as u32 });
        }
        let Ok(strings) = core::str::from_utf8(parts[part::STRINGS]) else {
            return Err(Content::fault("names that are not UTF-8", parts[part::STRINGS], bytes));
        };
        let flags = word(15);
        let content = Content {
            parts,
            pools: Pools { types: parts[part::TYPE_BYTES], strings },
            code_start: word(1),
            referables_place: word(13),
            type_ids_place: word(14),
            stack: Stack { bytes: word(16), bounded: flags & FLAG_STACK_BOUNDED != 0 },
            start: (flags & FLAG_START != 0).then_some(CodeOffset(word(17))),
            instance_bytes: word(12),
        };
        content.check_head(target, flags, word(17))?;
        if word(word::UNUSED as usize) != 0 {
            return Err(Error::Content {
                fault: "a word that means nothing and is not zero",
                offset: word::UNUSED * 4,
            });
        }
        if parts[part::TYPE_BYTES].iter().any(|&b| ValType::from_byte(b).is_none()) {
            return Err(Content::fault("a value of unknown type", parts[part::TYPE_BYTES], bytes));
        }
        content.check_records(target, bytes)?;
        Ok(content)
    }

    /// What the head says about sizes. `start` has to be zero without a start function.
    fn check_head(&self, target: Target, flags: u32, start: u32) -> Result<(), Error> {
        let refuse = |word: u32, fault| Err(Error::Content { fault, offset: word * 4 });
        let header = InstanceHeader::size(target.pointer_bytes());
        if flags & !(FLAG_STACK_BOUNDED | FLAG_START) != 0 {
            return refuse(word::FLAGS, "an unknown flag");
        }
        if !self.code_start.is_multiple_of(2) || self.code_start as usize > self.parts[part::TEXT].len() {
            return refuse(word::CODE_START, "a start of code outside of the text");
        }
        if !self.instance_bytes.is_multiple_of(INSTANCE_ALIGN) || self.instance_bytes < header {
            return refuse(word::INSTANCE_BYTES, "an instance smaller than its header, or not a multiple of 16");
        }
        if self.parts[part::INIT_IMAGE].len() > (self.instance_bytes - header) as usize {
            return refuse(word::INIT_LENGTH, "an init image larger than the instance");
        }
        let p = target.pointer_bytes();
        for (place, list, count, size) in [
            (word::REFERABLES, self.referables_place, self.referables().len(), FuncRef::size(p)),
            (word::TYPE_IDS, self.type_ids_place, self.type_ids().len(), p),
        ] {
            let unused = count == 0 && list == 0;
            if !unused && self.check_state(target, list, u64::from(count) * u64::from(size), p).is_err() {
                return refuse(place, "referables or type ids outside of the instance");
            }
        }
        match self.start {
            None if start != 0 => refuse(word::START, "a start function that is not declared"),
            Some(code) if !self.is_code(code) => refuse(word::START, "a start function outside of the code"),
            _ => Ok(()),
        }
    }

    /// Every record decodes and refers to something that exists.
    fn check_records(&self, target: Target, bytes: &[u8]) -> Result<(), Error> {
        let mut before = Before::default();
        // One loop for all kinds: a loop for each would be eight times the code.
        for (kind, ((_, _, size), part)) in PARTS.iter().zip(self.parts).enumerate() {
            let mut records = if (part::TYPES..=part::TYPE_IDS).contains(&kind) { part } else { &[] };
            while let Some((record, rest)) = records.split_at_checked(*size) {
                if let Err(fault) = self.check_record(target, kind, record, &mut before) {
                    return Err(Self::fault(fault, record, bytes));
                }
                records = rest;
            }
        }
        Ok(())
    }

    fn check_record(
        &self,
        target: Target,
        kind: usize,
        record: &'a [u8],
        before: &mut Before<'a>,
    ) -> Result<(), &'static str> {
        match kind {
            part::TYPES => {
                let header = InstanceHeader::size(target.pointer_bytes());
                let room = (self.instance_bytes - header) / 4 + target.register_words();
                let results = FuncType::decode(record, self.pools)?.results.words();
                if results <= room { Ok(()) } else { Err("more results than the result area holds") }
            }
            part::ENTRIES => match CodeOffset::decode(record, self.pools)? {
                code if code == NO_ENTRY || self.is_code(code) => Ok(()),
                _ => Err("an entry outside of the code"),
            },
            part::IMPORTS => {
                let import = Import::decode(record, self.pools)?;
                let is_function = matches!(import.ty, ImportType::Func { .. });
                if is_function && before.other_imports {
                    return Err("a function behind other imports");
                }
                before.other_imports |= !is_function;
                self.check_import(target, &import)
            }
            part::MEMORIES => {
                let first = !core::mem::replace(&mut before.memory, true);
                self.check_memory(target, &Memory::decode(record, self.pools)?, first)
            }
            part::TABLES => self.check_table(target, &Table::decode(record, self.pools)?),
            part::REFERABLES => {
                let Referable { code, ty } = Referable::decode(record, self.pools)?;
                self.check_function(code, ty)
            }
            part::TYPE_IDS => self.check_type(TypeIndex::decode(record, self.pools)?),
            _ => {
                let export = Export::decode(record, self.pools)?;
                if before.export.replace(export.name).is_some_and(|last| last >= export.name) {
                    return Err("exports that are not sorted, or of the same name");
                }
                self.check_extern(target, export.item)
            }
        }
    }

    /// A fault of `part`, which lies in `bytes`.
    #[cold]
    #[inline(never)]
    fn fault(fault: &'static str, part: &[u8], bytes: &[u8]) -> Error {
        let offset = part.as_ptr().addr().wrapping_sub(bytes.as_ptr().addr());
        Error::Content { fault, offset: offset as u32 }
    }

    fn check_type(&self, ty: TypeIndex) -> Result<(), &'static str> {
        if ty.0 < self.types().len() { Ok(()) } else { Err("a type index out of range") }
    }

    fn check_function(&self, code: CodeOffset, ty: TypeIndex) -> Result<(), &'static str> {
        if self.is_code(code) { self.check_type(ty) } else { Err("a function outside of the code") }
    }

    /// Whether `size` bytes at `offset`, a multiple of `align`, lie behind the header and within the instance. Out of line, for it
    /// has many callers, as has [`is_code`](Self::is_code).
    #[inline(never)]
    fn check_state(&self, target: Target, offset: u32, size: u64, align: u32) -> Result<(), &'static str> {
        let end = u64::from(offset) + size;
        let inside = offset >= InstanceHeader::size(target.pointer_bytes()) && end <= u64::from(self.instance_bytes);
        if inside && offset.is_multiple_of(align) { Ok(()) } else { Err("a place outside of the instance") }
    }

    fn check_import(&self, target: Target, import: &Import<'_>) -> Result<(), &'static str> {
        let p = target.pointer_bytes();
        let (size, align) = match import.ty {
            ImportType::Global(GlobalType { ty, mutable: false }) if ty.is_number() => (ty.bytes(p), 4),
            ty => (ty.slot_bytes(p), p),
        };
        self.check_state(target, import.slot, u64::from(size), align)?;
        match import.ty {
            ImportType::Func { ty, thunk } => self.check_function(thunk, ty),
            ImportType::Table(ty) => check_limits(ty.min, ty.max),
            ImportType::Memory(ty) => check_pages(&ty),
            ImportType::Global(_) => Ok(()),
        }
    }

    /// The first memory's definition is part of the header, those of the others are state.
    fn check_memory(&self, target: Target, memory: &Memory, first: bool) -> Result<(), &'static str> {
        let p = target.pointer_bytes();
        check_pages(&memory.ty)?;
        let most = memory.ty.max_pages.or(MemoryType::largest(memory.ty.page_log2)).unwrap_or(0);
        if !(memory.ty.min_pages..=most).contains(&memory.capacity) {
            return Err("a memory whose capacity is not between minimum and maximum");
        }
        if memory.fixed && memory.capacity != memory.ty.min_pages {
            return Err("a memory of fixed size with room to grow");
        }
        match first {
            true if memory.definition == InstanceHeader::memory_offset(p) => Ok(()),
            true => Err("a first memory that is not the header's"),
            false => self.check_state(target, memory.definition, u64::from(MemoryDefinition::size(p)), p),
        }
    }

    fn check_table(&self, target: Target, table: &Table) -> Result<(), &'static str> {
        let p = target.pointer_bytes();
        check_limits(table.ty.min, table.ty.max)?;
        if !(table.ty.min..=table.ty.max.unwrap_or(u32::MAX)).contains(&table.capacity) {
            return Err("a table whose capacity is not between minimum and maximum");
        }
        self.check_state(target, table.definition, u64::from(TableDefinition::size(p)), p)?;
        self.check_state(target, table.elements, u64::from(table.capacity) * u64::from(p), p)
    }

    fn check_extern(&self, target: Target, item: Extern) -> Result<(), &'static str> {
        let there = |exists: bool, fault| if exists { Ok(()) } else { Err(fault) };
        match item {
            Extern::Func { code, ty } => self.check_function(code, ty),
            Extern::Table(index) => there(index.0 < self.tables().len(), "an exported table that does not exist"),
            Extern::Memory(index) => there(index.0 < self.memories().len(), "an exported memory that does not exist"),
            Extern::Global { offset, ty } => {
                let bytes = ty.ty.bytes(target.pointer_bytes());
                self.check_state(target, offset, u64::from(bytes), if ty.ty.is_number() { 4 } else { bytes })
            }
            Extern::Constant { bits, ty } => {
                there(bits == 0 || ty.is_number(), "a constant reference that is not null")?;
                there(ty.words() == 2 || bits >> 32 == 0, "a constant wider than its type")
            }
            Extern::Imported(index) => there(index.0 < self.imports().len(), "an exported import that does not exist"),
        }
    }

    #[inline(never)]
    fn is_code(&self, code: CodeOffset) -> bool {
        code.0 >= self.code_start && (code.0 as usize) < self.parts[part::TEXT].len() && code.0.is_multiple_of(2)
    }

    /// Read-only data and code, to be run where it lies.
    pub fn text(&self) -> &'a [u8] {
        self.parts[part::TEXT]
    }

    /// Byte offset of the code in the text, behind the read-only data.
    pub fn code_start(&self) -> u32 {
        self.code_start
    }

    /// The distinct function types. The words of each one's results beyond the registers fit between the header and
    /// `instance_bytes`.
    pub fn types(&self) -> List<'a, FuncType<'a>> {
        List::new(self.parts[part::TYPES], self.pools)
    }

    /// On a 64-bit part the trampoline `(instance, code, words)` by which the host calls functions of a type, under the C
    /// ABI; `None` elsewhere, and for a type of which the module exports no function.
    pub fn entry(&self, ty: TypeIndex) -> Option<CodeOffset> {
        List::<CodeOffset>::new(self.parts[part::ENTRIES], self.pools).get(ty.0).filter(|code| *code != NO_ENTRY)
    }

    /// The imports, functions first, in the order of their indices at the host gate. Every slot lies behind the header
    /// and within the instance.
    pub fn imports(&self) -> List<'a, Import<'a>> {
        List::new(self.parts[part::IMPORTS], self.pools)
    }

    /// The exports, sorted by name.
    pub fn exports(&self) -> List<'a, Export<'a>> {
        List::new(self.parts[part::EXPORTS], self.pools)
    }

    /// The module's own memories. The first one's definition is part of the header, and it lies right behind the
    /// instance; the definitions of the others lie behind the header and within the instance.
    pub fn memories(&self) -> List<'a, Memory> {
        List::new(self.parts[part::MEMORIES], self.pools)
    }

    /// The tables in the instance's state: definition and elements lie behind the header and within the instance.
    pub fn tables(&self) -> List<'a, Table> {
        List::new(self.parts[part::TABLES], self.pools)
    }

    /// The functions whose references can be taken.
    pub fn referables(&self) -> List<'a, Referable> {
        List::new(self.parts[part::REFERABLES], self.pools)
    }

    /// Byte offset from the instance register of an array of [`FuncRef`]s, one for each of the
    /// [`referables`](Self::referables): behind the header and within the instance.
    pub fn referables_place(&self) -> u32 {
        self.referables_place
    }

    /// The types whose ids the code compares.
    pub fn type_ids(&self) -> List<'a, TypeIndex> {
        List::new(self.parts[part::TYPE_IDS], self.pools)
    }

    /// Byte offset from the instance register of an array of words, one for each of the [`type_ids`](Self::type_ids):
    /// behind the header and within the instance.
    pub fn type_ids_place(&self) -> u32 {
        self.type_ids_place
    }

    /// The export of this name, by bisection.
    pub fn find_export(&self, name: &str) -> Option<Extern> {
        let exports = self.exports();
        let (mut low, mut high) = (0, exports.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let export = exports.get(middle)?;
            match export.name.cmp(name) {
                core::cmp::Ordering::Less => low = middle + 1,
                core::cmp::Ordering::Greater => high = middle,
                core::cmp::Ordering::Equal => return Some(export.item),
            }
        }
        None
    }

    /// The type of an import of this content.
    pub fn import_type(&self, import: &ImportType) -> Option<ExternType<'a>> {
        Some(match *import {
            ImportType::Func { ty, .. } => ExternType::Func(self.types().at(ty)?),
            ImportType::Table(ty) => ExternType::Table(ty),
            ImportType::Memory(ty) => ExternType::Memory(ty),
            ImportType::Global(ty) => ExternType::Global(ty),
        })
    }

    /// The type of an export of this content; limits are those that the module declares.
    pub fn export_type(&self, item: Extern) -> Option<ExternType<'a>> {
        Some(match item {
            Extern::Func { ty, .. } => ExternType::Func(self.types().at(ty)?),
            Extern::Table(index) => ExternType::Table(self.tables().get(index.0)?.ty),
            Extern::Memory(index) => ExternType::Memory(self.memories().get(index.0)?.ty),
            Extern::Global { ty, .. } => ExternType::Global(ty),
            Extern::Constant { ty, .. } => ExternType::Global(GlobalType { ty, mutable: false }),
            Extern::Imported(index) => self.import_type(&self.imports().get(index.0)?.ty)?,
        })
    }

    /// Bytes to copy behind the instance's header; the rest up to `instance_bytes` starts as zero.
    pub fn init_image(&self) -> &'a [u8] {
        self.parts[part::INIT_IMAGE]
    }

    /// The module's first own memory, if it has one.
    pub fn memory(&self) -> Option<Memory> {
        self.memories().get(0)
    }

    /// The guest's need of stack.
    pub fn stack(&self) -> Stack {
        self.stack
    }

    /// What has to run before anything else does, of type `() -> ()`: it fills memory, tables and globals as far as the
    /// init image cannot, and calls the module's start function.
    pub fn start(&self) -> Option<CodeOffset> {
        self.start
    }

    /// Bytes in front of the linear memory, header included: a multiple of 16.
    pub fn instance_bytes(&self) -> u32 {
        self.instance_bytes
    }

    /// The WebAssembly that the code was made from, for an interpreter, if the artifact carries it.
    pub fn wasm(&self) -> Option<&'a [u8]> {
        find_section(self.parts[part::SECTIONS], section_kind::WASM)
    }

    /// What the manifest has to say about RAM.
    pub fn needs(&self) -> crate::Needs {
        crate::Needs {
            // No overflow: fewer than 2^32 records of at most 2^32 bytes each.
            memory_bytes: self.memories().iter().map(|m| m.capacity_bytes()).sum(),
            stack_bytes: self.stack.bytes,
            instance_bytes: self.instance_bytes,
        }
    }
}

/// The optional section of a kind; `None` also if one before it is damaged.
fn find_section(mut sections: &[u8], wanted: u32) -> Option<&[u8]> {
    while let Some((head, rest)) = sections.split_first_chunk::<8>() {
        let (kind, len) = (u32_at(head, 0), u32_at(head, 4) as usize);
        let section = rest.get(..len)?;
        if kind == wanted {
            return Some(section);
        }
        // No overflow: so long a slice exists.
        sections = rest.get(len.next_multiple_of(4)..)?;
    }
    None
}

/// [`Content::wasm`] of a content for any part: nothing but head and sections is looked at.
pub(crate) fn carried_wasm(content: &[u8]) -> Option<&[u8]> {
    let head = content.first_chunk::<HEAD_LEN>()?;
    let sections = u32_at(head, word::SECTIONS as usize * 4) as usize;
    let start = content.len().checked_sub(sections).filter(|start| *start >= HEAD_LEN)?;
    find_section(content.get(start..)?, section_kind::WASM)
}

fn check_limits(min: u32, max: Option<u32>) -> Result<(), &'static str> {
    if min <= max.unwrap_or(u32::MAX) { Ok(()) } else { Err("a minimum that exceeds its maximum") }
}

fn check_pages(memory: &MemoryType) -> Result<(), &'static str> {
    let largest = MemoryType::largest(memory.page_log2).ok_or("a memory of pages of unknown size")?;
    if memory.min_pages.max(memory.max_pages.unwrap_or(0)) > largest {
        return Err("a memory of more than 4 GiB");
    }
    check_limits(memory.min_pages, memory.max_pages)
}
