//! `sandgrain targets` and `sandgrain boards`.

use sandgrain_abi::{FloatUnit, Target};
use sandgrain_compiler::parse::{LANGUAGE, refused};
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

/// What the part is and computes with, in words.
fn features(target: Target) -> String {
    let part = match target {
        Target::CortexM3 => "ARMv7-M",
        Target::CortexM4 | Target::CortexM4F | Target::CortexM7 => "ARMv7E-M",
        Target::CortexM33 => "ARMv8-M Mainline",
        Target::Rv32Imc => "RISC-V without atomics",
        Target::Rv32Imac | Target::Rv32Imafc => "RISC-V",
        Target::Aarch64 => "ARMv8-A under Linux",
        Target::Riscv64 => "RV64GC under Linux",
        Target::X86_64 => "x86-64 with SSE4.1 under Linux",
    };
    let floats = match target.float_unit() {
        FloatUnit::Soft => "floats in software",
        FloatUnit::Single => "f32 in hardware, f64 in software",
        FloatUnit::Double => "floats in hardware",
    };
    format!("{part}, {floats}")
}

/// The boards that a module compiled for `target` runs on.
fn boards_for(target: Target) -> Vec<&'static str> {
    Board::all().iter().filter(|board| board.target == target).map(|board| board.name).collect()
}

pub fn targets(args: &Targets) -> Result<()> {
    if args.json {
        let list = Target::ALL.iter().map(|&t| {
            json!({ "name": t.name(), "triple": t.triple(), "id": t as u8, "pointer_bytes": t.pointer_bytes(),
                    "features": features(t), "boards": boards_for(t), "language": LANGUAGE,
                    "refused": refused().collect::<Vec<_>>() })
        });
        super::print_json(&list.collect());
        return Ok(());
    }
    for &target in Target::ALL {
        println!("{:<12} {}", target.name(), features(target));
        let synonym = target.triple().map(|triple| format!("also called {triple}"));
        let boards = boards_for(target);
        let boards = (!boards.is_empty()).then(|| format!("runs on {}", boards.join(", ")));
        let rest: Vec<String> = synonym.into_iter().chain(boards).collect();
        println!("{:12} {}", "", rest.join("; "));
    }
    println!("\nEach takes {}.", LANGUAGE.join(", "));
    println!("Refused on each, by name and with the offset: {}.", refused().collect::<Vec<_>>().join("; "));
    Ok(())
}

fn is_built(board: &Board) -> bool {
    board.firmware_path(Firmware::Run).is_file()
}

pub fn boards(args: &Boards) -> Result<()> {
    let boards = || Board::all().iter().filter(|board| board.is_default);
    if args.json {
        let list = boards().map(|board| {
            let parts =
                board.parts().map(|part| json!({ "name": part.target.name(), "firmware_built": is_built(part) }));
            json!({
                "name": board.name, "target": board.target.name(), "summary": board.summary,
                "artifact_bytes": board.memory.artifact.len, "arena_bytes": board.memory.arena.len,
                "slot_bytes": board.equipment.as_ref().map_or(0, |equipment| equipment.slots.len),
                "firmware_built": is_built(board), "targets": parts.collect::<Vec<_>>(),
            })
        });
        super::print_json(&list.collect());
        return Ok(());
    }
    for board in boards() {
        let kib = |bytes: u32| bytes >> 10;
        println!("{:<20} {}", board.name, board.summary);
        let storage = match &board.equipment {
            Some(equipment) => format!("{} KiB", kib(equipment.slots.len)),
            None => "none".to_owned(),
        };
        println!("{:20} RAM for instances {} KiB, storage for modules {storage}", "", kib(board.memory.arena.len));
        for part in board.parts() {
            let target = part.target.name();
            let what = if part.is_default { target.to_owned() } else { format!("{target}, with --target {target}") };
            let missing =
                if is_built(part) { String::new() } else { format!("; to be built: {}", part.build_command()) };
            println!("{:20} {what}{missing}", "");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_target_is_described_in_words_of_its_own() {
        let mut texts: Vec<String> = Target::ALL.iter().map(|&target| features(target)).collect();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), Target::ALL.len());
        assert_eq!(boards_for(Target::Rv32Imc), ["qemu-riscv32-virt"]);
    }
}
