//! A client of the broker that does what it likes.

use rumqttc::{AsyncClient, ConnectionError, Event, EventLoop, LastWill, Packet, QoS};
use sandgrain_mqtt::TlsFiles;
use tokio::time::timeout;

use crate::rig::LIMIT;

pub struct Client {
    client: AsyncClient,
    events: EventLoop,
    /// Topics and payloads that came, in order.
    pub heard: Vec<(String, Vec<u8>)>,
}

impl Client {
    /// Connects with this client identifier.
    ///
    /// # Errors
    /// What TLS or the broker say.
    pub async fn connect(id: &str, url: &str, files: &TlsFiles, will: Option<LastWill>) -> Result<Client, String> {
        let mut options = sandgrain_mqtt::client(id, &url.parse()?, files).unwrap();
        options.set_max_packet_size(1 << 20, 1 << 20);
        if let Some(will) = will {
            options.set_last_will(will);
        }
        let (client, events) = AsyncClient::new(options, 100);
        let mut client = Client { client, events, heard: Vec::new() };
        let connected = client.until(|packet| matches!(packet, Packet::ConnAck(_))).await;
        connected.map(|()| client).map_err(|error| format!("{error:?}"))
    }

    async fn until(&mut self, found: impl Fn(&Packet) -> bool) -> Result<(), ConnectionError> {
        let search = async {
            loop {
                if let Event::Incoming(packet) = self.events.poll().await? {
                    if let Packet::Publish(message) = &packet {
                        self.heard.push((message.topic.clone(), message.payload.to_vec()));
                    }
                    if found(&packet) {
                        return Ok(());
                    }
                }
            }
        };
        timeout(LIMIT, search).await.expect("the broker does not answer")
    }

    pub async fn subscribe(&mut self, filter: &str) {
        self.client.subscribe(filter, QoS::AtLeastOnce).await.unwrap();
        self.until(|packet| matches!(packet, Packet::SubAck(_))).await.unwrap();
    }

    /// Publishes and waits for the broker to have taken it, which it says of what it drops too.
    pub async fn publish(&mut self, topic: &str, payload: &[u8]) {
        self.client.publish(topic, QoS::AtLeastOnce, false, payload).await.unwrap();
        self.until(|packet| matches!(packet, Packet::PubAck(_))).await.unwrap();
    }

    /// Waits for a message, unless it has come.
    pub async fn until_heard(&mut self, topic: &str) {
        if !self.heard.iter().any(|(heard, _)| heard == topic) {
            self.until(|packet| matches!(packet, Packet::Publish(message) if message.topic == topic)).await.unwrap();
        }
    }
}
