;; Every i32 operator that cannot trap, folded into one checksum.
;; invoke mix 0 0
;; invoke mix 1 -1
;; invoke mix 305419896 31
;; invoke mix -2147483648 33
(module
  (func $step (param $h i32) (param $v i32) (result i32)
    (i32.add (i32.rotl (local.get $h) (i32.const 5)) (i32.xor (local.get $v) (i32.const 0x9e3779b9))))
  (func (export "mix") (param $a i32) (param $b i32) (result i32)
    (local $h i32)
    (local.set $h (call $step (local.get $h) (i32.add (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.sub (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.mul (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.and (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.or (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.xor (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.shl (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.shr_u (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.shr_s (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.rotl (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.rotr (local.get $a) (local.get $b))))
    (local.set $h (call $step (local.get $h) (i32.clz (local.get $a))))
    (local.set $h (call $step (local.get $h) (i32.ctz (local.get $a))))
    (local.set $h (call $step (local.get $h) (i32.popcnt (local.get $a))))
    (local.set $h (call $step (local.get $h) (i32.extend8_s (local.get $a))))
    (local.set $h (call $step (local.get $h) (i32.extend16_s (local.get $a))))
    (local.set $h (call $step (local.get $h) (i32.eqz (local.get $a))))
    (local.get $h)))
