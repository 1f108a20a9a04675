//! Scripts: steps on instances that are linked to each other.
#![allow(clippy::large_enum_variant, clippy::result_large_err, reason = "there is no allocator to box with")]

use core::fmt::{self, Write};

use sandgrain_run_protocol::{
    MAX_INSTANCES, MAX_READ, NO_INSTANCE, Reply, Script, Stage, Step, StepOutcome, Stream, Value, ValueList,
};
use sandgrain_runtime::{
    Budget, CallError, InstanceId, InstantiateError, Limits, Linker, Module, Outcome, Store, Trap, Val,
};

use super::values::{Arguments, results, to_protocol};
use super::{FNV, Refused, State, Words, arena, artifact, finish, fnv, linker, refuse, reply, reply_stack, report};
use crate::chip::clock::instructions;
use crate::guest::{BoardClock, slices};
use crate::part::device;

/// What became of a step that did not go wrong.
enum Done {
    Nothing,
    Values(ValueList),
    Digest { fnv: u64, bytes: u32 },
    Bytes(heapless::Vec<u8, MAX_READ>),
}

/// Why a step was not done, or did not end well.
enum Failure {
    Trap(Trap),
    Refused(Stage, Words),
}

impl Failure {
    fn refused(stage: Stage, why: impl fmt::Display) -> Failure {
        let mut words = Words::default();
        // As in `refuse`.
        let _ = write!(words, "{why}");
        Failure::Refused(stage, words)
    }
}

/// The steps that are left, with the number of the next one.
struct Steps<'s> {
    stream: Stream<'s, Step<'s>>,
    number: u32,
}

/// Instances between two [`Step::Forget`].
struct Epoch<'a> {
    store: Store<'a, State, MAX_INSTANCES>,
    linker: &'a Linker<State, 4>,
    /// What is left of the arena.
    rest: &'a mut [u8],
    /// By their number; `None` for one that did not come to be.
    instances: heapless::Vec<Option<InstanceId>, MAX_STEPS>,
    budget: Budget,
}

/// Most [`Step::Instantiate`] between two [`Step::Forget`], those that fail included.
const MAX_STEPS: usize = 1024;

/// Does the steps of `script`.
pub(super) fn run(script: &Script<'_>) -> Result<(), Refused> {
    let region = arena(0)?;
    let linker = linker(false);
    let mut steps = Steps { stream: script.steps.clone(), number: 0 };
    // Each epoch starts with the whole arena.
    while epoch(&mut steps, script, &linker, &mut *region)? {}
    Ok(())
}

/// Does steps up to the next [`Step::Forget`], or to the end. Returns whether there are more.
fn epoch<'a, 's: 'a>(
    steps: &mut Steps<'s>,
    script: &Script<'s>,
    linker: &'a Linker<State, 4>,
    region: &'a mut [u8],
) -> Result<bool, Refused> {
    let Some((stack, rest)) = region.split_at_mut_checked(script.stack_bytes as usize) else {
        return Err(refuse(Stage::Request, "the stack does not fit the arena"));
    };
    let mut store = Store::new(stack, 0).map_err(|e| refuse(Stage::Request, e))?;
    store.set_fuel(script.fuel);
    let mut epoch = Epoch { store, linker, rest, instances: heapless::Vec::new(), budget: slices(script.slice_us) };
    for step in steps.stream.by_ref() {
        let step = step.map_err(|e| refuse(Stage::Request, e))?;
        let forget = matches!(step, Step::Forget);
        let number = steps.number;
        steps.number += 1;
        let before = instructions();
        let outcome = epoch.step(step, number);
        let instructions = instructions() - before;
        let outcome = match &outcome {
            Ok(Done::Nothing) => StepOutcome::Done,
            Ok(Done::Values(values)) => StepOutcome::Returned(values.clone()),
            Ok(Done::Bytes(bytes)) => StepOutcome::Bytes(bytes),
            Ok(Done::Digest { fnv, bytes }) => StepOutcome::Digest { fnv: *fnv, bytes: *bytes },
            Err(Failure::Trap(trap)) => {
                epoch.reply_stack(*trap);
                StepOutcome::Trapped(report(*trap))
            }
            Err(Failure::Refused(stage, why)) => StepOutcome::Refused { stage: *stage, why: &why.0 },
        };
        reply(&Reply::Step { number, instructions, outcome });
        if forget {
            return Ok(true);
        }
    }
    Ok(false)
}

impl<'a> Epoch<'a> {
    fn step(&mut self, step: Step<'a>, number: u32) -> Result<Done, Failure> {
        match step {
            Step::Forget => Ok(Done::Nothing),
            Step::Instantiate { address, len, arena_bytes } => {
                let place = self.instances.len();
                self.instances.push(None).map_err(|_| Failure::refused(Stage::Instantiate, "too many instances"))?;
                let id = self.instantiate(address, len, arena_bytes)?;
                if let Some(instance) = self.instances.get_mut(place) {
                    *instance = Some(id);
                }
                Ok(Done::Nothing)
            }
            Step::Register { instance, name } => {
                let id = self.instance(instance)?;
                match self.store.register(name, id) {
                    true => Ok(Done::Nothing),
                    false => Err(Failure::refused(Stage::Instantiate, "there is no room for one more name")),
                }
            }
            Step::Call { instance, function, arguments } => {
                let id = self.instance(instance)?;
                let refused = |e: CallError| match e {
                    CallError::Trap(trap) => Failure::Trap(trap),
                    e => Failure::refused(Stage::Call(number), e),
                };
                self.call(id, function, &arguments).map_err(refused).map(Done::Values)
            }
            Step::Global { instance, name } => {
                let value = self.store.global(self.instance(instance)?, name);
                let value = value.ok_or_else(|| Failure::refused(Stage::Request, "no exported global of this name"))?;
                Ok(Done::Values(ValueList::from_iter([to_protocol(value)])))
            }
            Step::Fuel => Ok(Done::Values(ValueList::from_iter([Value::I32(self.store.fuel() as i32)]))),
            Step::Digest { instance } => {
                let id = self.instance(instance)?;
                let memory = self.store.memory(id);
                let bytes = memory.size() as u32;
                let contents = memory.read(0, bytes).map_err(Failure::Trap)?;
                Ok(Done::Digest { fnv: fnv(FNV, contents), bytes })
            }
            Step::Write { instance, at, bytes } => {
                let id = self.instance(instance)?;
                self.store.memory(id).write(at, bytes).map_err(Failure::Trap)?;
                Ok(Done::Nothing)
            }
            Step::Read { instance, at, len } => {
                let id = self.instance(instance)?;
                let memory = self.store.memory(id);
                let bytes = heapless::Vec::from_slice(memory.read(at, len).map_err(Failure::Trap)?);
                bytes.map(Done::Bytes).map_err(|_| Failure::refused(Stage::Request, "too much to read at a time"))
            }
        }
    }

    fn reply_stack(&self, trap: Trap) {
        let number = |id| self.instances.iter().position(|instance| *instance == Some(id));
        let number = |id| number(id).map_or(NO_INSTANCE, |number| number as u32);
        reply_stack(trap, self.store.trap_stack_bytes(), &mut self.store.stack_words(), &number);
    }

    fn instance(&self, number: u32) -> Result<InstanceId, Failure> {
        let id = self.instances.get(number as usize).copied().flatten();
        id.ok_or_else(|| Failure::refused(Stage::Request, "no such instance"))
    }

    fn instantiate(&mut self, address: u32, len: u32, arena_bytes: u32) -> Result<InstanceId, Failure> {
        let bytes = artifact(address, len).map_err(|e| Failure::refused(Stage::Request, e))?;
        // SAFETY: as in `run_module`.
        let module = unsafe { Module::open(bytes, &device()) }.map_err(|e| Failure::refused(Stage::Open, e))?;
        // What cannot be linked takes nothing from the arena.
        self.store.check(&module, self.linker).map_err(|e| Failure::refused(Stage::Instantiate, e))?;
        let rest = core::mem::take(&mut self.rest);
        let (piece, rest) = rest.split_at_mut((arena_bytes as usize).min(rest.len()));
        self.rest = rest;
        let made = self.store.instantiate_without_start(&module, self.linker, piece, &Limits::default());
        let id = made.map_err(|e| match e {
            InstantiateError::Trap(trap) => Failure::Trap(trap),
            e => Failure::refused(Stage::Instantiate, e),
        })?;
        let started = self.store.begin_start(id).and_then(|begun| match begun {
            true => finish(&mut || self.store.resume_within(&BoardClock, &self.budget)),
            false => Ok(Outcome::Returned),
        });
        self.store.abandon();
        match started {
            Ok(Outcome::Trapped(trap)) => Err(Failure::Trap(trap)),
            Ok(_) => Ok(id),
            Err(e) => Err(Failure::refused(Stage::Instantiate, e)),
        }
    }

    fn call(&mut self, id: InstanceId, function: &str, arguments: &ValueList) -> Result<ValueList, CallError> {
        let count = self.store.function_type(id, function).map_or(0, |ty| ty.results.len());
        self.store.start_call_values(id, function, Arguments::new(arguments).values())?;
        match finish(&mut || self.store.resume_within(&BoardClock, &self.budget))? {
            Outcome::Trapped(trap) => Err(CallError::Trap(trap)),
            _ => results(count, |results: &mut [Val]| self.store.results_values(results)),
        }
    }
}
