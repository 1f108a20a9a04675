//! Guests and interrupts: whatever interrupts a guest makes it give way, so that the host can look what has happened.

use sandgrain_runtime::{CallError, Outcome, request_preemption};

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

/// So many microseconds in ticks of [`time::now`].
pub fn ticks(us: u32) -> u64 {
    u64::from(us) * time::TICK_HZ / 1_000_000
}

/// Has `resume` run a guest for at most `ticks` of [`time::now`], or until any interrupt; `None`: until any interrupt.
///
/// # Errors
/// Those of `resume`.
pub fn run_slice(
    ticks: Option<u64>,
    resume: impl FnOnce() -> Result<Outcome, CallError>,
) -> Result<Outcome, CallError> {
    let Some(ticks) = ticks else { return resume() };
    time::end_slice_at(time::now() + ticks);
    let outcome = resume();
    time::end_slice_at(u64::MAX);
    outcome
}
