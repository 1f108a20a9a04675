//! The benchmark in small, so that it keeps working: a kernel in C as gcc's native code, beside the same computation in Rust
//! as a module; and a folder of modules. `./dev bench` is the whole.

use std::path::Path;

use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::Job;
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::{self, Bench};
use sandgrain_hil_tests::speed::kernels;
use sandgrain_hil_tests::speed::measure::{self, Engine};
use sandgrain_hil_tests::speed::native::{Compiler, Level};
use sandgrain_run_protocol::{Outcome, Value};

/// Above this many times native instructions something is broken, and not merely slow.
const WORST: u64 = 5;

#[test]
fn a_module_and_native_code_are_measured_alike() {
    let Some(wasm) = bench::guest("kernels") else { return };
    let Some(bench) = Bench::of("qemu-mps2-an386") else { return };
    let crc32 = kernels::own().into_iter().find(|kernel| kernel.name == "crc32").unwrap();
    let native = measure::native(&crc32, Compiler::Gcc, Level::Speed, &bench).unwrap();

    let built = module_file::build(Path::new("kernels.wasm"), ModuleFile::Wasm(wasm), bench.board.target).unwrap();
    let calls = vec![("crc32".to_owned(), vec![Value::I32(crc32.argument)])];
    let job = Job { artifact: built.artifact, calls, ..Job::default() };
    let answer = bench.run_with(&job, &Options { count_instructions: true, ..Options::default() });
    let Outcome::Returned(results) = &answer.calls[0].outcome else { panic!("{answer:?}") };
    assert_eq!(results[..], [Value::I32(native.result)]);
    let (ours, native) = (answer.calls[0].instructions, native.instructions);
    println!("crc32({}): module {ours}, native {native} instructions", crc32.argument);
    // A table look-up a byte takes some instructions, whoever compiles it.
    assert!(native > 4 * 1024 * crc32.argument as u64 && ours > native / 2 && ours < native * WORST);
}

#[test]
fn a_folder_of_modules_is_measured_and_each_result_compared() {
    let Some(bench) = Bench::of("qemu-riscv32-virt") else { return };
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, body: &str| {
        let text = format!(r#"(module (func (export "run") (param i32) (result i32) {body}))"#);
        std::fs::write(folder.path().join(name), wat::parse_str(text).unwrap()).unwrap();
    };
    let sum = "(local $sum i32)
        (loop
            (local.set $sum (i32.add (local.get $sum) (local.get 0)))
            (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get $sum)";
    write("sum.wasm", sum);
    write("trap.wasm", "unreachable");
    let kernels = kernels::of_folder(folder.path(), 100).unwrap();
    let empty_call = measure::empty_call(&bench).unwrap();
    let rows: Vec<_> = kernels.iter().map(|kernel| measure::row(kernel, &bench, empty_call)).collect();
    let sum = rows[0].figures(Engine::Sandgrain, Level::Speed).unwrap();
    assert_eq!(sum.result, 5050);
    // At least an addition, a subtraction and a branch a turn.
    assert!((300..600).contains(&sum.instructions), "{}", sum.instructions);
    assert!(rows[1].measurements.iter().all(|m| m.figures.is_err()), "{:?}", rows[1].measurements);
}
