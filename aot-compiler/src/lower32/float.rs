//! Floats: in float registers where the back end computes their format there, else as words that helpers compute with.
//!
//! [`Lower::float_format`] is the one place that decides. An operation that a back end with float registers lacks is a
//! helper's too, with the words moved over; helpers compute like the hardware, to the bit.

use super::{Lower, is_wide};
use crate::isa::{Alu, Callee, Cond, FloatAlu, FloatCond, FloatUnary, Isa32, PairDef, Precision, TestOn};
use crate::marks::{mutant, rule};
use crate::vcode::{Constant, Word};
use cranelift_codegen::ir::{InstructionData, Opcode, Type, Value, ValueDef, types};
use regalloc2::VReg;
use sandgrain_abi::{FloatUnit, Helper};

/// The format of values of a type, if it is a float's.
fn precision(ty: Type) -> Option<Precision> {
    match ty {
        types::F32 => Some(Precision::Single),
        types::F64 => Some(Precision::Double),
        _ => None,
    }
}

impl<I: Isa32> Lower<'_, I> {
    /// The format of a value that lives in a float register; `None` for one that lives in words.
    pub(super) fn float_format(&self, value: Value) -> Option<Precision> {
        let unit = I::float_unit(self.cx.target);
        match precision(self.ty(value))? {
            Precision::Single if unit >= FloatUnit::Single => Some(Precision::Single),
            Precision::Double if unit >= FloatUnit::Double => Some(Precision::Double),
            _ => None,
        }
    }

    pub(super) fn is_float(&self, value: Value) -> bool {
        precision(self.ty(value)).is_some()
    }

    /// The value whose bits a value is, if those are in words or constant.
    pub(super) fn same_words(&self, value: Value) -> Option<Value> {
        match *self.definition(value)? {
            InstructionData::LoadNoOffset { opcode: Opcode::Bitcast, arg, .. } => {
                (self.float_format(arg).is_none() || self.constant(arg).is_some()).then_some(arg)
            }
            _ => None,
        }
    }

    /// The register of a value in a float register, made at first sight.
    pub(super) fn float_reg(&mut self, value: Value) -> VReg {
        if let Some(reg) = self.floats[value] {
            return reg;
        }
        let reg = self.cx.fresh_float();
        self.floats[value] = Some(reg);
        reg
    }

    /// A value in its float register, to be read. Constants are made where they are used.
    ///
    /// # Panics
    /// If the value lives in words.
    pub(super) fn float(&mut self, value: Value) -> VReg {
        let precision = self.float_format(value).expect("the value lives in a float register");
        if let Some(bits) = self.constant(value) {
            let bits = bits as u64 & (u64::MAX >> (64 - self.ty(value).bits()));
            return self.cx.constant_reg(Constant::Float(precision, bits));
        }
        self.used.insert(value);
        self.float_reg(value)
    }

    /// The bits of a value that lives in a float register.
    pub(super) fn float_to_words(&mut self, precision: Precision, value: Value) -> (Word, Word) {
        rule!("lower32: float read as words");
        let float = self.float(value);
        let (low, high) = self.fresh_pair();
        I::float_to_words(&mut self.cx, precision, (low, high), float);
        match precision {
            Precision::Single => (low.into(), Word::Const(0)),
            Precision::Double => (low.into(), high.into()),
        }
    }

    /// Has `words` write the words of a result, and moves them on if the result lives in a float register.
    fn define(&mut self, result: Value, words: impl FnOnce(&mut Self, PairDef)) {
        let Some(precision) = self.float_format(result) else {
            let pair = self.pair(result);
            return words(self, pair);
        };
        rule!("lower32: words of a float result");
        let (low, high) = self.fresh_pair();
        words(self, (low, high));
        let dst = self.float_reg(result);
        I::float_from_words(&mut self.cx, precision, dst, (low.into(), high.into()));
    }

    /// `result` = a helper's of `args`.
    fn helper(&mut self, helper: Helper, result: Value, args: &[Value]) {
        let words: Vec<Word> = args.iter().flat_map(|arg| self.words_of(*arg)).collect();
        let two_words = is_wide(self.ty(result));
        self.define(result, |lower, (low, high)| {
            let results = [low, high];
            lower.call(Callee::Helper(helper), &[], &words, if two_words { &results } else { &results[..1] });
        });
    }

    pub(super) fn bitcast(&mut self, result: Value, arg: Value) {
        match self.float_format(arg) {
            Some(precision) if self.float_format(result).is_none() => {
                rule!("lower32: bits of a float register");
                let (dst, float) = (self.pair(result), self.float(arg));
                I::float_to_words(&mut self.cx, precision, dst, float);
            }
            _ => {
                rule!("lower32: bits moved");
                let words = self.words(arg);
                self.define(result, |lower, (low, high)| {
                    lower.cx.mov(low, words.0);
                    lower.cx.mov(high, words.1);
                });
            }
        }
    }

    /// Operations with two float operands and a float result.
    pub(super) fn float_binary(&mut self, opcode: Opcode, result: Value, args: [Value; 2]) -> Option<()> {
        let op = match opcode {
            Opcode::Fadd => FloatAlu::Add,
            Opcode::Fsub => FloatAlu::Sub,
            Opcode::Fmul => FloatAlu::Mul,
            Opcode::Fdiv => FloatAlu::Div,
            Opcode::Fmin => FloatAlu::Min,
            Opcode::Fmax => FloatAlu::Max,
            Opcode::Fcopysign => FloatAlu::Copysign,
            _ => return None,
        };
        if let Some(precision) = self.float_format(result)
            && I::has_float_alu(self.cx.target, op)
        {
            rule!("lower32: float arithmetic in registers");
            let (a, b) = (self.float(args[0]), self.float(args[1]));
            let dst = self.float_reg(result);
            I::float_alu(&mut self.cx, op, precision, dst, a, b);
            return Some(());
        }
        let precision = precision(self.ty(result))?;
        match alu_helper(op, precision) {
            Some(helper) => rule!("lower32: float arithmetic by a helper", self.helper(helper, result, &args)),
            None => rule!("lower32: copysign on words", self.copy_sign(precision, result, args)),
        }
        Some(())
    }

    fn copy_sign(&mut self, precision: Precision, result: Value, args: [Value; 2]) {
        let (a, sign) = (self.words(args[0]), self.words(args[1]));
        self.define(result, |lower, dst| {
            let mut combine = |dst, a, sign| {
                let a = lower.alu(Alu::And, a, Word::Const(i32::MAX));
                let sign = mutant!("lower32: copysign keeps its own sign", sign, a);
                let sign = lower.alu(Alu::And, sign, Word::Const(i32::MIN));
                lower.alu_to(Alu::Or, dst, a, sign);
            };
            match precision {
                Precision::Single => combine(dst.0, a.0, sign.0),
                Precision::Double => {
                    combine(dst.1, a.1, sign.1);
                    lower.cx.mov(dst.0, a.0);
                }
            }
        });
    }

    /// Operations with one operand, where it or the result is a float.
    pub(super) fn float_unary(&mut self, opcode: Opcode, result: Value, arg: Value) -> Option<()> {
        let op = match opcode {
            Opcode::Fneg => FloatUnary::Neg,
            Opcode::Fabs => FloatUnary::Abs,
            Opcode::Sqrt => FloatUnary::Sqrt,
            Opcode::Ceil => FloatUnary::Ceil,
            Opcode::Floor => FloatUnary::Floor,
            Opcode::Trunc => FloatUnary::Trunc,
            Opcode::Nearest => FloatUnary::Nearest,
            Opcode::Fpromote | Opcode::Fdemote => return self.convert(result, arg),
            Opcode::FcvtFromSint | Opcode::FcvtFromUint => {
                return self.integer_to_float(opcode == Opcode::FcvtFromSint, result, arg);
            }
            Opcode::FcvtToSintSat | Opcode::FcvtToUintSat => {
                return self.float_to_integer(opcode == Opcode::FcvtToSintSat, result, arg);
            }
            _ => return None,
        };
        if let Some(precision) = self.float_format(result)
            && I::has_float_unary(self.cx.target, op)
        {
            rule!("lower32: float unary in registers");
            let (dst, a) = (self.float_reg(result), self.float(arg));
            I::float_unary(&mut self.cx, op, precision, dst, a);
            return Some(());
        }
        let precision = precision(self.ty(result))?;
        match unary_helper(op, precision) {
            Some(helper) => rule!("lower32: float unary by a helper", self.helper(helper, result, &[arg])),
            None => rule!("lower32: neg or abs on words", self.change_sign(op, precision, result, arg)),
        }
        Some(())
    }

    fn change_sign(&mut self, op: FloatUnary, precision: Precision, result: Value, arg: Value) {
        let a = self.words(arg);
        let (alu, mask) = match op {
            FloatUnary::Abs => (Alu::And, i32::MAX),
            _ => (Alu::Xor, i32::MIN),
        };
        self.define(result, |lower, dst| match precision {
            Precision::Single => lower.alu_to(alu, dst.0, a.0, Word::Const(mask)),
            Precision::Double => {
                lower.alu_to(alu, dst.1, a.1, Word::Const(mask));
                lower.cx.mov(dst.0, a.0);
            }
        });
    }

    /// Promotion and demotion.
    fn convert(&mut self, result: Value, arg: Value) -> Option<()> {
        let to = precision(self.ty(result))?;
        if self.float_format(result).is_some() && self.float_format(arg).is_some() {
            rule!("lower32: promotion or demotion in registers");
            let (dst, a) = (self.float_reg(result), self.float(arg));
            I::float_convert(&mut self.cx, to, dst, a);
        } else {
            let helper = match to {
                Precision::Single => rule!("lower32: demotion by a helper", Helper::F32DemoteF64),
                Precision::Double => rule!("lower32: promotion by a helper", Helper::F64PromoteF32),
            };
            self.helper(helper, result, &[arg]);
        }
        Some(())
    }

    fn integer_to_float(&mut self, signed: bool, result: Value, arg: Value) -> Option<()> {
        let to = precision(self.ty(result))?;
        if is_wide(self.ty(arg)) {
            rule!("lower32: conversion from i64 by a helper");
            self.helper(from_i64_helper(signed, to), result, &[arg]);
            return Some(());
        }
        // Narrow integers come from extensions that the mid-end has taken in.
        let word = self.extended(arg, signed);
        if self.float_format(result).is_some() {
            rule!("lower32: conversion from a word in registers");
            let dst = self.float_reg(result);
            I::float_from_int(&mut self.cx, signed, to, dst, word);
            return Some(());
        }
        let helper = match (to, signed) {
            (Precision::Single, true) => Helper::F32ConvertI32S,
            (Precision::Single, false) => Helper::F32ConvertI32U,
            (Precision::Double, true) => Helper::F64ConvertI32S,
            (Precision::Double, false) => Helper::F64ConvertI32U,
        };
        rule!("lower32: conversion from a word by a helper");
        let (low, high) = self.pair(result);
        self.call(Callee::Helper(helper), &[], &[word], &[low, high][..to.words() as usize]);
        Some(())
    }

    fn float_to_integer(&mut self, signed: bool, result: Value, arg: Value) -> Option<()> {
        let from = precision(self.ty(arg))?;
        let helper = match (self.ty(result), from, signed) {
            (types::I32, ..) if self.float_format(arg).is_some() => {
                rule!("lower32: conversion to a word in registers");
                let (dst, a) = (self.pair(result).0, self.float(arg));
                I::float_to_int(&mut self.cx, signed, from, dst, a);
                return Some(());
            }
            (types::I32, Precision::Single, true) => Helper::I32TruncSatF32S,
            (types::I32, Precision::Single, false) => Helper::I32TruncSatF32U,
            (types::I32, Precision::Double, true) => Helper::I32TruncSatF64S,
            (types::I32, Precision::Double, false) => Helper::I32TruncSatF64U,
            (types::I64, Precision::Single, true) => Helper::I64TruncSatF32S,
            (types::I64, Precision::Single, false) => Helper::I64TruncSatF32U,
            (types::I64, Precision::Double, true) => Helper::I64TruncSatF64S,
            (types::I64, Precision::Double, false) => Helper::I64TruncSatF64U,
            _ => return None,
        };
        rule!("lower32: conversion to an integer by a helper");
        self.helper(helper, result, &[arg]);
        Some(())
    }

    /// Whether a comparison of floats costs little where it is used instead of where it stands: with float registers
    /// always, with a helper if that is in the same block and happens once.
    pub(super) fn is_cheap_here(&self, comparison: Value) -> bool {
        let ValueDef::Result(inst, _) = self.func.dfg.value_def(comparison) else { return false };
        let arg = self.func.dfg.inst_args(inst)[0];
        self.float_format(arg).is_some()
            || (self.uses[comparison] == 1 && self.func.layout.inst_block(inst) == self.block)
    }

    /// `a cond b` on floats of one format.
    pub(super) fn float_comparison(&mut self, cond: FloatCond, args: [Value; 2]) -> TestOn<I> {
        if let Some(precision) = self.float_format(args[0]) {
            rule!("lower32: float comparison in registers");
            let (a, b) = (self.float(args[0]), self.float(args[1]));
            return I::float_test(&mut self.cx, cond, precision, a, b);
        }
        let helper = if is_wide(self.ty(args[0])) { Helper::F64Compare } else { Helper::F32Compare };
        rule!("lower32: float comparison by a helper");
        let words: Vec<Word> = args.iter().flat_map(|arg| self.words_of(*arg)).collect();
        let order = self.cx.fresh();
        self.call(Callee::Helper(helper), &[], &words, &[order]);
        self.order_test(cond, order.into())
    }

    /// A condition on the result of a comparison helper: less -1, equal 0, greater 1, unordered 2.
    fn order_test(&mut self, cond: FloatCond, order: Word) -> TestOn<I> {
        let (cond, with) = match cond {
            FloatCond::Equal => rule!("lower32: order eq", (Cond::Equal, 0)),
            FloatCond::NotEqual => rule!("lower32: order ne", (Cond::NotEqual, 0)),
            FloatCond::LessThan => rule!("lower32: order lt", (Cond::SignedLessThan, 0)),
            FloatCond::LessThanOrEqual => rule!("lower32: order le", (Cond::SignedLessThanOrEqual, 0)),
            FloatCond::GreaterThan => rule!("lower32: order gt", (Cond::Equal, 1)),
            FloatCond::GreaterThanOrEqual => rule!(
                "lower32: order ge",
                mutant!("lower32: ge holds for NaNs", (Cond::UnsignedLessThan, 2), (Cond::SignedGreaterThanOrEqual, 0))
            ),
        };
        self.test(cond, order, Word::Const(with))
    }
}

fn alu_helper(op: FloatAlu, precision: Precision) -> Option<Helper> {
    use {Helper as H, Precision as P};
    Some(match (op, precision) {
        (FloatAlu::Add, P::Single) => H::F32Add,
        (FloatAlu::Add, P::Double) => H::F64Add,
        (FloatAlu::Sub, P::Single) => H::F32Sub,
        (FloatAlu::Sub, P::Double) => H::F64Sub,
        (FloatAlu::Mul, P::Single) => H::F32Mul,
        (FloatAlu::Mul, P::Double) => H::F64Mul,
        (FloatAlu::Div, P::Single) => H::F32Div,
        (FloatAlu::Div, P::Double) => H::F64Div,
        (FloatAlu::Min, P::Single) => H::F32Min,
        (FloatAlu::Min, P::Double) => H::F64Min,
        (FloatAlu::Max, P::Single) => H::F32Max,
        (FloatAlu::Max, P::Double) => H::F64Max,
        (FloatAlu::Copysign, _) => return None,
    })
}

fn unary_helper(op: FloatUnary, precision: Precision) -> Option<Helper> {
    use {Helper as H, Precision as P};
    Some(match (op, precision) {
        (FloatUnary::Neg | FloatUnary::Abs, _) => return None,
        (FloatUnary::Sqrt, P::Single) => H::F32Sqrt,
        (FloatUnary::Sqrt, P::Double) => H::F64Sqrt,
        (FloatUnary::Ceil, P::Single) => H::F32Ceil,
        (FloatUnary::Ceil, P::Double) => H::F64Ceil,
        (FloatUnary::Floor, P::Single) => H::F32Floor,
        (FloatUnary::Floor, P::Double) => H::F64Floor,
        (FloatUnary::Trunc, P::Single) => H::F32Trunc,
        (FloatUnary::Trunc, P::Double) => H::F64Trunc,
        (FloatUnary::Nearest, P::Single) => H::F32Nearest,
        (FloatUnary::Nearest, P::Double) => H::F64Nearest,
    })
}

fn from_i64_helper(signed: bool, to: Precision) -> Helper {
    match (to, signed) {
        (Precision::Single, true) => Helper::F32ConvertI64S,
        (Precision::Single, false) => Helper::F32ConvertI64U,
        (Precision::Double, true) => Helper::F64ConvertI64S,
        (Precision::Double, false) => Helper::F64ConvertI64U,
    }
}
