//! RV32IMAC: 32-bit RISC-V with multiplication and compressed instructions, ilp32 registers.
//!
//! The A extension is part of the target but nothing generated uses it yet: a module has no shared memory.

pub mod encode;
pub mod imms;
pub mod regs;

#[cfg(test)]
mod encode_tests;
