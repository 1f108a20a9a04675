//! The self-test firmware. Its body is `sandgrain_board::selftest`.
#![no_std]
#![no_main]

#[cortex_m_rt::entry]
fn main() -> ! {
    sandgrain_board::selftest::run()
}
