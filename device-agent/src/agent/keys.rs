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
        let answer = Status { digest: Some(wanted.digest()), ..Status::new(StatusEvent::Rotated) };
        if self.keys == Some(wanted) {
            self.status(answer, out);
            return true;
        }
        if !matches!(self.phase, Phase::Idle | Phase::AwaitManifest(_) | Phase::Downloading | Phase::Paused { .. }) {
            return true;
        }
        let trust = self.trust();
        match KeySet::rotate(record, self.keys.map_or(0, |set| set.epoch), trust.keys) {
            Ok(keys) => {
                self.abandon();
                self.phase = Phase::Rotating(keys);
                out.act(Action::Store(StoreOp::Rotate { keys }));
            }
            Err(error) => {
                self.status(Status { event: StatusEvent::Refused, why: Some(error.reason()), ..answer }, out);
            }
        }
        true
    }

    pub(super) fn rotated(&mut self, now: u64, keys: KeySet, out: &mut dyn Actions) {
        self.keys = Some(keys);
        // What nobody trusted had signed, somebody may have by now.
        self.refused = None;
        self.status(Status { digest: Some(keys.digest()), ..Status::new(StatusEvent::Rotated) }, out);
        self.abandon();
        self.reconsider(now, out);
    }
}
