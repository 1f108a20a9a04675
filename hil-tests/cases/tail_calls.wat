;; Tail calls: far deeper than any stack, with more and fewer arguments than the caller, direct and through tables.
;; invoke count 1000000 0
;; invoke even 1000001
;; invoke widen 7
;; invoke narrow 1 2 3 4 5 6 7 8 9 10
;; invoke constant 200000
;; invoke variable 200000
;; invoke variable_null
;; invoke constant_out 9
;; invoke results 100000
(module
  (type $unary (func (param i32) (result i32)))
  (type $none (func (result i32)))
  (table $constant 3 funcref)
  (table $variable 3 funcref)
  (elem (table $constant) (i32.const 0) func $down $stop)
  (elem (table $variable) (i32.const 1) func $bounce)
  (elem declare func $bounce)

  (func $count (export "count") (param $n i64) (param $sum i64) (result i64)
    (if (i64.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $count (i64.sub (local.get $n) (i64.const 1)) (i64.add (local.get $sum) (local.get $n))))

  (func $even (export "even") (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 1))))
    (return_call $odd (i32.sub (local.get $n) (i32.const 1))))
  (func $odd (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 0))))
    (return_call $even (i32.sub (local.get $n) (i32.const 1))))

  (func (export "widen") (param i32) (result i32)
    (return_call $mix (local.get 0) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)
      (i32.const 6) (i32.const 7) (i32.const 8) (i32.const 9) (i32.const 10) (i64.const 11)))
  (func $mix (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64) (result i32)
    (i32.add (i32.mul (local.get 0) (i32.const 1000))
      (i32.sub (i32.mul (local.get 9) (i32.const 100)) (i32.wrap_i64 (local.get 10)))))
  (func $narrow (export "narrow") (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    (return_call $even (i32.add (local.get 9) (local.get 5))))

  (func $down (type $unary)
    (if (i32.eqz (local.get 0)) (then (return_call_indirect $constant (type $unary) (local.get 0) (i32.const 1))))
    (return_call_indirect $constant (type $unary) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
  (func $stop (type $unary) (i32.const 77))
  (func (export "constant") (param i32) (result i32) (call $down (local.get 0)))
  (func (export "constant_out") (param i32) (result i32)
    (return_call_indirect $constant (type $unary) (i32.const 0) (local.get 0)))

  (func $bounce (type $unary)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 88))))
    (return_call_indirect $variable (type $unary) (i32.sub (local.get 0) (i32.const 1)) (i32.const 2)))
  (func (export "variable") (param i32) (result i32)
    (table.set $variable (i32.const 2) (ref.func $bounce))
    (return_call_indirect $variable (type $unary) (local.get 0) (i32.const 1)))
  (func (export "variable_null") (result i32)
    (return_call_indirect $variable (type $none) (i32.const 0)))

  ;; Results beyond the registers, from the bottom of a chain of tail calls.
  (func $results (export "results") (param i32) (result i32 i64 i32 i64 i32 i64 i32)
    (if (local.get 0) (then (return_call $results (i32.sub (local.get 0) (i32.const 1)))))
    (i32.const 1) (i64.const 2) (i32.const 3) (i64.const 4) (i32.const 5) (i64.const 6) (i32.const 7)))
