//! C functions as host functions.

use core::ffi::{c_char, c_void};
use core::slice;

use sandgrain_artifact::ValType;
use sandgrain_runtime::host::Frame;
use sandgrain_runtime::trap::HostType;
use sandgrain_runtime::{Caller, HostFunction, Trap};

use crate::place::Front;
use crate::value::{Cause, MAX_VALUES, Value};
use crate::{HostCaller, text};

/// `sg_import`.
#[repr(C)]
pub struct Import {
    module: *const c_char,
    name: *const c_char,
    ty: *const c_char,
    function: Option<CFunction>,
}

/// `sg_function`.
type CFunction = unsafe extern "C" fn(*mut HostCaller<'_, '_>, *const Value, *mut Value) -> bool;

/// What the host functions of an instance share.
pub(crate) struct HostState {
    pub(crate) user: *mut c_void,
    pub(crate) imports: &'static [Import],
    pub(crate) functions: &'static [Option<HostFunction<HostState>>],
}

/// Host functions for these imports, by the same numbers, at the arena's front.
///
/// # Safety
/// What is taken from `front` and what the imports point at is valid for as long as the functions are used.
pub(crate) unsafe fn define(
    imports: &'static [Import],
    front: &mut Front,
) -> Result<&'static [Option<HostFunction<HostState>>], Cause> {
    let place = front.take::<Option<HostFunction<HostState>>>(imports.len())?;
    for (i, import) in imports.iter().enumerate() {
        // SAFETY: passed on to the caller.
        let (module, name, ty) = unsafe { (text(import.module)?, text(import.name)?, text(import.ty)?) };
        if import.function.is_none() {
            return Err(Cause::Argument("the function of an import is a null pointer"));
        }
        // SAFETY: passed on to the caller.
        let ty = unsafe { parse(ty, front) }?;
        // SAFETY: there is room for as many as there are imports.
        unsafe { place.add(i).write(Some(HostFunction::dynamic(module, name, ty, i, call))) };
    }
    // SAFETY: all of them were written, and nobody writes them again.
    Ok(unsafe { slice::from_raw_parts(place, imports.len()) })
}

/// A type such as `i(iI)`.
///
/// # Safety
/// What is taken from `front` is valid for as long as the type is used.
unsafe fn parse(text: &str, front: &mut Front) -> Result<HostType, Cause> {
    const MALFORMED: Cause = Cause::Argument("the type of an import is not like `i(iI)`: results, parameters, of iIfF");
    let (results, rest) = text.split_once('(').ok_or(MALFORMED)?;
    let params = rest.strip_suffix(')').ok_or(MALFORMED)?;
    let mut list = |letters: &str| {
        let letters = if letters == "v" { "" } else { letters };
        if letters.len() > MAX_VALUES {
            return Err(Cause::Argument("the type of an import has more than 12 parameters or results"));
        }
        let place = front.take::<ValType>(letters.len())?;
        for (i, letter) in letters.bytes().enumerate() {
            let ty = match letter {
                b'i' => ValType::I32,
                b'I' => ValType::I64,
                b'f' => ValType::F32,
                b'F' => ValType::F64,
                _ => return Err(MALFORMED),
            };
            // SAFETY: there is room for as many as there are letters.
            unsafe { place.add(i).write(ty) };
        }
        // SAFETY: all of them were written, and nobody writes them again.
        Ok(unsafe { slice::from_raw_parts::<'static, ValType>(place, letters.len()) })
    };
    Ok(HostType { results: list(results)?, params: list(params)? })
}

/// Carries out the function of import `index`.
fn call(caller: &mut Caller<'_, HostState>, index: usize, frame: &mut Frame<'_>) -> Result<(), Trap> {
    let state = caller.state();
    let function = state.imports.get(index).and_then(|import| import.function).ok_or(Trap::host())?;
    let ty = state.functions.get(index).and_then(Option::as_ref).ok_or(Trap::host())?.ty();
    let mut arguments = [Value::ZERO; MAX_VALUES];
    let mut results = [Value::ZERO; MAX_VALUES];
    for (place, &ty) in arguments.iter_mut().zip(ty.params) {
        *place = Value::from_val(frame.argument(ty)).ok_or(Trap::host())?;
    }
    let mut caller = HostCaller(caller);
    // SAFETY: C's function gets what the header says, for as long as the call.
    let succeeded = unsafe { function(&mut caller, arguments.as_ptr(), results.as_mut_ptr()) };
    if !succeeded {
        return Err(Trap::host());
    }
    for (value, &ty) in results.iter().zip(ty.results) {
        frame.result(value.to_val(ty).ok_or(Trap::host())?);
    }
    Ok(())
}
