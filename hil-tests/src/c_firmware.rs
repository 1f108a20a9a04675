//! A firmware in C (`c-firmware/`), built with `arm-none-eabi-gcc` on the static library that `./dev c-firmware` leaves.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sandgrain_abi::Target;
use sandgrain_artifact::{SigningKey, keys, sign};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_proc::tools::{ARM_GCC, QEMU_ARM};

/// What its output has to be.
pub const EXPECTED: &str = include_str!("../c-firmware/expected.txt");

const SOURCES: [&str; 3] = ["main.c", "board.c", "artifact.S"];
const LIMIT: Duration = Duration::from_secs(60);
/// Of no worth outside of this test.
const SECRET: [u8; 32] = [0x5a; 32];

/// Where the static library is, once built.
pub fn library() -> PathBuf {
    root().join("boards/target/thumbv7em-none-eabihf/release/libsandgrain_c.a")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a package of the workspace lies below its root")
}

/// The module that it runs.
///
/// # Errors
/// If its text cannot be read.
pub fn guest() -> Result<Vec<u8>, String> {
    wat::parse_file(root().join("hil-tests/c-firmware/guest.wat")).map_err(|e| e.to_string())
}

/// Compiles and signs the guest, then builds the firmware in `folder`. Returns the firmware's ELF.
///
/// # Errors
/// What was missing, or what the compiler said.
pub fn build(folder: &Path) -> Result<PathBuf, String> {
    let sources = root().join("hil-tests/c-firmware");
    let module = module_file::build(Path::new("guest.wasm"), ModuleFile::Wasm(guest()?), Target::CortexM4F);
    let mut artifact = module.map_err(|e| e.to_string())?.artifact;
    let secret = SigningKey::from_bytes(&SECRET);
    sign(&mut artifact, &secret).map_err(|e| e.to_string())?;
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).map_err(|e| e.to_string());
    write("guest.sg", &artifact)?;
    write("trusted.key", &keys::public_key(&secret).0)?;

    let gcc = ARM_GCC.find().ok_or("arm-none-eabi-gcc is not installed: run `./dev setup`")?;
    let elf = folder.join("firmware.elf");
    let mut command = Command::new(gcc);
    command.args(["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16", "-Os", "-g", "-std=c11"]);
    command.args(["-Wall", "-Wextra", "-Werror", "-ffreestanding", "-nostdlib", "-Wl,--gc-sections"]);
    command.arg("-I").arg(root().join("runtime-nostd/c-api/include"));
    command.arg("-Wa,-I,".to_owned() + &folder.to_string_lossy());
    command.args(SOURCES.map(|source| sources.join(source)));
    command.arg(library()).args(["-lgcc", "-T"]).arg(sources.join("memory.ld")).arg("-o").arg(&elf);
    let built = sandgrain_proc::capture(command, LIMIT).map_err(|e| e.to_string())?;
    match built.status.success() {
        true => Ok(elf),
        false => Err(String::from_utf8_lossy(&built.stderr).into_owned()),
    }
}

/// Runs the firmware in QEMU. Returns its output.
///
/// # Errors
/// The output as well, if it failed.
pub fn run(elf: &Path) -> Result<String, String> {
    let mut command = Command::new(QEMU_ARM.find().ok_or("qemu-system-arm is not installed: run `./dev setup`")?);
    command.args(["-M", "mps2-an386", "-nic", "none", "-display", "none", "-icount", "shift=6"]);
    command.args(["-serial", "none", "-monitor", "none", "-chardev", "stdio,id=host"]);
    command.args(["-semihosting-config", "enable=on,target=native,chardev=host", "-kernel"]);
    let ran = sandgrain_proc::capture(
        {
            command.arg(elf);
            command
        },
        LIMIT,
    )
    .map_err(|e| e.to_string())?;
    let output = String::from_utf8_lossy(&ran.stdout).into_owned();
    match ran.status.success() {
        true => Ok(output),
        false => Err(output + &String::from_utf8_lossy(&ran.stderr)),
    }
}
