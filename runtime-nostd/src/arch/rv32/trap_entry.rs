//! Entry of every interrupt and exception.
//!
//! From the host: caller-saved registers go to the host's stack, and the board's handler is called. From the guest:
//! they go to the place of its [`Registers`], below sp on its own stack or, if it is contained, in the activation; then
//!
//! | mcause | |
//! |---|---|
//! | 11, 8 | `ecall`, the guest's own way to give way: only the gate uses it, when a request came during a host call |
//! | 4, 6 | a misaligned access: the other registers go there, too, [`complete_access`] does it on them, and all come back |
//! | else | the board's handler is called on the host's stack; if it asked for preemption, the rest is saved and control returns to `leave` |
//!
//! A contained guest's `ecall` is mcause 8, any other's 11. The former may also be one of those in `contained`. Its misaligned accesses are completed
//! only where it may access memory itself, and any other exception of it is a
//! [`TrapKind::ContainmentViolation`](crate::TrapKind::ContainmentViolation).
//!
//! The guest's fcsr is not saved anywhere. Compiled code names its rounding mode in each instruction and never reads
//! the flags; helpers need round-to-nearest, which every way into the guest sets.

use core::arch::global_asm;
use core::mem::offset_of;

#[cfg(feature = "containment")]
use super::super::misaligned::Kind;
use super::super::misaligned::{Access, Memory, Registers, complete, decode, is_long};
use super::{CONTAINED, CONTEXT, HANDLER, MPP, PREEMPTED, REQUEST, leave};

/// mcause of a guest's `ecall` (Volume II, "Machine Cause Register").
pub(super) const ECALL: u32 = if cfg!(feature = "containment") { 8 } else { 11 };

const _: () = assert!(offset_of!(Registers, x) == 0 && offset_of!(Registers, f) == 128, "the assembly's offsets");

/// Memory as the guest itself reaches it.
struct Direct;

impl Memory for Direct {
    fn read(&mut self, address: u32) -> u8 {
        // SAFETY: a byte that the interrupted guest was about to read: its code checks addresses before, and so does
        // `complete_access` if the guest is contained. Anything else is an exception in the handler, as it would have been
        // in the guest.
        unsafe { core::ptr::with_exposed_provenance::<u8>(address as usize).read_volatile() }
    }

    fn write(&mut self, address: u32, byte: u8) {
        // SAFETY: as for `read`, for a byte that the guest was about to write.
        unsafe { core::ptr::with_exposed_provenance_mut::<u8>(address as usize).write_volatile(byte) }
    }
}

/// The access that the instruction at the saved pc makes, if it is one that [`decode`] knows.
///
/// # Safety
/// A guest has just fetched it.
unsafe fn fetch(registers: &Registers) -> Option<Access> {
    let pc = registers.x[0] as usize;
    // SAFETY: the parcels of that instruction; they are aligned to two bytes.
    let parcel = |at: usize| unsafe { core::ptr::with_exposed_provenance::<u16>(at).read() };
    let first = parcel(pc);
    decode(u32::from(first) | if is_long(first) { u32::from(parcel(pc + 2)) << 16 } else { 0 })
}

/// Completes the guest's access at the saved pc: 1, or 0 if the instruction there is none that [`decode`] knows.
/// Without a loop over anything but the access's bytes, hence in constant time.
///
/// # Safety
/// Only the trap entry calls it, for a guest that stopped at the saved pc.
#[cfg(not(feature = "containment"))]
unsafe extern "C" fn complete_access(registers: &mut Registers) -> u32 {
    // SAFETY: by contract.
    let done = unsafe { fetch(registers) }.and_then(|access| complete(&access, registers, &mut Direct));
    u32::from(done.is_some())
}

/// The same where guests are contained; 0 also if the guest may not make that access.
///
/// # Safety
/// Only the trap entry calls it, for the guest of this activation, stopped at the saved pc.
#[cfg(feature = "containment")]
unsafe extern "C" fn complete_access(activation: &mut super::Activation) -> u32 {
    let super::Activation { regions, context: super::Context { registers }, .. } = activation;
    // SAFETY: by contract.
    let access = unsafe { fetch(registers) }.filter(|access| {
        let write = access.kind == Kind::Store;
        access.address(registers).is_some_and(|address| regions.permit(address, access.bytes, write))
    });
    u32::from(access.and_then(|access| complete(&access, registers, &mut Direct)).is_some())
}

/// The caller-saved registers but ra, t0 and a0, at their places in [`Registers`].
macro_rules! caller_saved {
    ($op:literal) => {
        each! { $op, "a0", t1 = 24, t2 = 28, a1 = 44, a2 = 48, a3 = 52, a4 = 56, a5 = 60, a6 = 64, a7 = 68, t3 = 112,
        t4 = 116, t5 = 120, t6 = 124 }
    };
}

/// The callee-saved registers at their places in [`Registers`].
macro_rules! callee_saved {
    ($op:literal) => {
        each! { $op, "a0", s0 = 32, s1 = 36, s2 = 72, s3 = 76, s4 = 80, s5 = 84, s6 = 88, s7 = 92, s8 = 96, s9 = 100,
        s10 = 104, s11 = 108 }
    };
}

/// The host's caller-saved integer registers in its frame.
macro_rules! host_frame {
    ($op:literal) => {
        each! { $op, "sp", ra = 0, t0 = 4, t1 = 8, t2 = 12, t3 = 16, t4 = 20, t5 = 24, t6 = 28, a0 = 32, a1 = 36,
        a2 = 40, a3 = 44, a4 = 48, a5 = 52, a6 = 56, a7 = 60 }
    };
}

/// As [`caller_saved`].
macro_rules! caller_saved_floats {
    ($op:literal) => {
        floats!(
            each! { $op, "a0", ft0 = 128, ft1 = 132, ft2 = 136, ft3 = 140, ft4 = 144, ft5 = 148, ft6 = 152, ft7 = 156,
            fa0 = 168, fa1 = 172, fa2 = 176, fa3 = 180, fa4 = 184, fa5 = 188, fa6 = 192, fa7 = 196, ft8 = 240,
            ft9 = 244, ft10 = 248, ft11 = 252 }
        )
    };
}

/// As [`callee_saved`].
macro_rules! callee_saved_floats {
    ($op:literal) => {
        floats!(
            each! { $op, "a0", fs0 = 160, fs1 = 164, fs2 = 200, fs3 = 204, fs4 = 208, fs5 = 212, fs6 = 216, fs7 = 220,
            fs8 = 224, fs9 = 228, fs10 = 232, fs11 = 236 }
        )
    };
}

/// As [`host_frame`], behind it.
macro_rules! host_frame_floats {
    ($op:literal) => {
        floats!(each! { $op, "sp", ft0 = 64, ft1 = 68, ft2 = 72, ft3 = 76, ft4 = 80, ft5 = 84, ft6 = 88, ft7 = 92,
        ft8 = 96, ft9 = 100, ft10 = 104, ft11 = 108, fa0 = 112, fa1 = 116, fa2 = 120, fa3 = 124, fa4 = 128,
        fa5 = 132, fa6 = 136, fa7 = 140 })
    };
}

/// Has a0 be the address of the stopped guest's registers, from the entry frame at sp.
macro_rules! find_registers {
    () => {
        "
        lw   a0, 0(sp)
        .if {contained}
        addi a0, a0, {context}
        .else
        lw   a0, {context}(a0)
        .endif
        "
    };
}

const HOST_FRAME: usize = if cfg!(riscv_float) { 160 } else { 64 };

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
9:  addi sp, sp, -{host_frame}
    ",
    host_frame!("sw"),
    host_frame_floats!("fsw"),
    floats!("frcsr t0\n sw t0, 144(sp)\n"),
    "
    csrr a0, mcause
    csrr a1, mepc
    csrr a2, mtval
    la   t0, {handler}
    lw   t0, 0(t0)
    jalr t0
    ",
    floats!("lw t0, 144(sp)\n fscsr t0\n"),
    host_frame_floats!("flw"),
    host_frame!("lw"),
    "
    addi sp, sp, {host_frame}
    mret

1:
    .if {contained}
    j    sandgrain_contained_trap
    .global sandgrain_trap_entry_guest
sandgrain_trap_entry_guest:
    .endif
    sw   a0, -4(sp)
    .if {contained}
    lw   a0, 0(sp)
    addi a0, a0, {context}
    .else
    csrr a0, mscratch
    beq  a0, sp, 8f
    addi a0, a0, -{registers}
    .endif
    sw   ra, 4(a0)
    sw   t0, 20(a0)
    lw   t0, -4(sp)
    sw   t0, 40(a0)
    csrrw t0, mscratch, zero
    sw   t0, 8(a0)
    .if {contained} == 0
    lw   t0, 0(sp)
    sw   a0, {context}(t0)
    .endif
    csrr t0, mepc
    sw   t0, 0(a0)
    ",
    caller_saved!("sw"),
    caller_saved_floats!("fsw"),
    // t0 = mepc, t1 = mcause from here to the handler.
    "
    csrr t1, mcause
    li   t2, {ecall}
    beq  t1, t2, 4f
    andi t2, t1, -3
    addi t2, t2, -4
    beqz t2, 6f

2:  mv   a1, t0
    mv   a0, t1
    csrr a2, mtval
    la   t0, {handler}
    lw   t0, 0(t0)
    jalr t0
    ",
    find_registers!(),
    "
    la   t0, {request}
    lw   t0, 0(t0)
    bnez t0, 5f

3:  csrw mscratch, sp
    lw   t0, 0(a0)
    csrw mepc, t0
    ",
    caller_saved_floats!("flw"),
    caller_saved!("lw"),
    "
    lw   sp, 8(a0)
    lw   ra, 4(a0)
    lw   t0, 20(a0)
    lw   a0, 40(a0)
    mret

4:  addi t0, t0, 4
    sw   t0, 0(a0)
5:
    ",
    callee_saved!("sw"),
    callee_saved_floats!("fsw"),
    "
    la   t0, {leave}
    csrw mepc, t0
    .if {contained}
    li   t0, {mpp}
    csrs mstatus, t0
    .endif
    li   a0, {preempted}
    mret

6:  sw   gp, 12(a0)
    sw   tp, 16(a0)
    ",
    callee_saved!("sw"),
    callee_saved_floats!("fsw"),
    "
    .if {contained}
    lw   a0, 0(sp)
    call {complete}
    beqz a0, 7f
    lw   a0, 0(sp)
    addi a0, a0, {context}
    .else
    call {complete}
    mv   t2, a0
    lw   a0, 0(sp)
    lw   a0, {context}(a0)
    lw   t0, 0(a0)
    csrr t1, mcause
    beqz t2, 2b
    .endif
    lw   gp, 12(a0)
    lw   tp, 16(a0)
    ",
    callee_saved_floats!("flw"),
    callee_saved!("lw"),
    "
    j    3b
    .if {contained}
7:  j    sandgrain_contained_violation
    .else
    // On the way in: `csrw mscratch, sp` is repeated.
8:  csrw mscratch, zero
    csrr a0, mepc
    addi a0, a0, -4
    csrw mepc, a0
    lw   a0, -4(sp)
    j    9b
    .endif
    ",
    host_frame = const HOST_FRAME,
    context = const CONTEXT,
    registers = const size_of::<Registers>(),
    handler = sym HANDLER,
    request = sym REQUEST,
    leave = sym leave,
    complete = sym complete_access,
    preempted = const PREEMPTED,
    ecall = const ECALL,
    mpp = const MPP,
    contained = const CONTAINED,
);
