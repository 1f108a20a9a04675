;; A memory that nothing grows: checks compare with an immediate, and constant addresses need none.
(module
  (memory 1)
  (func (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (param i32) (result i32) (i32.load8_u offset=65535 (local.get 0)))
  (func (result i64) (i64.load offset=4 (i32.const 65524)))
  (func (result i64) (i64.load offset=5 (i32.const 65524)))
  (func (param i32) (result i32) (i32.load16_s offset=65535 (local.get 0)))
  (func (param i32 i64) (i64.store32 (local.get 0) (local.get 1)))
  (func (result i32) (memory.size)))
