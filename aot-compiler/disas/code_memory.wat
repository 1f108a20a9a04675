;;! code = cortex-m3 rv32imac
;; Loads and stores.
(module
  (memory 2)
  (global $word (mut i32) (i32.const 1))
  (global $pair (mut i64) (i64.const 1))
  (data $bytes "0123456789")
  (func $i32_load (param i32) (result i32) (i32.load (local.get 0)))
  (func $i32_load8_s (param i32) (result i32) (i32.load8_s (local.get 0)))
  (func $i32_load8_u (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func $i32_load16_s (param i32) (result i32) (i32.load16_s (local.get 0)))
  (func $i32_load16_u (param i32) (result i32) (i32.load16_u (local.get 0)))
  (func $i64_load (param i32) (result i64) (i64.load (local.get 0)))
  (func $i64_load8_s (param i32) (result i64) (i64.load8_s (local.get 0)))
  (func $i64_load8_u (param i32) (result i64) (i64.load8_u (local.get 0)))
  (func $i64_load16_s (param i32) (result i64) (i64.load16_s (local.get 0)))
  (func $i64_load16_u (param i32) (result i64) (i64.load16_u (local.get 0)))
  (func $i64_load32_s (param i32) (result i64) (i64.load32_s (local.get 0)))
  (func $i64_load32_u (param i32) (result i64) (i64.load32_u (local.get 0)))
  (func $i32_store (param i32 i32) (i32.store (local.get 0) (local.get 1)))
  (func $i32_store8 (param i32 i32) (i32.store8 (local.get 0) (local.get 1)))
  (func $i32_store16 (param i32 i32) (i32.store16 (local.get 0) (local.get 1)))
  (func $i64_store (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func $i64_store8 (param i32 i64) (i64.store8 (local.get 0) (local.get 1)))
  (func $i64_store16 (param i32 i64) (i64.store16 (local.get 0) (local.get 1)))
  (func $i64_store32 (param i32 i64) (i64.store32 (local.get 0) (local.get 1)))
  (func $offset (param i32) (result i32) (i32.load offset=100 (local.get 0)))
  (func $far_offset (param i32) (result i32) (i32.load offset=70000 (local.get 0)))
  (func $pair_at_the_edge_of_reach (param i32) (result i64) (i64.load offset=1996 (local.get 0)))
  (func $sum_with_constant (param i32) (result i32) (i32.load offset=8 (i32.add (local.get 0) (i32.const 4))))
  (func $scaled (param i32 i32) (result i32) (i32.load (i32.shl (local.get 0) (i32.const 2))))
  (func $two_fields (param i32) (result i32) (i32.add (i32.load (local.get 0)) (i32.load offset=4 (local.get 0))))
  (func $constant_address  (result i32) (i32.load (i32.const 40000)))
  (func $globals  (result i64) (global.set $pair (i64.add (global.get $pair) (i64.const 1))) (global.set $word (i32.const 0)) (global.get $pair))
  (func $copy (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func $fill (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func $init (param i32 i32 i32) (memory.init $bytes (local.get 0) (local.get 1) (local.get 2)))
  (func $sum (param i32) (result i32) (local i32 i32) (loop (local.set 1 (i32.add (local.get 1) (i32.load (local.get 0)))) (local.set 2 (i32.xor (local.get 2) (i32.const 0x12345678))) (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 4))))) (i32.add (local.get 1) (local.get 2)))
)

;; ---- expected ----
;; ;; i32_load
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0072                               v3 = iconst.i32 0x0001_fffc
;; @0072                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffc
;; @0072                               trapnz v4, user2
;; @0072                               v5 = iadd v0, v1
;; @0072                               v6 = load.i32 notrap region0 v5+64
;; @0075                               return v6
;; }
;;
;; ;; i32_load8_s
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @007a                               v3 = iconst.i32 0x0001_ffff
;; @007a                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_ffff
;; @007a                               trapnz v4, user2
;; @007a                               v5 = iadd v0, v1
;; @007a                               v6 = sload8.i32 notrap region0 v5+64
;; @007d                               return v6
;; }
;;
;; ;; i32_load8_u
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0082                               v3 = iconst.i32 0x0001_ffff
;; @0082                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_ffff
;; @0082                               trapnz v4, user2
;; @0082                               v5 = iadd v0, v1
;; @0082                               v6 = uload8.i32 notrap region0 v5+64
;; @0085                               return v6
;; }
;;
;; ;; i32_load16_s
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @008a                               v3 = iconst.i32 0x0001_fffe
;; @008a                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffe
;; @008a                               trapnz v4, user2
;; @008a                               v5 = iadd v0, v1
;; @008a                               v6 = sload16.i32 notrap region0 v5+64
;; @008d                               return v6
;; }
;;
;; ;; i32_load16_u
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0092                               v3 = iconst.i32 0x0001_fffe
;; @0092                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffe
;; @0092                               trapnz v4, user2
;; @0092                               v5 = iadd v0, v1
;; @0092                               v6 = uload16.i32 notrap region0 v5+64
;; @0095                               return v6
;; }
;;
;; ;; i64_load
;; function u0:5(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @009a                               v3 = iconst.i32 0x0001_fff8
;; @009a                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fff8
;; @009a                               trapnz v4, user2
;; @009a                               v5 = iadd v0, v1
;; @009a                               v6 = load.i64 notrap region0 v5+64
;; @009d                               return v6
;; }
;;
;; ;; i64_load8_s
;; function u0:6(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00a2                               v3 = iconst.i32 0x0001_ffff
;; @00a2                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_ffff
;; @00a2                               trapnz v4, user2
;; @00a2                               v5 = iadd v0, v1
;; @00a2                               v6 = sload8.i64 notrap region0 v5+64
;; @00a5                               return v6
;; }
;;
;; ;; i64_load8_u
;; function u0:7(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00aa                               v3 = iconst.i32 0x0001_ffff
;; @00aa                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_ffff
;; @00aa                               trapnz v4, user2
;; @00aa                               v5 = iadd v0, v1
;; @00aa                               v6 = uload8.i64 notrap region0 v5+64
;; @00ad                               return v6
;; }
;;
;; ;; i64_load16_s
;; function u0:8(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00b2                               v3 = iconst.i32 0x0001_fffe
;; @00b2                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffe
;; @00b2                               trapnz v4, user2
;; @00b2                               v5 = iadd v0, v1
;; @00b2                               v6 = sload16.i64 notrap region0 v5+64
;; @00b5                               return v6
;; }
;;
;; ;; i64_load16_u
;; function u0:9(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00ba                               v3 = iconst.i32 0x0001_fffe
;; @00ba                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffe
;; @00ba                               trapnz v4, user2
;; @00ba                               v5 = iadd v0, v1
;; @00ba                               v6 = uload16.i64 notrap region0 v5+64
;; @00bd                               return v6
;; }
;;
;; ;; i64_load32_s
;; function u0:10(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00c2                               v3 = iconst.i32 0x0001_fffc
;; @00c2                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffc
;; @00c2                               trapnz v4, user2
;; @00c2                               v5 = iadd v0, v1
;; @00c2                               v6 = sload32 notrap region0 v5+64
;; @00c5                               return v6
;; }
;;
;; ;; i64_load32_u
;; function u0:11(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @00ca                               v3 = iconst.i32 0x0001_fffc
;; @00ca                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffc
;; @00ca                               trapnz v4, user2
;; @00ca                               v5 = iadd v0, v1
;; @00ca                               v6 = uload32 notrap region0 v5+64
;; @00cd                               return v6
;; }
;;
;; ;; i32_store
;; function u0:12(i32 vmctx, i32, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00d4                               v3 = iconst.i32 0x0001_fffc
;; @00d4                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffc
;; @00d4                               trapnz v4, user2
;; @00d4                               v5 = iadd v0, v1
;; @00d4                               store notrap region0 v2, v5+64
;; @00d7                               return
;; }
;;
;; ;; i32_store8
;; function u0:13(i32 vmctx, i32, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00de                               v3 = iconst.i32 0x0001_ffff
;; @00de                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_ffff
;; @00de                               trapnz v4, user2
;; @00de                               v5 = iadd v0, v1
;; @00de                               istore8 notrap region0 v2, v5+64
;; @00e1                               return
;; }
;;
;; ;; i32_store16
;; function u0:14(i32 vmctx, i32, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00e8                               v3 = iconst.i32 0x0001_fffe
;; @00e8                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffe
;; @00e8                               trapnz v4, user2
;; @00e8                               v5 = iadd v0, v1
;; @00e8                               istore16 notrap region0 v2, v5+64
;; @00eb                               return
;; }
;;
;; ;; i64_store
;; function u0:15(i32 vmctx, i32, i64) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i64):
;; @00f2                               v3 = iconst.i32 0x0001_fff8
;; @00f2                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fff8
;; @00f2                               trapnz v4, user2
;; @00f2                               v5 = iadd v0, v1
;; @00f2                               store notrap region0 v2, v5+64
;; @00f5                               return
;; }
;;
;; ;; i64_store8
;; function u0:16(i32 vmctx, i32, i64) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i64):
;; @00fc                               v3 = iconst.i32 0x0001_ffff
;; @00fc                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_ffff
;; @00fc                               trapnz v4, user2
;; @00fc                               v5 = iadd v0, v1
;; @00fc                               istore8 notrap region0 v2, v5+64
;; @00ff                               return
;; }
;;
;; ;; i64_store16
;; function u0:17(i32 vmctx, i32, i64) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i64):
;; @0106                               v3 = iconst.i32 0x0001_fffe
;; @0106                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffe
;; @0106                               trapnz v4, user2
;; @0106                               v5 = iadd v0, v1
;; @0106                               istore16 notrap region0 v2, v5+64
;; @0109                               return
;; }
;;
;; ;; i64_store32
;; function u0:18(i32 vmctx, i32, i64) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i64):
;; @0110                               v3 = iconst.i32 0x0001_fffc
;; @0110                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_fffc
;; @0110                               trapnz v4, user2
;; @0110                               v5 = iadd v0, v1
;; @0110                               istore32 notrap region0 v2, v5+64
;; @0113                               return
;; }
;;
;; ;; offset
;; function u0:19(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0118                               v3 = iconst.i32 0x0001_ff98
;; @0118                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_ff98
;; @0118                               trapnz v4, user2
;; @0118                               v5 = iadd v0, v1
;; @0118                               v6 = load.i32 notrap region0 v5+164
;; @011b                               return v6
;; }
;;
;; ;; far_offset
;; function u0:20(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0120                               v3 = iconst.i32 0xee8c
;; @0120                               v4 = icmp ugt v1, v3  ; v3 = 0xee8c
;; @0120                               trapnz v4, user2
;; @0120                               v5 = iadd v0, v1
;; @0120                               v6 = load.i32 notrap region0 v5+0x0001_11b0
;; @0125                               return v6
;; }
;;
;; ;; pair_at_the_edge_of_reach
;; function u0:21(i32 vmctx, i32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @012a                               v3 = iconst.i32 0x0001_f82c
;; @012a                               v4 = icmp ugt v1, v3  ; v3 = 0x0001_f82c
;; @012a                               trapnz v4, user2
;; @012a                               v5 = iadd v0, v1
;; @012a                               v6 = load.i64 notrap region0 v5+2060
;; @012e                               return v6
;; }
;;
;; ;; sum_with_constant
;; function u0:22(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0133                               v3 = iconst.i32 4
;; @0135                               v4 = iadd v1, v3  ; v3 = 4
;; @0136                               v5 = iconst.i32 0x0001_fff4
;; @0136                               v6 = icmp ugt v4, v5  ; v5 = 0x0001_fff4
;; @0136                               trapnz v6, user2
;;                                     v9 = iadd v0, v1
;; @0136                               v8 = load.i32 notrap region0 v9+76
;; @0139                               return v8
;; }
;;
;; ;; scaled
;; function u0:23(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @013e                               v4 = iconst.i32 2
;; @0140                               v5 = ishl v1, v4  ; v4 = 2
;; @0141                               v6 = iconst.i32 0x0001_fffc
;; @0141                               v7 = icmp ugt v5, v6  ; v6 = 0x0001_fffc
;; @0141                               trapnz v7, user2
;; @0141                               v8 = iadd v0, v5
;; @0141                               v9 = load.i32 notrap region0 v8+64
;; @0144                               return v9
;; }
;;
;; ;; two_fields
;; function u0:24(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0149                               v12 = iconst.i32 0x0001_fff8
;; @0149                               v13 = icmp ugt v1, v12  ; v12 = 0x0001_fff8
;; @0149                               trapnz v13, user2
;; @0149                               v5 = iadd v0, v1
;; @0149                               v6 = load.i32 notrap region0 v5+64
;; @014e                               v10 = load.i32 notrap region0 v5+68
;; @0151                               v11 = iadd v6, v10
;; @0152                               return v11
;; }
;;
;; ;; constant_address
;; function u0:25(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0159                               v3 = load.i32 notrap region0 v0+0x9c80
;; @015c                               return v3
;; }
;;
;; ;; globals
;; function u0:26(i32 vmctx) -> i64 tail {
;;
;;                                 block0(v0: i32):
;; @015f                               v2 = load.i64 notrap aligned region3 v0+48
;; @0161                               v3 = iconst.i64 1
;; @0163                               v4 = iadd v2, v3  ; v3 = 1
;; @0164                               store notrap aligned region3 v4, v0+48
;; @0166                               v5 = iconst.i32 0
;; @0168                               store notrap aligned region3 v5, v0+40  ; v5 = 0
;; @016a                               v6 = load.i64 notrap aligned region3 v0+48
;; @016c                               return v6
;; }
;;
;; ;; copy
;; function u0:27(i32 vmctx, i32, i32, i32) tail {
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:1 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @0175                               v4 = iconst.i32 0x0002_0000
;; @0175                               v5 = icmp ugt v3, v4  ; v4 = 0x0002_0000
;; @0175                               trapnz v5, user2
;; @0175                               v6 = isub v4, v3  ; v4 = 0x0002_0000
;; @0175                               v7 = icmp ugt v1, v6
;; @0175                               trapnz v7, user2
;; @0175                               v11 = icmp ugt v2, v6
;; @0175                               trapnz v11, user2
;; @0175                               v12 = iconst.i32 64
;; @0175                               v13 = iadd v0, v12  ; v12 = 64
;; @0175                               v14 = iadd v13, v1
;; @0175                               v17 = iadd v13, v2
;; @0175                               call fn0(v14, v17, v3)
;; @0179                               return
;; }
;;
;; ;; fill
;; function u0:28(i32 vmctx, i32, i32, i32) tail {
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:2 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @0182                               v4 = iconst.i32 0x0002_0000
;; @0182                               v5 = icmp ugt v3, v4  ; v4 = 0x0002_0000
;; @0182                               trapnz v5, user2
;; @0182                               v6 = isub v4, v3  ; v4 = 0x0002_0000
;; @0182                               v7 = icmp ugt v1, v6
;; @0182                               trapnz v7, user2
;; @0182                               v8 = iconst.i32 64
;; @0182                               v9 = iadd v0, v8  ; v8 = 64
;; @0182                               v10 = iadd v9, v1
;; @0182                               call fn0(v10, v2, v3)
;; @0185                               return
;; }
;;
;; ;; init
;; function u0:29(i32 vmctx, i32, i32, i32) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:1 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @018e                               v4 = iconst.i32 10
;; @018e                               v5 = icmp ugt v3, v4  ; v4 = 10
;; @018e                               trapnz v5, user2
;; @018e                               v6 = isub v4, v3  ; v4 = 10
;; @018e                               v7 = icmp ugt v2, v6
;; @018e                               trapnz v7, user2
;; @018e                               v8 = iconst.i32 0x0002_0000
;; @018e                               v10 = isub v8, v3  ; v8 = 0x0002_0000
;; @018e                               v11 = icmp ugt v1, v10
;; @018e                               trapnz v11, user2
;; @018e                               v16 = iconst.i32 64
;; @018e                               v17 = iadd v0, v16  ; v16 = 64
;; @018e                               v18 = iadd v17, v1
;; @018e                               v12 = symbol_value.i32 gv0
;; @018e                               v15 = iadd v12, v2
;; @018e                               call fn0(v18, v15, v3)
;; @0192                               return
;; }
;;
;; ;; sum
;; function u0:30(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0194                               v2 = iconst.i32 0
;; @0197                               jump block2(v2, v1, v2)  ; v2 = 0, v2 = 0
;;
;;                                 block2(v4: i32, v5: i32, v11: i32):
;;                                     v17 = iconst.i32 0x0001_fffc
;;                                     v18 = icmp ugt v5, v17  ; v17 = 0x0001_fffc
;; @019d                               trapnz v18, user2
;; @019d                               v8 = iadd.i32 v0, v5
;; @019d                               v9 = load.i32 notrap region0 v8+64
;;                                     v19 = iconst.i32 4
;;                                     v20 = isub v5, v19  ; v19 = 4
;; @01a0                               v10 = iadd v4, v9
;;                                     v21 = iconst.i32 0x1234_5678
;;                                     v22 = bxor v11, v21  ; v21 = 0x1234_5678
;; @01b5                               brif v20, block2(v10, v20, v22), block3
;;
;;                                 block3:
;; @01bc                               v16 = iadd.i32 v10, v22
;; @01bd                               return v16
;; }
;;
;;
;; ---- cortex-m3 ----
;;        0: 30 31 32 33    .word  0x33323130
;;        4: 34 35 36 37    .word  0x37363534
;;        8: 38 39 00 00    .word  0x00003938
;; <trap[MemoryOutOfBounds]>:
;;                  movs  r0, #0x2
;;                  ldr.w  pc, [r9, #0xc]
;;                  movs  r0, r0
;; <i32_load>:
;;                  movw  r1, #0xfffc
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x26 <i32_load+0x12>    @ imm = #0x4
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x20
;; <i32_load8_s>:
;;                  cmp.w  r0, #0x20000
;;                  bhs  0x3a <i32_load8_s+0xe>  @ imm = #0x6
;;                  add  r0, r9
;;                  ldrsb.w  r0, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x34
;; <i32_load8_u>:
;;                  cmp.w  r0, #0x20000
;;                  bhs  0x4e <i32_load8_u+0xe>  @ imm = #0x6
;;                  add  r0, r9
;;                  ldrb.w  r0, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x48
;; <i32_load16_s>:
;;                  movw  r1, #0xfffe
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x68 <i32_load16_s+0x14> @ imm = #0x6
;;                  add  r0, r9
;;                  ldrsh.w  r0, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x62
;;                  movs  r0, r0
;; <i32_load16_u>:
;;                  movw  r1, #0xfffe
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x84 <i32_load16_u+0x14> @ imm = #0x6
;;                  add  r0, r9
;;                  ldrh.w  r0, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x7e
;;                  movs  r0, r0
;; <i64_load>:
;;                  movw  r1, #0xfff8
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0xa2 <i64_load+0x16>    @ imm = #0x8
;;                  add  r0, r9
;;                  ldr  r2, [r0, #0x40]
;;                  ldr  r1, [r0, #0x44]
;;                  mov  r0, r2
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x9c
;; <i64_load8_s>:
;;                  cmp.w  r0, #0x20000
;;                  bhs  0xb8 <i64_load8_s+0x10> @ imm = #0x8
;;                  add  r0, r9
;;                  ldrsb.w  r0, [r0, #0x40]
;;                  asrs  r1, r0, #0x1f
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0xb2
;;                  movs  r0, r0
;; <i64_load8_u>:
;;                  cmp.w  r0, #0x20000
;;                  bhs  0xd2 <i64_load8_u+0x12> @ imm = #0xa
;;                  add  r0, r9
;;                  ldrb.w  r0, [r0, #0x40]
;;                  movs  r1, #0x0
;;                  movs  r1, #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0xcc
;; <i64_load16_s>:
;;                  movw  r1, #0xfffe
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0xee <i64_load16_s+0x16> @ imm = #0x8
;;                  add  r0, r9
;;                  ldrsh.w  r0, [r0, #0x40]
;;                  asrs  r1, r0, #0x1f
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0xe8
;; <i64_load16_u>:
;;                  movw  r1, #0xfffe
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x10c <i64_load16_u+0x18> @ imm = #0xa
;;                  add  r0, r9
;;                  ldrh.w  r0, [r0, #0x40]
;;                  movs  r1, #0x0
;;                  movs  r1, #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x106
;;                  movs  r0, r0
;; <i64_load32_s>:
;;                  movw  r1, #0xfffc
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x128 <i64_load32_s+0x14> @ imm = #0x6
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x40]
;;                  asrs  r1, r0, #0x1f
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x122
;;                  movs  r0, r0
;; <i64_load32_u>:
;;                  movw  r1, #0xfffc
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x146 <i64_load32_u+0x16> @ imm = #0x8
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x40]
;;                  movs  r1, #0x0
;;                  movs  r1, #0x0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x140
;; <i32_store>:
;;                  movw  r2, #0xfffc
;;                  movt  r2, #0x1
;;                  cmp  r0, r2
;;                  bhi  0x15e <i32_store+0x12>  @ imm = #0x4
;;                  add  r0, r9
;;                  str  r1, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x158
;; <i32_store8>:
;;                  cmp.w  r0, #0x20000
;;                  bhs  0x172 <i32_store8+0xe>  @ imm = #0x6
;;                  add  r0, r9
;;                  strb.w  r1, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x16c
;; <i32_store16>:
;;                  movw  r2, #0xfffe
;;                  movt  r2, #0x1
;;                  cmp  r0, r2
;;                  bhi  0x18c <i32_store16+0x14> @ imm = #0x6
;;                  add  r0, r9
;;                  strh.w  r1, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x186
;;                  movs  r0, r0
;; <i64_store>:
;;                  movw  r3, #0xfff8
;;                  movt  r3, #0x1
;;                  cmp  r0, r3
;;                  bhi  0x1a8 <i64_store+0x14>  @ imm = #0x6
;;                  add  r0, r9
;;                  str  r1, [r0, #0x40]
;;                  str  r2, [r0, #0x44]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x1a2
;;                  movs  r0, r0
;; <i64_store8>:
;;                  cmp.w  r0, #0x20000
;;                  bhs  0x1be <i64_store8+0xe>  @ imm = #0x6
;;                  add  r0, r9
;;                  strb.w  r1, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x1b8
;; <i64_store16>:
;;                  movw  r2, #0xfffe
;;                  movt  r2, #0x1
;;                  cmp  r0, r2
;;                  bhi  0x1d8 <i64_store16+0x14> @ imm = #0x6
;;                  add  r0, r9
;;                  strh.w  r1, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x1d2
;;                  movs  r0, r0
;; <i64_store32>:
;;                  movw  r2, #0xfffc
;;                  movt  r2, #0x1
;;                  cmp  r0, r2
;;                  bhi  0x1f2 <i64_store32+0x12> @ imm = #0x4
;;                  add  r0, r9
;;                  str  r1, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x1ec
;; <offset>:
;;                  movw  r1, #0xff98
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x20c <offset+0x14>     @ imm = #0x6
;;                  add  r0, r9
;;                  ldr.w  r0, [r0, #0xa4]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x206
;;                  movs  r0, r0
;; <far_offset>:
;;                  movw  r1, #0xee8c
;;                  cmp  r0, r1
;;                  bhi  0x22a <far_offset+0x16> @ imm = #0xc
;;                  add  r0, r9
;;                  movw  r1, #0x11b0
;;                  movt  r1, #0x1
;;                  ldr  r0, [r0, r1]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x224
;; <pair_at_the_edge_of_reach>:
;;                  movw  r1, #0xf82c
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x24a <pair_at_the_edge_of_reach+0x1a> @ imm = #0xc
;;                  add  r0, r9
;;                  ldr.w  r2, [r0, #0x80c]
;;                  ldr.w  r1, [r0, #0x810]
;;                  mov  r0, r2
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x244
;; <sum_with_constant>:
;;                  adds  r1, r0, #0x4
;;                  movw  r2, #0xfff4
;;                  movt  r2, #0x1
;;                  cmp  r1, r2
;;                  bhi  0x264 <sum_with_constant+0x14> @ imm = #0x4
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x4c]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x25e
;;                  movs  r0, r0
;; <scaled>:
;;                  lsls  r0, r0, #0x2
;;                  movw  r1, #0xfffc
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x280 <scaled+0x14>     @ imm = #0x4
;;                  add  r0, r9
;;                  ldr  r0, [r0, #0x40]
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x27a
;;                  movs  r0, r0
;; <two_fields>:
;;                  movw  r1, #0xfff8
;;                  movt  r1, #0x1
;;                  cmp  r0, r1
;;                  bhi  0x29e <two_fields+0x16> @ imm = #0x8
;;                  add  r0, r9
;;                  ldr  r1, [r0, #0x40]
;;                  ldr  r0, [r0, #0x44]
;;                  adds  r0, r1, r0
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x298
;; <constant_address>:
;;                  movw  r2, #0x9c80
;;                  ldr.w  r0, [r9, r2]
;;                  bx  lr
;;                  movs  r0, r0
;; <globals>:
;;                  ldr.w  r0, [r9, #0x30]
;;                  ldr.w  r1, [r9, #0x34]
;;                  adds.w  r12, r0, #0x1
;;                  adc  r0, r1, #0x0
;;                  mov  r1, r12
;;                  str.w  r1, [r9, #0x30]
;;                  str.w  r0, [r9, #0x34]
;;                  movs  r0, #0x0
;;                  str.w  r0, [r9, #0x28]
;;                  ldr.w  r0, [r9, #0x30]
;;                  ldr.w  r1, [r9, #0x34]
;;                  bx  lr
;;                  movs  r0, r0
;; <copy>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  cmp.w  r2, #0x20000
;;                  bhi  0x308 <copy+0x2c>       @ imm = #0x20
;;                  rsb.w  r3, r2, #0x20000
;;                  cmp  r0, r3
;;                  bhi  0x308 <copy+0x2c>       @ imm = #0x18
;;                  cmp  r1, r3
;;                  bhi  0x308 <copy+0x2c>       @ imm = #0x14
;;                  add.w  r3, r9, #0x40
;;                  adds  r0, r3, r0
;;                  adds  r1, r3, r1
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x4]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x300
;; <fill>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  cmp.w  r2, #0x20000
;;                  bhi  0x332 <fill+0x26>       @ imm = #0x1a
;;                  rsb.w  r3, r2, #0x20000
;;                  cmp  r0, r3
;;                  bhi  0x332 <fill+0x26>       @ imm = #0x12
;;                  add.w  r3, r9, #0x40
;;                  adds  r0, r3, r0
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x8]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x32a
;;                  movs  r0, r0
;; <init>:
;;                  push  {lr}
;;                  sub  sp, #0x4
;;                  cmp  r2, #0xa
;;                  bhi  0x370 <init+0x38>       @ imm = #0x2e
;;                  rsb.w  r3, r2, #0xa
;;                  cmp  r1, r3
;;                  bhi  0x370 <init+0x38>       @ imm = #0x26
;;                  rsb.w  r3, r2, #0x20000
;;                  cmp  r0, r3
;;                  bhi  0x370 <init+0x38>       @ imm = #0x1e
;;                  add.w  r3, r9, #0x40
;;                  adds  r0, r3, r0
;;                  movw  r3, #0xfc9e
;;                  movt  r3, #0xffff
;;                  add  r3, pc
;;                  adds  r1, r3, r1
;;                  ldr.w  r12, [r9, #0x4]
;;                  ldr.w  r12, [r12, #0x4]
;;                  blx  r12
;;                  add  sp, #0x4
;;                  pop  {pc}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x368
;; <sum>:
;;                  push.w  {r4, r11}
;;                  movw  r1, #0xfffc
;;                  movt  r1, #0x1
;;                  movw  r2, #0x5678
;;                  movt  r2, #0x1234
;;                  movs  r3, #0x0
;;                  mov.w  r11, #0x0
;;                  cmp  r0, r1
;;                  bhi  0x3ac <sum+0x38>        @ imm = #0x18
;;                  add.w  r4, r9, r0
;;                  ldr  r4, [r4, #0x40]
;;                  adds  r3, r3, r4
;;                  eor.w  r11, r11, r2
;;                  subs  r0, r0, #0x4
;;                  bne  0x38e <sum+0x1a>        @ imm = #-0x16
;;                  add.w  r0, r3, r11
;;                  pop.w  {r4, r11}
;;                  bx  lr
;;                  push  {lr}
;;                  bl  0xc <trap[MemoryOutOfBounds]> @ imm = #-0x3a6
;;
;; ---- rv32imac ----
;; <data[0]>:
;;        0: 30 31 32 33 34 35 36 37         01234567
;;        8: 38 39 00 00                     89..
;; <trap[MemoryOutOfBounds]>:
;;                  addi  sp, sp, -0x4
;;                  sw  ra, 0x0(sp)
;;                  mv  ra, t0
;;                  li  a0, 0x2
;;                  lw  t5, 0xc(s1)
;;                  jr  t5
;;                  unimp
;; <i32_load>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x4
;;                  bltu  t0, a0, 0x30 <i32_load+0x14>
;;                  add  t0, s1, a0
;;                  lw  a0, 0x40(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i32_load8_s>:
;;                  li  t0, -0x1
;;                  srli  t0, t0, 0xf
;;                  bltu  t0, a0, 0x48 <i32_load8_s+0x14>
;;                  add  t0, s1, a0
;;                  lb  a0, 0x40(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i32_load8_u>:
;;                  li  t0, -0x1
;;                  srli  t0, t0, 0xf
;;                  bltu  t0, a0, 0x60 <i32_load8_u+0x14>
;;                  add  t0, s1, a0
;;                  lbu  a0, 0x40(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i32_load16_s>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x2
;;                  bltu  t0, a0, 0x78 <i32_load16_s+0x14>
;;                  add  t0, s1, a0
;;                  lh  a0, 0x40(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i32_load16_u>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x2
;;                  bltu  t0, a0, 0x90 <i32_load16_u+0x14>
;;                  add  t0, s1, a0
;;                  lhu  a0, 0x40(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_load>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x8
;;                  bltu  t0, a0, 0xac <i64_load+0x18>
;;                  add  t1, s1, a0
;;                  lw  a0, 0x40(t1)
;;                  lw  a1, 0x44(t1)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_load8_s>:
;;                  li  t0, -0x1
;;                  srli  t0, t0, 0xf
;;                  bltu  t0, a0, 0xc8 <i64_load8_s+0x18>
;;                  add  t1, s1, a0
;;                  lb  a0, 0x40(t1)
;;                  srai  a1, a0, 0x1f
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_load8_u>:
;;                  li  t0, -0x1
;;                  srli  t0, t0, 0xf
;;                  bltu  t0, a0, 0xe2 <i64_load8_u+0x16>
;;                  add  t1, s1, a0
;;                  lbu  a0, 0x40(t1)
;;                  li  a1, 0x0
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;;                  unimp
;; <i64_load16_s>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x2
;;                  bltu  t0, a0, 0x100 <i64_load16_s+0x18>
;;                  add  t1, s1, a0
;;                  lh  a0, 0x40(t1)
;;                  srai  a1, a0, 0x1f
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_load16_u>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x2
;;                  bltu  t0, a0, 0x11a <i64_load16_u+0x16>
;;                  add  t1, s1, a0
;;                  lhu  a0, 0x40(t1)
;;                  li  a1, 0x0
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;;                  unimp
;; <i64_load32_s>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x4
;;                  bltu  t0, a0, 0x138 <i64_load32_s+0x18>
;;                  add  t1, s1, a0
;;                  lw  a0, 0x40(t1)
;;                  srai  a1, a0, 0x1f
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_load32_u>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x4
;;                  bltu  t0, a0, 0x152 <i64_load32_u+0x16>
;;                  add  t1, s1, a0
;;                  lw  a0, 0x40(t1)
;;                  li  a1, 0x0
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;;                  unimp
;; <i32_store>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x4
;;                  bltu  t0, a0, 0x16c <i32_store+0x14>
;;                  add  t0, s1, a0
;;                  sw  a1, 0x40(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i32_store8>:
;;                  li  t0, -0x1
;;                  srli  t0, t0, 0xf
;;                  bltu  t0, a0, 0x184 <i32_store8+0x14>
;;                  add  t0, s1, a0
;;                  sb  a1, 0x40(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i32_store16>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x2
;;                  bltu  t0, a0, 0x19c <i32_store16+0x14>
;;                  add  t0, s1, a0
;;                  sh  a1, 0x40(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_store>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x8
;;                  bltu  t0, a0, 0x1b8 <i64_store+0x18>
;;                  add  t1, s1, a0
;;                  sw  a1, 0x40(t1)
;;                  sw  a2, 0x44(t1)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_store8>:
;;                  li  t0, -0x1
;;                  srli  t0, t0, 0xf
;;                  bltu  t0, a0, 0x1d0 <i64_store8+0x14>
;;                  add  t1, s1, a0
;;                  sb  a1, 0x40(t1)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_store16>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x2
;;                  bltu  t0, a0, 0x1e8 <i64_store16+0x14>
;;                  add  t1, s1, a0
;;                  sh  a1, 0x40(t1)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <i64_store32>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x4
;;                  bltu  t0, a0, 0x200 <i64_store32+0x14>
;;                  add  t1, s1, a0
;;                  sw  a1, 0x40(t1)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <offset>:
;;                  lui  t0, 0x20
;;                  addi  t0, t0, -0x68
;;                  bltu  t0, a0, 0x21a <offset+0x16>
;;                  add  t0, s1, a0
;;                  lw  a0, 0xa4(t0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;;                  unimp
;; <far_offset>:
;;                  lui  t1, 0xf
;;                  addi  t1, t1, -0x174
;;                  bltu  t1, a0, 0x23a <far_offset+0x1a>
;;                  add  t0, s1, a0
;;                  lui  a0, 0x11
;;                  addi  a0, a0, 0x1b0
;;                  add  a0, a0, t0
;;                  lw  a0, 0x0(a0)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;;                  unimp
;; <pair_at_the_edge_of_reach>:
;;                  lui  t2, 0x20
;;                  addi  t2, t2, -0x7d4
;;                  bltu  t2, a0, 0x262 <pair_at_the_edge_of_reach+0x22>
;;                  add  t1, s1, a0
;;                  lui  a0, 0x1
;;                  addi  a0, a0, -0x7f4
;;                  add  a0, a0, t1
;;                  lw  t2, 0x0(a0)
;;                  lw  a1, 0x4(a0)
;;                  mv  a0, t2
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;;                  unimp
;; <sum_with_constant>:
;;                  addi  t0, a0, 0x4
;;                  lui  t1, 0x20
;;                  addi  t1, t1, -0xc
;;                  bltu  t1, t0, 0x280 <sum_with_constant+0x18>
;;                  add  t1, s1, a0
;;                  lw  a0, 0x4c(t1)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <scaled>:
;;                  slli  t0, a0, 0x2
;;                  lui  t2, 0x20
;;                  addi  t2, t2, -0x4
;;                  bltu  t2, t0, 0x29c <scaled+0x18>
;;                  add  t2, s1, t0
;;                  lw  a0, 0x40(t2)
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <two_fields>:
;;                  lui  t1, 0x20
;;                  addi  t1, t1, -0x8
;;                  bltu  t1, a0, 0x2ba <two_fields+0x1a>
;;                  add  t2, s1, a0
;;                  lw  t1, 0x40(t2)
;;                  lw  a0, 0x44(t2)
;;                  add  a0, a0, t1
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;;                  unimp
;; <constant_address>:
;;                  lui  t0, 0xa
;;                  addi  t0, t0, -0x380
;;                  add  t0, t0, s1
;;                  lw  a0, 0x0(t0)
;;                  ret
;;                  unimp
;; <globals>:
;;                  lw  t0, 0x30(s1)
;;                  lw  t2, 0x34(s1)
;;                  addi  t0, t0, 0x1
;;                  seqz  a0, t0
;;                  add  a0, a0, t2
;;                  sw  t0, 0x30(s1)
;;                  sw  a0, 0x34(s1)
;;                  sw  zero, 0x28(s1)
;;                  lw  a0, 0x30(s1)
;;                  lw  a1, 0x34(s1)
;;                  ret
;; <copy>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  lui  a3, 0x20
;;                  bltu  a3, a2, 0x322 <copy+0x32>
;;                  lui  a3, 0x20
;;                  sub  a3, a3, a2
;;                  bltu  a3, a0, 0x322 <copy+0x32>
;;                  bltu  a3, a1, 0x322 <copy+0x32>
;;                  addi  a3, s1, 0x40
;;                  add  a0, a0, a3
;;                  add  a1, a1, a3
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x4(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;;                  unimp
;; <fill>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  lui  a3, 0x20
;;                  bltu  a3, a2, 0x354 <fill+0x2c>
;;                  lui  a3, 0x20
;;                  sub  a3, a3, a2
;;                  bltu  a3, a0, 0x354 <fill+0x2c>
;;                  addi  a3, s1, 0x40
;;                  add  a0, a0, a3
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x8(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <init>:
;;                  addi  sp, sp, -0x10
;;                  sw  ra, 0xc(sp)
;;                  li  a3, 0xa
;;                  bltu  a3, a2, 0x394 <init+0x3c>
;;                  li  a3, 0xa
;;                  sub  a3, a3, a2
;;                  bltu  a3, a1, 0x394 <init+0x3c>
;;                  lui  a4, 0x20
;;                  sub  a4, a4, a2
;;                  bltu  a4, a0, 0x394 <init+0x3c>
;;                  addi  a5, s1, 0x40
;;                  add  a0, a0, a5
;;                  auipc  a6, 0x0
;;                  addi  a6, a6, -0x37a
;;                  add  a1, a1, a6
;;                  lw  t5, 0x4(s1)
;;                  lw  t5, 0x4(t5)
;;                  jalr  t5
;;                  lw  ra, 0xc(sp)
;;                  addi  sp, sp, 0x10
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
;; <sum>:
;;                  mv  t1, a0
;;                  lui  a3, 0x20
;;                  addi  a3, a3, -0x4
;;                  lui  a1, 0x12345
;;                  addi  a1, a1, 0x678
;;                  li  a0, 0x0
;;                  li  a2, 0x0
;;                  bltu  a3, t1, 0x3ca <sum+0x32>
;;                  add  t3, s1, t1
;;                  lw  t3, 0x40(t3)
;;                  addi  t1, t1, -0x4
;;                  add  a0, a0, t3
;;                  xor  a2, a2, a1
;;                  bnez  t1, 0x3ac <sum+0x14>
;;                  add  a5, a0, a2
;;                  mv  a0, a5
;;                  ret
;;                  jal  t0, 0xc <trap[MemoryOutOfBounds]>
