//! The machine timer (RISC-V privileged specification, 3.2.1): `mtime` at 10 MHz, read through the `time` CSR, and
//! hart 0's `mtimecmp` in the CLINT.

use crate::mmio::Registers;

// SAFETY: hart 0's mtimecmp in the virt machine's CLINT; used only here.
const COMPARE: Registers = unsafe { Registers::new(0x0200_4000) };
const LOW: usize = 0;
const HIGH: usize = 4;

pub(super) fn init() {
    set_alarm(u64::MAX);
}

/// Ticks of 100 ns since the machine's reset.
pub fn now() -> u64 {
    riscv::register::time::read64()
}

/// Instructions that the hart has executed since its reset.
pub fn instructions() -> u64 {
    riscv::register::minstret::read64()
}

/// Makes the alarm ring at `at`, at once if that has passed, until set anew.
pub fn set_alarm(at: u64) {
    COMPARE.write(HIGH, u32::MAX); // no value in between may lie in the past
    COMPARE.write(LOW, at as u32);
    COMPARE.write(HIGH, (at >> 32) as u32);
}
