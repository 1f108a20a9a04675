//! Growing, copying and filling linear memory.

use core::ptr::with_exposed_provenance_mut;

use sandgrain_abi::layout::MemoryDefinition;

use crate::arch::give_way;

/// Bytes that are copied or filled before the guest may give way.
#[cfg(feature = "linux")]
const PIECE: usize = 1 << 20;
/// Where interrupts stop helpers, too, everything is one piece.
#[cfg(not(feature = "linux"))]
const PIECE: usize = usize::MAX;

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
            unsafe { fill(new, 0, grown - old) };
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
        unsafe { core::ptr::copy(src.add(at), dst.add(at), PIECE) };
        done += PIECE;
        give_way();
    }
    let at = if dst.addr() <= src.addr() { done } else { 0 };
    // SAFETY: by contract; the ranges may overlap.
    unsafe { core::ptr::copy(src.add(at), dst.add(at), len - done) }
    give_way();
}

/// # Safety
/// `len` bytes at `dst` lie in the caller's memory.
pub unsafe extern "C" fn memory_fill(dst: *mut u8, byte: u32, len: u32) {
    // SAFETY: by contract.
    unsafe { fill(dst, byte as u8, len as usize) };
    give_way();
}

/// # Safety
/// `len` bytes at `dst` lie in a memory of the caller's store.
#[inline(always)]
unsafe fn fill(dst: *mut u8, byte: u8, len: usize) {
    let mut done = 0;
    while len - done > PIECE {
        // SAFETY: by contract.
        unsafe { dst.add(done).write_bytes(byte, PIECE) };
        done += PIECE;
        give_way();
    }
    // SAFETY: by contract.
    unsafe { dst.add(done).write_bytes(byte, len - done) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec;

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
