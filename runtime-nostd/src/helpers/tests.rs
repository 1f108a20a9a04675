//! The float helpers against what the host computes in hardware. That the part's own run-time library does the same is
//! compared on the boards.

use super::{double, single, single_round};

/// Random bit patterns an operation.
const RANDOM: usize = 1_000_000;

/// Zeros, ones, halves, ends of the subnormals and of all, infinities, NaNs of every kind, and neighbours of the powers
/// of two where fractions end.
const SINGLES: [u32; 20] = [
    0x0000_0000,
    0x0000_0001,
    0x007F_FFFF,
    0x0080_0000,
    0x3EFF_FFFF,
    0x3F00_0000,
    0x3F7F_FFFF,
    0x3F80_0000,
    0x3FC0_0000,
    0x4020_0000,
    0x4AFF_FFFF,
    0x4B00_0001,
    0x4B7F_FFFF,
    0x4F00_0000,
    0x5F00_0000,
    0x7F7F_FFFF,
    0x7F80_0000,
    0x7F80_0001,
    0x7FC0_0000,
    0x7FAB_CDEF,
];
const DOUBLES: [u64; 20] = [
    0x0000_0000_0000_0000,
    0x0000_0000_0000_0001,
    0x000F_FFFF_FFFF_FFFF,
    0x0010_0000_0000_0000,
    0x3FDF_FFFF_FFFF_FFFF,
    0x3FE0_0000_0000_0000,
    0x3FEF_FFFF_FFFF_FFFF,
    0x3FF0_0000_0000_0000,
    0x3FF8_0000_0000_0000,
    0x4004_0000_0000_0000,
    0x432F_FFFF_FFFF_FFFF,
    0x4330_0000_0000_0001,
    0x433F_FFFF_FFFF_FFFF,
    0x41E0_0000_0000_0000,
    0x43E0_0000_0000_0000,
    0x7FEF_FFFF_FFFF_FFFF,
    0x7FF0_0000_0000_0000,
    0x7FF0_0000_0000_0001,
    0x7FF8_0000_0000_0000,
    0x7FF1_2345_6789_ABCD,
];

/// xorshift64 (Marsaglia 2003).
fn random() -> impl Iterator<Item = u64> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    core::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    })
}

macro_rules! against_the_host {
    ($test:ident, $float:ident, $bits:ident, $specials:ident, $canonical:literal, $arith:ident, $round:ident) => {
        #[test]
        fn $test() {
            const SIGN: $bits = 1 << ($bits::BITS - 1);
            let specials = || $specials.into_iter().flat_map(|bits| [bits, bits | SIGN]);
            let pairs = specials().flat_map(|a| specials().map(move |b| (a, b)));
            // Half of the second operands lie near the first.
            let near = |a: $bits, b: $bits| if b & 1 == 0 { b } else { a ^ (b >> ($bits::BITS / 2)) };
            let numbers = random().map(|bits| bits as $bits);
            let randoms = numbers.zip(random().skip(1)).map(|(a, b)| (a, near(a, b as $bits))).take(RANDOM);
            for (a, b) in pairs.chain(randoms) {
                let (x, y) = ($float::from_bits(a), $float::from_bits(b));
                let canonical = |r: $float| if r.is_nan() { $canonical } else { r.to_bits() };
                let binary = [
                    ("add", $arith::add(a, b), x + y),
                    ("sub", $arith::sub(a, b), x - y),
                    ("mul", $arith::mul(a, b), x * y),
                    ("div", $arith::div(a, b), x / y),
                    ("min", $arith::min(a, b), minimum(x.into(), y.into()) as $float),
                    ("max", $arith::max(a, b), -minimum((-x).into(), (-y).into()) as $float),
                    ("sqrt", $arith::sqrt(a), x.sqrt()),
                    ("ceil", $round::ceil(a), x.ceil()),
                    ("floor", $round::floor(a), x.floor()),
                    ("trunc", $round::trunc(a), x.trunc()),
                    ("nearest", $round::nearest(a), x.round_ties_even()),
                ];
                for (name, helper, host) in binary {
                    assert_eq!(helper, canonical(host), "{name} {a:#x} {b:#x}");
                }
                let order = x.partial_cmp(&y).map_or(2, |order| order as i32);
                assert_eq!($arith::compare(a, b), order, "compare {a:#x} {b:#x}");
            }
        }
    };
}

against_the_host!(singles_are_as_on_the_host, f32, u32, SINGLES, 0x7FC0_0000, single, single_round);
against_the_host!(doubles_are_as_on_the_host, f64, u64, DOUBLES, 0x7FF8_0000_0000_0000, double, double);

/// The lesser, with -0 below +0; a NaN if one is.
fn minimum(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        if x.is_sign_negative() { x } else { y }
    } else if x < y {
        x
    } else {
        y
    }
}

/// Core spec 4.3.3, `trunc_sat`, and 4.3.4.
#[test]
fn conversions_saturate_round_to_even_and_give_canonical_nans() {
    for (bits, signed, unsigned) in [
        (f64::NAN.to_bits(), 0, 0),
        (0xFFF0_0000_0000_0001, 0, 0),
        (f64::INFINITY.to_bits(), i32::MAX, u32::MAX),
        (f64::NEG_INFINITY.to_bits(), i32::MIN, 0),
        ((-0.9f64).to_bits(), 0, 0),
        (2147483648f64.to_bits(), i32::MAX, 1 << 31),
        ((-2147483648.9f64).to_bits(), i32::MIN, 0),
        (4294967295.9f64.to_bits(), i32::MAX, u32::MAX),
    ] {
        assert_eq!(double::trunc_sat_i32(bits), signed, "{bits:#x}");
        assert_eq!(double::trunc_sat_u32(bits), unsigned, "{bits:#x}");
    }
    assert_eq!(single_round::trunc_sat_i64(0x5F00_0000), i64::MAX);
    assert_eq!(single_round::trunc_sat_u64(0x5F00_0000), 1 << 63);
    assert_eq!(single::trunc_sat_i32(0xFF80_0001), 0);
    // Halfway between two floats: the even one.
    assert_eq!(single::convert_i32(0x0100_0001), 0x4B80_0000);
    assert_eq!(single::convert_u32(0x0100_0003), 0x4B80_0002);
    assert_eq!(single_round::convert_u64(u64::MAX), 0x5F80_0000);
    assert_eq!(double::convert_i64(i64::MAX), 0x43E0_0000_0000_0000);
    assert_eq!(double::demote(0x3FF0_0000_1000_0000), 0x3F80_0000);
    assert_eq!(double::demote(0xFFF0_0000_0000_0001), 0x7FC0_0000);
    assert_eq!(double::promote(0xFFC0_1234), 0x7FF8_0000_0000_0000);
    assert_eq!(double::promote(0x0000_0001), 0x36A0_0000_0000_0000);
}
