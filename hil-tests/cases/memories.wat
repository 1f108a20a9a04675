;; Several memories: the first behind the instance, the others by their definitions; pages of one byte among them.
;; invoke load 0 0
;; invoke load 1 0
;; invoke load 2 0
;; invoke load 0 65533
;; invoke load 1 65532
;; invoke load 1 65533
;; invoke load 2 6
;; invoke load 2 7
;; invoke copy 2 4 4
;; invoke load 2 4
;; invoke copy 4 5 6
;; invoke copy 4 5 7
;; invoke init 1000
;; invoke load 1 1000
;; invoke grow 3
;; invoke grow 100
;; invoke load 2 9
;; invoke fill 10
;; invoke load 2 9
;; invoke grow 40000000
;; invoke sizes
(module
  (memory $large 1)
  (memory $other 1 1)
  (memory $bytes 10 200 (pagesize 1))
  (data (memory $large) (i32.const 0) "abcdefgh")
  (data (memory $other) (i32.const 0) "ijklmnop")
  (data (memory $bytes) (i32.const 0) "qrstuvwx")
  (data $passive "0123456789")
  (func (export "load") (param $m i32) (param $at i32) (result i32)
    (block $bytes (block $other (block $large
      (br_table $large $other $bytes (local.get $m)))
      (return (i32.load $large (local.get $at))))
      (return (i32.load $other (local.get $at))))
    (i32.load $bytes (local.get $at)))
  (func (export "copy") (param i32 i32 i32)
    (memory.copy $bytes $large (local.get 0) (local.get 1) (local.get 2))
    (memory.copy $other $bytes (local.get 0) (local.get 1) (local.get 2)))
  (func (export "init") (param i32)
    (memory.init $other $passive (local.get 0) (i32.const 2) (i32.const 8)))
  (func (export "grow") (param i32) (result i32) (memory.grow $bytes (local.get 0)))
  (func (export "fill") (param i32) (memory.fill $bytes (local.get 0) (i32.const 0x5a) (i32.const 3)))
  (func (export "sizes") (result i32 i32 i32) (memory.size $large) (memory.size $other) (memory.size $bytes)))
