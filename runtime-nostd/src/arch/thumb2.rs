//! ARMv7-M, ARMv7E-M and ARMv8-M with the Main Extension, in one security state.
//!
//! Invariant: CONTROL.SPSEL is 0 exactly while the host's stack (MSP) is in use; while the guest's is (PSP), MSP is the
//! address of the newest entry frame, since neither the guest nor this code pushes anything on MSP then. One write to
//! CONTROL goes from one side to the other, so no interrupt sees a half-switched state and none is ever disabled.
//! Handlers run on MSP, below the entry frame; the hardware stacks the guest's r0–r3, r12, lr, pc and xPSR on PSP.
//!
//! A preemption request pends PendSV, which has the lowest priority: it runs when no other handler does. EXC_RETURN
//! then says whether the guest was interrupted; if the host was, the gate pends it again on its way back. Resuming
//! takes an exception return as well (SVCall), so that pc, flags, IT and ICI state come back exactly.
//!
//! Where there are float registers, guests run with an FPSCR of their own ([`GUEST_FPSCR`]) and the host's is in the
//! entry frame. FPCA is set while a guest runs, so that the hardware stacks s0–s15 and FPSCR (lazily) when it is
//! interrupted: with FPCA clear, the guest's first float instruction would take FPSCR from FPDSCR (A2.5.3, B1.5.7).
//!
//! With the feature `containment` guests run unprivileged; `contained` has what differs then.
//!
//! The host must run in privileged thread mode on MSP, as cortex-m-rt starts it, leave PendSV and SVCall alone, and
//! FPCCR and PSPLIM as they are after reset: float state is stacked automatically, the process stack has no limit.

use core::arch::naked_asm;
use core::mem::offset_of;

use sandgrain_abi::Target;
#[cfg(not(feature = "containment"))]
use sandgrain_abi::layout::{Field, StoreField};

use super::{Activation, GATE_PREEMPT, PREEMPTED, RETURNED, TRAPPED, dispatch};
use crate::store::Stack;

/// Float registers belong to guests and host alike, or to neither: soft-float firmware would not save them.
pub(crate) const TARGETS: &[Target] = if cfg!(target_abi = "eabihf") {
    &[Target::CortexM4F, Target::CortexM7, Target::CortexM33]
} else {
    &[Target::CortexM3, Target::CortexM4]
};
pub(crate) const PREEMPTS: bool = true;
pub(crate) const CODE_BIT: usize = 1;
pub(crate) const STACK_ALIGN: usize = 8;
pub(crate) const REGISTER_WORDS: usize = 4;

/// A stopped guest. What the hardware does not stack lies below its frame, on the guest's own stack: r4–r11, EXC_RETURN,
/// and s16–s31 if EXC_RETURN says that the frame holds s0–s15.
#[cfg(not(feature = "containment"))]
#[repr(C)]
pub(super) struct Context {
    /// Address of the first of them.
    saved: u32,
}

/// A stopped guest, whose stack is not to be trusted: what the hardware does not stack of it.
#[cfg(feature = "containment")]
#[repr(C)]
pub(super) struct Context {
    psp: u32,
    /// r4–r11
    callee_saved: [u32; 8],
    exc_return: u32,
    /// s16–s31, valid if EXC_RETURN says that the frame on PSP holds s0–s15.
    float: [u32; 16],
}

/// Whether the frame that the hardware has pushed has room for float registers (ARMv7-M ARM B1.5.8).
fn holds_floats(exc_return: u32) -> bool {
    exc_return & 1 << 4 == 0
}

impl Context {
    #[cfg(not(feature = "containment"))]
    pub(super) const fn new() -> Self {
        Context { saved: 0 }
    }

    #[cfg(feature = "containment")]
    pub(super) const fn new() -> Self {
        Context { psp: 0, callee_saved: [0; 8], exc_return: 0, float: [0; 16] }
    }

    /// EXC_RETURN, and the address of the frame that the hardware has pushed; `word` reads the guest's stack.
    #[cfg(not(feature = "containment"))]
    fn frame(&self, word: impl Fn(usize) -> u32) -> (u32, usize) {
        let saved = self.saved as usize;
        let exc_return = word(saved + 32);
        (exc_return, saved + 36 + if holds_floats(exc_return) { 64 } else { 0 })
    }

    #[cfg(feature = "containment")]
    fn frame(&self, _: impl Fn(usize) -> u32) -> (u32, usize) {
        (self.exc_return, self.psp as usize)
    }

    /// In the frame that the hardware pushed (ARMv7-M ARM B1.5.6), behind r0–r3, r12 and lr.
    pub(super) fn next_instruction(&self, word: impl Fn(usize) -> u32) -> usize {
        let (_, frame) = self.frame(&word);
        word(frame + 24) as usize
    }

    /// The frame that the hardware pushed is no more than this word, at its end: what else is in it, such as room for
    /// float registers, would only confuse.
    pub(super) fn stack(&self, stack: &mut Stack<'_>) -> usize {
        let (exc_return, frame) = self.frame(|address| stack.word_at(address));
        let (link, status) = (stack.word_at(frame + 20), stack.word_at(frame + 28));
        // Perhaps with a word to align it (xPSR, B1.5.7).
        let bytes = if holds_floats(exc_return) { 104 } else { 32 } + if status & 1 << 9 != 0 { 4 } else { 0 };
        stack.set_word_at(frame + bytes - 4, link);
        frame + bytes - 4
    }
}

const CONTEXT: usize = offset_of!(Activation, context);
const REGISTERS: usize = offset_of!(Activation, registers);

/// Interrupt control and state register (ARMv7-M ARM B3.2.4), and its bit that pends PendSV.
const ICSR: usize = 0xE000_ED04;
const PENDSVSET: u32 = 1 << 28;
/// PendSV's priority, in system handler priority register 3 (B3.2.12).
const PENDSV_PRIORITY: usize = 0xE000_ED22;

/// Whether this is thread mode with exceptions unmasked: else `svc` would fault and SPSEL could not be set.
pub(crate) fn may_enter() -> bool {
    let (ipsr, primask, basepri): (u32, u32, u32);
    // SAFETY: reading special registers has no effect.
    unsafe {
        core::arch::asm!(
            "mrs {}, ipsr",
            "mrs {}, primask",
            "mrs {}, basepri",
            out(reg) ipsr,
            out(reg) primask,
            out(reg) basepri,
            options(nomem, nostack, preserves_flags)
        );
    }
    ipsr == 0 && primask == 0 && basepri == 0
}

/// Pends PendSV.
pub(super) fn signal() {
    // SAFETY: ICSR ignores zeros; setting PENDSVSET only makes PendSV pending.
    unsafe { core::ptr::with_exposed_provenance_mut::<u32>(ICSR).write_volatile(PENDSVSET) };
}

/// FPSCR of guests (A2.5.3): DN, so that every NaN that an instruction makes is the canonical one; subnormals are kept
/// (FZ clear) and rounding is to nearest. Its flags are nobody's, so it is not saved when the host takes over.
const GUEST_FPSCR: u32 = 1 << 25;

/// Where the entry frame holds the host's FPSCR: above the activation, padding and d8–d15.
const HOST_FPSCR: usize = 2 * 4 + 8 * 8;

/// Entry frame, from MSP up: activation, padding, d8–d15 and FPSCR (hard float; else a word of padding), r4–r11, lr.
macro_rules! push_entry_frame {
    () => {
        "
        .ifeq {hard_float} - 1
        .fpu fpv4-sp-d16
        vmrs r3, fpscr
        .endif
        push {{r3-r11, lr}}
        .ifeq {hard_float} - 1
        vpush {{d8-d15}}
        .endif
        push {{r0, r1}}
        "
    };
}

/// Whether host code uses the float registers. `.fpu` repeats what the target says, because LLVM reads the assembly of
/// a library once more to list its symbols, and then does not look at the target's features.
const HARD_FLOAT: usize = cfg!(target_abi = "eabihf") as usize;

#[cfg(feature = "containment")]
#[path = "thumb2/contained.rs"]
mod contained;
#[cfg(feature = "containment")]
use contained::enter_on_psp;
#[cfg(feature = "containment")]
pub(super) use contained::{gate, trap_exit};
#[cfg(feature = "containment")]
pub(crate) use mpu::Regions;
#[cfg(feature = "containment")]
#[path = "thumb2/mpu.rs"]
mod mpu;

/// Whether guests are unprivileged.
const CONTAINED: usize = cfg!(feature = "containment") as usize;

/// Runs the activation's code from its entry.
///
/// # Safety
/// See [`Activation::enter`].
pub(super) unsafe extern "C" fn enter(activation: *mut Activation) -> u32 {
    // SAFETY: sets the priority of PendSV, which this module owns, to the lowest; byte access is allowed (B3.2.12).
    unsafe { core::ptr::with_exposed_provenance_mut::<u8>(PENDSV_PRIORITY).write_volatile(0xFF) };
    #[cfg(feature = "containment")]
    contained::prepare();
    // SAFETY: passed on to the caller.
    unsafe { enter_on_psp(activation) }
}

#[cfg(not(feature = "containment"))]
#[unsafe(naked)]
unsafe extern "C" fn enter_on_psp(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_entry_frame!(),
        // CONTROL = SPSEL: an interrupt before the guest's FPSCR is set gets the short frame, since the host's s0–s15
        // are dead here (caller-saved).
        "
        ldr  r9, [r0, #{header}]
        ldr  r4, [r0, #{store}]
        ldr  r4, [r4, #{guest_sp}]
        msr  psp, r4
        ldr  r12, [r0, #{code}]
        add  r4, r0, #{registers}
        ldmia r4, {{r0-r3}}
        mov  r4, #2
        msr  control, r4
        isb
        .ifeq {hard_float} - 1
        mov  r4, #{guest_fpscr}
        vmsr fpscr, r4
        .endif
        blx  r12
        mov  r4, #0
        msr  control, r4
        isb
        ldr  r4, [sp]
        add  r4, r4, #{registers}
        stmia r4, {{r0-r3}}
        mov  r0, #{returned}
        b    {leave}
        ",
        header = const offset_of!(Activation, header),
        store = const offset_of!(Activation, store),
        code = const offset_of!(Activation, code),
        registers = const REGISTERS,
        guest_sp = const StoreField::guest_sp.offset(4),
        hard_float = const HARD_FLOAT,
        guest_fpscr = const GUEST_FPSCR,
        returned = const RETURNED,
        leave = sym leave,
    )
}

/// Unwinds the entry frame at MSP; r0 is what `enter` or `resume` returns. SPSEL is 0.
#[unsafe(naked)]
unsafe extern "C" fn leave() {
    naked_asm!(
        "
        pop  {{r1, r2}}
        .ifeq {hard_float} - 1
        .fpu fpv4-sp-d16
        vpop {{d8-d15}}
        .endif
        pop  {{r3-r11, lr}}
        .ifeq {hard_float} - 1
        vmsr fpscr, r3
        .endif
        bx   lr
        ",
        hard_float = const HARD_FLOAT,
    )
}

/// Target of trap stubs: kind in r0, site in lr, instance in r9.
///
/// # Safety
/// Guest code alone jumps here.
#[cfg(not(feature = "containment"))]
#[unsafe(naked)]
pub(super) unsafe extern "C" fn trap_exit() {
    naked_asm!(
        "
        ldr  r1, [r9, #{store}]
        str  r0, [r1, #{exit_kind}]
        str  lr, [r1, #{exit_pc}]
        str  r9, [r1, #{exit_instance}]
        mov  r2, sp
        str  r2, [r1, #{exit_stack}]
        mov  r0, #0
        msr  control, r0
        isb
        mov  r0, #{trapped}
        b    {leave}
        ",
        store = const Field::store.offset(4),
        exit_kind = const StoreField::exit_kind.offset(4),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        exit_stack = const StoreField::exit_stack.offset(4),
        trapped = const TRAPPED,
        leave = sym leave,
    )
}

/// Target of import thunks: import index in r12, return address in lr, instance in r9.
///
/// # Safety
/// Guest code alone jumps here.
#[cfg(not(feature = "containment"))]
#[unsafe(naked)]
pub(super) unsafe extern "C" fn gate() {
    naked_asm!(
        // Register words right below the caller's stack words. FPCA is kept on both ways: it says that the guest's
        // s16–s31 are to be saved when it is preempted. Its s0–s15 are dead (caller-saved). The activation is in the entry
        // frame: until SPSEL is 0 a preemption may come, behind which it lies elsewhere.
        "
        push {{r0-r3}}
        push {{r4, lr}}
        mov  r4, sp
        ldr  r3, [r9, #{store}]
        str  lr, [r3, #{exit_pc}]
        str  r9, [r3, #{exit_instance}]
        add  r0, sp, #24
        str  r0, [r3, #{exit_stack}]
        mov  r1, r12
        add  r2, r4, #8
        mrs  r12, control
        bic  r12, r12, #2
        msr  control, r12
        isb
        ldr  r0, [sp]
        .ifeq {hard_float} - 1
        .fpu fpv4-sp-d16
        ldr  r12, [sp, #{host_fpscr}]
        vmsr fpscr, r12
        .endif
        bl   {dispatch}
        cmp  r0, #0
        blt  2f
        mov  r12, r0
        mrs  r0, control
        orr  r0, r0, #2
        msr  control, r0
        isb
        .ifeq {hard_float} - 1
        mov  r0, #{guest_fpscr}
        vmsr fpscr, r0
        .endif
        tst  r12, #{preempt}
        bne  1f
    3:  pop  {{r4, lr}}
        pop  {{r0-r3}}
        add  sp, sp, r12
        bx   lr
    1:  bic  r12, r12, #{preempt}
        movw r0, #{icsr_low}
        movt r0, #{icsr_high}
        mov  r1, #{pendsvset}
        str  r1, [r0]
        dsb
        isb
        b    3b
    2:  mov  r0, #{trapped}
        b    {leave}
        ",
        store = const Field::store.offset(4),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        exit_stack = const StoreField::exit_stack.offset(4),
        dispatch = sym dispatch,
        preempt = const GATE_PREEMPT,
        icsr_low = const ICSR & 0xFFFF,
        icsr_high = const ICSR >> 16,
        pendsvset = const PENDSVSET,
        hard_float = const HARD_FLOAT,
        host_fpscr = const HOST_FPSCR,
        guest_fpscr = const GUEST_FPSCR,
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
        // FPCA cleared: SVCall's own frame is then the short one. s16–s31 of the host are saved, s0–s15 dead.
        "
        mov  r1, #0
        msr  control, r1
        isb
        svc  #0
        udf  #0
        ",
        hard_float = const HARD_FLOAT,
    )
}

/// Second half of [`resume`]: drops its own frame and returns through the guest's instead.
///
/// # Safety
/// Vector 11; the only `svc` is `resume`'s.
#[cfg(not(feature = "containment"))]
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn SVCall() {
    naked_asm!(
        "
        add  sp, sp, #32
        ldr  r0, [sp]
        ldr  r0, [r0, #{context}]
        ldmia r0!, {{r4-r11, lr}}
        .ifeq {hard_float} - 1
        .fpu fpv4-sp-d16
        tst  lr, #16
        bne  1f
        vldmia r0!, {{d8-d15}}
    1:
        .endif
        msr  psp, r0
        isb
        bx   lr
        ",
        context = const CONTEXT,
        hard_float = const HARD_FLOAT,
    )
}

/// Stops the guest if it was the one interrupted.
///
/// EXC_RETURN bit 2: the frame is on PSP, which only guests use, so no handler was interrupted either and MSP is at the
/// entry frame. Bit 4 clear: the frame has room for s0–s15; storing s16–s31 makes the hardware fill it (lazy stacking).
/// The way out is an exception return to [`leave_preempted`] through a made-up frame on MSP, as thread mode needs: the
/// guest's EXC_RETURN but for these two bits, since ARMv8-M has the security state in others (DDI 0553, EXC_RETURN).
///
/// With PSP in use but privileged, a contained guest is on its way out, and the gate will see the request.
///
/// # Safety
/// Vector 14.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PendSV() {
    naked_asm!(
        "
        tst  lr, #4
        bne  1f
    3:  bx   lr
    1:
        .ifeq {contained} - 1
        mrs  r1, control
        tst  r1, #1
        beq  3b
        bic  r1, r1, #1
        msr  control, r1
        .endif
        mrs  r1, psp
        ldr  r0, [sp]
        .ifeq {contained} - 1
        add  r0, r0, #{context}
        stmia r0!, {{r1, r4-r11, lr}}
        .endif
        .ifeq {hard_float} - 1
        .fpu fpv4-sp-d16
        tst  lr, #16
        bne  2f
        .ifeq {contained} - 1
        vstmia r0, {{d8-d15}}
        .else
        vstmdb r1!, {{d8-d15}}
        .endif
    2:
        .endif
        .ifeq {contained}
        stmdb r1!, {{r4-r11, lr}}
        str  r1, [r0, #{context}]
        .endif
        sub  sp, sp, #32
        movw r0, #:lower16:{landing}
        movt r0, #:upper16:{landing}
        bic  r0, r0, #1
        str  r0, [sp, #24]
        mov  r0, #0x01000000
        str  r0, [sp, #28]
        bic  lr, lr, #4
        orr  lr, lr, #16
        bx   lr
        ",
        context = const CONTEXT,
        hard_float = const HARD_FLOAT,
        contained = const CONTAINED,
        landing = sym leave_preempted,
    )
}

/// Where `enter` or `resume` continues after a preemption: thread mode, MSP at the entry frame.
#[unsafe(naked)]
unsafe extern "C" fn leave_preempted() {
    naked_asm!(
        "
        mov  r0, #{preempted}
        b    {leave}
        ",
        preempted = const PREEMPTED,
        leave = sym leave,
    )
}

/// See [`super::copy_blocks`].
#[inline(always)]
pub(super) unsafe fn copy_blocks(dst: *mut u32, src: *const u32, blocks: usize) {
    // SAFETY: reads and writes what the caller says, from the front to the end.
    unsafe {
        core::arch::asm!(
            "2:",
            "ldmia r1!, {{r2-r5}}",
            "stmia r0!, {{r2-r5}}",
            "ldmia r1!, {{r2-r5}}",
            "stmia r0!, {{r2-r5}}",
            "subs r12, r12, #1",
            "bne 2b",
            inout("r0") dst => _,
            inout("r1") src => _,
            inout("r12") blocks => _,
            out("r2") _,
            out("r3") _,
            out("r4") _,
            out("r5") _,
            options(nostack)
        );
    }
}

/// See [`super::fill_blocks`].
#[inline(always)]
pub(super) unsafe fn fill_blocks(dst: *mut u32, word: u32, blocks: usize) {
    // SAFETY: writes what the caller says.
    unsafe {
        core::arch::asm!(
            "2:",
            "stmia r0!, {{r2-r5}}",
            "stmia r0!, {{r2-r5}}",
            "subs r12, r12, #1",
            "bne 2b",
            inout("r0") dst => _,
            inout("r12") blocks => _,
            in("r2") word,
            in("r3") word,
            in("r4") word,
            in("r5") word,
            options(nostack)
        );
    }
}
