//! What the kernels share. Each exports `run(n)`: n scales the work, the result depends on all of it.
#![no_std]

/// Exports a kernel, as C and wasm call it.
#[macro_export]
macro_rules! kernel {
    ($kernel:path) => {
        /// The kernel.
        #[unsafe(no_mangle)]
        pub extern "C" fn run(n: i32) -> i32 {
            $kernel(n)
        }
    };
}

/// A sequence that looks random (Marsaglia's xorshift).
pub struct Random(pub u32);

impl Random {
    /// Its next value.
    #[inline]
    pub fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// Fills a slice with the lowest bytes of its next values.
    #[inline]
    pub fn fill(&mut self, bytes: &mut [u8]) {
        bytes.iter_mut().for_each(|byte| *byte = self.next() as u8);
    }
}

/// A step of a checksum that depends on the order of what it is given.
#[inline]
pub fn mix(sum: u32, value: u32) -> u32 {
    sum.rotate_left(5).wrapping_mul(0x9E37_79B1) ^ value
}

/// [`mix`] over bytes.
#[inline]
pub fn mix_bytes(sum: u32, bytes: &[u8]) -> u32 {
    bytes.iter().fold(sum, |sum, byte| mix(sum, u32::from(*byte)))
}

/// Native code spins, which the emulator's time limit ends.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    #[cfg(target_arch = "wasm32")]
    core::arch::wasm32::unreachable();
    #[cfg(not(target_arch = "wasm32"))]
    loop {}
}
