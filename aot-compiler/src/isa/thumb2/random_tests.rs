//! Random loops of integer arithmetic and memory accesses on an emulated Cortex-M4, against an interpreter of the
//! same programs in Rust; then random functions that call each other, in two instances. `SANDGRAIN_RANDOM_PROGRAMS` asks for more than the quick run's, `SANDGRAIN_RANDOM_SEED` for
//! others.

use super::board::{Outcome, Program, function};
use crate::isa::random_programs::{self, MEMORY_SIZE, Random};
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Function, InstBuilder, MemFlagsData, Type, Value, types};

const I32: Type = types::I32;
const I64: Type = types::I64;
/// Words and longs that go round the loop.
const STATE: [usize; 2] = [5, 3];
const STEPS: usize = 40;
/// Bytes of memory behind the instance header that programs use, and where.
const MEMORY: usize = 128;
const MEMORY_AT: i32 = 0x200;

struct Rng(u64);

impl Rng {
    /// Uniform enough below `n` (Knuth's MMIX generator, upper bits).
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }

    fn constant(&mut self) -> i64 {
        const SPECIAL: [i64; 12] = [0, 1, 2, 31, 32, 255, 4096, 65_535, -1, -8, i32::MIN as i64, i64::MAX];
        match self.below(3) {
            0 => SPECIAL[self.below(SPECIAL.len())],
            1 => self.below(1024) as i64,
            _ => (self.below(1 << 31) as i64) << self.below(33),
        }
    }
}

/// Operand: an earlier value of the step's type, or a constant.
#[derive(Clone, Copy)]
enum Arg {
    Value(usize),
    Constant(i64),
}

#[derive(Clone, Copy)]
enum Step {
    Binary(usize, Arg, Arg),
    Unary(usize, Arg),
    /// Compares in the other type.
    Select(usize, Arg, Arg, Arg, Arg),
    Compare(usize, Arg, Arg),
    /// From the other type.
    Convert(bool, Arg),
    Load(u8, Arg),
    Store(u8, Arg, Arg),
}

const BINARY: usize = 15;
const UNARY: usize = 6;
const CONDS: [IntCC; 10] = [
    IntCC::Equal,
    IntCC::NotEqual,
    IntCC::SignedLessThan,
    IntCC::SignedGreaterThanOrEqual,
    IntCC::SignedGreaterThan,
    IntCC::SignedLessThanOrEqual,
    IntCC::UnsignedLessThan,
    IntCC::UnsignedGreaterThanOrEqual,
    IntCC::UnsignedGreaterThan,
    IntCC::UnsignedLessThanOrEqual,
];

/// A loop body: steps with whether their type is the long one, then which values the next round starts with.
struct Body {
    steps: Vec<(bool, Step)>,
    next: [Vec<usize>; 2],
}

fn generate(rng: &mut Rng) -> Body {
    let mut counts = STATE;
    let mut steps = Vec::new();
    for _ in 0..STEPS {
        let long = rng.below(3) == 0;
        let arg = |rng: &mut Rng, long: bool| match rng.below(4) {
            0 => Arg::Constant(rng.constant()),
            // Mostly recent values.
            _ => {
                let count = counts[usize::from(long)];
                Arg::Value(count - 1 - rng.below(count.min(8)))
            }
        };
        let step = match rng.below(12) {
            0..5 => Step::Binary(rng.below(BINARY), arg(rng, long), arg(rng, long)),
            5 => Step::Unary(rng.below(UNARY), arg(rng, long)),
            6 => Step::Select(rng.below(CONDS.len()), arg(rng, !long), arg(rng, !long), arg(rng, long), arg(rng, long)),
            7 => Step::Compare(rng.below(CONDS.len()), arg(rng, long), arg(rng, long)),
            8 => Step::Convert(rng.below(2) == 0, arg(rng, !long)),
            9 | 10 => Step::Load(rng.below(100) as u8, arg(rng, false)),
            _ => Step::Store(rng.below(100) as u8, arg(rng, false), arg(rng, long)),
        };
        counts[usize::from(long)] += usize::from(!matches!(step, Step::Store(..)));
        steps.push((long, step));
    }
    let next = [0, 1].map(|ty| (0..STATE[ty]).map(|_| rng.below(counts[ty])).collect());
    Body { steps, next }
}

/// The program: words a, b and a long go in; n rounds; a long comes out.
fn build(body: &Body) -> Function {
    let mut func = function(&[I32, I32, I64, I32], &[I64], |_, v| vec![v[2]]);
    let entry = func.layout.entry_block().unwrap();
    let params = func.dfg.block_params(entry).to_vec();
    let ret = func.layout.last_inst(entry).unwrap();
    func.layout.remove_inst(ret);
    let mut c = FuncCursor::new(&mut func);
    let (head, end) = (c.func.dfg.make_block(), c.func.dfg.make_block());
    let n = c.func.dfg.append_block_param(head, I32);
    let state = [(I32, STATE[0]), (I64, STATE[1])]
        .map(|(ty, count)| (0..count).map(|_| c.func.dfg.append_block_param(head, ty)).collect::<Vec<_>>());
    c.goto_bottom(entry);
    let zero = c.ins().iconst(I64, 0);
    for at in (0..MEMORY as i32).step_by(8) {
        c.ins().store(MemFlagsData::new(), zero, params[0], MEMORY_AT + at);
    }
    let wide = c.ins().uextend(I64, params[2]);
    let mut first = vec![params[4]];
    first.extend((0..STATE[0]).map(|i| params[1 + i % 2]));
    first.extend((0..STATE[1]).map(|i| if i == 0 { wide } else { params[3] }));
    c.ins().jump(head, &first.into_iter().map(Into::into).collect::<Vec<_>>());
    c.insert_block(head);
    let values = round(&mut c, body, params[0], state);
    let mut next = vec![c.ins().iadd_imm_s(n, -1)];
    for (chosen, values) in body.next.iter().zip(&values) {
        next.extend(chosen.iter().map(|i| values[*i]));
    }
    let again: Vec<_> = next.iter().map(|v| (*v).into()).collect();
    c.ins().brif(next[0], head, &again, end, &[]);
    c.insert_block(end);
    let mut hash = c.ins().iconst(I64, 0);
    for value in &next[1..] {
        let value = if c.func.dfg.value_type(*value) == I32 { c.ins().uextend(I64, *value) } else { *value };
        let turned = c.ins().rotl_imm_u(hash, 9);
        hash = c.ins().bxor(turned, value);
    }
    c.ins().return_(&[hash]);
    func
}

fn round(c: &mut FuncCursor, body: &Body, instance: Value, mut values: [Vec<Value>; 2]) -> [Vec<Value>; 2] {
    for &(long, step) in &body.steps {
        let ty = if long { I64 } else { I32 };
        let get = |c: &mut FuncCursor, long: bool, arg: Arg| match arg {
            Arg::Value(i) => values[usize::from(long)][i],
            Arg::Constant(k) if long => c.ins().iconst(I64, k),
            Arg::Constant(k) => c.ins().iconst(I32, i64::from(k as u32)),
        };
        let place = |c: &mut FuncCursor, index: Value| {
            let index = c.ins().band_imm_u(index, 15);
            let index = c.ins().ishl_imm_u(index, 2);
            c.ins().iadd(instance, index)
        };
        let flags = MemFlagsData::new();
        let value = match step {
            Step::Binary(op, a, b) => {
                let (a, b) = (get(c, long, a), get(c, long, b));
                binary(c, op, a, b)
            }
            Step::Unary(op, a) => {
                let a = get(c, long, a);
                unary(c, op, a)
            }
            Step::Select(cond, a, b, yes, no) => {
                let (a, b) = (get(c, !long, a), get(c, !long, b));
                let (yes, no) = (get(c, long, yes), get(c, long, no));
                let test = c.ins().icmp(CONDS[cond], a, b);
                c.ins().select(test, yes, no)
            }
            Step::Compare(cond, a, b) => {
                let (a, b) = (get(c, long, a), get(c, long, b));
                let test = c.ins().icmp(CONDS[cond], a, b);
                c.ins().uextend(ty, test)
            }
            Step::Convert(signed, a) => {
                let a = get(c, !long, a);
                match (long, signed) {
                    (false, _) => c.ins().ireduce(I32, a),
                    (true, true) => c.ins().sextend(I64, a),
                    (true, false) => c.ins().uextend(I64, a),
                }
            }
            Step::Load(offset, index) => {
                let index = get(c, false, index);
                let address = place(c, index);
                let offset = MEMORY_AT + i32::from(offset % 57);
                match (offset % 3, long) {
                    (0, _) => c.ins().load(ty, flags, address, offset),
                    (1, _) => c.ins().sload8(ty, flags, address, offset),
                    _ => c.ins().uload16(ty, flags, address, offset),
                }
            }
            Step::Store(offset, index, value) => {
                let (index, value) = (get(c, false, index), get(c, long, value));
                let address = place(c, index);
                let offset = MEMORY_AT + i32::from(offset % 57);
                if offset % 2 == 0 {
                    c.ins().store(flags, value, address, offset);
                } else {
                    c.ins().istore8(flags, value, address, offset);
                }
                continue;
            }
        };
        values[usize::from(long)].push(value);
    }
    values
}

fn binary(c: &mut FuncCursor, op: usize, a: Value, b: Value) -> Value {
    match op {
        0 | 1 => c.ins().iadd(a, b),
        2 | 3 => c.ins().isub(a, b),
        4 | 5 => c.ins().imul(a, b),
        6 => c.ins().band(a, b),
        7 => c.ins().bor(a, b),
        8 => c.ins().bxor(a, b),
        9 => c.ins().ishl(a, b),
        10 => c.ins().ushr(a, b),
        11 => c.ins().sshr(a, b),
        12 => c.ins().rotl(a, b),
        13 => c.ins().rotr(a, b),
        _ => c.ins().umulhi(a, b),
    }
}

fn unary(c: &mut FuncCursor, op: usize, a: Value) -> Value {
    match op {
        0 => c.ins().ineg(a),
        1 => c.ins().bnot(a),
        2 => c.ins().clz(a),
        3 => c.ins().ctz(a),
        4 => c.ins().popcnt(a),
        _ => {
            let ty = c.func.dfg.value_type(a);
            let narrow = c.ins().ireduce(types::I16, a);
            c.ins().sextend(ty, narrow)
        }
    }
}

/// The same program in Rust. Words are kept zero-extended.
fn interpret(body: &Body, input: (u32, u32, u64, u32)) -> u64 {
    let (a, b, k, mut n) = input;
    let mut memory = [0_u8; MEMORY];
    let mut state = [
        (0..STATE[0]).map(|i| u64::from([a, b][i % 2])).collect::<Vec<_>>(),
        (0..STATE[1]).map(|i| if i == 0 { b.into() } else { k }).collect(),
    ];
    loop {
        let values = interpret_round(body, &mut memory, state);
        state = [0, 1].map(|ty: usize| body.next[ty].iter().map(|i| values[ty][*i]).collect());
        n = n.wrapping_sub(1);
        if n == 0 {
            return state.iter().flatten().fold(0, |hash: u64, value| hash.rotate_left(9) ^ value);
        }
    }
}

fn interpret_round(body: &Body, memory: &mut [u8], mut values: [Vec<u64>; 2]) -> [Vec<u64>; 2] {
    for &(long, step) in &body.steps {
        let fit = |long: bool, v: u64| if long { v } else { u64::from(v as u32) };
        let get = |long: bool, arg: Arg| match arg {
            Arg::Value(i) => values[usize::from(long)][i],
            Arg::Constant(k) => fit(long, k as u64),
        };
        let signed = |long: bool, v: u64| if long { v as i64 } else { i64::from(v as i32) };
        let holds = |cond: usize, long: bool, a: u64, b: u64| {
            let (x, y) = (signed(long, a), signed(long, b));
            [a == b, a != b, x < y, x >= y, x > y, x <= y, a < b, a >= b, a > b, a <= b][cond]
        };
        let place = |offset: u8, index: u64| usize::from(offset % 57) + (index as usize & 15) * 4;
        let value = match step {
            Step::Binary(op, a, b) if long => binary_reference(op, get(long, a), get(long, b)),
            Step::Binary(op, a, b) => binary_word_reference(op, get(long, a) as u32, get(long, b) as u32).into(),
            Step::Unary(op, a) => {
                let a = get(long, a);
                let unused = if long { 0 } else { 32 };
                match op {
                    0 => a.wrapping_neg(),
                    1 => !a,
                    2 => u64::from(a.leading_zeros() - unused),
                    3 => u64::from(a.trailing_zeros().min(64 - unused)),
                    4 => a.count_ones().into(),
                    _ => a as i16 as u64,
                }
            }
            Step::Select(cond, a, b, yes, no) => {
                get(long, if holds(cond, !long, get(!long, a), get(!long, b)) { yes } else { no })
            }
            Step::Compare(cond, a, b) => holds(cond, long, get(long, a), get(long, b)).into(),
            Step::Convert(sign, a) => {
                let a = get(!long, a);
                if long && sign { a as i32 as u64 } else { a }
            }
            Step::Load(offset, index) => {
                let at = place(offset, get(false, index));
                let bytes: [u8; 8] = memory[at..at + 8].try_into().unwrap();
                match (MEMORY_AT + i32::from(offset % 57)) % 3 {
                    0 => u64::from_le_bytes(bytes),
                    1 => bytes[0] as i8 as u64,
                    _ => u16::from_le_bytes([bytes[0], bytes[1]]).into(),
                }
            }
            Step::Store(offset, index, value) => {
                let at = place(offset, get(false, index));
                let bytes = get(long, value).to_le_bytes();
                let size = match (MEMORY_AT + i32::from(offset % 57)) % 2 {
                    0 if long => 8,
                    0 => 4,
                    _ => 1,
                };
                memory[at..at + size].copy_from_slice(&bytes[..size]);
                continue;
            }
        };
        values[usize::from(long)].push(fit(long, value));
    }
    values
}

fn binary_reference(op: usize, a: u64, b: u64) -> u64 {
    let count = b as u32 & 63;
    match op {
        0 | 1 => a.wrapping_add(b),
        2 | 3 => a.wrapping_sub(b),
        4 | 5 => a.wrapping_mul(b),
        6 => a & b,
        7 => a | b,
        8 => a ^ b,
        9 => a << count,
        10 => a >> count,
        11 => ((a as i64) >> count) as u64,
        12 => a.rotate_left(count),
        13 => a.rotate_right(count),
        _ => ((u128::from(a) * u128::from(b)) >> 64) as u64,
    }
}

fn binary_word_reference(op: usize, a: u32, b: u32) -> u32 {
    let count = b & 31;
    match op {
        0 | 1 => a.wrapping_add(b),
        2 | 3 => a.wrapping_sub(b),
        4 | 5 => a.wrapping_mul(b),
        6 => a & b,
        7 => a | b,
        8 => a ^ b,
        9 => a << count,
        10 => a >> count,
        11 => ((a as i32) >> count) as u32,
        12 => a.rotate_left(count),
        13 => a.rotate_right(count),
        _ => ((u64::from(a) * u64::from(b)) >> 32) as u32,
    }
}

#[test]
fn random_programs() {
    let asked = |name: &str| std::env::var(name).ok().map(|v| v.parse::<u64>().expect("a number"));
    let count = asked("SANDGRAIN_RANDOM_PROGRAMS").unwrap_or(60);
    let seed = asked("SANDGRAIN_RANDOM_SEED").unwrap_or(1);
    let mut program = Program::default();
    for index in 0..count {
        let mut rng = Rng(seed << 32 | index);
        let body = generate(&mut rng);
        let f = program.add(&build(&body));
        for (a, b, k, n) in [
            (0, 0, 0, 1),
            (1, 0xffff_ffff, 0x8000_0000_0000_0000, 2),
            (0x1234_5678, 33, 0x0123_4567_89ab_cdef, 7),
            (rng.constant() as u32, rng.constant() as u32, rng.constant() as u64, 3),
        ] {
            let hash = interpret(&body, (a, b, k, n));
            let words = [a, b, k as u32, (k >> 32) as u32, n];
            let expected = Outcome::Words(vec![hash as u32, (hash >> 32) as u32]);
            program.case(f, &words, expected, &format!("program {index}"));
        }
    }
    program.run("random");
}

#[test]
fn random_calls() {
    let mut random = Random::new(4);
    let mut random_program = random_programs::Program::default();
    let mut memories = [[0; MEMORY_SIZE]; 2];
    let mut program = Program::default();
    for index in 0..200 {
        let params = random_program.generate(&mut random, 14, true).params.clone();
        let func = random_program.clif(index);
        let f = if index % 4 == 0 { program.add(&func) } else { program.add_optimized(func) };
        for _ in 0..8 {
            let args: Vec<i64> = params.iter().map(|ty| random.value(*ty)).collect();
            let outcome = match random_program.run(index, &args, &mut memories) {
                Ok(words) => Outcome::Words(words),
                Err(kind) => Outcome::Trap(kind),
            };
            let words: Vec<u32> =
                args.iter().zip(&params).flat_map(|(v, ty)| random_programs::words(*ty, *v)).collect();
            program.case(f, &words, outcome, &format!("function {index}"));
        }
    }
    program.run("random-calls");
}
