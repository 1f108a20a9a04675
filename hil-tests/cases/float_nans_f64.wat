;; Every operation on constants that are NaNs, so that the compiler could compute it: canonical NaNs come out of arithmetic,
;; and the sign operations change the sign alone.
;; invoke f64_add
;; invoke f64_sub
;; invoke f64_mul
;; invoke f64_div
;; invoke f64_min
;; invoke f64_max
;; invoke f64_copysign
;; invoke f64_sqrt
;; invoke f64_ceil
;; invoke f64_floor
;; invoke f64_trunc
;; invoke f64_nearest
;; invoke f64_neg
;; invoke f64_abs
;; invoke f32_demote_f64
;; invoke f64_invalid
;; invoke f64_compare
;; invoke i32_trunc_sat_f64
;; invoke i32_trunc_f64_s
;; invoke i32_trunc_f64_u
;; invoke i64_trunc_sat_f64
;; invoke i64_trunc_f64_s
;; invoke i64_trunc_f64_u
(module
  (func (export "f64_add") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.add (f64.const -nan:0x4000000000001) (f64.const 1)))
    (i64.reinterpret_f64 (f64.add (f64.const 1) (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.add (f64.const nan:0xfffffffffffff) (f64.const -nan:0x4000000000001))))
  (func (export "f64_sub") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.sub (f64.const -nan:0x4000000000001) (f64.const 1)))
    (i64.reinterpret_f64 (f64.sub (f64.const 1) (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.sub (f64.const nan:0xfffffffffffff) (f64.const -nan:0x4000000000001))))
  (func (export "f64_mul") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.mul (f64.const -nan:0x4000000000001) (f64.const 1)))
    (i64.reinterpret_f64 (f64.mul (f64.const 1) (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.mul (f64.const nan:0xfffffffffffff) (f64.const -nan:0x4000000000001))))
  (func (export "f64_div") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.div (f64.const -nan:0x4000000000001) (f64.const 1)))
    (i64.reinterpret_f64 (f64.div (f64.const 1) (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.div (f64.const nan:0xfffffffffffff) (f64.const -nan:0x4000000000001))))
  (func (export "f64_min") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.min (f64.const -nan:0x4000000000001) (f64.const 1)))
    (i64.reinterpret_f64 (f64.min (f64.const 1) (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.min (f64.const nan:0xfffffffffffff) (f64.const -nan:0x4000000000001))))
  (func (export "f64_max") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.max (f64.const -nan:0x4000000000001) (f64.const 1)))
    (i64.reinterpret_f64 (f64.max (f64.const 1) (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.max (f64.const nan:0xfffffffffffff) (f64.const -nan:0x4000000000001))))
  (func (export "f64_copysign") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.copysign (f64.const -nan:0x4000000000001) (f64.const 1)))
    (i64.reinterpret_f64 (f64.copysign (f64.const 1) (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.copysign (f64.const nan:0xfffffffffffff) (f64.const -nan:0x4000000000001))))
  (func (export "f64_sqrt") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.sqrt (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.sqrt (f64.const nan:0xfffffffffffff)))
    (i64.reinterpret_f64 (f64.sqrt (f64.neg (f64.const nan:0xfffffffffffff)))))
  (func (export "f64_ceil") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.ceil (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.ceil (f64.const nan:0xfffffffffffff)))
    (i64.reinterpret_f64 (f64.ceil (f64.neg (f64.const nan:0xfffffffffffff)))))
  (func (export "f64_floor") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.floor (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.floor (f64.const nan:0xfffffffffffff)))
    (i64.reinterpret_f64 (f64.floor (f64.neg (f64.const nan:0xfffffffffffff)))))
  (func (export "f64_trunc") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.trunc (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.trunc (f64.const nan:0xfffffffffffff)))
    (i64.reinterpret_f64 (f64.trunc (f64.neg (f64.const nan:0xfffffffffffff)))))
  (func (export "f64_nearest") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.nearest (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.nearest (f64.const nan:0xfffffffffffff)))
    (i64.reinterpret_f64 (f64.nearest (f64.neg (f64.const nan:0xfffffffffffff)))))
  (func (export "f64_neg") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.neg (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.neg (f64.const nan:0xfffffffffffff)))
    (i64.reinterpret_f64 (f64.neg (f64.neg (f64.const nan:0xfffffffffffff)))))
  (func (export "f64_abs") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.abs (f64.const -nan:0x4000000000001)))
    (i64.reinterpret_f64 (f64.abs (f64.const nan:0xfffffffffffff)))
    (i64.reinterpret_f64 (f64.abs (f64.neg (f64.const nan:0xfffffffffffff)))))
  (func (export "f32_demote_f64") (result i32 i32 i32)
    (i32.reinterpret_f32 (f32.demote_f64 (f64.const -nan:0x4000000000001)))
    (i32.reinterpret_f32 (f32.demote_f64 (f64.const nan:0xfffffffffffff)))
    (i32.reinterpret_f32 (f32.demote_f64 (f64.neg (f64.const -nan:0x4000000000001)))))
  (func (export "f64_invalid") (result i64 i64 i64)
    (i64.reinterpret_f64 (f64.div (f64.const 0) (f64.const 0)))
    (i64.reinterpret_f64 (f64.sub (f64.const inf) (f64.const inf)))
    (i64.reinterpret_f64 (f64.sqrt (f64.const -1))))
  (func (export "f64_compare") (result i32 i32 i32)
    (i32.add (f64.eq (f64.const -nan:0x4000000000001) (f64.const -nan:0x4000000000001)) (f64.ne (f64.const nan:0xfffffffffffff) (f64.const 1)))
    (i32.add (f64.lt (f64.const -nan:0x4000000000001) (f64.const 1)) (f64.gt (f64.const nan:0xfffffffffffff) (f64.const 1)))
    (i32.add (f64.le (f64.const -nan:0x4000000000001) (f64.const -nan:0x4000000000001)) (f64.ge (f64.const nan:0xfffffffffffff) (f64.const nan:0xfffffffffffff))))
  (func (export "i32_trunc_sat_f64") (result i32 i32 i32)
    (i32.trunc_sat_f64_s (f64.const -nan:0x4000000000001))
    (i32.trunc_sat_f64_u (f64.const nan:0xfffffffffffff))
    (i32.trunc_sat_f64_u (f64.neg (f64.const nan:0xfffffffffffff))))
  (func (export "i32_trunc_f64_s") (result i32)
    (i32.trunc_f64_s (f64.const -nan:0x4000000000001)))
  (func (export "i32_trunc_f64_u") (result i32)
    (i32.trunc_f64_u (f64.const -nan:0x4000000000001)))
  (func (export "i64_trunc_sat_f64") (result i64 i64 i64)
    (i64.trunc_sat_f64_s (f64.const -nan:0x4000000000001))
    (i64.trunc_sat_f64_u (f64.const nan:0xfffffffffffff))
    (i64.trunc_sat_f64_u (f64.neg (f64.const nan:0xfffffffffffff))))
  (func (export "i64_trunc_f64_s") (result i64)
    (i64.trunc_f64_s (f64.const -nan:0x4000000000001)))
  (func (export "i64_trunc_f64_u") (result i64)
    (i64.trunc_f64_u (f64.const -nan:0x4000000000001))))
