//! The update agent for Linux: the agent of `sandgrain_agent` between a broker, files and a module that runs natively.
//!
//! * [`config`]: options, in a file or on the command line
//! * [`session`]: feeds the agent and carries its actions out
//! * [`link`]: the connection to the broker, by TLS with certificates on both sides
//! * [`store`]: modules in files, which a crash at any moment leaves as they were or as they are to be
//! * [`module`]: the module in a thread of its own, with deadline, traps and host functions
//! * [`supervisor`]: what systemd is told
//! * [`log`]: lines for people
#![cfg(all(target_os = "linux", any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64")))]

pub mod config;
pub mod link;
pub mod log;
pub mod module;
pub mod session;
pub mod store;
pub mod supervisor;
