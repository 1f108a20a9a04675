;; Each comparison as a value and as a branch.
;; invoke bits 1 2
;; invoke bits -1 1
;; invoke bits 7 7
;; invoke bits -2147483648 2147483647
(module
  (func (export "bits") (param $a i32) (param $b i32) (result i32)
    (local $r i32)
    (local.set $r (i32.eq (local.get $a) (local.get $b)))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.ne (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.lt_s (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.lt_u (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.gt_s (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.gt_u (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.le_s (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.le_u (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.ge_s (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i32.ge_u (local.get $a) (local.get $b))))
    (if (i32.lt_s (local.get $a) (local.get $b)) (then (local.set $r (i32.or (local.get $r) (i32.const 0x10000)))))
    (if (i32.ge_u (local.get $a) (local.get $b)) (then (local.set $r (i32.or (local.get $r) (i32.const 0x20000)))))
    (if (i32.eq (local.get $a) (local.get $b)) (then (local.set $r (i32.or (local.get $r) (i32.const 0x40000)))))
    (select (local.get $r) (i32.sub (i32.const 0) (local.get $r)) (i32.gt_s (local.get $a) (local.get $b)))))
