//! What the store knows, as a log in flash.
//!
//! ```text
//! two pages, each a whole number of sectors and at least 2 KiB; the valid one with the higher sequence counts
//!   stride 0   "SGJ1", sequence u32, crc32 of both: written last when a page is made, so it commits the page
//!   stride n   a record
//! record, 52 bytes, padded with 0xff to the flash's write size
//!   0  kind u8 | slot u8 | log2 of the chunk size u8 | flag u8
//!   4  counter u32 | manifest length u32 | content length u32
//!   16 manifest digest 32
//!   48 crc32 (IEEE 802.3) of bytes 0..48
//! ```
//! A record is only ever appended, and is there when its checksum is right: that one rule makes each change of
//! state atomic. Bytes of a record that was cut off are skipped. When a page is full, the state is written to the
//! other page, as the records that make it.

use embedded_storage::nor_flash::NorFlash;
use sandgrain_artifact::Digest;

use super::{MAX_QUARANTINE, SlotId, StoreFault};

const MAGIC: [u8; 4] = *b"SGJ1";
const RECORD: usize = 52;
/// Largest write size of the flash that is supported, in bytes.
pub(super) const MAX_WRITE: usize = 256;
/// Smallest page. With a write size of 64 or less it holds 31 records or more; a state takes at most
/// `1 + MAX_QUARANTINE + 2 * (3 + MAX_TRIAL_BOOTS)`.
const MIN_PAGE: u32 = 2048;

/// What happened to a slot, in the order in which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// About to be erased: nothing in it counts any more.
    Erased = 1,
    /// The envelope is written; chunks follow.
    Begun = 2,
    /// Every chunk is there and matches.
    Complete = 3,
    /// To be started on trial.
    Trial = 4,
    /// Started on trial after a reset.
    TrialBoot = 5,
    /// The current module; its counter is the new floor.
    Confirmed = 6,
    /// Taken back; with the flag, the digest is quarantined in the same breath.
    Reverted = 7,
    /// Only in a page's first records: a digest in quarantine.
    Quarantined = 8,
    /// Only in a page's first records: the counter's floor.
    Floor = 9,
}

/// One record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    pub kind: Kind,
    pub slot: SlotId,
    pub flag: bool,
    pub image: ImageRecord,
}

/// What the journal remembers of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ImageRecord {
    pub digest: Digest,
    pub counter: u32,
    pub manifest_len: u32,
    pub content_len: u32,
    pub chunk_shift: u8,
}

impl ImageRecord {
    pub const NONE: ImageRecord =
        ImageRecord { digest: Digest([0; 32]), counter: 0, manifest_len: 0, content_len: 0, chunk_shift: 0 };
}

impl Record {
    pub fn new(kind: Kind, slot: SlotId) -> Record {
        Record { kind, slot, flag: false, image: ImageRecord::NONE }
    }

    fn to_bytes(self) -> [u8; RECORD] {
        let mut b = [0; RECORD];
        b[..4].copy_from_slice(&[self.kind as u8, self.slot as u8, self.image.chunk_shift, u8::from(self.flag)]);
        b[4..8].copy_from_slice(&self.image.counter.to_le_bytes());
        b[8..12].copy_from_slice(&self.image.manifest_len.to_le_bytes());
        b[12..16].copy_from_slice(&self.image.content_len.to_le_bytes());
        b[16..48].copy_from_slice(&self.image.digest.0);
        let crc = crc32(&b[..48]);
        b[48..].copy_from_slice(&crc.to_le_bytes());
        b
    }

    fn from_bytes(b: &[u8; RECORD]) -> Option<Record> {
        let word = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
        if crc32(&b[..48]) != word(48) {
            return None;
        }
        let kind = match b[0] {
            1 => Kind::Erased,
            2 => Kind::Begun,
            3 => Kind::Complete,
            4 => Kind::Trial,
            5 => Kind::TrialBoot,
            6 => Kind::Confirmed,
            7 => Kind::Reverted,
            8 => Kind::Quarantined,
            9 => Kind::Floor,
            _ => return None,
        };
        let slot = SlotId::from_index(b[1])?;
        let mut digest = [0; 32];
        digest.copy_from_slice(&b[16..48]);
        let image = ImageRecord {
            digest: Digest(digest),
            counter: word(4),
            manifest_len: word(8),
            content_len: word(12),
            chunk_shift: b[2],
        };
        Some(Record { kind, slot, flag: b[3] & 1 == 1, image })
    }
}

/// Where a slot is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlotState {
    /// Nothing in it counts.
    Empty,
    /// Chunks are being written.
    Downloading,
    /// All there, verified.
    Complete,
    /// Started, not yet confirmed.
    Trial,
    /// The current module, or the one before it.
    Confirmed,
    /// Was on trial and failed.
    Reverted,
}

/// One slot, as the log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SlotRecord {
    pub state: SlotState,
    pub image: ImageRecord,
    /// Resets while on trial.
    pub boots: u8,
}

/// The sum of all records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    pub slots: [SlotRecord; 2],
    /// The slot that was confirmed last.
    pub active: Option<SlotId>,
    /// Highest counter that was confirmed.
    pub floor: u32,
    /// Oldest first.
    pub quarantined: heapless::Vec<Digest, MAX_QUARANTINE>,
}

impl State {
    fn new() -> State {
        let empty = SlotRecord { state: SlotState::Empty, image: ImageRecord::NONE, boots: 0 };
        State { slots: [empty; 2], active: None, floor: 0, quarantined: heapless::Vec::new() }
    }

    pub fn slot(&self, slot: SlotId) -> &SlotRecord {
        &self.slots[slot as usize]
    }

    fn quarantine(&mut self, digest: Digest) {
        if self.quarantined.contains(&digest) {
            return;
        }
        if self.quarantined.is_full() {
            self.quarantined.remove(0);
        }
        // Cannot fail: there is room now.
        let _ = self.quarantined.push(digest);
    }

    fn apply(&mut self, record: &Record) {
        let slot = &mut self.slots[record.slot as usize];
        match record.kind {
            Kind::Erased => {
                *slot = SlotRecord { state: SlotState::Empty, image: ImageRecord::NONE, boots: 0 };
                if self.active == Some(record.slot) {
                    self.active = None;
                }
            }
            Kind::Begun => *slot = SlotRecord { state: SlotState::Downloading, image: record.image, boots: 0 },
            Kind::Complete => slot.state = SlotState::Complete,
            Kind::Trial => (slot.state, slot.boots) = (SlotState::Trial, 0),
            Kind::TrialBoot => slot.boots = slot.boots.saturating_add(1),
            Kind::Confirmed => {
                slot.state = SlotState::Confirmed;
                self.floor = self.floor.max(slot.image.counter);
                self.active = Some(record.slot);
            }
            Kind::Reverted => {
                slot.state = SlotState::Reverted;
                let digest = slot.image.digest;
                if record.flag {
                    self.quarantine(digest);
                }
            }
            Kind::Quarantined => self.quarantine(record.image.digest),
            Kind::Floor => self.floor = self.floor.max(record.image.counter),
        }
    }

    /// The records that make this state, each handed to `put`.
    fn replay<E>(&self, mut put: impl FnMut(Record) -> Result<(), E>) -> Result<(), E> {
        let floor = ImageRecord { counter: self.floor, ..ImageRecord::NONE };
        put(Record { image: floor, ..Record::new(Kind::Floor, SlotId::A) })?;
        for digest in &self.quarantined {
            let image = ImageRecord { digest: *digest, ..ImageRecord::NONE };
            put(Record { image, ..Record::new(Kind::Quarantined, SlotId::A) })?;
        }
        // The active slot last: the last one confirmed is the active one.
        let last = self.active.unwrap_or(SlotId::B);
        for slot in [last.other(), last] {
            let SlotRecord { state, image, boots } = *self.slot(slot);
            if state == SlotState::Empty {
                continue;
            }
            put(Record { image, ..Record::new(Kind::Begun, slot) })?;
            let kind = match state {
                SlotState::Empty | SlotState::Downloading => continue,
                SlotState::Complete => Kind::Complete,
                SlotState::Trial => Kind::Trial,
                SlotState::Confirmed => Kind::Confirmed,
                SlotState::Reverted => Kind::Reverted,
            };
            put(Record::new(kind, slot))?;
            for _ in 0..boots {
                put(Record::new(Kind::TrialBoot, slot))?;
            }
        }
        Ok(())
    }
}

/// Reads and appends records. Holds the state that they make.
pub(super) struct Journal {
    start: u32,
    page_size: u32,
    page: u32,
    sequence: u32,
    /// Offset of the next free stride in the page.
    next: u32,
    pub state: State,
}

impl Journal {
    /// Bytes of both pages on this flash.
    pub fn size<F: NorFlash>() -> u32 {
        2 * Self::page_size::<F>()
    }

    fn page_size<F: NorFlash>() -> u32 {
        MIN_PAGE.next_multiple_of(F::ERASE_SIZE as u32)
    }

    fn stride<F: NorFlash>() -> u32 {
        (RECORD as u32).next_multiple_of(F::WRITE_SIZE as u32)
    }

    /// Reads the log at `start`, or makes an empty one where there is none.
    pub fn open<F: NorFlash>(flash: &mut F, start: u32) -> Result<Journal, StoreFault> {
        let page_size = Self::page_size::<F>();
        let mut journal = Journal { start, page_size, page: 0, sequence: 0, next: 0, state: State::new() };
        let [first, second] = [0, 1].map(|page| journal.sequence_of(flash, page));
        match (first, second) {
            (None, None) => {
                journal.page = 1;
                journal.compact(flash)?;
                return Ok(journal);
            }
            // Sequences differ by one, also across the wrap.
            (Some(a), Some(b)) => journal.page = u32::from(b.wrapping_sub(a) as i32 > 0),
            (a, _) => journal.page = u32::from(a.is_none()),
        }
        journal.sequence = [first, second][journal.page as usize].unwrap_or(0);
        journal.scan(flash);
        Ok(journal)
    }

    fn base(&self) -> u32 {
        self.start + self.page * self.page_size
    }

    fn sequence_of<F: NorFlash>(&self, flash: &mut F, page: u32) -> Option<u32> {
        let mut b = [0; RECORD];
        read(flash, self.start + page * self.page_size, &mut b).ok()?;
        let [sequence, crc] = [4, 8].map(|at| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]));
        (b[..4] == MAGIC && crc32(&b[..8]) == crc).then_some(sequence)
    }

    fn scan<F: NorFlash>(&mut self, flash: &mut F) {
        let stride = Self::stride::<F>();
        self.next = stride;
        let mut at = stride;
        while at + stride <= self.page_size {
            let mut b = [0; RECORD];
            // Words that cannot be read were cut off while they were written (parts with ECC say so).
            let readable = read(flash, self.base() + at, &mut b).is_ok();
            at += stride;
            if readable && b == [0xff; RECORD] {
                continue;
            }
            self.next = at;
            if let Some(record) = Record::from_bytes(&b).filter(|_| readable) {
                self.state.apply(&record);
            }
        }
    }

    /// Makes the record durable, then part of the state.
    pub fn append<F: NorFlash>(&mut self, flash: &mut F, record: Record) -> Result<(), StoreFault> {
        if self.next + Self::stride::<F>() > self.page_size {
            self.compact(flash)?;
        }
        self.put(flash, record)?;
        self.state.apply(&record);
        Ok(())
    }

    fn put<F: NorFlash>(&mut self, flash: &mut F, record: Record) -> Result<(), StoreFault> {
        let at = self.next;
        if at + Self::stride::<F>() > self.page_size {
            return Err(StoreFault::LogicBug);
        }
        // Also if the write fails: its words may not be written again.
        self.next += Self::stride::<F>();
        self.write(flash, self.base() + at, &record.to_bytes())
    }

    fn write<F: NorFlash>(&self, flash: &mut F, at: u32, bytes: &[u8]) -> Result<(), StoreFault> {
        let mut stride = [0xff; MAX_WRITE];
        let room = stride.get_mut(..Self::stride::<F>() as usize).ok_or(StoreFault::Geometry)?;
        room[..bytes.len()].copy_from_slice(bytes);
        flash.write(at, room).map_err(StoreFault::flash)
    }

    /// Writes the state to the other page and goes on there.
    fn compact<F: NorFlash>(&mut self, flash: &mut F) -> Result<(), StoreFault> {
        let mut other = Journal {
            page: 1 - self.page,
            sequence: self.sequence.wrapping_add(1),
            next: Self::stride::<F>(),
            state: self.state.clone(),
            ..*self
        };
        flash.erase(other.base(), other.base() + other.page_size).map_err(StoreFault::flash)?;
        self.state.replay(|record| other.put(flash, record))?;
        let mut header = [0; 12];
        header[..4].copy_from_slice(&MAGIC);
        header[4..8].copy_from_slice(&other.sequence.to_le_bytes());
        let crc = crc32(&header[..8]);
        header[8..].copy_from_slice(&crc.to_le_bytes());
        other.write(flash, other.base(), &header)?;
        *self = other;
        Ok(())
    }
}

/// Reads, for flash of any read size up to 4 (`at` and the journal's lengths are multiples of it).
fn read<F: NorFlash>(flash: &mut F, at: u32, bytes: &mut [u8]) -> Result<(), StoreFault> {
    flash.read(at, bytes).map_err(StoreFault::flash)
}

/// CRC-32 of IEEE 802.3, bit by bit: records are short.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}

#[cfg(test)]
mod tests;
