;; A switch: dense, with shared targets, default, and values carried along.
;; invoke name 0
;; invoke name 3
;; invoke name 4
;; invoke name 5
;; invoke name 100
;; invoke name -1
;; invoke carry 1
;; invoke carry 9
(module
  (func (export "name") (param i32) (result i32)
    (block $d (block $c (block $b (block $a
      (br_table $a $b $c $a $b $d (local.get 0)))
      (return (i32.const 11)))
     (return (i32.const 22)))
    (return (i32.const 33)))
    (i32.const 44))
  (func (export "carry") (param i32) (result i32)
    (i32.add (i32.const 1000)
      (block $x (result i32)
        (i32.mul (i32.const 3)
          (block $y (result i32)
            (i32.add (i32.const 5) (block $z (result i32)
              (br_table $x $y $z (i32.const 7) (local.get 0))))))))))
