//! Raw access to an arena. Everything that the runtime reads or writes in one goes through here.
//!
//! An arena belongs to its instance, or a stack to its store, for `'a`. While guest code runs, it writes headers, state,
//! memory and stack; no reference into an arena exists then, because every method borrows the [`Arena`] and returns
//! before.

use core::marker::PhantomData;
use core::ops::Range;
use core::ptr::NonNull;

use sandgrain_abi::layout::INSTANCE_ALIGN;

use crate::arch::POINTER_BYTES;
use crate::helpers::fill;

/// Written below the guest's stack use by [`Arena::paint`].
const PAINT: u32 = 0x5a6d_5a6d;

/// Memory from a multiple of 16 on.
#[derive(Debug)]
pub(crate) struct Arena<'a> {
    base: NonNull<u8>,
    len: usize,
    arena: PhantomData<&'a mut [u8]>,
}

/// `arena` from its first multiple of 16.
pub(crate) fn align(arena: &mut [u8]) -> &mut [u8] {
    let pad = arena.as_ptr().align_offset(INSTANCE_ALIGN as usize).min(arena.len());
    &mut arena[pad..]
}

impl<'a> Arena<'a> {
    /// `bytes` start at a multiple of 16.
    pub(crate) fn new(bytes: &'a mut [u8]) -> Arena<'a> {
        let base = NonNull::from(&mut *bytes).cast::<u8>();
        // Guest code is given addresses, not pointers.
        base.as_ptr().expose_provenance();
        Arena { base, len: bytes.len(), arena: PhantomData }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Address of the byte at `offset`.
    pub(crate) fn address(&self, offset: usize) -> usize {
        self.base.as_ptr().addr() + offset
    }

    /// Its addresses, up to the last multiple of 16.
    #[cfg(any(feature = "containment", feature = "linux"))]
    pub(crate) fn range(&self) -> Range<usize> {
        self.address(0)..self.address(self.len & !15)
    }

    /// Offset of the byte at `address`, if it lies in the arena.
    pub(crate) fn offset(&self, address: usize) -> Option<usize> {
        let offset = address.wrapping_sub(self.address(0));
        (offset < self.len).then_some(offset)
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

    /// Clears the bytes `start..start + len`; does nothing if they do not lie in the arena.
    pub(crate) fn clear(&mut self, start: usize, len: usize) {
        let bytes = self.bytes(start, len);
        // SAFETY: a slice's bytes.
        unsafe { fill(bytes.as_mut_ptr(), 0, bytes.len()) };
    }

    /// The 32-bit word at `offset`; 0 outside of the arena.
    pub(crate) fn word(&self, offset: usize) -> u32 {
        if offset.is_multiple_of(4) && offset.checked_add(4).is_some_and(|end| end <= self.len) {
            // SAFETY: inside the arena and aligned, since its base is a multiple of 16. Volatile: guest code writes
            // here, and the optimiser sees no connection between entering it and this memory.
            unsafe { self.base.as_ptr().add(offset).cast::<u32>().read_volatile() }
        } else {
            0
        }
    }

    /// Writes the 32-bit word at `offset`; does nothing outside of the arena.
    pub(crate) fn set_word(&mut self, offset: usize, value: u32) {
        if offset.is_multiple_of(4) && offset.checked_add(4).is_some_and(|end| end <= self.len) {
            // SAFETY: as for `word`.
            unsafe { self.base.as_ptr().add(offset).cast::<u32>().write_volatile(value) }
        }
    }

    /// The value of `bytes` (4 or 8) bytes at `offset`; 0 outside of the arena.
    pub(crate) fn value(&self, offset: usize, bytes: u32) -> u64 {
        let high = if bytes == 8 { self.word(offset + 4) } else { 0 };
        u64::from(high) << 32 | u64::from(self.word(offset))
    }

    /// Writes a value of `bytes` (4 or 8) bytes at `offset`; does nothing outside of the arena.
    pub(crate) fn set_value(&mut self, offset: usize, bytes: u32, value: u64) {
        self.set_word(offset, value as u32);
        if bytes == 8 {
            self.set_word(offset + 4, (value >> 32) as u32);
        }
    }

    /// The address at `offset`; 0 outside of the arena.
    pub(crate) fn pointer(&self, offset: usize) -> usize {
        match POINTER_BYTES {
            4 => self.word(offset) as usize,
            _ => self.value(offset, POINTER_BYTES) as usize,
        }
    }

    /// Writes an address at `offset`; does nothing outside of the arena.
    #[inline(never)]
    pub(crate) fn set_pointer(&mut self, offset: usize, value: usize) {
        match POINTER_BYTES {
            4 => self.set_word(offset, value as u32),
            _ => self.set_value(offset, POINTER_BYTES, value as u64),
        }
    }

    /// Fills words with a pattern.
    pub(crate) fn paint(&mut self, range: Range<usize>) {
        range.step_by(4).for_each(|offset| self.set_word(offset, PAINT));
    }

    /// First word in `range` that [`paint`](Self::paint) has not written last.
    pub(crate) fn first_unpainted(&self, range: Range<usize>) -> Option<usize> {
        range.step_by(4).find(|&offset| self.word(offset) != PAINT)
    }
}
