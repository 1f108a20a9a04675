;; Recursion until the stack is used up, which at each depth calls what needs much at once: the check of the first of those
;; is for all of them. What they write is where nothing of the host's may be.
;; invoke small 1
;; invoke deep 1
;; invoke deep 2
;; invoke flat 7
;; invoke sum
(module
  (memory 1)
  (func $leaf (param i64) (result i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (local.set 1 (i64.load (i32.const 8))) (local.set 2 (i64.load (i32.const 16)))
    (local.set 3 (i64.load (i32.const 24))) (local.set 4 (i64.load (i32.const 32)))
    (local.set 5 (i64.load (i32.const 40))) (local.set 6 (i64.load (i32.const 48)))
    (local.set 7 (i64.load (i32.const 56))) (local.set 8 (i64.load (i32.const 64)))
    (local.set 9 (i64.load (i32.const 72))) (local.set 10 (i64.load (i32.const 80)))
    (local.set 11 (i64.load (i32.const 88))) (local.set 12 (i64.load (i32.const 96)))
    (local.set 13 (i64.load (i32.const 104))) (local.set 14 (i64.load (i32.const 112)))
    (local.set 15 (i64.load (i32.const 120))) (local.set 16 (i64.load (i32.const 128)))
    (local.set 17 (i64.load (i32.const 136))) (local.set 18 (i64.load (i32.const 144)))
    (local.set 19 (i64.load (i32.const 152))) (local.set 20 (i64.load (i32.const 160)))
    (memory.fill (i32.const 8) (i32.const 3) (i32.const 160))
    (i64.add (local.get 0) (i64.add (local.get 1) (i64.add (local.get 2) (i64.add (local.get 3) (i64.add (local.get 4)
      (i64.add (local.get 5) (i64.add (local.get 6) (i64.add (local.get 7) (i64.add (local.get 8) (i64.add (local.get 9)
      (i64.add (local.get 10) (i64.add (local.get 11) (i64.add (local.get 12) (i64.add (local.get 13)
      (i64.add (local.get 14) (i64.add (local.get 15) (i64.add (local.get 16) (i64.add (local.get 17)
      (i64.add (local.get 18) (i64.add (local.get 19) (local.get 20))))))))))))))))))))))
  (func $d1 (param i64) (result i64) (local i64)
    (local.set 1 (call $leaf (local.get 0))) (i64.add (call $leaf (local.get 1)) (local.get 1)))
  (func $d2 (param i64) (result i64) (local i64)
    (local.set 1 (call $d1 (local.get 0))) (i64.add (call $d1 (local.get 1)) (local.get 1)))
  (func $d3 (param i64) (result i64) (local i64)
    (local.set 1 (call $d2 (local.get 0))) (i64.add (call $d2 (local.get 1)) (local.get 1)))
  (func $flat (export "flat") (param i64) (result i64) (call $d3 (local.get 0)))
  (func $deep (export "deep") (param i64) (result i64)
    (i64.add (call $flat (local.get 0)) (call $deep (i64.add (local.get 0) (i64.const 1)))))
  (func $small (export "small") (param i64) (result i64)
    (i64.add (call $d1 (local.get 0)) (call $small (i64.add (local.get 0) (i64.const 1)))))
  (func (export "sum") (result i64) (i64.add (i64.load (i32.const 8)) (i64.load (i32.const 160)))))
