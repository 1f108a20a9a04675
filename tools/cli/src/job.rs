//! One request to the network-free firmware on an emulated board, and its answer.

pub mod script;

use std::path::Path;

use sandgrain_run_protocol::{
    self as protocol, Call, CallReport, Limits, ModuleJob, NativeJob, Reply, Request, SoakJob, SoakReport, StackReport,
    Stage, Stream, TrapReport, Value, ValueList,
};

use crate::boards::{Board, MemoryMap};
use crate::emulator::{self, Load, Options};
use crate::failure::{Failure, Result};

/// What to do with a module.
#[derive(Debug, Clone, Default)]
pub struct Job {
    /// The .sg file.
    pub artifact: Vec<u8>,
    /// Where it goes, a multiple of 16 in the board's artifact region; `None` = that region's start.
    pub address: Option<u32>,
    /// Calls, one after the other on one instance: exported function and arguments.
    pub calls: Vec<(String, Vec<Value>)>,
    /// Compare the content with the manifest's digests, before and after.
    pub verify: bool,
    /// Imports that nothing provides return zeros.
    pub stub_imports: bool,
    /// Length of a time slice in microseconds; 0 = no preemption.
    pub slice_us: u32,
    /// What the instance may use.
    pub limits: Limits,
    /// Microseconds that each call may take, 0 = as many as it likes; as for calls that this has no item for.
    pub deadlines_us: Vec<u32>,
    /// A second timer interrupts guest and interrupt handlers alike, where the part nests interrupts.
    pub nested_interrupts: bool,
}

/// What the board said about a [`Job`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Imports that nothing provides: both halves of the name.
    pub missing: Vec<(String, String)>,
    /// There was nothing to run, or not all of it was run; and why.
    pub refused: Option<(Stage, String)>,
    /// The instance, if one came to be.
    pub started: Option<Started>,
    /// Why none came to be, if that was a trap.
    pub start_trapped: Option<TrapReport>,
    /// The calls that took place, in order.
    pub calls: Vec<CallReport>,
    /// What the stack said of the callers of traps that code has caused, in order.
    pub stacks: Vec<StackReport>,
    /// Both halves of a stubbed import's name, and how often it was called.
    pub stubs: Vec<(String, String, u32)>,
    /// The instance at the end.
    pub finished: Option<Finished>,
    /// What the guest printed, in pieces.
    pub printed: Vec<String>,
    /// The parts of a soak, in order.
    pub soaked: Vec<SoakReport>,
    /// What became of the steps of a script, in order.
    pub steps: Vec<script::Answered>,
}

/// See [`Reply::Started`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Started {
    /// Instructions for opening and instantiating.
    pub instructions: u64,
    /// Address of the text.
    pub text_address: u32,
    /// Its bytes.
    pub text_bytes: u32,
    /// RAM in front of the memory.
    pub instance_bytes: u32,
    /// RAM that the runtime keeps outside of the arena.
    pub host_bytes: u32,
}

/// See [`Reply::Finished`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// Bytes of the linear memory.
    pub memory_bytes: u32,
    /// Most bytes of stack that were in use.
    pub stack_bytes: u32,
}

/// Loads `job` into the emulated `board` with `firmware` and waits for the answer.
///
/// # Errors
/// If the job does not fit the board, there is no emulator, or the board does not give a complete answer in time.
/// Whatever the board itself refuses is an [`Answer`].
pub fn execute(board: &Board, firmware: &Path, job: &Job, options: &Options) -> Result<Answer> {
    let calls = job.stream()?;
    let module = job.module(board, &calls)?;
    let artifact = (&job.artifact[..], module.artifact_address);
    ask(board, firmware, &Request::Module(module), &[artifact], options)
}

/// How often to do a [`Job`] from beginning to end, as [`SoakJob`] says.
#[derive(Debug, Clone, Copy)]
pub struct Cycles<'a> {
    /// The function that each instance is given up in.
    pub abandoned: &'a str,
    /// Cycles of a part.
    pub cycles: u32,
    /// Parts, each with a report at its end.
    pub parts: u32,
    /// Microseconds from one cycle to the next.
    pub period_us: u32,
}

/// Makes an instance, calls it and gives it up, many times; a report a part.
///
/// # Errors
/// As [`execute`], and if a cycle ends in another way than the first.
pub fn execute_soak(
    board: &Board,
    firmware: &Path,
    job: &Job,
    Cycles { abandoned, cycles, parts, period_us }: Cycles<'_>,
    options: &Options,
) -> Result<Vec<SoakReport>> {
    let calls = job.stream()?;
    let module = job.module(board, &calls)?;
    let artifact = (&job.artifact[..], module.artifact_address);
    let request = Request::Soak(SoakJob { module, abandoned, cycles, parts, period_us });
    let answer = ask(board, firmware, &request, &[artifact], options)?;
    match answer.refused {
        None => Ok(answer.soaked),
        Some((stage, why)) => Err(Failure::refused(format_args!("{stage:?}: {why}"))),
    }
}

impl Job {
    /// The calls as the protocol has them.
    fn stream(&self) -> Result<Vec<u8>> {
        let mut calls = Vec::new();
        for (i, (function, arguments)) in self.calls.iter().enumerate() {
            let arguments =
                ValueList::from_slice(arguments).map_err(|_| too_many("arguments", protocol::MAX_VALUES))?;
            let deadline_us = self.deadlines_us.get(i).copied().unwrap_or(0);
            Stream::append(&Call { function, arguments, repeat: 1, deadline_us }, &mut calls);
        }
        Ok(calls)
    }

    /// The request about these `calls`, if `board` has room for the artifact.
    fn module<'c>(&self, board: &Board, calls: &'c [u8]) -> Result<ModuleJob<'c>> {
        let region = board.memory.artifact;
        let address = self.address.unwrap_or(region.base);
        let len = self.artifact.len();
        if !region.holds(address, len as u64) {
            return Err(Failure::refused(format_args!(
                "an artifact of {len} bytes at {address:#x} does not fit the {} bytes that {board} has for it from {:#x} on",
                region.len, region.base
            )));
        }
        Ok(ModuleJob {
            artifact_address: address,
            artifact_len: len as u32,
            verify: self.verify,
            stub_imports: self.stub_imports,
            slice_us: self.slice_us,
            nested_interrupts: self.nested_interrupts,
            arena_bytes: 0,
            limits: self.limits,
            calls: Stream::new(calls),
        })
    }
}

/// A native function with all that it needs, as it lies in memory.
#[derive(Debug, Clone, Default)]
pub struct Native {
    /// Bytes and where they go: anywhere in the board's artifact region or arena. All else there is zero.
    pub segments: Vec<(Vec<u8>, u32)>,
    /// The function, `(i32) -> i32`; odd for Thumb code.
    pub entry: u32,
}

/// Calls a native function, for comparison.
///
/// # Errors
/// As [`execute`], and if the board cannot count instructions, or has no memory there.
pub fn execute_native(
    board: &Board,
    firmware: &Path,
    native: &Native,
    argument: i32,
    options: &Options,
) -> Result<CallReport> {
    let mut loads = Vec::new();
    for (bytes, address) in &native.segments {
        let MemoryMap { artifact, arena, .. } = board.memory;
        if ![artifact, arena].iter().any(|region| region.holds(*address, bytes.len() as u64)) {
            return Err(Failure::refused(format_args!(
                "{} bytes at {address:#x} are outside of what {board} has for modules",
                bytes.len()
            )));
        }
        loads.push((&bytes[..], *address));
    }
    one_call(board, firmware, &Request::Native(NativeJob { entry: native.entry, argument }), &loads, options)
}

/// Has `firmware` test, with `calls` calls of its own module, that preemption changes no register.
///
/// # Errors
/// As [`execute`], and if a register has changed.
pub fn execute_registers(board: &Board, firmware: &Path, calls: u32, options: &Options) -> Result<CallReport> {
    one_call(board, firmware, &Request::Registers(calls), &[], options)
}

fn one_call(
    board: &Board,
    firmware: &Path,
    request: &Request<'_>,
    loads: &[(&[u8], u32)],
    options: &Options,
) -> Result<CallReport> {
    let answer = ask(board, firmware, request, loads, options)?;
    match (answer.refused, answer.calls.into_iter().next()) {
        (None, Some(report)) => Ok(report),
        (Some((_, why)), _) => Err(Failure::refused(why)),
        (None, None) => Err(Failure::failed("the firmware did not say how the call ended")),
    }
}

fn too_many(what: &str, limit: usize) -> Failure {
    Failure::refused(format_args!("more than {limit} {what}, which is what one request can carry"))
}

fn ask(
    board: &Board,
    firmware: &Path,
    request: &Request<'_>,
    content: &[(&[u8], u32)],
    options: &Options,
) -> Result<Answer> {
    let mut buffer = vec![0; board.memory.mailbox.len as usize];
    let mailbox = request.encode(&mut buffer).map_err(Failure::refused)?;
    let directory = emulator::temporary_directory()?;
    let mut loads = Vec::new();
    let mailbox = (mailbox, board.memory.mailbox.base);
    for (i, (bytes, address)) in [mailbox].into_iter().chain(content.iter().copied()).enumerate() {
        let file = directory.path().join(i.to_string());
        crate::failure::write(&file, bytes)?;
        // QEMU takes no empty file, and there is nothing to load then.
        if !bytes.is_empty() {
            loads.push(Load { file, address });
        }
    }
    let finished = emulator::run(board, firmware, &loads, options)?;
    let answer = Answer::read(&finished.output)?;
    let complete = match finished.status.code() {
        Some(protocol::EXIT_DONE) => answer.refused.is_none(),
        Some(protocol::EXIT_REFUSED) => answer.refused.is_some(),
        _ => false,
    };
    if complete { Ok(answer) } else { Err(broken(board, &finished)) }
}

/// An emulator or a firmware that ended in the middle.
fn broken(board: &Board, finished: &emulator::Finished) -> Failure {
    let mut why = format!("{board} ended without a complete answer ({})", finished.status);
    for line in finished.errors.lines().chain(finished.output.lines().filter(|l| !l.starts_with(protocol::PREFIX))) {
        why.push_str("\n  ");
        why.push_str(line);
    }
    for line in &finished.log {
        why.push_str(&format!("\n  {line}"));
    }
    Failure::failed(why)
}

impl Answer {
    /// Collects the replies among the lines of `output`.
    fn read(output: &str) -> Result<Answer> {
        let mut answer = Answer::default();
        for line in output.lines() {
            let mut buffer = [0; protocol::MAX_REPLY];
            match Reply::from_line(line, &mut buffer) {
                Ok(reply) => answer.add(&reply),
                Err(protocol::Error::Absent) => {}
                Err(error) => return Err(Failure::failed(format_args!("an answer of the firmware: {error}"))),
            }
        }
        Ok(answer)
    }

    fn add(&mut self, reply: &Reply<'_>) {
        match *reply {
            Reply::Missing { module, name } => self.missing.push((module.to_owned(), name.to_owned())),
            Reply::Refused { stage, why } => self.refused = Some((stage, why.to_owned())),
            Reply::Started { instructions, text_address, text_bytes, instance_bytes, host_bytes } => {
                self.started = Some(Started { instructions, text_address, text_bytes, instance_bytes, host_bytes });
            }
            Reply::StartTrapped(trap) => self.start_trapped = Some(trap),
            Reply::Stack(ref stack) => self.stacks.push(stack.clone()),
            Reply::Called(ref report) => self.calls.push(report.clone()),
            Reply::Step { ref outcome, instructions, .. } => self.steps.push((outcome.into(), instructions)),
            Reply::Stub { module, name, calls } => self.stubs.push((module.to_owned(), name.to_owned(), calls)),
            Reply::Finished { memory_bytes, stack_bytes, .. } => {
                self.finished = Some(Finished { memory_bytes, stack_bytes });
            }
            Reply::Soaked(report) => self.soaked.push(report),
            Reply::Printed(text) => self.printed.push(text.to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Outcome;
    use std::time::Duration;

    fn line(reply: &Reply<'_>) -> String {
        reply.to_line().unwrap().as_str().to_owned()
    }

    /// A board whose emulator writes `lines` and exits with `code`.
    fn board(lines: &[String], code: i32) -> Board {
        let mut board = Board::named("qemu-riscv32-virt").unwrap().clone();
        let echo: String = lines.iter().map(|line| format!("echo '{line}'; ")).collect();
        board.emulator.program = "sh".to_owned();
        board.emulator.machine = vec!["-c".to_owned(), format!("{echo}exit {code}")];
        board
    }

    fn execute_on(board: &Board, job: &Job) -> Result<Answer> {
        let options = Options { limit: Duration::from_secs(20), ..Options::default() };
        execute(board, Path::new("none"), job, &options)
    }

    #[test]
    fn an_answer_is_collected_from_its_lines() {
        let called =
            CallReport { outcome: Outcome::Returned(ValueList::new()), instructions: 7, preemptions: 0, fuel: 0 };
        let lines = ["not for us".to_owned(), line(&Reply::Printed("hello")), line(&Reply::Called(called.clone()))];
        let answer = execute_on(&board(&lines, protocol::EXIT_DONE), &Job::default()).unwrap();
        assert_eq!((answer.calls, answer.printed), (vec![called], vec!["hello".to_owned()]));
    }

    #[test]
    fn an_incomplete_answer_is_a_failure() {
        let refused = line(&Reply::Refused { stage: Stage::Open, why: "no" });
        for (lines, code) in [(vec![], 101), (vec![], protocol::EXIT_REFUSED), (vec![refused.clone()], 0)] {
            let error = execute_on(&board(&lines, code), &Job::default()).unwrap_err();
            assert!(error.to_string().contains("without a complete answer"), "{error}");
        }
        let answer = execute_on(&board(&[refused], protocol::EXIT_REFUSED), &Job::default()).unwrap();
        assert_eq!(answer.refused, Some((Stage::Open, "no".to_owned())));
        let error = execute_on(&board(&["@sg zz".to_owned()], 0), &Job::default()).unwrap_err();
        assert!(error.to_string().contains("does not decode"), "{error}");
    }

    #[test]
    fn what_does_not_fit_is_refused_before_anything_starts() {
        let board = board(&[], 0);
        let large = Job { artifact: vec![0; board.memory.artifact.len as usize + 1], ..Job::default() };
        assert!(execute_on(&board, &large).unwrap_err().to_string().contains("does not fit"));
        let many =
            Job { calls: vec![("f".to_owned(), vec![Value::I32(0); protocol::MAX_VALUES + 1])], ..Job::default() };
        assert!(execute_on(&board, &many).unwrap_err().to_string().contains("more than"));
        let room = board.memory.mailbox.len as usize;
        let long = Job { calls: vec![("f".repeat(room), vec![])], ..Job::default() };
        assert!(execute_on(&board, &long).unwrap_err().to_string().contains("too long"));
    }
}
