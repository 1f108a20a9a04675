//! Slices and deadlines by the kernel's timer.

use std::thread;

use sandgrain_abi::TrapKind;
use sandgrain_runtime::linux::{GuestThread, Memory};
use sandgrain_runtime::{Budget, Caller, Clock, Instance, Limits, Linker, Outcome};

use super::{code, module};

/// Loops without end, in code of their own, in bulk operations, in a host function; and a sum that tells whether anything
/// of many values at a time has changed.
fn wat() -> String {
    let (ints, floats, singles) = (20, 24, 8);
    let locals = format!("(local {} {} {})", "i64 ".repeat(ints), "f64 ".repeat(floats), "f32 ".repeat(singles));
    // Parameter 0, then locals in this order.
    let (float, single) = (1 + ints, 1 + ints + floats);
    let mut start = String::new();
    let mut turn = String::new();
    let mut sum = String::from("(i64.const 0)");
    for i in 0..ints {
        let (this, next) = (1 + i, 1 + (i + 1) % ints);
        start += &format!("(local.set {this} (i64.const {}))", 0x9e37_79b9_7f4a_7c15_u64.rotate_left(i as u32) as i64);
        turn += &format!(
            "(local.set {this} (i64.rotl (i64.add (i64.mul (local.get {this}) (i64.const {})) (local.get {next}))
               (i64.const {})))",
            2 * i + 3,
            i + 1
        );
        sum = format!("(i64.xor (i64.rotl {sum} (i64.const 7)) (local.get {this}))");
    }
    for i in 0..floats {
        let (this, next) = (float + i, float + (i + 1) % floats);
        start += &format!("(local.set {this} (f64.const {i}.{i}))");
        turn += &format!(
            "(local.set {this} (f64.sqrt (f64.add (f64.mul (local.get {this}) (f64.const 1.{i})) (local.get {next}))))"
        );
        sum = format!("(i64.xor (i64.rotl {sum} (i64.const 7)) (i64.reinterpret_f64 (local.get {this})))");
    }
    for i in 0..singles {
        let (this, next) = (single + i, single + (i + 1) % singles);
        start += &format!("(local.set {this} (f32.const {i}.{i}))");
        turn += &format!("(local.set {this} (f32.sqrt (f32.add (local.get {this}) (local.get {next}))))");
        sum = format!(
            "(i64.add (i64.rotl {sum} (i64.const 7)) (i64.extend_i32_u (i32.reinterpret_f32 (local.get {this}))))"
        );
    }
    format!(
        r#"(module
          (import "env" "pause" (func $pause))
          (memory 256)
          (func (export "sum") (param i32) (result i64) {locals}
            {start}
            (loop {turn}
              (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
            {sum})
          (func $spin (export "spin") (loop (br 0)))
          (func (export "deep") (call $deeper) (call $pause))
          (func $deeper (call $spin) (call $pause))
          (func (export "bulk") (loop
            (memory.fill (i32.const 0) (i32.const 7) (i32.const 16777216))
            (memory.copy (i32.const 1) (i32.const 0) (i32.const 16777215))
            (br 0)))
          (func (export "host") (loop (call $pause) (br 0))))"#
    )
}

fn linker() -> Linker<u32, 1> {
    let mut linker = Linker::new();
    assert!(linker.func("env", "pause", |caller: &mut Caller<'_, u32>| {
        *caller.state() += 1;
        thread::sleep(std::time::Duration::from_micros(50));
    }));
    linker
}

fn with(test: impl FnOnce(&GuestThread, Instance<'_, u32>)) {
    let (code, linker) = (code(&wat()), linker());
    let (mut arena, limits) = (Memory::new(18 << 20).unwrap(), Limits::default());
    let instance = Instance::new(&module(&code), &linker, arena.bytes(), &limits, 0);
    test(&GuestThread::new().unwrap(), instance.unwrap());
}

const TURNS: i32 = 200_000;

fn slice(nanoseconds: u64) -> Budget {
    Budget { slice: Some(nanoseconds), deadline: None }
}

/// xorshift64* (Vigna 2016).
fn random(state: &mut u64) -> u64 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
}

/// Calls `sum` in slices of random lengths, and moves the instance whenever it is stopped.
fn sum_in_slices(thread: &GuestThread, instance: Instance<'_, u32>, seed: u64) -> (i64, u32) {
    let (mut state, mut places, mut place) = (seed, [Some(instance), None], 0);
    places[0].as_mut().unwrap().start_call("sum", TURNS).unwrap();
    loop {
        let instance = places[place].as_mut().unwrap();
        match instance.resume_within(thread, &slice(1000 + random(&mut state) % 20_000)).unwrap() {
            Outcome::Returned => return (instance.results().unwrap(), instance.preemptions()),
            Outcome::Preempted => (),
            other => panic!("{other:?}"),
        }
        place = 1 - place;
        places.swap(0, 1);
    }
}

fn undisturbed() -> i64 {
    let mut result = 0;
    with(|_, mut instance| result = instance.call("sum", TURNS).unwrap());
    result
}

#[test]
fn preemption_changes_no_register() {
    let expected = undisturbed();
    let mut preemptions = 0;
    for seed in 1..=6 {
        with(|thread, instance| {
            let (sum, times) = sum_in_slices(thread, instance, seed);
            assert_eq!(sum, expected);
            preemptions += times;
        });
    }
    println!("{preemptions} preemptions");
    assert!(preemptions > 2000, "{preemptions} preemptions");
}

#[test]
fn threads_run_guests_side_by_side() {
    let expected = undisturbed();
    thread::scope(|scope| {
        for seed in 1..=2 {
            scope.spawn(move || {
                with(|thread, instance| {
                    let (sum, times) = sum_in_slices(thread, instance, seed);
                    assert_eq!(sum, expected);
                    assert!(times > 500, "{times} preemptions");
                });
            });
        }
    });
}

/// How late, in nanoseconds, calls of `function` end that have `deadline` nanoseconds.
fn lateness(function: &str, deadlines: u32) -> Vec<u64> {
    let mut late = Vec::new();
    with(|thread, mut instance| {
        let mut state = 7;
        for _ in 0..deadlines {
            let deadline = thread.now() + 50_000 + random(&mut state) % 500_000;
            instance.start_call(function, ()).unwrap();
            let outcome = instance.resume_within(thread, &Budget { slice: None, deadline: Some(deadline) });
            late.push(thread.now() - deadline);
            match outcome {
                Ok(Outcome::Trapped(trap)) => assert_eq!(trap.kind, TrapKind::DeadlineExceeded),
                other => panic!("{other:?}"),
            }
        }
    });
    late.sort_unstable();
    late
}

/// In how far it is late depends on what else the computer does.
#[test]
fn a_deadline_ends_whatever_runs() {
    for (function, deadlines) in [("spin", 300), ("bulk", 100), ("host", 50)] {
        let late = lateness(function, deadlines);
        let (median, most) = (late[late.len() / 2] / 1000, late[late.len() - 1] / 1000);
        println!("{function}: {deadlines} deadlines, late by {median} µs in the middle, {most} µs at most");
        assert!(most < 5_000_000);
    }
}

#[test]
fn a_deadline_tells_who_called() {
    with(|thread, mut instance| {
        instance.start_call("deep", ()).unwrap();
        assert_eq!(instance.resume_within(thread, &slice(300_000)), Ok(Outcome::Preempted));
        let passed = Budget { slice: None, deadline: Some(0) };
        let Ok(Outcome::Trapped(trap)) = instance.resume_within(thread, &passed) else { panic!("no trap") };
        assert_eq!(trap.kind, TrapKind::DeadlineExceeded);
        assert!(trap.code_offset.is_some());
        let callers = instance.stack_words().count();
        assert!((3..=4).contains(&callers), "{callers} callers of `spin`");
        assert_eq!(instance.call::<_, i64>("sum", 1), instance.call("sum", 1));
    });
}

fn is_blocked(signal: i32) -> bool {
    // SAFETY: all zeros is an empty set; the call only asks.
    unsafe {
        let mut mask: libc::sigset_t = std::mem::zeroed();
        libc::pthread_sigmask(libc::SIG_BLOCK, std::ptr::null(), &mut mask);
        libc::sigismember(&mask, signal) == 1
    }
}

/// What the host has blocked while a guest was stopped stays blocked when that has gone on, and the other way round.
#[test]
fn the_hosts_signal_mask_is_its_own() {
    with(|thread, mut instance| {
        let change = |how| {
            // SAFETY: a set of this function's own.
            unsafe {
                let mut set: libc::sigset_t = std::mem::zeroed();
                libc::sigaddset(&mut set, libc::SIGUSR2);
                libc::pthread_sigmask(how, &set, std::ptr::null_mut());
            }
        };
        instance.start_call("spin", ()).unwrap();
        for blocked in [true, true, false, true, false] {
            change(if blocked { libc::SIG_BLOCK } else { libc::SIG_UNBLOCK });
            assert_eq!(instance.resume_within(thread, &slice(50_000)), Ok(Outcome::Preempted));
            assert!(is_blocked(libc::SIGUSR2) == blocked && !is_blocked(libc::SIGURG));
        }
    });
}

/// A mode that only the host has: subnormals are zero.
#[cfg(target_arch = "x86_64")]
#[test]
fn the_hosts_float_mode_is_its_own() {
    use std::arch::asm;

    const FLUSH_TO_ZERO: u32 = 1 << 15;
    const FLAGS: u32 = 0x3f;
    let mode = || {
        let mut mode = 0u32;
        // SAFETY: writes the register's 32 bits to a variable.
        unsafe { asm!("stmxcsr [{}]", in(reg) &raw mut mode, options(nostack)) };
        mode & !FLAGS
    };
    // SAFETY: Rust code that computes floats in another mode would be wrong; there is none until it is reset.
    let set = |mode: u32| unsafe { asm!("ldmxcsr [{}]", in(reg) &raw const mode, options(nostack)) };
    with(|thread, mut instance| {
        let usual = mode();
        instance.start_call("spin", ()).unwrap();
        set(usual | FLUSH_TO_ZERO);
        let outcomes = [0; 20].map(|_| (instance.resume_within(thread, &slice(20_000)), mode()));
        set(usual);
        assert_eq!(outcomes, [(Ok(Outcome::Preempted), usual | FLUSH_TO_ZERO); 20]);
    });
}
