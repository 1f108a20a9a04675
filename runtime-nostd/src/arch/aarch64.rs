//! AArch64 under Linux.
//!
//! The compiler's pieces call in by the C ABI (AAPCS64), so nothing here knows Cranelift's own convention: an entry
//! trampoline takes `(instance, code, words)`, the gate and the trap exit are called like functions. The store's
//! `host_sp` is the newest entry frame while the guest's stack is in use.
//!
//! While a guest runs, FPCR has only DN set: every NaN that is computed is the canonical one (ARM ARM, A1.5.4). The
//! host's FPCR is in the entry frame.
//!
//! A request takes effect when a host function returns and, with the feature `linux`, where a signal interrupts the guest.

use core::arch::naked_asm;
use core::mem::offset_of;

use sandgrain_abi::Target;
use sandgrain_abi::layout::{Field, StoreField};

pub(crate) use super::process::{CODE_BIT, PREEMPTS, REGISTER_WORDS, STACK_ALIGN, may_enter};
pub(super) use super::process::{Context, signal};
use super::{Activation, GATE_PREEMPT, PREEMPTED, RETURNED, TRAPPED, dispatch};

pub(crate) const TARGETS: &[Target] = &[Target::Aarch64];

/// FPCR.DN.
const DEFAULT_NAN: u32 = 1 << 25;

/// Callee-saved registers (AAPCS64, 6.1.1 and 6.1.2) in 160 bytes at sp.
macro_rules! push_callee_saved {
    () => {
        "
        stp  x29, x30, [sp, #-160]!
        stp  x19, x20, [sp, #16]
        stp  x21, x22, [sp, #32]
        stp  x23, x24, [sp, #48]
        stp  x25, x26, [sp, #64]
        stp  x27, x28, [sp, #80]
        stp  d8, d9, [sp, #96]
        stp  d10, d11, [sp, #112]
        stp  d12, d13, [sp, #128]
        stp  d14, d15, [sp, #144]
        "
    };
}

macro_rules! pop_callee_saved {
    () => {
        "
        ldp  d14, d15, [sp, #144]
        ldp  d12, d13, [sp, #128]
        ldp  d10, d11, [sp, #112]
        ldp  d8, d9, [sp, #96]
        ldp  x27, x28, [sp, #80]
        ldp  x25, x26, [sp, #64]
        ldp  x23, x24, [sp, #48]
        ldp  x21, x22, [sp, #32]
        ldp  x19, x20, [sp, #16]
        ldp  x29, x30, [sp], #160
        "
    };
}

/// Runs the activation's code from its entry. Entry frame, from sp up: activation, host's FPCR, callee-saved registers.
/// Behind the call it may be another one than before it: that of a `resume`.
///
/// # Safety
/// See [`Activation::enter`].
#[unsafe(naked)]
pub(super) unsafe extern "C" fn enter(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_callee_saved!(),
        "
        mrs  x9, fpcr
        stp  x0, x9, [sp, #-16]!
        mov  x9, #{default_nan}
        msr  fpcr, x9
        ldr  x19, [x0, #{store}]
        mov  x9, sp
        str  x9, [x19, #{host_sp}]
        str  x9, [x0, #{own_host_sp}]
        ldr  x2, [x19, #{guest_sp}]
        ldr  x1, [x0, #{code}]
        ldr  x9, [x0, #{trampoline}]
        ldr  x0, [x0, #{header}]
        mov  sp, x2
        blr  x9
        ldr  x9, [x19, #{host_sp}]
        mov  sp, x9
        mov  w0, #{returned}
        b    {leave}
        ",
        default_nan = const DEFAULT_NAN,
        store = const offset_of!(Activation, store),
        header = const offset_of!(Activation, header),
        code = const offset_of!(Activation, code),
        trampoline = const offset_of!(Activation, trampoline),
        host_sp = const StoreField::host_sp.offset(8),
        own_host_sp = const offset_of!(Activation, context) + offset_of!(Context, host_sp),
        guest_sp = const StoreField::guest_sp.offset(8),
        returned = const RETURNED,
        leave = sym leave,
    )
}

/// Unwinds the entry frame at sp; w0 is what `enter` or `resume` returns.
#[unsafe(naked)]
unsafe extern "C" fn leave() {
    naked_asm!(
        "
        ldp  x10, x9, [sp], #16
        msr  fpcr, x9
        ",
        pop_callee_saved!(),
        "
        ret
        "
    )
}

/// Called by trap stubs: instance in x0, kind in w1, site in x2.
///
/// # Safety
/// Guest code alone calls this.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn trap_exit() {
    naked_asm!(
        "
        ldr  x9, [x0, #{store}]
        mov  w1, w1
        str  x1, [x9, #{exit_kind}]
        str  x2, [x9, #{exit_pc}]
        str  x0, [x9, #{exit_instance}]
        str  x29, [x9, #{exit_stack}]
        ldr  x9, [x9, #{host_sp}]
        mov  sp, x9
        mov  w0, #{trapped}
        b    {leave}
        ",
        store = const Field::store.offset(8),
        exit_kind = const StoreField::exit_kind.offset(8),
        exit_pc = const StoreField::exit_pc.offset(8),
        exit_instance = const StoreField::exit_instance.offset(8),
        exit_stack = const StoreField::exit_stack.offset(8),
        host_sp = const StoreField::host_sp.offset(8),
        trapped = const TRAPPED,
        leave = sym leave,
    )
}

/// Called by import thunks: instance in x0, import index in w1, words in x2, the caller's site in x3. What the guest
/// wants back lies on its stack, where a preemption leaves it.
///
/// # Safety
/// Guest code alone calls this.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn gate() {
    naked_asm!(
        push_callee_saved!(),
        "
        ldr  x19, [x0, #{store}]
        str  x3, [x19, #{exit_pc}]
        str  x0, [x19, #{exit_instance}]
        str  x29, [x19, #{exit_stack}]
        mov  x9, sp
        str  x9, [x19, #{guest_sp}]
        ldr  x0, [x19, #{runtime}]
        ldr  x9, [x19, #{host_sp}]
        mov  sp, x9
        ldr  x9, [sp, #8]
        msr  fpcr, x9
        bl   {dispatch}
        tbnz w0, #31, 2f
        tst  w0, #{preempt}
        b.ne 3f
        b    {back}
    2:  mov  w0, #{trapped}
        b    {leave}
    3:  mov  w0, #{preempted}
        b    {leave}
        ",
        store = const Field::store.offset(8),
        exit_pc = const StoreField::exit_pc.offset(8),
        exit_instance = const StoreField::exit_instance.offset(8),
        exit_stack = const StoreField::exit_stack.offset(8),
        guest_sp = const StoreField::guest_sp.offset(8),
        host_sp = const StoreField::host_sp.offset(8),
        runtime = const StoreField::runtime.offset(8),
        dispatch = sym dispatch,
        preempt = const GATE_PREEMPT,
        trapped = const TRAPPED,
        preempted = const PREEMPTED,
        back = sym back,
        leave = sym leave,
    )
}

/// Returns from the gate to the guest of the store in x19.
#[unsafe(naked)]
unsafe extern "C" fn back() {
    naked_asm!(
        "
        mov  x9, #{default_nan}
        msr  fpcr, x9
        ldr  x9, [x19, #{guest_sp}]
        mov  sp, x9
        ",
        pop_callee_saved!(),
        "
        ret
        ",
        default_nan = const DEFAULT_NAN,
        guest_sp = const StoreField::guest_sp.offset(8),
    )
}

/// Continues a guest that gave way in the gate.
///
/// # Safety
/// See [`Activation::resume`].
#[unsafe(naked)]
pub(super) unsafe extern "C" fn resume(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_callee_saved!(),
        "
        mrs  x9, fpcr
        stp  x0, x9, [sp, #-16]!
        ldr  x19, [x0, #{store}]
        mov  x9, sp
        str  x9, [x19, #{host_sp}]
        str  x9, [x0, #{own_host_sp}]
        b    {back}
        ",
        store = const offset_of!(Activation, store),
        host_sp = const StoreField::host_sp.offset(8),
        own_host_sp = const offset_of!(Activation, context) + offset_of!(Context, host_sp),
        back = sym back,
    )
}

/// Leaves the guest whose stack this runs on to the host at `host_sp`, and returns when it is resumed.
///
/// # Safety
/// `store` is the address of the header of the store whose guest is entered, `host_sp` its newest entry frame.
#[cfg(feature = "linux")]
#[unsafe(naked)]
pub(super) unsafe extern "C" fn give_way(store: usize, host_sp: usize) {
    naked_asm!(
        push_callee_saved!(),
        "
        mov  x9, sp
        str  x9, [x0, #{guest_sp}]
        mov  sp, x1
        mov  w0, #{preempted}
        b    {leave}
        ",
        guest_sp = const StoreField::guest_sp.offset(8),
        preempted = const PREEMPTED,
        leave = sym leave,
    )
}

/// Registers of a thread that a signal has interrupted. Everything here takes what the kernel has given to a handler.
#[cfg(feature = "linux")]
mod context {
    use libc::ucontext_t;

    use super::{TRAPPED, leave};

    /// Where it was interrupted.
    pub(in super::super) unsafe fn pc(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { (*context).uc_mcontext.pc as usize }
    }

    pub(in super::super) unsafe fn sp(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { (*context).uc_mcontext.sp as usize }
    }

    /// Address of its frame pointer among the registers.
    pub(in super::super) unsafe fn frame_pointer_place(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { &raw mut (*context).uc_mcontext.regs[29] }.expose_provenance()
    }

    /// Has it go on in [`leave`], as after a trap.
    pub(in super::super) unsafe fn leave_trapped(context: *mut ucontext_t, host_sp: usize) {
        // SAFETY: by contract.
        unsafe {
            let registers = &raw mut (*context).uc_mcontext;
            (*registers).sp = host_sp as u64;
            (*registers).regs[0] = TRAPPED.into();
            (*registers).pc = leave as *const () as u64;
        }
    }

    /// Nothing to do: [`leave`] has the host's.
    pub(in super::super) unsafe fn take_float_mode(_: *mut ucontext_t) {}
}
#[cfg(feature = "linux")]
pub(super) use context::{frame_pointer_place, leave_trapped, pc, sp, take_float_mode};
