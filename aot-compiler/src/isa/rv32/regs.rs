//! The registers and the part each one plays in generated code.
//!
//! Source: RISC-V psABI, "Integer Register Convention" and "Floating-point Register Convention", narrowed by this
//! project's ABI (one register is pinned to the instance, three are kept from the register allocator, floats are passed
//! in integer registers).

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
/// Holds the return address of a trap site's call.
pub const TRAP_LINK: Reg = Reg(5);
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

/// The number of a float register, 0–31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FReg(u8);

impl FReg {
    /// # Panics
    /// If `number` is above 31.
    pub const fn new(number: u8) -> FReg {
        assert!(number < 32, "RV32F has 32 float registers");
        FReg(number)
    }

    /// The five-bit register field of a 32-bit instruction.
    pub const fn number(self) -> u32 {
        self.0 as u32
    }

    /// The three-bit field of the compressed forms that reach f8–f15 only.
    pub const fn compressed(self) -> Option<u32> {
        if self.0 >= 8 && self.0 < 16 { Some(self.0 as u32 - 8) } else { None }
    }
}

/// As [`MOVE_SCRATCH`], for floats: ft11.
pub const FLOAT_MOVE_SCRATCH: FReg = FReg(31);
/// Allocatable float registers that a call overwrites: ft0–ft7, fa0–fa7, ft8–ft10.
pub const FLOAT_CALLER_SAVED: [FReg; 19] = floats([0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30]);
/// Float registers that a function which uses them saves in its prologue: fs0–fs11.
pub const FLOAT_CALLEE_SAVED: [FReg; 12] = floats([8, 9, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27]);

const fn floats<const N: usize>(numbers: [u8; N]) -> [FReg; N] {
    let mut list = [FReg(0); N];
    let mut i = 0;
    while i < N {
        list[i] = FReg::new(numbers[i]);
        i += 1;
    }
    list
}
