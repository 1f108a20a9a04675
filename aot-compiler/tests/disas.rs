//! Expectation tests: each `disas/*.wat` holds a module and, as comments behind it, what it becomes.
//!
//! The first lines may be options: `;;! target = rv32imac` (the default), `;;! egraph = false`, `;;! checks = false`,
//! `;;! fuel = true`. What is expected is the optimised CLIF, and with `;;! code = cortex-m3 rv32imac` behind it the
//! machine code for each of these targets, as LLVM disassembles it. `;;! lines = 40` shows the first and the last 20 lines
//! of a function's code and no CLIF. A line `;;* 3 TEXT` stands for three lines of TEXT, in which `{n}` is 0, 1 and 2.
//! `SANDGRAIN_BLESS=1 cargo test -p sandgrain-compiler --test disas` rewrites the expectations.
//!
//! With the feature `proof`, the cases together have to take every lowering rule of every back end.

use sandgrain_compiler::{Options, Target, clif, compile};
use sandgrain_proc::tools::LLVM_OBJDUMP;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

const MARK: &str = ";; ---- expected ----\n";

/// How a case is compiled and shown.
struct Plan {
    options: Options,
    /// The targets whose code is shown.
    code: Vec<Target>,
    /// Most lines of a function's code, if not all.
    lines: Option<usize>,
}

fn plan(text: &str) -> Plan {
    let mut options = Options::new(Target::Rv32Imac);
    let (mut code, mut lines) = (Vec::new(), None);
    for line in text.lines().map_while(|l| l.strip_prefix(";;!")) {
        let target = |name| Target::from_name(name).expect("a known target");
        match line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some(("target", name)) => options.target = target(name),
            Some(("egraph", value)) => options.midend.egraph = value.parse().expect("true or false"),
            Some(("checks", value)) => options.midend.checks = value.parse().expect("true or false"),
            Some(("fuel", value)) => options.fuel = value.parse().expect("true or false"),
            Some(("code", names)) => code.extend(names.split_whitespace().map(target)),
            Some(("lines", count)) => lines = Some(count.parse().expect("a number")),
            other => panic!("unknown option {other:?}"),
        }
    }
    Plan { options, code, lines }
}

/// The module of a case, with what stands for many lines written out.
fn module(source: &str) -> Vec<u8> {
    let mut text = String::with_capacity(source.len());
    for line in source.lines() {
        match line.strip_prefix(";;* ").map(|rest| rest.split_once(' ').expect("a number and text")) {
            Some((count, line)) => {
                let count: usize = count.parse().expect("a number");
                text.extend((0..count).map(|n| line.replace("{n}", &n.to_string()) + "\n"));
            }
            None => text += &format!("{line}\n"),
        }
    }
    wat::parse_str(&text).unwrap()
}

/// What a case becomes; `None`, loudly, if that takes a disassembler and there is none.
fn expectation(path: &Path, source: &str) -> Option<String> {
    let wasm = module(source);
    let Plan { options, code, lines } = plan(source);
    let mut text = String::new();
    if lines.is_none() {
        let clif = match clif(&wasm, &options) {
            Ok(text) => text,
            Err(error) => format!("{error}\n"),
        };
        // Every function declares the same alias regions.
        let lines = clif.lines().filter(|line| !line.starts_with("    region"));
        text.extend(lines.map(|line| format!(";; {line}").trim_end().to_owned() + "\n"));
    }
    for target in code {
        text += &format!(";;\n;; ---- {} ----\n", target.name());
        let listing = match compile(&wasm, &Options { target, ..options.clone() }) {
            Ok(compiled) => disassembly(path, &compiled.object, target)?,
            Err(error) => format!("{error}\n"),
        };
        for function in functions(&listing) {
            let (first, last) = match lines {
                Some(count) if function.len() > count => function.split_at(count / 2),
                _ => (function.as_slice(), [].as_slice()),
            };
            let last = &last[last.len() - last.len().min(first.len())..];
            let skipped = function.len() - first.len() - last.len();
            text.extend(first.iter().map(|line| format!(";; {line}\n")));
            if skipped > 0 {
                text += &format!(";;   … {skipped} lines\n");
            }
            text.extend(last.iter().map(|line| format!(";; {line}\n")));
        }
    }
    Some(text)
}

/// The lines of a listing by function: each begins with a label.
fn functions(listing: &str) -> Vec<Vec<&str>> {
    let mut functions: Vec<Vec<&str>> = Vec::new();
    for line in listing.lines() {
        if line.starts_with('<') || functions.is_empty() {
            functions.push(Vec::new());
        }
        functions.last_mut().expect("there is one").push(line);
    }
    functions
}

/// The code of an ELF file as LLVM disassembles it.
fn disassembly(path: &Path, object: &[u8], target: Target) -> Option<String> {
    let Some(program) = LLVM_OBJDUMP.find() else {
        let what = format!("{} is not installed (package {})", LLVM_OBJDUMP.programs[0], LLVM_OBJDUMP.packages[0]);
        assert!(std::env::var_os("SANDGRAIN_REQUIRE_TOOLS").is_none_or(|v| v != "1"), "{what}");
        // Straight to the stream: the test harness would swallow what a passing test prints.
        let _ = writeln!(std::io::stderr(), "SKIPPED {} is not disassembled: {what}", path.display());
        return None;
    };
    let part: &[&str] = match target {
        Target::CortexM3 => &["--triple=thumbv7m", "--mcpu=cortex-m3"],
        Target::CortexM4 | Target::CortexM4F => &["--triple=thumbv7em", "--mcpu=cortex-m4"],
        Target::CortexM7 => &["--triple=thumbv7em", "--mcpu=cortex-m7"],
        Target::CortexM33 => &["--triple=thumbv8m.main", "--mcpu=cortex-m33"],
        Target::Rv32Imc | Target::Rv32Imac => &["--triple=riscv32", "--mattr=+m,+a,+c"],
        Target::Rv32Imafc => &["--triple=riscv32", "--mattr=+m,+a,+f,+c"],
        Target::Aarch64 => &["--triple=aarch64"],
        Target::Riscv64 => &["--triple=riscv64", "--mattr=+m,+a,+f,+d,+c"],
        Target::X86_64 => &["--triple=x86_64"],
    };
    let name = format!("disas-{}-{}.o", path.file_stem().unwrap().display(), target.name());
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, object).unwrap();
    let mut command = Command::new(program);
    command.args(part).args(["--disassemble", "--no-show-raw-insn", "--no-leading-addr"]).arg(&file);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    // Before the section's first label stands the file's name.
    let (_, text) = text.split_once("Disassembly of section .text:").expect("there is code");
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    Some(lines.map(|line| line.replace('\t', "  ") + "\n").collect())
}

fn check(path: &Path) -> Result<(), String> {
    let file = std::fs::read_to_string(path).unwrap();
    let (source, expected) = file.split_once(MARK).unwrap_or((&file, ""));
    let Some(actual) = expectation(path, source) else { return Ok(()) };
    if actual == expected {
        return Ok(());
    }
    if std::env::var_os("SANDGRAIN_BLESS").is_some() {
        std::fs::write(path, format!("{}\n\n{MARK}{actual}", source.trim_end())).unwrap();
        return Ok(());
    }
    Err(format!("{} differs; SANDGRAIN_BLESS=1 accepts:\n{actual}", path.display()))
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("disas");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "wat"));
    paths.sort();
    assert!(paths.len() >= 8, "the cases have moved");
    paths
}

#[test]
fn cases_become_what_is_expected() {
    let failures: Vec<String> = cases().iter().filter_map(|p| check(p).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
#[cfg(feature = "proof")]
fn every_rule_has_a_case() {
    use sandgrain_compiler::proof::RULES;
    for path in cases() {
        let source = std::fs::read_to_string(path).unwrap();
        let Plan { options, code, .. } = plan(&source);
        for target in code {
            // What is too much for an artifact has been lowered before that shows.
            drop(compile(&module(&source), &Options { target, ..options.clone() }));
        }
    }
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    assert!(names.len() >= 400, "only {} rules are marked", names.len());
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two rules have one name: {names:#?}");
    let mut without: Vec<&str> = RULES.iter().filter(|rule| rule.hits() == 0).map(|rule| rule.name).collect();
    without.sort_unstable();
    assert!(
        without.is_empty(),
        "no case in disas/ takes {} of {} rules:\n{}",
        without.len(),
        names.len(),
        without.join("\n")
    );
}
