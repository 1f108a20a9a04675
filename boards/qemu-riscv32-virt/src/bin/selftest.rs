//! The self-test firmware. Its body is `sandgrain_board::selftest`.
#![no_std]
#![no_main]

#[unsafe(no_mangle)]
fn sandgrain_main() -> ! {
    sandgrain_board::selftest::run()
}
