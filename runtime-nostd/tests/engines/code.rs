//! Code for this computer, in memory that it can run in.

use core::ptr;
use core::slice;

use rustix::mm::{MapFlags, MprotectFlags, ProtFlags, mmap_anonymous, mprotect, munmap};
use sandgrain_abi::Target;
use sandgrain_compiler::{Options, compile};
use sandgrain_runtime::{Module, this_device};

use crate::suite::Engine;

pub struct Code;

impl Engine for Code {
    fn run(&self, wasm: &[u8], fuel: bool, test: &mut dyn FnMut(Module<'_>)) {
        let mut options = Options::new(Target::X86_64);
        options.fuel = fuel;
        let artifact = compile(wasm, &options).unwrap().artifact;
        let flags = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new mapping, wherever there is room.
        let place = unsafe { mmap_anonymous(ptr::null_mut(), artifact.len(), flags, MapFlags::PRIVATE) }.unwrap();
        // SAFETY: the mapping is as long as the artifact, and nobody else has it.
        unsafe { ptr::copy_nonoverlapping(artifact.as_ptr(), place.cast(), artifact.len()) };
        // SAFETY: the mapping is this function's, and is not written any more.
        unsafe { mprotect(place, artifact.len(), MprotectFlags::READ | MprotectFlags::EXEC) }.unwrap();
        // SAFETY: it stays mapped until the end of this function, which `test`'s module does not outlive.
        let bytes = unsafe { slice::from_raw_parts(place.cast::<u8>(), artifact.len()) };
        let mut device = this_device(Target::X86_64).unwrap();
        device.features = sandgrain_runtime::cpu_features();
        // SAFETY: the compiler has just made it, for this computer.
        test(unsafe { Module::open(bytes, &device) }.unwrap());
        // SAFETY: nothing refers to it any more.
        unsafe { munmap(place, artifact.len()) }.unwrap();
    }

    /// Nothing interrupts a process: it gives way where host functions return.
    fn is_interruptible(&self) -> bool {
        false
    }
}
