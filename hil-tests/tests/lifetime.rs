//! An emulator that is killed, or does not answer: named, and no process is left.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{self, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;

const BOARD: &str = "qemu-riscv32-virt";

fn forever(bench: &Bench) -> Job {
    let wasm = wat::parse_str(r#"(module (func (export "f") (loop (br 0))))"#).unwrap();
    let built = module_file::build(Path::new("m.wasm"), ModuleFile::Wasm(wasm), bench.board.target).unwrap();
    Job { artifact: built.artifact, calls: vec![("f".to_owned(), vec![])], ..Job::default() }
}

/// Ids of live processes that have `marker` among their arguments.
fn processes(marker: &str) -> Vec<String> {
    let ids = std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    ids.filter(|id| std::fs::read_to_string(format!("/proc/{id}/cmdline")).is_ok_and(|line| line.contains(marker)))
        .collect()
}

fn marked(marker: &str, limit: Duration) -> Options {
    Options { limit, extra: vec!["-name".into(), marker.into()], ..Options::default() }
}

fn within(limit: Duration, mut condition: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + limit;
    while Instant::now() < deadline {
        if condition() {
            return true;
        }
        thread::sleep(Duration::from_millis(10));
    }
    condition()
}

#[test]
fn a_board_that_does_not_answer_is_named_and_gone() {
    let Some(bench) = Bench::of(BOARD) else { return };
    let marker = format!("no-answer-{}", std::process::id());
    let options = marked(&marker, Duration::from_secs(2));
    let error = job::execute(bench.board, &bench.firmware, &forever(&bench), &options).unwrap_err().to_string();
    assert!(error.contains("did not answer within 2 s"), "{error}");
    assert_eq!(processes(&marker), [""; 0]);
}

#[test]
fn an_emulator_that_is_killed_is_named_and_gone() {
    let Some(bench) = Bench::of(BOARD) else { return };
    let marker = format!("killed-{}", std::process::id());
    let options = marked(&marker, Duration::from_secs(60));
    let (board, firmware, job) = (bench.board, bench.firmware.clone(), forever(&bench));
    let running = thread::spawn(move || job::execute(board, &firmware, &job, &options));
    let patience = Duration::from_secs(20);
    assert!(within(patience, || !processes(&marker).is_empty()), "the emulator starts");
    for id in processes(&marker) {
        std::process::Command::new("kill").args(["-9", &id]).status().unwrap();
    }
    let error = running.join().unwrap().unwrap_err().to_string();
    assert!(error.contains("ended without a complete answer") && error.contains("signal: 9"), "{error}");
    assert!(within(patience, || processes(&marker).is_empty()));
}
