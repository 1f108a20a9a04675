;; In a memory that grows, too, if it has room for all bytes from the beginning.
(module
  (memory $m 1 4)
  (func $rising (param i32) (result i32)
    (i32.load (local.get 0))
    (i32.add (i32.load offset=8 (local.get 0)))
    (i32.add (i32.load (i32.add (local.get 0) (i32.const 4)))))
  (func $far (param i32) (result i32)
    (i32.load offset=100000 (local.get 0))
    (i32.add (i32.load offset=200000 (local.get 0))))
  (func (export "grow") (result i32) (memory.grow (i32.const 1))))

;; ---- expected ----
;; ;; rising
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0031                               v3 = load.i32 notrap aligned region1 v0+24
;; @0031                               v25 = iconst.i32 12
;; @0031                               v26 = isub v3, v25  ; v25 = 12
;; @0031                               v27 = icmp ugt v1, v26
;; @0031                               trapnz v27, user2
;; @0031                               v7 = iadd v0, v1
;; @0031                               v8 = load.i32 notrap region0 v7+48
;; @0036                               v14 = load.i32 notrap region0 v7+56
;; @003f                               v23 = load.i32 notrap region0 v7+52
;; @0039                               v15 = iadd v8, v14
;; @0042                               v24 = iadd v15, v23
;; @0043                               return v24
;; }
;;
;; ;; far
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0048                               v3 = load.i32 notrap aligned region1 v0+24
;; @0048                               v4 = iconst.i32 0x0001_86a4
;; @0048                               v5 = icmp ult v3, v4  ; v4 = 0x0001_86a4
;; @0048                               trapnz v5, user2
;; @0048                               v6 = isub v3, v4  ; v4 = 0x0001_86a4
;; @0048                               v7 = icmp ugt v1, v6
;; @0048                               trapnz v7, user2
;; @0048                               v8 = iadd v0, v1
;; @0048                               v9 = load.i32 notrap region0 v8+0x0001_86d0
;; @004f                               v11 = iconst.i32 0x0003_0d44
;; @004f                               v12 = icmp ult v3, v11  ; v11 = 0x0003_0d44
;; @004f                               trapnz v12, user2
;; @004f                               v13 = isub v3, v11  ; v11 = 0x0003_0d44
;; @004f                               v14 = icmp ugt v1, v13
;; @004f                               trapnz v14, user2
;; @004f                               v16 = load.i32 notrap region0 v8+0x0003_0d70
;; @0054                               v17 = iadd v9, v16
;; @0055                               return v17
;; }
;;
;; ;; grow
;; function u0:2(i32 vmctx) -> i32 tail {
;;     sig0 = (i32, i32) -> i32 system_v
;;     fn0 = u1:0 sig0
;;
;;                                 block0(v0: i32):
;; @005a                               v3 = iconst.i32 20
;; @005a                               v4 = iadd v0, v3  ; v3 = 20
;; @0058                               v2 = iconst.i32 1
;; @005a                               v5 = call fn0(v4, v2)  ; v2 = 1
;; @005c                               return v5
;; }
;;
