;;! code = cortex-m7
;; Floats of both precisions in registers.
(module
  (memory 1)
  (global $f32 (mut f32) (f32.const 1))
  (global $f64 (mut f64) (f64.const 1))
  (func $f32_add (param f32 f32) (result f32) (f32.add (local.get 0) (local.get 1)))
  (func $f32_sub (param f32 f32) (result f32) (f32.sub (local.get 0) (local.get 1)))
  (func $f32_mul (param f32 f32) (result f32) (f32.mul (local.get 0) (local.get 1)))
  (func $f32_div (param f32 f32) (result f32) (f32.div (local.get 0) (local.get 1)))
  (func $f32_min (param f32 f32) (result f32) (f32.min (local.get 0) (local.get 1)))
  (func $f32_max (param f32 f32) (result f32) (f32.max (local.get 0) (local.get 1)))
  (func $f32_copysign (param f32 f32) (result f32) (f32.copysign (local.get 0) (local.get 1)))
  (func $f32_neg (param f32) (result f32) (f32.neg (local.get 0)))
  (func $f32_abs (param f32) (result f32) (f32.abs (local.get 0)))
  (func $f32_sqrt (param f32) (result f32) (f32.sqrt (local.get 0)))
  (func $f32_ceil (param f32) (result f32) (f32.ceil (local.get 0)))
  (func $f32_floor (param f32) (result f32) (f32.floor (local.get 0)))
  (func $f32_trunc (param f32) (result f32) (f32.trunc (local.get 0)))
  (func $f32_nearest (param f32) (result f32) (f32.nearest (local.get 0)))
  (func $f32_set_eq (param f32 f32) (result i32) (f32.eq (local.get 0) (local.get 1)))
  (func $f32_branch_eq (param f32 f32) (if (f32.eq (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f32_not_eq (param f32 f32) (result i32) (i32.eqz (f32.eq (local.get 0) (local.get 1))))
  (func $f32_select_eq (param f32 f32) (result f32) (select (local.get 0) (local.get 1) (f32.eq (local.get 0) (local.get 1))))
  (func $f32_set_ne (param f32 f32) (result i32) (f32.ne (local.get 0) (local.get 1)))
  (func $f32_branch_ne (param f32 f32) (if (f32.ne (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f32_not_ne (param f32 f32) (result i32) (i32.eqz (f32.ne (local.get 0) (local.get 1))))
  (func $f32_select_ne (param f32 f32) (result f32) (select (local.get 0) (local.get 1) (f32.ne (local.get 0) (local.get 1))))
  (func $f32_set_lt (param f32 f32) (result i32) (f32.lt (local.get 0) (local.get 1)))
  (func $f32_branch_lt (param f32 f32) (if (f32.lt (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f32_not_lt (param f32 f32) (result i32) (i32.eqz (f32.lt (local.get 0) (local.get 1))))
  (func $f32_select_lt (param f32 f32) (result f32) (select (local.get 0) (local.get 1) (f32.lt (local.get 0) (local.get 1))))
  (func $f32_set_le (param f32 f32) (result i32) (f32.le (local.get 0) (local.get 1)))
  (func $f32_branch_le (param f32 f32) (if (f32.le (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f32_not_le (param f32 f32) (result i32) (i32.eqz (f32.le (local.get 0) (local.get 1))))
  (func $f32_select_le (param f32 f32) (result f32) (select (local.get 0) (local.get 1) (f32.le (local.get 0) (local.get 1))))
  (func $f32_set_gt (param f32 f32) (result i32) (f32.gt (local.get 0) (local.get 1)))
  (func $f32_branch_gt (param f32 f32) (if (f32.gt (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f32_not_gt (param f32 f32) (result i32) (i32.eqz (f32.gt (local.get 0) (local.get 1))))
  (func $f32_select_gt (param f32 f32) (result f32) (select (local.get 0) (local.get 1) (f32.gt (local.get 0) (local.get 1))))
  (func $f32_set_ge (param f32 f32) (result i32) (f32.ge (local.get 0) (local.get 1)))
  (func $f32_branch_ge (param f32 f32) (if (f32.ge (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f32_not_ge (param f32 f32) (result i32) (i32.eqz (f32.ge (local.get 0) (local.get 1))))
  (func $f32_select_ge (param f32 f32) (result f32) (select (local.get 0) (local.get 1) (f32.ge (local.get 0) (local.get 1))))
  (func $f32_select_by_word (param f32 f32 i32) (result f32) (select (local.get 0) (local.get 1) (i32.lt_u (local.get 2) (i32.const 9))))
  (func $f32_select_same (param f32 i32) (result f32) (select (local.get 0) (local.get 0) (local.get 1)))
  (func $f32_from_i32_s (param i32) (result f32) (f32.convert_i32_s (local.get 0)))
  (func $f32_to_i32_s (param f32) (result i32) (i32.trunc_sat_f32_s (local.get 0)))
  (func $f32_from_i32_u (param i32) (result f32) (f32.convert_i32_u (local.get 0)))
  (func $f32_to_i32_u (param f32) (result i32) (i32.trunc_sat_f32_u (local.get 0)))
  (func $f32_from_i64_s (param i64) (result f32) (f32.convert_i64_s (local.get 0)))
  (func $f32_to_i64_s (param f32) (result i64) (i64.trunc_sat_f32_s (local.get 0)))
  (func $f32_from_i64_u (param i64) (result f32) (f32.convert_i64_u (local.get 0)))
  (func $f32_to_i64_u (param f32) (result i64) (i64.trunc_sat_f32_u (local.get 0)))
  (func $f32_load (param i32) (result f32) (f32.load offset=4 (local.get 0)))
  (func $f32_store (param i32 f32) (f32.store offset=4 (local.get 0) (local.get 1)))
  (func $f32_load_constant  (result f32) (f32.load (i32.const 16)))
  (func $f32_global  (result f32) (global.set $f32 (f32.add (global.get $f32) (f32.const 1.5))) (global.get $f32))
  (func $f32_constant  (result f32) (f32.const 0.1))
  (func $f32_short_constant (param f32) (result f32) (f32.mul (local.get 0) (f32.const 2)))
  (func $f32_bits (param f32) (result i32) (i32.reinterpret_f32 (f32.add (local.get 0) (local.get 0))))
  (func $f32_from_bits (param i32) (result f32) (f32.add (f32.reinterpret_i32 (local.get 0)) (f32.const 1)))
  (func $f32_truncate (param f32) (result i32) (i32.trunc_f32_s (local.get 0)))
  (func $f32_loop (param f32 i32) (result f32) (local f32) (loop (local.set 2 (f32.add (local.get 2) (f32.mul (local.get 0) (f32.const 0.3)))) (br_if 0 (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))) (local.get 2))
  (func $f32_call (param f32 f32) (result f32) (f32.add (call $f32_div (local.get 0) (local.get 1)) (local.get 1)))
  (func $f32_less_or_greater (param f32 f32 f32) (result i32) (i32.or (f32.lt (local.get 0) (local.get 1)) (f32.gt (local.get 0) (local.get 1))))
  (func $f32_neither (param f32 f32) (result i32) (i32.eqz (i32.or (f32.lt (local.get 0) (local.get 1)) (f32.gt (local.get 0) (local.get 1)))))
  (func $f32_ordered (param f32 f32) (result i32) (i32.and (f32.eq (local.get 0) (local.get 0)) (f32.eq (local.get 1) (local.get 1))))
  (func $f32_unordered (param f32 f32) (result i32) (i32.or (f32.ne (local.get 0) (local.get 0)) (f32.ne (local.get 1) (local.get 1))))
  (func $f64_add (param f64 f64) (result f64) (f64.add (local.get 0) (local.get 1)))
  (func $f64_sub (param f64 f64) (result f64) (f64.sub (local.get 0) (local.get 1)))
  (func $f64_mul (param f64 f64) (result f64) (f64.mul (local.get 0) (local.get 1)))
  (func $f64_div (param f64 f64) (result f64) (f64.div (local.get 0) (local.get 1)))
  (func $f64_min (param f64 f64) (result f64) (f64.min (local.get 0) (local.get 1)))
  (func $f64_max (param f64 f64) (result f64) (f64.max (local.get 0) (local.get 1)))
  (func $f64_copysign (param f64 f64) (result f64) (f64.copysign (local.get 0) (local.get 1)))
  (func $f64_neg (param f64) (result f64) (f64.neg (local.get 0)))
  (func $f64_abs (param f64) (result f64) (f64.abs (local.get 0)))
  (func $f64_sqrt (param f64) (result f64) (f64.sqrt (local.get 0)))
  (func $f64_ceil (param f64) (result f64) (f64.ceil (local.get 0)))
  (func $f64_floor (param f64) (result f64) (f64.floor (local.get 0)))
  (func $f64_trunc (param f64) (result f64) (f64.trunc (local.get 0)))
  (func $f64_nearest (param f64) (result f64) (f64.nearest (local.get 0)))
  (func $f64_set_eq (param f64 f64) (result i32) (f64.eq (local.get 0) (local.get 1)))
  (func $f64_branch_eq (param f64 f64) (if (f64.eq (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f64_not_eq (param f64 f64) (result i32) (i32.eqz (f64.eq (local.get 0) (local.get 1))))
  (func $f64_select_eq (param f64 f64) (result f64) (select (local.get 0) (local.get 1) (f64.eq (local.get 0) (local.get 1))))
  (func $f64_set_ne (param f64 f64) (result i32) (f64.ne (local.get 0) (local.get 1)))
  (func $f64_branch_ne (param f64 f64) (if (f64.ne (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f64_not_ne (param f64 f64) (result i32) (i32.eqz (f64.ne (local.get 0) (local.get 1))))
  (func $f64_select_ne (param f64 f64) (result f64) (select (local.get 0) (local.get 1) (f64.ne (local.get 0) (local.get 1))))
  (func $f64_set_lt (param f64 f64) (result i32) (f64.lt (local.get 0) (local.get 1)))
  (func $f64_branch_lt (param f64 f64) (if (f64.lt (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f64_not_lt (param f64 f64) (result i32) (i32.eqz (f64.lt (local.get 0) (local.get 1))))
  (func $f64_select_lt (param f64 f64) (result f64) (select (local.get 0) (local.get 1) (f64.lt (local.get 0) (local.get 1))))
  (func $f64_set_le (param f64 f64) (result i32) (f64.le (local.get 0) (local.get 1)))
  (func $f64_branch_le (param f64 f64) (if (f64.le (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f64_not_le (param f64 f64) (result i32) (i32.eqz (f64.le (local.get 0) (local.get 1))))
  (func $f64_select_le (param f64 f64) (result f64) (select (local.get 0) (local.get 1) (f64.le (local.get 0) (local.get 1))))
  (func $f64_set_gt (param f64 f64) (result i32) (f64.gt (local.get 0) (local.get 1)))
  (func $f64_branch_gt (param f64 f64) (if (f64.gt (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f64_not_gt (param f64 f64) (result i32) (i32.eqz (f64.gt (local.get 0) (local.get 1))))
  (func $f64_select_gt (param f64 f64) (result f64) (select (local.get 0) (local.get 1) (f64.gt (local.get 0) (local.get 1))))
  (func $f64_set_ge (param f64 f64) (result i32) (f64.ge (local.get 0) (local.get 1)))
  (func $f64_branch_ge (param f64 f64) (if (f64.ge (local.get 0) (local.get 1)) (then (unreachable))))
  (func $f64_not_ge (param f64 f64) (result i32) (i32.eqz (f64.ge (local.get 0) (local.get 1))))
  (func $f64_select_ge (param f64 f64) (result f64) (select (local.get 0) (local.get 1) (f64.ge (local.get 0) (local.get 1))))
  (func $f64_select_by_word (param f64 f64 i32) (result f64) (select (local.get 0) (local.get 1) (i32.lt_u (local.get 2) (i32.const 9))))
  (func $f64_select_same (param f64 i32) (result f64) (select (local.get 0) (local.get 0) (local.get 1)))
  (func $f64_from_i32_s (param i32) (result f64) (f64.convert_i32_s (local.get 0)))
  (func $f64_to_i32_s (param f64) (result i32) (i32.trunc_sat_f64_s (local.get 0)))
  (func $f64_from_i32_u (param i32) (result f64) (f64.convert_i32_u (local.get 0)))
  (func $f64_to_i32_u (param f64) (result i32) (i32.trunc_sat_f64_u (local.get 0)))
  (func $f64_from_i64_s (param i64) (result f64) (f64.convert_i64_s (local.get 0)))
  (func $f64_to_i64_s (param f64) (result i64) (i64.trunc_sat_f64_s (local.get 0)))
  (func $f64_from_i64_u (param i64) (result f64) (f64.convert_i64_u (local.get 0)))
  (func $f64_to_i64_u (param f64) (result i64) (i64.trunc_sat_f64_u (local.get 0)))
  (func $f64_load (param i32) (result f64) (f64.load offset=4 (local.get 0)))
  (func $f64_store (param i32 f64) (f64.store offset=4 (local.get 0) (local.get 1)))
  (func $f64_load_constant  (result f64) (f64.load (i32.const 16)))
  (func $f64_global  (result f64) (global.set $f64 (f64.add (global.get $f64) (f64.const 1.5))) (global.get $f64))
  (func $f64_constant  (result f64) (f64.const 0.1))
  (func $f64_short_constant (param f64) (result f64) (f64.mul (local.get 0) (f64.const 2)))
  (func $f64_bits (param f64) (result i64) (i64.reinterpret_f64 (f64.add (local.get 0) (local.get 0))))
  (func $f64_from_bits (param i64) (result f64) (f64.add (f64.reinterpret_i64 (local.get 0)) (f64.const 1)))
  (func $f64_truncate (param f64) (result i64) (i64.trunc_f64_s (local.get 0)))
  (func $f64_loop (param f64 i32) (result f64) (local f64) (loop (local.set 2 (f64.add (local.get 2) (f64.mul (local.get 0) (f64.const 0.3)))) (br_if 0 (local.tee 1 (i32.sub (local.get 1) (i32.const 1))))) (local.get 2))
  (func $f64_call (param f64 f64) (result f64) (f64.add (call $f64_div (local.get 0) (local.get 1)) (local.get 1)))
  (func $f64_less_or_greater (param f64 f64 f64) (result i32) (i32.or (f64.lt (local.get 0) (local.get 1)) (f64.gt (local.get 0) (local.get 1))))
  (func $f64_neither (param f64 f64) (result i32) (i32.eqz (i32.or (f64.lt (local.get 0) (local.get 1)) (f64.gt (local.get 0) (local.get 1)))))
  (func $f64_ordered (param f64 f64) (result i32) (i32.and (f64.eq (local.get 0) (local.get 0)) (f64.eq (local.get 1) (local.get 1))))
  (func $f64_unordered (param f64 f64) (result i32) (i32.or (f64.ne (local.get 0) (local.get 0)) (f64.ne (local.get 1) (local.get 1))))
  (func $promote (param f32) (result f64) (f64.promote_f32 (local.get 0)))
  (func $demote (param f64) (result f32) (f32.demote_f64 (local.get 0)))
)

;; ---- expected ----
;; ;; f32_add
;; function u0:0(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0150                               v4 = fadd v1, v2
;; @0151                               return v4
;; }
;;
;; ;; f32_sub
;; function u0:1(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0158                               v4 = fsub v1, v2
;; @0159                               return v4
;; }
;;
;; ;; f32_mul
;; function u0:2(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0160                               v4 = fmul v1, v2
;; @0161                               return v4
;; }
;;
;; ;; f32_div
;; function u0:3(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0168                               v4 = fdiv v1, v2
;; @0169                               return v4
;; }
;;
;; ;; f32_min
;; function u0:4(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0170                               v4 = fmin v1, v2
;; @0171                               return v4
;; }
;;
;; ;; f32_max
;; function u0:5(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0178                               v4 = fmax v1, v2
;; @0179                               return v4
;; }
;;
;; ;; f32_copysign
;; function u0:6(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0180                               v4 = fcopysign v1, v2
;; @0181                               return v4
;; }
;;
;; ;; f32_neg
;; function u0:7(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0186                               v3 = fneg v1
;; @0187                               return v3
;; }
;;
;; ;; f32_abs
;; function u0:8(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @018c                               v3 = fabs v1
;; @018d                               return v3
;; }
;;
;; ;; f32_sqrt
;; function u0:9(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0192                               v3 = sqrt v1
;; @0193                               return v3
;; }
;;
;; ;; f32_ceil
;; function u0:10(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0198                               v3 = ceil v1
;; @0199                               return v3
;; }
;;
;; ;; f32_floor
;; function u0:11(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @019e                               v3 = floor v1
;; @019f                               return v3
;; }
;;
;; ;; f32_trunc
;; function u0:12(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @01a4                               v3 = trunc v1
;; @01a5                               return v3
;; }
;;
;; ;; f32_nearest
;; function u0:13(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @01aa                               v3 = nearest v1
;; @01ab                               return v3
;; }
;;
;; ;; f32_set_eq
;; function u0:14(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01b2                               v4 = fcmp eq v1, v2
;; @01b2                               v5 = uextend.i32 v4
;; @01b3                               return v5
;; }
;;
;; ;; f32_branch_eq
;; function u0:15(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01ba                               v3 = fcmp eq v1, v2
;; @01bb                               trapnz v3, user1
;; @01bb                               jump block4
;;
;;                                 block4:
;; @01bf                               return
;; }
;;
;; ;; f32_not_eq
;; function u0:16(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01c6                               v4 = fcmp eq v1, v2
;; @01c6                               v5 = uextend.i32 v4
;; @01c7                               v6 = iconst.i32 0
;; @01c7                               v7 = icmp eq v5, v6  ; v6 = 0
;; @01c7                               v8 = uextend.i32 v7
;; @01c8                               return v8
;; }
;;
;; ;; f32_select_eq
;; function u0:17(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01d3                               v4 = fcmp eq v1, v2
;; @01d4                               v6 = select v4, v1, v2
;; @01d5                               return v6
;; }
;;
;; ;; f32_set_ne
;; function u0:18(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01dc                               v4 = fcmp ne v1, v2
;; @01dc                               v5 = uextend.i32 v4
;; @01dd                               return v5
;; }
;;
;; ;; f32_branch_ne
;; function u0:19(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01e4                               v3 = fcmp ne v1, v2
;; @01e5                               trapnz v3, user1
;; @01e5                               jump block4
;;
;;                                 block4:
;; @01e9                               return
;; }
;;
;; ;; f32_not_ne
;; function u0:20(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01f0                               v4 = fcmp ne v1, v2
;; @01f0                               v5 = uextend.i32 v4
;; @01f1                               v6 = iconst.i32 0
;; @01f1                               v7 = icmp eq v5, v6  ; v6 = 0
;; @01f1                               v8 = uextend.i32 v7
;; @01f2                               return v8
;; }
;;
;; ;; f32_select_ne
;; function u0:21(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01fd                               v4 = fcmp ne v1, v2
;; @01fe                               v6 = select v4, v1, v2
;; @01ff                               return v6
;; }
;;
;; ;; f32_set_lt
;; function u0:22(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0206                               v4 = fcmp lt v1, v2
;; @0206                               v5 = uextend.i32 v4
;; @0207                               return v5
;; }
;;
;; ;; f32_branch_lt
;; function u0:23(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @020e                               v3 = fcmp lt v1, v2
;; @020f                               trapnz v3, user1
;; @020f                               jump block4
;;
;;                                 block4:
;; @0213                               return
;; }
;;
;; ;; f32_not_lt
;; function u0:24(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @021a                               v4 = fcmp lt v1, v2
;; @021a                               v5 = uextend.i32 v4
;; @021b                               v6 = iconst.i32 0
;; @021b                               v7 = icmp eq v5, v6  ; v6 = 0
;; @021b                               v8 = uextend.i32 v7
;; @021c                               return v8
;; }
;;
;; ;; f32_select_lt
;; function u0:25(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0227                               v4 = fcmp lt v1, v2
;; @0228                               v6 = select v4, v1, v2
;; @0229                               return v6
;; }
;;
;; ;; f32_set_le
;; function u0:26(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0230                               v4 = fcmp le v1, v2
;; @0230                               v5 = uextend.i32 v4
;; @0231                               return v5
;; }
;;
;; ;; f32_branch_le
;; function u0:27(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0238                               v3 = fcmp le v1, v2
;; @0239                               trapnz v3, user1
;; @0239                               jump block4
;;
;;                                 block4:
;; @023d                               return
;; }
;;
;; ;; f32_not_le
;; function u0:28(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0244                               v4 = fcmp le v1, v2
;; @0244                               v5 = uextend.i32 v4
;; @0245                               v6 = iconst.i32 0
;; @0245                               v7 = icmp eq v5, v6  ; v6 = 0
;; @0245                               v8 = uextend.i32 v7
;; @0246                               return v8
;; }
;;
;; ;; f32_select_le
;; function u0:29(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0251                               v4 = fcmp le v1, v2
;; @0252                               v6 = select v4, v1, v2
;; @0253                               return v6
;; }
;;
;; ;; f32_set_gt
;; function u0:30(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @025a                               v4 = fcmp gt v1, v2
;; @025a                               v5 = uextend.i32 v4
;; @025b                               return v5
;; }
;;
;; ;; f32_branch_gt
;; function u0:31(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0262                               v3 = fcmp gt v1, v2
;; @0263                               trapnz v3, user1
;; @0263                               jump block4
;;
;;                                 block4:
;; @0267                               return
;; }
;;
;; ;; f32_not_gt
;; function u0:32(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @026e                               v4 = fcmp gt v1, v2
;; @026e                               v5 = uextend.i32 v4
;; @026f                               v6 = iconst.i32 0
;; @026f                               v7 = icmp eq v5, v6  ; v6 = 0
;; @026f                               v8 = uextend.i32 v7
;; @0270                               return v8
;; }
;;
;; ;; f32_select_gt
;; function u0:33(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @027b                               v4 = fcmp gt v1, v2
;; @027c                               v6 = select v4, v1, v2
;; @027d                               return v6
;; }
;;
;; ;; f32_set_ge
;; function u0:34(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0284                               v4 = fcmp ge v1, v2
;; @0284                               v5 = uextend.i32 v4
;; @0285                               return v5
;; }
;;
;; ;; f32_branch_ge
;; function u0:35(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @028c                               v3 = fcmp ge v1, v2
;; @028d                               trapnz v3, user1
;; @028d                               jump block4
;;
;;                                 block4:
;; @0291                               return
;; }
;;
;; ;; f32_not_ge
;; function u0:36(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0298                               v4 = fcmp ge v1, v2
;; @0298                               v5 = uextend.i32 v4
;; @0299                               v6 = iconst.i32 0
;; @0299                               v7 = icmp eq v5, v6  ; v6 = 0
;; @0299                               v8 = uextend.i32 v7
;; @029a                               return v8
;; }
;;
;; ;; f32_select_ge
;; function u0:37(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @02a5                               v4 = fcmp ge v1, v2
;; @02a6                               v6 = select v4, v1, v2
;; @02a7                               return v6
;; }
;;
;; ;; f32_select_by_word
;; function u0:38(i32 vmctx, f32, f32, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32, v3: i32):
;; @02b0                               v5 = iconst.i32 9
;; @02b2                               v6 = icmp ult v3, v5  ; v5 = 9
;; @02b3                               v8 = select v6, v1, v2
;; @02b4                               return v8
;; }
;;
;; ;; f32_select_same
;; function u0:39(i32 vmctx, f32, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: i32):
;; @02be                               return v1
;; }
;;
;; ;; f32_from_i32_s
;; function u0:40(i32 vmctx, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @02c3                               v3 = fcvt_from_sint.f32 v1
;; @02c4                               return v3
;; }
;;
;; ;; f32_to_i32_s
;; function u0:41(i32 vmctx, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @02c9                               v3 = fcvt_to_sint_sat.i32 v1
;; @02cb                               return v3
;; }
;;
;; ;; f32_from_i32_u
;; function u0:42(i32 vmctx, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @02d0                               v3 = fcvt_from_uint.f32 v1
;; @02d1                               return v3
;; }
;;
;; ;; f32_to_i32_u
;; function u0:43(i32 vmctx, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @02d6                               v3 = fcvt_to_uint_sat.i32 v1
;; @02d8                               return v3
;; }
;;
;; ;; f32_from_i64_s
;; function u0:44(i32 vmctx, i64) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @02dd                               v3 = fcvt_from_sint.f32 v1
;; @02de                               return v3
;; }
;;
;; ;; f32_to_i64_s
;; function u0:45(i32 vmctx, f32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @02e3                               v3 = fcvt_to_sint_sat.i64 v1
;; @02e5                               return v3
;; }
;;
;; ;; f32_from_i64_u
;; function u0:46(i32 vmctx, i64) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @02ea                               v3 = fcvt_from_uint.f32 v1
;; @02eb                               return v3
;; }
;;
;; ;; f32_to_i64_u
;; function u0:47(i32 vmctx, f32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @02f0                               v3 = fcvt_to_uint_sat.i64 v1
;; @02f2                               return v3
;; }
;;
;; ;; f32_load
;; function u0:48(i32 vmctx, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @02f7                               v3 = iconst.i32 0xfff8
;; @02f7                               v4 = icmp ugt v1, v3  ; v3 = 0xfff8
;; @02f7                               trapnz v4, user2
;; @02f7                               v5 = iadd v0, v1
;; @02f7                               v6 = load.f32 notrap region0 v5+68
;; @02fa                               return v6
;; }
;;
;; ;; f32_store
;; function u0:49(i32 vmctx, i32, f32) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: f32):
;; @0301                               v3 = iconst.i32 0xfff8
;; @0301                               v4 = icmp ugt v1, v3  ; v3 = 0xfff8
;; @0301                               trapnz v4, user2
;; @0301                               v5 = iadd v0, v1
;; @0301                               store notrap region0 v2, v5+68
;; @0304                               return
;; }
;;
;; ;; f32_load_constant
;; function u0:50(i32 vmctx) -> f32 tail {
;;
;;                                 block0(v0: i32):
;; @0309                               v3 = load.f32 notrap region0 v0+80
;; @030c                               return v3
;; }
;;
;; ;; f32_global
;; function u0:51(i32 vmctx) -> f32 tail {
;;
;;                                 block0(v0: i32):
;; @030f                               v2 = load.f32 notrap aligned region3 v0+40
;; @0311                               v3 = f32const 0x1.800000p0
;; @0316                               v4 = fadd v2, v3  ; v3 = 0x1.800000p0
;; @0317                               store notrap aligned region3 v4, v0+40
;; @031b                               return v4
;; }
;;
;; ;; f32_constant
;; function u0:52(i32 vmctx) -> f32 tail {
;;
;;                                 block0(v0: i32):
;; @031e                               v2 = f32const 0x1.99999ap-4
;; @0323                               return v2  ; v2 = 0x1.99999ap-4
;; }
;;
;; ;; f32_short_constant
;; function u0:53(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0328                               v3 = f32const 0x1.000000p1
;; @032d                               v4 = fmul v1, v3  ; v3 = 0x1.000000p1
;; @032e                               return v4
;; }
;;
;; ;; f32_bits
;; function u0:54(i32 vmctx, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0335                               v3 = fadd v1, v1
;; @0336                               v4 = bitcast.i32 v3
;; @0337                               return v4
;; }
;;
;; ;; f32_from_bits
;; function u0:55(i32 vmctx, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @033c                               v3 = bitcast.f32 v1
;; @033d                               v4 = f32const 0x1.000000p0
;; @0342                               v5 = fadd v3, v4  ; v4 = 0x1.000000p0
;; @0343                               return v5
;; }
;;
;; ;; f32_truncate
;; function u0:56(i32 vmctx, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0348                               v3 = bitcast.i32 v1
;; @0348                               v4 = iconst.i32 1
;; @0348                               v5 = ishl v3, v4  ; v4 = 1
;; @0348                               v6 = iconst.i32 -1644167168
;; @0348                               v7 = icmp uge v5, v6  ; v6 = -1644167168
;; @0348                               brif v7, block2, block3
;;
;;                                 block2 cold:
;; @0348                               v10 = iconst.i32 -16777216
;; @0348                               v11 = icmp.i32 ugt v5, v10  ; v10 = -16777216
;; @0348                               trapnz v11, user8
;; @0348                               v12 = iconst.i32 0
;; @0348                               v13 = icmp.i32 sge v3, v12  ; v12 = 0
;; @0348                               trapnz v13, user7
;; @0348                               v14 = iconst.i32 -822083583
;; @0348                               v15 = icmp.i32 uge v3, v14  ; v14 = -822083583
;; @0348                               trapnz v15, user7
;; @0348                               jump block3
;;
;;                                 block3:
;; @0348                               v16 = fcvt_to_sint_sat.i32 v1
;; @0349                               return v16
;; }
;;
;; ;; f32_loop
;; function u0:57(i32 vmctx, f32, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: i32):
;; @034b                               v3 = f32const 0.0
;; @0354                               v7 = f32const 0x1.333334p-2
;; @0359                               v8 = fmul v1, v7  ; v7 = 0x1.333334p-2
;; @034e                               jump block2(v3, v2)  ; v3 = 0.0
;;
;;                                 block2(v5: f32, v10: i32):
;;                                     v13 = iconst.i32 1
;;                                     v14 = isub v10, v13  ; v13 = 1
;; @035a                               v9 = fadd v5, v8
;; @0364                               brif v14, block2(v9, v14), block3
;;
;;                                 block3:
;; @0369                               return v9
;; }
;;
;; ;; f32_call
;; function u0:58(i32 vmctx, f32, f32) -> f32 tail {
;;     sig0 = (i32 vmctx, f32, f32) -> f32 tail
;;     fn0 = colocated u0:3 sig0
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0370                               v4 = call fn0(v0, v1, v2)
;; @0374                               v5 = fadd v4, v2
;; @0375                               return v5
;; }
;;
;; ;; f32_less_or_greater
;; function u0:59(i32 vmctx, f32, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32, v3: f32):
;; @037c                               v5 = fcmp lt v1, v2
;; @0381                               v7 = fcmp gt v1, v2
;;                                     v10 = bor v5, v7
;;                                     v11 = uextend.i32 v10
;; @0383                               return v11
;; }
;;
;; ;; f32_neither
;; function u0:60(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @038a                               v4 = fcmp lt v1, v2
;; @038f                               v6 = fcmp gt v1, v2
;;                                     v12 = bor v4, v6
;;                                     v13 = uextend.i32 v12
;; @0391                               v9 = iconst.i32 0
;; @0391                               v10 = icmp eq v13, v9  ; v9 = 0
;; @0391                               v11 = uextend.i32 v10
;; @0392                               return v11
;; }
;;
;; ;; f32_ordered
;; function u0:61(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0399                               v4 = fcmp eq v1, v1
;; @039e                               v6 = fcmp eq v2, v2
;;                                     v9 = band v4, v6
;;                                     v10 = uextend.i32 v9
;; @03a0                               return v10
;; }
;;
;; ;; f32_unordered
;; function u0:62(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @03a7                               v4 = fcmp ne v1, v1
;; @03ac                               v6 = fcmp ne v2, v2
;;                                     v9 = bor v4, v6
;;                                     v10 = uextend.i32 v9
;; @03ae                               return v10
;; }
;;
;; ;; f64_add
;; function u0:63(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @03b5                               v4 = fadd v1, v2
;; @03b6                               return v4
;; }
;;
;; ;; f64_sub
;; function u0:64(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @03bd                               v4 = fsub v1, v2
;; @03be                               return v4
;; }
;;
;; ;; f64_mul
;; function u0:65(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @03c5                               v4 = fmul v1, v2
;; @03c6                               return v4
;; }
;;
;; ;; f64_div
;; function u0:66(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @03cd                               v4 = fdiv v1, v2
;; @03ce                               return v4
;; }
;;
;; ;; f64_min
;; function u0:67(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @03d5                               v4 = fmin v1, v2
;; @03d6                               return v4
;; }
;;
;; ;; f64_max
;; function u0:68(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @03dd                               v4 = fmax v1, v2
;; @03de                               return v4
;; }
;;
;; ;; f64_copysign
;; function u0:69(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @03e5                               v4 = fcopysign v1, v2
;; @03e6                               return v4
;; }
;;
;; ;; f64_neg
;; function u0:70(i32 vmctx, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @03eb                               v3 = fneg v1
;; @03ec                               return v3
;; }
;;
;; ;; f64_abs
;; function u0:71(i32 vmctx, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @03f1                               v3 = fabs v1
;; @03f2                               return v3
;; }
;;
;; ;; f64_sqrt
;; function u0:72(i32 vmctx, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @03f7                               v3 = sqrt v1
;; @03f8                               return v3
;; }
;;
;; ;; f64_ceil
;; function u0:73(i32 vmctx, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @03fd                               v3 = ceil v1
;; @03fe                               return v3
;; }
;;
;; ;; f64_floor
;; function u0:74(i32 vmctx, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @0403                               v3 = floor v1
;; @0404                               return v3
;; }
;;
;; ;; f64_trunc
;; function u0:75(i32 vmctx, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @0409                               v3 = trunc v1
;; @040a                               return v3
;; }
;;
;; ;; f64_nearest
;; function u0:76(i32 vmctx, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @040f                               v3 = nearest v1
;; @0410                               return v3
;; }
;;
;; ;; f64_set_eq
;; function u0:77(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0417                               v4 = fcmp eq v1, v2
;; @0417                               v5 = uextend.i32 v4
;; @0418                               return v5
;; }
;;
;; ;; f64_branch_eq
;; function u0:78(i32 vmctx, f64, f64) tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @041f                               v3 = fcmp eq v1, v2
;; @0420                               trapnz v3, user1
;; @0420                               jump block4
;;
;;                                 block4:
;; @0424                               return
;; }
;;
;; ;; f64_not_eq
;; function u0:79(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @042b                               v4 = fcmp eq v1, v2
;; @042b                               v5 = uextend.i32 v4
;; @042c                               v6 = iconst.i32 0
;; @042c                               v7 = icmp eq v5, v6  ; v6 = 0
;; @042c                               v8 = uextend.i32 v7
;; @042d                               return v8
;; }
;;
;; ;; f64_select_eq
;; function u0:80(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0438                               v4 = fcmp eq v1, v2
;; @0439                               v6 = select v4, v1, v2
;; @043a                               return v6
;; }
;;
;; ;; f64_set_ne
;; function u0:81(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0441                               v4 = fcmp ne v1, v2
;; @0441                               v5 = uextend.i32 v4
;; @0442                               return v5
;; }
;;
;; ;; f64_branch_ne
;; function u0:82(i32 vmctx, f64, f64) tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0449                               v3 = fcmp ne v1, v2
;; @044a                               trapnz v3, user1
;; @044a                               jump block4
;;
;;                                 block4:
;; @044e                               return
;; }
;;
;; ;; f64_not_ne
;; function u0:83(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0455                               v4 = fcmp ne v1, v2
;; @0455                               v5 = uextend.i32 v4
;; @0456                               v6 = iconst.i32 0
;; @0456                               v7 = icmp eq v5, v6  ; v6 = 0
;; @0456                               v8 = uextend.i32 v7
;; @0457                               return v8
;; }
;;
;; ;; f64_select_ne
;; function u0:84(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0462                               v4 = fcmp ne v1, v2
;; @0463                               v6 = select v4, v1, v2
;; @0464                               return v6
;; }
;;
;; ;; f64_set_lt
;; function u0:85(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @046b                               v4 = fcmp lt v1, v2
;; @046b                               v5 = uextend.i32 v4
;; @046c                               return v5
;; }
;;
;; ;; f64_branch_lt
;; function u0:86(i32 vmctx, f64, f64) tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0473                               v3 = fcmp lt v1, v2
;; @0474                               trapnz v3, user1
;; @0474                               jump block4
;;
;;                                 block4:
;; @0478                               return
;; }
;;
;; ;; f64_not_lt
;; function u0:87(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @047f                               v4 = fcmp lt v1, v2
;; @047f                               v5 = uextend.i32 v4
;; @0480                               v6 = iconst.i32 0
;; @0480                               v7 = icmp eq v5, v6  ; v6 = 0
;; @0480                               v8 = uextend.i32 v7
;; @0481                               return v8
;; }
;;
;; ;; f64_select_lt
;; function u0:88(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @048c                               v4 = fcmp lt v1, v2
;; @048d                               v6 = select v4, v1, v2
;; @048e                               return v6
;; }
;;
;; ;; f64_set_le
;; function u0:89(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0495                               v4 = fcmp le v1, v2
;; @0495                               v5 = uextend.i32 v4
;; @0496                               return v5
;; }
;;
;; ;; f64_branch_le
;; function u0:90(i32 vmctx, f64, f64) tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @049d                               v3 = fcmp le v1, v2
;; @049e                               trapnz v3, user1
;; @049e                               jump block4
;;
;;                                 block4:
;; @04a2                               return
;; }
;;
;; ;; f64_not_le
;; function u0:91(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04a9                               v4 = fcmp le v1, v2
;; @04a9                               v5 = uextend.i32 v4
;; @04aa                               v6 = iconst.i32 0
;; @04aa                               v7 = icmp eq v5, v6  ; v6 = 0
;; @04aa                               v8 = uextend.i32 v7
;; @04ab                               return v8
;; }
;;
;; ;; f64_select_le
;; function u0:92(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04b6                               v4 = fcmp le v1, v2
;; @04b7                               v6 = select v4, v1, v2
;; @04b8                               return v6
;; }
;;
;; ;; f64_set_gt
;; function u0:93(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04bf                               v4 = fcmp gt v1, v2
;; @04bf                               v5 = uextend.i32 v4
;; @04c0                               return v5
;; }
;;
;; ;; f64_branch_gt
;; function u0:94(i32 vmctx, f64, f64) tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04c7                               v3 = fcmp gt v1, v2
;; @04c8                               trapnz v3, user1
;; @04c8                               jump block4
;;
;;                                 block4:
;; @04cc                               return
;; }
;;
;; ;; f64_not_gt
;; function u0:95(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04d3                               v4 = fcmp gt v1, v2
;; @04d3                               v5 = uextend.i32 v4
;; @04d4                               v6 = iconst.i32 0
;; @04d4                               v7 = icmp eq v5, v6  ; v6 = 0
;; @04d4                               v8 = uextend.i32 v7
;; @04d5                               return v8
;; }
;;
;; ;; f64_select_gt
;; function u0:96(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04e0                               v4 = fcmp gt v1, v2
;; @04e1                               v6 = select v4, v1, v2
;; @04e2                               return v6
;; }
;;
;; ;; f64_set_ge
;; function u0:97(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04e9                               v4 = fcmp ge v1, v2
;; @04e9                               v5 = uextend.i32 v4
;; @04ea                               return v5
;; }
;;
;; ;; f64_branch_ge
;; function u0:98(i32 vmctx, f64, f64) tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04f1                               v3 = fcmp ge v1, v2
;; @04f2                               trapnz v3, user1
;; @04f2                               jump block4
;;
;;                                 block4:
;; @04f6                               return
;; }
;;
;; ;; f64_not_ge
;; function u0:99(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @04fd                               v4 = fcmp ge v1, v2
;; @04fd                               v5 = uextend.i32 v4
;; @04fe                               v6 = iconst.i32 0
;; @04fe                               v7 = icmp eq v5, v6  ; v6 = 0
;; @04fe                               v8 = uextend.i32 v7
;; @04ff                               return v8
;; }
;;
;; ;; f64_select_ge
;; function u0:100(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @050a                               v4 = fcmp ge v1, v2
;; @050b                               v6 = select v4, v1, v2
;; @050c                               return v6
;; }
;;
;; ;; f64_select_by_word
;; function u0:101(i32 vmctx, f64, f64, i32) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64, v3: i32):
;; @0515                               v5 = iconst.i32 9
;; @0517                               v6 = icmp ult v3, v5  ; v5 = 9
;; @0518                               v8 = select v6, v1, v2
;; @0519                               return v8
;; }
;;
;; ;; f64_select_same
;; function u0:102(i32 vmctx, f64, i32) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: i32):
;; @0523                               return v1
;; }
;;
;; ;; f64_from_i32_s
;; function u0:103(i32 vmctx, i32) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0528                               v3 = fcvt_from_sint.f64 v1
;; @0529                               return v3
;; }
;;
;; ;; f64_to_i32_s
;; function u0:104(i32 vmctx, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @052e                               v3 = fcvt_to_sint_sat.i32 v1
;; @0530                               return v3
;; }
;;
;; ;; f64_from_i32_u
;; function u0:105(i32 vmctx, i32) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0535                               v3 = fcvt_from_uint.f64 v1
;; @0536                               return v3
;; }
;;
;; ;; f64_to_i32_u
;; function u0:106(i32 vmctx, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @053b                               v3 = fcvt_to_uint_sat.i32 v1
;; @053d                               return v3
;; }
;;
;; ;; f64_from_i64_s
;; function u0:107(i32 vmctx, i64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0542                               v3 = fcvt_from_sint.f64 v1
;; @0543                               return v3
;; }
;;
;; ;; f64_to_i64_s
;; function u0:108(i32 vmctx, f64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @0548                               v3 = fcvt_to_sint_sat.i64 v1
;; @054a                               return v3
;; }
;;
;; ;; f64_from_i64_u
;; function u0:109(i32 vmctx, i64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @054f                               v3 = fcvt_from_uint.f64 v1
;; @0550                               return v3
;; }
;;
;; ;; f64_to_i64_u
;; function u0:110(i32 vmctx, f64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @0555                               v3 = fcvt_to_uint_sat.i64 v1
;; @0557                               return v3
;; }
;;
;; ;; f64_load
;; function u0:111(i32 vmctx, i32) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @055c                               v3 = iconst.i32 0xfff4
;; @055c                               v4 = icmp ugt v1, v3  ; v3 = 0xfff4
;; @055c                               trapnz v4, user2
;; @055c                               v5 = iadd v0, v1
;; @055c                               v6 = load.f64 notrap region0 v5+68
;; @055f                               return v6
;; }
;;
;; ;; f64_store
;; function u0:112(i32 vmctx, i32, f64) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: f64):
;; @0566                               v3 = iconst.i32 0xfff4
;; @0566                               v4 = icmp ugt v1, v3  ; v3 = 0xfff4
;; @0566                               trapnz v4, user2
;; @0566                               v5 = iadd v0, v1
;; @0566                               store notrap region0 v2, v5+68
;; @0569                               return
;; }
;;
;; ;; f64_load_constant
;; function u0:113(i32 vmctx) -> f64 tail {
;;
;;                                 block0(v0: i32):
;; @056e                               v3 = load.f64 notrap region0 v0+80
;; @0571                               return v3
;; }
;;
;; ;; f64_global
;; function u0:114(i32 vmctx) -> f64 tail {
;;
;;                                 block0(v0: i32):
;; @0574                               v2 = load.f64 notrap aligned region3 v0+48
;; @0576                               v3 = f64const 0x1.8000000000000p0
;; @057f                               v4 = fadd v2, v3  ; v3 = 0x1.8000000000000p0
;; @0580                               store notrap aligned region3 v4, v0+48
;; @0584                               return v4
;; }
;;
;; ;; f64_constant
;; function u0:115(i32 vmctx) -> f64 tail {
;;
;;                                 block0(v0: i32):
;; @0587                               v2 = f64const 0x1.999999999999ap-4
;; @0590                               return v2  ; v2 = 0x1.999999999999ap-4
;; }
;;
;; ;; f64_short_constant
;; function u0:116(i32 vmctx, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @0595                               v3 = f64const 0x1.0000000000000p1
;; @059e                               v4 = fmul v1, v3  ; v3 = 0x1.0000000000000p1
;; @059f                               return v4
;; }
;;
;; ;; f64_bits
;; function u0:117(i32 vmctx, f64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @05a6                               v3 = fadd v1, v1
;; @05a7                               v4 = bitcast.i64 v3
;; @05a8                               return v4
;; }
;;
;; ;; f64_from_bits
;; function u0:118(i32 vmctx, i64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @05ad                               v3 = bitcast.f64 v1
;; @05ae                               v4 = f64const 0x1.0000000000000p0
;; @05b7                               v5 = fadd v3, v4  ; v4 = 0x1.0000000000000p0
;; @05b8                               return v5
;; }
;;
;; ;; f64_truncate
;; function u0:119(i32 vmctx, f64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @05bd                               v3 = bitcast.i64 v1
;; @05bd                               v4 = iconst.i64 32
;; @05bd                               v5 = ushr v3, v4  ; v4 = 32
;; @05bd                               v6 = ireduce.i32 v5
;; @05bd                               v7 = iconst.i32 1
;; @05bd                               v8 = ishl v6, v7  ; v7 = 1
;; @05bd                               v9 = iconst.i32 -2017460224
;; @05bd                               v10 = icmp uge v8, v9  ; v9 = -2017460224
;; @05bd                               brif v10, block2, block3
;;
;;                                 block2 cold:
;; @05bd                               v11 = iconst.i64 1
;; @05bd                               v12 = ishl.i64 v3, v11  ; v11 = 1
;; @05bd                               v13 = iconst.i64 -9007199254740992
;; @05bd                               v14 = icmp ugt v12, v13  ; v13 = -9007199254740992
;; @05bd                               trapnz v14, user8
;; @05bd                               v15 = iconst.i64 0
;; @05bd                               v16 = icmp.i64 sge v3, v15  ; v15 = 0
;; @05bd                               trapnz v16, user7
;; @05bd                               v17 = iconst.i64 -4332462841530417151
;; @05bd                               v18 = icmp.i64 uge v3, v17  ; v17 = -4332462841530417151
;; @05bd                               trapnz v18, user7
;; @05bd                               jump block3
;;
;;                                 block3:
;; @05bd                               v19 = fcvt_to_sint_sat.i64 v1
;; @05be                               return v19
;; }
;;
;; ;; f64_loop
;; function u0:120(i32 vmctx, f64, i32) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: i32):
;; @05c0                               v3 = f64const 0.0
;; @05c9                               v7 = f64const 0x1.3333333333333p-2
;; @05d2                               v8 = fmul v1, v7  ; v7 = 0x1.3333333333333p-2
;; @05c3                               jump block2(v3, v2)  ; v3 = 0.0
;;
;;                                 block2(v5: f64, v10: i32):
;;                                     v13 = iconst.i32 1
;;                                     v14 = isub v10, v13  ; v13 = 1
;; @05d3                               v9 = fadd v5, v8
;; @05dd                               brif v14, block2(v9, v14), block3
;;
;;                                 block3:
;; @05e2                               return v9
;; }
;;
;; ;; f64_call
;; function u0:121(i32 vmctx, f64, f64) -> f64 tail {
;;     sig0 = (i32 vmctx, f64, f64) -> f64 tail
;;     fn0 = colocated u0:66 sig0
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @05e9                               v4 = call fn0(v0, v1, v2)
;; @05ed                               v5 = fadd v4, v2
;; @05ee                               return v5
;; }
;;
;; ;; f64_less_or_greater
;; function u0:122(i32 vmctx, f64, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64, v3: f64):
;; @05f5                               v5 = fcmp lt v1, v2
;; @05fa                               v7 = fcmp gt v1, v2
;;                                     v10 = bor v5, v7
;;                                     v11 = uextend.i32 v10
;; @05fc                               return v11
;; }
;;
;; ;; f64_neither
;; function u0:123(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0603                               v4 = fcmp lt v1, v2
;; @0608                               v6 = fcmp gt v1, v2
;;                                     v12 = bor v4, v6
;;                                     v13 = uextend.i32 v12
;; @060a                               v9 = iconst.i32 0
;; @060a                               v10 = icmp eq v13, v9  ; v9 = 0
;; @060a                               v11 = uextend.i32 v10
;; @060b                               return v11
;; }
;;
;; ;; f64_ordered
;; function u0:124(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0612                               v4 = fcmp eq v1, v1
;; @0617                               v6 = fcmp eq v2, v2
;;                                     v9 = band v4, v6
;;                                     v10 = uextend.i32 v9
;; @0619                               return v10
;; }
;;
;; ;; f64_unordered
;; function u0:125(i32 vmctx, f64, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @0620                               v4 = fcmp ne v1, v1
;; @0625                               v6 = fcmp ne v2, v2
;;                                     v9 = bor v4, v6
;;                                     v10 = uextend.i32 v9
;; @0627                               return v10
;; }
;;
;; ;; promote
;; function u0:126(i32 vmctx, f32) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @062c                               v3 = fpromote.f64 v1
;; @062d                               return v3
;; }
;;
;; ;; demote
;; function u0:127(i32 vmctx, f64) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @0632                               v3 = fdemote.f32 v1
;; @0633                               return v3
;; }
;;
;;
;; ---- cortex-m7 ----
;; <trap[Unreachable]>:
;;                  movs  r0, #0x1
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[MemoryOutOfBounds]>:
;;                  movs  r0, #0x2
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[IntegerOverflow]>:
;;                  movs  r0, #0x7
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[BadConversionToInteger]>:
;;                  movs  r0, #0x8
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <f32_add>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vadd.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_sub>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vsub.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_mul>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vmul.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_div>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vdiv.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_min>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  vminnm.f32  s4, s0, s2
;;                  it  vs
;;                  vaddvs.f32  s4, s0, s2
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_max>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  vmaxnm.f32  s4, s0, s2
;;                  it  vs
;;                  vaddvs.f32  s4, s0, s2
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_copysign>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vmov  r12, s2
;;                  vabs.f32  s0, s0
;;                  cmp.w  r12, #0x0
;;                  it  mi
;;                  vnegmi.f32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;; <f32_neg>:
;;                  vmov  s0, r0
;;                  vneg.f32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_abs>:
;;                  vmov  s0, r0
;;                  vabs.f32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_sqrt>:
;;                  vmov  s0, r0
;;                  vsqrt.f32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_ceil>:
;;                  vmov  s0, r0
;;                  vrintp.f32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_floor>:
;;                  vmov  s0, r0
;;                  vrintm.f32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_trunc>:
;;                  vmov  s0, r0
;;                  vrintz.f32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_nearest>:
;;                  vmov  s0, r0
;;                  vrintn.f32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_set_eq>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;; <f32_branch_eq>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  beq  0x16c <f32_branch_eq+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x172
;;                  movs  r0, r0
;; <f32_not_eq>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_eq>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  vseleq.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_set_ne>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;; <f32_branch_ne>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  bne  0x1dc <f32_branch_ne+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x1e2
;;                  movs  r0, r0
;; <f32_not_ne>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_ne>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  vseleq.f32  s0, s2, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_set_lt>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  bx  lr
;; <f32_branch_lt>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  bmi  0x24c <f32_branch_lt+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x252
;;                  movs  r0, r0
;; <f32_not_lt>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_lt>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  mi
;;                  vmovmi.f32  s2, s0
;;                  vmov  r0, s2
;;                  bx  lr
;; <f32_set_le>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  bx  lr
;; <f32_branch_le>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  bls  0x2bc <f32_branch_le+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2c2
;;                  movs  r0, r0
;; <f32_not_le>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_le>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  ls
;;                  vmovls.f32  s2, s0
;;                  vmov  r0, s2
;;                  bx  lr
;; <f32_set_gt>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  bx  lr
;; <f32_branch_gt>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  bgt  0x32c <f32_branch_gt+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x332
;;                  movs  r0, r0
;; <f32_not_gt>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_gt>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  vselgt.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_set_ge>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  bx  lr
;; <f32_branch_ge>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  bge  0x39c <f32_branch_ge+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x3a2
;;                  movs  r0, r0
;; <f32_not_ge>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_ge>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  vselge.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_by_word>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  cmp  r2, #0x9
;;                  it  lo
;;                  vmovlo.f32  s2, s0
;;                  vmov  r0, s2
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_same>:
;;                  vmov  s0, r0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i32_s>:
;;                  vmov  s0, r0
;;                  vcvt.f32.s32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_to_i32_s>:
;;                  vmov  s2, r0
;;                  vcvt.s32.f32  s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i32_u>:
;;                  vmov  s0, r0
;;                  vcvt.f32.u32  s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_to_i32_u>:
;;                  vmov  s2, r0
;;                  vcvt.u32.f32  s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i64_s>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x5c]
;;                  blx  r12
;;                  vmov  s0, r0
;;                  vmov  r0, s0
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_to_i64_s>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s0, r0
;;                  vmov  r0, s0
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x64]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_from_i64_u>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x60]
;;                  blx  r12
;;                  vmov  s0, r0
;;                  vmov  r0, s0
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_to_i64_u>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s0, r0
;;                  vmov  r0, s0
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x68]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_load>:
;;                  movw  r1, #0xfff8
;;                  cmp  r0, r1
;;                  bhi  0x4ca <f32_load+0x16>   @ imm = #0xc
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x44]
;;                  vmov  s0, r0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0x4c8
;; <f32_store>:
;;                  vmov  s0, r1
;;                  movw  r1, #0xfff8
;;                  cmp  r0, r1
;;                  bhi  0x4e6 <f32_store+0x16>  @ imm = #0x8
;;                  add  r0, r9
;;                  vmov  r1, s0
;;                  str  r1, [r0, #0x44]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0x4e4
;; <f32_load_constant>:
;;                  vldr  s0, [r9, #80]
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_global>:
;;                  vldr  s0, [r9, #40]
;;                  vmov.f32  s2, #1.500000e+00
;;                  vadd.f32  s0, s0, s2
;;                  vstr  s0, [r9, #40]
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_constant>:
;;                  movw  r0, #0xcccd
;;                  movt  r0, #0x3dcc
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_short_constant>:
;;                  vmov  s0, r0
;;                  vmov.f32  s2, #2.000000e+00
;;                  vmul.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_bits>:
;;                  vmov  s0, r0
;;                  vadd.f32  s0, s0, s0
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_bits>:
;;                  movs  r1, #0x0
;;                  vmov  s0, r0
;;                  vmov.f32  s2, #1.000000e+00
;;                  vadd.f32  s0, s0, s2
;;                  vmov  r0, s0
;;                  bx  lr
;; <f32_truncate>:
;;                  vmov  s0, r0
;;                  vmov  r0, s0
;;                  lsls  r1, r0, #0x1
;;                  cmp.w  r1, #0x9e000000
;;                  blo  0x574 <f32_truncate+0x20> @ imm = #0xe
;;                  cmp.w  r1, #0xff000000
;;                  bhi  0x57e <f32_truncate+0x2a> @ imm = #0x12
;;                  cmp  r0, #0x0
;;                  bge  0x584 <f32_truncate+0x30> @ imm = #0x14
;;                  cmp.w  r0, #0xcf000000
;;                  bhi  0x584 <f32_truncate+0x30> @ imm = #0xe
;;                  vcvt.s32.f32  s2, s0
;;                  vmov  r0, s2
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x18 <trap[BadConversionToInteger]> @ imm = #-0x56c
;;                  push  {lr}
;;                  bl  0x10 <trap[IntegerOverflow]> @ imm = #-0x57a
;;                  movs  r0, r0
;; <f32_loop>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  vmov  s0, r2
;;                  movw  r12, #0x999a
;;                  movt  r12, #0x3e99
;;                  vmov  s2, r12
;;                  vmul.f32  s0, s0, s2
;;                  mov.w  r12, #0x0
;;                  vmov  s2, r12
;;                  vadd.f32  s2, s2, s0
;;                  subs  r0, r0, #0x1
;;                  bne  0x5ac <f32_loop+0x20>   @ imm = #-0xa
;;                  vmov  r0, s2
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_call>:
;;                  push  {lr}
;;                  vpush  {d8}
;;                  sub  sp, #0x4
;;                  vmov  s0, r0
;;                  vmov  s16, r1
;;                  vmov  r0, s0
;;                  vmov  r1, s16
;;                  bl  0x5c <f32_div>          @ imm = #-0x57c
;;                  vmov  s0, r0
;;                  vadd.f32  s0, s0, s16
;;                  vmov  r0, s0
;;                  add  sp, #0x4
;;                  vpop  {d8}
;;                  pop  {pc}
;; <f32_less_or_greater>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vmov  s4, r2
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r1, #0x1
;;                  movle  r1, #0x0
;;                  orrs  r0, r1
;;                  bx  lr
;; <f32_neither>:
;;                  vmov  s0, r0
;;                  vmov  s2, r1
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  vcmp.f32  s0, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r1, #0x1
;;                  movle  r1, #0x0
;;                  orrs  r0, r1
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_ordered>:
;;                  vmov  s2, r0
;;                  vmov  s0, r1
;;                  vcmp.f32  s2, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  vcmp.f32  s0, s0
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r1, #0x1
;;                  movne  r1, #0x0
;;                  ands  r0, r1
;;                  bx  lr
;; <f32_unordered>:
;;                  vmov  s2, r0
;;                  vmov  s0, r1
;;                  vcmp.f32  s2, s2
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  vcmp.f32  s0, s0
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r1, #0x1
;;                  moveq  r1, #0x0
;;                  orrs  r0, r1
;;                  bx  lr
;; <f64_add>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vadd.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_sub>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vsub.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_mul>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vmul.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_div>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vdiv.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_min>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  vminnm.f64  d2, d0, d1
;;                  it  vs
;;                  vaddvs.f64  d2, d0, d1
;;                  vmov  r0, r1, d2
;;                  bx  lr
;; <f64_max>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  vmaxnm.f64  d2, d0, d1
;;                  it  vs
;;                  vaddvs.f64  d2, d0, d1
;;                  vmov  r0, r1, d2
;;                  bx  lr
;; <f64_copysign>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vmov  r12, s3
;;                  vabs.f64  d0, d0
;;                  cmp.w  r12, #0x0
;;                  it  mi
;;                  vnegmi.f64  d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;; <f64_neg>:
;;                  vmov  d0, r0, r1
;;                  vneg.f64  d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_abs>:
;;                  vmov  d0, r0, r1
;;                  vabs.f64  d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_sqrt>:
;;                  vmov  d0, r0, r1
;;                  vsqrt.f64  d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_ceil>:
;;                  vmov  d0, r0, r1
;;                  vrintp.f64  d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_floor>:
;;                  vmov  d0, r0, r1
;;                  vrintm.f64  d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_trunc>:
;;                  vmov  d0, r0, r1
;;                  vrintz.f64  d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_nearest>:
;;                  vmov  d0, r0, r1
;;                  vrintn.f64  d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_set_eq>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;; <f64_branch_eq>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  beq  0x7e4 <f64_branch_eq+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x7ea
;;                  movs  r0, r0
;; <f64_not_eq>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_select_eq>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  vseleq.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_set_ne>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;; <f64_branch_ne>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  bne  0x854 <f64_branch_ne+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x85a
;;                  movs  r0, r0
;; <f64_not_ne>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_select_ne>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  vseleq.f64  d0, d1, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_set_lt>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  bx  lr
;; <f64_branch_lt>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  bmi  0x8c4 <f64_branch_lt+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x8ca
;;                  movs  r0, r0
;; <f64_not_lt>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_select_lt>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  mi
;;                  vmovmi.f64  d1, d0
;;                  vmov  r0, r1, d1
;;                  bx  lr
;; <f64_set_le>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  bx  lr
;; <f64_branch_le>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  bls  0x934 <f64_branch_le+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x93a
;;                  movs  r0, r0
;; <f64_not_le>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_select_le>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  ls
;;                  vmovls.f64  d1, d0
;;                  vmov  r0, r1, d1
;;                  bx  lr
;; <f64_set_gt>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  bx  lr
;; <f64_branch_gt>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  bgt  0x9a4 <f64_branch_gt+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x9aa
;;                  movs  r0, r0
;; <f64_not_gt>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_select_gt>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  vselgt.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_set_ge>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  bx  lr
;; <f64_branch_ge>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  bge  0xa14 <f64_branch_ge+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0xa1a
;;                  movs  r0, r0
;; <f64_not_ge>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_select_ge>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  vselge.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_select_by_word>:
;;                  push  {r4}
;;                  sub  sp, #0x4
;;                  ldr  r4, [sp, #0x8]
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  cmp  r4, #0x9
;;                  it  lo
;;                  vmovlo.f64  d1, d0
;;                  vmov  r0, r1, d1
;;                  add  sp, #0x4
;;                  pop  {r4}
;;                  add  sp, #0x8
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_select_same>:
;;                  vmov  d0, r0, r1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_from_i32_s>:
;;                  vmov  s0, r0
;;                  vcvt.f64.s32  d0, s0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_to_i32_s>:
;;                  vmov  d1, r0, r1
;;                  vcvt.s32.f64  s0, d1
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_from_i32_u>:
;;                  vmov  s0, r0
;;                  vcvt.f64.u32  d0, s0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_to_i32_u>:
;;                  vmov  d1, r0, r1
;;                  vcvt.u32.f64  s0, d1
;;                  vmov  r0, s0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_from_i64_s>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0xac]
;;                  blx  r12
;;                  vmov  d0, r0, r1
;;                  vmov  r0, r1, d0
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f64_to_i64_s>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  d0, r0, r1
;;                  vmov  r0, r1, d0
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0xb4]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f64_from_i64_u>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0xb0]
;;                  blx  r12
;;                  vmov  d0, r0, r1
;;                  vmov  r0, r1, d0
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f64_to_i64_u>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  d0, r0, r1
;;                  vmov  r0, r1, d0
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0xb8]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f64_load>:
;;                  movw  r1, #0xfff4
;;                  cmp  r0, r1
;;                  bhi  0xb52 <f64_load+0x1a>   @ imm = #0x10
;;                  add.w  r1, r9, r0
;;                  ldr  r0, [r1, #0x44]
;;                  ldr  r1, [r1, #0x48]
;;                  vmov  d0, r0, r1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0xb50
;; <f64_store>:
;;                  vmov  d0, r1, r2
;;                  movw  r1, #0xfff4
;;                  cmp  r0, r1
;;                  bhi  0xb70 <f64_store+0x18>  @ imm = #0xa
;;                  add  r0, r9
;;                  vmov  r2, r1, d0
;;                  str  r2, [r0, #0x44]
;;                  str  r1, [r0, #0x48]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0xb6e
;;                  movs  r0, r0
;; <f64_load_constant>:
;;                  vldr  d0, [r9, #80]
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_global>:
;;                  vldr  d0, [r9, #48]
;;                  vmov.f64  d1, #1.500000e+00
;;                  vadd.f64  d0, d0, d1
;;                  vstr  d0, [r9, #48]
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_constant>:
;;                  movw  r0, #0x999a
;;                  movt  r0, #0x9999
;;                  movw  r1, #0x9999
;;                  movt  r1, #0x3fb9
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_short_constant>:
;;                  vmov  d0, r0, r1
;;                  vmov.f64  d1, #2.000000e+00
;;                  vmul.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_bits>:
;;                  vmov  d0, r0, r1
;;                  vadd.f64  d0, d0, d0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_from_bits>:
;;                  vmov  d0, r0, r1
;;                  vmov.f64  d1, #1.000000e+00
;;                  vadd.f64  d0, d0, d1
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_truncate>:
;;                  push  {r4, lr}
;;                  vmov  d0, r0, r1
;;                  vmov  r1, r0, d0
;;                  lsls  r2, r0, #0x1
;;                  movw  r3, #0x0
;;                  movt  r3, #0x87c0
;;                  cmp  r2, r3
;;                  blo  0xc2c <f64_truncate+0x44> @ imm = #0x2a
;;                  lsls  r2, r0, #0x1
;;                  orr.w  r2, r2, r1, lsr #31
;;                  lsls  r3, r1, #0x1
;;                  movw  r4, #0x0
;;                  movt  r4, #0xffe0
;;                  cmp  r3, #0x1
;;                  sbcs.w  r12, r2, r4
;;                  bhs  0xc3c <f64_truncate+0x54> @ imm = #0x22
;;                  cmp  r0, #0x0
;;                  bge  0xc40 <f64_truncate+0x58> @ imm = #0x22
;;                  movw  r2, #0x0
;;                  movt  r2, #0xc3e0
;;                  cmp  r1, #0x1
;;                  sbcs.w  r12, r0, r2
;;                  bhs  0xc40 <f64_truncate+0x58> @ imm = #0x12
;;                  vmov  r0, r1, d0
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0xb4]
;;                  blx  r12
;;                  pop  {r4, pc}
;;                  bl  0x18 <trap[BadConversionToInteger]> @ imm = #-0xc28
;;                  bl  0x10 <trap[IntegerOverflow]> @ imm = #-0xc34
;; <f64_loop>:
;;                  mov  r3, r0
;;                  mov  r0, r2
;;                  vmov  d0, r3, r1
;;                  mov.w  r12, #0x33333333
;;                  vmov  s2, r12
;;                  movw  r12, #0x3333
;;                  movt  r12, #0x3fd3
;;                  vmov  s3, r12
;;                  vmul.f64  d0, d0, d1
;;                  mov.w  r12, #0x0
;;                  vmov  s2, r12
;;                  vmov  s3, r12
;;                  vadd.f64  d1, d1, d0
;;                  subs  r0, r0, #0x1
;;                  bne  0xc70 <f64_loop+0x2c>   @ imm = #-0xa
;;                  vmov  r0, r1, d1
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_call>:
;;                  push  {lr}
;;                  vpush  {d8}
;;                  sub  sp, #0x4
;;                  vmov  d0, r0, r1
;;                  vmov  d8, r2, r3
;;                  vmov  r0, r1, d0
;;                  vmov  r2, r3, d8
;;                  bl  0x6d4 <f64_div>         @ imm = #-0x5c8
;;                  vmov  d0, r0, r1
;;                  vadd.f64  d0, d0, d8
;;                  vmov  r0, r1, d0
;;                  add  sp, #0x4
;;                  vpop  {d8}
;;                  pop  {pc}
;; <f64_less_or_greater>:
;;                  push.w  {r4, r11}
;;                  mov  r4, r1
;;                  ldr.w  r11, [sp, #0x8]
;;                  ldr  r1, [sp, #0xc]
;;                  vmov  d0, r0, r4
;;                  vmov  d1, r2, r3
;;                  vmov  d2, r11, r1
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r1, #0x1
;;                  movle  r1, #0x0
;;                  orrs  r0, r1
;;                  pop.w  {r4, r11}
;;                  add  sp, #0x8
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_neither>:
;;                  vmov  d0, r0, r1
;;                  vmov  d1, r2, r3
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  vcmp.f64  d0, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r1, #0x1
;;                  movle  r1, #0x0
;;                  orrs  r0, r1
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f64_ordered>:
;;                  vmov  d1, r0, r1
;;                  vmov  d0, r2, r3
;;                  vcmp.f64  d1, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  vcmp.f64  d0, d0
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r1, #0x1
;;                  movne  r1, #0x0
;;                  ands  r0, r1
;;                  bx  lr
;; <f64_unordered>:
;;                  vmov  d1, r0, r1
;;                  vmov  d0, r2, r3
;;                  vcmp.f64  d1, d1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  vcmp.f64  d0, d0
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r1, #0x1
;;                  moveq  r1, #0x0
;;                  orrs  r0, r1
;;                  bx  lr
;; <promote>:
;;                  vmov  s0, r0
;;                  vcvt.f64.f32  d0, s0
;;                  vmov  r0, r1, d0
;;                  bx  lr
;;                  movs  r0, r0
;; <demote>:
;;                  vmov  d0, r0, r1
;;                  vcvt.f32.f64  s0, d0
;;                  vmov  r0, s0
;;                  bx  lr
