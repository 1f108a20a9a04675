//! Functions that call at their end, for the tests that run a back end's code: long enough that a stack which grows by
//! a word a call would run out, with stack arguments that change their number and swap their places.

use super::random_programs::{function_address, function_reference};
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{AbiParam, Function, InstBuilder, Signature, Type, UserFuncName, Value, types};
use cranelift_codegen::isa::CallConv;

const I32: Type = types::I32;
const I64: Type = types::I64;

/// Rounds of the long cases; the boards' stacks have 128 KiB or less.
const MANY: u32 = 100_000;

/// A function by index, the argument words to call it with, and the result words that it has to give.
pub struct Case {
    pub function: usize,
    pub args: Vec<u32>,
    pub expected: Vec<u32>,
}

/// The functions, each of which refers to the others by index, and cases.
pub fn programs() -> (Vec<Function>, Vec<Case>) {
    let functions = vec![few(), many(), rotate(), spread(), gather(), call_then_rotate()];
    let mut cases = Vec::new();
    for (n, a) in [(0, 7), (1, 7), (2, u64::MAX), (MANY, 0x0123_4567_89ab_cdef)] {
        let expected = long(few_reference(n, a));
        cases.push(Case { function: FEW, args: [vec![n], long(a)].concat(), expected });
        let mut args: Vec<u32> = (0..16).map(|i| i * 0x0101_0101).collect();
        args[0] = n;
        let expected = long(rotate_reference(&args));
        cases.push(Case { function: ROTATE, args: args.clone(), expected });
        let expected = long(call_then_rotate_reference(&args));
        cases.push(Case { function: CALL_THEN_ROTATE, args, expected });
        let expected = vec![spread_reference(n, a as u32)];
        cases.push(Case { function: SPREAD, args: vec![n, a as u32], expected });
    }
    (functions, cases)
}

const FEW: usize = 0;
const MANY_ARGUMENTS: usize = 1;
const ROTATE: usize = 2;
const SPREAD: usize = 3;
const GATHER: usize = 4;
const CALL_THEN_ROTATE: usize = 5;

/// Parameters and results of each function.
fn types_of(index: usize) -> (Vec<Type>, Vec<Type>) {
    match index {
        FEW => (vec![I32, I64], vec![I64]),
        MANY_ARGUMENTS => ([vec![I32, I64], vec![I32; 13]].concat(), vec![I64]),
        ROTATE | CALL_THEN_ROTATE => (vec![I32; 16], vec![I64]),
        SPREAD => (vec![I32; 2], vec![I32]),
        GATHER => (vec![I32; 100], vec![I32]),
        _ => unreachable!(),
    }
}

fn long(value: u64) -> Vec<u32> {
    vec![value as u32, (value >> 32) as u32]
}

fn signature(index: usize) -> Signature {
    let (params, results) = types_of(index);
    let mut signature = Signature::new(CallConv::Tail);
    signature.params = [I32].into_iter().chain(params).map(AbiParam::new).collect();
    signature.returns = results.into_iter().map(AbiParam::new).collect();
    signature
}

/// Function `index`: `end` gives its results when its first argument is zero, and `more` ends it otherwise.
fn function(
    index: usize,
    end: impl FnOnce(&mut FuncCursor, &[Value]) -> Value,
    more: impl FnOnce(&mut FuncCursor, Value, &[Value]),
) -> Function {
    let mut func = Function::with_name_signature(UserFuncName::user(0, index as u32), signature(index));
    let [entry, last, on] = [0; 3].map(|_| func.dfg.make_block());
    func.layout.append_block(entry);
    let params: Vec<Value> = func
        .signature
        .params
        .clone()
        .iter()
        .map(|param| func.dfg.append_block_param(entry, param.value_type))
        .collect();
    let (instance, args) = (params[0], &params[1..]);
    let mut cursor = FuncCursor::new(&mut func);
    cursor.goto_bottom(entry);
    cursor.ins().brif(args[0], on, &[], last, &[]);
    cursor.insert_block(last);
    let result = end(&mut cursor, args);
    cursor.ins().return_(&[result]);
    cursor.insert_block(on);
    more(&mut cursor, instance, args);
    func
}

fn tail_call(cursor: &mut FuncCursor, callee: usize, args: &[Value]) {
    let signature = cursor.func.import_signature(signature(callee));
    let callee = function_reference(cursor.func, signature, callee);
    cursor.ins().return_call(callee, args);
}

/// `n` more rounds through [`many`]: from three argument words to sixteen.
fn few() -> Function {
    let more = |cursor: &mut FuncCursor, instance, args: &[Value]| {
        let mut all = vec![instance, cursor.ins().iadd_imm_s(args[0], -1), args[1]];
        for i in 0..13 {
            all.push(cursor.ins().imul_imm_s(args[0], i + 1));
        }
        tail_call(cursor, MANY_ARGUMENTS, &all);
    };
    function(FEW, |_, args| args[1], more)
}

/// Back to [`few`], through its address: from sixteen argument words to three.
fn many() -> Function {
    fn mix(cursor: &mut FuncCursor, args: &[Value]) -> Value {
        let mut a = args[1];
        for x in &args[2..] {
            let turned = cursor.ins().rotl_imm_u(a, 1);
            let wide = cursor.ins().uextend(I64, *x);
            a = cursor.ins().bxor(turned, wide);
        }
        a
    }
    let more = |cursor: &mut FuncCursor, instance, args: &[Value]| {
        let all = [instance, cursor.ins().iadd_imm_s(args[0], -1), mix(cursor, args)];
        let signature = cursor.func.import_signature(signature(FEW));
        let code = function_address(cursor, FEW);
        cursor.ins().return_call_indirect(signature, code, &all);
    };
    function(MANY_ARGUMENTS, mix, more)
}

fn few_reference(mut n: u32, mut a: u64) -> u64 {
    while n > 0 {
        a = (1..=13).fold(a, |a, i| a.rotate_left(1) ^ u64::from(n.wrapping_mul(i)));
        n = (n - 1).saturating_sub(1);
    }
    a
}

fn hash(cursor: &mut FuncCursor, words: &[Value]) -> Value {
    let mut hash = cursor.ins().iconst(I64, 0);
    for word in words {
        let turned = cursor.ins().rotl_imm_u(hash, 7);
        let wide = cursor.ins().uextend(I64, *word);
        hash = cursor.ins().iadd(turned, wide);
    }
    hash
}

fn hash_reference(words: &[u32]) -> u64 {
    words.iter().fold(0, |hash: u64, word| hash.rotate_left(7).wrapping_add(u64::from(*word)))
}

/// Itself with each argument in its neighbour's place.
fn rotate() -> Function {
    let more = |cursor: &mut FuncCursor, instance, args: &[Value]| {
        let mut all = vec![instance, cursor.ins().iadd_imm_s(args[0], -1), cursor.ins().iadd(args[2], args[0])];
        all.extend(&args[3..]);
        all.push(args[1]);
        tail_call(cursor, ROTATE, &all);
    };
    function(ROTATE, |cursor, args| hash(cursor, &args[1..]), more)
}

fn rotate_reference(args: &[u32]) -> u64 {
    let mut words = args[1..].to_vec();
    for n in (1..=args[0]).rev() {
        words.rotate_left(1);
        words[0] = words[0].wrapping_add(n);
    }
    hash_reference(&words)
}

/// To [`gather`]: no stack arguments come in, close to four hundred bytes go out.
fn spread() -> Function {
    let more = |cursor: &mut FuncCursor, instance, args: &[Value]| {
        let mut all = vec![instance, cursor.ins().iadd_imm_s(args[0], -1)];
        for i in 1..100 {
            all.push(cursor.ins().iadd_imm_s(args[1], i * i));
        }
        tail_call(cursor, GATHER, &all);
    };
    function(SPREAD, |_, args| args[1], more)
}

fn gather() -> Function {
    fn fold(cursor: &mut FuncCursor, args: &[Value]) -> Value {
        let mut sum = args[1];
        for x in &args[2..] {
            let turned = cursor.ins().rotl_imm_u(sum, 5);
            sum = cursor.ins().bxor(turned, *x);
        }
        sum
    }
    let more = |cursor: &mut FuncCursor, instance, args: &[Value]| {
        let all = [instance, cursor.ins().iadd_imm_s(args[0], -1), fold(cursor, args)];
        tail_call(cursor, SPREAD, &all);
    };
    function(GATHER, fold, more)
}

fn spread_reference(mut n: u32, mut a: u32) -> u32 {
    while n > 0 {
        let words: Vec<u32> = (1..100).map(|i: u32| a.wrapping_add(i * i)).collect();
        a = words[1..].iter().fold(words[0], |sum, x| sum.rotate_left(5) ^ x);
        n = (n - 1).saturating_sub(1);
    }
    a
}

/// A call with all arguments live over it, then a tail call of the same function with others.
fn call_then_rotate() -> Function {
    let more = |cursor: &mut FuncCursor, instance, args: &[Value]| {
        let mut all = vec![instance];
        all.extend(args);
        let signature = cursor.func.import_signature(signature(ROTATE));
        let callee = function_reference(cursor.func, signature, ROTATE);
        let call = cursor.ins().call(callee, &all);
        let result = cursor.func.dfg.inst_results(call)[0];
        let low = cursor.ins().ireduce(I32, result);
        for arg in &mut all[2..] {
            *arg = cursor.ins().bxor(*arg, low);
        }
        cursor.ins().return_call(callee, &all);
    };
    function(CALL_THEN_ROTATE, |cursor, args| hash(cursor, &args[1..]), more)
}

fn call_then_rotate_reference(args: &[u32]) -> u64 {
    if args[0] == 0 {
        return hash_reference(&args[1..]);
    }
    let low = rotate_reference(args) as u32;
    let turned: Vec<u32> = args.iter().enumerate().map(|(i, arg)| if i == 0 { *arg } else { arg ^ low }).collect();
    rotate_reference(&turned)
}
