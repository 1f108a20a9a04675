;; References as locals, arguments, results and globals; what initialising an instance makes of them.
;; invoke nulls
;; invoke through 0
;; invoke through 1
;; invoke global
;; invoke pass 1
;; invoke pass 0
;; invoke loop 5
(module
  (type $t (func (result i32)))
  (table $scratch 1 1 funcref)
  (global $one (mut funcref) (ref.func $f))
  (global $two funcref (ref.func $g))
  (global $none (mut externref) (ref.null extern))
  (func $f (type $t) (i32.const 1))
  (func $g (type $t) (i32.const 2))
  (func $call (param funcref) (result i32)
    (table.set $scratch (i32.const 0) (local.get 0))
    (call_indirect $scratch (type $t) (i32.const 0)))
  (func $choose (param i32) (result i32 funcref)
    (i32.add (local.get 0) (i32.const 10))
    (if (result funcref) (local.get 0) (then (global.get $two)) (else (ref.null func))))
  (func (export "nulls") (result i32 i32 i32)
    (local $f funcref) (local $e externref)
    (ref.is_null (local.get $f)) (ref.is_null (local.get $e)) (ref.is_null (ref.func $f)))
  (func (export "through") (param i32) (result i32)
    (call $call (select (result funcref) (global.get $two) (ref.null func) (local.get 0))))
  (func (export "global") (result i32 i32 i32)
    (call $call (global.get $one))
    (global.set $one (global.get $two))
    (call $call (global.get $one))
    (ref.is_null (global.get $none)))
  (func (export "pass") (param i32) (result i32)
    (local $f funcref)
    (call $choose (local.get 0))
    (local.set $f)
    (if (param i32) (result i32) (ref.is_null (local.get $f)) (then) (else (drop) (call $call (local.get $f)))))
  (func (export "loop") (param $n i32) (result i32)
    (local $f funcref) (local $sum i32)
    (local.set $f (ref.func $f))
    (loop $next
      (local.set $sum (i32.add (i32.mul (local.get $sum) (i32.const 3)) (call $call (local.get $f))))
      (local.set $f (select (result funcref) (global.get $two) (ref.func $f) (i32.and (local.get $n) (i32.const 1))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
