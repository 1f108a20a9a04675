//! Growing, copying and filling linear memory.

use core::ptr::{with_exposed_provenance, with_exposed_provenance_mut};

use sandgrain_abi::PAGE_SIZE;
use sandgrain_abi::layout::Field;

use crate::arch::Activation;

/// # Safety
/// `instance` is the header of the instance whose code calls this.
pub unsafe extern "C" fn memory_grow(instance: *mut u32, delta_pages: u32) -> i32 {
    // SAFETY: the fields are words of the header; `runtime` is the activation while the instance's code runs.
    let (limit, capacity, memory) = unsafe {
        let field = |f: Field| instance.add(f as usize).read() as usize;
        let activation = with_exposed_provenance::<Activation>(field(Field::runtime));
        (field(Field::memory_limit) as u32, field(Field::memory_capacity) as u32, (*activation).memory)
    };
    let grown = delta_pages.checked_mul(PAGE_SIZE).and_then(|bytes| bytes.checked_add(limit));
    match grown {
        Some(grown) if grown <= capacity => {
            let new = with_exposed_provenance_mut::<u8>(memory + limit as usize);
            // SAFETY: the memory has `capacity` bytes in the arena, and nothing refers to those behind the limit.
            unsafe {
                new.write_bytes(0, (grown - limit) as usize);
                instance.add(Field::memory_limit as usize).write(grown);
            }
            (limit / PAGE_SIZE) as i32
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
