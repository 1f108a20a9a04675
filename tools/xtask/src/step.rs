//! Running a long step: quiet while it works, with signs of life; talkative when it fails.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use sandgrain_proc::{Output, Process};

use crate::paths;

/// How much of a failed step's output is shown.
const TAIL_LINES: usize = 30;

/// Runs `command` with its output in a log file, saying what is happening and for how long.
///
/// # Errors
/// If it cannot be started, fails, or runs for longer than `limit` (it is killed then). The end of its output has been
/// printed, and the message names the log file.
pub fn logged(label: &str, command: Command, limit: Duration) -> Result<()> {
    let log = log_path(label)?;
    let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut process = Process::spawn(command, Output::Piped)?;
    let readers =
        [process.take_stdout().map(|pipe| copy(pipe, &file)), process.take_stderr().map(|pipe| copy(pipe, &file))];

    let started = Instant::now();
    let mut ticker = Ticker::new(label);
    let status = loop {
        if let Some(status) = process.try_wait()? {
            break Some(status);
        }
        if started.elapsed() > limit {
            process.kill();
            break None;
        }
        ticker.tick(started.elapsed());
        thread::sleep(Duration::from_millis(50));
    };
    for reader in readers.into_iter().flatten() {
        reader?.join().ok();
    }
    ticker.clear();

    match status {
        Some(status) if status.success() => {
            eprintln!("{label}: {}", seconds(started.elapsed()));
            Ok(())
        }
        Some(status) => {
            eprint!("{}", tail(&fs::read_to_string(&log).unwrap_or_default()));
            bail!("{label}: failed ({status}); all of its output is in {}", log.display())
        }
        None => {
            eprint!("{}", tail(&fs::read_to_string(&log).unwrap_or_default()));
            bail!("{label}: killed after {}; its output is in {}", seconds(limit), log.display())
        }
    }
}

/// Runs `command` with its output, and ctrl-c, going straight to it: for builds, whose progress cargo shows.
///
/// # Errors
/// `complaint` if it fails.
pub fn foreground(mut command: Command, complaint: &str) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot run {:?}", command.get_program()))?;
    if !status.success() {
        bail!("{complaint} ({status})");
    }
    Ok(())
}

/// `12 s` or `3 min 05 s`.
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    match whole {
        0..10 => format!("{:.1} s", time.as_secs_f32()),
        10..60 => format!("{whole} s"),
        _ => format!("{} min {:02} s", whole / 60, whole % 60),
    }
}

fn log_path(label: &str) -> Result<PathBuf> {
    let directory = paths::host_target_dir().join("log");
    fs::create_dir_all(&directory).with_context(|| format!("cannot create {}", directory.display()))?;
    let name: String = label.chars().take(40).map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Ok(Path::new(&directory).join(format!("{name}.log")))
}

fn copy(mut pipe: impl Read + Send + 'static, file: &File) -> io::Result<JoinHandle<()>> {
    let mut file = file.try_clone()?;
    Ok(thread::spawn(move || {
        let _ = io::copy(&mut pipe, &mut file);
    }))
}

fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].iter().map(|line| format!("  | {line}\n")).collect()
}

/// Signs of life: a counting line on a terminal, now and then a line elsewhere.
struct Ticker<'a> {
    label: &'a str,
    terminal: bool,
    next: Duration,
}

impl<'a> Ticker<'a> {
    fn new(label: &'a str) -> Self {
        let terminal = io::stderr().is_terminal();
        if !terminal {
            eprintln!("{label} …");
        }
        Ticker { label, terminal, next: Duration::from_secs(if terminal { 0 } else { 30 }) }
    }

    fn tick(&mut self, elapsed: Duration) {
        if elapsed < self.next {
            return;
        }
        if self.terminal {
            eprint!("\r\x1b[K{} … {}", self.label, seconds(elapsed));
            let _ = io::stderr().flush();
            self.next = elapsed + Duration::from_secs(1);
        } else {
            eprintln!("{} … {}", self.label, seconds(elapsed));
            self.next = elapsed + Duration::from_secs(30);
        }
    }

    fn clear(&self) {
        if self.terminal {
            eprint!("\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn failures_and_deadlines_are_told_apart() {
        let limit = Duration::from_secs(10);
        logged("step test, good", shell("echo fine"), limit).unwrap();
        let failed = logged("step test, bad", shell("echo why >&2; exit 4"), limit).unwrap_err().to_string();
        assert!(failed.contains("exit status: 4"), "{failed}");
        let late = logged("step test, late", shell("sleep 60"), Duration::from_millis(80)).unwrap_err().to_string();
        assert!(late.contains("killed after 0.1 s"), "{late}");
    }

    #[test]
    fn the_tail_is_the_end() {
        let text: String = (0..100).map(|i| format!("{i}\n")).collect();
        let tail = tail(&text);
        assert_eq!((tail.lines().count(), tail.lines().last()), (TAIL_LINES, Some("  | 99")));
    }
}
