//! QEMU's riscv32 virt, as the part that its `-cpu` option names: CLINT, PLIC, NS16550A, virtio-mmio, a pflash bank
//! (QEMU: docs/system/riscv/virt).

pub mod clock;
#[cfg(feature = "device")]
mod equipment;
pub mod interrupt;
#[cfg(feature = "device")]
mod plic;
mod start;
pub mod uart;

#[cfg(feature = "device")]
pub use equipment::*;

use crate::mmio::Registers;
use crate::part::{self, Parts};

/// The board's name, as `sandgrain boards` lists it.
pub const NAME: &str = "qemu-riscv32-virt";
/// What the board can be.
pub const PARTS: Parts = part::VIRT;

/// Starts clock, log and interrupts. Call once, first.
pub fn init() {
    crate::boots::count();
    clock::init();
    interrupt::init();
}

/// Resets the board; RAM and flash keep their content.
pub fn reset() -> ! {
    // SAFETY: the virt machine's test device; 7777h resets the machine and does not come back.
    let test = unsafe { Registers::new(0x0010_0000) };
    test.write(0, 0x7777);
    loop {
        wait_for_interrupt();
    }
}

/// Instructions that the core can wait for the next interrupt with.
pub fn wait_for_interrupt() {
    riscv::asm::wfi();
}

/// Where variables lie; the stack is above and may grow down to the end.
pub fn variables() -> core::ops::Range<usize> {
    unsafe extern "C" {
        // link.x.
        static __data_start: u8;
        static __uninit_end: u8;
    }
    (&raw const __data_start).addr()..(&raw const __uninit_end).addr()
}

/// Makes code that was written to memory the code that is fetched (Zifencei; RISC-V unprivileged specification, ch. 6).
#[cfg(feature = "device")]
pub fn synchronize_code() {
    riscv::asm::fence_i();
}
