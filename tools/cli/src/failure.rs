//! Errors, each with the exit code that it means.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

/// What a command's end means to a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well; a guest that was called has returned.
    Done = 0,
    /// Something outside of the input is at fault: a missing program, a full disk, an emulator that died.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The input is invalid, unsupported or unlinkable.
    Refused = 3,
    /// The guest trapped; a module that was deployed was taken back.
    Trapped = 4,
    /// A device was not there, or did not finish in time.
    TimedOut = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a command did not succeed. The message says what is wrong, where, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    message: String,
}

/// Result of a command, or of a part of one.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// A failure with this exit code.
    pub fn new(exit: Exit, message: impl fmt::Display) -> Failure {
        Failure { exit, message: message.to_string() }
    }

    /// Something outside of the input is at fault.
    pub fn failed(message: impl fmt::Display) -> Failure {
        Failure::new(Exit::Failed, message)
    }

    /// The command line is wrong.
    pub fn usage(message: impl fmt::Display) -> Failure {
        Failure::new(Exit::Usage, message)
    }

    /// The input is at fault.
    pub fn refused(message: impl fmt::Display) -> Failure {
        Failure::new(Exit::Refused, message)
    }

    /// What it means to a script.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The same failure, with `subject` (mostly a file) in front of the message.
    #[must_use]
    pub fn about(self, subject: impl fmt::Display) -> Failure {
        Failure { message: format!("{subject}: {}", self.message), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::failed(format_args!("{error:#}"))
    }
}

impl From<sandgrain_proc::Error> for Failure {
    fn from(error: sandgrain_proc::Error) -> Failure {
        Failure::failed(error)
    }
}

/// Reads a file that the user named.
///
/// # Errors
/// [`Exit::Usage`], with the path.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|e| Failure::usage(format_args!("cannot read {}: {e}", path.display())))
}

/// Writes a file that the user named.
///
/// # Errors
/// [`Exit::Failed`], with the path.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    std::fs::write(path, bytes).map_err(|e| Failure::failed(format_args!("cannot write {}: {e}", path.display())))
}
