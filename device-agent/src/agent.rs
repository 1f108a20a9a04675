//! The agent: `step(now, event) -> actions`, a pure state machine without I/O.
//!
//! ```text
//! connected → subscribe → twin/get → desired value ── is what runs → report it
//!                                        │ is something else
//!                         await manifest → verify → begin slot → pull chunks → verify the whole → trial
//!                                                                      confirmed ← healthy ←───────┤
//!                                                              reverted, quarantined ← trap ←──────┘
//! ```
//! One agent looks after one module slot (an A/B pair). It asks for at most one step of the store at a time; each
//! [`StoreOp`] is answered by one [`Event::Store`], before or after other events. Whoever loses messages, resets or
//! starts over costs time, never the running module: everything that is asked for is asked for again, and nothing is
//! remembered but what the store has made durable.
//!
//! # Worst cases
//! RAM: [`MAX_AGENT_BYTES`] for the agent, and [`MAX_STEP_STACK`] of stack in `step` besides the signature check and
//! the caller's actions. Time of a step: linear in the message; a manifest costs one ed25519 check a trusted key.

use sandgrain_artifact::{Digest, KeySet};

use crate::download::{Download, Jitter, Ration, Retry};
use crate::proto::{
    Address, ChunkGet, ChunkReply, Desired, Heartbeat, MAX_STATUS, ManifestReply, PackedGet, Status, StatusEvent,
    Topic, ValueBuffer, property,
};
use crate::slots::{
    BootReport, Installed, MAX_QUARANTINE, SlotId, StoreFault, StoreOp, StoreReply, check_counter, crc32,
};
use crate::twin::{self, MAX_TWIN_REQUEST, TwinDocument};
use crate::verify::{self, Refusal};

pub use interface::{Action, Actions, Config, Event, Qos};

mod interface;
mod keys;
mod output;

/// Reported as `actual` by a device that has lost what it had reported: no desired value is spelled like this.
pub const NOTHING: &str = "none";
/// Upper bound of `size_of::<Agent>()`, in bytes, on targets of 32 and 64 bits.
pub const MAX_AGENT_BYTES: usize = 1568;
const _: () = assert!(size_of::<Agent<'static>>() <= MAX_AGENT_BYTES);
/// Buffers on the stack of a step, in bytes: one outgoing message and its topic.
pub const MAX_STEP_STACK: usize = MAX_TWIN_REQUEST + MAX_STATUS + crate::proto::MAX_TOPIC;
/// Pause in ms after an artifact was refused for a reason that another answer may not have.
pub const REFUSED_PAUSE_MS: u64 = 300_000;
/// Interval in ms at which the twin is asked for again while connected. edgecore says each change once; at QoS 1 it
/// arrives, unless the edge restarts at the wrong moment.
pub const TWIN_REFRESH_MS: u64 = 600_000;

/// What a device listens to. The document is needed because a wish that is taken back is no difference any more: then
/// there is no delta.
const SUBSCRIPTIONS: [Topic<'static>; 8] = [
    Topic::TwinGetResult,
    Topic::TwinDelta,
    Topic::TwinDocument,
    Topic::TwinUpdateResult,
    Topic::Manifest,
    Topic::Chunk,
    Topic::Packed,
    Topic::Keys,
];

/// What the cloud wants.
#[derive(Debug, Clone)]
struct Goal {
    value: ValueBuffer,
    digest: Digest,
    counter: u32,
}

/// How far the installation of `job` is.
#[derive(Debug, Clone, Copy)]
enum Phase {
    Idle,
    AwaitManifest(Retry),
    /// The store makes room.
    Beginning {
        chunks: u32,
    },
    /// `download` says what is missing.
    Downloading,
    /// The store writes this chunk.
    Writing(u32),
    /// The store compares the whole.
    Finishing,
    /// The store records the trial.
    Arming,
    /// Runs on trial.
    Trial {
        ends: u64,
        healthy: bool,
    },
    /// Runs; the store records that it is the current one.
    Confirming,
    /// Stopped; the store records that it failed.
    Reverting,
    /// The store records `next_keys` as the trusted ones.
    Rotating,
    /// Something failed that may work later.
    Paused {
        until: u64,
    },
}

/// The last refusal, so that it is said once and not tried again at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Refused {
    value: u32,
    reason: &'static str,
    hold: Hold,
}

/// How long a refused value is not tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// It may be tried; only the report is not repeated.
    None,
    Until(u64),
    /// As long as the value stays the same.
    Always,
}

/// The update agent of one module slot.
pub struct Agent<'c> {
    config: Config<'c>,
    online: bool,
    phase: Phase,
    /// The confirmed module.
    current: Option<Installed>,
    /// The one that is being installed.
    job: Option<Installed>,
    desired: Option<Goal>,
    download: Option<Download>,
    /// Downloads that may be begun: what bounds how fast flash wears.
    ration: Ration,
    floor: u32,
    /// Trusted instead of the provisioned ones.
    keys: Option<KeySet>,
    /// Those that take their place once the store has them.
    next_keys: Option<KeySet>,
    quarantined: heapless::Vec<Digest, MAX_QUARANTINE>,
    /// Reverted at boot, not reported yet.
    lost: Option<Digest>,
    /// Found at boot and not run, not reported yet.
    unfit: Option<(Digest, Refusal)>,
    refused: Option<Refused>,
    twin_get: Retry,
    report: Retry,
    /// When to start a module that crashed.
    restart: Option<u64>,
    crashes: u8,
    failures: u8,
    next_id: u32,
    beat: Option<u64>,
    beats: u32,
    timer: Option<u64>,
    jitter: Jitter,
    malformed: u32,
}

impl<'c> Agent<'c> {
    /// An agent that knows what the store found at boot. Its first event is [`Event::Boot`].
    pub fn new(config: Config<'c>, boot: &BootReport) -> Agent<'c> {
        let (current, job) = if boot.trial { (&boot.fallback, &boot.run) } else { (&boot.run, &None) };
        Agent {
            config,
            online: false,
            phase: Phase::Idle,
            current: current.clone(),
            job: job.clone(),
            desired: None,
            download: None,
            ration: Ration::default(),
            floor: boot.floor,
            keys: boot.keys,
            next_keys: None,
            quarantined: boot.quarantined.clone(),
            lost: boot.reverted,
            unfit: boot.unfit,
            refused: None,
            twin_get: Retry::default(),
            report: Retry::default(),
            restart: None,
            crashes: 0,
            failures: 0,
            next_id: 0,
            beat: None,
            beats: 0,
            timer: None,
            jitter: Jitter::new(config.seed),
            malformed: 0,
        }
    }

    /// The module that runs, or is about to be started again: the one on trial, else the confirmed one.
    pub fn running(&self) -> Option<&Installed> {
        match self.phase {
            Phase::Trial { .. } | Phase::Confirming => self.job.as_ref(),
            Phase::Reverting => None,
            _ => self.current.as_ref(),
        }
    }

    /// Whether nothing is under way: what was wanted runs or was refused, and edgecore knows what runs.
    pub fn is_settled(&self) -> bool {
        let synced = self.twin_get.tries == 0 && self.twin_get.due.is_some();
        matches!(self.phase, Phase::Idle) && synced && self.report.due.is_none()
    }

    /// Messages dropped so far because they were oversized, malformed or not of this protocol.
    pub fn malformed(&self) -> u32 {
        self.malformed
    }

    /// Takes an event and hands what follows from it to `out`. `now_ms` never goes back. Does not panic.
    pub fn step(&mut self, now_ms: u64, event: Event<'_>, out: &mut dyn Actions) {
        match event {
            Event::Boot => self.boot(now_ms, out),
            Event::Connected => self.connected(now_ms, out),
            Event::Disconnected => self.online = false,
            Event::Message { topic, payload } => self.message(now_ms, topic, payload, out),
            Event::Tick => {}
            Event::Store(reply) => self.stored(now_ms, reply, out),
            Event::ModuleHealthy { slot } => self.healthy(slot, out),
            Event::ModuleTrapped { slot, kind, offset, stack } => {
                let stack = (!stack.is_empty()).then_some(stack);
                let trap = Status { why: Some(kind.message()), offset, stack, ..Status::new(StatusEvent::Trapped) };
                self.crashed(now_ms, slot, trap, out);
            }
            Event::ModuleFailed { slot, why } => {
                self.crashed(now_ms, slot, Status { why: Some(why), ..Status::new(StatusEvent::Trapped) }, out);
            }
        }
        self.poll(now_ms, out);
        let timer = self.next_due();
        if timer != self.timer {
            self.timer = timer;
            out.act(Action::SetTimer { at_ms: timer });
        }
    }

    // ------------------------------------------------------------------------------------------- connection

    fn boot(&mut self, now: u64, out: &mut dyn Actions) {
        if self.job.is_some() {
            self.phase = Phase::Trial { ends: now + u64::from(self.config.trial_ms), healthy: false };
        }
        self.start(out);
    }

    fn connected(&mut self, now: u64, out: &mut dyn Actions) {
        self.online = true;
        for topic in SUBSCRIPTIONS {
            if let Ok(filter) = self.config.address.topic(topic) {
                out.act(Action::Subscribe { filter: &filter });
            }
        }
        let digest = self.running().map(|m| m.digest);
        let (target, abi) = (Some(self.config.trust.profile.target.name()), Some(sandgrain_abi::ABI_VERSION));
        let counter = Some(self.floor);
        self.status(Status { digest, target, abi, counter, ..Status::new(StatusEvent::Online) }, out);
        if let Some(lost) = self.lost.take() {
            self.taken_back(lost, "resets", true, out);
        }
        if let Some((digest, refusal)) = self.unfit.take() {
            let (digest, why) = (Some(digest), Some(refusal.reason()));
            self.status(Status { digest, why, ..Status::new(StatusEvent::Refused) }, out);
        }
        // Nothing is retained, so what was asked for or said before may be lost.
        self.twin_get = Retry::at(now);
        self.report = Retry::default();
        self.beat = (self.config.heartbeat_ms > 0).then_some(now);
        if let Phase::AwaitManifest(retry) = &mut self.phase {
            *retry = Retry::at(now);
        }
        if let Some(download) = &mut self.download {
            download.forget_requests();
        }
    }

    fn message(&mut self, now: u64, topic: &str, payload: &[u8], out: &mut dyn Actions) {
        let Some((address, topic)) = Address::parse(topic).filter(|(a, _)| a.device == self.config.address.device)
        else {
            self.malformed = self.malformed.saturating_add(1);
            return;
        };
        let twin = SUBSCRIPTIONS[..4].contains(&topic);
        let understood = match topic {
            _ if twin && address.namespace == self.config.address.namespace => self.twin(now, topic, payload, out),
            Topic::Keys => self.rotation(payload, out),
            Topic::Manifest => ManifestReply::decode(payload).map(|reply| self.manifest(now, &reply, out)).is_ok(),
            Topic::Chunk | Topic::Packed => {
                ChunkReply::decode(payload).map(|reply| self.chunk(&reply, topic == Topic::Packed, out)).is_ok()
            }
            _ => false,
        };
        self.malformed = self.malformed.saturating_add(u32::from(!understood));
    }

    // ------------------------------------------------------------------------------------------------- twin

    fn twin(&mut self, now: u64, topic: Topic<'_>, payload: &[u8], out: &mut dyn Actions) -> bool {
        let Ok(property) = property(self.config.slot) else { return false };
        let Ok(document) = TwinDocument::parse(payload, &property) else { return false };
        // A refusal is no answer: the request is repeated, at growing intervals.
        if document.error.is_some() {
            return true;
        }
        let (refused, wanted) = (self.refused, self.desired.as_ref().map(|goal| crc32(goal.value.as_bytes())));
        let reported = document.actual == Some(self.actual());
        // Nobody needs to be told that there is nothing, unless they think otherwise.
        let known = reported || (self.current.is_none() && document.actual.is_none());
        match topic {
            Topic::TwinGetResult => {
                self.twin_get = Retry::at(now + TWIN_REFRESH_MS);
                self.report = if known { Retry::default() } else { Retry::at(now) };
                self.desire(now, document.expected, out);
                self.insist(refused, out);
            }
            Topic::TwinUpdateResult if reported => self.report = Retry::default(),
            Topic::TwinDelta | Topic::TwinDocument => {
                self.desire(now, document.expected, out);
                if wanted != self.desired.as_ref().map(|goal| crc32(goal.value.as_bytes())) {
                    self.insist(refused, out);
                }
                // An edge that wants what runs here has not heard of it.
                let wanted = self.current.as_ref().is_some_and(|c| document.expected == Some(c.value.as_str()));
                if topic == Topic::TwinDelta && wanted && !reported && self.report.due.is_none() {
                    self.report = Retry::at(now);
                }
            }
            _ => {}
        }
        true
    }

    /// What the device reports.
    fn actual(&self) -> &str {
        self.current.as_ref().map_or(NOTHING, |current| &current.value)
    }

    /// Takes a desired value. The same value again changes nothing; no value leaves what runs alone.
    fn desire(&mut self, now: u64, value: Option<&str>, out: &mut dyn Actions) {
        let Some(value) = value else { return };
        if self.desired.as_ref().is_some_and(|goal| goal.value == value) {
            return;
        }
        let desired = match Desired::parse(value) {
            Ok(desired) if desired.name == self.config.slot => desired,
            Ok(_) => return self.refuse(now, value, None, Refusal::Name, out),
            Err(e) => return self.refuse(now, value, None, Refusal::Value(e), out),
        };
        let Ok(owned) = ValueBuffer::try_from(value) else { return };
        self.desired = Some(Goal { value: owned, digest: desired.digest, counter: desired.counter });
        self.failures = 0;
        self.reconsider(now, out);
    }

    /// Says again that what is wanted is refused: when it is wanted anew, and to an edge that was asked for the twin,
    /// since nobody may have listened before. `before` is the last refusal before the message that brought it up; what
    /// the message itself has led to has been said.
    fn insist(&self, before: Option<Refused>, out: &mut dyn Actions) {
        let (Some(refused), Some(goal)) = (self.refused, &self.desired) else { return };
        if before == Some(refused) && refused.value == crc32(goal.value.as_bytes()) && refused.hold != Hold::None {
            let (digest, why) = (Some(goal.digest), Some(refused.reason));
            self.status(Status { digest, why, ..Status::new(StatusEvent::Refused) }, out);
        }
    }

    /// Compares what is wanted with what is there, and begins or abandons an installation. Does nothing while the
    /// store works or a trial runs: their end leads back here.
    fn reconsider(&mut self, now: u64, out: &mut dyn Actions) {
        let settled = match self.phase {
            Phase::Idle => true,
            Phase::AwaitManifest(_) | Phase::Downloading | Phase::Paused { .. } => false,
            _ => return,
        };
        let Some(goal) = self.desired.clone() else { return };
        if !settled && self.job.as_ref().is_some_and(|job| job.digest == goal.digest) {
            return;
        }
        self.abandon();
        if let Some(current) = self.current.as_ref().filter(|c| c.digest == goal.digest) {
            if current.value != goal.value {
                self.refuse(now, &goal.value, Some(goal.digest), Refusal::Version, out);
            }
            return;
        }
        if self.refused.is_some_and(|r| r.value == crc32(goal.value.as_bytes()) && r.hold != Hold::None) {
            return;
        }
        if self.config.trust.protections.quarantine() && self.quarantined.contains(&goal.digest) {
            return self.refuse(now, &goal.value, Some(goal.digest), Refusal::Quarantined, out);
        }
        if let Err(fault) = check_counter(goal.counter, self.floor) {
            return self.refuse(now, &goal.value, Some(goal.digest), Refusal::Store(fault), out);
        }
        // The slot is the store's to choose.
        let Goal { value, digest, counter } = goal;
        self.job = Some(Installed { slot: SlotId::A, digest, counter, value });
        self.phase = Phase::AwaitManifest(Retry::at(now));
    }

    fn abandon(&mut self) {
        self.phase = Phase::Idle;
        self.job = None;
        self.download = None;
    }

    /// Reports a refusal, once for each value and reason, and keeps from trying again until it may help.
    fn refuse(&mut self, now: u64, value: &str, digest: Option<Digest>, refusal: Refusal, out: &mut dyn Actions) {
        let (value, reason) = (crc32(value.as_bytes()), refusal.reason());
        let said = self.refused.is_some_and(|r| (r.value, r.reason) == (value, reason));
        let hold = if refusal.may_heal() { Hold::Until(now + REFUSED_PAUSE_MS) } else { Hold::Always };
        self.refused = Some(Refused { value, reason, hold });
        if !said {
            self.status(Status { digest, why: Some(reason), ..Status::new(StatusEvent::Refused) }, out);
        }
    }

    /// Lets a refused value be tried again; what was said stays said.
    fn release(&mut self) {
        self.refused = self.refused.map(|r| Refused { hold: Hold::None, ..r });
    }

    /// Gives the installation up because of what it is.
    fn refuse_job(&mut self, now: u64, refusal: Refusal, out: &mut dyn Actions) {
        if let Some(job) = self.job.take() {
            self.refuse(now, &job.value, Some(job.digest), refusal, out);
        }
        self.abandon();
        self.reconsider(now, out);
    }

    // --------------------------------------------------------------------------------------------- download

    fn manifest(&mut self, now: u64, reply: &ManifestReply<'_>, out: &mut dyn Actions) {
        let (Phase::AwaitManifest(_), Some(job)) = (self.phase, &self.job) else { return };
        // An empty envelope says that the controller does not have it; it may have it later.
        if reply.digest != job.digest || reply.envelope.is_empty() {
            return;
        }
        let checked = Desired::parse(&job.value)
            .map_err(Refusal::Value)
            .and_then(|desired| verify::check_download(reply.envelope, &desired, &self.trust()));
        let max = self.config.max_chunk;
        match checked {
            Ok(checked) if checked.manifest.chunk_size() > max => {
                self.refuse_job(now, Refusal::ChunkSize { max }, out);
            }
            Ok(checked) => {
                if let Err(until) = self.ration.take(now) {
                    self.job_status(StatusEvent::Stalled, Some("flash-wear"), out);
                    self.phase = Phase::Paused { until };
                    return;
                }
                let (digest, chunks) = (Some(checked.digest), checked.manifest.chunk_count());
                let progress = Some((0, chunks));
                self.phase = Phase::Beginning { chunks };
                self.status(Status { digest, progress, ..Status::new(StatusEvent::Manifest) }, out);
                out.act(Action::Store(StoreOp::Begin { envelope: checked.envelope.bytes() }));
            }
            Err(refusal) => self.refuse_job(now, refusal, out),
        }
    }

    fn chunk(&mut self, reply: &ChunkReply<'_>, packed: bool, out: &mut dyn Actions) {
        let (Phase::Downloading, Some(job), Some(download)) = (self.phase, &self.job, &mut self.download) else {
            return;
        };
        let ChunkReply { digest, index, bytes } = *reply;
        if digest != job.digest || !download.wants(index) {
            return;
        }
        self.phase = Phase::Writing(index);
        let slot = download.slot;
        out.act(Action::Store(if packed {
            download.packed();
            StoreOp::WritePacked { slot, index, packed: bytes, base: self.current.as_ref().map(|base| base.slot) }
        } else {
            StoreOp::Write { slot, index, bytes }
        }));
    }

    fn stored(&mut self, now: u64, reply: StoreReply, out: &mut dyn Actions) {
        match (self.phase, reply) {
            (Phase::Beginning { .. }, StoreReply::Erasing { slot }) => {
                out.act(Action::Store(StoreOp::Erase { slot }));
            }
            (Phase::Beginning { chunks }, StoreReply::Ready { slot, present }) => {
                if let Some(job) = &mut self.job {
                    job.slot = slot;
                }
                self.download = Some(Download::new(slot, chunks, present));
                self.download_on(now, out);
            }
            (Phase::Writing(index), StoreReply::Written) => {
                if self.download.as_mut().is_some_and(|d| d.written(index)) {
                    self.job_status(StatusEvent::Downloading, None, out);
                }
                self.download_on(now, out);
            }
            (Phase::Writing(_), StoreReply::Failed(StoreFault::Chunk)) => {
                // Said once; the request stays open, and is repeated when its time-out comes.
                self.phase = Phase::Downloading;
                if let Some(Installed { value, digest, .. }) = self.job.clone() {
                    self.refuse(now, &value, Some(digest), Refusal::Store(StoreFault::Chunk), out);
                    self.release();
                }
                self.reconsider(now, out);
            }
            (Phase::Finishing, StoreReply::Finished) => {
                self.download = None;
                self.job_status(StatusEvent::Verified, None, out);
                self.phase = Phase::Arming;
                match (&self.job, &self.desired) {
                    (Some(job), Some(goal)) if job.digest == goal.digest => {
                        out.act(Action::Store(StoreOp::BeginTrial { slot: job.slot }));
                    }
                    _ => {
                        self.abandon();
                        self.reconsider(now, out);
                    }
                }
            }
            (Phase::Arming, StoreReply::OnTrial) => {
                if let Some(current) = &self.current {
                    out.act(Action::StopModule { slot: current.slot });
                }
                (self.restart, self.crashes) = (None, 0);
                self.phase = Phase::Trial { ends: now + u64::from(self.config.trial_ms), healthy: false };
                self.start(out);
            }
            (Phase::Confirming, StoreReply::Confirmed) => self.confirmed(now, out),
            (Phase::Reverting, StoreReply::Reverted) => self.reverted(now, out),
            (Phase::Rotating, StoreReply::Rotated) => self.rotated(now, out),
            (_, StoreReply::Failed(fault)) => self.store_failed(now, fault, out),
            // An answer to nothing that was asked.
            _ => {}
        }
    }

    /// Goes on with a download, unless something else is wanted by now.
    fn download_on(&mut self, now: u64, out: &mut dyn Actions) {
        self.phase = Phase::Downloading;
        self.reconsider(now, out);
        if let (Phase::Downloading, Some(download)) = (self.phase, &self.download)
            && download.is_complete()
        {
            self.phase = Phase::Finishing;
            out.act(Action::Store(StoreOp::Finish { slot: download.slot }));
        }
    }

    fn store_failed(&mut self, now: u64, fault: StoreFault, out: &mut dyn Actions) {
        match self.phase {
            // The next boot counts the trial out; until then the digest is known here.
            Phase::Reverting => self.reverted(now, out),
            // Asked for again by who wants it.
            Phase::Rotating => {
                self.stalled(fault.reason(), out);
                self.abandon();
                self.reconsider(now, out);
            }
            Phase::Confirming => {
                self.phase = Phase::Trial { ends: now + self.jitter.backoff(2), healthy: true };
            }
            Phase::Beginning { .. } if !Refusal::Store(fault).may_heal() => {
                self.refuse_job(now, Refusal::Store(fault), out);
            }
            Phase::Beginning { .. } | Phase::Writing(_) | Phase::Finishing | Phase::Arming => {
                self.job_status(StatusEvent::Stalled, Some(fault.reason()), out);
                self.download = None;
                self.phase = Phase::Paused { until: now + self.jitter.backoff(self.failures) };
                self.failures = self.failures.saturating_add(1);
                self.reconsider(now, out);
            }
            _ => {}
        }
    }

    // ----------------------------------------------------------------------------------------------- module

    fn start(&mut self, out: &mut dyn Actions) {
        let trial = matches!(self.phase, Phase::Trial { .. });
        let Some(&Installed { slot, digest, .. }) = self.running() else { return };
        out.act(Action::StartModule { slot, trial });
        self.status(Status { digest: Some(digest), ..Status::new(StatusEvent::Started) }, out);
    }

    fn healthy(&mut self, slot: SlotId, out: &mut dyn Actions) {
        if self.running().is_none_or(|m| m.slot != slot) {
            return;
        }
        self.crashes = 0;
        if let Phase::Trial { .. } = self.phase {
            self.confirm(slot, out);
        }
    }

    fn confirm(&mut self, slot: SlotId, out: &mut dyn Actions) {
        self.phase = Phase::Confirming;
        out.act(Action::Store(StoreOp::Confirm { slot }));
    }

    fn confirmed(&mut self, now: u64, out: &mut dyn Actions) {
        self.job_status(StatusEvent::Confirmed, None, out);
        if let Some(job) = self.job.take() {
            self.floor = self.floor.max(job.counter);
            self.current = Some(job);
        }
        // The counter that was too high may not be any more.
        self.refused = None;
        (self.report, self.failures) = (Retry::at(now), 0);
        self.abandon();
        self.reconsider(now, out);
    }

    fn crashed(&mut self, now: u64, slot: SlotId, report: Status<'_>, out: &mut dyn Actions) {
        let Some(digest) = self.running().filter(|m| m.slot == slot).map(|m| m.digest) else { return };
        self.status(Status { digest: Some(digest), ..report }, out);
        match self.phase {
            Phase::Trial { .. } => self.fail_trial(now, out),
            // A confirmed module is started again, at growing intervals while it does not get well.
            _ => {
                self.restart = Some(now + self.jitter.backoff(self.crashes));
                self.crashes = self.crashes.saturating_add(1);
            }
        }
    }

    /// The module on trial is stopped and has failed.
    fn fail_trial(&mut self, now: u64, out: &mut dyn Actions) {
        let Some(job) = &self.job else { return };
        let protections = self.config.trust.protections;
        if protections.revert() {
            self.phase = Phase::Reverting;
            out.act(Action::Store(StoreOp::Revert { slot: job.slot, quarantine: protections.quarantine() }));
            return;
        }
        // The protection is off: nothing runs any more, and the value is not tried again.
        let value = crc32(job.value.as_bytes());
        self.refused = Some(Refused { value, reason: "trapped", hold: Hold::Always });
        self.current = None;
        self.abandon();
        self.reconsider(now, out);
    }

    fn reverted(&mut self, now: u64, out: &mut dyn Actions) {
        let quarantine = self.config.trust.protections.quarantine();
        if let Some(job) = self.job.take() {
            if quarantine && !self.quarantined.contains(&job.digest) {
                if self.quarantined.is_full() {
                    self.quarantined.remove(0);
                }
                // Cannot fail: there is room now.
                let _ = self.quarantined.push(job.digest);
            }
            self.taken_back(job.digest, "failed on trial", quarantine, out);
        }
        self.abandon();
        self.start(out);
        if self.current.is_some() {
            self.report = Retry::at(now);
        }
        self.reconsider(now, out);
    }

    // ------------------------------------------------------------------------------------------------- time

    /// Does what is due. Everything that is sent more than once is sent from here.
    fn poll(&mut self, now: u64, out: &mut dyn Actions) {
        if self.refused.is_some_and(|r| matches!(r.hold, Hold::Until(at) if at <= now)) {
            self.release();
            self.reconsider(now, out);
        }
        match self.phase {
            Phase::Trial { ends, healthy } if ends <= now => self.end_trial(now, healthy, out),
            Phase::Paused { until } if until <= now => {
                self.abandon();
                self.reconsider(now, out);
            }
            _ => {}
        }
        if self.restart.is_some_and(|at| at <= now) {
            self.restart = None;
            self.start(out);
        }
        if self.online {
            self.poll_requests(now, out);
            self.poll_heartbeat(now, out);
        }
    }

    fn end_trial(&mut self, now: u64, healthy: bool, out: &mut dyn Actions) {
        let Some(slot) = self.job.as_ref().map(|job| job.slot) else { return };
        if healthy || !self.config.needs_health {
            return self.confirm(slot, out);
        }
        out.act(Action::StopModule { slot });
        self.fail_trial(now, out);
    }

    fn poll_requests(&mut self, now: u64, out: &mut dyn Actions) {
        let mut buffer = [0; MAX_TWIN_REQUEST];
        if self.twin_get.is_due(now) {
            if self.twin_get.sent(now, &mut self.jitter) {
                self.stalled("twin/get", out);
            }
            self.next_id = self.next_id.wrapping_add(1);
            if let Ok(payload) = twin::write_get(self.next_id, &mut buffer) {
                self.publish(Topic::TwinGet, payload, Qos::AtLeastOnce, out);
            }
        }
        if self.report.is_due(now) {
            if self.report.sent(now, &mut self.jitter) {
                self.stalled("twin/update", out);
            }
            self.next_id = self.next_id.wrapping_add(1);
            if let Ok(property) = property(self.config.slot)
                && let Ok(payload) = twin::write_actual(self.next_id, &property, self.actual(), &mut buffer)
            {
                self.publish(Topic::TwinUpdate, payload, Qos::AtLeastOnce, out);
            }
        }
        let Some(digest) = self.job.as_ref().map(|job| job.digest) else { return };
        match &mut self.phase {
            Phase::AwaitManifest(retry) if retry.is_due(now) => {
                if retry.sent(now, &mut self.jitter) {
                    self.stalled("manifest", out);
                }
                self.publish(Topic::ManifestGet, &digest.0, Qos::AtLeastOnce, out);
            }
            Phase::Downloading | Phase::Writing(_) => {
                while let Some(wanted) = self.download.as_mut().and_then(|d| d.request(now, &mut self.jitter)) {
                    if wanted.stalled {
                        self.stalled("chunk", out);
                    }
                    let chunk = ChunkGet { digest, index: wanted.index };
                    let base = self.current.as_ref().map(|base| base.digest);
                    if !wanted.packed {
                        self.publish(Topic::ChunkGet, &chunk.encode(), Qos::AtLeastOnce, out);
                    } else if let Ok(payload) = (PackedGet { chunk, base }).encode(&mut buffer) {
                        self.publish(Topic::PackedGet, payload, Qos::AtLeastOnce, out);
                    }
                }
            }
            _ => {}
        }
    }

    fn poll_heartbeat(&mut self, now: u64, out: &mut dyn Actions) {
        let interval = u64::from(self.config.heartbeat_ms);
        let Some(due) = self.beat.filter(|due| *due <= now) else { return };
        // Keeps the rhythm, unless it was lost altogether.
        let next = due + interval;
        self.beat = Some(if next > now { next } else { now + interval });
        let module = self.running().map(Installed::name_and_version);
        let mut buffer = [0; MAX_STATUS];
        if let Ok(payload) = (Heartbeat { seq: self.beats, uptime_ms: now, module }).encode(&mut buffer) {
            self.publish(Topic::Heartbeat, payload, Qos::AtMostOnce, out);
        }
        self.beats = self.beats.wrapping_add(1);
    }

    fn next_due(&self) -> Option<u64> {
        let always = match self.phase {
            Phase::Trial { ends, .. } => Some(ends),
            Phase::Paused { until } => Some(until),
            _ => None,
        };
        let refused = match self.refused {
            Some(Refused { hold: Hold::Until(at), .. }) => Some(at),
            _ => None,
        };
        let online = [
            self.twin_get.due,
            self.report.due,
            self.beat,
            match self.phase {
                Phase::AwaitManifest(retry) => retry.due,
                Phase::Downloading | Phase::Writing(_) => self.download.as_ref().and_then(Download::due),
                _ => None,
            },
        ];
        let online = online.into_iter().filter(|_| self.online);
        [always, refused, self.restart].into_iter().chain(online).flatten().min()
    }
}

#[cfg(test)]
mod tests;
