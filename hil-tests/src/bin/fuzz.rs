//! Compares random modules on a target with wasmi. `./dev fuzz` builds what it needs and calls it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use clap::Parser;
use sandgrain_abi::Target;
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::fuzz::{self, Difference, Histogram, Sample};

/// Modules of one start of the emulator.
const BATCH: u64 = 64;

/// Modules from which on every supported operator has to have been executed.
const COMPLETE: u64 = 1_000;
/// Differences that are made small: each takes minutes.
const MINIMISED: usize = 3;

/// Compare random modules on an emulated target with wasmi
#[derive(Parser)]
#[command(name = "fuzz")]
struct Cli {
    /// The target
    #[arg(long, value_parser = sandgrain_cli::commands::target)]
    target: Target,
    /// Number of modules
    #[arg(long, default_value_t = 1_000)]
    runs: u64,
    /// The first module's seed; the others follow
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Modules at work at the same time
    #[arg(long, default_value_t = std::thread::available_parallelism().map_or(1, |n| n.get()))]
    jobs: usize,
    /// Make code that uses up fuel, give each module so much, and compare what is left after every step
    #[arg(long, value_name = "N")]
    fuel: Option<u32>,
    /// Where modules that differ are written, made as small as possible
    #[arg(long, default_value = "target/fuzz")]
    out: PathBuf,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = sandgrain_proc::kill_children_on_signals() {
        eprintln!("error: {error}");
        return ExitCode::FAILURE;
    }
    match Bench::for_target(cli.target).and_then(Bench::watching_alignment) {
        Ok(bench) => run(&cli, &bench),
        Err(why) => {
            eprintln!("{}: {why}", cli.target.name());
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli, bench: &Bench) -> ExitCode {
    let started = Instant::now();
    let next = AtomicU64::new(0);
    let found = Mutex::new((Vec::<Difference>::new(), Histogram::default()));
    std::thread::scope(|scope| {
        for _ in 0..cli.jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let first = next.fetch_add(BATCH, Ordering::Relaxed);
                    if first >= cli.runs {
                        return;
                    }
                    let count = BATCH.min(cli.runs - first);
                    let samples: Vec<Sample> = (first..first + count).map(|i| Sample::new(cli.seed + i)).collect();
                    let mut histogram = Histogram::default();
                    samples.iter().for_each(|sample| histogram.add(sample));
                    let differences = fuzz::compare_with(&samples, cli.target, bench, cli.fuel);
                    for difference in &differences {
                        eprintln!("seed {}: {}", difference.seed, difference.what);
                    }
                    let mut found = found.lock().expect("no panic while it is held");
                    found.0.extend(differences);
                    found.1.merge(histogram);
                }
            });
        }
    });
    let (differences, histogram) = found.into_inner().expect("the workers have ended");
    for difference in differences.iter().take(MINIMISED) {
        keep(cli, bench, difference);
    }
    let seconds = started.elapsed().as_secs_f64().max(0.001);
    println!(
        "{}: {:.1} runs a second; in the median a run executes {} operators; {} of {} calls return",
        cli.target.name(),
        cli.runs as f64 / seconds,
        histogram.median(),
        histogram.returned,
        histogram.calls
    );
    let never = histogram.never_executed();
    if !never.is_empty() {
        let names: Vec<&str> = never.iter().copied().collect();
        println!("{}: never executed: {}", cli.target.name(), names.join(" "));
    }
    println!("{} runs={} differences={}", cli.target.name(), cli.runs, differences.len());
    // A handful of modules cannot reach everything.
    let complete = never.is_empty() || cli.runs < COMPLETE;
    if differences.is_empty() && complete { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Writes a module that differs, at once as it is and then as small as it gets.
fn keep(cli: &Cli, bench: &Bench, difference: &Difference) {
    let sample = Sample::new(difference.seed);
    let path = cli.out.join(format!("{}-{}.wasm", cli.target.name(), difference.seed));
    let write = |sample: &Sample| match std::fs::create_dir_all(&cli.out)
        .and_then(|()| std::fs::write(&path, &sample.wasm))
    {
        Ok(()) => println!("{}: {} bytes; once fixed, keep it in hil-tests/cases", path.display(), sample.wasm.len()),
        Err(error) => eprintln!("{}: {error}", path.display()),
    };
    write(&sample);
    write(&fuzz::minimise(&sample, cli.target, bench, cli.fuel));
}
