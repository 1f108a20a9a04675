;;! code = cortex-m3
;;! lines = 40
;; A conditional branch across a mebibyte.
(module
  (func (param i32) (result i32)
    (block $end
      (br_if $end (local.get 0))
      (block $here (br_table
;;* 270000 $here
        (local.get 0)))
      (return (i32.const 1)))
    (i32.const 2))
)

;; ---- expected ----
;;
;; ---- cortex-m3 ----
;; a content of 1080128 bytes needs an envelope of 8576, devices accept 4096; make the module smaller, import less, or split it: this compiler's limit is what an artifact can hold
