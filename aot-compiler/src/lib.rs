pub mod emit;
pub mod error;
pub mod isa;
pub mod lower32;
pub mod regalloc;
pub mod vcode;
