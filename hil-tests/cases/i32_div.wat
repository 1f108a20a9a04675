;; Division by variables and constants; both traps.
;; invoke all 100 7
;; invoke all -100 7
;; invoke all -2147483648 3
;; invoke div_s 1 0
;; invoke div_u 1 0
;; invoke rem_s 1 0
;; invoke rem_u 1 0
;; invoke div_s -2147483648 -1
;; invoke rem_s -2147483648 -1
;; invoke div_u -2147483648 -1
(module
  (func (export "div_s") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "div_u") (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func (export "rem_s") (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1)))
  (func (export "rem_u") (param i32 i32) (result i32) (i32.rem_u (local.get 0) (local.get 1)))
  (func (export "all") (param $a i32) (param $b i32) (result i32 i32 i32 i32 i32 i32 i32)
    (i32.div_s (local.get $a) (local.get $b))
    (i32.div_u (local.get $a) (local.get $b))
    (i32.rem_s (local.get $a) (local.get $b))
    (i32.rem_u (local.get $a) (local.get $b))
    (i32.div_s (local.get $a) (i32.const 10))
    (i32.rem_u (local.get $a) (i32.const 10))
    (i32.div_s (local.get $a) (i32.const -8))))
