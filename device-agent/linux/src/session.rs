//! Feeds the agent with what happens, and carries its actions out.
//!
//! ```text
//! broker ◀─▶ link ─Event─▶ Agent::step ─Action─▶ hands ─┬─▶ link ─▶ broker
//!              ▲                                        ├─▶ store ─▶ files
//!              └──────── events, data ◀── module ◀──────┴── start, stop
//! ```
//! One thread for all but the module, which has its own. Writing files holds this one up, and nothing else.

use std::collections::VecDeque;
use std::future::pending;
use std::io;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use sandgrain_agent::agent::{Action, Actions, Agent, Config, Event, Qos};
use sandgrain_agent::proto::{Address, Topic};
use sandgrain_agent::slots::{BootReport, SlotId, StoreReply};
use sandgrain_agent::verify::{Protections, Trust};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{Interval, interval, sleep_until};

use crate::config::Setup;
use crate::link::{Incoming, Link};
use crate::log;
use crate::module::{HostFunctions, Machine, ModuleEvent, Output};
use crate::store::{FileStore, Folder};
use crate::supervisor::Supervisor;

/// Runs until SIGTERM or SIGINT.
///
/// # Errors
/// If it cannot begin: the state directory, signals, threads. What happens later is told the controller, and the log.
pub fn run(setup: &Setup) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.context("cannot start")?.block_on(live(setup))
}

async fn live(setup: &Setup) -> Result<()> {
    let start = Instant::now();
    let offers = HostFunctions::new();
    let trust = Trust {
        keys: &setup.keys,
        profile: setup.profile,
        offers: &offers,
        device_class: &setup.device_class,
        protections: Protections::ALL,
    };
    let address = Address { namespace: setup.namespace.as_deref(), device: &setup.device };
    let config = Config {
        address,
        slot: &setup.module,
        trust,
        max_chunk: sandgrain_agent::proto::MAX_CHUNK as u32,
        trial_ms: setup.trial_ms,
        needs_health: setup.needs_health,
        heartbeat_ms: setup.heartbeat_ms,
        // Differs from device to device by its name, and from start to start by its number.
        seed: setup.device.bytes().fold(std::process::id(), |hash, b| (hash ^ u32::from(b)).wrapping_mul(0x0100_0193)),
    };
    let place = || format!("cannot use the state directory {}", setup.state.display());
    let mut store = FileStore::open(Folder::open(&setup.state).with_context(place)?).with_context(place)?;
    let boot = store.boot(&setup.module, &trust).with_context(place)?;
    say_what_is_there(&boot);

    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for SIGINT")?;
    let supervisor = Supervisor::from_environment();
    let mut watchdog = supervisor.interval.map(interval);

    let status = address.topic(Topic::Status).context("the device's name")?;
    let (machine, mut outputs) = Machine::new(setup.machine.clone(), start);
    let link = Link::new(setup.broker.clone(), &status);
    let mut shell = Shell {
        agent: Agent::new(config, &boot),
        hands: Hands { trust, store, machine, link, online: false, timer: None, answers: VecDeque::new() },
        address,
        start,
    };
    shell.step(Event::Boot);
    supervisor.tell("READY=1");
    let signal = loop {
        let due = shell.hands.timer.map(|ms| start + Duration::from_millis(ms));
        tokio::select! {
            incoming = shell.hands.link.next() => shell.incoming(incoming),
            output = outputs.next() => shell.output(output),
            () = at(due) => shell.step(Event::Tick),
            () = beat(&mut watchdog) => supervisor.tell("WATCHDOG=1"),
            name = either(&mut terminate, &mut interrupt) => break name,
        }
    };
    log::info(format_args!("{signal}: ending"));
    supervisor.tell("STOPPING=1");
    let Hands { mut machine, link, online, .. } = shell.hands;
    machine.stop();
    if online {
        link.close().await;
    }
    Ok(())
}

fn say_what_is_there(boot: &BootReport) {
    match &boot.run {
        Some(installed) => {
            let trial = if boot.trial { ", on trial" } else { "" };
            log::info(format_args!("installed: {}{trial}", installed.name_and_version()));
        }
        None => log::info(format_args!("no module is installed")),
    }
    if let Some(digest) = &boot.reverted {
        log::warning(format_args!("the module {digest} did not survive its trial and was taken back"));
    }
    if let Some((digest, refusal)) = &boot.unfit {
        log::warning(format_args!("the installed module {digest} may not run: {refusal}"));
    }
}

async fn at(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due.into()).await,
        None => pending().await,
    }
}

async fn beat(watchdog: &mut Option<Interval>) {
    match watchdog {
        Some(interval) => {
            interval.tick().await;
        }
        None => pending().await,
    }
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) -> &'static str {
    tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    }
}

/// Agent and hands together: everything that is left is to tell them what happens.
struct Shell<'a> {
    agent: Agent<'a>,
    hands: Hands<'a>,
    address: Address<'a>,
    start: Instant,
}

impl Shell<'_> {
    /// Steps the agent, then again with each answer to what it asked for.
    fn step(&mut self, event: Event<'_>) {
        self.agent.step(self.now(), event, &mut self.hands);
        while let Some(answer) = self.hands.answers.pop_front() {
            let event = match answer {
                Answer::Store(reply) => Event::Store(reply),
                Answer::Failed { slot, why } => Event::ModuleFailed { slot, why },
            };
            self.agent.step(self.now(), event, &mut self.hands);
        }
    }

    fn now(&self) -> u64 {
        self.start.elapsed().as_millis() as u64
    }

    fn incoming(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Connected => {
                log::info(format_args!("online as {}", self.address.device));
                self.hands.online = true;
                self.step(Event::Connected);
            }
            Incoming::Lost(why) => {
                log::warning(format_args!("broker: {why}"));
                if std::mem::take(&mut self.hands.online) {
                    self.step(Event::Disconnected);
                }
            }
            Incoming::Message(message) => {
                self.step(Event::Message { topic: &message.topic, payload: &message.payload });
            }
        }
    }

    fn output(&mut self, output: Output) {
        match output {
            Output::Event(run, event) if self.hands.machine.is_current(run) => self.module(event),
            // Of a module that was stopped since.
            Output::Event(..) => {}
            Output::Data(data) => {
                if let (true, Ok(topic)) = (self.hands.online, self.address.topic(Topic::Data(&data.topic))) {
                    self.hands.link.publish(&topic, &data.payload, Qos::AtMostOnce, false);
                }
            }
        }
    }

    fn module(&mut self, event: ModuleEvent) {
        match event {
            ModuleEvent::Healthy { slot } => self.step(Event::ModuleHealthy { slot }),
            ModuleEvent::Trapped { slot, kind, offset, stack } => {
                let place = offset.map(|offset| format!(" at {offset:#x}")).unwrap_or_default();
                log::warning(format_args!("the module trapped: {}{place}", kind.message()));
                self.step(Event::ModuleTrapped { slot, kind, offset, stack: &stack });
            }
            ModuleEvent::Failed { slot, why } => {
                log::warning(format_args!("the module does not run: {why}"));
                self.step(Event::ModuleFailed { slot, why });
            }
        }
    }
}

/// What the agent is to be told about what it asked for, once it has stepped.
enum Answer {
    Store(StoreReply),
    Failed { slot: SlotId, why: &'static str },
}

/// What the agent's actions act on.
struct Hands<'a> {
    trust: Trust<'a>,
    store: FileStore<Folder>,
    machine: Machine,
    link: Link,
    online: bool,
    /// When the agent wants its next tick, in ms.
    timer: Option<u64>,
    answers: VecDeque<Answer>,
}

impl Hands<'_> {
    fn start(&mut self, slot: SlotId) -> Result<(), &'static str> {
        let image = self.store.image(slot, &self.trust).map_err(|refusal| {
            log::warning(format_args!("the module's file: {refusal}"));
            "no-image"
        })?;
        let started: io::Result<()> = self.machine.start(slot, image);
        started.map_err(|error| {
            log::warning(format_args!("no thread for the module: {error}"));
            "no-thread"
        })
    }
}

impl Actions for Hands<'_> {
    fn act(&mut self, action: Action<'_>) {
        match action {
            Action::Subscribe { filter } => self.link.subscribe(filter),
            Action::Publish { topic, payload, qos, retain } => {
                if self.online {
                    self.link.publish(topic, payload, qos, retain);
                }
            }
            Action::SetTimer { at_ms } => self.timer = at_ms,
            Action::Store(op) => {
                let reply = self.store.apply(op);
                if let StoreReply::Failed(fault) = reply {
                    log::warning(format_args!("store: {fault}"));
                }
                self.answers.push_back(Answer::Store(reply));
            }
            Action::StartModule { slot, trial } => {
                log::info(format_args!("starting the module{}", if trial { ", on trial" } else { "" }));
                if let Err(why) = self.start(slot) {
                    self.answers.push_back(Answer::Failed { slot, why });
                }
            }
            Action::StopModule { .. } => self.machine.stop(),
        }
    }
}
