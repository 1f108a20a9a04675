;; Calls through a constant table; each of the three traps.
;; invoke apply 0 20 3
;; invoke apply 1 20 3
;; invoke apply 2 20 3
;; invoke apply 3 20 3
;; invoke apply 4 20 3
;; invoke apply 5 20 3
;; invoke apply 6 20 3
;; invoke apply -1 20 3
;; invoke chain 10
(module
  (type $binary (func (param i32 i32) (result i32)))
  (type $unary (func (param i32) (result i32)))
  (table 6 funcref)
  (elem (i32.const 0) $add $sub $mul $neg)
  (elem (i32.const 5) $add)
  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $sub (type $binary) (i32.sub (local.get 0) (local.get 1)))
  (func $mul (type $binary) (i32.mul (local.get 0) (local.get 1)))
  (func $neg (type $unary) (i32.sub (i32.const 0) (local.get 0)))
  (func (export "apply") (param $i i32) (param $a i32) (param $b i32) (result i32)
    (call_indirect (type $binary) (local.get $a) (local.get $b) (local.get $i)))
  (func (export "chain") (param $n i32) (result i32)
    (local $acc i32)
    (loop $next
      (local.set $acc (call_indirect (type $binary)
        (call_indirect (type $unary) (local.get $acc) (i32.const 3))
        (local.get $n)
        (i32.rem_u (local.get $n) (i32.const 3))))
      (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $acc)))
