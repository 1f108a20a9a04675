;;! code = cortex-m3 rv32imac
;; Comparisons of words: as values, in branches and selects.
(module
  (func $set_eq (param i32 i32) (result i32) (i32.eq (local.get 0) (local.get 1)))
  (func $set_ne (param i32 i32) (result i32) (i32.ne (local.get 0) (local.get 1)))
  (func $set_lt_s (param i32 i32) (result i32) (i32.lt_s (local.get 0) (local.get 1)))
  (func $set_lt_u (param i32 i32) (result i32) (i32.lt_u (local.get 0) (local.get 1)))
  (func $set_gt_s (param i32 i32) (result i32) (i32.gt_s (local.get 0) (local.get 1)))
  (func $set_gt_u (param i32 i32) (result i32) (i32.gt_u (local.get 0) (local.get 1)))
  (func $set_le_s (param i32 i32) (result i32) (i32.le_s (local.get 0) (local.get 1)))
  (func $set_le_u (param i32 i32) (result i32) (i32.le_u (local.get 0) (local.get 1)))
  (func $set_ge_s (param i32 i32) (result i32) (i32.ge_s (local.get 0) (local.get 1)))
  (func $set_ge_u (param i32 i32) (result i32) (i32.ge_u (local.get 0) (local.get 1)))
  (func $set_eq_const (param i32) (result i32) (i32.eq (local.get 0) (i32.const 77)))
  (func $set_ne_const (param i32) (result i32) (i32.ne (local.get 0) (i32.const 77)))
  (func $set_lt_s_const (param i32) (result i32) (i32.lt_s (local.get 0) (i32.const 77)))
  (func $set_lt_u_const (param i32) (result i32) (i32.lt_u (local.get 0) (i32.const 77)))
  (func $set_ge_s_const (param i32) (result i32) (i32.ge_s (local.get 0) (i32.const 77)))
  (func $set_ge_u_const (param i32) (result i32) (i32.ge_u (local.get 0) (i32.const 77)))
  (func $set_gt_s_const (param i32) (result i32) (i32.gt_s (local.get 0) (i32.const 77)))
  (func $set_eq_large (param i32) (result i32) (i32.eq (local.get 0) (i32.const 0x12345678)))
  (func $set_ne_zero (param i32) (result i32) (i32.ne (local.get 0) (i32.const 0)))
  (func $set_eq_negative (param i32) (result i32) (i32.eq (local.get 0) (i32.const -6)))
  (func $constant_on_the_left (param i32) (result i32) (i32.gt_u (i32.const 9) (local.get 0)))
  (func $branch_lt_s_1 (param i32) (if (i32.lt_s (local.get 0) (i32.const 1)) (then (unreachable))))
  (func $branch_ge_s_1 (param i32) (if (i32.ge_s (local.get 0) (i32.const 1)) (then (unreachable))))
  (func $branch_gt_s_minus_1 (param i32) (if (i32.gt_s (local.get 0) (i32.const -1)) (then (unreachable))))
  (func $branch_le_s_minus_1 (param i32) (if (i32.le_s (local.get 0) (i32.const -1)) (then (unreachable))))
  (func $branch_lt_u_1 (param i32) (if (i32.lt_u (local.get 0) (i32.const 1)) (then (unreachable))))
  (func $branch_gt_u_0 (param i32) (if (i32.gt_u (local.get 0) (i32.const 0)) (then (unreachable))))
  (func $branch_gt_s_4096 (param i32) (if (i32.gt_s (local.get 0) (i32.const 4096)) (then (unreachable))))
  (func $branch_le_u_255 (param i32) (if (i32.le_u (local.get 0) (i32.const 255)) (then (unreachable))))
  (func $branch_lt_s_74565 (param i32) (if (i32.lt_s (local.get 0) (i32.const 74565)) (then (unreachable))))
  (func $branch_gt_u_255 (param i32) (if (i32.gt_u (local.get 0) (i32.const 255)) (then (unreachable))))
  (func $branch_le_s_1023 (param i32) (if (i32.le_s (local.get 0) (i32.const 1023)) (then (unreachable))))
  (func $select_eq (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.eq (local.get 0) (local.get 1))))
  (func $select_ne (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.ne (local.get 0) (local.get 1))))
  (func $select_lt_s (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.lt_s (local.get 0) (local.get 1))))
  (func $select_lt_u (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.lt_u (local.get 0) (local.get 1))))
  (func $select_gt_s (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.gt_s (local.get 0) (local.get 1))))
  (func $select_gt_u (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.gt_u (local.get 0) (local.get 1))))
  (func $select_le_s (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.le_s (local.get 0) (local.get 1))))
  (func $select_le_u (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.le_u (local.get 0) (local.get 1))))
  (func $select_ge_s (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.ge_s (local.get 0) (local.get 1))))
  (func $select_ge_u (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.ge_u (local.get 0) (local.get 1))))
  (func $select_truth (param i32) (result i32) (select (i32.const 1) (i32.const 0) (local.get 0)))
  (func $select_neighbours (param i32) (result i32) (select (i32.const 5) (i32.const 4) (local.get 0)))
  (func $select_neighbours_opposite (param i32) (result i32) (select (i32.const 4) (i32.const 5) (local.get 0)))
  (func $select_constants (param i32) (result i32) (select (i32.const 100) (i32.const 7) (local.get 0)))
  (func $select_large_constants (param i32) (result i32) (select (i32.const 0x123456) (i32.const 0x654321) (local.get 0)))
  (func $select_constant_or (param i32 i32) (result i32) (select (i32.const 100) (local.get 1) (local.get 0)))
  (func $select_or_constant (param i32 i32) (result i32) (select (local.get 1) (i32.const 100) (local.get 0)))
  (func $select_or_large_constant (param i32 i32) (result i32) (select (local.get 1) (i32.const 0x123456) (local.get 0)))
  (func $select_of_kept (param i32 i32 i32 i32) (result i32) (i32.add (select (local.get 0) (local.get 1) (i32.lt_u (local.get 2) (local.get 3))) (i32.add (local.get 0) (local.get 1))))
  (func $select_bit (param i32 i32 i32) (result i32) (select (local.get 1) (local.get 2) (i32.and (local.get 0) (i32.const 8))))
  (func $branch_bits (param i32 i32) (result i32) (if (result i32) (i32.and (local.get 0) (local.get 1)) (then (i32.const 3)) (else (i32.const 9))))
  (func $compare_shifted (param i32 i32) (result i32) (i32.lt_u (local.get 0) (i32.shl (local.get 1) (i32.const 3))))
  (func $mask_of_truth (param i32 i32) (result i32) (i32.sub (i32.const 0) (i32.lt_s (local.get 0) (local.get 1))))
  (func $both (param i32 i32 i32 i32) (result i32) (i32.and (i32.lt_s (local.get 0) (local.get 1)) (i32.eq (local.get 2) (local.get 3))))
  (func $countdown (param i32) (result i32) (local i32) (local.set 1 (i32.const 1)) (loop (local.set 1 (i32.mul (local.get 1) (i32.const 3))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 1))
  (func $countup (param i32) (result i32) (local i32 i32) (loop (local.set 2 (i32.xor (local.get 2) (local.get 1))) (local.set 1 (i32.add (local.get 1) (i32.const 4))) (br_if 0 (i32.ne (local.get 1) (i32.const 400)))) (local.get 2))
  (func $branch_and_use (param i32 i32) (result i32) (if (result i32) (i32.and (local.get 0) (local.get 1)) (then (i32.and (local.get 0) (local.get 1))) (else (i32.const 9))))
  (func $absolute (param i32) (result i32) (select (i32.sub (i32.const 0) (local.get 0)) (local.get 0) (i32.lt_s (local.get 0) (i32.const 0))))
  (func $select_zero (param i32) (result i32) (select (i32.const 3) (i32.const 4) (i32.eqz (local.get 0))))
  (func $select_or_zero (param i32 i32) (result i32) (select (local.get 0) (i32.const 0) (i32.eqz (local.get 1))))
)

;; ---- expected ----
;; ;; set_eq
;; function u0:0(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0074                               v4 = icmp eq v1, v2
;; @0074                               v5 = uextend.i32 v4
;; @0075                               return v5
;; }
;;
;; ;; set_ne
;; function u0:1(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @007c                               v4 = icmp ne v1, v2
;; @007c                               v5 = uextend.i32 v4
;; @007d                               return v5
;; }
;;
;; ;; set_lt_s
;; function u0:2(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0084                               v4 = icmp slt v1, v2
;; @0084                               v5 = uextend.i32 v4
;; @0085                               return v5
;; }
;;
;; ;; set_lt_u
;; function u0:3(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @008c                               v4 = icmp ult v1, v2
;; @008c                               v5 = uextend.i32 v4
;; @008d                               return v5
;; }
;;
;; ;; set_gt_s
;; function u0:4(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0094                               v4 = icmp sgt v1, v2
;; @0094                               v5 = uextend.i32 v4
;; @0095                               return v5
;; }
;;
;; ;; set_gt_u
;; function u0:5(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @009c                               v4 = icmp ugt v1, v2
;; @009c                               v5 = uextend.i32 v4
;; @009d                               return v5
;; }
;;
;; ;; set_le_s
;; function u0:6(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00a4                               v4 = icmp sle v1, v2
;; @00a4                               v5 = uextend.i32 v4
;; @00a5                               return v5
;; }
;;
;; ;; set_le_u
;; function u0:7(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00ac                               v4 = icmp ule v1, v2
;; @00ac                               v5 = uextend.i32 v4
;; @00ad                               return v5
;; }
;;
;; ;; set_ge_s
;; function u0:8(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00b4                               v4 = icmp sge v1, v2
;; @00b4                               v5 = uextend.i32 v4
;; @00b5                               return v5
;; }
;;
;; ;; set_ge_u
;; function u0:9(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00bc                               v4 = icmp uge v1, v2
;; @00bc                               v5 = uextend.i32 v4
;; @00bd                               return v5
;; }
;;
;; ;; set_eq_const
;; function u0:10(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00c2                               v3 = iconst.i32 77
;; @00c5                               v4 = icmp eq v1, v3  ; v3 = 77
;; @00c5                               v5 = uextend.i32 v4
;; @00c6                               return v5
;; }
;;
;; ;; set_ne_const
;; function u0:11(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00cb                               v3 = iconst.i32 77
;; @00ce                               v4 = icmp ne v1, v3  ; v3 = 77
;; @00ce                               v5 = uextend.i32 v4
;; @00cf                               return v5
;; }
;;
;; ;; set_lt_s_const
;; function u0:12(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00d4                               v3 = iconst.i32 77
;; @00d7                               v4 = icmp slt v1, v3  ; v3 = 77
;; @00d7                               v5 = uextend.i32 v4
;; @00d8                               return v5
;; }
;;
;; ;; set_lt_u_const
;; function u0:13(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00dd                               v3 = iconst.i32 77
;; @00e0                               v4 = icmp ult v1, v3  ; v3 = 77
;; @00e0                               v5 = uextend.i32 v4
;; @00e1                               return v5
;; }
;;
;; ;; set_ge_s_const
;; function u0:14(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00e6                               v3 = iconst.i32 77
;; @00e9                               v4 = icmp sge v1, v3  ; v3 = 77
;; @00e9                               v5 = uextend.i32 v4
;; @00ea                               return v5
;; }
;;
;; ;; set_ge_u_const
;; function u0:15(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00ef                               v3 = iconst.i32 77
;; @00f2                               v4 = icmp uge v1, v3  ; v3 = 77
;; @00f2                               v5 = uextend.i32 v4
;; @00f3                               return v5
;; }
;;
;; ;; set_gt_s_const
;; function u0:16(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00f8                               v3 = iconst.i32 77
;; @00fb                               v4 = icmp sgt v1, v3  ; v3 = 77
;; @00fb                               v5 = uextend.i32 v4
;; @00fc                               return v5
;; }
;;
;; ;; set_eq_large
;; function u0:17(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0101                               v3 = iconst.i32 0x1234_5678
;; @0107                               v4 = icmp eq v1, v3  ; v3 = 0x1234_5678
;; @0107                               v5 = uextend.i32 v4
;; @0108                               return v5
;; }
;;
;; ;; set_ne_zero
;; function u0:18(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @010d                               v3 = iconst.i32 0
;; @010f                               v4 = icmp ne v1, v3  ; v3 = 0
;; @010f                               v5 = uextend.i32 v4
;; @0110                               return v5
;; }
;;
;; ;; set_eq_negative
;; function u0:19(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0115                               v3 = iconst.i32 -6
;; @0117                               v4 = icmp eq v1, v3  ; v3 = -6
;; @0117                               v5 = uextend.i32 v4
;; @0118                               return v5
;; }
;;
;; ;; constant_on_the_left
;; function u0:20(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @011b                               v3 = iconst.i32 9
;;                                     v6 = icmp ult v1, v3  ; v3 = 9
;; @011f                               v5 = uextend.i32 v6
;; @0120                               return v5
;; }
;;
;; ;; branch_lt_s_1
;; function u0:21(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = iconst.i32 0
;;                                     v6 = icmp sle v1, v5  ; v5 = 0
;; @0128                               trapnz v6, user1
;; @0128                               jump block4
;;
;;                                 block4:
;; @012c                               return
;; }
;;
;; ;; branch_ge_s_1
;; function u0:22(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = iconst.i32 0
;;                                     v6 = icmp sgt v1, v5  ; v5 = 0
;; @0134                               trapnz v6, user1
;; @0134                               jump block4
;;
;;                                 block4:
;; @0138                               return
;; }
;;
;; ;; branch_gt_s_minus_1
;; function u0:23(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = iconst.i32 0
;;                                     v6 = icmp sge v1, v5  ; v5 = 0
;; @0140                               trapnz v6, user1
;; @0140                               jump block4
;;
;;                                 block4:
;; @0144                               return
;; }
;;
;; ;; branch_le_s_minus_1
;; function u0:24(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = iconst.i32 0
;;                                     v6 = icmp slt v1, v5  ; v5 = 0
;; @014c                               trapnz v6, user1
;; @014c                               jump block4
;;
;;                                 block4:
;; @0150                               return
;; }
;;
;; ;; branch_lt_u_1
;; function u0:25(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = iconst.i32 0
;;                                     v6 = icmp eq v1, v5  ; v5 = 0
;; @0158                               trapnz v6, user1
;; @0158                               jump block4
;;
;;                                 block4:
;; @015c                               return
;; }
;;
;; ;; branch_gt_u_0
;; function u0:26(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0164                               trapnz v1, user1
;; @0164                               jump block4
;;
;;                                 block4:
;; @0168                               return
;; }
;;
;; ;; branch_gt_s_4096
;; function u0:27(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @016d                               v2 = iconst.i32 4096
;; @0170                               v3 = icmp sgt v1, v2  ; v2 = 4096
;; @0171                               trapnz v3, user1
;; @0171                               jump block4
;;
;;                                 block4:
;; @0175                               return
;; }
;;
;; ;; branch_le_u_255
;; function u0:28(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @017a                               v2 = iconst.i32 255
;; @017d                               v3 = icmp ule v1, v2  ; v2 = 255
;; @017e                               trapnz v3, user1
;; @017e                               jump block4
;;
;;                                 block4:
;; @0182                               return
;; }
;;
;; ;; branch_lt_s_74565
;; function u0:29(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0187                               v2 = iconst.i32 0x0001_2345
;; @018b                               v3 = icmp slt v1, v2  ; v2 = 0x0001_2345
;; @018c                               trapnz v3, user1
;; @018c                               jump block4
;;
;;                                 block4:
;; @0190                               return
;; }
;;
;; ;; branch_gt_u_255
;; function u0:30(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0195                               v2 = iconst.i32 255
;; @0198                               v3 = icmp ugt v1, v2  ; v2 = 255
;; @0199                               trapnz v3, user1
;; @0199                               jump block4
;;
;;                                 block4:
;; @019d                               return
;; }
;;
;; ;; branch_le_s_1023
;; function u0:31(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @01a2                               v2 = iconst.i32 1023
;; @01a5                               v3 = icmp sle v1, v2  ; v2 = 1023
;; @01a6                               trapnz v3, user1
;; @01a6                               jump block4
;;
;;                                 block4:
;; @01aa                               return
;; }
;;
;; ;; select_eq
;; function u0:32(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @01b7                               return v2
;; }
;;
;; ;; select_ne
;; function u0:33(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @01c4                               return v1
;; }
;;
;; ;; select_lt_s
;; function u0:34(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v7 = smin v1, v2
;; @01d1                               return v7
;; }
;;
;; ;; select_lt_u
;; function u0:35(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v7 = umin v1, v2
;; @01de                               return v7
;; }
;;
;; ;; select_gt_s
;; function u0:36(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v7 = smax v1, v2
;; @01eb                               return v7
;; }
;;
;; ;; select_gt_u
;; function u0:37(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v7 = umax v1, v2
;; @01f8                               return v7
;; }
;;
;; ;; select_le_s
;; function u0:38(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v7 = smin v1, v2
;; @0205                               return v7
;; }
;;
;; ;; select_le_u
;; function u0:39(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v7 = umin v1, v2
;; @0212                               return v7
;; }
;;
;; ;; select_ge_s
;; function u0:40(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v7 = smax v1, v2
;; @021f                               return v7
;; }
;;
;; ;; select_ge_u
;; function u0:41(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v7 = umax v1, v2
;; @022c                               return v7
;; }
;;
;; ;; select_truth
;; function u0:42(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @022f                               v3 = iconst.i32 1
;; @0231                               v4 = iconst.i32 0
;; @0235                               v5 = select v1, v3, v4  ; v3 = 1, v4 = 0
;; @0236                               return v5
;; }
;;
;; ;; select_neighbours
;; function u0:43(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0239                               v3 = iconst.i32 5
;; @023b                               v4 = iconst.i32 4
;; @023f                               v5 = select v1, v3, v4  ; v3 = 5, v4 = 4
;; @0240                               return v5
;; }
;;
;; ;; select_neighbours_opposite
;; function u0:44(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0243                               v3 = iconst.i32 4
;; @0245                               v4 = iconst.i32 5
;; @0249                               v5 = select v1, v3, v4  ; v3 = 4, v4 = 5
;; @024a                               return v5
;; }
;;
;; ;; select_constants
;; function u0:45(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @024d                               v3 = iconst.i32 100
;; @0250                               v4 = iconst.i32 7
;; @0254                               v5 = select v1, v3, v4  ; v3 = 100, v4 = 7
;; @0255                               return v5
;; }
;;
;; ;; select_large_constants
;; function u0:46(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0258                               v3 = iconst.i32 0x0012_3456
;; @025d                               v4 = iconst.i32 0x0065_4321
;; @0264                               v5 = select v1, v3, v4  ; v3 = 0x0012_3456, v4 = 0x0065_4321
;; @0265                               return v5
;; }
;;
;; ;; select_constant_or
;; function u0:47(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0268                               v4 = iconst.i32 100
;; @026f                               v5 = select v1, v4, v2  ; v4 = 100
;; @0270                               return v5
;; }
;;
;; ;; select_or_constant
;; function u0:48(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0275                               v4 = iconst.i32 100
;; @027a                               v5 = select v1, v2, v4  ; v4 = 100
;; @027b                               return v5
;; }
;;
;; ;; select_or_large_constant
;; function u0:49(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0280                               v4 = iconst.i32 0x0012_3456
;; @0287                               v5 = select v1, v2, v4  ; v4 = 0x0012_3456
;; @0288                               return v5
;; }
;;
;; ;; select_of_kept
;; function u0:50(i32 vmctx, i32, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32):
;; @0293                               v6 = icmp ult v3, v4
;; @0294                               v8 = select v6, v1, v2
;; @0299                               v9 = iadd v1, v2
;; @029a                               v10 = iadd v8, v9
;; @029b                               return v10
;; }
;;
;; ;; select_bit
;; function u0:51(i32 vmctx, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @02a4                               v5 = iconst.i32 8
;; @02a6                               v6 = band v1, v5  ; v5 = 8
;; @02a7                               v7 = select v6, v2, v3
;; @02a8                               return v7
;; }
;;
;; ;; branch_bits
;; function u0:52(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @02af                               v4 = band v1, v2
;; @02b0                               brif v4, block2, block3
;;
;;                                 block2:
;; @02b2                               v6 = iconst.i32 3
;; @02b4                               jump block4(v6)  ; v6 = 3
;;
;;                                 block3:
;; @02b5                               v7 = iconst.i32 9
;; @02b7                               jump block4(v7)  ; v7 = 9
;;
;;                                 block4(v5: i32):
;; @02b8                               return v5
;; }
;;
;; ;; compare_shifted
;; function u0:53(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @02bf                               v4 = iconst.i32 3
;; @02c1                               v5 = ishl v2, v4  ; v4 = 3
;; @02c2                               v6 = icmp ult v1, v5
;; @02c2                               v7 = uextend.i32 v6
;; @02c3                               return v7
;; }
;;
;; ;; mask_of_truth
;; function u0:54(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @02cc                               v5 = icmp slt v1, v2
;; @02cc                               v6 = uextend.i32 v5
;;                                     v8 = ineg v6
;; @02ce                               return v8
;; }
;;
;; ;; both
;; function u0:55(i32 vmctx, i32, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32):
;; @02d5                               v6 = icmp slt v1, v2
;; @02da                               v8 = icmp eq v3, v4
;;                                     v11 = band v6, v8
;;                                     v12 = uextend.i32 v11
;; @02dc                               return v12
;; }
;;
;; ;; countdown
;; function u0:56(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @02e1                               v4 = iconst.i32 1
;; @02e5                               jump block2(v4, v1)  ; v4 = 1
;;
;;                                 block2(v5: i32, v8: i32):
;;                                     v11 = iconst.i32 1
;;                                     v12 = isub v8, v11  ; v11 = 1
;;                                     v13 = iconst.i32 3
;;                                     v14 = imul v5, v13  ; v13 = 3
;; @02f5                               brif v12, block2(v14, v12), block3
;;
;;                                 block3:
;; @02fa                               return v14
;; }
;;
;; ;; countup
;; function u0:57(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @02fc                               v2 = iconst.i32 0
;; @02ff                               jump block2(v2, v2)  ; v2 = 0, v2 = 0
;;
;;                                 block2(v4: i32, v5: i32):
;;                                     v24 = iconst.i32 396
;;                                     v25 = icmp ne v5, v24  ; v24 = 396
;; @0305                               v6 = bxor v4, v5
;;                                     v26 = iconst.i32 4
;;                                     v27 = iadd v5, v26  ; v26 = 4
;; @0315                               brif v25, block2(v6, v27), block3
;;
;;                                 block3:
;; @031a                               return v6
;; }
;;
;; ;; branch_and_use
;; function u0:58(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0321                               v4 = band v1, v2
;; @0322                               brif v4, block2, block3
;;
;;                                 block2:
;; @0329                               jump block4(v4)
;;
;;                                 block3:
;; @032a                               v7 = iconst.i32 9
;; @032c                               jump block4(v7)  ; v7 = 9
;;
;;                                 block4(v5: i32):
;; @032d                               return v5
;; }
;;
;; ;; absolute
;; function u0:59(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v12 = iabs v1
;; @033d                               return v12
;; }
;;
;; ;; select_zero
;; function u0:60(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0346                               v5 = iconst.i32 0
;; @0346                               v6 = icmp eq v1, v5  ; v5 = 0
;; @0340                               v3 = iconst.i32 3
;; @0342                               v4 = iconst.i32 4
;; @0347                               v8 = select v6, v3, v4  ; v3 = 3, v4 = 4
;; @0348                               return v8
;; }
;;
;; ;; select_or_zero
;; function u0:61(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @034d                               v4 = iconst.i32 0
;; @0351                               v6 = icmp eq v2, v4  ; v4 = 0
;; @0352                               v8 = select v6, v1, v4  ; v4 = 0
;; @0353                               return v8
;; }
;;
;;
;; ---- cortex-m3 ----
;; <trap[Unreachable]>:
;;                  movs  r0, #0x1
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <set_eq>:
;;                  cmp  r0, r1
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ne>:
;;                  cmp  r0, r1
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_lt_s>:
;;                  cmp  r0, r1
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_lt_u>:
;;                  cmp  r0, r1
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_gt_s>:
;;                  cmp  r0, r1
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_gt_u>:
;;                  cmp  r0, r1
;;                  ite  hi
;;                  movhi  r0, #0x1
;;                  movls  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_le_s>:
;;                  cmp  r0, r1
;;                  ite  le
;;                  movle  r0, #0x1
;;                  movgt  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_le_u>:
;;                  cmp  r0, r1
;;                  ite  ls
;;                  movls  r0, #0x1
;;                  movhi  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ge_s>:
;;                  cmp  r0, r1
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ge_u>:
;;                  cmp  r0, r1
;;                  ite  hs
;;                  movhs  r0, #0x1
;;                  movlo  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_eq_const>:
;;                  cmp  r0, #0x4d
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ne_const>:
;;                  cmp  r0, #0x4d
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_lt_s_const>:
;;                  cmp  r0, #0x4d
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_lt_u_const>:
;;                  cmp  r0, #0x4d
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ge_s_const>:
;;                  cmp  r0, #0x4d
;;                  ite  ge
;;                  movge  r0, #0x1
;;                  movlt  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ge_u_const>:
;;                  cmp  r0, #0x4d
;;                  ite  hs
;;                  movhs  r0, #0x1
;;                  movlo  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_gt_s_const>:
;;                  cmp  r0, #0x4d
;;                  ite  gt
;;                  movgt  r0, #0x1
;;                  movle  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_eq_large>:
;;                  movw  r3, #0x5678
;;                  movt  r3, #0x1234
;;                  cmp  r0, r3
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_ne_zero>:
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <set_eq_negative>:
;;                  cmn.w  r0, #0x6
;;                  ite  eq
;;                  moveq  r0, #0x1
;;                  movne  r0, #0x0
;;                  bx  lr
;; <constant_on_the_left>:
;;                  cmp  r0, #0x9
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <branch_lt_s_1>:
;;                  cmp  r0, #0x0
;;                  ble  0x112 <branch_lt_s_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x118
;; <branch_ge_s_1>:
;;                  cmp  r0, #0x0
;;                  bgt  0x11e <branch_ge_s_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x124
;; <branch_gt_s_minus_1>:
;;                  cmp  r0, #0x0
;;                  bge  0x12a <branch_gt_s_minus_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x130
;; <branch_le_s_minus_1>:
;;                  cmp  r0, #0x0
;;                  blt  0x136 <branch_le_s_minus_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x13c
;; <branch_lt_u_1>:
;;                  cbz  r0, 0x140 <branch_lt_u_1+0x4> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x146
;;                  movs  r0, r0
;; <branch_gt_u_0>:
;;                  cbnz  r0, 0x14c <branch_gt_u_0+0x4> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x152
;;                  movs  r0, r0
;; <branch_gt_s_4096>:
;;                  cmp.w  r0, #0x1000
;;                  bgt  0x15c <branch_gt_s_4096+0x8> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x162
;;                  movs  r0, r0
;; <branch_le_u_255>:
;;                  cmp  r0, #0xff
;;                  bls  0x16a <branch_le_u_255+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x170
;; <branch_lt_s_74565>:
;;                  movw  r2, #0x2345
;;                  movt  r2, #0x1
;;                  cmp  r0, r2
;;                  blt  0x17e <branch_lt_s_74565+0xe> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x184
;; <branch_gt_u_255>:
;;                  cmp  r0, #0xff
;;                  bhi  0x18a <branch_gt_u_255+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x190
;; <branch_le_s_1023>:
;;                  cmp.w  r0, #0x400
;;                  blt  0x198 <branch_le_s_1023+0x8> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x19e
;;                  movs  r0, r0
;; <select_eq>:
;;                  mov  r0, r1
;;                  bx  lr
;; <select_ne>:
;;                  bx  lr
;;                  movs  r0, r0
;; <select_lt_s>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  lt
;;                  movlt  r0, r2
;;                  bx  lr
;; <select_lt_u>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  lo
;;                  movlo  r0, r2
;;                  bx  lr
;; <select_gt_s>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  gt
;;                  movgt  r0, r2
;;                  bx  lr
;; <select_gt_u>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  hi
;;                  movhi  r0, r2
;;                  bx  lr
;; <select_le_s>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  lt
;;                  movlt  r0, r2
;;                  bx  lr
;; <select_le_u>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  lo
;;                  movlo  r0, r2
;;                  bx  lr
;; <select_ge_s>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  gt
;;                  movgt  r0, r2
;;                  bx  lr
;; <select_ge_u>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  hi
;;                  movhi  r0, r2
;;                  bx  lr
;; <select_truth>:
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne  r0, #0x1
;;                  moveq  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <select_neighbours>:
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne  r0, #0x5
;;                  moveq  r0, #0x4
;;                  bx  lr
;;                  movs  r0, r0
;; <select_neighbours_opposite>:
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne  r0, #0x4
;;                  moveq  r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <select_constants>:
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne  r0, #0x64
;;                  moveq  r0, #0x7
;;                  bx  lr
;;                  movs  r0, r0
;; <select_large_constants>:
;;                  mov  r1, r0
;;                  movw  r3, #0x3456
;;                  movt  r3, #0x12
;;                  movw  r0, #0x4321
;;                  movt  r0, #0x65
;;                  cmp  r1, #0x0
;;                  it  ne
;;                  movne  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <select_constant_or>:
;;                  mov  r12, r0
;;                  mov  r0, r1
;;                  mov  r1, r12
;;                  cmp  r1, #0x0
;;                  it  ne
;;                  movne  r0, #0x64
;;                  bx  lr
;;                  movs  r0, r0
;; <select_or_constant>:
;;                  mov  r12, r0
;;                  mov  r0, r1
;;                  mov  r1, r12
;;                  cmp  r1, #0x0
;;                  it  eq
;;                  moveq  r0, #0x64
;;                  bx  lr
;;                  movs  r0, r0
;; <select_or_large_constant>:
;;                  mov  r2, r0
;;                  movw  r0, #0x3456
;;                  movt  r0, #0x12
;;                  cmp  r2, #0x0
;;                  it  ne
;;                  movne  r0, r1
;;                  bx  lr
;;                  movs  r0, r0
;; <select_of_kept>:
;;                  push  {r6}
;;                  sub  sp, #0x4
;;                  mov  r6, r1
;;                  cmp  r2, r3
;;                  it  lo
;;                  movlo  r6, r0
;;                  adds  r0, r0, r1
;;                  adds  r0, r6, r0
;;                  add  sp, #0x4
;;                  pop  {r6}
;;                  bx  lr
;;                  movs  r0, r0
;; <select_bit>:
;;                  mov  r3, r0
;;                  mov  r0, r2
;;                  tst.w  r3, #0x8
;;                  it  ne
;;                  movne  r0, r1
;;                  bx  lr
;;                  movs  r0, r0
;; <branch_bits>:
;;                  tst  r0, r1
;;                  bne  0x2b8 <branch_bits+0x8> @ imm = #0x2
;;                  movs  r0, #0x9
;;                  b  0x2ba <branch_bits+0xa> @ imm = #0x0
;;                  movs  r0, #0x3
;;                  bx  lr
;; <compare_shifted>:
;;                  cmp.w  r0, r1, lsl #3
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;; <mask_of_truth>:
;;                  cmp  r0, r1
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  rsbs  r0, r0, #0
;;                  bx  lr
;; <both>:
;;                  cmp  r0, r1
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  cmp  r2, r3
;;                  ite  eq
;;                  moveq  r1, #0x1
;;                  movne  r1, #0x0
;;                  ands  r0, r1
;;                  bx  lr
;; <countdown>:
;;                  movs  r1, #0x1
;;                  add.w  r1, r1, r1, lsl #1
;;                  subs  r0, r0, #0x1
;;                  bne  0x2ea <countdown+0x2>   @ imm = #-0xa
;;                  mov  r0, r1
;;                  bx  lr
;;                  movs  r0, r0
;; <countup>:
;;                  movs  r3, #0x0
;;                  movs  r0, #0x0
;;                  eors  r3, r0
;;                  adds  r0, r0, #0x4
;;                  cmp.w  r0, #0x190
;;                  bne  0x2fc <countup+0x4>     @ imm = #-0xc
;;                  mov  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <branch_and_use>:
;;                  ands  r0, r1
;;                  bne  0x312 <branch_and_use+0x6> @ imm = #0x0
;;                  movs  r0, #0x9
;;                  bx  lr
;; <absolute>:
;;                  rsbs  r3, r0, #0
;;                  cmp  r0, #0x0
;;                  it  lt
;;                  movlt  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <select_zero>:
;;                  cmp  r0, #0x0
;;                  ite  eq
;;                  moveq  r0, #0x3
;;                  movne  r0, #0x4
;;                  bx  lr
;;                  movs  r0, r0
;; <select_or_zero>:
;;                  cmp  r1, #0x0
;;                  it  ne
;;                  movne  r0, #0x0
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
;;                  xor  t0, a0, a1
;;                  seqz  a0, t0
;;                  ret
;;                  unimp
;; <set_ne>:
;;                  xor  t0, a0, a1
;;                  snez  a0, t0
;;                  ret
;;                  unimp
;; <set_lt_s>:
;;                  slt  a0, a0, a1
;;                  ret
;;                  unimp
;; <set_lt_u>:
;;                  sltu  a0, a0, a1
;;                  ret
;;                  unimp
;; <set_gt_s>:
;;                  slt  a0, a1, a0
;;                  ret
;;                  unimp
;; <set_gt_u>:
;;                  sltu  a0, a1, a0
;;                  ret
;;                  unimp
;; <set_le_s>:
;;                  slt  t0, a1, a0
;;                  xori  a0, t0, 0x1
;;                  ret
;;                  unimp
;; <set_le_u>:
;;                  sltu  t0, a1, a0
;;                  xori  a0, t0, 0x1
;;                  ret
;;                  unimp
;; <set_ge_s>:
;;                  slt  t0, a0, a1
;;                  xori  a0, t0, 0x1
;;                  ret
;;                  unimp
;; <set_ge_u>:
;;                  sltu  t0, a0, a1
;;                  xori  a0, t0, 0x1
;;                  ret
;;                  unimp
;; <set_eq_const>:
;;                  addi  t0, a0, -0x4d
;;                  seqz  a0, t0
;;                  ret
;;                  unimp
;; <set_ne_const>:
;;                  addi  t0, a0, -0x4d
;;                  snez  a0, t0
;;                  ret
;;                  unimp
;; <set_lt_s_const>:
;;                  slti  a0, a0, 0x4d
;;                  ret
;;                  unimp
;; <set_lt_u_const>:
;;                  sltiu  a0, a0, 0x4d
;;                  ret
;;                  unimp
;; <set_ge_s_const>:
;;                  slti  t0, a0, 0x4d
;;                  xori  a0, t0, 0x1
;;                  ret
;;                  unimp
;; <set_ge_u_const>:
;;                  sltiu  t0, a0, 0x4d
;;                  xori  a0, t0, 0x1
;;                  ret
;;                  unimp
;; <set_gt_s_const>:
;;                  li  t0, 0x4d
;;                  slt  a0, t0, a0
;;                  ret
;;                  unimp
;; <set_eq_large>:
;;                  lui  t0, 0x12345
;;                  addi  t0, t0, 0x678
;;                  xor  t0, a0, t0
;;                  seqz  a0, t0
;;                  ret
;;                  unimp
;; <set_ne_zero>:
;;                  snez  a0, a0
;;                  ret
;;                  unimp
;; <set_eq_negative>:
;;                  addi  t0, a0, 0x6
;;                  seqz  a0, t0
;;                  ret
;;                  unimp
;; <constant_on_the_left>:
;;                  sltiu  a0, a0, 0x9
;;                  ret
;;                  unimp
;; <branch_lt_s_1>:
;;                  blez  a0, 0xfa <branch_lt_s_1+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_ge_s_1>:
;;                  bgtz  a0, 0x106 <branch_ge_s_1+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_gt_s_minus_1>:
;;                  bgez  a0, 0x112 <branch_gt_s_minus_1+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_le_s_minus_1>:
;;                  bltz  a0, 0x11e <branch_le_s_minus_1+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_lt_u_1>:
;;                  beqz  a0, 0x128 <branch_lt_u_1+0x4>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_gt_u_0>:
;;                  bnez  a0, 0x130 <branch_gt_u_0+0x4>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_gt_s_4096>:
;;                  lui  t0, 0x1
;;                  blt  t0, a0, 0x13c <branch_gt_s_4096+0x8>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_le_u_255>:
;;                  li  t0, 0xff
;;                  bgeu  t0, a0, 0x14a <branch_le_u_255+0xa>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_lt_s_74565>:
;;                  lui  t0, 0x12
;;                  addi  t0, t0, 0x345
;;                  blt  a0, t0, 0x15c <branch_lt_s_74565+0xc>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_gt_u_255>:
;;                  li  t0, 0xff
;;                  bltu  t0, a0, 0x16a <branch_gt_u_255+0xa>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_le_s_1023>:
;;                  li  t0, 0x3ff
;;                  bge  t0, a0, 0x17a <branch_le_s_1023+0xa>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <select_eq>:
;;                  mv  a0, a1
;;                  ret
;; <select_ne>:
;;                  ret
;;                  unimp
;; <select_lt_s>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bge  t0, a1, 0x192 <select_lt_s+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_lt_u>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bgeu  t0, a1, 0x19e <select_lt_u+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_gt_s>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bge  a1, t0, 0x1aa <select_gt_s+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_gt_u>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bgeu  a1, t0, 0x1b6 <select_gt_u+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_le_s>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bge  t0, a1, 0x1c2 <select_le_s+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_le_u>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bgeu  t0, a1, 0x1ce <select_le_u+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_ge_s>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bge  a1, t0, 0x1da <select_ge_s+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_ge_u>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bgeu  a1, t0, 0x1e6 <select_ge_u+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_truth>:
;;                  snez  t0, a0
;;                  mv  a0, t0
;;                  ret
;; <select_neighbours>:
;;                  snez  t0, a0
;;                  addi  a0, t0, 0x4
;;                  ret
;;                  unimp
;; <select_neighbours_opposite>:
;;                  seqz  t0, a0
;;                  addi  a0, t0, 0x4
;;                  ret
;;                  unimp
;; <select_constants>:
;;                  mv  t0, a0
;;                  li  a0, 0x7
;;                  beqz  t0, 0x214 <select_constants+0xc>
;;                  li  a0, 0x64
;;                  ret
;;                  unimp
;; <select_large_constants>:
;;                  mv  t1, a0
;;                  lui  t0, 0x123
;;                  addi  t0, t0, 0x456
;;                  lui  a0, 0x654
;;                  addi  a0, a0, 0x321
;;                  mv  t2, t1
;;                  beqz  t2, 0x232 <select_large_constants+0x1a>
;;                  mv  a0, t0
;;                  ret
;; <select_constant_or>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  beqz  t0, 0x240 <select_constant_or+0xc>
;;                  li  a0, 0x64
;;                  ret
;;                  unimp
;; <select_or_constant>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bnez  t0, 0x250 <select_or_constant+0xc>
;;                  li  a0, 0x64
;;                  ret
;;                  unimp
;; <select_or_large_constant>:
;;                  mv  t0, a0
;;                  lui  a0, 0x123
;;                  addi  a0, a0, 0x456
;;                  mv  t1, t0
;;                  beqz  t1, 0x266 <select_or_large_constant+0x12>
;;                  mv  a0, a1
;;                  ret
;; <select_of_kept>:
;;                  mv  t1, a1
;;                  bgeu  a2, a3, 0x270 <select_of_kept+0x8>
;;                  mv  t1, a0
;;                  add  a0, a0, a1
;;                  add  a0, a0, t1
;;                  ret
;;                  unimp
;; <select_bit>:
;;                  andi  t0, a0, 0x8
;;                  mv  a0, a2
;;                  beqz  t0, 0x284 <select_bit+0xc>
;;                  mv  a0, a1
;;                  ret
;;                  unimp
;; <branch_bits>:
;;                  and  t1, a0, a1
;;                  bnez  t1, 0x294 <branch_bits+0xc>
;;                  li  a0, 0x9
;;                  j  0x296 <branch_bits+0xe>
;;                  li  a0, 0x3
;;                  ret
;; <compare_shifted>:
;;                  slli  t0, a1, 0x3
;;                  sltu  a0, a0, t0
;;                  ret
;;                  unimp
;; <mask_of_truth>:
;;                  slt  t0, a0, a1
;;                  neg  a0, t0
;;                  ret
;;                  unimp
;; <both>:
;;                  slt  t1, a0, a1
;;                  xor  a0, a2, a3
;;                  seqz  a0, a0
;;                  and  a0, t1, a0
;;                  ret
;;                  unimp
;; <countdown>:
;;                  mv  t0, a0
;;                  li  t2, 0x3
;;                  li  t1, 0x1
;;                  addi  t0, t0, -0x1
;;                  mul  t1, t1, t2
;;                  bnez  t0, 0x2ca <countdown+0x6>
;;                  mv  a0, t1
;;                  ret
;; <countup>:
;;                  li  t1, 0x18c
;;                  li  t0, 0x0
;;                  li  t2, 0x0
;;                  xor  t0, t0, t2
;;                  addi  a0, t2, 0x4
;;                  beq  t2, t1, 0x2f0 <countup+0x18>
;;                  mv  t2, a0
;;                  j  0x2e0 <countup+0x8>
;;                  mv  a0, t0
;;                  ret
;; <branch_and_use>:
;;                  and  a0, a0, a1
;;                  bnez  a0, 0x2fa <branch_and_use+0x6>
;;                  li  a0, 0x9
;;                  ret
;; <absolute>:
;;                  neg  t0, a0
;;                  bgez  a0, 0x306 <absolute+0xa>
;;                  mv  a0, t0
;;                  ret
;; <select_zero>:
;;                  snez  t0, a0
;;                  addi  a0, t0, 0x3
;;                  ret
;;                  unimp
;; <select_or_zero>:
;;                  beqz  a1, 0x318 <select_or_zero+0x4>
;;                  li  a0, 0x0
;;                  ret
