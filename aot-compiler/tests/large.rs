//! Large and lopsided modules: compiled for every target, or refused by a named limit, in bounded time.

use sandgrain_compiler::{Category, Options, Target, compile};
use std::time::{Duration, Instant};

/// Far above what any of these takes, far below what a quadratic pass would, on a busy host with every checker on.
const PATIENCE: Duration = Duration::from_secs(120);

/// Bytes of code for each target, or what is said about the limit.
fn outcomes(text: &str) -> Vec<(Target, Result<usize, String>)> {
    let wasm = wat::parse_str(text).unwrap();
    let outcome = |target: &Target| {
        let start = Instant::now();
        let result = compile(&wasm, &Options { pack: false, ..Options::new(*target) });
        assert!(start.elapsed() < PATIENCE, "{} took {:?}", target.name(), start.elapsed());
        let result = result.map(|compiled| compiled.report.code_bytes as usize).map_err(|e| {
            assert_eq!(e.category(), Category::Limit, "{}: {e}", target.name());
            e.to_string()
        });
        (*target, result)
    };
    Target::ALL.iter().map(outcome).collect()
}

/// The least of the bytes of code, of a module that no target refuses.
fn code_bytes(text: &str) -> usize {
    let sizes =
        outcomes(text).into_iter().map(|(target, code)| code.unwrap_or_else(|e| panic!("{}: {e}", target.name())));
    sizes.min().unwrap()
}

#[test]
fn a_body_of_fifty_kilobytes() {
    let step = "(local.set 0 (i32.add (i32.mul (local.get 0) (i32.const 31)) (i32.load (local.get 0))))
                (if (i32.eqz (local.get 0)) (then (local.set 0 (i32.const 7))))";
    let text = format!("(module (memory 1) (func (param i32) (result i32) {} (local.get 0)))", step.repeat(2_200));
    assert!(code_bytes(&text) > 50_000);
}

#[test]
fn deep_nesting() {
    let nested = |depth: usize, open: &str, inner: &str| {
        code_bytes(&format!("(module (func (param i32) {} {inner} {}))", open.repeat(depth), "end\n".repeat(depth)));
    };
    nested(10_000, "block\n", "(br_if 0 (local.get 0))");
    nested(10_000, "local.get 0 if\n", "(local.set 0 (i32.const 1))");
    // What is live in a loop is live in all those around it, as far as the allocator is concerned.
    nested(2_000, "loop\n", "(br_if 1999 (local.get 0))");
}

/// What is computed from what is computed from what …: nothing follows such a chain by recursion.
#[test]
fn long_chains_of_operators() {
    const LENGTH: usize = 10_000;
    for step in ["i64.extend_i32_s i32.wrap_i64", "i32.eqz", "i32.const 7 i32.add", "f64.promote_f32 f32.demote_f64"] {
        let ty = if step.starts_with('f') { "f32" } else { "i32" };
        let steps = format!("{step}\n").repeat(LENGTH);
        code_bytes(&format!("(module (func (param {ty}) (result {ty}) local.get 0 {steps}))"));
    }
    let (gets, adds) = ("local.get 0\n".repeat(LENGTH), "i32.add\n".repeat(LENGTH - 1));
    code_bytes(&format!("(module (func (param i32) (result i32) {gets} {adds}))"));
}

#[test]
fn a_table_of_many_targets() {
    let text = format!(
        "(module (func (param i32) (result i32)
           (block (block (block (br_table {} (local.get 0))) (return (i32.const 1))) (return (i32.const 2)))
           (i32.const 3)))",
        "0 1 2 ".repeat(2_000)
    );
    code_bytes(&text);
}

#[test]
fn many_locals_live_at_once() {
    const LOCALS: usize = 1_000;
    let step = |i: usize| {
        let other = (i + 1) % LOCALS;
        // A check of a bound is two blocks on some targets, and the checker of allocations keeps a state a block.
        match i % 16 {
            0 => format!("(local.set {i} (i32.load (local.get {other}))) "),
            _ => format!("(local.set {i} (i32.rotl (local.get {other}) (local.get 5))) "),
        }
    };
    let get: String = (0..LOCALS).map(|i| format!("(local.get {i}) (i32.add)")).collect();
    let set: String = (0..LOCALS).map(step).collect();
    let text = format!(
        "(module (memory 1)
           (func (result i32) (local {}) (loop {set} (br_if 0 (local.get 5))) (i32.const 0) {get}))",
        "i32 ".repeat(LOCALS)
    );
    code_bytes(&text);
}

#[test]
fn many_small_functions() {
    let text =
        format!("(module {})", "(func (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))".repeat(10_000));
    assert!(code_bytes(&text) >= 40_000);
}

#[test]
fn what_is_too_large_is_refused_by_name() {
    for (text, limit) in [
        (format!("(module (func (local {})))", "i32 ".repeat(50_001)), "50,000 locals"),
        (format!("(module (func (param {})))", "i32 ".repeat(1_001)), "1,000 parameters"),
        (format!("(module (func (result {}) unreachable))", "i32 ".repeat(1_001)), "1,000 results"),
        (format!("(module (func (export \"{}\")))", "x".repeat(100_001)), "100,000 bytes of a name"),
        (format!("(module {})", "(func)".repeat(65_537)), "65536"),
        (format!("(module (func {}))", "(drop (i32.const 1))".repeat(400_000)), "1000000"),
    ] {
        for (target, outcome) in outcomes(&text) {
            let error = outcome.unwrap_err();
            assert!(error.contains(limit), "{}: {error}", target.name());
        }
    }
}
