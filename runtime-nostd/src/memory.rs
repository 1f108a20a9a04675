//! Raw access to an arena. Everything that the runtime reads or writes in one goes through here.
//!
//! An arena belongs to its instance for `'a`. While guest code runs, it writes header, globals, memory and stack; no
//! reference into the arena exists then, because every method borrows the [`Arena`] and returns before.

use core::marker::PhantomData;
use core::ptr::NonNull;

use sandgrain_abi::layout::{Field, INSTANCE_ALIGN, InstanceHeader, StoreField};

use crate::arch::POINTER_BYTES;
use crate::limits::Layout;

/// Bytes of the header.
const HEADER: usize = InstanceHeader::size(POINTER_BYTES) as usize;

/// Written below the guest's stack use by [`Arena::paint_stack`].
const PAINT: u32 = 0x5a6d_5a6d;

/// The arena behind its first multiple of 16.
///
/// Header and globals are laid out with 32-bit words on every part (on a 64-bit host the addresses in the header are
/// cut off, and no code runs).
#[derive(Debug)]
pub(crate) struct Arena<'a> {
    base: NonNull<u8>,
    len: usize,
    layout: Layout,
    arena: PhantomData<&'a mut [u8]>,
}

/// `arena` from its first multiple of 16.
pub(crate) fn align(arena: &mut [u8]) -> &mut [u8] {
    let pad = arena.as_ptr().align_offset(INSTANCE_ALIGN as usize).min(arena.len());
    &mut arena[pad..]
}

impl<'a> Arena<'a> {
    /// `bytes` start at a multiple of 16 and are what `layout` was computed for.
    pub(crate) fn new(bytes: &'a mut [u8], layout: Layout) -> Arena<'a> {
        let base = NonNull::from(&mut *bytes).cast::<u8>();
        // Guest code is given addresses, not pointers.
        base.as_ptr().expose_provenance();
        Arena { base, len: bytes.len(), layout, arena: PhantomData }
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Bytes in use or reserved: all of them.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Address of the byte at `offset`.
    pub(crate) fn address(&self, offset: usize) -> usize {
        self.base.as_ptr().addr() + offset
    }

    /// The bytes `start..start + len`; empty if they do not lie in the arena.
    pub(crate) fn bytes(&mut self, start: usize, len: usize) -> &mut [u8] {
        match start.checked_add(len) {
            // SAFETY: inside the arena, which is initialised and borrowed exclusively for 'a; no other reference into
            // it exists, since each is bound to a borrow of `self`.
            Some(end) if end <= self.len => unsafe {
                core::slice::from_raw_parts_mut(self.base.as_ptr().add(start), len)
            },
            _ => &mut [],
        }
    }

    /// The word at `offset`; 0 outside of the arena.
    pub(crate) fn word(&self, offset: usize) -> u32 {
        if offset.is_multiple_of(4) && offset.checked_add(4).is_some_and(|end| end <= self.len) {
            // SAFETY: inside the arena and aligned, since its base is a multiple of 16. Volatile: guest code writes
            // here, and the optimiser sees no connection between entering it and this memory.
            unsafe { self.base.as_ptr().add(offset).cast::<u32>().read_volatile() }
        } else {
            0
        }
    }

    /// Writes the word at `offset`; does nothing outside of the arena.
    pub(crate) fn set_word(&mut self, offset: usize, value: u32) {
        if offset.is_multiple_of(4) && offset.checked_add(4).is_some_and(|end| end <= self.len) {
            // SAFETY: as for `word`.
            unsafe { self.base.as_ptr().add(offset).cast::<u32>().write_volatile(value) }
        }
    }

    /// The pointer-sized word at `offset`; 0 outside of the arena.
    pub(crate) fn pointer(&self, offset: usize) -> usize {
        let low = self.word(offset) as usize;
        if POINTER_BYTES == 8 { (self.word(offset + 4) as usize).wrapping_shl(32) | low } else { low }
    }

    /// Writes the pointer-sized word at `offset`; does nothing outside of the arena.
    pub(crate) fn set_pointer(&mut self, offset: usize, value: usize) {
        self.set_word(offset, value as u32);
        if POINTER_BYTES == 8 {
            self.set_word(offset + 4, (value as u64 >> 32) as u32);
        }
    }

    pub(crate) fn field(&self, field: Field) -> usize {
        self.pointer(self.layout.header + field.offset(POINTER_BYTES) as usize)
    }

    pub(crate) fn set_field(&mut self, field: Field, value: usize) {
        self.set_pointer(self.layout.header + field.offset(POINTER_BYTES) as usize, value);
    }

    pub(crate) fn store_field(&self, field: StoreField) -> usize {
        self.pointer(field.offset(POINTER_BYTES) as usize)
    }

    pub(crate) fn set_store_field(&mut self, field: StoreField, value: usize) {
        self.set_pointer(field.offset(POINTER_BYTES) as usize, value);
    }

    /// Copies the init image behind the header. It was checked to fit.
    pub(crate) fn init(&mut self, image: &[u8]) {
        let place = self.bytes(self.layout.header + HEADER, image.len());
        if place.len() == image.len() {
            place.copy_from_slice(image);
        }
    }

    /// Entry `index` of the import table.
    pub(crate) fn import(&self, index: u32) -> u32 {
        self.word(self.layout.imports + index as usize * 4)
    }

    pub(crate) fn set_import(&mut self, index: u32, value: u32) {
        self.set_word(self.layout.imports + index as usize * 4, value);
    }

    /// Word `index` of the result area.
    pub(crate) fn result(&self, index: usize) -> u32 {
        self.word(self.layout.header + HEADER + index * 4)
    }

    pub(crate) fn set_result(&mut self, index: usize, value: u32) {
        self.set_word(self.layout.header + HEADER + index * 4, value);
    }

    /// The linear memory as it is now.
    pub(crate) fn memory(&mut self) -> &mut [u8] {
        let len = self.field(Field::memory_limit).min(self.layout.memory_capacity as usize);
        self.bytes(self.layout.memory, len)
    }

    /// Fills the guest's stack with a pattern.
    pub(crate) fn paint_stack(&mut self) {
        for offset in (self.layout.stack..self.layout.stack_top).step_by(4) {
            self.set_word(offset, PAINT);
        }
    }

    /// Bytes of the guest's stack that were written since [`paint_stack`](Self::paint_stack).
    pub(crate) fn stack_used(&self) -> u32 {
        let untouched = (self.layout.stack..self.layout.stack_top).step_by(4).find(|&o| self.word(o) != PAINT);
        untouched.map_or(0, |lowest| (self.layout.stack_top - lowest) as u32)
    }
}
