//! One device under the knife: it is driven towards a goal as an agent would, and what must hold is looked at on the way.

use std::boxed::Box;
use std::format;
use std::string::String;
use std::vec::Vec;

use embedded_storage::nor_flash::ReadNorFlash;
use sandgrain_artifact::{KeySet, MAX_ENVELOPE};

use super::{Cast, Path};
use crate::sim::flash::MockFlash;
use crate::sim::module::{Packed, foreign_key, public, trusted_key};
use crate::slots::{Begun, BootReport, Layout, MAX_TRIAL_BOOTS, SlotId, SlotState, SlotStore, StoreFault};

/// Tries of a step that may fail because of what a cut has left.
const TRIES: u32 = 4;

/// Why a run does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// The power has failed.
    Cut,
    /// Something does not hold.
    Lost(String),
}

type Result<T> = core::result::Result<T, Stop>;

/// What there can be of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Stage {
    /// The old version, or none if there was none.
    Old = 1,
    /// The new one, on trial; the old one to go back to.
    Trial = 2,
    /// The new one, confirmed.
    New = 4,
    /// The old one, with the new one in quarantine.
    Back = 8,
    /// Removed.
    Gone = 16,
}

/// What is known of a module, from outside: which stages are possible, by what was tried, done and seen.
#[derive(Debug, Clone)]
struct Known {
    name: &'static str,
    old: Option<Packed>,
    new: Packed,
    possible: u8,
    /// Starts on trial that were tried, and those that were seen.
    trial_boots: (u8, u8),
}

impl Known {
    fn new(name: &'static str, old: Option<&Packed>, new: &Packed) -> Known {
        let possible = Stage::Old as u8;
        Known { name, old: old.cloned(), new: new.clone(), possible, trial_boots: (0, 0) }
    }

    /// A step towards a stage begins: a cut may leave either.
    fn attempt(&mut self, stage: Stage) {
        self.possible |= stage as u8;
    }

    /// The step was answered.
    fn done(&mut self, stage: Stage) {
        self.possible = stage as u8;
        if stage == Stage::Trial {
            self.trial_boots = (0, 0);
        }
    }

    fn classify(&self, report: &BootReport) -> core::result::Result<Stage, String> {
        let old = self.old.as_ref().map(|packed| packed.digest);
        let run = report.run.as_ref().map(|run| run.digest);
        if let Some((_, refusal)) = &report.unfit {
            return Err(format!("{}: the confirmed module may not run: {refusal}", self.name));
        }
        let quarantined = report.quarantined.contains(&self.new.digest);
        let stage = match run {
            Some(run) if run == self.new.digest && report.trial => {
                if report.fallback.as_ref().map(|fallback| fallback.digest) != old {
                    return Err(format!("{} is on trial with nothing to go back to", self.name));
                }
                Stage::Trial
            }
            Some(run) if run == self.new.digest => Stage::New,
            run if run == old && quarantined => Stage::Back,
            run if run == old => Stage::Old,
            None if self.possible & Stage::Gone as u8 != 0 => Stage::Gone,
            None => return Err(format!("{}: nothing runs", self.name)),
            Some(_) => return Err(format!("{}: neither the old nor the new module runs", self.name)),
        };
        let counter = |packed: &Packed| packed.envelope().manifest().expect("packed here").counter;
        let floor = if stage == Stage::New { counter(&self.new) } else { self.old.as_ref().map_or(0, counter) };
        if report.floor != floor {
            return Err(format!("{} is {stage:?}, and its counter is {}, not {floor}", self.name, report.floor));
        }
        if quarantined != (stage == Stage::Back) {
            return Err(format!("{} is {stage:?}, and quarantine is {quarantined}", self.name));
        }
        Ok(stage)
    }

    /// What a boot has found.
    fn see(&mut self, report: &BootReport) -> core::result::Result<(), String> {
        let stage = self.classify(report)?;
        if self.possible & stage as u8 == 0 {
            return Err(format!("{} is {stage:?}, which it cannot be any more or not yet", self.name));
        }
        self.possible = stage as u8;
        self.trial_boots.1 += u8::from(stage == Stage::Trial);
        if self.trial_boots.1 > MAX_TRIAL_BOOTS {
            return Err(format!("{} is on trial for ever", self.name));
        }
        Ok(())
    }

    /// A boot begins.
    fn boot(&mut self) {
        if self.possible & Stage::Trial as u8 == 0 {
            return;
        }
        self.trial_boots.0 += 1;
        if self.trial_boots.0 > MAX_TRIAL_BOOTS {
            self.attempt(Stage::Back);
        }
    }

    fn is(&self, stage: Stage) -> bool {
        self.possible == stage as u8
    }
}

/// A device and what is known of it. A clone goes its own way.
#[derive(Clone)]
pub struct Rig<const W: usize, const E: usize> {
    pub flash: MockFlash<W, E>,
    /// Everything that was written is what was to be written.
    flash_is_good: bool,
    /// The trusted keys, and those that may have taken their place by now.
    keys: (Option<KeySet>, Option<KeySet>),
    /// The modules that are looked at after each boot: looking costs signature checks.
    watched: &'static [Module],
    control: Known,
    other: Known,
    third: Known,
}

impl<const W: usize, const E: usize> Rig<W, E> {
    /// A device that runs the cast's old version of `control`, with an older one in the other slot, and `other`; with so
    /// much room left in the journal's page, if it is given, and brought to where the path begins.
    pub fn before(path: Path, room: Option<u32>, cast: &Cast) -> Result<Self> {
        let journal = Layout::journal_size::<MockFlash<W, E>>() as usize / E;
        let flash = MockFlash::new(journal + 4 * cast.slot_bytes().div_ceil(E));
        let mut rig = Rig {
            flash,
            flash_is_good: path != Path::Defect,
            keys: (None, None),
            watched: &ALL,
            control: Known::new("control", None, &cast.older),
            other: Known::new("other", None, &cast.other),
            third: Known::new("third", None, &cast.third),
        };
        rig.session(|session| {
            session.install(Module::Control)?;
            session.install(Module::Other)?;
            session.rig.control = Known::new("control", Some(&cast.older), &cast.old);
            session.install(Module::Control)
        })?;
        rig.control = Known::new("control", Some(&cast.old), &cast.new);
        // Nobody updates this one: its new version is no more than a name for what must not come.
        rig.other = Known::new("other", Some(&cast.other), &cast.third);
        rig.session(|session| match path {
            Path::Install => session.fetch(Module::Control).map(|_| ()),
            Path::Confirm | Path::Revert | Path::Expire => session.trial(Module::Control).map(|_| ()),
            Path::Rotate => session.rotate(1),
            Path::Download | Path::Update | Path::Reclaim | Path::Defect => Ok(()),
        })?;
        if let Some(room) = room {
            rig.session(|session| session.step("fill the journal", |store| store.fill_journal(room)))?;
        }
        rig.watched = if path == Path::Reclaim { &[Module::Other, Module::Third] } else { &[Module::Control] };
        Ok(rig)
    }

    /// Switches the power on and goes the path to its end, from wherever the device is.
    ///
    /// `defects`: a word of the next download's second chunk and one of the record that ends it are not what was written,
    /// and nobody is told.
    pub fn go(&mut self, path: Path, defects: bool) -> Result<()> {
        self.session(|session| {
            session.defects = defects && path == Path::Defect;
            session.goal(path)
        })
    }

    /// Installs a version that comes after all others: an update can still be completed.
    pub fn update_once_more(&mut self, cast: &Cast) -> Result<()> {
        self.watched = &ALL;
        // A trial has to end before the next one.
        let on_trial = self.control.is(Stage::Trial);
        self.session(|session| if on_trial { session.goal(Path::Confirm) } else { Ok(()) })?;
        let old = if self.control.is(Stage::New) { &cast.new } else { &cast.old };
        let quarantined = self.control.is(Stage::Back);
        let mut next = Known::new("control", Some(old), &cast.next);
        core::mem::swap(&mut self.control, &mut next);
        let done = self.session(|session| {
            session.install(Module::Control)?;
            session.reboot()?;
            Ok(session.quarantined.contains(&cast.new.digest))
        })?;
        if quarantined && !done {
            return Err(Stop::Lost("the quarantine is forgotten".into()));
        }
        match self.flash.breaches.first() {
            Some(breach) => Err(Stop::Lost(format!("the flash's rules are broken: {breach:?}"))),
            None => Ok(()),
        }
    }

    fn session<T>(&mut self, work: impl FnOnce(&mut Session<'_, W, E>) -> Result<T>) -> Result<T> {
        let mut session = Session { rig: self, store: None, quarantined: Vec::new(), defects: false };
        let done = session.reboot().and_then(|()| work(&mut session));
        session.power_off();
        match self.flash.breaches.first() {
            Some(breach) => Err(Stop::Lost(format!("the flash's rules are broken: {breach:?}"))),
            None => done,
        }
    }
}

/// Which module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Module {
    Control,
    Other,
    Third,
}

const ALL: [Module; 3] = [Module::Control, Module::Other, Module::Third];

/// A device that is switched on.
struct Session<'r, const W: usize, const E: usize> {
    rig: &'r mut Rig<W, E>,
    store: Option<SlotStore<MockFlash<W, E>>>,
    quarantined: Vec<sandgrain_artifact::Digest>,
    defects: bool,
}

impl<const W: usize, const E: usize> Session<'_, W, E> {
    fn goal(&mut self, path: Path) -> Result<()> {
        match path {
            // Too many resets have ended the trial, as they must.
            _ if self.rig.control.is(Stage::Back) && !matches!(path, Path::Revert | Path::Expire) => Ok(()),
            Path::Rotate => self.rotate(2).and_then(|()| self.reboot()),
            Path::Download => self.fetch(Module::Control).map(|_| ()),
            Path::Install => self.trial(Module::Control).map(|_| ()),
            Path::Confirm | Path::Update | Path::Defect => self.install(Module::Control),
            Path::Revert => {
                if !self.rig.control.is(Stage::Back) {
                    let slot = self.trial(Module::Control)?;
                    self.advance(Module::Control, Stage::Back, "revert", |store| store.revert(slot, true))?;
                }
                self.reboot()
            }
            Path::Expire => {
                if !self.rig.control.is(Stage::Back) {
                    self.trial(Module::Control)?;
                }
                for _ in 0..=MAX_TRIAL_BOOTS {
                    self.reboot()?;
                }
                if self.rig.control.is(Stage::Back) { Ok(()) } else { self.lost("resets do not end the trial".into()) }
            }
            Path::Reclaim => {
                if !self.rig.other.is(Stage::Gone) {
                    self.advance(Module::Other, Stage::Gone, "remove other", |store| store.remove("other"))?;
                }
                self.install(Module::Third)
            }
        }
    }

    /// Goes over to the keys of this epoch, if they are not the trusted ones. Both sets have the key that modules here are
    /// signed by, and differ in each place.
    fn rotate(&mut self, epoch: u32) -> Result<()> {
        let both = [public(&trusted_key()), public(&foreign_key())];
        let set = KeySet { epoch, keys: if epoch == 1 { both } else { [both[1], both[0]] } };
        if self.rig.keys.0 != Some(set) {
            self.rig.keys.1 = Some(set);
            self.step("rotate", |store| store.rotate(&set))?;
            self.rig.keys = (Some(set), None);
        }
        Ok(())
    }

    fn known(&mut self, module: Module) -> &mut Known {
        match module {
            Module::Control => &mut self.rig.control,
            Module::Other => &mut self.rig.other,
            Module::Third => &mut self.rig.third,
        }
    }

    fn store(&mut self) -> &mut SlotStore<MockFlash<W, E>> {
        self.store.as_mut().expect("the power is on")
    }

    fn power_off(&mut self) {
        if let Some(store) = self.store.take() {
            self.rig.flash = store.into_flash();
        }
    }

    fn tell(&mut self, line: String) {
        let log = match &mut self.store {
            Some(store) => &mut store.flash_mut().log,
            None => &mut self.rig.flash.log,
        };
        if let Some(log) = log {
            log.push(line);
        }
    }

    fn lost<T>(&mut self, why: String) -> Result<T> {
        Err(Stop::Lost(why))
    }

    /// A step of the store. A fault is a cut, or is lost.
    fn step<T>(
        &mut self,
        what: &str,
        step: impl FnOnce(&mut SlotStore<MockFlash<W, E>>) -> core::result::Result<T, StoreFault>,
    ) -> Result<T> {
        match self.try_step(what, step)? {
            Ok(done) => Ok(done),
            Err(fault) => self.lost(format!("{what}: {fault}")),
        }
    }

    fn try_step<T>(
        &mut self,
        what: &str,
        step: impl FnOnce(&mut SlotStore<MockFlash<W, E>>) -> core::result::Result<T, StoreFault>,
    ) -> Result<core::result::Result<T, StoreFault>> {
        self.tell(format!("   {what}"));
        let done = step(self.store());
        if self.store().flash().is_dead() {
            return Err(Stop::Cut);
        }
        let marks = self.rig.flash_is_good;
        match self.store().audit(marks) {
            Ok(()) => Ok(done),
            Err(why) => self.lost(format!("after `{what}`: {why}")),
        }
    }

    /// A step that brings a module to a stage.
    fn advance(
        &mut self,
        module: Module,
        stage: Stage,
        what: &str,
        step: impl FnOnce(&mut SlotStore<MockFlash<W, E>>) -> core::result::Result<(), StoreFault>,
    ) -> Result<()> {
        self.known(module).attempt(stage);
        self.step(what, step)?;
        self.known(module).done(stage);
        Ok(())
    }

    /// Off and on again. Everything that must hold after a boot is looked at.
    fn reboot(&mut self) -> Result<()> {
        self.power_off();
        self.tell("   boot".into());
        for known in [&mut self.rig.control, &mut self.rig.other, &mut self.rig.third] {
            known.boot();
        }
        let flash = core::mem::replace(&mut self.rig.flash, MockFlash::new(0));
        let layout = Layout::divide::<MockFlash<W, E>>(0, flash.capacity() as u32, 2).expect("made for two modules");
        if flash.cut.is_some() {
            // A store that does not open keeps its flash: what a cut leaves of it is seen on a copy.
            let mut copy = flash.clone();
            let _ = SlotStore::open(&mut copy, layout.clone());
            if copy.is_dead() {
                self.rig.flash = copy;
                return Err(Stop::Cut);
            }
        }
        match SlotStore::open(flash, layout) {
            Ok(store) => self.store = Some(store),
            Err(fault) => return self.lost(format!("the store does not open: {fault}")),
        }
        for &module in self.rig.watched {
            let name = self.known(module).name;
            let trust = super::trust();
            let report = self.step("boot", |store| store.boot(name, &trust, &mut Box::new([0; MAX_ENVELOPE])))?;
            self.quarantined = report.quarantined.to_vec();
            let (settled, begun) = self.rig.keys;
            if report.keys != settled && (begun.is_none() || report.keys != begun) {
                let why = format!("{:?} are trusted, not {settled:?}, nor {begun:?}", report.keys);
                return self.lost(why);
            }
            self.rig.keys = (report.keys, None);
            if let Err(why) = self.known(module).see(&report) {
                return self.lost(why);
            }
        }
        Ok(())
    }

    /// Has the new version's chunks written, or finds them.
    fn fetch(&mut self, module: Module) -> Result<SlotId> {
        let new = self.known(module).new.clone();
        for _ in 0..TRIES {
            match self.try_fetch(&new)? {
                Ok(slot) => return Ok(slot),
                // What cannot be gone on with was given up, and is begun again.
                Err(StoreFault::Dirty) => {}
                Err(fault) => return self.lost(format!("no download: {fault}")),
            }
        }
        self.lost("downloads fail again and again".into())
    }

    fn try_fetch(&mut self, new: &Packed) -> Result<core::result::Result<SlotId, StoreFault>> {
        let mut begun = self.try_step("begin", |store| store.begin(new.envelope().bytes()))?;
        let (slot, present) = loop {
            match begun {
                Ok(Begun::Ready(slot, present)) => break (slot, present),
                Ok(Begun::Erasing(slot)) => begun = self.try_step("erase", |store| store.erase(slot))?,
                Err(fault) => return Ok(Err(fault)),
            }
        };
        for index in (0..new.chunks()).filter(|index| !present.contains(*index)) {
            let chunk = new.chunk(index).expect("below its count");
            if index == 1 {
                self.spoil(0);
            }
            let written = self.try_step("write a chunk", |store| store.write_chunk(slot, index, chunk))?;
            if let Err(fault) = written {
                return Ok(Err(fault));
            }
        }
        Ok(Ok(slot))
    }

    /// The next word but so many goes wrong, the first time that it is one of these.
    fn spoil(&mut self, after: u64) {
        if self.defects {
            let flash = self.store().flash_mut();
            flash.stuck_at = Some(flash.operations + after);
            // The second time is the last: the record behind a download that is whole.
            self.defects = after == 0;
        }
    }

    /// Brings the new version on trial, from wherever it is, and starts it after a reset.
    fn trial(&mut self, module: Module) -> Result<SlotId> {
        if !self.known(module).is(Stage::Trial) {
            self.verify(module)?;
            let slot = self.find(module, SlotState::Verified)?;
            self.advance(module, Stage::Trial, "begin the trial", |store| store.begin_trial(slot))?;
        }
        self.find(module, SlotState::Trial)
    }

    /// Fetches the new version and has it compared with what was signed.
    fn verify(&mut self, module: Module) -> Result<()> {
        for _ in 0..TRIES {
            let slot = self.fetch(module)?;
            self.spoil(1);
            match self.try_step("finish", |store| store.finish(slot))? {
                Ok(()) => return Ok(()),
                Err(StoreFault::Dirty) => {}
                Err(fault) => return self.lost(format!("no download: {fault}")),
            }
        }
        self.lost("downloads fail again and again".into())
    }

    /// Installs the new version, if it is not there.
    fn install(&mut self, module: Module) -> Result<()> {
        if !self.known(module).is(Stage::New) {
            let slot = self.trial(module)?;
            self.advance(module, Stage::New, "confirm", |store| store.confirm(slot))?;
        }
        self.reboot()
    }

    /// The slot of the module that is in this state: a step that was answered has led there.
    fn find(&mut self, module: Module, state: SlotState) -> Result<SlotId> {
        let new = self.known(module).new.clone();
        let store = self.store();
        let found = (0..).map_while(SlotId::from_index).find(|slot| {
            store.state(*slot) == state
                && store.image(*slot).is_some_and(|image| {
                    let start = image.offset as usize;
                    store.flash().bytes(start..start + image.len as usize) == new.bytes
                })
        });
        match found {
            Some(slot) => Ok(slot),
            None => self.lost(format!("{module:?} is in no slot that is {state:?}")),
        }
    }
}
