#![no_std]
//! What a module can ask of the Sandgrain firmware that runs it.
//!
//! A module is a `no_std` cdylib for `wasm32-unknown-unknown` that exports `on_tick`:
//!
//! ```ignore
//! #[unsafe(no_mangle)]
//! pub extern "C" fn on_tick() {
//!     if let Some(millicelsius) = sandgrain_guest::read_temperature() { /* … */ }
//! }
//! ```
//! The firmware calls `on_tick` twice a second. A new module has proved itself when the first call returns; one that
//! traps before is taken back.
//!
//! These functions exist for `wasm32` only: elsewhere there is no firmware to ask.

#[cfg(target_arch = "wasm32")]
mod imports;
mod line;

#[cfg(target_arch = "wasm32")]
pub use imports::{log, publish, read_temperature, uptime_ms};
pub use line::Line;

/// Longest topic of [`publish`], in bytes.
pub const MAX_TOPIC: usize = 32;
/// Longest message of [`publish`], in bytes.
pub const MAX_DATA: usize = 128;

/// Too many messages wait for the network: try again at the next tick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;
