//! The network firmware: agent, log and heartbeat. Its body is `sandgrain_board::device`.
#![no_std]
#![no_main]

#[cortex_m_rt::entry]
fn main() -> ! {
    sandgrain_board::device::run()
}
