//! QEMU's riscv32 virt, as RV32IMAC: CLINT, PLIC, NS16550A, virtio-mmio, a pflash bank (QEMU: docs/system/riscv/virt).

pub mod clock;
pub mod interrupt;
mod start;
pub mod uart;

use core::sync::atomic::{AtomicBool, Ordering};

use crate::flash::cfi::{CfiFlash, ProbeError};
use crate::map;
use crate::mmio::Registers;
use crate::part::{self, Parts};
use crate::sensor::{SensorError, synthetic_millicelsius};
use crate::virtio_net::{self, VirtioNet};

/// The board's name, as `sandgrain boards` lists it.
pub const NAME: &str = "qemu-riscv32-virt";
/// What the board can be.
pub const PARTS: Parts = part::VIRT;

const VIRTIO_FIRST: usize = 0x1000_1000;
const VIRTIO_STEP: usize = 0x1000;
const VIRTIO_SLOTS: usize = 8;
const FLASH_BANK: usize = 0x2200_0000;

/// The network driver.
pub type Nic = VirtioNet;
/// The slot store's flash.
pub type Flash = CfiFlash;
/// Why there is no network driver.
pub type NicError = virtio_net::Error;
/// Why there is no flash.
pub type FlashProbeError = ProbeError;

static INITIALISED: AtomicBool = AtomicBool::new(false);
static FLASH_TAKEN: AtomicBool = AtomicBool::new(false);

/// Starts clock, log and interrupts. Call once, first.
pub fn init() {
    if INITIALISED.swap(true, Ordering::Relaxed) {
        return;
    }
    crate::boots::count();
    clock::init();
    interrupt::init();
}

/// Resets the board; RAM and flash keep their content.
pub fn reset() -> ! {
    // SAFETY: the virt machine's test device; 7777h resets the machine and does not come back.
    let test = unsafe { Registers::new(0x0010_0000) };
    test.write(0, 0x7777);
    loop {
        wait_for_interrupt();
    }
}

/// The Ethernet device.
pub fn nic() -> Result<Nic, NicError> {
    let slots = (0..VIRTIO_SLOTS).map(|slot| VIRTIO_FIRST + slot * VIRTIO_STEP);
    // SAFETY: the virt machine's eight virtio-mmio blocks; nothing else here uses one.
    let (nic, slot) = unsafe { VirtioNet::new(slots) }?;
    interrupt::enable_virtio(slot);
    Ok(nic)
}

/// The flash for module slots: the pflash bank behind the provisioning page's sector. `Ok(None)` when already taken.
pub fn flash() -> Result<Option<Flash>, FlashProbeError> {
    if FLASH_TAKEN.swap(true, Ordering::Relaxed) {
        return Ok(None);
    }
    // SAFETY: the virt machine's second pflash bank, or nothing; both constants are multiples of the sector size and
    // inside the bank; handed out once.
    unsafe { CfiFlash::probe(FLASH_BANK, map::SLOTS.base, map::SLOTS.len) }.map(Some)
}

/// The provisioning page, to be parsed: a copy, because the bank cannot be read while it is being programmed.
pub fn provisioning_page() -> &'static [u8] {
    static COPY: static_cell::StaticCell<[u8; sandgrain_provision::MAX_LEN]> = static_cell::StaticCell::new();
    // SAFETY: the first sector of the bank, in read-array mode after reset; nobody programs it.
    let page = unsafe { &*(map::PROVISION.base as *const [u8; sandgrain_provision::MAX_LEN]) };
    match COPY.try_init(*page) {
        Some(copy) => copy,
        None => &[], // only the first caller gets the page
    }
}

/// There is no sensor and no bus for one: a stand-in, computed from the uptime.
pub fn read_millicelsius() -> Result<i32, SensorError> {
    Ok(synthetic_millicelsius(clock::now() / (crate::time::TICK_HZ / 1000)))
}

/// Instructions that the core can wait for the next interrupt with.
pub fn wait_for_interrupt() {
    riscv::asm::wfi();
}

/// Makes code that was written to memory the code that is fetched (Zifencei; RISC-V unprivileged specification, ch. 6).
pub fn synchronize_code() {
    riscv::asm::fence_i();
}
