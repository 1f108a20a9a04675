//! Fails some calls deep: what does a backtrace say about it?
#![no_std]

use core::hint::black_box;

/// Kept out of line, as are the others: each is a frame.
#[inline(never)]
fn share(total: i32, of: i32) -> i32 {
    per(total, of) + 1
}

/// Inlined: a line, but no frame.
#[inline(always)]
fn per(total: i32, of: i32) -> i32 {
    total / of
}

#[inline(never)]
fn shares(total: i32, of: &[i32]) -> i32 {
    let mut sum = 0;
    for part in of {
        sum += share(total, *part);
    }
    sum
}

/// Divides 100 by `last` in the end.
#[unsafe(no_mangle)]
pub extern "C" fn divide(last: i32) -> i32 {
    shares(black_box(100), &[4, 5, last]) + 1
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
