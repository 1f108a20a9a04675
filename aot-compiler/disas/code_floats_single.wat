;;! code = cortex-m4f cortex-m33 rv32imafc
;; Floats of single precision in registers.
(module
  (memory 1)
  (global $f32 (mut f32) (f32.const 1))
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
)

;; ---- expected ----
;; ;; f32_add
;; function u0:0(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @00ae                               v4 = fadd v1, v2
;; @00af                               return v4
;; }
;;
;; ;; f32_sub
;; function u0:1(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @00b6                               v4 = fsub v1, v2
;; @00b7                               return v4
;; }
;;
;; ;; f32_mul
;; function u0:2(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @00be                               v4 = fmul v1, v2
;; @00bf                               return v4
;; }
;;
;; ;; f32_div
;; function u0:3(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @00c6                               v4 = fdiv v1, v2
;; @00c7                               return v4
;; }
;;
;; ;; f32_min
;; function u0:4(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @00ce                               v4 = fmin v1, v2
;; @00cf                               return v4
;; }
;;
;; ;; f32_max
;; function u0:5(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @00d6                               v4 = fmax v1, v2
;; @00d7                               return v4
;; }
;;
;; ;; f32_copysign
;; function u0:6(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @00de                               v4 = fcopysign v1, v2
;; @00df                               return v4
;; }
;;
;; ;; f32_neg
;; function u0:7(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @00e4                               v3 = fneg v1
;; @00e5                               return v3
;; }
;;
;; ;; f32_abs
;; function u0:8(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @00ea                               v3 = fabs v1
;; @00eb                               return v3
;; }
;;
;; ;; f32_sqrt
;; function u0:9(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @00f0                               v3 = sqrt v1
;; @00f1                               return v3
;; }
;;
;; ;; f32_ceil
;; function u0:10(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @00f6                               v3 = ceil v1
;; @00f7                               return v3
;; }
;;
;; ;; f32_floor
;; function u0:11(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @00fc                               v3 = floor v1
;; @00fd                               return v3
;; }
;;
;; ;; f32_trunc
;; function u0:12(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0102                               v3 = trunc v1
;; @0103                               return v3
;; }
;;
;; ;; f32_nearest
;; function u0:13(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0108                               v3 = nearest v1
;; @0109                               return v3
;; }
;;
;; ;; f32_set_eq
;; function u0:14(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0110                               v4 = fcmp eq v1, v2
;; @0110                               v5 = uextend.i32 v4
;; @0111                               return v5
;; }
;;
;; ;; f32_branch_eq
;; function u0:15(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0118                               v3 = fcmp eq v1, v2
;; @0119                               trapnz v3, user1
;; @0119                               jump block4
;;
;;                                 block4:
;; @011d                               return
;; }
;;
;; ;; f32_not_eq
;; function u0:16(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0124                               v4 = fcmp eq v1, v2
;; @0124                               v5 = uextend.i32 v4
;; @0125                               v6 = iconst.i32 0
;; @0125                               v7 = icmp eq v5, v6  ; v6 = 0
;; @0125                               v8 = uextend.i32 v7
;; @0126                               return v8
;; }
;;
;; ;; f32_select_eq
;; function u0:17(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0131                               v4 = fcmp eq v1, v2
;; @0132                               v6 = select v4, v1, v2
;; @0133                               return v6
;; }
;;
;; ;; f32_set_ne
;; function u0:18(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @013a                               v4 = fcmp ne v1, v2
;; @013a                               v5 = uextend.i32 v4
;; @013b                               return v5
;; }
;;
;; ;; f32_branch_ne
;; function u0:19(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0142                               v3 = fcmp ne v1, v2
;; @0143                               trapnz v3, user1
;; @0143                               jump block4
;;
;;                                 block4:
;; @0147                               return
;; }
;;
;; ;; f32_not_ne
;; function u0:20(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @014e                               v4 = fcmp ne v1, v2
;; @014e                               v5 = uextend.i32 v4
;; @014f                               v6 = iconst.i32 0
;; @014f                               v7 = icmp eq v5, v6  ; v6 = 0
;; @014f                               v8 = uextend.i32 v7
;; @0150                               return v8
;; }
;;
;; ;; f32_select_ne
;; function u0:21(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @015b                               v4 = fcmp ne v1, v2
;; @015c                               v6 = select v4, v1, v2
;; @015d                               return v6
;; }
;;
;; ;; f32_set_lt
;; function u0:22(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0164                               v4 = fcmp lt v1, v2
;; @0164                               v5 = uextend.i32 v4
;; @0165                               return v5
;; }
;;
;; ;; f32_branch_lt
;; function u0:23(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @016c                               v3 = fcmp lt v1, v2
;; @016d                               trapnz v3, user1
;; @016d                               jump block4
;;
;;                                 block4:
;; @0171                               return
;; }
;;
;; ;; f32_not_lt
;; function u0:24(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0178                               v4 = fcmp lt v1, v2
;; @0178                               v5 = uextend.i32 v4
;; @0179                               v6 = iconst.i32 0
;; @0179                               v7 = icmp eq v5, v6  ; v6 = 0
;; @0179                               v8 = uextend.i32 v7
;; @017a                               return v8
;; }
;;
;; ;; f32_select_lt
;; function u0:25(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0185                               v4 = fcmp lt v1, v2
;; @0186                               v6 = select v4, v1, v2
;; @0187                               return v6
;; }
;;
;; ;; f32_set_le
;; function u0:26(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @018e                               v4 = fcmp le v1, v2
;; @018e                               v5 = uextend.i32 v4
;; @018f                               return v5
;; }
;;
;; ;; f32_branch_le
;; function u0:27(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0196                               v3 = fcmp le v1, v2
;; @0197                               trapnz v3, user1
;; @0197                               jump block4
;;
;;                                 block4:
;; @019b                               return
;; }
;;
;; ;; f32_not_le
;; function u0:28(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01a2                               v4 = fcmp le v1, v2
;; @01a2                               v5 = uextend.i32 v4
;; @01a3                               v6 = iconst.i32 0
;; @01a3                               v7 = icmp eq v5, v6  ; v6 = 0
;; @01a3                               v8 = uextend.i32 v7
;; @01a4                               return v8
;; }
;;
;; ;; f32_select_le
;; function u0:29(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01af                               v4 = fcmp le v1, v2
;; @01b0                               v6 = select v4, v1, v2
;; @01b1                               return v6
;; }
;;
;; ;; f32_set_gt
;; function u0:30(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01b8                               v4 = fcmp gt v1, v2
;; @01b8                               v5 = uextend.i32 v4
;; @01b9                               return v5
;; }
;;
;; ;; f32_branch_gt
;; function u0:31(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01c0                               v3 = fcmp gt v1, v2
;; @01c1                               trapnz v3, user1
;; @01c1                               jump block4
;;
;;                                 block4:
;; @01c5                               return
;; }
;;
;; ;; f32_not_gt
;; function u0:32(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01cc                               v4 = fcmp gt v1, v2
;; @01cc                               v5 = uextend.i32 v4
;; @01cd                               v6 = iconst.i32 0
;; @01cd                               v7 = icmp eq v5, v6  ; v6 = 0
;; @01cd                               v8 = uextend.i32 v7
;; @01ce                               return v8
;; }
;;
;; ;; f32_select_gt
;; function u0:33(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01d9                               v4 = fcmp gt v1, v2
;; @01da                               v6 = select v4, v1, v2
;; @01db                               return v6
;; }
;;
;; ;; f32_set_ge
;; function u0:34(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01e2                               v4 = fcmp ge v1, v2
;; @01e2                               v5 = uextend.i32 v4
;; @01e3                               return v5
;; }
;;
;; ;; f32_branch_ge
;; function u0:35(i32 vmctx, f32, f32) tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01ea                               v3 = fcmp ge v1, v2
;; @01eb                               trapnz v3, user1
;; @01eb                               jump block4
;;
;;                                 block4:
;; @01ef                               return
;; }
;;
;; ;; f32_not_ge
;; function u0:36(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @01f6                               v4 = fcmp ge v1, v2
;; @01f6                               v5 = uextend.i32 v4
;; @01f7                               v6 = iconst.i32 0
;; @01f7                               v7 = icmp eq v5, v6  ; v6 = 0
;; @01f7                               v8 = uextend.i32 v7
;; @01f8                               return v8
;; }
;;
;; ;; f32_select_ge
;; function u0:37(i32 vmctx, f32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0203                               v4 = fcmp ge v1, v2
;; @0204                               v6 = select v4, v1, v2
;; @0205                               return v6
;; }
;;
;; ;; f32_select_by_word
;; function u0:38(i32 vmctx, f32, f32, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32, v3: i32):
;; @020e                               v5 = iconst.i32 9
;; @0210                               v6 = icmp ult v3, v5  ; v5 = 9
;; @0211                               v8 = select v6, v1, v2
;; @0212                               return v8
;; }
;;
;; ;; f32_select_same
;; function u0:39(i32 vmctx, f32, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: i32):
;; @021c                               return v1
;; }
;;
;; ;; f32_from_i32_s
;; function u0:40(i32 vmctx, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0221                               v3 = fcvt_from_sint.f32 v1
;; @0222                               return v3
;; }
;;
;; ;; f32_to_i32_s
;; function u0:41(i32 vmctx, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0227                               v3 = fcvt_to_sint_sat.i32 v1
;; @0229                               return v3
;; }
;;
;; ;; f32_from_i32_u
;; function u0:42(i32 vmctx, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @022e                               v3 = fcvt_from_uint.f32 v1
;; @022f                               return v3
;; }
;;
;; ;; f32_to_i32_u
;; function u0:43(i32 vmctx, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0234                               v3 = fcvt_to_uint_sat.i32 v1
;; @0236                               return v3
;; }
;;
;; ;; f32_from_i64_s
;; function u0:44(i32 vmctx, i64) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @023b                               v3 = fcvt_from_sint.f32 v1
;; @023c                               return v3
;; }
;;
;; ;; f32_to_i64_s
;; function u0:45(i32 vmctx, f32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0241                               v3 = fcvt_to_sint_sat.i64 v1
;; @0243                               return v3
;; }
;;
;; ;; f32_from_i64_u
;; function u0:46(i32 vmctx, i64) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0248                               v3 = fcvt_from_uint.f32 v1
;; @0249                               return v3
;; }
;;
;; ;; f32_to_i64_u
;; function u0:47(i32 vmctx, f32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @024e                               v3 = fcvt_to_uint_sat.i64 v1
;; @0250                               return v3
;; }
;;
;; ;; f32_load
;; function u0:48(i32 vmctx, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0255                               v3 = iconst.i32 0xfff8
;; @0255                               v4 = icmp ugt v1, v3  ; v3 = 0xfff8
;; @0255                               trapnz v4, user2
;; @0255                               v5 = iadd v0, v1
;; @0255                               v6 = load.f32 notrap region0 v5+52
;; @0258                               return v6
;; }
;;
;; ;; f32_store
;; function u0:49(i32 vmctx, i32, f32) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: f32):
;; @025f                               v3 = iconst.i32 0xfff8
;; @025f                               v4 = icmp ugt v1, v3  ; v3 = 0xfff8
;; @025f                               trapnz v4, user2
;; @025f                               v5 = iadd v0, v1
;; @025f                               store notrap region0 v2, v5+52
;; @0262                               return
;; }
;;
;; ;; f32_load_constant
;; function u0:50(i32 vmctx) -> f32 tail {
;;
;;                                 block0(v0: i32):
;; @0267                               v3 = load.f32 notrap region0 v0+64
;; @026a                               return v3
;; }
;;
;; ;; f32_global
;; function u0:51(i32 vmctx) -> f32 tail {
;;
;;                                 block0(v0: i32):
;; @026d                               v2 = load.f32 notrap aligned region3 v0+40
;; @026f                               v3 = f32const 0x1.800000p0
;; @0274                               v4 = fadd v2, v3  ; v3 = 0x1.800000p0
;; @0275                               store notrap aligned region3 v4, v0+40
;; @0279                               return v4
;; }
;;
;; ;; f32_constant
;; function u0:52(i32 vmctx) -> f32 tail {
;;
;;                                 block0(v0: i32):
;; @027c                               v2 = f32const 0x1.99999ap-4
;; @0281                               return v2  ; v2 = 0x1.99999ap-4
;; }
;;
;; ;; f32_short_constant
;; function u0:53(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0286                               v3 = f32const 0x1.000000p1
;; @028b                               v4 = fmul v1, v3  ; v3 = 0x1.000000p1
;; @028c                               return v4
;; }
;;
;; ;; f32_bits
;; function u0:54(i32 vmctx, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0293                               v3 = fadd v1, v1
;; @0294                               v4 = bitcast.i32 v3
;; @0295                               return v4
;; }
;;
;; ;; f32_from_bits
;; function u0:55(i32 vmctx, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @029a                               v3 = bitcast.f32 v1
;; @029b                               v4 = f32const 0x1.000000p0
;; @02a0                               v5 = fadd v3, v4  ; v4 = 0x1.000000p0
;; @02a1                               return v5
;; }
;;
;; ;; f32_truncate
;; function u0:56(i32 vmctx, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @02a6                               v3 = bitcast.i32 v1
;; @02a6                               v4 = iconst.i32 1
;; @02a6                               v5 = ishl v3, v4  ; v4 = 1
;; @02a6                               v6 = iconst.i32 -1644167168
;; @02a6                               v7 = icmp uge v5, v6  ; v6 = -1644167168
;; @02a6                               brif v7, block2, block3
;;
;;                                 block2 cold:
;; @02a6                               v10 = iconst.i32 -16777216
;; @02a6                               v11 = icmp.i32 ugt v5, v10  ; v10 = -16777216
;; @02a6                               trapnz v11, user8
;; @02a6                               v12 = iconst.i32 0
;; @02a6                               v13 = icmp.i32 sge v3, v12  ; v12 = 0
;; @02a6                               trapnz v13, user7
;; @02a6                               v14 = iconst.i32 -822083583
;; @02a6                               v15 = icmp.i32 uge v3, v14  ; v14 = -822083583
;; @02a6                               trapnz v15, user7
;; @02a6                               jump block3
;;
;;                                 block3:
;; @02a6                               v16 = fcvt_to_sint_sat.i32 v1
;; @02a7                               return v16
;; }
;;
;; ;; f32_loop
;; function u0:57(i32 vmctx, f32, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: i32):
;; @02a9                               v3 = f32const 0.0
;; @02b2                               v7 = f32const 0x1.333334p-2
;; @02b7                               v8 = fmul v1, v7  ; v7 = 0x1.333334p-2
;; @02ac                               jump block2(v3, v2)  ; v3 = 0.0
;;
;;                                 block2(v5: f32, v10: i32):
;;                                     v13 = iconst.i32 1
;;                                     v14 = isub v10, v13  ; v13 = 1
;; @02b8                               v9 = fadd v5, v8
;; @02c2                               brif v14, block2(v9, v14), block3
;;
;;                                 block3:
;; @02c7                               return v9
;; }
;;
;; ;; f32_call
;; function u0:58(i32 vmctx, f32, f32) -> f32 tail {
;;     sig0 = (i32 vmctx, f32, f32) -> f32 tail
;;     fn0 = colocated u0:3 sig0
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @02ce                               v4 = call fn0(v0, v1, v2)
;; @02d2                               v5 = fadd v4, v2
;; @02d3                               return v5
;; }
;;
;; ;; f32_less_or_greater
;; function u0:59(i32 vmctx, f32, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32, v3: f32):
;; @02da                               v5 = fcmp lt v1, v2
;; @02df                               v7 = fcmp gt v1, v2
;;                                     v10 = bor v5, v7
;;                                     v11 = uextend.i32 v10
;; @02e1                               return v11
;; }
;;
;; ;; f32_neither
;; function u0:60(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @02e8                               v4 = fcmp lt v1, v2
;; @02ed                               v6 = fcmp gt v1, v2
;;                                     v12 = bor v4, v6
;;                                     v13 = uextend.i32 v12
;; @02ef                               v9 = iconst.i32 0
;; @02ef                               v10 = icmp eq v13, v9  ; v9 = 0
;; @02ef                               v11 = uextend.i32 v10
;; @02f0                               return v11
;; }
;;
;; ;; f32_ordered
;; function u0:61(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @02f7                               v4 = fcmp eq v1, v1
;; @02fc                               v6 = fcmp eq v2, v2
;;                                     v9 = band v4, v6
;;                                     v10 = uextend.i32 v9
;; @02fe                               return v10
;; }
;;
;; ;; f32_unordered
;; function u0:62(i32 vmctx, f32, f32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: f32):
;; @0305                               v4 = fcmp ne v1, v1
;; @030a                               v6 = fcmp ne v2, v2
;;                                     v9 = bor v4, v6
;;                                     v10 = uextend.i32 v9
;; @030c                               return v10
;; }
;;
;;
;; ---- cortex-m4f ----
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
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vadd.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_sub>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vsub.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_mul>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vmul.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_div>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vdiv.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_min>:
;;                  vmov  s3, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s4, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  itt  eq
;;                  vmoveq  r12, s4
;;                  cmpeq.w  r12, #0x0
;;                  it  mi
;;                  vmovmi.f32  s3, s4
;;                  it  vs
;;                  vaddvs.f32  s3, s3, s4
;;                  vmov  r0, s3
;;                  bx  lr
;; <f32_max>:
;;                  vmov  s3, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s4, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  itt  eq
;;                  vmoveq  r12, s4
;;                  cmpeq.w  r12, #0x0
;;                  it  ge
;;                  vmovge.f32  s3, s4
;;                  it  vs
;;                  vaddvs.f32  s3, s3, s4
;;                  vmov  r0, s3
;;                  bx  lr
;; <f32_copysign>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vmov  r12, s3
;;                  vabs.f32  s5, s1
;;                  cmp.w  r12, #0x0
;;                  it  mi
;;                  vnegmi.f32  s5, s5
;;                  vmov  r0, s5
;;                  bx  lr
;; <f32_neg>:
;;                  vmov  s1, r0
;;                  vneg.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_abs>:
;;                  vmov  s1, r0
;;                  vabs.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_sqrt>:
;;                  vmov  s1, r0
;;                  vsqrt.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_ceil>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s1, r0
;;                  vmov  r0, s1
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x4c]
;;                  blx  r12
;;                  vmov  s5, r0
;;                  vmov  r0, s5
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_floor>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s1, r0
;;                  vmov  r0, s1
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x50]
;;                  blx  r12
;;                  vmov  s5, r0
;;                  vmov  r0, s5
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_trunc>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s1, r0
;;                  vmov  r0, s1
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x54]
;;                  blx  r12
;;                  vmov  s5, r0
;;                  vmov  r0, s5
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_nearest>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s1, r0
;;                  vmov  r0, s1
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x58]
;;                  blx  r12
;;                  vmov  s5, r0
;;                  vmov  r0, s5
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_set_eq>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;; <f32_branch_eq>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  beq  0x1d4 <f32_branch_eq+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x1da
;;                  movs  r0, r0
;; <f32_not_eq>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_eq>:
;;                  vmov  s1, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s1, s4
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  eq
;;                  vmoveq.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_set_ne>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;; <f32_branch_ne>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bne  0x244 <f32_branch_ne+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x24a
;;                  movs  r0, r0
;; <f32_not_ne>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_ne>:
;;                  vmov  s1, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s1, s4
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  ne
;;                  vmovne.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_set_lt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  bx  lr
;; <f32_branch_lt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bmi  0x2b4 <f32_branch_lt+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2ba
;;                  movs  r0, r0
;; <f32_not_lt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_lt>:
;;                  vmov  s1, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s1, s4
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  mi
;;                  vmovmi.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_set_le>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  bx  lr
;; <f32_branch_le>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bls  0x324 <f32_branch_le+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x32a
;;                  movs  r0, r0
;; <f32_not_le>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_le>:
;;                  vmov  s1, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s1, s4
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  ls
;;                  vmovls.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_set_gt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  bx  lr
;; <f32_branch_gt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bgt  0x394 <f32_branch_gt+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x39a
;;                  movs  r0, r0
;; <f32_not_gt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_gt>:
;;                  vmov  s1, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s1, s4
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  gt
;;                  vmovgt.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_set_ge>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  bx  lr
;; <f32_branch_ge>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bge  0x404 <f32_branch_ge+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x40a
;;                  movs  r0, r0
;; <f32_not_ge>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_ge>:
;;                  vmov  s1, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s1, s4
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  ge
;;                  vmovge.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_select_by_word>:
;;                  vmov  s1, r0
;;                  vmov  s5, r1
;;                  cmp  r2, #0x9
;;                  it  lo
;;                  vmovlo.f32  s5, s1
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_same>:
;;                  vmov  s1, r0
;;                  vmov  r0, s1
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i32_s>:
;;                  vmov  s2, r0
;;                  vcvt.f32.s32  s2, s2
;;                  vmov  r0, s2
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_to_i32_s>:
;;                  vmov  s1, r0
;;                  vcvt.s32.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i32_u>:
;;                  vmov  s2, r0
;;                  vcvt.f32.u32  s2, s2
;;                  vmov  r0, s2
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_to_i32_u>:
;;                  vmov  s1, r0
;;                  vcvt.u32.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i64_s>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x5c]
;;                  blx  r12
;;                  vmov  s4, r0
;;                  vmov  r0, s4
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_to_i64_s>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s1, r0
;;                  vmov  r0, s1
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
;;                  vmov  s4, r0
;;                  vmov  r0, s4
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_to_i64_u>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s1, r0
;;                  vmov  r0, s1
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x68]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_load>:
;;                  movw  r1, #0xfff8
;;                  cmp  r0, r1
;;                  bhi  0x532 <f32_load+0x16>   @ imm = #0xc
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x34]
;;                  vmov  s6, r0
;;                  vmov  r0, s6
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0x530
;; <f32_store>:
;;                  vmov  s2, r1
;;                  movw  r1, #0xfff8
;;                  cmp  r0, r1
;;                  bhi  0x54e <f32_store+0x16>  @ imm = #0x8
;;                  add  r0, r9
;;                  vmov  r1, s2
;;                  str  r1, [r0, #0x34]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0x54c
;; <f32_load_constant>:
;;                  vldr  s1, [r9, #64]
;;                  vmov  r0, s1
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_global>:
;;                  vldr  s3, [r9, #40]
;;                  vmov.f32  s5, #1.500000e+00
;;                  vadd.f32  s3, s3, s5
;;                  vstr  s3, [r9, #40]
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_constant>:
;;                  movw  r0, #0xcccd
;;                  movt  r0, #0x3dcc
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_short_constant>:
;;                  vmov  s1, r0
;;                  vmov.f32  s5, #2.000000e+00
;;                  vmul.f32  s4, s1, s5
;;                  vmov  r0, s4
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_bits>:
;;                  vmov  s1, r0
;;                  vadd.f32  s4, s1, s1
;;                  vmov  r0, s4
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_bits>:
;;                  movs  r1, #0x0
;;                  vmov  s6, r0
;;                  vmov.f32  s8, #1.000000e+00
;;                  vadd.f32  s6, s6, s8
;;                  vmov  r0, s6
;;                  bx  lr
;; <f32_truncate>:
;;                  vmov  s2, r0
;;                  vmov  r0, s2
;;                  lsls  r1, r0, #0x1
;;                  cmp.w  r1, #0x9e000000
;;                  blo  0x5dc <f32_truncate+0x20> @ imm = #0xe
;;                  cmp.w  r1, #0xff000000
;;                  bhi  0x5e6 <f32_truncate+0x2a> @ imm = #0x12
;;                  cmp  r0, #0x0
;;                  bge  0x5ec <f32_truncate+0x30> @ imm = #0x14
;;                  cmp.w  r0, #0xcf000000
;;                  bhi  0x5ec <f32_truncate+0x30> @ imm = #0xe
;;                  vcvt.s32.f32  s12, s2
;;                  vmov  r0, s12
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x18 <trap[BadConversionToInteger]> @ imm = #-0x5d4
;;                  push  {lr}
;;                  bl  0x10 <trap[IntegerOverflow]> @ imm = #-0x5e2
;;                  movs  r0, r0
;; <f32_loop>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  vmov  s10, r2
;;                  movw  r12, #0x999a
;;                  movt  r12, #0x3e99
;;                  vmov  s14, r12
;;                  vmul.f32  s11, s10, s14
;;                  mov.w  r12, #0x0
;;                  vmov  s9, r12
;;                  vadd.f32  s9, s9, s11
;;                  subs  r0, r0, #0x1
;;                  bne  0x614 <f32_loop+0x20>   @ imm = #-0xa
;;                  vmov  r0, s9
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_call>:
;;                  push  {lr}
;;                  vpush  {s16}
;;                  vmov  s1, r0
;;                  vmov  s16, r1
;;                  vmov  r0, s1
;;                  vmov  r1, s16
;;                  bl  0x5c <f32_div>          @ imm = #-0x5e2
;;                  vmov  s10, r0
;;                  vadd.f32  s9, s10, s16
;;                  vmov  r0, s9
;;                  vpop  {s16}
;;                  pop  {pc}
;; <f32_less_or_greater>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vmov  s5, r2
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r1, #0x1
;;                  movle  r1, #0x0
;;                  orrs  r0, r1
;;                  bx  lr
;; <f32_neither>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  vcmp.f32  s1, s3
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
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  vcmp.f32  s3, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r1, #0x1
;;                  movne  r1, #0x0
;;                  ands  r0, r1
;;                  bx  lr
;; <f32_unordered>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  vcmp.f32  s3, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r1, #0x1
;;                  moveq  r1, #0x0
;;                  orrs  r0, r1
;;                  bx  lr
;;
;; ---- cortex-m33 ----
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
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vadd.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_sub>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vsub.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_mul>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vmul.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_div>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vdiv.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_min>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  vminnm.f32  s5, s1, s3
;;                  it  vs
;;                  vaddvs.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;; <f32_max>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  vmaxnm.f32  s5, s1, s3
;;                  it  vs
;;                  vaddvs.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;; <f32_copysign>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vmov  r12, s3
;;                  vabs.f32  s5, s1
;;                  cmp.w  r12, #0x0
;;                  it  mi
;;                  vnegmi.f32  s5, s5
;;                  vmov  r0, s5
;;                  bx  lr
;; <f32_neg>:
;;                  vmov  s1, r0
;;                  vneg.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_abs>:
;;                  vmov  s1, r0
;;                  vabs.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_sqrt>:
;;                  vmov  s1, r0
;;                  vsqrt.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_ceil>:
;;                  vmov  s1, r0
;;                  vrintp.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_floor>:
;;                  vmov  s1, r0
;;                  vrintm.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_trunc>:
;;                  vmov  s1, r0
;;                  vrintz.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_nearest>:
;;                  vmov  s1, r0
;;                  vrintn.f32  s3, s1
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_set_eq>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;; <f32_branch_eq>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  beq  0x16c <f32_branch_eq+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x172
;;                  movs  r0, r0
;; <f32_not_eq>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_eq>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  vseleq.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_set_ne>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;; <f32_branch_ne>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bne  0x1dc <f32_branch_ne+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x1e2
;;                  movs  r0, r0
;; <f32_not_ne>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_ne>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  vseleq.f32  s5, s3, s1
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_set_lt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  bx  lr
;; <f32_branch_lt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bmi  0x24c <f32_branch_lt+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x252
;;                  movs  r0, r0
;; <f32_not_lt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_lt>:
;;                  vmov  s1, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s1, s4
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  mi
;;                  vmovmi.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_set_le>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  bx  lr
;; <f32_branch_le>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bls  0x2bc <f32_branch_le+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2c2
;;                  movs  r0, r0
;; <f32_not_le>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_le>:
;;                  vmov  s1, r0
;;                  vmov  s4, r1
;;                  vcmp.f32  s1, s4
;;                  vmrs  APSR_nzcv, fpscr
;;                  it  ls
;;                  vmovls.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;; <f32_set_gt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  bx  lr
;; <f32_branch_gt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bgt  0x32c <f32_branch_gt+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x332
;;                  movs  r0, r0
;; <f32_not_gt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_gt>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  vselgt.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_set_ge>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  bx  lr
;; <f32_branch_ge>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  bge  0x39c <f32_branch_ge+0x14> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x3a2
;;                  movs  r0, r0
;; <f32_not_ge>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_ge>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  vselge.f32  s5, s1, s3
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_by_word>:
;;                  vmov  s1, r0
;;                  vmov  s5, r1
;;                  cmp  r2, #0x9
;;                  it  lo
;;                  vmovlo.f32  s5, s1
;;                  vmov  r0, s5
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_select_same>:
;;                  vmov  s1, r0
;;                  vmov  r0, s1
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i32_s>:
;;                  vmov  s2, r0
;;                  vcvt.f32.s32  s2, s2
;;                  vmov  r0, s2
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_to_i32_s>:
;;                  vmov  s1, r0
;;                  vcvt.s32.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i32_u>:
;;                  vmov  s2, r0
;;                  vcvt.f32.u32  s2, s2
;;                  vmov  r0, s2
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_to_i32_u>:
;;                  vmov  s1, r0
;;                  vcvt.u32.f32  s4, s1
;;                  vmov  r0, s4
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_i64_s>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x5c]
;;                  blx  r12
;;                  vmov  s4, r0
;;                  vmov  r0, s4
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_to_i64_s>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s1, r0
;;                  vmov  r0, s1
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
;;                  vmov  s4, r0
;;                  vmov  r0, s4
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <f32_to_i64_u>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  vmov  s1, r0
;;                  vmov  r0, s1
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
;;                  ldr  r0, [r0, #0x34]
;;                  vmov  s6, r0
;;                  vmov  r0, s6
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0x4c8
;; <f32_store>:
;;                  vmov  s2, r1
;;                  movw  r1, #0xfff8
;;                  cmp  r0, r1
;;                  bhi  0x4e6 <f32_store+0x16>  @ imm = #0x8
;;                  add  r0, r9
;;                  vmov  r1, s2
;;                  str  r1, [r0, #0x34]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0x4e4
;; <f32_load_constant>:
;;                  vldr  s1, [r9, #64]
;;                  vmov  r0, s1
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_global>:
;;                  vldr  s3, [r9, #40]
;;                  vmov.f32  s5, #1.500000e+00
;;                  vadd.f32  s3, s3, s5
;;                  vstr  s3, [r9, #40]
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_constant>:
;;                  movw  r0, #0xcccd
;;                  movt  r0, #0x3dcc
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_short_constant>:
;;                  vmov  s1, r0
;;                  vmov.f32  s5, #2.000000e+00
;;                  vmul.f32  s4, s1, s5
;;                  vmov  r0, s4
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_bits>:
;;                  vmov  s1, r0
;;                  vadd.f32  s4, s1, s1
;;                  vmov  r0, s4
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_from_bits>:
;;                  movs  r1, #0x0
;;                  vmov  s6, r0
;;                  vmov.f32  s8, #1.000000e+00
;;                  vadd.f32  s6, s6, s8
;;                  vmov  r0, s6
;;                  bx  lr
;; <f32_truncate>:
;;                  vmov  s2, r0
;;                  vmov  r0, s2
;;                  lsls  r1, r0, #0x1
;;                  cmp.w  r1, #0x9e000000
;;                  blo  0x574 <f32_truncate+0x20> @ imm = #0xe
;;                  cmp.w  r1, #0xff000000
;;                  bhi  0x57e <f32_truncate+0x2a> @ imm = #0x12
;;                  cmp  r0, #0x0
;;                  bge  0x584 <f32_truncate+0x30> @ imm = #0x14
;;                  cmp.w  r0, #0xcf000000
;;                  bhi  0x584 <f32_truncate+0x30> @ imm = #0xe
;;                  vcvt.s32.f32  s12, s2
;;                  vmov  r0, s12
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x18 <trap[BadConversionToInteger]> @ imm = #-0x56c
;;                  push  {lr}
;;                  bl  0x10 <trap[IntegerOverflow]> @ imm = #-0x57a
;;                  movs  r0, r0
;; <f32_loop>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  vmov  s10, r2
;;                  movw  r12, #0x999a
;;                  movt  r12, #0x3e99
;;                  vmov  s14, r12
;;                  vmul.f32  s11, s10, s14
;;                  mov.w  r12, #0x0
;;                  vmov  s9, r12
;;                  vadd.f32  s9, s9, s11
;;                  subs  r0, r0, #0x1
;;                  bne  0x5ac <f32_loop+0x20>   @ imm = #-0xa
;;                  vmov  r0, s9
;;                  bx  lr
;;                  movs  r0, r0
;; <f32_call>:
;;                  push  {lr}
;;                  vpush  {s16}
;;                  vmov  s1, r0
;;                  vmov  s16, r1
;;                  vmov  r0, s1
;;                  vmov  r1, s16
;;                  bl  0x5c <f32_div>          @ imm = #-0x57a
;;                  vmov  s10, r0
;;                  vadd.f32  s9, s10, s16
;;                  vmov  r0, s9
;;                  vpop  {s16}
;;                  pop  {pc}
;; <f32_less_or_greater>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vmov  s5, r2
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  gt
;;                  movgt  r1, #0x1
;;                  movle  r1, #0x0
;;                  orrs  r0, r1
;;                  bx  lr
;; <f32_neither>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  mi
;;                  movmi  r0, #0x1
;;                  movpl  r0, #0x0
;;                  vcmp.f32  s1, s3
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
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  vcmp.f32  s3, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  eq
;;                  moveq  r1, #0x1
;;                  movne  r1, #0x0
;;                  ands  r0, r1
;;                  bx  lr
;; <f32_unordered>:
;;                  vmov  s1, r0
;;                  vmov  s3, r1
;;                  vcmp.f32  s1, s1
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  vcmp.f32  s3, s3
;;                  vmrs  APSR_nzcv, fpscr
;;                  ite  ne
;;                  movne  r1, #0x1
;;                  moveq  r1, #0x0
;;                  orrs  r0, r1
;;                  bx  lr
;;
;; ---- rv32imafc ----
;; <trap[Unreachable]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x1
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[MemoryOutOfBounds]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x2
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[IntegerOverflow]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x7
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[BadConversionToInteger]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x8
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <f32_add>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fadd.s  ft5, ft1, ft3, rne
;;                  fmv.x.w  a0, ft5
;;                  ret
;;                  unimp
;; <f32_sub>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fsub.s  ft5, ft1, ft3, rne
;;                  fmv.x.w  a0, ft5
;;                  ret
;;                  unimp
;; <f32_mul>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fmul.s  ft5, ft1, ft3, rne
;;                  fmv.x.w  a0, ft5
;;                  ret
;;                  unimp
;; <f32_div>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fdiv.s  ft5, ft1, ft3, rne
;;                  fmv.x.w  a0, ft5
;;                  ret
;;                  unimp
;; <f32_min>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  t2, ft1, ft1
;;                  feq.s  a0, ft3, ft3
;;                  and  a1, t2, a0
;;                  fmin.s  fa0, ft1, ft3
;;                  bnez  a1, 0xae <f32_min+0x1e>
;;                  fadd.s  fa0, ft1, ft3, rne
;;                  fmv.x.w  a0, fa0
;;                  ret
;; <f32_max>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  t2, ft1, ft1
;;                  feq.s  a0, ft3, ft3
;;                  and  a1, t2, a0
;;                  fmax.s  fa0, ft1, ft3
;;                  bnez  a1, 0xd2 <f32_max+0x1e>
;;                  fadd.s  fa0, ft1, ft3, rne
;;                  fmv.x.w  a0, fa0
;;                  ret
;; <f32_copysign>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fsgnj.s  ft5, ft1, ft3
;;                  fmv.x.w  a0, ft5
;;                  ret
;;                  unimp
;; <f32_neg>:
;;                  fmv.w.x  ft1, a0
;;                  fneg.s  ft3, ft1
;;                  fmv.x.w  a0, ft3
;;                  ret
;;                  unimp
;; <f32_abs>:
;;                  fmv.w.x  ft1, a0
;;                  fabs.s  ft3, ft1
;;                  fmv.x.w  a0, ft3
;;                  ret
;;                  unimp
;; <f32_sqrt>:
;;                  fmv.w.x  ft1, a0
;;                  fsqrt.s  ft3, ft1, rne
;;                  fmv.x.w  a0, ft3
;;                  ret
;;                  unimp
;; <f32_ceil>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.x.w  t0, ft1
;;                  slli  t2, t0, 0x1
;;                  lui  a0, 0x96000
;;                  fmin.s  ft6, ft1, ft1
;;                  bgeu  t2, a0, 0x140 <f32_ceil+0x24>
;;                  fcvt.w.s  t5, ft1, rup
;;                  fcvt.s.w  ft6, t5, rne
;;                  fsgnj.s  ft6, ft6, ft1
;;                  fmv.x.w  a0, ft6
;;                  ret
;;                  unimp
;; <f32_floor>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.x.w  t0, ft1
;;                  slli  t2, t0, 0x1
;;                  lui  a0, 0x96000
;;                  fmin.s  ft6, ft1, ft1
;;                  bgeu  t2, a0, 0x16c <f32_floor+0x24>
;;                  fcvt.w.s  t5, ft1, rdn
;;                  fcvt.s.w  ft6, t5, rne
;;                  fsgnj.s  ft6, ft6, ft1
;;                  fmv.x.w  a0, ft6
;;                  ret
;;                  unimp
;; <f32_trunc>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.x.w  t0, ft1
;;                  slli  t2, t0, 0x1
;;                  lui  a0, 0x96000
;;                  fmin.s  ft6, ft1, ft1
;;                  bgeu  t2, a0, 0x198 <f32_trunc+0x24>
;;                  fcvt.w.s  t5, ft1, rtz
;;                  fcvt.s.w  ft6, t5, rne
;;                  fsgnj.s  ft6, ft6, ft1
;;                  fmv.x.w  a0, ft6
;;                  ret
;;                  unimp
;; <f32_nearest>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.x.w  t0, ft1
;;                  slli  t2, t0, 0x1
;;                  lui  a0, 0x96000
;;                  fmin.s  ft6, ft1, ft1
;;                  bgeu  t2, a0, 0x1c4 <f32_nearest+0x24>
;;                  fcvt.w.s  t5, ft1, rne
;;                  fcvt.s.w  ft6, t5, rne
;;                  fsgnj.s  ft6, ft6, ft1
;;                  fmv.x.w  a0, ft6
;;                  ret
;;                  unimp
;; <f32_set_eq>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  t1, ft1, ft3
;;                  mv  a0, t1
;;                  ret
;; <f32_branch_eq>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  t0, ft1, ft3
;;                  bnez  t0, 0x1ee <f32_branch_eq+0x12>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <f32_not_eq>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  t2, ft1, ft3
;;                  mv  t2, t2
;;                  seqz  a0, t2
;;                  ret
;; <f32_select_eq>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft4, a1
;;                  feq.s  t2, ft1, ft4
;;                  beqz  t2, 0x21c <f32_select_eq+0x14>
;;                  fmv.s  ft4, ft1
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <f32_set_ne>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  t1, ft1, ft3
;;                  xori  a0, t1, 0x1
;;                  ret
;;                  unimp
;; <f32_branch_ne>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  t0, ft1, ft3
;;                  beqz  t0, 0x24a <f32_branch_ne+0x12>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <f32_not_ne>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  t2, ft1, ft3
;;                  xori  t2, t2, 0x1
;;                  seqz  a0, t2
;;                  ret
;;                  unimp
;; <f32_select_ne>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft4, a1
;;                  feq.s  t2, ft1, ft4
;;                  bnez  t2, 0x27c <f32_select_ne+0x14>
;;                  fmv.s  ft4, ft1
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <f32_set_lt>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  flt.s  t1, ft1, ft3
;;                  mv  a0, t1
;;                  ret
;; <f32_branch_lt>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  flt.s  t0, ft1, ft3
;;                  bnez  t0, 0x2a6 <f32_branch_lt+0x12>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <f32_not_lt>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  flt.s  t2, ft1, ft3
;;                  mv  t2, t2
;;                  seqz  a0, t2
;;                  ret
;; <f32_select_lt>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft4, a1
;;                  flt.s  t2, ft1, ft4
;;                  beqz  t2, 0x2d4 <f32_select_lt+0x14>
;;                  fmv.s  ft4, ft1
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <f32_set_le>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fle.s  t1, ft1, ft3
;;                  mv  a0, t1
;;                  ret
;; <f32_branch_le>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fle.s  t0, ft1, ft3
;;                  bnez  t0, 0x2fe <f32_branch_le+0x12>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <f32_not_le>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fle.s  t2, ft1, ft3
;;                  mv  t2, t2
;;                  seqz  a0, t2
;;                  ret
;; <f32_select_le>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft4, a1
;;                  fle.s  t2, ft1, ft4
;;                  beqz  t2, 0x32c <f32_select_le+0x14>
;;                  fmv.s  ft4, ft1
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <f32_set_gt>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  flt.s  t1, ft3, ft1
;;                  mv  a0, t1
;;                  ret
;; <f32_branch_gt>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  flt.s  t0, ft3, ft1
;;                  bnez  t0, 0x356 <f32_branch_gt+0x12>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <f32_not_gt>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  flt.s  t2, ft3, ft1
;;                  mv  t2, t2
;;                  seqz  a0, t2
;;                  ret
;; <f32_select_gt>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft4, a1
;;                  flt.s  t2, ft4, ft1
;;                  beqz  t2, 0x384 <f32_select_gt+0x14>
;;                  fmv.s  ft4, ft1
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <f32_set_ge>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fle.s  t1, ft3, ft1
;;                  mv  a0, t1
;;                  ret
;; <f32_branch_ge>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fle.s  t0, ft3, ft1
;;                  bnez  t0, 0x3ae <f32_branch_ge+0x12>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <f32_not_ge>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  fle.s  t2, ft3, ft1
;;                  mv  t2, t2
;;                  seqz  a0, t2
;;                  ret
;; <f32_select_ge>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft4, a1
;;                  fle.s  t2, ft4, ft1
;;                  beqz  t2, 0x3dc <f32_select_ge+0x14>
;;                  fmv.s  ft4, ft1
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <f32_select_by_word>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft5, a1
;;                  li  a0, 0x9
;;                  bgeu  a2, a0, 0x3f6 <f32_select_by_word+0x12>
;;                  fmv.s  ft5, ft1
;;                  fmv.x.w  a0, ft5
;;                  ret
;; <f32_select_same>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.x.w  a0, ft1
;;                  ret
;;                  unimp
;; <f32_from_i32_s>:
;;                  fcvt.s.w  ft2, a0, rne
;;                  fmv.x.w  a0, ft2
;;                  ret
;;                  unimp
;; <f32_to_i32_s>:
;;                  fmv.w.x  ft1, a0
;;                  fcvt.w.s  t0, ft1, rtz
;;                  feq.s  t2, ft1, ft1
;;                  neg  t2, t2
;;                  and  a0, t0, t2
;;                  ret
;;                  unimp
;; <f32_from_i32_u>:
;;                  fcvt.s.wu  ft2, a0, rne
;;                  fmv.x.w  a0, ft2
;;                  ret
;;                  unimp
;; <f32_to_i32_u>:
;;                  fmv.w.x  ft1, a0
;;                  fcvt.wu.s  t0, ft1, rtz
;;                  feq.s  t2, ft1, ft1
;;                  neg  t2, t2
;;                  and  a0, t0, t2
;;                  ret
;;                  unimp
;; <f32_from_i64_s>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x5c(t5)
;;                  jalr  t5
;;                  fmv.w.x  ft4, a0
;;                  fmv.x.w  a0, ft4
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;; <f32_to_i64_s>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  fmv.w.x  ft1, a0
;;                  fmv.x.w  a0, ft1
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x64(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;; <f32_from_i64_u>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x60(t5)
;;                  jalr  t5
;;                  fmv.w.x  ft4, a0
;;                  fmv.x.w  a0, ft4
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;; <f32_to_i64_u>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  fmv.w.x  ft1, a0
;;                  fmv.x.w  a0, ft1
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x68(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;; <f32_load>:
;;                  lui  t0, 0x10
;;                  addi  t0, t0, -0x8
;;                  bltu  t0, a0, 0x4d6 <f32_load+0x16>
;;                  add  t1, s1, a0
;;                  flw  ft5, 0x34(t1)
;;                  fmv.x.w  a0, ft5
;;                  ret
;;                  jal  t0, 0x10 <trap[MemoryOutOfBounds]>
;;                  unimp
;; <f32_store>:
;;                  fmv.w.x  ft2, a1
;;                  lui  t0, 0x10
;;                  addi  t0, t0, -0x8
;;                  bltu  t0, a0, 0x4f2 <f32_store+0x16>
;;                  add  t1, s1, a0
;;                  fsw  ft2, 0x34(t1)
;;                  ret
;;                  jal  t0, 0x10 <trap[MemoryOutOfBounds]>
;;                  unimp
;; <f32_load_constant>:
;;                  flw  ft1, 0x40(s1)
;;                  fmv.x.w  a0, ft1
;;                  ret
;;                  unimp
;; <f32_global>:
;;                  flw  ft3, 0x28(s1)
;;                  lui  t1, 0x3fc00
;;                  fmv.w.x  ft6, t1
;;                  fadd.s  ft4, ft3, ft6, rne
;;                  fsw  ft4, 0x28(s1)
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <f32_constant>:
;;                  lui  a0, 0x3dccd
;;                  addi  a0, a0, -0x333
;;                  ret
;;                  unimp
;; <f32_short_constant>:
;;                  fmv.w.x  ft1, a0
;;                  lui  t1, 0x40000
;;                  fmv.w.x  ft6, t1
;;                  fmul.s  ft5, ft1, ft6, rne
;;                  fmv.x.w  a0, ft5
;;                  ret
;;                  unimp
;; <f32_bits>:
;;                  fmv.w.x  ft1, a0
;;                  fadd.s  ft4, ft1, ft1, rne
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <f32_from_bits>:
;;                  mv  t2, a0
;;                  fmv.w.x  ft5, t2
;;                  lui  a0, 0x3f800
;;                  fmv.w.x  fa0, a0
;;                  fadd.s  ft6, ft5, fa0, rne
;;                  fmv.x.w  a0, ft6
;;                  ret
;; <f32_truncate>:
;;                  fmv.w.x  ft2, a0
;;                  fmv.x.w  t2, ft2
;;                  slli  a0, t2, 0x1
;;                  lui  a3, 0x9e000
;;                  bltu  a0, a3, 0x596 <f32_truncate+0x2a>
;;                  lui  a5, 0xff000
;;                  bltu  a5, a0, 0x5a8 <f32_truncate+0x3c>
;;                  bgez  t2, 0x5ac <f32_truncate+0x40>
;;                  lui  a6, 0xcf000
;;                  addi  a6, a6, 0x1
;;                  bgeu  t2, a6, 0x5ac <f32_truncate+0x40>
;;                  fcvt.w.s  a5, ft2, rtz
;;                  feq.s  t3, ft2, ft2
;;                  neg  t3, t3
;;                  and  a0, a5, t3
;;                  ret
;;                  jal  t0, 0x30 <trap[BadConversionToInteger]>
;;                  jal  t0, 0x20 <trap[IntegerOverflow]>
;; <f32_loop>:
;;                  mv  a3, a0
;;                  mv  t1, a1
;;                  fmv.w.x  fa0, a3
;;                  lui  a5, 0x3e99a
;;                  addi  a5, a5, -0x666
;;                  fmv.w.x  fa5, a5
;;                  fmul.s  fa2, fa0, fa5, rne
;;                  fmv.w.x  fa0, zero
;;                  addi  t1, t1, -0x1
;;                  fadd.s  fa0, fa0, fa2, rne
;;                  bnez  t1, 0x5cc <f32_loop+0x1c>
;;                  fmv.x.w  a4, fa0
;;                  mv  a0, a4
;;                  ret
;;                  unimp
;; <f32_call>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  fsw  fs0, 0x8(sp)
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  fs0, a1
;;                  fmv.x.w  a0, ft1
;;                  fmv.x.w  a1, fs0
;;                  jal  0x7c <f32_div>
;;                  fmv.w.x  fa0, a0
;;                  fadd.s  fa0, fa0, fs0, rne
;;                  fmv.x.w  a0, fa0
;;                  lw  ra, 0xc(sp)
;;                  flw  fs0, 0x8(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  unimp
;; <f32_less_or_greater>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  flt.s  a0, ft1, ft3
;;                  mv  t2, a0
;;                  flt.s  a0, ft3, ft1
;;                  mv  a0, a0
;;                  or  a0, t2, a0
;;                  ret
;;                  unimp
;; <f32_neither>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  flt.s  a0, ft1, ft3
;;                  mv  a0, a0
;;                  flt.s  a1, ft3, ft1
;;                  mv  a1, a1
;;                  or  a0, a0, a1
;;                  seqz  a0, a0
;;                  ret
;; <f32_ordered>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  a0, ft1, ft1
;;                  mv  t2, a0
;;                  feq.s  a0, ft3, ft3
;;                  mv  a0, a0
;;                  and  a0, t2, a0
;;                  ret
;;                  unimp
;; <f32_unordered>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.w.x  ft3, a1
;;                  feq.s  a0, ft1, ft1
;;                  xori  t2, a0, 0x1
;;                  feq.s  a0, ft3, ft3
;;                  xori  a0, a0, 0x1
;;                  or  a0, t2, a0
;;                  ret
