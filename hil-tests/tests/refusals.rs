//! Bad artifacts on the device itself: refused by name, and nothing worse.

use std::path::Path;

use sandgrain_artifact::header::MANIFEST_OFFSET;
use sandgrain_cli::Board;
use sandgrain_cli::job::{Answer, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_run_protocol::{Outcome, Stage, Value};

const PROGRAM: &str = r#"(module (memory (export "m") 1) (data (i32.const 4) "\2a")
    (table 2 funcref) (elem (i32.const 0) $f) (global $g (mut i32) (i32.const 7))
    (func $f (export "f") (result i32) (i32.add (global.get $g) (i32.load (i32.const 4)))))"#;

fn artifact(board: &Board) -> Vec<u8> {
    let file = ModuleFile::Wasm(wat::parse_str(PROGRAM).unwrap());
    module_file::build(Path::new("m.wasm"), file, board.target).unwrap().artifact
}

fn run(bench: &Bench, artifact: Vec<u8>) -> Answer {
    bench.run(&Job { artifact, calls: vec![("f".to_owned(), vec![])], verify: true, ..Job::default() })
}

fn refusal(bench: &Bench, artifact: Vec<u8>) -> String {
    match run(bench, artifact).refused {
        Some((Stage::Open, why)) => why,
        other => panic!("{}: {other:?}", bench.board.name),
    }
}

#[test]
fn refusals_on_qemu_mps2_an386() {
    Bench::of("qemu-mps2-an386").iter().for_each(refuses_by_name);
}

#[test]
fn refusals_on_qemu_riscv32_virt() {
    Bench::of("qemu-riscv32-virt").iter().for_each(refuses_by_name);
}

fn refuses_by_name(bench: &Bench) {
    let good = artifact(bench.board);
    let changed = |at: usize, to: u8| {
        let mut bytes = good.clone();
        bytes[at] = to;
        bytes
    };
    let last = good.len() - 1;
    let elsewhere = Board::all().iter().find(|board| board.target != bench.board.target).unwrap();
    for (what, bytes, name) in [
        ("another format", changed(1, b'X'), "not a Sandgrain artifact"),
        ("another version", changed(4, 9), "artifact version 9"),
        ("another ABI", changed(6, 9), "ABI version 9"),
        ("another target's", artifact(elsewhere), "this device is"),
        ("an unknown target", changed(8, 0x77), "unknown target"),
        ("unknown CPU features", changed(10, 1), "CPU feature `unknown`"),
        ("unknown helpers", changed(23, 0x80), "helper group"),
        ("damaged content", changed(last, good[last] ^ 1), "chunk"),
        ("a damaged digest", changed(MANIFEST_OFFSET + 30, good[MANIFEST_OFFSET + 30] ^ 1), "chunk"),
        ("no content", good[..good.len() / 2].to_vec(), "truncated"),
        ("half a header", good[..16].to_vec(), "truncated"),
        ("text", b"#!/bin/sh\necho nothing to see here, move on\n".to_vec(), "not a Sandgrain artifact"),
    ] {
        let why = refusal(bench, bytes);
        assert!(why.contains(name), "{}: {what}: {why}", bench.board.name);
    }
}

/// Each byte of the envelope, changed: refused, or of no consequence. Never a panic, which `run` would report.
#[test]
fn no_changed_byte_stops_a_board() {
    for bench in ["qemu-mps2-an386", "qemu-riscv32-virt"].into_iter().filter_map(Bench::of) {
        let good = artifact(bench.board);
        let expected =
            Some(Outcome::Returned(sandgrain_run_protocol::ValueList::from_slice(&[Value::I32(49)]).unwrap()));
        let mut refused = 0;
        // A step that is coprime to the sizes of all records, and past the signature, which this firmware does not read.
        for at in (0..32).chain((MANIFEST_OFFSET..good.len()).step_by(7)) {
            let mut bytes = good.clone();
            bytes[at] ^= 0x24;
            let answer = run(&bench, bytes);
            match answer.refused {
                Some(_) => refused += 1,
                None => assert_eq!(answer.calls.first().map(|c| c.outcome.clone()), expected, "byte {at}"),
            }
        }
        assert!(refused >= 32, "{}: {refused} refused", bench.board.name);
    }
}
