;; A table that changes: every operator on it, calls through it, and the traps of both.
;; invoke call 0 5
;; invoke call 1 5
;; invoke call 2 5
;; invoke call 8 5
;; invoke set 2 1
;; invoke call 2 5
;; invoke set 8 0
;; invoke get 2
;; invoke get 3
;; invoke get 8
;; invoke copy 3 0 3
;; invoke call 5 5
;; invoke copy 0 1 7
;; invoke call 0 5
;; invoke copy 0 6 3
;; invoke copy 8 8 0
;; invoke copy 9 0 0
;; invoke fill 4 1 3
;; invoke call 6 9
;; invoke call 7 9
;; invoke fill 7 1 2
;; invoke clear 0 8
;; invoke call 4 9
;; invoke init 5 0 3
;; invoke call 5 7
;; invoke call 6 7
;; invoke call 7 7
;; invoke init 6 1 3
;; invoke init 6 2 2
;; invoke drop
;; invoke init 0 0 1
;; invoke init 0 0 0
;; invoke call_other 7 1
;; invoke size
(module
  (type $unary (func (param i32) (result i32)))
  (type $binary (func (param i32 i32) (result i32)))
  (table $t 8 8 funcref)
  (elem (table $t) (i32.const 0) func $inc $square)
  (elem $passive func $square $inc $add)
  (elem declare func $inc $square)
  (func $inc (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func $square (type $unary) (i32.mul (local.get 0) (local.get 0)))
  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func (export "call") (param $i i32) (param $x i32) (result i32)
    (call_indirect $t (type $unary) (local.get $x) (local.get $i)))
  (func (export "call_other") (param $i i32) (param $x i32) (result i32)
    (call_indirect $t (type $binary) (local.get $x) (i32.const 100) (local.get $i)))
  (func (export "set") (param $i i32) (param $which i32)
    (table.set $t (local.get $i)
      (select (result funcref) (ref.func $square) (ref.func $inc) (local.get $which))))
  (func (export "get") (param $i i32) (result i32) (ref.is_null (table.get $t (local.get $i))))
  (func (export "copy") (param i32 i32 i32) (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)))
  (func (export "fill") (param $start i32) (param $from i32) (param $n i32)
    (table.fill $t (local.get $start) (table.get $t (local.get $from)) (local.get $n)))
  (func (export "clear") (param $start i32) (param $n i32)
    (table.fill $t (local.get $start) (ref.null func) (local.get $n)))
  (func (export "init") (param i32 i32 i32)
    (table.init $t $passive (local.get 0) (local.get 1) (local.get 2)))
  (func (export "drop") (elem.drop $passive))
  (func (export "size") (result i32) (table.size $t)))
