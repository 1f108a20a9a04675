;; 64-bit division: helpers, constants, both traps.
;; invoke all 1000000000000 7
;; invoke all -1000000000001 4294967297
;; invoke all 9223372036854775807 -3
;; invoke div_s 1 0
;; invoke div_u 1 0
;; invoke rem_s 1 0
;; invoke rem_u 1 0
;; invoke div_s -9223372036854775808 -1
;; invoke rem_s -9223372036854775808 -1
;; invoke div_u -9223372036854775808 -1
(module
  (func (export "div_s") (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func (export "div_u") (param i64 i64) (result i64) (i64.div_u (local.get 0) (local.get 1)))
  (func (export "rem_s") (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func (export "rem_u") (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1)))
  (func (export "all") (param $a i64) (param $b i64) (result i64 i64 i64 i64 i64 i64 i64)
    (i64.div_s (local.get $a) (local.get $b))
    (i64.div_u (local.get $a) (local.get $b))
    (i64.rem_s (local.get $a) (local.get $b))
    (i64.rem_u (local.get $a) (local.get $b))
    (i64.div_u (local.get $a) (i64.const 10))
    (i64.div_s (local.get $a) (i64.const 1000000007))
    (i64.rem_s (local.get $a) (i64.const -16))))
