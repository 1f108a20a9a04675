//! The imports from `env`, and their safe faces. The firmware checks every address and length that it is given.

use crate::Busy;

mod env {
    #[link(wasm_import_module = "env")]
    unsafe extern "C" {
        pub safe fn read_temperature() -> i32;
        pub safe fn uptime_ms() -> i64;
        pub fn publish(topic: *const u8, topic_len: usize, data: *const u8, data_len: usize) -> i32;
        pub fn log(text: *const u8, text_len: usize);
    }
}

/// The temperature in thousandths of a degree Celsius; `None` if the sensor does not answer.
pub fn read_temperature() -> Option<i32> {
    Some(env::read_temperature()).filter(|t| *t != i32::MIN)
}

/// Milliseconds since the device booted.
pub fn uptime_ms() -> i64 {
    env::uptime_ms()
}

/// Publishes `data` under `sg/v1/{device}/data/{topic}`, at most once.
///
/// Traps if `topic` is longer than [`MAX_TOPIC`](crate::MAX_TOPIC) or `data` than [`MAX_DATA`](crate::MAX_DATA).
///
/// # Errors
/// [`Busy`] while too much waits to be sent.
pub fn publish(topic: &str, data: &[u8]) -> Result<(), Busy> {
    // SAFETY: both pairs describe slices that live during the call; the firmware only reads them.
    match unsafe { env::publish(topic.as_ptr(), topic.len(), data.as_ptr(), data.len()) } {
        0 => Ok(()),
        _ => Err(Busy),
    }
}

/// Writes a line to the device's log.
pub fn log(text: &str) {
    // SAFETY: as for `publish`.
    unsafe { env::log(text.as_ptr(), text.len()) }
}
