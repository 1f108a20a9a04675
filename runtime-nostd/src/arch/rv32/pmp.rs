//! Ranges as entries of the PMP (RISC-V privileged specification, "Physical Memory Protection").
//!
//! Each range is a pair of entries: one that is off and holds its first address, one of kind TOR that holds its end. No entry is
//! locked, so machine mode is not affected; user mode reaches nothing else, since entries exist. Ranges are exact, on parts
//! whose PMP tells words apart (grain 0) or that are given ranges at multiples of their grain.

use core::ops::Range;

use crate::arch::containment::{Access, MAX_RANGES, Ranges};
use crate::trap::ContainmentError;

/// Contents of the PMP.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Regions {
    /// pmpaddr0–15: addresses divided by four.
    addresses: [[u32; 2]; MAX_RANGES],
    /// pmpcfg0–3: of each pair, the lower entry is off.
    kinds: [[u16; 2]; MAX_RANGES / 2],
}

/// pmpcfg's fields, of the upper entry of a pair.
const READ: u16 = 1 << 8;
const WRITE: u16 = 2 << 8;
const EXECUTE: u16 = 4 << 8;
const TOP_OF_RANGE: u16 = 1 << 11;

impl Regions {
    /// Nothing: guests can execute nothing.
    pub(crate) const fn none() -> Regions {
        Regions { addresses: [[0; 2]; MAX_RANGES], kinds: [[0; 2]; MAX_RANGES / 2] }
    }

    /// Entries for ranges, code rounded outwards to words.
    ///
    /// # Errors
    /// [`ContainmentError::Unaligned`] for data that is not of whole words.
    pub(crate) fn new(ranges: &Ranges) -> Result<Regions, ContainmentError> {
        let mut regions = Regions::none();
        let kinds = regions.kinds.as_flattened_mut().iter_mut();
        for ((range, access), (address, kind)) in ranges.iter().zip(regions.addresses.iter_mut().zip(kinds)) {
            let Range { start, end } = range;
            if access == Access::Data && !(start | end).is_multiple_of(4) {
                return Err(ContainmentError::Unaligned { address: start, bytes: end - start, granule: 4 });
            }
            *address = [start as u32 >> 2, end.div_ceil(4) as u32];
            *kind = TOP_OF_RANGE | READ | if access == Access::Data { WRITE } else { EXECUTE };
        }
        Ok(regions)
    }

    /// Whether a guest may read, or write, all of so many bytes.
    pub(crate) fn permit(&self, address: u32, bytes: u32, write: bool) -> bool {
        let last = address.checked_add(bytes - 1).map(|last| last >> 2);
        let kinds = self.kinds.as_flattened();
        self.addresses.iter().zip(kinds).any(|(&[start, end], &kind)| {
            start <= address >> 2 && last.is_some_and(|last| last < end) && kind & if write { WRITE } else { READ } != 0
        })
    }
}

/// What was in force before something else.
#[cfg(target_os = "none")]
pub(crate) struct Before(Option<Regions>);

/// Each register with its place in [`Regions`], for `reads` or `writes`.
#[cfg(target_os = "none")]
macro_rules! each_register {
    ($instructions:ident) => {
        $instructions! {
            pmpaddr0 = 0, pmpaddr1 = 4, pmpaddr2 = 8, pmpaddr3 = 12, pmpaddr4 = 16, pmpaddr5 = 20, pmpaddr6 = 24,
            pmpaddr7 = 28, pmpaddr8 = 32, pmpaddr9 = 36, pmpaddr10 = 40, pmpaddr11 = 44, pmpaddr12 = 48, pmpaddr13 = 52,
            pmpaddr14 = 56, pmpaddr15 = 60, pmpcfg0 = 64, pmpcfg1 = 68, pmpcfg2 = 72, pmpcfg3 = 76
        }
    };
}

#[cfg(target_os = "none")]
macro_rules! reads {
    ($($csr:ident = $offset:literal),+) => {
        concat!($("csrr {value}, ", stringify!($csr), "\n sw {value}, ", $offset, "({regions})\n"),+)
    };
}

#[cfg(target_os = "none")]
macro_rules! writes {
    ($($csr:ident = $offset:literal),+) => {
        concat!($("lw {value}, ", $offset, "({regions})\n csrw ", stringify!($csr), ", {value}\n"),+)
    };
}

#[cfg(target_os = "none")]
impl Regions {
    /// Whether there are as many entries.
    pub(crate) fn can_be_enforced() -> bool {
        let found: usize;
        // SAFETY: entry 15 is off or the upper one of a pair, which concerns user mode alone, and has its value again before any
        // of that runs. Registers that are not implemented read as zero.
        unsafe {
            core::arch::asm!(
                "csrrw {value}, pmpaddr15, {ones}",
                "csrrw {found}, pmpaddr15, {value}",
                ones = in(reg) usize::MAX,
                value = out(reg) _,
                found = out(reg) found,
                options(nomem, nostack, preserves_flags)
            );
        }
        found != 0
    }

    /// Has the PMP hold user mode to these ranges.
    ///
    /// # Safety
    /// The caller is in machine mode, nothing else uses the PMP, and what this returns is restored.
    pub(crate) unsafe fn enforce(&self) -> Before {
        let first: usize;
        // SAFETY: reading the register has no effect.
        unsafe { core::arch::asm!("csrr {}, pmpcfg0", out(reg) first, options(nomem, nostack, preserves_flags)) };
        // SAFETY: passed on to the caller.
        let before = (first != 0).then(|| unsafe { Regions::read() });
        // SAFETY: passed on to the caller.
        unsafe { self.write() };
        Before(before)
    }

    /// # Safety
    /// As for [`enforce`](Self::enforce).
    unsafe fn write(&self) {
        // SAFETY: registers of the PMP, which is the runtime's by contract; without locked entries they do not concern
        // machine mode. The 80 bytes at `self` are read in their order.
        unsafe {
            core::arch::asm!(
                each_register!(writes),
                regions = in(reg) self,
                value = out(reg) _,
                options(readonly, nostack, preserves_flags)
            );
        }
    }

    /// The ranges in force.
    ///
    /// # Safety
    /// The caller is in machine mode.
    #[cold]
    unsafe fn read() -> Regions {
        let mut regions = Regions::none();
        // SAFETY: reads registers, and writes the 80 bytes at `regions`.
        unsafe {
            core::arch::asm!(
                each_register!(reads),
                regions = in(reg) &raw mut regions,
                value = out(reg) _,
                options(nostack, preserves_flags)
            );
        }
        regions
    }
}

#[cfg(target_os = "none")]
impl Before {
    /// Puts that in force again.
    ///
    /// # Safety
    /// As for [`Regions::enforce`].
    pub(crate) unsafe fn restore(self) {
        match self.0 {
            // SAFETY: passed on to the caller.
            Some(regions) => unsafe { regions.write() },
            // SAFETY: as in `write`; entries that are off have no addresses.
            None => unsafe {
                core::arch::asm!(
                    "csrw pmpcfg0, zero",
                    "csrw pmpcfg1, zero",
                    "csrw pmpcfg2, zero",
                    "csrw pmpcfg3, zero",
                    options(nomem, nostack, preserves_flags)
                );
            },
        }
    }
}

const _: () = assert!(size_of::<Regions>() == 80, "the assembly's offsets");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_permit_what_lies_in_them_and_nothing_else() {
        let mut ranges = Ranges::new();
        ranges.add(0x8000_0102..0x8000_0206, Access::Code).unwrap();
        ranges.add(0x8010_0000..0x8010_0100, Access::Data).unwrap();
        let regions = Regions::new(&ranges).unwrap();
        assert!(regions.permit(0x8000_0100, 4, false) && regions.permit(0x8000_0204, 4, false));
        assert!(!regions.permit(0x8000_00fe, 4, false) && !regions.permit(0x8000_0206, 4, false));
        assert!(!regions.permit(0x8000_0104, 4, true));
        assert!(regions.permit(0x8010_0000, 4, true) && regions.permit(0x8010_00fd, 2, true));
        assert!(!regions.permit(0x8010_00fd, 4, true) && !regions.permit(0x800f_ffff, 2, false));
        assert!(!regions.permit(0xffff_fffe, 4, false) && !Regions::none().permit(0, 4, false));
        assert_eq!(regions.kinds, [[0x0d00, 0x0b00], [0; 2], [0; 2], [0; 2]]);
    }

    #[test]
    fn data_that_is_not_of_words_has_a_name() {
        let mut ranges = Ranges::new();
        ranges.add(0x8010_0002..0x8010_0100, Access::Data).unwrap();
        let error = ContainmentError::Unaligned { address: 0x8010_0002, bytes: 0xfe, granule: 4 };
        assert_eq!(Regions::new(&ranges), Err(error));
    }
}
