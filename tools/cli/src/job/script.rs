//! Scripts: many modules, linked to each other, and calls of them in one run of a board.

use std::collections::HashMap;
use std::path::Path;

use sandgrain_run_protocol::{
    self as protocol, Request, Stage, Step, StepOutcome, Stream, TrapReport, Value, ValueList,
};

use super::{Answer, ask, too_many};
use crate::boards::Board;
use crate::emulator::Options;
use crate::failure::{Failure, Result};

/// Instances of a script, counted from 0 since the last [`Script::forget`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instance(pub u32);

/// Steps to be done on a board, and the artifacts that they need. One that fails does not end the script.
#[derive(Debug, Clone)]
pub struct Script<'b> {
    board: &'b Board,
    stack_bytes: u32,
    slice_us: u32,
    fuel: u32,
    /// What the board's artifact region holds.
    image: Vec<u8>,
    /// Where each artifact lies: one that is used again is there once.
    addresses: HashMap<Vec<u8>, u32>,
    steps: Vec<u8>,
    count: usize,
    instances: u32,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is done, and there is nothing to say about it.
    Done,
    /// The results of a call, or the value of a global.
    Returned(Vec<Value>),
    /// The call, or the instantiation, ended with a trap.
    Trapped(TrapReport),
    /// It was not done, and why.
    Refused(Stage, String),
    /// Of a memory: FNV-1a (64 bits) of its bytes, and how many there are.
    Digest(u64, u32),
    /// Bytes of a memory.
    Bytes(Vec<u8>),
}

/// A step's outcome, and the instructions from before it to after it.
pub type Answered = (Outcome, u64);

impl<'b> Script<'b> {
    /// A script without steps for `board`. All its instances share a stack of `stack_bytes`; a guest gives way every
    /// `slice_us` microseconds, 0 = never.
    pub fn new(board: &'b Board, stack_bytes: u32, slice_us: u32) -> Script<'b> {
        Script {
            board,
            stack_bytes,
            slice_us,
            fuel: 0,
            image: Vec::new(),
            addresses: HashMap::new(),
            steps: Vec::new(),
            count: 0,
            instances: 0,
        }
    }

    /// Gives the instances up to each [`forget`](Self::forget) so much fuel, as far as they are metered.
    pub fn set_fuel(&mut self, fuel: u32) {
        self.fuel = fuel;
    }

    /// Steps so far.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Bytes of mailbox and artifact region that are still free.
    pub fn room(&self) -> (usize, usize) {
        let mailbox = self.board.memory.mailbox.len as usize;
        let artifacts = self.board.memory.artifact.len as usize;
        // Head and the request around the steps.
        (mailbox.saturating_sub(self.steps.len() + 64), artifacts.saturating_sub(self.image.len()))
    }

    fn push(&mut self, step: &Step<'_>) {
        Stream::append(step, &mut self.steps);
        self.count += 1;
    }

    /// Gives up all instances with their names and memory.
    pub fn forget(&mut self) {
        self.push(&Step::Forget);
        self.instances = 0;
    }

    /// Makes an instance of a .sg file in `arena_bytes` of the board's arena; what it does not need at first, its memory
    /// may grow by.
    ///
    /// # Errors
    /// If the board has no room for the artifact.
    pub fn instantiate(&mut self, artifact: &[u8], arena_bytes: u32) -> Result<Instance> {
        let address = self.place(artifact)?;
        self.push(&Step::Instantiate { address, len: artifact.len() as u32, arena_bytes });
        self.instances += 1;
        Ok(Instance(self.instances - 1))
    }

    fn place(&mut self, artifact: &[u8]) -> Result<u32> {
        if let Some(address) = self.addresses.get(artifact) {
            return Ok(*address);
        }
        let region = self.board.memory.artifact;
        let start = self.image.len().next_multiple_of(protocol::ARTIFACT_ALIGN);
        if start + artifact.len() > region.len as usize {
            return Err(Failure::refused(format_args!(
                "the script's artifacts do not fit the {} bytes that {} has for them",
                region.len, self.board.name
            )));
        }
        self.image.resize(start, 0);
        self.image.extend_from_slice(artifact);
        let address = region.base + start as u32;
        self.addresses.insert(artifact.to_vec(), address);
        Ok(address)
    }

    /// Offers what `instance` exports to later ones under `name`.
    pub fn register(&mut self, instance: Instance, name: &str) {
        self.push(&Step::Register { instance: instance.0, name });
    }

    /// Calls an exported function.
    ///
    /// # Errors
    /// If there are more arguments than a step can carry.
    pub fn call(&mut self, instance: Instance, function: &str, arguments: &[Value]) -> Result<()> {
        let arguments = ValueList::from_slice(arguments).map_err(|_| too_many("arguments", protocol::MAX_VALUES))?;
        self.push(&Step::Call { instance: instance.0, function, arguments });
        Ok(())
    }

    /// Reads an exported global.
    pub fn global(&mut self, instance: Instance, name: &str) {
        self.push(&Step::Global { instance: instance.0, name });
    }

    /// Reads the fuel that is left, as an i32.
    pub fn fuel(&mut self) {
        self.push(&Step::Fuel);
    }

    /// Sums up the memory that `instance` uses.
    pub fn digest(&mut self, instance: Instance) {
        self.push(&Step::Digest { instance: instance.0 });
    }

    /// Writes to the memory that `instance` uses.
    pub fn write(&mut self, instance: Instance, at: u32, bytes: &[u8]) {
        self.push(&Step::Write { instance: instance.0, at, bytes });
    }

    /// Reads from that memory, at most `sandgrain_run_protocol::MAX_READ` bytes.
    pub fn read(&mut self, instance: Instance, at: u32, len: u32) {
        self.push(&Step::Read { instance: instance.0, at, len });
    }

    /// Has `firmware` do the steps and returns what became of each.
    ///
    /// # Errors
    /// If the script does not fit the board, there is no emulator, or the board does not give a complete answer in time.
    pub fn run(&self, firmware: &Path, options: &Options) -> Result<Vec<Answered>> {
        self.ask(firmware, options).map(|answer| answer.steps)
    }

    /// As [`run`](Self::run), with all that the board has said.
    ///
    /// # Errors
    /// As for [`run`](Self::run).
    pub fn ask(&self, firmware: &Path, options: &Options) -> Result<Answer> {
        let steps = Stream::new(&self.steps);
        let Script { stack_bytes, slice_us, fuel, .. } = *self;
        let request = Request::Script(protocol::Script { stack_bytes, slice_us, fuel, steps });
        let artifacts = (!self.image.is_empty()).then_some((self.image.as_slice(), self.board.memory.artifact.base));
        let answer = ask(self.board, firmware, &request, artifacts.as_slice(), options)?;
        match answer.refused {
            Some((_, why)) => Err(Failure::refused(why)),
            None if answer.steps.len() != self.count => Err(Failure::failed(format_args!(
                "{} answered {} of {} steps",
                self.board.name,
                answer.steps.len(),
                self.count
            ))),
            None => Ok(answer),
        }
    }
}

impl From<&StepOutcome<'_>> for Outcome {
    fn from(outcome: &StepOutcome<'_>) -> Outcome {
        match *outcome {
            StepOutcome::Done => Outcome::Done,
            StepOutcome::Returned(ref values) => Outcome::Returned(values.to_vec()),
            StepOutcome::Trapped(trap) => Outcome::Trapped(trap),
            StepOutcome::Refused { stage, why } => Outcome::Refused(stage, why.to_owned()),
            StepOutcome::Digest { fnv, bytes } => Outcome::Digest(fnv, bytes),
            StepOutcome::Bytes(bytes) => Outcome::Bytes(bytes.to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::Reply;

    /// A board whose emulator answers with `outcomes`, in a shell.
    fn board(outcomes: &[StepOutcome<'_>]) -> Board {
        let mut board = Board::named("qemu-riscv32-virt").unwrap().clone();
        let replies = outcomes.iter().enumerate().map(|(number, outcome)| {
            Reply::Step { number: number as u32, instructions: 7, outcome: outcome.clone() }.to_line().unwrap()
        });
        let echo: String = replies.map(|line| format!("echo '{line}'; ")).collect();
        board.emulator.program = "sh".to_owned();
        board.emulator.machine = vec!["-c".to_owned(), echo];
        board
    }

    #[test]
    fn every_step_gets_its_outcome() {
        let board = board(&[StepOutcome::Done, StepOutcome::Refused { stage: Stage::Call(0), why: "no" }]);
        let mut script = Script::new(&board, 4096, 0);
        script.forget();
        script.global(Instance(0), "g");
        let outcomes = script.run(Path::new("none"), &Options::default()).unwrap();
        assert_eq!(outcomes, [(Outcome::Done, 7), (Outcome::Refused(Stage::Call(0), "no".to_owned()), 7)]);
        script.digest(Instance(0));
        let error = script.run(Path::new("none"), &Options::default()).unwrap_err();
        assert!(error.to_string().contains("2 of 3 steps"), "{error}");
    }

    #[test]
    fn an_artifact_that_is_used_again_lies_there_once() {
        let board = board(&[]);
        let mut script = Script::new(&board, 4096, 0);
        let first = script.instantiate(&[1; 100], 0).unwrap();
        let second = script.instantiate(&[2; 100], 0).unwrap();
        let again = script.instantiate(&[1; 100], 0).unwrap();
        assert_eq!((first, second, again), (Instance(0), Instance(1), Instance(2)));
        script.forget();
        assert_eq!(script.instantiate(&[1; 100], 0).unwrap(), Instance(0));
        assert_eq!(script.image.len(), 112 + 100);
        let large = vec![0; board.memory.artifact.len as usize];
        assert!(script.instantiate(&large, 0).unwrap_err().to_string().contains("do not fit"));
    }
}
