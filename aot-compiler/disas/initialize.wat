;; What instantiation does beyond copying the initial image is one function.
(module
  (import "env" "base" (global $base i32))
  (memory 1)
  (table $t (export "t") 4 4 funcref)
  (global $sum (export "sum") i32 (i32.add (global.get $base) (i32.const 3)))
  (global $f funcref (ref.func $start))
  (elem (table $t) (i32.const 1) func $start)
  (elem (table $t) (global.get $base) funcref (ref.func $start) (ref.null func))
  (data (i32.const 8) "known to fit")
  (data (i32.add (global.get $base) (i32.const 8)) "to be checked")
  (func $start)
  (start $start)
  (func (export "sum_of_globals") (result i32)
    (i32.add (global.get $sum) (ref.is_null (global.get $f)))))

;; ---- expected ----
;; ;; start
;; function u0:0(i32 vmctx) tail {
;;
;;                                 block0(v0: i32):
;; @0080                               return
;; }
;;
;; ;; sum_of_globals
;; function u0:1(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0083                               v2 = load.i32 notrap aligned readonly can_move region5 v0+40
;; @0085                               v3 = load.i32 notrap aligned readonly can_move region5 v0+44
;; @0087                               v4 = iconst.i32 0
;; @0087                               v5 = icmp eq v3, v4  ; v4 = 0
;; @0087                               v6 = uextend.i32 v5
;; @0088                               v7 = iadd v2, v6
;; @0089                               return v7
;; }
;;
;; ;; initialize
;; function u0:2(i32 vmctx) tail {
;;     gv0 = symbol colocated userextname0
;;     gv1 = symbol colocated userextname2
;;     gv2 = symbol colocated userextname3
;;     gv3 = symbol colocated userextname5
;;     sig0 = (i32, i32, i32, i32) system_v
;;     sig1 = (i32, i32, i32) system_v
;;     sig2 = (i32 vmctx) tail
;;     fn0 = u1:51 sig0
;;     fn1 = u1:1 sig1
;;     fn2 = colocated u0:0 sig2
;;
;;                                 block0(v0: i32):
;; @0037                               v1 = load.i32 notrap aligned region3 v0+48
;; @0039                               v2 = iconst.i32 3
;; @003b                               v3 = iadd v1, v2  ; v2 = 3
;; @003b                               store notrap aligned region3 v3, v0+40
;; @003f                               v4 = iconst.i32 52
;; @003f                               v5 = iadd v0, v4  ; v4 = 52
;; @003f                               store notrap aligned region3 v5, v0+44
;;                                     v64 = iconst.i32 84
;;                                     v69 = iadd v0, v64  ; v64 = 84
;; @0066                               v9 = symbol_value.i32 gv0
;; @0066                               v6 = iconst.i32 1
;; @0066                               call fn0(v69, v9, v0, v6)  ; v6 = 1
;; @0070                               v19 = load.i32 notrap aligned region3 v0+48
;; @0066                               v10 = iconst.i32 2
;; @0070                               v25 = icmp ugt v19, v10  ; v10 = 2
;; @0070                               trapnz v25, user13
;; @0066                               v16 = iconst.i32 80
;; @0066                               v17 = iadd v0, v16  ; v16 = 80
;; @0070                               v33 = ishl v19, v10  ; v10 = 2
;; @0070                               v36 = iadd v17, v33
;; @0070                               v26 = symbol_value.i32 gv1
;; @0070                               call fn0(v36, v26, v0, v10)  ; v10 = 2
;;                                     v87 = iconst.i32 104
;;                                     v92 = iadd v0, v87  ; v87 = 104
;; @008d                               v40 = symbol_value.i32 gv2
;; @008d                               v38 = iconst.i32 12
;; @008d                               call fn1(v92, v40, v38)  ; v38 = 12
;; @009f                               v47 = load.i32 notrap aligned region3 v0+48
;; @008d                               v37 = iconst.i32 8
;; @00a3                               v49 = iadd v47, v37  ; v37 = 8
;;                                     v105 = iconst.i32 0xfff3
;; @00a3                               v55 = icmp ugt v49, v105  ; v105 = 0xfff3
;; @00a3                               trapnz v55, user2
;;                                     v109 = iadd v0, v47
;;                                     v110 = iadd v109, v87  ; v87 = 104
;; @00a3                               v56 = symbol_value.i32 gv3
;; @00a3                               v50 = iconst.i32 13
;; @00a3                               call fn1(v110, v56, v50)  ; v50 = 13
;; @00a3                               call fn2(v0)
;; @00a3                               return
;; }
;;
