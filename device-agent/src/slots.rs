//! Two slots for a module, A and B, in NOR flash; modules run where they lie.
//!
//! ```text
//! region    journal (two pages, see `journal`) | slot A | slot B
//! slot      marks: one flash word a chunk, programmed to zero once the chunk is written
//!           padding, so that the content starts at a multiple of 16 and of the flash's write size
//!           the artifact as its file: envelope (header, signature, manifest), content
//! ```
//! States of a slot: empty → downloading → complete → trial → confirmed, or → reverted. What the journal says of a
//! slot is always true of the flash, because each step is made durable in this order:
//!
//! 1. `erased` is recorded before the slot is erased; `begun` after the envelope is written;
//! 2. a chunk is compared with its signed hash before it is written, its mark is programmed after it;
//! 3. `complete` is recorded after every chunk has been read back and compared;
//! 4. `trial` before the module is started, `confirmed` after it was found well: until then a reset counts against it
//!    and [`MAX_TRIAL_BOOTS`] of them revert it; `reverted` and the quarantine of its digest are one record.
//!
//! The slot of the confirmed module and the one on trial are never erased. A download that a reset interrupts goes on
//! where it was; one that a power cut interrupts in the middle of a word starts over, since such a word can be
//! neither trusted nor written again.

use embedded_storage::nor_flash::{NorFlash, NorFlashError, NorFlashErrorKind};
use sandgrain_artifact::{Digest, Envelope, MAX_ENVELOPE};
use sha2::{Digest as _, Sha256};

use crate::proto::ValueBuffer;
use crate::verify::{self, Refusal, Trust};

pub use journal::SlotState;
pub(crate) use journal::crc32;
use journal::{ImageRecord, Journal, Kind, MAX_WRITE, Record};

mod journal;

/// Most chunks of an artifact: no envelope has room for more hashes.
pub const MAX_CHUNKS: u32 = 128;
const _: () = assert!(MAX_ENVELOPE / 32 <= MAX_CHUNKS as usize);
/// Digests in quarantine; another one displaces the oldest.
pub const MAX_QUARANTINE: usize = 8;
/// Resets that a module on trial survives; the next one reverts it.
pub const MAX_TRIAL_BOOTS: u8 = 3;

const HEADER: u32 = 32;
const MANIFEST: u32 = 96;

/// One of the two slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum SlotId {
    /// The first.
    A = 0,
    /// The second.
    B = 1,
}

impl SlotId {
    /// The slot with this index.
    pub const fn from_index(index: u8) -> Option<SlotId> {
        match index {
            0 => Some(SlotId::A),
            1 => Some(SlotId::B),
            _ => None,
        }
    }

    /// The slot that this one is not.
    pub const fn other(self) -> SlotId {
        match self {
            SlotId::A => SlotId::B,
            SlotId::B => SlotId::A,
        }
    }
}

/// Why the store did not do what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFault {
    /// The flash driver failed.
    Flash(NorFlashErrorKind),
    /// The flash's write or erase size, or the region, is not one that the store can work with.
    Geometry,
    /// The artifact does not fit into a slot.
    TooLarge {
        /// Bytes that it needs.
        needed: u32,
        /// Bytes of a slot.
        available: u32,
    },
    /// The envelope is not one; the caller has not verified it.
    Envelope,
    /// The slot is not in the state that this step needs.
    WrongState(SlotState),
    /// The chunk is not the one that was signed: index, length or hash.
    Chunk,
    /// The slot's flash holds something else than it should. The slot was given up and starts empty.
    Dirty,
    /// The store has a bug; nothing was harmed.
    LogicBug,
}

impl StoreFault {
    fn flash(e: impl NorFlashError) -> StoreFault {
        StoreFault::Flash(e.kind())
    }

    /// The cause in one word, for reports.
    pub const fn reason(&self) -> &'static str {
        match self {
            StoreFault::Flash(_) => "flash",
            StoreFault::Geometry => "flash-geometry",
            StoreFault::TooLarge { .. } => "too-large",
            StoreFault::Envelope => "envelope",
            StoreFault::WrongState(_) => "slot-state",
            StoreFault::Chunk => "chunk",
            StoreFault::Dirty => "flash-dirty",
            StoreFault::LogicBug => "logic-bug",
        }
    }
}

impl core::fmt::Display for StoreFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            StoreFault::Flash(kind) => write!(f, "the flash driver failed: {kind}"),
            StoreFault::Geometry => write!(f, "the region or the flash's geometry does not suit the slot store"),
            StoreFault::TooLarge { needed, available } => {
                write!(f, "the artifact needs {needed} bytes, a slot has {available}")
            }
            StoreFault::Envelope => write!(f, "the envelope is malformed"),
            StoreFault::WrongState(state) => write!(f, "the slot is {state:?}"),
            StoreFault::Chunk => write!(f, "the chunk is not the signed one"),
            StoreFault::Dirty => write!(f, "the slot's flash holds something else than was written"),
            StoreFault::LogicBug => write!(f, "bug in the slot store"),
        }
    }
}

impl core::error::Error for StoreFault {}

/// A set of chunk indices below [`MAX_CHUNKS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChunkSet(u128);

impl ChunkSet {
    /// Adds an index; one that is too high is ignored.
    pub fn insert(&mut self, index: u32) {
        self.0 |= 1u128.checked_shl(index).unwrap_or(0);
    }

    /// Whether the index is in the set.
    pub fn contains(&self, index: u32) -> bool {
        self.0.checked_shr(index).unwrap_or(0) & 1 == 1
    }

    /// Number of indices in the set.
    pub fn count(&self) -> u32 {
        self.0.count_ones()
    }
}

/// Where the journal and the slots lie. Offsets in bytes from the start of the flash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// The journal's two pages.
    pub journal: u32,
    /// The slots.
    pub slots: [u32; 2],
    /// Bytes of each slot.
    pub slot_size: u32,
}

impl Layout {
    /// Divides the region `start..end`: the journal first, the rest half to each slot. Fails if an end is not on an
    /// erase boundary, if nothing is left for the slots, or if the
    /// flash cannot be read by the byte or writes more than 256 bytes at once.
    pub fn divide<F: NorFlash>(start: u32, end: u32) -> Result<Layout, StoreFault> {
        let erase = F::ERASE_SIZE as u32;
        let write = F::WRITE_SIZE;
        let aligned = start.is_multiple_of(erase) && end.is_multiple_of(erase);
        if !aligned || write > MAX_WRITE || !write.is_power_of_two() || F::READ_SIZE != 1 {
            return Err(StoreFault::Geometry);
        }
        let slots = start.checked_add(Journal::size::<F>()).ok_or(StoreFault::Geometry)?;
        let rest = end.checked_sub(slots).ok_or(StoreFault::Geometry)?;
        let slot_size = rest / 2 / erase * erase;
        if slot_size < marks_len::<F>() + MAX_ENVELOPE as u32 {
            return Err(StoreFault::Geometry);
        }
        Ok(Layout { journal: start, slots: [slots, slots + slot_size], slot_size })
    }
}

/// Bytes of a slot's marks: keeps the image aligned for code and for writing.
fn marks_len<F: NorFlash>() -> u32 {
    (MAX_CHUNKS * F::WRITE_SIZE as u32).next_multiple_of(16)
}

/// An artifact in flash. Add the address at which the flash is mapped to the offset to run it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Image {
    /// Its slot.
    pub slot: SlotId,
    /// Offset of its first byte in the flash: a multiple of 16.
    pub offset: u32,
    /// Bytes of envelope and content.
    pub len: u32,
}

/// A module that can be run: what it calls itself, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Its slot.
    pub slot: SlotId,
    /// Its manifest digest.
    pub digest: Digest,
    /// Its security counter.
    pub counter: u32,
    /// Its twin value, `{name}@{version}#{counter},sha256:{digest}`.
    pub value: ValueBuffer,
}

impl Installed {
    /// `{name}@{version}`.
    pub fn name_and_version(&self) -> &str {
        self.value.split_once('#').map_or("", |(name, _)| name)
    }
}

/// What the store found at boot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BootReport {
    /// What to run, every byte of it verified just now.
    pub run: Option<Installed>,
    /// It is on trial: not confirmed yet.
    pub trial: bool,
    /// With a module on trial, the confirmed one to go back to.
    pub fallback: Option<Installed>,
    /// A module on trial that was taken back just now, because it did not survive its resets.
    pub reverted: Option<Digest>,
    /// A confirmed module that is there but may not run, and why.
    pub unfit: Option<(Digest, Refusal)>,
    /// Lowest counter that may be installed.
    pub floor: u32,
    /// Digests that may not be installed.
    pub quarantined: heapless::Vec<Digest, MAX_QUARANTINE>,
}

/// What an agent asks of the store, one at a time.
#[derive(Debug, Clone, Copy)]
pub enum StoreOp<'a> {
    /// [`SlotStore::begin`]; answered by `Ready`.
    Begin {
        /// Verified.
        envelope: &'a [u8],
    },
    /// [`SlotStore::write_chunk`]; answered by `Written`.
    Write {
        /// From `Ready`.
        slot: SlotId,
        /// Which chunk.
        index: u32,
        /// Unverified: the store compares them with the hash in the envelope.
        bytes: &'a [u8],
    },
    /// [`SlotStore::finish`]; answered by `Finished`.
    Finish {
        /// From `Ready`.
        slot: SlotId,
    },
    /// [`SlotStore::begin_trial`]; answered by `OnTrial`.
    BeginTrial {
        /// From `Ready`.
        slot: SlotId,
    },
    /// [`SlotStore::confirm`]; answered by `Confirmed`.
    Confirm {
        /// The one on trial.
        slot: SlotId,
    },
    /// [`SlotStore::revert`]; answered by `Reverted`.
    Revert {
        /// The one on trial.
        slot: SlotId,
        /// Keep its digest from coming again.
        quarantine: bool,
    },
}

/// The store's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreReply {
    /// Room was made; some chunks may be there already.
    Ready {
        /// Where.
        slot: SlotId,
        /// Chunks that need not be fetched.
        present: ChunkSet,
    },
    /// The chunk is in flash.
    Written,
    /// All is there and matches.
    Finished,
    /// The trial is recorded.
    OnTrial,
    /// The module is the current one.
    Confirmed,
    /// The module is taken back.
    Reverted,
    /// The step failed.
    Failed(StoreFault),
}

/// The store, over a flash driver.
pub struct SlotStore<F> {
    flash: F,
    layout: Layout,
    journal: Journal,
}

impl<F: NorFlash> SlotStore<F> {
    /// Reads the journal; makes one where there is none.
    pub fn open(mut flash: F, layout: Layout) -> Result<Self, StoreFault> {
        let journal = Journal::open(&mut flash, layout.journal)?;
        Ok(SlotStore { flash, layout, journal })
    }

    /// The flash driver, for instance to read a mapped image.
    pub fn flash(&self) -> &F {
        &self.flash
    }

    /// The flash driver, for who shares it. Writing to the store's region breaks what the journal promises.
    pub fn flash_mut(&mut self) -> &mut F {
        &mut self.flash
    }

    /// Gives the driver back.
    pub fn into_flash(self) -> F {
        self.flash
    }

    /// State of a slot.
    pub fn state(&self, slot: SlotId) -> SlotState {
        self.journal.state.slot(slot).state
    }

    /// Where the image of a slot lies, once it is complete.
    pub fn image(&self, slot: SlotId) -> Option<Image> {
        let record = self.journal.state.slot(slot);
        if record.state < SlotState::Complete {
            return None;
        }
        let place = Place::of::<F>(&self.layout, slot, &record.image);
        Some(Image { slot, offset: place.envelope, len: place.envelope_len + record.image.content_len })
    }

    /// Decides what runs after a reset, counts the reset against a module on trial, and verifies all of what is to be
    /// run: signature, target, digest, every chunk. `scratch` holds the envelope meanwhile.
    ///
    /// Confirmed modules of a lower counter than the floor are not gone back to.
    pub fn boot(&mut self, trust: &Trust<'_>, scratch: &mut [u8; MAX_ENVELOPE]) -> Result<BootReport, StoreFault> {
        let (mut on_trial, mut reverted) = (None, None);
        for slot in [SlotId::A, SlotId::B] {
            let record = *self.journal.state.slot(slot);
            if record.state != SlotState::Trial {
                continue;
            }
            match self.installed(slot, trust, scratch) {
                Ok(installed) if record.boots < MAX_TRIAL_BOOTS => {
                    self.record(Kind::TrialBoot, slot)?;
                    on_trial = Some(installed);
                }
                _ => {
                    self.revert(slot, true)?;
                    reverted = Some(record.image.digest);
                }
            }
        }
        let (mut confirmed, mut unfit) = (None, None);
        if let Some(slot) = self.journal.state.active {
            match self.installed(slot, trust, scratch) {
                Ok(installed) => confirmed = Some(installed),
                Err(refusal) => unfit = Some((self.journal.state.slot(slot).image.digest, refusal)),
            }
        }
        let trial = on_trial.is_some();
        let (run, fallback) = if trial { (on_trial, confirmed) } else { (confirmed, None) };
        let state = &self.journal.state;
        let (floor, quarantined) = (state.floor, state.quarantined.clone());
        Ok(BootReport { run, trial, fallback, reverted, unfit, floor, quarantined })
    }

    /// Verifies a complete slot and says what is in it.
    fn installed(
        &mut self,
        slot: SlotId,
        trust: &Trust<'_>,
        scratch: &mut [u8; MAX_ENVELOPE],
    ) -> Result<Installed, Refusal> {
        let image = self.journal.state.slot(slot).image;
        let place = Place::of::<F>(&self.layout, slot, &image);
        let envelope = scratch.get_mut(..place.envelope_len as usize).ok_or(StoreFault::LogicBug)?;
        self.read(place.envelope, envelope)?;
        let checked = verify::check_envelope(envelope, &image.digest, trust)?;
        if !self.chunks_match(&place, &image)? {
            return Err(Refusal::Content);
        }
        let value = checked.value()?;
        Ok(Installed { slot, digest: image.digest, counter: image.counter, value })
    }

    /// Does what an agent asks for.
    pub fn apply(&mut self, op: StoreOp<'_>) -> StoreReply {
        let done = match op {
            StoreOp::Begin { envelope } => {
                self.begin(envelope).map(|(slot, present)| StoreReply::Ready { slot, present })
            }
            StoreOp::Write { slot, index, bytes } => self.write_chunk(slot, index, bytes).map(|()| StoreReply::Written),
            StoreOp::Finish { slot } => self.finish(slot).map(|()| StoreReply::Finished),
            StoreOp::BeginTrial { slot } => self.begin_trial(slot).map(|()| StoreReply::OnTrial),
            StoreOp::Confirm { slot } => self.confirm(slot).map(|()| StoreReply::Confirmed),
            StoreOp::Revert { slot, quarantine } => self.revert(slot, quarantine).map(|()| StoreReply::Reverted),
        };
        done.unwrap_or_else(StoreReply::Failed)
    }

    /// Makes room for an artifact, or finds the part of it that is there already. Returns the slot and the chunks
    /// that need not be fetched. The caller has verified the envelope; it is the first thing written.
    pub fn begin(&mut self, envelope: &[u8]) -> Result<(SlotId, ChunkSet), StoreFault> {
        let (parsed, image) = image_record(envelope)?;
        let slot = self.slot_for(&image.digest)?;
        let place = Place::of::<F>(&self.layout, slot, &image);
        let needed = place.end(&image).saturating_sub(place.slot);
        if needed > self.layout.slot_size {
            return Err(StoreFault::TooLarge { needed, available: self.layout.slot_size });
        }
        let there = self.journal.state.slot(slot);
        if there.state != SlotState::Empty && there.image == image {
            if there.state != SlotState::Downloading {
                self.journal.append(&mut self.flash, Record { image, ..Record::new(Kind::Begun, slot) })?;
            }
            return Ok((slot, self.present(&place, &image)?));
        }
        self.record(Kind::Erased, slot)?;
        let end = place.slot + needed.next_multiple_of(F::ERASE_SIZE as u32);
        self.flash.erase(place.slot, end).map_err(StoreFault::flash)?;
        self.program(place.envelope, parsed.bytes())?;
        self.journal.append(&mut self.flash, Record { image, ..Record::new(Kind::Begun, slot) })?;
        Ok((slot, ChunkSet::default()))
    }

    /// The slot that a download may use: not the confirmed one, not the one on trial; rather the one that has the
    /// artifact already, then an empty one.
    fn slot_for(&self, digest: &Digest) -> Result<SlotId, StoreFault> {
        let state = &self.journal.state;
        let rank = |slot: &SlotId| {
            let record = state.slot(*slot);
            (record.state == SlotState::Empty || record.image.digest != *digest, record.state)
        };
        let free = |slot: &SlotId| state.active != Some(*slot) && state.slot(*slot).state != SlotState::Trial;
        let found = [SlotId::A, SlotId::B].into_iter().filter(free).min_by_key(rank);
        found.ok_or(StoreFault::WrongState(SlotState::Trial))
    }

    /// Compares a chunk with its signed hash, writes it, marks it. A chunk that is there already is left alone.
    pub fn write_chunk(&mut self, slot: SlotId, index: u32, bytes: &[u8]) -> Result<(), StoreFault> {
        let image = self.expect(slot, SlotState::Downloading)?;
        let place = Place::of::<F>(&self.layout, slot, &image);
        let range = image.chunk(index).ok_or(StoreFault::Chunk)?;
        if bytes.len() as u32 != range.1 {
            return Err(StoreFault::Chunk);
        }
        let mut hash = [0; 32];
        self.read(place.hash(&image, index), &mut hash)?;
        if Digest::of(&[bytes]) != Digest(hash) {
            return Err(StoreFault::Chunk);
        }
        match self.program(place.content + range.0, bytes) {
            Err(StoreFault::Dirty) => {
                self.record(Kind::Erased, slot)?;
                return Err(StoreFault::Dirty);
            }
            other => other?,
        }
        let at = place.mark::<F>(index);
        if self.mark(at)? == Mark::Blank {
            self.flash.write(at, &[0; MAX_WRITE][..F::WRITE_SIZE]).map_err(StoreFault::flash)?;
        }
        Ok(())
    }

    /// Reads everything back and compares it with what was signed. Gives the slot up if something differs.
    pub fn finish(&mut self, slot: SlotId) -> Result<(), StoreFault> {
        let image = self.expect(slot, SlotState::Downloading)?;
        let place = Place::of::<F>(&self.layout, slot, &image);
        if !self.digest_matches(&place, &image)? || !self.chunks_match(&place, &image)? {
            self.record(Kind::Erased, slot)?;
            return Err(StoreFault::Dirty);
        }
        self.record(Kind::Complete, slot)
    }

    /// Records that the module is about to be started on trial.
    pub fn begin_trial(&mut self, slot: SlotId) -> Result<(), StoreFault> {
        self.expect(slot, SlotState::Complete)?;
        self.record(Kind::Trial, slot)
    }

    /// Makes the module on trial the current one, and its counter the floor.
    pub fn confirm(&mut self, slot: SlotId) -> Result<(), StoreFault> {
        self.expect(slot, SlotState::Trial)?;
        self.record(Kind::Confirmed, slot)
    }

    /// Takes the module on trial back, and keeps its digest from coming again if `quarantine` is set.
    pub fn revert(&mut self, slot: SlotId, quarantine: bool) -> Result<(), StoreFault> {
        self.expect(slot, SlotState::Trial)?;
        let record = Record { flag: quarantine, ..Record::new(Kind::Reverted, slot) };
        self.journal.append(&mut self.flash, record)
    }

    fn expect(&self, slot: SlotId, state: SlotState) -> Result<ImageRecord, StoreFault> {
        let record = self.journal.state.slot(slot);
        if record.state == state { Ok(record.image) } else { Err(StoreFault::WrongState(record.state)) }
    }

    fn record(&mut self, kind: Kind, slot: SlotId) -> Result<(), StoreFault> {
        self.journal.append(&mut self.flash, Record::new(kind, slot))
    }

    fn read(&mut self, at: u32, bytes: &mut [u8]) -> Result<(), StoreFault> {
        self.flash.read(at, bytes).map_err(StoreFault::flash)
    }

    /// Programs `bytes` at `at`, padding the first and last word with 0xff. Words that hold the right bytes already
    /// are skipped; one that holds others is `Dirty`. No word is written twice.
    fn program(&mut self, at: u32, bytes: &[u8]) -> Result<(), StoreFault> {
        let word = F::WRITE_SIZE as u32;
        let mut block_at = at / word * word;
        let end = at + bytes.len() as u32;
        while block_at < end {
            let mut want = [0xff; MAX_WRITE];
            let mut have = [0xff; MAX_WRITE];
            let room = &mut want[..(end - block_at).next_multiple_of(word).min(MAX_WRITE as u32) as usize];
            let (skip, from) = (at.saturating_sub(block_at) as usize, block_at.saturating_sub(at) as usize);
            room[skip..].iter_mut().zip(&bytes[from..]).for_each(|(to, byte)| *to = *byte);
            let have = &mut have[..room.len()];
            self.read(block_at, have)?;
            self.program_block(block_at, room, have)?;
            block_at += room.len() as u32;
        }
        Ok(())
    }

    /// Writes the runs of words that are missing. Words of ones are not written: after a reset nobody could tell
    /// whether they had been.
    fn program_block(&mut self, at: u32, want: &[u8], have: &[u8]) -> Result<(), StoreFault> {
        let word = F::WRITE_SIZE;
        let blank = |word: &[u8]| word.iter().all(|b| *b == 0xff);
        let mut run = 0..0;
        for (want_word, have_word) in want.chunks_exact(word).zip(have.chunks_exact(word)) {
            if want_word == have_word {
                self.write_run(at, want, &run)?;
                run = run.end + word..run.end + word;
            } else if blank(have_word) {
                run.end += word;
            } else {
                return Err(StoreFault::Dirty);
            }
        }
        self.write_run(at, want, &run)
    }

    fn write_run(&mut self, at: u32, want: &[u8], run: &core::ops::Range<usize>) -> Result<(), StoreFault> {
        if run.is_empty() {
            return Ok(());
        }
        self.flash.write(at + run.start as u32, &want[run.clone()]).map_err(StoreFault::flash)
    }

    fn mark(&mut self, at: u32) -> Result<Mark, StoreFault> {
        let mut word = [0; MAX_WRITE];
        let word = &mut word[..F::WRITE_SIZE];
        // A word that cannot be read was cut off while it was written.
        if self.read(at, word).is_err() {
            return Ok(Mark::Torn);
        }
        Ok(if word.iter().all(|b| *b == 0) {
            Mark::Set
        } else if word.iter().all(|b| *b == 0xff) {
            Mark::Blank
        } else {
            Mark::Torn
        })
    }

    /// Chunks that were written. A torn mark stands behind a chunk that was written whole: its hash decides.
    fn present(&mut self, place: &Place, image: &ImageRecord) -> Result<ChunkSet, StoreFault> {
        let mut set = ChunkSet::default();
        for index in 0..image.chunk_count() {
            let there = match self.mark(place.mark::<F>(index))? {
                Mark::Set => true,
                Mark::Blank => false,
                Mark::Torn => self.chunk_matches(place, image, index)?,
            };
            if there {
                set.insert(index);
            }
        }
        Ok(set)
    }

    fn digest_matches(&mut self, place: &Place, image: &ImageRecord) -> Result<bool, StoreFault> {
        let mut sha = Sha256::new();
        self.hash(&mut sha, place.envelope, HEADER)?;
        self.hash(&mut sha, place.envelope + MANIFEST, image.manifest_len)?;
        Ok(image.digest == Digest(sha.finalize().into()))
    }

    fn chunks_match(&mut self, place: &Place, image: &ImageRecord) -> Result<bool, StoreFault> {
        for index in 0..image.chunk_count() {
            if !self.chunk_matches(place, image, index)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn chunk_matches(&mut self, place: &Place, image: &ImageRecord, index: u32) -> Result<bool, StoreFault> {
        let (start, len) = image.chunk(index).ok_or(StoreFault::LogicBug)?;
        let mut hash = [0; 32];
        self.read(place.hash(image, index), &mut hash)?;
        let mut sha = Sha256::new();
        self.hash(&mut sha, place.content + start, len)?;
        Ok(Digest(sha.finalize().into()) == Digest(hash))
    }

    fn hash(&mut self, sha: &mut Sha256, start: u32, len: u32) -> Result<(), StoreFault> {
        let mut block = [0; 256];
        let mut at = 0;
        while at < len {
            let n = (len - at).min(block.len() as u32);
            self.read(start + at, &mut block[..n as usize])?;
            sha.update(&block[..n as usize]);
            at += n;
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Set,
    Blank,
    Torn,
}

/// What the journal keeps of an envelope. Also checks that the hashes are where the store will look for them: at the
/// manifest's end.
fn image_record(envelope: &[u8]) -> Result<(Envelope<'_>, ImageRecord), StoreFault> {
    let parsed = Envelope::parse(envelope).map_err(|_| StoreFault::Envelope)?;
    let manifest = parsed.manifest().map_err(|_| StoreFault::Envelope)?;
    let header = parsed.header();
    let image = ImageRecord {
        digest: parsed.manifest_digest(),
        counter: manifest.counter,
        manifest_len: header.manifest_len,
        content_len: header.content_len,
        chunk_shift: manifest.chunk_size().trailing_zeros() as u8,
    };
    let place = Place { slot: 0, envelope: 0, envelope_len: 0, content: 0 };
    for chunk in manifest.chunks() {
        let at = place.hash(&image, chunk.index) as usize;
        if envelope.get(at..at + 32) != Some(&chunk.hash.0[..]) {
            return Err(StoreFault::Envelope);
        }
    }
    if manifest.chunk_count() != image.chunk_count() || image.chunk_count() > MAX_CHUNKS {
        return Err(StoreFault::Envelope);
    }
    Ok((parsed, image))
}

impl ImageRecord {
    fn chunk_count(&self) -> u32 {
        self.content_len.div_ceil(1 << self.chunk_shift)
    }

    /// Offset in the content and length of a chunk.
    fn chunk(&self, index: u32) -> Option<(u32, u32)> {
        if index >= self.chunk_count() {
            return None;
        }
        let start = index << self.chunk_shift;
        Some((start, (self.content_len - start).min(1 << self.chunk_shift)))
    }
}

/// Where the parts of an image lie, as offsets in the flash.
///
/// An image begins on a sector of its slot that its counter chooses, so that successive versions walk through the slot:
/// its sectors wear evenly, and code at one address is seldom replaced.
struct Place {
    /// First byte: the marks.
    slot: u32,
    envelope: u32,
    envelope_len: u32,
    content: u32,
}

impl Place {
    fn of<F: NorFlash>(layout: &Layout, slot: SlotId, image: &ImageRecord) -> Place {
        let first = Place::at::<F>(layout.slots[slot as usize], image);
        let sectors = first.end(image).saturating_sub(first.slot).div_ceil(F::ERASE_SIZE as u32);
        let positions = (layout.slot_size / F::ERASE_SIZE as u32).saturating_sub(sectors) + 1;
        Place::at::<F>(first.slot + image.counter % positions * F::ERASE_SIZE as u32, image)
    }

    fn at<F: NorFlash>(base: u32, image: &ImageRecord) -> Place {
        let envelope_len = (MANIFEST + image.manifest_len).next_multiple_of(16);
        let align = 16.max(F::WRITE_SIZE as u32);
        let content = (base + marks_len::<F>() + envelope_len).next_multiple_of(align);
        Place { slot: base, envelope: content - envelope_len, envelope_len, content }
    }

    /// Behind the last word.
    fn end(&self, image: &ImageRecord) -> u32 {
        // A whole word more than the content at most; words are at most MAX_WRITE bytes.
        self.content.saturating_add(image.content_len).saturating_add(MAX_WRITE as u32)
    }

    fn mark<F: NorFlash>(&self, index: u32) -> u32 {
        self.slot + index * F::WRITE_SIZE as u32
    }

    fn hash(&self, image: &ImageRecord, index: u32) -> u32 {
        let manifest_end = self.envelope + MANIFEST + image.manifest_len;
        manifest_end - 32 * (image.chunk_count() - index)
    }
}

#[cfg(test)]
mod tests;
