;; Falling offsets of one base are checked once, also behind a call; rising ones each time.
(module
  (import "env" "f" (func $f))
  (memory $m 1 4)
  (func (param i32) (result i32)
    (i32.load offset=8 (local.get 0))
    (call $f)
    (i32.add (i32.load offset=4 (local.get 0)))
    (i32.add (i32.load8_u (local.get 0))))
  (func (param i32)
    (i32.store (local.get 0) (i32.const 1))
    (i32.store offset=4 (local.get 0) (i32.const 2)))
  ;; A check in one arm says nothing about the other.
  (func (param i32 i32) (result i32)
    (if (result i32) (local.get 1)
      (then (i32.load offset=4 (local.get 0)))
      (else (i32.load (local.get 0)))))
  (func (export "grow") (result i32) (memory.grow (i32.const 1))))

;; ---- expected ----
;; ;; func[1]
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx) tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @004a                               v3 = load.i32 notrap aligned region1 v0+24
;; @004a                               v4 = iconst.i32 12
;; @004a                               v5 = isub v3, v4  ; v4 = 12
;; @004a                               v6 = icmp ugt v1, v5
;; @004a                               trapnz v6, user2
;; @004a                               v7 = iadd v0, v1
;; @004a                               v8 = load.i32 notrap region0 v7+72
;; @004d                               v9 = load.i32 notrap aligned readonly can_move region5 v0+40
;; @004d                               v10 = load.i32 notrap aligned readonly can_move region5 v0+44
;; @004d                               call_indirect sig0, v9(v10)
;; @0051                               v16 = load.i32 notrap region0 v7+68
;; @0057                               v23 = uload8.i32 notrap region0 v7+64
;; @0054                               v17 = iadd v8, v16
;; @005a                               v24 = iadd v17, v23
;; @005b                               return v24
;; }
;;
;; ;; func[2]
;; function u0:2(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0062                               v3 = load.i32 notrap aligned region1 v0+24
;; @0062                               v4 = iconst.i32 4
;; @0062                               v5 = isub v3, v4  ; v4 = 4
;; @0062                               v6 = icmp ugt v1, v5
;; @0062                               trapnz v6, user2
;; @0060                               v2 = iconst.i32 1
;; @0062                               v7 = iadd v0, v1
;; @0062                               store notrap region0 v2, v7+64  ; v2 = 1
;; @0069                               v10 = iconst.i32 8
;; @0069                               v11 = isub v3, v10  ; v10 = 8
;; @0069                               v12 = icmp ugt v1, v11
;; @0069                               trapnz v12, user2
;; @0067                               v8 = iconst.i32 2
;; @0069                               store notrap region0 v8, v7+68  ; v8 = 2
;; @006c                               return
;; }
;;
;; ;; func[3]
;; function u0:3(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @0071                               brif v2, block2, block3
;;
;;                                 block2:
;; @0075                               v5 = load.i32 notrap aligned region1 v0+24
;; @0075                               v6 = iconst.i32 8
;; @0075                               v7 = isub v5, v6  ; v6 = 8
;; @0075                               v8 = icmp.i32 ugt v1, v7
;; @0075                               trapnz v8, user2
;;                                     v17 = iadd.i32 v0, v1
;; @0075                               v10 = load.i32 notrap region0 v17+68
;; @0078                               jump block4(v10)
;;
;;                                 block3:
;; @007b                               v11 = load.i32 notrap aligned region1 v0+24
;; @007b                               v12 = iconst.i32 4
;; @007b                               v13 = isub v11, v12  ; v12 = 4
;; @007b                               v14 = icmp.i32 ugt v1, v13
;; @007b                               trapnz v14, user2
;; @007b                               v15 = iadd.i32 v0, v1
;; @007b                               v16 = load.i32 notrap region0 v15+64
;; @007e                               jump block4(v16)
;;
;;                                 block4(v4: i32):
;; @007f                               return v4
;; }
;;
;; ;; grow
;; function u0:4(i32 vmctx) -> i32 tail {
;;     sig0 = (i32, i32) -> i32 system_v
;;     fn0 = u1:0 sig0
;;
;;                                 block0(v0: i32):
;; @0084                               v3 = iconst.i32 20
;; @0084                               v4 = iadd v0, v3  ; v3 = 20
;; @0082                               v2 = iconst.i32 1
;; @0084                               v5 = call fn0(v4, v2)  ; v2 = 1
;; @0086                               return v5
;; }
;;
