//! `./dev tidy`: the invariants of the tree that a program can check.
//!
//! Each check is a function from data to findings, so that its test can show that it finds a violation.

mod device;
mod docs;
mod licences;
mod manifests;
mod sources;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::paths;

/// One violation: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    place: String,
    problem: String,
}

impl Finding {
    fn new(place: impl fmt::Display, problem: impl Into<String>) -> Finding {
        Finding { place: place.to_string(), problem: problem.into() }
    }
}

/// `tools/xtask/tidy.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    sources: sources::Limits,
    unsafe_room: Vec<sources::UnsafeRoom>,
    device: device::Rules,
    licences: licences::Rules,
}

/// A file of the repository: its path relative to the root, and its text.
struct Source {
    path: PathBuf,
    text: String,
}

/// Runs every check and prints what was found.
///
/// # Errors
/// If there are findings, or if a check could not be carried out.
pub fn run() -> Result<()> {
    let root = paths::root();
    let rules_path = root.join("tools/xtask/tidy.toml");
    let rules: Rules = toml::from_str(&fs::read_to_string(&rules_path)?).context("in tools/xtask/tidy.toml")?;
    let sources = read_sources(&root)?;
    let workspaces = manifests::workspaces(&root)?;

    let mut findings = sources::too_long(&sources, &rules.sources);
    findings.extend(sources::unsafe_outside(&sources, &rules.unsafe_room));
    findings.extend(sources::rooms_without_unsafe(&sources, &rules.unsafe_room));
    findings.extend(docs::check(&root));
    for workspace in &workspaces {
        findings.extend(manifests::missing_lock(workspace));
        match manifests::metadata(workspace) {
            Ok(metadata) => {
                findings.extend(manifests::incomplete(&metadata, &root)?);
                findings.extend(licences::refused(&metadata, &rules.licences));
            }
            Err(error) => findings.push(Finding::new(workspace.display(), format!("{error:#}"))),
        }
    }
    findings.extend(device::check(&root, &rules.device));
    findings.sort();
    findings.dedup();

    if findings.is_empty() {
        println!("tidy: {} sources and {} workspaces are in order", sources.len(), workspaces.len());
        return Ok(());
    }
    for finding in &findings {
        println!("{}: {}", finding.place, finding.problem);
    }
    bail!("tidy found {} thing{} to put right", findings.len(), if findings.len() == 1 { "" } else { "s" })
}

/// Every .rs file below `root`, leaving out what was built.
fn read_sources(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    walk(root, &mut |path| {
        if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
            sources.push(Source { path: path.strip_prefix(root).unwrap_or(path).to_path_buf(), text });
        }
        Ok(())
    })?;
    Ok(sources)
}

/// Calls `visit` with every file below `directory` but those in hidden folders and cargo's target folders.
fn walk(directory: &Path, visit: &mut dyn FnMut(&Path) -> Result<()>) -> Result<()> {
    let entries = fs::read_dir(directory).with_context(|| format!("cannot read {}", directory.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type()?.is_dir() {
            if !hidden && !path.join("CACHEDIR.TAG").exists() {
                walk(&path, visit)?;
            }
        } else {
            visit(&path)?;
        }
    }
    Ok(())
}
