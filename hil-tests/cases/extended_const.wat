;; Arithmetic in constant expressions: globals and where segments go.
;; invoke values
;; invoke data
;; invoke call 3
;; invoke call 2
(module
  (type $t (func (result i32)))
  (global $a i32 (i32.sub (i32.mul (i32.const 7) (i32.const 6)) (i32.const 50)))
  (global $b (mut i64) (i64.add (i64.mul (i64.const -1) (i64.const 0x100000000)) (i64.sub (i64.const 3) (i64.const 5))))
  (memory 1)
  (data (i32.add (i32.const 65500) (i32.mul (i32.const 4) (i32.const 8))) "\2a\2b\2c\2d")
  (table 4 funcref)
  (elem (i32.sub (i32.const 10) (i32.const 7)) func $f)
  (func $f (type $t) (i32.const 5))
  (func (export "values") (result i32 i64) (global.get $a) (global.get $b))
  (func (export "data") (result i32) (i32.load (i32.const 65532)))
  (func (export "call") (param i32) (result i32) (call_indirect (type $t) (local.get 0))))
