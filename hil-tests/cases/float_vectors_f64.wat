;; Every operation on f64 over many pairs of operands, its results in one number: what a target computes in
;; software is compared here, bit for bit, NaNs included. First come all pairs of special values, then random ones in
;; four kinds: any; the second one's exponent near the first one's; the first one near the integers' limits; both tiny.
;; `f64 OP COUNT`: operations are numbered in the order of their table.
;; invoke f64 0 5200
;; invoke f64 1 5200
;; invoke f64 2 5200
;; invoke f64 3 5200
;; invoke f64 4 5200
;; invoke f64 5 5200
;; invoke f64 6 5200
;; invoke f64 7 5200
;; invoke f64 8 5200
;; invoke f64 9 5200
;; invoke f64 10 5200
;; invoke f64 11 5200
;; invoke f64 12 5200
;; invoke f64 13 5200
;; invoke f64 14 5200
;; invoke f64 15 5200
;; invoke f64 16 5200
;; invoke f64 17 5200
;; invoke f64 18 5200
;; invoke f64 19 5200
;; invoke f64 20 5200
;; invoke f64 21 5200
;; invoke f64 22 5200
;; invoke f64 23 5200
(module
  (memory 1)
  ;; 66 special values.
  (data (i32.const 0)
    "\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\80\01\00\00\00\00\00\00\00\01\00\00\00\00\00\00\80"
    "\ff\ff\ff\ff\ff\ff\0f\00\ff\ff\ff\ff\ff\ff\0f\80\00\00\00\00\00\00\10\00\00\00\00\00\00\00\10\80"
    "\ff\ff\ff\ff\ff\ff\ef\7f\ff\ff\ff\ff\ff\ff\ef\ff\00\00\00\00\00\00\f0\7f\00\00\00\00\00\00\f0\ff"
    "\00\00\00\00\00\00\f8\7f\00\00\00\00\00\00\f8\ff\01\00\00\00\00\00\f0\7f\01\00\00\00\00\00\f0\ff"
    "\cd\ab\89\67\45\23\f1\7f\cd\ab\89\67\45\23\f1\ff\00\00\00\00\00\00\f0\3f\00\00\00\00\00\00\f0\bf"
    "\00\00\00\00\00\00\e0\3f\00\00\00\00\00\00\e0\bf\00\00\00\00\00\00\f8\3f\00\00\00\00\00\00\f8\bf"
    "\00\00\00\00\00\00\04\40\00\00\00\00\00\00\04\c0\00\00\00\00\00\00\0c\40\00\00\00\00\00\00\0c\c0"
    "\ff\ff\ff\ff\ff\ff\ef\3f\ff\ff\ff\ff\ff\ff\ef\bf\ff\ff\ff\ff\ff\ff\2f\43\ff\ff\ff\ff\ff\ff\2f\c3"
    "\ff\ff\ff\ff\ff\ff\3f\43\ff\ff\ff\ff\ff\ff\3f\c3\00\00\e0\ff\ff\ff\df\41\00\00\e0\ff\ff\ff\df\c1"
    "\00\00\00\00\00\00\e0\41\00\00\00\00\00\00\e0\c1\00\00\10\00\00\00\e0\41\00\00\10\00\00\00\e0\c1"
    "\00\00\20\00\00\00\e0\41\00\00\20\00\00\00\e0\c1\00\00\f0\ff\ff\ff\ef\41\00\00\f0\ff\ff\ff\ef\c1"
    "\00\00\00\00\00\00\f0\41\00\00\00\00\00\00\f0\c1\ff\ff\ff\ff\ff\ff\df\43\ff\ff\ff\ff\ff\ff\df\c3"
    "\00\00\00\00\00\00\e0\43\00\00\00\00\00\00\e0\c3\01\00\00\00\00\00\e0\43\01\00\00\00\00\00\e0\c3"
    "\ff\ff\ff\ff\ff\ff\ef\43\ff\ff\ff\ff\ff\ff\ef\c3\00\00\00\00\00\00\f0\43\00\00\00\00\00\00\f0\c3"
    "\00\00\00\10\00\00\f0\3f\00\00\00\10\00\00\f0\bf\00\00\00\30\00\00\f0\3f\00\00\00\30\00\00\f0\bf"
    "\00\00\00\00\00\00\a0\36\00\00\00\00\00\00\a0\b6\00\00\00\00\00\00\90\36\00\00\00\00\00\00\90\b6"
    "\00\00\00\f0\ff\ff\ef\47\00\00\00\f0\ff\ff\ef\c7")
  (type $f64 (func (param f64 f64) (result i64)))
  (table $f64 funcref (elem
    $f64_add $f64_sub $f64_mul $f64_div $f64_min $f64_max $f64_copysign $f64_sqrt $f64_ceil $f64_floor $f64_trunc
    $f64_nearest $f64_neg $f64_abs $f64_compare $f64_i32_trunc_sat_s $f64_i32_trunc_sat_u $f64_i64_trunc_sat_s
    $f64_i64_trunc_sat_u $f64_convert_i32_s $f64_convert_i64_s $f64_convert_i32_u $f64_convert_i64_u $f64_demote))
  (func $f64_add (type $f64) (i64.reinterpret_f64 (f64.add (local.get 0) (local.get 1))))
  (func $f64_sub (type $f64) (i64.reinterpret_f64 (f64.sub (local.get 0) (local.get 1))))
  (func $f64_mul (type $f64) (i64.reinterpret_f64 (f64.mul (local.get 0) (local.get 1))))
  (func $f64_div (type $f64) (i64.reinterpret_f64 (f64.div (local.get 0) (local.get 1))))
  (func $f64_min (type $f64) (i64.reinterpret_f64 (f64.min (local.get 0) (local.get 1))))
  (func $f64_max (type $f64) (i64.reinterpret_f64 (f64.max (local.get 0) (local.get 1))))
  (func $f64_copysign (type $f64) (i64.reinterpret_f64 (f64.copysign (local.get 0) (local.get 1))))
  (func $f64_sqrt (type $f64) (i64.reinterpret_f64 (f64.sqrt (local.get 0))))
  (func $f64_ceil (type $f64) (i64.reinterpret_f64 (f64.ceil (local.get 0))))
  (func $f64_floor (type $f64) (i64.reinterpret_f64 (f64.floor (local.get 0))))
  (func $f64_trunc (type $f64) (i64.reinterpret_f64 (f64.trunc (local.get 0))))
  (func $f64_nearest (type $f64) (i64.reinterpret_f64 (f64.nearest (local.get 0))))
  (func $f64_neg (type $f64) (i64.reinterpret_f64 (f64.neg (local.get 0))))
  (func $f64_abs (type $f64) (i64.reinterpret_f64 (f64.abs (local.get 0))))
  (func $f64_compare (type $f64) (i64.extend_i32_u (i32.or (f64.eq (local.get 0) (local.get 1)) (i32.shl
      (i32.or (f64.ne (local.get 0) (local.get 1)) (i32.shl
      (i32.or (f64.lt (local.get 0) (local.get 1)) (i32.shl
      (i32.or (f64.le (local.get 0) (local.get 1)) (i32.shl
      (i32.or (f64.gt (local.get 0) (local.get 1)) (i32.shl
      (f64.ge (local.get 0) (local.get 1)) (i32.const 1))) (i32.const 1))) (i32.const 1))) (i32.const 1))) (i32.const 1)))))
  (func $f64_i32_trunc_sat_s (type $f64) (i64.extend_i32_u (i32.trunc_sat_f64_s (local.get 0))))
  (func $f64_i32_trunc_sat_u (type $f64) (i64.extend_i32_u (i32.trunc_sat_f64_u (local.get 0))))
  (func $f64_i64_trunc_sat_s (type $f64) (i64.trunc_sat_f64_s (local.get 0)))
  (func $f64_i64_trunc_sat_u (type $f64) (i64.trunc_sat_f64_u (local.get 0)))
  (func $f64_convert_i32_s (type $f64) (i64.reinterpret_f64 (f64.convert_i32_s (i32.wrap_i64 (i64.reinterpret_f64 (local.get 0))))))
  (func $f64_convert_i64_s (type $f64) (i64.reinterpret_f64 (f64.convert_i64_s (i64.reinterpret_f64 (local.get 0)))))
  (func $f64_convert_i32_u (type $f64) (i64.reinterpret_f64 (f64.convert_i32_u (i32.wrap_i64 (i64.reinterpret_f64 (local.get 0))))))
  (func $f64_convert_i64_u (type $f64) (i64.reinterpret_f64 (f64.convert_i64_u (i64.reinterpret_f64 (local.get 0)))))
  (func $f64_demote (type $f64) (i64.extend_i32_u (i32.reinterpret_f32 (f32.demote_f64 (local.get 0)))))
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
  (func (export "f64") (param $op i32) (param $count i32) (result i64)
    (local $i i32) (local $sum i64) (local $a i64) (local $b i64)
    (global.set $state (i64.const 0x2545f4914f6cdd1d))
    (loop $next
      (if (i32.lt_u (local.get $i) (i32.const 4356))
        (then
          (local.set $a (i64.load (i32.shl (i32.div_u (local.get $i) (i32.const 66)) (i32.const 3))))
          (local.set $b (i64.load (i32.shl (i32.rem_u (local.get $i) (i32.const 66)) (i32.const 3)))))
        (else
          (call $pair (local.get $i) (i64.const 52) (i64.const 2047))
          (local.set $b)
          (local.set $a)))
      (local.set $sum
        (call $mix (local.get $sum)
          (call_indirect $f64 (type $f64)
            (f64.reinterpret_i64 (local.get $a)) (f64.reinterpret_i64 (local.get $b)) (local.get $op))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
    (local.get $sum)))
