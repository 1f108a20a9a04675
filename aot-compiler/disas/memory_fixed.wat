;; A memory that nothing grows: checks compare with an immediate, and constant addresses need none.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (param i32) (result i32) (i32.load8_u offset=65535 (local.get 0)))
  (func (result i64) (i64.load offset=4 (i32.const 65524)))
  (func (result i64) (i64.load offset=5 (i32.const 65524)))
  (func (param i32) (result i32) (i32.load16_s offset=65535 (local.get 0)))
  (func (param i32 i64) (i64.store32 (local.get 0) (local.get 1)))
  (func (result i32) (memory.size)))

;; ---- expected ----
;; ;; func[0]
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0033                               v3 = iconst.i32 0xfff4
;; @0033                               v4 = icmp ugt v1, v3  ; v3 = 0xfff4
;; @0033                               trapnz v4, user2
;; @0033                               v5 = iadd v0, v1
;; @0033                               v6 = load.i32 notrap region0 v5+56
;; @0036                               return v6
;; }
;;
;; ;; func[1]
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @003b                               trapnz v1, user2
;; @003b                               v5 = iadd v0, v1
;; @003b                               v6 = uload8.i32 notrap region0 v5+0x0001_002f
;; @0040                               return v6
;; }
;;
;; ;; func[2]
;; function u0:2(i32 vmctx) -> i64 tail {
;;
;;                                 block0(v0: i32):
;; @0047                               v3 = load.i64 notrap region0 v0+0x0001_0028
;; @004a                               return v3
;; }
;;
;; ;; func[3]
;; function u0:3(i32 vmctx) -> i64 tail {
;;
;;                                 block0(v0: i32):
;;                                     v6 = iconst.i8 1
;; @0051                               trapnz v6, user2  ; v6 = 1
;; @0051                               v5 = load.i64 notrap region0 v0+0x0001_0029
;; @0054                               return v5
;; }
;;
;; ;; func[4]
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0059                               trap user2
;; }
;;
;; ;; func[5]
;; function u0:5(i32 vmctx, i32, i64) tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i64):
;; @0065                               v3 = iconst.i32 0xfffc
;; @0065                               v4 = icmp ugt v1, v3  ; v3 = 0xfffc
;; @0065                               trapnz v4, user2
;; @0065                               v5 = iadd v0, v1
;; @0065                               istore32 notrap region0 v2, v5+48
;; @0068                               return
;; }
;;
;; ;; func[6]
;; function u0:6(i32 vmctx) -> i32 tail {
;;
;;                                 block0(v0: i32):
;;                                     v5 = iconst.i32 1
;; @006d                               return v5  ; v5 = 1
;; }
;;
