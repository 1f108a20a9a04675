//! Which cargo builds for the boards' targets and for wasm.
//!
//! In this order: a toolchain that has the target's `core` installed; the active toolchain's own sources; Debian's
//! toolchain and sources. The latter two build what the target has of the standard library with `-Zbuild-std`.

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sandgrain_proc::tools::{ELF_LINKER, GCC_AARCH64, GCC_RISCV64, Tool, WASM_LINKER};

use crate::paths;

/// The wasm target of the guest modules.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Where Debian's packages put Rust, beside whatever rustup has on PATH.
const DEBIAN_BIN: &str = "/usr/bin";

/// What cargo, rustup or a developer's shell may have set for the host build and a cross build must not inherit:
/// a chosen compiler, and flags that would replace those of boards/.cargo/config.toml.
const NOT_INHERITED: [&str; 8] = [
    "CARGO",
    "RUSTC",
    "RUSTDOC",
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_TARGET_DIR",
];

/// A version of Rust: major, minor.
pub type Version = (u32, u32);

/// A way to build for one target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    target: String,
    rust: Rust,
    /// The standard library is built from source.
    build_std: bool,
}

/// An installed compiler with its cargo.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rust {
    origin: Origin,
    sysroot: PathBuf,
    version: Version,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// What `cargo` means on PATH, in most cases rustup's choice.
    Path,
    /// `/usr/bin/cargo`, of Debian's packages.
    Debian,
}

impl Toolchain {
    /// The first toolchain that can build for `target`.
    ///
    /// # Errors
    /// If there is none; the message says what to install.
    pub fn for_target(target: &str) -> Result<Toolchain> {
        let wanted = minimum_version()?;
        let all: Vec<Rust> = [Origin::Path, Origin::Debian].into_iter().filter_map(Rust::probe).collect();
        choose(&all, target, wanted).with_context(|| {
            format!(
                "no Rust toolchain here builds for {target}. Run `./dev setup`, or `rustup target add {target}`, or on \
                 Debian 12 `apt-get install {}`",
                DEBIAN_PACKAGES.join(" ")
            )
        })
    }

    /// A cargo command, `subcommand` and target already given, without the flags that would be wrong for the target.
    ///
    /// # Errors
    /// If the linker that the target needs is not installed.
    pub fn cargo(&self, subcommand: &str) -> Result<Command> {
        let mut command = match self.rust.origin {
            Origin::Path => Command::new("cargo"),
            Origin::Debian => Command::new(Path::new(DEBIAN_BIN).join("cargo")),
        };
        command.arg(subcommand);
        self.configure(&mut command)?;
        Ok(command)
    }

    /// A `cargo clippy` command, or `None` if the toolchain comes without clippy.
    ///
    /// # Errors
    /// As [`Self::cargo`].
    pub fn clippy(&self) -> Result<Option<Command>> {
        let mut command = match self.rust.origin {
            Origin::Path if self.rust.sysroot.join("bin/cargo-clippy").exists() => Command::new("cargo"),
            // Not `cargo clippy`: cargo looks for subcommands in ~/.cargo/bin first and would find rustup's.
            Origin::Debian if Path::new(DEBIAN_BIN).join("cargo-clippy").exists() => {
                Command::new(Path::new(DEBIAN_BIN).join("cargo-clippy"))
            }
            _ => return Ok(None),
        };
        command.arg("clippy");
        self.configure(&mut command)?;
        if self.rust.origin == Origin::Debian {
            command.env("CARGO", Path::new(DEBIAN_BIN).join("cargo"));
        }
        Ok(Some(command))
    }

    /// Whether this is Debian's Rust, whose parts come in packages of their own.
    pub fn is_debian(&self) -> bool {
        self.rust.origin == Origin::Debian
    }

    /// Whether the standard library is built along, with the profile and flags of what uses it.
    pub fn builds_std(&self) -> bool {
        self.build_std
    }

    /// Makes a panic an illegal instruction, without message and without the code that would put it together: a third of what
    /// an interpreter takes. Only if the standard library is built along; else panics stay as they are.
    pub fn silence_panics(&self, command: &mut Command) {
        if self.build_std {
            command.args(["-Zpanic-immediate-abort", "--config", "profile.release.panic='immediate-abort'"]);
        }
    }

    fn configure(&self, command: &mut Command) -> Result<()> {
        for name in NOT_INHERITED {
            command.env_remove(name);
        }
        let variable =
            |suffix: &str| format!("CARGO_TARGET_{}_{suffix}", self.target.to_uppercase().replace(['-', '.'], "_"));
        command.env_remove(variable("RUSTFLAGS"));
        command.env("CARGO_TARGET_DIR", paths::cross_target_dir());
        if self.rust.origin == Origin::Debian {
            command.env_remove("RUSTUP_TOOLCHAIN").env_remove("LD_LIBRARY_PATH");
            command.env("RUSTC", Path::new(DEBIAN_BIN).join("rustc"));
            command.env("RUSTDOC", Path::new(DEBIAN_BIN).join("rustdoc"));
        }
        command.args(["--target", &self.target]);
        let linux = linux_of(&self.target);
        if self.build_std {
            let parts = if linux.is_some() { "std,panic_abort" } else { "core,alloc" };
            command.env("RUSTC_BOOTSTRAP", "1").arg(format!("-Zbuild-std={parts}"));
        }
        if let Some(tool) = self.linker() {
            let Some(linker) = tool.find() else {
                bail!("{self} has no linker: run `./dev setup`, or install the package {}", tool.packages[0]);
            };
            command.env(variable("LINKER"), linker);
        }
        if linux.is_some_and(|arch| arch != env::consts::ARCH) {
            // The emulator would otherwise need to be told where the other computer's libraries lie.
            let flags = format!("target.{}.rustflags=['-Ctarget-feature=+crt-static']", self.target);
            command.args(["--config", &flags]);
        }
        Ok(())
    }

    /// The linker, where Rust does not bring it itself. Programs for this computer are linked as all others here are.
    pub fn linker(&self) -> Option<&'static Tool> {
        linker(&self.target, self.rust.has_lld())
    }
}

/// The processor that a triple of Linux's is for, by the name that Rust's standard library has for it.
fn linux_of(triple: &str) -> Option<&str> {
    let (arch, system) = triple.split_once('-')?;
    system.contains("linux").then_some(if arch == "riscv64gc" { "riscv64" } else { arch })
}

/// Whether programs for `triple` are Linux processes.
pub fn is_linux(triple: &str) -> bool {
    linux_of(triple).is_some()
}

/// Whether programs for `triple` run on this computer.
pub fn is_this_computer(triple: &str) -> bool {
    cfg!(target_os = "linux") && linux_of(triple) == Some(env::consts::ARCH)
}

/// The linker for `target` that has to come from a package of its own, if Rust's own lld is there or not.
pub fn linker(target: &str, has_lld: bool) -> Option<&'static Tool> {
    match linux_of(target) {
        Some(arch) if arch == env::consts::ARCH => None,
        Some("aarch64") => Some(&GCC_AARCH64),
        Some("riscv64") => Some(&GCC_RISCV64),
        _ if has_lld => None,
        _ if target.starts_with("wasm") => Some(&WASM_LINKER),
        _ => Some(&ELF_LINKER),
    }
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (major, minor) = self.rust.version;
        let core = if self.build_std { "core built from" } else { "core installed in" };
        write!(f, "Rust {major}.{minor} for {}, {core} {}", self.target, self.rust.sysroot.display())
    }
}

/// The packages that together build for any target on Debian, with their linker apart (see [`linker`]).
pub const DEBIAN_PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

impl Rust {
    fn probe(origin: Origin) -> Option<Rust> {
        let rustc = match origin {
            Origin::Path => PathBuf::from("rustc"),
            Origin::Debian => Path::new(DEBIAN_BIN).join("rustc"),
        };
        let ask = |question: &str| {
            let mut command = Command::new(&rustc);
            if origin == Origin::Debian {
                command.env_remove("LD_LIBRARY_PATH");
            }
            let output = command.arg(question).output().ok().filter(|o| o.status.success())?;
            String::from_utf8(output.stdout).ok()
        };
        let sysroot = ask("--print=sysroot")?;
        let version = parse_version(ask("--version")?.strip_prefix("rustc ")?)?;
        Some(Rust { origin, sysroot: PathBuf::from(sysroot.trim_end()), version })
    }

    fn has_core(&self, target: &str) -> bool {
        self.sysroot.join("lib/rustlib").join(target).join("lib").is_dir()
    }

    fn has_source(&self) -> bool {
        self.sysroot.join("lib/rustlib/src/rust/library/core/src/lib.rs").is_file()
    }

    /// Rust's own copy of lld, which is what bare-metal and wasm targets link with by default.
    fn has_lld(&self) -> bool {
        let host = format!("{}-unknown-linux-gnu", env::consts::ARCH);
        !cfg!(target_os = "linux") || self.sysroot.join("lib/rustlib").join(host).join("bin/rust-lld").exists()
    }
}

fn choose(all: &[Rust], target: &str, wanted: Version) -> Option<Toolchain> {
    let recent = || all.iter().filter(|rust| rust.version >= wanted);
    let toolchain = |rust: &Rust, build_std| Toolchain { target: target.to_owned(), rust: rust.clone(), build_std };
    recent()
        .find(|rust| rust.has_core(target))
        .map(|rust| toolchain(rust, false))
        .or_else(|| recent().find(|rust| rust.has_source()).map(|rust| toolchain(rust, true)))
}

/// `rust-version` of the host workspace.
fn minimum_version() -> Result<Version> {
    let manifest = paths::root().join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    let document: toml::Table = toml::from_str(&text).with_context(|| format!("in {}", manifest.display()))?;
    document
        .get("workspace")
        .and_then(|w| w.get("package")?.get("rust-version")?.as_str())
        .and_then(parse_version)
        .with_context(|| format!("{} has no workspace.package.rust-version", manifest.display()))
}

/// The first two numbers of `1.95.0 (…)`.
fn parse_version(text: &str) -> Option<Version> {
    let mut parts = text.split(|c: char| !c.is_ascii_digit());
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const TARGET: &str = "thumbv7em-none-eabihf";

    /// A sysroot in a temporary directory with the given parts.
    fn rust(dir: &Path, origin: Origin, minor: u32, parts: &[&str]) -> Rust {
        let sysroot = dir.join(format!("{origin:?}"));
        for part in parts {
            let path = sysroot.join("lib/rustlib").join(part);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            if part.ends_with("/lib") { fs::create_dir_all(path).unwrap() } else { fs::write(path, "").unwrap() }
        }
        Rust { origin, sysroot, version: (1, minor) }
    }

    const CORE: &str = "thumbv7em-none-eabihf/lib";
    const RUST_LLD: &str = "x86_64-unknown-linux-gnu/bin/rust-lld";
    const SOURCE: &str = "src/rust/library/core/src/lib.rs";

    #[test]
    fn installed_core_wins_over_sources() {
        let dir = tempfile::tempdir().unwrap();
        let all = [rust(dir.path(), Origin::Path, 95, &[SOURCE]), rust(dir.path(), Origin::Debian, 96, &[CORE])];
        let chosen = choose(&all, TARGET, (1, 95)).unwrap();
        assert_eq!((chosen.rust.origin, chosen.build_std), (Origin::Debian, false));
    }

    #[test]
    fn active_toolchains_sources_win_over_debians() {
        let dir = tempfile::tempdir().unwrap();
        let all = [rust(dir.path(), Origin::Path, 95, &[SOURCE]), rust(dir.path(), Origin::Debian, 96, &[SOURCE])];
        let chosen = choose(&all, TARGET, (1, 95)).unwrap();
        assert_eq!((chosen.rust.origin, chosen.build_std), (Origin::Path, true));
    }

    #[test]
    fn too_old_a_toolchain_is_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let all = [rust(dir.path(), Origin::Path, 80, &[CORE]), rust(dir.path(), Origin::Debian, 96, &[SOURCE])];
        assert_eq!(choose(&all, TARGET, (1, 95)).unwrap().rust.origin, Origin::Debian);
        assert_eq!(choose(&all[..1], TARGET, (1, 95)), None);
    }

    #[test]
    fn flags_and_compiler_of_the_host_build_are_not_inherited() {
        let dir = tempfile::tempdir().unwrap();
        let all = [rust(dir.path(), Origin::Path, 95, &[CORE, RUST_LLD])];
        let command = choose(&all, TARGET, (1, 95)).unwrap().cargo("build").unwrap();
        let removed: Vec<_> = command.get_envs().filter(|(_, v)| v.is_none()).map(|(k, _)| k).collect();
        for name in ["RUSTC", "RUSTFLAGS", "CARGO_TARGET_THUMBV7EM_NONE_EABIHF_RUSTFLAGS"] {
            assert!(removed.contains(&name.as_ref()), "{name} is inherited");
        }
    }

    /// The arguments of a build for `target` from sources.
    fn arguments(target: &str) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        let all = [rust(dir.path(), Origin::Debian, 95, &[SOURCE])];
        let toolchain = choose(&all, target, (1, 95)).unwrap();
        let mut command = Command::new("cargo");
        // Without the linker there is nothing to be said about, and all of it comes before.
        let _ = toolchain.configure(&mut command);
        command.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_process_gets_the_whole_standard_library_and_firmware_does_not() {
        assert!(arguments(TARGET).contains(&"-Zbuild-std=core,alloc".to_owned()));
        assert!(arguments("riscv64gc-unknown-linux-gnu").contains(&"-Zbuild-std=std,panic_abort".to_owned()));
    }

    #[test]
    fn every_kind_of_target_has_its_linker() {
        let own = format!("{}-unknown-linux-gnu", env::consts::ARCH);
        assert_eq!((linker(&own, true), linker(&own, false)), (None, None));
        assert_eq!((linker(TARGET, true), linker(TARGET, false)), (None, Some(&ELF_LINKER)));
        assert_eq!(linker(WASM, false), Some(&WASM_LINKER));
        for (arch, name, gcc) in [("aarch64", "aarch64", &GCC_AARCH64), ("riscv64", "riscv64gc", &GCC_RISCV64)] {
            let triple = format!("{name}-unknown-linux-gnu");
            assert_eq!(linker(&triple, true), (arch != env::consts::ARCH).then_some(gcc));
            assert_eq!(is_this_computer(&triple), arch == env::consts::ARCH && cfg!(target_os = "linux"));
        }
    }

    /// Cargo's own rule for the names of its variables.
    #[test]
    fn a_triple_becomes_a_variable_name_without_dots() {
        let dir = tempfile::tempdir().unwrap();
        let target = "thumbv8m.main-none-eabihf";
        let all = [rust(dir.path(), Origin::Path, 95, &["thumbv8m.main-none-eabihf/lib", RUST_LLD])];
        let command = choose(&all, target, (1, 95)).unwrap().cargo("build").unwrap();
        let name = "CARGO_TARGET_THUMBV8M_MAIN_NONE_EABIHF_RUSTFLAGS";
        assert!(command.get_envs().any(|(variable, _)| variable == name), "{command:?}");
    }

    #[test]
    fn versions() {
        assert_eq!(parse_version("1.95.0 (f2d3ce0bd 2026-03-21)"), Some((1, 95)));
        assert_eq!(parse_version("1.95"), Some((1, 95)));
        assert_eq!(parse_version("one"), None);
    }
}
