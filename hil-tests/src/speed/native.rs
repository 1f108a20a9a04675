//! Kernels as native code: compiled, linked for a board, and cut into what lies in its memory.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use object::write::{Object, Symbol, SymbolSection};
use object::{
    Architecture, BinaryFormat, Endianness, FileFlags, Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind,
    SymbolFlags, SymbolKind, SymbolScope,
};
use sandgrain_abi::{Isa, Target};
use sandgrain_cli::boards::Board;
use sandgrain_cli::job::Native;
use sandgrain_proc::tools::{ARM_GCC, CLANG, ELF_LINKER, RISCV_GCC, Tool, WASM_LINKER};

use super::kernels::{Kernel, Language};

const LIMIT: Duration = Duration::from_secs(120);

/// Who made native code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compiler {
    /// GCC for the part.
    Gcc,
    /// Clang.
    Clang,
    /// Rustc.
    Rustc,
}

impl Compiler {
    /// Those that compile this language.
    pub fn of(language: Language) -> &'static [Compiler] {
        match language {
            Language::C => &[Compiler::Gcc, Compiler::Clang],
            Language::Rust => &[Compiler::Rustc],
            Language::Wasm => &[],
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Compiler::Gcc => "gcc",
            Compiler::Clang => "clang",
            Compiler::Rustc => "rustc",
        }
    }
}

/// What a compiler aims at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// `-O3`.
    Speed,
    /// `-Os`.
    Size,
}

impl Level {
    /// Both.
    pub const ALL: [Level; 2] = [Level::Speed, Level::Size];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Level::Speed => "O3",
            Level::Size => "Os",
        }
    }

    /// The profile of `hil-tests/bench/rust`, which is also the name of its folder.
    fn profile(self) -> &'static str {
        match self {
            Level::Speed => "release",
            Level::Size => "size",
        }
    }
}

/// A kernel as native code.
#[derive(Debug, Clone)]
pub struct Image {
    /// What lies in memory.
    pub native: Native,
    /// Bytes of machine code, constants among it included.
    pub code_bytes: u32,
    /// Bytes of flash: code, constants, and what variables begin with.
    pub flash_bytes: u32,
}

/// Floating point is as the source has it, since wasm has no fused operations; errors of mathematical functions are in nobody's
/// `errno`. A compiler's own names are builtins, so that copies and fills become what they become elsewhere.
const C_FLAGS: [&str; 8] = [
    "-std=c11",
    "-nostdlib",
    "-ffreestanding",
    "-fbuiltin",
    "-ffp-contract=off",
    "-fno-math-errno",
    "-Wall",
    "-Werror",
];

/// What Rust has on by default in wasm, for C as well.
const WASM_FLAGS: [&str; 4] = ["--target=wasm32", "-mbulk-memory", "-msign-ext", "-mnontrapping-fptoint"];

fn c_flags(compiler: Compiler, target: Target) -> Result<&'static [&'static str], String> {
    Ok(match (compiler, target) {
        (Compiler::Gcc, Target::CortexM4F) => &["-mthumb", "-mcpu=cortex-m4", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"],
        (Compiler::Gcc, Target::CortexM7) => &["-mthumb", "-mcpu=cortex-m7", "-mfloat-abi=hard", "-mfpu=fpv5-d16"],
        (Compiler::Gcc, Target::Rv32Imac) => &["-march=rv32imac", "-mabi=ilp32"],
        (Compiler::Clang, Target::CortexM4F) => {
            &["--target=thumbv7em-none-eabihf", "-mcpu=cortex-m4", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"]
        }
        (Compiler::Clang, Target::CortexM7) => {
            &["--target=thumbv7em-none-eabihf", "-mcpu=cortex-m7", "-mfloat-abi=hard", "-mfpu=fpv5-d16"]
        }
        (Compiler::Clang, Target::Rv32Imac) => &["--target=riscv32-none-elf", "-march=rv32imac", "-mabi=ilp32"],
        _ => return Err(format!("no {} for {}", compiler.name(), target.name())),
    })
}

/// Where `./dev bench` builds the packages of `hil-tests/bench/rust`.
fn rust_output(platform: &str, triple: &str, level: Level) -> PathBuf {
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../boards/target/bench");
    target.join(platform).join(triple).join(level.profile())
}

fn program(tool: &Tool) -> Result<Command, String> {
    let path = tool
        .find()
        .ok_or_else(|| format!("{} is not installed ({}): run `./dev bench`", tool.programs[0], tool.needed))?;
    Ok(Command::new(path))
}

fn carry_out(command: Command) -> Result<(), String> {
    let done = sandgrain_proc::capture(command, LIMIT).map_err(|e| e.to_string())?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).into_owned()) }
}

fn compile_c(mut command: Command, source: &Path, level: Level, output: &Path) -> Result<(), String> {
    command.args(C_FLAGS).arg(format!("-{}", level.name())).arg("-c").arg(source).arg("-o").arg(output);
    carry_out(command)
}

/// The module of `kernel`, compiled at `level` if there is a source.
///
/// # Errors
/// What is missing, or what the compiler said.
pub fn module(kernel: &Kernel, level: Level) -> Result<Vec<u8>, String> {
    let read = |path: &Path| wat::parse_file(path).map_err(|e| format!("{}: {e}", path.display()));
    match kernel.language {
        Language::Wasm => read(&kernel.path),
        Language::Rust => {
            let folder = rust_output("wasm", "wasm32-unknown-unknown", level);
            read(&folder.join(&kernel.name).with_extension("wasm"))
        }
        Language::C => {
            let directory = tempfile::tempdir().map_err(|e| e.to_string())?;
            let (object, wasm) = (directory.path().join("kernel.o"), directory.path().join("kernel.wasm"));
            let mut clang = program(&CLANG)?;
            clang.args(WASM_FLAGS);
            compile_c(clang, &kernel.path, level, &object)?;
            let mut linker = program(&WASM_LINKER)?;
            linker.args(["--no-entry", "--export=run", "--stack-first", "-zstack-size=16384", "-O2"]);
            linker.arg(&object).arg("-o").arg(&wasm);
            carry_out(linker)?;
            read(&wasm)
        }
    }
}

/// `kernel` as native code for `board`, whose `firmware` has what the part needs functions for.
///
/// # Errors
/// What is missing, or what the compiler or the linker said.
pub fn image(
    kernel: &Kernel,
    compiler: Compiler,
    level: Level,
    board: &Board,
    firmware: &Path,
) -> Result<Image, String> {
    let directory = tempfile::tempdir().map_err(|e| e.to_string())?;
    let path = |name: &str| directory.path().join(name);
    let rust = |level| rust_output(board.target.name(), &board.triple, level);
    let object = match compiler {
        Compiler::Rustc => rust(level).join(format!("lib{}.a", kernel.name)),
        Compiler::Gcc | Compiler::Clang => {
            let tool = match (compiler, board.target.isa()) {
                (Compiler::Clang, _) => &CLANG,
                (_, Isa::Rv32) => &RISCV_GCC,
                _ => &ARM_GCC,
            };
            let mut command = program(tool)?;
            command.args(c_flags(compiler, board.target)?).args(["-ffunction-sections", "-fdata-sections"]);
            compile_c(command, &kernel.path, level, &path("kernel.o"))?;
            path("kernel.o")
        }
    };
    write(&path("firmware.o"), &functions_of(firmware, board.target)?)?;
    write(&path("native.ld"), script(board).as_bytes())?;
    let mut linker = program(&ELF_LINKER)?;
    linker.args(["--gc-sections", "--entry=run", "--undefined=run", "-T"]).arg(path("native.ld"));
    // The firmware's functions first: what they define is not searched for in the libraries.
    linker.arg(path("firmware.o")).arg(object);
    // What is left: rustc's library, of the level that the firmware has it in.
    linker.args([rust(Level::Size).join("libsupport.a")].iter().filter(|library| library.is_file()));
    linker.arg("-o").arg(path("kernel.elf"));
    carry_out(linker)?;
    cut(&std::fs::read(path("kernel.elf")).map_err(|e| e.to_string())?)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))
}

/// Code and constants where artifacts lie, variables in the arena.
fn script(board: &Board) -> String {
    let (flash, ram) = (board.memory.artifact.base, board.memory.arena.base);
    let mut text = String::new();
    let sections = [
        (
            flash,
            &[
                (".text", ".text .text.*"),
                (".rodata", ".rodata .rodata.* .srodata .srodata.* .data.rel.ro .data.rel.ro.*"),
            ],
        ),
        (ram, &[(".data", ".data .data.* .sdata .sdata.*"), (".bss", ".bss .bss.* .sbss .sbss.* COMMON")]),
    ];
    for (base, sections) in sections {
        let _ = writeln!(text, "  . = {base:#x};");
        for (name, inputs) in sections {
            let _ = writeln!(text, "  {name} : ALIGN(16) {{ *({inputs}) }}");
        }
    }
    format!("SECTIONS\n{{\n{text}  /DISCARD/ : {{ *(.ARM.exidx* .ARM.extab* .eh_frame* .comment .llvm*) }}\n}}\n")
}

/// Whether a function of this name is one that compilers call by themselves: the Arm run-time ABI's, libgcc's, and those
/// of the C library for memory.
fn is_support(name: &str) -> bool {
    let libgcc = |name: &str| {
        name.strip_prefix("__").is_some_and(|rest| {
            ["2", "3", "4", "si", "di", "sf", "df"].iter().any(|end| rest.ends_with(end))
                && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
    };
    name.starts_with("__aeabi_") || matches!(name, "memcpy" | "memmove" | "memset" | "memcmp") || libgcc(name)
}

/// An object file that defines each such function of `firmware` as being where it is.
fn functions_of(firmware: &Path, target: Target) -> Result<Vec<u8>, String> {
    let bytes = std::fs::read(firmware).map_err(|e| format!("{}: {e}", firmware.display()))?;
    let elf = object::File::parse(&*bytes).map_err(|e| e.to_string())?;
    // EABI 5 with floats in registers, and RISC-V's compressed code with floats in words: as the linker would have it.
    let (architecture, e_flags) = match target.isa() {
        Isa::Rv32 => (Architecture::Riscv32, object::elf::EF_RISCV_RVC.0),
        _ => (Architecture::Arm, object::elf::EF_ARM_EABI_VER5.0 | object::elf::EF_ARM_ABI_FLOAT_HARD),
    };
    let mut functions = Object::new(BinaryFormat::Elf, architecture, Endianness::Little);
    functions.flags =
        FileFlags::Elf { os_abi: object::elf::ELFOSABI_NONE, abi_version: 0, e_flags: object::elf::FileFlags(e_flags) };
    for symbol in elf.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text) {
        let Ok(name) = symbol.name() else { continue };
        if is_support(name) {
            functions.add_symbol(Symbol {
                name: name.into(),
                value: symbol.address(),
                size: symbol.size(),
                kind: SymbolKind::Text,
                scope: SymbolScope::Linkage,
                weak: false,
                section: SymbolSection::Absolute,
                flags: SymbolFlags::None,
            });
        }
    }
    functions.write().map_err(|e| e.to_string())
}

/// What of a linked kernel lies in memory.
fn cut(elf: &[u8]) -> Result<Image, String> {
    let file = object::File::parse(elf).map_err(|e| e.to_string())?;
    let mut image = Image { native: Native::default(), code_bytes: 0, flash_bytes: 0 };
    image.native.entry = file.entry() as u32;
    for section in file.sections() {
        let bytes = section.data().map_err(|e| e.to_string())?;
        match section.kind() {
            SectionKind::Text => image.code_bytes += bytes.len() as u32,
            SectionKind::ReadOnlyData | SectionKind::ReadOnlyString | SectionKind::Data => (),
            _ => continue,
        }
        image.flash_bytes += bytes.len() as u32;
        image.native.segments.push((bytes.to_vec(), section.address() as u32));
    }
    if image.code_bytes == 0 { Err("there is no code in it".to_owned()) } else { Ok(image) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_compilers_call_by_themselves_is_told_from_the_rest() {
        for name in ["__aeabi_dmul", "__udivmoddi4", "__muldf3", "__floatunsidf", "__eqsf2", "memcpy", "__fixdfsi"] {
            assert!(is_support(name), "{name}");
        }
        for name in ["main", "__defmt_default_timestamp", "__pre_init", "__sandgrain_shared_end", "run", "memory_fill"]
        {
            assert!(!is_support(name), "{name}");
        }
    }
}
