;; Truncation of f32 to i64 that traps: both ends of each range and one float beyond, NaNs, infinities.
;; invoke i64_trunc_f32_s 0.5
;; invoke i64_trunc_f32_s -0.5
;; invoke i64_trunc_f32_s 1.9
;; invoke i64_trunc_f32_s 9223371487098961920
;; invoke i64_trunc_f32_s 9223372036854775808
;; invoke i64_trunc_f32_s 9223373136366403584
;; invoke i64_trunc_f32_s -9223371487098961920
;; invoke i64_trunc_f32_s -9223372036854775808
;; invoke i64_trunc_f32_s -9223373136366403584
;; invoke i64_trunc_f32_s inf
;; invoke i64_trunc_f32_s -inf
;; invoke i64_trunc_f32_s nan
;; invoke i64_trunc_f32_s -nan:0x1
;; invoke i64_trunc_f32_u 0.5
;; invoke i64_trunc_f32_u -0.5
;; invoke i64_trunc_f32_u 1.9
;; invoke i64_trunc_f32_u 18446742974197923840
;; invoke i64_trunc_f32_u 18446744073709551616
;; invoke i64_trunc_f32_u 18446746272732807168
;; invoke i64_trunc_f32_u -0.9999999403953552
;; invoke i64_trunc_f32_u -1.0
;; invoke i64_trunc_f32_u -1.0000001192092896
;; invoke i64_trunc_f32_u -0.0
;; invoke i64_trunc_f32_u inf
;; invoke i64_trunc_f32_u -inf
;; invoke i64_trunc_f32_u nan
;; invoke i64_trunc_f32_u -nan:0x1
(module
  (func (export "i64_trunc_f32_s") (param f32) (result i64) (i64.trunc_f32_s (local.get 0)))
  (func (export "i64_trunc_f32_u") (param f32) (result i64) (i64.trunc_f32_u (local.get 0))))
