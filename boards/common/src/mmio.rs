//! Access to device registers.

/// A block of 32-bit device registers.
#[derive(Clone, Copy)]
pub(crate) struct Registers(usize);

impl Registers {
    /// # Safety
    /// `base..base + size of the device` must be device registers for which word reads and writes at the offsets that
    /// the holder uses have no effect on memory that Rust knows of, except where the holder says so.
    pub(crate) const unsafe fn new(base: usize) -> Self {
        Self(base)
    }

    #[allow(dead_code, reason = "the network-free firmware of a board may only write")]
    #[inline(always)]
    pub(crate) fn read(self, offset: usize) -> u32 {
        // SAFETY: `new`'s caller vouched for the block; offsets are constants of the holder.
        unsafe { ((self.0 + offset) as *const u32).read_volatile() }
    }

    #[inline(always)]
    pub(crate) fn write(self, offset: usize, value: u32) {
        // SAFETY: as in `read`.
        unsafe { ((self.0 + offset) as *mut u32).write_volatile(value) }
    }
}
