//! Programs beyond the reach of the short forms of instructions: frames, results, branches.

/// Name and text of each.
pub(super) fn texts() -> [(&'static str, String); 4] {
    [
        ("far_frame", frame("i32", 1_100)),
        ("far_float_frame", frame("f32", 300)),
        ("far_results", results(1_000)),
        ("far_branches", branches(700)),
    ]
}

/// `line` with each number below `count` for `{n}`.
fn repeat(count: usize, line: &str) -> String {
    (0..count).map(|n| line.replace("{n}", &n.to_string()) + "\n").collect()
}

/// More values across a call than a load or store reaches in the frame. Their differences from the last to the first tell
/// each from its neighbours.
fn frame(ty: &str, values: usize) -> String {
    let loads = repeat(values, &format!("({ty}.load offset={{n}}0 (local.get 0))"));
    let differences = repeat(values - 1, &format!("({ty}.sub)"));
    format!(
        ";; invoke fill
;; invoke fold 0
;; invoke fold 7
(module
  (memory 1)
  (func $nothing)
  (func (export \"fill\") (local $i i32)
    (loop $next
      (i32.store (local.get $i) (i32.or (i32.const 0x3f000000) (i32.shr_u (i32.mul (local.get $i) (i32.const 0x9e3779b1)) (i32.const 9))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 4))) (i32.const 65536)))))
  (func (export \"fold\") (param i32) (result {ty})
    {loads} (call $nothing) {differences}))"
    )
}

/// More result words than an offset in the instance reaches.
fn results(count: usize) -> String {
    let (types, differences) = ("i32 ".repeat(count), repeat(count - 1, "(i32.sub)"));
    let values = repeat(count, "(i32.mul (local.get 0) (i32.const {n}))");
    format!(
        ";; invoke fold 3
;; invoke fold -77
(module
  (type $many (func (param i32) (result {types})))
  (func $many (type $many) {values})
  (func (export \"fold\") (param i32) (result i32) (call $many (local.get 0)) {differences}))"
    )
}

/// Arms of a condition and of a jump table far apart, and a jump table that leads back.
fn branches(stores: usize) -> String {
    let arm = |value: i32| repeat(stores, &format!("(i32.store offset={{n}}0 (i32.const {value}) (local.get 0))"));
    let (yes, no, short) = (arm(0), arm(4), repeat(100, "(i32.store offset={n}0 (i32.const 8) (local.get 0))"));
    format!(
        ";; invoke either 0
;; invoke either 5
;; invoke table 0
;; invoke table 1
;; invoke table 2
;; invoke table 77
;; invoke back 20
(module
  (memory 1)
  (func (export \"either\") (param i32) (result i32)
    (if (local.get 0) (then {yes}) (else {no} (local.set 0 (i32.const 99))))
    (i32.add (local.get 0) (i32.add (i32.load (i32.const 100)) (i32.load (i32.const 104)))))
  (func (export \"table\") (param i32) (result i32)
    (block (block (block (br_table 0 1 2 (local.get 0))) {short} (return (i32.const 10))) {short} (return (i32.const 11)))
    (i32.const 12))
  (func (export \"back\") (param i32) (result i32)
    (loop $again (result i32)
      (local.set 0 (i32.shr_u (local.get 0) (i32.const 1)))
      (block $done (br_table $done $done $again $again $done $again (local.get 0)))
      (i32.add (local.get 0) (i32.const 40)))))"
    )
}
