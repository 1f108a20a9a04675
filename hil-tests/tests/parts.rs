//! A board is exactly the part that it is said to be: instructions beyond it fault, and modules for others are refused.

use std::path::Path;

use sandgrain_abi::{Isa, Target, TrapKind};
use sandgrain_artifact::Extern;
use sandgrain_cli::job::{self, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_run_protocol::{Outcome, Value};

const BOARDS: [&str; 2] = ["qemu-mps2-an386", "qemu-riscv32-virt"];

/// An instruction of 32 bits that touches no memory but to read the word at sp, no register that the function needs, and
/// which parts have it.
struct Probe {
    text: &'static str,
    code: [u8; 4],
    parts: &'static [Target],
}

const THUMB2: [Probe; 6] = {
    use Target::{CortexM3, CortexM4, CortexM4F, CortexM7, CortexM33};
    [
        thumb2("udiv r1, r2, r3", 0xFBB2_F1F3, &[CortexM3, CortexM4, CortexM4F, CortexM7, CortexM33]),
        // One of the DSP extension that QEMU 7.2 does not let pass on Cortex-M3, as it does smuad and its like.
        thumb2("umaal r1, r2, r3, r0", 0xFBE3_1260, &[CortexM4, CortexM4F, CortexM7, CortexM33]),
        thumb2("vmov s0, r1", 0xEE00_1A10, &[CortexM4F, CortexM7, CortexM33]),
        thumb2("vmaxnm.f32 s0, s0, s1", 0xFE80_0A20, &[CortexM7, CortexM33]),
        thumb2("vadd.f64 d0, d1, d2", 0xEE31_0B02, &[CortexM7]),
        thumb2("tt r1, r0", 0xE840_F100, &[CortexM33]),
    ]
};

const RV32: [Probe; 6] = {
    use Target::{Rv32Imac, Rv32Imafc, Rv32Imc};
    [
        riscv("mul a1, a1, a1", 0x02B5_85B3, &[Rv32Imc, Rv32Imac, Rv32Imafc]),
        riscv("lr.w a1, (sp)", 0x1001_25AF, &[Rv32Imac, Rv32Imafc]),
        riscv("fmv.w.x ft0, a1", 0xF005_8053, &[Rv32Imafc]),
        riscv("fadd.d ft0, ft0, ft0", 0x0200_7053, &[]),
        riscv("clz a1, a1", 0x6005_9593, &[]),
        riscv("sh1add a1, a1, a1", 0x20B5_A5B3, &[]),
    ]
};

const AARCH64: [Probe; 3] = [
    aarch64("fadd d0, d0, d0", 0x1E60_2800, &[Target::Aarch64]),
    // ARMv8.1 and ARMv8.2.
    aarch64("ldadd w9, w10, [sp]", 0xB829_03EA, &[]),
    aarch64("fadd h0, h0, h0", 0x1EE0_2800, &[]),
];

const RISCV64: [Probe; 4] = [
    riscv("fadd.d ft0, ft0, ft0", 0x0200_7053, &[Target::Riscv64]),
    riscv("lr.d a1, (sp)", 0x1001_35AF, &[Target::Riscv64]),
    riscv("clz a1, a1", 0x6005_9593, &[]),
    riscv("sh1add a1, a1, a1", 0x20B5_A5B3, &[]),
];

/// What else this computer has, its processor decides.
const X86_64: [Probe; 2] = [
    x86_64("movq xmm0, xmm1", [0xF3, 0x0F, 0x7E, 0xC1], &[Target::X86_64]),
    x86_64("ud2; nop; nop", [0x0F, 0x0B, 0x90, 0x90], &[]),
];

/// The first halfword is the upper half of `code`, as ARM writes it, and comes first in memory.
const fn thumb2(text: &'static str, code: u32, parts: &'static [Target]) -> Probe {
    Probe { text, code: code.rotate_left(16).to_le_bytes(), parts }
}

const fn aarch64(text: &'static str, code: u32, parts: &'static [Target]) -> Probe {
    Probe { text, code: code.to_le_bytes(), parts }
}

const fn riscv(text: &'static str, code: u32, parts: &'static [Target]) -> Probe {
    Probe { text, code: code.to_le_bytes(), parts }
}

const fn x86_64(text: &'static str, code: [u8; 4], parts: &'static [Target]) -> Probe {
    Probe { text, code, parts }
}

/// A function that begins with an instruction of 32 bits, of which its return does not depend.
fn artifact(target: Target) -> Vec<u8> {
    compile(target, "(func (export \"f\") (result i32) (i32.const 0x12345678))")
}

fn compile(target: Target, fields: &str) -> Vec<u8> {
    let wasm = wat::parse_str(format!("(module {fields})")).unwrap();
    module_file::build(Path::new("m.wasm"), ModuleFile::Wasm(wasm), target).unwrap().artifact
}

/// Where the function's code begins in the file.
fn place(artifact: &[u8], target: Target) -> usize {
    let checked = module_file::check(Path::new("m.sg"), artifact, target).unwrap();
    let content = checked.content();
    let Some(Extern::Func { code, .. }) = content.find_export("f") else { panic!("f is exported") };
    content.text().as_ptr().addr() - artifact.as_ptr().addr() + code.0 as usize
}

fn is_what_it_is_said_to_be(bench: Bench) {
    let target = bench.board.target;
    let good = artifact(target);
    let at = place(&good, target);
    let probes = match target.isa() {
        Isa::Thumb2 => &THUMB2[..],
        Isa::Rv32 => &RV32,
        Isa::Aarch64 => &AARCH64,
        Isa::Riscv64 => &RISCV64,
        Isa::X86_64 => &X86_64,
    };
    for Probe { text, code, parts } in probes {
        let mut artifact = good.clone();
        artifact[at..at + 4].copy_from_slice(code);
        let job = Job { artifact, calls: vec![("f".to_owned(), Vec::new())], ..Job::default() };
        let answer = job::execute(bench.board, &bench.firmware, &job, &Default::default());
        // What an instruction does that the part does not have: a hardware fault ends a bare board, whose last words are in
        // its log; in a process the kernel's signal becomes a trap of the guest that was there.
        let fault = match target.isa() {
            Isa::Thumb2 => Some("hard fault"),
            Isa::Rv32 => Some("mcause 0x2"),
            Isa::Aarch64 | Isa::Riscv64 | Isa::X86_64 => None,
        };
        match (parts.contains(&target), answer, fault) {
            (true, Ok(answer), Some(_)) => assert_eq!(answer.calls.len(), 1, "`{text}` on {}", bench.board),
            (true, Ok(answer), None) => {
                assert!(!violates(&answer.calls[0].outcome), "`{text}` on {}: {:?}", bench.board, answer.calls)
            }
            (false, Err(error), Some(fault)) => {
                let error = error.to_string();
                assert!(error.contains(fault), "`{text}` on {}: {error}", bench.board);
            }
            (false, Ok(answer), None) => {
                assert!(violates(&answer.calls[0].outcome), "`{text}` on {}: {:?}", bench.board, answer.calls)
            }
            (_, Err(error), _) => panic!("`{text}` on {}: {error}", bench.board),
            (false, Ok(_), Some(_)) => panic!("`{text}` runs on {}, whose part does not have it", bench.board),
        }
    }
}

/// Ended by hardware, not by a check of the code.
fn violates(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Trapped(trap) if trap.kind == TrapKind::ContainmentViolation as u8)
}

#[test]
fn instructions_beyond_the_part_fault() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(is_what_it_is_said_to_be);
}

#[test]
fn instructions_beyond_the_part_fault_on_every_other_part() {
    Bench::every_other_part().into_iter().for_each(is_what_it_is_said_to_be);
}

fn refuses_other_parts(bench: Bench) {
    let others =
        Target::ALL.iter().filter(|target| target.isa() == bench.board.target.isa() && **target != bench.board.target);
    for target in others {
        let answer = bench.run(&Job { artifact: artifact(*target), ..Job::default() });
        let (_, why) = answer.refused.unwrap_or_else(|| panic!("{} opens code for {}", bench.board, target.name()));
        assert!(why.contains("this device is"), "{}: {why}", bench.board);
    }
}

#[test]
fn modules_for_other_parts_are_refused() {
    BOARDS.into_iter().filter_map(Bench::of).for_each(refuses_other_parts);
}

#[test]
fn modules_for_other_parts_are_refused_on_every_other_part() {
    Bench::every_other_part().into_iter().for_each(refuses_other_parts);
}

/// Code that stores to itself.
fn store_to_itself(isa: Isa) -> Option<[u8; 8]> {
    let words = |first: u32, second: u32| {
        let mut bytes = [0; 8];
        bytes[..4].copy_from_slice(&first.to_le_bytes());
        bytes[4..].copy_from_slice(&second.to_le_bytes());
        bytes
    };
    match isa {
        // adr x9, .; str w9, [x9]
        Isa::Aarch64 => Some(words(0x1000_0009, 0xB900_0129)),
        // auipc t0, 0; sw t0, (t0)
        Isa::Riscv64 => Some(words(0x0000_0297, 0x0052_A023)),
        // movb $0x90, -7(%rip); ret
        Isa::X86_64 => Some([0xC6, 0x05, 0xF9, 0xFF, 0xFF, 0xFF, 0x90, 0xC3]),
        // The memory of these boards is that of QEMU's machine.
        Isa::Thumb2 | Isa::Rv32 => None,
    }
}

/// A process has memory that can be written and memory with code, and none that is both.
#[test]
fn code_cannot_be_written_on_every_other_part() {
    for bench in Bench::every_other_part() {
        let target = bench.board.target;
        let Some(code) = store_to_itself(target.isa()) else { continue };
        // Longer than that, on each.
        let long = "(i32.rotl (i32.mul (i32.const 0x12345678) (local.get 0)) (i32.const 7))";
        let mut artifact = compile(target, &format!("(func (export \"f\") (param i32) (result i32) {long})"));
        let at = place(&artifact, target);
        let calls = vec![("f".to_owned(), vec![Value::I32(1)])];
        let good = bench.run(&Job { artifact: artifact.clone(), calls: calls.clone(), ..Job::default() });
        assert!(matches!(good.calls[0].outcome, Outcome::Returned(_)), "{}", bench.board);
        artifact[at..at + code.len()].copy_from_slice(&code);
        let job = Job { artifact, calls, ..Job::default() };
        let answer = bench.run(&job);
        assert!(violates(&answer.calls[0].outcome), "{}: {:?}", bench.board, answer.calls);
    }
}
