//! Random functions through the whole back end, run on an emulated board and compared with Rust's own arithmetic.
//!
//! One bare-metal image holds a loop over cases (function, argument words), the functions and the trap stubs. Each
//! case's trap, sp, callee-saved registers and results go to memory, and from there to a file by semihosting.
//! With SANDGRAIN_REQUIRE_TOOLS=1 a missing QEMU is a failure.

use super::Rv32;
use super::encode::{self, Alu, AluImm, Code, Cond, Load, Store};
use super::encode_float;
use super::imms::Constant;
use super::inst::Fixup;
use super::regs::{self, FReg, INSTANCE, RA, Reg, SP, ZERO};
use crate::backend::Own32;
use crate::emit::{FunctionCode, Sink};
use crate::isa::random_programs::{self as programs, MEMORY_SIZE, OTHER_INSTANCE, Program, Random};
use crate::isa::{FixupKind, Isa32, RelocTarget, float_programs, large_programs, tail_programs};
use crate::{lower32, midend, regalloc};
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{AbiParam, Function, InstBuilder, Signature, Type, UserFuncName, Value, types};
use cranelift_codegen::isa::CallConv;
use sandgrain_abi::layout::{Field, HEADER_SIZE_32};
use sandgrain_abi::{FloatUnit, Target, TrapKind};
use std::collections::HashMap;
use std::io::Write;
use std::process::Command;

const QEMU: &str = "qemu-system-riscv32";
const IMAGE: u32 = 0x8000_0000;
const INSTANCE_ADDRESS: u32 = 0x8100_0000;
const STACK_LIMIT: u32 = 0x8110_0000;
const STACK_TOP: u32 = 0x8112_0000;
const RESULTS: u32 = 0x8120_0000;

/// Offsets from the instance, behind its header and result area.
const NEXT_CASE: i32 = 0x100;
const NEXT_RESULT: i32 = 0x104;

/// A case: function, bytes of stack arguments, argument words.
const CASE_BYTES: i32 = 4 * (2 + ARGUMENT_WORDS);
const ARGUMENT_WORDS: i32 = 16;
/// A result: trap, sp, bits of callee-saved and instance registers that changed, result words in registers and behind them.
const RESULT_BYTES: i32 = 4 * RESULT_WORDS as i32;
const RESULT_WORDS: usize = 3 + 16;

/// QEMU's processor as a target and no more: what it has beyond the plain names would hide a wrong instruction.
fn processor(target: Target) -> &'static str {
    match target {
        Target::Rv32Imc => "rv32,zba=off,zbb=off,zbc=off,zbs=off,d=off,f=off,a=off",
        Target::Rv32Imac => "rv32,zba=off,zbb=off,zbc=off,zbs=off,d=off,f=off",
        Target::Rv32Imafc => "rv32,zba=off,zbb=off,zbc=off,zbs=off,d=off",
        other => panic!("{} is not RV32", other.name()),
    }
}

fn has_floats(target: Target) -> bool {
    target.float_unit() != FloatUnit::Soft
}

/// The image's first words: a jump over them; first case; trap exit; arguments of SYS_OPEN and of SYS_WRITE.
const CASES_AT: i32 = 4;
const TRAP_AT: i32 = 8;
const OPEN_AT: i32 = 12;
const WRITE_AT: i32 = 24;
const CODE_AT: usize = 64;

const T0: Reg = Reg::new(5);
const T1: Reg = Reg::new(6);
const T2: Reg = Reg::new(7);
const T3: Reg = Reg::new(28);
const A0: Reg = regs::A0;
const A1: Reg = Reg::new(11);

#[derive(Default)]
struct Image {
    bytes: Vec<u8>,
}

impl Image {
    fn put(&mut self, code: Code) {
        self.bytes.extend(code.bytes());
    }

    fn constant(&mut self, rd: Reg, value: u32) {
        Constant::new(value as i32).code(rd).for_each(|code| self.put(code));
    }

    fn load(&mut self, rd: Reg, base: Reg, offset: i32) {
        self.put(encode::load(Load::I32, rd, base, offset));
    }

    fn store(&mut self, data: Reg, base: Reg, offset: i32) {
        self.put(encode::store(Store::I32, data, base, offset));
    }

    fn set(&mut self, at: i32, words: &[u32]) {
        for (i, word) in words.iter().enumerate() {
            self.bytes[at as usize + 4 * i..][..4].copy_from_slice(&word.to_le_bytes());
        }
    }

    /// Appends bytes at a word boundary and gives their offset.
    fn place(&mut self, bytes: &[u8]) -> usize {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        self.bytes.extend(bytes);
        self.bytes.len() - bytes.len()
    }

    fn patch(&mut self, kind: FixupKind, at: usize, to: usize) {
        let displacement = to as i64 - at as i64;
        let (low, high) = Rv32::reach(kind);
        assert!((low..=high).contains(&displacement));
        Rv32::patch(kind, &mut self.bytes[at..], displacement);
    }

    fn semihost(&mut self, operation: u32) {
        self.constant(A0, operation);
        // RISC-V Semihosting, "Trap instruction": slli zero, zero, 31; ebreak; srai zero, zero, 7, aligned to stay on
        // one page.
        self.bytes.resize(self.bytes.len().next_multiple_of(2), 0);
        for word in [0x01f0_1013_u32, 0x0010_0073, 0x4070_5013] {
            self.bytes.extend(word.to_le_bytes());
        }
    }

    /// mstatus.FS = Initial, fcsr = 0. Code names its rounding modes, so that the one in fcsr is one that it never wants.
    fn switch_floats_on(&mut self) {
        self.constant(T0, 1 << 13);
        let csrs_mstatus_t0 = 0x3000_0073 | T0.number() << 15 | 2 << 12;
        self.put(Code::Long(csrs_mstatus_t0));
        self.constant(T0, 4 << 5); // to nearest, ties away from zero
        let csrw_fcsr_t0 = 0x0030_0073 | T0.number() << 15 | 1 << 12;
        self.put(Code::Long(csrw_fcsr_t0));
    }

    /// The loop over cases.
    fn harness(&mut self, floats: bool) {
        self.put(encode::jal(ZERO, CODE_AT as i32));
        self.bytes.resize(CODE_AT, 0);
        if floats {
            self.switch_floats_on();
        }
        for instance in [INSTANCE_ADDRESS ^ OTHER_INSTANCE, INSTANCE_ADDRESS] {
            self.constant(INSTANCE, instance);
            self.constant(T0, IMAGE);
            for (from, to) in [(CASES_AT, NEXT_CASE), (TRAP_AT, Field::trap_exit.offset(4) as i32)] {
                self.load(T1, T0, from);
                self.store(T1, INSTANCE, to);
            }
            for (value, to) in [(RESULTS, NEXT_RESULT), (STACK_LIMIT, Field::stack_limit.offset(4) as i32)] {
                self.constant(T1, value);
                self.store(T1, INSTANCE, to);
            }
        }
        let next = self.bytes.len();
        self.load(T0, INSTANCE, NEXT_CASE);
        self.load(T1, T0, 0);
        let to_done = self.bytes.len();
        self.put(encode::branch(Cond::Eq, T1, ZERO, 0));
        self.constant(SP, STACK_TOP);
        self.load(T2, T0, 4);
        self.put(encode::alu(Alu::Sub, SP, SP, T2));
        for word in 8..ARGUMENT_WORDS {
            self.load(T2, T0, 8 + 4 * word);
            self.store(T2, SP, 4 * (word - 8));
        }
        for reg in regs::CALLEE_SAVED {
            self.constant(reg, canary(reg));
        }
        for reg in float_canaries(floats) {
            self.constant(T2, float_canary(reg));
            self.put(encode_float::from_bits(reg, T2));
        }
        for (word, reg) in regs::ARGUMENTS.into_iter().enumerate() {
            self.load(reg, T0, 8 + 4 * word as i32);
        }
        self.put(encode::jalr(RA, T1, 0));
        self.record(floats);
        let trap = self.bytes.len();
        self.constant(INSTANCE, INSTANCE_ADDRESS);
        self.load(T0, INSTANCE, NEXT_RESULT);
        self.store(A0, T0, 0);
        for (field, step) in [(NEXT_RESULT, RESULT_BYTES), (NEXT_CASE, CASE_BYTES)] {
            self.load(T0, INSTANCE, field);
            self.put(encode::alu_imm(AluImm::Add, T0, T0, step));
            self.store(T0, INSTANCE, field);
        }
        self.put(encode::jal(ZERO, next as i32 - self.bytes.len() as i32));
        self.set(TRAP_AT, &[IMAGE + trap as u32]);
        let done = self.bytes.len();
        self.patch(Fixup::Branch.kind(), to_done, done);
        self.constant(T2, IMAGE);
        self.put(encode::alu_imm(AluImm::Add, A1, T2, OPEN_AT));
        self.semihost(1); // SYS_OPEN
        self.store(A0, T2, WRITE_AT);
        self.put(encode::alu_imm(AluImm::Add, A1, T2, WRITE_AT));
        self.semihost(5); // SYS_WRITE
        self.constant(A1, 0x20026); // ADP_Stopped_ApplicationExit
        self.semihost(0x18); // SYS_EXIT
    }

    /// Stores what a function that returned has left.
    fn record(&mut self, floats: bool) {
        self.constant(T0, INSTANCE_ADDRESS);
        self.load(T0, T0, NEXT_RESULT);
        self.store(SP, T0, 4);
        for (word, reg) in regs::ARGUMENTS.into_iter().enumerate() {
            self.store(reg, T0, 12 + 4 * word as i32);
        }
        self.constant(T1, 0);
        let instance = (INSTANCE, INSTANCE_ADDRESS);
        for (reg, value) in regs::CALLEE_SAVED.map(|reg| (reg, canary(reg))).into_iter().chain([instance]) {
            self.constant(T2, value);
            self.put(encode::alu(Alu::Xor, T2, T2, reg));
            self.put(encode::alu(Alu::Or, T1, T1, T2));
        }
        for reg in float_canaries(floats) {
            self.constant(T2, float_canary(reg));
            self.put(encode_float::to_bits(T3, reg));
            self.put(encode::alu(Alu::Xor, T2, T2, T3));
            self.put(encode::alu(Alu::Or, T1, T1, T2));
        }
        self.store(T1, T0, 8);
        for word in 0..8 {
            self.load(T1, INSTANCE, HEADER_SIZE_32 as i32 + 4 * word);
            self.store(T1, T0, 12 + 32 + 4 * word);
        }
        self.constant(A0, 0);
    }
}

/// What a callee-saved register holds before the call.
fn canary(reg: Reg) -> u32 {
    0x5a00_0000 + reg.number()
}

/// The callee-saved float registers, if there are any.
fn float_canaries(floats: bool) -> impl Iterator<Item = FReg> {
    regs::FLOAT_CALLEE_SAVED.into_iter().filter(move |_| floats)
}

fn float_canary(reg: FReg) -> u32 {
    0x5b00_0000 + reg.number()
}

struct Case {
    function: usize,
    /// Argument words.
    args: Vec<u32>,
    expected: Result<Vec<u32>, TrapKind>,
}

fn compile(target: Target, func: Function, egraph: bool) -> FunctionCode {
    let options = midend::Options { egraph, verify: true, ..midend::Options::default() };
    let context = midend::optimize(func, &options, &midend::Memories::default()).expect("valid CLIF");
    let (func, domtree, loops) = (&context.func, &context.domtree, &context.loop_analysis);
    let vcode = lower32::lower::<Rv32>(func, domtree, loops, target, 0).expect("lowering is complete");
    let mut registers = regalloc2::Ctx::default();
    let allocated = regalloc::allocate(&vcode, &mut registers).expect("the checker agrees");
    let code = crate::emit::emit(&vcode, allocated, target).expect("within the limits");
    match crate::stack::check_of(&code, code.frame_bytes) {
        Some(below) => crate::emit::with_stack_check::<Rv32>(code, below, target).expect("within the limits"),
        None => code,
    }
}

/// The image for [`IMAGE`]; it writes the results to the file `out`.
fn image(target: Target, functions: &[FunctionCode], cases: &[Case], out: &str) -> Vec<u8> {
    let mut image = Image::default();
    image.harness(has_floats(target));
    let starts: Vec<usize> = functions.iter().map(|code| image.place(&code.bytes)).collect();
    let mut stubs = HashMap::new();
    for (code, start) in functions.iter().zip(&starts) {
        for reloc in &code.relocs {
            let to = match reloc.target {
                RelocTarget::Function(index) | RelocTarget::Table(index) => starts[index as usize],
                RelocTarget::TrapStub(kind) => *stubs.entry(kind).or_insert_with(|| {
                    let mut sink = Sink::standalone();
                    Rv32::emit_trap_stub(&mut sink, kind);
                    image.place(&sink.finish().0)
                }),
                other => panic!("no {other:?} in these tests"),
            };
            image.patch(reloc.kind, start + reloc.at as usize, to);
        }
    }
    let mut records = Vec::new();
    for case in cases {
        let mut words = case.args.clone();
        let stack_bytes = (words.len().saturating_sub(8) as u32 * 4).next_multiple_of(16);
        assert!(words.len() <= ARGUMENT_WORDS as usize);
        words.resize(ARGUMENT_WORDS as usize, 0x5555_5555);
        records.extend([IMAGE + starts[case.function] as u32, stack_bytes]);
        records.extend(words);
    }
    records.push(0);
    let bytes: Vec<u8> = records.iter().flat_map(|word| word.to_le_bytes()).collect();
    let cases_at = image.place(&bytes) as u32;
    let name = image.place(&[out.as_bytes(), &[0]].concat()) as u32;
    image.set(CASES_AT, &[IMAGE + cases_at]);
    image.set(OPEN_AT, &[IMAGE + name, 5, out.len() as u32]); // mode 5: "wb"
    image.set(WRITE_AT, &[0, RESULTS, (cases.len() * RESULT_WORDS * 4) as u32]);
    image.bytes
}

/// Runs every case; says so loudly when QEMU is not there.
fn run(target: Target, functions: &[FunctionCode], cases: &[Case], name: &str) {
    let dir = std::env::temp_dir().join(format!("sandgrain-rv32-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let (file, out) = (dir.join("image.bin"), dir.join("out.bin"));
    std::fs::write(&file, image(target, functions, cases, out.to_str().unwrap())).unwrap();
    let qemu = Command::new(QEMU)
        .args([
            "-M",
            "virt",
            "-cpu",
            processor(target),
            "-display",
            "none",
            "-monitor",
            "none",
            "-serial",
            "none",
            "-semihosting",
            "-bios",
        ])
        .arg(&file)
        .output();
    let qemu = match qemu {
        Ok(qemu) => qemu,
        Err(e) => {
            assert!(std::env::var_os("SANDGRAIN_REQUIRE_TOOLS").is_none_or(|v| v != "1"), "{QEMU}: {e}");
            // Straight to the stream: the test harness would swallow what a passing test prints.
            let _ = writeln!(std::io::stderr(), "SKIPPED RV32 code is not executed: {QEMU}: {e}");
            return;
        }
    };
    assert!(qemu.status.success(), "{qemu:?}");
    let results = std::fs::read(&out).unwrap();
    std::fs::remove_dir_all(&dir).unwrap();
    let words: Vec<u32> = results.chunks_exact(4).map(|b| u32::from_le_bytes(b.try_into().unwrap())).collect();
    assert_eq!(words.len(), cases.len() * RESULT_WORDS);
    let mut wrong = Vec::new();
    for (case, got) in cases.iter().zip(words.chunks_exact(RESULT_WORDS)) {
        let ok = match &case.expected {
            Err(kind) => got[0] == *kind as u32,
            Ok(words) => got[..3] == [0, STACK_TOP, 0] && got[3..][..words.len()] == words[..],
        };
        if !ok {
            let Case { function, args, expected } = case;
            wrong.push(format!("function {function} of {args:x?}: expected {expected:x?}, got {got:x?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), cases.len(), wrong[..wrong.len().min(10)].join("\n"));
}

/// Functions of `size` nodes, each with a dozen argument lists.
fn run_random(name: &str, target: Target, seed: u64, count: usize, size: usize, divisions: bool) {
    let mut random = Random::new(seed);
    let mut program = Program::new::<Rv32>(target);
    let mut memories = [[0; MEMORY_SIZE]; 2];
    let (mut functions, mut cases) = (Vec::new(), Vec::new());
    for function in 0..count {
        let params = program.generate(&mut random, size, divisions).params.clone();
        functions.push(compile(target, program.clif(function), function % 4 != 0));
        for _ in 0..12 {
            let args: Vec<i64> = params.iter().map(|ty| random.value(*ty)).collect();
            let expected = program.run(function, &args, &mut memories);
            let args = args.iter().zip(&params).flat_map(|(value, ty)| programs::words(*ty, *value)).collect();
            cases.push(Case { function, args, expected });
        }
    }
    run(target, &functions, &cases, &format!("{name}-{}", target.name()));
}

/// Without and with float registers; a processor without A shows that nothing generated needs it.
const TARGETS: [Target; 2] = [Target::Rv32Imc, Target::Rv32Imafc];

#[test]
fn small_random_functions_compute_what_rust_does() {
    TARGETS.into_iter().for_each(|target| run_random("small", target, 1, 300, 12, true));
}

#[test]
fn middling_random_functions_compute_what_rust_does() {
    TARGETS.into_iter().for_each(|target| run_random("middling", target, 2, 60, 80, false));
}

/// Far enough across that branches need their longer forms.
#[test]
fn large_random_functions_compute_what_rust_does() {
    TARGETS.into_iter().for_each(|target| run_random("large", target, 3, 3, 4000, false));
}

/// A function with an instance pointer and the given parameters, its body made by `body`.
fn function(params: &[Type], results: &[Type], body: impl FnOnce(&mut FuncCursor, &[Value]) -> Vec<Value>) -> Function {
    let mut signature = Signature::new(CallConv::Fast);
    signature.params.push(AbiParam::new(types::I32));
    signature.params.extend(params.iter().map(|ty| AbiParam::new(*ty)));
    signature.returns.extend(results.iter().map(|ty| AbiParam::new(*ty)));
    let mut func = Function::with_name_signature(UserFuncName::default(), signature);
    let block = func.dfg.make_block();
    func.layout.append_block(block);
    func.dfg.append_block_param(block, types::I32);
    let values: Vec<Value> = params.iter().map(|ty| func.dfg.append_block_param(block, *ty)).collect();
    let mut cursor = FuncCursor::new(&mut func);
    cursor.goto_bottom(block);
    let results = body(&mut cursor, &values);
    cursor.ins().return_(&results);
    func
}

/// More values at once than sp-relative offsets reach: products of the argument, folded last to first.
#[test]
fn frames_beyond_the_reach_of_an_offset_work() {
    let factors = (1..=700_u32).map(|i| i.wrapping_mul(0x1234_5677));
    let func = function(&[types::I32], &[types::I32], |cursor, args| {
        let products: Vec<Value> =
            factors.clone().map(|factor| cursor.ins().imul_imm_u(args[0], i64::from(factor))).collect();
        let fold = |sum, product| {
            let turned = cursor.ins().rotl_imm_u(sum, 3);
            cursor.ins().bxor(turned, product)
        };
        vec![products.into_iter().rev().fold(args[0], fold)]
    });
    // The egraph would put each product at its use.
    let code = compile(Target::Rv32Imc, func, false);
    assert!(code.frame_bytes > 2048, "{}", code.frame_bytes);
    let cases = [1_u32, 0xdead_beef].map(|arg| {
        let fold = |sum: u32, factor: u32| sum.rotate_left(3) ^ arg.wrapping_mul(factor);
        Case { function: 0, args: vec![arg], expected: Ok(vec![factors.clone().rev().fold(arg, fold)]) }
    });
    run(Target::Rv32Imc, &[code], &cases, "frame");
}

/// The value that decides is half of a value to choose: the allocator must keep it from the other half's copy.
#[test]
fn the_condition_of_a_select_may_be_what_it_selects() {
    const I32: Type = types::I32;
    const I64: Type = types::I64;
    let func = function(&[I64, I32, I32, I64, I64, I64], &[I64, I64], |cursor, args| {
        let turned = cursor.ins().rotl_imm_u(args[5], 63);
        let wide = cursor.ins().sextend(I64, args[2]);
        let chosen = cursor.ins().select(args[2], args[5], wide);
        vec![turned, chosen]
    });
    let cases = [(0_i32, 0x1234_5678_9abc_def0_u64), (-5, 0x8000_0000_0000_0001)].map(|(condition, value)| {
        let mut args = vec![0, 0, 0, condition as u32, 0, 0, 0, 0];
        args.extend(programs::words(I64, value as i64));
        let results = [value.rotate_right(1), if condition == 0 { 0 } else { value }];
        let expected = Ok(results.iter().flat_map(|result| programs::words(I64, *result as i64)).collect());
        Case { function: 0, args, expected }
    });
    run(Target::Rv32Imc, &[compile(Target::Rv32Imc, func, true)], &cases, "select");
}

/// Without end if need be, in constant stack, whatever the functions' stack arguments.
#[test]
fn tail_calls() {
    let (functions, cases) = tail_programs::programs();
    for egraph in [false, true] {
        let compiled = |func: &Function| compile(Target::Rv32Imc, func.clone(), egraph);
        let functions: Vec<FunctionCode> = functions.iter().map(compiled).collect();
        let cases = cases.iter().map(|case| Case {
            function: case.function,
            args: case.args.clone(),
            expected: Ok(case.expected.clone()),
        });
        run(Target::Rv32Imc, &functions, &cases.collect::<Vec<_>>(), &format!("tail-{egraph}"));
    }
}

/// Every operation on the values where floats have edges, and floats wherever values can be.
#[test]
fn floats_compute_what_rust_does() {
    const TARGET: Target = Target::Rv32Imafc;
    for (group, (name, programs)) in float_programs::programs::<Rv32>(TARGET).into_iter().enumerate() {
        for egraph in [false, true] {
            let compiled = |func: &Function| compile(TARGET, func.clone(), egraph);
            let functions: Vec<FunctionCode> = programs.functions.iter().map(compiled).collect();
            let cases = programs.cases.iter().map(|case| Case {
                function: case.function,
                args: case.args.clone(),
                expected: case.expected.clone(),
            });
            run(TARGET, &functions, &cases.collect::<Vec<_>>(), &format!("{name}-{group}-{egraph}"));
        }
    }
}

/// Compiled, linked, run: what no short form of an instruction reaches.
#[test]
fn the_far_ends_are_reached() {
    let target = Target::Rv32Imafc;
    let floats_and_text = [large_programs::many_float_locals(), large_programs::long_text()];
    for large in large_programs::programs().into_iter().chain(floats_and_text) {
        let pieces = large_programs::compile(&Own32::<Rv32>::new(target), target, &large.wat);
        let bytes: usize = pieces.iter().map(|piece| piece.bytes.len()).sum();
        assert!(large.name != "long-text" || bytes > 1200 << 10, "{bytes} bytes do not need veneers");
        let cases = large.cases.into_iter();
        let cases = cases.map(|case| Case { function: case.function + 1, args: case.args, expected: case.expected });
        run(target, &pieces, &cases.collect::<Vec<_>>(), large.name);
    }
}
