//! What code may be compiled for.

/// Instruction-set family: one back end each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Isa {
    /// ARMv7-M and ARMv7E-M, 32-bit pointers.
    Thumb2,
    /// RISC-V, 32-bit integer registers.
    Rv32,
    /// ARMv8-A in its 64-bit state, under Linux.
    Aarch64,
    /// RISC-V, 64-bit integer registers, under Linux.
    Riscv64,
    /// x86 in its 64-bit mode, under Linux.
    X86_64,
}

/// What a part computes in hardware; the rest is helpers' work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FloatUnit {
    /// No floats.
    Soft,
    /// f32.
    Single,
    /// f32 and f64.
    Double,
}

macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $text:literal, $triple:expr, $isa:ident, $float:ident;)*) => {
        /// A part that artifacts are compiled for. The id is stable and stored in each artifact.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Target { $($(#[$doc])* $name = $id,)* }

        impl Target {
            /// Every target that this version can compile for or run.
            pub const ALL: &'static [Target] = &[$(Target::$name,)*];

            /// The target with this id, if this version knows it.
            pub const fn from_id(id: u8) -> Option<Target> {
                match id { $($id => Some(Target::$name),)* _ => None }
            }

            /// Short name, as on the command line.
            pub const fn name(self) -> &'static str {
                match self { $(Target::$name => $text,)* }
            }

            /// Rust's triple for the same part, accepted as a synonym; `None` where Rust has none that is the part's own.
            pub const fn triple(self) -> Option<&'static str> {
                match self { $(Target::$name => $triple,)* }
            }

            /// The back end that serves it.
            pub const fn isa(self) -> Isa {
                match self { $(Target::$name => Isa::$isa,)* }
            }

            /// What it computes in hardware.
            pub const fn float_unit(self) -> FloatUnit {
                match self { $(Target::$name => FloatUnit::$float,)* }
            }
        }
    };
}

targets! {
    /// ARMv7-M without FPU and without the DSP extension.
    CortexM3 = 1, "cortex-m3", Some("thumbv7m-none-eabi"), Thumb2, Soft;
    /// ARMv7E-M without FPU.
    CortexM4 = 2, "cortex-m4", Some("thumbv7em-none-eabi"), Thumb2, Soft;
    /// ARMv7E-M with FPv4-SP.
    CortexM4F = 3, "cortex-m4f", Some("thumbv7em-none-eabihf"), Thumb2, Single;
    /// ARMv7E-M with FPv5 in both precisions.
    CortexM7 = 4, "cortex-m7", None, Thumb2, Double;
    /// ARMv8-M Mainline with DSP extension and FPv5-SP.
    CortexM33 = 5, "cortex-m33", Some("thumbv8m.main-none-eabihf"), Thumb2, Single;
    /// RISC-V with multiplication and compressed instructions.
    Rv32Imc = 6, "rv32imc", Some("riscv32imc-unknown-none-elf"), Rv32, Soft;
    /// RISC-V with multiplication, atomics and compressed instructions.
    Rv32Imac = 7, "rv32imac", Some("riscv32imac-unknown-none-elf"), Rv32, Soft;
    /// RISC-V with multiplication, atomics, single-precision floats and compressed instructions.
    Rv32Imafc = 8, "rv32imafc", Some("riscv32imafc-unknown-none-elf"), Rv32, Single;
    /// ARMv8-A.
    Aarch64 = 9, "aarch64", Some("aarch64-unknown-linux-gnu"), Aarch64, Double;
    /// RV64GC.
    Riscv64 = 10, "riscv64", Some("riscv64gc-unknown-linux-gnu"), Riscv64, Double;
    /// x86-64. Its artifacts need SSE4.1 and say so.
    X86_64 = 11, "x86_64", Some("x86_64-unknown-linux-gnu"), X86_64, Double;
}

impl Target {
    /// The target of this name or triple.
    pub fn from_name(name: &str) -> Option<Target> {
        Target::ALL.iter().copied().find(|t| t.name() == name || t.triple() == Some(name))
    }

    /// Bytes of a pointer.
    pub const fn pointer_bytes(self) -> u32 {
        match self.isa() {
            Isa::Thumb2 | Isa::Rv32 => 4,
            Isa::Aarch64 | Isa::Riscv64 | Isa::X86_64 => 8,
        }
    }

    /// Alignment of sp, in bytes, at every call.
    pub const fn stack_align(self) -> u32 {
        match self.isa() {
            Isa::Thumb2 => 8,
            Isa::Rv32 | Isa::Aarch64 | Isa::Riscv64 | Isa::X86_64 => 16,
        }
    }

    /// Bytes below [`stack_limit`](crate::InstanceHeader::stack_limit) that code may still use without a check.
    ///
    /// On 32-bit parts it is [`STACK_RESERVE`](crate::STACK_RESERVE). On 64-bit parts a frame of [`MAX_FRAME_64`](crate::MAX_FRAME_64), and as much again for helpers and for a signal frame of
    /// the kernel's, which with the vector state of the largest parts takes some 11 KiB.
    pub const fn stack_reserve(self) -> u32 {
        match self.pointer_bytes() {
            4 => crate::STACK_RESERVE,
            _ => 2 * crate::MAX_FRAME_64,
        }
    }

    /// Argument and result words that travel without the caller's or the instance's help: in registers, or on 64-bit parts
    /// wherever Cranelift's calling convention puts them, which is more than any type has.
    pub const fn register_words(self) -> u32 {
        match self.isa() {
            Isa::Thumb2 => 4,
            Isa::Rv32 => 8,
            Isa::Aarch64 | Isa::Riscv64 | Isa::X86_64 => 1 << 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_round_trip() {
        for t in Target::ALL {
            assert_eq!(Target::from_id(*t as u8), Some(*t));
            assert_eq!(Target::from_name(t.name()), Some(*t));
            assert!(t.triple().is_none_or(|triple| Target::from_name(triple) == Some(*t)));
        }
        assert_eq!(Target::from_name("z80"), None);
    }
}
