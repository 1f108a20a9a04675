//! `sandgrain run` as a user sees it: output, exit codes, JSON.

use std::path::PathBuf;
use std::process::Command;

use sandgrain_hil_tests::bench::{self, Bench};

const BOARDS: [&str; 2] = ["qemu-mps2-an386", "qemu-riscv32-virt"];

/// Exit code, standard output, standard error.
type Said = (Option<i32>, String, String);

/// The program, which is built beside the tests.
fn program() -> Option<PathBuf> {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.push("sandgrain");
    if !path.is_file() {
        bench::skip(&format!("tests of the command: none at {}", path.display()));
        return None;
    }
    Some(path)
}

fn on_boards(check: impl Fn(&dyn Fn(&str) -> Said)) {
    on(BOARDS.into_iter().filter_map(Bench::of), check);
}

fn on(benches: impl Iterator<Item = Bench>, check: impl Fn(&dyn Fn(&str) -> Said)) {
    let Some(program) = program() else { return };
    for bench in benches {
        check(&|arguments: &str| {
            let mut command = Command::new(&program);
            command.args(arguments.split_whitespace()).args(["--board", bench.board.name]).arg("--firmware");
            let output = command.arg(&bench.firmware).output().unwrap();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            (output.status.code(), text(&output.stdout), text(&output.stderr))
        });
    }
}

fn case(name: &str) -> String {
    format!("{}/cases/{name}.wat", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn results_are_printed_one_a_line() {
    on_boards(|run| {
        let (code, out, err) = run(&format!("run {} --invoke fib 20", case("fib")));
        assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "6765\n", ""));
        let (code, out, _) = run(&format!("run {} --invoke grow 1", case("memory_grow")));
        assert_eq!((code, out.as_str()), (Some(0), "1\n2\n"));
    });
}

/// A process counts no instructions, and says so instead of 0.
#[test]
fn a_module_runs_in_a_process_on_every_other_part() {
    let processes = Bench::every_other_part().into_iter().filter(|bench| !bench.board.is_machine());
    on(processes, |run| {
        let (code, out, err) = run(&format!("run {} --invoke fib 30 --stats", case("fib")));
        assert_eq!((code, out.as_str()), (Some(0), "832040\n"), "{err}");
        assert!(err.contains("not counted in a process") && err.contains("bytes of flash"), "{err}");
        let (code, out, _) = run(&format!("run {} --invoke fib 30 --stats --json", case("fib")));
        let object: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!((code, &object["call_instructions"]), (Some(0), &serde_json::Value::Null));
        assert!(object["code_bytes"].as_u64().is_some_and(|bytes| bytes > 0));
        let (code, _, err) = run(&format!("run {} --invoke div_s 1 0", case("i32_div")));
        assert!(code == Some(4) && err.contains("\n  0: div_s at wasm offset 0x"), "{err}");
    });
}

#[test]
fn a_trap_has_kind_offset_and_place_and_exit_code_4() {
    on_boards(|run| {
        let (code, out, err) = run(&format!("run {} --invoke div_s 1 0", case("i32_div")));
        assert_eq!((code, out.as_str()), (Some(4), ""));
        let (first, second) = err.split_once('\n').unwrap();
        assert!(first.starts_with("trap: integer divide by zero at code offset 0x"), "{err}");
        assert!(second.starts_with("  0: div_s at wasm offset 0x") && second.lines().count() == 1, "{err}");
        let (code, _, err) = run(&format!("run {}", case("start_traps")));
        assert!(code == Some(4) && err.starts_with("trap: unreachable while instantiating"), "{err}");
    });
}

/// The instructions of a call, and all else that scripts compare.
#[test]
fn stats_are_exact_and_the_same_every_time() {
    on_boards(|run| {
        let stats = || {
            let (code, out, err) = run(&format!("run {} --invoke fib 15 --stats --json", case("fib")));
            assert_eq!((code, err.as_str()), (Some(0), ""));
            serde_json::from_str::<serde_json::Value>(&out).unwrap()
        };
        let first = stats();
        assert_eq!(first["results"], serde_json::json!([610]));
        assert_eq!(first["trap"], serde_json::Value::Null);
        // fib(15) makes 1973 calls; each takes some instructions, and not many.
        let instructions = first["call_instructions"].as_u64().unwrap();
        assert!((1973 * 8..1973 * 40).contains(&instructions), "{instructions}");
        for key in ["start_instructions", "code_bytes", "instance_bytes", "stack_bytes", "stack_used_bytes"] {
            assert!(first[key].as_u64().is_some_and(|value| value > 0), "{key}: {first}");
        }
        assert_eq!(first, stats());
    });
}

#[test]
fn missing_imports_are_listed_and_can_be_stubbed() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("needy.wat");
    let text = r#"(module (import "env" "a" (func $a (param i32) (result i64))) (import "sys" "b" (func))
        (func (export "f") (result i64) (drop (call $a (i32.const 1))) (call $a (i32.const 2))))"#;
    std::fs::write(&file, text).unwrap();
    on_boards(|run| {
        let (code, _, err) = run(&format!("run {} --invoke f", file.display()));
        assert_eq!(code, Some(3));
        assert!(err.contains("env.a function (i32) -> (i64)") && err.contains("sys.b function () -> ()"), "{err}");
        let (code, out, err) = run(&format!("run {} --invoke f --stub-imports", file.display()));
        assert_eq!((code, out.as_str()), (Some(0), "0\n"));
        assert!(err.contains("stub env.a: 2 calls"), "{err}");
    });
}

#[test]
fn a_bad_artifact_that_is_forced_on_a_board_is_refused_there() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("forced.sg");
    std::fs::write(&file, b"\x7fSGA\x01\0\x09\0 and nothing that makes sense here").unwrap();
    on_boards(|run| {
        let (code, _, err) = run(&format!("run {} --unchecked", file.display()));
        assert!(code == Some(3) && err.contains("refused the artifact"), "{err}");
    });
}
