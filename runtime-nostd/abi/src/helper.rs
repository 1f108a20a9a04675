//! Functions of the firmware that compiled code may call.
//!
//! A helper follows the C ABI of the part (AAPCS, ilp32), runs on the guest's stack within the reserve, can be
//! interrupted anywhere, and cannot trap: code checks its arguments first. Indices are stable; a group may be left
//! out of a firmware, and an artifact declares the groups it needs.
//!
//! Floats are passed as their bits, like everywhere at this boundary. Their helpers compute what WebAssembly says (core
//! spec 4.3.3) with one choice made: a NaN that comes out of an operation is the canonical one, positive and quiet with
//! no other bit set. Negation, absolute value and copying of the sign are operations on the bits and need no helper.

macro_rules! helpers {
    ($($(#[$doc:meta])* $name:ident = $index:literal in $group:ident,)*) => {
        /// Index into the helper table.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Helper { $($(#[$doc])* $name = $index,)* }

        impl Helper {
            /// Every helper, by rising index.
            pub const ALL: &'static [Helper] = &[$(Helper::$name,)*];

            /// The group whose presence this helper needs.
            pub const fn group(self) -> HelperGroups {
                match self { $(Helper::$name => HelperGroups::$group,)* }
            }
        }
    };
}

helpers! {
    /// `(definition, delta_pages: u32) -> i32`: the old size in pages, or -1 (core spec 4.4.7, `memory.grow`). The
    /// [`MemoryDefinition`](crate::layout::MemoryDefinition) is the own memory's or an imported one's.
    MemoryGrow = 0 in CORE,
    /// `(dst, src, len: u32)`: copies between ranges of bytes, also of table elements, that may overlap.
    MemoryCopy = 1 in CORE,
    /// `(dst, byte: u32, len: u32)`: sets each byte to the low 8 bits of `byte`.
    MemoryFill = 2 in CORE,
    /// `(u64, u64) -> u64`, divisor not 0.
    UdivI64 = 3 in DIV64,
    /// `(u64, u64) -> u64`, divisor not 0.
    UremI64 = 4 in DIV64,
    /// `(i64, i64) -> i64`, divisor not 0, not `i64::MIN / -1`.
    SdivI64 = 5 in DIV64,
    /// `(i64, i64) -> i64`, divisor not 0; `i64::MIN % -1` is 0.
    SremI64 = 6 in DIV64,
    /// `(u32, u32) -> u32`: `a + b`.
    F32Add = 7 in F32,
    /// `(u32, u32) -> u32`: `a - b`.
    F32Sub = 8 in F32,
    /// `(u32, u32) -> u32`: `a * b`.
    F32Mul = 9 in F32,
    /// `(u32, u32) -> u32`: `a / b`.
    F32Div = 10 in F32,
    /// `(u32, u32) -> u32`: the lesser; -0 is less than +0, and a NaN wins.
    F32Min = 11 in F32,
    /// `(u32, u32) -> u32`: the greater; -0 is less than +0, and a NaN wins.
    F32Max = 12 in F32,
    /// `(u32) -> u32`: the square root.
    F32Sqrt = 13 in F32,
    /// `(u32, u32) -> i32`: -1, 0 or 1 for `a` less than, equal to or greater than `b`, 2 if one is a NaN.
    F32Compare = 14 in F32,
    /// `(i32) -> u32`: the nearest float.
    F32ConvertI32S = 15 in F32,
    /// `(u32) -> u32`: the nearest float.
    F32ConvertI32U = 16 in F32,
    /// `(u32) -> i32`: towards zero, the nearest integer if out of range, 0 for a NaN.
    I32TruncSatF32S = 17 in F32,
    /// `(u32) -> u32`: towards zero, the nearest integer if out of range, 0 for a NaN.
    I32TruncSatF32U = 18 in F32,
    /// `(u32) -> u32`: to an integer, upwards.
    F32Ceil = 19 in F32_ROUND,
    /// `(u32) -> u32`: to an integer, downwards.
    F32Floor = 20 in F32_ROUND,
    /// `(u32) -> u32`: to an integer, towards zero.
    F32Trunc = 21 in F32_ROUND,
    /// `(u32) -> u32`: to the nearest integer, ties to even.
    F32Nearest = 22 in F32_ROUND,
    /// `(i64) -> u32`: the nearest float.
    F32ConvertI64S = 23 in F32_ROUND,
    /// `(u64) -> u32`: the nearest float.
    F32ConvertI64U = 24 in F32_ROUND,
    /// `(u32) -> i64`: towards zero, the nearest integer if out of range, 0 for a NaN.
    I64TruncSatF32S = 25 in F32_ROUND,
    /// `(u32) -> u64`: towards zero, the nearest integer if out of range, 0 for a NaN.
    I64TruncSatF32U = 26 in F32_ROUND,
    /// `(u64, u64) -> u64`: `a + b`.
    F64Add = 27 in F64,
    /// `(u64, u64) -> u64`: `a - b`.
    F64Sub = 28 in F64,
    /// `(u64, u64) -> u64`: `a * b`.
    F64Mul = 29 in F64,
    /// `(u64, u64) -> u64`: `a / b`.
    F64Div = 30 in F64,
    /// `(u64, u64) -> u64`: the lesser; -0 is less than +0, and a NaN wins.
    F64Min = 31 in F64,
    /// `(u64, u64) -> u64`: the greater; -0 is less than +0, and a NaN wins.
    F64Max = 32 in F64,
    /// `(u64) -> u64`: the square root.
    F64Sqrt = 33 in F64,
    /// `(u64, u64) -> i32`: -1, 0 or 1 for `a` less than, equal to or greater than `b`, 2 if one is a NaN.
    F64Compare = 34 in F64,
    /// `(i32) -> u64`: the nearest float.
    F64ConvertI32S = 35 in F64,
    /// `(u32) -> u64`: the nearest float.
    F64ConvertI32U = 36 in F64,
    /// `(u64) -> i32`: towards zero, the nearest integer if out of range, 0 for a NaN.
    I32TruncSatF64S = 37 in F64,
    /// `(u64) -> u32`: towards zero, the nearest integer if out of range, 0 for a NaN.
    I32TruncSatF64U = 38 in F64,
    /// `(u64) -> u64`: to an integer, upwards.
    F64Ceil = 39 in F64,
    /// `(u64) -> u64`: to an integer, downwards.
    F64Floor = 40 in F64,
    /// `(u64) -> u64`: to an integer, towards zero.
    F64Trunc = 41 in F64,
    /// `(u64) -> u64`: to the nearest integer, ties to even.
    F64Nearest = 42 in F64,
    /// `(i64) -> u64`: the nearest float.
    F64ConvertI64S = 43 in F64,
    /// `(u64) -> u64`: the nearest float.
    F64ConvertI64U = 44 in F64,
    /// `(u64) -> i64`: towards zero, the nearest integer if out of range, 0 for a NaN.
    I64TruncSatF64S = 45 in F64,
    /// `(u64) -> u64`: towards zero, the nearest integer if out of range, 0 for a NaN.
    I64TruncSatF64U = 46 in F64,
    /// `(u32) -> u64`: the same value as an f64.
    F64PromoteF32 = 47 in F64,
    /// `(u64) -> u32`: the nearest f32.
    F32DemoteF64 = 48 in F64,
    /// `(definition, init: word, delta: u32) -> i32`: the old length in elements, or -1 (core spec 4.4.6,
    /// `table.grow`); new elements are `init`.
    TableGrow = 49 in CORE,
    /// `(dst, value: word, count: u32)`: sets `count` elements.
    TableFill = 50 in CORE,
    /// `(dst, items, instance, count: u32)`: copies `count` items of an element segment to elements. An item is a u32 in
    /// the text: 0 for null, the state offset in `instance` of a [`FuncRef`](crate::layout::FuncRef), or, with
    /// [`ITEM_IN_STATE`](crate::ITEM_IN_STATE), that of a word to copy.
    TableInit = 51 in CORE,
    /// [`MemoryGrow`](Helper::MemoryGrow) with the address of the fuel behind its arguments, from which it pays for the new
    /// bytes: [`FUEL_EXHAUSTED`](crate::FUEL_EXHAUSTED) if it cannot.
    MemoryGrowMetered = 52 in FUEL,
    /// [`TableGrow`](Helper::TableGrow) in the same way.
    TableGrowMetered = 53 in FUEL,
}

/// Number of entries in the helper table of this ABI version.
pub const HELPER_COUNT: usize = Helper::ALL.len();

/// Set of helper groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HelperGroups(pub u32);

impl HelperGroups {
    /// Memory and table helpers; in every firmware.
    pub const CORE: HelperGroups = HelperGroups(1);
    /// 64-bit division and remainder.
    pub const DIV64: HelperGroups = HelperGroups(2);
    /// f32 but for what is in [`F32_ROUND`](HelperGroups::F32_ROUND): for parts without an FPU.
    pub const F32: HelperGroups = HelperGroups(4);
    /// What FPUs of single precision lack too: rounding of f32 to integers, conversion from and to 64-bit integers.
    pub const F32_ROUND: HelperGroups = HelperGroups(8);
    /// f64, and conversion between f32 and f64.
    pub const F64: HelperGroups = HelperGroups(16);
    /// What metered code needs: an artifact that declares this group uses up fuel.
    pub const FUEL: HelperGroups = HelperGroups(32);
    /// Every group of this ABI version.
    pub const ALL: HelperGroups = HelperGroups(63);

    /// Whether every group of `other` is in this set.
    pub const fn contains(self, other: HelperGroups) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both sets together.
    #[must_use]
    pub const fn union(self, other: HelperGroups) -> HelperGroups {
        HelperGroups(self.0 | other.0)
    }

    /// Name of the lowest group in the set, for messages.
    pub const fn first_name(self) -> &'static str {
        match self.0 & self.0.wrapping_neg() {
            0 => "none",
            1 => "core",
            2 => "div64",
            4 => "f32",
            8 => "f32-round",
            16 => "f64",
            32 => "fuel",
            _ => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_dense() {
        for (i, h) in Helper::ALL.iter().enumerate() {
            assert_eq!(*h as usize, i);
        }
    }

    #[test]
    fn groups_are_named_and_together_all() {
        let all = Helper::ALL.iter().fold(HelperGroups::default(), |all, h| all.union(h.group()));
        assert_eq!(all, HelperGroups::ALL);
        assert!(Helper::ALL.iter().all(|h| h.group().first_name() != "unknown"));
    }
}
