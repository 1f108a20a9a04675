//! Floats in registers on each emulated part that has an FPU, against Rust's own arithmetic.

use super::Thumb2;
use super::board::{Outcome, Program};
use crate::isa::float_programs;
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
