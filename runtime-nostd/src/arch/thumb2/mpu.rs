//! Ranges as regions of the MPU (ARMv7-M ARM B3.5, PMSAv7).
//!
//! A region is a power of two of at least 256 bytes here, at a multiple of its size, of which each eighth can be left out.
//! So a range of up to eight *granules* becomes one region, or two if it crosses a multiple of eight granules.

use core::ops::Range;

use crate::arch::containment::{Access, Ranges};
use crate::trap::ContainmentError;

/// Regions that every MPU of an ARMv7-M part has, if it has one.
const REGIONS: usize = 8;
/// Eighths of a region.
const EIGHTHS: usize = 8;
/// Smallest eighth: regions of less than 256 bytes have none.
const MIN_GRANULE: usize = 32;

/// What one region's registers hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Region {
    /// RBAR (B3.5.8), with the region's number.
    base: u32,
    /// RASR (B3.5.9). 0: the region is off.
    attributes: u32,
}

/// Contents of the MPU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Regions([Region; REGIONS]);

/// RBAR.VALID: RBAR names the region.
const VALID: u32 = 1 << 4;

impl Regions {
    /// Nothing: guests can execute nothing.
    pub(crate) const fn none() -> Regions {
        let mut regions = [Region { base: VALID, attributes: 0 }; REGIONS];
        let mut number = 0;
        while number < REGIONS {
            regions[number].base |= number as u32;
            number += 1;
        }
        Regions(regions)
    }

    /// Regions for ranges. Where a range of code and one of data meet in a granule, it is data.
    ///
    /// # Errors
    /// [`ContainmentError::Unaligned`] for data that does not begin and end with granules; [`ContainmentError::Full`].
    pub(crate) fn new(ranges: &Ranges) -> Result<Regions, ContainmentError> {
        let mut regions = Regions::none();
        let mut next = regions.0.iter_mut();
        let of = |wanted| ranges.iter().filter(move |(_, access)| *access == wanted);
        for (range, access) in of(Access::Code).chain(of(Access::Data)) {
            let granule = granule(&range, access)?;
            let start = range.start / granule * granule;
            let end = range.end.next_multiple_of(granule);
            let size = granule * EIGHTHS;
            for base in (start / size * size..end).step_by(size) {
                let region = next.next().ok_or(ContainmentError::Full { ranges: REGIONS })?;
                let left_out = (0..EIGHTHS).filter(|eighth| !(start..end).contains(&(base + eighth * granule)));
                let mask = left_out.fold(0, |mask, eighth| mask | 1 << eighth);
                region.base |= base as u32;
                region.attributes = attributes(base, access) | mask << 8 | (size.ilog2() - 1) << 1 | 1;
            }
        }
        Ok(regions)
    }
}

/// Register n of the MPU's five (B3.5.4): TYPE, CTRL, RNR, RBAR, RASR.
#[cfg(target_os = "none")]
const fn register(n: usize) -> *mut u32 {
    core::ptr::with_exposed_provenance_mut(0xE000_ED90 + 4 * n)
}

/// CTRL: on, with the default memory map for privileged code; off in HardFault and NMI.
#[cfg(target_os = "none")]
const ON: u32 = 0b101;

/// What was in force before something else.
#[cfg(target_os = "none")]
pub(crate) struct Before(Option<Regions>);

#[cfg(target_os = "none")]
impl Regions {
    /// Whether there is an MPU of this kind.
    pub(crate) fn can_be_enforced() -> bool {
        // SAFETY: TYPE.DREGION; every ARMv7-M part has the register, and reading it has no effect.
        let regions = unsafe { register(0).read_volatile() } >> 8 & 0xff;
        regions as usize >= REGIONS
    }

    /// Switches the MPU on with these regions.
    ///
    /// # Safety
    /// The caller is privileged, nothing else uses the MPU, and what this returns is restored.
    pub(crate) unsafe fn enforce(&self) -> Before {
        // SAFETY: registers of the MPU, which is the runtime's by contract; privileged code sees the default memory map, or
        // the same memory of the same type in a region that it may read and write. While the MPU is off, its regions have no effect.
        unsafe {
            let before = (register(1).read_volatile() == ON).then(|| Regions::read());
            register(1).write_volatile(0);
            for region in &self.0 {
                register(3).write_volatile(region.base);
                register(4).write_volatile(region.attributes);
            }
            register(1).write_volatile(ON);
            synchronize();
            Before(before)
        }
    }

    /// The regions in force.
    ///
    /// # Safety
    /// The caller is privileged and nothing else uses the MPU.
    #[cold]
    unsafe fn read() -> Regions {
        let mut regions = Regions::none();
        for (region, number) in regions.0.iter_mut().zip(0..) {
            // SAFETY: by contract; RNR only selects what the others show.
            unsafe {
                register(2).write_volatile(number);
                region.base |= register(3).read_volatile() & !0x1f;
                region.attributes = register(4).read_volatile();
            }
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
            // SAFETY: passed on to the caller. There is nothing to come back to: the MPU was on.
            Some(regions) => drop(unsafe { regions.enforce() }),
            None => {
                // SAFETY: as in `enforce`.
                unsafe { register(1).write_volatile(0) };
                synchronize();
            }
        }
    }
}

/// Has what follows see the MPU as it is now (A3.7.3, B3.5.1).
#[cfg(target_os = "none")]
fn synchronize() {
    // SAFETY: barriers.
    unsafe { core::arch::asm!("dsb", "isb", options(nostack, preserves_flags)) };
}

/// The eighth of the regions for a range.
fn granule(range: &Range<usize>, access: Access) -> Result<usize, ContainmentError> {
    let bytes = range.end.saturating_sub(range.start);
    let mut granule = (bytes.next_power_of_two() / EIGHTHS).max(MIN_GRANULE);
    match access {
        Access::Data if !(range.start | range.end).is_multiple_of(granule) => {
            Err(ContainmentError::Unaligned { address: range.start, bytes, granule })
        }
        Access::Data => Ok(granule),
        Access::Code => {
            if range.end.next_multiple_of(granule) - range.start / granule * granule > granule * EIGHTHS {
                granule *= 2;
            }
            Ok(granule)
        }
    }
}

/// XN, access permissions and memory type (B3.5.9, B3.5.10). The type is the one that the default memory map has there
/// (B3.1), which is what the host sees the memory as when the MPU is off.
fn attributes(base: usize, access: Access) -> u32 {
    const EXECUTE_NEVER: u32 = 1 << 28;
    const READ_ONLY_UNPRIVILEGED: u32 = 0b010 << 24;
    const READ_WRITE: u32 = 0b011 << 24;
    const WRITE_THROUGH: u32 = 0b10 << 16;
    const WRITE_BACK_ALLOCATE: u32 = 0b1011 << 16;
    let memory = match base >> 29 {
        1 | 3 => WRITE_BACK_ALLOCATE,
        _ => WRITE_THROUGH,
    };
    memory
        | match access {
            Access::Code => READ_ONLY_UNPRIVILEGED,
            Access::Data => READ_WRITE | EXECUTE_NEVER,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    /// What an unprivileged access to an address finds: `None` or the attributes without size and eighths.
    fn at(regions: &Regions, address: usize) -> Option<u32> {
        let hit = |region: &&Region| {
            let size = 2usize << (region.attributes >> 1 & 31);
            let base = (region.base & !31) as usize;
            assert_eq!(base % size, 0);
            let inside = region.attributes & 1 != 0 && address >= base && address - base < size;
            inside && region.attributes >> 8 & 1 << ((address.wrapping_sub(base)) / (size / 8)) == 0
        };
        // The region with the highest number wins.
        regions.0.iter().rev().find(hit).map(|region| region.attributes & 0xffff_0000)
    }

    fn regions(list: &[(Range<usize>, Access)]) -> Result<Regions, ContainmentError> {
        let mut ranges = Ranges::new();
        list.iter().for_each(|(range, access)| ranges.add(range.clone(), *access).unwrap());
        Regions::new(&ranges)
    }

    #[test]
    fn data_is_exactly_its_range() {
        for (start, end) in [(0x2000_0000, 0x2000_0100), (0x2000_00e0, 0x2000_01a0), (0x2020_0000, 0x2040_0000)] {
            let regions = regions(&[(start..end, Access::Data)]).unwrap();
            for address in [start - 1, start, start + 33, end - 1, end] {
                let found = at(&regions, address);
                let expected = (start..end).contains(&address).then_some(0x130b_0000);
                assert_eq!(found, expected, "{address:#x} of {start:#x}..{end:#x}");
            }
        }
    }

    #[test]
    fn data_that_no_regions_are_has_a_name() {
        let error = regions(&[(0x2000_0020..0x2000_1020, Access::Data)]).unwrap_err();
        assert_eq!(error, ContainmentError::Unaligned { address: 0x2000_0020, bytes: 0x1000, granule: 0x200 });
        let three = [0x2000_0000, 0x2010_0000, 0x2020_0000, 0x2030_0000, 0x2040_0000]
            .map(|at| (at + 0xe0..at + 0x1a0, Access::Data));
        assert_eq!(regions(&three).unwrap_err(), ContainmentError::Full { ranges: 8 });
    }

    #[test]
    fn code_is_rounded_by_less_than_a_quarter_and_data_wins() {
        for (start, len) in [(0x20_0150, 0x3b0), (0x20_0150, 0x1000), (0x1f_fff0, 0x2010), (0x30, 0x10)] {
            let regions = regions(&[(start..start + len, Access::Code)]).unwrap();
            for address in start..start + len {
                assert_eq!(at(&regions, address), Some(0x0202_0000), "{address:#x}");
            }
            let slack = (len / 4).max(32);
            assert_eq!(at(&regions, start.wrapping_sub(slack)), None, "{start:#x}");
            assert_eq!(at(&regions, start + len + slack), None, "{start:#x}");
        }
        let both = regions(&[(0x2000_0000..0x2000_0100, Access::Data), (0x2000_0110..0x2000_0ff0, Access::Code)]);
        let both = both.unwrap();
        assert_eq!(at(&both, 0x2000_00fc), Some(0x130b_0000));
        assert_eq!(at(&both, 0x2000_0100), Some(0x020b_0000));
    }

    #[test]
    fn every_register_names_its_region() {
        let regions = regions(&[(0x2000_0000..0x2000_0100, Access::Data)]).unwrap();
        let numbers = regions.0.map(|region| region.base & 0x1f);
        assert_eq!(numbers.to_vec(), (0x10..0x18).collect::<Vec<u32>>());
    }
}
