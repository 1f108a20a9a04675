//! The network-free firmware as a Linux process: does what the mailbox asks, answers on the standard output, exits.

fn main() {
    sandgrain_board::run::run()
}
