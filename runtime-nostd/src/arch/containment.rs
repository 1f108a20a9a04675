//! Containment: what a guest may reach, where the hardware sees to it, whatever its code does.
//!
//! The feature `containment` puts it behind the checks of compiled code. Guests then run unprivileged (Cortex-M: thread mode
//! with CONTROL.nPRIV; RISC-V: user mode), and the MPU or the PMP lets them reach:
//!
//! | | |
//! |---|---|
//! | the code of each instance of the store | read, execute |
//! | what guests share of the firmware: helpers, their constants and table, the unprivileged half of the gate | read, execute |
//! | the store's header and stack | read, write |
//! | the arena of each instance of the store | read, write |
//!
//! Anything else ends the call with [`TrapKind::ContainmentViolation`]. Only while a guest is entered is the unit on,
//! and never in the way of privileged code. It belongs to the runtime: a firmware that uses it otherwise has to leave the
//! feature off.
//!
//! # What is not believed
//! Everything that a guest can write or put into a register, which is all but what lies in the firmware's own memory: the
//! entry frame on the host's stack and the [`Activation`](super::Activation), which say who was entered, in which store and
//! within which ranges. Of the rest,
//! * addresses in headers, definitions and references are used by way of the arena that they lie in, which checks, or by
//!   unprivileged code;
//! * the import table is compared with the artifact at each call, so that a guest gets no host function that it does not
//!   import;
//! * the argument words of a host call have to lie in the store's stack;
//! * instances of one store are not protected from each other: they share memory, tables and stack as it is.
//!
//! # What the firmware provides
//! * Two symbols of its linker script, `__sandgrain_shared_start` and `__sandgrain_shared_end`: the range of what guests share.
//!   It has to hold the sections `.text.sandgrain_shared*`, the helpers with all that they call, and the constants of
//!   both; it may hold more code and constants, which guests can then read and execute, to no other effect than that of
//!   their own code.
//! * Memory for stacks and arenas that the unit can tell from its neighbours, or there is no instance:
//!   [`ContainmentError`]. Nothing of the guest's may lie directly below a store's stack, or an overflow goes there; an
//!   [`Instance`](crate::Instance) has its stack at the front of its arena for that.
//!
//! An MPU tells less apart than bytes: code is then rounded outwards, by less than a quarter of its size on each side.

use core::ops::Range;

use crate::trap::ContainmentError;

/// What a guest may do in a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Read and execute.
    Code,
    /// Read and write.
    Data,
}

/// Most ranges of one store. RISC-V has as many pairs of PMP entries, the MPU one region for each that lies well.
pub(super) const MAX_RANGES: usize = 8;

/// What a store's guests may reach. Code comes before data.
pub(crate) struct Ranges {
    ranges: [(Range<usize>, Access); MAX_RANGES],
    len: usize,
}

impl Ranges {
    pub(crate) const fn new() -> Self {
        Ranges { ranges: [const { (0..0, Access::Code) }; MAX_RANGES], len: 0 }
    }

    /// What every guest may reach.
    #[cfg(target_os = "none")]
    pub(crate) fn shared() -> Self {
        let mut ranges = Ranges::new();
        ranges.ranges[0] =
            ((&raw const __sandgrain_shared_start).addr()..(&raw const __sandgrain_shared_end).addr(), Access::Code);
        ranges.len = 1;
        ranges
    }

    /// Adds a range; one that touches another of its kind becomes one with it.
    ///
    /// # Errors
    /// [`ContainmentError::Full`].
    pub(crate) fn add(&mut self, range: Range<usize>, access: Access) -> Result<(), ContainmentError> {
        let touching = self
            .ranges
            .iter_mut()
            .take(self.len)
            .find(|(known, kind)| *kind == access && known.start <= range.end && range.start <= known.end);
        if let Some((known, _)) = touching {
            *known = known.start.min(range.start)..known.end.max(range.end);
            return Ok(());
        }
        let place = self.ranges.get_mut(self.len).ok_or(ContainmentError::Full { ranges: MAX_RANGES })?;
        *place = (range, access);
        self.len += 1;
        Ok(())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (Range<usize>, Access)> + '_ {
        self.ranges.iter().take(self.len).cloned()
    }
}

#[cfg(target_os = "none")]
unsafe extern "C" {
    static __sandgrain_shared_start: u8;
    static __sandgrain_shared_end: u8;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn what_touches_becomes_one_and_there_is_an_end() {
        let mut ranges = Ranges::new();
        ranges.add(0x100..0x200, Access::Data).unwrap();
        ranges.add(0x200..0x300, Access::Code).unwrap();
        ranges.add(0x200..0x240, Access::Data).unwrap();
        assert_eq!(ranges.iter().collect::<Vec<_>>(), [(0x100..0x240, Access::Data), (0x200..0x300, Access::Code)]);
        for i in 1..7 {
            ranges.add(i << 12..(i << 12) + 16, Access::Data).unwrap();
        }
        assert_eq!(ranges.add(0..16, Access::Data), Err(ContainmentError::Full { ranges: MAX_RANGES }));
        assert_eq!(ranges.iter().count(), MAX_RANGES);
    }
}
