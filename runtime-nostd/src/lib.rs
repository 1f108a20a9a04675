#![no_std]
#![warn(missing_docs)]
//! From an artifact to a running instance, on a microcontroller: no std, no allocator, nothing hidden.
//!
//! ```text
//! bytes ──Module::open──▶ Module ─┐
//! host functions ───────▶ Linker ─┼─Instance::new──▶ Instance ──start_call, resume──▶ Outcome
//! arena: &mut [u8] ───────────────┘      call = start_call + resume until it ends
//! ```
//! * [`module`]: a checked artifact whose code lies where it will run
//! * [`host`]: host functions, typed, with one checked accessor for guest memory
//! * [`limits`]: how an arena is divided, and what an instance may use of it
//! * [`instance`]: one instance in its arena, and the calls into it
//! * [`value`]: how wasm values travel as 32-bit words
//! * [`trap`]: how a call ends, and everything that can go wrong before
//! * `memory`: raw access to the arena; `helpers`: what compiled code calls; `arch`: entering and leaving it
//!
//! The worst case of each operation is linear in what it reads: artifact tables for `open`, instance bytes plus initial
//! memory plus active segments for `new`; a call costs what the module costs. Nothing here panics on bad input.
//!
//! # Where `unsafe` is
//! `arch` (stack switches, the dispatcher's borrowed pointers), `memory` and `helpers` (raw memory), [`host`] (values
//! of zero-sized types), and the promise that comes with [`Module::open`].
//!
//! # On the development host
//! Everything up to entering code works on any target, which is what the tests use; there, starting a call fails
//! with [`CallError::WrongPart`].

#[cfg(test)]
extern crate std;

mod arch;
mod helpers;
pub mod host;
pub mod instance;
pub mod limits;
mod memory;
pub mod module;
pub mod trap;
pub mod value;

#[cfg(all(target_arch = "riscv32", target_os = "none"))]
pub use arch::{TrapHandler, install_trap_entry};
pub use arch::{preemption_requested, request_preemption};
pub use host::{Caller, GuestMemory, Linker};
pub use instance::Instance;
pub use limits::Limits;
pub use module::{Module, this_device};
pub use sandgrain_abi::TrapKind;
pub use sandgrain_artifact::ValType;
pub use trap::{CallError, InstantiateError, LinkError, OpenError, Outcome, Trap};
pub use value::Val;
