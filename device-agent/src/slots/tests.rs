use std::boxed::Box;
use std::format;
use std::string::ToString;
use std::vec::Vec;

use embedded_storage::nor_flash::ReadNorFlash;
use sandgrain_artifact::MAX_ENVELOPE;

use super::*;
use crate::packed::pack::Base;
use crate::sim::flash::MockFlash;
use crate::sim::module::{Behaviour, Packed, Spec, build, foreign_key, trusted_key};
use crate::sim::world::config;
use crate::verify::{Protections, Trust};

fn trust() -> Trust<'static> {
    config(Protections::ALL).trust
}

fn open<const W: usize, const E: usize>(mut flash: MockFlash<W, E>) -> SlotStore<MockFlash<W, E>> {
    flash.power_on();
    let layout = Layout::divide::<MockFlash<W, E>>(0, flash.capacity() as u32, 1).unwrap();
    SlotStore::open(flash, layout).unwrap()
}

/// Flash with room for one module whose slots have so many bytes.
fn flash<const W: usize, const E: usize>(slot: usize) -> MockFlash<W, E> {
    let journal = Layout::journal_size::<MockFlash<W, E>>() as usize;
    MockFlash::new(journal / E + 2 * slot.div_ceil(E))
}

fn boot<F: ModuleFlash>(store: &mut SlotStore<F>) -> BootReport {
    boot_module(store, "control")
}

fn boot_module<F: ModuleFlash>(store: &mut SlotStore<F>, name: &str) -> BootReport {
    store.boot(name, &trust(), &mut Box::new([0; MAX_ENVELOPE])).unwrap()
}

fn version(counter: u32, text: usize) -> Packed {
    let version = format!("{counter}.0.0");
    build(&Spec { version: &version, counter, text, behaviour: Behaviour::Healthy, ..Spec::default() }, &trusted_key())
}

fn begin<F: ModuleFlash>(store: &mut SlotStore<F>, artifact: &Packed) -> Result<(SlotId, ChunkSet), StoreFault> {
    let mut begun = store.begin(artifact.envelope().bytes())?;
    loop {
        match begun {
            Begun::Ready(slot, present) => return Ok((slot, present)),
            Begun::Erasing(slot) => begun = store.erase(slot)?,
        }
    }
}

fn fetch<F: ModuleFlash>(store: &mut SlotStore<F>, artifact: &Packed) -> Result<SlotId, StoreFault> {
    let (slot, present) = begin(store, artifact)?;
    for index in (0..artifact.chunks()).filter(|i| !present.contains(*i)) {
        store.write_chunk(slot, index, artifact.chunk(index).unwrap())?;
    }
    store.finish(slot)?;
    Ok(slot)
}

fn install<F: ModuleFlash>(store: &mut SlotStore<F>, artifact: &Packed) -> Result<SlotId, StoreFault> {
    let slot = fetch(store, artifact)?;
    store.begin_trial(slot)?;
    store.confirm(slot)?;
    Ok(slot)
}

/// What the flash holds of an image.
fn bytes<const W: usize, const E: usize>(store: &SlotStore<MockFlash<W, E>>, slot: SlotId) -> Vec<u8> {
    let image = store.image(slot).unwrap();
    store.flash().bytes(image.offset as usize..(image.offset + image.len) as usize)
}

fn lifecycle<const W: usize, const E: usize>() {
    let mut store = open(flash::<W, E>(12 << 10));
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
        assert_eq!(bytes(&store, slot), artifact.bytes);
    }
    let mut store = open(store.into_flash());
    let report = boot(&mut store);
    assert_eq!(report.run.as_ref().map(|r| r.value.as_str()), Some(two.value.as_str()));
    assert_eq!((report.trial, report.floor, report.unfit), (false, 2, None));

    // What the other slot still holds may not be gone back to: its counter is lower than a confirmed one.
    assert_eq!(begin(&mut store, &one), Err(StoreFault::Counter { floor: 2 }));
    // Many more updates wear the journal round and round.
    for counter in 3..60 {
        install(&mut store, &version(counter, 1500)).unwrap();
        assert_eq!(store.audit(true), Ok(()));
        assert_eq!(store.flash().breaches, []);
    }
    let mut store = open(store.into_flash());
    let report = boot(&mut store);
    assert_eq!((report.floor, report.run.unwrap().counter), (59, 59));
}

#[test]
fn installs_on_every_geometry() {
    lifecycle::<1, 4096>();
    lifecycle::<8, 2048>();
    lifecycle::<32, 131_072>();
    lifecycle::<4, 262_144>();
    lifecycle::<256, 4096>();
}

#[test]
fn layouts_that_do_not_fit_are_refused() {
    type Flash = MockFlash<8, 2048>;
    let bad = Err(StoreFault::Geometry);
    assert_eq!(Layout::divide::<Flash>(0, 4096, 1), bad);
    assert_eq!(Layout::divide::<Flash>(1, 65536, 1), bad);
    assert_eq!(Layout::divide::<Flash>(0, 65537, 1), bad);
    assert_eq!(Layout::divide::<Flash>(65536, 0, 1), bad);
    assert_eq!(Layout::divide::<Flash>(0, 65536, 0), bad);
    assert_eq!(Layout::divide::<Flash>(0, 1 << 20, MAX_MODULES + 1), bad);
    assert_eq!(Layout::divide::<MockFlash<512, 2048>>(0, 1 << 20, 1), bad);
    let layout = Layout::divide::<Flash>(2048, 65536, 2).unwrap();
    let journal = Layout::journal_size::<Flash>();
    let [first, second] = layout.pairs() else { panic!("two were asked for") };
    assert_eq!((layout.journal(), first.slots[0]), (2048, 2048 + journal));
    // A of each, then B of each.
    let starts = [first.slots[0], second.slots[0], first.slots[1], second.slots[1]];
    assert!(starts.windows(2).all(|pair| pair[1] - pair[0] == first.size));
    assert!(second.slots[1] + second.size <= 65536 && second.slots[1] + second.size > 65536 - 4 * 2048);
    let pair = |a, b| SlotPair { slots: [a, b], size: 8192 };
    assert!(Layout::new::<Flash>(0, 65536, [pair(8192, 16384)]).is_ok());
    for wrong in [pair(8192, 8192), pair(8192, 14336), pair(4096, 16384), pair(8192, 65536 - 4096), pair(8193, 20480)] {
        assert_eq!(Layout::new::<Flash>(0, 65536, [wrong]), bad);
    }
    assert_eq!(Layout::new::<Flash>(0, 65536, []), bad);
}

#[test]
fn the_running_and_the_tried_module_are_never_erased() {
    let mut store = open(flash::<8, 2048>(12 << 10));
    let [one, two, three] = [1, 2, 3].map(|n| version(n, 2000));
    install(&mut store, &one).unwrap();
    let slot = fetch(&mut store, &two).unwrap();
    store.begin_trial(slot).unwrap();
    assert_eq!(begin(&mut store, &three), Err(StoreFault::WrongState(SlotState::Trial)));
    store.revert(slot, true).unwrap();
    assert_eq!(begin(&mut store, &two), Err(StoreFault::Quarantined));
    for n in 3..8 {
        assert_eq!(fetch(&mut store, &version(n, 2000)), Ok(SlotId::B));
    }
    assert_eq!(bytes(&store, SlotId::A), one.bytes);
}

#[test]
fn steps_out_of_order_are_refused() {
    let mut store = open(flash::<8, 2048>(12 << 10));
    let one = version(1, 2000);
    for slot in SlotId::all() {
        let empty = Err(StoreFault::WrongState(SlotState::Empty));
        assert_eq!(store.write_chunk(slot, 0, one.chunk(0).unwrap()), empty);
        assert_eq!(store.erase(slot).map(|_| ()), empty);
        assert_eq!(store.finish(slot), empty);
        assert_eq!(store.begin_trial(slot), empty);
        assert_eq!(store.confirm(slot), empty);
        assert_eq!(store.revert(slot, true), empty);
        assert_eq!(store.image(slot), None);
    }
    let (slot, _) = begin(&mut store, &one).unwrap();
    assert_eq!(store.begin_trial(slot), Err(StoreFault::WrongState(SlotState::Downloading)));
    assert_eq!(store.write_chunk(slot, 99, one.chunk(0).unwrap()), Err(StoreFault::Chunk));
    assert_eq!(store.write_chunk(slot, 1, one.chunk(0).unwrap()), Err(StoreFault::Chunk));
    // Finishing what is not all there gives it up: the slot cannot be trusted.
    assert_eq!(store.finish(slot), Err(StoreFault::Dirty));
    assert_eq!(store.state(slot), SlotState::Empty);
    assert_eq!(store.begin(&one.bytes[..100]), Err(StoreFault::Envelope));
    let large = version(1, 60_000);
    assert!(matches!(begin(&mut store, &large), Err(StoreFault::TooLarge { .. })));
    // After a reset a download goes on only by beginning it, which looks at what is there.
    let (slot, _) = begin(&mut store, &one).unwrap();
    let mut store = open(store.into_flash());
    let begun = StoreFault::WrongState(SlotState::Downloading);
    assert_eq!(store.write_chunk(slot, 0, one.chunk(0).unwrap()), Err(begun));
    assert_eq!(begin(&mut store, &one), Ok((slot, ChunkSet::default())));
}

/// Packed with what the first version has, or with nothing.
#[test]
fn packed_chunks_become_the_signed_ones() {
    let [one, two] = [version(1, 6000), version(2, 6000)];
    for with_base in [true, false] {
        let mut store = open(flash::<8, 2048>(16 << 10));
        let base = Some(install(&mut store, &one).unwrap()).filter(|_| with_base);
        let packer = Base::new(if base.is_some() { one.content() } else { &[] });
        let (slot, _) = begin(&mut store, &two).unwrap();
        let mut packed_bytes = 0;
        for index in 0..two.chunks() {
            let packed = packer.pack(two.chunk_start(index).unwrap(), two.chunk(index).unwrap());
            packed_bytes += packed.len();
            // What was packed with a base makes something else without.
            if base.is_some() && index == 1 {
                assert_eq!(store.write_packed(slot, index, &packed, None), Err(StoreFault::Chunk));
                assert_eq!(store.write_packed(slot, index, &packed, Some(slot)), Err(StoreFault::Chunk));
            }
            let damaged = [&packed[..packed.len() - 1], &[packed[packed.len() - 1] ^ 1]].concat();
            for wrong in [&packed[1..], &damaged, &[], &[0xff; 5000]] {
                let before = (store.flash().words, store.flash().erased);
                assert_eq!(store.write_packed(slot, index, wrong, base), Err(StoreFault::Chunk));
                assert_eq!((store.flash().words, store.flash().erased), before, "nothing is written");
            }
            store.write_packed(slot, index, &packed, base).unwrap();
        }
        assert_eq!(store.write_packed(slot, two.chunks(), &[], base), Err(StoreFault::Chunk));
        let most = if with_base { 300 } else { two.content().len() * 2 / 3 };
        assert!(packed_bytes < most, "{packed_bytes} of {}", two.content().len());
        store.finish(slot).unwrap();
        let image = store.image(slot).unwrap();
        let have = store.flash().bytes(image.offset as usize..(image.offset + image.len) as usize);
        assert!(have.ends_with(two.content()));
    }
}

#[test]
fn chunks_survive_a_reset() {
    let mut store = open(flash::<8, 2048>(16 << 10));
    let one = version(1, 6000);
    let (slot, _) = begin(&mut store, &one).unwrap();
    for index in [0, 3, 4] {
        store.write_chunk(slot, index, one.chunk(index).unwrap()).unwrap();
    }
    let mut store = open(store.into_flash());
    let erased = store.flash().erased;
    let (slot, present) = begin(&mut store, &one).unwrap();
    let kept: Vec<u32> = (0..one.chunks()).filter(|index| present.contains(*index)).collect();
    assert_eq!((kept, store.flash().erased), (Vec::from([0, 3, 4]), erased));
    assert_eq!(install(&mut store, &one), Ok(slot));
}

#[test]
fn modules_by_name_have_slots_and_counters_of_their_own() {
    let named = |name: &str, counter, text| {
        build(&Spec { name, counter, version: &counter.to_string(), text, ..Spec::default() }, &trusted_key())
    };
    type Flash = MockFlash<8, 2048>;
    let journal = Layout::journal_size::<Flash>();
    let pair = |index: u32, size| SlotPair { slots: [journal + index * 8192, journal + index * 8192 + size], size };
    let layout = Layout::new::<Flash>(0, 65536, [pair(0, 8192), pair(2, 8192), pair(4, 6144)]).unwrap();
    let mut store = SlotStore::open(Flash::new(32), layout.clone()).unwrap();
    // The smallest pair that is large enough.
    assert_eq!(install(&mut store, &named("small", 4, 500)), Ok(SlotId(4)));
    assert_eq!(install(&mut store, &named("one", 1, 500)), Ok(SlotId(0)));
    assert_eq!(install(&mut store, &named("two", 7, 500)), Ok(SlotId(2)));
    assert_eq!(begin(&mut store, &named("three", 1, 500)), Err(StoreFault::NoRoom));
    assert_eq!(install(&mut store, &named("one", 2, 500)), Ok(SlotId(1)));
    let mut store = SlotStore::open(store.into_flash(), layout.clone()).unwrap();
    for (name, counter) in [("small", 4), ("one", 2), ("two", 7)] {
        let report = boot_module(&mut store, name);
        assert_eq!((report.floor, report.run.map(|run| run.counter)), (counter, Some(counter)));
    }
    let mut known: Vec<_> = store.modules().map(|(name, floor)| (name.to_string(), floor)).collect();
    known.sort();
    assert_eq!(known, [("one".into(), 2), ("small".into(), 4), ("two".into(), 7)]);

    // A module that is removed leaves its slots, and its counter behind.
    store.remove("two").unwrap();
    assert_eq!(store.remove("two"), Err(StoreFault::NoModule));
    assert_eq!((boot_module(&mut store, "two").run, boot_module(&mut store, "two").floor), (None, 7));
    assert_eq!(begin(&mut store, &named("two", 6, 500)), Err(StoreFault::Counter { floor: 7 }));
    assert_eq!(install(&mut store, &named("three", 1, 500)), Ok(SlotId(2)));
    let mut store = SlotStore::open(store.into_flash(), layout).unwrap();
    assert_eq!(boot_module(&mut store, "two").floor, 7);
    // Names are kept for good, and so are limited.
    for index in 0..MAX_NAMES - 4 {
        store.remove(if index == 0 { "three".into() } else { format!("name-{}", index - 1) }.as_str()).unwrap();
        install(&mut store, &named(&format!("name-{index}"), 1, 500)).unwrap();
    }
    store.remove("one").unwrap();
    assert_eq!(begin(&mut store, &named("one-too-many", 1, 500)), Err(StoreFault::TooManyNames));
    assert_eq!(store.audit(true), Ok(()));
    assert_eq!(store.flash().breaches, []);
}

#[test]
fn what_does_not_survive_its_resets_is_taken_back() {
    let mut store = open(flash::<8, 2048>(12 << 10));
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
    let mut store = open(flash::<8, 2048>(12 << 10));
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
        let mut store = open(flash::<8, 2048>(12 << 10));
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
    let mut store = open(flash::<8, 2048>(12 << 10));
    install(&mut store, &build(&Spec::default(), &foreign_key())).unwrap();
    assert_eq!(boot(&mut store).unfit.unwrap().1.reason(), "signature");
}

#[test]
fn counters_are_bounded_by_what_was_confirmed() {
    assert_eq!(check_counter(0, 0), Ok(()));
    assert_eq!(check_counter(MAX_COUNTER_JUMP, 0), Ok(()));
    assert_eq!(check_counter(MAX_COUNTER_JUMP + 1, 0), Err(StoreFault::CounterJump { ceiling: MAX_COUNTER_JUMP }));
    assert_eq!(check_counter(6, 7), Err(StoreFault::Counter { floor: 7 }));
    assert_eq!(check_counter(7 + MAX_COUNTER_JUMP, 7), Ok(()));
    assert_eq!(check_counter(u32::MAX, u32::MAX - MAX_COUNTER_JUMP), Ok(()));
    assert_eq!(check_counter(u32::MAX, u32::MAX), Ok(()));
    assert!(check_counter(u32::MAX, u32::MAX - MAX_COUNTER_JUMP - 1).is_err());

    // A trial moves nothing, and a name that is new begins at 0; nor does a module that is removed and comes back.
    let mut store = open(flash::<8, 2048>(12 << 10));
    let high = |store: &mut SlotStore<_>, counter| begin(store, &version(counter, 1000)).map(|_| ());
    let jump = |ceiling| Err(StoreFault::CounterJump { ceiling });
    assert_eq!(high(&mut store, 1001), jump(1000));
    let slot = fetch(&mut store, &version(1000, 1000)).unwrap();
    store.begin_trial(slot).unwrap();
    store.revert(slot, true).unwrap();
    let operations = store.flash().operations;
    assert_eq!(high(&mut store, 1001), jump(1000));
    assert_eq!(store.flash().operations, operations);
    install(&mut store, &version(999, 1000)).unwrap();
    assert_eq!((high(&mut store, 2000), high(&mut store, 1999)), (jump(1999), Ok(())));
    store.remove("control").unwrap();
    assert_eq!((high(&mut store, 2000), high(&mut store, 1999)), (jump(1999), Ok(())));
    assert_eq!(high(&mut store, 998), Err(StoreFault::Counter { floor: 999 }));
}

#[test]
fn the_bound_of_the_counter_moves_when_the_confirmation_is_there_wherever_it_is_cut() {
    use crate::sim::flash::{Cut, Tear};
    let mut seen = [0; 2];
    for tear in Tear::ALL {
        for at in 0.. {
            let mut store = open(flash::<8, 2048>(12 << 10));
            install(&mut store, &version(5, 1000)).unwrap();
            let slot = fetch(&mut store, &version(1005, 1000)).unwrap();
            store.begin_trial(slot).unwrap();
            let at = store.flash().operations + at;
            store.flash_mut().cut = Some(Cut { at, tear });
            let confirmed = store.confirm(slot).is_ok() && !store.flash().is_dead();
            let mut store = open(store.into_flash());
            let report = boot(&mut store);
            assert!(report.floor == 1005 || !confirmed && report.floor == 5, "{tear:?}, {at}: {}", report.floor);
            assert_eq!(report.trial, report.floor == 5);
            seen[usize::from(report.floor == 5)] += 1;
            // A trial is in the way of the next: it ends first.
            if report.trial {
                store.revert(slot, true).unwrap();
            }
            let bound = report.floor + MAX_COUNTER_JUMP;
            let above = begin(&mut store, &version(bound + 1, 1000));
            assert_eq!(above, Err(StoreFault::CounterJump { ceiling: bound }), "{tear:?}, {at}");
            let below = begin(&mut store, &version(bound - 1, 1000));
            assert!(below.is_ok(), "{tear:?}, {at}: {below:?}");
            if confirmed {
                break;
            }
        }
    }
    assert!(seen.iter().all(|count| *count > 2), "{seen:?}");
}

#[test]
fn a_revoked_key_ends_a_trial_and_no_confirmed_module() {
    let mut store = open(flash::<8, 2048>(12 << 10));
    let (one, two) = (version(1, 2000), version(2, 2000));
    install(&mut store, &one).unwrap();
    let foreign = crate::sim::module::public(&foreign_key());
    let set = KeySet { epoch: 9, keys: [foreign; 2] };
    store.rotate(&set).unwrap();
    assert_eq!(store.rotate(&set), Err(StoreFault::Epoch));
    assert_eq!(store.rotate(&KeySet { epoch: 8, ..set }), Err(StoreFault::Epoch));
    let mut store = open(store.into_flash());
    let report = boot(&mut store);
    assert_eq!((report.keys, report.run.unwrap().digest), (Some(set), one.digest));
    // A store does not check signatures when a download begins, the agent does; at the boot it does.
    let slot = fetch(&mut store, &two).unwrap();
    store.begin_trial(slot).unwrap();
    assert_eq!(store.rotate(&KeySet { epoch: 10, ..set }), Err(StoreFault::WrongState(SlotState::Trial)));
    let mut store = open(store.into_flash());
    let report = boot(&mut store);
    assert_eq!((report.reverted, report.run.unwrap().digest), (Some(two.digest), one.digest));
    // Keys outlive the journal's pages, and the rest of what is confirmed is compared as ever.
    for counter in 3..40 {
        install(&mut store, &version(counter, 1000)).unwrap();
    }
    let slot = SlotId::all().find(|slot| store.journal.state.pairs[0].active == Some(*slot)).unwrap();
    let image = store.image(slot).unwrap();
    store.flash_mut().corrupt(image.offset as usize + image.len as usize - 100);
    let mut store = open(store.into_flash());
    let report = boot(&mut store);
    assert_eq!((report.keys, report.run), (Some(set), None));
    assert_eq!(report.unfit.unwrap().1.reason(), "content");
}
