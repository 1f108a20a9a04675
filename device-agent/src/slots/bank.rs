//! The flash as modules see it: what runs from it has to wait while it is erased or programmed.

use core::ops::Range;

use embedded_storage::nor_flash::{NorFlash, NorFlashError};

use super::StoreFault;

/// What a bank is busy with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// One sector is erased.
    Erase,
    /// At most [`MAX_PROGRAM`] bytes are programmed.
    Program,
}

/// Most bytes that are programmed while a bank is suspended once.
pub const MAX_PROGRAM: usize = 256;

/// NOR flash that modules run from.
///
/// A part cannot read a bank, and so not execute from it, while it erases or programs in that bank. The store therefore
/// suspends the bank before each sector that it erases and before each piece that it programs, and resumes it after
/// each: a module waits for one sector, not for a slot.
pub trait ModuleFlash: NorFlash {
    /// Longest time in µs for which a bank is away because one sector is erased, as the part's data sheet says.
    const ERASE_US: u32;
    /// Longest time in µs for which a bank is away because [`MAX_PROGRAM`] bytes are programmed.
    const PROGRAM_US: u32;

    /// The bank that this offset is in. Parts that can read while they write have several.
    fn bank(&self, offset: u32) -> u8;

    /// When this returns, no module whose code is in the bank runs or is read, until [`resume`](Self::resume).
    fn suspend(&mut self, bank: u8, work: Work);

    /// The bank can be read and executed again.
    fn resume(&mut self, bank: u8);
}

impl<F: ModuleFlash> ModuleFlash for &mut F {
    const ERASE_US: u32 = F::ERASE_US;
    const PROGRAM_US: u32 = F::PROGRAM_US;

    fn bank(&self, offset: u32) -> u8 {
        F::bank(self, offset)
    }

    fn suspend(&mut self, bank: u8, work: Work) {
        F::suspend(self, bank, work);
    }

    fn resume(&mut self, bank: u8) {
        F::resume(self, bank);
    }
}

/// Erases the sectors of a range, one at a time.
pub(super) fn erase<F: ModuleFlash>(flash: &mut F, range: Range<u32>) -> Result<(), StoreFault> {
    for at in range.step_by(F::ERASE_SIZE) {
        let bank = flash.bank(at);
        flash.suspend(bank, Work::Erase);
        let done = flash.erase(at, at + F::ERASE_SIZE as u32);
        flash.resume(bank);
        done.map_err(|e| StoreFault::Flash(e.kind()))?;
    }
    Ok(())
}

/// Programs whole words, a piece at a time. Pieces end at multiples of [`MAX_PROGRAM`], where a part's pages end too.
pub(super) fn program<F: ModuleFlash>(flash: &mut F, mut at: u32, mut bytes: &[u8]) -> Result<(), StoreFault> {
    while !bytes.is_empty() {
        let room = MAX_PROGRAM - at as usize % MAX_PROGRAM;
        let (piece, rest) = bytes.split_at(room.min(bytes.len()));
        let bank = flash.bank(at);
        flash.suspend(bank, Work::Program);
        let done = flash.write(at, piece);
        flash.resume(bank);
        done.map_err(|e| StoreFault::Flash(e.kind()))?;
        at += piece.len() as u32;
        bytes = rest;
    }
    Ok(())
}
