//! What the network firmware finds on AN386: Ethernet, slot store, provisioning page, sensor.

use core::sync::atomic::{AtomicBool, Ordering};

use super::{i2c, interrupt};
use crate::flash::ram::RamFlash;
use crate::lan9118::{self, Lan9118};
use crate::map;
use crate::sensor::{SensorError, tmp105_millicelsius};

const ETHERNET: usize = 0x4020_0000;
pub(super) const ETHERNET_IRQ: u16 = 13;
const SENSOR_BUS: usize = 0x4002_A000;
const SENSOR_ADDRESS: u8 = 0x48;

/// The network driver.
pub type Nic = Lan9118;
/// The slot store's flash.
pub type Flash = RamFlash<'static>;
/// Why there is no network driver.
pub type NicError = lan9118::Error;
/// Why there is no flash.
pub type FlashProbeError = core::convert::Infallible;

static FLASH_TAKEN: AtomicBool = AtomicBool::new(false);

/// The Ethernet controller.
pub fn nic() -> Result<Nic, NicError> {
    // SAFETY: AN386's memory map has the LAN9118 there; nothing else here uses it.
    let nic = unsafe { Lan9118::new(ETHERNET) }?;
    interrupt::enable_ethernet();
    Ok(nic)
}

/// The Ethernet controller's interrupt.
pub(super) fn on_ethernet() {
    // SAFETY: the address that `nic` gives to the driver.
    unsafe { lan9118::on_interrupt(ETHERNET) }
}

/// The flash for module slots: RAM on this board (see `flash::ram`). `Ok(None)` when already taken.
pub fn flash() -> Result<Option<Flash>, FlashProbeError> {
    if FLASH_TAKEN.swap(true, Ordering::Relaxed) {
        return Ok(None);
    }
    let start = map::SLOTS.base as *mut u8;
    // SAFETY: PSRAM that memory.x gives to nobody else, handed out once.
    let memory = unsafe { core::slice::from_raw_parts_mut(start, map::SLOTS.len) };
    Ok(Some(RamFlash::new(memory)))
}

/// The provisioning page, to be parsed.
pub fn provisioning_page() -> &'static [u8] {
    // SAFETY: memory that memory.x gives to nobody, and nobody writes.
    unsafe { core::slice::from_raw_parts(map::PROVISION.base as *const u8, map::PROVISION.len) }
}

/// The TMP105's temperature, with 12 bits (steps of 62.5 m°C).
pub fn read_millicelsius() -> Result<i32, SensorError> {
    const TEMPERATURE: u8 = 0;
    const CONFIGURATION: u8 = 1;
    const TWELVE_BITS: u8 = 0x60;
    // SAFETY: AN386's "Shield 1" I2C controller; used only here, and not from interrupts.
    let mut bus = unsafe { i2c::Bus::new(SENSOR_BUS) };
    bus.write(SENSOR_ADDRESS, &[CONFIGURATION, TWELVE_BITS])?;
    bus.write(SENSOR_ADDRESS, &[TEMPERATURE])?;
    let mut register = [0; 2];
    bus.read(SENSOR_ADDRESS, &mut register)?;
    Ok(tmp105_millicelsius(register))
}
