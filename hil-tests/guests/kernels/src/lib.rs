//! Exports every kernel under its name.
#![no_std]

macro_rules! export {
    ($($name:ident)*) => {$(
        /// See `sandgrain_kernels`.
        #[unsafe(no_mangle)]
        pub extern "C" fn $name(n: i32) -> i32 {
            sandgrain_kernels::$name(n)
        }
    )*};
}

export!(fib crc32 matmul);

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
