#![forbid(unsafe_code)]
//! The `sandgrain` command as a library, which the demo and the tests on boards use as well.
//!
//! * [`commands`]: one file a command, with what it takes and what it prints
//! * [`backtrace`]: who called what trapped, with [`lines`] of the source where the module carries DWARF
//! * [`boards`]: what is known about each emulated board, from `boards/*/board.toml`
//! * [`deploy`]: from a module to devices that have confirmed it
//! * [`emulator`]: QEMU: a board that does one job and exits, or one that lives on a network
//! * [`console`]: a firmware's log, decoded with its ELF file
//! * [`job`]: one request to the network-free firmware, and its answer
//! * [`module_file`]: what a file is, and how it becomes an artifact for a board
//! * [`progress`]: a line that says how far a compilation is
//! * [`symbols`]: from an offset in the code to a function and a place in the .wasm
//! * [`broker`]: an MQTT broker of our own
//! * [`controller`]: the host's half of the update protocol
//! * [`rotation`]: telling devices which keys to trust from now on
//! * [`failure`]: errors and the exit codes that they mean

pub mod backtrace;
pub mod boards;
pub mod broker;
pub mod commands;
pub mod console;
pub mod controller;
pub mod deploy;
pub mod emulator;
pub mod failure;
pub mod job;
pub mod lines;
pub mod module_file;
pub mod progress;
pub mod rotation;
pub mod symbols;
pub mod value;

pub use boards::Board;
pub use commands::main;
pub use failure::{Exit, Failure, Result};
