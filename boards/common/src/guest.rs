//! Guests and interrupts: whatever interrupts a guest makes it give way, so that the host can look what has happened.

use sandgrain_runtime::{Budget, Clock, request_preemption};

use crate::time;

/// Makes interrupts preempt guests. Call after [`chip::init`](crate::chip::init), before the first instance is called.
pub fn prepare() {
    #[cfg(feature = "mps2")]
    crate::chip::interrupt::set_hook(request_preemption);
    #[cfg(feature = "qemu-riscv32-virt")]
    {
        extern "C" fn on_trap(cause: usize, pc: usize, value: usize) {
            crate::chip::interrupt::on_trap(cause, pc, value);
            request_preemption();
        }
        // SAFETY: the firmware runs in machine mode, `_start` has set mscratch to 0, and `on_trap` handles every
        // interrupt that this crate enables.
        unsafe { sandgrain_runtime::install_trap_entry(on_trap) };
    }
}

/// Has a second timer interrupt guests and, where the part nests interrupts, other handlers.
pub fn nest_interrupts() {
    #[cfg(feature = "mps2")]
    crate::chip::interrupt::nest();
}

/// The board's time, in ticks of [`time::now`].
pub struct BoardClock;

impl Clock for BoardClock {
    #[inline(never)]
    fn now(&self) -> u64 {
        time::now()
    }

    #[inline(never)]
    fn set_alarm(&self, at: u64) {
        time::end_slice_at(at);
    }
}

/// So many microseconds in ticks of [`BoardClock`].
pub const fn ticks(us: u32) -> u64 {
    us as u64 * time::TICK_HZ / 1_000_000
}

/// Slices of so many microseconds, and no deadline. 0: a slice lasts until any interrupt.
pub const fn slices(us: u32) -> Budget {
    Budget { slice: if us == 0 { None } else { Some(ticks(us)) }, deadline: None }
}
