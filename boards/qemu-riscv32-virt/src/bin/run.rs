//! The network-free firmware: does what the mailbox asks, answers by semihosting, exits.
#![no_std]
#![no_main]

#[unsafe(no_mangle)]
fn sandgrain_main() -> ! {
    sandgrain_board::run::run()
}
