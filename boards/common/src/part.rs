//! Which part the firmware runs on. One board can be several, and one triple of Rust's stands for several parts, so
//! neither decides; both together do.

use sandgrain_abi::Target;

/// What a board can be: the triple that its firmware is built for, and what modules are then compiled for. board.toml
/// repeats it for the host's tools, the default first, and `tests/map.rs` compares the two.
pub type Parts = &'static [(&'static str, Target)];

/// qemu-mps2-an385.
pub const AN385: Parts = &[("thumbv7m-none-eabi", Target::CortexM3)];
/// qemu-mps2-an386. Without the hard-float ABI nothing switches its FPU on.
pub const AN386: Parts = &[("thumbv7em-none-eabihf", Target::CortexM4F), ("thumbv7em-none-eabi", Target::CortexM4)];
/// qemu-mps2-an500.
pub const AN500: Parts = &[("thumbv7em-none-eabihf", Target::CortexM7)];
/// qemu-mps2-an505.
pub const AN505: Parts = &[("thumbv8m.main-none-eabihf", Target::CortexM33)];
/// qemu-riscv32-virt, whose processor is an option of QEMU's.
pub const VIRT: Parts = &[
    ("riscv32imac-unknown-none-elf", Target::Rv32Imac),
    ("riscv32imc-unknown-none-elf", Target::Rv32Imc),
    ("riscv32imafc-unknown-none-elf", Target::Rv32Imafc),
];

/// host: what the computer is that it is built on.
pub const HOST: Parts = &[
    ("x86_64-unknown-linux-gnu", Target::X86_64),
    ("aarch64-unknown-linux-gnu", Target::Aarch64),
    ("riscv64gc-unknown-linux-gnu", Target::Riscv64),
];
/// qemu-aarch64.
pub const QEMU_AARCH64: Parts = &[("aarch64-unknown-linux-gnu", Target::Aarch64)];
/// qemu-riscv64.
pub const QEMU_RISCV64: Parts = &[("riscv64gc-unknown-linux-gnu", Target::Riscv64)];

/// What a build for `triple` makes of a board; `None` if the board is nothing that this triple could be for.
pub const fn of(triple: &str, parts: Parts) -> Option<Target> {
    let mut i = 0;
    while i < parts.len() {
        if equal(parts[i].0.as_bytes(), triple.as_bytes()) {
            return Some(parts[i].1);
        }
        i += 1;
    }
    None
}

/// `==` of slices is not const.
const fn equal(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

#[cfg(feature = "run")]
mod this {
    use sandgrain_abi::FloatUnit;
    use sandgrain_artifact::DeviceProfile;
    use sandgrain_runtime::{cpu_features, this_device};

    use super::{Target, of};
    use crate::chip;

    /// What modules for this firmware are compiled for.
    pub const TARGET: Target = match of(env!("SANDGRAIN_TRIPLE"), chip::PARTS) {
        Some(target) => target,
        None => {
            panic!("this board cannot be what the triple is for: board.toml lists the triples that it is built for")
        }
    };

    /// Whether the firmware's own code uses float registers, as the code of modules then does.
    pub const HARD_FLOAT: bool = !matches!(TARGET.float_unit(), FloatUnit::Soft);

    /// What this firmware offers to modules.
    pub const DEVICE: DeviceProfile = match this_device(TARGET) {
        Some(device) => device,
        None => panic!("the runtime, as built for this triple, has no engine for the board's part"),
    };

    /// [`DEVICE`] with what the processor says of itself.
    pub fn device() -> DeviceProfile {
        DeviceProfile { features: cpu_features(), ..DEVICE }
    }
}
#[cfg(feature = "run")]
pub use this::{DEVICE, HARD_FLOAT, TARGET, device};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn board_and_triple_together_decide() {
        assert_eq!(of("thumbv7em-none-eabi", AN386), Some(Target::CortexM4));
        assert_eq!(of("thumbv7em-none-eabihf", AN386), Some(Target::CortexM4F));
        for triple in ["thumbv7em-none-eab", "thumbv7em-none-eabihf2", "", "riscv32imac-unknown-none-elf"] {
            assert_eq!(of(triple, AN386), None, "{triple}");
        }
    }
}
