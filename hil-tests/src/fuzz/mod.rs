//! Random modules on a target, compared with wasmi: results, kinds of traps, exported globals, and a hash of memory.
//!
//! ```text
//! seed ─generate─▶ wasm ─┬─ wasmi ─────────────────────────▶ outcomes ─┐
//!                        ├─ compile ─▶ script ─ Executor ──▶ outcomes ─┴─compare─▶ difference ─minimise─▶ a case
//!                        └─ count ─ wasmi ─▶ executed operators, by name (Histogram)
//! ```
//! What the standard leaves open is kept out: NaNs are canonical on both sides, growing succeeds on both, and a module's
//! comparison ends where either side runs out of stack.

mod bound;
mod count;
mod generate;
mod minimise;
mod provable;
mod reference;
mod rewrite;
mod template;

use std::collections::{BTreeMap, BTreeSet};

use sandgrain_abi::{Target, TrapKind};
use sandgrain_compiler::Options;
use sandgrain_run_protocol::Value;

use crate::executor::{Executor, Wasmi};
use crate::script::{Outcome, Script, Step};

pub use count::supported_operators;
pub use generate::Sample;

/// Where a target and wasmi differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The seed that the module was made from.
    pub seed: u64,
    /// What was seen.
    pub what: String,
}

/// Carries out the samples on `target` in one go; the differences, if there are any.
pub fn compare(samples: &[Sample], target: Target, executor: &dyn Executor) -> Vec<Difference> {
    compare_with(samples, target, executor, None)
}

/// Compiles the samples with their memories trimmed and carries out those that can be, in one go: their number, and the
/// differences from what wasmi does with the memory that they declare.
pub fn compare_trimmed(samples: &[Sample], target: Target, executor: &dyn Executor) -> (usize, Vec<Difference>) {
    let compiled = |sample: &&Sample| match compile(&sample.wasm, &trimming(target)) {
        Err(why) => !why.starts_with("trimming the memory"),
        Ok(_) => true,
    };
    let provable: Vec<Sample> = samples.iter().filter(compiled).cloned().collect();
    let differences = compare_compiled(&provable, &trimming(target), executor, None);
    (provable.len(), differences)
}

fn trimming(target: Target) -> Options {
    Options { trim_memory: true, ..options(target) }
}

/// [`compare`]; with `fuel`, the code is metered and has so much of it, and what is left is compared after each step.
/// Target and wasmi then both get what wasmi gets.
pub fn compare_with(samples: &[Sample], target: Target, executor: &dyn Executor, fuel: Option<u32>) -> Vec<Difference> {
    compare_compiled(samples, &Options { fuel: fuel.is_some(), ..options(target) }, executor, fuel)
}

fn compare_compiled(
    samples: &[Sample],
    options: &Options,
    executor: &dyn Executor,
    fuel: Option<u32>,
) -> Vec<Difference> {
    let mut script = Script { fuel, ..Script::default() };
    let mut reference = Script { fuel, ..Script::default() };
    let mut differences = Vec::new();
    let mut ranges = Vec::new();
    for sample in samples {
        let rewritten = reference::for_wasmi(&sample.wasm);
        let rewritten = rewritten.expect("what wasm-smith writes can be read and written again");
        let wasm = if fuel.is_some() { &rewritten } else { &sample.wasm };
        let artifact = match compile(wasm, options) {
            Ok(artifact) => artifact,
            Err(why) => {
                differences.push(Difference { seed: sample.seed, what: format!("not compiled: {why}") });
                continue;
            }
        };
        let number = script.modules.len();
        let start = script.steps.len();
        let mut steps = sample.steps(number);
        if fuel.is_some() {
            steps = steps.into_iter().flat_map(|step| [step, Step::Fuel]).collect();
        }
        script.modules.push(artifact);
        script.steps.extend(steps.iter().cloned());
        reference.modules.push(rewritten);
        reference.steps.extend(steps);
        ranges.push((sample, start..script.steps.len()));
    }
    let mut seen = executor.execute(&script);
    seen.resize(script.steps.len(), Outcome::Refused("nothing came back".to_owned()));
    let expected = Wasmi.execute(&reference);
    for (sample, range) in ranges {
        let first = range.start;
        let different = range.clone().find_map(|at| match equal(&seen[at], &expected[at]) {
            Verdict::Equal => None,
            Verdict::Over => Some(None),
            Verdict::Different => Some(Some(at)),
        });
        if let Some(Some(at)) = different {
            let what = format!("step {} {:?}: {:?}, wasmi: {:?}", at - first, script.steps[at], seen[at], expected[at]);
            differences.push(Difference { seed: sample.seed, what });
        }
    }
    differences
}

fn options(target: Target) -> Options {
    Options { stack_bytes: Some(crate::spec::STACK_BYTES), ..Options::new(target) }
}

fn compile(wasm: &[u8], options: &Options) -> Result<Vec<u8>, String> {
    sandgrain_compiler::compile(wasm, options).map(|compiled| compiled.artifact).map_err(|e| e.to_string())
}

enum Verdict {
    Equal,
    Different,
    /// Nothing more can be compared.
    Over,
}

fn equal(seen: &Outcome, expected: &Outcome) -> Verdict {
    let is = |outcome: &Outcome, kind: TrapKind| *outcome == Outcome::Trapped(kind);
    if is(seen, TrapKind::StackOverflow) || is(expected, TrapKind::StackOverflow) {
        return Verdict::Over;
    }
    let same = match (seen, expected) {
        // wasmi has one kind for both.
        (Outcome::Trapped(TrapKind::TableAccessOutOfBounds), Outcome::Trapped(TrapKind::TableOutOfBounds)) => true,
        (Outcome::Returned(seen), Outcome::Returned(expected)) => {
            seen.len() == expected.len() && seen.iter().zip(expected).all(same_value)
        }
        // Each says in its own words why.
        (Outcome::Refused(_), Outcome::Refused(_)) => true,
        (seen, expected) => seen == expected,
    };
    if same { Verdict::Equal } else { Verdict::Different }
}

/// Bit for bit; of a function only whether there is one.
fn same_value((seen, expected): (&Value, &Value)) -> bool {
    match (seen, expected) {
        (Value::FuncRef(seen), Value::FuncRef(expected)) => seen.is_some() == expected.is_some(),
        (seen, expected) => seen == expected,
    }
}

/// Makes a smaller sample that still differs.
pub fn minimise(sample: &Sample, target: Target, executor: &dyn Executor, fuel: Option<u32>) -> Sample {
    minimise::minimise(sample, |smaller| {
        !compare_with(std::slice::from_ref(smaller), target, executor, fuel).is_empty()
    })
}

/// What the samples make an engine do.
#[derive(Debug, Clone, Default)]
pub struct Histogram {
    /// Operators executed, by name.
    pub operators: BTreeMap<&'static str, u64>,
    /// Operators executed, of each sample.
    pub executed: Vec<u64>,
    /// Calls that returned, and all.
    pub returned: usize,
    pub calls: usize,
}

impl Histogram {
    /// Counts what `sample` does.
    pub fn add(&mut self, sample: &Sample) {
        let counted = count::count(sample);
        self.executed.push(counted.values().sum());
        for (name, times) in counted {
            *self.operators.entry(name).or_default() += times;
        }
        let script = Script { modules: vec![sample.wasm.clone()], steps: sample.steps(0), fuel: None };
        for (step, outcome) in script.steps.iter().zip(Wasmi.execute(&script)) {
            if let Step::Call { .. } = step {
                self.calls += 1;
                self.returned += usize::from(matches!(outcome, Outcome::Returned(_)));
            }
        }
    }

    /// Adds another one.
    pub fn merge(&mut self, other: Histogram) {
        for (name, times) in other.operators {
            *self.operators.entry(name).or_default() += times;
        }
        self.executed.extend(other.executed);
        self.returned += other.returned;
        self.calls += other.calls;
    }

    /// Median of the operators that a sample executes.
    pub fn median(&self) -> u64 {
        let mut sorted = self.executed.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or(0)
    }

    /// Supported operators that nothing has executed.
    pub fn never_executed(&self) -> BTreeSet<&'static str> {
        supported_operators().into_iter().filter(|name| !self.operators.contains_key(name)).collect()
    }
}
