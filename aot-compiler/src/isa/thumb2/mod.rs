//! Thumb-2 for ARMv7E-M (Cortex-M4 and up). Reference: Armv7-M Architecture Reference Manual,
//! DDI 0403E; section numbers in this folder are of that document.

pub mod encode;
pub mod encode_mem;
#[cfg(test)]
mod encode_tests;
pub mod imms;
pub mod regs;
