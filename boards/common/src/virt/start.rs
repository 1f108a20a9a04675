//! From reset to `main`: QEMU's boot ROM jumps to the first byte of RAM, where link.x puts `_start`.

use core::arch::naked_asm;

use super::interrupt::trap_entry;
use crate::part::HARD_FLOAT;

unsafe extern "Rust" {
    safe fn sandgrain_main() -> !;
}

/// Switches the float unit on (mstatus.FS = Initial, rounding to nearest) if the part has one and code may use it; elsewhere
/// a stray float instruction faults. Gives Rust its stack, data and zeroes, and calls the firmware's `sandgrain_main`. mscratch = 0: the host runs.
#[unsafe(naked)]
#[unsafe(no_mangle)]
#[unsafe(link_section = ".init")]
unsafe extern "C" fn _start() -> ! {
    naked_asm!(
        "csrw mie, zero",
        "csrci mstatus, 8",
        ".if {float}",
        "li t0, 0x2000",
        "csrs mstatus, t0",
        "csrw fcsr, zero",
        ".endif",
        ".option push",
        ".option norelax",
        "la gp, __global_pointer$",
        ".option pop",
        "la sp, __stack_top",
        "csrw mscratch, zero",
        "la t0, {trap_entry}",
        "csrw mtvec, t0",
        "la t0, __data_start",
        "la t1, __data_end",
        "la t2, __data_load",
        "1: bgeu t0, t1, 2f",
        "lw t3, 0(t2)",
        "sw t3, 0(t0)",
        "addi t0, t0, 4",
        "addi t2, t2, 4",
        "j 1b",
        "2: la t0, __bss_start",
        "la t1, __bss_end",
        "3: bgeu t0, t1, 4f",
        "sw zero, 0(t0)",
        "addi t0, t0, 4",
        "j 3b",
        "4: j {main}",
        float = const HARD_FLOAT as u8,
        trap_entry = sym trap_entry,
        main = sym sandgrain_main,
    )
}
