(module (func (param i64) (drop (i64x2.splat (local.get 0)))))

;; ---- expected ----
;; i64x2.splat at offset 0x1a: SIMD (v128) is not supported
