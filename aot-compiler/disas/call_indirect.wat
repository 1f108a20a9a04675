;; Which checks remain depends on what the table holds.
(module
  (type $v (func)) (type $i (func (result i32))) (type $p (func (param i32)))
  (table $full 2 2 funcref) (table $holes 3 funcref) (table $mixed 3 funcref) (table $none 0 funcref)
  (elem (table $full) (i32.const 0) func $f $g)
  (elem (table $holes) (i32.const 1) func $f)
  (elem (table $mixed) (i32.const 1) func $f $h)
  (func $f (type $v)) (func $g (type $v)) (func $h (type $i) (i32.const 1))
  (func (param i32) (call_indirect $full (type $v) (local.get 0)))
  (func (param i32) (call_indirect $holes (type $v) (local.get 0)))
  (func (param i32) (call_indirect $mixed (type $v) (local.get 0)))
  (func (call_indirect $mixed (type $v) (i32.const 1)))
  (func (param i32) (call_indirect $full (type $p) (i32.const 0) (local.get 0)))
  (func (param i32) (call_indirect $none (type $v) (local.get 0))))

;; ---- expected ----
;; ;; f
;; function u0:0(i32 vmctx) tail {
;;
;;                                 block0(v0: i32):
;; @0054                               return
;; }
;;
;; ;; g
;; function u0:1(i32 vmctx) tail {
;;
;;                                 block0(v0: i32):
;; @0057                               return
;; }
;;
;; ;; h
;; function u0:2(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @005a                               v2 = iconst.i32 1
;; @005c                               return v2  ; v2 = 1
;; }
;;
;; ;; func[3]
;; function u0:3(i32 vmctx, i32) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx) tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @0061                               v2 = iconst.i32 2
;; @0061                               v3 = icmp uge v1, v2  ; v2 = 2
;; @0061                               trapnz v3, user3
;; @0061                               v4 = symbol_value.i32 gv0
;; @0061                               v5 = iconst.i32 3
;; @0061                               v6 = ishl v1, v5  ; v5 = 3
;; @0061                               v9 = iadd v4, v6
;; @0061                               v10 = load.i32 notrap aligned readonly region5 v9
;; @0061                               v11 = iadd v4, v10
;; @0061                               call_indirect sig0, v11(v0)
;; @0064                               return
;; }
;;
;; ;; func[4]
;; function u0:4(i32 vmctx, i32) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx) tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @0069                               v2 = iconst.i32 3
;; @0069                               v3 = icmp uge v1, v2  ; v2 = 3
;; @0069                               trapnz v3, user3
;; @0069                               v4 = symbol_value.i32 gv0
;; @0069                               v6 = ishl v1, v2  ; v2 = 3
;; @0069                               v9 = iadd v4, v6
;; @0069                               v10 = load.i32 notrap aligned readonly region5 v9
;; @0069                               trapz v10, user4
;; @0069                               v11 = iadd v4, v10
;; @0069                               call_indirect sig0, v11(v0)
;; @006c                               return
;; }
;;
;; ;; func[5]
;; function u0:5(i32 vmctx, i32) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx) tail
;;
;;                                 block0(v0: i32, v1: i32):
;; @0071                               v2 = iconst.i32 3
;; @0071                               v3 = icmp uge v1, v2  ; v2 = 3
;; @0071                               trapnz v3, user3
;; @0071                               v4 = symbol_value.i32 gv0
;; @0071                               v6 = ishl v1, v2  ; v2 = 3
;; @0071                               v9 = iadd v4, v6
;; @0071                               v10 = load.i32 notrap aligned readonly region5 v9+4
;; @0071                               brif v10, block2, block3
;;
;;                                 block2 cold:
;; @0071                               v13 = iconst.i32 -1
;; @0071                               v14 = icmp.i32 eq v10, v13  ; v13 = -1
;; @0071                               trapnz v14, user4
;; @0071                               trap user5
;;
;;                                 block3:
;; @0071                               v15 = load.i32 notrap aligned readonly region5 v9
;; @0071                               v16 = iadd.i32 v4, v15
;; @0071                               call_indirect sig0, v16(v0)
;; @0074                               return
;; }
;;
;; ;; func[6]
;; function u0:6(i32 vmctx) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32 vmctx) tail
;;
;;                                 block0(v0: i32):
;; @0079                               v2 = symbol_value.i32 gv0
;;                                     v15 = iconst.i32 8
;; @0079                               v7 = iadd v2, v15  ; v15 = 8
;; @0079                               v8 = load.i32 notrap aligned readonly region5 v7+4
;; @0079                               brif v8, block2, block3
;;
;;                                 block2 cold:
;; @0079                               v11 = iconst.i32 -1
;; @0079                               v12 = icmp.i32 eq v8, v11  ; v11 = -1
;; @0079                               trapnz v12, user4
;; @0079                               trap user5
;;
;;                                 block3:
;;                                     v16 = iadd.i32 v2, v15  ; v15 = 8
;; @0079                               v13 = load.i32 notrap aligned readonly region5 v16
;; @0079                               v14 = iadd.i32 v2, v13
;; @0079                               call_indirect sig0, v14(v0)
;; @007c                               return
;; }
;;
;; ;; func[7]
;; function u0:7(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0083                               v3 = iconst.i32 2
;; @0083                               v4 = icmp uge v1, v3  ; v3 = 2
;; @0083                               trapnz v4, user3
;; @0083                               trap user5
;; }
;;
;; ;; func[8]
;; function u0:8(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;;                                     v4 = iconst.i8 1
;; @008b                               trapnz v4, user3  ; v4 = 1
;; @008b                               trap user3
;; }
;;
