//! Linux processes as boards: the specification's tests and random modules, where machines would take minutes; and what
//! signals do there that interrupts do on a machine.

#[path = "processes/code.rs"]
mod code;

use std::path::Path;
use std::time::Instant;

use sandgrain_abi::TrapKind;
use sandgrain_cli::boards::Board;
use sandgrain_cli::job::{Answer, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::fuzz::{self, Sample};
use sandgrain_hil_tests::{miscompile, spec};
use sandgrain_run_protocol::{CallReport, Outcome, Value};

use code::Code;

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

fn run(bench: &Bench, text: &str, calls: &[(&str, &[i32])], slice_us: u32, deadline_us: u32) -> Answer {
    let wasm = ModuleFile::Wasm(wat::parse_str(text).unwrap());
    let artifact = module_file::build(Path::new("m.wat"), wasm, bench.board.target).unwrap().artifact;
    let values = |arguments: &[i32]| arguments.iter().map(|v| Value::I32(*v)).collect();
    let answer = bench.run(&Job {
        artifact,
        calls: calls.iter().map(|(name, arguments)| ((*name).to_owned(), values(arguments))).collect(),
        slice_us,
        deadlines_us: vec![deadline_us; calls.len()],
        ..Job::default()
    });
    assert_eq!(answer.calls.len(), calls.len(), "{}: {:?}", bench.board, answer.refused);
    answer
}

fn kind(call: &CallReport) -> Option<TrapKind> {
    match &call.outcome {
        Outcome::Trapped(trap) => TrapKind::from_code(trap.kind),
        Outcome::Returned(_) => None,
    }
}

/// How much slower than this computer a process is; only emulation makes it so.
fn slowness(board: &Board) -> i32 {
    if board.emulator.is_this_computer() { 1 } else { 10 }
}

/// Computes with more integers and floats at a time than there are registers, for so many turns.
fn many_values() -> String {
    const KINDS: [(&str, usize, &str); 4] = [
        ("i32", 6, "(i32.rotl (i32.add (i32.mul {this} (i32.const 747796405)) {next}) (i32.const 5))"),
        ("i64", 18, "(i64.rotl (i64.add (i64.mul {this} (i64.const 6364136223846793005)) {next}) (i64.const 11))"),
        ("f32", 8, "(f32.sqrt (f32.add (f32.mul {this} (f32.const 1.5)) {next}))"),
        ("f64", 26, "(f64.sqrt (f64.add (f64.mul {this} (f64.const 1.25)) {next}))"),
    ];
    let (mut locals, mut turn, mut first, mut sum) = (String::new(), String::new(), 1, "(i64.const 0)".to_owned());
    let mut start = String::new();
    for (ty, count, step) in KINDS {
        locals += &format!("{ty} ").repeat(count);
        for i in 0..count {
            let this = format!("(local.get {})", first + i);
            let next = format!("(local.get {})", first + (i + 1) % count);
            let step = step.replace("{this}", &this).replace("{next}", &next);
            start += &format!("(local.set {} ({ty}.const {}))", first + i, 3 * i + 1);
            turn += &format!("(local.set {} {step})", first + i);
            let bits = match ty {
                "i32" => format!("(i64.extend_i32_u {this})"),
                "f32" => format!("(i64.extend_i32_u (i32.reinterpret_f32 {this}))"),
                "f64" => format!("(i64.reinterpret_f64 {this})"),
                _ => this,
            };
            sum = format!("(i64.add (i64.rotl {sum} (i64.const 7)) {bits})");
        }
        first += count;
    }
    format!(
        r#"(module (func (export "compute") (param i32) (result i64) (local {locals})
          {start}
          (loop {turn} (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
          {sum}))"#
    )
}

/// Wherever the time happens to be over: most of the computation is between two turns of the loop, a few instructions each.
#[test]
fn preemption_in_processes_changes_no_register_on_every_other_part() {
    let text = many_values();
    for bench in processes() {
        let turns = 600_000 / slowness(bench.board);
        let compute = |slice_us| run(&bench, &text, &[("compute", &[turns])], slice_us, 0).calls.remove(0);
        let undisturbed = compute(0);
        assert!(kind(&undisturbed).is_none() && undisturbed.preemptions == 0, "{undisturbed:?}");
        let mut preemptions = 0;
        for slice_us in [3, 8, 21] {
            let preempted = compute(slice_us);
            assert_eq!(preempted.outcome, undisturbed.outcome, "{} in slices of {slice_us} µs", bench.board);
            preemptions += preempted.preemptions;
        }
        println!("{}: {preemptions} preemptions", bench.board);
        assert!(preemptions > 2000, "{}: {preemptions} preemptions", bench.board);
    }
}

/// Bulk operations, which a guest leaves where they say so, and host functions, on whose return it does.
#[test]
fn helpers_and_host_functions_in_processes_are_interrupted_on_every_other_part() {
    let text = r#"(module
      (import "env" "print_i32" (func $print (param i32)))
      (memory 64)
      (func (export "bulk") (param i32) (result i32)
        (loop
          (memory.fill (i32.const 1) (local.get 0) (i32.const 4000000))
          (memory.copy (i32.const 3) (i32.const 0) (i32.const 4000000))
          (memory.copy (i32.const 0) (i32.const 1) (i32.const 4000000))
          (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (i32.load (i32.const 3999999)))
      (func (export "print") (param i32) (result i32)
        (loop (call $print (local.get 0)) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (i32.const 7)))"#;
    for bench in processes() {
        let calls: [(&str, &[i32]); 2] = [("bulk", &[100]), ("print", &[20_000])];
        let (undisturbed, preempted) = (run(&bench, text, &calls, 0, 0), run(&bench, text, &calls, 5, 0));
        assert_eq!(undisturbed.printed, preempted.printed);
        for (undisturbed, preempted) in undisturbed.calls.iter().zip(&preempted.calls) {
            assert_eq!(undisturbed.outcome, preempted.outcome, "{}", bench.board);
            println!("{}: {} preemptions", bench.board, preempted.preemptions);
            assert!(preempted.preemptions > 10, "{}: {} preemptions", bench.board, preempted.preemptions);
        }
    }
}

#[test]
fn a_deadline_ends_guests_in_processes_on_every_other_part() {
    const CALLS: usize = 100;
    const DEADLINE_US: u32 = 2000;
    let text = r#"(module
      (import "env" "print_i32" (func $print (param i32)))
      (memory 64)
      (func (export "spin") (loop (br 0)))
      (func (export "bulk") (loop (memory.fill (i32.const 0) (i32.const 7) (i32.const 4194304)) (br 0)))
      (func (export "host") (loop (call $print (i32.const 5)) (br 0))))"#;
    for bench in processes() {
        for (function, calls) in [("spin", CALLS), ("bulk", CALLS), ("host", 5)] {
            let starting = Instant::now();
            run(&bench, text, &[], 0, 0);
            let (started, calling) = (starting.elapsed(), Instant::now());
            let answer = run(&bench, text, &vec![(function, &[][..]); calls], 0, DEADLINE_US);
            let took = calling.elapsed().saturating_sub(started).as_micros() / calls as u128;
            println!("{}: {function} with a deadline of {DEADLINE_US} µs took {took} µs, in the mean", bench.board);
            assert!(took < 5_000_000 && answer.calls.iter().all(|call| kind(call) == Some(TrapKind::DeadlineExceeded)));
        }
    }
}

#[test]
fn faults_of_guests_in_processes_are_traps_on_every_other_part() {
    let bad: String = Code::ALL.iter().map(|code| code.room()).collect();
    let text = format!(r#"(module (memory 1) {bad} (func (export "good") (result i32) (i32.const 5)))"#);
    for bench in processes() {
        let target = bench.board.target;
        let codes = Code::ALL.into_iter().filter_map(|code| Some((code, code.bytes(target.isa(), bench.board)?)));
        let codes: Vec<(Code, Vec<u8>)> = codes.collect();
        let functions: Vec<_> = codes.iter().map(|(code, bytes)| (code.export(), bytes.clone())).collect();
        let calls = codes.iter().flat_map(|(code, _)| [code.export(), "good"]);
        let answer = bench.run(&Job {
            artifact: miscompile::artifact(target, &text, 1 << 16, &functions),
            calls: calls.map(|name| (name.to_owned(), Vec::new())).collect(),
            ..Job::default()
        });
        assert_eq!(answer.calls.len(), 2 * codes.len(), "{}: {:?}", bench.board, answer.refused);
        for ((code, _), reports) in codes.iter().zip(answer.calls.chunks(2)) {
            assert_eq!(kind(&reports[0]), Some(code.becomes()), "{}: {code:?}", bench.board);
            assert_eq!(reports[1].outcome, Outcome::Returned([Value::I32(5)].into_iter().collect()), "after {code:?}");
        }
        println!("{}: {} kinds of wrong code", bench.board, codes.len());
    }
}
