//! Registers, and the roles of the core ones in the ABI.

use crate::isa::Precision;
use core::fmt;

/// A core register, r0–r15.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reg(u8);

impl Reg {
    /// The register with hardware number `n`.
    ///
    /// # Panics
    /// If `n` > 15.
    #[must_use]
    pub const fn new(n: u8) -> Self {
        assert!(n < 16, "core registers are r0-r15");
        Self(n)
    }

    /// Hardware number, 0–15.
    #[must_use]
    pub const fn num(self) -> u8 {
        self.0
    }

    /// The number as an encoding field.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0 as u16
    }

    /// r0–r7: what most 16-bit encodings reach.
    #[must_use]
    pub const fn is_low(self) -> bool {
        self.0 < 8
    }
}

impl fmt::Display for Reg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            13 => f.write_str("sp"),
            14 => f.write_str("lr"),
            15 => f.write_str("pc"),
            n => write!(f, "r{n}"),
        }
    }
}

impl fmt::Debug for Reg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Argument and result words in registers, in order; further argument words are on the stack,
/// further result words in the instance's result area.
pub const ARGS: [Reg; 4] = [Reg(0), Reg(1), Reg(2), Reg(3)];
/// Pinned: the address of the running instance's header. Never allocated.
pub const INSTANCE: Reg = Reg(9);
/// For the allocator's memory-to-memory moves and inside one instruction's emission, never for
/// both at once. Never allocated.
pub const SCRATCH: Reg = Reg(12);
pub const SP: Reg = Reg(13);
/// Return address. Allocatable between the prologue and the epilogue that save it.
pub const LR: Reg = Reg(14);
pub const PC: Reg = Reg(15);
/// Kept by every function for its caller.
pub const CALLEE_SAVED: [Reg; 7] = [Reg(4), Reg(5), Reg(6), Reg(7), Reg(8), Reg(10), Reg(11)];
/// Lost in every call.
pub const CALLER_SAVED: [Reg; 6] = [Reg(0), Reg(1), Reg(2), Reg(3), Reg(12), Reg(14)];

/// A register of the floating-point extension at one precision: s0–s31 or d0–d15.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct FReg {
    num: u8,
    double: bool,
}

/// A float register's number as an encoding has it: four bits in one place, one bit in another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FRegFields {
    pub high: u16,
    pub low: u16,
}

impl FReg {
    /// `sn`.
    ///
    /// # Panics
    /// If `n` > 31.
    #[must_use]
    pub const fn s(n: u8) -> Self {
        assert!(n < 32, "single registers are s0-s31");
        Self { num: n, double: false }
    }

    /// `dn`, whose low word is `s(2 * n)`.
    ///
    /// # Panics
    /// If `n` > 15.
    #[must_use]
    pub const fn d(n: u8) -> Self {
        assert!(n < 16, "double registers are d0-d15");
        Self { num: n, double: true }
    }

    /// The register with the allocator's number `n`: s0–s31, then d0–d15. Parts with single precision have the former
    /// allocated, those with double precision the latter, never both.
    ///
    /// # Panics
    /// If `n` > 47.
    #[must_use]
    pub const fn from_hw(n: u8) -> Self {
        if n < 32 { Self::s(n) } else { Self::d(n - 32) }
    }

    /// The allocator's number.
    #[must_use]
    pub const fn hw(self) -> u8 {
        if self.double { self.num + 32 } else { self.num }
    }

    /// Where a value of `precision` is in the register with the allocator's number `n`: a single value in a double
    /// register is in its low word.
    #[must_use]
    pub fn at(n: u8, precision: Precision) -> Self {
        let reg = Self::from_hw(n);
        debug_assert!(reg.double || precision == Precision::Single);
        if precision == Precision::Single { reg.low() } else { reg }
    }

    /// The single register that is the low word of this one, or this one.
    #[must_use]
    pub const fn low(self) -> Self {
        if self.double { Self::s(self.num * 2) } else { self }
    }

    /// The single register that is the high word of this one, or this one.
    #[must_use]
    pub const fn high(self) -> Self {
        if self.double { Self::s(self.num * 2 + 1) } else { self }
    }

    /// Hardware number at its precision.
    #[must_use]
    pub const fn num(self) -> u8 {
        self.num
    }

    #[must_use]
    pub const fn is_double(self) -> bool {
        self.double
    }

    /// Registers of this precision.
    #[must_use]
    pub const fn bank_len(self) -> u8 {
        if self.double { 16 } else { 32 }
    }

    /// The number in an encoding. A single's lowest bit is apart; of a double it is the highest, 0 with 16 of them.
    #[must_use]
    pub const fn fields(self) -> FRegFields {
        let num = self.num as u16;
        if self.double { FRegFields { high: num, low: 0 } } else { FRegFields { high: num >> 1, low: num & 1 } }
    }
}

impl fmt::Display for FReg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.double { 'd' } else { 's' }, self.num)
    }
}

impl fmt::Debug for FReg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A set of core registers, as `push`, `pop`, `ldm` and `stm` take it.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct RegSet(u16);

impl RegSet {
    pub const EMPTY: Self = Self(0);

    #[must_use]
    pub const fn with(self, r: Reg) -> Self {
        Self(self.0 | 1 << r.0)
    }

    #[must_use]
    pub const fn without(self, r: Reg) -> Self {
        Self(self.0 & !(1 << r.0))
    }

    #[must_use]
    pub const fn contains(self, r: Reg) -> bool {
        self.0 >> r.0 & 1 == 1
    }

    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Bit i = register i.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// The registers in ascending order, which is their order in memory.
    pub fn iter(self) -> impl Iterator<Item = Reg> {
        (0..16).filter(move |n| self.0 >> n & 1 == 1).map(Reg)
    }
}

impl FromIterator<Reg> for RegSet {
    fn from_iter<I: IntoIterator<Item = Reg>>(regs: I) -> Self {
        regs.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for RegSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (i, r) in self.iter().enumerate() {
            write!(f, "{}{r}", if i == 0 { "" } else { ", " })?;
        }
        f.write_str("}")
    }
}
