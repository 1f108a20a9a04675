//! Float arithmetic over many more operands than the programs of `cases/` have time for.

use std::time::Duration;

use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::Job;
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::cases;
use sandgrain_hil_tests::oracle::{self, Ending};
use sandgrain_run_protocol::{Outcome, Value};

/// Pairs of operands an operation.
const COUNT: i32 = 20_000;
/// What a busy host may take for them.
const LIMIT: Duration = Duration::from_secs(600);

#[test]
fn float_vectors_on_qemu_mps2_an386() {
    Bench::of("qemu-mps2-an386").iter().for_each(equal_to_wasmi);
}

#[test]
fn float_vectors_on_qemu_riscv32_virt() {
    Bench::of("qemu-riscv32-virt").iter().for_each(equal_to_wasmi);
}

#[test]
fn float_vectors_on_every_other_part() {
    Bench::every_other_part().iter().for_each(equal_to_wasmi);
}

/// One number stands for all results of an operation, so that a single wrong bit in one of them shows.
fn equal_to_wasmi(bench: &Bench) {
    let vectors = cases::all().into_iter().filter(|case| case.name.starts_with("float_vectors_"));
    let mut operations = 0;
    for mut case in vectors {
        for (_, arguments) in &mut case.calls {
            arguments[1] = Value::I32(COUNT);
        }
        let expected = oracle::run(&case).unwrap_or_else(|kind| panic!("{}: {kind:?}", case.name));
        let built = module_file::build(case.name.as_ref(), ModuleFile::Wasm(case.wasm.clone()), bench.board.target);
        let job = Job {
            artifact: built.unwrap_or_else(|e| panic!("{e}")).artifact,
            calls: case.calls.clone(),
            ..Job::default()
        };
        let answer = bench.run_with(&job, &Options { limit: LIMIT, ..Options::default() });
        assert_eq!(answer.calls.len(), expected.len(), "{}: {:?}", case.name, answer.refused);
        for ((call, report), ending) in case.calls.iter().zip(&answer.calls).zip(&expected) {
            let same = matches!((&report.outcome, ending), (Outcome::Returned(results), Ending::Returned(expected))
                if results.as_slice() == expected);
            assert!(same, "{}: {call:?}: {:?} instead of {ending:?}", case.name, report.outcome);
            operations += 1;
        }
    }
    assert!(operations >= 48, "{operations} operations");
}
