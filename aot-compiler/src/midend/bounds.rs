//! The largest number that a value can be, from what makes it: masks, shifts, narrow loads.

use super::offsets::{constant, definition};
use crate::marks::mutant;
use cranelift_codegen::ir::types::I32;
use cranelift_codegen::ir::{Function, InstructionData, Opcode, Value};

/// How many operations deep a value is looked into: each looks at two operands at most.
const DEPTH: u32 = 6;

/// The largest number that `value`, of 32 bits, can be; all ones if nothing is known.
pub fn upper(func: &Function, value: Value) -> u32 {
    bound(func, value, DEPTH)
}

fn bound(func: &Function, value: Value, depth: u32) -> u32 {
    const UNKNOWN: u32 = u32::MAX;
    if let Some(constant) = constant(func, value) {
        return constant;
    }
    if depth == 0 || func.dfg.value_type(value) != I32 {
        return UNKNOWN;
    }
    let of = |operand| bound(func, operand, depth - 1);
    let Some(definition) = definition(func, value) else { return UNKNOWN };
    match definition {
        InstructionData::Binary { opcode, args: [a, b] } => match opcode {
            Opcode::Band => of(a).min(mutant!("midend: a mask leaves one bit more", of(b), of(b) >> 1)),
            Opcode::Bor | Opcode::Bxor => ones(of(a) | of(b)),
            Opcode::Iadd => of(a).checked_add(of(b)).unwrap_or(UNKNOWN),
            Opcode::Imul => of(a).checked_mul(of(b)).unwrap_or(UNKNOWN),
            Opcode::Ushr => of(a) >> constant(func, b).map_or(0, |by| by & 31),
            Opcode::Ishl => {
                let by = constant(func, b).map(|by| by & 31);
                by.and_then(|by| u32::try_from(u64::from(of(a)) << by).ok()).unwrap_or(UNKNOWN)
            }
            Opcode::Udiv => of(a) / constant(func, b).unwrap_or(1).max(1),
            // The divisor is not 0 behind it.
            Opcode::Urem => of(a).min(of(b).saturating_sub(1)),
            Opcode::Umin => of(a).min(of(b)),
            Opcode::Umax => of(a).max(of(b)),
            _ => UNKNOWN,
        },
        InstructionData::Ternary { opcode: Opcode::Select, args: [_, a, b] } => of(a).max(of(b)),
        InstructionData::Load { opcode: Opcode::Uload8, .. } => u32::from(u8::MAX),
        InstructionData::Load { opcode: Opcode::Uload16, .. } => u32::from(u16::MAX),
        InstructionData::Unary { opcode: Opcode::Clz | Opcode::Ctz | Opcode::Popcnt, .. } => u32::BITS,
        // Of a comparison's result, whose type is the only one narrower than 32 bits.
        InstructionData::Unary { opcode: Opcode::Uextend, .. } => u32::from(u8::MAX),
        _ => UNKNOWN,
    }
}

/// As many ones as `number` has digits.
fn ones(number: u32) -> u32 {
    u32::MAX.checked_shr(number.leading_zeros()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_or_makes_has_the_digits_of_both() {
        assert_eq!([0, 1, 2, 0x80, 0xffff_fffe].map(ones), [0, 1, 3, 0xff, u32::MAX]);
    }
}
