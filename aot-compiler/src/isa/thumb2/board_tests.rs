//! CLIF functions through the whole back end on an emulated Cortex-M4, against Rust's own arithmetic.

use super::Thumb2;
use super::board::{Outcome, Program, function};
use crate::backend::Own32;
use crate::isa::random_programs::CONDITIONS;
use crate::isa::{large_programs, tail_programs};
use crate::lower32::namespace;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    AbiParam, BlockCall, ExtFuncData, ExternalName, Function, InstBuilder, JumpTableData, MemFlagsData, Signature,
    Type, UserExternalName, Value, types,
};
use cranelift_codegen::isa::CallConv;
use sandgrain_abi::{Target, TrapKind};

const I32: Type = types::I32;
const I64: Type = types::I64;
const WORDS: [u32; 14] =
    [0, 1, 2, 7, 31, 32, 33, 0x7f, 0x8000, 0x1234_5678, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];
const LONGS: [u64; 12] = [
    0,
    1,
    31,
    32,
    63,
    0xffff_ffff,
    0x1_0000_0000,
    0x0123_4567_89ab_cdef,
    0x7fff_ffff_ffff_ffff,
    0x8000_0000_0000_0000,
    0xffff_ffff_0000_0000,
    0xffff_ffff_ffff_fff6,
];

fn long(value: u64) -> Vec<u32> {
    vec![value as u32, (value >> 32) as u32]
}

type Make1 = fn(&mut FuncCursor, Value) -> Value;
type Make2 = fn(&mut FuncCursor, Value, Value) -> Value;
/// Name, CLIF and Rust's meaning of an operation.
type Unary<T> = (&'static str, Make1, fn(T) -> T);
type Binary<T> = (&'static str, Make2, fn(T, T) -> T);
type Widen = fn(u32) -> u64;
/// `None` where it traps.
type Partial = (&'static str, Make2, fn(u32, u32) -> Option<u32>);

#[test]
fn word_operations() {
    let ops: [Binary<u32>; 13] = [
        ("add", |c, a, b| c.ins().iadd(a, b), u32::wrapping_add),
        ("sub", |c, a, b| c.ins().isub(a, b), u32::wrapping_sub),
        ("mul", |c, a, b| c.ins().imul(a, b), u32::wrapping_mul),
        ("and", |c, a, b| c.ins().band(a, b), |a, b| a & b),
        ("or", |c, a, b| c.ins().bor(a, b), |a, b| a | b),
        ("xor", |c, a, b| c.ins().bxor(a, b), |a, b| a ^ b),
        ("shl", |c, a, b| c.ins().ishl(a, b), u32::wrapping_shl),
        ("shr_u", |c, a, b| c.ins().ushr(a, b), u32::wrapping_shr),
        ("shr_s", |c, a, b| c.ins().sshr(a, b), |a, b| (a as i32).wrapping_shr(b) as u32),
        ("rotl", |c, a, b| c.ins().rotl(a, b), |a, b| a.rotate_left(b & 31)),
        ("rotr", |c, a, b| c.ins().rotr(a, b), |a, b| a.rotate_right(b & 31)),
        ("umulhi", |c, a, b| c.ins().umulhi(a, b), |a, b| ((u64::from(a) * u64::from(b)) >> 32) as u32),
        ("smulhi", |c, a, b| c.ins().smulhi(a, b), |a, b| ((i64::from(a as i32) * i64::from(b as i32)) >> 32) as u32),
    ];
    let mut program = Program::default();
    for (name, make, reference) in ops {
        let f = program.add(&function(&[I32, I32], &[I32], |c, v| vec![make(c, v[0], v[1])]));
        for a in WORDS {
            for b in WORDS {
                program.case(f, &[a, b], Outcome::Words(vec![reference(a, b)]), name);
            }
        }
        for constant in WORDS.into_iter().chain([0xff, 0xffff, 0x1ffff, 0xffff_ff00, 9, 1023, 4095, 0x0101_0101]) {
            let right = program.add(&function(&[I32], &[I32], |c, v| {
                let k = c.ins().iconst(I32, i64::from(constant));
                vec![make(c, v[0], k)]
            }));
            let left = program.add(&function(&[I32], &[I32], |c, v| {
                let k = c.ins().iconst(I32, i64::from(constant));
                vec![make(c, k, v[0])]
            }));
            for a in WORDS {
                let text = format!("{name} const {constant:#x}");
                program.case(right, &[a], Outcome::Words(vec![reference(a, constant)]), &text);
                program.case(left, &[a], Outcome::Words(vec![reference(constant, a)]), &text);
            }
        }
    }
    program.run("words");
}

#[test]
fn word_division_and_its_traps() {
    use TrapKind::{IntegerDivisionByZero, IntegerOverflow};
    let ops: [Partial; 4] = [
        ("div_s", |c, a, b| c.ins().sdiv(a, b), |a, b| (a as i32).checked_div(b as i32).map(|q| q as u32)),
        ("div_u", |c, a, b| c.ins().udiv(a, b), u32::checked_div),
        ("rem_s", |c, a, b| c.ins().srem(a, b), |a, b| (b != 0).then(|| (a as i32).wrapping_rem(b as i32) as u32)),
        ("rem_u", |c, a, b| c.ins().urem(a, b), u32::checked_rem),
    ];
    let mut program = Program::default();
    for (name, make, reference) in ops {
        let f = program.add(&function(&[I32, I32], &[I32], |c, v| vec![make(c, v[0], v[1])]));
        for a in WORDS {
            for b in WORDS {
                let outcome = match reference(a, b) {
                    Some(word) => Outcome::Words(vec![word]),
                    None => Outcome::Trap(if b == 0 { IntegerDivisionByZero } else { IntegerOverflow }),
                };
                program.case(f, &[a, b], outcome, name);
            }
        }
    }
    program.run("division");
}

#[test]
fn unary_operations() {
    let ops: [Unary<u32>; 9] = [
        ("neg", |c, a| c.ins().ineg(a), u32::wrapping_neg),
        ("not", |c, a| c.ins().bnot(a), |a| !a),
        ("clz", |c, a| c.ins().clz(a), u32::leading_zeros),
        ("ctz", |c, a| c.ins().ctz(a), u32::trailing_zeros),
        ("popcnt", |c, a| c.ins().popcnt(a), u32::count_ones),
        ("bswap", |c, a| c.ins().bswap(a), u32::swap_bytes),
        (
            "extend8_s",
            |c, a| {
                let n = c.ins().ireduce(types::I8, a);
                c.ins().sextend(I32, n)
            },
            |a| a as i8 as u32,
        ),
        (
            "extend16_s",
            |c, a| {
                let n = c.ins().ireduce(types::I16, a);
                c.ins().sextend(I32, n)
            },
            |a| a as i16 as u32,
        ),
        ("iabs", |c, a| c.ins().iabs(a), |a| (a as i32).unsigned_abs()),
    ];
    let wide: [Unary<u64>; 6] = [
        ("neg64", |c, a| c.ins().ineg(a), u64::wrapping_neg),
        ("not64", |c, a| c.ins().bnot(a), |a| !a),
        ("clz64", |c, a| c.ins().clz(a), |a| a.leading_zeros().into()),
        ("ctz64", |c, a| c.ins().ctz(a), |a| a.trailing_zeros().into()),
        ("popcnt64", |c, a| c.ins().popcnt(a), |a| a.count_ones().into()),
        ("bswap64", |c, a| c.ins().bswap(a), u64::swap_bytes),
    ];
    let mut program = Program::default();
    for (name, make, reference) in ops {
        let f = program.add(&function(&[I32], &[I32], |c, v| vec![make(c, v[0])]));
        for a in WORDS {
            program.case(f, &[a], Outcome::Words(vec![reference(a)]), name);
        }
    }
    for (name, make, reference) in wide {
        let f = program.add(&function(&[I64], &[I64], |c, v| vec![make(c, v[0])]));
        for a in LONGS {
            program.case(f, &long(a), Outcome::Words(long(reference(a))), name);
        }
    }
    program.run("unary");
}

#[test]
fn long_operations() {
    let ops: [Binary<u64>; 13] = [
        ("add", |c, a, b| c.ins().iadd(a, b), u64::wrapping_add),
        ("sub", |c, a, b| c.ins().isub(a, b), u64::wrapping_sub),
        ("mul", |c, a, b| c.ins().imul(a, b), u64::wrapping_mul),
        ("and", |c, a, b| c.ins().band(a, b), |a, b| a & b),
        ("or", |c, a, b| c.ins().bor(a, b), |a, b| a | b),
        ("xor", |c, a, b| c.ins().bxor(a, b), |a, b| a ^ b),
        ("shl", |c, a, b| c.ins().ishl(a, b), |a, b| a.wrapping_shl(b as u32)),
        ("shr_u", |c, a, b| c.ins().ushr(a, b), |a, b| a.wrapping_shr(b as u32)),
        ("shr_s", |c, a, b| c.ins().sshr(a, b), |a, b| (a as i64).wrapping_shr(b as u32) as u64),
        ("rotl", |c, a, b| c.ins().rotl(a, b), |a, b| a.rotate_left(b as u32 & 63)),
        ("rotr", |c, a, b| c.ins().rotr(a, b), |a, b| a.rotate_right(b as u32 & 63)),
        ("umulhi", |c, a, b| c.ins().umulhi(a, b), |a, b| ((u128::from(a) * u128::from(b)) >> 64) as u64),
        ("smulhi", |c, a, b| c.ins().smulhi(a, b), |a, b| ((i128::from(a as i64) * i128::from(b as i64)) >> 64) as u64),
    ];
    let mut program = Program::default();
    for (name, make, reference) in ops {
        let f = program.add(&function(&[I64, I64], &[I64], |c, v| vec![make(c, v[0], v[1])]));
        // With the first operand still needed afterwards, and the result in other registers.
        let both = program.add(&function(&[I64, I64], &[I64, I64], |c, v| vec![v[0], make(c, v[0], v[1])]));
        for a in LONGS {
            for b in LONGS {
                let words = [long(a), long(b)].concat();
                program.case(f, &words, Outcome::Words(long(reference(a, b))), name);
                program.case(both, &words, Outcome::Words([long(a), long(reference(a, b))].concat()), name);
            }
        }
        for constant in LONGS.into_iter().chain([0xff, 0x1234, -1_i64 as u64, 0xffff_ffff_8000_0000]) {
            let right = program.add(&function(&[I64], &[I64], |c, v| {
                let k = c.ins().iconst(I64, constant as i64);
                vec![make(c, v[0], k)]
            }));
            let left = program.add(&function(&[I64], &[I64], |c, v| {
                let k = c.ins().iconst(I64, constant as i64);
                vec![make(c, k, v[0])]
            }));
            for a in LONGS {
                let text = format!("{name} const {constant:#x}");
                program.case(right, &long(a), Outcome::Words(long(reference(a, constant))), &text);
                program.case(left, &long(a), Outcome::Words(long(reference(constant, a))), &text);
            }
        }
    }
    // Mixed widths.
    let extends: [(Make1, Widen); 2] =
        [(|c, a| c.ins().uextend(I64, a), |a| a.into()), (|c, a| c.ins().sextend(I64, a), |a| a as i32 as u64)];
    for (extend, reference) in extends {
        let product = program.add(&function(&[I32, I32], &[I64], |c, v| {
            let (a, b) = (extend(c, v[0]), extend(c, v[1]));
            vec![c.ins().imul(a, b)]
        }));
        let mixed = program.add(&function(&[I64, I32], &[I64, I64], |c, v| {
            let b = extend(c, v[1]);
            vec![c.ins().imul(v[0], b), c.ins().iadd(b, v[0])]
        }));
        for b in WORDS {
            let wide = reference(b);
            for a in WORDS {
                let expected = reference(a).wrapping_mul(wide);
                program.case(product, &[a, b], Outcome::Words(long(expected)), "product");
            }
            for a in LONGS {
                let expected = [long(a.wrapping_mul(wide)), long(a.wrapping_add(wide))].concat();
                program.case(mixed, &[long(a), vec![b]].concat(), Outcome::Words(expected), "mixed");
            }
        }
    }
    program.run("longs");
}

fn holds(cond: IntCC, a: u64, b: u64) -> bool {
    let (x, y) = (a as i64, b as i64);
    match cond {
        IntCC::Equal => a == b,
        IntCC::NotEqual => a != b,
        IntCC::SignedLessThan => x < y,
        IntCC::SignedGreaterThanOrEqual => x >= y,
        IntCC::SignedGreaterThan => x > y,
        IntCC::SignedLessThanOrEqual => x <= y,
        IntCC::UnsignedLessThan => a < b,
        IntCC::UnsignedGreaterThanOrEqual => a >= b,
        IntCC::UnsignedGreaterThan => a > b,
        IntCC::UnsignedLessThanOrEqual => a <= b,
    }
}

/// The comparison as a number, as a select of registers, and as a select of constants.
fn uses_of_condition(c: &mut FuncCursor, test: Value, ty: Type, a: Value, b: Value) -> Vec<Value> {
    let number = c.ins().uextend(I32, test);
    let (x, y) = (c.ins().iconst(I32, 0x1234), c.ins().iconst(I32, -3));
    let constants = c.ins().select(test, x, y);
    let chosen = c.ins().select(test, a, b);
    let chosen = if ty == I64 { c.ins().ireduce(I32, chosen) } else { chosen };
    vec![number, constants, chosen]
}

#[test]
fn comparisons_and_selects() {
    let mut program = Program::default();
    let signed_word = |w: u32| w as i32 as i64 as u64;
    let expect = |yes: bool, a: u32, b: u32| {
        Outcome::Words(vec![yes.into(), if yes { 0x1234 } else { -3_i32 as u32 }, if yes { a } else { b }])
    };
    for cond in CONDITIONS {
        let name = format!("{cond:?}");
        let words = program.add(&function(&[I32, I32], &[I32; 3], |c, v| {
            let test = c.ins().icmp(cond, v[0], v[1]);
            uses_of_condition(c, test, I32, v[0], v[1])
        }));
        let longs = program.add(&function(&[I64, I64], &[I32; 3], |c, v| {
            let test = c.ins().icmp(cond, v[0], v[1]);
            uses_of_condition(c, test, I64, v[0], v[1])
        }));
        for a in WORDS {
            for b in WORDS {
                let yes = holds(cond, signed_word(a), signed_word(b));
                program.case(words, &[a, b], expect(yes, a, b), &name);
            }
        }
        for a in LONGS {
            for b in LONGS {
                let yes = holds(cond, a, b);
                program.case(longs, &[long(a), long(b)].concat(), expect(yes, a as u32, b as u32), &name);
            }
        }
        for k in WORDS.into_iter().chain([0xffff, 0x1_0001, 0xffff_fffb, 0x7fff_fffe]) {
            let f = program.add(&function(&[I32], &[I32; 3], |c, v| {
                let b = c.ins().iconst(I32, i64::from(k));
                let test = c.ins().icmp(cond, v[0], b);
                uses_of_condition(c, test, I32, v[0], b)
            }));
            for a in WORDS.into_iter().chain([k.wrapping_sub(1), k, k.wrapping_add(1)]) {
                let yes = holds(cond, signed_word(a), signed_word(k));
                program.case(f, &[a], expect(yes, a, k), &format!("{name} {k:#x}"));
            }
        }
        for k in LONGS {
            let f = program.add(&function(&[I64], &[I32; 3], |c, v| {
                let b = c.ins().iconst(I64, k as i64);
                let test = c.ins().icmp(cond, v[0], b);
                uses_of_condition(c, test, I64, v[0], b)
            }));
            for a in LONGS.into_iter().chain([k.wrapping_sub(1), k.wrapping_add(1)]) {
                let yes = holds(cond, a, k);
                program.case(f, &long(a), expect(yes, a as u32, k as u32), &format!("{name} {k:#x}"));
            }
        }
    }
    program.run("comparisons");
}

/// A call of function `index` of the program.
fn call(c: &mut FuncCursor, index: u32, args: &[Type], results: &[Type], values: &[Value]) -> Vec<Value> {
    let mut sig = Signature::new(CallConv::Fast);
    sig.params.push(AbiParam::new(I32));
    sig.params.extend(args.iter().map(|t| AbiParam::new(*t)));
    sig.returns.extend(results.iter().map(|t| AbiParam::new(*t)));
    let signature = c.func.import_signature(sig);
    let name = c.func.declare_imported_user_function(UserExternalName::new(namespace::FUNCTION, index));
    let name = ExternalName::user(name);
    let data = ExtFuncData { name, signature, colocated: true, patchable: false };
    let callee = c.func.import_function(data);
    let entry = c.func.layout.entry_block().unwrap();
    let mut all = vec![c.func.dfg.block_params(entry)[0]];
    all.extend(values);
    let call = c.ins().call(callee, &all);
    c.func.dfg.inst_results(call).to_vec()
}

/// Stack arguments popped by the callee, results in the result area, values kept over calls, recursion to the limit.
#[test]
fn calls() {
    let mut program = Program::default();
    let seven = [I32, I64, I32, I64, I32];
    // 0: each argument times its number, as five words of results.
    let weigh = |c: &mut FuncCursor, v: &[Value]| {
        let weighed = v.iter().enumerate().map(|(i, v)| c.ins().imul_imm_s(*v, i as i64 + 1)).collect::<Vec<_>>();
        vec![weighed[1], weighed[3], weighed[4]]
    };
    let callee = program.add(&function(&seven, &[I64, I64, I32], weigh));
    // 1: calls it twice with everything live over both calls.
    let caller = program.add(&function(&seven, &[I64, I64], |c, v| {
        let first = call(c, 0, &seven, &[I64, I64, I32], v);
        let swapped = [v[4], v[3], v[2], v[1], v[0]];
        let second = call(c, 0, &seven, &[I64, I64, I32], &swapped);
        let low = c.ins().isub(first[0], second[0]);
        let high = c.ins().iadd(first[1], second[1]);
        let last = c.ins().iadd(first[2], second[2]);
        let last = c.ins().uextend(I64, last);
        vec![low, c.ins().bxor(high, last)]
    }));
    // 2: recursion without end, with a frame beyond what may go unchecked in 3.
    let endless = program.add(&function(&[I32], &[I32], |c, v| {
        let r = call(c, 2, &[I32], &[I32], v);
        vec![c.ins().iadd(r[0], v[0])]
    }));
    let args: Vec<u32> = vec![3, 0x89ab_cdef, 0x0123_4567, 5, 0xffff_fff0, 0x7fff_ffff, 11];
    let (b, d) = (0x0123_4567_89ab_cdef_u64, 0x7fff_ffff_ffff_fff0_u64);
    let times = |x: u64, n: u64| x.wrapping_mul(n);
    // The callee's fifth result word is in the result area; four come back in registers.
    let expected = [long(times(b, 2)), long(times(d, 4))].concat();
    program.case(callee, &args, Outcome::Words(expected), "stack arguments");
    let low = times(b, 2).wrapping_sub(times(d, 2));
    let high = times(d, 4).wrapping_add(times(b, 4)) ^ (11 * 5 + 3 * 5);
    program.case(caller, &args, Outcome::Words([long(low), long(high)].concat()), "calls");
    program.case(endless, &[1], Outcome::Trap(TrapKind::StackOverflow), "endless recursion");
    program.case(caller, &args, Outcome::Words([long(low), long(high)].concat()), "calls after an overflow");
    program.run("calls");
}

/// Without end if need be, in constant stack, whatever the functions' stack arguments.
#[test]
fn tail_calls() {
    let (functions, cases) = tail_programs::programs();
    for optimized in [false, true] {
        let mut program = Program::default();
        for func in &functions {
            if optimized {
                program.add_optimized(func.clone())
            } else {
                program.add(func)
            };
        }
        for case in &cases {
            let name = format!("function {}", case.function);
            program.case(case.function, &case.args, Outcome::Words(case.expected.clone()), &name);
        }
        program.run(&format!("tail-{optimized}"));
    }
}

/// Compiled, linked, run: what no short form of an instruction reaches. The parts differ in how they keep floats.
#[test]
fn the_far_ends_are_reached() {
    let single = large_programs::programs().into_iter().chain([large_programs::many_float_locals()]);
    let single = single.map(|large| (Target::CortexM4F, large));
    for (target, large) in single.chain([(Target::CortexM7, large_programs::many_float_locals())]) {
        let mut program = Program::new(target);
        program.functions = large_programs::compile(&Own32::<Thumb2>::new(target), target, &large.wat);
        for case in large.cases {
            let name = format!("{}, function {}", large.name, case.function);
            let outcome = case.expected.map_or_else(Outcome::Trap, Outcome::Words);
            program.case(case.function + 1, &case.args, outcome, &name);
        }
        program.run(&format!("{}-{}", large.name, target.name()));
    }
}

/// Many values at once: spills, and a frame that is checked before it is taken.
#[test]
fn register_pressure() {
    let mut program = Program::default();
    const VALUES: u64 = 40;
    let f = program.add(&function(&[I64], &[I64], |c, v| {
        let many: Vec<Value> = (0..VALUES).map(|i| c.ins().rotl_imm_u(v[0], i as i64 + 1)).collect();
        let mut sum = v[0];
        for value in many.iter().rev() {
            let mixed = c.ins().bxor(sum, *value);
            sum = c.ins().iadd(mixed, *value);
        }
        vec![sum]
    }));
    assert!(program.functions[f].frame_bytes > sandgrain_abi::UNCHECKED_FRAME);
    for a in LONGS {
        let sum = (1..=VALUES as u32).rev().fold(a, |sum, i| (sum ^ a.rotate_left(i)).wrapping_add(a.rotate_left(i)));
        program.case(f, &long(a), Outcome::Words(long(sum)), "pressure");
    }
    program.run("pressure");
}

/// A br_table of `cases` targets that each add something, in a loop that runs the index down; with `padding`
/// instructions in each target, so that tables and branches need their longer forms.
fn table_loop(cases: usize, padding: usize, backwards: bool) -> Function {
    let mut func = function(&[I32], &[I32], |_, v| vec![v[0]]);
    let entry = func.layout.entry_block().unwrap();
    let input = func.dfg.block_params(entry)[1];
    let ret = func.layout.last_inst(entry).unwrap();
    func.layout.remove_inst(ret);
    let mut c = FuncCursor::new(&mut func);
    let head = c.func.dfg.make_block();
    let default = c.func.dfg.make_block();
    let blocks: Vec<_> = (0..cases).map(|_| c.func.dfg.make_block()).collect();
    let (n, sum) = (c.func.dfg.append_block_param(head, I32), c.func.dfg.append_block_param(head, I32));
    c.goto_bottom(entry);
    let zero = c.ins().iconst(I32, 0);
    c.ins().jump(head, &[input.into(), zero.into()]);
    c.insert_block(head);
    let next = c.ins().iadd_imm_s(n, -1);
    let mut table: Vec<BlockCall> = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        // Every third target is the loop's head itself.
        let call = if backwards && i % 3 == 1 {
            let more = c.ins().iadd_imm_s(sum, 1000);
            BlockCall::new(head, [next.into(), more.into()], &mut c.func.dfg.value_lists)
        } else {
            BlockCall::new(*block, [], &mut c.func.dfg.value_lists)
        };
        table.push(call);
    }
    let fallback = BlockCall::new(default, [], &mut c.func.dfg.value_lists);
    let table = c.func.create_jump_table(JumpTableData::new(fallback, &table));
    c.ins().br_table(n, table);
    for (i, block) in blocks.iter().enumerate() {
        c.insert_block(*block);
        let mut more = c.ins().iadd_imm_s(sum, i as i64 + 1);
        for _ in 0..padding {
            let product = c.ins().imul(more, n);
            more = c.ins().bxor(product, more);
        }
        c.ins().jump(head, &[next.into(), more.into()]);
    }
    c.insert_block(default);
    c.ins().return_(&[sum]);
    func
}

fn table_loop_reference(cases: u32, padding: usize, backwards: bool, mut n: u32) -> u32 {
    let mut sum = 0_u32;
    while n < cases {
        if backwards && n % 3 == 1 {
            sum = sum.wrapping_add(1000);
        } else {
            sum = sum.wrapping_add(n + 1);
            for _ in 0..padding {
                sum ^= sum.wrapping_mul(n);
            }
        }
        n = n.wrapping_sub(1);
    }
    sum
}

#[test]
fn jump_tables_and_distances() {
    let mut program = Program::default();
    for (cases, padding, backwards) in [
        (1, 0, false),
        (5, 0, false),
        (8, 0, true),
        (7, 30, false),
        (40, 1, true),
        (130, 2, false),
        (300, 0, false),
        (60, 400, false),
        (60, 400, true),
    ] {
        let f = program.add(&table_loop(cases as usize, padding, backwards));
        for n in [0, 1, 2, 3, cases / 2, cases - 1, cases, cases + 1, u32::MAX] {
            let sum = table_loop_reference(cases, padding, backwards, n);
            let name = format!("table of {cases}, padding {padding}, backwards {backwards}");
            program.case(f, &[n], Outcome::Words(vec![sum]), &name);
        }
    }
    program.run("tables");
}

/// Loads and stores of every width at offsets on both sides of what instructions hold.
#[test]
fn memory() {
    let mut program = Program::default();
    for offset in [0, 3, 124, 128, 252, 1020, 4091, 4092, 4095, 4096, 70_000] {
        let place = 0x400 + offset;
        let f = program.add(&function(&[I64, I32], &[I64, I32, I32], |c, v| {
            let entry = c.func.layout.entry_block().unwrap();
            let instance = c.func.dfg.block_params(entry)[0];
            let address = c.ins().iadd(instance, v[1]);
            let flags = MemFlagsData::new();
            c.ins().store(flags, v[0], address, place);
            let byte = c.ins().ireduce(I32, v[0]);
            c.ins().istore8(flags, byte, address, place + 3);
            c.ins().istore16(flags, byte, address, place + 4);
            let whole = c.ins().load(I64, flags, address, place);
            let signed = c.ins().sload8(I32, flags, address, place + 1);
            let half = c.ins().sload16(I32, flags, address, place + 1);
            let unsigned = c.ins().uload16(I32, flags, address, place + 6);
            let zero = c.ins().uload8(I32, flags, address, place + 7);
            let mixed = c.ins().imul(half, unsigned);
            let mixed = c.ins().iadd(mixed, zero);
            vec![whole, signed, mixed]
        }));
        for index in [0, 1, 2, 0x8000] {
            for a in LONGS {
                let mut bytes = a.to_le_bytes();
                bytes[3] = a as u8;
                bytes[4..6].copy_from_slice(&(a as u16).to_le_bytes());
                let signed = bytes[1] as i8 as u32;
                let half = i16::from_le_bytes([bytes[1], bytes[2]]) as u32;
                let unsigned = u32::from(u16::from_le_bytes([bytes[6], bytes[7]]));
                let mixed = half.wrapping_mul(unsigned).wrapping_add(bytes[7].into());
                let expected = [long(u64::from_le_bytes(bytes)), vec![signed, mixed]].concat();
                program.case(f, &[long(a), vec![index]].concat(), Outcome::Words(expected), &format!("at {offset}"));
            }
        }
    }
    program.run("memory");
}

/// A loop whose counter is compared before its step, beside the stepped value, in each direction and to each limit.
#[test]
fn counters() {
    let mut program = Program::default();
    for (start, step, last) in [(0, 1, 9), (10, -1, 1), (10, -1, 3), (0, 4, 4092), (-5, 1, -1)] {
        let mut func = function(&[I32], &[I32, I32], |_, v| vec![v[0], v[0]]);
        let entry = func.layout.entry_block().unwrap();
        let input = func.dfg.block_params(entry)[1];
        let ret = func.layout.last_inst(entry).unwrap();
        func.layout.remove_inst(ret);
        let mut c = FuncCursor::new(&mut func);
        let (head, end) = (c.func.dfg.make_block(), c.func.dfg.make_block());
        let (i, sum) = (c.func.dfg.append_block_param(head, I32), c.func.dfg.append_block_param(head, I32));
        c.goto_bottom(entry);
        let first = c.ins().iconst(I32, i64::from(start as u32));
        c.ins().jump(head, &[first.into(), input.into()]);
        c.insert_block(head);
        let next = c.ins().iadd_imm_s(i, i64::from(step));
        let turned = c.ins().rotl_imm_u(sum, 3);
        let sum = c.ins().iadd(turned, i);
        let limit = c.ins().iconst(I32, i64::from(last as u32));
        let done = c.ins().icmp(IntCC::Equal, i, limit);
        c.ins().brif(done, end, &[], head, &[next.into(), sum.into()]);
        c.insert_block(end);
        c.ins().return_(&[sum, next]);
        let f = program.add(&func);
        let (mut i, mut expected): (i32, u32) = (start, 99);
        loop {
            expected = expected.rotate_left(3).wrapping_add(i as u32);
            if i == last {
                break;
            }
            i += step;
        }
        let words = vec![expected, (i + step) as u32];
        program.case(f, &[99], Outcome::Words(words), &format!("{start} to {last} by {step}"));
    }
    program.run("counters");
}

/// What `combine` merges: the right result, in as many bytes as it should take.
#[test]
fn combined_instructions() {
    let mut program = Program::default();
    type Make = fn(&mut FuncCursor, &[Value]) -> Value;
    type Reference = fn(u32, u32, u32) -> u32;
    let forms: [(&str, usize, Make, Reference); 8] = [
        (
            "add shifted",
            4,
            |c, v| {
                let s = c.ins().ishl_imm_u(v[1], 3);
                c.ins().iadd(v[0], s)
            },
            |a, b, _| a.wrapping_add(b << 3),
        ),
        (
            "sub shifted",
            4,
            |c, v| {
                let s = c.ins().sshr_imm_u(v[1], 5);
                c.ins().isub(v[0], s)
            },
            |a, b, _| a.wrapping_sub((b as i32 >> 5) as u32),
        ),
        (
            "shifted sub",
            4,
            |c, v| {
                let s = c.ins().ushr_imm_u(v[0], 31);
                c.ins().isub(s, v[1])
            },
            |a, b, _| (a >> 31).wrapping_sub(b),
        ),
        (
            "xor rotated",
            4,
            |c, v| {
                let s = c.ins().rotl_imm_u(v[0], 7);
                c.ins().bxor(s, v[1])
            },
            |a, b, _| a.rotate_left(7) ^ b,
        ),
        (
            "mla",
            4,
            |c, v| {
                let p = c.ins().imul(v[0], v[1]);
                c.ins().iadd(v[2], p)
            },
            |a, b, k| a.wrapping_mul(b).wrapping_add(k),
        ),
        (
            "mls",
            4,
            |c, v| {
                let p = c.ins().imul(v[0], v[1]);
                c.ins().isub(v[2], p)
            },
            |a, b, k| k.wrapping_sub(a.wrapping_mul(b)),
        ),
        // tst, it and a move each.
        (
            "test bits",
            6,
            |c, v| {
                let m = c.ins().band(v[0], v[1]);
                c.ins().select(m, v[2], v[0])
            },
            |a, b, k| if a & b != 0 { k } else { a },
        ),
        (
            "compare shifted",
            8,
            |c, v| {
                let s = c.ins().ishl_imm_u(v[1], 4);
                let t = c.ins().icmp(IntCC::UnsignedLessThan, v[0], s);
                c.ins().select(t, v[2], v[0])
            },
            |a, b, k| if a < b << 4 { k } else { a },
        ),
    ];
    for (name, bytes, make, reference) in forms {
        let f = program.add(&function(&[I32; 3], &[I32], |c, v| vec![make(c, v)]));
        let returns = 2;
        assert_eq!(program.functions[f].bytes.len(), bytes + returns, "{name}: {:x?}", program.functions[f].bytes);
        for a in WORDS {
            for b in WORDS {
                for k in [0, 5, u32::MAX] {
                    program.case(f, &[a, b, k], Outcome::Words(vec![reference(a, b, k)]), name);
                }
            }
        }
    }
    program.run("combined");
}
