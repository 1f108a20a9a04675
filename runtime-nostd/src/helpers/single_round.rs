//! What single-precision FPUs leave out of f32.

canonical!(f32, u32);
functions!(f32, u32: ceil = libm::ceilf, floor = libm::floorf, trunc = libm::truncf, nearest = libm::rintf,);
conversions! {
    f32, u32:
    i64 = convert_i64, trunc_sat_i64;
    u64 = convert_u64, trunc_sat_u64;
}
