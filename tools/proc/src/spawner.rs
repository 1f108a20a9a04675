//! Starts children from one thread that lives as long as the process.
//!
//! Linux sends the parent-death signal when the *thread* that forked ends, not the process: a child started from a
//! test's thread or from a worker of an async runtime's blocking pool would die with that thread.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread;

struct Request {
    command: Command,
    reply: Sender<io::Result<Child>>,
}

static SPAWNER: LazyLock<Mutex<Sender<Request>>> = LazyLock::new(|| {
    let (sender, requests) = channel();
    thread::spawn(move || serve(&requests));
    Mutex::new(sender)
});

/// Starts `command` as the leader of a new process group.
pub fn spawn(mut command: Command) -> io::Result<Child> {
    command.process_group(0);
    die_with_parent(&mut command);
    let (reply, answer) = channel();
    let gone = || io::Error::other("the thread that starts processes has ended");
    SPAWNER.lock().unwrap_or_else(PoisonError::into_inner).send(Request { command, reply }).map_err(|_| gone())?;
    answer.recv().map_err(|_| gone())?
}

fn serve(requests: &Receiver<Request>) {
    for Request { mut command, reply } in requests {
        // If the asker is gone, the child comes back in the error and is killed here.
        if let Err(unsent) = reply.send(command.spawn())
            && let Ok(mut child) = unsent.0
        {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[cfg(target_os = "linux")]
fn die_with_parent(command: &mut Command) {
    use rustix::process::{Signal, getpid, getppid, set_parent_process_death_signal};
    let parent = getpid();
    let set = move || {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        // The parent may have died before the call above: then no signal will ever come.
        if getppid() == Some(parent) { Ok(()) } else { Err(rustix::io::Errno::SRCH.into()) }
    };
    // SAFETY: between fork and exec the closure makes two system calls (prctl, getppid) and touches no lock, no
    // allocator and no memory but its own copy of `parent`; all of that is async-signal-safe.
    unsafe {
        command.pre_exec(set);
    }
}

#[cfg(not(target_os = "linux"))]
fn die_with_parent(_command: &mut Command) {}
