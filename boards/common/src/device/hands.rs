//! Carries the agent's actions out: at once what concerns flash and module, queued what the network has to send.

use heapless::{Deque, String, Vec};
use sandgrain_agent::agent::{Action, Actions, Event, Qos};
use sandgrain_agent::proto::{MAX_STATUS, MAX_TOPIC};
use sandgrain_agent::slots::{SlotId, SlotStore, StoreReply};
use sandgrain_agent::twin::MAX_TWIN_REQUEST;

use super::module::{self, Command};
use crate::chip;

/// Messages that wait for the network. When it stalls, the newest are dropped: the agent says again what matters.
const OUTBOX: usize = 12;
/// Largest payload of the agent's, in bytes.
const MAX_PAYLOAD: usize = if MAX_TWIN_REQUEST > MAX_STATUS { MAX_TWIN_REQUEST } else { MAX_STATUS };

/// A message of the agent's.
pub struct Outgoing {
    pub topic: String<MAX_TOPIC>,
    pub payload: Vec<u8, MAX_PAYLOAD>,
    pub qos: Qos,
    pub retain: bool,
}

/// What the agent's actions act on.
pub struct Hands {
    store: SlotStore<chip::Flash>,
    /// To be published, in order.
    pub outbox: Deque<Outgoing, OUTBOX>,
    /// To be subscribed to.
    pub filters: Vec<String<MAX_TOPIC>, { crate::mqtt::MAX_FILTERS }>,
    /// When the agent wants its next tick, in ms.
    pub timer: Option<u64>,
    /// What the agent is to be told about what it asked for.
    answers: Deque<Answer, 4>,
}

/// Answers that come while the agent steps, and are given to it afterwards.
enum Answer {
    Store(StoreReply),
    NoImage(SlotId),
}

impl Hands {
    /// Nothing queued.
    pub fn new(store: SlotStore<chip::Flash>) -> Hands {
        Hands { store, outbox: Deque::new(), filters: Vec::new(), timer: None, answers: Deque::new() }
    }

    /// The next answer for the agent.
    pub fn next_answer(&mut self) -> Option<Event<'static>> {
        Some(match self.answers.pop_front()? {
            Answer::Store(reply) => Event::Store(reply),
            Answer::NoImage(slot) => Event::ModuleFailed { slot, why: "no-image" },
        })
    }

    /// Whether the next answer is that one sector of several is erased: the module may run before the next one is.
    pub fn pauses(&self) -> bool {
        matches!(self.answers.front(), Some(Answer::Store(StoreReply::Erasing { .. })))
    }

    fn answer(&mut self, answer: Answer) {
        // The agent asks for one store step at a time and starts one module, so there is room.
        if self.answers.push_back(answer).is_err() {
            defmt::error!("an answer for the agent was lost");
        }
    }

    fn publish(&mut self, topic: &str, payload: &[u8], qos: Qos, retain: bool) {
        let message = String::try_from(topic).ok().zip(Vec::from_slice(payload).ok());
        let queued = message
            .is_some_and(|(topic, payload)| self.outbox.push_back(Outgoing { topic, payload, qos, retain }).is_ok());
        if !queued {
            defmt::warn!("no room to send to {=str}", topic);
        }
    }

    fn start(&mut self, slot: SlotId) {
        let image = self.store.image(slot).and_then(|image| {
            let start = image.offset as usize;
            // SAFETY: the store erases and programs only the other slot and the journal while this one is in use, and
            // the module task, the slice's only reader, does not run while the store does: both are tasks of one
            // cooperative executor, and `apply` does not await. A `Stop` reaches it before it reads again.
            unsafe { self.store.flash().mapped_static(start..start + image.len as usize) }
        });
        match image {
            Some(image) => module::command(Command::Start { slot, image }),
            None => self.answer(Answer::NoImage(slot)),
        }
    }
}

impl Actions for Hands {
    fn act(&mut self, action: Action<'_>) {
        match action {
            Action::Subscribe { filter } => {
                let kept = String::try_from(filter).ok().is_some_and(|filter| self.filters.push(filter).is_ok());
                if !kept {
                    defmt::error!("no room for the subscription {=str}", filter);
                }
            }
            Action::Publish { topic, payload, qos, retain } => self.publish(topic, payload, qos, retain),
            Action::SetTimer { at_ms } => self.timer = at_ms,
            Action::Store(op) => {
                let reply = self.store.apply(op);
                if let StoreReply::Failed(fault) = reply {
                    defmt::warn!("store: {}", defmt::Debug2Format(&fault));
                }
                self.answer(Answer::Store(reply));
            }
            Action::StartModule { slot, trial } => {
                defmt::info!("start slot {}, trial {=bool}", defmt::Debug2Format(&slot), trial);
                self.start(slot);
            }
            Action::StopModule { slot } => {
                defmt::info!("stop slot {}", defmt::Debug2Format(&slot));
                module::command(Command::Stop);
            }
        }
    }
}
