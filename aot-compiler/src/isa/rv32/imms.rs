//! Immediates: what fits an instruction, and how a constant that does not is made.

use super::encode::{self, Alu, AluImm, Code};
use super::regs::{Reg, ZERO};

/// Whether `value` fits the signed 12-bit field of OP-IMM, loads, stores and `jalr`.
pub const fn fits_i12(value: i32) -> bool {
    value >= -2048 && value <= 2047
}

/// Splits `value` into the 20-bit operand of `lui` or `auipc` and the signed 12-bit rest that is added afterwards:
/// `value == (upper << 12) + lower` modulo 2³².
pub const fn split(value: i32) -> (u32, i32) {
    let upper = (value as u32).wrapping_add(0x800) >> 12;
    (upper, value.wrapping_sub((upper << 12) as i32))
}

/// A constant as the one or two instructions that make it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// `addi rd, zero, value`
    Small(i32),
    /// `lui rd, upper`
    Upper(u32),
    /// `lui rd, upper; addi rd, rd, lower`
    UpperLower(u32, i32),
    /// `addi rd, zero, value; slli rd, rd, amount`: both compressed
    Shifted(i32, u32),
    /// `addi rd, zero, -1; srli rd, rd, amount`: a mask of low bits
    Mask(u32),
}

impl Constant {
    /// The shortest sequence for `value`: fewest instructions, then fewest bytes.
    pub const fn new(value: i32) -> Constant {
        if fits_i12(value) {
            return Constant::Small(value);
        }
        let (upper, lower) = split(value);
        if lower == 0 {
            return Constant::Upper(upper);
        }
        let zeros = value.trailing_zeros();
        let shifted = value >> zeros;
        if shifted >= -32 && shifted <= 31 {
            return Constant::Shifted(shifted, zeros);
        }
        if value > 0 && (value as u32 + 1).is_power_of_two() {
            return Constant::Mask(value.leading_zeros());
        }
        Constant::UpperLower(upper, lower)
    }

    /// How many instructions the sequence has: 1 or 2.
    pub const fn instructions(self) -> usize {
        match self {
            Constant::Small(_) | Constant::Upper(_) => 1,
            Constant::UpperLower(..) | Constant::Shifted(..) | Constant::Mask(_) => 2,
        }
    }

    /// The instructions that put the constant into `rd`.
    pub fn code(self, rd: Reg) -> impl Iterator<Item = Code> {
        let (first, second) = match self {
            Constant::Small(value) => (encode::alu_imm(AluImm::Add, rd, ZERO, value), None),
            Constant::Upper(upper) => (encode::lui(rd, upper), None),
            Constant::UpperLower(upper, lower) => {
                (encode::lui(rd, upper), Some(encode::alu_imm(AluImm::Add, rd, rd, lower)))
            }
            Constant::Shifted(value, amount) => (
                encode::alu_imm(AluImm::Add, rd, ZERO, value),
                Some(encode::alu_imm(AluImm::Sll, rd, rd, amount as i32)),
            ),
            Constant::Mask(amount) => {
                (encode::alu_imm(AluImm::Add, rd, ZERO, -1), Some(encode::alu_imm(AluImm::Srl, rd, rd, amount as i32)))
            }
        };
        std::iter::once(first).chain(second)
    }
}

/// The OP-IMM form of `op` with the constant `value` on the right, and its immediate, if it has one.
pub const fn alu_with_constant(op: Alu, value: i32) -> Option<(AluImm, i32)> {
    let form = match op {
        Alu::Add => AluImm::Add,
        // -2048 itself has no negative in range, 2048 has.
        Alu::Sub if value != i32::MIN && fits_i12(-value) => return Some((AluImm::Add, -value)),
        Alu::And => AluImm::And,
        Alu::Or => AluImm::Or,
        Alu::Xor => AluImm::Xor,
        Alu::Slt => AluImm::Slt,
        Alu::Sltu => AluImm::Sltu,
        // Shift amounts count modulo 32, in wasm as in the register forms.
        Alu::Sll => return Some((AluImm::Sll, value & 31)),
        Alu::Srl => return Some((AluImm::Srl, value & 31)),
        Alu::Sra => return Some((AluImm::Sra, value & 31)),
        _ => return None,
    };
    if fits_i12(value) { Some((form, value)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the sequence computes, by the instructions' definitions.
    fn value(constant: Constant) -> i32 {
        match constant {
            Constant::Small(value) => value,
            Constant::Upper(upper) => (upper << 12) as i32,
            Constant::UpperLower(upper, lower) => ((upper << 12) as i32).wrapping_add(lower),
            Constant::Shifted(value, amount) => value << amount,
            Constant::Mask(amount) => (u32::MAX >> amount) as i32,
        }
    }

    #[test]
    fn every_constant_is_made_exactly() {
        let edges =
            [0, 1, 31, 32, 2047, 2048, 2049, 4095, 4096, 0x7ff_f800, 0x7fff_f7ff, 0x7fff_f800, i32::MAX, i32::MIN];
        let mut state = 1u32;
        let random = std::iter::from_fn(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            Some((state as i32) >> (state >> 3 & 31))
        });
        for c in edges.into_iter().chain(random.take(100_000)).chain((0..32).map(|n| 1 << n)) {
            for c in [c, c.wrapping_neg(), c.wrapping_sub(1), !c] {
                let made = Constant::new(c);
                assert_eq!(value(made), c, "{made:?}");
                match made {
                    Constant::Small(value) | Constant::UpperLower(_, value) => {
                        assert!(fits_i12(value))
                    }
                    _ => {}
                }
            }
        }
    }

    #[test]
    fn known_costs() {
        for (value, instructions) in
            [(0, 1), (2047, 1), (-2048, 1), (2048, 2), (0x1000, 1), (0x12345, 2), (i32::MIN, 1), (i32::MAX, 2)]
        {
            assert_eq!(Constant::new(value).instructions(), instructions, "{value:#x}");
        }
    }

    #[test]
    fn subtraction_becomes_addition() {
        assert_eq!(alu_with_constant(Alu::Sub, 2048), Some((AluImm::Add, -2048)));
        assert_eq!(alu_with_constant(Alu::Sub, -2048), None);
        assert_eq!(alu_with_constant(Alu::Sub, i32::MIN), None);
        assert_eq!(alu_with_constant(Alu::Sll, 33), Some((AluImm::Sll, 1)));
        assert_eq!(alu_with_constant(Alu::Mul, 2), None);
    }
}
