//! The interpreter on boards: every program of `cases/`, as WebAssembly and from an artifact for another part.

use sandgrain_abi::{Target, TrapKind};
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::Job;
use sandgrain_compiler::{Options as CompileOptions, compile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::cases::{self, Case};
use sandgrain_hil_tests::oracle::{self, Ending};
use sandgrain_run_protocol::Outcome;

/// Time slice in microseconds of the runs with preemption.
const SLICE_US: u32 = 200;

#[test]
fn interpreted_programs_on_qemu_mps2_an386() {
    programs("qemu-mps2-an386");
}

#[test]
fn interpreted_programs_on_qemu_riscv32_virt() {
    programs("qemu-riscv32-virt");
}

fn programs(board: &str) {
    let Some(bench) = Bench::of(board) else { return };
    let (Some(carried), Some(validated)) = (bench.interpreting("interpreter"), bench.interpreting("validate")) else {
        return;
    };
    let mut preemptions = 0;
    let mut differences = Vec::new();
    for case in cases::all() {
        // What neither board is.
        let mut options = CompileOptions::new(Target::CortexM7);
        options.carry_wasm = true;
        let artifact = compile(&case.wasm, &options).unwrap().artifact;
        let wasm = ("WebAssembly", &validated, case.wasm.clone());
        for (what, bench, bytes) in [wasm, ("artifact", &carried, artifact)] {
            match compare(bench, &case, bytes) {
                Ok(count) => preemptions += count,
                Err(difference) => differences.push(format!("{} as {what}: {difference}", case.name)),
            }
        }
    }
    assert!(differences.is_empty(), "{}:\n{}", bench.board, differences.join("\n"));
    assert!(preemptions > 20, "{}: {preemptions} preemptions", bench.board);
}

/// Runs the module in slices; returns how often it was preempted.
fn compare(bench: &Bench, case: &Case, artifact: Vec<u8>) -> Result<u64, String> {
    let expected = oracle::run(case);
    let job = Job { artifact, calls: case.calls.clone(), slice_us: SLICE_US, ..Job::default() };
    let answer = bench.run_with(&job, &Options { count_instructions: true, ..Options::default() });
    if let Some(refused) = answer.refused {
        return Err(format!("refused: {refused:?}"));
    }
    let kind = |code| TrapKind::from_code(code).map(oracle::as_wasmi);
    let expected = match (expected, answer.start_trapped) {
        (Err(expected), Some(trap)) if kind(trap.kind) == Some(expected) => return Ok(0),
        (Ok(expected), None) => expected,
        (expected, found) => return Err(format!("{found:?} instead of {expected:?} while instantiating")),
    };
    if answer.calls.len() != expected.len() {
        return Err(format!("{} of {} calls took place", answer.calls.len(), expected.len()));
    }
    for ((call, report), ending) in case.calls.iter().zip(&answer.calls).zip(&expected) {
        match (&report.outcome, ending) {
            (Outcome::Returned(results), Ending::Returned(expected)) if results.as_slice() == expected => (),
            (Outcome::Trapped(trap), Ending::Trapped(expected)) if kind(trap.kind) == Some(*expected) => (),
            (outcome, ending) => return Err(format!("{call:?}: {outcome:?} instead of {ending:?}")),
        }
    }
    Ok(answer.calls.iter().map(|report| u64::from(report.preemptions)).sum())
}
