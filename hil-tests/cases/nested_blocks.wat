;; Branches out of many levels, unreachable code behind them, loops in loops.
;; invoke search 35
;; invoke search 1000
;; invoke dead 3
(module
  (func (export "search") (param $want i32) (result i32)
    (local $i i32) (local $j i32)
    (block $found
      (loop $rows
        (local.set $j (i32.const 0))
        (loop $columns
          (br_if $found (i32.eq (i32.mul (local.get $i) (local.get $j)) (local.get $want)))
          (local.set $j (i32.add (local.get $j) (i32.const 1)))
          (br_if $columns (i32.lt_s (local.get $j) (i32.const 20))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $rows (i32.lt_s (local.get $i) (i32.const 20))))
      (return (i32.const -1)))
    (i32.add (i32.mul (local.get $i) (i32.const 100)) (local.get $j)))
  (func (export "dead") (param i32) (result i32)
    (block (result i32)
      (br 0 (i32.const 9))
      (drop) (i32.const 1) (i32.const 2) (i32.add)
      (block (result i32) (unreachable) (i32.add (i32.const 1)))
      (i32.add))))
