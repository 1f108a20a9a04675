//! The front of an arena, for what Rust keeps of an instance.

use core::slice;

use crate::value::Cause;

/// What is left of an arena, from the front on.
pub(crate) struct Front {
    start: *mut u8,
    at: *mut u8,
    left: usize,
}

impl Front {
    /// # Safety
    /// `start` is null, or points at `size` bytes that nobody else uses for as long as what is taken from them.
    pub(crate) unsafe fn new(start: *mut u8, size: usize) -> Front {
        let left = if start.is_null() { 0 } else { size };
        Front { start, at: start, left }
    }

    /// Room for `count` values, uninitialised.
    ///
    /// # Errors
    /// [`Cause::Arena`] without room for them.
    pub(crate) fn take<V>(&mut self, count: usize) -> Result<*mut V, Cause> {
        let padding = self.at.align_offset(align_of::<V>());
        let found = self.used() + self.left;
        let needed = size_of::<V>().saturating_mul(count).saturating_add(padding);
        if needed > self.left {
            return Err(Cause::Arena { needed: self.used().saturating_add(needed), found });
        }
        let place = self.at.wrapping_add(padding).cast();
        self.at = self.at.wrapping_add(needed);
        self.left -= needed;
        Ok(place)
    }

    /// Bytes taken so far.
    pub(crate) fn used(&self) -> usize {
        self.at.addr() - self.start.addr()
    }

    /// What is left, whatever it holds.
    pub(crate) fn rest(self) -> &'static mut [u8] {
        match self.at.is_null() {
            true => &mut [],
            // SAFETY: by the contract of `new`, the bytes are there, and nobody else uses them; nothing of them was given
            // away. Bytes of any value are valid.
            false => unsafe { slice::from_raw_parts_mut(self.at, self.left) },
        }
    }
}
