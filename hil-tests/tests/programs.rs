//! Every program of `cases/` on every board, equal to wasmi: results bit for bit, traps by kind, on a firmware that
//! holds no interpreter.

use std::collections::BTreeSet;

use object::{Object, ObjectSymbol};
use sandgrain_abi::TrapKind;
use sandgrain_cli::boards::Board;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::Job;
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_cli::symbols::Symbols;
use sandgrain_compiler::emit::SiteKind;
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::cases::{self, Case};
use sandgrain_hil_tests::oracle::{self, Ending};
use sandgrain_run_protocol::{Outcome, TrapReport};

/// Time slice in microseconds of the runs with preemption.
const SLICE_US: u32 = 5;

#[test]
fn programs_on_qemu_mps2_an386() {
    Bench::of("qemu-mps2-an386").iter().for_each(equal_to_wasmi);
}

#[test]
fn programs_on_qemu_riscv32_virt() {
    Bench::of("qemu-riscv32-virt").iter().for_each(equal_to_wasmi);
}

#[test]
fn preempted_programs_on_qemu_mps2_an386() {
    Bench::of("qemu-mps2-an386").iter().for_each(equal_though_preempted);
}

#[test]
fn preempted_programs_on_qemu_riscv32_virt() {
    Bench::of("qemu-riscv32-virt").iter().for_each(equal_though_preempted);
}

/// The programs are what the tests above are worth.
#[test]
fn the_programs_are_many_and_trap_in_every_way() {
    let cases = cases::all();
    assert!(cases.len() >= 30, "{} programs", cases.len());
    let mut kinds = BTreeSet::new();
    for case in &cases {
        match oracle::run(case) {
            Err(kind) => drop(kinds.insert(kind as u8)),
            Ok(endings) => kinds.extend(endings.iter().filter_map(|ending| match ending {
                Ending::Trapped(kind) => Some(*kind as u8),
                Ending::Returned(_) => None,
            })),
        }
    }
    let every_kind = [
        TrapKind::Unreachable,
        TrapKind::MemoryOutOfBounds,
        TrapKind::TableOutOfBounds,
        TrapKind::IndirectCallToNull,
        TrapKind::BadSignature,
        TrapKind::IntegerDivisionByZero,
        TrapKind::IntegerOverflow,
        TrapKind::BadConversionToInteger,
        TrapKind::StackOverflow,
    ];
    assert_eq!(kinds, every_kind.iter().map(|kind| *kind as u8).collect());
}

#[test]
fn programs_on_every_other_part() {
    Bench::every_other_part().iter().for_each(equal_to_wasmi);
}

#[test]
fn preempted_programs_on_every_other_part() {
    for bench in Bench::every_other_part() {
        match bench.board.is_machine() {
            true => equal_though_preempted(&bench),
            // By the time of the computer, in which most programs are over before their slice is.
            false => println!("{}: {} preemptions", bench.board, compare(&bench, 1, &Options::default())),
        }
    }
}

fn equal_to_wasmi(bench: &Bench) {
    holds_no_interpreter(bench);
    compare(bench, 0, &Options::default());
}

/// On the clock of executed instructions, a slice is the same number of them on every run.
fn equal_though_preempted(bench: &Bench) {
    let options = Options { count_instructions: true, ..Options::default() };
    let preemptions = compare(bench, SLICE_US, &options);
    assert!(preemptions > 100, "{}: {preemptions} preemptions", bench.board);
}

/// Runs everything; returns how often guests were preempted.
fn compare(bench: &Bench, slice_us: u32, options: &Options) -> u64 {
    let mut differences = Vec::new();
    let mut preemptions = 0;
    for case in cases::all() {
        match compare_case(bench, &case, slice_us, options) {
            Ok(count) => preemptions += count,
            Err(difference) => differences.push(format!("{}: {difference}", case.name)),
        }
    }
    assert!(differences.is_empty(), "{}:\n{}", bench.board, differences.join("\n"));
    preemptions
}

fn compare_case(bench: &Bench, case: &Case, slice_us: u32, options: &Options) -> Result<u64, String> {
    let expected = oracle::run(case);
    let (artifact, symbols) = build(bench.board, case);
    let job = Job { artifact, calls: case.calls.clone(), verify: true, slice_us, ..Job::default() };
    let answer = bench.run_with(&job, options);
    if let Some(refused) = answer.refused {
        return Err(format!("refused: {refused:?}"));
    }
    let expected = match (expected, answer.start_trapped) {
        (Err(kind), Some(trap)) => return same_trap(kind, trap, &symbols).map(|()| 0),
        (Err(kind), None) => return Err(format!("{kind:?} expected while instantiating")),
        (Ok(_), Some(trap)) => return Err(format!("{trap:?} while instantiating")),
        (Ok(expected), None) => expected,
    };
    if answer.calls.len() != expected.len() {
        return Err(format!("{} of {} calls took place", answer.calls.len(), expected.len()));
    }
    for ((call, report), ending) in case.calls.iter().zip(&answer.calls).zip(&expected) {
        match (&report.outcome, ending) {
            (Outcome::Returned(results), Ending::Returned(expected)) if results.as_slice() == expected => Ok(()),
            (Outcome::Trapped(trap), Ending::Trapped(kind)) => same_trap(*kind, *trap, &symbols),
            (outcome, ending) => Err(format!("{outcome:?} instead of {ending:?}")),
        }
        .map_err(|difference| format!("{call:?}: {difference}"))?;
    }
    Ok(answer.calls.iter().map(|report| u64::from(report.preemptions)).sum())
}

fn build(board: &Board, case: &Case) -> (Vec<u8>, Symbols) {
    let built = module_file::build(case.name.as_ref(), ModuleFile::Wasm(case.wasm.clone()), board.target);
    let built = built.unwrap_or_else(|e| panic!("{e}"));
    (built.artifact, built.symbols.expect("it was compiled just now"))
}

/// The same kind, at a site that the compiler has listed as one of that kind.
fn same_trap(kind: TrapKind, trap: TrapReport, symbols: &Symbols) -> Result<(), String> {
    let found = TrapKind::from_code(trap.kind);
    let Some(found) = found.filter(|found| oracle::as_wasmi(*found) == kind) else {
        return Err(format!("{found:?} instead of {kind:?}"));
    };
    let Some(offset) = trap.code_offset else { return Err(format!("{found:?} outside of the code")) };
    match symbols.site(offset) {
        Some(site) if site.kind == SiteKind::Trap(found) => Ok(()),
        site => Err(format!("{found:?} at code offset {offset:#x}, where the compiler has listed {site:?}")),
    }
}

fn holds_no_interpreter(bench: &Bench) {
    let elf = std::fs::read(&bench.firmware).unwrap();
    let file = object::File::parse(&*elf).unwrap();
    let names: Vec<&str> = file.symbols().filter_map(|symbol| symbol.name().ok()).collect();
    // The runtime's own symbols show that there are any to look at.
    assert!(names.iter().any(|name| name.contains("sandgrain_runtime")), "no symbols in {}", bench.firmware.display());
    assert!(!names.iter().any(|name| name.to_lowercase().contains("wasmi")), "{}", bench.firmware.display());
}
