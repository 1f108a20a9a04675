//! Expectation tests: each `disas/*.wat` holds a module and, as comments behind it, the CLIF that it becomes.
//!
//! The first lines may be options: `;;! target = rv32imac` (the default), `;;! egraph = false`,
//! `;;! checks = false`.
//! `SANDGRAIN_BLESS=1 cargo test -p sandgrain-compiler --test disas` rewrites the expectations.

use sandgrain_compiler::{Options, Target, clif};
use std::path::Path;

const MARK: &str = ";; ---- expected ----\n";

fn options(text: &str) -> Options {
    let mut options = Options::new(Target::Rv32Imac);
    for line in text.lines().map_while(|l| l.strip_prefix(";;!")) {
        match line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some(("target", name)) => options.target = Target::from_name(name).expect("a known target"),
            Some(("egraph", value)) => options.midend.egraph = value.parse().expect("true or false"),
            Some(("checks", value)) => options.midend.checks = value.parse().expect("true or false"),
            other => panic!("unknown option {other:?}"),
        }
    }
    options
}

fn expectation(source: &str) -> String {
    let wasm = wat::parse_str(source).unwrap();
    let text = match clif(&wasm, &options(source)) {
        Ok(text) => text,
        Err(error) => format!("{error}\n"),
    };
    // Every function declares the same alias regions.
    let lines = text.lines().filter(|line| !line.starts_with("    region"));
    lines.map(|line| format!(";; {line}").trim_end().to_owned() + "\n").collect()
}

fn check(path: &Path) -> Result<(), String> {
    let file = std::fs::read_to_string(path).unwrap();
    let (source, expected) = file.split_once(MARK).unwrap_or((&file, ""));
    let actual = expectation(source);
    if actual == expected {
        return Ok(());
    }
    if std::env::var_os("SANDGRAIN_BLESS").is_some() {
        std::fs::write(path, format!("{}\n\n{MARK}{actual}", source.trim_end())).unwrap();
        return Ok(());
    }
    Err(format!("{} differs; SANDGRAIN_BLESS=1 accepts:\n{actual}", path.display()))
}

#[test]
fn clif_is_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("disas");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "wat"));
    paths.sort();
    assert!(paths.len() >= 8, "the cases have moved");
    let failures: Vec<String> = paths.iter().filter_map(|p| check(p).err()).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
