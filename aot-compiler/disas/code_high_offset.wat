;;! code = cortex-m3 rv32imac
;; An offset at the end of the address space: what is added to it wraps to a little below the instance.
(module
  (memory 1)
  (func (param i32) (result i32)
    (drop (memory.grow (i32.const 1)))
    (i32.load offset=0xffffff80 (local.get 0))))

;; ---- expected ----
;; ;; func[0]
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32, i32) -> i32 system_v
;;     fn0 = u1:0 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0020                               v4 = iconst.i32 20
;; @0020                               v5 = iadd v0, v4  ; v4 = 20
;; @001e                               v3 = iconst.i32 1
;; @0020                               v6 = call fn0(v5, v3)  ; v3 = 1
;; @0025                               v7 = load.i32 notrap aligned region1 v0+24
;; @0025                               v8 = iconst.i32 -124
;; @0025                               v9 = icmp ult v7, v8  ; v8 = -124
;; @0025                               trapnz v9, user2
;;                                     v16 = iconst.i32 124
;;                                     v17 = iadd v7, v16  ; v16 = 124
;; @0025                               v11 = icmp ugt v1, v17
;; @0025                               trapnz v11, user2
;; @0025                               v12 = iadd v0, v1
;; @0025                               v13 = iconst.i32 -80
;; @0025                               v14 = iadd v12, v13  ; v13 = -80
;; @0025                               v15 = load.i32 notrap region0 v14
;; @002c                               return v15
;; }
;;
;;
;; ---- cortex-m3 ----
;; <trap[MemoryOutOfBounds]>:
;;                  movs  r0, #0x2
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <func[0]>:
;;                  push.w  {r10, lr}
;;                  mov  r10, r0
;;                  add.w  r0, r9, #0x14
;;                  movs  r1, #0x1
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12]
;;                  blx  r12
;;                  ldr.w  r0, [r9, #0x18]
;;                  cmn.w  r0, #0x7c
;;                  blo  0x3c <func[0]+0x34>     @ imm = #0x12
;;                  add.w  r1, r0, #0x7c
;;                  mov  r0, r10
;;                  cmp  r0, r1
;;                  bhi  0x3c <func[0]+0x34>     @ imm = #0x8
;;                  add  r0, r9
;;                  ldr  r0, [r0, #-80]
;;                  pop.w  {r10, pc}
;;                  bl  0x0 <trap[MemoryOutOfBounds]> @ imm = #-0x40
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
;; <func[0]>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x8(sp)
;;                  sw  s2, 0xc(sp)
;;                  mv  s2, a0
;;                  addi  a0, s1, 0x14
;;                  li  a1, 0x1
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x0(t5)
;;                  jalr  t5
;;                  lw  a1, 0x18(s1)
;;                  li  a0, -0x7c
;;                  bltu  a1, a0, 0x4c <func[0]+0x3c>
;;                  addi  a1, a1, 0x7c
;;                  mv  a0, s2
;;                  bltu  a1, a0, 0x4c <func[0]+0x3c>
;;                  add  a1, s1, a0
;;                  lw  a0, -0x50(a1)
;;                  lw  ra, 0x8(sp)
;;                  lw  s2, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x0 <trap[MemoryOutOfBounds]>
