;; Truncation of f64 to i32 that traps: both ends of each range and one float beyond, NaNs, infinities.
;; invoke i32_trunc_f64_s 0.5
;; invoke i32_trunc_f64_s -0.5
;; invoke i32_trunc_f64_s 1.9
;; invoke i32_trunc_f64_s 2147483647.9999998
;; invoke i32_trunc_f64_s 2147483648.0
;; invoke i32_trunc_f64_s 2147483648.0000005
;; invoke i32_trunc_f64_s -2147483647.9999998
;; invoke i32_trunc_f64_s -2147483648.0
;; invoke i32_trunc_f64_s -2147483648.0000005
;; invoke i32_trunc_f64_s -2147483648.9999995
;; invoke i32_trunc_f64_s -2147483649.0
;; invoke i32_trunc_f64_s -2147483649.0000005
;; invoke i32_trunc_f64_s inf
;; invoke i32_trunc_f64_s -inf
;; invoke i32_trunc_f64_s nan
;; invoke i32_trunc_f64_s -nan:0x1
;; invoke i32_trunc_f64_u 0.5
;; invoke i32_trunc_f64_u -0.5
;; invoke i32_trunc_f64_u 1.9
;; invoke i32_trunc_f64_u 4294967295.9999995
;; invoke i32_trunc_f64_u 4294967296.0
;; invoke i32_trunc_f64_u 4294967296.000001
;; invoke i32_trunc_f64_u -0.9999999999999999
;; invoke i32_trunc_f64_u -1.0
;; invoke i32_trunc_f64_u -1.0000000000000002
;; invoke i32_trunc_f64_u -0.0
;; invoke i32_trunc_f64_u inf
;; invoke i32_trunc_f64_u -inf
;; invoke i32_trunc_f64_u nan
;; invoke i32_trunc_f64_u -nan:0x1
(module
  (func (export "i32_trunc_f64_s") (param f64) (result i32) (i32.trunc_f64_s (local.get 0)))
  (func (export "i32_trunc_f64_u") (param f64) (result i32) (i32.trunc_f64_u (local.get 0))))
