;; Tables that grow, one of them without a maximum; new elements have the value that was asked for.
;; invoke grow_bounded 2
;; invoke grow_bounded 3
;; invoke size_bounded
;; invoke grow_bounded 2
;; invoke grow_bounded -1
;; invoke call 0
;; invoke call 3
;; invoke call 4
;; invoke grow_free 700
;; invoke is_null 700
;; invoke is_null 701
;; invoke grow_free -2
;; invoke grow_free 0
;; invoke size_bounded
(module
  (type $t (func (result i32)))
  (table $bounded 1 5 funcref)
  (table $free 1 externref)
  (elem declare func $answer)
  (func $answer (type $t) (i32.const 42))
  (func (export "grow_bounded") (param $n i32) (result i32)
    (table.grow $bounded (ref.func $answer) (local.get $n)))
  (func (export "grow_free") (param $n i32) (result i32)
    (table.grow $free (ref.null extern) (local.get $n)))
  (func (export "size_bounded") (result i32) (table.size $bounded))
  (func (export "is_null") (param i32) (result i32) (ref.is_null (table.get $free (local.get 0))))
  (func (export "call") (param i32) (result i32) (call_indirect $bounded (type $t) (local.get 0))))
