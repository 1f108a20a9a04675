//! Vectors, and what a runtime needs to hook into them.
//!
//! The vector table is cortex-m-rt's. Handlers run on MSP. A runtime that wants to take the core away from a guest sets
//! a hook: it is called at the end of the alarm's and the network's interrupt and would pend PendSV, whose vector
//! (`#[cortex_m_rt::exception] PendSV`, or an `extern "C"` symbol of that name) is left to it, as are SysTick, SVCall
//! and the configurable faults.

use core::sync::atomic::{AtomicPtr, Ordering};

use cortex_m::interrupt::InterruptNumber;
use cortex_m::peripheral::syst::SystClkSource;
use cortex_m::peripheral::{NVIC, Peripherals};

use super::clock;
#[cfg(feature = "device")]
use super::equipment::{self, ETHERNET_IRQ};

#[derive(Clone, Copy)]
struct Irq(u16);

// SAFETY: every image has at least 32 interrupts; only the alarm's and the network's are made into an `Irq`.
unsafe impl InterruptNumber for Irq {
    fn number(self) -> u16 {
        self.0
    }
}

static HOOK: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

pub(super) fn init() {
    // SAFETY: unmasking breaks no critical section here: none is open during `init`.
    unsafe { NVIC::unmask(Irq(clock::ALARM_IRQ)) };
}

#[cfg(feature = "device")]
pub(super) fn enable_ethernet() {
    // SAFETY: the handler is in place, and no mask-based critical section relies on this interrupt.
    unsafe { NVIC::unmask(Irq(ETHERNET_IRQ)) };
}

/// Sets the function that is called, in handler mode, after each interrupt that may have made a task ready.
pub fn set_hook(hook: fn()) {
    HOOK.store(hook as *mut (), Ordering::Release);
}

/// Core clocks between two interrupts of SysTick: no divisor or multiple of anything else here.
const NESTED_PERIOD: u32 = 997;
/// A priority with room above it, whatever number of bits is implemented (ARMv7-M ARM B1.5.4).
const BELOW_SYSTICK: u8 = 0x80;
/// Turns of a loop that SysTick's handler takes, so that the alarm often comes meanwhile.
const NESTED_DELAY: u32 = 100;

/// Has SysTick interrupt guests and, at a higher priority, the alarm's handler.
pub fn nest() {
    // SAFETY: this crate uses SysTick for nothing else, and nothing else sets priorities.
    unsafe {
        let mut core = Peripherals::steal();
        core.NVIC.set_priority(Irq(clock::ALARM_IRQ), BELOW_SYSTICK);
        core.SYST.set_clock_source(SystClkSource::Core);
        core.SYST.set_reload(NESTED_PERIOD);
        core.SYST.clear_current();
        core.SYST.enable_interrupt();
        core.SYST.enable_counter();
    }
}

/// Takes its time, and then the guest has to give way.
#[cortex_m_rt::exception]
unsafe fn SysTick() {
    for turn in 0..NESTED_DELAY {
        core::hint::black_box(turn);
    }
    call_hook();
}

#[cortex_m_rt::exception]
unsafe fn DefaultHandler(irq: i16) {
    const ALARM: i16 = clock::ALARM_IRQ as i16;
    match irq {
        ALARM => {
            clock::acknowledge();
            crate::time::on_tick();
        }
        #[cfg(feature = "device")]
        irq if irq == ETHERNET_IRQ as i16 => equipment::on_ethernet(),
        _ => crate::log::die!("unexpected exception or interrupt {=i16}", irq),
    }
    call_hook();
}

fn call_hook() {
    let hook = HOOK.load(Ordering::Acquire);
    if !hook.is_null() {
        // SAFETY: only `set_hook` stores here, and only a `fn()`.
        let hook = unsafe { core::mem::transmute::<*mut (), fn()>(hook) };
        hook();
    }
}

#[cortex_m_rt::exception]
unsafe fn HardFault(frame: &cortex_m_rt::ExceptionFrame) -> ! {
    // SAFETY: fault status registers of every ARMv7-M core (Arm DDI 0403, B3.2.15) and ARMv8-M Mainline core; reading has no effect.
    let scb = unsafe { &*cortex_m::peripheral::SCB::PTR };
    crate::log::die!(
        "hard fault: pc {=u32:#x}, lr {=u32:#x}, cfsr {=u32:#x}, hfsr {=u32:#x}, address {=u32:#x}",
        frame.pc(),
        frame.lr(),
        scb.cfsr.read(),
        scb.hfsr.read(),
        scb.bfar.read()
    )
}
