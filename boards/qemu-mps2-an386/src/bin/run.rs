//! The network-free firmware: does what the mailbox asks, answers by semihosting, exits.
#![no_std]
#![no_main]

use sandgrain_board::{chip, exit};

#[cortex_m_rt::entry]
fn main() -> ! {
    chip::init();
    semihosting::println!("{}: ready", chip::NAME);
    exit(0)
}
