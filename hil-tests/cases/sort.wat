;; Heap of calls and memory: quicksort of a pseudo-random array, then a checksum.
;; invoke sorted 1
;; invoke sorted 500
(module
  (memory 1 1)
  (func $at (param i32) (result i32) (i32.load (i32.shl (local.get 0) (i32.const 2))))
  (func $put (param i32 i32) (i32.store (i32.shl (local.get 0) (i32.const 2)) (local.get 1)))
  (func $sort (param $lo i32) (param $hi i32)
    (local $i i32) (local $j i32) (local $p i32) (local $t i32)
    (if (i32.ge_s (local.get $lo) (local.get $hi)) (then (return)))
    (local.set $p (call $at (i32.shr_u (i32.add (local.get $lo) (local.get $hi)) (i32.const 1))))
    (local.set $i (local.get $lo)) (local.set $j (local.get $hi))
    (block $split (loop $again
      (loop $up (if (i32.lt_s (call $at (local.get $i)) (local.get $p)) (then
        (local.set $i (i32.add (local.get $i) (i32.const 1))) (br $up))))
      (loop $down (if (i32.gt_s (call $at (local.get $j)) (local.get $p)) (then
        (local.set $j (i32.sub (local.get $j) (i32.const 1))) (br $down))))
      (br_if $split (i32.gt_s (local.get $i) (local.get $j)))
      (local.set $t (call $at (local.get $i)))
      (call $put (local.get $i) (call $at (local.get $j)))
      (call $put (local.get $j) (local.get $t))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $j (i32.sub (local.get $j) (i32.const 1)))
      (br_if $again (i32.le_s (local.get $i) (local.get $j)))))
    (call $sort (local.get $lo) (local.get $j))
    (call $sort (local.get $i) (local.get $hi)))
  (func (export "sorted") (param $n i32) (result i32)
    (local $i i32) (local $x i32) (local $h i32)
    (local.set $x (i32.const 12345))
    (loop $fill
      (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 1103515245)) (i32.const 12345)))
      (call $put (local.get $i) (local.get $x))
      (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (call $sort (i32.const 0) (i32.sub (local.get $n) (i32.const 1)))
    (local.set $i (i32.const 0))
    (loop $check
      (local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) (call $at (local.get $i))))
      (if (local.get $i) (then
        (if (i32.lt_s (call $at (local.get $i)) (call $at (i32.sub (local.get $i) (i32.const 1))))
          (then (return (i32.const -1))))))
      (br_if $check (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
    (local.get $h)))
