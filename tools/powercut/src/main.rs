//! Takes the power away from the slot store at every flash operation of every path, and prints what was tried and lost.
//! `./dev powercut` builds it, for speed, and calls it.

use std::io::{IsTerminal, Write};
use std::num::NonZero;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use clap::Parser;
use sandgrain_agent::sim::powercut::{self, Case, Geometry, Loss, Path, Plan, Report};
use sandgrain_agent::slots::Fault;
use serde_json::json;

/// Cut the power at every flash operation of an update, and again at every operation of the recovery
#[derive(Parser)]
#[command(name = "powercut")]
struct Cli {
    /// Only this geometry: 256B-4K, 8B-2K, 32B-128K or 4B-256K (may be repeated)
    #[arg(long = "geometry", value_name = "GEOMETRY", value_parser = geometry)]
    geometries: Vec<Geometry>,
    /// Only this path: download, install, confirm, revert, expire, reclaim, update or defect (may be repeated)
    #[arg(long = "path", value_name = "PATH", value_parser = path)]
    paths: Vec<Path>,
    /// How many kinds of torn content each cut is tried with
    #[arg(long, default_value_t = 1)]
    seeds: u64,
    /// Some of it, for seconds
    #[arg(long)]
    short: bool,
    /// Plant this fault in the store: it must be found
    #[arg(long, value_name = "FAULT", value_parser = fault)]
    plant: Option<Fault>,
    /// Plant each fault in turn, and fail unless all are found
    #[arg(long, conflicts_with = "plant")]
    faults: bool,
    /// Run this case again, and tell its story
    #[arg(long, value_name = "CASE", value_parser = Case::parse, conflicts_with_all = ["faults", "short"])]
    replay: Option<Case>,
    /// As JSON, on standard output
    #[arg(long)]
    json: bool,
}

fn geometry(text: &str) -> Result<Geometry, String> {
    Geometry::ALL.into_iter().find(|g| g.name() == text).ok_or_else(|| "no such geometry".to_owned())
}

fn path(text: &str) -> Result<Path, String> {
    Path::ALL.into_iter().find(|p| p.name() == text).ok_or_else(|| "no such path".to_owned())
}

fn fault(text: &str) -> Result<Fault, String> {
    Fault::ALL
        .into_iter()
        .find(|f| f.name() == text)
        .ok_or_else(|| format!("no such fault; there are {}", Fault::ALL.map(Fault::name).join(", ")))
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let good = match (&cli.replay, cli.faults) {
        (Some(case), _) => replay(case, cli.plant),
        (None, true) => faults(&cli),
        (None, false) => explore(&cli),
    };
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn plan(cli: &Cli) -> Plan {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut plan = if cli.short { Plan { threads, ..Plan::short() } } else { Plan::whole(cli.seeds, threads) };
    if !cli.geometries.is_empty() {
        plan.geometries.clone_from(&cli.geometries);
    }
    if !cli.paths.is_empty() {
        plan.paths.clone_from(&cli.paths);
    }
    plan.fault = cli.plant;
    plan
}

/// Whether the case survives.
fn replay(case: &Case, fault: Option<Fault>) -> bool {
    match powercut::replay(case, fault) {
        Ok(story) => {
            story.iter().for_each(|line| println!("{line}"));
            println!("{case}: nothing is lost");
            true
        }
        Err((story, why)) => {
            story.iter().for_each(|line| println!("{line}"));
            println!("{case}: LOST: {why}");
            false
        }
    }
}

/// Whether every fault is found.
fn faults(cli: &Cli) -> bool {
    let mut all = true;
    for fault in Fault::ALL {
        let report = powercut::explore(&Plan { fault: Some(fault), ..plan(cli) }, &progress());
        let found = report.total().lost;
        let first = report.losses.first().map_or(String::new(), |loss| format!("{}: {}", loss.case, loss.why));
        println!("{:<24} {found:>9} lost  {first}", fault.name());
        all &= found > 0;
    }
    all
}

/// Whether nothing is lost.
fn explore(cli: &Cli) -> bool {
    let started = Instant::now();
    let plan = plan(cli);
    let report = powercut::explore(&plan, &progress());
    if cli.json {
        println!("{}", as_json(&plan, &report));
    } else {
        print(&plan, &report, started.elapsed());
    }
    for Loss { case, why } in &report.losses {
        eprintln!("\nLOST {case}\n     {why}");
        let planted = plan.fault.map_or(String::new(), |fault| format!(" --plant {}", fault.name()));
        eprintln!("     ./dev powercut --replay {case}{planted}");
    }
    if let Some(loss) = report.losses.first()
        && let Err((story, _)) = powercut::replay(&loss.case, plan.fault)
    {
        eprintln!("\nThe first one's story:");
        story.iter().for_each(|line| eprintln!("{line}"));
    }
    report.total().lost == 0
}

fn print(plan: &Plan, report: &Report, took: Duration) {
    println!("{:<10} {:<10} {:>10} {:>12} {:>6}", "geometry", "path", "one cut", "two cuts", "lost");
    for ((geometry, path), tally) in &report.tallies {
        println!("{geometry:<10} {path:<10} {:>10} {:>12} {:>6}", tally.single, tally.double, tally.lost);
    }
    let total = report.total();
    println!("{:<21} {:>10} {:>12} {:>6}", "all", total.single, total.double, total.lost);
    println!("\nan update of {} bytes, not interrupted", powercut::update_bytes());
    println!("{:<10} {:>10} {:>13} {:>15}", "geometry", "operations", "bytes written", "sectors erased");
    for geometry in &plan.geometries {
        let cost = powercut::cost(*geometry);
        println!("{geometry:<10} {:>10} {:>13} {:>15}", cost.operations, cost.bytes, cost.erased);
    }
    println!("\n{} runs in {:.0} s, {} lost", total.single + total.double, took.as_secs_f64(), total.lost);
}

fn as_json(plan: &Plan, report: &Report) -> serde_json::Value {
    let paths = report.tallies.iter().map(|((geometry, path), tally)| {
        json!({
            "geometry": geometry.name(), "path": path.name(),
            "one_cut": tally.single, "two_cuts": tally.double, "lost": tally.lost,
        })
    });
    let costs = plan.geometries.iter().map(|geometry| {
        let cost = powercut::cost(*geometry);
        json!({
            "geometry": geometry.name(), "operations": cost.operations,
            "bytes_written": cost.bytes, "sectors_erased": cost.erased,
        })
    });
    let losses = report.losses.iter().map(|loss| json!({ "case": loss.case.to_string(), "why": loss.why }));
    json!({
        "paths": paths.collect::<Vec<_>>(),
        "update_bytes": powercut::update_bytes(),
        "updates": costs.collect::<Vec<_>>(),
        "losses": losses.collect::<Vec<_>>(),
        "lost": report.total().lost,
    })
}

/// Says how far it is: on a terminal all the time, elsewhere now and then.
fn progress() -> impl Fn(usize, usize) + Sync {
    let terminal = std::io::stderr().is_terminal();
    let started = Instant::now();
    let last = Mutex::new(Duration::ZERO);
    move |done, all| {
        let Ok(mut last) = last.lock() else { return };
        let elapsed = started.elapsed();
        let pause = Duration::from_secs(if terminal { 0 } else { 30 });
        if elapsed < *last + pause && done < all {
            return;
        }
        *last = elapsed;
        let end = if terminal && done < all { "\r" } else { "\n" };
        eprint!("{done} of {all} parts, {} s{end}", elapsed.as_secs());
        let _ = std::io::stderr().flush();
    }
}
