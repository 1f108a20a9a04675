#![no_std]
#![warn(missing_docs)]
//! From an artifact to a running instance, on a microcontroller: no std, no allocator, nothing hidden.
//!
//! ```text
//! bytes ──Module::open──▶ Module ─┐
//! host functions ───────▶ Linker ─┼─Instance::new──────▶ Instance ──start_call, resume──▶ Outcome
//! arena: &mut [u8] ───────────────┤      call = start_call + resume until it ends
//!                                 └─Store::instantiate─▶ InstanceId ─┐
//!                                           ▲────────register────────┘
//! ```
//! * [`module`]: a checked artifact whose code lies where it will run
//! * [`host`]: host functions, typed, with one checked accessor for guest memory
//! * [`limits`]: how arenas are divided, and what an instance may use of its own; [`resources`]: what of the host's
//! * [`store`]: instances that share a stack and may import from each other; `entry`: one of them; `link`: how it comes
//!   to be; `call`: how it is called
//! * `guest`: a call in progress, to its end or for as long as it may take; [`time`]: slices and deadlines
//! * [`instance`]: an instance by itself, which is a store of one
//! * `linux`, a feature: guard pages, memory that code runs in, faults and time as signals
//! * `interpreter`, a feature: instances without code, run by wasmi
//! * [`value`]: how wasm values travel as 32-bit words
//! * [`trap`]: how a call ends, and everything that can go wrong before; [`backtrace`]: what the stack says of the callers
//! * `memory`: raw access to arenas; `helpers`: what compiled code calls; `arch`: entering and leaving it
//!
//! The worst case of each operation is linear in what it reads: artifact tables for `open`, state plus initial memory for
//! an instance, and for each import or type id of it the types and exports of the instances before it; a call costs what
//! the module costs. Nothing here panics on bad input.
//!
//! # Where `unsafe` is
//! `arch` (stack switches, the dispatcher's borrowed pointers), `memory` and `helpers` (raw memory), [`host`] (values
//! of zero-sized types), `linux` (mappings, signals), and the promise that comes with [`Module::open`].
//!
//! # On the development host
//! Everything up to entering code works on any target, which is what the tests use; there, starting a call fails
//! with [`CallError::WrongPart`].

#[cfg(feature = "interpreter")]
extern crate alloc;
#[cfg(any(test, feature = "linux"))]
extern crate std;

mod arch;
pub mod backtrace;
mod call;
mod entry;
mod guest;
mod helpers;
pub mod host;
pub mod instance;
#[cfg(feature = "interpreter")]
mod interpreter;
pub mod limits;
mod link;
#[cfg(feature = "linux")]
pub mod linux;
mod memory;
pub mod module;
pub mod resources;
pub mod store;
pub mod time;
pub mod trap;
pub mod value;

#[cfg(all(target_arch = "riscv32", target_os = "none"))]
pub use arch::{TrapHandler, install_trap_entry};
pub use arch::{cpu_features, preemption_requested, request_preemption};
pub use backtrace::StackWord;
pub use host::{Caller, GuestMemory, HostFunction, HostFunctions, Linker};
pub use instance::Instance;
pub use limits::Limits;
pub use module::{Module, this_device};
pub use sandgrain_abi::TrapKind;
pub use sandgrain_artifact::ValType;
pub use store::{InstanceId, Instances, Store};
pub use time::{Budget, Clock};
#[cfg(feature = "containment")]
pub use trap::ContainmentError;
pub use trap::{CallError, InstantiateError, LinkError, OpenError, Outcome, Trap};
pub use value::{FuncRef, Val};
