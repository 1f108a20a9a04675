//! The machine back ends: one folder an instruction set.

pub mod thumb2;
