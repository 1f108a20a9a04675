//! What opening checks: that every record decodes, and refers to something that exists.

use super::records::Record;
use super::{
    CodeOffset, Content, Export, Extern, FLAG_STACK_BOUNDED, FLAG_START, FuncType, GlobalType, Import, ImportType,
    List, Memory, MemoryType, NO_ENTRY, PARTS, Referable, Table, TypeIndex, ValTypes, part, word,
};
use crate::Error;
use crate::fault::{Fault, Part};
use sandgrain_abi::Target;
use sandgrain_abi::layout::{FuncRef, INSTANCE_ALIGN, InstanceHeader, MemoryDefinition, TableDefinition};

/// Cuts sections off, one behind the other.
pub(super) struct Cutter<'a> {
    /// Fewer than 4 GiB.
    pub bytes: &'a [u8],
    pub offset: u32,
}

impl<'a> Cutter<'a> {
    /// `count` records of `size` bytes, and padding up to a multiple of `align`, a power of two.
    pub fn cut(&mut self, what: Part, count: u32, size: u32, align: u32) -> Result<&'a [u8], Error> {
        let start = self.offset as usize;
        let len = count.saturating_mul(size) as usize;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let (Some(cut), Some(padding)) = (rest.get(..len), len.checked_next_multiple_of(align as usize)) else {
            return Err(self.truncated(what, count, size, align));
        };
        let Some(padding) = rest.get(len..padding) else { return Err(self.truncated(what, count, size, align)) };
        if padding.iter().any(|&b| b != 0) {
            return Err(Error::Content { fault: Fault::Padding, offset: (start + len) as u32 });
        }
        self.offset += (len + padding.len()) as u32;
        Ok(cut)
    }

    #[cold]
    fn truncated(&self, what: Part, count: u32, size: u32, align: u32) -> Error {
        // At most 2^32 * 28 + 2^32.
        let end = u64::from(self.offset) + u64::from(count) * u64::from(size);
        Error::Truncated { what, needed: end.next_multiple_of(align.into()), found: self.bytes.len() as u64 }
    }
}

/// What the checks of a record have to know of the target, of the content, and of the records before it.
struct Check<'c, 'a> {
    content: &'c Content<'a>,
    types: List<'a, FuncType<'a>>,
    pointer_bytes: u32,
    register_words: u32,
    /// Bytes of the instance, and of its header.
    instance: u32,
    header: u32,
    /// An import that is no function.
    other_imports: bool,
    memory: bool,
    /// The last export's name.
    export: Option<&'a str>,
    /// What [`Content::call_words`] will say.
    call_words: u32,
}

impl<'a> Content<'a> {
    /// Whether head and records, which have been cut, mean something for `target`. Returns what
    /// [`call_words`](Self::call_words) will say.
    pub(super) fn check(&self, target: Target) -> Result<u32, Error> {
        let p = target.pointer_bytes();
        let mut check = Check {
            content: self,
            types: self.types(),
            pointer_bytes: p,
            register_words: target.register_words(),
            instance: self.instance_bytes(),
            header: InstanceHeader::size(p),
            other_imports: false,
            memory: false,
            export: None,
            call_words: 0,
        };
        check.head().map_err(|(word, fault)| Error::Content { fault, offset: word as u32 * 4 })?;
        if ValTypes::new(self.pools().types).is_none() {
            return Err(Error::Content { fault: Fault::ValType, offset: self.type_bytes });
        }
        // One loop for all kinds: a loop for each would be eight times the code.
        let mut place = self.place(part::TYPES);
        for (kind, &(_, count, size)) in PARTS.iter().enumerate().take(part::TYPE_IDS + 1).skip(part::TYPES) {
            let len = match kind {
                part::ENTRIES => self.imports - place,
                _ => self.word(count.into()) * u32::from(size),
            };
            // They follow each other without padding.
            let (start, records) = (place, self.bytes.get(place as usize..(place + len) as usize).unwrap_or(&[]));
            place += len;
            for (i, record) in records.chunks_exact(size.into()).enumerate() {
                if let Err(fault) = check.record(kind, record) {
                    return Err(Error::Content { fault, offset: start + i as u32 * u32::from(size) });
                }
            }
        }
        Ok(check.call_words)
    }

    #[inline(never)]
    fn is_code(&self, code: CodeOffset) -> bool {
        code.0 >= self.code_start() && (code.0 as usize) < self.text().len() && code.0.is_multiple_of(2)
    }
}

/// The fault, unless it is `fine`.
fn unless(fine: bool, fault: Fault) -> Result<(), Fault> {
    if fine { Ok(()) } else { Err(fault) }
}

impl<'a> Check<'_, 'a> {
    /// What the head says about sizes, or the word of it that is wrong. `start` has to be zero without a start function.
    fn head(&self) -> Result<(), (usize, Fault)> {
        let content = self.content;
        let (flags, start) = (content.word(word::FLAGS), content.word(word::START));
        if flags & !(FLAG_STACK_BOUNDED | FLAG_START) != 0 {
            return Err((word::FLAGS, Fault::Flag));
        }
        if !content.code_start().is_multiple_of(2) || content.code_start() as usize > content.text().len() {
            return Err((word::CODE_START, Fault::CodeStart));
        }
        if !self.instance.is_multiple_of(INSTANCE_ALIGN) || self.instance < self.header {
            return Err((word::INSTANCE_BYTES, Fault::InstanceBytes));
        }
        if content.word(word::INIT_LENGTH) > self.instance - self.header {
            return Err((word::INIT_LENGTH, Fault::InitImage));
        }
        let p = self.pointer_bytes;
        for (place, count, size) in [
            (word::REFERABLES, content.referables().len(), FuncRef::size(p)),
            (word::TYPE_IDS, content.type_ids().len(), p),
        ] {
            let unused = count == 0 && content.word(place) == 0;
            if !unused && self.state(content.word(place), count.saturating_mul(size), p).is_err() {
                return Err((place, Fault::Places));
            }
        }
        match content.start() {
            None if start != 0 => return Err((word::START, Fault::StartUndeclared)),
            Some(code) if !content.is_code(code) => return Err((word::START, Fault::StartPlace)),
            _ => (),
        }
        unless(content.word(word::UNUSED) == 0, Fault::Word).map_err(|fault| (word::UNUSED, fault))
    }

    fn record(&mut self, kind: usize, record: &'a [u8]) -> Result<(), Fault> {
        let pools = self.content.pools();
        match kind {
            part::TYPES => {
                let room = (self.instance - self.header) / 4 + self.register_words;
                unless(FuncType::decode(record, pools)?.results.words() <= room, Fault::Results)
            }
            part::ENTRIES => {
                let code = CodeOffset::decode(record, pools)?;
                unless(code == NO_ENTRY || self.content.is_code(code), Fault::Entry)
            }
            part::IMPORTS => self.import(&Import::decode(record, pools)?),
            part::EXPORTS => self.export(&Export::decode(record, pools)?),
            part::MEMORIES => self.memory(&Memory::decode(record, pools)?),
            part::TABLES => self.table(&Table::decode(record, pools)?),
            part::REFERABLES => {
                let Referable { code, ty } = Referable::decode(record, pools)?;
                self.function(code, ty)
            }
            _ => self.ty(TypeIndex::decode(record, pools)?),
        }
    }

    fn ty(&self, ty: TypeIndex) -> Result<(), Fault> {
        unless(ty.0 < self.types.len(), Fault::TypeIndex)
    }

    fn function(&self, code: CodeOffset, ty: TypeIndex) -> Result<(), Fault> {
        unless(self.content.is_code(code), Fault::Function)?;
        self.ty(ty)
    }

    /// Notes that the host can call a function of a type.
    fn called(&mut self, ty: TypeIndex) {
        let Some(FuncType { params, results }) = self.types.at(ty) else { return };
        let words = |types: ValTypes<'_>| types.iter().map(|ty| ty.bytes(self.pointer_bytes) / 4).sum();
        let in_place: u32 = if self.pointer_bytes == 8 { words(results) } else { 0 };
        self.call_words = self.call_words.max(words(params)).max(in_place);
    }

    /// Whether `size` bytes at `offset`, a multiple of `align`, lie behind the header and within the instance. Out of
    /// line, for it has many callers.
    #[inline(never)]
    fn state(&self, offset: u32, size: u32, align: u32) -> Result<(), Fault> {
        // No instance has 2^32 - 1 bytes, which are no multiple of 16.
        let inside = offset >= self.header && offset.saturating_add(size) <= self.instance;
        unless(inside && offset.is_multiple_of(align), Fault::Place)
    }

    fn import(&mut self, import: &Import<'_>) -> Result<(), Fault> {
        let is_function = matches!(import.ty, ImportType::Func { .. });
        unless(!(is_function && self.other_imports), Fault::ImportOrder)?;
        self.other_imports |= !is_function;
        let p = self.pointer_bytes;
        let align = match import.ty {
            ImportType::Global(GlobalType { ty, mutable: false }) if ty.is_number() => 4,
            _ => p,
        };
        self.state(import.slot, import.ty.slot_bytes(p), align)?;
        match import.ty {
            ImportType::Func { ty, thunk } => self.function(thunk, ty),
            ImportType::Table(ty) => limits(ty.min, ty.max),
            ImportType::Memory(ty) => pages(&ty),
            ImportType::Global(_) => Ok(()),
        }
    }

    /// The first memory's definition is part of the header, those of the others are state.
    fn memory(&mut self, memory: &Memory) -> Result<(), Fault> {
        let p = self.pointer_bytes;
        pages(&memory.ty)?;
        let most = memory.ty.max_pages.or(MemoryType::largest(memory.ty.page_log2)).unwrap_or(0);
        unless((memory.ty.min_pages..=most).contains(&memory.capacity), Fault::MemoryCapacity)?;
        unless(!memory.fixed || memory.capacity == memory.ty.min_pages, Fault::MemoryFixed)?;
        match core::mem::replace(&mut self.memory, true) {
            false => unless(memory.definition == InstanceHeader::memory_offset(p), Fault::MemoryFirst),
            true => self.state(memory.definition, MemoryDefinition::size(p), p),
        }
    }

    fn table(&self, table: &Table) -> Result<(), Fault> {
        let p = self.pointer_bytes;
        limits(table.ty.min, table.ty.max)?;
        let fits = (table.ty.min..=table.ty.max.unwrap_or(u32::MAX)).contains(&table.capacity);
        unless(fits, Fault::TableCapacity)?;
        self.state(table.definition, TableDefinition::size(p), p)?;
        self.state(table.elements, table.capacity.saturating_mul(p), p)
    }

    fn export(&mut self, export: &Export<'a>) -> Result<(), Fault> {
        let sorted = self.export.replace(export.name).is_none_or(|last| last < export.name);
        unless(sorted, Fault::ExportOrder)?;
        let content = self.content;
        match export.item {
            Extern::Func { code, ty } => {
                self.function(code, ty)?;
                self.called(ty);
                Ok(())
            }
            Extern::Table(index) => unless(index.0 < content.tables().len(), Fault::ExportedTable),
            Extern::Memory(index) => unless(index.0 < content.memories().len(), Fault::ExportedMemory),
            Extern::Global { offset, ty } => {
                let bytes = ty.ty.bytes(self.pointer_bytes);
                self.state(offset, bytes, if ty.ty.is_number() { 4 } else { bytes })
            }
            Extern::Constant { bits, ty } => {
                unless(bits == 0 || ty.is_number(), Fault::ConstantReference)?;
                unless(ty.words() == 2 || bits >> 32 == 0, Fault::ConstantWidth)
            }
            Extern::Imported(index) => {
                let import = content.imports().get(index.0).ok_or(Fault::ExportedImport)?;
                if let ImportType::Func { ty, .. } = import.ty {
                    self.called(ty);
                }
                Ok(())
            }
        }
    }
}

fn limits(min: u32, max: Option<u32>) -> Result<(), Fault> {
    unless(min <= max.unwrap_or(u32::MAX), Fault::Limits)
}

fn pages(memory: &MemoryType) -> Result<(), Fault> {
    let largest = MemoryType::largest(memory.page_log2).ok_or(Fault::MemoryPages)?;
    unless(memory.min_pages.max(memory.max_pages.unwrap_or(0)) <= largest, Fault::MemorySize)?;
    limits(memory.min_pages, memory.max_pages)
}
