;;! code = cortex-m3 rv32imac
;; Arithmetic of pairs of words: constants.
(module
  (func $add_small (param i64) (result i64) (i64.add (local.get 0) (i64.const 5)))
  (func $add_negative (param i64) (result i64) (i64.add (local.get 0) (i64.const -5)))
  (func $add_very_negative (param i64) (result i64) (i64.add (local.get 0) (i64.const -0x123456789)))
  (func $add_large (param i64) (result i64) (i64.add (local.get 0) (i64.const 0x123456789)))
  (func $add_upper (param i64) (result i64) (i64.add (local.get 0) (i64.const 0x500000000)))
  (func $sub_from (param i64) (result i64) (i64.sub (i64.const 100) (local.get 0)))
  (func $sub_const (param i64) (result i64) (i64.sub (local.get 0) (i64.const 7)))
  (func $negate (param i64) (result i64) (i64.sub (i64.const 0) (local.get 0)))
  (func $mul_ten (param i64) (result i64) (i64.mul (local.get 0) (i64.const 10)))
  (func $mul_high_one (param i64) (result i64) (i64.mul (local.get 0) (i64.const 0x100000003)))
  (func $mul_minus_three (param i64) (result i64) (i64.mul (local.get 0) (i64.const -3)))
  (func $mul_large (param i64) (result i64) (i64.mul (local.get 0) (i64.const 0x1234500006789)))
  (func $and_word (param i64) (result i64) (i64.and (local.get 0) (i64.const 0xffffffff)))
  (func $not (param i64) (result i64) (i64.xor (local.get 0) (i64.const -1)))
  (func $or_const (param i64) (result i64) (i64.or (local.get 0) (i64.const 0x100000001)))
  (func $and_low (param i64) (result i64) (i64.and (local.get 0) (i64.const 0xff)))
  (func $shl_0 (param i64) (result i64) (i64.shl (local.get 0) (i64.const 64)))
  (func $shl_3 (param i64) (result i64) (i64.shl (local.get 0) (i64.const 3)))
  (func $shl_40 (param i64) (result i64) (i64.shl (local.get 0) (i64.const 40)))
  (func $shr_u_3 (param i64) (result i64) (i64.shr_u (local.get 0) (i64.const 3)))
  (func $shr_u_32 (param i64) (result i64) (i64.shr_u (local.get 0) (i64.const 32)))
  (func $shr_u_40 (param i64) (result i64) (i64.shr_u (local.get 0) (i64.const 40)))
  (func $shr_s_3 (param i64) (result i64) (i64.shr_s (local.get 0) (i64.const 3)))
  (func $shr_s_40 (param i64) (result i64) (i64.shr_s (local.get 0) (i64.const 40)))
  (func $rotl_7 (param i64) (result i64) (i64.rotl (local.get 0) (i64.const 7)))
  (func $rotr_32 (param i64) (result i64) (i64.rotr (local.get 0) (i64.const 32)))
  (func $rotl_45 (param i64) (result i64) (i64.rotl (local.get 0) (i64.const 45)))
  (func $div_ten (param i64) (result i64) (i64.div_s (local.get 0) (i64.const 10)))
  (func $div_ten_u (param i64) (result i64) (i64.div_u (local.get 0) (i64.const 10)))
  (func $div_minus_one (param i64) (result i64) (i64.div_s (local.get 0) (i64.const -1)))
  (func $rem_const (param i64) (result i64) (i64.rem_u (local.get 0) (i64.const 1000)))
  (func $upper_word (param i64) (result i32) (i32.wrap_i64 (i64.shr_u (local.get 0) (i64.const 32))))
  (func $upper_word_as_pair (param i64) (result i64) (i64.shr_u (local.get 0) (i64.const 32)))
  (func $sum_with_upper_word (param i64 i64) (result i64) (i64.add (i64.shr_u (local.get 0) (i64.const 32)) (local.get 1)))
  (func $sum_with_masked (param i64 i64) (result i64) (i64.add (i64.and (local.get 0) (i64.const 0xfff)) (local.get 1)))
  (func $choose (param i64 i64 i64) (result i64) (i64.or (i64.and (local.get 0) (local.get 1)) (i64.and (i64.xor (local.get 0) (i64.const -1)) (local.get 2))))
  (func $shl_by_word (param i64 i32) (result i64) (i64.shl (local.get 0) (i64.extend_i32_u (local.get 1))))
  (func $byte_swap (param i64) (result i64) (i64.or (i64.or (i64.or (i64.shl (local.get 0) (i64.const 56)) (i64.shl (i64.and (local.get 0) (i64.const 0xff00)) (i64.const 40))) (i64.or (i64.shl (i64.and (local.get 0) (i64.const 0xff0000)) (i64.const 24)) (i64.shl (i64.and (local.get 0) (i64.const 0xff000000)) (i64.const 8)))) (i64.or (i64.or (i64.and (i64.shr_u (local.get 0) (i64.const 8)) (i64.const 0xff000000)) (i64.and (i64.shr_u (local.get 0) (i64.const 24)) (i64.const 0xff0000))) (i64.or (i64.and (i64.shr_u (local.get 0) (i64.const 40)) (i64.const 0xff00)) (i64.shr_u (local.get 0) (i64.const 56))))))
)

;; ---- expected ----
;; ;; add_small
;; function u0:0(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0059                               v3 = iconst.i64 5
;; @005b                               v4 = iadd v1, v3  ; v3 = 5
;; @005c                               return v4
;; }
;;
;; ;; add_negative
;; function u0:1(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0061                               v3 = iconst.i64 -5
;; @0063                               v4 = iadd v1, v3  ; v3 = -5
;; @0064                               return v4
;; }
;;
;; ;; add_very_negative
;; function u0:2(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0069                               v3 = iconst.i64 -4886718345
;; @006f                               v4 = iadd v1, v3  ; v3 = -4886718345
;; @0070                               return v4
;; }
;;
;; ;; add_large
;; function u0:3(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0075                               v3 = iconst.i64 0x0001_2345_6789
;; @007b                               v4 = iadd v1, v3  ; v3 = 0x0001_2345_6789
;; @007c                               return v4
;; }
;;
;; ;; add_upper
;; function u0:4(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0081                               v3 = iconst.i64 0x0005_0000_0000
;; @0088                               v4 = iadd v1, v3  ; v3 = 0x0005_0000_0000
;; @0089                               return v4
;; }
;;
;; ;; sub_from
;; function u0:5(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @008c                               v3 = iconst.i64 100
;; @0091                               v4 = isub v3, v1  ; v3 = 100
;; @0092                               return v4
;; }
;;
;; ;; sub_const
;; function u0:6(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0097                               v3 = iconst.i64 7
;; @0099                               v4 = isub v1, v3  ; v3 = 7
;; @009a                               return v4
;; }
;;
;; ;; negate
;; function u0:7(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v5 = ineg v1
;; @00a2                               return v5
;; }
;;
;; ;; mul_ten
;; function u0:8(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00a7                               v3 = iconst.i64 10
;; @00a9                               v4 = imul v1, v3  ; v3 = 10
;; @00aa                               return v4
;; }
;;
;; ;; mul_high_one
;; function u0:9(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00af                               v3 = iconst.i64 0x0001_0000_0003
;; @00b5                               v4 = imul v1, v3  ; v3 = 0x0001_0000_0003
;; @00b6                               return v4
;; }
;;
;; ;; mul_minus_three
;; function u0:10(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00bb                               v3 = iconst.i64 -3
;; @00bd                               v4 = imul v1, v3  ; v3 = -3
;; @00be                               return v4
;; }
;;
;; ;; mul_large
;; function u0:11(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00c3                               v3 = iconst.i64 0x0001_2345_0000_6789
;; @00cc                               v4 = imul v1, v3  ; v3 = 0x0001_2345_0000_6789
;; @00cd                               return v4
;; }
;;
;; ;; and_word
;; function u0:12(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00d2                               v3 = iconst.i64 0xffff_ffff
;; @00d8                               v4 = band v1, v3  ; v3 = 0xffff_ffff
;; @00d9                               return v4
;; }
;;
;; ;; not
;; function u0:13(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v5 = bnot v1
;; @00e1                               return v5
;; }
;;
;; ;; or_const
;; function u0:14(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00e6                               v3 = iconst.i64 0x0001_0000_0001
;; @00ec                               v4 = bor v1, v3  ; v3 = 0x0001_0000_0001
;; @00ed                               return v4
;; }
;;
;; ;; and_low
;; function u0:15(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00f2                               v3 = iconst.i64 255
;; @00f5                               v4 = band v1, v3  ; v3 = 255
;; @00f6                               return v4
;; }
;;
;; ;; shl_0
;; function u0:16(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00ff                               return v1
;; }
;;
;; ;; shl_3
;; function u0:17(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0104                               v3 = iconst.i64 3
;; @0106                               v4 = ishl v1, v3  ; v3 = 3
;; @0107                               return v4
;; }
;;
;; ;; shl_40
;; function u0:18(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @010c                               v3 = iconst.i64 40
;; @010e                               v4 = ishl v1, v3  ; v3 = 40
;; @010f                               return v4
;; }
;;
;; ;; shr_u_3
;; function u0:19(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0114                               v3 = iconst.i64 3
;; @0116                               v4 = ushr v1, v3  ; v3 = 3
;; @0117                               return v4
;; }
;;
;; ;; shr_u_32
;; function u0:20(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @011c                               v3 = iconst.i64 32
;; @011e                               v4 = ushr v1, v3  ; v3 = 32
;; @011f                               return v4
;; }
;;
;; ;; shr_u_40
;; function u0:21(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0124                               v3 = iconst.i64 40
;; @0126                               v4 = ushr v1, v3  ; v3 = 40
;; @0127                               return v4
;; }
;;
;; ;; shr_s_3
;; function u0:22(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @012c                               v3 = iconst.i64 3
;; @012e                               v4 = sshr v1, v3  ; v3 = 3
;; @012f                               return v4
;; }
;;
;; ;; shr_s_40
;; function u0:23(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0134                               v3 = iconst.i64 40
;; @0136                               v4 = sshr v1, v3  ; v3 = 40
;; @0137                               return v4
;; }
;;
;; ;; rotl_7
;; function u0:24(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @013c                               v3 = iconst.i64 7
;; @013e                               v4 = rotl v1, v3  ; v3 = 7
;; @013f                               return v4
;; }
;;
;; ;; rotr_32
;; function u0:25(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0144                               v3 = iconst.i64 32
;; @0146                               v4 = rotr v1, v3  ; v3 = 32
;; @0147                               return v4
;; }
;;
;; ;; rotl_45
;; function u0:26(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @014c                               v3 = iconst.i64 45
;; @014e                               v4 = rotl v1, v3  ; v3 = 45
;; @014f                               return v4
;; }
;;
;; ;; div_ten
;; function u0:27(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v5 = iconst.i64 0x6666_6666_6666_6667
;;                                     v6 = smulhi v1, v5  ; v5 = 0x6666_6666_6666_6667
;;                                     v7 = iconst.i64 2
;;                                     v8 = sshr v6, v7  ; v7 = 2
;;                                     v9 = iconst.i64 63
;;                                     v10 = ushr v8, v9  ; v9 = 63
;;                                     v11 = iadd v8, v10
;; @0157                               return v11
;; }
;;
;; ;; div_ten_u
;; function u0:28(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v5 = iconst.i64 -3689348814741910323
;;                                     v6 = umulhi v1, v5  ; v5 = -3689348814741910323
;;                                     v7 = iconst.i64 3
;;                                     v8 = ushr v6, v7  ; v7 = 3
;; @015f                               return v8
;; }
;;
;; ;; div_minus_one
;; function u0:29(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0164                               v3 = iconst.i64 -1
;; @0166                               v4 = sdiv v1, v3  ; v3 = -1
;; @0167                               return v4
;; }
;;
;; ;; rem_const
;; function u0:30(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v5 = iconst.i64 0x0624_dd2f_1a9f_be77
;;                                     v6 = umulhi v1, v5  ; v5 = 0x0624_dd2f_1a9f_be77
;;                                     v7 = isub v1, v6
;;                                     v8 = iconst.i64 1
;;                                     v9 = ushr v7, v8  ; v8 = 1
;;                                     v10 = iadd v6, v9
;;                                     v11 = iconst.i64 9
;;                                     v12 = ushr v10, v11  ; v11 = 9
;; @016c                               v3 = iconst.i64 1000
;;                                     v13 = imul v12, v3  ; v3 = 1000
;;                                     v14 = isub v1, v13
;; @0170                               return v14
;; }
;;
;; ;; upper_word
;; function u0:31(i32 vmctx, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0175                               v3 = iconst.i64 32
;; @0177                               v4 = ushr v1, v3  ; v3 = 32
;; @0178                               v5 = ireduce.i32 v4
;; @0179                               return v5
;; }
;;
;; ;; upper_word_as_pair
;; function u0:32(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @017e                               v3 = iconst.i64 32
;; @0180                               v4 = ushr v1, v3  ; v3 = 32
;; @0181                               return v4
;; }
;;
;; ;; sum_with_upper_word
;; function u0:33(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0186                               v4 = iconst.i64 32
;; @0188                               v5 = ushr v1, v4  ; v4 = 32
;; @018b                               v6 = iadd v5, v2
;; @018c                               return v6
;; }
;;
;; ;; sum_with_masked
;; function u0:34(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0191                               v4 = iconst.i64 4095
;; @0194                               v5 = band v1, v4  ; v4 = 4095
;; @0197                               v6 = iadd v5, v2
;; @0198                               return v6
;; }
;;
;; ;; choose
;; function u0:35(i32 vmctx, i64, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64, v3: i64):
;; @019f                               v5 = band v1, v2
;;                                     v10 = bnot v1
;; @01a7                               v8 = band v10, v3
;; @01a8                               v9 = bor v5, v8
;; @01a9                               return v9
;; }
;;
;; ;; shl_by_word
;; function u0:36(i32 vmctx, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;;                                     v6 = ishl v1, v2
;; @01b2                               return v6
;; }
;;
;; ;; byte_swap
;; function u0:37(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;;                                     v38 = bswap v1
;; @0208                               return v38
;; }
;;
;;
;; ---- cortex-m3 ----
;; <trap[IntegerOverflow]>:
;;                  movs  r0, #0x7
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <add_small>:
;;                  adds  r0, r0, #0x5
;;                  adc  r1, r1, #0x0
;;                  bx  lr
;; <add_negative>:
;;                  subs  r0, r0, #0x5
;;                  sbc  r1, r1, #0x0
;;                  bx  lr
;; <add_very_negative>:
;;                  movw  r2, #0x6789
;;                  movt  r2, #0x2345
;;                  subs  r0, r0, r2
;;                  sbc  r1, r1, #0x1
;;                  bx  lr
;; <add_large>:
;;                  movw  r2, #0x6789
;;                  movt  r2, #0x2345
;;                  adds  r0, r0, r2
;;                  adc  r1, r1, #0x1
;;                  bx  lr
;; <add_upper>:
;;                  adds  r1, r1, #0x5
;;                  bx  lr
;; <sub_from>:
;;                  movs  r2, #0x64
;;                  movs  r3, #0x0
;;                  subs  r0, r2, r0
;;                  sbc.w  r1, r3, r1
;;                  bx  lr
;; <sub_const>:
;;                  subs  r0, r0, #0x7
;;                  sbc  r1, r1, #0x0
;;                  bx  lr
;; <negate>:
;;                  rsbs  r0, r0, #0
;;                  sbc.w  r1, r1, r1, lsl #1
;;                  bx  lr
;; <mul_ten>:
;;                  movs  r2, #0xa
;;                  mul  r12, r1, r2
;;                  umull  r0, r1, r0, r2
;;                  add  r1, r12
;;                  bx  lr
;;                  movs  r0, r0
;; <mul_high_one>:
;;                  movs  r2, #0x3
;;                  movs  r3, #0x1
;;                  mul  r12, r1, r2
;;                  mla  r12, r0, r3, r12
;;                  umull  r0, r1, r0, r2
;;                  add  r1, r12
;;                  bx  lr
;; <mul_minus_three>:
;;                  mvn  r2, #0x2
;;                  mov.w  r3, #0xffffffff
;;                  mul  r12, r1, r2
;;                  mla  r12, r0, r3, r12
;;                  umull  r0, r1, r0, r2
;;                  add  r1, r12
;;                  bx  lr
;; <mul_large>:
;;                  movw  r2, #0x6789
;;                  movw  r3, #0x2345
;;                  movt  r3, #0x1
;;                  mul  r12, r1, r2
;;                  mla  r12, r0, r3, r12
;;                  umull  r0, r1, r0, r2
;;                  add  r1, r12
;;                  bx  lr
;; <and_word>:
;;                  movs  r1, #0x0
;;                  bx  lr
;; <not>:
;;                  mvns  r0, r0
;;                  mvns  r1, r1
;;                  bx  lr
;;                  movs  r0, r0
;; <or_const>:
;;                  orr  r0, r0, #0x1
;;                  orr  r1, r1, #0x1
;;                  bx  lr
;;                  movs  r0, r0
;; <and_low>:
;;                  uxtb  r0, r0
;;                  movs  r1, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <shl_0>:
;;                  bx  lr
;;                  movs  r0, r0
;; <shl_3>:
;;                  lsls  r1, r1, #0x3
;;                  orr.w  r1, r1, r0, lsr #29
;;                  lsls  r0, r0, #0x3
;;                  bx  lr
;;                  movs  r0, r0
;; <shl_40>:
;;                  lsls  r1, r0, #0x8
;;                  movs  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <shr_u_3>:
;;                  lsls  r2, r1, #0x1d
;;                  orr.w  r0, r2, r0, lsr #3
;;                  lsrs  r1, r1, #0x3
;;                  bx  lr
;;                  movs  r0, r0
;; <shr_u_32>:
;;                  mov  r0, r1
;;                  movs  r1, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <shr_u_40>:
;;                  lsrs  r0, r1, #0x8
;;                  movs  r1, #0x0
;;                  movs  r1, #0x0
;;                  bx  lr
;; <shr_s_3>:
;;                  lsls  r2, r1, #0x1d
;;                  orr.w  r0, r2, r0, lsr #3
;;                  asrs  r1, r1, #0x3
;;                  bx  lr
;;                  movs  r0, r0
;; <shr_s_40>:
;;                  asrs  r0, r1, #0x8
;;                  asrs  r1, r1, #0x1f
;;                  bx  lr
;;                  movs  r0, r0
;; <rotl_7>:
;;                  mov  r2, r1
;;                  lsls  r1, r2, #0x7
;;                  orr.w  r1, r1, r0, lsr #25
;;                  lsls  r0, r0, #0x7
;;                  orr.w  r0, r0, r2, lsr #25
;;                  bx  lr
;; <rotr_32>:
;;                  mov  r2, r0
;;                  mov  r0, r1
;;                  mov  r1, r2
;;                  bx  lr
;; <rotl_45>:
;;                  lsls  r2, r0, #0xd
;;                  orr.w  r2, r2, r1, lsr #19
;;                  lsls  r1, r1, #0xd
;;                  orr.w  r0, r1, r0, lsr #19
;;                  mov  r1, r2
;;                  bx  lr
;; <div_ten>:
;;                  push.w  {r4, r5, r6, r7, r8}
;;                  sub  sp, #0x4
;;                  movw  r2, #0x6667
;;                  movt  r2, #0x6666
;;                  umull  r12, r2, r0, r2
;;                  mov.w  r3, #0x66666666
;;                  umull  r4, r3, r0, r3
;;                  movw  r5, #0x6667
;;                  movt  r5, #0x6666
;;                  umull  r6, r5, r1, r5
;;                  mov.w  r7, #0x66666666
;;                  umull  r8, r7, r1, r7
;;                  adds  r2, r4, r2
;;                  adc  r3, r3, #0x0
;;                  adds  r4, r6, r2
;;                  adc  r2, r5, #0x0
;;                  adds.w  r4, r8, r3
;;                  adc  r3, r7, #0x0
;;                  adds.w  r12, r4, r2
;;                  adc  r2, r3, #0x0
;;                  mov  r3, r12
;;                  asrs  r4, r1, #0x1f
;;                  movw  r5, #0x6667
;;                  movt  r5, #0x6666
;;                  ands  r5, r4
;;                  and  r4, r4, #0x66666666
;;                  subs  r3, r3, r5
;;                  sbcs  r2, r4
;;                  mov.w  r4, #0x66666666
;;                  asrs  r4, r4, #0x1f
;;                  ands  r0, r4
;;                  ands  r1, r4
;;                  subs.w  r12, r3, r0
;;                  sbc.w  r0, r2, r1
;;                  mov  r1, r12
;;                  lsls  r2, r0, #0x1e
;;                  orr.w  r1, r2, r1, lsr #2
;;                  asrs  r0, r0, #0x2
;;                  lsrs  r2, r0, #0x1f
;;                  movs  r3, #0x0
;;                  adds.w  r12, r1, r2
;;                  adc  r1, r0, #0x0
;;                  mov  r0, r12
;;                  add  sp, #0x4
;;                  pop.w  {r4, r5, r6, r7, r8}
;;                  bx  lr
;;                  movs  r0, r0
;; <div_ten_u>:
;;                  push.w  {r4, r5, r10}
;;                  sub  sp, #0x4
;;                  movw  r2, #0xcccd
;;                  movt  r2, #0xcccc
;;                  umull  r12, r10, r0, r2
;;                  mov.w  r2, #0xcccccccc
;;                  umull  r3, r2, r0, r2
;;                  movw  r0, #0xcccd
;;                  movt  r0, #0xcccc
;;                  umull  r5, r4, r1, r0
;;                  mov.w  r0, #0xcccccccc
;;                  umull  r1, r0, r1, r0
;;                  adds.w  r12, r3, r10
;;                  adc  r3, r2, #0x0
;;                  mov  r2, r12
;;                  adds.w  r12, r5, r2
;;                  adc  r2, r4, #0x0
;;                  mov  r4, r12
;;                  adds  r1, r1, r3
;;                  adc  r0, r0, #0x0
;;                  adds  r1, r1, r2
;;                  adc  r3, r0, #0x0
;;                  lsls  r2, r3, #0x1d
;;                  orr.w  r0, r2, r1, lsr #3
;;                  lsrs  r1, r3, #0x3
;;                  add  sp, #0x4
;;                  pop.w  {r4, r5, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <div_minus_one>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  eor  r2, r1, #0x80000000
;;                  orrs  r2, r0
;;                  mov.w  r3, #0xffffffff
;;                  mvns  r3, r3
;;                  orrs  r2, r3
;;                  cbz  r2, 0x25e <div_minus_one+0x2a> @ imm = #0x14
;;                  mov.w  r2, #0xffffffff
;;                  mov.w  r3, #0xffffffff
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x14]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  bl  0x0 <trap[IntegerOverflow]> @ imm = #-0x262
;;                  movs  r0, r0
;; <rem_const>:
;;                  push.w  {r4, r5, r6, r7, r8}
;;                  sub  sp, #0x4
;;                  movw  r2, #0xbe77
;;                  movt  r2, #0x1a9f
;;                  umull  r12, r2, r0, r2
;;                  movw  r3, #0xdd2f
;;                  movt  r3, #0x624
;;                  umull  r4, r3, r0, r3
;;                  movw  r5, #0xbe77
;;                  movt  r5, #0x1a9f
;;                  umull  r6, r5, r1, r5
;;                  movw  r7, #0xdd2f
;;                  movt  r7, #0x624
;;                  umull  r8, r7, r1, r7
;;                  adds  r2, r4, r2
;;                  adc  r3, r3, #0x0
;;                  adds  r4, r6, r2
;;                  adc  r2, r5, #0x0
;;                  adds.w  r4, r8, r3
;;                  adc  r3, r7, #0x0
;;                  adds.w  r12, r4, r2
;;                  adc  r2, r3, #0x0
;;                  mov  r3, r12
;;                  subs  r5, r0, r3
;;                  sbc.w  r4, r1, r2
;;                  lsls  r6, r4, #0x1f
;;                  orr.w  r5, r6, r5, lsr #1
;;                  lsrs  r4, r4, #0x1
;;                  adds  r3, r3, r5
;;                  adcs  r2, r4
;;                  lsls  r4, r2, #0x17
;;                  orr.w  r3, r4, r3, lsr #9
;;                  lsrs  r2, r2, #0x9
;;                  mov.w  r4, #0x3e8
;;                  mul  r12, r2, r4
;;                  umull  r3, r2, r3, r4
;;                  add  r2, r12
;;                  subs  r0, r0, r3
;;                  sbcs  r1, r2
;;                  add  sp, #0x4
;;                  pop.w  {r4, r5, r6, r7, r8}
;;                  bx  lr
;; <upper_word>:
;;                  mov  r0, r1
;;                  bx  lr
;; <upper_word_as_pair>:
;;                  mov  r0, r1
;;                  movs  r1, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <sum_with_upper_word>:
;;                  movs  r0, #0x0
;;                  adds.w  r12, r1, r2
;;                  adc.w  r1, r0, r3
;;                  mov  r0, r12
;;                  bx  lr
;;                  movs  r0, r0
;; <sum_with_masked>:
;;                  ubfx  r0, r0, #0x0, #0xc
;;                  movs  r1, #0x0
;;                  adds  r0, r0, r2
;;                  adcs  r1, r3
;;                  bx  lr
;; <choose>:
;;                  push.w  {r5, r7, r11, lr}
;;                  ldr  r5, [sp, #0x10]
;;                  ldr  r7, [sp, #0x14]
;;                  and.w  r11, r0, r2
;;                  and.w  lr, r1, r3
;;                  mvns  r2, r0
;;                  mvns  r0, r1
;;                  and.w  r1, r2, r5
;;                  ands  r0, r7
;;                  orr.w  r2, r11, r1
;;                  orr.w  r1, lr, r0
;;                  mov  r0, r2
;;                  pop.w  {r5, r7, r11, lr}
;;                  add  sp, #0x8
;;                  bx  lr
;; <shl_by_word>:
;;                  mov  r3, r0
;;                  mov  r0, r1
;;                  and  r1, r2, #0x3f
;;                  rsb.w  r12, r1, #0x20
;;                  lsr.w  r12, r3, r12
;;                  lsl.w  r2, r0, r1
;;                  orr.w  r2, r2, r12
;;                  sub.w  r12, r1, #0x20
;;                  lsl.w  r12, r3, r12
;;                  orr.w  r2, r2, r12
;;                  lsl.w  r0, r3, r1
;;                  mov  r1, r2
;;                  bx  lr
;; <byte_swap>:
;;                  mov  r2, r0
;;                  rev  r0, r1
;;                  mov  r1, r2
;;                  rev  r1, r1
;;                  bx  lr
;;
;; ---- rv32imac ----
;; <trap[IntegerOverflow]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x7
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <add_small>:
;;                  addi  a0, a0, 0x5
;;                  sltiu  t1, a0, 0x5
;;                  add  a1, a1, t1
;;                  ret
;;                  unimp
;; <add_negative>:
;;                  addi  t0, a0, -0x5
;;                  sltiu  t1, a0, 0x5
;;                  sub  a1, a1, t1
;;                  mv  a0, t0
;;                  ret
;; <add_very_negative>:
;;                  lui  t0, 0xdcbaa
;;                  addi  t0, t0, -0x789
;;                  add  t0, t0, a0
;;                  sltu  a0, t0, a0
;;                  addi  a1, a1, -0x2
;;                  add  a1, a1, a0
;;                  mv  a0, t0
;;                  ret
;;                  unimp
;; <add_large>:
;;                  lui  t0, 0x23456
;;                  addi  t0, t0, 0x789
;;                  add  t0, t0, a0
;;                  sltu  a0, t0, a0
;;                  addi  a1, a1, 0x1
;;                  add  a1, a1, a0
;;                  mv  a0, t0
;;                  ret
;;                  unimp
;; <add_upper>:
;;                  addi  t1, a1, 0x5
;;                  mv  a1, t1
;;                  ret
;; <sub_from>:
;;                  li  t1, 0x64
;;                  sltu  t1, t1, a0
;;                  li  a2, 0x64
;;                  sub  a0, a2, a0
;;                  neg  a2, a1
;;                  sub  a1, a2, t1
;;                  ret
;;                  unimp
;; <sub_const>:
;;                  addi  t0, a0, -0x7
;;                  sltiu  t1, a0, 0x7
;;                  sub  a1, a1, t1
;;                  mv  a0, t0
;;                  ret
;; <negate>:
;;                  snez  t0, a0
;;                  neg  a0, a0
;;                  neg  a1, a1
;;                  sub  a1, a1, t0
;;                  ret
;;                  unimp
;; <mul_ten>:
;;                  li  t1, 0xa
;;                  mul  t1, a1, t1
;;                  li  a1, 0xa
;;                  mulhu  a1, a0, a1
;;                  add  a1, a1, t1
;;                  li  a4, 0xa
;;                  mul  a0, a0, a4
;;                  ret
;;                  unimp
;; <mul_high_one>:
;;                  li  t1, 0x3
;;                  mul  t1, a1, t1
;;                  li  a1, 0x3
;;                  mulhu  a1, a0, a1
;;                  add  a3, a1, a0
;;                  add  a1, a3, t1
;;                  li  a6, 0x3
;;                  mul  a0, a0, a6
;;                  ret
;; <mul_minus_three>:
;;                  li  t1, -0x3
;;                  mul  t1, a1, t1
;;                  li  a1, -0x3
;;                  mulhu  a1, a0, a1
;;                  sub  a3, a1, a0
;;                  add  a1, a3, t1
;;                  li  a6, -0x3
;;                  mul  a0, a0, a6
;;                  ret
;; <mul_large>:
;;                  lui  t1, 0x12
;;                  addi  t1, t1, 0x345
;;                  mul  t1, a0, t1
;;                  lui  a2, 0x6
;;                  addi  a2, a2, 0x789
;;                  mul  a1, a1, a2
;;                  lui  a4, 0x6
;;                  addi  a4, a4, 0x789
;;                  mulhu  a4, a0, a4
;;                  add  a7, a4, t1
;;                  add  a1, a1, a7
;;                  lui  t3, 0x6
;;                  addi  t3, t3, 0x789
;;                  mul  a0, a0, t3
;;                  ret
;; <and_word>:
;;                  li  a1, 0x0
;;                  ret
;; <not>:
;;                  not  a0, a0
;;                  not  a1, a1
;;                  ret
;;                  unimp
;; <or_const>:
;;                  ori  a0, a0, 0x1
;;                  ori  a1, a1, 0x1
;;                  ret
;;                  unimp
;; <and_low>:
;;                  andi  a0, a0, 0xff
;;                  li  a1, 0x0
;;                  ret
;; <shl_0>:
;;                  ret
;;                  unimp
;; <shl_3>:
;;                  slli  t0, a1, 0x3
;;                  srli  t2, a0, 0x1d
;;                  or  a1, t0, t2
;;                  slli  a0, a0, 0x3
;;                  ret
;; <shl_40>:
;;                  slli  a1, a0, 0x8
;;                  li  a0, 0x0
;;                  ret
;; <shr_u_3>:
;;                  slli  t0, a1, 0x1d
;;                  srli  t2, a0, 0x3
;;                  or  a0, t0, t2
;;                  srli  a1, a1, 0x3
;;                  ret
;; <shr_u_32>:
;;                  mv  a0, a1
;;                  li  a1, 0x0
;;                  ret
;;                  unimp
;; <shr_u_40>:
;;                  srli  a0, a1, 0x8
;;                  li  a1, 0x0
;;                  ret
;; <shr_s_3>:
;;                  slli  t0, a1, 0x1d
;;                  srli  t2, a0, 0x3
;;                  or  a0, t0, t2
;;                  srai  a1, a1, 0x3
;;                  ret
;; <shr_s_40>:
;;                  srai  a0, a1, 0x8
;;                  srai  a1, a1, 0x1f
;;                  ret
;; <rotl_7>:
;;                  slli  t0, a1, 0x7
;;                  srli  t2, a0, 0x19
;;                  or  t1, t0, t2
;;                  slli  a0, a0, 0x7
;;                  srli  a2, a1, 0x19
;;                  or  a0, a0, a2
;;                  mv  a1, t1
;;                  ret
;; <rotr_32>:
;;                  mv  t1, a0
;;                  mv  a0, a1
;;                  mv  a1, t1
;;                  ret
;; <rotl_45>:
;;                  slli  t0, a0, 0xd
;;                  srli  t2, a1, 0x13
;;                  or  t1, t0, t2
;;                  slli  a1, a1, 0xd
;;                  srli  a2, a0, 0x13
;;                  or  a0, a1, a2
;;                  mv  a1, t1
;;                  ret
;;                  unimp
;; <div_ten>:
;;                  lui  a4, 0x66666
;;                  addi  a4, a4, 0x667
;;                  mulhu  a4, a0, a4
;;                  lui  t3, 0x66666
;;                  addi  t3, t3, 0x666
;;                  mul  t3, a0, t3
;;                  lui  t4, 0x66666
;;                  addi  t4, t4, 0x666
;;                  mulhu  t0, a0, t4
;;                  lui  t4, 0x66666
;;                  addi  t4, t4, 0x667
;;                  mul  t4, a1, t4
;;                  lui  t1, 0x66666
;;                  addi  t1, t1, 0x667
;;                  mulhu  t2, a1, t1
;;                  lui  t1, 0x66666
;;                  addi  t1, t1, 0x666
;;                  mul  t1, a1, t1
;;                  lui  a2, 0x66666
;;                  addi  a2, a2, 0x666
;;                  mulhu  a2, a1, a2
;;                  add  a4, a4, t3
;;                  sltu  a3, a4, t3
;;                  add  a3, a3, t0
;;                  add  t0, t4, a4
;;                  sltu  t0, t0, t4
;;                  add  t0, t0, t2
;;                  add  t2, t1, a3
;;                  sltu  t1, t2, t1
;;                  add  t1, t1, a2
;;                  add  t0, t0, t2
;;                  sltu  t2, t0, t2
;;                  add  t1, t1, t2
;;                  srai  a2, a1, 0x1f
;;                  lui  t2, 0x66666
;;                  addi  t2, t2, 0x667
;;                  and  t2, a2, t2
;;                  lui  a3, 0x66666
;;                  addi  a3, a3, 0x666
;;                  and  a2, a2, a3
;;                  sltu  a4, t0, t2
;;                  sub  a3, t0, t2
;;                  sub  a7, t1, a2
;;                  sub  a6, a7, a4
;;                  lui  t3, 0x66666
;;                  addi  t3, t3, 0x666
;;                  srai  t3, t3, 0x1f
;;                  and  t0, t3, a0
;;                  and  t4, t3, a1
;;                  sltu  t3, a3, t0
;;                  sub  t1, a3, t0
;;                  sub  t0, a6, t4
;;                  sub  t0, t0, t3
;;                  slli  t2, t0, 0x1e
;;                  srli  t1, t1, 0x2
;;                  or  t1, t2, t1
;;                  srai  t0, t0, 0x2
;;                  srli  t2, t0, 0x1f
;;                  add  a0, t1, t2
;;                  sltu  t1, a0, t1
;;                  add  a1, t0, t1
;;                  ret
;; <div_ten_u>:
;;                  lui  a2, 0xccccd
;;                  addi  a2, a2, -0x333
;;                  mulhu  a2, a0, a2
;;                  lui  a5, 0xccccd
;;                  addi  a5, a5, -0x334
;;                  mul  a4, a0, a5
;;                  lui  t3, 0xccccd
;;                  addi  t3, t3, -0x334
;;                  mulhu  a7, a0, t3
;;                  lui  t3, 0xccccd
;;                  addi  t3, t3, -0x333
;;                  mul  t3, a1, t3
;;                  lui  t4, 0xccccd
;;                  addi  t4, t4, -0x333
;;                  mulhu  t4, a1, t4
;;                  lui  t0, 0xccccd
;;                  addi  t0, t0, -0x334
;;                  mul  t0, a1, t0
;;                  lui  t1, 0xccccd
;;                  addi  t1, t1, -0x334
;;                  mulhu  t1, a1, t1
;;                  add  a0, a4, a2
;;                  sltu  t2, a0, a4
;;                  add  t2, t2, a7
;;                  add  a0, a0, t3
;;                  sltu  a0, a0, t3
;;                  add  a0, a0, t4
;;                  add  t2, t2, t0
;;                  sltu  t0, t2, t0
;;                  add  t0, t0, t1
;;                  add  t3, t2, a0
;;                  sltu  t1, t3, t2
;;                  add  t0, t0, t1
;;                  slli  t1, t0, 0x1d
;;                  srli  t2, t3, 0x3
;;                  or  a0, t1, t2
;;                  srli  a1, t0, 0x3
;;                  ret
;;                  unimp
;; <div_minus_one>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  lui  t1, 0x80000
;;                  xor  t1, a1, t1
;;                  or  a2, a0, t1
;;                  li  a3, -0x1
;;                  not  a3, a3
;;                  or  a5, a2, a3
;;                  beqz  a5, 0x37c <div_minus_one+0x30>
;;                  li  a2, -0x1
;;                  li  a3, -0x1
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x14(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerOverflow]>
;; <rem_const>:
;;                  lui  t0, 0x1a9fc
;;                  addi  t0, t0, -0x189
;;                  mulhu  t0, a0, t0
;;                  lui  t1, 0x624e
;;                  addi  t1, t1, -0x2d1
;;                  mul  t1, a0, t1
;;                  lui  t2, 0x624e
;;                  addi  t2, t2, -0x2d1
;;                  mulhu  a2, a0, t2
;;                  lui  t2, 0x1a9fc
;;                  addi  t2, t2, -0x189
;;                  mul  t2, a1, t2
;;                  lui  a3, 0x1a9fc
;;                  addi  a3, a3, -0x189
;;                  mulhu  a4, a1, a3
;;                  lui  a3, 0x624e
;;                  addi  a3, a3, -0x2d1
;;                  mul  a3, a1, a3
;;                  lui  a5, 0x624e
;;                  addi  a5, a5, -0x2d1
;;                  mulhu  a5, a1, a5
;;                  add  a6, t1, t0
;;                  sltu  t0, a6, t1
;;                  add  t0, t0, a2
;;                  add  t1, t2, a6
;;                  sltu  t1, t1, t2
;;                  add  t1, t1, a4
;;                  add  a2, a3, t0
;;                  sltu  a3, a2, a3
;;                  add  a3, a3, a5
;;                  add  t0, a2, t1
;;                  sltu  a6, t0, a2
;;                  add  t1, a3, a6
;;                  sltu  t2, a0, t0
;;                  sub  a2, a0, t0
;;                  sub  a3, a1, t1
;;                  sub  t2, a3, t2
;;                  slli  a3, t2, 0x1f
;;                  srli  a2, a2, 0x1
;;                  or  a3, a3, a2
;;                  srli  a2, t2, 0x1
;;                  add  t2, t0, a3
;;                  sltu  t0, t2, t0
;;                  add  t1, t1, a2
;;                  add  t1, t1, t0
;;                  slli  t0, t1, 0x17
;;                  srli  t2, t2, 0x9
;;                  or  t0, t0, t2
;;                  srli  t1, t1, 0x9
;;                  li  t2, 0x3e8
;;                  mul  t1, t1, t2
;;                  li  t2, 0x3e8
;;                  mulhu  t2, t0, t2
;;                  add  t1, t1, t2
;;                  li  t2, 0x3e8
;;                  mul  t2, t0, t2
;;                  sltu  t0, a0, t2
;;                  sub  a0, a0, t2
;;                  sub  t1, a1, t1
;;                  sub  a1, t1, t0
;;                  ret
;;                  unimp
;; <upper_word>:
;;                  mv  a0, a1
;;                  ret
;; <upper_word_as_pair>:
;;                  mv  a0, a1
;;                  li  a1, 0x0
;;                  ret
;;                  unimp
;; <sum_with_upper_word>:
;;                  add  a0, a1, a2
;;                  sltu  a1, a0, a1
;;                  add  a1, a1, a3
;;                  ret
;; <sum_with_masked>:
;;                  li  a1, -0x1
;;                  srli  a1, a1, 0x14
;;                  and  a1, a1, a0
;;                  add  a0, a1, a2
;;                  sltu  a1, a0, a1
;;                  add  a1, a1, a3
;;                  ret
;;                  unimp
;; <choose>:
;;                  and  t3, a0, a2
;;                  and  a2, a1, a3
;;                  not  a6, a0
;;                  not  a7, a1
;;                  and  a6, a6, a4
;;                  and  a7, a7, a5
;;                  or  a0, t3, a6
;;                  or  a1, a2, a7
;;                  ret
;;                  unimp
;; <shl_by_word>:
;;                  not  t1, a2
;;                  srli  a3, a0, 0x1
;;                  srl  a3, a3, t1
;;                  sll  a4, a1, a2
;;                  or  a1, a4, a3
;;                  sll  a0, a0, a2
;;                  andi  t3, a2, 0x20
;;                  beqz  t3, 0x4d6 <shl_by_word+0x22>
;;                  mv  a1, a0
;;                  beqz  t3, 0x4dc <shl_by_word+0x28>
;;                  li  a0, 0x0
;;                  ret
;;                  unimp
;; <byte_swap>:
;;                  lui  t0, 0xff0
;;                  addi  t0, t0, 0xff
;;                  srli  t2, a1, 0x8
;;                  and  a2, t2, t0
;;                  and  a1, a1, t0
;;                  slli  a3, a1, 0x8
;;                  or  a5, a2, a3
;;                  slli  a7, a5, 0x10
;;                  srli  t3, a5, 0x10
;;                  or  a2, a7, t3
;;                  lui  t4, 0xff0
;;                  addi  t4, t4, 0xff
;;                  srli  t3, a0, 0x8
;;                  and  t3, t3, t4
;;                  and  t4, a0, t4
;;                  slli  t0, t4, 0x8
;;                  or  t1, t3, t0
;;                  slli  t0, t1, 0x10
;;                  srli  t1, t1, 0x10
;;                  or  a1, t0, t1
;;                  mv  a0, a2
;;                  ret
