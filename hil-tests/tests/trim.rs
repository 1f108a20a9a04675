//! Memories of the size that modules provably use: what is saved, and that nothing else changes.

use sandgrain_abi::Target;
use sandgrain_cli::job::Job;
use sandgrain_compiler::{Options, compile};
use sandgrain_hil_tests::bench::{Bench, guest};
use sandgrain_hil_tests::fuzz::{self, Sample};
use sandgrain_run_protocol::{Outcome, Value};

/// Random modules a target.
const SAMPLES: u64 = 256;

fn boards() -> impl Iterator<Item = Bench> {
    ["qemu-mps2-an386", "qemu-riscv32-virt"].into_iter().filter_map(Bench::of)
}

/// At least half of them have to be provable, or else the generator or the proof is not worth much.
fn random_modules_do_the_same(bench: &Bench) {
    let samples: Vec<Sample> = (0..SAMPLES).map(Sample::provable).collect();
    let (provable, differences) = fuzz::compare_trimmed(&samples, bench.board.target, bench);
    println!("{}: {provable} of {SAMPLES} modules are provable", bench.board);
    assert!(differences.is_empty(), "{}: {differences:?}", bench.board);
    assert!(provable * 2 >= samples.len(), "{}: only {provable} of {SAMPLES} modules are provable", bench.board);
}

#[test]
fn random_modules_do_the_same_in_trimmed_memories() {
    boards().for_each(|bench| random_modules_do_the_same(&bench));
}

#[test]
fn random_modules_in_trimmed_memories_on_every_other_part() {
    Bench::every_other_part().iter().for_each(random_modules_do_the_same);
}

/// A table of squares, in the way that compilers for C lay out memory: stack, data, and a constant that says where they end.
const SQUARES: &str = r#"(module
    (memory (export "memory") 1)
    (global $__stack_pointer (mut i32) (i32.const 512))
    (global (export "__heap_base") i32 (i32.const 784))
    (data (i32.const 512) "squares and their sum")
    (func $sum (param i32 i32) (result i32) (local i32)
      (loop $next
        (local.set 2 (i32.add (local.get 2) (i32.load (local.get 0))))
        (local.set 0 (i32.add (local.get 0) (i32.const 4)))
        (br_if $next (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))
      (local.get 2))
    (func (export "squares") (result i32) (local i32 i32 i32)
      (global.set $__stack_pointer (local.tee 0 (i32.sub (global.get $__stack_pointer) (i32.const 256))))
      (loop $next
        (i32.store (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 2))) (i32.mul (local.get 1) (local.get 1)))
        (br_if $next (i32.ne (local.tee 1 (i32.add (local.get 1) (i32.const 1))) (i32.const 64))))
      (local.set 2 (call $sum (local.get 0) (i32.const 64)))
      (i32.store8 offset=783 (i32.const 0) (local.get 2))
      (global.set $__stack_pointer (i32.add (local.get 0) (i32.const 256)))
      (i32.add (local.get 2) (memory.size))))"#;

#[test]
fn boards_give_a_trimmed_module_less_ram() {
    let wasm = wat::parse_str(SQUARES).unwrap();
    for bench in boards() {
        let run = |trim_memory: bool| {
            let options = Options { trim_memory, ..Options::new(bench.board.target) };
            let artifact = compile(&wasm, &options).unwrap().artifact;
            let calls = vec![("squares".to_owned(), vec![])];
            let answer = bench.run(&Job { artifact, calls, ..Job::default() });
            let sum = (0..64).map(|i| i * i).sum::<i32>() + 1;
            assert_eq!(
                answer.calls[0].outcome,
                Outcome::Returned([Value::I32(sum)].into_iter().collect()),
                "{}",
                bench.board
            );
            answer.finished.unwrap().memory_bytes
        };
        let (declared, trimmed) = (run(false), run(true));
        println!("{}: {trimmed} bytes of memory instead of {declared}", bench.board);
        assert_eq!((declared, trimmed), (65_536, 784), "{}", bench.board);
    }
}

/// Modules in Rust as they come from the compiler: what has a bound, and what says where it has none.
#[test]
fn guests_get_what_they_use() {
    let declared = 65_536;
    for (name, expected) in [
        ("fib", Ok(())),
        ("sensor_v1", Ok(())),
        ("sensor_v3", Ok(())),
        ("spin", Ok(())),
        // Its caller says how large the matrices are.
        ("kernels", Err("matmul at offset 0x")),
    ] {
        let Some(wasm) = guest(name) else { continue };
        let options = Options { trim_memory: true, ..Options::new(Target::CortexM4F) };
        match (compile(&wasm, &options), expected) {
            (Ok(compiled), Ok(())) => {
                let (bytes, most) = compiled.report.memory_bytes[0];
                println!("{name}: {bytes} bytes of memory instead of {declared}");
                assert!(bytes == most && bytes <= 4_352, "{name}: {bytes}");
            }
            (Err(error), Err(place)) => assert!(error.to_string().contains(place), "{name}: {error}"),
            (compiled, _) => panic!("{name}: {:?}", compiled.map(|compiled| compiled.report.memory_bytes)),
        }
    }
}
