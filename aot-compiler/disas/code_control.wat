;;! code = cortex-m4f rv32imafc
;; Branches, jump tables and traps.
(module
  (memory 1)
  (func $table (param i32) (result i32) (block (block (block (block (br_table 0 1 2 3 (local.get 0))) (return (i32.const 10))) (return (i32.const 11))) (return (i32.const 12))) (i32.const 13))
  (func $table_with_values (param i32 i32) (result i32) (block (result i32) (block (result i32) (br_table 0 1 0 (local.get 1) (local.get 0))) (i32.const 1) (i32.add)))
  (func $table_of_default (param i32) (result i32) (block (br_table 0 (local.get 0))) (i32.const 1))
  (func $float_edge (param i32 f32) (result f32) (if (result f32) (local.get 0) (then (local.get 1)) (else (f32.const 2))))
  (func $critical_edge (param i32 i64) (result i64) (block (result i64) (br_if 0 (local.get 1) (local.get 0)) (drop) (i64.const 7)))
  (func $halve (param i32) (result i32) (loop $again (if (i32.gt_u (local.get 0) (i32.const 10)) (then (local.set 0 (i32.shr_u (local.get 0) (i32.const 1))) (br $again)))) (local.get 0))
  (func $trap  (unreachable))
  (func $pair_not_zero (param i64) (result i32) (if (result i32) (i64.ne (local.get 0) (i64.const 0)) (then (i32.const 1)) (else (i32.const 2))))
)

;; ---- expected ----
;; ;; table
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @004a                               br_table v1, block2, [block5, block4, block3]
;;
;;                                 block5:
;; @0051                               v3 = iconst.i32 10
;; @0053                               return v3  ; v3 = 10
;;
;;                                 block4:
;; @0055                               v4 = iconst.i32 11
;; @0057                               return v4  ; v4 = 11
;;
;;                                 block3:
;; @0059                               v5 = iconst.i32 12
;; @005b                               return v5  ; v5 = 12
;;
;;                                 block2:
;; @005d                               v6 = iconst.i32 13
;; @005f                               return v6  ; v6 = 13
;; }
;;
;; ;; table_with_values
;; function u0:1(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @006a                               br_table v1, block4, [block4, block5]
;;
;;                                 block4:
;; @006a                               jump block3
;;
;;                                 block5:
;; @006a                               jump block2(v2)
;;
;;                                 block3:
;; @0070                               v6 = iconst.i32 1
;; @0072                               v7 = iadd.i32 v2, v6  ; v6 = 1
;; @0073                               jump block2(v7)
;;
;;                                 block2(v4: i32):
;; @0074                               return v4
;; }
;;
;; ;; table_of_default
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @007b                               br_table v1, block2, []
;;
;;                                 block2:
;; @007f                               v3 = iconst.i32 1
;; @0081                               return v3  ; v3 = 1
;; }
;;
;; ;; float_edge
;; function u0:3(i32 vmctx, i32, f32) -> f32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: f32):
;; @0086                               brif v1, block2, block3
;;
;;                                 block2:
;; @008a                               jump block4(v2)
;;
;;                                 block3:
;; @008b                               v5 = f32const 0x1.000000p1
;; @0090                               jump block4(v5)  ; v5 = 0x1.000000p1
;;
;;                                 block4(v4: f32):
;; @0091                               return v4
;; }
;;
;; ;; critical_edge
;; function u0:4(i32 vmctx, i32, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i64):
;; @009a                               brif v1, block2(v2), block3
;;
;;                                 block3:
;; @009d                               v5 = iconst.i64 7
;; @009f                               jump block2(v5)  ; v5 = 7
;;
;;                                 block2(v4: i64):
;; @00a0                               return v4
;; }
;;
;; ;; halve
;; function u0:5(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00a3                               jump block2(v1)
;;
;;                                 block2(v3: i32):
;;                                     v9 = iconst.i32 10
;;                                     v10 = icmp ugt v3, v9  ; v9 = 10
;; @00aa                               brif v10, block3, block5
;;
;;                                 block3:
;; @00ae                               v7 = iconst.i32 1
;; @00b0                               v8 = ushr.i32 v3, v7  ; v7 = 1
;; @00b3                               jump block2(v8)
;;
;;                                 block5:
;; @00b9                               return v3
;; }
;;
;; ;; trap
;; function u0:6(i32 vmctx) tail {
;;
;;                                 block0(v0: i32):
;; @00bc                               trap user1
;; }
;;
;; ;; pair_not_zero
;; function u0:7(i32 vmctx, i64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i64):
;; @00c5                               brif v1, block2, block3
;;
;;                                 block2:
;; @00c7                               v7 = iconst.i32 1
;; @00c9                               jump block4(v7)  ; v7 = 1
;;
;;                                 block3:
;; @00ca                               v8 = iconst.i32 2
;; @00cc                               jump block4(v8)  ; v8 = 2
;;
;;                                 block4(v6: i32):
;; @00cd                               return v6
;; }
;;
;;
;; ---- cortex-m4f ----
;; <trap[Unreachable]>:
;;                  movs  r0, #0x1
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <table>:
;;                  cmp  r0, #0x3
;;                  bhs  0x20 <table+0x18>       @ imm = #0x12
;;                  tbb  [pc, r0]
;;                  lsls  r6, r0, #0x10
;;                  movs  r2, r0
;;                  movs  r0, #0xc
;;                  bx  lr
;;                  movs  r0, #0xb
;;                  bx  lr
;;                  movs  r0, #0xa
;;                  bx  lr
;;                  movs  r0, #0xd
;;                  bx  lr
;; <table_with_values>:
;;                  cmp  r0, #0x2
;;                  bhs  0x32 <table_with_values+0xe> @ imm = #0x8
;;                  tbb  [pc, r0]
;;                  lsls  r3, r0, #0x4
;;                  mov  r0, r1
;;                  b  0x34 <table_with_values+0x10> @ imm = #0x0
;;                  adds  r0, r1, #0x1
;;                  bx  lr
;;                  movs  r0, r0
;; <table_of_default>:
;;                  cmp  r0, #0x0
;;                  bhs  0x40 <table_of_default+0x8> @ imm = #0x2
;;                  tbb  [pc, r0]
;;                  movs  r0, #0x1
;;                  bx  lr
;; <float_edge>:
;;                  vmov  s1, r1
;;                  cbnz  r0, 0x4e <float_edge+0xa> @ imm = #0x2
;;                  vmov.f32  s1, #2.000000e+00
;;                  vmov  r0, s1
;;                  bx  lr
;; <critical_edge>:
;;                  cbz  r0, 0x5c <critical_edge+0x8> @ imm = #0x4
;;                  mov  r0, r1
;;                  mov  r1, r2
;;                  b  0x60 <critical_edge+0xc> @ imm = #0x2
;;                  movs  r0, #0x7
;;                  movs  r1, #0x0
;;                  bx  lr
;;                  movs  r0, r0
;; <halve>:
;;                  mov  r2, r0
;;                  cmp  r2, #0xa
;;                  bhi  0x6e <halve+0xa>        @ imm = #0x2
;;                  mov  r0, r2
;;                  bx  lr
;;                  lsrs  r2, r2, #0x1
;;                  b  0x66 <halve+0x2>        @ imm = #-0xe
;;                  movs  r0, r0
;; <trap>:
;;                  push  {lr}
;;                  bl  0x0 <trap[Unreachable]> @ imm = #-0x7a
;;                  movs  r0, r0
;; <pair_not_zero>:
;;                  orrs  r0, r1
;;                  bne  0x84 <pair_not_zero+0x8> @ imm = #0x2
;;                  movs  r0, #0x2
;;                  b  0x86 <pair_not_zero+0xa> @ imm = #0x0
;;                  movs  r0, #0x1
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
;; <table>:
;;                  li  t5, 0x3
;;                  bgeu  a0, t5, 0x3c <table+0x2c>
;;                  slli  t1, a0, 0x2
;;                  auipc  t5, 0x0
;;                  add  t5, t5, t1
;;                  jr  0xa(t5)
;;                  j  0x38 <table+0x28>
;;                  j  0x34 <table+0x24>
;;                  j  0x30 <table+0x20>
;;                  li  a0, 0xc
;;                  ret
;;                  li  a0, 0xb
;;                  ret
;;                  li  a0, 0xa
;;                  ret
;;                  li  a0, 0xd
;;                  ret
;; <table_with_values>:
;;                  li  t5, 0x2
;;                  bgeu  a0, t5, 0x60 <table_with_values+0x20>
;;                  slli  t0, a0, 0x2
;;                  auipc  t5, 0x0
;;                  add  t5, t5, t0
;;                  jr  0xa(t5)
;;                  j  0x60 <table_with_values+0x20>
;;                  j  0x5c <table_with_values+0x1c>
;;                  mv  a0, a1
;;                  j  0x64 <table_with_values+0x24>
;;                  addi  a0, a1, 0x1
;;                  ret
;;                  unimp
;; <table_of_default>:
;;                  j  0x6a <table_of_default+0x2>
;;                  li  a0, 0x1
;;                  ret
;;                  unimp
;; <float_edge>:
;;                  fmv.w.x  ft1, a1
;;                  bnez  a0, 0x7e <float_edge+0xe>
;;                  lui  t2, 0x40000
;;                  fmv.w.x  ft1, t2
;;                  fmv.x.w  a0, ft1
;;                  ret
;; <critical_edge>:
;;                  beqz  a0, 0x8c <critical_edge+0x8>
;;                  mv  a0, a1
;;                  mv  a1, a2
;;                  j  0x90 <critical_edge+0xc>
;;                  li  a0, 0x7
;;                  li  a1, 0x0
;;                  ret
;;                  unimp
;; <halve>:
;;                  mv  t0, a0
;;                  li  t1, 0xa
;;                  bltu  t1, t0, 0xa0 <halve+0xc>
;;                  mv  a0, t0
;;                  ret
;;                  srli  t0, t0, 0x1
;;                  j  0x98 <halve+0x4>
;;                  unimp
;; <trap>:
;;                  jal  t0, 0x0 <trap[Unreachable]>
;; <pair_not_zero>:
;;                  or  t1, a0, a1
;;                  bnez  t1, 0xb8 <pair_not_zero+0xc>
;;                  li  a0, 0x2
;;                  j  0xba <pair_not_zero+0xe>
;;                  li  a0, 0x1
;;                  ret
