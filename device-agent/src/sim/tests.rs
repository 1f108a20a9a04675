use super::world::{Outcome, run_seed};
use crate::slots::Fault;
use std::println;

fn judge(seed: u64, geometry: &str, outcome: &Outcome) {
    if let Some(failure) = &outcome.failure {
        for line in &outcome.story {
            println!("{line}");
        }
        panic!("seed {seed} on {geometry}: {failure}");
    }
}

#[test]
fn agent_store_and_edge_converge_whatever_happens() {
    let (mut installed, mut resets, mut messages) = (0, 0, 0);
    let seeds = 400;
    for seed in 0..seeds {
        let (geometry, outcome) = match seed % 4 {
            0 => ("1 B words, 4 KiB sectors", run_seed::<1, 4096>(seed)),
            1 => ("8 B words, 2 KiB sectors", run_seed::<8, 2048>(seed)),
            2 => ("32 B words, 128 KiB sectors", run_seed::<32, 131_072>(seed)),
            _ => ("4 B words, 256 KiB sectors", run_seed::<4, 262_144>(seed)),
        };
        judge(seed, geometry, &outcome);
        installed += u32::from(outcome.installed);
        resets += outcome.resets;
        messages += outcome.messages;
    }
    // The world was rough, and the device got somewhere in it all the same.
    assert!(resets > 5 * seeds as u32 / 2 && messages > 50 * seeds as u32, "{resets} resets, {messages} messages");
    assert!(installed > seeds as u32 / 3, "{installed} of {seeds}");
}

/// Runs until one fails because of the fault, if one of so many does.
fn first_failure(fault: Fault, seeds: u64) -> Option<u64> {
    Fault::plant(Some(fault));
    let found = (0..seeds).find(|seed| run_seed::<8, 2048>(*seed).failure.is_some());
    Fault::plant(None);
    found
}

#[test]
fn every_fault_of_the_store_is_noticed() {
    let found = Fault::ALL.map(|fault| (fault, first_failure(fault, 3000)));
    assert!(found.iter().all(|(_, seed)| seed.is_some()), "{found:?}");
}

#[test]
fn a_seed_is_a_run() {
    let stories = [0, 0, 1].map(|seed| run_seed::<8, 2048>(seed).story);
    assert!(stories[0] == stories[1] && stories[0] != stories[2]);
}
