;; An active segment beyond the memory traps on instantiation.
;; invoke never
(module
  (memory 1)
  (data (i32.const 0) "fits")
  (data (i32.const 65533) "does not")
  (func (export "never")))
