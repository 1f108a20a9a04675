//! The short form of `./dev soak`: 200 seconds of the boards' time, more than the longest timer goes without a wrap.

use sandgrain_hil_tests::soak::{self, Engine};

/// Most bytes of the firmware's stack that making or calling an instance may take.
const HOST_STACK_BUDGET: u32 = 2_560;

#[test]
fn instances_live_and_die_as_the_first_one_did() {
    for (engine, bench) in soak::benches() {
        let soak = soak::soak(&bench, engine, 2_000).unwrap_or_else(|why| panic!("{} {engine:?}: {why}", bench.board));
        println!("{} {engine:?}:\n{}", bench.board, soak.describe(bench.board.target));
        let ram = soak.ram();
        assert_eq!(ram.heap > 0, engine == Engine::Interpreter, "{ram:?}");
        assert!(
            engine == Engine::Interpreter || ram.stack_making.max(ram.stack_calling) <= HOST_STACK_BUDGET,
            "{ram:?}"
        );
    }
}
