;;! code = cortex-m3 rv32imac rv32imafc
;; What programs seldom ask for.
(module
  (memory 1)
  (table $fixed funcref (elem $four $nothing $seven))
  (type $four (func (param i32 i32 i32 i32) (result i32)))
  (type $seven (func (param i32) (result i32)))
  (func $four (param i32 i32 i32 i32) (result i32) (i32.add (local.get 0) (local.get 3)))
  (func $seven (param i32) (result i32) (i32.mul (local.get 0) (i32.const 7)))
  (func $nothing  (nop))
  (func $low_byte (param i32) (result i32) (i32.shr_u (i32.shl (local.get 0) (i32.const 24)) (i32.const 24)))
  (func $low_half (param i32) (result i32) (i32.shr_u (i32.shl (local.get 0) (i32.const 16)) (i32.const 16)))
  (func $low_half_as_pair (param i64) (result i64) (i64.add (i64.shr_u (i64.shl (local.get 0) (i64.const 48)) (i64.const 48)) (i64.const 0x100000000)))
  (func $all_but_low_byte (param i32) (result i32) (i32.and (local.get 0) (i32.const 0xffffff00)))
  (func $mask_of_not_zero (param i32) (result i32) (i32.shr_s (i32.or (local.get 0) (i32.sub (i32.const 0) (local.get 0))) (i32.const 31)))
  (func $mask_of_pair_not_zero (param i64) (result i64) (i64.shr_s (i64.or (local.get 0) (i64.sub (i64.const 0) (local.get 0))) (i64.const 63)))
  (func $narrow_shift (param i32) (result i32) (i32.extend8_s (i32.mul (local.get 0) (i32.const 8))))
  (func $narrow_high_product (param i32 i32) (result i32) (i32.shr_s (i32.mul (i32.extend16_s (local.get 0)) (i32.extend16_s (local.get 1))) (i32.const 16)))
  (func $upper_bits (param i64) (result i64) (i64.and (local.get 0) (i64.const 0xffffff00000000)))
  (func $branch_on_both (param i32 i32 i32 i32) (result i32) (if (result i32) (i32.and (i32.lt_s (local.get 0) (local.get 1)) (i32.eq (local.get 2) (local.get 3))) (then (i32.const 3)) (else (i32.const 8))))
  (func $product_of_masked (param i32 i64) (result i64) (i64.mul (i64.extend_i32_u (local.get 0)) (i64.and (local.get 1) (i64.const 0xffff))))
  (func $negate_crossed (param i32 i32) (result i64) (i64.sub (i64.const 0) (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32)) (i64.extend_i32_u (local.get 1)))))
  (func $select_masked (param i64 i64 i32) (result i64) (select (i64.and (local.get 0) (i64.const 0xff)) (i64.and (local.get 1) (i64.const 0xfff0)) (local.get 2)))
  (func $branch_lt_s_4294967296 (param i64) (if (i64.lt_s (local.get 0) (i64.const 4294967296)) (then (unreachable))))
  (func $branch_ge_s_4294967296 (param i64) (if (i64.ge_s (local.get 0) (i64.const 4294967296)) (then (unreachable))))
  (func $branch_gt_s_minus_1 (param i64) (if (i64.gt_s (local.get 0) (i64.const -1)) (then (unreachable))))
  (func $branch_le_s_minus_1 (param i64) (if (i64.le_s (local.get 0) (i64.const -1)) (then (unreachable))))
  (func $branch_lt_u_4294967296 (param i64) (if (i64.lt_u (local.get 0) (i64.const 4294967296)) (then (unreachable))))
  (func $branch_ge_u_4294967296 (param i64) (if (i64.ge_u (local.get 0) (i64.const 4294967296)) (then (unreachable))))
  (func $minimum_with_itself (param f32) (result f32) (f32.min (local.get 0) (local.get 0)))
  (func $tail_call_with_all_registers (param i32 i32 i32 i32 i32) (result i32) (return_call_indirect $fixed (type $four) (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func $tail_call_of_the_same (param i32 i32) (result i32) (return_call_indirect $fixed (type $seven) (call_indirect $fixed (type $seven) (local.get 0) (local.get 1)) (local.get 1)))
  (type $t12 (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (func $f12 (type $t12) (i32.sub (local.get 0) (local.get 11)))
  (table $l12 funcref (elem $f12))
  (func $tail_call_of_12 (type $t12)
    (return_call_indirect $l12 (type $t12) (local.get 11) (local.get 10) (local.get 9) (local.get 8) (local.get 7) (local.get 6) (local.get 5) (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0) (local.get 3)))
  (type $t24 (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (func $f24 (type $t24) (i32.sub (local.get 0) (local.get 11)))
  (table $l24 funcref (elem $f24))
  (func $tail_call_of_24 (type $t24)
    (return_call_indirect $l24 (type $t24) (local.get 23) (local.get 22) (local.get 21) (local.get 20) (local.get 19) (local.get 18) (local.get 17) (local.get 16) (local.get 15) (local.get 14) (local.get 13) (local.get 12) (local.get 11) (local.get 10) (local.get 9) (local.get 8) (local.get 7) (local.get 6) (local.get 5) (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0) (local.get 3)))
  (type $t40 (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (func $f40 (type $t40) (i32.sub (local.get 0) (local.get 11)))
  (table $l40 funcref (elem $f40))
  (func $tail_call_of_40 (type $t40)
    (return_call_indirect $l40 (type $t40) (local.get 39) (local.get 38) (local.get 37) (local.get 36) (local.get 35) (local.get 34) (local.get 33) (local.get 32) (local.get 31) (local.get 30) (local.get 29) (local.get 28) (local.get 27) (local.get 26) (local.get 25) (local.get 24) (local.get 23) (local.get 22) (local.get 21) (local.get 20) (local.get 19) (local.get 18) (local.get 17) (local.get 16) (local.get 15) (local.get 14) (local.get 13) (local.get 12) (local.get 11) (local.get 10) (local.get 9) (local.get 8) (local.get 7) (local.get 6) (local.get 5) (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0) (local.get 3)))
  (func $sum_with_constant (param i32) (result i32) (i32.load offset=8 (i32.add (local.get 0) (i32.const 4))))
  (func $select_by_widened (param i32 i32) (result i32) (select (local.get 0) (local.get 1) (i32.wrap_i64 (i64.extend_i32_u (i32.lt_s (local.get 0) (local.get 1))))))
)

;; ---- expected ----
;; ;; four
;; function u0:0(i32 vmctx, i32, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32):
;; @010f                               v6 = iadd v1, v4
;; @0110                               return v6
;; }
;;
;; ;; seven
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0115                               v3 = iconst.i32 7
;; @0117                               v4 = imul v1, v3  ; v3 = 7
;; @0118                               return v4
;; }
;;
;; ;; nothing
;; function u0:2(i32 vmctx) tail {
;;
;;                                 block0(v0: i32):
;; @011c                               return
;; }
;;
;; ;; low_byte
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v9 = ireduce.i8 v1
;;                                     v10 = uextend.i32 v9
;; @0127                               return v10
;; }
;;
;; ;; low_half
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v9 = ireduce.i16 v1
;;                                     v10 = uextend.i32 v9
;; @0132                               return v10
;; }
;;
;; ;; low_half_as_pair
;; function u0:5(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v11 = ireduce.i16 v1
;;                                     v12 = uextend.i64 v11
;; @013d                               v7 = iconst.i64 0x0001_0000_0000
;; @0143                               v8 = iadd v12, v7  ; v7 = 0x0001_0000_0000
;; @0144                               return v8
;; }
;;
;; ;; all_but_low_byte
;; function u0:6(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0149                               v3 = iconst.i32 -256
;; @014c                               v4 = band v1, v3  ; v3 = -256
;; @014d                               return v4
;; }
;;
;; ;; mask_of_not_zero
;; function u0:7(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v11 = bmask.i32 v1
;; @015b                               return v11
;; }
;;
;; ;; mask_of_pair_not_zero
;; function u0:8(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v11 = bmask.i64 v1
;; @0169                               return v11
;; }
;;
;; ;; narrow_shift
;; function u0:9(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v10 = ireduce.i8 v1
;;                                     v14 = iconst.i8 3
;;                                     v15 = ishl v10, v14  ; v14 = 3
;; @0171                               v6 = sextend.i32 v15
;; @0172                               return v6
;; }
;;
;; ;; narrow_high_product
;; function u0:10(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0177                               v4 = ireduce.i16 v1
;; @017a                               v6 = ireduce.i16 v2
;;                                     v11 = smulhi v4, v6
;;                                     v12 = sextend.i32 v11
;; @017f                               return v12
;; }
;;
;; ;; upper_bits
;; function u0:11(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0184                               v3 = iconst.i64 0x00ff_ffff_0000_0000
;; @018e                               v4 = band v1, v3  ; v3 = 0x00ff_ffff_0000_0000
;; @018f                               return v4
;; }
;;
;; ;; branch_on_both
;; function u0:12(i32 vmctx, i32, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32):
;; @0196                               v6 = icmp slt v1, v2
;; @019b                               v8 = icmp eq v3, v4
;;                                     v14 = band v6, v8
;; @019d                               brif v14, block2, block3
;;
;;                                 block2:
;; @019f                               v12 = iconst.i32 3
;; @01a1                               jump block4(v12)  ; v12 = 3
;;
;;                                 block3:
;; @01a2                               v13 = iconst.i32 8
;; @01a4                               jump block4(v13)  ; v13 = 8
;;
;;                                 block4(v11: i32):
;; @01a5                               return v11
;; }
;;
;; ;; product_of_masked
;; function u0:13(i32 vmctx, i32, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i64):
;; @01aa                               v4 = uextend.i64 v1
;; @01ad                               v5 = iconst.i64 0xffff
;; @01b1                               v6 = band v2, v5  ; v5 = 0xffff
;; @01b2                               v7 = imul v4, v6
;; @01b3                               return v7
;; }
;;
;; ;; negate_crossed
;; function u0:14(i32 vmctx, i32, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @01ba                               v5 = uextend.i64 v1
;; @01bb                               v6 = iconst.i64 32
;; @01bd                               v7 = ishl v5, v6  ; v6 = 32
;; @01c0                               v8 = uextend.i64 v2
;; @01c1                               v9 = bor v7, v8
;;                                     v11 = ineg v9
;; @01c3                               return v11
;; }
;;
;; ;; select_masked
;; function u0:15(i32 vmctx, i64, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64, v3: i32):
;; @01c8                               v5 = iconst.i64 255
;; @01cb                               v6 = band v1, v5  ; v5 = 255
;; @01ce                               v7 = iconst.i64 0xfff0
;; @01d2                               v8 = band v2, v7  ; v7 = 0xfff0
;; @01d5                               v9 = select v3, v6, v8
;; @01d6                               return v9
;; }
;;
;; ;; branch_lt_s_4294967296
;; function u0:16(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @01db                               v2 = iconst.i64 0x0001_0000_0000
;; @01e1                               v3 = icmp slt v1, v2  ; v2 = 0x0001_0000_0000
;; @01e2                               trapnz v3, user1
;; @01e2                               jump block4
;;
;;                                 block4:
;; @01e6                               return
;; }
;;
;; ;; branch_ge_s_4294967296
;; function u0:17(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @01eb                               v2 = iconst.i64 0x0001_0000_0000
;; @01f1                               v3 = icmp sge v1, v2  ; v2 = 0x0001_0000_0000
;; @01f2                               trapnz v3, user1
;; @01f2                               jump block4
;;
;;                                 block4:
;; @01f6                               return
;; }
;;
;; ;; branch_gt_s_minus_1
;; function u0:18(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v5 = iconst.i64 0
;;                                     v6 = icmp sge v1, v5  ; v5 = 0
;; @01fe                               trapnz v6, user1
;; @01fe                               jump block4
;;
;;                                 block4:
;; @0202                               return
;; }
;;
;; ;; branch_le_s_minus_1
;; function u0:19(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v5 = iconst.i64 0
;;                                     v6 = icmp slt v1, v5  ; v5 = 0
;; @020a                               trapnz v6, user1
;; @020a                               jump block4
;;
;;                                 block4:
;; @020e                               return
;; }
;;
;; ;; branch_lt_u_4294967296
;; function u0:20(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0213                               v2 = iconst.i64 0x0001_0000_0000
;; @0219                               v3 = icmp ult v1, v2  ; v2 = 0x0001_0000_0000
;; @021a                               trapnz v3, user1
;; @021a                               jump block4
;;
;;                                 block4:
;; @021e                               return
;; }
;;
;; ;; branch_ge_u_4294967296
;; function u0:21(i32 vmctx, i64) tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0223                               v2 = iconst.i64 0x0001_0000_0000
;; @0229                               v3 = icmp uge v1, v2  ; v2 = 0x0001_0000_0000
;; @022a                               trapnz v3, user1
;; @022a                               jump block4
;;
;;                                 block4:
;; @022e                               return
;; }
;;
;; ;; minimum_with_itself
;; function u0:22(i32 vmctx, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0235                               v3 = fmin v1, v1
;; @0236                               return v3
;; }
;;
;; ;; tail_call_with_all_registers
;; function u0:23(i32 vmctx, i32, i32, i32, i32, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx, i32, i32, i32, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32, v5: i32):
;; @0243                               v7 = iconst.i32 3
;; @0243                               v8 = icmp uge v5, v7  ; v7 = 3
;; @0243                               trapnz v8, user3
;; @0243                               v9 = symbol_value.i32 gv0
;; @0243                               v11 = ishl v5, v7  ; v7 = 3
;; @0243                               v14 = iadd v9, v11
;; @0243                               v15 = load.i32 notrap aligned readonly region5 v14+4
;; @0243                               trapnz v15, user5
;; @0243                               v18 = load.i32 notrap aligned readonly region5 v14
;; @0243                               v19 = iadd v9, v18
;; @0243                               return_call_indirect sig0, v19(v0, v1, v2, v3, v4)
;; }
;;
;; ;; tail_call_of_the_same
;; function u0:24(i32 vmctx, i32, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @024d                               v4 = iconst.i32 3
;; @024d                               v5 = icmp uge v2, v4  ; v4 = 3
;; @024d                               trapnz v5, user3
;; @024d                               v6 = symbol_value.i32 gv0
;; @024d                               v8 = ishl v2, v4  ; v4 = 3
;; @024d                               v11 = iadd v6, v8
;; @024d                               v12 = load.i32 notrap aligned readonly region5 v11+4
;; @024d                               v13 = iconst.i32 1
;; @024d                               v14 = icmp ne v12, v13  ; v13 = 1
;; @024d                               trapnz v14, user5
;; @024d                               v15 = load.i32 notrap aligned readonly region5 v11
;; @024d                               v16 = iadd v6, v15
;; @024d                               v17 = call_indirect sig0, v16(v0, v1)
;; @0252                               v26 = load.i32 notrap aligned readonly region5 v11+4
;; @0252                               v28 = icmp ne v26, v13  ; v13 = 1
;; @0252                               trapnz v28, user5
;; @0252                               v29 = load.i32 notrap aligned readonly region5 v11
;; @0252                               v30 = iadd v6, v29
;; @0252                               return_call_indirect sig0, v30(v0, v17)
;; }
;;
;; ;; f12
;; function u0:25(i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32, v5: i32, v6: i32, v7: i32, v8: i32, v9: i32, v10: i32, v11: i32, v12: i32):
;; @025c                               v14 = isub v1, v12
;; @025d                               return v14
;; }
;;
;; ;; tail_call_of_12
;; function u0:26(i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32, v5: i32, v6: i32, v7: i32, v8: i32, v9: i32, v10: i32, v11: i32, v12: i32):
;; @027a                               trapnz v4, user3
;; @027a                               v16 = symbol_value.i32 gv0
;; @027a                               v17 = iconst.i32 3
;; @027a                               v18 = ishl v4, v17  ; v17 = 3
;; @027a                               v21 = iadd v16, v18
;; @027a                               v22 = load.i32 notrap aligned readonly region5 v21
;; @027a                               v23 = iadd v16, v22
;; @027a                               return_call_indirect sig0, v23(v0, v12, v11, v10, v9, v8, v7, v6, v5, v4, v3, v2, v1)
;; }
;;
;; ;; f24
;; function u0:27(i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32, v5: i32, v6: i32, v7: i32, v8: i32, v9: i32, v10: i32, v11: i32, v12: i32, v13: i32, v14: i32, v15: i32, v16: i32, v17: i32, v18: i32, v19: i32, v20: i32, v21: i32, v22: i32, v23: i32, v24: i32):
;; @0284                               v26 = isub v1, v12
;; @0285                               return v26
;; }
;;
;; ;; tail_call_of_24
;; function u0:28(i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32, v5: i32, v6: i32, v7: i32, v8: i32, v9: i32, v10: i32, v11: i32, v12: i32, v13: i32, v14: i32, v15: i32, v16: i32, v17: i32, v18: i32, v19: i32, v20: i32, v21: i32, v22: i32, v23: i32, v24: i32):
;; @02ba                               trapnz v4, user3
;; @02ba                               v28 = symbol_value.i32 gv0
;; @02ba                               v29 = iconst.i32 3
;; @02ba                               v30 = ishl v4, v29  ; v29 = 3
;; @02ba                               v33 = iadd v28, v30
;; @02ba                               v34 = load.i32 notrap aligned readonly region5 v33
;; @02ba                               v35 = iadd v28, v34
;; @02ba                               return_call_indirect sig0, v35(v0, v24, v23, v22, v21, v20, v19, v18, v17, v16, v15, v14, v13, v12, v11, v10, v9, v8, v7, v6, v5, v4, v3, v2, v1)
;; }
;;
;; ;; f40
;; function u0:29(i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32, v5: i32, v6: i32, v7: i32, v8: i32, v9: i32, v10: i32, v11: i32, v12: i32, v13: i32, v14: i32, v15: i32, v16: i32, v17: i32, v18: i32, v19: i32, v20: i32, v21: i32, v22: i32, v23: i32, v24: i32, v25: i32, v26: i32, v27: i32, v28: i32, v29: i32, v30: i32, v31: i32, v32: i32, v33: i32, v34: i32, v35: i32, v36: i32, v37: i32, v38: i32, v39: i32, v40: i32):
;; @02c4                               v42 = isub v1, v12
;; @02c5                               return v42
;; }
;;
;; ;; tail_call_of_40
;; function u0:30(i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32, v4: i32, v5: i32, v6: i32, v7: i32, v8: i32, v9: i32, v10: i32, v11: i32, v12: i32, v13: i32, v14: i32, v15: i32, v16: i32, v17: i32, v18: i32, v19: i32, v20: i32, v21: i32, v22: i32, v23: i32, v24: i32, v25: i32, v26: i32, v27: i32, v28: i32, v29: i32, v30: i32, v31: i32, v32: i32, v33: i32, v34: i32, v35: i32, v36: i32, v37: i32, v38: i32, v39: i32, v40: i32):
;; @031a                               trapnz v4, user3
;; @031a                               v44 = symbol_value.i32 gv0
;; @031a                               v45 = iconst.i32 3
;; @031a                               v46 = ishl v4, v45  ; v45 = 3
;; @031a                               v49 = iadd v44, v46
;; @031a                               v50 = load.i32 notrap aligned readonly region5 v49
;; @031a                               v51 = iadd v44, v50
;; @031a                               return_call_indirect sig0, v51(v0, v40, v39, v38, v37, v36, v35, v34, v33, v32, v31, v30, v29, v28, v27, v26, v25, v24, v23, v22, v21, v20, v19, v18, v17, v16, v15, v14, v13, v12, v11, v10, v9, v8, v7, v6, v5, v4, v3, v2, v1)
;; }
;;
;; ;; sum_with_constant
;; function u0:31(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0322                               v3 = iconst.i32 4
;; @0324                               v4 = iadd v1, v3  ; v3 = 4
;; @0325                               v5 = iconst.i32 0xfff4
;; @0325                               v6 = icmp ugt v4, v5  ; v5 = 0xfff4
;; @0325                               trapnz v6, user2
;;                                     v9 = iadd v0, v1
;; @0325                               v8 = load.i32 notrap region0 v9+60
;; @0328                               return v8
;; }
;;
;; ;; select_by_widened
;; function u0:32(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v12 = smin v1, v2
;; @0337                               return v12
;; }
;;
;;
;; ---- cortex-m3 ----
;;        0: 51 00 00 00    .word  0x00000051
;;        4: 00 00 00 00    .word  0x00000000
;;        8: 5d 00 00 00    .word  0x0000005d
;;        c: 05 00 00 00    .word  0x00000005
;;       10: 55 00 00 00    .word  0x00000055
;;       14: 01 00 00 00    .word  0x00000001
;; <table[1]>:
;;       18: e5 01 00 00 02 00 00 00         ........
;; <table[2]>:
;;       20: 45 02 00 00 03 00 00 00         E.......
;; <table[3]>:
;;       28: 15 03 00 00 04 00 00 00         ........
;; <trap[Unreachable]>:
;;                  movs  r0, #0x1
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[MemoryOutOfBounds]>:
;;                  movs  r0, #0x2
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[TableOutOfBounds]>:
;;                  movs  r0, #0x3
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[BadSignature]>:
;;                  movs  r0, #0x5
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <four>:
;;                  adds  r0, r0, r3
;;                  bx  lr
;; <seven>:
;;                  rsb  r0, r0, r0, lsl #3
;;                  bx  lr
;;                  movs  r0, r0
;; <nothing>:
;;                  bx  lr
;;                  movs  r0, r0
;; <low_byte>:
;;                  uxtb  r3, r0
;;                  mov  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <low_half>:
;;                  uxth  r3, r0
;;                  mov  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <low_half_as_pair>:
;;                  uxth  r0, r0
;;                  movs  r1, #0x0
;;                  movs  r1, #0x1
;;                  adds  r1, r1, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <all_but_low_byte>:
;;                  bic  r0, r0, #0xff
;;                  bx  lr
;;                  movs  r0, r0
;; <mask_of_not_zero>:
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne.w  r0, #0xffffffff
;;                  moveq  r0, #0x0
;;                  bx  lr
;; <mask_of_pair_not_zero>:
;;                  orrs  r0, r1
;;                  cmp  r0, #0x0
;;                  ite  ne
;;                  movne.w  r0, #0xffffffff
;;                  moveq  r0, #0x0
;;                  mov  r1, r0
;;                  bx  lr
;; <narrow_shift>:
;;                  mov  r1, r0
;;                  movs  r0, #0x3
;;                  uxtb  r1, r1
;;                  and  r12, r0, #0x1f
;;                  lsl.w  r0, r1, r12
;;                  sxtb  r0, r0
;;                  bx  lr
;;                  movs  r0, r0
;; <narrow_high_product>:
;;                  sxth  r0, r0
;;                  sxth  r1, r1
;;                  muls  r0, r1, r0
;;                  lsrs  r0, r0, #0x10
;;                  sxth  r0, r0
;;                  bx  lr
;; <upper_bits>:
;;                  movs  r0, #0x0
;;                  ubfx  r1, r1, #0x0, #0x18
;;                  bx  lr
;; <branch_on_both>:
;;                  cmp  r0, r1
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  cmp  r2, r3
;;                  ite  eq
;;                  moveq  r1, #0x1
;;                  movne  r1, #0x0
;;                  tst  r0, r1
;;                  bne  0xe0 <branch_on_both+0x18> @ imm = #0x2
;;                  movs  r0, #0x8
;;                  b  0xe2 <branch_on_both+0x1a> @ imm = #0x0
;;                  movs  r0, #0x3
;;                  bx  lr
;; <product_of_masked>:
;;                  uxth  r1, r1
;;                  umull  r0, r1, r1, r0
;;                  bx  lr
;; <negate_crossed>:
;;                  movs  r2, #0x0
;;                  orrs  r1, r2
;;                  rsbs.w  r12, r1, #0x0
;;                  sbc.w  r1, r0, r0, lsl #1
;;                  mov  r0, r12
;;                  bx  lr
;; <select_masked>:
;;                  ldr  r3, [sp]
;;                  uxtb  r1, r0
;;                  movw  r0, #0xfff0
;;                  ands  r0, r2
;;                  cmp  r3, #0x0
;;                  it  ne
;;                  movne  r0, r1
;;                  cmp  r3, #0x0
;;                  ite  ne
;;                  movne  r1, #0x0
;;                  moveq  r1, #0x0
;;                  add  sp, #0x8
;;                  bx  lr
;; <branch_lt_s_4294967296>:
;;                  cmp  r1, #0x1
;;                  blt  0x11e <branch_lt_s_4294967296+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x30 <trap[Unreachable]> @ imm = #-0xf4
;; <branch_ge_s_4294967296>:
;;                  cmp  r1, #0x1
;;                  bge  0x12a <branch_ge_s_4294967296+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x30 <trap[Unreachable]> @ imm = #-0x100
;; <branch_gt_s_minus_1>:
;;                  cmp  r1, #0x0
;;                  bge  0x136 <branch_gt_s_minus_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x30 <trap[Unreachable]> @ imm = #-0x10c
;; <branch_le_s_minus_1>:
;;                  cmp  r1, #0x0
;;                  blt  0x142 <branch_le_s_minus_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x30 <trap[Unreachable]> @ imm = #-0x118
;; <branch_lt_u_4294967296>:
;;                  cmp  r1, #0x1
;;                  blo  0x14e <branch_lt_u_4294967296+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x30 <trap[Unreachable]> @ imm = #-0x124
;; <branch_ge_u_4294967296>:
;;                  cmp  r1, #0x1
;;                  bhs  0x15a <branch_ge_u_4294967296+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x30 <trap[Unreachable]> @ imm = #-0x130
;; <minimum_with_itself>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  mov  r1, r0
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x2c]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;; <tail_call_with_all_registers>:
;;                  push.w  {r4, r5, r10, lr}
;;                  ldr  r5, [sp, #0x10]
;;                  cmp  r5, #0x3
;;                  bhs  0x1a4 <tail_call_with_all_registers+0x30> @ imm = #0x24
;;                  movw  r10, #0xfe76
;;                  movt  r10, #0xffff
;;                  add  r10, pc
;;                  add.w  lr, r10, r5, lsl #3
;;                  ldr.w  r4, [lr, #0x4]
;;                  cbnz  r4, 0x1a8 <tail_call_with_all_registers+0x34> @ imm = #0x14
;;                  ldr.w  r4, [lr]
;;                  add.w  lr, r10, r4
;;                  mov  r12, lr
;;                  pop.w  {r4, r5, r10, lr}
;;                  add  sp, #0x8
;;                  bx  r12
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x168
;;                  bl  0x48 <trap[BadSignature]> @ imm = #-0x164
;; <tail_call_of_the_same>:
;;                  push.w  {r6, r10, lr}
;;                  sub  sp, #0x4
;;                  mov  r2, r0
;;                  cmp  r1, #0x3
;;                  bhs  0x1ee <tail_call_of_the_same+0x42> @ imm = #0x34
;;                  movw  r6, #0xfe3c
;;                  movt  r6, #0xffff
;;                  add  r6, pc
;;                  add.w  r10, r6, r1, lsl #3
;;                  ldr.w  r0, [r10, #0x4]
;;                  cmp  r0, #0x1
;;                  bne  0x1f2 <tail_call_of_the_same+0x46> @ imm = #0x22
;;                  ldr.w  r0, [r10]
;;                  adds  r1, r6, r0
;;                  mov  r0, r2
;;                  blx  r1
;;                  ldr.w  r1, [r10, #0x4]
;;                  cmp  r1, #0x1
;;                  bne  0x1f6 <tail_call_of_the_same+0x4a> @ imm = #0x14
;;                  ldr.w  r1, [r10]
;;                  adds  r1, r6, r1
;;                  add  sp, #0x4
;;                  pop.w  {r6, r10, lr}
;;                  bx  r1
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x1b2
;;                  bl  0x48 <trap[BadSignature]> @ imm = #-0x1ae
;;                  bl  0x48 <trap[BadSignature]> @ imm = #-0x1b2
;;                  movs  r0, r0
;; <f12>:
;;                  ldr  r1, [sp, #0x1c]
;;                  subs  r0, r0, r1
;;                  add  sp, #0x20
;;                  bx  lr
;; <tail_call_of_12>:
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub  sp, #0x8
;;                  mov  r8, r2
;;                  str  r0, [sp]
;;                  str  r1, [sp, #0x4]
;;                  ldr  r5, [sp, #0x28]
;;                  ldr  r7, [sp, #0x2c]
;;                  ldr.w  r10, [sp, #0x30]
;;                  ldr.w  r11, [sp, #0x34]
;;                  ldr.w  lr, [sp, #0x38]
;;                  ldr  r2, [sp, #0x3c]
;;                  ldr  r1, [sp, #0x40]
;;                  ldr  r0, [sp, #0x44]
;;                  cbnz  r3, 0x25e <tail_call_of_12+0x5a> @ imm = #0x34
;;                  movw  r4, #0xfde4
;;                  movt  r4, #0xffff
;;                  add  r4, pc
;;                  lsls  r6, r3, #0x3
;;                  ldr  r6, [r4, r6]
;;                  adds  r4, r4, r6
;;                  str.w  r11, [sp, #0x28]
;;                  str.w  r10, [sp, #0x2c]
;;                  str  r7, [sp, #0x30]
;;                  str  r5, [sp, #0x34]
;;                  str  r3, [sp, #0x38]
;;                  mov  r3, r8
;;                  str  r3, [sp, #0x3c]
;;                  ldr  r3, [sp, #0x4]
;;                  str  r3, [sp, #0x40]
;;                  ldr  r3, [sp]
;;                  str  r3, [sp, #0x44]
;;                  mov  r3, lr
;;                  mov  r12, r4
;;                  add  sp, #0x8
;;                  pop.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  bx  r12
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x222
;;                  movs  r0, r0
;; <f24>:
;;                  ldr  r1, [sp, #0x1c]
;;                  subs  r0, r0, r1
;;                  add  sp, #0x50
;;                  bx  lr
;; <tail_call_of_24>:
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub  sp, #0x38
;;                  str  r0, [sp]
;;                  str  r1, [sp, #0x4]
;;                  str  r2, [sp, #0x8]
;;                  ldr  r7, [sp, #0x58]
;;                  str  r7, [sp, #0xc]
;;                  ldr.w  r10, [sp, #0x5c]
;;                  str.w  r10, [sp, #0x10]
;;                  ldr.w  r11, [sp, #0x60]
;;                  str.w  r11, [sp, #0x14]
;;                  ldr.w  lr, [sp, #0x64]
;;                  str.w  lr, [sp, #0x18]
;;                  ldr  r4, [sp, #0x68]
;;                  str  r4, [sp, #0x1c]
;;                  ldr  r2, [sp, #0x6c]
;;                  str  r2, [sp, #0x20]
;;                  ldr  r1, [sp, #0x70]
;;                  str  r1, [sp, #0x24]
;;                  ldr  r6, [sp, #0x74]
;;                  ldr  r5, [sp, #0x78]
;;                  ldr  r7, [sp, #0x7c]
;;                  ldr.w  r11, [sp, #0x80]
;;                  ldr.w  lr, [sp, #0x84]
;;                  ldr  r4, [sp, #0x88]
;;                  ldr  r2, [sp, #0x8c]
;;                  ldr.w  r8, [sp, #0x90]
;;                  ldr  r1, [sp, #0x94]
;;                  ldr  r0, [sp, #0x98]
;;                  str  r0, [sp, #0x28]
;;                  ldr  r0, [sp, #0x9c]
;;                  str  r0, [sp, #0x2c]
;;                  ldr  r0, [sp, #0xa0]
;;                  str  r0, [sp, #0x30]
;;                  ldr  r0, [sp, #0xa4]
;;                  str  r0, [sp, #0x34]
;;                  cbnz  r3, 0x338 <tail_call_of_24+0xcc> @ imm = #0x6c
;;                  movw  r10, #0xfd4a
;;                  movt  r10, #0xffff
;;                  add  r10, pc
;;                  lsls  r0, r3, #0x3
;;                  ldr.w  r0, [r10, r0]
;;                  add  r10, r0
;;                  str  r1, [sp, #0x58]
;;                  str.w  r8, [sp, #0x5c]
;;                  str  r2, [sp, #0x60]
;;                  str  r4, [sp, #0x64]
;;                  str.w  lr, [sp, #0x68]
;;                  str.w  r11, [sp, #0x6c]
;;                  str  r7, [sp, #0x70]
;;                  str  r5, [sp, #0x74]
;;                  str  r6, [sp, #0x78]
;;                  ldr  r1, [sp, #0x24]
;;                  str  r1, [sp, #0x7c]
;;                  ldr  r2, [sp, #0x20]
;;                  str  r2, [sp, #0x80]
;;                  ldr  r4, [sp, #0x1c]
;;                  str  r4, [sp, #0x84]
;;                  ldr.w  lr, [sp, #0x18]
;;                  str.w  lr, [sp, #0x88]
;;                  ldr.w  r11, [sp, #0x14]
;;                  str.w  r11, [sp, #0x8c]
;;                  ldr  r0, [sp, #0x10]
;;                  str  r0, [sp, #0x90]
;;                  ldr  r7, [sp, #0xc]
;;                  str  r7, [sp, #0x94]
;;                  str  r3, [sp, #0x98]
;;                  ldr  r2, [sp, #0x8]
;;                  str  r2, [sp, #0x9c]
;;                  ldr  r1, [sp, #0x4]
;;                  str  r1, [sp, #0xa0]
;;                  ldr  r0, [sp]
;;                  str  r0, [sp, #0xa4]
;;                  ldr  r0, [sp, #0x34]
;;                  ldr  r1, [sp, #0x30]
;;                  ldr  r2, [sp, #0x2c]
;;                  ldr  r3, [sp, #0x28]
;;                  mov  r12, r10
;;                  add  sp, #0x38
;;                  pop.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  bx  r12
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x2fc
;; <f40>:
;;                  ldr  r1, [sp, #0x1c]
;;                  subs  r0, r0, r1
;;                  add  sp, #0x90
;;                  bx  lr
;; <tail_call_of_40>:
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub  sp, #0x80
;;                  str  r0, [sp]
;;                  str  r1, [sp, #0x4]
;;                  str  r2, [sp, #0x8]
;;                  str  r3, [sp, #0xc]
;;                  ldr  r7, [sp, #0xa0]
;;                  str  r7, [sp, #0x10]
;;                  ldr.w  r10, [sp, #0xa4]
;;                  str.w  r10, [sp, #0x14]
;;                  ldr.w  r11, [sp, #0xa8]
;;                  str.w  r11, [sp, #0x18]
;;                  ldr.w  lr, [sp, #0xac]
;;                  str.w  lr, [sp, #0x1c]
;;                  ldr  r4, [sp, #0xb0]
;;                  str  r4, [sp, #0x20]
;;                  ldr  r6, [sp, #0xb4]
;;                  str  r6, [sp, #0x24]
;;                  ldr.w  r8, [sp, #0xb8]
;;                  str.w  r8, [sp, #0x28]
;;                  ldr  r6, [sp, #0xbc]
;;                  str  r6, [sp, #0x2c]
;;                  ldr  r4, [sp, #0xc0]
;;                  str  r4, [sp, #0x30]
;;                  ldr.w  r11, [sp, #0xc4]
;;                  str.w  r11, [sp, #0x34]
;;                  ldr  r5, [sp, #0xc8]
;;                  str  r5, [sp, #0x38]
;;                  ldr  r7, [sp, #0xcc]
;;                  str  r7, [sp, #0x3c]
;;                  ldr.w  r10, [sp, #0xd0]
;;                  str.w  r10, [sp, #0x40]
;;                  ldr  r2, [sp, #0xd4]
;;                  str  r2, [sp, #0x44]
;;                  ldr  r1, [sp, #0xd8]
;;                  str  r1, [sp, #0x48]
;;                  ldr  r6, [sp, #0xdc]
;;                  str  r6, [sp, #0x4c]
;;                  ldr  r4, [sp, #0xe0]
;;                  str  r4, [sp, #0x50]
;;                  ldr.w  r11, [sp, #0xe4]
;;                  str.w  r11, [sp, #0x54]
;;                  ldr  r7, [sp, #0xe8]
;;                  str  r7, [sp, #0x58]
;;                  ldr  r0, [sp, #0xec]
;;                  str  r0, [sp, #0x5c]
;;                  ldr  r2, [sp, #0xf0]
;;                  str  r2, [sp, #0x60]
;;                  ldr.w  lr, [sp, #0xf4]
;;                  str.w  lr, [sp, #0x64]
;;                  ldr.w  lr, [sp, #0xf8]
;;                  ldr  r1, [sp, #0xfc]
;;                  ldr  r3, [sp, #0x100]
;;                  ldr.w  r8, [sp, #0x104]
;;                  ldr  r6, [sp, #0x108]
;;                  ldr  r4, [sp, #0x10c]
;;                  ldr.w  r11, [sp, #0x110]
;;                  ldr  r5, [sp, #0x114]
;;                  ldr  r7, [sp, #0x118]
;;                  ldr  r0, [sp, #0x11c]
;;                  ldr  r2, [sp, #0x120]
;;                  str  r2, [sp, #0x68]
;;                  ldr  r2, [sp, #0x124]
;;                  str  r2, [sp, #0x6c]
;;                  ldr  r2, [sp, #0x128]
;;                  str  r2, [sp, #0x70]
;;                  ldr  r2, [sp, #0x12c]
;;                  ldr.w  r10, [sp, #0xc]
;;                  str  r2, [sp, #0x74]
;;                  cmp.w  r10, #0x0
;;                  bne  0x4ce <tail_call_of_40+0x18a> @ imm = #0xce
;;                  movw  r10, #0xfc1e
;;                  movt  r10, #0xffff
;;                  add  r10, pc
;;                  ldr  r2, [sp, #0xc]
;;                  lsls  r2, r2, #0x3
;;                  ldr.w  r2, [r10, r2]
;;                  add  r2, r10
;;                  str  r2, [sp, #0x78]
;;                  str  r0, [sp, #0xa0]
;;                  str  r7, [sp, #0xa4]
;;                  str  r5, [sp, #0xa8]
;;                  str.w  r11, [sp, #0xac]
;;                  str  r4, [sp, #0xb0]
;;                  str  r6, [sp, #0xb4]
;;                  str.w  r8, [sp, #0xb8]
;;                  str  r3, [sp, #0xbc]
;;                  str  r1, [sp, #0xc0]
;;                  str.w  lr, [sp, #0xc4]
;;                  ldr.w  lr, [sp, #0x64]
;;                  str.w  lr, [sp, #0xc8]
;;                  ldr  r2, [sp, #0x60]
;;                  str  r2, [sp, #0xcc]
;;                  ldr  r0, [sp, #0x5c]
;;                  str  r0, [sp, #0xd0]
;;                  ldr  r7, [sp, #0x58]
;;                  str  r7, [sp, #0xd4]
;;                  ldr.w  r11, [sp, #0x54]
;;                  str.w  r11, [sp, #0xd8]
;;                  ldr  r4, [sp, #0x50]
;;                  str  r4, [sp, #0xdc]
;;                  ldr  r6, [sp, #0x4c]
;;                  str  r6, [sp, #0xe0]
;;                  ldr  r1, [sp, #0x48]
;;                  str  r1, [sp, #0xe4]
;;                  ldr  r2, [sp, #0x44]
;;                  str  r2, [sp, #0xe8]
;;                  ldr.w  r10, [sp, #0x40]
;;                  str.w  r10, [sp, #0xec]
;;                  ldr  r7, [sp, #0x3c]
;;                  str  r7, [sp, #0xf0]
;;                  ldr  r5, [sp, #0x38]
;;                  str  r5, [sp, #0xf4]
;;                  ldr.w  r11, [sp, #0x34]
;;                  str.w  r11, [sp, #0xf8]
;;                  ldr  r4, [sp, #0x30]
;;                  str  r4, [sp, #0xfc]
;;                  ldr  r6, [sp, #0x2c]
;;                  str  r6, [sp, #0x100]
;;                  ldr.w  r8, [sp, #0x28]
;;                  str.w  r8, [sp, #0x104]
;;                  ldr  r6, [sp, #0x24]
;;                  str  r6, [sp, #0x108]
;;                  ldr  r4, [sp, #0x20]
;;                  str  r4, [sp, #0x10c]
;;                  ldr.w  lr, [sp, #0x1c]
;;                  str.w  lr, [sp, #0x110]
;;                  ldr.w  r11, [sp, #0x18]
;;                  str.w  r11, [sp, #0x114]
;;                  ldr.w  r10, [sp, #0x14]
;;                  str.w  r10, [sp, #0x118]
;;                  ldr  r7, [sp, #0x10]
;;                  str  r7, [sp, #0x11c]
;;                  ldr.w  r10, [sp, #0xc]
;;                  str.w  r10, [sp, #0x120]
;;                  ldr  r2, [sp, #0x8]
;;                  str  r2, [sp, #0x124]
;;                  ldr  r1, [sp, #0x4]
;;                  str  r1, [sp, #0x128]
;;                  ldr  r0, [sp]
;;                  str  r0, [sp, #0x12c]
;;                  ldr  r0, [sp, #0x74]
;;                  ldr  r1, [sp, #0x70]
;;                  ldr  r2, [sp, #0x6c]
;;                  ldr  r3, [sp, #0x68]
;;                  ldr  r5, [sp, #0x78]
;;                  mov  r12, r5
;;                  add  sp, #0x80
;;                  pop.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  bx  r12
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x492
;;                  movs  r0, r0
;; <sum_with_constant>:
;;                  adds  r1, r0, #0x4
;;                  movw  r2, #0xfff4
;;                  cmp  r1, r2
;;                  bhi  0x4e4 <sum_with_constant+0x10> @ imm = #0x4
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x3c]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x38 <trap[MemoryOutOfBounds]> @ imm = #-0x4b2
;;                  movs  r0, r0
;; <select_by_widened>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  cmp  r2, r1
;;                  it  lt
;;                  movlt  r0, r2
;;                  bx  lr
;;
;; ---- rv32imac ----
;; <table[0]>:
;;        0: 70 00 00 00 00 00 00 00         p.......
;;        8: 7c 00 00 00 05 00 00 00         |.......
;;       10: 74 00 00 00 01 00 00 00         t.......
;; <table[1]>:
;;       18: 2c 02 00 00 02 00 00 00         ,.......
;; <table[2]>:
;;       20: 78 02 00 00 03 00 00 00         x.......
;; <table[3]>:
;;       28: 24 03 00 00 04 00 00 00         $.......
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
;; <trap[TableOutOfBounds]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x3
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[BadSignature]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x5
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <four>:
;;                  add  a0, a0, a3
;;                  ret
;; <seven>:
;;                  li  t0, 0x7
;;                  mul  a0, a0, t0
;;                  ret
;; <nothing>:
;;                  ret
;;                  unimp
;; <low_byte>:
;;                  andi  t0, a0, 0xff
;;                  mv  a0, t0
;;                  ret
;; <low_half>:
;;                  slli  t0, a0, 0x10
;;                  srli  t0, t0, 0x10
;;                  mv  a0, t0
;;                  ret
;; <low_half_as_pair>:
;;                  slli  t2, a0, 0x10
;;                  srli  t2, t2, 0x10
;;                  mv  a0, t2
;;                  li  a1, 0x1
;;                  ret
;;                  unimp
;; <all_but_low_byte>:
;;                  andi  a0, a0, -0x100
;;                  ret
;;                  unimp
;; <mask_of_not_zero>:
;;                  seqz  t0, a0
;;                  addi  a0, t0, -0x1
;;                  ret
;;                  unimp
;; <mask_of_pair_not_zero>:
;;                  or  t0, a0, a1
;;                  seqz  t2, t0
;;                  addi  a0, t2, -0x1
;;                  mv  a1, a0
;;                  ret
;; <narrow_shift>:
;;                  li  t1, 0x3
;;                  andi  a0, a0, 0xff
;;                  sll  t0, a0, t1
;;                  slli  a0, t0, 0x18
;;                  srai  a0, a0, 0x18
;;                  ret
;;                  unimp
;; <narrow_high_product>:
;;                  slli  a0, a0, 0x10
;;                  srai  a0, a0, 0x10
;;                  slli  a2, a1, 0x10
;;                  srai  a2, a2, 0x10
;;                  mul  a5, a0, a2
;;                  srli  a0, a5, 0x10
;;                  slli  a2, a0, 0x10
;;                  srai  a2, a2, 0x10
;;                  mv  a0, a2
;;                  ret
;; <upper_bits>:
;;                  li  a0, 0x0
;;                  li  t1, -0x1
;;                  srli  t1, t1, 0x8
;;                  and  a1, a1, t1
;;                  ret
;;                  unimp
;; <branch_on_both>:
;;                  slt  a0, a0, a1
;;                  xor  a2, a2, a3
;;                  seqz  a2, a2
;;                  and  a1, a0, a2
;;                  bnez  a1, 0x11c <branch_on_both+0x14>
;;                  li  a0, 0x8
;;                  j  0x11e <branch_on_both+0x16>
;;                  li  a0, 0x3
;;                  ret
;; <product_of_masked>:
;;                  li  t2, -0x1
;;                  srli  t2, t2, 0x10
;;                  and  t2, a1, t2
;;                  mv  a1, a0
;;                  mul  a0, a1, t2
;;                  mulhu  a1, a1, t2
;;                  ret
;;                  unimp
;; <negate_crossed>:
;;                  li  a2, 0x0
;;                  or  t2, a2, a1
;;                  snez  a1, t2
;;                  neg  a2, t2
;;                  neg  a4, a0
;;                  sub  a1, a4, a1
;;                  mv  a0, a2
;;                  ret
;;                  unimp
;; <select_masked>:
;;                  andi  a1, a0, 0xff
;;                  lui  a3, 0x10
;;                  addi  a3, a3, -0x10
;;                  and  a0, a2, a3
;;                  beqz  a4, 0x164 <select_masked+0x10>
;;                  mv  a0, a1
;;                  li  a1, 0x0
;;                  ret
;; <branch_lt_s_4294967296>:
;;                  blez  a1, 0x16e <branch_lt_s_4294967296+0x6>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;;                  unimp
;; <branch_ge_s_4294967296>:
;;                  bgtz  a1, 0x17a <branch_ge_s_4294967296+0x6>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;;                  unimp
;; <branch_gt_s_minus_1>:
;;                  bgez  a1, 0x186 <branch_gt_s_minus_1+0x6>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;;                  unimp
;; <branch_le_s_minus_1>:
;;                  bltz  a1, 0x192 <branch_le_s_minus_1+0x6>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;;                  unimp
;; <branch_lt_u_4294967296>:
;;                  beqz  a1, 0x19c <branch_lt_u_4294967296+0x4>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;; <branch_ge_u_4294967296>:
;;                  bnez  a1, 0x1a4 <branch_ge_u_4294967296+0x4>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;; <minimum_with_itself>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  mv  a1, a0
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x2c(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  unimp
;; <tail_call_with_all_registers>:
;;                  li  a5, 0x3
;;                  bgeu  a4, a5, 0x1e4 <tail_call_with_all_registers+0x24>
;;                  auipc  a5, 0x0
;;                  addi  a5, a5, -0x1c6
;;                  slli  a4, a4, 0x3
;;                  add  a4, a4, a5
;;                  lw  a6, 0x4(a4)
;;                  bnez  a6, 0x1e8 <tail_call_with_all_registers+0x28>
;;                  lw  a6, 0x0(a4)
;;                  add  a4, a5, a6
;;                  jr  a4
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;; <tail_call_of_the_same>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x4(sp)
;;                  sw  s0, 0x8(sp)
;;                  sw  s2, 0xc(sp)
;;                  li  a5, 0x3
;;                  bgeu  a1, a5, 0x236 <tail_call_of_the_same+0x4a>
;;                  auipc  s0, 0x0
;;                  addi  s0, s0, -0x1fa
;;                  slli  a7, a1, 0x3
;;                  add  s2, s0, a7
;;                  lw  a7, 0x4(s2)
;;                  li  t3, 0x1
;;                  bne  a7, t3, 0x23a <tail_call_of_the_same+0x4e>
;;                  lw  t3, 0x0(s2)
;;                  add  t3, t3, s0
;;                  jalr  t3
;;                  lw  t3, 0x4(s2)
;;                  li  t4, 0x1
;;                  bne  t3, t4, 0x23e <tail_call_of_the_same+0x52>
;;                  lw  t3, 0x0(s2)
;;                  add  t3, t3, s0
;;                  lw  ra, 0x4(sp)
;;                  lw  s0, 0x8(sp)
;;                  lw  s2, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  jr  t3
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;;                  unimp
;; <f12>:
;;                  lw  a1, 0xc(sp)
;;                  sub  a0, a0, a1
;;                  addi  sp, sp, 0x10
;;                  ret
;; <tail_call_of_12>:
;;                  addi  sp, sp, -0x10
;;                  sw  s9, 0xc(sp)
;;                  mv  t2, a1
;;                  mv  s9, a0
;;                  lw  t4, 0x10(sp)
;;                  lw  t3, 0x14(sp)
;;                  lw  a1, 0x18(sp)
;;                  lw  a0, 0x1c(sp)
;;                  bnez  a3, 0x294 <tail_call_of_12+0x48>
;;                  auipc  t0, 0x0
;;                  addi  t0, t0, -0x246
;;                  slli  t1, a3, 0x3
;;                  add  t1, t1, t0
;;                  lw  t1, 0x0(t1)
;;                  add  t0, t0, t1
;;                  sw  a3, 0x10(sp)
;;                  sw  a2, 0x14(sp)
;;                  mv  t1, t2
;;                  sw  t1, 0x18(sp)
;;                  mv  t1, s9
;;                  sw  t1, 0x1c(sp)
;;                  mv  t6, a5
;;                  mv  a5, a6
;;                  mv  a6, t6
;;                  mv  t6, a4
;;                  mv  a4, a7
;;                  mv  a7, t6
;;                  mv  a3, t4
;;                  mv  a2, t3
;;                  lw  s9, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  jr  t0
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;; <f24>:
;;                  lw  a1, 0xc(sp)
;;                  sub  a0, a0, a1
;;                  addi  sp, sp, 0x40
;;                  ret
;; <tail_call_of_24>:
;;                  addi  sp, sp, -0x40
;;                  sw  s0, 0x14(sp)
;;                  sw  s2, 0x18(sp)
;;                  sw  s3, 0x1c(sp)
;;                  sw  s4, 0x20(sp)
;;                  sw  s5, 0x24(sp)
;;                  sw  s6, 0x28(sp)
;;                  sw  s7, 0x2c(sp)
;;                  sw  s8, 0x30(sp)
;;                  sw  s9, 0x34(sp)
;;                  sw  s10, 0x38(sp)
;;                  sw  s11, 0x3c(sp)
;;                  mv  s6, a7
;;                  mv  s8, a6
;;                  mv  s9, a5
;;                  mv  s10, a4
;;                  mv  s11, a2
;;                  sw  a0, 0x0(sp)
;;                  sw  a1, 0x4(sp)
;;                  lw  t3, 0x40(sp)
;;                  lw  t4, 0x44(sp)
;;                  lw  t1, 0x48(sp)
;;                  lw  t2, 0x4c(sp)
;;                  lw  s2, 0x50(sp)
;;                  lw  s3, 0x54(sp)
;;                  lw  s5, 0x58(sp)
;;                  lw  s7, 0x5c(sp)
;;                  lw  a7, 0x60(sp)
;;                  lw  a6, 0x64(sp)
;;                  lw  a5, 0x68(sp)
;;                  lw  a4, 0x6c(sp)
;;                  lw  t0, 0x70(sp)
;;                  lw  a2, 0x74(sp)
;;                  lw  a1, 0x78(sp)
;;                  lw  a0, 0x7c(sp)
;;                  bnez  a3, 0x348 <tail_call_of_24+0xa8>
;;                  auipc  s0, 0x0
;;                  addi  s0, s0, -0x2c8
;;                  slli  s4, a3, 0x3
;;                  add  s4, s4, s0
;;                  lw  s4, 0x0(s4)
;;                  add  s0, s0, s4
;;                  sw  s7, 0x40(sp)
;;                  sw  s5, 0x44(sp)
;;                  sw  s3, 0x48(sp)
;;                  sw  s2, 0x4c(sp)
;;                  sw  t2, 0x50(sp)
;;                  sw  t1, 0x54(sp)
;;                  sw  t4, 0x58(sp)
;;                  sw  t3, 0x5c(sp)
;;                  mv  t1, s6
;;                  sw  t1, 0x60(sp)
;;                  mv  t1, s8
;;                  sw  t1, 0x64(sp)
;;                  mv  t1, s9
;;                  sw  t1, 0x68(sp)
;;                  mv  t1, s10
;;                  sw  t1, 0x6c(sp)
;;                  sw  a3, 0x70(sp)
;;                  mv  a3, s11
;;                  sw  a3, 0x74(sp)
;;                  lw  t3, 0x4(sp)
;;                  sw  t3, 0x78(sp)
;;                  lw  t3, 0x0(sp)
;;                  sw  t3, 0x7c(sp)
;;                  mv  a3, t0
;;                  mv  t6, s0
;;                  lw  s0, 0x14(sp)
;;                  lw  s2, 0x18(sp)
;;                  lw  s3, 0x1c(sp)
;;                  lw  s4, 0x20(sp)
;;                  lw  s5, 0x24(sp)
;;                  lw  s6, 0x28(sp)
;;                  lw  s7, 0x2c(sp)
;;                  lw  s8, 0x30(sp)
;;                  lw  s9, 0x34(sp)
;;                  lw  s10, 0x38(sp)
;;                  lw  s11, 0x3c(sp)
;;                  addi  sp, sp, 0x40
;;                  jr  t6
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;; <f40>:
;;                  lw  a1, 0xc(sp)
;;                  sub  a0, a0, a1
;;                  addi  sp, sp, 0x80
;;                  ret
;; <tail_call_of_40>:
;;                  addi  sp, sp, -0x80
;;                  sw  s0, 0x54(sp)
;;                  sw  s2, 0x58(sp)
;;                  sw  s3, 0x5c(sp)
;;                  sw  s4, 0x60(sp)
;;                  sw  s5, 0x64(sp)
;;                  sw  s6, 0x68(sp)
;;                  sw  s7, 0x6c(sp)
;;                  sw  s8, 0x70(sp)
;;                  sw  s9, 0x74(sp)
;;                  sw  s10, 0x78(sp)
;;                  sw  s11, 0x7c(sp)
;;                  sw  a0, 0x0(sp)
;;                  sw  a1, 0x4(sp)
;;                  sw  a2, 0x8(sp)
;;                  sw  a4, 0xc(sp)
;;                  sw  a5, 0x10(sp)
;;                  sw  a6, 0x14(sp)
;;                  sw  a7, 0x18(sp)
;;                  lw  t4, 0x80(sp)
;;                  sw  t4, 0x1c(sp)
;;                  lw  t0, 0x84(sp)
;;                  sw  t0, 0x20(sp)
;;                  lw  t1, 0x88(sp)
;;                  sw  t1, 0x24(sp)
;;                  lw  t2, 0x8c(sp)
;;                  sw  t2, 0x28(sp)
;;                  lw  s3, 0x90(sp)
;;                  sw  s3, 0x2c(sp)
;;                  lw  s5, 0x94(sp)
;;                  sw  s5, 0x30(sp)
;;                  lw  s7, 0x98(sp)
;;                  sw  s7, 0x34(sp)
;;                  lw  a7, 0x9c(sp)
;;                  sw  a7, 0x38(sp)
;;                  lw  s9, 0xa0(sp)
;;                  lw  s11, 0xa4(sp)
;;                  lw  s2, 0xa8(sp)
;;                  lw  s4, 0xac(sp)
;;                  lw  s6, 0xb0(sp)
;;                  lw  s8, 0xb4(sp)
;;                  lw  s0, 0xb8(sp)
;;                  lw  t3, 0xbc(sp)
;;                  lw  t4, 0xc0(sp)
;;                  lw  t0, 0xc4(sp)
;;                  lw  t1, 0xc8(sp)
;;                  lw  t2, 0xcc(sp)
;;                  lw  s3, 0xd0(sp)
;;                  lw  s5, 0xd4(sp)
;;                  lw  s7, 0xd8(sp)
;;                  lw  a7, 0xdc(sp)
;;                  lw  a6, 0xe0(sp)
;;                  sw  a6, 0x3c(sp)
;;                  lw  a0, 0xe4(sp)
;;                  sw  a0, 0x40(sp)
;;                  lw  a5, 0xe8(sp)
;;                  lw  a4, 0xec(sp)
;;                  lw  a0, 0xf0(sp)
;;                  sw  a0, 0x44(sp)
;;                  lw  a2, 0xf4(sp)
;;                  lw  a1, 0xf8(sp)
;;                  lw  a0, 0xfc(sp)
;;                  bnez  a3, 0x466 <tail_call_of_40+0x112>
;;                  auipc  s10, 0x0
;;                  addi  s10, s10, -0x3aa
;;                  slli  a6, a3, 0x3
;;                  add  a6, a6, s10
;;                  lw  a6, 0x0(a6)
;;                  add  s10, s10, a6
;;                  sw  a7, 0x80(sp)
;;                  sw  s7, 0x84(sp)
;;                  sw  s5, 0x88(sp)
;;                  sw  s3, 0x8c(sp)
;;                  sw  t2, 0x90(sp)
;;                  sw  t1, 0x94(sp)
;;                  sw  t0, 0x98(sp)
;;                  sw  t4, 0x9c(sp)
;;                  sw  t3, 0xa0(sp)
;;                  sw  s0, 0xa4(sp)
;;                  sw  s8, 0xa8(sp)
;;                  sw  s6, 0xac(sp)
;;                  sw  s4, 0xb0(sp)
;;                  sw  s2, 0xb4(sp)
;;                  sw  s11, 0xb8(sp)
;;                  sw  s9, 0xbc(sp)
;;                  lw  a7, 0x38(sp)
;;                  sw  a7, 0xc0(sp)
;;                  lw  s7, 0x34(sp)
;;                  sw  s7, 0xc4(sp)
;;                  lw  s5, 0x30(sp)
;;                  sw  s5, 0xc8(sp)
;;                  lw  s3, 0x2c(sp)
;;                  sw  s3, 0xcc(sp)
;;                  lw  t2, 0x28(sp)
;;                  sw  t2, 0xd0(sp)
;;                  lw  t1, 0x24(sp)
;;                  sw  t1, 0xd4(sp)
;;                  lw  t0, 0x20(sp)
;;                  sw  t0, 0xd8(sp)
;;                  lw  t4, 0x1c(sp)
;;                  sw  t4, 0xdc(sp)
;;                  lw  a7, 0x18(sp)
;;                  sw  a7, 0xe0(sp)
;;                  lw  a6, 0x14(sp)
;;                  sw  a6, 0xe4(sp)
;;                  lw  t0, 0x10(sp)
;;                  sw  t0, 0xe8(sp)
;;                  lw  t0, 0xc(sp)
;;                  sw  t0, 0xec(sp)
;;                  sw  a3, 0xf0(sp)
;;                  lw  t0, 0x8(sp)
;;                  sw  t0, 0xf4(sp)
;;                  lw  t0, 0x4(sp)
;;                  sw  t0, 0xf8(sp)
;;                  lw  t0, 0x0(sp)
;;                  sw  t0, 0xfc(sp)
;;                  lw  a3, 0x44(sp)
;;                  lw  a6, 0x40(sp)
;;                  lw  a7, 0x3c(sp)
;;                  mv  t6, s10
;;                  lw  s0, 0x54(sp)
;;                  lw  s2, 0x58(sp)
;;                  lw  s3, 0x5c(sp)
;;                  lw  s4, 0x60(sp)
;;                  lw  s5, 0x64(sp)
;;                  lw  s6, 0x68(sp)
;;                  lw  s7, 0x6c(sp)
;;                  lw  s8, 0x70(sp)
;;                  lw  s9, 0x74(sp)
;;                  lw  s10, 0x78(sp)
;;                  lw  s11, 0x7c(sp)
;;                  addi  sp, sp, 0x80
;;                  jr  t6
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;;                  unimp
;; <sum_with_constant>:
;;                  addi  t0, a0, 0x4
;;                  lui  t1, 0x10
;;                  addi  t1, t1, -0xc
;;                  bltu  t1, t0, 0x482 <sum_with_constant+0x16>
;;                  add  t1, s1, a0
;;                  lw  a0, 0x3c(t1)
;;                  ret
;;                  jal  t0, 0x40 <trap[MemoryOutOfBounds]>
;;                  unimp
;; <select_by_widened>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bge  t0, a1, 0x492 <select_by_widened+0xa>
;;                  mv  a0, t0
;;                  ret
;;
;; ---- rv32imafc ----
;; <table[0]>:
;;        0: 70 00 00 00 00 00 00 00         p.......
;;        8: 7c 00 00 00 05 00 00 00         |.......
;;       10: 74 00 00 00 01 00 00 00         t.......
;; <table[1]>:
;;       18: 30 02 00 00 02 00 00 00         0.......
;; <table[2]>:
;;       20: 7c 02 00 00 03 00 00 00         |.......
;; <table[3]>:
;;       28: 28 03 00 00 04 00 00 00         (.......
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
;; <trap[TableOutOfBounds]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x3
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[BadSignature]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x5
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <four>:
;;                  add  a0, a0, a3
;;                  ret
;; <seven>:
;;                  li  t0, 0x7
;;                  mul  a0, a0, t0
;;                  ret
;; <nothing>:
;;                  ret
;;                  unimp
;; <low_byte>:
;;                  andi  t0, a0, 0xff
;;                  mv  a0, t0
;;                  ret
;; <low_half>:
;;                  slli  t0, a0, 0x10
;;                  srli  t0, t0, 0x10
;;                  mv  a0, t0
;;                  ret
;; <low_half_as_pair>:
;;                  slli  t2, a0, 0x10
;;                  srli  t2, t2, 0x10
;;                  mv  a0, t2
;;                  li  a1, 0x1
;;                  ret
;;                  unimp
;; <all_but_low_byte>:
;;                  andi  a0, a0, -0x100
;;                  ret
;;                  unimp
;; <mask_of_not_zero>:
;;                  seqz  t0, a0
;;                  addi  a0, t0, -0x1
;;                  ret
;;                  unimp
;; <mask_of_pair_not_zero>:
;;                  or  t0, a0, a1
;;                  seqz  t2, t0
;;                  addi  a0, t2, -0x1
;;                  mv  a1, a0
;;                  ret
;; <narrow_shift>:
;;                  li  t1, 0x3
;;                  andi  a0, a0, 0xff
;;                  sll  t0, a0, t1
;;                  slli  a0, t0, 0x18
;;                  srai  a0, a0, 0x18
;;                  ret
;;                  unimp
;; <narrow_high_product>:
;;                  slli  a0, a0, 0x10
;;                  srai  a0, a0, 0x10
;;                  slli  a2, a1, 0x10
;;                  srai  a2, a2, 0x10
;;                  mul  a5, a0, a2
;;                  srli  a0, a5, 0x10
;;                  slli  a2, a0, 0x10
;;                  srai  a2, a2, 0x10
;;                  mv  a0, a2
;;                  ret
;; <upper_bits>:
;;                  li  a0, 0x0
;;                  li  t1, -0x1
;;                  srli  t1, t1, 0x8
;;                  and  a1, a1, t1
;;                  ret
;;                  unimp
;; <branch_on_both>:
;;                  slt  a0, a0, a1
;;                  xor  a2, a2, a3
;;                  seqz  a2, a2
;;                  and  a1, a0, a2
;;                  bnez  a1, 0x11c <branch_on_both+0x14>
;;                  li  a0, 0x8
;;                  j  0x11e <branch_on_both+0x16>
;;                  li  a0, 0x3
;;                  ret
;; <product_of_masked>:
;;                  li  t2, -0x1
;;                  srli  t2, t2, 0x10
;;                  and  t2, a1, t2
;;                  mv  a1, a0
;;                  mul  a0, a1, t2
;;                  mulhu  a1, a1, t2
;;                  ret
;;                  unimp
;; <negate_crossed>:
;;                  li  a2, 0x0
;;                  or  t2, a2, a1
;;                  snez  a1, t2
;;                  neg  a2, t2
;;                  neg  a4, a0
;;                  sub  a1, a4, a1
;;                  mv  a0, a2
;;                  ret
;;                  unimp
;; <select_masked>:
;;                  andi  a1, a0, 0xff
;;                  lui  a3, 0x10
;;                  addi  a3, a3, -0x10
;;                  and  a0, a2, a3
;;                  beqz  a4, 0x164 <select_masked+0x10>
;;                  mv  a0, a1
;;                  li  a1, 0x0
;;                  ret
;; <branch_lt_s_4294967296>:
;;                  blez  a1, 0x16e <branch_lt_s_4294967296+0x6>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;;                  unimp
;; <branch_ge_s_4294967296>:
;;                  bgtz  a1, 0x17a <branch_ge_s_4294967296+0x6>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;;                  unimp
;; <branch_gt_s_minus_1>:
;;                  bgez  a1, 0x186 <branch_gt_s_minus_1+0x6>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;;                  unimp
;; <branch_le_s_minus_1>:
;;                  bltz  a1, 0x192 <branch_le_s_minus_1+0x6>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;;                  unimp
;; <branch_lt_u_4294967296>:
;;                  beqz  a1, 0x19c <branch_lt_u_4294967296+0x4>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;; <branch_ge_u_4294967296>:
;;                  bnez  a1, 0x1a4 <branch_ge_u_4294967296+0x4>
;;                  ret
;;                  jal  t0, 0x30 <trap[Unreachable]>
;; <minimum_with_itself>:
;;                  fmv.w.x  ft1, a0
;;                  feq.s  t0, ft1, ft1
;;                  fmin.s  ft4, ft1, ft1
;;                  bnez  t0, 0x1bc <minimum_with_itself+0x14>
;;                  fadd.s  ft4, ft1, ft1, rne
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <tail_call_with_all_registers>:
;;                  li  a5, 0x3
;;                  bgeu  a4, a5, 0x1e8 <tail_call_with_all_registers+0x24>
;;                  auipc  a5, 0x0
;;                  addi  a5, a5, -0x1ca
;;                  slli  a4, a4, 0x3
;;                  add  a4, a4, a5
;;                  lw  a6, 0x4(a4)
;;                  bnez  a6, 0x1ec <tail_call_with_all_registers+0x28>
;;                  lw  a6, 0x0(a4)
;;                  add  a4, a5, a6
;;                  jr  a4
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;; <tail_call_of_the_same>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x4(sp)
;;                  sw  s0, 0x8(sp)
;;                  sw  s2, 0xc(sp)
;;                  li  a5, 0x3
;;                  bgeu  a1, a5, 0x23a <tail_call_of_the_same+0x4a>
;;                  auipc  s0, 0x0
;;                  addi  s0, s0, -0x1fe
;;                  slli  a7, a1, 0x3
;;                  add  s2, s0, a7
;;                  lw  a7, 0x4(s2)
;;                  li  t3, 0x1
;;                  bne  a7, t3, 0x23e <tail_call_of_the_same+0x4e>
;;                  lw  t3, 0x0(s2)
;;                  add  t3, t3, s0
;;                  jalr  t3
;;                  lw  t3, 0x4(s2)
;;                  li  t4, 0x1
;;                  bne  t3, t4, 0x242 <tail_call_of_the_same+0x52>
;;                  lw  t3, 0x0(s2)
;;                  add  t3, t3, s0
;;                  lw  ra, 0x4(sp)
;;                  lw  s0, 0x8(sp)
;;                  lw  s2, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  jr  t3
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;;                  unimp
;; <f12>:
;;                  lw  a1, 0xc(sp)
;;                  sub  a0, a0, a1
;;                  addi  sp, sp, 0x10
;;                  ret
;; <tail_call_of_12>:
;;                  addi  sp, sp, -0x10
;;                  sw  s9, 0xc(sp)
;;                  mv  t2, a1
;;                  mv  s9, a0
;;                  lw  t4, 0x10(sp)
;;                  lw  t3, 0x14(sp)
;;                  lw  a1, 0x18(sp)
;;                  lw  a0, 0x1c(sp)
;;                  bnez  a3, 0x298 <tail_call_of_12+0x48>
;;                  auipc  t0, 0x0
;;                  addi  t0, t0, -0x24a
;;                  slli  t1, a3, 0x3
;;                  add  t1, t1, t0
;;                  lw  t1, 0x0(t1)
;;                  add  t0, t0, t1
;;                  sw  a3, 0x10(sp)
;;                  sw  a2, 0x14(sp)
;;                  mv  t1, t2
;;                  sw  t1, 0x18(sp)
;;                  mv  t1, s9
;;                  sw  t1, 0x1c(sp)
;;                  mv  t6, a5
;;                  mv  a5, a6
;;                  mv  a6, t6
;;                  mv  t6, a4
;;                  mv  a4, a7
;;                  mv  a7, t6
;;                  mv  a3, t4
;;                  mv  a2, t3
;;                  lw  s9, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  jr  t0
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;; <f24>:
;;                  lw  a1, 0xc(sp)
;;                  sub  a0, a0, a1
;;                  addi  sp, sp, 0x40
;;                  ret
;; <tail_call_of_24>:
;;                  addi  sp, sp, -0x40
;;                  sw  s0, 0x14(sp)
;;                  sw  s2, 0x18(sp)
;;                  sw  s3, 0x1c(sp)
;;                  sw  s4, 0x20(sp)
;;                  sw  s5, 0x24(sp)
;;                  sw  s6, 0x28(sp)
;;                  sw  s7, 0x2c(sp)
;;                  sw  s8, 0x30(sp)
;;                  sw  s9, 0x34(sp)
;;                  sw  s10, 0x38(sp)
;;                  sw  s11, 0x3c(sp)
;;                  mv  s6, a7
;;                  mv  s8, a6
;;                  mv  s9, a5
;;                  mv  s10, a4
;;                  mv  s11, a2
;;                  sw  a0, 0x0(sp)
;;                  sw  a1, 0x4(sp)
;;                  lw  t3, 0x40(sp)
;;                  lw  t4, 0x44(sp)
;;                  lw  t1, 0x48(sp)
;;                  lw  t2, 0x4c(sp)
;;                  lw  s2, 0x50(sp)
;;                  lw  s3, 0x54(sp)
;;                  lw  s5, 0x58(sp)
;;                  lw  s7, 0x5c(sp)
;;                  lw  a7, 0x60(sp)
;;                  lw  a6, 0x64(sp)
;;                  lw  a5, 0x68(sp)
;;                  lw  a4, 0x6c(sp)
;;                  lw  t0, 0x70(sp)
;;                  lw  a2, 0x74(sp)
;;                  lw  a1, 0x78(sp)
;;                  lw  a0, 0x7c(sp)
;;                  bnez  a3, 0x34c <tail_call_of_24+0xa8>
;;                  auipc  s0, 0x0
;;                  addi  s0, s0, -0x2cc
;;                  slli  s4, a3, 0x3
;;                  add  s4, s4, s0
;;                  lw  s4, 0x0(s4)
;;                  add  s0, s0, s4
;;                  sw  s7, 0x40(sp)
;;                  sw  s5, 0x44(sp)
;;                  sw  s3, 0x48(sp)
;;                  sw  s2, 0x4c(sp)
;;                  sw  t2, 0x50(sp)
;;                  sw  t1, 0x54(sp)
;;                  sw  t4, 0x58(sp)
;;                  sw  t3, 0x5c(sp)
;;                  mv  t1, s6
;;                  sw  t1, 0x60(sp)
;;                  mv  t1, s8
;;                  sw  t1, 0x64(sp)
;;                  mv  t1, s9
;;                  sw  t1, 0x68(sp)
;;                  mv  t1, s10
;;                  sw  t1, 0x6c(sp)
;;                  sw  a3, 0x70(sp)
;;                  mv  a3, s11
;;                  sw  a3, 0x74(sp)
;;                  lw  t3, 0x4(sp)
;;                  sw  t3, 0x78(sp)
;;                  lw  t3, 0x0(sp)
;;                  sw  t3, 0x7c(sp)
;;                  mv  a3, t0
;;                  mv  t6, s0
;;                  lw  s0, 0x14(sp)
;;                  lw  s2, 0x18(sp)
;;                  lw  s3, 0x1c(sp)
;;                  lw  s4, 0x20(sp)
;;                  lw  s5, 0x24(sp)
;;                  lw  s6, 0x28(sp)
;;                  lw  s7, 0x2c(sp)
;;                  lw  s8, 0x30(sp)
;;                  lw  s9, 0x34(sp)
;;                  lw  s10, 0x38(sp)
;;                  lw  s11, 0x3c(sp)
;;                  addi  sp, sp, 0x40
;;                  jr  t6
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;; <f40>:
;;                  lw  a1, 0xc(sp)
;;                  sub  a0, a0, a1
;;                  addi  sp, sp, 0x80
;;                  ret
;; <tail_call_of_40>:
;;                  addi  sp, sp, -0x80
;;                  sw  s0, 0x54(sp)
;;                  sw  s2, 0x58(sp)
;;                  sw  s3, 0x5c(sp)
;;                  sw  s4, 0x60(sp)
;;                  sw  s5, 0x64(sp)
;;                  sw  s6, 0x68(sp)
;;                  sw  s7, 0x6c(sp)
;;                  sw  s8, 0x70(sp)
;;                  sw  s9, 0x74(sp)
;;                  sw  s10, 0x78(sp)
;;                  sw  s11, 0x7c(sp)
;;                  sw  a0, 0x0(sp)
;;                  sw  a1, 0x4(sp)
;;                  sw  a2, 0x8(sp)
;;                  sw  a4, 0xc(sp)
;;                  sw  a5, 0x10(sp)
;;                  sw  a6, 0x14(sp)
;;                  sw  a7, 0x18(sp)
;;                  lw  t4, 0x80(sp)
;;                  sw  t4, 0x1c(sp)
;;                  lw  t0, 0x84(sp)
;;                  sw  t0, 0x20(sp)
;;                  lw  t1, 0x88(sp)
;;                  sw  t1, 0x24(sp)
;;                  lw  t2, 0x8c(sp)
;;                  sw  t2, 0x28(sp)
;;                  lw  s3, 0x90(sp)
;;                  sw  s3, 0x2c(sp)
;;                  lw  s5, 0x94(sp)
;;                  sw  s5, 0x30(sp)
;;                  lw  s7, 0x98(sp)
;;                  sw  s7, 0x34(sp)
;;                  lw  a7, 0x9c(sp)
;;                  sw  a7, 0x38(sp)
;;                  lw  s9, 0xa0(sp)
;;                  lw  s11, 0xa4(sp)
;;                  lw  s2, 0xa8(sp)
;;                  lw  s4, 0xac(sp)
;;                  lw  s6, 0xb0(sp)
;;                  lw  s8, 0xb4(sp)
;;                  lw  s0, 0xb8(sp)
;;                  lw  t3, 0xbc(sp)
;;                  lw  t4, 0xc0(sp)
;;                  lw  t0, 0xc4(sp)
;;                  lw  t1, 0xc8(sp)
;;                  lw  t2, 0xcc(sp)
;;                  lw  s3, 0xd0(sp)
;;                  lw  s5, 0xd4(sp)
;;                  lw  s7, 0xd8(sp)
;;                  lw  a7, 0xdc(sp)
;;                  lw  a6, 0xe0(sp)
;;                  sw  a6, 0x3c(sp)
;;                  lw  a0, 0xe4(sp)
;;                  sw  a0, 0x40(sp)
;;                  lw  a5, 0xe8(sp)
;;                  lw  a4, 0xec(sp)
;;                  lw  a0, 0xf0(sp)
;;                  sw  a0, 0x44(sp)
;;                  lw  a2, 0xf4(sp)
;;                  lw  a1, 0xf8(sp)
;;                  lw  a0, 0xfc(sp)
;;                  bnez  a3, 0x46a <tail_call_of_40+0x112>
;;                  auipc  s10, 0x0
;;                  addi  s10, s10, -0x3ae
;;                  slli  a6, a3, 0x3
;;                  add  a6, a6, s10
;;                  lw  a6, 0x0(a6)
;;                  add  s10, s10, a6
;;                  sw  a7, 0x80(sp)
;;                  sw  s7, 0x84(sp)
;;                  sw  s5, 0x88(sp)
;;                  sw  s3, 0x8c(sp)
;;                  sw  t2, 0x90(sp)
;;                  sw  t1, 0x94(sp)
;;                  sw  t0, 0x98(sp)
;;                  sw  t4, 0x9c(sp)
;;                  sw  t3, 0xa0(sp)
;;                  sw  s0, 0xa4(sp)
;;                  sw  s8, 0xa8(sp)
;;                  sw  s6, 0xac(sp)
;;                  sw  s4, 0xb0(sp)
;;                  sw  s2, 0xb4(sp)
;;                  sw  s11, 0xb8(sp)
;;                  sw  s9, 0xbc(sp)
;;                  lw  a7, 0x38(sp)
;;                  sw  a7, 0xc0(sp)
;;                  lw  s7, 0x34(sp)
;;                  sw  s7, 0xc4(sp)
;;                  lw  s5, 0x30(sp)
;;                  sw  s5, 0xc8(sp)
;;                  lw  s3, 0x2c(sp)
;;                  sw  s3, 0xcc(sp)
;;                  lw  t2, 0x28(sp)
;;                  sw  t2, 0xd0(sp)
;;                  lw  t1, 0x24(sp)
;;                  sw  t1, 0xd4(sp)
;;                  lw  t0, 0x20(sp)
;;                  sw  t0, 0xd8(sp)
;;                  lw  t4, 0x1c(sp)
;;                  sw  t4, 0xdc(sp)
;;                  lw  a7, 0x18(sp)
;;                  sw  a7, 0xe0(sp)
;;                  lw  a6, 0x14(sp)
;;                  sw  a6, 0xe4(sp)
;;                  lw  t0, 0x10(sp)
;;                  sw  t0, 0xe8(sp)
;;                  lw  t0, 0xc(sp)
;;                  sw  t0, 0xec(sp)
;;                  sw  a3, 0xf0(sp)
;;                  lw  t0, 0x8(sp)
;;                  sw  t0, 0xf4(sp)
;;                  lw  t0, 0x4(sp)
;;                  sw  t0, 0xf8(sp)
;;                  lw  t0, 0x0(sp)
;;                  sw  t0, 0xfc(sp)
;;                  lw  a3, 0x44(sp)
;;                  lw  a6, 0x40(sp)
;;                  lw  a7, 0x3c(sp)
;;                  mv  t6, s10
;;                  lw  s0, 0x54(sp)
;;                  lw  s2, 0x58(sp)
;;                  lw  s3, 0x5c(sp)
;;                  lw  s4, 0x60(sp)
;;                  lw  s5, 0x64(sp)
;;                  lw  s6, 0x68(sp)
;;                  lw  s7, 0x6c(sp)
;;                  lw  s8, 0x70(sp)
;;                  lw  s9, 0x74(sp)
;;                  lw  s10, 0x78(sp)
;;                  lw  s11, 0x7c(sp)
;;                  addi  sp, sp, 0x80
;;                  jr  t6
;;                  jal  t0, 0x50 <trap[TableOutOfBounds]>
;;                  unimp
;; <sum_with_constant>:
;;                  addi  t0, a0, 0x4
;;                  lui  t1, 0x10
;;                  addi  t1, t1, -0xc
;;                  bltu  t1, t0, 0x486 <sum_with_constant+0x16>
;;                  add  t1, s1, a0
;;                  lw  a0, 0x3c(t1)
;;                  ret
;;                  jal  t0, 0x40 <trap[MemoryOutOfBounds]>
;;                  unimp
;; <select_by_widened>:
;;                  mv  t0, a0
;;                  mv  a0, a1
;;                  bge  t0, a1, 0x496 <select_by_widened+0xa>
;;                  mv  a0, t0
;;                  ret
