//! Integer arithmetic: each operator is one CLIF instruction, or two.

use super::FunctionTranslator;
use crate::marks::mutant;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::{I8, I16, I32, I64};
use cranelift_codegen::ir::{InstBuilder, Opcode, Type, Value};
use wasmparser::Operator;

impl FunctionTranslator<'_, '_> {
    /// Translates `operator` if it is numeric; whether it is.
    pub(super) fn numeric(&mut self, operator: &Operator<'_>) -> bool {
        let result = if let Some(opcode) = binary(operator) {
            let (a, b) = self.pop2();
            let ty = self.b.func.dfg.value_type(a);
            let (inst, dfg) = self.b.ins().Binary(opcode, ty, a, b);
            dfg.first_result(inst)
        } else if let Some(cc) = comparison(operator) {
            let (a, b) = self.pop2();
            let truth = self.b.ins().icmp(cc, a, b);
            self.b.ins().uextend(I32, truth)
        } else if let Some((narrow, wide)) = extension(operator) {
            let value = self.pop();
            let value = self.b.ins().ireduce(narrow, value);
            self.b.ins().sextend(wide, value)
        } else if let Some(value) = self.unary(operator) {
            value
        } else {
            return false;
        };
        self.push(result);
        true
    }

    fn unary(&mut self, operator: &Operator<'_>) -> Option<Value> {
        use Operator as O;
        Some(match *operator {
            O::I32Const { value } => self.i32_const(value as u32),
            O::I64Const { value } => self.b.ins().iconst(I64, value),
            O::I32Eqz | O::I64Eqz => {
                let value = self.pop();
                let truth = self.b.ins().icmp_imm_u(IntCC::Equal, value, 0);
                self.b.ins().uextend(I32, truth)
            }
            O::I32Clz | O::I64Clz => {
                let value = self.pop();
                self.b.ins().clz(value)
            }
            O::I32Ctz | O::I64Ctz => {
                let value = self.pop();
                self.b.ins().ctz(value)
            }
            O::I32Popcnt | O::I64Popcnt => {
                let value = self.pop();
                self.b.ins().popcnt(value)
            }
            O::I32WrapI64 => {
                let value = self.pop();
                self.b.ins().ireduce(I32, value)
            }
            O::I64ExtendI32S => {
                let value = self.pop();
                self.b.ins().sextend(I64, value)
            }
            O::I64ExtendI32U => {
                let value = self.pop();
                let zeros = mutant!("translate: extend_i32_u extends the sign", true, false);
                if zeros { self.b.ins().uextend(I64, value) } else { self.b.ins().sextend(I64, value) }
            }
            _ => return None,
        })
    }
}

fn binary(operator: &Operator<'_>) -> Option<Opcode> {
    use Operator as O;
    Some(match operator {
        O::I32Add | O::I64Add => Opcode::Iadd,
        O::I32Sub | O::I64Sub => Opcode::Isub,
        O::I32Mul | O::I64Mul => Opcode::Imul,
        O::I32DivS | O::I64DivS => Opcode::Sdiv,
        O::I32DivU | O::I64DivU => Opcode::Udiv,
        O::I32RemS | O::I64RemS => Opcode::Srem,
        O::I32RemU | O::I64RemU => Opcode::Urem,
        O::I32And | O::I64And => Opcode::Band,
        O::I32Or | O::I64Or => Opcode::Bor,
        O::I32Xor | O::I64Xor => Opcode::Bxor,
        O::I32Shl | O::I64Shl => Opcode::Ishl,
        O::I32ShrS | O::I64ShrS => Opcode::Sshr,
        O::I32ShrU | O::I64ShrU => Opcode::Ushr,
        O::I32Rotl | O::I64Rotl => Opcode::Rotl,
        O::I32Rotr | O::I64Rotr => Opcode::Rotr,
        _ => return None,
    })
}

fn comparison(operator: &Operator<'_>) -> Option<IntCC> {
    use Operator as O;
    Some(match operator {
        O::I32Eq | O::I64Eq => IntCC::Equal,
        O::I32Ne | O::I64Ne => IntCC::NotEqual,
        O::I32LtS | O::I64LtS => IntCC::SignedLessThan,
        O::I32LtU | O::I64LtU => IntCC::UnsignedLessThan,
        O::I32GtS | O::I64GtS => IntCC::SignedGreaterThan,
        O::I32GtU | O::I64GtU => IntCC::UnsignedGreaterThan,
        O::I32LeS | O::I64LeS => IntCC::SignedLessThanOrEqual,
        O::I32LeU | O::I64LeU => IntCC::UnsignedLessThanOrEqual,
        O::I32GeS | O::I64GeS => IntCC::SignedGreaterThanOrEqual,
        O::I32GeU | O::I64GeU => IntCC::UnsignedGreaterThanOrEqual,
        _ => return None,
    })
}

/// The width whose sign is extended, and the width of the result.
fn extension(operator: &Operator<'_>) -> Option<(Type, Type)> {
    use Operator as O;
    Some(match operator {
        O::I32Extend8S => (I8, I32),
        O::I32Extend16S => (I16, I32),
        O::I64Extend8S => (I8, I64),
        O::I64Extend16S => (I16, I64),
        O::I64Extend32S => (I32, I64),
        _ => return None,
    })
}
