//! What wasmi makes of a program.

use sandgrain_abi::TrapKind;
use sandgrain_run_protocol::Value;
use wasmi::errors::{ErrorKind, InstantiationError};
use wasmi::{Config, Engine, Linker, Module, Store, TrapCode, Val};

use crate::cases::Case;

/// How a call ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// With these results.
    Returned(Vec<Value>),
    /// With this trap.
    Trapped(TrapKind),
}

/// wasmi with everything that the compiler supports.
pub fn engine() -> Engine {
    let mut config = Config::default();
    config.wasm_custom_page_sizes(true);
    Engine::new(&config)
}

/// What wasmi calls a trap: it does not tell the table accesses that are calls from the others.
pub fn as_wasmi(kind: TrapKind) -> TrapKind {
    match kind {
        TrapKind::TableAccessOutOfBounds => TrapKind::TableOutOfBounds,
        other => other,
    }
}

/// How each call of `case` ends on one instance; `Err` if instantiating traps.
///
/// # Panics
/// If wasmi does not accept the program.
pub fn run(case: &Case) -> Result<Vec<Ending>, TrapKind> {
    let engine = engine();
    let module = Module::new(&engine, &case.wasm).unwrap_or_else(|e| panic!("{}: {e}", case.name));
    let mut store = Store::new(&engine, ());
    let instance = match Linker::new(&engine).instantiate_and_start(&mut store, &module) {
        Ok(instance) => instance,
        Err(error) => return Err(kind(&case.name, &error)),
    };
    let endings = case.calls.iter().map(|(function, arguments)| {
        let function = instance.get_func(&store, function).expect("the case was checked");
        let arguments: Vec<Val> = arguments.iter().map(|value| to_wasmi(*value)).collect();
        let mut results: Vec<Val> = function.ty(&store).results().iter().map(|ty| Val::default_for_ty(*ty)).collect();
        match function.call(&mut store, &arguments, &mut results) {
            Ok(()) => Ending::Returned(results.iter().map(|val| from_wasmi(&case.name, val)).collect()),
            Err(error) => Ending::Trapped(kind(&case.name, &error)),
        }
    });
    Ok(endings.collect())
}

fn to_wasmi(value: Value) -> Val {
    match value {
        Value::I32(v) => Val::I32(v),
        Value::I64(v) => Val::I64(v),
        Value::F32(bits) => Val::F32(wasmi::F32::from_bits(bits)),
        Value::F64(bits) => Val::F64(wasmi::F64::from_bits(bits)),
        Value::FuncRef(_) | Value::ExternRef(_) => panic!("an argument {value:?}"),
    }
}

fn from_wasmi(name: &str, val: &Val) -> Value {
    match val {
        Val::I32(v) => Value::I32(*v),
        Val::I64(v) => Value::I64(*v),
        Val::F32(v) => Value::F32(v.to_bits()),
        Val::F64(v) => Value::F64(v.to_bits()),
        other => panic!("{name}: a result {other:?}"),
    }
}

/// wasmi's traps, one to one.
fn kind(name: &str, error: &wasmi::Error) -> TrapKind {
    match error.as_trap_code() {
        Some(TrapCode::UnreachableCodeReached) => TrapKind::Unreachable,
        Some(TrapCode::MemoryOutOfBounds) => TrapKind::MemoryOutOfBounds,
        Some(TrapCode::TableOutOfBounds) => TrapKind::TableOutOfBounds,
        Some(TrapCode::IndirectCallToNull) => TrapKind::IndirectCallToNull,
        Some(TrapCode::BadSignature) => TrapKind::BadSignature,
        Some(TrapCode::IntegerDivisionByZero) => TrapKind::IntegerDivisionByZero,
        Some(TrapCode::IntegerOverflow) => TrapKind::IntegerOverflow,
        Some(TrapCode::BadConversionToInteger) => TrapKind::BadConversionToInteger,
        Some(TrapCode::StackOverflow) => TrapKind::StackOverflow,
        None if matches!(
            error.kind(),
            ErrorKind::Instantiation(InstantiationError::ElementSegmentDoesNotFit { .. })
        ) =>
        {
            TrapKind::TableOutOfBounds
        }
        other => panic!("{name}: {other:?}, {error}"),
    }
}
