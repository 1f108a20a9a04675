//! NOR flash that keeps the rules of the real thing, counts, and can lose power.
//!
//! What a cut leaves is the worst that parts are known to leave, one kind a cut ([`Tear`]): words that read differently
//! each time, or as an uncorrectable error; sectors that are half erased. Nothing clears it but an erase that is not cut.

use std::string::String;
use std::sync::Arc;
use std::vec;
use std::vec::Vec;
use std::{format, ops::Range};

use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write,
};

use super::Random;
use crate::slots::{ModuleFlash, Work};

/// What the flash said no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MockError {
    /// Misaligned or out of bounds: a bug of the caller.
    Rule(NorFlashErrorKind),
    /// A word was programmed twice without an erase in between: a bug of the caller, also where no bit would change.
    /// The store works on parts that do not declare `MultiwriteNorFlash`, and so does without on all.
    DoubleProgram { offset: u32 },
    /// Erased or programmed while modules could run from the bank: a bug of the caller.
    NotSuspended { offset: u32 },
    /// A word that was cut off and has an uncorrectable error.
    Ecc,
    /// The power is off since the cut that was asked for.
    PowerLost,
}

impl NorFlashError for MockError {
    fn kind(&self) -> NorFlashErrorKind {
        match self {
            MockError::Rule(kind) => *kind,
            _ => NorFlashErrorKind::Other,
        }
    }
}

/// What the operation leaves in which the power fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tear {
    /// What was there before: it had not begun.
    Nothing,
    /// All of it: it had ended.
    Everything,
    /// Some of its bits, and they stay so.
    Part,
    /// Bits that read differently each time, anything between before and after.
    Flicker,
    /// An uncorrectable error. On parts without error correction this is [`Part`](Self::Part).
    Ecc,
    /// As [`Flicker`](Self::Flicker), and so do the words behind it in the same write: the part had them in its buffer.
    Burst,
}

impl Tear {
    /// Every kind.
    pub const ALL: [Tear; 6] = [Tear::Nothing, Tear::Everything, Tear::Part, Tear::Flicker, Tear::Ecc, Tear::Burst];
}

/// When and how the power fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Number of the operation.
    pub at: u64,
    /// What it leaves.
    pub tear: Tear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Blank,
    Programmed,
    /// Was cut off while it was programmed.
    Flickers,
    /// Was cut off while it was erased.
    HalfErased,
    Ecc,
}

#[derive(Clone)]
struct Sector {
    bytes: Vec<u8>,
    words: Vec<Word>,
    /// What words that were cut off would have become: bits that differ from `bytes` read as anything.
    other: Option<Vec<u8>>,
}

impl Sector {
    fn erased(erase: usize, write: usize) -> Sector {
        Sector { bytes: vec![0xff; erase], words: vec![Word::Blank; erase / write], other: None }
    }
}

/// Write size `W` and erase size `E`, in bytes. Clones share what neither has changed.
#[derive(Clone)]
pub struct MockFlash<const W: usize, const E: usize> {
    sectors: Vec<Arc<Sector>>,
    /// Of what flickers.
    random: Random,
    suspended: Option<u8>,
    /// Words programmed and sectors erased so far, in one count.
    pub operations: u64,
    /// Words programmed.
    pub words: u64,
    /// Sectors erased.
    pub erased: u64,
    /// How often each sector was erased.
    pub wear: Vec<u32>,
    /// When the power fails.
    pub cut: Option<Cut>,
    /// The word programmed in the operation with this number has a bit that stays set, and nobody is told.
    pub stuck_at: Option<u64>,
    /// Breaches of the flash's rules. Anything but empty is a bug in the code under test.
    pub breaches: Vec<MockError>,
    /// What was done, if somebody wants to know.
    pub log: Option<Vec<String>>,
}

impl<const W: usize, const E: usize> MockFlash<W, E> {
    /// Erased flash of this many sectors.
    pub fn new(sectors: usize) -> Self {
        MockFlash {
            // One erased sector, shared until it is written.
            sectors: core::iter::repeat_n(Arc::new(Sector::erased(E, W)), sectors).collect(),
            random: Random::new(1),
            suspended: None,
            operations: 0,
            words: 0,
            erased: 0,
            wear: vec![0; sectors],
            cut: None,
            stuck_at: None,
            breaches: Vec::new(),
            log: None,
        }
    }

    /// Sets what flickering words read as, and what is torn.
    pub fn reseed(&mut self, seed: u64) {
        self.random = Random::new(seed);
    }

    /// The power is on again.
    pub fn power_on(&mut self) {
        self.cut = None;
        self.suspended = None;
    }

    /// Whether the power has failed.
    pub fn is_dead(&self) -> bool {
        self.cut.is_some_and(|cut| self.operations > cut.at)
    }

    /// The contents of a range, as they were written.
    pub fn bytes(&self, range: Range<usize>) -> Vec<u8> {
        range.map(|at| self.sectors[at / E].bytes[at % E]).collect()
    }

    /// Changes a byte behind everybody's back, as a failing part does.
    pub fn corrupt(&mut self, offset: usize) {
        Arc::make_mut(&mut self.sectors[offset / E]).bytes[offset % E] ^= 0x10;
    }

    fn breach<T>(&mut self, error: MockError) -> Result<T, MockError> {
        self.breaches.push(error);
        Err(error)
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        if let Some(log) = &mut self.log {
            log.push(format!("      op {:>5}  {}", self.operations, what()));
        }
    }

    /// Counts an operation; `Some` if the power fails during it, `Err` if it failed before.
    fn operation(&mut self, offset: u32) -> Result<Option<Tear>, MockError> {
        let number = self.operations;
        if self.cut.is_some_and(|cut| number > cut.at) {
            return Err(MockError::PowerLost);
        }
        if self.suspended != Some(self.bank(offset)) {
            return self.breach(MockError::NotSuspended { offset });
        }
        self.operations += 1;
        Ok(self.cut.filter(|cut| cut.at == number).map(|cut| cut.tear))
    }

    fn erase_sector(&mut self, index: usize) -> Result<(), MockError> {
        self.note(|| format!("erase sector {index}"));
        let cut = self.operation((index * E) as u32)?;
        let Some(tear) = cut else {
            self.sectors[index] = Arc::new(Sector::erased(E, W));
            self.erased += 1;
            self.wear[index] += 1;
            return Ok(());
        };
        self.note(|| format!("the power fails: {tear:?}"));
        let split = self.random.below((E / W) as u64) as usize * W;
        let sector = Arc::make_mut(&mut self.sectors[index]);
        match tear {
            Tear::Nothing => {}
            Tear::Everything => *sector = Sector::erased(E, W),
            // Its front is clean, the rest as it was.
            Tear::Part => {
                sector.bytes[..split].fill(0xff);
                sector.words[..split / W].fill(Word::Blank);
            }
            Tear::Flicker | Tear::Burst => {
                sector.other = Some(vec![0xff; E]);
                sector.words.fill(Word::HalfErased);
            }
            Tear::Ecc => sector.words.fill(Word::Ecc),
        }
        Err(MockError::PowerLost)
    }

    fn program_word(&mut self, at: usize, word: &[u8]) -> Result<(), MockError> {
        let (sector, start) = (at / E, at % E);
        // One that flickers was blank before, and who has just seen it blank could not know.
        if !matches!(self.sectors[sector].words[start / W], Word::Blank | Word::Flickers) {
            return self.breach(MockError::DoubleProgram { offset: at as u32 });
        }
        let stuck = self.stuck_at == Some(self.operations);
        let cut = self.operation(at as u32)?;
        let Some(tear) = cut else {
            let bytes = &mut Arc::make_mut(&mut self.sectors[sector]);
            bytes.bytes[start..start + W].copy_from_slice(word);
            if let Some(byte) = bytes.bytes[start..start + W].iter_mut().find(|b| stuck && **b != 0xff) {
                *byte |= byte.wrapping_add(1);
            }
            bytes.words[start / W] = Word::Programmed;
            self.words += 1;
            return Ok(());
        };
        self.note(|| format!("the power fails in the word at {at:#x}: {tear:?}"));
        self.tear_word(at, word, tear);
        Err(MockError::PowerLost)
    }

    fn tear_word(&mut self, at: usize, word: &[u8], tear: Tear) {
        let start = at % E;
        let noise: Vec<u8> = (0..W).map(|_| self.random.below(256) as u8).collect();
        let sector = Arc::make_mut(&mut self.sectors[at / E]);
        let bytes = &mut sector.bytes[start..start + W];
        let state = &mut sector.words[start / W];
        match tear {
            Tear::Nothing => {}
            Tear::Everything => {
                bytes.copy_from_slice(word);
                *state = Word::Programmed;
            }
            Tear::Part => {
                bytes.iter_mut().zip(word.iter().zip(&noise)).for_each(|(b, (word, noise))| *b &= word | noise);
                // Nobody could tell one that still reads as blank from one that is.
                if bytes.iter().any(|b| *b != 0xff) {
                    *state = Word::Programmed;
                }
            }
            Tear::Flicker | Tear::Burst => {
                let other = sector.other.get_or_insert_with(|| vec![0xff; E]);
                other[start..start + W].copy_from_slice(word);
                *state = Word::Flickers;
            }
            Tear::Ecc => *state = Word::Ecc,
        }
    }
}

impl<const W: usize, const E: usize> ErrorType for MockFlash<W, E> {
    type Error = MockError;
}

impl<const W: usize, const E: usize> ReadNorFlash for MockFlash<W, E> {
    const READ_SIZE: usize = 1;

    fn read(&mut self, offset: u32, bytes: &mut [u8]) -> Result<(), MockError> {
        if let Err(kind) = check_read(self, offset, bytes.len()) {
            return self.breach(MockError::Rule(kind));
        }
        if self.is_dead() {
            return Err(MockError::PowerLost);
        }
        let mut at = offset as usize;
        let mut rest = bytes;
        while !rest.is_empty() {
            let (index, start) = (at / E, at % E);
            let sector = &self.sectors[index];
            let len = rest.len().min(E - start);
            let (now, later) = rest.split_at_mut(len);
            now.copy_from_slice(&sector.bytes[start..start + len]);
            let words = start / W..(start + len).div_ceil(W);
            if sector.words[words.clone()].contains(&Word::Ecc) {
                return Err(MockError::Ecc);
            }
            if let Some(other) = &sector.other {
                for word in words.filter(|word| matches!(sector.words[*word], Word::Flickers | Word::HalfErased)) {
                    // Whole words at a time, too: then it reads as if nothing or everything had happened.
                    let whole = [0, 0xff, self.random.below(256) as u8, self.random.below(256) as u8];
                    let whole = whole[self.random.below(4) as usize];
                    for i in (word * W).max(start)..((word + 1) * W).min(start + len) {
                        let noise = if whole == 0 || whole == 0xff { whole } else { self.random.below(256) as u8 };
                        now[i - start] = sector.bytes[i] & noise | other[i] & !noise;
                    }
                }
            }
            at += len;
            rest = later;
        }
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.sectors.len() * E
    }
}

impl<const W: usize, const E: usize> NorFlash for MockFlash<W, E> {
    const WRITE_SIZE: usize = W;
    const ERASE_SIZE: usize = E;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), MockError> {
        if let Err(kind) = check_erase(self, from, to) {
            return self.breach(MockError::Rule(kind));
        }
        if self.is_dead() {
            return Err(MockError::PowerLost);
        }
        (from as usize / E..to as usize / E).try_for_each(|sector| self.erase_sector(sector))
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), MockError> {
        if let Err(kind) = check_write(self, offset, bytes.len()) {
            return self.breach(MockError::Rule(kind));
        }
        if self.is_dead() {
            return Err(MockError::PowerLost);
        }
        self.note(|| format!("write {} bytes at {offset:#x}", bytes.len()));
        for (i, word) in bytes.chunks_exact(W).enumerate() {
            let at = offset as usize + i * W;
            let done = self.program_word(at, word);
            if done == Err(MockError::PowerLost) && self.cut.is_some_and(|cut| cut.tear == Tear::Burst) {
                let behind = bytes.chunks_exact(W).enumerate().skip(i + 1);
                behind.for_each(|(i, word)| self.tear_word(offset as usize + i * W, word, Tear::Burst));
            }
            done?;
        }
        Ok(())
    }
}

/// The whole is one bank. The times are of no part; nothing here waits.
impl<const W: usize, const E: usize> ModuleFlash for MockFlash<W, E> {
    const ERASE_US: u32 = 0;
    const PROGRAM_US: u32 = 0;

    fn bank(&self, _: u32) -> u8 {
        0
    }

    fn suspend(&mut self, bank: u8, _: Work) {
        assert_eq!(self.suspended.replace(bank), None, "banks are suspended one at a time");
    }

    fn resume(&mut self, bank: u8) {
        assert_eq!(self.suspended.take(), Some(bank), "what is resumed was suspended");
    }
}
