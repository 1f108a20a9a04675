//! ARCHITECTURE.md names only what is there.

use std::fs;
use std::path::Path;

use super::Finding;

const FILE: &str = "ARCHITECTURE.md";

/// Extensions by which a quoted word without a slash is a file nevertheless.
const EXTENSIONS: [&str; 7] = ["rs", "toml", "md", "x", "wat", "wasm", "lock"];

pub fn check(root: &Path) -> Vec<Finding> {
    match fs::read_to_string(root.join(FILE)) {
        Ok(text) => absent(&text, |path| root.join(path).exists()),
        Err(_) => vec![Finding::new(FILE, "is missing: it says what the parts are and where they lie")],
    }
}

/// A finding for each back-quoted path that does not exist.
fn absent(text: &str, exists: impl Fn(&str) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut paths = 0;
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        // Between back-quotes are the odd pieces.
        for quoted in line.split('`').skip(1).step_by(2).filter(|quoted| is_path(quoted)) {
            paths += 1;
            if !exists(quoted) {
                findings.push(Finding::new(format!("{FILE}:{}", number + 1), format!("`{quoted}` does not exist")));
            }
        }
    }
    if paths == 0 {
        findings.push(Finding::new(FILE, "names no path in back-quotes, so nothing holds it to the tree"));
    }
    findings
}

/// Whether a quoted text is meant as a path of the repository: it has a slash or a known extension, and none of the
/// characters by which templates (`T/{name}`), patterns, commands and Rust paths give themselves away.
fn is_path(quoted: &str) -> bool {
    let plain = quoted.chars().all(|c| c.is_ascii_alphanumeric() || "_-./".contains(c));
    let extension = Path::new(quoted).extension().and_then(|e| e.to_str());
    plain && !quoted.starts_with('/') && (quoted.contains('/') || extension.is_some_and(|e| EXTENSIONS.contains(&e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_is_gone_is_found() {
        let text = "The front door is `dev`.\nSee `aot-compiler/src/gone.rs` and `aot-compiler/src`, `GONE.md` too.";
        let found = absent(text, |path| path == "aot-compiler/src");
        let problems: Vec<_> = found.iter().map(|f| (f.place.as_str(), f.problem.as_str())).collect();
        assert_eq!(
            problems,
            [
                ("ARCHITECTURE.md:2", "`GONE.md` does not exist"),
                ("ARCHITECTURE.md:2", "`aot-compiler/src/gone.rs` does not exist"),
            ]
            .iter()
            .rev()
            .copied()
            .collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_page_without_paths_is_found() {
        assert_eq!(absent("Nothing `here`.", |_| true).len(), 1);
    }

    #[test]
    fn what_is_no_path() {
        for quoted in ["Module::open", "T/{device}/chunk", "./dev test", "a => b", "/etc/passwd", "boards/*", "i32"] {
            assert!(!is_path(quoted), "{quoted}");
        }
    }

    #[test]
    fn listings_are_left_alone() {
        assert_eq!(absent("`dev.md`\n```\n`gone.rs`\n```\n", |path| path == "dev.md"), []);
    }
}
