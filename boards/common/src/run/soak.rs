//! An instance's life, over and over: whether anything is different the thousandth time, or any RAM is missing.

use sandgrain_run_protocol::{RamReport, Reply, SoakJob, SoakReport, Stage, Value};
use sandgrain_runtime::{CallError, Clock, HostFunctions, Instance, InstantiateError, Limits, Module, Outcome};

use super::host_stack::HostStack;
use super::values::Arguments;
use super::{FNV, Refused, State, arena, artifact, carry_out, fnv, linker, module, refuse, reply, results};
use crate::chip;
use crate::guest::{self, BoardClock, slices};

/// What a cycle has come to, in a number.
struct Digest(u64);

impl Digest {
    fn add(&mut self, bytes: &[u8]) {
        self.0 = fnv(self.0, bytes);
    }

    fn add_value(&mut self, value: Value) {
        let (ty, bits) = match value {
            Value::I32(value) => (0, value as u64),
            Value::I64(value) => (1, value as u64),
            Value::F32(bits) => (2, u64::from(bits)),
            Value::F64(bits) => (3, bits),
            Value::FuncRef(value) => (4, value.map_or(u64::MAX, u64::from)),
            Value::ExternRef(value) => (5, value.map_or(u64::MAX, u64::from)),
        };
        self.add(&[ty]);
        self.add(&bits.to_le_bytes());
    }
}

/// Does the cycles of `job`.
pub(super) fn run(job: &SoakJob<'_>) -> Result<(), Refused> {
    let bytes =
        artifact(job.module.artifact_address, job.module.artifact_len).map_err(|e| refuse(Stage::Request, e))?;
    let arena = arena(job.module.arena_bytes as usize)?;
    #[cfg(feature = "interpreter")]
    let arena = super::heap::take_half(arena);
    let linker = linker(job.module.stub_imports);
    let functions = HostFunctions::from(&linker);
    let module = module(bytes).map_err(|e| refuse(Stage::Open, e))?;

    let started = BoardClock.now();
    let mut next = started;
    let mut report = SoakReport::default();
    (report.ram.stack_making, report.ram.stack_calling) = host_stack(job, &module, functions, &mut *arena)?;
    let stack = HostStack::paint();
    for part in 0..job.parts {
        for number in 0..job.cycles {
            let first = (part, number) == (0, 0);
            let digest = cycle(job, &module, functions, &mut *arena, &mut report)?;
            if first {
                report.digest = digest;
            } else if digest != report.digest {
                return Err(refuse(Stage::Call(report.cycles), "this cycle did not end as the first one did"));
            }
            report.cycles += 1;
            next += guest::ticks(job.period_us);
            sleep_until(next);
        }
        report.elapsed_us = (BoardClock.now() - started) / guest::ticks(1);
        report.ram.variables = chip::variables().len() as u32;
        report.ram.stack = stack.used();
        report.ram.heap_left = heap_used();
        reply(&Reply::Soaked(report));
    }
    Ok(())
}

/// What making an instance, and the calls on it, take of the firmware's stack.
#[inline(never)]
fn host_stack<'a>(
    job: &SoakJob<'_>,
    module: &Module<'a>,
    functions: HostFunctions<'a, State>,
    arena: &'a mut [u8],
) -> Result<(u32, u32), Refused> {
    let limits = limits(job);
    let stack = HostStack::paint();
    let mut instance =
        Instance::new(module, functions, arena, &limits, 0).map_err(|e| refuse(Stage::Instantiate, e))?;
    let making = stack.used();
    let mut calling = 0;
    for (number, call) in job.module.calls.clone().enumerate() {
        let call = call.map_err(|e| refuse(Stage::Request, e))?;
        let arguments = Arguments::new(&call.arguments);
        let stack = HostStack::paint();
        let ended = carry_out(&mut instance, &call, arguments.values(), job.module.slice_us);
        calling = calling.max(stack.used());
        ended.map_err(|e| refuse(Stage::Call(number as u32), e))?;
    }
    Ok((making, calling))
}

fn limits(job: &SoakJob<'_>) -> Limits {
    let sandgrain_run_protocol::Limits { stack_bytes, memory_bytes, table_elements, fuel } = job.module.limits;
    Limits { stack_bytes, memory_bytes, table_elements, fuel }
}

/// One instance from its beginning to its end; how that went.
#[inline(never)]
fn cycle<'a>(
    job: &SoakJob<'_>,
    module: &Module<'a>,
    functions: HostFunctions<'a, State>,
    arena: &'a mut [u8],
    report: &mut SoakReport,
) -> Result<u64, Refused> {
    let failed = |error: &dyn core::fmt::Display| refuse(Stage::Instantiate, error);
    let limits = limits(job);
    match Instance::new(module, functions, &mut [], &limits, 0) {
        Err(InstantiateError::Trap(_) | InstantiateError::Start(_)) | Ok(_) => {
            return Err(failed(&"an arena without a byte was enough"));
        }
        Err(_) => (),
    }
    let mut instance = Instance::new(module, functions, arena, &limits, 0).map_err(|e| failed(&e))?;
    instance.paint_stack().map_err(|e| failed(&e))?;
    let mut digest = Digest(FNV);
    for (number, call) in job.module.calls.clone().enumerate() {
        let call = call.map_err(|e| refuse(Stage::Request, e))?;
        let refused = |e: CallError| refuse(Stage::Call(number as u32), e);
        let arguments = Arguments::new(&call.arguments);
        match carry_out(&mut instance, &call, arguments.values(), job.module.slice_us).map_err(refused)? {
            Outcome::Trapped(trap) => {
                report.trapped += 1;
                digest.add(&[trap.kind as u8]);
            }
            _ => {
                report.returned += 1;
                results(&instance, call.function)
                    .map_err(refused)?
                    .into_iter()
                    .for_each(|value| digest.add_value(value));
            }
        }
    }
    let memory = instance.memory();
    let trap = |trap| refuse(Stage::Call(u32::MAX), CallError::Trap(trap));
    digest.add(memory.read(0, memory.size() as u32).map_err(trap)?);

    let refused = |e: CallError| refuse(Stage::Call(u32::MAX), e);
    instance.start_call_values(job.abandoned, &[]).map_err(refused)?;
    let outcome = instance.resume_within(&BoardClock, &slices(job.module.slice_us)).map_err(refused)?;
    if outcome != Outcome::Preempted {
        return Err(refuse(Stage::Call(u32::MAX), "what was to be given up had ended"));
    }
    report.preemptions = report.preemptions.wrapping_add(instance.preemptions());
    report.ram = RamReport {
        host: size_of_val(&instance) as u32,
        instance: instance.instance_bytes() as u32,
        memory: instance.memory().size() as u32,
        heap: heap_used(),
        guest_stack: report.ram.guest_stack.max(instance.stack_used()),
        ..report.ram
    };
    Ok(digest.0)
}

/// Sleeps, not busily, as an emulator's clock then need not wait for the time to pass.
fn sleep_until(at: u64) {
    while BoardClock.now() < at {
        // Rings again and again: an interrupt just before the sleep is not the last.
        BoardClock.set_alarm(at);
        chip::wait_for_interrupt();
    }
    BoardClock.set_alarm(u64::MAX);
}

fn heap_used() -> u32 {
    #[cfg(feature = "interpreter")]
    let used = super::heap::used() as u32;
    #[cfg(not(feature = "interpreter"))]
    let used = 0;
    used
}
