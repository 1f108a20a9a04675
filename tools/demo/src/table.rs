//! The summary.

use sandgrain_cli::deploy::{Follow, Outcome};

use crate::stage::Stage;
use crate::story::Record;

/// Prints what was seen.
pub fn print(stage: &Stage, record: &Record) {
    println!(
        "\n{:<16} {:<16} {:>8} {:>7} {:>9} {:>8}  outcome",
        "deployment", "device", "bytes", "chunks", "requested", "seconds"
    );
    for deployment in &record.deployments {
        for follow in &deployment.follows {
            println!("{:<16} {}", deployment.what, row(stage, follow));
        }
    }
    println!(
        "\n{:<16} {:<12} {:>10} {:>8} {:>12} {:>8}  runs",
        "device", "target", "heartbeats", "missing", "largest gap", "chunks"
    );
    for (device, seen) in &stage.witness.seen {
        println!(
            "{device:<16} {:<12} {:>10} {:>8} {:>9} ms {:>8}  {}",
            seen.target.as_deref().unwrap_or("?"),
            seen.beats,
            seen.missing,
            seen.largest_gap_ms,
            stage.broker.traffic(device).chunks,
            seen.module.as_deref().unwrap_or("nothing"),
        );
    }
    let seen = record.observations.iter().filter(|o| o.seen).count();
    println!("\n{seen} of {} observations made, in {:.0} s", record.observations.len(), stage.witness.seconds());
    for missed in record.observations.iter().filter(|o| !o.seen) {
        println!("NOT SEEN: {}", missed.what);
    }
}

/// What became of one device's deployment. Requests are counted by the broker.
fn row(stage: &Stage, follow: &Follow) -> String {
    let (bytes, chunks, digest) =
        follow.offer.as_ref().map_or((0, 0, None), |offer| (offer.len, offer.chunks, Some(offer.digest.0)));
    let traffic = stage.broker.traffic(&follow.device);
    let requested = digest.and_then(|d| traffic.chunk_requests.get(&d).copied()).unwrap_or(0);
    let outcome = follow.outcome.as_ref().map_or("none".to_owned(), |outcome| match outcome {
        Outcome::Refused(why) => format!("refused: {why}"),
        Outcome::Reverted(why) => format!("reverted: {why}"),
        outcome => outcome.name().to_owned(),
    });
    format!("{:<16} {bytes:>8} {chunks:>7} {requested:>9} {:>8.1}  {outcome}", follow.device, follow.took.as_secs_f32())
}
