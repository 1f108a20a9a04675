//! How often each suite takes each of the compiler's lowering rules. `./dev rules` builds what it needs and calls it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use sandgrain_abi::Target;
use sandgrain_compiler::proof::{self, RULES};
use sandgrain_hil_tests::bench::Bench;
use sandgrain_hil_tests::proof::{Suite, Suites};

/// Stack of the thread that compiles: deeply nested modules take it.
const STACK: usize = 64 << 20;

/// Rules that need more code than an artifact holds. The tests of `aot-compiler/src/isa/large_programs.rs` execute them,
/// linked and loaded without an artifact.
const BEYOND_ARTIFACTS: [&str; 2] = ["rv32: veneer", "thumb2: conditional branch over a jump"];

/// How often each suite took a rule, in the order of [`Suite::ALL`].
type Hits = [u64; Suite::ALL.len()];
const NEVER: Hits = [0; Suite::ALL.len()];

/// Count how often each suite takes each lowering rule
#[derive(Parser)]
#[command(name = "rules")]
struct Cli {
    /// The target (may be repeated)
    #[arg(long = "target", required = true, value_parser = sandgrain_cli::commands::target)]
    targets: Vec<Target>,
    /// Number of random modules
    #[arg(long, default_value_t = 320)]
    runs: u64,
    /// Where published packages are kept
    #[arg(long, default_value = "target/npm")]
    packages: PathBuf,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        sandgrain_proc::kill_children_on_signals().map_err(|e| e.to_string())?;
        run(&cli)
    });
    match worker.expect("there are threads").join().expect("the suites do not panic") {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every rule that can be was taken.
fn run(cli: &Cli) -> Result<bool, String> {
    let suites = Suites::new(cli.runs, Some(&cli.packages))?;
    let mut table: BTreeMap<&str, Hits> = RULES.iter().map(|rule| (rule.name, NEVER)).collect();
    for &target in &cli.targets {
        let bench = Bench::for_target(target)?.watching_alignment()?;
        for (column, suite) in Suite::ALL.into_iter().enumerate() {
            proof::forget_hits();
            let place = format!("{} on {}", suite.name(), target.name());
            eprintln!("{place} …");
            suites.run(suite, &bench).map_err(|evidence| format!("{place}: {}", evidence.what))?;
            for rule in RULES {
                table.entry(rule.name).or_default()[column] += rule.hits();
            }
        }
    }
    println!("{:<62}{}", "rule", Suite::ALL.map(|suite| format!("{:>10}", suite.name())).concat());
    for (rule, hits) in &table {
        println!("{rule:<62}{}", hits.map(|count| format!("{count:>10}")).concat());
    }
    let never = |rule: &&str| table.get(rule).is_some_and(|hits| *hits == NEVER);
    let known: Vec<&str> = BEYOND_ARTIFACTS.into_iter().filter(|rule| never(rule)).collect();
    let unknown: Vec<&str> = table.keys().copied().filter(|rule| never(rule) && !known.contains(rule)).collect();
    println!("\n{} rules; beyond what an artifact holds: {}", table.len(), known.join(", "));
    for rule in &unknown {
        println!("never taken: {rule}");
    }
    Ok(unknown.is_empty())
}
