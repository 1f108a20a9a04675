//! Modules for which there is no code: wasmi runs their WebAssembly.
//!
//! Everything that [`Instance`](crate::Instance) promises holds, with these differences: instances live on the heap, and
//! of their arena only its size counts, as the most that their memories may have; fuel is always counted, so that limits
//! of it hold for every module; a guest gives way behind a host function or after at most [`QUANTUM`] units of fuel, not
//! at once; references other than null do not pass between guest and host.

mod translate;
mod wasm;

use alloc::vec;
use alloc::vec::Vec;

use sandgrain_abi::TrapKind;
use sandgrain_artifact::{CodeOffset, ExternType, FuncType, Import, ImportType, TypeIndex, ValType};
use wasmi::errors::{ErrorKind, InstantiationError};
use wasmi::{
    Config, Engine, Error, Func, Memory, ResumableCall, ResumableCallHostTrap, ResumableCallOutOfFuel, Store,
    StoreLimits, StoreLimitsBuilder, TrapCode,
};

use crate::arch;
use crate::guest::Guest;
use crate::host::{GuestMemory, HostFunctions};
use crate::limits::Limits;
use crate::trap::{CallError, InstantiateError, LinkError, Mismatch, Outcome, Provided, Trap};
use crate::value::{MAX_VALUES, Val, Vals, Values};
use wasm::{ImportedFunction, MEMORY, START, Wasm};

/// Most fuel that is used between two looks at whether somebody asked for the processor, unless one operator costs more.
/// About as many operators.
const QUANTUM: u64 = 256;

/// Bytes of wasmi's stack if the limits name none.
const STACK_BYTES: usize = 32 << 10;

/// An instance in wasmi.
pub(crate) struct Interpreted<'a, T> {
    wasm: Wasm<'a>,
    store: Store<Data<'a, T>>,
    instance: wasmi::Instance,
    progress: Progress,
    /// Of the call in progress, or the last one.
    ty: Option<FuncType<'a>>,
    results: Vec<wasmi::Val>,
    /// What is left of the fuel, if it is limited.
    fuel: Option<u32>,
    preemptions: u32,
    arena_bytes: usize,
}

enum Progress {
    Idle,
    Ready(Func, Vec<wasmi::Val>),
    Stopped(ResumableCallOutOfFuel),
    /// A host function has suspended it, and its results are not there yet.
    Suspended(ResumableCallHostTrap),
    /// The results of that function.
    Completed(ResumableCallHostTrap, Vec<wasmi::Val>),
    Returned,
}

/// What wasmi keeps for host functions.
struct Data<'a, T> {
    state: T,
    functions: HostFunctions<'a, T>,
    memory: Option<Memory>,
    limits: StoreLimits,
    /// Fuel that was taken away so that the guest stops at the next operator that needs some: for a request to give way,
    /// made while a host function ran.
    withheld: u64,
    /// What the last host function has returned that did not succeed.
    trap: Option<Trap>,
    /// Whether that is only because the results come later.
    suspended: bool,
    /// How often each import that was replaced by a stub was called.
    stub_calls: Vec<u32>,
}

impl<'a, T> Interpreted<'a, T> {
    /// Makes an instance of the module `bytes`. What it starts with has not been run.
    pub(crate) fn new(
        bytes: &'a [u8],
        functions: HostFunctions<'a, T>,
        arena_bytes: usize,
        limits: &Limits,
        state: T,
    ) -> Result<Self, InstantiateError<'a>> {
        let wasm = Wasm::parse(bytes).map_err(|why| InstantiateError::Wasm { why })?;
        check_imports(&wasm, functions)?;
        let allowed = limits.memory_bytes.unwrap_or(u32::MAX).min(u32::try_from(arena_bytes).unwrap_or(u32::MAX));
        let needed = wasm.memory_bytes.unwrap_or(0);
        if needed > allowed.into() {
            return Err(InstantiateError::MemoryLimit { needed, allowed });
        }
        if let Some(allowed) = limits.table_elements
            && wasm.table_elements > allowed.into()
        {
            let needed = u32::try_from(wasm.table_elements).unwrap_or(u32::MAX);
            return Err(InstantiateError::TableLimit { needed, allowed });
        }

        let engine = Engine::new(&config(limits));
        let refused =
            |_| InstantiateError::Wasm { why: "the WebAssembly cannot be interpreted: the interpreter refuses it" };
        let module = translate::translate(&engine, &wasm.prepared()).map_err(refused)?;
        let mut room = StoreLimitsBuilder::new().memory_size(allowed as usize);
        if let Some(elements) = limits.table_elements {
            room = room.table_elements(elements as usize);
        }
        let stub_calls = vec![0; wasm.imports.len()];
        let data = Data {
            state,
            functions,
            memory: None,
            limits: room.build(),
            withheld: 0,
            trap: None,
            suspended: false,
            stub_calls,
        };
        let mut store = Store::new(&engine, data);
        store.limiter(|data| &mut data.limits);
        // Segments are paid for as well, and their number is the module's.
        let _ = store.set_fuel(u64::MAX);
        let mut linker = wasmi::Linker::new(&engine);
        for (index, import) in wasm.imports.iter().enumerate() {
            let [params, results] =
                [import.ty.params, import.ty.results].map(|types| types.iter().map(to_ty).collect::<Vec<_>>());
            let ty = wasmi::FuncType::new(params, results);
            let definition = functions.find_named(import.module, import.name).map(|(definition, _)| definition);
            let call =
                move |caller: wasmi::Caller<'_, Data<'_, T>>, arguments: &[wasmi::Val], results: &mut [wasmi::Val]| {
                    call_host(caller, index, definition, arguments, results)
                };
            linker.func_new(import.module, import.name, ty, call).map_err(|_| InstantiateError::Wasm {
                why: "the WebAssembly cannot be interpreted: it imports a function twice with different types",
            })?;
        }
        let instance = linker.instantiate_and_start(&mut store, &module).map_err(|error| match trap_kind(&error) {
            Some(kind) => InstantiateError::Trap(Trap::new(kind)),
            None => InstantiateError::Wasm {
                why: "the WebAssembly cannot be interpreted: there is no room for its memories or tables",
            },
        })?;
        let memory = instance.get_memory(&store, MEMORY);
        store.data_mut().memory = memory;
        Ok(Interpreted {
            wasm,
            store,
            instance,
            progress: Progress::Idle,
            ty: None,
            results: Vec::new(),
            fuel: limits.fuel,
            preemptions: 0,
            arena_bytes,
        })
    }

    pub(crate) fn arena_bytes(&self) -> usize {
        self.arena_bytes
    }

    /// Prepares what the instance starts with. Returns whether there is anything.
    pub(crate) fn begin_start(&mut self) -> Result<bool, CallError> {
        self.check_idle()?;
        let Some(function) = self.instance.get_func(&self.store, START).filter(|_| self.wasm.start.is_some()) else {
            return Ok(false);
        };
        self.ty = None;
        self.results.clear();
        self.progress = Progress::Ready(function, Vec::new());
        Ok(true)
    }

    /// Prepares a call. `results` may be left open.
    pub(crate) fn begin(&mut self, name: &str, params: &[Val], results: Option<&[ValType]>) -> Result<(), CallError> {
        let ty = self.wasm.function_type(name).ok_or(CallError::NotFound)?;
        if !ty.params.iter().eq(params.iter().map(|value| value.ty()))
            || results.is_some_and(|results| !ty.results.matches(results))
        {
            return Err(CallError::Signature);
        }
        self.check_idle()?;
        let function = self.instance.get_func(&self.store, name).ok_or(CallError::NotFound)?;
        let arguments: Option<Vec<wasmi::Val>> = params.iter().map(|value| to_wasmi(*value)).collect();
        self.results.clear();
        self.results.extend(ty.results.iter().map(|ty| wasmi::Val::default_for_ty(to_ty(ty))));
        self.progress = Progress::Ready(function, arguments.ok_or(CallError::Reference)?);
        self.ty = Some(ty);
        Ok(())
    }

    /// Runs what the instance starts with to its end.
    pub(crate) fn run_start(&mut self) -> Result<(), InstantiateError<'a>> {
        let begun = self.begin_start();
        self.finish_start(begun)
    }

    /// Has the host function that suspended the call return `results`.
    pub(crate) fn complete<R: Values>(&mut self, results: R) -> Result<(), CallError> {
        let call = match core::mem::replace(&mut self.progress, Progress::Idle) {
            Progress::Suspended(call) => call,
            other => {
                self.progress = other;
                return Err(CallError::Idle);
            }
        };
        let ty = call.host_func().ty(&self.store);
        if !ty.results().iter().copied().eq(R::TYPES.iter().map(|ty| to_ty(*ty))) {
            self.progress = Progress::Suspended(call);
            return Err(CallError::Signature);
        }
        // Tuples hold no references.
        let values = Vals::of(results).iter().filter_map(|value| to_wasmi(*value)).collect();
        self.progress = Progress::Completed(call, values);
        Ok(())
    }

    /// Whether no call is in progress.
    pub(crate) fn check_idle(&self) -> Result<(), CallError> {
        if self.is_busy() { Err(CallError::Busy) } else { Ok(()) }
    }

    fn check_returned(&self) -> Result<(), CallError> {
        match self.progress {
            Progress::Returned => Ok(()),
            Progress::Idle => Err(CallError::Idle),
            _ => Err(CallError::Busy),
        }
    }

    /// The results of the call that has returned.
    pub(crate) fn typed_results<R: Values>(&self) -> Result<R, CallError> {
        self.check_returned()?;
        if !self.ty.map_or(R::TYPES.is_empty(), |ty| ty.results.matches(R::TYPES)) {
            return Err(CallError::Signature);
        }
        Ok(Vals::to(self.results.iter().filter_map(from_wasmi)))
    }

    /// The same, of types known at run time only.
    pub(crate) fn take_results(&self, results: &mut [Val]) -> Result<(), CallError> {
        self.check_returned()?;
        if results.len() != self.results.len() {
            return Err(CallError::Signature);
        }
        for (place, value) in results.iter_mut().zip(&self.results) {
            *place = from_wasmi(value).ok_or(CallError::Reference)?;
        }
        Ok(())
    }

    pub(crate) fn function_type(&self, name: &str) -> Option<FuncType<'a>> {
        self.wasm.function_type(name)
    }

    pub(crate) fn memory(&mut self) -> GuestMemory<'_> {
        let memory = self.store.data().memory;
        GuestMemory::new(memory.map_or(&mut [], |memory| memory.data_mut(&mut self.store)))
    }

    pub(crate) fn global(&self, name: &str) -> Option<Val> {
        from_wasmi(&self.instance.get_global(&self.store, name)?.get(&self.store))
    }

    pub(crate) fn state(&mut self) -> &mut T {
        &mut self.store.data_mut().state
    }

    pub(crate) fn fuel(&self) -> u32 {
        self.fuel.unwrap_or(0)
    }

    pub(crate) fn set_fuel(&mut self, fuel: u32) {
        self.fuel = Some(fuel);
    }

    /// The imports that were replaced by stubs, with the number of their calls.
    pub(crate) fn stub_calls(&self) -> impl Iterator<Item = (Import<'a>, u32)> + use<'_, 'a, T> {
        let data = self.store.data();
        let functions = data.functions;
        let calls = self.wasm.imports.iter().zip(&data.stub_calls).enumerate();
        let stubs = calls.filter(move |(_, (import, _))| functions.find_named(import.module, import.name).is_none());
        stubs.map(|(i, (import, calls))| (record(i, import), *calls))
    }
}

impl<T> Guest for Interpreted<'_, T> {
    fn resume(&mut self) -> Result<Outcome, CallError> {
        match self.progress {
            Progress::Suspended(_) => return Ok(Outcome::Suspended),
            Progress::Idle | Progress::Returned => return Err(CallError::Idle),
            _ => (),
        }
        if !arch::may_enter() {
            return Err(CallError::Context);
        }
        arch::forget_request();
        let mut required = 1;
        loop {
            let quantum = QUANTUM.max(required);
            let given = match self.fuel {
                Some(left) if required > left.into() => return Ok(self.stop(TrapKind::OutOfFuel)),
                Some(left) => quantum.min(left.into()),
                None => quantum,
            };
            // It fails only where fuel is not counted.
            let _ = self.store.set_fuel(given);
            let ran = match core::mem::replace(&mut self.progress, Progress::Idle) {
                Progress::Ready(function, arguments) => {
                    function.call_resumable(&mut self.store, &arguments, &mut self.results)
                }
                Progress::Stopped(call) => call.resume(&mut self.store, &mut self.results),
                Progress::Completed(call, results) => call.resume(&mut self.store, &results, &mut self.results),
                Progress::Idle | Progress::Returned | Progress::Suspended(_) => return Err(CallError::Idle),
            };
            let withheld = core::mem::take(&mut self.store.data_mut().withheld);
            let used = given.saturating_sub(self.store.get_fuel().unwrap_or(0)).saturating_sub(withheld);
            self.fuel = self.fuel.map(|left| left - used as u32);
            match ran {
                Ok(ResumableCall::Finished) => {
                    self.progress = Progress::Returned;
                    return Ok(Outcome::Returned);
                }
                Ok(ResumableCall::OutOfFuel(call)) => {
                    required = call.required_fuel();
                    self.progress = Progress::Stopped(call);
                }
                Ok(ResumableCall::HostTrap(call)) if core::mem::take(&mut self.store.data_mut().suspended) => {
                    self.progress = Progress::Suspended(call);
                    return Ok(Outcome::Suspended);
                }
                Ok(ResumableCall::HostTrap(_)) => {
                    return Ok(Outcome::Trapped(self.store.data_mut().trap.take().unwrap_or(Trap::host())));
                }
                Err(error) => {
                    return Ok(Outcome::Trapped(Trap::new(trap_kind(&error).unwrap_or(TrapKind::HostError))));
                }
            }
            if arch::preemption_requested() {
                self.preemptions = self.preemptions.wrapping_add(1);
                return Ok(Outcome::Preempted);
            }
        }
    }

    fn abandon(&mut self) {
        self.progress = Progress::Idle;
    }

    fn is_busy(&self) -> bool {
        !matches!(self.progress, Progress::Idle | Progress::Returned)
    }

    fn preemptions(&self) -> u32 {
        self.preemptions
    }

    fn stop(&mut self, kind: TrapKind) -> Outcome {
        self.abandon();
        Outcome::Trapped(Trap::new(kind))
    }
}

/// wasmi as the compiler's language has it, counting fuel as compiled code does.
fn config(limits: &Limits) -> Config {
    let stack = limits.stack_bytes.map_or(STACK_BYTES, |bytes| bytes as usize);
    let mut config = Config::default();
    // Compiling on demand would cost fuel, too.
    config.consume_fuel(true).compilation_mode(wasmi::CompilationMode::Eager).ignore_custom_sections(true);
    translate::set_language(&mut config);
    config.set_min_stack_height(stack.min(1 << 10)).set_max_stack_height(stack).set_max_recursion_depth(stack / 16);
    config.set_max_cached_stacks(1);
    config
}

fn record<'a>(index: usize, import: &ImportedFunction<'a>) -> Import<'a> {
    let ty = ImportType::Func { ty: TypeIndex(index as u32), thunk: CodeOffset(0) };
    Import { module: import.module, name: import.name, ty, slot: 0 }
}

fn check_imports<'a, T>(wasm: &Wasm<'a>, functions: HostFunctions<'a, T>) -> Result<(), LinkError<'a>> {
    let mut missing = wasm
        .imports
        .iter()
        .enumerate()
        .filter(|(_, import)| functions.find_named(import.module, import.name).is_none());
    if let Some((index, first)) = missing.next()
        && !functions.stub_missing
    {
        return Err(LinkError::Missing { first: record(index, first), count: 1 + missing.count() as u32 });
    }
    for import in &wasm.imports {
        let Some((_, provided)) = functions.find_named(import.module, import.name) else { continue };
        if !import.ty.params.matches(provided.params) || !import.ty.results.matches(provided.results) {
            return Err(LinkError::Incompatible {
                module: import.module,
                name: import.name,
                wanted: ExternType::Func(import.ty),
                provided: Provided::Host(provided),
                mismatch: Mismatch::Signature,
            });
        }
    }
    Ok(())
}

/// Carries out import `index`, which `definition` provides or nobody.
fn call_host<T>(
    mut caller: wasmi::Caller<'_, Data<'_, T>>,
    index: usize,
    definition: Option<u32>,
    arguments: &[wasmi::Val],
    results: &mut [wasmi::Val],
) -> Result<(), Error> {
    let Some(definition) = definition else {
        if let Some(calls) = caller.data_mut().stub_calls.get_mut(index) {
            *calls = calls.saturating_add(1);
        }
        // wasmi has filled them with zeros.
        return Ok(());
    };
    let mut values = [Val::I32(0); 2 * MAX_VALUES];
    let (given, taken) = values.split_at_mut(MAX_VALUES);
    for (place, value) in given.iter_mut().zip(arguments) {
        *place = from_wasmi(value).unwrap_or(Val::I32(0));
    }
    let (given, taken) = (given.get(..arguments.len()), taken.get_mut(..results.len()));
    let (memory, data) = match caller.data().memory {
        Some(memory) => memory.data_and_store_mut(&mut caller),
        None => (&mut [][..], caller.data_mut()),
    };
    let called = match (given, taken) {
        (Some(given), Some(taken)) => data.functions.call(definition, &mut data.state, memory, given, taken),
        _ => Err(Trap::host()),
    };
    match called {
        Ok(false) => (),
        Ok(true) => {
            data.suspended = true;
            return Err(Error::i32_exit(0));
        }
        Err(trap) => {
            data.trap = Some(trap);
            return Err(Error::i32_exit(trap.kind as i32));
        }
    }
    for (place, value) in results.iter_mut().zip(values.iter().skip(MAX_VALUES)) {
        *place = to_wasmi(*value).ok_or_else(|| Error::i32_exit(TrapKind::HostError as i32))?;
    }
    if arch::preemption_requested()
        && let Ok(fuel) = caller.get_fuel()
    {
        caller.data_mut().withheld += fuel;
        caller.set_fuel(0)?;
    }
    Ok(())
}

fn to_ty(ty: ValType) -> wasmi::ValType {
    match ty {
        ValType::I32 => wasmi::ValType::I32,
        ValType::I64 => wasmi::ValType::I64,
        ValType::F32 => wasmi::ValType::F32,
        ValType::F64 => wasmi::ValType::F64,
        ValType::FuncRef => wasmi::ValType::FuncRef,
        ValType::ExternRef => wasmi::ValType::ExternRef,
    }
}

/// `None` for references other than null: they mean something in one engine only.
fn to_wasmi(value: Val) -> Option<wasmi::Val> {
    Some(match value {
        Val::I32(v) => wasmi::Val::I32(v),
        Val::I64(v) => wasmi::Val::I64(v),
        Val::F32(bits) => wasmi::Val::F32(wasmi::F32::from_bits(bits)),
        Val::F64(bits) => wasmi::Val::F64(wasmi::F64::from_bits(bits)),
        Val::FuncRef(None) => wasmi::Val::default_for_ty(wasmi::ValType::FuncRef),
        Val::ExternRef(None) => wasmi::Val::default_for_ty(wasmi::ValType::ExternRef),
        Val::FuncRef(Some(_)) | Val::ExternRef(Some(_)) => return None,
    })
}

fn from_wasmi(value: &wasmi::Val) -> Option<Val> {
    Some(match value {
        wasmi::Val::I32(v) => Val::I32(*v),
        wasmi::Val::I64(v) => Val::I64(*v),
        wasmi::Val::F32(v) => Val::F32(v.to_bits()),
        wasmi::Val::F64(v) => Val::F64(v.to_bits()),
        wasmi::Val::FuncRef(reference) if reference.is_null() => Val::FuncRef(None),
        wasmi::Val::ExternRef(reference) if reference.is_null() => Val::ExternRef(None),
        _ => return None,
    })
}

/// The trap that an error of wasmi's is, if it is one. It does not tell the table accesses that are calls from the others.
fn trap_kind(error: &Error) -> Option<TrapKind> {
    if let ErrorKind::I32ExitStatus(status) = error.kind() {
        return u8::try_from(*status).ok().and_then(TrapKind::from_code);
    }
    // Core spec 4.5.4 has this trap; to wasmi it is an error of its own.
    if let ErrorKind::Instantiation(InstantiationError::ElementSegmentDoesNotFit { .. }) = error.kind() {
        return Some(TrapKind::TableAccessOutOfBounds);
    }
    Some(match error.as_trap_code()? {
        TrapCode::UnreachableCodeReached => TrapKind::Unreachable,
        TrapCode::MemoryOutOfBounds => TrapKind::MemoryOutOfBounds,
        TrapCode::TableOutOfBounds => TrapKind::TableOutOfBounds,
        TrapCode::IndirectCallToNull => TrapKind::IndirectCallToNull,
        TrapCode::IntegerDivisionByZero => TrapKind::IntegerDivisionByZero,
        TrapCode::IntegerOverflow => TrapKind::IntegerOverflow,
        TrapCode::BadConversionToInteger => TrapKind::BadConversionToInteger,
        TrapCode::StackOverflow => TrapKind::StackOverflow,
        TrapCode::BadSignature => TrapKind::BadSignature,
        TrapCode::OutOfFuel => TrapKind::OutOfFuel,
        _ => return None,
    })
}
