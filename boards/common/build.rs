//! Hands the triple on to `part`, and puts RISC-V's linker script where the linker looks; Cortex-M's comes from
//! cortex-m-rt.

use std::{env, fs, path::PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=src/virt/link.x");
    println!("cargo:rustc-env=SANDGRAIN_TRIPLE={}", env::var("TARGET").expect("cargo sets TARGET"));
    if env::var_os("CARGO_FEATURE_QEMU_RISCV32_VIRT").is_some() {
        let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
        fs::copy("src/virt/link.x", out.join("link.x")).expect("copy src/virt/link.x");
        println!("cargo:rustc-link-search={}", out.display());
    }
}
