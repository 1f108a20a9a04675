;; An active segment beyond its table traps on instantiation.
;; invoke never
(module
  (table 3 funcref)
  (func $f)
  (elem (i32.const 2) func $f $f)
  (func (export "never")))
