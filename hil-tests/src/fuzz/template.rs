//! Modules of one shape for operators that random code hardly ever reaches with operands in bounds: those on ranges of
//! memories and tables, on references, and tail calls.

use super::generate::SplitMix;

/// A module whose numbers are random; about one range in eight is out of bounds. What may reach `$countdown` gets a small
/// argument, so that every call ends soon.
pub(super) fn module(random: &mut SplitMix) -> Vec<u8> {
    let mut range = |limit: u64| {
        let length = random.below(limit / 2);
        let slack = if random.below(8) == 0 { 2 } else { 0 };
        (random.below(limit - length + slack), length)
    };
    let (fill_at, fill) = range(65_536);
    let (copy_from, copy) = range(65_536);
    let (copy_to, _) = range(65_536 - copy);
    let (init_from, init) = range(16);
    let (table_from, entries) = range(8);
    let (elem_from, elems) = range(6);
    let (a, b, c) = (random.below(256), random.next() as i32, random.below(10));
    let text = format!(
        r#"(module
          (type $unary (func (param i32) (result i32)))
          (memory (export "memory") 1 2)
          (table $t (export "t") 8 12 funcref)
          (table $x 4 20 externref)
          (global $g (export "g") (mut i32) (i32.const {b}))
          (data $d "{init:016x}")
          (elem $e func $inc $dbl $inc $countdown $dbl $inc)
          (elem (table $t) (i32.const 0) func $inc $dbl $countdown)
          (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
          (func $dbl (type $unary) (i32.mul (local.get 0) (i32.const 2)))
          (func $countdown (type $unary)
            (if (result i32) (i32.le_s (local.get 0) (i32.const 0)) (then (i32.const {a}))
              (else (return_call $countdown (i32.sub (local.get 0) (i32.const 1))))))
          (func (export "fill") (memory.fill (i32.const {fill_at}) (i32.const {a}) (i32.const {fill})))
          (func (export "copy") (memory.copy (i32.const {copy_to}) (i32.const {copy_from}) (i32.const {copy})))
          (func (export "init") (memory.init $d (i32.const {copy_to}) (i32.const {init_from}) (i32.const {init})))
          (func (export "drop") (data.drop $d))
          (func (export "grow") (result i32 i32) (memory.grow (i32.const {c})) (memory.size))
          (func (export "set") (table.set $t (i32.const {table_from}) (ref.func $dbl)))
          (func (export "get") (result i32) (ref.is_null (table.get $t (i32.const {elem_from}))))
          (func (export "table init") (table.init $t $e (i32.const {table_from}) (i32.const {elem_from}) (i32.const {elems})))
          (func (export "table copy") (table.copy $t $t (i32.const {elem_from}) (i32.const {table_from}) (i32.const {entries})))
          (func (export "table fill") (param externref)
            (table.fill $x (i32.const {elem_from}) (local.get 0) (i32.const {elems})))
          (func (export "table grow") (param externref) (result i32 i32)
            (table.grow $x (local.get 0) (i32.const {c})) (table.size $x))
          (func (export "table get") (result externref) (table.get $x (i32.const {elem_from})))
          (func (export "elem drop") (elem.drop $e))
          (func (export "indirect") (param i32) (result i32)
            (call_indirect $t (type $unary) (i32.and (local.get 0) (i32.const 1023)) (i32.const {table_from})))
          (func (export "tail") (param i32) (result i32)
            (return_call_indirect $t (type $unary) (i32.and (local.get 0) (i32.const 1023)) (i32.const {elem_from})))
          (func (export "select") (param i32 externref) (result externref)
            (select (result externref) (local.get 1) (ref.null extern) (local.get 0)))
          (func (export "null") (result i32) (ref.is_null (ref.null func)))
          (func (export "count") (param i32) (result i32)
            (return_call $countdown (i32.and (local.get 0) (i32.const 4095)))))"#
    );
    wat::parse_str(text).expect("the template is a module")
}
