;;! code = cortex-m3 rv32imac
;;! lines = 40
;; Results beyond the reach of an offset.
(module
  (type $many (func (param i32) (result
;;* 1000 i32
  )))
  (func $many (type $many)
;;* 1000 (local.get 0)
  )
  (func (param i32) (result i32)
    (call $many (local.get 0))
;;* 999 (i32.add)
  )
)

;; ---- expected ----
;;
;; ---- cortex-m3 ----
;; <many>:
;;                  str.w  r0, [r9, #0x28]
;;                  str.w  r0, [r9, #0x2c]
;;                  str.w  r0, [r9, #0x30]
;;                  str.w  r0, [r9, #0x34]
;;                  str.w  r0, [r9, #0x38]
;;                  str.w  r0, [r9, #0x3c]
;;                  str.w  r0, [r9, #0x40]
;;                  str.w  r0, [r9, #0x44]
;;                  str.w  r0, [r9, #0x48]
;;                  str.w  r0, [r9, #0x4c]
;;                  str.w  r0, [r9, #0x50]
;;                  str.w  r0, [r9, #0x54]
;;                  str.w  r0, [r9, #0x58]
;;                  str.w  r0, [r9, #0x5c]
;;                  str.w  r0, [r9, #0x60]
;;                  str.w  r0, [r9, #0x64]
;;                  str.w  r0, [r9, #0x68]
;;                  str.w  r0, [r9, #0x6c]
;;                  str.w  r0, [r9, #0x70]
;;   … 961 lines
;;                  str.w  r0, [r9, #0xf78]
;;                  str.w  r0, [r9, #0xf7c]
;;                  str.w  r0, [r9, #0xf80]
;;                  str.w  r0, [r9, #0xf84]
;;                  str.w  r0, [r9, #0xf88]
;;                  str.w  r0, [r9, #0xf8c]
;;                  str.w  r0, [r9, #0xf90]
;;                  str.w  r0, [r9, #0xf94]
;;                  str.w  r0, [r9, #0xf98]
;;                  str.w  r0, [r9, #0xf9c]
;;                  str.w  r0, [r9, #0xfa0]
;;                  str.w  r0, [r9, #0xfa4]
;;                  str.w  r0, [r9, #0xfa8]
;;                  str.w  r0, [r9, #0xfac]
;;                  str.w  r0, [r9, #0xfb0]
;;                  str.w  r0, [r9, #0xfb4]
;;                  mov  r3, r0
;;                  mov  r1, r3
;;                  mov  r2, r3
;;                  bx  lr
;; <func[1]>:
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub.w  sp, sp, #0xf70
;;                  bl  0x0 <many>              @ imm = #-0xfa4
;;                  str  r0, [sp]
;;                  str  r1, [sp, #0x4]
;;                  str  r2, [sp, #0x8]
;;                  str  r3, [sp, #0xc]
;;                  ldr.w  lr, [r9, #0x28]
;;                  str.w  lr, [sp, #0x10]
;;                  ldr.w  r5, [r9, #0x2c]
;;                  str  r5, [sp, #0x14]
;;                  ldr.w  r6, [r9, #0x30]
;;                  str  r6, [sp, #0x18]
;;                  ldr.w  r7, [r9, #0x34]
;;                  str  r7, [sp, #0x1c]
;;                  ldr.w  r8, [r9, #0x38]
;;                  str.w  r8, [sp, #0x20]
;;                  ldr.w  r10, [r9, #0x3c]
;;                  str.w  r10, [sp, #0x24]
;;   … 3937 lines
;;                  ldr.w  r8, [sp, #0x20]
;;                  add  r0, r8
;;                  ldr  r7, [sp, #0x1c]
;;                  adds  r0, r7, r0
;;                  ldr  r6, [sp, #0x18]
;;                  adds  r0, r6, r0
;;                  ldr  r5, [sp, #0x14]
;;                  adds  r0, r5, r0
;;                  ldr.w  lr, [sp, #0x10]
;;                  add  r0, lr
;;                  ldr  r3, [sp, #0xc]
;;                  adds  r0, r3, r0
;;                  ldr  r2, [sp, #0x8]
;;                  adds  r0, r2, r0
;;                  ldr  r1, [sp, #0x4]
;;                  adds  r0, r1, r0
;;                  ldr  r1, [sp]
;;                  adds  r0, r1, r0
;;                  add.w  sp, sp, #0xf70
;;                  pop.w  {r4, r5, r6, r7, r8, r10, r11, pc}
;;
;; ---- rv32imac ----
;; <many>:
;;                  sw  a0, 0x28(s1)
;;                  sw  a0, 0x2c(s1)
;;                  sw  a0, 0x30(s1)
;;                  sw  a0, 0x34(s1)
;;                  sw  a0, 0x38(s1)
;;                  sw  a0, 0x3c(s1)
;;                  sw  a0, 0x40(s1)
;;                  sw  a0, 0x44(s1)
;;                  sw  a0, 0x48(s1)
;;                  sw  a0, 0x4c(s1)
;;                  sw  a0, 0x50(s1)
;;                  sw  a0, 0x54(s1)
;;                  sw  a0, 0x58(s1)
;;                  sw  a0, 0x5c(s1)
;;                  sw  a0, 0x60(s1)
;;                  sw  a0, 0x64(s1)
;;                  sw  a0, 0x68(s1)
;;                  sw  a0, 0x6c(s1)
;;                  sw  a0, 0x70(s1)
;;   … 2431 lines
;;                  lui  t0, 0x1
;;                  addi  t0, t0, -0x64
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  lui  t0, 0x1
;;                  addi  t0, t0, -0x60
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  lui  t0, 0x1
;;                  addi  t0, t0, -0x5c
;;                  add  t0, t0, s1
;;                  sw  a0, 0x0(t0)
;;                  mv  a7, a0
;;                  mv  a1, a7
;;                  mv  a2, a7
;;                  mv  a3, a7
;;                  mv  a4, a7
;;                  mv  a5, a7
;;                  mv  a6, a7
;;                  ret
;; <func[1]>:
;;                  lui  t5, 0xfffff
;;                  addi  t5, t5, 0x90
;;                  add  sp, sp, t5
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  sw  ra, -0xc0(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  sw  s0, -0xbc(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  sw  s2, -0xb8(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  sw  s3, -0xb4(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  sw  s4, -0xb0(t5)
;;                  lui  t5, 0x1
;;   … 7310 lines
;;                  lw  s6, -0xa8(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s7, -0xa4(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s8, -0xa0(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s9, -0x9c(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s10, -0x98(t5)
;;                  lui  t5, 0x1
;;                  add  t5, t5, sp
;;                  lw  s11, -0x94(t5)
;;                  lui  t5, 0x1
;;                  addi  t5, t5, -0x90
;;                  add  sp, sp, t5
;;                  ret
