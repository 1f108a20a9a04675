//! The integer registers and the part each one plays in generated code.
//!
//! Source: RISC-V psABI, "Integer Register Convention", narrowed by ABI v1 of this project (one register is pinned to
//! the instance, two are kept from the register allocator).

/// The number of an integer register, 0–31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reg(u8);

impl Reg {
    /// # Panics
    /// If `number` is above 31.
    pub const fn new(number: u8) -> Reg {
        assert!(number < 32, "RV32 has 32 integer registers");
        Reg(number)
    }

    /// The five-bit register field of a 32-bit instruction.
    pub const fn number(self) -> u32 {
        self.0 as u32
    }

    /// The three-bit field of the compressed forms that reach x8–x15 only.
    pub const fn compressed(self) -> Option<u32> {
        if self.0 >= 8 && self.0 < 16 { Some(self.0 as u32 - 8) } else { None }
    }
}

pub const ZERO: Reg = Reg(0);
pub const RA: Reg = Reg(1);
pub const SP: Reg = Reg(2);
pub const A0: Reg = Reg(10);

/// Points at the running instance's header in every function; never allocated.
pub const INSTANCE: Reg = Reg(9);
/// Free inside the emission of one instruction; carries the import's index into the host gate.
pub const EMIT_SCRATCH: Reg = Reg(30);
/// The register allocator's own, for moves from stack slot to stack slot and cyclic moves.
pub const MOVE_SCRATCH: Reg = Reg(31);

/// Argument and result words 0–7.
pub const ARGUMENTS: [Reg; 8] = [Reg(10), Reg(11), Reg(12), Reg(13), Reg(14), Reg(15), Reg(16), Reg(17)];
/// Allocatable registers that a call overwrites. x10–x15 come first: the compressed forms reach them.
pub const CALLER_SAVED: [Reg; 13] =
    [Reg(10), Reg(11), Reg(12), Reg(13), Reg(14), Reg(15), Reg(16), Reg(17), Reg(5), Reg(6), Reg(7), Reg(28), Reg(29)];
/// Allocatable registers that a function which uses them saves in its prologue. s0 comes first: the compressed forms
/// reach it.
pub const CALLEE_SAVED: [Reg; 11] =
    [Reg(8), Reg(18), Reg(19), Reg(20), Reg(21), Reg(22), Reg(23), Reg(24), Reg(25), Reg(26), Reg(27)];
