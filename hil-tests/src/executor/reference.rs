//! wasmi, with the features that the compiler supports.

use sandgrain_abi::TrapKind;
use sandgrain_run_protocol::Value;
use wasmi::{
    CompilationMode, Config, Engine, Error, ExternRef, Instance, Linker, Module, Nullable, Store, TrapCode, Val,
};

use super::Executor;
use crate::script::{InstanceNumber, Outcome, Script, Step};

/// The interpreter. Its modules are .wasm.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wasmi;

impl Executor for Wasmi {
    fn ram(&self) -> u64 {
        u64::MAX
    }

    fn execute(&self, script: &Script) -> Vec<Outcome> {
        let engine = engine(script.fuel.is_some());
        let mut epoch = Epoch::new(&engine, 0, script.fuel);
        let outcomes = script.steps.iter().map(|step| match step {
            Step::Forget => {
                epoch = Epoch::new(&engine, epoch.first + epoch.instances.len(), script.fuel);
                Outcome::Done
            }
            Step::Instantiate { module } => epoch.instantiate(&engine, &script.modules[*module]),
            Step::Register { instance, name } => epoch.register(*instance, name),
            Step::Call { instance, function, arguments } => epoch.call(*instance, function, arguments),
            Step::Global { instance, name } => epoch.global(*instance, name),
            Step::Fuel => match epoch.store.get_fuel() {
                Ok(fuel) => Outcome::Returned(vec![Value::I32(fuel as i32)]),
                Err(error) => Outcome::Refused(error.to_string()),
            },
            Step::Digest { instance } => epoch.digest(*instance),
            Step::Write { instance, at, bytes } => epoch.write(*instance, *at, bytes),
            Step::Read { instance, at, len } => epoch.read(*instance, *at, *len),
        });
        outcomes.collect()
    }
}

/// wasmi with everything that the compiler supports, counting fuel by its default costs if it is `metered`.
pub fn engine(metered: bool) -> Engine {
    let mut config = Config::default();
    // Compiling on demand would cost fuel, too.
    config.consume_fuel(metered).compilation_mode(CompilationMode::Eager);
    config.wasm_tail_call(true).wasm_extended_const(true).wasm_custom_page_sizes(true).wasm_multi_memory(true);
    Engine::new(&config)
}

/// What lives between two [`Step::Forget`].
struct Epoch {
    store: Store<()>,
    linker: Linker<()>,
    instances: Vec<Option<Instance>>,
    /// Number of the first of them.
    first: InstanceNumber,
}

impl Epoch {
    fn new(engine: &Engine, first: InstanceNumber, fuel: Option<u32>) -> Epoch {
        let mut linker = Linker::new(engine);
        linker.allow_shadowing(true);
        let mut store = Store::new(engine, ());
        if let Some(fuel) = fuel {
            store.set_fuel(fuel.into()).expect("the engine counts fuel");
        }
        Epoch { store, linker, instances: Vec::new(), first }
    }

    fn instance(&self, number: InstanceNumber) -> Result<Instance, Outcome> {
        let index = number.checked_sub(self.first);
        let instance = index.and_then(|index| self.instances.get(index).copied().flatten());
        instance.ok_or_else(|| Outcome::Refused(format!("there is no instance {number}")))
    }

    fn instantiate(&mut self, engine: &Engine, wasm: &[u8]) -> Outcome {
        let made =
            Module::new(engine, wasm).and_then(|module| self.linker.instantiate_and_start(&mut self.store, &module));
        self.instances.push(made.as_ref().ok().copied());
        made.map_or_else(|error| ending(&error), |_| Outcome::Done)
    }

    fn register(&mut self, number: InstanceNumber, name: &str) -> Outcome {
        match self.instance(number) {
            Ok(instance) => match self.linker.instance(&mut self.store, name, instance) {
                Ok(_) => Outcome::Done,
                Err(error) => Outcome::Refused(error.to_string()),
            },
            Err(refused) => refused,
        }
    }

    fn call(&mut self, number: InstanceNumber, function: &str, arguments: &[Value]) -> Outcome {
        let instance = match self.instance(number) {
            Ok(instance) => instance,
            Err(refused) => return refused,
        };
        let Some(func) = instance.get_func(&self.store, function) else {
            return Outcome::Refused(format!("there is no function `{function}`"));
        };
        let arguments: Vec<Val> = arguments.iter().map(|value| self.val(*value)).collect();
        let mut results: Vec<Val> = func.ty(&self.store).results().iter().map(|ty| Val::default_for_ty(*ty)).collect();
        match func.call(&mut self.store, &arguments, &mut results) {
            Ok(()) => Outcome::Returned(results.iter().map(|val| self.to_value(val)).collect()),
            Err(error) => ending(&error),
        }
    }

    fn global(&mut self, number: InstanceNumber, name: &str) -> Outcome {
        match self.instance(number).map(|instance| instance.get_global(&self.store, name)) {
            Ok(Some(global)) => Outcome::Returned(vec![self.to_value(&global.get(&self.store))]),
            Ok(None) => Outcome::Refused(format!("there is no global `{name}`")),
            Err(refused) => refused,
        }
    }

    /// The first exported memory: the interpreter shows no other. Empty if there is none.
    fn memory(&mut self, number: InstanceNumber) -> Result<&mut [u8], Outcome> {
        let instance = self.instance(number)?;
        let memory = instance.exports(&self.store).find_map(|export| export.into_memory());
        Ok(memory.map_or(&mut [], |memory| memory.data_mut(&mut self.store)))
    }

    fn digest(&mut self, number: InstanceNumber) -> Outcome {
        self.memory(number)
            .map_or_else(|refused| refused, |bytes| Outcome::Digest { hash: fnv1a(bytes), bytes: bytes.len() as u32 })
    }

    fn write(&mut self, number: InstanceNumber, at: u32, bytes: &[u8]) -> Outcome {
        let place = self.memory(number).map(|memory| memory.get_mut(at as usize..at as usize + bytes.len()));
        match place {
            Ok(Some(place)) => {
                place.copy_from_slice(bytes);
                Outcome::Done
            }
            Ok(None) => outside(at),
            Err(refused) => refused,
        }
    }

    fn read(&mut self, number: InstanceNumber, at: u32, len: u32) -> Outcome {
        match self.memory(number).map(|memory| memory.get(at as usize..at as usize + len as usize)) {
            Ok(Some(bytes)) => Outcome::Bytes(bytes.to_vec()),
            Ok(None) => outside(at),
            Err(refused) => refused,
        }
    }

    fn val(&mut self, value: Value) -> Val {
        match value {
            Value::I32(v) => Val::I32(v),
            Value::I64(v) => Val::I64(v),
            Value::F32(bits) => Val::F32(wasmi::F32::from_bits(bits)),
            Value::F64(bits) => Val::F64(wasmi::F64::from_bits(bits)),
            // Scripts pass no functions, only their absence.
            Value::FuncRef(_) => Val::FuncRef(Nullable::Null),
            Value::ExternRef(None) => Val::ExternRef(Nullable::Null),
            Value::ExternRef(Some(v)) => Val::ExternRef(Nullable::Val(ExternRef::new(&mut self.store, v))),
        }
    }

    fn to_value(&self, val: &Val) -> Value {
        match val {
            Val::I32(v) => Value::I32(*v),
            Val::I64(v) => Value::I64(*v),
            Val::F32(v) => Value::F32(v.to_bits()),
            Val::F64(v) => Value::F64(v.to_bits()),
            Val::FuncRef(function) => Value::FuncRef((!function.is_null()).then_some(0)),
            Val::ExternRef(reference) => {
                Value::ExternRef(reference.val().and_then(|r| r.data(&self.store).downcast_ref::<u32>().copied()))
            }
            Val::V128(_) => unreachable!("SIMD is switched off"),
        }
    }
}

fn outside(at: u32) -> Outcome {
    Outcome::Refused(format!("{at:#x} is outside of the memory"))
}

fn ending(error: &Error) -> Outcome {
    let why = error.to_string();
    match error.as_trap_code().and_then(trap_kind) {
        Some(kind) => Outcome::Trapped(kind),
        // An element segment that does not fit is an error of its own to wasmi; the standard has it trap.
        None if why.starts_with("out of bounds table access") => Outcome::Trapped(TrapKind::TableOutOfBounds),
        None => Outcome::Refused(why),
    }
}

/// wasmi's traps, one to one; it has a single kind for everything outside of a table.
fn trap_kind(code: TrapCode) -> Option<TrapKind> {
    Some(match code {
        TrapCode::UnreachableCodeReached => TrapKind::Unreachable,
        TrapCode::MemoryOutOfBounds => TrapKind::MemoryOutOfBounds,
        TrapCode::TableOutOfBounds => TrapKind::TableOutOfBounds,
        TrapCode::IndirectCallToNull => TrapKind::IndirectCallToNull,
        TrapCode::BadSignature => TrapKind::BadSignature,
        TrapCode::IntegerDivisionByZero => TrapKind::IntegerDivisionByZero,
        TrapCode::IntegerOverflow => TrapKind::IntegerOverflow,
        TrapCode::BadConversionToInteger => TrapKind::BadConversionToInteger,
        TrapCode::StackOverflow => TrapKind::StackOverflow,
        TrapCode::OutOfFuel => TrapKind::OutOfFuel,
        _ => return None,
    })
}

/// 64-bit FNV-1a (Fowler, Noll, Vo), as the firmware computes it.
pub fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
