//! The programs that Sandgrain calls and the Debian packages that bring them.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// One external program.
#[derive(Debug, PartialEq, Eq)]
pub struct Tool {
    /// The names it goes by, preferred first.
    pub programs: &'static [&'static str],
    /// The Debian/Ubuntu packages that bring one of them, preferred first; one is enough.
    pub packages: &'static [&'static str],
    /// What it is needed for, as the rest of "needed …".
    pub needed: &'static str,
}

pub const QEMU_ARM: Tool =
    Tool { programs: &["qemu-system-arm"], packages: &["qemu-system-arm"], needed: "for the emulated ARM boards" };
pub const QEMU_RISCV32: Tool = Tool {
    programs: &["qemu-system-riscv32"],
    packages: &["qemu-system-misc"],
    needed: "for the emulated RISC-V boards",
};
pub const QEMU_AARCH64: Tool =
    Tool { programs: &["qemu-aarch64"], packages: &["qemu-user"], needed: "for modules as AArch64 processes" };
pub const QEMU_RISCV64: Tool =
    Tool { programs: &["qemu-riscv64"], packages: &["qemu-user"], needed: "for modules as RISC-V processes" };
// The C++ compilers' packages depend on the C library for the processor, those of the C compilers only recommend it.
pub const GCC_AARCH64: Tool = Tool {
    programs: &["aarch64-linux-gnu-gcc"],
    packages: &["g++-aarch64-linux-gnu"],
    needed: "to link AArch64 processes",
};
pub const GCC_RISCV64: Tool = Tool {
    programs: &["riscv64-linux-gnu-gcc"],
    packages: &["g++-riscv64-linux-gnu"],
    needed: "to link RISC-V processes",
};
pub const ARM_GCC: Tool = Tool {
    programs: &["arm-none-eabi-gcc"],
    packages: &["gcc-arm-none-eabi"],
    needed: "for the firmware in C that the tests run",
};
pub const RISCV_GCC: Tool = Tool {
    programs: &["riscv64-unknown-elf-gcc"],
    packages: &["gcc-riscv64-unknown-elf"],
    needed: "for native code that modules are compared with",
};
pub const CLANG: Tool = Tool {
    programs: &["clang-19", "clang"],
    packages: &["clang-19", "clang"],
    needed: "for the benchmark's kernels in C",
};
pub const ELF_LINKER: Tool =
    Tool { programs: &["ld.lld-19", "ld.lld"], packages: &["lld-19", "lld"], needed: "to link firmware" };
pub const WASM_LINKER: Tool =
    Tool { programs: &["wasm-ld-19", "wasm-ld"], packages: &["lld-19", "lld"], needed: "to link wasm modules" };
pub const MOSQUITTO: Tool =
    Tool { programs: &["mosquitto"], packages: &["mosquitto"], needed: "by the tests against a foreign broker" };
pub const LLVM_MC: Tool = Tool {
    programs: &["llvm-mc-19"],
    packages: &["llvm-19"],
    needed: "by the tests that compare encodings with LLVM's assembler",
};
pub const LLVM_OBJDUMP: Tool = Tool {
    programs: &["llvm-objdump-19"],
    packages: &["llvm-19"],
    needed: "by the tests that show the code of each lowering rule",
};

pub const NPM: Tool =
    Tool { programs: &["npm"], packages: &["npm"], needed: "to fetch the published modules that are put to work" };

/// Every tool, for look-ups by name.
pub const ALL: [&Tool; 15] = [
    &QEMU_ARM,
    &QEMU_RISCV32,
    &QEMU_AARCH64,
    &QEMU_RISCV64,
    &GCC_AARCH64,
    &GCC_RISCV64,
    &ARM_GCC,
    &RISCV_GCC,
    &CLANG,
    &ELF_LINKER,
    &WASM_LINKER,
    &MOSQUITTO,
    &LLVM_MC,
    &LLVM_OBJDUMP,
    &NPM,
];

impl Tool {
    /// The program on PATH (or where Debian puts daemons), the preferred name first.
    pub fn find(&self) -> Option<PathBuf> {
        self.programs.iter().find_map(|program| find_program(program))
    }
}

/// The package that brings `program`, given by name or path.
pub fn package_of(program: &str) -> Option<&'static str> {
    let name = Path::new(program).file_name()?.to_str()?;
    ALL.iter().find(|tool| tool.programs.contains(&name)).map(|tool| tool.packages[0])
}

/// Where `program` is, searching PATH and then the directories of system daemons, which Debian leaves out of a user's
/// PATH although mosquitto is there.
pub fn find_program(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    find_in(program, env::split_paths(&path).chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from)))
}

fn find_in(program: impl AsRef<OsStr>, directories: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    let program = program.as_ref();
    directories
        .map(|d| d.join(program))
        .find(|candidate| candidate.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_of_known_programs() {
        assert_eq!(package_of("qemu-system-riscv32"), Some("qemu-system-misc"));
        assert_eq!(package_of("/usr/sbin/mosquitto"), Some("mosquitto"));
        assert_eq!(package_of("no-such-program"), None);
    }

    #[test]
    fn only_executable_files_are_found() {
        let bin = || ["/etc", "/bin"].map(PathBuf::from).into_iter();
        assert_eq!(find_in("sh", bin()), Some(PathBuf::from("/bin/sh")));
        assert_eq!(find_in("passwd", ["/etc"].map(PathBuf::from).into_iter()), None);
    }
}
