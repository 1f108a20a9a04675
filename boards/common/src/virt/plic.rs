//! The PLIC, context 0 = hart 0 in machine mode (RISC-V PLIC specification 1.0.0). Only virtio-net's interrupt is used.

use riscv::register::mie;

use crate::mmio::Registers;

// SAFETY: the virt machine's PLIC; used only here. Reading CLAIM claims, which is what is meant.
const PLIC: Registers = unsafe { Registers::new(0x0C00_0000) };
const PRIORITY: usize = 0;
const ENABLE: usize = 0x2000;
const THRESHOLD: usize = 0x20_0000;
const CLAIM: usize = 0x20_0004;

/// virtio-mmio slot 0's interrupt; the other slots' follow.
const VIRTIO_FIRST_IRQ: usize = 1;

pub(super) fn enable_virtio(slot: usize) {
    let irq = VIRTIO_FIRST_IRQ + slot;
    PLIC.write(THRESHOLD, 0);
    PLIC.write(PRIORITY + 4 * irq, 1);
    PLIC.write(ENABLE, PLIC.read(ENABLE) | 1 << irq);
    // SAFETY: the trap entry hands the interrupt to `on_interrupt`; no critical section relies on this mask.
    unsafe { mie::set_mext() };
}

pub(super) fn on_interrupt() {
    let irq = PLIC.read(CLAIM);
    if irq != 0 {
        crate::virtio_net::on_interrupt();
        PLIC.write(CLAIM, irq);
    }
}
