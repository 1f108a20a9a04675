//! Time, chance and what must hold: one run from a seed.

use std::boxed::Box;
use std::collections::BTreeMap;
use std::format;
use std::string::String;
use std::vec::Vec;

use sandgrain_abi::TrapKind;
use sandgrain_artifact::{Digest, KeySet, PublicKey, SigningKey};

use super::Random;
use super::device::Device;
use super::edge::{Edge, Message};
use super::flash::{Cut, MockFlash, Tear};
use super::module::{Behaviour, PROFILE, Packed, Spec, build, foreign_key, public, trusted_key};
use crate::agent::{Config, Event, NOTHING};
use crate::proto::Address;
use crate::slots::Layout;
use crate::verify::{OffersAll, Protections, Trust};

/// Name of the simulated slot.
pub const SLOT: &str = "control";

/// How bad the world is, until it calms down.
#[derive(Debug, Clone, Copy)]
pub struct Chaos {
    /// Percent of messages lost.
    pub loss: u64,
    /// Percent of messages that arrive twice.
    pub duplicates: u64,
    /// Longest delay of a message in ms; messages overtake each other.
    pub delay: u64,
    /// Resets, of which some cut the power in the middle of a flash operation.
    pub resets: u64,
    /// Disconnections.
    pub drops: u64,
    /// Words that are not what was written, and nobody is told.
    pub defects: u64,
    /// Values that the cloud wants, one after the other.
    pub desires: u64,
    /// When all of this ends, in ms.
    pub calm: u64,
}

impl Chaos {
    /// Nothing goes wrong.
    pub const NONE: Chaos =
        Chaos { loss: 0, duplicates: 0, delay: 5, resets: 0, drops: 0, defects: 0, desires: 1, calm: 1000 };

    /// As bad as this seed makes it.
    pub fn of(random: &mut Random) -> Chaos {
        Chaos {
            loss: random.below(35),
            duplicates: random.below(25),
            delay: 1 + random.below(900),
            resets: random.below(8),
            drops: random.below(5),
            defects: random.below(3),
            desires: 1 + random.below(5),
            calm: 90_000,
        }
    }
}

enum Item {
    Reset,
    Connect { boot: u32 },
    Drop,
    Desire(usize),
    Rotate(KeySet),
    Timer { boot: u32 },
    ToDevice { connection: u32, message: Message },
    ToEdge { message: Message },
    Module { boot: u32, start: u32 },
}

/// What a run came to.
#[derive(Debug)]
pub struct Outcome {
    /// What happened, in order.
    pub story: Vec<String>,
    /// What went wrong, if anything did.
    pub failure: Option<String>,
    /// When nothing was left to do, in ms.
    pub converged: u64,
    /// Resets, with and without a cut.
    pub resets: u32,
    /// Messages delivered.
    pub messages: u32,
    /// The last value wanted is what runs.
    pub installed: bool,
}

/// The artifacts of every run, of which the last is forged.
pub fn catalog() -> Vec<Packed> {
    let spec = |version, counter, behaviour, text| Spec { version, counter, behaviour, text, ..Spec::default() };
    let mut all: Vec<Packed> = [
        spec("1.0.0", 1, Behaviour::Healthy, 3000),
        spec("2.0.0", 2, Behaviour::Healthy, 5000),
        spec("2.1.0", 2, Behaviour::Silent, 900),
        spec("3.0.0", 3, Behaviour::Traps, 4100),
        spec("3.1.0", 3, Behaviour::Hangs, 2000),
        spec("4.0.0", 4, Behaviour::Healthy, 7000),
        spec("4.1.0", 4, Behaviour::Unlinkable, 1000),
    ]
    .iter()
    .map(|spec| build(spec, &trusted_key()))
    .collect();
    all.push(build(&spec("5.0.0", 5, Behaviour::Healthy, 3000), &foreign_key()));
    all
}

/// Keys that devices of a run are to go over to. Each set has the one that modules are signed by.
fn rotation(epoch: u32) -> KeySet {
    let other = PublicKey(SigningKey::from_bytes(&[epoch as u8; 32]).verifying_key().to_bytes());
    let modules = public(&trusted_key());
    KeySet { epoch, keys: if epoch.is_multiple_of(2) { [other, modules] } else { [modules, other] } }
}

/// The device's configuration, with these protections.
pub fn config(protections: Protections) -> Config<'static> {
    let keys = Box::leak(Box::new([public(&trusted_key())]));
    Config {
        address: Address { namespace: Some("default"), device: "dev1" },
        slot: SLOT,
        trust: Trust { keys, profile: PROFILE, offers: &OffersAll, device_class: "", protections },
        max_chunk: 4096,
        trial_ms: 3000,
        needs_health: false,
        heartbeat_ms: 5000,
        seed: 3,
    }
}

/// A run in progress.
pub struct World<const W: usize, const E: usize> {
    now: u64,
    next: u64,
    queue: BTreeMap<(u64, u64), Item>,
    random: Random,
    chaos: Chaos,
    config: Config<'static>,
    /// The other end.
    pub edge: Edge,
    /// The device; `None` while its power is off.
    pub device: Option<Device<W, E>>,
    flash: Option<MockFlash<W, E>>,
    boots: u32,
    connection: Option<u32>,
    connections: u32,
    started: u32,
    seen: Seen,
    /// Epoch of the keys that were to be trusted last.
    asked: u32,
    /// Flash operations when the store was last looked into.
    audited: u64,
    /// No word is other than what was written.
    sound: bool,
    outcome: Outcome,
}

/// What was true at a boot, and has to stay so.
#[derive(Debug, Clone, Default)]
struct Seen {
    /// A module was confirmed.
    confirmed: bool,
    /// Its counter.
    floor: u32,
    /// Digests in quarantine.
    quarantined: Vec<Digest>,
    /// The trusted keys.
    keys: Option<KeySet>,
}

impl<const W: usize, const E: usize> World<W, E> {
    /// A device of this many flash sectors that has never run anything.
    pub fn new(sectors: usize, config: Config<'static>, chaos: Chaos, mut random: Random) -> Self {
        let mut edge = Edge::new(config.address, config.slot, catalog());
        edge.packs = random.percent(70);
        let outcome =
            Outcome { story: Vec::new(), failure: None, converged: 0, resets: 0, messages: 0, installed: false };
        World {
            now: 0,
            next: 0,
            queue: BTreeMap::new(),
            random,
            chaos,
            config,
            edge,
            device: None,
            flash: Some(MockFlash::new(sectors)),
            boots: 0,
            connection: None,
            connections: 0,
            started: 0,
            seen: Seen::default(),
            asked: 0,
            audited: 0,
            sound: true,
            outcome,
        }
    }

    /// Runs until nothing is left to do, a rule is broken, or the time is over.
    pub fn run(mut self) -> Outcome {
        let Chaos { resets, drops, desires, calm, .. } = self.chaos;
        self.schedule(0, Item::Reset);
        for (count, make) in [(resets, (|| Item::Reset) as fn() -> Item), (drops, || Item::Drop)] {
            for _ in 0..count {
                let at = self.random.below(calm);
                self.schedule(at, make());
            }
        }
        for i in 0..desires {
            let (at, which) = (self.random.below(calm * (i + 1) / desires), self.random.below(8) as usize);
            self.schedule(at, Item::Desire(which));
        }
        if self.random.percent(60) {
            for epoch in 1..=2 {
                let at = self.random.below(calm);
                self.schedule(at, Item::Rotate(rotation(epoch)));
            }
        }
        // Room for the slowest way: a refusal that may heal, and the longest back-off.
        let limit = calm + 900_000;
        while let Some(((at, _), item)) = self.queue.pop_first() {
            self.now = at;
            if at > limit {
                self.fail("not settled in time".into());
            }
            self.happen(item);
            self.check_rules();
            if self.outcome.failure.is_some() {
                break;
            }
            if at > calm && self.settled() {
                self.outcome.converged = at;
                break;
            }
        }
        self.outcome
    }

    fn schedule(&mut self, at: u64, item: Item) {
        self.queue.insert((at, self.next), item);
        self.next += 1;
    }

    fn tell(&mut self, line: String) {
        self.outcome.story.push(format!("{:>9} ms  {line}", self.now));
    }

    fn fail(&mut self, why: String) {
        self.tell(format!("FAILED: {why}"));
        self.outcome.failure.get_or_insert(why);
    }

    fn happen(&mut self, item: Item) {
        match item {
            Item::Reset => self.reset(),
            Item::Connect { boot } if boot == self.boots && self.device.is_some() => {
                self.connections += 1;
                self.connection = Some(self.connections);
                self.tell("connected".into());
                self.step(Event::Connected);
            }
            Item::Drop if self.connection.take().is_some() => {
                self.tell("connection lost".into());
                self.step(Event::Disconnected);
                let again = self.now + 500 + self.random.below(3000);
                self.schedule(again, Item::Connect { boot: self.boots });
            }
            Item::Desire(which) => {
                let value = self.edge.catalog[which].value.clone();
                self.tell(format!("the cloud wants {}", &value[..20]));
                let messages = self.edge.desire(&value);
                self.send_to_device(messages);
            }
            Item::Rotate(set) => {
                // The first time, not when it is said again.
                if self.edge.rotation.is_none_or(|asked| asked.epoch < set.epoch) && self.asked < set.epoch {
                    self.tell(format!("keys of epoch {} are to be trusted", set.epoch));
                    self.asked = set.epoch;
                    self.edge.rotation = Some(set);
                }
                if self.edge.rotation == Some(set) {
                    let messages = self.edge.rotate();
                    self.send_to_device(messages);
                    self.schedule(self.now + 2000, Item::Rotate(set));
                }
            }
            Item::Timer { boot } if boot == self.boots => {
                let due = self.device.as_ref().and_then(|d| d.timer).is_some_and(|at| at <= self.now);
                if due {
                    self.step(Event::Tick);
                }
            }
            Item::ToDevice { connection, message: (topic, payload) }
                if self.connection == Some(connection)
                    && self.device.as_ref().is_some_and(|d| d.subscribed.contains(&topic)) =>
            {
                self.outcome.messages += 1;
                self.step(Event::Message { topic: &topic, payload: &payload });
            }
            Item::ToEdge { message: (topic, payload) } => {
                self.outcome.messages += 1;
                if topic.ends_with("/status") {
                    self.tell(format!("device says {}", String::from_utf8_lossy(&payload)));
                }
                let answers = self.edge.receive(&topic, &payload);
                self.send_to_device(answers);
            }
            Item::Module { boot, start } if boot == self.boots => self.module(start),
            _ => {}
        }
    }

    /// Power off, power on.
    fn reset(&mut self) {
        let flash = match self.device.take() {
            Some(device) => Some(device.power_off()),
            None => self.flash.take(),
        };
        let Some(flash) = flash else { return };
        self.boots += 1;
        self.outcome.resets += 1;
        self.connection = None;
        match Device::boot(flash, self.config, self.now) {
            Ok(device) => {
                let run = device.boot.run.as_ref().map_or("nothing", |r| r.name_and_version());
                self.tell(format!("boots, runs {run}, trial: {}", device.boot.trial));
                self.device = Some(device);
            }
            Err(fault) => return self.fail(format!("boot: {fault}")),
        }
        self.started = 0;
        self.check_boot();
        let device = self.device.as_mut().expect("booted");
        // Pages of the journal fill slowly in a run of a minute or two; it is their ends that matter.
        if self.random.percent(40) {
            let filled = device.store.fill_journal(self.random.below(8) as u32);
            assert_eq!(filled, Ok(()), "the power is on");
        }
        if self.chaos.defects > 0 && self.random.percent(40) {
            self.chaos.defects -= 1;
            device.store.flash_mut().stuck_at = Some(device.store.flash().operations + self.random.below(1000));
        }
        // Now and then the power fails again soon, in the middle of a flash operation.
        let device = self.device.as_mut().expect("booted");
        if self.now < self.chaos.calm && self.chaos.resets > 0 && self.random.percent(60) {
            let tear = Tear::ALL[self.random.below(Tear::ALL.len() as u64) as usize];
            let at = device.store.flash().operations + self.random.below(400);
            device.store.flash_mut().cut = Some(Cut { at, tear });
        }
        let soon = self.now + 200 + self.random.below(800);
        self.schedule(soon, Item::Connect { boot: self.boots });
        self.after_step();
    }

    fn step(&mut self, event: Event<'_>) {
        let now = self.now;
        if let Some(device) = &mut self.device {
            device.step(now, event);
            self.after_step();
        }
    }

    fn after_step(&mut self) {
        let Some(device) = &mut self.device else { return };
        if device.is_dead() {
            self.tell("the power fails".into());
            let again = self.now + 100;
            self.connection = None;
            return self.schedule(again, Item::Reset);
        }
        let device = self.device.as_mut().expect("just looked at");
        let out = core::mem::take(&mut device.outbox);
        let (timer, running) = (device.timer, device.running);
        let boot = self.boots;
        for message in out {
            for at in self.arrivals() {
                self.schedule(at, Item::ToEdge { message: message.clone() });
            }
        }
        if let Some(at) = timer {
            self.schedule(at.max(self.now + 1), Item::Timer { boot });
        }
        if let Some(run) = running.filter(|r| r.start != self.started) {
            self.started = run.start;
            self.tell(format!("module in {:?} starts, {:?}, trial: {}", run.slot, run.behaviour, run.trial));
            let at = self.now + 10 + self.random.below(400);
            self.schedule(at, Item::Module { boot, start: run.start });
        }
    }

    /// When a message arrives: never, once or twice.
    fn arrivals(&mut self) -> Vec<u64> {
        let rough = self.now < self.chaos.calm;
        let (loss, duplicates) = if rough { (self.chaos.loss, self.chaos.duplicates) } else { (0, 0) };
        if self.random.percent(loss) {
            return Vec::new();
        }
        let copies = 1 + u32::from(self.random.percent(duplicates));
        (0..copies).map(|_| self.now + 1 + self.random.below(self.chaos.delay)).collect()
    }

    fn send_to_device(&mut self, messages: Vec<Message>) {
        let Some(connection) = self.connection else { return };
        for message in messages {
            for at in self.arrivals() {
                self.schedule(at, Item::ToDevice { connection, message: message.clone() });
            }
        }
    }

    /// A module that was started does what it does.
    fn module(&mut self, start: u32) {
        let Some(device) = &mut self.device else { return };
        let Some(run) = device.running.filter(|r| r.start == start) else { return };
        let slot = run.slot;
        match run.behaviour {
            Behaviour::Healthy => self.step(Event::ModuleHealthy { slot }),
            Behaviour::Silent | Behaviour::Sparse | Behaviour::Dense => {}
            Behaviour::Traps => {
                device.running = None;
                self.step(Event::ModuleTrapped {
                    slot,
                    kind: TrapKind::IntegerDivisionByZero,
                    offset: Some(64),
                    stack: "",
                });
            }
            Behaviour::Unlinkable => {
                device.running = None;
                self.step(Event::ModuleFailed { slot, why: "unknown-import" });
            }
            Behaviour::Hangs => {
                self.tell("the watchdog resets".into());
                self.reset();
            }
        }
    }

    /// What must hold from boot to boot: nothing that was confirmed is lost, no counter goes back, and what is in
    /// quarantine stays there.
    fn check_boot(&mut self) {
        let Some(device) = &self.device else { return };
        let boot = &device.boot;
        let current = if boot.trial { &boot.fallback } else { &boot.run };
        let forgotten = self.seen.quarantined.iter().any(|digest| !boot.quarantined.contains(digest));
        let why = if let Some((_, refusal)) = &boot.unfit {
            Some(format!("the confirmed module may not run: {refusal}"))
        } else if self.seen.confirmed && current.is_none() {
            Some("the confirmed module is lost".into())
        } else if boot.floor < self.seen.floor || current.as_ref().is_some_and(|current| current.counter != boot.floor)
        {
            Some(format!("the counter is {}, and was {}", boot.floor, self.seen.floor))
        } else if boot.keys.map_or(0, |set| set.epoch) < self.seen.keys.map_or(0, |set| set.epoch) {
            Some("keys that were revoked are trusted again".into())
        } else if boot.keys.is_some_and(|set| set != rotation(set.epoch)) {
            Some(format!("keys are trusted that nobody has asked for: {:?}", boot.keys))
        } else {
            forgotten.then(|| "a digest is in quarantine no more".into())
        };
        let (floor, quarantined, keys) = (boot.floor, boot.quarantined.to_vec(), boot.keys);
        self.seen = Seen { confirmed: current.is_some(), floor, quarantined, keys };
        if let Some(why) = why {
            self.fail(why);
        }
    }

    /// What must hold at all times.
    fn check_rules(&mut self) {
        let Some(device) = &mut self.device else { return };
        let breaches = core::mem::take(&mut device.store.flash_mut().breaches);
        let executed = core::mem::take(&mut device.executed);
        if let Some(breach) = breaches.first() {
            return self.fail(format!("flash: {breach:?}"));
        }
        let operations = device.store.flash().operations;
        if !device.is_dead() && operations != self.audited {
            self.audited = operations;
            let sound = device.store.flash().stuck_at.is_none_or(|at| at >= operations);
            self.sound &= sound;
            if let Err(why) = device.store.audit(self.sound) {
                return self.fail(why);
            }
        }
        let signed = self.edge.catalog.len() - 1;
        for bytes in executed {
            if !self.edge.catalog[..signed].iter().any(|p| p.bytes == bytes) {
                self.fail("something unsigned was started".into());
            }
        }
    }

    /// Whether the device runs what it should, and the edge knows.
    fn settled(&mut self) -> bool {
        let Some(device) = self.device.as_ref().filter(|_| self.connection.is_some()) else { return false };
        // The last start has shown what it does, and no trial is open.
        if device.running.is_some_and(|r| r.trial) && !device.agent.is_settled() {
            return false;
        }
        if self.edge.rotation.is_some() {
            return false;
        }
        let current = device.agent.running().map(|m| m.value.as_str());
        let floor = current.map_or(0, |v| self.catalog_counter(v));
        let Some(wanted) = self.edge.expected.as_deref() else { return device.agent.is_settled() };
        let index = self.edge.catalog.iter().position(|p| p.value == wanted).expect("of the catalog");
        let good = matches!(index, 0 | 1 | 2 | 5);
        let reported = self.edge.actual.as_deref() == current.or(self.edge.actual.as_ref().map(|_| NOTHING));
        let installed = current == Some(wanted) && reported && device.running.is_some();
        self.outcome.installed = installed;
        // A good one runs, unless a later counter was confirmed before; a bad one does not.
        let refused = !good || self.catalog_counter(wanted) < floor || device.boot.floor > self.catalog_counter(wanted);
        let kept = current != Some(wanted) && reported && device.running.is_some() == current.is_some();
        device.agent.is_settled() && if refused { kept } else { installed }
    }

    fn catalog_counter(&self, value: &str) -> u32 {
        let index = self.edge.catalog.iter().position(|p| p.value == value);
        index.map_or(0, |i| self.edge.catalog[i].envelope().manifest().expect("packed here").counter)
    }
}

/// The run of a seed, on flash that writes words of `W` and erases sectors of `E` bytes.
pub fn run_seed<const W: usize, const E: usize>(seed: u64) -> Outcome {
    let mut random = Random::new(seed);
    let chaos = Chaos::of(&mut random);
    let sectors = (64 * 1024 / E).max(2) + Layout::journal_size::<MockFlash<W, E>>() as usize / E;
    World::<W, E>::new(sectors, config(Protections::ALL), chaos, random).run()
}
