//! The agent against the mock edge, message by message. What chance can do to it is in `sim`.

use std::boxed::Box;
use std::format;
use std::string::String;
use std::vec;
use std::vec::Vec;

use sandgrain_abi::{Target, TrapKind};
use sandgrain_artifact::{ValType, WantedImport};

use crate::agent::{Config, Event};
use crate::proto::{Address, ChunkGet, ChunkReply, ManifestReply, Topic};
use crate::sim::Random;
use crate::sim::device::Device;
use crate::sim::edge::Edge;
use crate::sim::flash::MockFlash;
use crate::sim::module::{Behaviour, Packed, Spec, build, foreign_key, trusted_key};
use crate::sim::world::{SLOT, config};
use crate::slots::SlotId;
use crate::verify::{Offers, Protection, Protections};

mod attacks;
mod recorded;

type Flash = MockFlash<8, 2048>;

/// A firmware that has `env.tick: () -> ()`, and something else under the name of `env.blink`.
#[derive(Debug)]
struct Clock;

impl Offers for Clock {
    fn grants(&self, capability: &str) -> bool {
        capability == "env"
    }

    fn provides(&self, capability: &str, import: &WantedImport<'_>) -> bool {
        let ty = match import.name {
            "tick" => &[][..],
            "blink" => &[ValType::I32],
            _ => return false,
        };
        self.grants(capability) && import.is_function(ty, &[])
    }
}

/// A device and an edge on a wire that loses nothing.
struct Rig {
    device: Device<8, 2048>,
    edge: Edge,
    config: Config<'static>,
    now: u64,
    started: u32,
    /// Longest `twin/get` result that the MQTT client takes; it drops what is longer, and says nothing to the agent.
    longest_twin: usize,
}

fn packed(version: &str, counter: u32, behaviour: Behaviour) -> Packed {
    build(&Spec { version, counter, behaviour, ..Spec::default() }, &trusted_key())
}

fn one() -> Packed {
    packed("1.0.0", 1, Behaviour::Healthy)
}

fn two() -> Packed {
    build(&Spec { version: "2.0.0", counter: 2, text: 5000, ..Spec::default() }, &trusted_key())
}

fn bad() -> Packed {
    packed("3.0.0", 3, Behaviour::Traps)
}

impl Rig {
    fn new(config: Config<'static>, catalog: Vec<Packed>) -> Rig {
        let device = Device::boot(Flash::new(34), config, 0).unwrap();
        let edge = Edge::new(config.address, config.slot, catalog);
        let mut rig = Rig { device, edge, config, now: 0, started: 0, longest_twin: usize::MAX };
        rig.event(Event::Connected);
        rig
    }

    fn with(catalog: Vec<Packed>) -> Rig {
        Rig::new(config(Protections::ALL), catalog)
    }

    /// A device on which version 1 runs and is confirmed.
    fn running_one(more: Vec<Packed>) -> Rig {
        let mut rig = Rig::with([vec![one()], more].concat());
        rig.want(&one());
        assert_eq!(rig.runs(), Some("control@1.0.0"));
        rig
    }

    fn event(&mut self, event: Event<'_>) {
        self.device.step(self.now, event);
        self.pump();
    }

    fn deliver(&mut self, topic: Topic<'_>, payload: &[u8]) {
        let topic = self.config.address.topic(topic).unwrap();
        self.device.step(self.now, Event::Message { topic: &topic, payload });
    }

    /// Delivers messages and what modules do until all is quiet.
    fn pump(&mut self) {
        loop {
            let out = core::mem::take(&mut self.device.outbox);
            let mut answers: Vec<_> =
                out.iter().flat_map(|(topic, payload)| self.edge.receive(topic, payload)).collect();
            answers.retain(|(topic, payload)| !topic.ends_with("/get/result") || payload.len() <= self.longest_twin);
            for (topic, payload) in &answers {
                self.device.step(self.now, Event::Message { topic, payload });
            }
            if answers.is_empty() && !self.module() && self.device.outbox.is_empty() {
                return;
            }
        }
    }

    fn module(&mut self) -> bool {
        let Some(run) = self.device.running.filter(|r| r.start != self.started) else { return false };
        self.started = run.start;
        let slot = run.slot;
        match run.behaviour {
            Behaviour::Healthy => self.device.step(self.now, Event::ModuleHealthy { slot }),
            Behaviour::Traps => {
                self.device.running = None;
                let kind = TrapKind::IntegerDivisionByZero;
                self.device.step(self.now, Event::ModuleTrapped { slot, kind, offset: Some(64), stack: "" });
            }
            _ => {}
        }
        true
    }

    fn want(&mut self, artifact: &Packed) {
        self.want_value(&artifact.value);
    }

    fn want_value(&mut self, value: &str) {
        for (topic, payload) in self.edge.desire(value) {
            self.device.step(self.now, Event::Message { topic: &topic, payload: &payload });
        }
        self.pump();
    }

    /// Lets time pass, as long as the device has something to wait for.
    fn wait(&mut self, ms: u64) {
        let end = self.now + ms;
        while let Some(at) = self.device.timer.filter(|at| *at <= end) {
            self.now = at.max(self.now);
            self.event(Event::Tick);
        }
        self.now = end;
    }

    fn reset(self) -> Rig {
        let Rig { device, edge, config, now, longest_twin, .. } = self;
        let device = Device::boot(device.power_off(), config, now).unwrap();
        let mut rig = Rig { device, edge, config, now, started: 0, longest_twin };
        rig.pump();
        rig.event(Event::Connected);
        rig
    }

    fn runs(&self) -> Option<&str> {
        self.device.running?;
        self.device.agent.running().map(|m| m.name_and_version())
    }

    fn operations(&self) -> u64 {
        self.device.store.flash().operations
    }

    /// `event` or `event:why` of every status since the last call.
    fn said(&mut self) -> Vec<String> {
        let statuses = core::mem::take(&mut self.edge.statuses);
        let words = statuses.iter().map(|json| {
            let status = crate::proto::Status::decode(json.as_bytes()).unwrap();
            status.why.map_or(status.event.name().into(), |why| format!("{}:{why}", status.event.name()))
        });
        words.collect()
    }
}

#[test]
fn an_update_goes_through_its_stages_and_is_echoed() {
    let mut rig = Rig::with(vec![one(), two()]);
    assert_eq!(rig.said(), ["online"]);
    assert_eq!(rig.edge.actual, None);
    rig.want(&one());
    // Progress is reported once a quarter, and the artifact has four chunks or more.
    let quarter = "downloading";
    assert_eq!(rig.said(), ["manifest", quarter, quarter, quarter, quarter, "verified", "started", "confirmed"]);
    assert_eq!(rig.edge.actual.as_deref(), Some(one().value.as_str()));
    assert_eq!(rig.device.running.unwrap().slot, SlotId::A);

    rig.want(&two());
    assert_eq!(rig.runs(), Some("control@2.0.0"));
    assert_eq!(rig.edge.actual.as_deref(), Some(two().value.as_str()));
    assert_eq!(rig.device.running.unwrap().slot, SlotId::B);
    assert!(rig.device.agent.is_settled());
    let requests = 2 + one().chunks() + two().chunks();
    assert_eq!(rig.edge.requests, requests);

    // It is there after a reset, started before anybody is connected, and nothing is fetched again.
    let mut rig = rig.reset();
    assert_eq!(rig.runs(), Some("control@2.0.0"));
    rig.wait(100_000);
    assert_eq!((rig.edge.requests, rig.edge.actual.as_deref()), (requests, Some(two().value.as_str())));
}

#[test]
fn what_traps_on_trial_is_reverted_and_stays_away() {
    let mut rig = Rig::running_one(vec![bad(), two()]);
    rig.said();
    rig.want(&bad());
    let said = rig.said();
    let tail = ["started", "trapped:integer divide by zero", "reverted:failed on trial", "quarantined", "started"];
    assert_eq!(said[said.len() - 6..], [&tail[..], &["refused:quarantined"]].concat());
    assert_eq!(rig.runs(), Some("control@1.0.0"));
    assert_eq!(rig.edge.actual.as_deref(), Some(one().value.as_str()));

    // The same value again, a hundred times, and after a reset: no request, no flash operation but the boot's, which
    // repeats the last record.
    let (requests, operations) = (rig.edge.requests, rig.operations());
    for _ in 0..100 {
        rig.want(&bad());
    }
    assert_eq!((rig.edge.requests, rig.operations()), (requests, operations));
    let mut rig = rig.reset();
    let booted = rig.operations();
    rig.wait(1_000_000);
    assert_eq!((rig.edge.requests, rig.operations()), (requests, booted));
    // Once after the reset, and once when the twin was asked for again.
    assert_eq!(rig.said(), ["online", "refused:quarantined", "refused:quarantined"]);
    // Another one is welcome.
    rig.want(&two());
    assert_eq!(rig.runs(), Some("control@2.0.0"));
}

#[test]
fn what_fails_without_a_trap_is_reverted_too() {
    let unlinkable = packed("3.0.0", 3, Behaviour::Unlinkable);
    let mut rig = Rig::running_one(vec![unlinkable.clone()]);
    rig.want(&unlinkable);
    rig.device.running = None;
    rig.event(Event::ModuleFailed { slot: SlotId::B, why: "unknown-import" });
    assert!(rig.said().contains(&"trapped:unknown-import".into()));
    assert_eq!(rig.runs(), Some("control@1.0.0"));
}

#[test]
fn silence_confirms_or_reverts_as_configured() {
    let silent = packed("2.0.0", 2, Behaviour::Silent);
    for (needs_health, runs) in [(false, "control@2.0.0"), (true, "control@1.0.0")] {
        let config = Config { needs_health, ..config(Protections::ALL) };
        let mut rig = Rig::new(config, vec![one(), silent.clone()]);
        rig.want(&one());
        rig.want(&silent);
        rig.wait(u64::from(config.trial_ms) - 1);
        assert!(rig.device.running.unwrap().trial);
        rig.wait(2);
        assert_eq!(rig.runs(), Some(runs));
        assert!(!rig.device.running.unwrap().trial || !needs_health);
    }
}

#[test]
fn refused_artifacts_leave_flash_and_module_alone() {
    let spec = Spec { version: "2.0.0", counter: 2, ..Spec::default() };
    let signed = |spec: &Spec<'_>| build(spec, &trusted_key());
    let big = signed(&Spec { text: 180_000, ..spec.clone() });
    let mut lying = signed(&spec);
    lying.value = lying.value.replace("@2.0.0#2", "@2.0.1#2");
    let mut counting = signed(&spec);
    counting.value = counting.value.replace("#2", "#3");
    let cases: [(&str, Packed); 13] = [
        ("signature", build(&spec, &foreign_key())),
        ("target", signed(&Spec { target: Target::Rv32Imac, ..spec.clone() })),
        ("device-class", signed(&Spec { device_class: "pump", ..spec.clone() })),
        ("capability", signed(&Spec { imports: &[("env", "tick"), ("radio", "tick")], ..spec.clone() })),
        ("import", signed(&Spec { imports: &[("env", "tick"), ("env", "tock")], ..spec.clone() })),
        ("import", signed(&Spec { imports: &[("env", "blink")], ..spec.clone() })),
        ("name", signed(&Spec { name: "other", ..spec.clone() })),
        ("counter", signed(&Spec { counter: 0, ..spec.clone() })),
        ("version", lying),
        ("version", counting),
        ("chunk-size", big),
        ("too-large", signed(&Spec { text: 40_000, ..spec.clone() })),
        ("magic", {
            let mut other = signed(&spec);
            other.bytes[0] ^= 1;
            other
        }),
    ];
    for (reason, artifact) in cases {
        let mut rig = Rig::running_one(vec![]);
        rig.device.agent.config.max_chunk = 1024;
        rig.device.agent.config.trust.offers = &Clock;
        let unreadable = reason == "magic";
        // The edge's catalog holds artifacts that parse; a broken one is delivered by hand.
        rig.edge.catalog.extend((!unreadable).then(|| artifact.clone()));
        let (operations, starts) = (rig.operations(), rig.device.starts);
        rig.said();
        rig.want(&artifact);
        if unreadable {
            let payload = [&artifact.digest.0[..], &artifact.bytes[..600]].concat();
            rig.deliver(Topic::Manifest, &payload);
            rig.pump();
        }
        rig.wait(20_000);
        let said = rig.said();
        assert_eq!(said.iter().filter(|s| s.starts_with("refused")).count(), 1, "{reason}: {said:?}");
        assert!(said.contains(&format!("refused:{reason}")), "{reason}: {said:?}");
        assert_eq!((rig.operations(), rig.device.starts), (operations, starts), "{reason}");
        assert_eq!(rig.runs(), Some("control@1.0.0"));
        assert_eq!(rig.edge.actual.as_deref(), Some(one().value.as_str()));
    }
}

#[test]
fn imports_that_the_firmware_has_are_no_reason_to_refuse() {
    let spec = Spec { version: "2.0.0", counter: 2, imports: &[("env", "tick")], ..Spec::default() };
    let new = build(&spec, &trusted_key());
    let mut rig = Rig::running_one(vec![new.clone()]);
    rig.device.agent.config.trust.offers = &Clock;
    rig.want(&new);
    assert_eq!(rig.runs(), Some("control@2.0.0"));
}

#[test]
fn a_download_goes_on_after_a_reset() {
    let mut rig = Rig::running_one(vec![]);
    let new = two();
    rig.want(&new);
    rig.deliver(Topic::Manifest, &[&new.digest.0[..], new.envelope().bytes()].concat());
    let mut buffer = [0; 5000];
    for index in [1, 0] {
        let reply = ChunkReply { digest: new.digest, index, bytes: new.chunk(index).unwrap() };
        rig.deliver(Topic::Chunk, reply.encode(&mut buffer).unwrap());
    }
    rig.device.outbox.clear();
    rig.edge.catalog.push(new.clone());
    rig.edge.requests = 0;
    let rig = rig.reset();
    assert_eq!(rig.runs(), Some("control@2.0.0"));
    assert_eq!(rig.edge.requests, 1 + new.chunks() - 2);
}

#[test]
fn another_wish_in_the_middle_of_a_download_wins() {
    let mut rig = Rig::running_one(vec![]);
    let (new, newer) = (two(), packed("4.0.0", 4, Behaviour::Healthy));
    rig.want(&new);
    rig.deliver(Topic::Manifest, &[&new.digest.0[..], new.envelope().bytes()].concat());
    let reply = ChunkReply { digest: new.digest, index: 0, bytes: new.chunk(0).unwrap() };
    rig.deliver(Topic::Chunk, reply.encode(&mut [0; 5000]).unwrap());
    rig.edge.catalog.push(newer.clone());
    rig.want(&newer);
    assert_eq!(rig.runs(), Some("control@4.0.0"));
    // Back to what runs, in the middle of another download: nothing but silence.
    rig.want(&packed("5.0.0", 5, Behaviour::Healthy));
    rig.want(&newer);
    let requests = rig.edge.requests;
    rig.wait(100_000);
    assert_eq!((rig.edge.requests, rig.device.agent.is_settled()), (requests, true));
}

#[test]
fn a_storm_of_deltas_is_one_download() {
    let mut rig = Rig::running_one(vec![]);
    let new = two();
    for _ in 0..50 {
        rig.want(&new);
    }
    assert_eq!(rig.edge.requests, 2 + one().chunks(), "one manifest was asked for");
    for _ in 0..50 {
        rig.want_value("not-a-value");
    }
    assert_eq!(rig.said().iter().filter(|s| *s == "refused:value").count(), 1);
    // Garbage from whoever may publish does not stop what is under way.
    rig.edge.catalog.push(new.clone());
    rig.edge.expected = Some(new.value);
    rig.wait(10_000);
    assert_eq!(rig.runs(), Some("control@2.0.0"));
}

#[test]
fn both_topic_forms_are_spoken() {
    for namespace in [None, Some("default")] {
        let address = Address { namespace, device: "dev1" };
        let mut rig = Rig::new(Config { address, ..config(Protections::ALL) }, vec![one()]);
        let prefix = if namespace.is_some() { "$hw/events/device/default/dev1" } else { "$hw/events/device/dev1" };
        let twin = rig.device.subscribed.iter().filter(|t| t.starts_with(prefix)).count();
        assert_eq!((twin, rig.device.subscribed.len()), (4, 8));
        rig.want(&one());
        assert_eq!(rig.runs(), Some("control@1.0.0"));
        // The other form, and other devices, are not listened to.
        for other in ["$hw/events/device/x/dev1/twin/update/delta", "$hw/events/device/default/dev2/twin/update/delta"]
        {
            let malformed = rig.device.agent.malformed();
            rig.device.step(0, Event::Message { topic: other, payload: b"{}" });
            assert_eq!(rig.device.agent.malformed(), malformed + 1);
        }
    }
}

#[test]
fn nobody_answering_is_reported_and_borne() {
    let mut rig = Rig::running_one(vec![]);
    rig.said();
    rig.want(&two());
    rig.wait(600_000);
    let said = rig.said();
    assert_eq!(said.iter().filter(|s| *s == "stalled:manifest").count(), 1, "{said:?}");
    assert!((12..20).contains(&rig.edge.requests), "{}", rig.edge.requests);
    rig.edge.catalog.push(two());
    rig.wait(100_000);
    assert_eq!(rig.runs(), Some("control@2.0.0"));
}

#[test]
fn a_twin_that_exceeds_the_clients_packets_is_reported_and_does_not_keep_updates_away() {
    let mut rig = Rig::running_one(vec![two()]);
    // From now on the device has properties enough that edgecore's answer is dropped on its way in, each time.
    rig.longest_twin = 0;
    rig.event(Event::Disconnected);
    rig.event(Event::Connected);
    rig.said();
    let (mut asked, mut last) = (Vec::new(), rig.now);
    while rig.now < 600_000 {
        rig.now = rig.device.timer.unwrap();
        rig.device.step(rig.now, Event::Tick);
        if rig.device.outbox.iter().any(|(topic, _)| topic.ends_with("/twin/get")) {
            asked.push(rig.now - last);
            last = rig.now;
        }
        rig.pump();
    }
    // Ever more slowly, up to a minute and its jitter, without end; said once; never taken for an answer.
    assert!(asked.windows(2).take(5).all(|w| w[0] < w[1]) && asked.len() > 10, "{asked:?}");
    assert!(asked.iter().skip(6).all(|pause| (60_000..75_000).contains(pause)), "{asked:?}");
    assert_eq!(rig.said(), ["stalled:twin/get"]);
    assert!(!rig.device.agent.is_settled());
    // A delta has only what differs: it fits.
    rig.want(&two());
    assert_eq!(rig.runs(), Some("control@2.0.0"));
    assert_eq!(rig.edge.actual.as_deref(), Some(two().value.as_str()));
    // Properties are taken away: the answer comes through.
    rig.longest_twin = usize::MAX;
    rig.wait(80_000);
    assert!(rig.device.agent.is_settled());
}

#[test]
fn a_refusal_is_said_again_to_who_wants_it_anew_and_to_who_comes_late() {
    let mut rig = Rig::running_one(vec![bad(), two()]);
    rig.want(&bad());
    rig.want(&two());
    rig.said();
    rig.want(&bad());
    assert_eq!(rig.said(), ["refused:quarantined"]);
    rig.want(&bad());
    assert_eq!(rig.said(), [""; 0]);
    rig.event(Event::Disconnected);
    rig.event(Event::Connected);
    assert_eq!(rig.said(), ["online", "refused:quarantined"]);
}

#[test]
fn an_edge_that_has_forgotten_what_runs_is_told_again() {
    let mut rig = Rig::running_one(vec![]);
    rig.edge.actual = None;
    let operations = rig.operations();
    rig.want(&one());
    assert_eq!(rig.edge.actual.as_deref(), Some(one().value.as_str()));
    assert_eq!(rig.operations(), operations);
    rig.said();
    rig.wait(60_000);
    assert_eq!(rig.said(), [""; 0]);
}

#[test]
fn being_online_is_said_with_the_target_and_kept_by_the_broker() {
    let rig = Rig::with(vec![]);
    let online = crate::proto::Status::decode(rig.edge.statuses[0].as_bytes()).unwrap();
    assert_eq!((online.target, online.abi), (Some(Target::CortexM4F.name()), Some(sandgrain_abi::ABI_VERSION)));
    assert_eq!(online.counter, Some(0));
    assert_eq!(rig.device.retained, [rig.edge.statuses[0].as_bytes()]);
}

#[test]
fn a_confirmed_module_that_crashes_is_started_again_ever_more_slowly() {
    let mut rig = Rig::running_one(vec![]);
    let (slot, kind) = (SlotId::A, TrapKind::StackOverflow);
    let mut last = 0;
    for round in 0..4 {
        rig.device.running = None;
        // Not healthy in between, so the pauses grow.
        rig.started = rig.device.starts + 1;
        rig.event(Event::ModuleTrapped { slot, kind, offset: None, stack: "" });
        let due = rig.device.agent.restart.unwrap() - rig.now;
        assert!(due > last, "round {round}");
        last = due;
        rig.wait(due);
        assert_eq!(rig.runs(), Some("control@1.0.0"));
    }
    assert!(rig.device.agent.quarantined.is_empty());
    // A report about a slot that does not run is stale.
    rig.event(Event::ModuleTrapped { slot: SlotId::B, kind, offset: None, stack: "" });
    assert!(rig.device.agent.restart.is_none());
}

#[test]
fn a_module_that_may_not_run_any_more_is_reported_and_fetched_again() {
    let mut rig = Rig::running_one(vec![two()]);
    rig.want(&two());
    let image = rig.device.store.image(SlotId::B).unwrap();
    rig.device.store.flash_mut().corrupt((image.offset + image.len) as usize - 200);
    rig.said();
    let mut rig = rig.reset();
    let said = rig.said();
    assert_eq!(
        (&said[..3], said.last()),
        (&["online".into(), "refused:content".into(), "manifest".into()][..], Some(&"confirmed".into()))
    );
    assert_eq!((rig.runs(), rig.device.running.unwrap().slot), (Some("control@2.0.0"), SlotId::A));

    // With nowhere to fetch it from, the edge learns that nothing runs.
    let image = rig.device.store.image(SlotId::A).unwrap();
    rig.device.store.flash_mut().corrupt((image.offset + image.len) as usize - 200);
    rig.edge.catalog.clear();
    let mut rig = rig.reset();
    rig.wait(10_000);
    assert_eq!((rig.runs(), rig.edge.actual.as_deref()), (None, Some("none")));
}

#[test]
fn names_are_checked() {
    let good = config(Protections::ALL);
    assert_eq!(good.check(), Ok(()));
    assert!(Config { slot: "a b", ..good }.check().is_err());
    assert!(Config { address: Address { namespace: Some("+"), device: "d" }, ..good }.check().is_err());
}

#[test]
fn heartbeats_keep_their_rhythm() {
    let config = Config { heartbeat_ms: 50, ..config(Protections::ALL) };
    let mut rig = Rig::new(config, vec![]);
    let mut seen = Vec::new();
    for now in 1..1000 {
        rig.device.step(now, Event::Tick);
        for (topic, payload) in rig.device.outbox.drain(..) {
            if topic.ends_with("/heartbeat") {
                let beat = crate::proto::Heartbeat::decode(&payload).unwrap();
                seen.push((beat.seq, beat.uptime_ms));
            }
        }
    }
    // Number 0 was sent on connecting.
    assert_eq!(seen, (1..20).map(|n| (n, 50 * u64::from(n))).collect::<Vec<_>>());
}

#[test]
fn each_protection_bites() {
    let forged = build(&Spec { version: "2.0.0", counter: 2, ..Spec::default() }, &foreign_key());
    let run = |protections, artifact: &Packed| {
        let mut rig = Rig::new(config(protections), vec![one(), artifact.clone()]);
        rig.want(&one());
        rig.edge.requests = 0;
        // A module that is installed over and over would never come to rest.
        for (topic, payload) in rig.edge.desire(&artifact.value) {
            rig.device.step(rig.now, Event::Message { topic: &topic, payload: &payload });
        }
        for _ in 0..200 {
            for (topic, payload) in core::mem::take(&mut rig.device.outbox) {
                for (topic, payload) in rig.edge.receive(&topic, &payload) {
                    rig.device.step(rig.now, Event::Message { topic: &topic, payload: &payload });
                }
            }
            rig.module();
        }
        (rig.runs().map(String::from), rig.device.starts)
    };
    let one_runs = Some(String::from("control@1.0.0"));
    assert_eq!(run(Protections::ALL, &forged), (one_runs.clone(), 1));
    assert_eq!(run(Protections::without(Protection::Signature), &forged).0.as_deref(), Some("control@2.0.0"));
    assert_eq!(run(Protections::ALL, &bad()), (one_runs, 3));
    assert_eq!(run(Protections::without(Protection::Revert), &bad()), (None, 2));
    let (_, starts) = run(Protections::without(Protection::Quarantine), &bad());
    assert!(starts > 6, "{starts}");
}

#[test]
fn hostile_messages_change_nothing() {
    let mut rig = Rig::running_one(vec![]);
    let operations = rig.operations();
    let mut random = Random::new(11);
    let new = two();
    let manifest = [&new.digest.0[..], new.envelope().bytes()].concat();
    let chunk = [&ChunkGet { digest: new.digest, index: 0 }.encode()[..], new.chunk(0).unwrap()].concat();
    let twin = br#"{"event_id":"a","timestamp":1,"twin":{"wasm.control":{"expected":{"value":"x"}}},"delta":{}}"#;
    let topics = [Topic::TwinGetResult, Topic::TwinDelta, Topic::TwinUpdateResult, Topic::Manifest, Topic::Chunk];
    for round in 0..20_000 {
        let mut payload = [&manifest[..], &chunk, twin, &[]][round % 4].to_vec();
        for _ in 0..random.below(6) {
            if !payload.is_empty() {
                let at = random.below(payload.len() as u64) as usize;
                payload[at] = random.below(256) as u8;
            }
        }
        if random.percent(20) {
            payload.truncate(random.below(payload.len() as u64 + 1) as usize);
        }
        rig.deliver(topics[random.below(5) as usize], &payload);
    }
    rig.deliver(Topic::TwinDelta, &[b'['; 5000]);
    rig.deliver(Topic::Chunk, &[0; 70_000]);
    assert!(rig.device.agent.malformed() > 5000);
    assert_eq!(rig.operations(), operations);
    assert_eq!(rig.runs(), Some("control@1.0.0"));
    rig.edge.catalog.push(new);
    rig.want(&two());
    rig.wait(1_000_000);
    assert_eq!(rig.runs(), Some("control@2.0.0"));
}

#[test]
fn messages_that_arrive_while_the_store_works_wait_their_turn() {
    // A shell may answer for the store later; until then nothing else is asked of it.
    let new = two();
    let mut agent = super::Agent::new(config(Protections::ALL), &Rig::with(vec![]).device.boot);
    let mut asked = 0;
    let mut step = |event: Event<'_>| {
        agent.step(0, event, &mut |action: super::Action<'_>| {
            asked += u32::from(matches!(action, super::Action::Store(_)));
        });
        asked
    };
    step(Event::Boot);
    step(Event::Connected);
    let mut edge = Edge::new(config(Protections::ALL).address, SLOT, vec![new.clone()]);
    for (topic, payload) in edge.desire(&new.value) {
        step(Event::Message { topic: &topic, payload: &payload });
    }
    let mut buffer = Box::new([0; 5000]);
    let envelope = new.envelope();
    let reply = ManifestReply { digest: new.digest, envelope: envelope.bytes() };
    let payload = reply.encode(&mut buffer[..]).unwrap();
    assert_eq!(step(Event::Message { topic: "sg/v1/dev1/manifest", payload }), 1);
    assert_eq!(step(Event::Message { topic: "sg/v1/dev1/manifest", payload }), 1);
    let other = edge.desire(&one().value);
    assert_eq!(step(Event::Message { topic: &other[0].0, payload: &other[0].1 }), 1);
    // The answer comes, but something else is wanted by now: the chunk of the old one is not.
    let present = Default::default();
    step(Event::Store(crate::slots::StoreReply::Ready { slot: SlotId::A, present }));
    let chunk = ChunkReply { digest: new.digest, index: 0, bytes: new.chunk(0).unwrap() };
    let payload = chunk.encode(&mut buffer[..]).unwrap();
    assert_eq!(step(Event::Message { topic: "sg/v1/dev1/chunk", payload }), 1);
}
