;;! code = rv32imac
;;! lines = 40
;; A call across a mebibyte.
(module
  (func $far (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
  (func (param i32) (block $here (br_table
;;* 140000 $here
    (local.get 0))))
  (func (param i32) (block $here (br_table
;;* 140000 $here
    (local.get 0))))
  (func (param i32) (result i32) (call $far (i32.const 5)))
)

;; ---- expected ----
;;
;; ---- rv32imac ----
;; a content of 1120184 bytes needs an envelope of 8896, devices accept 4096; make the module smaller, import less, or split it: this compiler's limit is what an artifact can hold
