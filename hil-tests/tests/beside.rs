//! What goes on beside a guest that computes: its device's heart beats, in time.
//!
//! The device's clock counts instructions, so the gaps do not depend on how busy this computer is.

use std::time::Duration;

use sandgrain_agent::proto::StatusEvent;
use sandgrain_cli::controller::{Deed, Report, Sight};
use sandgrain_cli::deploy::{Audience, Line};
use sandgrain_hil_tests::bench::guest;
use sandgrain_hil_tests::site::{Site, runtime};

/// The longest that a heart may stop, in ms of the device's time. It beats every 25 ms.
const LONGEST_GAP_MS: u64 = 50;
/// How long the guest computes, in ms of the device's time: less than it says would mean that it was not computing.
const BUSY_MS: u64 = 10_000;
/// Emulating ten seconds, instruction by instruction, takes longer than that.
const LIMIT: Duration = Duration::from_secs(400);

/// Heartbeats between the start of the guest and its confirmation, which comes when it has computed.
#[derive(Default)]
struct Pulse {
    started: bool,
    confirmed: bool,
    beats: Vec<(u32, u64)>,
}

impl Audience for Pulse {
    fn line(&mut self, _: &str, _: &Line) {}

    fn sight(&mut self, sight: &Sight) {
        let Sight::Device { what, .. } = sight else { return };
        match what {
            Deed::Status(Report { event: StatusEvent::Started, .. }) => self.started = true,
            Deed::Status(Report { event: StatusEvent::Confirmed, .. }) => self.confirmed = true,
            Deed::Heartbeat { seq, uptime_ms, .. } if self.started && !self.confirmed => {
                self.beats.push((*seq, *uptime_ms));
            }
            _ => {}
        }
    }
}

async fn pulse_beside_a_computing_guest(board: &str) -> Option<Pulse> {
    let mut site = Site::with(board).await?.counting_instructions();
    let wasm = guest("spin")?;
    let mut pulse = Pulse::default();
    site.power_on();
    site.deploy(wasm, LIMIT, &mut pulse).await;
    Some(pulse)
}

fn beats_on(board: &str) {
    let Some(pulse) = runtime().block_on(pulse_beside_a_computing_guest(board)) else { return };
    let span = pulse.beats.last().unwrap().1 - pulse.beats[0].1;
    let gaps = pulse.beats.windows(2).map(|pair| pair[1].1 - pair[0].1);
    let missing: u32 = pulse.beats.windows(2).map(|pair| pair[1].0 - pair[0].0 - 1).sum();
    let largest = gaps.max().unwrap();
    println!(
        "{board}: {} heartbeats in {span} ms beside a computing guest, largest gap {largest} ms",
        pulse.beats.len()
    );
    assert!(span >= BUSY_MS - 2 * LONGEST_GAP_MS, "{board}: the guest computed for {span} ms only");
    assert_eq!(missing, 0, "{board}");
    assert!(largest <= LONGEST_GAP_MS, "{board}: the heart stopped for {largest} ms");
}

#[test]
fn the_heart_beats_on_beside_a_computing_guest_on_an386() {
    beats_on("qemu-mps2-an386");
}

#[test]
fn the_heart_beats_on_beside_a_computing_guest_on_riscv32_virt() {
    beats_on("qemu-riscv32-virt");
}
