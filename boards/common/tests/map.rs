//! The memory map is written down three times, for the firmware, the linker and the host's tools: once too often for
//! trust, so they are compared, and nothing may overlap.

use std::path::Path;

use sandgrain_board::flash::SECTOR;
use sandgrain_board::map::{Region, an386, virt};

fn read(board: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(board).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The regions of board.toml by name.
fn from_toml(board: &str) -> Vec<(String, Region)> {
    let file: toml::Table = read(board, "board.toml").parse().unwrap();
    let memory = file["memory"].as_table().unwrap();
    let regions = memory.iter().map(|(name, range)| {
        let number = |key: &str| range[key].as_integer().unwrap() as usize;
        (name.clone(), Region { base: number("base"), len: number("len") })
    });
    regions.collect()
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

fn compare(board: &str, regions: [(&str, Region); 5], code: &str) {
    let declared = from_toml(board);
    let find = |name: &str| declared.iter().find(|(other, _)| other == name).unwrap().1;
    for (name, region) in regions {
        assert_eq!(find(name), region, "{board}: {name}");
    }
    assert_eq!(find("code"), from_linker_script(board, code), "{board}: code");
    assert_eq!(find("data"), from_linker_script(board, "RAM"), "{board}: data");
    assert_eq!(declared.len(), regions.len() + 2, "{board}: a region without a counterpart");
    for (i, (a, first)) in declared.iter().enumerate() {
        for (b, second) in &declared[i + 1..] {
            assert!(first.end() <= second.base || second.end() <= first.base, "{board}: {a} and {b} overlap");
        }
    }
    assert!(find("slots").len.is_multiple_of(SECTOR));
    assert!(find("mailbox").len >= 4 << 10 && find("artifact").len >= 2 << 20 && find("arena").len >= 1 << 20);
}

#[test]
fn an386_is_described_alike_everywhere() {
    use an386::*;
    let regions =
        [("provision", PROVISION), ("artifact", ARTIFACT), ("mailbox", MAILBOX), ("arena", ARENA), ("slots", SLOTS)];
    compare("qemu-mps2-an386", regions, "FLASH");
}

#[test]
fn virt_is_described_alike_everywhere() {
    use virt::*;
    let regions =
        [("provision", PROVISION), ("artifact", ARTIFACT), ("mailbox", MAILBOX), ("arena", ARENA), ("slots", SLOTS)];
    compare("qemu-riscv32-virt", regions, "ROM");
}
