//! defmt over the board's UART, as rzcobs frames that `defmt-decoder` reads with this firmware's ELF; and the panic
//! handler, which logs there and leaves through semihosting so that nothing hangs.
//!
//! A frame is sent with interrupts disabled, byte by byte. `uart::put` gives up on a byte after a bounded wait, so a
//! host that does not read costs log frames, not the device.

use core::cell::UnsafeCell;
use core::panic::PanicInfo;
use core::sync::atomic::{AtomicBool, Ordering};

use crate::chip::uart;

#[defmt::global_logger]
struct UartLogger;

struct Shared(UnsafeCell<State>);

struct State {
    restore: critical_section::RestoreState,
    encoder: defmt::Encoder,
}

// SAFETY: the content is only touched between `acquire` and `release`, inside a critical section, on a single core.
unsafe impl Sync for Shared {}

static SHARED: Shared = Shared(UnsafeCell::new(State {
    restore: critical_section::RestoreState::invalid(),
    encoder: defmt::Encoder::new(),
}));

/// Set while a frame is open. Found set in `acquire` only if a panic cut a frame short: nothing else can run there.
static IN_FRAME: AtomicBool = AtomicBool::new(false);

// SAFETY: `acquire` enters a critical section that `release` leaves; the others run in between.
unsafe impl defmt::Logger for UartLogger {
    fn acquire() {
        // SAFETY: released in `release`, to which defmt's macros pair every `acquire`.
        let restore = unsafe { critical_section::acquire() };
        // SAFETY: inside the critical section nobody else holds a reference.
        let state = unsafe { &mut *SHARED.0.get() };
        let is_cut = IN_FRAME.load(Ordering::Relaxed);
        IN_FRAME.store(true, Ordering::Relaxed);
        if is_cut {
            // The decoder drops the cut frame at its end mark and recovers with the next.
            state.encoder.end_frame(uart::put);
        } else {
            state.restore = restore;
        }
        state.encoder.start_frame(uart::put);
    }

    unsafe fn flush() {}

    unsafe fn release() {
        // SAFETY: still inside the critical section of `acquire`.
        let state = unsafe { &mut *SHARED.0.get() };
        state.encoder.end_frame(uart::put);
        IN_FRAME.store(false, Ordering::Relaxed);
        // SAFETY: `restore` is what `acquire` got.
        unsafe { critical_section::release(state.restore) };
    }

    unsafe fn write(bytes: &[u8]) {
        // SAFETY: still inside the critical section of `acquire`.
        unsafe { (*SHARED.0.get()).encoder.write(bytes, uart::put) }
    }
}

defmt::timestamp!("{=u64:us}", crate::time::now() / (crate::time::TICK_HZ / 1_000_000));

/// The exit code of a panic: what Rust's own std uses.
const PANIC_EXIT_CODE: i32 = 101;

#[panic_handler]
fn panic(info: &PanicInfo) -> ! {
    die!("{}", defmt::Display2Format(info))
}

/// Says what cannot be gone on from, with `defmt`'s format, and ends the firmware. Handlers of exceptions use this and not
/// `panic!`: where panics are compiled to an exception without a message, they would be their own cause.
macro_rules! die {
    ($($what:tt)*) => {{
        defmt::error!($($what)*);
        $crate::log::end()
    }};
}
pub(crate) use die;

/// Ends the firmware as a panic does.
pub(crate) fn end() -> ! {
    crate::exit(PANIC_EXIT_CODE)
}
