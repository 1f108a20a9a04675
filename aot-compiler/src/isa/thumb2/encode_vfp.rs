//! The assembler's third part: the floating-point extension (A5.3.9, A6 and chapter A7 of the manual; FPv5's own in
//! the Armv8-M Architecture Reference Manual, DDI 0553). Conventions as in [`encode`](super::encode).
//!
//! Every form is wide. None touches the condition flags but [`flags_to_core`], and none but the moves to core registers
//! writes one, so all may stand between a comparison and its branch. Forms of FPv5 say so.

use super::encode::Enc;
use super::regs::{FReg, Reg};

/// The usual layout: vn in the first halfword; vd and vm in the second.
fn three(first: u16, second: u16, vd: FReg, vn: FReg, vm: FReg) -> Enc {
    debug_assert!(vd.is_double() == vn.is_double() && vn.is_double() == vm.is_double());
    let (d, n, m) = (vd.fields(), vn.fields(), vm.fields());
    Enc::Wide(first | d.low << 6 | n.high, d.high << 12 | second | sz(vd) | n.low << 7 | m.low << 5 | m.high)
}

/// The same without vn, whose place in the first halfword says what to do.
fn two(first: u16, second: u16, vd: FReg, vm: FReg, sz: u16) -> Enc {
    let (d, m) = (vd.fields(), vm.fields());
    Enc::Wide(first | d.low << 6, d.high << 12 | second | sz | m.low << 5 | m.high)
}

/// Bit that says double precision.
const fn sz(reg: FReg) -> u16 {
    (reg.is_double() as u16) << 8
}

/// Operations on two floats of the same precision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    /// IEEE 754-2008 maxNum: -0 < +0, and a quiet NaN loses against a number. FPv5, not in IT blocks.
    MaxNum,
    /// IEEE 754-2008 minNum, likewise. FPv5, not in IT blocks.
    MinNum,
}

/// `vd = vn op vm`.
#[must_use]
pub fn binary(op: Binary, vd: FReg, vn: FReg, vm: FReg) -> Enc {
    let (first, second) = match op {
        Binary::Add => (0xee30, 0x0a00),
        Binary::Sub => (0xee30, 0x0a40),
        Binary::Mul => (0xee20, 0x0a00),
        Binary::Div => (0xee80, 0x0a00),
        Binary::MaxNum => (0xfe80, 0x0a00),
        Binary::MinNum => (0xfe80, 0x0a40),
    };
    three(first, second, vd, vn, vm)
}

/// Operations on one float.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unary {
    Mov,
    /// Clears the sign bit, of a NaN too.
    Abs,
    /// Inverts the sign bit, of a NaN too.
    Neg,
    Sqrt,
    /// To an integral value toward zero. FPv5.
    RoundZero,
    /// To the nearest integral value, ties to even. FPv5, not in IT blocks.
    RoundNearest,
    /// To an integral value upward. FPv5, not in IT blocks.
    RoundUp,
    /// To an integral value downward. FPv5, not in IT blocks.
    RoundDown,
}

/// `vd = op vm`.
#[must_use]
pub fn unary(op: Unary, vd: FReg, vm: FReg) -> Enc {
    debug_assert!(vd.is_double() == vm.is_double());
    let (first, second) = match op {
        Unary::Mov => (0xeeb0, 0x0a40),
        Unary::Abs => (0xeeb0, 0x0ac0),
        Unary::Neg => (0xeeb1, 0x0a40),
        Unary::Sqrt => (0xeeb1, 0x0ac0),
        Unary::RoundZero => (0xeeb6, 0x0ac0),
        Unary::RoundNearest => (0xfeb9, 0x0a40),
        Unary::RoundUp => (0xfeba, 0x0a40),
        Unary::RoundDown => (0xfebb, 0x0a40),
    };
    two(first, second, vd, vm, sz(vd))
}

/// Compares into FPSCR's flags: less N, equal Z and C, greater C, unordered C and V.
#[must_use]
pub fn compare(vd: FReg, vm: FReg) -> Enc {
    debug_assert!(vd.is_double() == vm.is_double());
    two(0xeeb4, 0x0a40, vd, vm, sz(vd))
}

/// Compares with zero, likewise.
#[must_use]
pub fn compare_zero(vd: FReg) -> Enc {
    let d = vd.fields();
    Enc::Wide(0xeeb5 | d.low << 6, d.high << 12 | 0x0a40 | sz(vd))
}

/// `vmrs APSR_nzcv, fpscr`: FPSCR's flags to the condition flags.
#[must_use]
pub fn flags_to_core() -> Enc {
    Enc::Wide(0xeef1, 0xfa10)
}

/// `vmrs`: FPSCR to a core register.
#[must_use]
pub fn read_fpscr(rt: Reg) -> Enc {
    Enc::Wide(0xeef1, rt.bits() << 12 | 0x0a10)
}

/// `vmsr`: a core register to FPSCR.
#[must_use]
pub fn write_fpscr(rt: Reg) -> Enc {
    Enc::Wide(0xeee1, rt.bits() << 12 | 0x0a10)
}

/// What [`select`] can test; every other condition is the opposite of one of these or cannot be had.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum SelectCond {
    Eq = 0,
    Vs = 1,
    Ge = 2,
    Gt = 3,
}

/// `vd = cond ? vn : vm`. FPv5, not in IT blocks.
#[must_use]
pub fn select(cond: SelectCond, vd: FReg, vn: FReg, vm: FReg) -> Enc {
    three(0xfe00 | (cond as u16) << 4, 0x0a00, vd, vn, vm)
}

/// `sd` = the integer nearest to `vm` toward zero: NaN gives 0, what is out of range the nearest in range.
#[must_use]
pub fn to_int(signed: bool, sd: FReg, vm: FReg) -> Enc {
    debug_assert!(!sd.is_double());
    two(0xeebc | u16::from(signed), 0x0ac0, sd, vm, sz(vm))
}

/// `vd` = the integer in `sm`, rounded as FPSCR says.
#[must_use]
pub fn from_int(signed: bool, vd: FReg, sm: FReg) -> Enc {
    debug_assert!(!sm.is_double());
    two(0xeeb8, 0x0a40 | u16::from(signed) << 7, vd, sm, sz(vd))
}

/// `vd = vm` in the other precision.
#[must_use]
pub fn convert(vd: FReg, vm: FReg) -> Enc {
    debug_assert!(vd.is_double() != vm.is_double());
    two(0xeeb7, 0x0ac0, vd, vm, sz(vm))
}

/// The eight bits that stand for an f64 in [`mov_imm`] (`VFPExpandImm` of the manual, inverted): ±n/16 · 2^r with n in
/// 16..=31 and r in -3..=4. `None` for every other value, zero and NaN among them.
fn imm8(value: f64) -> Option<u16> {
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32 - 1023;
    if bits & 0x0000_ffff_ffff_ffff != 0 || !(-3..=4).contains(&exponent) {
        return None;
    }
    // The biased exponent's top bit is the inverse of those below it, all but the last two: three bits, biased by one.
    let exponent = (exponent - 1) as u16 & 7;
    Some(((bits >> 63) as u16) << 7 | exponent << 4 | (bits >> 48 & 15) as u16)
}

/// `vd = value`, if the form has it: a small number of at most five significant bits, see the manual's table A6-15.
#[must_use]
pub fn mov_imm(vd: FReg, value: f64) -> Option<Enc> {
    let imm = imm8(value)?;
    let d = vd.fields();
    Some(Enc::Wide(0xeeb0 | d.low << 6 | imm >> 4, d.high << 12 | 0x0a00 | sz(vd) | imm & 15))
}

/// A word between a core register and a single: `to_core` says which way.
#[must_use]
pub fn mov_core(to_core: bool, rt: Reg, sn: FReg) -> Enc {
    debug_assert!(!sn.is_double());
    let n = sn.fields();
    Enc::Wide(0xee00 | u16::from(to_core) << 4 | n.high, rt.bits() << 12 | 0x0a10 | n.low << 7)
}

/// Two words, low first, between core registers and a double; `to_core` says which way.
#[must_use]
pub fn mov_core_pair(to_core: bool, low: Reg, high: Reg, dm: FReg) -> Enc {
    debug_assert!(dm.is_double() && !(to_core && low == high));
    let m = dm.fields();
    Enc::Wide(0xec40 | u16::from(to_core) << 4 | high.bits(), low.bits() << 12 | 0x0b10 | m.low << 5 | m.high)
}

/// Whether [`mem`] has an encoding for `offset`.
#[must_use]
pub const fn mem_offset_fits(offset: i32) -> bool {
    offset % 4 == 0 && offset.unsigned_abs() <= 1020
}

/// `vd` ↔ memory at `rn + offset`, a multiple of 4 within ±1020. Faults if the address is not word-aligned, whatever
/// the configuration: not for guest memory.
#[must_use]
pub fn mem(load: bool, vd: FReg, rn: Reg, offset: i32) -> Option<Enc> {
    if !mem_offset_fits(offset) {
        return None;
    }
    let d = vd.fields();
    let first = 0xed00 | u16::from(offset >= 0) << 7 | d.low << 6 | u16::from(load) << 4 | rn.bits();
    Some(Enc::Wide(first, d.high << 12 | 0x0a00 | sz(vd) | (offset.unsigned_abs() / 4) as u16))
}

/// Pushes `count` registers of the same precision from `first` up, the lowest at the lowest address. `None` if there
/// are none, or not that many up from `first`.
#[must_use]
pub fn push(first: FReg, count: u8) -> Option<Enc> {
    block(0xed2d, first, count)
}

/// Pops what [`push`] pushed.
#[must_use]
pub fn pop(first: FReg, count: u8) -> Option<Enc> {
    block(0xecbd, first, count)
}

fn block(op: u16, first: FReg, count: u8) -> Option<Enc> {
    let words = u16::from(count) << u16::from(first.is_double());
    let fits = count >= 1 && first.num() + count <= first.bank_len();
    let d = first.fields();
    fits.then_some(Enc::Wide(op | d.low << 6, d.high << 12 | 0x0a00 | sz(first) | words))
}
