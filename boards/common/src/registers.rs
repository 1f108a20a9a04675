//! A module in machine code, inside the firmware, that notices whether preemption changes any register, and whether
//! accesses at odd addresses do what they should: compiled modules use only some registers and forms, and never all at
//! once.

#[cfg(feature = "qemu-riscv32-virt")]
use core::arch::asm;
use core::arch::global_asm;
use core::hint::black_box;

use sandgrain_abi::layout::{Field, InstanceHeader};
use sandgrain_runtime::{CallError, Caller, Instance, Limits, Linker, Module, Outcome, Trap, TrapKind};

use crate::chip::NAME;
use crate::part::{DEVICE, HARD_FLOAT, TARGET};
use crate::time;

#[cfg(feature = "qemu-riscv32-virt")]
global_asm!(
    include_str!("registers/head.s"),
    include_str!("registers/rv32.s"),
    include_str!("registers/tail.s"),
    target = const TARGET as u8,
    hard_float = const HARD_FLOAT as u8,
    host_gate = const Field::host_gate.offset(4),
    import_slot = const InstanceHeader::size(4),
);
#[cfg(feature = "mps2")]
global_asm!(
    include_str!("registers/head.s"),
    include_str!("registers/thumb2.s"),
    include_str!("registers/tail.s"),
    target = const TARGET as u8,
    hard_float = const HARD_FLOAT as u8,
    host_gate = const Field::host_gate.offset(4),
    import_slot = const InstanceHeader::size(4),
);

// mtval serves as a place for t0: none of the traps here has a use for it.
#[cfg(feature = "qemu-riscv32-virt")]
global_asm!(
    "
    .section .text.registers_trap_entry, \"ax\"
    .balign 4
    .global registers_trap_entry
registers_trap_entry:
    csrw mtval, t0
    csrr t0, mcause
    addi t0, t0, -{breakpoint}
    beqz t0, 1f
    addi t0, t0, {breakpoint} - {illegal}
    beqz t0, 2f
    csrr t0, mtval
    j    sandgrain_trap_entry
1:  li   t0, {misaligned_load}
    j    3f
2:  li   t0, {misaligned_store}
3:  csrw mcause, t0
    csrr t0, mepc
    addi t0, t0, 4
    csrw mepc, t0
    csrr t0, mtval
    j    sandgrain_trap_entry
    ",
    breakpoint = const 3,
    illegal = const 2,
    misaligned_load = const 4,
    misaligned_store = const 6,
);

unsafe extern "C" {
    #[cfg(feature = "qemu-riscv32-virt")]
    static registers_trap_entry: u8;
    static registers_artifact: u8;
    static registers_artifact_end: u8;
}

/// What `hold` does in one call.
const ROUNDS: i32 = 100;
/// Length of a slice in microseconds, and how many rounds of delay, less than that, move its end.
const SLICE: u64 = 2;
const MAX_DELAY: u32 = 200;

/// `env.mix`: takes long enough to be interrupted, then returns sum and weighted sum of its arguments.
#[allow(clippy::too_many_arguments, reason = "more words than registers are the point")]
fn mix(
    caller: &mut Caller<'_, u32>,
    a: u32,
    b: u32,
    c: u32,
    d: u32,
    e: u32,
    f: u32,
    g: u32,
    h: u32,
    i: u32,
    j: u32,
) -> (u32, u32) {
    delay(*caller.state());
    // The host uses float registers, too.
    black_box(black_box(*caller.state() as f32) * 1.5);
    if !float_mode::is_hosts() {
        return (0, 0);
    }
    let all = [a, b, c, d, e, f, g, h, i, j];
    (all.iter().sum(), all.iter().zip(1..).map(|(x, weight)| x * weight).sum())
}

/// Spends about four instructions a round.
fn delay(rounds: u32) {
    for round in 0..rounds {
        black_box(round);
    }
}

/// Runs the module `calls` times, interrupted at ever other points. Returns how often it was preempted.
///
/// # Errors
/// The first call that went wrong. A register that has changed is [`TrapKind::Unreachable`], the host's float mode among
/// them.
///
/// # Panics
/// If the assembler has made no valid artifact: a bug in this file's neighbours.
pub fn run(arena: &mut [u8], calls: u32) -> Result<u32, CallError> {
    let (start, end) = (&raw const registers_artifact, &raw const registers_artifact_end);
    // SAFETY: two labels around constant bytes in the firmware's code.
    let bytes = unsafe { core::slice::from_raw_parts(start, end.addr() - start.addr()) };
    // SAFETY: the code next to this file, written for this part and the ABI.
    let module = unsafe { Module::open(bytes, &DEVICE) };
    let module = module.unwrap_or_else(|error| panic!("{NAME}: self-test artifact: {error}"));
    let mut linker = Linker::<u32, 1>::new();
    let linked = linker.func("env", "mix", mix);
    debug_assert!(linked);
    let instance = Instance::new(&module, &linker, arena, &Limits::default(), 0);
    let instance = instance.unwrap_or_else(|error| panic!("{NAME}: self-test instance: {error}"));
    float_mode::set_hosts();
    let preemptions = run_calls(&mut Moving::new(instance), calls);
    float_mode::reset();
    preemptions
}

/// An instance that lies elsewhere after each slice: nothing that the runtime keeps for a stopped call may say where it was.
struct Moving<'a> {
    places: [Option<Instance<'a, u32>>; 2],
    current: usize,
}

impl<'a> Moving<'a> {
    fn new(instance: Instance<'a, u32>) -> Self {
        Moving { places: [Some(instance), None], current: 0 }
    }

    fn instance(&mut self) -> &mut Instance<'a, u32> {
        self.places[self.current].as_mut().unwrap_or_else(|| unreachable!("`go_on` moves it to the current place"))
    }

    fn go_on(&mut self) {
        self.places[1 - self.current] = self.places[self.current].take();
        self.current = 1 - self.current;
    }
}

fn run_calls(moving: &mut Moving<'_>, calls: u32) -> Result<u32, CallError> {
    for call in 0..calls {
        let pause = call % MAX_DELAY;
        *moving.instance().state() = call % 97 * 6;
        moving.instance().start_call("hold", (ROUNDS,))?;
        finish(moving, pause)?;
        let changed = moving.instance().results::<i32>()? != 0;
        moving.instance().start_call("gate", (call,))?;
        finish(moving, pause)?;
        // 10 call + 45, and 55 call + the sum of k (k + 1).
        let mixed = moving.instance().results::<u32>()? == 65 * call + 45 + 330;
        moving.instance().start_call("odd", (0,))?;
        trapping(|| finish(moving, pause))?;
        if changed || !mixed || moving.instance().results::<u32>()? != 0 {
            return Err(CallError::Trap(Trap::new(TrapKind::Unreachable)));
        }
    }
    Ok(moving.instance().preemptions())
}

/// Runs `odd`, whose accesses this part completes itself.
#[cfg(not(feature = "qemu-riscv32-virt"))]
fn trapping<R>(run: impl FnOnce() -> R) -> R {
    run()
}

/// Runs `odd` so that each of its accesses traps, which QEMU's do not: an `ebreak` or an illegal instruction, four bytes
/// each, is taken for the misaligned load or store that comes behind it.
#[cfg(feature = "qemu-riscv32-virt")]
fn trapping<R>(run: impl FnOnce() -> R) -> R {
    let installed: usize;
    let entry = &raw const registers_trap_entry;
    // SAFETY: the entry goes on to the runtime's, which is installed, with other CSRs in two cases that only `odd` causes.
    unsafe { asm!("csrrw {}, mtvec, {}", out(reg) installed, in(reg) entry.addr()) };
    let result = run();
    // SAFETY: what was there before.
    unsafe { asm!("csrw mtvec, {}", in(reg) installed) };
    result
}

/// Runs the call in progress to its end, in slices, each after a pause that moves its end.
fn finish(moving: &mut Moving<'_>, pause: u32) -> Result<(), CallError> {
    loop {
        time::end_slice_at(time::now() + SLICE * (time::TICK_HZ / 1_000_000));
        delay(pause);
        let outcome = moving.instance().resume()?;
        time::end_slice_at(u64::MAX);
        if !float_mode::is_hosts() {
            return Err(CallError::Trap(Trap::new(TrapKind::Unreachable)));
        }
        match outcome {
            Outcome::Preempted => moving.go_on(),
            Outcome::Suspended => return Err(CallError::Suspended),
            Outcome::Trapped(trap) => return Err(CallError::Trap(trap)),
            Outcome::Returned => return Ok(()),
        }
    }
}

/// A float mode that only the host has, to see that guests neither run in it nor change it: FPSCR.AHP (ARMv7-M ARM
/// A2.5.3), which matters to conversions of half-precision floats alone.
#[cfg(target_abi = "eabihf")]
mod float_mode {
    use core::arch::asm;

    const MODE: u32 = 0x1f << 22;
    const HOSTS: u32 = 1 << 26;

    fn fpscr() -> u32 {
        let value;
        // SAFETY: reads a register.
        unsafe { asm!("vmrs {}, fpscr", out(reg) value, options(nomem, nostack)) };
        value
    }

    fn set(mode: u32) {
        // SAFETY: no code here converts half-precision floats, and the flags are nobody's between statements.
        unsafe { asm!("vmsr fpscr, {}", in(reg) fpscr() & !MODE | mode, options(nomem, nostack)) };
    }

    pub fn set_hosts() {
        set(HOSTS);
    }

    pub fn reset() {
        set(0);
    }

    pub fn is_hosts() -> bool {
        fpscr() & MODE == HOSTS
    }
}

/// Nothing to tell apart where guests have no float mode of their own.
#[cfg(not(target_abi = "eabihf"))]
mod float_mode {
    pub fn set_hosts() {}

    pub fn reset() {}

    pub fn is_hosts() -> bool {
        true
    }
}
