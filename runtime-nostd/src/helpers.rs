//! The firmware functions that compiled code calls through its instance, by [`Helper`] index.
//!
//! They run on the guest's stack and can be interrupted and preempted anywhere. Sizes are checked by the caller.

use core::mem::offset_of;
use core::ptr::{with_exposed_provenance, with_exposed_provenance_mut};

use sandgrain_abi::layout::Field;
use sandgrain_abi::{Helper, HelperGroups, PAGE_SIZE};

use crate::arch::Activation;

/// Groups that this build contains.
pub(crate) const GROUPS: HelperGroups = HelperGroups::CORE.union(HelperGroups::DIV64);

#[repr(C)]
pub(crate) struct HelperTable {
    memory_grow: unsafe extern "C" fn(*mut u32, u32) -> i32,
    memory_copy: unsafe extern "C" fn(*mut u8, *const u8, u32),
    memory_fill: unsafe extern "C" fn(*mut u8, u32, u32),
    udiv_i64: extern "C" fn(u64, u64) -> u64,
    urem_i64: extern "C" fn(u64, u64) -> u64,
    sdiv_i64: extern "C" fn(i64, i64) -> i64,
    srem_i64: extern "C" fn(i64, i64) -> i64,
}

const _: () = {
    const fn at(helper: Helper) -> usize {
        helper as usize * size_of::<usize>()
    }
    assert!(offset_of!(HelperTable, memory_grow) == at(Helper::MemoryGrow));
    assert!(offset_of!(HelperTable, memory_copy) == at(Helper::MemoryCopy));
    assert!(offset_of!(HelperTable, memory_fill) == at(Helper::MemoryFill));
    assert!(offset_of!(HelperTable, udiv_i64) == at(Helper::UdivI64));
    assert!(offset_of!(HelperTable, urem_i64) == at(Helper::UremI64));
    assert!(offset_of!(HelperTable, sdiv_i64) == at(Helper::SdivI64));
    assert!(offset_of!(HelperTable, srem_i64) == at(Helper::SremI64));
    assert!(size_of::<HelperTable>() == Helper::ALL.len() * size_of::<usize>());
};

pub(crate) static TABLE: HelperTable =
    HelperTable { memory_grow, memory_copy, memory_fill, udiv_i64, urem_i64, sdiv_i64, srem_i64 };

/// # Safety
/// `instance` is the header of the instance whose code calls this.
unsafe extern "C" fn memory_grow(instance: *mut u32, delta_pages: u32) -> i32 {
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
unsafe extern "C" fn memory_copy(dst: *mut u8, src: *const u8, len: u32) {
    // SAFETY: by contract; the ranges may overlap.
    unsafe { core::ptr::copy(src, dst, len as usize) }
}

/// # Safety
/// `len` bytes at `dst` lie in the caller's memory.
unsafe extern "C" fn memory_fill(dst: *mut u8, byte: u32, len: u32) {
    // SAFETY: by contract.
    unsafe { dst.write_bytes(byte as u8, len as usize) }
}

// Generated code has excluded the cases for which these give 0 instead of panicking.

extern "C" fn udiv_i64(a: u64, b: u64) -> u64 {
    a.checked_div(b).unwrap_or(0)
}

extern "C" fn urem_i64(a: u64, b: u64) -> u64 {
    a.checked_rem(b).unwrap_or(0)
}

extern "C" fn sdiv_i64(a: i64, b: i64) -> i64 {
    a.checked_div(b).unwrap_or(0)
}

/// `i64::MIN % -1` is 0, which `checked_rem` refuses.
extern "C" fn srem_i64(a: i64, b: i64) -> i64 {
    a.checked_rem(b).unwrap_or(0)
}
