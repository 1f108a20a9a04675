//! `sandgrain targets` and `sandgrain boards`.

use sandgrain_abi::{Isa, Target};
use serde_json::json;

use crate::boards::{Board, Firmware};
use crate::failure::Result;

const TARGETS_EXAMPLES: &str = "\
Examples:
  sandgrain targets
  sandgrain compile fib.wasm --target rv32imac";

const BOARDS_EXAMPLES: &str = "\
Examples:
  sandgrain boards
  sandgrain run fib.wasm --board qemu-riscv32-virt --invoke fib 20";

/// List what modules can be compiled for
#[derive(clap::Args)]
#[command(after_help = TARGETS_EXAMPLES)]
pub struct Targets {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

/// List the boards that modules can be run on
#[derive(clap::Args)]
#[command(after_help = BOARDS_EXAMPLES)]
pub struct Boards {
    /// Print one JSON array
    #[arg(long)]
    json: bool,
}

/// The target of this name, for command lines.
pub fn target(name: &str) -> Result<Target, String> {
    Target::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Target::ALL.iter().map(|target| target.name()).collect();
        format!("no such target; there are {}", names.join(", "))
    })
}

fn features(target: Target) -> &'static str {
    match target.isa() {
        Isa::Thumb2 => "32- and 64-bit integers; no floats yet",
        Isa::Rv32 => "32- and 64-bit integers, compressed code; no floats yet",
    }
}

pub fn targets(args: &Targets) -> Result<()> {
    if args.json {
        let list = Target::ALL.iter().map(|&t| {
            json!({ "name": t.name(), "triple": t.triple(), "id": t as u8, "pointer_bytes": t.pointer_bytes(),
                    "features": features(t) })
        });
        super::print_json(&list.collect());
        return Ok(());
    }
    for &target in Target::ALL {
        println!("{:<12} {:<30} {}", target.name(), target.triple().unwrap_or("-"), features(target));
    }
    Ok(())
}

pub fn boards(args: &Boards) -> Result<()> {
    if args.json {
        let list = Board::all().iter().map(|board| {
            let memory = &board.memory;
            json!({
                "name": board.name, "target": board.target.name(), "summary": board.summary,
                "artifact_bytes": memory.artifact.len, "arena_bytes": memory.arena.len, "slot_bytes": memory.slots.len,
                "firmware_built": board.firmware_path(Firmware::Run).is_file(),
            })
        });
        super::print_json(&list.collect());
        return Ok(());
    }
    for board in Board::all() {
        let kib = |bytes: u32| bytes >> 10;
        let memory = &board.memory;
        println!("{:<20} {:<12} {}", board.name, board.target.name(), board.summary);
        println!(
            "{:20} {:12} RAM for instances {} KiB, storage for modules {} KiB{}",
            "",
            "",
            kib(memory.arena.len),
            kib(memory.slots.len),
            match board.firmware_path(Firmware::Run).is_file() {
                true => "",
                false => "; firmware not built (`./dev firmware`)",
            },
        );
    }
    Ok(())
}
