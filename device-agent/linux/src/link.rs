//! The connection to the broker: made again whenever it is lost, and nothing sent without one.

use std::error::Error;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use rumqttc::{AsyncClient, ConnectionError, Event, EventLoop, LastWill, MqttOptions, Packet, Publish, QoS};
use sandgrain_agent::agent::Qos;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::log;

/// What the broker says of a device that it has lost, and the device when it goes.
const OFFLINE: &[u8] = br#"{"event":"offline"}"#;
/// Largest packet in bytes that is taken. Agent and protocol need some 5 KiB; a larger message is the agent's to refuse,
/// one beyond this ends the connection.
const MAX_PACKET: usize = 1 << 20;
/// The broker takes the device for lost after half as much again.
const KEEP_ALIVE: Duration = Duration::from_secs(30);
/// Messages that wait for the connection; the newest are dropped: the agent says again what matters.
const QUEUE: usize = 256;
/// Messages that wait for the agent; the broker has to wait after that.
const BACKLOG: usize = 64;
/// Pauses between attempts to connect: twice as long each time, with a random part for fleets that have lost one broker.
const PAUSE: Duration = Duration::from_millis(500);
const MAX_PAUSE: Duration = Duration::from_secs(60);
/// How long saying goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// What the connection brings.
#[derive(Debug)]
pub enum Incoming {
    /// It stands; nothing is subscribed.
    Connected,
    /// It is gone, or could not be made: why.
    Lost(String),
    /// A message.
    Message(Publish),
}

/// A connection that is made, and made again, until this is dropped.
pub struct Link {
    client: AsyncClient,
    status: String,
    incoming: mpsc::Receiver<Incoming>,
    task: JoinHandle<()>,
}

impl Link {
    /// Begins to connect. `status` is the topic of the device's last will.
    pub fn new(mut options: MqttOptions, status: &str) -> Link {
        let will = LastWill::new(status, OFFLINE, QoS::AtLeastOnce, true);
        options.set_max_packet_size(MAX_PACKET, MAX_PACKET).set_keep_alive(KEEP_ALIVE).set_last_will(will);
        let (client, events) = AsyncClient::new(options, QUEUE);
        let (sender, incoming) = mpsc::channel(BACKLOG);
        // In a task of its own, so that whatever else happens does not make it begin anew.
        let task = tokio::spawn(pump(events, sender));
        Link { client, status: status.to_owned(), incoming, task }
    }

    /// What comes next. Cancelled, it loses nothing.
    pub async fn next(&mut self) -> Incoming {
        match self.incoming.recv().await {
            Some(incoming) => incoming,
            None => std::future::pending().await,
        }
    }

    /// Subscribes at QoS 1.
    pub fn subscribe(&self, filter: &str) {
        if self.client.try_subscribe(filter, QoS::AtLeastOnce).is_err() {
            log::warning(format_args!("no room to subscribe to {filter}"));
        }
    }

    /// Publishes, or drops what there is no room for.
    pub fn publish(&self, topic: &str, payload: &[u8], qos: Qos, retain: bool) {
        let qos = match qos {
            Qos::AtMostOnce => QoS::AtMostOnce,
            Qos::AtLeastOnce => QoS::AtLeastOnce,
        };
        if self.client.try_publish(topic, qos, retain, payload).is_err() {
            log::warning(format_args!("no room to send to {topic}"));
        }
    }

    /// Says that the device goes, and disconnects. A broker that is left like this publishes no last will.
    pub async fn close(mut self) {
        // The pump waits while nobody listens.
        self.incoming.close();
        self.publish(&self.status, OFFLINE, Qos::AtLeastOnce, true);
        if self.client.try_disconnect().is_ok() {
            let _ = timeout(GOODBYE, &mut self.task).await;
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pump(mut events: EventLoop, incoming: mpsc::Sender<Incoming>) {
    let mut pause = PAUSE;
    loop {
        let next = match events.poll().await {
            Ok(Event::Incoming(Packet::Publish(message))) => Incoming::Message(message),
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                pause = PAUSE;
                Incoming::Connected
            }
            Ok(Event::Outgoing(rumqttc::Outgoing::Disconnect)) | Err(ConnectionError::RequestsDone) => return,
            Ok(_) => continue,
            Err(error) => Incoming::Lost(with_causes(&error)),
        };
        let lost = matches!(next, Incoming::Lost(_));
        // Who is saying goodbye does not listen.
        if incoming.send(next).await.is_err() && lost {
            return;
        }
        if lost {
            // A hasher's key is the standard library's source of randomness.
            let random = RandomState::new().hash_one(()) % (pause.as_millis() as u64 / 2).max(1);
            sleep(pause / 2 + Duration::from_millis(random)).await;
            pause = (pause * 2).min(MAX_PAUSE);
        }
    }
}

/// An error's text and those of its causes that say more.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}
