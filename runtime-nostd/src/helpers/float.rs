//! What the float helpers of both formats share: their definitions, over the bits of a format.
//!
//! Arithmetic is Rust's own, which on a part without the hardware is the compiler's run-time library. It keeps
//! subnormals and rounds to nearest, as WebAssembly wants; only NaNs are left to do. Comparisons need no arithmetic.

// Which of these are used depends on the features.
#![allow(unused_macros)]

/// `canonical`: the bits of a result, every NaN as the canonical one.
macro_rules! canonical {
    ($float:ident, $bits:ident) => {
        const INFINITY: $bits = $float::INFINITY.to_bits();
        /// Positive, quiet, nothing else.
        const CANONICAL_NAN: $bits = INFINITY | 1 << ($float::MANTISSA_DIGITS - 2);

        fn canonical(result: $float) -> $bits {
            if result.is_nan() { CANONICAL_NAN } else { result.to_bits() }
        }
    };
}

/// `compare`, `min` and `max`, by the bits alone. Beside [`canonical!`].
macro_rules! comparisons {
    ($bits:ident, $signed:ident) => {
        const SIGN: $bits = 1 << ($bits::BITS - 1);
        /// What a comparison gives if one operand is a NaN.
        const UNORDERED: i32 = 2;

        const fn is_nan(a: $bits) -> bool {
            a & !SIGN > INFINITY
        }

        /// Orders as floats do what is no NaN, with -0 before +0.
        const fn key(a: $bits) -> $signed {
            let a = a as $signed;
            a ^ ((a >> ($bits::BITS - 1)) as $bits >> 1) as $signed
        }

        pub extern "C" fn compare(a: $bits, b: $bits) -> i32 {
            if is_nan(a) || is_nan(b) {
                UNORDERED
            } else if (a | b) & !SIGN == 0 {
                0
            } else {
                key(a).cmp(&key(b)) as i32
            }
        }

        pub extern "C" fn min(a: $bits, b: $bits) -> $bits {
            match is_nan(a) || is_nan(b) {
                true => CANONICAL_NAN,
                false if key(a) < key(b) => a,
                false => b,
            }
        }

        pub extern "C" fn max(a: $bits, b: $bits) -> $bits {
            match is_nan(a) || is_nan(b) {
                true => CANONICAL_NAN,
                false if key(a) > key(b) => a,
                false => b,
            }
        }
    };
}

/// Arithmetic on two floats by Rust's operators. Beside [`canonical!`].
macro_rules! operators {
    ($float:ident, $bits:ident: $($name:ident $op:tt,)*) => {$(
        pub extern "C" fn $name(a: $bits, b: $bits) -> $bits {
            canonical($float::from_bits(a) $op $float::from_bits(b))
        }
    )*};
}

/// Functions of a float. Beside [`canonical!`].
macro_rules! functions {
    ($float:ident, $bits:ident: $($name:ident = $function:path,)*) => {$(
        pub extern "C" fn $name(a: $bits) -> $bits {
            canonical($function($float::from_bits(a)))
        }
    )*};
}

/// Conversions from and to integer types. Rust's `as` rounds and saturates as WebAssembly does.
macro_rules! conversions {
    ($float:ident, $bits:ident: $($int:ident = $from:ident, $to:ident;)*) => {$(
        pub extern "C" fn $from(a: $int) -> $bits {
            (a as $float).to_bits()
        }

        pub extern "C" fn $to(a: $bits) -> $int {
            $float::from_bits(a) as $int
        }
    )*};
}
