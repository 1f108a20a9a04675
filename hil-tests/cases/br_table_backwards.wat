;; A br_table whose targets lie behind it and in front of it, in a function that checks the stack and is long.
;; invoke walk 0
;; invoke walk 5
;; invoke walk 23
(module
  (memory 1)
  (func (export "walk") (param i32) (result i32) (local i32)
    (loop $again
      (memory.fill (i32.const 16) (local.get 0) (i32.const 8))
      (local.set 1 (i32.add (i32.mul (local.get 1) (i32.const 31)) (i32.load (i32.const 18))))
      (if (i32.gt_u (local.get 0) (i32.const 1000)) (then (return (local.get 1))))
      (block $c (block $b (block $a
        (local.set 0 (i32.add (local.get 0) (i32.const 7)))
        (br_table $a $again $b $again $c $again (i32.rem_u (local.get 0) (i32.const 6))))
        (local.set 1 (i32.xor (local.get 1) (i32.const 0x12345678)))
        (i32.store (i32.const 100) (local.get 1)) (i32.store (i32.const 104) (i32.rotl (local.get 1) (i32.const 3)))
        (i32.store (i32.const 108) (local.get 1)) (i32.store (i32.const 112) (i32.rotl (local.get 1) (i32.const 5)))
        (i32.store (i32.const 116) (local.get 1)) (i32.store (i32.const 120) (i32.rotl (local.get 1) (i32.const 7)))
        (br $again))
        (local.set 1 (i32.add (local.get 1) (i32.load (i32.const 104))))
        (i32.store (i32.const 124) (local.get 1)) (i32.store (i32.const 128) (i32.rotl (local.get 1) (i32.const 9)))
        (i32.store (i32.const 132) (local.get 1)) (i32.store (i32.const 136) (i32.rotl (local.get 1) (i32.const 11)))
        (i32.store (i32.const 140) (local.get 1)) (i32.store (i32.const 144) (i32.rotl (local.get 1) (i32.const 13)))
        (br $again))
      (local.set 1 (i32.sub (local.get 1) (i32.load (i32.const 128))))
      (i32.store (i32.const 148) (local.get 1)) (i32.store (i32.const 152) (i32.rotl (local.get 1) (i32.const 15)))
      (br $again))
    (unreachable)))
