//! The test binaries of the host workspace: built once, all together, then run stage by stage.
//!
//! `cargo test -p X` after `cargo test --workspace` would build shared dependencies again wherever X alone selects fewer
//! of their features; running the binaries themselves does not.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use sandgrain_proc::{Output, Process};
use serde::Deserialize;

use super::tally::Tally;
use crate::paths;

/// One test binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    pub executable: PathBuf,
    /// The folder of its package, which is where cargo runs tests.
    pub folder: PathBuf,
    /// The name of the target, for instance `lifetime` for `tests/lifetime.rs`.
    pub name: String,
}

impl Binary {
    /// Its name for people, with the folder of its package, as many targets are called alike.
    pub fn title(&self) -> String {
        let root = paths::root();
        format!("{}, {}", self.folder.strip_prefix(&root).unwrap_or(&self.folder).display(), self.name)
    }

    /// What runs it, as cargo does.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.executable);
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        command
    }
}

/// What is used of cargo's messages.
#[derive(Deserialize)]
struct Message {
    reason: String,
    manifest_path: Option<PathBuf>,
    target: Option<Target>,
    profile: Option<Profile>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Profile {
    test: bool,
}

/// Builds every test of the host workspace.
///
/// # Errors
/// If one does not build.
pub fn build() -> Result<Vec<Binary>> {
    let mut command = Command::new("cargo");
    command.args(["test", "--workspace", "--no-run", "--message-format=json-render-diagnostics", "--manifest-path"]);
    command.arg(paths::root().join("Cargo.toml"));
    // In the foreground, with its standard error as progress: ctrl-c reaches it as it reaches this process.
    let output = command.stderr(Stdio::inherit()).output().context("cannot run cargo")?;
    if !output.status.success() {
        bail!("the tests did not build");
    }
    let binaries = parse(&String::from_utf8_lossy(&output.stdout))?;
    if binaries.is_empty() {
        bail!("cargo built no test binary");
    }
    Ok(binaries)
}

fn parse(messages: &str) -> Result<Vec<Binary>> {
    let mut binaries = Vec::new();
    for line in messages.lines() {
        let message: Message = serde_json::from_str(line).with_context(|| format!("cargo's message `{line}`"))?;
        let Message { manifest_path: Some(manifest), target: Some(target), executable: Some(executable), .. } = message
        else {
            continue;
        };
        if message.reason == "compiler-artifact" && message.profile.is_some_and(|p| p.test) {
            let folder = manifest.parent().unwrap_or(Path::new(".")).to_path_buf();
            binaries.push(Binary { executable, folder, name: target.name });
        }
    }
    Ok(binaries)
}

/// Runs test binaries one after the other and counts their tests. A missing tool fails a test instead of skipping it;
/// what may be missing, and is, is noted.
///
/// # Errors
/// If there are none, or if one cannot be run, hangs, or ends otherwise than its count of failed tests explains.
pub fn run(binaries: &[&Binary], limit: Duration, tally: &mut Tally) -> Result<()> {
    let before = tally.passed + tally.failed;
    for binary in binaries {
        run_counted(binary.command(), &binary.title(), limit, tally)?;
    }
    if tally.passed + tally.failed == before {
        bail!("no test ran");
    }
    Ok(())
}

/// Runs one command that prints as libtest does.
///
/// # Errors
/// As [`run`].
pub fn run_counted(mut command: Command, name: &str, limit: Duration, tally: &mut Tally) -> Result<()> {
    eprintln!("-- {name}");
    command.env("SANDGRAIN_REQUIRE_TOOLS", "1");
    let failed_before = tally.failed;
    let mut process = Process::spawn(command, Output::Piped)?;
    let stderr = process.take_stderr().map(|pipe| {
        std::thread::spawn(move || {
            let mut skipped = Tally::default();
            show(pipe, |line| skipped.add_skipped(line));
            skipped
        })
    });
    let stdout = process.take_stdout().map(|pipe| {
        std::thread::spawn(move || {
            let mut counted = Tally::default();
            show(pipe, |line| counted.add_line(line));
            counted
        })
    });
    let status = process.wait_for(limit).with_context(|| format!("the tests `{name}`"));
    let counted = stdout.and_then(|reader| reader.join().ok()).unwrap_or_default();
    let skipped = stderr.and_then(|reader| reader.join().ok()).unwrap_or_default();
    skipped.skipped.into_iter().for_each(|what| tally.skip(what));
    tally.passed += counted.passed;
    tally.failed += counted.failed;
    if !status?.success() && tally.failed == failed_before {
        bail!("`{name}` ended abnormally, without naming a failed test");
    }
    Ok(())
}

/// Copies lines to standard output, each also to `look`.
fn show(pipe: impl Read, mut look: impl FnMut(&str)) {
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
        let text = String::from_utf8_lossy(&line);
        print!("{text}");
        look(text.trim_end());
        line.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(20);

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn test_binaries_are_told_from_other_artifacts() {
        let artifact = |name: &str, test: bool, executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/r/p/Cargo.toml","target":{{"name":"{name}"}},"profile":{{"test":{test}}},"executable":{executable}}}"#
            )
        };
        let messages = [
            artifact("lib", false, "null"),
            artifact("bin", false, r#""/t/bin""#),
            artifact("lifetime", true, r#""/t/lifetime-1""#),
            r#"{"reason":"build-finished","success":true}"#.to_owned(),
        ];
        let expected =
            Binary { executable: "/t/lifetime-1".into(), folder: "/r/p".into(), name: "lifetime".to_owned() };
        assert_eq!(parse(&messages.join("\n")).unwrap(), [expected]);
    }

    #[test]
    fn failed_tests_are_counted() {
        let mut tally = Tally::default();
        let script = "echo 'test result: FAILED. 4 passed; 2 failed; 0 ignored'; exit 101";
        run_counted(shell(script), "x", LIMIT, &mut tally).unwrap();
        assert_eq!((tally.passed, tally.failed), (4, 2));
    }

    #[test]
    fn what_tests_skip_is_counted_once() {
        let mut tally = Tally::default();
        let script = "echo 'SKIPPED tests on a moon' >&2; echo other >&2; echo 'SKIPPED tests on a moon' >&2";
        run_counted(shell(script), "x", LIMIT, &mut tally).unwrap();
        assert_eq!(tally.skipped, ["tests on a moon"]);
    }

    #[test]
    fn a_crash_is_an_error() {
        assert!(run_counted(shell("kill -SEGV $$"), "x", LIMIT, &mut Tally::default()).is_err());
    }

    #[test]
    fn a_hang_is_an_error() {
        let short = Duration::from_millis(50);
        assert!(run_counted(shell("sleep 60"), "x", short, &mut Tally::default()).is_err());
    }

    #[test]
    fn no_test_at_all_is_an_error() {
        assert!(run(&[], LIMIT, &mut Tally::default()).is_err());
    }
}
