;;! egraph = false
;;! code = cortex-m4f rv32imafc
;; Without the egraph, which would have written these otherwise.
(module
  (memory 1)
  (func $mul_power (param i32) (result i32) (i32.mul (local.get 0) (i32.const 64)))
  (func $sub_const (param i32) (result i32) (i32.sub (local.get 0) (i32.const 7)))
  (func $sub_negative (param i32) (result i32) (i32.sub (local.get 0) (i32.const -7)))
  (func $constant_on_the_left (param i32) (result i32) (i32.gt_u (i32.const 9) (local.get 0)))
  (func $shl_0 (param i64) (result i64) (i64.shl (local.get 0) (i64.const 64)))
  (func $rotl_0 (param i64) (result i64) (i64.rotl (local.get 0) (i64.const 0)))
  (func $select_same (param i32 i32) (result i32) (select (local.get 0) (local.get 0) (local.get 1)))
  (func $select_same_pair (param i64 i32) (result i64) (select (local.get 0) (local.get 0) (local.get 1)))
  (func $select_same_float (param f32 i32) (result f32) (select (local.get 0) (local.get 0) (local.get 1)))
  (func $sum_with_constant (param i32) (result i32) (i32.load offset=8 (i32.add (local.get 0) (i32.const 4))))
  (func $and_zero (param i32) (result i32) (i32.and (local.get 0) (i32.const 0)))
  (func $branch_on_result (param i32 i32) (result i32) (if (result i32) (block (result i32) (i32.lt_s (local.get 0) (local.get 1))) (then (i32.const 3)) (else (i32.const 8))))
  (func $branch_on_widened (param i32 i32) (result i32) (if (result i32) (i32.wrap_i64 (i64.extend_i32_u (i32.lt_s (local.get 0) (local.get 1)))) (then (i32.const 3)) (else (i32.const 8))))
  (func $branch_lt_s_1 (param i32) (if (i32.lt_s (local.get 0) (i32.const 1)) (then (unreachable))))
  (func $branch_ge_s_1 (param i32) (if (i32.ge_s (local.get 0) (i32.const 1)) (then (unreachable))))
  (func $branch_gt_s_minus_1 (param i32) (if (i32.gt_s (local.get 0) (i32.const -1)) (then (unreachable))))
  (func $branch_le_s_minus_1 (param i32) (if (i32.le_s (local.get 0) (i32.const -1)) (then (unreachable))))
  (func $branch_lt_u_1 (param i32) (if (i32.lt_u (local.get 0) (i32.const 1)) (then (unreachable))))
  (func $branch_ge_u_1 (param i32) (if (i32.ge_u (local.get 0) (i32.const 1)) (then (unreachable))))
  (func $branch_gt_u_0 (param i32) (if (i32.gt_u (local.get 0) (i32.const 0)) (then (unreachable))))
  (func $branch_le_u_0 (param i32) (if (i32.le_u (local.get 0) (i32.const 0)) (then (unreachable))))
)

;; ---- expected ----
;; ;; mul_power
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0050                               v3 = iconst.i32 64
;; @0053                               v4 = imul v1, v3  ; v3 = 64
;; @0054                               return v4
;; }
;;
;; ;; sub_const
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0059                               v3 = iconst.i32 7
;; @005b                               v4 = isub v1, v3  ; v3 = 7
;; @005c                               return v4
;; }
;;
;; ;; sub_negative
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0061                               v3 = iconst.i32 -7
;; @0063                               v4 = isub v1, v3  ; v3 = -7
;; @0064                               return v4
;; }
;;
;; ;; constant_on_the_left
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0067                               v3 = iconst.i32 9
;; @006b                               v4 = icmp ugt v3, v1  ; v3 = 9
;; @006b                               v5 = uextend.i32 v4
;; @006c                               return v5
;; }
;;
;; ;; shl_0
;; function u0:4(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @0071                               v3 = iconst.i64 64
;; @0074                               v4 = ishl v1, v3  ; v3 = 64
;; @0075                               return v4
;; }
;;
;; ;; rotl_0
;; function u0:5(i32 vmctx, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @007a                               v3 = iconst.i64 0
;; @007c                               v4 = rotl v1, v3  ; v3 = 0
;; @007d                               return v4
;; }
;;
;; ;; select_same
;; function u0:6(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0086                               v4 = select v2, v1, v1
;; @0087                               return v4
;; }
;;
;; ;; select_same_pair
;; function u0:7(i32 vmctx, i64, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i32):
;; @0090                               v4 = select v2, v1, v1
;; @0091                               return v4
;; }
;;
;; ;; select_same_float
;; function u0:8(i32 vmctx, f32, i32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: f32, v2: i32):
;; @009a                               v4 = select v2, v1, v1
;; @009b                               return v4
;; }
;;
;; ;; sum_with_constant
;; function u0:9(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00a0                               v3 = iconst.i32 4
;; @00a2                               v4 = iadd v1, v3  ; v3 = 4
;; @00a3                               v5 = iconst.i32 0xfff4
;; @00a3                               v6 = icmp ugt v4, v5  ; v5 = 0xfff4
;; @00a3                               trapnz v6, user2
;;                                     v9 = iadd v0, v1
;; @00a3                               v8 = load.i32 notrap region0 v9+60
;; @00a6                               return v8
;; }
;;
;; ;; and_zero
;; function u0:10(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00ab                               v3 = iconst.i32 0
;; @00ad                               v4 = band v1, v3  ; v3 = 0
;; @00ae                               return v4
;; }
;;
;; ;; branch_on_result
;; function u0:11(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00b7                               v5 = icmp slt v1, v2
;; @00b7                               v6 = uextend.i32 v5
;; @00b8                               jump block2
;;
;;                                 block2:
;; @00b9                               brif.i32 v6, block3, block4
;;
;;                                 block3:
;; @00bb                               v8 = iconst.i32 3
;; @00bd                               jump block5(v8)  ; v8 = 3
;;
;;                                 block4:
;; @00be                               v9 = iconst.i32 8
;; @00c0                               jump block5(v9)  ; v9 = 8
;;
;;                                 block5(v7: i32):
;; @00c1                               return v7
;; }
;;
;; ;; branch_on_widened
;; function u0:12(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00c8                               v4 = icmp slt v1, v2
;; @00c8                               v5 = uextend.i32 v4
;; @00c9                               v6 = uextend.i64 v5
;; @00ca                               v7 = ireduce.i32 v6
;; @00cb                               brif v7, block2, block3
;;
;;                                 block2:
;; @00cd                               v9 = iconst.i32 3
;; @00cf                               jump block4(v9)  ; v9 = 3
;;
;;                                 block3:
;; @00d0                               v10 = iconst.i32 8
;; @00d2                               jump block4(v10)  ; v10 = 8
;;
;;                                 block4(v8: i32):
;; @00d3                               return v8
;; }
;;
;; ;; branch_lt_s_1
;; function u0:13(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00d8                               v2 = iconst.i32 1
;; @00da                               v3 = icmp slt v1, v2  ; v2 = 1
;; @00db                               brif v3, block2, block4
;;
;;                                 block2:
;; @00dd                               trap user1
;;
;;                                 block4:
;; @00df                               return
;; }
;;
;; ;; branch_ge_s_1
;; function u0:14(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00e4                               v2 = iconst.i32 1
;; @00e6                               v3 = icmp sge v1, v2  ; v2 = 1
;; @00e7                               brif v3, block2, block4
;;
;;                                 block2:
;; @00e9                               trap user1
;;
;;                                 block4:
;; @00eb                               return
;; }
;;
;; ;; branch_gt_s_minus_1
;; function u0:15(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00f0                               v2 = iconst.i32 -1
;; @00f2                               v3 = icmp sgt v1, v2  ; v2 = -1
;; @00f3                               brif v3, block2, block4
;;
;;                                 block2:
;; @00f5                               trap user1
;;
;;                                 block4:
;; @00f7                               return
;; }
;;
;; ;; branch_le_s_minus_1
;; function u0:16(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00fc                               v2 = iconst.i32 -1
;; @00fe                               v3 = icmp sle v1, v2  ; v2 = -1
;; @00ff                               brif v3, block2, block4
;;
;;                                 block2:
;; @0101                               trap user1
;;
;;                                 block4:
;; @0103                               return
;; }
;;
;; ;; branch_lt_u_1
;; function u0:17(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0108                               v2 = iconst.i32 1
;; @010a                               v3 = icmp ult v1, v2  ; v2 = 1
;; @010b                               brif v3, block2, block4
;;
;;                                 block2:
;; @010d                               trap user1
;;
;;                                 block4:
;; @010f                               return
;; }
;;
;; ;; branch_ge_u_1
;; function u0:18(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0114                               v2 = iconst.i32 1
;; @0116                               v3 = icmp uge v1, v2  ; v2 = 1
;; @0117                               brif v3, block2, block4
;;
;;                                 block2:
;; @0119                               trap user1
;;
;;                                 block4:
;; @011b                               return
;; }
;;
;; ;; branch_gt_u_0
;; function u0:19(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0120                               v2 = iconst.i32 0
;; @0122                               v3 = icmp ugt v1, v2  ; v2 = 0
;; @0123                               brif v3, block2, block4
;;
;;                                 block2:
;; @0125                               trap user1
;;
;;                                 block4:
;; @0127                               return
;; }
;;
;; ;; branch_le_u_0
;; function u0:20(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @012c                               v2 = iconst.i32 0
;; @012e                               v3 = icmp ule v1, v2  ; v2 = 0
;; @012f                               brif v3, block2, block4
;;
;;                                 block2:
;; @0131                               trap user1
;;
;;                                 block4:
;; @0133                               return
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
;; <mul_power>:
;;                  lsls  r0, r0, #0x6
;;                  bx  lr
;; <sub_const>:
;;                  subs  r0, r0, #0x7
;;                  bx  lr
;; <sub_negative>:
;;                  adds  r0, r0, #0x7
;;                  bx  lr
;; <constant_on_the_left>:
;;                  cmp  r0, #0x9
;;                  ite  lo
;;                  movlo  r0, #0x1
;;                  movhs  r0, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <shl_0>:
;;                  bx  lr
;;                  movs  r0, r0
;; <rotl_0>:
;;                  bx  lr
;;                  movs  r0, r0
;; <select_same>:
;;                  cmp  r1, #0x0
;;                  bx  lr
;; <select_same_pair>:
;;                  cmp  r2, #0x0
;;                  cmp  r2, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <select_same_float>:
;;                  vmov  s3, r0
;;                  cmp  r1, #0x0
;;                  it  ne
;;                  vmovne.f32  s3, s3
;;                  vmov  r0, s3
;;                  bx  lr
;;                  movs  r0, r0
;; <sum_with_constant>:
;;                  adds  r1, r0, #0x4
;;                  movw  r2, #0xfff4
;;                  cmp  r1, r2
;;                  bhi  0x60 <sum_with_constant+0x10> @ imm = #0x4
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x3c]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[MemoryOutOfBounds]> @ imm = #-0x5e
;;                  movs  r0, r0
;; <and_zero>:
;;                  movs  r0, #0x0
;;                  bx  lr
;; <branch_on_result>:
;;                  cmp  r0, r1
;;                  blt  0x74 <branch_on_result+0x8> @ imm = #0x2
;;                  movs  r0, #0x8
;;                  b  0x76 <branch_on_result+0xa> @ imm = #0x0
;;                  movs  r0, #0x3
;;                  bx  lr
;; <branch_on_widened>:
;;                  cmp  r0, r1
;;                  ite  lt
;;                  movlt  r0, #0x1
;;                  movge  r0, #0x0
;;                  cbnz  r0, 0x86 <branch_on_widened+0xe> @ imm = #0x2
;;                  movs  r0, #0x8
;;                  b  0x88 <branch_on_widened+0x10> @ imm = #0x0
;;                  movs  r0, #0x3
;;                  bx  lr
;;                  movs  r0, r0
;; <branch_lt_s_1>:
;;                  cmp  r0, #0x1
;;                  blt  0x92 <branch_lt_s_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x98
;; <branch_ge_s_1>:
;;                  cmp  r0, #0x1
;;                  bge  0x9e <branch_ge_s_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0xa4
;; <branch_gt_s_minus_1>:
;;                  cmp.w  r0, #0xffffffff
;;                  bgt  0xac <branch_gt_s_minus_1+0x8> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0xb2
;;                  movs  r0, r0
;; <branch_le_s_minus_1>:
;;                  cmp.w  r0, #0xffffffff
;;                  ble  0xbc <branch_le_s_minus_1+0x8> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0xc2
;;                  movs  r0, r0
;; <branch_lt_u_1>:
;;                  cmp  r0, #0x1
;;                  blo  0xca <branch_lt_u_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0xd0
;; <branch_ge_u_1>:
;;                  cmp  r0, #0x1
;;                  bhs  0xd6 <branch_ge_u_1+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0xdc
;; <branch_gt_u_0>:
;;                  cmp  r0, #0x0
;;                  bhi  0xe2 <branch_gt_u_0+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0xe8
;; <branch_le_u_0>:
;;                  cmp  r0, #0x0
;;                  bls  0xee <branch_le_u_0+0x6> @ imm = #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0xf4
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
;; <mul_power>:
;;                  li  t0, 0x40
;;                  mul  a0, a0, t0
;;                  ret
;;                  unimp
;; <sub_const>:
;;                  addi  a0, a0, -0x7
;;                  ret
;; <sub_negative>:
;;                  addi  a0, a0, 0x7
;;                  ret
;; <constant_on_the_left>:
;;                  sltiu  a0, a0, 0x9
;;                  ret
;;                  unimp
;; <shl_0>:
;;                  ret
;;                  unimp
;; <rotl_0>:
;;                  ret
;;                  unimp
;; <select_same>:
;;                  ret
;;                  unimp
;; <select_same_pair>:
;;                  ret
;;                  unimp
;; <select_same_float>:
;;                  fmv.w.x  ft1, a0
;;                  fmv.s  ft4, ft1
;;                  fmv.x.w  a0, ft4
;;                  ret
;;                  unimp
;; <sum_with_constant>:
;;                  addi  t0, a0, 0x4
;;                  lui  t1, 0x10
;;                  addi  t1, t1, -0xc
;;                  bltu  t1, t0, 0x72 <sum_with_constant+0x16>
;;                  add  t1, s1, a0
;;                  lw  a0, 0x3c(t1)
;;                  ret
;;                  jal  t0, 0x10 <trap[MemoryOutOfBounds]>
;;                  unimp
;; <and_zero>:
;;                  li  a0, 0x0
;;                  ret
;; <branch_on_result>:
;;                  blt  a0, a1, 0x84 <branch_on_result+0x8>
;;                  li  a0, 0x8
;;                  j  0x86 <branch_on_result+0xa>
;;                  li  a0, 0x3
;;                  ret
;; <branch_on_widened>:
;;                  slt  t1, a0, a1
;;                  bnez  t1, 0x94 <branch_on_widened+0xc>
;;                  li  a0, 0x8
;;                  j  0x96 <branch_on_widened+0xe>
;;                  li  a0, 0x3
;;                  ret
;; <branch_lt_s_1>:
;;                  blez  a0, 0x9e <branch_lt_s_1+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_ge_s_1>:
;;                  bgtz  a0, 0xaa <branch_ge_s_1+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_gt_s_minus_1>:
;;                  bgez  a0, 0xb6 <branch_gt_s_minus_1+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_le_s_minus_1>:
;;                  bltz  a0, 0xc2 <branch_le_s_minus_1+0x6>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;;                  unimp
;; <branch_lt_u_1>:
;;                  beqz  a0, 0xcc <branch_lt_u_1+0x4>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_ge_u_1>:
;;                  bnez  a0, 0xd4 <branch_ge_u_1+0x4>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_gt_u_0>:
;;                  bnez  a0, 0xdc <branch_gt_u_0+0x4>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <branch_le_u_0>:
;;                  beqz  a0, 0xe4 <branch_le_u_0+0x4>
;;                  ret
;;                  jal  t0, 0x0 <trap[Unreachable]>
