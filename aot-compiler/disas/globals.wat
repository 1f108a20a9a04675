;;! target = cortex-m4f
;; The result area (5 results, 4 registers) comes first, so globals begin at 52; constants have no place.
(module
  (global $a (mut i32) (i32.const 1)) (global $b (mut i64) (i64.const 2)) (global $c i64 (i64.const -3))
  (func (result i32 i32 i32 i32 i32) (unreachable))
  (func (result i64)
    (global.set $a (i32.add (global.get $a) (i32.const 1)))
    (global.set $b (i64.add (global.get $b) (global.get $c)))
    (global.get $b)))
