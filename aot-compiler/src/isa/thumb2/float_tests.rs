//! Floats in registers on each emulated part that has an FPU, against Rust's own arithmetic.

use super::Thumb2;
use super::board::{self, Outcome, Program};
use crate::isa::float_programs;
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::immediates::Ieee32;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, types};
use sandgrain_abi::Target;

fn run(target: Target) {
    for (group, (name, programs)) in float_programs::programs::<Thumb2>(target).into_iter().enumerate() {
        for optimized in [false, true] {
            let mut program = Program::new(target);
            for func in &programs.functions {
                if optimized {
                    program.add_optimized(func.clone())
                } else {
                    program.add(func)
                };
            }
            for case in &programs.cases {
                let outcome = case.expected.clone().map_or_else(Outcome::Trap, Outcome::Words);
                program.case(case.function, &case.args, outcome, &case.name);
            }
            program.run(&format!("{}-{name}-{group}-{optimized}", target.name()));
        }
    }
}

#[test]
fn floats_on_cortex_m4f() {
    run(Target::CortexM4F);
}

#[test]
fn floats_on_cortex_m33() {
    run(Target::CortexM33);
}

#[test]
fn floats_on_cortex_m7() {
    run(Target::CortexM7);
}

/// What is only moved takes no float register, and a comparison with zero no zero.
#[test]
fn combined_float_instructions() {
    let returns = 2;
    let bytes = |func| board::compile(&func, Target::CortexM7).bytes.len() - returns;
    for (ty, words) in [(types::F32, 1), (types::F64, 2)] {
        let copy = board::function(&[types::I32], &[], |c, v| {
            let flags = MemFlagsData::new();
            let value = c.ins().load(ty, flags, v[0], 4);
            c.ins().store(flags, value, v[0], 32);
            vec![]
        });
        // A load, a move and a store a word, 16 bits each; one more move gets the address out of the way.
        assert!(bytes(copy) <= words * 6 + 2, "{ty}");
    }
    let compare = board::function(&[types::F32], &[types::I32], |c, v| {
        let zero = c.ins().f32const(Ieee32::with_bits(0x8000_0000));
        let test = c.ins().fcmp(FloatCC::LessThan, v[0], zero);
        vec![c.ins().uextend(types::I32, test)]
    });
    // vmov, vcmp, vmrs; ite and two moves.
    assert_eq!(bytes(compare), 3 * 4 + 3 * 2);
}
