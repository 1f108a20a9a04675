//! Modules that wait without blocking the firmware: ten at once on a board, each on a stack of its own.

use std::path::Path;

use sandgrain_cli::boards::Firmware;
use sandgrain_cli::job::Job;
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_run_protocol::Limits;

/// Waits for time and then for a message, as deep in its stack as its number says; has values in registers of both kinds
/// and in its frames meanwhile, and computes long enough to be preempted.
const WAITING: &str = r#"(module
  (import "env" "sleep" (func $sleep (param i32)))
  (import "env" "receive" (func $receive (param i32) (result i32)))
  (memory 1)
  (global $turns (mut i32) (i32.const 0))
  (func $wait (param $depth i32) (param $sum f32) (result i32)
    (local $a i32) (local $b f32) (local $c i64)
    (local.set $a (i32.mul (local.get $depth) (i32.const 77)))
    (local.set $b (f32.mul (local.get $sum) (f32.const 1.5)))
    (local.set $c (i64.extend_i32_u (local.get $a)))
    (if (result i32) (i32.eqz (local.get $depth))
      (then
        (call $sleep (i32.const 3))
        (loop (global.set $turns (i32.add (global.get $turns) (i32.const 1)))
          (br_if 0 (i32.lt_u (global.get $turns) (i32.const 5000))))
        (call $sleep (i32.const 1))
        (i32.add (call $receive (i32.const 16)) (i32.load (i32.const 16))))
      (else
        (i32.add
          (call $wait (i32.sub (local.get $depth) (i32.const 1)) (local.get $b))
          (i32.add (i32.wrap_i64 (local.get $c))
            (i32.add (i32.trunc_f32_s (local.get $b)) (i32.sub (local.get $a) (i32.trunc_f32_s (local.get $b)))))))))
  (func (export "run") (param $number i32) (result i32)
    (i32.add (call $wait (local.get $number) (f32.convert_i32_u (local.get $number))) (i32.const 10000))))"#;

/// What the module returns: four bytes came, the message is 1000 and its number, and each depth adds twice its 77-fold.
fn expected(number: u32) -> u32 {
    10_000 + 4 + 1000 + number + (1..=number).map(|depth| 2 * 77 * depth).sum::<u32>()
}

fn ten_modules_wait(board: &str) {
    const STACK: u32 = 1024;
    let Some(bench) = Bench::with(board, Firmware::SelfTest) else { return };
    let wasm = ModuleFile::Wasm(wat::parse_str(WAITING).unwrap());
    let artifact = module_file::build(Path::new("waiting.wat"), wasm, bench.board.target).unwrap().artifact;
    let limits = Limits { stack_bytes: Some(STACK), ..Limits::default() };
    let answer = bench.run(&Job { artifact, limits, ..Job::default() });
    assert_eq!(answer.refused, None, "{board}");
    let mut said = answer.printed.iter();
    assert_eq!(said.next().map(String::as_str), Some("10 suspended"), "{board}: {:?}", answer.printed);
    let mut most = None;
    for number in (0..10).rev() {
        let line = said.next().unwrap_or_else(|| panic!("{board}: {:?}", answer.printed));
        println!("{board}: {line}");
        let used = line.strip_prefix(&format!("{number}: {}, ", expected(number)));
        let used = used.unwrap_or_else(|| panic!("{board}: {line}, expected {}", expected(number)));
        let used: u32 = used.split(' ').next().unwrap().parse().unwrap();
        assert!(used < STACK + bench.board.target.stack_reserve(), "{board}: {line}");
        assert!(most.is_none_or(|most| used < most), "{board}: {line}: a smaller depth takes less, {most:?}");
        most = Some(used);
    }
}

#[test]
fn ten_modules_wait_on_qemu_mps2_an386() {
    ten_modules_wait("qemu-mps2-an386");
}

#[test]
fn ten_modules_wait_on_qemu_riscv32_virt() {
    ten_modules_wait("qemu-riscv32-virt");
}
