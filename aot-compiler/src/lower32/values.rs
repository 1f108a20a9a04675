//! Values as words: where each lives, what can be seen through, and conditions.

use super::Lower;
use crate::isa::{Access, Address, Alu, Cond, FloatCond, Isa32, Pair, Shift, TestOn, Unary};
use crate::marks::{mutant, rule};
use crate::vcode::Word;
use cranelift_codegen::ir::condcodes::CondCode;
use cranelift_codegen::ir::{self, InstructionData, Opcode, Value, ValueDef, types};
use regalloc2::VReg;

impl<'f, I: Isa32> Lower<'f, I> {
    /// Instruction that defines a value as its only result.
    pub(super) fn definition(&self, value: Value) -> Option<&'f InstructionData> {
        match self.func.dfg.value_def(value) {
            ValueDef::Result(inst, 0) => Some(&self.func.dfg.insts[inst]),
            _ => None,
        }
    }

    /// All registers of a value, wherever it lives.
    pub(super) fn registers(&mut self, value: Value) -> Vec<VReg> {
        if self.float_format(value).is_some() {
            return vec![self.float_reg(value)];
        }
        let (low, high) = self.pair(value);
        if super::is_wide(self.ty(value)) { vec![low, high] } else { vec![low] }
    }

    /// The registers of a value in words, made at first sight.
    pub(super) fn pair(&mut self, value: Value) -> (VReg, VReg) {
        if let Some(pair) = self.pairs[value] {
            return pair;
        }
        let pair = (self.cx.fresh(), self.cx.fresh());
        self.pairs[value] = Some(pair);
        pair
    }

    pub(super) fn ty(&self, value: Value) -> ir::Type {
        self.func.dfg.value_type(value)
    }

    /// The value if it is a constant, sign-extended from its type; of a float, the bits.
    pub(super) fn constant(&self, value: Value) -> Option<i64> {
        let bits = match *self.definition(value)? {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => imm.bits(),
            InstructionData::UnaryIeee32 { imm, .. } => i64::from(imm.bits()),
            InstructionData::UnaryIeee64 { imm, .. } => imm.bits() as i64,
            _ => return None,
        };
        let unused = 64 - self.ty(value).bits();
        Some((bits << unused) >> unused)
    }

    /// Whether a narrow value is known to be 0 or 1 in its whole word.
    fn is_boolean(&self, value: Value) -> bool {
        match self.definition(value) {
            Some(InstructionData::IntCompare { .. } | InstructionData::FloatCompare { .. }) => true,
            Some(InstructionData::Binary { opcode: Opcode::Band | Opcode::Bor | Opcode::Bxor, args }) => {
                self.ty(value) == types::I8 && args.iter().all(|arg| self.is_comparison_or_bit(*arg))
            }
            _ => self.constant(value).is_some_and(|c| c == 0 || c == 1),
        }
    }

    fn is_comparison_or_bit(&self, value: Value) -> bool {
        matches!(
            self.definition(value),
            Some(InstructionData::IntCompare { .. } | InstructionData::FloatCompare { .. })
        ) || self.constant(value).is_some_and(|c| c == 0 || c == 1)
    }

    /// Both words of a value (the high one 0 below 64 bits), seen through constants and free conversions.
    pub(super) fn words(&mut self, value: Value) -> Pair {
        if Some(value) == self.instance {
            return (Word::Instance, Word::Const(0));
        }
        if let Some(c) = self.constant(value) {
            return (Word::Const(c as i32), Word::Const((c >> 32) as i32));
        }
        if let Some(source) = self.same_words(value) {
            return self.words(source);
        }
        if let Some(precision) = self.float_format(value) {
            return self.float_to_words(precision, value);
        }
        match self.definition(value) {
            Some(&InstructionData::Unary { opcode: Opcode::Uextend, arg })
                if self.ty(arg) == types::I32 || self.is_boolean(arg) =>
            {
                rule!("lower32: zero-extended word as a pair");
                return (self.low(arg), Word::Const(0));
            }
            Some(&InstructionData::Unary { opcode: Opcode::Sextend, arg }) if self.ty(arg) == types::I32 => {
                rule!("lower32: sign-extended word as a pair");
                self.used.insert(value);
                self.high_used.insert(value);
                return (self.low(arg), Word::Reg(self.pair(value).1));
            }
            Some(&InstructionData::Unary { opcode: Opcode::Ireduce, arg }) => return (self.low(arg), Word::Const(0)),
            Some(data) if self.upper_word(data).is_some() => {
                rule!("lower32: upper word as a pair");
                return (self.low(value), Word::Const(0));
            }
            Some(data) if self.high_is_zero(data) => {
                rule!("lower32: pair with a high word of zero");
                self.used.insert(value);
                return (self.pair(value).0.into(), Word::Const(0));
            }
            _ => {}
        }
        self.used.insert(value);
        self.high_used.insert(value);
        let (low, high) = self.pair(value);
        (low.into(), if super::is_wide(self.ty(value)) { high.into() } else { Word::Const(0) })
    }

    /// The 64-bit value whose high word is all of a result: a shift by 32.
    fn upper_word(&self, data: &InstructionData) -> Option<Value> {
        match *data {
            InstructionData::Binary { opcode: Opcode::Ushr, args } if self.ty(args[0]) == types::I64 => {
                self.constant(args[1]).is_some_and(|count| count & 63 == 32).then_some(args[0])
            }
            _ => None,
        }
    }

    /// Whether a 64-bit result has a high word of zero by its operation alone.
    fn high_is_zero(&self, data: &InstructionData) -> bool {
        match *data {
            InstructionData::Load { opcode, .. } => {
                matches!(opcode, Opcode::Uload8 | Opcode::Uload16 | Opcode::Uload32)
            }
            InstructionData::Unary { opcode, .. } => {
                matches!(opcode, Opcode::Uextend | Opcode::Clz | Opcode::Ctz | Opcode::Popcnt)
            }
            InstructionData::Binary { opcode: Opcode::Band, args } => {
                args.iter().any(|arg| self.constant(*arg).is_some_and(|c| u64::try_from(c).is_ok_and(|c| c >> 32 == 0)))
            }
            InstructionData::Binary { opcode: Opcode::Ushr, args } => {
                self.constant(args[1]).is_some_and(|count| count & 63 >= 32)
            }
            _ => false,
        }
    }

    /// The low word of a value, without asking for the high one.
    pub(super) fn low(&mut self, value: Value) -> Word {
        if Some(value) == self.instance {
            return Word::Instance;
        }
        if let Some(c) = self.constant(value) {
            return Word::Const(c as i32);
        }
        if let Some(source) = self.same_words(value) {
            return self.low(source);
        }
        if let Some(precision) = self.float_format(value) {
            return self.float_to_words(precision, value).0;
        }
        match self.definition(value) {
            Some(&InstructionData::Unary { opcode: Opcode::Uextend, arg })
                if self.ty(arg) == types::I32 || self.is_boolean(arg) =>
            {
                rule!("lower32: zero extension seen through", self.low(arg))
            }
            Some(&InstructionData::Unary { opcode: Opcode::Sextend, arg }) if self.ty(arg) == types::I32 => {
                rule!("lower32: sign extension seen through", self.low(arg))
            }
            Some(&InstructionData::Unary { opcode: Opcode::Ireduce, arg }) => {
                rule!("lower32: reduction seen through", self.low(arg))
            }
            Some(data) if let Some(arg) = self.upper_word(data) => {
                let words = self.words(arg);
                rule!(
                    "lower32: upper word without a shift",
                    mutant!("lower32: lower word for the upper", words.1, words.0)
                )
            }
            _ => {
                self.used.insert(value);
                self.pair(value).0.into()
            }
        }
    }

    /// The low word with a narrow value's high bits filled.
    pub(super) fn extended(&mut self, value: Value, signed: bool) -> Word {
        let word = self.low(value);
        if let Some(c) = self.constant(value) {
            let unused = 32 - self.ty(value).bits().min(32);
            return Word::Const(if signed { c as i32 } else { ((c as u32) << unused >> unused) as i32 });
        }
        let op = match (self.ty(value), signed) {
            (types::I8, _) if self.is_boolean(value) && !signed => return word,
            (types::I8, false) => rule!("lower32: narrow value zero-extended from 8 bits", Unary::Ext8U),
            (types::I8, true) => rule!("lower32: narrow value sign-extended from 8 bits", Unary::Ext8S),
            (types::I16, false) => rule!("lower32: narrow value zero-extended from 16 bits", Unary::Ext16U),
            (types::I16, true) => rule!("lower32: narrow value sign-extended from 16 bits", Unary::Ext16S),
            _ => return word,
        };
        self.unary(op, word)
    }

    pub(super) fn unary(&mut self, op: Unary, a: Word) -> Word {
        let dst = self.cx.fresh();
        I::unary(&mut self.cx, op, dst, a);
        dst.into()
    }

    pub(super) fn alu(&mut self, op: Alu, a: Word, b: Word) -> Word {
        let dst = self.cx.fresh();
        self.alu_to(op, dst, a, b);
        dst.into()
    }

    /// Word arithmetic with constants folded and put second where the operation commutes.
    pub(super) fn alu_to(&mut self, op: Alu, dst: VReg, a: Word, b: Word) {
        let commutes = op != Alu::Sub;
        let (a, b) = if commutes && a.as_const().is_some() { (b, a) } else { (a, b) };
        match (op, a, b) {
            (Alu::Add | Alu::Sub | Alu::Or | Alu::Xor, a, Word::Const(0)) => {
                rule!("lower32: arithmetic with 0 as a move", self.cx.mov(dst, a))
            }
            (Alu::And, a, Word::Const(-1)) | (Alu::Mul, a, Word::Const(1)) => {
                rule!("lower32: arithmetic with a neutral constant as a move", self.cx.mov(dst, a))
            }
            (Alu::And | Alu::Mul, _, Word::Const(0)) => {
                rule!("lower32: arithmetic with 0 as 0", self.cx.mov(dst, Word::Const(0)))
            }
            (_, Word::Const(x), Word::Const(y)) => {
                rule!("lower32: arithmetic of constants");
                let wide = |signed: bool| match signed {
                    true => ((i64::from(x) * i64::from(y)) >> 32) as i32,
                    false => ((u64::from(x as u32) * u64::from(y as u32)) >> 32) as i32,
                };
                let value = match op {
                    Alu::Add => x.wrapping_add(y),
                    Alu::Sub => x.wrapping_sub(y),
                    Alu::And => x & y,
                    Alu::Or => x | y,
                    Alu::Xor => x ^ y,
                    Alu::Mul => x.wrapping_mul(y),
                    Alu::MulHighS => wide(true),
                    Alu::MulHighU => wide(false),
                };
                self.cx.mov(dst, Word::Const(value));
            }
            (op, a, b) => I::alu(&mut self.cx, op, dst, a, b),
        }
    }

    pub(super) fn shift(&mut self, op: Shift, a: Word, b: Word) -> Word {
        let dst = self.cx.fresh();
        self.shift_to(op, dst, a, b);
        dst.into()
    }

    /// A word shift; a constant count is reduced modulo 32, and 0 is a move.
    pub(super) fn shift_to(&mut self, op: Shift, dst: VReg, a: Word, b: Word) {
        match b {
            Word::Const(c) if c & 31 == 0 => self.cx.mov(dst, a),
            Word::Const(c) => I::shift(&mut self.cx, op, dst, a, Word::Const(c & 31)),
            b => I::shift(&mut self.cx, op, dst, a, b),
        }
    }

    /// "This value is not zero", with a comparison folded in.
    pub(super) fn condition(&mut self, value: Value) -> TestOn<I> {
        match self.definition(value) {
            // A comparison of floats is not repeated for a second use.
            Some(&InstructionData::Unary { opcode: Opcode::Uextend, arg })
                if self.uses[value] == 1
                    || !matches!(self.definition(arg), Some(InstructionData::FloatCompare { .. })) =>
            {
                rule!("lower32: condition seen through an extension");
                return self.condition(arg);
            }
            Some(&InstructionData::IntCompare { args, cond, .. }) => {
                rule!("lower32: comparison folded into its use");
                return self.comparison(cond, args[0], args[1]);
            }
            Some(&InstructionData::FloatCompare { args, cond, .. })
                if let Some(cond) = FloatCond::from_clif(cond)
                    && self.is_cheap_here(value) =>
            {
                rule!("lower32: float comparison folded into its use");
                return self.float_comparison(cond, args);
            }
            _ => {}
        }
        if self.ty(value) == types::I64 {
            rule!("lower32: i64 tested for zero");
            let (low, high) = self.words(value);
            let either = self.alu(Alu::Or, low, high);
            return I::test(&mut self.cx, Cond::NotEqual, either, Word::Const(0));
        }
        rule!("lower32: word tested for zero");
        let word = self.extended(value, false);
        I::test(&mut self.cx, Cond::NotEqual, word, Word::Const(0))
    }

    /// `a cond b` on values of one type.
    pub(super) fn comparison(&mut self, cond: Cond, a: Value, b: Value) -> TestOn<I> {
        if self.ty(a) == types::I64 {
            let (a, b) = (self.words(a), self.words(b));
            return self.test64(cond, a, b);
        }
        let signed = matches!(
            cond,
            Cond::SignedLessThan
                | Cond::SignedLessThanOrEqual
                | Cond::SignedGreaterThan
                | Cond::SignedGreaterThanOrEqual
        );
        let (a, b) = (self.extended(a, signed), self.extended(b, signed));
        self.test(cond, a, b)
    }

    /// A word test with a constant put second.
    pub(super) fn test(&mut self, cond: Cond, a: Word, b: Word) -> TestOn<I> {
        match (a.as_const(), b.as_const()) {
            (Some(_), None) => {
                rule!("lower32: comparison with a constant on the left", I::test(&mut self.cx, cond.swap_args(), b, a))
            }
            _ => I::test(&mut self.cx, cond, a, b),
        }
    }

    /// A pair test; equality with zero and signs are tests of one word.
    pub(super) fn test64(&mut self, cond: Cond, a: Pair, b: Pair) -> TestOn<I> {
        let zero = (Word::Const(0), Word::Const(0));
        match cond {
            Cond::Equal | Cond::NotEqual if b == zero || a == zero => {
                rule!("lower32: i64 equality with zero");
                let a = if b == zero { a } else { b };
                let either = self.alu(Alu::Or, a.0, a.1);
                self.test(cond, either, Word::Const(0))
            }
            Cond::SignedLessThan | Cond::SignedGreaterThanOrEqual if b == zero => {
                rule!("lower32: sign of an i64", self.test(cond, a.1, Word::Const(0)))
            }
            _ => I::test64(&mut self.cx, cond, a, b),
        }
    }

    /// The place `pointer + offset`, for accesses at `offset` and, if `span` is 4, also 4 bytes on.
    pub(super) fn address(&mut self, access: Access, pointer: Value, offset: i32, span: i32) -> Address {
        let (mut pointer, mut offset) = (pointer, offset);
        while let Some(&InstructionData::Binary { opcode: Opcode::Iadd, args }) = self.definition(pointer) {
            let Some(c) = self.constant(args[1]) else { break };
            let sum = offset.wrapping_add(c as i32);
            if !I::legal_offset(access, sum) || !I::legal_offset(access, sum.wrapping_add(span)) {
                break;
            }
            rule!("lower32: addition of a constant as an offset");
            (pointer, offset) = (args[0], sum);
        }
        if !I::legal_offset(access, offset) || !I::legal_offset(access, offset.wrapping_add(span)) {
            rule!("lower32: offset out of reach");
            let base = self.low(pointer);
            let base = self.alu(Alu::Add, base, Word::Const(offset));
            return Address { base, index: None, offset: 0 };
        }
        if I::INDEXED
            && (offset, span) == (0, 0)
            && self.uses[pointer] == 1
            && let Some(&InstructionData::Binary { opcode: Opcode::Iadd, args }) = self.definition(pointer)
            && self.constant(args[1]).is_none()
        {
            rule!("lower32: addition as an index");
            let (base, index) = (self.low(args[0]), self.low(args[1]));
            return Address { base, index: Some(index), offset: 0 };
        }
        Address { base: self.low(pointer), index: None, offset }
    }
}
