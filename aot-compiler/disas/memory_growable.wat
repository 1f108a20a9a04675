;; A memory that may grow: the limit is loaded, and loaded again after anything that may change it.
(module
  (import "env" "f" (func $f))
  (memory 1 3)
  (func (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (result i32) (i32.load offset=65532 (i32.const 0)))
  (func (result i32) (i32.load offset=65533 (i32.const 0)))
  (func (param i32) (result i32) (i32.load offset=100000 (local.get 0)))
  (func (param i32) (result i32) (i32.load offset=196605 (local.get 0)))
  ;; One limit for both loads, then another behind the call, then another behind memory.grow.
  (func (param i32 i32) (result i32)
    (i32.load (local.get 0)) (i32.load (local.get 1)) (i32.add)
    (call $f)
    (i32.add (i32.load (local.get 0)))
    (drop (memory.grow (i32.const 1)))
    (i32.add (i32.load (local.get 0)))))

;; ---- expected ----
;; ;; func[1]
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @003e                               v3 = load.i32 notrap aligned region1 v0+24
;; @003e                               v4 = iconst.i32 12
;; @003e                               v5 = isub v3, v4  ; v4 = 12
;; @003e                               v6 = icmp ugt v1, v5
;; @003e                               trapnz v6, user2
;; @003e                               v7 = iadd v0, v1
;; @003e                               v8 = load.i32 notrap region0 v7+72
;; @0041                               return v8
;; }
;;
;; ;; func[2]
;; function u0:2(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0046                               v3 = load.i32 notrap region0 v0+0x0001_003c
;; @004b                               return v3
;; }
;;
;; ;; func[3]
;; function u0:3(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0050                               v3 = load.i32 notrap aligned region1 v0+24
;; @0050                               v4 = iconst.i32 0x0001_0001
;; @0050                               v5 = icmp ult v3, v4  ; v4 = 0x0001_0001
;; @0050                               trapnz v5, user2
;; @0050                               v8 = load.i32 notrap region0 v0+0x0001_003d
;; @0055                               return v8
;; }
;;
;; ;; func[4]
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @005a                               v3 = load.i32 notrap aligned region1 v0+24
;; @005a                               v4 = iconst.i32 0x0001_86a4
;; @005a                               v5 = icmp ult v3, v4  ; v4 = 0x0001_86a4
;; @005a                               trapnz v5, user2
;; @005a                               v6 = isub v3, v4  ; v4 = 0x0001_86a4
;; @005a                               v7 = icmp ugt v1, v6
;; @005a                               trapnz v7, user2
;; @005a                               v8 = iadd v0, v1
;; @005a                               v9 = load.i32 notrap region0 v8+0x0001_86e0
;; @005f                               return v9
;; }
;;
;; ;; func[5]
;; function u0:5(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0064                               trap user2
;; }
;;
;; ;; func[6]
;; function u0:6(i32 vmctx, i32, i32) -> i32 tail {
;;     sig0 = (i32 vmctx) tail
;;     sig1 = (i32, i32) -> i32 system_v
;;     fn0 = u1:0 sig1
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @006e                               v4 = load.i32 notrap aligned region1 v0+24
;; @006e                               v5 = iconst.i32 4
;; @006e                               v6 = isub v4, v5  ; v5 = 4
;; @006e                               v7 = icmp ugt v1, v6
;; @006e                               trapnz v7, user2
;; @006e                               v8 = iadd v0, v1
;; @006e                               v9 = load.i32 notrap region0 v8+64
;; @0073                               v13 = icmp ugt v2, v6
;; @0073                               trapnz v13, user2
;; @0073                               v14 = iadd v0, v2
;; @0073                               v15 = load.i32 notrap region0 v14+64
;; @0077                               v17 = load.i32 notrap aligned readonly can_move region5 v0+40
;; @0077                               v18 = load.i32 notrap aligned readonly can_move region5 v0+44
;; @0077                               call_indirect sig0, v17(v18)
;; @007b                               v24 = load.i32 notrap region0 v8+64
;; @0081                               v27 = iconst.i32 20
;; @0081                               v28 = iadd v0, v27  ; v27 = 20
;; @007f                               v26 = iconst.i32 1
;; @0081                               v29 = call fn0(v28, v26)  ; v26 = 1
;; @0086                               v35 = load.i32 notrap region0 v8+64
;; @0076                               v16 = iadd v9, v15
;; @007e                               v25 = iadd v16, v24
;; @0089                               v36 = iadd v25, v35
;; @008a                               return v36
;; }
;;
