;;! egraph = false
;; Blocks with parameters and results; unreachable code; tables with and without values.
(module
  (type $swap (func (param i32 i32) (result i32 i32)))
  (func (param i32 i32) (result i32 i32)
    (local.get 0) (local.get 1)
    (if (type $swap) (local.get 0) (then (call 0)) (else (drop) (local.get 1))))
  (func (param i32 i32) (result i32 i32)
    (local.get 0) (local.get 1)
    (if (type $swap) (local.get 0) (then (call 0))))
  (func (param i32) (result i32)
    (block $a (result i32)
      (block $b (result i32)
        (br_table $a $b $a (i32.const 7) (local.get 0))
        (unreachable) (i32.add))
      (i32.add (i32.const 1))))
  (func (param i32) (result i32)
    (block $a (block $b (br_table $a $b (local.get 0))) (return (i32.const 1))) (i32.const 2))
  (func (param i32) (result i32)
    (local.get 0)
    (loop $l (param i32) (result i32)
      (i32.sub (i32.const 1)) (local.tee 0) (local.get 0) (br_if $l))))

;; ---- expected ----
;; ;; func[0]
;; function u0:0(i32 vmctx, i32, i32) -> i32, i32 tail {
;;     sig0 = (i32 vmctx, i32, i32) -> i32, i32 tail
;;     fn0 = colocated u0:0 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @002a                               brif v1, block2, block3
;;
;;                                 block2:
;; @002c                               v7, v8 = call fn0(v0, v1, v2)
;; @002e                               jump block4(v7, v8)
;;
;;                                 block3:
;; @0032                               jump block4(v1, v2)
;;
;;                                 block4(v5: i32, v6: i32):
;; @0033                               return v5, v6
;; }
;;
;; ;; func[1]
;; function u0:1(i32 vmctx, i32, i32) -> i32, i32 tail {
;;     sig0 = (i32 vmctx, i32, i32) -> i32, i32 tail
;;     fn0 = colocated u0:0 sig0
;;
;;                                 block0(v0: i32, v1: i32, v2: i32):
;; @003c                               brif v1, block2, block3
;;
;;                                 block2:
;; @003e                               v7, v8 = call fn0(v0, v1, v2)
;; @0040                               jump block4(v7, v8)
;;
;;                                 block3:
;; @0040                               jump block4(v1, v2)
;;
;;                                 block4(v5: i32, v6: i32):
;; @0041                               return v5, v6
;; }
;;
;; ;; func[2]
;; function u0:2(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0048                               v5 = iconst.i32 7
;; @004c                               br_table v1, block4, [block4, block5]
;;
;;                                 block5:
;; @004c                               jump block3
;;
;;                                 block4:
;; @004c                               jump block2(v5)  ; v5 = 7
;;
;;                                 block3:
;; @0054                               v6 = iconst.i32 1
;; @0056                               v7 = iadd.i32 v5, v6  ; v5 = 7, v6 = 1
;; @0057                               jump block2(v7)
;;
;;                                 block2(v3: i32):
;; @0058                               return v3
;; }
;;
;; ;; func[3]
;; function u0:3(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0061                               br_table v1, block3, [block2]
;;
;;                                 block3:
;; @0066                               v3 = iconst.i32 1
;; @0068                               return v3  ; v3 = 1
;;
;;                                 block2:
;; @006a                               v4 = iconst.i32 2
;; @006c                               return v4  ; v4 = 2
;; }
;;
;; ;; func[4]
;; function u0:4(i32 vmctx, i32) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: i32):
;; @0071                               jump block2(v1)
;;
;;                                 block2(v3: i32):
;; @0073                               v4 = iconst.i32 1
;; @0075                               v5 = isub v3, v4  ; v4 = 1
;; @007a                               brif v5, block2(v5), block3
;;
;;                                 block3:
;; @007d                               return v5
;; }
;;
