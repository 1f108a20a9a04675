//! The controller's MQTT connection (3.1.1, so that any broker will do), made again whenever it is lost.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rumqttc::{AsyncClient, ConnectionError, Event, EventLoop, Packet, QoS, SubscribeFilter};
use sandgrain_agent::proto::{Address, Topic, property};
pub use sandgrain_mqtt::{BrokerUrl, TlsFiles};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::{Controller, Message, Offer, Report, Sight, TwinMode};
use crate::failure::{Failure, Result};

/// Largest packet in bytes, either way; the client's own limit is 10 KiB.
const MAX_PACKET: usize = 64 * 1024;
/// How long the broker may take to accept the connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Pause before a lost connection is made again.
const PAUSE: Duration = Duration::from_millis(300);
/// Requests that may wait for the connection; more are dropped, and asked for again.
const QUEUE: usize = 4096;
/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// A controller at a broker. Dropping it ends the connection.
pub struct Session {
    client: AsyncClient,
    controller: Arc<Mutex<Controller>>,
    sights: UnboundedReceiver<Sight>,
    task: JoinHandle<()>,
}

impl Session {
    /// [`connect_by`](Self::connect_by) without certificates.
    ///
    /// # Errors
    /// Its.
    pub async fn connect(url: &BrokerUrl, mode: TwinMode, devices: &[&str]) -> Result<Session> {
        Session::connect_by(url, &TlsFiles::default(), mode, devices).await
    }

    /// Connects, and serves these devices (`["+"]`: all) from then on.
    ///
    /// # Errors
    /// If the broker is not there within seconds, or refuses: with its words. [`Exit::Usage`](crate::Exit::Usage) if the
    /// files are not what a connection needs.
    pub async fn connect_by(url: &BrokerUrl, files: &TlsFiles, mode: TwinMode, devices: &[&str]) -> Result<Session> {
        let id = format!("sandgrain-controller-{}", std::process::id());
        let mut options = sandgrain_mqtt::client(&id, url, files).map_err(Failure::usage)?;
        options.set_max_packet_size(MAX_PACKET, MAX_PACKET).set_keep_alive(Duration::from_secs(10));
        let (client, mut events) = AsyncClient::new(options, QUEUE);
        let failed = |why: String| Failure::failed(format_args!("no connection to the broker {url}: {why}"));
        let refused = match timeout(CONNECT, first_connection(&mut events)).await {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some(format!("no answer within {} s", CONNECT.as_secs())),
        };
        if let Some(why) = refused {
            return Err(failed(why));
        }
        let controller = Arc::new(Mutex::new(Controller::new(mode)));
        let (sender, sights) = unbounded_channel();
        let pump = Pump {
            client: client.clone(),
            controller: Arc::clone(&controller),
            sights: sender,
            filters: filters(mode, devices),
        };
        pump.subscribe();
        let task = tokio::spawn(pump.run(events));
        Ok(Session { client, controller, sights, task })
    }

    fn controller(&self) -> MutexGuard<'_, Controller> {
        self.controller.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes an artifact available.
    ///
    /// # Errors
    /// [`Exit::Refused`](crate::Exit::Refused) if it is none.
    pub fn offer(&self, artifact: Vec<u8>) -> Result<Offer> {
        self.controller().content.add(artifact)
    }

    /// Sets what a device should run in a slot. With a real edgecore this does nothing: there the cloud sets it.
    ///
    /// # Errors
    /// If a name is not valid.
    pub fn want(&self, address: &Address<'_>, slot: &str, value: &str) -> Result<()> {
        let property = property(slot).map_err(Failure::usage)?;
        Address::new(address.namespace, address.device).map_err(Failure::usage)?;
        let mut controller = self.controller();
        let messages = controller.edge.as_mut().map(|edge| edge.want(now_ms(), address, &property, value));
        for message in messages.into_iter().flatten() {
            publish(&self.client, message);
        }
        Ok(())
    }

    /// Sends a device a rotation of keys.
    ///
    /// # Errors
    /// If the name is not valid.
    pub fn send_keys(&self, device: &str, record: &[u8]) -> Result<()> {
        let address = Address::new(None, device).map_err(Failure::usage)?;
        let topic = address.topic(Topic::Keys).map_err(Failure::usage)?;
        publish(&self.client, (topic.as_str().to_owned(), record.to_vec()));
        Ok(())
    }

    /// Whether the twins are kept here.
    pub fn plays_edgecore(&self) -> bool {
        self.controller().edge.is_some()
    }

    /// What a device said when it last came or went.
    pub fn presence(&self, device: &str) -> Option<Report> {
        self.controller().presence.get(device).cloned()
    }

    /// What happened next, or `None` at the deadline.
    ///
    /// # Errors
    /// If the session has crashed.
    pub async fn next(&mut self, deadline: Instant) -> Result<Option<Sight>> {
        match timeout_at(deadline, self.sights.recv()).await {
            Ok(Some(sight)) => Ok(Some(sight)),
            Ok(None) => Err(Failure::failed("the controller's connection has crashed")),
            Err(_) => Ok(None),
        }
    }

    /// Leaves the broker.
    pub async fn close(mut self) {
        if self.client.try_disconnect().is_ok() {
            let _ = timeout(GOODBYE, &mut self.task).await;
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Milliseconds since 1970.
fn now_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |t| t.as_millis() as u64)
}

fn publish(client: &AsyncClient, (topic, payload): Message) {
    // A full queue means that the connection is down: what is lost is asked for again.
    let _ = client.try_publish(topic, QoS::AtLeastOnce, false, payload);
}

/// Topic filters for these devices.
fn filters(mode: TwinMode, devices: &[&str]) -> Vec<SubscribeFilter> {
    let mut out = Vec::new();
    for device in devices {
        let own = ["manifest/get", "chunk/get", "packed/get", "status", "heartbeat", "data/#"];
        out.extend(own.map(|topic| format!("sg/v1/{device}/{topic}")));
        // With a real edgecore only reports are of interest. Topics come with a namespace and without.
        let twin: &[&str] = if mode == TwinMode::Own { &["get", "update"] } else { &["update"] };
        for topic in twin {
            out.push(format!("$hw/events/device/{device}/twin/{topic}"));
            out.push(format!("$hw/events/device/+/{device}/twin/{topic}"));
        }
    }
    out.into_iter().map(|filter| SubscribeFilter::new(filter, QoS::AtLeastOnce)).collect()
}

async fn first_connection(events: &mut EventLoop) -> Result<(), ConnectionError> {
    while !matches!(events.poll().await?, Event::Incoming(Packet::ConnAck(_))) {}
    Ok(())
}

/// Moves messages between the broker and the controller.
struct Pump {
    client: AsyncClient,
    controller: Arc<Mutex<Controller>>,
    sights: UnboundedSender<Sight>,
    filters: Vec<SubscribeFilter>,
}

impl Pump {
    fn subscribe(&self) {
        let _ = self.client.try_subscribe_many(self.filters.iter().cloned());
    }

    async fn run(self, mut events: EventLoop) {
        loop {
            match events.poll().await {
                Ok(Event::Incoming(Packet::Publish(message))) => {
                    let answered = {
                        let mut controller = self.controller.lock().unwrap_or_else(PoisonError::into_inner);
                        controller.receive(now_ms(), &message.topic, &message.payload)
                    };
                    let (answers, sight) = answered;
                    answers.into_iter().for_each(|answer| publish(&self.client, answer));
                    if let Some(sight) = sight {
                        let _ = self.sights.send(sight);
                    }
                }
                Ok(Event::Incoming(Packet::ConnAck(_))) => {
                    // Sessions are clean: the broker knows no subscription.
                    self.subscribe();
                    let _ = self.sights.send(Sight::Connected);
                }
                Ok(Event::Outgoing(rumqttc::Outgoing::Disconnect)) | Err(ConnectionError::RequestsDone) => return,
                Ok(_) => {}
                Err(error) => {
                    let _ = self.sights.send(Sight::Lost(error.to_string()));
                    sleep(PAUSE).await;
                }
            }
        }
    }
}
