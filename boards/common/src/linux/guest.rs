//! Guests in a process: nothing interrupts them, so a slice or a deadline takes effect where a host function returns.

use std::sync::OnceLock;
use std::time::Instant;

use sandgrain_runtime::{Budget, Clock};

/// There is nothing to prepare.
pub fn prepare() {}

/// Nothing interrupts anything.
pub fn nest_interrupts() {}

/// Microseconds of the process.
pub struct BoardClock;

impl Clock for BoardClock {
    fn now(&self) -> u64 {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed().as_micros() as u64
    }

    /// No timer interrupts a guest here.
    fn set_alarm(&self, _: u64) {}
}

/// So many microseconds in ticks of [`BoardClock`].
pub const fn ticks(us: u32) -> u64 {
    us as u64
}

/// Slices of so many microseconds, and no deadline. 0: a slice lasts until any interrupt.
pub const fn slices(us: u32) -> Budget {
    Budget { slice: if us == 0 { None } else { Some(ticks(us)) }, deadline: None }
}
