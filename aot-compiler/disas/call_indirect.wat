;; Which checks remain depends on what the table holds.
(module
  (type $v (func)) (type $i (func (result i32))) (type $p (func (param i32)))
  (table $full 2 2 funcref) (table $holes 3 funcref) (table $mixed 3 funcref) (table $none 0 funcref)
  (elem (table $full) (i32.const 0) func $f $g)
  (elem (table $holes) (i32.const 1) func $f)
  (elem (table $mixed) (i32.const 1) func $f $h)
  (func $f (type $v)) (func $g (type $v)) (func $h (type $i) (i32.const 1))
  (func (param i32) (call_indirect $full (type $v) (local.get 0)))
  (func (param i32) (call_indirect $holes (type $v) (local.get 0)))
  (func (param i32) (call_indirect $mixed (type $v) (local.get 0)))
  (func (call_indirect $mixed (type $v) (i32.const 1)))
  (func (param i32) (call_indirect $full (type $p) (i32.const 0) (local.get 0)))
  (func (param i32) (call_indirect $none (type $v) (local.get 0))))
