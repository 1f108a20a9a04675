//! What somebody with a login at the broker may try, one test an attack: the real agent and the real store, on flash that
//! counts. Where it says so, not one word is programmed and not one sector erased; the module that runs goes on, without
//! having been stopped in between. THREATS.md lists these tests, and the last one here compares.

use sandgrain_artifact::{Digest, KeySet, PublicKey, SigningKey};

use super::*;
use crate::agent::{Phase, REFUSED_PAUSE_MS};
use crate::download::{BEGIN_EVERY_MS, BEGINS_AT_ONCE};
use crate::proto::{Desired, MAX_CHUNK};
use crate::sim::module::public;
use crate::slots::MAX_COUNTER_JUMP;

/// What must not change.
#[derive(Debug, PartialEq)]
struct Calm {
    operations: u64,
    starts: u32,
    running: Option<crate::sim::device::Running>,
    actual: Option<String>,
}

fn calm(rig: &Rig) -> Calm {
    let Device { starts, running, .. } = rig.device;
    Calm { operations: rig.operations(), starts, running, actual: rig.edge.actual.clone() }
}

fn two_with(spec: &Spec<'_>) -> Packed {
    build(&Spec { version: "2.0.0", counter: 2, text: 5000, ..spec.clone() }, &trusted_key())
}

/// The value that asks for what `wanted` is, by another digest.
fn renamed(wanted: &Packed, digest: Digest) -> String {
    wanted.value.replace(&format!("{}", wanted.digest), &format!("{digest}"))
}

/// Publishes a desired value and, when the device asks, this as the manifest; says why it was refused. Panics if the
/// device did not ask: a forgery that nobody looks at proves nothing.
fn offer(rig: &mut Rig, value: &str, envelope: &[u8]) -> Option<&'static str> {
    // Back to what runs, and no refusal is remembered: each forgery is looked at as if it were the first.
    rig.want(&one());
    rig.device.agent.refused = None;
    rig.want_value(value);
    assert!(matches!(rig.device.agent.phase, Phase::AwaitManifest(_)), "{value} is not even asked for");
    let digest = Desired::parse(value).unwrap().digest;
    rig.deliver(Topic::Manifest, &[&digest.0[..], envelope].concat());
    rig.device.agent.refused.map(|refused| refused.reason)
}

/// A device that runs version 1 and has begun to download `new`.
fn downloading(new: &Packed) -> Rig {
    let mut rig = Rig::running_one(vec![]);
    assert_eq!(offer(&mut rig, &new.value, new.envelope().bytes()), None);
    assert!(matches!(rig.device.agent.phase, Phase::Downloading));
    rig
}

fn send_chunk(rig: &mut Rig, digest: Digest, index: u32, bytes: &[u8]) {
    let payload = [&ChunkGet { digest, index }.encode()[..], bytes].concat();
    rig.deliver(Topic::Chunk, &payload);
}

/// Has the download brought to its end by a controller that has the artifact.
fn is_installed_after_all(mut rig: Rig, new: Packed) {
    rig.edge.catalog.push(new.clone());
    rig.edge.expected = Some(new.value.clone());
    rig.wait(2 * REFUSED_PAUSE_MS);
    assert_eq!(rig.edge.actual, Some(new.value));
}

#[test]
fn a_bit_flipped_anywhere_in_the_envelope() {
    let new = two();
    let envelope = new.envelope().bytes().to_vec();
    let mut rig = Rig::running_one(vec![]);
    let before = calm(&rig);
    for bit in 0..envelope.len() * 8 {
        let mut bent = envelope.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        let reason = offer(&mut rig, &new.value, &bent);
        assert!(reason.is_some(), "bit {bit}");
        assert_eq!(calm(&rig), before, "bit {bit}");
    }
    is_installed_after_all(rig, new);
}

/// As above, but the desired value names what the flip has made: nothing but the signature can tell.
#[test]
fn a_bit_flipped_and_the_desired_value_to_match() {
    let new = two();
    let envelope = new.envelope().bytes().to_vec();
    let manifest = 96..96 + new.envelope().header().manifest_len as usize;
    let mut rig = Rig::running_one(vec![]);
    let before = calm(&rig);
    let mut by_signature = 0;
    for bit in (0..32 * 8).chain(manifest.start * 8..manifest.end * 8) {
        let mut bent = envelope.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        let digest = Digest::of(&[&bent[..32], &bent[manifest.clone()]]);
        let reason = offer(&mut rig, &renamed(&new, digest), &bent);
        assert!(reason.is_some(), "bit {bit}");
        assert_eq!(calm(&rig), before, "bit {bit}");
        by_signature += usize::from(reason == Some("signature"));
    }
    assert!(by_signature >= manifest.len() * 8, "{by_signature} of {} bits", manifest.len() * 8);
}

#[test]
fn an_envelope_cut_anywhere() {
    let new = two();
    let envelope = new.envelope().bytes().to_vec();
    let mut rig = Rig::running_one(vec![]);
    let before = calm(&rig);
    // Nothing at all is what a controller says that does not have it.
    for len in 1..envelope.len() {
        assert!(offer(&mut rig, &new.value, &envelope[..len]).is_some(), "cut at {len}");
        assert_eq!(calm(&rig), before, "cut at {len}");
    }
    let malformed = rig.device.agent.malformed();
    assert_eq!(offer(&mut rig, &new.value, &[&envelope[..], &[0; 4096]].concat()), None);
    assert_eq!((rig.device.agent.malformed(), calm(&rig)), (malformed + 1, before));
    is_installed_after_all(rig, new);
}

#[test]
fn a_module_signed_by_a_wrong_key() {
    let forged = build(&Spec { version: "2.0.0", counter: 2, ..Spec::default() }, &foreign_key());
    let mut rig = Rig::running_one(vec![]);
    let before = calm(&rig);
    assert_eq!(offer(&mut rig, &forged.value, forged.envelope().bytes()), Some("signature"));
    // Nor by none, and nor is a signature of something else one of the manifest.
    let mut unsigned = forged.envelope().bytes().to_vec();
    unsigned[32..96].fill(0);
    assert_eq!(offer(&mut rig, &forged.value, &unsigned), Some("signature"));
    let whole = [&forged.bytes[..32], &forged.bytes[96..forged.envelope().bytes().len()]].concat();
    let elsewhere = sign_message(&whole);
    unsigned[32..96].copy_from_slice(&elsewhere);
    assert_eq!(offer(&mut rig, &forged.value, &unsigned), Some("signature"), "without the domain in front");
    assert_eq!(calm(&rig), before);
}

/// The trusted key's signature of these bytes as they are.
fn sign_message(bytes: &[u8]) -> [u8; 64] {
    use ed25519_dalek::Signer;
    trusted_key().sign(bytes).to_bytes()
}

#[test]
fn the_manifest_of_one_with_the_signature_of_another() {
    let (new, other) = (two(), two_with(&Spec { device_class: "pump", ..Spec::default() }));
    let mut rig = Rig::running_one(vec![]);
    let before = calm(&rig);
    for (signed, named) in [(&new, &other), (&other, &new), (&one(), &new)] {
        let mut mixed = named.envelope().bytes().to_vec();
        mixed[32..96].copy_from_slice(&signed.bytes[32..96]);
        assert_eq!(offer(&mut rig, &named.value, &mixed), Some("signature"));
        // All of another's envelope, under this name.
        assert_eq!(offer(&mut rig, &named.value, signed.envelope().bytes()), Some("digest"));
    }
    assert_eq!(calm(&rig), before);
    is_installed_after_all(rig, new);
}

#[test]
fn the_manifest_of_one_with_the_content_of_another() {
    let (new, other) = (two(), two_with(&Spec { behaviour: Behaviour::Traps, ..Spec::default() }));
    let mut rig = downloading(&new);
    let before = calm(&rig);
    // Where both have the same bytes, they are nobody's in particular.
    let differ = (0..new.chunks()).filter(|index| new.chunk(*index) != other.chunk(*index)).collect::<Vec<_>>();
    assert!(!differ.is_empty());
    for index in differ {
        send_chunk(&mut rig, new.digest, index, other.chunk(index).unwrap());
        send_chunk(&mut rig, other.digest, index, other.chunk(index).unwrap());
        rig.pump();
    }
    assert_eq!(calm(&rig), before);
    is_installed_after_all(rig, new);
}

#[test]
fn chunks_that_are_not_the_signed_ones() {
    let new = two();
    let mut rig = downloading(&new);
    let before = calm(&rig);
    let first = new.chunk(0).unwrap();
    let wrong: [(Digest, u32, &[u8]); 7] = [
        (one().digest, 0, first),
        (new.digest, 1, first),
        (new.digest, 3, new.chunk(3).unwrap()),
        (new.digest, u32::MAX, first),
        (new.digest, 0, &first[1..]),
        (new.digest, 0, &[first, &[0]].concat()),
        (new.digest, 0, &[]),
    ];
    for (digest, index, bytes) in wrong {
        send_chunk(&mut rig, digest, index, bytes);
        assert_eq!(calm(&rig), before, "{index}, {} bytes", bytes.len());
    }
    for bit in 0..first.len() * 8 {
        let mut bent = first.to_vec();
        bent[bit / 8] ^= 1 << (bit % 8);
        send_chunk(&mut rig, new.digest, 0, &bent);
        assert_eq!(rig.operations(), before.operations, "bit {bit}");
    }
    assert_eq!(rig.device.agent.refused.map(|refused| refused.reason), Some("chunk"));
    assert_eq!(calm(&rig), before);
    rig.pump();
    assert_eq!(rig.said().iter().filter(|s| *s == "refused:chunk").count(), 1, "said once");
    is_installed_after_all(rig, new);
}

#[test]
fn chunks_without_end() {
    let new = two();
    let mut rig = downloading(&new);
    let before = calm(&rig);
    let malformed = rig.device.agent.malformed();
    // Longer than any, up to what a broker lets through.
    for len in [MAX_CHUNK + 1, 70_000, 1 << 20] {
        send_chunk(&mut rig, new.digest, 0, &vec![0xa5; len]);
    }
    assert_eq!((rig.device.agent.malformed(), calm(&rig)), (malformed + 3, before));
    // The right one again and again is written once.
    for _ in 0..1000 {
        send_chunk(&mut rig, new.digest, 0, new.chunk(0).unwrap());
    }
    let once = rig.operations();
    for _ in 0..1000 {
        send_chunk(&mut rig, new.digest, 0, new.chunk(0).unwrap());
        send_chunk(&mut rig, new.digest, new.chunks(), new.chunk(0).unwrap());
    }
    assert_eq!(rig.operations(), once);
    let words = new.chunk(0).unwrap().len() as u64 / 8 + 1;
    assert!(once - calm(&downloading(&new)).operations <= words, "a chunk and its mark");
    assert_eq!(rig.runs(), Some("control@1.0.0"));
    is_installed_after_all(rig, new);
}

#[test]
fn packed_chunks_that_make_something_else() {
    let new = two();
    let mut rig = downloading(&new);
    let before = calm(&rig);
    let mut random = Random::new(5);
    for len in (0..400).chain([MAX_CHUNK]) {
        let bytes: Vec<u8> = (0..len).map(|_| random.below(256) as u8).collect();
        let payload = [&ChunkGet { digest: new.digest, index: 0 }.encode()[..], &bytes].concat();
        rig.deliver(Topic::Packed, &payload);
        assert_eq!(calm(&rig), before);
    }
    is_installed_after_all(rig, new);
}

#[test]
fn an_older_signed_update_is_replayed() {
    let mut rig = Rig::running_one(vec![two()]);
    rig.want(&two());
    assert_eq!(rig.runs(), Some("control@2.0.0"));
    rig.said();
    let (before, requests) = (calm(&rig), rig.edge.requests);
    rig.want(&one());
    assert_eq!((rig.said(), rig.edge.requests), (vec!["refused:counter".into()], requests), "it is not even asked for");
    // Nor is it taken unasked, all of it, in order.
    rig.deliver(Topic::Manifest, &[&one().digest.0[..], one().envelope().bytes()].concat());
    for index in 0..one().chunks() {
        send_chunk(&mut rig, one().digest, index, one().chunk(index).unwrap());
    }
    assert_eq!(calm(&rig), before);
    // Neither after a reset, nor when the store is asked behind the agent's back.
    let mut rig = rig.reset();
    rig.want(&one());
    assert_eq!(rig.runs(), Some("control@2.0.0"));
    let operations = rig.operations();
    let floor = Err(crate::slots::StoreFault::Counter { floor: 2 });
    assert_eq!(rig.device.store.begin(one().envelope().bytes()), floor);
    assert_eq!(rig.operations(), operations);
}

#[test]
fn a_desired_value_that_lies_of_the_counter() {
    let mut rig = Rig::running_one(vec![two()]);
    rig.want(&two());
    let (before, old) = (calm(&rig), one());
    for counter in [2, 3, 1000] {
        let value = old.value.replace("#1,", &format!("#{counter},"));
        rig.device.agent.refused = None;
        rig.want_value(&value);
        assert!(matches!(rig.device.agent.phase, Phase::AwaitManifest(_)) || rig.device.agent.refused.is_some());
        rig.deliver(Topic::Manifest, &[&old.digest.0[..], old.envelope().bytes()].concat());
        assert_eq!(rig.device.agent.refused.map(|refused| refused.reason), Some("version"));
        assert_eq!(calm(&rig), before);
    }
}

#[test]
fn modules_for_other_devices() {
    let spec = Spec { version: "2.0.0", counter: 2, ..Spec::default() };
    let cases = [
        ("target", two_with(&Spec { target: Target::Rv32Imac, ..spec.clone() })),
        ("device-class", two_with(&Spec { device_class: "pump", ..spec.clone() })),
        ("name", two_with(&Spec { name: "other", ..spec })),
    ];
    let mut rig = Rig::running_one(vec![]);
    let before = calm(&rig);
    for (reason, artifact) in &cases {
        let value = artifact.value.replace("other@", "control@");
        assert_eq!(offer(&mut rig, &value, artifact.envelope().bytes()), Some(*reason));
        assert_eq!(calm(&rig), before);
    }
    // The ABI's version is refused before the signature is looked at, so it need not be right.
    let new = two();
    let mut newer = new.envelope().bytes().to_vec();
    newer[6] ^= 0xff;
    let manifest = 96..96 + new.envelope().header().manifest_len as usize;
    let digest = Digest::of(&[&newer[..32], &newer[manifest]]);
    assert_eq!(offer(&mut rig, &renamed(&new, digest), &newer), Some("abi-version"));
    assert_eq!(calm(&rig), before);
}

/// Signed by a key that is trusted, by mistake or not, so that nothing lower would ever be taken again.
#[test]
fn a_counter_at_the_end_of_the_range() {
    let with = |counter| build(&Spec { version: "2.0.0", counter, ..Spec::default() }, &trusted_key());
    let jump = 1 + MAX_COUNTER_JUMP;
    let mut rig = Rig::running_one([jump, jump + 1, u32::MAX].map(with).to_vec());
    let (before, requests) = (calm(&rig), rig.edge.requests);
    for counter in [jump + 1, u32::MAX] {
        rig.said();
        rig.want(&with(counter));
        assert_eq!(rig.said(), ["refused:counter-jump"]);
        assert_eq!(calm(&rig), before);
        // Nor does the store take it from an agent that has not looked.
        let begun = rig.device.store.begin(with(counter).envelope().bytes());
        assert_eq!(begun, Err(crate::slots::StoreFault::CounterJump { ceiling: jump }));
    }
    // A desired value that names a lower one is not what was signed.
    let lie = with(u32::MAX).value.replace("#4294967295,", "#2,");
    let mut lied_to = Rig::running_one(vec![]);
    assert_eq!(offer(&mut lied_to, &lie, with(u32::MAX).envelope().bytes()), Some("version"));
    assert_eq!((calm(&rig), calm(&lied_to)), (calm(&lied_to), before));
    assert!(rig.edge.requests <= requests + 2);
    // As far as the bound it goes, and from there on what was refused before.
    rig.want(&with(jump + 1));
    rig.want(&with(jump));
    assert_eq!(rig.edge.actual, Some(with(jump).value));
    rig.want(&with(jump + 1));
    assert_eq!(rig.edge.actual, Some(with(jump + 1).value));
    // A new device begins at 0.
    let mut new = Rig::with(vec![with(MAX_COUNTER_JUMP + 1), with(MAX_COUNTER_JUMP)]);
    new.want(&with(MAX_COUNTER_JUMP + 1));
    assert_eq!((new.runs(), new.operations()), (None, Rig::with(vec![]).operations()));
    new.want(&with(MAX_COUNTER_JUMP));
    assert_eq!(new.runs(), Some("control@2.0.0"));
}

/// What any client of the broker can do: want things that are not there, or not signed, without end.
#[test]
fn forged_desired_values() {
    let mut rig = Rig::running_one(vec![]);
    let before = calm(&rig);
    let mut random = Random::new(3);
    let started = rig.edge.requests;
    for round in 0..500u32 {
        let digest = Digest(core::array::from_fn(|_| random.below(256) as u8));
        rig.want_value(&format!("control@{round}.0.0#{},sha256:{digest}", 1 + round % 7));
        // Served with garbage, too.
        let garbage: Vec<u8> = (0..random.below(600)).map(|_| random.below(256) as u8).collect();
        rig.deliver(Topic::Manifest, &[&digest.0[..], &garbage].concat());
        rig.wait(100);
    }
    assert!(rig.edge.requests - started <= 2 * 500, "each is asked for about once");
    // The last of them stays: it is asked for ever more slowly.
    let started = rig.edge.requests;
    rig.want_value(&two().value);
    rig.wait(24 * 3_600_000);
    assert!(rig.edge.requests - started < 24 * 65, "{}", rig.edge.requests - started);
    assert_eq!(calm(&rig), before);
    is_installed_after_all(rig, two());
}

/// Genuine artifacts, signed for this device, that somebody has it want in turns: each is begun, which erases a slot.
#[test]
fn genuine_updates_in_turns_to_wear_out_the_flash() {
    // Three: of two, each would find all of itself where it was before.
    let genuine = ["2.0.0", "2.1.0", "2.2.0"].map(|version| packed(version, 2, Behaviour::Healthy));
    // Begun and taken back in the middle of the download; or brought to their end.
    for whole in [false, true] {
        let mut rig = Rig::running_one(vec![]);
        let (began, erased) = (rig.now, rig.device.store.flash().erased);
        if whole {
            rig.edge.catalog.extend(genuine.clone());
        }
        let hours = 30;
        let mut turns = 0usize;
        while rig.now < began + hours * BEGIN_EVERY_MS {
            for artifact in genuine.iter().cycle().skip(turns / 7).take(3) {
                rig.want(artifact);
                rig.deliver(Topic::Manifest, &[&artifact.digest.0[..], artifact.envelope().bytes()].concat());
                rig.pump();
                turns += 1;
            }
            rig.wait(60_000);
        }
        assert!(turns > 3000);
        let begins = BEGINS_AT_ONCE + hours;
        // An image takes three sectors at most, and the journal's pages are erased now and then.
        let sectors = rig.device.store.flash().erased - erased;
        assert!(sectors > begins && sectors <= begins * 4, "whole: {whole}, {sectors} sectors");
        assert!(rig.said().contains(&"stalled:flash-wear".into()));
        assert!(rig.runs().is_some());
        // What is wanted in earnest comes, an hour later.
        let last = packed("3.0.0", 3, Behaviour::Healthy);
        rig.edge.catalog.push(last.clone());
        rig.want(&last);
        rig.wait(2 * BEGIN_EVERY_MS);
        assert_eq!(rig.runs(), Some("control@3.0.0"));
    }
}

fn keys(epoch: u32, keys: [&SigningKey; 2]) -> KeySet {
    KeySet { epoch, keys: keys.map(public) }
}

/// Sends a rotation and says what came of it.
fn rotate(rig: &mut Rig, record: &[u8]) -> Vec<String> {
    rig.pump();
    rig.said();
    rig.deliver(Topic::Keys, record);
    rig.pump();
    rig.said()
}

#[test]
fn a_module_signed_by_a_revoked_key() {
    let only_new = keys(1, [&foreign_key(), &foreign_key()]);
    let new = build(&Spec { version: "3.0.0", counter: 3, ..Spec::default() }, &foreign_key());
    let mut rig = Rig::running_one(vec![]);
    assert_eq!(offer(&mut rig, &new.value, new.envelope().bytes()), Some("signature"), "not yet");
    rig.want(&one());
    assert_eq!(rotate(&mut rig, &only_new.sign(&trusted_key())), ["rotated"]);
    let before = calm(&rig);
    assert_eq!(offer(&mut rig, &two().value, two().envelope().bytes()), Some("signature"));
    assert_eq!(calm(&rig), before);
    // What runs was confirmed while its key was trusted: it goes on, also over a reset, which forgets no revocation.
    let mut rig = rig.reset();
    assert_eq!(rig.runs(), Some("control@1.0.0"));
    let before = calm(&rig);
    assert_eq!(offer(&mut rig, &two().value, two().envelope().bytes()), Some("signature"));
    assert_eq!(calm(&rig), before);
    // Nor does the revoked key rotate itself back.
    let back = keys(2, [&trusted_key(), &foreign_key()]);
    assert_eq!(rotate(&mut rig, &back.sign(&trusted_key())), ["refused:signature"]);
    rig.edge.catalog.push(new.clone());
    rig.want(&new);
    assert_eq!(rig.runs(), Some("control@3.0.0"));
    assert_eq!(rotate(&mut rig, &back.sign(&foreign_key())), ["rotated"]);
}

/// A key is revoked while what it has signed is on its way: that does not arrive.
#[test]
fn a_key_revoked_in_the_middle_of_a_download() {
    let new = two();
    let mut rig = downloading(&new);
    send_chunk(&mut rig, new.digest, 0, new.chunk(0).unwrap());
    rig.device.outbox.clear();
    let only_new = keys(1, [&foreign_key(), &foreign_key()]);
    rig.deliver(Topic::Keys, &only_new.sign(&trusted_key()));
    assert!(matches!(rig.device.agent.phase, Phase::AwaitManifest(_)), "it begins anew");
    let before = calm(&rig);
    rig.edge.catalog.push(new);
    rig.pump();
    rig.wait(10 * REFUSED_PAUSE_MS);
    assert_eq!(rig.device.agent.refused.map(|refused| refused.reason), Some("signature"));
    assert_eq!(calm(&rig), before);
    let rig = rig.reset();
    assert_eq!(rig.runs(), Some("control@1.0.0"));

    // On trial, the trial ends first. Whoever rotates keys asks again.
    let silent = packed("2.0.0", 2, Behaviour::Silent);
    let mut rig = Rig::running_one(vec![silent.clone()]);
    rig.want(&silent);
    let trial = calm(&rig);
    assert!(trial.running.unwrap().trial);
    assert_eq!(rotate(&mut rig, &only_new.sign(&trusted_key())), [""; 0]);
    assert_eq!(calm(&rig), trial);
    let busy = rig.device.store.rotate(&only_new);
    assert_eq!(busy, Err(crate::slots::StoreFault::WrongState(crate::slots::SlotState::Trial)));
    rig.wait(u64::from(rig.config.trial_ms) + 1);
    assert_eq!(rotate(&mut rig, &only_new.sign(&trusted_key())), ["rotated"]);
    assert_eq!(rig.runs(), Some("control@2.0.0"));
}

#[test]
fn forged_rotations() {
    let none = PublicKey([0; 32]);
    let set = keys(7, [&foreign_key(), &trusted_key()]);
    let good = set.sign(&trusted_key());
    let mut rig = Rig::running_one(vec![]);
    let before = calm(&rig);
    for bit in 0..good.len() * 8 {
        let mut bent = good;
        bent[bit / 8] ^= 1 << (bit % 8);
        rig.deliver(Topic::Keys, &bent);
        assert_eq!((rig.operations(), rig.device.agent.keys), (before.operations, None), "bit {bit}");
    }
    let malformed = rig.device.agent.malformed();
    for len in 0..good.len() {
        rig.deliver(Topic::Keys, &good[..len]);
    }
    rig.deliver(Topic::Keys, &[&good[..], &[0; 5000]].concat());
    assert_eq!(rig.device.agent.malformed(), malformed + good.len() as u32 + 1);
    let far = KeySet { epoch: u32::MAX, ..set };
    let locked = KeySet { keys: [none, none], ..set };
    let cases: [(&str, [u8; 132]); 4] = [
        ("refused:signature", set.sign(&foreign_key())),
        ("refused:epoch", far.sign(&trusted_key())),
        ("refused:epoch", KeySet { epoch: 0, ..set }.sign(&trusted_key())),
        ("refused:key", locked.sign(&trusted_key())),
    ];
    for (said, record) in cases {
        assert_eq!(rotate(&mut rig, &record), [said]);
    }
    // A signature of a manifest is none of a rotation, whatever the bytes.
    let mut elsewhere = good;
    elsewhere[..64].copy_from_slice(&sign_message(&good[64..]));
    assert_eq!(rotate(&mut rig, &elsewhere), ["refused:signature"]);
    assert_eq!(calm(&rig), before);

    // The right one counts once, is answered as often as it comes, and an older one is not gone back to.
    assert_eq!(rotate(&mut rig, &good), ["rotated"]);
    let after = calm(&rig);
    for _ in 0..100 {
        assert_eq!(rotate(&mut rig, &good), ["rotated"]);
    }
    let older = keys(6, [&trusted_key(), &trusted_key()]).sign(&trusted_key());
    let other = keys(7, [&trusted_key(), &trusted_key()]).sign(&trusted_key());
    for record in [older, other] {
        assert_eq!(rotate(&mut rig, &record), ["refused:epoch"]);
    }
    assert_eq!(calm(&rig), after);
    let mut rig = rig.reset();
    assert_eq!(rotate(&mut rig, &older), ["refused:epoch"]);
    assert_eq!(rig.device.boot.keys, Some(set));
}

/// THREATS.md has a row for each test here, and none for tests that are not.
#[test]
fn the_table_of_attacks_is_this_list() {
    let text = include_str!("attacks.rs");
    let tests = text.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split_once('('));
    let tests: std::collections::BTreeSet<&str> = tests.map(|(name, _)| name).collect();
    let table = include_str!("../../../../THREATS.md").split_once("## Attacks").expect("the section").1;
    let table = table.split("\n## ").next().unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| ") && line.contains("| `"));
    let named: std::collections::BTreeSet<&str> =
        rows.flat_map(|row| row.rsplit('|').nth(1).unwrap().split('`').skip(1).step_by(2)).collect();
    let mut listed = named.clone();
    assert!(listed.insert("the_table_of_attacks_is_this_list"), "this is no attack");
    assert_eq!(tests, listed);
    assert!(named.len() > 10);
}
