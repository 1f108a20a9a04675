;;! fuel = true
;;! code = cortex-m4f rv32imac
(module
  (memory 1 3)
  (func $sum (param i32) (result i32)
    (local i32)
    (loop
      (local.set 1 (i32.add (local.get 1) (local.get 0)))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 1))
  (func $bulk (param i32 i32) (result i32)
    (memory.fill (local.get 0) (i32.const 0) (local.get 1))
    (memory.grow (local.get 0))))

;; ---- expected ----
;; ;; sum
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0025                               v5 = load.i32 notrap aligned readonly can_move region5 v0+16
;; @0025                               v6 = load.i32 notrap aligned region6 v5
;; @0025                               v4 = iconst.i32 2
;; @0025                               v7 = icmp ult v6, v4  ; v4 = 2
;; @0025                               trapnz v7, user11
;; @0025                               v8 = isub v6, v4  ; v4 = 2
;; @0025                               store notrap aligned region6 v8, v5
;; @0025                               v2 = iconst.i32 0
;; @0028                               jump block2(v2, v1)  ; v2 = 0
;;
;;                                 block2(v14: i32, v15: i32):
;; @0028                               v11 = load.i32 notrap aligned region6 v5
;;                                     v19 = iconst.i32 10
;;                                     v20 = icmp ult v11, v19  ; v19 = 10
;; @0028                               trapnz v20, user11
;;                                     v21 = isub v11, v19  ; v19 = 10
;; @0028                               store notrap aligned region6 v21, v5
;;                                     v22 = iconst.i32 1
;;                                     v23 = isub v15, v22  ; v22 = 1
;; @002e                               v16 = iadd v14, v15
;; @0038                               brif v23, block2(v16, v23), block3
;;
;;                                 block3:
;; @003d                               return v16
;; }
;;
;; ;; bulk
;; function u0:1(i32 vmctx, i32, i32) -> i32 tail {
;;     sig0 = (i32, i32, i32) system_v
;;     sig1 = (i32, i32, i32) -> i32 system_v
;;     fn0 = u1:2 sig0
;;     fn1 = u1:52 sig1
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @003f                               v5 = load.i32 notrap aligned readonly can_move region5 v0+16
;; @003f                               v6 = load.i32 notrap aligned region6 v5
;; @003f                               v4 = iconst.i32 7
;; @003f                               v7 = icmp ult v6, v4  ; v4 = 7
;; @003f                               trapnz v7, user11
;; @003f                               v8 = isub v6, v4  ; v4 = 7
;; @003f                               store notrap aligned region6 v8, v5
;; @0046                               v10 = load.i32 notrap aligned region1 v0+24
;; @0046                               v11 = icmp ugt v2, v10
;; @0046                               trapnz v11, user2
;; @0046                               v12 = isub v10, v2
;; @0046                               v13 = icmp ugt v1, v12
;; @0046                               trapnz v13, user2
;; @0046                               v14 = iconst.i32 6
;; @0046                               v15 = ushr v2, v14  ; v14 = 6
;; @0046                               v18 = icmp ult v8, v15
;; @0046                               trapnz v18, user11
;; @0046                               v19 = isub v8, v15
;; @0046                               store notrap aligned region6 v19, v5
;; @0046                               v20 = iconst.i32 48
;; @0046                               v21 = iadd v0, v20  ; v20 = 48
;; @0046                               v22 = iadd v21, v1
;; @0042                               v9 = iconst.i32 0
;; @0046                               call fn0(v22, v9, v2)  ; v9 = 0
;; @004b                               v23 = iconst.i32 20
;; @004b                               v24 = iadd v0, v23  ; v23 = 20
;; @004b                               v28 = call fn1(v24, v1, v5)
;; @004b                               v29 = iconst.i32 -2
;; @004b                               v30 = icmp eq v28, v29  ; v29 = -2
;; @004b                               trapnz v30, user11
;; @004d                               return v28
;; }
;;
;;
;; ---- cortex-m4f ----
;; <trap[MemoryOutOfBounds]>:
;;                  movs  r0, #0x2
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[OutOfFuel]>:
;;                  movs  r0, #0xb
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <sum>:
;;                  ldr.w  r1, [r9, #0x10]
;;                  ldr  r2, [r1]
;;                  cmp  r2, #0x2
;;                  blo  0x34 <sum+0x24>         @ imm = #0x18
;;                  subs  r2, r2, #0x2
;;                  str  r2, [r1]
;;                  movs  r2, #0x0
;;                  ldr  r3, [r1]
;;                  cmp  r3, #0xa
;;                  blo  0x3a <sum+0x2a>         @ imm = #0x12
;;                  subs  r3, #0xa
;;                  str  r3, [r1]
;;                  adds  r2, r2, r0
;;                  subs  r0, r0, #0x1
;;                  bne  0x20 <sum+0x10>         @ imm = #-0x12
;;                  mov  r0, r2
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x8 <trap[OutOfFuel]>   @ imm = #-0x32
;;                  push  {lr}
;;                  bl  0x8 <trap[OutOfFuel]>   @ imm = #-0x38
;; <bulk>:
;;                  push  {r4, r5, r6, lr}
;;                  mov  r4, r0
;;                  ldr.w  r5, [r9, #0x10]
;;                  ldr  r2, [r5]
;;                  cmp  r2, #0x7
;;                  blo  0x9e <bulk+0x5e>        @ imm = #0x4e
;;                  subs  r2, r2, #0x7
;;                  str  r2, [r5]
;;                  ldr.w  r3, [r9, #0x18]
;;                  cmp  r1, r3
;;                  bhi  0xa2 <bulk+0x62>        @ imm = #0x46
;;                  subs  r0, r3, r1
;;                  mov  r3, r4
;;                  cmp  r3, r0
;;                  bhi  0xa2 <bulk+0x62>        @ imm = #0x3e
;;                  lsrs  r3, r1, #0x6
;;                  mov  r6, r1
;;                  cmp  r2, r3
;;                  blo  0xa6 <bulk+0x66>        @ imm = #0x3a
;;                  subs  r0, r2, r3
;;                  str  r0, [r5]
;;                  add.w  r0, r9, #0x30
;;                  mov  r1, r4
;;                  adds  r0, r0, r1
;;                  movs  r1, #0x0
;;                  mov  r2, r6
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x8]
;;                  blx  r12
;;                  add.w  r0, r9, #0x14
;;                  mov  r1, r4
;;                  mov  r2, r5
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0xd0]
;;                  blx  r12
;;                  cmn.w  r0, #0x2
;;                  beq  0xaa <bulk+0x6a>        @ imm = #0xc
;;                  pop  {r4, r5, r6, pc}
;;                  bl  0x8 <trap[OutOfFuel]>   @ imm = #-0x9a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0xa6
;;                  bl  0x8 <trap[OutOfFuel]>   @ imm = #-0xa2
;;                  bl  0x8 <trap[OutOfFuel]>   @ imm = #-0xa6
;;
;; ---- rv32imac ----
;; <trap[MemoryOutOfBounds]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x2
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[OutOfFuel]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0xb
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <sum>:
;;                  mv  t0, a0
;;                  lw  t2, 0x10(s1)
;;                  lw  a5, 0x0(t2)
;;                  li  a7, 0x2
;;                  bltu  a5, a7, 0x5c <sum+0x3c>
;;                  addi  a7, a5, -0x2
;;                  sw  a7, 0x0(t2)
;;                  li  a6, 0xa
;;                  li  a1, 0x0
;;                  lw  t3, 0x0(t2)
;;                  bltu  t3, a6, 0x60 <sum+0x40>
;;                  addi  t3, t3, -0xa
;;                  sw  t3, 0x0(t2)
;;                  addi  t3, t0, -0x1
;;                  add  a1, a1, t0
;;                  beqz  t3, 0x58 <sum+0x38>
;;                  mv  t0, t3
;;                  j  0x3c <sum+0x1c>
;;                  mv  a0, a1
;;                  ret
;;                  jal  t0, 0x10 <trap[OutOfFuel]>
;;                  jal  t0, 0x10 <trap[OutOfFuel]>
;; <bulk>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x4(sp)
;;                  sw  s0, 0x8(sp)
;;                  sw  s2, 0xc(sp)
;;                  mv  s2, a0
;;                  lw  s0, 0x10(s1)
;;                  lw  a6, 0x0(s0)
;;                  li  t3, 0x7
;;                  bltu  a6, t3, 0xd6 <bulk+0x72>
;;                  addi  a5, a6, -0x7
;;                  sw  a5, 0x0(s0)
;;                  lw  t3, 0x18(s1)
;;                  bltu  t3, a1, 0xda <bulk+0x76>
;;                  sub  t3, t3, a1
;;                  bltu  t3, a0, 0xda <bulk+0x76>
;;                  srli  t3, a1, 0x6
;;                  mv  a2, a1
;;                  bltu  a5, t3, 0xde <bulk+0x7a>
;;                  sub  t3, a5, t3
;;                  sw  t3, 0x0(s0)
;;                  addi  t3, s1, 0x30
;;                  add  a0, a0, t3
;;                  li  a1, 0x0
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x8(t5)
;;                  jalr  t5
;;                  addi  a0, s1, 0x14
;;                  mv  a1, s2
;;                  mv  a2, s0
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0xd0(t5)
;;                  jalr  t5
;;                  li  t3, -0x2
;;                  beq  a0, t3, 0xe2 <bulk+0x7e>
;;                  lw  ra, 0x4(sp)
;;                  lw  s0, 0x8(sp)
;;                  lw  s2, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x10 <trap[OutOfFuel]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x10 <trap[OutOfFuel]>
;;                  jal  t0, 0x10 <trap[OutOfFuel]>
