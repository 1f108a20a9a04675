//! Vectors, and what a runtime needs to hook into them.
//!
//! The vector table is cortex-m-rt's. Handlers run on MSP. A runtime that wants to take the core away from a guest sets
//! a hook: it is called at the end of the alarm's and the network's interrupt and would pend PendSV, whose vector
//! (`#[cortex_m_rt::exception] PendSV`, or an `extern "C"` symbol of that name) is left to it, as are SysTick, SVCall
//! and the configurable faults.

use core::sync::atomic::{AtomicPtr, Ordering};

use cortex_m::interrupt::InterruptNumber;
use cortex_m::peripheral::NVIC;

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
        _ => panic!("unexpected exception or interrupt {irq}"),
    }
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
    panic!(
        "hard fault: pc {:#x}, lr {:#x}, cfsr {:#x}, hfsr {:#x}, address {:#x}",
        frame.pc(),
        frame.lr(),
        scb.cfsr.read(),
        scb.hfsr.read(),
        scb.bfar.read()
    )
}
