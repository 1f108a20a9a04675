;; Every i64 operator that cannot trap, folded into one checksum.
;; invoke mix 0 0
;; invoke mix 1 -1
;; invoke mix 1311768467463790320 33
;; invoke mix -9223372036854775808 64
;; invoke mix 4294967295 95
(module
  (func $step (param $h i64) (param $v i64) (result i64)
    (i64.add (i64.rotl (local.get $h) (i64.const 7)) (i64.xor (local.get $v) (i64.const 0x9e3779b97f4a7c15))))
  (func (export "mix") (param $a i64) (param $b i64) (result i64)
    (local $h i64)
    (local.set $h (call $step (local.get $h) (i64.add (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.sub (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.mul (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.and (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.or (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.xor (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.shl (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.shr_u (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.shr_s (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.rotl (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.rotr (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i64.shl (local.get $a) (i64.const 40))))
    (local.set $h (call $step (local.get $h) (i64.shr_s (local.get $a) (i64.const 13))))
    (local.set $h (call $step (local.get $h) (i64.shr_u (local.get $a) (i64.const 32))))
    (local.set $h (call $step (local.get $h) (i64.rotr (local.get $a) (i64.const 19))))
    (local.set $h (call $step (local.get $h) (i64.rotl (local.get $a) (i64.const 32))))
    (local.set $h (call $step (local.get $h) (i64.clz (local.get $a))))
    (local.set $h (call $step (local.get $h) (i64.ctz (local.get $a))))
    (local.set $h (call $step (local.get $h) (i64.popcnt (local.get $a))))
    (local.set $h (call $step (local.get $h) (i64.extend8_s (local.get $a))))
    (local.set $h (call $step (local.get $h) (i64.extend16_s (local.get $a))))
    (local.set $h (call $step (local.get $h) (i64.extend32_s (local.get $a))))
    (local.set $h (call $step (local.get $h) (i64.extend_i32_s (i32.wrap_i64 (local.get $a)))))
    (local.set $h (call $step (local.get $h) (i64.extend_i32_u (i32.wrap_i64 (local.get $b)))))
    (local.set $h (call $step (local.get $h) (i64.extend_i32_u (i64.eqz (local.get $a)))))
    (local.get $h)))
