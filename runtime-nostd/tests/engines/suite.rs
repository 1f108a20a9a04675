//! What holds whichever engine runs a module.

use std::cell::Cell;
use std::sync::Mutex;

use sandgrain_abi::TrapKind;
use sandgrain_runtime::resources::Resources;
use sandgrain_runtime::time::{Budget, Clock};
use sandgrain_runtime::{
    CallError, Caller, Instance, InstantiateError, Limits, Linker, Module, Outcome, Trap, Val, request_preemption,
};

/// Something that runs modules.
pub trait Engine {
    /// Calls `test` with the module, metered if it is code.
    fn run(&self, wasm: &[u8], fuel: bool, test: &mut dyn FnMut(Module<'_>));
}

/// Elsewhere than on Linux a request to give way is for whoever runs, and all tests of this process run guests.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

pub fn all(engine: &dyn Engine) {
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    values(engine);
    host_functions(engine);
    traps(engine);
    start_functions(engine);
    imports(engine);
    limits(engine);
    open_resources(engine);
    fuel(engine);
    slices_and_deadlines(engine);
    suspension(engine);
    #[cfg(target_os = "linux")]
    loops_without_end(engine);
}

const ARENA: usize = 256 << 10;

/// Runs `test` on an instance of the module without imports.
fn with(engine: &dyn Engine, wat: &str, test: &mut dyn FnMut(&mut Instance<'_, ()>)) {
    engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
        let linker = Linker::<(), 1>::new();
        let mut arena = vec![0; ARENA];
        let mut instance = Instance::new(&module, &linker, &mut arena, &Limits::default(), ()).unwrap();
        test(&mut instance);
    });
}

/// What making an instance of the module says.
pub fn refusal(module: Module<'_>) -> String {
    let linker = Linker::<(), 1>::new();
    let mut arena = vec![0; ARENA];
    let made = Instance::new(&module, &linker, &mut arena, &Limits::default(), ());
    made.err().expect("it is refused").to_string()
}

fn trap_of<R: std::fmt::Debug>(result: Result<R, CallError>) -> TrapKind {
    match result {
        Err(CallError::Trap(trap)) => trap.kind,
        other => panic!("no trap: {other:?}"),
    }
}

fn values(engine: &dyn Engine) {
    let wat = r#"(module
        (memory (export "memory") 1)
        (data (i32.const 8) "\01\02\03\04")
        (global (export "counter") (mut i32) (i32.const 5))
        (func (export "all") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
            (local.get 3) (local.get 2) (local.get 1) (local.get 0))
        (func (export "count") (result i32)
            (global.set 0 (i32.add (global.get 0) (i32.const 1))) (global.get 0))
        (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))"#;
    with(engine, wat, &mut |instance| {
        let given = (-7_i32, u64::MAX - 1, 1.5_f32, f64::MIN_POSITIVE);
        let back: (f64, f32, u64, i32) = instance.call("all", given).unwrap();
        assert_eq!(back, (given.3, given.2, given.1, given.0));
        let params = [Val::I32(3), Val::I64(-4), Val::F32(0x7FC0_0001), Val::F64(0x7FF0_0000_0000_0001)];
        let mut results = [Val::I32(0); 4];
        instance.call_values("all", &params, &mut results).unwrap();
        assert_eq!(results, [params[3], params[2], params[1], params[0]]);

        assert_eq!(instance.call::<_, i32>("count", ()), Ok(6));
        assert_eq!(instance.global("counter"), Some(Val::I32(6)));
        assert_eq!(instance.global("none"), None);
        assert_eq!(instance.call::<_, u32>("load", 8), Ok(0x0403_0201));
        instance.memory().write(8, &[9]).unwrap();
        assert_eq!(instance.call::<_, u32>("load", 8), Ok(0x0403_0209));
        assert_eq!(instance.call::<_, i32>("grow", 1), Ok(1));
        assert_eq!(instance.memory().size(), 2 << 16);
        assert_eq!(instance.call::<_, i32>("grow", 100), Ok(-1), "there is no room in the arena");

        let ty = instance.function_type("all").unwrap().to_string();
        assert_eq!(ty, "(i32, i64, f32, f64) -> (f64, f32, i64, i32)");
        assert_eq!(instance.call::<_, ()>("none", ()), Err(CallError::NotFound));
        assert_eq!(instance.call::<_, ()>("count", 1), Err(CallError::Signature));
        assert_eq!(instance.call::<_, u64>("count", ()), Err(CallError::Signature));
        instance.start_call("count", ()).unwrap();
        assert_eq!(instance.start_call("count", ()), Err(CallError::Busy));
        assert_eq!(instance.results::<i32>(), Err(CallError::Busy));
        instance.abandon();
        assert_eq!(instance.resume(), Err(CallError::Idle));
    });
}

fn host_functions(engine: &dyn Engine) {
    let wat = r#"(module
        (import "env" "mix" (func $mix (param i32 i64 f32 f64) (result f64 i64 f32 i32 i64)))
        (import "env" "sum" (func $sum (param i32 i32) (result i32)))
        (import "env" "fail" (func $fail (param i32)))
        (memory 1)
        (data (i32.const 0) "\05\06\07")
        (func (export "mix") (param i32 i64 f32 f64) (result f64 i64 f32 i32 i64)
            (call $mix (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
        (func (export "sum") (param i32 i32) (result i32) (call $sum (local.get 0) (local.get 1)))
        (func (export "fail") (param i32) (call $fail (local.get 0)) (unreachable)))"#;
    engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
        let mut linker = Linker::<Vec<u32>, 3>::new();
        let mixed = |_: &mut Caller<'_, Vec<u32>>, a: i32, b: i64, c: f32, d: f64| {
            (d + 1.0, b - 1, c * 2.0, a ^ 1, i64::from(a) << 32)
        };
        assert!(linker.func("env", "mix", mixed));
        assert!(linker.func("env", "sum", |caller: &mut Caller<'_, Vec<u32>>, at: u32, len: u32| {
            let (state, mut memory) = caller.split();
            let sum = memory.read(at, len)?.iter().copied().map(u32::from).sum();
            memory.slice_mut(at, len)?.fill(1);
            state.push(sum);
            Ok::<u32, Trap>(sum)
        }));
        assert!(linker.func("env", "fail", |_: &mut Caller<'_, Vec<u32>>, kind: u32| {
            Err::<(), _>(TrapKind::from_code(kind as u8).map_or(Trap::host(), Trap::new))
        }));
        let mut arena = vec![0; ARENA];
        let mut instance = Instance::new(&module, &linker, &mut arena, &Limits::default(), Vec::new()).unwrap();
        let results: (f64, i64, f32, i32, i64) = instance.call("mix", (6_i32, 40_i64, 0.25_f32, -3.0_f64)).unwrap();
        assert_eq!(results, (-2.0, 39, 0.5, 7, 6 << 32));
        assert_eq!(instance.call::<_, u32>("sum", (0, 3)), Ok(18));
        assert_eq!(instance.call::<_, u32>("sum", (0, 3)), Ok(3));
        assert_eq!(trap_of(instance.call::<_, u32>("sum", (65_535, 2))), TrapKind::HostError);
        assert_eq!(instance.state(), &[18, 3]);
        assert_eq!(trap_of(instance.call::<_, ()>("fail", 0)), TrapKind::HostError);
        let kind = TrapKind::DeadlineExceeded;
        assert_eq!(trap_of(instance.call::<_, ()>("fail", kind as u32)), kind);
    });
}

fn traps(engine: &dyn Engine) {
    let wat = r#"(module
        (type $empty (func))
        (memory 1)
        (table 3 funcref) (elem (i32.const 0) $other)
        (func $other (result i32) (i32.const 1))
        (func (export "unreachable") (unreachable))
        (func (export "load") (drop (i32.load (i32.const 65533))))
        (func (export "divide") (drop (i32.div_u (i32.const 1) (i32.load (i32.const 0)))))
        (func (export "overflow") (drop (i32.div_s (i32.const 0x80000000) (i32.sub (i32.load (i32.const 0)) (i32.const 1)))))
        (func (export "truncate") (drop (i32.trunc_f32_s (f32.div (f32.const 0) (f32.convert_i32_s (i32.load (i32.const 0)))))))
        (func (export "call") (param i32) (call_indirect (type $empty) (local.get 0)))
        (func $deep (export "deep") (call $deep) (call $deep)))"#;
    with(engine, wat, &mut |instance| {
        for (name, kind) in [
            ("unreachable", TrapKind::Unreachable),
            ("load", TrapKind::MemoryOutOfBounds),
            ("divide", TrapKind::IntegerDivisionByZero),
            ("overflow", TrapKind::IntegerOverflow),
            ("truncate", TrapKind::BadConversionToInteger),
            ("deep", TrapKind::StackOverflow),
        ] {
            assert_eq!(trap_of(instance.call::<_, ()>(name, ())), kind, "{name}");
        }
        for (index, kind) in
            [(0, TrapKind::BadSignature), (1, TrapKind::IndirectCallToNull), (3, TrapKind::TableOutOfBounds)]
        {
            assert_eq!(trap_of(instance.call::<_, ()>("call", index)), kind, "element {index}");
        }
    });
}

fn start_functions(engine: &dyn Engine) {
    let wat = r#"(module
        (import "env" "go_on" (func $go_on (result i32)))
        (global $done (export "done") (mut i32) (i32.const 0))
        (func $start
            (loop $again
                (br_if $again (call $go_on)))
            (global.set $done (i32.const 1)))
        (start $start))"#;
    engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
        let mut linker = Linker::<u32, 1>::new();
        assert!(linker.func("env", "go_on", |caller: &mut Caller<'_, u32>| {
            *caller.state() += 1;
            request_preemption();
            u32::from(*caller.state() < 5)
        }));
        let mut arena = vec![0; ARENA];
        let instance = Instance::new(&module, &linker, &mut arena, &Limits::default(), 0).unwrap();
        assert_eq!(instance.global("done"), Some(Val::I32(1)));
        let mut arena = vec![0; ARENA];
        let mut instance = Instance::without_start(&module, &linker, &mut arena, &Limits::default(), 0).unwrap();
        assert_eq!(instance.global("done"), Some(Val::I32(0)));
        assert_eq!(instance.begin_start(), Ok(true));
        let mut slices = 0;
        while instance.resume().unwrap() == Outcome::Preempted {
            slices += 1;
        }
        assert!(slices >= 1);
        assert_eq!(instance.preemptions(), slices);
        assert_eq!(instance.global("done"), Some(Val::I32(1)));
    });

    let traps = [
        (r#"(module (func $f (unreachable)) (start $f))"#, TrapKind::Unreachable),
        (r#"(module (memory 1) (data (i32.const 65536) "x"))"#, TrapKind::MemoryOutOfBounds),
        (r#"(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))"#, TrapKind::TableAccessOutOfBounds),
    ];
    for (wat, kind) in traps {
        engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
            let linker = Linker::<(), 1>::new();
            let mut arena = vec![0; ARENA];
            let made = Instance::new(&module, &linker, &mut arena, &Limits::default(), ());
            match made.err() {
                Some(InstantiateError::Trap(trap)) => assert_eq!(trap.kind, kind),
                other => panic!("{other:?}"),
            }
        });
    }
}

fn imports(engine: &dyn Engine) {
    let wat = r#"(module
        (import "env" "one" (func (param i32) (result i64)))
        (import "env" "two" (func $two (result i32)))
        (func (export "call_two") (result i32) (call $two)))"#;
    engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
        let mut linker = Linker::<(), 2>::new();
        let mut arena = vec![0; ARENA];
        let mut refused = |linker: &Linker<(), 2>| {
            let made = Instance::new(&module, linker, &mut arena, &Limits::default(), ());
            made.err().expect("it is refused").to_string()
        };
        assert_eq!(refused(&linker), "nothing provides 2 of the imports, the first is `env.one`");
        assert!(linker.func("env", "one", |_: &mut Caller<'_, ()>, a: i32| a));
        assert!(linker.func("env", "two", |_: &mut Caller<'_, ()>| 2));
        assert_eq!(
            refused(&linker),
            "the import `env.one` has to be a function (i32) -> (i64), provided is a function (i32) -> (i32)"
        );
        let mut linker = Linker::<(), 1>::new();
        linker.stub_missing(true);
        let mut arena = vec![0; ARENA];
        let mut instance = Instance::new(&module, &linker, &mut arena, &Limits::default(), ()).unwrap();
        assert_eq!(instance.call::<_, i32>("call_two", ()), Ok(0));
        assert_eq!(instance.call::<_, i32>("call_two", ()), Ok(0));
        let calls: Vec<_> = instance.stub_calls().map(|(import, calls)| (import.name, calls)).collect();
        assert_eq!(calls, [("one", 0), ("two", 2)]);
    });
}

fn limits(engine: &dyn Engine) {
    let wat = r#"(module (memory 2) (table 4 8 funcref)
        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "grow_table") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))"#;
    engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
        let linker = Linker::<(), 1>::new();
        let mut arena = vec![0; ARENA];
        let mut refused = |limits: Limits| {
            let made = Instance::new(&module, &linker, &mut arena, &limits, ());
            made.err().expect("it is refused").to_string()
        };
        let error = refused(Limits { memory_bytes: Some(70_000), ..Limits::default() });
        assert_eq!(error, InstantiateError::MemoryLimit { needed: 131_072, allowed: 70_000 }.to_string());
        let error = refused(Limits { table_elements: Some(3), ..Limits::default() });
        assert_eq!(error, InstantiateError::TableLimit { needed: 4, allowed: 3 }.to_string());
        let limits = Limits { memory_bytes: Some(200_000), table_elements: Some(5), ..Limits::default() };
        let mut arena = vec![0; 2 * ARENA];
        let mut instance = Instance::new(&module, &linker, &mut arena, &limits, ()).unwrap();
        assert_eq!(instance.call::<_, i32>("grow", 2), Ok(-1));
        assert_eq!(instance.call::<_, i32>("grow", 1), Ok(2));
        assert_eq!(instance.call::<_, i32>("grow_table", 2), Ok(-1));
        assert_eq!(instance.call::<_, i32>("grow_table", 1), Ok(4));
    });
}

/// A function that uses fuel in every way: operators, loops, calls, growth, bulk operations.
const METERED: &str = r#"(module (memory 1)
    (func $leaf (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
    (func (export "work") (param $n i32) (result i32)
        (local $sum i32)
        (memory.fill (i32.const 0) (i32.const 7) (i32.const 5000))
        (drop (memory.grow (i32.const 0)))
        (loop $again
            (local.set $sum (i32.add (local.get $sum) (call $leaf (local.get $n))))
            (memory.copy (i32.const 100) (i32.const 0) (i32.const 300))
            (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
        (local.get $sum)))"#;

/// What `work(10)` uses, which is the same everywhere.
const WORK: u32 = 316;

/// Each instance has its own; one that wants more than it may have ends as a trap, the other goes on.
fn open_resources(engine: &dyn Engine) {
    type State = Resources<u32, 4>;
    let wat = r#"(module
        (import "env" "open" (func $open (param i32) (result i32)))
        (import "env" "read" (func $read (param i32) (result i32)))
        (import "env" "close" (func $close (param i32)))
        (func (export "use") (param i32) (result i32) (local i32)
            (local.set 1 (call $open (local.get 0)))
            (local.set 0 (call $read (local.get 1)))
            (call $close (local.get 1))
            (local.get 0))
        (func (export "keep") (param i32) (result i32) (call $open (local.get 0)))
        (func (export "close") (param i32) (call $close (local.get 0))))"#;
    engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
        let mut linker = Linker::<State, 3>::new();
        assert!(linker.func("env", "open", |caller: &mut Caller<'_, State>, what: u32| caller.state().open(what)));
        assert!(
            linker
                .func("env", "read", |caller: &mut Caller<'_, State>, handle: u32| caller.state().get(handle).copied())
        );
        assert!(linker.func("env", "close", |caller: &mut Caller<'_, State>, handle: u32| {
            caller.state().close(handle).map(drop)
        }));
        let (mut one, mut two) = (vec![0; ARENA], vec![0; ARENA]);
        let state = Resources::with_limit(2);
        let mut greedy = Instance::new(&module, &linker, &mut one, &Limits::default(), state).unwrap();
        let mut modest = Instance::new(&module, &linker, &mut two, &Limits::default(), Resources::new()).unwrap();
        for what in 0..10 {
            assert_eq!(modest.call::<_, u32>("use", what), Ok(what));
        }
        let first: u32 = greedy.call("keep", 1).unwrap();
        let _second: u32 = greedy.call("keep", 2).unwrap();
        assert_eq!(trap_of(greedy.call::<_, u32>("keep", 3)), TrapKind::ResourceLimit);
        assert_eq!(modest.call::<_, u32>("use", 7), Ok(7));
        assert_eq!(greedy.call::<_, ()>("close", first), Ok(()));
        assert_eq!(trap_of(greedy.call::<_, ()>("close", first)), TrapKind::HostError);
        assert_eq!(greedy.call::<_, u32>("use", 8), Ok(8));
        greedy.state().clear();
        assert_eq!(greedy.state().count(), 0);
    });
}

fn fuel(engine: &dyn Engine) {
    engine.run(&wat::parse_str(METERED).unwrap(), true, &mut |module| {
        let linker = Linker::<(), 1>::new();
        let limits = Limits { fuel: Some(10_000), ..Limits::default() };
        let mut arena = vec![0; ARENA];
        let mut instance = Instance::new(&module, &linker, &mut arena, &limits, ()).unwrap();
        assert_eq!(instance.call::<_, u32>("work", 10), Ok(165));
        assert_eq!(10_000 - instance.fuel(), WORK);
        instance.set_fuel(WORK);
        assert_eq!(instance.call::<_, u32>("work", 10), Ok(165));
        assert_eq!(instance.fuel(), 0);
        instance.set_fuel(WORK - 1);
        assert_eq!(trap_of(instance.call::<_, u32>("work", 10)), TrapKind::OutOfFuel);
        let left = instance.fuel();
        assert!(left < 100, "{left} units are left");
        instance.set_fuel(3);
        assert_eq!(trap_of(instance.call::<_, u32>("work", 10)), TrapKind::OutOfFuel);
    });
}

/// A clock that a host function moves.
#[derive(Default)]
struct Ticks {
    now: Cell<u64>,
    alarm: Cell<u64>,
}

impl Clock for &Ticks {
    fn now(&self) -> u64 {
        self.now.get()
    }

    fn set_alarm(&self, at: u64) {
        self.alarm.set(at);
    }
}

fn slices_and_deadlines(engine: &dyn Engine) {
    let wat = r#"(module (import "env" "tick" (func $tick))
        (func (export "run") (param i32) (result i32) (local i32)
            (loop $again
                (call $tick)
                (local.set 1 (i32.add (local.get 1) (i32.const 2)))
                (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
            (local.get 1)))"#;
    engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
        let ticks = Ticks { now: Cell::new(0), alarm: Cell::new(u64::MAX) };
        let mut linker = Linker::<&Ticks, 1>::new();
        assert!(linker.func("env", "tick", |caller: &mut Caller<'_, &Ticks>| {
            let ticks = caller.state();
            ticks.now.set(ticks.now.get() + 1);
            if ticks.now.get() >= ticks.alarm.get() {
                request_preemption();
            }
        }));
        let mut arena = vec![0; ARENA];
        let mut instance = Instance::new(&module, &linker, &mut arena, &Limits::default(), &ticks).unwrap();
        instance.start_call("run", 2_000).unwrap();
        let budget = Budget { slice: Some(100), deadline: Some(10_000) };
        let mut slices = 0;
        let outcome = loop {
            match instance.resume_within(&&ticks, &budget).unwrap() {
                Outcome::Preempted => slices += 1,
                outcome => break outcome,
            }
        };
        assert_eq!(outcome, Outcome::Returned);
        assert_eq!(instance.results(), Ok(4_000));
        assert!((5..=20).contains(&slices), "{slices} slices of at least 100 ticks in 2000");
        let budget = Budget { slice: None, deadline: Some(2_300) };
        instance.start_call("run", 2_000).unwrap();
        match instance.resume_within(&&ticks, &budget).unwrap() {
            Outcome::Trapped(trap) => assert_eq!(trap.kind, TrapKind::DeadlineExceeded),
            outcome => panic!("{outcome:?}"),
        }
        assert!((2_300..2_600).contains(&ticks.now.get()), "it ended at {}", ticks.now.get());
        assert_eq!(instance.call("run", 3), Ok(6), "the instance lives on");
    });
}

fn suspension(engine: &dyn Engine) {
    let wat = r#"(module (import "env" "receive" (func $receive (param i32) (result i32 i64)))
        (global $g (export "g") (mut i64) (i64.const 0))
        (func (export "twice") (param i32) (result i32)
            (local i32)
            (call $receive (local.get 0)) (global.set $g)
            (local.set 1)
            (call $receive (local.get 1)) (global.set $g)
            (i32.add (local.get 1))))"#;
    engine.run(&wat::parse_str(wat).unwrap(), false, &mut |module| {
        let mut linker = Linker::<Vec<u32>, 1>::new();
        assert!(linker.func("env", "receive", |caller: &mut Caller<'_, Vec<u32>>, channel: u32| {
            caller.state().push(channel);
            caller.suspend();
            (0_u32, 0_u64)
        }));
        let mut arena = vec![0; ARENA];
        let mut instance = Instance::new(&module, &linker, &mut arena, &Limits::default(), Vec::new()).unwrap();
        assert_eq!(instance.complete((1, 2_u64)), Err(CallError::Idle));
        instance.start_call("twice", 7).unwrap();
        assert_eq!(instance.resume(), Ok(Outcome::Suspended));
        assert_eq!(instance.resume(), Ok(Outcome::Suspended), "it goes on waiting");
        assert_eq!(instance.start_call("twice", 7), Err(CallError::Busy));
        assert_eq!(instance.complete(1), Err(CallError::Signature));
        instance.complete((30, u64::MAX - 5)).unwrap();
        assert_eq!(instance.resume(), Ok(Outcome::Suspended));
        assert_eq!(instance.global("g"), Some(Val::I64(-6)));
        instance.complete((12, 9_u64)).unwrap();
        assert_eq!(instance.resume(), Ok(Outcome::Returned));
        assert_eq!(instance.results(), Ok(42));
        assert_eq!(instance.global("g"), Some(Val::I64(9)));
        assert_eq!(instance.state(), &[7, 30]);
        assert_eq!(instance.call::<_, i32>("twice", 7), Err(CallError::Suspended));
        instance.start_call("twice", 7).unwrap();
        assert_eq!(instance.resume(), Ok(Outcome::Suspended));
        instance.abandon();
        assert_eq!(instance.complete((1, 2_u64)), Err(CallError::Idle));
    });
}

#[cfg(target_os = "linux")]
fn loops_without_end(engine: &dyn Engine) {
    let thread = sandgrain_runtime::linux::GuestThread::new().unwrap();
    with(engine, r#"(module (func (export "spin") (loop (br 0))))"#, &mut |instance| {
        for _ in 0..3 {
            instance.start_call("spin", ()).unwrap();
            for _ in 0..10 {
                let slice = Budget { slice: Some(200_000), deadline: None };
                assert_eq!(instance.resume_within(&thread, &slice), Ok(Outcome::Preempted));
            }
            let over = Budget { slice: None, deadline: Some(thread.now() + 1_000_000) };
            let Ok(Outcome::Trapped(trap)) = instance.resume_within(&thread, &over) else { panic!("no trap") };
            assert_eq!(trap.kind, TrapKind::DeadlineExceeded);
        }
    });
}
