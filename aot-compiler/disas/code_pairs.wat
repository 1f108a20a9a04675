;;! code = cortex-m3 rv32imac
;; Arithmetic of pairs of words: registers.
(module
  (func $add (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func $sub (param i64 i64) (result i64) (i64.sub (local.get 0) (local.get 1)))
  (func $mul (param i64 i64) (result i64) (i64.mul (local.get 0) (local.get 1)))
  (func $and (param i64 i64) (result i64) (i64.and (local.get 0) (local.get 1)))
  (func $or (param i64 i64) (result i64) (i64.or (local.get 0) (local.get 1)))
  (func $xor (param i64 i64) (result i64) (i64.xor (local.get 0) (local.get 1)))
  (func $shl (param i64 i64) (result i64) (i64.shl (local.get 0) (local.get 1)))
  (func $shr_u (param i64 i64) (result i64) (i64.shr_u (local.get 0) (local.get 1)))
  (func $shr_s (param i64 i64) (result i64) (i64.shr_s (local.get 0) (local.get 1)))
  (func $rotl (param i64 i64) (result i64) (i64.rotl (local.get 0) (local.get 1)))
  (func $rotr (param i64 i64) (result i64) (i64.rotr (local.get 0) (local.get 1)))
  (func $div_s (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func $div_u (param i64 i64) (result i64) (i64.div_u (local.get 0) (local.get 1)))
  (func $rem_s (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func $rem_u (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1)))
  (func $clz (param i64) (result i64) (i64.clz (local.get 0)))
  (func $ctz (param i64) (result i64) (i64.ctz (local.get 0)))
  (func $popcnt (param i64) (result i64) (i64.popcnt (local.get 0)))
  (func $extend8_s (param i64) (result i64) (i64.extend8_s (local.get 0)))
  (func $extend16_s (param i64) (result i64) (i64.extend16_s (local.get 0)))
  (func $extend32_s (param i64) (result i64) (i64.extend32_s (local.get 0)))
  (func $eqz (param i64) (result i32) (i64.eqz (local.get 0)))
  (func $extend_s (param i32) (result i64) (i64.extend_i32_s (local.get 0)))
  (func $extend_u (param i32) (result i64) (i64.extend_i32_u (local.get 0)))
  (func $extend_truth (param i32 i32) (result i64) (i64.extend_i32_u (i32.lt_u (local.get 0) (local.get 1))))
  (func $wrap (param i64) (result i32) (i32.wrap_i64 (local.get 0)))
  (func $product_s (param i32 i32) (result i64) (i64.mul (i64.extend_i32_s (local.get 0)) (i64.extend_i32_s (local.get 1))))
  (func $product_u (param i32 i32) (result i64) (i64.mul (i64.extend_i32_u (local.get 0)) (i64.extend_i32_u (local.get 1))))
  (func $high_product_u (param i32 i32) (result i32) (i32.wrap_i64 (i64.shr_u (i64.mul (i64.extend_i32_u (local.get 0)) (i64.extend_i32_u (local.get 1))) (i64.const 32))))
  (func $high_product_s (param i32 i32) (result i32) (i32.wrap_i64 (i64.shr_s (i64.mul (i64.extend_i32_s (local.get 0)) (i64.extend_i32_s (local.get 1))) (i64.const 32))))
  (func $product_by_word (param i64 i32) (result i64) (i64.mul (local.get 0) (i64.extend_i32_u (local.get 1))))
  (func $sum_with_word (param i64 i32) (result i64) (i64.add (local.get 0) (i64.extend_i32_u (local.get 1))))
  (func $difference_with_word (param i64 i32) (result i64) (i64.sub (local.get 0) (i64.extend_i32_u (local.get 1))))
  (func $sum_with_signed_word (param i64 i32) (result i64) (i64.add (local.get 0) (i64.extend_i32_s (local.get 1))))
  (func $low_add (param i64 i64) (result i32) (i32.wrap_i64 (i64.add (local.get 0) (local.get 1))))
  (func $low_sub (param i64 i64) (result i32) (i32.wrap_i64 (i64.sub (local.get 0) (local.get 1))))
  (func $low_mul (param i64 i64) (result i32) (i32.wrap_i64 (i64.mul (local.get 0) (local.get 1))))
  (func $low_and (param i64 i64) (result i32) (i32.wrap_i64 (i64.and (local.get 0) (local.get 1))))
  (func $low_or (param i64 i64) (result i32) (i32.wrap_i64 (i64.or (local.get 0) (local.get 1))))
  (func $low_xor (param i64 i64) (result i32) (i32.wrap_i64 (i64.xor (local.get 0) (local.get 1))))
)

;; ---- expected ----
;; ;; add
;; function u0:0(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @006d                               v4 = iadd v1, v2
;; @006e                               return v4
;; }
;;
;; ;; sub
;; function u0:1(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0075                               v4 = isub v1, v2
;; @0076                               return v4
;; }
;;
;; ;; mul
;; function u0:2(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @007d                               v4 = imul v1, v2
;; @007e                               return v4
;; }
;;
;; ;; and
;; function u0:3(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0085                               v4 = band v1, v2
;; @0086                               return v4
;; }
;;
;; ;; or
;; function u0:4(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @008d                               v4 = bor v1, v2
;; @008e                               return v4
;; }
;;
;; ;; xor
;; function u0:5(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0095                               v4 = bxor v1, v2
;; @0096                               return v4
;; }
;;
;; ;; shl
;; function u0:6(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @009d                               v4 = ishl v1, v2
;; @009e                               return v4
;; }
;;
;; ;; shr_u
;; function u0:7(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00a5                               v4 = ushr v1, v2
;; @00a6                               return v4
;; }
;;
;; ;; shr_s
;; function u0:8(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00ad                               v4 = sshr v1, v2
;; @00ae                               return v4
;; }
;;
;; ;; rotl
;; function u0:9(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00b5                               v4 = rotl v1, v2
;; @00b6                               return v4
;; }
;;
;; ;; rotr
;; function u0:10(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00bd                               v4 = rotr v1, v2
;; @00be                               return v4
;; }
;;
;; ;; div_s
;; function u0:11(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00c5                               v4 = sdiv v1, v2
;; @00c6                               return v4
;; }
;;
;; ;; div_u
;; function u0:12(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00cd                               v4 = udiv v1, v2
;; @00ce                               return v4
;; }
;;
;; ;; rem_s
;; function u0:13(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00d5                               v4 = srem v1, v2
;; @00d6                               return v4
;; }
;;
;; ;; rem_u
;; function u0:14(i32 vmctx, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @00dd                               v4 = urem v1, v2
;; @00de                               return v4
;; }
;;
;; ;; clz
;; function u0:15(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00e3                               v3 = clz v1
;; @00e4                               return v3
;; }
;;
;; ;; ctz
;; function u0:16(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00e9                               v3 = ctz v1
;; @00ea                               return v3
;; }
;;
;; ;; popcnt
;; function u0:17(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00ef                               v3 = popcnt v1
;; @00f0                               return v3
;; }
;;
;; ;; extend8_s
;; function u0:18(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00f5                               v3 = ireduce.i8 v1
;; @00f5                               v4 = sextend.i64 v3
;; @00f6                               return v4
;; }
;;
;; ;; extend16_s
;; function u0:19(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00fb                               v3 = ireduce.i16 v1
;; @00fb                               v4 = sextend.i64 v3
;; @00fc                               return v4
;; }
;;
;; ;; extend32_s
;; function u0:20(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0101                               v3 = ireduce.i32 v1
;; @0101                               v4 = sextend.i64 v3
;; @0102                               return v4
;; }
;;
;; ;; eqz
;; function u0:21(i32 vmctx, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0107                               v3 = iconst.i64 0
;; @0107                               v4 = icmp eq v1, v3  ; v3 = 0
;; @0107                               v5 = uextend.i32 v4
;; @0108                               return v5
;; }
;;
;; ;; extend_s
;; function u0:22(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @010d                               v3 = sextend.i64 v1
;; @010e                               return v3
;; }
;;
;; ;; extend_u
;; function u0:23(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0113                               v3 = uextend.i64 v1
;; @0114                               return v3
;; }
;;
;; ;; extend_truth
;; function u0:24(i32 vmctx, i32, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @011b                               v4 = icmp ult v1, v2
;;                                     v7 = uextend.i64 v4
;; @011d                               return v7
;; }
;;
;; ;; wrap
;; function u0:25(i32 vmctx, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0122                               v3 = ireduce.i32 v1
;; @0123                               return v3
;; }
;;
;; ;; product_s
;; function u0:26(i32 vmctx, i32, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0128                               v4 = sextend.i64 v1
;; @012b                               v5 = sextend.i64 v2
;; @012c                               v6 = imul v4, v5
;; @012d                               return v6
;; }
;;
;; ;; product_u
;; function u0:27(i32 vmctx, i32, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0132                               v4 = uextend.i64 v1
;; @0135                               v5 = uextend.i64 v2
;; @0136                               v6 = imul v4, v5
;; @0137                               return v6
;; }
;;
;; ;; high_product_u
;; function u0:28(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v10 = umulhi v1, v2
;; @0145                               return v10
;; }
;;
;; ;; high_product_s
;; function u0:29(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;;                                     v10 = smulhi v1, v2
;; @0153                               return v10
;; }
;;
;; ;; product_by_word
;; function u0:30(i32 vmctx, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @015a                               v4 = uextend.i64 v2
;; @015b                               v5 = imul v1, v4
;; @015c                               return v5
;; }
;;
;; ;; sum_with_word
;; function u0:31(i32 vmctx, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @0163                               v4 = uextend.i64 v2
;; @0164                               v5 = iadd v1, v4
;; @0165                               return v5
;; }
;;
;; ;; difference_with_word
;; function u0:32(i32 vmctx, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @016c                               v4 = uextend.i64 v2
;; @016d                               v5 = isub v1, v4
;; @016e                               return v5
;; }
;;
;; ;; sum_with_signed_word
;; function u0:33(i32 vmctx, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @0175                               v4 = sextend.i64 v2
;; @0176                               v5 = iadd v1, v4
;; @0177                               return v5
;; }
;;
;; ;; low_add
;; function u0:34(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @017e                               v4 = iadd v1, v2
;; @017f                               v5 = ireduce.i32 v4
;; @0180                               return v5
;; }
;;
;; ;; low_sub
;; function u0:35(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0187                               v4 = isub v1, v2
;; @0188                               v5 = ireduce.i32 v4
;; @0189                               return v5
;; }
;;
;; ;; low_mul
;; function u0:36(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0190                               v4 = imul v1, v2
;; @0191                               v5 = ireduce.i32 v4
;; @0192                               return v5
;; }
;;
;; ;; low_and
;; function u0:37(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @0199                               v4 = band v1, v2
;; @019a                               v5 = ireduce.i32 v4
;; @019b                               return v5
;; }
;;
;; ;; low_or
;; function u0:38(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @01a2                               v4 = bor v1, v2
;; @01a3                               v5 = ireduce.i32 v4
;; @01a4                               return v5
;; }
;;
;; ;; low_xor
;; function u0:39(i32 vmctx, i64, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64):
;; @01ab                               v4 = bxor v1, v2
;; @01ac                               v5 = ireduce.i32 v4
;; @01ad                               return v5
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
;; <add>:
;;                  adds  r0, r0, r2
;;                  adcs  r1, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <sub>:
;;                  subs  r0, r0, r2
;;                  sbcs  r1, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <mul>:
;;                  mul  r12, r1, r2
;;                  mla  r12, r0, r3, r12
;;                  umull  r0, r1, r0, r2
;;                  add  r1, r12
;;                  bx  lr
;; <and>:
;;                  ands  r0, r2
;;                  ands  r1, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <or>:
;;                  orrs  r0, r2
;;                  orrs  r1, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <xor>:
;;                  eors  r0, r2
;;                  eors  r1, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <shl>:
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
;; <shr_u>:
;;                  mov  r3, r2
;;                  mov  r2, r1
;;                  mov  r1, r0
;;                  and  r0, r3, #0x3f
;;                  rsb.w  r12, r0, #0x20
;;                  lsl.w  r12, r2, r12
;;                  lsr.w  r3, r1, r0
;;                  orr.w  r3, r3, r12
;;                  sub.w  r12, r0, #0x20
;;                  lsr.w  r12, r2, r12
;;                  orr.w  r3, r3, r12
;;                  lsr.w  r1, r2, r0
;;                  mov  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <shr_s>:
;;                  mov  r3, r2
;;                  mov  r2, r1
;;                  mov  r1, r0
;;                  and  r0, r3, #0x3f
;;                  rsb.w  r12, r0, #0x20
;;                  lsl.w  r12, r2, r12
;;                  lsr.w  r3, r1, r0
;;                  orr.w  r3, r3, r12
;;                  subs.w  r12, r0, #0x20
;;                  it  pl
;;                  asrpl.w  r3, r2, r12
;;                  asr.w  r1, r2, r0
;;                  mov  r0, r3
;;                  bx  lr
;; <rotl>:
;;                  push.w  {r4, r10}
;;                  and  r3, r2, #0x20
;;                  mov  r10, r0
;;                  cmp  r3, #0x0
;;                  it  ne
;;                  movne  r10, r1
;;                  cmp  r3, #0x0
;;                  it  ne
;;                  movne  r1, r0
;;                  eor  r3, r2, #0x1f
;;                  and  r12, r2, #0x1f
;;                  lsl.w  r0, r10, r12
;;                  lsrs  r4, r1, #0x1
;;                  and  r12, r3, #0x1f
;;                  lsr.w  r4, r4, r12
;;                  orrs  r0, r4
;;                  and  r12, r2, #0x1f
;;                  lsl.w  r1, r1, r12
;;                  lsr.w  r2, r10, #0x1
;;                  and  r12, r3, #0x1f
;;                  lsr.w  r2, r2, r12
;;                  orrs  r1, r2
;;                  pop.w  {r4, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <rotr>:
;;                  push.w  {r4, r10}
;;                  and  r3, r2, #0x20
;;                  mov  r10, r0
;;                  cmp  r3, #0x0
;;                  it  ne
;;                  movne  r10, r1
;;                  cmp  r3, #0x0
;;                  it  ne
;;                  movne  r1, r0
;;                  eor  r3, r2, #0x1f
;;                  and  r12, r2, #0x1f
;;                  lsr.w  r0, r10, r12
;;                  lsls  r4, r1, #0x1
;;                  and  r12, r3, #0x1f
;;                  lsl.w  r4, r4, r12
;;                  orrs  r0, r4
;;                  and  r12, r2, #0x1f
;;                  lsr.w  r1, r1, r12
;;                  lsl.w  r2, r10, #0x1
;;                  and  r12, r3, #0x1f
;;                  lsl.w  r2, r2, r12
;;                  orrs  r1, r2
;;                  pop.w  {r4, r10}
;;                  bx  lr
;;                  movs  r0, r0
;; <div_s>:
;;                  push.w  {r4, r7, r10, lr}
;;                  orr.w  r7, r2, r3
;;                  cbz  r7, 0x194 <div_s+0x2c>  @ imm = #0x20
;;                  eor  r10, r1, #0x80000000
;;                  orr.w  lr, r0, r10
;;                  and.w  r4, r2, r3
;;                  mvns  r4, r4
;;                  orr.w  r4, lr, r4
;;                  cbz  r4, 0x198 <div_s+0x30>  @ imm = #0x10
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x14]
;;                  blx  r12
;;                  pop.w  {r4, r7, r10, pc}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0x198
;;                  bl  0x8 <trap[IntegerOverflow]> @ imm = #-0x194
;; <div_u>:
;;                  push  {r7, lr}
;;                  orr.w  r7, r2, r3
;;                  cbz  r7, 0x1b0 <div_u+0x14>  @ imm = #0xa
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0xc]
;;                  blx  r12
;;                  pop  {r7, pc}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0x1b4
;; <rem_s>:
;;                  push  {r7, lr}
;;                  orr.w  r7, r2, r3
;;                  cbz  r7, 0x1c8 <rem_s+0x14>  @ imm = #0xa
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x18]
;;                  blx  r12
;;                  pop  {r7, pc}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0x1cc
;; <rem_u>:
;;                  push  {r7, lr}
;;                  orr.w  r7, r2, r3
;;                  cbz  r7, 0x1e0 <rem_u+0x14>  @ imm = #0xa
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x10]
;;                  blx  r12
;;                  pop  {r7, pc}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0x1e4
;; <clz>:
;;                  mov  r2, r1
;;                  cmp  r1, #0x0
;;                  it  eq
;;                  moveq  r2, r0
;;                  cmp  r1, #0x0
;;                  ite  eq
;;                  moveq  r0, #0x20
;;                  movne  r0, #0x0
;;                  clz  r1, r2
;;                  adds  r0, r1, r0
;;                  movs  r1, #0x0
;;                  movs  r1, #0x0
;;                  bx  lr
;; <ctz>:
;;                  mov  r2, r0
;;                  cmp  r0, #0x0
;;                  it  eq
;;                  moveq  r2, r1
;;                  cmp  r0, #0x0
;;                  ite  eq
;;                  moveq  r0, #0x20
;;                  movne  r0, #0x0
;;                  rbit  r1, r2
;;                  clz  r1, r1
;;                  adds  r0, r1, r0
;;                  movs  r1, #0x0
;;                  movs  r1, #0x0
;;                  bx  lr
;; <popcnt>:
;;                  lsrs  r2, r0, #0x1
;;                  and  r2, r2, #0x55555555
;;                  subs  r2, r0, r2
;;                  and  r0, r2, #0x33333333
;;                  lsrs  r2, r2, #0x2
;;                  and  r2, r2, #0x33333333
;;                  adds  r0, r0, r2
;;                  add.w  r0, r0, r0, lsr #4
;;                  and  r0, r0, #0xf0f0f0f
;;                  add.w  r0, r0, r0, lsl #8
;;                  add.w  r0, r0, r0, lsl #16
;;                  lsrs  r0, r0, #0x18
;;                  lsrs  r2, r1, #0x1
;;                  and  r2, r2, #0x55555555
;;                  subs  r2, r1, r2
;;                  and  r1, r2, #0x33333333
;;                  lsrs  r2, r2, #0x2
;;                  and  r2, r2, #0x33333333
;;                  adds  r1, r1, r2
;;                  add.w  r1, r1, r1, lsr #4
;;                  and  r1, r1, #0xf0f0f0f
;;                  add.w  r1, r1, r1, lsl #8
;;                  add.w  r1, r1, r1, lsl #16
;;                  add.w  r0, r0, r1, lsr #24
;;                  movs  r1, #0x0
;;                  movs  r1, #0x0
;;                  bx  lr
;; <extend8_s>:
;;                  sxtb  r0, r0
;;                  mov  r2, r0
;;                  asrs  r1, r0, #0x1f
;;                  mov  r0, r2
;;                  bx  lr
;;                  movs  r0, r0
;; <extend16_s>:
;;                  sxth  r0, r0
;;                  mov  r2, r0
;;                  asrs  r1, r0, #0x1f
;;                  mov  r0, r2
;;                  bx  lr
;;                  movs  r0, r0
;; <extend32_s>:
;;                  asrs  r1, r0, #0x1f
;;                  bx  lr
;; <eqz>:
;;                  orrs  r0, r1
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
;;                  bx  lr
;;                  movs  r0, r0
;; <extend_s>:
;;                  asrs  r1, r0, #0x1f
;;                  bx  lr
;; <extend_u>:
;;                  movs  r1, #0x0
;;                  bx  lr
;; <extend_truth>:
;;                  cmp  r0, r1
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  movs  r1, #0x0
;;                  bx  lr
;; <wrap>:
;;                  bx  lr
;;                  movs  r0, r0
;; <product_s>:
;;                  smull  r0, r1, r0, r1
;;                  bx  lr
;;                  movs  r0, r0
;; <product_u>:
;;                  umull  r0, r1, r0, r1
;;                  bx  lr
;;                  movs  r0, r0
;; <high_product_u>:
;;                  umull  r12, r0, r0, r1
;;                  bx  lr
;;                  movs  r0, r0
;; <high_product_s>:
;;                  smull  r12, r0, r0, r1
;;                  bx  lr
;;                  movs  r0, r0
;; <product_by_word>:
;;                  mul  r12, r1, r2
;;                  umull  r0, r1, r0, r2
;;                  add  r1, r12
;;                  bx  lr
;; <sum_with_word>:
;;                  adds  r0, r0, r2
;;                  adc  r1, r1, #0x0
;;                  bx  lr
;; <difference_with_word>:
;;                  subs  r0, r0, r2
;;                  sbc  r1, r1, #0x0
;;                  bx  lr
;; <sum_with_signed_word>:
;;                  asrs  r3, r2, #0x1f
;;                  adds  r0, r0, r2
;;                  adcs  r1, r3
;;                  bx  lr
;; <low_add>:
;;                  adds  r0, r0, r2
;;                  bx  lr
;; <low_sub>:
;;                  subs  r0, r0, r2
;;                  bx  lr
;; <low_mul>:
;;                  muls  r0, r2, r0
;;                  bx  lr
;; <low_and>:
;;                  ands  r0, r2
;;                  bx  lr
;; <low_or>:
;;                  orrs  r0, r2
;;                  bx  lr
;; <low_xor>:
;;                  eors  r0, r2
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
;; <add>:
;;                  add  t0, a0, a2
;;                  sltu  a2, t0, a0
;;                  add  a0, a1, a3
;;                  add  a1, a0, a2
;;                  mv  a0, t0
;;                  ret
;; <sub>:
;;                  sltu  t2, a0, a2
;;                  sub  a0, a0, a2
;;                  sub  a1, a1, a3
;;                  sub  a1, a1, t2
;;                  ret
;;                  unimp
;; <mul>:
;;                  mul  t2, a0, a3
;;                  mul  a1, a1, a2
;;                  mulhu  a3, a0, a2
;;                  add  a3, a3, t2
;;                  add  a1, a1, a3
;;                  mul  a0, a0, a2
;;                  ret
;;                  unimp
;; <and>:
;;                  and  a0, a0, a2
;;                  and  a1, a1, a3
;;                  ret
;;                  unimp
;; <or>:
;;                  or  a0, a0, a2
;;                  or  a1, a1, a3
;;                  ret
;;                  unimp
;; <xor>:
;;                  xor  a0, a0, a2
;;                  xor  a1, a1, a3
;;                  ret
;;                  unimp
;; <shl>:
;;                  not  t2, a2
;;                  srli  a3, a0, 0x1
;;                  srl  a3, a3, t2
;;                  sll  a4, a1, a2
;;                  or  a1, a4, a3
;;                  sll  a0, a0, a2
;;                  andi  t3, a2, 0x20
;;                  beqz  t3, 0x96 <shl+0x22>
;;                  mv  a1, a0
;;                  beqz  t3, 0x9c <shl+0x28>
;;                  li  a0, 0x0
;;                  ret
;;                  unimp
;; <shr_u>:
;;                  not  t2, a2
;;                  slli  a3, a1, 0x1
;;                  sll  a3, a3, t2
;;                  srl  a4, a0, a2
;;                  or  a0, a4, a3
;;                  srl  a1, a1, a2
;;                  andi  t3, a2, 0x20
;;                  beqz  t3, 0xc2 <shr_u+0x22>
;;                  mv  a0, a1
;;                  beqz  t3, 0xc8 <shr_u+0x28>
;;                  li  a1, 0x0
;;                  ret
;;                  unimp
;; <shr_s>:
;;                  not  t2, a2
;;                  slli  a3, a1, 0x1
;;                  mv  t4, a1
;;                  sll  a1, a3, t2
;;                  srl  a3, a0, a2
;;                  or  a0, a3, a1
;;                  mv  t3, t4
;;                  sra  a1, t3, a2
;;                  andi  t3, a2, 0x20
;;                  beqz  t3, 0xf2 <shr_s+0x26>
;;                  mv  a0, a1
;;                  srai  t4, t4, 0x1f
;;                  beqz  t3, 0xfc <shr_s+0x30>
;;                  mv  a1, t4
;;                  ret
;;                  unimp
;; <rotl>:
;;                  andi  t2, a2, 0x20
;;                  mv  a4, a0
;;                  mv  a6, a1
;;                  beqz  t2, 0x110 <rotl+0x10>
;;                  mv  a4, a1
;;                  mv  a6, a0
;;                  xori  a3, a2, 0x1f
;;                  sll  a5, a4, a2
;;                  srli  a7, a6, 0x1
;;                  srl  t3, a7, a3
;;                  or  a0, a5, t3
;;                  sll  t3, a6, a2
;;                  srli  t4, a4, 0x1
;;                  srl  t4, t4, a3
;;                  or  a1, t3, t4
;;                  ret
;;                  unimp
;; <rotr>:
;;                  andi  t2, a2, 0x20
;;                  mv  a4, a0
;;                  mv  a6, a1
;;                  beqz  t2, 0x148 <rotr+0x10>
;;                  mv  a4, a1
;;                  mv  a6, a0
;;                  xori  a3, a2, 0x1f
;;                  srl  a5, a4, a2
;;                  slli  a7, a6, 0x1
;;                  sll  t3, a7, a3
;;                  or  a0, a5, t3
;;                  srl  t3, a6, a2
;;                  slli  t4, a4, 0x1
;;                  sll  t4, t4, a3
;;                  or  a1, t3, t4
;;                  ret
;;                  unimp
;; <div_s>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  or  t2, a2, a3
;;                  beqz  t2, 0x1a4 <div_s+0x34>
;;                  lui  a4, 0x80000
;;                  xor  a4, a4, a1
;;                  or  a4, a4, a0
;;                  and  a6, a2, a3
;;                  not  t3, a6
;;                  or  t3, a4, t3
;;                  beqz  t3, 0x1a8 <div_s+0x38>
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x14(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;;                  jal  t0, 0x10 <trap[IntegerOverflow]>
;; <div_u>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  or  t2, a2, a3
;;                  beqz  t2, 0x1c8 <div_u+0x1c>
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0xc(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;; <rem_s>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  or  t2, a2, a3
;;                  beqz  t2, 0x1e8 <rem_s+0x1c>
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x18(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;; <rem_u>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  or  t2, a2, a3
;;                  beqz  t2, 0x208 <rem_u+0x1c>
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x10(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;; <clz>:
;;                  mv  a2, a1
;;                  bnez  a1, 0x212 <clz+0x6>
;;                  mv  a2, a0
;;                  li  t2, 0x0
;;                  bnez  a1, 0x21a <clz+0xe>
;;                  li  t2, 0x20
;;                  li  a1, 0x20
;;                  srli  t5, a2, 0x10
;;                  beqz  t5, 0x22a <clz+0x1e>
;;                  addi  a1, a1, -0x10
;;                  mv  a2, t5
;;                  srli  t5, a2, 0x8
;;                  beqz  t5, 0x236 <clz+0x2a>
;;                  addi  a1, a1, -0x8
;;                  mv  a2, t5
;;                  srli  t5, a2, 0x4
;;                  beqz  t5, 0x242 <clz+0x36>
;;                  addi  a1, a1, -0x4
;;                  mv  a2, t5
;;                  srli  t5, a2, 0x2
;;                  beqz  t5, 0x24e <clz+0x42>
;;                  addi  a1, a1, -0x2
;;                  mv  a2, t5
;;                  srli  t5, a2, 0x1
;;                  beqz  t5, 0x25a <clz+0x4e>
;;                  addi  a1, a1, -0x1
;;                  mv  a2, t5
;;                  sub  a1, a1, a2
;;                  add  a0, a1, t2
;;                  li  a1, 0x0
;;                  ret
;; <ctz>:
;;                  mv  a2, a0
;;                  bnez  a0, 0x26a <ctz+0x6>
;;                  mv  a2, a1
;;                  li  t2, 0x0
;;                  bnez  a0, 0x272 <ctz+0xe>
;;                  li  t2, 0x20
;;                  li  a1, 0x20
;;                  slli  t5, a2, 0x10
;;                  beqz  t5, 0x282 <ctz+0x1e>
;;                  addi  a1, a1, -0x10
;;                  mv  a2, t5
;;                  slli  t5, a2, 0x8
;;                  beqz  t5, 0x28e <ctz+0x2a>
;;                  addi  a1, a1, -0x8
;;                  mv  a2, t5
;;                  slli  t5, a2, 0x4
;;                  beqz  t5, 0x29a <ctz+0x36>
;;                  addi  a1, a1, -0x4
;;                  mv  a2, t5
;;                  slli  t5, a2, 0x2
;;                  beqz  t5, 0x2a6 <ctz+0x42>
;;                  addi  a1, a1, -0x2
;;                  mv  a2, t5
;;                  slli  t5, a2, 0x1
;;                  beqz  t5, 0x2b2 <ctz+0x4e>
;;                  addi  a1, a1, -0x1
;;                  mv  a2, t5
;;                  srli  a2, a2, 0x1f
;;                  sub  a1, a1, a2
;;                  add  a0, a1, t2
;;                  li  a1, 0x0
;;                  ret
;;                  unimp
;; <popcnt>:
;;                  srli  t1, a0, 0x1
;;                  lui  a2, 0x55555
;;                  addi  a2, a2, 0x555
;;                  and  a2, t1, a2
;;                  sub  a2, a0, a2
;;                  srli  a4, a2, 0x2
;;                  lui  a6, 0x33333
;;                  addi  a6, a6, 0x333
;;                  and  t3, a4, a6
;;                  and  t4, a2, a6
;;                  add  t3, t3, t4
;;                  srli  t4, t3, 0x4
;;                  add  t3, t3, t4
;;                  lui  t4, 0xf0f1
;;                  addi  t4, t4, -0xf1
;;                  and  t4, t3, t4
;;                  lui  t0, 0x1010
;;                  addi  t0, t0, 0x101
;;                  mul  t0, t4, t0
;;                  srli  t3, t0, 0x18
;;                  srli  t0, a1, 0x1
;;                  lui  t1, 0x55555
;;                  addi  t1, t1, 0x555
;;                  and  t0, t0, t1
;;                  sub  t0, a1, t0
;;                  srli  t1, t0, 0x2
;;                  lui  t2, 0x33333
;;                  addi  t2, t2, 0x333
;;                  and  t1, t1, t2
;;                  and  t0, t0, t2
;;                  add  t0, t0, t1
;;                  srli  t1, t0, 0x4
;;                  add  t0, t0, t1
;;                  lui  t1, 0xf0f1
;;                  addi  t1, t1, -0xf1
;;                  and  t0, t0, t1
;;                  lui  t1, 0x1010
;;                  addi  t1, t1, 0x101
;;                  mul  t0, t0, t1
;;                  srli  t0, t0, 0x18
;;                  add  a0, t3, t0
;;                  li  a1, 0x0
;;                  ret
;; <extend8_s>:
;;                  slli  t1, a0, 0x18
;;                  srai  t1, t1, 0x18
;;                  mv  a0, t1
;;                  srai  a1, t1, 0x1f
;;                  ret
;; <extend16_s>:
;;                  slli  t1, a0, 0x10
;;                  srai  t1, t1, 0x10
;;                  mv  a0, t1
;;                  srai  a1, t1, 0x1f
;;                  ret
;; <extend32_s>:
;;                  srai  a1, a0, 0x1f
;;                  ret
;;                  unimp
;; <eqz>:
;;                  or  t0, a0, a1
;;                  seqz  a0, t0
;;                  ret
;;                  unimp
;; <extend_s>:
;;                  srai  a1, a0, 0x1f
;;                  ret
;;                  unimp
;; <extend_u>:
;;                  li  a1, 0x0
;;                  ret
;; <extend_truth>:
;;                  sltu  a0, a0, a1
;;                  li  a1, 0x0
;;                  ret
;; <wrap>:
;;                  ret
;;                  unimp
;; <product_s>:
;;                  mul  t0, a0, a1
;;                  mulh  a1, a0, a1
;;                  mv  a0, t0
;;                  ret
;; <product_u>:
;;                  mul  t0, a0, a1
;;                  mulhu  a1, a0, a1
;;                  mv  a0, t0
;;                  ret
;; <high_product_u>:
;;                  mulhu  a0, a0, a1
;;                  ret
;;                  unimp
;; <high_product_s>:
;;                  mulh  a0, a0, a1
;;                  ret
;;                  unimp
;; <product_by_word>:
;;                  mul  t1, a1, a2
;;                  mulhu  a1, a0, a2
;;                  add  a1, a1, t1
;;                  mul  a0, a0, a2
;;                  ret
;; <sum_with_word>:
;;                  add  t0, a0, a2
;;                  sltu  t2, t0, a0
;;                  add  a1, a1, t2
;;                  mv  a0, t0
;;                  ret
;;                  unimp
;; <difference_with_word>:
;;                  sltu  t1, a0, a2
;;                  sub  a0, a0, a2
;;                  sub  a1, a1, t1
;;                  ret
;; <sum_with_signed_word>:
;;                  srai  t1, a2, 0x1f
;;                  add  t0, a0, a2
;;                  sltu  a0, t0, a0
;;                  add  a1, a1, t1
;;                  add  a1, a1, a0
;;                  mv  a0, t0
;;                  ret
;; <low_add>:
;;                  add  a0, a0, a2
;;                  ret
;; <low_sub>:
;;                  sub  a0, a0, a2
;;                  ret
;; <low_mul>:
;;                  mul  a0, a0, a2
;;                  ret
;;                  unimp
;; <low_and>:
;;                  and  a0, a0, a2
;;                  ret
;; <low_or>:
;;                  or  a0, a0, a2
;;                  ret
;; <low_xor>:
;;                  xor  a0, a0, a2
;;                  ret
