//! An MQTT broker of our own, so that nobody must install one: MQTT 3.1.1 and 5, in memory, on the loopback interface
//! unless told otherwise.
//!
//! A device may publish and subscribe its own topics and nothing else, its last will included. One account, the
//! controller's, may do everything. What devices ask for is counted on the way.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mqtt5::broker::auth::{AuthProvider, AuthResult};
use mqtt5::broker::config::{BrokerConfig, StorageBackend, StorageConfig};
use mqtt5::broker::events::{
    BrokerEventHandler, ClientConnectEvent, ClientDisconnectEvent, ClientPublishEvent, PublishAction,
};
use mqtt5::broker::{BrokerShutdownHandle, MqttBroker};
use mqtt5::packet::connect::ConnectPacket;
use mqtt5::types::ReasonCode;
use sandgrain_agent::proto::{Address, ChunkReply, Topic};
use sandgrain_artifact::Digest;
use tokio::task::JoinHandle;

use crate::failure::{Failure, Result};

/// Largest packet in bytes: a whole chunk fits many times.
const MAX_PACKET: usize = 64 * 1024;
/// How long clients may take to leave when the broker stops.
const GOODBYE: Duration = Duration::from_secs(5);

/// Who may connect, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub bind: SocketAddr,
    /// User name and password of the account that may do everything.
    pub controller: (String, String),
    /// Devices by name, each with its password. Empty: whoever connects is the device whose name it gives (as user,
    /// else as client id), for a broker that only this computer reaches.
    pub devices: BTreeMap<String, String>,
}

impl Options {
    /// A free port of the loopback interface, a controller with a password made up now, and any device.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn loopback() -> Result<Options> {
        let secret = sandgrain_artifact::keys::generate().map_err(Failure::failed)?;
        Ok(Options {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            controller: ("controller".to_owned(), Digest(secret.to_bytes()).to_string()),
            devices: BTreeMap::new(),
        })
    }
}

/// What went through the broker for one device.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traffic {
    /// It is connected now.
    pub online: bool,
    /// Times that it has connected.
    pub connections: u32,
    /// Manifests that it asked for.
    pub manifest_requests: u32,
    /// Chunks that it asked for, by manifest digest.
    pub chunk_requests: BTreeMap<[u8; 32], u32>,
    /// Chunks that were sent to it.
    pub chunks: u32,
    /// Bytes in them.
    pub chunk_bytes: u64,
}

/// A running broker. Dropping it stops it without waiting.
pub struct Broker {
    address: SocketAddr,
    controller: (String, String),
    state: Arc<State>,
    stop: BrokerShutdownHandle,
    task: Option<JoinHandle<mqtt5::Result<()>>>,
}

impl Broker {
    /// Starts a broker on the current tokio runtime. It accepts connections when this returns.
    ///
    /// # Errors
    /// If it cannot listen there.
    pub async fn start(options: Options) -> Result<Broker> {
        let Options { bind, controller, devices } = options;
        let state = Arc::new(State { controller: controller.clone(), devices, traffic: Mutex::default() });
        let config = BrokerConfig::default()
            .with_bind_addresses(vec![bind])
            .with_max_packet_size(MAX_PACKET)
            .with_storage(StorageConfig::new().with_backend(StorageBackend::Memory))
            .with_sys_topics_enabled(false)
            .with_event_handler(Arc::clone(&state) as Arc<dyn BrokerEventHandler>);
        let failed = |error| Failure::failed(format_args!("the broker cannot listen on {bind}: {error}"));
        let mut broker =
            MqttBroker::with_config(config).await.map_err(failed)?.with_auth_provider(Arc::clone(&state) as _);
        let address = broker.local_addr().ok_or_else(|| Failure::failed("the broker has no address"))?;
        let stop = broker.shutdown_handle();
        let mut ready = broker.ready_receiver();
        let task = tokio::spawn(async move { broker.run().await });
        // An error of `run` closes the channel; `task` has it.
        let _ = ready.wait_for(|ready| *ready).await;
        Ok(Broker { address, controller, state, stop, task: Some(task) })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// URL for the account that may do everything.
    pub fn controller_url(&self) -> String {
        let (user, password) = &self.controller;
        format!("mqtt://{user}:{password}@{}", self.address)
    }

    /// What went through for a device, so far.
    pub fn traffic(&self, device: &str) -> Traffic {
        self.state.traffic().get(device).cloned().unwrap_or_default()
    }

    /// Disconnects everybody and ends.
    ///
    /// # Errors
    /// If it had failed before, or does not end within seconds.
    pub async fn stop(mut self) -> Result<()> {
        let Some(task) = self.task.take() else { return Ok(()) };
        self.stop.shutdown();
        match tokio::time::timeout(GOODBYE, task).await {
            Ok(Ok(Ok(()))) => Ok(()),
            Ok(Ok(Err(error))) => Err(Failure::failed(format_args!("the broker failed: {error}"))),
            Ok(Err(error)) => Err(Failure::failed(format_args!("the broker crashed: {error}"))),
            Err(_) => Err(Failure::failed(format_args!("the broker did not stop within {} s", GOODBYE.as_secs()))),
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.stop.shutdown();
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }
}

/// What the hooks share with the owner.
struct State {
    controller: (String, String),
    devices: BTreeMap<String, String>,
    traffic: Mutex<BTreeMap<String, Traffic>>,
}

type Hook<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

impl State {
    fn traffic(&self) -> MutexGuard<'_, BTreeMap<String, Traffic>> {
        self.traffic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_controller(&self, user: Option<&str>) -> bool {
        user == Some(&self.controller.0)
    }

    /// The identity that a client proves, if it does.
    fn identify(&self, connect: &ConnectPacket) -> Option<String> {
        let (user, password) = (connect.username.as_deref(), connect.password.as_deref());
        if self.is_controller(user) {
            return (password == Some(self.controller.1.as_bytes())).then(|| self.controller.0.clone());
        }
        let name = user.filter(|user| !user.is_empty()).unwrap_or(&connect.client_id);
        let admitted = match self.devices.get(name) {
            Some(expected) => password == Some(expected.as_bytes()),
            None => self.devices.is_empty(),
        };
        admitted.then(|| name.to_owned())
    }

    fn count(&self, event: &ClientPublishEvent) {
        let Some((address, topic)) = Address::parse(&event.topic) else { return };
        let mut traffic = self.traffic();
        let Some(device) = traffic.get_mut(address.device) else { return };
        match topic {
            Topic::ManifestGet => device.manifest_requests += 1,
            Topic::ChunkGet | Topic::PackedGet => {
                if let Some(digest) = event.payload.first_chunk::<32>() {
                    *device.chunk_requests.entry(*digest).or_default() += 1;
                }
            }
            Topic::Chunk | Topic::Packed => {
                device.chunks += 1;
                device.chunk_bytes += ChunkReply::decode(&event.payload).map_or(0, |reply| reply.bytes.len() as u64);
            }
            _ => {}
        }
    }
}

/// What a device sends.
fn is_sent_by_device(topic: &Topic<'_>) -> bool {
    use Topic::{ChunkGet, Data, Heartbeat, ManifestGet, PackedGet, Status, TwinGet, TwinUpdate};
    matches!(topic, TwinGet | TwinUpdate | ManifestGet | ChunkGet | PackedGet | Status | Heartbeat | Data(_))
}

/// Whether `device` may publish (or, if not `publish`, subscribe) this topic.
fn is_own_topic(device: &str, topic: &str, publish: bool) -> bool {
    Address::parse(topic)
        .is_some_and(|(address, topic)| address.device == device && is_sent_by_device(&topic) == publish)
}

impl AuthProvider for State {
    fn authenticate<'a>(&'a self, connect: &'a ConnectPacket, _: SocketAddr) -> Hook<'a, mqtt5::Result<AuthResult>> {
        Box::pin(async move {
            let Some(name) = self.identify(connect) else {
                return Ok(AuthResult::fail(ReasonCode::BadUsernameOrPassword));
            };
            // The broker itself does not ask whether a client may publish its last will.
            let will = connect.will.as_ref().is_none_or(|will| is_own_topic(&name, &will.topic, true));
            if !will && !self.is_controller(Some(&name)) {
                return Ok(AuthResult::fail(ReasonCode::NotAuthorized));
            }
            Ok(AuthResult::success_with_user(name))
        })
    }

    fn authorize_publish<'a>(&'a self, _: &str, user: Option<&'a str>, topic: &'a str) -> Hook<'a, bool> {
        Box::pin(async move { self.is_controller(user) || is_own_topic(user.unwrap_or_default(), topic, true) })
    }

    fn authorize_subscribe<'a>(&'a self, _: &str, user: Option<&'a str>, filter: &'a str) -> Hook<'a, bool> {
        Box::pin(async move { self.is_controller(user) || is_own_topic(user.unwrap_or_default(), filter, false) })
    }
}

impl BrokerEventHandler for State {
    fn on_client_connect<'a>(&'a self, event: ClientConnectEvent) -> Hook<'a, ()> {
        Box::pin(async move {
            if let Some(user) = event.user_id.filter(|user| !self.is_controller(Some(user))) {
                let mut traffic = self.traffic();
                let device = traffic.entry(user.to_string()).or_default();
                device.online = true;
                device.connections += 1;
            }
        })
    }

    fn on_client_disconnect<'a>(&'a self, event: ClientDisconnectEvent) -> Hook<'a, ()> {
        Box::pin(async move {
            // A client that takes its own session over connects before the old connection is reported gone.
            if event.reason == ReasonCode::SessionTakenOver {
                return;
            }
            let mut traffic = self.traffic();
            if let Some(device) = event.user_id.as_deref().and_then(|user| traffic.get_mut(user)) {
                device.online = false;
            }
        })
    }

    fn on_client_publish<'a>(&'a self, event: ClientPublishEvent) -> Hook<'a, PublishAction> {
        Box::pin(async move {
            self.count(&event);
            PublishAction::Continue
        })
    }
}
