//! The self-test firmware: drives clock, sensor and flash, resets the board once, and says by semihosting what it saw.
//! One line a check, `ok NAME …` or `FAILED NAME …`; exit code 0 if there were only the former.
//!
//! The last line tells what the flash held at power-on: `flash: blank`, or `flash: kept` after an earlier run, which a
//! second run on the same flash file must show on boards with real storage.
//!
//! With a module in the mailbox, it runs that ten times at once instead ([`suspended`]).

mod suspended;

use embassy_executor::Spawner;
use embassy_time::{Duration, Instant, Timer};
use embedded_storage::nor_flash::{NorFlash, ReadNorFlash};
use sandgrain_run_protocol::Request;
use semihosting::println;

use crate::flash::{FlashError, SECTOR, WORD};
use crate::{boots, chip, executor, sensor};

/// Runs the self-test firmware. A board's `selftest` binary calls it and nothing else.
pub fn run() -> ! {
    chip::init();
    executor::run(|spawner: Spawner| {
        match crate::run::request() {
            Ok(Request::Module(job)) => suspended::test(spawner, job).map(|task| spawner.spawn(task)),
            _ => selftest().map(|task| spawner.spawn(task)),
        }
        .unwrap_or_else(|_| crate::exit(1));
    })
}

#[embassy_executor::task]
async fn selftest() -> ! {
    let mut report = Report { failed: 0 };
    let mut flash = match chip::flash() {
        Ok(Some(flash)) => flash,
        other => {
            println!("FAILED flash-found: {:?}", other.map(|_| "taken"));
            crate::exit(1)
        }
    };
    if boots::since_power_on() == 0 {
        clock(&mut report).await;
        slice_ends(&mut report);
        sensor_reads(&mut report);
        let kept = holds_pattern(&flash);
        flash_rules(&mut report, &mut flash);
        println!("flash: {}", if kept { "kept" } else { "blank" });
        if report.failed == 0 {
            println!("{}: reset", chip::NAME);
            chip::reset()
        }
    } else {
        report.check("flash-keeps-over-reset", holds_pattern(&flash));
        report.check("boots-counted", boots::since_power_on() == 1);
    }
    crate::exit(report.failed.min(1))
}

struct Report {
    failed: i32,
}

impl Report {
    fn check(&mut self, name: &str, passed: bool) {
        println!("{} {name}", if passed { "ok" } else { "FAILED" });
        self.failed += i32::from(!passed);
    }
}

async fn clock(report: &mut Report) {
    let mut last = crate::time::now();
    let monotonic = (0..10_000).all(|_| {
        let now = crate::time::now();
        let grown = now >= last;
        last = now;
        grown
    });
    report.check("clock-monotonic", monotonic);
    let start = Instant::now();
    let mut latest = Duration::MIN;
    for step in 1..=20u64 {
        let due = start + Duration::from_millis(step);
        Timer::at(due).await;
        let now = Instant::now();
        if now < due {
            report.check("timer-not-early", false);
        }
        latest = latest.max(now.saturating_duration_since(due));
    }
    println!("timer: up to {} us late", latest.as_micros());
    // A generous bound: an emulator shares its host. A lost alarm would come a minute late, or never.
    report.check("timer-in-time", latest < Duration::from_millis(500));
}

/// No timer is pending here, so only the slice's alarm can end the sleep.
fn slice_ends(report: &mut Report) {
    const SLICE_MS: u64 = 5;
    let start = Instant::now();
    crate::time::end_slice_at(crate::time::now() + SLICE_MS * (crate::time::TICK_HZ / 1000));
    chip::wait_for_interrupt();
    let slept = start.elapsed();
    crate::time::end_slice_at(u64::MAX);
    report.check("slice-ends-in-time", (SLICE_MS..500).contains(&slept.as_millis()));
}

fn sensor_reads(report: &mut Report) {
    let reading = sensor::read_millicelsius();
    println!("temperature: {reading:?} mC");
    report.check("sensor", reading.is_ok());
}

/// Where the tests write: not the first sectors, so that a slot store's data would survive.
const AT: u32 = 32 * SECTOR as u32;
/// Crosses several write buffers, and starts inside one.
const START: u32 = AT + 100 * WORD as u32;
const LEN: usize = 5000;

/// Differs in every byte from its neighbours' and depends on the place.
fn pattern(index: usize) -> u8 {
    (index as u32).wrapping_mul(2_654_435_761).to_le_bytes()[3]
}

fn holds_pattern(flash: &chip::Flash) -> bool {
    let start = START as usize;
    flash.mapped()[start..start + LEN].iter().enumerate().all(|(index, &byte)| byte == pattern(index))
}

fn flash_rules(report: &mut Report, flash: &mut chip::Flash) {
    let end = AT + SECTOR as u32;
    report.check("flash-erase", flash.erase(AT, end).is_ok());
    let blank = |flash: &chip::Flash| flash.mapped()[AT as usize..end as usize].iter().all(|&byte| byte == 0xFF);
    report.check("flash-erased", blank(flash));

    let mut bytes = [0; LEN];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = pattern(index);
    }
    report.check("flash-write", flash.write(START, &bytes).is_ok());
    report.check("flash-holds", holds_pattern(flash));
    let start = START as usize;
    let around = flash.mapped();
    report.check(
        "flash-rest-untouched",
        around[AT as usize..start].iter().all(|&byte| byte == 0xFF)
            && around[start + LEN..end as usize].iter().all(|&byte| byte == 0xFF),
    );
    let mut odd = [0; 7];
    report.check("flash-read", flash.read(START + 3, &mut odd).is_ok() && (0..7).all(|i| odd[i] == pattern(3 + i)));
    let refused = flash.write(START, &[0xFF; 8]);
    report.check(
        "flash-refuses-to-set-bits",
        matches!(refused, Err(FlashError::NotErased { .. })) && holds_pattern(flash),
    );
    report.check(
        "flash-refuses-unaligned",
        flash.write(START + 1, &[0; 4]) == Err(FlashError::NotAligned)
            && flash.erase(AT, AT + 4096) == Err(FlashError::NotAligned),
    );
    let capacity = flash.capacity() as u32;
    report.check(
        "flash-refuses-outside",
        flash.write(capacity, &[0; 4]) == Err(FlashError::OutOfBounds)
            && flash.erase(capacity, capacity + SECTOR as u32) == Err(FlashError::OutOfBounds),
    );
}
