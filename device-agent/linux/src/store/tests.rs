mod crashing;

use sandgrain_agent::packed::pack::Base;
use sandgrain_agent::sim::module::{PROFILE, Packed, Spec, build, foreign_key, public, trusted_key};
use sandgrain_agent::slots::SlotState;
use sandgrain_agent::verify::{OffersAll, Protections};
use sandgrain_artifact::{KeySet, PublicKey};

use super::*;
use crashing::{CrashingDisk, Lie};

const NAME: &str = "control";

fn trust() -> Trust<'static> {
    static KEYS: std::sync::LazyLock<[PublicKey; 1]> = std::sync::LazyLock::new(|| [public(&trusted_key())]);
    Trust { keys: &*KEYS, profile: PROFILE, offers: &OffersAll, device_class: "", protections: Protections::ALL }
}

/// Version `counter`.0.0, of a few chunks.
fn module(counter: u32) -> Packed {
    let version = format!("{counter}.0.0");
    build(&Spec { name: NAME, version: &version, counter, text: 9000, ..Spec::default() }, &trusted_key())
}

/// What was acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Nothing,
    Verified,
    /// Confirming or reverting was asked for; the answer did not come.
    Ending,
    Confirmed,
    Reverted,
}

/// Downloads what is missing of a module and puts it on trial; then confirms it, or takes it back. Returns how far that
/// came and how many chunks were written.
fn install<D: Disk>(store: &mut FileStore<D>, module: &Packed, confirm: bool) -> (Reached, u32) {
    let mut written = 0;
    let envelope = module.envelope();
    let StoreReply::Ready { slot, present } = store.apply(StoreOp::Begin { envelope: envelope.bytes() }) else {
        return (Reached::Nothing, written);
    };
    for index in (0..module.chunks()).filter(|index| !present.contains(*index)) {
        let bytes = module.chunk(index).unwrap();
        if store.apply(StoreOp::Write { slot, index, bytes }) != StoreReply::Written {
            return (Reached::Nothing, written);
        }
        written += 1;
    }
    if store.apply(StoreOp::Finish { slot }) != StoreReply::Finished {
        return (Reached::Nothing, written);
    }
    if store.apply(StoreOp::BeginTrial { slot }) != StoreReply::OnTrial {
        return (Reached::Verified, written);
    }
    let (op, done, reached) = match confirm {
        true => (StoreOp::Confirm { slot }, StoreReply::Confirmed, Reached::Confirmed),
        false => (StoreOp::Revert { slot, quarantine: true }, StoreReply::Reverted, Reached::Reverted),
    };
    (if store.apply(op) == done { reached } else { Reached::Ending }, written)
}

fn open<D: Disk>(disk: D) -> (FileStore<D>, BootReport) {
    let mut store = FileStore::open(disk).unwrap();
    let boot = store.boot(NAME, &trust()).unwrap();
    (store, boot)
}

/// A disk on which version 1 is confirmed, and nothing is pending.
fn with_version_one() -> CrashingDisk {
    let (mut store, _) = open(CrashingDisk::default());
    assert_eq!(install(&mut store, &module(1), true).0, Reached::Confirmed);
    store.into_disk().after_crash(0)
}

#[test]
fn a_module_goes_through_its_states_and_survives_starts() {
    let (one, two, three) = (module(1), module(2), module(3));
    let (mut store, boot) = open(with_version_one());
    assert_eq!(boot.run.as_ref().map(|m| m.value.as_str()), Some(one.value.as_str()));
    assert_eq!((boot.trial, boot.floor), (false, 1));
    assert_eq!(store.image(boot.run.unwrap().slot, &trust()).unwrap(), one.bytes);

    let begin = |store: &mut FileStore<_>| match store.apply(StoreOp::Begin { envelope: two.envelope().bytes() }) {
        StoreReply::Ready { slot, present } => (slot, present),
        other => panic!("{other:?}"),
    };
    let (slot, present) = begin(&mut store);
    assert_eq!(present.count(), 0);
    let bytes = two.chunk(1).unwrap();
    for (index, bytes) in [(0, bytes), (1, &bytes[1..]), (99, bytes), (1, three.chunk(0).unwrap())] {
        assert_eq!(store.apply(StoreOp::Write { slot, index, bytes }), StoreReply::Failed(StoreFault::Chunk));
    }
    assert_eq!(store.apply(StoreOp::Write { slot, index: 1, bytes }), StoreReply::Written);
    // Not whole: given up.
    assert_eq!(store.apply(StoreOp::Finish { slot }), StoreReply::Failed(StoreFault::Dirty));
    let (slot, _) = begin(&mut store);
    assert_eq!(store.apply(StoreOp::Write { slot, index: 1, bytes }), StoreReply::Written);
    // Nothing synced it, and nothing crashed: it is still there.
    let (mut store, _) = open(store.into_disk());
    let (_, present) = begin(&mut store);
    assert!(present.contains(1) && present.count() == 1);

    assert_eq!(install(&mut store, &two, false).0, Reached::Reverted);
    let (mut store, boot) = open(store.into_disk());
    assert_eq!((boot.run.unwrap().digest, boot.floor), (one.digest, 1));
    assert_eq!(boot.quarantined.as_slice(), [two.digest]);

    assert_eq!(install(&mut store, &three, true), (Reached::Confirmed, three.chunks()));
    let (store, boot) = open(store.into_disk());
    assert_eq!((boot.run.unwrap().digest, boot.floor), (three.digest, 3));
    // What counts for nothing goes when the next one comes: here the one in quarantine.
    let mut disk = store.into_disk();
    assert!(!disk.exists(&whole(&two.digest)).unwrap() && disk.exists(&whole(&one.digest)).unwrap());
}

#[test]
fn packed_chunks_become_the_signed_ones() {
    let (one, two) = (module(1), module(2));
    for with_base in [true, false] {
        let (mut store, boot) = open(with_version_one());
        let base = boot.run.map(|run| run.slot).filter(|_| with_base);
        let packer = Base::new(if with_base { one.content() } else { &[] });
        let StoreReply::Ready { slot, .. } = store.apply(StoreOp::Begin { envelope: two.envelope().bytes() }) else {
            panic!("there is room");
        };
        for index in 0..two.chunks() {
            let packed = packer.pack(two.chunk_start(index).unwrap(), two.chunk(index).unwrap());
            let mut write = |packed, base| store.apply(StoreOp::WritePacked { slot, index, packed, base });
            for wrong in [&packed[1..], &[], &[0xff; 5000]] {
                assert_eq!(write(wrong, base), StoreReply::Failed(StoreFault::Chunk));
            }
            if with_base && index == 1 {
                assert_eq!(write(&packed, None), StoreReply::Failed(StoreFault::Chunk), "it is packed with the base");
            }
            assert_eq!(write(&packed, base), StoreReply::Written);
        }
        assert_eq!(store.apply(StoreOp::Finish { slot }), StoreReply::Finished);
        assert_eq!(store.image(slot, &trust()).unwrap(), two.bytes);
    }
}

#[test]
fn steps_out_of_order_are_refused() {
    let two = module(2);
    let (mut store, boot) = open(with_version_one());
    let slot = boot.run.unwrap().slot.other();
    let wrong = |state| StoreReply::Failed(StoreFault::WrongState(state));
    for op in [
        StoreOp::Write { slot, index: 0, bytes: &[] },
        StoreOp::Finish { slot },
        StoreOp::BeginTrial { slot },
        StoreOp::Confirm { slot },
        StoreOp::Revert { slot, quarantine: true },
    ] {
        assert_eq!(store.apply(op), wrong(SlotState::Empty), "{op:?}");
    }
    let confirmed = module(1);
    let again = StoreOp::Begin { envelope: confirmed.envelope().bytes() };
    assert_eq!(store.apply(again), wrong(SlotState::Confirmed));
    assert_eq!(store.apply(StoreOp::Begin { envelope: &[0; 100] }), StoreReply::Failed(StoreFault::Envelope));
    let (slot, _) = match store.apply(StoreOp::Begin { envelope: two.envelope().bytes() }) {
        StoreReply::Ready { slot, present } => (slot, present),
        other => panic!("{other:?}"),
    };
    assert_eq!(store.apply(StoreOp::BeginTrial { slot }), wrong(SlotState::Empty));
}

#[test]
fn a_trial_is_counted_out_over_starts() {
    let two = module(2);
    let (mut store, _) = open(with_version_one());
    assert_eq!(install(&mut store, &two, true).0, Reached::Confirmed);
    let three = module(3);
    let StoreReply::Ready { slot, .. } = store.apply(StoreOp::Begin { envelope: three.envelope().bytes() }) else {
        panic!("there is room")
    };
    for index in 0..three.chunks() {
        store.apply(StoreOp::Write { slot, index, bytes: three.chunk(index).unwrap() });
    }
    store.apply(StoreOp::Finish { slot });
    assert_eq!(store.apply(StoreOp::BeginTrial { slot }), StoreReply::OnTrial);
    let mut disk = store.into_disk();
    for _ in 0..MAX_TRIAL_BOOTS {
        let (store, boot) = open(disk);
        assert_eq!((boot.run.unwrap().digest, boot.trial), (three.digest, true));
        assert_eq!(boot.fallback.unwrap().digest, two.digest);
        disk = store.into_disk();
    }
    let (_, boot) = open(disk);
    assert_eq!((boot.run.unwrap().digest, boot.trial), (two.digest, false));
    assert_eq!((boot.reverted, boot.quarantined.as_slice()), (Some(three.digest), &[three.digest][..]));
}

#[test]
fn files_that_were_tampered_with_do_not_run() {
    let one = module(1);
    let run = |disk: CrashingDisk| open(disk).1;
    let mut disk = with_version_one();
    let last = one.bytes.len() as u64 - 1;
    disk.write_at(&whole(&one.digest), last, &[!one.bytes[last as usize]]).unwrap();
    let boot = run(disk);
    assert_eq!((boot.run, boot.unfit), (None, Some((one.digest, Refusal::Content))));

    let forged = build(&Spec { name: NAME, text: 9000, ..Spec::default() }, &foreign_key());
    assert_eq!(forged.digest, one.digest);
    let mut disk = with_version_one();
    disk.create(&whole(&one.digest), &forged.bytes, forged.bytes.len() as u64).unwrap();
    let boot = run(disk);
    assert_eq!(boot.unfit.unwrap().1.reason(), "signature");

    // Between the start of the program and that of the module.
    let (mut store, boot) = open(with_version_one());
    store.disk.write_at(&whole(&one.digest), last, &[!one.bytes[last as usize]]).unwrap();
    assert_eq!(store.image(boot.run.unwrap().slot, &trust()), Err(Refusal::Content));

    let mut disk = with_version_one();
    disk.create(STATE, b"{\"version\":9}", 13).unwrap();
    let error = FileStore::open(disk).err().unwrap().to_string();
    assert!(error.contains("`state`") && error.contains("restore it"), "{error}");
}

/// What a crash at each operation of an update leads to, in a few variants each, and at each operation of the start after
/// it. Returns how many crashes there were, or the first that did harm.
fn crash_everywhere(confirm: bool, lie: Option<Lie>) -> Result<u32, String> {
    let (one, two, three) = (module(1), module(2), module(3));
    let base = with_version_one().lying(lie);
    let mut crashes = 0;
    for at in 0.. {
        let (mut store, _) = open(base.clone().crashing_at(at));
        let (reached, _) = install(&mut store, &two, confirm);
        let disk = store.into_disk();
        if disk.operations <= at {
            return Ok(crashes);
        }
        for variant in 0..12 {
            let crashed = disk.after_crash(variant);
            let context = format!("crash at {at}, variant {variant}, after {reached:?}");
            for second in 0..6 {
                // The start after the crash may crash as well.
                let mut again = crashed.clone().crashing_at(second);
                if let Ok(mut store) = FileStore::open(again) {
                    let _ = store.boot(NAME, &trust());
                    again = store.into_disk();
                } else {
                    return Err(format!("{context}: `state` is not whole"));
                }
                crashes += 1;
                check(again.after_crash(variant), reached, [&one, &two, &three])
                    .map_err(|why| format!("{context}, then at {second}: {why}"))?;
            }
        }
    }
    unreachable!("an update ends")
}

/// Boots, compares with what was acknowledged, and completes another update.
fn check(disk: CrashingDisk, reached: Reached, [one, two, three]: [&Packed; 3]) -> Result<(), String> {
    let mut store = FileStore::open(disk).map_err(|e| e.to_string())?;
    let boot = store.boot(NAME, &trust()).map_err(|e| e.to_string())?;
    let run = boot.run.as_ref().ok_or("nothing runs")?;
    let state = (run.digest == two.digest, boot.trial, boot.quarantined.contains(&two.digest));
    let (old, on_trial, new, reverted) =
        ((false, false, false), (true, true, false), (true, false, false), (false, false, true));
    let allowed = match reached {
        Reached::Nothing => &[old][..],
        Reached::Verified => &[old, on_trial],
        Reached::Ending => &[on_trial, new, reverted],
        Reached::Confirmed => &[new],
        Reached::Reverted => &[reverted],
    };
    if !allowed.contains(&state) {
        return Err(format!("new, on trial, quarantined: {state:?}"));
    }
    if run.digest != two.digest && run.digest != one.digest || boot.floor != if state == new { 2 } else { 1 } {
        return Err(format!("{} runs, and the lowest counter is {}", run.value, boot.floor));
    }
    let slot = run.slot;
    let image = store.image(slot, &trust()).map_err(|e| e.to_string())?;
    if image != if state.0 { &two.bytes[..] } else { &one.bytes[..] } {
        return Err("other bytes run".to_owned());
    }
    if boot.trial && store.apply(StoreOp::Confirm { slot }) != StoreReply::Confirmed {
        return Err("the trial cannot be ended".to_owned());
    }
    let (reached, _) = install(&mut store, three, true);
    let (_, boot) = open(store.into_disk());
    let runs = boot.run.is_some_and(|run| run.digest == three.digest);
    if reached == Reached::Confirmed && runs { Ok(()) } else { Err(format!("the next update: {reached:?}")) }
}

#[test]
fn a_crash_leaves_the_old_or_the_new_module() {
    for confirm in [true, false] {
        let crashes = crash_everywhere(confirm, None).unwrap();
        println!("{} an update: {crashes} crashes", if confirm { "confirming" } else { "reverting" });
        assert!(crashes > 1000);
    }
}

#[test]
fn a_disk_that_lies_is_noticed() {
    for lie in [Lie::Files, Lie::Names] {
        assert!(crash_everywhere(true, Some(lie)).is_err(), "{lie:?}");
    }
}

#[test]
fn a_folder_belongs_to_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/control.module");
    let first = Folder::open(&path).unwrap();
    let second = Folder::open(&path).err().expect("it is taken");
    assert_eq!(second.kind(), io::ErrorKind::WouldBlock);
    let (mut store, _) = open(first);
    assert_eq!(install(&mut store, &module(1), true).0, Reached::Confirmed);
    drop(store);
    let (mut store, boot) = open(Folder::open(&path).unwrap());
    assert_eq!(store.image(boot.run.unwrap().slot, &trust()).unwrap(), module(1).bytes);
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path.join(STATE)).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn rotated_keys_are_kept_wherever_it_crashes() {
    let set = |epoch, key| KeySet { epoch, keys: [key, PublicKey([0; 32])] };
    let (first, second) = (set(1, public(&trusted_key())), set(2, public(&foreign_key())));
    let rotate = |store: &mut FileStore<CrashingDisk>, keys| store.apply(StoreOp::Rotate { keys: &keys });
    let mut seen = [0; 2];
    for at in 0..40 {
        for variant in 0..4 {
            let (mut store, boot) = open(with_version_one());
            assert_eq!(boot.keys, None, "a file of programs that know no rotation");
            assert_eq!(rotate(&mut store, first), StoreReply::Rotated);
            let disk = store.into_disk().after_crash(0).crashing_at(at);
            let Ok(mut store) = FileStore::open(disk) else { continue };
            let done = rotate(&mut store, second) == StoreReply::Rotated;
            let (mut store, boot) = open(store.into_disk().after_crash(variant));
            assert!(boot.keys == Some(second) || !done && boot.keys == Some(first), "{at}: {:?}", boot.keys);
            seen[usize::from(boot.keys == Some(second))] += 1;
            // The module that is confirmed runs on, whoever's it was.
            let slot = boot.run.expect("it is confirmed").slot;
            assert_eq!(store.image(slot, &trust()).unwrap(), module(1).bytes);
            let older = rotate(&mut store, boot.keys.unwrap());
            assert_eq!(older, StoreReply::Failed(StoreFault::Epoch));
        }
    }
    assert!(seen.iter().all(|count| *count > 3), "{seen:?}");

    // What is on trial has to be somebody's who is trusted now; and keys do not change meanwhile.
    let (mut store, _) = open(with_version_one());
    assert_eq!(rotate(&mut store, second), StoreReply::Rotated);
    let two = module(2);
    let StoreReply::Ready { slot, .. } = store.apply(StoreOp::Begin { envelope: two.envelope().bytes() }) else {
        panic!("there is room");
    };
    for index in 0..two.chunks() {
        let bytes = two.chunk(index).unwrap();
        assert_eq!(store.apply(StoreOp::Write { slot, index, bytes }), StoreReply::Written);
    }
    assert_eq!(store.apply(StoreOp::Finish { slot }), StoreReply::Finished);
    assert_eq!(store.apply(StoreOp::BeginTrial { slot }), StoreReply::OnTrial);
    let busy = StoreReply::Failed(StoreFault::WrongState(SlotState::Trial));
    assert_eq!(rotate(&mut store, set(3, public(&trusted_key()))), busy);
    assert!(store.image(slot, &trust()).is_err());
    let (_, boot) = open(store.into_disk());
    assert_eq!((boot.reverted, boot.run.unwrap().digest), (Some(two.digest), module(1).digest));

    // A counter that is too high is not begun.
    let (mut store, _) = open(with_version_one());
    let reply = |store: &mut FileStore<_>, counter| {
        let module = module(counter);
        let envelope = module.envelope();
        store.apply(StoreOp::Begin { envelope: envelope.bytes() })
    };
    let jump = StoreReply::Failed(StoreFault::CounterJump { ceiling: 1001 });
    assert_eq!(reply(&mut store, 1002), jump);
    assert!(matches!(reply(&mut store, 1001), StoreReply::Ready { .. }));
}
