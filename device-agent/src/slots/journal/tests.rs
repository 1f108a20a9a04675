extern crate std;

use super::*;
use crate::sim::Random;
use crate::sim::flash::MockFlash;

type Flash = MockFlash<8, 2048>;

fn random_record(random: &mut Random) -> Record {
    let slot = if random.percent(50) { SlotId::A } else { SlotId::B };
    use Kind::*;
    let kinds = [Erased, Begun, Complete, Complete, Trial, Trial, Trial, TrialBoot, Confirmed, Reverted, Reverted];
    let kind = kinds[random.below(kinds.len() as u64) as usize];
    let image = ImageRecord {
        digest: Digest([random.below(20) as u8; 32]),
        counter: random.below(1000) as u32,
        manifest_len: random.below(4000) as u32,
        content_len: random.below(100_000) as u32,
        chunk_shift: 10,
    };
    Record { kind, slot, flag: random.percent(50), image: if kind == Kind::Begun { image } else { ImageRecord::NONE } }
}

/// Whether the order of steps that the store keeps allows this record.
fn is_orderly(state: &State, record: &Record) -> bool {
    let slot = state.slot(record.slot);
    match record.kind {
        Kind::Erased | Kind::Begun => state.active != Some(record.slot),
        Kind::Complete => slot.state == SlotState::Downloading,
        Kind::Trial => slot.state == SlotState::Complete,
        Kind::TrialBoot => slot.state == SlotState::Trial && slot.boots < 4,
        Kind::Confirmed | Kind::Reverted => slot.state == SlotState::Trial,
        Kind::Quarantined | Kind::Floor => false,
    }
}

#[test]
fn the_state_survives_reopening_and_new_pages() {
    let mut random = Random::new(5);
    let mut flash = Flash::new(2);
    let mut journal = Journal::open(&mut flash, 0).unwrap();
    let mut pages = 0;
    for _ in 0..20_000 {
        let record = random_record(&mut random);
        if !is_orderly(&journal.state, &record) {
            continue;
        }
        let sequence = journal.sequence;
        journal.append(&mut flash, record).unwrap();
        pages += u32::from(journal.sequence != sequence);
        let again = Journal::open(&mut flash, 0).unwrap();
        assert_eq!((&again.state, again.next, again.page), (&journal.state, journal.next, journal.page));
    }
    assert!(
        pages > 50 && journal.state.floor > 900 && journal.state.quarantined.is_full(),
        "{pages} pages, floor {}, {} quarantined",
        journal.state.floor,
        journal.state.quarantined.len()
    );
    assert_eq!(flash.breaches, []);
}

#[test]
fn records_are_found_by_their_checksum() {
    let mut random = Random::new(6);
    for _ in 0..200 {
        let record = random_record(&mut random);
        let mut bytes = record.to_bytes();
        assert_eq!(Record::from_bytes(&bytes), Some(record));
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
        let mut flash = Flash::new(2);
        let noise: std::vec::Vec<u8> = (0..2 * 2048).map(|_| random.below(256) as u8).collect();
        flash.write(0, &noise).unwrap();
        let journal = Journal::open(&mut flash, 0).unwrap();
        assert_eq!(journal.state, State::new());
    }
}
