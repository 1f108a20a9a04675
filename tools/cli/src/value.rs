//! Wasm values as people write them: integers, and floats as Rust writes them (1.5, -0, 1e9, inf, nan). The bits of a NaN
//! that is not the canonical one are written `nan:0x` and its payload, as in the text format (core spec 6.3.2).

use sandgrain_artifact::ValType;
use sandgrain_run_protocol::Value;

/// Reads one argument of type `ty`: an integer is decimal, or hexadecimal after `0x`, signed or unsigned.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str, ty: ValType) -> Result<Value, String> {
    let value = match ty {
        ValType::I32 => {
            integer(text).and_then(|v| i32::try_from(v).or(u32::try_from(v).map(|v| v as i32)).ok()).map(Value::I32)
        }
        ValType::I64 => {
            integer(text).and_then(|v| i64::try_from(v).or(u64::try_from(v).map(|v| v as i64)).ok()).map(Value::I64)
        }
        ValType::F32 => float(text, 23, 8, |text| text.parse().ok().map(|v: f32| v.to_bits().into()))
            .and_then(|bits| u32::try_from(bits).ok())
            .map(Value::F32),
        ValType::F64 => float(text, 52, 11, |text| text.parse().ok().map(f64::to_bits)).map(Value::F64),
        ValType::FuncRef | ValType::ExternRef => return Err(format!("arguments of type {ty} are not supported yet")),
    };
    value.ok_or_else(|| format!("`{text}` is no {ty}"))
}

/// Bits of a float of the IEEE 754 format with so many bits of fraction and exponent. `number` reads what is no NaN.
fn float(text: &str, fraction: u32, exponent: u32, number: impl Fn(&str) -> Option<u64>) -> Option<u64> {
    let (negative, magnitude) = match text.strip_prefix('-') {
        Some(magnitude) => (true, magnitude),
        None => (false, text),
    };
    let quiet = 1 << (fraction - 1);
    let payload = match magnitude.strip_prefix("nan") {
        Some("") => Some(quiet),
        Some(rest) => {
            let payload = u64::from_str_radix(rest.strip_prefix(":0x")?, 16).ok()?;
            Some(payload).filter(|payload| (1..1 << fraction).contains(payload))
        }
        None => return number(text),
    };
    let infinity = ((1 << exponent) - 1) << fraction;
    payload.map(|payload| u64::from(negative) << (fraction + exponent) | infinity | payload)
}

fn integer(text: &str) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let hex = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"));
    // `from_str_radix` takes a sign of its own.
    if hex.unwrap_or(digits).starts_with(['+', '-']) {
        return None;
    }
    let magnitude = match hex {
        Some(hex) => i128::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some(if negative { -magnitude } else { magnitude })
}

/// The value as wasmtime prints it.
pub fn text(value: Value) -> String {
    match value {
        Value::I32(v) => v.to_string(),
        Value::I64(v) => v.to_string(),
        Value::F32(bits) if f32::from_bits(bits).is_nan() => nan(bits.into(), 23, 31),
        Value::F32(bits) => f32::from_bits(bits).to_string(),
        Value::F64(bits) if f64::from_bits(bits).is_nan() => nan(bits, 52, 63),
        Value::F64(bits) => f64::from_bits(bits).to_string(),
    }
}

fn nan(bits: u64, fraction: u32, sign: u32) -> String {
    let sign = if bits >> sign & 1 == 1 { "-" } else { "" };
    match bits & ((1 << fraction) - 1) {
        payload if payload == 1 << (fraction - 1) => format!("{sign}nan"),
        payload => format!("{sign}nan:{payload:#x}"),
    }
}

/// The value for JSON: a number where JSON has one, else its text (NaNs, infinities).
pub fn json(value: Value) -> serde_json::Value {
    let number = match value {
        Value::I32(v) => return v.into(),
        Value::I64(v) => return v.into(),
        Value::F32(bits) => f32::from_bits(bits).into(),
        Value::F64(bits) => f64::from_bits(bits),
    };
    serde_json::Number::from_f64(number).map_or_else(|| text(value).into(), Into::into)
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
    fn floats_are_read_and_written_back() {
        for (text_of, ty, value) in [
            ("1.5", ValType::F32, Value::F32(0x3fc0_0000)),
            ("-0", ValType::F64, Value::F64(1 << 63)),
            ("-inf", ValType::F32, Value::F32(0xff80_0000)),
            ("nan", ValType::F32, Value::F32(0x7fc0_0000)),
            ("-nan", ValType::F64, Value::F64(0xfff8_0000_0000_0000)),
            ("nan:0x200001", ValType::F32, Value::F32(0x7fa0_0001)),
            ("0.1", ValType::F64, Value::F64(0.1f64.to_bits())),
        ] {
            assert_eq!(parse(text_of, ty), Ok(value), "{text_of}");
            assert_eq!(text(value), text_of);
        }
        for text in ["", "x", "nan:", "nan:0x0", "nan:0x800000", "--1", "0x1"] {
            assert!(parse(text, ValType::F32).unwrap_err().contains("f32"), "{text}");
        }
        assert_eq!(json(Value::F32(0x3fc0_0000)), serde_json::json!(1.5));
        assert_eq!(json(Value::F64(f64::INFINITY.to_bits())), serde_json::json!("inf"));
    }
}
