//! Flash, behind `embedded_storage`'s NOR traits: a real (emulated) NOR chip on riscv32 virt, RAM that behaves like one
//! on an386. Both have sectors of 256 KiB, a write unit of 4 bytes, and refuse to program a 0 bit back to 1.

#[cfg(feature = "virtio")]
pub mod cfi;
pub mod ram;

use embedded_storage::nor_flash::{NorFlashError, NorFlashErrorKind};

/// Bytes of an erase sector, on every board.
pub const SECTOR: usize = 0x4_0000;
/// Bytes of a write unit, on every board.
pub const WORD: usize = 4;

/// Why a flash operation was not carried out, or not completely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashError {
    /// An offset or length that is no multiple of the write unit or sector: the caller's mistake.
    NotAligned,
    /// Beyond the end of the flash: the caller's mistake.
    OutOfBounds,
    /// Programming would have to set a bit that is 0, at this offset: erase the sector first. Nothing was written.
    NotErased {
        /// Offset of the first such write unit.
        offset: u32,
    },
    /// The chip reported that it could not erase or program: worn out, or write-protected.
    Device {
        /// The chip's status register.
        status: u32,
    },
}

impl NorFlashError for FlashError {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            FlashError::NotAligned => NorFlashErrorKind::NotAligned,
            FlashError::OutOfBounds => NorFlashErrorKind::OutOfBounds,
            FlashError::NotErased { .. } | FlashError::Device { .. } => NorFlashErrorKind::Other,
        }
    }
}

/// `offset..offset + len` as a range, if it lies inside `capacity` and both ends are multiples of `unit`.
fn checked_range(offset: u32, len: usize, unit: usize, capacity: usize) -> Result<core::ops::Range<usize>, FlashError> {
    let start = offset as usize;
    let end = start.checked_add(len).ok_or(FlashError::OutOfBounds)?;
    if end > capacity {
        return Err(FlashError::OutOfBounds);
    }
    if !start.is_multiple_of(unit) || !len.is_multiple_of(unit) {
        return Err(FlashError::NotAligned);
    }
    Ok(start..end)
}

/// Fails if programming `new` over `old`, which lies at `offset`, would have to set a bit.
fn check_programmable(old: &[u8], new: &[u8], offset: u32) -> Result<(), FlashError> {
    match old.iter().zip(new).position(|(old, new)| new & !old != 0) {
        Some(at) => Err(FlashError::NotErased { offset: offset + (at - at % WORD) as u32 }),
        None => Ok(()),
    }
}
