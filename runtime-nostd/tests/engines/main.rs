//! One suite for everything that can run a module: its own code, and the interpreter on WebAssembly from anywhere or from
//! an artifact for another part.

#[cfg(target_arch = "x86_64")]
mod code;
mod suite;

use sandgrain_abi::Target;
use sandgrain_compiler::{Options, compile};
use sandgrain_runtime::{Module, this_device};

use suite::Engine;

/// The interpreter, on WebAssembly from anywhere.
struct Interpreter;

impl Engine for Interpreter {
    fn run(&self, wasm: &[u8], _fuel: bool, test: &mut dyn FnMut(Module<'_>)) {
        test(Module::from_wasm(wasm));
    }
}

/// The interpreter, on what an artifact for another part carries.
struct Carried;

impl Engine for Carried {
    fn run(&self, wasm: &[u8], _fuel: bool, test: &mut dyn FnMut(Module<'_>)) {
        let mut options = Options::new(Target::CortexM4F);
        options.carry_wasm = true;
        let artifact = compile(wasm, &options).unwrap().artifact;
        let device = this_device(Target::X86_64).or(this_device(Target::Aarch64)).or(this_device(Target::Riscv64));
        // SAFETY: no code of it is run, which is another part's.
        let module = unsafe { Module::open(&artifact, &device.unwrap()) }.unwrap();
        assert!(module.content().is_none());
        test(module);
    }
}

#[test]
fn webassembly_is_interpreted() {
    suite::all(&Interpreter);
}

#[test]
fn webassembly_of_an_artifact_is_interpreted() {
    suite::all(&Carried);
}

#[test]
#[cfg(target_arch = "x86_64")]
fn code_is_run() {
    suite::all(&code::Code);
}

/// An artifact for another part that carries nothing is refused as ever, and so are bytes that are no module.
#[test]
fn what_nothing_can_run_is_refused() {
    let wasm = wat::parse_str("(module)").unwrap();
    let artifact = compile(&wasm, &Options::new(Target::CortexM4F)).unwrap().artifact;
    let device = this_device(Target::X86_64).unwrap();
    // SAFETY: nothing of it is run.
    let error = unsafe { Module::open(&artifact, &device) }.unwrap_err();
    assert!(error.to_string().contains("cortex-m4f"), "{error}");
    for bytes in [
        &b""[..],
        b"\0asm",
        b"\0asm\x01\0\0\0\x01\x05",
        b"\0asm\x01\0\0\0\x0a\x01\x01",
        b"\0asm\x01\0\0\0\x01\x04\x01\x60\x00\x05",
    ] {
        let error = suite::refusal(Module::from_wasm(bytes));
        assert!(error.starts_with("the WebAssembly cannot be interpreted: "), "{error}");
    }
    // Two exports of the name that the start function gets.
    let wasm = wat::parse_str(r#"(module (func $f (export "\00start")) (start $f))"#).unwrap();
    assert!(suite::refusal(Module::from_wasm(&wasm)).contains("the interpreter refuses it"));
    let wasm = wat::parse_str(r#"(module (import "env" "m" (memory 1)))"#).unwrap();
    assert!(suite::refusal(Module::from_wasm(&wasm)).contains("only functions can be imported"));
}
