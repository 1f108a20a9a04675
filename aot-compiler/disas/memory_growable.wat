;; A memory that may grow: the limit is loaded, and loaded again after anything that may change it.
(module
  (memory 1 3)
  (import "env" "f" (func $f))
  (func (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func (result i32) (i32.load offset=65532 (i32.const 0)))
  (func (result i32) (i32.load offset=65533 (i32.const 0)))
  (func (param i32) (result i32) (i32.load offset=100000 (local.get 0)))
  (func (param i32) (result i32) (i32.load offset=196605 (local.get 0)))
  ;; One limit for both loads, then another behind the call, then another behind memory.grow.
  (func (param i32 i32) (result i32)
    (i32.load (local.get 0)) (i32.load (local.get 1)) (i32.add)
    (call $f)
    (i32.add (i32.load (local.get 0)))
    (drop (memory.grow (i32.const 1)))
    (i32.add (i32.load (local.get 0)))))
