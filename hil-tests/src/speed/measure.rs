//! One kernel on one board, by everything that can run it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sandgrain_artifact::Artifact;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{self, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_run_protocol::{CallReport, Outcome, Value};

use super::kernels::{Kernel, Language};
use super::native::{self, Compiler, Level};
use crate::bench::Bench;
use crate::executor::{Executor, Wasmi};
use crate::script::{self, Script, Step};

/// What ran a kernel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The part itself, as this compiler has it.
    Native(Compiler),
    /// Sandgrain's code, every check on.
    Sandgrain,
}

impl Engine {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Native(compiler) => compiler.name(),
            Engine::Sandgrain => "sandgrain",
        }
    }
}

/// What running a kernel came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// What it returned.
    pub result: i32,
    /// Executed instructions of the function, without those of an empty call; a Cortex-M's counter has steps of 40.
    pub instructions: u64,
    /// Executed instructions from bytes in flash to an instance; none for native code.
    pub start_instructions: Option<u64>,
    /// Bytes of machine code, constants among it included.
    pub code_bytes: u32,
    /// Bytes of flash, constants and tables included.
    pub flash_bytes: u32,
}

/// A way of running a kernel, and what came of it.
#[derive(Debug, Clone)]
pub struct Measurement {
    /// What ran it.
    pub engine: Engine,
    /// How its source was compiled.
    pub level: Level,
    /// What it came to, or why it did not.
    pub figures: Result<Figures, String>,
}

/// A kernel with everything that was measured of it on one board.
#[derive(Debug, Clone)]
pub struct Row {
    /// The kernel.
    pub kernel: Kernel,
    /// The measurements.
    pub measurements: Vec<Measurement>,
}

impl Row {
    /// The figures of a way, if it succeeded.
    pub fn figures(&self, engine: Engine, level: Level) -> Option<&Figures> {
        let wanted = self.measurements.iter().find(|m| m.engine == engine && m.level == level)?;
        wanted.figures.as_ref().ok()
    }

    /// Native code that did its work in the fewest instructions, whoever made it.
    pub fn best_native(&self) -> Option<&Figures> {
        let native = self.measurements.iter().filter(|m| matches!(m.engine, Engine::Native(_)));
        native.filter_map(|m| m.figures.as_ref().ok()).min_by_key(|figures| figures.instructions)
    }

    /// What native code of `level` is measured by: gcc's for C, rustc's for Rust.
    pub fn native(&self, level: Level) -> Option<&Figures> {
        let compiler = Compiler::of(self.kernel.language).first()?;
        self.figures(Engine::Native(*compiler), level)
    }

    /// What is wrong with it: failures, and results that differ from `expected`.
    fn check(&mut self, expected: &[(Level, Result<i32, String>)]) {
        for measurement in &mut self.measurements {
            let expected = expected.iter().find(|(level, _)| *level == measurement.level);
            let (Ok(figures), Some((_, expected))) = (&measurement.figures, expected) else { continue };
            match expected {
                Ok(expected) if *expected == figures.result => (),
                Ok(expected) => {
                    measurement.figures = Err(format!("returns {}, on wasmi {expected}", figures.result));
                }
                Err(why) => measurement.figures = Err(format!("cannot be checked: {why}")),
            }
        }
    }
}

fn options() -> Options {
    Options { count_instructions: true, limit: Duration::from_secs(300), ..Options::default() }
}

fn result(report: &CallReport) -> Result<i32, String> {
    match &report.outcome {
        Outcome::Returned(results) => match results[..] {
            [Value::I32(result)] => Ok(result),
            _ => Err("`run` does not return one i32".to_owned()),
        },
        Outcome::Trapped(trap) => Err(format!("traps: {trap:?}")),
    }
}

/// What wasmi on the host says that `run(argument)` is.
///
/// # Errors
/// If it traps or is not there.
pub fn expected(wasm: &[u8], argument: i32) -> Result<i32, String> {
    let call = Step::Call { instance: 0, function: "run".to_owned(), arguments: vec![Value::I32(argument)] };
    let steps = vec![Step::Instantiate { module: 0 }, call];
    let outcomes = Wasmi.execute(&Script { modules: vec![wasm.to_vec()], steps, fuel: None });
    match outcomes.last() {
        Some(script::Outcome::Returned(values)) => match values[..] {
            [Value::I32(result)] => Ok(result),
            _ => Err("`run` does not return one i32".to_owned()),
        },
        other => Err(format!("wasmi says {other:?}")),
    }
}

/// `kernel` as native code, its result not compared with anything yet.
///
/// # Errors
/// If it cannot be built or run.
pub fn native(kernel: &Kernel, compiler: Compiler, level: Level, bench: &Bench) -> Result<Figures, String> {
    let image = native::image(kernel, compiler, level, bench.board, &bench.firmware)?;
    let report = job::execute_native(bench.board, &bench.firmware, &image.native, kernel.argument, &options());
    let report = report.map_err(|e| e.to_string())?;
    Ok(Figures {
        result: result(&report)?,
        instructions: report.instructions,
        start_instructions: None,
        code_bytes: image.code_bytes,
        flash_bytes: image.flash_bytes,
    })
}

fn sandgrain(kernel: &Kernel, wasm: &[u8], bench: &Bench, empty_call: u64) -> Result<Figures, String> {
    let path = Path::new(&kernel.name);
    let built = module_file::build(path, ModuleFile::Wasm(wasm.to_vec()), bench.board.target);
    let artifact = built.map_err(|e| e.to_string())?.artifact;
    let profile = module_file::profile(bench.board.target);
    let view = Artifact::open(&artifact, &profile).map_err(|e| e.to_string())?;
    let flash_bytes = view.content_bytes().len() as u32;
    let calls = vec![("run".to_owned(), vec![Value::I32(kernel.argument)])];
    let job = Job { artifact, calls, stub_imports: true, ..Job::default() };
    let answer = job::execute(bench.board, &bench.firmware, &job, &options()).map_err(|e| e.to_string())?;
    let (Some(started), Some(report)) = (answer.started, answer.calls.first()) else {
        return Err(format!("is refused: {:?}", answer.refused));
    };
    Ok(Figures {
        result: result(report)?,
        instructions: report.instructions.saturating_sub(empty_call),
        start_instructions: Some(started.instructions),
        code_bytes: started.text_bytes,
        flash_bytes,
    })
}

/// Instructions of calling a function that returns its argument: what a call takes whatever it does. It is not counted as the
/// kernel's.
///
/// # Errors
/// If it cannot be run.
pub fn empty_call(bench: &Bench) -> Result<u64, String> {
    let wasm = wat::parse_str(r#"(module (func (export "run") (param i32) (result i32) (local.get 0)))"#);
    let kernel = Kernel { name: "empty".into(), language: Language::Wasm, argument: 1, path: PathBuf::new() };
    sandgrain(&kernel, &wasm.map_err(|e| e.to_string())?, bench, 0).map(|figures| figures.instructions)
}

/// Has `kernel` run in every way that there is, and compares what it returns.
pub fn row(kernel: &Kernel, bench: &Bench, empty_call: u64) -> Row {
    let mut row = Row { kernel: kernel.clone(), measurements: Vec::new() };
    // What is a module already is compiled once.
    let levels = if kernel.language == Language::Wasm { &Level::ALL[..1] } else { &Level::ALL[..] };
    let modules: Vec<_> = levels.iter().map(|level| (*level, native::module(kernel, *level))).collect();
    let by_module = |wasm: &Result<Vec<u8>, String>| wasm.as_ref().map_err(Clone::clone).cloned();
    let expected =
        modules.iter().map(|(level, wasm)| (*level, by_module(wasm).and_then(|wasm| expected(&wasm, kernel.argument))));
    let expected: Vec<_> = expected.collect();
    for (level, wasm) in &modules {
        for compiler in Compiler::of(kernel.language) {
            let figures = native(kernel, *compiler, *level, bench);
            row.measurements.push(Measurement { engine: Engine::Native(*compiler), level: *level, figures });
        }
        let figures = by_module(wasm).and_then(|wasm| sandgrain(kernel, &wasm, bench, empty_call));
        row.measurements.push(Measurement { engine: Engine::Sandgrain, level: *level, figures });
    }
    row.check(&expected);
    row
}

/// Every kernel, two at a time, in their order; `done` is told of each as it ends.
pub fn rows(kernels: &[Kernel], bench: &Bench, empty_call: u64, done: &(dyn Fn(&Row) + Sync)) -> Vec<Row> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let rows = std::sync::Mutex::new(vec![None; kernels.len()]);
    let work = || {
        while let Some((i, kernel)) = {
            let i = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            kernels.get(i).map(|kernel| (i, kernel))
        } {
            let row = row(kernel, bench, empty_call);
            done(&row);
            if let Ok(mut rows) = rows.lock() {
                rows[i] = Some(row);
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    rows.into_inner().unwrap_or_default().into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(result: i32, instructions: u64) -> Figures {
        Figures { result, instructions, start_instructions: None, code_bytes: 1, flash_bytes: 1 }
    }

    #[test]
    fn a_result_that_differs_is_no_figure() {
        let kernel = Kernel { name: "k".to_owned(), language: Language::C, argument: 1, path: "k.c".into() };
        let measured = |engine, result, instructions| Measurement {
            engine,
            level: Level::Speed,
            figures: Ok(figures(result, instructions)),
        };
        let (gcc, clang) = (Engine::Native(Compiler::Gcc), Engine::Native(Compiler::Clang));
        let measurements = vec![measured(gcc, 5, 100), measured(clang, 6, 10), measured(Engine::Sandgrain, 5, 120)];
        let mut row = Row { kernel, measurements };
        assert_eq!(row.best_native().unwrap().instructions, 10);
        row.check(&[(Level::Speed, Ok(5))]);
        assert_eq!(row.best_native().unwrap().instructions, 100);
        assert!(row.figures(clang, Level::Speed).is_none());
        assert_eq!(row.native(Level::Speed), Some(&figures(5, 100)));
        row.check(&[(Level::Speed, Err("no".to_owned()))]);
        assert!(row.best_native().is_none() && row.figures(Engine::Sandgrain, Level::Speed).is_none());
    }

    #[test]
    fn wasmi_says_what_a_kernel_returns() {
        let wasm = |body: &str| {
            wat::parse_str(format!(r#"(module (func (export "run") (param i32) (result i32) {body}))"#)).unwrap()
        };
        assert_eq!(expected(&wasm("(i32.add (local.get 0) (i32.const 2))"), 40), Ok(42));
        assert!(expected(&wasm("unreachable"), 40).is_err());
    }
}
