use super::*;
use crate::parse::parse;

/// The trimmed size of the module with these fields and a memory of a page, or the refusal.
fn trimmed(fields: &str) -> Result<u32> {
    let wasm = wat::parse_str(format!("(module (memory 1) {fields})")).unwrap();
    let mut module = parse(&wasm, Default::default()).unwrap();
    trim(&mut module, Target::CortexM4F)?;
    Ok(module.first_memory().unwrap().min_bytes())
}

fn refused(fields: &str) -> String {
    trimmed(fields).unwrap_err().to_string()
}

/// The body of an exported function `f` of an i32 and of an i32.
fn function(locals: &str, body: &str) -> String {
    format!("(func (export \"f\") (param i32) (result i32) (local {locals}) {body})")
}

#[test]
fn constants_and_segments_count() {
    assert_eq!(trimmed("").unwrap(), 0);
    assert_eq!(trimmed("(data (i32.const 100) \"abc\")").unwrap(), 103);
    assert_eq!(trimmed(&function("", "(i32.load offset=8 (i32.const 1000))")).unwrap(), 1012);
    let fill = "(memory.fill (i32.const 10) (i32.const 0) (i32.and (local.get 0) (i32.const 31))) (i32.const 0)";
    assert_eq!(trimmed(&function("", fill)).unwrap(), 41);
    let copy = "(memory.copy (i32.const 10) (i32.const 700) (i32.const 60)) (i32.const 0)";
    assert_eq!(trimmed(&function("", copy)).unwrap(), 760);
}

/// What traps whatever the size is does not count, and still traps.
#[test]
fn accesses_beyond_the_page_do_not_count() {
    assert_eq!(trimmed(&function("", "(i32.load (i32.const 65533))")).unwrap(), 0);
    assert_eq!(trimmed(&function("", "(i32.load8_u offset=16 (i32.const -8))")).unwrap(), 0);
    let below_zero = "(i32.load8_u offset=16 (i32.sub (i32.and (local.get 0) (i32.const 7)) (i32.const 4)))";
    assert_eq!(trimmed(&function("", below_zero)).unwrap(), 3 + 17);
}

#[test]
fn masks_shifts_and_arithmetic_bound() {
    for (address, end) in [
        ("(i32.and (local.get 0) (i32.const 255))", 255 + 4),
        ("(i32.add (i32.shl (i32.and (local.get 0) (i32.const 15)) (i32.const 2)) (i32.const 1024))", 1084 + 4),
        ("(i32.rem_u (local.get 0) (i32.const 10))", 9 + 4),
        ("(i32.shr_u (local.get 0) (i32.const 24))", 255 + 4),
        ("(i32.mul (i32.load8_u (i32.const 0)) (i32.const 12))", 255 * 12 + 4),
        ("(i32.or (i32.and (local.get 0) (i32.const 3)) (i32.const 64))", 127 + 4),
        ("(select (local.get 0) (i32.const 99) (i32.lt_u (local.get 0) (i32.const 99)))", 99 + 4),
        ("(i32.wrap_i64 (i64.shr_u (i64.extend_i32_u (local.get 0)) (i64.const 28)))", 15 + 4),
    ] {
        assert_eq!(trimmed(&function("", &format!("(i32.load {address})"))).unwrap(), end, "{address}");
    }
}

#[test]
fn comparisons_on_the_way_bound() {
    let guarded = |condition: &str| {
        function("", &format!("(if {condition} (then (return (i32.load8_u (local.get 0))))) (i32.const 0)"))
    };
    for (condition, end) in [
        ("(i32.lt_u (local.get 0) (i32.const 10))", Some(10)),
        ("(i32.le_u (local.get 0) (i32.const 10))", Some(11)),
        ("(i32.gt_u (i32.const 10) (local.get 0))", Some(10)),
        ("(i32.eqz (i32.ge_u (local.get 0) (i32.const 10)))", Some(10)),
        ("(i32.lt_u (i32.sub (local.get 0) (i32.const 5)) (i32.const 10))", Some(15)),
        ("(i32.and (i32.gt_s (local.get 0) (i32.const -1)) (i32.lt_s (local.get 0) (i32.const 10)))", Some(10)),
        ("(i32.eq (local.get 0) (i32.const 10))", Some(11)),
        // Not negative ones reach any address; negative ones trap.
        ("(i32.lt_s (local.get 0) (i32.const 10))", Some(10)),
        ("(i32.ge_u (local.get 0) (i32.const 10))", None),
        ("(i32.or (i32.lt_u (local.get 0) (i32.const 10)) (i32.const 1))", None),
    ] {
        assert_eq!(trimmed(&guarded(condition)).ok(), end, "{condition}");
    }
    // What holds in an arm does not hold behind it.
    let behind = "(if (i32.lt_u (local.get 0) (i32.const 10)) (then (nop))) (i32.load8_u (local.get 0))";
    assert!(trimmed(&function("", behind)).is_err());
}

#[test]
fn loops_bound() {
    let looped = |body: &str| function("i32 i32", &format!("(loop $l {body}) (i32.const 0)"));
    let load = |address: &str| format!("(drop (i32.load {address}))");
    for (rest, end) in [
        // Up to a size, compared as less and as not equal, in steps, and down.
        (
            "@(local.get 1) (br_if $l (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 4))) (i32.const 40)))",
            Some(40),
        ),
        (
            "@(local.get 1) (br_if $l (i32.ne (local.tee 1 (i32.add (local.get 1) (i32.const 4))) (i32.const 40)))",
            Some(40),
        ),
        (
            "@(local.get 1) (br_if $l (i32.lt_s (local.tee 1 (i32.add (local.get 1) (i32.const 4))) (i32.const 40)))",
            Some(40),
        ),
        // 3 does not divide 40.
        ("@(local.get 1) (br_if $l (i32.ne (local.tee 1 (i32.add (local.get 1) (i32.const 3))) (i32.const 40)))", None),
        // Without end.
        ("@(local.get 1) (local.set 1 (i32.add (local.get 1) (i32.const 4))) (br $l)", None),
        // A second variable, bounded by the turns of the first.
        (
            "@(local.get 2) (local.set 2 (i32.add (local.get 2) (i32.const 8)))
             (br_if $l (i32.ne (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 10)))",
            Some(76),
        ),
    ] {
        let address = &rest[1..rest.find(')').unwrap() + 1];
        let text = format!("{}{}", load(address), &rest[1 + address.len()..]);
        assert_eq!(trimmed(&looped(&text)).ok(), end, "{rest}");
    }
    let negative = "(local.set 1 (i32.const -40)) (loop $l (drop (i32.load (i32.add (local.get 1) (i32.const 1064))))
        (br_if $l (local.tee 1 (i32.add (local.get 1) (i32.const 4))))) (i32.const 0)";
    assert_eq!(trimmed(&function("i32", negative)).unwrap(), 1064);
    let nested = "(loop $o (local.set 2 (i32.const 0))
        (loop $i (drop (i32.load (i32.add (i32.mul (local.get 1) (i32.const 64)) (local.get 2))))
          (br_if $i (i32.ne (local.tee 2 (i32.add (local.get 2) (i32.const 4))) (i32.const 64))))
        (br_if $o (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 8)))) (i32.const 0)";
    assert_eq!(trimmed(&function("i32 i32", nested)).unwrap(), 7 * 64 + 64);
}

/// Two variables without any end do not bound each other.
#[test]
fn turns_are_not_their_own_reason() {
    let body = "(loop $l (drop (i32.load (local.get 1))) (drop (i32.load (local.get 2)))
        (local.set 1 (i32.add (local.get 1) (i32.const 4))) (local.set 2 (i32.add (local.get 2) (i32.const 4)))
        (br_if $l (local.get 0))) (i32.const 0)";
    assert!(trimmed(&function("i32 i32", body)).is_err());
}

#[test]
fn calls_pass_bounds() {
    let callee = "(func $g (param i32) (result i32) (i32.and (i32.load (local.get 0)) (i32.const 7)))";
    let twice =
        "(i32.load offset=100 (i32.add (call $g (i32.const 40)) (call $g (i32.and (local.get 0) (i32.const 63)))))";
    assert_eq!(trimmed(&format!("{callee}{}", function("", twice))).unwrap(), 14 + 104);
    assert!(trimmed(&format!("{callee}{}", function("", "(call $g (local.get 0))"))).is_err());
    let global = "(global $g (mut i32) (i32.const 0))";
    let masked = "(global.set $g (i32.and (local.get 0) (i32.const 127))) (i32.load8_u (global.get $g))";
    assert_eq!(trimmed(&format!("{global}{}", function("", masked))).unwrap(), 128);
}

const STACK: &str = r#"(global $sp (mut i32) (i32.const 1024))
    (func $leaf (param i32) (result i32) (local i32)
      (local.set 1 (i32.sub (global.get $sp) (i32.const 64)))
      (i32.store (i32.add (local.get 1) (i32.shl (i32.and (local.get 0) (i32.const 15)) (i32.const 2))) (local.get 0))
      (i32.load offset=12 (local.get 1)))"#;

#[test]
fn a_stack_is_bounded_by_its_top() {
    let framed = r#"(global.set $sp (local.tee 1 (i32.sub (global.get $sp) (i32.const 256))))
        (i32.store offset=252 (local.get 1) (local.get 0))
        (local.set 0 (call $leaf (i32.load offset=252 (local.get 1))))
        (global.set $sp (i32.add (local.get 1) (i32.const 256))) (local.get 0)"#;
    assert_eq!(trimmed(&format!("{STACK}{}", function("i32", framed))).unwrap(), 1024);
    // The callee gets a pointer into the frame.
    let pointer = r#"(func $fill (param i32) (i32.store8 (local.get 0) (i32.const 1)))
        (func (export "g") (local i32)
          (global.set $sp (local.tee 0 (i32.sub (global.get $sp) (i32.const 16))))
          (call $fill (i32.add (local.get 0) (i32.const 12)))
          (global.set $sp (i32.add (local.get 0) (i32.const 16))))"#;
    assert_eq!(trimmed(&format!("{STACK}{pointer}")).unwrap(), 1024 - 4 + 1);
}

#[test]
fn a_stack_without_a_bound_is_refused() {
    let recursive = r#"(func $r (export "r") (param i32) (local i32)
        (global.set $sp (local.tee 1 (i32.sub (global.get $sp) (i32.const 16))))
        (i32.store (local.get 1) (local.get 0))
        (if (local.get 0) (then (call $r (i32.sub (local.get 0) (i32.const 1)))))
        (global.set $sp (i32.add (local.get 1) (i32.const 16))))"#;
    let text = refused(&format!("{STACK}{recursive}"));
    assert!(text.contains("r calls itself") && text.contains("use a loop"), "{text}");
    let unbalanced = r#"(func (export "u") (global.set $sp (i32.sub (global.get $sp) (i32.const 16)))
        (i32.store (global.get $sp) (i32.const 1)))"#;
    let text = refused(&format!("{STACK}{unbalanced}"));
    assert!(text.contains("u does not lower and restore it"), "{text}");
}

#[test]
fn refusals_name_function_place_and_reason() {
    let text = refused(&function("", "(i32.load (local.get 0))"));
    assert!(text.starts_with("trimming the memory: the address of an access in f at offset 0x"), "{text}");
    assert!(text.contains("parameter 0") && text.contains("mask it or compare it"), "{text}");
    for (body, reason) in [
        ("(i32.load (i32.load (i32.const 0)))", "loaded from memory"),
        ("(i32.load (i32.const 65532))", "it is constant, and reaches that end"),
        ("(memory.fill (i32.const 0) (i32.const 0) (local.get 0)) (i32.const 0)", "parameter 0"),
        ("(memory.grow (i32.const 1))", "f grows it"),
    ] {
        let text = refused(&function("", body));
        assert!(text.contains(reason) && text.contains("without --trim-memory"), "{body}: {text}");
    }
}

/// What others can look into has to say how much of it there must be.
#[test]
fn what_the_host_sees_is_at_least_the_static_data() {
    let export = "(export \"memory\" (memory 0)) (func (drop (i32.load (i32.const 0))))";
    assert!(refused(export).contains("by its export"), "{}", refused(export));
    let heap_base = "(global (export \"__heap_base\") i32 (i32.const 2048))";
    assert_eq!(trimmed(&format!("{export}{heap_base}")).unwrap(), 2048);
    let wasm = wat::parse_str(r#"(module (import "env" "log" (func)) (memory 1))"#).unwrap();
    let mut module = parse(&wasm, Default::default()).unwrap();
    let text = trim(&mut module, Target::Rv32Imac).unwrap_err().to_string();
    assert!(text.contains("env.log") && text.contains("--export=__heap_base"), "{text}");
}

/// Code is told the size that the type says.
#[test]
fn a_trimmed_memory_keeps_its_declared_size() {
    let wasm = wat::parse_str("(module (memory 2 2) (func (export \"f\") (result i32) (memory.size)))").unwrap();
    let mut module = parse(&wasm, Default::default()).unwrap();
    trim(&mut module, Target::Rv32Imac).unwrap();
    let memory = module.first_memory().unwrap();
    assert_eq!((memory.min_bytes(), memory.max_bytes(), memory.pages().min), (0, 0, 2));
    let mut options = crate::Options::new(Target::Rv32Imac);
    options.trim_memory = true;
    assert!(crate::clif(&wasm, &options).unwrap().contains("iconst.i32 2"));
}
