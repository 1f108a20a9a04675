//! Modules at the far ends of what instructions reach, for the tests that run a back end's code: compiled whole, linked,
//! and cut into pieces that the tests can place like functions.

use crate::backend::Backend;
use crate::emit::FunctionCode;
use crate::instance::InstanceLayout;
use crate::parse::{self, Language};
use crate::translate::Translator;
use crate::{link, midend};
use regalloc2::Ctx;
use sandgrain_abi::{HelperGroups, Target, TrapKind};

/// A module, and what its functions have to give.
pub struct Large {
    pub name: &'static str,
    pub wat: String,
    pub cases: Vec<Case>,
}

/// A function by index, the argument words to call it with, and the result words that it has to give.
pub struct Case {
    pub function: usize,
    pub args: Vec<u32>,
    pub expected: Result<Vec<u32>, TrapKind>,
}

/// Those that show something on every ISA.
pub fn programs() -> Vec<Large> {
    vec![long_body(), many_targets(), many_locals(), many_functions()]
}

/// The text of a module without imports, cut at its functions: piece 0 is what lies before them, piece `i + 1` begins
/// with function `i`. One behind the other, they are the text.
pub fn compile(backend: &impl Backend, target: Target, wat: &str) -> Vec<FunctionCode> {
    let wasm = wat::parse_str(wat).unwrap();
    let module = parse::parse(&wasm, Language::default()).unwrap();
    let layout = InstanceLayout::new(&module, target).unwrap();
    let mut translator = Translator::new(&module, &layout, false);
    let bodies = module.bodies().map(|(index, _)| {
        let context = midend::optimize(
            translator.function(index).unwrap(),
            &midend::Options::default(),
            &midend::Memories::default(),
        )
        .unwrap();
        (index, backend.function(context, &layout, &mut Ctx::default(), 0).unwrap())
    });
    let bodies: Vec<_> = bodies.collect();
    let text = link::link(backend, &module, &layout, &bodies, target).unwrap();
    let starts = bodies.iter().map(|(index, _)| text.functions[*index].offset as usize);
    let cuts: Vec<usize> = [0].into_iter().chain(starts).chain([text.bytes.len()]).collect();
    let piece = |bytes: &[u8]| FunctionCode {
        bytes: bytes.to_vec(),
        relocs: vec![],
        sites: vec![],
        frame_bytes: 0,
        incoming_bytes: 0,
        is_leaf: false,
        wasm_offset: 0,
        helpers: HelperGroups::CORE,
        moves: 0,
    };
    cuts.windows(2).map(|cut| piece(&text.bytes[cut[0]..cut[1]])).collect()
}

fn large(name: &'static str, wat: String, cases: Vec<(usize, Vec<u32>, Vec<u32>)>) -> Large {
    let cases = cases.into_iter().map(|(function, args, expected)| Case { function, args, expected: Ok(expected) });
    Large { name, wat, cases: cases.collect() }
}

fn long(value: u64) -> Vec<u32> {
    vec![value as u32, (value >> 32) as u32]
}

/// A loop around more than fifty thousand bytes of operators, with a way out before the first of them.
fn long_body() -> Large {
    const STEPS: u32 = 2_600;
    let step = |i: u32| {
        format!(
            "(local.set $a (i32.add (i32.rotl (local.get $a) (i32.const {})) (i32.const {i})))
             (if (i32.ge_u (local.get $a) (local.get $b)) (then (local.set $b (i32.mul (local.get $a) (i32.const 5)))))",
            i % 31 + 1
        )
    };
    let steps: String = (0..STEPS).map(step).collect();
    let wat = format!(
        "(module (func (param $n i32) (param $a i32) (result i32) (local $b i32)
           (block $out
             (loop $again
               (br_if $out (i32.eqz (local.get $n)))
               (local.set $n (i32.sub (local.get $n) (i32.const 1)))
               {steps}
               (br $again)))
           (i32.xor (local.get $a) (local.get $b))))"
    );
    assert!(wat::parse_str(&wat).unwrap().len() > 50_000);
    let reference = |n: u32, mut a: u32| {
        let mut b = 0;
        for i in (0..n).flat_map(|_| 0..STEPS) {
            a = a.rotate_left(i % 31 + 1).wrapping_add(i);
            if a >= b {
                b = a.wrapping_mul(5);
            }
        }
        a ^ b
    };
    let cases = [(0, 5), (1, 0x1234_5678), (7, u32::MAX)].map(|(n, a)| (0, vec![n, a], vec![reference(n, a)]));
    large("long-body", wat, cases.into())
}

/// Tables of more targets than any short form holds: function 0 has five thousand, function 1 three.
fn many_targets() -> Large {
    let function = |targets: u32| {
        let arm = |i: u32| {
            let product = format!("(i32.mul (local.get $x) (i32.const {}))", i * 2 + 3);
            format!("end (return (i32.xor {product} (i32.const {i})))\n")
        };
        let labels: String = (0..=targets).map(|i| format!("{i} ")).collect();
        let arms: String = (0..targets).map(arm).collect();
        let blocks = "block ".repeat(targets as usize + 1);
        format!(
            "(func (param $i i32) (param $x i32) (result i32)
               {blocks} local.get $i br_table {labels} {arms} end local.get $x)"
        )
    };
    let wat = format!("(module {} {})", function(5_000), function(3_000));
    let mut cases = Vec::new();
    for (function, targets) in [(0, 5_000), (1, 3_000)] {
        for i in [0, 1, 127, 128, targets / 2, 4_095, 4_096, targets - 1, targets, u32::MAX] {
            for x in [1_u32, 0x8765_4321] {
                let result = if i < targets { x.wrapping_mul(i * 2 + 3) ^ i } else { x };
                cases.push((function, vec![i, x], vec![result]));
            }
        }
    }
    large("many-targets", wat, cases)
}

/// A thousand locals of 64 bits, all live in a loop: eight thousand bytes of frame.
fn many_locals() -> Large {
    const LOCALS: usize = 1_000;
    let other = |i: usize| (i * 7 + 3) % LOCALS;
    let init = |i: usize| {
        let product = format!("(i64.mul (local.get $x) (i64.const {}))", i + 1);
        format!("(local.set $l{i} (i64.rotl {product} (i64.const {})))\n", i % 64)
    };
    let step = |i: usize| {
        let turned = format!("(i64.rotl (local.get $l{}) (i64.const 5))", other(i));
        format!("(local.set $l{i} (i64.add (local.get $l{i}) {turned}))\n")
    };
    let fold = |i| format!("(local.set $x (i64.xor (i64.rotl (local.get $x) (i64.const 7)) (local.get $l{i})))\n");
    let each = |part: &dyn Fn(usize) -> String| (0..LOCALS).map(part).collect::<String>();
    let wat = format!(
        "(module (func (param $n i32) (param $x i64) (result i64) {}
           {}
           (loop $again
             {}
             (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
           {}
           (local.get $x)))",
        each(&|i| format!("(local $l{i} i64) ")),
        each(&init),
        each(&step),
        each(&fold)
    );
    let reference = |n: u32, x: u64| {
        let mut locals: Vec<u64> =
            (0..LOCALS as u64).map(|i| x.wrapping_mul(i + 1).rotate_left(i as u32 % 64)).collect();
        for i in (0..n).flat_map(|_| 0..LOCALS) {
            locals[i] = locals[i].wrapping_add(locals[other(i)].rotate_left(5));
        }
        locals.iter().fold(x, |x, local| x.rotate_left(7) ^ local)
    };
    let cases = [(1, 1), (2, 0x0123_4567_89ab_cdef), (50, u64::MAX)];
    let cases = cases.map(|(n, x)| (0, [vec![n], long(x)].concat(), long(reference(n, x))));
    large("many-locals", wat, cases.into())
}

/// Two thousand floats in a loop, beyond the reach of every access to the stack; for parts with registers for f32.
pub fn many_float_locals() -> Large {
    const LOCALS: usize = 2_000;
    let other = |i: usize| (i * 7 + 3) % LOCALS;
    let init = |i: usize| format!("(local.set $l{i} (f32.mul (local.get $x) (f32.const {})))\n", i + 1);
    let step = |i: usize| {
        let half = format!("(f32.mul (local.get $l{i}) (f32.const 0.5))");
        format!("(local.set $l{i} (f32.add {half} (f32.mul (local.get $l{}) (f32.const 0.25))))\n", other(i))
    };
    let fold = |i| format!("(local.set $x (f32.add (f32.mul (local.get $x) (f32.const 0.75)) (local.get $l{i})))\n");
    let each = |part: &dyn Fn(usize) -> String| (0..LOCALS).map(part).collect::<String>();
    let wat = format!(
        "(module (func (param $n i32) (param $x f32) (result f32) {}
           {}
           (loop $again
             {}
             (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
           {}
           (local.get $x)))",
        each(&|i| format!("(local $l{i} f32) ")),
        each(&init),
        each(&step),
        each(&fold)
    );
    let reference = |n: u32, x: f32| {
        let mut locals: Vec<f32> = (1..=LOCALS).map(|i| x * i as f32).collect();
        for i in (0..n).flat_map(|_| 0..LOCALS) {
            locals[i] = locals[i] * 0.5 + locals[other(i)] * 0.25;
        }
        locals.iter().fold(x, |x, local| x * 0.75 + local)
    };
    let cases = [(1, 1.0_f32), (2, -3.125), (20, 1e-3)];
    let cases = cases.map(|(n, x)| (0, vec![n, x.to_bits()], vec![reference(n, x).to_bits()]));
    large("many-float-locals", wat, cases.into())
}

/// Ten thousand functions, each of which calls the next one.
fn many_functions() -> Large {
    const FUNCTIONS: u32 = 10_000;
    let function = |i: u32| {
        let next = (i + 1) % FUNCTIONS;
        format!(
            "(func (param $n i32) (param $x i32) (result i32)
               (if (i32.eqz (local.get $n)) (then (return (i32.xor (local.get $x) (i32.const {i})))))
               (call {next} (i32.sub (local.get $n) (i32.const 1))
                            (i32.add (i32.mul (local.get $x) (i32.const 31)) (i32.const {i}))))\n"
        )
    };
    let wat = format!("(module {})", (0..FUNCTIONS).map(function).collect::<String>());
    let reference = |mut i: u32, n: u32, mut x: u32| {
        for _ in 0..n {
            x = x.wrapping_mul(31).wrapping_add(i);
            i = (i + 1) % FUNCTIONS;
        }
        x ^ i
    };
    let cases = [(0, 0, 5), (0, 30, 7), (5_000, 20, 9), (9_990, 25, 0x1234_5678)];
    let cases = cases.map(|(i, n, x)| (i as usize, vec![n, x], vec![reference(i, n, x)]));
    large("many-functions", wat, cases.into())
}

/// More than 1.2 MiB of text, with calls and traps from each end of it to the other; for ISAs whose calls reach 1 MiB.
pub fn long_text() -> Large {
    const FUNCTIONS: u32 = 800;
    const STEPS: u32 = 170;
    const FAR: u32 = 750;
    let constant = |i: u32, step: u32| (i * STEPS + step + 1).wrapping_mul(0x9e37_79b9);
    let function = |i: u32| {
        let step = |step| {
            let turned = "(i32.rotl (local.get $x) (i32.const 3))";
            format!("(local.set $x (i32.xor {turned} (i32.const {})))\n", constant(i, step) as i32)
        };
        let steps: String = (0..STEPS).map(step).collect();
        let call =
            |to: u32| format!("(call {} (i32.shr_u (local.get $n) (i32.const 1)) (local.get $x))", to % FUNCTIONS);
        format!(
            "(func (param $n i32) (param $x i32) (result i32)
               (if (i32.eqz (local.get $n)) (then (return (i32.div_u (i32.const -1) (local.get $x)))))
               {steps}
               (if (result i32) (i32.and (local.get $n) (i32.const 1)) (then {}) (else {})))\n",
            call(i + FAR),
            call(i + 1)
        )
    };
    let wat = format!("(module {})", (0..FUNCTIONS).map(function).collect::<String>());
    let reference = |mut i: u32, mut n: u32, mut x: u32| {
        while n > 0 {
            x = (0..STEPS).fold(x, |x, step| x.rotate_left(3) ^ constant(i, step));
            i = (i + if n & 1 == 1 { FAR } else { 1 }) % FUNCTIONS;
            n >>= 1;
        }
        u32::MAX.checked_div(x).map(|quotient| vec![quotient]).ok_or(TrapKind::IntegerDivisionByZero)
    };
    let cases = [0, 1, 49, 50, 400, 798, 799]
        .into_iter()
        .flat_map(|i| [(0, 0), (0, 77), (1, 5), (0b1011_0110, 9), (u32::MAX, 0xdead_beef)].map(|(n, x)| (i, n, x)));
    let cases = cases.map(|(i, n, x)| Case { function: i as usize, args: vec![n, x], expected: reference(i, n, x) });
    Large { name: "long-text", wat, cases: cases.collect() }
}
