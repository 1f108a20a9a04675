(module
  (memory 1)
  (data $kept "kept") (data $dropped "dropped")
  (func (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (param i32) (memory.init $kept (local.get 0) (i32.const 0) (i32.const 4)))
  (func (param i32) (memory.init $dropped (local.get 0) (i32.const 1) (i32.const 3)))
  (func (data.drop $kept) (data.drop $dropped)))

;; ---- expected ----
;; ;; func[0]
;; function u0:0(i32 vmctx, i32, i32, i32) tail {
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:1 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @0033                               v4 = iconst.i32 0x0001_0000
;; @0033                               v5 = icmp ugt v3, v4  ; v4 = 0x0001_0000
;; @0033                               trapnz v5, user2
;; @0033                               v6 = isub v4, v3  ; v4 = 0x0001_0000
;; @0033                               v7 = icmp ugt v1, v6
;; @0033                               trapnz v7, user2
;; @0033                               v11 = icmp ugt v2, v6
;; @0033                               trapnz v11, user2
;; @0033                               v12 = iconst.i32 48
;; @0033                               v13 = iadd v0, v12  ; v12 = 48
;; @0033                               v14 = iadd v13, v1
;; @0033                               v17 = iadd v13, v2
;; @0033                               call fn0(v14, v17, v3)
;; @0037                               return
;; }
;;
;; ;; func[1]
;; function u0:1(i32 vmctx, i32, i32, i32) tail {
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:2 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32, v3: i32):
;; @0040                               v4 = iconst.i32 0x0001_0000
;; @0040                               v5 = icmp ugt v3, v4  ; v4 = 0x0001_0000
;; @0040                               trapnz v5, user2
;; @0040                               v6 = isub v4, v3  ; v4 = 0x0001_0000
;; @0040                               v7 = icmp ugt v1, v6
;; @0040                               trapnz v7, user2
;; @0040                               v8 = iconst.i32 48
;; @0040                               v9 = iadd v0, v8  ; v8 = 48
;; @0040                               v10 = iadd v9, v1
;; @0040                               call fn0(v10, v2, v3)
;; @0043                               return
;; }
;;
;; ;; func[2]
;; function u0:2(i32 vmctx, i32) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:1 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @004c                               v4 = load.i32 notrap aligned region2 v0+40
;; @004a                               v3 = iconst.i32 4
;;                                     v19 = icmp ult v4, v3  ; v3 = 4
;; @004c                               trapnz v19, user2
;;                                     v34 = iconst.i32 0xfffc
;; @004c                               v11 = icmp ugt v1, v34  ; v34 = 0xfffc
;; @004c                               trapnz v11, user2
;; @004c                               v16 = iconst.i32 48
;; @004c                               v17 = iadd v0, v16  ; v16 = 48
;; @004c                               v18 = iadd v17, v1
;; @004c                               v12 = symbol_value.i32 gv0
;; @004c                               call fn0(v18, v12, v3)  ; v3 = 4
;; @0050                               return
;; }
;;
;; ;; func[3]
;; function u0:3(i32 vmctx, i32) tail {
;;     gv0 = symbol colocated userextname0
;;     sig0 = (i32, i32, i32) system_v
;;     fn0 = u1:1 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0059                               v4 = load.i32 notrap aligned region2 v0+44
;; @0057                               v3 = iconst.i32 3
;;                                     v19 = icmp ult v4, v3  ; v3 = 3
;; @0059                               trapnz v19, user2
;;                                     v27 = icmp eq v4, v3  ; v3 = 3
;; @0059                               trapnz v27, user2
;;                                     v43 = iconst.i32 0xfffd
;; @0059                               v11 = icmp ugt v1, v43  ; v43 = 0xfffd
;; @0059                               trapnz v11, user2
;; @0059                               v16 = iconst.i32 48
;; @0059                               v17 = iadd v0, v16  ; v16 = 48
;; @0059                               v18 = iadd v17, v1
;; @0059                               v12 = symbol_value.i32 gv0
;; @0055                               v2 = iconst.i32 1
;; @0059                               v15 = iadd v12, v2  ; v2 = 1
;; @0059                               call fn0(v18, v15, v3)  ; v3 = 3
;; @005d                               return
;; }
;;
;; ;; func[4]
;; function u0:4(i32 vmctx) tail {
;;
;;                                 block0(v0: i32):
;; @0060                               v1 = iconst.i32 0
;; @0060                               store notrap aligned region2 v1, v0+40  ; v1 = 0
;; @0063                               store notrap aligned region2 v1, v0+44  ; v1 = 0
;; @0066                               return
;; }
;;
