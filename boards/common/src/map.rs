//! Memory outside the firmware, by board. memory.x reserves it, board.toml repeats it for the host's tools, and
//! `tests/map.rs` compares the three.

/// A range of the physical address space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// First address.
    pub base: usize,
    /// Bytes.
    pub len: usize,
}

impl Region {
    /// One past the last address.
    pub const fn end(self) -> usize {
        self.base + self.len
    }

    /// Whether `address` lies inside.
    pub const fn contains(self, address: usize) -> bool {
        address >= self.base && address - self.base < self.len
    }
}

/// qemu-mps2-an386. The first 4 MiB stand for flash: QEMU has RAM there, a device only reads it.
pub mod an386 {
    use super::Region;

    /// Provisioning page, put there by `-device loader`.
    pub const PROVISION: Region = Region { base: 0x001F_0000, len: 0x1000 };
    /// Artifact for the network-free firmware, put there by `-device loader`; executes in place.
    pub const ARTIFACT: Region = Region { base: 0x0020_0000, len: 0x20_0000 };
    /// Requests for the network-free firmware.
    pub const MAILBOX: Region = Region { base: 0x2010_0000, len: 0x10_0000 };
    /// Memory of guest instances: header, linear memory, stack.
    pub const ARENA: Region = Region { base: 0x2020_0000, len: 0x20_0000 };
    /// The slot store's backing memory (PSRAM).
    pub const SLOTS: Region = Region { base: 0x2100_0000, len: 0x100_0000 };
}

/// qemu-riscv32-virt.
pub mod virt {
    use super::Region;

    /// Provisioning page: the first sector of the pflash bank.
    pub const PROVISION: Region = Region { base: 0x2200_0000, len: 0x4_0000 };
    /// The slot store: the rest of the pflash bank.
    pub const SLOTS: Region = Region { base: 0x2204_0000, len: 0x1FC_0000 };
    /// Requests for the network-free firmware.
    pub const MAILBOX: Region = Region { base: 0x8040_0000, len: 0x10_0000 };
    /// Artifact for the network-free firmware, put there by `-device loader`; executes in place.
    pub const ARTIFACT: Region = Region { base: 0x8060_0000, len: 0x80_0000 };
    /// Memory of guest instances: header, linear memory, stack.
    pub const ARENA: Region = Region { base: 0x80E0_0000, len: 0x400_0000 };
}

/// qemu-mps2-an385: the memory that it shares with [`an386`].
pub mod an385 {
    pub use super::an386::{ARENA, ARTIFACT, MAILBOX};
}

/// qemu-mps2-an500: as [`an385`].
pub mod an500 {
    pub use super::an385::*;
}

/// qemu-mps2-an505, by its secure addresses: SSRAM1 stands for flash, SSRAM2 and SSRAM3 are RAM.
pub mod an505 {
    use super::Region;

    /// Artifact for the network-free firmware, put there by `-device loader`; executes in place.
    pub const ARTIFACT: Region = Region { base: 0x1020_0000, len: 0x20_0000 };
    /// Requests for the network-free firmware.
    pub const MAILBOX: Region = Region { base: 0x3810_0000, len: 0x10_0000 };
    /// Memory of guest instances: header, linear memory, stack.
    pub const ARENA: Region = Region { base: 0x3820_0000, len: 0x20_0000 };
}

/// host, qemu-aarch64 and qemu-riscv64: address space of a process that nothing else uses, below 4 GiB.
pub mod linux {
    use super::Region;

    /// Requests.
    pub const MAILBOX: Region = Region { base: 0x1000_0000, len: 0x10_0000 };
    /// Artifacts.
    pub const ARTIFACT: Region = Region { base: 0x1100_0000, len: 0x100_0000 };
    /// Memory of guest instances: header, linear memory, stack.
    pub const ARENA: Region = Region { base: 0x2000_0000, len: 0x1000_0000 };
}

#[cfg(feature = "qemu-mps2-an385")]
pub use an385::*;
#[cfg(feature = "qemu-mps2-an386")]
pub use an386::*;
#[cfg(feature = "qemu-mps2-an500")]
pub use an500::*;
#[cfg(feature = "qemu-mps2-an505")]
pub use an505::*;
#[cfg(feature = "linux")]
pub use linux::*;
#[cfg(feature = "qemu-riscv32-virt")]
pub use virt::*;
