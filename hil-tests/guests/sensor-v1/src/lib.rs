//! Reads the temperature and publishes it.
#![no_std]

use sandgrain_guest::{Line, publish, read_temperature};

/// Called by the firmware twice a second.
#[unsafe(no_mangle)]
pub extern "C" fn on_tick() {
    if let Some(temperature) = read_temperature() {
        let line = Line::new().text("{\"version\":1,\"millicelsius\":").number(temperature).text("}");
        // When too much waits for the network this reading is lost; the next one is not far.
        let _ = publish("temperature", line.as_bytes());
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
