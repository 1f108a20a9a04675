;;! code = cortex-m3 rv32imac
;; Comparisons of pairs of words: as values, in branches and selects.
(module
  (func $set_eq (param i64 i64) (result i32) (i64.eq (local.get 0) (local.get 1)))
  (func $set_ne (param i64 i64) (result i32) (i64.ne (local.get 0) (local.get 1)))
  (func $set_lt_s (param i64 i64) (result i32) (i64.lt_s (local.get 0) (local.get 1)))
  (func $set_lt_u (param i64 i64) (result i32) (i64.lt_u (local.get 0) (local.get 1)))
  (func $set_gt_s (param i64 i64) (result i32) (i64.gt_s (local.get 0) (local.get 1)))
  (func $set_gt_u (param i64 i64) (result i32) (i64.gt_u (local.get 0) (local.get 1)))
  (func $set_le_s (param i64 i64) (result i32) (i64.le_s (local.get 0) (local.get 1)))
  (func $set_le_u (param i64 i64) (result i32) (i64.le_u (local.get 0) (local.get 1)))
  (func $set_ge_s (param i64 i64) (result i32) (i64.ge_s (local.get 0) (local.get 1)))
  (func $set_ge_u (param i64 i64) (result i32) (i64.ge_u (local.get 0) (local.get 1)))
  (func $select_eq (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.eq (local.get 0) (local.get 1))))
  (func $select_ne (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.ne (local.get 0) (local.get 1))))
  (func $select_lt_s (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.lt_s (local.get 0) (local.get 1))))
  (func $select_lt_u (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.lt_u (local.get 0) (local.get 1))))
  (func $select_gt_s (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.gt_s (local.get 0) (local.get 1))))
  (func $select_gt_u (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.gt_u (local.get 0) (local.get 1))))
  (func $select_le_s (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.le_s (local.get 0) (local.get 1))))
  (func $select_le_u (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.le_u (local.get 0) (local.get 1))))
  (func $select_ge_s (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.ge_s (local.get 0) (local.get 1))))
  (func $select_ge_u (param i64 i64) (result i64) (select (local.get 0) (local.get 1) (i64.ge_u (local.get 0) (local.get 1))))
  (func $branch_eq_const (param i64) (if (i64.eq (local.get 0) (i64.const 0x123456789)) (then (unreachable))))
  (func $branch_ne_const (param i64) (if (i64.ne (local.get 0) (i64.const 0x123456789)) (then (unreachable))))
  (func $branch_lt_s_const (param i64) (if (i64.lt_s (local.get 0) (i64.const 0x123456789)) (then (unreachable))))
  (func $branch_le_u_const (param i64) (if (i64.le_u (local.get 0) (i64.const 0x123456789)) (then (unreachable))))
  (func $branch_gt_s_const (param i64) (if (i64.gt_s (local.get 0) (i64.const 0x123456789)) (then (unreachable))))
  (func $branch_gt_u_const (param i64) (if (i64.gt_u (local.get 0) (i64.const 0x123456789)) (then (unreachable))))
  (func $branch_le_s_const (param i64) (if (i64.le_s (local.get 0) (i64.const 0x123456789)) (then (unreachable))))
  (func $branch_ge_s_const (param i64) (if (i64.ge_s (local.get 0) (i64.const 0x123456789)) (then (unreachable))))
  (func $branch_lt_s_0 (param i64) (if (i64.lt_s (local.get 0) (i64.const 0)) (then (unreachable))))
  (func $branch_ge_s_0 (param i64) (if (i64.ge_s (local.get 0) (i64.const 0)) (then (unreachable))))
  (func $branch_lt_u_21474836480 (param i64) (if (i64.lt_u (local.get 0) (i64.const 21474836480)) (then (unreachable))))
  (func $branch_ge_s_21474836480 (param i64) (if (i64.ge_s (local.get 0) (i64.const 21474836480)) (then (unreachable))))
  (func $branch_lt_u_77 (param i64) (if (i64.lt_u (local.get 0) (i64.const 77)) (then (unreachable))))
  (func $branch_ge_u_77 (param i64) (if (i64.ge_u (local.get 0) (i64.const 77)) (then (unreachable))))
  (func $branch_eq_0 (param i64) (if (i64.eq (local.get 0) (i64.const 0)) (then (unreachable))))
  (func $branch_ne_0 (param i64) (if (i64.ne (local.get 0) (i64.const 0)) (then (unreachable))))
  (func $branch_eq_5 (param i64) (if (i64.eq (local.get 0) (i64.const 5)) (then (unreachable))))
  (func $branch_lt_s (param i64 i64) (if (i64.lt_s (local.get 0) (local.get 1)) (then (unreachable))))
  (func $branch_gt_u (param i64 i64) (if (i64.gt_u (local.get 0) (local.get 1)) (then (unreachable))))
  (func $branch_le_s (param i64 i64) (if (i64.le_s (local.get 0) (local.get 1)) (then (unreachable))))
  (func $branch_ge_u (param i64 i64) (if (i64.ge_u (local.get 0) (local.get 1)) (then (unreachable))))
  (func $branch_eq (param i64 i64) (if (i64.eq (local.get 0) (local.get 1)) (then (unreachable))))
  (func $branch_ne (param i64 i64) (if (i64.ne (local.get 0) (local.get 1)) (then (unreachable))))
  (func $order_of_words (param i32 i32) (result i32) (i64.lt_u (i64.extend_i32_u (local.get 0)) (i64.extend_i32_u (local.get 1))))
  (func $order_with_word (param i64 i32) (result i32) (i64.lt_u (local.get 0) (i64.extend_i32_u (local.get 1))))
  (func $branch_below_word (param i64 i32) (if (i64.lt_u (local.get 0) (i64.extend_i32_u (local.get 1))) (then (unreachable))))
  (func $branch_not_below_word (param i64 i32) (if (i64.ge_u (local.get 0) (i64.extend_i32_u (local.get 1))) (then (unreachable))))
  (func $masked_zero (param i64 i64) (result i32) (i64.eq (i64.and (local.get 0) (local.get 1)) (i64.const 0)))
  (func $absolute (param i64) (result i64) (select (i64.sub (i64.const 0) (local.get 0)) (local.get 0) (i64.lt_s (local.get 0) (i64.const 0))))
  (func $select_pair (param i64 i64 i32) (result i64) (select (local.get 0) (local.get 1) (local.get 2)))
  (func $select_low (param i64 i64 i32) (result i32) (i32.wrap_i64 (select (local.get 0) (local.get 1) (local.get 2))))
  (func $select_constants (param i32) (result i64) (select (i64.const 5) (i64.const -7) (local.get 0)))
  (func $select_or_constant (param i64 i32) (result i64) (select (local.get 0) (i64.const -1) (local.get 1)))
  (func $select_words (param i32 i32 i32) (result i64) (select (i64.extend_i32_u (local.get 0)) (i64.extend_i32_u (local.get 1)) (local.get 2)))
  (func $mask_of_truth (param i64 i64) (result i64) (i64.sub (i64.const 0) (i64.extend_i32_u (i64.lt_s (local.get 0) (local.get 1)))))
)

;; ---- expected ----
;; ;; set_eq
;; function u0:0(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @009a                               v4 = icmp eq v1, v2
;; @009a                               v5 = uextend.i32 v4
;; @009b                               return v5
;; }
;;
;; ;; set_ne
;; function u0:1(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00a2                               v4 = icmp ne v1, v2
;; @00a2                               v5 = uextend.i32 v4
;; @00a3                               return v5
;; }
;;
;; ;; set_lt_s
;; function u0:2(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00aa                               v4 = icmp slt v1, v2
;; @00aa                               v5 = uextend.i32 v4
;; @00ab                               return v5
;; }
;;
;; ;; set_lt_u
;; function u0:3(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00b2                               v4 = icmp ult v1, v2
;; @00b2                               v5 = uextend.i32 v4
;; @00b3                               return v5
;; }
;;
;; ;; set_gt_s
;; function u0:4(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00ba                               v4 = icmp sgt v1, v2
;; @00ba                               v5 = uextend.i32 v4
;; @00bb                               return v5
;; }
;;
;; ;; set_gt_u
;; function u0:5(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00c2                               v4 = icmp ugt v1, v2
;; @00c2                               v5 = uextend.i32 v4
;; @00c3                               return v5
;; }
;;
;; ;; set_le_s
;; function u0:6(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00ca                               v4 = icmp sle v1, v2
;; @00ca                               v5 = uextend.i32 v4
;; @00cb                               return v5
;; }
;;
;; ;; set_le_u
;; function u0:7(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00d2                               v4 = icmp ule v1, v2
;; @00d2                               v5 = uextend.i32 v4
;; @00d3                               return v5
;; }
;;
;; ;; set_ge_s
;; function u0:8(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00da                               v4 = icmp sge v1, v2
;; @00da                               v5 = uextend.i32 v4
;; @00db                               return v5
;; }
;;
;; ;; set_ge_u
;; function u0:9(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00e2                               v4 = icmp uge v1, v2
;; @00e2                               v5 = uextend.i32 v4
;; @00e3                               return v5
;; }
;;
;; ;; select_eq
;; function u0:10(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00f0                               return v2
;; }
;;
;; ;; select_ne
;; function u0:11(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00fd                               return v1
;; }
;;
;; ;; select_lt_s
;; function u0:12(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;;                                     v7 = smin v1, v2
;; @010a                               return v7
;; }
;;
;; ;; select_lt_u
;; function u0:13(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;;                                     v7 = umin v1, v2
;; @0117                               return v7
;; }
;;
;; ;; select_gt_s
;; function u0:14(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;;                                     v7 = smax v1, v2
;; @0124                               return v7
;; }
;;
;; ;; select_gt_u
;; function u0:15(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;;                                     v7 = umax v1, v2
;; @0131                               return v7
;; }
;;
;; ;; select_le_s
;; function u0:16(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;;                                     v7 = smin v1, v2
;; @013e                               return v7
;; }
;;
;; ;; select_le_u
;; function u0:17(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;;                                     v7 = umin v1, v2
;; @014b                               return v7
;; }
;;
;; ;; select_ge_s
;; function u0:18(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;;                                     v7 = smax v1, v2
;; @0158                               return v7
;; }
;;
;; ;; select_ge_u
;; function u0:19(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;;                                     v7 = umax v1, v2
;; @0165                               return v7
;; }
;;
;; ;; branch_eq_const
;; function u0:20(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @016a                               v2 = iconst.i64 0x0001_2345_6789
;; @0170                               v3 = icmp eq v1, v2  ; v2 = 0x0001_2345_6789
;; @0171                               trapnz v3, user1
;; @0171                               jump block4
;;
;;                                 block4:
;; @0175                               return
;; }
;;
;; ;; branch_ne_const
;; function u0:21(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @017a                               v2 = iconst.i64 0x0001_2345_6789
;; @0180                               v3 = icmp ne v1, v2  ; v2 = 0x0001_2345_6789
;; @0181                               trapnz v3, user1
;; @0181                               jump block4
;;
;;                                 block4:
;; @0185                               return
;; }
;;
;; ;; branch_lt_s_const
;; function u0:22(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @018a                               v2 = iconst.i64 0x0001_2345_6789
;; @0190                               v3 = icmp slt v1, v2  ; v2 = 0x0001_2345_6789
;; @0191                               trapnz v3, user1
;; @0191                               jump block4
;;
;;                                 block4:
;; @0195                               return
;; }
;;
;; ;; branch_le_u_const
;; function u0:23(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @019a                               v2 = iconst.i64 0x0001_2345_6789
;; @01a0                               v3 = icmp ule v1, v2  ; v2 = 0x0001_2345_6789
;; @01a1                               trapnz v3, user1
;; @01a1                               jump block4
;;
;;                                 block4:
;; @01a5                               return
;; }
;;
;; ;; branch_gt_s_const
;; function u0:24(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @01aa                               v2 = iconst.i64 0x0001_2345_6789
;; @01b0                               v3 = icmp sgt v1, v2  ; v2 = 0x0001_2345_6789
;; @01b1                               trapnz v3, user1
;; @01b1                               jump block4
;;
;;                                 block4:
;; @01b5                               return
;; }
;;
;; ;; branch_gt_u_const
;; function u0:25(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @01ba                               v2 = iconst.i64 0x0001_2345_6789
;; @01c0                               v3 = icmp ugt v1, v2  ; v2 = 0x0001_2345_6789
;; @01c1                               trapnz v3, user1
;; @01c1                               jump block4
;;
;;                                 block4:
;; @01c5                               return
;; }
;;
;; ;; branch_le_s_const
;; function u0:26(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @01ca                               v2 = iconst.i64 0x0001_2345_6789
;; @01d0                               v3 = icmp sle v1, v2  ; v2 = 0x0001_2345_6789
;; @01d1                               trapnz v3, user1
;; @01d1                               jump block4
;;
;;                                 block4:
;; @01d5                               return
;; }
;;
;; ;; branch_ge_s_const
;; function u0:27(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @01da                               v2 = iconst.i64 0x0001_2345_6789
;; @01e0                               v3 = icmp sge v1, v2  ; v2 = 0x0001_2345_6789
;; @01e1                               trapnz v3, user1
;; @01e1                               jump block4
;;
;;                                 block4:
;; @01e5                               return
;; }
;;
;; ;; branch_lt_s_0
;; function u0:28(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @01ea                               v2 = iconst.i64 0
;; @01ec                               v3 = icmp slt v1, v2  ; v2 = 0
;; @01ed                               trapnz v3, user1
;; @01ed                               jump block4
;;
;;                                 block4:
;; @01f1                               return
;; }
;;
;; ;; branch_ge_s_0
;; function u0:29(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @01f6                               v2 = iconst.i64 0
;; @01f8                               v3 = icmp sge v1, v2  ; v2 = 0
;; @01f9                               trapnz v3, user1
;; @01f9                               jump block4
;;
;;                                 block4:
;; @01fd                               return
;; }
;;
;; ;; branch_lt_u_21474836480
;; function u0:30(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0202                               v2 = iconst.i64 0x0005_0000_0000
;; @0209                               v3 = icmp ult v1, v2  ; v2 = 0x0005_0000_0000
;; @020a                               trapnz v3, user1
;; @020a                               jump block4
;;
;;                                 block4:
;; @020e                               return
;; }
;;
;; ;; branch_ge_s_21474836480
;; function u0:31(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0213                               v2 = iconst.i64 0x0005_0000_0000
;; @021a                               v3 = icmp sge v1, v2  ; v2 = 0x0005_0000_0000
;; @021b                               trapnz v3, user1
;; @021b                               jump block4
;;
;;                                 block4:
;; @021f                               return
;; }
;;
;; ;; branch_lt_u_77
;; function u0:32(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0224                               v2 = iconst.i64 77
;; @0227                               v3 = icmp ult v1, v2  ; v2 = 77
;; @0228                               trapnz v3, user1
;; @0228                               jump block4
;;
;;                                 block4:
;; @022c                               return
;; }
;;
;; ;; branch_ge_u_77
;; function u0:33(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0231                               v2 = iconst.i64 77
;; @0234                               v3 = icmp uge v1, v2  ; v2 = 77
;; @0235                               trapnz v3, user1
;; @0235                               jump block4
;;
;;                                 block4:
;; @0239                               return
;; }
;;
;; ;; branch_eq_0
;; function u0:34(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @023e                               v2 = iconst.i64 0
;; @0240                               v3 = icmp eq v1, v2  ; v2 = 0
;; @0241                               trapnz v3, user1
;; @0241                               jump block4
;;
;;                                 block4:
;; @0245                               return
;; }
;;
;; ;; branch_ne_0
;; function u0:35(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @024d                               trapnz v1, user1
;; @024d                               jump block4
;;
;;                                 block4:
;; @0251                               return
;; }
;;
;; ;; branch_eq_5
;; function u0:36(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0256                               v2 = iconst.i64 5
;; @0258                               v3 = icmp eq v1, v2  ; v2 = 5
;; @0259                               trapnz v3, user1
;; @0259                               jump block4
;;
;;                                 block4:
;; @025d                               return
;; }
;;
;; ;; branch_lt_s
;; function u0:37(i32 vmctx, i64, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0264                               v3 = icmp slt v1, v2
;; @0265                               trapnz v3, user1
;; @0265                               jump block4
;;
;;                                 block4:
;; @0269                               return
;; }
;;
;; ;; branch_gt_u
;; function u0:38(i32 vmctx, i64, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0270                               v3 = icmp ugt v1, v2
;; @0271                               trapnz v3, user1
;; @0271                               jump block4
;;
;;                                 block4:
;; @0275                               return
;; }
;;
;; ;; branch_le_s
;; function u0:39(i32 vmctx, i64, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @027c                               v3 = icmp sle v1, v2
;; @027d                               trapnz v3, user1
;; @027d                               jump block4
;;
;;                                 block4:
;; @0281                               return
;; }
;;
;; ;; branch_ge_u
;; function u0:40(i32 vmctx, i64, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0288                               v3 = icmp uge v1, v2
;; @0289                               trapnz v3, user1
;; @0289                               jump block4
;;
;;                                 block4:
;; @028d                               return
;; }
;;
;; ;; branch_eq
;; function u0:41(i32 vmctx, i64, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0294                               v3 = icmp eq v1, v2
;; @0295                               trapnz v3, user1
;; @0295                               jump block4
;;
;;                                 block4:
;; @0299                               return
;; }
;;
;; ;; branch_ne
;; function u0:42(i32 vmctx, i64, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @02a0                               v3 = icmp ne v1, v2
;; @02a1                               trapnz v3, user1
;; @02a1                               jump block4
;;
;;                                 block4:
;; @02a5                               return
;; }
;;
;; ;; order_of_words
;; function u0:43(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @02aa                               v4 = uextend.i64 v1
;; @02ad                               v5 = uextend.i64 v2
;; @02ae                               v6 = icmp ult v4, v5
;; @02ae                               v7 = uextend.i32 v6
;; @02af                               return v7
;; }
;;
;; ;; order_with_word
;; function u0:44(i32 vmctx, i64, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @02b6                               v4 = uextend.i64 v2
;; @02b7                               v5 = icmp ult v1, v4
;; @02b7                               v6 = uextend.i32 v5
;; @02b8                               return v6
;; }
;;
;; ;; branch_below_word
;; function u0:45(i32 vmctx, i64, i32) tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @02bf                               v3 = uextend.i64 v2
;; @02c0                               v4 = icmp ult v1, v3
;; @02c1                               trapnz v4, user1
;; @02c1                               jump block4
;;
;;                                 block4:
;; @02c5                               return
;; }
;;
;; ;; branch_not_below_word
;; function u0:46(i32 vmctx, i64, i32) tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @02cc                               v3 = uextend.i64 v2
;; @02cd                               v4 = icmp uge v1, v3
;; @02ce                               trapnz v4, user1
;; @02ce                               jump block4
;;
;;                                 block4:
;; @02d2                               return
;; }
;;
;; ;; masked_zero
;; function u0:47(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @02d9                               v4 = band v1, v2
;; @02da                               v5 = iconst.i64 0
;; @02dc                               v6 = icmp eq v4, v5  ; v5 = 0
;; @02dc                               v7 = uextend.i32 v6
;; @02dd                               return v7
;; }
;;
;; ;; absolute
;; function u0:48(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v12 = iabs v1
;; @02ed                               return v12
;; }
;;
;; ;; select_pair
;; function u0:49(i32 vmctx, i64, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64, v3: i32):
;; @02f6                               v5 = select v3, v1, v2
;; @02f7                               return v5
;; }
;;
;; ;; select_low
;; function u0:50(i32 vmctx, i64, i64, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64, v3: i32):
;; @0300                               v5 = select v3, v1, v2
;; @0301                               v6 = ireduce.i32 v5
;; @0302                               return v6
;; }
;;
;; ;; select_constants
;; function u0:51(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0305                               v3 = iconst.i64 5
;; @0307                               v4 = iconst.i64 -7
;; @030b                               v5 = select v1, v3, v4  ; v3 = 5, v4 = -7
;; @030c                               return v5
;; }
;;
;; ;; select_or_constant
;; function u0:52(i32 vmctx, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @0311                               v4 = iconst.i64 -1
;; @0315                               v5 = select v2, v1, v4  ; v4 = -1
;; @0316                               return v5
;; }
;;
;; ;; select_words
;; function u0:53(i32 vmctx, i32, i32, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;;                                     v8 = select v3, v1, v2
;;                                     v9 = uextend.i64 v8
;; @0322                               return v9
;; }
;;
;; ;; mask_of_truth
;; function u0:54(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @032b                               v5 = icmp slt v1, v2
;;                                     v9 = uextend.i64 v5
;;                                     v11 = ineg v9
;; @032e                               return v11
;; }
;;
;;
;; ---- cortex-m3 ----
;; <trap[Unreachable]>:
;;                  movs  r0, #0x1
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <set_eq>:
;;                  cmp  r0, r2
;;                  it  eq
;;                  cmpeq  r1, r3
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ne>:
;;                  cmp  r0, r2
;;                  it  eq
;;                  cmpeq  r1, r3
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_lt_s>:
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_lt_u>:
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_gt_s>:
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_gt_u>:
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_le_s>:
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_le_u>:
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  ite  hs
;;                  movhs  r0, #0x1
;;                  movlo  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ge_s>:
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ge_u>:
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  ite  hs
;;                  movhs  r0, #0x1
;;                  movlo  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <select_eq>:
;;                  mov  r0, r2
;;                  mov  r1, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <select_ne>:
;;                  bx  lr
;;                  movs  r0, r0
;; <select_lt_s>:
;;                  push.w  {r5, r10}
;;                  mov  r5, r2
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  it  lt
;;                  movlt  r5, r0
;;                  mov  r10, r1
;;                  mov  r1, r3
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r10, r3
;;                  it  lt
;;                  movlt  r1, r10
;;                  mov  r0, r5
;;                  pop.w  {r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <select_lt_u>:
;;                  push.w  {r5, r10}
;;                  mov  r5, r2
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  it  lo
;;                  movlo  r5, r0
;;                  mov  r10, r1
;;                  mov  r1, r3
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r10, r3
;;                  it  lo
;;                  movlo  r1, r10
;;                  mov  r0, r5
;;                  pop.w  {r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <select_gt_s>:
;;                  push.w  {r5, r10}
;;                  mov  r5, r2
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  it  lt
;;                  movlt  r5, r0
;;                  mov  r10, r1
;;                  mov  r1, r3
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r10
;;                  it  lt
;;                  movlt  r1, r10
;;                  mov  r0, r5
;;                  pop.w  {r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <select_gt_u>:
;;                  push.w  {r5, r10}
;;                  mov  r5, r2
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  it  lo
;;                  movlo  r5, r0
;;                  mov  r10, r1
;;                  mov  r1, r3
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r10
;;                  it  lo
;;                  movlo  r1, r10
;;                  mov  r0, r5
;;                  pop.w  {r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <select_le_s>:
;;                  push.w  {r5, r10}
;;                  mov  r5, r2
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  it  lt
;;                  movlt  r5, r0
;;                  mov  r10, r1
;;                  mov  r1, r3
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r10, r3
;;                  it  lt
;;                  movlt  r1, r10
;;                  mov  r0, r5
;;                  pop.w  {r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <select_le_u>:
;;                  push.w  {r5, r10}
;;                  mov  r5, r2
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  it  lo
;;                  movlo  r5, r0
;;                  mov  r10, r1
;;                  mov  r1, r3
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r10, r3
;;                  it  lo
;;                  movlo  r1, r10
;;                  mov  r0, r5
;;                  pop.w  {r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <select_ge_s>:
;;                  push.w  {r5, r10}
;;                  mov  r5, r2
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  it  lt
;;                  movlt  r5, r0
;;                  mov  r10, r1
;;                  mov  r1, r3
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r10
;;                  it  lt
;;                  movlt  r1, r10
;;                  mov  r0, r5
;;                  pop.w  {r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <select_ge_u>:
;;                  push.w  {r5, r10}
;;                  mov  r5, r2
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  it  lo
;;                  movlo  r5, r0
;;                  mov  r10, r1
;;                  mov  r1, r3
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r10
;;                  it  lo
;;                  movlo  r1, r10
;;                  mov  r0, r5
;;                  pop.w  {r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <branch_eq_const>:
;;                  movw  r3, #0x6789
;;                  movt  r3, #0x2345
;;                  cmp  r0, r3
;;                  it  eq
;;                  cmpeq  r1, #0x1
;;                  beq  0x206 <branch_eq_const+0x12> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x20c
;; <branch_ne_const>:
;;                  movw  r3, #0x6789
;;                  movt  r3, #0x2345
;;                  cmp  r0, r3
;;                  it  eq
;;                  cmpeq  r1, #0x1
;;                  bne  0x21e <branch_ne_const+0x12> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x224
;; <branch_lt_s_const>:
;;                  movw  r3, #0x6789
;;                  movt  r3, #0x2345
;;                  cmp  r0, r3
;;                  sbcs  r12, r1, #0x1
;;                  blt  0x236 <branch_lt_s_const+0x12> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x23c
;; <branch_le_u_const>:
;;                  movw  r3, #0x678a
;;                  movt  r3, #0x2345
;;                  cmp  r0, r3
;;                  sbcs  r12, r1, #0x1
;;                  blo  0x24e <branch_le_u_const+0x12> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x254
;; <branch_gt_s_const>:
;;                  movw  r3, #0x678a
;;                  movt  r3, #0x2345
;;                  cmp  r0, r3
;;                  sbcs  r12, r1, #0x1
;;                  bge  0x266 <branch_gt_s_const+0x12> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x26c
;; <branch_gt_u_const>:
;;                  movw  r3, #0x678a
;;                  movt  r3, #0x2345
;;                  cmp  r0, r3
;;                  sbcs  r12, r1, #0x1
;;                  bhs  0x27e <branch_gt_u_const+0x12> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x284
;; <branch_le_s_const>:
;;                  movw  r3, #0x678a
;;                  movt  r3, #0x2345
;;                  cmp  r0, r3
;;                  sbcs  r12, r1, #0x1
;;                  blt  0x296 <branch_le_s_const+0x12> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x29c
;; <branch_ge_s_const>:
;;                  movw  r3, #0x6789
;;                  movt  r3, #0x2345
;;                  cmp  r0, r3
;;                  sbcs  r12, r1, #0x1
;;                  bge  0x2ae <branch_ge_s_const+0x12> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2b4
;; <branch_lt_s_0>:
;;                  cmp  r1, #0x0
;;                  blt  0x2ba <branch_lt_s_0+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2c0
;; <branch_ge_s_0>:
;;                  cmp  r1, #0x0
;;                  bge  0x2c6 <branch_ge_s_0+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2cc
;; <branch_lt_u_21474836480>:
;;                  cmp  r1, #0x5
;;                  blo  0x2d2 <branch_lt_u_21474836480+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2d8
;; <branch_ge_s_21474836480>:
;;                  cmp  r1, #0x5
;;                  bge  0x2de <branch_ge_s_21474836480+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2e4
;; <branch_lt_u_77>:
;;                  cmp  r0, #0x4d
;;                  sbcs  r12, r1, #0x0
;;                  blo  0x2ee <branch_lt_u_77+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x2f4
;; <branch_ge_u_77>:
;;                  cmp  r0, #0x4d
;;                  sbcs  r12, r1, #0x0
;;                  bhs  0x2fe <branch_ge_u_77+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x304
;; <branch_eq_0>:
;;                  orr.w  r3, r0, r1
;;                  cbz  r3, 0x30c <branch_eq_0+0x8> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x312
;;                  movs  r0, r0
;; <branch_ne_0>:
;;                  orr.w  r3, r0, r1
;;                  cbnz  r3, 0x31c <branch_ne_0+0x8> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x322
;;                  movs  r0, r0
;; <branch_eq_5>:
;;                  cmp  r0, #0x5
;;                  it  eq
;;                  cmpeq  r1, #0x0
;;                  beq  0x32e <branch_eq_5+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x334
;; <branch_lt_s>:
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  blt  0x33e <branch_lt_s+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x344
;; <branch_gt_u>:
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  blo  0x34e <branch_gt_u+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x354
;; <branch_le_s>:
;;                  cmp  r2, r0
;;                  sbcs.w  r12, r3, r1
;;                  bge  0x35e <branch_le_s+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x364
;; <branch_ge_u>:
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  bhs  0x36e <branch_ge_u+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x374
;; <branch_eq>:
;;                  cmp  r0, r2
;;                  it  eq
;;                  cmpeq  r1, r3
;;                  beq  0x37e <branch_eq+0xa>   @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x384
;; <branch_ne>:
;;                  cmp  r0, r2
;;                  it  eq
;;                  cmpeq  r1, r3
;;                  bne  0x38e <branch_ne+0xa>   @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x394
;; <order_of_words>:
;;                  movs  r2, #0x0
;;                  cmp  r0, r1
;;                  sbcs  r12, r2, #0x0
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;; <order_with_word>:
;;                  cmp  r0, r2
;;                  sbcs  r12, r1, #0x0
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <branch_below_word>:
;;                  cmp  r0, r2
;;                  sbcs  r12, r1, #0x0
;;                  blo  0x3be <branch_below_word+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x3c4
;; <branch_not_below_word>:
;;                  cmp  r0, r2
;;                  sbcs  r12, r1, #0x0
;;                  bhs  0x3ce <branch_not_below_word+0xa> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x3d4
;; <masked_zero>:
;;                  ands  r0, r2
;;                  ands  r1, r3
;;                  orrs  r0, r1
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <absolute>:
;;                  rsbs  r3, r0, #0
;;                  sbc.w  r2, r1, r1, lsl #1
;;                  cmp  r1, #0x0
;;                  it  lt
;;                  movlt  r0, r3
;;                  cmp  r1, #0x0
;;                  it  lt
;;                  movlt  r1, r2
;;                  bx  lr
;; <select_pair>:
;;                  push.w  {r10, r11, lr}
;;                  sub  sp, #0x4
;;                  mov  r11, r1
;;                  mov  r1, r0
;;                  ldr  r0, [sp, #0x10]
;;                  mov  r10, r1
;;                  cmp  r0, #0x0
;;                  it  ne
;;                  movne  r2, r10
;;                  mov  lr, r11
;;                  mov  r1, r3
;;                  cmp  r0, #0x0
;;                  it  ne
;;                  movne  r1, lr
;;                  mov  r0, r2
;;                  add  sp, #0x4
;;                  pop.w  {r10, r11, lr}
;;                  add  sp, #0x8
;;                  bx  lr
;;                  movs  r0, r0
;; <select_low>:
;;                  ldr  r1, [sp]
;;                  mov  r3, r0
;;                  mov  r0, r2
;;                  cmp  r1, #0x0
;;                  it  ne
;;                  movne  r0, r3
;;                  add  sp, #0x8
;;                  bx  lr
;; <select_constants>:
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne  r2, #0x5
;;                  mvneq  r2, #0x6
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne  r1, #0x0
;;                  moveq.w  r1, #0xffffffff
;;                  mov  r0, r2
;;                  bx  lr
;; <select_or_constant>:
;;                  cmp  r2, #0x0
;;                  it  eq
;;                  moveq.w  r0, #0xffffffff
;;                  cmp  r2, #0x0
;;                  it  eq
;;                  moveq.w  r1, #0xffffffff
;;                  bx  lr
;;                  movs  r0, r0
;; <select_words>:
;;                  mov  r3, r1
;;                  cmp  r2, #0x0
;;                  it  ne
;;                  movne  r3, r0
;;                  movs  r1, #0x0
;;                  mov  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <mask_of_truth>:
;;                  cmp  r0, r2
;;                  sbcs.w  r12, r1, r3
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  movs  r1, #0x0
;;                  rsbs  r0, r0, #0
;;                  sbc.w  r1, r1, r1, lsl #1
;;                  bx  lr
;;
;; ---- rv32imac ----
;; <trap[Unreachable]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x1
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <set_eq>:
;;                  xor  t1, a0, a2
;;                  xor  a0, a1, a3
;;                  or  a0, t1, a0
;;                  seqz  a0, a0
;;                  ret
;;                  unimp
;; <set_ne>:
;;                  xor  t1, a0, a2
;;                  xor  a0, a1, a3
;;                  or  a0, t1, a0
;;                  snez  a0, a0
;;                  ret
;;                  unimp
;; <set_lt_s>:
;;                  mv  t1, a0
;;                  slt  a0, a1, a3
;;                  bne  a1, a3, 0x46 <set_lt_s+0xe>
;;                  sltu  a0, t1, a2
;;                  ret
;; <set_lt_u>:
;;                  mv  t1, a0
;;                  sltu  a0, a1, a3
;;                  bne  a1, a3, 0x56 <set_lt_u+0xe>
;;                  sltu  a0, t1, a2
;;                  ret
;; <set_gt_s>:
;;                  mv  t1, a0
;;                  slt  a0, a3, a1
;;                  bne  a3, a1, 0x66 <set_gt_s+0xe>
;;                  sltu  a0, a2, t1
;;                  ret
;; <set_gt_u>:
;;                  mv  t1, a0
;;                  sltu  a0, a3, a1
;;                  bne  a3, a1, 0x76 <set_gt_u+0xe>
;;                  sltu  a0, a2, t1
;;                  ret
;; <set_le_s>:
;;                  slt  t1, a3, a1
;;                  bne  a3, a1, 0x84 <set_le_s+0xc>
;;                  sltu  t1, a2, a0
;;                  xori  a0, t1, 0x1
;;                  ret
;;                  unimp
;; <set_le_u>:
;;                  sltu  t1, a3, a1
;;                  bne  a3, a1, 0x98 <set_le_u+0xc>
;;                  sltu  t1, a2, a0
;;                  xori  a0, t1, 0x1
;;                  ret
;;                  unimp
;; <set_ge_s>:
;;                  slt  t1, a1, a3
;;                  bne  a1, a3, 0xac <set_ge_s+0xc>
;;                  sltu  t1, a0, a2
;;                  xori  a0, t1, 0x1
;;                  ret
;;                  unimp
;; <set_ge_u>:
;;                  sltu  t1, a1, a3
;;                  bne  a1, a3, 0xc0 <set_ge_u+0xc>
;;                  sltu  t1, a0, a2
;;                  xori  a0, t1, 0x1
;;                  ret
;;                  unimp
;; <select_eq>:
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  ret
;;                  unimp
;; <select_ne>:
;;                  ret
;;                  unimp
;; <select_lt_s>:
;;                  mv  t2, a1
;;                  mv  a4, a0
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  blt  a3, t2, 0xec <select_lt_s+0x18>
;;                  bne  t2, a3, 0xe8 <select_lt_s+0x14>
;;                  bgeu  a4, a2, 0xec <select_lt_s+0x18>
;;                  mv  a0, a4
;;                  mv  a1, t2
;;                  ret
;;                  unimp
;; <select_lt_u>:
;;                  mv  t2, a1
;;                  mv  a4, a0
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  bltu  a3, t2, 0x108 <select_lt_u+0x18>
;;                  bne  t2, a3, 0x104 <select_lt_u+0x14>
;;                  bgeu  a4, a2, 0x108 <select_lt_u+0x18>
;;                  mv  a0, a4
;;                  mv  a1, t2
;;                  ret
;;                  unimp
;; <select_gt_s>:
;;                  mv  t2, a1
;;                  mv  a4, a0
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  blt  t2, a3, 0x124 <select_gt_s+0x18>
;;                  bne  a3, t2, 0x120 <select_gt_s+0x14>
;;                  bgeu  a2, a4, 0x124 <select_gt_s+0x18>
;;                  mv  a0, a4
;;                  mv  a1, t2
;;                  ret
;;                  unimp
;; <select_gt_u>:
;;                  mv  t2, a1
;;                  mv  a4, a0
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  bltu  t2, a3, 0x140 <select_gt_u+0x18>
;;                  bne  a3, t2, 0x13c <select_gt_u+0x14>
;;                  bgeu  a2, a4, 0x140 <select_gt_u+0x18>
;;                  mv  a0, a4
;;                  mv  a1, t2
;;                  ret
;;                  unimp
;; <select_le_s>:
;;                  mv  t2, a1
;;                  mv  a4, a0
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  blt  a3, t2, 0x15c <select_le_s+0x18>
;;                  bne  t2, a3, 0x158 <select_le_s+0x14>
;;                  bgeu  a4, a2, 0x15c <select_le_s+0x18>
;;                  mv  a0, a4
;;                  mv  a1, t2
;;                  ret
;;                  unimp
;; <select_le_u>:
;;                  mv  t2, a1
;;                  mv  a4, a0
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  bltu  a3, t2, 0x178 <select_le_u+0x18>
;;                  bne  t2, a3, 0x174 <select_le_u+0x14>
;;                  bgeu  a4, a2, 0x178 <select_le_u+0x18>
;;                  mv  a0, a4
;;                  mv  a1, t2
;;                  ret
;;                  unimp
;; <select_ge_s>:
;;                  mv  t2, a1
;;                  mv  a4, a0
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  blt  t2, a3, 0x194 <select_ge_s+0x18>
;;                  bne  a3, t2, 0x190 <select_ge_s+0x14>
;;                  bgeu  a2, a4, 0x194 <select_ge_s+0x18>
;;                  mv  a0, a4
;;                  mv  a1, t2
;;                  ret
;;                  unimp
;; <select_ge_u>:
;;                  mv  t2, a1
;;                  mv  a4, a0
;;                  mv  a0, a2
;;                  mv  a1, a3
;;                  bltu  t2, a3, 0x1b0 <select_ge_u+0x18>
;;                  bne  a3, t2, 0x1ac <select_ge_u+0x14>
;;                  bgeu  a2, a4, 0x1b0 <select_ge_u+0x18>
;;                  mv  a0, a4
;;                  mv  a1, t2
;;                  ret
;;                  unimp
;; <branch_eq_const>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x789
;;                  li  t1, 0x1
;;                  bne  a0, t0, 0x1c6 <branch_eq_const+0x12>
;;                  beq  a1, t1, 0x1c8 <branch_eq_const+0x14>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_ne_const>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x789
;;                  li  t1, 0x1
;;                  bne  a0, t0, 0x1e0 <branch_ne_const+0x14>
;;                  bne  a1, t1, 0x1e0 <branch_ne_const+0x14>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_lt_s_const>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x789
;;                  li  t1, 0x1
;;                  blt  a1, t1, 0x1fc <branch_lt_s_const+0x18>
;;                  bne  a1, t1, 0x1fa <branch_lt_s_const+0x16>
;;                  bltu  a0, t0, 0x1fc <branch_lt_s_const+0x18>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_le_u_const>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x78a
;;                  li  t1, 0x1
;;                  bltu  a1, t1, 0x218 <branch_le_u_const+0x18>
;;                  bne  a1, t1, 0x216 <branch_le_u_const+0x16>
;;                  bltu  a0, t0, 0x218 <branch_le_u_const+0x18>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_gt_s_const>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x78a
;;                  li  t1, 0x1
;;                  blt  t1, a1, 0x234 <branch_gt_s_const+0x18>
;;                  bne  a1, t1, 0x232 <branch_gt_s_const+0x16>
;;                  bgeu  a0, t0, 0x234 <branch_gt_s_const+0x18>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_gt_u_const>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x78a
;;                  li  t1, 0x1
;;                  bltu  t1, a1, 0x250 <branch_gt_u_const+0x18>
;;                  bne  a1, t1, 0x24e <branch_gt_u_const+0x16>
;;                  bgeu  a0, t0, 0x250 <branch_gt_u_const+0x18>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_le_s_const>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x78a
;;                  li  t1, 0x1
;;                  blt  a1, t1, 0x26c <branch_le_s_const+0x18>
;;                  bne  a1, t1, 0x26a <branch_le_s_const+0x16>
;;                  bltu  a0, t0, 0x26c <branch_le_s_const+0x18>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_ge_s_const>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x789
;;                  li  t1, 0x1
;;                  blt  t1, a1, 0x288 <branch_ge_s_const+0x18>
;;                  bne  a1, t1, 0x286 <branch_ge_s_const+0x16>
;;                  bgeu  a0, t0, 0x288 <branch_ge_s_const+0x18>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_lt_s_0>:
;;                  bltz  a1, 0x292 <branch_lt_s_0+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_ge_s_0>:
;;                  bgez  a1, 0x29e <branch_ge_s_0+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_lt_u_21474836480>:
;;                  li  t0, 0x5
;;                  bltu  a1, t0, 0x2ac <branch_lt_u_21474836480+0x8>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_ge_s_21474836480>:
;;                  li  t0, 0x5
;;                  bge  a1, t0, 0x2b8 <branch_ge_s_21474836480+0x8>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_lt_u_77>:
;;                  li  t0, 0x4d
;;                  bnez  a1, 0x2c6 <branch_lt_u_77+0xa>
;;                  bltu  a0, t0, 0x2c8 <branch_lt_u_77+0xc>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_ge_u_77>:
;;                  li  t0, 0x4d
;;                  bnez  a1, 0x2d8 <branch_ge_u_77+0xc>
;;                  bgeu  a0, t0, 0x2d8 <branch_ge_u_77+0xc>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_eq_0>:
;;                  or  t0, a0, a1
;;                  beqz  t0, 0x2e6 <branch_eq_0+0xa>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_ne_0>:
;;                  or  t0, a0, a1
;;                  bnez  t0, 0x2f6 <branch_ne_0+0xa>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_eq_5>:
;;                  li  t0, 0x5
;;                  bne  a0, t0, 0x304 <branch_eq_5+0x8>
;;                  beqz  a1, 0x306 <branch_eq_5+0xa>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_lt_s>:
;;                  blt  a1, a3, 0x31a <branch_lt_s+0xe>
;;                  bne  a1, a3, 0x318 <branch_lt_s+0xc>
;;                  bltu  a0, a2, 0x31a <branch_lt_s+0xe>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_gt_u>:
;;                  bltu  a3, a1, 0x32e <branch_gt_u+0xe>
;;                  bne  a3, a1, 0x32c <branch_gt_u+0xc>
;;                  bltu  a2, a0, 0x32e <branch_gt_u+0xe>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_le_s>:
;;                  blt  a1, a3, 0x342 <branch_le_s+0xe>
;;                  bne  a3, a1, 0x340 <branch_le_s+0xc>
;;                  bgeu  a2, a0, 0x342 <branch_le_s+0xe>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_ge_u>:
;;                  bltu  a3, a1, 0x356 <branch_ge_u+0xe>
;;                  bne  a1, a3, 0x354 <branch_ge_u+0xc>
;;                  bgeu  a0, a2, 0x356 <branch_ge_u+0xe>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_eq>:
;;                  bne  a0, a2, 0x364 <branch_eq+0x8>
;;                  beq  a1, a3, 0x366 <branch_eq+0xa>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_ne>:
;;                  bne  a0, a2, 0x376 <branch_ne+0xa>
;;                  bne  a1, a3, 0x376 <branch_ne+0xa>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <order_of_words>:
;;                  sltu  a0, a0, a1
;;                  ret
;;                  unimp
;; <order_with_word>:
;;                  mv  t0, a0
;;                  sltu  a0, a1, zero
;;                  bnez  a1, 0x390 <order_with_word+0xc>
;;                  sltu  a0, t0, a2
;;                  ret
;;                  unimp
;; <branch_below_word>:
;;                  bnez  a1, 0x39a <branch_below_word+0x6>
;;                  bltu  a0, a2, 0x39c <branch_below_word+0x8>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_not_below_word>:
;;                  bnez  a1, 0x3a8 <branch_not_below_word+0x8>
;;                  bgeu  a0, a2, 0x3a8 <branch_not_below_word+0x8>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <masked_zero>:
;;                  and  t1, a0, a2
;;                  and  a0, a1, a3
;;                  or  a0, t1, a0
;;                  seqz  a0, a0
;;                  ret
;;                  unimp
;; <absolute>:
;;                  snez  t2, a0
;;                  neg  t1, a0
;;                  neg  a2, a1
;;                  mv  a3, a1
;;                  sub  a2, a2, t2
;;                  bgez  a3, 0x3da <absolute+0x1a>
;;                  mv  a0, t1
;;                  mv  a1, a2
;;                  ret
;; <select_pair>:
;;                  mv  a5, a0
;;                  mv  a0, a2
;;                  mv  a2, a1
;;                  mv  a1, a3
;;                  beqz  a4, 0x3ea <select_pair+0xe>
;;                  mv  a0, a5
;;                  mv  a1, a2
;;                  ret
;; <select_low>:
;;                  mv  t2, a0
;;                  mv  a0, a2
;;                  beqz  a4, 0x3f4 <select_low+0x8>
;;                  mv  a0, t2
;;                  ret
;;                  unimp
;; <select_constants>:
;;                  li  t0, -0x7
;;                  mv  t2, t0
;;                  beqz  a0, 0x400 <select_constants+0x8>
;;                  li  t2, 0x5
;;                  mv  a2, t2
;;                  snez  t2, a0
;;                  addi  a1, t2, -0x1
;;                  mv  a0, a2
;;                  ret
;;                  unimp
;; <select_or_constant>:
;;                  mv  a4, a1
;;                  mv  a1, a0
;;                  li  a0, -0x1
;;                  li  a3, -0x1
;;                  mv  a5, a4
;;                  mv  a4, a1
;;                  mv  a1, a3
;;                  beqz  a2, 0x424 <select_or_constant+0x14>
;;                  mv  a0, a4
;;                  mv  a1, a5
;;                  ret
;;                  unimp
;; <select_words>:
;;                  mv  t0, a1
;;                  beqz  a2, 0x42e <select_words+0x6>
;;                  mv  t0, a0
;;                  li  a1, 0x0
;;                  mv  a0, t0
;;                  ret
;; <mask_of_truth>:
;;                  slt  t2, a1, a3
;;                  bne  a1, a3, 0x440 <mask_of_truth+0xc>
;;                  sltu  t2, a0, a2
;;                  snez  a0, t2
;;                  neg  t2, t2
;;                  neg  a1, a0
;;                  mv  a0, t2
;;                  ret
