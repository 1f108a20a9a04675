//! Values as another value and a constant.

use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{Function, InstructionData, Opcode, Value, ValueDef};

/// How many additions deep a value is looked into.
const DEPTH: u32 = 8;

/// `base + offset` modulo 2^32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    pub base: Value,
    /// Between -2^31 and 2^31.
    pub offset: i64,
}

/// A 32-bit value as a sum; as itself and 0 if it is none.
pub fn sum(func: &Function, value: Value) -> Sum {
    let mut sum = Sum { base: func.dfg.resolve_aliases(value), offset: 0 };
    for _ in 0..DEPTH {
        let Some(InstructionData::Binary { opcode, args: [a, b] }) = definition(func, sum.base) else { break };
        let (base, offset) = match (opcode, constant(func, a), constant(func, b)) {
            (Opcode::Iadd, None, Some(constant)) => (a, i64::from(constant as i32)),
            (Opcode::Iadd, Some(constant), None) => (b, i64::from(constant as i32)),
            (Opcode::Isub, None, Some(constant)) => (a, -i64::from(constant as i32)),
            _ => break,
        };
        if func.dfg.value_type(base) != I32 || (sum.offset + offset).unsigned_abs() >= 1 << 31 {
            break;
        }
        sum = Sum { base: func.dfg.resolve_aliases(base), offset: sum.offset + offset };
    }
    sum
}

/// The instruction that a value is the only or first result of.
pub fn definition(func: &Function, value: Value) -> Option<InstructionData> {
    match func.dfg.value_def(func.dfg.resolve_aliases(value)) {
        ValueDef::Result(inst, 0) => Some(func.dfg.insts[inst]),
        _ => None,
    }
}

/// A 32-bit constant.
pub fn constant(func: &Function, value: Value) -> Option<u32> {
    match definition(func, value)? {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u32),
        _ => None,
    }
}
