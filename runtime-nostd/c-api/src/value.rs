//! Values, statuses and errors as C has them.

use core::fmt::{self, Write};

use sandgrain_artifact::{Error as ArtifactError, ValType};
use sandgrain_runtime::{CallError, InstantiateError, OpenError, Outcome, Trap, Val};

/// `SG_MAX_VALUES`.
pub(crate) const MAX_VALUES: usize = 12;

/// `sg_value`: its bits, the high half of a 32-bit value meaning nothing.
#[repr(transparent)]
#[derive(Clone, Copy)]
pub struct Value(u64);

impl Value {
    pub(crate) const ZERO: Value = Value(0);

    /// As a value of this type; `None` for a reference, which C does not have.
    pub(crate) fn to_val(self, ty: ValType) -> Option<Val> {
        match ty {
            ValType::I32 => Some(Val::I32(self.0 as i32)),
            ValType::I64 => Some(Val::I64(self.0 as i64)),
            ValType::F32 => Some(Val::F32(self.0 as u32)),
            ValType::F64 => Some(Val::F64(self.0)),
            ValType::FuncRef | ValType::ExternRef => None,
        }
    }

    /// The bits of a value; `None` for a reference.
    pub(crate) fn from_val(value: Val) -> Option<Value> {
        match value {
            Val::I32(v) => Some(Value((v as u32).into())),
            Val::I64(v) => Some(Value(v as u64)),
            Val::F32(bits) => Some(Value(bits.into())),
            Val::F64(bits) => Some(Value(bits)),
            Val::FuncRef(_) | Val::ExternRef(_) => None,
        }
    }
}

/// `sg_status`.
#[repr(u32)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// SG_OK
    Ok = 0,
    /// SG_PREEMPTED
    Preempted = 1,
    /// SG_TRAPPED
    Trapped = 2,
    /// SG_ERROR_ARGUMENT
    Argument = 3,
    /// SG_ERROR_ARTIFACT
    Artifact = 4,
    /// SG_ERROR_SIGNATURE
    Signature = 5,
    /// SG_ERROR_LINK
    Link = 6,
    /// SG_ERROR_ARENA
    Arena = 7,
    /// SG_ERROR_LIMIT
    Limit = 8,
    /// SG_ERROR_NOT_FOUND
    NotFound = 9,
    /// SG_ERROR_TYPE
    Type = 10,
    /// SG_ERROR_BUSY
    Busy = 11,
    /// SG_ERROR_IDLE
    Idle = 12,
    /// SG_ERROR_CONTEXT
    Context = 13,
}

/// What went wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cause {
    Argument(&'static str),
    Open(OpenError),
    Arena { needed: usize, found: usize },
    Instantiate(InstantiateError<'static>),
    NotFound,
    Type,
    Call(CallError),
    Trap(Trap),
}

impl From<ArtifactError> for Cause {
    fn from(error: ArtifactError) -> Cause {
        Cause::Open(OpenError::Artifact(error))
    }
}

impl From<OpenError> for Cause {
    fn from(error: OpenError) -> Cause {
        Cause::Open(error)
    }
}

impl From<InstantiateError<'static>> for Cause {
    fn from(error: InstantiateError<'static>) -> Cause {
        match error {
            InstantiateError::Trap(trap) => Cause::Trap(trap),
            InstantiateError::Start(error) => error.into(),
            error => Cause::Instantiate(error),
        }
    }
}

impl From<CallError> for Cause {
    fn from(error: CallError) -> Cause {
        match error {
            CallError::Trap(trap) => Cause::Trap(trap),
            CallError::NotFound => Cause::NotFound,
            CallError::Signature | CallError::Reference => Cause::Type,
            error => Cause::Call(error),
        }
    }
}

impl Cause {
    fn status(&self) -> Status {
        match self {
            Cause::Argument(_) => Status::Argument,
            Cause::Open(OpenError::Artifact(
                ArtifactError::Signature { .. }
                | ArtifactError::NoKeys
                | ArtifactError::ChunkDigest { .. }
                | ArtifactError::ChunkLength { .. },
            )) => Status::Signature,
            Cause::Open(_) => Status::Artifact,
            Cause::Arena { .. } => Status::Arena,
            Cause::Instantiate(error) => match error {
                InstantiateError::Link(_) => Status::Link,
                InstantiateError::Arena { .. } | InstantiateError::Stack { .. } | InstantiateError::Full { .. } => {
                    Status::Arena
                }
                InstantiateError::MemoryLimit { .. } | InstantiateError::TableLimit { .. } => Status::Limit,
                _ => Status::Artifact,
            },
            Cause::NotFound => Status::NotFound,
            Cause::Type => Status::Type,
            Cause::Call(CallError::Busy) => Status::Busy,
            Cause::Call(CallError::Idle) => Status::Idle,
            Cause::Call(CallError::Context) => Status::Context,
            Cause::Call(_) => Status::Artifact,
            Cause::Trap(_) => Status::Trapped,
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Argument(what) => f.write_str(what),
            Cause::Open(error) => error.fmt(f),
            Cause::Arena { needed, found } => {
                write!(f, "the arena has {found} bytes, the imports alone need {needed}; enlarge it")
            }
            Cause::Instantiate(error) => error.fmt(f),
            Cause::NotFound => f.write_str("the module exports no function of this name"),
            Cause::Type => f.write_str(
                "the function has another number of parameters or results, more than 12 of them, or references",
            ),
            Cause::Call(error) => error.fmt(f),
            Cause::Trap(trap) => trap.fmt(f),
        }
    }
}

/// How a step of a call ended.
///
/// # Errors
/// The trap.
pub(crate) fn outcome(outcome: Outcome) -> Result<Status, Cause> {
    match outcome {
        Outcome::Returned => Ok(Status::Ok),
        Outcome::Preempted => Ok(Status::Preempted),
        Outcome::Suspended => Err(Cause::Call(CallError::Suspended)),
        Outcome::Trapped(trap) => Err(Cause::Trap(trap)),
    }
}

/// `sg_error`.
#[repr(C)]
pub union ErrorPlace {
    opaque: [u64; 16],
    cause: Option<Cause>,
}

const _: () = assert!(size_of::<ErrorPlace>() == 128 && align_of::<ErrorPlace>() == 8);

/// `sg_trap`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct TrapPlace {
    kind: u32,
    code_offset: u32,
}

impl ErrorPlace {
    fn cause(&self) -> Option<Cause> {
        // SAFETY: `finish` wrote it; the header allows no other origin of an `sg_error`.
        unsafe { self.cause }
    }

    pub(crate) fn trap(&self) -> Option<TrapPlace> {
        match self.cause()? {
            Cause::Trap(trap) => {
                Some(TrapPlace { kind: trap.kind as u32, code_offset: trap.code_offset.unwrap_or(u32::MAX) })
            }
            _ => None,
        }
    }

    /// Writes what there is to say, as `snprintf` would.
    pub(crate) fn message(&self, place: &mut [u8]) -> usize {
        match self.cause() {
            Some(cause) => print(place, cause),
            None => print(place, "no error"),
        }
    }
}

/// Writes `text` and a zero behind it, cut where `place` ends; returns the bytes of all of it.
pub(crate) fn print(place: &mut [u8], text: impl fmt::Display) -> usize {
    let mut out = Cut { place, len: 0 };
    // `Cut` takes everything.
    let _ = write!(out, "{text}");
    let end = out.len.min(out.place.len().saturating_sub(1));
    if let Some(end) = out.place.get_mut(end) {
        *end = 0;
    }
    out.len
}

/// Text that is cut where its place ends, but counted to the end.
struct Cut<'p> {
    place: &'p mut [u8],
    len: usize,
}

impl Write for Cut<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for (place, byte) in self.place.iter_mut().skip(self.len).zip(text.bytes()) {
            *place = byte;
        }
        self.len += text.len();
        Ok(())
    }
}

/// What a function returns, with the reason in `error`.
///
/// # Safety
/// `error` is null or valid for writing.
pub(crate) unsafe fn finish(result: Result<Status, Cause>, error: *mut ErrorPlace) -> Status {
    let (status, cause) = match result {
        Ok(status) => (status, None),
        Err(cause) => (cause.status(), Some(cause)),
    };
    if !error.is_null() {
        // SAFETY: passed on to the caller.
        unsafe { error.write(ErrorPlace { cause }) };
    }
    status
}
