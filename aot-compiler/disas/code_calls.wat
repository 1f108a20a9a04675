;;! code = cortex-m3 rv32imac
;; Calls, arguments and results.
(module
  (type $word (func (param i32) (result i32)))
  (type $pair (func (param i64) (result i64)))
  (import "host" "function" (func $imported (param i32) (result i32)))
  (import "host" "table" (table $shared 4 funcref))
  (table $own 4 8 funcref)
  (table $fixed funcref (elem $leaf $leaf $nothing))
  (table $references 4 4 externref)
  (elem $items func $leaf $nothing)
  (memory 1)
  (func $leaf (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func $nothing  (nop))
  (func $call (param i32) (result i32) (i32.add (call $leaf (local.get 0)) (local.get 0)))
  (func $call_imported (param i32) (result i32) (call $imported (local.get 0)))
  (func $many_parameters (param i64 i64 i64 i64 i64) (result i64) (i64.add (local.get 0) (local.get 4)))
  (func $many_arguments (param i64) (result i64) (call $many_parameters (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3) (local.get 0)))
  (func $many_results (param i32) (result i64 i64 i64 i64 i64) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.extend_i32_u (local.get 0)))
  (func $take_results (param i32) (result i64) (local i64) (call $many_results (local.get 0)) (local.set 1) (drop) (drop) (drop) (drop) (local.get 1))
  (func $call_fixed (param i32 i32) (result i32) (call_indirect $fixed (type $word) (local.get 0) (local.get 1)))
  (func $call_own (param i32 i32) (result i32) (call_indirect $own (type $word) (local.get 0) (local.get 1)))
  (func $call_shared (param i32 i32) (result i32) (call_indirect $shared (type $word) (local.get 0) (local.get 1)))
  (func $tail_call (param i32) (result i32) (return_call $leaf (local.get 0)))
  (func $tail_call_fixed (param i32 i32) (result i32) (return_call_indirect $fixed (type $word) (local.get 0) (local.get 1)))
  (func $tail_call_own (param i32 i32) (result i32) (return_call_indirect $own (type $word) (call $leaf (local.get 0)) (local.get 1)))
  (func $tail_call_with_more (param i64) (result i64) (return_call $many_parameters (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3) (local.get 0)))
  (func $tail_call_saved (param i32 i32) (result i32) (local i32) (local.set 2 (local.get 1)) (drop (call $leaf (local.get 0))) (return_call_indirect $fixed (type $word) (local.get 0) (local.get 2)))
  (func $tables (param i32) (result i32) (table.set $own (local.get 0) (table.get $own (i32.const 1))) (table.size $own))
  (func $init_table (param i32 i32 i32) (table.init $own $items (local.get 0) (local.get 1) (local.get 2)))
  (func $grow (param i32) (drop (memory.grow (local.get 0))))
)

;; ---- expected ----
;; ;; leaf
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00a5                               v3 = iconst.i32 1
;; @00a7                               v4 = iadd v1, v3  ; v3 = 1
;; @00a8                               return v4
;; }
;;
;; ;; nothing
;; function u0:2(i32 vmctx) tail {
;;
;;                                 block0(v0: i32):
;; @00ac                               return
;; }
;;
;; ;; call
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:1 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @00b1                               v3 = call fn0(v0, v1)
;; @00b5                               v4 = iadd v3, v1
;; @00b6                               return v4
;; }
;;
;; ;; call_imported
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @00bb                               v3 = load.i32 notrap aligned readonly can_move region5 v0+48
;; @00bb                               v4 = load.i32 notrap aligned readonly can_move region5 v0+52
;; @00bb                               v5 = call_indirect sig0, v3(v4, v1)
;; @00bd                               return v5
;; }
;;
;; ;; many_parameters
;; function u0:5(i32 vmctx, i64, i64, i64, i64, i64) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i64, v2: i64, v3: i64, v4: i64, v5: i64):
;; @00c4                               v7 = iadd v1, v5
;; @00c5                               return v7
;; }
;;
;; ;; many_arguments
;; function u0:6(i32 vmctx, i64) -> i64 tail {
;;     sig0 = (i32 vmctx, i64, i64, i64, i64, i64) -> i64 tail
;;     fn0 = colocated u0:5 sig0
;;
;;                                 block0(v0: i32, v1: i64):
;; @00ca                               v3 = iconst.i64 1
;; @00cc                               v4 = iconst.i64 2
;; @00ce                               v5 = iconst.i64 3
;; @00d2                               v6 = call fn0(v0, v1, v3, v4, v5, v1)  ; v3 = 1, v4 = 2, v5 = 3
;; @00d4                               return v6
;; }
;;
;; ;; many_results
;; function u0:7(i32 vmctx, i32) -> i64, i64, i64, i64, i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00d7                               v7 = iconst.i64 1
;; @00d9                               v8 = iconst.i64 2
;; @00db                               v9 = iconst.i64 3
;; @00dd                               v10 = iconst.i64 4
;; @00e1                               v11 = uextend.i64 v1
;; @00e2                               return v7, v8, v9, v10, v11  ; v7 = 1, v8 = 2, v9 = 3, v10 = 4
;; }
;;
;; ;; take_results
;; function u0:8(i32 vmctx, i32) -> i64 tail {
;;     sig0 = (i32 vmctx, i32) -> i64, i64, i64, i64, i64 tail
;;     fn0 = colocated u0:7 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @00e9                               v4, v5, v6, v7, v8 = call fn0(v0, v1)
;; @00f3                               return v8
;; }
;;
;; ;; call_fixed
;; function u0:9(i32 vmctx, i32, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00fa                               v4 = iconst.i32 3
;; @00fa                               v5 = icmp uge v2, v4  ; v4 = 3
;; @00fa                               trapnz v5, user3
;; @00fa                               v6 = symbol_value.i32 gv0
;; @00fa                               v8 = ishl v2, v4  ; v4 = 3
;; @00fa                               v11 = iadd v6, v8
;; @00fa                               v12 = load.i32 notrap aligned readonly region5 v11+4
;; @00fa                               trapnz v12, user5
;; @00fa                               v15 = load.i32 notrap aligned readonly region5 v11
;; @00fa                               v16 = iadd v6, v15
;; @00fa                               v17 = call_indirect sig0, v16(v0, v1)
;; @00fd                               return v17
;; }
;;
;; ;; call_own
;; function u0:10(i32 vmctx, i32, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0104                               v4 = iconst.i32 4
;; @0104                               v5 = icmp uge v2, v4  ; v4 = 4
;; @0104                               trapnz v5, user3
;; @0104                               v6 = iconst.i32 2
;; @0104                               v7 = ishl v2, v6  ; v6 = 2
;; @0104                               v8 = iadd v0, v7
;; @0104                               v9 = load.i32 notrap aligned region4 v8+108
;; @0104                               trapz v9, user4
;; @0104                               v10 = load.i32 notrap aligned readonly region5 v9+8
;; @0104                               v11 = load.i32 notrap aligned readonly can_move region5 v0+88
;; @0104                               v12 = icmp ne v10, v11
;; @0104                               trapnz v12, user5
;; @0104                               v13 = load.i32 notrap aligned readonly region5 v9
;; @0104                               v14 = load.i32 notrap aligned readonly region5 v9+4
;; @0104                               v15 = call_indirect sig0, v13(v14, v1)
;; @0107                               return v15
;; }
;;
;; ;; call_shared
;; function u0:11(i32 vmctx, i32, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @010e                               v4 = load.i32 notrap aligned readonly can_move region5 v0+60
;; @010e                               v5 = load.i32 notrap aligned region4 v4+4
;; @010e                               v6 = icmp uge v2, v5
;; @010e                               trapnz v6, user3
;; @010e                               v8 = load.i32 notrap aligned readonly can_move region5 v4
;; @010e                               v9 = iconst.i32 2
;; @010e                               v10 = ishl v2, v9  ; v9 = 2
;; @010e                               v11 = iadd v8, v10
;; @010e                               v12 = load.i32 notrap aligned region4 v11
;; @010e                               trapz v12, user4
;; @010e                               v13 = load.i32 notrap aligned readonly region5 v12+8
;; @010e                               v14 = load.i32 notrap aligned readonly can_move region5 v0+88
;; @010e                               v15 = icmp ne v13, v14
;; @010e                               trapnz v15, user5
;; @010e                               v16 = load.i32 notrap aligned readonly region5 v12
;; @010e                               v17 = load.i32 notrap aligned readonly region5 v12+4
;; @010e                               v18 = call_indirect sig0, v16(v17, v1)
;; @0111                               return v18
;; }
;;
;; ;; tail_call
;; function u0:12(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:1 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0116                               return_call fn0(v0, v1)
;; }
;;
;; ;; tail_call_fixed
;; function u0:13(i32 vmctx, i32, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @011f                               v4 = iconst.i32 3
;; @011f                               v5 = icmp uge v2, v4  ; v4 = 3
;; @011f                               trapnz v5, user3
;; @011f                               v6 = symbol_value.i32 gv0
;; @011f                               v8 = ishl v2, v4  ; v4 = 3
;; @011f                               v11 = iadd v6, v8
;; @011f                               v12 = load.i32 notrap aligned readonly region5 v11+4
;; @011f                               trapnz v12, user5
;; @011f                               v15 = load.i32 notrap aligned readonly region5 v11
;; @011f                               v16 = iadd v6, v15
;; @011f                               return_call_indirect sig0, v16(v0, v1)
;; }
;;
;; ;; tail_call_own
;; function u0:14(i32 vmctx, i32, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     sig1 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:1 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0127                               v4 = call fn0(v0, v1)
;; @012b                               v5 = iconst.i32 4
;; @012b                               v6 = icmp uge v2, v5  ; v5 = 4
;; @012b                               trapnz v6, user3
;; @012b                               v7 = iconst.i32 2
;; @012b                               v8 = ishl v2, v7  ; v7 = 2
;; @012b                               v9 = iadd v0, v8
;; @012b                               v10 = load.i32 notrap aligned region4 v9+108
;; @012b                               trapz v10, user4
;; @012b                               v11 = load.i32 notrap aligned readonly region5 v10+8
;; @012b                               v12 = load.i32 notrap aligned readonly can_move region5 v0+88
;; @012b                               v13 = icmp ne v11, v12
;; @012b                               trapnz v13, user5
;; @012b                               v14 = load.i32 notrap aligned readonly region5 v10
;; @012b                               v15 = load.i32 notrap aligned readonly region5 v10+4
;; @012b                               v16 = icmp eq v15, v0
;; @012b                               brif v16, block2, block3
;;
;;                                 block2:
;; @012b                               return_call_indirect.i32 sig1, v14(v0, v4)
;;
;;                                 block3 cold:
;; @012b                               v17 = call_indirect.i32 sig1, v14(v15, v4)
;; @012b                               return v17
;; }
;;
;; ;; tail_call_with_more
;; function u0:15(i32 vmctx, i64) -> i64 tail {
;;     sig0 = (i32 vmctx, i64, i64, i64, i64, i64) -> i64 tail
;;     fn0 = colocated u0:5 sig0
;;
;;                                 block0(v0: i32, v1: i64):
;; @0133                               v3 = iconst.i64 1
;; @0135                               v4 = iconst.i64 2
;; @0137                               v5 = iconst.i64 3
;; @013b                               return_call fn0(v0, v1, v3, v4, v5, v1)  ; v3 = 1, v4 = 2, v5 = 3
;; }
;;
;; ;; tail_call_saved
;; function u0:16(i32 vmctx, i32, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname1
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     sig1 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:1 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0148                               v5 = call fn0(v0, v1)
;; @014f                               v6 = iconst.i32 3
;; @014f                               v7 = icmp uge v2, v6  ; v6 = 3
;; @014f                               trapnz v7, user3
;; @014f                               v8 = symbol_value.i32 gv0
;; @014f                               v10 = ishl v2, v6  ; v6 = 3
;; @014f                               v13 = iadd v8, v10
;; @014f                               v14 = load.i32 notrap aligned readonly region5 v13+4
;; @014f                               trapnz v14, user5
;; @014f                               v17 = load.i32 notrap aligned readonly region5 v13
;; @014f                               v18 = iadd v8, v17
;; @014f                               return_call_indirect sig1, v18(v0, v1)
;; }
;;
;; ;; tables
;; function u0:17(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0159                               v5 = load.i32 notrap aligned region4 v0+112
;; @0159                               v4 = iconst.i32 4
;; @015b                               v7 = icmp uge v1, v4  ; v4 = 4
;; @015b                               trapnz v7, user13
;; @015b                               v8 = iconst.i32 2
;; @015b                               v9 = ishl v1, v8  ; v8 = 2
;; @015b                               v10 = iadd v0, v9
;; @015b                               store notrap aligned region4 v5, v10+108
;; @0160                               return v4  ; v4 = 4
;; }
;;
;; ;; init_table
;; function u0:18(i32 vmctx, i32, i32, i32) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32, i32, i32, i32) system_v
;;     fn0 = u1:51 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @0169                               v4 = iconst.i32 2
;; @0169                               v5 = icmp ugt v3, v4  ; v4 = 2
;; @0169                               trapnz v5, user13
;; @0169                               v6 = isub v4, v3  ; v4 = 2
;; @0169                               v7 = icmp ugt v2, v6
;; @0169                               trapnz v7, user13
;; @0169                               v8 = iconst.i32 4
;; @0169                               v9 = icmp ugt v3, v8  ; v8 = 4
;; @0169                               trapnz v9, user13
;; @0169                               v10 = isub v8, v3  ; v8 = 4
;; @0169                               v11 = icmp ugt v1, v10
;; @0169                               trapnz v11, user13
;; @0169                               v20 = iconst.i32 108
;; @0169                               v21 = iadd v0, v20  ; v20 = 108
;; @0169                               v19 = ishl v1, v4  ; v4 = 2
;; @0169                               v22 = iadd v21, v19
;; @0169                               v12 = symbol_value.i32 gv0
;; @0169                               v14 = ishl v2, v4  ; v4 = 2
;; @0169                               v17 = iadd v12, v14
;; @0169                               call fn0(v22, v17, v0, v3)
;; @016d                               return
;; }
;;
;; ;; grow
;; function u0:19(i32 vmctx, i32) tail {
;;     sig0 = (i32, i32) -> i32 system_v
;;     fn0 = u1:0 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0172                               v2 = iconst.i32 20
;; @0172                               v3 = iadd v0, v2  ; v2 = 20
;; @0172                               v4 = call fn0(v3, v1)
;; @0175                               return
;; }
;;
;;
;; ---- cortex-m3 ----
;;        0: 69 00 00 00    .word  0x00000069
;;        4: 00 00 00 00    .word  0x00000000
;;        8: 69 00 00 00    .word  0x00000069
;;        c: 00 00 00 00    .word  0x00000000
;;       10: 6d 00 00 00    .word  0x0000006d
;;       14: 02 00 00 00    .word  0x00000002
;; <table[3]>:
;;       18: 00 00 00 00 ff ff ff ff         ........
;;       20: 00 00 00 00 ff ff ff ff         ........
;;       28: 00 00 00 00 ff ff ff ff         ........
;;       30: 00 00 00 00 ff ff ff ff         ........
;; <elem[1]>:
;;       38: 50 00 00 00 5c 00 00 00         P...\...
;; <trap[TableOutOfBounds]>:
;;                  movs  r0, #0x3
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[IndirectCallToNull]>:
;;                  movs  r0, #0x4
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[BadSignature]>:
;;                  movs  r0, #0x5
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <trap[TableAccessOutOfBounds]>:
;;                  movs  r0, #0xd
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <imported>:
;;                  mov.w  r12, #0x0
;;                  ldr.w  pc, [r9, #0x8]
;; <leaf>:
;;                  adds  r0, r0, #0x1
;;                  bx  lr
;; <nothing>:
;;                  bx  lr
;;                  movs  r0, r0
;; <call>:
;;                  push  {r4, lr}
;;                  mov  r4, r0
;;                  bl  0x68 <leaf>             @ imm = #-0x10
;;                  adds  r0, r0, r4
;;                  pop  {r4, pc}
;; <call_imported>:
;;                  push.w  {r9, lr}
;;                  ldr.w  r3, [r9, #0x40]
;;                  ldr.w  r1, [r9, #0x44]
;;                  mov  r9, r1
;;                  blx  r3
;;                  ldr.w  r9, [sp]
;;                  pop.w  {r9, pc}
;; <many_parameters>:
;;                  ldr  r2, [sp, #0x10]
;;                  ldr  r3, [sp, #0x14]
;;                  adds  r0, r0, r2
;;                  adcs  r1, r3
;;                  add  sp, #0x18
;;                  bx  lr
;; <many_arguments>:
;;                  push  {lr}
;;                  sub  sp, #0x1c
;;                  movs  r2, #0x2
;;                  str  r2, [sp]
;;                  movs  r2, #0x0
;;                  str  r2, [sp, #0x4]
;;                  movs  r2, #0x3
;;                  str  r2, [sp, #0x8]
;;                  movs  r2, #0x0
;;                  str  r2, [sp, #0xc]
;;                  str  r0, [sp, #0x10]
;;                  str  r1, [sp, #0x14]
;;                  movs  r2, #0x1
;;                  movs  r3, #0x0
;;                  bl  0x94 <many_parameters>  @ imm = #-0x2c
;;                  sub  sp, #0x18
;;                  add  sp, #0x1c
;;                  pop  {pc}
;;                  movs  r0, r0
;; <many_results>:
;;                  movs  r2, #0x3
;;                  str.w  r2, [r9, #0x28]
;;                  movs  r1, #0x0
;;                  str.w  r1, [r9, #0x2c]
;;                  movs  r1, #0x4
;;                  str.w  r1, [r9, #0x30]
;;                  movs  r1, #0x0
;;                  str.w  r1, [r9, #0x34]
;;                  str.w  r0, [r9, #0x38]
;;                  movs  r0, #0x0
;;                  str.w  r0, [r9, #0x3c]
;;                  movs  r0, #0x1
;;                  movs  r1, #0x0
;;                  movs  r2, #0x2
;;                  movs  r3, #0x0
;;                  bx  lr
;; <take_results>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  bl  0xc8 <many_results>     @ imm = #-0x34
;;                  ldr.w  r0, [r9, #0x28]
;;                  ldr.w  r0, [r9, #0x2c]
;;                  ldr.w  r0, [r9, #0x30]
;;                  ldr.w  r0, [r9, #0x34]
;;                  ldr.w  r0, [r9, #0x38]
;;                  ldr.w  r1, [r9, #0x3c]
;;                  add  sp, #0x4
;;                  pop  {pc}
;; <call_fixed>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  cmp  r1, #0x3
;;                  bhs  0x13c <call_fixed+0x24> @ imm = #0x1a
;;                  movw  r2, #0xfed4
;;                  movt  r2, #0xffff
;;                  add  r2, pc
;;                  add.w  r1, r2, r1, lsl #3
;;                  ldr  r3, [r1, #0x4]
;;                  cbnz  r3, 0x140 <call_fixed+0x28> @ imm = #0xc
;;                  ldr  r1, [r1]
;;                  adds  r1, r2, r1
;;                  blx  r1
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x100
;;                  bl  0x50 <trap[BadSignature]> @ imm = #-0xf4
;; <call_own>:
;;                  push.w  {r9, lr}
;;                  cmp  r1, #0x4
;;                  bhs  0x16e <call_own+0x2a>   @ imm = #0x20
;;                  add.w  r1, r9, r1, lsl #2
;;                  ldr  r1, [r1, #0x7c]
;;                  cbz  r1, 0x172 <call_own+0x2e> @ imm = #0x1c
;;                  ldr  r2, [r1, #0x8]
;;                  ldr.w  r3, [r9, #0x68]
;;                  cmp  r2, r3
;;                  bne  0x176 <call_own+0x32>   @ imm = #0x16
;;                  ldr  r2, [r1]
;;                  ldr  r1, [r1, #0x4]
;;                  mov  r9, r1
;;                  blx  r2
;;                  ldr.w  r9, [sp]
;;                  pop.w  {r9, pc}
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x132
;;                  bl  0x48 <trap[IndirectCallToNull]> @ imm = #-0x12e
;;                  bl  0x50 <trap[BadSignature]> @ imm = #-0x12a
;;                  movs  r0, r0
;; <call_shared>:
;;                  push.w  {r9, lr}
;;                  ldr.w  r2, [r9, #0x4c]
;;                  ldr  r3, [r2, #0x4]
;;                  cmp  r1, r3
;;                  bhs  0x1ac <call_shared+0x30> @ imm = #0x20
;;                  ldr  r2, [r2]
;;                  lsls  r1, r1, #0x2
;;                  ldr  r1, [r2, r1]
;;                  cbz  r1, 0x1b0 <call_shared+0x34> @ imm = #0x1c
;;                  ldr  r2, [r1, #0x8]
;;                  ldr.w  r3, [r9, #0x68]
;;                  cmp  r2, r3
;;                  bne  0x1b4 <call_shared+0x38> @ imm = #0x16
;;                  ldr  r2, [r1]
;;                  ldr  r1, [r1, #0x4]
;;                  mov  r9, r1
;;                  blx  r2
;;                  ldr.w  r9, [sp]
;;                  pop.w  {r9, pc}
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x170
;;                  bl  0x48 <trap[IndirectCallToNull]> @ imm = #-0x16c
;;                  bl  0x50 <trap[BadSignature]> @ imm = #-0x168
;; <tail_call>:
;;                  b.w  0x68 <leaf>             @ imm = #-0x154
;; <tail_call_fixed>:
;;                  cmp  r1, #0x3
;;                  bhs  0x1d8 <tail_call_fixed+0x1c> @ imm = #0x16
;;                  movw  r2, #0xfe34
;;                  movt  r2, #0xffff
;;                  add  r2, pc
;;                  add.w  r1, r2, r1, lsl #3
;;                  ldr  r3, [r1, #0x4]
;;                  cbnz  r3, 0x1de <tail_call_fixed+0x22> @ imm = #0xa
;;                  ldr  r1, [r1]
;;                  adds  r1, r2, r1
;;                  bx  r1
;;                  push  {lr}
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x19e
;;                  push  {lr}
;;                  bl  0x50 <trap[BadSignature]> @ imm = #-0x194
;; <tail_call_own>:
;;                  push.w  {r9, r11, lr}
;;                  sub  sp, #0x4
;;                  mov  r11, r1
;;                  bl  0x68 <leaf>             @ imm = #-0x188
;;                  mov  r1, r11
;;                  cmp  r1, #0x4
;;                  bhs  0x226 <tail_call_own+0x42> @ imm = #0x2e
;;                  add.w  r1, r9, r1, lsl #2
;;                  ldr  r1, [r1, #0x7c]
;;                  cbz  r1, 0x22a <tail_call_own+0x46> @ imm = #0x2a
;;                  ldr  r2, [r1, #0x8]
;;                  ldr.w  r3, [r9, #0x68]
;;                  cmp  r2, r3
;;                  bne  0x22e <tail_call_own+0x4a> @ imm = #0x24
;;                  ldr  r2, [r1]
;;                  ldr  r1, [r1, #0x4]
;;                  cmp  r1, r9
;;                  beq  0x21e <tail_call_own+0x3a> @ imm = #0xc
;;                  mov  r9, r1
;;                  blx  r2
;;                  ldr.w  r9, [sp, #0x4]
;;                  add  sp, #0x4
;;                  pop.w  {r9, r11, pc}
;;                  add  sp, #0x4
;;                  pop.w  {r9, r11, lr}
;;                  bx  r2
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x1ea
;;                  bl  0x48 <trap[IndirectCallToNull]> @ imm = #-0x1e6
;;                  bl  0x50 <trap[BadSignature]> @ imm = #-0x1e2
;;                  movs  r0, r0
;; <tail_call_with_more>:
;;                  sub  sp, #0x18
;;                  movs  r3, #0x2
;;                  str  r3, [sp]
;;                  movs  r2, #0x0
;;                  str  r2, [sp, #0x4]
;;                  movs  r2, #0x3
;;                  str  r2, [sp, #0x8]
;;                  movs  r2, #0x0
;;                  str  r2, [sp, #0xc]
;;                  str  r0, [sp, #0x10]
;;                  str  r1, [sp, #0x14]
;;                  movs  r2, #0x1
;;                  movs  r3, #0x0
;;                  b.w  0x94 <many_parameters>  @ imm = #-0x1be
;;                  movs  r0, r0
;; <tail_call_saved>:
;;                  push.w  {r10, r11, lr}
;;                  sub  sp, #0x4
;;                  mov  r10, r0
;;                  mov  r11, r1
;;                  bl  0x68 <leaf>             @ imm = #-0x1fa
;;                  mov  r1, r11
;;                  cmp  r1, #0x3
;;                  bhs  0x288 <tail_call_saved+0x34> @ imm = #0x1e
;;                  movw  r0, #0xfd8c
;;                  movt  r0, #0xffff
;;                  add  r0, pc
;;                  add.w  r1, r0, r1, lsl #3
;;                  ldr  r2, [r1, #0x4]
;;                  cbnz  r2, 0x28c <tail_call_saved+0x38> @ imm = #0x10
;;                  ldr  r1, [r1]
;;                  adds  r1, r0, r1
;;                  mov  r0, r10
;;                  add  sp, #0x4
;;                  pop.w  {r10, r11, lr}
;;                  bx  r1
;;                  bl  0x40 <trap[TableOutOfBounds]> @ imm = #-0x24c
;;                  bl  0x50 <trap[BadSignature]> @ imm = #-0x240
;; <tables>:
;;                  ldr.w  r1, [r9, #0x80]
;;                  cmp  r0, #0x4
;;                  bhs  0x2a2 <tables+0x12>     @ imm = #0x8
;;                  add.w  r0, r9, r0, lsl #2
;;                  str  r1, [r0, #0x7c]
;;                  movs  r0, #0x4
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0x58 <trap[TableAccessOutOfBounds]> @ imm = #-0x250
;; <init_table>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  cmp  r2, #0x2
;;                  bhi  0x2ee <init_table+0x46> @ imm = #0x3c
;;                  rsb.w  r3, r2, #0x2
;;                  cmp  r1, r3
;;                  bhi  0x2ee <init_table+0x46> @ imm = #0x34
;;                  cmp  r2, #0x4
;;                  bhi  0x2ee <init_table+0x46> @ imm = #0x30
;;                  rsb.w  r3, r2, #0x4
;;                  mov  lr, r2
;;                  cmp  r0, r3
;;                  bhi  0x2ee <init_table+0x46> @ imm = #0x26
;;                  add.w  r3, r9, #0x7c
;;                  add.w  r0, r3, r0, lsl #2
;;                  movw  r3, #0xfd5e
;;                  movt  r3, #0xffff
;;                  add  r3, pc
;;                  add.w  r1, r3, r1, lsl #2
;;                  mov  r2, r9
;;                  mov  r3, lr
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0xcc]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  bl  0x58 <trap[TableAccessOutOfBounds]> @ imm = #-0x29a
;;                  movs  r0, r0
;; <grow>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  mov  r1, r0
;;                  add.w  r0, r9, #0x14
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;
;; ---- rv32imac ----
;; <table[2]>:
;;        0: 88 00 00 00 00 00 00 00         ........
;;        8: 88 00 00 00 00 00 00 00         ........
;;       10: 8c 00 00 00 02 00 00 00         ........
;; <table[3]>:
;;       18: 00 00 00 00 ff ff ff ff         ........
;;       20: 00 00 00 00 ff ff ff ff         ........
;;       28: 00 00 00 00 ff ff ff ff         ........
;;       30: 00 00 00 00 ff ff ff ff         ........
;; <elem[1]>:
;;       38: 40 00 00 00 4c 00 00 00         @...L...
;; <trap[TableOutOfBounds]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x3
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[IndirectCallToNull]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x4
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[BadSignature]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x5
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <trap[TableAccessOutOfBounds]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0xd
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <imported>:
;;                  li  t5, 0x0
;;                  lw  t6, 0x8(s1)
;;                  jr  t6
;; <leaf>:
;;                  addi  a0, a0, 0x1
;;                  ret
;; <nothing>:
;;                  ret
;;                  unimp
;; <call>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x8(sp)
;;                  sw  s0, 0xc(sp)
;;                  mv  s0, a0
;;                  jal  0x88 <leaf>
;;                  add  a0, a0, s0
;;                  lw  ra, 0x8(sp)
;;                  lw  s0, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  unimp
;; <call_imported>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x8(sp)
;;                  sw  s1, 0xc(sp)
;;                  lw  t0, 0x30(s1)
;;                  lw  t1, 0x34(s1)
;;                  mv  s1, t1
;;                  jalr  t0
;;                  lw  s1, 0xc(sp)
;;                  lw  ra, 0x8(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  unimp
;; <many_parameters>:
;;                  mv  t3, a0
;;                  lw  a0, 0x0(sp)
;;                  lw  a2, 0x4(sp)
;;                  add  a0, a0, t3
;;                  sltu  a6, a0, t3
;;                  add  t3, a1, a2
;;                  add  a1, t3, a6
;;                  addi  sp, sp, 0x10
;;                  ret
;; <many_arguments>:
;;                  addi  sp, sp, -0x20
;;                  sw  ra, 0x1c(sp)
;;                  sw  a0, 0x0(sp)
;;                  sw  a1, 0x4(sp)
;;                  li  a2, 0x1
;;                  li  a3, 0x0
;;                  li  a4, 0x2
;;                  li  a5, 0x0
;;                  li  a6, 0x3
;;                  li  a7, 0x0
;;                  jal  0xc4 <many_parameters>
;;                  addi  sp, sp, -0x10
;;                  lw  ra, 0x1c(sp)
;;                  addi  sp, sp, 0x20
;;                  ret
;; <many_results>:
;;                  sw  a0, 0x28(s1)
;;                  sw  zero, 0x2c(s1)
;;                  li  a0, 0x1
;;                  li  a1, 0x0
;;                  li  a2, 0x2
;;                  li  a3, 0x0
;;                  li  a4, 0x3
;;                  li  a5, 0x0
;;                  li  a6, 0x4
;;                  li  a7, 0x0
;;                  ret
;; <take_results>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  jal  0xfc <many_results>
;;                  lw  a0, 0x28(s1)
;;                  lw  a1, 0x2c(s1)
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  unimp
;; <call_fixed>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  li  a2, 0x3
;;                  bgeu  a1, a2, 0x154 <call_fixed+0x2c>
;;                  auipc  t2, 0x0
;;                  addi  t2, t2, -0x132
;;                  slli  a2, a1, 0x3
;;                  add  a1, t2, a2
;;                  lw  a3, 0x4(a1)
;;                  bnez  a3, 0x158 <call_fixed+0x30>
;;                  lw  a3, 0x0(a1)
;;                  add  a2, t2, a3
;;                  jalr  a2
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x40 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;; <call_own>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x8(sp)
;;                  sw  s1, 0xc(sp)
;;                  li  a2, 0x4
;;                  bgeu  a1, a2, 0x18a <call_own+0x2e>
;;                  slli  a2, a1, 0x2
;;                  add  a2, a2, s1
;;                  lw  a1, 0x6c(a2)
;;                  beqz  a1, 0x18e <call_own+0x32>
;;                  lw  a3, 0x8(a1)
;;                  lw  a5, 0x58(s1)
;;                  bne  a3, a5, 0x192 <call_own+0x36>
;;                  lw  a3, 0x0(a1)
;;                  lw  a5, 0x4(a1)
;;                  mv  s1, a5
;;                  jalr  a3
;;                  lw  s1, 0xc(sp)
;;                  lw  ra, 0x8(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x40 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x50 <trap[IndirectCallToNull]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;;                  unimp
;; <call_shared>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x8(sp)
;;                  sw  s1, 0xc(sp)
;;                  lw  a2, 0x3c(s1)
;;                  lw  a4, 0x4(a2)
;;                  bgeu  a1, a4, 0x1d0 <call_shared+0x38>
;;                  lw  a3, 0x0(a2)
;;                  slli  a5, a1, 0x2
;;                  add  a4, a3, a5
;;                  lw  a2, 0x0(a4)
;;                  beqz  a2, 0x1d4 <call_shared+0x3c>
;;                  lw  a5, 0x8(a2)
;;                  lw  a7, 0x58(s1)
;;                  bne  a5, a7, 0x1d8 <call_shared+0x40>
;;                  lw  a5, 0x0(a2)
;;                  lw  a7, 0x4(a2)
;;                  mv  s1, a7
;;                  jalr  a5
;;                  lw  s1, 0xc(sp)
;;                  lw  ra, 0x8(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x40 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x50 <trap[IndirectCallToNull]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;; <tail_call>:
;;                  j  0x88 <leaf>
;; <tail_call_fixed>:
;;                  li  a2, 0x3
;;                  bgeu  a1, a2, 0x1fe <tail_call_fixed+0x1e>
;;                  auipc  t1, 0x0
;;                  addi  t1, t1, -0x1e6
;;                  slli  a1, a1, 0x3
;;                  add  a1, a1, t1
;;                  lw  a2, 0x4(a1)
;;                  bnez  a2, 0x202 <tail_call_fixed+0x22>
;;                  lw  a2, 0x0(a1)
;;                  add  a1, t1, a2
;;                  jr  a1
;;                  jal  t0, 0x40 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;;                  unimp
;; <tail_call_own>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x4(sp)
;;                  sw  s1, 0x8(sp)
;;                  sw  s2, 0xc(sp)
;;                  mv  s2, a1
;;                  jal  0x88 <leaf>
;;                  li  a3, 0x4
;;                  mv  a1, s2
;;                  bgeu  a1, a3, 0x250 <tail_call_own+0x48>
;;                  slli  a4, a1, 0x2
;;                  add  a4, a4, s1
;;                  lw  a2, 0x6c(a4)
;;                  beqz  a2, 0x254 <tail_call_own+0x4c>
;;                  lw  a5, 0x8(a2)
;;                  lw  a7, 0x58(s1)
;;                  bne  a5, a7, 0x258 <tail_call_own+0x50>
;;                  lw  a1, 0x0(a2)
;;                  lw  a5, 0x4(a2)
;;                  beq  a5, s1, 0x248 <tail_call_own+0x40>
;;                  mv  s1, a5
;;                  jalr  a1
;;                  lw  s1, 0x8(sp)
;;                  lw  ra, 0x4(sp)
;;                  lw  s2, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  lw  ra, 0x4(sp)
;;                  lw  s2, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  jr  a1
;;                  jal  t0, 0x40 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x50 <trap[IndirectCallToNull]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;; <tail_call_with_more>:
;;                  addi  sp, sp, -0x10
;;                  sw  a0, 0x0(sp)
;;                  sw  a1, 0x4(sp)
;;                  li  a2, 0x1
;;                  li  a3, 0x0
;;                  li  a4, 0x2
;;                  li  a5, 0x0
;;                  li  a6, 0x3
;;                  li  a7, 0x0
;;                  j  0xc4 <many_parameters>
;;                  unimp
;; <tail_call_saved>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0x4(sp)
;;                  sw  s2, 0x8(sp)
;;                  sw  s3, 0xc(sp)
;;                  mv  s2, a0
;;                  mv  s3, a1
;;                  jal  0x88 <leaf>
;;                  li  a0, 0x3
;;                  mv  a1, s3
;;                  bgeu  a1, a0, 0x2b2 <tail_call_saved+0x3e>
;;                  auipc  t2, 0x0
;;                  addi  t2, t2, -0x28c
;;                  slli  a2, a1, 0x3
;;                  add  a1, t2, a2
;;                  lw  a3, 0x4(a1)
;;                  bnez  a3, 0x2b6 <tail_call_saved+0x42>
;;                  lw  a3, 0x0(a1)
;;                  add  a2, t2, a3
;;                  mv  a0, s2
;;                  lw  ra, 0x4(sp)
;;                  lw  s2, 0x8(sp)
;;                  lw  s3, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  jr  a2
;;                  jal  t0, 0x40 <trap[TableOutOfBounds]>
;;                  jal  t0, 0x60 <trap[BadSignature]>
;;                  unimp
;; <tables>:
;;                  lw  t0, 0x70(s1)
;;                  li  t2, 0x4
;;                  bgeu  a0, t2, 0x2d4 <tables+0x18>
;;                  slli  a0, a0, 0x2
;;                  add  t2, s1, a0
;;                  sw  t0, 0x6c(t2)
;;                  li  a0, 0x4
;;                  ret
;;                  jal  t0, 0x70 <trap[TableAccessOutOfBounds]>
;; <init_table>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  li  a6, 0x2
;;                  bltu  a6, a2, 0x32c <init_table+0x54>
;;                  li  a7, 0x2
;;                  sub  a7, a7, a2
;;                  bltu  a7, a1, 0x32c <init_table+0x54>
;;                  li  t3, 0x4
;;                  bltu  t3, a2, 0x32c <init_table+0x54>
;;                  li  t3, 0x4
;;                  sub  t3, t3, a2
;;                  mv  a3, a2
;;                  bltu  t3, a0, 0x32c <init_table+0x54>
;;                  addi  t3, s1, 0x6c
;;                  slli  t4, a0, 0x2
;;                  add  a0, t3, t4
;;                  auipc  t3, 0x0
;;                  addi  t3, t3, -0x2d2
;;                  slli  t4, a1, 0x2
;;                  add  a1, t3, t4
;;                  mv  a2, s1
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0xcc(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0x70 <trap[TableAccessOutOfBounds]>
;; <grow>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  mv  a1, a0
;;                  addi  a0, s1, 0x14
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x0(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
