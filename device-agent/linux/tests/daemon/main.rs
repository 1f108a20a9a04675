//! The daemon as a process, over our own broker; `mutual_tls` has it over mosquitto, with certificates on both sides.
#![cfg(all(target_os = "linux", any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64")))]

mod life;
mod rig;
