//! The trap entry and what is behind it, kept apart so that a runtime can bring its own entry.
//!
//! `start.rs` points mtvec at [`trap_entry`], which knows only host code: it saves the caller-saved registers on the
//! current stack, calls [`on_trap`] and returns. To preempt guests, a runtime writes its own entry's address to mtvec
//! (direct mode, 4-byte aligned) after [`super::init`]: one that exchanges sp with mscratch (0 = the host is running,
//! else the host's sp), saves a guest's whole context, and calls `on_trap(mcause, mepc, mtval)` on the host's stack,
//! which returns for interrupts and does not for exceptions of host code. Nothing else here depends on the entry.

use core::arch::naked_asm;

use riscv::register::{mie, mstatus};

const TIMER: usize = 7;
#[cfg(feature = "device")]
const EXTERNAL: usize = 11;
const INTERRUPT: usize = 1 << (usize::BITS - 1);

pub(super) fn init() {
    // SAFETY: mtvec is set and the alarm is off; from here on interrupts may come.
    unsafe {
        mie::set_mtimer();
        mstatus::set_mie();
    }
}

/// Handles whatever the hart trapped for, given the CSRs mcause, mepc and mtval. Returns for interrupts, in bounded
/// time; an exception of host code is a bug and ends the firmware.
pub extern "C" fn on_trap(cause: usize, pc: usize, value: usize) {
    match cause ^ INTERRUPT {
        TIMER => crate::time::on_tick(), // sets mtimecmp anew, which takes the interrupt back
        #[cfg(feature = "device")]
        EXTERNAL => super::plic::on_interrupt(),
        _ => crate::log::die!("exception: mcause {=usize:#x}, pc {=usize:#x}, mtval {=usize:#x}", cause, pc, value),
    }
}

/// The entry for firmwares without guests. 16 caller-saved registers; sp stays 16-byte aligned.
/// link.x aligns its section to 4 bytes, as mtvec asks.
#[unsafe(naked)]
#[unsafe(link_section = ".trap")]
pub extern "C" fn trap_entry() {
    naked_asm!(
        "addi sp, sp, -64",
        "sw ra, 0(sp)",
        "sw t0, 4(sp)",
        "sw t1, 8(sp)",
        "sw t2, 12(sp)",
        "sw t3, 16(sp)",
        "sw t4, 20(sp)",
        "sw t5, 24(sp)",
        "sw t6, 28(sp)",
        "sw a0, 32(sp)",
        "sw a1, 36(sp)",
        "sw a2, 40(sp)",
        "sw a3, 44(sp)",
        "sw a4, 48(sp)",
        "sw a5, 52(sp)",
        "sw a6, 56(sp)",
        "sw a7, 60(sp)",
        "csrr a0, mcause",
        "csrr a1, mepc",
        "csrr a2, mtval",
        "call {on_trap}",
        "lw ra, 0(sp)",
        "lw t0, 4(sp)",
        "lw t1, 8(sp)",
        "lw t2, 12(sp)",
        "lw t3, 16(sp)",
        "lw t4, 20(sp)",
        "lw t5, 24(sp)",
        "lw t6, 28(sp)",
        "lw a0, 32(sp)",
        "lw a1, 36(sp)",
        "lw a2, 40(sp)",
        "lw a3, 44(sp)",
        "lw a4, 48(sp)",
        "lw a5, 52(sp)",
        "lw a6, 56(sp)",
        "lw a7, 60(sp)",
        "addi sp, sp, 64",
        "mret",
        on_trap = sym on_trap,
    )
}
