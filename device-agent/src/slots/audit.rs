//! Whether what the store says of itself is so: for tests, which look after every step and every cut.

use std::format;
use std::string::String;

use super::bank::ModuleFlash;
use super::{ChunkSet, SlotId, SlotState, SlotStore, StoreFault};

impl<F: ModuleFlash> SlotStore<F> {
    /// Compares the journal with the flash, and the marks of a download too if `marks` is set. On a part that does not
    /// write what it is told to, those are believed only until the download is verified.
    ///
    /// # Errors
    /// What is not true, in words.
    pub fn audit(&mut self, marks: bool) -> Result<(), String> {
        for slot in SlotId::all() {
            let record = *self.journal.state.slot(slot);
            if record.state == SlotState::Empty {
                continue;
            }
            let state = record.state;
            let mut at = self.at(slot, record.image).map_err(|e| format!("slot {slot:?}, {state:?}: {e}"))?;
            if !at.digest_matches() {
                return Err(format!("slot {slot:?} is {state:?}, and its envelope is not there"));
            }
            let present = match state {
                SlotState::Downloading if !marks => continue,
                SlotState::Downloading => match at.present() {
                    // A download that was cut off is known to be, and begun again.
                    Err(StoreFault::Dirty) => continue,
                    present => present.map_err(|e| format!("slot {slot:?}, {state:?}: {e}"))?,
                },
                // Marks do not matter any more.
                _ => ChunkSet(u128::MAX),
            };
            for index in 0..record.image.chunk_count() {
                if present.contains(index) && at.chunk_matches(index) != Ok(true) {
                    return Err(format!("slot {slot:?} is {state:?}, and its chunk {index} is not there"));
                }
            }
            let quarantined = self.journal.state.quarantined.contains(&record.image.digest);
            if state == SlotState::Quarantined && !quarantined {
                return Err(format!("slot {slot:?} was taken back, and its digest is not in quarantine"));
            }
        }
        Ok(())
    }

    /// Leaves room for so many records in the journal's page.
    pub fn fill_journal(&mut self, room: u32) -> Result<(), StoreFault> {
        self.journal.fill(&mut self.flash, room)
    }
}
