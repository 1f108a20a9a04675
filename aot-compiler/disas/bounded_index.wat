;; An index that cannot be beyond the memory's end is not checked; one that may be, is.
(module
  (memory 1)
  (func $masked (param i32) (result i32)
    (i32.load offset=1000 (i32.shl (i32.and (local.get 0) (i32.const 255)) (i32.const 2))))
  (func $byte (param i32) (result i32)
    (i32.load8_u (i32.mul (i32.load8_u (local.get 0)) (i32.const 257))))
  (func $byte_too_far (param i32) (result i32)
    (i32.load8_u (i32.mul (i32.load8_u (local.get 0)) (i32.const 258))))
  (func $wraps (param i32) (result i32)
    (i32.load8_u (i32.sub (i32.and (local.get 0) (i32.const 15)) (i32.const 1)))))

;; ---- expected ----
;; ;; masked
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0023                               v3 = iconst.i32 255
;; @0026                               v4 = band v1, v3  ; v3 = 255
;; @0027                               v5 = iconst.i32 2
;; @0029                               v6 = ishl v4, v5  ; v5 = 2
;; @002a                               v9 = iadd v0, v6
;; @002a                               v10 = load.i32 notrap region0 v9+1048
;; @002e                               return v10
;; }
;;
;; ;; byte
;; function u0:1(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0033                               v3 = iconst.i32 0xffff
;; @0033                               v4 = icmp ugt v1, v3  ; v3 = 0xffff
;; @0033                               trapnz v4, user2
;; @0033                               v5 = iadd v0, v1
;; @0033                               v6 = uload8.i32 notrap region0 v5+48
;; @0036                               v7 = iconst.i32 257
;; @0039                               v8 = imul v6, v7  ; v7 = 257
;; @003a                               v11 = iadd v0, v8
;; @003a                               v12 = uload8.i32 notrap region0 v11+48
;; @003d                               return v12
;; }
;;
;; ;; byte_too_far
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0042                               v3 = iconst.i32 0xffff
;; @0042                               v4 = icmp ugt v1, v3  ; v3 = 0xffff
;; @0042                               trapnz v4, user2
;; @0042                               v5 = iadd v0, v1
;; @0042                               v6 = uload8.i32 notrap region0 v5+48
;; @0045                               v7 = iconst.i32 258
;; @0048                               v8 = imul v6, v7  ; v7 = 258
;; @0049                               v10 = icmp ugt v8, v3  ; v3 = 0xffff
;; @0049                               trapnz v10, user2
;; @0049                               v11 = iadd v0, v8
;; @0049                               v12 = uload8.i32 notrap region0 v11+48
;; @004c                               return v12
;; }
;;
;; ;; wraps
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0051                               v3 = iconst.i32 15
;; @0053                               v4 = band v1, v3  ; v3 = 15
;; @0054                               v5 = iconst.i32 1
;; @0056                               v6 = isub v4, v5  ; v5 = 1
;; @0057                               v7 = iconst.i32 0xffff
;; @0057                               v8 = icmp ugt v6, v7  ; v7 = 0xffff
;; @0057                               trapnz v8, user2
;;                                     v11 = iadd v0, v4
;; @0057                               v10 = uload8.i32 notrap region0 v11+47
;; @005a                               return v10
;; }
;;
