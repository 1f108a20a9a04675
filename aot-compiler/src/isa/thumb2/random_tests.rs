//! Random functions through the whole back end on each emulated part, against Rust's own arithmetic.
//! `SANDGRAIN_RANDOM_PROGRAMS` asks for more functions than the quick run's, `SANDGRAIN_RANDOM_SEED` for others.

use super::Thumb2;
use super::board::{Outcome, Program};
use crate::isa::random_programs::{self, MEMORY_SIZE, Random};
use sandgrain_abi::Target;

/// Functions of `size` nodes, each with some argument lists.
fn run(target: Target, count: usize, size: usize, divisions: bool) {
    let asked = |name: &str| std::env::var(name).ok().map(|v| v.parse::<usize>().expect("a number"));
    let count = asked("SANDGRAIN_RANDOM_PROGRAMS").unwrap_or(count);
    let seed = asked("SANDGRAIN_RANDOM_SEED").unwrap_or(1);
    let mut random = Random::new(seed as u64);
    let mut random_program = random_programs::Program::new::<Thumb2>(target);
    let mut memories = [[0; MEMORY_SIZE]; 2];
    let mut program = Program::new(target);
    for index in 0..count {
        let params = random_program.generate(&mut random, size, divisions).params.clone();
        let func = random_program.clif(index);
        let f = if index % 4 == 0 { program.add(&func) } else { program.add_optimized(func) };
        for _ in 0..10 {
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
    program.run(&format!("random-{}-{size}", target.name()));
}

fn run_sizes(target: Target) {
    run(target, 150, 14, true);
    run(target, 30, 80, false);
}

#[test]
fn random_functions_on_cortex_m3() {
    run_sizes(Target::CortexM3);
}

#[test]
fn random_functions_on_cortex_m4f() {
    run_sizes(Target::CortexM4F);
}

#[test]
fn random_functions_on_cortex_m33() {
    run_sizes(Target::CortexM33);
}

#[test]
fn random_functions_on_cortex_m7() {
    run_sizes(Target::CortexM7);
}

/// Far enough across that branches need their longer forms.
#[test]
fn large_random_functions() {
    run(Target::CortexM4F, 3, 4000, false);
}
