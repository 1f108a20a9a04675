//! Entry, exit and gate for guests in unprivileged thread mode, and the faults that they cause.
//!
//! The gate's and the trap exit's unprivileged halves push on the guest's stack and leave by `svc` in [`raise`]. SVCall lets
//! only that one `svc` raise the privilege, and only code behind it follows: so a guest that jumps there, or anywhere into
//! these functions, can do nothing but call a host function, return or trap, each with values of its choice. Privileged code
//! takes the activation from the entry frame, never from the guest, and uses PSP as a number alone.
//!
//! On the way out there is a moment in which PSP is in use by privileged code. An interrupt then stacks where SVCall has just
//! stacked, as unprivileged code; PendSV does not preempt in it.
//!
//! SVCall and PendSV have the lowest priority and the faults the highest that can be configured, so that a guest whose
//! stack pointer is bad never gets into SVCall: MemManage takes precedence (B1.5.6, "derived exceptions"). Float state is
//! stacked at once, not lazily, or a bad stack pointer could fault in some handler later.

use core::arch::naked_asm;
use core::mem::offset_of;

use sandgrain_abi::TrapKind;
use sandgrain_abi::layout::StoreField;

use super::{
    Activation, CONTEXT, GATE_PREEMPT, GUEST_FPSCR, HARD_FLOAT, HOST_FPSCR, ICSR, PENDSVSET, REGISTERS, RETURNED,
    TRAPPED, dispatch, leave,
};

/// What a guest leaves for, in r12 at [`raise`].
const CALL: u32 = 0;
const RETURN: u32 = 1;
const TRAP: u32 = 2;

/// SVCall's priority, in system handler priority register 2 (ARMv7-M ARM B3.2.11); those of the faults, in register 1
/// (B3.2.10); DebugMonitor's, in register 3.
const SVCALL_PRIORITY: usize = 0xE000_ED1F;
const FAULT_PRIORITIES: usize = 0xE000_ED18;
const DEBUG_MONITOR_PRIORITY: usize = 0xE000_ED20;
/// System handler control and state register (B3.2.13) and its bits that enable UsageFault, BusFault and MemManage.
const SHCSR: usize = 0xE000_ED24;
const FAULTS_ENABLED: u32 = 0b111 << 16;
/// Pends SVCall in it.
const SVCALL_PENDED: u32 = 1 << 15;
/// Configurable fault status register (B3.2.15), and its bits that say that the frame is not on the stack.
const CFSR: usize = 0xE000_ED28;
const STACKING: u32 = 0x1818;
/// Vector table offset register (B3.2.5).
const VTOR: usize = 0xE000_ED08;
/// Floating-point context control register (B3.2.21) and its bit for lazy stacking.
const FPCCR: usize = 0xE000_EF34;
const LAZY: u32 = 1 << 30;
/// Debug exception and monitor control register (C1.6.5) and its bit that makes `bkpt` an exception of its own.
const DEMCR: usize = 0xE000_EDFC;
const MONITOR: u32 = 1 << 16;

/// Has the exceptions be what the functions below expect.
pub(super) fn prepare() {
    let word = |address: usize| core::ptr::with_exposed_provenance_mut::<u32>(address);
    let byte = |address: usize| core::ptr::with_exposed_provenance_mut::<u8>(address);
    // SAFETY: system registers of every ARMv7-M part; the exceptions are this module's, as its documentation says of the
    // feature. FPCCR is reserved where there is no FPU, and not touched by soft-float firmware.
    unsafe {
        byte(SVCALL_PRIORITY).write_volatile(0xFF);
        word(FAULT_PRIORITIES).write_volatile(word(FAULT_PRIORITIES).read_volatile() & 0xFF00_0000);
        byte(DEBUG_MONITOR_PRIORITY).write_volatile(0);
        word(SHCSR).write_volatile(word(SHCSR).read_volatile() | FAULTS_ENABLED);
        word(DEMCR).write_volatile(word(DEMCR).read_volatile() | MONITOR);
        if HARD_FLOAT == 1 {
            word(FPCCR).write_volatile(word(FPCCR).read_volatile() & !LAZY);
        }
    }
}

#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
pub(super) unsafe extern "C" fn enter_on_psp(activation: *mut Activation) -> u32 {
    naked_asm!(
        push_entry_frame!(),
        // CONTROL = SPSEL and nPRIV; as for what is not contained, the host's s0–s15 are dead here.
        "
        ldr  r9, [r0, #{header}]
        ldr  r4, [r0, #{store}]
        ldr  r4, [r4, #{guest_sp}]
        msr  psp, r4
        ldr  r12, [r0, #{code}]
        add  r4, r0, #{registers}
        ldmia r4, {{r0-r3}}
        mov  r4, #3
        msr  control, r4
        isb
        .ifeq {hard_float} - 1
        mov  r4, #{guest_fpscr}
        vmsr fpscr, r4
        .endif
        blx  r12
        mov  r12, #{returns}
        b    {raise}
        ",
        header = const offset_of!(Activation, header),
        store = const offset_of!(Activation, store),
        code = const offset_of!(Activation, code),
        registers = const REGISTERS,
        guest_sp = const StoreField::guest_sp.offset(4),
        hard_float = const HARD_FLOAT,
        guest_fpscr = const GUEST_FPSCR,
        returns = const RETURN,
        raise = sym raise,
    )
}

/// Target of trap stubs: kind in r0, site in lr, instance in r9.
///
/// # Safety
/// Guest code alone jumps here.
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
pub(crate) unsafe extern "C" fn trap_exit() {
    naked_asm!("mov r12, #{trap}", "b {raise}", trap = const TRAP, raise = sym raise)
}

/// Target of import thunks: import index in r12, return address in lr, instance in r9.
///
/// # Safety
/// Guest code alone jumps here.
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
pub(crate) unsafe extern "C" fn gate() {
    naked_asm!(
        // Register words right below the caller's stack words.
        "
        push {{r0-r3}}
        push {{r4, lr}}
        mov  r1, r12
        add  r2, sp, #8
        mov  r12, #{call}
        b    {raise}
        ",
        call = const CALL,
        raise = sym raise,
    )
}

/// The way out of unprivileged thread mode: what for in r12; import index and address of the words in r1 and r2, results in
/// r0–r3, or as for [`trap_exit`]. All of it is the guest's choice.
///
/// # Safety
/// Guest code alone jumps here.
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
unsafe extern "C" fn raise() {
    naked_asm!(
        // FPCA is kept for a call: it says that the guest's s16–s31 are to be saved when it is preempted.
        "
        svc  #0
        cmp  r12, #{returns}
        beq  1f
        bhi  2f

        mrs  r3, control
        bic  r3, r3, #2
        msr  control, r3
        isb
        .ifeq {hard_float} - 1
        .fpu fpv4-sp-d16
        ldr  r0, [sp, #{host_fpscr}]
        vmsr fpscr, r0
        .endif
        ldr  r0, [sp]
        ldr  r3, [r0, #{store}]
        str  lr, [r3, #{exit_pc}]
        str  r9, [r3, #{exit_instance}]
        mrs  r12, psp
        add  r12, r12, #24
        str  r12, [r3, #{exit_stack}]
        bl   {dispatch}
        cmp  r0, #0
        blt  3f
        mov  r12, r0
        mrs  r0, control
        orr  r0, r0, #3
        msr  control, r0
        isb
        .ifeq {hard_float} - 1
        mov  r0, #{guest_fpscr}
        vmsr fpscr, r0
        .endif
        tst  r12, #{preempt}
        bne  {give_way}
        b    {unwind}

    1:  mov  r4, #0
        msr  control, r4
        isb
        ldr  r4, [sp]
        add  r4, r4, #{registers}
        stmia r4, {{r0-r3}}
        mov  r0, #{returned}
        b    {leave}

    2:  mov  r4, #0
        msr  control, r4
        isb
        ldr  r1, [sp]
        ldr  r1, [r1, #{store}]
        str  r0, [r1, #{exit_kind}]
        str  lr, [r1, #{exit_pc}]
        str  r9, [r1, #{exit_instance}]
        mrs  r2, psp
        str  r2, [r1, #{exit_stack}]
    3:  mov  r0, #{trapped}
        b    {leave}
        ",
        returns = const RETURN,
        hard_float = const HARD_FLOAT,
        host_fpscr = const HOST_FPSCR,
        guest_fpscr = const GUEST_FPSCR,
        store = const offset_of!(Activation, store),
        registers = const REGISTERS,
        exit_kind = const StoreField::exit_kind.offset(4),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        exit_stack = const StoreField::exit_stack.offset(4),
        dispatch = sym dispatch,
        preempt = const GATE_PREEMPT,
        give_way = sym give_way,
        unwind = sym unwind,
        returned = const RETURNED,
        trapped = const TRAPPED,
        leave = sym leave,
    )
}

/// Has the guest preempted in the gate, before it loads the results.
///
/// # Safety
/// The gate alone jumps here, unprivileged.
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
unsafe extern "C" fn give_way() {
    naked_asm!(
        "svc #0",
        "bic r12, r12, #{preempt}",
        "b   {unwind}",
        preempt = const GATE_PREEMPT,
        unwind = sym unwind,
    )
}

/// The gate's end, unprivileged: bytes of stack words to pop in r12.
///
/// # Safety
/// As for [`give_way`].
#[unsafe(naked)]
#[unsafe(link_section = ".text.sandgrain_shared")]
unsafe extern "C" fn unwind() {
    naked_asm!("pop {{r4, lr}}", "pop {{r0-r3}}", "add sp, sp, r12", "bx lr")
}

/// From the host, second half of [`resume`](super::resume): drops its own frame and returns through the guest's instead,
/// unprivileged. From the guest: raises its privilege in [`raise`], preempts it in [`give_way`], stops it anywhere else.
///
/// The frame of a guest has been stacked: else MemManage or BusFault would be here instead.
///
/// # Safety
/// Vector 11.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn SVCall() {
    naked_asm!(
        "
        tst  lr, #4
        bne  2f
        add  sp, sp, #32
        ldr  r0, [sp]
        add  r0, r0, #{context}
        ldmia r0!, {{r1, r4-r11, lr}}
        .ifeq {hard_float} - 1
        .fpu fpv4-sp-d16
        tst  lr, #16
        bne  1f
        vldmia r0, {{d8-d15}}
    1:
        .endif
        msr  psp, r1
        mov  r1, #1
        msr  control, r1
        isb
        bx   lr

    2:  mrs  r0, psp
        ldr  r0, [r0, #24]
        movw r1, #:lower16:{raise}
        movt r1, #:upper16:{raise}
        add  r1, r1, #1
        cmp  r0, r1
        bne  3f
        mrs  r0, control
        bic  r0, r0, #1
        msr  control, r0
        isb
        bx   lr
    3:  movw r1, #:lower16:{give_way}
        movt r1, #:upper16:{give_way}
        add  r1, r1, #1
        cmp  r0, r1
        bne  {violation}
        movw r0, #{icsr_low}
        movt r0, #{icsr_high}
        mov  r1, #{pendsvset}
        str  r1, [r0]
        dsb
        bx   lr
        ",
        context = const CONTEXT,
        hard_float = const HARD_FLOAT,
        raise = sym raise,
        give_way = sym give_way,
        violation = sym violation,
        icsr_low = const ICSR & 0xFFFF,
        icsr_high = const ICSR >> 16,
        pendsvset = const PENDSVSET,
    )
}

/// Defines handlers of what guests cause. Anything else goes to the vector of HardFault, as it would with the exceptions
/// disabled.
macro_rules! faults {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Safety
            /// A vector.
            #[unsafe(naked)]
            #[unsafe(no_mangle)]
            pub unsafe extern "C" fn $name() {
                naked_asm!("b {}", sym fault)
            }
        )*
    };
}

faults! {
    /// Vector 4: the MPU.
    MemoryManagement,
    /// Vector 5: no memory, or unprivileged access to system registers.
    BusFault,
    /// Vector 6: no instruction.
    UsageFault,
    /// Vector 12: `bkpt`.
    DebugMonitor,
}

/// # Safety
/// Vectors of faults come here.
#[unsafe(naked)]
unsafe extern "C" fn fault() {
    naked_asm!(
        "
        tst  lr, #4
        bne  {violation}
        movw r0, #{vtor_low}
        movt r0, #{vtor_high}
        ldr  r0, [r0]
        ldr  r0, [r0, #12]
        bx   r0
        ",
        violation = sym violation,
        vtor_low = const VTOR & 0xFFFF,
        vtor_high = const VTOR >> 16,
    )
}

/// Stops the guest that was interrupted, without callers, since its stack may be anything: EXC_RETURN says PSP, so that MSP is at the entry frame. The way out is that of
/// [`PendSV`](super::PendSV). An `svc` whose frame could not be stacked is still pending, and would be taken for the host's.
///
/// # Safety
/// Handlers of what guests cause jump here, with EXC_RETURN in lr.
#[unsafe(naked)]
unsafe extern "C" fn violation() {
    naked_asm!(
        "
        ldr  r0, [sp]
        ldr  r0, [r0, #{store}]
        mov  r1, #{kind}
        str  r1, [r0, #{exit_kind}]
        str  r9, [r0, #{exit_instance}]
        mov  r1, #0
        str  r1, [r0, #{exit_stack}]
        movw r2, #{cfsr_low}
        movt r2, #{cfsr_high}
        ldr  r3, [r2]
        str  r3, [r2]
        movw r12, #{stacking}
        tst  r3, r12
        bne  1f
        mrs  r1, psp
        ldr  r1, [r1, #24]
    1:  str  r1, [r0, #{exit_pc}]
        ldr  r3, [r2, #{shcsr} - {cfsr}]
        bic  r3, r3, #{svcall_pended}
        str  r3, [r2, #{shcsr} - {cfsr}]
        mrs  r0, control
        bic  r0, r0, #1
        msr  control, r0
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
        store = const offset_of!(Activation, store),
        kind = const TrapKind::ContainmentViolation as u8,
        exit_kind = const StoreField::exit_kind.offset(4),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        exit_stack = const StoreField::exit_stack.offset(4),
        cfsr = const CFSR,
        cfsr_low = const CFSR & 0xFFFF,
        cfsr_high = const CFSR >> 16,
        stacking = const STACKING,
        shcsr = const SHCSR,
        svcall_pended = const SVCALL_PENDED,
        landing = sym leave_trapped,
    )
}

/// Where `enter` or `resume` continues after a violation: thread mode, MSP at the entry frame.
#[unsafe(naked)]
unsafe extern "C" fn leave_trapped() {
    naked_asm!("mov r0, #{trapped}", "b {leave}", trapped = const TRAPPED, leave = sym leave)
}
