//! The program itself, as far as no board is needed: exit codes, what is said, what is written.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Sandbox(tempfile::TempDir);

impl Sandbox {
    fn new() -> Sandbox {
        Sandbox(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.path(name), bytes).unwrap();
        self
    }

    /// Runs the program here; arguments are separated by spaces.
    fn run(&self, arguments: &str) -> Said {
        let program = Path::new(env!("CARGO_BIN_EXE_sandgrain"));
        let output = Command::new(program).current_dir(self.0.path()).args(arguments.split_whitespace()).output();
        Said::from(output.unwrap())
    }
}

#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Said {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

impl Said {
    #[track_caller]
    fn fails(&self, code: i32, hints: &[&str]) {
        assert_eq!(self.code, Some(code), "{self:?}");
        for hint in hints {
            assert!(self.err.contains(hint), "no `{hint}` in {self:?}");
        }
    }

    #[track_caller]
    fn succeeds(&self) -> &str {
        assert_eq!(self.code, Some(0), "{self:?}");
        &self.out
    }

    #[track_caller]
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.succeeds()).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}

const FIB: &str = r#"(module (import "env" "log" (func (param i32)))
  (func $fib (export "fib") (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
      (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                     (call $fib (i32.sub (local.get 0) (i32.const 2))))))))"#;

#[test]
fn wrong_usage_has_exit_code_2() {
    let here = Sandbox::new();
    here.file("fib.wat", FIB);
    here.run("").fails(2, &["Examples:"]);
    here.run("frobnicate").fails(2, &["frobnicate"]);
    here.run("compile fib.wat --target z80").fails(2, &["cortex-m4f", "rv32imac"]);
    here.run("compile none.wasm --target rv32imac").fails(2, &["cannot read none.wasm"]);
    here.run("run fib.wat --board toaster").fails(2, &["toaster", "qemu-mps2-an386"]);
    here.run("run fib.wat --board qemu-riscv32-virt --invoke fob 1").fails(2, &["no function `fob`", "fib"]);
    here.run("run fib.wat --board qemu-riscv32-virt --invoke fib").fails(2, &["takes 1 arguments (i32), 0 are given"]);
    here.run("run fib.wat --board qemu-riscv32-virt --invoke fib 1.5").fails(2, &["`1.5` is no i32"]);
}

#[test]
fn bad_modules_have_exit_code_3_and_an_offset() {
    let here = Sandbox::new();
    let simd = wat::parse_str("(module (func (result v128) (v128.const i64x2 1 2)))").unwrap();
    here.file("cut.wasm", b"\0asm\x01\0\0").file("picture.wasm", b"\x89PNG\r\n\x1a\n").file("simd.wasm", simd);
    here.file("text.wat", "(module (func");
    here.run("compile cut.wasm --target rv32imac").fails(3, &["cut.wasm", "offset 0x"]);
    here.run("compile picture.wasm --target cortex-m4f").fails(3, &["picture.wasm", "offset 0x0"]);
    here.run("compile simd.wasm --target cortex-m4f").fails(3, &["v128", "offset 0x", "not supported"]);
    here.run("compile text.wat --target cortex-m4f").fails(3, &["text.wat:1"]);
    here.run("run cut.wasm --board qemu-riscv32-virt").fails(3, &["offset 0x"]);
}

#[test]
fn what_is_not_there_yet_is_refused_by_name() {
    let here = Sandbox::new();
    here.file("fib.wat", FIB);
    let board = "run fib.wat --board qemu-riscv32-virt";
    here.run(&format!("{board} --engine interp")).fails(3, &["--engine interp is not supported yet"]);
}

#[test]
fn fuel_needs_code_that_uses_it() {
    let here = Sandbox::new();
    here.file("fib.wat", FIB);
    here.run("compile fib.wat --target rv32imac").succeeds();
    here.run("run fib.sg --board qemu-riscv32-virt --fuel 5").fails(3, &["fib.sg", "compile it with --fuel"]);
    let deadline = here.run("run fib.wat --board qemu-riscv32-virt --deadline 0");
    deadline.fails(2, &["--deadline"]);
}

#[test]
fn a_module_is_compiled_signed_inspected_and_verified() {
    let here = Sandbox::new();
    here.file("fib.wat", FIB);
    here.run("compile fib.wat --target rv32imac --name fib --module-version 1.2.3 --counter 7").succeeds();
    assert!(here.run("inspect fib.sg").succeeds().contains("signed       no"));
    here.run("keygen -o my.key").succeeds();
    here.run("keygen -o my.key").fails(2, &["exists already"]);
    here.run("sign fib.sg --key my.key").succeeds();
    assert!(here.run("verify fib.sg --key my.key.pub").succeeds().contains("fib 1.2.3 (counter 7)"));

    here.run("compile fib.wat --target rv32imac --emit object -o fib.o").succeeds();
    let said = here.run("inspect fib.sg --key my.key.pub --object fib.o --json").json();
    assert_eq!(
        (&said["target"], &said["version"], &said["signed"]),
        (&"rv32imac".into(), &"1.2.3".into(), &true.into())
    );
    assert!(said["key"].is_string());
    assert_eq!(
        said["imports"][0],
        serde_json::json!({ "module": "env", "name": "log", "type": "function (i32) -> ()" })
    );
    assert!(said["functions"].as_array().unwrap().iter().any(|f| f["name"] == "fib" && f["bytes"].as_u64() > Some(8)));
    let sum: u64 = said["sections"].as_object().unwrap().values().map(|bytes| bytes.as_u64().unwrap()).sum();
    assert_eq!(Some(sum), said["bytes"].as_u64());
    assert_eq!(sum, std::fs::metadata(here.path("fib.sg")).unwrap().len());

    here.run("keygen -o other.key").succeeds();
    here.run("verify fib.sg --key other.key.pub").fails(3, &["not signed by any"]);
    assert!(here.run("inspect fib.sg --key other.key.pub").succeeds().contains("by none of the keys"));
}

#[test]
fn bad_artifacts_are_refused_by_name_before_any_board_starts() {
    let here = Sandbox::new();
    here.file("fib.wat", FIB);
    here.run("compile fib.wat --target rv32imac").succeeds();
    let good = std::fs::read(here.path("fib.sg")).unwrap();
    let mut mutated = good.clone();
    *mutated.last_mut().unwrap() ^= 1;
    let mut other_abi = good.clone();
    other_abi[6] = 9;
    here.file("mutated.sg", mutated).file("abi.sg", other_abi).file("cut.sg", &good[..good.len() - 1]);
    here.file("foreign.sg", "hello, this is no artifact at all").file("empty.sg", "");
    let run = |file: &str, board: &str| here.run(&format!("run {file} --board {board}"));
    run("mutated.sg", "qemu-riscv32-virt").fails(3, &["mutated.sg", "chunk 0"]);
    run("abi.sg", "qemu-riscv32-virt").fails(3, &["ABI version 9"]);
    run("cut.sg", "qemu-riscv32-virt").fails(3, &["truncated"]);
    run("foreign.sg", "qemu-riscv32-virt").fails(3, &["not a Sandgrain artifact"]);
    run("empty.sg", "qemu-riscv32-virt").fails(3, &["truncated"]);
    run("fib.sg", "qemu-mps2-an386").fails(3, &["compiled for rv32imac", "this device is cortex-m4f"]);
    for file in ["mutated.sg", "abi.sg", "cut.sg", "foreign.sg", "empty.sg"] {
        here.run(&format!("inspect {file}")).fails(3, &[file]);
    }
}

#[test]
fn a_missing_firmware_is_named_with_what_builds_it() {
    let here = Sandbox::new();
    here.file("fib.wat", FIB);
    here.run("run fib.wat --board qemu-riscv32-virt --firmware none.elf")
        .fails(1, &["there is no firmware at none.elf"]);
}

#[test]
fn what_is_emitted_is_what_was_asked_for() {
    let here = Sandbox::new();
    here.file("fib.wat", FIB);
    let emit = |what: &str| here.run(&format!("compile fib.wat --target cortex-m4f --emit {what}"));
    assert!(emit("clif").succeeds().contains("function u0:"));
    assert!(emit("report").succeeds().contains("fib"));
    let report = here.run("compile fib.wat --target cortex-m4f --emit report --json").json();
    assert_eq!(report["functions"][0]["name"], "fib");
    assert!(emit("object").succeeds().is_empty());
    assert!(std::fs::read(here.path("fib.o")).unwrap().starts_with(b"\x7fELF"));
}

#[test]
fn lists_name_every_target_and_board() {
    let here = Sandbox::new();
    assert!(here.run("targets").succeeds().contains("thumbv7em-none-eabihf"));
    let targets = here.run("targets --json").json();
    let soft = targets.as_array().unwrap().iter().find(|target| target["name"] == "cortex-m4").unwrap();
    assert_eq!(soft["boards"][0], "qemu-mps2-an386");
    assert!(here.run("boards").succeeds().contains("rv32imac"));
    let boards = here.run("boards --json").json();
    let virt = boards.as_array().unwrap().iter().find(|board| board["name"] == "qemu-riscv32-virt").unwrap();
    assert_eq!((&virt["target"], &virt["targets"][1]["name"]), (&"rv32imac".into(), &"rv32imc".into()));
}
