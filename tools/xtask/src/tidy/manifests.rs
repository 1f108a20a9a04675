//! Manifests: every workspace is locked, every crate has a licence and the workspace's lints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::{Finding, walk};

/// What is used of `cargo metadata`'s output (format version 1).
#[derive(Deserialize)]
pub struct Metadata {
    pub packages: Vec<Package>,
    workspace_members: Vec<String>,
}

#[derive(Deserialize)]
pub struct Package {
    pub name: String,
    pub version: String,
    pub license: Option<String>,
    id: String,
    manifest_path: PathBuf,
}

/// The root manifests of the repository's workspaces.
pub fn workspaces(root: &Path) -> Result<Vec<PathBuf>> {
    let mut manifests = Vec::new();
    walk(root, &mut |path| {
        if path.ends_with("Cargo.toml") && parse(path)?.contains_key("workspace") {
            manifests.push(path.to_path_buf());
        }
        Ok(())
    })?;
    if manifests.is_empty() {
        bail!("there is no workspace below {}", root.display());
    }
    Ok(manifests)
}

pub fn missing_lock(manifest: &Path) -> Option<Finding> {
    let lock = manifest.with_file_name("Cargo.lock");
    (!lock.is_file()).then(|| Finding::new(lock.display(), "is missing: builds have to be reproducible, commit it"))
}

/// `cargo metadata` of a workspace.
///
/// # Errors
/// If the lock file is not up to date, among others.
pub fn metadata(manifest: &Path) -> Result<Metadata> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version=1", "--locked", "--manifest-path"])
        .arg(manifest)
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("cargo metadata --locked of {}:\n{}", manifest.display(), String::from_utf8_lossy(&output.stderr));
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata's output")
}

/// Members of the workspace without licence or without the workspace's lints.
pub fn incomplete(metadata: &Metadata, root: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for package in metadata.packages.iter().filter(|p| metadata.workspace_members.contains(&p.id)) {
        let place = package.manifest_path.strip_prefix(root).unwrap_or(&package.manifest_path);
        findings.extend(lacks(&parse(&package.manifest_path)?).map(|what| Finding::new(place.display(), what)));
    }
    Ok(findings)
}

/// What a member's manifest lacks.
fn lacks(manifest: &toml::Table) -> impl Iterator<Item = &'static str> {
    let set = |table: &str, key: &str| manifest.get(table).and_then(|t| t.get(key)).is_some();
    let lints = manifest.get("lints").and_then(|l| l.get("workspace")?.as_bool()) == Some(true);
    let licence = (!set("package", "license")).then_some("has no licence: `license.workspace = true`");
    let lints = (!lints).then_some("does not take the workspace's lints: `[lints] workspace = true`");
    licence.into_iter().chain(lints)
}

fn parse(manifest: &Path) -> Result<toml::Table> {
    let text = fs::read_to_string(manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    toml::from_str(&text).with_context(|| format!("in {}", manifest.display()))
}

#[cfg(test)]
impl Package {
    pub fn for_test(name: &str, license: Option<&str>) -> Package {
        Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: license.map(str::to_owned),
            id: name.to_owned(),
            manifest_path: PathBuf::new(),
        }
    }
}

#[cfg(test)]
impl Metadata {
    pub fn for_test(packages: Vec<Package>) -> Metadata {
        Metadata { packages, workspace_members: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_manifest_lacks() {
        let lacks = |text: &str| lacks(&toml::from_str(text).unwrap()).count();
        assert_eq!(lacks("[package]\nlicense.workspace = true\n[lints]\nworkspace = true\n"), 0);
        assert_eq!(lacks("[package]\nlicense = 'MIT'\n"), 1);
        assert_eq!(lacks("[package]\n[lints]\nworkspace = true\n"), 1);
        assert_eq!(lacks("[package]\n[lints]\nworkspace = false\n"), 2);
    }

    #[test]
    fn a_workspace_without_lock_is_found() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("member")).unwrap();
        fs::write(dir.path().join("Cargo.toml"), "[workspace]\nmembers = ['member']\n").unwrap();
        fs::write(dir.path().join("member/Cargo.toml"), "[package]\nname = 'member'\n").unwrap();

        let found = workspaces(dir.path()).unwrap();
        assert_eq!(found, [dir.path().join("Cargo.toml")]);
        assert!(missing_lock(&found[0]).is_some());
        fs::write(dir.path().join("Cargo.lock"), "").unwrap();
        assert!(missing_lock(&found[0]).is_none());
    }

    #[test]
    fn a_stale_lock_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("src")).unwrap();
        fs::write(dir.path().join("src/lib.rs"), "").unwrap();
        fs::write(dir.path().join("Cargo.toml"), "[package]\nname = 'one'\nedition = '2024'\n[workspace]\n").unwrap();
        fs::write(dir.path().join("Cargo.lock"), "version = 4\n\n[[package]]\nname = 'two'\nversion = '0.0.0'\n")
            .unwrap();
        assert!(metadata(&dir.path().join("Cargo.toml")).is_err());
    }
}
