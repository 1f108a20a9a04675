;;! code = cortex-m3 rv32imac
;;! lines = 60
;; Branches that reach farther than their shortest form, and jump tables likewise.
(module
  (memory 1)
  (func $over (param i32)
    (if (local.get 0) (then
;;* 700 (i32.store offset={n}0 (i32.const 0) (local.get 0))
    ) (else
;;* 700 (i32.store offset={n}0 (i32.const 4) (local.get 0))
    )))
  (func $table (param i32) (result i32)
    (block (block (block (br_table 0 1 2 (local.get 0)))
;;* 100 (i32.store offset={n}0 (i32.const 0) (local.get 0))
    (return (i32.const 1)))
;;* 100 (i32.store offset={n}0 (i32.const 4) (local.get 0))
    (return (i32.const 2)))
    (i32.const 3))
  (func $back (param i32) (result i32)
    (loop $again
      (block (block (local.set 0 (i32.load (local.get 0))) (br_table 0 $again 1 (local.get 0))) (return (i32.const 1))))
    (i32.const 3))
)

;; ---- expected ----
;;
;; ---- cortex-m3 ----
;; <trap[MemoryOutOfBounds]>:
;;                  movs  r0, #0x2
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <over>:
;;                  cmp  r0, #0x0
;;                  bne.w  0xf7a <over+0xf72>      @ imm = #0xf6c
;;                  str.w  r0, [r9, #0x34]
;;                  str.w  r0, [r9, #0x3e]
;;                  str.w  r0, [r9, #0x48]
;;                  str.w  r0, [r9, #0x52]
;;                  str.w  r0, [r9, #0x5c]
;;                  str.w  r0, [r9, #0x66]
;;                  str.w  r0, [r9, #0x70]
;;                  str.w  r0, [r9, #0x7a]
;;                  str.w  r0, [r9, #0x84]
;;                  str.w  r0, [r9, #0x8e]
;;                  str.w  r0, [r9, #0x98]
;;                  str.w  r0, [r9, #0xa2]
;;                  str.w  r0, [r9, #0xac]
;;                  str.w  r0, [r9, #0xb6]
;;                  str.w  r0, [r9, #0xc0]
;;                  str.w  r0, [r9, #0xca]
;;                  str.w  r0, [r9, #0xd4]
;;                  str.w  r0, [r9, #0xde]
;;                  str.w  r0, [r9, #0xe8]
;;                  str.w  r0, [r9, #0xf2]
;;                  str.w  r0, [r9, #0xfc]
;;                  str.w  r0, [r9, #0x106]
;;                  str.w  r0, [r9, #0x110]
;;                  str.w  r0, [r9, #0x11a]
;;                  str.w  r0, [r9, #0x124]
;;                  str.w  r0, [r9, #0x12e]
;;                  str.w  r0, [r9, #0x138]
;;   … 1936 lines
;;                  movw  r1, #0x1afc
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b06
;;                  str.w  r0, [r9, r1]
;;                  movw  r3, #0x1b10
;;                  str.w  r0, [r9, r3]
;;                  movw  r1, #0x1b1a
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b24
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b2e
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b38
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b42
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b4c
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b56
;;                  str.w  r0, [r9, r1]
;;                  add.w  r1, r9, #0x1b60
;;                  str  r0, [r1]
;;                  movw  r1, #0x1b6a
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b74
;;                  str.w  r0, [r9, r1]
;;                  movw  r1, #0x1b7e
;;                  str.w  r0, [r9, r1]
;;                  bx  lr
;;                  movs  r0, r0
;; <table>:
;;                  cmp  r0, #0x2
;;                  bhs.w  0x221a <table+0x336>    @ imm = #0x330
;;                  tbh  [pc, r0, lsl #1]
;;                  lsls  r4, r1, #0x3
;;                  movs  r2, r0
;;                  str.w  r0, [r9, #0x34]
;;                  str.w  r0, [r9, #0x3e]
;;                  str.w  r0, [r9, #0x48]
;;                  str.w  r0, [r9, #0x52]
;;                  str.w  r0, [r9, #0x5c]
;;                  str.w  r0, [r9, #0x66]
;;                  str.w  r0, [r9, #0x70]
;;                  str.w  r0, [r9, #0x7a]
;;                  str.w  r0, [r9, #0x84]
;;                  str.w  r0, [r9, #0x8e]
;;                  str.w  r0, [r9, #0x98]
;;                  str.w  r0, [r9, #0xa2]
;;                  str.w  r0, [r9, #0xac]
;;                  str.w  r0, [r9, #0xb6]
;;                  str.w  r0, [r9, #0xc0]
;;                  str.w  r0, [r9, #0xca]
;;                  str.w  r0, [r9, #0xd4]
;;                  str.w  r0, [r9, #0xde]
;;                  str.w  r0, [r9, #0xe8]
;;                  str.w  r0, [r9, #0xf2]
;;                  str.w  r0, [r9, #0xfc]
;;                  str.w  r0, [r9, #0x106]
;;                  str.w  r0, [r9, #0x110]
;;                  str.w  r0, [r9, #0x11a]
;;   … 153 lines
;;                  str.w  r0, [r9, #0x31e]
;;                  str.w  r0, [r9, #0x328]
;;                  str.w  r0, [r9, #0x332]
;;                  str.w  r0, [r9, #0x33c]
;;                  str.w  r0, [r9, #0x346]
;;                  str.w  r0, [r9, #0x350]
;;                  str.w  r0, [r9, #0x35a]
;;                  str.w  r0, [r9, #0x364]
;;                  str.w  r0, [r9, #0x36e]
;;                  str.w  r0, [r9, #0x378]
;;                  str.w  r0, [r9, #0x382]
;;                  str.w  r0, [r9, #0x38c]
;;                  str.w  r0, [r9, #0x396]
;;                  str.w  r0, [r9, #0x3a0]
;;                  str.w  r0, [r9, #0x3aa]
;;                  str.w  r0, [r9, #0x3b4]
;;                  str.w  r0, [r9, #0x3be]
;;                  str.w  r0, [r9, #0x3c8]
;;                  str.w  r0, [r9, #0x3d2]
;;                  str.w  r0, [r9, #0x3dc]
;;                  str.w  r0, [r9, #0x3e6]
;;                  str.w  r0, [r9, #0x3f0]
;;                  str.w  r0, [r9, #0x3fa]
;;                  str.w  r0, [r9, #0x404]
;;                  str.w  r0, [r9, #0x40e]
;;                  movs  r0, #0x1
;;                  bx  lr
;;                  movs  r0, #0x3
;;                  bx  lr
;;                  movs  r0, r0
;; <back>:
;;                  mov  r3, r0
;;                  movw  r0, #0xfffc
;;                  cmp  r3, r0
;;                  bhi  0x224c <back+0x2c>      @ imm = #0x20
;;                  add.w  r1, r9, r3
;;                  ldr  r3, [r1, #0x30]
;;                  cmp  r3, #0x2
;;                  bhs  0x2248 <back+0x28>      @ imm = #0x12
;;                  lsl.w  r12, r3, #0x2
;;                  add  r12, pc
;;                  mov  pc, r12
;;                  b.w  0x2244 <back+0x24>      @ imm = #0x4
;;                  b.w  0x2226 <back+0x6>       @ imm = #-0x1e
;;                  movs  r0, #0x1
;;                  bx  lr
;;                  movs  r0, #0x3
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x2252
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
;; <over>:
;;                  beqz  a0, 0x18 <over+0x8>
;;                  j  0x1a0c <over+0x19fc>
;;                  sw  a0, 0x34(s1)
;;                  sw  a0, 0x3e(s1)
;;                  sw  a0, 0x48(s1)
;;                  sw  a0, 0x52(s1)
;;                  sw  a0, 0x5c(s1)
;;                  sw  a0, 0x66(s1)
;;                  sw  a0, 0x70(s1)
;;                  sw  a0, 0x7a(s1)
;;                  sw  a0, 0x84(s1)
;;                  sw  a0, 0x8e(s1)
;;                  sw  a0, 0x98(s1)
;;                  sw  a0, 0xa2(s1)
;;                  sw  a0, 0xac(s1)
;;                  sw  a0, 0xb6(s1)
;;                  sw  a0, 0xc0(s1)
;;                  sw  a0, 0xca(s1)
;;                  sw  a0, 0xd4(s1)
;;                  sw  a0, 0xde(s1)
;;                  sw  a0, 0xe8(s1)
;;                  sw  a0, 0xf2(s1)
;;                  sw  a0, 0xfc(s1)
;;                  sw  a0, 0x106(s1)
;;                  sw  a0, 0x110(s1)
;;                  sw  a0, 0x11a(s1)
;;                  sw  a0, 0x124(s1)
;;                  sw  a0, 0x12e(s1)
;;                  sw  a0, 0x138(s1)
;;   … 4346 lines
;;                  lui  t0, 0x2
;;                  addi  t0, t0, -0x4be
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  lui  t0, 0x2
;;                  addi  t0, t0, -0x4b4
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  lui  t0, 0x2
;;                  addi  t0, t0, -0x4aa
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  lui  t0, 0x2
;;                  addi  t0, t0, -0x4a0
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  lui  t0, 0x2
;;                  addi  t0, t0, -0x496
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  lui  t0, 0x2
;;                  addi  t0, t0, -0x48c
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  lui  t0, 0x2
;;                  addi  t0, t0, -0x482
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  ret
;;                  unimp
;; <table>:
;;                  li  t5, 0x2
;;                  bgeu  a0, t5, 0x3734 <table+0x334>
;;                  slli  t0, a0, 0x2
;;                  auipc  t5, 0x0
;;                  add  t5, t5, t0
;;                  jr  0xa(t5)
;;                  j  0x35a8 <table+0x1a8>
;;                  j  0x341c <table+0x1c>
;;                  sw  a0, 0x34(s1)
;;                  sw  a0, 0x3e(s1)
;;                  sw  a0, 0x48(s1)
;;                  sw  a0, 0x52(s1)
;;                  sw  a0, 0x5c(s1)
;;                  sw  a0, 0x66(s1)
;;                  sw  a0, 0x70(s1)
;;                  sw  a0, 0x7a(s1)
;;                  sw  a0, 0x84(s1)
;;                  sw  a0, 0x8e(s1)
;;                  sw  a0, 0x98(s1)
;;                  sw  a0, 0xa2(s1)
;;                  sw  a0, 0xac(s1)
;;                  sw  a0, 0xb6(s1)
;;                  sw  a0, 0xc0(s1)
;;                  sw  a0, 0xca(s1)
;;                  sw  a0, 0xd4(s1)
;;                  sw  a0, 0xde(s1)
;;                  sw  a0, 0xe8(s1)
;;                  sw  a0, 0xf2(s1)
;;                  sw  a0, 0xfc(s1)
;;   … 155 lines
;;                  sw  a0, 0x314(s1)
;;                  sw  a0, 0x31e(s1)
;;                  sw  a0, 0x328(s1)
;;                  sw  a0, 0x332(s1)
;;                  sw  a0, 0x33c(s1)
;;                  sw  a0, 0x346(s1)
;;                  sw  a0, 0x350(s1)
;;                  sw  a0, 0x35a(s1)
;;                  sw  a0, 0x364(s1)
;;                  sw  a0, 0x36e(s1)
;;                  sw  a0, 0x378(s1)
;;                  sw  a0, 0x382(s1)
;;                  sw  a0, 0x38c(s1)
;;                  sw  a0, 0x396(s1)
;;                  sw  a0, 0x3a0(s1)
;;                  sw  a0, 0x3aa(s1)
;;                  sw  a0, 0x3b4(s1)
;;                  sw  a0, 0x3be(s1)
;;                  sw  a0, 0x3c8(s1)
;;                  sw  a0, 0x3d2(s1)
;;                  sw  a0, 0x3dc(s1)
;;                  sw  a0, 0x3e6(s1)
;;                  sw  a0, 0x3f0(s1)
;;                  sw  a0, 0x3fa(s1)
;;                  sw  a0, 0x404(s1)
;;                  sw  a0, 0x40e(s1)
;;                  li  a0, 0x1
;;                  ret
;;                  li  a0, 0x3
;;                  ret
;; <back>:
;;                  mv  t0, a0
;;                  lui  a0, 0x10
;;                  addi  a0, a0, -0x4
;;                  bltu  a0, t0, 0x376e <back+0x36>
;;                  add  a1, s1, t0
;;                  lw  t0, 0x30(a1)
;;                  li  t5, 0x2
;;                  bgeu  t0, t5, 0x376a <back+0x32>
;;                  slli  a1, t0, 0x2
;;                  auipc  t5, 0x0
;;                  add  t5, t5, a1
;;                  jr  0xa(t5)
;;                  j  0x3766 <back+0x2e>
;;                  j  0x373e <back+0x6>
;;                  li  a0, 0x1
;;                  ret
;;                  li  a0, 0x3
;;                  ret
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
