//! Artifacts of every version that this one says it reads, as they were made then: they still run. `hil-tests/artifacts`
//! has a folder a version; what is in one is never made again once a later version has come.
//!
//! `SANDGRAIN_BLESS=1 cargo test -p sandgrain-hil-tests --test artifacts` makes those of the present version.

use std::path::{Path, PathBuf};
use std::sync::Once;

use sandgrain_abi::{ABI_VERSION, OLDEST_ABI_VERSION, Target, TrapKind};
use sandgrain_artifact::{ARTIFACT_VERSION, Carried, Header, OLDEST_ARTIFACT_VERSION};
use sandgrain_cli::job::Job;
use sandgrain_hil_tests::bench::Bench;
use sandgrain_run_protocol::{CallReport, Outcome, Stage, Value};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/artifacts");

/// A board of each, and one of them without an emulator.
const TARGETS: [(Target, &str); 3] =
    [(Target::CortexM4F, "qemu-mps2-an386"), (Target::Rv32Imac, "qemu-riscv32-virt"), (Target::X86_64, "host")];

/// A module, where its source is, and whether its artifacts carry it since there is a place for that.
const MODULES: [(&str, &str, bool); 2] = [("fib", "../cases/fib.wat", false), ("state", "state.wat", true)];

fn path(version: u16, module: &str, target: Target) -> PathBuf {
    Path::new(ROOT).join(format!("v{version}/{module}.{}.sg", target.name()))
}

/// Makes the present version's, if they are asked for, before any test reads them.
fn bless() {
    static BLESSED: Once = Once::new();
    if std::env::var_os("SANDGRAIN_BLESS").is_some() {
        BLESSED.call_once(make);
    }
}

fn make() {
    for (module, source, carry_wasm) in MODULES {
        let wasm = wat::parse_file(Path::new(ROOT).join(source)).unwrap();
        for (target, _) in TARGETS {
            let mut options = sandgrain_compiler::Options::new(target);
            options.identity.name = module.into();
            options.carry_wasm = carry_wasm;
            let path = path(ARTIFACT_VERSION, module, target);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, sandgrain_compiler::compile(&wasm, &options).unwrap().artifact).unwrap();
        }
    }
}

/// Versions that there are artifacts of.
fn versions() -> Vec<u16> {
    let folders = std::fs::read_dir(ROOT).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut versions: Vec<u16> = folders.filter_map(|name| name.strip_prefix('v')?.parse().ok()).collect();
    versions.sort_unstable();
    versions
}

/// Runs what a folder has for a board, or sees it refused if this version no longer runs it.
fn check(version: u16, target: Target, bench: &Bench) {
    for (module, ..) in MODULES {
        let artifact = std::fs::read(path(version, module, target)).unwrap();
        let header = Header::parse(&artifact);
        let calls = match module {
            "fib" => vec![("fib".to_owned(), vec![Value::I32(20)])],
            _ => vec![("run".to_owned(), vec![Value::I32(5)]), ("trap".to_owned(), vec![])],
        };
        let answer = bench.run(&Job { artifact, calls, verify: true, stub_imports: true, ..Job::default() });
        let what = format!("{module} of version {version} on {}", bench.board);
        let runs = header.is_ok_and(|header| (OLDEST_ABI_VERSION..=ABI_VERSION).contains(&header.abi_version));
        if !runs {
            let (stage, why) = answer.refused.unwrap_or_else(|| panic!("{what}: it is not refused"));
            assert!(stage == Stage::Open && why.contains("version"), "{what}: {why}");
            continue;
        }
        assert_eq!(answer.refused, None, "{what}");
        let results: Vec<Option<Value>> = answer.calls.iter().map(result).collect();
        match module {
            "fib" => assert_eq!(results, [Some(Value::I32(6765))], "{what}"),
            // 5 squared, 5 and 1, the data, the start function's and the memory's pages.
            _ => assert_eq!(results, [Some(Value::I32(25 + 6 + 0x0403_0201 + 42 + 1)), None], "{what}"),
        }
        if let Some(CallReport { outcome: Outcome::Trapped(trap), .. }) = answer.calls.get(1) {
            assert_eq!(trap.kind, TrapKind::MemoryOutOfBounds as u8, "{what}");
        }
    }
}

fn result(call: &CallReport) -> Option<Value> {
    match &call.outcome {
        Outcome::Returned(results) => results.first().copied(),
        Outcome::Trapped(_) => None,
    }
}

#[test]
fn artifacts_of_every_version_run() {
    bless();
    let versions = versions();
    for version in OLDEST_ARTIFACT_VERSION..=ARTIFACT_VERSION {
        assert!(versions.contains(&version), "hil-tests/artifacts/v{version} is missing; SANDGRAIN_BLESS=1 makes it");
    }
    for (target, board) in TARGETS {
        let Some(bench) = Bench::of(board).filter(|bench| bench.board.target == target) else { continue };
        versions.iter().for_each(|version| check(*version, target, &bench));
    }
}

/// An interpreter finds the module on whatever part it is; older artifacts have none to find.
#[test]
fn carried_wasm_is_found_without_a_part() {
    bless();
    for version in versions() {
        for (module, source, carries) in MODULES {
            let wasm = wat::parse_file(Path::new(ROOT).join(source)).unwrap();
            for (target, _) in TARGETS {
                let artifact = std::fs::read(path(version, module, target)).unwrap();
                match Carried::open(&artifact) {
                    Ok(carried) => {
                        assert!(carries && version >= 3);
                        assert_eq!(carried.manifest().name, module);
                        // Names are a custom section at the end, which is not carried.
                        assert!(wasm.starts_with(carried.wasm()), "{module} for {}", target.name());
                    }
                    Err(error) => assert!(error.reason() == "no-wasm" && !(carries && version >= 3), "{error}"),
                }
            }
        }
    }
}
