use super::*;
use crate::error::Category;

fn parse_text(text: &str) -> Result<()> {
    parse(&wat::parse_str(text).unwrap(), Language::Latest).map(drop)
}

#[test]
fn types_are_canonical() {
    let wasm = wat::parse_str(
        "(module (type (func (param i32))) (type (func (param f32))) (type (func (param i32)))
           (func (type 0)) (func (type 2)))",
    )
    .unwrap();
    let m = parse(&wasm, Language::Latest).unwrap();
    assert_eq!(m.types.len(), 2);
    assert_eq!(m.type_ids[0], m.type_ids[2]);
    assert_ne!(m.type_ids[0], m.type_ids[1]);
}

fn module(text: &str) -> Module<'static> {
    parse(wat::parse_str(text).unwrap().leak(), Language::Latest).unwrap()
}

#[test]
fn tables_globals_and_segments_are_resolved() {
    let m = module(
        r#"(module
             (import "env" "f" (func $f))
             (table 3 funcref) (table 2 funcref)
             (elem (i32.const 1) $g $h)
             (elem (table 1) (i32.const 0) funcref (ref.null func) (ref.func $g))
             (global $a i64 (i64.const -1)) (global (mut i32) (i32.const -2))
             (memory (export "m") 1)
             (data (i32.const 8) "ab") (data "cde") (data "f")
             (func $g (export "g") (memory.init 1 (i32.const 0) (i32.const 0) (i32.const 0)) (data.drop 2) (data.drop 0))
             (func $h)
             (start $g))"#,
    );
    let (f, g, h) = (FuncIndex::from_u32(0), FuncIndex::from_u32(1), FuncIndex::from_u32(2));
    let places: Vec<_> = m.tables.values().map(|t| t.place.clone()).collect();
    assert_eq!(places, [TablePlace::Text(vec![None, Some(g), Some(h)]), TablePlace::Text(vec![None, Some(g)])]);
    assert!(m.elements.values().all(|e| matches!(e.mode, ElementMode::Placed)));
    assert!(m.referenced.is_empty() && m.compared_types.is_empty(), "nothing is a value");
    let constants: Vec<_> = m.globals.values().map(|g| g.constant()).collect();
    assert_eq!(constants, [Some(u64::MAX), None]);
    let GlobalOrigin::Own(Constant::Known(bits)) = m.globals[GlobalIndex::from_u32(1)].origin else { panic!() };
    assert_eq!(bits, 0xFFFF_FFFE);
    let modes: Vec<_> = m.data.values().map(|d| &d.mode).collect();
    let [DataMode::Active { offset, .. }, DataMode::Passive, DataMode::Droppable] = modes[..] else { panic!() };
    assert!(matches!(offset, Constant::Known(8)));
    assert_eq!(m.start, Some(g));
    assert_eq!((m.function_name(f), m.function_name(g)), ("f".into(), "g".into()));
}

#[test]
fn a_table_that_is_used_as_more_than_a_jump_table_lies_in_the_instance() {
    let used = [
        ("", r#"(export "t" (table 0))"#, 2 + EXPORTED_TABLE_GROWTH),
        ("", "(func (table.set (i32.const 0) (ref.null func)))", 2),
        ("", "(func (drop (table.get (i32.const 0))))", 2),
        ("", "(func (table.copy 0 0 (i32.const 0) (i32.const 0) (i32.const 0)))", 2),
        ("", "(func (drop (table.grow (ref.null func) (i32.const 0))))", 2 + TABLE_GROWTH),
        (r#"(import "env" "f" (func))"#, "(elem (i32.const 1) 0)", 2),
        (r#"(import "env" "g" (global i32))"#, "(func $f) (elem (global.get 0) $f)", 2),
        ("", "(func $f) (elem (i32.const 2) $f)", 2),
    ];
    for (import, text, capacity) in used {
        let m = module(&format!("(module {import} (table 2 funcref) {text})"));
        let table = &m.tables[TableIndex::from_u32(0)];
        assert_eq!(table.place, TablePlace::Instance { capacity }, "{text}");
        assert_eq!(table.is_fixed(), capacity == 2, "{text}");
    }
    let m = module("(module (table 2 9 funcref) (func (drop (table.grow (ref.null func) (i32.const 0)))))");
    assert_eq!(m.tables[TableIndex::from_u32(0)].place, TablePlace::Instance { capacity: 9 });
    let m = module("(module (table 2 funcref) (func (drop (table.size))))");
    assert_eq!(m.tables[TableIndex::from_u32(0)].place, TablePlace::Text(vec![None, None]));
}

#[test]
fn imports_of_every_kind() {
    let m = module(
        r#"(module
             (import "a" "f" (func (param i32))) (import "a" "t" (table 1 5 externref))
             (import "a" "m" (memory 1 2)) (import "a" "g" (global (mut i64)))
             (func $own) (export "again" (global 0)))"#,
    );
    let items: Vec<_> = m.imports.values().map(|i| i.item).collect();
    let (f, t, g) = (FuncIndex::from_u32(0), TableIndex::from_u32(0), GlobalIndex::from_u32(0));
    let m0 = MemoryIndex::from_u32(0);
    assert_eq!(items, [Item::Function(f), Item::Table(t), Item::Memory(m0), Item::Global(g)]);
    assert_eq!(m.functions[f].import(), Some(ImportIndex::from_u32(0)));
    assert_eq!((m.tables[t].ty, m.tables[t].min, m.tables[t].max), (ValType::ExternRef, 1, Some(5)));
    let memory = m.memories[m0];
    assert_eq!(
        (memory.place, memory.min_bytes(), memory.max_bytes()),
        (MemoryPlace::Import(ImportIndex::from_u32(2)), 1 << 16, 2 << 16)
    );
    assert!(m.globals[g].mutable && matches!(m.globals[g].origin, GlobalOrigin::Import(_)));
    assert_eq!(m.exports[0].item, Item::Global(g));
}

#[test]
fn who_may_grow_a_memory() {
    let grows = |text: &str| module(&format!("(module {text})")).memories[MemoryIndex::from_u32(0)].grows;
    assert!(!grows("(memory 1)"), "nothing does");
    let load = "(func (drop (i32.load (i32.const 0))))";
    assert!(!grows(&format!(r#"(memory (export "m") 1) {load}"#)), "the module does not");
    assert!(grows(&format!(r#"(memory (export "m") 1 2) {load}"#)), "the maximum invites others to");
    assert!(grows(r#"(memory (export "m") 1)"#), "the module has nothing of a known size");
    assert!(grows(r#"(memory (export "m") 1 2)"#), "the maximum invites others to");
    assert!(!grows(r#"(memory (export "m") 2 2)"#), "there is no room");
    assert!(grows("(memory 1) (func (drop (memory.grow (i32.const 1))))"));
    assert!(!grows("(memory 1 1) (func (drop (memory.grow (i32.const 1))))"));
    assert!(grows(r#"(import "a" "m" (memory 1))"#), "others may");
    assert!(!grows(r#"(import "a" "m" (memory 1 1))"#));
}

#[test]
fn constant_expressions_are_computed_as_far_as_they_are_known() {
    let m = module(
        r#"(module (import "a" "g" (global $g i32))
             (global $a i32 (i32.sub (i32.const 1) (i32.mul (i32.const 3) (i32.const 2))))
             (global i64 (i64.add (i64.const -1) (i64.const 2)))
             (global i32 (i32.add (global.get $g) (i32.const 1)))
             (global funcref (ref.func $f)) (global externref (ref.null extern)) (global f64 (f64.const -0))
             (func $f))"#,
    );
    let constants: Vec<_> = m.globals.values().map(|g| g.constant()).collect();
    assert_eq!(constants, [None, Some(0xFFFF_FFFB), Some(1), None, None, Some(0), Some(1 << 63)]);
    assert_eq!(m.referenced.into_iter().collect::<Vec<_>>(), [FuncIndex::from_u32(0)]);
}

#[test]
fn pages_of_one_byte() {
    let m = module("(module (memory 5 9 (pagesize 1)) (func (drop (memory.grow (i32.const 1)))))");
    let memory = m.memories[MemoryIndex::from_u32(0)];
    assert_eq!((memory.page_log2, memory.min_bytes(), memory.max_bytes()), (0, 5, 9));
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
    parse(&wasm, Language::Latest).unwrap();
}

#[test]
fn refusals_name_what_and_where() {
    let cases = [
        ("(func (drop (v128.const i32x4 0 0 0 0)))", "v128.const", "SIMD (v128) is not supported"),
        ("(func (param v128))", "", "SIMD (v128)"),
        ("(global v128 (v128.const i32x4 0 0 0 0))", "", "SIMD (v128)"),
        ("(func (local v128))", "", "SIMD (v128)"),
        ("(memory i64 1)", "", "memory64"),
        ("(table i64 1 funcref)", "", "memory64"),
        ("(memory 1 1 shared)", "", "threads"),
        ("(memory 1) (func (drop (i32.atomic.load (i32.const 0))))", "i32.atomic_load", "threads"),
        ("(tag)", "", "exception-handling"),
        ("(func (try_table))", "try_table", "exception-handling"),
        ("(func throw_ref)", "throw_ref", "exception-handling"),
        ("(type $t (func)) (func (param (ref null $t)))", "", "function-references"),
        ("(type $t (func)) (func (param (ref null $t)) (call_ref $t (local.get 0)))", "", "function-references"),
        ("(table 1 (ref func) (ref.func $f)) (func $f)", "", "function-references"),
        ("(type (struct))", "", "garbage-collection"),
        ("(func (param anyref))", "", "garbage-collection"),
        ("(func (drop (ref.i31 (i32.const 1))))", "ref.i31", "garbage-collection"),
        ("(func (i64.add128 (i64.const 0) (i64.const 0) (i64.const 0) (i64.const 0)) drop drop)", "i64.add128", "wide"),
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
fn what_no_proposal_allows_is_invalid() {
    let cases = [
        "(func (result i32))",
        "(func (i32.add (i64.const 0) (i32.const 0)) drop)",
        "(func (memory.size) drop)",
        "(func (local.get 0) drop)",
        "(func (drop (v128.const i32x4 0 0 0 0)) (i32.add))",
        "(global i32 (i64.const 0))",
        "(memory 2 1)",
    ];
    for text in cases {
        let error = parse_text(&format!("(module {text})")).expect_err(text);
        let named = text.contains("v128");
        assert_eq!(error.category() == Category::Unsupported, named, "{text}: {error}");
        assert!(named || error.category() == Category::Malformed, "{text}: {error}");
    }
}

#[test]
fn an_index_of_a_memory_may_be_overlong_only_where_there_are_several() {
    let refused = |memories: &str| {
        let mut wasm = wat::parse_str(format!("(module {memories} (func (drop (memory.size))))")).unwrap();
        let at = wasm.windows(2).position(|w| w == [0x3f, 0]).unwrap();
        wasm.splice(at + 1..at + 2, [0x80, 0x00]);
        let code = wasm.windows(2).rposition(|w| w == [10, 7]).unwrap();
        wasm[code + 1] += 1;
        wasm[code + 3] += 1;
        parse(&wasm, Language::Latest).is_err()
    };
    assert!(refused("(memory 1)"));
    assert!(!refused("(memory 1) (memory 1)"));
    assert!(!refused(r#"(import "a" "m" (memory 1)) (memory 1)"#));
    let several = wat::parse_str("(module (memory 1) (memory 1))").unwrap();
    let shown = parse(&several, Language::Version2).unwrap_err().to_string();
    assert!(shown.contains("multi-memory"), "{shown}");
}

#[test]
fn the_first_own_memory_lies_behind_the_instance() {
    let m = module(
        r#"(module (import "a" "m" (memory 1)) (memory 2) (memory 3 (pagesize 1)) (data (memory 2) (i32.const 0)))"#,
    );
    let places: Vec<_> = m.memories.values().map(|m| m.place).collect();
    let import = MemoryPlace::Import(ImportIndex::from_u32(0));
    assert_eq!(places, [import, MemoryPlace::BehindInstance, MemoryPlace::Elsewhere]);
    assert_eq!(m.first_memory().unwrap().min_pages, 2);
    let DataMode::Active { memory, .. } = m.data[DataIndex::from_u32(0)].mode else { panic!() };
    assert_eq!(memory, MemoryIndex::from_u32(2));
}

#[test]
fn limits_are_named() {
    let cases = [
        ("(table 65537 funcref)", "65536 elements"),
        ("(memory 65536)", "4294967295 bytes"),
        (&format!("(func (local {}))", "i32 ".repeat(50_001)), "too many locals"),
        (&format!("(func {})", "nop ".repeat(1_000_000)), "1000000 bytes"),
    ];
    for (text, limit) in cases {
        let shown = parse_text(&format!("(module {text})")).expect_err(limit).to_string();
        assert!(shown.contains(limit), "{shown}");
    }
    parse_text(&format!("(module (func {}))", "nop ".repeat(500_000))).unwrap();
}
