//! What the store knows: the records of the journal, and the state that they add up to.

use sandgrain_artifact::manifest::MAX_NAME;
use sandgrain_artifact::{Digest, KeySet, PublicKey};

use super::fault::fault;
use super::{MAX_MODULES, MAX_NAMES, MAX_QUARANTINE, SlotId};

/// Bytes of a record, without the padding to the flash's write size.
pub(super) const RECORD: usize = 56;
/// Most records that a state is written as: a name, a digest in quarantine, a slot and a key take one each.
pub(super) const MAX_SNAPSHOT: usize = MAX_NAMES + MAX_QUARANTINE + 2 * MAX_MODULES + 3;

/// What happened. Each is true of the state before it at most once more: applied twice in a row, a record does what it
/// does once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// A name (in place of the digest) gets the index `detail`; `counter` is the lowest that it may have.
    Named = 1,
    /// About to be erased for the module with the name `detail`, whose pair it is from now on.
    Erased = 2,
    /// The envelope is written; chunks follow.
    Begun = 3,
    /// Every chunk is there and matches.
    Verified = 4,
    /// To be started on trial.
    Trial = 5,
    /// Started on trial after a reset, for the `detail`th time.
    TrialBoot = 6,
    /// The current module; its counter is the lowest that its name may have.
    Confirmed = 7,
    /// Taken back; if `detail` is 1, the digest is quarantined in the same breath.
    Reverted = 8,
    /// The module is gone, and both of its slots are free.
    Removed = 9,
    /// In snapshots: a digest in quarantine.
    Quarantined = 10,
    /// In snapshots: a slot as it is. `detail` is its state, `owner` and `boots` are its own.
    Slot = 11,
    /// A key (in place of the digest), the first of the set of the epoch `counter`. Nothing changes yet.
    FirstKey = 12,
    /// The second of that set, which is the one that counts from now on.
    Keys = 13,
}

/// One record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    pub kind: Kind,
    pub slot: SlotId,
    pub detail: u8,
    /// Index of the pair's name; [`Record::NOBODY`] where there is none.
    pub owner: u8,
    /// Resets on trial; [`Record::ACTIVE`] is added for the slot that was confirmed last.
    pub boots: u8,
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
    pub const NOBODY: u8 = 0xff;
    pub const ACTIVE: u8 = 0x80;

    pub fn new(kind: Kind, slot: SlotId) -> Record {
        Record { kind, slot, detail: 0, owner: Self::NOBODY, boots: 0, image: ImageRecord::NONE }
    }

    fn named(index: u8, name: &Name) -> Record {
        let mut digest = [0; 32];
        digest[..name.text.len()].copy_from_slice(name.text.as_bytes());
        let image = ImageRecord { digest: Digest(digest), counter: name.floor, ..ImageRecord::NONE };
        Record { detail: index, image, ..Record::new(Kind::Named, SlotId::A) }
    }

    /// One of the two records that make these the trusted keys: `FirstKey`, then `Keys`.
    pub fn key(kind: Kind, set: &KeySet) -> Record {
        let [first, second] = set.keys;
        let key = if kind == Kind::FirstKey { first } else { second };
        let image = ImageRecord { digest: Digest(key.0), counter: set.epoch, ..ImageRecord::NONE };
        Record { image, ..Record::new(kind, SlotId::A) }
    }

    /// Its bytes up to `previous`, which is the journal's, and the checksum, which is too.
    pub fn to_bytes(self, previous: u16) -> [u8; RECORD] {
        let mut b = [0; RECORD];
        b[..4].copy_from_slice(&[self.kind as u8, self.slot.index(), self.image.chunk_shift, self.detail]);
        b[4..8].copy_from_slice(&self.image.counter.to_le_bytes());
        b[8..12].copy_from_slice(&self.image.manifest_len.to_le_bytes());
        b[12..16].copy_from_slice(&self.image.content_len.to_le_bytes());
        b[16..48].copy_from_slice(&self.image.digest.0);
        b[48..50].copy_from_slice(&previous.to_le_bytes());
        b[50..52].copy_from_slice(&[self.owner, self.boots]);
        let crc = crc32(&b[..52]);
        b[52..].copy_from_slice(&crc.to_le_bytes());
        b
    }

    /// The record and `previous`, if the checksum is right.
    pub fn from_bytes(b: &[u8; RECORD]) -> Option<(Record, u16)> {
        let word = |at: usize| u32::from_le_bytes([b[at], b[at + 1], b[at + 2], b[at + 3]]);
        if crc32(&b[..52]) != word(52) {
            return None;
        }
        let kind = match b[0] {
            1 => Kind::Named,
            2 => Kind::Erased,
            3 => Kind::Begun,
            4 => Kind::Verified,
            5 => Kind::Trial,
            6 => Kind::TrialBoot,
            7 => Kind::Confirmed,
            8 => Kind::Reverted,
            9 => Kind::Removed,
            10 => Kind::Quarantined,
            11 => Kind::Slot,
            12 => Kind::FirstKey,
            13 => Kind::Keys,
            _ => return None,
        };
        let mut digest = [0; 32];
        digest.copy_from_slice(&b[16..48]);
        let image = ImageRecord {
            digest: Digest(digest),
            counter: word(4),
            manifest_len: word(8),
            content_len: word(12),
            chunk_shift: b[2],
        };
        let slot = SlotId::from_index(b[1])?;
        let record = Record { kind, slot, detail: b[3], owner: b[50], boots: b[51], image };
        Some((record, u16::from_le_bytes([b[48], b[49]])))
    }
}

/// Where a slot is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum SlotState {
    /// Nothing in it counts.
    Empty = 0,
    /// Chunks are being written.
    Downloading = 1,
    /// All there, compared with what was signed.
    Verified = 2,
    /// Started, not yet confirmed.
    Trial = 3,
    /// The current module, or the one before it.
    Confirmed = 4,
    /// Was on trial and failed; its digest is not to come again.
    Quarantined = 5,
}

impl SlotState {
    fn from_index(index: u8) -> SlotState {
        use SlotState::*;
        [Downloading, Verified, Trial, Confirmed, Quarantined].into_iter().find(|s| *s as u8 == index).unwrap_or(Empty)
    }
}

/// One slot, as the log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SlotRecord {
    pub state: SlotState,
    pub image: ImageRecord,
    /// Resets while on trial.
    pub boots: u8,
}

impl SlotRecord {
    const EMPTY: SlotRecord = SlotRecord { state: SlotState::Empty, image: ImageRecord::NONE, boots: 0 };
}

/// A module's two slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// Index of the module's name.
    pub owner: Option<u8>,
    slots: [SlotRecord; 2],
    /// The slot that was confirmed last.
    pub active: Option<SlotId>,
}

/// A name that was seen once. It is never forgotten, so that neither is its counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub text: heapless::String<MAX_NAME>,
    /// Highest counter that was confirmed.
    pub floor: u32,
}

/// The sum of all records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    pub names: heapless::Vec<Name, MAX_NAMES>,
    pub pairs: [Pair; MAX_MODULES],
    /// Oldest first.
    pub quarantined: heapless::Vec<Digest, MAX_QUARANTINE>,
    /// The trusted keys, once they are not those that the device was provisioned with.
    pub keys: Option<KeySet>,
    /// The first key of a set whose second one is to follow.
    first_key: Option<KeySet>,
}

impl State {
    pub fn new() -> State {
        let pair = Pair { owner: None, slots: [SlotRecord::EMPTY; 2], active: None };
        let (names, quarantined) = (heapless::Vec::new(), heapless::Vec::new());
        State { names, pairs: [pair; MAX_MODULES], quarantined, keys: None, first_key: None }
    }

    pub fn slot(&self, slot: SlotId) -> &SlotRecord {
        &self.pairs[slot.pair()].slots[slot.bank()]
    }

    /// Index of a name.
    pub fn name(&self, text: &str) -> Option<u8> {
        self.names.iter().position(|name| name.text == text).map(|index| index as u8)
    }

    /// The pair of a module, by the index of its name.
    pub fn pair_of(&self, name: u8) -> Option<usize> {
        self.pairs.iter().position(|pair| pair.owner == Some(name))
    }

    /// Lowest counter that the module in this slot may have.
    pub fn floor(&self, slot: SlotId) -> u32 {
        let owner = self.pairs[slot.pair()].owner;
        owner.and_then(|name| self.names.get(usize::from(name))).map_or(0, |name| name.floor)
    }

    /// The record that gives a new name its index; `None` if there are too many.
    pub fn introduce(&self, text: &str) -> Option<Record> {
        let name = Name { text: heapless::String::try_from(text).ok()?, floor: 0 };
        (!self.names.is_full()).then(|| Record::named(self.names.len() as u8, &name))
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

    fn raise(&mut self, slot: SlotId) {
        let counter = self.slot(slot).image.counter;
        let owner = self.pairs[slot.pair()].owner;
        if let Some(name) = owner.and_then(|name| self.names.get_mut(usize::from(name))) {
            name.floor = name.floor.max(counter);
        }
    }

    fn learn(&mut self, record: &Record) {
        let index = usize::from(record.detail);
        if let Some(name) = self.names.get_mut(index) {
            name.floor = name.floor.max(record.image.counter);
            return;
        }
        let bytes = &record.image.digest.0;
        let len = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
        let text = core::str::from_utf8(&bytes[..len]).ok().and_then(|text| heapless::String::try_from(text).ok());
        if let (Some(text), true) = (text, index == self.names.len()) {
            // A record whose checksum is right and whose index is too high was written by a store with more room.
            let _ = self.names.push(Name { text, floor: record.image.counter });
        }
    }

    /// Whether keys of this epoch may come: epochs only rise.
    pub fn may_rotate(&self, epoch: u32) -> bool {
        epoch > self.keys.map_or(0, |set| set.epoch)
    }

    fn take_keys(&mut self, record: &Record) {
        let ImageRecord { counter: epoch, digest, .. } = record.image;
        let key = PublicKey(digest.0);
        if record.kind == Kind::FirstKey {
            self.first_key = Some(KeySet { epoch, keys: [key, key] });
            fault!(KeysOneByOne, (), self.keys = self.first_key);
        } else if let Some(KeySet { keys: [first, _], .. }) = self.first_key.take_if(|set| set.epoch == epoch)
            && fault!(KeysOneByOne, self.may_rotate(epoch), true)
        {
            self.keys = Some(KeySet { epoch, keys: [first, key] });
        }
    }

    pub fn apply(&mut self, record: &Record) {
        let id = record.slot;
        let pair = &mut self.pairs[id.pair()];
        let slot = &mut pair.slots[id.bank()];
        match record.kind {
            Kind::Named => self.learn(record),
            Kind::Erased => {
                *slot = SlotRecord::EMPTY;
                pair.owner = Some(record.detail);
                pair.active.take_if(|active| *active == id);
            }
            Kind::Begun => *slot = SlotRecord { state: SlotState::Downloading, image: record.image, boots: 0 },
            Kind::Verified => slot.state = SlotState::Verified,
            Kind::Trial => {
                (slot.state, slot.boots) = (SlotState::Trial, 0);
                fault!(CounterAtInstall, (), self.raise(id));
            }
            Kind::TrialBoot => slot.boots = record.detail,
            Kind::Confirmed => {
                slot.state = SlotState::Confirmed;
                pair.active = Some(id);
                self.raise(id);
            }
            Kind::Reverted => {
                slot.state = SlotState::Quarantined;
                let digest = slot.image.digest;
                if record.detail == 1 {
                    self.quarantine(digest);
                }
            }
            Kind::Removed => *pair = Pair { owner: None, slots: [SlotRecord::EMPTY; 2], active: None },
            Kind::Quarantined => self.quarantine(record.image.digest),
            Kind::FirstKey | Kind::Keys => self.take_keys(record),
            Kind::Slot => {
                let state = SlotState::from_index(record.detail);
                let boots = record.boots & !Record::ACTIVE;
                *slot = SlotRecord { state, image: record.image, boots };
                pair.owner = (record.owner != Record::NOBODY).then_some(record.owner);
                if record.boots & Record::ACTIVE != 0 {
                    pair.active = Some(id);
                }
            }
        }
    }

    /// The records that make this state, each handed to `put`: at most [`MAX_SNAPSHOT`].
    pub fn snapshot<E>(&self, put: &mut dyn FnMut(Record) -> Result<(), E>) -> Result<(), E> {
        for (index, name) in self.names.iter().enumerate() {
            put(Record::named(index as u8, name))?;
        }
        for digest in &self.quarantined {
            let image = ImageRecord { digest: *digest, ..ImageRecord::NONE };
            put(Record { image, ..Record::new(Kind::Quarantined, SlotId::A) })?;
        }
        // A first key that waits for its second stays so: the page may be full between the two.
        for (kind, set) in [(Kind::FirstKey, &self.keys), (Kind::Keys, &self.keys), (Kind::FirstKey, &self.first_key)] {
            if let Some(set) = set {
                put(Record::key(kind, set))?;
            }
        }
        for slot in SlotId::all() {
            let pair = &self.pairs[slot.pair()];
            let Some(owner) = pair.owner else { continue };
            let SlotRecord { state, image, boots } = *self.slot(slot);
            let active = if pair.active == Some(slot) { Record::ACTIVE } else { 0 };
            let boots = boots & !Record::ACTIVE | active;
            put(Record { detail: state as u8, owner, boots, image, ..Record::new(Kind::Slot, slot) })?;
        }
        Ok(())
    }
}

/// CRC-32 of IEEE 802.3, four bits at a time: a journal's page is read whole at boot.
pub(crate) fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 16] = {
        let mut table = [0; 16];
        let mut nibble = 0;
        while nibble < 16 {
            let mut crc = nibble as u32;
            let mut bit = 0;
            while bit < 4 {
                crc = crc >> 1 ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
                bit += 1;
            }
            table[nibble] = crc;
            nibble += 1;
        }
        table
    };
    let step = |crc: u32, nibble: u32| crc >> 4 ^ TABLE[((crc ^ nibble) & 15) as usize];
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        let byte = u32::from(*byte);
        step(step(crc, byte), byte >> 4)
    })
}
