//! Code runs where its artifact lies: at any place, under any firmware, unchanged; and nothing else runs.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::ops::Range;
use std::path::Path;

use sandgrain_artifact::Digest;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{Answer, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::{cases, oracle};
use sandgrain_run_protocol::{Outcome, Stage, Value};

const BOARDS: [&str; 2] = ["qemu-mps2-an386", "qemu-riscv32-virt"];

/// Programs with calls, tables, segments, globals, traps and a start function: whatever code refers to.
const PROGRAMS: [&str; 6] = ["fib", "call_indirect", "memory_bulk", "globals", "start_function", "unreachable"];

fn compile(bench: &Bench, wasm: &[u8]) -> Vec<u8> {
    let file = ModuleFile::Wasm(wasm.to_vec());
    module_file::build(Path::new("module.wasm"), file, bench.board.target).unwrap().artifact
}

fn returns(constant: i32) -> Vec<u8> {
    wat::parse_str(format!(r#"(module (func (export "f") (result i32) (i32.const {constant})))"#)).unwrap()
}

fn job(artifact: &[u8], function: &str) -> Job {
    let calls = vec![(function.to_owned(), Vec::new())];
    Job { artifact: artifact.to_vec(), calls, verify: true, ..Job::default() }
}

fn result(answer: &Answer) -> Option<Value> {
    match &answer.calls.first()?.outcome {
        Outcome::Returned(results) => results.first().copied(),
        Outcome::Trapped(_) => None,
    }
}

/// Addresses of the blocks that QEMU executes while `job` runs.
fn executed(bench: &Bench, job: &Job) -> (Answer, BTreeSet<u32>) {
    let directory = tempfile::tempdir().unwrap();
    let log = directory.path().join("trace");
    let mut extra: Vec<OsString> = vec!["-d".into(), "exec,nochain".into(), "-D".into()];
    extra.push(log.clone().into());
    let answer = bench.run_with(job, &Options { extra, ..Options::default() });
    let trace = std::fs::read_to_string(log).unwrap();
    // "Trace 0: 0x7f00f4000100 [00000000/80600124/00b02000/ff200000] name": the second number in brackets.
    let address = |line: &str| {
        let fields = line.strip_prefix("Trace ")?.split_once('[')?.1;
        u32::from_str_radix(fields.split('/').nth(1)?, 16).ok()
    };
    (answer, trace.lines().filter_map(address).collect())
}

/// Every block executed is the firmware's or the artifact's; of the latter there are some, all in its code.
#[test]
fn what_runs_is_the_artifact_and_the_firmware() {
    for bench in BOARDS.into_iter().filter_map(Bench::of) {
        let case = cases::all().into_iter().find(|case| case.name == "fib").unwrap();
        let artifact = compile(&bench, &case.wasm);
        let (answer, addresses) = executed(&bench, &Job { calls: case.calls, ..job(&artifact, "") });
        let started = answer.started.unwrap();
        let text = started.text_address..started.text_address + started.text_bytes;
        let firmware = bench.board.memory.code.expect("these boards are machines");
        let boot_rom = boot_rom(&bench);
        let (guest, host): (Vec<u32>, Vec<u32>) = addresses.iter().partition(|address| text.contains(address));
        assert!(guest.len() >= 3, "{}: {guest:x?}", bench.board.name);
        let stray: Vec<&u32> = host.iter().filter(|a| !firmware.holds(**a, 1) && !boot_rom.contains(a)).collect();
        assert!(stray.is_empty(), "{}: executed outside of firmware and artifact: {stray:x?}", bench.board.name);
        assert!(bench.board.memory.artifact.holds(text.start, started.text_bytes.into()));
    }
}

/// Where the emulator itself puts the instructions that jump to the firmware after reset.
fn boot_rom(bench: &Bench) -> Range<u32> {
    match bench.board.name {
        "qemu-riscv32-virt" => 0x1000..0x1100,
        _ => 0..0,
    }
}

/// Exactly the bytes in the artifact decide: another immediate in its code, another result.
#[test]
fn a_changed_instruction_changes_the_result() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(changed_code_is_what_runs);
}

#[test]
fn a_changed_instruction_changes_the_result_on_every_other_part() {
    Bench::every_other_part().into_iter().for_each(changed_code_is_what_runs);
}

fn changed_code_is_what_runs(bench: Bench) {
    let (first, second) = (compile(&bench, &returns(42)), compile(&bench, &returns(43)));
    assert_eq!(first.len(), second.len());
    let content = module_file::check(Path::new("m.sg"), &first, bench.board.target).unwrap();
    let content = first.len() - content.content_bytes().len();
    let mut patched = first.clone();
    patched[content..].copy_from_slice(&second[content..]);
    assert_ne!(first, patched);
    let trusting = |artifact: &[u8]| bench.run(&Job { verify: false, ..job(artifact, "f") });
    assert_eq!(result(&trusting(&first)), Some(Value::I32(42)));
    assert_eq!(result(&trusting(&patched)), Some(Value::I32(43)));
    let (stage, why) = bench.run(&job(&patched, "f")).refused.expect("the digests are those of other code");
    assert!(stage == Stage::Open && why.contains("chunk 0"), "{stage:?} {why}");
}

/// The same bytes at two addresses under two builds of the firmware: the same results, and the same bytes afterwards.
#[test]
fn the_same_bytes_run_anywhere_under_any_firmware() {
    for bench in BOARDS.into_iter().filter_map(Bench::of) {
        let Some(other) = bench.other_build() else { continue };
        let firmwares = [&bench, &other].map(|b| Digest::of(&[&std::fs::read(&b.firmware).unwrap()]));
        assert_ne!(firmwares[0], firmwares[1], "the builds are two");
        same_at_two_addresses(&bench, &other);
    }
}

/// The same bytes at two addresses; a second build of each of these would take long.
#[test]
fn the_same_bytes_run_anywhere_on_every_other_part() {
    Bench::every_other_part().iter().for_each(|bench| same_at_two_addresses(bench, bench));
}

fn same_at_two_addresses(bench: &Bench, other: &Bench) {
    let region = bench.board.memory.artifact;
    for case in cases::all().into_iter().filter(|case| PROGRAMS.contains(&case.name.as_str())) {
        let artifact = compile(bench, &case.wasm);
        let expected = oracle::run(&case).unwrap().len();
        let run = |bench: &Bench, address: u32| {
            let calls = case.calls.clone();
            // `verify` has the device compare every byte of the content before and after.
            let answer = bench.run(&Job { calls, address: Some(address), ..job(&artifact, "") });
            assert_eq!(answer.refused, None, "{}", case.name);
            assert!(answer.started.unwrap().text_address > address);
            let outcomes: Vec<Outcome> = answer.calls.into_iter().map(|call| call.outcome).collect();
            assert_eq!(outcomes.len(), expected, "{}", case.name);
            outcomes
        };
        let here = run(bench, region.base);
        assert_eq!(here, run(other, region.base + 0x12340), "{} on {}", case.name, bench.board.name);
    }
}
