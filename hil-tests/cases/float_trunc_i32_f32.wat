;; Truncation of f32 to i32 that traps: both ends of each range and one float beyond, NaNs, infinities.
;; invoke i32_trunc_f32_s 0.5
;; invoke i32_trunc_f32_s -0.5
;; invoke i32_trunc_f32_s 1.9
;; invoke i32_trunc_f32_s 2147483520.0
;; invoke i32_trunc_f32_s 2147483648.0
;; invoke i32_trunc_f32_s 2147483904.0
;; invoke i32_trunc_f32_s -2147483520.0
;; invoke i32_trunc_f32_s -2147483648.0
;; invoke i32_trunc_f32_s -2147483904.0
;; invoke i32_trunc_f32_s inf
;; invoke i32_trunc_f32_s -inf
;; invoke i32_trunc_f32_s nan
;; invoke i32_trunc_f32_s -nan:0x1
;; invoke i32_trunc_f32_u 0.5
;; invoke i32_trunc_f32_u -0.5
;; invoke i32_trunc_f32_u 1.9
;; invoke i32_trunc_f32_u 4294967040.0
;; invoke i32_trunc_f32_u 4294967296.0
;; invoke i32_trunc_f32_u 4294967808.0
;; invoke i32_trunc_f32_u -0.9999999403953552
;; invoke i32_trunc_f32_u -1.0
;; invoke i32_trunc_f32_u -1.0000001192092896
;; invoke i32_trunc_f32_u -0.0
;; invoke i32_trunc_f32_u inf
;; invoke i32_trunc_f32_u -inf
;; invoke i32_trunc_f32_u nan
;; invoke i32_trunc_f32_u -nan:0x1
(module
  (func (export "i32_trunc_f32_s") (param f32) (result i32) (i32.trunc_f32_s (local.get 0)))
  (func (export "i32_trunc_f32_u") (param f32) (result i32) (i32.trunc_f32_u (local.get 0))))
