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
;;                  blo.w  0x4066 <f1+0x4052>      @ imm = #0x4040
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub.w  sp, sp, #0x1000
;;                  sub  sp, #0x118
;;                  movw  r1, #0xd50e
;;                  cmp  r0, r1
;;                  bhi.w  0x4062 <f1+0x404e>      @ imm = #0x4028
;;                  add  r0, r9
;;                  ldr  r1, [r0, #0x30]
;;                  str  r1, [sp]
;;                  ldr.w  r1, [r0, #0x3a]
;;                  str  r1, [sp, #0x4]
;;                  ldr  r1, [r0, #0x44]
;;                  str  r1, [sp, #0x8]
;;                  ldr.w  r1, [r0, #0x4e]
;;   … 5336 lines
;;                  ldr  r1, [sp, #0x18]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp, #0x14]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp, #0x10]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp, #0xc]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp, #0x8]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp, #0x4]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp]
;;                  adds  r0, r1, r0
;;                  add.w  sp, sp, #0x1000
;;                  add  sp, #0x118
;;                  pop.w  {r4, r5, r6, r7, r8, r10, r11, pc}
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x4066
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0x4064
;; <f2>:
;;                  ldr.w  r12, [r9]
;;                  cmp  sp, r12
;;                  blo.w  0x41a8 <f2+0x13c>       @ imm = #0x132
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub  sp, #0x60
;;                  mov  r4, r0
;;                  bl  0x10 <nothing>          @ imm = #-0x4072
;;                  movw  r1, #0xfeda
;;                  mov  r0, r4
;;                  cmp  r0, r1
;;                  bhi.w  0x41a4 <f2+0x138>       @ imm = #0x116
;;                  add.w  r1, r9, r0
;;                  ldr  r0, [r1, #0x30]
;;                  str  r0, [sp]
;;                  ldr.w  r0, [r1, #0x3a]
;;                  str  r0, [sp, #0x4]
;;                  ldr  r0, [r1, #0x44]
;;                  str  r0, [sp, #0x8]
;;                  ldr.w  r0, [r1, #0x4e]
;;   … 84 lines
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp, #0x18]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp, #0x14]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp, #0x10]
;;                  adds  r0, r1, r0
;;                  ldr  r3, [sp, #0xc]
;;                  adds  r0, r3, r0
;;                  ldr  r2, [sp, #0x8]
;;                  adds  r0, r2, r0
;;                  ldr  r1, [sp, #0x4]
;;                  adds  r3, r1, r0
;;                  ldr  r0, [sp]
;;                  adds  r0, r0, r3
;;                  add  sp, #0x60
;;                  pop.w  {r4, r5, r6, r7, r8, r10, r11, pc}
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x41a8
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0x41a6
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
;;                  j  0x6b78 <f1+0x6b54>
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
;;   … 9439 lines
;;                  add  t5, t5, sp
;;                  lw  s7, 0x12c(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s8, 0x130(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s9, 0x134(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s10, 0x138(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s11, 0x13c(t5)
;;                  lui  t5, 0x1
;;                  addi  t5, t5, 0x140
;;                  add  sp, sp, t5
;;                  ret
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x10 <trap[StackOverflow]>
;; <f2>:
;;                  lw  t6, 0x0(s1)
;;                  bltu  sp, t6, 0x6cf4 <f2+0x178>
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
;;                  lui  t0, 0x10
;;                  addi  t0, t0, -0x126
;;   … 97 lines
;;                  lw  a0, 0x4(sp)
;;                  add  t0, t0, a0
;;                  lw  t2, 0x0(sp)
;;                  add  a0, t2, t0
;;                  lw  ra, 0x50(sp)
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
;;                  ret
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x10 <trap[StackOverflow]>
