//! Code for this computer, in memory that it can run in.

use sandgrain_abi::Target;
use sandgrain_compiler::{Options, compile};
use sandgrain_runtime::{Module, linux, this_device};

use crate::suite::Engine;

pub struct Code;

impl Engine for Code {
    fn run(&self, wasm: &[u8], fuel: bool, test: &mut dyn FnMut(Module<'_>)) {
        let mut options = Options::new(Target::X86_64);
        options.fuel = fuel;
        let code = linux::Code::new(&compile(wasm, &options).unwrap().artifact).unwrap();
        let mut device = this_device(Target::X86_64).unwrap();
        device.features = sandgrain_runtime::cpu_features();
        // SAFETY: the compiler has just made it, for this computer.
        test(unsafe { Module::open(code.bytes(), &device) }.unwrap());
    }
}
