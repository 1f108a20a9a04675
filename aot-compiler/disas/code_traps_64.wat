;;! target = aarch64
;;! code = aarch64 riscv64 x86_64
;; Traps of 64-bit targets, and what reaches the instance.
(module
  (type $unary (func (param i32) (result i32)))
  (table $changing 3 3 funcref)
  (memory 1 9)
  (elem declare func $field)
  ;; A leaf: its traps need no frame.
  (func $field (param i32) (result i32)
    (i32.add
      (i32.load offset=8 (local.get 0))
      (i32.load offset=4 (local.get 0))))
  (func $quotient (param i32 i32) (result i32)
    (i32.div_s (local.get 0) (local.get 1)))
  (func $integer (param f64) (result i32)
    (i32.trunc_f64_s (local.get 0)))
  (func $never
    unreachable)
  ;; Of the same instance.
  (func $direct (param i32) (result i32)
    (i32.load (call $field (local.get 0))))
  ;; Of any instance.
  (func $indirect (param i32 i32) (result i32)
    (i32.load
      (call_indirect $changing (type $unary) (local.get 0) (local.get 1))))
  (func $helper (result i32)
    (table.set $changing (i32.const 0) (ref.func $field))
    (memory.grow (i32.const 1))))

;; ---- expected ----
;; ;; field
;; function u0:0(i64 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i64, v1: i32):
;; @0047                               v3 = load.i32 notrap aligned region1 v0+48
;; @0047                               v4 = iconst.i32 12
;; @0047                               v5 = isub v3, v4  ; v4 = 12
;; @0047                               v6 = icmp ugt v1, v5
;; @0047                               trapnz v6, user2
;; @0047                               v7 = uextend.i64 v1
;; @0047                               v8 = iadd v0, v7
;; @0047                               v9 = load.i32 notrap region0 v8+184
;; @004c                               v16 = load.i32 notrap region0 v8+180
;; @004f                               v17 = iadd v9, v16
;; @0050                               return v17
;; }
;;
;; ;; quotient
;; function u0:1(i64 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i64, v1: i32, v2: i32):
;; @0057                               v4 = sdiv v1, v2
;; @0058                               return v4
;; }
;;
;; ;; integer
;; function u0:2(i64 vmctx, f64) -> i32 tail {
;;
;;                                 block0(v0: i64, v1: f64):
;; @005d                               v3 = bitcast.i64 v1
;; @005d                               v4 = iconst.i64 32
;; @005d                               v5 = ushr v3, v4  ; v4 = 32
;; @005d                               v6 = ireduce.i32 v5
;; @005d                               v7 = iconst.i32 1
;; @005d                               v8 = ishl v6, v7  ; v7 = 1
;; @005d                               v9 = iconst.i32 -2084569088
;; @005d                               v10 = icmp uge v8, v9  ; v9 = -2084569088
;; @005d                               brif v10, block2, block3
;;
;;                                 block2 cold:
;; @005d                               v11 = iconst.i64 1
;; @005d                               v12 = ishl.i64 v3, v11  ; v11 = 1
;; @005d                               v13 = iconst.i64 -9007199254740992
;; @005d                               v14 = icmp ugt v12, v13  ; v13 = -9007199254740992
;; @005d                               trapnz v14, user8
;; @005d                               v15 = iconst.i64 0
;; @005d                               v16 = icmp.i64 sge v3, v15  ; v15 = 0
;; @005d                               trapnz v16, user7
;; @005d                               v17 = iconst.i64 -4476578029604175872
;; @005d                               v18 = icmp.i64 uge v3, v17  ; v17 = -4476578029604175872
;; @005d                               trapnz v18, user7
;; @005d                               jump block3
;;
;;                                 block3:
;; @005d                               v19 = fcvt_to_sint_sat.i32 v1
;; @005e                               return v19
;; }
;;
;; ;; never
;; function u0:3(i64 vmctx) tail {
;;
;;                                 block0(v0: i64):
;; @0061                               trap user1
;; }
;;
;; ;; direct
;; function u0:4(i64 vmctx, i32) -> i32 tail {
;;     sig0 = (i64 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:0 sig0
;;
;;                                 block0(v0: i64, v1: i32):
;; @0067                               v3 = call fn0(v0, v1)
;; @0069                               v4 = load.i32 notrap aligned region1 v0+48
;; @0069                               v5 = iconst.i32 4
;; @0069                               v6 = isub v4, v5  ; v5 = 4
;; @0069                               v7 = icmp ugt v3, v6
;; @0069                               trapnz v7, user2
;; @0069                               v8 = uextend.i64 v3
;; @0069                               v9 = iadd v0, v8
;; @0069                               v10 = load.i32 notrap region0 v9+176
;; @006c                               return v10
;; }
;;
;; ;; indirect
;; function u0:5(i64 vmctx, i32, i32) -> i32 tail {
;;     sig0 = (i64 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i64, v1: i32, v2: i32):
;; @0073                               v4 = iconst.i32 3
;; @0073                               v5 = icmp uge v2, v4  ; v4 = 3
;; @0073                               trapnz v5, user3
;; @0073                               v7 = ishl v2, v4  ; v4 = 3
;; @0073                               v8 = uextend.i64 v7
;; @0073                               v9 = iadd v0, v8
;; @0073                               v10 = load.i64 notrap aligned region4 v9+144
;; @0073                               trapz v10, user4
;; @0073                               v11 = load.i64 notrap aligned readonly region5 v10+16
;; @0073                               v12 = load.i64 notrap aligned readonly can_move region5 v0+104
;; @0073                               v13 = icmp ne v11, v12
;; @0073                               trapnz v13, user5
;; @0073                               v14 = load.i64 notrap aligned readonly region5 v10
;; @0073                               v15 = load.i64 notrap aligned readonly region5 v10+8
;; @0073                               v16 = call_indirect sig0, v14(v15, v1)
;; @0076                               v17 = load.i32 notrap aligned region1 v0+48
;; @0076                               v18 = iconst.i32 4
;; @0076                               v19 = isub v17, v18  ; v18 = 4
;; @0076                               v20 = icmp ugt v16, v19
;; @0076                               trapnz v20, user2
;; @0076                               v21 = uextend.i64 v16
;; @0076                               v22 = iadd v0, v21
;; @0076                               v23 = load.i32 notrap region0 v22+176
;; @0079                               return v23
;; }
;;
;; ;; helper
;; function u0:6(i64 vmctx) -> i32 tail {
;;     sig0 = (i64, i32) -> i32 system_v
;;     fn0 = u1:0 sig0
;;
;;                                 block0(v0: i64):
;; @007e                               v3 = iconst.i64 80
;; @007e                               v4 = iadd v0, v3  ; v3 = 80
;; @0080                               store notrap aligned region4 v4, v0+144
;; @0084                               v7 = iconst.i64 40
;; @0084                               v8 = iadd v0, v7  ; v7 = 40
;; @0082                               v6 = iconst.i32 1
;; @0084                               v9 = call fn0(v8, v6)  ; v6 = 1
;; @0086                               return v9
;; }
;;
;;
;; ---- aarch64 ----
;; <trap[Unreachable]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x1                // =1
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <trap[MemoryOutOfBounds]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x2                // =2
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <trap[TableOutOfBounds]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x3                // =3
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <trap[IndirectCallToNull]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x4                // =4
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <trap[BadSignature]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x5                // =5
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <trap[IntegerDivisionByZero]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x6                // =6
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <trap[IntegerOverflow]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x7                // =7
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <trap[BadConversionToInteger]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x8                // =8
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <trap[StackOverflow]>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x0, x21
;;                  ldr  x3, [x0, #0x18]
;;                  mov  x1, #0x9                // =9
;;                  ldur  x2, [x29, #0x8]
;;                  blr  x3
;;                  udf  #0xc11f
;; <field>:
;;                  mov  x10, x21
;;                  add  x9, x10, #0xb0
;;                  ldr  w10, [x10, #0x30]
;;                  sub  w10, w10, #0xc
;;                  cmp  w2, w10
;;                  b.hi  0x14c <field+0x2c>
;;                  add  x11, x9, w2, uxtw
;;                  ldr  w12, [x11, #0x8]
;;                  ldr  w11, [x11, #0x4]
;;                  add  w2, w12, w11
;;                  ret
;;                  b  0x150 <field+0x30>
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  bl  0x20 <trap[MemoryOutOfBounds]>
;;                  udf  #0x0
;; <quotient>:
;;                  cbz  w3, 0x178 <quotient+0x18>
;;                  cmn  w3, #0x1
;;                  ccmp  w2, #0x1, #0x0, eq
;;                  b.vs  0x17c <quotient+0x1c>
;;                  sdiv  w2, w2, w3
;;                  ret
;;                  b  0x180 <quotient+0x20>
;;                  b  0x18c <quotient+0x2c>
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  bl  0xa0 <trap[IntegerDivisionByZero]>
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  bl  0xc0 <trap[IntegerOverflow]>
;;     ...
;; <integer>:
;;                  mov  x10, v0.d[0]
;;                  lsr  x11, x10, #32
;;                  lsl  w11, w11, #1
;;                  mov  w12, #-0x7c400000       // =-2084569088
;;                  cmp  w11, w12
;;                  b.hs  0x1c0 <integer+0x20>
;;                  fcvtzs  w2, d0
;;                  ret
;;                  lsl  x13, x10, #1
;;                  mov  x14, #-0x20000000000000 // =-9007199254740992
;;                  cmp  x13, x14
;;                  b.hi  0x1ec <integer+0x4c>
;;                  cmp  x10, #0x0
;;                  b.ge  0x1f0 <integer+0x50>
;;                  mov  x0, #0x200000           // =2097152
;;                  movk  x0, #0xc1e0, lsl #48
;;                  cmp  x10, x0
;;                  b.hs  0x1f4 <integer+0x54>
;;                  b  0x1b8 <integer+0x18>
;;                  b  0x1f8 <integer+0x58>
;;                  b  0x204 <integer+0x64>
;;                  b  0x210 <integer+0x70>
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  bl  0xe0 <trap[BadConversionToInteger]>
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  bl  0xc0 <trap[IntegerOverflow]>
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  bl  0xc0 <trap[IntegerOverflow]>
;;                  udf  #0x0
;; <never>:
;;                  b  0x224 <never+0x4>
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  bl  0x0 <trap[Unreachable]>
;; <direct>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  stp  x19, x20, [sp, #-0x10]!
;;                  mov  x19, x21
;;                  add  x20, x19, #0xb0
;;                  ldr  x9, [x19]
;;                  mov  x10, sp
;;                  cmp  x10, x9
;;                  b.lo  0x278 <direct+0x48>
;;                  bl  0x120 <field>
;;                  ldr  w11, [x19, #0x30]
;;                  sub  w11, w11, #0x4
;;                  cmp  w2, w11
;;                  b.hi  0x27c <direct+0x4c>
;;                  ldr  w2, [x20, w2, uxtw]
;;                  ldp  x19, x20, [sp], #0x10
;;                  ldp  x29, x30, [sp], #0x10
;;                  ret
;;                  bl  0x100 <trap[StackOverflow]>
;;                  bl  0x20 <trap[MemoryOutOfBounds]>
;; <indirect>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  stp  x19, x20, [sp, #-0x10]!
;;                  mov  x19, x21
;;                  add  x20, x19, #0xb0
;;                  ldr  x0, [x19]
;;                  mov  x1, sp
;;                  cmp  x1, x0
;;                  b.lo  0x300 <indirect+0x80>
;;                  cmp  w3, #0x3
;;                  b.hs  0x304 <indirect+0x84>
;;                  lsl  w0, w3, #3
;;                  add  x0, x19, w0, uxtw
;;                  ldr  x0, [x0, #0x90]
;;                  cbz  x0, 0x308 <indirect+0x88>
;;                  ldr  x1, [x0, #0x10]
;;                  ldr  x3, [x19, #0x68]
;;                  cmp  x1, x3
;;                  b.ne  0x30c <indirect+0x8c>
;;                  ldr  x1, [x0]
;;                  ldr  x0, [x0, #0x8]
;;                  mov  x21, x0
;;                  blr  x1
;;                  mov  x21, x19
;;                  ldr  w0, [x19, #0x30]
;;                  sub  w0, w0, #0x4
;;                  cmp  w2, w0
;;                  b.hi  0x310 <indirect+0x90>
;;                  ldr  w2, [x20, w2, uxtw]
;;                  ldp  x19, x20, [sp], #0x10
;;                  ldp  x29, x30, [sp], #0x10
;;                  ret
;;                  bl  0x100 <trap[StackOverflow]>
;;                  bl  0x40 <trap[TableOutOfBounds]>
;;                  bl  0x60 <trap[IndirectCallToNull]>
;;                  bl  0x80 <trap[BadSignature]>
;;                  bl  0x20 <trap[MemoryOutOfBounds]>
;;     ...
;; <helper>:
;;                  stp  x29, x30, [sp, #-0x10]!
;;                  mov  x29, sp
;;                  mov  x6, x21
;;                  add  x7, x6, #0x50
;;                  str  x7, [x6, #0x90]
;;                  add  x0, x6, #0x28
;;                  mov  w1, #0x1                // =1
;;                  ldr  x7, [x6, #0x8]
;;                  ldr  x7, [x7]
;;                  blr  x7
;;                  mov  x2, x0
;;                  ldp  x29, x30, [sp], #0x10
;;                  ret
;;
;; ---- riscv64 ----
;; <trap[Unreachable]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x1
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <trap[MemoryOutOfBounds]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x2
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <trap[TableOutOfBounds]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x3
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <trap[IndirectCallToNull]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x4
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <trap[BadSignature]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x5
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <trap[IntegerDivisionByZero]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x6
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <trap[IntegerOverflow]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x7
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <trap[BadConversionToInteger]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x8
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <trap[StackOverflow]>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  ld  a3, 0x18(a0)
;;                  li  a1, 0x9
;;                  ld  a2, 0x8(s0)
;;                  jalr  a3
;;     ...
;; <field>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  addi  a5, a0, 0xb0
;;                  lw  a2, 0x30(a0)
;;                  addiw  a2, a2, -0xc
;;                  slli  a3, a1, 0x20
;;                  srli  a4, a3, 0x20
;;                  slli  a2, a2, 0x20
;;                  srli  a2, a2, 0x20
;;                  bltu  a2, a4, 0x156 <field+0x36>
;;                  slli  a0, a1, 0x20
;;                  srli  a0, a0, 0x20
;;                  add  a0, a0, a5
;;                  lw  a1, 0x8(a0)
;;                  lw  a0, 0x4(a0)
;;                  addw  a0, a0, a1
;;                  ld  ra, 0x8(sp)
;;                  ld  s0, 0x0(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  auipc  ra, 0x0
;;                  jalr  -0x136(ra) <trap[MemoryOutOfBounds]>
;;                  unimp
;; <quotient>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  sext.w  a3, a2
;;                  beqz  a3, 0x1c2 <quotient+0x62>
;;                  lui  a3, 0x80000
;;                  sext.w  a4, a1
;;                  sext.w  a3, a3
;;                  xor  a3, a3, a4
;;                  seqz  a3, a3
;;                  sext.w  a4, a2
;;                  not  a4, a4
;;                  seqz  a4, a4
;;                  and  a3, a3, a4
;;                  andi  a3, a3, 0xff
;;                  bnez  a3, 0x1cc <quotient+0x6c>
;;                  sext.w  a0, a1
;;                  sext.w  a1, a2
;;                  bnez  a1, 0x1a4 <quotient+0x44>
;;                  unimp
;;                  lui  a2, 0x80000
;;                  xor  a2, a2, a0
;;                  not  a3, a1
;;                  or  a2, a2, a3
;;                  bnez  a2, 0x1b6 <quotient+0x56>
;;                  unimp
;;                  divw  a0, a0, a1
;;                  ld  ra, 0x8(sp)
;;                  ld  s0, 0x0(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  auipc  ra, 0x0
;;                  jalr  -0x122(ra) <trap[IntegerDivisionByZero]>
;;                  unimp
;;                  auipc  ra, 0x0
;;                  jalr  -0x10c(ra) <trap[IntegerOverflow]>
;;     ...
;; <integer>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  fmv.x.d  a1, fa0
;;                  srli  a2, a1, 0x20
;;                  slliw  a3, a2, 0x1
;;                  lui  a2, 0x83c00
;;                  slli  a5, a3, 0x20
;;                  srli  a3, a5, 0x20
;;                  slli  a2, a2, 0x20
;;                  srli  a2, a2, 0x20
;;                  bgeu  a3, a2, 0x230 <integer+0x50>
;;                  j  0x21a <integer+0x3a>
;;                  bgez  a1, 0x24a <integer+0x6a>
;;                  auipc  a2, 0x0
;;                  ld  a2, 0x52(a2)
;;                  bgeu  a1, a2, 0x240 <integer+0x60>
;;                  fcvt.w.d  a0, fa0, rtz
;;                  feq.d  a1, fa0, fa0
;;                  neg  a1, a1
;;                  and  a0, a0, a1
;;                  ld  ra, 0x8(sp)
;;                  ld  s0, 0x0(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  slli  a2, a1, 0x1
;;                  lui  a3, 0x7ff
;;                  slli  a3, a3, 0x29
;;                  bltu  a3, a2, 0x254 <integer+0x74>
;;                  j  0x20a <integer+0x2a>
;;                  auipc  ra, 0x0
;;                  jalr  -0x180(ra) <trap[IntegerOverflow]>
;;                  unimp
;;                  auipc  ra, 0x0
;;                  jalr  -0x18a(ra) <trap[IntegerOverflow]>
;;                  unimp
;;                  auipc  ra, 0x0
;;                  jalr  -0x174(ra) <trap[BadConversionToInteger]>
;;                  unimp
;;                  unimp
;;                  unimp
;;                  addi  s0, sp, 0x8
;;                  unimp
;;                  sw  s0, 0x44(a1)
;;     ...
;; <never>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  auipc  ra, 0x0
;;                  jalr  -0x278(ra) <trap[Unreachable]>
;;     ...
;; <direct>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  addi  sp, sp, -0x10
;;                  sd  s2, 0x8(sp)
;;                  sd  s3, 0x0(sp)
;;                  addi  s2, a0, 0xb0
;;                  ld  a2, 0x0(a0)
;;                  mv  s3, a0
;;                  mv  a0, sp
;;                  bltu  a0, a2, 0x2ee <direct+0x5e>
;;                  mv  a0, s3
;;                  auipc  ra, 0x0
;;                  jalr  -0x18e(ra) <field>
;;                  mv  a1, s3
;;                  lw  a1, 0x30(a1)
;;                  addiw  a1, a1, -0x4
;;                  slli  a4, a0, 0x20
;;                  srli  a2, a4, 0x20
;;                  slli  a1, a1, 0x20
;;                  srli  a1, a1, 0x20
;;                  bltu  a1, a2, 0x2e2 <direct+0x52>
;;                  slli  a0, a0, 0x20
;;                  srli  a0, a0, 0x20
;;                  add  a0, a0, s2
;;                  lw  a0, 0x0(a0)
;;                  ld  s2, 0x8(sp)
;;                  ld  s3, 0x0(sp)
;;                  addi  sp, sp, 0x10
;;                  ld  ra, 0x8(sp)
;;                  ld  s0, 0x0(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  mv  a0, s3
;;                  auipc  ra, 0x0
;;                  jalr  -0x2c4(ra) <trap[MemoryOutOfBounds]>
;;                  unimp
;;                  mv  a0, s3
;;                  auipc  ra, 0x0
;;                  jalr  -0x1f0(ra) <trap[StackOverflow]>
;;     ...
;; <indirect>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  addi  sp, sp, -0x10
;;                  sd  s1, 0x8(sp)
;;                  sd  s2, 0x0(sp)
;;                  addi  s1, a0, 0xb0
;;                  ld  a3, 0x0(a0)
;;                  mv  a4, sp
;;                  bltu  a4, a3, 0x3a6 <indirect+0xa6>
;;                  li  a3, 0x3
;;                  slli  a4, a2, 0x20
;;                  srli  a4, a4, 0x20
;;                  slli  a3, a3, 0x20
;;                  srli  a3, a3, 0x20
;;                  bgeu  a4, a3, 0x39c <indirect+0x9c>
;;                  slliw  a2, a2, 0x3
;;                  slli  a2, a2, 0x20
;;                  srli  a2, a2, 0x20
;;                  add  a2, a2, a0
;;                  ld  a2, 0x90(a2)
;;                  beqz  a2, 0x37c <indirect+0x7c>
;;                  ld  a3, 0x10(a2)
;;                  ld  a4, 0x68(a0)
;;                  mv  s2, a0
;;                  bne  a3, a4, 0x390 <indirect+0x90>
;;                  ld  a3, 0x0(a2)
;;                  ld  a0, 0x8(a2)
;;                  jalr  a3
;;                  mv  a3, a0
;;                  mv  a0, s2
;;                  lw  a1, 0x30(a0)
;;                  addiw  a2, a1, -0x4
;;                  mv  a1, a3
;;                  slli  a3, a1, 0x20
;;                  srli  a3, a3, 0x20
;;                  slli  a2, a2, 0x20
;;                  srli  a2, a2, 0x20
;;                  bltu  a2, a3, 0x386 <indirect+0x86>
;;                  slli  a0, a1, 0x20
;;                  srli  a0, a0, 0x20
;;                  add  a0, a0, s1
;;                  lw  a0, 0x0(a0)
;;                  ld  s1, 0x8(sp)
;;                  ld  s2, 0x0(sp)
;;                  addi  sp, sp, 0x10
;;                  ld  ra, 0x8(sp)
;;                  ld  s0, 0x0(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  auipc  ra, 0x0
;;                  jalr  -0x31c(ra) <trap[IndirectCallToNull]>
;;                  unimp
;;                  auipc  ra, 0x0
;;                  jalr  -0x366(ra) <trap[MemoryOutOfBounds]>
;;                  unimp
;;                  mv  a0, s2
;;                  auipc  ra, 0x0
;;                  jalr  -0x312(ra) <trap[BadSignature]>
;;                  unimp
;;                  auipc  ra, 0x0
;;                  jalr  -0x35c(ra) <trap[TableOutOfBounds]>
;;                  unimp
;;                  auipc  ra, 0x0
;;                  jalr  -0x2a6(ra) <trap[StackOverflow]>
;;                  unimp
;; <helper>:
;;                  addi  sp, sp, -0x10
;;                  sd  ra, 0x8(sp)
;;                  sd  s0, 0x0(sp)
;;                  mv  s0, sp
;;                  addi  a1, a0, 0x50
;;                  sd  a1, 0x90(a0)
;;                  addi  a3, a0, 0x28
;;                  li  a2, 0x1
;;                  ld  a0, 0x8(a0)
;;                  ld  a4, 0x0(a0)
;;                  slli  a1, a2, 0x20
;;                  srai  a1, a1, 0x20
;;                  mv  a0, a3
;;                  jalr  a4
;;                  ld  ra, 0x8(sp)
;;                  ld  s0, 0x0(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;
;; ---- x86_64 ----
;; <trap[Unreachable]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x1, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <trap[MemoryOutOfBounds]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x2, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <trap[TableOutOfBounds]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x3, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <trap[IndirectCallToNull]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x4, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <trap[BadSignature]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x5, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <trap[IntegerDivisionByZero]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x6, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <trap[IntegerOverflow]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x7, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <trap[BadConversionToInteger]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x8, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <trap[StackOverflow]>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  0x18(%rdi), %r8
;;                  movl  $0x9, %esi
;;                  movq  %rbp, %r9
;;                  movq  0x8(%r9), %rdx
;;                  callq  *%r8
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <field>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movl  0x30(%rdi), %r8d
;;                  subl  $0xc, %r8d
;;                  cmpl  %r8d, %esi
;;                  ja  0x14d <field+0x2d>
;;                  movl  %esi, %r9d
;;                  movl  0xb8(%rdi,%r9), %eax
;;                  addl  0xb4(%rdi,%r9), %eax
;;                  movq  %rbp, %rsp
;;                  popq  %rbp
;;                  retq
;;                  callq  0x20 <trap[MemoryOutOfBounds]>
;;                  ud2
;;     ...
;; <quotient>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  testl  %edx, %edx
;;                  je  0x19f <quotient+0x3f>
;;                  cmpl  $0x80000000, %esi       # imm = 0x80000000
;;                  movq  %rsi, %r9
;;                  sete  %al
;;                  cmpl  $-0x1, %edx
;;                  movq  %rdx, %r11
;;                  sete  %cl
;;                  testb  %al, %cl
;;                  jne  0x1a6 <quotient+0x46>
;;                  movq  %r9, %rax
;;                  cltd
;;                  movq  %r11, %rcx
;;                  testl  %ecx, %ecx
;;                  je  0x1ad <quotient+0x4d>
;;                  idivl  %ecx
;;                  movq  %rbp, %rsp
;;                  popq  %rbp
;;                  retq
;;                  callq  0xa0 <trap[IntegerDivisionByZero]>
;;                  ud2
;;                  callq  0xc0 <trap[IntegerOverflow]>
;;                  ud2
;;                  ud2
;;                  addb  %dl, 0x48(%rbp)
;; <integer>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  movq  %xmm0, %r9
;;                  movq  %r9, %r8
;;                  shrq  $0x20, %r8
;;                  shll  %r8d
;;                  cmpl  $0x83c00000, %r8d       # imm = 0x83C00000
;;                  jae  0x224 <integer+0x74>
;;                  jmp  0x1eb <integer+0x3b>
;;                  testq  %r9, %r9
;;                  jge  0x243 <integer+0x93>
;;                  cmpq  0x73(%rip), %r9         # 0x258 <integer+0xa8>
;;                  jae  0x23c <integer+0x8c>
;;                  cvttsd2si  %xmm0, %ecx
;;                  cmpl  $0x1, %ecx
;;                  jno  0x21c <integer+0x6c>
;;                  ucomisd  %xmm0, %xmm0
;;                  jnp  0x209 <integer+0x59>
;;                  xorl  %ecx, %ecx
;;                  jmp  0x21c <integer+0x6c>
;;                  xorpd  %xmm1, %xmm1
;;                  ucomisd  %xmm0, %xmm1
;;                  jae  0x21c <integer+0x6c>
;;                  movl  $0x7fffffff, %ecx       # imm = 0x7FFFFFFF
;;                  movq  %rcx, %rax
;;                  movq  %rbp, %rsp
;;                  popq  %rbp
;;                  retq
;;                  movq  %r9, %rax
;;                  shlq  %rax
;;                  cmpq  0x2f(%rip), %rax        # 0x260 <integer+0xb0>
;;                  ja  0x24a <integer+0x9a>
;;                  jmp  0x1d5 <integer+0x25>
;;                  callq  0xc0 <trap[IntegerOverflow]>
;;                  ud2
;;                  callq  0xc0 <trap[IntegerOverflow]>
;;                  ud2
;;                  callq  0xe0 <trap[BadConversionToInteger]>
;;                  ud2
;;     ...
;;                  addb  %ah, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %ah, %al
;;                  roll  $0x0, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  loopne  0x267 <integer+0xb7>
;;     ...
;; <never>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  callq  0x0 <trap[Unreachable]>
;;                  ud2
;;                  addb  %al, (%rax)
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <direct>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  subq  $0x10, %rsp
;;                  movq  %r12, (%rsp)
;;                  movq  (%rdi), %r9
;;                  movq  %rdi, %r12
;;                  movq  %rsp, %r10
;;                  cmpq  %r9, %r10
;;                  jb  0x2d7 <direct+0x57>
;;                  movq  %r12, %rdi
;;                  callq  0x120 <field>
;;                  movq  %r12, %rdi
;;                  movl  0x30(%rdi), %r10d
;;                  subl  $0x4, %r10d
;;                  cmpl  %r10d, %eax
;;                  ja  0x2d0 <direct+0x50>
;;                  movl  %eax, %eax
;;                  movl  0xb0(%rdi,%rax), %eax
;;                  movq  (%rsp), %r12
;;                  addq  $0x10, %rsp
;;                  movq  %rbp, %rsp
;;                  popq  %rbp
;;                  retq
;;                  callq  0x20 <trap[MemoryOutOfBounds]>
;;                  ud2
;;                  movq  %r12, %rdi
;;                  callq  0x100 <trap[StackOverflow]>
;;                  ud2
;;     ...
;;                  addb  %al, (%rax)
;;                  addb  %dl, 0x48(%rbp)
;; <indirect>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  subq  $0x10, %rsp
;;                  movq  %rbx, (%rsp)
;;                  movq  (%rdi), %rax
;;                  movq  %rsp, %rcx
;;                  cmpq  %rax, %rcx
;;                  jb  0x38b <indirect+0x9b>
;;                  cmpl  $0x3, %edx
;;                  jae  0x384 <indirect+0x94>
;;                  shll  $0x3, %edx
;;                  movq  0x90(%rdi,%rdx), %rax
;;                  testq  %rax, %rax
;;                  je  0x36c <indirect+0x7c>
;;                  movq  0x10(%rax), %rcx
;;                  movq  0x68(%rdi), %rdx
;;                  movq  %rdi, %rbx
;;                  cmpq  %rdx, %rcx
;;                  jne  0x37a <indirect+0x8a>
;;                  movq  (%rax), %rcx
;;                  movq  0x8(%rax), %rdi
;;                  callq  *%rcx
;;                  movq  %rbx, %rdi
;;                  movl  0x30(%rdi), %ecx
;;                  subl  $0x4, %ecx
;;                  cmpl  %ecx, %eax
;;                  ja  0x373 <indirect+0x83>
;;                  movl  %eax, %eax
;;                  movl  0xb0(%rdi,%rax), %eax
;;                  movq  (%rsp), %rbx
;;                  addq  $0x10, %rsp
;;                  movq  %rbp, %rsp
;;                  popq  %rbp
;;                  retq
;;                  callq  0x60 <trap[IndirectCallToNull]>
;;                  ud2
;;                  callq  0x20 <trap[MemoryOutOfBounds]>
;;                  ud2
;;                  movq  %rbx, %rdi
;;                  callq  0x80 <trap[BadSignature]>
;;                  ud2
;;                  callq  0x40 <trap[TableOutOfBounds]>
;;                  ud2
;;                  callq  0x100 <trap[StackOverflow]>
;;                  ud2
;;     ...
;;                  addb  %al, (%rax)
;; <helper>:
;;                  pushq  %rbp
;;                  movq  %rsp, %rbp
;;                  leaq  0x50(%rdi), %r8
;;                  movq  %r8, 0x90(%rdi)
;;                  leaq  0x28(%rdi), %r9
;;                  movl  $0x1, %r10d
;;                  movq  0x8(%rdi), %r11
;;                  movq  (%r11), %r11
;;                  movslq  %r10d, %rsi
;;                  movq  %r9, %rdi
;;                  callq  *%r11
;;                  movq  %rbp, %rsp
;;                  popq  %rbp
;;                  retq
