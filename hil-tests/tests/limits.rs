//! What an instance may use, and what becomes of one that wants more: it ends as a trap of that kind, and goes on.
//!
//! Everything is in the boards' own time: an instruction takes 1 ns.

use std::path::Path;

use sandgrain_abi::{Target, TrapKind};
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{Answer, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::exhaustion;
use sandgrain_hil_tests::fuzz::{self, Sample};
use sandgrain_run_protocol::{CallReport, Limits, Outcome, Stage, Value};

/// How much later than its deadline a guest may end.
const LATE_US: u64 = 100;
/// Deadlines of each function on each board: 1,000 for the four.
const PHASES: usize = 250;

fn compiled(wasm: Vec<u8>, target: Target, fuel: bool) -> Vec<u8> {
    let mut options = module_file::options(Path::new("m.wat"), target);
    options.fuel = fuel;
    module_file::build_with_progress(Path::new("m.wat"), ModuleFile::Wasm(wasm), &options, &|_| ()).unwrap().artifact
}

fn artifact(text: &str, target: Target, fuel: bool) -> Vec<u8> {
    compiled(wat::parse_str(text).unwrap(), target, fuel)
}

fn on_both_boards(test: impl Fn(&Bench)) {
    ["qemu-mps2-an386", "qemu-riscv32-virt"].into_iter().filter_map(Bench::of).for_each(|bench| test(&bench));
}

fn counting(bench: &Bench, job: &Job) -> Answer {
    bench.run_with(job, &Options { count_instructions: true, ..Options::default() })
}

fn kind(call: &CallReport) -> Option<TrapKind> {
    match &call.outcome {
        Outcome::Trapped(trap) => TrapKind::from_code(trap.kind),
        Outcome::Returned(_) => None,
    }
}

/// Each goes on for ever: in its own code, in bulk helpers, in helpers for floats, in a host function that takes long.
const ENDLESS: &str = r#"(module
  (import "env" "print_i32" (func $print (param i32)))
  (memory 1)
  (func (export "spin") (local i32) (loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br 0)))
  (func (export "bulk") (loop
    (memory.fill (i32.const 0) (i32.const 7) (i32.const 65536))
    (memory.copy (i32.const 1) (i32.const 0) (i32.const 65535))
    (br 0)))
  (func (export "floats") (local f64) (local.set 0 (f64.const 1.5))
    (loop (local.set 0 (f64.sqrt (f64.div (f64.const 3.25) (local.get 0)))) (br 0)))
  (func (export "host") (loop (call $print (i32.const 5)) (br 0)))
  (func (export "count") (param i32) (result i32) (local i32)
    (loop (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 1)))"#;

/// xorshift64* (Vigna 2016): the same on every run.
fn random(state: &mut u64) -> u64 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
}

/// Calls `function` with random deadlines; the latest end, in nanoseconds behind the deadline.
fn latest(bench: &Bench, function: &str, phases: usize, nested_interrupts: bool) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let deadlines_us: Vec<u32> = (0..phases).map(|_| 20 + (random(&mut state) % 200) as u32).collect();
    let job = Job {
        artifact: artifact(ENDLESS, bench.board.target, false),
        calls: vec![(function.to_owned(), Vec::new()); phases],
        verify: true,
        deadlines_us: deadlines_us.clone(),
        nested_interrupts,
        ..Job::default()
    };
    let answer = counting(bench, &job);
    assert_eq!(answer.calls.len(), phases, "{function} on {}: {:?}", bench.board, answer.refused);
    let lateness = answer.calls.iter().zip(deadlines_us).map(|(call, deadline_us)| {
        assert_eq!(kind(call), Some(TrapKind::DeadlineExceeded), "{function} on {}", bench.board);
        // A clock that ticks in microseconds may say that it is time up to one of them early.
        let deadline = u64::from(deadline_us) * 1000;
        assert!(call.instructions + 1000 >= deadline, "{function} on {}: {} ns", bench.board, call.instructions);
        call.instructions.saturating_sub(deadline)
    });
    lateness.max().unwrap_or(0)
}

#[test]
fn a_guest_ends_within_100_us_of_its_deadline() {
    on_both_boards(|bench| {
        for (function, nested) in [("spin", false), ("bulk", false), ("floats", false), ("bulk", true)] {
            let late = latest(bench, function, PHASES, nested);
            println!("{}: {function}, nested interrupts {nested}: at most {late} ns late", bench.board);
            assert!(late <= LATE_US * 1000, "{function} on {}: {late} ns late", bench.board);
        }
    });
}

/// The firmware's printing takes as long as it takes; the deadline is noticed when it returns.
#[test]
fn a_deadline_in_a_host_function_is_met_on_its_return() {
    on_both_boards(|bench| {
        latest(bench, "host", 20, false);
    });
}

#[test]
fn a_deadline_costs_nothing_in_the_code() {
    on_both_boards(|bench| {
        let run = |deadline_us| {
            let calls = vec![("count".to_owned(), vec![Value::I32(10_000)])];
            let artifact = artifact(ENDLESS, bench.board.target, false);
            let job = Job { artifact, calls, verify: true, deadlines_us: vec![deadline_us], ..Job::default() };
            let call = counting(bench, &job).calls.remove(0);
            assert_eq!(call.outcome, Outcome::Returned([Value::I32(50_005_000)].into_iter().collect()));
            call.instructions
        };
        let (without, with) = (run(0), run(1_000_000));
        println!("{}: {without} instructions without a deadline, {with} with one", bench.board);
        // Setting it up, once a call; the loop's turns are as they were.
        assert!(with.abs_diff(without) < 2_000, "{}: {without} and {with}", bench.board);
    });
}

#[test]
fn fuel_is_counted_over_calls_and_ends_the_one_that_has_too_little() {
    on_both_boards(|bench| {
        let calls = [("count", 10), ("count", 1000)];
        let calls = calls.map(|(name, n)| (name.to_owned(), vec![Value::I32(n)])).to_vec();
        let limits = Limits { fuel: Some(200), ..Limits::default() };
        let job = Job { artifact: artifact(ENDLESS, bench.board.target, true), calls, limits, ..Job::default() };
        let answer = bench.run(&job);
        // The function and its last operator 2, a turn of the loop 1 + 9.
        assert_eq!(answer.calls.iter().map(kind).collect::<Vec<_>>(), [None, Some(TrapKind::OutOfFuel)]);
        assert_eq!(answer.calls[0].fuel, 200 - 2 - 10 * 10);
        assert_eq!(answer.calls[1].fuel, (98 - 2) % 10);
    });
}

/// After every step of random modules, some of which run out of it.
#[test]
fn fuel_is_used_up_as_wasmi_uses_it_up() {
    on_both_boards(|bench| {
        let samples: Vec<Sample> = (0..32).map(Sample::new).collect();
        let differences = fuzz::compare_with(&samples, bench.board.target, bench, Some(20_000));
        assert_eq!(differences, [], "{}", bench.board);
    });
}

const GROWING: &str = r#"(module
  (memory (export "memory") 1)
  (table 2 funcref)
  (func (export "memory_grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "table_grow") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))"#;

fn grow(bench: &Bench, limits: Limits) -> Answer {
    let calls = [("memory_grow", 2), ("memory_grow", 1), ("memory_grow", 1), ("table_grow", 4), ("table_grow", 3)];
    let calls = calls.map(|(name, by)| (name.to_owned(), vec![Value::I32(by)])).to_vec();
    bench.run(&Job { artifact: artifact(GROWING, bench.board.target, false), calls, limits, ..Job::default() })
}

#[test]
fn growing_beyond_a_limit_fails_and_starting_beyond_it_is_refused() {
    on_both_boards(|bench| {
        let limits = Limits { memory_bytes: Some(2 << 16), table_elements: Some(5), ..Limits::default() };
        let results = grow(bench, limits).calls.into_iter().map(|call| match call.outcome {
            Outcome::Returned(values) => values[0],
            Outcome::Trapped(trap) => panic!("{trap:?}"),
        });
        assert_eq!(results.collect::<Vec<_>>(), [-1, 1, -1, -1, 2].map(Value::I32), "{}", bench.board);
        for (limits, why) in [
            (Limits { memory_bytes: Some(65535), ..Limits::default() }, "65536 bytes of memory, 65535 are allowed"),
            (Limits { table_elements: Some(1), ..Limits::default() }, "a table of 2 elements, 1 are allowed"),
        ] {
            match grow(bench, limits).refused {
                Some((Stage::Instantiate, said)) => assert!(said.contains(why), "{said}"),
                other => panic!("{}: {other:?}", bench.board),
            }
        }
    });
}

fn recursion_ends_above_the_canary(bench: &Bench, slice_us: u32) {
    let artifact = compiled(exhaustion::module(), bench.board.target, false);
    for (name, used) in exhaustion::exhaust(bench, &artifact, slice_us).unwrap_or_else(|e| panic!("{e}")) {
        println!("{}: {name}: {used} bytes", bench.board);
    }
}

#[test]
fn recursion_to_exhaustion_traps_above_the_canary() {
    on_both_boards(|bench| {
        recursion_ends_above_the_canary(bench, 0);
        recursion_ends_above_the_canary(bench, 7);
    });
}

#[test]
fn recursion_to_exhaustion_traps_above_the_canary_on_every_other_part() {
    for bench in Bench::every_other_part() {
        recursion_ends_above_the_canary(&bench, 0);
        // On the guest's stack, where a signal's frame is far larger than an interrupt's.
        if !bench.board.is_machine() {
            recursion_ends_above_the_canary(&bench, 7);
        }
    }
}
