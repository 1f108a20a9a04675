//! The power fails at every flash operation of an update, and again at every operation of the recovery.
//!
//! A [`Case`] is one such run: a geometry, a path, a seed for what torn content reads as, and one cut or two. After
//! each boot of a run the device is looked at from outside: what runs is the old version or the new one, and as far as
//! steps were answered or seen, exactly one of them; what is confirmed stays so, counters never go back, what is in
//! quarantine stays there; what the store says of itself is true of the flash; no word was written twice, nor anything
//! while modules could run. At the end the path is gone to its end without a cut, and one more update is installed. What
//! does not hold is lost ([`Loss`]), with the case that replays it ([`replay`]).

use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::vec::Vec;
use std::{format, thread};

use super::flash::{Cut, MockFlash, Tear};
use super::module::{Behaviour, Packed, Spec, build, trusted_key};
use super::world::config;
use crate::slots::Fault;
use crate::verify::{Protections, Trust};
pub use case::{Case, Geometry, Path};
use rig::{Rig, Stop};

mod case;
mod rig;
#[cfg(test)]
mod tests;

/// Losses that are kept with their cases; all are counted.
const KEPT: usize = 8;

/// The artifacts of every run.
pub struct Cast {
    older: Packed,
    old: Packed,
    new: Packed,
    next: Packed,
    other: Packed,
    third: Packed,
}

impl Cast {
    /// Packs and signs them.
    pub fn new() -> Cast {
        let pack = |name, version, counter, text| {
            let spec = Spec { name, version, counter, text, behaviour: Behaviour::Sparse, ..Spec::default() };
            build(&spec, &trusted_key())
        };
        Cast {
            older: pack("control", "1.0.0", 1, 1100),
            old: pack("control", "2.0.0", 2, 1300),
            // Three chunks.
            new: pack("control", "3.0.0", 3, 2100),
            next: pack("control", "4.0.0", 4, 1200),
            other: pack("other", "7.0.0", 7, 1100),
            third: pack("third", "1.0.0", 1, 1200),
        }
    }

    /// Room for the largest of them, at several places of a slot if sectors are small.
    fn slot_bytes(&self) -> usize {
        10 << 10
    }
}

impl Default for Cast {
    fn default() -> Self {
        Cast::new()
    }
}

/// What the devices of these runs trust.
fn trust() -> Trust<'static> {
    static TRUST: std::sync::OnceLock<Trust<'static>> = std::sync::OnceLock::new();
    *TRUST.get_or_init(|| config(Protections::ALL).trust)
}

/// How much is tried.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What torn content reads as: one run of everything for each.
    pub seeds: core::ops::Range<u64>,
    /// Every so many-th operation is cut first; 1 is all.
    pub first_step: u64,
    /// Every so many-th operation of the recovery is cut; 1 is all.
    pub second_step: u64,
    /// Only these.
    pub geometries: Vec<Geometry>,
    /// Only these.
    pub paths: Vec<Path>,
    /// A fault to plant.
    pub fault: Option<Fault>,
    /// Threads to run on.
    pub threads: usize,
}

impl Plan {
    /// Everything.
    pub fn whole(seeds: u64, threads: usize) -> Plan {
        let (geometries, paths) = (Geometry::ALL.to_vec(), Path::ALL.to_vec());
        Plan { seeds: 0..seeds, first_step: 1, second_step: 1, geometries, paths, fault: None, threads }
    }

    /// Some of everything, for seconds.
    pub fn short() -> Plan {
        Plan { first_step: 13, second_step: 89, ..Plan::whole(1, 2) }
    }
}

/// Something that did not survive a cut.
#[derive(Debug, Clone)]
pub struct Loss {
    /// What replays it.
    pub case: Case,
    /// What does not hold.
    pub why: String,
}

/// What was tried on a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Runs with one cut.
    pub single: u64,
    /// Runs with two.
    pub double: u64,
    /// Runs after which something did not hold.
    pub lost: u64,
}

/// What an update costs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// Words programmed and sectors erased.
    pub operations: u64,
    /// Bytes programmed.
    pub bytes: u64,
    /// Sectors erased.
    pub erased: u64,
}

/// What came of a plan.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// By geometry and path.
    pub tallies: BTreeMap<(Geometry, Path), Tally>,
    /// Some of what was lost.
    pub losses: Vec<Loss>,
}

impl Report {
    /// Sum over all paths.
    pub fn total(&self) -> Tally {
        self.tallies.values().fold(Tally::default(), |sum, tally| Tally {
            single: sum.single + tally.single,
            double: sum.double + tally.double,
            lost: sum.lost + tally.lost,
        })
    }
}

/// A part of a plan that one thread takes: the operations that are cut first, as start and step.
struct Job {
    case: Case,
    start: u64,
    step: u64,
}

/// Tries everything that the plan has. `progress` is called with the parts done and all.
pub fn explore(plan: &Plan, progress: &(dyn Fn(usize, usize) + Sync)) -> Report {
    let cast = Cast::new();
    // Each part begins anew what it cuts; parts are many, so that threads end together.
    const PARTS: u64 = 4;
    let mut jobs = Vec::new();
    for &geometry in &plan.geometries {
        for &path in &plan.paths {
            for seed in plan.seeds.clone() {
                for &room in path.rooms() {
                    for part in 0..PARTS {
                        let case = Case { geometry, path, room, seed, first: None, second: None };
                        jobs.push(Job { case, start: part * plan.first_step, step: PARTS * plan.first_step });
                    }
                }
            }
        }
    }
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let report = Mutex::new(Report::default());
    thread::scope(|scope| {
        for _ in 0..plan.threads.max(1) {
            scope.spawn(|| {
                Fault::plant(plan.fault);
                while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (tally, losses) = match job.case.geometry {
                        Geometry::Page256 => work::<256, 4096>(job, plan, &cast),
                        Geometry::Word8 => work::<8, 2048>(job, plan, &cast),
                        Geometry::Word32 => work::<32, 131_072>(job, plan, &cast),
                        Geometry::Word4 => work::<4, 262_144>(job, plan, &cast),
                    };
                    let mut report = report.lock().expect("no thread panics");
                    let sum = report.tallies.entry((job.case.geometry, job.case.path)).or_default();
                    sum.single += tally.single;
                    sum.double += tally.double;
                    sum.lost += tally.lost;
                    let room = KEPT.saturating_sub(report.losses.len());
                    report.losses.extend(losses.into_iter().take(room));
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
                }
                Fault::plant(None);
            });
        }
    });
    report.into_inner().expect("no thread panics")
}

fn work<const W: usize, const E: usize>(job: &Job, plan: &Plan, cast: &Cast) -> (Tally, Vec<Loss>) {
    let (mut tally, mut losses) = (Tally::default(), Vec::new());
    let mut judge = |case: Case, stop: Stop, tally: &mut Tally| {
        if let Stop::Lost(why) = stop {
            tally.lost += 1;
            if losses.len() < KEPT {
                losses.push(Loss { case, why });
            }
        }
    };
    let before = match Rig::<W, E>::before(job.case.path, job.case.room, cast) {
        Ok(rig) => rig,
        Err(stop) => {
            judge(job.case, stop, &mut tally);
            return (tally, losses);
        }
    };
    let mut at = job.start;
    loop {
        let mut cut_at_all = false;
        // Which of the kinds of cut are followed by a second one changes from operation to operation.
        let followed = Tear::ALL[((at + job.case.seed) % Tear::ALL.len() as u64) as usize];
        for tear in Tear::ALL {
            let first = Case { first: Some(Cut { at, tear }), ..job.case };
            let mut rig = before.clone();
            let stop = first.cut(&mut rig, first.first, 1);
            match stop {
                Ok(()) => break,
                Err(Stop::Cut) => cut_at_all = true,
                // Also where nothing is cut any more: then it is lost again at each later operation.
                Err(stop) => {
                    judge(first, stop, &mut tally);
                    break;
                }
            }
            tally.single += 1;
            if let Err(stop) = first.finish(&mut rig.clone(), cast) {
                judge(first, stop, &mut tally);
            }
            if tear != followed {
                continue;
            }
            for again in (0..).step_by(plan.second_step as usize) {
                let tear = Tear::ALL[((again / plan.second_step + at) % Tear::ALL.len() as u64) as usize];
                let second = Case { second: Some(Cut { at: again, tear }), ..first };
                let mut rig = rig.clone();
                match second.cut(&mut rig, second.second, 2) {
                    Ok(()) => break,
                    Err(stop @ Stop::Lost(_)) => {
                        judge(second, stop, &mut tally);
                        break;
                    }
                    Err(Stop::Cut) => {
                        if let Err(stop) = second.finish(&mut rig, cast) {
                            judge(second, stop, &mut tally);
                        }
                    }
                }
                tally.double += 1;
            }
        }
        if !cut_at_all {
            return (tally, losses);
        }
        at += job.step;
    }
}

impl Case {
    /// Goes the path until the cut. `Ok` if its end came first.
    fn cut<const W: usize, const E: usize>(
        &self,
        rig: &mut Rig<W, E>,
        cut: Option<Cut>,
        attempt: u64,
    ) -> Result<(), Stop> {
        rig.flash.power_on();
        rig.flash.reseed(self.seed * 0x1_0001 + attempt);
        rig.flash.cut = cut.map(|cut| Cut { at: rig.flash.operations + cut.at, ..cut });
        // A part that fails does so once.
        rig.go(self.path, attempt == 1)
    }

    /// Goes the path to its end, and beyond.
    fn finish<const W: usize, const E: usize>(&self, rig: &mut Rig<W, E>, cast: &Cast) -> Result<(), Stop> {
        self.cut(rig, None, 3)?;
        rig.update_once_more(cast)
    }

    fn tell<const W: usize, const E: usize>(&self) -> Result<Vec<String>, (Vec<String>, String)> {
        let cast = Cast::new();
        let mut story = Vec::new();
        let mut rig = match Rig::<W, E>::before(self.path, self.room, &cast) {
            Ok(rig) => rig,
            Err(stop) => return Err((story, format!("{stop:?}"))),
        };
        let mut go = || {
            for (cut, attempt) in [(self.first, 1), (self.second, 2)] {
                if cut.is_none() {
                    continue;
                }
                story.push(format!("{}: the power will fail in operation {}", self.path, cut.map_or(0, |cut| cut.at)));
                rig.flash.log = Some(Vec::new());
                let done = self.cut(&mut rig, cut, attempt);
                story.extend(rig.flash.log.take().unwrap_or_default());
                match done {
                    Err(Stop::Cut) => {}
                    other => return other,
                }
            }
            story.push(format!("{}: to its end", self.path));
            rig.flash.log = Some(Vec::new());
            let done = self.finish(&mut rig, &cast);
            story.extend(rig.flash.log.take().unwrap_or_default());
            done
        };
        match go() {
            Ok(()) => Ok(story),
            Err(Stop::Cut) => Err((story, "the power fails where it should not".to_string())),
            Err(Stop::Lost(why)) => Err((story, why)),
        }
    }
}

/// Runs one case again and tells what happens, operation by operation.
///
/// # Errors
/// The story, and what does not hold at its end.
pub fn replay(case: &Case, fault: Option<Fault>) -> Result<Vec<String>, (Vec<String>, String)> {
    Fault::plant(fault);
    let told = match case.geometry {
        Geometry::Page256 => case.tell::<256, 4096>(),
        Geometry::Word8 => case.tell::<8, 2048>(),
        Geometry::Word32 => case.tell::<32, 131_072>(),
        Geometry::Word4 => case.tell::<4, 262_144>(),
    };
    Fault::plant(None);
    told
}

/// An artifact of 8 KiB without words that need not be written.
fn dense() -> Packed {
    let spec = Spec { version: "3.0.0", counter: 3, text: 7600, behaviour: Behaviour::Dense, ..Spec::default() };
    build(&spec, &trusted_key())
}

/// Bytes of the artifact whose update is costed.
pub fn update_bytes() -> usize {
    dense().bytes.len()
}

/// What an update costs that nothing interrupts: download, trial with its reset, confirmation.
pub fn cost(geometry: Geometry) -> Cost {
    match geometry {
        Geometry::Page256 => cost_on::<256, 4096>(),
        Geometry::Word8 => cost_on::<8, 2048>(),
        Geometry::Word32 => cost_on::<32, 131_072>(),
        Geometry::Word4 => cost_on::<4, 262_144>(),
    }
}

fn cost_on<const W: usize, const E: usize>() -> Cost {
    let cast = Cast { new: dense(), ..Cast::new() };
    let lost = |stop| match stop {
        Stop::Lost(why) => why,
        Stop::Cut => "a cut that nobody made".to_string(),
    };
    let mut rig = Rig::<W, E>::before(Path::Update, None, &cast).map_err(lost).expect("nothing is cut");
    let (operations, words, erased) = (rig.flash.operations, rig.flash.words, rig.flash.erased);
    rig.go(Path::Update, false).map_err(lost).expect("nothing is cut");
    let flash: &MockFlash<W, E> = &rig.flash;
    Cost {
        operations: flash.operations - operations,
        bytes: (flash.words - words) * W as u64,
        erased: flash.erased - erased,
    }
}
