use core::convert::Infallible;
use std::vec;
use std::vec::Vec;

use super::pack::Base;
use super::{UnpackError, unpack};

/// Reads from `content`; `()` for what lies outside.
fn from(content: &[u8]) -> impl FnMut(u32, &mut [u8]) -> Result<(), ()> {
    move |at, place| {
        let bytes = content.get(at as usize..).and_then(|rest| rest.get(..place.len())).ok_or(())?;
        place.copy_from_slice(bytes);
        Ok(())
    }
}

/// xorshift64* (Vigna 2016).
fn random(state: &mut u64) -> u32 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) as u32
}

/// Bytes with repetitions, of few or many values.
fn text(state: &mut u64, len: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let values = 1 + random(state) % 256;
    while bytes.len() < len {
        let count = 1 + random(state) as usize % 40;
        match random(state) % 3 {
            0 if !bytes.is_empty() => {
                let from = random(state) as usize % bytes.len();
                for at in from..from + count {
                    bytes.push(bytes[at]);
                }
            }
            _ => bytes.extend((0..count).map(|_| (random(state) % values) as u8)),
        }
    }
    bytes.truncate(len);
    bytes
}

#[test]
fn what_was_packed_comes_out_again() {
    let mut state = 7;
    for round in 0..300 {
        let base = text(&mut state, [0, 3, 100, 5000][round % 4]);
        let mut content = base.clone();
        // Another version: bytes changed, inserted, left out, and some that are new.
        for _ in 0..random(&mut state) % 20 {
            let at = random(&mut state) as usize % (content.len() + 1);
            let new = text(&mut state, round % 30);
            let until = (at + random(&mut state) as usize % 30).min(content.len());
            content.splice(at..until, new);
        }
        content.extend(text(&mut state, round * 7));
        let size = [1024, 2048, 4096][round % 3];
        let packer = Base::new(&base);
        for (number, chunk) in content.chunks(size).enumerate() {
            let start = (number * size) as u32;
            let packed = packer.pack(start, chunk);
            assert!(packed.len() <= chunk.len() + chunk.len().div_ceil(63), "{} of {}", packed.len(), chunk.len());
            let mut out = vec![0xaa; chunk.len()];
            unpack(&packed, start, &mut out, from(&base)).unwrap();
            assert_eq!(out, chunk, "round {round}, chunk {number}");
        }
    }
}

#[test]
fn what_changed_alone_costs_bytes() {
    let mut state = 99;
    let base: Vec<u8> = (0..4096).map(|_| random(&mut state) as u8).collect();
    let pack = |content: &[u8]| Base::new(&base).pack(0, content).len();
    assert_eq!(pack(&base), 3, "nothing has changed");
    let mut replaced = base.clone();
    replaced[1000..1004].copy_from_slice(b"four");
    assert_eq!(pack(&replaced), 11);
    let mut inserted = base.clone();
    inserted.splice(2000..2000, *b"more");
    assert!(pack(&inserted) <= 13);
    let mut left_out = base.clone();
    left_out.drain(500..520);
    assert!(pack(&left_out) <= 8);
    assert!(Base::new(&[]).pack(0, &[0; 4096]).len() <= 6);
}

/// A command's first byte.
const fn command(kind: u8, length: u8) -> u8 {
    kind << 6 | (length - 1)
}

#[test]
fn commands_do_what_they_say() {
    let unpacked = |packed: &[u8], start, len| {
        let mut out = vec![0; len];
        unpack(packed, start, &mut out, from(b"0123456789abcdef")).map(|()| out)
    };
    assert_eq!(unpacked(&[command(0, 3), b'x', b'y', b'z'], 0, 3), Ok(b"xyz".to_vec()));
    // The cursor starts at 4, moves on with literals, back by 5 (as 9), and on.
    let packed = [command(3, 2), command(0, 1), b'-', command(2, 2), 9, command(3, 1)];
    assert_eq!(unpacked(&packed, 4, 6), Ok(b"45-234".to_vec()));
    assert_eq!(unpacked(&[command(0, 2), b'a', b'b', command(1, 5), 1], 0, 7), Ok(b"abababa".to_vec()));
    // 64 and 63 bytes; the latter as no packer would say it.
    assert_eq!(unpacked(&[command(0, 1), b'r', 0x7f, 0, 0], 0, 65), Ok(vec![b'r'; 65]));

    let failed = |packed: &[u8], len| unpacked(packed, 0, len).unwrap_err();
    assert_eq!(failed(&[], 1), UnpackError::Truncated);
    assert_eq!(failed(&[command(0, 2), 1], 2), UnpackError::Truncated);
    assert_eq!(failed(&[0x7f], 99), UnpackError::Truncated);
    assert_eq!(failed(&[command(3, 2)], 1), UnpackError::TooLong);
    assert_eq!(failed(&[command(3, 1), command(3, 1)], 1), UnpackError::TooLong);
    assert_eq!(failed(&[0xff, 0xff, 0xff, 0xff, 0xff, 0x0f], 9), UnpackError::TooLong);
    assert_eq!(failed(&[command(1, 1), 0], 1), UnpackError::Range);
    assert_eq!(failed(&[command(0, 1), 1, command(1, 1), 1], 2), UnpackError::Range);
    assert_eq!(failed(&[command(2, 1), 0xff, 0xff, 0xff, 0xff, 0x1f], 1), UnpackError::Range);
    assert_eq!(failed(&[command(2, 1), 0x80, 0x80, 0x80, 0x80, 0x80, 0], 1), UnpackError::Range);
    assert_eq!(failed(&[command(2, 1), 1], 1), UnpackError::Base(()));
    assert_eq!(failed(&[command(3, 17)], 17), UnpackError::Base(()));
}

/// Whatever arrives, there is an end, and nothing beside the chunk is written or read.
#[test]
fn anything_can_be_unpacked_or_not() {
    let mut state = 3;
    let mut made = 0;
    for round in 0..20_000 {
        let base = vec![5; 300];
        let mut packed: Vec<u8> = (0..random(&mut state) % 40).map(|_| random(&mut state) as u8).collect();
        if round % 2 == 0 {
            packed = Base::new(&base).pack(0, &text(&mut state, 200));
            for _ in 0..1 + random(&mut state) % 3 {
                let at = random(&mut state) as usize % packed.len();
                packed[at] = random(&mut state) as u8;
            }
        }
        let mut out = vec![0; 200];
        let mut reads = 0;
        let read = |_: u32, place: &mut [u8]| {
            reads += place.len();
            place.fill(1);
            Ok::<(), Infallible>(())
        };
        made += usize::from(unpack(&packed, random(&mut state), &mut out, read).is_ok());
        assert!(reads <= 200);
    }
    assert!(made > 100, "{made} of 20000 are chunks");
}
