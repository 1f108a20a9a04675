//! Plants each of the compiler's deliberate faults and asks which suite notices. `./dev mutants` builds what it needs and
//! calls it.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use sandgrain_abi::Target;
use sandgrain_compiler::proof::{MUTANTS, Mutant};
use sandgrain_hil_tests::bench::{Bench, Patience};
use sandgrain_hil_tests::proof::{Evidence, Suite, Suites};

/// The suites that are asked, in the order of the table's columns.
const SUITES: [Suite; 6] = [Suite::Cases, Suite::Plain, Suite::Fuzz, Suite::Spec, Suite::Stack, Suite::Trim];
/// Stack of a thread that compiles: deeply nested modules take it.
const STACK: usize = 64 << 20;
/// Guests that a fault has sent into an endless loop are given up after this; starts take a second or two.
const PATIENCE: Patience = Patience { limit: Duration::from_secs(12), retries: false };
/// Characters of the first evidence that the table shows.
const EVIDENCE: usize = 100;

/// Plant each deliberate fault of the compiler and ask which suite notices
#[derive(Parser)]
#[command(name = "mutants")]
struct Cli {
    /// Only faults whose names contain this
    #[arg(long)]
    only: Option<String>,
    /// Number of random modules
    #[arg(long, default_value_t = 256)]
    runs: u64,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match sandgrain_proc::kill_children_on_signals().map_err(|e| e.to_string()).and_then(|()| run(&cli)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Targets whose code a fault is in, those first that take most of the compiler.
fn targets(mutant: &Mutant) -> &'static [Target] {
    use Target::{CortexM3, CortexM4F, CortexM7, Rv32Imac, Rv32Imafc};
    match mutant.module {
        module if module.contains("isa::thumb2") => &[CortexM4F, CortexM7, CortexM3],
        module if module.contains("isa::rv32") => &[Rv32Imafc, Rv32Imac],
        _ => &[CortexM4F, Rv32Imac],
    }
}

/// What each suite notices on a board.
fn ask(suites: &Suites, bench: &Bench) -> [Option<Evidence>; SUITES.len()] {
    std::thread::scope(|scope| {
        let asked = SUITES.map(|suite| {
            let worker = std::thread::Builder::new().stack_size(STACK);
            worker.spawn_scoped(scope, move || suites.run(suite, bench).err()).expect("there are threads")
        });
        asked.map(|worker| worker.join().expect("a suite catches panics"))
    })
}

/// Whether every fault was noticed.
fn run(cli: &Cli) -> Result<bool, String> {
    let suites = Suites::new(cli.runs, None)?;
    let mut mutants: Vec<&Mutant> = MUTANTS.iter().copied().collect();
    mutants.retain(|mutant| cli.only.as_ref().is_none_or(|part| mutant.name.contains(part.as_str())));
    mutants.sort_by_key(|mutant| mutant.name);
    if let Some(pair) = mutants.windows(2).find(|pair| pair[0].name == pair[1].name) {
        return Err(format!("two faults are called `{}`", pair[0].name));
    }
    let mut benches: Vec<Bench> = Vec::new();
    for target in mutants.iter().flat_map(|mutant| targets(mutant)) {
        if benches.iter().all(|bench| bench.board.target != *target) {
            let bench = Bench { patience: PATIENCE, ..Bench::for_target(*target)?.watching_alignment()? };
            if let Some(evidence) = ask(&suites, &bench).into_iter().flatten().next() {
                return Err(format!("without any fault, on {}: {}", target.name(), evidence.what));
            }
            benches.push(bench);
        }
    }
    // What a planted fault makes the compiler panic about is in the table.
    std::panic::set_hook(Box::new(|_| ()));

    let started = Instant::now();
    println!("{:<58} {:<11}{} first evidence", "fault", "target", SUITES.map(|s| format!("{:>7}", s.name())).concat());
    let mut survivors = Vec::new();
    let mut caught = [0; SUITES.len()];
    for mutant in &mutants {
        mutant.plant(true);
        let found = targets(mutant).iter().find_map(|target| {
            let bench = benches.iter().find(|bench| bench.board.target == *target)?;
            let noticed = ask(&suites, bench);
            show(mutant, *target, &noticed);
            noticed.iter().flatten().any(|evidence| evidence.in_code).then_some(noticed)
        });
        mutant.plant(false);
        match found {
            Some(noticed) => {
                for (count, evidence) in caught.iter_mut().zip(&noticed) {
                    *count += usize::from(evidence.as_ref().is_some_and(|evidence| evidence.in_code));
                }
            }
            None => survivors.push(mutant.name),
        }
    }
    let counts = SUITES.iter().zip(caught).map(|(suite, count)| format!("{} {count}", suite.name()));
    let counts = counts.collect::<Vec<_>>().join(", ");
    println!("\n{} faults in {} s; caught by {counts}", mutants.len(), started.elapsed().as_secs());
    for name in &survivors {
        println!("survived: {name}");
    }
    Ok(survivors.is_empty())
}

/// One row: `x` where compiled code did something wrong, `-` where the compiler itself failed.
fn show(mutant: &Mutant, target: Target, noticed: &[Option<Evidence>; SUITES.len()]) {
    let mark = |evidence: &Option<Evidence>| match evidence {
        Some(Evidence { in_code: true, .. }) => "x",
        Some(_) => "-",
        None => "",
    };
    let marks: String = noticed.iter().map(|evidence| format!("{:>7}", mark(evidence))).collect();
    let first = noticed.iter().flatten().next().map_or("", |evidence| evidence.what.as_str());
    let first: String = first.chars().take(EVIDENCE).collect();
    println!("{:<58} {:<11}{marks} {first}", mutant.name, target.name());
}
