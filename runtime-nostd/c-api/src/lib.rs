#![no_std]
#![warn(missing_docs)]
//! What `include/sandgrain.h` declares. There, each function has its description; here is how C's side of it is made
//! into Rust's.
//!
//! ```text
//! sg_config ── imports ──▶ HostFunction… ┐
//!           ── artifact ─▶ Module ───────┼─▶ Instance, at the front of the arena ◀── sg_call, sg_resume, sg_results
//!           ── arena ────────────────────┘         │ sg_function                 ──▶ sg_status, sg_error
//! ```
//! * `place`: the arena's front is divided among Rust's structs
//! * `import`: C functions as host functions, by the type that their text names
//! * `value`: values and statuses as C has them
//!
//! # Safety
//! Every function here trusts C to give it what the header asks for: pointers that are null or valid for their type and
//! count, and an instance that `sg_instantiate` has made. Null pointers are errors where the header does not allow them.

#[cfg(not(target_os = "none"))]
extern crate std;

mod import;
mod place;
mod value;

use core::ffi::{CStr, c_char, c_void};
use core::{ptr, slice};

use sandgrain_abi::Target;
use sandgrain_artifact::{Envelope, Error as ArtifactError, PublicKey};
use sandgrain_runtime::time::{Budget, Clock};
use sandgrain_runtime::{
    CallError, Caller, InstantiateError, Limits, Module, Val, cpu_features, request_preemption, this_device,
};

use import::{HostState, Import};
use place::Front;
use value::{Cause, ErrorPlace, MAX_VALUES, Status, TrapPlace, Value};

/// `sg_instance`.
pub struct Instance(sandgrain_runtime::Instance<'static, HostState>);

/// `sg_caller`.
pub struct HostCaller<'c, 's>(&'c mut Caller<'s, HostState>);

/// `sg_limits`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct CLimits {
    stack_bytes: u32,
    memory_bytes: u32,
    table_elements: u32,
    fuel: u32,
}

/// `sg_config`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Config {
    artifact: *const u8,
    artifact_size: usize,
    target: u32,
    imports: *const Import,
    import_count: usize,
    arena: *mut u8,
    arena_size: usize,
    user: *mut c_void,
    limits: CLimits,
}

/// `sg_clock`.
#[repr(C)]
pub struct CClock {
    context: *mut c_void,
    now: extern "C" fn(*mut c_void) -> u64,
    set_alarm: extern "C" fn(*mut c_void, u64),
}

impl Clock for CClock {
    fn now(&self) -> u64 {
        (self.now)(self.context)
    }

    fn set_alarm(&self, at: u64) {
        (self.set_alarm)(self.context, at);
    }
}

/// `sg_budget`.
#[repr(C)]
pub struct CBudget {
    slice: u64,
    deadline: u64,
}

/// A slice that C describes by pointer and length; empty where there is nothing.
///
/// # Safety
/// `start` is null, or points at `len` values that stay as they are for `'s`.
unsafe fn items<'s, V>(start: *const V, len: usize) -> &'s [V] {
    match start.is_null() || len == 0 {
        true => &[],
        // SAFETY: passed on to the caller.
        false => unsafe { slice::from_raw_parts(start, len) },
    }
}

/// The text at `text`.
///
/// # Safety
/// It is null or ends with a zero, and stays as it is for `'s`.
unsafe fn text<'s>(text: *const c_char) -> Result<&'s str, Cause> {
    if text.is_null() {
        return Err(Cause::Argument("a name is a null pointer"));
    }
    // SAFETY: passed on to the caller.
    unsafe { CStr::from_ptr(text) }.to_str().map_err(|_| Cause::Argument("a name is no UTF-8"))
}

/// # Safety
/// See the header: `artifact`, `keys` and `error` are null or valid.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_verify(
    artifact: *const u8,
    artifact_size: usize,
    keys: *const [u8; 32],
    key_count: usize,
    error: *mut ErrorPlace,
) -> Status {
    // SAFETY: passed on to C.
    let (bytes, keys) = unsafe { (items(artifact, artifact_size), items(keys, key_count)) };
    // SAFETY: passed on to C.
    unsafe { value::finish(verify(bytes, keys), error) }
}

fn verify(bytes: &'static [u8], keys: &[[u8; 32]]) -> Result<Status, Cause> {
    let envelope = Envelope::parse(bytes)?;
    let signed = |key: &[u8; 32]| envelope.verify(&[PublicKey(*key)]).is_ok();
    if !keys.iter().any(signed) {
        return Err(ArtifactError::Signature { keys: keys.len() }.into());
    }
    let manifest = envelope.manifest()?;
    manifest.verify_content(bytes.get(envelope.header().content_offset()..).unwrap_or(&[]))?;
    Ok(Status::Ok)
}

/// # Safety
/// See the header: `config` and what it points at, `instance` and `error` are null or valid, and the artifact's code is
/// what `sg_verify` would accept.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_instantiate(
    config: *const Config,
    instance: *mut *mut Instance,
    error: *mut ErrorPlace,
) -> Status {
    // SAFETY: passed on to C.
    let outcome = unsafe { config.as_ref() }.ok_or(Cause::Argument("the configuration is a null pointer"));
    // SAFETY: passed on to C.
    let outcome = outcome.and_then(|config| unsafe { instantiate(*config) });
    // SAFETY: passed on to C.
    let place = unsafe { instance.as_mut() };
    let outcome = match (outcome, place) {
        (Ok(made), Some(place)) => {
            *place = made;
            Ok(Status::Ok)
        }
        (Ok(_), None) => Err(Cause::Argument("the place for the instance is a null pointer")),
        (Err(cause), _) => Err(cause),
    };
    // SAFETY: passed on to C.
    unsafe { value::finish(outcome, error) }
}

/// # Safety
/// What the configuration points at is valid for as long as the instance is used.
unsafe fn instantiate(config: Config) -> Result<*mut Instance, Cause> {
    let target = u8::try_from(config.target).ok().and_then(Target::from_id);
    let device = target.and_then(this_device).ok_or(Cause::Argument("the library is not built for this target"))?;
    let device = sandgrain_artifact::DeviceProfile { features: cpu_features(), ..device };
    // SAFETY: passed on to the caller.
    let bytes = unsafe { items::<'static, u8>(config.artifact, config.artifact_size) };
    // SAFETY: the caller vouches for the code, and for `target`.
    let module = unsafe { Module::open(bytes, &device) }?;
    // SAFETY: passed on to the caller.
    let imports = unsafe { items::<'static, Import>(config.imports, config.import_count) };

    // SAFETY: the arena is the instance's alone.
    let mut front = unsafe { Front::new(config.arena, config.arena_size) };
    let place = front.take::<Instance>(1)?;
    // SAFETY: the types live as long as the arena, which outlives the instance.
    let functions = unsafe { import::define(imports, &mut front) }?;
    let used = front.used();
    let limits = Limits {
        stack_bytes: some(config.limits.stack_bytes),
        memory_bytes: some(config.limits.memory_bytes),
        table_elements: some(config.limits.table_elements),
        fuel: some(config.limits.fuel),
    };
    let state = HostState { user: config.user, imports, functions };
    let made = sandgrain_runtime::Instance::new(&module, functions, front.rest(), &limits, state);
    let made = made.map_err(|error| match error {
        InstantiateError::Arena { needed, .. } => {
            InstantiateError::Arena { needed: needed + used as u64, found: config.arena_size }
        }
        error => error,
    })?;
    // SAFETY: the place is the arena's, aligned and large enough for it.
    unsafe { place.write(Instance(made)) };
    Ok(place)
}

fn some(limit: u32) -> Option<u32> {
    (limit != 0).then_some(limit)
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_call(
    instance: *mut Instance,
    name: *const c_char,
    arguments: *const Value,
    argument_count: usize,
    results: *mut Value,
    result_count: usize,
    error: *mut ErrorPlace,
) -> Status {
    // SAFETY: passed on to C.
    let outcome = unsafe { given_call(instance, name, arguments, argument_count) };
    let outcome = outcome.and_then(|Call { instance, name, arguments }| {
        let call = |results: &mut [Val]| instance.call_values(name, arguments.as_slice(), results);
        // SAFETY: passed on to C.
        unsafe { give_results(results, result_count, call) }
    });
    // SAFETY: passed on to C.
    unsafe { value::finish(outcome, error) }
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_start_call(
    instance: *mut Instance,
    name: *const c_char,
    arguments: *const Value,
    argument_count: usize,
    error: *mut ErrorPlace,
) -> Status {
    // SAFETY: passed on to C.
    let outcome = unsafe { given_call(instance, name, arguments, argument_count) };
    let outcome = outcome.and_then(|Call { instance, name, arguments }| {
        instance.start_call_values(name, arguments.as_slice())?;
        Ok(Status::Ok)
    });
    // SAFETY: passed on to C.
    unsafe { value::finish(outcome, error) }
}

/// # Safety
/// `instance` is null or one that `sg_instantiate` has made, and nobody else uses it meanwhile.
unsafe fn given<'i>(instance: *mut Instance) -> Result<&'i mut Instance, Cause> {
    // SAFETY: passed on to the caller.
    unsafe { instance.as_mut() }.ok_or(Cause::Argument("the instance is a null pointer"))
}

/// A call that C asks for, its arguments of the types that the function has.
struct Call<'i> {
    instance: &'i mut sandgrain_runtime::Instance<'static, HostState>,
    name: &'i str,
    arguments: Arguments,
}

struct Arguments {
    values: [Val; MAX_VALUES],
    count: usize,
}

impl Arguments {
    fn as_slice(&self) -> &[Val] {
        self.values.get(..self.count).unwrap_or(&[])
    }
}

/// # Safety
/// The pointers are null or valid, and stay so for `'i`.
unsafe fn given_call<'i>(
    instance: *mut Instance,
    name: *const c_char,
    arguments: *const Value,
    argument_count: usize,
) -> Result<Call<'i>, Cause> {
    // SAFETY: passed on to the caller.
    let (Instance(instance), name) = unsafe { (given(instance)?, text(name)?) };
    // SAFETY: passed on to the caller.
    let given = unsafe { items(arguments, argument_count) };
    let ty = instance.function_type(name).ok_or(Cause::NotFound)?;
    let mut arguments = Arguments { values: [Val::I32(0); MAX_VALUES], count: given.len() };
    if ty.params.len() != given.len() || given.len() > MAX_VALUES {
        return Err(Cause::Type);
    }
    for ((place, value), ty) in arguments.values.iter_mut().zip(given).zip(ty.params.iter()) {
        *place = value.to_val(ty).ok_or(Cause::Type)?;
    }
    Ok(Call { instance, name, arguments })
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_resume(instance: *mut Instance, error: *mut ErrorPlace) -> Status {
    // SAFETY: passed on to C.
    let outcome = unsafe { given(instance) };
    let outcome = outcome.and_then(|instance| value::outcome(instance.0.resume()?));
    // SAFETY: passed on to C.
    unsafe { value::finish(outcome, error) }
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_resume_within(
    instance: *mut Instance,
    clock: *const CClock,
    budget: *const CBudget,
    error: *mut ErrorPlace,
) -> Status {
    let missing = Cause::Argument("clock or budget is a null pointer");
    // SAFETY: passed on to C.
    let outcome = unsafe { given(instance) }.and_then(|instance| {
        // SAFETY: passed on to C.
        let (clock, budget) = unsafe { clock.as_ref().zip(budget.as_ref()) }.ok_or(missing)?;
        let when = |moment: u64| (moment != 0).then_some(moment);
        let budget = Budget { slice: when(budget.slice), deadline: when(budget.deadline) };
        value::outcome(instance.0.resume_within(clock, &budget)?)
    });
    // SAFETY: passed on to C.
    unsafe { value::finish(outcome, error) }
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_results(
    instance: *mut Instance,
    results: *mut Value,
    result_count: usize,
    error: *mut ErrorPlace,
) -> Status {
    // SAFETY: passed on to C.
    let outcome = unsafe { given(instance) };
    // SAFETY: passed on to C.
    let outcome = outcome.and_then(|instance| unsafe {
        give_results(results, result_count, |results| instance.0.results_values(results))
    });
    // SAFETY: passed on to C.
    unsafe { value::finish(outcome, error) }
}

/// Gives C the results that `take` fills in.
///
/// # Safety
/// `results` is null or has room for so many.
unsafe fn give_results(
    results: *mut Value,
    count: usize,
    take: impl FnOnce(&mut [Val]) -> Result<(), CallError>,
) -> Result<Status, Cause> {
    let mut values = [Val::I32(0); MAX_VALUES];
    let values = values.get_mut(..count).filter(|_| count == 0 || !results.is_null()).ok_or(Cause::Type)?;
    take(values)?;
    for (i, value) in values.iter().enumerate() {
        // SAFETY: the caller has room for `count` of them.
        unsafe { results.add(i).write(Value::from_val(*value).ok_or(Cause::Type)?) };
    }
    Ok(Status::Ok)
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_abandon(instance: *mut Instance) {
    // SAFETY: passed on to C.
    if let Ok(instance) = unsafe { given(instance) } {
        instance.0.abandon();
    }
}

/// See the header.
#[unsafe(no_mangle)]
pub extern "C" fn sg_request_preemption() {
    request_preemption();
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_fuel(instance: *mut Instance) -> u32 {
    // SAFETY: passed on to C.
    unsafe { given(instance) }.map_or(0, |instance| instance.0.fuel())
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_set_fuel(instance: *mut Instance, fuel: u32) {
    // SAFETY: passed on to C.
    if let Ok(instance) = unsafe { given(instance) } {
        instance.0.set_fuel(fuel);
    }
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_memory(instance: *mut Instance, address: u32, size: u32) -> *mut u8 {
    // SAFETY: passed on to C.
    let Ok(instance) = (unsafe { given(instance) }) else { return ptr::null_mut() };
    instance.0.memory().slice_mut(address, size).map_or(ptr::null_mut(), <[u8]>::as_mut_ptr)
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_caller_memory(caller: *mut HostCaller<'_, '_>, address: u32, size: u32) -> *mut u8 {
    // SAFETY: passed on to C, which has it from `import::call`.
    let Some(caller) = (unsafe { caller.as_mut() }) else { return ptr::null_mut() };
    caller.0.memory().slice_mut(address, size).map_or(ptr::null_mut(), <[u8]>::as_mut_ptr)
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_user(caller: *mut HostCaller<'_, '_>) -> *mut c_void {
    // SAFETY: passed on to C, which has it from `import::call`.
    unsafe { caller.as_mut() }.map_or(ptr::null_mut(), |caller| caller.0.state().user)
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_error_trap(error: *const ErrorPlace, trap: *mut TrapPlace) -> bool {
    // SAFETY: passed on to C.
    let (error, place) = unsafe { (error.as_ref(), trap.as_mut()) };
    match (error.and_then(ErrorPlace::trap), place) {
        (Some(trap), Some(place)) => {
            *place = trap;
            true
        }
        _ => false,
    }
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_trap_stack(instance: *const Instance, buffer: *mut u8, size: usize) -> usize {
    // SAFETY: passed on to C.
    let (instance, place) = unsafe { (instance.as_ref(), text_place(buffer, size)) };
    instance.map_or(0, |instance| value::print(place, instance.0.stack_text()))
}

/// # Safety
/// `buffer` is NULL, or `size` bytes that nothing else uses for as long as the result lives.
unsafe fn text_place<'b>(buffer: *mut u8, size: usize) -> &'b mut [u8] {
    match buffer.is_null() || size == 0 {
        true => &mut [],
        // SAFETY: passed on to the caller.
        false => unsafe { slice::from_raw_parts_mut(buffer, size) },
    }
}

/// # Safety
/// See the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_error_message(error: *const ErrorPlace, buffer: *mut u8, size: usize) -> usize {
    // SAFETY: passed on to C.
    let (error, place) = unsafe { (error.as_ref(), text_place(buffer, size)) };
    error.map_or(0, |error| error.message(place))
}

/// # Safety
/// See [`sandgrain_runtime::install_trap_entry`].
#[cfg(all(target_arch = "riscv32", target_os = "none"))]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_install_trap_entry(handler: sandgrain_runtime::TrapHandler) {
    // SAFETY: passed on to C.
    unsafe { sandgrain_runtime::install_trap_entry(handler) };
}

// The names that CMSIS has for the two vectors; the runtime's are cortex-m-rt's.
#[cfg(all(target_arch = "arm", target_os = "none"))]
core::arch::global_asm!(
    ".globl PendSV_Handler",
    ".thumb_set PendSV_Handler, PendSV",
    ".globl SVC_Handler",
    ".thumb_set SVC_Handler, SVCall",
);

/// Nothing here panics on what it is given; should it happen, the firmware's fault handler is where it ends.
#[cfg(target_os = "none")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    #[cfg(target_arch = "arm")]
    // SAFETY: an undefined instruction, which does nothing but fault.
    unsafe {
        core::arch::asm!("udf #0", options(noreturn))
    }
    #[cfg(not(target_arch = "arm"))]
    // SAFETY: as above.
    unsafe {
        core::arch::asm!("unimp", options(noreturn))
    }
}
