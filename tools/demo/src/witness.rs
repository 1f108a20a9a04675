//! What was seen of each device. Everything here comes from messages; nothing is assumed.

use std::collections::BTreeMap;
use std::time::Instant;

use sandgrain_agent::proto::StatusEvent;
use sandgrain_cli::controller::{Deed, Report, Sight};
use sandgrain_cli::deploy::{Audience, Line};

/// What was seen of one device.
#[derive(Debug, Default)]
pub struct Seen {
    /// What it said it is.
    pub target: Option<String>,
    /// Every status, in order.
    pub reports: Vec<Report>,
    /// Readings of its module, in order.
    pub readings: Vec<String>,
    /// `name@version` of the last heartbeat.
    pub module: Option<String>,
    /// Heartbeats received.
    pub beats: u32,
    /// Sequence numbers that never came.
    pub missing: u32,
    /// Largest time between two heartbeats, by the device's own clock, in ms.
    pub largest_gap_ms: u64,
    /// Times that its clock went back: it was reset.
    pub resets: u32,
    last: Option<(u32, u64)>,
}

impl Seen {
    fn beat(&mut self, seq: u32, uptime_ms: u64) {
        if let Some((last_seq, last_ms)) = self.last {
            if uptime_ms < last_ms {
                self.resets += 1;
            } else {
                self.missing += seq.wrapping_sub(last_seq).wrapping_sub(1);
                self.largest_gap_ms = self.largest_gap_ms.max(uptime_ms - last_ms);
            }
        }
        self.beats += 1;
        self.last = Some((seq, uptime_ms));
    }

    /// How often an event was reported.
    pub fn count(&self, event: StatusEvent) -> usize {
        self.reports.iter().filter(|report| report.event == event).count()
    }
}

/// Sees everything, and says aloud what people want to hear.
pub struct Witness {
    /// By device.
    pub seen: BTreeMap<String, Seen>,
    begun: Instant,
    readings_to_show: u32,
}

impl Witness {
    /// Has seen nothing.
    pub fn new(devices: impl Iterator<Item = String>) -> Witness {
        let seen = devices.map(|device| (device, Seen::default())).collect();
        Witness { seen, begun: Instant::now(), readings_to_show: 0 }
    }

    /// Shows so many of the readings that come from now on.
    pub fn show_readings(&mut self, count: u32) {
        self.readings_to_show = count;
    }

    /// Takes note.
    pub fn note(&mut self, sight: &Sight) {
        let Sight::Device { device, what } = sight else { return };
        let Some(seen) = self.seen.get_mut(device) else { return };
        match what {
            Deed::Status(report) => {
                if let Some(target) = &report.target {
                    seen.target = Some(target.clone());
                }
                seen.reports.push(report.clone());
            }
            Deed::Heartbeat { seq, uptime_ms, module } => {
                seen.beat(*seq, *uptime_ms);
                seen.module.clone_from(module);
            }
            Deed::Data { payload, .. } => {
                let reading = String::from_utf8_lossy(payload).into_owned();
                if self.readings_to_show > 0 {
                    self.readings_to_show -= 1;
                    self.say(device, &format!("reading {reading}"));
                }
                if let Some(seen) = self.seen.get_mut(device) {
                    seen.readings.push(reading);
                }
            }
            _ => {}
        }
    }

    /// Says something about a device.
    pub fn say(&self, device: &str, text: &str) {
        println!("  {:6.1} s  {device:<14} {text}", self.begun.elapsed().as_secs_f32());
    }

    /// How long it has been watching, in seconds.
    pub fn seconds(&self) -> f32 {
        self.begun.elapsed().as_secs_f32()
    }
}

impl Audience for Witness {
    fn line(&mut self, device: &str, line: &Line) {
        if !line.passing {
            self.say(device, &line.text);
        }
    }

    fn sight(&mut self, sight: &Sight) {
        self.note(sight);
    }
}
