//! The network firmware's body, the same on every board: read who we are, connect, stay alive.

use core::fmt::Write;

use embassy_executor::Spawner;
use embassy_futures::select::{Either, select};
use embassy_time::{Duration, Instant, Ticker};
use sandgrain_provision::Provisioning;
use static_cell::StaticCell;

use crate::mqtt::{self, Backoff, Client, Identity, Link, QoS};
use crate::{boots, chip, executor, net};

/// Time between heartbeats.
pub const HEARTBEAT: Duration = Duration::from_millis(25);

/// Exit codes, beside a panic's 101.
const EXIT_NOT_PROVISIONED: i32 = 3;
const EXIT_NO_NETWORK: i32 = 4;

/// `sg/v1/{device}/heartbeat` and its like: a device id has at most 64 bytes.
type Topic = heapless::String<96>;

/// Runs the network firmware. A board's `device` binary calls it and nothing else.
pub fn run() -> ! {
    chip::init();
    executor::run(|spawner| {
        if let Ok(task) = device(spawner) {
            spawner.spawn(task);
        }
    })
}

#[embassy_executor::task]
async fn device(spawner: Spawner) -> ! {
    defmt::info!(
        "{=str}, warm boot {=u32}",
        chip::NAME,
        boots::since_power_on()
    );
    let provisioning = match Provisioning::parse(chip::provisioning_page()) {
        Ok(provisioning) => provisioning,
        Err(error) => {
            defmt::error!("{}", defmt::Display2Format(&error));
            crate::exit(EXIT_NOT_PROVISIONED)
        }
    };
    let stack = match net::start(spawner, provisioning.device_id) {
        Ok(stack) => stack,
        Err(error) => {
            defmt::error!("no network device: {}", defmt::Debug2Format(&error));
            crate::exit(EXIT_NO_NETWORK)
        }
    };
    let status = topic(&provisioning, "status");
    static STORAGE: StaticCell<mqtt::Storage> = StaticCell::new();
    let identity = Identity {
        address: provisioning.broker.address,
        port: provisioning.broker.port,
        client_id: provisioning.device_id,
        user: provisioning.user,
        password: provisioning.password,
        will_topic: &status,
        will: br#"{"event":"offline"}"#,
    };
    static WILL_TOPIC_TOO_LONG: &str = "a topic of a valid device id fits";
    let Ok(mut client) = Client::new(stack, STORAGE.init_with(mqtt::Storage::new), &identity)
    else {
        panic!("{WILL_TOPIC_TOO_LONG}")
    };
    let mut heart = Heart::new(topic(&provisioning, "heartbeat"));
    let mut backoff = Backoff::new();
    loop {
        let error = match client.connect().await {
            Ok(link) => {
                backoff.reset();
                session(link, &provisioning, &status, &mut heart).await
            }
            Err(error) => error,
        };
        defmt::warn!("broker: {}", error);
        backoff.wait().await;
    }
}

/// One connection's life; returns why it ended.
async fn session(
    mut link: Link<'_, '_>,
    provisioning: &Provisioning<'_>,
    status: &str,
    heart: &mut Heart,
) -> mqtt::Error {
    let chunk = topic(provisioning, "chunk");
    if let Err(error) = link.subscribe(&[&chunk]).await {
        return error;
    }
    if let Err(error) = link
        .publish(status, br#"{"event":"online"}"#, QoS::AtLeastOnce)
        .await
    {
        return error;
    }
    defmt::info!("online as {=str}", provisioning.device_id);
    let mut beat = Ticker::every(HEARTBEAT);
    loop {
        let done = match select(link.next(), beat.next()).await {
            Either::First(Ok(message)) => {
                defmt::info!(
                    "{=str}: {=usize} bytes",
                    message.topic,
                    message.payload.len()
                );
                Ok(())
            }
            Either::First(Err(error)) => Err(error),
            Either::Second(()) => heart.beat(&mut link).await,
        };
        match done {
            Err(error) if !error.link_survives() => return error,
            _ => {}
        }
    }
}

/// `sg/v1/{device}/{leaf}`
fn topic(provisioning: &Provisioning<'_>, leaf: &str) -> Topic {
    let mut topic = Topic::new();
    // A device id of at most 64 bytes always fits; were it otherwise, the topic would be cut, not the device stopped.
    let _ = write!(topic, "sg/v1/{}/{leaf}", provisioning.device_id);
    topic
}

/// Sends heartbeats and numbers them; a number is used up only by a heartbeat that was sent.
struct Heart {
    topic: Topic,
    seq: u32,
}

impl Heart {
    fn new(topic: Topic) -> Self {
        Self { topic, seq: 0 }
    }

    async fn beat(&mut self, link: &mut Link<'_, '_>) -> Result<(), mqtt::Error> {
        let mut text = heapless::String::<96>::new();
        let uptime = Instant::now().as_millis();
        // Two numbers of at most 10 and 20 digits fit.
        let _ = write!(
            text,
            r#"{{"seq":{},"uptime_ms":{uptime},"module":null}}"#,
            self.seq
        );
        link.publish(&self.topic, text.as_bytes(), QoS::AtMostOnce)
            .await?;
        self.seq = self.seq.wrapping_add(1);
        Ok(())
    }
}
