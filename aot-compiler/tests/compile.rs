//! Whole modules through the whole pipeline, for every target. That the code is right is shown on the boards and by
//! `clif.rs`; here, that it is made, linked and packed.

use object::{Object, ObjectSection, ObjectSymbol};
use sandgrain_abi::{Helper, HelperGroups};
use sandgrain_artifact::{Artifact, Carried, CpuFeatures, DeviceProfile, Extern};
use sandgrain_compiler::emit::SiteKind;
use sandgrain_compiler::link::SiteRecord;
use sandgrain_compiler::{Category, Options, Target, compile, compile_with_progress};
use std::num::NonZeroUsize;
use std::sync::Mutex;

fn cases() -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../hil-tests/cases");
    let mut cases: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "wat"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), wat::parse_file(&path).unwrap()))
        .collect();
    cases.sort();
    assert!(cases.len() >= 25, "the cases have moved");
    cases
}

fn device(target: Target) -> DeviceProfile {
    let helpers = Helper::ALL.iter().fold(HelperGroups::CORE, |all, helper| all.union(helper.group()));
    DeviceProfile { target, features: CpuFeatures::ALL, helpers }
}

#[test]
fn every_case_compiles_for_every_target() {
    for (name, wasm) in cases() {
        for target in Target::ALL {
            let compiled = compile(&wasm, &Options::new(*target)).unwrap_or_else(|e| panic!("{name}: {e}"));
            let artifact = Artifact::open(&compiled.artifact, &device(*target)).unwrap();
            let text = artifact.content().text();
            let object = object::File::parse(&*compiled.object).unwrap();
            let section = object.section_by_name(".text").unwrap();
            assert_eq!(section.data().unwrap(), text, "{name}: the ELF holds the artifact's text");
            assert_eq!(section.relocations().count(), 0, "{name}: nothing is left to relocate");
            let sites = object.section_by_name(sandgrain_compiler::link::SITE_SECTION).unwrap();
            let (records, rest) = sites.data().unwrap().as_chunks();
            let sites: Vec<_> = records.iter().map(|record| SiteRecord::decode(record).unwrap()).collect();
            assert!(rest.is_empty() && sites.is_sorted_by(|a, b| a.return_offset < b.return_offset), "{name}");
            let traps = sites.iter().filter(|site| matches!(site.kind, SiteKind::Trap(_)));
            assert_eq!(traps.count(), compiled.report.trap_sites, "{name}");
            for export in artifact.content().exports().iter() {
                if let Extern::Func { code, .. } = export.item {
                    let value = u64::from(code.0) | u64::from(sandgrain_compiler::link::code_address_bit(*target));
                    assert!(object.symbols().any(|s| s.address() == value), "{name}: {} has a symbol", export.name);
                }
            }
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (name, wasm) in cases() {
        let options = Options::new(Target::CortexM4F);
        let (a, b) = (compile(&wasm, &options).unwrap(), compile(&wasm, &options).unwrap());
        assert_eq!((a.artifact, a.object), (b.artifact, b.object), "{name}");
    }
}

/// A device holds no more than an artifact does, but what is too large for one can be looked at.
#[test]
fn what_no_artifact_holds_is_compiled_without_one() {
    let data = format!("(data (i32.const 0) \"{}\")", "x".repeat(600_000));
    let wasm = wat::parse_str(format!("(module (memory 10) {data})")).unwrap();
    let mut options = Options::new(Target::Rv32Imac);
    assert_eq!(compile(&wasm, &options).unwrap_err().category(), Category::Limit);
    options.pack = false;
    let compiled = compile(&wasm, &options).unwrap();
    assert!(compiled.artifact.is_empty() && compiled.object.len() > 600_000);
}

#[test]
fn a_name_that_no_manifest_holds_is_refused_by_name() {
    let mut options = Options::new(Target::Rv32Imac);
    options.identity.name = "Not A Name".into();
    let error = compile(&wat::parse_str("(module)").unwrap(), &options).unwrap_err();
    assert_eq!(error.category(), Category::Limit);
    assert!(error.to_string().contains("name"), "{error}");
}

/// Functions of different sizes, so that threads finish them in another order than they started them.
#[test]
fn threads_change_nothing_but_the_time() {
    let functions: String = (0..60)
        .map(|i| {
            let body = format!("(local.set 0 (i32.mul (local.get 0) (i32.const {i})))").repeat(i * 7 % 40);
            format!("(func $f{i} (export \"f{i}\") (param i32) (result i32) {body} (local.get 0))")
        })
        .collect();
    let wasm = wat::parse_str(format!("(module (func (import \"a\" \"b\")) {functions})")).unwrap();
    for target in Target::ALL {
        let made = [1, 3, 100].map(|threads| {
            let options =
                Options { keep_clif: true, threads: NonZeroUsize::new(threads).unwrap(), ..Options::new(*target) };
            let seen = Mutex::new(Vec::new());
            let compiled = compile_with_progress(&wasm, &options, &|p| seen.lock().unwrap().push(p)).unwrap();
            let mut seen = seen.into_inner().unwrap();
            seen.sort_by_key(|progress| progress.functions);
            assert!(seen.iter().enumerate().all(|(i, p)| (p.functions, p.of) == (i + 1, 60)) && seen.len() == 60);
            compiled
        });
        for other in &made[1..] {
            assert_eq!(other.artifact, made[0].artifact);
            assert_eq!(other.object, made[0].object);
            assert_eq!(other.clif, made[0].clif);
        }
    }
}

/// The module without its custom sections, which still is one and compiles to the same code.
#[test]
fn wasm_is_carried_without_what_engines_ignore() {
    let wat = r#"(module $named
        (@custom "note" (before first) "what a tool has left")
        (import "env" "log" (func $log (param i32)))
        (memory 1) (data (i32.const 8) "abc")
        (@custom "note" "again")
        (func $f (export "f") (param i32) (result i32) (call $log (local.get 0)) (i32.load8_u (local.get 0))))"#;
    let wasm = wat::parse_str(wat).unwrap();
    for &target in Target::ALL {
        let mut options = Options::new(target);
        let without = compile(&wasm, &options).unwrap().artifact;
        options.carry_wasm = true;
        let with = compile(&wasm, &options).unwrap().artifact;
        let carried = Carried::open(&with).unwrap().wasm();
        assert!(carried.len() < wasm.len() && !carried.windows(4).any(|w| w == b"note" || w == b"name"));
        let again = compile(carried, &Options::new(target)).unwrap().artifact;
        let text = |artifact: &[u8]| {
            let device = DeviceProfile { target, features: CpuFeatures::ALL, helpers: HelperGroups::ALL };
            Artifact::open(artifact, &device).unwrap().content().text().to_vec()
        };
        assert!(text(&with) == text(&without) && text(&again) == text(&without), "{}", target.name());
        assert_eq!(Carried::open(&without).unwrap_err().reason(), "no-wasm");
    }
}
