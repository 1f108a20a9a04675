;; Each i64 comparison, with operands that differ in either half.
;; invoke bits 1 2
;; invoke bits 4294967296 1
;; invoke bits -1 1
;; invoke bits 81985529216486895 81985529216486895
;; invoke bits -9223372036854775808 9223372036854775807
(module
  (func (export "bits") (param $a i64) (param $b i64) (result i32)
    (local $r i32)
    (local.set $r (i64.eq (local.get $a) (local.get $b)))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.ne (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.lt_s (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.lt_u (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.gt_s (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.gt_u (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.le_s (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.le_u (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.ge_s (local.get $a) (local.get $b))))
    (local.set $r (i32.add (i32.shl (local.get $r) (i32.const 1)) (i64.ge_u (local.get $a) (local.get $b))))
    (if (i64.lt_s (local.get $a) (i64.const 0)) (then (local.set $r (i32.or (local.get $r) (i32.const 0x10000)))))
    (if (i64.gt_u (local.get $a) (i64.const 0x100000000)) (then (local.set $r (i32.or (local.get $r) (i32.const 0x20000)))))
    (if (i64.ne (local.get $b) (i64.const 0)) (then (local.set $r (i32.or (local.get $r) (i32.const 0x40000)))))
    (i32.wrap_i64 (select (i64.extend_i32_u (local.get $r)) (i64.const -1) (i64.le_s (local.get $a) (local.get $b))))))
