//! Linux processes as boards: the specification's tests and random modules, where machines would take minutes.

use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::fuzz::{self, Sample};
use sandgrain_hil_tests::spec;

/// Random modules a target.
const SAMPLES: u64 = 64;

/// This computer in the quick suite, all of them in that of the parts.
fn processes() -> impl Iterator<Item = Bench> {
    Bench::every_other_part().into_iter().filter(|bench| !bench.board.is_machine())
}

#[test]
fn specification_in_processes_on_every_other_part() {
    let jobs = std::thread::available_parallelism().map_or(1, |n| n.get());
    for bench in processes() {
        let tally = spec::run_all(spec::files(), bench.board.target, &bench, jobs, |_, _| {});
        println!("{}: {tally}", bench.board);
        assert!(tally.failures.is_empty(), "{}:\n{}", bench.board, tally.failures.join("\n"));
        // Everything, that which takes tens of megabytes included.
        assert_eq!((tally.passed(), tally.not_grown), (tally.assertions, 0), "{}", bench.board);
        assert!(tally.executed > 24_000, "{}: only {} executed", bench.board, tally.executed);
    }
}

#[test]
fn random_modules_in_processes_on_every_other_part() {
    let samples: Vec<Sample> = (0..SAMPLES).map(Sample::new).collect();
    for bench in processes() {
        let differences = fuzz::compare(&samples, bench.board.target, &bench);
        assert!(differences.is_empty(), "{}: {differences:?}", bench.board);
    }
}
