;; Every load and store width and extension, aligned and not.
;; invoke all 0 -2
;; invoke all 1 1311768467463790320
;; invoke all 3 -81985529216486896
(module
  (memory 1)
  (func (export "all") (param $p i32) (param $v i64) (result i64 i64 i64 i64 i64 i64 i32 i32 i32 i32)
    (i64.store (local.get $p) (local.get $v))
    (i64.store8 offset=16 (local.get $p) (local.get $v))
    (i64.store16 offset=18 (local.get $p) (local.get $v))
    (i64.store32 offset=20 (local.get $p) (local.get $v))
    (i32.store8 offset=24 (local.get $p) (i32.wrap_i64 (local.get $v)))
    (i32.store16 offset=26 (local.get $p) (i32.wrap_i64 (local.get $v)))
    (i64.load8_s (local.get $p))
    (i64.load8_u (local.get $p))
    (i64.load16_s (local.get $p))
    (i64.load16_u (local.get $p))
    (i64.load32_s offset=16 (local.get $p))
    (i64.load32_u offset=20 (local.get $p))
    (i32.load8_s offset=24 (local.get $p))
    (i32.load8_u offset=24 (local.get $p))
    (i32.load16_s offset=26 (local.get $p))
    (i32.load16_u offset=26 (local.get $p))))
