//! Two CMSDK APB timers (Arm DDI 0479, 4.1): timer 0 runs freely and is the clock, timer 1 is the alarm.
//! SysTick stays free but for tests.

use core::cell::Cell;

use critical_section::Mutex;

use super::machine::MACHINE;
use crate::mmio::Registers;

const CONTROL: usize = 0x0;
const VALUE: usize = 0x4;
const RELOAD: usize = 0x8;
const INTERRUPT_CLEAR: usize = 0xC;

const ENABLE: u32 = 1 << 0;
const INTERRUPT_ENABLE: u32 = 1 << 3;

/// Interrupt number of timer 1.
pub(super) const ALARM_IRQ: u16 = MACHINE.alarm_irq;

// SAFETY: the machine's timers 0 and 1; used only here.
const CLOCK: Registers = unsafe { Registers::new(MACHINE.timers[0]) };
// SAFETY: as above.
const ALARM: Registers = unsafe { Registers::new(MACHINE.timers[1]) };

/// Counts of a timer in one microsecond, the tick of `now`.
const PER_TICK: u32 = MACHINE.mhz;
/// The alarm is set at least this often (ticks: one minute), so that no wrap of the clock (172 s at 25 MHz) goes unseen.
const LONGEST: u64 = 60_000_000;

/// Ticks so far, and the count at which the last of them ended.
static LAST: Mutex<Cell<(u64, u32)>> = Mutex::new(Cell::new((0, 0)));

pub(super) fn init() {
    CLOCK.write(CONTROL, 0);
    CLOCK.write(RELOAD, u32::MAX);
    CLOCK.write(VALUE, u32::MAX);
    CLOCK.write(CONTROL, ENABLE);
    set_alarm(u64::MAX);
}

/// Ticks of 1 µs since `init`.
pub fn now() -> u64 {
    critical_section::with(|cs| {
        let last = LAST.borrow(cs);
        let (ticks, ended) = last.get();
        let count = !CLOCK.read(VALUE); // it counts down
        let passed = count.wrapping_sub(ended) / PER_TICK;
        let now = ticks + u64::from(passed);
        last.set((now, ended.wrapping_add(passed * PER_TICK)));
        now
    })
}

/// Instructions that the core has executed since `init`, in steps of 40 (50 on AN505): true only under QEMU's `-icount shift=0`, which
/// makes an instruction take 1 ns. A Cortex-M has no counter for them.
pub fn instructions() -> u64 {
    const PER_COUNT: u64 = 1000 / MACHINE.mhz as u64;
    critical_section::with(|cs| {
        let (ticks, ended) = LAST.borrow(cs).get();
        let since = (!CLOCK.read(VALUE)).wrapping_sub(ended);
        (ticks * u64::from(PER_TICK) + u64::from(since)) * PER_COUNT
    })
}

/// Makes the alarm ring at `at`, at once if that has passed. It may ring earlier (after `LONGEST`) and keeps ringing
/// until set anew.
pub fn set_alarm(at: u64) {
    let wait = at.saturating_sub(now()).clamp(1, LONGEST) as u32 * PER_TICK;
    ALARM.write(CONTROL, 0);
    ALARM.write(RELOAD, wait);
    ALARM.write(VALUE, wait);
    ALARM.write(CONTROL, ENABLE | INTERRUPT_ENABLE);
}

/// Takes the alarm's interrupt back.
pub(super) fn acknowledge() {
    ALARM.write(INTERRUPT_CLEAR, 1);
}
