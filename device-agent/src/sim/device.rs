//! A shell: carries the agent's actions out against mock flash and a pretended runtime.

use std::boxed::Box;
use std::string::{String, ToString};
use std::vec::Vec;

use embedded_storage::nor_flash::ReadNorFlash;
use sandgrain_artifact::{Artifact, MAX_ENVELOPE};

use super::flash::MockFlash;
use super::module::{Behaviour, PROFILE};
use crate::agent::{Action, Agent, Config, Event, Qos};
use crate::slots::{BootReport, Image, Layout, SlotId, SlotStore, StoreFault};

/// A module that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Where.
    pub slot: SlotId,
    /// What it will do.
    pub behaviour: Behaviour,
    /// It was started on trial.
    pub trial: bool,
    /// Counts the starts.
    pub start: u32,
}

/// A booted device.
pub struct Device<const W: usize, const E: usize> {
    /// Its slots.
    pub store: SlotStore<MockFlash<W, E>>,
    /// Its agent.
    pub agent: Agent<'static>,
    /// What the boot found.
    pub boot: BootReport,
    /// What runs.
    pub running: Option<Running>,
    /// Published and not collected yet: topic, payload.
    pub outbox: Vec<(String, Vec<u8>)>,
    /// Payloads that the broker was to keep.
    pub retained: Vec<Vec<u8>>,
    /// Subscribed since the last connection.
    pub subscribed: Vec<String>,
    /// The time asked for.
    pub timer: Option<u64>,
    /// Modules started, in all.
    pub starts: u32,
    /// Every image that was started.
    pub executed: Vec<Vec<u8>>,
}

impl<const W: usize, const E: usize> Device<W, E> {
    /// Boots from this flash.
    pub fn boot(mut flash: MockFlash<W, E>, config: Config<'static>, now: u64) -> Result<Self, StoreFault> {
        // The power is on again.
        flash.power_on();
        let layout = Layout::divide::<MockFlash<W, E>>(0, flash.capacity() as u32, 1)?;
        let mut store = SlotStore::open(flash, layout)?;
        let boot = store.boot(config.slot, &config.trust, &mut Box::new([0; MAX_ENVELOPE]))?;
        let agent = Agent::new(config, &boot);
        let mut device = Device {
            store,
            agent,
            boot,
            running: None,
            outbox: Vec::new(),
            retained: Vec::new(),
            subscribed: Vec::new(),
            timer: None,
            starts: 0,
            executed: Vec::new(),
        };
        device.step(now, Event::Boot);
        Ok(device)
    }

    /// The flash, and nothing else, survives.
    pub fn power_off(self) -> MockFlash<W, E> {
        self.store.into_flash()
    }

    /// Whether the power has failed.
    pub fn is_dead(&self) -> bool {
        self.store.flash().is_dead()
    }

    /// Bytes of an image, as the CPU sees them.
    pub fn mapped(&self, image: Image) -> Vec<u8> {
        self.store.flash().bytes(image.offset as usize..(image.offset + image.len) as usize)
    }

    /// One event, and the store's answers that follow from it.
    pub fn step(&mut self, now: u64, event: Event<'_>) {
        let mut replies = Vec::new();
        self.step_once(now, event, &mut replies);
        while !replies.is_empty() {
            let reply = replies.remove(0);
            if self.is_dead() {
                return;
            }
            self.step_once(now, Event::Store(reply), &mut replies);
        }
    }

    fn step_once(&mut self, now: u64, event: Event<'_>, replies: &mut Vec<crate::slots::StoreReply>) {
        let Device { store, agent, outbox, retained, subscribed, timer, .. } = self;
        let mut modules = Vec::new();
        agent.step(now, event, &mut |action: Action<'_>| match action {
            Action::Subscribe { filter } => subscribed.push(filter.to_string()),
            Action::Publish { topic, payload, qos, retain } => {
                if retain {
                    assert!(topic.ends_with("/status"));
                    retained.push(payload.to_vec());
                }
                assert_eq!(qos == Qos::AtMostOnce, topic.ends_with("/heartbeat"));
                outbox.push((topic.to_string(), payload.to_vec()));
            }
            Action::SetTimer { at_ms } => *timer = at_ms,
            Action::Store(op) => replies.push(store.apply(op)),
            Action::StartModule { slot, trial } => modules.push((slot, Some(trial))),
            Action::StopModule { slot } => modules.push((slot, None)),
        });
        assert!(replies.len() <= 1, "one step of the store at a time");
        for (slot, start) in modules {
            match start {
                Some(trial) => self.start(slot, trial),
                None => {
                    self.running.take_if(|r| r.slot == slot);
                }
            }
        }
    }

    fn start(&mut self, slot: SlotId, trial: bool) {
        if self.is_dead() {
            return;
        }
        assert_eq!(self.running, None, "one module at a time");
        let image = self.store.image(slot).expect("a slot that is started is complete");
        assert_eq!(image.offset % 16, 0);
        let bytes = self.mapped(image);
        let artifact = Artifact::open(&bytes, &PROFILE).expect("a slot that is started holds an artifact");
        let behaviour = Behaviour::of(artifact.content().text()[0]).expect("a module of the simulation");
        self.starts += 1;
        self.running = Some(Running { slot, behaviour, trial, start: self.starts });
        self.executed.push(bytes);
    }
}
