//! Growing, copying and filling linear memory.

use core::ptr::with_exposed_provenance_mut;

use sandgrain_abi::layout::MemoryDefinition;

/// # Safety
/// `memory` is the definition of a memory of the caller's store, which nothing else accesses meanwhile.
pub unsafe extern "C" fn memory_grow(memory: *mut MemoryDefinition, delta_pages: u32) -> i32 {
    // SAFETY: by contract.
    let memory = unsafe { &mut *memory };
    let old = memory.limit;
    // No overflow: at most 2^48, and a size that fits a word.
    let grown = usize::try_from(old as u64 + (u64::from(delta_pages) << memory.page_log2));
    match grown {
        Ok(grown) if grown <= memory.capacity => {
            let new = with_exposed_provenance_mut::<u8>(memory.base + old);
            // SAFETY: the memory has `capacity` bytes in its arena, and nothing refers to those behind the limit.
            unsafe { new.write_bytes(0, grown - old) };
            memory.limit = grown;
            (old >> memory.page_log2) as i32
        }
        _ => -1,
    }
}

/// # Safety
/// `len` bytes at `src` and at `dst` lie in the caller's memory or, for `src`, in its read-only data.
pub unsafe extern "C" fn memory_copy(dst: *mut u8, src: *const u8, len: u32) {
    // SAFETY: by contract; the ranges may overlap.
    unsafe { core::ptr::copy(src, dst, len as usize) }
}

/// # Safety
/// `len` bytes at `dst` lie in the caller's memory.
pub unsafe extern "C" fn memory_fill(dst: *mut u8, byte: u32, len: u32) {
    // SAFETY: by contract.
    unsafe { dst.write_bytes(byte as u8, len as usize) }
}
