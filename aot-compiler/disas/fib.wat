(module
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                     (call $fib (i32.sub (local.get 0) (i32.const 2))))))))

;; ---- expected ----
;; ;; fib
;; function u0:0(i32 vmctx, i32) -> i32 tail {
;;     sig0 = (i32 vmctx, i32) -> i32 tail
;;     fn0 = colocated u0:0 sig0
;;
;;                                 block0(v0: i32, v1: i32):
;; @0024                               v3 = iconst.i32 2
;; @0026                               v4 = icmp ult v1, v3  ; v3 = 2
;; @0027                               brif v4, block2, block3
;;
;;                                 block2:
;; @002b                               jump block4(v1)
;;
;;                                 block3:
;; @002e                               v7 = iconst.i32 1
;; @0030                               v8 = isub.i32 v1, v7  ; v7 = 1
;; @0031                               v9 = call fn0(v0, v8)
;;                                     v14 = iconst.i32 2
;;                                     v15 = isub.i32 v1, v14  ; v14 = 2
;; @0038                               v12 = call fn0(v0, v15)
;; @003a                               v13 = iadd v9, v12
;; @003b                               jump block4(v13)
;;
;;                                 block4(v6: i32):
;; @003c                               return v6
;; }
;;
