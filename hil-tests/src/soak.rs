//! The life of instances, many thousand times over: whether any of it is different later on, and whether RAM stays flat.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use sandgrain_abi::Target;
use sandgrain_cli::emulator::Options;
use sandgrain_cli::job::{self, Cycles, Job};
use sandgrain_cli::module_file::{self, ModuleFile};
use sandgrain_run_protocol::{Limits, RamReport, SoakReport, Value};

use crate::bench::Bench;

/// Bytes of stack that an instance gets.
const STACK: u32 = 1024;
/// From one cycle to the next, in microseconds of the board's clock: ten a second.
const PERIOD_US: u32 = 100_000;
/// Reports of a soak, and so the places at which RAM is compared.
const PARTS: u32 = 10;

/// Everything that a module may do in its life: it initialises memory, a table and globals, starts, computes, calls the
/// host, grows, and traps in every way that a call can.
const MODULE: &str = r#"(module
  (import "env" "stubbed" (func $host (param i32) (result i32)))
  (memory 2048 4096 (pagesize 1))
  (data (i32.const 16) "what is here at first")
  (global $calls (mut i64) (i64.const 5))
  (type $f (func (param i32) (result i32)))
  (table 6 12 funcref)
  (elem (i32.const 1) $work $host $deep)
  (func $initialise (memory.copy (i32.const 64) (i32.const 16) (i32.const 21)))
  (start $initialise)
  (func $work (export "work") (type $f) (local i32)
    (loop
      (i32.store (i32.and (local.get 1) (i32.const 1020))
        (i32.add (i32.mul (local.get 1) (i32.const 0x9e3779b1)) (i32.load (i32.const 64))))
      (br_if 0 (i32.lt_u (local.tee 1 (i32.add (local.get 1) (i32.const 4))) (local.get 0))))
    (global.set $calls (i64.mul (global.get $calls) (i64.extend_i32_u (i32.load (i32.const 512)))))
    (i32.add (call_indirect (type $f) (local.get 1) (i32.const 2)) (i32.load (i32.const 256))))
  (func (export "floats") (param f64) (result f64)
    (f64.sqrt (f64.div (f64.convert_i64_s (global.get $calls)) (local.get 0))))
  (func (export "grow") (result i32 i32)
    (memory.grow (i32.const 1000)) (table.grow (ref.null func) (i32.const 3)))
  (func $deep (export "deep") (type $f) (i32.add (i32.const 1) (call_indirect (type $f) (local.get 0) (i32.const 3))))
  (func (export "outside") (param i32) (result i32) (i32.load (local.get 0)))
  (func (export "divide") (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))
  (func (export "null") (result i32) (call_indirect (type $f) (i32.const 0) (i32.const 0)))
  (func (export "fill") (memory.fill (i32.const 4000) (i32.const 1) (i32.const 4000)))
  (func (export "give-up") (unreachable))
  (func (export "spin") (loop (global.set $calls (i64.add (global.get $calls) (i64.const 1))) (br 0))))"#;

/// What a soak of one firmware came to.
#[derive(Debug)]
pub struct Soak {
    /// The reports of its parts.
    pub parts: Vec<SoakReport>,
}

/// The job of a cycle.
fn job(part: Target, engine: Engine) -> Job {
    let interpreted = engine == Engine::Interpreter;
    let foreign = if part == Target::CortexM4F { Target::Rv32Imac } else { Target::CortexM4F };
    let mut options = module_file::options(Path::new("m.wat"), if interpreted { foreign } else { part });
    options.carry_wasm = interpreted;
    let wasm = ModuleFile::Wasm(wat::parse_str(MODULE).expect("the text is a module"));
    let built = module_file::build_with_progress(Path::new("m.wat"), wasm, &options, &|_| ());
    let artifact = built.expect("what is compiled is supported").artifact;
    let calls = [
        ("work", vec![Value::I32(600)]),
        ("floats", vec![Value::F64(0.3f64.to_bits())]),
        ("deep", vec![Value::I32(0)]),
        ("outside", vec![Value::I32(3000)]),
        ("grow", Vec::new()),
        ("outside", vec![Value::I32(3000)]),
        ("divide", vec![Value::I32(0)]),
        ("null", Vec::new()),
        ("fill", Vec::new()),
        ("give-up", Vec::new()),
        ("spin", Vec::new()),
        ("work", vec![Value::I32(900)]),
    ];
    let deadlines_us = calls.iter().map(|(name, _)| if *name == "spin" { 60 } else { 0 }).collect();
    Job {
        artifact,
        calls: calls.map(|(name, arguments)| (name.to_owned(), arguments)).to_vec(),
        stub_imports: true,
        slice_us: 25,
        limits: Limits { stack_bytes: Some(STACK), ..Limits::default() },
        deadlines_us,
        ..Job::default()
    }
}

/// Calls of a cycle that end with a trap.
const TRAPS: u32 = 7;

/// Does at least so many cycles on the board, ten a second of its clock.
///
/// # Errors
/// What is not as it was in the beginning, in words.
pub fn soak(bench: &Bench, engine: Engine, cycles: u32) -> Result<Soak, String> {
    let job = job(bench.board.target, engine);
    let calls = job.calls.len() as u32;
    let cycles = Cycles { abandoned: "spin", cycles: cycles.div_ceil(PARTS), parts: PARTS, period_us: PERIOD_US };
    let options = Options { count_instructions: true, limit: Duration::from_secs(3000), ..Options::default() };
    let parts = job::execute_soak(bench.board, &bench.firmware, &job, cycles, &options).map_err(|e| e.to_string())?;
    check(&parts, calls, cycles.cycles)?;
    Ok(Soak { parts })
}

/// Whether there are all reports of parts with so many cycles of so many calls, and none differs from the first.
fn check(parts: &[SoakReport], calls: u32, cycles: u32) -> Result<(), String> {
    if parts.len() != PARTS as usize {
        return Err(format!("{} of {PARTS} reports", parts.len()));
    }
    for (part, number) in parts.iter().zip(1..) {
        let done = cycles * number;
        if (part.cycles, part.trapped, part.returned) != (done, TRAPS * done, (calls - TRAPS) * done) {
            return Err(format!("not every call ended as it should: {part:?}"));
        }
        if part.elapsed_us < u64::from(done) * u64::from(PERIOD_US) {
            return Err(format!("the clock runs fast: {part:?}"));
        }
        if part.ram != parts[0].ram {
            return Err(format!("RAM is not flat: {:?}, and later {:?}", parts[0].ram, part.ram));
        }
    }
    Ok(())
}

impl Soak {
    /// Where RAM went, by the last report.
    pub fn ram(&self) -> RamReport {
        self.parts.last().map(|part| part.ram).unwrap_or_default()
    }

    /// A line about cycles, and one about RAM.
    pub fn describe(&self, target: Target) -> String {
        let mut text = String::new();
        let Some(part) = self.parts.last() else { return text };
        let RamReport {
            variables,
            stack_making,
            stack_calling,
            stack,
            heap,
            heap_left,
            host,
            instance,
            memory,
            guest_stack,
        } = part.ram;
        let _ = writeln!(
            text,
            "  {} cycles in {:.0} s of the board's clock: {} calls returned, {} trapped, {} interruptions",
            part.cycles,
            part.elapsed_us as f64 / 1e6,
            part.returned,
            part.trapped,
            part.preemptions
        );
        let reserve = target.stack_reserve();
        let room = if guest_stack == 0 { 0 } else { STACK + reserve };
        let total = variables + stack_making.max(stack_calling) + heap.max(host + instance + memory + room);
        let _ = writeln!(
            text,
            "  RAM, the same after each of {PARTS} parts: variables {variables}; firmware's stack {stack_making} for making an \
             instance, {stack_calling} for calls, {stack} with the test's own reading; an instance {host} and in the arena \
             {instance} for imports, header, globals and tables, {memory} of memory, {guest_stack} of {room} of stack; heap {heap}, \
             {heap_left} afterwards; helper tables 0, in flash\n  {total} bytes with the larger of the first two"
        );
        text
    }
}

/// Who runs the instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The part itself, by compiled code.
    Code,
    /// The part itself, and hardware keeps guests where they belong.
    Contained,
    /// The interpreter, by the WebAssembly that an artifact for another part carries.
    Interpreter,
}

/// Both boards, with the builds of their network-free firmware that there are.
pub fn benches() -> Vec<(Engine, Bench)> {
    let boards = ["qemu-mps2-an386", "qemu-riscv32-virt"].into_iter().filter_map(Bench::of);
    let builds = boards.flat_map(|bench| {
        let (contained, interpreting) = (bench.containing(), bench.interpreting("interpreter"));
        [(Engine::Code, Some(bench)), (Engine::Contained, contained), (Engine::Interpreter, interpreting)]
    });
    builds.filter_map(|(engine, bench)| Some((engine, bench?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_soak_must_not_come_to_is_named() {
        let report = |number: u32| SoakReport {
            cycles: 5 * number,
            elapsed_us: u64::from(5 * number * PERIOD_US) + 3,
            returned: 5 * 5 * number,
            trapped: 5 * TRAPS * number,
            ..SoakReport::default()
        };
        let whole: Vec<SoakReport> = (1..=PARTS).map(report).collect();
        assert_eq!(check(&whole, 12, 5), Ok(()));
        let with = |change: fn(&mut SoakReport)| {
            let mut parts = whole.clone();
            change(&mut parts[7]);
            check(&parts, 12, 5).unwrap_err()
        };
        assert!(with(|part| part.ram.heap_left += 1).contains("RAM is not flat"));
        assert!(with(|part| part.ram.stack += 4).contains("RAM is not flat"));
        assert!(with(|part| part.returned -= 1).contains("ended as it should"));
        assert!(with(|part| part.elapsed_us -= 4).contains("clock runs fast"));
        assert!(check(&whole[1..], 12, 5).unwrap_err().contains("9 of 10 reports"));
    }
}
