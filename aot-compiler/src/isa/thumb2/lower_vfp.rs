//! Selection of floats in registers.

use super::Thumb2;
use super::encode::Cond as Cc;
use super::encode_vfp::{self as vfp, Binary, Unary};
use super::inst::{Compare, Op, Test};
use super::inst_vfp::{FloatOp, select_cond};
use crate::isa::{Access, Address, FloatAlu, FloatCond, FloatUnary, Isa32, Pair, PairDef, Precision, TestOn};
use crate::marks::{mutant, rule};
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
    rule!("thumb2: float constant");
    push(cx, FloatOp::Const(bits), precision, dst, &[]);
}

pub fn alu(cx: &mut Cx, op: FloatAlu, precision: Precision, dst: VReg, a: VReg, b: VReg) {
    let op = match op {
        FloatAlu::Add => rule!("thumb2: vadd", FloatOp::Binary(Binary::Add)),
        FloatAlu::Sub => rule!("thumb2: vsub", FloatOp::Binary(Binary::Sub)),
        FloatAlu::Mul => rule!("thumb2: vmul", FloatOp::Binary(Binary::Mul)),
        FloatAlu::Div => rule!("thumb2: vdiv", FloatOp::Binary(Binary::Div)),
        FloatAlu::Copysign => rule!("thumb2: copysign by vabs and vneg", FloatOp::Copysign),
        FloatAlu::Min => return min_max(cx, false, precision, dst, a, b),
        FloatAlu::Max => return min_max(cx, true, precision, dst, a, b),
    };
    push(cx, op, precision, dst, &[a, b]);
}

fn min_max(cx: &mut Cx, max: bool, precision: Precision, dst: VReg, a: VReg, b: VReg) {
    let (op, operands) = if has_fpv5(cx.target) {
        rule!("thumb2: min and max by vminnm and vmaxnm");
        let late = [Operand::reg_use_at_end(a), Operand::reg_use_at_end(b)];
        (FloatOp::MinMax { max }, vec![Operand::reg_def(dst), late[0], late[1]])
    } else {
        rule!("thumb2: min and max by comparison");
        let operands = vec![Operand::reg_reuse_def(dst, 1), Operand::reg_use(a), Operand::reg_use(b)];
        (FloatOp::MinMaxByCompare { max }, operands)
    };
    cx.push(Op::Float(op, precision), operands);
}

pub fn unary(cx: &mut Cx, op: FloatUnary, precision: Precision, dst: VReg, a: VReg) {
    let op = match op {
        FloatUnary::Neg => rule!("thumb2: vneg", Unary::Neg),
        FloatUnary::Abs => rule!("thumb2: vabs", Unary::Abs),
        FloatUnary::Sqrt => rule!("thumb2: vsqrt", Unary::Sqrt),
        FloatUnary::Ceil => rule!("thumb2: vrintp", Unary::RoundUp),
        FloatUnary::Floor => rule!("thumb2: vrintm", Unary::RoundDown),
        FloatUnary::Trunc => rule!("thumb2: vrintz", Unary::RoundZero),
        FloatUnary::Nearest => rule!("thumb2: vrintn", Unary::RoundNearest),
    };
    push(cx, FloatOp::Unary(op), precision, dst, &[a]);
}

/// Conditions on the flags of a comparison: less N, equal Z and C, greater C, unordered C and V.
pub fn test(cond: FloatCond, precision: Precision, a: VReg, b: VReg) -> TestOn<Thumb2> {
    let cc = match cond {
        FloatCond::Equal => rule!("thumb2: float eq", Cc::Eq),
        FloatCond::NotEqual => rule!("thumb2: float ne", Cc::Ne),
        FloatCond::LessThan => rule!("thumb2: float lt", mutant!("thumb2: float lt holds for NaNs", Cc::Mi, Cc::Lt)),
        FloatCond::LessThanOrEqual => rule!("thumb2: float le", Cc::Ls),
        FloatCond::GreaterThan => rule!("thumb2: float gt", Cc::Gt),
        FloatCond::GreaterThanOrEqual => rule!("thumb2: float ge", Cc::Ge),
    };
    let test = Test { compare: Compare::Float(precision), cond: cc };
    TestOn { test, operands: vec![Operand::reg_use(a), Operand::reg_use(b)] }
}

pub fn select(cx: &mut Cx, precision: Precision, dst: VReg, on: TestOn<Thumb2>, yes: VReg, no: VReg) {
    let mut operands = vec![Operand::reg_def(dst)];
    operands.extend(on.operands);
    operands.extend([yes, no].map(Operand::reg_use));
    let op = if has_fpv5(cx.target) && select_cond(on.test.cond).is_some() {
        rule!("thumb2: float select by vsel", FloatOp::Select(on.test))
    } else {
        rule!("thumb2: float select by vmov");
        operands[0] = Operand::reg_reuse_def(dst, operands.len() - 1);
        FloatOp::SelectByMove(on.test)
    };
    cx.push(Op::Float(op, precision), operands);
}

pub fn from_int(cx: &mut Cx, signed: bool, to: Precision, dst: VReg, a: Word) {
    rule!("thumb2: vcvt from an integer");
    let operands = vec![Operand::reg_def(dst), cx.operand(a)];
    cx.push(Op::Float(FloatOp::FromInt { signed }, to), operands);
}

pub fn to_int(cx: &mut Cx, signed: bool, from: Precision, dst: VReg, a: VReg) {
    rule!("thumb2: vcvt to an integer");
    let temporary = Operand::reg_temp(cx.fresh_float());
    let operands = vec![Operand::reg_def(dst), temporary, Operand::reg_use(a)];
    cx.push(Op::Float(FloatOp::ToInt { signed }, from), operands);
}

pub fn convert(cx: &mut Cx, to: Precision, dst: VReg, a: VReg) {
    rule!("thumb2: vcvt between precisions");
    push(cx, FloatOp::Convert, to, dst, &[a]);
}

pub fn from_words(cx: &mut Cx, precision: Precision, dst: VReg, words: Pair) {
    let mut operands = vec![Operand::reg_def(dst), cx.operand(words.0)];
    rule!("thumb2: float from words by vmov");
    if precision == Precision::Double {
        operands.push(cx.operand(words.1));
    }
    cx.push(Op::Float(FloatOp::FromWords, precision), operands);
}

pub fn to_words(cx: &mut Cx, precision: Precision, dst: PairDef, a: VReg) {
    let mut operands = vec![Operand::reg_def(dst.0)];
    rule!("thumb2: float to words by vmov");
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
        rule!("thumb2: vldr from the instance");
        return push(cx, FloatOp::InstanceMem { load: true, offset }, precision, dst, &[]);
    }
    rule!("thumb2: float load through core registers");
    let (low, high) = (cx.fresh(), cx.fresh());
    Thumb2::load(cx, Access::W32, low, address);
    if precision == Precision::Double {
        Thumb2::load(cx, Access::W32, high, next_word(address));
    }
    from_words(cx, precision, dst, (low.into(), high.into()));
}

pub fn store(cx: &mut Cx, precision: Precision, value: VReg, address: Address) {
    if let Some(offset) = in_instance(address) {
        rule!("thumb2: vstr to the instance");
        let op = FloatOp::InstanceMem { load: false, offset };
        return cx.push(Op::Float(op, precision), vec![Operand::reg_use(value)]);
    }
    rule!("thumb2: float store through core registers");
    let (low, high) = (cx.fresh(), cx.fresh());
    to_words(cx, precision, (low, high), value);
    Thumb2::store(cx, Access::W32, low.into(), address);
    if precision == Precision::Double {
        Thumb2::store(cx, Access::W32, high.into(), next_word(address));
    }
}
