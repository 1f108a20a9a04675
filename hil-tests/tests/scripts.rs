//! Scripts: many modules, linked to each other, and calls of them in one run of a board.

use sandgrain_abi::TrapKind;
use sandgrain_cli::boards::Board;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::script::{Instance, Outcome, Script};
use sandgrain_compiler::{Options as CompilerOptions, compile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_run_protocol::{Stage, Value};

const STACK: u32 = 16 << 10;

fn artifact(board: &Board, wat: &str) -> Vec<u8> {
    let wasm = wat::parse_str(wat).expect("valid text");
    compile(&wasm, &CompilerOptions::new(board.target)).unwrap_or_else(|e| panic!("{e}")).artifact
}

fn on_every_board(test: impl Fn(&Bench)) {
    for board in ["qemu-mps2-an386", "qemu-riscv32-virt"] {
        if let Some(bench) = Bench::of(board) {
            test(&bench);
        }
    }
}

fn run(bench: &Bench, script: &Script<'_>) -> Vec<Outcome> {
    script.run(&bench.firmware, &Options::default()).unwrap_or_else(|e| panic!("{}: {e}", bench.board.name))
}

fn returned(value: Value) -> Outcome {
    Outcome::Returned(vec![value])
}

#[test]
fn steps_are_done_in_order_and_failures_do_not_end_them() {
    on_every_board(|bench| {
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
        let mut script = Script::new(bench.board, STACK, 0);
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
        refused(
            &outcomes[7],
            Stage::Instantiate,
            "has to be a function () -> (i32), provided is a function () -> (i64)",
        );
        refused(&outcomes[8], Stage::Request, "no such instance");
        assert!(matches!(outcomes[9], Outcome::Trapped(trap) if trap.kind == TrapKind::Unreachable as u8));
        assert_eq!(outcomes[10], returned(Value::F64(1.5f64.to_bits())));
        refused(&outcomes[11], Stage::Call(11), "another type");
        assert_eq!(outcomes[12], Outcome::Returned(vec![]));
        let memory: Vec<u8> = [vec![0; 65535], b"x".to_vec()].concat();
        let fnv =
            memory.iter().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3));
        assert_eq!(outcomes[13], Outcome::Digest(fnv, 65536));
        refused(&outcomes[14], Stage::Request, "no exported global");
        assert_eq!(outcomes[15], Outcome::Done);
        refused(&outcomes[16], Stage::Request, "no such instance");
        assert_eq!(outcomes[17..], [Outcome::Done, returned(Value::I64(41))]);
    });
}

#[test]
fn many_instances_and_calls_fit_one_run() {
    const INSTANCES: u32 = 128;
    const CALLS: i32 = 2500;
    on_every_board(|bench| {
        let module = artifact(
            bench.board,
            r#"(module
                 (global $sum (mut i32) (i32.const 0))
                 (func (export "add") (param i32) (result i32)
                   (global.set $sum (i32.add (global.get $sum) (local.get 0))) (global.get $sum)))"#,
        );
        let mut script = Script::new(bench.board, STACK, 0);
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
    });
}
