//! What is valid WebAssembly but not supported yet, by the name that the text format gives it.

use crate::error::Error;
use wasmparser::{Operator, ValType};

/// Why `operator` cannot be compiled, if it cannot.
pub fn operator(operator: &Operator<'_>, offset: u64) -> Option<Error> {
    let (proposal, visit) = origin(operator);
    let name = text_name(visit.strip_prefix("visit_").unwrap_or(visit));
    let why = match proposal {
        "mvp" | "sign_extension" | "saturating_float_to_int" => return None,
        "bulk_memory" if name.starts_with("memory.") || name == "data.drop" => return None,
        "reference_types" if matches!(operator, Operator::TypedSelect { .. }) => return None,
        "bulk_memory" | "reference_types" => "tables that change and references as values are not supported yet".into(),
        other => format!("the {} proposal is not supported yet", other.replace('_', "-")),
    };
    Some(Error::unsupported(name, offset, why))
}

/// The error for a value of type `ty` in `what`.
pub fn value_type(ty: ValType, what: &str, offset: u64) -> Error {
    let why = match ty {
        ValType::V128 => "the simd proposal is not supported yet",
        _ => "references as values are not supported yet",
    };
    Error::unsupported(format!("{ty} in {what}"), offset, why)
}

/// The proposal that brought an operator, and wasmparser's name for it.
fn origin(operator: &Operator<'_>) -> (&'static str, &'static str) {
    macro_rules! origins {
        ($(@$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
            match operator {
                $(Operator::$op { .. } => (stringify!($proposal), stringify!($visit)),)*
                _ => ("unknown", "an unknown operator"),
            }
        }
    }
    wasmparser::for_each_operator!(origins)
}

/// `f64_add` → `f64.add`: the first underscore is a dot after a type or a kind of object.
fn text_name(name: &str) -> String {
    const PREFIXES: &[&str] = &[
        "i32", "i64", "f32", "f64", "v128", "i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2", "memory", "table",
        "ref", "elem", "data", "local", "global",
    ];
    match name.split_once('_') {
        Some((prefix, rest)) if PREFIXES.contains(&prefix) => format!("{prefix}.{rest}"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_text_format() {
        let e = operator(&Operator::TableSize { table: 0 }, 0x1a3).unwrap();
        let text = "table.size at offset 0x1a3: tables that change and references as values are not supported yet";
        assert_eq!(e.to_string(), text);
        assert_eq!(text_name("i32_trunc_sat_f32_s"), "i32.trunc_sat_f32_s");
        assert_eq!(text_name("return_call_indirect"), "return_call_indirect");
        assert!(operator(&Operator::I32Add, 0).is_none());
        assert!(operator(&Operator::I64TruncSatF64U, 0).is_none());
        assert!(operator(&Operator::MemoryCopy { dst_mem: 0, src_mem: 0 }, 0).is_none());
    }
}
