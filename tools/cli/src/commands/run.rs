//! `sandgrain run`.

use std::path::PathBuf;
use std::time::Duration;

use sandgrain_abi::{HelperGroups, Target, TrapKind};
use sandgrain_artifact::{Artifact, ExternType, ValType};
use sandgrain_run_protocol::{CallReport, Limits, Outcome, StackReport, Stage, TrapReport, Value};
use serde_json::json;

use crate::backtrace::{self, Backtrace};
use crate::boards::{Board, Firmware};
use crate::emulator::Options;
use crate::failure::{Exit, Failure, Result};
use crate::job::{self, Answer, Job};
use crate::module_file::{self, Built, ModuleFile};
use crate::progress::ProgressLine;
use crate::value;

const EXAMPLES: &str = "\
Examples:
  sandgrain run fib.wasm --board qemu-mps2-an386 --invoke fib 20
  sandgrain run fib.wasm --board qemu-riscv32-virt --invoke fib 20 --stats
  sandgrain run fib.sg --board qemu-riscv32-virt --invoke fib 20 --stats --json
  sandgrain run fib.wasm --board qemu-riscv32-virt --target rv32imc --invoke fib 20
  sandgrain run fib.wasm --board host --invoke fib 40

Results go to standard output, one a line; a trap, with kind, code offset and place, to standard error.
Exit codes: 0 returned, 1 failed, 2 wrong usage, 3 refused (invalid, unsupported, unlinkable), 4 trapped.";

/// Run a module on an emulated board, or in a process of this computer
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The module: .wasm or .wat (compiled for the board first), or an artifact
    #[arg(value_name = "IN.wasm|IN.sg")]
    input: PathBuf,
    /// The board, one of `sandgrain boards`
    #[arg(long)]
    board: String,
    /// The part that the board is to be, one of those that `sandgrain boards` lists for it [default: the first]
    #[arg(long, value_name = "TARGET", value_parser = super::lists::target)]
    target: Option<Target>,
    /// Exported function to call, and its arguments: 20, -1, 0xff. Without it, the module is only instantiated
    #[arg(long, value_names = ["F", "ARGS"], num_args = 1.., allow_negative_numbers = true)]
    invoke: Vec<String>,
    /// Say what it cost: instructions (exact; not counted in processes), code, RAM, stack
    #[arg(long)]
    stats: bool,
    /// Print results, trap and costs as one JSON object
    #[arg(long)]
    json: bool,
    /// Let imports that nothing provides return 0, and count their calls
    #[arg(long)]
    stub_imports: bool,
    /// Seconds of this computer's time that the board may take
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    timeout: u64,
    /// The network-free firmware's ELF file [default: the one that `./dev firmware` builds]
    #[arg(long, value_name = "ELF")]
    firmware: Option<PathBuf>,
    /// Milliseconds of the board's time that the call may take; then it traps
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u32).range(1..=4_000_000))]
    deadline: Option<u32>,
    /// Fuel that module and call may use up, then they trap; an artifact must have been compiled with --fuel
    #[arg(long, value_name = "N")]
    fuel: Option<u32>,
    /// Compile the module with the linear memory that it provably uses, as `compile --trim-memory` does
    #[arg(long)]
    trim_memory: bool,
    /// Bytes that the module's memories may have
    #[arg(long, value_name = "BYTES")]
    max_memory: Option<u32>,
    /// Elements that a table of the module may have
    #[arg(long, value_name = "N")]
    max_table: Option<u32>,
    /// What runs the module; only `aot` is supported yet
    #[arg(long, value_enum, default_value_t, hide = true)]
    engine: Engine,
    /// Where in the board's memory the artifact goes, a multiple of 16
    #[arg(long, value_name = "ADDRESS", value_parser = address, hide = true)]
    load_address: Option<u32>,
    /// Preempt the guest after so many microseconds, again and again
    #[arg(long, value_name = "US", default_value_t = 0, hide = true)]
    slice: u32,
    /// Leave it to the board to refuse a bad artifact
    #[arg(long, hide = true)]
    unchecked: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Engine {
    #[default]
    Aot,
    Interp,
}

fn address(text: &str) -> Result<u32, String> {
    match value::parse(text, ValType::I32) {
        Ok(Value::I32(address)) => Ok(address as u32),
        _ => Err("not an address".to_owned()),
    }
}

pub fn main(args: &Args) -> Result<Exit> {
    if args.engine == Engine::Interp {
        return Err(Failure::refused("--engine interp is not supported yet: run without it"));
    }
    let board = match args.target {
        Some(target) => Board::with_target(&args.board, target)?,
        None => Board::named(&args.board)?,
    };
    let built = {
        let line = ProgressLine::on_stderr(args.json);
        let file = ModuleFile::read(&args.input)?;
        let mut options = module_file::options(&args.input, board.target);
        options.fuel = args.fuel.is_some();
        options.trim_memory = args.trim_memory;
        module_file::build_with_progress(&args.input, file, &options, &|progress| line.show(progress))?
    };
    let artifact = match module_file::check(&args.input, &built.artifact, board.target) {
        Ok(artifact) => Some(artifact),
        Err(_) if args.unchecked => None,
        Err(refusal) => return Err(refusal),
    };
    let is_metered = |artifact: &Artifact<'_>| artifact.header().helpers.contains(HelperGroups::FUEL);
    if args.fuel.is_some() && artifact.as_ref().is_some_and(|artifact| !is_metered(artifact)) {
        return Err(
            Failure::refused("the artifact uses up no fuel: compile it with --fuel").about(args.input.display())
        );
    }
    let call = match args.invoke.split_first() {
        Some((function, arguments)) => vec![typed_call(artifact.as_ref(), function, arguments)?],
        None => Vec::new(),
    };
    let firmware = board.firmware(Firmware::Run, args.firmware.as_deref())?;
    let job = Job {
        artifact: built.artifact.clone(),
        address: args.load_address,
        calls: call,
        verify: true,
        stub_imports: args.stub_imports,
        slice_us: args.slice,
        limits: Limits {
            stack_bytes: None,
            memory_bytes: args.max_memory,
            table_elements: args.max_table,
            fuel: args.fuel,
        },
        // The parser has bounded it.
        deadlines_us: args.deadline.map(|ms| ms * 1000).into_iter().collect(),
        nested_interrupts: false,
    };
    let options =
        Options { count_instructions: args.stats, limit: Duration::from_secs(args.timeout), ..Options::default() };
    let answer = job::execute(board, &firmware, &job, &options)?;
    for text in &answer.printed {
        // With --json, standard output is for the object alone.
        if args.json { eprintln!("{text}") } else { println!("{text}") }
    }
    if let Some((stage, why)) = &answer.refused {
        return Err(refusal(board, *stage, why, &answer, artifact.as_ref()));
    }
    Ok(report(args, board, &built, artifact.as_ref(), &answer))
}

/// Gives the arguments the types of the function's parameters.
fn typed_call(artifact: Option<&Artifact<'_>>, function: &str, arguments: &[String]) -> Result<(String, Vec<Value>)> {
    let Some(artifact) = artifact else {
        // The board will refuse it before it looks at the call.
        return Ok((function.to_owned(), Vec::new()));
    };
    let content = artifact.content();
    let Some(ExternType::Func(ty)) = content.find_export(function).and_then(|item| content.export_type(item)) else {
        let is_function = |item| matches!(content.export_type(item), Some(ExternType::Func(_)));
        let names: Vec<&str> =
            content.exports().iter().filter(|export| is_function(export.item)).map(|export| export.name).collect();
        return Err(Failure::usage(match names.is_empty() {
            true => format!("the module exports no function `{function}`, nor any other"),
            false => format!("the module exports no function `{function}`; it exports {}", names.join(", ")),
        }));
    };
    let params: Vec<ValType> = ty.params.iter().collect();
    if params.len() != arguments.len() {
        let types: Vec<&str> = params.iter().map(|ty| ty.name()).collect();
        return Err(Failure::usage(format_args!(
            "`{function}` takes {} arguments ({}), {} are given",
            params.len(),
            types.join(", "),
            arguments.len()
        )));
    }
    let values = arguments.iter().zip(params).enumerate().map(|(i, (text, ty))| {
        value::parse(text, ty).map_err(|why| Failure::usage(format_args!("argument {} of `{function}`: {why}", i + 1)))
    });
    Ok((function.to_owned(), values.collect::<Result<_>>()?))
}

fn refusal(board: &Board, stage: Stage, why: &str, answer: &Answer, artifact: Option<&Artifact<'_>>) -> Failure {
    if answer.missing.is_empty() {
        let stage = match stage {
            Stage::Request => "the request",
            Stage::Open => "the artifact",
            Stage::Instantiate => "an instance",
            Stage::Call(_) => "the call",
            Stage::Changed => "the artifact after the calls",
        };
        return Failure::refused(format_args!("{board} refused {stage}: {why}"));
    }
    let type_of = |module: &str, name: &str| {
        let content = artifact?.content();
        let import = content.imports().iter().find(|import| (import.module, import.name) == (module, name))?;
        content.import_type(&import.ty).map(|ty| ty.to_string())
    };
    let mut message = "nothing provides these imports:".to_owned();
    for (module, name) in &answer.missing {
        message.push_str(&format!("\n  {module}.{name} {}", type_of(module, name).unwrap_or_default()));
    }
    message.push_str("\n--stub-imports lets each return 0");
    Failure::refused(message)
}

/// Prints results, trap and costs.
fn report(args: &Args, board: &Board, built: &Built, artifact: Option<&Artifact<'_>>, answer: &Answer) -> Exit {
    let call = answer.calls.first();
    let trap = answer.start_trapped.or_else(|| call.and_then(trap_of));
    let results = match call.map(|call| &call.outcome) {
        Some(Outcome::Returned(values)) => values.as_slice(),
        _ => &[],
    };
    // The start or the only call: whichever trapped, the stack is its.
    let stack = answer.stacks.last().filter(|_| trap.is_some());
    let trace = trap.zip(stack).and_then(|(trap, stack)| explain(trap, stack, built));
    if args.json {
        super::print_json(&report_json(args, board, artifact, answer, results, trap, trace.as_ref()));
    } else {
        for value in results {
            println!("{}", value::text(*value));
        }
    }
    if let Some(trap) = trap {
        eprintln!("{}", trap_text(trap, answer.start_trapped.is_some(), trace.as_ref()));
        if let (None, Some(stack)) = (&built.symbols, &stack) {
            let stack = backtrace::stack_text(stack);
            let offset = trap.code_offset.unwrap_or_default();
            let target = board.target.name();
            eprintln!("  callers: sandgrain trace IN.wasm --target {target} {offset:#x} --stack '{stack}'");
        }
    }
    for (module, name, calls) in &answer.stubs {
        eprintln!("stub {module}.{name}: {calls} calls");
    }
    if args.stats && !args.json {
        print_stats(board, artifact, answer, call);
        if let Some(call) = call.filter(|_| args.fuel.is_some()) {
            eprintln!("{:<24} {:>12} units", "fuel left", call.fuel);
        }
    }
    if trap.is_some() { Exit::Trapped } else { Exit::Done }
}

fn trap_of(call: &CallReport) -> Option<TrapReport> {
    match call.outcome {
        Outcome::Trapped(trap) => Some(trap),
        Outcome::Returned(_) => None,
    }
}

fn kind_text(trap: TrapReport) -> String {
    match TrapKind::from_code(trap.kind) {
        Some(kind) => kind.message().to_owned(),
        None => format!("unknown kind {}", trap.kind),
    }
}

/// Names and lines, as far as the module was compiled here and has them.
fn explain(trap: TrapReport, stack: &StackReport, built: &Built) -> Option<Backtrace> {
    let (symbols, wasm) = built.symbols.as_ref().zip(built.wasm.as_ref())?;
    let is_site = trap.kind != TrapKind::DeadlineExceeded as u8;
    Some(super::trace::explain(trap.code_offset?, is_site, Some(stack), symbols, wasm))
}

/// What trapped and where, with the calls that led there.
fn trap_text(trap: TrapReport, at_start: bool, trace: Option<&Backtrace>) -> String {
    let mut text = format!("trap: {}", kind_text(trap));
    if at_start {
        text.push_str(" while instantiating");
    }
    if let Some(offset) = trap.code_offset {
        text.push_str(&format!(" at code offset {offset:#x}"));
    }
    if let Some(trace) = trace {
        text.push_str(&trace.to_string());
    }
    text
}

fn report_json(
    args: &Args,
    board: &Board,
    artifact: Option<&Artifact<'_>>,
    answer: &Answer,
    results: &[Value],
    trap: Option<TrapReport>,
    trace: Option<&Backtrace>,
) -> serde_json::Value {
    let mut object = json!({
        "results": results.iter().map(|v| value::json(*v)).collect::<Vec<_>>(),
        "trap": trap.map(|trap| json!({ "kind": kind_text(trap), "offset": trap.code_offset })),
    });
    if let Some((frames, end)) = trace.map(Backtrace::json) {
        object["trap"]["backtrace"] = frames;
        object["trap"]["backtrace_end"] = end.into();
    }
    if args.stub_imports {
        let stubs = answer.stubs.iter().map(|(m, n, calls)| json!({ "module": m, "name": n, "calls": calls }));
        object["stubs"] = stubs.collect();
    }
    if args.stats {
        let stack = artifact.map(|artifact| artifact.content().stack());
        let counted = |instructions: u64| board.is_machine().then_some(instructions);
        object["call_instructions"] = json!(answer.calls.first().and_then(|call| counted(call.instructions)));
        object["start_instructions"] = json!(answer.started.and_then(|s| counted(s.instructions)));
        object["code_bytes"] = json!(answer.started.map(|s| s.text_bytes));
        object["memory_bytes"] = json!(answer.finished.map(|f| f.memory_bytes));
        object["instance_bytes"] = json!(answer.started.map(|s| s.instance_bytes));
        object["host_bytes"] = json!(answer.started.map(|s| s.host_bytes));
        object["stack_bytes"] = json!(stack.map(|s| s.bytes));
        object["stack_bounded"] = json!(stack.map(|s| s.bounded));
        object["stack_used_bytes"] = json!(answer.finished.map(|f| f.stack_bytes));
        object["preemptions"] = json!(answer.calls.first().map(|call| call.preemptions));
        object["fuel_left"] = json!(answer.calls.first().filter(|_| args.fuel.is_some()).map(|call| call.fuel));
    }
    object
}

/// To standard error: the results are what standard output is for.
fn print_stats(board: &Board, artifact: Option<&Artifact<'_>>, answer: &Answer, call: Option<&CallReport>) {
    let row = |what: &str, value: u64, unit: &str| eprintln!("{what:<24} {value:>12} {unit}");
    let instructions = |what: &str, value: u64| match board.is_machine() {
        true => row(what, value, "instructions"),
        false => eprintln!("{what:<24} {:>12} instructions: they are not counted in a process", "-"),
    };
    if let Some(call) = call {
        instructions("call", call.instructions);
    }
    if let Some(started) = answer.started {
        instructions("load and instantiate", started.instructions);
        row("code", started.text_bytes.into(), "bytes of flash");
        row("instance", started.instance_bytes.into(), "bytes of RAM");
        row("its runtime", started.host_bytes.into(), "bytes of RAM");
    }
    if let Some(finished) = answer.finished {
        row("linear memory", finished.memory_bytes.into(), "bytes of RAM");
        row("stack used", finished.stack_bytes.into(), "bytes of RAM");
    }
    if let Some(stack) = artifact.map(|artifact| artifact.content().stack()) {
        row("stack asked for", stack.bytes.into(), if stack.bounded { "bytes (a bound)" } else { "bytes (no bound)" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn artifact() -> Vec<u8> {
        let wasm = wat::parse_str(
            r#"(module (memory (export "memory") 1)
                 (func (export "add") (param i32 i64) (result i64) (i64.add (local.get 1) (i64.extend_i32_s (local.get 0)))))"#,
        );
        let file = ModuleFile::Wasm(wasm.unwrap());
        module_file::build(Path::new("m.wasm"), file, Target::Rv32Imac).unwrap().artifact
    }

    #[test]
    fn arguments_get_the_types_of_the_parameters() {
        let bytes = artifact();
        let artifact = module_file::check(Path::new("m.sg"), &bytes, Target::Rv32Imac).unwrap();
        let call = |function: &str, arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
            typed_call(Some(&artifact), function, &arguments)
        };
        assert_eq!(call("add", &["-1", "2"]).unwrap().1, [Value::I32(-1), Value::I64(2)]);
        for (function, arguments, hint) in [
            ("sub", &["1", "2"][..], "it exports add"),
            ("memory", &[], "it exports add"),
            ("add", &["1"], "takes 2 arguments (i32, i64), 1 are given"),
            ("add", &["1", "1.5"], "argument 2 of `add`: `1.5` is no i64"),
        ] {
            let failure = call(function, arguments).unwrap_err();
            assert_eq!(failure.exit(), Exit::Usage);
            assert!(failure.to_string().contains(hint), "{failure}");
        }
    }

    #[test]
    fn a_trap_is_placed_as_far_as_is_known() {
        let trap = TrapReport { kind: TrapKind::IntegerDivisionByZero as u8, code_offset: Some(0x1c) };
        assert_eq!(trap_text(trap, false, None), "trap: integer divide by zero at code offset 0x1c");
        let nowhere = TrapReport { kind: 99, code_offset: None };
        assert_eq!(trap_text(nowhere, true, None), "trap: unknown kind 99 while instantiating");
    }
}
