//! The executor: embassy's, on our own loop, so that it is the same on every core. It sleeps with `wfi`, which costs an
//! emulator nothing (`wfe`, embassy's choice on Cortex-M, spins in QEMU).

use core::sync::atomic::{AtomicBool, Ordering};

use embassy_executor::{Spawner, raw};
use static_cell::StaticCell;

use crate::chip;

/// Set when a task has become ready since the last round.
static READY: AtomicBool = AtomicBool::new(false);

/// Called by embassy's executor when a task becomes ready, from any context.
#[unsafe(export_name = "__pender")]
fn pend(_: *mut ()) {
    READY.store(true, Ordering::Release);
}

/// Whether a task waits for its turn: a guest that was interrupted should give way.
pub fn is_pending() -> bool {
    READY.load(Ordering::Acquire)
}

/// Runs the tasks that `start` spawns, and theirs, for ever. Call once.
pub fn run(start: impl FnOnce(Spawner)) -> ! {
    static EXECUTOR: StaticCell<raw::Executor> = StaticCell::new();
    let executor = EXECUTOR.init(raw::Executor::new(core::ptr::null_mut()));
    start(executor.spawner());
    loop {
        READY.store(false, Ordering::Release);
        // SAFETY: the executor is static and initialised, and this loop, its only caller, is not re-entered.
        unsafe { executor.poll() };
        // With interrupts off nothing can become ready between the check and the sleep; wfi wakes on a pending
        // interrupt all the same (Arm DDI 0403, B1.5.19; RISC-V privileged specification, 3.3.3).
        critical_section::with(|_| {
            if !is_pending() {
                chip::wait_for_interrupt();
            }
        });
    }
}
