(module (func (param i64) (drop (f64.convert_i64_s (local.get 0)))))
