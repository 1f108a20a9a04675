//! Selection: word operations to RV32IM instructions over virtual registers.
//!
//! Carries are `sltu`; a shift takes its count modulo 32 by itself, as WebAssembly wants; x0 stands for the constant 0
//! in every operand. Loads and stores are plain whatever the alignment: where the core traps a misaligned one, the
//! runtime's trap entry completes it.

use super::Rv32;
use super::encode::{Alu as RegOp, AluImm, Cond as Branch, Load, Store};
use super::imms::{self, fits_i12};
use super::inst::{Op, Test};
use crate::isa::{Access, Address, Alu, Cond, Div, Pair, PairDef, Shift, TestOn, Unary};
use crate::marks::{mutant, rule};
use crate::vcode::{Selector, Word};
use regalloc2::{Operand, VReg};

type Cx = Selector<Rv32>;

const ZERO: Word = Word::Const(0);

/// `dst = a op b`, the constant in the instruction where it fits.
fn binary(cx: &mut Cx, op: RegOp, dst: VReg, a: Word, b: Word) {
    let (a, b) = if op.commutes() && a.as_const().is_some() { (b, a) } else { (a, b) };
    if let Some((op, imm)) = b.as_const().and_then(|c| imms::alu_with_constant(op, c)) {
        rule!("rv32: operation with an immediate");
        return immediate(cx, op, dst, a, imm);
    }
    let (a, b) = (cx.operand(a), cx.operand(b));
    cx.push(Op::Alu(op), vec![Operand::reg_def(dst), a, b]);
}

fn immediate(cx: &mut Cx, op: AluImm, dst: VReg, a: Word, imm: i32) {
    let a = cx.operand(a);
    cx.push(Op::AluImm(op, imm), vec![Operand::reg_def(dst), a]);
}

fn binary_new(cx: &mut Cx, op: RegOp, a: Word, b: Word) -> Word {
    let dst = cx.fresh();
    binary(cx, op, dst, a, b);
    dst.into()
}

fn immediate_new(cx: &mut Cx, op: AluImm, a: Word, imm: i32) -> Word {
    let dst = cx.fresh();
    immediate(cx, op, dst, a, imm);
    dst.into()
}

/// `a + b` in an existing register where one of them is zero.
fn sum(cx: &mut Cx, a: Word, b: Word) -> Word {
    match (a, b) {
        (a, ZERO) => rule!("rv32: sum with zero", a),
        (ZERO, b) => rule!("rv32: sum of zero", b),
        (a, b) => rule!("rv32: sum", binary_new(cx, RegOp::Add, a, b)),
    }
}

pub fn alu(cx: &mut Cx, op: Alu, dst: VReg, a: Word, b: Word) {
    let op = match op {
        Alu::Add => rule!("rv32: add", RegOp::Add),
        Alu::Sub => rule!("rv32: sub", RegOp::Sub),
        Alu::And => rule!("rv32: and", RegOp::And),
        Alu::Or => rule!("rv32: or", RegOp::Or),
        Alu::Xor => rule!("rv32: xor", RegOp::Xor),
        Alu::Mul => rule!("rv32: mul", RegOp::Mul),
        Alu::MulHighS => rule!("rv32: mulh", RegOp::Mulh),
        Alu::MulHighU => rule!("rv32: mulhu", RegOp::Mulhu),
    };
    binary(cx, op, dst, a, b);
}

pub fn shift(cx: &mut Cx, op: Shift, dst: VReg, a: Word, b: Word) {
    let (one, other) = match op {
        Shift::Left => {
            rule!("rv32: sll");
            return binary(cx, RegOp::Sll, dst, a, b);
        }
        Shift::RightU => {
            rule!("rv32: srl");
            return binary(cx, RegOp::Srl, dst, a, b);
        }
        Shift::RightS => {
            rule!("rv32: sra");
            return binary(cx, RegOp::Sra, dst, a, b);
        }
        Shift::RotateLeft => rule!("rv32: rotl as two shifts", (RegOp::Sll, RegOp::Srl)),
        Shift::RotateRight => rule!(
            "rv32: rotr as two shifts",
            (RegOp::Srl, mutant!("rv32: rotr by shifts of one direction", RegOp::Sll, RegOp::Srl))
        ),
    };
    let back = match b {
        Word::Const(count) => rule!("rv32: rotation by a constant", Word::Const(count.wrapping_neg())),
        count => rule!("rv32: rotation by a register", binary_new(cx, RegOp::Sub, ZERO, count)),
    };
    let x = binary_new(cx, one, a, b);
    let y = binary_new(cx, other, a, back);
    binary(cx, RegOp::Or, dst, x, y);
}

pub fn unary(cx: &mut Cx, op: Unary, dst: VReg, a: Word) {
    match op {
        Unary::Neg => rule!("rv32: negation as 0 - a", binary(cx, RegOp::Sub, dst, ZERO, a)),
        Unary::Not => rule!("rv32: not as xori", immediate(cx, AluImm::Xor, dst, a, -1)),
        Unary::Clz => rule!("rv32: clz by bisection", count_zeros(cx, Op::Clz, dst, a)),
        Unary::Ctz => rule!("rv32: ctz by bisection", count_zeros(cx, Op::Ctz, dst, a)),
        Unary::Popcnt => rule!("rv32: popcnt as sums of fields", popcnt(cx, dst, a)),
        Unary::Ext8U => rule!("rv32: zero extension of 8 bits as andi", immediate(cx, AluImm::And, dst, a, 0xff)),
        Unary::Ext8S => rule!("rv32: sign extension of 8 bits as two shifts", extend(cx, AluImm::Sra, dst, a, 24)),
        Unary::Ext16S => rule!("rv32: sign extension of 16 bits as two shifts", extend(cx, AluImm::Sra, dst, a, 16)),
        Unary::Ext16U => rule!("rv32: zero extension of 16 bits as two shifts", extend(cx, AluImm::Srl, dst, a, 16)),
        Unary::Bswap => rule!("rv32: bswap as masks and rotation", bswap(cx, dst, a)),
    }
}

fn extend(cx: &mut Cx, right: AluImm, dst: VReg, a: Word, unused: i32) {
    let top = immediate_new(cx, AluImm::Sll, a, unused);
    immediate(cx, right, dst, top, unused);
}

fn count_zeros(cx: &mut Cx, op: Op, dst: VReg, a: Word) {
    let a = cx.reg(a);
    let rest = cx.fresh();
    cx.push(op, vec![Operand::reg_def_at_start(dst), Operand::reg_reuse_def(rest, 2), Operand::reg_use(a)]);
}

/// Sums of neighbouring fields of 1, 2 and 4 bits, then all bytes by a multiplication (Warren, Hacker's Delight, 5-1).
fn popcnt(cx: &mut Cx, dst: VReg, a: Word) {
    let odd = immediate_new(cx, AluImm::Srl, a, 1);
    let odd = binary_new(cx, RegOp::And, odd, Word::Const(0x5555_5555));
    let twos = binary_new(cx, RegOp::Sub, a, odd);
    let high = immediate_new(cx, AluImm::Srl, twos, 2);
    let mask = Word::Reg(cx.reg(Word::Const(0x3333_3333)));
    let high = binary_new(cx, RegOp::And, high, mask);
    let low = binary_new(cx, RegOp::And, twos, mask);
    let fours = binary_new(cx, RegOp::Add, high, low);
    let high = immediate_new(cx, AluImm::Srl, fours, 4);
    let both = binary_new(cx, RegOp::Add, fours, high);
    let bytes = binary_new(cx, RegOp::And, both, Word::Const(0x0f0f_0f0f));
    let total = binary_new(cx, RegOp::Mul, bytes, Word::Const(0x0101_0101));
    immediate(cx, AluImm::Srl, dst, total, 24);
}

/// Bytes exchanged within halves, then the halves.
fn bswap(cx: &mut Cx, dst: VReg, a: Word) {
    let mask = Word::Reg(cx.reg(Word::Const(0x00ff_00ff)));
    let odd = immediate_new(cx, AluImm::Srl, a, 8);
    let odd = binary_new(cx, RegOp::And, odd, mask);
    let even = binary_new(cx, RegOp::And, a, mask);
    let even = immediate_new(cx, AluImm::Sll, even, 8);
    let halves = binary_new(cx, RegOp::Or, odd, even);
    shift(cx, Shift::RotateLeft, dst, halves, Word::Const(16));
}

/// The hardware's own results at zero and overflow are never seen, but for `MIN rem -1`, which it gives as 0
/// (RISC-V Volume I, table "Semantics for division by zero and division overflow").
pub fn div(cx: &mut Cx, op: Div, dst: VReg, a: Word, b: Word) {
    let op = match op {
        Div::DivS => rule!("rv32: div", RegOp::Div),
        Div::DivU => rule!("rv32: divu", RegOp::Divu),
        Div::RemS => rule!("rv32: rem", RegOp::Rem),
        Div::RemU => rule!("rv32: remu", RegOp::Remu),
    };
    binary(cx, op, dst, a, b);
}

pub fn add64(cx: &mut Cx, dst: PairDef, a: Pair, b: Pair) {
    let (a, b) = if a.0.as_const().is_some() { (b, a) } else { (a, b) };
    if b.0 == ZERO {
        rule!("rv32: i64 addition of a multiple of 2^32");
        cx.mov(dst.0, a.0);
        let high = sum(cx, a.1, b.1);
        return cx.mov(dst.1, high);
    }
    binary(cx, RegOp::Add, dst.0, a.0, b.0);
    match b {
        (Word::Const(low), Word::Const(-1)) if fits_i12(low.wrapping_neg()) => {
            rule!("rv32: i64 addition of a small negative constant");
            // a + b is a - |b|, which borrows exactly if a < |b|: one instruction fewer than carry and -1.
            let borrow = binary_new(cx, RegOp::Sltu, a.0, Word::Const(low.wrapping_neg()));
            return binary(cx, RegOp::Sub, dst.1, a.1, borrow);
        }
        _ => {}
    }
    rule!("rv32: i64 addition with carry by sltu");
    // The sum is below either operand exactly if it carried.
    let term = if b.0.as_const().is_some_and(fits_i12) { b.0 } else { a.0 };
    let carry = binary_new(cx, RegOp::Sltu, dst.0.into(), term);
    let high = sum(cx, a.1, b.1);
    binary(cx, RegOp::Add, dst.1, high, mutant!("rv32: carry of an i64 addition lost", carry, ZERO));
}

pub fn sub64(cx: &mut Cx, dst: PairDef, a: Pair, b: Pair) {
    if let (Word::Const(low), Word::Const(high)) = b {
        rule!("rv32: i64 subtraction of a constant as addition");
        let negative = (i64::from(high) << 32 | i64::from(low as u32)).wrapping_neg();
        return add64(cx, dst, a, (Word::Const(negative as i32), Word::Const((negative >> 32) as i32)));
    }
    rule!("rv32: i64 subtraction with borrow by sltu");
    let order = mutant!("rv32: borrow by a signed order", RegOp::Sltu, RegOp::Slt);
    let borrow = binary_new(cx, order, a.0, b.0);
    binary(cx, RegOp::Sub, dst.0, a.0, b.0);
    let high = if b.1 == ZERO { a.1 } else { binary_new(cx, RegOp::Sub, a.1, b.1) };
    binary(cx, RegOp::Sub, dst.1, high, borrow);
}

pub fn mul_wide(cx: &mut Cx, signed: bool, dst: PairDef, a: Word, b: Word) {
    let high = match signed {
        true => rule!("rv32: mul and mulh", RegOp::Mulh),
        false => rule!("rv32: mul and mulhu", RegOp::Mulhu),
    };
    binary(cx, RegOp::Mul, dst.0, a, b);
    binary(cx, high, dst.1, a, b);
}

pub fn mul64(cx: &mut Cx, dst: PairDef, a: Pair, b: Pair) {
    let (a, b) = if a.0.as_const().is_some() { (b, a) } else { (a, b) };
    let mut cross = Vec::new();
    for (x, y) in [(a.0, b.1), (a.1, b.0)] {
        match (x, y) {
            (ZERO, _) | (_, ZERO) => {}
            (x, Word::Const(1)) => rule!("rv32: i64 multiplication with a high word of 1", cross.push((RegOp::Add, x))),
            (x, Word::Const(-1)) => {
                rule!("rv32: i64 multiplication with a high word of -1", cross.push((RegOp::Sub, x)))
            }
            (x, y) => rule!(
                "rv32: i64 multiplication with a cross product",
                cross.push((RegOp::Add, binary_new(cx, RegOp::Mul, x, y)))
            ),
        }
    }
    let Some((last, rest)) = cross.split_last() else {
        rule!("rv32: i64 multiplication of zero-extended words");
        return mul_wide(cx, false, dst, a.0, b.0);
    };
    let mut high = binary_new(cx, RegOp::Mulhu, a.0, b.0);
    for (op, term) in rest {
        high = binary_new(cx, *op, high, *term);
    }
    binary(cx, last.0, dst.1, high, last.1);
    binary(cx, RegOp::Mul, dst.0, a.0, b.0);
}

pub fn shift64(cx: &mut Cx, op: Shift, dst: PairDef, a: Pair, count: Word) {
    // Seen from the word that bits leave (`from`) into the other one (`into`): both shift by the count modulo 32, and
    // the other takes what `from` loses, in two steps since 32 - 0 is no shift count.
    let (here, there, from, into) = match op {
        Shift::Left => rule!("rv32: i64 shl by a register", (RegOp::Sll, RegOp::Srl, a.0, a.1)),
        Shift::RightU => rule!("rv32: i64 shr_u by a register", (RegOp::Srl, RegOp::Sll, a.1, a.0)),
        Shift::RightS => rule!("rv32: i64 shr_s by a register", (RegOp::Sra, RegOp::Sll, a.1, a.0)),
        Shift::RotateLeft | Shift::RotateRight => unreachable!("rotations are lowered before"),
    };
    let into_shift = if op == Shift::Left { RegOp::Sll } else { RegOp::Srl };
    let (from_dst, into_dst) = if op == Shift::Left { (dst.0, dst.1) } else { (dst.1, dst.0) };
    let rest = immediate_new(cx, AluImm::Xor, count, -1);
    let half = binary_new(cx, there, from, Word::Const(1));
    let lost = binary_new(cx, there, half, rest);
    let kept = binary_new(cx, into_shift, into, count);
    let near = binary_new(cx, RegOp::Or, kept, lost);
    let moved = binary_new(cx, here, from, count);
    let far = immediate_new(cx, AluImm::And, count, 32);
    let on = test(cx, Cond::NotEqual, far, ZERO);
    select(cx, into_dst, on.clone(), moved, near);
    let fill = if op == Shift::RightS { immediate_new(cx, AluImm::Sra, from, 31) } else { ZERO };
    select(cx, from_dst, on, fill, moved);
}

/// A condition of two operands as a branch condition, and whether they change sides.
fn branch_condition(cond: Cond) -> (Branch, bool) {
    match cond {
        Cond::Equal => (Branch::Eq, false),
        Cond::NotEqual => (Branch::Ne, false),
        Cond::SignedLessThan => (mutant!("rv32: signed order as unsigned", Branch::Lt, Branch::Ltu), false),
        Cond::SignedGreaterThanOrEqual => (Branch::Ge, false),
        Cond::SignedGreaterThan => (Branch::Lt, true),
        Cond::SignedLessThanOrEqual => (Branch::Ge, true),
        Cond::UnsignedLessThan => (Branch::Ltu, false),
        Cond::UnsignedGreaterThanOrEqual => (Branch::Geu, false),
        Cond::UnsignedGreaterThan => (Branch::Ltu, true),
        Cond::UnsignedLessThanOrEqual => (Branch::Geu, true),
    }
}

pub fn test(cx: &mut Cx, cond: Cond, a: Word, b: Word) -> TestOn<Rv32> {
    let (cond, a, b) = match (cond, b) {
        // Comparisons that have a form with zero.
        (Cond::SignedLessThan, Word::Const(1)) => {
            rule!("rv32: a < 1 as a <= 0", (Cond::SignedLessThanOrEqual, a, ZERO))
        }
        (Cond::SignedGreaterThanOrEqual, Word::Const(1)) => {
            rule!("rv32: a >= 1 as a > 0", (Cond::SignedGreaterThan, a, ZERO))
        }
        (Cond::SignedGreaterThan, Word::Const(-1)) => {
            rule!("rv32: a > -1 as a >= 0", (Cond::SignedGreaterThanOrEqual, a, ZERO))
        }
        (Cond::SignedLessThanOrEqual, Word::Const(-1)) => {
            rule!("rv32: a <= -1 as a < 0", (Cond::SignedLessThan, a, ZERO))
        }
        (Cond::UnsignedLessThan, Word::Const(1)) | (Cond::UnsignedLessThanOrEqual, ZERO) => {
            rule!("rv32: unsigned a < 1 as a == 0", (Cond::Equal, a, ZERO))
        }
        (Cond::UnsignedGreaterThanOrEqual, Word::Const(1)) | (Cond::UnsignedGreaterThan, ZERO) => {
            rule!("rv32: unsigned a > 0 as a != 0", (Cond::NotEqual, a, ZERO))
        }
        (cond, b) => rule!("rv32: comparison as it is", (cond, a, b)),
    };
    let (cond, exchanged) = branch_condition(cond);
    let (a, b) = if exchanged {
        rule!("rv32: comparison with sides exchanged", mutant!("rv32: sides not exchanged", (b, a), (a, b)))
    } else {
        (a, b)
    };
    let operands = vec![cx.operand(a), cx.operand(b)];
    TestOn { test: Test::Word(cond, b.as_const()), operands }
}

pub fn test64(cx: &mut Cx, cond: Cond, a: Pair, b: Pair) -> TestOn<Rv32> {
    let (cond, b) = match (cond, constant(b)) {
        // `a > c` is `a >= c + 1`, which needs no exchange of sides.
        (Cond::SignedGreaterThan, Some(c)) if c != i64::MAX => {
            rule!("rv32: i64 a > c as a >= c + 1", (Cond::SignedGreaterThanOrEqual, pair(c + 1)))
        }
        (Cond::SignedLessThanOrEqual, Some(c)) if c != i64::MAX => {
            rule!("rv32: i64 a <= c as a < c + 1", (Cond::SignedLessThan, pair(c + 1)))
        }
        (Cond::UnsignedGreaterThan, Some(c)) if c != -1 => {
            rule!("rv32: unsigned i64 a > c as a >= c + 1", (Cond::UnsignedGreaterThanOrEqual, pair(c.wrapping_add(1))))
        }
        (Cond::UnsignedLessThanOrEqual, Some(c)) if c != -1 => {
            rule!("rv32: unsigned i64 a <= c as a < c + 1", (Cond::UnsignedLessThan, pair(c.wrapping_add(1))))
        }
        _ => (cond, b),
    };
    let (branch, exchanged) = branch_condition(cond);
    let equality = matches!(branch, Branch::Eq | Branch::Ne);
    if !equality && !exchanged && b.0 == ZERO {
        rule!("rv32: i64 order by the high words alone");
        // The low words cannot decide: a multiple of 2³² is reached or not by the high word alone.
        return test(cx, cond, a.1, b.1);
    }
    if a.1 == b.1 {
        rule!("rv32: i64 order by the low words alone");
        return test(cx, cond.unsigned(), a.0, b.0);
    }
    let (a, b) = if exchanged { rule!("rv32: i64 order with sides exchanged", (b, a)) } else { (a, b) };
    let operands = vec![cx.operand(a.0), cx.operand(a.1), cx.operand(b.0), cx.operand(b.1)];
    rule!("rv32: i64 comparison by branches");
    TestOn { test: Test::Pair(branch), operands }
}

fn constant(pair: Pair) -> Option<i64> {
    Some(i64::from(pair.1.as_const()?) << 32 | i64::from(pair.0.as_const()? as u32))
}

fn pair(value: i64) -> Pair {
    (Word::Const(value as i32), Word::Const((value >> 32) as i32))
}

fn is_zero(operand: Operand) -> bool {
    operand.as_fixed_nonallocatable().is_some_and(|reg| reg.hw_enc() == 0)
}

pub fn set(cx: &mut Cx, dst: VReg, on: TestOn<Rv32>) {
    let operands = on.operands;
    let set = |cx: &mut Cx, op: RegOp, dst: VReg, a: Operand, b: Operand| {
        cx.push(Op::Alu(op), vec![Operand::reg_def(dst), a, b]);
    };
    match on.test {
        Test::Word(cond @ (Branch::Lt | Branch::Ltu), b) => {
            rule!("rv32: order as 0 or 1", set_less(cx, cond, dst, operands, b))
        }
        Test::Word(cond @ (Branch::Ge | Branch::Geu), b) => {
            rule!("rv32: opposite of an order as 0 or 1");
            let less = cx.fresh();
            set_less(cx, cond.inverted(), less, operands, b);
            immediate(cx, AluImm::Xor, dst, less.into(), 1);
        }
        Test::Word(cond @ (Branch::Eq | Branch::Ne), b) => {
            let differ = match (operands[0], operands[1]) {
                (a, b) if is_zero(b) => rule!("rv32: equality with zero as 0 or 1", a),
                (x, y) => {
                    let differ = cx.fresh();
                    match b {
                        Some(c) if c != i32::MIN && fits_i12(-c) => {
                            rule!("rv32: equality with a constant by addi");
                            cx.push(Op::AluImm(AluImm::Add, -c), vec![Operand::reg_def(differ), x]);
                        }
                        _ => rule!("rv32: equality by xor", set(cx, RegOp::Xor, differ, x, y)),
                    }
                    Operand::reg_use(differ)
                }
            };
            set_by_zero(cx, cond, dst, differ);
        }
        Test::Bit(true) => rule!(
            "rv32: float comparison as 0 or 1",
            cx.push(Op::AluImm(AluImm::Add, 0), vec![Operand::reg_def(dst), operands[0]])
        ),
        Test::Bit(false) => rule!(
            "rv32: opposite of a float comparison as 0 or 1",
            cx.push(Op::AluImm(AluImm::Xor, 1), vec![Operand::reg_def(dst), operands[0]])
        ),
        Test::Pair(cond @ (Branch::Lt | Branch::Ltu)) => {
            rule!("rv32: i64 order as 0 or 1", set_pair(cx, cond, dst, operands))
        }
        Test::Pair(cond @ (Branch::Ge | Branch::Geu)) => {
            rule!("rv32: opposite of an i64 order as 0 or 1");
            let less = cx.fresh();
            set_pair(cx, cond.inverted(), less, operands);
            immediate(cx, AluImm::Xor, dst, less.into(), 1);
        }
        Test::Pair(cond @ (Branch::Eq | Branch::Ne)) => {
            rule!("rv32: i64 equality as 0 or 1");
            let (low, high, both) = (cx.fresh(), cx.fresh(), cx.fresh());
            set(cx, RegOp::Xor, low, operands[0], operands[2]);
            set(cx, RegOp::Xor, high, operands[1], operands[3]);
            binary(cx, RegOp::Or, both, low.into(), high.into());
            set_by_zero(cx, cond, dst, Operand::reg_use(both));
        }
    }
}

/// `dst = a < b`, with b in the instruction where it is known and fits.
fn set_less(cx: &mut Cx, cond: Branch, dst: VReg, operands: Vec<Operand>, b: Option<i32>) {
    let (register, constant) = match cond {
        Branch::Lt => (RegOp::Slt, AluImm::Slt),
        _ => (RegOp::Sltu, AluImm::Sltu),
    };
    match b.filter(|c| fits_i12(*c)) {
        Some(c) => rule!("rv32: slti", cx.push(Op::AluImm(constant, c), vec![Operand::reg_def(dst), operands[0]])),
        None => rule!("rv32: slt", cx.push(Op::Alu(register), vec![Operand::reg_def(dst), operands[0], operands[1]])),
    }
}

/// `dst = value == 0` or its opposite.
fn set_by_zero(cx: &mut Cx, cond: Branch, dst: VReg, value: Operand) {
    if cond == Branch::Eq {
        rule!("rv32: seqz");
        cx.push(Op::AluImm(AluImm::Sltu, 1), vec![Operand::reg_def(dst), value]);
    } else {
        rule!("rv32: snez");
        let zero = cx.operand(ZERO);
        cx.push(Op::Alu(RegOp::Sltu), vec![Operand::reg_def(dst), zero, value]);
    }
}

fn set_pair(cx: &mut Cx, cond: Branch, dst: VReg, operands: Vec<Operand>) {
    let mut all = vec![Operand::reg_def_at_start(dst)];
    all.extend(operands);
    cx.push(Op::SetPair(cond), all);
}

pub fn select(cx: &mut Cx, dst: VReg, on: TestOn<Rv32>, yes: Word, no: Word) {
    let TestOn { test, operands } = on;
    match (yes, no) {
        (yes, no) if yes == no => {
            rule!("rv32: select of one value");
            return cx.mov(dst, yes);
        }
        (Word::Const(yes), Word::Const(no)) if yes.wrapping_sub(no) == 1 => {
            rule!("rv32: select of neighbouring constants");
            let bit = cx.fresh();
            set(cx, bit, TestOn { test, operands });
            return if no == 0 {
                cx.mov(dst, bit.into())
            } else {
                binary(cx, RegOp::Add, dst, bit.into(), Word::Const(no))
            };
        }
        (Word::Const(yes), Word::Const(no)) if no.wrapping_sub(yes) == 1 => {
            rule!("rv32: select of neighbouring constants, opposite");
            return select(cx, dst, TestOn { test: test.inverted(), operands }, Word::Const(no), Word::Const(yes));
        }
        _ => {}
    }
    // A small constant is made where it is chosen, and the other value is there before.
    let is_small = |word: Word| word.as_const().filter(|c| fits_i12(*c));
    let (test, yes, no) = match (is_small(yes), is_small(no)) {
        (None, Some(_)) => rule!(
            "rv32: select with arms exchanged",
            (mutant!("rv32: arms exchanged, not the test", test.inverted(), test), no, yes)
        ),
        _ => (test, yes, no),
    };
    let last = operands.len() + if is_small(yes).is_some() { 1 } else { 2 };
    let mut all = vec![Operand::reg_reuse_def(dst, last)];
    all.extend(operands);
    let op = match is_small(yes) {
        Some(value) => rule!("rv32: select of a small constant", Op::SelectConst(test, value)),
        None => {
            rule!("rv32: select of a register");
            all.push(cx.operand(yes));
            Op::Select(test)
        }
    };
    let no = own_register(cx, no);
    all.push(no);
    cx.push(op, all);
}

/// The use of a word in whose register the result is made: a constant is not shared.
fn own_register(cx: &mut Cx, word: Word) -> Operand {
    match word {
        Word::Const(value) => {
            rule!("rv32: select over a constant");
            let reg = cx.fresh();
            constant_to(cx, reg, value);
            Operand::reg_use(reg)
        }
        word => Operand::reg_use(cx.reg(word)),
    }
}

pub fn select64(cx: &mut Cx, dst: PairDef, on: TestOn<Rv32>, yes: Pair, no: Pair) {
    let constants = [yes.0, yes.1, no.0, no.1].iter().all(|word| word.as_const().is_some());
    if constants || yes.0 == no.0 || yes.1 == no.1 {
        rule!("rv32: i64 select a word at a time");
        select(cx, dst.0, on.clone(), yes.0, no.0);
        return select(cx, dst.1, on, yes.1, no.1);
    }
    rule!("rv32: i64 select of both words at once");
    let TestOn { test, operands } = on;
    let no_at = 2 + operands.len() + 2;
    let no = [own_register(cx, no.0), own_register(cx, no.1)];
    let mut all = vec![Operand::reg_reuse_def(dst.0, no_at), Operand::reg_reuse_def(dst.1, no_at + 1)];
    // regalloc2 0.15.2 knows one reused input an instruction. Where that value is also read as itself, the copy for the
    // second def may overwrite it before (the checker says so); a late use keeps it.
    let reused = |operand: &Operand| no.iter().any(|no| no.vreg() == operand.vreg());
    all.extend(operands.into_iter().map(|operand| match operand {
        operand if reused(&operand) => Operand::reg_use_at_end(operand.vreg()),
        operand => operand,
    }));
    for word in [yes.0, yes.1] {
        // Late uses, so that neither is in a register that a def takes over.
        all.push(match word {
            ZERO => cx.operand(ZERO),
            word => Operand::reg_use_at_end(cx.reg(word)),
        });
    }
    all.extend(no);
    cx.push(Op::SelectPair(test), all);
}

/// `dst = value`.
pub fn constant_to(cx: &mut Cx, dst: VReg, value: i32) {
    cx.push(Op::Constant(value), vec![Operand::reg_def(dst)]);
}

/// The base register and offset of an access.
pub(super) fn place(cx: &mut Cx, address: Address) -> (Operand, i32) {
    debug_assert!(address.index.is_none(), "RV32 has no indexed accesses");
    (cx.operand(address.base), address.offset)
}

pub fn load(cx: &mut Cx, access: Access, dst: VReg, address: Address) {
    let op = match access {
        Access::U8 => rule!("rv32: lbu", Load::U8),
        Access::S8 => rule!("rv32: lb", Load::I8),
        Access::U16 => rule!("rv32: lhu", Load::U16),
        Access::S16 => rule!("rv32: lh", Load::I16),
        Access::W32 => rule!("rv32: lw", Load::I32),
    };
    let (base, offset) = place(cx, address);
    cx.push(Op::Load(op, offset), vec![Operand::reg_def(dst), base]);
}

pub fn store(cx: &mut Cx, access: Access, value: Word, address: Address) {
    let op = match access {
        Access::U8 | Access::S8 => rule!("rv32: sb", Store::I8),
        Access::U16 | Access::S16 => rule!("rv32: sh", Store::I16),
        Access::W32 => rule!("rv32: sw", Store::I32),
    };
    let (base, offset) = place(cx, address);
    let value = cx.operand(value);
    cx.push(Op::Store(op, offset), vec![value, base]);
}
