;;! code = cortex-m3 rv32imac
;; Arithmetic of words: constants, and several instructions as one.
(module
  (func $add_small (param i32) (result i32) (i32.add (local.get 0) (i32.const 5)))
  (func $add_negative (param i32) (result i32) (i32.add (local.get 0) (i32.const -5)))
  (func $add_large (param i32) (result i32) (i32.add (local.get 0) (i32.const 0x12345678)))
  (func $add_far (param i32) (result i32) (i32.add (local.get 0) (i32.const -2048)))
  (func $sub_from (param i32) (result i32) (i32.sub (i32.const 100) (local.get 0)))
  (func $sub_const (param i32) (result i32) (i32.sub (local.get 0) (i32.const 7)))
  (func $negate (param i32) (result i32) (i32.sub (i32.const 0) (local.get 0)))
  (func $and_byte (param i32) (result i32) (i32.and (local.get 0) (i32.const 255)))
  (func $and_half (param i32) (result i32) (i32.and (local.get 0) (i32.const 65535)))
  (func $and_low (param i32) (result i32) (i32.and (local.get 0) (i32.const 0x1fff)))
  (func $and_inverse (param i32) (result i32) (i32.and (local.get 0) (i32.const 0xfffffe00)))
  (func $and_zero (param i32) (result i32) (i32.and (local.get 0) (i32.const 0)))
  (func $or_inverse (param i32) (result i32) (i32.or (local.get 0) (i32.const 0xfffffeff)))
  (func $or_const (param i32) (result i32) (i32.or (local.get 0) (i32.const 0x00ff00ff)))
  (func $not (param i32) (result i32) (i32.xor (local.get 0) (i32.const -1)))
  (func $xor_const (param i32) (result i32) (i32.xor (local.get 0) (i32.const 0x100)))
  (func $mul_power (param i32) (result i32) (i32.mul (local.get 0) (i32.const 64)))
  (func $mul_plus (param i32) (result i32) (i32.mul (local.get 0) (i32.const 9)))
  (func $mul_minus (param i32) (result i32) (i32.mul (local.get 0) (i32.const 15)))
  (func $mul_const (param i32) (result i32) (i32.mul (local.get 0) (i32.const 1000003)))
  (func $shl_const (param i32) (result i32) (i32.shl (local.get 0) (i32.const 3)))
  (func $shr_u_const (param i32) (result i32) (i32.shr_u (local.get 0) (i32.const 3)))
  (func $shr_s_const (param i32) (result i32) (i32.shr_s (local.get 0) (i32.const 3)))
  (func $rotl_const (param i32) (result i32) (i32.rotl (local.get 0) (i32.const 7)))
  (func $rotr_const (param i32) (result i32) (i32.rotr (local.get 0) (i32.const 7)))
  (func $div_ten (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 10)))
  (func $div_ten_u (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 10)))
  (func $div_minus_one (param i32) (result i32) (i32.div_s (local.get 0) (i32.const -1)))
  (func $rem_zero (param i32) (result i32) (i32.rem_u (local.get 0) (i32.const 0)))
  (func $constants_inverse (param i32) (result i32) (if (result i32) (local.get 0) (then (i32.const 0xffffff00)) (else (i32.const 0x12345))))
  (func $constant_pair  (result i32) (i32.const 0x12345678))
  (func $constant_half  (result i32) (i32.const 0x1234))
  (func $constant_upper  (result i32) (i32.const 0x12345000))
  (func $constant_mask_shifted  (result i32) (i32.const 0xff800))
  (func $constant_mask  (result i32) (i32.const 0x7ffff))
  (func $constant_shifted  (result i32) (i32.const 0x5800))
  (func $shifted_add (param i32 i32) (result i32) (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 2))))
  (func $shifted_sub (param i32 i32) (result i32) (i32.sub (local.get 0) (i32.shr_u (local.get 1) (i32.const 2))))
  (func $shifted_reverse_sub (param i32 i32) (result i32) (i32.sub (i32.shl (local.get 1) (i32.const 2)) (local.get 0)))
  (func $multiply_add (param i32 i32 i32) (result i32) (i32.add (local.get 0) (i32.mul (local.get 1) (local.get 2))))
  (func $multiply_sub (param i32 i32 i32) (result i32) (i32.sub (local.get 0) (i32.mul (local.get 1) (local.get 2))))
  (func $byte_swap (param i32) (result i32) (i32.or (i32.or (i32.shl (local.get 0) (i32.const 24)) (i32.shl (i32.and (local.get 0) (i32.const 0xff00)) (i32.const 8))) (i32.or (i32.and (i32.shr_u (local.get 0) (i32.const 8)) (i32.const 0xff00)) (i32.shr_u (local.get 0) (i32.const 24)))))
  (func $bits (param i32 i32) (result i32) (i32.shr_u (i32.and (i32.rotl (local.get 0) (local.get 1)) (i32.const 255)) (i32.const 3)))
)

;; ---- expected ----
;; ;; add_small
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0057                               v3 = iconst.i32 5
;; @0059                               v4 = iadd v1, v3  ; v3 = 5
;; @005a                               return v4
;; }
;;
;; ;; add_negative
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @005f                               v3 = iconst.i32 -5
;; @0061                               v4 = iadd v1, v3  ; v3 = -5
;; @0062                               return v4
;; }
;;
;; ;; add_large
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0067                               v3 = iconst.i32 0x1234_5678
;; @006d                               v4 = iadd v1, v3  ; v3 = 0x1234_5678
;; @006e                               return v4
;; }
;;
;; ;; add_far
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0073                               v3 = iconst.i32 -2048
;; @0076                               v4 = iadd v1, v3  ; v3 = -2048
;; @0077                               return v4
;; }
;;
;; ;; sub_from
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @007a                               v3 = iconst.i32 100
;; @007f                               v4 = isub v3, v1  ; v3 = 100
;; @0080                               return v4
;; }
;;
;; ;; sub_const
;; function u0:5(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0085                               v3 = iconst.i32 7
;; @0087                               v4 = isub v1, v3  ; v3 = 7
;; @0088                               return v4
;; }
;;
;; ;; negate
;; function u0:6(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = ineg v1
;; @0090                               return v5
;; }
;;
;; ;; and_byte
;; function u0:7(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0095                               v3 = iconst.i32 255
;; @0098                               v4 = band v1, v3  ; v3 = 255
;; @0099                               return v4
;; }
;;
;; ;; and_half
;; function u0:8(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @009e                               v3 = iconst.i32 0xffff
;; @00a2                               v4 = band v1, v3  ; v3 = 0xffff
;; @00a3                               return v4
;; }
;;
;; ;; and_low
;; function u0:9(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00a8                               v3 = iconst.i32 8191
;; @00ab                               v4 = band v1, v3  ; v3 = 8191
;; @00ac                               return v4
;; }
;;
;; ;; and_inverse
;; function u0:10(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00b1                               v3 = iconst.i32 -512
;; @00b4                               v4 = band v1, v3  ; v3 = -512
;; @00b5                               return v4
;; }
;;
;; ;; and_zero
;; function u0:11(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00ba                               v3 = iconst.i32 0
;; @00bd                               return v3  ; v3 = 0
;; }
;;
;; ;; or_inverse
;; function u0:12(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00c2                               v3 = iconst.i32 -257
;; @00c5                               v4 = bor v1, v3  ; v3 = -257
;; @00c6                               return v4
;; }
;;
;; ;; or_const
;; function u0:13(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00cb                               v3 = iconst.i32 0x00ff_00ff
;; @00d0                               v4 = bor v1, v3  ; v3 = 0x00ff_00ff
;; @00d1                               return v4
;; }
;;
;; ;; not
;; function u0:14(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = bnot v1
;; @00d9                               return v5
;; }
;;
;; ;; xor_const
;; function u0:15(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00de                               v3 = iconst.i32 256
;; @00e1                               v4 = bxor v1, v3  ; v3 = 256
;; @00e2                               return v4
;; }
;;
;; ;; mul_power
;; function u0:16(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = iconst.i32 6
;;                                     v6 = ishl v1, v5  ; v5 = 6
;; @00eb                               return v6
;; }
;;
;; ;; mul_plus
;; function u0:17(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00f0                               v3 = iconst.i32 9
;; @00f2                               v4 = imul v1, v3  ; v3 = 9
;; @00f3                               return v4
;; }
;;
;; ;; mul_minus
;; function u0:18(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00f8                               v3 = iconst.i32 15
;; @00fa                               v4 = imul v1, v3  ; v3 = 15
;; @00fb                               return v4
;; }
;;
;; ;; mul_const
;; function u0:19(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0100                               v3 = iconst.i32 0x000f_4243
;; @0104                               v4 = imul v1, v3  ; v3 = 0x000f_4243
;; @0105                               return v4
;; }
;;
;; ;; shl_const
;; function u0:20(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @010a                               v3 = iconst.i32 3
;; @010c                               v4 = ishl v1, v3  ; v3 = 3
;; @010d                               return v4
;; }
;;
;; ;; shr_u_const
;; function u0:21(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0112                               v3 = iconst.i32 3
;; @0114                               v4 = ushr v1, v3  ; v3 = 3
;; @0115                               return v4
;; }
;;
;; ;; shr_s_const
;; function u0:22(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @011a                               v3 = iconst.i32 3
;; @011c                               v4 = sshr v1, v3  ; v3 = 3
;; @011d                               return v4
;; }
;;
;; ;; rotl_const
;; function u0:23(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0122                               v3 = iconst.i32 7
;; @0124                               v4 = rotl v1, v3  ; v3 = 7
;; @0125                               return v4
;; }
;;
;; ;; rotr_const
;; function u0:24(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @012a                               v3 = iconst.i32 7
;; @012c                               v4 = rotr v1, v3  ; v3 = 7
;; @012d                               return v4
;; }
;;
;; ;; div_ten
;; function u0:25(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = iconst.i32 0x6666_6667
;;                                     v6 = smulhi v1, v5  ; v5 = 0x6666_6667
;;                                     v7 = iconst.i32 2
;;                                     v8 = sshr v6, v7  ; v7 = 2
;;                                     v9 = iconst.i32 31
;;                                     v10 = ushr v8, v9  ; v9 = 31
;;                                     v11 = iadd v8, v10
;; @0135                               return v11
;; }
;;
;; ;; div_ten_u
;; function u0:26(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v5 = iconst.i32 -858993459
;;                                     v6 = umulhi v1, v5  ; v5 = -858993459
;;                                     v7 = iconst.i32 3
;;                                     v8 = ushr v6, v7  ; v7 = 3
;; @013d                               return v8
;; }
;;
;; ;; div_minus_one
;; function u0:27(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0142                               v3 = iconst.i32 -1
;; @0144                               v4 = sdiv v1, v3  ; v3 = -1
;; @0145                               return v4
;; }
;;
;; ;; rem_zero
;; function u0:28(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @014a                               v3 = iconst.i32 0
;; @014c                               v4 = urem v1, v3  ; v3 = 0
;; @014d                               return v4
;; }
;;
;; ;; constants_inverse
;; function u0:29(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0152                               brif v1, block2, block3
;;
;;                                 block2:
;; @0154                               v4 = iconst.i32 -256
;; @0157                               jump block4(v4)  ; v4 = -256
;;
;;                                 block3:
;; @0158                               v5 = iconst.i32 0x0001_2345
;; @015c                               jump block4(v5)  ; v5 = 0x0001_2345
;;
;;                                 block4(v3: i32):
;; @015d                               return v3
;; }
;;
;; ;; constant_pair
;; function u0:30(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0160                               v2 = iconst.i32 0x1234_5678
;; @0166                               return v2  ; v2 = 0x1234_5678
;; }
;;
;; ;; constant_half
;; function u0:31(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0169                               v2 = iconst.i32 4660
;; @016c                               return v2  ; v2 = 4660
;; }
;;
;; ;; constant_upper
;; function u0:32(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @016f                               v2 = iconst.i32 0x1234_5000
;; @0175                               return v2  ; v2 = 0x1234_5000
;; }
;;
;; ;; constant_mask_shifted
;; function u0:33(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0178                               v2 = iconst.i32 0x000f_f800
;; @017c                               return v2  ; v2 = 0x000f_f800
;; }
;;
;; ;; constant_mask
;; function u0:34(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @017f                               v2 = iconst.i32 0x0007_ffff
;; @0183                               return v2  ; v2 = 0x0007_ffff
;; }
;;
;; ;; constant_shifted
;; function u0:35(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0186                               v2 = iconst.i32 0x5800
;; @018a                               return v2  ; v2 = 0x5800
;; }
;;
;; ;; shifted_add
;; function u0:36(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0191                               v4 = iconst.i32 2
;; @0193                               v5 = ishl v2, v4  ; v4 = 2
;; @0194                               v6 = iadd v1, v5
;; @0195                               return v6
;; }
;;
;; ;; shifted_sub
;; function u0:37(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @019c                               v4 = iconst.i32 2
;; @019e                               v5 = ushr v2, v4  ; v4 = 2
;; @019f                               v6 = isub v1, v5
;; @01a0                               return v6
;; }
;;
;; ;; shifted_reverse_sub
;; function u0:38(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @01a5                               v4 = iconst.i32 2
;; @01a7                               v5 = ishl v2, v4  ; v4 = 2
;; @01aa                               v6 = isub v5, v1
;; @01ab                               return v6
;; }
;;
;; ;; multiply_add
;; function u0:39(i32 vmctx, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @01b4                               v5 = imul v2, v3
;; @01b5                               v6 = iadd v1, v5
;; @01b6                               return v6
;; }
;;
;; ;; multiply_sub
;; function u0:40(i32 vmctx, i32, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @01bf                               v5 = imul v2, v3
;; @01c0                               v6 = isub v1, v5
;; @01c1                               return v6
;; }
;;
;; ;; byte_swap
;; function u0:41(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v18 = bswap v1
;; @01e5                               return v18
;; }
;;
;; ;; bits
;; function u0:42(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @01ec                               v4 = rotl v1, v2
;; @01ed                               v5 = iconst.i32 255
;; @01f0                               v6 = band v4, v5  ; v5 = 255
;; @01f1                               v7 = iconst.i32 3
;; @01f3                               v8 = ushr v6, v7  ; v7 = 3
;; @01f4                               return v8
;; }
;;
;;
;; ---- cortex-m3 ----
;; <trap[IntegerDivisionByZero]>:
;;                  movs  r0, #0x6
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[IntegerOverflow]>:
;;                  movs  r0, #0x7
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <add_small>:
;;                  adds  r0, r0, #0x5
;;                  bx  lr
;; <add_negative>:
;;                  subs  r0, r0, #0x5
;;                  bx  lr
;; <add_large>:
;;                  movw  r3, #0x5678
;;                  movt  r3, #0x1234
;;                  adds  r0, r0, r3
;;                  bx  lr
;; <add_far>:
;;                  sub.w  r0, r0, #0x800
;;                  bx  lr
;;                  movs  r0, r0
;; <sub_from>:
;;                  rsb.w  r0, r0, #0x64
;;                  bx  lr
;;                  movs  r0, r0
;; <sub_const>:
;;                  subs  r0, r0, #0x7
;;                  bx  lr
;; <negate>:
;;                  rsbs  r0, r0, #0
;;                  bx  lr
;; <and_byte>:
;;                  uxtb  r0, r0
;;                  bx  lr
;; <and_half>:
;;                  uxth  r0, r0
;;                  bx  lr
;; <and_low>:
;;                  ubfx  r0, r0, #0x0, #0xd
;;                  bx  lr
;;                  movs  r0, r0
;; <and_inverse>:
;;                  movw  r3, #0xfe00
;;                  movt  r3, #0xffff
;;                  ands  r0, r3
;;                  bx  lr
;; <and_zero>:
;;                  movs  r0, #0x0
;;                  bx  lr
;; <or_inverse>:
;;                  orn  r0, r0, #0x100
;;                  bx  lr
;;                  movs  r0, r0
;; <or_const>:
;;                  orr  r0, r0, #0xff00ff
;;                  bx  lr
;;                  movs  r0, r0
;; <not>:
;;                  mvns  r0, r0
;;                  bx  lr
;; <xor_const>:
;;                  eor  r0, r0, #0x100
;;                  bx  lr
;;                  movs  r0, r0
;; <mul_power>:
;;                  lsls  r0, r0, #0x6
;;                  bx  lr
;; <mul_plus>:
;;                  add.w  r0, r0, r0, lsl #3
;;                  bx  lr
;;                  movs  r0, r0
;; <mul_minus>:
;;                  rsb  r0, r0, r0, lsl #4
;;                  bx  lr
;;                  movs  r0, r0
;; <mul_const>:
;;                  movw  r3, #0x4243
;;                  movt  r3, #0xf
;;                  muls  r0, r3, r0
;;                  bx  lr
;; <shl_const>:
;;                  lsls  r0, r0, #0x3
;;                  bx  lr
;; <shr_u_const>:
;;                  lsrs  r0, r0, #0x3
;;                  bx  lr
;; <shr_s_const>:
;;                  asrs  r0, r0, #0x3
;;                  bx  lr
;; <rotl_const>:
;;                  ror.w  r0, r0, #0x19
;;                  bx  lr
;;                  movs  r0, r0
;; <rotr_const>:
;;                  ror.w  r0, r0, #0x7
;;                  bx  lr
;;                  movs  r0, r0
;; <div_ten>:
;;                  movw  r1, #0x6667
;;                  movt  r1, #0x6666
;;                  smull  r12, r0, r0, r1
;;                  asrs  r0, r0, #0x2
;;                  add.w  r0, r0, r0, lsr #31
;;                  bx  lr
;; <div_ten_u>:
;;                  movw  r1, #0xcccd
;;                  movt  r1, #0xcccc
;;                  umull  r12, r0, r0, r1
;;                  lsrs  r0, r0, #0x3
;;                  bx  lr
;; <div_minus_one>:
;;                  eor  r3, r0, #0x80000000
;;                  movs  r1, #0x0
;;                  orrs  r1, r3
;;                  cbz  r1, 0xec <div_minus_one+0x14> @ imm = #0x8
;;                  mov.w  r1, #0xffffffff
;;                  sdiv  r0, r0, r1
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[IntegerOverflow]> @ imm = #-0xea
;;                  movs  r0, r0
;; <rem_zero>:
;;                  movs  r3, #0x0
;;                  cbz  r3, 0x104 <rem_zero+0x10> @ imm = #0xa
;;                  movs  r1, #0x0
;;                  udiv  r12, r0, r1
;;                  mls  r0, r12, r1, r0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0x10a
;;                  movs  r0, r0
;; <constants_inverse>:
;;                  cbnz  r0, 0x118 <constants_inverse+0xc> @ imm = #0x8
;;                  movw  r0, #0x2345
;;                  movt  r0, #0x1
;;                  b  0x11c <constants_inverse+0x10> @ imm = #0x2
;;                  mvn  r0, #0xff
;;                  bx  lr
;;                  movs  r0, r0
;; <constant_pair>:
;;                  movw  r0, #0x5678
;;                  movt  r0, #0x1234
;;                  bx  lr
;;                  movs  r0, r0
;; <constant_half>:
;;                  movw  r0, #0x1234
;;                  bx  lr
;;                  movs  r0, r0
;; <constant_upper>:
;;                  movw  r0, #0x5000
;;                  movt  r0, #0x1234
;;                  bx  lr
;;                  movs  r0, r0
;; <constant_mask_shifted>:
;;                  movw  r0, #0xf800
;;                  movt  r0, #0xf
;;                  bx  lr
;;                  movs  r0, r0
;; <constant_mask>:
;;                  movw  r0, #0xffff
;;                  movt  r0, #0x7
;;                  bx  lr
;;                  movs  r0, r0
;; <constant_shifted>:
;;                  mov.w  r0, #0x5800
;;                  bx  lr
;;                  movs  r0, r0
;; <shifted_add>:
;;                  add.w  r0, r0, r1, lsl #2
;;                  bx  lr
;;                  movs  r0, r0
;; <shifted_sub>:
;;                  sub.w  r0, r0, r1, lsr #2
;;                  bx  lr
;;                  movs  r0, r0
;; <shifted_reverse_sub>:
;;                  rsb  r0, r0, r1, lsl #2
;;                  bx  lr
;;                  movs  r0, r0
;; <multiply_add>:
;;                  mla  r0, r1, r2, r0
;;                  bx  lr
;;                  movs  r0, r0
;; <multiply_sub>:
;;                  mls  r0, r1, r2, r0
;;                  bx  lr
;;                  movs  r0, r0
;; <byte_swap>:
;;                  rev  r3, r0
;;                  mov  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <bits>:
;;                  rsb.w  r12, r1, #0x0
;;                  ror.w  r0, r0, r12
;;                  uxtb  r0, r0
;;                  lsrs  r0, r0, #0x3
;;                  bx  lr
;;
;; ---- rv32imac ----
;; <trap[IntegerDivisionByZero]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x6
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
;; <add_small>:
;;                  addi  a0, a0, 0x5
;;                  ret
;; <add_negative>:
;;                  addi  a0, a0, -0x5
;;                  ret
;; <add_large>:
;;                  lui  t0, 0x12345
;;                  addi  t0, t0, 0x678
;;                  add  a0, a0, t0
;;                  ret
;; <add_far>:
;;                  addi  a0, a0, -0x800
;;                  ret
;;                  unimp
;; <sub_from>:
;;                  li  t0, 0x64
;;                  sub  a0, t0, a0
;;                  ret
;;                  unimp
;; <sub_const>:
;;                  addi  a0, a0, -0x7
;;                  ret
;; <negate>:
;;                  neg  a0, a0
;;                  ret
;;                  unimp
;; <and_byte>:
;;                  andi  a0, a0, 0xff
;;                  ret
;;                  unimp
;; <and_half>:
;;                  li  t0, -0x1
;;                  srli  t0, t0, 0x10
;;                  and  a0, a0, t0
;;                  ret
;; <and_low>:
;;                  li  t0, -0x1
;;                  srli  t0, t0, 0x13
;;                  and  a0, a0, t0
;;                  ret
;; <and_inverse>:
;;                  andi  a0, a0, -0x200
;;                  ret
;;                  unimp
;; <and_zero>:
;;                  li  a0, 0x0
;;                  ret
;; <or_inverse>:
;;                  ori  a0, a0, -0x101
;;                  ret
;;                  unimp
;; <or_const>:
;;                  lui  t0, 0xff0
;;                  addi  t0, t0, 0xff
;;                  or  a0, a0, t0
;;                  ret
;;                  unimp
;; <not>:
;;                  not  a0, a0
;;                  ret
;;                  unimp
;; <xor_const>:
;;                  xori  a0, a0, 0x100
;;                  ret
;;                  unimp
;; <mul_power>:
;;                  slli  a0, a0, 0x6
;;                  ret
;; <mul_plus>:
;;                  li  t0, 0x9
;;                  mul  a0, a0, t0
;;                  ret
;; <mul_minus>:
;;                  li  t0, 0xf
;;                  mul  a0, a0, t0
;;                  ret
;; <mul_const>:
;;                  lui  t0, 0xf4
;;                  addi  t0, t0, 0x243
;;                  mul  a0, a0, t0
;;                  ret
;;                  unimp
;; <shl_const>:
;;                  slli  a0, a0, 0x3
;;                  ret
;; <shr_u_const>:
;;                  srli  a0, a0, 0x3
;;                  ret
;; <shr_s_const>:
;;                  srai  a0, a0, 0x3
;;                  ret
;; <rotl_const>:
;;                  slli  t0, a0, 0x7
;;                  srli  t1, a0, 0x19
;;                  or  a0, t0, t1
;;                  ret
;;                  unimp
;; <rotr_const>:
;;                  srli  t0, a0, 0x7
;;                  slli  t1, a0, 0x19
;;                  or  a0, t0, t1
;;                  ret
;;                  unimp
;; <div_ten>:
;;                  lui  t1, 0x66666
;;                  addi  t1, t1, 0x667
;;                  mulh  t1, a0, t1
;;                  srai  t0, t1, 0x2
;;                  srli  t2, t0, 0x1f
;;                  add  a0, t0, t2
;;                  ret
;;                  unimp
;; <div_ten_u>:
;;                  lui  t0, 0xccccd
;;                  addi  t0, t0, -0x333
;;                  mulhu  t0, a0, t0
;;                  srli  a0, t0, 0x3
;;                  ret
;;                  unimp
;; <div_minus_one>:
;;                  lui  t0, 0x80000
;;                  xor  t0, a0, t0
;;                  li  t2, 0x0
;;                  or  a1, t0, t2
;;                  beqz  a1, 0x140 <div_minus_one+0x18>
;;                  li  a2, -0x1
;;                  div  a0, a0, a2
;;                  ret
;;                  jal  t0, 0x10 <trap[IntegerOverflow]>
;; <rem_zero>:
;;                  beqz  zero, 0x14e <rem_zero+0xa>
;;                  remu  a0, a0, zero
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;;                  unimp
;; <constants_inverse>:
;;                  bnez  a0, 0x15e <constants_inverse+0xa>
;;                  lui  a0, 0x12
;;                  addi  a0, a0, 0x345
;;                  j  0x162 <constants_inverse+0xe>
;;                  li  a0, -0x100
;;                  ret
;; <constant_pair>:
;;                  lui  a0, 0x12345
;;                  addi  a0, a0, 0x678
;;                  ret
;;                  unimp
;; <constant_half>:
;;                  lui  a0, 0x1
;;                  addi  a0, a0, 0x234
;;                  ret
;; <constant_upper>:
;;                  lui  a0, 0x12345
;;                  ret
;;                  unimp
;; <constant_mask_shifted>:
;;                  lui  a0, 0x100
;;                  addi  a0, a0, -0x800
;;                  ret
;;                  unimp
;; <constant_mask>:
;;                  li  a0, -0x1
;;                  srli  a0, a0, 0xd
;;                  ret
;;                  unimp
;; <constant_shifted>:
;;                  li  a0, 0xb
;;                  slli  a0, a0, 0xb
;;                  ret
;;                  unimp
;; <shifted_add>:
;;                  slli  t0, a1, 0x2
;;                  add  a0, a0, t0
;;                  ret
;; <shifted_sub>:
;;                  srli  t0, a1, 0x2
;;                  sub  a0, a0, t0
;;                  ret
;;                  unimp
;; <shifted_reverse_sub>:
;;                  slli  t0, a1, 0x2
;;                  sub  a0, t0, a0
;;                  ret
;;                  unimp
;; <multiply_add>:
;;                  mul  t0, a1, a2
;;                  add  a0, a0, t0
;;                  ret
;; <multiply_sub>:
;;                  mul  t0, a1, a2
;;                  sub  a0, a0, t0
;;                  ret
;;                  unimp
;; <byte_swap>:
;;                  lui  t0, 0xff0
;;                  addi  t0, t0, 0xff
;;                  srli  t1, a0, 0x8
;;                  and  a1, t1, t0
;;                  and  a0, a0, t0
;;                  slli  a2, a0, 0x8
;;                  or  a4, a1, a2
;;                  slli  a6, a4, 0x10
;;                  srli  t3, a4, 0x10
;;                  or  a1, a6, t3
;;                  mv  a0, a1
;;                  ret
;; <bits>:
;;                  neg  t1, a1
;;                  sll  a1, a0, a1
;;                  srl  a0, a0, t1
;;                  or  a0, a0, a1
;;                  andi  a0, a0, 0xff
;;                  srli  a0, a0, 0x3
;;                  ret
