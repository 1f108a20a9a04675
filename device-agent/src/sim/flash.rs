//! NOR flash that keeps the rules of the real thing, counts, and can lose power.

use std::vec;
use std::vec::Vec;

use embedded_storage::nor_flash::{
    ErrorType, NorFlash, NorFlashError, NorFlashErrorKind, ReadNorFlash, check_erase, check_read, check_write,
};

/// What the flash said no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MockError {
    /// Misaligned or out of bounds: a bug of the caller.
    Rule(NorFlashErrorKind),
    /// A word was programmed twice without an erase in between: a bug of the caller.
    DoubleProgram { offset: u32 },
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

/// Write size `W` and erase size `E`, in bytes.
#[derive(Clone)]
pub struct MockFlash<const W: usize, const E: usize> {
    bytes: Vec<u8>,
    programmed: Vec<bool>,
    /// Words programmed and sectors erased so far, in one count.
    pub operations: u64,
    /// Words programmed.
    pub words: u64,
    /// Sectors erased.
    pub erased: u64,
    /// Power fails during the operation with this number.
    pub cut_at: Option<u64>,
    /// Breaches of the flash's rules. Anything but empty is a bug in the code under test.
    pub breaches: Vec<MockError>,
}

impl<const W: usize, const E: usize> MockFlash<W, E> {
    /// Erased flash of this many sectors.
    pub fn new(sectors: usize) -> Self {
        MockFlash {
            bytes: vec![0xff; sectors * E],
            programmed: vec![false; sectors * E / W],
            operations: 0,
            words: 0,
            erased: 0,
            cut_at: None,
            breaches: Vec::new(),
        }
    }

    /// The contents, as memory-mapped.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Changes a byte behind everybody's back, as a failing part does.
    pub fn corrupt(&mut self, offset: usize) {
        self.bytes[offset] ^= 0x10;
    }

    fn breach<T>(&mut self, error: MockError) -> Result<T, MockError> {
        self.breaches.push(error);
        Err(error)
    }

    /// Counts an operation; `Some(noise)` if the power fails during it, `Err` if it failed before.
    fn operation(&mut self) -> Result<Option<u8>, MockError> {
        let number = self.operations;
        match self.cut_at {
            Some(cut) if number > cut => return Err(MockError::PowerLost),
            _ => self.operations += 1,
        }
        // Differs from cut to cut, equal when the run is repeated.
        let noise = (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8;
        Ok((self.cut_at == Some(number)).then_some(noise))
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
        bytes.copy_from_slice(&self.bytes[offset as usize..][..bytes.len()]);
        Ok(())
    }

    fn capacity(&self) -> usize {
        self.bytes.len()
    }
}

impl<const W: usize, const E: usize> NorFlash for MockFlash<W, E> {
    const WRITE_SIZE: usize = W;
    const ERASE_SIZE: usize = E;

    fn erase(&mut self, from: u32, to: u32) -> Result<(), MockError> {
        if let Err(kind) = check_erase(self, from, to) {
            return self.breach(MockError::Rule(kind));
        }
        for sector in from as usize / E..to as usize / E {
            let cut = self.operation()?;
            let (start, end) = (sector * E, (sector + 1) * E);
            let done = match cut {
                // Half-erased: one part is clean, the rest is what it was or noise.
                Some(noise) => {
                    let half = E * usize::from(noise) / 256;
                    let torn = &mut self.bytes[start + half..end];
                    torn.iter_mut().step_by(7).for_each(|b| *b |= noise);
                    start + half / W * W
                }
                None => end,
            };
            self.bytes[start..done].fill(0xff);
            self.programmed[start / W..done / W].fill(false);
            if cut.is_some() {
                return Err(MockError::PowerLost);
            }
            self.erased += 1;
        }
        Ok(())
    }

    fn write(&mut self, offset: u32, bytes: &[u8]) -> Result<(), MockError> {
        if let Err(kind) = check_write(self, offset, bytes.len()) {
            return self.breach(MockError::Rule(kind));
        }
        for (i, word) in bytes.chunks_exact(W).enumerate() {
            let at = offset as usize + i * W;
            if self.programmed[at / W] {
                return self.breach(MockError::DoubleProgram { offset: at as u32 });
            }
            let cut = self.operation()?;
            for (j, byte) in word.iter().enumerate() {
                // A torn word: some of its zeros have not arrived.
                let noise = cut.map_or(0, |n| n.rotate_left(j as u32));
                self.bytes[at + j] &= byte | noise;
            }
            // A torn word that still reads as blank is blank: nobody could tell.
            self.programmed[at / W] = cut.is_none() || self.bytes[at..at + W].iter().any(|b| *b != 0xff);
            if cut.is_some() {
                return Err(MockError::PowerLost);
            }
            self.words += 1;
        }
        Ok(())
    }
}
