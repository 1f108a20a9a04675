//! What float operations must give, to the bit, by Rust's own arithmetic; and how CLIF says them. For the tests that run
//! a back end's code. Floats are given by their bits, those of an f32 in the low word.

use super::{FloatAlu, FloatCond, FloatUnary, Precision};
use cranelift_codegen::cursor::FuncCursor;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};

pub const ALUS: [FloatAlu; 7] =
    [FloatAlu::Add, FloatAlu::Sub, FloatAlu::Mul, FloatAlu::Div, FloatAlu::Min, FloatAlu::Max, FloatAlu::Copysign];

pub const UNARIES: [FloatUnary; 7] = [
    FloatUnary::Neg,
    FloatUnary::Abs,
    FloatUnary::Sqrt,
    FloatUnary::Ceil,
    FloatUnary::Floor,
    FloatUnary::Trunc,
    FloatUnary::Nearest,
];

/// Values where operations have edges: zeros, subnormals, ties, the ends of what integers hold, infinities, quiet and
/// signalling NaNs with and without payload.
pub const SINGLES: [u32; 36] = [
    0x0000_0000,
    0x8000_0000,
    0x0000_0001,
    0x8000_0001,
    0x007f_ffff,
    0x0080_0000,
    0x8080_0000,
    0x3e80_0000, // 0.25
    0x3eff_ffff, // just below 0.5
    0x3f00_0000, // 0.5
    0xbf00_0000, // -0.5
    0x3f7f_ffff, // just below 1
    0x3f80_0000, // 1
    0xbf80_0000, // -1
    0xbf80_0001, // just beyond -1
    0x3fc0_0000, // 1.5
    0x4020_0000, // 2.5
    0xc020_0000, // -2.5
    0x4049_0fdb, // pi
    0x4aff_ffff, // 8388607.5
    0x4b00_0001, // 8388609
    0x4eff_ffff, // below 2^31
    0x4f00_0000, // 2^31
    0xcf00_0000, // -2^31
    0xcf00_0001, // beyond -2^31
    0x4f7f_ffff, // below 2^32
    0x4f80_0000, // 2^32
    0x7f7f_ffff,
    0xff7f_ffff,
    0x7f80_0000,
    0xff80_0000,
    0x7fc0_0000,
    0xffc0_0000,
    0x7fe1_2345,
    0x7f80_0001,
    0xff81_2345,
];

/// The same of the other format, and values that differ from it in what conversions drop.
pub const DOUBLES: [u64; 36] = [
    0x0000_0000_0000_0000,
    0x8000_0000_0000_0000,
    0x0000_0000_0000_0001,
    0x8000_0000_0000_0001,
    0x000f_ffff_ffff_ffff,
    0x0010_0000_0000_0000,
    0x36a0_0000_0000_0000, // the smallest f32
    0x3690_0000_0000_0000, // half of it
    0x3810_0000_0000_0000, // the smallest normal f32
    0x3fdf_ffff_ffff_ffff, // just below 0.5
    0x3fe0_0000_0000_0000, // 0.5
    0xbfe0_0000_0000_0000, // -0.5
    0x3fef_ffff_ffff_ffff, // just below 1
    0x3ff0_0000_0000_0000, // 1
    0xbff0_0000_0000_0000, // -1
    0x3ff8_0000_0000_0000, // 1.5
    0xc004_0000_0000_0000, // -2.5
    0x4009_21fb_5444_2d18, // pi
    0x3ff0_0000_1000_0000, // a tie between two f32
    0x432f_ffff_ffff_ffff, // 4503599627370495.5
    0x4330_0000_0000_0001, // 2^52 + 1
    0x41df_ffff_ffff_ffff, // below 2^31
    0x41e0_0000_0000_0000, // 2^31
    0xc1e0_0000_0000_0000, // -2^31
    0xc1e0_0000_0020_0000, // -2^31 - 1
    0x41ef_ffff_ffff_ffff, // below 2^32
    0x41f0_0000_0000_0000, // 2^32
    0x47ef_ffff_f000_0000, // a tie between the largest f32 and what would follow
    0x7fef_ffff_ffff_ffff,
    0xffef_ffff_ffff_ffff,
    0x7ff0_0000_0000_0000,
    0xfff0_0000_0000_0000,
    0x7ff8_0000_0000_0000,
    0xfff8_0000_0000_0000,
    0x7ffc_1234_5678_9abc,
    0xfff0_0000_0000_0001,
];

/// The values of a format where operations have edges.
pub fn edges(precision: Precision) -> Vec<u64> {
    match precision {
        Precision::Single => SINGLES.map(u64::from).to_vec(),
        Precision::Double => DOUBLES.to_vec(),
    }
}

pub fn type_of(precision: Precision) -> Type {
    match precision {
        Precision::Single => types::F32,
        Precision::Double => types::F64,
    }
}

/// An expression on Rust's type of a format, its bits with every NaN the canonical one (core spec 4.3.3).
macro_rules! in_format {
    ($precision:expr, ($($name:ident),*) => $body:expr) => {
        match $precision {
            Precision::Single => {
                $(let $name = f32::from_bits($name as u32);)*
                let result: f32 = $body;
                u64::from(if result.is_nan() { 0x7fc0_0000 } else { result.to_bits() })
            }
            Precision::Double => {
                $(let $name = f64::from_bits($name);)*
                let result: f64 = $body;
                if result.is_nan() { 0x7ff8_0000_0000_0000 } else { result.to_bits() }
            }
        }
    };
}

fn sign_bit(precision: Precision) -> u64 {
    match precision {
        Precision::Single => 1 << 31,
        Precision::Double => 1 << 63,
    }
}

pub fn alu(op: FloatAlu, precision: Precision, a: u64, b: u64) -> u64 {
    let sign = sign_bit(precision);
    match op {
        FloatAlu::Add => in_format!(precision, (a, b) => a + b),
        FloatAlu::Sub => in_format!(precision, (a, b) => a - b),
        FloatAlu::Mul => in_format!(precision, (a, b) => a * b),
        FloatAlu::Div => in_format!(precision, (a, b) => a / b),
        // Equal ones are zeros, or the same.
        FloatAlu::Min => in_format!(precision, (a, b) => match a.partial_cmp(&b) {
            None => a + b,
            Some(order) if order.is_lt() || order.is_eq() && a.is_sign_negative() => a,
            _ => b,
        }),
        FloatAlu::Max => in_format!(precision, (a, b) => match a.partial_cmp(&b) {
            None => a + b,
            Some(order) if order.is_gt() || order.is_eq() && a.is_sign_positive() => a,
            _ => b,
        }),
        FloatAlu::Copysign => a & !sign | b & sign,
    }
}

pub fn unary(op: FloatUnary, precision: Precision, a: u64) -> u64 {
    match op {
        FloatUnary::Neg => a ^ sign_bit(precision),
        FloatUnary::Abs => a & !sign_bit(precision),
        FloatUnary::Sqrt => in_format!(precision, (a) => a.sqrt()),
        FloatUnary::Ceil => in_format!(precision, (a) => a.ceil()),
        FloatUnary::Floor => in_format!(precision, (a) => a.floor()),
        FloatUnary::Trunc => in_format!(precision, (a) => a.trunc()),
        FloatUnary::Nearest => in_format!(precision, (a) => a.round_ties_even()),
    }
}

/// The float as an f64, which holds every f32.
fn value(precision: Precision, a: u64) -> f64 {
    match precision {
        Precision::Single => f32::from_bits(a as u32).into(),
        Precision::Double => f64::from_bits(a),
    }
}

pub fn compare(cond: FloatCond, precision: Precision, a: u64, b: u64) -> bool {
    let (a, b) = (value(precision, a), value(precision, b));
    match cond {
        FloatCond::Equal => a == b,
        FloatCond::NotEqual => a != b,
        FloatCond::LessThan => a < b,
        FloatCond::LessThanOrEqual => a <= b,
        FloatCond::GreaterThan => a > b,
        FloatCond::GreaterThanOrEqual => a >= b,
    }
}

/// To 32 bits, saturating.
pub fn to_int(signed: bool, from: Precision, a: u64) -> u32 {
    let a = value(from, a);
    if signed { a as i32 as u32 } else { a as u32 }
}

/// From 32 bits.
pub fn from_int(signed: bool, to: Precision, a: u32) -> u64 {
    match to {
        Precision::Single => u64::from(if signed { a as i32 as f32 } else { a as f32 }.to_bits()),
        Precision::Double => if signed { f64::from(a as i32) } else { f64::from(a) }.to_bits(),
    }
}

/// To a format from the other one.
pub fn convert(to: Precision, a: u64) -> u64 {
    let a = value(to.other(), a);
    in_format!(to, () => a as _)
}

pub fn clif_alu(c: &mut FuncCursor, op: FloatAlu, a: Value, b: Value) -> Value {
    match op {
        FloatAlu::Add => c.ins().fadd(a, b),
        FloatAlu::Sub => c.ins().fsub(a, b),
        FloatAlu::Mul => c.ins().fmul(a, b),
        FloatAlu::Div => c.ins().fdiv(a, b),
        FloatAlu::Min => c.ins().fmin(a, b),
        FloatAlu::Max => c.ins().fmax(a, b),
        FloatAlu::Copysign => c.ins().fcopysign(a, b),
    }
}

pub fn clif_unary(c: &mut FuncCursor, op: FloatUnary, a: Value) -> Value {
    match op {
        FloatUnary::Neg => c.ins().fneg(a),
        FloatUnary::Abs => c.ins().fabs(a),
        FloatUnary::Sqrt => c.ins().sqrt(a),
        FloatUnary::Ceil => c.ins().ceil(a),
        FloatUnary::Floor => c.ins().floor(a),
        FloatUnary::Trunc => c.ins().trunc(a),
        FloatUnary::Nearest => c.ins().nearest(a),
    }
}

pub fn clif_constant(c: &mut FuncCursor, precision: Precision, bits: u64) -> Value {
    match precision {
        Precision::Single => c.ins().f32const(Ieee32::with_bits(bits as u32)),
        Precision::Double => c.ins().f64const(Ieee64::with_bits(bits)),
    }
}
