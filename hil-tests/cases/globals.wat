;; Mutable and immutable globals of both types, exported and not.
;; invoke bump 5
;; invoke wide 4294967297
(module
  (global $a (mut i32) (i32.const 10))
  (global $b (mut i64) (i64.const -5))
  (global $k i32 (i32.const 1000))
  (global $kk i64 (i64.const 0x123456789abcdef0))
  (func (export "bump") (param i32) (result i32 i32)
    (global.set $a (i32.add (global.get $a) (local.get 0)))
    (global.set $a (i32.mul (global.get $a) (global.get $k)))
    (global.get $a) (global.get $k))
  (func (export "wide") (param i64) (result i64 i64)
    (global.set $b (i64.add (global.get $b) (local.get 0)))
    (global.get $b)
    (i64.xor (global.get $b) (global.get $kk))))
