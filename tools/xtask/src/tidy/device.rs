//! What runs on a device reaches nothing of the host's.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::Finding;
use crate::firmware::Board;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The target for which the crates' dependencies are looked at.
    target: String,
    /// Packages of the host workspace that also run on devices.
    crates: Vec<String>,
    /// Names that none of them may reach; a trailing `*` stands for any rest.
    forbidden: Vec<String>,
}

pub fn check(root: &Path, rules: &Rules) -> Vec<Finding> {
    let mut findings = Vec::new();
    let host = root.join("Cargo.toml");
    for name in &rules.crates {
        findings.extend(check_crate(&host, name, &rules.target, rules, true));
    }
    match Board::all() {
        Ok(boards) => {
            for board in boards {
                let manifest = root.join("boards").join(&board.name).join("Cargo.toml");
                let found =
                    package_name(&manifest).map(|name| check_crate(&manifest, &name, &board.triple, rules, false));
                findings.extend(found.unwrap_or_else(|error| vec![Finding::new(&board, format!("{error:#}"))]));
            }
        }
        Err(error) => findings.push(Finding::new("boards", format!("{error:#}"))),
    }
    findings
}

/// What one package reaches, and for a library whether it is `no_std`. That it cannot be found out is a finding too.
fn check_crate(manifest: &Path, name: &str, target: &str, rules: &Rules, is_library: bool) -> Vec<Finding> {
    let look = || -> Result<Vec<Finding>> {
        let tree = cargo_tree(manifest, name, target)?;
        let mut findings = reaches(name, &tree, &rules.forbidden);
        if is_library {
            findings.extend(without_no_std(Path::new(manifest_dir(&tree)?), name));
        }
        Ok(findings)
    };
    look().unwrap_or_else(|error| vec![Finding::new(name, format!("{error:#}"))])
}

/// The normal dependencies of a package with default features, one line each: `name version path|features`.
/// Procedural macros run on the host and are left out.
fn cargo_tree(manifest: &Path, package: &str, target: &str) -> Result<String> {
    let output = Command::new("cargo")
        .args(["tree", "--locked", "--edges=normal,no-proc-macro", "--prefix=none", "--no-dedupe"])
        .args(["--package", package, "--target", target, "--manifest-path"])
        .arg(manifest)
        .output()
        .context("cannot run cargo")?;
    if !output.status.success() {
        bail!("cargo tree of {package}:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).context("cargo tree's output")
}

fn reaches(package: &str, tree: &str, forbidden: &[String]) -> Vec<Finding> {
    let is_forbidden = |name: &str| {
        forbidden.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => name == pattern,
        })
    };
    let mut names: Vec<&str> =
        tree.lines().filter_map(|line| line.split(' ').next()).filter(|n| is_forbidden(n)).collect();
    names.sort_unstable();
    names.dedup();
    let why =
        |name: &str| format!("reaches {name}; see `cargo tree --edges=normal --invert {name} --package {package}`");
    names.into_iter().map(|name| Finding::new(package, why(name))).collect()
}

/// The folder of the tree's root package: its line ends in `(/path)`.
fn manifest_dir(tree: &str) -> Result<&str> {
    let line = tree.lines().next().context("cargo tree wrote nothing")?;
    let (_, path) = line.split_once('(').with_context(|| format!("`{line}` has no path"))?;
    path.split(')').next().context("unclosed path")
}

fn without_no_std(folder: &Path, package: &str) -> Option<Finding> {
    let text = fs::read_to_string(folder.join("src/lib.rs")).unwrap_or_default();
    (!declares_no_std(&text)).then(|| Finding::new(package, "its src/lib.rs does not say `#![no_std]`"))
}

/// Unconditional, or for everything but tests; `cfg_attr(not(feature = "std"), no_std)` would be std by default or not,
/// depending on others.
fn declares_no_std(text: &str) -> bool {
    let lines = || text.lines().map(str::trim);
    lines().any(|line| line == "#![no_std]" || line == "#![cfg_attr(not(test), no_std)]")
}

fn package_name(manifest: &Path) -> Result<String> {
    let text = fs::read_to_string(manifest).with_context(|| format!("cannot read {}", manifest.display()))?;
    let table: toml::Table = toml::from_str(&text).with_context(|| format!("in {}", manifest.display()))?;
    let name = table.get("package").and_then(|p| p.get("name")?.as_str());
    name.map(str::to_owned).with_context(|| format!("{} has no package.name", manifest.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "\
sandgrain-runtime v0.1.0 (/repo/runtime-nostd)
heapless v0.9.3
wasmparser v0.263.0
cranelift-entity v0.135.8
wasmparser v0.263.0
objective v1.0.0
";

    #[test]
    fn a_forbidden_dependency_is_found_once() {
        let forbidden = ["cranelift*", "wasmparser", "object"].map(str::to_owned);
        let found = reaches("sandgrain-runtime", TREE, &forbidden);
        let reached: Vec<_> = found.iter().filter_map(|f| f.problem.split([' ', ';']).nth(1)).collect();
        assert_eq!(reached, ["cranelift-entity", "wasmparser"]);
    }

    #[test]
    fn the_folder_stands_in_the_first_line() {
        assert_eq!(manifest_dir(TREE).unwrap(), "/repo/runtime-nostd");
        assert!(manifest_dir("heapless v0.9.3\n").is_err());
    }

    #[test]
    fn a_crate_with_std_is_found() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("src")).unwrap();
        fs::write(dir.path().join("src/lib.rs"), "// #![no_std] would be good\npub fn f() {}\n").unwrap();
        assert!(without_no_std(dir.path(), "x").is_some());
        fs::write(dir.path().join("src/lib.rs"), "//! Good.\n#![no_std]\n").unwrap();
        assert!(without_no_std(dir.path(), "x").is_none());
    }

    /// The check as a whole, on a tree that violates it.
    #[test]
    fn cargo_names_what_a_crate_reaches() {
        let dir = tempfile::tempdir().unwrap();
        for (name, dependency) in [("inner", "wasmparser"), ("wasmparser", "")] {
            let line =
                if dependency.is_empty() { String::new() } else { format!("{dependency}.path = '../{dependency}'\n") };
            let folder = dir.path().join(name);
            fs::create_dir_all(folder.join("src")).unwrap();
            fs::write(folder.join("src/lib.rs"), "").unwrap();
            let manifest = format!("[package]\nname = '{name}'\nedition = '2024'\n[dependencies]\n{line}");
            fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        }
        let root = dir.path().join("Cargo.toml");
        fs::write(&root, "[workspace]\nmembers = ['inner', 'wasmparser']\nresolver = '3'\n").unwrap();
        let status =
            Command::new("cargo").args(["generate-lockfile", "--offline", "--manifest-path"]).arg(&root).status();
        assert!(status.unwrap().success());
        let tree = cargo_tree(&root, "inner", "thumbv7em-none-eabihf").unwrap();
        assert_eq!(reaches("inner", &tree, &["wasmparser".to_owned()]).len(), 1);
    }
}
