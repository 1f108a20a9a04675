//! The network firmware: agent, log and heartbeat. Its body is `sandgrain_board::device`.
#![no_std]
#![no_main]

#[unsafe(no_mangle)]
fn sandgrain_main() -> ! {
    sandgrain_board::device::run()
}
