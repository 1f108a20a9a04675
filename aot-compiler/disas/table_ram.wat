;; A table that changes lies in the instance; its elements are references.
(module
  (table $grows 1 4 externref)
  (table $fixed 3 funcref)
  (type $t (func (result i32)))
  (elem $passive func $one $two)

  (func $one (result i32) (i32.const 1))
  (func $two (result i32) (i32.const 2))

  (func (export "set") (param i32)
    (table.set $fixed (local.get 0) (ref.func $one)))
  (func (export "get") (param i32) (result i32)
    (ref.is_null (table.get $grows (local.get 0))))
  (func (export "init") (param i32)
    (table.init $fixed $passive (local.get 0) (i32.const 0) (i32.const 2))
    (elem.drop $passive))
  (func (export "copy")
    (table.copy $fixed $fixed (i32.const 1) (i32.const 0) (i32.const 2)))
  (func (export "grow") (param externref i32) (result i32)
    (table.grow $grows (local.get 0) (local.get 1)))
  (func (export "fill") (param externref i32)
    (table.fill $grows (i32.const 0) (local.get 0) (local.get 1)))
  (func (export "call") (result i32)
    (call_indirect $fixed (type $t) (i32.const 1))))

;; ---- expected ----
;; ;; one
;; function u0:0(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @007b                               v2 = iconst.i32 1
;; @007d                               return v2  ; v2 = 1
;; }
;;
;; ;; two
;; function u0:1(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;; @0080                               v2 = iconst.i32 2
;; @0082                               return v2  ; v2 = 2
;; }
;;
;; ;; set
;; function u0:2(i32 vmctx, i32) tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0089                               v4 = iconst.i32 3
;; @0089                               v5 = icmp uge v1, v4  ; v4 = 3
;; @0089                               trapnz v5, user13
;; @0087                               v2 = iconst.i32 44
;; @0087                               v3 = iadd v0, v2  ; v2 = 44
;; @0089                               v6 = iconst.i32 2
;; @0089                               v7 = ishl v1, v6  ; v6 = 2
;; @0089                               v8 = iadd v0, v7
;; @0089                               store notrap aligned region4 v3, v8+120
;; @008b                               return
;; }
;;
;; ;; get
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0090                               v3 = load.i32 notrap aligned region4 v0+76
;; @0090                               v4 = icmp uge v1, v3
;; @0090                               trapnz v4, user13
;; @0090                               v5 = iconst.i32 2
;; @0090                               v6 = ishl v1, v5  ; v5 = 2
;; @0090                               v7 = iadd v0, v6
;; @0090                               v8 = load.i32 notrap aligned region4 v7+104
;; @0092                               v9 = iconst.i32 0
;; @0092                               v10 = icmp eq v8, v9  ; v9 = 0
;; @0092                               v11 = uextend.i32 v10
;; @0093                               return v11
;; }
;;
;; ;; init
;; function u0:4(i32 vmctx, i32) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32, i32, i32, i32) system_v
;;     fn0 = u1:51 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @009c                               v4 = load.i32 notrap aligned region2 v0+40
;; @009a                               v3 = iconst.i32 2
;;                                     v24 = icmp ult v4, v3  ; v3 = 2
;; @009c                               trapnz v24, user13
;;                                     v39 = iconst.i32 1
;; @009c                               v11 = icmp ugt v1, v39  ; v39 = 1
;; @009c                               trapnz v11, user13
;; @009c                               v20 = iconst.i32 120
;; @009c                               v21 = iadd v0, v20  ; v20 = 120
;; @009c                               v19 = ishl v1, v3  ; v3 = 2
;; @009c                               v22 = iadd v21, v19
;; @009c                               v12 = symbol_value.i32 gv0
;; @009c                               call fn0(v22, v12, v0, v3)  ; v3 = 2
;; @0098                               v2 = iconst.i32 0
;; @00a0                               store notrap aligned region2 v2, v0+40  ; v2 = 0
;; @00a3                               return
;; }
;;
;; ;; copy
;; function u0:5(i32 vmctx) tail {
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:1 sig0
;;
;;                                 block0(v0: i32):
;;                                     v51 = iconst.i32 124
;;                                     v56 = iadd v0, v51  ; v51 = 124
;; @00ac                               v13 = iconst.i32 120
;; @00ac                               v14 = iadd v0, v13  ; v13 = 120
;; @00ac                               v20 = iconst.i32 8
;; @00ac                               call fn0(v56, v14, v20)  ; v20 = 8
;; @00b0                               return
;; }
;;
;; ;; grow
;; function u0:6(i32 vmctx, i32, i32) -> i32 tail {
;;     sig0 = (i32, i32, i32) -> i32 system_v
;;     fn0 = u1:49 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00b7                               v4 = iconst.i32 72
;; @00b7                               v5 = iadd v0, v4  ; v4 = 72
;; @00b7                               v6 = call fn0(v5, v1, v2)
;; @00ba                               return v6
;; }
;;
;; ;; fill
;; function u0:7(i32 vmctx, i32, i32) tail {
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:50 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @00c3                               v4 = load.i32 notrap aligned region4 v0+76
;; @00c3                               v5 = icmp ugt v2, v4
;; @00c3                               trapnz v5, user13
;; @00c3                               v9 = iconst.i32 104
;; @00c3                               v10 = iadd v0, v9  ; v9 = 104
;; @00c3                               call fn0(v10, v1, v2)
;; @00c6                               return
;; }
;;
;; ;; call
;; function u0:8(i32 vmctx) -> i32 tail {
;;     sig0 = (i32 vmctx) -> i32 tail
;;
;;                                 block0(v0: i32):
;; @00cb                               v4 = load.i32 notrap aligned region4 v0+124
;; @00cb                               trapz v4, user4
;; @00cb                               v5 = load.i32 notrap aligned readonly region5 v4+8
;; @00cb                               v6 = load.i32 notrap aligned readonly can_move region5 v0+68
;; @00cb                               v7 = icmp ne v5, v6
;; @00cb                               trapnz v7, user5
;; @00cb                               v8 = load.i32 notrap aligned readonly region5 v4
;; @00cb                               v9 = load.i32 notrap aligned readonly region5 v4+4
;; @00cb                               v10 = call_indirect sig0, v8(v9)
;; @00ce                               return v10
;; }
;;
