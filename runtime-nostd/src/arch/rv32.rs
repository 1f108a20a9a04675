//! RISC-V, 32 bits, machine mode.
//!
//! Invariant: mscratch is 0 exactly while the host's stack is in use; while the guest's is, mscratch is the host's sp,
//! which is the address of the newest entry frame. `csrrw sp, mscratch, zero` leaves the guest in one instruction; the
//! way in is `csrw mscratch, sp` and then `mv sp, …`: an interrupt between the two finds the host's sp in both places, is
//! served as one of the host, and returns to the first of the two. So neither direction needs interrupts disabled.
//!
//! [`install_trap_entry`] points mtvec at [`trap_entry`], which completes misaligned accesses of guests itself and hands
//! interrupts and all other exceptions on to the board.
//!
//! With the feature `containment` guests run in user mode; `contained` has what differs then.
//!
//! A build with float registers saves them as ilp32f demands of a callee and its caller, whatever the guest's calls do
//! with them. The guest's fcsr is 0 on every way in (round to nearest); the host's is in the entry frame meanwhile.

use core::arch::naked_asm;
use core::mem::offset_of;
use core::sync::atomic::{AtomicUsize, Ordering};

use sandgrain_abi::Target;
#[cfg(not(feature = "containment"))]
use sandgrain_abi::layout::{Field, StoreField};

#[cfg(feature = "containment")]
use super::misaligned::Registers;
use super::{Activation, BLOCK_WORDS, GATE_PREEMPT, PREEMPTED, REQUEST, RETURNED, TRAPPED, dispatch};
use crate::store::Stack;

/// What only a build with float registers does, or nothing. The assembler of whole functions knows the base instructions
/// alone.
#[cfg(riscv_float)]
macro_rules! floats {
    ($text:expr) => {
        concat!(".option push\n .option arch, +f\n", $text, "\n .option pop\n")
    };
}
#[cfg(not(riscv_float))]
macro_rules! floats {
    ($text:expr) => {
        ""
    };
}

/// An instruction on each of the registers and its place at an offset from the base register.
macro_rules! each {
    ($op:literal, $base:literal, $($register:tt = $offset:literal),+) => {
        concat!($($op, " ", stringify!($register), ", ", $offset, "(", $base, ")\n"),+)
    };
}

#[path = "rv32/trap_entry.rs"]
mod trap_entry;

/// Float registers belong to guests and host alike, or to neither.
pub(crate) const TARGETS: &[Target] =
    if cfg!(riscv_float) { &[Target::Rv32Imafc] } else { &[Target::Rv32Imc, Target::Rv32Imac] };
pub(crate) const PREEMPTS: bool = true;
pub(crate) const CODE_BIT: usize = 0;
pub(crate) const STACK_ALIGN: usize = 16;
pub(crate) const REGISTER_WORDS: usize = 8;

/// A stopped guest: its [`Registers`] lie on its own stack, right below what it uses of it.
#[cfg(not(feature = "containment"))]
#[repr(C)]
pub(super) struct Context {
    /// Their address.
    registers: u32,
}

/// A stopped guest, whose stack is not to be trusted.
#[cfg(feature = "containment")]
#[repr(C)]
pub(super) struct Context {
    registers: Registers,
}

impl Context {
    #[cfg(not(feature = "containment"))]
    pub(super) const fn new() -> Self {
        Context { registers: 0 }
    }

    #[cfg(feature = "containment")]
    pub(super) const fn new() -> Self {
        Context { registers: Registers::new() }
    }

    /// Integer register `number`, the pc for 0; `word` reads the guest's stack.
    #[cfg(not(feature = "containment"))]
    fn register(&self, number: usize, word: impl Fn(usize) -> u32) -> usize {
        word(self.registers as usize + number * 4) as usize
    }

    #[cfg(feature = "containment")]
    fn register(&self, number: usize, _: impl Fn(usize) -> u32) -> usize {
        self.registers.x.get(number).map_or(0, |value| *value as usize)
    }

    pub(super) fn next_instruction(&self, word: impl Fn(usize) -> u32) -> usize {
        self.register(0, word)
    }

    /// ra goes below sp.
    pub(super) fn stack(&self, stack: &mut Stack<'_>) -> usize {
        let [ra, sp] = [1, 2].map(|number| self.register(number, |address| stack.word_at(address)));
        let place = sp.wrapping_sub(4);
        stack.set_word_at(place, ra as u32);
        place
    }
}

const CONTEXT: usize = offset_of!(Activation, context);
/// Whether guests run in user mode, and their registers are saved in the activation.
const CONTAINED: usize = cfg!(feature = "containment") as usize;
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

/// The callee-saved integer registers in the entry frame.
macro_rules! frame_registers {
    ($op:literal) => {
        each! { $op, "sp", ra = 60, s0 = 56, s1 = 52, s2 = 48, s3 = 44, s4 = 40, s5 = 36, s6 = 32, s7 = 28, s8 = 24,
        s9 = 20, s10 = 16, s11 = 12 }
    };
}

/// The callee-saved float registers, above the entry frame.
#[cfg(riscv_float)]
macro_rules! frame_floats {
    ($op:literal) => {
        each! { $op, "sp", fs0 = 0, fs1 = 4, fs2 = 8, fs3 = 12, fs4 = 16, fs5 = 20, fs6 = 24, fs7 = 28, fs8 = 32,
        fs9 = 36, fs10 = 40, fs11 = 44 }
    };
}

/// Pushes the entry frame for the activation in a0: 0(sp) activation, 4(sp) fcsr, then callee-saved registers from 12(sp)
/// on.
macro_rules! push_entry_frame {
    () => {
        concat!(
            floats!(concat!("addi sp, sp, -48\n", frame_floats!("fsw"))),
            "addi sp, sp, -64\n",
            frame_registers!("sw"),
            leave_host_floats!(),
            "sw   a0, 0(sp)\n"
        )
    };
}

/// Puts the host's fcsr into the entry frame at sp and sets the guest's. Overwrites t0.
macro_rules! leave_host_floats {
    () => {
        floats!("csrrw t0, fcsr, zero\n sw t0, 4(sp)\n")
    };
}

/// Gets the host's fcsr back from the entry frame at sp. Overwrites t0.
macro_rules! enter_host_floats {
    () => {
        floats!("lw t0, 4(sp)\n fscsr t0\n")
    };
}

#[cfg(feature = "containment")]
#[path = "rv32/contained.rs"]
mod contained;
#[cfg(feature = "containment")]
pub(super) use contained::{enter, gate, trap_exit};
#[cfg(feature = "containment")]
#[path = "rv32/pmp.rs"]
mod pmp;
#[cfg(feature = "containment")]
pub(crate) use pmp::Regions;

/// mstatus.MPP.
const MPP: u32 = 0b11 << 11;
/// What of it [`resume`] sets: the mode that guests run in is all of its bits or none.
const GUEST_MODE: u32 = if cfg!(feature = "containment") { 0 } else { MPP };

/// Runs the activation's code from its entry.
///
/// # Safety
/// See [`Activation::enter`].
#[cfg(not(feature = "containment"))]
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
        enter_host_floats!(),
        frame_registers!("lw"),
        "addi sp, sp, 64",
        floats!(concat!(frame_floats!("flw"), "addi sp, sp, 48")),
        "ret"
    )
}

/// Target of trap stubs: kind in a0, site in ra, instance in s1.
///
/// # Safety
/// Guest code alone jumps here.
#[cfg(not(feature = "containment"))]
#[unsafe(naked)]
pub(super) unsafe extern "C" fn trap_exit() {
    naked_asm!(
        "
        lw   t0, {store}(s1)
        sw   a0, {exit_kind}(t0)
        sw   ra, {exit_pc}(t0)
        sw   s1, {exit_instance}(t0)
        sw   sp, {exit_stack}(t0)
        csrrw sp, mscratch, zero
        li   a0, {trapped}
        j    {leave}
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

/// Target of import thunks: import index in t5, return address in ra, instance in s1.
///
/// # Safety
/// Guest code alone jumps here.
#[cfg(not(feature = "containment"))]
#[unsafe(naked)]
pub(super) unsafe extern "C" fn gate() {
    naked_asm!(
        // Register words right below the caller's stack words: 16(sp) is word 0. s0 carries the guest's sp over the
        // dispatcher, which preserves it. The activation is in the entry frame: until mscratch is 0 a preemption may come,
        // behind which it lies elsewhere.
        "
        lw   t0, {store}(s1)
        sw   sp, {exit_stack}(t0)
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
        sw   ra, {exit_pc}(t0)
        sw   s1, {exit_instance}(t0)
        mv   a1, t5
        addi a2, sp, 16
        csrrw sp, mscratch, zero
        lw   a0, 0(sp)
        ",
        enter_host_floats!(),
        "call {dispatch}",
        leave_host_floats!(),
        "
        bltz a0, 2f
        csrw mscratch, sp
        mv   sp, s0
        li   t2, {preempt}
        and  t1, a0, t2
        xor  t0, a0, t1
        beqz t1, 1f
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
    2:  li   a0, {trapped}
        j    {leave}
        ",
        store = const Field::store.offset(4),
        exit_pc = const StoreField::exit_pc.offset(4),
        exit_instance = const StoreField::exit_instance.offset(4),
        exit_stack = const StoreField::exit_stack.offset(4),
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
        // goes through MPIE) and goes to the guest's mode (MPP).
        "
        csrrci t0, mstatus, 8
        andi t0, t0, 8
        slli t0, t0, 4
        li   t1, {mpp} + 0x80
        csrc mstatus, t1
        li   t1, {guest_mode}
        or   t0, t0, t1
        csrs mstatus, t0
        csrw mscratch, sp
        .if {contained}
        addi t6, a0, {context}
        .else
        lw   t6, {context}(a0)
        .endif
        lw   t0, 0(t6)
        csrw mepc, t0
        ",
        floats!(each! {
            "flw", "t6", ft0 = 128, ft1 = 132, ft2 = 136, ft3 = 140, ft4 = 144, ft5 = 148, ft6 = 152, ft7 = 156,
            fs0 = 160, fs1 = 164, fa0 = 168, fa1 = 172, fa2 = 176, fa3 = 180, fa4 = 184, fa5 = 188, fa6 = 192,
            fa7 = 196, fs2 = 200, fs3 = 204, fs4 = 208, fs5 = 212, fs6 = 216, fs7 = 220, fs8 = 224, fs9 = 228,
            fs10 = 232, fs11 = 236, ft8 = 240, ft9 = 244, ft10 = 248, ft11 = 252
        }),
        each! {
            "lw", "t6", ra = 4, sp = 8, t0 = 20, t1 = 24, t2 = 28, s0 = 32, s1 = 36, a0 = 40, a1 = 44, a2 = 48,
            a3 = 52, a4 = 56, a5 = 60, a6 = 64, a7 = 68, s2 = 72, s3 = 76, s4 = 80, s5 = 84, s6 = 88, s7 = 92,
            s8 = 96, s9 = 100, s10 = 104, s11 = 108, t3 = 112, t4 = 116, t5 = 120, t6 = 124
        },
        "
        mret
        ",
        context = const CONTEXT,
        contained = const CONTAINED,
        mpp = const MPP,
        guest_mode = const GUEST_MODE,
    )
}

/// See [`super::copy_blocks`].
#[inline(always)]
pub(super) unsafe fn copy_blocks(dst: *mut u32, src: *const u32, blocks: usize) {
    let end = dst.wrapping_add(blocks * BLOCK_WORDS);
    // SAFETY: reads and writes what the caller says, from the front to the end.
    unsafe {
        core::arch::asm!(
            "2:",
            each! { "lw", "{src}", {a} = 0, {b} = 4, {c} = 8, {d} = 12, {e} = 16, {f} = 20, {g} = 24, {h} = 28 },
            each! { "sw", "{dst}", {a} = 0, {b} = 4, {c} = 8, {d} = 12, {e} = 16, {f} = 20, {g} = 24, {h} = 28 },
            "addi {src}, {src}, 32",
            "addi {dst}, {dst}, 32",
            "bne {dst}, {end}, 2b",
            dst = inout(reg) dst => _,
            src = inout(reg) src => _,
            end = in(reg) end,
            a = out(reg) _,
            b = out(reg) _,
            c = out(reg) _,
            d = out(reg) _,
            e = out(reg) _,
            f = out(reg) _,
            g = out(reg) _,
            h = out(reg) _,
            options(nostack)
        );
    }
}

/// See [`super::fill_blocks`].
#[inline(always)]
pub(super) unsafe fn fill_blocks(dst: *mut u32, word: u32, blocks: usize) {
    let end = dst.wrapping_add(blocks * BLOCK_WORDS);
    // SAFETY: writes what the caller says.
    unsafe {
        core::arch::asm!(
            "2:",
            each! {
                "sw", "{dst}", {word} = 0, {word} = 4, {word} = 8, {word} = 12, {word} = 16, {word} = 20, {word} = 24,
                {word} = 28
            },
            "addi {dst}, {dst}, 32",
            "bne {dst}, {end}, 2b",
            dst = inout(reg) dst => _,
            end = in(reg) end,
            word = in(reg) word,
            options(nostack)
        );
    }
}

unsafe extern "C" {
    /// Entry of every interrupt and exception, for mtvec. Interrupts are off in it and in what it calls.
    fn sandgrain_trap_entry();
}

/// Address of the board's [`TrapHandler`].
static HANDLER: AtomicUsize = AtomicUsize::new(0);

/// What a board does about an interrupt or exception: `(mcause, mepc, mtval)`. It returns for interrupts only. It never
/// sees a guest's misaligned access; the host's own it may complete or not, as the part requires.
pub type TrapHandler = extern "C" fn(cause: usize, pc: usize, value: usize);

/// Points mtvec at the runtime's trap entry, which calls `handler` on the host's stack, whether host or guest was
/// interrupted, with interrupts off; afterwards a guest gives way if
/// [`request_preemption`](crate::request_preemption) was called meanwhile. Call before the first instance is.
///
/// # Safety
/// The host runs in machine mode, mscratch is 0 and nothing else uses it, mstatus.FS is not off in a build with float
/// registers, and `handler` deals with every interrupt that the board enables.
pub unsafe fn install_trap_entry(handler: TrapHandler) {
    HANDLER.store(handler as usize, Ordering::Release);
    // SAFETY: the entry is 4-byte aligned, which makes this direct mode, and follows the CSRs' contract above.
    unsafe { core::arch::asm!("csrw mtvec, {}", in(reg) sandgrain_trap_entry as *const () as usize) };
}
