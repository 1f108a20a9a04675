//! f32, for parts without an FPU.

canonical!(f32, u32);
comparisons!(u32, i32);
operators!(f32, u32: add +, sub -, mul *, div /,);
functions!(f32, u32: sqrt = libm::sqrtf,);
conversions! {
    f32, u32:
    i32 = convert_i32, trunc_sat_i32;
    u32 = convert_u32, trunc_sat_u32;
}
