use super::*;
use crate::error::Category;

fn parse_text(text: &str) -> Result<()> {
    parse(&wat::parse_str(text).unwrap()).map(drop)
}

#[test]
fn types_are_canonical() {
    let wasm = wat::parse_str(
        "(module (type (func (param i32))) (type (func (param v128))) (type (func (param i32)))
           (func (type 0)) (func (type 2)))",
    )
    .unwrap();
    let m = parse(&wasm).unwrap();
    assert_eq!(m.types.len(), 1);
    assert_eq!(m.type_ids[0], m.type_ids[2]);
    assert_eq!(m.type_ids[1], None);
}

#[test]
fn tables_globals_and_segments_are_resolved() {
    let wasm = wat::parse_str(
        r#"(module
             (import "env" "f" (func $f))
             (table 3 funcref) (table 2 funcref)
             (elem (i32.const 1) $f $g)
             (elem (table 1) (i32.const 0) funcref (ref.null func) (ref.func $g))
             (global $a i64 (i64.const -1)) (global (mut i32) (i32.const -2))
             (global f32 (f32.const -nan:0x1)) (global (mut f64) (f64.const 1.5))
             (memory (export "m") 1)
             (data (i32.const 8) "ab") (data "cde") (data "f")
             (func $g (export "g") (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop 2) (data.drop 0))
             (start $g))"#,
    )
    .unwrap();
    let m = parse(&wasm).unwrap();
    let (f, g) = (FuncIndex::from_u32(0), FuncIndex::from_u32(1));
    assert_eq!(m.tables[TableIndex::from_u32(0)].elements, [None, Some(f), Some(g)]);
    assert_eq!(m.tables[TableIndex::from_u32(1)].elements, [None, Some(g)]);
    let globals: Vec<_> = m.globals.values().map(|g| (g.value, g.mutable)).collect();
    assert_eq!(globals, [(u64::MAX, false), (0xFFFF_FFFE, true), (0xFF80_0001, false), (1.5f64.to_bits(), true)]);
    let modes: Vec<_> = m.data.values().map(|d| d.mode).collect();
    assert_eq!(modes, [DataMode::Active(8), DataMode::Passive, DataMode::Droppable]);
    assert_eq!(m.start, Some(g));
    assert!(m.memory.unwrap().is_fixed(), "nothing grows it");
    assert_eq!((m.function_name(f), m.function_name(g)), ("f".into(), "g".into()));
}

#[test]
fn the_overlong_table_index_of_llvm_is_accepted() {
    let mut wasm =
        wat::parse_str("(module (table 1 funcref) (type (func)) (func (call_indirect (i32.const 0))))").unwrap();
    let at = wasm.windows(3).position(|w| w == [0x11, 0, 0]).unwrap();
    wasm.splice(at + 2..at + 3, [0x80, 0x80, 0x80, 0x80, 0x00]);
    let code = wasm.windows(2).rposition(|w| w == [10, 9]).unwrap();
    wasm[code + 1] += 4;
    wasm[code + 3] += 4;
    parse(&wasm).unwrap();
}

#[test]
fn refusals_name_what_and_where() {
    let cases = [
        ("(func (param v128))", "v128 in the type of function 0", "simd"),
        ("(func (local v128))", "v128 in a local", "simd"),
        ("(func (block (result v128) (unreachable)) (drop))", "v128 in a block", "simd"),
        ("(func (param externref))", "externref in the type of function 0", "references"),
        ("(global funcref (ref.null func))", "funcref in global 0", "references"),
        (r#"(import "env" "memory" (memory 1))"#, r#"import "env" "memory" (memory)"#, "only functions"),
        (r#"(import "env" "g" (global i32))"#, r#"import "env" "g" (global)"#, "only functions"),
        (r#"(import "env" "t" (table 1 funcref))"#, r#"import "env" "t" (table)"#, "only functions"),
        (r#"(import "env" "f" (func (param v128)))"#, r#"v128 in import "env" "f""#, "simd"),
        ("(table 1 externref)", "table 0 of externref", "funcref"),
        ("(table 1 funcref) (func (drop (table.size 0)))", "table.size", "tables that change"),
        ("(table 1 funcref) (func (table.set 0 (i32.const 0) (ref.null func)))", "ref.null", "references"),
        ("(func (drop (v128.const i32x4 0 0 0 0)))", "v128.const", "simd"),
        ("(func $f (return_call $f))", "tail calls", "tail-call"),
        ("(memory i64 1)", "memory64", "memory64"),
        ("(memory 1 1 shared)", "threads", "threads"),
        ("(memory 1) (memory 1)", "multiple memories", ""),
    ];
    for (text, what, why) in cases {
        let error = parse_text(&format!("(module {text})")).expect_err(text);
        let shown = error.to_string();
        assert!(shown.contains(what) && shown.contains(why), "{text}: {shown}");
        assert!(error.offset().is_some(), "{text}: {shown}");
        assert_ne!(error.category(), Category::Internal, "{text}: {shown}");
    }
}

#[test]
fn limits_are_named() {
    let cases = [
        ("(table 65537 funcref)", "65536 elements"),
        ("(memory 65536)", "65535 pages"),
        (&format!("(func (local {}))", "i32 ".repeat(50_001)), "too many locals"),
        (&format!("(func {})", "nop ".repeat(1_000_000)), "1000000 bytes"),
    ];
    for (text, limit) in cases {
        let shown = parse_text(&format!("(module {text})")).expect_err(limit).to_string();
        assert!(shown.contains(limit), "{shown}");
    }
    parse_text(&format!("(module (func {}))", "nop ".repeat(500_000))).unwrap();
}

#[test]
fn an_element_segment_outside_its_table_is_refused() {
    let shown = parse_text("(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))").unwrap_err().to_string();
    assert!(shown.contains("elements 1..2 of table 0, which has 1"), "{shown}");
}
