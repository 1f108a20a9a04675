//! Selection of floats in registers.

use super::Thumb2;
use super::encode::Cond as Cc;
use super::encode_vfp::{self as vfp, Binary, Unary};
use super::inst::{Compare, Op, Test};
use super::inst_vfp::{FloatOp, select_cond};
use crate::isa::{Access, Address, FloatAlu, FloatCond, FloatUnary, Isa32, Pair, PairDef, Precision, TestOn};
use crate::vcode::{Selector, Word};
use regalloc2::{Operand, VReg};
use sandgrain_abi::{FloatUnit, Target};

type Cx = Selector<Thumb2>;

/// Whether the part has FPv5: directed rounding, minNum and maxNum, conditional selection.
const fn has_fpv5(target: Target) -> bool {
    matches!(target, Target::CortexM7 | Target::CortexM33)
}

pub fn has_alu(target: Target) -> bool {
    target.float_unit() > FloatUnit::Soft
}

pub fn has_unary(target: Target, op: FloatUnary) -> bool {
    match op {
        FloatUnary::Neg | FloatUnary::Abs | FloatUnary::Sqrt => target.float_unit() > FloatUnit::Soft,
        FloatUnary::Ceil | FloatUnary::Floor | FloatUnary::Trunc | FloatUnary::Nearest => has_fpv5(target),
    }
}

fn push(cx: &mut Cx, op: FloatOp, precision: Precision, dst: VReg, sources: &[VReg]) {
    let mut operands = vec![Operand::reg_def(dst)];
    operands.extend(sources.iter().map(|reg| Operand::reg_use(*reg)));
    cx.push(Op::Float(op, precision), operands);
}

pub fn constant(cx: &mut Cx, precision: Precision, dst: VReg, bits: u64) {
    push(cx, FloatOp::Const(bits), precision, dst, &[]);
}

pub fn alu(cx: &mut Cx, op: FloatAlu, precision: Precision, dst: VReg, a: VReg, b: VReg) {
    let op = match op {
        FloatAlu::Add => FloatOp::Binary(Binary::Add),
        FloatAlu::Sub => FloatOp::Binary(Binary::Sub),
        FloatAlu::Mul => FloatOp::Binary(Binary::Mul),
        FloatAlu::Div => FloatOp::Binary(Binary::Div),
        FloatAlu::Copysign => FloatOp::Copysign,
        FloatAlu::Min => return min_max(cx, false, precision, dst, a, b),
        FloatAlu::Max => return min_max(cx, true, precision, dst, a, b),
    };
    push(cx, op, precision, dst, &[a, b]);
}

fn min_max(cx: &mut Cx, max: bool, precision: Precision, dst: VReg, a: VReg, b: VReg) {
    let (op, operands) = if has_fpv5(cx.target) {
        let late = [Operand::reg_use_at_end(a), Operand::reg_use_at_end(b)];
        (FloatOp::MinMax { max }, vec![Operand::reg_def(dst), late[0], late[1]])
    } else {
        let operands = vec![Operand::reg_reuse_def(dst, 1), Operand::reg_use(a), Operand::reg_use(b)];
        (FloatOp::MinMaxByCompare { max }, operands)
    };
    cx.push(Op::Float(op, precision), operands);
}

pub fn unary(cx: &mut Cx, op: FloatUnary, precision: Precision, dst: VReg, a: VReg) {
    let op = match op {
        FloatUnary::Neg => Unary::Neg,
        FloatUnary::Abs => Unary::Abs,
        FloatUnary::Sqrt => Unary::Sqrt,
        FloatUnary::Ceil => Unary::RoundUp,
        FloatUnary::Floor => Unary::RoundDown,
        FloatUnary::Trunc => Unary::RoundZero,
        FloatUnary::Nearest => Unary::RoundNearest,
    };
    push(cx, FloatOp::Unary(op), precision, dst, &[a]);
}

/// Conditions on the flags of a comparison: less N, equal Z and C, greater C, unordered C and V. The two conditions that
/// put unordered with equal need a comparison that makes it so.
pub fn test(cond: FloatCond, precision: Precision, a: VReg, b: VReg) -> TestOn<Thumb2> {
    let cc = match cond {
        FloatCond::Equal | FloatCond::UnorderedOrEqual => Cc::Eq,
        FloatCond::NotEqual | FloatCond::OrderedNotEqual => Cc::Ne,
        FloatCond::LessThan => Cc::Mi,
        FloatCond::LessThanOrEqual => Cc::Ls,
        FloatCond::GreaterThan => Cc::Gt,
        FloatCond::GreaterThanOrEqual => Cc::Ge,
        FloatCond::UnorderedOrLessThan => Cc::Lt,
        FloatCond::UnorderedOrLessThanOrEqual => Cc::Le,
        FloatCond::UnorderedOrGreaterThan => Cc::Hi,
        FloatCond::UnorderedOrGreaterThanOrEqual => Cc::Pl,
        FloatCond::Ordered => Cc::Vc,
        FloatCond::Unordered => Cc::Vs,
    };
    let unordered_equal = matches!(cond, FloatCond::UnorderedOrEqual | FloatCond::OrderedNotEqual);
    let test = Test { compare: Compare::Float { precision, unordered_equal }, cond: cc };
    TestOn { test, operands: vec![Operand::reg_use(a), Operand::reg_use(b)] }
}

pub fn select(cx: &mut Cx, precision: Precision, dst: VReg, on: TestOn<Thumb2>, yes: VReg, no: VReg) {
    let mut operands = vec![Operand::reg_def(dst)];
    operands.extend(on.operands);
    operands.extend([yes, no].map(Operand::reg_use));
    let op = if has_fpv5(cx.target) && select_cond(on.test.cond).is_some() {
        FloatOp::Select(on.test)
    } else {
        operands[0] = Operand::reg_reuse_def(dst, operands.len() - 1);
        FloatOp::SelectByMove(on.test)
    };
    cx.push(Op::Float(op, precision), operands);
}

pub fn from_int(cx: &mut Cx, signed: bool, to: Precision, dst: VReg, a: Word) {
    let operands = vec![Operand::reg_def(dst), cx.operand(a)];
    cx.push(Op::Float(FloatOp::FromInt { signed }, to), operands);
}

pub fn to_int(cx: &mut Cx, signed: bool, from: Precision, dst: VReg, a: VReg) {
    let temporary = Operand::reg_temp(cx.fresh_float());
    let operands = vec![Operand::reg_def(dst), temporary, Operand::reg_use(a)];
    cx.push(Op::Float(FloatOp::ToInt { signed }, from), operands);
}

pub fn convert(cx: &mut Cx, to: Precision, dst: VReg, a: VReg) {
    push(cx, FloatOp::Convert, to, dst, &[a]);
}

pub fn from_words(cx: &mut Cx, precision: Precision, dst: VReg, words: Pair) {
    let mut operands = vec![Operand::reg_def(dst), cx.operand(words.0)];
    if precision == Precision::Double {
        operands.push(cx.operand(words.1));
    }
    cx.push(Op::Float(FloatOp::FromWords, precision), operands);
}

pub fn to_words(cx: &mut Cx, precision: Precision, dst: PairDef, a: VReg) {
    let mut operands = vec![Operand::reg_def(dst.0)];
    if precision == Precision::Double {
        operands.push(Operand::reg_def(dst.1));
    }
    operands.push(Operand::reg_use(a));
    cx.push(Op::Float(FloatOp::ToWords, precision), operands);
}

/// The offset of a place in the instance itself, at a word boundary, which alone `vldr` and `vstr` may go to.
fn in_instance(address: Address) -> Option<i32> {
    let constant = (address.base, address.index) == (Word::Instance, None);
    (constant && vfp::mem_offset_fits(address.offset)).then_some(address.offset)
}

/// The address of the second word.
fn next_word(address: Address) -> Address {
    Address { offset: address.offset + 4, ..address }
}

pub fn load(cx: &mut Cx, precision: Precision, dst: VReg, address: Address) {
    if let Some(offset) = in_instance(address) {
        return push(cx, FloatOp::InstanceMem { load: true, offset }, precision, dst, &[]);
    }
    let (low, high) = (cx.fresh(), cx.fresh());
    Thumb2::load(cx, Access::W32, low, address);
    if precision == Precision::Double {
        Thumb2::load(cx, Access::W32, high, next_word(address));
    }
    from_words(cx, precision, dst, (low.into(), high.into()));
}

pub fn store(cx: &mut Cx, precision: Precision, value: VReg, address: Address) {
    if let Some(offset) = in_instance(address) {
        let op = FloatOp::InstanceMem { load: false, offset };
        return cx.push(Op::Float(op, precision), vec![Operand::reg_use(value)]);
    }
    let (low, high) = (cx.fresh(), cx.fresh());
    to_words(cx, precision, (low, high), value);
    Thumb2::store(cx, Access::W32, low.into(), address);
    if precision == Precision::Double {
        Thumb2::store(cx, Access::W32, high.into(), next_word(address));
    }
}
