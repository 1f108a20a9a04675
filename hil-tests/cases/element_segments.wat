;; Element segments of each kind, also of expressions; what active ones leave behind them.
;; invoke call 0
;; invoke call 1
;; invoke call 2
;; invoke call 3
;; invoke call 4
;; invoke again 0
;; invoke again 1
;; invoke declared 0
;; invoke declared 1
;; invoke mixed 0
;; invoke call 0
;; invoke call 1
;; invoke call 2
(module
  (type $t (func (result i32)))
  (table $t 5 funcref)
  (elem $active (table $t) (i32.const 1) func $a $b)
  (elem (table $t) (i32.add (i32.const 1) (i32.const 2)) funcref (ref.func $c) (ref.null func))
  (elem $declared declare func $a)
  (elem $mixed funcref (ref.null func) (ref.func $c) (ref.func $a))
  (func $a (type $t) (i32.const 10))
  (func $b (type $t) (i32.const 20))
  (func $c (type $t) (i32.const 30))
  (func (export "call") (param i32) (result i32) (call_indirect $t (type $t) (local.get 0)))
  ;; Dropped by instantiation.
  (func (export "again") (param $n i32) (table.init $t $active (i32.const 0) (i32.const 0) (local.get $n)))
  (func (export "declared") (param $n i32) (table.init $t $declared (i32.const 0) (i32.const 0) (local.get $n)))
  (func (export "mixed") (param $to i32) (table.init $t $mixed (local.get $to) (i32.const 0) (i32.const 3))))
