//! Which constants fit where, and what the others cost.

/// A modified immediate (A5.3.2): an 8-bit value repeated over the word in one of three patterns,
/// or rotated to any place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ModImm {
    /// i:imm3:imm8, 12 bits.
    field: u16,
}

impl ModImm {
    /// The encoding of `value`, if there is one.
    #[must_use]
    pub const fn new(value: u32) -> Option<Self> {
        let byte = value & 0xff;
        let second = value >> 8 & 0xff;
        let field = if value == byte {
            byte
        } else if value == byte * 0x0001_0001 {
            0x100 | byte
        } else if value == second * 0x0100_0100 {
            0x200 | second
        } else if value == byte * 0x0101_0101 {
            0x300 | byte
        } else {
            // 1bcdefgh rotated right by 8..=31: the leading one lands at bit 31 - (rotation - 8).
            let rotation = value.leading_zeros() + 8;
            let unrotated = value.rotate_left(rotation);
            if unrotated > 0xff {
                return None;
            }
            rotation << 7 | (unrotated & 0x7f)
        };
        Some(Self { field: field as u16 })
    }

    /// Bit 26 (i) of the encoding, as bit 10 of the first halfword.
    #[must_use]
    pub const fn first(self) -> u16 {
        (self.field >> 11) << 10
    }

    /// imm3 and imm8 in their places in the second halfword.
    #[must_use]
    pub const fn second(self) -> u16 {
        (self.field >> 8 & 7) << 12 | self.field & 0xff
    }
}

/// How a constant gets into a register, cheapest first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Constant {
    /// `mov` with a modified immediate.
    Mov(ModImm),
    /// `mvn` with a modified immediate.
    Mvn(ModImm),
    /// `movw`.
    Movw(u16),
    /// `movw` then `movt`.
    Pair { low: u16, high: u16 },
}

impl Constant {
    #[must_use]
    pub const fn of(value: u32) -> Self {
        if let Some(imm) = ModImm::new(value) {
            Self::Mov(imm)
        } else if let Some(imm) = ModImm::new(!value) {
            Self::Mvn(imm)
        } else if value <= 0xffff {
            Self::Movw(value as u16)
        } else {
            Self::Pair { low: value as u16, high: (value >> 16) as u16 }
        }
    }

    /// Bytes of code when it goes to a low register and flags may be lost only if `flags_free`.
    #[must_use]
    pub const fn bytes(value: u32, flags_free: bool) -> u32 {
        match Self::of(value) {
            Self::Mov(_) if flags_free && value <= 0xff => 2,
            Self::Pair { .. } => 8,
            _ => 4,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ThumbExpandImm of A5.3.2, written from the manual's pseudocode.
    fn expand(field: u32) -> u32 {
        let imm8 = field & 0xff;
        match field >> 8 {
            0 => imm8,
            1 => imm8 << 16 | imm8,
            2 => imm8 << 24 | imm8 << 8,
            3 => imm8 << 24 | imm8 << 16 | imm8 << 8 | imm8,
            _ => (0x80 | field & 0x7f).rotate_right(field >> 7),
        }
    }

    #[test]
    fn every_field_round_trips() {
        for field in 0..0x1000u32 {
            let value = expand(field);
            let imm = ModImm::new(value).expect("an expansion has an encoding");
            assert_eq!(expand(u32::from(imm.field)), value, "field {field:#x}");
        }
    }

    #[test]
    fn only_expansions_are_encoded() {
        let all: std::collections::HashSet<u32> = (0..0x1000).map(expand).collect();
        let mut value = 1u32;
        for _ in 0..100_000 {
            value = value.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let candidate = value >> (value % 32);
            assert_eq!(ModImm::new(candidate).is_some(), all.contains(&candidate), "{candidate:#x}");
        }
    }

    #[test]
    fn costs() {
        assert_eq!(Constant::bytes(255, true), 2);
        assert_eq!(Constant::bytes(255, false), 4);
        assert_eq!(Constant::bytes(256, true), 4);
        assert_eq!(Constant::bytes(0xffff_ff00, true), 4);
        assert_eq!(Constant::bytes(0x1234, true), 4);
        assert_eq!(Constant::bytes(0x1234_5678, true), 8);
    }
}
