//! What the network firmware finds: virtio-net, a pflash bank with slots and provisioning page, a computed temperature.

use core::sync::atomic::{AtomicBool, Ordering};

use super::{clock, plic};
use crate::flash::cfi::{CfiFlash, ProbeError};
use crate::map;
use crate::sensor::{SensorError, synthetic_millicelsius};
use crate::virtio_net::{self, VirtioNet};

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

static FLASH_TAKEN: AtomicBool = AtomicBool::new(false);

/// The Ethernet device.
pub fn nic() -> Result<Nic, NicError> {
    let slots = (0..VIRTIO_SLOTS).map(|slot| VIRTIO_FIRST + slot * VIRTIO_STEP);
    // SAFETY: the virt machine's eight virtio-mmio blocks; nothing else here uses one.
    let (nic, slot) = unsafe { VirtioNet::new(slots) }?;
    plic::enable_virtio(slot);
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
