//! Feeds the agent: messages, time, and what happens to the module.

use core::future::pending;

use embassy_futures::select::{Either, Either4, select, select4};
use embassy_futures::yield_now;
use embassy_net::Stack;
use embassy_time::{Duration, Instant, Timer};
use sandgrain_agent::agent::{Agent, Event, Qos};
use sandgrain_agent::proto::{Address, Topic};
use sandgrain_provision::Provisioning;
use static_cell::StaticCell;

use super::hands::Hands;
use super::module::{self, Data, ModuleEvent};
use crate::mqtt::{self, Backoff, Client, Identity, Link, QoS};

/// What the broker says of a device that it has lost.
const LAST_WILL: &[u8] = br#"{"event":"offline"}"#;
/// Pause before a message that the client had no room for is tried again.
const RETRY: Duration = Duration::from_millis(5);

/// Agent and hands together: everything that is left is to tell them what happens.
struct Shell<'a> {
    agent: Agent<'static>,
    hands: &'a mut Hands,
}

impl Shell<'_> {
    /// Steps the agent, then again with each answer to what it asked for, until one comes after which others may run.
    fn step(&mut self, event: Event<'_>) {
        let now = Instant::now().as_millis();
        self.agent.step(now, event, self.hands);
        while let Some(answer) = self.hands.next_answer() {
            self.agent.step(now, answer, self.hands);
            if self.hands.pauses() {
                return;
            }
        }
    }

    /// Whether an answer waits until others have run.
    async fn go_on(&mut self) -> bool {
        if !self.hands.pauses() {
            return false;
        }
        yield_now().await;
        if let Some(answer) = self.hands.next_answer() {
            self.step(answer);
        }
        true
    }

    fn module(&mut self, event: ModuleEvent) {
        match event {
            ModuleEvent::Healthy { slot } => self.step(Event::ModuleHealthy { slot }),
            ModuleEvent::Trapped { slot, kind, offset, stack } => {
                self.step(Event::ModuleTrapped { slot, kind, offset, stack: &stack });
            }
            ModuleEvent::Failed { slot, why } => self.step(Event::ModuleFailed { slot, why }),
        }
    }

    /// Without a broker: timers and the module go on. Never returns.
    async fn offline(&mut self) -> ! {
        loop {
            if self.go_on().await {
                continue;
            }
            match select(module::EVENTS.receive(), due(self.hands.timer)).await {
                Either::First(event) => self.module(event),
                Either::Second(()) => self.step(Event::Tick),
            }
            // What was said to nobody is said again after the next connection.
            self.hands.outbox.clear();
        }
    }
}

/// Connects, again and again, and lives.
pub async fn run(
    stack: Stack<'static>,
    provisioning: &Provisioning<'static>,
    agent: Agent<'static>,
    hands: &mut Hands,
) -> ! {
    static STORAGE: StaticCell<mqtt::Storage> = StaticCell::new();
    let address = Address { namespace: Some(provisioning.namespace), device: provisioning.device_id };
    let status = address.topic(Topic::Status).unwrap_or_default();
    let identity = Identity {
        address: provisioning.broker.address,
        port: provisioning.broker.port,
        client_id: provisioning.device_id,
        user: provisioning.user,
        password: provisioning.password,
        will_topic: &status,
        will: LAST_WILL,
    };
    let mut shell = Shell { agent, hands };
    shell.step(Event::Boot);
    let mut client = match Client::new(stack, STORAGE.init_with(mqtt::Storage::new), &identity) {
        Ok(client) => client,
        Err(error) => {
            // Provisioning limits what it takes to less than the client does.
            defmt::error!("broker: {}; going on without", error);
            shell.offline().await
        }
    };
    let mut backoff = Backoff::new();
    loop {
        let connected = match select(client.connect(), shell.offline()).await {
            Either::First(connected) => connected,
            Either::Second(never) => never,
        };
        let error = match connected {
            Ok(link) => {
                backoff.reset();
                let error = connection(link, &address, &mut shell).await;
                shell.step(Event::Disconnected);
                error
            }
            Err(error) => error,
        };
        defmt::warn!("broker: {}", error);
        if let Either::Second(never) = select(backoff.wait(), shell.offline()).await {
            never
        }
    }
}

/// One connection's life; returns why it ended.
async fn connection(mut link: Link<'_, '_>, address: &Address<'_>, shell: &mut Shell<'_>) -> mqtt::Error {
    shell.hands.filters.clear();
    shell.hands.outbox.clear();
    shell.step(Event::Connected);
    if let Err(error) = subscribe(&mut link, shell.hands).await {
        return error;
    }
    defmt::info!("online as {=str}", address.device);
    loop {
        if shell.go_on().await {
            continue;
        }
        let waits = match flush(&mut link, shell.hands).await {
            Ok(waits) => waits,
            Err(error) => return error,
        };
        let timer = async {
            let due = due(shell.hands.timer);
            if waits {
                select(due, Timer::after(RETRY)).await.is_first()
            } else {
                due.await;
                true
            }
        };
        let received = module::EVENTS.receive();
        match select4(link.next(), received, module::DATA.receive(), timer).await {
            Either4::First(Ok(message)) => {
                shell.step(Event::Message { topic: message.topic, payload: message.payload });
            }
            Either4::First(Err(error)) if !error.link_survives() => return error,
            Either4::First(Err(error)) => defmt::warn!("broker: {}", error),
            Either4::Second(event) => shell.module(event),
            Either4::Third(data) => {
                if let Err(error) = publish_data(&mut link, address, &data).await
                    && !error.link_survives()
                {
                    return error;
                }
            }
            Either4::Fourth(true) => shell.step(Event::Tick),
            Either4::Fourth(false) => {}
        }
    }
}

async fn subscribe(link: &mut Link<'_, '_>, hands: &Hands) -> Result<(), mqtt::Error> {
    let filters: heapless::Vec<&str, { mqtt::MAX_FILTERS }> = hands.filters.iter().map(|f| f.as_str()).collect();
    link.subscribe(&filters).await
}

/// Sends what the agent has to say. Returns whether something has to wait for acknowledgements.
async fn flush(link: &mut Link<'_, '_>, hands: &mut Hands) -> Result<bool, mqtt::Error> {
    while let Some(message) = hands.outbox.front() {
        let qos = match message.qos {
            Qos::AtMostOnce => QoS::AtMostOnce,
            Qos::AtLeastOnce => QoS::AtLeastOnce,
        };
        let sent = match message.retain {
            true => link.publish_retained(&message.topic, &message.payload, qos).await,
            false => link.publish(&message.topic, &message.payload, qos).await,
        };
        match sent {
            Err(mqtt::Error::Busy) => return Ok(true),
            Err(error) if !error.link_survives() => return Err(error),
            Err(error) => defmt::warn!("{=str} was not sent: {}", message.topic, error),
            Ok(()) => {}
        }
        hands.outbox.pop_front();
    }
    Ok(false)
}

async fn publish_data(link: &mut Link<'_, '_>, address: &Address<'_>, data: &Data) -> Result<(), mqtt::Error> {
    let topic = address.topic(Topic::Data(&data.topic)).map_err(|_| mqtt::Error::Invalid)?;
    link.publish(&topic, &data.payload, QoS::AtMostOnce).await
}

/// Waits until a time in ms.
async fn due(at_ms: Option<u64>) {
    match at_ms {
        Some(at) => Timer::at(Instant::from_millis(at)).await,
        None => pending().await,
    }
}
