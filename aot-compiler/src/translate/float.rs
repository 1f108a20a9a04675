//! Floats: each operator is one CLIF instruction, but for the truncations that trap.

use super::{FunctionTranslator, trap_code};
use crate::marks::mutant;
use crate::module::ValType;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{F32, F64, I32, I64};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Opcode, Type, Value};
use sandgrain_abi::TrapKind;
use wasmparser::Operator;

impl FunctionTranslator<'_, '_> {
    /// Translates `operator` if it concerns floats and not memory; whether it does.
    pub(super) fn float(&mut self, operator: &Operator<'_>) -> bool {
        let result = if let Some(opcode) = binary(operator) {
            let (a, b) = self.pop2();
            let ty = self.b.func.dfg.value_type(a);
            let (inst, dfg) = self.b.ins().Binary(opcode, ty, a, b);
            dfg.first_result(inst)
        } else if let Some((opcode, ty)) = unary(operator) {
            let a = self.pop();
            let (inst, dfg) = self.b.ins().Unary(opcode, ty, a);
            dfg.first_result(inst)
        } else if let Some(cc) = comparison(operator) {
            let (a, b) = self.pop2();
            let truth = self.b.ins().fcmp(cc, a, b);
            self.b.ins().uextend(I32, truth)
        } else if let Some(ty) = reinterpretation(operator) {
            let a = self.pop();
            self.b.ins().bitcast(ty, MemFlagsData::new(), a)
        } else if let Some((ty, signed)) = truncation(operator) {
            let a = self.pop();
            self.truncate(ty, signed, a)
        } else {
            match *operator {
                Operator::F32Const { value } => self.constant_of(ValType::F32, value.bits().into()),
                Operator::F64Const { value } => self.constant_of(ValType::F64, value.bits()),
                _ => return false,
            }
        };
        self.push(result);
        true
    }

    /// Truncation towards zero to an integer type, with its traps (core spec 4.3.2, `trunc`).
    ///
    /// The bits of a float order like its magnitude, so integer comparisons do. Most floats are in range by their upper
    /// word alone: one comparison on the way to the conversion, and everything else off it.
    fn truncate(&mut self, ty: Type, signed: bool, a: Value) -> Value {
        let source = self.b.func.dfg.value_type(a);
        let range = Range::new(source, ty, signed);
        let word = if source == F32 { I32 } else { I64 };
        let bits = self.b.ins().bitcast(word, MemFlagsData::new(), a);
        let upper = match source {
            F32 => bits,
            _ => {
                let upper = self.b.ins().ushr_imm_u(bits, 32);
                self.b.ins().ireduce(I32, upper)
            }
        };
        let magnitude = if signed { self.b.ins().ishl_imm_u(upper, 1) } else { upper };
        let doubtful = self.i32_const(range.doubtful);
        let doubtful = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, magnitude, doubtful);
        let (cold, good) = (self.b.create_block(), self.b.create_block());
        self.b.ins().brif(doubtful, cold, &[], good, &[]);
        self.b.seal_block(cold);
        self.b.set_cold_block(cold);
        self.b.switch_to_block(cold);
        self.check_truncation(&range, word, bits);
        self.b.ins().jump(good, &[]);
        self.b.seal_block(good);
        self.b.switch_to_block(good);
        let opcode = if signed { Opcode::FcvtToSintSat } else { Opcode::FcvtToUintSat };
        let (inst, dfg) = self.b.ins().Unary(opcode, ty, a);
        dfg.first_result(inst)
    }

    /// Traps if a float that is doubtful by its upper word is a NaN or out of range.
    fn check_truncation(&mut self, range: &Range, word: Type, bits: Value) {
        let infinity = if word == I32 { i64::from(f32::INFINITY.to_bits()) } else { f64::INFINITY.to_bits() as i64 };
        let magnitude = self.b.ins().ishl_imm_u(bits, 1);
        let nan = self.b.ins().icmp_imm_u(IntCC::UnsignedGreaterThan, magnitude, infinity << 1);
        self.b.ins().trapnz(nan, trap_code(TrapKind::BadConversionToInteger));
        // What is positive and doubtful is too large; what is negative is below the range from here on.
        let too_large = self.b.ins().icmp_imm_s(IntCC::SignedGreaterThanOrEqual, bits, 0);
        self.b.ins().trapnz(too_large, trap_code(TrapKind::IntegerOverflow));
        let below = self.b.ins().iconst(word, range.below);
        let too_small = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, bits, below);
        if mutant!("translate: lower bound of a truncation dropped", true, false) {
            self.b.ins().trapnz(too_small, trap_code(TrapKind::IntegerOverflow));
        }
    }
}

/// Which floats of a format have an integer of a type towards zero, by their bits.
struct Range {
    /// The least upper word that does not make sure of the range; for a signed type, of twice the bits.
    doubtful: u32,
    /// Bits of the first float on the way down from zero that has none.
    below: i64,
}

impl Range {
    fn new(source: Type, ty: Type, signed: bool) -> Range {
        let bits = ty.bits() - u32::from(signed);
        let end = (1u128 << bits) as f64;
        let (upper, below) = match (source, signed) {
            (F32, false) => ((end as f32).to_bits(), (-1f32).to_bits().into()),
            (F32, true) => ((end as f32).to_bits(), i64::from((-end as f32).to_bits() + 1)),
            (_, false) => ((end.to_bits() >> 32) as u32, (-1f64).to_bits() as i64),
            // Between -2^31 and -2^31 - 1 there are floats whose integer fits.
            (_, true) if bits == 31 => ((end.to_bits() >> 32) as u32, (-end - 1.0).to_bits() as i64),
            (_, true) => ((end.to_bits() >> 32) as u32, (-end).to_bits() as i64 + 1),
        };
        Range { doubtful: if signed { upper << 1 } else { upper }, below }
    }
}

/// Type of the result of a truncation that traps, and whether it is signed.
fn truncation(operator: &Operator<'_>) -> Option<(Type, bool)> {
    use Operator as O;
    Some(match operator {
        O::I32TruncF32S | O::I32TruncF64S => (I32, true),
        O::I32TruncF32U | O::I32TruncF64U => (I32, false),
        O::I64TruncF32S | O::I64TruncF64S => (I64, true),
        O::I64TruncF32U | O::I64TruncF64U => (I64, false),
        _ => return None,
    })
}

fn binary(operator: &Operator<'_>) -> Option<Opcode> {
    use Operator as O;
    Some(match operator {
        O::F32Add | O::F64Add => Opcode::Fadd,
        O::F32Sub | O::F64Sub => Opcode::Fsub,
        O::F32Mul | O::F64Mul => Opcode::Fmul,
        O::F32Div | O::F64Div => Opcode::Fdiv,
        O::F32Min | O::F64Min => Opcode::Fmin,
        O::F32Max | O::F64Max => Opcode::Fmax,
        O::F32Copysign | O::F64Copysign => Opcode::Fcopysign,
        _ => return None,
    })
}

/// Opcode and type of the result.
fn unary(operator: &Operator<'_>) -> Option<(Opcode, Type)> {
    use Operator as O;
    Some(match operator {
        O::F32Neg => (Opcode::Fneg, F32),
        O::F64Neg => (Opcode::Fneg, F64),
        O::F32Abs => (Opcode::Fabs, F32),
        O::F64Abs => (Opcode::Fabs, F64),
        O::F32Sqrt => (Opcode::Sqrt, F32),
        O::F64Sqrt => (Opcode::Sqrt, F64),
        O::F32Ceil => (Opcode::Ceil, F32),
        O::F64Ceil => (Opcode::Ceil, F64),
        O::F32Floor => (Opcode::Floor, F32),
        O::F64Floor => (Opcode::Floor, F64),
        O::F32Trunc => (Opcode::Trunc, F32),
        O::F64Trunc => (Opcode::Trunc, F64),
        O::F32Nearest => (Opcode::Nearest, F32),
        O::F64Nearest => (Opcode::Nearest, F64),
        O::F64PromoteF32 => (Opcode::Fpromote, F64),
        O::F32DemoteF64 => (Opcode::Fdemote, F32),
        O::F32ConvertI32S | O::F32ConvertI64S => (Opcode::FcvtFromSint, F32),
        O::F32ConvertI32U | O::F32ConvertI64U => (Opcode::FcvtFromUint, F32),
        O::F64ConvertI32S | O::F64ConvertI64S => (Opcode::FcvtFromSint, F64),
        O::F64ConvertI32U | O::F64ConvertI64U => (Opcode::FcvtFromUint, F64),
        O::I32TruncSatF32S | O::I32TruncSatF64S => (Opcode::FcvtToSintSat, I32),
        O::I32TruncSatF32U | O::I32TruncSatF64U => (Opcode::FcvtToUintSat, I32),
        O::I64TruncSatF32S | O::I64TruncSatF64S => (Opcode::FcvtToSintSat, I64),
        O::I64TruncSatF32U | O::I64TruncSatF64U => (Opcode::FcvtToUintSat, I64),
        _ => return None,
    })
}

/// A comparison with a NaN is false, but for `ne`.
fn comparison(operator: &Operator<'_>) -> Option<FloatCC> {
    use Operator as O;
    Some(match operator {
        O::F32Eq | O::F64Eq => FloatCC::Equal,
        O::F32Ne | O::F64Ne => FloatCC::NotEqual,
        O::F32Lt | O::F64Lt => FloatCC::LessThan,
        O::F32Gt | O::F64Gt => FloatCC::GreaterThan,
        O::F32Le | O::F64Le => FloatCC::LessThanOrEqual,
        O::F32Ge | O::F64Ge => FloatCC::GreaterThanOrEqual,
        _ => return None,
    })
}

/// Type of the result.
fn reinterpretation(operator: &Operator<'_>) -> Option<Type> {
    use Operator as O;
    Some(match operator {
        O::I32ReinterpretF32 => I32,
        O::I64ReinterpretF64 => I64,
        O::F32ReinterpretI32 => F32,
        O::F64ReinterpretI64 => F64,
        _ => return None,
    })
}
