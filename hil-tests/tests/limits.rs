//! What an instance may use, and what becomes of one that wants more: it ends as a trap of that kind, and goes on.
//!
//! Everything is in the boards' own time: an instruction takes 1 ns.

use std::path::Path;

use sandgrain_abi::{Target, TrapKind};
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{Answer, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::fuzz::{self, Sample};
use sandgrain_run_protocol::{CallReport, Limits, Outcome, Stage, Value};

/// How much later than its deadline a guest may end.
const LATE_US: u64 = 100;
/// Deadlines of each function on each board: 1,000 for the four.
const PHASES: usize = 250;

fn artifact(text: &str, target: Target, fuel: bool) -> Vec<u8> {
    let mut options = module_file::options(Path::new("m.wat"), target);
    options.fuel = fuel;
    let wasm = ModuleFile::Wasm(wat::parse_str(text).unwrap());
    module_file::build_with_progress(Path::new("m.wat"), wasm, &options, &|_| ()).unwrap().artifact
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

/// Recursion with small and with large frames, through a table, and with what runs below the last checked frame: an
/// unchecked leaf, helpers, a host function, interrupts; and with calls of what checks once for all that it calls.
const DEEP: &str = r#"(module
  (import "env" "print_i32" (func $print (param i32)))
  (memory 1)
  (type $f (func (param i32) (result i32)))
  (table funcref (elem $small $large $indirect))
  (func $leaf (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
  (func $small (export "small") (type $f)
    (i32.add (call $leaf (local.get 0)) (call $small (i32.add (local.get 0) (i32.const 1)))))
  (func $indirect (export "indirect") (type $f)
    (i32.add (i32.const 1) (call_indirect (type $f) (i32.add (local.get 0) (i32.const 1)) (i32.const 2))))
  (func $helpers (export "helpers") (param f64 i64) (result f64)
    (memory.copy (i32.const 1) (i32.const 0) (i32.const 99))
    (f64.add (f64.sqrt (local.get 0)) (call $helpers (f64.div (local.get 0) (f64.const 1.5))
      (i64.div_s (local.get 1) (i64.const 3)))))
  (func $large (export "large") (type $f)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local.set 1 (i64.load (i32.const 8))) (local.set 2 (i64.load (i32.const 16)))
    (local.set 3 (i64.load (i32.const 24))) (local.set 4 (i64.load (i32.const 32)))
    (local.set 5 (i64.load (i32.const 40))) (local.set 6 (i64.load (i32.const 48)))
    (local.set 7 (i64.load (i32.const 56))) (local.set 8 (i64.load (i32.const 64)))
    (local.set 9 (i64.load (i32.const 72))) (local.set 10 (i64.load (i32.const 80)))
    (local.set 11 (i64.load (i32.const 88))) (local.set 12 (i64.load (i32.const 96)))
    (local.set 13 (i64.load (i32.const 104))) (local.set 14 (i64.load (i32.const 112)))
    (local.set 15 (i64.load (i32.const 120))) (local.set 16 (i64.load (i32.const 128)))
    (local.set 17 (i64.load (i32.const 136))) (local.set 18 (i64.load (i32.const 144)))
    (local.set 19 (i64.load (i32.const 152))) (local.set 20 (i64.load (i32.const 160)))
    (drop (call $large (local.get 0)))
    (i64.store (i32.const 8) (i64.add (local.get 1) (i64.add (local.get 2) (i64.add (local.get 3) (i64.add (local.get 4)
      (i64.add (local.get 5) (i64.add (local.get 6) (i64.add (local.get 7) (i64.add (local.get 8) (i64.add (local.get 9)
      (i64.add (local.get 10) (i64.add (local.get 11) (i64.add (local.get 12) (i64.add (local.get 13)
      (i64.add (local.get 14) (i64.add (local.get 15) (i64.add (local.get 16) (i64.add (local.get 17)
      (i64.add (local.get 18) (i64.add (local.get 19) (local.get 20)))))))))))))))))))))
    (i32.const 0))
  (func $large_once (type $f)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local.set 1 (i64.load (i32.const 8))) (local.set 2 (i64.load (i32.const 16)))
    (local.set 3 (i64.load (i32.const 24))) (local.set 4 (i64.load (i32.const 32)))
    (local.set 5 (i64.load (i32.const 40))) (local.set 6 (i64.load (i32.const 48)))
    (local.set 7 (i64.load (i32.const 56))) (local.set 8 (i64.load (i32.const 64)))
    (local.set 9 (i64.load (i32.const 72))) (local.set 10 (i64.load (i32.const 80)))
    (local.set 11 (i64.load (i32.const 88))) (local.set 12 (i64.load (i32.const 96)))
    (local.set 13 (i64.load (i32.const 104))) (local.set 14 (i64.load (i32.const 112)))
    (local.set 15 (i64.load (i32.const 120))) (local.set 16 (i64.load (i32.const 128)))
    (local.set 17 (i64.load (i32.const 136))) (local.set 18 (i64.load (i32.const 144)))
    (local.set 19 (i64.load (i32.const 152))) (local.set 20 (i64.load (i32.const 160)))
    (memory.fill (i32.const 8) (i32.const 1) (i32.const 80))
    (i64.store (i32.const 8) (i64.add (local.get 1) (i64.add (local.get 2) (i64.add (local.get 3) (i64.add (local.get 4)
      (i64.add (local.get 5) (i64.add (local.get 6) (i64.add (local.get 7) (i64.add (local.get 8) (i64.add (local.get 9)
      (i64.add (local.get 10) (i64.add (local.get 11) (i64.add (local.get 12) (i64.add (local.get 13)
      (i64.add (local.get 14) (i64.add (local.get 15) (i64.add (local.get 16) (i64.add (local.get 17)
      (i64.add (local.get 18) (i64.add (local.get 19) (local.get 20)))))))))))))))))))))
    (i32.const 0))
  (func $nine (export "nine") (type $f) (i32.add (i32.const 1)
    (call $large_once (call $large_once (call $large_once (local.get 0))))))
  (func $bounded (export "bounded") (type $f) (i32.add (call $nine (local.get 0)) (call $bounded (local.get 0))))
  (func $host (export "host") (param i32) (result i32)
    (if (i32.eqz (i32.rem_u (local.get 0) (i32.const 16))) (then (call $print (local.get 0))))
    (i32.add (i32.const 1) (call $host (i32.add (local.get 0) (i32.const 1))))))"#;

/// Lowest bytes of the reserve that nothing may touch.
const CANARY: u32 = 16;

/// The runtime counts from the highest byte of the stack down to the lowest word that is not as it was painted.
fn recursion_ends_above_the_canary(bench: &Bench, slice_us: u32) {
    const STACK: u32 = 4096;
    for name in ["small", "indirect", "large", "host", "helpers", "bounded"] {
        let arguments = match name {
            "helpers" => vec![Value::F64(3e300f64.to_bits()), Value::I64(i64::MAX)],
            _ => vec![Value::I32(1)],
        };
        let job = Job {
            artifact: artifact(DEEP, bench.board.target, false),
            calls: vec![(name.to_owned(), arguments); 3],
            slice_us,
            limits: Limits { stack_bytes: Some(STACK), ..Limits::default() },
            ..Job::default()
        };
        let answer = bench.run(&job);
        let kinds: Vec<_> = answer.calls.iter().map(kind).collect();
        assert_eq!(kinds, [Some(TrapKind::StackOverflow); 3], "{name} on {}: {:?}", bench.board, answer.refused);
        let (used, reserve) = (answer.finished.unwrap().stack_bytes, bench.board.target.stack_reserve());
        println!("{}: {name}: {used} of {} bytes", bench.board, STACK + reserve);
        assert!(used <= STACK + reserve - CANARY, "{name} on {}: {used} bytes", bench.board);
        assert!(used > STACK / 2, "{name} on {}: {used} bytes", bench.board);
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
    Bench::every_other_part().iter().for_each(|bench| recursion_ends_above_the_canary(bench, 0));
}
