//! Mutated artifacts on the whole way of a device, up to instances that nothing is called in: no panic, nothing read or
//! written outside of what was handed over, an end in bounded time.
//!
//! Half of the mutants are damaged after they were signed: signature or digests refuse every one whose bytes differ. The
//! other half are what a signer with a bug would make: digests and signature are made again, so that the checks behind
//! them are what refuses, or what has to live with it. `SANDGRAIN_MUTANTS` and `SANDGRAIN_SEED` set number and seed.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::{Packed, aligned};
use sandgrain_abi::{HelperGroups, Target};
use sandgrain_artifact::header::MANIFEST_OFFSET;
use sandgrain_artifact::{CpuFeatures, DeviceProfile, Digest, Envelope, Error, Header, SigningKey, keys, sign};
use sandgrain_runtime::{Instance, InstantiateError, Limits, Linker, Module, OpenError};

#[path = "../../artifact/tests/artifact/random.rs"]
mod random;
use random::Random;

/// Mutants of a run that nobody asked more of.
const MUTANTS: u64 = 12_000;
/// Enough for the largest of the originals.
const ARENA: usize = 256 << 10;
/// Bytes around the arena that nothing may touch, and what they hold.
const GUARD: usize = 4096;
const GUARD_BYTE: u8 = 0xa5;

/// Words of the content's head (`sandgrain_artifact::content`).
const HEAD_WORDS: usize = 20;

struct Original {
    bytes: Vec<u8>,
    device: DeviceProfile,
    content: usize,
    /// Where the tables begin, behind the text.
    tables: usize,
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[0x5a; 32])
}

/// Artifacts of every version that is read, for parts with pointers of 4 and of 8 bytes.
fn originals() -> Vec<Original> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../hil-tests/artifacts");
    let mut files: Vec<_> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()))
        .collect();
    files.sort();
    let originals: Vec<Original> = files.iter().map(|path| original(std::fs::read(path).unwrap())).collect();
    assert!(originals.len() >= 12, "{} artifacts", originals.len());
    originals
}

fn original(mut bytes: Vec<u8>) -> Original {
    sign(&mut bytes, &key()).unwrap();
    let header = Header::parse(&bytes).unwrap();
    let target = Target::from_id(header.target_id).unwrap();
    let content = header.content_offset();
    let text = u32::from_le_bytes(bytes[content..content + 4].try_into().unwrap()) as usize;
    let device = DeviceProfile { target, features: CpuFeatures::ALL, helpers: HelperGroups::ALL };
    Original { bytes, device, content, tables: content + HEAD_WORDS * 4 + text.next_multiple_of(4) }
}

/// Changes one to three things: a bit, a byte, a field, a run of bytes, the length.
fn mutate(random: &mut Random, bytes: &mut Vec<u8>, original: &Original, donor: &Original) {
    for _ in 0..1 + random.below(3) {
        let len = bytes.len().max(1);
        // The text, which nothing looks into, would take most of what strikes at random.
        let at = match random.below(8) {
            0 => random.below(original.content),
            1..4 => original.content + random.below(HEAD_WORDS * 4),
            4..7 => original.tables + random.below(original.bytes.len() - original.tables),
            _ => random.below(len),
        }
        .min(len - 1);
        match random.below(10) {
            0..2 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b ^= 1 << random.below(8)),
            2 => bytes.iter_mut().skip(at).take(1).for_each(|b| *b = random.next() as u8),
            3..8 => edit_word(random, bytes, at & !3),
            8 => {
                let (from, count) = (random.below(donor.bytes.len()), 1 + random.below(40));
                bytes.iter_mut().skip(at).zip(donor.bytes.iter().skip(from).take(count)).for_each(|(b, d)| *b = *d);
            }
            _ if random.below(2) == 0 => bytes.truncate(at),
            _ => bytes.extend((0..random.below(64)).map(|_| random.next() as u8)),
        }
    }
}

/// A length, count or offset that is slightly or altogether wrong, or belongs elsewhere.
fn edit_word(random: &mut Random, bytes: &mut [u8], at: usize) {
    let word = |bytes: &[u8], at: usize| bytes.get(at..at + 4).map_or(0, |w| u32::from_le_bytes(w.try_into().unwrap()));
    let old = word(bytes, at);
    let new = match random.below(6) {
        0 => old.wrapping_add([1, 2, 4, 8, 16, 64][random.below(6)]),
        1 => old.wrapping_sub([1, 2, 4, 8, 16, 64][random.below(6)]),
        2 => [0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_fff0, 0xffff_fffc, u32::MAX][random.below(8)],
        3 => old ^ 1 << random.below(32),
        4 => word(bytes, random.below(bytes.len()) & !3),
        _ => random.next() as u32,
    };
    bytes.iter_mut().skip(at).zip(new.to_le_bytes()).for_each(|(b, n)| *b = n);
}

/// Digests of what the content is now, and a signature, as far as there still is a manifest to put them into.
fn seal(bytes: &mut [u8]) {
    let Ok(envelope) = Envelope::parse(bytes) else { return };
    let (Ok(manifest), header) = (envelope.manifest(), *envelope.header()) else { return };
    let end = MANIFEST_OFFSET + header.manifest_len as usize;
    let digests: Vec<(Digest, Option<Digest>)> = manifest
        .chunks()
        .map(|chunk| {
            let start = header.content_offset() + chunk.range.start as usize;
            (chunk.hash, bytes.get(start..start + chunk.range.len()).map(|chunk| Digest::of(&[chunk])))
        })
        .collect();
    for (old, new) in digests {
        let place = bytes[MANIFEST_OFFSET..end].windows(32).position(|w| w == old.0);
        if let (Some(place), Some(new)) = (place, new) {
            bytes[MANIFEST_OFFSET + place..][..32].copy_from_slice(&new.0);
        }
    }
    // What is no artifact is not signed.
    let _ = sign(bytes, &key());
}

/// How far a mutant gets: the reason why it is refused, or what it is at last.
fn travel(bytes: &[u8], device: &DeviceProfile) -> &'static str {
    let receive = || {
        Header::parse(bytes)?.check(device)?;
        let envelope = Envelope::parse(bytes)?;
        envelope.verify(&[keys::public_key(&key())])?;
        let manifest = envelope.manifest()?;
        for capability in manifest.capabilities() {
            for import in capability?.imports() {
                import?;
            }
        }
        manifest.verify_content(bytes.get(envelope.header().content_offset()..).unwrap_or(&[]))
    };
    if let Err(error) = receive() {
        return reason(&error);
    }
    let placed = Packed::place(bytes);
    // SAFETY: no instance of it is called.
    let module = match unsafe { Module::open(placed.bytes(), device) } {
        Ok(module) => module,
        Err(OpenError::Artifact(Error::Content { fault, .. })) => return fault.text(),
        Err(OpenError::Artifact(error)) => return reason(&error),
        Err(OpenError::Misaligned { .. }) => return "misaligned",
    };
    let _ = (module.content().unwrap().wasm(), module.content().unwrap().needs());
    module
        .content()
        .unwrap()
        .exports()
        .iter()
        .for_each(|e| assert_eq!(module.content().unwrap().find_export(e.name), Some(e.item)));
    if device.target.pointer_bytes() as usize != size_of::<usize>() {
        return "opened";
    }
    instantiate(&module)
}

fn reason(error: &Error) -> &'static str {
    assert!(!error.to_string().is_empty());
    error.reason()
}

fn instantiate(module: &Module<'_>) -> &'static str {
    let mut linker = Linker::<(), 1>::new();
    linker.stub_missing(true);
    let mut room = Vec::new();
    let memory = aligned(&mut room, ARENA + 2 * GUARD);
    memory.fill(GUARD_BYTE);
    let (front, rest) = memory.split_at_mut(GUARD);
    let (arena, back) = rest.split_at_mut(ARENA);
    let reached = match Instance::without_start(module, &linker, arena, &Limits::default(), ()) {
        Ok(_) => "instantiated",
        Err(InstantiateError::Link(_)) => "unlinkable",
        Err(InstantiateError::Arena { .. }) => "arena too small",
        Err(error) => panic!("{error}"),
    };
    assert!(front.iter().chain(back.iter()).all(|b| *b == GUARD_BYTE), "written outside of the arena");
    reached
}

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |value| value.parse().expect("a number"))
}

#[test]
fn mutants_come_to_an_end_that_is_named() {
    let originals = originals();
    let (count, seed) = (number("SANDGRAIN_MUTANTS", MUTANTS), number("SANDGRAIN_SEED", 1));
    let mut histograms = [BTreeMap::<&str, u64>::new(), BTreeMap::new()];
    for index in 0..count {
        // A mutant of its own seed can be made again alone.
        let mut random = Random((seed << 32 | index).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.next();
        let original = &originals[random.below(originals.len())];
        let donor = &originals[random.below(originals.len())];
        let mut bytes = original.bytes.clone();
        mutate(&mut random, &mut bytes, original, donor);
        let resealed = index % 2 == 1;
        if resealed {
            seal(&mut bytes);
        }
        let reached = travel(&bytes, &original.device);
        if !resealed && matches!(reached, "opened" | "instantiated") {
            let artifact = original.bytes.len();
            assert!(
                bytes.starts_with(&original.bytes[..artifact]),
                "mutant {index} of seed {seed} is taken for signed"
            );
        }
        *histograms[usize::from(resealed)].entry(reached).or_default() += 1;
    }
    for (name, histogram) in ["damaged", "signed"].iter().zip(&histograms) {
        println!("{name}:");
        histogram.iter().for_each(|(reached, count)| println!("  {count:>8}  {reached}"));
    }
    if count >= MUTANTS {
        let [damaged, signed] = &histograms;
        for reason in ["signature", "chunk-digest", "truncated", "header", "target", "abi-version"] {
            assert!(damaged.contains_key(reason), "no damaged mutant ended with {reason}");
        }
        assert!(signed["instantiated"] > 200 && signed["opened"] > 300, "too wild: {signed:?}");
        assert!(signed.len() >= 25, "too tame: {signed:?}");
    }
}
