//! Growing, copying and filling linear memory.

use core::ptr::with_exposed_provenance_mut;

use sandgrain_abi::layout::MemoryDefinition;

use crate::arch::{BLOCK_WORDS, copy_blocks, fill_blocks, give_way};

/// Bytes that are copied or filled before the guest may give way.
#[cfg(feature = "linux")]
const PIECE: usize = 1 << 20;
/// Where interrupts stop helpers, too, everything is one piece.
#[cfg(not(feature = "linux"))]
const PIECE: usize = usize::MAX;

/// What is shorter is not worth looking for blocks.
const WORTH_BLOCKS: usize = 3 * BLOCK_BYTES;
const BLOCK_BYTES: usize = 4 * BLOCK_WORDS;

/// Sets `len` bytes at `dst`.
///
/// # Safety
/// They are writable.
pub(crate) unsafe fn fill(mut dst: *mut u8, byte: u8, mut len: usize) {
    // SAFETY: by contract, all of it inside the `len` bytes at `dst`.
    unsafe {
        if len >= WORTH_BLOCKS {
            let head = dst.align_offset(4);
            dst.write_bytes(byte, head);
            let (words, blocks) = (dst.add(head), (len - head) / BLOCK_BYTES);
            fill_blocks(words.cast(), u32::from_ne_bytes([byte; 4]), blocks);
            dst = words.add(blocks * BLOCK_BYTES);
            len -= head + blocks * BLOCK_BYTES;
        }
        dst.write_bytes(byte, len);
    }
}

/// Copies `len` bytes from `src` to `dst`, as if all were read before any is written.
///
/// # Safety
/// They are readable at `src` and writable at `dst`.
unsafe fn copy(mut dst: *mut u8, mut src: *const u8, mut len: usize) {
    // Behind a `dst` that lies inside of what is read, forwards would be too late.
    let distance = dst.addr().wrapping_sub(src.addr());
    // SAFETY: by contract, all of it inside the `len` bytes at `src` and at `dst`.
    unsafe {
        if len >= WORTH_BLOCKS && distance >= len && distance.is_multiple_of(4) {
            let head = dst.align_offset(4);
            core::ptr::copy(src, dst, head);
            let blocks = (len - head) / BLOCK_BYTES;
            let copied = head + blocks * BLOCK_BYTES;
            copy_blocks(dst.add(head).cast(), src.add(head).cast(), blocks);
            (dst, src, len) = (dst.add(copied), src.add(copied), len - copied);
        }
        core::ptr::copy(src, dst, len);
    }
}

/// # Safety
/// `memory` is the definition of a memory of the caller's store, which nothing else accesses meanwhile.
pub unsafe extern "C" fn memory_grow(memory: *mut MemoryDefinition, delta_pages: u32) -> i32 {
    // SAFETY: by contract.
    let memory = unsafe { &mut *memory };
    let old = memory.limit;
    // No overflow: at most 2^48, and a size that fits a word.
    let grown = usize::try_from(old as u64 + (u64::from(delta_pages) << memory.page_log2));
    let result = match grown {
        Ok(grown) if grown <= memory.capacity => {
            let new = with_exposed_provenance_mut::<u8>(memory.base + old);
            // SAFETY: the memory has `capacity` bytes in its arena, and nothing refers to those behind the limit.
            unsafe { fill_in_pieces(new, 0, grown - old) };
            memory.limit = grown;
            (old >> memory.page_log2) as i32
        }
        _ => -1,
    };
    give_way();
    result
}

/// # Safety
/// `len` bytes at `src` and at `dst` lie in the caller's memory or, for `src`, in its read-only data.
pub unsafe extern "C" fn memory_copy(dst: *mut u8, src: *const u8, len: u32) {
    let (mut done, len) = (0, len as usize);
    while len - done > PIECE {
        // From the end on where the beginning may be needed later.
        let at = if dst.addr() <= src.addr() { done } else { len - done - PIECE };
        // SAFETY: by contract.
        unsafe { copy(dst.add(at), src.add(at), PIECE) };
        done += PIECE;
        give_way();
    }
    let at = if dst.addr() <= src.addr() { done } else { 0 };
    // SAFETY: by contract; the ranges may overlap.
    unsafe { copy(dst.add(at), src.add(at), len - done) }
    give_way();
}

/// # Safety
/// `len` bytes at `dst` lie in the caller's memory.
pub unsafe extern "C" fn memory_fill(dst: *mut u8, byte: u32, len: u32) {
    // SAFETY: by contract.
    unsafe { fill_in_pieces(dst, byte as u8, len as usize) };
    give_way();
}

/// # Safety
/// `len` bytes at `dst` lie in a memory of the caller's store.
#[inline(always)]
unsafe fn fill_in_pieces(dst: *mut u8, byte: u8, len: usize) {
    let mut done = 0;
    while len - done > PIECE {
        // SAFETY: by contract.
        unsafe { fill(dst.add(done), byte, PIECE) };
        done += PIECE;
        give_way();
    }
    // SAFETY: by contract.
    unsafe { fill(dst.add(done), byte, len - done) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec;
    use std::vec::Vec;

    #[test]
    fn copying_and_filling_reach_exactly_what_they_are_to() {
        let start: Vec<u8> = (0..400).map(|i| (i * 7 % 251) as u8).collect();
        for len in (0..12).chain(90..110).chain([160, 200]) {
            for to in [0, 1, 2, 3, 96, 101, 104, 150] {
                let mut filled = start.clone();
                // SAFETY: at most 350 of 400 bytes.
                unsafe { memory_fill(filled[to..].as_mut_ptr(), 0x1a5, len as u32) };
                let mut expected = start.clone();
                expected[to..to + len].fill(0xa5);
                assert_eq!(filled, expected, "{len} at {to}");
                for from in [0, 2, 5, 100, 104, 150, 200] {
                    let mut copied = start.clone();
                    let base = copied.as_mut_ptr();
                    // SAFETY: at most 400 of 400 bytes.
                    unsafe { memory_copy(base.add(to), base.add(from), len as u32) };
                    let mut expected = start.clone();
                    expected.copy_within(from..from + len, to);
                    assert_eq!(copied, expected, "{len} from {from} to {to}");
                }
            }
        }
    }

    /// Both ways, over several pieces where there are any.
    #[test]
    fn overlapping_copies_are_as_if_there_were_no_pieces() {
        let original: vec::Vec<u8> = (0..5_000_000u32).map(|i| (i >> 8 ^ i) as u8).collect();
        for (dst, src, len) in
            [(0, 3, 4_500_000), (3, 0, 4_500_000), (0, 2_000_000, 3_000_000), (2_000_000, 0, 3_000_000)]
        {
            let (mut copied, mut expected) = (original.clone(), original.clone());
            let base = copied.as_mut_ptr();
            // SAFETY: both ranges lie in the vector.
            unsafe { memory_copy(base.add(dst), base.add(src), len as u32) };
            expected.copy_within(src..src + len, dst);
            assert!(copied == expected, "{len} bytes from {src} to {dst}");
        }
    }

    #[test]
    fn growing_stops_at_the_capacity_and_clears_what_it_adds() {
        for (page_log2, page) in [(0, 1), (16, 65536)] {
            let mut bytes = vec![0xa5u8; 3 * page];
            let base = bytes.as_mut_ptr().expose_provenance();
            let mut memory = MemoryDefinition { base, limit: page, capacity: 3 * page, page_log2, maximum: usize::MAX };
            // SAFETY: the definition is of `bytes`, which nothing else refers to meanwhile.
            let mut grow = |delta| (unsafe { memory_grow(&raw mut memory, delta) }, memory.limit / page);
            assert_eq!(grow(0), (1, 1));
            assert_eq!(grow(3), (-1, 1));
            assert_eq!(grow(u32::MAX), (-1, 1));
            assert_eq!(grow(2), (1, 3));
            assert_eq!(grow(1), (-1, 3));
            assert!(bytes[..page].iter().all(|&b| b == 0xa5) && bytes[page..].iter().all(|&b| b == 0));
        }
    }
}
