//! The suites as witnesses of the compiler: which of its lowering rules they take, and whether they notice its faults.
//!
//! What the rules and faults are is marked in the compiler itself, see [`sandgrain_compiler::proof`].

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use sandgrain_abi::Target;
use sandgrain_compiler::Options;

use crate::bench::Bench;
use crate::cases;
use crate::executor::{Executor, Wasmi};
use crate::exhaustion;
use crate::fuzz::{self, Sample};
use crate::oracle::as_wasmi;
use crate::published::{self, Job};
use crate::script::{Outcome, Script, Step};
use crate::spec;

/// Random modules that are compiled and executed in one go.
const BATCH: usize = 64;

/// A suite of programs whose outcomes on a board are compared with what they have to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// The programs of [`cases`].
    Cases,
    /// The same, compiled without the egraph.
    Plain,
    /// Random modules.
    Fuzz,
    /// The specification's tests.
    Spec,
    /// Modules published on npm.
    Modules,
    /// Calls until the stack is used up.
    Stack,
    /// Random modules with their memories trimmed.
    Trim,
}

impl Suite {
    /// Every suite.
    pub const ALL: [Suite; 7] =
        [Suite::Cases, Suite::Plain, Suite::Fuzz, Suite::Spec, Suite::Modules, Suite::Stack, Suite::Trim];

    /// For tables.
    pub const fn name(self) -> &'static str {
        match self {
            Suite::Cases => "cases",
            Suite::Plain => "plain",
            Suite::Fuzz => "fuzz",
            Suite::Spec => "spec",
            Suite::Modules => "modules",
            Suite::Stack => "stack",
            Suite::Trim => "trim",
        }
    }
}

/// The first thing that a suite noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it was.
    pub what: String,
    /// Whether compiled code did something wrong. A compiler that refuses or fails is no proof of what a suite notices.
    pub in_code: bool,
}

impl Evidence {
    fn new(what: String) -> Evidence {
        let in_code = !what.contains("not compiled");
        Evidence { what, in_code }
    }
}

/// The suites, with what is the same for every target and every state of the compiler.
#[derive(Debug)]
pub struct Suites {
    cases: Vec<Expected>,
    samples: Vec<Sample>,
    /// Whose memories can mostly be trimmed.
    provable: Vec<Sample>,
    jobs: Vec<Job>,
}

/// A program and what wasmi makes of its steps.
#[derive(Debug)]
struct Expected {
    name: String,
    wasm: Vec<u8>,
    steps: Vec<Step>,
    outcomes: Vec<Outcome>,
}

impl Suites {
    /// All suites with so many random modules, and with the published ones if `packages` names the folder where those are
    /// kept.
    ///
    /// # Errors
    /// If a published module cannot be fetched.
    pub fn new(samples: u64, packages: Option<&Path>) -> Result<Suites, String> {
        let cases = cases::all().into_iter().map(|case| {
            let mut steps = vec![Step::Forget, Step::Instantiate { module: 0 }];
            steps.extend(case.calls.into_iter().map(|(function, arguments)| Step::Call {
                instance: 0,
                function,
                arguments,
            }));
            let script = Script { modules: vec![case.wasm.clone()], steps, fuel: None };
            let outcomes = Wasmi.execute(&script);
            Expected { name: case.name, wasm: case.wasm, steps: script.steps, outcomes }
        });
        Ok(Suites {
            cases: cases.collect(),
            samples: (0..samples).map(Sample::new).collect(),
            provable: (0..samples).map(Sample::provable).collect(),
            jobs: packages.map(published::jobs).transpose()?.unwrap_or_default(),
        })
    }

    /// Carries out a suite on a board up to the first thing that is not as it should be.
    ///
    /// # Errors
    /// That thing.
    pub fn run(&self, suite: Suite, bench: &Bench) -> Result<(), Evidence> {
        let run = || match suite {
            Suite::Cases => self.cases(bench, true),
            Suite::Plain => self.cases(bench, false),
            Suite::Fuzz => self.fuzz(bench),
            Suite::Spec => run_spec(bench),
            Suite::Modules => self.modules(bench),
            Suite::Stack => exhaust(bench),
            Suite::Trim => self.trim(bench),
        };
        catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
            let what = panic.downcast_ref::<String>().map(String::as_str);
            let what = what.or(panic.downcast_ref::<&str>().copied()).unwrap_or("without a message");
            Err(Evidence { what: format!("panic: {what}"), in_code: false })
        })
    }

    fn cases(&self, bench: &Bench, egraph: bool) -> Result<(), Evidence> {
        let mut script = Script::default();
        for (number, case) in self.cases.iter().enumerate() {
            let artifact = compile(&case.wasm, bench.board.target, egraph);
            script.modules.push(artifact.map_err(|why| Evidence::new(format!("{}: {why}", case.name)))?);
            script.steps.extend(case.steps.iter().cloned().map(|step| match step {
                Step::Instantiate { .. } => Step::Instantiate { module: number },
                Step::Call { function, arguments, .. } => Step::Call { instance: number, function, arguments },
                step => step,
            }));
        }
        let mut seen = bench.execute(&script).into_iter();
        for case in &self.cases {
            for (step, expected) in case.steps.iter().zip(&case.outcomes) {
                let seen = seen.next().unwrap_or_else(|| Outcome::Refused("nothing came back".to_owned()));
                if !is_same(&seen, expected) {
                    let what = format!("{}: {step:?}: {seen:?}, wasmi: {expected:?}", case.name);
                    return Err(Evidence::new(what));
                }
            }
        }
        Ok(())
    }

    fn fuzz(&self, bench: &Bench) -> Result<(), Evidence> {
        for samples in self.samples.chunks(BATCH) {
            let differences = fuzz::compare(samples, bench.board.target, bench);
            first(differences.into_iter().map(|difference| format!("seed {}: {}", difference.seed, difference.what)))?;
        }
        Ok(())
    }

    fn trim(&self, bench: &Bench) -> Result<(), Evidence> {
        for samples in self.provable.chunks(BATCH) {
            let (_, differences) = fuzz::compare_trimmed(samples, bench.board.target, bench);
            first(differences.into_iter().map(|difference| format!("seed {}: {}", difference.seed, difference.what)))?;
        }
        Ok(())
    }

    fn modules(&self, bench: &Bench) -> Result<(), Evidence> {
        for job in &self.jobs {
            let artifacts = job.script.modules.iter().map(|wasm| compile(wasm, bench.board.target, true));
            let modules = artifacts.collect::<Result<Vec<_>, String>>().map_err(Evidence::new)?;
            let seen = bench.execute(&Script { modules, steps: job.script.steps.clone(), fuel: None });
            for ((step, expected), seen) in job.script.steps.iter().zip(&job.outcomes).zip(&seen) {
                if seen != expected {
                    return Err(Evidence::new(format!("{}: {step:?}: {seen:?}, wasmi: {expected:?}", job.package)));
                }
            }
        }
        Ok(())
    }
}

fn run_spec(bench: &Bench) -> Result<(), Evidence> {
    for file in spec::files() {
        first(spec::run(&file, bench.board.target, bench).failures)?;
    }
    Ok(())
}

fn exhaust(bench: &Bench) -> Result<(), Evidence> {
    let artifact = compile(&exhaustion::module(), bench.board.target, true).map_err(Evidence::new)?;
    exhaustion::exhaust(bench, &artifact, 0).map(drop).map_err(Evidence::new)
}

/// The first finding that is about code, or else the first one.
fn first(findings: impl IntoIterator<Item = String>) -> Result<(), Evidence> {
    let findings: Vec<Evidence> = findings.into_iter().map(Evidence::new).collect();
    let about_code = findings.iter().find(|evidence| evidence.in_code);
    about_code.or(findings.first()).cloned().map_or(Ok(()), Err)
}

fn compile(wasm: &[u8], target: Target, egraph: bool) -> Result<Vec<u8>, String> {
    let mut options = Options::new(target);
    options.stack_bytes = Some(spec::STACK_BYTES);
    options.midend.egraph = egraph;
    let compiled = sandgrain_compiler::compile(wasm, &options);
    compiled.map(|compiled| compiled.artifact).map_err(|e| format!("not compiled: {e}"))
}

fn is_same(seen: &Outcome, expected: &Outcome) -> bool {
    match (seen, expected) {
        (Outcome::Trapped(seen), Outcome::Trapped(expected)) => as_wasmi(*seen) == *expected,
        // Each says in its own words why.
        (Outcome::Refused(_), Outcome::Refused(_)) => true,
        (seen, expected) => seen == expected,
    }
}
