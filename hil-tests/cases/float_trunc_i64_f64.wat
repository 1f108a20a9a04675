;; Truncation of f64 to i64 that traps: both ends of each range and one float beyond, NaNs, infinities.
;; invoke i64_trunc_f64_s 0.5
;; invoke i64_trunc_f64_s -0.5
;; invoke i64_trunc_f64_s 1.9
;; invoke i64_trunc_f64_s 9223372036854774784
;; invoke i64_trunc_f64_s 9223372036854775808
;; invoke i64_trunc_f64_s 9223372036854777856
;; invoke i64_trunc_f64_s -9223372036854774784
;; invoke i64_trunc_f64_s -9223372036854775808
;; invoke i64_trunc_f64_s -9223372036854777856
;; invoke i64_trunc_f64_s inf
;; invoke i64_trunc_f64_s -inf
;; invoke i64_trunc_f64_s nan
;; invoke i64_trunc_f64_s -nan:0x1
;; invoke i64_trunc_f64_u 0.5
;; invoke i64_trunc_f64_u -0.5
;; invoke i64_trunc_f64_u 1.9
;; invoke i64_trunc_f64_u 18446744073709549568
;; invoke i64_trunc_f64_u 18446744073709551616
;; invoke i64_trunc_f64_u 18446744073709555712
;; invoke i64_trunc_f64_u -0.9999999999999999
;; invoke i64_trunc_f64_u -1.0
;; invoke i64_trunc_f64_u -1.0000000000000002
;; invoke i64_trunc_f64_u -0.0
;; invoke i64_trunc_f64_u inf
;; invoke i64_trunc_f64_u -inf
;; invoke i64_trunc_f64_u nan
;; invoke i64_trunc_f64_u -nan:0x1
(module
  (func (export "i64_trunc_f64_s") (param f64) (result i64) (i64.trunc_f64_s (local.get 0)))
  (func (export "i64_trunc_f64_u") (param f64) (result i64) (i64.trunc_f64_u (local.get 0))))
