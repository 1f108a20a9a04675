//! Containment behind the checks: modules whose code does what no check stops, in firmware that contains its guests.
//!
//! Functions of an artifact are overwritten with machine code. Each such module also runs in the usual firmware, whose checks
//! it has none of, to see that the hardware is what stops it.

#[path = "containment/code.rs"]
mod code;

use std::path::Path;

use sandgrain_abi::{Target, TrapKind};
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::script::{Outcome as StepOutcome, Script};
use sandgrain_cli::job::{self, Answer, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::cases;
use sandgrain_hil_tests::miscompile;
use sandgrain_hil_tests::oracle::{self, Ending};
use sandgrain_run_protocol::{CallReport, Limits, Outcome, TrapReport, Value};

use code::Code;

const BOARDS: [&str; 2] = ["qemu-mps2-an386", "qemu-riscv32-virt"];
/// What `good` returns.
const GOOD: Value = Value::I32(5);

/// A board without and with containment.
struct Both {
    usual: Bench,
    contained: Bench,
}

fn on_both_boards(test: impl Fn(&Both)) {
    for usual in BOARDS.into_iter().filter_map(Bench::of) {
        if let Some(contained) = usual.containing() {
            test(&Both { usual, contained });
        }
    }
}

/// A module with the functions of [`Code::ALL`], to be overwritten, and what is good in it.
fn wat() -> String {
    let stores: String = (0..40).map(|i| format!("(i32.store offset={} (local.get 0) (local.get 1))", i * 4)).collect();
    let bad: String = Code::ALL
        .iter()
        .map(|code| {
            let name = code.export();
            format!("(func (export \"{name}\") (param i32 i32 i32) (result i32) {stores} (local.get 2))")
        })
        .collect();
    format!(
        r#"(module
          (import "env" "print_i32" (func $print (param i32)))
          (memory 1)
          {bad}
          (func (export "good") (result i32) (call $print (i32.const 1)) (i32.add (i32.const 2) (i32.const 3))))"#
    )
}

/// The artifact of [`wat`] with its functions overwritten.
fn miscompiled(target: Target) -> Vec<u8> {
    miscompile::artifact(target, &wat(), STACK, &Code::ALL.map(|code| (code.export(), code.bytes(target.isa()))))
}

/// Bytes of stack that the modules ask for.
const STACK: u32 = 4096;

type Call<'c> = (&'c str, &'c [u32]);

/// Calls with addresses and numbers as arguments.
fn run(bench: &Bench, calls: &[Call<'_>]) -> Answer {
    bench.run(&job(bench, calls))
}

fn job(bench: &Bench, calls: &[Call<'_>]) -> Job {
    let values = |arguments: &[u32]| arguments.iter().map(|&v| Value::I32(v as i32)).collect();
    Job {
        artifact: miscompiled(bench.board.target),
        calls: calls.iter().map(|(name, arguments)| ((*name).to_owned(), values(arguments))).collect(),
        ..Job::default()
    }
}

fn kind(trap: &TrapReport) -> Option<TrapKind> {
    TrapKind::from_code(trap.kind)
}

/// That a call ended as a violation, and in the module's code if `placed`: a Cortex-M whose sp is bad has nowhere to put the pc.
fn assert_violation(call: &CallReport, placed: bool) {
    let Outcome::Trapped(trap) = &call.outcome else { panic!("{call:?}") };
    assert_eq!(kind(trap), Some(TrapKind::ContainmentViolation));
    assert!(!placed || trap.code_offset.is_some(), "no place in the code");
}

fn returned(call: &CallReport) -> Option<Value> {
    match &call.outcome {
        Outcome::Returned(values) => values.first().copied(),
        Outcome::Trapped(_) => None,
    }
}

/// Memory that belongs to the firmware, readable and writable: the end of the mailbox.
fn firmware_memory(bench: &Bench) -> u32 {
    let mailbox = bench.board.memory.mailbox;
    mailbox.base + mailbox.len - 64
}

#[test]
fn a_write_outside_is_stopped_by_the_hardware() {
    on_both_boards(|Both { usual, contained }| {
        let target = firmware_memory(usual);
        let calls: [Call<'_>; 3] = [("poke", &[target, 77, 0]), ("peek", &[target, 0, 0]), ("good", &[])];
        let answer = run(contained, &calls);
        assert_violation(&answer.calls[0], true);
        assert_eq!(returned(&answer.calls[2]), Some(GOOD));
        let answer = run(usual, &calls);
        assert_eq!(returned(&answer.calls[1]), Some(Value::I32(77)), "{}: without containment it lands", usual.board);
    });
}

/// Its own code is another thing that a module may not write, and an arena's neighbour another.
#[test]
fn own_code_and_what_is_beside_the_arena_cannot_be_written() {
    on_both_boards(|Both { contained, .. }| {
        let text = run(contained, &[]).started.unwrap().text_address;
        let arena = contained.board.memory.arena;
        let beside = arena.base - 4;
        let calls: [Call<'_>; 5] = [
            ("poke", &[text, 77, 0]),
            ("peek", &[text, 0, 0]),
            ("poke", &[beside, 77, 0]),
            ("poke", &[arena.base + arena.len, 77, 0]),
            ("good", &[]),
        ];
        let answer = run(contained, &calls);
        [0, 2, 3].into_iter().for_each(|i| assert_violation(&answer.calls[i], true));
        assert!(returned(&answer.calls[1]).is_some_and(|word| word != Value::I32(77)));
        assert_eq!(returned(&answer.calls[4]), Some(GOOD));
    });
}

#[test]
fn a_read_outside_is_stopped_by_the_hardware() {
    on_both_boards(|Both { usual, contained }| {
        // The request itself lies there.
        let target = usual.board.memory.mailbox.base;
        let calls: [Call<'_>; 2] = [("peek", &[target, 0, 0]), ("good", &[])];
        let answer = run(contained, &calls);
        assert_violation(&answer.calls[0], true);
        assert_eq!(returned(&answer.calls[1]), Some(GOOD));
        let answer = run(usual, &calls);
        let read = returned(&answer.calls[0]);
        assert!(read.is_some_and(|word| word != Value::I32(0)), "{}: {read:?} without containment", usual.board);
    });
}

/// Code that the module has made itself, on its stack.
#[test]
fn execution_of_data_is_stopped_by_the_hardware() {
    on_both_boards(|Both { usual, contained }| {
        let made = code::returning_42(usual.board.target.isa());
        let calls: [Call<'_>; 2] = [("execute", &made), ("good", &[])];
        let answer = run(contained, &calls);
        let Outcome::Trapped(trap) = &answer.calls[0].outcome else { panic!("{:?}", answer.calls[0]) };
        assert_eq!(kind(trap), Some(TrapKind::ContainmentViolation));
        assert_eq!(trap.code_offset, None, "the place is on the stack");
        assert_eq!(returned(&answer.calls[1]), Some(GOOD));
        let answer = run(usual, &calls);
        assert_eq!(returned(&answer.calls[0]), Some(Value::I32(42)), "{}: without containment it runs", usual.board);
    });
}

#[test]
fn a_stack_overflow_is_stopped_by_the_hardware() {
    on_both_boards(|Both { usual, contained }| {
        let words = (STACK + contained.board.target.stack_reserve() + 256) / 4;
        let calls: [Call<'_>; 3] = [("dig", &[words, 7, 0]), ("dig", &[STACK / 8, 7, 0]), ("good", &[])];
        let mut of_module = job(contained, &calls);
        of_module.limits = Limits { stack_bytes: Some(STACK), ..Limits::default() };
        let answer = contained.run(&of_module);
        assert_violation(&answer.calls[0], false);
        assert!(returned(&answer.calls[1]).is_some(), "what fits is no violation: {:?}", answer.calls[1]);
        assert_eq!(returned(&answer.calls[2]), Some(GOOD));
        of_module.calls.truncate(1);
        let answer = usual.run(&of_module);
        assert!(returned(&answer.calls[0]).is_some(), "{}: without containment it goes on", usual.board);
    });
}

/// Frames that are larger than anything that could lie between the stack and something else.
#[test]
fn a_huge_frame_is_stopped_by_the_hardware() {
    on_both_boards(|Both { contained, .. }| {
        let arena = contained.board.memory.arena;
        let frames = [64 << 10, 1 << 20, arena.base / 16 * 16, 0x8000_0000, 0xffff_0000u32];
        let calls: Vec<[u32; 3]> = frames.iter().map(|&frame| [frame, 7, 0]).collect();
        let mut calls: Vec<Call<'_>> = calls.iter().map(|arguments| ("frame", &arguments[..])).collect();
        calls.push(("good", &[]));
        let answer = run(contained, &calls);
        answer.calls[..frames.len() - 1].iter().for_each(|call| assert_violation(call, false));
        // The last one goes upwards, and may stay in the arena.
        assert_eq!(answer.calls.last().and_then(returned), Some(GOOD));
    });
}

/// Everything goes on: the same instance, the other one in its store, and another store.
#[test]
fn every_other_instance_runs_on() {
    on_both_boards(|Both { contained, .. }| {
        let artifact = miscompiled(contained.board.target);
        let mut script = Script::new(contained.board, 1 << 14, 0);
        let first = script.instantiate(&artifact, 0x1_c000).unwrap();
        let second = script.instantiate(&artifact, 0x2_0000).unwrap();
        let target = Value::I32(firmware_memory(contained) as i32);
        script.call(first, "poke", &[target, target, target]).unwrap();
        script.call(second, "good", &[]).unwrap();
        script.call(first, "good", &[]).unwrap();
        script.forget();
        let other = script.instantiate(&artifact, 0x1_c000).unwrap();
        script.call(other, "good", &[]).unwrap();
        let answers = script.run(&contained.firmware, &Options::default()).unwrap();
        let outcomes: Vec<StepOutcome> = answers.into_iter().map(|(outcome, _)| outcome).collect();
        let good = StepOutcome::Returned(vec![GOOD]);
        assert!(
            matches!(&outcomes[2], StepOutcome::Trapped(trap) if kind(trap) == Some(TrapKind::ContainmentViolation)),
            "{outcomes:?}"
        );
        assert_eq!([&outcomes[3], &outcomes[4], &outcomes[7]], [&good; 3], "{outcomes:?}");
    });
}

/// Calls that each end somehow, and after each of which the instance is as good as before.
fn survives(bench: &Bench, what: &str, calls: &[Call<'_>]) -> Vec<CallReport> {
    let and_good: Vec<Call<'_>> = calls.iter().flat_map(|call| [*call, ("good", &[][..])]).collect();
    let mut job = job(bench, &and_good);
    job.deadlines_us = [2_000, 0].repeat(calls.len());
    let answer = bench.run_with(&job, &Options { count_instructions: true, ..Options::default() });
    assert_eq!(answer.calls.len(), and_good.len(), "{what} on {}: {:?}", bench.board, answer.refused);
    for (call, reports) in calls.iter().zip(answer.calls.chunks(2)) {
        assert_eq!(returned(&reports[1]), Some(GOOD), "{} after {call:x?}: {reports:?}", bench.board);
    }
    answer.calls.into_iter().step_by(2).collect()
}

fn kinds(calls: &[CallReport]) -> Vec<Option<TrapKind>> {
    let of = |call: &CallReport| match &call.outcome {
        Outcome::Trapped(trap) => kind(trap),
        Outcome::Returned(_) => None,
    };
    calls.iter().map(of).collect()
}

/// Symbols of the firmware whose names contain `part`: address and size.
fn symbols(bench: &Bench, part: &str) -> Vec<(u32, u32)> {
    use object::{Object, ObjectSymbol};
    let bytes = std::fs::read(&bench.firmware).unwrap();
    let elf = object::File::parse(&*bytes).unwrap();
    let named = elf.symbols().filter(|symbol| symbol.name().is_ok_and(|name| name.contains(part)));
    let mut found: Vec<(u32, u32)> = named.map(|s| (s.address() as u32 & !1, s.size() as u32)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// At every address of entry, gate, exits and handlers, with several purposes.
#[test]
fn jumping_anywhere_into_the_gate_leads_nowhere() {
    on_both_boards(|Both { contained, .. }| {
        let mut places = symbols(contained, "9contained");
        places.extend(symbols(contained, "sandgrain_contained").into_iter().map(|(at, size)| (at, size.max(96))));
        places.extend(symbols(contained, "sandgrain_trap_entry").into_iter().map(|(at, size)| (at, size.max(400))));
        places.extend(["SVCall", "PendSV", "leave", "dispatch"].into_iter().flat_map(|name| symbols(contained, name)));
        let thumb = u32::from(contained.board.target.isa() == sandgrain_abi::Isa::Thumb2);
        let addresses: Vec<u32> =
            places.iter().flat_map(|&(at, size)| (at..at + size).step_by(2)).map(|at| at | thumb).collect();
        assert!(addresses.len() > 200, "{}: {} places", contained.board, addresses.len());
        for purpose in [0, 1, 2] {
            let arguments: Vec<[u32; 3]> =
                addresses.iter().map(|&at| [at, purpose, firmware_memory(contained)]).collect();
            let calls: Vec<Call<'_>> = arguments.iter().map(|arguments| ("go", &arguments[..])).collect();
            survives(contained, "jumps into the gate", &calls);
        }
    });
}

/// With each purpose, and with values that mean something to the runtime.
#[test]
fn asking_the_runtime_by_oneself_leads_nowhere() {
    on_both_boards(|Both { contained, .. }| {
        let values = [0, 1, 14, 99, u32::MAX, firmware_memory(contained), contained.board.memory.arena.base];
        let arguments: Vec<[u32; 3]> = (0..5)
            .flat_map(|purpose| values.into_iter().flat_map(move |a| values.map(move |b| [a, purpose, b])))
            .collect();
        let calls: Vec<Call<'_>> = arguments.iter().map(|arguments| ("ask", &arguments[..])).collect();
        survives(contained, "asking", &calls);
    });
}

/// In the firmware's memory, in the arena but not in the stack, at the ends of the stack, nowhere.
#[test]
fn a_forged_stack_pointer_is_a_violation() {
    on_both_boards(|Both { contained, .. }| {
        let header = returned(&run(contained, &[("header", &[0, 0, 0])]).calls[0]);
        let Some(Value::I32(header)) = header else { panic!("{header:?}") };
        let arena = contained.board.memory.arena;
        let gate = symbols(contained, "9contained4gate")[0].0
            | u32::from(contained.board.target.isa() == sandgrain_abi::Isa::Thumb2);
        let outside =
            [firmware_memory(contained), 0, 16, arena.base, arena.base + arena.len + 72, 0xffff_fff0, 0xe000_ed00];
        let inside = [header as u32 + 4096, arena.base + arena.len];
        let arguments: Vec<[u32; 3]> = outside.into_iter().chain(inside).map(|sp| [sp, gate, 0]).collect();
        let calls: Vec<Call<'_>> = arguments.iter().map(|arguments| ("pivot", &arguments[..])).collect();
        let found = kinds(&survives(contained, "sp elsewhere, in the gate", &calls));
        assert!(found.iter().all(|kind| *kind == Some(TrapKind::ContainmentViolation)), "{found:?}");

        let calls: Vec<Call<'_>> = arguments.iter().map(|arguments| ("pivot_and_stay", &arguments[..])).collect();
        let found = kinds(&survives(contained, "sp elsewhere, interrupted", &calls));
        // RISC-V saves nothing on the guest's stack.
        let allowed = [Some(TrapKind::ContainmentViolation), Some(TrapKind::DeadlineExceeded)];
        assert!(found.iter().all(|kind| allowed.contains(kind)), "{found:?}");
    });
}

/// All that lies in the arena in front of the memory, and the store's header, word by word; `good` is called with each.
#[test]
fn forged_headers_lead_nowhere() {
    on_both_boards(|Both { contained, .. }| {
        let answer = run(contained, &[("header", &[0, 0, 0])]);
        let (Some(Value::I32(header)), Some(started)) = (returned(&answer.calls[0]), answer.started) else {
            panic!("{answer:?}")
        };
        let header = header as u32;
        let store = contained.board.memory.arena.base;
        let imports = header - IMPORT_TABLE;
        let words: Vec<[u32; 3]> = (store..store + STORE_HEADER)
            .chain(imports..imports + started.instance_bytes)
            .step_by(4)
            .map(|word| [word, 0, 0])
            .collect();
        let calls: Vec<Call<'_>> = words.iter().map(|word| ("peek", &word[..])).collect();
        let before: Vec<u32> = survives(contained, "peeking", &calls)
            .iter()
            .map(|call| match returned(call) {
                Some(Value::I32(word)) => word as u32,
                other => panic!("{other:?}"),
            })
            .collect();
        let mut arguments = Vec::new();
        for ([word, ..], before) in words.iter().zip(before) {
            for value in [0, 3, 0xffff_fff0, firmware_memory(contained), store] {
                arguments.push([[*word, value, 0], [*word, before, 0]]);
            }
        }
        let calls: Vec<Call<'_>> = arguments
            .iter()
            .flat_map(|[forge, restore]| {
                [("poke", &forge[..]), ("good", &[][..]), ("poke", &restore[..]), ("good", &[])]
            })
            .collect();
        let mut job = job(contained, &calls);
        job.deadlines_us = vec![2_000; calls.len()];
        let answer = contained.run_with(&job, &Options { count_instructions: true, ..Options::default() });
        assert_eq!(answer.calls.len(), calls.len(), "{}: {:?}", contained.board, answer.refused);
        for (forged, reports) in arguments.iter().zip(answer.calls.chunks(4)) {
            assert_eq!(returned(&reports[3]), Some(GOOD), "{} after {forged:x?}: {reports:?}", contained.board);
        }
    });
}

/// Bytes of the import table in front of the header, and of the store's header.
const IMPORT_TABLE: u32 = 16;
const STORE_HEADER: u32 = 32;

/// The linker has other functions beside the one that the module imports.
#[test]
fn a_forged_import_table_gives_no_host_function() {
    on_both_boards(|Both { usual, contained }| {
        let calls = |bench: &Bench| {
            let Some(Value::I32(header)) = returned(&run(bench, &[("header", &[0, 0, 0])]).calls[0]) else { panic!() };
            let other = [header as u32 - IMPORT_TABLE, 1, 0];
            let calls: [Call<'_>; 2] = [("poke", &other), ("good", &[])];
            let answer = run(bench, &calls);
            kinds(&answer.calls)
        };
        assert_eq!(calls(contained), [None, Some(TrapKind::ContainmentViolation)]);
        assert_eq!(calls(usual), [None, None], "without containment it is called");
    });
}

#[test]
fn instructions_that_are_none_of_a_guests_are_violations() {
    on_both_boards(|Both { contained, .. }| {
        let nowhere: Vec<[u32; 3]> = [0, 2, 0x4000_0000, 0xe000_ed00, 0xffff_fffd, firmware_memory(contained)]
            .into_iter()
            .map(|at| [at, 0, 0])
            .collect();
        let mut calls: Vec<Call<'_>> = vec![("undefined", &[0, 0, 0])];
        // QEMU models no DebugMonitor, which takes it on Cortex-M.
        if contained.board.target.isa() == sandgrain_abi::Isa::Rv32 {
            calls.push(("breakpoint", &[0, 0, 0]));
        }
        calls.extend(nowhere.iter().map(|at| ("go", &at[..])));
        calls.extend(nowhere.iter().skip(2).map(|at| ("peek", &at[..])));
        let found = kinds(&survives(contained, "instructions", &calls));
        assert!(found.iter().all(|kind| *kind == Some(TrapKind::ContainmentViolation)), "{calls:?}\n{found:?}");

        // On Cortex-M the instructions do nothing, and CONTROL says unprivileged, on the process stack.
        let calls = survives(contained, "rising", &[("rise", &[0, 0, 0])]);
        match contained.board.target.isa() {
            sandgrain_abi::Isa::Thumb2 => assert_eq!(returned(&calls[0]), Some(Value::I32(7)), "{calls:?}"),
            _ => assert_eq!(kinds(&calls), [Some(TrapKind::ContainmentViolation)]),
        }
    });
}

/// Registers of both kinds, and misaligned accesses where the trap entry completes them.
#[test]
fn preemption_of_contained_guests_changes_no_register() {
    on_both_boards(|Both { contained, .. }| {
        let options = Options { count_instructions: true, ..Options::default() };
        let report = job::execute_registers(contained.board, &contained.firmware, 1000, &options);
        let report = report.unwrap_or_else(|e| panic!("{}: {e}", contained.board));
        assert!(report.preemptions > 5000, "{}: {} preemptions", contained.board, report.preemptions);
    });
}

/// Every program of `cases/`, preempted: what is contained is as it is elsewhere.
#[test]
fn programs_do_the_same_when_contained() {
    on_both_boards(|Both { contained, .. }| {
        let mut differences = Vec::new();
        for case in cases::all() {
            let wasm = ModuleFile::Wasm(case.wasm.clone());
            let artifact = module_file::build(Path::new("m.wasm"), wasm, contained.board.target).unwrap().artifact;
            let job = Job { artifact, calls: case.calls.clone(), slice_us: 200, ..Job::default() };
            let answer = contained.run_with(&job, &Options { count_instructions: true, ..Options::default() });
            let seen: Vec<Ending> = answer.calls.iter().filter_map(ending).collect();
            let same = match oracle::run(&case) {
                Ok(expected) => seen == expected,
                Err(expected) => answer.start_trapped.as_ref().and_then(kind).map(oracle::as_wasmi) == Some(expected),
            };
            if !same {
                differences.push(format!("{}: {seen:?} {:?} {:?}", case.name, answer.refused, answer.start_trapped));
            }
        }
        assert!(differences.is_empty(), "{}:\n{}", contained.board, differences.join("\n"));
    });
}

fn ending(call: &CallReport) -> Option<Ending> {
    match &call.outcome {
        Outcome::Returned(values) => Some(Ending::Returned(values.to_vec())),
        Outcome::Trapped(trap) => kind(trap).map(|kind| Ending::Trapped(oracle::as_wasmi(kind))),
    }
}

/// A host function that does nothing, and one of the module's that does little.
const COST: &str = r#"(module
  (import "env" "nothing" (func $nothing (param i32) (result i32)))
  (func (export "empty"))
  (func (export "calls") (param i32) (result i32)
    (loop (drop (call $nothing (local.get 0)))
      (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    (local.get 0)))"#;

/// Most instructions that containment may add to entry and exit together, and to a host call there and back.
const ENTRY_AND_EXIT: u64 = 400;
const HOST_CALL: u64 = 120;

#[test]
fn what_containment_costs() {
    const CALLS: u64 = 1000;
    on_both_boards(|Both { usual, contained }| {
        let costs = |bench: &Bench| {
            let wasm = ModuleFile::Wasm(wat::parse_str(COST).unwrap());
            let artifact = module_file::build(Path::new("m.wasm"), wasm, bench.board.target).unwrap().artifact;
            let call = |n: u64| ("calls".to_owned(), vec![Value::I32(n as i32)]);
            let calls = vec![("empty".to_owned(), Vec::new()), call(1), call(1 + CALLS)];
            let job = Job { artifact, calls, stub_imports: true, ..Job::default() };
            let answer = bench.run_with(&job, &Options { count_instructions: true, ..Options::default() });
            let [empty, one, many] = [0, 1, 2].map(|i| answer.calls[i].instructions);
            (empty, (many - one) / CALLS)
        };
        let (without, with) = (costs(usual), costs(contained));
        println!(
            "{}: a call in and out {} instructions, contained {}; a host call {}, contained {}",
            usual.board, without.0, with.0, without.1, with.1
        );
        assert!(with.0.saturating_sub(without.0) <= ENTRY_AND_EXIT, "{}: {without:?} and {with:?}", usual.board);
        assert!(with.1.saturating_sub(without.1) <= HOST_CALL, "{}: {without:?} and {with:?}", usual.board);
    });
}
