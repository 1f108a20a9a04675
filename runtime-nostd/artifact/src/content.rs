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
//! [`Content::parse`] decodes every record once with the same functions that serve the accessors (`check`), and these look
//! at immutable bytes only: what has been parsed cannot fail later.

mod check;
mod records;
mod types;

use crate::Error;
use crate::fault::{Fault, Part};
use check::Cutter;
use records::{Pools, Record, u32_at};
use sandgrain_abi::Target;

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

/// Words of the head.
mod word {
    pub const TEXT_LENGTH: usize = 0;
    pub const CODE_START: usize = 1;
    pub const INIT_LENGTH: usize = 2;
    pub const TYPE_BYTES: usize = 3;
    pub const INSTANCE_BYTES: usize = 12;
    pub const REFERABLES: usize = 13;
    pub const TYPE_IDS: usize = 14;
    pub const FLAGS: usize = 15;
    pub const STACK_BYTES: usize = 16;
    pub const START: usize = 17;
    pub const SECTIONS: usize = 18;
    pub const UNUSED: usize = 19;
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

/// The checked view. Each instance keeps a copy, so it holds no more than what takes long to find: numbers of the head are
/// read where they lie, and what comes between the places noted here is reckoned.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    bytes: &'a [u8],
    strings: &'a str,
    /// Where the imports start, and the type bytes.
    imports: u32,
    type_bytes: u32,
    /// See [`Content::call_words`].
    call_words: u32,
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

/// What follows the head, in this order: the word of the head that counts its records, and their size in bytes. Records are
/// multiples of 4, so that no padding follows them.
const PARTS: [(Part, u8, u8); 13] = [
    (Part::Text, word::TEXT_LENGTH as u8, 1),
    (Part::Types, 5, FuncType::SIZE as u8),
    (Part::Entries, 5, CodeOffset::SIZE as u8),
    (Part::Imports, 6, Import::SIZE as u8),
    (Part::Exports, 7, Export::SIZE as u8),
    (Part::Memories, 8, Memory::SIZE as u8),
    (Part::Tables, 9, Table::SIZE as u8),
    (Part::Referables, 10, Referable::SIZE as u8),
    (Part::TypeIds, 11, TypeIndex::SIZE as u8),
    (Part::TypeBytes, word::TYPE_BYTES as u8, 1),
    (Part::InitImage, word::INIT_LENGTH as u8, 1),
    (Part::Strings, 4, 1),
    (Part::Sections, word::SECTIONS as u8, 1),
];

impl<'a> Content<'a> {
    /// Checks `bytes`, the whole content and nothing else, in linear time.
    ///
    /// # Errors
    /// [`Error::Truncated`] or [`Error::Content`].
    pub fn parse(bytes: &'a [u8], target: Target) -> Result<Content<'a>, Error> {
        let found = bytes.len() as u64;
        if bytes.len() > u32::MAX as usize {
            return Err(Error::Content { fault: Fault::Size, offset: 0 });
        }
        if bytes.len() < HEAD_LEN {
            return Err(Error::Truncated { what: Part::Head, needed: HEAD_LEN as u64, found });
        }
        let word = |i: usize| u32_at(bytes, i * 4);
        let mut cutter = Cutter { bytes, offset: HEAD_LEN as u32 };
        let (mut imports, mut type_bytes) = (0, 0);
        let mut strings: &[u8] = &[];
        for (i, (what, count, size)) in PARTS.iter().enumerate() {
            match i {
                part::ENTRIES if !needs_entries(target) => continue,
                part::IMPORTS => imports = cutter.offset,
                part::TYPE_BYTES => type_bytes = cutter.offset,
                _ => (),
            }
            if word((*count).into()) == 0 {
                continue;
            }
            // The last part is not padded.
            let last = i == part::SECTIONS || i == part::STRINGS && word(word::SECTIONS) == 0;
            let cut = cutter.cut(*what, word((*count).into()), u32::from(*size), if last { 1 } else { 4 })?;
            if i == part::STRINGS {
                strings = cut;
            }
        }
        if cutter.offset as usize != bytes.len() {
            return Err(Error::Content { fault: Fault::End, offset: cutter.offset });
        }
        let mut content = Content { bytes, strings: "", imports, type_bytes, call_words: 0 };
        let Ok(strings) = core::str::from_utf8(strings) else {
            return Err(Error::Content { fault: Fault::Utf8, offset: content.place(part::STRINGS) });
        };
        content.strings = strings;
        content.call_words = content.check(target)?;
        Ok(content)
    }

    /// Word `index` of the head.
    fn word(&self, index: usize) -> u32 {
        u32_at(self.bytes, index * 4)
    }

    /// Where one of the [`PARTS`] starts. `parse` has found the sum of all to be the length, so nothing here overflows.
    fn place(&self, part: usize) -> u32 {
        let (start, known) = match part {
            part::TYPE_BYTES.. => (self.type_bytes, part::TYPE_BYTES),
            part::IMPORTS..part::TYPE_BYTES => (self.imports, part::IMPORTS),
            _ => (HEAD_LEN as u32, part::TEXT),
        };
        let before = PARTS.get(known..part).unwrap_or(&[]);
        before.iter().fold(start, |at, part| at.wrapping_add(self.len(part).next_multiple_of(4)))
    }

    /// Bytes of a part, padding excluded.
    fn len(&self, &(_, count, size): &(Part, u8, u8)) -> u32 {
        self.word(count.into()).wrapping_mul(size.into())
    }

    /// The bytes of one of the [`PARTS`] that every artifact has: all but the entries.
    #[inline(never)]
    fn records(&self, part: usize) -> &'a [u8] {
        let len = PARTS.get(part).map_or(0, |part| self.len(part) as usize);
        if len == 0 {
            // Where the content is: an empty text has to lie at a multiple of 16, too.
            return self.bytes.get(..0).unwrap_or(&[]);
        }
        self.bytes.get(self.place(part) as usize..).and_then(|rest| rest.get(..len)).unwrap_or(&[])
    }

    #[inline(never)]
    fn pools(&self) -> Pools<'a> {
        let types = self.bytes.get(self.type_bytes as usize..).unwrap_or(&[]);
        let types = types.get(..self.word(word::TYPE_BYTES) as usize).unwrap_or(&[]);
        Pools { types, strings: self.strings }
    }

    fn list<T: Record<'a>>(&self, part: usize) -> List<'a, T> {
        let records = self.records(part);
        List::new(records, if records.is_empty() { Pools::default() } else { self.pools() })
    }

    /// Read-only data and code, to be run where it lies.
    pub fn text(&self) -> &'a [u8] {
        self.records(part::TEXT)
    }

    /// Byte offset of the code in the text, behind the read-only data.
    pub fn code_start(&self) -> u32 {
        self.word(word::CODE_START)
    }

    /// The distinct function types. The words of each one's results beyond the registers fit between the header and
    /// `instance_bytes`.
    pub fn types(&self) -> List<'a, FuncType<'a>> {
        self.list(part::TYPES)
    }

    /// On a 64-bit part the trampoline `(instance, code, words)` by which the host calls functions of a type, under the C
    /// ABI; `None` elsewhere, and for a type of which the module exports no function.
    pub fn entry(&self, ty: TypeIndex) -> Option<CodeOffset> {
        let entries = self.entries();
        List::<CodeOffset>::new(entries, self.pools()).get(ty.0).filter(|code| *code != NO_ENTRY)
    }

    /// What lies between types and imports: nothing on 32-bit parts.
    fn entries(&self) -> &'a [u8] {
        self.bytes.get(self.place(part::ENTRIES) as usize..self.imports as usize).unwrap_or(&[])
    }

    /// The imports, functions first, in the order of their indices at the host gate. Every slot lies behind the header
    /// and within the instance.
    pub fn imports(&self) -> List<'a, Import<'a>> {
        self.list(part::IMPORTS)
    }

    /// The exports, sorted by name.
    pub fn exports(&self) -> List<'a, Export<'a>> {
        self.list(part::EXPORTS)
    }

    /// The module's own memories. The first one's definition is part of the header, and it lies right behind the
    /// instance; the definitions of the others lie behind the header and within the instance.
    pub fn memories(&self) -> List<'a, Memory> {
        self.list(part::MEMORIES)
    }

    /// The tables in the instance's state: definition and elements lie behind the header and within the instance.
    pub fn tables(&self) -> List<'a, Table> {
        self.list(part::TABLES)
    }

    /// The functions whose references can be taken.
    pub fn referables(&self) -> List<'a, Referable> {
        self.list(part::REFERABLES)
    }

    /// Byte offset from the instance register of an array of [`FuncRef`](sandgrain_abi::layout::FuncRef)s, one for each of the
    /// [`referables`](Self::referables): behind the header and within the instance.
    pub fn referables_place(&self) -> u32 {
        self.word(word::REFERABLES)
    }

    /// The types whose ids the code compares.
    pub fn type_ids(&self) -> List<'a, TypeIndex> {
        self.list(part::TYPE_IDS)
    }

    /// Byte offset from the instance register of an array of words, one for each of the [`type_ids`](Self::type_ids):
    /// behind the header and within the instance.
    pub fn type_ids_place(&self) -> u32 {
        self.word(word::TYPE_IDS)
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
        self.records(part::INIT_IMAGE)
    }

    /// The module's first own memory, if it has one.
    pub fn memory(&self) -> Option<Memory> {
        self.memories().get(0)
    }

    /// The guest's need of stack.
    pub fn stack(&self) -> Stack {
        let bounded = self.word(word::FLAGS) & FLAG_STACK_BOUNDED != 0;
        Stack { bytes: self.word(word::STACK_BYTES), bounded }
    }

    /// Most words of parameters that an exported function has; on a 64-bit part, where results come back in their place, of
    /// parameters or results.
    pub fn call_words(&self) -> u32 {
        self.call_words
    }

    /// What has to run before anything else does, of type `() -> ()`: it fills memory, tables and globals as far as the
    /// init image cannot, and calls the module's start function.
    pub fn start(&self) -> Option<CodeOffset> {
        (self.word(word::FLAGS) & FLAG_START != 0).then(|| CodeOffset(self.word(word::START)))
    }

    /// Bytes in front of the linear memory, header included: a multiple of 16.
    pub fn instance_bytes(&self) -> u32 {
        self.word(word::INSTANCE_BYTES)
    }

    /// The WebAssembly that the code was made from, for an interpreter, if the artifact carries it.
    pub fn wasm(&self) -> Option<&'a [u8]> {
        find_section(self.records(part::SECTIONS), section_kind::WASM)
    }

    /// What the manifest has to say about RAM.
    pub fn needs(&self) -> crate::Needs {
        crate::Needs {
            // No overflow: fewer than 2^32 records of at most 2^32 bytes each.
            memory_bytes: self.memories().iter().map(|m| m.capacity_bytes()).sum(),
            stack_bytes: self.stack().bytes,
            instance_bytes: self.instance_bytes(),
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
    let sections = u32_at(head, word::SECTIONS * 4) as usize;
    let start = content.len().checked_sub(sections).filter(|start| *start >= HEAD_LEN)?;
    find_section(content.get(start..)?, section_kind::WASM)
}
