;; Whatever is imported is reached through a slot in the instance that the runtime has filled in.
(module
  (import "env" "f" (func $f (param i32) (result i32)))
  (import "env" "memory" (memory 1))
  (import "env" "variable" (global $variable (mut i32)))
  (import "env" "constant" (global $constant i64))
  (import "env" "table" (table 2 funcref))
  (type $t (func (result i32)))

  (func (export "call") (param i32) (result i32) (call $f (local.get 0)))

  ;; The base is loaded once; the size may change in a call.
  (func (export "memory") (param i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.load offset=4 (local.get 0))))

  (func (export "globals") (result i32)
    (global.set $variable (i32.const 1))
    (i32.wrap_i64 (global.get $constant)))

  (func (export "table") (param i32) (result i32) (call_indirect (type $t) (local.get 0))))

;; ---- expected ----
;; ;; call
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @008e                               v3 = load.i32 notrap aligned readonly can_move region5 v0+40
;; @008e                               v4 = load.i32 notrap aligned readonly can_move region5 v0+44
;; @008e                               v5 = call_indirect sig0, v3(v4, v1)
;; @0090                               return v5
;; }
;;
;; ;; memory
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0095                               v3 = load.i32 notrap aligned readonly can_move region5 v0+52
;; @0095                               v4 = load.i32 notrap aligned region1 v3+4
;; @0095                               v5 = iconst.i32 4
;; @0095                               v6 = isub v4, v5  ; v5 = 4
;; @0095                               v7 = icmp ugt v1, v6
;; @0095                               trapnz v7, user2
;; @0095                               v9 = load.i32 notrap aligned readonly can_move region5 v3
;; @0095                               v10 = iadd v9, v1
;; @0095                               v11 = load.i32 notrap region0 v10
;; @009a                               v14 = iconst.i32 8
;; @009a                               v15 = isub v4, v14  ; v14 = 8
;; @009a                               v16 = icmp ugt v1, v15
;; @009a                               trapnz v16, user2
;; @009a                               v20 = load.i32 notrap region0 v10+4
;; @009d                               v21 = iadd v11, v20
;; @009e                               return v21
;; }
;;
;; ;; globals
;; function u0:3(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @00a1                               v2 = iconst.i32 1
;; @00a3                               v3 = load.i32 notrap aligned readonly can_move region5 v0+56
;; @00a3                               store notrap aligned region3 v2, v3  ; v2 = 1
;; @00a5                               v4 = load.i64 notrap aligned readonly can_move region5 v0+64
;; @00a7                               v5 = ireduce.i32 v4
;; @00a8                               return v5
;; }
;;
;; ;; table
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @00ad                               v3 = load.i32 notrap aligned readonly can_move region5 v0+72
;; @00ad                               v4 = load.i32 notrap aligned region4 v3+4
;; @00ad                               v5 = icmp uge v1, v4
;; @00ad                               trapnz v5, user3
;; @00ad                               v7 = load.i32 notrap aligned readonly can_move region5 v3
;; @00ad                               v8 = iconst.i32 2
;; @00ad                               v9 = ishl v1, v8  ; v8 = 2
;; @00ad                               v10 = iadd v7, v9
;; @00ad                               v11 = load.i32 notrap aligned region4 v10
;; @00ad                               trapz v11, user4
;; @00ad                               v12 = load.i32 notrap aligned readonly region5 v11+8
;; @00ad                               v13 = load.i32 notrap aligned readonly can_move region5 v0+76
;; @00ad                               v14 = icmp ne v12, v13
;; @00ad                               trapnz v14, user5
;; @00ad                               v15 = load.i32 notrap aligned readonly region5 v11
;; @00ad                               v16 = load.i32 notrap aligned readonly region5 v11+4
;; @00ad                               v17 = call_indirect sig0, v15(v16)
;; @00b0                               return v17
;; }
;;
