;; Growth up to the maximum, refusal beyond, and access to what was added.
;; invoke grow 1
;; invoke grow 0
;; invoke grow 5
;; invoke touch
;; invoke beyond
(module
  (memory 1 3)
  (func (export "grow") (param i32) (result i32 i32)
    (memory.grow (local.get 0)) (memory.size))
  (func (export "touch") (result i32 i32 i32)
    (memory.grow (i32.const 2))
    (i32.store (i32.const 196604) (i32.const 77))
    (i32.load (i32.const 196604))
    (i32.load (i32.const 131072)))
  (func (export "beyond") (result i32)
    (drop (memory.grow (i32.const 1)))
    (i32.load (i32.const 131069))))
