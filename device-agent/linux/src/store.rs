//! A module's files: the operations of `sandgrain_agent::slots`, on a filesystem instead of flash.
//!
//! ```text
//! DIR/state           what counts: the confirmed module, the one on trial, the lowest counter, the quarantine
//! DIR/{digest}.part   a download: the artifact at its full length, with holes where chunks are missing
//! DIR/{digest}.sg     an artifact, verified whole
//! ```
//! Each fact is in one place, so that no two can disagree after a crash. A module is downloading while it is a `.part`,
//! verified once it is an `.sg`, and on trial, confirmed or quarantined if `state` says so. Every step is durable before the
//! next one, and one rename each:
//!
//! * a `.part` is compared with the signed hashes and synced before it is renamed, then the directory is synced;
//! * `state` is written as `state.new`, synced, renamed, then the directory is synced.
//!
//! A crash leaves the step before or the step after. Which chunks a download has is not written down: each is compared
//! with its signed hash when the download is gone on with, and one that a crash has lost or torn is fetched again.
//!
//! Files of modules that count for nothing are removed when room is made for a new one, so there are at most two artifacts
//! besides the download's own: the confirmed one and the one before it.

use std::fmt;
use std::io;

use embedded_storage::nor_flash::NorFlashErrorKind;
use sandgrain_agent::packed::unpack;
use sandgrain_agent::slots::{
    BootReport, ChunkSet, Installed, MAX_QUARANTINE, MAX_TRIAL_BOOTS, SlotId, SlotState, StoreFault, StoreOp,
    StoreReply, check_counter,
};
use sandgrain_agent::verify::{self, Checked, Refusal, Trust};
use sandgrain_artifact::{Digest, Envelope, KeySet};

pub use disk::{Disk, Folder};
use state::{Hex, State, Trial};

mod disk;
mod state;

/// The file of what counts, and the one that takes its place.
const STATE: &str = "state";
const NEW_STATE: &str = "state.new";
/// Chunks of a download that a crash may lose, since syncing each would wear out cards.
const UNSYNCED_CHUNKS: u32 = 16;

/// Why there is no store.
#[derive(Debug)]
pub enum StoreError {
    /// The filesystem does not do what it was asked to.
    Disk {
        /// What.
        doing: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The file `state` is not one of this program's.
    State(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Disk { doing, source } => write!(f, "{doing}: {source}"),
            StoreError::State(why) => write!(
                f,
                "the file `state` cannot be understood: {why}; it is replaced whole at every step, so somebody has changed \
                 it: restore it, or remove it and with it what the device knows of counters and failed modules"
            ),
        }
    }
}

impl std::error::Error for StoreError {}

fn disk(doing: &'static str) -> impl Fn(io::Error) -> StoreError {
    move |source| StoreError::Disk { doing, source }
}

/// What the store keeps of an artifact on its way in.
#[derive(Debug)]
struct Download {
    slot: SlotId,
    digest: Digest,
    /// As it was verified.
    envelope: Vec<u8>,
    unsynced: u32,
}

/// A verified artifact that has a slot.
#[derive(Debug, Clone, Copy)]
struct Slot {
    digest: Digest,
    counter: u32,
}

/// The files of one module. Slots are names that agent and store have for the artifacts of one run of this program.
pub struct FileStore<D> {
    disk: D,
    state: State,
    slots: [Option<Slot>; 2],
    download: Option<Download>,
}

fn part(digest: &Digest) -> String {
    format!("{digest}.part")
}

fn whole(digest: &Digest) -> String {
    format!("{digest}.sg")
}

fn index(slot: SlotId) -> usize {
    usize::from(slot != SlotId::A)
}

impl<D: Disk> FileStore<D> {
    /// Reads what counts; a folder without a `state` is that of a new device.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn open(mut disk: D) -> Result<FileStore<D>, StoreError> {
        let state = match disk.read(STATE) {
            Ok(bytes) => State::parse(&bytes).map_err(StoreError::State)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => State::default(),
            Err(error) => return Err(self::disk("reading `state`")(error)),
        };
        Ok(FileStore { disk, state, slots: [None; 2], download: None })
    }

    /// The filesystem.
    pub fn into_disk(self) -> D {
        self.disk
    }

    /// Decides what runs after a start of this program, counts the start against a module on trial, and verifies all of
    /// what is to be run: signature, target, digest, name, every chunk.
    ///
    /// # Errors
    /// [`StoreError::Disk`] if the decision cannot be made durable.
    pub fn boot(&mut self, name: &str, trust: &Trust<'_>) -> Result<BootReport, StoreError> {
        let failed = disk("writing `state`");
        let (mut on_trial, mut reverted, mut unfit) = (None, None, None);
        if let Some(Trial { digest, boots }) = self.state.trial.clone() {
            match self.installed(SlotId::B, &digest.0, name, trust) {
                Ok(installed) if boots < u32::from(MAX_TRIAL_BOOTS) => {
                    let trial = Some(Trial { digest, boots: boots + 1 });
                    self.commit(State { trial, ..self.state.clone() }).map_err(failed)?;
                    on_trial = Some(installed);
                }
                _ => {
                    self.commit(self.state.reverted(true)).map_err(failed)?;
                    reverted = Some(digest.0);
                }
            }
        }
        let confirmed = self.state.confirmed.clone().and_then(|Hex(digest)| {
            let installed = self.installed(SlotId::A, &digest, name, trust);
            installed.inspect_err(|refusal| unfit = Some((digest, *refusal))).ok()
        });
        let trial = on_trial.is_some();
        let (run, fallback) = if trial { (on_trial, confirmed) } else { (confirmed, None) };
        let quarantined = self.state.quarantined.iter().map(|hex| hex.0).take(MAX_QUARANTINE).collect();
        let (floor, keys) = (self.state.floor, self.state.keys.as_ref().map(KeySet::from));
        Ok(BootReport { run, trial, fallback, reverted, unfit, floor, quarantined, keys })
    }

    /// Verifies an artifact and gives it a slot.
    fn installed(
        &mut self,
        slot: SlotId,
        digest: &Digest,
        name: &str,
        trust: &Trust<'_>,
    ) -> Result<Installed, Refusal> {
        let bytes = self.verified(digest, trust)?;
        let checked = self.check(&bytes, digest, trust)?;
        if checked.manifest.name != name {
            return Err(Refusal::Name);
        }
        let counter = checked.manifest.counter;
        self.slots[index(slot)] = Some(Slot { digest: *digest, counter });
        Ok(Installed { slot, digest: *digest, counter, value: checked.value()? })
    }

    /// The bytes of an artifact of which every one was verified.
    fn verified(&mut self, digest: &Digest, trust: &Trust<'_>) -> Result<Vec<u8>, Refusal> {
        let bytes = self.disk.read(&whole(digest)).map_err(|_| Refusal::Content)?;
        let checked = self.check(&bytes, digest, trust)?;
        if !is_whole(&bytes, &checked.envelope) {
            return Err(Refusal::Content);
        }
        Ok(bytes)
    }

    /// An envelope's check with the keys that are trusted now. Of the confirmed one, the signature is not asked for again
    /// once keys have been rotated (`sandgrain_agent::slots::SlotStore::boot` says why).
    fn check<'a>(&self, bytes: &'a [u8], digest: &Digest, trust: &Trust<'_>) -> Result<Checked<'a>, Refusal> {
        match &self.state.keys {
            Some(_) if self.state.confirmed.as_ref().is_some_and(|confirmed| confirmed.0 == *digest) => {
                verify::check_confirmed(bytes, digest, trust)
            }
            Some(keys) => verify::check_envelope(bytes, digest, &Trust { keys: &KeySet::from(keys).keys, ..*trust }),
            None => verify::check_envelope(bytes, digest, trust),
        }
    }

    /// The artifact in a slot, to be run: read and verified now, whoever has been at the file in the meantime.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn image(&mut self, slot: SlotId, trust: &Trust<'_>) -> Result<Vec<u8>, Refusal> {
        let Slot { digest, .. } = self.slots[index(slot)].ok_or(StoreFault::WrongState(SlotState::Empty))?;
        self.verified(&digest, trust)
    }

    /// Does what an agent asks for. What the system says of a step that fails is in the log; the agent is told that it
    /// was the storage.
    pub fn apply(&mut self, op: StoreOp<'_>) -> StoreReply {
        let done = match op {
            StoreOp::Begin { envelope } => {
                self.begin(envelope).map(|(slot, present)| StoreReply::Ready { slot, present })
            }
            StoreOp::Write { slot, index, bytes } => self.write_chunk(slot, index, bytes).map(|()| StoreReply::Written),
            StoreOp::WritePacked { slot, index, packed, base } => {
                self.write_packed(slot, index, packed, base).map(|()| StoreReply::Written)
            }
            // A filesystem makes room at once.
            StoreOp::Erase { .. } => Err(StoreFault::LogicBug.into()),
            StoreOp::Finish { slot } => self.finish(slot).map(|()| StoreReply::Finished),
            StoreOp::BeginTrial { slot } => self.begin_trial(slot).map(|()| StoreReply::OnTrial),
            StoreOp::Confirm { slot } => self.confirm(slot).map(|()| StoreReply::Confirmed),
            StoreOp::Revert { slot, quarantine } => self.revert(slot, quarantine).map(|()| StoreReply::Reverted),
            StoreOp::Rotate { keys } => self.rotate(keys).map(|()| StoreReply::Rotated),
        };
        done.unwrap_or_else(|Failed(fault)| StoreReply::Failed(fault))
    }

    /// Makes room for an artifact, or finds the part of it that is there already. The caller has verified the envelope.
    fn begin(&mut self, envelope: &[u8]) -> Result<(SlotId, ChunkSet), Failed> {
        let parsed = Envelope::parse(envelope).map_err(|_| StoreFault::Envelope)?;
        let (digest, envelope) = (parsed.manifest_digest(), parsed.bytes());
        if self.state.trial.is_some() {
            return Err(StoreFault::WrongState(SlotState::Trial).into());
        }
        check_counter(parsed.manifest().map_err(|_| StoreFault::Envelope)?.counter, self.state.floor)?;
        let confirmed = self.state.confirmed.as_ref().map(|hex| hex.0);
        if confirmed == Some(digest) {
            return Err(StoreFault::WrongState(SlotState::Confirmed).into());
        }
        let slot = match self.slots[index(SlotId::A)] {
            Some(slot) if Some(slot.digest) == confirmed => SlotId::B,
            _ => SlotId::A,
        };
        (self.download, self.slots[index(slot)]) = (None, None);
        self.clean(&digest)?;
        if !self.disk.exists(&part(&digest))? && self.disk.exists(&whole(&digest))? {
            self.disk.rename(&whole(&digest), &part(&digest))?;
        }
        let present = self.resume(&parsed)?;
        self.disk.sync(&part(&digest))?;
        self.disk.sync_folder()?;
        self.download = Some(Download { slot, digest, envelope: envelope.to_vec(), unsynced: 0 });
        Ok((slot, present))
    }

    /// Removes the files of everything but the confirmed artifact and the one with this digest.
    fn clean(&mut self, keep: &Digest) -> Result<(), Failed> {
        let confirmed = self.state.confirmed.as_ref().map(|hex| whole(&hex.0));
        let kept = [part(keep), whole(keep)];
        for name in self.disk.names()? {
            let is_artifact = name.ends_with(".part") || name.ends_with(".sg");
            if is_artifact && !kept.contains(&name) && Some(&name) != confirmed.as_ref() {
                self.disk.remove(&name)?;
            }
        }
        Ok(())
    }

    /// Brings the download's file to its length with its envelope in front, and says which chunks are in it.
    fn resume(&mut self, envelope: &Envelope<'_>) -> Result<ChunkSet, Failed> {
        let name = part(&envelope.manifest_digest());
        let (head, len) = (envelope.bytes(), envelope.header().artifact_len());
        let bytes = match self.disk.read(&name) {
            Ok(bytes) if bytes.len() == len => bytes,
            Ok(_) => Vec::new(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        if bytes.is_empty() {
            self.disk.create(&name, head, len as u64)?;
            return Ok(ChunkSet::default());
        }
        if bytes.get(..head.len()) != Some(head) {
            self.disk.write_at(&name, 0, head)?;
        }
        let manifest = envelope.manifest().map_err(|_| StoreFault::Envelope)?;
        let content = bytes.get(envelope.header().content_offset()..).unwrap_or_default();
        let mut present = ChunkSet::default();
        for chunk in manifest.chunks() {
            let range = manifest.chunk_range(chunk.index).unwrap_or_default();
            let bytes = content.get(range.start as usize..range.end as usize).unwrap_or_default();
            if manifest.verify_chunk(chunk.index, bytes).is_ok() {
                present.insert(chunk.index);
            }
        }
        Ok(present)
    }

    /// Unpacks a chunk, from what the artifact in slot `base` has where it says so, and goes on as with any other.
    fn write_packed(&mut self, slot: SlotId, index: u32, packed: &[u8], base: Option<SlotId>) -> Result<(), Failed> {
        let download = self.download.as_ref().filter(|download| download.slot == slot);
        let download = download.ok_or(StoreFault::WrongState(SlotState::Empty))?;
        let envelope = Envelope::parse(&download.envelope).map_err(|_| StoreFault::LogicBug)?;
        let manifest = envelope.manifest().map_err(|_| StoreFault::LogicBug)?;
        let range = manifest.chunk_range(index).ok_or(StoreFault::Chunk)?;
        let base = match base.and_then(|base| self.slots[self::index(base)]) {
            Some(base) => self.disk.read(&whole(&base.digest))?,
            None => Vec::new(),
        };
        let start = Envelope::parse(&base).map_or(base.len(), |envelope| envelope.header().content_offset());
        let base = base.get(start..).unwrap_or_default();
        let mut chunk = vec![0; range.len()];
        let read = |at: u32, place: &mut [u8]| {
            let bytes = base.get(at as usize..).and_then(|rest| rest.get(..place.len())).ok_or(())?;
            place.copy_from_slice(bytes);
            Ok::<(), ()>(())
        };
        unpack(packed, range.start, &mut chunk, read).map_err(|_| StoreFault::Chunk)?;
        self.write_chunk(slot, index, &chunk)
    }

    /// Compares a chunk with its signed hash and writes it.
    fn write_chunk(&mut self, slot: SlotId, index: u32, bytes: &[u8]) -> Result<(), Failed> {
        let download = self.download.as_mut().filter(|download| download.slot == slot);
        let download = download.ok_or(StoreFault::WrongState(SlotState::Empty))?;
        let envelope = Envelope::parse(&download.envelope).map_err(|_| StoreFault::LogicBug)?;
        let manifest = envelope.manifest().map_err(|_| StoreFault::LogicBug)?;
        manifest.verify_chunk(index, bytes).map_err(|_| StoreFault::Chunk)?;
        let range = manifest.chunk_range(index).ok_or(StoreFault::Chunk)?;
        let name = part(&download.digest);
        self.disk.write_at(&name, envelope.header().content_offset() as u64 + u64::from(range.start), bytes)?;
        download.unsynced += 1;
        if download.unsynced >= UNSYNCED_CHUNKS {
            self.disk.sync(&name)?;
            download.unsynced = 0;
        }
        Ok(())
    }

    /// Reads everything back and compares it with what was signed. Removes the download if something differs.
    fn finish(&mut self, slot: SlotId) -> Result<(), Failed> {
        let download = self.download.take_if(|download| download.slot == slot);
        let Download { digest, envelope, .. } = download.ok_or(StoreFault::WrongState(SlotState::Empty))?;
        let (from, to) = (part(&digest), whole(&digest));
        let parsed = Envelope::parse(&envelope).map_err(|_| StoreFault::LogicBug)?;
        let counter = parsed.manifest().map_err(|_| StoreFault::LogicBug)?.counter;
        self.disk.sync(&from)?;
        let bytes = self.disk.read(&from)?;
        if !bytes.starts_with(&envelope) || !is_whole(&bytes, &parsed) {
            self.disk.remove(&from)?;
            return Err(StoreFault::Dirty.into());
        }
        self.disk.rename(&from, &to)?;
        self.disk.sync_folder()?;
        self.slots[index(slot)] = Some(Slot { digest, counter });
        Ok(())
    }

    /// Records that the module is about to be started on trial.
    fn begin_trial(&mut self, slot: SlotId) -> Result<(), Failed> {
        let Slot { digest, .. } = self.slots[index(slot)].ok_or(StoreFault::WrongState(SlotState::Empty))?;
        let trial = Some(Trial { digest: Hex(digest), boots: 0 });
        Ok(self.commit(State { trial, ..self.state.clone() })?)
    }

    /// Makes the module on trial the current one, and its counter the lowest that may be installed.
    fn confirm(&mut self, slot: SlotId) -> Result<(), Failed> {
        let Slot { digest, counter } = self.on_trial(slot)?;
        let state = State {
            confirmed: Some(Hex(digest)),
            trial: None,
            floor: self.state.floor.max(counter),
            ..self.state.clone()
        };
        Ok(self.commit(state)?)
    }

    /// Takes the module on trial back, and keeps its digest from coming again if `quarantine` is set.
    fn revert(&mut self, slot: SlotId, quarantine: bool) -> Result<(), Failed> {
        self.on_trial(slot)?;
        Ok(self.commit(self.state.reverted(quarantine))?)
    }

    /// Has these keys take the place of the trusted ones, both at once.
    fn rotate(&mut self, keys: &KeySet) -> Result<(), Failed> {
        if keys.epoch <= self.state.keys.as_ref().map_or(0, |keys| keys.epoch) {
            return Err(StoreFault::Epoch.into());
        }
        if self.state.trial.is_some() {
            return Err(StoreFault::WrongState(SlotState::Trial).into());
        }
        Ok(self.commit(State { keys: Some((*keys).into()), ..self.state.clone() })?)
    }

    fn on_trial(&self, slot: SlotId) -> Result<Slot, StoreFault> {
        let there = self.slots[index(slot)].ok_or(StoreFault::WrongState(SlotState::Empty))?;
        let on_trial = self.state.trial.as_ref().is_some_and(|trial| trial.digest.0 == there.digest);
        if on_trial { Ok(there) } else { Err(StoreFault::WrongState(SlotState::Empty)) }
    }

    /// Makes this what counts, on the disk first.
    fn commit(&mut self, state: State) -> io::Result<()> {
        let text = state.to_text();
        self.disk.create(NEW_STATE, text.as_bytes(), text.len() as u64)?;
        self.disk.sync(NEW_STATE)?;
        self.disk.rename(NEW_STATE, STATE)?;
        self.disk.sync_folder()?;
        self.state = state;
        Ok(())
    }
}

/// Whether these are all bytes of the artifact that the envelope describes.
fn is_whole(bytes: &[u8], envelope: &Envelope<'_>) -> bool {
    let content = bytes.get(envelope.header().content_offset()..).unwrap_or_default();
    let matches = envelope.manifest().and_then(|manifest| manifest.verify_content(content));
    bytes.len() == envelope.header().artifact_len() && matches.is_ok()
}

/// A step that failed, in the agent's words.
#[derive(Debug)]
struct Failed(StoreFault);

impl From<StoreFault> for Failed {
    fn from(fault: StoreFault) -> Failed {
        Failed(fault)
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Failed {
        crate::log::warning(format_args!("the state directory: {error}"));
        Failed(StoreFault::Flash(NorFlashErrorKind::Other))
    }
}

#[cfg(test)]
mod tests;
