//! Entry, exit and gate for guests in user mode.
//!
//! Gate and trap exit push on the guest's stack in user mode and leave by `ecall`, with what for in t6: the trap entry goes on
//! in one of the functions below, in machine mode, on the host's stack. A guest that makes an `ecall` of its own can do
//! nothing but call a host function, return, trap or give way, each with values of its choice. Machine mode takes the
//! activation from the entry frame, never from the guest, and uses the guest's sp as a number alone.
//!
//! Interrupts are off wherever mscratch is not 0 in machine mode, so none finds the host at work on the guest's side.

use core::arch::{global_asm, naked_asm};
use core::mem::offset_of;

use sandgrain_abi::TrapKind;
use sandgrain_abi::layout::StoreField;

use super::{Activation, GATE_PREEMPT, MPP, REGISTERS, RETURNED, TRAPPED, dispatch, leave, trap_entry::ECALL};

/// What an `ecall` is for, in t6. Each is one more than the one before: the trap entry counts down.
const CALL: u32 = 0;
const RETURN: u32 = 1;
const TRAP: u32 = 2;
const GIVE_WAY: u32 = 3;

/// Enters user mode by the mret that follows: mstatus.MPP, MPIE. Overwrites t2.
macro_rules! to_user_mode {
    () => {
        "
        li   t2, {mpp}
        csrc mstatus, t2
        li   t2, 0x80
        csrs mstatus, t2
        "
    };
}

/// Runs the activation's code from its entry.
///
/// # Safety
/// See [`Activation::enter`].
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn enter(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_entry_frame!(),
        "
        csrci mstatus, 8
        lw   s1, {header}(a0)
        lw   t0, {store}(a0)
        lw   t0, {guest_sp}(t0)
        lw   t1, {code}(a0)
        csrw mepc, t1
        ",
        to_user_mode!(),
        "
        la   ra, {returns}
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
        mret
        ",
        header = const offset_of!(Activation, header),
        store = const offset_of!(Activation, store),
        code = const offset_of!(Activation, code),
        registers = const REGISTERS,
        guest_sp = const StoreField::guest_sp.offset(4),
        mpp = const MPP,
        returns = sym returns,
    )
}

/// Where a guest's function returns to, in user mode.
///
/// # Safety
/// Guest code alone comes here.
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
unsafe extern "C" fn returns() {
    naked_asm!("li t6, {purpose}", "ecall", purpose = const RETURN)
}

/// Target of trap stubs: kind in a0, site in ra, instance in s1.
///
/// # Safety
/// Guest code alone jumps here.
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
pub(crate) unsafe extern "C" fn trap_exit() {
    naked_asm!("li t6, {purpose}", "ecall", purpose = const TRAP)
}

/// Target of import thunks: import index in t5, return address in ra, instance in s1.
///
/// # Safety
/// Guest code alone jumps here.
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
pub(crate) unsafe extern "C" fn gate() {
    naked_asm!(
        // Register words right below the caller's stack words: 16(sp) is word 0. s0 is the machine's for the guest's sp.
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
        li   t6, {purpose}
        ecall
        ",
        purpose = const CALL,
    )
}

/// The gate's way back, in user mode: the dispatcher's answer in a0.
///
/// # Safety
/// [`called`] alone comes here.
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
unsafe extern "C" fn answered() {
    naked_asm!(
        "
        li   t2, {preempt}
        and  t1, a0, t2
        xor  t0, a0, t1
        beqz t1, 1f
        li   t6, {give_way}
        ecall
    1:  lw   a0, 16(sp)
        lw   a1, 20(sp)
        lw   a2, 24(sp)
        lw   a3, 28(sp)
        lw   a4, 32(sp)
        lw   a5, 36(sp)
        lw   a6, 40(sp)
        lw   a7, 44(sp)
        lw   ra, 12(sp)
        lw   s0, 8(sp)
        addi sp, sp, 48
        add  sp, sp, t0
        ret
        ",
        preempt = const GATE_PREEMPT,
        give_way = const GIVE_WAY,
    )
}

/// A host call: import index in t5, the guest's sp in mscratch. On the host's stack, interrupts off.
///
/// # Safety
/// The trap entry alone jumps here, as to the next ones.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn called() {
    naked_asm!(
        "
        csrrw s0, mscratch, zero
        csrsi mstatus, 8
        ",
        enter_host_floats!(),
        "
        lw   a0, 0(sp)
        lw   t0, {store}(a0)
        sw   ra, {exit_pc}(t0)
        sw   s1, {exit_instance}(t0)
        addi a1, s0, 48
        sw   a1, {exit_stack}(t0)
        mv   a1, t5
        addi a2, s0, 16
        call {dispatch}
        ",
        leave_host_floats!(),
        "
        bltz a0, 1f
        csrci mstatus, 8
        la   t2, {answered}
        csrw mepc, t2
        ",
        to_user_mode!(),
        "
        csrw mscratch, sp
        mv   sp, s0
        mret
    1:  li   a0, {trapped}
        j    {leave}
        ",
        store = const offset_of!(Activation, store),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        exit_stack = const StoreField::exit_stack.offset(4),
        mpp = const MPP,
        dispatch = sym dispatch,
        answered = sym answered,
        trapped = const TRAPPED,
        leave = sym leave,
    )
}

/// A return: results in a0–a7.
///
/// # Safety
/// As for [`called`].
#[unsafe(naked)]
pub(super) unsafe extern "C" fn returned() {
    naked_asm!(
        "
        csrw mscratch, zero
        csrsi mstatus, 8
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
        registers = const REGISTERS,
        returned = const RETURNED,
        leave = sym leave,
    )
}

/// A trap: kind in a0, site in ra, instance in s1.
///
/// # Safety
/// As for [`called`].
#[unsafe(naked)]
pub(super) unsafe extern "C" fn trapped() {
    naked_asm!(
        "
        csrrw t1, mscratch, zero
        csrsi mstatus, 8
        lw   t0, 0(sp)
        lw   t0, {store}(t0)
        sw   t1, {exit_stack}(t0)
        sw   a0, {exit_kind}(t0)
        sw   ra, {exit_pc}(t0)
        sw   s1, {exit_instance}(t0)
        li   a0, {trapped}
        j    {leave}
        ",
        store = const offset_of!(Activation, store),
        exit_kind = const StoreField::exit_kind.offset(4),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        exit_stack = const StoreField::exit_stack.offset(4),
        trapped = const TRAPPED,
        leave = sym leave,
    )
}

// Where the trap entry goes first for a guest: sp is the host's, mscratch the guest's. What is nothing special for a contained
// guest goes back there, with every register as it was.
global_asm!(
    "
    .section .text.sandgrain_contained_trap, \"ax\"
    .balign 4
    .global sandgrain_contained_trap
    .type sandgrain_contained_trap, @function
sandgrain_contained_trap:
    sw   a0, -4(sp)
    csrr a0, mcause
    bltz a0, 2f
    addi a0, a0, -{ecall}
    bnez a0, 1f
    lw   a0, -4(sp)
    beqz t6, 3f
    addi t6, t6, -1
    beqz t6, 4f
    addi t6, t6, -1
    beqz t6, 5f
    addi t6, t6, -1
    beqz t6, 2f
    j    sandgrain_contained_violation
1:  addi a0, a0, {ecall} - {misaligned_load}
    andi a0, a0, -1 - ({misaligned_load} ^ {misaligned_store})
    beqz a0, 2f
    j    sandgrain_contained_violation
2:  lw   a0, -4(sp)
    j    sandgrain_trap_entry_guest
3:  j    {called}
4:  j    {returned}
5:  j    {trapped}

    .section .text.sandgrain_contained_violation, \"ax\"
    .balign 4
    .global sandgrain_contained_violation
    .type sandgrain_contained_violation, @function
sandgrain_contained_violation:
    lw   t0, 0(sp)
    lw   t0, {store}(t0)
    li   t1, {kind}
    sw   t1, {exit_kind}(t0)
    csrr t1, mepc
    sw   t1, {exit_pc}(t0)
    sw   s1, {exit_instance}(t0)
    sw   zero, {exit_stack}(t0)
    csrw mscratch, zero
    csrsi mstatus, 8
    li   a0, {exit}
    j    {leave}
    ",
    ecall = const ECALL,
    misaligned_load = const 4,
    misaligned_store = const 6,
    called = sym called,
    returned = sym returned,
    trapped = sym trapped,
    store = const offset_of!(Activation, store),
    kind = const TrapKind::ContainmentViolation as u8,
    exit_kind = const StoreField::exit_kind.offset(4),
    exit_pc = const StoreField::exit_pc.offset(4),
    exit_instance = const StoreField::exit_instance.offset(4),
    exit_stack = const StoreField::exit_stack.offset(4),
    exit = const TRAPPED,
    leave = sym leave,
);
