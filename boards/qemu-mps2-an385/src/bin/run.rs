//! The network-free firmware: does what the mailbox asks, answers by semihosting, exits.
#![no_std]
#![no_main]

#[cortex_m_rt::entry]
fn main() -> ! {
    sandgrain_board::run::run()
}
