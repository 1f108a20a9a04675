//! `./dev test`: the quick suite, in stages, with the minutes that each took.

mod binaries;
mod stages;
mod tally;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use stages::{STAGES, Stage};
use tally::Tally;

/// The whole suite on two cores, from nothing. Slower is a failure: a suite that nobody runs protects nothing.
const BUDGET: Duration = Duration::from_secs(45 * 60);

/// What became of a stage.
enum Outcome {
    Done(Tally),
    /// It failed; the message has been printed.
    Failed(Tally),
    /// One of the stages that it needs did not succeed.
    NotRun {
        because_of: &'static str,
    },
}

struct Row {
    stage: &'static Stage,
    took: Duration,
    outcome: Outcome,
}

/// Prints the stages in the order in which they run.
pub fn list() {
    for stage in &STAGES {
        let after = if stage.after.is_empty() { String::new() } else { format!(" (after {})", stage.after.join(", ")) };
        let demand = if stage.on_demand { "; only when named" } else { "" };
        println!("{:<10} {}{after}{demand}", stage.name, stage.what);
    }
}

/// Runs the named stages and those that they need, or the quick suite.
///
/// # Errors
/// If there is no such stage, if a stage fails, or if all took longer than the budget.
pub fn run(names: &[String]) -> Result<()> {
    let started = Instant::now();
    let mut rows: Vec<Row> = Vec::new();
    for stage in select(names)? {
        eprintln!("\n== {}: {}", stage.name, stage.what);
        let begun = Instant::now();
        let failed_before = |name: &&&str| rows.iter().any(|row| row.stage.name == **name && !row.outcome.succeeded());
        let outcome = match stage.after.iter().find(failed_before) {
            Some(because_of) => Outcome::NotRun { because_of },
            None => run_one(stage),
        };
        rows.push(Row { stage, took: begun.elapsed(), outcome });
    }

    let total = started.elapsed();
    print!("\n{}", table(&rows, total));
    let failed: Vec<_> = rows.iter().filter(|row| !row.outcome.succeeded()).map(|row| row.stage.name).collect();
    println!("{}", closing_line(&rows));
    if !failed.is_empty() {
        bail!("failed: {}. To run one alone: ./dev test {}", failed.join(", "), failed[0]);
    }
    if total > BUDGET {
        bail!("all passed, but in {:.1} minutes of {} allowed", minutes(total), BUDGET.as_secs() / 60);
    }
    Ok(())
}

fn run_one(stage: &Stage) -> Outcome {
    let mut tally = Tally::default();
    match (stage.run)(&mut tally) {
        Ok(()) if tally.failed == 0 => {
            if stage.is_one_check {
                tally.passed += 1;
            }
            Outcome::Done(tally)
        }
        Ok(()) => Outcome::Failed(tally),
        Err(error) => {
            eprintln!("error: {error:#}");
            tally.failed = tally.failed.max(1);
            Outcome::Failed(tally)
        }
    }
}

/// The stages of these names and, before them, those that they need; without names, the quick suite.
fn select(names: &[String]) -> Result<Vec<&'static Stage>> {
    let mut wanted: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    if let Some(unknown) = wanted.iter().find(|name| !STAGES.iter().any(|stage| stage.name == **name)) {
        bail!("there is no stage `{unknown}`; `./dev test --list` says which there are");
    }
    // A stage comes after what it needs, so one pass from the back finds all.
    for stage in STAGES.iter().rev() {
        if wanted.contains(stage.name) {
            wanted.extend(stage.after);
        }
    }
    Ok(STAGES.iter().filter(|stage| wanted.contains(stage.name) || names.is_empty() && !stage.on_demand).collect())
}

impl Outcome {
    fn succeeded(&self) -> bool {
        matches!(self, Outcome::Done(_))
    }

    fn tally(&self) -> Option<&Tally> {
        match self {
            Outcome::Done(tally) | Outcome::Failed(tally) => Some(tally),
            Outcome::NotRun { .. } => None,
        }
    }
}

fn table(rows: &[Row], total: Duration) -> String {
    let mut text = format!("{:<10} {:>7}  result\n", "stage", "minutes");
    for Row { stage, took, outcome } in rows {
        let result = match outcome {
            Outcome::Done(tally) => format!("passed{}", tally.in_brackets()),
            Outcome::Failed(tally) => format!("FAILED{}", tally.in_brackets()),
            Outcome::NotRun { because_of } => format!("NOT RUN, because {because_of} failed"),
        };
        text += &format!("{:<10} {:>7.1}  {result}\n", stage.name, minutes(*took));
        for skipped in outcome.tally().into_iter().flat_map(|tally| &tally.skipped) {
            text += &format!("{:<18}  SKIPPED {skipped}\n", "");
        }
    }
    text + &format!("{:<10} {:>7.1}  of {} allowed\n", "total", minutes(total), BUDGET.as_secs() / 60)
}

/// `N passed, N failed, N skipped`, over tests and over stages that are one check.
fn closing_line(rows: &[Row]) -> String {
    let sum = |count: fn(&Tally) -> usize| rows.iter().filter_map(|row| row.outcome.tally()).map(count).sum::<usize>();
    let not_run = rows.iter().filter(|row| row.outcome.tally().is_none()).count();
    format!(
        "{} passed, {} failed, {} skipped",
        sum(|t| t.passed),
        sum(|t| t.failed) + not_run,
        sum(|t| t.skipped.len())
    )
}

fn minutes(time: Duration) -> f64 {
    time.as_secs_f64() / 60.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(selected: &[&str]) -> Vec<&'static str> {
        let selected: Vec<String> = selected.iter().map(|name| (*name).to_owned()).collect();
        select(&selected).unwrap().iter().map(|stage| stage.name).collect()
    }

    #[test]
    fn a_stage_brings_what_it_needs_in_order() {
        assert_eq!(names(&["boards"]), ["setup", "build", "firmware", "guests", "boards"]);
        assert!(!names(&[]).contains(&"parts") && names(&["parts"]).ends_with(&["parts"]));
        assert_eq!(names(&[]).len(), STAGES.iter().filter(|stage| !stage.on_demand).count());
        assert!(select(&["no-such".to_owned()]).is_err());
    }

    #[test]
    fn every_stage_comes_after_what_it_needs() {
        for (index, stage) in STAGES.iter().enumerate() {
            for needed in stage.after {
                assert!(
                    STAGES[..index].iter().any(|earlier| earlier.name == *needed),
                    "{} before {needed}",
                    stage.name
                );
            }
        }
    }

    #[test]
    fn failures_and_skips_are_counted_and_named() {
        let tally = |passed, failed, skipped: &[&str]| Tally {
            passed,
            failed,
            skipped: skipped.iter().map(|s| (*s).to_owned()).collect(),
        };
        let row = |index: usize, outcome| Row { stage: &STAGES[index], took: Duration::from_secs(90), outcome };
        let rows = [
            row(0, Outcome::Done(tally(1, 0, &[]))),
            row(1, Outcome::Failed(tally(7, 2, &["one: no camera"]))),
            row(2, Outcome::NotRun { because_of: STAGES[1].name }),
        ];
        assert_eq!(closing_line(&rows), "8 passed, 3 failed, 1 skipped");
        let table = table(&rows, Duration::from_secs(270));
        assert!(
            table.contains("SKIPPED one: no camera") && table.contains("NOT RUN") && table.contains("1.5"),
            "{table}"
        );
    }
}
