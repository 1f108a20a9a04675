//! Bringing in what is missing: rustup for Rust targets where it may, Debian's packages for the rest.

use std::env;
use std::fmt;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use sandgrain_proc::tools::find_program;

use super::Missing;
use crate::step;
use crate::toolchain::DEBIAN_PACKAGES;

/// apt may have to download some 300 MB over a slow line.
const APT_LIMIT: Duration = Duration::from_secs(30 * 60);
const RUSTUP_LIMIT: Duration = Duration::from_secs(5 * 60);

/// Something has to be installed and only the user can do it. The program exits with code 3.
#[derive(Debug)]
pub struct ForTheUser(String);

impl ForTheUser {
    /// Names what is missing and the command that brings it in.
    pub fn new(missing: &[Missing]) -> ForTheUser {
        if find_program("apt-get").is_none() {
            return ForTheUser(format!("This machine lacks, by the names of Debian's packages: {}", in_words(missing)));
        }
        match apt_packages(missing) {
            Ok(packages) => ForTheUser(format!(
                "Please run this as root, then try again:\n    {}",
                apt_command(&packages).join(" ")
            )),
            Err(unknown) => unknown,
        }
    }
}

impl fmt::Display for ForTheUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ForTheUser {}

/// Installs everything in `missing`.
///
/// # Errors
/// [`ForTheUser`] where there is no apt, or neither root nor a sudo that works without a password. Otherwise what failed.
pub fn install(missing: &[Missing]) -> Result<()> {
    let mut rest = missing.to_vec();
    rest.retain(|one| match one {
        Missing::RustTargets(targets) => !add_with_rustup("target", targets),
        Missing::RustTools => !add_with_rustup("component", &["rustfmt", "clippy"].map(str::to_owned)),
        Missing::AnyOf(_) => true,
    });
    if rest.is_empty() {
        return Ok(());
    }
    if find_program("apt-get").is_none() {
        return Err(ForTheUser::new(&rest).into());
    }
    let Some(prefix) = becoming_root() else {
        return Err(ForTheUser::new(&rest).into());
    };
    // An index is there on most machines; an image without one knows no package at all.
    let packages = match apt_packages(&rest) {
        Ok(packages) => packages,
        Err(_) => {
            apt_update(prefix)?;
            apt_packages(&rest)?
        }
    };
    let install = apt_command(&packages);
    let label = format!("installing {}", packages.join(" "));
    if step::logged(&label, as_root(prefix, &install), APT_LIMIT).is_err() {
        // The index may name versions that the mirror no longer has.
        apt_update(prefix)?;
        step::logged(&label, as_root(prefix, &install), APT_LIMIT)?;
    }
    Ok(())
}

fn apt_update(prefix: &[&str]) -> Result<()> {
    let update = ["apt-get", "update"].map(str::to_owned);
    step::logged("updating the package index", as_root(prefix, &update), APT_LIMIT)
        .context("the package index could not be updated: is the network there, and are apt's sources right?")
}

/// Whether rustup brought in targets or components (`kind`). Not tried where the user told rustup not to download by itself.
fn add_with_rustup(kind: &str, names: &[String]) -> bool {
    if env::var("RUSTUP_AUTO_INSTALL").is_ok_and(|v| v == "0") || find_program("rustup").is_none() {
        return false;
    }
    let mut command = Command::new("rustup");
    command.args([kind, "add"]).args(names);
    match step::logged(&format!("rustup {kind} add {}", names.join(" ")), command, RUSTUP_LIMIT) {
        Ok(()) => true,
        Err(error) => {
            eprintln!("rustup could not ({error}); trying the distribution's packages");
            false
        }
    }
}

/// What to put before a command so that it runs as root, or `None` if the user would have to type a password.
fn becoming_root() -> Option<&'static [&'static str]> {
    if rustix::process::geteuid().is_root() {
        return Some(&[]);
    }
    find_program("sudo")?;
    let mut command = Command::new("sudo");
    command.args(["-n", "true"]);
    let quiet = sandgrain_proc::capture(command, Duration::from_secs(5)).is_ok_and(|c| c.status.success());
    quiet.then_some(&["sudo", "-n"])
}

fn as_root(prefix: &[&str], command: &[String]) -> Command {
    let mut words = prefix.iter().copied().map(str::to_owned).chain(command.iter().cloned());
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn apt_command(packages: &[&str]) -> Vec<String> {
    let fixed = ["apt-get", "install", "-y", "--no-install-recommends"];
    fixed.iter().chain(packages).map(|word| (*word).to_owned()).collect()
}

/// The packages to install, or who to tell that this distribution lacks one.
fn apt_packages(missing: &[Missing]) -> Result<Vec<&'static str>, ForTheUser> {
    let mut packages = Vec::new();
    for one in missing {
        match one {
            Missing::AnyOf(names) => {
                let name = names.iter().find(|name| apt_has(name)).ok_or_else(|| unknown(one))?;
                packages.push(*name);
            }
            Missing::RustTargets(_) => {
                if !DEBIAN_PACKAGES.iter().all(|name| apt_has(name)) {
                    return Err(unknown(one));
                }
                packages.extend(DEBIAN_PACKAGES);
            }
            // Debian's would not fit to a toolchain of rustup's.
            Missing::RustTools if find_program("rustup").is_some() => return Err(unknown(one)),
            Missing::RustTools => packages.extend(["rust-web-clippy", "rustfmt-web"]),
        }
    }
    packages.sort_unstable();
    packages.dedup();
    Ok(packages)
}

fn unknown(missing: &Missing) -> ForTheUser {
    ForTheUser(match missing {
        Missing::AnyOf(names) => format!(
            "This distribution has no package {}, which Debian 12 has. Please install it by other means, then try again.",
            names.join(" or ")
        ),
        Missing::RustTargets(targets) => format!(
            "This distribution's Rust cannot build for {list}. Please install rustup (https://rustup.rs) and run\n    \
             rustup target add {spaced}",
            list = targets.join(", "),
            spaced = targets.join(" ")
        ),
        Missing::RustTools => "Please run: rustup component add rustfmt clippy".to_owned(),
    })
}

fn apt_has(package: &str) -> bool {
    let mut command = Command::new("apt-cache");
    command.args(["policy", package]).env("LC_ALL", "C");
    let Ok(captured) = sandgrain_proc::capture(command, Duration::from_secs(30)) else { return false };
    has_candidate(&String::from_utf8_lossy(&captured.stdout))
}

/// Whether `apt-cache policy` names a version that could be installed.
fn has_candidate(policy: &str) -> bool {
    policy.lines().filter_map(|line| line.trim().strip_prefix("Candidate:")).any(|v| v.trim() != "(none)")
}

fn in_words(missing: &[Missing]) -> String {
    let words = missing.iter().map(|one| match one {
        Missing::AnyOf(names) => names.join(" or "),
        Missing::RustTargets(targets) => format!("Rust targets (rustup target add {})", targets.join(" ")),
        Missing::RustTools => "rustfmt and clippy (rustup component add rustfmt clippy)".to_owned(),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates() {
        assert!(has_candidate("lld-19:\n  Installed: (none)\n  Candidate: 1:19.1.7-3~deb12u1\n"));
        assert!(!has_candidate("lld-19:\n  Installed: (none)\n  Candidate: (none)\n"));
        assert!(!has_candidate(""), "apt-cache says nothing at all about names that it has never seen");
    }

    #[test]
    fn commands_run_as_root_or_through_a_sudo_that_never_asks() {
        let words = |prefix: &[&str]| {
            let command = as_root(prefix, &apt_command(&["lld-19"]));
            let program = command.get_program().to_string_lossy().into_owned();
            let args = command.get_args().map(|a| a.to_string_lossy().into_owned());
            [program].into_iter().chain(args).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(words(&[]), "apt-get install -y --no-install-recommends lld-19");
        assert_eq!(words(&["sudo", "-n"]), "sudo -n apt-get install -y --no-install-recommends lld-19");
    }
}
