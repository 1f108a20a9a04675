//! What a trap's backtrace says, on every board: exactly the calls that led there, with names and, where the module
//! carries DWARF, lines.

use sandgrain_abi::TrapKind;
use sandgrain_cli::backtrace::{Backtrace, End, backtrace, parse_stack, stack_text};
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::Job;
use sandgrain_cli::job::script::Script;
use sandgrain_cli::lines::Lines;
use sandgrain_cli::symbols::Symbols;
use sandgrain_compiler::{Compiled, Options as CompilerOptions, compile};
use sandgrain_hil_tests::bench::{Bench, traced_guest};
use sandgrain_run_protocol::{Limits, MAX_STACK_WORDS, Outcome, Value};

const BOARDS: [&str; 2] = ["qemu-mps2-an386", "qemu-riscv32-virt"];

fn on_boards(test: fn(&Bench)) {
    BOARDS.into_iter().filter_map(Bench::of).for_each(|bench| test(&bench));
}

fn compiled(bench: &Bench, wasm: &[u8], fuel: bool) -> (Compiled, Symbols) {
    let options = CompilerOptions { fuel, ..CompilerOptions::new(bench.board.target) };
    let compiled = compile(wasm, &options).unwrap_or_else(|e| panic!("{e}"));
    let symbols = Symbols::read(&compiled.object).unwrap();
    (compiled, symbols)
}

/// The kind of the trap with which a call ends, and its backtrace.
fn trap_of(bench: &Bench, wasm: &[u8], job: Job) -> (TrapKind, Backtrace) {
    let (compiled, symbols) = compiled(bench, wasm, job.limits.fuel.is_some());
    let call = format!("{}: {:?}", bench.board, job.calls);
    // On the clock of executed instructions, deadlines are the same on every run.
    let options = Options { count_instructions: true, ..Options::default() };
    let answer = bench.run_with(&Job { artifact: compiled.artifact, ..job }, &options);
    let trap = match (&answer.calls[..], answer.start_trapped) {
        ([.., last], None) => match last.outcome {
            Outcome::Trapped(trap) => trap,
            ref other => panic!("{call}: {other:?}"),
        },
        ([], Some(trap)) => trap,
        _ => panic!("{call}: {answer:?}"),
    };
    let stack = answer.stacks.last().unwrap_or_else(|| panic!("{call}: {trap:?} without a stack"));
    assert_eq!(parse_stack(&stack_text(stack)).unwrap(), *stack, "as text and back");
    let offset = trap.code_offset.unwrap_or_else(|| panic!("{call}: {trap:?}"));
    let kind = TrapKind::from_code(trap.kind).unwrap();
    let is_site = kind != TrapKind::DeadlineExceeded;
    (kind, backtrace(offset, is_site, stack, |instance| (instance == 0).then_some(&symbols)))
}

fn call(function: &str, arguments: &[Value]) -> Job {
    Job { calls: vec![(function.to_owned(), arguments.to_vec())], ..Job::default() }
}

fn names(trace: &Backtrace) -> Vec<&str> {
    trace.frames.iter().map(|frame| frame.function.as_deref().unwrap_or("?")).collect()
}

/// A module whose text form is `wat`, and a call of each function with what the backtrace of its trap has to be.
fn check(bench: &Bench, wat: &str, cases: &[(&str, &[i32], TrapKind, &[&str])]) {
    let wasm = wat::parse_str(wat).unwrap();
    for (function, arguments, kind, expected) in cases {
        let arguments: Vec<Value> = arguments.iter().map(|value| Value::I32(*value)).collect();
        let (found, trace) = trap_of(bench, &wasm, call(function, &arguments));
        assert_eq!(
            (found, names(&trace).as_slice(), trace.end),
            (*kind, *expected, End::Entry),
            "{}: {function}",
            bench.board
        );
        for frame in &trace.frames {
            let operator = frame.wasm_offset.and_then(|offset| wasm.get(offset as usize)).copied();
            assert!(operator.is_some(), "{}: {function}: {frame:?}", bench.board);
        }
    }
}

/// Leaves and others, with values on the stack and float registers saved, some called by all that there is.
const CALLS: &str = r#"(module
    (import "env" "print" (func $print (param i32 i32)))
    (memory (export "memory") 1)
    (type $binary (func (param i32 i32) (result i32)))
    (type $many (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
    (type $more (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32) (result i32)))
    (table $fixed 1 funcref) (elem (table $fixed) (i32.const 0) func $divide)
    (table $free (export "table") 2 funcref) (elem (table $free) (i32.const 0) func $divide $many)

    (func $divide (type $binary) (i32.div_s (local.get 0) (local.get 1)))
    (func $load (param i32) (result i32) (i32.load (local.get 0)))
    (func $plus (param i32 i32) (result i32) (i32.add (i32.const 1) (call $divide (local.get 0) (local.get 1))))
    (func (export "plain") (param i32 i32) (result i32)
        (i32.mul (local.get 0) (call $plus (local.get 0) (local.get 1))))
    (func (export "own") (param i32 i32) (result i32)
        (i32.div_u (call $plus (local.get 0) (i32.const 1)) (local.get 1)))
    (func (export "alone") (param i32 i32) (result i32) (i32.rem_u (local.get 0) (local.get 1)))
    (func (export "through_fixed") (param i32 i32) (result i32)
        (i32.add (i32.const 2) (call_indirect $fixed (type $binary) (local.get 0) (local.get 1) (i32.const 0))))
    (func (export "through_free") (param i32 i32) (result i32)
        (i32.add (i32.const 2) (call_indirect $free (type $binary) (local.get 0) (local.get 1) (i32.const 0))))

    (func $many (type $many)
        (i32.add (local.get 9) (i32.div_s (local.get 8) (i32.sub (local.get 0) (local.get 7)))))
    (func $more (type $more) (i32.add (local.get 15) (call $divide (local.get 14) (local.get 0))))
    (func (export "stack_arguments") (param i32) (result i32)
        (i32.add (local.get 0) (call $many (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)
            (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8) (i32.const 9))))
    (func (export "stack_arguments_free") (param i32) (result i32)
        (i32.add (local.get 0) (call_indirect $free (type $many) (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3)
            (i32.const 4) (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8) (i32.const 9) (i32.const 1))))

    ;; In the place of its caller's few arguments come many, and the other way round.
    (func $to_more (param i32) (result i32)
        (return_call $more (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)
            (i32.const 6) (i32.const 7) (i32.const 8) (i32.const 9) (i32.const 10) (i32.const 11) (i32.const 12)
            (i32.const 13) (i32.const 14) (i32.const 15)))
    (func (export "grown") (param i32) (result i32) (i32.add (i32.const 1) (call $to_more (local.get 0))))
    (func $to_many (type $more)
        (return_call $many (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)
            (i32.const 6) (i32.const 0) (i32.const 8) (i32.const 9)))
    (func (export "shrunk") (param i32) (result i32)
        (i32.add (local.get 0) (call $to_many (local.get 0) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4)
            (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8) (i32.const 9) (i32.const 10) (i32.const 11)
            (i32.const 12) (i32.const 13) (i32.const 14) (i32.const 15))))

    ;; Helpers and saved float registers.
    (func $floats (param f64 f64 f32 f32) (result f32)
        (local $a f32) (local $b f32)
        (local.set $a (f32.mul (local.get 2) (local.get 3)))
        (local.set $b (f32.sub (local.get 2) (local.get 3)))
        (drop (call $load (i32.trunc_f64_s (f64.mul (local.get 0) (local.get 1)))))
        (f32.add (local.get $a) (local.get $b)))
    (func (export "helpers") (param i32) (result f32)
        (call $floats (f64.convert_i32_s (local.get 0)) (f64.const 1e3) (f32.convert_i32_s (local.get 0)) (f32.const 3)))
    (func (export "host") (param i32) (result i32) (call $in_host (local.get 0)) (i32.const 1))
    (func $in_host (param i32) (call $print (local.get 0) (i32.const 4)) (drop (call $load (i32.const 0))))

    (func $down (export "down") (param i32 i32) (result i32)
        (if (result i32) (local.get 0)
            (then (i32.add (local.get 0) (call $down (i32.sub (local.get 0) (i32.const 1)) (local.get 1))))
            (else (call $divide (i32.const 1) (local.get 1)))))
    (func $forever (export "forever") (param i32) (result i32)
        (i32.add (local.get 0) (call $forever (i32.add (local.get 0) (i32.const 1))))))"#;

fn every_kind_of_call(bench: &Bench) {
    let zero = TrapKind::IntegerDivisionByZero;
    let down: Vec<&str> = std::iter::once("divide").chain(["down"; 13]).collect();
    check(
        bench,
        CALLS,
        &[
            ("plain", &[1, 0], zero, &["divide", "plus", "plain"]),
            ("own", &[1, 0], zero, &["own"]),
            ("alone", &[1, 0], zero, &["alone"]),
            ("through_fixed", &[1, 0], zero, &["divide", "through_fixed"]),
            ("through_free", &[1, 0], zero, &["divide", "through_free"]),
            ("stack_arguments", &[7], zero, &["many", "stack_arguments"]),
            ("stack_arguments_free", &[7], zero, &["many", "stack_arguments_free"]),
            ("grown", &[0], zero, &["divide", "more", "grown"]),
            ("shrunk", &[0], zero, &["many", "shrunk"]),
            ("helpers", &[100], TrapKind::MemoryOutOfBounds, &["load", "floats", "helpers"]),
            ("helpers", &[i32::MAX], TrapKind::IntegerOverflow, &["floats", "helpers"]),
            ("host", &[-1], TrapKind::HostError, &["in_host", "host"]),
            ("down", &[12, 0], zero, &down),
        ],
    );
}

#[test]
fn every_kind_of_call_is_in_the_backtrace() {
    on_boards(every_kind_of_call);
}

#[test]
fn every_kind_of_call_is_in_the_backtrace_on_every_other_part() {
    Bench::every_other_part().iter().for_each(every_kind_of_call);
}

/// Without end: the innermost calls are listed, and it is said that there are others.
fn exhausted(bench: &Bench) {
    let wasm = wat::parse_str(CALLS).unwrap();
    let (kind, trace) = trap_of(bench, &wasm, call("forever", &[Value::I32(0)]));
    assert_eq!(kind, TrapKind::StackOverflow);
    assert!(names(&trace).iter().all(|name| *name == "forever"), "{trace:?}");
    assert!(trace.frames.len() > MAX_STACK_WORDS / 2 && trace.frames.len() <= MAX_STACK_WORDS + 1, "{trace:?}");
    assert!(matches!(trace.end, End::Cut(bytes) if bytes > 100), "{:?}", trace.end);
    assert!(trace.to_string().contains("more bytes of stack"), "{trace}");
}

#[test]
fn of_an_exhausted_stack_the_innermost_calls_are_listed() {
    on_boards(exhausted);
}

#[test]
fn of_an_exhausted_stack_the_innermost_calls_are_listed_on_every_other_part() {
    Bench::every_other_part().iter().for_each(exhausted);
}

/// A function that keeps code addresses on its stack is not believed to have called what they point at.
#[test]
fn addresses_of_code_on_the_stack_mislead_nobody() {
    on_boards(|bench| {
        const VALUES: usize = 24;
        let locals: String = (0..VALUES)
            .map(|i| format!("(local.set {} (call $same (i32.add (local.get 0) (i32.const {}))))", i + 1, 2 * i))
            .collect();
        let sum: String =
            (0..VALUES).map(|i| format!("(local.set 0 (i32.xor (local.get 0) (local.get {})))", i + 1)).collect();
        let wat = format!(
            r#"(module (func $fail (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
                 (func $same (param i32) (result i32) (local.get 0))
                 (func $liar (param i32) (result i32) (local {})
                    {locals} (drop (call $fail (i32.const 0))) {sum} (local.get 0))
                 (func (export "main") (param i32) (result i32) (i32.add (i32.const 1) (call $liar (local.get 0)))))"#,
            "i32 ".repeat(VALUES)
        );
        let wasm = wat::parse_str(wat).unwrap();
        let (compiled, symbols) = compiled(bench, &wasm, false);
        let job = Job { artifact: compiled.artifact, ..call("main", &[Value::I32(0)]) };
        let first = bench.run_with(&job, &Options::default());
        let text = first.started.unwrap().text_address;
        // Where calls return to, and next to that; odd as return addresses are on Thumb.
        let site =
            symbols.sites.iter().find(|site| symbols.function(site.return_offset).unwrap().name == "main").unwrap();
        let bit = u32::from(bench.board.name.contains("mps2"));
        let address = (text + site.return_offset - 2 * VALUES as u32) | bit;
        let (_, trace) = trap_of(bench, &wasm, call("main", &[Value::I32(address as i32)]));
        assert_eq!((names(&trace), trace.end), (vec!["fail", "liar", "main"], End::Entry), "{trace:?}");
        let honest = first.stacks[0].words.len();
        let job = Job { calls: vec![("main".to_owned(), vec![Value::I32(address as i32)])], ..job };
        assert!(bench.run_with(&job, &Options::default()).stacks[0].words.len() >= honest + 3, "they were there");
    });
}

#[test]
fn what_a_module_starts_with_has_a_backtrace() {
    on_boards(|bench| {
        let wat = "(module (func $fail unreachable) (func $begin (call $fail) (call $fail)) (start $begin))";
        let (kind, trace) = trap_of(bench, &wat::parse_str(wat).unwrap(), Job::default());
        let innermost: Vec<&str> = names(&trace).into_iter().take(2).collect();
        assert_eq!(
            (kind, innermost, trace.end),
            (TrapKind::Unreachable, vec!["fail", "begin"], End::Entry),
            "{trace:?}"
        );
    });
}

#[test]
fn metered_code_has_the_same_backtraces() {
    on_boards(|bench| {
        let wasm = wat::parse_str(CALLS).unwrap();
        let limits = Limits { fuel: Some(10_000), ..Limits::default() };
        let job = Job { limits, ..call("plain", &[Value::I32(1), Value::I32(0)]) };
        let (_, trace) = trap_of(bench, &wasm, job);
        assert_eq!((names(&trace), trace.end), (vec!["divide", "plus", "plain"], End::Entry));
        let limits = Limits { fuel: Some(100), ..Limits::default() };
        let (kind, trace) = trap_of(bench, &wasm, Job { limits, ..call("down", &[Value::I32(1000), Value::I32(1)]) });
        assert_eq!((kind, trace.end), (TrapKind::OutOfFuel, End::Entry));
        assert!(names(&trace).iter().all(|name| *name == "down") && trace.frames.len() > 5, "{trace:?}");
    });
}

/// What a deadline interrupts is at no site, and yet its callers are found.
#[test]
fn a_deadline_has_a_backtrace() {
    on_boards(|bench| {
        let wat = r#"(module
            (global $n (mut i32) (i32.const 0))
            (func $leaf (param i32) (loop $again
                (global.set $n (i32.add (global.get $n) (local.get 0))) (br $again)))
            (func $calls (param i32) (loop $again
                (call $count (local.get 0))
                (global.set $n (i32.mul (i32.add (i32.mul (global.get $n) (local.get 0)) (i32.const 7)) (global.get $n)))
                (global.set $n (i32.mul (i32.add (i32.mul (global.get $n) (local.get 0)) (i32.const 9)) (global.get $n)))
                (br $again)))
            (func $count (param i32) (if (i32.eq (local.get 0) (i32.const 77)) (then (call $count (local.get 0)))))
            (func $middle (param i32 i32)
                (if (local.get 0) (then (call $leaf (local.get 1))) (else (call $calls (local.get 1))))
                (global.set $n (local.get 1)))
            (func (export "main") (param i32 i32)
                (call $middle (local.get 0) (local.get 1)) (global.set $n (local.get 0))))"#;
        let wasm = wat::parse_str(wat).unwrap();
        for (leaf, innermost) in [(1, "leaf"), (0, "calls")] {
            let job = Job { deadlines_us: vec![500], ..call("main", &[Value::I32(leaf), Value::I32(3)]) };
            let (kind, trace) = trap_of(bench, &wasm, job);
            let expected = [innermost, "middle", "main"];
            // The loop calls for an instant what may not have its frame yet, and then its caller is not seen.
            let expected = match names(&trace)[0] {
                "count" => &expected[expected.len() - (trace.frames.len() - 1).clamp(2, 3)..],
                _ => &expected[..],
            };
            let skip = usize::from(names(&trace)[0] == "count");
            let found = (kind, &names(&trace)[skip..], trace.end);
            assert_eq!(found, (TrapKind::DeadlineExceeded, expected, End::Entry), "{}: {trace:?}", bench.board);
        }
    });
}

/// Calls of other instances are on the same stack; what of them is known, the host decides.
fn between_instances(bench: &Bench) {
    let callee = wat::parse_str(
        r#"(module (func $fail (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
             (func (export "deep") (param i32) (result i32) (i32.add (i32.const 1) (call $fail (local.get 0)))))"#,
    );
    let caller = wat::parse_str(
        r#"(module (import "callee" "deep" (func $deep (param i32) (result i32)))
             (func $inner (param i32) (result i32) (i32.add (i32.const 1) (call $deep (local.get 0))))
             (func (export "outer") (param i32) (result i32) (i32.add (i32.const 1) (call $inner (local.get 0)))))"#,
    );
    let (callee, callee_symbols) = compiled(bench, &callee.unwrap(), false);
    let (caller, caller_symbols) = compiled(bench, &caller.unwrap(), false);
    let mut script = Script::new(bench.board, (8 << 10) + bench.board.target.stack_reserve(), 0);
    let first = script.instantiate(&callee.artifact, 8192).unwrap();
    script.register(first, "callee");
    let second = script.instantiate(&caller.artifact, 8192).unwrap();
    script.call(second, "outer", &[Value::I32(0)]).unwrap();
    let answer = script.ask(&bench.firmware, &Options::default()).unwrap();
    let Some((sandgrain_cli::job::script::Outcome::Trapped(trap), _)) = answer.steps.last() else {
        panic!("{answer:?}")
    };
    let (offset, stack) = (trap.code_offset.unwrap(), &answer.stacks[0]);
    let all = [&callee_symbols, &caller_symbols];
    let trace = backtrace(offset, true, stack, |instance| all.get(instance as usize).copied());
    assert_eq!((names(&trace), trace.end), (vec!["fail", "deep", "inner", "outer"], End::Entry), "{}", bench.board);
    assert_eq!(trace.frames.iter().map(|frame| frame.instance).collect::<Vec<_>>(), [0, 0, 1, 1]);
    let trace = backtrace(offset, true, stack, |instance| (instance == 0).then_some(&callee_symbols));
    assert_eq!((names(&trace), trace.end), (vec!["fail", "deep", "?"], End::Foreign), "{}", bench.board);
    assert!(trace.to_string().contains("in instance 1"), "{trace}");
}

#[test]
fn calls_between_instances_are_in_the_backtrace() {
    on_boards(between_instances);
}

#[test]
fn calls_between_instances_are_in_the_backtrace_on_every_other_part() {
    Bench::every_other_part().iter().for_each(between_instances);
}

/// From Rust with DWARF: functions as the source calls them, lines, and what was inlined.
#[test]
fn a_guest_with_dwarf_has_lines() {
    on_boards(|bench| {
        let Some(wasm) = traced_guest("crash") else { return };
        let (kind, mut trace) = trap_of(bench, &wasm, call("divide", &[Value::I32(0)]));
        assert_eq!((kind, trace.end), (TrapKind::Unreachable, End::Entry));
        trace.add_lines(0, &Lines::read(&wasm).unwrap().unwrap());
        let (source, text) = (include_str!("../guests/crash/src/lib.rs"), trace.to_string());
        let line_of = |text: &str| source.lines().position(|line| line.contains(text)).unwrap() as u32 + 1;
        let frame = |name: &str| trace.frames.iter().find(|f| f.function.as_deref().is_some_and(|f| f.ends_with(name)));
        let line = |name: &str, depth: usize| {
            let line = frame(name).and_then(|frame| frame.lines.get(depth)).unwrap_or_else(|| panic!("{name}: {text}"));
            assert!(line.file.as_ref().is_some_and(|file| file.ends_with("lib.rs")), "{text}");
            line.line.unwrap()
        };
        assert_eq!(line("share", 0), line_of("total / of"), "the line of what was inlined: {text}");
        assert_eq!(line("share", 1), line_of("per(total, of) + 1"), "{text}");
        assert_eq!(line("shares", 0), line_of("sum += share"), "{text}");
        assert_eq!(line("divide", 0), line_of("shares(black_box"), "{text}");
    });
}
