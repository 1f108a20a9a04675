//! A device on a real MQTT connection: the real agent and slot store on mock flash, and a pretended runtime that knows
//! from a module's first byte what it would do.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rumqttc::v5::mqttbytes::QoS as Qos5;
use rumqttc::v5::mqttbytes::v5::{LastWill, Packet};
use rumqttc::v5::{AsyncClient, Event as Event5, EventLoop, MqttOptions};
use sandgrain_abi::TrapKind;
use sandgrain_agent::proto::Address;
use sandgrain_agent::sim::device::Device;
use sandgrain_agent::sim::flash::MockFlash;
use sandgrain_agent::sim::module::{Behaviour, PROFILE, public, trusted_key};
use sandgrain_agent::verify::{OffersAll, Protections, Trust};
use sandgrain_agent::{Config, Event};
use tokio::task::JoinHandle;

/// Name of every test's slot.
pub const SLOT: &str = "control";
/// Room for two artifacts of some 60 KB.
const SECTORS: usize = 82;

type Flash = MockFlash<8, 2048>;

/// How a device differs from the plainest.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quirks {
    /// Topics without a namespace, as KubeEdge up to 1.16 has them.
    pub old_topics: bool,
    /// Cuts the connection once, without a goodbye, when so many chunks have come.
    pub drops_link_after: Option<u32>,
    /// Password for the broker; none: no credentials.
    pub password: Option<&'static str>,
}

/// What can be seen of a device from outside of MQTT.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// name@version of what runs.
    pub runs: Option<String>,
    /// Chunks that arrived.
    pub chunks: u32,
    /// Connections made.
    pub connections: u32,
    /// Why the broker did not take it.
    pub refused: Option<String>,
}

/// A powered device. Dropping it pulls the plug.
pub struct FakeDevice {
    view: Arc<Mutex<View>>,
    task: JoinHandle<()>,
}

impl FakeDevice {
    /// Boots with blank flash and connects to the broker at this port.
    pub fn boot(name: &'static str, port: u16, quirks: Quirks) -> FakeDevice {
        let view = Arc::new(Mutex::new(View::default()));
        let task = tokio::spawn(live(name, port, quirks, Arc::clone(&view)));
        FakeDevice { view, task }
    }

    /// What it looks like now.
    pub fn view(&self) -> View {
        self.view.lock().unwrap().clone()
    }

    /// Waits until the view is as wanted.
    pub async fn until(&self, what: &str, wanted: impl Fn(&View) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while !wanted(&self.view()) {
            assert!(Instant::now() < deadline, "{what}: {:?}", self.view());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for FakeDevice {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn config(name: &'static str, quirks: Quirks) -> Config<'static> {
    let keys = Box::leak(Box::new([public(&trusted_key())]));
    Config {
        address: Address::new((!quirks.old_topics).then_some("default"), name).unwrap(),
        slot: SLOT,
        trust: Trust { keys, profile: PROFILE, offers: &OffersAll, device_class: "", protections: Protections::ALL },
        max_chunk: 4096,
        trial_ms: 3000,
        needs_health: true,
        heartbeat_ms: 100,
        seed: name.len() as u32,
    }
}

async fn live(name: &'static str, port: u16, mut quirks: Quirks, view: Arc<Mutex<View>>) {
    let clock = Instant::now();
    let mut device = Device::boot(Flash::new(SECTORS), config(name, quirks), 0).unwrap();
    let mut started = 0;
    loop {
        let (client, events) = connect(name, port, quirks);
        let link = Link { clock, device: &mut device, started: &mut started, client, view: &view };
        link.live(events, &mut quirks).await;
        device.step(clock.elapsed().as_millis() as u64, Event::Disconnected);
        device.outbox.clear();
        device.subscribed.clear();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

fn connect(name: &str, port: u16, quirks: Quirks) -> (AsyncClient, EventLoop) {
    let mut options = MqttOptions::new(name, "127.0.0.1", port);
    options.set_keep_alive(Duration::from_secs(5)).set_max_packet_size(Some(8192)).set_clean_start(true);
    let will = format!("sg/v1/{name}/status");
    options.set_last_will(LastWill::new(will, r#"{"event":"offline"}"#, Qos5::AtLeastOnce, true, None));
    if let Some(password) = quirks.password {
        options.set_credentials(name, password);
    }
    AsyncClient::new(options, 1000)
}

/// One connection's life.
struct Link<'a> {
    clock: Instant,
    device: &'a mut Device<8, 2048>,
    started: &'a mut u32,
    client: AsyncClient,
    view: &'a Mutex<View>,
}

impl Link<'_> {
    async fn live(mut self, mut events: EventLoop, quirks: &mut Quirks) {
        loop {
            self.flush();
            let now = self.now();
            let due = self.device.timer.map_or(now + 1000, |at| at.max(now)) - now;
            let polled = tokio::time::timeout(Duration::from_millis(due), events.poll()).await;
            match polled {
                Err(_) => self.device.step(self.now(), Event::Tick),
                Ok(Ok(Event5::Incoming(Packet::ConnAck(_)))) => {
                    self.view.lock().unwrap().connections += 1;
                    self.device.step(self.now(), Event::Connected);
                }
                Ok(Ok(Event5::Incoming(Packet::Publish(message)))) => {
                    let topic = String::from_utf8(message.topic.to_vec()).unwrap();
                    self.device.step(self.now(), Event::Message { topic: &topic, payload: &message.payload });
                    if topic.ends_with("/chunk") || topic.ends_with("/packed") {
                        let mut view = self.view.lock().unwrap();
                        view.chunks += 1;
                        if quirks.drops_link_after.take_if(|after| view.chunks >= *after).is_some() {
                            return;
                        }
                    }
                }
                Ok(Ok(_)) => {}
                Ok(Err(error)) => {
                    self.view.lock().unwrap().refused = Some(error.to_string());
                    return;
                }
            }
        }
    }

    fn now(&self) -> u64 {
        self.clock.elapsed().as_millis() as u64
    }

    /// Carries out what the agent asked for, and lets a module do what it does.
    fn flush(&mut self) {
        if let Some(run) = self.device.running.filter(|run| run.start != *self.started) {
            *self.started = run.start;
            let (now, slot) = (self.now(), run.slot);
            match run.behaviour {
                Behaviour::Healthy => self.device.step(now, Event::ModuleHealthy { slot }),
                Behaviour::Traps => {
                    self.device.running = None;
                    let kind = TrapKind::Unreachable;
                    self.device.step(now, Event::ModuleTrapped { slot, kind, offset: Some(0x40), stack: "c 0:130" });
                }
                other => panic!("no test uses a module that is {other:?}"),
            }
            // A module on trial that has trapped gives way to the one before it.
            return self.flush();
        }
        for filter in self.device.subscribed.drain(..) {
            self.client.try_subscribe(filter, Qos5::AtLeastOnce).unwrap();
        }
        for (topic, payload) in std::mem::take(&mut self.device.outbox) {
            let retain = self.device.retained.contains(&payload);
            let qos = if topic.ends_with("heartbeat") { Qos5::AtMostOnce } else { Qos5::AtLeastOnce };
            self.client.try_publish(topic, qos, retain, payload).unwrap();
        }
        self.view.lock().unwrap().runs =
            self.device.running.and_then(|_| self.device.agent.running()).map(|m| m.name_and_version().to_owned());
        assert!(self.device.store.flash().breaches.is_empty());
    }
}
