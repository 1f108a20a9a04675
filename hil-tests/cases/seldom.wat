;; What programs seldom ask for, with operands at the edges.
;; invoke mask 0
;; invoke mask 1
;; invoke mask -1
;; invoke mask -2147483648
;; invoke mask 2147483647
;; invoke mask 305419896
;; invoke mask -65536
;; invoke mask 200
;; invoke mask64 0
;; invoke mask64 1
;; invoke mask64 -1
;; invoke mask64 -9223372036854775808
;; invoke mask64 9223372036854775807
;; invoke mask64 1311768467463790320
;; invoke mask64 4294967295
;; invoke mask64 -4294967296
;; invoke swap 0
;; invoke swap 1
;; invoke swap -1
;; invoke swap -2147483648
;; invoke swap 2147483647
;; invoke swap 305419896
;; invoke swap -65536
;; invoke swap 200
;; invoke swap64 0
;; invoke swap64 1
;; invoke swap64 -1
;; invoke swap64 -9223372036854775808
;; invoke swap64 9223372036854775807
;; invoke swap64 1311768467463790320
;; invoke swap64 4294967295
;; invoke swap64 -4294967296
;; invoke high_product 1 -2147483648
;; invoke high_product 2147483647 -65536
;; invoke high_product 200 1
;; invoke high_product -1 2147483647
;; invoke narrow_shift 0
;; invoke narrow_shift 1
;; invoke narrow_shift -1
;; invoke narrow_shift -2147483648
;; invoke narrow_shift 2147483647
;; invoke narrow_shift 305419896
;; invoke narrow_shift -65536
;; invoke narrow_shift 200
;; invoke absolute 0
;; invoke absolute 1
;; invoke absolute -1
;; invoke absolute -2147483648
;; invoke absolute 2147483647
;; invoke absolute 305419896
;; invoke absolute -65536
;; invoke absolute 200
;; invoke absolute64 0
;; invoke absolute64 1
;; invoke absolute64 -1
;; invoke absolute64 -9223372036854775808
;; invoke absolute64 9223372036854775807
;; invoke absolute64 1311768467463790320
;; invoke absolute64 4294967295
;; invoke absolute64 -4294967296
;; invoke chosen 1 -2147483648
;; invoke chosen 2147483647 -65536
;; invoke chosen 200 1
;; invoke chosen -1 2147483647
;; invoke by_64 0
;; invoke by_64 1
;; invoke by_64 -1
;; invoke by_64 -9223372036854775808
;; invoke by_64 9223372036854775807
;; invoke by_64 1311768467463790320
;; invoke by_64 4294967295
;; invoke by_64 -4294967296
;; invoke sign_far 0
;; invoke sign_far 1
;; invoke sign_far -1
;; invoke sign_far -9223372036854775808
;; invoke sign_far 9223372036854775807
;; invoke sign_far 1311768467463790320
;; invoke sign_far 4294967295
;; invoke sign_far -4294967296
;; invoke low_difference 1 -9223372036854775808
;; invoke low_difference 9223372036854775807 4294967295
;; invoke low_difference -4294967296 1
;; invoke low_difference -1 9223372036854775807
;; invoke signed_product 1 -2147483648
;; invoke signed_product 2147483647 -65536
;; invoke signed_product 200 1
;; invoke signed_product -1 2147483647
;; invoke unsigned_product 1 -2147483648
;; invoke unsigned_product 2147483647 -65536
;; invoke unsigned_product 200 1
;; invoke unsigned_product -1 2147483647
;; invoke low_half 0
;; invoke low_half 1
;; invoke low_half -1
;; invoke low_half -9223372036854775808
;; invoke low_half 9223372036854775807
;; invoke low_half 1311768467463790320
;; invoke low_half 4294967295
;; invoke low_half -4294967296
;; invoke minus_one_or_less 0
;; invoke minus_one_or_less 1
;; invoke minus_one_or_less -1
;; invoke minus_one_or_less -2147483648
;; invoke minus_one_or_less 2147483647
;; invoke minus_one_or_less 305419896
;; invoke minus_one_or_less -65536
;; invoke minus_one_or_less 200
;; invoke more_than_minus_one 0
;; invoke more_than_minus_one 1
;; invoke more_than_minus_one -1
;; invoke more_than_minus_one -2147483648
;; invoke more_than_minus_one 2147483647
;; invoke more_than_minus_one 305419896
;; invoke more_than_minus_one -65536
;; invoke more_than_minus_one 200
;; invoke one_or_more 0
;; invoke one_or_more 1
;; invoke one_or_more -1
;; invoke one_or_more -2147483648
;; invoke one_or_more 2147483647
;; invoke one_or_more 305419896
;; invoke one_or_more -65536
;; invoke one_or_more 200
;; invoke at_least_2_32 0
;; invoke at_least_2_32 1
;; invoke at_least_2_32 -1
;; invoke at_least_2_32 -9223372036854775808
;; invoke at_least_2_32 9223372036854775807
;; invoke at_least_2_32 1311768467463790320
;; invoke at_least_2_32 4294967295
;; invoke at_least_2_32 -4294967296
;; invoke below_2_32 0
;; invoke below_2_32 1
;; invoke below_2_32 -1
;; invoke below_2_32 -9223372036854775808
;; invoke below_2_32 9223372036854775807
;; invoke below_2_32 1311768467463790320
;; invoke below_2_32 4294967295
;; invoke below_2_32 -4294967296
;; invoke same 1 -2147483648
;; invoke same 2147483647 -65536
;; invoke same 200 1
;; invoke same -1 2147483647
;; invoke same64 1 -2147483648
;; invoke same64 9223372036854775807 -65536
;; invoke same64 -4294967296 1
;; invoke same64 -1 2147483647
;; invoke same_float 1 -2147483648
;; invoke same_float 2147483647 -65536
;; invoke same_float 200 1
;; invoke same_float -1 2147483647
;; invoke upper_sum 0
;; invoke upper_sum 1
;; invoke upper_sum -1
;; invoke upper_sum -9223372036854775808
;; invoke upper_sum 9223372036854775807
;; invoke upper_sum 1311768467463790320
;; invoke upper_sum 4294967295
;; invoke upper_sum -4294967296
;; invoke minus_three 0
;; invoke minus_three 1
;; invoke minus_three -1
;; invoke minus_three -9223372036854775808
;; invoke minus_three 9223372036854775807
;; invoke minus_three 1311768467463790320
;; invoke minus_three 4294967295
;; invoke minus_three -4294967296
;; invoke crossed 1 -2147483648
;; invoke crossed 2147483647 -65536
;; invoke crossed 200 1
;; invoke crossed -1 2147483647
;; invoke reversed24 5
;; invoke reversed24 -1000
;; invoke reversed40 5
;; invoke reversed40 -1000
(module
  (func (export "mask") (param i32) (result i32)
    (i32.shr_s (i32.or (local.get 0) (i32.sub (i32.const 0) (local.get 0))) (i32.const 31)))
  (func (export "mask64") (param i64) (result i64)
    (i64.shr_s (i64.or (local.get 0) (i64.sub (i64.const 0) (local.get 0))) (i64.const 63)))
  (func (export "swap") (param i32) (result i32)
    (i32.or
      (i32.or (i32.shl (local.get 0) (i32.const 24)) (i32.shl (i32.and (local.get 0) (i32.const 0xff00)) (i32.const 8)))
      (i32.or (i32.and (i32.shr_u (local.get 0) (i32.const 8)) (i32.const 0xff00)) (i32.shr_u (local.get 0) (i32.const 24)))))
  (func (export "swap64") (param i64) (result i64)
    (i64.or
      (i64.or
        (i64.or (i64.shl (local.get 0) (i64.const 56)) (i64.shl (i64.and (local.get 0) (i64.const 0xff00)) (i64.const 40)))
        (i64.or (i64.shl (i64.and (local.get 0) (i64.const 0xff0000)) (i64.const 24)) (i64.shl (i64.and (local.get 0) (i64.const 0xff000000)) (i64.const 8))))
      (i64.or
        (i64.or (i64.and (i64.shr_u (local.get 0) (i64.const 8)) (i64.const 0xff000000)) (i64.and (i64.shr_u (local.get 0) (i64.const 24)) (i64.const 0xff0000)))
        (i64.or (i64.and (i64.shr_u (local.get 0) (i64.const 40)) (i64.const 0xff00)) (i64.shr_u (local.get 0) (i64.const 56))))))
  (func (export "high_product") (param i32 i32) (result i32)
    (i32.shr_s (i32.mul (i32.extend16_s (local.get 0)) (i32.extend16_s (local.get 1))) (i32.const 16)))
  (func (export "narrow_shift") (param i32) (result i32)
    (i32.extend8_s (i32.mul (local.get 0) (i32.const 8))))
  (func (export "absolute") (param i32) (result i32)
    (select (i32.sub (i32.const 0) (local.get 0)) (local.get 0) (i32.lt_s (local.get 0) (i32.const 0))))
  (func (export "absolute64") (param i64) (result i64)
    (select (i64.sub (i64.const 0) (local.get 0)) (local.get 0) (i64.lt_s (local.get 0) (i64.const 0))))
  (func (export "chosen") (param i32 i32) (result i32)
    (if (result i32) (block (result i32) (i32.lt_s (local.get 0) (local.get 1))) (then (i32.const 3)) (else (i32.const 8))))
  (func (export "by_64") (param i64) (result i64)
    (i64.xor (i64.shl (local.get 0) (i64.const 64)) (i64.rotl (local.get 0) (i64.const 0))))
  (func (export "sign_far") (param i64) (result i64)
    (i64.shr_s (local.get 0) (i64.const 40)))
  (func (export "low_difference") (param i64 i64) (result i32)
    (i32.wrap_i64 (i64.sub (local.get 0) (local.get 1))))
  (func (export "signed_product") (param i32 i32) (result i64)
    (i64.mul (i64.extend_i32_s (local.get 0)) (i64.extend_i32_s (local.get 1))))
  (func (export "unsigned_product") (param i32 i32) (result i64)
    (i64.mul (i64.extend_i32_u (local.get 0)) (i64.extend_i32_u (local.get 1))))
  (func (export "low_half") (param i64) (result i64)
    (i64.add (i64.shr_u (i64.shl (local.get 0) (i64.const 48)) (i64.const 48)) (i64.const 0x100000000)))
  (func (export "minus_one_or_less") (param i32) (result i32)
    (if (result i32) (i32.le_s (local.get 0) (i32.const -1)) (then (i32.const 3)) (else (i32.const 8))))
  (func (export "more_than_minus_one") (param i32) (result i32)
    (if (result i32) (i32.gt_s (local.get 0) (i32.const -1)) (then (i32.const 3)) (else (i32.const 8))))
  (func (export "one_or_more") (param i32) (result i32)
    (if (result i32) (i32.ge_s (local.get 0) (i32.const 1)) (then (i32.const 3)) (else (i32.const 8))))
  (func (export "at_least_2_32") (param i64) (result i32)
    (if (result i32) (i64.ge_s (local.get 0) (i64.const 0x100000000)) (then (i32.const 3)) (else (i32.const 8))))
  (func (export "below_2_32") (param i64) (result i32)
    (if (result i32) (i64.lt_u (local.get 0) (i64.const 0x100000000)) (then (i32.const 3)) (else (i32.const 8))))
  (func (export "same") (param i32 i32) (result i32)
    (select (local.get 0) (local.get 0) (local.get 1)))
  (func (export "same64") (param i64 i32) (result i64)
    (select (local.get 0) (local.get 0) (local.get 1)))
  (func (export "same_float") (param i32 i32) (result f32)
    (local $x f32)
    (local.set $x (f32.convert_i32_s (local.get 0)))
    (select (local.get $x) (local.get $x) (local.get 1)))
  (func (export "upper_sum") (param i64) (result i64)
    (i64.add (local.get 0) (i64.const 0x500000000)))
  (func (export "minus_three") (param i64) (result i64)
    (i64.mul (local.get 0) (i64.const -3)))
  (func (export "crossed") (param i32 i32) (result i64)
    (i64.sub (i64.const 0) (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32)) (i64.extend_i32_u (local.get 1)))))
  (type $of24 (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (func $fold24 (type $of24)
    (i32.sub (local.get 23) (i32.sub (local.get 22) (i32.sub (local.get 21) (i32.sub (i32.mul (i32.sub (local.get 19) (i32.sub (local.get 18) (i32.sub (local.get 17) (i32.sub (i32.mul (i32.sub (local.get 15) (i32.sub (local.get 14) (i32.sub (local.get 13) (i32.sub (i32.mul (i32.sub (local.get 11) (i32.sub (local.get 10) (i32.sub (local.get 9) (i32.sub (i32.mul (i32.sub (local.get 7) (i32.sub (local.get 6) (i32.sub (local.get 5) (i32.sub (i32.mul (i32.sub (local.get 3) (i32.sub (local.get 2) (i32.sub (local.get 1) (local.get 0)))) (i32.const 3)) (local.get 4))))) (i32.const 3)) (local.get 8))))) (i32.const 3)) (local.get 12))))) (i32.const 3)) (local.get 16))))) (i32.const 3)) (local.get 20))))))
  (table $t24 funcref (elem $fold24 $fold24 $fold24 $fold24))
  (func $reversed24 (type $of24)
    (return_call_indirect $t24 (type $of24) (local.get 23) (local.get 22) (local.get 21) (local.get 20) (local.get 19) (local.get 18) (local.get 17) (local.get 16) (local.get 15) (local.get 14) (local.get 13) (local.get 12) (local.get 11) (local.get 10) (local.get 9) (local.get 8) (local.get 7) (local.get 6) (local.get 5) (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0) (i32.and (local.get 3) (i32.const 3))))
  (func (export "reversed24") (param i32) (result i32)
    (call $reversed24 (i32.add (local.get 0) (i32.const 0)) (i32.add (local.get 0) (i32.const 1)) (i32.add (local.get 0) (i32.const 4)) (i32.add (local.get 0) (i32.const 9)) (i32.add (local.get 0) (i32.const 16)) (i32.add (local.get 0) (i32.const 25)) (i32.add (local.get 0) (i32.const 36)) (i32.add (local.get 0) (i32.const 49)) (i32.add (local.get 0) (i32.const 64)) (i32.add (local.get 0) (i32.const 81)) (i32.add (local.get 0) (i32.const 100)) (i32.add (local.get 0) (i32.const 121)) (i32.add (local.get 0) (i32.const 144)) (i32.add (local.get 0) (i32.const 169)) (i32.add (local.get 0) (i32.const 196)) (i32.add (local.get 0) (i32.const 225)) (i32.add (local.get 0) (i32.const 256)) (i32.add (local.get 0) (i32.const 289)) (i32.add (local.get 0) (i32.const 324)) (i32.add (local.get 0) (i32.const 361)) (i32.add (local.get 0) (i32.const 400)) (i32.add (local.get 0) (i32.const 441)) (i32.add (local.get 0) (i32.const 484)) (i32.add (local.get 0) (i32.const 529))))
  (type $of40 (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
  (func $fold40 (type $of40)
    (i32.sub (local.get 39) (i32.sub (local.get 38) (i32.sub (local.get 37) (i32.sub (i32.mul (i32.sub (local.get 35) (i32.sub (local.get 34) (i32.sub (local.get 33) (i32.sub (i32.mul (i32.sub (local.get 31) (i32.sub (local.get 30) (i32.sub (local.get 29) (i32.sub (i32.mul (i32.sub (local.get 27) (i32.sub (local.get 26) (i32.sub (local.get 25) (i32.sub (i32.mul (i32.sub (local.get 23) (i32.sub (local.get 22) (i32.sub (local.get 21) (i32.sub (i32.mul (i32.sub (local.get 19) (i32.sub (local.get 18) (i32.sub (local.get 17) (i32.sub (i32.mul (i32.sub (local.get 15) (i32.sub (local.get 14) (i32.sub (local.get 13) (i32.sub (i32.mul (i32.sub (local.get 11) (i32.sub (local.get 10) (i32.sub (local.get 9) (i32.sub (i32.mul (i32.sub (local.get 7) (i32.sub (local.get 6) (i32.sub (local.get 5) (i32.sub (i32.mul (i32.sub (local.get 3) (i32.sub (local.get 2) (i32.sub (local.get 1) (local.get 0)))) (i32.const 3)) (local.get 4))))) (i32.const 3)) (local.get 8))))) (i32.const 3)) (local.get 12))))) (i32.const 3)) (local.get 16))))) (i32.const 3)) (local.get 20))))) (i32.const 3)) (local.get 24))))) (i32.const 3)) (local.get 28))))) (i32.const 3)) (local.get 32))))) (i32.const 3)) (local.get 36))))))
  (table $t40 funcref (elem $fold40 $fold40 $fold40 $fold40))
  (func $reversed40 (type $of40)
    (return_call_indirect $t40 (type $of40) (local.get 39) (local.get 38) (local.get 37) (local.get 36) (local.get 35) (local.get 34) (local.get 33) (local.get 32) (local.get 31) (local.get 30) (local.get 29) (local.get 28) (local.get 27) (local.get 26) (local.get 25) (local.get 24) (local.get 23) (local.get 22) (local.get 21) (local.get 20) (local.get 19) (local.get 18) (local.get 17) (local.get 16) (local.get 15) (local.get 14) (local.get 13) (local.get 12) (local.get 11) (local.get 10) (local.get 9) (local.get 8) (local.get 7) (local.get 6) (local.get 5) (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0) (i32.and (local.get 3) (i32.const 3))))
  (func (export "reversed40") (param i32) (result i32)
    (call $reversed40 (i32.add (local.get 0) (i32.const 0)) (i32.add (local.get 0) (i32.const 1)) (i32.add (local.get 0) (i32.const 4)) (i32.add (local.get 0) (i32.const 9)) (i32.add (local.get 0) (i32.const 16)) (i32.add (local.get 0) (i32.const 25)) (i32.add (local.get 0) (i32.const 36)) (i32.add (local.get 0) (i32.const 49)) (i32.add (local.get 0) (i32.const 64)) (i32.add (local.get 0) (i32.const 81)) (i32.add (local.get 0) (i32.const 100)) (i32.add (local.get 0) (i32.const 121)) (i32.add (local.get 0) (i32.const 144)) (i32.add (local.get 0) (i32.const 169)) (i32.add (local.get 0) (i32.const 196)) (i32.add (local.get 0) (i32.const 225)) (i32.add (local.get 0) (i32.const 256)) (i32.add (local.get 0) (i32.const 289)) (i32.add (local.get 0) (i32.const 324)) (i32.add (local.get 0) (i32.const 361)) (i32.add (local.get 0) (i32.const 400)) (i32.add (local.get 0) (i32.const 441)) (i32.add (local.get 0) (i32.const 484)) (i32.add (local.get 0) (i32.const 529)) (i32.add (local.get 0) (i32.const 576)) (i32.add (local.get 0) (i32.const 625)) (i32.add (local.get 0) (i32.const 676)) (i32.add (local.get 0) (i32.const 729)) (i32.add (local.get 0) (i32.const 784)) (i32.add (local.get 0) (i32.const 841)) (i32.add (local.get 0) (i32.const 900)) (i32.add (local.get 0) (i32.const 961)) (i32.add (local.get 0) (i32.const 1024)) (i32.add (local.get 0) (i32.const 1089)) (i32.add (local.get 0) (i32.const 1156)) (i32.add (local.get 0) (i32.const 1225)) (i32.add (local.get 0) (i32.const 1296)) (i32.add (local.get 0) (i32.const 1369)) (i32.add (local.get 0) (i32.const 1444)) (i32.add (local.get 0) (i32.const 1521))))
)
