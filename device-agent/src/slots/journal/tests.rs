extern crate std;

use std::format;

use embedded_storage::nor_flash::NorFlash;

use sandgrain_artifact::Digest;

use super::super::state::{ImageRecord, Kind};
use super::super::{SlotId, SlotState, Work};
use super::*;
use crate::sim::Random;
use crate::sim::flash::MockFlash;

type Flash = MockFlash<8, 2048>;

fn random_record(random: &mut Random, state: &State) -> Record {
    let slot = SlotId::from_index(random.below(4) as u8).unwrap();
    use Kind::*;
    let kinds = [
        Named, Erased, Begun, Verified, Verified, Trial, Trial, Trial, TrialBoot, Confirmed, Reverted, Reverted,
        Removed, FirstKey, Keys,
    ];
    let kind = kinds[random.below(kinds.len() as u64) as usize];
    let image = ImageRecord {
        digest: Digest([random.below(20) as u8; 32]),
        counter: random.below(1000) as u32,
        manifest_len: random.below(4000) as u32,
        content_len: random.below(100_000) as u32,
        chunk_shift: 10,
    };
    let epoch = state.keys.map_or(0, |set| set.epoch) + random.below(3) as u32;
    let image = match kind {
        Begun => image,
        FirstKey | Keys => ImageRecord { digest: image.digest, counter: epoch, ..ImageRecord::NONE },
        _ => ImageRecord::NONE,
    };
    let detail = match kind {
        Named => return state.introduce(&format!("name-{}", random.below(50))).unwrap_or(Record::new(Trial, slot)),
        TrialBoot => state.slot(slot).boots + 1,
        Erased => random.below(state.names.len() as u64) as u8,
        _ => random.below(2) as u8,
    };
    Record { detail, image, ..Record::new(kind, slot) }
}

/// Whether the order of steps that the store keeps allows this record.
fn is_orderly(state: &State, record: &Record) -> bool {
    let slot = state.slot(record.slot);
    let pair = &state.pairs[record.slot.pair()];
    match record.kind {
        Kind::Named => true,
        Kind::Erased => {
            let free = pair.owner.is_none() && state.pair_of(record.detail).is_none();
            !state.names.is_empty() && pair.active != Some(record.slot) && (free || pair.owner == Some(record.detail))
        }
        Kind::Begun => pair.owner.is_some() && pair.active != Some(record.slot),
        Kind::Verified => slot.state == SlotState::Downloading,
        Kind::Trial => slot.state == SlotState::Verified,
        Kind::TrialBoot => slot.state == SlotState::Trial && slot.boots < 4,
        Kind::Confirmed | Kind::Reverted => slot.state == SlotState::Trial,
        Kind::Removed => pair.active.is_some() && record.detail == 1,
        Kind::FirstKey => state.may_rotate(record.image.counter),
        Kind::Keys => true,
        Kind::Quarantined | Kind::Slot => false,
    }
}

#[test]
fn the_state_survives_reopening_and_new_pages() {
    let mut random = Random::new(5);
    let mut flash = Flash::new(4);
    let mut journal = Journal::open(&mut flash, 0).unwrap();
    let mut pages = 0;
    for _ in 0..20_000 {
        let record = random_record(&mut random, &journal.state);
        if !is_orderly(&journal.state, &record) {
            continue;
        }
        let (sequence, keys) = (journal.sequence, journal.state.keys);
        journal.append(&mut flash, record).unwrap();
        pages += u32::from(journal.sequence != sequence);
        // Opening repeats the last record, so it is a copy that is opened.
        let again = Journal::open(&mut flash.clone(), 0).unwrap();
        assert_eq!(again.state, journal.state);
        let epochs = [keys, again.state.keys].map(|keys| keys.map_or(0, |set| set.epoch));
        assert!(epochs[0] <= epochs[1], "{epochs:?}");
    }
    assert!(journal.state.keys.is_some_and(|set| set.epoch > 50), "{:?}", journal.state.keys);
    let highest = journal.state.names.iter().map(|name| name.floor).max().unwrap_or(0);
    assert!(
        pages > 50 && highest > 900 && journal.state.quarantined.is_full(),
        "{pages} pages, counter {highest}, {} quarantined",
        journal.state.quarantined.len()
    );
    assert_eq!(flash.breaches, []);
}

#[test]
fn records_are_found_by_their_checksum() {
    let mut random = Random::new(6);
    for _ in 0..200 {
        let record = random_record(&mut random, &State::new());
        let previous = random.below(1 << 16) as u16;
        let mut bytes = record.to_bytes(previous);
        assert_eq!(Record::from_bytes(&bytes), Some((record, previous)));
        let bit = random.below(RECORD as u64 * 8) as usize;
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(Record::from_bytes(&bytes), None);
    }
    assert_eq!(Record::from_bytes(&[0xff; RECORD]), None);
    assert_eq!(Record::from_bytes(&[0; RECORD]), None);
    // The check value of CRC-32/ISO-HDLC.
    assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
}

#[test]
fn hostile_flash_is_read_without_panic() {
    let mut random = Random::new(7);
    for _ in 0..300 {
        let mut flash = Flash::new(4);
        let noise: std::vec::Vec<u8> = (0..4 * 2048).map(|_| random.below(256) as u8).collect();
        flash.suspend(0, Work::Program);
        flash.write(0, &noise).unwrap();
        flash.resume(0);
        let journal = Journal::open(&mut flash, 0).unwrap();
        assert_eq!(journal.state, State::new());
    }
}

#[test]
fn a_boot_without_anything_to_settle_writes_nothing() {
    let mut flash = Flash::new(4);
    let mut journal = Journal::open(&mut flash, 0).unwrap();
    journal.append(&mut flash, State::new().introduce("control").unwrap()).unwrap();
    for boot in 1..6 {
        let before = flash.operations;
        let again = Journal::open(&mut flash, 0).unwrap();
        assert_eq!(again.state, journal.state);
        assert_eq!(flash.operations > before, boot < COPIES, "boot {boot}");
    }
}

#[test]
fn a_record_that_was_not_there_stays_away() {
    // A record is cut off, reads as scraps when the journal is opened, and right ever after.
    let mut flash = Flash::new(4);
    let mut journal = Journal::open(&mut flash, 0).unwrap();
    let [one, two, three] = ["one", "two", "three"].map(|name| {
        let mut state = State::new();
        state.names.push(super::super::state::Name { text: name.try_into().unwrap(), floor: 0 }).unwrap();
        let mut record = None;
        state
            .snapshot(&mut |named| {
                record = Some(named);
                Ok::<(), ()>(())
            })
            .unwrap();
        record.unwrap()
    });
    journal.append(&mut flash, one).unwrap();
    let late = journal.base() + journal.next * Journal::stride::<Flash>();
    let bytes = Record { detail: 1, ..two }.to_bytes(journal.last.unwrap().stride);
    // The flash as it was when two words of the record had arrived.
    flash.suspend(0, Work::Program);
    flash.write(late, &bytes[..16]).unwrap();
    flash.resume(0);
    let mut opened = Journal::open(&mut flash, 0).unwrap();
    assert_eq!(opened.state, journal.state);
    opened.append(&mut flash, Record { detail: 1, ..three }).unwrap();
    // And as it is once they all have.
    flash.suspend(0, Work::Program);
    flash.write(late + 16, &bytes[16..]).unwrap();
    flash.resume(0);
    let again = Journal::open(&mut flash, 0).unwrap();
    let names: std::vec::Vec<&str> = again.state.names.iter().map(|name| name.text.as_str()).collect();
    assert_eq!(names, ["one", "three"]);
}
