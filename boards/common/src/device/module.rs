//! Runs the module, in time slices, beside the session.
//!
//! A module exports `on_tick: () -> ()`, which is called every [`PERIOD`]. It has proved itself when the first call
//! returns. What it may import from `env`:
//!
//! | | |
//! |---|---|
//! | `read_temperature () -> i32` | thousandths of a degree Celsius; `i32::MIN` if the sensor does not answer |
//! | `uptime_ms () -> i64` | milliseconds since boot |
//! | `publish (topic, topic_len, data, data_len) -> i32` | publishes under `sg/v1/{device}/data/{topic}`; 0, or -1 while too much waits. Traps on a topic over [`MAX_DATA_TOPIC`] or data over [`MAX_DATA`] bytes |
//! | `log (text, text_len) -> ()` | a line in the device's log |

use core::fmt::Write as _;

use embassy_futures::select::{Either, select};
use embassy_futures::yield_now;
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::channel::Channel;
use embassy_sync::signal::Signal;
use embassy_time::{Duration, Instant, Ticker};
use heapless::{String, Vec};
use sandgrain_agent::proto::MAX_TEXT;
use sandgrain_agent::slots::SlotId;
use sandgrain_runtime::{
    Budget, CallError, Caller, Instance, InstantiateError, Limits, Linker, Module, Outcome, Trap, TrapKind,
};
use static_cell::StaticCell;

use crate::guest::{self, BoardClock};
use crate::map::{self, Region};
use crate::part::DEVICE;
use crate::sensor;

/// Time between calls of `on_tick`.
pub const PERIOD: Duration = Duration::from_millis(500);
/// Longest time that a guest runs before the other tasks are asked: 5 ms.
const SLICE: Budget = guest::slices(5_000);
/// Longest topic of a module, in bytes.
pub const MAX_DATA_TOPIC: usize = 32;
/// Longest message of a module, in bytes.
pub const MAX_DATA: usize = 128;
/// Messages of a module that may wait for the network.
const DATA_QUEUE: usize = 4;

/// What the module task is told.
pub enum Command {
    /// Run the artifact, whatever ran before.
    Start { slot: SlotId, image: &'static [u8] },
    /// Run nothing.
    Stop,
}

/// What the stack says of a trap's callers, as many of them as there is room for.
pub type StackText = String<MAX_TEXT>;

/// What the module task tells.
pub enum ModuleEvent {
    /// `on_tick` has returned for the first time.
    Healthy { slot: SlotId },
    /// It trapped and runs no more.
    Trapped { slot: SlotId, kind: TrapKind, offset: Option<u32>, stack: StackText },
    /// It could not be run.
    Failed { slot: SlotId, why: &'static str },
}

/// A message of the module.
pub struct Data {
    pub topic: String<MAX_DATA_TOPIC>,
    pub payload: Vec<u8, MAX_DATA>,
}

static COMMAND: Signal<CriticalSectionRawMutex, Command> = Signal::new();
/// From the module task to the session.
pub static EVENTS: Channel<CriticalSectionRawMutex, ModuleEvent, 4> = Channel::new();
/// From the module to the session.
pub static DATA: Channel<CriticalSectionRawMutex, Data, DATA_QUEUE> = Channel::new();

/// Tells the module task what to do; a command that it has not seen yet is replaced.
///
/// Once this returns, the module that ran before executes no further instruction: the task looks for commands before
/// it resumes a guest.
pub fn command(command: Command) {
    COMMAND.signal(command);
}

/// Why a module's run ended.
enum End {
    Command(Command),
    Trap(Trap, StackText),
    Failure(&'static str),
}

impl From<CallError> for End {
    fn from(error: CallError) -> End {
        match error {
            CallError::Trap(trap) => End::Trap(trap, StackText::new()),
            CallError::NotFound => End::Failure("no-on_tick"),
            CallError::Signature => End::Failure("on_tick-type"),
            _ => End::Failure("call"),
        }
    }
}

/// The module task.
#[embassy_executor::task]
pub async fn run(linker: &'static Linker<(), 4>) -> ! {
    let arena = arena();
    let mut next = COMMAND.wait().await;
    loop {
        let Command::Start { slot, image } = next else {
            next = COMMAND.wait().await;
            continue;
        };
        let Err(end) = live(slot, image, linker, arena).await;
        let event = match end {
            End::Command(command) => {
                next = command;
                continue;
            }
            End::Trap(trap, stack) => ModuleEvent::Trapped { slot, kind: trap.kind, offset: trap.code_offset, stack },
            End::Failure(why) => ModuleEvent::Failed { slot, why },
        };
        EVENTS.send(event).await;
        next = COMMAND.wait().await;
    }
}

/// One module's life: never ends well.
async fn live<'a>(
    slot: SlotId,
    image: &'a [u8],
    linker: &'a Linker<(), 4>,
    arena: &'a mut [u8],
) -> Result<core::convert::Infallible, End> {
    crate::chip::synchronize_code();
    // SAFETY: the store has compared signature and every chunk with a trusted key and the signed hashes, on installing
    // or at boot; `DEVICE` is what the runtime was built for; the slot is mapped executable memory.
    let module = unsafe { Module::open(image, &DEVICE) }.map_err(|_| End::Failure("open"))?;
    let mut instance =
        Instance::without_start(&module, linker, arena, &Limits::default(), ()).map_err(|error| match error {
            InstantiateError::Trap(trap) => End::Trap(trap, StackText::new()),
            InstantiateError::Link(_) => End::Failure("unknown-import"),
            InstantiateError::Arena { .. }
            | InstantiateError::MemoryLimit { .. }
            | InstantiateError::TableLimit { .. }
            | InstantiateError::Stack { .. }
            | InstantiateError::Full { .. } => End::Failure("memory"),
            InstantiateError::WrongPart { .. } => End::Failure("target"),
            InstantiateError::Start(_) => End::Failure("start"),
            InstantiateError::Wasm { .. } => End::Failure("interpret"),
        })?;
    if instance.begin_start()? {
        finish(&mut instance).await?;
    }
    let mut ticker = Ticker::every(PERIOD);
    let mut proved = false;
    loop {
        instance.start_call("on_tick", ())?;
        finish(&mut instance).await?;
        if !proved {
            proved = true;
            EVENTS.send(ModuleEvent::Healthy { slot }).await;
        }
        if let Either::First(command) = select(COMMAND.wait(), ticker.next()).await {
            return Err(End::Command(command));
        }
    }
}

/// Runs the call in progress to its end. Between slices the other tasks run, and commands are obeyed.
async fn finish(instance: &mut Instance<'_, ()>) -> Result<(), End> {
    loop {
        match instance.resume_within(&BoardClock, &SLICE)? {
            Outcome::Returned => return Ok(()),
            Outcome::Trapped(trap) => return Err(End::Trap(trap, stack(instance))),
            // No host function here suspends anything.
            Outcome::Preempted | Outcome::Suspended => yield_now().await,
        }
        if let Some(command) = COMMAND.try_take() {
            return Err(End::Command(command));
        }
    }
}

/// What the stack says of the callers of the trap that has just come.
fn stack(instance: &Instance<'_, ()>) -> StackText {
    let mut text = StackText::new();
    if write!(text, "{}", instance.stack_text()).is_err() {
        // The last word may be cut off.
        text.truncate(text.rfind(' ').unwrap_or_default());
    }
    text
}

/// The guest arena. Call once.
fn arena() -> &'static mut [u8] {
    let Region { base, len } = map::ARENA;
    // SAFETY: memory that memory.x gives to nobody; the module task, of which there is one, is the only caller.
    unsafe { core::slice::from_raw_parts_mut(core::ptr::with_exposed_provenance_mut(base), len) }
}

/// What modules may import, to be made once.
pub fn linker() -> &'static Linker<(), 4> {
    static LINKER: StaticCell<Linker<(), 4>> = StaticCell::new();
    let linker = LINKER.init_with(Linker::new);
    let all = linker
        .func("env", "read_temperature", |_: &mut Caller<'_, ()>| sensor::read_millicelsius().unwrap_or(i32::MIN))
        && linker.func("env", "uptime_ms", |_: &mut Caller<'_, ()>| Instant::now().as_millis() as i64)
        && linker.func("env", "publish", publish)
        && linker.func("env", "log", |caller: &mut Caller<'_, ()>, text: u32, len: u32| -> Result<(), Trap> {
            defmt::info!("module: {=str}", caller.memory().read_str(text, len)?);
            Ok(())
        });
    debug_assert!(all, "the linker has room for these");
    linker
}

fn publish(caller: &mut Caller<'_, ()>, topic: u32, topic_len: u32, data: u32, data_len: u32) -> Result<i32, Trap> {
    let too_long = |()| Trap::new(TrapKind::HostError);
    let memory = caller.memory();
    let topic = String::try_from(memory.read_str(topic, topic_len)?).map_err(|_| too_long(()))?;
    let payload = Vec::from_slice(memory.read(data, data_len)?).map_err(|_| too_long(()))?;
    Ok(if DATA.try_send(Data { topic, payload }).is_ok() { 0 } else { -1 })
}
