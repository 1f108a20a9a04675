//! The smallest useful module: recursion, and nothing imported.
#![no_std]

/// The `n`th Fibonacci number modulo 2^32, by the recursion that benchmarks use.
#[unsafe(no_mangle)]
pub extern "C" fn fib(n: u32) -> u32 {
    if n < 2 { n } else { fib(n - 1).wrapping_add(fib(n - 2)) }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
