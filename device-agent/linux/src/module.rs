//! Runs the module, natively, in a thread of its own.
//!
//! A module exports `on_tick: () -> ()`, which is called at fixed intervals. It has proved itself when the first call
//! returns. It imports from `env` what modules of the microcontrollers import, with the same types:
//!
//! | | |
//! |---|---|
//! | `read_temperature () -> i32` | thousandths of a degree Celsius, from the file that the configuration names; `i32::MIN` without one |
//! | `uptime_ms () -> i64` | milliseconds since this program was started |
//! | `publish (topic, topic_len, data, data_len) -> i32` | publishes under `sg/v1/{device}/data/{topic}`; 0, or -1 while too much waits. Traps on a topic over [`MAX_DATA_TOPIC`] or data over [`MAX_DATA`] bytes |
//! | `log (text, text_len) -> ()` | a line in this program's log |
//!
//! The kernel's timer interrupts a guest every 5 ms, after which it is stopped if it is to be, and at its call's
//! deadline, which is a trap; so is a fault of its code (`sandgrain_runtime::linux`).

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use sandgrain_abi::{Target, TrapKind};
use sandgrain_agent::proto::{MAX_TEXT, is_data_topic};
use sandgrain_agent::slots::SlotId;
use sandgrain_agent::verify::Offers;
use sandgrain_artifact::{DeviceProfile, WantedImport};
use sandgrain_runtime::linux::{Code, GuestThread, Memory};
use sandgrain_runtime::{
    Budget, CallError, Caller, Clock, Instance, InstantiateError, Limits, Linker, Module, Outcome, Trap, cpu_features,
    this_device,
};
use tokio::sync::mpsc;

use crate::log;

/// Longest topic of a module, in bytes.
pub const MAX_DATA_TOPIC: usize = 32;
/// Longest message of a module, in bytes.
pub const MAX_DATA: usize = 128;
/// Messages of a module that may wait for the network.
const DATA_QUEUE: usize = 64;
/// Longest time that a guest runs before it is looked whether it is to be stopped: 5 ms.
const SLICE_NS: u64 = 5_000_000;

/// How modules are run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Time between calls of `on_tick`.
    pub period: Duration,
    /// How long a call may take.
    pub call_limit: Duration,
    /// Bytes for the module's stack, instance, tables and memories.
    pub arena: usize,
    /// A file with the temperature in thousandths of a degree Celsius, as sysfs has them.
    pub temperature: Option<PathBuf>,
}

/// What a module's thread tells.
#[derive(Debug)]
pub enum ModuleEvent {
    /// `on_tick` has returned for the first time.
    Healthy { slot: SlotId },
    /// It trapped and runs no more. `stack` is what the stack says of its callers, cut at [`MAX_TEXT`] bytes.
    Trapped { slot: SlotId, kind: TrapKind, offset: Option<u32>, stack: String },
    /// It could not be run.
    Failed { slot: SlotId, why: &'static str },
}

/// A message of the module's.
#[derive(Debug)]
pub struct Data {
    pub topic: String,
    pub payload: Vec<u8>,
}

/// What this computer offers to code; `None` if there is no engine for it.
pub fn profile() -> Option<DeviceProfile> {
    let profile = [Target::X86_64, Target::Aarch64, Target::Riscv64].into_iter().find_map(this_device);
    profile.map(|profile| DeviceProfile { features: cpu_features(), ..profile })
}

/// What host functions work on.
struct Host {
    data: mpsc::Sender<Data>,
    start: Instant,
    temperature: Option<PathBuf>,
}

/// What modules may import; whatever is in here is granted.
pub struct HostFunctions(Linker<Host, 4>);

impl HostFunctions {
    /// All of them.
    pub fn new() -> HostFunctions {
        let mut linker = Linker::new();
        let all = linker.func("env", "read_temperature", read_temperature)
            && linker.func("env", "uptime_ms", |caller: &mut Caller<'_, Host>| {
                caller.state().start.elapsed().as_millis() as i64
            })
            && linker.func("env", "publish", publish)
            && linker.func("env", "log", |caller: &mut Caller<'_, Host>, text: u32, len: u32| -> Result<(), Trap> {
                log::info(format_args!("module: {}", caller.memory().read_str(text, len)?.escape_debug()));
                Ok(())
            });
        debug_assert!(all, "the linker has room for these");
        HostFunctions(linker)
    }
}

impl Default for HostFunctions {
    fn default() -> Self {
        HostFunctions::new()
    }
}

impl std::fmt::Debug for HostFunctions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HostFunctions")
    }
}

impl Offers for HostFunctions {
    fn grants(&self, capability: &str) -> bool {
        self.0.has_module(capability)
    }

    fn provides(&self, capability: &str, import: &WantedImport<'_>) -> bool {
        self.0.provides(capability, import)
    }
}

fn read_temperature(caller: &mut Caller<'_, Host>) -> i32 {
    let text = caller.state().temperature.as_ref().and_then(|path| std::fs::read_to_string(path).ok());
    text.and_then(|text| text.trim().parse().ok()).unwrap_or(i32::MIN)
}

fn publish(caller: &mut Caller<'_, Host>, topic: u32, topic_len: u32, data: u32, data_len: u32) -> Result<i32, Trap> {
    let (host, memory) = caller.split();
    let topic = memory.read_str(topic, topic_len)?;
    let payload = memory.read(data, data_len)?;
    if topic.len() > MAX_DATA_TOPIC || payload.len() > MAX_DATA {
        return Err(Trap::new(TrapKind::HostError));
    }
    // What MQTT would not take is lost, as on a microcontroller.
    if !is_data_topic(topic) {
        return Ok(0);
    }
    let message = Data { topic: topic.to_owned(), payload: payload.to_vec() };
    Ok(if host.data.try_send(message).is_ok() { 0 } else { -1 })
}

/// Starts and stops modules, one at a time.
pub struct Machine {
    settings: Settings,
    start: Instant,
    events: mpsc::UnboundedSender<(u64, ModuleEvent)>,
    data: mpsc::Sender<Data>,
    /// Counts the modules started, so that what one of them has said last is not taken for another's.
    run: u64,
    running: Option<Running>,
}

struct Running {
    /// Dropped to stop the thread.
    _stop: Sender<()>,
    thread: JoinHandle<()>,
}

/// What modules tell and publish.
pub struct Outputs {
    events: mpsc::UnboundedReceiver<(u64, ModuleEvent)>,
    data: mpsc::Receiver<Data>,
}

/// One of them.
#[derive(Debug)]
pub enum Output {
    /// Of the run that is counted so.
    Event(u64, ModuleEvent),
    /// To be published.
    Data(Data),
}

impl Outputs {
    /// What comes next. Cancelled, it loses nothing.
    pub async fn next(&mut self) -> Output {
        tokio::select! {
            Some((run, event)) = self.events.recv() => Output::Event(run, event),
            Some(data) = self.data.recv() => Output::Data(data),
            else => std::future::pending().await,
        }
    }
}

impl Machine {
    /// Runs nothing yet. `start` is when this program was started.
    pub fn new(settings: Settings, start: Instant) -> (Machine, Outputs) {
        let (events, of_events) = mpsc::unbounded_channel();
        let (data, of_data) = mpsc::channel(DATA_QUEUE);
        let machine = Machine { settings, start, events, data, run: 0, running: None };
        (machine, Outputs { events: of_events, data: of_data })
    }

    /// Whether what the run counted so has said is said of what was started last.
    pub fn is_current(&self, run: u64) -> bool {
        run == self.run && self.running.is_some()
    }

    /// Starts a verified artifact, whatever ran before.
    ///
    /// # Errors
    /// If there is no thread to be had.
    pub fn start(&mut self, slot: SlotId, image: Vec<u8>) -> io::Result<()> {
        self.stop();
        self.run += 1;
        let (stop, stopped) = channel();
        let host = Host { data: self.data.clone(), start: self.start, temperature: self.settings.temperature.clone() };
        let life = Life { run: self.run, slot, settings: self.settings.clone(), events: self.events.clone(), stopped };
        let thread = thread::Builder::new().name("module".to_owned()).spawn(move || life.live(&image, host))?;
        self.running = Some(Running { _stop: stop, thread });
        Ok(())
    }

    /// Stops what runs: once this returns, it executes no further instruction. Takes a slice and a host call at most.
    pub fn stop(&mut self) {
        let Some(Running { _stop, thread }) = self.running.take() else { return };
        drop(_stop);
        // A panic of the thread's has been printed.
        let _ = thread.join();
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Why a module's life ended.
enum End {
    Stopped,
    Trap(Trap, String),
    Failure(&'static str),
}

impl From<CallError> for End {
    fn from(error: CallError) -> End {
        match error {
            CallError::Trap(trap) => End::Trap(trap, String::new()),
            CallError::NotFound => End::Failure("no-on_tick"),
            CallError::Signature => End::Failure("on_tick-type"),
            _ => End::Failure("call"),
        }
    }
}

/// One module's life, from its thread's start to its end.
struct Life {
    run: u64,
    slot: SlotId,
    settings: Settings,
    events: mpsc::UnboundedSender<(u64, ModuleEvent)>,
    stopped: Receiver<()>,
}

impl Life {
    fn live(self, image: &[u8], host: Host) {
        let slot = self.slot;
        let event = match self.run(image, host) {
            Ok(never) => match never {},
            Err(End::Stopped) => return,
            Err(End::Trap(trap, stack)) => {
                ModuleEvent::Trapped { slot, kind: trap.kind, offset: trap.code_offset, stack }
            }
            Err(End::Failure(why)) => ModuleEvent::Failed { slot, why },
        };
        self.tell(event);
    }

    fn tell(&self, event: ModuleEvent) {
        // Nobody listens any more when this program ends.
        let _ = self.events.send((self.run, event));
    }

    fn run(&self, image: &[u8], host: Host) -> Result<std::convert::Infallible, End> {
        let failed = |what: &'static str| {
            move |error: io::Error| {
                log::warning(format_args!("cannot run the module: {what}: {error}"));
                End::Failure("memory")
            }
        };
        let clock = GuestThread::new().map_err(failed("preparing the thread"))?;
        let code = Code::new(image).map_err(failed("memory for its code"))?;
        let mut arena = Memory::new(self.settings.arena).map_err(failed("memory for its data"))?;
        let profile = profile().ok_or(End::Failure("target"))?;
        // SAFETY: the store has just compared signature and every chunk of these bytes with a trusted key and the signed
        // hashes; `profile` is what the runtime was built for, on this computer; nobody can write to `Code`.
        let module = unsafe { Module::open(code.bytes(), &profile) }.map_err(|_| End::Failure("open"))?;
        let functions = HostFunctions::new();
        let instance = Instance::without_start(&module, &functions.0, arena.bytes(), &Limits::default(), host);
        let mut instance = instance.map_err(|error| match error {
            InstantiateError::Trap(trap) => End::Trap(trap, String::new()),
            InstantiateError::Link(_) => End::Failure("unknown-import"),
            InstantiateError::WrongPart { .. } => End::Failure("target"),
            InstantiateError::Start(_) => End::Failure("start"),
            InstantiateError::Wasm { .. } => End::Failure("interpret"),
            _ => End::Failure("memory"),
        })?;
        if instance.begin_start()? {
            self.finish(&mut instance, &clock)?;
        }
        let mut due = Instant::now();
        let mut proved = false;
        loop {
            instance.start_call("on_tick", ())?;
            self.finish(&mut instance, &clock)?;
            if !proved {
                proved = true;
                self.tell(ModuleEvent::Healthy { slot: self.slot });
            }
            // Keeps the rhythm, unless it was lost altogether.
            due = (due + self.settings.period).max(Instant::now());
            match self.stopped.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => return Err(End::Stopped),
            }
        }
    }

    /// Runs the call in progress to its end, its deadline, or the module's.
    fn finish(&self, instance: &mut Instance<'_, Host>, clock: &GuestThread) -> Result<(), End> {
        let deadline = clock.now() + self.settings.call_limit.as_nanos() as u64;
        let budget = Budget { slice: Some(SLICE_NS), deadline: Some(deadline) };
        loop {
            match instance.resume_within(clock, &budget)? {
                Outcome::Returned => return Ok(()),
                Outcome::Trapped(trap) => return Err(End::Trap(trap, stack(instance))),
                // No host function here suspends anything.
                Outcome::Preempted | Outcome::Suspended => {}
            }
            if let Err(std::sync::mpsc::TryRecvError::Disconnected) = self.stopped.try_recv() {
                return Err(End::Stopped);
            }
        }
    }
}

/// What the stack says of the callers of the trap that has just come: as many of them as a status has room for.
fn stack(instance: &Instance<'_, Host>) -> String {
    let mut text = String::new();
    // A String takes everything.
    let _ = write!(text, "{}", instance.stack_text());
    if text.len() > MAX_TEXT {
        text.truncate(text[..=MAX_TEXT].rfind(' ').unwrap_or_default());
    }
    text
}
