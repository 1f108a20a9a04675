;; A start function that traps: there is no instance.
;; invoke get
(module
  (func $init (unreachable))
  (start $init)
  (func (export "get") (result i32) (i32.const 1)))
