//! The instruction sets that have a back end of their own.

pub mod rv32;
