//! The assembler's float half: RV32F and its compressed loads and stores. Conventions as in [`encode`](super::encode).
//!
//! Where rounding can matter, the instruction names its mode: generated code does not depend on fcsr.
//!
//! Source: The RISC-V Instruction Set Manual, Volume I, chapters "F" and "C".

use super::encode::{Code, i_type, load_compressed, s_type, store_compressed};
use super::regs::{FReg, Reg};

/// Two-operand operations with a float result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatOp {
    Add,
    Sub,
    Mul,
    Div,
    /// The other operand if one is a NaN; −0 is less than +0.
    Min,
    Max,
    /// The first with the sign of the second.
    CopySign,
    /// The first with the opposite of the second's sign.
    CopySignNot,
    /// The first with its sign inverted where the second's is set.
    CopySignXor,
}

impl FloatOp {
    /// (funct7, funct3); the latter is the rounding mode of what rounds.
    const fn functs(self) -> (u32, u32) {
        let nearest = Rounding::Nearest as u32;
        match self {
            FloatOp::Add => (0x00, nearest),
            FloatOp::Sub => (0x04, nearest),
            FloatOp::Mul => (0x08, nearest),
            FloatOp::Div => (0x0c, nearest),
            FloatOp::CopySign => (0x10, 0),
            FloatOp::CopySignNot => (0x10, 1),
            FloatOp::CopySignXor => (0x10, 2),
            FloatOp::Min => (0x14, 0),
            FloatOp::Max => (0x14, 1),
        }
    }
}

/// Rounding modes, by their encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Rounding {
    /// To the nearest, ties to even.
    Nearest = 0,
    /// Towards zero.
    Zero = 1,
    Down = 2,
    Up = 3,
}

/// Comparisons; false if an operand is a NaN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatCompare {
    Le,
    Lt,
    Eq,
}

/// The format of OP-FP.
const fn op_fp(funct7: u32, rs2: u32, rs1: u32, funct3: u32, rd: u32) -> Code {
    Code::Long(funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | 0x53)
}

/// `op fd, fs1, fs2`, rounding to nearest.
pub const fn float(op: FloatOp, fd: FReg, fs1: FReg, fs2: FReg) -> Code {
    let (funct7, funct3) = op.functs();
    op_fp(funct7, fs2.number(), fs1.number(), funct3, fd.number())
}

/// `fmv.s fd, fs`: the register allocator's moves.
pub const fn float_move(fd: FReg, fs: FReg) -> Code {
    float(FloatOp::CopySign, fd, fs, fs)
}

/// `fsqrt.s fd, fs`, rounding to nearest.
pub const fn sqrt(fd: FReg, fs: FReg) -> Code {
    op_fp(0x2c, 0, fs.number(), Rounding::Nearest as u32, fd.number())
}

/// `op rd, fs1, fs2`: 1 or 0.
pub const fn compare(op: FloatCompare, rd: Reg, fs1: FReg, fs2: FReg) -> Code {
    op_fp(0x50, fs2.number(), fs1.number(), op as u32, rd.number())
}

/// `fcvt.w.s rd, fs` or `fcvt.wu.s`: the integer in range nearest to the rounded float; the largest for a NaN.
pub const fn to_int(signed: bool, rd: Reg, fs: FReg, rounding: Rounding) -> Code {
    op_fp(0x60, !signed as u32, fs.number(), rounding as u32, rd.number())
}

/// `fcvt.s.w fd, rs` or `fcvt.s.wu`, rounding to nearest.
pub const fn from_int(signed: bool, fd: FReg, rs: Reg) -> Code {
    op_fp(0x68, !signed as u32, rs.number(), Rounding::Nearest as u32, fd.number())
}

/// `fmv.x.w rd, fs`: the float's bits.
pub const fn to_bits(rd: Reg, fs: FReg) -> Code {
    op_fp(0x70, 0, fs.number(), 0, rd.number())
}

/// `fmv.w.x fd, rs`: the float with these bits.
pub const fn from_bits(fd: FReg, rs: Reg) -> Code {
    op_fp(0x78, 0, rs.number(), 0, fd.number())
}

/// `flw fd, offset(base)`; `offset` is −2048..=2047 bytes.
pub fn float_load(fd: FReg, base: Reg, offset: i32) -> Code {
    match load_compressed(0b011, fd.number(), fd.compressed(), base, offset) {
        Some(short) => Code::Short(short), // c.flwsp, c.flw
        None => i_type(0x07, 2, fd.number(), base, offset),
    }
}

/// `fsw data, offset(base)`; `offset` is −2048..=2047 bytes.
pub fn float_store(data: FReg, base: Reg, offset: i32) -> Code {
    match store_compressed(0b111, data.number(), data.compressed(), base, offset) {
        Some(short) => Code::Short(short), // c.fswsp, c.fsw
        None => s_type(0x27, 2, data.number(), base, offset),
    }
}
