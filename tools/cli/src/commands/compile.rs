//! `sandgrain compile`.

use std::io::Write;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sandgrain_abi::{Isa, Target};
use sandgrain_compiler::{Compiled, Report};
use sandgrain_proc::tools::find_program;
use serde_json::json;

use crate::failure::{self, Failure, Result};
use crate::module_file::{self, ModuleFile};
use crate::progress::ProgressLine;

const EXAMPLES: &str = "\
Examples:
  sandgrain compile fib.wasm --target cortex-m4f                 writes fib.sg, unsigned
  sandgrain compile fib.wat --target rv32imac --emit report      what it costs: flash, RAM, stack, by function
  sandgrain compile fib.wasm --target rv32imac --emit asm        disassembly (needs llvm-objdump)
  sandgrain compile fib.wasm --target cortex-m4f --trim-memory   with as much linear memory as it provably uses
  sandgrain compile app.wasm --target cortex-m4f --name sensor --module-version 1.2.0 --counter 3 -o sensor.sg";

/// Compile a WebAssembly module (.wasm or .wat) for a target
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The module
    #[arg(value_name = "IN.wasm")]
    input: PathBuf,
    /// What to compile for: a name of `sandgrain targets`, or the Rust triple of the same part
    #[arg(long, value_parser = super::lists::target)]
    target: Target,
    /// Where to write [default: the input's name with .sg or .o; standard output for text]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t)]
    emit: Emit,
    /// The module's name in the manifest, 1 to 32 of a-z 0-9 - _ . [default: the input's name]
    #[arg(long)]
    name: Option<String>,
    /// Its version for people, 1 to 32 of the same characters
    #[arg(long, value_name = "VERSION")]
    module_version: Option<String>,
    /// Its version for devices, which never go back
    #[arg(long, value_name = "N", default_value_t = 0)]
    counter: u32,
    /// The class of devices that it is for [default: any]
    #[arg(long, value_name = "CLASS")]
    device_class: Option<String>,
    /// Put the WebAssembly into the artifact as well, for devices that can only interpret it
    #[arg(long)]
    carry_wasm: bool,
    /// Bytes of stack to ask for if the need is not bounded
    #[arg(long, value_name = "BYTES")]
    stack: Option<u32>,
    /// Most functions that are compiled at once [default: as many as this host runs threads]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Give the module the linear memory that it provably uses instead of the one that it declares; refused, with the
    /// access to blame, if some address is not bounded. What the host can look into has to be as large as the exported
    /// constant __heap_base says
    #[arg(long)]
    trim_memory: bool,
    /// Make code that uses up fuel, as much as wasmi counts for the same module
    #[arg(long)]
    fuel: bool,
    /// Print the costs as one JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
enum Emit {
    /// The artifact that devices run
    #[default]
    Artifact,
    /// The same code as an ELF file with symbols, for objdump and gdb
    Object,
    /// The optimised intermediate code
    Clif,
    /// The disassembled machine code
    Asm,
    /// What it costs
    Report,
}

pub fn main(args: &Args) -> Result<()> {
    let ModuleFile::Wasm(wasm) = ModuleFile::read(&args.input)? else {
        return Err(Failure::refused("an artifact is compiled already; give the .wasm").about(args.input.display()));
    };
    let mut options = module_file::options(&args.input, args.target);
    options.stack_bytes = args.stack;
    options.pack = args.emit == Emit::Artifact;
    options.fuel = args.fuel;
    options.trim_memory = args.trim_memory;
    options.carry_wasm = args.carry_wasm;
    options.keep_clif = args.emit == Emit::Clif;
    let identity = &mut options.identity;
    identity.counter = args.counter;
    for (field, given) in [
        (&mut identity.name, &args.name),
        (&mut identity.version, &args.module_version),
        (&mut identity.device_class, &args.device_class),
    ] {
        if let Some(given) = given {
            field.clone_from(given);
        }
    }
    if let Some(threads) = args.threads {
        options.threads = threads;
    }
    let compiled = {
        let line = ProgressLine::on_stderr(args.json);
        module_file::compile_with_progress(&args.input, &wasm, &options, &|progress| line.show(progress))?
    };
    let written = emit(args, &compiled)?;
    if args.json {
        let mut object = report_json(&compiled.report);
        object["output"] = json!(written);
        super::print_json(&object);
    } else if let Some(path) = written {
        summarize(&path, &compiled);
    }
    Ok(())
}

/// Writes what was asked for; returns the file, if it went to one.
fn emit(args: &Args, compiled: &Compiled) -> Result<Option<PathBuf>> {
    let text = match args.emit {
        Emit::Artifact => return to_file(args, "sg", &compiled.artifact).map(Some),
        Emit::Object => return to_file(args, "o", &compiled.object).map(Some),
        Emit::Clif => compiled.clif.clone().unwrap_or_default(),
        Emit::Asm => disassemble(args.target, &compiled.object)?,
        Emit::Report => compiled.report.to_string(),
    };
    match &args.output {
        Some(path) => failure::write(path, text).map(|()| Some(path.clone())),
        // With --json, standard output is for the object alone.
        None if args.json => Ok(None),
        None => std::io::stdout().write_all(text.as_bytes()).map_err(Failure::failed).map(|()| None),
    }
}

fn to_file(args: &Args, extension: &str, bytes: &[u8]) -> Result<PathBuf> {
    let path = args.output.clone().unwrap_or_else(|| args.input.with_extension(extension));
    if path == args.input {
        return Err(Failure::usage(format_args!(
            "{} would overwrite the input; choose a file with -o",
            path.display()
        )));
    }
    failure::write(&path, bytes).map(|()| path)
}

fn summarize(path: &Path, compiled: &Compiled) {
    let report = &compiled.report;
    let artifact = match compiled.artifact.len() {
        0 => String::new(),
        bytes => format!("; the artifact has {bytes} bytes, unsigned"),
    };
    eprintln!(
        "{}: {}, {} bytes of code, {} bytes of instance, stack {} bytes{}{artifact}",
        path.display(),
        report.target.name(),
        report.code_bytes,
        report.instance_bytes,
        report.stack_bytes,
        if report.stack_bound.is_some() { "" } else { " (not bounded)" },
    );
    for note in &report.notes {
        eprintln!("note: {note}");
    }
}

pub fn report_json(report: &Report) -> serde_json::Value {
    let functions: Vec<_> = report
        .functions
        .iter()
        .map(|f| {
            json!({
                "name": f.name, "offset": f.offset, "code_bytes": f.code_bytes, "frame_bytes": f.frame_bytes,
                "stack_bytes": f.stack_bytes, "moves": f.moves, "checks_kept": f.checks_kept,
                "checks_removed": f.checks_removed, "helpers": super::inspect::helper_names(f.helpers),
            })
        })
        .collect();
    json!({
        "target": report.target.name(),
        "code_bytes": report.code_bytes,
        "data_bytes": report.data_bytes,
        "instance_bytes": report.instance_bytes,
        "memory_bytes": report.memory_bytes.iter().map(|(min, _)| min).collect::<Vec<_>>(),
        "stack_bytes": report.stack_bytes,
        "stack_bounded": report.stack_bound.is_some(),
        "trap_sites": report.trap_sites,
        "flash_bytes": report.flash_bytes(),
        "ram_bytes": report.ram_bytes(),
        "recursion": report.recursion,
        "imports": report.imports,
        "helpers": super::inspect::helper_names(report.helpers),
        "functions": functions,
        "notes": report.notes,
    })
}

/// Longest time that a disassembler may take.
const DISASSEMBLY: Duration = Duration::from_secs(60);

fn disassemble(target: Target, object: &[u8]) -> Result<String> {
    let objdump = ["llvm-objdump-19", "llvm-objdump"].iter().find_map(|name| find_program(name)).ok_or_else(|| {
        Failure::failed(
            "--emit asm needs llvm-objdump, which is not here: run `./dev setup`, or install the package llvm; or write \
             the ELF file with --emit object",
        )
    })?;
    let directory = crate::emulator::temporary_directory()?;
    failure::write(&directory.path().join("module.o"), object)?;
    let mut command = Command::new(objdump);
    command.current_dir(directory.path());
    match target.isa() {
        Isa::Thumb2 => command.args(["--triple=thumbv7em", "--mcpu=cortex-m4"]),
        Isa::Rv32 => command.args(["--mattr=+m,+a,+c"]),
        Isa::Riscv64 => command.args(["--mattr=+m,+a,+f,+d,+c"]),
        Isa::Aarch64 | Isa::X86_64 => &mut command,
    };
    command.args(["-d", "-z", "module.o"]);
    let captured = sandgrain_proc::capture(command, DISASSEMBLY)?;
    if !captured.status.success() {
        let why = String::from_utf8_lossy(&captured.stderr);
        return Err(Failure::failed(format_args!("llvm-objdump: {}", why.trim())));
    }
    Ok(String::from_utf8_lossy(&captured.stdout).into_owned())
}
