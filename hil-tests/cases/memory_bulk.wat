;; memory.copy with overlap both ways, fill, init, data.drop, and their traps.
;; invoke overlap
;; invoke fill 100 65
;; invoke fill 65536 0
;; invoke fill 65537 0
;; invoke copy 65530 0 6
;; invoke copy 65530 0 7
;; invoke copy 0 65536 0
;; invoke copy 0 65537 0
;; invoke init 2 3
;; invoke init 2 5
;; invoke dropped 0
;; invoke dropped 1
(module
  (memory 1 1)
  (data $active (i32.const 0) "abcdefgh")
  (data $passive "PASSIV")
  (func (export "overlap") (result i64 i64)
    (memory.copy (i32.const 2) (i32.const 0) (i32.const 6))
    (i64.load (i32.const 0))
    (memory.copy (i32.const 0) (i32.const 3) (i32.const 5))
    (i64.load (i32.const 0)))
  (func (export "fill") (param $n i32) (param $v i32) (result i32)
    (memory.fill (i32.const 0) (local.get $v) (local.get $n))
    (i32.add (i32.load8_u (i32.const 99)) (i32.load8_u (i32.const 100))))
  (func (export "copy") (param i32 i32 i32) (result i32)
    (memory.copy (local.get 0) (local.get 1) (local.get 2))
    (i32.load8_u (i32.const 65535)))
  (func (export "init") (param $from i32) (param $n i32) (result i64)
    (memory.init $passive (i32.const 16) (local.get $from) (local.get $n))
    (i64.load (i32.const 16)))
  (func (export "dropped") (param $n i32) (result i32)
    (data.drop $passive)
    (memory.init $passive (i32.const 16) (i32.const 0) (local.get $n))
    (i32.const 1)))
