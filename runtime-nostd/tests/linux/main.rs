//! Processes under Linux: memory, faults and time, on the computer that the tests run on. Those on boards are for the other
//! parts (`hil-tests/tests/processes.rs`).
#![cfg(all(target_os = "linux", any(target_arch = "aarch64", target_arch = "riscv64", target_arch = "x86_64")))]

mod faults;
mod memory;
mod preemption;

use sandgrain_abi::Target;
use sandgrain_artifact::DeviceProfile;
use sandgrain_compiler::{Options, compile};
use sandgrain_runtime::linux::Code;
use sandgrain_runtime::{Module, cpu_features, this_device};

fn device() -> DeviceProfile {
    let targets = [Target::X86_64, Target::Aarch64, Target::Riscv64];
    let mut device = targets.into_iter().find_map(this_device).unwrap();
    device.features = cpu_features();
    device
}

fn artifact(text: &str) -> Vec<u8> {
    compile(&wat::parse_str(text).unwrap(), &Options::new(device().target)).unwrap().artifact
}

fn code(text: &str) -> Code {
    Code::new(&artifact(text)).unwrap()
}

fn module(code: &Code) -> Module<'_> {
    // SAFETY: the compiler has just made it for this computer, or a test wants to see what becomes of other code.
    unsafe { Module::open(code.bytes(), &device()) }.unwrap()
}
