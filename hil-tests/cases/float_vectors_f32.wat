;; Every operation on f32 over many pairs of operands, its results in one number: what a target computes in
;; software is compared here, bit for bit, NaNs included. First come all pairs of special values, then random ones in
;; four kinds: any; the second one's exponent near the first one's; the first one near the integers' limits; both tiny.
;; `f32 OP COUNT`: operations are numbered in the order of their table.
;; invoke f32 0 4000
;; invoke f32 1 4000
;; invoke f32 2 4000
;; invoke f32 3 4000
;; invoke f32 4 4000
;; invoke f32 5 4000
;; invoke f32 6 4000
;; invoke f32 7 4000
;; invoke f32 8 4000
;; invoke f32 9 4000
;; invoke f32 10 4000
;; invoke f32 11 4000
;; invoke f32 12 4000
;; invoke f32 13 4000
;; invoke f32 14 4000
;; invoke f32 15 4000
;; invoke f32 16 4000
;; invoke f32 17 4000
;; invoke f32 18 4000
;; invoke f32 19 4000
;; invoke f32 20 4000
;; invoke f32 21 4000
;; invoke f32 22 4000
;; invoke f32 23 4000
(module
  (memory 1)
  ;; 56 special values.
  (data (i32.const 0)
    "\00\00\00\00\00\00\00\80\01\00\00\00\01\00\00\80\ff\ff\7f\00\ff\ff\7f\80\00\00\80\00\00\00\80\80"
    "\ff\ff\7f\7f\ff\ff\7f\ff\00\00\80\7f\00\00\80\ff\00\00\c0\7f\00\00\c0\ff\01\00\80\7f\01\00\80\ff"
    "\ef\cd\ab\7f\ef\cd\ab\ff\00\00\80\3f\00\00\80\bf\00\00\00\3f\00\00\00\bf\00\00\c0\3f\00\00\c0\bf"
    "\00\00\20\40\00\00\20\c0\00\00\60\40\00\00\60\c0\ff\ff\7f\3f\ff\ff\7f\bf\ff\ff\ff\4a\ff\ff\ff\ca"
    "\ff\ff\7f\4b\ff\ff\7f\cb\01\00\80\4b\01\00\80\cb\ff\ff\ff\4e\ff\ff\ff\ce\00\00\00\4f\00\00\00\cf"
    "\01\00\00\4f\01\00\00\cf\ff\ff\7f\4f\ff\ff\7f\cf\00\00\80\4f\00\00\80\cf\ff\ff\ff\5e\ff\ff\ff\de"
    "\00\00\00\5f\00\00\00\df\01\00\00\5f\01\00\00\df\ff\ff\7f\5f\ff\ff\7f\df\00\00\80\5f\00\00\80\df")
  (type $f32 (func (param f32 f32) (result i64)))
  (table $f32 funcref (elem
    $f32_add $f32_sub $f32_mul $f32_div $f32_min $f32_max $f32_copysign $f32_sqrt $f32_ceil $f32_floor $f32_trunc
    $f32_nearest $f32_neg $f32_abs $f32_compare $f32_i32_trunc_sat_s $f32_i32_trunc_sat_u $f32_i64_trunc_sat_s
    $f32_i64_trunc_sat_u $f32_convert_i32_s $f32_convert_i64_s $f32_convert_i32_u $f32_convert_i64_u $f32_promote))
  (func $f32_add (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.add (local.get 0) (local.get 1)))))
  (func $f32_sub (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.sub (local.get 0) (local.get 1)))))
  (func $f32_mul (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.mul (local.get 0) (local.get 1)))))
  (func $f32_div (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.div (local.get 0) (local.get 1)))))
  (func $f32_min (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.min (local.get 0) (local.get 1)))))
  (func $f32_max (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.max (local.get 0) (local.get 1)))))
  (func $f32_copysign (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.copysign (local.get 0) (local.get 1)))))
  (func $f32_sqrt (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.sqrt (local.get 0)))))
  (func $f32_ceil (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.ceil (local.get 0)))))
  (func $f32_floor (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.floor (local.get 0)))))
  (func $f32_trunc (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.trunc (local.get 0)))))
  (func $f32_nearest (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.nearest (local.get 0)))))
  (func $f32_neg (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.neg (local.get 0)))))
  (func $f32_abs (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.abs (local.get 0)))))
  (func $f32_compare (type $f32) (i64.extend_i32_u (i32.or (f32.eq (local.get 0) (local.get 1)) (i32.shl
      (i32.or (f32.ne (local.get 0) (local.get 1)) (i32.shl
      (i32.or (f32.lt (local.get 0) (local.get 1)) (i32.shl
      (i32.or (f32.le (local.get 0) (local.get 1)) (i32.shl
      (i32.or (f32.gt (local.get 0) (local.get 1)) (i32.shl
      (f32.ge (local.get 0) (local.get 1)) (i32.const 1))) (i32.const 1))) (i32.const 1))) (i32.const 1))) (i32.const 1)))))
  (func $f32_i32_trunc_sat_s (type $f32) (i64.extend_i32_u (i32.trunc_sat_f32_s (local.get 0))))
  (func $f32_i32_trunc_sat_u (type $f32) (i64.extend_i32_u (i32.trunc_sat_f32_u (local.get 0))))
  (func $f32_i64_trunc_sat_s (type $f32) (i64.trunc_sat_f32_s (local.get 0)))
  (func $f32_i64_trunc_sat_u (type $f32) (i64.trunc_sat_f32_u (local.get 0)))
  (func $f32_convert_i32_s (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.convert_i32_s (i32.wrap_i64 (i64.or (i64.shl (i64.extend_i32_u (i32.reinterpret_f32 (local.get 0))) (i64.const 32)) (i64.extend_i32_u (i32.reinterpret_f32 (local.get 1)))))))))
  (func $f32_convert_i64_s (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.convert_i64_s (i64.or (i64.shl (i64.extend_i32_u (i32.reinterpret_f32 (local.get 0))) (i64.const 32)) (i64.extend_i32_u (i32.reinterpret_f32 (local.get 1))))))))
  (func $f32_convert_i32_u (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.convert_i32_u (i32.wrap_i64 (i64.or (i64.shl (i64.extend_i32_u (i32.reinterpret_f32 (local.get 0))) (i64.const 32)) (i64.extend_i32_u (i32.reinterpret_f32 (local.get 1)))))))))
  (func $f32_convert_i64_u (type $f32) (i64.extend_i32_u (i32.reinterpret_f32 (f32.convert_i64_u (i64.or (i64.shl (i64.extend_i32_u (i32.reinterpret_f32 (local.get 0))) (i64.const 32)) (i64.extend_i32_u (i32.reinterpret_f32 (local.get 1))))))))
  (func $f32_promote (type $f32) (i64.reinterpret_f64 (f64.promote_f32 (local.get 0))))
  (global $state (mut i64) (i64.const 0))
  ;; xorshift64 (Marsaglia 2003).
  (func $random (result i64) (local $x i64)
    (local.set $x (global.get $state))
    (local.set $x (i64.xor (local.get $x) (i64.shl (local.get $x) (i64.const 13))))
    (local.set $x (i64.xor (local.get $x) (i64.shr_u (local.get $x) (i64.const 7))))
    (local.set $x (i64.xor (local.get $x) (i64.shl (local.get $x) (i64.const 17))))
    (global.set $state (local.get $x))
    (local.get $x))
  ;; The float of $bits with another exponent, of a format with $fraction bits of fraction and the exponents $all.
  (func $with_exponent (param $bits i64) (param $fraction i64) (param $all i64) (param $exponent i64) (result i64)
    (i64.xor (local.get $bits)
      (i64.shl
        (i64.and (local.get $all)
          (i64.xor (i64.shr_u (local.get $bits) (local.get $fraction)) (local.get $exponent)))
        (local.get $fraction))))
  ;; The $i-th pair of a format beyond the special ones.
  (func $pair (param $i i32) (param $fraction i64) (param $all i64) (result i64 i64) (local $a i64) (local $b i64)
    (local.set $a (call $random))
    (local.set $b (call $random))
    (block $done
      (block $tiny
        (block $integral
          (block $near
            (br_table $done $near $integral $tiny (i32.and (local.get $i) (i32.const 3))))
          (local.set $b
            (call $with_exponent (local.get $b) (local.get $fraction) (local.get $all)
              (i64.add (i64.shr_u (local.get $a) (local.get $fraction))
                (i64.sub (i64.and (call $random) (i64.const 63)) (i64.const 31)))))
          (br $done))
        (local.set $a
          (call $with_exponent (local.get $a) (local.get $fraction) (local.get $all)
            (i64.add (i64.shr_u (local.get $all) (i64.const 1))
              (i64.sub (i64.rem_u (call $random) (i64.const 70)) (i64.const 3)))))
        (br $done))
      (local.set $a
        (call $with_exponent (local.get $a) (local.get $fraction) (local.get $all)
          (i64.and (call $random) (i64.const 3))))
      (local.set $b
        (call $with_exponent (local.get $b) (local.get $fraction) (local.get $all)
          (i64.and (call $random) (i64.const 3)))))
    (local.get $a) (local.get $b))
  (func $mix (param $sum i64) (param $result i64) (result i64)
    (i64.mul (i64.xor (i64.rotl (local.get $sum) (i64.const 5)) (local.get $result))
      (i64.const 0x9e3779b97f4a7c15)))
  (func (export "f32") (param $op i32) (param $count i32) (result i64)
    (local $i i32) (local $sum i64) (local $a i64) (local $b i64)
    (global.set $state (i64.const 0x2545f4914f6cdd1d))
    (loop $next
      (if (i32.lt_u (local.get $i) (i32.const 3136))
        (then
          (local.set $a (i64.load32_u (i32.shl (i32.div_u (local.get $i) (i32.const 56)) (i32.const 2))))
          (local.set $b (i64.load32_u (i32.shl (i32.rem_u (local.get $i) (i32.const 56)) (i32.const 2)))))
        (else
          (call $pair (local.get $i) (i64.const 23) (i64.const 255))
          (local.set $b)
          (local.set $a)))
      (local.set $sum
        (call $mix (local.get $sum)
          (call_indirect $f32 (type $f32)
            (f32.reinterpret_i32 (i32.wrap_i64 (local.get $a))) (f32.reinterpret_i32 (i32.wrap_i64 (local.get $b))) (local.get $op))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
    (local.get $sum)))
