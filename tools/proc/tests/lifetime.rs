//! Children end when they have to, and nothing of theirs is left.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use sandgrain_proc::{Error, Output, Process, capture};

const LONG: Duration = Duration::from_secs(20);

fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command
}

/// Alive and not a zombie.
fn alive(pid: &str) -> bool {
    let stat = std::fs::read_to_string(Path::new("/proc").join(pid).join("stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn gone_soon(pid: &str) -> bool {
    let deadline = Instant::now() + Duration::from_secs(5);
    while alive(pid) && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(5));
    }
    !alive(pid)
}

/// A shell with a background child of its own; the first line it writes is the grandchild's pid.
fn family() -> (Process, String) {
    let mut process = Process::spawn(shell("sleep 60 & echo $!; wait"), Output::Piped).unwrap();
    let mut line = String::new();
    BufReader::new(process.take_stdout().unwrap()).read_line(&mut line).unwrap();
    let grandchild = line.trim().to_owned();
    assert!(alive(&grandchild), "the grandchild {grandchild:?} runs");
    (process, grandchild)
}

#[test]
fn captures_output_and_status() {
    let captured = capture(shell("echo out; echo err >&2; exit 7"), LONG).unwrap();
    assert_eq!(captured.status.code(), Some(7));
    assert_eq!((&captured.stdout[..], &captured.stderr[..]), (&b"out\n"[..], &b"err\n"[..]));
}

#[test]
fn captures_more_than_a_pipe_holds() {
    let captured = capture(shell("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"), LONG).unwrap();
    assert_eq!((captured.stdout.len(), captured.stderr.len()), (1_000_000, 1_000_000));
}

#[test]
fn drop_kills_the_whole_group() {
    let (process, grandchild) = family();
    let child = process.id().to_string();
    drop(process);
    assert!(gone_soon(&child) && gone_soon(&grandchild));
}

#[test]
fn deadline_kills_the_whole_group() {
    let (mut process, grandchild) = family();
    let error = process.wait_for(Duration::from_millis(50)).unwrap_err();
    assert!(matches!(error, Error::Deadline { .. }), "{error}");
    assert!(gone_soon(&grandchild));
}

#[test]
fn what_an_ended_child_leaves_behind_is_killed() {
    let captured = capture(shell("sleep 60 & echo $!"), LONG).unwrap();
    let grandchild = String::from_utf8(captured.stdout).unwrap();
    assert!(gone_soon(grandchild.trim()));
}

#[test]
fn the_starting_thread_may_end_before_the_child() {
    let start = || Process::spawn(shell("sleep 60"), Output::Discarded).unwrap();
    let mut process = thread::spawn(start).join().unwrap();
    thread::sleep(Duration::from_millis(100));
    assert!(process.try_wait().unwrap().is_none(), "the child died with the thread that started it");
}

#[test]
fn a_missing_program_is_named_with_its_package() {
    let error = Process::spawn(Command::new("/nonexistent/qemu-system-arm"), Output::Discarded).unwrap_err();
    let message = error.to_string();
    assert!(message.contains("qemu-system-arm") && message.contains("./dev setup"), "{message}");
}

/// Not a test of its own: the process that the tests below kill. It starts a family and prints the grandchild's pid.
#[test]
#[ignore = "run by the tests below as their victim"]
fn victim() {
    sandgrain_proc::kill_children_on_signals().unwrap();
    let (process, grandchild) = family();
    println!("\nfamily {} {grandchild}", process.id());
    thread::sleep(Duration::from_secs(60));
}

fn start_victim() -> (std::process::Child, String, String) {
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "victim", "--ignored", "--nocapture"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let line = BufReader::new(victim.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap)
        .find(|line| line.starts_with("family "))
        .expect("the victim says whom it started");
    let mut pids = line.split(' ').skip(1).map(str::to_owned);
    (victim, pids.next().unwrap(), pids.next().unwrap())
}

#[test]
fn ctrl_c_kills_the_whole_group() {
    let (mut victim, child, grandchild) = start_victim();
    Command::new("kill").args(["-INT", &victim.id().to_string()]).status().unwrap();
    assert!(!victim.wait().unwrap().success());
    assert!(gone_soon(&child) && gone_soon(&grandchild));
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_parent_takes_its_child_along() {
    let (mut victim, child, grandchild) = start_victim();
    victim.kill().unwrap();
    victim.wait().unwrap();
    let child_gone = gone_soon(&child);
    // Only the leader gets the kernel's signal; this test cleans up after itself.
    let _ = Command::new("kill").args(["-KILL", &grandchild]).status();
    assert!(child_gone);
}
