;; The start function and active segments run before the first call.
;; invoke get
(module
  (memory 1)
  (data (i32.const 8) "\2a\00\00\00")
  (global $g (mut i32) (i32.const 0))
  (func $init (global.set $g (i32.add (i32.load (i32.const 8)) (i32.const 100))))
  (start $init)
  (func (export "get") (result i32) (global.get $g)))
