//! One CLIF instruction to words: dispatch, and everything up to 32 bits.

use super::Lower;
use crate::error::Error;
use crate::isa::{Access, Alu, Cond, Div, Isa32, Shift, Unary};
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
                let dst = self.pair(results[0]).0;
                let on = self.float_comparison(cond, args);
                I::set(&mut self.cx, dst, on);
                Some(())
            }
            InstructionData::LoadNoOffset { opcode: Opcode::Bitcast, arg, .. } => {
                self.bitcast(results[0], arg);
                Some(())
            }
            InstructionData::Unary { opcode, arg } => self.unary_inst(opcode, results[0], arg),
            InstructionData::Binary { opcode, args } => self.binary_inst(opcode, results[0], args)?,
            InstructionData::IntCompare { cond, args, .. } => {
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
                let mut on = self.condition(arg);
                if opcode == Opcode::Trapz {
                    on.test = I::negate(on.test);
                }
                self.cx.trap_if(on, kind);
                Some(())
            }
            InstructionData::Trap { code, .. } => {
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
        TrapKind::from_code(code.as_raw().get()).ok_or_else(|| {
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
                let word = self.extended(arg, opcode == Opcode::Sextend);
                self.cx.mov(dst, word);
            }
            Opcode::Ineg | Opcode::Bnot => {
                let word = self.low(arg);
                let op = if opcode == Opcode::Ineg { Unary::Neg } else { Unary::Not };
                I::unary(&mut self.cx, op, dst, word);
            }
            Opcode::Bmask => {
                let on = self.condition(arg);
                I::select(&mut self.cx, dst, on, Word::Const(-1), Word::Const(0));
            }
            Opcode::Iabs => {
                let word = self.extended(arg, true);
                let negated = self.unary(Unary::Neg, word);
                let on = self.test(Cond::SignedLessThan, word, Word::Const(0));
                I::select(&mut self.cx, dst, on, negated, word);
            }
            Opcode::Clz => {
                let word = self.extended(arg, false);
                let count = self.unary(Unary::Clz, word);
                self.alu_to(Alu::Sub, dst, count, Word::Const(32 - bits));
            }
            Opcode::Ctz => {
                let mut word = self.low(arg);
                if bits < 32 {
                    word = self.alu(Alu::Or, word, Word::Const(1 << bits));
                }
                I::unary(&mut self.cx, Unary::Ctz, dst, word);
            }
            Opcode::Popcnt => {
                let word = self.extended(arg, false);
                I::unary(&mut self.cx, Unary::Popcnt, dst, word);
            }
            Opcode::Bswap => {
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
            Opcode::Iadd => Some(Alu::Add),
            Opcode::Isub => Some(Alu::Sub),
            Opcode::Imul => Some(Alu::Mul),
            Opcode::Band => Some(Alu::And),
            Opcode::Bor => Some(Alu::Or),
            Opcode::Bxor => Some(Alu::Xor),
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
                let signed = matches!(opcode, Opcode::Smin | Opcode::Smax);
                let (a, b) = (self.extended(args[0], signed), self.extended(args[1], signed));
                let on = self.test(min_max_condition(opcode), a, b);
                I::select(&mut self.cx, dst, on, a, b);
                Some(())
            }
            _ => None,
        })
    }

    fn multiply_high(&mut self, signed: bool, dst: VReg, ty: Type, args: [Value; 2]) -> Option<()> {
        let (a, b) = (self.extended(args[0], signed), self.extended(args[1], signed));
        if ty == types::I32 {
            self.alu_to(if signed { Alu::MulHighS } else { Alu::MulHighU }, dst, a, b);
        } else {
            let product = self.alu(Alu::Mul, a, b);
            self.shift_to(Shift::RightU, dst, product, Word::Const(ty.bits() as i32));
        }
        Some(())
    }

    /// Shifts up to 32 bits. CLIF takes the count modulo the type's width.
    fn shift_inst(&mut self, opcode: Opcode, dst: VReg, ty: Type, args: [Value; 2]) -> Option<()> {
        let bits = ty.bits() as i32;
        let mut count = self.low(args[1]);
        if bits < 32 {
            count = self.alu(Alu::And, count, Word::Const(bits - 1));
        }
        let a = self.extended(args[0], opcode == Opcode::Sshr);
        let op = match opcode {
            Opcode::Ishl => Shift::Left,
            Opcode::Ushr => Shift::RightU,
            Opcode::Sshr => Shift::RightS,
            Opcode::Rotl if bits == 32 => Shift::RotateLeft,
            Opcode::Rotr if bits == 32 => Shift::RotateRight,
            _ => {
                // A narrow rotation: both copies side by side, then one shift.
                let shifted = self.shift(Shift::Left, a, Word::Const(bits));
                let twice = self.alu(Alu::Or, a, shifted);
                let right = match opcode {
                    Opcode::Rotr => count,
                    _ => {
                        let back = self.alu(Alu::Sub, Word::Const(bits), count);
                        self.alu(Alu::And, back, Word::Const(bits - 1))
                    }
                };
                self.shift_to(Shift::RightU, dst, twice, right);
                return Some(());
            }
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
            let on = self.test(Cond::Equal, b, Word::Const(0));
            self.cx.trap_if(on, TrapKind::IntegerDivisionByZero);
        }
        if opcode == Opcode::Sdiv && divisor.is_none_or(|c| c == -1) && self.ty(result) == types::I32 {
            // Both differences are zero only for MIN / -1.
            let dividend = self.alu(Alu::Xor, a, Word::Const(i32::MIN));
            let divisor = self.alu(Alu::Add, b, Word::Const(1));
            let either = self.alu(Alu::Or, dividend, divisor);
            let on = self.test(Cond::Equal, either, Word::Const(0));
            self.cx.trap_if(on, TrapKind::IntegerOverflow);
        }
        let op = match opcode {
            Opcode::Sdiv => Div::DivS,
            Opcode::Udiv => Div::DivU,
            Opcode::Srem => Div::RemS,
            _ => Div::RemU,
        };
        let dst = self.pair(result).0;
        I::div(&mut self.cx, op, dst, a, b);
        Some(())
    }

    fn ternary_inst(&mut self, opcode: Opcode, result: Value, args: [Value; 3]) -> Option<()> {
        let wide = super::is_wide(self.ty(result));
        if let (Opcode::Select, Some(precision)) = (opcode, self.float_format(result)) {
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
                    let (yes, no) = (self.words(args[1]), self.words(args[2]));
                    I::select64(&mut self.cx, (low, high), on, yes, no);
                } else {
                    let (yes, no) = (self.low(args[1]), self.low(args[2]));
                    I::select(&mut self.cx, low, on, yes, no);
                }
            }
            Opcode::Bitselect => {
                // no ^ ((yes ^ no) & mask), a word at a time.
                let (mask, yes, no) = (self.words(args[0]), self.words(args[1]), self.words(args[2]));
                let mut choose = |dst, mask, yes, no| {
                    let differ = self.alu(Alu::Xor, yes, no);
                    let chosen = self.alu(Alu::And, differ, mask);
                    self.alu_to(Alu::Xor, dst, no, chosen);
                };
                choose(low, mask.0, yes.0, no.0);
                if wide {
                    choose(high, mask.1, yes.1, no.1);
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn load(&mut self, opcode: Opcode, result: Value, pointer: Value, offset: i32) -> Option<()> {
        let ty = self.ty(result);
        if let Some(precision) = self.float_format(result) {
            let address = self.address(Access::W32, pointer, offset, last_word(precision.words()));
            let dst = self.float_reg(result);
            I::float_load(&mut self.cx, precision, dst, address);
            return Some(());
        }
        let (low, high) = self.pair(result);
        let access = match (opcode, ty) {
            (Opcode::Load, types::I32 | types::I64 | types::F32 | types::F64)
            | (Opcode::Uload32 | Opcode::Sload32, _) => Access::W32,
            (Opcode::Uload8, _) | (Opcode::Load, types::I8) => Access::U8,
            (Opcode::Sload8, _) => Access::S8,
            (Opcode::Uload16, _) | (Opcode::Load, types::I16) => Access::U16,
            (Opcode::Sload16, _) => Access::S16,
            _ => return None,
        };
        let two_words = opcode == Opcode::Load && super::is_wide(ty);
        let address = self.address(access, pointer, offset, if two_words { 4 } else { 0 });
        I::load(&mut self.cx, access, low, address);
        if two_words {
            let second = crate::isa::Address { offset: address.offset + 4, ..address };
            I::load(&mut self.cx, access, high, second);
        } else if ty == types::I64 {
            match opcode {
                Opcode::Sload8 | Opcode::Sload16 | Opcode::Sload32 => {
                    self.shift_to(Shift::RightS, high, low.into(), Word::Const(31));
                }
                _ => self.cx.mov(high, Word::Const(0)),
            }
        }
        Some(())
    }

    fn store(&mut self, opcode: Opcode, value: Value, pointer: Value, offset: i32) -> Option<()> {
        let ty = self.ty(value);
        if let Some(precision) = self.float_format(value) {
            let address = self.address(Access::W32, pointer, offset, last_word(precision.words()));
            let value = self.float(value);
            I::float_store(&mut self.cx, precision, value, address);
            return Some(());
        }
        let access = match (opcode, ty) {
            (Opcode::Store, types::I32 | types::I64 | types::F32 | types::F64) | (Opcode::Istore32, _) => Access::W32,
            (Opcode::Istore8, _) | (Opcode::Store, types::I8) => Access::U8,
            (Opcode::Istore16, _) | (Opcode::Store, types::I16) => Access::U16,
            _ => return None,
        };
        let two_words = opcode == Opcode::Store && super::is_wide(ty);
        let address = self.address(access, pointer, offset, if two_words { 4 } else { 0 });
        if two_words {
            let (low, high) = self.words(value);
            let second = crate::isa::Address { offset: address.offset + 4, ..address };
            I::store(&mut self.cx, access, low, address);
            I::store(&mut self.cx, access, high, second);
        } else {
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
        Opcode::Smin => Cond::SignedLessThan,
        Opcode::Smax => Cond::SignedGreaterThan,
        Opcode::Umin => Cond::UnsignedLessThan,
        _ => Cond::UnsignedGreaterThan,
    }
}
