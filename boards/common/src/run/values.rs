//! Values between the protocol and the runtime.

use sandgrain_run_protocol::{MAX_VALUES, Value, ValueList};
use sandgrain_runtime::{CallError, FuncRef, Val};

/// Arguments of a call.
pub(super) struct Arguments {
    values: [Val; MAX_VALUES],
    len: usize,
}

impl Arguments {
    pub(super) fn new(list: &ValueList) -> Arguments {
        let mut values = [Val::I32(0); MAX_VALUES];
        values.iter_mut().zip(list).for_each(|(place, value)| *place = to_runtime(*value));
        Arguments { values, len: list.len() }
    }

    pub(super) fn values(&self) -> &[Val] {
        self.values.get(..self.len).unwrap_or_default()
    }
}

/// `count` results, which `read` puts into the slice that it is given.
pub(super) fn results(
    count: usize,
    read: impl FnOnce(&mut [Val]) -> Result<(), CallError>,
) -> Result<ValueList, CallError> {
    let mut results = [Val::I32(0); MAX_VALUES];
    let results = results.get_mut(..count).ok_or(CallError::Signature)?;
    read(results)?;
    Ok(results.iter().copied().map(to_protocol).collect())
}

fn to_runtime(value: Value) -> Val {
    match value {
        Value::I32(v) => Val::I32(v),
        Value::I64(v) => Val::I64(v),
        Value::F32(bits) => Val::F32(bits),
        Value::F64(bits) => Val::F64(bits),
        Value::FuncRef(function) => Val::FuncRef(function.and_then(|address| FuncRef::from_address(address as usize))),
        Value::ExternRef(value) => Val::ExternRef(value),
    }
}

pub(super) fn to_protocol(value: Val) -> Value {
    match value {
        Val::I32(v) => Value::I32(v),
        Val::I64(v) => Value::I64(v),
        Val::F32(bits) => Value::F32(bits),
        Val::F64(bits) => Value::F64(bits),
        Val::FuncRef(function) => Value::FuncRef(function.map(|function| function.address() as u32)),
        Val::ExternRef(value) => Value::ExternRef(value),
    }
}
