//! Scripts: many modules, linked to each other, and calls of them in one run of a board.

use sandgrain_abi::TrapKind;
use sandgrain_cli::boards::Board;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::script::{Instance, Outcome, Script};
use sandgrain_compiler::{Options as CompilerOptions, compile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_run_protocol::{Stage, TrapReport, Value};

const BOARDS: [&str; 2] = ["qemu-mps2-an386", "qemu-riscv32-virt"];
const STACK: u32 = 16 << 10;

fn artifact(board: &Board, wat: &str) -> Vec<u8> {
    let wasm = wat::parse_str(wat).expect("valid text");
    compile(&wasm, &CompilerOptions::new(board.target)).unwrap_or_else(|e| panic!("{e}")).artifact
}

/// Bytes of a store's stack for `board`: of twice as wide words where pointers are, above what is reserved.
fn stack_bytes(board: &Board) -> u32 {
    STACK * board.target.pointer_bytes() / 4 + board.target.stack_reserve()
}

#[test]
fn steps_are_done_in_order_and_failures_do_not_end_them() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(steps_are_done_in_order);
}

#[test]
fn steps_are_done_in_order_on_every_other_part() {
    Bench::every_other_part().into_iter().for_each(steps_are_done_in_order);
}

#[test]
fn many_instances_and_calls_fit_one_run() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(many_instances_and_calls_fit);
}

#[test]
fn many_instances_and_calls_fit_one_run_on_every_other_part() {
    Bench::every_other_part().into_iter().for_each(many_instances_and_calls_fit);
}

#[test]
fn instances_call_each_other_and_share_what_they_export() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(instances_call_each_other);
}

#[test]
fn instances_call_each_other_on_every_other_part() {
    Bench::every_other_part().into_iter().for_each(instances_call_each_other);
}

fn run(bench: &Bench, script: &Script<'_>) -> Vec<Outcome> {
    let answered = script.run(&bench.firmware, &Options::default());
    let answered = answered.unwrap_or_else(|e| panic!("{}: {e}", bench.board.name));
    answered.into_iter().map(|(outcome, _)| outcome).collect()
}

fn returned(value: Value) -> Outcome {
    Outcome::Returned(vec![value])
}

fn steps_are_done_in_order(bench: Bench) {
    let bench = &bench;
    let counter = artifact(
        bench.board,
        r#"(module
                 (memory (export "memory") 1)
                 (data (i32.const 65535) "x")
                 (global $n (export "n") (mut i64) (i64.const 40))
                 (func (export "next") (result i64)
                   (global.set $n (i64.add (global.get $n) (i64.const 1))) (global.get $n))
                 (func (export "half") (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.5)))
                 (func (export "trap") unreachable))"#,
    );
    // What it imports it passes on: a call of it runs in the other instance.
    let user = artifact(
        bench.board,
        r#"(module
                 (import "counter" "next" (func $next (result i64)))
                 (import "env" "print_i32" (func $print (param i32)))
                 (export "next" (func $next)) (export "print" (func $print)))"#,
    );
    let wrong = artifact(bench.board, r#"(module (import "counter" "next" (func (result i32))))"#);
    let mut script = Script::new(bench.board, stack_bytes(bench.board), 0);
    let counter_id = script.instantiate(&counter, 100 << 10).unwrap();
    let early = script.instantiate(&user, 4096).unwrap();
    script.register(counter_id, "counter");
    let late = script.instantiate(&user, 4096).unwrap();
    script.call(late, "next", &[]).unwrap();
    script.call(counter_id, "next", &[]).unwrap();
    script.global(counter_id, "n");
    script.instantiate(&wrong, 4096).unwrap();
    script.call(early, "next", &[]).unwrap();
    script.call(counter_id, "trap", &[]).unwrap();
    script.call(counter_id, "half", &[Value::F64(3f64.to_bits())]).unwrap();
    script.call(counter_id, "half", &[Value::F32(0)]).unwrap();
    script.call(late, "print", &[Value::I32(7)]).unwrap();
    script.digest(counter_id);
    script.global(counter_id, "m");
    script.forget();
    script.call(Instance(0), "next", &[]).unwrap();
    assert_eq!(script.instantiate(&counter, 100 << 10).unwrap(), Instance(0));
    script.call(Instance(0), "next", &[]).unwrap();

    let outcomes = run(bench, &script);
    let refused = |outcome: &Outcome, stage: Stage, why: &str| match outcome {
        Outcome::Refused(at, text) => assert!(*at == stage && text.contains(why), "{outcome:?}"),
        other => panic!("{other:?} instead of {why}"),
    };
    assert_eq!(outcomes[0], Outcome::Done);
    refused(&outcomes[1], Stage::Instantiate, "nothing provides the import `counter.next`");
    assert_eq!(outcomes[2..6], [Outcome::Done, Outcome::Done, returned(Value::I64(41)), returned(Value::I64(42))]);
    assert_eq!(outcomes[6], returned(Value::I64(42)));
    refused(&outcomes[7], Stage::Instantiate, "has to be a function () -> (i32), provided is a function () -> (i64)");
    refused(&outcomes[8], Stage::Request, "no such instance");
    assert!(matches!(outcomes[9], Outcome::Trapped(trap) if trap.kind == TrapKind::Unreachable as u8));
    assert_eq!(outcomes[10], returned(Value::F64(1.5f64.to_bits())));
    refused(&outcomes[11], Stage::Call(11), "another type");
    assert_eq!(outcomes[12], Outcome::Returned(vec![]));
    let memory: Vec<u8> = [vec![0; 65535], b"x".to_vec()].concat();
    let fnv = memory.iter().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
    assert_eq!(outcomes[13], Outcome::Digest(fnv, 65536));
    refused(&outcomes[14], Stage::Request, "no exported global");
    assert_eq!(outcomes[15], Outcome::Done);
    refused(&outcomes[16], Stage::Request, "no such instance");
    assert_eq!(outcomes[17..], [Outcome::Done, returned(Value::I64(41))]);
}

fn many_instances_and_calls_fit(bench: Bench) {
    let bench = &bench;
    const INSTANCES: u32 = 128;
    const CALLS: i32 = 2500;
    let module = artifact(
        bench.board,
        r#"(module
                 (global $sum (mut i32) (i32.const 0))
                 (func (export "add") (param i32) (result i32)
                   (global.set $sum (i32.add (global.get $sum) (local.get 0))) (global.get $sum)))"#,
    );
    let mut script = Script::new(bench.board, stack_bytes(bench.board), 0);
    for _ in 0..=INSTANCES {
        script.instantiate(&module, 1024).unwrap();
    }
    for i in 0..CALLS {
        script.call(Instance(i as u32 % INSTANCES), "add", &[Value::I32(i)]).unwrap();
    }
    let outcomes = run(bench, &script);
    let made = outcomes.iter().take_while(|outcome| **outcome == Outcome::Done).count();
    assert_eq!(made, INSTANCES as usize);
    assert!(matches!(&outcomes[made], Outcome::Refused(_, why) if why.contains("room for 128 instances")));
    for (i, outcome) in (0..CALLS).zip(&outcomes[made + 1..]) {
        let sum: i32 = (0..=i).filter(|j| j % INSTANCES as i32 == i % INSTANCES as i32).sum();
        assert_eq!(*outcome, returned(Value::I32(sum)), "call {i}");
    }
}

const PROVIDER: &str = r#"(module
  (type $unary (func (param i32) (result i32)))
  (memory (export "memory") 1 3)
  (table (export "table") 4 8 funcref)
  (elem (i32.const 0) $double)
  (global $calls (export "calls") (mut i32) (i32.const 0))
  (func $double (param i32) (result i32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (i32.mul (local.get 0) (i32.const 2)))
  (func (export "many")
    (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64) (result i64 i64 i64 i64 i64 i32)
    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
    (local.get 11) (i64.const 2) (i64.const 3) (i64.const 4)
    (i64.extend_i32_s (i32.sub (local.get 10) (local.get 0))) (local.get 9))
  (func (export "divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "through") (param i32 i32) (result i32) (call_indirect (type $unary) (local.get 1) (local.get 0)))
  (func (export "down") (param i32 i32) (result i32) (local i32)
    (local.set 2 (i32.const 1))
    (i32.add (local.get 2)
      (call_indirect (type $unary) (local.get 1) (local.get 0)))))"#;

const CONSUMER: &str = r#"(module
  (type $unary (func (param i32) (result i32)))
  (import "p" "many" (func $many
    (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64) (result i64 i64 i64 i64 i64 i32)))
  (import "p" "divide" (func $divide (param i32 i32) (result i32)))
  (import "p" "down" (func $down (param i32 i32) (result i32)))
  (import "p" "memory" (memory 1))
  (import "p" "table" (table 2 funcref))
  (import "p" "calls" (global $calls (mut i32)))
  (global $own (export "own") (mut i32) (i32.const 0))
  (elem (i32.const 1) $add_own $sink)
  (data (i32.const 16) "shared")
  (func $add_own (export "add_own") (param i32) (result i32)
    (global.set $own (i32.add (global.get $own) (local.get 0))) (global.get $own))
  (func $sink (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (call $down (i32.const 2) (i32.sub (local.get 0) (i32.const 1))))
      (else (i32.const 0))))
  (func (export "sum") (result i64) (local i32 i64)
    (call $many (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)
      (i32.const 0) (i32.const 0) (i32.const 100) (i32.const 1001) (i64.const 10000))
    (local.set 0)
    (i64.add) (i64.add) (i64.add) (i64.add)
    (i64.add (i64.extend_i32_s (local.get 0)))
    (global.set $own (i32.add (global.get $own) (i32.const 1)))
    (i64.add (i64.extend_i32_s (global.get $own))))
  (func (export "divide") (param i32 i32) (result i32) (call $divide (local.get 0) (local.get 1)))
  (func (export "pages") (result i32) (memory.size))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "calls") (result i32) (global.get $calls))
  (func (export "function") (result funcref) (ref.func $add_own))
  (func (export "same") (param externref) (result externref) (local.get 0))
  (func (export "place") (param funcref) (table.set (i32.const 3) (local.get 0)))
  (func (export "deep") (param i32) (result i32) (call $sink (local.get 0))))"#;

fn instances_call_each_other(bench: Bench) {
    let bench = &bench;
    let provider = artifact(bench.board, PROVIDER);
    let consumer = artifact(bench.board, CONSUMER);
    let two_pages = artifact(bench.board, r#"(module (import "p" "memory" (memory 2 3)))"#);
    // Its second segment does not fit: it traps, with the first one applied.
    let trapping = artifact(
        bench.board,
        r#"(module (import "p" "table" (table 4 funcref))
                 (func $late (param i32) (result i32) (i32.const 77))
                 (elem (i32.const 3) $late) (elem (i32.const 4) $late))"#,
    );
    for slice_us in [0, 3] {
        let mut script = Script::new(bench.board, stack_bytes(bench.board), slice_us);
        let mut expected = vec![Outcome::Done, Outcome::Done];
        let p = script.instantiate(&provider, 256 << 10).unwrap();
        script.register(p, "p");
        script.instantiate(&two_pages, 4096).unwrap();
        expected.push(Outcome::Refused(
            Stage::Instantiate,
            "the import `p.memory` has to be a memory of 2 to 3 pages, provided is a memory of 1 to 3 pages".into(),
        ));
        let c = script.instantiate(&consumer, 8192).unwrap();
        expected.push(Outcome::Done);
        let mut call = |instance, name: &str, arguments: &[Value], outcome: Outcome| {
            script.call(instance, name, arguments).unwrap();
            expected.push(outcome);
        };
        let i32s = |values: &[i32]| values.iter().map(|v| Value::I32(*v)).collect::<Vec<_>>();
        let is = |value: i32| returned(Value::I32(value));
        let trapped = |kind: TrapKind| Outcome::Trapped(TrapReport { kind: kind as u8, code_offset: None });
        // 10000 + 2 + 3 + 4 + (1001 - 1) + 100 + own.
        call(c, "sum", &[], returned(Value::I64(11110)));
        call(c, "calls", &[], is(1));
        call(c, "divide", &i32s(&[7, 2]), is(3));
        call(c, "divide", &i32s(&[7, 0]), trapped(TrapKind::IntegerDivisionByZero));
        call(c, "sum", &[], returned(Value::I64(11111)));
        call(p, "through", &i32s(&[0, 21]), is(42));
        call(p, "through", &i32s(&[1, 40]), is(42));
        call(p, "through", &i32s(&[3, 0]), trapped(TrapKind::IndirectCallToNull));
        call(p, "through", &i32s(&[4, 0]), trapped(TrapKind::TableOutOfBounds));
        call(c, "deep", &i32s(&[50]), is(50));
        call(c, "deep", &i32s(&[1 << 20]), trapped(TrapKind::StackOverflow));
        call(c, "deep", &i32s(&[3]), is(3));
        call(c, "load", &i32s(&[16]), is(i32::from(b's')));
        call(p, "grow", &[], is(1));
        call(c, "pages", &[], is(2));
        call(c, "load", &i32s(&[131_071]), is(0));
        call(c, "load", &i32s(&[131_072]), trapped(TrapKind::MemoryOutOfBounds));
        call(c, "same", &[Value::ExternRef(Some(9))], returned(Value::ExternRef(Some(9))));
        call(c, "same", &[Value::ExternRef(None)], returned(Value::ExternRef(None)));
        call(c, "place", &[Value::FuncRef(None)], Outcome::Returned(vec![]));
        script.instantiate(&two_pages, 4096).unwrap();
        expected.push(Outcome::Done);
        script.instantiate(&trapping, 4096).unwrap();
        expected.push(trapped(TrapKind::TableAccessOutOfBounds));
        script.call(p, "through", &i32s(&[3, 0])).unwrap();
        expected.push(is(77));
        script.global(c, "own");
        expected.push(is(42));
        script.call(c, "function", &[]).unwrap();
        script.call(c, "place", &[Value::FuncRef(Some(1))]).unwrap();

        let mut outcomes: Vec<Outcome> = run(bench, &script);
        for outcome in &mut outcomes {
            if let Outcome::Trapped(trap) = outcome {
                trap.code_offset = None;
            }
        }
        let (bogus, function) = (outcomes.pop().unwrap(), outcomes.pop().unwrap());
        assert_eq!(outcomes, expected, "{} in slices of {slice_us}", bench.board.name);
        assert!(matches!(&function, Outcome::Returned(v) if matches!(v[..], [Value::FuncRef(Some(_))])));
        assert!(
            matches!(&bogus, Outcome::Refused(_, why) if why.contains("a reference of another store")),
            "{bogus:?}"
        );
    }
}
