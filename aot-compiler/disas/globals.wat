;;! target = cortex-m4f
;; The result area (5 results, 4 registers) comes first, so globals begin at 52; constants have no place.
(module
  (global $a (mut i32) (i32.const 1)) (global $b (mut i64) (i64.const 2)) (global $c i64 (i64.const -3))
  (func (result i32 i32 i32 i32 i32) (unreachable))
  (func (result i64)
    (global.set $a (i32.add (global.get $a) (i32.const 1)))
    (global.set $b (i64.add (global.get $b) (global.get $c)))
    (global.get $b)))

;; ---- expected ----
;; ;; func[0]
;; function u0:0(i32 vmctx) -> i32, i32, i32, i32, i32 tail {
;;
;;                                 block0(v0: i32):
;; @0033                               trap user1
;; }
;;
;; ;; func[1]
;; function u0:1(i32 vmctx) -> i64 tail {
;;
;;                                 block0(v0: i32):
;; @0037                               v2 = load.i32 notrap aligned region3 v0+44
;; @0039                               v3 = iconst.i32 1
;; @003b                               v4 = iadd v2, v3  ; v3 = 1
;; @003c                               store notrap aligned region3 v4, v0+44
;; @003e                               v5 = load.i64 notrap aligned region3 v0+48
;; @0040                               v6 = iconst.i64 -3
;; @0042                               v7 = iadd v5, v6  ; v6 = -3
;; @0043                               store notrap aligned region3 v7, v0+48
;; @0047                               return v7
;; }
;;
