//! RISC-V, 32 bits, machine mode.
//!
//! Invariant: mscratch is 0 exactly while the host's stack is in use; while the guest's is, mscratch is the host's sp,
//! which is the address of the newest entry frame. `csrrw sp, mscratch, zero` leaves the guest in one instruction; the
//! way in is `csrw mscratch, sp` and then `mv sp, …`: an interrupt between the two finds the host's sp in both places,
//! works on the host's stack below the entry frame, and if it preempts, the resumed code first overwrites the stale sp
//! that was saved. So neither direction needs interrupts disabled.
//!
//! [`install_trap_entry`] points mtvec at this module's entry, which hands interrupts and exceptions on to the board.

use core::arch::{global_asm, naked_asm};
use core::mem::offset_of;
use core::sync::atomic::{AtomicUsize, Ordering};

use sandgrain_abi::Target;
use sandgrain_abi::layout::{Field, StoreField};

use super::{Activation, GATE_PREEMPT, PREEMPTED, REQUEST, RETURNED, TRAPPED, dispatch};

/// Float registers belong to guests and host alike, or to neither.
pub(crate) const TARGETS: &[Target] =
    if cfg!(riscv_float) { &[Target::Rv32Imafc] } else { &[Target::Rv32Imc, Target::Rv32Imac] };
pub(crate) const CODE_BIT: usize = 0;
pub(crate) const STACK_ALIGN: usize = 16;
pub(crate) const REGISTER_WORDS: usize = 8;

/// Registers of a stopped guest.
#[repr(C)]
pub(super) struct Context {
    /// ra, t0–t6, a0–a7
    caller_saved: [u32; 16],
    pc: u32,
    sp: u32,
    /// s0–s11
    callee_saved: [u32; 12],
}

impl Context {
    pub(super) const fn new() -> Self {
        Context { caller_saved: [0; 16], pc: 0, sp: 0, callee_saved: [0; 12] }
    }
}

const CONTEXT: usize = offset_of!(Activation, context);
const REGISTERS: usize = offset_of!(Activation, registers);

/// Whether interrupts are on: then this is no handler.
pub(crate) fn may_enter() -> bool {
    let mstatus: u32;
    // SAFETY: reading mstatus has no effect.
    unsafe { core::arch::asm!("csrr {}, mstatus", out(reg) mstatus, options(nomem, nostack, preserves_flags)) };
    mstatus & 8 != 0
}

/// Nothing to do: the trap entry looks at the flag on its way back to the guest.
pub(super) fn signal() {}

/// Pushes the entry frame for the activation in a0: 0(sp) activation, then callee-saved registers from 12(sp) on.
macro_rules! push_entry_frame {
    () => {
        "
        addi sp, sp, -64
        sw   ra, 60(sp)
        sw   s0, 56(sp)
        sw   s1, 52(sp)
        sw   s2, 48(sp)
        sw   s3, 44(sp)
        sw   s4, 40(sp)
        sw   s5, 36(sp)
        sw   s6, 32(sp)
        sw   s7, 28(sp)
        sw   s8, 24(sp)
        sw   s9, 20(sp)
        sw   s10, 16(sp)
        sw   s11, 12(sp)
        sw   a0, 0(sp)
        "
    };
}

/// Runs the activation's code from its entry.
///
/// # Safety
/// See [`Activation::enter`].
#[unsafe(naked)]
pub(super) unsafe extern "C" fn enter(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_entry_frame!(),
        "
        lw   s1, {header}(a0)
        lw   t0, {store}(a0)
        lw   t0, {guest_sp}(t0)
        lw   t1, {code}(a0)
        lw   a7, {registers}+28(a0)
        lw   a6, {registers}+24(a0)
        lw   a5, {registers}+20(a0)
        lw   a4, {registers}+16(a0)
        lw   a3, {registers}+12(a0)
        lw   a2, {registers}+8(a0)
        lw   a1, {registers}+4(a0)
        lw   a0, {registers}(a0)
        csrw mscratch, sp
        mv   sp, t0
        jalr t1
        csrrw sp, mscratch, zero
        lw   t0, 0(sp)
        sw   a0, {registers}(t0)
        sw   a1, {registers}+4(t0)
        sw   a2, {registers}+8(t0)
        sw   a3, {registers}+12(t0)
        sw   a4, {registers}+16(t0)
        sw   a5, {registers}+20(t0)
        sw   a6, {registers}+24(t0)
        sw   a7, {registers}+28(t0)
        li   a0, {returned}
        j    {leave}
        ",
        header = const offset_of!(Activation, header),
        store = const offset_of!(Activation, store),
        code = const offset_of!(Activation, code),
        registers = const REGISTERS,
        guest_sp = const StoreField::guest_sp.offset(4),
        returned = const RETURNED,
        leave = sym leave,
    )
}

/// Unwinds the entry frame at sp; a0 is what `enter` or `resume` returns. On the host's stack, mscratch 0.
#[unsafe(naked)]
unsafe extern "C" fn leave() {
    naked_asm!(
        "
        lw   ra, 60(sp)
        lw   s0, 56(sp)
        lw   s1, 52(sp)
        lw   s2, 48(sp)
        lw   s3, 44(sp)
        lw   s4, 40(sp)
        lw   s5, 36(sp)
        lw   s6, 32(sp)
        lw   s7, 28(sp)
        lw   s8, 24(sp)
        lw   s9, 20(sp)
        lw   s10, 16(sp)
        lw   s11, 12(sp)
        addi sp, sp, 64
        ret
        "
    )
}

/// Target of trap stubs: kind in a0, site in ra, instance in s1.
///
/// # Safety
/// Guest code alone jumps here.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn trap_exit() {
    naked_asm!(
        "
        lw   t0, {store}(s1)
        sw   a0, {exit_kind}(t0)
        sw   ra, {exit_pc}(t0)
        sw   s1, {exit_instance}(t0)
        csrrw sp, mscratch, zero
        li   a0, {trapped}
        j    {leave}
        ",
        store = const Field::store.offset(4),
        exit_kind = const StoreField::exit_kind.offset(4),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        trapped = const TRAPPED,
        leave = sym leave,
    )
}

/// Target of import thunks: import index in t5, return address in ra, instance in s1.
///
/// # Safety
/// Guest code alone jumps here.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn gate() {
    naked_asm!(
        // Register words right below the caller's stack words: 16(sp) is word 0. s0 carries the guest's sp over the
        // dispatcher, which preserves it.
        "
        addi sp, sp, -48
        sw   a0, 16(sp)
        sw   a1, 20(sp)
        sw   a2, 24(sp)
        sw   a3, 28(sp)
        sw   a4, 32(sp)
        sw   a5, 36(sp)
        sw   a6, 40(sp)
        sw   a7, 44(sp)
        sw   ra, 12(sp)
        sw   s0, 8(sp)
        mv   s0, sp
        lw   t0, {store}(s1)
        sw   ra, {exit_pc}(t0)
        sw   s1, {exit_instance}(t0)
        lw   a0, {runtime}(t0)
        mv   a1, t5
        addi a2, sp, 16
        csrrw sp, mscratch, zero
        call {dispatch}
        bltz a0, 2f
        csrw mscratch, sp
        mv   sp, s0
        mv   t0, a0
        lw   a0, 16(sp)
        lw   a1, 20(sp)
        lw   a2, 24(sp)
        lw   a3, 28(sp)
        lw   a4, 32(sp)
        lw   a5, 36(sp)
        lw   a6, 40(sp)
        lw   a7, 44(sp)
        lw   ra, 12(sp)
        lw   s0, 8(sp)
        li   t2, {preempt}
        and  t1, t0, t2
        xor  t0, t0, t1
        addi sp, sp, 48
        add  sp, sp, t0
        bnez t1, 1f
        ret
    1:  ecall
        ret
    2:  li   a0, {trapped}
        j    {leave}
        ",
        store = const Field::store.offset(4),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        runtime = const StoreField::runtime.offset(4),
        dispatch = sym dispatch,
        preempt = const GATE_PREEMPT,
        trapped = const TRAPPED,
        leave = sym leave,
    )
}

/// Continues the activation's saved context.
///
/// # Safety
/// See [`Activation::resume`].
#[unsafe(naked)]
pub(super) unsafe extern "C" fn resume(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_entry_frame!(),
        // Interrupts off from here to mret: one would overwrite mepc. mret turns them on again if they were on (MIE
        // goes through MPIE) and stays in machine mode (MPP).
        "
        csrrci t0, mstatus, 8
        andi t0, t0, 8
        slli t0, t0, 4
        li   t1, 0x80
        csrc mstatus, t1
        li   t1, 0x1800
        or   t0, t0, t1
        csrs mstatus, t0
        csrw mscratch, sp
        addi t6, a0, {context}
        lw   t0, 64(t6)
        csrw mepc, t0
        lw   sp, 68(t6)
        lw   s0, 72(t6)
        lw   s1, 76(t6)
        lw   s2, 80(t6)
        lw   s3, 84(t6)
        lw   s4, 88(t6)
        lw   s5, 92(t6)
        lw   s6, 96(t6)
        lw   s7, 100(t6)
        lw   s8, 104(t6)
        lw   s9, 108(t6)
        lw   s10, 112(t6)
        lw   s11, 116(t6)
        lw   ra, 0(t6)
        lw   t0, 4(t6)
        lw   t1, 8(t6)
        lw   t2, 12(t6)
        lw   t3, 16(t6)
        lw   t4, 20(t6)
        lw   t5, 24(t6)
        lw   a0, 32(t6)
        lw   a1, 36(t6)
        lw   a2, 40(t6)
        lw   a3, 44(t6)
        lw   a4, 48(t6)
        lw   a5, 52(t6)
        lw   a6, 56(t6)
        lw   a7, 60(t6)
        lw   t6, 28(t6)
        mret
        ",
        context = const CONTEXT,
    )
}

unsafe extern "C" {
    /// Entry of every interrupt and exception, for mtvec. Interrupts are off in it and in what it calls.
    fn sandgrain_trap_entry();
}

/// Address of the board's [`TrapHandler`].
static HANDLER: AtomicUsize = AtomicUsize::new(0);

/// What a board does about an interrupt or exception: `(mcause, mepc, mtval)`. It returns for interrupts only.
pub type TrapHandler = extern "C" fn(cause: usize, pc: usize, value: usize);

/// Points mtvec at the runtime's trap entry, which calls `handler` on the host's stack, whether host or guest was
/// interrupted, with interrupts off; afterwards a guest gives way if
/// [`request_preemption`](crate::request_preemption) was called meanwhile. Call before the first instance is.
///
/// # Safety
/// The host runs in machine mode, mscratch is 0 and nothing else uses it, and `handler` deals with every interrupt
/// that the board enables.
pub unsafe fn install_trap_entry(handler: TrapHandler) {
    HANDLER.store(handler as usize, Ordering::Release);
    // SAFETY: the entry is 4-byte aligned, which makes this direct mode, and follows the CSRs' contract above.
    unsafe { core::arch::asm!("csrw mtvec, {}", in(reg) sandgrain_trap_entry as *const () as usize) };
}

// Interrupts from the host: caller-saved registers go to the host's stack. From the guest: into the activation, on the
// host's stack; then, if a handler asked for it, the rest of the context too, and control returns to `leave`.
// ecall is the guest's own way to give way (only the gate uses it, when a request came during a host call).
global_asm!(
    "
    .section .text.sandgrain_trap_entry, \"ax\"
    .balign 4
    .global sandgrain_trap_entry
    .type sandgrain_trap_entry, @function
sandgrain_trap_entry:
    csrrw sp, mscratch, sp
    bnez sp, 1f

    csrrw sp, mscratch, zero
    addi sp, sp, -64
    sw   ra, 0(sp)
    sw   t0, 4(sp)
    sw   t1, 8(sp)
    sw   t2, 12(sp)
    sw   t3, 16(sp)
    sw   t4, 20(sp)
    sw   t5, 24(sp)
    sw   t6, 28(sp)
    sw   a0, 32(sp)
    sw   a1, 36(sp)
    sw   a2, 40(sp)
    sw   a3, 44(sp)
    sw   a4, 48(sp)
    sw   a5, 52(sp)
    sw   a6, 56(sp)
    sw   a7, 60(sp)
    csrr a0, mcause
    csrr a1, mepc
    csrr a2, mtval
    la   t0, {handler}
    lw   t0, 0(t0)
    jalr t0
    lw   ra, 0(sp)
    lw   t0, 4(sp)
    lw   t1, 8(sp)
    lw   t2, 12(sp)
    lw   t3, 16(sp)
    lw   t4, 20(sp)
    lw   t5, 24(sp)
    lw   t6, 28(sp)
    lw   a0, 32(sp)
    lw   a1, 36(sp)
    lw   a2, 40(sp)
    lw   a3, 44(sp)
    lw   a4, 48(sp)
    lw   a5, 52(sp)
    lw   a6, 56(sp)
    lw   a7, 60(sp)
    addi sp, sp, 64
    mret

1:  sw   a0, -4(sp)
    lw   a0, 0(sp)
    addi a0, a0, {context}
    sw   ra, 0(a0)
    sw   t0, 4(a0)
    lw   t0, -4(sp)
    sw   t0, 32(a0)
    csrrw t0, mscratch, zero
    sw   t0, 68(a0)
    csrr t0, mepc
    sw   t0, 64(a0)
    sw   t1, 8(a0)
    sw   t2, 12(a0)
    sw   t3, 16(a0)
    sw   t4, 20(a0)
    sw   t5, 24(a0)
    sw   t6, 28(a0)
    sw   a1, 36(a0)
    sw   a2, 40(a0)
    sw   a3, 44(a0)
    sw   a4, 48(a0)
    sw   a5, 52(a0)
    sw   a6, 56(a0)
    sw   a7, 60(a0)
    csrr t1, mcause
    li   t2, 11
    beq  t1, t2, 2f
    mv   a1, t0
    mv   a0, t1
    csrr a2, mtval
    la   t0, {handler}
    lw   t0, 0(t0)
    jalr t0
    lw   a0, 0(sp)
    addi a0, a0, {context}
    la   t0, {request}
    lw   t0, 0(t0)
    bnez t0, 3f
    csrw mscratch, sp
    lw   t0, 64(a0)
    csrw mepc, t0
    lw   sp, 68(a0)
    lw   ra, 0(a0)
    lw   t0, 4(a0)
    lw   t1, 8(a0)
    lw   t2, 12(a0)
    lw   t3, 16(a0)
    lw   t4, 20(a0)
    lw   t5, 24(a0)
    lw   t6, 28(a0)
    lw   a1, 36(a0)
    lw   a2, 40(a0)
    lw   a3, 44(a0)
    lw   a4, 48(a0)
    lw   a5, 52(a0)
    lw   a6, 56(a0)
    lw   a7, 60(a0)
    lw   a0, 32(a0)
    mret

2:  addi t0, t0, 4
    sw   t0, 64(a0)
3:  sw   s0, 72(a0)
    sw   s1, 76(a0)
    sw   s2, 80(a0)
    sw   s3, 84(a0)
    sw   s4, 88(a0)
    sw   s5, 92(a0)
    sw   s6, 96(a0)
    sw   s7, 100(a0)
    sw   s8, 104(a0)
    sw   s9, 108(a0)
    sw   s10, 112(a0)
    sw   s11, 116(a0)
    la   t0, {leave}
    csrw mepc, t0
    li   a0, {preempted}
    mret
    ",
    context = const CONTEXT,
    handler = sym HANDLER,
    request = sym REQUEST,
    leave = sym leave,
    preempted = const PREEMPTED,
);
