//! Child processes that do not outlive their parent: emulators, brokers, builds.
//!
//! Every [`Process`] leads a process group of its own. The group is killed when the value is dropped, when a deadline
//! passes, and, in a binary that called [`kill_children_on_signals`], on ctrl-c, SIGTERM and SIGHUP. On Linux the kernel
//! also kills the group's leader when this process dies in a way that runs no code (SIGKILL, abort).
#![cfg(unix)]

mod spawner;
pub mod tools;

use std::fmt;
use std::io::{self, Read};
use std::process::{Child, ChildStderr, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid};

/// Where a child's standard output and standard error go. Its standard input is always empty: a background process
/// group that reads the terminal would be stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Output {
    /// To the caller, through [`Process::take_stdout`] and [`Process::take_stderr`]. Both have to be read, each on its
    /// own thread, or the child blocks when a pipe is full.
    Piped,
    /// To this process's own standard output and error.
    Inherited,
    /// Nowhere.
    Discarded,
}

/// Why a child process gave no result.
#[derive(Debug)]
pub enum Error {
    /// There is no such program. The caller's machine is at fault: the message names the package to install.
    NotFound { program: String },
    /// The system refused to start it or to report on it.
    System { program: String, source: io::Error },
    /// It was still running at its deadline and has been killed, with its whole process group.
    Deadline { program: String, ran_for: Duration },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound { program } => {
                write!(f, "`{program}` is not installed or not on PATH")?;
                match tools::package_of(program) {
                    Some(package) => write!(f, ": run `./dev setup`, or install the package {package}"),
                    None => Ok(()),
                }
            }
            Error::System { program, source } => write!(f, "`{program}` could not be run: {source}"),
            Error::Deadline { program, ran_for } => {
                write!(f, "`{program}` was still running after {:.1} s and was killed", ran_for.as_secs_f32())
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::System { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// A running child process and its group; dropping it kills both.
#[derive(Debug)]
pub struct Process {
    child: Child,
    program: String,
    started: Instant,
    /// `None` once the child has been reaped: its pid may then belong to somebody else.
    group: Option<Pid>,
}

/// What a finished child wrote and how it ended.
#[derive(Debug)]
pub struct Captured {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl Process {
    /// Starts `command`, overriding its standard streams and process group.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the program does not exist, [`Error::System`] if it cannot be started.
    pub fn spawn(mut command: Command, output: Output) -> Result<Process, Error> {
        let stream = || match output {
            Output::Piped => Stdio::piped(),
            Output::Inherited => Stdio::inherit(),
            Output::Discarded => Stdio::null(),
        };
        command.stdin(Stdio::null()).stdout(stream()).stderr(stream());
        let program = command.get_program().to_string_lossy().into_owned();
        // A group is registered under the same lock that the signal handler takes, so none is missed.
        let mut groups = live_groups();
        let child = match spawner::spawn(command) {
            Ok(child) => child,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(Error::NotFound { program }),
            Err(source) => return Err(Error::System { program, source }),
        };
        let group = Pid::from_child(&child);
        groups.push(group);
        Ok(Process { child, program, started: Instant::now(), group: Some(group) })
    }

    /// The process id, which is also the id of the process group.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Standard output, once, of a process spawned with [`Output::Piped`].
    pub fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Standard error, once, of a process spawned with [`Output::Piped`].
    pub fn take_stderr(&mut self) -> Option<ChildStderr> {
        self.child.stderr.take()
    }

    /// The exit status if the process has ended; what it left of its group is killed then.
    ///
    /// # Errors
    /// [`Error::System`] if the system cannot tell.
    pub fn try_wait(&mut self) -> Result<Option<ExitStatus>, Error> {
        if let Some(group) = self.group {
            // The ended child stays a zombie (NOWAIT) until its group is gone: its pid cannot be reused meanwhile.
            let ended =
                waitid(WaitId::Pid(group), WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG)
                    .map_err(|e| self.system_error(e.into()))?;
            if ended.is_none() {
                return Ok(None);
            }
            self.end_group();
        }
        self.child.wait().map(Some).map_err(|e| self.system_error(e))
    }

    /// Waits for the process to end, at most for `limit` from now.
    ///
    /// # Errors
    /// [`Error::Deadline`] after the limit; the group has been killed then. [`Error::System`] as in [`Self::try_wait`].
    pub fn wait_for(&mut self, limit: Duration) -> Result<ExitStatus, Error> {
        let deadline = Instant::now() + limit;
        let mut pause = Duration::from_millis(1);
        loop {
            if let Some(status) = self.try_wait()? {
                return Ok(status);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                self.kill();
                return Err(Error::Deadline { program: self.program.clone(), ran_for: self.started.elapsed() });
            }
            thread::sleep(pause.min(left));
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }

    /// Asks the process to end (SIGTERM), for those that end well. Harmless if it has ended.
    ///
    /// # Errors
    /// [`Error::System`] if the system refuses.
    pub fn terminate(&mut self) -> Result<(), Error> {
        let Some(leader) = self.group else { return Ok(()) };
        kill_process(leader, Signal::TERM).map_err(|e| self.system_error(e.into()))
    }

    /// Kills the process and its group and reaps it. Harmless if it has ended.
    pub fn kill(&mut self) {
        if self.group.is_some() {
            self.end_group();
            let _ = self.child.wait();
        }
    }

    fn end_group(&mut self) {
        if let Some(group) = self.group.take() {
            let _ = kill_process_group(group, Signal::KILL);
            live_groups().retain(|g| *g != group);
        }
    }

    fn system_error(&self, source: io::Error) -> Error {
        Error::System { program: self.program.clone(), source }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Runs `command` to its end and returns what it wrote.
///
/// # Errors
/// As [`Process::spawn`] and [`Process::wait_for`]. An unsuccessful exit status is no error here.
pub fn capture(command: Command, limit: Duration) -> Result<Captured, Error> {
    let mut process = Process::spawn(command, Output::Piped)?;
    let stdout = process.take_stdout().map(read_all);
    let stderr = process.take_stderr().map(read_all);
    let status = process.wait_for(limit)?;
    // The whole group is gone, so nobody holds the other ends of the pipes: the readers finish.
    let join = |reader: Option<thread::JoinHandle<Vec<u8>>>| reader.and_then(|r| r.join().ok()).unwrap_or_default();
    Ok(Captured { status, stdout: join(stdout), stderr: join(stderr) })
}

fn read_all(mut pipe: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        bytes
    })
}

/// From now on SIGINT, SIGTERM and SIGHUP kill every live [`Process`] and then do what they would have done.
/// For the `main` of a binary that has no clean-up of its own on ctrl-c; calling it again changes nothing.
///
/// # Errors
/// If the system refuses to install a handler.
pub fn kill_children_on_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    static INSTALLED: OnceLock<()> = OnceLock::new();
    if INSTALLED.set(()).is_err() {
        return Ok(());
    }
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // The lock is kept: nothing new may start between here and the end of this process.
            let groups = live_groups();
            for group in groups.iter() {
                let _ = kill_process_group(*group, Signal::KILL);
            }
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
    Ok(())
}

/// The groups whose leaders have not been reaped.
fn live_groups() -> MutexGuard<'static, Vec<Pid>> {
    static GROUPS: Mutex<Vec<Pid>> = Mutex::new(Vec::new());
    GROUPS.lock().unwrap_or_else(PoisonError::into_inner)
}
