//! 64-bit division and remainder.
//!
//! Generated code has excluded the cases for which these give 0 instead of panicking.

pub extern "C" fn udiv_i64(a: u64, b: u64) -> u64 {
    a.checked_div(b).unwrap_or(0)
}

pub extern "C" fn urem_i64(a: u64, b: u64) -> u64 {
    a.checked_rem(b).unwrap_or(0)
}

pub extern "C" fn sdiv_i64(a: i64, b: i64) -> i64 {
    a.checked_div(b).unwrap_or(0)
}

/// `i64::MIN % -1` is 0, which `checked_rem` refuses.
pub extern "C" fn srem_i64(a: i64, b: i64) -> i64 {
    a.checked_rem(b).unwrap_or(0)
}
