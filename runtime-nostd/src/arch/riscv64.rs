//! RV64GC under Linux.
//!
//! The compiler's pieces call in by the C ABI (RISC-V psABI, lp64d), so nothing here knows Cranelift's own convention: an
//! entry trampoline takes `(instance, code, words)`, the gate and the trap exit are called like functions. The store's
//! `host_sp` is the newest entry frame while the guest's stack is in use.
//!
//! A request takes effect when a host function returns and, with the feature `linux`, where a signal interrupts the guest.

use core::arch::naked_asm;
use core::mem::offset_of;

use sandgrain_abi::Target;
use sandgrain_abi::layout::{Field, StoreField};

pub(crate) use super::process::{CODE_BIT, PREEMPTS, REGISTER_WORDS, STACK_ALIGN, may_enter};
pub(super) use super::process::{Context, signal};
use super::{Activation, GATE_PREEMPT, PREEMPTED, RETURNED, TRAPPED, dispatch};

pub(crate) const TARGETS: &[Target] = &[Target::Riscv64];

/// Makes a frame of 208 bytes: at its lowest word room for the activation, above it ra, s0–s11 and fs0–fs11, which the
/// psABI calls preserved across calls.
macro_rules! push_callee_saved {
    () => {
        "
        .option push
        .option arch, +d
        addi sp, sp, -208
        sd   ra, 8(sp)
        sd   s0, 16(sp)
        sd   s1, 24(sp)
        sd   s2, 32(sp)
        sd   s3, 40(sp)
        sd   s4, 48(sp)
        sd   s5, 56(sp)
        sd   s6, 64(sp)
        sd   s7, 72(sp)
        sd   s8, 80(sp)
        sd   s9, 88(sp)
        sd   s10, 96(sp)
        sd   s11, 104(sp)
        fsd  fs0, 112(sp)
        fsd  fs1, 120(sp)
        fsd  fs2, 128(sp)
        fsd  fs3, 136(sp)
        fsd  fs4, 144(sp)
        fsd  fs5, 152(sp)
        fsd  fs6, 160(sp)
        fsd  fs7, 168(sp)
        fsd  fs8, 176(sp)
        fsd  fs9, 184(sp)
        fsd  fs10, 192(sp)
        fsd  fs11, 200(sp)
        .option pop
        "
    };
}

/// Frees that frame.
macro_rules! pop_callee_saved {
    () => {
        "
        .option push
        .option arch, +d
        ld   ra, 8(sp)
        ld   s0, 16(sp)
        ld   s1, 24(sp)
        ld   s2, 32(sp)
        ld   s3, 40(sp)
        ld   s4, 48(sp)
        ld   s5, 56(sp)
        ld   s6, 64(sp)
        ld   s7, 72(sp)
        ld   s8, 80(sp)
        ld   s9, 88(sp)
        ld   s10, 96(sp)
        ld   s11, 104(sp)
        fld  fs0, 112(sp)
        fld  fs1, 120(sp)
        fld  fs2, 128(sp)
        fld  fs3, 136(sp)
        fld  fs4, 144(sp)
        fld  fs5, 152(sp)
        fld  fs6, 160(sp)
        fld  fs7, 168(sp)
        fld  fs8, 176(sp)
        fld  fs9, 184(sp)
        fld  fs10, 192(sp)
        fld  fs11, 200(sp)
        addi sp, sp, 208
        .option pop
        "
    };
}

/// Runs the activation's code from its entry. Behind the call the entry frame may be another one than before it: that of
/// a `resume`.
///
/// # Safety
/// See [`Activation::enter`].
#[unsafe(naked)]
pub(super) unsafe extern "C" fn enter(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_callee_saved!(),
        "
        sd   a0, 0(sp)
        ld   s1, {store}(a0)
        sd   sp, {host_sp}(s1)
        sd   sp, {own_host_sp}(a0)
        ld   a2, {guest_sp}(s1)
        ld   a1, {code}(a0)
        ld   t0, {trampoline}(a0)
        ld   a0, {header}(a0)
        mv   sp, a2
        jalr t0
        ld   sp, {host_sp}(s1)
        li   a0, {returned}
        tail {leave}
        ",
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

/// Unwinds the entry frame at sp; a0 is what `enter` or `resume` returns.
#[unsafe(naked)]
unsafe extern "C" fn leave() {
    naked_asm!(
        pop_callee_saved!(),
        "
        ret
        "
    )
}

/// Called by trap stubs: instance in a0, kind in a1, site in a2.
///
/// # Safety
/// Guest code alone calls this.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn trap_exit() {
    naked_asm!(
        "
        ld   t0, {store}(a0)
        sd   a1, {exit_kind}(t0)
        sd   a2, {exit_pc}(t0)
        sd   a0, {exit_instance}(t0)
        sd   s0, {exit_stack}(t0)
        ld   sp, {host_sp}(t0)
        li   a0, {trapped}
        tail {leave}
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

/// Called by import thunks: instance in a0, import index in a1, words in a2, the caller's site in a3. What the guest
/// wants back lies on its stack, where a preemption leaves it.
///
/// # Safety
/// Guest code alone calls this.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn gate() {
    naked_asm!(
        push_callee_saved!(),
        "
        ld   s1, {store}(a0)
        sd   a3, {exit_pc}(s1)
        sd   a0, {exit_instance}(s1)
        sd   s0, {exit_stack}(s1)
        sd   sp, {guest_sp}(s1)
        ld   a0, {runtime}(s1)
        ld   sp, {host_sp}(s1)
        call {dispatch}
        sext.w a0, a0
        bltz a0, 2f
        li   t0, {preempt}
        and  t0, t0, a0
        bnez t0, 3f
        tail {back}
    2:  li   a0, {trapped}
        tail {leave}
    3:  li   a0, {preempted}
        tail {leave}
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

/// Returns from the gate to the guest of the store in s1.
#[unsafe(naked)]
unsafe extern "C" fn back() {
    naked_asm!(
        "
        ld   sp, {guest_sp}(s1)
        ",
        pop_callee_saved!(),
        "
        ret
        ",
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
        sd   a0, 0(sp)
        ld   s1, {store}(a0)
        sd   sp, {host_sp}(s1)
        sd   sp, {own_host_sp}(a0)
        tail {back}
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
        sd   sp, {guest_sp}(a0)
        mv   sp, a1
        li   a0, {preempted}
        tail {leave}
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

    /// x10.
    const A0: usize = 10;

    /// Where it was interrupted.
    pub(in super::super) unsafe fn pc(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { (*context).uc_mcontext.__gregs[libc::REG_PC] as usize }
    }

    pub(in super::super) unsafe fn sp(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { (*context).uc_mcontext.__gregs[libc::REG_SP] as usize }
    }

    /// Address of its frame pointer among the registers.
    pub(in super::super) unsafe fn frame_pointer_place(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { &raw mut (*context).uc_mcontext.__gregs[libc::REG_S0] }.expose_provenance()
    }

    /// Has it go on in [`leave`], as after a trap.
    pub(in super::super) unsafe fn leave_trapped(context: *mut ucontext_t, host_sp: usize) {
        // SAFETY: by contract.
        unsafe {
            let registers = &raw mut (*context).uc_mcontext.__gregs;
            (*registers)[libc::REG_SP] = host_sp as u64;
            (*registers)[A0] = TRAPPED.into();
            (*registers)[libc::REG_PC] = leave as *const () as u64;
        }
    }

    /// Nothing to do: guests change no mode, and handlers run in that of what they interrupt.
    pub(in super::super) unsafe fn take_float_mode(_: *mut ucontext_t) {}
}
#[cfg(feature = "linux")]
pub(super) use context::{frame_pointer_place, leave_trapped, pc, sp, take_float_mode};
