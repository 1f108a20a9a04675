//! How a call ends, and why one may not start.

use core::fmt;

use sandgrain_abi::{Target, TrapKind};
use sandgrain_artifact::{self as artifact, ExternType, Import, ValType};

use crate::store::InstanceId;

/// A module was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trap {
    /// Why.
    pub kind: TrapKind,
    /// Where: the return address of the trap site (of the call, for a host function) as a byte offset in the artifact's
    /// text; the compiler's report maps it to the .wasm. `None` if no code of the module was running.
    pub code_offset: Option<u32>,
    /// In which instance of the store. `None` together with `code_offset`.
    pub instance: Option<InstanceId>,
}

impl Trap {
    /// What a host function returns to refuse its arguments. The runtime adds the place.
    pub const fn host() -> Trap {
        Trap::new(TrapKind::HostError)
    }

    /// A trap without a place.
    pub const fn new(kind: TrapKind) -> Trap {
        Trap { kind, code_offset: None, instance: None }
    }
}

impl From<TrapKind> for Trap {
    fn from(kind: TrapKind) -> Trap {
        Trap::new(kind)
    }
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code_offset {
            Some(offset) => write!(f, "{} at code offset {offset:#x}", self.kind),
            None => write!(f, "{}", self.kind),
        }
    }
}

impl core::error::Error for Trap {}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It ran to its end; the results can be read.
    Returned,
    /// It is over. The instance may be called again; what the call has written stays written.
    Trapped(Trap),
    /// It gave way to the host, which was interrupted for it or ended its time slice, and can be resumed.
    Preempted,
    /// A host function [suspended](crate::Caller::suspend) it: it can be resumed when its results are
    /// [there](crate::store::Instances::complete).
    Suspended,
}

/// Why bytes are no module for this device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// The artifact was refused.
    Artifact(artifact::Error),
    /// The artifact does not start at a multiple of 16.
    Misaligned {
        /// Where it starts.
        address: usize,
    },
}

impl From<artifact::Error> for OpenError {
    fn from(error: artifact::Error) -> Self {
        OpenError::Artifact(error)
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            OpenError::Artifact(error) => error.fmt(f),
            OpenError::Misaligned { address } => {
                write!(f, "the artifact lies at {address:#x}; store it at a multiple of {}", artifact::CONTENT_ALIGN)
            }
        }
    }
}

impl core::error::Error for OpenError {}

/// A host function's type, as the linker knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostType {
    /// Of the parameters.
    pub params: &'static [ValType],
    /// Of the results.
    pub results: &'static [ValType],
}

impl fmt::Display for HostType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (lead, list) in [("(", self.params), (" -> (", self.results)] {
            f.write_str(lead)?;
            for (i, ty) in list.iter().enumerate() {
                write!(f, "{}{ty}", if i == 0 { "" } else { ", " })?;
            }
            f.write_str(")")?;
        }
        Ok(())
    }
}

/// Why a module's imports cannot be satisfied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkError<'a> {
    /// Nothing provides these imports. All of them: [`Linker::missing`](crate::Linker::missing).
    Missing {
        /// The first one.
        first: Import<'a>,
        /// How many there are.
        count: u32,
    },
    /// What has this name is something else.
    Incompatible {
        /// First half of the import's name.
        module: &'a str,
        /// Second half of its name.
        name: &'a str,
        /// What it has to be.
        wanted: ExternType<'a>,
        /// What is there.
        provided: Provided<'a>,
        /// In which way they differ.
        mismatch: Mismatch,
    },
}

/// What there is of an import's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provided<'a> {
    /// A host function.
    Host(HostType),
    /// An export of a registered instance; its limits are the present size and the maximum.
    Instance(ExternType<'a>),
}

impl fmt::Display for Provided<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Provided::Host(ty) => write!(f, "function {ty}"),
            Provided::Instance(ty) => ty.fmt(f),
        }
    }
}

/// How what is provided differs from what is wanted (core spec 3.4.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mismatch {
    /// One is a function, the other a memory, or the like.
    Kind,
    /// Functions of different types.
    Signature,
    /// Globals of different type or mutability, tables of different elements, memories of different pages.
    Type,
    /// A table or memory that is too small, or may become larger than the importer expects.
    Limits,
}

impl fmt::Display for LinkError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::Missing { first, count: 1 } => {
                write!(f, "nothing provides the import `{}.{}`", first.module, first.name)
            }
            LinkError::Missing { first, count } => {
                write!(f, "nothing provides {count} of the imports, the first is `{}.{}`", first.module, first.name)
            }
            LinkError::Incompatible { module, name, wanted, provided, .. } => {
                write!(f, "the import `{module}.{name}` has to be a {wanted}, provided is a {provided}")
            }
        }
    }
}

impl core::error::Error for LinkError<'_> {}

/// Why there is no instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InstantiateError<'a> {
    /// Instances of this target are laid out for pointers of another size than this part's.
    WrongPart {
        /// What the artifact was compiled for.
        target: Target,
    },
    /// The imports.
    Link(LinkError<'a>),
    /// The arena is too small for header, initial memory and stack.
    Arena {
        /// Bytes that it would need.
        needed: u64,
        /// Bytes that it has, behind its first multiple of 16.
        found: usize,
    },
    /// The store has all the instances that there is room for.
    Full {
        /// How many.
        instances: usize,
    },
    /// The store's stack is too small for what the module asks for.
    Stack {
        /// Bytes that the store would need, header and reserve included.
        needed: u64,
        /// Bytes that it has, behind their first multiple of 16.
        found: usize,
    },
    /// More memory at the start than [`Limits::memory_bytes`](crate::Limits::memory_bytes) allows.
    MemoryLimit {
        /// Bytes that the module starts with.
        needed: u64,
        /// Bytes that it may have.
        allowed: u32,
    },
    /// A larger table at the start than [`Limits::table_elements`](crate::Limits::table_elements) allows.
    TableLimit {
        /// Elements that the first such table starts with.
        needed: u32,
        /// Elements that it may have.
        allowed: u32,
    },
    /// The interpreter cannot run the module's WebAssembly. Only builds with the interpreter say so.
    Wasm {
        /// Why, as a sentence.
        why: &'static str,
    },
    /// The hardware cannot hold the instance to what is its own. Only builds with the feature `containment` say so.
    #[cfg(feature = "containment")]
    Containment(ContainmentError),
    /// The function that initialises the instance trapped: a segment out of bounds, or in the start function.
    Trap(Trap),
    /// The start function could not be called.
    Start(CallError),
}

impl<'a> From<LinkError<'a>> for InstantiateError<'a> {
    fn from(error: LinkError<'a>) -> Self {
        InstantiateError::Link(error)
    }
}

impl fmt::Display for InstantiateError<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InstantiateError::WrongPart { target } => write!(f, "code for {} cannot run on this part", target.name()),
            InstantiateError::Link(error) => error.fmt(f),
            InstantiateError::Arena { needed, found } => write!(
                f,
                "the instance needs an arena of {needed} bytes, this one has {found}; \
                 enlarge it, or shrink the module's memory or stack"
            ),
            InstantiateError::Full { instances } => {
                write!(f, "the store has room for {instances} instances, and has them all; make it larger")
            }
            InstantiateError::Stack { needed, found } => {
                write!(f, "the instance needs a store with {needed} bytes for the stack, this one has {found}")
            }
            InstantiateError::MemoryLimit { needed, allowed } => {
                write!(f, "the module starts with {needed} bytes of memory, {allowed} are allowed")
            }
            InstantiateError::TableLimit { needed, allowed } => {
                write!(f, "the module starts with a table of {needed} elements, {allowed} are allowed")
            }
            InstantiateError::Wasm { why } => f.write_str(why),
            #[cfg(feature = "containment")]
            InstantiateError::Containment(error) => error.fmt(f),
            InstantiateError::Trap(trap) => write!(f, "instantiating trapped: {trap}"),
            InstantiateError::Start(error) => write!(f, "start function: {error}"),
        }
    }
}

impl core::error::Error for InstantiateError<'_> {}

/// Why the hardware cannot contain a store's guests.
#[cfg(any(test, feature = "containment"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContainmentError {
    /// The part has no MPU with eight regions, or no PMP with 16 entries.
    NoUnit,
    /// A stack or an arena, or both where they touch, that cannot be told from its neighbours.
    Unaligned {
        /// Where it starts.
        address: usize,
        /// Its bytes, up to the last multiple of 16.
        bytes: usize,
        /// What its first address and its end have to be multiples of: a power of two.
        granule: usize,
    },
    /// The store's instances need more ranges than there are.
    Full {
        /// How many there are.
        ranges: usize,
    },
}

#[cfg(any(test, feature = "containment"))]
impl fmt::Display for ContainmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            ContainmentError::NoUnit => f.write_str("this part cannot contain guests; build without `containment`"),
            ContainmentError::Unaligned { address, bytes, granule } => write!(
                f,
                "the {bytes} bytes at {address:#x} cannot be contained; have them start and end at multiples of {granule}"
            ),
            ContainmentError::Full { ranges } => write!(
                f,
                "the store's instances need more than {ranges} ranges of memory; \
                 have their arenas and their code touch, or spread them over stores"
            ),
        }
    }
}

#[cfg(any(test, feature = "containment"))]
impl core::error::Error for ContainmentError {}

/// Why a call did not take place, or has no results to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallError {
    /// The module exports no function of this name.
    NotFound,
    /// The exported function takes other parameters or has other results.
    Signature,
    /// An argument refers to a function of another store, or is the externref `u32::MAX`, for which there is no word.
    Reference,
    /// A call is in progress: resume or abandon it first.
    Busy,
    /// No call is in progress, or the last one did not return.
    Idle,
    /// Guests are not run in interrupt handlers or while interrupts are masked.
    Context,
    /// This build has no engine for the artifact's target.
    WrongPart {
        /// What the artifact was compiled for.
        target: Target,
    },
    /// A host function suspended a call that was to run to its end at once, and is over now. Start and resume it instead.
    Suspended,
    /// The call is over.
    Trap(Trap),
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallError::NotFound => f.write_str("no exported function of this name"),
            CallError::Signature => f.write_str("the function has another type"),
            CallError::Reference => f.write_str("an argument is a reference of another store"),
            CallError::Busy => f.write_str("a call is in progress; resume or abandon it first"),
            CallError::Idle => f.write_str("no call has returned"),
            CallError::Context => f.write_str("called in a handler or with interrupts masked; call from thread mode"),
            CallError::WrongPart { target } => {
                write!(f, "code for {} cannot run on this part", target.name())
            }
            CallError::Suspended => f.write_str("suspended by a host function; start and resume it"),
            CallError::Trap(trap) => trap.fmt(f),
        }
    }
}

impl core::error::Error for CallError {}
