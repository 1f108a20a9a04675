//! The network-free firmware: does the job that lies in the mailbox, answers by semihosting, exits. The messages are
//! those of [`sandgrain_run_protocol`].
//!
//! It provides these imports to modules, and nothing else:
//!
//! | | |
//! |---|---|
//! | `env.print_i32 (i32) -> ()`, `env.print_i64 (i64) -> ()` | prints the number, in decimal |
//! | `env.print (i32 i32) -> ()` | prints the text at the address, of the length in bytes; traps unless it is UTF-8 |

#[cfg(feature = "interpreter")]
mod heap;
#[cfg(feature = "firmware")]
mod host_stack;
mod script;
#[cfg(feature = "firmware")]
mod soak;
mod values;

use core::fmt::{self, Write};

use heapless::String;
use sandgrain_artifact::{Artifact, Content, Error as ArtifactError};
use sandgrain_run_protocol::{
    self as protocol, Call, CallReport, ModuleJob, NativeJob, Reply, Request, StackReport, Stage, TrapReport, ValueList,
};
use sandgrain_runtime::{
    CallError, Caller, Clock, Instance, InstanceId, InstantiateError, Limits, Linker, Module, OpenError, Outcome,
    StackWord, Trap, Val,
};

use self::values::Arguments;
use crate::chip;
use crate::chip::clock::instructions;
use crate::guest::{self, BoardClock, slices};
use crate::map::{self, Region};
use crate::part::device;

/// The job was not done, and the host has been told why.
pub(crate) struct Refused;

/// Text that is cut off when it gets too long.
#[derive(Default)]
struct Words(String<512>);

impl Write for Words {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            if self.0.push(c).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// Tells the host.
pub(crate) fn refuse(stage: Stage, why: impl fmt::Display) -> Refused {
    let mut words = Words::default();
    // Writing to `Words` cannot fail; if `why` does, the words so far are what there is.
    let _ = write!(words, "{why}");
    reply(&Reply::Refused { stage, why: &words.0 });
    Refused
}

/// State of every instance in this firmware, the register test's: with one type the engine's generic code is there once.
type State = u32;

/// Runs the network-free firmware. A board's `run` binary calls it and nothing else.
pub fn run() -> ! {
    chip::init();
    guest::prepare();
    let done = match request() {
        Ok(Request::Module(job)) => run_module(&job),
        Ok(Request::Script(script)) => script::run(&script),
        Ok(Request::Native(job)) => run_native(job),
        Ok(Request::Registers(calls)) => run_registers(calls),
        Ok(Request::Soak(job)) => run_soak(&job),
        Err(error) => Err(refuse(Stage::Request, error)),
    };
    match done {
        Ok(()) => crate::exit(protocol::EXIT_DONE),
        Err(Refused) => crate::exit(protocol::EXIT_REFUSED),
    }
}

/// What lies in the mailbox.
pub(crate) fn request() -> Result<Request<'static>, protocol::Error> {
    // SAFETY: memory that memory.x gives to nobody; the host wrote it before reset, and nobody writes it now.
    Request::decode(unsafe { region(map::MAILBOX.base, map::MAILBOX.len) })
}

/// # Safety
/// The `len` bytes at `base` are readable memory that nothing writes from now on.
unsafe fn region(base: usize, len: usize) -> &'static [u8] {
    // SAFETY: passed on to the caller.
    unsafe { core::slice::from_raw_parts(core::ptr::with_exposed_provenance(base), len) }
}

pub(crate) fn reply(reply: &Reply<'_>) {
    match reply.to_line() {
        Ok(line) => crate::say(&line),
        Err(error) => {
            let mut words = Words::default();
            // As in `refuse`.
            let _ = write!(words, "a reply was lost: {error}");
            crate::say(&words.0);
        }
    }
}

fn run_module(job: &ModuleJob<'_>) -> Result<(), Refused> {
    let artifact = artifact(job.artifact_address, job.artifact_len).map_err(|e| refuse(Stage::Request, e))?;
    let arena = arena(job.arena_bytes as usize)?;
    #[cfg(feature = "interpreter")]
    let arena = heap::take_half(arena);
    let linker = linker(job.stub_imports);

    let before = instructions();
    let module = module(artifact).map_err(|e| refuse(Stage::Open, e))?;
    let opened = instructions() - before;

    // There is nothing signed about WebAssembly.
    let is_signed = job.verify && module.content().is_some();
    if is_signed {
        verify(artifact).map_err(|e| refuse(Stage::Open, e))?;
    }
    if let Some(content) = module.content().filter(|_| !job.stub_imports) {
        linker.missing(content).for_each(|i| reply(&Reply::Missing { module: i.module, name: i.name }));
    }
    let protocol::Limits { stack_bytes, memory_bytes, table_elements, fuel } = job.limits;
    let limits = Limits { stack_bytes, memory_bytes, table_elements, fuel };
    let before = instructions();
    let mut instance = match Instance::without_start(&module, &linker, arena, &limits, 0) {
        Ok(instance) => instance,
        Err(InstantiateError::Trap(trap)) => {
            reply(&Reply::StartTrapped(report(trap)));
            return Ok(());
        }
        Err(error) => return Err(refuse(Stage::Instantiate, error)),
    };
    let mut start_instructions = opened + (instructions() - before);
    let not_started = |e: CallError| refuse(Stage::Instantiate, e);
    instance.paint_stack().map_err(not_started)?;
    let before = instructions();
    if instance.begin_start().map_err(not_started)?
        && let Outcome::Trapped(trap) =
            finish(&mut || instance.resume_within(&BoardClock, &slices(job.slice_us))).map_err(not_started)?
    {
        reply_stack(trap, instance.trap_stack_bytes(), &mut instance.stack_words(), &|_| 0);
        reply(&Reply::StartTrapped(report(trap)));
        return Ok(());
    }
    start_instructions += instructions() - before;
    let text = module.content().map_or(&[][..], Content::text);
    reply(&Reply::Started {
        instructions: start_instructions,
        text_address: text.as_ptr().addr() as u32,
        text_bytes: text.len() as u32,
        instance_bytes: instance.instance_bytes() as u32,
        host_bytes: size_of_val(&instance) as u32,
    });
    if job.nested_interrupts {
        guest::nest_interrupts();
    }
    for (number, call) in job.calls.clone().enumerate() {
        let call = call.map_err(|e| refuse(Stage::Request, e))?;
        let called = run_call(&mut instance, &call, job.slice_us);
        reply(&Reply::Called(called.map_err(|e| refuse(Stage::Call(number as u32), e))?));
    }
    instance.stub_calls().for_each(|(i, calls)| reply(&Reply::Stub { module: i.module, name: i.name, calls }));
    if is_signed {
        verify(artifact).map_err(|e| refuse(Stage::Changed, e))?;
    }
    reply(&Reply::Finished {
        memory_bytes: instance.memory().size() as u32,
        stack_bytes: instance.stack_used(),
        verified: job.verify,
    });
    Ok(())
}

/// The artifact does not lie where the host may put one.
pub(crate) struct Misplaced;

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Region { base, len } = map::ARTIFACT;
        write!(f, "artifacts lie in the {len:#x} bytes at {base:#x}")
    }
}

/// The bytes of an artifact.
pub(crate) fn artifact(address: u32, artifact_len: u32) -> Result<&'static [u8], Misplaced> {
    let Region { base, len } = map::ARTIFACT;
    let (start, artifact_len) = (address as usize, artifact_len as usize);
    let room = start.checked_sub(base).and_then(|offset| len.checked_sub(offset));
    if room.is_none_or(|room| artifact_len > room) {
        return Err(Misplaced);
    }
    // SAFETY: inside the region that memory.x gives to nobody; the host wrote it before reset, and nobody does now.
    Ok(unsafe { region(start, artifact_len) })
}

/// The arena, as many bytes as the job may use; 0 = all.
pub(crate) fn arena(bytes: usize) -> Result<&'static mut [u8], Refused> {
    let Region { base, len } = map::ARENA;
    let used = if bytes == 0 { len } else { bytes };
    if used > len {
        return Err(refuse(Stage::Request, format_args!("the board's arena has {len} bytes, not {used}")));
    }
    // SAFETY: memory that memory.x gives to nobody. A firmware with this does one job and ends, so it is handed out
    // once.
    Ok(unsafe { core::slice::from_raw_parts_mut(core::ptr::with_exposed_provenance_mut(base), used) })
}

/// Compares the content with the digests that were signed.
fn verify(bytes: &[u8]) -> Result<(), ArtifactError> {
    let artifact = Artifact::open(bytes, &device())?;
    artifact.manifest().verify_content(artifact.content_bytes())
}

/// What the bytes are.
fn module(bytes: &'static [u8]) -> Result<Module<'static>, OpenError> {
    #[cfg(feature = "validate")]
    if bytes.starts_with(b"\0asm") {
        return Ok(Module::from_wasm(bytes));
    }
    // SAFETY: the host that loaded the bytes vouches for their code; this firmware is its test bench. They lie in
    // executable memory, and `device` is what the runtime was built for.
    unsafe { Module::open(bytes, &device()) }
}

fn linker(stub_missing: bool) -> Linker<State, 4> {
    let mut linker = Linker::new();
    let all = linker.func("env", "print_i32", |_: &mut Caller<'_, State>, value: i32| print(format_args!("{value}")))
        && linker.func("env", "print_i64", |_: &mut Caller<'_, State>, value: i64| print(format_args!("{value}")))
        && linker.func("env", "print", |caller: &mut Caller<'_, State>, at: u32, len: u32| -> Result<(), Trap> {
            print(caller.memory().read_str(at, len)?);
            Ok(())
        });
    debug_assert!(all, "the linker has room for these");
    linker.stub_missing(stub_missing);
    linker
}

fn print(text: impl fmt::Display) {
    let mut words = Words::default();
    // As in `refuse`.
    let _ = write!(words, "{text}");
    reply(&Reply::Printed(&words.0));
}

/// Has `resume` run the call in progress to its end, however often it gives way.
#[inline(never)]
fn finish(resume: &mut dyn FnMut() -> Result<Outcome, CallError>) -> Result<Outcome, CallError> {
    loop {
        match resume()? {
            Outcome::Preempted => (),
            Outcome::Suspended => return Err(CallError::Suspended),
            outcome => return Ok(outcome),
        }
    }
}

fn run_call(instance: &mut Instance<'_, State>, call: &Call<'_>, slice_us: u32) -> Result<CallReport, CallError> {
    let arguments = Arguments::new(&call.arguments);
    let mut last = None;
    for _ in 0..call.repeat.max(1) {
        let preempted = instance.preemptions();
        let before = instructions();
        let outcome = carry_out(instance, call, arguments.values(), slice_us)?;
        let instructions = instructions() - before;
        last = Some((outcome, instructions, instance.preemptions().wrapping_sub(preempted)));
        if matches!(outcome, Outcome::Trapped(_)) {
            break;
        }
    }
    let (outcome, instructions, preemptions) = last.ok_or(CallError::Idle)?;
    let outcome = match outcome {
        Outcome::Trapped(trap) => {
            reply_stack(trap, instance.trap_stack_bytes(), &mut instance.stack_words(), &|_| 0);
            protocol::Outcome::Trapped(report(trap))
        }
        _ => protocol::Outcome::Returned(results(instance, call.function)?),
    };
    Ok(CallReport { outcome, instructions, preemptions, fuel: instance.fuel() })
}

/// Calls once, within the call's deadline.
fn carry_out(
    instance: &mut Instance<'_, State>,
    call: &Call<'_>,
    arguments: &[Val],
    slice_us: u32,
) -> Result<Outcome, CallError> {
    instance.start_call_values(call.function, arguments)?;
    let mut budget = slices(slice_us);
    if call.deadline_us != 0 {
        budget.deadline = Some(BoardClock.now() + guest::ticks(call.deadline_us));
    }
    finish(&mut || instance.resume_within(&BoardClock, &budget))
}

fn results(instance: &Instance<'_, State>, function: &str) -> Result<ValueList, CallError> {
    let count = instance.function_type(function).map_or(0, |ty| ty.results.len());
    values::results(count, |results| instance.results_values(results))
}

/// Tells the callers of a trap, if it has a place; `number` gives instances their numbers.
#[inline(never)]
fn reply_stack(trap: Trap, bytes: u32, words: &mut dyn Iterator<Item = StackWord>, number: &dyn Fn(InstanceId) -> u32) {
    let Some(instance) = trap.instance.map(number) else { return };
    let mut report = StackReport { instance, bytes, ..StackReport::default() };
    for word in words {
        let (at, instance, code_offset) = (word.at, number(word.instance), word.code_offset);
        if report.words.push(protocol::StackWord { at, instance, code_offset }).is_err() {
            break;
        }
    }
    reply(&Reply::Stack(report));
}

fn report(trap: Trap) -> TrapReport {
    TrapReport { kind: trap.kind as u8, code_offset: trap.code_offset }
}

#[cfg(feature = "linux")]
fn run_registers(_: u32) -> Result<(), Refused> {
    Err(refuse(Stage::Request, "no interrupt preempts guests here, so there is nothing to test"))
}

#[cfg(feature = "linux")]
fn run_soak(_: &protocol::SoakJob<'_>) -> Result<(), Refused> {
    Err(refuse(Stage::Request, "a process has neither the clock nor the stack that a soak looks at"))
}

#[cfg(feature = "firmware")]
fn run_soak(job: &protocol::SoakJob<'_>) -> Result<(), Refused> {
    soak::run(job)
}

#[cfg(feature = "firmware")]
fn run_registers(calls: u32) -> Result<(), Refused> {
    let arena = arena(0)?;
    let before = instructions();
    let preemptions = crate::registers::run(arena, calls).map_err(|e| refuse(Stage::Call(0), e))?;
    let instructions = instructions() - before;
    let outcome = protocol::Outcome::Returned(ValueList::new());
    reply(&Reply::Called(CallReport { outcome, instructions, preemptions, fuel: 0 }));
    Ok(())
}

#[cfg(feature = "linux")]
fn run_native(_: NativeJob) -> Result<(), Refused> {
    Err(refuse(Stage::Request, "there is no counter of instructions here to compare by"))
}

#[cfg(feature = "firmware")]
fn run_native(job: NativeJob) -> Result<(), Refused> {
    let entry = core::ptr::with_exposed_provenance::<()>(job.entry as usize);
    // SAFETY: the host that loaded the function vouches for it, as it does for modules.
    let native = unsafe { core::mem::transmute::<*const (), extern "C" fn(i32) -> i32>(entry) };
    let before = instructions();
    let result = native(job.argument);
    let instructions = instructions() - before;
    let results = ValueList::from_iter([protocol::Value::I32(result)]);
    let outcome = protocol::Outcome::Returned(results);
    reply(&Reply::Called(CallReport { outcome, instructions, preemptions: 0, fuel: 0 }));
    Ok(())
}

/// What [`fnv`] starts with.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv), of what made `hash` and `bytes`.
fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}
