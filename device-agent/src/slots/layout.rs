//! Where everything lies: the table of slots, and the parts of an image in its slot.

use sandgrain_artifact::MAX_ENVELOPE;

use super::bank::ModuleFlash;
use super::journal::Journal;
use super::state::ImageRecord;
use super::{MAX_CHUNKS, MAX_MODULES, MAX_WRITE, SlotId, StoreFault};

/// Bytes of an envelope before its manifest: header and signature.
pub(super) const MANIFEST: u32 = 96;
/// Code and what lies before it begin at a multiple of this.
const ALIGN: u32 = 16;

/// A module's two slots, of one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotPair {
    /// Offsets of A and B in the flash.
    pub slots: [u32; 2],
    /// Bytes of each.
    pub size: u32,
}

/// Where the journal and the slots lie. Offsets in bytes from the start of the flash, sizes in whole sectors. A firmware
/// never changes it: what was installed would be somewhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    journal: u32,
    pairs: heapless::Vec<SlotPair, MAX_MODULES>,
}

impl Layout {
    /// Divides the region `start..end`: the journal first, then slot A of each of `modules` modules, then their slots B,
    /// all of one size. On a part whose banks can be read while another one is written, a region of two equal banks so
    /// has each module's slots in different ones.
    ///
    /// # Errors
    /// [`StoreFault::Geometry`] if an end is not on an erase boundary, if `modules` is 0 or over [`MAX_MODULES`], if too
    /// little is left for the slots, or if the flash cannot be read by the byte or writes more than 256 bytes at once.
    pub fn divide<F: ModuleFlash>(start: u32, end: u32, modules: usize) -> Result<Layout, StoreFault> {
        let erase = F::ERASE_SIZE as u32;
        let first = start.checked_add(Journal::size::<F>()).ok_or(StoreFault::Geometry)?;
        let rest = end.checked_sub(first).ok_or(StoreFault::Geometry)?;
        if !(1..=MAX_MODULES).contains(&modules) {
            return Err(StoreFault::Geometry);
        }
        let size = rest / (2 * modules as u32) / erase * erase;
        let at = |slot: usize| first + slot as u32 * size;
        let pairs = (0..modules).map(|pair| SlotPair { slots: [at(pair), at(modules + pair)], size });
        Layout::new::<F>(start, end, pairs)
    }

    /// A table that the firmware has made: the journal at `start`, the slots behind it and before `end`.
    ///
    /// # Errors
    /// As [`divide`](Self::divide), and if slots overlap.
    pub fn new<F: ModuleFlash>(
        start: u32,
        end: u32,
        pairs: impl IntoIterator<Item = SlotPair>,
    ) -> Result<Layout, StoreFault> {
        let erase = F::ERASE_SIZE as u32;
        let word = F::WRITE_SIZE;
        let aligned = start.is_multiple_of(erase) && end.is_multiple_of(erase);
        if !aligned || word > MAX_WRITE || !word.is_power_of_two() || F::READ_SIZE != 1 {
            return Err(StoreFault::Geometry);
        }
        let mut layout = Layout { journal: start, pairs: heapless::Vec::new() };
        let mut taken: heapless::Vec<core::ops::Range<u32>, { 2 * MAX_MODULES + 1 }> = heapless::Vec::new();
        let journal_end = start.checked_add(Journal::size::<F>()).ok_or(StoreFault::Geometry)?;
        taken.push(start..journal_end).map_err(|_| StoreFault::Geometry)?;
        for pair in pairs {
            // Room for the largest envelope and a first chunk.
            if pair.size < (MAX_ENVELOPE + MAX_WRITE) as u32 + marks_len::<F>(1) || !pair.size.is_multiple_of(erase) {
                return Err(StoreFault::Geometry);
            }
            for slot in pair.slots {
                let range = slot..slot.checked_add(pair.size).ok_or(StoreFault::Geometry)?;
                let free = taken.iter().all(|other| range.end <= other.start || other.end <= range.start);
                if !free || range.end > end || !slot.is_multiple_of(erase) {
                    return Err(StoreFault::Geometry);
                }
                taken.push(range).map_err(|_| StoreFault::Geometry)?;
            }
            layout.pairs.push(pair).map_err(|_| StoreFault::Geometry)?;
        }
        if layout.pairs.is_empty() { Err(StoreFault::Geometry) } else { Ok(layout) }
    }

    /// Bytes that the journal takes on this flash.
    pub fn journal_size<F: ModuleFlash>() -> u32 {
        Journal::size::<F>()
    }

    /// Offset of the journal.
    pub fn journal(&self) -> u32 {
        self.journal
    }

    /// The pairs of slots, one a module.
    pub fn pairs(&self) -> &[SlotPair] {
        &self.pairs
    }

    fn slot(&self, slot: SlotId) -> Option<(u32, u32)> {
        let pair = self.pairs.get(slot.pair())?;
        Some((pair.slots[slot.bank()], pair.size))
    }
}

/// Bytes of the marks of so many chunks: keeps what follows aligned for code and for writing.
fn marks_len<F: ModuleFlash>(chunks: u32) -> u32 {
    (chunks * F::WRITE_SIZE as u32).next_multiple_of(ALIGN)
}

/// Where the parts of an image lie, as offsets in the flash.
///
/// An image begins on a sector of its slot that its counter chooses, so that successive versions walk through the slot:
/// its sectors wear evenly, and code at one address is seldom replaced.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// First byte: the marks.
    pub start: u32,
    pub envelope: u32,
    pub envelope_len: u32,
    pub content: u32,
    /// Behind the last word.
    pub end: u32,
}

impl Place {
    /// Fails if the image does not fit into the slot, or the layout has no such slot: a journal may have been written
    /// with another one.
    pub fn of<F: ModuleFlash>(layout: &Layout, slot: SlotId, image: &ImageRecord) -> Result<Place, StoreFault> {
        let (base, available) = layout.slot(slot).ok_or(StoreFault::NoRoom)?;
        let needed = Place::needed::<F>(image);
        if needed > available || image.chunk_count() > MAX_CHUNKS {
            return Err(StoreFault::TooLarge { needed, available });
        }
        let sectors = |bytes: u32| bytes.div_ceil(F::ERASE_SIZE as u32);
        let positions = sectors(available) - sectors(needed) + 1;
        let start = base + image.counter % positions * F::ERASE_SIZE as u32;
        let envelope_len = image.envelope_len();
        let content = start + Place::before_content::<F>(image);
        Ok(Place { start, envelope: content - envelope_len, envelope_len, content, end: start + needed })
    }

    /// Bytes that an image takes. Saturates.
    pub fn needed<F: ModuleFlash>(image: &ImageRecord) -> u32 {
        let end = Place::before_content::<F>(image).saturating_add(image.content_len);
        end.checked_next_multiple_of(F::WRITE_SIZE as u32).unwrap_or(u32::MAX)
    }

    fn before_content<F: ModuleFlash>(image: &ImageRecord) -> u32 {
        // Content that is longer than the flash is refused by its size; chunks are no more than it can have then.
        let marks = marks_len::<F>(image.chunk_count().min(MAX_CHUNKS));
        (marks + image.envelope_len()).next_multiple_of(ALIGN.max(F::WRITE_SIZE as u32))
    }

    pub fn mark<F: ModuleFlash>(&self, index: u32) -> u32 {
        self.start + index * F::WRITE_SIZE as u32
    }

    /// Offset of a chunk's signed hash: they are the manifest's end.
    pub fn hash(&self, image: &ImageRecord, index: u32) -> u32 {
        self.envelope + image.hash_offset(index)
    }
}

impl ImageRecord {
    pub fn chunk_count(&self) -> u32 {
        self.content_len.div_ceil(1 << self.chunk_shift.min(31))
    }

    /// Offset in the content and length of a chunk.
    pub fn chunk(&self, index: u32) -> Option<(u32, u32)> {
        if index >= self.chunk_count() {
            return None;
        }
        let start = index << self.chunk_shift;
        Some((start, (self.content_len - start).min(1 << self.chunk_shift)))
    }

    /// Bytes of the envelope. A length that no envelope has saturates: it fits nowhere.
    pub fn envelope_len(&self) -> u32 {
        (MANIFEST + self.manifest_len.min(MAX_ENVELOPE as u32)).next_multiple_of(ALIGN)
    }

    /// Offset of a chunk's hash in the envelope.
    pub fn hash_offset(&self, index: u32) -> u32 {
        (MANIFEST + self.manifest_len).saturating_sub(32 * (self.chunk_count() - index))
    }
}
