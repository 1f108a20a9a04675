//! LLVM's assembler as the judge of encodings: our bytes beside its own for the same source text.

use super::encode::{Enc, Flags};
use sandgrain_proc::tools::LLVM_MC;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// Our bytes beside LLVM's source text for the same instruction.
#[derive(Default)]
pub struct Cases(Vec<(Enc, String)>);

impl Cases {
    pub fn add(&mut self, enc: Enc, text: impl Into<String>) {
        self.0.push((enc, text.into()));
    }

    /// Of a form whose text has a conditional variant: `text(suffix)` for set flags, kept flags, and in an IT block.
    pub fn flags(&mut self, enc: impl Fn(Flags) -> Option<Enc>, text: impl Fn(&str) -> String) {
        let (set, keep) = (enc(Flags::Set), enc(Flags::Keep));
        for (enc, suffix) in [(set, "s"), (keep, "")] {
            if let Some(enc) = enc {
                self.add(enc, text(suffix));
            }
        }
        if let Some(enc) = enc(Flags::InIt) {
            self.add(enc, format!("it eq\n{}", text("eq")));
        }
        let shortest = [set, keep].iter().flatten().map(|e| e.size()).min();
        assert_eq!(enc(Flags::Free).map(Enc::size), shortest, "{}", text("?"));
    }

    /// Assembles every text with LLVM and compares; says so loudly when LLVM is not there.
    pub fn check(self) {
        let Some(encodings) = assemble(&self.0) else { return };
        let mut wrong = String::new();
        for ((enc, text), theirs) in self.0.iter().zip(&encodings) {
            let mut ours = Vec::new();
            enc.push_to(&mut ours);
            if ours != *theirs {
                writeln!(wrong, "{text}: ours {ours:02x?}, LLVM's {theirs:02x?}").unwrap();
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        assert_eq!(self.0.len(), encodings.len());
    }
}

/// The bytes of each instruction in `source` but `it`, which belongs to its successor's case.
fn assemble(cases: &[(Enc, String)]) -> Option<Vec<Vec<u8>>> {
    let source: String = cases.iter().map(|(_, text)| format!("{text}\n")).collect();
    let listing = listing(source)?;
    Some(listing.into_iter().filter(|(text, _)| !text.starts_with("it\t")).map(|(_, bytes)| bytes).collect())
}

/// LLVM's text and bytes for each instruction; `None`, loudly, when LLVM is not there.
pub fn listing(source: String) -> Option<Vec<(String, Vec<u8>)>> {
    let Some(program) = LLVM_MC.find() else {
        let what = format!("{} is not installed (package {})", LLVM_MC.programs[0], LLVM_MC.packages[0]);
        assert!(std::env::var_os("SANDGRAIN_REQUIRE_TOOLS").is_none_or(|v| v != "1"), "{what}");
        // Straight to the stream: the test harness would swallow what a passing test prints.
        let _ = writeln!(std::io::stderr(), "SKIPPED Thumb-2 encodings are not compared: {what}");
        return None;
    };
    // Of the parts that code is made for, the one whose instructions are all that any of them has.
    let mut child = Command::new(program)
        .args(["--arch=thumb", "-mcpu=cortex-m7", "--show-encoding"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(format!(".syntax unified\n{source}").as_bytes()));
    let out = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(out.status.success(), "LLVM refused the source, see above");
    let listing = String::from_utf8(out.stdout).unwrap();
    let instructions = listing.lines().filter_map(|line| {
        let (text, hex) = line.split_once("@ encoding: [")?;
        let hex = hex.strip_suffix(']').unwrap();
        let bytes = hex.split(',').map(|b| u8::from_str_radix(b.trim_start_matches("0x"), 16).unwrap());
        Some((text.trim().to_owned(), bytes.collect()))
    });
    Some(instructions.collect())
}
