//! Whom the agent believes, and how that changes.

use sandgrain_artifact::KeySet;

use super::{Action, Actions, Agent, Phase, Status, StatusEvent, StoreOp};
use crate::verify::Trust;

impl Agent<'_> {
    /// What the device trusts now: the keys of the last rotation, else those that it was provisioned with.
    pub(super) fn trust(&self) -> Trust<'_> {
        let keys = self.keys.as_ref().map_or(self.config.trust.keys, |set| &set.keys);
        Trust { keys, ..self.config.trust }
    }

    /// Takes a rotation, and says what came of it. What the same keys are asked for again is answered as before: the
    /// answer may have been lost. Returns whether it is one at all.
    ///
    /// While the store works or a module is on trial nothing is said, and who wants it asks again. What is being installed
    /// begins anew, since its key may be one that is revoked: chunks that are there are kept.
    pub(super) fn rotation(&mut self, record: &[u8], out: &mut dyn Actions) -> bool {
        let Some(wanted) = KeySet::parse(record) else { return false };
        let epoch = self.keys.map_or(0, |set| set.epoch);
        let free =
            matches!(self.phase, Phase::Idle | Phase::AwaitManifest(_) | Phase::Downloading | Phase::Paused { .. });
        let why = if self.keys == Some(wanted) {
            None
        } else if free {
            match KeySet::rotate(record, epoch, self.trust().keys) {
                Ok(keys) => {
                    self.abandon();
                    (self.phase, self.next_keys) = (Phase::Rotating, Some(keys));
                    out.act(Action::Store(StoreOp::Rotate { keys: &keys }));
                    return true;
                }
                Err(error) => Some(error.reason()),
            }
        } else {
            return true;
        };
        self.answer(&wanted, why, out);
        true
    }

    /// Says that these are trusted, or why they are not.
    #[inline(never)]
    fn answer(&self, set: &KeySet, why: Option<&str>, out: &mut dyn Actions) {
        let event = if why.is_some() { StatusEvent::Refused } else { StatusEvent::Rotated };
        self.status(Status { digest: Some(set.digest()), why, ..Status::new(event) }, out);
    }

    pub(super) fn rotated(&mut self, now: u64, out: &mut dyn Actions) {
        self.keys = self.next_keys.take();
        // What nobody trusted had signed, somebody may have by now.
        self.refused = None;
        if let Some(set) = &self.keys {
            self.answer(set, None, out);
        }
        self.abandon();
        self.reconsider(now, out);
    }
}
