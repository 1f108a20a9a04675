//! What it takes from a verified module in flash to its first instruction, in time and in RAM.
//!
//! Signature and digests are not part of it: they are checked on installing and at boot. Every other check is.

use std::path::Path;

use sandgrain_abi::Target;
use sandgrain_abi::layout::{HEADER_SIZE_32, StoreHeader};
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::Job;
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;

/// By board: instructions up to the first one of a module without data, and bytes of RAM that an instance takes beside its
/// memory, globals, tables, imports and stack.
const BUDGETS: [(&str, u64, u32); 2] = [("qemu-mps2-an386", 7_700, 220), ("qemu-riscv32-virt", 11_400, 236)];
/// What 10 KB of data in a memory of 10 KB may take on top: both are written, the memory twice.
const DATA_BUDGET: u64 = 12_500;

const FIB: &str = r#"(module
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add
        (call $fib (i32.sub (local.get 0) (i32.const 1)))
        (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
  (func (export "nothing")))"#;

/// Ten thousand bytes in a memory of as many, with pages of one byte.
fn with_data() -> String {
    let data: String = (0..10_000).map(|i| format!("\\{:02x}", i * 7 % 251)).collect();
    format!(
        r#"(module (memory 10000 (pagesize 1)) (data (i32.const 0) "{data}")
             (func (export "get") (param i32) (result i32) (i32.load (local.get 0)))
             (func (export "nothing")))"#
    )
}

fn artifact(text: &str, target: Target) -> Vec<u8> {
    let options = module_file::options(Path::new("m.wat"), target);
    let wasm = ModuleFile::Wasm(wat::parse_str(text).unwrap());
    module_file::build_with_progress(Path::new("m.wat"), wasm, &options, &|_| ()).unwrap().artifact
}

/// Instructions for opening, instantiating and calling a function that does nothing, and RAM of the instance.
fn start(bench: &Bench, text: &str) -> (u64, u32) {
    let calls = vec![("nothing".to_owned(), Vec::new())];
    let job = Job { artifact: artifact(text, bench.board.target), calls, ..Job::default() };
    let answer = bench.run_with(&job, &Options { count_instructions: true, ..Options::default() });
    let started = answer.started.unwrap_or_else(|| panic!("on {}: {:?}", bench.board, answer.refused));
    (started.instructions + answer.calls[0].instructions, started.host_bytes)
}

#[test]
fn a_module_starts_within_its_budget() {
    for (board, budget, ram_budget) in BUDGETS {
        let Some(bench) = Bench::of(board) else { continue };
        let (fib, host_bytes) = start(&bench, FIB);
        let (data, _) = start(&bench, &with_data());
        println!("{board}: {fib} instructions to start fib, {data} with 10,000 bytes of data");
        assert!(fib <= budget, "{board}: {fib} of {budget} instructions");
        assert!(data <= fib + DATA_BUDGET, "{board}: {data} instructions, {fib} without data");
        let ram = host_bytes + HEADER_SIZE_32 + StoreHeader::size(4);
        println!("{board}: {ram} bytes of RAM an instance: {host_bytes} and the headers");
        assert!(ram <= ram_budget, "{board}: {ram} of {ram_budget} bytes of RAM");
    }
}
