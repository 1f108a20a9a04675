;;! code = cortex-m3 rv32imac
(module
  (memory 1)
  (table 1 funcref)
  (type $unary (func (param i32) (result i32)))
  (elem (i32.const 0) $by_table)
  ;; One check for it and for all that it calls.
  (func $entry (export "entry") (type $unary)
    (i32.add (call $first (local.get 0)) (call $second (local.get 0))))
  (func $first (type $unary)
    (i32.mul (call $second (local.get 0)) (call_indirect (type $unary) (local.get 0) (i32.const 0))))
  (func $second (type $unary)
    (memory.fill (i32.const 0) (local.get 0) (i32.const 9))
    (i32.load (i32.const 4)))
  (func $by_table (type $unary) (i32.add (call $second (local.get 0)) (i32.const 1)))
  ;; Each call checks, and so does what it calls.
  (func $endless (export "endless") (type $unary)
    (i32.add (call $endless (local.get 0)) (call $below (local.get 0))))
  (func $below (type $unary) (i32.add (call $second (local.get 0)) (i32.const 2)))
  ;; More than may lie below the limit.
  (func $large (export "large") (param i64) (result i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local.set 1 (i64.load (i32.const 8))) (local.set 2 (i64.load (i32.const 16)))
    (local.set 3 (i64.load (i32.const 24))) (local.set 4 (i64.load (i32.const 32)))
    (local.set 5 (i64.load (i32.const 40))) (local.set 6 (i64.load (i32.const 48)))
    (local.set 7 (i64.load (i32.const 56))) (local.set 8 (i64.load (i32.const 64)))
    (local.set 9 (i64.load (i32.const 72))) (local.set 10 (i64.load (i32.const 80)))
    (local.set 11 (i64.load (i32.const 88))) (local.set 12 (i64.load (i32.const 96)))
    (local.set 13 (i64.load (i32.const 104))) (local.set 14 (i64.load (i32.const 112)))
    (local.set 15 (i64.load (i32.const 120))) (local.set 16 (i64.load (i32.const 128)))
    (memory.fill (i32.const 8) (i32.const 3) (i32.const 160))
    (i64.add (local.get 0) (i64.add (local.get 1) (i64.add (local.get 2) (i64.add (local.get 3) (i64.add (local.get 4)
      (i64.add (local.get 5) (i64.add (local.get 6) (i64.add (local.get 7) (i64.add (local.get 8) (i64.add (local.get 9)
      (i64.add (local.get 10) (i64.add (local.get 11) (i64.add (local.get 12) (i64.add (local.get 13)
      (i64.add (local.get 14) (i64.add (local.get 15) (local.get 16)))))))))))))))))))

;; ---- expected ----
;; ;; entry
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     sig1 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:1 sig0
;;     fn1 = colocated u0:2 sig1
;;
;;                                 block0(v0: i32, v1: i32):
;; @0058                               v3 = call fn0(v0, v1)
;; @005c                               v4 = call fn1(v0, v1)
;; @005e                               v5 = iadd v3, v4
;; @005f                               return v5
;; }
;;
;; ;; first
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname1
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     sig1 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:2 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0064                               v3 = call fn0(v0, v1)
;; @006a                               v5 = symbol_value.i32 gv0
;; @006a                               v11 = load.i32 notrap aligned readonly region5 v5
;; @006a                               v12 = iadd v5, v11
;; @006a                               v13 = call_indirect sig1, v12(v0, v1)
;; @006d                               v14 = imul v3, v13
;; @006e                               return v14
;; }
;;
;; ;; second
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:2 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0077                               v9 = iconst.i32 48
;; @0077                               v10 = iadd v0, v9  ; v9 = 48
;; @0075                               v4 = iconst.i32 9
;; @0077                               call fn0(v10, v1, v4)  ; v4 = 9
;; @007c                               v13 = load.i32 notrap region0 v0+52
;; @007f                               return v13
;; }
;;
;; ;; by_table
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:2 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0084                               v3 = call fn0(v0, v1)
;; @0086                               v4 = iconst.i32 1
;; @0088                               v5 = iadd v3, v4  ; v4 = 1
;; @0089                               return v5
;; }
;;
;; ;; endless
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     sig1 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:4 sig0
;;     fn1 = colocated u0:5 sig1
;;
;;                                 block0(v0: i32, v1: i32):
;; @008e                               v3 = call fn0(v0, v1)
;; @0092                               v4 = call fn1(v0, v1)
;; @0094                               v5 = iadd v3, v4
;; @0095                               return v5
;; }
;;
;; ;; below
;; function u0:5(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:2 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @009a                               v3 = call fn0(v0, v1)
;; @009c                               v4 = iconst.i32 2
;; @009e                               v5 = iadd v3, v4  ; v4 = 2
;; @009f                               return v5
;; }
;;
;; ;; large
;; function u0:6(i32 vmctx, i64) -> i64 tail {
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:2 sig0
;;
;;                                 block0(v0: i32, v1: i64):
;; @00a7                               v5 = load.i64 notrap region0 v0+56
;; @00ae                               v7 = load.i64 notrap region0 v0+64
;; @00b5                               v9 = load.i64 notrap region0 v0+72
;; @00bc                               v11 = load.i64 notrap region0 v0+80
;; @00c3                               v13 = load.i64 notrap region0 v0+88
;; @00ca                               v15 = load.i64 notrap region0 v0+96
;; @00d1                               v17 = load.i64 notrap region0 v0+104
;; @00d9                               v19 = load.i64 notrap region0 v0+112
;; @00e1                               v21 = load.i64 notrap region0 v0+120
;; @00e9                               v23 = load.i64 notrap region0 v0+128
;; @00f1                               v25 = load.i64 notrap region0 v0+136
;; @00f9                               v27 = load.i64 notrap region0 v0+144
;; @0101                               v29 = load.i64 notrap region0 v0+152
;; @0109                               v31 = load.i64 notrap region0 v0+160
;; @0111                               v33 = load.i64 notrap region0 v0+168
;; @0119                               v35 = load.i64 notrap region0 v0+176
;; @00cf                               v16 = iconst.i32 56
;;                                     v88 = iadd v0, v16  ; v16 = 56
;; @0120                               v37 = iconst.i32 3
;; @0122                               v38 = iconst.i32 160
;; @0125                               call fn0(v88, v37, v38)  ; v37 = 3, v38 = 160
;; @014a                               v46 = iadd v33, v35
;; @014b                               v47 = iadd v31, v46
;; @014c                               v48 = iadd v29, v47
;; @014d                               v49 = iadd v27, v48
;; @014e                               v50 = iadd v25, v49
;; @014f                               v51 = iadd v23, v50
;; @0150                               v52 = iadd v21, v51
;; @0151                               v53 = iadd v19, v52
;; @0152                               v54 = iadd v17, v53
;; @0153                               v55 = iadd v15, v54
;; @0154                               v56 = iadd v13, v55
;; @0155                               v57 = iadd v11, v56
;; @0156                               v58 = iadd v9, v57
;; @0157                               v59 = iadd v7, v58
;; @0158                               v60 = iadd v5, v59
;; @0159                               v61 = iadd v1, v60
;; @015a                               return v61
;; }
;;
;;
;; ---- cortex-m3 ----
;;        0: 85 00 00 00    .word  0x00000085
;;        4: 00 00 00 00    .word  0x00000000
;; <trap[StackOverflow]>:
;;                  movs  r0, #0x9
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <entry>:
;;                  ldr.w  r12, [r9]
;;                  cmp  sp, r12
;;                  blo  0x32 <entry+0x22>       @ imm = #0x18
;;                  push  {r5, r7, lr}
;;                  sub  sp, #0x4
;;                  mov  r5, r0
;;                  bl  0x38 <first>            @ imm = #0x16
;;                  mov  r7, r0
;;                  mov  r0, r5
;;                  bl  0x64 <second>           @ imm = #0x3a
;;                  mov  r1, r7
;;                  adds  r0, r1, r0
;;                  add  sp, #0x4
;;                  pop  {r5, r7, pc}
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0x30
;; <first>:
;;                  push.w  {r8, r10, lr}
;;                  sub  sp, #0x4
;;                  mov  r8, r0
;;                  bl  0x64 <second>           @ imm = #0x20
;;                  mov  r10, r0
;;                  movw  r1, #0xffae
;;                  movt  r1, #0xffff
;;                  add  r1, pc
;;                  ldr  r2, [r1]
;;                  adds  r1, r1, r2
;;                  mov  r0, r8
;;                  blx  r1
;;                  mov  r1, r10
;;                  muls  r0, r1, r0
;;                  add  sp, #0x4
;;                  pop.w  {r8, r10, pc}
;;                  movs  r0, r0
;; <second>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  mov  r1, r0
;;                  add.w  r0, r9, #0x30
;;                  movs  r2, #0x9
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x8]
;;                  blx  r12
;;                  ldr.w  r0, [r9, #0x34]
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <by_table>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  bl  0x64 <second>           @ imm = #-0x28
;;                  adds  r0, r0, #0x1
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  movs  r0, r0
;; <endless>:
;;                  ldr.w  r12, [r9]
;;                  cmp  sp, r12
;;                  blo  0xb6 <endless+0x22>     @ imm = #0x18
;;                  push  {r5, r7, lr}
;;                  sub  sp, #0x4
;;                  mov  r5, r0
;;                  bl  0x94 <endless>          @ imm = #-0x12
;;                  mov  r7, r0
;;                  mov  r0, r5
;;                  bl  0xbc <below>            @ imm = #0xe
;;                  mov  r1, r7
;;                  adds  r0, r1, r0
;;                  add  sp, #0x4
;;                  pop  {r5, r7, pc}
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0xb4
;; <below>:
;;                  ldr.w  r12, [r9]
;;                  cmp  sp, r12
;;                  blo  0xd2 <below+0x16>       @ imm = #0xc
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  bl  0x64 <second>           @ imm = #-0x68
;;                  adds  r0, r0, #0x2
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0xd0
;; <large>:
;;                  ldr.w  r12, [r9]
;;                  add.w  r12, r12, #0x90
;;                  cmp  sp, r12
;;                  blo.w  0x23c <large+0x164>     @ imm = #0x156
;;                  push.w  {r4, r5, r6, r7, r8, r10, r11, lr}
;;                  sub  sp, #0x70
;;                  str  r0, [sp]
;;                  str  r1, [sp, #0x4]
;;                  ldr.w  r0, [r9, #0x38]
;;                  str  r0, [sp, #0x8]
;;                  ldr.w  r0, [r9, #0x3c]
;;                  str  r0, [sp, #0xc]
;;                  ldr.w  r0, [r9, #0x40]
;;                  str  r0, [sp, #0x10]
;;                  ldr.w  r0, [r9, #0x44]
;;                  str  r0, [sp, #0x14]
;;                  ldr.w  r0, [r9, #0x48]
;;                  str  r0, [sp, #0x18]
;;                  ldr.w  r0, [r9, #0x4c]
;;                  str  r0, [sp, #0x1c]
;;                  ldr.w  r0, [r9, #0x50]
;;                  str  r0, [sp, #0x20]
;;                  ldr.w  r0, [r9, #0x54]
;;                  str  r0, [sp, #0x24]
;;                  ldr.w  r0, [r9, #0x58]
;;                  str  r0, [sp, #0x28]
;;                  ldr.w  r0, [r9, #0x5c]
;;                  str  r0, [sp, #0x2c]
;;                  ldr.w  r0, [r9, #0x60]
;;                  str  r0, [sp, #0x30]
;;                  ldr.w  r0, [r9, #0x64]
;;                  str  r0, [sp, #0x34]
;;                  ldr.w  r0, [r9, #0x68]
;;                  str  r0, [sp, #0x38]
;;                  ldr.w  r0, [r9, #0x6c]
;;                  str  r0, [sp, #0x3c]
;;                  ldr.w  r0, [r9, #0x70]
;;                  str  r0, [sp, #0x40]
;;                  ldr.w  r0, [r9, #0x74]
;;                  str  r0, [sp, #0x44]
;;                  ldr.w  r0, [r9, #0x78]
;;                  str  r0, [sp, #0x48]
;;                  ldr.w  r0, [r9, #0x7c]
;;                  str  r0, [sp, #0x4c]
;;                  ldr.w  r0, [r9, #0x80]
;;                  str  r0, [sp, #0x50]
;;                  ldr.w  r0, [r9, #0x84]
;;                  str  r0, [sp, #0x54]
;;                  ldr.w  r0, [r9, #0x88]
;;                  str  r0, [sp, #0x58]
;;                  ldr.w  r0, [r9, #0x8c]
;;                  str  r0, [sp, #0x5c]
;;                  ldr.w  r0, [r9, #0x90]
;;                  str  r0, [sp, #0x60]
;;                  ldr.w  r0, [r9, #0x94]
;;                  str  r0, [sp, #0x64]
;;                  ldr.w  r0, [r9, #0x98]
;;                  str  r0, [sp, #0x68]
;;                  ldr.w  r6, [r9, #0x9c]
;;                  ldr.w  r8, [r9, #0xa0]
;;                  ldr.w  r11, [r9, #0xa4]
;;                  ldr.w  r7, [r9, #0xa8]
;;                  ldr.w  r10, [r9, #0xac]
;;                  ldr.w  r4, [r9, #0xb0]
;;                  ldr.w  r5, [r9, #0xb4]
;;                  add.w  r0, r9, #0x38
;;                  movs  r1, #0x3
;;                  movs  r2, #0xa0
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x8]
;;                  blx  r12
;;                  adds  r1, r7, r4
;;                  adc.w  r0, r10, r5
;;                  adds.w  r1, r8, r1
;;                  adc.w  r0, r11, r0
;;                  ldr  r2, [sp, #0x68]
;;                  adds  r1, r2, r1
;;                  adcs  r0, r6
;;                  ldr  r2, [sp, #0x64]
;;                  ldr  r3, [sp, #0x60]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x5c]
;;                  ldr  r3, [sp, #0x58]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x54]
;;                  ldr  r3, [sp, #0x50]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x4c]
;;                  ldr  r3, [sp, #0x48]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x44]
;;                  ldr  r3, [sp, #0x40]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x3c]
;;                  ldr  r3, [sp, #0x38]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x34]
;;                  ldr  r3, [sp, #0x30]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x2c]
;;                  ldr  r3, [sp, #0x28]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x24]
;;                  ldr  r3, [sp, #0x20]
;;                  adds  r1, r3, r1
;;                  adcs  r2, r0
;;                  ldr  r0, [sp, #0x1c]
;;                  ldr  r3, [sp, #0x18]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp, #0x10]
;;                  ldr  r3, [sp, #0x14]
;;                  adds  r1, r2, r1
;;                  adcs  r0, r3
;;                  ldr  r2, [sp, #0xc]
;;                  ldr  r3, [sp, #0x8]
;;                  adds  r1, r3, r1
;;                  adcs  r0, r2
;;                  ldr  r2, [sp]
;;                  ldr  r3, [sp, #0x4]
;;                  adds.w  r12, r2, r1
;;                  adc.w  r1, r3, r0
;;                  mov  r0, r12
;;                  add  sp, #0x70
;;                  pop.w  {r4, r5, r6, r7, r8, r10, r11, pc}
;;                  push  {lr}
;;                  bl  0x8 <trap[StackOverflow]> @ imm = #-0x23a
;;
;; ---- rv32imac ----
;; <table[0]>:
;;        0: 9c 00 00 00 00 00 00 00         ........
;; <trap[StackOverflow]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x9
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <entry>:
;;                  lw  t6, 0x0(s1)
;;                  bltu  sp, t6, 0x42 <entry+0x2a>
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x8(sp)
;;                  sw  s0, 0xc(sp)
;;                  mv  s0, a0
;;                  jal  0x48 <first>
;;                  mv  t6, s0
;;                  mv  s0, a0
;;                  mv  a0, t6
;;                  jal  0x7c <second>
;;                  mv  a1, s0
;;                  add  a0, a0, a1
;;                  lw  ra, 0x8(sp)
;;                  lw  s0, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x8 <trap[StackOverflow]>
;;                  unimp
;; <first>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x4(sp)
;;                  sw  s0, 0x8(sp)
;;                  sw  s2, 0xc(sp)
;;                  mv  s0, a0
;;                  jal  0x7c <second>
;;                  mv  s2, a0
;;                  auipc  t2, 0x0
;;                  addi  t2, t2, -0x58
;;                  lw  a1, 0x0(t2)
;;                  add  a1, a1, t2
;;                  mv  a0, s0
;;                  jalr  a1
;;                  mv  a5, s2
;;                  mul  a0, a5, a0
;;                  lw  ra, 0x4(sp)
;;                  lw  s0, 0x8(sp)
;;                  lw  s2, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  unimp
;; <second>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  mv  a1, a0
;;                  addi  a0, s1, 0x30
;;                  li  a2, 0x9
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x8(t5)
;;                  jalr  t5
;;                  lw  a0, 0x34(s1)
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  unimp
;; <by_table>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  jal  0x7c <second>
;;                  addi  a0, a0, 0x1
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;; <endless>:
;;                  lw  t6, 0x0(s1)
;;                  bltu  sp, t6, 0xd6 <endless+0x2a>
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x8(sp)
;;                  sw  s0, 0xc(sp)
;;                  mv  s0, a0
;;                  jal  0xac <endless>
;;                  mv  t6, s0
;;                  mv  s0, a0
;;                  mv  a0, t6
;;                  jal  0xdc <below>
;;                  mv  a1, s0
;;                  add  a0, a0, a1
;;                  lw  ra, 0x8(sp)
;;                  lw  s0, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x8 <trap[StackOverflow]>
;;                  unimp
;; <below>:
;;                  lw  t6, 0x0(s1)
;;                  bltu  sp, t6, 0xf4 <below+0x18>
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  jal  0x7c <second>
;;                  addi  a0, a0, 0x2
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x8 <trap[StackOverflow]>
;; <large>:
;;                  addi  t5, sp, -0x90
;;                  lw  t6, 0x0(s1)
;;                  bltu  t5, t6, 0x2d0 <large+0x1d8>
;;                  addi  sp, sp, -0x90
;;                  sw  ra, 0x60(sp)
;;                  sw  s0, 0x64(sp)
;;                  sw  s2, 0x68(sp)
;;                  sw  s3, 0x6c(sp)
;;                  sw  s4, 0x70(sp)
;;                  sw  s5, 0x74(sp)
;;                  sw  s6, 0x78(sp)
;;                  sw  s7, 0x7c(sp)
;;                  sw  s8, 0x80(sp)
;;                  sw  s9, 0x84(sp)
;;                  sw  s10, 0x88(sp)
;;                  sw  s11, 0x8c(sp)
;;                  sw  a0, 0x0(sp)
;;                  sw  a1, 0x4(sp)
;;                  lw  a0, 0x38(s1)
;;                  sw  a0, 0x8(sp)
;;                  lw  a1, 0x3c(s1)
;;                  sw  a1, 0xc(sp)
;;                  lw  a7, 0x40(s1)
;;                  sw  a7, 0x10(sp)
;;                  lw  t3, 0x44(s1)
;;                  sw  t3, 0x14(sp)
;;                  lw  t3, 0x48(s1)
;;                  sw  t3, 0x18(sp)
;;                  lw  t3, 0x4c(s1)
;;                  sw  t3, 0x1c(sp)
;;                  lw  t0, 0x50(s1)
;;                  sw  t0, 0x20(sp)
;;                  lw  t0, 0x54(s1)
;;                  sw  t0, 0x24(sp)
;;                  lw  t0, 0x58(s1)
;;                  sw  t0, 0x28(sp)
;;                  lw  t0, 0x5c(s1)
;;                  sw  t0, 0x2c(sp)
;;                  lw  t0, 0x60(s1)
;;                  sw  t0, 0x30(sp)
;;                  lw  t0, 0x64(s1)
;;                  sw  t0, 0x34(sp)
;;                  lw  t0, 0x68(s1)
;;                  sw  t0, 0x38(sp)
;;                  lw  t0, 0x6c(s1)
;;                  sw  t0, 0x3c(sp)
;;                  lw  t0, 0x70(s1)
;;                  sw  t0, 0x40(sp)
;;                  lw  t0, 0x74(s1)
;;                  sw  t0, 0x44(sp)
;;                  lw  a0, 0x78(s1)
;;                  sw  a0, 0x48(sp)
;;                  lw  a2, 0x7c(s1)
;;                  sw  a2, 0x4c(sp)
;;                  lw  t3, 0x80(s1)
;;                  sw  t3, 0x50(sp)
;;                  lw  t3, 0x84(s1)
;;                  sw  t3, 0x54(sp)
;;                  lw  s6, 0x88(s1)
;;                  lw  t3, 0x8c(s1)
;;                  sw  t3, 0x58(sp)
;;                  lw  s8, 0x90(s1)
;;                  lw  s0, 0x94(s1)
;;                  lw  s3, 0x98(s1)
;;                  lw  s2, 0x9c(s1)
;;                  lw  s10, 0xa0(s1)
;;                  lw  s11, 0xa4(s1)
;;                  lw  s4, 0xa8(s1)
;;                  lw  s7, 0xac(s1)
;;                  lw  s9, 0xb0(s1)
;;                  lw  s5, 0xb4(s1)
;;                  addi  a0, s1, 0x38
;;                  li  a1, 0x3
;;                  li  a2, 0xa0
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x8(t5)
;;                  jalr  t5
;;                  add  t0, s4, s9
;;                  sltu  a0, t0, s4
;;                  add  a1, s7, s5
;;                  add  t1, a1, a0
;;                  add  t0, t0, s10
;;                  sltu  t2, t0, s10
;;                  add  a0, s11, t1
;;                  add  t1, a0, t2
;;                  add  t0, t0, s3
;;                  sltu  t2, t0, s3
;;                  add  t1, t1, s2
;;                  add  t1, t1, t2
;;                  add  t0, t0, s8
;;                  sltu  t2, t0, s8
;;                  add  t1, t1, s0
;;                  add  t1, t1, t2
;;                  add  t0, t0, s6
;;                  sltu  t2, t0, s6
;;                  lw  t3, 0x58(sp)
;;                  add  t1, t1, t3
;;                  add  t1, t1, t2
;;                  lw  t3, 0x50(sp)
;;                  add  t0, t0, t3
;;                  sltu  t2, t0, t3
;;                  lw  t3, 0x54(sp)
;;                  add  t1, t1, t3
;;                  add  t1, t1, t2
;;                  lw  a0, 0x48(sp)
;;                  add  t0, t0, a0
;;                  sltu  t2, t0, a0
;;                  lw  a2, 0x4c(sp)
;;                  add  t1, t1, a2
;;                  add  t1, t1, t2
;;                  lw  a5, 0x40(sp)
;;                  add  t0, t0, a5
;;                  sltu  t2, t0, a5
;;                  lw  a0, 0x44(sp)
;;                  add  t1, t1, a0
;;                  add  t1, t1, t2
;;                  lw  a5, 0x38(sp)
;;                  add  t0, t0, a5
;;                  sltu  t2, t0, a5
;;                  lw  a0, 0x3c(sp)
;;                  add  t1, t1, a0
;;                  add  t1, t1, t2
;;                  lw  a5, 0x30(sp)
;;                  add  t0, t0, a5
;;                  sltu  t2, t0, a5
;;                  lw  a0, 0x34(sp)
;;                  add  t1, t1, a0
;;                  add  t1, t1, t2
;;                  lw  a7, 0x28(sp)
;;                  add  t0, t0, a7
;;                  sltu  t2, t0, a7
;;                  lw  a0, 0x2c(sp)
;;                  add  t1, t1, a0
;;                  add  t1, t1, t2
;;                  lw  a7, 0x20(sp)
;;                  add  t0, t0, a7
;;                  sltu  t2, t0, a7
;;                  lw  a0, 0x24(sp)
;;                  add  t1, t1, a0
;;                  add  t1, t1, t2
;;                  lw  t3, 0x18(sp)
;;                  add  t0, t0, t3
;;                  sltu  t2, t0, t3
;;                  lw  t3, 0x1c(sp)
;;                  add  t1, t1, t3
;;                  add  t1, t1, t2
;;                  lw  a7, 0x10(sp)
;;                  add  t0, t0, a7
;;                  sltu  t2, t0, a7
;;                  lw  t3, 0x14(sp)
;;                  add  t1, t1, t3
;;                  add  t1, t1, t2
;;                  lw  a0, 0x8(sp)
;;                  add  t0, t0, a0
;;                  sltu  t2, t0, a0
;;                  lw  a1, 0xc(sp)
;;                  add  t1, t1, a1
;;                  add  t1, t1, t2
;;                  lw  a1, 0x0(sp)
;;                  add  a0, a1, t0
;;                  sltu  t0, a0, a1
;;                  lw  a1, 0x4(sp)
;;                  add  t1, t1, a1
;;                  add  a1, t1, t0
;;                  lw  ra, 0x60(sp)
;;                  lw  s0, 0x64(sp)
;;                  lw  s2, 0x68(sp)
;;                  lw  s3, 0x6c(sp)
;;                  lw  s4, 0x70(sp)
;;                  lw  s5, 0x74(sp)
;;                  lw  s6, 0x78(sp)
;;                  lw  s7, 0x7c(sp)
;;                  lw  s8, 0x80(sp)
;;                  lw  s9, 0x84(sp)
;;                  lw  s10, 0x88(sp)
;;                  lw  s11, 0x8c(sp)
;;                  addi  sp, sp, 0x90
;;                  ret
;;                  jal  t0, 0x8 <trap[StackOverflow]>
