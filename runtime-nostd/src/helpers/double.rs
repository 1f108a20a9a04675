//! f64, and conversion between the formats.

canonical!(f64, u64);
comparisons!(u64, i64);
operators!(f64, u64: add +, sub -, mul *, div /,);
functions! {
    f64, u64:
    sqrt = libm::sqrt,
    ceil = libm::ceil,
    floor = libm::floor,
    trunc = libm::trunc,
    nearest = libm::rint,
}
conversions! {
    f64, u64:
    i32 = convert_i32, trunc_sat_i32;
    u32 = convert_u32, trunc_sat_u32;
    i64 = convert_i64, trunc_sat_i64;
    u64 = convert_u64, trunc_sat_u64;
}

pub extern "C" fn promote(a: u32) -> u64 {
    canonical(f64::from(f32::from_bits(a)))
}

pub extern "C" fn demote(a: u64) -> u32 {
    const CANONICAL_SINGLE: u32 = 0x7FC0_0000;
    let result = f64::from_bits(a) as f32;
    if result.is_nan() { CANONICAL_SINGLE } else { result.to_bits() }
}
