//! `sandgrain trace`.

use std::path::PathBuf;

use sandgrain_abi::Target;
use sandgrain_artifact::ValType;
use sandgrain_run_protocol::{StackReport, Value};

use crate::backtrace::{Backtrace, backtrace, parse_stack};
use crate::failure::{Failure, Result};
use crate::lines::Lines;
use crate::module_file::{self, ModuleFile};
use crate::symbols::Symbols;
use crate::value;

const EXAMPLES: &str = "\
Examples:
  sandgrain trace app.wasm --target cortex-m4f 0x1c                            the function and its line
  sandgrain trace app.wasm --target cortex-m4f 0x1c --stack '1c0 c:1a2 5c:30e'  and its callers";

/// Say which calls led to a trap that a device has reported, with lines where the module carries DWARF
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The module, which is compiled again, as the device's was
    #[arg(value_name = "IN.wasm")]
    input: PathBuf,
    /// What the device is: a name of `sandgrain targets`, or the Rust triple of the same part
    #[arg(long, value_parser = super::lists::target)]
    target: Target,
    /// The trap's code offset
    #[arg(value_name = "OFFSET", value_parser = offset)]
    offset: u32,
    /// What the device has said of its stack
    #[arg(long, value_name = "STACK", value_parser = parse_stack)]
    stack: Option<StackReport>,
    /// The module was compiled with --fuel
    #[arg(long)]
    fuel: bool,
    /// The trap is that of a deadline
    #[arg(long)]
    deadline: bool,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

fn offset(text: &str) -> Result<u32, String> {
    match value::parse(text, ValType::I32) {
        Ok(Value::I32(offset)) => Ok(offset as u32),
        _ => Err("not an offset".to_owned()),
    }
}

pub fn main(args: &Args) -> Result<()> {
    let ModuleFile::Wasm(wasm) = ModuleFile::read(&args.input)? else {
        return Err(Failure::refused("an artifact has no names; give the .wasm").about(args.input.display()));
    };
    let mut options = module_file::options(&args.input, args.target);
    options.pack = false;
    options.fuel = args.fuel;
    let symbols = Symbols::read(&module_file::compile(&args.input, &wasm, &options)?.object)?;
    if symbols.function(args.offset).is_none() {
        let why = format!("{:#x} is no offset in its code: the device runs another build", args.offset);
        return Err(Failure::refused(why).about(args.input.display()));
    }
    let trace = explain(args.offset, !args.deadline, args.stack.as_ref(), &symbols, &wasm);
    if args.json {
        let (frames, end) = trace.json();
        super::print_json(&serde_json::json!({ "backtrace": frames, "backtrace_end": end }));
    } else {
        println!("{}", trace.to_string().trim_start_matches('\n'));
    }
    Ok(())
}

/// The backtrace of a trap in the only instance, with the lines that its module knows.
pub fn explain(offset: u32, is_site: bool, stack: Option<&StackReport>, symbols: &Symbols, wasm: &[u8]) -> Backtrace {
    let nothing = StackReport::default();
    let mut trace =
        backtrace(offset, is_site, stack.unwrap_or(&nothing), |instance| (instance == 0).then_some(symbols));
    // Lines that cannot be read are as good as none: what is known without them is still worth printing.
    if let Ok(Some(lines)) = Lines::read(wasm) {
        trace.add_lines(0, &lines);
    }
    trace
}
