;; Every operation on constants that are NaNs, so that the compiler could compute it: canonical NaNs come out of arithmetic,
;; and the sign operations change the sign alone.
;; invoke f32_add
;; invoke f32_sub
;; invoke f32_mul
;; invoke f32_div
;; invoke f32_min
;; invoke f32_max
;; invoke f32_copysign
;; invoke f32_sqrt
;; invoke f32_ceil
;; invoke f32_floor
;; invoke f32_trunc
;; invoke f32_nearest
;; invoke f32_neg
;; invoke f32_abs
;; invoke f64_promote_f32
;; invoke f32_invalid
;; invoke f32_compare
;; invoke i32_trunc_sat_f32
;; invoke i32_trunc_f32_s
;; invoke i32_trunc_f32_u
;; invoke i64_trunc_sat_f32
;; invoke i64_trunc_f32_s
;; invoke i64_trunc_f32_u
(module
  (func (export "f32_add") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.add (f32.const -nan:0x200001) (f32.const 1)))
    (i32.reinterpret_f32 (f32.add (f32.const 1) (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.add (f32.const nan:0x7fffff) (f32.const -nan:0x200001))))
  (func (export "f32_sub") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.sub (f32.const -nan:0x200001) (f32.const 1)))
    (i32.reinterpret_f32 (f32.sub (f32.const 1) (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.sub (f32.const nan:0x7fffff) (f32.const -nan:0x200001))))
  (func (export "f32_mul") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.mul (f32.const -nan:0x200001) (f32.const 1)))
    (i32.reinterpret_f32 (f32.mul (f32.const 1) (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.mul (f32.const nan:0x7fffff) (f32.const -nan:0x200001))))
  (func (export "f32_div") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.div (f32.const -nan:0x200001) (f32.const 1)))
    (i32.reinterpret_f32 (f32.div (f32.const 1) (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.div (f32.const nan:0x7fffff) (f32.const -nan:0x200001))))
  (func (export "f32_min") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.min (f32.const -nan:0x200001) (f32.const 1)))
    (i32.reinterpret_f32 (f32.min (f32.const 1) (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.min (f32.const nan:0x7fffff) (f32.const -nan:0x200001))))
  (func (export "f32_max") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.max (f32.const -nan:0x200001) (f32.const 1)))
    (i32.reinterpret_f32 (f32.max (f32.const 1) (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.max (f32.const nan:0x7fffff) (f32.const -nan:0x200001))))
  (func (export "f32_copysign") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.copysign (f32.const -nan:0x200001) (f32.const 1)))
    (i32.reinterpret_f32 (f32.copysign (f32.const 1) (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.copysign (f32.const nan:0x7fffff) (f32.const -nan:0x200001))))
  (func (export "f32_sqrt") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.sqrt (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.sqrt (f32.const nan:0x7fffff)))
    (i32.reinterpret_f32 (f32.sqrt (f32.neg (f32.const nan:0x7fffff)))))
  (func (export "f32_ceil") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.ceil (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.ceil (f32.const nan:0x7fffff)))
    (i32.reinterpret_f32 (f32.ceil (f32.neg (f32.const nan:0x7fffff)))))
  (func (export "f32_floor") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.floor (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.floor (f32.const nan:0x7fffff)))
    (i32.reinterpret_f32 (f32.floor (f32.neg (f32.const nan:0x7fffff)))))
  (func (export "f32_trunc") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.trunc (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.trunc (f32.const nan:0x7fffff)))
    (i32.reinterpret_f32 (f32.trunc (f32.neg (f32.const nan:0x7fffff)))))
  (func (export "f32_nearest") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.nearest (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.nearest (f32.const nan:0x7fffff)))
    (i32.reinterpret_f32 (f32.nearest (f32.neg (f32.const nan:0x7fffff)))))
  (func (export "f32_neg") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.neg (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.neg (f32.const nan:0x7fffff)))
    (i32.reinterpret_f32 (f32.neg (f32.neg (f32.const nan:0x7fffff)))))
  (func (export "f32_abs") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.abs (f32.const -nan:0x200001)))
    (i32.reinterpret_f32 (f32.abs (f32.const nan:0x7fffff)))
    (i32.reinterpret_f32 (f32.abs (f32.neg (f32.const nan:0x7fffff)))))
  (func (export "f64_promote_f32") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.promote_f32 (f32.const -nan:0x200001)))
    (i64.reinterpret_f64 (f64.promote_f32 (f32.const nan:0x7fffff)))
    (i64.reinterpret_f64 (f64.promote_f32 (f32.neg (f32.const -nan:0x200001)))))
  (func (export "f32_invalid") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.div (f32.const 0) (f32.const 0)))
    (i32.reinterpret_f32 (f32.sub (f32.const inf) (f32.const inf)))
    (i32.reinterpret_f32 (f32.sqrt (f32.const -1))))
  (func (export "f32_compare") (result i32 i32 i32)
    (i32.add (f32.eq (f32.const -nan:0x200001) (f32.const -nan:0x200001)) (f32.ne (f32.const nan:0x7fffff) (f32.const 1)))
    (i32.add (f32.lt (f32.const -nan:0x200001) (f32.const 1)) (f32.gt (f32.const nan:0x7fffff) (f32.const 1)))
    (i32.add (f32.le (f32.const -nan:0x200001) (f32.const -nan:0x200001)) (f32.ge (f32.const nan:0x7fffff) (f32.const nan:0x7fffff))))
  (func (export "i32_trunc_sat_f32") (result i32 i32 i32)
    (i32.trunc_sat_f32_s (f32.const -nan:0x200001))
    (i32.trunc_sat_f32_u (f32.const nan:0x7fffff))
    (i32.trunc_sat_f32_u (f32.neg (f32.const nan:0x7fffff))))
  (func (export "i32_trunc_f32_s") (result i32)
    (i32.trunc_f32_s (f32.const -nan:0x200001)))
  (func (export "i32_trunc_f32_u") (result i32)
    (i32.trunc_f32_u (f32.const -nan:0x200001)))
  (func (export "i64_trunc_sat_f32") (result i64 i64 i64)
    (i64.trunc_sat_f32_s (f32.const -nan:0x200001))
    (i64.trunc_sat_f32_u (f32.const nan:0x7fffff))
    (i64.trunc_sat_f32_u (f32.neg (f32.const nan:0x7fffff))))
  (func (export "i64_trunc_f32_s") (result i64)
    (i64.trunc_f32_s (f32.const -nan:0x200001)))
  (func (export "i64_trunc_f32_u") (result i64)
    (i64.trunc_f32_u (f32.const -nan:0x200001))))
