//! Why a module was stopped.

macro_rules! traps {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
        /// Kind of a trap; the code is stable and travels in a0 / r0 from the stub to the runtime.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum TrapKind { $($(#[$doc])* $name = $code,)* }

        impl TrapKind {
            /// Every kind, by rising code.
            pub const ALL: &'static [TrapKind] = &[$(TrapKind::$name,)*];

            /// The kind with this code, if there is one.
            pub const fn from_code(code: u8) -> Option<TrapKind> {
                match code { $($code => Some(TrapKind::$name),)* _ => None }
            }

            /// The wording of the spec's test suite where it has one.
            pub const fn message(self) -> &'static str {
                match self { $(TrapKind::$name => $text,)* }
            }
        }
    };
}

traps! {
    /// `unreachable` was executed.
    Unreachable = 1, "unreachable";
    /// A linear-memory access outside of its bounds.
    MemoryOutOfBounds = 2, "out of bounds memory access";
    /// `call_indirect` of an element outside of the table's bounds.
    TableOutOfBounds = 3, "undefined element";
    /// `call_indirect` through an empty element.
    IndirectCallToNull = 4, "uninitialized element";
    /// `call_indirect` to a function of another type.
    BadSignature = 5, "indirect call type mismatch";
    /// Integer division or remainder by zero.
    IntegerDivisionByZero = 6, "integer divide by zero";
    /// `MIN / -1`, or a truncation whose result does not fit.
    IntegerOverflow = 7, "integer overflow";
    /// Truncation of a NaN.
    BadConversionToInteger = 8, "invalid conversion to integer";
    /// The guest's stack is used up.
    StackOverflow = 9, "call stack exhausted";
    /// A host function refused its arguments, for instance a pointer outside of the guest's memory.
    HostError = 10, "host function failed";
    /// The fuel given to the call is used up.
    OutOfFuel = 11, "all fuel consumed";
    /// The deadline given to the call has passed.
    DeadlineExceeded = 12, "deadline exceeded";
    /// Any other table access outside of its bounds.
    TableAccessOutOfBounds = 13, "out of bounds table access";
    /// The hardware stopped an access or an instruction that no check had stopped: the code is not what a compiler for this
    /// ABI makes.
    ContainmentViolation = 14, "containment violation";
    /// As many of the host's resources are open as may be.
    ResourceLimit = 15, "too many open resources";
}

impl core::fmt::Display for TrapKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.message())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip() {
        for k in TrapKind::ALL {
            assert_eq!(TrapKind::from_code(*k as u8), Some(*k));
        }
        assert_eq!(TrapKind::from_code(0), None);
    }
}
