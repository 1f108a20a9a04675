;; Checks of one base with several offsets are one check where only loads and pure operations lie between; offsets of
;; accesses are displacements.
(module
  (memory 1)
  (func $rising (param i32) (result i32)
    (i32.load (local.get 0))
    (i32.add (i32.load (i32.add (local.get 0) (i32.const 4))))
    (i32.add (i32.load offset=8 (local.get 0)))
    (i32.add (i32.load8_u (i32.sub (local.get 0) (i32.const 3)))))
  ;; A store between is to be seen if the second one traps.
  (func $stores (param i32)
    (i32.store (local.get 0) (i32.const 1))
    (i32.store offset=4 (local.get 0) (i32.const 2)))
  ;; So is another kind of trap.
  (func $divides (param i32 i32) (result i32)
    (i32.load (local.get 0))
    (i32.add (i32.div_u (i32.const 100) (local.get 1)))
    (i32.add (i32.load offset=4 (local.get 0))))
  ;; Bytes from one end of the memory to the other: no index has all of them in bounds.
  (func $far (param i32) (result i32)
    (i32.load (local.get 0))
    (i32.add (i32.load (i32.add (local.get 0) (i32.const 65536))))))

;; ---- expected ----
;; ;; rising
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @002d                               v26 = iconst.i32 -3
;; @002d                               v27 = iadd v1, v26  ; v26 = -3
;; @002d                               v28 = iconst.i32 0xfff1
;; @002d                               v29 = icmp ugt v27, v28  ; v28 = 0xfff1
;; @002d                               trapnz v29, user2
;; @002d                               v5 = iadd v0, v1
;; @002d                               v6 = load.i32 notrap region0 v5+48
;; @0035                               v12 = load.i32 notrap region0 v5+52
;; @003b                               v17 = load.i32 notrap region0 v5+56
;; @0044                               v24 = uload8.i32 notrap region0 v5+45
;; @0038                               v13 = iadd v6, v12
;; @003e                               v18 = iadd v13, v17
;; @0047                               v25 = iadd v18, v24
;; @0048                               return v25
;; }
;;
;; ;; stores
;; function u0:1(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @004f                               v3 = iconst.i32 0xfffc
;; @004f                               v4 = icmp ugt v1, v3  ; v3 = 0xfffc
;; @004f                               trapnz v4, user2
;; @004d                               v2 = iconst.i32 1
;; @004f                               v5 = iadd v0, v1
;; @004f                               store notrap region0 v2, v5+48  ; v2 = 1
;; @0056                               v7 = iconst.i32 0xfff8
;; @0056                               v8 = icmp ugt v1, v7  ; v7 = 0xfff8
;; @0056                               trapnz v8, user2
;; @0054                               v6 = iconst.i32 2
;; @0056                               store notrap region0 v6, v5+52  ; v6 = 2
;; @0059                               return
;; }
;;
;; ;; divides
;; function u0:2(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @005e                               v4 = iconst.i32 0xfffc
;; @005e                               v5 = icmp ugt v1, v4  ; v4 = 0xfffc
;; @005e                               trapnz v5, user2
;; @005e                               v6 = iadd v0, v1
;; @005e                               v7 = load.i32 notrap region0 v6+48
;; @0061                               v8 = iconst.i32 100
;; @0066                               v9 = udiv v8, v2  ; v8 = 100
;; @006a                               v11 = iconst.i32 0xfff8
;; @006a                               v12 = icmp ugt v1, v11  ; v11 = 0xfff8
;; @006a                               trapnz v12, user2
;; @006a                               v14 = load.i32 notrap region0 v6+52
;; @0067                               v10 = iadd v7, v9
;; @006d                               v15 = iadd v10, v14
;; @006e                               return v15
;; }
;;
;; ;; far
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0073                               v3 = iconst.i32 0xfffc
;; @0073                               v4 = icmp ugt v1, v3  ; v3 = 0xfffc
;; @0073                               trapnz v4, user2
;; @0073                               v5 = iadd v0, v1
;; @0073                               v6 = load.i32 notrap region0 v5+48
;; @0078                               v7 = iconst.i32 0x0001_0000
;; @007c                               v8 = iadd v1, v7  ; v7 = 0x0001_0000
;; @007d                               v10 = icmp ugt v8, v3  ; v3 = 0xfffc
;; @007d                               trapnz v10, user2
;; @007d                               v11 = iadd v0, v8
;; @007d                               v12 = load.i32 notrap region0 v11+48
;; @0080                               v13 = iadd v6, v12
;; @0081                               return v13
;; }
;;
