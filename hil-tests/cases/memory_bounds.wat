;; The last byte that exists, and the first that does not, in every width and with offsets.
;; invoke load8 65535
;; invoke load8 65536
;; invoke load16 65534
;; invoke load16 65535
;; invoke load32 65532
;; invoke load32 65533
;; invoke load64 65528
;; invoke load64 65529
;; invoke offset 65523
;; invoke offset 65524
;; invoke offset -4
;; invoke huge 0
;; invoke store32 65532 7
;; invoke store32 65533 7
;; invoke store64 -1 7
(module
  (memory 1 1)
  (data (i32.const 65528) "\01\82\03\84\05\86\07\88")
  (func (export "load8") (param i32) (result i32) (i32.load8_s (local.get 0)))
  (func (export "load16") (param i32) (result i32) (i32.load16_u (local.get 0)))
  (func (export "load32") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "load64") (param i32) (result i64) (i64.load (local.get 0)))
  (func (export "offset") (param i32) (result i32) (i32.load offset=9 (local.get 0)))
  (func (export "huge") (param i32) (result i32) (i32.load8_u offset=4294967295 (local.get 0)))
  (func (export "store32") (param i32 i32) (result i32)
    (i32.store (local.get 0) (local.get 1)) (i32.load (local.get 0)))
  (func (export "store64") (param i32 i64) (result i64)
    (i64.store (local.get 0) (local.get 1)) (i64.load (local.get 0))))
