//! Selection: word operations to Thumb-2 instructions over virtual registers.

use super::Thumb2;
use super::encode::{self as enc, Cond as Cc, Flags, Shift as EncShift, ShiftOp};
use super::encode_mem::Mem;
use super::imms::{Constant, ModImm};
use super::inst::{Compare, Mode, Op, Shift64, Src, Test};
use super::regs::Reg;
use crate::isa::{Access, Address, Alu, Cond, Div, Pair, PairDef, RelocTarget, Shift, TestOn, Unary};
use crate::marks::{mutant, rule};
use crate::vcode::{Selector, Word};
use cranelift_codegen::ir::condcodes::CondCode;
use regalloc2::{Operand, VReg};

type Cx = Selector<Thumb2>;

fn def(reg: VReg) -> Operand {
    Operand::reg_def(reg)
}

fn push(cx: &mut Cx, op: Op, dst: VReg, sources: &[Word]) {
    let mut operands = vec![def(dst)];
    operands.extend(sources.iter().map(|w| cx.operand(*w)));
    cx.push(op, operands);
}

/// Whether `op` with flags takes the immediate, for any registers.
fn fits(op: enc::Alu, imm: u32, flags: Flags) -> bool {
    enc::alu_imm(op, Reg::new(8), Reg::new(8), imm, flags).is_some()
}

/// A shift that the caller knows to be in range.
fn constant_shift(op: ShiftOp, amount: u8) -> EncShift {
    EncShift::new(op, amount).expect("amounts are 1-31 here")
}

pub fn constant_cost(value: i32) -> u32 {
    match Constant::of(value as u32) {
        Constant::Pair { .. } => 2,
        _ => 1,
    }
}

pub fn alu(cx: &mut Cx, op: Alu, dst: VReg, a: Word, b: Word) {
    let commutes = op != Alu::Sub;
    let (a, b) = if commutes && a.as_const().is_some() { (b, a) } else { (a, b) };
    if let Some(c) = b.as_const()
        && alu_const(cx, op, dst, a, c)
    {
        return;
    }
    if let (Alu::Sub, Some(c)) = (op, a.as_const())
        && fits(enc::Alu::Rsb, c as u32, Flags::Free)
    {
        rule!("thumb2: constant minus register as rsb");
        return push(cx, Op::Alu(enc::Alu::Rsb, Src::Imm(c as u32)), dst, &[b]);
    }
    let op = match op {
        Alu::Add => rule!("thumb2: add", Op::Alu(enc::Alu::Add, Src::REG)),
        Alu::Sub => rule!("thumb2: sub", Op::Alu(enc::Alu::Sub, Src::REG)),
        Alu::And => rule!("thumb2: and", Op::Alu(enc::Alu::And, Src::REG)),
        Alu::Or => rule!("thumb2: orr", Op::Alu(enc::Alu::Orr, Src::REG)),
        Alu::Xor => rule!("thumb2: eor", Op::Alu(enc::Alu::Eor, Src::REG)),
        Alu::Mul => rule!("thumb2: mul", Op::Mul),
        Alu::MulHighS => rule!("thumb2: high word of a signed product", Op::MulHigh { signed: true }),
        Alu::MulHighU => rule!("thumb2: high word of an unsigned product", Op::MulHigh { signed: false }),
    };
    push(cx, op, dst, &[a, b]);
}

/// `dst = a op c` if one instruction can do it.
fn alu_const(cx: &mut Cx, op: Alu, dst: VReg, a: Word, c: i32) -> bool {
    let imm = c as u32;
    let choices: &[(enc::Alu, u32)] = match op {
        // The smaller magnitude has the shorter forms.
        Alu::Add if c < 0 => &[(enc::Alu::Sub, imm.wrapping_neg()), (enc::Alu::Add, imm)],
        Alu::Add => &[(enc::Alu::Add, imm), (enc::Alu::Sub, imm.wrapping_neg())],
        Alu::Sub if c < 0 => &[(enc::Alu::Add, imm.wrapping_neg()), (enc::Alu::Sub, imm)],
        Alu::Sub => &[(enc::Alu::Sub, imm), (enc::Alu::Add, imm.wrapping_neg())],
        Alu::And => &[(enc::Alu::And, imm), (enc::Alu::Bic, !imm)],
        Alu::Or => &[(enc::Alu::Orr, imm), (enc::Alu::Orn, !imm)],
        Alu::Xor => &[(enc::Alu::Eor, imm)],
        Alu::Mul | Alu::MulHighS | Alu::MulHighU => &[],
    };
    let special = match (op, c) {
        (Alu::And, 0xff) => rule!("thumb2: and with 0xff as uxtb", Some(Op::Unary(enc::Unary::Uxtb))),
        (Alu::And, 0xffff) => rule!("thumb2: and with 0xffff as uxth", Some(Op::Unary(enc::Unary::Uxth))),
        (Alu::Xor, -1) => rule!("thumb2: xor with -1 as mvn", Some(Op::Mvn)),
        (Alu::And, _) if imm & imm.wrapping_add(1) == 0 && ModImm::new(imm).is_none() => {
            rule!("thumb2: and with a mask of low bits as ubfx");
            Some(Op::LowBits(imm.count_ones() as u8))
        }
        (Alu::Mul, 2..) if imm.is_power_of_two() => {
            rule!("thumb2: multiplication by a power of two as lsl");
            Some(Op::Shift(constant_shift(ShiftOp::Lsl, imm.trailing_zeros() as u8)))
        }
        _ => None,
    };
    if let Some(op) = special {
        push(cx, op, dst, &[a]);
        return true;
    }
    if op == Alu::Mul && c > 2 {
        return multiply_const(cx, dst, a, imm);
    }
    let choice = choices.iter().find(|(op, imm)| fits(*op, *imm, Flags::Free));
    if let Some((op, imm)) = choice {
        match op {
            enc::Alu::Bic => rule!("thumb2: and with a constant as bic"),
            enc::Alu::Orn => rule!("thumb2: or with a constant as orn"),
            enc::Alu::Add if *imm != c as u32 => rule!("thumb2: subtraction of a constant as add"),
            enc::Alu::Sub if *imm != c as u32 => rule!("thumb2: addition of a constant as sub"),
            _ => rule!("thumb2: arithmetic with an immediate"),
        }
        push(cx, Op::Alu(*op, Src::Imm(*imm)), dst, &[a]);
    }
    choice.is_some()
}

/// Multiplication by a power of two plus or minus one.
fn multiply_const(cx: &mut Cx, dst: VReg, a: Word, by: u32) -> bool {
    let (op, power) = if (by - 1).is_power_of_two() {
        rule!("thumb2: multiplication by a power of two plus one", (enc::Alu::Add, by - 1))
    } else if by.wrapping_add(1).is_power_of_two() {
        rule!("thumb2: multiplication by a power of two minus one", (enc::Alu::Rsb, by + 1))
    } else {
        return false;
    };
    let shift = constant_shift(ShiftOp::Lsl, power.trailing_zeros() as u8);
    push(cx, Op::Alu(op, Src::Reg(shift)), dst, &[a, a]);
    true
}

pub fn shift(cx: &mut Cx, op: Shift, dst: VReg, a: Word, b: Word) {
    let Some(count) = b.as_const() else {
        let op = match op {
            Shift::Left => rule!("thumb2: lsl by a register", Op::ShiftReg(ShiftOp::Lsl)),
            Shift::RightU => rule!("thumb2: lsr by a register", Op::ShiftReg(ShiftOp::Lsr)),
            Shift::RightS => rule!("thumb2: asr by a register", Op::ShiftReg(ShiftOp::Asr)),
            Shift::RotateRight => rule!("thumb2: ror by a register", Op::ShiftReg(ShiftOp::Ror)),
            Shift::RotateLeft => rule!("thumb2: rotl by a register as ror", Op::RotateLeft),
        };
        return push(cx, op, dst, &[a, b]);
    };
    let count = (count & 31) as u8;
    if count == 0 {
        return cx.mov(dst, a);
    }
    let shift = match op {
        Shift::Left => rule!("thumb2: lsl by a constant", constant_shift(ShiftOp::Lsl, count)),
        Shift::RightU => rule!("thumb2: lsr by a constant", constant_shift(ShiftOp::Lsr, count)),
        Shift::RightS => rule!("thumb2: asr by a constant", constant_shift(ShiftOp::Asr, count)),
        Shift::RotateRight => rule!("thumb2: ror by a constant", constant_shift(ShiftOp::Ror, count)),
        Shift::RotateLeft => rule!("thumb2: rotl by a constant as ror", constant_shift(ShiftOp::Ror, 32 - count)),
    };
    push(cx, Op::Shift(shift), dst, &[a]);
}

pub fn unary(cx: &mut Cx, op: Unary, dst: VReg, a: Word) {
    let op = match op {
        Unary::Neg => rule!("thumb2: negation as rsb", Op::Alu(enc::Alu::Rsb, Src::Imm(0))),
        Unary::Not => rule!("thumb2: mvn", Op::Mvn),
        Unary::Clz => rule!("thumb2: clz", Op::Unary(enc::Unary::Clz)),
        Unary::Ctz => rule!("thumb2: ctz as rbit and clz", Op::Ctz),
        Unary::Popcnt => return population_count(cx, dst, a),
        Unary::Ext8S => rule!("thumb2: sxtb", Op::Unary(enc::Unary::Sxtb)),
        Unary::Ext8U => rule!("thumb2: uxtb", Op::Unary(enc::Unary::Uxtb)),
        Unary::Ext16S => rule!("thumb2: sxth", Op::Unary(enc::Unary::Sxth)),
        Unary::Ext16U => rule!("thumb2: uxth", Op::Unary(enc::Unary::Uxth)),
        Unary::Bswap => rule!("thumb2: rev", Op::Unary(enc::Unary::Rev)),
    };
    push(cx, op, dst, &[a]);
}

/// Sums of 1, 2, 4 bits side by side (Warren, Hacker's Delight, 5-1); then the four bytes by shifted additions.
fn population_count(cx: &mut Cx, dst: VReg, a: Word) {
    rule!("thumb2: popcnt as sums of fields");
    let shifted = |op, n| Src::Reg(constant_shift(op, n));
    let a = cx.reg(a);
    let mut step = |op, sources: &[VReg]| {
        let d = cx.fresh();
        let sources: Vec<Word> = sources.iter().map(|r| Word::Reg(*r)).collect();
        push(cx, op, d, &sources);
        d
    };
    let masked = |mask| Op::Alu(enc::Alu::And, Src::Imm(mask));
    let odd = step(Op::Shift(constant_shift(ShiftOp::Lsr, 1)), &[a]);
    let odd = step(masked(0x5555_5555), &[odd]);
    let twos = step(Op::Alu(enc::Alu::Sub, Src::REG), &[a, odd]);
    let even = step(masked(0x3333_3333), &[twos]);
    let odd = step(Op::Shift(constant_shift(ShiftOp::Lsr, 2)), &[twos]);
    let odd = step(masked(0x3333_3333), &[odd]);
    let fours = step(Op::Alu(enc::Alu::Add, Src::REG), &[even, odd]);
    let eights = step(Op::Alu(enc::Alu::Add, shifted(ShiftOp::Lsr, 4)), &[fours, fours]);
    let eights = step(masked(0x0f0f_0f0f), &[eights]);
    let sum = step(Op::Alu(enc::Alu::Add, shifted(ShiftOp::Lsl, 8)), &[eights, eights]);
    let sum = step(Op::Alu(enc::Alu::Add, shifted(ShiftOp::Lsl, 16)), &[sum, sum]);
    push(cx, Op::Shift(constant_shift(ShiftOp::Lsr, 24)), dst, &[Word::Reg(sum)]);
}

pub fn div(cx: &mut Cx, op: Div, dst: VReg, a: Word, b: Word) {
    let op = match op {
        Div::DivS => rule!("thumb2: sdiv", Op::Div { signed: true }),
        Div::DivU => rule!("thumb2: udiv", Op::Div { signed: false }),
        Div::RemS => rule!("thumb2: signed remainder as sdiv and mls", Op::Rem { signed: true }),
        Div::RemU => rule!("thumb2: unsigned remainder as udiv and mls", Op::Rem { signed: false }),
    };
    push(cx, op, dst, &[a, b]);
}

fn pair_const(pair: Pair) -> Option<i64> {
    let (low, high) = (pair.0.as_const()?, pair.1.as_const()?);
    Some(i64::from(high) << 32 | i64::from(low as u32))
}

/// A half of a pair operation's second source: immediate if it fits, else the operand to add.
fn half(cx: &mut Cx, word: Word, operands: &mut Vec<Operand>, fits: impl Fn(u32) -> bool) -> Src {
    match word.as_const() {
        Some(c) if fits(c as u32) => rule!("thumb2: half of a pair as an immediate", Src::Imm(c as u32)),
        _ => {
            operands.push(cx.operand(word));
            Src::REG
        }
    }
}

fn pair_op(cx: &mut Cx, ops: (enc::Alu, enc::Alu), dst: PairDef, a: Pair, b: Pair) {
    let mut operands = vec![def(dst.0), def(dst.1), cx.operand(a.0), cx.operand(a.1)];
    let low_src = half(cx, b.0, &mut operands, |imm| fits(ops.0, imm, Flags::Set));
    let high_src = half(cx, b.1, &mut operands, |imm| fits(ops.1, imm, Flags::Free));
    cx.push(Op::Pair { low: ops.0, high: ops.1, low_src, high_src }, operands);
}

const ADD: (enc::Alu, enc::Alu) = (enc::Alu::Add, enc::Alu::Adc);
const SUB: (enc::Alu, enc::Alu) = (enc::Alu::Sub, enc::Alu::Sbc);

fn halves(value: i64) -> Pair {
    (Word::Const(value as i32), Word::Const((value >> 32) as i32))
}

pub fn add64(cx: &mut Cx, dst: PairDef, a: Pair, b: Pair) {
    let (a, b) = if a.0.as_const().is_some() { (b, a) } else { (a, b) };
    if b.0 == Word::Const(0) {
        rule!("thumb2: i64 addition of a multiple of 2^32");
        alu(cx, Alu::Add, dst.1, a.1, b.1);
        return cx.mov(dst.0, a.0);
    }
    match pair_const(b) {
        Some(value) if value < 0 => rule!(
            "thumb2: i64 addition of a negative constant as subs and sbc",
            pair_op(cx, SUB, dst, a, halves(value.wrapping_neg()))
        ),
        _ => {
            let ops = mutant!("thumb2: carry of an i64 addition lost", ADD, (enc::Alu::Add, enc::Alu::Add));
            rule!("thumb2: i64 addition as adds and adc", pair_op(cx, ops, dst, a, b))
        }
    }
}

pub fn sub64(cx: &mut Cx, dst: PairDef, a: Pair, b: Pair) {
    if let Some(value) = pair_const(b) {
        rule!("thumb2: i64 subtraction of a constant as addition");
        return add64(cx, dst, a, halves(value.wrapping_neg()));
    }
    if pair_const(a) == Some(0) {
        rule!("thumb2: i64 negation");
        let operands = vec![def(dst.0), def(dst.1), cx.operand(b.0), cx.operand(b.1)];
        return cx.push(Op::Neg64, operands);
    }
    rule!("thumb2: i64 subtraction as subs and sbc");
    let (a, b) = mutant!("thumb2: i64 subtraction the other way round", (a, b), (b, a));
    pair_op(cx, SUB, dst, a, b);
}

pub fn mul_wide(cx: &mut Cx, signed: bool, dst: PairDef, a: Word, b: Word) {
    rule!("thumb2: smull or umull");
    let operands = vec![def(dst.0), def(dst.1), cx.operand(a), cx.operand(b)];
    cx.push(Op::MulWide { signed }, operands);
}

pub fn mul64(cx: &mut Cx, dst: PairDef, a: Pair, b: Pair) {
    let zero = Word::Const(0);
    let (a, b) = if a.1 == zero { (b, a) } else { (a, b) };
    if a.1 == zero {
        rule!("thumb2: i64 multiplication of zero-extended words");
        return mul_wide(cx, false, dst, a.0, b.0);
    }
    rule!("thumb2: i64 multiplication");
    let m_high = b.1 != zero;
    let mut operands = vec![def(dst.0), def(dst.1), cx.operand(a.0), cx.operand(a.1), cx.operand(b.0)];
    if m_high {
        operands.push(cx.operand(b.1));
    }
    cx.push(Op::Mul64 { m_high }, operands);
}

pub fn shift64(cx: &mut Cx, op: Shift, dst: PairDef, a: Pair, count: Word) {
    let (low, high) = (cx.reg(a.0), cx.reg(a.1));
    let (op, low, high) = match op {
        Shift::Left => rule!(
            "thumb2: i64 shl by a register",
            (Shift64::Left, Operand::reg_use_at_end(low), Operand::reg_use(high))
        ),
        Shift::RightU => rule!(
            "thumb2: i64 shr_u by a register",
            (Shift64::RightU, Operand::reg_use(low), Operand::reg_use_at_end(high))
        ),
        Shift::RightS => rule!(
            "thumb2: i64 shr_s by a register",
            (Shift64::RightS, Operand::reg_use(low), Operand::reg_use_at_end(high))
        ),
        Shift::RotateLeft | Shift::RotateRight => unreachable!("rotations of pairs are lowered before"),
    };
    let temporary = Operand::reg_temp(cx.fresh());
    let operands = vec![def(dst.0), def(dst.1), temporary, low, high, cx.operand(count)];
    cx.push(Op::Shift64(op), operands);
}

fn condition(cond: Cond) -> Cc {
    match cond {
        Cond::Equal => Cc::Eq,
        Cond::NotEqual => Cc::Ne,
        Cond::SignedLessThan => mutant!("thumb2: signed order as unsigned", Cc::Lt, Cc::Lo),
        Cond::SignedGreaterThanOrEqual => Cc::Ge,
        Cond::SignedGreaterThan => Cc::Gt,
        Cond::SignedLessThanOrEqual => Cc::Le,
        Cond::UnsignedLessThan => Cc::Lo,
        Cond::UnsignedGreaterThanOrEqual => Cc::Hs,
        Cond::UnsignedGreaterThan => Cc::Hi,
        Cond::UnsignedLessThanOrEqual => Cc::Ls,
    }
}

/// The same comparison with the constant's neighbour: `a > c` is `a >= c + 1` unless that wraps.
const fn with_neighbour(cond: Cond, c: i32) -> Option<(Cond, i32)> {
    let unsigned_max = c == -1;
    let unsigned_min = c == 0;
    match cond {
        Cond::SignedGreaterThan if c != i32::MAX => Some((Cond::SignedGreaterThanOrEqual, c + 1)),
        Cond::SignedLessThanOrEqual if c != i32::MAX => Some((Cond::SignedLessThan, c + 1)),
        Cond::SignedGreaterThanOrEqual if c != i32::MIN => Some((Cond::SignedGreaterThan, c - 1)),
        Cond::SignedLessThan if c != i32::MIN => Some((Cond::SignedLessThanOrEqual, c - 1)),
        Cond::UnsignedGreaterThan if !unsigned_max => Some((Cond::UnsignedGreaterThanOrEqual, c.wrapping_add(1))),
        Cond::UnsignedLessThanOrEqual if !unsigned_max => Some((Cond::UnsignedLessThan, c.wrapping_add(1))),
        Cond::UnsignedGreaterThanOrEqual if !unsigned_min => Some((Cond::UnsignedGreaterThan, c.wrapping_sub(1))),
        Cond::UnsignedLessThan if !unsigned_min => Some((Cond::UnsignedLessThanOrEqual, c.wrapping_sub(1))),
        _ => None,
    }
}

/// A comparison instruction that takes the constant. `cmn` sets the flags of `cmp` with the negated constant, but
/// for 0 (carry) and `MIN` (overflow).
pub fn compare_const(c: i32) -> Option<Compare> {
    let imm = c as u32;
    let negated = imm.wrapping_neg();
    if ModImm::new(imm).is_some() {
        rule!("thumb2: cmp with an immediate", Some(Compare::Word(enc::Test::Cmp, Src::Imm(imm))))
    } else if ModImm::new(negated).is_some() && negated != 0 && c != i32::MIN {
        rule!("thumb2: cmp with a negative constant as cmn", Some(Compare::Word(enc::Test::Cmn, Src::Imm(negated))))
    } else {
        None
    }
}

pub fn test(cx: &mut Cx, cond: Cond, a: Word, b: Word) -> TestOn<Thumb2> {
    if a.as_const().is_some() && b.as_const().is_none() {
        return test(cx, cond.swap_args(), b, a);
    }
    let operand = cx.operand(a);
    if let Some(c) = b.as_const() {
        for (cond, value) in [Some((cond, c)), with_neighbour(cond, c)].into_iter().flatten() {
            if let Some(compare) = compare_const(value) {
                if value != c {
                    rule!("thumb2: comparison with a constant's neighbour");
                }
                return TestOn { test: Test { compare, cond: condition(cond) }, operands: vec![operand] };
            }
        }
    }
    rule!("thumb2: cmp of registers");
    let compare = Compare::Word(enc::Test::Cmp, Src::REG);
    TestOn { test: Test { compare, cond: condition(cond) }, operands: vec![operand, cx.operand(b)] }
}

pub fn test64(cx: &mut Cx, cond: Cond, a: Pair, b: Pair) -> TestOn<Thumb2> {
    if a.0.as_const().is_some() && b.0.as_const().is_none() {
        return test64(cx, cond.swap_args(), b, a);
    }
    let equality = matches!(cond, Cond::Equal | Cond::NotEqual);
    let (cond, a, b) = match (cond, pair_const(b)) {
        (Cond::Equal | Cond::NotEqual, _) => (cond, a, b),
        (Cond::SignedLessThan | Cond::SignedGreaterThanOrEqual, _) => (cond, a, b),
        (Cond::UnsignedLessThan | Cond::UnsignedGreaterThanOrEqual, _) => (cond, a, b),
        // A subtraction tells < and >=: constants are stepped over the bound, registers exchanged.
        (_, c) => match c.and_then(|c| with_neighbour64(cond, c)) {
            Some((cond, c)) => rule!("thumb2: i64 order with a constant stepped over the bound", (cond, a, halves(c))),
            None => rule!("thumb2: i64 order with sides exchanged", (cond.swap_args(), b, a)),
        },
    };
    if b.0 == Word::Const(0) && !equality {
        // The low words cannot borrow.
        rule!("thumb2: i64 order by the high words alone");
        return test(cx, cond, a.1, b.1);
    }
    let mut operands = vec![cx.operand(a.0), cx.operand(a.1)];
    let cmp = |imm| ModImm::new(imm).is_some();
    let low = half(cx, b.0, &mut operands, cmp);
    let high = half(cx, b.1, &mut operands, cmp);
    let compare = match equality {
        true => rule!("thumb2: i64 equality as conditional cmp", Compare::PairEqual(low, high)),
        false => rule!("thumb2: i64 order as cmp and sbcs", Compare::PairOrder(low, high)),
    };
    TestOn { test: Test { compare, cond: condition(cond) }, operands }
}

/// `a > c` as `a >= c + 1`, `a <= c` as `a < c + 1`, unless that wraps.
fn with_neighbour64(cond: Cond, c: i64) -> Option<(Cond, i64)> {
    match cond {
        Cond::SignedGreaterThan => Some((Cond::SignedGreaterThanOrEqual, c.checked_add(1)?)),
        Cond::SignedLessThanOrEqual => Some((Cond::SignedLessThan, c.checked_add(1)?)),
        Cond::UnsignedGreaterThan => Some((Cond::UnsignedGreaterThanOrEqual, (c as u64).checked_add(1)? as i64)),
        Cond::UnsignedLessThanOrEqual => Some((Cond::UnsignedLessThan, (c as u64).checked_add(1)? as i64)),
        _ => None,
    }
}

pub fn set(cx: &mut Cx, dst: VReg, on: TestOn<Thumb2>) {
    rule!("thumb2: condition as 0 or 1");
    let mut operands = vec![def(dst)];
    operands.extend(on.operands);
    cx.push(Op::Set(on.test), operands);
}

pub fn select(cx: &mut Cx, dst: VReg, on: TestOn<Thumb2>, yes: Word, no: Word) {
    let immediate = |word: Word| word.as_const().filter(|c| constant_cost(*c) == 1);
    let (yes_const, no_const) = (immediate(yes), immediate(no));
    let mut operands = vec![def(dst)];
    operands.extend(on.operands);
    // An arm that lies in the destination already costs nothing; the other one has to be another register then.
    let mut reused = None;
    for (word, constant) in [(yes, yes_const), (no, no_const)] {
        if constant.is_none() {
            reused = Some(operands.len());
            operands.push(Operand::reg_use(cx.reg(word)));
        }
    }
    if let Some(index) = reused {
        rule!("thumb2: select into the register of an arm");
        operands[0] = Operand::reg_reuse_def(dst, index);
    } else {
        rule!("thumb2: select of constants");
    }
    cx.push(Op::Select { test: on.test, yes: yes_const, no: no_const }, operands);
}

/// An address in the form that [`Address`] promises, as mode and operands.
fn mode(cx: &mut Cx, address: Address) -> (Mode, Vec<Operand>) {
    match (address.base, address.index) {
        (base, None) => {
            rule!("thumb2: access at base and offset", (Mode::Offset(address.offset), vec![cx.operand(base)]))
        }
        (base, Some(index)) => {
            rule!("thumb2: access at base and index", (Mode::Index(0), vec![cx.operand(base), cx.operand(index)]))
        }
    }
}

pub fn load(cx: &mut Cx, access: Access, dst: VReg, address: Address) {
    let (mode, address) = mode(cx, address);
    let mut operands = vec![def(dst)];
    operands.extend(address);
    let op = match access {
        Access::U8 => rule!("thumb2: ldrb", Mem::Ldrb),
        Access::S8 => rule!("thumb2: ldrsb", Mem::Ldrsb),
        Access::U16 => rule!("thumb2: ldrh", Mem::Ldrh),
        Access::S16 => rule!("thumb2: ldrsh", Mem::Ldrsh),
        Access::W32 => rule!("thumb2: ldr", Mem::Ldr),
    };
    cx.push(Op::Mem(op, mode), operands);
}

pub fn store(cx: &mut Cx, access: Access, value: Word, address: Address) {
    let (mode, address) = mode(cx, address);
    let mut operands = vec![cx.operand(value)];
    operands.extend(address);
    let op = match access {
        Access::U8 | Access::S8 => rule!("thumb2: strb", Mem::Strb),
        Access::U16 | Access::S16 => rule!("thumb2: strh", Mem::Strh),
        Access::W32 => rule!("thumb2: str", Mem::Str),
    };
    cx.push(Op::Mem(op, mode), operands);
}

pub fn text_address(cx: &mut Cx, dst: VReg, target: RelocTarget) {
    rule!("thumb2: address in the text");
    cx.push(Op::TextAddress(target), vec![def(dst)]);
}
