;; Selects and nested conditions: clamps, absolute values, minima.
;; invoke clamp -5 0 10
;; invoke clamp 50 0 10
;; invoke clamp 7 0 10
;; invoke wide -12345678901 500
(module
  (func (export "clamp") (param $x i32) (param $lo i32) (param $hi i32) (result i32)
    (select (local.get $lo)
      (select (local.get $hi) (local.get $x) (i32.gt_s (local.get $x) (local.get $hi)))
      (i32.lt_s (local.get $x) (local.get $lo))))
  (func (export "wide") (param $x i64) (param $y i64) (result i64 i64 i64)
    (select (i64.sub (i64.const 0) (local.get $x)) (local.get $x) (i64.lt_s (local.get $x) (i64.const 0)))
    (select (local.get $x) (local.get $y) (i64.lt_u (local.get $x) (local.get $y)))
    (select (local.get $x) (local.get $y) (i64.gt_s (local.get $x) (local.get $y)))))
