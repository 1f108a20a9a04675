//! 64-bit integer operations on pairs of words.

use super::Lower;
use super::ops::min_max_condition;
use crate::isa::{Alu, Callee, Cond, Isa32, Pair, Shift, Unary};
use crate::marks::{mutant, rule};
use crate::vcode::Word;
use cranelift_codegen::ir::{Opcode, Value, types};
use regalloc2::VReg;
use sandgrain_abi::{Helper, TrapKind};

impl<I: Isa32> Lower<'_, I> {
    pub(super) fn fresh_pair(&mut self) -> (VReg, VReg) {
        (self.cx.fresh(), self.cx.fresh())
    }

    /// Operations with one operand where it or the result has 64 bits.
    pub(super) fn unary_wide(&mut self, opcode: Opcode, result: Value, arg: Value) -> Option<()> {
        let (low, high) = self.pair(result);
        match opcode {
            Opcode::Uextend => {
                rule!("lower32: zero extension to i64");
                let word = self.extended(arg, false);
                self.cx.mov(low, word);
                self.cx.mov(high, Word::Const(0));
            }
            Opcode::Sextend => {
                rule!("lower32: sign extension to i64");
                let word = self.extended(arg, true);
                if self.ty(arg) != types::I32 {
                    self.cx.mov(low, word);
                }
                self.shift_to(Shift::RightS, high, word, Word::Const(31));
            }
            Opcode::Ineg => {
                rule!("lower32: i64 negation");
                let a = self.words(arg);
                I::sub64(&mut self.cx, (low, high), (Word::Const(0), Word::Const(0)), a);
            }
            Opcode::Bnot => {
                rule!("lower32: i64 complement");
                let a = self.words(arg);
                I::unary(&mut self.cx, Unary::Not, low, a.0);
                I::unary(&mut self.cx, Unary::Not, high, a.1);
            }
            Opcode::Bmask => {
                rule!("lower32: i64 bmask");
                let on = self.condition(arg);
                I::select(&mut self.cx, low, on, Word::Const(-1), Word::Const(0));
                self.cx.mov(high, low.into());
            }
            Opcode::Iabs => {
                rule!("lower32: i64 iabs");
                let a = self.words(arg);
                let negated = self.fresh_pair();
                I::sub64(&mut self.cx, negated, (Word::Const(0), Word::Const(0)), a);
                let on = self.test(Cond::SignedLessThan, a.1, Word::Const(0));
                let negated = (negated.0.into(), negated.1.into());
                I::select64(&mut self.cx, (low, high), on, negated, a);
            }
            Opcode::Clz | Opcode::Ctz => {
                rule!("lower32: i64 clz or ctz");
                // The half that decides, and 32 on top if it is the second.
                let a = self.words(arg);
                let (op, first, second) = if opcode == Opcode::Clz {
                    mutant!("lower32: i64 clz of the wrong word", (Unary::Clz, a.1, a.0), (Unary::Clz, a.0, a.1))
                } else {
                    (Unary::Ctz, a.0, a.1)
                };
                let on = self.test(Cond::Equal, first, Word::Const(0));
                let (half, skipped) = (self.cx.fresh(), self.cx.fresh());
                I::select(&mut self.cx, half, on.clone(), second, first);
                I::select(&mut self.cx, skipped, on, Word::Const(32), Word::Const(0));
                let count = self.unary(op, half.into());
                self.alu_to(Alu::Add, low, count, skipped.into());
                self.cx.mov(high, Word::Const(0));
            }
            Opcode::Popcnt => {
                rule!("lower32: i64 popcnt");
                let a = self.words(arg);
                let (x, y) = (self.unary(Unary::Popcnt, a.0), self.unary(Unary::Popcnt, a.1));
                self.alu_to(Alu::Add, low, x, y);
                self.cx.mov(high, Word::Const(0));
            }
            Opcode::Bswap => {
                rule!("lower32: i64 bswap");
                let a = self.words(arg);
                I::unary(&mut self.cx, Unary::Bswap, low, a.1);
                I::unary(&mut self.cx, Unary::Bswap, high, a.0);
            }
            _ => return None,
        }
        Some(())
    }

    /// Operations with two operands and a 64-bit result, division apart.
    pub(super) fn binary_wide(&mut self, opcode: Opcode, result: Value, args: [Value; 2]) -> Option<()> {
        let dst = self.pair(result);
        let high_used = self.high_used.contains(result);
        match opcode {
            Opcode::Band | Opcode::Bor | Opcode::Bxor => {
                let op = match opcode {
                    Opcode::Band => rule!("lower32: i64 and", Alu::And),
                    Opcode::Bor => rule!("lower32: i64 or", Alu::Or),
                    _ => rule!("lower32: i64 xor", Alu::Xor),
                };
                if !high_used {
                    rule!("lower32: low word alone of i64 bits");
                    let (a, b) = (self.low(args[0]), self.low(args[1]));
                    self.alu_to(op, dst.0, a, b);
                    return Some(());
                }
                let (a, b) = (self.words(args[0]), self.words(args[1]));
                self.alu_to(op, dst.0, a.0, b.0);
                self.alu_to(op, dst.1, a.1, mutant!("lower32: high word of i64 bits lost", b.1, Word::Const(0)));
            }
            Opcode::Iadd | Opcode::Isub | Opcode::Imul if !high_used => {
                let op = match opcode {
                    Opcode::Iadd => rule!("lower32: low word alone of an i64 sum", Alu::Add),
                    Opcode::Isub => rule!("lower32: low word alone of an i64 difference", Alu::Sub),
                    _ => rule!("lower32: low word alone of an i64 product", Alu::Mul),
                };
                let (a, b) = (self.low(args[0]), self.low(args[1]));
                self.alu_to(op, dst.0, a, b);
            }
            Opcode::Iadd => {
                rule!("lower32: i64 add");
                let (a, b) = (self.words(args[0]), self.words(args[1]));
                I::add64(&mut self.cx, dst, a, b);
            }
            Opcode::Isub => {
                rule!("lower32: i64 sub");
                let (a, b) = (self.words(args[0]), self.words(args[1]));
                I::sub64(&mut self.cx, dst, a, b);
            }
            Opcode::Imul => rule!("lower32: i64 mul", self.multiply(dst, args)),
            Opcode::Umulhi | Opcode::Smulhi => {
                rule!("lower32: high half of an i64 product");
                let (a, b) = (self.words(args[0]), self.words(args[1]));
                self.multiply_high_wide(opcode == Opcode::Smulhi, dst, a, b);
            }
            Opcode::Ishl | Opcode::Ushr | Opcode::Sshr => {
                let op = match opcode {
                    Opcode::Ishl => rule!("lower32: i64 ishl", Shift::Left),
                    Opcode::Ushr => rule!("lower32: i64 ushr", Shift::RightU),
                    _ => rule!("lower32: i64 sshr", Shift::RightS),
                };
                let (a, count) = (self.words(args[0]), self.low(args[1]));
                self.shift_wide(op, dst, a, count);
            }
            Opcode::Rotl | Opcode::Rotr => {
                rule!("lower32: i64 rotation");
                let (a, count) = (self.words(args[0]), self.low(args[1]));
                self.rotate_wide(opcode == Opcode::Rotl, dst, a, count);
            }
            Opcode::Smin | Opcode::Smax | Opcode::Umin | Opcode::Umax => {
                rule!("lower32: i64 minimum or maximum");
                let (a, b) = (self.words(args[0]), self.words(args[1]));
                let on = self.test64(min_max_condition(opcode), a, b);
                I::select64(&mut self.cx, dst, on, a, b);
            }
            _ => return None,
        }
        Some(())
    }

    /// A product; two operands that are extended words need one widening multiplication.
    fn multiply(&mut self, dst: (VReg, VReg), args: [Value; 2]) {
        for (opcode, load, signed) in
            [(Opcode::Sextend, Opcode::Sload32, true), (Opcode::Uextend, Opcode::Uload32, false)]
        {
            let extended = |value| {
                self.definition(value).is_some_and(|data| match data {
                    cranelift_codegen::ir::InstructionData::Unary { opcode: op, arg } => {
                        *op == opcode && self.ty(*arg) == types::I32
                    }
                    data => data.opcode() == load,
                })
            };
            if extended(args[0]) && extended(args[1]) {
                rule!("lower32: product of two extended words");
                let (a, b) = (self.low(args[0]), self.low(args[1]));
                return I::mul_wide(&mut self.cx, signed, dst, a, b);
            }
        }
        let (a, b) = (self.words(args[0]), self.words(args[1]));
        I::mul64(&mut self.cx, dst, a, b);
    }

    /// The high 64 bits of a 128-bit product, from four partial products. The mid-end makes these of divisions by
    /// constants.
    fn multiply_high_wide(&mut self, signed: bool, dst: (VReg, VReg), a: Pair, b: Pair) {
        let zero = Word::Const(0);
        let lowest = self.alu(Alu::MulHighU, a.0, b.0);
        let mut partial = |x, y| {
            let product = (self.cx.fresh(), self.cx.fresh());
            I::mul_wide(&mut self.cx, false, product, x, y);
            (Word::Reg(product.0), Word::Reg(product.1))
        };
        let (first, second, highest) = (partial(a.0, b.1), partial(a.1, b.0), partial(a.1, b.1));
        // Neither sum overflows: (2^32 - 1)^2 + 2 * (2^32 - 1) < 2^64.
        let sum = self.fresh_pair();
        I::add64(&mut self.cx, sum, first, (lowest, zero));
        let carry = self.fresh_pair();
        let first_low = mutant!("lower32: carry of a 128-bit product lost", sum.0.into(), zero);
        I::add64(&mut self.cx, carry, second, (first_low, zero));
        let upper = self.fresh_pair();
        I::add64(&mut self.cx, upper, highest, (sum.1.into(), zero));
        if !signed {
            rule!("lower32: unsigned high half of an i64 product");
            return I::add64(&mut self.cx, dst, (upper.0.into(), upper.1.into()), (carry.1.into(), zero));
        }
        rule!("lower32: signed high half of an i64 product");
        let unsigned = self.fresh_pair();
        I::add64(&mut self.cx, unsigned, (upper.0.into(), upper.1.into()), (carry.1.into(), zero));
        // A negative operand counted 2^64 too much of the other one.
        let mut value = unsigned;
        for (i, (sign, other)) in [(a.1, b), (b.1, a)].into_iter().enumerate() {
            let mask = self.shift(Shift::RightS, sign, Word::Const(31));
            let excess = (self.alu(Alu::And, mask, other.0), self.alu(Alu::And, mask, other.1));
            let next = if i == 1 { dst } else { self.fresh_pair() };
            I::sub64(&mut self.cx, next, (value.0.into(), value.1.into()), excess);
            value = next;
        }
    }

    fn shift_wide(&mut self, op: Shift, dst: (VReg, VReg), a: Pair, count: Word) {
        let Word::Const(count) = count else {
            rule!("lower32: i64 shift by a register");
            return I::shift64(&mut self.cx, op, dst, a, count);
        };
        let count = count & 63;
        let (low, high) = dst;
        match (op, count) {
            (_, 0) => {
                rule!("lower32: i64 shift by 0");
                self.cx.mov(low, a.0);
                self.cx.mov(high, a.1);
            }
            (Shift::Left, 32..) => {
                rule!("lower32: i64 shl by 32 or more");
                let count = mutant!("lower32: i64 shl by one too much", count - 32, count - 31);
                self.shift_to(op, high, a.0, Word::Const(count));
                self.cx.mov(low, Word::Const(0));
            }
            (Shift::RightU, 32..) => {
                rule!("lower32: i64 shr_u by 32 or more");
                self.shift_to(op, low, a.1, Word::Const(count - 32));
                self.cx.mov(high, Word::Const(0));
            }
            (_, 32..) => {
                rule!("lower32: i64 shr_s by 32 or more");
                self.shift_to(op, low, a.1, Word::Const(count - 32));
                self.shift_to(op, high, a.1, Word::Const(31));
            }
            (Shift::Left, _) => {
                rule!("lower32: i64 shl by less than 32");
                self.funnel(high, a.1, a.0, count);
                self.shift_to(op, low, a.0, Word::Const(count));
            }
            _ => {
                rule!("lower32: i64 shr by less than 32");
                self.funnel(low, a.1, a.0, 32 - count);
                self.shift_to(op, high, a.1, Word::Const(count));
            }
        }
    }

    /// `dst` = high word of `(high, low) << count`, for a count from 1 to 31.
    fn funnel(&mut self, dst: VReg, high: Word, low: Word, count: i32) {
        let upper = self.shift(Shift::Left, high, Word::Const(count));
        let lower = mutant!("lower32: bits between the words of a shift off by one", 32 - count, 31 - count);
        let lower = self.shift(Shift::RightU, low, Word::Const(lower));
        self.alu_to(Alu::Or, dst, upper, lower);
    }

    fn rotate_wide(&mut self, left: bool, dst: (VReg, VReg), a: Pair, count: Word) {
        if let Word::Const(count) = count {
            let count = if left { count } else { count.wrapping_neg() } & 63;
            let a = if count & 32 == 0 { a } else { (a.1, a.0) };
            if count & 31 == 0 {
                rule!("lower32: i64 rotation by 0 or 32");
                self.cx.mov(dst.0, a.0);
                self.cx.mov(dst.1, a.1);
            } else {
                rule!("lower32: i64 rotation by a constant");
                self.funnel(dst.1, a.1, a.0, count & 31);
                self.funnel(dst.0, a.0, a.1, count & 31);
            }
            return;
        }
        rule!("lower32: i64 rotation by a register");
        // Words exchanged if the count is 32 or more, then by the rest. What one word loses the other takes in two
        // steps, since 32 - 0 is no word's shift count.
        let far = self.alu(Alu::And, count, Word::Const(32));
        let on = self.test(Cond::NotEqual, far, Word::Const(0));
        let (low, high) = self.fresh_pair();
        I::select64(&mut self.cx, (low, high), on, (a.1, a.0), a);
        let rest = self.alu(Alu::Xor, count, Word::Const(31));
        let (here, there) = if left { (Shift::Left, Shift::RightU) } else { (Shift::RightU, Shift::Left) };
        for (dst, kept, lost) in [(dst.0, low, high), (dst.1, high, low)] {
            let kept = self.shift(here, kept.into(), count);
            let lost = self.shift(there, lost.into(), Word::Const(1));
            let lost = self.shift(there, lost, rest);
            self.alu_to(Alu::Or, dst, kept, lost);
        }
    }

    /// 64-bit division by a helper, with WebAssembly's traps before the call.
    pub(super) fn division_wide(&mut self, opcode: Opcode, result: Value, args: [Value; 2]) -> Option<()> {
        let divisor = self.constant(args[1]);
        let (a, b) = (self.words(args[0]), self.words(args[1]));
        if divisor.is_none_or(|c| c == 0) {
            rule!("lower32: i64 division by zero check");
            let on = self.test64(Cond::Equal, b, (Word::Const(0), Word::Const(0)));
            let kind = TrapKind::IntegerDivisionByZero;
            self.cx.trap_if(on, mutant!("lower32: i64 division by zero as overflow", kind, TrapKind::IntegerOverflow));
        }
        if opcode == Opcode::Sdiv && divisor.is_none_or(|c| c == -1) {
            rule!("lower32: i64 division overflow check");
            // Zero only for MIN / -1: low(a) | high(a) ^ MIN | !(low(b) & high(b)).
            let sign = self.alu(Alu::Xor, a.1, Word::Const(i32::MIN));
            let dividend = self.alu(Alu::Or, a.0, sign);
            let ones = self.alu(Alu::And, b.0, b.1);
            let divisor = self.alu(Alu::Xor, ones, Word::Const(-1));
            let either = self.alu(Alu::Or, dividend, divisor);
            let on = self.test(Cond::Equal, either, Word::Const(0));
            self.cx.trap_if(on, TrapKind::IntegerOverflow);
        }
        let helper = match opcode {
            Opcode::Sdiv => rule!("lower32: i64 sdiv", Helper::SdivI64),
            Opcode::Udiv => rule!("lower32: i64 udiv", Helper::UdivI64),
            Opcode::Srem => rule!("lower32: i64 srem", Helper::SremI64),
            _ => rule!("lower32: i64 urem", Helper::UremI64),
        };
        let (low, high) = self.pair(result);
        self.call(Callee::Helper(helper), &[], &[a.0, a.1, b.0, b.1], &[low, high]);
        Some(())
    }
}
