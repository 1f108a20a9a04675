#![forbid(unsafe_code)]
//! Compile time and peak memory of one module: this compiler beside Wasmtime's, with as many threads, in one run; and how
//! time grows with size.
//!
//! Each measurement is a process of its own, so that its peak is its own; the least time of several counts. Both compile
//! to bytes and write nothing. Release builds have no debug assertions, hence no checkers.

mod generated;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use sandgrain_abi::Target;

/// Measure compile time and peak memory of a module
#[derive(Parser)]
struct Cli {
    /// The module
    wasm: PathBuf,
    /// Worker threads on both sides
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Measurements of each kind
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Exit with 1 if a ratio is above its goal
    #[arg(long)]
    check: bool,
    /// Compile once and say microseconds, bytes made and peak in KiB (what the measurements are made of)
    #[arg(long, hide = true, value_name = "KIND")]
    once: Option<String>,
}

const WASMTIME: &str = "wasmtime aarch64";
const AARCH64: &str = "sandgrain aarch64";
const CORTEX_M4F: &str = "sandgrain cortex-m4f";

/// Most time that the first takes, beside the second.
const GOALS: [(&str, &str, f64); 2] = [(AARCH64, WASMTIME, 1.2), (CORTEX_M4F, AARCH64, 1.5)];

/// Functions of the smallest generated module; the others have twice and four times as many.
const FUNCTIONS: usize = 500;

/// Most time for four times the size, beside four times the time.
const GROWTH: f64 = 1.3;

/// What compiling once took and gave.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Measured {
    micros: u64,
    bytes: u64,
    peak_kib: u64,
}

fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    if let Some(kind) = &cli.once {
        let wasm = std::fs::read(&cli.wasm).with_context(|| format!("cannot read {}", cli.wasm.display()))?;
        let (time, bytes) = compile(kind, &wasm, cli.threads)?;
        println!("{} {bytes} {}", time.as_micros(), peak_kib()?);
        return Ok(ExitCode::SUCCESS);
    }
    let met = [compare(&cli)?, grow(&cli)?];
    let failed = cli.check && met.contains(&false);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Compiles the module as each kind; whether every goal is met.
fn compare(cli: &Cli) -> Result<bool> {
    let size = std::fs::metadata(&cli.wasm).with_context(|| format!("cannot read {}", cli.wasm.display()))?.len();
    println!("{size} bytes of wasm, {} threads, least of {} rounds", cli.threads, cli.rounds);
    let mut times = Vec::new();
    for (kind, measured) in rounds(cli, &[WASMTIME, AARCH64, CORTEX_M4F], &cli.wasm)? {
        let Measured { micros, bytes, peak_kib } = measured;
        let (seconds, peak) = (micros as f64 / 1e6, peak_kib as f64 / 1024.0);
        println!("{kind:<22} {seconds:>8.3} s {peak:>8.1} MiB peak {bytes:>9} bytes");
        times.push((kind, seconds));
    }
    let time = |kind: &str| times.iter().find(|(k, _)| *k == kind).map(|(_, seconds)| *seconds);
    let mut met = true;
    for (kind, beside, goal) in GOALS {
        let ratio = time(kind).zip(time(beside)).map(|(a, b)| a / b).context("not measured")?;
        println!("{kind} beside {beside}: {ratio:.2}, goal {goal}");
        met &= ratio <= goal;
    }
    Ok(met)
}

/// Compiles generated modules of one, two and four times a size; whether time grows with it.
fn grow(cli: &Cli) -> Result<bool> {
    let mut met = true;
    for (what, module) in [("functions", generated::functions as fn(usize) -> Vec<u8>), ("a body", generated::body)] {
        for kind in [AARCH64, CORTEX_M4F] {
            let mut times = Vec::new();
            for factor in [1, 2, 4] {
                let file = tempfile::NamedTempFile::new()?;
                std::fs::write(&file, module(FUNCTIONS * factor))?;
                times.push(rounds(cli, &[kind], file.path())?[0].1.micros as f64 / 1e6);
            }
            let growth = times[2] / (4.0 * times[0]);
            println!(
                "{kind}, {what} of 1x, 2x, 4x: {:.3} s, {:.3} s, {:.3} s; {growth:.2} of linear, goal {GROWTH}",
                times[0], times[1], times[2]
            );
            met &= growth <= GROWTH;
        }
    }
    Ok(met)
}

/// The least of several measurements of each kind. Kinds take turns, so that what else the machine does hits all of them.
fn rounds<'k>(cli: &Cli, kinds: &[&'k str], wasm: &Path) -> Result<Vec<(&'k str, Measured)>> {
    ensure!(cli.rounds > 0, "no rounds");
    let mut best: Vec<Option<Measured>> = vec![None; kinds.len()];
    for _ in 0..cli.rounds {
        for (best, kind) in best.iter_mut().zip(kinds) {
            let measured = measure(kind, wasm, cli.threads)?;
            *best = Some(best.map_or(measured, |best| best.min(measured)));
        }
    }
    Ok(kinds.iter().copied().zip(best.into_iter().flatten()).collect())
}

/// What a process says that compiles once.
fn measure(kind: &str, wasm: &Path, threads: usize) -> Result<Measured> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(wasm).args(["--once", kind, "--threads", &threads.to_string()]);
    // Wasmtime's threads are rayon's.
    command.env("RAYON_NUM_THREADS", threads.to_string());
    let output = command.output()?;
    if !output.status.success() {
        bail!("{kind}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let text = String::from_utf8(output.stdout)?;
    let numbers: Vec<u64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    match numbers[..] {
        [micros, bytes, peak_kib] => Ok(Measured { micros, bytes, peak_kib }),
        _ => bail!("{kind}: {text}"),
    }
}

/// Time of compiling in this process, and bytes made. The setting up of an engine is not counted.
fn compile(kind: &str, wasm: &[u8], threads: usize) -> Result<(Duration, usize)> {
    match kind.split_once(' ') {
        Some(("wasmtime", target)) => {
            let mut config = wasmtime::Config::new();
            config.target(target).map_err(|e| anyhow::anyhow!("{e:#}"))?;
            let engine = wasmtime::Engine::new(&config).map_err(|e| anyhow::anyhow!("{e:#}"))?;
            let started = Instant::now();
            let code = engine.precompile_module(wasm).map_err(|e| anyhow::anyhow!("{e:#}"))?;
            Ok((started.elapsed(), code.len()))
        }
        Some(("sandgrain", target)) => {
            let target = Target::from_name(target).context("no such target")?;
            let mut options = sandgrain_compiler::Options::new(target);
            // An artifact has a largest size, which such a module exceeds; packing takes no time beside the rest.
            options.pack = false;
            options.threads = std::num::NonZeroUsize::new(threads).context("no threads")?;
            let started = Instant::now();
            let compiled = sandgrain_compiler::compile(wasm, &options).map_err(|e| anyhow::anyhow!("{e}"))?;
            Ok((started.elapsed(), compiled.object.len()))
        }
        _ => bail!("no such kind: {kind}"),
    }
}

/// Peak of this process's resident memory.
fn peak_kib() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM in /proc/self/status")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
