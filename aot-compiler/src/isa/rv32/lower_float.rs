//! Selection: operations on f32 to RV32F instructions over virtual registers.
//!
//! What the hardware gives is what WebAssembly asks for, NaNs included (every operation that rounds gives the canonical
//! one), but for: minimum and maximum, which prefer a number to a NaN; conversion to an integer, which makes the largest
//! one of a NaN; rounding to an integer as a float, which F has not.

use super::encode::{Alu, AluImm};
use super::encode_float::{FloatCompare, FloatOp, Rounding};
use super::inst::{Op, Test};
use super::{Rv32, lower};
use crate::isa::{Address, FloatAlu, FloatCond, FloatUnary, TestOn};
use crate::marks::{mutant, rule};
use crate::vcode::{Selector, Word};
use regalloc2::{Operand, VReg};

type Cx = Selector<Rv32>;

/// `dst = op a`.
fn unary_op(cx: &mut Cx, op: Op, dst: VReg, a: VReg) {
    cx.push(op, vec![Operand::reg_def(dst), Operand::reg_use(a)]);
}

/// `dst = a op b`.
fn binary_op(cx: &mut Cx, op: Op, dst: VReg, a: VReg, b: VReg) {
    cx.push(op, vec![Operand::reg_def(dst), Operand::reg_use(a), Operand::reg_use(b)]);
}

/// 1 if the comparison holds, else 0.
fn compare(cx: &mut Cx, op: FloatCompare, a: VReg, b: VReg) -> VReg {
    let bit = cx.fresh();
    binary_op(cx, Op::FloatCompare(op), bit, a, b);
    bit
}

/// `a op b` on words.
fn word_op(cx: &mut Cx, op: Alu, a: VReg, b: VReg) -> VReg {
    let dst = cx.fresh();
    binary_op(cx, Op::Alu(op), dst, a, b);
    dst
}

/// 1 if neither is a NaN, else 0.
fn ordered(cx: &mut Cx, a: VReg, b: VReg) -> VReg {
    let first = compare(cx, FloatCompare::Eq, a, a);
    if a == b {
        rule!("rv32: float ordered with itself");
        return first;
    }
    rule!("rv32: float ordered");
    let second = compare(cx, FloatCompare::Eq, b, b);
    word_op(cx, Alu::And, first, second)
}

pub fn constant(cx: &mut Cx, dst: VReg, bits: u32) {
    rule!("rv32: float constant");
    from_bits(cx, dst, Word::Const(bits as i32));
}

pub fn alu(cx: &mut Cx, op: FloatAlu, dst: VReg, a: VReg, b: VReg) {
    let op = match op {
        FloatAlu::Add => rule!("rv32: fadd", FloatOp::Add),
        FloatAlu::Sub => rule!("rv32: fsub", FloatOp::Sub),
        FloatAlu::Mul => rule!("rv32: fmul", FloatOp::Mul),
        FloatAlu::Div => rule!("rv32: fdiv", FloatOp::Div),
        FloatAlu::Copysign => rule!("rv32: fsgnj", FloatOp::CopySign),
        FloatAlu::Min => {
            rule!("rv32: fmin with NaNs");
            return min_max(cx, FloatOp::Min, dst, a, b);
        }
        FloatAlu::Max => {
            rule!("rv32: fmax with NaNs");
            return min_max(cx, FloatOp::Max, dst, a, b);
        }
    };
    binary_op(cx, Op::Float(op), dst, a, b);
}

fn min_max(cx: &mut Cx, op: FloatOp, dst: VReg, a: VReg, b: VReg) {
    let ordered = ordered(cx, a, b);
    let uses = [ordered, a, b].map(Operand::reg_use);
    cx.push(Op::FloatMinMax(op), [Operand::reg_def_at_start(dst)].into_iter().chain(uses).collect());
}

pub fn unary(cx: &mut Cx, op: FloatUnary, dst: VReg, a: VReg) {
    match op {
        FloatUnary::Neg => rule!("rv32: fneg", binary_op(cx, Op::Float(FloatOp::CopySignNot), dst, a, a)),
        FloatUnary::Abs => rule!("rv32: fabs", binary_op(cx, Op::Float(FloatOp::CopySignXor), dst, a, a)),
        FloatUnary::Sqrt => rule!("rv32: fsqrt", unary_op(cx, Op::Sqrt, dst, a)),
        FloatUnary::Ceil => rule!("rv32: ceil", round(cx, Rounding::Up, dst, a)),
        FloatUnary::Floor => rule!("rv32: floor", round(cx, Rounding::Down, dst, a)),
        FloatUnary::Trunc => rule!("rv32: trunc", round(cx, Rounding::Zero, dst, a)),
        FloatUnary::Nearest => rule!("rv32: nearest", round(cx, Rounding::Nearest, dst, a)),
    }
}

/// By way of an integer below 2²³ in magnitude; from there on every float is one, and NaN and infinity are higher still.
fn round(cx: &mut Cx, rounding: Rounding, dst: VReg, a: VReg) {
    const TWO_TO_23: u32 = 0x4b00_0000;
    let (bits, magnitude) = (cx.fresh(), cx.fresh());
    to_bits(cx, bits, a);
    // Without its sign bit, a float's bits are in the order of its magnitude.
    unary_op(cx, Op::AluImm(AluImm::Sll, 1), magnitude, bits);
    let limit = cx.reg(Word::Const((TWO_TO_23 << 1) as i32));
    let uses = [magnitude, limit, a].map(Operand::reg_use);
    cx.push(Op::Round(rounding), [Operand::reg_def_at_start(dst)].into_iter().chain(uses).collect());
}

pub fn test(cx: &mut Cx, cond: FloatCond, a: VReg, b: VReg) -> TestOn<Rv32> {
    use FloatCompare::{Eq, Le, Lt};
    let (bit, set) = match cond {
        FloatCond::Equal => rule!("rv32: float eq", (compare(cx, Eq, a, b), true)),
        FloatCond::NotEqual => rule!("rv32: float ne", (compare(cx, Eq, a, b), false)),
        FloatCond::LessThan => rule!("rv32: float lt", (compare(cx, Lt, a, b), true)),
        FloatCond::LessThanOrEqual => {
            let (a, b, holds) = mutant!("rv32: float le holds for NaNs", (a, b, true), (b, a, false));
            rule!("rv32: float le", (compare(cx, if holds { Le } else { Lt }, a, b), holds))
        }
        FloatCond::GreaterThan => rule!("rv32: float gt", (compare(cx, Lt, b, a), true)),
        FloatCond::GreaterThanOrEqual => rule!("rv32: float ge", (compare(cx, Le, b, a), true)),
    };
    TestOn { test: Test::Bit(set), operands: vec![Operand::reg_use(bit)] }
}

pub fn select(cx: &mut Cx, dst: VReg, on: TestOn<Rv32>, yes: VReg, no: VReg) {
    if yes == no {
        rule!("rv32: float select of one value");
        return binary_op(cx, Op::Float(FloatOp::CopySign), dst, yes, yes);
    }
    rule!("rv32: float select");
    let TestOn { test, operands } = on;
    let mut all = vec![Operand::reg_reuse_def(dst, operands.len() + 2)];
    all.extend(operands);
    all.extend([yes, no].map(Operand::reg_use));
    cx.push(Op::FloatSelect(test), all);
}

pub fn from_int(cx: &mut Cx, signed: bool, dst: VReg, a: Word) {
    rule!("rv32: fcvt from an integer");
    let a = cx.operand(a);
    cx.push(Op::FloatFromInt(signed), vec![Operand::reg_def(dst), a]);
}

/// The hardware's integer, and all of its bits only if the float is a number.
pub fn to_int(cx: &mut Cx, signed: bool, dst: VReg, a: VReg) {
    rule!("rv32: fcvt to an integer");
    let (nearest, mask) = (cx.fresh(), cx.fresh());
    unary_op(cx, Op::FloatToInt(signed), nearest, a);
    let number = compare(cx, FloatCompare::Eq, a, a);
    let zero = cx.operand(Word::Const(0));
    cx.push(Op::Alu(Alu::Sub), vec![Operand::reg_def(mask), zero, Operand::reg_use(number)]);
    let mask = mutant!("rv32: NaN as the largest integer", mask, nearest);
    binary_op(cx, Op::Alu(Alu::And), dst, nearest, mask);
}

pub fn from_bits(cx: &mut Cx, dst: VReg, bits: Word) {
    rule!("rv32: fmv from a word");
    let bits = cx.operand(bits);
    cx.push(Op::FloatFromBits, vec![Operand::reg_def(dst), bits]);
}

pub fn to_bits(cx: &mut Cx, dst: VReg, a: VReg) {
    rule!("rv32: fmv to a word");
    unary_op(cx, Op::FloatToBits, dst, a);
}

pub fn load(cx: &mut Cx, dst: VReg, address: Address) {
    rule!("rv32: flw");
    let (base, offset) = lower::place(cx, address);
    cx.push(Op::FloatLoad(offset), vec![Operand::reg_def(dst), base]);
}

pub fn store(cx: &mut Cx, value: VReg, address: Address) {
    rule!("rv32: fsw");
    let (base, offset) = lower::place(cx, address);
    cx.push(Op::FloatStore(offset), vec![Operand::reg_use(value), base]);
}
