//! The boards, as `boards/*/board.toml` describes them: emulated ones, and processes on this computer.

use std::env::consts::{ARCH, OS};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sandgrain_abi::Target;
use serde::Deserialize;

use crate::failure::{Failure, Result};

/// A board, as one of the parts that it can be.
#[derive(Debug, Clone)]
pub struct Board {
    /// Its name on the command line, which is also that of its folder.
    pub name: &'static str,
    /// What modules are compiled for.
    pub target: Target,
    /// Whether that is what the board is unless another part is asked for.
    pub is_default: bool,
    /// One line for people.
    pub summary: String,
    /// The Rust target of its firmware.
    pub triple: String,
    /// How QEMU becomes this board, or the board a process.
    pub emulator: Emulator,
    /// What the network firmware finds; `None` if there is none for this part.
    pub equipment: Option<Equipment>,
    /// Its memory.
    pub memory: MemoryMap,
}

/// How QEMU becomes a board; argument lists are given to it as they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emulator {
    /// The firmware is a Linux program instead of what a machine starts with.
    #[serde(default)]
    pub process: bool,
    /// The program; empty for a process of this computer itself.
    #[serde(default)]
    pub program: String,
    /// Machine and processor.
    #[serde(default)]
    pub machine: Vec<String>,
    /// What stands before the firmware's ELF file.
    #[serde(default)]
    pub firmware: String,
    /// No Ethernet.
    #[serde(default)]
    pub no_network: Vec<String>,
}

impl Emulator {
    /// Whether the board is this computer itself.
    pub fn is_this_computer(&self) -> bool {
        self.process && self.program.is_empty()
    }
}

/// What a board has for the network firmware alone; argument lists are given to QEMU as they are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equipment {
    /// Ethernet, with the host's network stack behind it.
    pub network: Vec<String>,
    /// A TMP105 with the id [`SENSOR_ID`], if the machine has a bus for one.
    pub sensor: Vec<String>,
    /// Provisioning page.
    pub provision: Region,
    /// The slot store.
    pub slots: Region,
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
    /// The firmware's code and constants; `None` for a process, whose places the kernel chooses.
    pub code: Option<Region>,
    /// The firmware's variables and stack, likewise.
    pub data: Option<Region>,
    /// Artifact for the network-free firmware.
    pub artifact: Region,
    /// Request for the network-free firmware.
    pub mailbox: Region,
    /// Guest instances.
    pub arena: Region,
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
    /// Tests the board's equipment, and what takes an executor.
    SelfTest,
}

impl Firmware {
    /// Its name; that of the binary has the board's in front.
    pub fn name(self) -> &'static str {
        match self {
            Firmware::Run => "run",
            Firmware::Device => "device",
            Firmware::SelfTest => "selftest",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoardToml {
    summary: String,
    /// The first is the default, which alone has the network firmware.
    part: Vec<Part>,
    emulator: Emulator,
    device: Option<Equipment>,
    memory: MemoryMap,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    target: String,
    triple: String,
    /// Follows the emulator's own `machine`.
    #[serde(default)]
    machine: Vec<String>,
}

/// Name and description of each board, by name.
const DESCRIPTIONS: [(&str, &str); 8] = [
    ("host", include_str!("../../../boards/host/board.toml")),
    ("qemu-aarch64", include_str!("../../../boards/qemu-aarch64/board.toml")),
    ("qemu-mps2-an385", include_str!("../../../boards/qemu-mps2-an385/board.toml")),
    ("qemu-mps2-an386", include_str!("../../../boards/qemu-mps2-an386/board.toml")),
    ("qemu-mps2-an500", include_str!("../../../boards/qemu-mps2-an500/board.toml")),
    ("qemu-mps2-an505", include_str!("../../../boards/qemu-mps2-an505/board.toml")),
    ("qemu-riscv32-virt", include_str!("../../../boards/qemu-riscv32-virt/board.toml")),
    ("qemu-riscv64", include_str!("../../../boards/qemu-riscv64/board.toml")),
];

/// What `--board host` gets on a computer that it cannot be.
const HOST: &str = "there is no engine for this computer; run on an emulated board (`sandgrain boards` lists them)";

impl Board {
    /// Every board as every part that it can be: by name, the default part first. This computer is one part only.
    pub fn all() -> &'static [Board] {
        static BOARDS: LazyLock<Vec<Board>> = LazyLock::new(|| {
            // The descriptions are part of this program, and a test reads them: they parse.
            DESCRIPTIONS.iter().flat_map(|(name, text)| Board::parse(name, text).unwrap_or_default()).collect()
        });
        &BOARDS
    }

    fn parse(name: &'static str, text: &str) -> Result<Vec<Board>, String> {
        let mut toml: BoardToml = toml::from_str(text).map_err(|e| e.to_string())?;
        if toml.emulator.is_this_computer() {
            toml.part.retain(|part| is_triple_of_this_computer(&part.triple));
        }
        let parts = toml.part.into_iter().enumerate().map(|(i, part)| {
            let is_default = i == 0;
            let target = Target::from_name(&part.target);
            let mut emulator = toml.emulator.clone();
            emulator.machine.extend(part.machine);
            Ok(Board {
                name,
                target: target.ok_or_else(|| format!("modules cannot be compiled for {}", part.target))?,
                is_default,
                summary: toml.summary.clone(),
                triple: part.triple,
                emulator,
                equipment: toml.device.clone().filter(|_| is_default),
                memory: toml.memory,
            })
        });
        parts.collect()
    }

    /// The board of this name, as its default part.
    ///
    /// # Errors
    /// [`Exit::Usage`](crate::Exit::Usage) with the names that there are; [`Exit::Refused`](crate::Exit::Refused) for
    /// `host` where there is no engine for this computer.
    pub fn named(name: &str) -> Result<&'static Board> {
        Board::all().iter().find(|board| board.name == name && board.is_default).ok_or_else(|| {
            if DESCRIPTIONS.iter().any(|(known, _)| *known == name) {
                return Failure::refused(HOST);
            }
            let names: Vec<&str> = Board::all().iter().filter(|b| b.is_default).map(|b| b.name).collect();
            Failure::usage(format_args!("there is no board `{name}`; there are {}", names.join(", ")))
        })
    }

    /// The board of this name, as the part `target`.
    ///
    /// # Errors
    /// As [`named`](Self::named), and [`Exit::Usage`](crate::Exit::Usage) with the targets that the board has.
    pub fn with_target(name: &str, target: Target) -> Result<&'static Board> {
        let default = Board::named(name)?;
        default.parts().find(|board| board.target == target).ok_or_else(|| {
            let has: Vec<&str> = default.parts().map(|board| board.target.name()).collect();
            let others = Board::all().iter().filter(|board| board.target == target).map(|board| board.name);
            let others: Vec<&str> = others.collect();
            Failure::usage(match others.is_empty() {
                true => format!("no board runs {}; {name} runs {}", target.name(), has.join(", ")),
                false => {
                    format!("{name} runs {}; {} runs on {}", has.join(", "), target.name(), others.join(", "))
                }
            })
        })
    }

    /// Whether it is a machine of its own, with a clock that can count executed instructions; a Linux process has none, and
    /// its guests are preempted by the computer's time.
    pub fn is_machine(&self) -> bool {
        !self.emulator.process
    }

    /// Every part that this board can be, the default first.
    pub fn parts(&self) -> impl Iterator<Item = &'static Board> + use<> {
        let name = self.name;
        Board::all().iter().filter(move |board| board.name == name)
    }

    /// Where `firmware` is in the checkout that this program was built from, whether or not it has been built.
    pub fn firmware_path(&self, firmware: Firmware) -> PathBuf {
        let boards = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../boards");
        boards.canonicalize().unwrap_or(boards).join("target").join(self.firmware_in_target_dir(firmware))
    }

    /// Where cargo leaves `firmware`, relative to its target directory.
    pub fn firmware_in_target_dir(&self, firmware: Firmware) -> PathBuf {
        Path::new(&self.triple).join("release").join(format!("{}-{}", self.name, firmware.name()))
    }

    /// The command that builds the board's firmware.
    pub fn build_command(&self) -> String {
        match self.is_default {
            true => format!("./dev firmware --board {}", self.name),
            false => format!("./dev firmware --board {} --target {}", self.name, self.target.name()),
        }
    }

    /// What the network firmware finds.
    ///
    /// # Errors
    /// If the board only runs modules, as this part.
    pub fn equipment(&self) -> Result<&Equipment> {
        self.equipment.as_ref().ok_or_else(|| {
            Failure::refused(format_args!("{self} has no network firmware; modules can be run on it: `sandgrain run`"))
        })
    }

    /// The ELF file of `firmware`: `given`, or the one in the checkout.
    ///
    /// # Errors
    /// If there is none, with the command that builds it, or none can be built.
    pub fn firmware(&self, firmware: Firmware, given: Option<&Path>) -> Result<PathBuf> {
        if firmware == Firmware::Device {
            self.equipment()?;
        }
        let path = given.map_or_else(|| self.firmware_path(firmware), Path::to_path_buf);
        if path.is_file() {
            return Ok(path);
        }
        let (path, command) = (path.display(), self.build_command());
        Err(Failure::failed(match given {
            Some(_) => format!("there is no firmware at {path}"),
            None => format!(
                "there is no firmware for {self} at {path}; build it with `{command}`, or name an ELF file with \
                 --firmware"
            ),
        }))
    }
}

/// Whether programs for a triple run on this computer.
fn is_triple_of_this_computer(triple: &str) -> bool {
    let mut words = triple.split('-');
    let arch = words.next().map(|arch| if arch == "riscv64gc" { "riscv64" } else { arch });
    arch == Some(ARCH) && words.nth(1) == Some(OS)
}

impl fmt::Display for Board {
    /// The name, and the part unless it is the default.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_default {
            true => f.write_str(self.name),
            false => write!(f, "{} ({})", self.name, self.target.name()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_description_parses() {
        for (name, text) in DESCRIPTIONS {
            let boards = Board::parse(name, text).unwrap();
            if boards.is_empty() {
                assert_eq!(name, "host", "this computer has no engine");
                continue;
            }
            assert_eq!(boards.iter().filter(|board| board.is_default).count(), 1, "{name}");
            let Some(Equipment { flash: Some(flash), provision, slots, .. }) = &boards[0].equipment else { continue };
            let bank = Region { base: flash.base, len: flash.len };
            assert!(bank.holds(slots.base, slots.len.into()) && bank.holds(provision.base, provision.len.into()));
        }
    }

    #[test]
    fn every_part_has_firmware_of_its_own_for_its_own_triple() {
        let mut paths: Vec<PathBuf> = Board::all().iter().map(|b| b.firmware_path(Firmware::Run)).collect();
        paths.sort();
        paths.dedup();
        assert_eq!(paths.len(), Board::all().len());
        for board in Board::all() {
            // Rust has no triple for Cortex-M7 alone.
            assert!(board.target.triple().is_none_or(|triple| triple == board.triple), "{board}");
        }
    }

    #[test]
    fn every_target_runs_on_some_board() {
        // x86_64 only on a computer that is one.
        for target in Target::ALL.iter().filter(|target| **target != Target::X86_64 || cfg!(target_arch = "x86_64")) {
            assert!(Board::all().iter().any(|board| board.target == *target), "{}", target.name());
        }
    }

    #[test]
    fn a_board_is_its_default_part_unless_another_is_asked_for() {
        let name = "qemu-mps2-an386";
        assert_eq!(Board::named(name).unwrap().to_string(), name);
        let soft = Board::with_target(name, Target::CortexM4).unwrap();
        assert_eq!((soft.to_string().as_str(), soft.equipment().is_err()), ("qemu-mps2-an386 (cortex-m4)", true));
        let error = Board::with_target(name, Target::Rv32Imc).unwrap_err();
        assert_eq!(error.exit(), crate::Exit::Usage);
        let expected = "qemu-mps2-an386 runs cortex-m4f, cortex-m4; rv32imc runs on qemu-riscv32-virt";
        assert_eq!(error.to_string(), expected);
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
    fn unknown_boards_are_usage_errors_and_host_is_this_computer() {
        assert_eq!(Board::named("toaster").unwrap_err().exit(), crate::Exit::Usage);
        match Board::named("host") {
            Ok(host) => assert!(host.parts().count() == 1 && host.triple.starts_with(ARCH), "{host:?}"),
            Err(error) => assert_eq!(error.exit(), crate::Exit::Refused),
        }
        assert_eq!(Board::named("qemu-riscv32-virt").unwrap().target, Target::Rv32Imac);
    }

    #[test]
    fn regions_hold_what_fits() {
        let region = Region { base: 0x100, len: 0x10 };
        assert!(region.holds(0x100, 0x10) && region.holds(0x10f, 1) && region.holds(0x110, 0));
        assert!(!region.holds(0xff, 1) && !region.holds(0x10f, 2) && !region.holds(0x100, u64::MAX / 2));
    }
}
