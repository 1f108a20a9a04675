//! Modules in NOR flash: two slots each, A and B, and a journal of what is in them. Modules run where they lie.
//!
//! ```text
//! region    journal (two pages, see `journal`) | A of each module | B of each module
//! slot      marks: one flash word a chunk, programmed to zero once the chunk is written
//!           padding, so that the content starts at a multiple of 16 and of the flash's write size
//!           the artifact as its file: envelope (header, signature, manifest), content
//! ```
//! States of a slot: empty → downloading → verified → trial → confirmed, or → quarantined. What the journal says of a
//! slot is always true of the flash, because each step is made durable in this order:
//!
//! 1. `erased` is recorded before the slot is erased; `begun` after all of it is, and the envelope is written;
//! 2. a chunk is compared with its signed hash before it is written, its mark is programmed after it;
//! 3. `verified` is recorded after every chunk has been read back and compared;
//! 4. `trial` before the module is started, `confirmed` after it was found well: until then a reset counts against it
//!    and [`MAX_TRIAL_BOOTS`] of them revert it; `reverted` and the quarantine of its digest are one record, and so are
//!    `confirmed` and the rise of the security counter;
//! 5. `removed` frees both slots of a module in one record. Its name and counter stay: who could make a device forget
//!    them could have it take an old version as if it were new.
//!
//! 6. Keys that take the place of the trusted ones are two records, of which the second makes both count.
//!
//! The slot of the confirmed module and the one on trial are never erased. A download goes on where it was, unless the
//! cut was in the middle of a chunk: words that were cut off can be neither trusted nor written again, so it starts over.
//!
//! # Why a table of slots, and not extents
//! Code has to be contiguous, aligned, and where it was while it runs. With extents, room for an update is found by
//! moving modules: more erases, code that changes its address, and a cut in a move to recover from. A [`Layout`] that
//! never changes costs flash that small modules leave unused; in return an update never fails because of another
//! module, wear is known in advance, and slots can be made to suit banks and protection units.
//!
//! # Why a log of its own
//! Content has to lie where it runs, so a store of keys and values (`sequential-storage` is the one in use) could keep the
//! records alone. Those are 56 bytes and come five to an update. What they need is that one append changes several facts
//! at once, that nothing is written twice on parts that check that, that words with an ECC error are scraps, and that
//! what reads differently after a cut is settled before it is acted on; a map that looks up the newest item of a key
//! gives none of the last two. The journal does that in one page of code.
//!
//! # Wear
//! An update erases each sector that its image takes once, and the image moves through its slot from version to version.
//! The journal takes a record for each of the five steps, three for a name that is new, and at most two at boots that
//! follow a change. A page has 64 strides or more, of which at most 30 are taken when it is new: it is erased after 34
//! records or more, every sixth update or less often, the other page the time after that.
//!
//! # Bounds
//! RAM: [`MAX_STORE_BYTES`] besides the driver, and about 1 KiB of stack, or [`MAX_CHUNK`] more
//! while a chunk is unpacked. [`MAX_MODULES`] modules, [`MAX_NAMES`] names in
//! a device's life, [`MAX_QUARANTINE`] digests in quarantine. While a sector is erased or a piece programmed, modules in
//! that bank are suspended ([`ModuleFlash`]); [`begin`](SlotStore::begin) erases what marks and envelope take, and each
//! [`erase`](SlotStore::erase) one sector.

use embedded_storage::nor_flash::NorFlashError;
use sandgrain_artifact::{Digest, Envelope, KeySet, MAX_ENVELOPE};

use crate::packed::{UnpackError, unpack};
use crate::proto::{MAX_CHUNK, ValueBuffer};
use crate::verify::{self, Refusal, Trust};

pub use bank::{MAX_PROGRAM, ModuleFlash, Work};
pub use error::{MAX_COUNTER_JUMP, StoreFault, check_counter};
#[cfg(any(test, feature = "faults"))]
pub use fault::Fault;
use fault::fault;
use image::{ImageAt, image_record};
use journal::Journal;
use layout::Place;
pub use layout::{Layout, SlotPair};
pub use state::SlotState;
pub(crate) use state::crc32;
use state::{ImageRecord, Kind, Record};

#[cfg(any(test, feature = "sim"))]
mod audit;
mod bank;
mod error;
mod fault;
mod image;
mod journal;
mod layout;
mod state;

/// Most chunks of an artifact: no envelope has room for more hashes.
pub const MAX_CHUNKS: u32 = 128;
const _: () = assert!(MAX_ENVELOPE / 32 <= MAX_CHUNKS as usize);
/// Modules that a device can have at once.
pub const MAX_MODULES: usize = 4;
/// Names of modules that a device can see in its life: their counters are kept for good.
pub const MAX_NAMES: usize = 8;
/// Digests in quarantine, of all modules; another one displaces the oldest.
pub const MAX_QUARANTINE: usize = 8;
/// Resets that a module on trial survives; the next one reverts it.
pub const MAX_TRIAL_BOOTS: u8 = 3;
/// Upper bound of what a store takes besides its flash driver, in bytes, on targets of 32 and 64 bits.
pub const MAX_STORE_BYTES: usize = 1680;
const _: () = assert!(size_of::<SlotStore<()>>() <= MAX_STORE_BYTES);
/// Largest write size of the flash that is supported, in bytes.
const MAX_WRITE: usize = 256;

/// One of a device's slots: which module's, and which of its two.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SlotId(u8);

impl SlotId {
    /// The first slot of the first module.
    pub const A: SlotId = SlotId(0);
    /// The second slot of the first module.
    pub const B: SlotId = SlotId(1);

    /// The slot with this index, below twice [`MAX_MODULES`].
    pub const fn from_index(index: u8) -> Option<SlotId> {
        if (index as usize) < 2 * MAX_MODULES { Some(SlotId(index)) } else { None }
    }

    /// Its index: twice the module's, and one more for the second slot.
    pub const fn index(self) -> u8 {
        self.0
    }

    /// The other slot of the same module.
    pub const fn other(self) -> SlotId {
        SlotId(self.0 ^ 1)
    }

    /// Which module's.
    const fn pair(self) -> usize {
        self.0 as usize / 2
    }

    /// Which of the two.
    const fn bank(self) -> usize {
        self.0 as usize % 2
    }

    const fn of(pair: usize) -> [SlotId; 2] {
        [SlotId(2 * pair as u8), SlotId(2 * pair as u8 + 1)]
    }

    fn all() -> impl Iterator<Item = SlotId> {
        (0..2 * MAX_MODULES as u8).map(SlotId)
    }
}

impl core::fmt::Debug for SlotId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}{}", self.pair(), ['A', 'B'][self.bank()])
    }
}

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
    /// The keys that are trusted instead of the provisioned ones.
    pub keys: Option<KeySet>,
}

/// What an agent asks of the store, one at a time.
#[derive(Debug, Clone, Copy)]
pub enum StoreOp<'a> {
    /// [`SlotStore::begin`]; answered by `Ready`, or by `Erasing` until `Erase` has made it ready.
    Begin {
        /// Verified.
        envelope: &'a [u8],
    },
    /// [`SlotStore::erase`]; answered by `Erasing` or `Ready`.
    Erase {
        /// From `Erasing`.
        slot: SlotId,
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
    /// [`SlotStore::write_packed`]; answered by `Written`.
    WritePacked {
        /// From `Ready`.
        slot: SlotId,
        /// Which chunk.
        index: u32,
        /// Unverified, as what it is unpacked to.
        packed: &'a [u8],
        /// Where the base is, if there is one.
        base: Option<SlotId>,
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
    /// [`SlotStore::rotate`]; answered by `Rotated`.
    Rotate {
        /// Verified.
        keys: &'a KeySet,
    },
}

/// The store's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreReply {
    /// A sector is erased and more are to come; other tasks may run in between.
    Erasing {
        /// Where.
        slot: SlotId,
    },
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
    /// The keys are the trusted ones.
    Rotated,
    /// The step failed.
    Failed(StoreFault),
}

/// How far [`SlotStore::begin`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// Call [`SlotStore::erase`].
    Erasing(SlotId),
    /// Chunks can be written; those in the set are there.
    Ready(SlotId, ChunkSet),
}

impl From<Begun> for StoreReply {
    fn from(begun: Begun) -> StoreReply {
        match begun {
            Begun::Erasing(slot) => StoreReply::Erasing { slot },
            Begun::Ready(slot, present) => StoreReply::Ready { slot, present },
        }
    }
}

/// A download that was begun since the store was opened.
#[derive(Debug, Clone, Copy)]
struct Download {
    slot: SlotId,
    image: ImageRecord,
    /// Offset of the next sector to erase.
    erased: u32,
}

/// The store, over a flash driver.
pub struct SlotStore<F> {
    flash: F,
    layout: Layout,
    journal: Journal,
    download: Option<Download>,
}

impl<F: ModuleFlash> SlotStore<F> {
    /// Reads the journal; makes one where there is none. Settles what a power cut has left of the last record.
    pub fn open(mut flash: F, layout: Layout) -> Result<Self, StoreFault> {
        let journal = Journal::open(&mut flash, layout.journal())?;
        Ok(SlotStore { flash, layout, journal, download: None })
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

    /// Names of the modules that have slots, with the lowest counter that each may have.
    pub fn modules(&self) -> impl Iterator<Item = (&str, u32)> {
        let state = &self.journal.state;
        let owners = state.pairs.iter().filter_map(|pair| pair.owner);
        owners.filter_map(|owner| state.names.get(usize::from(owner)).map(|name| (name.text.as_str(), name.floor)))
    }

    /// Where the image of a slot lies, once it is verified.
    pub fn image(&self, slot: SlotId) -> Option<Image> {
        let record = self.journal.state.slot(slot);
        if record.state < SlotState::Verified {
            return None;
        }
        let place = Place::of::<F>(&self.layout, slot, &record.image).ok()?;
        Some(Image { slot, offset: place.envelope, len: place.envelope_len + record.image.content_len })
    }

    /// Decides what the module of this name runs after a reset, counts the reset against one on trial, and verifies all
    /// of what is to be run: signature, target, digest, every chunk. `scratch` holds the envelope meanwhile.
    ///
    /// Once keys have been rotated, the signature of a confirmed module is not asked for again: it was checked before the
    /// journal took the digest, by which the module is known still. So a device whose fleet revokes a key goes on with what
    /// it does until there is something newer, and does not stop at its next reset, whenever that is.
    ///
    /// Confirmed modules of a lower counter than the floor are not gone back to.
    pub fn boot(
        &mut self,
        name: &str,
        trust: &Trust<'_>,
        scratch: &mut [u8; MAX_ENVELOPE],
    ) -> Result<BootReport, StoreFault> {
        let (mut on_trial, mut confirmed, mut reverted, mut unfit) = (None, None, None, None);
        let known = self.journal.state.name(name);
        if let Some(pair) = known.and_then(|known| self.journal.state.pair_of(known)) {
            for slot in SlotId::of(pair) {
                let record = *self.journal.state.slot(slot);
                if record.state != SlotState::Trial {
                    continue;
                }
                match self.installed(slot, name, trust, scratch) {
                    Ok(installed) if record.boots < MAX_TRIAL_BOOTS => {
                        self.record(Record { detail: record.boots + 1, ..Record::new(Kind::TrialBoot, slot) })?;
                        on_trial = Some(installed);
                    }
                    _ => {
                        self.revert(slot, true)?;
                        reverted = Some(record.image.digest);
                    }
                }
            }
            if let Some(slot) = self.journal.state.pairs[pair].active {
                match self.installed(slot, name, trust, scratch) {
                    Ok(installed) => confirmed = Some(installed),
                    Err(refusal) => unfit = Some((self.journal.state.slot(slot).image.digest, refusal)),
                }
            }
        }
        let trial = on_trial.is_some();
        let (run, fallback) = if trial { (on_trial, confirmed) } else { (confirmed, None) };
        let state = &self.journal.state;
        let floor = known.and_then(|known| state.names.get(usize::from(known))).map_or(0, |name| name.floor);
        let (quarantined, keys) = (state.quarantined.clone(), state.keys);
        Ok(BootReport { run, trial, fallback, reverted, unfit, floor, quarantined, keys })
    }

    /// Verifies a slot and says what is in it.
    fn installed(
        &mut self,
        slot: SlotId,
        name: &str,
        trust: &Trust<'_>,
        scratch: &mut [u8; MAX_ENVELOPE],
    ) -> Result<Installed, Refusal> {
        let record = *self.journal.state.slot(slot);
        let floor = self.journal.state.floor(slot);
        if record.image.counter < floor && record.state != SlotState::Trial {
            return Err(Refusal::Counter { floor });
        }
        let keys = self.journal.state.keys;
        let mut at = self.at(slot, record.image)?;
        let envelope = scratch.get_mut(..at.place.envelope_len as usize).ok_or(StoreFault::LogicBug)?;
        at.flash.read(at.place.envelope, envelope).map_err(|_| Refusal::Content)?;
        let digest = &record.image.digest;
        let checked = match &keys {
            Some(_) if record.state == SlotState::Confirmed => verify::check_confirmed(envelope, digest, trust)?,
            Some(set) => verify::check_envelope(envelope, digest, &Trust { keys: &set.keys, ..*trust })?,
            None => verify::check_envelope(envelope, digest, trust)?,
        };
        if checked.manifest.name != name {
            return Err(Refusal::Name);
        }
        if !at.chunks_match()? {
            return Err(Refusal::Content);
        }
        let value = checked.value()?;
        Ok(Installed { slot, digest: record.image.digest, counter: record.image.counter, value })
    }

    /// Does what an agent asks for.
    pub fn apply(&mut self, op: StoreOp<'_>) -> StoreReply {
        let done = match op {
            StoreOp::Begin { envelope } => self.begin(envelope).map(StoreReply::from),
            StoreOp::Erase { slot } => self.erase(slot).map(StoreReply::from),
            StoreOp::Write { slot, index, bytes } => self.write_chunk(slot, index, bytes).map(|()| StoreReply::Written),
            StoreOp::WritePacked { slot, index, packed, base } => {
                self.write_packed(slot, index, packed, base).map(|()| StoreReply::Written)
            }
            StoreOp::Finish { slot } => self.finish(slot).map(|()| StoreReply::Finished),
            StoreOp::BeginTrial { slot } => self.begin_trial(slot).map(|()| StoreReply::OnTrial),
            StoreOp::Confirm { slot } => self.confirm(slot).map(|()| StoreReply::Confirmed),
            StoreOp::Revert { slot, quarantine } => self.revert(slot, quarantine).map(|()| StoreReply::Reverted),
            StoreOp::Rotate { keys } => self.rotate(keys).map(|()| StoreReply::Rotated),
        };
        done.unwrap_or_else(StoreReply::Failed)
    }

    /// Makes room for an artifact in a slot of the module that it names, or finds the part of it that is there already.
    /// The caller has verified the envelope; it is the first thing written. A module that is new gets the smallest
    /// free pair of slots that is large enough.
    pub fn begin(&mut self, envelope: &[u8]) -> Result<Begun, StoreFault> {
        let parsed = Envelope::parse(envelope).map_err(|_| StoreFault::Envelope)?;
        let image = image_record(&parsed)?;
        let name = parsed.manifest().map_err(|_| StoreFault::Envelope)?.name;
        if self.journal.state.quarantined.contains(&image.digest) {
            return Err(StoreFault::Quarantined);
        }
        self.download = None;
        let (slot, owner) = self.slot_for(name, &image)?;
        let place = Place::of::<F>(&self.layout, slot, &image)?;
        if let Some(ready) = self.resume(slot, &image)? {
            return Ok(ready);
        }
        self.record(Record { detail: owner, ..Record::new(Kind::Erased, slot) })?;
        let erased = ImageAt { flash: &mut self.flash, place, image }.begin(parsed.bytes())?;
        self.download = Some(Download { slot, image, erased });
        if erased < place.end { Ok(Begun::Erasing(slot)) } else { self.erase(slot) }
    }

    /// Erases one more sector of the slot that [`begin`](Self::begin) makes room in.
    pub fn erase(&mut self, slot: SlotId) -> Result<Begun, StoreFault> {
        let begun = self.download.filter(|download| download.slot == slot);
        let Some(Download { image, erased, .. }) = begun.filter(|_| self.state(slot) == SlotState::Empty) else {
            return Err(StoreFault::WrongState(self.state(slot)));
        };
        let place = Place::of::<F>(&self.layout, slot, &image)?;
        let mut end = erased;
        if erased < place.end {
            end += F::ERASE_SIZE as u32;
            bank::erase(&mut self.flash, erased..end)?;
        }
        self.download = Some(Download { slot, image, erased: end });
        if end < place.end {
            return Ok(Begun::Erasing(slot));
        }
        self.record(Record { image, ..Record::new(Kind::Begun, slot) })?;
        Ok(Begun::Ready(slot, ChunkSet::default()))
    }

    /// Goes on with what the slot has of an image, if it has any that can be gone on with.
    fn resume(&mut self, slot: SlotId, image: &ImageRecord) -> Result<Option<Begun>, StoreFault> {
        let there = *self.journal.state.slot(slot);
        if there.state == SlotState::Empty || there.image != *image {
            return Ok(None);
        }
        let mut at = self.at(slot, there.image)?;
        let present = match at.present() {
            Ok(present) if at.digest_matches() => present,
            Ok(_) | Err(StoreFault::Dirty) => return Ok(None),
            Err(fault) => return Err(fault),
        };
        if there.state != SlotState::Downloading {
            self.record(Record { image: *image, ..Record::new(Kind::Begun, slot) })?;
        }
        self.download = Some(Download { slot, image: *image, erased: u32::MAX });
        Ok(Some(Begun::Ready(slot, present)))
    }

    /// The slot that a download may use, and the index of its module's name. Not the confirmed slot, not the one on
    /// trial; rather the one that has the artifact already, then an empty one.
    fn slot_for(&mut self, name: &str, image: &ImageRecord) -> Result<(SlotId, u8), StoreFault> {
        let state = &self.journal.state;
        let owned = state.name(name).and_then(|owner| Some((state.pair_of(owner)?, owner)));
        let Some((pair, owner)) = owned else {
            return self.new_pair(name, image);
        };
        check_counter(image.counter, state.floor(SlotId::of(pair)[0]))?;
        let rank = |slot: &SlotId| {
            let record = state.slot(*slot);
            (record.state == SlotState::Empty || record.image.digest != image.digest, record.state)
        };
        if let Some(trial) = SlotId::of(pair).into_iter().find(|slot| state.slot(*slot).state == SlotState::Trial) {
            return Err(StoreFault::WrongState(state.slot(trial).state));
        }
        let free = SlotId::of(pair).into_iter().filter(|slot| state.pairs[pair].active != Some(*slot));
        Ok((free.min_by_key(rank).ok_or(StoreFault::LogicBug)?, owner))
    }

    fn new_pair(&mut self, name: &str, image: &ImageRecord) -> Result<(SlotId, u8), StoreFault> {
        let state = &self.journal.state;
        let needed = Place::needed::<F>(image);
        let pairs = || self.layout.pairs().iter().enumerate();
        // A module of which nothing was ever verified has no claim to its slots.
        let empty = |pair: usize| SlotId::of(pair).into_iter().all(|slot| state.slot(slot).state == SlotState::Empty);
        let free = pairs().filter(|(index, pair)| empty(*index) && pair.size >= needed);
        let Some((pair, _)) = free.min_by_key(|(_, pair)| pair.size) else {
            let available = pairs().map(|(_, pair)| pair.size).max().unwrap_or(0);
            let fits = needed <= available;
            return Err(if fits { StoreFault::NoRoom } else { StoreFault::TooLarge { needed, available } });
        };
        let slot = SlotId::of(pair)[0];
        let known = state.name(name).map(|owner| (owner, state.names[usize::from(owner)].floor));
        check_counter(image.counter, known.map_or(0, |(_, floor)| floor))?;
        if let Some((owner, _)) = known {
            return Ok((slot, owner));
        }
        let record = state.introduce(name).ok_or(StoreFault::TooManyNames)?;
        self.record(record)?;
        Ok((slot, record.detail))
    }

    /// Compares a chunk with its signed hash, writes it, marks it. A chunk that is there already is left alone.
    pub fn write_chunk(&mut self, slot: SlotId, index: u32, bytes: &[u8]) -> Result<(), StoreFault> {
        let written = self.downloading(slot)?.write_chunk(index, bytes);
        if written == Err(StoreFault::Dirty) {
            self.give_up(slot)?;
        }
        written
    }

    /// Unpacks a chunk ([`packed`](crate::packed)), from what the artifact in slot `base` has where it says so, and goes on as
    /// [`write_chunk`](Self::write_chunk). Takes [`MAX_CHUNK`] bytes of stack.
    pub fn write_packed(
        &mut self,
        slot: SlotId,
        index: u32,
        packed: &[u8],
        base: Option<SlotId>,
    ) -> Result<(), StoreFault> {
        let (start, len) = self.downloading(slot)?.image.chunk(index).ok_or(StoreFault::Chunk)?;
        let base = base.and_then(|base| self.content(base)).unwrap_or(0..0);
        let mut chunk = [0; MAX_CHUNK];
        let chunk = chunk.get_mut(..len as usize).ok_or(StoreFault::Chunk)?;
        let flash = &mut self.flash;
        let read = |at: u32, bytes: &mut [u8]| {
            let from = base.start.checked_add(at).filter(|from| *from < base.end);
            let from = from.filter(|from| bytes.len() <= (base.end - from) as usize).ok_or(StoreFault::Chunk)?;
            flash.read(from, bytes).map_err(|e| StoreFault::Flash(e.kind()))
        };
        unpack(packed, start, chunk, read).map_err(|error| match error {
            UnpackError::Base(fault) => fault,
            UnpackError::Truncated | UnpackError::TooLong | UnpackError::Range => StoreFault::Chunk,
        })?;
        self.write_chunk(slot, index, chunk)
    }

    /// Reads everything back and compares it with what was signed. Gives the slot up if something differs.
    pub fn finish(&mut self, slot: SlotId) -> Result<(), StoreFault> {
        let mut at = self.downloading(slot)?;
        if fault!(CommitBeforeVerify, !at.digest_matches() || !at.chunks_match()?, false) {
            self.give_up(slot)?;
            return Err(StoreFault::Dirty);
        }
        self.download = None;
        self.record(Record::new(Kind::Verified, slot))
    }

    fn give_up(&mut self, slot: SlotId) -> Result<(), StoreFault> {
        self.download = None;
        let owner = self.journal.state.pairs[slot.pair()].owner.ok_or(StoreFault::LogicBug)?;
        self.record(Record { detail: owner, ..Record::new(Kind::Erased, slot) })
    }

    /// Records that the module is about to be started on trial.
    pub fn begin_trial(&mut self, slot: SlotId) -> Result<(), StoreFault> {
        let image = self.expect(slot, SlotState::Verified)?;
        fault!(CommitBeforeVerify, (), {
            if !self.at(slot, image)?.chunks_match()? {
                self.give_up(slot)?;
                return Err(StoreFault::Dirty);
            }
        });
        // It may have been verified long ago.
        check_counter(image.counter, self.journal.state.floor(slot))?;
        self.record(Record::new(Kind::Trial, slot))
    }

    /// Makes the module on trial the current one, and its counter the floor.
    pub fn confirm(&mut self, slot: SlotId) -> Result<(), StoreFault> {
        self.expect(slot, SlotState::Trial)?;
        self.record(Record::new(Kind::Confirmed, slot))
    }

    /// Takes the module on trial back, and keeps its digest from coming again if `quarantine` is set.
    pub fn revert(&mut self, slot: SlotId, quarantine: bool) -> Result<(), StoreFault> {
        let image = self.expect(slot, SlotState::Trial)?;
        let record = Record { image, detail: u8::from(quarantine), ..Record::new(Kind::Reverted, slot) };
        fault!(QuarantineAfterRevert, self.record(record), {
            self.record(Record { detail: 0, ..record })?;
            self.record(Record { kind: Kind::Quarantined, ..record })
        })
    }

    /// Has these keys take the place of the trusted ones. The caller has verified who says so. Not while a module is on
    /// trial: its key may be one that is revoked, and what is on trial is not settled.
    pub fn rotate(&mut self, keys: &KeySet) -> Result<(), StoreFault> {
        if !self.journal.state.may_rotate(keys.epoch) {
            return Err(StoreFault::Epoch);
        }
        if SlotId::all().any(|slot| self.state(slot) == SlotState::Trial) {
            return Err(StoreFault::WrongState(SlotState::Trial));
        }
        self.record(Record::key(Kind::FirstKey, keys))?;
        self.record(Record::key(Kind::Keys, keys))
    }

    /// Frees both slots of a module, which must not run any more. Its name and counter are kept.
    pub fn remove(&mut self, name: &str) -> Result<(), StoreFault> {
        let state = &self.journal.state;
        let pair = state.name(name).and_then(|owner| state.pair_of(owner)).ok_or(StoreFault::NoModule)?;
        self.download.take_if(|download| download.slot.pair() == pair);
        self.record(Record::new(Kind::Removed, SlotId::of(pair)[0]))
    }

    fn expect(&self, slot: SlotId, state: SlotState) -> Result<ImageRecord, StoreFault> {
        let record = self.journal.state.slot(slot);
        if record.state == state { Ok(record.image) } else { Err(StoreFault::WrongState(record.state)) }
    }

    /// The slot of the download in progress. One from before the last reset has to be begun again, which looks at what
    /// is there.
    /// Where the content of an image lies in the flash, once it is verified.
    fn content(&self, slot: SlotId) -> Option<core::ops::Range<u32>> {
        let record = self.journal.state.slot(slot);
        let place = Place::of::<F>(&self.layout, slot, &record.image).ok()?;
        (record.state >= SlotState::Verified).then_some(place.content..place.content + record.image.content_len)
    }

    fn downloading(&mut self, slot: SlotId) -> Result<ImageAt<'_, F>, StoreFault> {
        let image = self.expect(slot, SlotState::Downloading)?;
        if self.download.is_none_or(|download| download.slot != slot) {
            return Err(StoreFault::WrongState(SlotState::Downloading));
        }
        self.at(slot, image)
    }

    fn at(&mut self, slot: SlotId, image: ImageRecord) -> Result<ImageAt<'_, F>, StoreFault> {
        let place = Place::of::<F>(&self.layout, slot, &image)?;
        Ok(ImageAt { flash: &mut self.flash, place, image })
    }

    fn record(&mut self, record: Record) -> Result<(), StoreFault> {
        self.journal.append(&mut self.flash, record)
    }
}

#[cfg(test)]
mod tests;
