//! One MQTT 5 connection to the broker: minimq over a TCP socket, in the caller's buffers.
//!
//! [`Client`] lives as long as the device and is connected again and again; [`Link`] is one connection. Any error but
//! [`Error::Busy`] and [`Error::TooLarge`] ends the link: drop it, wait ([`Backoff`]), connect again, subscribe again
//! (sessions are clean).

use embassy_net::tcp::TcpSocket;
use embassy_net::{Ipv4Address, Stack};
use embassy_time::{Duration, Timer, with_timeout};
use embedded_io_async::{ErrorType, Read, Write};
use minimq::{Buffers, ConfigBuilder, Connection, Publication, Session, SubscriptionOptions, TopicFilter};

pub use minimq::QoS;

/// Largest packet that can come in: a chunk of 4 KiB with its digest, index, topic and properties.
pub const MAX_INBOUND: usize = 5 * 1024;
/// Room for outgoing packets, those of QoS 1 until they are acknowledged.
pub const OUTBOUND: usize = 3 * 1024;
/// Topic filters in one `subscribe`.
pub const MAX_FILTERS: usize = 8;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const KEEP_ALIVE_SECONDS: u16 = 10;
/// How long the peer may leave sent data unacknowledged.
const TCP_TIMEOUT: Duration = Duration::from_secs(10);

/// Why an operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, defmt::Format)]
pub enum Error {
    /// No address from DHCP, or no TCP connection, within the time: no network, no broker, wrong address.
    Unreachable,
    /// The broker does not answer the MQTT handshake, or refuses it (credentials, protocol version).
    Refused,
    /// The connection ended, or the peer broke the protocol.
    Lost,
    /// Too many unacknowledged messages: call [`Link::next`], then try again. The link stays up.
    Busy,
    /// The message does not fit [`OUTBOUND`], or the broker's limit. The link stays up.
    TooLarge,
    /// More filters than [`MAX_FILTERS`], or a malformed topic. The link stays up.
    Invalid,
}

impl Error {
    /// Whether the link can be used on.
    pub fn link_survives(self) -> bool {
        matches!(self, Error::Busy | Error::TooLarge | Error::Invalid)
    }
}

impl<E> From<minimq::Error<E>> for Error {
    fn from(error: minimq::Error<E>) -> Self {
        use minimq::{Error as E, ResourceError};
        match error {
            E::NotReady | E::Resource(ResourceError::InflightExhausted) => Error::Busy,
            E::Resource(_) => Error::TooLarge,
            E::InvalidRequest => Error::Invalid,
            _ => Error::Lost,
        }
    }
}

/// Whom to connect to, and as whom.
pub struct Identity<'a> {
    /// Broker's address.
    pub address: [u8; 4],
    /// Broker's TCP port.
    pub port: u16,
    /// MQTT client id, at most 64 bytes.
    pub client_id: &'a str,
    /// User name; empty = no credentials.
    pub user: &'a str,
    /// Password.
    pub password: &'a str,
    /// Topic of the last will, at most 128 bytes.
    pub will_topic: &'a str,
    /// What the broker publishes there, with QoS 1 and retained, when the link is lost.
    pub will: &'a [u8],
}

/// A client's buffers.
pub struct Storage {
    tcp_inbound: [u8; 4 * 1024],
    tcp_outbound: [u8; 2 * 1024],
    mqtt_inbound: [u8; MAX_INBOUND],
    mqtt_outbound: [u8; OUTBOUND],
}

impl Storage {
    /// Empty buffers.
    pub const fn new() -> Self {
        Self { tcp_inbound: [0; _], tcp_outbound: [0; _], mqtt_inbound: [0; _], mqtt_outbound: [0; _] }
    }
}

impl Default for Storage {
    fn default() -> Self {
        Self::new()
    }
}

/// The device's end of MQTT, connected or not.
pub struct Client<'a> {
    stack: Stack<'a>,
    broker: (Ipv4Address, u16),
    session: Session<'a>,
    tcp_inbound: &'a mut [u8],
    tcp_outbound: &'a mut [u8],
}

impl<'a> Client<'a> {
    /// Prepares a client; nothing is sent yet. [`Error::Invalid`] when an identity's text is too long.
    pub fn new(stack: Stack<'a>, storage: &'a mut Storage, identity: &Identity<'a>) -> Result<Self, Error> {
        let invalid = |_| Error::Invalid;
        let buffers = Buffers::new(&mut storage.mqtt_inbound, &mut storage.mqtt_outbound);
        let will = minimq::Will::new(identity.will_topic, identity.will, &[]).map_err(invalid)?;
        let will = will.qos(QoS::AtLeastOnce).retained();
        let mut config = ConfigBuilder::new(buffers)
            .client_id(identity.client_id)
            .and_then(|config| config.will(will))
            .map_err(invalid)?
            .keepalive_interval(KEEP_ALIVE_SECONDS);
        if !identity.user.is_empty() {
            config = config.auth(identity.user, identity.password.as_bytes()).map_err(invalid)?;
        }
        Ok(Self {
            stack,
            broker: (Ipv4Address::from(identity.address), identity.port),
            session: Session::new(config),
            tcp_inbound: &mut storage.tcp_inbound,
            tcp_outbound: &mut storage.tcp_outbound,
        })
    }

    /// Connects, within three times `CONNECT_TIMEOUT`.
    pub async fn connect(&mut self) -> Result<Link<'_, 'a>, Error> {
        with_timeout(CONNECT_TIMEOUT, self.stack.wait_config_up()).await.map_err(|_| Error::Unreachable)?;
        let mut socket = TcpSocket::new(self.stack, self.tcp_inbound, self.tcp_outbound);
        socket.set_timeout(Some(TCP_TIMEOUT));
        socket.set_nagle_enabled(false); // small messages are the rule, and each has a deadline
        match with_timeout(CONNECT_TIMEOUT, socket.connect(self.broker)).await {
            Ok(Ok(())) => {}
            _ => return Err(Error::Unreachable),
        }
        let handshake = self.session.connect(Transport(socket));
        match with_timeout(CONNECT_TIMEOUT, handshake).await {
            Ok(Ok(connection)) => Ok(Link { connection }),
            _ => Err(Error::Refused),
        }
    }
}

/// A message from the broker, in the client's buffer until the next call.
pub struct Message<'a> {
    /// Its topic.
    pub topic: &'a str,
    /// Its payload.
    pub payload: &'a [u8],
}

/// One connection. Dropping it without [`Link::disconnect`] makes the broker publish the last will.
pub struct Link<'a, 'b> {
    connection: Connection<'a, 'b, Transport<'a>>,
}

impl Link<'_, '_> {
    /// Subscribes at QoS 1. A refusal by the broker ends the link in a later [`Link::next`].
    pub async fn subscribe(&mut self, filters: &[&str]) -> Result<(), Error> {
        let options = SubscriptionOptions::default().maximum_qos(QoS::AtLeastOnce);
        let mut list = heapless::Vec::<TopicFilter<'_>, MAX_FILTERS>::new();
        for filter in filters {
            list.push(TopicFilter::new(filter).options(options)).map_err(|_| Error::Invalid)?;
        }
        self.connection.subscribe(&list, &[]).await?;
        Ok(())
    }

    /// Publishes. Returns when the message is in the TCP socket's buffer; at QoS 1 it is kept until acknowledged.
    /// Await it to the end: a message cut short would end the link.
    pub async fn publish(&mut self, topic: &str, payload: &[u8], qos: QoS) -> Result<(), Error> {
        self.send(Publication::bytes(topic, payload).qos(qos)).await
    }

    /// As [`Link::publish`]; the broker keeps the message for those who subscribe later.
    pub async fn publish_retained(&mut self, topic: &str, payload: &[u8], qos: QoS) -> Result<(), Error> {
        self.send(Publication::bytes(topic, payload).qos(qos).retain()).await
    }

    async fn send(&mut self, publication: Publication<'_, &[u8]>) -> Result<(), Error> {
        match self.connection.publish(publication).await {
            Ok(_) => Ok(()),
            Err(minimq::PubError::Session(error)) => Err(error.into()),
            Err(minimq::PubError::Payload(())) => Err(Error::TooLarge),
        }
    }

    /// Waits for the next message, and keeps the connection alive meanwhile: call it whenever there is nothing else to
    /// do. May be dropped at any await without losing anything (`select` with it).
    pub async fn next(&mut self) -> Result<Message<'_>, Error> {
        let message = self.connection.recv().await?;
        Ok(Message { topic: message.topic(), payload: message.payload() })
    }

    /// Says goodbye; the last will is not published.
    pub async fn disconnect(mut self) -> Result<(), Error> {
        self.connection.disconnect().await?;
        Ok(())
    }
}

/// The pause between attempts: a quarter of a second, doubling up to eight.
pub struct Backoff(Duration);

impl Backoff {
    const SHORTEST: Duration = Duration::from_millis(250);
    const LONGEST: Duration = Duration::from_secs(8);

    /// Starts with the shortest pause.
    pub const fn new() -> Self {
        Self(Self::SHORTEST)
    }

    /// Starts over: call it when a connection was made.
    pub fn reset(&mut self) {
        *self = Self::new();
    }

    /// Waits; twice as long the next time.
    pub async fn wait(&mut self) {
        Timer::after(self.0).await;
        self.0 = (self.0 * 2).min(Self::LONGEST);
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}

/// A TCP socket as minimq wants it. The stack sends on its own, so `flush` has nothing to do; embassy-net's would wait
/// for the peer's acknowledgement, once a message.
struct Transport<'a>(TcpSocket<'a>);

impl ErrorType for Transport<'_> {
    type Error = embassy_net::tcp::Error;
}

impl Read for Transport<'_> {
    async fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Self::Error> {
        self.0.read(buffer).await
    }
}

impl Write for Transport<'_> {
    async fn write(&mut self, bytes: &[u8]) -> Result<usize, Self::Error> {
        self.0.write(bytes).await
    }

    async fn flush(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}
