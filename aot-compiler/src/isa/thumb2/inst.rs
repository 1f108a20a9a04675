//! Straight-line instructions without registers, and their emission.
//!
//! No flag lives from one [`Op`] to the next, so each is free to lose them; the exception is [`Op::AluFlags`], which
//! its branch follows at once. Inside of one, [`SCRATCH`] is free.

use super::encode::{self as enc, Cond, Enc, Flags, LongMul, Shift, ShiftOp};
use super::encode_mem::{self as mem, Mem};
use super::encode_vfp as vfp;
use super::imms::Constant;
use super::inst_vfp::{self, FloatOp};
use super::regs::{FReg, Reg, SCRATCH};
use super::{TEXT_ADDRESS, put};
use crate::emit::Sink;
use crate::isa::{Precision, RelocTarget};
use crate::marks::{mutant, rule};

/// Second source of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Src {
    /// The next operand, shifted.
    Reg(Shift),
    /// No operand. Selection has made sure that the operation can encode it.
    Imm(u32),
}

impl Src {
    pub const REG: Self = Self::Reg(Shift::NONE);

    const fn operands(self) -> usize {
        matches!(self, Self::Reg(_)) as usize
    }
}

/// How two words or pairs are compared; the flags are then those of `a - b`, as far as said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `[a, (b)]`: the flags of the operation.
    Word(enc::Test, Src),
    /// `[]`: Z of the [`Op::AluFlags`] just before.
    Flags,
    /// `[a low, a high, (b low), (b high)]`: Z.
    PairEqual(Src, Src),
    /// `[a low, a high, (b low), (b high)]`: N, C and V.
    PairOrder(Src, Src),
    /// `[float a, float b]`: as [`vfp::compare`] has it.
    Float(Precision),
}

impl Compare {
    /// Number of operands.
    pub const fn operands(self) -> usize {
        match self {
            Self::Flags => 0,
            Self::Word(_, b) => 1 + b.operands(),
            Self::Float(_) => 2,
            Self::PairEqual(low, high) | Self::PairOrder(low, high) => 2 + low.operands() + high.operands(),
        }
    }
}

/// A comparison and the condition to read off its flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Test {
    pub compare: Compare,
    pub cond: Cond,
}

/// Memory operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// `[base]`; see [`mem::mem_offset_fits`].
    Offset(i32),
    /// `[base, index]`: `base + (index << shift)`.
    Index(u8),
}

/// Shifts of two-word values by a count in a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift64 {
    Left,
    RightU,
    RightS,
}

/// One straight-line instruction; operands in the order given, results first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `[]`: merged into another one.
    Nothing,
    /// `[d]`
    Const(i32),
    /// `[d, n, (m)]`
    Alu(enc::Alu, Src),
    /// `[d, n, (m)]`, for a branch on [`Compare::Flags`] that comes next.
    AluFlags(enc::Alu, Src),
    /// `[d, m]`
    Mvn,
    /// `[d, m]`
    Shift(Shift),
    /// `[d, n, count]`, count modulo 32.
    ShiftReg(ShiftOp),
    /// `[d, n, count]`, count modulo 32.
    RotateLeft,
    /// `[d, n, m]`
    Mul,
    /// `[d, n, m]`: the product's high word.
    MulHigh { signed: bool },
    /// `[d, n, m, a]`: `a + n * m`.
    Mla,
    /// `[d, n, m, a]`: `a - n * m`.
    Mls,
    /// `[d, m]`
    Unary(enc::Unary),
    /// `[d, m]`: the number of trailing zero bits.
    Ctz,
    /// `[d, m]`: the lowest bits, zero-extended.
    LowBits(u8),
    /// `[d, n, m]`
    Div { signed: bool },
    /// `[d, n, m]`
    Rem { signed: bool },
    /// `[d low, d high, n low, n high, (m low), (m high)]`: `low` sets the carry that `high` uses.
    Pair { low: enc::Alu, high: enc::Alu, low_src: Src, high_src: Src },
    /// `[d low, d high, m low, m high]`
    Neg64,
    /// `[d low, d high, n, m]`
    MulWide { signed: bool },
    /// `[d low, d high, n low, n high, m low, (m high)]`: with `m_high` false, the high word of m is 0.
    Mul64 { m_high: bool },
    /// `[d low, d high, temporary, low, high, count]`, count modulo 64. The temporary is defined early; low (of a
    /// left shift) or high (of a right shift) is read late.
    Shift64(Shift64),
    /// `[d, test…]`
    Set(Test),
    /// `[d, test…, (yes), (no)]`: constants have no operand and take one instruction.
    Select { test: Test, yes: Option<i32>, no: Option<i32> },
    /// `[value, base, (index)]`; the value is the result of a load.
    Mem(Mem, Mode),
    /// `[d]`
    TextAddress(RelocTarget),
    /// On float registers.
    Float(FloatOp, Precision),
}

/// Emits one instruction.
pub fn emit(sink: &mut Sink, op: &Op, regs: &[u8]) {
    let r = |i: usize| Reg::new(regs[i]);
    match *op {
        Op::Nothing => {}
        Op::AluFlags(alu, src) => alu_src(sink, alu, r(0), r(1), src, regs.get(2).copied(), Flags::Set),
        Op::Const(value) => constant(sink, r(0), value, Flags::Free),
        Op::Alu(alu, src) => alu_src(sink, alu, r(0), r(1), src, regs.get(2).copied(), Flags::Free),
        Op::Mvn => put(sink, enc::mvn_reg(r(0), r(1), Shift::NONE, Flags::Free)),
        Op::Shift(shift) => put(sink, enc::shift_imm(r(0), r(1), shift, Flags::Free)),
        Op::ShiftReg(ShiftOp::Ror) => put(sink, enc::shift_reg(ShiftOp::Ror, r(0), r(1), r(2), Flags::Free)),
        Op::ShiftReg(shift) => {
            // The hardware looks at eight bits of the count.
            let mask = mutant!("thumb2: shift count not masked", 31, 255);
            put(sink, encodable(enc::alu_imm(enc::Alu::And, SCRATCH, r(2), mask, Flags::Free)));
            put(sink, enc::shift_reg(shift, r(0), r(1), SCRATCH, Flags::Free));
        }
        Op::RotateLeft => {
            let negate = mutant!("thumb2: rotl as rotr", enc::Alu::Rsb, enc::Alu::Add);
            put(sink, encodable(enc::alu_imm(negate, SCRATCH, r(2), 0, Flags::Free)));
            put(sink, enc::shift_reg(ShiftOp::Ror, r(0), r(1), SCRATCH, Flags::Free));
        }
        Op::Mul => put(sink, enc::mul(r(0), r(1), r(2), Flags::Free)),
        Op::MulHigh { signed } => put(sink, enc::long_mul(wide_product(signed), SCRATCH, r(0), r(1), r(2))),
        Op::Mla => put(sink, enc::mla(r(0), r(1), r(2), r(3))),
        Op::Mls => put(sink, enc::mls(r(0), r(1), r(2), r(3))),
        Op::Unary(unary) => put(sink, enc::unary(unary, r(0), r(1))),
        Op::Ctz => {
            put(sink, enc::unary(enc::Unary::Rbit, r(0), r(1)));
            put(sink, enc::unary(enc::Unary::Clz, r(0), r(0)));
        }
        Op::LowBits(width) => put(sink, encodable(enc::ubfx(r(0), r(1), 0, width))),
        Op::Div { signed } => put(sink, divide(signed, r(0), r(1), r(2))),
        Op::Rem { signed } => {
            put(sink, divide(signed, SCRATCH, r(1), r(2)));
            put(sink, enc::mls(r(0), SCRATCH, r(2), r(1)));
        }
        Op::Pair { low, high, low_src, high_src } => pair(sink, (low, low_src), (high, high_src), regs),
        Op::Neg64 => negate_pair(sink, regs),
        Op::MulWide { signed } => put(sink, enc::long_mul(wide_product(signed), r(0), r(1), r(2), r(3))),
        Op::Mul64 { m_high } => {
            put(sink, enc::mul(SCRATCH, r(3), r(4), Flags::Free));
            if m_high {
                put(sink, enc::mla(SCRATCH, r(2), r(5), SCRATCH));
            }
            put(sink, enc::long_mul(LongMul::Umull, r(0), r(1), r(2), r(4)));
            put(sink, enc::alu_reg(enc::Alu::Add, r(1), r(1), SCRATCH, Shift::NONE, Flags::Free));
        }
        Op::Shift64(shift) => shift_pair(sink, shift, regs),
        Op::Set(test) => set(sink, test, regs),
        Op::Select { test, yes, no } => select(sink, test, yes, no, regs),
        Op::Mem(access, mode) => memory(sink, access, mode, regs),
        Op::TextAddress(target) => {
            sink.reloc(TEXT_ADDRESS, target, 0);
            put(sink, enc::movw(r(0), 0));
            put(sink, enc::movt(r(0), 0));
            put(sink, mem::add_pc(r(0)));
        }
        Op::Float(op, precision) => inst_vfp::emit(sink, op, precision, regs),
    }
}

/// An encoding that selection has made sure of.
pub fn encodable(enc: Option<Enc>) -> Enc {
    enc.expect("selection folds encodable immediates only")
}

const fn wide_product(signed: bool) -> LongMul {
    if signed { LongMul::Smull } else { LongMul::Umull }
}

fn divide(signed: bool, d: Reg, n: Reg, m: Reg) -> Enc {
    if signed { enc::sdiv(d, n, m) } else { enc::udiv(d, n, m) }
}

/// `d = value` in its cheapest form.
pub fn constant(sink: &mut Sink, d: Reg, value: i32, flags: Flags) {
    let value = value as u32;
    match Constant::of(value) {
        Constant::Mov(_) => rule!("thumb2: constant by mov", put(sink, encodable(enc::mov_imm(d, value, flags)))),
        Constant::Mvn(_) => rule!("thumb2: constant by mvn", put(sink, encodable(enc::mvn_imm(d, !value, flags)))),
        Constant::Movw(low) => rule!("thumb2: constant by movw", put(sink, enc::movw(d, low))),
        Constant::Pair { low, high } => {
            rule!("thumb2: constant by movw and movt");
            put(sink, enc::movw(d, low));
            put(sink, enc::movt(d, high));
        }
    }
}

/// `d = n op src`, where `m` is the source's register if it has one.
fn alu_src(sink: &mut Sink, op: enc::Alu, d: Reg, n: Reg, src: Src, m: Option<u8>, flags: Flags) {
    match src {
        Src::Imm(imm) => put(sink, encodable(enc::alu_imm(op, d, n, imm, flags))),
        Src::Reg(shift) => {
            let m = Reg::new(m.expect("a register source has an operand"));
            put(sink, enc::alu_reg(op, d, n, m, shift, flags));
        }
    }
}

fn compare_src(sink: &mut Sink, op: enc::Test, n: Reg, src: Src, m: Option<u8>) {
    match src {
        Src::Imm(imm) => put(sink, encodable(enc::test_imm(op, n, imm))),
        Src::Reg(shift) => {
            let m = Reg::new(m.expect("a register source has an operand"));
            put(sink, enc::test_reg(op, n, m, shift));
        }
    }
}

/// The registers of two optional sources that follow each other from `at` on.
fn two_sources(low: Src, high: Src, regs: &[u8], at: usize) -> (Option<u8>, Option<u8>) {
    let second = at + low.operands();
    ((low.operands() > 0).then(|| regs[at]), (high.operands() > 0).then(|| regs[second]))
}

fn pair(sink: &mut Sink, low: (enc::Alu, Src), high: (enc::Alu, Src), regs: &[u8]) {
    let r = |i: usize| Reg::new(regs[i]);
    let (m_low, m_high) = two_sources(low.1, high.1, regs, 4);
    let needed_later = regs[0] == regs[3] || Some(regs[0]) == m_high;
    let needed_later = mutant!("thumb2: word of an i64 overwritten before its use", needed_later, false);
    let d_low = if needed_later { SCRATCH } else { r(0) };
    alu_src(sink, low.0, d_low, r(2), low.1, m_low, Flags::Set);
    alu_src(sink, high.0, r(1), r(3), high.1, m_high, Flags::Free);
    if needed_later {
        rule!("thumb2: i64 result by way of the scratch register");
        put(sink, enc::mov_reg(r(0), SCRATCH, Flags::Free));
    }
}

fn negate_pair(sink: &mut Sink, regs: &[u8]) {
    let r = |i: usize| Reg::new(regs[i]);
    let d_low = if regs[0] == regs[3] { SCRATCH } else { r(0) };
    put(sink, encodable(enc::alu_imm(enc::Alu::Rsb, d_low, r(2), 0, Flags::Set)));
    // There is no reverse subtraction with borrow: high - 2 * high - borrow.
    let twice = Shift::new(ShiftOp::Lsl, 1).expect("in range");
    put(sink, enc::alu_reg(enc::Alu::Sbc, r(1), r(3), r(3), twice, Flags::Free));
    if d_low == SCRATCH {
        rule!("thumb2: i64 negation by way of the scratch register");
        put(sink, enc::mov_reg(r(0), SCRATCH, Flags::Free));
    }
}

/// Counts of 32 and more shift everything out; negative ones look like 128 and more.
fn shift_pair(sink: &mut Sink, shift: Shift64, regs: &[u8]) {
    let r = |i: usize| Reg::new(regs[i]);
    let count = r(2);
    // Bits move from one word into the other: (destination, source) of each.
    let (low, high) = ((r(0), r(3)), (r(1), r(4)));
    let (from, into, main, back) = match shift {
        Shift64::Left => (low, high, ShiftOp::Lsl, ShiftOp::Lsr),
        Shift64::RightU | Shift64::RightS => (high, low, ShiftOp::Lsr, ShiftOp::Lsl),
    };
    put(sink, encodable(enc::alu_imm(enc::Alu::And, count, r(5), 63, Flags::Free)));
    put(sink, encodable(enc::alu_imm(enc::Alu::Rsb, SCRATCH, count, 32, Flags::Free)));
    put(sink, enc::shift_reg(back, SCRATCH, from.1, SCRATCH, Flags::Free));
    put(sink, enc::shift_reg(main, into.0, into.1, count, Flags::Free));
    put(sink, enc::alu_reg(enc::Alu::Orr, into.0, into.0, SCRATCH, Shift::NONE, Flags::Free));
    if shift == Shift64::RightS {
        put(sink, encodable(enc::alu_imm(enc::Alu::Sub, SCRATCH, count, 32, Flags::Set)));
        put(sink, encodable(enc::it(Cond::Pl, &[])));
        put(sink, enc::shift_reg(ShiftOp::Asr, into.0, from.1, SCRATCH, Flags::InIt));
        put(sink, enc::shift_reg(ShiftOp::Asr, from.0, from.1, count, Flags::Free));
    } else {
        put(sink, encodable(enc::alu_imm(enc::Alu::Sub, SCRATCH, count, 32, Flags::Free)));
        put(sink, enc::shift_reg(main, SCRATCH, from.1, SCRATCH, Flags::Free));
        put(sink, enc::alu_reg(enc::Alu::Orr, into.0, into.0, SCRATCH, Shift::NONE, Flags::Free));
        put(sink, enc::shift_reg(main, from.0, from.1, count, Flags::Free));
    }
}

/// Sets the flags that `test` reads.
pub fn compare(sink: &mut Sink, compare: Compare, regs: &[u8]) {
    let r = |i: usize| Reg::new(regs[i]);
    match compare {
        Compare::Flags => {}
        Compare::Word(op, b) => compare_src(sink, op, r(0), b, regs.get(1).copied()),
        Compare::PairEqual(low, high) => {
            let (b_low, b_high) = two_sources(low, high, regs, 2);
            compare_src(sink, enc::Test::Cmp, r(0), low, b_low);
            put(sink, encodable(enc::it(Cond::Eq, &[])));
            compare_src(sink, enc::Test::Cmp, r(1), high, b_high);
        }
        Compare::PairOrder(low, high) => {
            let (b_low, b_high) = two_sources(low, high, regs, 2);
            compare_src(sink, enc::Test::Cmp, r(0), low, b_low);
            alu_src(sink, enc::Alu::Sbc, SCRATCH, r(1), high, b_high, Flags::Set);
        }
        Compare::Float(precision) => {
            put(sink, vfp::compare(FReg::at(regs[0], precision), FReg::at(regs[1], precision)));
            put(sink, vfp::flags_to_core());
        }
    }
}

/// Whether the test is of one word being zero (`Some(false)`) or not (`Some(true)`).
pub fn zero_test(test: Test) -> Option<bool> {
    match test {
        Test { compare: Compare::Word(enc::Test::Cmp, Src::Imm(0)), cond: Cond::Eq } => Some(false),
        Test { compare: Compare::Word(enc::Test::Cmp, Src::Imm(0)), cond: Cond::Ne } => Some(true),
        _ => None,
    }
}

fn set(sink: &mut Sink, test: Test, regs: &[u8]) {
    let d = Reg::new(regs[0]);
    if zero_test(test) == Some(false) {
        rule!("thumb2: equality with zero as clz and lsr");
        // 32 leading zeros, and no other count has bit 5.
        put(sink, enc::unary(enc::Unary::Clz, d, Reg::new(regs[1])));
        let bit5 = Shift::new(ShiftOp::Lsr, 5).expect("in range");
        put(sink, enc::shift_imm(d, d, bit5, Flags::Free));
        return;
    }
    compare(sink, test.compare, &regs[1..]);
    put(sink, encodable(enc::it(test.cond, &[false])));
    put(sink, encodable(enc::mov_imm(d, 1, Flags::InIt)));
    put(sink, encodable(enc::mov_imm(d, 0, Flags::InIt)));
}

fn select(sink: &mut Sink, test: Test, yes: Option<i32>, no: Option<i32>, regs: &[u8]) {
    let d = Reg::new(regs[0]);
    let mut next = 1 + test.compare.operands();
    let mut arm = |constant: Option<i32>| match constant {
        Some(c) => Arm::Const(c),
        None => {
            next += 1;
            Arm::Reg(Reg::new(regs[next - 1]))
        }
    };
    let (yes, no) = (arm(yes), arm(no));
    compare(sink, test.compare, &regs[1..]);
    match (yes == Arm::Reg(d), no == Arm::Reg(d)) {
        (true, true) => rule!("thumb2: select of one register"),
        (false, true) => {
            rule!("thumb2: select with a conditional move");
            let cond = mutant!("thumb2: select of the other arm", test.cond, test.cond.invert());
            put(sink, encodable(enc::it(cond, &[])));
            yes.put(sink, d);
        }
        (true, false) => {
            rule!("thumb2: select with an opposite conditional move");
            put(sink, encodable(enc::it(test.cond.invert(), &[])));
            no.put(sink, d);
        }
        (false, false) => {
            rule!("thumb2: select with two conditional moves");
            put(sink, encodable(enc::it(test.cond, &[false])));
            yes.put(sink, d);
            no.put(sink, d);
        }
    }
}

/// One side of a select.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Arm {
    Reg(Reg),
    Const(i32),
}

impl Arm {
    fn put(self, sink: &mut Sink, d: Reg) {
        match self {
            Self::Reg(r) => put(sink, enc::mov_reg(d, r, Flags::InIt)),
            Self::Const(c) => constant(sink, d, c, Flags::InIt),
        }
    }
}

fn memory(sink: &mut Sink, access: Mem, mode: Mode, regs: &[u8]) {
    let r = |i: usize| Reg::new(regs[i]);
    let enc = match mode {
        Mode::Offset(offset) => mem::mem_imm(access, r(0), r(1), offset),
        Mode::Index(shift) => mem::mem_reg(access, r(0), r(1), r(2), shift),
    };
    put(sink, encodable(enc));
}
