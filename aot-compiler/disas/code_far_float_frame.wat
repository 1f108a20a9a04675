;;! code = cortex-m4f rv32imafc
;;! lines = 40
;; The same with floats.
(module
  (memory 1)
  (func $nothing)
  (func (export "f") (param i32) (result f32)
;;* 300 (f32.load offset={n}0 (local.get 0))
    (call $nothing)
;;* 299 (f32.add)
  )
)

;; ---- expected ----
;;
;; ---- cortex-m4f ----
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
;; <f>:
;;                  ldr.w  r12, [r9]
;;                  add.w  r12, r12, #0x4b8
;;                  cmp  sp, r12
;;                  blo.w  0x286a <f+0x2856>       @ imm = #0x2848
;;                  push  {lr}
;;                  vpush  {s16, s17, s18, s19, s20, s21, s22, s23, s24, s25, s26, s27, s28, s29, s30, s31}
;;                  subw  sp, sp, #0x474
;;                  movw  r3, #0xfffc
;;                  cmp  r0, r3
;;                  bhi.w  0x23ba <f+0x23a6>       @ imm = #0x2384
;;                  add.w  r1, r9, r0
;;                  ldr  r2, [r1, #0x30]
;;                  vmov  s8, r2
;;                  vstr  s8, [sp]
;;                  movw  r2, #0xfff2
;;                  cmp  r0, r2
;;                  bhi.w  0x23be <f+0x23aa>       @ imm = #0x2370
;;                  ldr.w  r2, [r1, #0x3a]
;;                  vmov  s14, r2
;;   … 2697 lines
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2826
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x282a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x282e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2832
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2836
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x283a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x283e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2842
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2846
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x284a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x284e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2852
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2856
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x285a
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x285e
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2862
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2866
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x286a
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0x2868
;;
;; ---- rv32imafc ----
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
;; <f>:
;;                  addi  t5, sp, -0x4c0
;;                  lw  t6, 0x0(s1)
;;                  bgeu  t5, t6, 0x34 <f+0x10>
;;                  j  0x29bc <f+0x2998>
;;                  addi  sp, sp, -0x4c0
;;                  sw  ra, 0x4bc(sp)
;;                  fsw  fs0, 0x48c(sp)
;;                  fsw  fs1, 0x490(sp)
;;                  fsw  fs2, 0x494(sp)
;;                  fsw  fs3, 0x498(sp)
;;                  fsw  fs4, 0x49c(sp)
;;                  fsw  fs5, 0x4a0(sp)
;;                  fsw  fs6, 0x4a4(sp)
;;                  fsw  fs7, 0x4a8(sp)
;;                  fsw  fs8, 0x4ac(sp)
;;                  fsw  fs9, 0x4b0(sp)
;;                  fsw  fs10, 0x4b4(sp)
;;                  fsw  fs11, 0x4b8(sp)
;;                  lui  t0, 0x10
;;   … 2943 lines
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
