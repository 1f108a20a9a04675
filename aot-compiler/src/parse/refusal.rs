//! What is valid WebAssembly but not supported, by name.
//!
//! The validator accepts exactly what can be compiled. What it objects to may be fine with a proposal
//! that is missing here: then the first such proposal with which validation gets past the objection is what a reader
//! wants to know, and not the validator's words about an unknown byte.

use crate::error::Error;
use wasmparser::{Operator, Parser, Payload, Validator, WasmFeatures};

/// The names of what is valid WebAssembly and refused, on every target.
pub fn refused() -> impl Iterator<Item = &'static str> {
    // Several memories are refused by the strictest language alone.
    PROPOSALS.iter().filter(|(_, proposal)| *proposal != WasmFeatures::MULTI_MEMORY).map(|(name, _)| *name)
}

/// What is not supported, each with all that it builds on.
const PROPOSALS: &[(&str, WasmFeatures)] = &[
    ("SIMD (v128)", WasmFeatures::SIMD),
    ("relaxed SIMD (v128)", WasmFeatures::SIMD.union(WasmFeatures::RELAXED_SIMD)),
    ("the threads proposal (shared memory, atomics)", WasmFeatures::THREADS),
    ("the memory64 proposal (64-bit addresses)", WasmFeatures::MEMORY64),
    ("the multi-memory proposal (more than one memory)", WasmFeatures::MULTI_MEMORY),
    ("the exception-handling proposal", WasmFeatures::EXCEPTIONS),
    ("the legacy exception-handling proposal", WasmFeatures::EXCEPTIONS.union(WasmFeatures::LEGACY_EXCEPTIONS)),
    ("the function-references proposal (typed references)", WasmFeatures::FUNCTION_REFERENCES),
    ("the garbage-collection proposal", WasmFeatures::FUNCTION_REFERENCES.union(WasmFeatures::GC)),
    ("the wide-arithmetic proposal", WasmFeatures::WIDE_ARITHMETIC),
    ("the memory-control proposal", WasmFeatures::MEMORY_CONTROL),
    ("the stack-switching proposal", STACK_SWITCHING),
    ("the shared-everything-threads proposal", SHARED_EVERYTHING),
    ("the component model", WasmFeatures::COMPONENT_MODEL),
];

const STACK_SWITCHING: WasmFeatures =
    WasmFeatures::STACK_SWITCHING.union(WasmFeatures::FUNCTION_REFERENCES).union(WasmFeatures::EXCEPTIONS);
const SHARED_EVERYTHING: WasmFeatures = WasmFeatures::SHARED_EVERYTHING_THREADS
    .union(WasmFeatures::THREADS)
    .union(WasmFeatures::FUNCTION_REFERENCES)
    .union(WasmFeatures::GC);

/// The validator's words where a valid module exceeds a limit of its own, and the limit. They are those that engines have
/// agreed on (WebAssembly JavaScript interface, "Implementation-defined limits").
const LIMITS: &[(&str, &str)] = &[
    ("locals exceed maximum", "50,000 locals of a function"),
    ("params size is out of bounds", "1,000 parameters of a function"),
    ("returns size is out of bounds", "1,000 results of a function"),
    ("string size out of bounds", "100,000 bytes of a name"),
    ("elements is out of bounds", "10,000,000 items of an element segment"),
    ("exceeds limit of", "as said"),
    ("exceeds the limit of", "as said"),
];

/// What the validator's objection to a module means to its author. `features` is what it was asked for.
pub fn explain(wasm: &[u8], features: WasmFeatures, error: &wasmparser::Error) -> Error {
    let offset = error.offset();
    let gets_past = |(_, proposal): &&(&str, WasmFeatures)| gets_past(wasm, features | *proposal, offset);
    // The same place may be wrong in another way, too: then there is only the validator's word.
    let brings = |(_, proposal): &&(&str, WasmFeatures)| {
        error.missing_wasm_feature().is_some_and(|feature| proposal.contains(feature))
    };
    match PROPOSALS.iter().find(gets_past).or_else(|| PROPOSALS.iter().find(brings)) {
        Some((name, _)) => match operator_at(wasm, offset) {
            Some(operator) => Error::unsupported(operator, offset, format!("{name} is not supported")),
            None => Error::unsupported(*name, offset, "not supported"),
        },
        None => match LIMITS.iter().find(|(words, _)| error.message().contains(words)) {
            Some((_, limit)) => Error::limit(error.message(), Some(offset), limit),
            None => Error::malformed(error.message(), offset),
        },
    }
}

/// Whether validation with `features` finds nothing wrong up to and at `offset`.
fn gets_past(wasm: &[u8], features: WasmFeatures, offset: u64) -> bool {
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let mut validator = Validator::new_with_features(features);
    let validate = || -> wasmparser::Result<()> {
        for payload in parser.parse_all(wasm) {
            if let wasmparser::ValidPayload::Func(func, body) = validator.payload(&payload?)? {
                func.into_validator(Default::default()).validate(&body)?;
            }
        }
        Ok(())
    };
    match validate() {
        Ok(()) => true,
        Err(error) => error.offset() > offset,
    }
}

/// The operator at `offset`, if that is where one begins in a function body.
fn operator_at(wasm: &[u8], offset: u64) -> Option<String> {
    let payloads = Parser::new(0).parse_all(wasm).map_while(|p| p.ok());
    let mut bodies = payloads.filter_map(|p| match p {
        Payload::CodeSectionEntry(body) => Some(body),
        _ => None,
    });
    let body = bodies.find(|body| body.range().contains(&offset))?;
    let mut operators = body.get_operators_reader().ok()?;
    while operators.original_position() < offset {
        operators.read().ok()?;
    }
    if operators.original_position() != offset {
        return None;
    }
    Some(text_name(visit_name(&operators.read().ok()?)))
}

/// wasmparser's name for an operator, as `visit_i32_add`.
fn visit_name(operator: &Operator<'_>) -> &'static str {
    macro_rules! names {
        ($(@$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($ann:tt)*))*) => {
            match operator {
                $(Operator::$op { .. } => stringify!($visit),)*
                _ => "an unknown operator",
            }
        }
    }
    wasmparser::for_each_operator!(names)
}

/// `visit_f64_add` → `f64.add`: the first underscore is a dot after a type or a kind of object.
fn text_name(visit: &str) -> String {
    const PREFIXES: &[&str] = &[
        "i32", "i64", "f32", "f64", "v128", "i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2", "memory", "table",
        "ref", "elem", "data", "local", "global",
    ];
    let name = visit.strip_prefix("visit_").unwrap_or(visit);
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
        assert_eq!(text_name(visit_name(&Operator::I64x2Splat)), "i64x2.splat");
        assert_eq!(text_name(visit_name(&Operator::TableSize { table: 0 })), "table.size");
        assert_eq!(text_name(visit_name(&Operator::I32TruncSatF32S)), "i32.trunc_sat_f32_s");
        assert_eq!(text_name("visit_return_call_indirect"), "return_call_indirect");
    }
}
