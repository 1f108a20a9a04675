//! Ten modules at once, each in an embassy task of its own, that wait for time and for messages: whichever waits is
//! suspended, and the executor sleeps when all of them are.

use core::fmt::{self, Write};
use core::sync::atomic::{AtomicU32, Ordering};

use embassy_executor::Spawner;
use embassy_futures::yield_now;
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::channel::Channel;
use embassy_sync::signal::Signal;
use embassy_time::Timer;
use heapless::String;
use sandgrain_run_protocol::{self as protocol, Limits as JobLimits, ModuleJob, Reply, Stage};
use sandgrain_runtime::{Budget, CallError, Caller, Instance, Limits, Linker, Module, Outcome};
use static_cell::StaticCell;

use crate::guest::{self, BoardClock, slices};
use crate::part::device;
use crate::run::{Refused, arena, artifact, refuse, reply};

/// How many modules there are.
const MODULES: usize = 10;
/// Longest time that one of them runs before the others are asked.
const SLICE: Budget = slices(50);

/// What a suspended module waits for; the state of each instance.
#[derive(Debug, Clone, Copy, Default)]
enum Wish {
    #[default]
    Nothing,
    /// So many milliseconds.
    Sleep(u32),
    /// A message, to be written to this address of its memory.
    Receive { at: u32 },
}

/// The message for each module, and how each has ended.
static MESSAGES: [Channel<CriticalSectionRawMutex, u32, 1>; MODULES] = [const { Channel::new() }; MODULES];
static ENDS: Channel<CriticalSectionRawMutex, End, MODULES> = Channel::new();

/// Modules that wait for a message at present, and the sign that all of them do.
static RECEIVING: AtomicU32 = AtomicU32::new(0);
static ALL_RECEIVE: Signal<CriticalSectionRawMutex, ()> = Signal::new();

/// What became of a module.
struct End {
    number: usize,
    result: Result<i32, CallError>,
    /// Bytes of stack that it has used, and that it had.
    stack: (u32, u32),
}

/// Runs the modules of `job`'s artifact, and says how they did.
#[embassy_executor::task]
pub async fn test(spawner: Spawner, job: ModuleJob<'static>) -> ! {
    guest::prepare();
    match start(spawner, &job) {
        Ok(()) => (),
        Err(Refused) => crate::exit(protocol::EXIT_REFUSED),
    }
    ALL_RECEIVE.wait().await;
    print(format_args!("{} suspended", RECEIVING.load(Ordering::Relaxed)));
    // The last to come is the first to go.
    for (number, messages) in MESSAGES.iter().enumerate().rev() {
        messages.send(1000 + number as u32).await;
        let End { number, result, stack: (used, room) } = ENDS.receive().await;
        match result {
            Ok(result) => print(format_args!("{number}: {result}, {used} of {room} bytes of stack")),
            Err(error) => print(format_args!("{number}: {error}")),
        }
    }
    crate::exit(protocol::EXIT_DONE)
}

fn start(spawner: Spawner, job: &ModuleJob<'static>) -> Result<(), Refused> {
    static LINKER: StaticCell<Linker<Wish, 2>> = StaticCell::new();
    let linker = LINKER.init(Linker::new());
    let all = linker.func("env", "sleep", |caller: &mut Caller<'_, Wish>, ms: u32| {
        *caller.state() = Wish::Sleep(ms);
        caller.suspend();
    }) && linker.func("env", "receive", |caller: &mut Caller<'_, Wish>, at: u32| -> u32 {
        *caller.state() = Wish::Receive { at };
        caller.suspend();
        0
    });
    debug_assert!(all, "the linker has room for these");
    let linker: &'static Linker<Wish, 2> = linker;
    let artifact = artifact(job.artifact_address, job.artifact_len).map_err(|e| refuse(Stage::Request, e))?;
    // SAFETY: as in the firmware that runs one module: the host that loaded the bytes vouches for their code.
    let module = unsafe { Module::open(artifact, &device()) }.map_err(|e| refuse(Stage::Open, e))?;
    let arena = arena(job.arena_bytes as usize)?;
    let room = arena.len() / MODULES;
    let JobLimits { stack_bytes, memory_bytes, table_elements, fuel } = job.limits;
    let limits = Limits { stack_bytes, memory_bytes, table_elements, fuel };
    for (number, arena) in arena.chunks_exact_mut(room).enumerate().take(MODULES) {
        let instance = Instance::new(&module, linker, arena, &limits, Wish::default());
        let mut instance = instance.map_err(|e| refuse(Stage::Instantiate, e))?;
        instance.paint_stack().map_err(|e| refuse(Stage::Instantiate, e))?;
        let room = stack_bytes.unwrap_or(module.content().map_or(0, |content| content.stack().bytes))
            + crate::part::TARGET.stack_reserve();
        match module_task(number, instance, room) {
            Ok(task) => spawner.spawn(task),
            Err(_) => return Err(refuse(Stage::Instantiate, "there are fewer tasks than modules")),
        }
    }
    Ok(())
}

#[embassy_executor::task(pool_size = MODULES)]
async fn module_task(number: usize, mut instance: Instance<'static, Wish>, room: u32) {
    let result = live(number, &mut instance).await;
    ENDS.send(End { number, result, stack: (instance.stack_used(), room) }).await;
}

/// Calls `run`, and gives it what it waits for.
async fn live(number: usize, instance: &mut Instance<'static, Wish>) -> Result<i32, CallError> {
    instance.start_call("run", number as i32)?;
    loop {
        match instance.resume_within(&BoardClock, &SLICE)? {
            Outcome::Returned => return instance.results(),
            Outcome::Trapped(trap) => return Err(CallError::Trap(trap)),
            Outcome::Preempted => yield_now().await,
            Outcome::Suspended => match *instance.state() {
                Wish::Nothing => return Err(CallError::Suspended),
                Wish::Sleep(ms) => {
                    Timer::after_millis(ms.into()).await;
                    instance.complete(())?;
                }
                Wish::Receive { at } => {
                    if RECEIVING.fetch_add(1, Ordering::Relaxed) + 1 == MODULES as u32 {
                        ALL_RECEIVE.signal(());
                    }
                    let message = MESSAGES[number].receive().await;
                    instance.memory().write(at, &message.to_le_bytes()).map_err(CallError::Trap)?;
                    instance.complete(size_of_val(&message) as u32)?;
                }
            },
        }
    }
}

fn print(text: impl fmt::Display) {
    let mut words = String::<128>::new();
    // What does not fit is cut off.
    let _ = write!(words, "{text}");
    reply(&Reply::Printed(&words));
}
