//! One CLIF instruction to words: dispatch, and everything up to 32 bits.

use super::Lower;
use crate::error::Error;
use crate::isa::{Access, Alu, Cond, Div, FloatCond, Isa32, Shift, Unary};
use crate::marks::{mutant, rule};
use crate::vcode::{Op, Word};
use cranelift_codegen::ir::{self, InstructionData, Opcode, TrapCode, Type, Value, types};
use regalloc2::{PRegSet, VReg};
use sandgrain_abi::TrapKind;

impl<I: Isa32> Lower<'_, I> {
    /// Lowers an instruction whose effect or result is needed.
    pub(super) fn inst(&mut self, inst: ir::Inst) -> Result<(), Error> {
        let dfg = &self.func.dfg;
        let results = dfg.inst_results(inst);
        let lowered = match dfg.insts[inst] {
            // Constants are made where they are used.
            InstructionData::UnaryImm { opcode: Opcode::Iconst, .. }
            | InstructionData::UnaryIeee32 { opcode: Opcode::F32const, .. }
            | InstructionData::UnaryIeee64 { opcode: Opcode::F64const, .. }
            | InstructionData::NullAry { opcode: Opcode::Nop } => Some(()),
            InstructionData::Unary { opcode, arg } if self.is_float(arg) || self.is_float(results[0]) => {
                self.float_unary(opcode, results[0], arg)
            }
            InstructionData::Binary { opcode, args } if self.is_float(results[0]) => {
                self.float_binary(opcode, results[0], args)
            }
            InstructionData::FloatCompare { cond, args, .. } => {
                rule!("lower32: float comparison as a value");
                let dst = self.pair(results[0]).0;
                FloatCond::from_clif(cond).map(|cond| {
                    let on = self.float_comparison(cond, args);
                    I::set(&mut self.cx, dst, on);
                })
            }
            InstructionData::LoadNoOffset { opcode: Opcode::Bitcast, arg, .. } => {
                self.bitcast(results[0], arg);
                Some(())
            }
            InstructionData::Unary { opcode, arg } => self.unary_inst(opcode, results[0], arg),
            InstructionData::Binary { opcode, args } => self.binary_inst(opcode, results[0], args)?,
            InstructionData::IntCompare { cond, args, .. } => {
                rule!("lower32: comparison as a value");
                let dst = self.pair(results[0]).0;
                let on = self.comparison(cond, args[0], args[1]);
                I::set(&mut self.cx, dst, on);
                Some(())
            }
            InstructionData::Ternary { opcode, args } => self.ternary_inst(opcode, results[0], args),
            InstructionData::Load { opcode, arg, offset, .. } => self.load(opcode, results[0], arg, offset.into()),
            InstructionData::Store { opcode, args, offset, .. } => self.store(opcode, args[0], args[1], offset.into()),
            InstructionData::CondTrap { opcode, arg, code } => {
                let kind = self.trap_kind(code)?;
                rule!("lower32: conditional trap");
                let mut on = self.condition(arg);
                if opcode == Opcode::Trapz {
                    rule!("lower32: trap on zero");
                    on.test = I::negate(on.test);
                }
                self.cx.trap_if(on, kind);
                Some(())
            }
            InstructionData::Trap { code, .. } => {
                rule!("lower32: trap");
                let kind = self.trap_kind(code)?;
                self.cx.push_op(Op::Trap(kind), vec![], PRegSet::empty());
                Some(())
            }
            InstructionData::UnaryGlobalValue { opcode: Opcode::SymbolValue, global_value } => {
                self.symbol(results[0], global_value)
            }
            InstructionData::Call { opcode: Opcode::Call, .. }
            | InstructionData::CallIndirect { opcode: Opcode::CallIndirect, .. } => self.call_inst(inst),
            InstructionData::Call { opcode: Opcode::ReturnCall, .. }
            | InstructionData::CallIndirect { opcode: Opcode::ReturnCallIndirect, .. } => self.tail_call_inst(inst),
            InstructionData::MultiAry { opcode: Opcode::Return, ref args } => {
                self.return_inst(args.as_slice(&dfg.value_lists));
                Some(())
            }
            _ => None,
        };
        lowered.ok_or_else(|| {
            let text = self.func.dfg.display_inst(inst);
            Error::internal(format!("no lowering for the CLIF instruction `{text}`")).or_at(self.wasm_offset.into())
        })
    }

    fn trap_kind(&self, code: TrapCode) -> Result<TrapKind, Error> {
        crate::translate::trap_kind(code).ok_or_else(|| {
            Error::internal(format!("a trap with the unknown code {code}")).or_at(self.wasm_offset.into())
        })
    }

    fn unary_inst(&mut self, opcode: Opcode, result: Value, arg: Value) -> Option<()> {
        if self.ty(result) == types::I64 || self.ty(arg) == types::I64 {
            return self.unary_wide(opcode, result, arg);
        }
        let dst = self.pair(result).0;
        let bits = self.ty(arg).bits() as i32;
        match opcode {
            Opcode::Uextend | Opcode::Sextend => {
                rule!("lower32: extension to a word");
                let word = self.extended(arg, opcode == Opcode::Sextend);
                self.cx.mov(dst, word);
            }
            Opcode::Ineg | Opcode::Bnot => {
                rule!("lower32: negation or complement");
                let word = self.low(arg);
                let op = if opcode == Opcode::Ineg { Unary::Neg } else { Unary::Not };
                I::unary(&mut self.cx, op, dst, word);
            }
            Opcode::Bmask => {
                rule!("lower32: bmask");
                let on = self.condition(arg);
                I::select(&mut self.cx, dst, on, Word::Const(-1), Word::Const(0));
            }
            Opcode::Iabs => {
                rule!("lower32: iabs");
                let word = self.extended(arg, true);
                let negated = self.unary(Unary::Neg, word);
                let on = self.test(Cond::SignedLessThan, word, Word::Const(0));
                I::select(&mut self.cx, dst, on, negated, word);
            }
            Opcode::Clz => {
                rule!("lower32: clz");
                let word = self.extended(arg, false);
                let count = self.unary(Unary::Clz, word);
                self.alu_to(Alu::Sub, dst, count, Word::Const(32 - bits));
            }
            Opcode::Ctz => {
                rule!("lower32: ctz");
                let word = self.low(arg);
                I::unary(&mut self.cx, Unary::Ctz, dst, word);
            }
            Opcode::Popcnt => {
                rule!("lower32: popcnt");
                let word = self.extended(arg, false);
                I::unary(&mut self.cx, Unary::Popcnt, dst, word);
            }
            Opcode::Bswap => {
                rule!("lower32: bswap");
                let word = self.low(arg);
                let swapped = self.unary(Unary::Bswap, word);
                self.shift_to(Shift::RightU, dst, swapped, Word::Const(32 - bits));
            }
            _ => return None,
        }
        Some(())
    }

    fn binary_inst(&mut self, opcode: Opcode, result: Value, args: [Value; 2]) -> Result<Option<()>, Error> {
        if matches!(opcode, Opcode::Sdiv | Opcode::Udiv | Opcode::Srem | Opcode::Urem) {
            return Ok(self.division(opcode, result, args));
        }
        if self.ty(result) == types::I64 {
            return Ok(self.binary_wide(opcode, result, args));
        }
        let dst = self.pair(result).0;
        let ty = self.ty(result);
        let alu = match opcode {
            Opcode::Iadd => rule!("lower32: add", Some(Alu::Add)),
            Opcode::Isub => rule!("lower32: sub", Some(Alu::Sub)),
            Opcode::Imul => rule!("lower32: mul", Some(Alu::Mul)),
            Opcode::Band => rule!("lower32: and", Some(Alu::And)),
            Opcode::Bor => rule!("lower32: or", Some(Alu::Or)),
            Opcode::Bxor => rule!("lower32: xor", Some(Alu::Xor)),
            _ => None,
        };
        if let Some(op) = alu {
            let (a, b) = (self.low(args[0]), self.low(args[1]));
            self.alu_to(op, dst, a, b);
            return Ok(Some(()));
        }
        Ok(match opcode {
            Opcode::Smulhi | Opcode::Umulhi => self.multiply_high(opcode == Opcode::Smulhi, dst, ty, args),
            Opcode::Ishl | Opcode::Ushr | Opcode::Sshr | Opcode::Rotl | Opcode::Rotr => {
                self.shift_inst(opcode, dst, ty, args)
            }
            Opcode::Smin | Opcode::Smax | Opcode::Umin | Opcode::Umax => {
                rule!("lower32: minimum or maximum");
                let signed = matches!(opcode, Opcode::Smin | Opcode::Smax);
                let (a, b) = (self.extended(args[0], signed), self.extended(args[1], signed));
                let on = self.test(min_max_condition(opcode), a, b);
                let (a, b) = mutant!("lower32: minimum as maximum", (a, b), (b, a));
                I::select(&mut self.cx, dst, on, a, b);
                Some(())
            }
            _ => None,
        })
    }

    fn multiply_high(&mut self, signed: bool, dst: VReg, ty: Type, args: [Value; 2]) -> Option<()> {
        let (a, b) = (self.extended(args[0], signed), self.extended(args[1], signed));
        if ty == types::I32 {
            rule!("lower32: high word of a product");
            self.alu_to(if signed { Alu::MulHighS } else { Alu::MulHighU }, dst, a, b);
        } else {
            rule!("lower32: high half of a narrow product");
            let product = self.alu(Alu::Mul, a, b);
            self.shift_to(Shift::RightU, dst, product, Word::Const(ty.bits() as i32));
        }
        Some(())
    }

    /// Shifts up to 32 bits, of which the mid-end makes narrow ones, and rotations of words. CLIF takes the count modulo the
    /// type's width.
    fn shift_inst(&mut self, opcode: Opcode, dst: VReg, ty: Type, args: [Value; 2]) -> Option<()> {
        let bits = ty.bits() as i32;
        let mut count = self.low(args[1]);
        if bits < 32 {
            rule!("lower32: shift of a narrow value");
            count = self.alu(Alu::And, count, Word::Const(bits - 1));
        }
        let a = self.extended(args[0], opcode == Opcode::Sshr);
        let op = match opcode {
            Opcode::Ishl => rule!("lower32: ishl", Shift::Left),
            Opcode::Ushr => rule!("lower32: ushr", Shift::RightU),
            Opcode::Sshr => rule!("lower32: sshr", Shift::RightS),
            Opcode::Rotl if bits == 32 => rule!("lower32: rotl", Shift::RotateLeft),
            Opcode::Rotr if bits == 32 => rule!("lower32: rotr", Shift::RotateRight),
            _ => return None,
        };
        self.shift_to(op, dst, a, count);
        Some(())
    }

    /// Division with WebAssembly's traps (core spec 4.3.2, `idiv` and `irem`).
    fn division(&mut self, opcode: Opcode, result: Value, args: [Value; 2]) -> Option<()> {
        if self.ty(result) == types::I64 {
            return self.division_wide(opcode, result, args);
        }
        let signed = matches!(opcode, Opcode::Sdiv | Opcode::Srem);
        let divisor = self.constant(args[1]);
        let (a, b) = (self.extended(args[0], signed), self.extended(args[1], signed));
        if divisor.is_none_or(|c| c == 0) {
            rule!("lower32: division by zero check");
            let on = self.test(Cond::Equal, b, Word::Const(0));
            self.cx.trap_if(on, TrapKind::IntegerDivisionByZero);
        }
        if opcode == Opcode::Sdiv && divisor.is_none_or(|c| c == -1) && self.ty(result) == types::I32 {
            rule!("lower32: division overflow check");
            // Both differences are zero only for MIN / -1.
            let dividend = self.alu(Alu::Xor, a, Word::Const(i32::MIN));
            let divisor = self.alu(Alu::Add, b, Word::Const(1));
            let either = self.alu(Alu::Or, dividend, divisor);
            let on = self.test(Cond::Equal, either, Word::Const(0));
            if mutant!("lower32: overflow check of a division dropped", true, false) {
                self.cx.trap_if(on, TrapKind::IntegerOverflow);
            }
        }
        let op = match opcode {
            Opcode::Sdiv => rule!("lower32: sdiv", Div::DivS),
            Opcode::Udiv => rule!("lower32: udiv", Div::DivU),
            Opcode::Srem => rule!("lower32: srem", Div::RemS),
            _ => rule!("lower32: urem", mutant!("lower32: unsigned remainder as signed", Div::RemU, Div::RemS)),
        };
        let dst = self.pair(result).0;
        I::div(&mut self.cx, op, dst, a, b);
        Some(())
    }

    fn ternary_inst(&mut self, opcode: Opcode, result: Value, args: [Value; 3]) -> Option<()> {
        let wide = super::is_wide(self.ty(result));
        if let (Opcode::Select, Some(precision)) = (opcode, self.float_format(result)) {
            rule!("lower32: select of floats");
            let (yes, no) = (self.float(args[1]), self.float(args[2]));
            let on = self.condition(args[0]);
            let dst = self.float_reg(result);
            I::float_select(&mut self.cx, precision, dst, on, yes, no);
            return Some(());
        }
        let (low, high) = self.pair(result);
        match opcode {
            Opcode::Select | Opcode::SelectSpectreGuard => {
                let on = self.condition(args[0]);
                if wide && self.high_used.contains(result) {
                    rule!("lower32: select of pairs");
                    let (yes, no) = (self.words(args[1]), self.words(args[2]));
                    I::select64(&mut self.cx, (low, high), on, yes, no);
                } else {
                    rule!("lower32: select of words");
                    let (yes, no) = (self.low(args[1]), self.low(args[2]));
                    I::select(&mut self.cx, low, on, yes, no);
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn load(&mut self, opcode: Opcode, result: Value, pointer: Value, offset: i32) -> Option<()> {
        let ty = self.ty(result);
        if let Some(precision) = self.float_format(result) {
            rule!("lower32: load of a float");
            let address = self.address(Access::W32, pointer, offset, last_word(precision.words()));
            let dst = self.float_reg(result);
            I::float_load(&mut self.cx, precision, dst, address);
            return Some(());
        }
        let (low, high) = self.pair(result);
        let access = match (opcode, ty) {
            (Opcode::Load, types::I32 | types::I64 | types::F32 | types::F64)
            | (Opcode::Uload32 | Opcode::Sload32, _) => Access::W32,
            (Opcode::Uload8, _) | (Opcode::Load, types::I8) => rule!("lower32: unsigned load of 8 bits", Access::U8),
            (Opcode::Sload8, _) => {
                rule!("lower32: signed load of 8 bits", mutant!("lower32: load8_s as unsigned", Access::S8, Access::U8))
            }
            (Opcode::Uload16, _) | (Opcode::Load, types::I16) => {
                rule!(
                    "lower32: unsigned load of 16 bits",
                    mutant!("lower32: load16_u as signed", Access::U16, Access::S16)
                )
            }
            (Opcode::Sload16, _) => rule!("lower32: signed load of 16 bits", Access::S16),
            _ => return None,
        };
        let two_words = opcode == Opcode::Load && super::is_wide(ty);
        let address = self.address(access, pointer, offset, if two_words { 4 } else { 0 });
        I::load(&mut self.cx, access, low, address);
        if two_words {
            rule!("lower32: load of a pair");
            let second = crate::isa::Address { offset: address.offset + 4, ..address };
            I::load(&mut self.cx, access, high, second);
        } else if ty == types::I64 {
            match opcode {
                Opcode::Sload8 | Opcode::Sload16 | Opcode::Sload32 => {
                    rule!("lower32: signed load to a pair");
                    let fill = mutant!("lower32: signed load extended by zeros", Shift::RightS, Shift::RightU);
                    self.shift_to(fill, high, low.into(), Word::Const(31));
                }
                _ => rule!("lower32: unsigned load to a pair", self.cx.mov(high, Word::Const(0))),
            }
        }
        Some(())
    }

    fn store(&mut self, opcode: Opcode, value: Value, pointer: Value, offset: i32) -> Option<()> {
        let ty = self.ty(value);
        if let Some(precision) = self.float_format(value) {
            rule!("lower32: store of a float");
            let address = self.address(Access::W32, pointer, offset, last_word(precision.words()));
            let value = self.float(value);
            I::float_store(&mut self.cx, precision, value, address);
            return Some(());
        }
        let access = match (opcode, ty) {
            (Opcode::Store, types::I32 | types::I64 | types::F32 | types::F64) | (Opcode::Istore32, _) => Access::W32,
            (Opcode::Istore8, _) | (Opcode::Store, types::I8) => rule!("lower32: store of 8 bits", Access::U8),
            (Opcode::Istore16, _) | (Opcode::Store, types::I16) => rule!("lower32: store of 16 bits", Access::U16),
            _ => return None,
        };
        let two_words = opcode == Opcode::Store && super::is_wide(ty);
        let address = self.address(access, pointer, offset, if two_words { 4 } else { 0 });
        if two_words {
            rule!("lower32: store of a pair");
            let (low, high) = self.words(value);
            let second = crate::isa::Address { offset: address.offset + 4, ..address };
            I::store(&mut self.cx, access, low, address);
            I::store(&mut self.cx, access, mutant!("lower32: low word stored twice", high, low), second);
        } else {
            rule!("lower32: store of a word or less");
            let low = self.low(value);
            I::store(&mut self.cx, access, low, address);
        }
        Some(())
    }
}

/// Offset in bytes of the last of so many words.
fn last_word(words: u32) -> i32 {
    (words as i32 - 1) * 4
}

/// The condition under which the first operand is the result.
pub(super) fn min_max_condition(opcode: Opcode) -> Cond {
    match opcode {
        Opcode::Smin => rule!("lower32: smin", Cond::SignedLessThan),
        Opcode::Smax => rule!("lower32: smax", Cond::SignedGreaterThan),
        Opcode::Umin => rule!("lower32: umin", Cond::UnsignedLessThan),
        _ => rule!("lower32: umax", Cond::UnsignedGreaterThan),
    }
}
