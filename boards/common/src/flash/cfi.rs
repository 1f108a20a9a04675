//! Parallel NOR flash with Intel's command set (CFI command set 0001h): the pflash bank of QEMU's riscv32 virt.
//!
//! The bank is two 16-bit chips side by side on a 32-bit bus, so every command and status word is doubled. Between
//! operations it is in read-array mode and can be read and executed like memory; during one it answers every read with
//! its status, so this code must not lie in the bank, and no module may run from it meanwhile. On this board both hold:
//! the firmware runs from RAM, and a guest never runs while host code does. Interrupts may stay enabled: their
//! handlers touch neither the bank nor a guest.
//!
//! QEMU's model programs 0 bits back to 1 without complaint; here that is refused as on a real chip.
//!
//! Worst cases: one sector's erase or one buffer's program time of the chip, bounded by `POLL_LIMIT` status reads.
//! Source: JEDEC JESD68.01 (CFI), Intel Application Note 646 (command set 0001h).

use core::hint;
use core::ops::Range;
use core::ptr::NonNull;
use core::slice;

use embedded_storage::nor_flash::{ErrorType, MultiwriteNorFlash, NorFlash, ReadNorFlash};

use super::{FlashError, SECTOR, WORD, check_programmable, checked_range};

/// A command or status byte in each of the two chips' lanes.
const fn doubled(byte: u32) -> u32 {
    byte | byte << 16
}

const READ_ARRAY: u32 = doubled(0xFF);
const READ_STATUS: u32 = doubled(0x70);
const CLEAR_STATUS: u32 = doubled(0x50);
const QUERY: u32 = doubled(0x98);
const ERASE: u32 = doubled(0x20);
const WRITE_BUFFER: u32 = doubled(0xE8);
const CONFIRM: u32 = doubled(0xD0);

const STATUS_READY: u32 = doubled(0x80);
/// Erase error, program error, VPP low, block locked.
const STATUS_ERRORS: u32 = doubled(0x3A);

/// Offsets into the query table count in bus words (JESD68.01, table 1).
const QUERY_STRING: usize = 0x10;
const QUERY_COMMAND_SET: usize = 0x13;
const QUERY_DEVICE_SIZE: usize = 0x27;
const QUERY_BUFFER_SIZE: usize = 0x2A;

/// Status reads before an operation counts as failed; far more than a slow chip's worst erase takes.
const POLL_LIMIT: u32 = 50_000_000;

const CHIPS: usize = 2;

/// Largest write buffer used, in bytes of the bank. A chip's smaller one is respected; QEMU means the bank's where the
/// table has the chip's, so twice the table's value would be too much.
const MAX_BUFFER: usize = 2048;

/// A range of whole sectors of the bank.
pub struct CfiFlash {
    base: NonNull<u32>,
    len: usize,
    /// Bytes that one buffered program can take; a power of two.
    buffer: usize,
}

/// Why there is no usable flash at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProbeError {
    /// Nothing there answers the CFI query (QEMU: no `-drive if=pflash,unit=1`).
    NoFlash,
    /// A flash with another command set than Intel's.
    CommandSet(u32),
    /// Smaller than the range asked for.
    TooSmall {
        /// Bytes of the whole bank.
        found: usize,
    },
}

impl CfiFlash {
    /// Asks the bank at `bank` who it is, and takes the range `base..base + len` of it.
    ///
    /// # Safety
    /// `bank` must be a flash bank, or memory where nothing can be harmed by the writes of a CFI query. `base` and
    /// `len` must be multiples of [`SECTOR`], the range inside the bank's address range, and no other `CfiFlash` may
    /// exist for the bank: its operations would disturb this one's.
    pub unsafe fn probe(bank: usize, base: usize, len: usize) -> Result<Self, ProbeError> {
        let word = |index: usize| {
            // SAFETY: inside the bank's first sector, says the caller.
            unsafe { ((bank + WORD * index) as *const u32).read_volatile() }
        };
        // SAFETY: as above.
        let command = |value| unsafe { (bank as *mut u32).write_volatile(value) };

        command(READ_ARRAY);
        // SAFETY: 55h is the query's address; as above.
        unsafe { ((bank + WORD * 0x55) as *mut u32).write_volatile(QUERY) };
        let string = [0, 1, 2].map(|i| word(QUERY_STRING + i) & 0xFF);
        let command_set = word(QUERY_COMMAND_SET) & 0xFF;
        let device_size = word(QUERY_DEVICE_SIZE) & 0xFF;
        let buffer_size = word(QUERY_BUFFER_SIZE) & 0xFF;
        command(READ_ARRAY);

        if string != [u32::from(b'Q'), u32::from(b'R'), u32::from(b'Y')] {
            return Err(ProbeError::NoFlash);
        }
        if command_set != 1 {
            return Err(ProbeError::CommandSet(command_set));
        }
        let found = CHIPS.checked_shl(device_size).unwrap_or(0); // the table describes one chip
        if base + len - bank > found {
            return Err(ProbeError::TooSmall { found });
        }
        Ok(Self {
            base: NonNull::new(base as *mut u32).ok_or(ProbeError::NoFlash)?,
            len,
            buffer: (1usize << buffer_size.clamp(2, 16)).min(MAX_BUFFER),
        })
    }

    /// The whole range as memory.
    pub fn mapped(&self) -> &[u8] {
        self.slice(0..self.len)
    }

    /// Part of the range for as long as the bank exists, so that a module can run from it while other sectors are
    /// written. `None` if `range` does not lie inside.
    ///
    /// # Safety
    /// While the slice lives no sector that it overlaps may be erased or programmed, and nobody may read it, nor run
    /// code in it, while `erase` or `write` runs.
    pub unsafe fn mapped_static(&self, range: Range<usize>) -> Option<&'static [u8]> {
        let len = range.end.checked_sub(range.start)?;
        if range.end > self.len {
            return None;
        }
        let start = self.base.as_ptr().cast_const().cast::<u8>();
        // SAFETY: inside the bank, in read-array mode; not written meanwhile, says the caller.
        Some(unsafe { slice::from_raw_parts(start.add(range.start), len) })
    }

    fn slice(&self, range: Range<usize>) -> &[u8] {
        assert!(range.end <= self.len);
        let start = self.base.as_ptr().cast_const().cast::<u8>();
        // SAFETY: inside the bank, in read-array mode; writing needs `&mut self`.
        unsafe { slice::from_raw_parts(start.add(range.start), range.len()) }
    }

    fn command(&mut self, offset: usize, value: u32) {
        debug_assert!(offset < self.len && offset.is_multiple_of(WORD));
        // SAFETY: offsets come from checked ranges; the bank takes it as a command or as data to program, both only
        // with `&mut self`, so that no slice of the affected sector is alive.
        unsafe { self.base.byte_add(offset).as_ptr().write_volatile(value) }
    }

    /// Waits until the operation in the block of `offset` is over and leaves the bank in read-array mode.
    fn finish(&mut self, offset: usize) -> Result<(), FlashError> {
        self.command(offset, READ_STATUS);
        let mut status = 0;
        for _ in 0..POLL_LIMIT {
            // SAFETY: `offset` comes from a checked range; in this mode the read yields the status.
            status = unsafe { self.base.byte_add(offset).as_ptr().read_volatile() };
            if status & STATUS_READY == STATUS_READY {
                break;
            }
            hint::spin_loop();
        }
        self.command(offset, CLEAR_STATUS);
        self.command(offset, READ_ARRAY);
        if status & STATUS_READY != STATUS_READY || status & STATUS_ERRORS != 0 {
            return Err(FlashError::Device { status });
        }
        Ok(())
    }

    /// Programs `bytes`, which must not cross a multiple of the buffer's size, at `offset`.
    fn program_buffer(&mut self, offset: usize, bytes: &[u8]) -> Result<(), FlashError> {
        self.command(offset, WRITE_BUFFER);
        // The count is one less than the number of bus words, in each chip's lane.
        self.command(offset, doubled((bytes.len() / WORD - 1) as u32));
        for (index, word) in bytes.chunks_exact(WORD).enumerate() {
            let word = u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
            self.command(offset + index * WORD, word);
        }
        self.command(offset, CONFIRM);
        self.finish(offset)
    }
}

impl ErrorType for CfiFlash {
    type Error = FlashError;
}

impl ReadNorFlash for CfiFlash {
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

impl NorFlash for CfiFlash {
    const WRITE_SIZE: usize = WORD;
    const ERASE_SIZE: usize = SECTOR;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), FlashError> {
        let len = to.checked_sub(from).ok_or(FlashError::OutOfBounds)? as usize;
        let range = checked_range(from, len, SECTOR, self.len)?;
        for sector in range.step_by(SECTOR) {
            self.command(sector, ERASE);
            self.command(sector, CONFIRM);
            self.finish(sector)?;
        }
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), FlashError> {
        let range = checked_range(offset, bytes.len(), WORD, self.len)?;
        check_programmable(self.slice(range.clone()), bytes, offset)?;
        let (mut at, mut rest) = (range.start, bytes);
        while !rest.is_empty() {
            let room = self.buffer - at % self.buffer;
            let (now, later) = rest.split_at(room.min(rest.len()));
            self.program_buffer(at, now)?;
            at += now.len();
            rest = later;
        }
        Ok(())
    }
}

impl MultiwriteNorFlash for CfiFlash {}
