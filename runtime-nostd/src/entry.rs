//! One instance of a store: its content and its arena.

use sandgrain_abi::Target;
use sandgrain_abi::layout::{Field, FuncRef, FuncRefField, InstanceHeader, MemoryField};
#[cfg(target_pointer_width = "64")]
use sandgrain_artifact::TypeIndex;
use sandgrain_artifact::{CodeOffset, Content, Extern, Import, ImportIndex, ImportType};

use crate::arch::{CODE_BIT, POINTER_BYTES};
use crate::host::{HostFunction, STUB};
use crate::memory::Arena;

/// Bytes of the instance header.
const HEADER: u32 = InstanceHeader::size(POINTER_BYTES);

/// An instance. What its code reads and writes lies in the arena; offsets count from the instance register.
pub(crate) struct Entry<'a, T> {
    pub(crate) content: Content<'a>,
    pub(crate) target: Target,
    /// The host functions that its import table refers to.
    pub(crate) definitions: &'a [Option<HostFunction<T>>],
    pub(crate) arena: Arena<'a>,
    /// Where the header lies in the arena.
    pub(crate) header: usize,
    /// Address of the definition of the first memory that the module uses: an imported one, or else its own. 0 without.
    pub(crate) memory: usize,
}

impl<'a, T> Entry<'a, T> {
    /// Address of the header.
    pub(crate) fn address(&self) -> usize {
        self.arena.address(self.header)
    }

    /// The value of `bytes` (4 or 8) bytes at `offset`.
    pub(crate) fn value(&self, offset: u32, bytes: u32) -> u64 {
        self.arena.value(self.header + offset as usize, bytes)
    }

    pub(crate) fn set_value(&mut self, offset: u32, bytes: u32, value: u64) {
        self.arena.set_value(self.header + offset as usize, bytes, value);
    }

    pub(crate) fn pointer(&self, offset: u32) -> usize {
        self.arena.pointer(self.header + offset as usize)
    }

    pub(crate) fn set_pointer(&mut self, offset: u32, value: usize) {
        self.arena.set_pointer(self.header + offset as usize, value);
    }

    pub(crate) fn set_field(&mut self, field: Field, value: usize) {
        self.set_pointer(field.offset(POINTER_BYTES), value);
    }

    /// Word `index` of the result area.
    pub(crate) fn result(&self, index: usize) -> u32 {
        self.arena.word(self.header + HEADER as usize + index * 4)
    }

    pub(crate) fn set_result(&mut self, index: usize, value: u32) {
        self.arena.set_word(self.header + HEADER as usize + index * 4, value);
    }

    /// What stands for imported function `index`: the index of a definition, or [`STUB`] and the number of calls.
    pub(crate) fn import(&self, index: u32) -> u32 {
        self.arena.word(index as usize * 4)
    }

    pub(crate) fn set_import(&mut self, index: u32, value: u32) {
        self.arena.set_word(index as usize * 4, value);
    }

    /// The imports that were replaced by stubs, with the number of their calls.
    pub(crate) fn stub_calls(&self) -> impl Iterator<Item = (Import<'a>, u32)> + use<'_, 'a, T> {
        let functions = self.content.imports();
        functions.iter().take_while(|import| matches!(import.ty, ImportType::Func { .. })).enumerate().filter_map(
            |(i, import)| {
                let entry = self.import(i as u32);
                (entry & STUB != 0).then_some((import, entry & !STUB))
            },
        )
    }

    /// Address to enter a function at, including the bit that says "Thumb".
    pub(crate) fn code(&self, code: CodeOffset) -> usize {
        (self.content.text().as_ptr().expose_provenance() + code.0 as usize) | CODE_BIT
    }

    /// Address of the trampoline by which the host calls functions of a type; 0 if it calls none.
    #[cfg(target_pointer_width = "64")]
    pub(crate) fn trampoline(&self, ty: TypeIndex) -> usize {
        self.content.entry(ty).map_or(0, |code| self.code(code))
    }

    /// Offset in the text of a return address, if it lies in it.
    pub(crate) fn code_offset(&self, address: usize) -> Option<u32> {
        let text = self.content.text();
        let offset = (address & !CODE_BIT).wrapping_sub(text.as_ptr().addr());
        (offset <= text.len()).then_some(offset as u32)
    }

    /// Copies the init image behind the header. It was checked to fit.
    pub(crate) fn init(&mut self, image: &[u8]) {
        let place = self.arena.bytes(self.header + HEADER as usize, image.len());
        if place.len() == image.len() {
            place.copy_from_slice(image);
        }
    }

    /// The bytes of the memory whose definition lies at `definition`.
    pub(crate) fn memory_at(&mut self, definition: u32) -> &mut [u8] {
        let field = |field: MemoryField| self.pointer(definition + field.offset(POINTER_BYTES));
        let (base, len) = (field(MemoryField::base), field(MemoryField::limit));
        match self.arena.offset(base) {
            Some(start) => self.arena.bytes(start, len),
            None => &mut [],
        }
    }

    /// Writes a [`FuncRef`] at `offset`.
    #[inline(never)]
    pub(crate) fn set_func_ref(&mut self, offset: u32, value: &FuncRef) {
        let at = |field: FuncRefField| offset + field.offset(POINTER_BYTES);
        self.set_pointer(at(FuncRefField::code), value.code);
        self.set_pointer(at(FuncRefField::instance), value.instance);
        self.set_pointer(at(FuncRefField::type_id), value.type_id);
    }

    /// The [`FuncRef`] at `offset`.
    pub(crate) fn func_ref(&self, offset: u32) -> FuncRef {
        let at = |field: FuncRefField| self.pointer(offset + field.offset(POINTER_BYTES));
        FuncRef {
            code: at(FuncRefField::code),
            instance: at(FuncRefField::instance),
            type_id: at(FuncRefField::type_id),
        }
    }

    /// Whether a [`FuncRef`] of this instance lies at `address`.
    pub(crate) fn has_func_ref(&self, address: usize) -> bool {
        let Some(offset) = self.arena.offset(address).and_then(|offset| offset.checked_sub(self.header)) else {
            return false;
        };
        let in_array = offset.checked_sub(self.content.referables_place() as usize).is_some_and(|distance| {
            let size = FuncRef::size(POINTER_BYTES) as usize;
            distance.is_multiple_of(size) && distance / size < self.content.referables().len() as usize
        });
        in_array
            || self
                .content
                .imports()
                .iter()
                .any(|import| matches!(import.ty, ImportType::Func { .. }) && import.slot as usize == offset)
    }

    /// Place of the slot of import `index`.
    pub(crate) fn slot(&self, index: ImportIndex) -> Option<u32> {
        self.content.imports().get(index.0).map(|import| import.slot)
    }

    /// Address of what is exported as `item` and referred to by address: a memory, a table or a global's cell.
    pub(crate) fn place(&self, item: Extern) -> Option<usize> {
        let offset = match item {
            Extern::Memory(index) => self.content.memories().get(index.0)?.definition,
            Extern::Table(index) => self.content.tables().get(index.0)?.definition,
            Extern::Global { offset, .. } => offset,
            Extern::Imported(index) => return Some(self.pointer(self.slot(index)?)),
            Extern::Func { .. } | Extern::Constant { .. } => return None,
        };
        Some(self.arena.address(self.header + offset as usize))
    }
}
