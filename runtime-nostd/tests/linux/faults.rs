//! Hardware faults: those of guests are traps, all others go on to whoever was there before.

use std::env;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};
use std::thread;

use sandgrain_artifact::{Artifact, Extern};
use sandgrain_runtime::linux::{Code, GuestThread, Memory};
use sandgrain_runtime::{CallError, Caller, Instance, Limits, Linker, Store, TrapKind};

use super::{artifact, device, module};

/// `bad` has room for other code.
fn wat() -> String {
    let stores: String = (0..40).map(|i| format!("(i32.store offset={} (i32.const 0) (i32.const 1))", i * 4)).collect();
    format!(
        r#"(module
          (import "env" "host" (func $host))
          (memory 1)
          (func (export "bad") {stores})
          (func (export "call") (call $host))
          (func (export "good") (result i32) (i32.const 5)))"#
    )
}

/// The module with `instructions` in its function `bad`.
fn miscompiled(instructions: &[u8]) -> Code {
    let mut bytes = artifact(&wat());
    let original = bytes.clone();
    let artifact = Artifact::open(&original, &device()).unwrap();
    let text = artifact.content().text().as_ptr().addr() - original.as_ptr().addr();
    let Some(Extern::Func { code, .. }) = artifact.content().find_export("bad") else { panic!("no function") };
    bytes[text + code.0 as usize..][..instructions.len()].copy_from_slice(instructions);
    Code::new(&bytes).unwrap()
}

/// A store to address 16; pushing without end; an instruction that there is not; a jump to 0; one to the stack.
#[cfg(target_arch = "x86_64")]
const CODES: [&[u8]; 5] =
    [&[0x89, 0x04, 0x25, 16, 0, 0, 0], &[0x50, 0xeb, 0xfd], &[0x0f, 0x0b], &[0x31, 0xc0, 0xff, 0xe0], &[0xff, 0xe4]];
#[cfg(target_arch = "aarch64")]
const CODES: [&[u8]; 5] = [
    &[0x09, 0x02, 0x80, 0xd2, 0x20, 0x01, 0x00, 0xb9],
    &[0xe0, 0x0f, 0x1f, 0xf8, 0xff, 0xff, 0xff, 0x17],
    &[0, 0, 0, 0],
    &[0x09, 0x00, 0x80, 0xd2, 0x20, 0x01, 0x1f, 0xd6],
    &[0xe9, 0x03, 0x00, 0x91, 0x20, 0x01, 0x1f, 0xd6],
];
#[cfg(target_arch = "riscv64")]
const CODES: [&[u8]; 5] = [
    &[0x23, 0x28, 0xa0, 0x00],
    &[0x13, 0x01, 0x01, 0xff, 0x23, 0x30, 0xa1, 0x00, 0x6f, 0xf0, 0x9f, 0xff],
    &[0x73, 0x10, 0x00, 0xc0],
    &[0x67, 0x00, 0x00, 0x00],
    &[0x67, 0x00, 0x01, 0x00],
];
const KINDS: [TrapKind; 5] = [
    TrapKind::ContainmentViolation,
    TrapKind::StackOverflow,
    TrapKind::ContainmentViolation,
    TrapKind::ContainmentViolation,
    TrapKind::ContainmentViolation,
];

fn linker() -> Linker<(), 1> {
    let mut linker = Linker::new();
    assert!(linker.func("env", "host", fault));
    linker
}

/// Reads where nothing is.
fn fault(_: &mut Caller<'_, ()>) {
    // SAFETY: none, on purpose.
    unsafe { std::ptr::without_provenance::<u8>(std::hint::black_box(16)).read_volatile() };
}

fn kind(result: Result<(), CallError>) -> Option<TrapKind> {
    match result {
        Err(CallError::Trap(trap)) => Some(trap.kind),
        Ok(()) => None,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn faults_of_guests_are_traps() {
    let _thread = GuestThread::new().unwrap();
    let linker = linker();
    for (instructions, expected) in CODES.into_iter().zip(KINDS) {
        let code = miscompiled(instructions);
        let mut arena = Memory::new(1 << 20).unwrap();
        let mut instance = Instance::new(&module(&code), &linker, arena.bytes(), &Limits::default(), ()).unwrap();
        for _ in 0..3 {
            assert_eq!(kind(instance.call("bad", ())), Some(expected), "{instructions:x?}");
            assert_eq!(instance.call("good", ()), Ok(5));
        }
    }
}

/// In a thread whose stack for signals the standard library has not made, and on a stack that is a mapping of its own.
#[test]
fn a_store_in_a_thread_of_the_c_librarys_overflows_into_its_guard() {
    extern "C" fn run(_: *mut std::ffi::c_void) -> *mut std::ffi::c_void {
        let thread = GuestThread::new().unwrap();
        let (code, linker) = (miscompiled(CODES[1]), linker());
        let (mut stack, mut arena) = (Memory::new(1 << 18).unwrap(), Memory::new(1 << 18).unwrap());
        let mut store = Store::<(), 1>::new(stack.bytes(), ()).unwrap();
        let id = store.instantiate(&module(&code), &linker, arena.bytes(), &Limits::default()).unwrap();
        assert_eq!(kind(store.call(id, "bad", ())), Some(TrapKind::StackOverflow));
        assert_eq!(store.call(id, "good", ()), Ok(5));
        drop(thread);
        std::ptr::null_mut()
    }
    let mut thread = 0;
    // SAFETY: a thread that runs a function of its type, and is waited for.
    unsafe {
        assert_eq!(libc::pthread_create(&mut thread, std::ptr::null(), run, std::ptr::null_mut()), 0);
        assert_eq!(libc::pthread_join(thread, std::ptr::null_mut()), 0);
    }
}

#[test]
fn threads_fault_side_by_side() {
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| (0..20).for_each(|_| faults_of_guests_are_traps()));
        }
    });
}

/// What a process says in which it is set.
const PURPOSE: &str = "SANDGRAIN_TEST_PURPOSE";
/// How a former handler ends the process.
const FORMER: i32 = 42;

/// Runs a test of this program with a purpose.
fn process(test: &str, purpose: &str) -> ExitStatus {
    let program = env::current_exe().unwrap();
    let arguments = ["--exact", test, "--test-threads", "1"];
    let output = Command::new(program).args(arguments).env(PURPOSE, purpose).output().unwrap();
    output.status
}

/// Faults, as `purpose` says: with a handler of its own before the runtime's, and in a host function.
fn fault_in_this_process(purpose: &str) {
    extern "C" fn former(_: i32) {
        // SAFETY: ends the process at once.
        unsafe { libc::_exit(FORMER) };
    }
    for signal in [libc::SIGSEGV, libc::SIGBUS] {
        let handler = match purpose.contains("former") {
            true => former as *const () as usize,
            false => libc::SIG_DFL,
        };
        // SAFETY: a handler of its type, or none.
        unsafe { libc::signal(signal, handler) };
    }
    let _thread = GuestThread::new().unwrap();
    let (code, linker) = (miscompiled(CODES[0]), linker());
    let mut arena = Memory::new(1 << 20).unwrap();
    let mut instance = Instance::new(&module(&code), &linker, arena.bytes(), &Limits::default(), ()).unwrap();
    // What is a guest's is not passed on.
    assert_eq!(kind(instance.call("bad", ())), Some(TrapKind::ContainmentViolation));
    if purpose.contains("guest") {
        let _ = instance.call::<_, ()>("call", ());
    } else if purpose.contains("sent") {
        // SAFETY: sends a signal to this process.
        unsafe { libc::raise(libc::SIGSEGV) };
    } else {
        // SAFETY: none, on purpose.
        unsafe { std::ptr::without_provenance::<u8>(std::hint::black_box(16)).read_volatile() };
    }
    unreachable!("the process is over");
}

#[test]
fn faults_outside_of_guests_go_where_they_went_before() {
    if let Ok(purpose) = env::var(PURPOSE) {
        fault_in_this_process(&purpose);
    }
    let test = "faults::faults_outside_of_guests_go_where_they_went_before";
    for place in ["nobody", "guest", "sent"] {
        assert_eq!(process(test, &format!("former {place}")).code(), Some(FORMER), "{place}");
        assert_eq!(process(test, place).signal(), Some(libc::SIGSEGV), "{place}");
    }
}
