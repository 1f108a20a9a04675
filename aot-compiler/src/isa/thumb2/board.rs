//! Runs compiled CLIF functions on emulated Cortex-M parts, without any runtime.
//!
//! One bare-metal image holds a loop over cases (function, argument words), the functions and the trap stubs. Each
//! case's registers, sp, callee-saved registers and trap go to memory, and from there to a file by semihosting.

use super::encode::{self as enc, Alu, Enc, Flags, Shift, Test};
use super::encode_mem::{self as mem, Mem, Width};
use super::encode_vfp as vfp;
use super::regs::{FReg, INSTANCE, LR, Reg, SCRATCH, SP};
use super::{Thumb2, branch};
use crate::emit::{FunctionCode, Reloc, Sink};
use crate::isa::random_programs::OTHER_INSTANCE;
use crate::isa::{FixupKind, Isa32, RelocTarget};
use crate::midend;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::ir::{AbiParam, Function, InstBuilder, Signature, Type, UserFuncName, Value, types};
use cranelift_codegen::isa::CallConv;
use cranelift_codegen::loop_analysis::LoopAnalysis;
use sandgrain_abi::layout::{Field, HEADER_SIZE_32};
use sandgrain_abi::{FloatUnit, Target, TrapKind};
use std::process::Command;
use std::time::Duration;

const QEMU: &str = "qemu-system-arm";
/// A run takes a tenth of a second; wrong code may never end.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// An emulated part: QEMU's machine, where its code memory and its RAM are.
struct Machine {
    name: &'static str,
    code: u32,
    ram: u32,
}

/// The machine with the target's part. Code for parts without an FPU runs with the FPU off (CPACR), where there is one.
fn machine(target: Target) -> Machine {
    match target {
        Target::CortexM3 => Machine { name: "mps2-an385", code: 0, ram: 0x2000_0000 },
        Target::CortexM4 | Target::CortexM4F => Machine { name: "mps2-an386", code: 0, ram: 0x2000_0000 },
        Target::CortexM7 => Machine { name: "mps2-an500", code: 0, ram: 0x2000_0000 },
        Target::CortexM33 => Machine { name: "mps2-an505", code: 0x1000_0000, ram: 0x3800_0000 },
        _ => panic!("{} is not a Thumb-2 part", target.name()),
    }
}
/// Instance header, then the harness's own variables.
const NEXT_CASE: i32 = 0x100;
const NEXT_RESULT: i32 = 0x104;
/// Offsets from the start of RAM, which is the first instance.
const STACK_LIMIT: u32 = 0x1_0000;
const STACK_TOP: u32 = 0x1_8000;
const RESULTS: u32 = 0x2_0000;
/// A case: function, argument words, bytes of stack arguments.
const CASE_WORDS: usize = 1 + ARGUMENT_WORDS + 1;
const ARGUMENT_WORDS: usize = 16;
/// A result: r0–r3, sp, checksum of callee-saved registers, trap and its site, the result area.
const RESULT_WORDS: usize = 8 + AREA_WORDS;
/// Result words behind those in registers.
const AREA_WORDS: usize = 12;
/// What callee-saved registers hold on entry: the number of each.
const CHECKED: [u8; 6] = [5, 6, 7, 8, 10, 11];
/// Likewise where there are float registers.
const CHECKED_FLOATS: std::ops::Range<u8> = 16..32;
/// Coprocessor access control register (B3.2.20), and its bits that switch the FPU on.
const CPACR: u32 = 0xe000_ed88;
const FPU_ON: u32 = 0xf << 20;
/// Guests' FPSCR: DN alone.
const GUEST_FPSCR: u32 = 1 << 25;

fn r(n: u8) -> Reg {
    Reg::new(n)
}

/// A function with an instance pointer and the given arguments, its body made by `body`.
pub fn function(
    args: &[Type],
    results: &[Type],
    body: impl FnOnce(&mut FuncCursor, &[Value]) -> Vec<Value>,
) -> Function {
    let mut sig = Signature::new(CallConv::Fast);
    sig.params.push(AbiParam::new(types::I32));
    sig.params.extend(args.iter().map(|t| AbiParam::new(*t)));
    sig.returns.extend(results.iter().map(|t| AbiParam::new(*t)));
    let mut func = Function::with_name_signature(UserFuncName::default(), sig);
    let block = func.dfg.make_block();
    func.layout.append_block(block);
    func.dfg.append_block_param(block, types::I32);
    let values: Vec<Value> = args.iter().map(|t| func.dfg.append_block_param(block, *t)).collect();
    let mut cursor = FuncCursor::new(&mut func);
    cursor.goto_bottom(block);
    let returned = body(&mut cursor, &values);
    cursor.ins().return_(&returned);
    func
}

/// Compiles CLIF as it stands.
pub fn compile(func: &Function, target: Target) -> FunctionCode {
    let cfg = ControlFlowGraph::with_function(func);
    let domtree = DominatorTree::with_function(func, &cfg);
    let mut loops = LoopAnalysis::new();
    loops.compute(func, &cfg, &domtree);
    let vcode = crate::lower32::lower::<Thumb2>(func, &domtree, &loops, target, 0).unwrap();
    let mut registers = regalloc2::Ctx::default();
    let allocated = crate::regalloc::allocate(&vcode, &mut registers).unwrap();
    let code = crate::emit::emit(&vcode, allocated, target).unwrap();
    match crate::stack::check_of(&code, code.frame_bytes) {
        Some(below) => crate::emit::with_stack_check::<Thumb2>(code, below, target).unwrap(),
        None => code,
    }
}

/// What a case must give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Words(Vec<u32>),
    Trap(TrapKind),
}

/// Functions for one part, and what they are to be called with.
pub struct Program {
    target: Target,
    pub functions: Vec<FunctionCode>,
    cases: Vec<(usize, Vec<u32>, Outcome, String)>,
}

/// For a Cortex-M4F.
impl Default for Program {
    fn default() -> Program {
        Program::new(Target::CortexM4F)
    }
}

impl Program {
    pub fn new(target: Target) -> Program {
        Program { target, functions: Vec::new(), cases: Vec::new() }
    }

    pub fn add(&mut self, func: &Function) -> usize {
        self.functions.push(compile(func, self.target));
        self.functions.len() - 1
    }

    /// Adds the function after the mid-end's passes.
    pub fn add_optimized(&mut self, func: Function) -> usize {
        let options = midend::Options { verify: true, ..midend::Options::default() };
        self.add(&midend::optimize(func, &options, &midend::Memories::default()).unwrap().func)
    }

    pub fn case(&mut self, function: usize, words: &[u32], outcome: Outcome, name: &str) {
        self.cases.push((function, words.to_vec(), outcome, format!("{name}({words:x?})")));
    }

    /// Runs every case; says so loudly when QEMU is not there.
    pub fn run(&self, name: &str) {
        let dir = std::env::temp_dir().join(format!("sandgrain-thumb2-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let (image, out) = (dir.join("image.bin"), dir.join("out.bin"));
        std::fs::write(&image, self.image(out.to_str().unwrap())).unwrap();
        let machine = machine(self.target);
        let mut qemu = Command::new(QEMU);
        qemu.args(["-M", machine.name, "-nographic", "-monitor", "none", "-serial", "null", "-semihosting", "-device"]);
        qemu.arg(format!("loader,file={},addr={:#x},force-raw=on", image.display(), machine.code));
        match sandgrain_proc::capture(qemu, TIME_LIMIT) {
            Ok(ended) => assert!(ended.status.success(), "{ended:?}"),
            Err(e @ sandgrain_proc::Error::NotFound { .. }) => {
                assert!(std::env::var_os("SANDGRAIN_REQUIRE_TOOLS").is_none_or(|v| v != "1"), "{e}");
                eprintln!("SKIPPED: nothing is executed: {e}");
                return;
            }
            Err(e) => panic!("{e}"),
        }
        let results = std::fs::read(&out).unwrap();
        if std::env::var_os("SANDGRAIN_KEEP").is_none() {
            std::fs::remove_dir_all(&dir).unwrap();
        }
        self.compare(&results);
    }

    fn compare(&self, results: &[u8]) {
        let words: Vec<u32> = results.chunks_exact(4).map(|b| u32::from_le_bytes(b.try_into().unwrap())).collect();
        assert_eq!(words.len(), self.cases.len() * RESULT_WORDS);
        let mut wrong = Vec::new();
        for ((_, _, expected, name), got) in self.cases.iter().zip(words.chunks_exact(RESULT_WORDS)) {
            let ok = match expected {
                Outcome::Trap(kind) => got[6] == *kind as u32,
                Outcome::Words(words) => {
                    let results = got[..4].iter().chain(&got[8..]);
                    got[6] == 0
                        && results.zip(words).all(|(a, b)| a == b)
                        && got[4] == machine(self.target).ram + STACK_TOP
                        && got[5] == self.checksum()
                }
            };
            if !ok {
                wrong.push(format!("{name}: expected {expected:x?}, got {got:x?}"));
            }
        }
        wrong.truncate(20);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    fn has_floats(&self) -> bool {
        self.target.float_unit() > FloatUnit::Soft
    }

    /// What the harness makes of callee-saved registers that still hold what it put there.
    fn checksum(&self) -> u32 {
        let floats = self.has_floats().then_some(CHECKED_FLOATS).into_iter().flatten();
        CHECKED.into_iter().chain(floats).fold(0, |sum, n| (sum << 1).wrapping_add(n.into()))
    }

    /// The image for the machine's code memory: vectors, harness, functions, stubs, cases.
    fn image(&self, out: &str) -> Vec<u8> {
        let machine = machine(self.target);
        let mut image = Image { code: vec![0; 64], base: machine.code, ram: machine.ram };
        let data = image.harness(self.has_floats());
        let starts: Vec<usize> = self.functions.iter().map(|f| image.place(&f.bytes)).collect();
        let mut stubs = std::collections::HashMap::new();
        for (function, start) in self.functions.iter().zip(&starts) {
            for reloc in &function.relocs {
                let to = match reloc.target {
                    RelocTarget::Function(index) => starts[index as usize],
                    // Bit 0 asks for Thumb state.
                    RelocTarget::Table(index) => starts[index as usize] | 1,
                    RelocTarget::TrapStub(kind) => *stubs.entry(kind).or_insert_with(|| {
                        let mut sink = Sink::standalone();
                        Thumb2::emit_trap_stub(&mut sink, kind);
                        image.place(&sink.finish().0)
                    }),
                    other => panic!("no {other:?} in these tests"),
                };
                image.relocate(start + reloc.at as usize, reloc, to);
            }
        }
        let cases = image.code.len();
        for (function, words, ..) in &self.cases {
            let mut record = vec![image.base + (starts[*function] as u32 | 1)];
            record.extend(words);
            let stack_bytes = (words.len().saturating_sub(4) as u32 * 4).next_multiple_of(8);
            record.resize(CASE_WORDS - 1, 0);
            record.push(stack_bytes);
            assert_eq!(record.len(), CASE_WORDS, "at most {ARGUMENT_WORDS} argument words");
            record.iter().for_each(|w| image.code.extend(w.to_le_bytes()));
        }
        image.code.extend([0; 4 * CASE_WORDS]);
        let name = image.code.len();
        image.code.extend(out.as_bytes());
        image.code.push(0);
        let bytes = (self.cases.len() * RESULT_WORDS * 4) as u32;
        let (cases, name) = (image.base + cases as u32, image.base + name as u32);
        image.set(data, &[cases, name, 5, out.len() as u32, 0, image.ram + RESULTS, bytes]);
        image.set(0, &[image.ram + STACK_TOP, image.base + 65]);
        image.code
    }
}

struct Image {
    code: Vec<u8>,
    /// Address of the code.
    base: u32,
    ram: u32,
}

impl Image {
    fn put(&mut self, enc: Enc) {
        enc.push_to(&mut self.code);
    }

    fn load_constant(&mut self, reg: Reg, value: u32) {
        self.put(enc::movw(reg, value as u16));
        self.put(enc::movt(reg, (value >> 16) as u16));
    }

    fn access(&mut self, op: Mem, reg: Reg, base: Reg, offset: i32) {
        self.put(mem::mem_imm(op, reg, base, offset).unwrap());
    }

    fn set(&mut self, at: usize, words: &[u32]) {
        for (i, word) in words.iter().enumerate() {
            self.code[at + 4 * i..][..4].copy_from_slice(&word.to_le_bytes());
        }
    }

    /// Appends code at a word boundary and tells where.
    fn place(&mut self, bytes: &[u8]) -> usize {
        self.code.resize(self.code.len().next_multiple_of(4), 0);
        let at = self.code.len();
        self.code.extend(bytes);
        self.code.resize(self.code.len().next_multiple_of(4), 0);
        at
    }

    fn relocate(&mut self, at: usize, reloc: &Reloc, to: usize) {
        let displacement = to as i64 + i64::from(reloc.addend) - at as i64;
        self.patch(reloc.kind, at, displacement);
    }

    fn patch(&mut self, kind: FixupKind, at: usize, displacement: i64) {
        let (low, high) = Thumb2::reach(kind);
        assert!((low..=high).contains(&displacement));
        Thumb2::patch(kind, &mut self.code[at..], displacement);
    }

    /// The loop over cases. Returns the place of its data: first case, then SYS_OPEN's and SYS_WRITE's arguments.
    fn harness(&mut self, floats: bool) -> usize {
        if floats {
            self.load_constant(r(0), FPU_ON);
            self.load_constant(r(1), CPACR);
            self.access(Mem::Str, r(0), r(1), 0);
            // dsb; isb (B3.2.20)
            [0xf3bf_u16, 0x8f4f, 0xf3bf, 0x8f6f].iter().for_each(|half| self.code.extend(half.to_le_bytes()));
            self.load_constant(r(0), GUEST_FPSCR);
            self.put(vfp::write_fpscr(r(0)));
        }
        self.load_constant(INSTANCE, self.ram);
        self.load_constant(r(2), self.ram ^ OTHER_INSTANCE);
        self.load_constant(r(0), self.ram + STACK_LIMIT);
        for instance in [INSTANCE, r(2)] {
            self.access(Mem::Str, r(0), instance, Field::stack_limit.offset(4) as i32);
        }
        let data_address = self.code.len();
        self.load_constant(r(1), 0);
        self.access(Mem::Ldr, r(0), r(1), 0);
        self.access(Mem::Str, r(0), INSTANCE, NEXT_CASE);
        self.load_constant(r(0), self.ram + RESULTS);
        self.access(Mem::Str, r(0), INSTANCE, NEXT_RESULT);
        let trap_address = self.code.len();
        self.load_constant(r(0), 0);
        for instance in [INSTANCE, r(2)] {
            self.access(Mem::Str, r(0), instance, Field::trap_exit.offset(4) as i32);
        }

        let next = self.code.len();
        self.access(Mem::Ldr, r(4), INSTANCE, NEXT_CASE);
        self.access(Mem::Ldr, SCRATCH, r(4), 0);
        self.put(enc::test_imm(Test::Cmp, SCRATCH, 0).unwrap());
        let to_done = self.code.len();
        self.put(mem::b_cond(enc::Cond::Eq, 4, Width::Wide).unwrap());
        self.load_constant(r(0), self.ram + STACK_TOP);
        self.access(Mem::Ldr, r(1), r(4), 4 * (CASE_WORDS as i32 - 1));
        self.put(enc::alu_reg(Alu::Sub, r(0), r(0), r(1), Shift::NONE, Flags::Free));
        self.put(enc::mov_reg(SP, r(0), Flags::Free));
        for word in 0..ARGUMENT_WORDS as i32 - 4 {
            self.access(Mem::Ldr, r(0), r(4), 4 * (5 + word));
            self.access(Mem::Str, r(0), SP, 4 * word);
        }
        for n in CHECKED {
            self.put(enc::mov_imm(r(n), u32::from(n), Flags::Free).unwrap());
        }
        for n in CHECKED_FLOATS.filter(|_| floats) {
            self.put(enc::mov_imm(r(0), u32::from(n), Flags::Free).unwrap());
            self.put(vfp::mov_core(false, r(0), FReg::s(n)));
        }
        for n in 0..4 {
            self.access(Mem::Ldr, r(n), r(4), 4 * (1 + i32::from(n)));
        }
        self.put(mem::blx(SCRATCH));
        self.access(Mem::Ldr, SCRATCH, INSTANCE, NEXT_RESULT);
        for n in 0..4 {
            self.access(Mem::Str, r(n), SCRATCH, 4 * i32::from(n));
        }
        self.access(Mem::Ldr, r(0), INSTANCE, NEXT_CASE);
        self.put(enc::alu_reg(Alu::Sub, r(0), r(4), r(0), Shift::NONE, Flags::Free));
        let once = Shift::new(enc::ShiftOp::Lsl, 1).unwrap();
        for n in CHECKED {
            self.put(enc::alu_reg(Alu::Add, r(0), r(n), r(0), once, Flags::Free));
        }
        for n in CHECKED_FLOATS.filter(|_| floats) {
            self.put(vfp::mov_core(true, r(1), FReg::s(n)));
            self.put(enc::alu_reg(Alu::Add, r(0), r(1), r(0), once, Flags::Free));
        }
        self.access(Mem::Str, r(0), SCRATCH, 20);
        self.put(enc::mov_reg(r(0), SP, Flags::Free));
        self.access(Mem::Str, r(0), SCRATCH, 16);
        self.put(enc::mov_imm(r(0), 0, Flags::Free).unwrap());

        for word in 0..AREA_WORDS as i32 {
            self.access(Mem::Ldr, r(1), INSTANCE, HEADER_SIZE_32 as i32 + 4 * word);
            self.access(Mem::Str, r(1), SCRATCH, 32 + 4 * word);
        }

        // A trap arrives here with its kind in r0, in either instance.
        let trap = self.code.len() as u32;
        self.load_constant(INSTANCE, self.ram);
        self.access(Mem::Ldr, SCRATCH, INSTANCE, NEXT_RESULT);
        self.access(Mem::Str, r(0), SCRATCH, 24);
        self.access(Mem::Str, LR, SCRATCH, 28);
        self.put(enc::alu_imm(Alu::Add, SCRATCH, SCRATCH, RESULT_WORDS as u32 * 4, Flags::Free).unwrap());
        self.access(Mem::Str, SCRATCH, INSTANCE, NEXT_RESULT);
        self.access(Mem::Ldr, r(0), INSTANCE, NEXT_CASE);
        self.put(enc::alu_imm(Alu::Add, r(0), r(0), CASE_WORDS as u32 * 4, Flags::Free).unwrap());
        self.access(Mem::Str, r(0), INSTANCE, NEXT_CASE);
        self.put(mem::b(next as i32 - self.code.len() as i32, Width::Wide).unwrap());

        let done = self.code.len();
        Thumb2::patch(branch::COND_WIDE, &mut self.code[to_done..], (done - to_done) as i64);
        let write_data = self.code.len();
        self.load_constant(r(4), 0);
        let semihost = |image: &mut Self, call: u32| {
            image.put(enc::mov_imm(r(0), call, Flags::Free).unwrap());
            image.code.extend(0xbeab_u16.to_le_bytes());
        };
        self.put(enc::alu_imm(Alu::Add, r(1), r(4), 4, Flags::Free).unwrap());
        semihost(self, 1); // SYS_OPEN
        self.access(Mem::Ldr, r(2), r(4), 20);
        self.load_constant(r(1), self.ram);
        self.access(Mem::Str, r(0), r(1), 0);
        self.access(Mem::Str, r(2), r(1), 4);
        self.access(Mem::Ldr, r(2), r(4), 24);
        self.access(Mem::Str, r(2), r(1), 8);
        semihost(self, 5); // SYS_WRITE
        self.load_constant(r(1), 0x20026); // ADP_Stopped_ApplicationExit
        semihost(self, 0x18); // SYS_EXIT
        let data = self.place(&[0; 28]);
        for (at, reg, value) in
            [(data_address, 1, data as u32), (write_data, 4, data as u32), (trap_address, 0, trap | 1)]
        {
            let mut load = Image { code: Vec::new(), ..*self };
            load.load_constant(r(reg), self.base + value);
            self.code[at..at + 8].copy_from_slice(&load.code);
        }
        data
    }
}
