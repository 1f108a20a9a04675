//! The programs in `cases/*.wat`, and those that are too long to be written out ([`far`]). A line `;; invoke NAME ARGUMENTS` is a call; the calls of a program are made one
//! after the other on one instance.

mod far;

use std::path::{Path, PathBuf};

use sandgrain_cli::value;
use sandgrain_run_protocol::Value;
use wasmi::{ExternType, Module, ValType};

use crate::oracle;

/// A program.
#[derive(Debug, Clone)]
pub struct Case {
    /// The file's name, without .wat.
    pub name: String,
    /// The module in its binary form.
    pub wasm: Vec<u8>,
    /// Exported function and arguments of each call.
    pub calls: Vec<(String, Vec<Value>)>,
}

/// Every program, by name.
///
/// # Panics
/// If a file is not as it should be.
pub fn all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the folder is readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "wat"));
    paths.sort();
    let written = paths.iter().map(|path| load(path));
    written.chain(far::texts().into_iter().map(|(name, text)| parse(name.to_owned(), &text))).collect()
}

fn load(path: &Path) -> Case {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{name}: {e}"));
    parse(name, &text)
}

fn parse(name: String, text: &str) -> Case {
    let wasm = wat::parse_str(text).unwrap_or_else(|e| panic!("{name}: {e}"));
    let module = Module::new(&oracle::engine(false), &wasm).unwrap_or_else(|e| panic!("{name}: {e}"));
    let calls = text.lines().filter_map(|line| line.strip_prefix(";; invoke ")).map(|line| call(&name, &module, line));
    let calls: Vec<_> = calls.collect();
    assert!(!calls.is_empty(), "{name} invokes nothing");
    Case { name, wasm, calls }
}

fn call(name: &str, module: &Module, line: &str) -> (String, Vec<Value>) {
    let mut words = line.split_whitespace();
    let function = words.next().unwrap_or_default();
    let Some(ExternType::Func(ty)) = module.get_export(function) else {
        panic!("{name} exports no function `{function}`");
    };
    let arguments: Vec<&str> = words.collect();
    assert_eq!(arguments.len(), ty.params().len(), "{name}: arguments of `{line}`");
    let value = |(text, ty): (&&str, &ValType)| {
        let ty = match ty {
            ValType::I32 => sandgrain_artifact::ValType::I32,
            ValType::I64 => sandgrain_artifact::ValType::I64,
            ValType::F32 => sandgrain_artifact::ValType::F32,
            ValType::F64 => sandgrain_artifact::ValType::F64,
            other => panic!("{name}: a parameter of type {other:?}"),
        };
        value::parse(text, ty).unwrap_or_else(|e| panic!("{name}: {e}"))
    };
    (function.to_owned(), arguments.iter().zip(ty.params()).map(value).collect())
}
