;; A counted loop with a loop-carried pair.
;; invoke sum 0
;; invoke sum 1000
;; invoke sum -1
(module
  (func (export "sum") (param $n i32) (result i64)
    (local $i i32) (local $s i64)
    (local.set $n (i32.and (local.get $n) (i32.const 0xffff)))
    (loop $next
      (if (i32.lt_u (local.get $i) (local.get $n))
        (then
          (local.set $s (i64.add (local.get $s) (i64.extend_i32_u (local.get $i))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next))))
    (local.get $s)))
