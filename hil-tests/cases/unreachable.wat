;; invoke now
;; invoke if_zero 1
;; invoke if_zero 0
(module
  (func (export "now") (unreachable))
  (func (export "if_zero") (param i32) (result i32)
    (if (result i32) (local.get 0) (then (i32.const 5)) (else (unreachable)))))
