;; A tail call stays in the instance; what may belong to another one is called and its results returned.
(module
  (import "env" "f" (func $f (param i32) (result i32)))
  (type $t (func (param i32) (result i32)))
  (table $constant 2 funcref)
  (table $variable 2 funcref)
  (elem (table $constant) (i32.const 0) func $direct $imported)

  (func $direct (type $t) (return_call $imported (i32.add (local.get 0) (i32.const 1))))
  (func $imported (type $t) (return_call $f (local.get 0)))
  (func (export "constant") (param i32) (result i32)
    (return_call_indirect $constant (type $t) (local.get 0) (i32.const 1)))
  (func (export "variable") (param i32) (result i32)
    (table.set $variable (i32.const 0) (ref.null func))
    (return_call_indirect $variable (type $t) (local.get 0) (i32.const 1))))

;; ---- expected ----
;; ;; direct
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:2 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0057                               v3 = iconst.i32 1
;; @0059                               v4 = iadd v1, v3  ; v3 = 1
;; @005a                               return_call fn0(v0, v4)
;; }
;;
;; ;; imported
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @0061                               v3 = load.i32 notrap aligned readonly can_move region5 v0+40
;; @0061                               v4 = load.i32 notrap aligned readonly can_move region5 v0+44
;; @0061                               v5 = call_indirect sig0, v3(v4, v1)
;; @0061                               return v5
;; }
;;
;; ;; constant
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @006a                               v4 = symbol_value.i32 gv0
;;                                     v12 = iconst.i32 8
;; @006a                               v9 = iadd v4, v12  ; v12 = 8
;; @006a                               v10 = load.i32 notrap aligned readonly region5 v9
;; @006a                               v11 = iadd v4, v10
;; @006a                               return_call_indirect sig0, v11(v0, v1)
;; }
;;
;; ;; variable
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @0070                               v3 = iconst.i32 0
;; @0074                               store notrap aligned region4 v3, v0+72  ; v3 = 0
;; @007a                               v8 = load.i32 notrap aligned region4 v0+76
;; @007a                               trapz v8, user4
;; @007a                               v9 = load.i32 notrap aligned readonly region5 v8+8
;; @007a                               v10 = load.i32 notrap aligned readonly can_move region5 v0+52
;; @007a                               v11 = icmp ne v9, v10
;; @007a                               trapnz v11, user5
;; @007a                               v12 = load.i32 notrap aligned readonly region5 v8
;; @007a                               v13 = load.i32 notrap aligned readonly region5 v8+4
;; @007a                               v14 = icmp eq v13, v0
;; @007a                               brif v14, block2, block3
;;
;;                                 block2:
;; @007a                               return_call_indirect.i32 sig0, v12(v0, v1)
;;
;;                                 block3 cold:
;; @007a                               v15 = call_indirect.i32 sig0, v12(v13, v1)
;; @007a                               return v15
;; }
;;
