//! What modules see of the flash being written.
//!
//! Both boards' flash is one bank. A guest gives way to whatever interrupts it and runs again only when its task resumes
//! it, so none runs while the store works: suspending costs nothing, and what is left to do is to see how long it takes.

use core::sync::atomic::{AtomicU32, Ordering};

use sandgrain_agent::slots::{ModuleFlash, Work};

use crate::chip;
use crate::time::{TICK_HZ, now};

/// Low half of the tick by which the bank has to be back.
static BUSY_UNTIL: AtomicU32 = AtomicU32::new(0);

const fn ticks(us: u32) -> u32 {
    (us as u64 * TICK_HZ / 1_000_000) as u32
}

impl ModuleFlash for chip::Flash {
    // QEMU names no times. These are what the boards' tests allow it; parts of this kind take up to 4 s for a sector.
    const ERASE_US: u32 = 500_000;
    const PROGRAM_US: u32 = 50_000;

    fn bank(&self, _: u32) -> u8 {
        0
    }

    fn suspend(&mut self, _: u8, work: Work) {
        let allowed = match work {
            Work::Erase => Self::ERASE_US,
            Work::Program => Self::PROGRAM_US,
        };
        BUSY_UNTIL.store((now() as u32).wrapping_add(ticks(allowed)), Ordering::Relaxed);
    }

    fn resume(&mut self, _: u8) {
        let late = (now() as u32).wrapping_sub(BUSY_UNTIL.load(Ordering::Relaxed)) as i32;
        if late > 0 {
            defmt::warn!("modules were suspended for {=i32} ticks longer than allowed", late);
        }
    }
}
