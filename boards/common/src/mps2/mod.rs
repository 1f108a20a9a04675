//! QEMU's models of Arm's MPS2 board, by FPGA image: AN385 (Cortex-M3), AN386 (M4F), AN500 (M7), AN505 (M33).

pub mod clock;
#[cfg(feature = "device")]
mod equipment;
#[cfg(feature = "device")]
mod i2c;
pub mod interrupt;
mod machine;
pub mod uart;

#[cfg(feature = "device")]
pub use equipment::*;
use machine::MACHINE;

use crate::part::Parts;

/// The board's name, as `sandgrain boards` lists it.
pub const NAME: &str = MACHINE.name;
/// What the board can be.
pub const PARTS: Parts = MACHINE.parts;

/// Starts clock, log and interrupts. Call once, first.
pub fn init() {
    crate::boots::count();
    uart::init();
    clock::init();
    interrupt::init();
}

/// Resets the board; memory keeps its content.
pub fn reset() -> ! {
    cortex_m::peripheral::SCB::sys_reset()
}

/// Instructions that the core can wait for the next interrupt with.
pub fn wait_for_interrupt() {
    cortex_m::asm::wfi();
}

/// Where variables lie; the stack is above and may grow down to the end.
pub fn variables() -> core::ops::Range<usize> {
    unsafe extern "C" {
        // cortex-m-rt's link.x.
        static __sdata: u8;
        static __euninit: u8;
    }
    (&raw const __sdata).addr()..(&raw const __euninit).addr()
}

/// Makes code that was written to memory the code that is fetched (Arm DDI 0403, A3.7.3), on a core without caches.
#[cfg(feature = "device")]
pub fn synchronize_code() {
    cortex_m::asm::dsb();
    cortex_m::asm::isb();
}
