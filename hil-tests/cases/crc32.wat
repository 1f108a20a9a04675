;; A bitwise CRC-32 over memory that the module fills itself.
;; invoke crc 0
;; invoke crc 1024
(module
  (memory 1 1)
  (func (export "crc") (param $n i32) (result i32)
    (local $i i32) (local $c i32) (local $k i32)
    (loop $fill
      (if (i32.lt_u (local.get $i) (local.get $n)) (then
        (i32.store8 (local.get $i) (i32.mul (local.get $i) (i32.const 7)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $fill))))
    (local.set $i (i32.const 0))
    (local.set $c (i32.const -1))
    (loop $bytes
      (if (i32.lt_u (local.get $i) (local.get $n)) (then
        (local.set $c (i32.xor (local.get $c) (i32.load8_u (local.get $i))))
        (local.set $k (i32.const 8))
        (loop $bits
          (local.set $c (i32.xor (i32.shr_u (local.get $c) (i32.const 1))
            (i32.and (i32.const 0xedb88320) (i32.sub (i32.const 0) (i32.and (local.get $c) (i32.const 1))))))
          (br_if $bits (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $bytes))))
    (i32.xor (local.get $c) (i32.const -1))))
