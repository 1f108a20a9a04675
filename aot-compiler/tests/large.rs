//! Large and lopsided modules: compiled, or refused by a named limit, in bounded time.

use sandgrain_compiler::{Category, Options, Target, compile};
use std::time::{Duration, Instant};

/// Far above what any of these takes, far below what a quadratic pass would.
const PATIENCE: Duration = Duration::from_secs(60);

fn outcome(text: &str) -> Result<usize, String> {
    let wasm = wat::parse_str(text).unwrap();
    let mut code = 0;
    for target in Target::ALL {
        let start = Instant::now();
        let result = compile(&wasm, &Options::new(*target));
        assert!(start.elapsed() < PATIENCE, "{} took {:?}", target.name(), start.elapsed());
        match result {
            Ok(compiled) => code = compiled.report.code_bytes as usize,
            Err(e) => {
                assert_eq!(e.category(), Category::Limit, "{e}");
                return Err(e.to_string());
            }
        }
    }
    Ok(code)
}

#[test]
fn a_body_of_fifty_kilobytes() {
    let step = "(local.set 0 (i32.add (i32.mul (local.get 0) (i32.const 31)) (i32.load (local.get 0))))
                (if (i32.eqz (local.get 0)) (then (local.set 0 (i32.const 7))))";
    let text = format!("(module (memory 1) (func (param i32) (result i32) {} (local.get 0)))", step.repeat(2_200));
    assert!(outcome(&text).unwrap() > 50_000);
}

#[test]
fn deep_nesting() {
    let depth = 5_000;
    let text = format!(
        "(module (func (param i32) {} (br_if 0 (local.get 0)) {}))",
        "block\n".repeat(depth),
        "end\n".repeat(depth)
    );
    outcome(&text).unwrap();
}

#[test]
fn a_table_of_many_targets() {
    let text = format!(
        "(module (func (param i32) (result i32)
           (block (block (block (br_table {} (local.get 0))) (return (i32.const 1))) (return (i32.const 2)))
           (i32.const 3)))",
        "0 1 2 ".repeat(2_000)
    );
    outcome(&text).unwrap();
}

#[test]
fn many_locals_live_at_once() {
    let n = 1_000;
    let get: String = (0..n).map(|i| format!("(local.get {i}) (i32.add)")).collect();
    let set: String = (0..n).map(|i| format!("(local.set {i} (i32.load (local.get {}))) ", (i + 1) % n)).collect();
    let text = format!(
        "(module (memory 1) (func (result i32) (local {}) (loop {set} (br_if 0 (local.get 5))) (i32.const 0) {get}))",
        "i32 ".repeat(n)
    );
    outcome(&text).unwrap();
}

#[test]
fn many_small_functions() {
    let text =
        format!("(module {})", "(func (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))".repeat(5_000));
    assert!(outcome(&text).unwrap() >= 20_000);
}
