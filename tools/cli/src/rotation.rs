//! Delivering a rotation of keys: said to each device until it has answered.

use std::time::Duration;

use sandgrain_agent::proto::StatusEvent;
use sandgrain_artifact::KeySet;
use tokio::time::Instant;

use crate::controller::{Deed, Session, Sight};
use crate::deploy::{Audience, Line};
use crate::failure::{Exit, Failure, Result};

/// How long a device has to answer before it is told again: it does not while something is on trial.
const AGAIN: Duration = Duration::from_secs(2);

/// Has these devices go over to the keys that this record names, and waits until all of them have said that they trust
/// them, for `limit` at most.
///
/// # Errors
/// [`Exit::Refused`](crate::Exit::Refused) if it is no rotation, or a device refuses it: with its reason;
/// [`Exit::TimedOut`](crate::Exit::TimedOut) if one has not answered.
pub async fn rotate(
    session: &mut Session,
    record: &[u8],
    devices: &[String],
    limit: Option<Duration>,
    audience: &mut dyn Audience,
) -> Result<()> {
    let set = KeySet::parse(record).ok_or_else(|| Failure::refused("not a rotation of keys: another length"))?;
    let deadline = limit.map(|limit| Instant::now() + limit);
    let mut waiting: Vec<&String> = devices.iter().collect();
    let mut again = Instant::now();
    while !waiting.is_empty() {
        if Instant::now() >= again {
            waiting.iter().try_for_each(|device| session.send_keys(device, record))?;
            again = Instant::now() + AGAIN;
        }
        let Some(sight) = session.next(deadline.map_or(again, |deadline| again.min(deadline))).await? else {
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                let names: Vec<&str> = waiting.iter().map(|name| name.as_str()).collect();
                return Err(Failure::new(
                    Exit::TimedOut,
                    format_args!("no answer to the rotation from {}", names.join(", ")),
                ));
            }
            continue;
        };
        audience.sight(&sight);
        let Sight::Device { device, what: Deed::Status(report) } = &sight else { continue };
        if report.digest.is_none_or(|digest| digest.0 != set.digest().0) {
            continue;
        }
        match report.event {
            StatusEvent::Rotated if waiting.contains(&device) => {
                waiting.retain(|name| *name != device);
                let text = format!("trusts the keys of epoch {}", set.epoch);
                audience.line(device, &Line { text, passing: false });
            }
            StatusEvent::Refused if waiting.contains(&device) => {
                let why = match report.why.as_deref() {
                    Some("signature") => "signature: it does not trust the key that signed the rotation",
                    Some("epoch") => "epoch: it is at that epoch or a later one, or too far behind",
                    Some(why) => why,
                    None => "without a reason",
                };
                return Err(Failure::refused(why).about(format_args!("{device}: the rotation")));
            }
            _ => {}
        }
    }
    Ok(())
}
