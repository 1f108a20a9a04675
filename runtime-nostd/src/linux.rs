//! What a process under Linux has beyond a microcontroller: memory with guard pages, memory that code runs in, hardware
//! faults of guests as traps, and time that interrupts them.
//!
//! ```no_run
//! # fn daemon(artifact: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
//! use sandgrain_runtime::linux::{Code, GuestThread, Memory};
//! use sandgrain_runtime::{Budget, Clock, Instance, Limits, Linker, Module, cpu_features, this_device};
//!
//! let thread = GuestThread::new()?; // in each thread that runs guests
//! let code = Code::new(artifact)?; // whose signature was checked
//! let mut arena = Memory::new(4 << 20)?;
//!
//! let mut device = this_device(sandgrain_abi::Target::X86_64).ok_or("this computer is another one")?;
//! device.features = cpu_features();
//! // SAFETY: the compiler has made it, says its signature, and nobody can write it any more.
//! let module = unsafe { Module::open(code.bytes(), &device) }?;
//! let linker = Linker::<(), 0>::new();
//! let instance = Instance::without_start(&module, &linker, arena.bytes(), &Limits::default(), ());
//! let mut instance = instance.map_err(|error| error.to_string())?;
//! instance.start_call("tick", ())?;
//! let in_a_second = Budget { slice: None, deadline: Some(thread.now() + 1_000_000_000) };
//! let outcome = instance.resume_within(&thread, &in_a_second)?;
//! # Ok(())
//! # }
//! ```
//! # Memory
//! [`Code`] was writable memory until it was filled, and is executable from then on: never both. On each side of a
//! [`Memory`] lies [`GUARD_BYTES`] of address space without any access. An [`Instance`](crate::Instance) has its stack at
//! the front of its arena and its last memory at the end, so that a run over either end of the arena hits a guard; a
//! [`Store`](crate::Store)'s stack is best a `Memory` of its own.
//!
//! # Faults
//! Compiled code checks whatever it does, and none of this is needed for code as the compiler makes it; it is there for
//! code that is not. In a process with a [`GuestThread`], SIGSEGV, SIGBUS, SIGILL and SIGFPE at an instruction of a
//! guest's text end its call with [`StackOverflow`](crate::TrapKind::StackOverflow) if the stack's guard was hit, and else
//! with [`ContainmentViolation`](crate::TrapKind::ContainmentViolation), as does a jump to where nothing can be executed.
//! Give such a store up: what the code wrote before is unknown. A fault anywhere else, in a host function or in a
//! helper that compiled code calls, goes on to the handler that was there before; so no frame of Rust's is ever skipped.
//! This contains accidents. What such code writes elsewhere in the process nobody sees: that takes another process.
//!
//! # Time
//! A [`GuestThread`] is a [`Clock`](crate::Clock), in nanoseconds, for slices and deadlines as on a microcontroller. Its
//! alarm is a timer of the kernel's for this thread alone (`timer_create`, `SIGEV_THREAD_ID`), which rings by SIGURG.
//! `setitimer` has one timer a process, whose signal any thread may get; a thread that ticks for the others would cost
//! wake-ups and a context switch before each signal. SIGURG is what is left alone by debuggers and ignored by default, so
//! that one too many does no harm; one that is no timer's goes on to whoever handled it before.
//!
//! Where the signal hits a guest's text, the kernel has put the thread's whole state (integer, float and vector registers,
//! flags) on the guest's own stack, in the reserve below its limit, which is why its handler takes no alternate stack. The
//! handler then leaves to the host as a host function's return would, and comes back when the guest is resumed: returning
//! from the signal restores every register. Anywhere else it leaves a note, which the gate and the bulk helpers read on
//! their way back to the guest, and the timer rings again 100 µs later.
//!
//! A handler of the firmware's own that may come while a guest runs needs `SA_ONSTACK`: the guest's stack is small.
//! System calls of host functions are restarted (`SA_RESTART`) where Linux does that at all.
//!
//! # Why the handlers are safe
//! They may interrupt anything (signal-safety(7)). They allocate nothing and take no lock. What they read is atomic and of
//! their own thread, in thread-local memory without initialiser or destructor, written whole before the first handler was
//! installed or immutable since; instances are looked at only while the guest itself was interrupted or faulted in its text, when
//! nobody else can be in the middle of a change to them. They write to the interrupted state, to the store's header, and
//! to the note. The thread-local memory is there from a thread's start in programs and in libraries that are loaded with
//! them; a library that is opened later makes it in [`GuestThread::new`].

mod mapping;
pub(crate) mod signals;
mod thread;

pub use mapping::{Code, GUARD_BYTES, Memory};
pub use thread::GuestThread;
