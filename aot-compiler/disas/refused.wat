(module (func (param i64) (drop (f64.convert_i64_s (local.get 0)))))

;; ---- expected ----
;; f64.convert_i64_s at offset 0x1a: floating point is not supported yet by target rv32imac
