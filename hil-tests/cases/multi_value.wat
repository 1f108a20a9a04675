;; Blocks, loops and ifs with parameters and several results.
;; invoke divmod 47 5
;; invoke swap_loop 1 1000 5
;; invoke pick 0
;; invoke pick 1
(module
  (func $dm (param i32 i32) (result i32 i32)
    (i32.div_u (local.get 0) (local.get 1)) (i32.rem_u (local.get 0) (local.get 1)))
  (func (export "divmod") (param i32 i32) (result i32)
    (call $dm (local.get 0) (local.get 1)) (i32.mul (i32.const 100)) (i32.add))
  (func (export "swap_loop") (param i32 i32 i32) (result i32 i32)
    (local $x i32) (local $y i32)
    (local.get 0) (local.get 1)
    (loop $l (param i32 i32) (result i32 i32)
      (local.set $x) (local.set $y)
      (local.get $x) (i32.add (local.get $y) (i32.const 1))
      (br_if $l (local.tee 2 (i32.sub (local.get 2) (i32.const 1))))))
  (func (export "pick") (param i32) (result i32 i64)
    (i32.const 3)
    (if (param i32) (result i32 i64) (local.get 0)
      (then (i32.add (i32.const 10)) (i64.const 7))
      (else (i32.sub (i32.const 10)) (i64.const 8)))))
