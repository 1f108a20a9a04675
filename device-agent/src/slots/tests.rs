use std::boxed::Box;
use std::format;
use std::vec::Vec;

use sandgrain_artifact::MAX_ENVELOPE;

use super::*;
use crate::sim::flash::MockFlash;
use crate::sim::module::{Behaviour, Packed, Spec, build, foreign_key, trusted_key};
use crate::sim::world::config;
use crate::verify::{Protections, Trust};

fn trust() -> Trust<'static> {
    config(Protections::ALL).trust
}

fn open<const W: usize, const E: usize>(mut flash: MockFlash<W, E>) -> SlotStore<MockFlash<W, E>> {
    flash.cut_at = None;
    let layout = Layout::divide::<MockFlash<W, E>>(0, flash.bytes().len() as u32).unwrap();
    SlotStore::open(flash, layout).unwrap()
}

fn boot<F: NorFlash>(store: &mut SlotStore<F>) -> BootReport {
    store.boot(&trust(), &mut Box::new([0; MAX_ENVELOPE])).unwrap()
}

fn version(counter: u32, text: usize) -> Packed {
    let version = format!("{counter}.0.0");
    build(&Spec { version: &version, counter, text, behaviour: Behaviour::Healthy, ..Spec::default() }, &trusted_key())
}

fn fetch<F: NorFlash>(store: &mut SlotStore<F>, artifact: &Packed) -> Result<SlotId, StoreFault> {
    let (slot, present) = store.begin(artifact.envelope().bytes())?;
    for index in (0..artifact.chunks()).filter(|i| !present.contains(*i)) {
        store.write_chunk(slot, index, artifact.chunk(index).unwrap())?;
    }
    store.finish(slot)?;
    Ok(slot)
}

fn install<F: NorFlash>(store: &mut SlotStore<F>, artifact: &Packed) -> Result<SlotId, StoreFault> {
    let slot = fetch(store, artifact)?;
    store.begin_trial(slot)?;
    store.confirm(slot)?;
    Ok(slot)
}

fn lifecycle<const W: usize, const E: usize>(sectors: usize) {
    let mut store = open(MockFlash::<W, E>::new(sectors));
    assert_eq!(boot(&mut store).run, None);
    let (one, two) = (version(1, 3000), version(2, 2500));
    assert_eq!(install(&mut store, &one), Ok(SlotId::A));
    let erased = store.flash().erased;
    assert_eq!(install(&mut store, &two), Ok(SlotId::B));
    assert!(store.flash().erased > erased);
    for (slot, artifact) in [(SlotId::A, &one), (SlotId::B, &two)] {
        let image = store.image(slot).unwrap();
        let align = W.max(16);
        let content = image.offset as usize + artifact.envelope().header().content_offset();
        assert_eq!((image.offset % 16, content % align), (0, 0));
        assert_eq!(&store.flash().bytes()[image.offset as usize..][..image.len as usize], artifact.bytes);
    }
    let mut store = open(store.into_flash());
    let report = boot(&mut store);
    assert_eq!(report.run.as_ref().map(|r| r.value.as_str()), Some(two.value.as_str()));
    assert_eq!((report.trial, report.floor, report.unfit), (false, 2, None));

    // Going back to what the other slot still holds costs no chunk and no erase.
    let erased = store.flash().erased;
    let (slot, present) = store.begin(one.envelope().bytes()).unwrap();
    assert_eq!((slot, present.count(), store.flash().erased), (SlotId::A, one.chunks(), erased));
    // Many more updates wear the journal round and round.
    for counter in 3..40 {
        install(&mut store, &version(counter, 1500)).unwrap();
        assert_eq!(store.flash().breaches, []);
    }
    let mut store = open(store.into_flash());
    let report = boot(&mut store);
    assert_eq!((report.floor, report.run.unwrap().counter), (39, 39));
}

#[test]
fn installs_on_every_geometry() {
    lifecycle::<1, 4096>(12);
    lifecycle::<8, 2048>(22);
    lifecycle::<32, 131_072>(4);
    lifecycle::<4, 262_144>(4);
    lifecycle::<256, 4096>(60);
}

#[test]
fn layouts_that_do_not_fit_are_refused() {
    type Flash = MockFlash<8, 2048>;
    let bad = Err(StoreFault::Geometry);
    assert_eq!(Layout::divide::<Flash>(0, 4096), bad);
    assert_eq!(Layout::divide::<Flash>(1, 65536), bad);
    assert_eq!(Layout::divide::<Flash>(0, 65537), bad);
    assert_eq!(Layout::divide::<Flash>(65536, 0), bad);
    assert_eq!(Layout::divide::<MockFlash<512, 2048>>(0, 65536), bad);
    let layout = Layout::divide::<Flash>(2048, 65536).unwrap();
    assert_eq!((layout.journal, layout.slots), (2048, [6144, 6144 + layout.slot_size]));
    assert!(layout.slots[1] + layout.slot_size <= 65536);
}

#[test]
fn the_running_and_the_tried_module_are_never_erased() {
    let mut store = open(MockFlash::<8, 2048>::new(22));
    let [one, two, three] = [1, 2, 3].map(|n| version(n, 2000));
    install(&mut store, &one).unwrap();
    let slot = fetch(&mut store, &two).unwrap();
    store.begin_trial(slot).unwrap();
    assert_eq!(store.begin(three.envelope().bytes()), Err(StoreFault::WrongState(SlotState::Trial)));
    store.revert(slot, false).unwrap();
    let before = store.image(SlotId::A).map(|i| store.flash().bytes()[i.offset as usize..][..i.len as usize].to_vec());
    for n in 3..8 {
        assert_eq!(fetch(&mut store, &version(n, 2000)), Ok(SlotId::B));
    }
    let after = store.image(SlotId::A).map(|i| store.flash().bytes()[i.offset as usize..][..i.len as usize].to_vec());
    assert_eq!(before, after);
}

#[test]
fn steps_out_of_order_are_refused() {
    let mut store = open(MockFlash::<8, 2048>::new(22));
    let one = version(1, 2000);
    for slot in [SlotId::A, SlotId::B] {
        let empty = Err(StoreFault::WrongState(SlotState::Empty));
        assert_eq!(store.write_chunk(slot, 0, one.chunk(0).unwrap()), empty);
        assert_eq!(store.finish(slot), empty);
        assert_eq!(store.begin_trial(slot), empty);
        assert_eq!(store.confirm(slot), empty);
        assert_eq!(store.revert(slot, true), empty);
        assert_eq!(store.image(slot), None);
    }
    let (slot, _) = store.begin(one.envelope().bytes()).unwrap();
    assert_eq!(store.begin_trial(slot), Err(StoreFault::WrongState(SlotState::Downloading)));
    assert_eq!(store.write_chunk(slot, 99, one.chunk(0).unwrap()), Err(StoreFault::Chunk));
    assert_eq!(store.write_chunk(slot, 1, one.chunk(0).unwrap()), Err(StoreFault::Chunk));
    // Finishing what is not all there gives it up: the slot cannot be trusted.
    assert_eq!(store.finish(slot), Err(StoreFault::Dirty));
    assert_eq!(store.state(slot), SlotState::Empty);
    assert_eq!(store.begin(&one.bytes[..100]), Err(StoreFault::Envelope));
    let large = version(1, 60_000);
    assert!(matches!(store.begin(large.envelope().bytes()), Err(StoreFault::TooLarge { .. })));
}

#[test]
fn what_does_not_survive_its_resets_is_taken_back() {
    let mut store = open(MockFlash::<8, 2048>::new(22));
    let (one, two) = (version(1, 2000), version(2, 2000));
    install(&mut store, &one).unwrap();
    let slot = fetch(&mut store, &two).unwrap();
    store.begin_trial(slot).unwrap();
    for _ in 0..MAX_TRIAL_BOOTS {
        store = open(store.into_flash());
        let report = boot(&mut store);
        assert!(report.trial && report.run.unwrap().digest == two.digest);
        assert_eq!(report.fallback.unwrap().digest, one.digest);
    }
    store = open(store.into_flash());
    let report = boot(&mut store);
    assert_eq!((report.trial, report.reverted), (false, Some(two.digest)));
    assert_eq!(report.run.unwrap().digest, one.digest);
    // The counter was never confirmed, so it does not bind.
    assert_eq!((report.floor, &report.quarantined[..]), (1, &[two.digest][..]));
}

#[test]
fn quarantine_is_remembered_until_it_overflows() {
    let mut store = open(MockFlash::<8, 2048>::new(22));
    install(&mut store, &version(1, 1000)).unwrap();
    let bad: Vec<Packed> = (2..12).map(|n| version(n, 1000)).collect();
    for artifact in &bad {
        let slot = fetch(&mut store, artifact).unwrap();
        store.begin_trial(slot).unwrap();
        store.revert(slot, true).unwrap();
    }
    let mut store = open(store.into_flash());
    let kept: Vec<Digest> = bad[2..].iter().map(|p| p.digest).collect();
    assert_eq!(boot(&mut store).quarantined[..], kept[..]);
}

#[test]
fn damaged_or_foreign_images_are_not_run() {
    let one = version(1, 2000);
    for part in 0..4 {
        let mut store = open(MockFlash::<8, 2048>::new(22));
        let slot = install(&mut store, &one).unwrap();
        let image = store.image(slot).unwrap();
        let content = one.envelope().header().content_offset();
        let at = [8, 40, 110, content + 500][part];
        store.flash_mut().corrupt(image.offset as usize + at);
        let report = boot(&mut store);
        assert_eq!(report.run, None, "part {part}");
        let reason = report.unfit.unwrap().1.reason();
        assert_eq!(reason, ["digest", "signature", "digest", "content"][part]);
    }
    // Installed by whoever had flash access, with a key that is not trusted (any more).
    let mut store = open(MockFlash::<8, 2048>::new(22));
    install(&mut store, &build(&Spec::default(), &foreign_key())).unwrap();
    assert_eq!(boot(&mut store).unfit.unwrap().1.reason(), "signature");
}

/// What the journal and the marks say of the slots is true of the flash.
fn assert_truthful<F: NorFlash>(store: &mut SlotStore<F>) {
    for slot in [SlotId::A, SlotId::B] {
        let record = *store.journal.state.slot(slot);
        if record.state == SlotState::Empty {
            continue;
        }
        let place = Place::of::<F>(&store.layout, slot, &record.image);
        assert_eq!(store.digest_matches(&place, &record.image), Ok(true), "{slot:?} {:?}", record.state);
        let present = store.present(&place, &record.image).unwrap();
        for index in 0..record.image.chunk_count() {
            if present.contains(index) || record.state >= SlotState::Complete {
                let there = store.chunk_matches(&place, &record.image, index);
                assert_eq!(there, Ok(true), "{slot:?} {:?} chunk {index}", record.state);
            }
        }
    }
}

/// Version 1 runs; version 2 is installed, confirmed or reverted, and the power fails at each flash operation in turn,
/// then at each operation of the second try.
fn cut_everywhere<const W: usize, const E: usize>(
    sectors: usize,
    end: fn(&mut SlotStore<MockFlash<W, E>>, SlotId),
) -> u64 {
    let (one, two) = (version(1, 1100), version(2, 1500));
    let update = |store: &mut SlotStore<MockFlash<W, E>>| {
        if let Ok(slot) = fetch(store, &two)
            && store.begin_trial(slot).is_ok()
        {
            end(store, slot);
        }
    };
    let prepared = || {
        let mut store = open(MockFlash::<W, E>::new(sectors));
        install(&mut store, &version(0, 1200)).unwrap();
        install(&mut store, &one).unwrap();
        store
    };
    let mut cuts = 0;
    loop {
        let mut store = prepared();
        let start = store.flash().operations;
        store.flash_mut().cut_at = Some(start + cuts);
        update(&mut store);
        if store.flash().operations <= start + cuts {
            return cuts;
        }
        for second in (0..60).step_by(7).map(Some).chain([None]) {
            // The flash as the first cut left it.
            let mut flash = store.flash().clone();
            flash.cut_at = second.map(|n| flash.operations + n);
            let layout = store.layout;
            assert_truthful(&mut open(flash.clone()));
            if let Ok(mut again) = SlotStore::open(flash.clone(), layout) {
                let _ = again.boot(&trust(), &mut Box::new([0; MAX_ENVELOPE]));
                update(&mut again);
                flash = again.into_flash();
            }
            let mut healed = open(flash);
            assert_truthful(&mut healed);
            let report = boot(&mut healed);
            let run = report.run.expect("something runs").digest;
            assert!(run == one.digest || run == two.digest, "cut {cuts}, then {second:?}");
            assert!(run == two.digest || report.floor == 1, "cut {cuts}, then {second:?}");
            if !report.trial && run == one.digest && report.quarantined.is_empty() {
                install(&mut healed, &two).or_else(|_| install(&mut healed, &two)).expect("an update is possible");
                assert_eq!(boot(&mut healed).run.unwrap().digest, two.digest);
            }
            assert_eq!(healed.flash().breaches, [], "cut {cuts}, then {second:?}");
        }
        cuts += 1;
    }
}

#[test]
fn power_may_fail_at_any_moment() {
    let confirmed =
        cut_everywhere::<8, 2048>(12, |store, slot| assert!(store.confirm(slot) != Err(StoreFault::LogicBug)));
    let reverted =
        cut_everywhere::<32, 8192>(8, |store, slot| assert!(store.revert(slot, true) != Err(StoreFault::LogicBug)));
    assert!(confirmed > 150 && reverted > 40, "{confirmed}, {reverted}");
}
