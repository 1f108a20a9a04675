;; Constants fold, but not to a NaN; a truncation that traps has one comparison on its way.
(module
  (memory 1)
  (func (result f32) (f32.mul (f32.const 1.5) (f32.const -2)))
  (func (result f32) (f32.div (f32.const 0) (f32.const 0)))
  (func (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
  (func (param f32) (result i64) (i64.trunc_f32_u (local.get 0)))
  (func (param f64 f64) (result f64) (local $larger f64)
    (if (f64.lt (local.get 0) (local.get 1))
      (then (local.set $larger (local.get 1)))
      (else (local.set $larger (f64.neg (local.get 0)))))
    (f64.store (i32.const 8) (local.get $larger))
    (f64.promote_f32 (f32.reinterpret_i32 (i32.load (i32.const 8))))))

;; ---- expected ----
;; ;; func[0]
;; function u0:0(i32 vmctx) -> f32 tail {
;;
;;                                 block0(v0: i32):
;;                                     v5 = f32const -0x1.800000p1
;; @003c                               return v5  ; v5 = -0x1.800000p1
;; }
;;
;; ;; func[1]
;; function u0:1(i32 vmctx) -> f32 tail {
;;
;;                                 block0(v0: i32):
;; @003f                               v2 = f32const 0.0
;; @0049                               v4 = fdiv v2, v2  ; v2 = 0.0, v2 = 0.0
;; @004a                               return v4
;; }
;;
;; ;; func[2]
;; function u0:2(i32 vmctx, f64) -> i32 tail {
;;
;;                                 block0(v0: i32, v1: f64):
;; @004f                               v3 = bitcast.i64 v1
;; @004f                               v4 = iconst.i64 32
;; @004f                               v5 = ushr v3, v4  ; v4 = 32
;; @004f                               v6 = ireduce.i32 v5
;; @004f                               v7 = iconst.i32 1
;; @004f                               v8 = ishl v6, v7  ; v7 = 1
;; @004f                               v9 = iconst.i32 -2084569088
;; @004f                               v10 = icmp uge v8, v9  ; v9 = -2084569088
;; @004f                               brif v10, block2, block3
;;
;;                                 block2 cold:
;; @004f                               v11 = iconst.i64 1
;; @004f                               v12 = ishl.i64 v3, v11  ; v11 = 1
;; @004f                               v13 = iconst.i64 -9007199254740992
;; @004f                               v14 = icmp ugt v12, v13  ; v13 = -9007199254740992
;; @004f                               trapnz v14, user8
;; @004f                               v15 = iconst.i64 0
;; @004f                               v16 = icmp.i64 sge v3, v15  ; v15 = 0
;; @004f                               trapnz v16, user7
;; @004f                               v17 = iconst.i64 -4476578029604175872
;; @004f                               v18 = icmp.i64 uge v3, v17  ; v17 = -4476578029604175872
;; @004f                               trapnz v18, user7
;; @004f                               jump block3
;;
;;                                 block3:
;; @004f                               v19 = fcvt_to_sint_sat.i32 v1
;; @0050                               return v19
;; }
;;
;; ;; func[3]
;; function u0:3(i32 vmctx, f32) -> i64 tail {
;;
;;                                 block0(v0: i32, v1: f32):
;; @0055                               v3 = bitcast.i32 v1
;; @0055                               v4 = iconst.i32 0x5f80_0000
;; @0055                               v5 = icmp uge v3, v4  ; v4 = 0x5f80_0000
;; @0055                               brif v5, block2, block3
;;
;;                                 block2 cold:
;; @0055                               v6 = iconst.i32 1
;; @0055                               v7 = ishl.i32 v3, v6  ; v6 = 1
;; @0055                               v8 = iconst.i32 -16777216
;; @0055                               v9 = icmp ugt v7, v8  ; v8 = -16777216
;; @0055                               trapnz v9, user8
;; @0055                               v10 = iconst.i32 0
;; @0055                               v11 = icmp.i32 sge v3, v10  ; v10 = 0
;; @0055                               trapnz v11, user7
;; @0055                               v12 = iconst.i32 -1082130432
;; @0055                               v13 = icmp.i32 uge v3, v12  ; v12 = -1082130432
;; @0055                               trapnz v13, user7
;; @0055                               jump block3
;;
;;                                 block3:
;; @0055                               v14 = fcvt_to_uint_sat.i64 v1
;; @0056                               return v14
;; }
;;
;; ;; func[4]
;; function u0:4(i32 vmctx, f64, f64) -> f64 tail {
;;
;;                                 block0(v0: i32, v1: f64, v2: f64):
;; @005f                               v5 = fcmp lt v1, v2
;; @0060                               brif v5, block2, block3
;;
;;                                 block2:
;; @0066                               jump block4(v2)
;;
;;                                 block3:
;; @0069                               v7 = fneg.f64 v1
;; @006c                               jump block4(v7)
;;
;;                                 block4(v9: f64):
;; @0071                               store notrap region0 v9, v0+56
;; @0076                               v11 = load.i32 notrap region0 v0+56
;; @0079                               v12 = bitcast.f32 v11
;; @007a                               v13 = fpromote.f64 v12
;; @007b                               return v13
;; }
;;
