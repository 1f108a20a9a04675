//! Sets `cfg(riscv_float)` if the build's own code uses RISC-V's float registers: rustc tells stable crates only which
//! of the ratified integer extensions it compiles for. Refuses features where they would do nothing.

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-check-cfg=cfg(riscv_float)");
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let triple = variable("TARGET");
    let contains = ["thumbv7m", "thumbv7em", "riscv32"].iter().any(|start| triple.starts_with(start));
    assert!(
        contains || env::var_os("CARGO_FEATURE_CONTAINMENT").is_none(),
        "the feature `containment` is for ARMv7-M and RV32, not {triple}; build without it"
    );
    let is_served = ["aarch64", "riscv64", "x86_64"].contains(&variable("CARGO_CFG_TARGET_ARCH").as_str());
    assert!(
        is_served && variable("CARGO_CFG_TARGET_OS") == "linux" || env::var_os("CARGO_FEATURE_LINUX").is_none(),
        "the feature `linux` is for AArch64, RISC-V (64 bits) and x86-64 under Linux, not {triple}; build without it"
    );
    // riscv32imafc-unknown-none-elf: single letters up to a hyphen or underscore, g among them stands for several.
    let letters = triple.strip_prefix("riscv32").and_then(|rest| rest.split(['-', '_']).next()).unwrap_or_default();
    let by_name = letters.contains(['f', 'd', 'g']);
    let by_feature = triple.starts_with("riscv32") && variable("CARGO_CFG_TARGET_FEATURE").split(',').any(|f| f == "f");
    if by_name || by_feature {
        println!("cargo:rustc-cfg=riscv_float");
    }
}
