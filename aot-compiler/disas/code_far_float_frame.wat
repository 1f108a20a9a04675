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
;;                  blo.w  0x1812 <f+0x17fe>       @ imm = #0x17f0
;;                  push  {lr}
;;                  vpush  {s16, s17, s18, s19, s20, s21, s22, s23, s24, s25, s26, s27, s28, s29, s30, s31}
;;                  subw  sp, sp, #0x474
;;                  movw  r1, #0xf44e
;;                  cmp  r0, r1
;;                  bhi.w  0x180e <f+0x17fa>       @ imm = #0x17d8
;;                  add  r0, r9
;;                  ldr  r1, [r0, #0x30]
;;                  vmov  s8, r1
;;                  vstr  s8, [sp]
;;                  ldr.w  r1, [r0, #0x3a]
;;                  vmov  s12, r1
;;                  vstr  s12, [sp, #4]
;;                  ldr  r1, [r0, #0x44]
;;                  vmov  s0, r1
;;   … 1503 lines
;;                  vadd.f32  s0, s1, s0
;;                  vldr  s1, [sp, #20]
;;                  vadd.f32  s0, s1, s0
;;                  vldr  s1, [sp, #16]
;;                  vadd.f32  s0, s1, s0
;;                  vldr  s1, [sp, #12]
;;                  vadd.f32  s0, s1, s0
;;                  vldr  s1, [sp, #8]
;;                  vadd.f32  s0, s1, s0
;;                  vldr  s12, [sp, #4]
;;                  vadd.f32  s0, s12, s0
;;                  vldr  s8, [sp]
;;                  vadd.f32  s0, s8, s0
;;                  vmov  r0, s0
;;                  addw  sp, sp, #0x474
;;                  vpop  {s16, s17, s18, s19, s20, s21, s22, s23, s24, s25, s26, s27, s28, s29, s30, s31}
;;                  pop  {pc}
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x1812
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0x1810
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
;;                  j  0x153c <f+0x1518>
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
;;                  lui  t0, 0xf
;;   … 1478 lines
;;                  flw  ft7, 0x0(sp)
;;                  fadd.s  ft0, ft7, ft0, rne
;;                  fmv.x.w  a0, ft0
;;                  lw  ra, 0x4bc(sp)
;;                  flw  fs0, 0x48c(sp)
;;                  flw  fs1, 0x490(sp)
;;                  flw  fs2, 0x494(sp)
;;                  flw  fs3, 0x498(sp)
;;                  flw  fs4, 0x49c(sp)
;;                  flw  fs5, 0x4a0(sp)
;;                  flw  fs6, 0x4a4(sp)
;;                  flw  fs7, 0x4a8(sp)
;;                  flw  fs8, 0x4ac(sp)
;;                  flw  fs9, 0x4b0(sp)
;;                  flw  fs10, 0x4b4(sp)
;;                  flw  fs11, 0x4b8(sp)
;;                  addi  sp, sp, 0x4c0
;;                  ret
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
;;                  jal  t0, 0x10 <trap[StackOverflow]>
