//! Arm's SBCon I2C controller: two open-drain lines under program control, so the protocol is here.
//! Source: Arm DUI 0224 (Versatile baseboard), "Serial bus interface"; NXP UM10204 for the bus.

use crate::mmio::Registers;
use crate::sensor::SensorError;

/// Reading it gives the lines' levels, writing it releases lines.
const SET: usize = 0;
/// Writing it pulls lines low.
const CLEAR: usize = 4;
const SCL: u32 = 1;
const SDA: u32 = 2;

pub(super) struct Bus(Registers);

impl Bus {
    /// # Safety
    /// `base` must be an SBCon controller that nothing else uses meanwhile.
    pub(super) unsafe fn new(base: usize) -> Self {
        // SAFETY: our caller's promise is the one asked for.
        Self(unsafe { Registers::new(base) })
    }

    pub(super) fn write(&mut self, address: u8, bytes: &[u8]) -> Result<(), SensorError> {
        self.start();
        let acknowledged = self.put(address << 1) && bytes.iter().all(|&byte| self.put(byte));
        self.stop();
        acknowledged.then_some(()).ok_or(SensorError::NoAcknowledge)
    }

    pub(super) fn read(&mut self, address: u8, bytes: &mut [u8]) -> Result<(), SensorError> {
        self.start();
        let acknowledged = self.put(address << 1 | 1);
        if acknowledged {
            let last = bytes.len().saturating_sub(1);
            for (index, byte) in bytes.iter_mut().enumerate() {
                *byte = self.get(index != last);
            }
        }
        self.stop();
        acknowledged.then_some(()).ok_or(SensorError::NoAcknowledge)
    }

    fn line(&self, line: u32, released: bool) {
        self.0.write(if released { SET } else { CLEAR }, line);
        half_bit();
    }

    fn start(&self) {
        self.line(SDA, true);
        self.line(SCL, true);
        self.line(SDA, false);
        self.line(SCL, false);
    }

    fn stop(&self) {
        self.line(SDA, false);
        self.line(SCL, true);
        self.line(SDA, true);
    }

    fn bit(&self, released: bool) -> bool {
        self.line(SDA, released);
        self.line(SCL, true);
        let level = self.0.read(SET) & SDA != 0;
        self.line(SCL, false);
        level
    }

    /// Sends a byte; whether it was acknowledged.
    fn put(&self, byte: u8) -> bool {
        for shift in (0..8).rev() {
            self.bit(byte >> shift & 1 != 0);
        }
        !self.bit(true)
    }

    fn get(&self, acknowledge: bool) -> u8 {
        let byte = (0..8).fold(0, |byte, _| byte << 1 | u8::from(self.bit(true)));
        self.bit(!acknowledge);
        byte
    }
}

/// Busy-waits about as long as half a bit of 100 kHz I2C takes; QEMU does not need it, a real bus does.
fn half_bit() {
    cortex_m::asm::delay(25_000_000 / 200_000);
}
