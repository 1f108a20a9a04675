//! Temperature, in thousandths of a degree Celsius.

/// Why a reading failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SensorError {
    /// Nothing answered at the sensor's bus address: not fitted, or the bus is stuck.
    NoAcknowledge,
}

/// The temperature now, from the board's sensor (see the board's README for which).
#[cfg(feature = "device")]
pub fn read_millicelsius() -> Result<i32, SensorError> {
    crate::chip::read_millicelsius()
}

/// A TMP105's temperature register: signed, in 1/256 °C, high byte first (TI SBOS417, "Temperature Register").
pub fn tmp105_millicelsius(register: [u8; 2]) -> i32 {
    i32::from(i16::from_be_bytes(register)) * 1000 / 256
}

/// The stand-in of boards without a sensor: a triangle wave over uptime, 21 500 m°C at boot, rising to 22 500, falling
/// to 20 500, back after 60 s. In whole steps of 1 m°C; the same on every board.
pub fn synthetic_millicelsius(uptime_ms: u64) -> i32 {
    const CENTRE: i32 = 21_500;
    const AMPLITUDE: i32 = 1_000;
    const QUARTER_MS: i32 = 15_000;
    let phase = (uptime_ms % (4 * QUARTER_MS as u64)) as i32;
    let distance = match phase / QUARTER_MS {
        0 => phase,
        1 | 2 => 2 * QUARTER_MS - phase,
        _ => phase - 4 * QUARTER_MS,
    };
    CENTRE + distance * AMPLITUDE / QUARTER_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tmp105_register_examples_of_the_data_sheet() {
        // TI SBOS417, table "12-Bit Temperature Data Format".
        for (register, millicelsius) in [
            ([0x7F, 0xF0], 127_937),
            ([0x64, 0x00], 100_000),
            ([0x19, 0x00], 25_000),
            ([0x00, 0x40], 250),
            ([0x00, 0x00], 0),
            ([0xFF, 0xC0], -250),
            ([0xE7, 0x00], -25_000),
            ([0xC9, 0x00], -55_000),
        ] {
            assert_eq!(tmp105_millicelsius(register), millicelsius);
        }
    }

    #[test]
    fn the_synthetic_wave_is_a_triangle_around_its_centre() {
        for (seconds, millicelsius) in
            [(0, 21_500), (15, 22_500), (30, 21_500), (45, 20_500), (60, 21_500), (75, 22_500)]
        {
            assert_eq!(synthetic_millicelsius(seconds * 1000), millicelsius);
        }
        let steps = (0..120_000u64).map(|ms| synthetic_millicelsius(ms + 1) - synthetic_millicelsius(ms));
        assert!(steps.clone().all(|step| step.abs() <= 1));
        assert!(steps.clone().any(|step| step != 0));
    }
}
