;; The check stays in the loop, everything constant leaves it.
(module
  (memory 1)
  (func (param $i i32) (param $n i32) (result i32) (local $sum i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $sum (i32.add (local.get $sum) (i32.load (i32.shl (local.get $i) (i32.const 2)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (local.get $sum)))

;; ---- expected ----
;; ;; func[0]
;; function u0:0(i32 vmctx, i32, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @001e                               v3 = iconst.i32 0
;; @0023                               jump block3(v1, v3)  ; v3 = 0
;;
;;                                 block3(v5: i32, v9: i32):
;; @0029                               v7 = icmp uge v5, v2
;; @002a                               brif v7, block2, block4
;;
;;                                 block4:
;;                                     v19 = iconst.i32 2
;;                                     v20 = ishl.i32 v5, v19  ; v19 = 2
;;                                     v21 = iconst.i32 0xfffc
;;                                     v22 = icmp ugt v20, v21  ; v21 = 0xfffc
;; @0033                               trapnz v22, user2
;; @0033                               v14 = iadd.i32 v0, v20
;; @0033                               v15 = load.i32 notrap region0 v14+48
;;                                     v23 = iconst.i32 1
;;                                     v24 = iadd.i32 v5, v23  ; v23 = 1
;; @0036                               v16 = iadd.i32 v9, v15
;; @0040                               jump block3(v24, v16)
;;
;;                                 block2:
;; @0046                               return v9
;; }
;;
