//! Wasm values as people write them.

use sandgrain_artifact::ValType;
use sandgrain_run_protocol::Value;

/// Reads one argument of type `ty`: decimal, or hexadecimal after `0x`, signed or unsigned.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str, ty: ValType) -> Result<Value, String> {
    let out_of_range = || format!("`{text}` is no {ty}");
    let number = integer(text).ok_or_else(out_of_range)?;
    match ty {
        ValType::I32 if (i128::from(i32::MIN)..=u32::MAX.into()).contains(&number) => Ok(Value::I32(number as i32)),
        ValType::I64 if (i128::from(i64::MIN)..=u64::MAX.into()).contains(&number) => Ok(Value::I64(number as i64)),
        ValType::I32 | ValType::I64 => Err(out_of_range()),
        _ => Err(format!("arguments of type {ty} are not supported yet")),
    }
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
    }
}

/// The value as a JSON number.
pub fn json(value: Value) -> serde_json::Value {
    match value {
        Value::I32(v) => v.into(),
        Value::I64(v) => v.into(),
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
        assert!(parse("1", ValType::F32).unwrap_err().contains("f32"));
    }
}
