//! Calls until the stack is used up, and how far down the board got.

use sandgrain_abi::TrapKind;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::Job;
use sandgrain_run_protocol::{Limits, Outcome, Value};

use crate::bench::Bench;

/// Bytes of stack that a call gets, without the reserve below.
const STACK: u32 = 4096;
/// Lowest bytes of the reserve that nothing may touch.
const CANARY: u32 = 16;
/// 64-bit values that large frames hold: more than any part has registers for.
const LARGE: usize = 20;
/// The same for a frame that the reserve has no room for.
const VAST: usize = 128;
/// How often each function is called: the second call finds what the first has left on the stack.
const CALLS: usize = 3;

/// Recursion with small and with large frames, through a table, and with what runs below the last checked frame: an
/// unchecked leaf, helpers, a host function, interrupts; and with calls of what checks once for all that it calls.
const FUNCTIONS: &str = r#"
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
  (func $thrice (export "thrice") (type $f) (i32.add (i32.const 1)
    (call $vast (call $vast (call $vast (local.get 0))))))
  (func $bounded (export "bounded") (type $f) (i32.add (call $thrice (local.get 0)) (call $bounded (local.get 0))))
  (func $host (export "host") (param i32) (result i32)
    (if (i32.eqz (i32.rem_u (local.get 0) (i32.const 16))) (then (call $print (local.get 0))))
    (i32.add (i32.const 1) (call $host (i32.add (local.get 0) (i32.const 1)))))"#;

/// A function that holds so many values in its frame over `between`; `name` with its export, if it has one: what is entered
/// from outside checks for itself.
fn holding(values: usize, name: &str, between: &str) -> String {
    let locals = "i64 ".repeat(values);
    let held = |i: usize| format!("(local.set {i} (i64.load (i32.const {})))", i * 8);
    let loads: String = (1..=values).map(held).collect();
    let sum = (1..=values).fold("(i64.const 0)".to_owned(), |sum, i| format!("(i64.add (local.get {i}) {sum})"));
    format!(
        "(func {name} (type $f) (local {locals}) {loads} {between}
           (i64.store (i32.const 8) {sum}) (i32.const 0))"
    )
}

/// The module that [`exhaust`] calls.
///
/// # Panics
/// If its text is wrong.
pub fn module() -> Vec<u8> {
    let functions = [
        holding(LARGE, "$large (export \"large\")", "(drop (call $large (local.get 0)))"),
        holding(VAST, "$vast", "(memory.fill (i32.const 8) (i32.const 1) (i32.const 80))"),
    ];
    wat::parse_str(format!("(module {FUNCTIONS} {})", functions.concat())).expect("the text is a module")
}

/// Calls each function of the module, which `artifact` is compiled from, until its stack is used up, interrupted every
/// `slice_us` microseconds, if that is not 0. Returns the bytes of stack that each has used: the runtime counts from the
/// highest byte down to the lowest word that is not as it was painted.
///
/// # Errors
/// What went on without end, ended in another way, or came too near to what lies below the stack.
///
/// # Panics
/// If the board gives no complete answer.
pub fn exhaust(bench: &Bench, artifact: &[u8], slice_us: u32) -> Result<Vec<(&'static str, u32)>, String> {
    let room = STACK + bench.board.target.stack_reserve();
    let functions = ["small", "indirect", "large", "host", "helpers", "bounded"].into_iter().map(|name| {
        let arguments = match name {
            "helpers" => vec![Value::F64(3e300f64.to_bits()), Value::I64(i64::MAX)],
            _ => vec![Value::I32(1)],
        };
        let job = Job {
            artifact: artifact.to_vec(),
            calls: vec![(name.to_owned(), arguments); CALLS],
            slice_us,
            limits: Limits { stack_bytes: Some(STACK), ..Limits::default() },
            ..Job::default()
        };
        let answer = bench.run_with(&job, &Options { limit: bench.patience.limit, ..Options::default() });
        let overflown = |outcome: &Outcome| match outcome {
            Outcome::Trapped(trap) => TrapKind::from_code(trap.kind) == Some(TrapKind::StackOverflow),
            Outcome::Returned(_) => false,
        };
        let ends: Vec<&Outcome> = answer.calls.iter().map(|call| &call.outcome).collect();
        if ends.len() != CALLS || !ends.iter().all(|end| overflown(end)) {
            return Err(format!("{name} on {}: {ends:?}, {:?}", bench.board, answer.refused));
        }
        match answer.finished.map_or(0, |finished| finished.stack_bytes) {
            used if used > room - CANARY => Err(format!("{name} on {}: used {used} of {room} bytes", bench.board)),
            used if used < STACK / 2 => Err(format!("{name} on {}: ended at {used} of {room} bytes", bench.board)),
            used => Ok((name, used)),
        }
    });
    functions.collect()
}
