//! Functions of the firmware that compiled code may call.
//!
//! A helper follows the C ABI of the part (AAPCS, ilp32), runs on the guest's stack within the reserve, can be
//! interrupted anywhere, and cannot trap: code checks its arguments first. Indices are stable; a group may be left
//! out of a firmware, and an artifact declares the groups it needs.

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
    /// `(instance, delta_pages: u32) -> i32`: the old size in pages, or -1 (core spec 4.4.7, `memory.grow`).
    MemoryGrow = 0 in CORE,
    /// `(dst, src, len: u32)`: copies between ranges that may overlap.
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
}

/// Number of entries in the helper table of this ABI version.
pub const HELPER_COUNT: usize = Helper::ALL.len();

/// Set of helper groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HelperGroups(pub u32);

impl HelperGroups {
    /// Memory helpers; in every firmware.
    pub const CORE: HelperGroups = HelperGroups(1);
    /// 64-bit division and remainder.
    pub const DIV64: HelperGroups = HelperGroups(2);

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
}
