;; i64 in a data-dependent loop.
;; invoke steps 27
;; invoke steps 837799
(module
  (func (export "steps") (param $n i64) (result i32)
    (local $count i32)
    (block $done (loop $next
      (br_if $done (i64.le_u (local.get $n) (i64.const 1)))
      (local.set $n (select
        (i64.shr_u (local.get $n) (i64.const 1))
        (i64.add (i64.mul (local.get $n) (i64.const 3)) (i64.const 1))
        (i64.eqz (i64.and (local.get $n) (i64.const 1)))))
      (local.set $count (i32.add (local.get $count) (i32.const 1)))
      (br $next)))
    (local.get $count)))
