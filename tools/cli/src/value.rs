//! Wasm values as people write them.

use sandgrain_artifact::ValType;
use sandgrain_run_protocol::Value;

/// Reads one argument of type `ty`. Integers: decimal, or hexadecimal after `0x`, signed or unsigned. Floats: as Rust
/// writes them (`1.5`, `1e-3`, `inf`), `nan`, `nan:0x…` with the bits of a NaN's fraction, or `0x1.8p3` if the type can
/// hold it exactly. References: `null`, or a number for an externref.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str, ty: ValType) -> Result<Value, String> {
    let value = match ty {
        ValType::I32 => {
            let number = integer(text).filter(|n| (i32::MIN.into()..=u32::MAX.into()).contains(n));
            number.map(|n| Value::I32(n as i32))
        }
        ValType::I64 => {
            let number = integer(text).filter(|n| (i64::MIN.into()..=u64::MAX.into()).contains(n));
            number.map(|n| Value::I64(n as i64))
        }
        ValType::F32 => float(text, &F32).map(|bits| Value::F32(bits as u32)),
        ValType::F64 => float(text, &F64).map(Value::F64),
        ValType::FuncRef => (text == "null").then_some(Value::FuncRef(None)),
        ValType::ExternRef if text == "null" => Some(Value::ExternRef(None)),
        ValType::ExternRef => integer(text).and_then(|n| u32::try_from(n).ok()).map(|n| Value::ExternRef(Some(n))),
    };
    value.ok_or_else(|| format!("`{text}` is no {ty}"))
}

fn integer(text: &str) -> Option<i128> {
    let (negative, digits) = sign(text);
    let magnitude = match strip_hex(digits) {
        Some(hex) => i128::from_str_radix(unsigned(hex)?, 16).ok()?,
        None => unsigned(digits)?.parse().ok()?,
    };
    Some(if negative { -magnitude } else { magnitude })
}

fn sign(text: &str) -> (bool, &str) {
    text.strip_prefix('-').map_or((false, text), |rest| (true, rest))
}

fn strip_hex(text: &str) -> Option<&str> {
    text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))
}

/// `from_str` and `from_str_radix` take a sign of their own.
fn unsigned(text: &str) -> Option<&str> {
    (!text.starts_with(['+', '-'])).then_some(text)
}

/// A binary format of IEEE 754.
struct Format {
    /// Bits behind the sign and the exponent.
    fraction_bits: u32,
    /// All bits of the exponent.
    exponent: u64,
    /// The sign.
    sign: u64,
    /// The bits of a decimal number.
    decimal: fn(&str) -> Option<u64>,
    /// The bits of a number if it can be represented.
    exact: fn(f64) -> Option<u64>,
}

const F32: Format = Format {
    fraction_bits: 23,
    exponent: 0xff << 23,
    sign: 1 << 31,
    decimal: |text| text.parse::<f32>().ok().map(|v| v.to_bits().into()),
    exact: |value| (f64::from(value as f32) == value).then_some((value as f32).to_bits().into()),
};

const F64: Format = Format {
    fraction_bits: 52,
    exponent: 0x7ff << 52,
    sign: 1 << 63,
    decimal: |text| text.parse::<f64>().ok().map(f64::to_bits),
    exact: |value| Some(value.to_bits()),
};

/// The bits of a float.
fn float(text: &str, format: &Format) -> Option<u64> {
    let (negative, magnitude) = sign(text);
    let magnitude = unsigned(magnitude)?;
    let quiet = 1 << (format.fraction_bits - 1);
    let bits = if magnitude.eq_ignore_ascii_case("nan") {
        format.exponent | quiet
    } else if let Some(fraction) = magnitude.strip_prefix("nan:").and_then(strip_hex) {
        let fraction = u64::from_str_radix(unsigned(fraction)?, 16).ok()?;
        (1..1 << format.fraction_bits).contains(&fraction).then_some(format.exponent | fraction)?
    } else if let Some(hex) = strip_hex(magnitude) {
        (format.exact)(hexadecimal(hex)?)?
    } else {
        (format.decimal)(magnitude)?
    };
    Some(if negative { bits | format.sign } else { bits })
}

/// `1.8p3`: hexadecimal digits, perhaps a point among them, then perhaps a binary exponent. `None` also if an f64 cannot
/// hold the number.
fn hexadecimal(text: &str) -> Option<f64> {
    let (digits, exponent) = text.split_once(['p', 'P']).unwrap_or((text, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa = u64::from_str_radix(unsigned(&format!("{whole}{fraction}"))?, 16).ok()?;
    if mantissa == 0 {
        return Some(0.0);
    }
    let zeros = mantissa.trailing_zeros();
    let (mantissa, scale) = (mantissa >> zeros, i64::from(zeros) - 4 * fraction.len() as i64);
    let exponent = i32::try_from(exponent.parse::<i64>().ok()?.checked_add(scale)?).ok()?;
    if mantissa >= 1 << 53 || !(-1074..=1023).contains(&exponent) {
        return None;
    }
    // Powers of two are exact, and in two steps neither the first product nor its factor leaves the normal numbers.
    let value = mantissa as f64 * 2f64.powi(exponent / 2) * 2f64.powi(exponent - exponent / 2);
    value.is_finite().then_some(value)
}

/// The value as it can be read again; floats as short as that allows, and a NaN with its fraction unless canonical.
pub fn text(value: Value) -> String {
    match value {
        Value::I32(v) => v.to_string(),
        Value::I64(v) => v.to_string(),
        Value::F32(bits) => float_text(bits.into(), &F32, f32::from_bits(bits)),
        Value::F64(bits) => float_text(bits, &F64, f64::from_bits(bits)),
        Value::FuncRef(None) | Value::ExternRef(None) => "null".to_owned(),
        Value::FuncRef(Some(_)) => "funcref".to_owned(),
        Value::ExternRef(Some(v)) => v.to_string(),
    }
}

fn float_text(bits: u64, format: &Format, value: impl std::fmt::Display) -> String {
    let fraction = bits & ((1 << format.fraction_bits) - 1);
    if bits & format.exponent != format.exponent || fraction == 0 {
        return value.to_string();
    }
    let sign = if bits & format.sign == 0 { "" } else { "-" };
    match fraction == 1 << (format.fraction_bits - 1) {
        true => format!("{sign}nan"),
        false => format!("{sign}nan:{fraction:#x}"),
    }
}

/// The value as a JSON number; as text what JSON has no number for, and null for a null reference.
pub fn json(value: Value) -> serde_json::Value {
    match value {
        Value::I32(v) => v.into(),
        Value::I64(v) => v.into(),
        Value::FuncRef(None) | Value::ExternRef(None) => serde_json::Value::Null,
        Value::ExternRef(Some(v)) => v.into(),
        Value::F32(_) | Value::F64(_) | Value::FuncRef(Some(_)) => {
            let text = text(value);
            let number = text.parse().ok().and_then(serde_json::Number::from_f64);
            number.map_or(text.into(), serde_json::Value::Number)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_read_in_their_range() {
        for (text, ty, value) in [
            ("20", ValType::I32, Value::I32(20)),
            ("-1", ValType::I32, Value::I32(-1)),
            ("4294967295", ValType::I32, Value::I32(-1)),
            ("-0x8000000000000000", ValType::I64, Value::I64(i64::MIN)),
            ("18446744073709551615", ValType::I64, Value::I64(-1)),
        ] {
            assert_eq!(parse(text, ty), Ok(value), "{text}");
        }
        for text in ["", "-", "--1", "0x", "0x-1", "+1", "1_0", "1.5", "4294967296", "-2147483649", "x"] {
            assert!(parse(text, ValType::I32).is_err(), "{text}");
        }
    }

    #[test]
    fn floats_are_read_to_the_bit() {
        for (text, bits) in [
            ("1.5", 1.5f32.to_bits()),
            ("-0", (-0f32).to_bits()),
            ("1e-45", 1),
            ("0x1p-149", 1),
            ("0x1.fffffeP127", f32::MAX.to_bits()),
            ("-0x.8", (-0.5f32).to_bits()),
            ("inf", f32::INFINITY.to_bits()),
            ("-nan", 0xffc0_0000),
            ("nan:0x1", 0x7f80_0001),
        ] {
            assert_eq!(parse(text, ValType::F32), Ok(Value::F32(bits)), "{text}");
        }
        for (text, bits) in [("0x1p-1074", 1), ("0x0.000001p-1050", 1), ("0x1.fffffffffffffp1023", f64::MAX.to_bits())]
        {
            assert_eq!(parse(text, ValType::F64), Ok(Value::F64(bits)), "{text}");
        }
        for text in
            ["", "-", "x", "--1", "+1", "0x", "0x1.ffffffp0", "0x1p128", "0x1p-150", "nan:0", "nan:0x0", "nan:0x800000"]
        {
            assert!(parse(text, ValType::F32).is_err(), "{text}");
        }
        assert!(parse("0x1p-1075", ValType::F64).is_err());
        assert!(parse("0x3p-1075", ValType::F64).is_err());
        assert!(parse("0x1p1024", ValType::F64).is_err());
    }

    #[test]
    fn what_is_printed_can_be_read() {
        let mut state = 1u64;
        for i in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Every tenth a NaN or an infinity.
            let bits = if i % 10 == 0 { state | F64.exponent } else { state };
            for (value, ty) in [
                (Value::F64(bits), ValType::F64),
                (Value::F32((bits >> 32) as u32), ValType::F32),
                (Value::I64(bits as i64), ValType::I64),
            ] {
                assert_eq!(parse(&text(value), ty), Ok(value));
            }
        }
        assert_eq!(text(Value::F32(0.1f32.to_bits())), "0.1");
        assert_eq!(text(Value::F64(f64::NEG_INFINITY.to_bits())), "-inf");
        assert_eq!(text(Value::F64(0x7ff8_0000_0000_0000)), "nan");
    }

    #[test]
    fn references_are_null_or_numbers() {
        assert_eq!(parse("null", ValType::FuncRef), Ok(Value::FuncRef(None)));
        assert_eq!(parse("7", ValType::ExternRef), Ok(Value::ExternRef(Some(7))));
        assert!(parse("7", ValType::FuncRef).is_err());
        assert_eq!((text(Value::ExternRef(Some(7))), text(Value::FuncRef(Some(1)))), ("7".into(), "funcref".into()));
    }

    #[test]
    fn json_has_numbers_where_it_can() {
        assert_eq!(json(Value::F32(0.1f32.to_bits())).to_string(), "0.1");
        assert_eq!(json(Value::F64(f64::INFINITY.to_bits())), "inf");
        assert_eq!(json(Value::I64(i64::MIN)).to_string(), i64::MIN.to_string());
        assert_eq!(json(Value::FuncRef(None)), serde_json::Value::Null);
    }
}
