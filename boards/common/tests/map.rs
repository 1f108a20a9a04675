//! The memory map is written down three times, for the firmware, the linker and the host's tools, and the parts that a
//! board can be twice: once too often for trust, so they are compared, and nothing may overlap.

use std::path::Path;

use sandgrain_abi::Target;
use sandgrain_board::flash::SECTOR;
use sandgrain_board::map::{Region, an385, an386, an500, an505, linux, virt};
use sandgrain_board::part::{self, Parts};

fn read(board: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(board).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The regions of board.toml by name.
fn regions(file: &toml::Table) -> Vec<(String, Region)> {
    let of_device = file.get("device").and_then(|device| device.as_table()).into_iter().flatten();
    let of_device = of_device.filter(|(name, _)| ["provision", "slots"].contains(&name.as_str()));
    let regions = file["memory"].as_table().unwrap().iter().chain(of_device).map(|(name, range)| {
        let number = |key: &str| range[key].as_integer().unwrap() as usize;
        (name.clone(), Region { base: number("base"), len: number("len") })
    });
    regions.collect()
}

/// The parts of board.toml, in order: triple and target.
fn parts(file: &toml::Table) -> Vec<(&str, Target)> {
    let parts = file["part"].as_array().unwrap().iter().map(|part| {
        let text = |key: &str| part[key].as_str().unwrap();
        (text("triple"), Target::from_name(text("target")).unwrap())
    });
    parts.collect()
}

/// A region of memory.x: `NAME : ORIGIN = 0x…, LENGTH = 0x…`
fn from_linker_script(board: &str, name: &str) -> Region {
    let script = read(board, "memory.x");
    let line = script.lines().find(|line| line.trim_start().starts_with(name)).unwrap();
    let mut numbers = line
        .split("0x")
        .skip(1)
        .map(|rest| rest.trim_end_matches(|c: char| !c.is_ascii_hexdigit()))
        .map(|rest| rest.split(',').next().unwrap())
        .map(|digits| usize::from_str_radix(digits, 16).unwrap());
    Region { base: numbers.next().unwrap(), len: numbers.next().unwrap() }
}

fn compare(board: &str, in_code: &[(&str, Region)], parts_in_code: Parts, flash: &str) {
    let declared = compare_declared(board, in_code, parts_in_code);
    let find = |name: &str| declared.iter().find(|(other, _)| other == name).unwrap().1;
    assert_eq!(find("code"), from_linker_script(board, flash), "{board}: code");
    assert_eq!(find("data"), from_linker_script(board, "RAM"), "{board}: data");
    assert_eq!(declared.len(), in_code.len() + 2, "{board}: a region without a counterpart");
    assert!(in_code.iter().all(|(name, region)| *name != "slots" || region.len.is_multiple_of(SECTOR)));
}

/// Compares board.toml with the code alone, and says what it declares.
fn compare_declared(board: &str, in_code: &[(&str, Region)], parts_in_code: Parts) -> Vec<(String, Region)> {
    let file: toml::Table = read(board, "board.toml").parse().unwrap();
    assert_eq!(parts(&file), parts_in_code, "{board}");
    let declared = regions(&file);
    let find = |name: &str| declared.iter().find(|(other, _)| other == name).unwrap().1;
    for (name, region) in in_code {
        assert_eq!(find(name), *region, "{board}: {name}");
    }
    for (i, (a, first)) in declared.iter().enumerate() {
        for (b, second) in &declared[i + 1..] {
            assert!(first.end() <= second.base || second.end() <= first.base, "{board}: {a} and {b} overlap");
        }
    }
    assert!(find("mailbox").len >= 4 << 10 && find("artifact").len >= 2 << 20 && find("arena").len >= 1 << 20);
    declared
}

#[test]
fn an385_is_described_alike_everywhere() {
    use an385::*;
    let regions = [("artifact", ARTIFACT), ("mailbox", MAILBOX), ("arena", ARENA)];
    compare("qemu-mps2-an385", &regions, part::AN385, "FLASH");
}

#[test]
fn an386_is_described_alike_everywhere() {
    use an386::*;
    let regions =
        [("provision", PROVISION), ("artifact", ARTIFACT), ("mailbox", MAILBOX), ("arena", ARENA), ("slots", SLOTS)];
    compare("qemu-mps2-an386", &regions, part::AN386, "FLASH");
}

#[test]
fn an500_is_described_alike_everywhere() {
    use an500::*;
    let regions = [("artifact", ARTIFACT), ("mailbox", MAILBOX), ("arena", ARENA)];
    compare("qemu-mps2-an500", &regions, part::AN500, "FLASH");
}

#[test]
fn an505_is_described_alike_everywhere() {
    use an505::*;
    let regions = [("artifact", ARTIFACT), ("mailbox", MAILBOX), ("arena", ARENA)];
    compare("qemu-mps2-an505", &regions, part::AN505, "FLASH");
}

#[test]
fn virt_is_described_alike_everywhere() {
    use virt::*;
    let regions =
        [("provision", PROVISION), ("artifact", ARTIFACT), ("mailbox", MAILBOX), ("arena", ARENA), ("slots", SLOTS)];
    compare("qemu-riscv32-virt", &regions, part::VIRT, "ROM");
}

#[test]
fn processes_are_described_alike_everywhere() {
    use linux::*;
    let boards = [("host", part::HOST), ("qemu-aarch64", part::QEMU_AARCH64), ("qemu-riscv64", part::QEMU_RISCV64)];
    let regions = [("artifact", ARTIFACT), ("mailbox", MAILBOX), ("arena", ARENA)];
    for (board, parts) in boards {
        assert_eq!(compare_declared(board, &regions, parts).len(), regions.len(), "{board}");
    }
    // The protocol's words have 32 bits.
    assert!(regions.iter().all(|(_, region)| region.end() <= 1 << 32));
}
