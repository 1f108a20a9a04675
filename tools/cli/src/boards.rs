//! The emulated boards, as `boards/*/board.toml` describes them.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sandgrain_abi::Target;
use serde::Deserialize;

use crate::failure::{Failure, Result};

/// What the tools know about a board.
#[derive(Debug, Clone)]
pub struct Board {
    /// Its name on the command line, which is also that of its folder.
    pub name: &'static str,
    /// What modules are compiled for.
    pub target: Target,
    /// One line for people.
    pub summary: String,
    /// The Rust target of its firmware.
    pub triple: String,
    /// How QEMU becomes this board.
    pub emulator: Emulator,
    /// Its memory.
    pub memory: MemoryMap,
}

/// How QEMU becomes a board; argument lists are given to it as they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emulator {
    /// The program.
    pub program: String,
    /// Machine and processor.
    pub machine: Vec<String>,
    /// What stands before the firmware's ELF file.
    pub firmware: String,
    /// Ethernet, with the host's network stack behind it.
    pub network: Vec<String>,
    /// No Ethernet.
    pub no_network: Vec<String>,
    /// A TMP105 with the id [`SENSOR_ID`], if the machine has a bus for one.
    pub sensor: Vec<String>,
    /// Storage that survives resets and power cycles, if the machine has any.
    pub flash: Option<Flash>,
}

/// Id of the sensor device in QEMU.
pub const SENSOR_ID: &str = "temperature";

/// A pflash bank, kept in a file.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Flash {
    /// First address.
    pub base: u32,
    /// Bytes, which is also the size of the file.
    pub len: u32,
    /// Number of the bank.
    pub unit: u32,
}

/// The physical memory: memory.x and `sandgrain_board::map`, repeated.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemoryMap {
    /// The firmware's code and constants.
    pub code: Region,
    /// The firmware's variables and stack.
    pub data: Region,
    /// Provisioning page.
    pub provision: Region,
    /// Artifact for the network-free firmware.
    pub artifact: Region,
    /// Request for the network-free firmware.
    pub mailbox: Region,
    /// Guest instances.
    pub arena: Region,
    /// The slot store.
    pub slots: Region,
}

/// A range of the physical address space, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// First address.
    pub base: u32,
    /// Bytes.
    pub len: u32,
}

impl Region {
    /// Whether `len` bytes at `address` lie inside.
    pub fn holds(self, address: u32, len: u64) -> bool {
        address >= self.base && u64::from(address - self.base) + len <= u64::from(self.len)
    }
}

/// A firmware of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firmware {
    /// Does one request and exits; no network.
    Run,
    /// The agent: network, updates, heartbeat.
    Device,
}

impl Firmware {
    /// Name of its binary.
    pub fn binary(self) -> &'static str {
        match self {
            Firmware::Run => "run",
            Firmware::Device => "device",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoardToml {
    summary: String,
    target: String,
    emulator: Emulator,
    memory: MemoryMap,
}

/// Name and description of each board, by name.
const DESCRIPTIONS: [(&str, &str); 2] = [
    ("qemu-mps2-an386", include_str!("../../../boards/qemu-mps2-an386/board.toml")),
    ("qemu-riscv32-virt", include_str!("../../../boards/qemu-riscv32-virt/board.toml")),
];

/// What `--board host` gets.
const HOST: &str = "there is no engine for this computer yet; run on an emulated board (`sandgrain boards` lists them)";

impl Board {
    /// Every board, by name.
    pub fn all() -> &'static [Board] {
        static BOARDS: LazyLock<Vec<Board>> = LazyLock::new(|| {
            // The descriptions are part of this program, and a test reads them: they parse.
            DESCRIPTIONS.iter().filter_map(|(name, text)| Board::parse(name, text).ok()).collect()
        });
        &BOARDS
    }

    fn parse(name: &'static str, text: &str) -> Result<Board, String> {
        let toml: BoardToml = toml::from_str(text).map_err(|e| e.to_string())?;
        let target = Target::from_name(&toml.target);
        Ok(Board {
            name,
            target: target.ok_or_else(|| format!("modules cannot be compiled for {}", toml.target))?,
            summary: toml.summary,
            triple: toml.target,
            emulator: toml.emulator,
            memory: toml.memory,
        })
    }

    /// The board of this name.
    ///
    /// # Errors
    /// [`Exit::Usage`](crate::Exit::Usage) with the names that there are; [`Exit::Refused`](crate::Exit::Refused) for
    /// `host`.
    pub fn named(name: &str) -> Result<&'static Board> {
        if name == "host" {
            return Err(Failure::refused(HOST));
        }
        Board::all().iter().find(|board| board.name == name).ok_or_else(|| {
            let names: Vec<&str> = Board::all().iter().map(|board| board.name).collect();
            Failure::usage(format_args!("there is no board `{name}`; there are {}", names.join(", ")))
        })
    }

    /// Where `firmware` is in the checkout that this program was built from, whether or not it has been built.
    pub fn firmware_path(&self, firmware: Firmware) -> PathBuf {
        let boards = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../boards");
        boards
            .canonicalize()
            .unwrap_or(boards)
            .join("target")
            .join(&self.triple)
            .join("release")
            .join(firmware.binary())
    }

    /// The ELF file of `firmware`: `given`, or the one in the checkout.
    ///
    /// # Errors
    /// If there is none, with the command that builds it.
    pub fn firmware(&self, firmware: Firmware, given: Option<&Path>) -> Result<PathBuf> {
        let path = given.map_or_else(|| self.firmware_path(firmware), Path::to_path_buf);
        if path.is_file() {
            return Ok(path);
        }
        let (name, path) = (self.name, path.display());
        Err(Failure::failed(match given {
            Some(_) => format!("there is no firmware at {path}"),
            None => format!(
                "there is no firmware for {name} at {path}; build it with `./dev firmware --board {name}`, or name an \
                 ELF file with --firmware"
            ),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_description_parses() {
        for (name, text) in DESCRIPTIONS {
            let board = Board::parse(name, text).unwrap();
            assert_eq!(board.target.triple(), Some(board.triple.as_str()));
            if let Some(flash) = board.emulator.flash {
                let bank = Region { base: flash.base, len: flash.len };
                assert!(bank.holds(board.memory.slots.base, board.memory.slots.len.into()));
                assert!(bank.holds(board.memory.provision.base, board.memory.provision.len.into()));
            }
        }
        assert_eq!(Board::all().len(), DESCRIPTIONS.len());
    }

    #[test]
    fn every_folder_of_a_board_is_known() {
        let folders = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../boards")).unwrap();
        let folders = folders.map(|entry| entry.unwrap().path()).filter(|path| path.join("board.toml").is_file());
        let mut names: Vec<String> = folders.map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect();
        names.sort();
        assert_eq!(names, DESCRIPTIONS.map(|(name, _)| name));
    }

    #[test]
    fn unknown_boards_are_usage_errors_and_host_is_refused() {
        assert_eq!(Board::named("toaster").unwrap_err().exit(), crate::Exit::Usage);
        assert_eq!(Board::named("host").unwrap_err().exit(), crate::Exit::Refused);
        assert_eq!(Board::named("qemu-riscv32-virt").unwrap().target, Target::Rv32Imac);
    }

    #[test]
    fn regions_hold_what_fits() {
        let region = Region { base: 0x100, len: 0x10 };
        assert!(region.holds(0x100, 0x10) && region.holds(0x10f, 1) && region.holds(0x110, 0));
        assert!(!region.holds(0xff, 1) && !region.holds(0x10f, 2) && !region.holds(0x100, u64::MAX / 2));
    }
}
