//! What the agent says.

use sandgrain_artifact::Digest;

use super::{Action, Actions, Agent, Qos};
use crate::proto::{MAX_STATUS, Status, StatusEvent, Topic};

impl Agent<'_> {
    pub(super) fn publish(&self, topic: Topic<'_>, payload: &[u8], qos: Qos, out: &mut dyn Actions) {
        self.publish_with(topic, payload, qos, false, out);
    }

    pub(super) fn publish_with(&self, topic: Topic<'_>, payload: &[u8], qos: Qos, retain: bool, out: &mut dyn Actions) {
        if let Ok(topic) = self.config.address.topic(topic) {
            out.act(Action::Publish { topic: &topic, payload, qos, retain });
        }
    }

    pub(super) fn status(&self, status: Status<'_>, out: &mut dyn Actions) {
        let mut buffer = [0; MAX_STATUS];
        if let (true, Ok(payload)) = (self.online, status.encode(&mut buffer)) {
            let retain = status.event == StatusEvent::Online;
            self.publish_with(Topic::Status, payload, Qos::AtLeastOnce, retain, out);
        }
    }

    pub(super) fn job_status(&self, event: StatusEvent, why: Option<&str>, out: &mut dyn Actions) {
        let digest = self.job.as_ref().map(|job| job.digest);
        let progress = self.download.as_ref().map(|d| (d.done(), d.count));
        self.status(Status { digest, why, progress, ..Status::new(event) }, out);
    }

    pub(super) fn stalled(&self, why: &str, out: &mut dyn Actions) {
        self.status(Status { why: Some(why), ..Status::new(StatusEvent::Stalled) }, out);
    }

    pub(super) fn taken_back(&mut self, digest: Digest, why: &str, quarantine: bool, out: &mut dyn Actions) {
        let status = Status { digest: Some(digest), why: Some(why), ..Status::new(StatusEvent::Reverted) };
        self.status(status, out);
        if quarantine {
            self.status(Status { event: StatusEvent::Quarantined, why: None, ..status }, out);
        }
    }
}
