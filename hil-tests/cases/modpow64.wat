;; Modular exponentiation: i64 multiplication and remainder in a loop.
;; invoke modpow 3 200 1000000007
;; invoke modpow 123456789 987654321 4294967291
;; invoke modpow 5 3 0
(module
  (func (export "modpow") (param $b i64) (param $e i64) (param $m i64) (result i64)
    (local $r i64)
    (local.set $r (i64.const 1))
    (local.set $b (i64.rem_u (local.get $b) (local.get $m)))
    (block $done (loop $next
      (br_if $done (i64.eqz (local.get $e)))
      (if (i32.wrap_i64 (i64.and (local.get $e) (i64.const 1)))
        (then (local.set $r (i64.rem_u (i64.mul (local.get $r) (local.get $b)) (local.get $m)))))
      (local.set $b (i64.rem_u (i64.mul (local.get $b) (local.get $b)) (local.get $m)))
      (local.set $e (i64.shr_u (local.get $e) (i64.const 1)))
      (br $next)))
    (local.get $r)))
