;;! code = cortex-m3 rv32imac
;; Arithmetic of words: registers.
(module
  (func $add (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $sub (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))
  (func $mul (param i32 i32) (result i32) (i32.mul (local.get 0) (local.get 1)))
  (func $and (param i32 i32) (result i32) (i32.and (local.get 0) (local.get 1)))
  (func $or (param i32 i32) (result i32) (i32.or (local.get 0) (local.get 1)))
  (func $xor (param i32 i32) (result i32) (i32.xor (local.get 0) (local.get 1)))
  (func $shl (param i32 i32) (result i32) (i32.shl (local.get 0) (local.get 1)))
  (func $shr_u (param i32 i32) (result i32) (i32.shr_u (local.get 0) (local.get 1)))
  (func $shr_s (param i32 i32) (result i32) (i32.shr_s (local.get 0) (local.get 1)))
  (func $rotl (param i32 i32) (result i32) (i32.rotl (local.get 0) (local.get 1)))
  (func $rotr (param i32 i32) (result i32) (i32.rotr (local.get 0) (local.get 1)))
  (func $div_s (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func $div_u (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func $rem_s (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1)))
  (func $rem_u (param i32 i32) (result i32) (i32.rem_u (local.get 0) (local.get 1)))
  (func $clz (param i32) (result i32) (i32.clz (local.get 0)))
  (func $ctz (param i32) (result i32) (i32.ctz (local.get 0)))
  (func $popcnt (param i32) (result i32) (i32.popcnt (local.get 0)))
  (func $extend8_s (param i32) (result i32) (i32.extend8_s (local.get 0)))
  (func $extend16_s (param i32) (result i32) (i32.extend16_s (local.get 0)))
  (func $eqz (param i32) (result i32) (i32.eqz (local.get 0)))
)

;; ---- expected ----
;; ;; add
;; function u0:0(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0038                               v4 = iadd v1, v2
;; @0039                               return v4
;; }
;;
;; ;; sub
;; function u0:1(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0040                               v4 = isub v1, v2
;; @0041                               return v4
;; }
;;
;; ;; mul
;; function u0:2(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0048                               v4 = imul v1, v2
;; @0049                               return v4
;; }
;;
;; ;; and
;; function u0:3(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0050                               v4 = band v1, v2
;; @0051                               return v4
;; }
;;
;; ;; or
;; function u0:4(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0058                               v4 = bor v1, v2
;; @0059                               return v4
;; }
;;
;; ;; xor
;; function u0:5(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0060                               v4 = bxor v1, v2
;; @0061                               return v4
;; }
;;
;; ;; shl
;; function u0:6(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0068                               v4 = ishl v1, v2
;; @0069                               return v4
;; }
;;
;; ;; shr_u
;; function u0:7(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0070                               v4 = ushr v1, v2
;; @0071                               return v4
;; }
;;
;; ;; shr_s
;; function u0:8(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0078                               v4 = sshr v1, v2
;; @0079                               return v4
;; }
;;
;; ;; rotl
;; function u0:9(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0080                               v4 = rotl v1, v2
;; @0081                               return v4
;; }
;;
;; ;; rotr
;; function u0:10(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0088                               v4 = rotr v1, v2
;; @0089                               return v4
;; }
;;
;; ;; div_s
;; function u0:11(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0090                               v4 = sdiv v1, v2
;; @0091                               return v4
;; }
;;
;; ;; div_u
;; function u0:12(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0098                               v4 = udiv v1, v2
;; @0099                               return v4
;; }
;;
;; ;; rem_s
;; function u0:13(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00a0                               v4 = srem v1, v2
;; @00a1                               return v4
;; }
;;
;; ;; rem_u
;; function u0:14(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00a8                               v4 = urem v1, v2
;; @00a9                               return v4
;; }
;;
;; ;; clz
;; function u0:15(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00ae                               v3 = clz v1
;; @00af                               return v3
;; }
;;
;; ;; ctz
;; function u0:16(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00b4                               v3 = ctz v1
;; @00b5                               return v3
;; }
;;
;; ;; popcnt
;; function u0:17(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00ba                               v3 = popcnt v1
;; @00bb                               return v3
;; }
;;
;; ;; extend8_s
;; function u0:18(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00c0                               v3 = ireduce.i8 v1
;; @00c0                               v4 = sextend.i32 v3
;; @00c1                               return v4
;; }
;;
;; ;; extend16_s
;; function u0:19(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00c6                               v3 = ireduce.i16 v1
;; @00c6                               v4 = sextend.i32 v3
;; @00c7                               return v4
;; }
;;
;; ;; eqz
;; function u0:20(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00cc                               v3 = iconst.i32 0
;; @00cc                               v4 = icmp eq v1, v3  ; v3 = 0
;; @00cc                               v5 = uextend.i32 v4
;; @00cd                               return v5
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
;;                  adds  r0, r0, r1
;;                  bx  lr
;; <sub>:
;;                  subs  r0, r0, r1
;;                  bx  lr
;; <mul>:
;;                  muls  r0, r1, r0
;;                  bx  lr
;; <and>:
;;                  ands  r0, r1
;;                  bx  lr
;; <or>:
;;                  orrs  r0, r1
;;                  bx  lr
;; <xor>:
;;                  eors  r0, r1
;;                  bx  lr
;; <shl>:
;;                  and  r12, r1, #0x1f
;;                  lsl.w  r0, r0, r12
;;                  bx  lr
;;                  movs  r0, r0
;; <shr_u>:
;;                  and  r12, r1, #0x1f
;;                  lsr.w  r0, r0, r12
;;                  bx  lr
;;                  movs  r0, r0
;; <shr_s>:
;;                  and  r12, r1, #0x1f
;;                  asr.w  r0, r0, r12
;;                  bx  lr
;;                  movs  r0, r0
;; <rotl>:
;;                  rsb.w  r12, r1, #0x0
;;                  ror.w  r0, r0, r12
;;                  bx  lr
;;                  movs  r0, r0
;; <rotr>:
;;                  rors  r0, r1
;;                  bx  lr
;; <div_s>:
;;                  cbz  r1, 0x6e <div_s+0x12>   @ imm = #0xe
;;                  eor  r2, r0, #0x80000000
;;                  adds  r3, r1, #0x1
;;                  orrs  r2, r3
;;                  cbz  r2, 0x74 <div_s+0x18>   @ imm = #0xa
;;                  sdiv  r0, r0, r1
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0x74
;;                  push  {lr}
;;                  bl  0x8 <trap[IntegerOverflow]> @ imm = #-0x72
;;                  movs  r0, r0
;; <div_u>:
;;                  cbz  r1, 0x84 <div_u+0x8>    @ imm = #0x4
;;                  udiv  r0, r0, r1
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0x8a
;;                  movs  r0, r0
;; <rem_s>:
;;                  cbz  r1, 0x98 <rem_s+0xc>    @ imm = #0x8
;;                  sdiv  r12, r0, r1
;;                  mls  r0, r12, r1, r0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0x9e
;;                  movs  r0, r0
;; <rem_u>:
;;                  cbz  r1, 0xac <rem_u+0xc>    @ imm = #0x8
;;                  udiv  r12, r0, r1
;;                  mls  r0, r12, r1, r0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[IntegerDivisionByZero]> @ imm = #-0xb2
;;                  movs  r0, r0
;; <clz>:
;;                  clz  r3, r0
;;                  mov  r0, r3
;;                  bx  lr
;; <ctz>:
;;                  rbit  r0, r0
;;                  clz  r0, r0
;;                  bx  lr
;;                  movs  r0, r0
;; <popcnt>:
;;                  lsrs  r3, r0, #0x1
;;                  and  r1, r3, #0x55555555
;;                  subs  r1, r0, r1
;;                  and  r0, r1, #0x33333333
;;                  lsrs  r1, r1, #0x2
;;                  and  r1, r1, #0x33333333
;;                  adds  r0, r0, r1
;;                  add.w  r0, r0, r0, lsr #4
;;                  and  r0, r0, #0xf0f0f0f
;;                  add.w  r0, r0, r0, lsl #8
;;                  add.w  r0, r0, r0, lsl #16
;;                  lsrs  r0, r0, #0x18
;;                  bx  lr
;; <extend8_s>:
;;                  sxtb  r3, r0
;;                  mov  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <extend16_s>:
;;                  sxth  r3, r0
;;                  mov  r0, r3
;;                  bx  lr
;;                  movs  r0, r0
;; <eqz>:
;;                  clz  r0, r0
;;                  lsrs  r0, r0, #0x5
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
;;                  add  a0, a0, a1
;;                  ret
;; <sub>:
;;                  sub  a0, a0, a1
;;                  ret
;; <mul>:
;;                  mul  a0, a0, a1
;;                  ret
;;                  unimp
;; <and>:
;;                  and  a0, a0, a1
;;                  ret
;; <or>:
;;                  or  a0, a0, a1
;;                  ret
;; <xor>:
;;                  xor  a0, a0, a1
;;                  ret
;; <shl>:
;;                  sll  a0, a0, a1
;;                  ret
;;                  unimp
;; <shr_u>:
;;                  srl  a0, a0, a1
;;                  ret
;;                  unimp
;; <shr_s>:
;;                  sra  a0, a0, a1
;;                  ret
;;                  unimp
;; <rotl>:
;;                  neg  t0, a1
;;                  sll  t1, a0, a1
;;                  srl  a0, a0, t0
;;                  or  a0, t1, a0
;;                  ret
;;                  unimp
;; <rotr>:
;;                  neg  t0, a1
;;                  srl  t1, a0, a1
;;                  sll  a0, a0, t0
;;                  or  a0, t1, a0
;;                  ret
;;                  unimp
;; <div_s>:
;;                  beqz  a1, 0x96 <div_s+0x1a>
;;                  lui  t1, 0x80000
;;                  xor  t1, a0, t1
;;                  addi  a2, a1, 0x1
;;                  or  a2, t1, a2
;;                  beqz  a2, 0x9a <div_s+0x1e>
;;                  div  a0, a0, a1
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;;                  jal  t0, 0x10 <trap[IntegerOverflow]>
;;                  unimp
;; <div_u>:
;;                  beqz  a1, 0xa8 <div_u+0x8>
;;                  divu  a0, a0, a1
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;; <rem_s>:
;;                  beqz  a1, 0xb4 <rem_s+0x8>
;;                  rem  a0, a0, a1
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;; <rem_u>:
;;                  beqz  a1, 0xc0 <rem_u+0x8>
;;                  remu  a0, a0, a1
;;                  ret
;;                  jal  t0, 0x0 <trap[IntegerDivisionByZero]>
;; <clz>:
;;                  li  t0, 0x20
;;                  srli  t5, a0, 0x10
;;                  beqz  t5, 0xd4 <clz+0x10>
;;                  addi  t0, t0, -0x10
;;                  mv  a0, t5
;;                  srli  t5, a0, 0x8
;;                  beqz  t5, 0xe0 <clz+0x1c>
;;                  addi  t0, t0, -0x8
;;                  mv  a0, t5
;;                  srli  t5, a0, 0x4
;;                  beqz  t5, 0xec <clz+0x28>
;;                  addi  t0, t0, -0x4
;;                  mv  a0, t5
;;                  srli  t5, a0, 0x2
;;                  beqz  t5, 0xf8 <clz+0x34>
;;                  addi  t0, t0, -0x2
;;                  mv  a0, t5
;;                  srli  t5, a0, 0x1
;;                  beqz  t5, 0x104 <clz+0x40>
;;                  addi  t0, t0, -0x1
;;                  mv  a0, t5
;;                  sub  t0, t0, a0
;;                  mv  a0, t0
;;                  ret
;; <ctz>:
;;                  mv  t0, a0
;;                  li  a0, 0x20
;;                  slli  t5, t0, 0x10
;;                  beqz  t5, 0x11e <ctz+0x12>
;;                  addi  a0, a0, -0x10
;;                  mv  t0, t5
;;                  slli  t5, t0, 0x8
;;                  beqz  t5, 0x12a <ctz+0x1e>
;;                  addi  a0, a0, -0x8
;;                  mv  t0, t5
;;                  slli  t5, t0, 0x4
;;                  beqz  t5, 0x136 <ctz+0x2a>
;;                  addi  a0, a0, -0x4
;;                  mv  t0, t5
;;                  slli  t5, t0, 0x2
;;                  beqz  t5, 0x142 <ctz+0x36>
;;                  addi  a0, a0, -0x2
;;                  mv  t0, t5
;;                  slli  t5, t0, 0x1
;;                  beqz  t5, 0x14e <ctz+0x42>
;;                  addi  a0, a0, -0x1
;;                  mv  t0, t5
;;                  srli  t0, t0, 0x1f
;;                  sub  a0, a0, t0
;;                  ret
;; <popcnt>:
;;                  srli  t0, a0, 0x1
;;                  lui  t1, 0x55555
;;                  addi  t1, t1, 0x555
;;                  and  t1, t0, t1
;;                  sub  a0, a0, t1
;;                  srli  a1, a0, 0x2
;;                  lui  a3, 0x33333
;;                  addi  a3, a3, 0x333
;;                  and  a5, a1, a3
;;                  and  a7, a0, a3
;;                  add  t3, a5, a7
;;                  srli  t4, t3, 0x4
;;                  add  t3, t3, t4
;;                  lui  t4, 0xf0f1
;;                  addi  t4, t4, -0xf1
;;                  and  t3, t3, t4
;;                  lui  t0, 0x1010
;;                  addi  t0, t0, 0x101
;;                  mul  t0, t3, t0
;;                  srli  a0, t0, 0x18
;;                  ret
;; <extend8_s>:
;;                  slli  t0, a0, 0x18
;;                  srai  t0, t0, 0x18
;;                  mv  a0, t0
;;                  ret
;; <extend16_s>:
;;                  slli  t0, a0, 0x10
;;                  srai  t0, t0, 0x10
;;                  mv  a0, t0
;;                  ret
;; <eqz>:
;;                  seqz  a0, a0
;;                  ret
