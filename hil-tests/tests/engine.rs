//! The way into a module and back on every board: registers under preemption, host calls.

use std::path::Path;

use sandgrain_abi::TrapKind;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{self, Answer, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_run_protocol::{Outcome, Stage, Value};

const BOARDS: [&str; 2] = ["qemu-mps2-an386", "qemu-riscv32-virt"];

#[test]
fn preemption_changes_no_register() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(changes_no_register);
}

#[test]
fn preemption_changes_no_register_on_every_other_part() {
    let machines = Bench::every_other_part().into_iter().filter(|bench| bench.board.is_machine());
    machines.for_each(changes_no_register);
}

/// On the clock of executed instructions: the points of interruption are the same on every run.
fn changes_no_register(bench: Bench) {
    let options = Options { count_instructions: true, ..Options::default() };
    let report = job::execute_registers(bench.board, &bench.firmware, 1000, &options);
    let report = report.unwrap_or_else(|e| panic!("{}: {e}", bench.board));
    assert!(report.preemptions > 5000, "{}: {} preemptions", bench.board, report.preemptions);
}

/// Text and numbers go out; nine arguments of mixed width and six results pass through a host call.
const IMPORTS: &str = r#"(module
  (import "env" "print" (func $print (param i32 i32)))
  (import "env" "print_i64" (func $print_i64 (param i64)))
  (import "env" "wide" (func $wide (param i32 i64 i32 i64 i32 i64 i32 i64 i32) (result i64 i64 i64 i64 i64 i32)))
  (memory 1)
  (data (i32.const 100) "gr\c3\bc\c3\9fe")
  (func (export "print") (param i32 i32) (call $print (local.get 0) (local.get 1)))
  (func (export "number") (call $print_i64 (i64.const -9000000000)))
  (func (export "wide") (param i32) (result i64)
    (local i64 i64 i64 i64 i32)
    (call $wide (local.get 0) (i64.const 2) (i32.const 3) (i64.const 4) (i32.const 5) (i64.const 6) (i32.const 7)
      (i64.const 8) (i32.const 9))
    (local.set 5) (i64.add) (i64.add) (i64.add) (i64.add)
    (i64.add (i64.extend_i32_u (i32.add (local.get 5) (local.get 0))))))"#;

fn run(bench: &Bench, calls: &[(&str, &[i32])], stub_imports: bool) -> Answer {
    let file = ModuleFile::Wasm(wat::parse_str(IMPORTS).unwrap());
    let artifact = module_file::build(Path::new("imports.wasm"), file, bench.board.target).unwrap().artifact;
    let values = |arguments: &[i32]| arguments.iter().map(|&v| Value::I32(v)).collect();
    let calls = calls.iter().map(|(name, arguments)| ((*name).to_owned(), values(arguments))).collect();
    bench.run(&Job { artifact, calls, stub_imports, ..Job::default() })
}

#[test]
fn host_calls_carry_arguments_results_and_memory() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(host_calls_carry_everything);
}

#[test]
fn host_calls_carry_arguments_results_and_memory_on_every_other_part() {
    Bench::every_other_part().into_iter().for_each(host_calls_carry_everything);
}

fn host_calls_carry_everything(bench: Bench) {
    let calls: &[(&str, &[i32])] = &[("print", &[100, 7]), ("number", &[]), ("wide", &[7]), ("wide", &[-8])];
    let answer = run(&bench, calls, true);
    assert_eq!(answer.printed, ["grüße", "-9000000000"]);
    let results: Vec<_> = answer.calls.iter().map(|call| call.outcome.clone()).collect();
    let returned = |values: &[Value]| Outcome::Returned(values.iter().copied().collect());
    // A stub returns zeros.
    let expected = [&[][..], &[], &[Value::I64(7)], &[Value::I64(0xffff_fff8)]].map(returned);
    assert_eq!(results, expected, "{}", bench.board);
    assert_eq!(answer.stubs, [("env".to_owned(), "wide".to_owned(), 2)]);
}

#[test]
fn a_host_function_refuses_bad_pointers_by_a_trap() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(refuses_bad_pointers);
}

#[test]
fn a_host_function_refuses_bad_pointers_by_a_trap_on_every_other_part() {
    Bench::every_other_part().into_iter().for_each(refuses_bad_pointers);
}

fn refuses_bad_pointers(bench: Bench) {
    // The last byte of memory is a zero, which is text; beyond it is nothing; half a character is no text.
    let calls: &[(&str, &[i32])] =
        &[("print", &[65535, 1]), ("print", &[65535, 2]), ("print", &[-1, 1]), ("print", &[100, 3])];
    let answer = run(&bench, calls, true);
    let kinds = answer.calls.iter().map(|call| match &call.outcome {
        Outcome::Returned(_) => None,
        Outcome::Trapped(trap) => {
            assert!(trap.code_offset.is_some(), "the call's place is known");
            TrapKind::from_code(trap.kind)
        }
    });
    let host = Some(TrapKind::HostError);
    assert_eq!(kinds.collect::<Vec<_>>(), [None, host, host, host], "{}", bench.board.name);
}

#[test]
fn imports_that_nothing_provides_are_listed() {
    for bench in BOARDS.into_iter().filter_map(Bench::of) {
        let answer = run(&bench, &[("number", &[])], false);
        assert_eq!(answer.missing, [("env".to_owned(), "wide".to_owned())]);
        assert!(matches!(answer.refused, Some((Stage::Instantiate, _))), "{:?}", answer.refused);
        assert!(answer.started.is_none() && answer.calls.is_empty());
    }
}
