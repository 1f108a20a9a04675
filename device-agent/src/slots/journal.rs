//! What the store knows, as a log in flash.
//!
//! ```text
//! two pages, each a whole number of sectors with room for 64 strides or more; the valid one with the higher sequence counts
//!   strides 0..3   "SGJ2", sequence u32, crc32 of both: written last when a page is made, so it commits the page
//!   stride n       a record, padded with 0xff to the flash's write size
//! record, 56 bytes
//!   0  kind u8 | slot u8 | log2 of the chunk size u8 | detail u8
//!   4  counter u32 | manifest length u32 | content length u32
//!   16 manifest digest 32, or a name
//!   48 stride of the previous record u16 | index of the owner's name u8 | boots u8
//!   52 crc32 (IEEE 802.3) of bytes 0..52
//! ```
//! A record is only ever appended, and is there when its checksum is right: that makes each change of state atomic.
//! When a page is full, the state is written to the other page, as the records that make it, and the page's header
//! after them. The page in use is erased the next time, so a cut finds one that is whole.
//!
//! # Words that were cut off
//! What a cut leaves need not read the same twice: it may be right at this boot and wrong at the next, or the other way
//! round. Everything but the end of the log is beyond suspicion, since something was written after it. So opening makes
//! its reading of the end durable before anybody acts on it:
//!
//! * A record names the one that it follows. A record that was not there when its successor was written is not there.
//! * A last record is repeated by each opening until it stands there [`COPIES`] times, or if scraps come after it.
//! * A header stands there as often; opening adds those that are blank. A page without any, but not blank, is erased.
//!
//! A record is read back when it was written, and written again to the next stride if it is not there.
//!
//! It takes as many cuts as there are copies, each in a word of its own that reads right once and wrong later, to be
//! deceived. A boot without anything to settle writes nothing.

use embedded_storage::nor_flash::NorFlashErrorKind;

use super::bank::{self, ModuleFlash};
use super::fault::fault;
use super::state::{MAX_SNAPSHOT, RECORD, Record, State, crc32};
use super::{MAX_WRITE, StoreFault};

const MAGIC: [u8; 4] = *b"SGJ2";
/// How often headers and last records stand there.
const COPIES: u32 = 3;
/// Strides of a page, at least: room for as many records as a state takes before the page is full again.
const MIN_STRIDES: u32 = 64;
/// Strides of a page that are used, at most: all of them are read at boot.
const MAX_STRIDES: u32 = 512;
const _: () = assert!(MIN_STRIDES as usize >= COPIES as usize + MAX_SNAPSHOT + 24);

/// The last record, which the next one names.
#[derive(Debug, Clone, Copy)]
struct Last {
    record: Record,
    stride: u16,
    /// Stride of the record that it follows.
    previous: u16,
    copies: u32,
}

/// How a stride reads.
enum Stride {
    Blank,
    Scraps,
    Record(Record, u16),
}

/// Reads and appends records. Holds the state that they make.
pub(super) struct Journal {
    start: u32,
    page_size: u32,
    page: u32,
    sequence: u32,
    /// The next free stride in the page.
    next: u32,
    last: Option<Last>,
    pub state: State,
}

impl Journal {
    /// Bytes of both pages on this flash.
    pub fn size<F: ModuleFlash>() -> u32 {
        2 * Self::page_size::<F>()
    }

    fn page_size<F: ModuleFlash>() -> u32 {
        (MIN_STRIDES * Self::stride::<F>()).next_multiple_of(F::ERASE_SIZE as u32)
    }

    fn stride<F: ModuleFlash>() -> u32 {
        (RECORD as u32).next_multiple_of(F::WRITE_SIZE as u32)
    }

    /// Strides of a page that are used.
    fn strides<F: ModuleFlash>(&self) -> u32 {
        (self.page_size / Self::stride::<F>()).min(MAX_STRIDES)
    }

    /// Reads the log at `start`, or makes an empty one where there is none; settles what a cut has left.
    pub fn open<F: ModuleFlash>(flash: &mut F, start: u32) -> Result<Journal, StoreFault> {
        let page_size = Self::page_size::<F>();
        let (next, last, state) = (COPIES, None, State::new());
        let mut journal = Journal { start, page_size, page: 0, sequence: 0, next, last, state };
        let sequences = [0, 1].map(|page| Journal { page, ..journal.empty() }.read_sequence(flash));
        match sequences {
            [None, None] => {
                journal.page = 1;
                journal.compact(flash)?;
                return Ok(journal);
            }
            // Sequences differ by one, also across the wrap.
            [Some(a), Some(b)] => journal.page = u32::from(b.wrapping_sub(a) as i32 > 0),
            [a, None] => journal.page = u32::from(a.is_none()),
            [None, Some(_)] => journal.page = 1,
        }
        journal.sequence = sequences[journal.page as usize].unwrap_or(0);
        journal.write_headers(flash)?;
        let other = Journal { page: 1 - journal.page, ..journal.empty() };
        if sequences[other.page as usize].is_none() && !other.is_blank(flash) {
            other.erase(flash)?;
        }
        let scraps = journal.scan(flash);
        if let Some(last) = journal.last.filter(|last| scraps || last.copies < COPIES) {
            journal.append_after(flash, last.record, last.previous, last.copies + 1)?;
        }
        Ok(journal)
    }

    /// Where it lies, without what it says.
    fn empty(&self) -> Journal {
        Journal { next: COPIES, last: None, state: State::new(), ..*self }
    }

    fn base(&self) -> u32 {
        self.start + self.page * self.page_size
    }

    fn erase<F: ModuleFlash>(&self, flash: &mut F) -> Result<(), StoreFault> {
        bank::erase(flash, self.base()..self.base() + self.page_size)
    }

    /// The sequence of the page, if it counts.
    fn read_sequence<F: ModuleFlash>(&self, flash: &mut F) -> Option<u32> {
        (0..COPIES).find_map(|copy| {
            let b = self.read::<F>(flash, copy)?;
            let word = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
            (b[..4] == MAGIC && crc32(&b[..8]) == word(8)).then_some(word(4))
        })
    }

    /// Adds the headers that are not there.
    fn write_headers<F: ModuleFlash>(&self, flash: &mut F) -> Result<(), StoreFault> {
        let mut header = [0; 12];
        header[..4].copy_from_slice(&MAGIC);
        header[4..8].copy_from_slice(&self.sequence.to_le_bytes());
        let crc = crc32(&header[..8]);
        header[8..].copy_from_slice(&crc.to_le_bytes());
        for copy in 0..COPIES {
            if self.read::<F>(flash, copy).is_some_and(|b| b == [0xff; RECORD]) {
                self.write(flash, copy, &header)?;
            }
        }
        Ok(())
    }

    /// The bytes of a stride that a record takes. `None` if they cannot be read: parts with error correction say so of
    /// words that were cut off.
    fn read<F: ModuleFlash>(&self, flash: &mut F, stride: u32) -> Option<[u8; RECORD]> {
        let mut b = [0; RECORD];
        flash.read(self.base() + stride * Self::stride::<F>(), &mut b).ok()?;
        Some(b)
    }

    fn is_blank<F: ModuleFlash>(&self, flash: &mut F) -> bool {
        (0..self.strides::<F>()).all(|stride| self.read::<F>(flash, stride) == Some([0xff; RECORD]))
    }

    fn look<F: ModuleFlash>(&self, flash: &mut F, stride: u32) -> Stride {
        let Some(b) = self.read::<F>(flash, stride) else { return Stride::Scraps };
        match Record::from_bytes(&b) {
            Some((record, previous)) => Stride::Record(record, previous),
            None if b == [0xff; RECORD] => Stride::Blank,
            None => Stride::Scraps,
        }
    }

    /// Adds up the records. Returns whether scraps come after the last one.
    fn scan<F: ModuleFlash>(&mut self, flash: &mut F) -> bool {
        let mut scraps = false;
        for stride in COPIES..self.strides::<F>() {
            let (record, previous) = match self.look(flash, stride) {
                Stride::Blank => continue,
                Stride::Scraps => {
                    (scraps, self.next) = (true, stride + 1);
                    continue;
                }
                Stride::Record(record, previous) => (record, previous),
            };
            (scraps, self.next) = (false, stride + 1);
            let mut copies = 1;
            if let Some(before) = self.last {
                if previous >= before.stride {
                    self.state.apply(&before.record);
                } else if before.record == record {
                    copies = before.copies + 1;
                }
            }
            self.last = Some(Last { record, stride: stride as u16, previous, copies });
        }
        if let Some(last) = self.last {
            self.state.apply(&last.record);
        }
        scraps
    }

    /// Makes the record durable, then part of the state.
    pub fn append<F: ModuleFlash>(&mut self, flash: &mut F, record: Record) -> Result<(), StoreFault> {
        let previous = self.last.map_or(0, |last| last.stride);
        self.append_after(flash, record, previous, 1)
    }

    fn append_after<F: ModuleFlash>(
        &mut self,
        flash: &mut F,
        record: Record,
        mut previous: u16,
        copies: u32,
    ) -> Result<(), StoreFault> {
        if !self.put(flash, record, previous, copies)? {
            self.compact(flash)?;
            previous = self.last.map_or(0, |last| last.stride);
            if !self.put(flash, record, previous, copies)? {
                return Err(StoreFault::LogicBug);
            }
        }
        self.state.apply(&record);
        Ok(())
    }

    /// Writes a record to the next stride that takes it. `false` if none is left in the page.
    fn put<F: ModuleFlash>(
        &mut self,
        flash: &mut F,
        record: Record,
        previous: u16,
        copies: u32,
    ) -> Result<bool, StoreFault> {
        let bytes = record.to_bytes(previous);
        // A stride that was not written as it should be is left behind as scraps.
        for _ in 0..COPIES {
            let stride = self.next;
            if stride >= self.strides::<F>() {
                return Ok(false);
            }
            // Also if the write fails: its words may not be written again.
            self.next += 1;
            self.write(flash, stride, &bytes)?;
            if self.read(flash, stride) == Some(bytes) {
                self.last = Some(Last { record, stride: stride as u16, previous, copies });
                return Ok(true);
            }
        }
        Err(StoreFault::Flash(NorFlashErrorKind::Other))
    }

    fn write<F: ModuleFlash>(&self, flash: &mut F, stride: u32, bytes: &[u8]) -> Result<(), StoreFault> {
        let mut padded = [0xff; MAX_WRITE];
        let len = Self::stride::<F>();
        let room = padded.get_mut(..len as usize).ok_or(StoreFault::Geometry)?;
        room[..bytes.len()].copy_from_slice(bytes);
        bank::program(flash, self.base() + stride * len, room)
    }

    /// Writes the state to the other page and goes on there.
    fn compact<F: ModuleFlash>(&mut self, flash: &mut F) -> Result<(), StoreFault> {
        let mut other = Journal { page: 1 - self.page, sequence: self.sequence.wrapping_add(1), ..self.empty() };
        fault!(EraseBeforeCopy, (), self.erase(flash)?);
        other.erase(flash)?;
        self.state.snapshot(&mut |record| {
            let previous = other.last.map_or(0, |last| last.stride);
            if other.put(flash, record, previous, 1)? { Ok(()) } else { Err(StoreFault::LogicBug) }
        })?;
        other.write_headers(flash)?;
        other.state = self.state.clone();
        *self = other;
        Ok(())
    }

    /// Repeats the last record until `room` strides are left, so that tests need not write as many real ones.
    #[cfg(any(test, feature = "sim"))]
    pub fn fill<F: ModuleFlash>(&mut self, flash: &mut F, room: u32) -> Result<(), StoreFault> {
        while let Some(last) = self.last.filter(|_| self.next + room < self.strides::<F>()) {
            self.append_after(flash, last.record, last.previous, last.copies + 1)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
