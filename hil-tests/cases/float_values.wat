;; Where floats go: parameters beyond the registers, several results, blocks, locals, globals, memory at any alignment,
;; calls of every kind, and more of them alive at once than there are registers.
;; invoke parameters 1.5 2.25 -3 1e300 7 -0.125 11 6.5
;; invoke several 3 0.5
;; invoke blocks 2.5 0
;; invoke blocks 2.5 1
;; invoke blocks -inf 2
;; invoke globals nan:0x1234 -nan:0x1
;; invoke memory 1 1.1 -2.2
;; invoke memory 2 nan:0x77 nan:0x1
;; invoke memory 65524 1e-40 5e-324
;; invoke memory 65525 1 2
;; invoke constant_addresses 4.75 -8.125
;; invoke copies 1
;; invoke signs 1.5 -2
;; invoke signs -nan:0x5 0
;; invoke choose 0 1.5 -2
;; invoke choose 1 1.5 -2
;; invoke larger 1.5 -2
;; invoke larger nan 1
;; invoke larger -0 0
;; invoke indirect 0 3 4
;; invoke indirect 1 3 4
;; invoke indirect 2 3 4
;; invoke indirect 3 3 4
;; invoke recursive 20
;; invoke sum_of_series 200
;; invoke pressure 1.5
;; invoke pressure_across_calls 0.75
;; invoke escapes -0.75 0.1
;; invoke horner 1.375
;; invoke constants_in_loop 50
;; invoke narrow -3 200
;; invoke globals 1.25 -7.5
(module
  (memory 1)
  (global $single (mut f32) (f32.const -0.5))
  (global $double (mut f64) (f64.const 0x1.921fb54442d18p+1))
  (global $tau f64 (f64.const 6.283185307179586))
  (type $binary (func (param f64 f32) (result f64)))
  (table funcref (elem $add $sub $mul $div))
  (func $add (type $binary) (f64.add (local.get 0) (f64.promote_f32 (local.get 1))))
  (func $sub (type $binary) (f64.sub (local.get 0) (f64.promote_f32 (local.get 1))))
  (func $mul (type $binary) (f64.mul (local.get 0) (f64.promote_f32 (local.get 1))))
  (func $div (type $binary) (f64.div (local.get 0) (f64.promote_f32 (local.get 1))))

  (func (export "parameters") (param f32 f64 f32 f64 i32 f64 i64 f32) (result f64)
    (call $add
      (f64.mul (f64.convert_i64_s (local.get 6)) (f64.sub (local.get 5) (f64.convert_i32_s (local.get 4))))
      (f32.add (f32.demote_f64 (f64.div (local.get 3) (f64.const 1e299)))
        (f32.sub (f32.mul (local.get 0) (local.get 7)) (f32.div (f32.demote_f64 (local.get 1)) (local.get 2))))))

  (func $three (param f64 f32) (result f64 f32 i32 f64 f32)
    (f64.add (local.get 0) (f64.const 1)) (f32.neg (local.get 1)) (i32.const 42)
    (f64.sqrt (local.get 0)) (f32.abs (local.get 1)))
  (func (export "several") (param f64 f32) (result f32 f64 i32 f32 f64) (local f64 f32 i32 f64 f32)
    (call $three (local.get 0) (local.get 1))
    (local.set 6) (local.set 5) (local.set 4) (local.set 3) (local.set 2)
    (local.get 6) (local.get 5) (local.get 4) (local.get 3) (local.get 2))

  (func (export "blocks") (param f64 i32) (result f64 f32)
    (block $outer (result f64 f32)
      (local.get 0) (f32.const 10)
      (block $inner (param f64 f32) (result f64 f32)
        (br_table 0 1 2 (local.get 1)))
      (f32.mul (f32.const 2))
      (br $outer))
    (loop $again (param f64 f32) (result f64 f32)
      (f32.add (f32.const 1))
      (if (param f32) (result f32) (f64.lt (local.get 0) (f64.const 100))
        (then (local.set 0 (f64.mul (local.get 0) (f64.const 1.5))) (f32.sub (f32.const 0.25))))
      (br_if $again (i32.eqz (local.tee 1 (i32.add (local.get 1) (i32.const 1)))))))

  (func (export "globals") (param f32 f64) (result f32 f64 f64)
    (global.get $single) (global.get $double)
    (global.set $single (local.get 0))
    (global.set $double (local.get 1))
    (global.get $tau)
    (drop) (drop) (drop)
    (global.get $single) (global.get $double) (global.get $tau))

  (func (export "memory") (param i32 f32 f64) (result f32 f64 i32 i64)
    (f32.store (local.get 0) (local.get 1))
    (f64.store offset=4 (local.get 0) (local.get 2))
    (f32.load (local.get 0)) (f64.load offset=4 (local.get 0))
    (i32.load (local.get 0)) (i64.load offset=4 (local.get 0)))

  (func (export "constant_addresses") (param f32 f64) (result f32 f64 f32)
    (f32.store (i32.const 40) (local.get 0))
    (f64.store (i32.const 51) (local.get 1))
    (f32.load (i32.const 40)) (f64.load (i32.const 51)) (f32.load (i32.const 53)))

  ;; Floats that are only moved: every bit of a signalling NaN arrives.
  (func (export "copies") (param i32) (result i64) (local f64 f32)
    (i64.store (i32.const 8) (i64.const 0x7ff0000000000bad))
    (i32.store (i32.const 16) (i32.const 0xff800bad))
    (local.set 1 (f64.load (i32.const 8)))
    (local.set 2 (f32.load (i32.const 16)))
    (f64.store (i32.const 24) (select (local.get 1) (f64.const 0) (local.get 0)))
    (f32.store (i32.const 32) (local.get 2))
    (i64.xor (i64.load (i32.const 24)) (i64.load32_u (i32.const 32))))

  (func (export "signs") (param f64 f32) (result f64 f64 f64 f32 f32 f32)
    (f64.neg (local.get 0)) (f64.abs (local.get 0))
    (f64.copysign (local.get 0) (f64.promote_f32 (local.get 1)))
    (f32.neg (local.get 1)) (f32.abs (local.get 1))
    (f32.copysign (local.get 1) (f32.reinterpret_i32 (i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64 (local.get 0)) (i64.const 32))))))

  (func (export "choose") (param i32 f64 f32) (result f64 f32 f64)
    (select (local.get 1) (f64.const 100) (local.get 0))
    (select (result f32) (local.get 2) (f32.const 200) (i32.lt_s (local.get 0) (i32.const 1)))
    (select (local.get 1) (f64.promote_f32 (local.get 2)) (f64.gt (local.get 1) (f64.const 1))))

  (func (export "larger") (param f64 f64) (result f64 i32)
    (if (result f64) (f64.ge (local.get 0) (local.get 1)) (then (local.get 0)) (else (local.get 1)))
    (i32.add (f64.lt (local.get 0) (local.get 1)) (i32.mul (i32.const 10) (f64.eq (local.get 0) (local.get 1)))))

  (func (export "indirect") (param i32 f64 f32) (result f64)
    (call_indirect (type $binary) (local.get 1) (local.get 2) (local.get 0)))

  (func $recursive (export "recursive") (param f64) (result f64)
    (if (result f64) (f64.lt (local.get 0) (f64.const 2))
      (then (local.get 0))
      (else (f64.add (call $recursive (f64.sub (local.get 0) (f64.const 1)))
        (call $recursive (f64.sub (local.get 0) (f64.const 2)))))))

  (func (export "sum_of_series") (param i32) (result f64 f32) (local $sum f64) (local $single f32) (local $i i32)
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $sum (f64.add (local.get $sum)
        (f64.div (f64.const 1) (f64.convert_i32_u (i32.mul (local.get $i) (local.get $i))))))
      (local.set $single (f32.add (f32.mul (local.get $single) (f32.const 0.999)) (f32.convert_i32_s (local.get $i))))
      (br_if $next (i32.lt_u (local.get $i) (local.get 0))))
    (local.get $sum) (local.get $single))

  (func (export "pressure") (param f32) (result f32)
    (local f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32 i32)
    (loop $next
      (local.set 1 (f32.add (local.get 0) (f32.const 1))) (local.set 2 (f32.mul (local.get 1) (local.get 0)))
      (local.set 3 (f32.sub (local.get 2) (local.get 20))) (local.set 4 (f32.add (local.get 3) (local.get 1)))
      (local.set 5 (f32.mul (local.get 4) (f32.const 0.5))) (local.set 6 (f32.sub (local.get 5) (local.get 19)))
      (local.set 7 (f32.add (local.get 6) (local.get 2))) (local.set 8 (f32.mul (local.get 7) (f32.const 0.25)))
      (local.set 9 (f32.sub (local.get 8) (local.get 18))) (local.set 10 (f32.add (local.get 9) (local.get 3)))
      (local.set 11 (f32.mul (local.get 10) (f32.const 0.75))) (local.set 12 (f32.sub (local.get 11) (local.get 17)))
      (local.set 13 (f32.add (local.get 12) (local.get 4))) (local.set 14 (f32.mul (local.get 13) (f32.const 0.3)))
      (local.set 15 (f32.sub (local.get 14) (local.get 16))) (local.set 16 (f32.add (local.get 15) (local.get 5)))
      (local.set 17 (f32.add (local.get 16) (local.get 6))) (local.set 18 (f32.sub (local.get 17) (local.get 7)))
      (local.set 19 (f32.add (local.get 18) (local.get 8))) (local.set 20 (f32.sub (local.get 19) (local.get 9)))
      (br_if $next (i32.lt_u (local.tee 21 (i32.add (local.get 21) (i32.const 1))) (i32.const 5))))
    (f32.add (f32.add (f32.add (f32.add (local.get 1) (local.get 2)) (f32.add (local.get 3) (local.get 4)))
        (f32.add (f32.add (local.get 5) (local.get 6)) (f32.add (local.get 7) (local.get 8))))
      (f32.add (f32.add (f32.add (local.get 9) (local.get 10)) (f32.add (local.get 11) (local.get 12)))
        (f32.add (f32.add (f32.add (local.get 13) (local.get 14)) (f32.add (local.get 15) (local.get 16)))
          (f32.add (f32.add (local.get 17) (local.get 18)) (f32.add (local.get 19) (local.get 20)))))))

  (func $half (param f64) (result f64) (f64.mul (local.get 0) (f64.const 0.5)))
  (func (export "pressure_across_calls") (param f64) (result f64)
    (local f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64 f64)
    (local.set 1 (call $half (local.get 0))) (local.set 2 (call $half (f64.add (local.get 1) (f64.const 1))))
    (local.set 3 (call $half (f64.add (local.get 2) (local.get 1))))
    (local.set 4 (call $half (f64.sub (local.get 3) (local.get 0))))
    (local.set 5 (call $half (f64.mul (local.get 4) (local.get 2))))
    (local.set 6 (call $half (f64.add (local.get 5) (local.get 3))))
    (local.set 7 (call $half (f64.sub (local.get 6) (local.get 4))))
    (local.set 8 (call $half (f64.add (local.get 7) (local.get 5))))
    (local.set 9 (call $half (f64.mul (local.get 8) (local.get 6))))
    (local.set 10 (call $half (f64.add (local.get 9) (local.get 7))))
    (local.set 11 (call $half (f64.sub (local.get 10) (local.get 8))))
    (local.set 12 (call $half (f64.add (local.get 11) (local.get 9))))
    (f64.add (f64.add (f64.add (local.get 1) (local.get 2)) (f64.add (local.get 3) (local.get 4)))
      (f64.add (f64.add (f64.add (local.get 5) (local.get 6)) (f64.add (local.get 7) (local.get 8)))
        (f64.add (f64.add (local.get 9) (local.get 10)) (f64.add (local.get 11) (local.get 12))))))

  ;; Iterations of z^2 + c, as in a Mandelbrot set.
  (func (export "escapes") (param $cr f64) (param $ci f64) (result i32 f64)
    (local $r f64) (local $i f64) (local $rr f64) (local $ii f64) (local $n i32)
    (loop $next
      (local.set $rr (f64.mul (local.get $r) (local.get $r)))
      (local.set $ii (f64.mul (local.get $i) (local.get $i)))
      (if (f64.le (f64.add (local.get $rr) (local.get $ii)) (f64.const 4))
        (then
          (local.set $i (f64.add (f64.mul (f64.const 2) (f64.mul (local.get $r) (local.get $i))) (local.get $ci)))
          (local.set $r (f64.add (f64.sub (local.get $rr) (local.get $ii)) (local.get $cr)))
          (br_if $next (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 200))))))
    (local.get $n) (local.get $r))

  (func (export "horner") (param f32) (result f32)
    (f32.add (f32.const 1) (f32.mul (local.get 0) (f32.add (f32.const 0.5) (f32.mul (local.get 0)
      (f32.add (f32.const 0.25) (f32.mul (local.get 0) (f32.add (f32.const -0.125) (f32.mul (local.get 0)
        (f32.const 0.0625))))))))))

  (func (export "constants_in_loop") (param i32) (result f32 f64) (local $x f32) (local $y f64)
    (local.set $x (f32.const 1)) (local.set $y (f64.const 1))
    (loop $next
      (local.set $x (f32.add (f32.mul (local.get $x) (f32.const 1.0625)) (f32.const -0.03)))
      (local.set $y (f64.sub (f64.div (local.get $y) (f64.const 1.0625)) (f64.const -0.03)))
      (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get $x) (local.get $y))

  ;; Conversions of integers that are known to be small.
  (func (export "narrow") (param i32 i32) (result f32 f64 f64 f32 f64 f32)
    (f32.convert_i32_u (i32.lt_s (local.get 0) (local.get 1)))
    (f64.convert_i32_s (i32.extend8_s (local.get 1)))
    (f64.convert_i64_s (i64.extend16_s (i64.extend_i32_s (local.get 0))))
    (f32.convert_i64_u (i64.extend_i32_u (local.get 0)))
    (i32.store8 (i32.const 3) (local.get 1))
    (f64.convert_i32_u (i32.load8_u (i32.const 3)))
    (f32.convert_i64_u (i64.extend_i32_u (f64.gt (f64.convert_i32_u (local.get 0)) (f64.const 4e9))))))
