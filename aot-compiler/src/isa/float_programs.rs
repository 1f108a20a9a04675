//! Functions on the floats that a back end computes itself, with what they must give, for the tests that run its code:
//! every operation on the values where floats have edges, and floats in all the places where values can be.

use super::float_reference::{self as reference, ALUS, UNARIES, edges, type_of};
use super::random_programs::function_reference;
use super::{FloatAlu, FloatCond, Isa32, Precision};
use crate::translate::trap_code;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::{CondCode, IntCC};
use cranelift_codegen::ir::{
    AbiParam, Function, InstBuilder, MemFlagsData, Signature, Type, UserFuncName, Value, types,
};
use cranelift_codegen::isa::CallConv;
use sandgrain_abi::{FloatUnit, Target, TrapKind};

const I32: Type = types::I32;

/// A function by index, the argument words to call it with, and the result words that it has to give.
pub struct Case {
    pub function: usize,
    pub args: Vec<u32>,
    pub expected: Result<Vec<u32>, TrapKind>,
    /// What the function does, for messages.
    pub name: String,
}

/// Functions, which refer to each other by index, and cases.
#[derive(Default)]
pub struct Programs {
    pub functions: Vec<Function>,
    pub cases: Vec<Case>,
}

/// Everything for a target, in groups that fit a board's memory.
pub fn programs<I: Isa32>(target: Target) -> Vec<(&'static str, Programs)> {
    let precisions: &[Precision] = match I::float_unit(target) {
        FloatUnit::Soft => &[],
        FloatUnit::Single => &[Precision::Single],
        FloatUnit::Double => &[Precision::Single, Precision::Double],
    };
    let mut groups = Vec::new();
    for &precision in precisions {
        for op in ALUS.into_iter().filter(|op| I::has_float_alu(target, *op)) {
            groups.push(("alu", alu(op, precision)));
        }
        groups.push(("unary", unary::<I>(target, precision)));
        for cond in FloatCond::ALL {
            groups.push(("compare", comparison(cond, precision)));
        }
        groups.push(("integers", integers(precision)));
        groups.push(("places", places(precision)));
        groups.push(("pressure", pressure(precision)));
    }
    if precisions.len() == 2 {
        groups.push(("formats", formats()));
    }
    groups
}

/// Words of a float's bits.
fn words(precision: Precision, bits: u64) -> Vec<u32> {
    [bits as u32, (bits >> 32) as u32][..precision.words() as usize].to_vec()
}

/// The words of several floats.
fn all_words(precision: Precision, bits: &[u64]) -> Vec<u32> {
    bits.iter().flat_map(|bits| words(precision, *bits)).collect()
}

fn constant(c: &mut FuncCursor, precision: Precision, bits: u64) -> Value {
    reference::clif_constant(c, precision, bits)
}

fn signature(params: &[Type], results: &[Type]) -> Signature {
    let mut signature = Signature::new(CallConv::Fast);
    signature.params.push(AbiParam::new(I32));
    signature.params.extend(params.iter().map(|ty| AbiParam::new(*ty)));
    signature.returns.extend(results.iter().map(|ty| AbiParam::new(*ty)));
    signature
}

impl Programs {
    /// Adds a function, its body made by `body` from the instance and the parameters. Gives its index.
    fn add(
        &mut self,
        params: &[Type],
        results: &[Type],
        body: impl FnOnce(&mut FuncCursor, Value, &[Value]) -> Vec<Value>,
    ) -> usize {
        let mut func = Function::with_name_signature(UserFuncName::default(), signature(params, results));
        let block = func.dfg.make_block();
        func.layout.append_block(block);
        let instance = func.dfg.append_block_param(block, I32);
        let values: Vec<Value> = params.iter().map(|ty| func.dfg.append_block_param(block, *ty)).collect();
        let mut cursor = FuncCursor::new(&mut func);
        cursor.goto_bottom(block);
        let results = body(&mut cursor, instance, &values);
        cursor.ins().return_(&results);
        self.functions.push(func);
        self.functions.len() - 1
    }

    fn case(&mut self, function: usize, args: Vec<u32>, expected: Vec<u32>, name: impl Into<String>) {
        self.cases.push(Case { function, args, expected: Ok(expected), name: name.into() });
    }
}

/// An operation on two values, with its operands needed afterwards, on one value twice, and with a constant.
fn alu(op: FloatAlu, precision: Precision) -> Programs {
    let ty = type_of(precision);
    let mut programs = Programs::default();
    let plain = programs.add(&[ty; 2], &[ty], |c, _, v| vec![reference::clif_alu(c, op, v[0], v[1])]);
    let kept = programs.add(&[ty; 2], &[ty; 3], |c, _, v| vec![v[1], reference::clif_alu(c, op, v[0], v[1]), v[0]]);
    let twice = programs.add(&[ty], &[ty], |c, _, v| vec![reference::clif_alu(c, op, v[0], v[0])]);
    let name = |form: &str| format!("{op:?} {precision:?} {form}");
    for a in edges(precision) {
        for b in edges(precision) {
            let result = reference::alu(op, precision, a, b);
            let args = all_words(precision, &[a, b]);
            programs.case(plain, args.clone(), words(precision, result), name("plain"));
            programs.case(kept, args, all_words(precision, &[b, result, a]), name("kept"));
        }
        let result = reference::alu(op, precision, a, a);
        programs.case(twice, words(precision, a), words(precision, result), name("twice"));
    }
    for b in edges(precision).into_iter().step_by(5) {
        let with_constant = programs.add(&[ty], &[ty; 2], |c, _, v| {
            let b = constant(c, precision, b);
            vec![reference::clif_alu(c, op, v[0], b), reference::clif_alu(c, op, b, v[0])]
        });
        for a in edges(precision) {
            let results = [reference::alu(op, precision, a, b), reference::alu(op, precision, b, a)];
            let name = name(&format!("with {b:#x}"));
            programs.case(with_constant, words(precision, a), all_words(precision, &results), name);
        }
    }
    programs
}

fn unary<I: Isa32>(target: Target, precision: Precision) -> Programs {
    let ty = type_of(precision);
    let mut programs = Programs::default();
    for op in UNARIES.into_iter().filter(|op| I::has_float_unary(target, *op)) {
        let plain = programs.add(&[ty], &[ty; 2], |c, _, v| vec![reference::clif_unary(c, op, v[0]), v[0]]);
        for a in edges(precision) {
            let expected = all_words(precision, &[reference::unary(op, precision, a), a]);
            programs.case(plain, words(precision, a), expected, format!("{op:?} {precision:?}"));
        }
    }
    // Every constant, and the same bits through registers of both kinds.
    let int = Type::int_with_byte_size(precision.words() as u16 * 4).expect("4 or 8 bytes");
    let same = programs.add(&[int], &[ty, int], |c, _, v| {
        let float = c.ins().bitcast(ty, MemFlagsData::new(), v[0]);
        let negated = c.ins().fneg(float);
        vec![float, c.ins().bitcast(int, MemFlagsData::new(), negated)]
    });
    for a in edges(precision).into_iter().chain([0x4228_0000, 0x4045_0000_0000_0000]) {
        let made = programs.add(&[], &[ty], |c, _, _| vec![constant(c, precision, a)]);
        programs.case(made, vec![], words(precision, a), format!("constant {precision:?}"));
        let expected = all_words(precision, &[a, reference::unary(super::FloatUnary::Neg, precision, a)]);
        programs.case(same, words(precision, a), expected, format!("bitcast {precision:?}"));
    }
    programs
}

/// A condition as a number, as what selects words and floats, as a branch and as a trap.
fn comparison(cond: FloatCond, precision: Precision) -> Programs {
    let ty = type_of(precision);
    let mut programs = Programs::default();
    let used = programs.add(&[ty; 2], &[ty, I32, I32], |c, _, v| {
        let test = c.ins().fcmp(cond.to_clif(), v[0], v[1]);
        let chosen = c.ins().select(test, v[0], v[1]);
        let number = c.ins().uextend(I32, test);
        let (yes, no) = (c.ins().iconst(I32, 0x1234), c.ins().iconst(I32, 5));
        vec![chosen, number, c.ins().select(test, yes, no)]
    });
    let branch = programs.add(&[ty; 2], &[ty], |c, _, v| {
        let [yes, no, join] = [0; 3].map(|_| c.func.dfg.make_block());
        let result = c.func.dfg.append_block_param(join, ty);
        let test = c.ins().fcmp(cond.to_clif(), v[0], v[1]);
        c.ins().brif(test, yes, &[], no, &[]);
        for (block, value) in [(yes, v[0]), (no, v[1])] {
            c.insert_block(block);
            c.ins().jump(join, &[value.into()]);
        }
        c.insert_block(join);
        vec![result]
    });
    let trap = programs.add(&[ty; 2], &[ty], |c, _, v| {
        let test = c.ins().fcmp(cond.to_clif(), v[0], v[1]);
        c.ins().trapnz(test, trap_code(TrapKind::IntegerOverflow));
        vec![v[1]]
    });
    let with_zero = programs.add(&[ty], &[I32], |c, _, v| {
        let zero = constant(c, precision, 0);
        let test = c.ins().fcmp(cond.to_clif(), v[0], zero);
        vec![c.ins().uextend(I32, test)]
    });
    for a in edges(precision) {
        for b in edges(precision) {
            let holds = reference::compare(cond, precision, a, b);
            let (args, chosen) = (all_words(precision, &[a, b]), words(precision, if holds { a } else { b }));
            let name = format!("{cond:?} {precision:?}");
            let numbers = [holds.into(), if holds { 0x1234 } else { 5 }];
            programs.case(used, args.clone(), [&chosen[..], &numbers].concat(), &name[..]);
            programs.case(branch, args.clone(), chosen.clone(), format!("{name} branch"));
            let expected = if holds { Err(TrapKind::IntegerOverflow) } else { Ok(chosen) };
            programs.cases.push(Case { function: trap, args, expected, name: format!("{name} trap") });
        }
        let expected = vec![reference::compare(cond, precision, a, 0).into()];
        programs.case(with_zero, words(precision, a), expected, format!("{cond:?} {precision:?} with zero"));
    }
    programs
}

/// Conversions from and to 32-bit integers, and floats chosen by a condition on integers.
fn integers(precision: Precision) -> Programs {
    const INTEGERS: [u32; 14] = [
        0,
        1,
        7,
        0xff_ffff,
        0x100_0001,
        0x7fff_ffbf,
        0x7fff_ffc0,
        0x7fff_ffff,
        0x8000_0000,
        0x8000_0001,
        0x8000_0080,
        0xffff_ff7f,
        0xffff_ff80,
        0xffff_ffff,
    ];
    let ty = type_of(precision);
    let mut programs = Programs::default();
    for signed in [false, true] {
        let from = programs.add(&[I32], &[ty], |c, _, v| {
            vec![if signed { c.ins().fcvt_from_sint(ty, v[0]) } else { c.ins().fcvt_from_uint(ty, v[0]) }]
        });
        for a in INTEGERS {
            let expected = words(precision, reference::from_int(signed, precision, a));
            programs.case(from, vec![a], expected, format!("{precision:?} from integer, signed {signed}"));
        }
        let to = programs.add(&[ty], &[I32, ty], |c, _, v| {
            let int = if signed { c.ins().fcvt_to_sint_sat(I32, v[0]) } else { c.ins().fcvt_to_uint_sat(I32, v[0]) };
            vec![int, v[0]]
        });
        for a in edges(precision) {
            let expected = [vec![reference::to_int(signed, precision, a)], words(precision, a)].concat();
            programs.case(to, words(precision, a), expected, format!("{precision:?} to integer, signed {signed}"));
        }
    }
    let conditions = [IntCC::Equal, IntCC::NotEqual, IntCC::SignedLessThan, IntCC::UnsignedGreaterThan];
    for cond in conditions.into_iter().flat_map(|cond| [cond, cond.swap_args().complement()]) {
        let chosen = programs.add(&[I32, I32, ty, ty], &[ty], |c, _, v| {
            let test = c.ins().icmp(cond, v[0], v[1]);
            vec![c.ins().select(test, v[2], v[3])]
        });
        for (a, b) in [(1_u32, 2_u32), (2, 1), (2, 2), (0xffff_ffff, 1), (1, 0xffff_ffff)] {
            let holds = match cond {
                IntCC::Equal => a == b,
                IntCC::NotEqual => a != b,
                IntCC::SignedLessThan => (a as i32) < b as i32,
                IntCC::SignedLessThanOrEqual => a as i32 <= b as i32,
                IntCC::UnsignedGreaterThan => a > b,
                IntCC::UnsignedGreaterThanOrEqual => a >= b,
                _ => unreachable!("not among the conditions above"),
            };
            let (yes, no) = (edges(precision)[35], edges(precision)[3]);
            let args = [vec![a, b], all_words(precision, &[yes, no])].concat();
            let expected = words(precision, if holds { yes } else { no });
            programs.case(chosen, args, expected, format!("{precision:?} by {cond:?}"));
        }
    }
    programs
}

/// Between the formats.
fn formats() -> Programs {
    let mut programs = Programs::default();
    for to in [Precision::Single, Precision::Double] {
        let (from_ty, to_ty) = (type_of(to.other()), type_of(to));
        let convert = programs.add(&[from_ty], &[to_ty, from_ty], |c, _, v| {
            let converted =
                if to == Precision::Single { c.ins().fdemote(to_ty, v[0]) } else { c.ins().fpromote(to_ty, v[0]) };
            vec![converted, v[0]]
        });
        for a in edges(to.other()) {
            let expected = [words(to, reference::convert(to, a)), words(to.other(), a)].concat();
            programs.case(convert, words(to.other(), a), expected, format!("to {to:?}"));
        }
    }
    programs
}

/// Memory at any alignment, by constant offset and by index; floats as block parameters; stack arguments and result area.
fn places(precision: Precision) -> Programs {
    let (ty, size) = (type_of(precision), precision.words() as i32 * 4);
    let mut programs = Programs::default();
    let bits = |i: usize| edges(precision)[(i * 7 + 5) % edges(precision).len()];
    for offset in [0x300, 0x301, 0x302, 0x303, 0x3fc, 0x400, 0x401, 0x7f8, 0x7fd, 0x17fb] {
        let at = programs.add(&[ty, ty, I32], &[ty; 3], |c, instance, v| {
            let (flags, address) = (MemFlagsData::new(), c.ins().iadd(instance, v[2]));
            c.ins().store(flags, v[0], instance, offset);
            c.ins().store(flags, v[1], address, offset + size);
            let first = c.ins().load(ty, flags, instance, offset);
            let second = c.ins().load(ty, flags, address, offset + size);
            let place = c.ins().iadd_imm_s(address, i64::from(offset));
            let indexed = c.ins().iadd_imm_s(v[2], i64::from(offset + size));
            let indexed = c.ins().iadd(instance, indexed);
            c.ins().store(flags, first, place, 0);
            let third = c.ins().load(ty, flags, indexed, 0);
            vec![first, second, third]
        });
        for index in 0..4 {
            let (a, b) = (bits(offset as usize), bits(index as usize + 20));
            let args = [all_words(precision, &[a, b]), vec![index]].concat();
            // The middle store stays `size` away from the last one.
            let expected = all_words(precision, &[a, b, b]);
            programs.case(at, args, expected, format!("{precision:?} at {offset:#x}"));
        }
    }
    // Seven floats and a word in, four floats out.
    let params = [[ty; 4].as_slice(), &[I32], &[ty; 3]].concat();
    let swapped = programs.add(&params, &[ty; 4], |_, _, v| vec![v[7], v[5], v[6], v[0]]);
    let twice = programs.add(&params, &[ty; 4], |c, instance, v| {
        let signature = c.func.import_signature(signature(&params, &[ty; 4]));
        let callee = function_reference(c.func, signature, swapped);
        let mut call = |args: &[Value]| {
            let call = c.ins().call(callee, &[&[instance], args].concat());
            c.func.dfg.inst_results(call).to_vec()
        };
        let first = call(v);
        let second = call(&[first[0], first[1], first[2], v[3], v[4], v[1], v[2], first[3]]);
        vec![second[0], second[3], c.ins().fsub(first[1], v[5]), c.ins().fadd(v[3], second[1])]
    });
    let one = |i: usize| match precision {
        Precision::Single => u64::from((i as f32 + 0.5).to_bits()),
        Precision::Double => (i as f64 + 0.1).to_bits(),
    };
    let args: Vec<u64> = (0..7).map(one).collect();
    let [a, b, c, d, e, f, g] = args[..] else { unreachable!("seven") };
    let passed = [all_words(precision, &[a, b, c, d]), vec![9], all_words(precision, &[e, f, g])].concat();
    programs.case(swapped, passed.clone(), all_words(precision, &[g, e, f, a]), "stack arguments");
    // The second call's last three arguments are b, c and a.
    let sum = reference::alu(FloatAlu::Add, precision, d, b);
    let zero = reference::alu(FloatAlu::Sub, precision, e, e);
    programs.case(twice, passed, all_words(precision, &[a, g, zero, sum]), "values over calls");
    loops(&mut programs, precision);
    programs
}

/// x = x * 0.75 + y, n times, with constants that are needed in each round.
fn loops(programs: &mut Programs, precision: Precision) {
    let ty = type_of(precision);
    let factor = match precision {
        Precision::Single => u64::from(0.7_f32.to_bits()),
        Precision::Double => 0.7_f64.to_bits(),
    };
    let function = programs.add(&[I32, ty, ty], &[ty], |c, _, v| {
        let [head, end] = [0; 2].map(|_| c.func.dfg.make_block());
        let (n, x) = (c.func.dfg.append_block_param(head, I32), c.func.dfg.append_block_param(head, ty));
        c.ins().jump(head, &[v[0].into(), v[1].into()]);
        c.insert_block(head);
        let factor = constant(c, precision, factor);
        let scaled = c.ins().fmul(x, factor);
        let next = c.ins().fadd(scaled, v[2]);
        let left = c.ins().iadd_imm_s(n, -1);
        c.ins().brif(left, head, &[left.into(), next.into()], end, &[]);
        c.insert_block(end);
        vec![next]
    });
    for n in [1_u32, 2, 50] {
        let (x, y) = (edges(precision)[18], edges(precision)[15]);
        let round = |x| {
            let scaled = reference::alu(FloatAlu::Mul, precision, x, factor);
            reference::alu(FloatAlu::Add, precision, scaled, y)
        };
        let expected = words(precision, (0..n).fold(x, |x, _| round(x)));
        programs.case(function, [vec![n], all_words(precision, &[x, y])].concat(), expected, "loop");
    }
}

/// More floats at once than there are registers, in frames below and beyond what short offsets reach, also over calls.
fn pressure(precision: Precision) -> Programs {
    let ty = type_of(precision);
    let mut programs = Programs::default();
    let nothing = programs.add(&[ty], &[ty], |c, _, v| vec![c.ins().fneg(v[0])]);
    for (count, over_call) in [(20, false), (40, true), (200, false), (400, true)] {
        let int = |i: u32| 2 * i + 1;
        let function = programs.add(&[ty], &[ty], |c, instance, v| {
            let mut many = Vec::new();
            for i in 0..count {
                let factor = c.ins().iconst(I32, i64::from(int(i)));
                let factor = c.ins().fcvt_from_uint(ty, factor);
                many.push(c.ins().fmul(v[0], factor));
            }
            let mut sum = v[0];
            if over_call {
                let signature = c.func.import_signature(signature(&[ty], &[ty]));
                let callee = function_reference(c.func, signature, nothing);
                let call = c.ins().call(callee, &[instance, sum]);
                sum = c.func.dfg.inst_results(call)[0];
            }
            for value in many.into_iter().rev() {
                let difference = c.ins().fsub(value, sum);
                sum = c.ins().fmul(difference, v[0]);
            }
            vec![sum]
        });
        for x in [edges(precision)[9], edges(precision)[18], edges(precision)[14]] {
            let start = if over_call { reference::unary(super::FloatUnary::Neg, precision, x) } else { x };
            let expected = (0..count).rev().fold(start, |sum, i| {
                let factor = reference::from_int(false, precision, int(i));
                let value = reference::alu(FloatAlu::Mul, precision, x, factor);
                let difference = reference::alu(FloatAlu::Sub, precision, value, sum);
                reference::alu(FloatAlu::Mul, precision, difference, x)
            });
            programs.case(function, words(precision, x), words(precision, expected), format!("{count} floats"));
        }
    }
    programs
}
