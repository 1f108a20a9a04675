//! x86-64 under Linux.
//!
//! The compiler's pieces call in by the C ABI (System V), so nothing here knows Cranelift's own convention: an entry
//! trampoline takes `(instance, code, words)`, the gate and the trap exit are called like functions. The store's
//! `host_sp` is the newest entry frame while the guest's stack is in use.
//!
//! A request takes effect when a host function returns and, with the feature `linux`, where a signal interrupts the guest.

use core::arch::naked_asm;
use core::arch::x86_64::__cpuid;
use core::mem::offset_of;

use sandgrain_abi::Target;
use sandgrain_abi::layout::{Field, StoreField};
use sandgrain_artifact::CpuFeatures;

pub(crate) use super::process::{CODE_BIT, PREEMPTS, REGISTER_WORDS, STACK_ALIGN, may_enter};
pub(super) use super::process::{Context, signal};
use super::{Activation, GATE_PREEMPT, PREEMPTED, RETURNED, TRAPPED, dispatch};

pub(crate) const TARGETS: &[Target] = &[Target::X86_64];

/// CPU features of this part beyond those of its whole family, which [`this_device`](crate::this_device) leaves out: it
/// is a constant, and this is asked of the processor.
pub fn cpu_features() -> CpuFeatures {
    /// SSE3, SSSE3 and SSE4.1 (Intel SDM, volume 2A, CPUID).
    const LEAF_1_ECX: u32 = 1 << 0 | 1 << 9 | 1 << 19;
    match __cpuid(1).ecx & LEAF_1_ECX {
        LEAF_1_ECX => CpuFeatures::X86_SSE41,
        _ => CpuFeatures::NONE,
    }
}

/// Callee-saved registers (System V ABI, 3.2.1), 48 bytes at rsp.
macro_rules! push_callee_saved {
    () => {
        "
        push rbx
        push rbp
        push r12
        push r13
        push r14
        push r15
        "
    };
}

macro_rules! pop_callee_saved {
    () => {
        "
        pop  r15
        pop  r14
        pop  r13
        pop  r12
        pop  rbp
        pop  rbx
        "
    };
}

/// Runs the activation's code from its entry. Entry frame, from rsp up: activation, r15–r12, rbp, rbx. Behind the call it
/// may be another one than before it: that of a `resume`.
///
/// # Safety
/// See [`Activation::enter`].
#[unsafe(naked)]
pub(super) unsafe extern "C" fn enter(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_callee_saved!(),
        "
        push rdi
        mov  rbx, [rdi + {store}]
        mov  [rbx + {host_sp}], rsp
        mov  [rdi + {own_host_sp}], rsp
        mov  rdx, [rbx + {guest_sp}]
        mov  rsi, [rdi + {code}]
        mov  rax, [rdi + {trampoline}]
        mov  rdi, [rdi + {header}]
        mov  rsp, rdx
        call rax
        mov  rsp, [rbx + {host_sp}]
        mov  eax, {returned}
        jmp  {leave}
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

/// Unwinds the entry frame at rsp; eax is what `enter` or `resume` returns.
#[unsafe(naked)]
unsafe extern "C" fn leave() {
    naked_asm!("add  rsp, 8", pop_callee_saved!(), "ret",)
}

/// Called by trap stubs: instance in rdi, kind in esi, site in rdx.
///
/// # Safety
/// Guest code alone calls this.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn trap_exit() {
    naked_asm!(
        "
        mov  rax, [rdi + {store}]
        mov  esi, esi
        mov  [rax + {exit_kind}], rsi
        mov  [rax + {exit_pc}], rdx
        mov  [rax + {exit_instance}], rdi
        mov  [rax + {exit_stack}], rbp
        mov  rsp, [rax + {host_sp}]
        mov  eax, {trapped}
        jmp  {leave}
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

/// Called by import thunks: instance in rdi, import index in esi, words in rdx, the caller's site in rcx. What the
/// guest wants back lies on its stack, where a preemption leaves it.
///
/// # Safety
/// Guest code alone calls this.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn gate() {
    naked_asm!(
        push_callee_saved!(),
        "
        mov  rbx, [rdi + {store}]
        mov  [rbx + {exit_pc}], rcx
        mov  [rbx + {exit_instance}], rdi
        mov  [rbx + {exit_stack}], rbp
        mov  [rbx + {guest_sp}], rsp
        mov  rdi, [rbx + {runtime}]
        mov  rsp, [rbx + {host_sp}]
        call {dispatch}
        test eax, eax
        js   2f
        test eax, {preempt}
        jnz  3f
        jmp  {back}
    2:  mov  eax, {trapped}
        jmp  {leave}
    3:  mov  eax, {preempted}
        jmp  {leave}
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

/// Returns from the gate to the guest of the store in rbx.
#[unsafe(naked)]
unsafe extern "C" fn back() {
    naked_asm!(
        "
        mov  rsp, [rbx + {guest_sp}]
        ",
        pop_callee_saved!(),
        "ret",
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
        push rdi
        mov  rbx, [rdi + {store}]
        mov  [rbx + {host_sp}], rsp
        mov  [rdi + {own_host_sp}], rsp
        jmp  {back}
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
        mov  [rdi + {guest_sp}], rsp
        mov  rsp, rsi
        mov  eax, {preempted}
        jmp  {leave}
        ",
        guest_sp = const StoreField::guest_sp.offset(8),
        preempted = const PREEMPTED,
        leave = sym leave,
    )
}

/// Registers of a thread that a signal has interrupted. Everything here takes what the kernel has given to a handler.
#[cfg(feature = "linux")]
mod context {
    use core::arch::asm;
    use core::ptr;

    use libc::{REG_EFL, REG_RAX, REG_RBP, REG_RIP, REG_RSP, c_int, ucontext_t};

    use super::{TRAPPED, leave};

    /// RFLAGS.DF, .TF and .AC, which the C ABI wants clear and a guest may have set (Intel SDM, volume 1, 3.4.3).
    const UNUSUAL_FLAGS: i64 = 1 << 10 | 1 << 8 | 1 << 18;

    unsafe fn register(context: *mut ucontext_t, register: c_int) -> *mut i64 {
        // SAFETY: by contract of this module; the index is one of the C library's.
        unsafe { (&raw mut (*context).uc_mcontext.gregs).cast::<i64>().add(register as usize) }
    }

    /// Where it was interrupted.
    pub(in super::super) unsafe fn pc(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { register(context, REG_RIP).read() as usize }
    }

    pub(in super::super) unsafe fn sp(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { register(context, REG_RSP).read() as usize }
    }

    /// Address of its frame pointer among the registers.
    pub(in super::super) unsafe fn frame_pointer_place(context: *mut ucontext_t) -> usize {
        // SAFETY: by contract.
        unsafe { register(context, REG_RBP) }.expose_provenance()
    }

    /// Has it go on in [`leave`], as after a trap.
    pub(in super::super) unsafe fn leave_trapped(context: *mut ucontext_t, host_sp: usize) {
        // SAFETY: by contract.
        unsafe {
            register(context, REG_RSP).write(host_sp as i64);
            register(context, REG_RAX).write(TRAPPED.into());
            register(context, REG_RIP).write(leave as *const () as i64);
            let flags = register(context, REG_EFL);
            flags.write(flags.read() & !UNUSUAL_FLAGS);
        }
    }

    /// Gives this thread the float modes that it was interrupted with, which are the host's: guests change none, and the
    /// kernel calls handlers with its own.
    pub(in super::super) unsafe fn take_float_mode(context: *mut ucontext_t) {
        // SAFETY: by contract; where the state was not saved, it is what the kernel has set.
        unsafe {
            let state = (*context).uc_mcontext.fpregs;
            if !state.is_null() {
                let (control, mxcsr) = (ptr::addr_of!((*state).cwd), ptr::addr_of!((*state).mxcsr));
                asm!("fldcw [{}]", "ldmxcsr [{}]", in(reg) control, in(reg) mxcsr, options(nostack, readonly));
            }
        }
    }
}
#[cfg(feature = "linux")]
pub(super) use context::{frame_pointer_place, leave_trapped, pc, sp, take_float_mode};
