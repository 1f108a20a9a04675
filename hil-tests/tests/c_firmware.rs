//! The C API, from a firmware in C in QEMU.

use std::collections::BTreeMap;

use sandgrain_abi::{Target, TrapKind};
use sandgrain_cli::backtrace::{End, backtrace, parse_stack};
use sandgrain_cli::symbols::Symbols;
use sandgrain_compiler::{Options, compile};
use sandgrain_hil_tests::{bench, c_firmware};

#[test]
fn firmware_in_c_runs_modules() {
    if !c_firmware::library().exists() {
        bench::skip("the firmware in C: its library is not built; build it with `./dev c-firmware`");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let elf = c_firmware::build(folder.path()).unwrap_or_else(|why| panic!("{why}"));
    let output = c_firmware::run(&elf).unwrap_or_else(|output| panic!("it failed:\n{output}"));
    let (traces, rest): (Vec<&str>, Vec<&str>) = output.lines().partition(|line| line.starts_with("trace: "));
    let expected: Vec<&str> = c_firmware::EXPECTED.lines().collect();
    assert_eq!(rest, expected, "its output is\n{output}");
    assert_eq!(callers(&traces), ["divide", "share"], "{traces:?}");
}

/// The functions that were called when the trap came, by what the firmware has said of it.
fn callers(traces: &[&str]) -> Vec<String> {
    let said = |what: &str| traces.iter().find_map(|line| line.strip_prefix(what)).expect("it says so");
    let options = Options::new(Target::CortexM4F);
    let compiled = compile(&c_firmware::guest().unwrap(), &options).unwrap();
    let symbols = Symbols::read(&compiled.object).unwrap();
    let stack = parse_stack(said("trace: stack: ")).unwrap();
    let trace = backtrace(said("trace: offset: ").parse().unwrap(), true, &stack, |_| Some(&symbols));
    assert_eq!(trace.end, End::Entry);
    trace.frames.into_iter().filter_map(|frame| frame.function).collect()
}

/// The header's numbers with this prefix, by name.
fn numbers(prefix: &str) -> BTreeMap<String, u32> {
    let header = include_str!("../../runtime-nostd/c-api/include/sandgrain.h");
    let number = |line: &str| {
        let (name, number) = line.trim().strip_prefix(prefix)?.strip_suffix(',')?.split_once(" = ")?;
        Some((name.replace('_', "").to_lowercase(), number.parse().ok()?))
    };
    header.lines().filter_map(number).collect()
}

#[test]
fn the_header_has_every_trap_kind_and_every_target_that_a_library_can_be_for() {
    let kinds = TrapKind::ALL.iter().map(|&kind| (format!("{kind:?}").to_lowercase(), kind as u32));
    assert_eq!(numbers("SG_TRAP_"), kinds.collect());
    let mut targets = numbers("SG_CORTEX_");
    targets = targets.into_iter().map(|(name, id)| (format!("cortex{name}"), id)).collect();
    targets.extend(numbers("SG_RV32").into_iter().map(|(name, id)| (format!("rv32{name}"), id)));
    let small = Target::ALL.iter().filter(|target| target.pointer_bytes() == 4);
    assert_eq!(targets, small.map(|&target| (format!("{target:?}").to_lowercase(), target as u32)).collect());
}
