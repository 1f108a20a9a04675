//! An emulated board, started anew for as many modules as fit its memory and mailbox at a time.

use std::ffi::OsString;
use std::ops::Range;
use std::path::Path;

use sandgrain_abi::TrapKind;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::script as job;
use sandgrain_cli::module_file;
use tempfile::NamedTempFile;

use super::Executor;
use crate::bench::{AlignmentWatch, Bench};
use crate::script::{InstanceNumber, Outcome, Script, Step};
use crate::spec::STACK_BYTES;

/// Bytes that an instance's first memory may grow by, unless its maximum is nearer.
const GROWTH: u64 = 14 << 16;
/// Bytes of a store's stack beside what modules ask for and the reserve: its header, and arguments of any export.
const STORE_SLACK: u32 = 4096;
/// Bytes of an arena for what the runtime notes of an import.
const IMPORT: u64 = 8;
/// Bytes of an arena beside state and memory: alignment.
const SLACK: u64 = 64;
/// Most steps of one start, so that one that goes wrong takes few others along.
const STEPS: usize = 4_000;

/// Bytes of a store's stack.
fn store_stack_bytes(bench: &Bench) -> u32 {
    STACK_BYTES + bench.board.target.stack_reserve() + STORE_SLACK
}

impl Executor for Bench {
    fn ram(&self) -> u64 {
        self.board.memory.arena.len.saturating_sub(store_stack_bytes(self)).into()
    }

    fn execute(&self, script: &Script) -> Vec<Outcome> {
        let options = Options { limit: self.patience.limit, ..Options::default() };
        execute(self, script, &options).into_iter().map(|measured| measured.outcome).collect()
    }
}

impl Bench {
    /// Executes a script on the clock of executed instructions.
    pub fn measure(&self, script: &Script) -> Vec<Measured> {
        execute(self, script, &Options { limit: self.patience.limit, count_instructions: true, ..Options::default() })
    }
}

/// What came of a step, and the instructions that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// As for any executor.
    pub outcome: Outcome,
    /// Only exact on the clock of executed instructions.
    pub instructions: u64,
}

fn execute(bench: &Bench, script: &Script, options: &Options) -> Vec<Measured> {
    let mut outcomes = Vec::with_capacity(script.steps.len());
    let mut boot = Boot::new(bench, script, options);
    for epoch in epochs(&script.steps) {
        if boot.add(&epoch).is_ok() {
            continue;
        }
        if !boot.epochs.is_empty() {
            outcomes.extend(boot.run());
            boot = Boot::new(bench, script, options);
        }
        if let Err(why) = boot.add(&epoch) {
            outcomes.extend(refused(epoch.steps.len(), &why));
        }
    }
    if !boot.epochs.is_empty() {
        outcomes.extend(boot.run());
    }
    outcomes
}

/// Steps that share instances: a range up to the next [`Step::Forget`], and the number of the first instance.
#[derive(Debug, Clone)]
struct Epoch {
    steps: Range<usize>,
    first: InstanceNumber,
}

fn epochs(steps: &[Step]) -> Vec<Epoch> {
    let mut epochs: Vec<Epoch> = Vec::new();
    let mut instances = 0;
    for (at, step) in steps.iter().enumerate() {
        if *step == Step::Forget || at == 0 {
            epochs.push(Epoch { steps: at..at, first: instances });
        }
        epochs.last_mut().expect("the first step started one").steps.end = at + 1;
        instances += usize::from(matches!(step, Step::Instantiate { .. }));
    }
    epochs
}

/// What one start of the emulator does.
struct Boot<'s> {
    bench: &'s Bench,
    script: &'s Script,
    options: &'s Options,
    epochs: Vec<Epoch>,
    steps: job::Script<'static>,
}

impl<'s> Boot<'s> {
    fn new(bench: &'s Bench, script: &'s Script, options: &'s Options) -> Boot<'s> {
        let mut steps = job::Script::new(bench.board, store_stack_bytes(bench), 0);
        steps.set_fuel(script.fuel.unwrap_or(0));
        Boot { bench, script, options, epochs: Vec::new(), steps }
    }

    /// Adds an epoch, unless it does not fit any more.
    fn add(&mut self, epoch: &Epoch) -> Result<(), String> {
        if self.steps.len() + epoch.steps.len() > STEPS && !self.epochs.is_empty() {
            return Err("many steps already".to_owned());
        }
        let mut steps = self.steps.clone();
        if !self.epochs.is_empty() && self.script.steps.get(epoch.steps.start) != Some(&Step::Forget) {
            return Err("it needs a start of its own".to_owned());
        }
        let instances = self.script.steps[epoch.steps.clone()].iter();
        let single = instances.filter(|step| matches!(step, Step::Instantiate { .. })).count() == 1;
        for step in &self.script.steps[epoch.steps.clone()] {
            let number = |instance: &InstanceNumber| job::Instance(instance.wrapping_sub(epoch.first) as u32);
            match step {
                Step::Forget => steps.forget(),
                Step::Instantiate { module } => {
                    let artifact = &self.script.modules[*module];
                    let arena = arena_bytes(artifact, self.bench, single);
                    steps.instantiate(artifact, arena).map(drop).map_err(|e| e.to_string())?;
                }
                Step::Register { instance, name } => steps.register(number(instance), name),
                Step::Call { instance, function, arguments } => {
                    steps.call(number(instance), function, arguments).map_err(|e| e.to_string())?;
                }
                Step::Global { instance, name } => steps.global(number(instance), name),
                Step::Fuel => steps.fuel(),
                Step::Digest { instance } => steps.digest(number(instance)),
                Step::Write { instance, at, bytes } => steps.write(number(instance), *at, bytes),
                Step::Read { instance, at, len } => steps.read(number(instance), *at, *len),
            }
        }
        if steps.room().0 == 0 {
            return Err("the board's mailbox is full".to_owned());
        }
        self.steps = steps;
        self.epochs.push(epoch.clone());
        Ok(())
    }

    fn run(&self) -> Vec<Measured> {
        match self.start() {
            Ok(outcomes) => outcomes,
            // Whatever took the board down, the other epochs get another chance.
            Err(_) if self.epochs.len() > 1 && self.bench.patience.retries => self
                .epochs
                .iter()
                .flat_map(|epoch| execute_epoch(self.bench, self.script, self.options, epoch))
                .collect(),
            Err(why) => refused(self.steps.len(), &why),
        }
    }

    fn start(&self) -> Result<Vec<Measured>, String> {
        let mut options = self.options.clone();
        let watch = self.bench.alignment.as_ref().map(|watch| Watch::new(self.bench, watch)).transpose()?;
        options.extra.extend(watch.iter().flat_map(|watch| ["-plugin".into(), watch.argument.clone()]));
        let answered = self.steps.run(&self.bench.firmware, &options).map_err(|e| e.to_string())?;
        if let Some(watch) = watch {
            watch.verdict()?;
        }
        Ok(answered
            .into_iter()
            .map(|(outcome, instructions)| Measured { outcome: from_job(outcome), instructions })
            .collect())
    }
}

fn execute_epoch(bench: &Bench, script: &Script, options: &Options, epoch: &Epoch) -> Vec<Measured> {
    let mut boot = Boot::new(bench, script, options);
    match boot.add(epoch) {
        Ok(()) => boot.run(),
        Err(why) => refused(epoch.steps.len(), &why),
    }
}

fn refused(steps: usize, why: &str) -> Vec<Measured> {
    vec![Measured { outcome: Outcome::Refused(why.to_owned()), instructions: 0 }; steps]
}

fn from_job(outcome: job::Outcome) -> Outcome {
    match outcome {
        job::Outcome::Done => Outcome::Done,
        job::Outcome::Returned(values) => Outcome::Returned(values),
        job::Outcome::Digest(hash, bytes) => Outcome::Digest { hash, bytes },
        job::Outcome::Bytes(bytes) => Outcome::Bytes(bytes),
        job::Outcome::Trapped(trap) => match TrapKind::from_code(trap.kind) {
            Some(kind) => Outcome::Trapped(kind),
            None => Outcome::Refused(format!("a trap of unknown kind {}", trap.kind)),
        },
        job::Outcome::Refused(_, why) => Outcome::Refused(why),
    }
}

/// QEMU with the plugin that notices misaligned accesses which the part itself would refuse.
struct Watch {
    argument: OsString,
    report: NamedTempFile,
}

impl Watch {
    fn new(bench: &Bench, AlignmentWatch { plugin, isa }: &AlignmentWatch) -> Result<Watch, String> {
        let report = NamedTempFile::new().map_err(|e| format!("cannot make a temporary file: {e}"))?;
        let guest = bench.board.memory.artifact;
        let mut argument = plugin.as_os_str().to_owned();
        argument.push(format!(",isa={isa},guest={}+{},out=", guest.base, guest.len));
        argument.push(report.path());
        Ok(Watch { argument, report })
    }

    /// Whether everything was aligned as it must be. An emulator that was killed has written nothing.
    fn verdict(&self) -> Result<(), String> {
        let report = std::fs::read_to_string(self.report.path()).map_err(|e| e.to_string())?;
        match report.lines().find(|line| !line.starts_with("ok ")) {
            Some(refused) => Err(format!("misaligned, {refused}")),
            None => Ok(()),
        }
    }
}

/// Bytes of arena for an instance: its state, its memory, and some room for that to grow; for a `single` one all that
/// there is.
fn arena_bytes(artifact: &[u8], bench: &Bench, single: bool) -> u32 {
    if single {
        return bench.board.memory.arena.len.saturating_sub(store_stack_bytes(bench));
    }
    // What is no artifact gets no arena; the board says what is wrong with it.
    let Ok(artifact) = module_file::check(Path::new("module.sg"), artifact, bench.board.target) else { return 0 };
    let content = artifact.content();
    let memories = content.memories().iter().enumerate().map(|(i, memory)| {
        let growth = if i == 0 { GROWTH } else { 0 };
        let least = u64::from(memory.capacity) << memory.ty.page_log2;
        let most = memory.ty.max_pages.map_or(u64::MAX, |pages| u64::from(pages) << memory.ty.page_log2);
        most.min(least + growth).max(least)
    });
    let memory: u64 = memories.sum();
    let imports = content.imports().len() as u64 * IMPORT;
    u32::try_from(imports + u64::from(content.instance_bytes()) + memory + SLACK).unwrap_or(u32::MAX)
}
