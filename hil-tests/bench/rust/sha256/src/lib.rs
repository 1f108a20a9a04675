//! SHA-256 (FIPS 180-4) of n times 1 KiB: rotations, xors and additions, more values than registers.
#![no_std]

use base::{Random, kernel, mix};

const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The first 32 bits of the fractional parts of the first 64 primes' cube roots.
const ROUND: [u32; 64] = {
    let (mut constants, mut found, mut candidate) = ([0; 64], 0, 2u64);
    while found < constants.len() {
        let (mut divisor, mut prime) = (2, true);
        while divisor * divisor <= candidate {
            prime &= candidate % divisor != 0;
            divisor += 1;
        }
        if prime {
            // The largest x with (x / 2^32)³ ≤ prime, bit by bit; three bits of it are in front of the point.
            let (mut root, mut bit) = (0u128, 1u128 << 34);
            while bit != 0 {
                let larger = root | bit;
                if larger * larger * larger <= (candidate as u128) << 96 {
                    root = larger;
                }
                bit >>= 1;
            }
            constants[found] = root as u32;
            found += 1;
        }
        candidate += 1;
    }
    constants
};

fn compress(state: &mut [u32; 8], block: &[u8; 64]) {
    let mut w = [0; 64];
    for (word, bytes) in w.iter_mut().zip(block.chunks_exact(4)) {
        *word = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    for i in 16..64 {
        let (a, b) = (w[i - 15], w[i - 2]);
        let s0 = a.rotate_right(7) ^ a.rotate_right(18) ^ a >> 3;
        let s1 = b.rotate_right(17) ^ b.rotate_right(19) ^ b >> 10;
        w[i] = w[i - 16].wrapping_add(s0).wrapping_add(w[i - 7]).wrapping_add(s1);
    }
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (constant, word) in ROUND.iter().zip(&w) {
        let s1 = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
        let choice = e & f ^ !e & g;
        let first = h.wrapping_add(s1).wrapping_add(choice).wrapping_add(*constant).wrapping_add(*word);
        let s0 = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
        let second = s0.wrapping_add(a & b ^ a & c ^ b & c);
        (h, g, f, e, d, c, b, a) = (g, f, e, d.wrapping_add(first), c, b, a, first.wrapping_add(second));
    }
    for (sum, value) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *sum = sum.wrapping_add(value);
    }
}

/// The digest of `message`, whose length is a multiple of a block's, in words.
fn sha256(message: &[u8]) -> [u32; 8] {
    let mut state = INITIAL;
    let (blocks, _) = message.as_chunks::<64>();
    blocks.iter().for_each(|block| compress(&mut state, block));
    let mut last = [0; 64];
    last[0] = 0x80;
    last[56..].copy_from_slice(&(message.len() as u64 * 8).to_be_bytes());
    compress(&mut state, &last);
    state
}

fn digest(n: i32) -> i32 {
    let mut message = [0; 1024];
    Random(3).fill(&mut message);
    (0..n).fold(0, |sum, i| {
        message[0] = i as u8;
        sha256(&message).into_iter().fold(sum, mix)
    }) as i32
}

kernel!(digest);
