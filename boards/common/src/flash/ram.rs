//! RAM that keeps NOR flash's rules: erasing sets every bit of a sector, programming only clears bits.
//!
//! It is not storage: what it holds is lost with power. It does survive a warm reset of an emulated board, because QEMU
//! leaves RAM alone on reset.

use core::marker::PhantomData;
use core::ops::Range;
use core::ptr::NonNull;
use core::slice;

use embedded_storage::nor_flash::{ErrorType, MultiwriteNorFlash, NorFlash, ReadNorFlash};

use super::{FlashError, SECTOR, WORD, check_programmable, checked_range};

/// A NOR flash in RAM.
pub struct RamFlash<'a> {
    /// Held as a pointer, so that a slice of one sector may live while another is written (`mapped_static`).
    base: NonNull<u8>,
    len: usize,
    memory: PhantomData<&'a mut [u8]>,
}

impl<'a> RamFlash<'a> {
    /// Takes `memory` as it is: erased it is only where it is 0xFF. What does not fill a sector at the end is unused.
    pub fn new(memory: &'a mut [u8]) -> Self {
        Self { len: memory.len() - memory.len() % SECTOR, base: NonNull::from(memory).cast(), memory: PhantomData }
    }

    /// The whole content.
    pub fn mapped(&self) -> &[u8] {
        self.slice(0..self.len)
    }

    /// Part of the content for as long as the memory lives, so that a module can run from it while other sectors are
    /// written. `None` if `range` does not lie inside.
    ///
    /// # Safety
    /// While the slice lives no sector that it overlaps may be erased or programmed.
    pub unsafe fn mapped_static(&self, range: Range<usize>) -> Option<&'a [u8]> {
        let len = range.end.checked_sub(range.start)?;
        if range.end > self.len {
            return None;
        }
        // SAFETY: inside the memory, which is borrowed for 'a; not written meanwhile, says the caller.
        Some(unsafe { slice::from_raw_parts(self.base.add(range.start).as_ptr(), len) })
    }

    /// `range` must come from `checked_range`.
    fn slice(&self, range: Range<usize>) -> &[u8] {
        assert!(range.end <= self.len);
        // SAFETY: inside the memory; writing needs `&mut self`.
        unsafe { slice::from_raw_parts(self.base.add(range.start).as_ptr(), range.len()) }
    }

    /// `range` must come from `checked_range`.
    fn slice_mut(&mut self, range: Range<usize>) -> &mut [u8] {
        assert!(range.end <= self.len);
        // SAFETY: inside the memory; `&mut self` excludes `slice`, the contract of `mapped_static` its slices.
        unsafe { slice::from_raw_parts_mut(self.base.add(range.start).as_ptr(), range.len()) }
    }
}

impl ErrorType for RamFlash<'_> {
    type Error = FlashError;
}

impl ReadNorFlash for RamFlash<'_> {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), FlashError> {
        let range = checked_range(offset, bytes.len(), 1, self.len)?;
        bytes.copy_from_slice(self.slice(range));
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.len
    }
}

impl NorFlash for RamFlash<'_> {
    const WRITE_SIZE: usize = WORD;
    const ERASE_SIZE: usize = SECTOR;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), FlashError> {
        let len = to.checked_sub(from).ok_or(FlashError::OutOfBounds)? as usize;
        let range = checked_range(from, len, SECTOR, self.len)?;
        self.slice_mut(range).fill(0xFF);
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), FlashError> {
        let range = checked_range(offset, bytes.len(), WORD, self.len)?;
        let target = self.slice_mut(range);
        check_programmable(target, bytes, offset)?;
        target.copy_from_slice(bytes);
        Ok(())
    }
}

impl MultiwriteNorFlash for RamFlash<'_> {}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec;

    #[test]
    fn programming_only_clears_bits_until_the_sector_is_erased() {
        let mut memory = vec![0xFF; 2 * SECTOR + 5];
        let mut flash = RamFlash::new(&mut memory);
        assert_eq!(flash.capacity(), 2 * SECTOR);
        let at = SECTOR as u32;
        flash.write(at, &[0xF0; 8]).unwrap();
        flash.write(at, &[0x30; 8]).unwrap();
        assert_eq!(
            flash.write(at, &[0x30, 0x30, 0x30, 0x30, 0x30, 0x31, 0x30, 0x30]),
            Err(FlashError::NotErased { offset: at + 4 })
        );
        assert_eq!(flash.mapped()[SECTOR..SECTOR + 9], [0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0xFF]);
        flash.erase(at, at + SECTOR as u32).unwrap();
        assert!(flash.mapped().iter().all(|&byte| byte == 0xFF));
    }

    #[test]
    fn unaligned_and_outlying_operations_change_nothing() {
        let mut memory = vec![0xFF; SECTOR];
        let mut flash = RamFlash::new(&mut memory);
        let end = SECTOR as u32;
        assert_eq!(flash.write(2, &[0; 4]), Err(FlashError::NotAligned));
        assert_eq!(flash.write(0, &[0; 3]), Err(FlashError::NotAligned));
        assert_eq!(flash.write(end, &[0; 4]), Err(FlashError::OutOfBounds));
        assert_eq!(flash.write(u32::MAX - 3, &[0; 8]), Err(FlashError::OutOfBounds));
        assert_eq!(flash.erase(0, 4096), Err(FlashError::NotAligned));
        assert_eq!(flash.erase(end, 0), Err(FlashError::OutOfBounds));
        assert_eq!(flash.read(end - 1, &mut [0; 2]), Err(FlashError::OutOfBounds));
        assert!(flash.mapped().iter().all(|&byte| byte == 0xFF));
    }
}
