//! What goes into the agent and what comes out.

use sandgrain_abi::TrapKind;

use crate::proto::{Address, ProtoError, property};
use crate::slots::{SlotId, StoreOp, StoreReply};
use crate::verify::Trust;

/// What the agent is told once. Borrowed: provisioning data usually lies in flash.
#[derive(Debug, Clone, Copy)]
pub struct Config<'c> {
    /// Device name, and namespace if the topics have one.
    pub address: Address<'c>,
    /// Name of the slot and of the module that may run in it; the twin property is `wasm.{slot}`.
    pub slot: &'c str,
    /// What may be installed.
    pub trust: Trust<'c>,
    /// Largest chunk in bytes that the MQTT client can receive; a packet is some 100 bytes larger.
    pub max_chunk: u32,
    /// Length of a trial in ms.
    pub trial_ms: u32,
    /// How a trial that has seen neither trap nor [`Event::ModuleHealthy`] ends: reverted if set, confirmed if not.
    pub needs_health: bool,
    /// Interval of heartbeats in ms; 0 for none.
    pub heartbeat_ms: u32,
    /// Spreads the requests of a fleet: anything that differs from device to device.
    pub seed: u32,
}

impl Config<'_> {
    /// Checks the names. An agent with wrong ones would never hear anything.
    pub fn check(&self) -> Result<(), ProtoError> {
        property(self.slot)?;
        Address::new(self.address.namespace, self.address.device)?;
        Ok(())
    }
}

/// What happened.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The device has booted. First event, once.
    Boot,
    /// The MQTT connection stands; nothing is subscribed yet.
    Connected,
    /// The MQTT connection is gone.
    Disconnected,
    /// A message of a subscribed topic.
    Message {
        /// Its topic.
        topic: &'a str,
        /// Its payload.
        payload: &'a [u8],
    },
    /// The time asked for by [`Action::SetTimer`] has come. Too early or too often does no harm.
    Tick,
    /// The answer to an [`Action::Store`].
    Store(StoreReply),
    /// The module says that it works.
    ModuleHealthy {
        /// Where it runs.
        slot: SlotId,
    },
    /// The module trapped and was stopped.
    ModuleTrapped {
        /// Where it ran.
        slot: SlotId,
        /// Why.
        kind: TrapKind,
        /// Byte offset in its code, if known.
        offset: Option<u32>,
        /// What is known of its callers, as `sandgrain trace --stack` takes it; empty: nothing.
        stack: &'a str,
    },
    /// The module could not be started, or was stopped for another reason than a trap.
    ModuleFailed {
        /// Where it is.
        slot: SlotId,
        /// A word or two for the report, for instance `unknown-import`.
        why: &'a str,
    },
}

/// MQTT quality of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qos {
    /// At most once.
    AtMostOnce,
    /// At least once.
    AtLeastOnce,
}

/// What is to be done. What it borrows is gone when [`Actions::act`] returns.
#[derive(Debug, Clone, Copy)]
pub enum Action<'a> {
    /// Subscribe to a topic, at QoS 1.
    Subscribe {
        /// The topic; has no wildcards.
        filter: &'a str,
    },
    /// Publish a message. One that cannot be sent may be dropped.
    Publish {
        /// Its topic.
        topic: &'a str,
        /// Its payload.
        payload: &'a [u8],
        /// Its quality of service.
        qos: Qos,
        /// Whether the broker keeps it for those who subscribe later.
        retain: bool,
    },
    /// Step with [`Event::Tick`] at this time. Replaces the time set before; `None` takes it back.
    SetTimer {
        /// In ms, on the clock of `step`.
        at_ms: Option<u64>,
    },
    /// Have the store do this ([`SlotStore::apply`](crate::slots::SlotStore::apply)) and step with its answer.
    Store(StoreOp<'a>),
    /// Start the module in this slot. It then reports [`Event::ModuleHealthy`], traps, or fails.
    StartModule {
        /// The slot.
        slot: SlotId,
        /// It is on trial.
        trial: bool,
    },
    /// Stop the module in this slot. It is not running any more when the next action is carried out.
    StopModule {
        /// The slot.
        slot: SlotId,
    },
}

/// Carries actions out, in order.
pub trait Actions {
    /// Carries one out, or queues a copy.
    fn act(&mut self, action: Action<'_>);
}

impl<F: FnMut(Action<'_>)> Actions for F {
    fn act(&mut self, action: Action<'_>) {
        self(action);
    }
}
