;;! code = cortex-m3 rv32imac
;;! lines = 40
;; A frame beyond the reach of a load: a value more than there is room for, many times.
(module
  (memory 1)
  (func $nothing)
  (func (export "f1") (param i32) (result i32)
;;* 1100 (i32.load offset={n}0 (local.get 0))
    (call $nothing)
;;* 1099 (i32.add)
  )
  (func (export "f2") (param i32) (result i32)
    (call $nothing)
;;* 30 (i32.load offset={n}0 (local.get 0))
    (call $nothing)
;;* 29 (i32.add)
  )
)

;; ---- expected ----
;;
;; ---- cortex-m3 ----
;; <trap[MemoryOutOfBounds]>:
;;                  movs  r0, #0x2
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[StackOverflow]>:
;;                  movs  r0, #0x9
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <nothing>:
;;                  bx  lr
;;                  movs  r0, r0
;; <f1>:
;;                  ldr.w  r12, [r9]
;;                  add.w  r12, r12, #0x1000
;;                  add.w  r12, r12, #0x138
;;                  cmp  sp, r12
;;                  blo.w  0x7c72 <f1+0x7c5e>      @ imm = #0x7c4c
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub.w  sp, sp, #0x1000
;;                  sub  sp, #0x118
;;                  movw  r1, #0xfffc
;;                  cmp  r0, r1
;;                  bhi.w  0x6b42 <f1+0x6b2e>      @ imm = #0x6b08
;;                  add.w  r1, r9, r0
;;                  ldr  r2, [r1, #0x30]
;;                  str  r2, [sp]
;;                  movw  r2, #0xfff2
;;                  cmp  r0, r2
;;                  bhi.w  0x6b46 <f1+0x6b32>      @ imm = #0x6afa
;;                  ldr.w  r2, [r1, #0x3a]
;;                  str  r2, [sp, #0x4]
;;   … 9724 lines
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c2e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c32
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c36
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c3a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c3e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c42
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c46
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c4a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c4e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c52
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c56
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c5a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c5e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c62
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c66
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c6a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c6e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7c72
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0x7c70
;; <f2>:
;;                  ldr.w  r12, [r9]
;;                  cmp  sp, r12
;;                  blo.w  0x7f42 <f2+0x2ca>       @ imm = #0x2c0
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub  sp, #0x60
;;                  mov  r4, r0
;;                  bl  0x10 <nothing>          @ imm = #-0x7c7e
;;                  movw  r1, #0xfffc
;;                  mov  r0, r4
;;                  cmp  r0, r1
;;                  bhi.w  0x7eca <f2+0x252>       @ imm = #0x230
;;                  add.w  r1, r9, r0
;;                  ldr  r2, [r1, #0x30]
;;                  str  r2, [sp]
;;                  movw  r2, #0xfff2
;;                  cmp  r0, r2
;;                  bhi.w  0x7ece <f2+0x256>       @ imm = #0x222
;;                  ldr.w  r2, [r1, #0x3a]
;;                  str  r2, [sp, #0x4]
;;   … 200 lines
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7efe
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f02
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f06
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f0a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f0e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f12
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f16
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f1a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f1e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f22
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f26
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f2a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f2e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f32
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f36
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f3a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f3e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x7f42
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0x7f40
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
;; <trap[StackOverflow]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x9
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <nothing>:
;;                  ret
;;                  unimp
;; <f1>:
;;                  lui  t5, 0xfffff
;;                  addi  t5, t5, -0x140
;;                  add  t5, t5, sp
;;                  lw  t6, 0x0(s1)
;;                  bgeu  t5, t6, 0x38 <f1+0x14>
;;                  j  0xb89e <f1+0xb87a>
;;                  lui  t5, 0xfffff
;;                  addi  t5, t5, -0x140
;;                  add  sp, sp, t5
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  sw  ra, 0x110(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  sw  s0, 0x114(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  sw  s2, 0x118(t5)
;;                  lui  t5, 0x1
;;   … 14935 lines
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x10 <trap[StackOverflow]>
;;                  unimp
;; <f2>:
;;                  lw  t6, 0x0(s1)
;;                  bltu  sp, t6, 0xbba4 <f2+0x300>
;;                  addi  sp, sp, -0x80
;;                  sw  ra, 0x50(sp)
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
;;                  mv  s0, a0
;;                  jal  0x20 <nothing>
;;                  lui  t4, 0x10
;;                  addi  t4, t4, -0x4
;;   … 213 lines
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x10 <trap[StackOverflow]>
