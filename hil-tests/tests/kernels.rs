//! The kernels as modules beside the same source as native code: the same results, and what each costs.
//! `cargo test --test kernels -- --nocapture` shows the figures.

use std::path::Path;

use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{self, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::{self, Bench};
use sandgrain_run_protocol::{CallReport, Outcome, Value};

/// Kernel and argument.
const CALLS: [(&str, i32); 3] = [("fib", 22), ("crc32", 16), ("matmul", 4)];

/// Above this many times native instructions something is broken, and not merely slow.
const WORST: u64 = 5;

fn result(report: &CallReport) -> Value {
    match &report.outcome {
        Outcome::Returned(results) => results[0],
        Outcome::Trapped(trap) => panic!("{trap:?}"),
    }
}

#[test]
fn modules_and_native_code_of_one_source_agree() {
    let Some(wasm) = bench::guest("kernels") else { return };
    for bench in ["qemu-mps2-an386", "qemu-riscv32-virt"].into_iter().filter_map(Bench::of) {
        let options = Options { count_instructions: true, ..Options::default() };
        let file = ModuleFile::Wasm(wasm.clone());
        let artifact = module_file::build(Path::new("kernels.wasm"), file, bench.board.target).unwrap().artifact;
        let calls = CALLS.map(|(kernel, argument)| (kernel.to_owned(), vec![Value::I32(argument)]));
        let answer = bench.run_with(&Job { artifact, calls: calls.to_vec(), ..Job::default() }, &options);
        assert_eq!((&answer.refused, answer.calls.len()), (&None, CALLS.len()));
        for ((kernel, argument), guest) in CALLS.into_iter().zip(&answer.calls) {
            let native = job::execute_kernel(bench.board, &bench.firmware, kernel, argument, &options).unwrap();
            assert_eq!(result(guest), result(&native), "{kernel} on {}", bench.board.name);
            let ratio = guest.instructions as f64 / native.instructions as f64;
            println!(
                "{:<18} {:<14} module {:>9} native {:>9} instructions: {ratio:.2}",
                bench.board.name,
                format!("{kernel}({argument})"),
                guest.instructions,
                native.instructions
            );
            assert!(guest.instructions < native.instructions * WORST, "{kernel} on {}", bench.board.name);
        }
    }
}
