//! An image in flash: writing it, comparing it, and finding how far a download has come.

use embedded_storage::nor_flash::NorFlashError;
use sandgrain_artifact::{Digest, Envelope};
use sha2::{Digest as _, Sha256};

use super::bank::{self, ModuleFlash};
use super::fault::fault;
use super::layout::{MANIFEST, Place};
use super::state::ImageRecord;
use super::{ChunkSet, MAX_CHUNKS, MAX_WRITE, StoreFault};

const HEADER: u32 = 32;

/// How a chunk's mark reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Set,
    Blank,
    Torn,
}

/// An image at its place in the flash.
pub(super) struct ImageAt<'f, F> {
    pub flash: &'f mut F,
    pub place: Place,
    pub image: ImageRecord,
}

impl<F: ModuleFlash> ImageAt<'_, F> {
    /// Erases the sectors that marks and envelope are in, and writes the envelope. Returns where to go on erasing.
    pub fn begin(&mut self, envelope: &[u8]) -> Result<u32, StoreFault> {
        let head = (self.place.content - self.place.start).next_multiple_of(F::ERASE_SIZE as u32);
        let head_end = self.place.start + head;
        bank::erase(self.flash, self.place.start..head_end)?;
        self.program(self.place.envelope, envelope)?;
        // Nothing but the signature depends on its own bytes: what was written is compared here or never.
        let mut have = [0; 64];
        for (at, want) in (self.place.envelope..).step_by(have.len()).zip(envelope.chunks(have.len())) {
            let have = &mut have[..want.len()];
            self.read(at, have)?;
            if have != want {
                return Err(StoreFault::Dirty);
            }
        }
        Ok(head_end)
    }

    /// Compares a chunk with its signed hash, writes it, marks it. A chunk that is there already is left alone.
    pub fn write_chunk(&mut self, index: u32, bytes: &[u8]) -> Result<(), StoreFault> {
        let (start, len) = self.image.chunk(index).ok_or(StoreFault::Chunk)?;
        if bytes.len() as u32 != len {
            return Err(StoreFault::Chunk);
        }
        let mut hash = [0; 32];
        self.read(self.place.hash(&self.image, index), &mut hash)?;
        if Digest::of(&[bytes]) != Digest(hash) {
            return Err(StoreFault::Chunk);
        }
        if self.mark(index) != Mark::Blank {
            return Ok(());
        }
        fault!(MarkBeforeChunk, (), self.set_mark(index)?);
        self.program(self.place.content + start, bytes)?;
        self.set_mark(index)
    }

    /// Programs `bytes` at `at`, padding the first and last word with 0xff. A word that is not blank is `Dirty`, also if it
    /// holds the right bytes: what a cut has left may not hold them tomorrow. No word is written twice.
    fn program(&mut self, at: u32, bytes: &[u8]) -> Result<(), StoreFault> {
        let word = F::WRITE_SIZE as u32;
        let mut block_at = at / word * word;
        let end = at + bytes.len() as u32;
        while block_at < end {
            let mut want = [0xff; MAX_WRITE];
            let mut have = [0xff; MAX_WRITE];
            let room = &mut want[..(end - block_at).next_multiple_of(word).min(MAX_WRITE as u32) as usize];
            let (skip, from) = (at.saturating_sub(block_at) as usize, block_at.saturating_sub(at) as usize);
            room[skip..].iter_mut().zip(&bytes[from..]).for_each(|(to, byte)| *to = *byte);
            let have = &mut have[..room.len()];
            // A word that cannot be read was cut off.
            self.read(block_at, have).map_err(|_| StoreFault::Dirty)?;
            self.program_block(block_at, room, have)?;
            block_at += room.len() as u32;
        }
        Ok(())
    }

    /// Writes the runs of words that are not all ones: after a reset nobody could tell whether those had been written.
    fn program_block(&mut self, at: u32, want: &[u8], have: &[u8]) -> Result<(), StoreFault> {
        let word = F::WRITE_SIZE;
        let mut run = 0..0;
        for (want_word, have_word) in want.chunks_exact(word).zip(have.chunks_exact(word)) {
            if !is_blank(have_word) {
                return Err(StoreFault::Dirty);
            } else if is_blank(want_word) {
                bank::program(self.flash, at + run.start as u32, &want[run.clone()])?;
                run = run.end + word..run.end + word;
            } else {
                run.end += word;
            }
        }
        bank::program(self.flash, at + run.start as u32, &want[run])
    }

    fn read(&mut self, at: u32, bytes: &mut [u8]) -> Result<(), StoreFault> {
        self.flash.read(at, bytes).map_err(|e| StoreFault::Flash(e.kind()))
    }

    fn mark(&mut self, index: u32) -> Mark {
        let mut word = [0; MAX_WRITE];
        let word = &mut word[..F::WRITE_SIZE];
        // A word that cannot be read was cut off while it was written.
        if self.read(self.place.mark::<F>(index), word).is_err() {
            Mark::Torn
        } else if word.iter().all(|b| *b == 0) {
            Mark::Set
        } else if is_blank(word) {
            Mark::Blank
        } else {
            Mark::Torn
        }
    }

    fn set_mark(&mut self, index: u32) -> Result<(), StoreFault> {
        if self.mark(index) != Mark::Blank {
            return Ok(());
        }
        bank::program(self.flash, self.place.mark::<F>(index), &[0; MAX_WRITE][..F::WRITE_SIZE])
    }

    /// Chunks that were written whole: a mark is written after its chunk, so even a torn one says so. A chunk without a
    /// mark has to be blank. If it is not, it was cut off: its words can be neither trusted, not even those that read
    /// right today, nor written again, and the image is `Dirty`.
    pub fn present(&mut self) -> Result<ChunkSet, StoreFault> {
        let mut set = ChunkSet::default();
        for index in 0..self.image.chunk_count() {
            match self.mark(index) {
                Mark::Set => set.insert(index),
                Mark::Torn if self.chunk_matches(index)? => set.insert(index),
                Mark::Torn => return Err(StoreFault::Dirty),
                Mark::Blank if self.chunk_is_blank(index)? => {}
                Mark::Blank => return Err(StoreFault::Dirty),
            }
        }
        Ok(set)
    }

    fn chunk_is_blank(&mut self, index: u32) -> Result<bool, StoreFault> {
        let (start, len) = self.image.chunk(index).ok_or(StoreFault::LogicBug)?;
        let mut blank = true;
        let readable = self.walk(self.place.content + start, len, |bytes| blank &= is_blank(bytes));
        Ok(readable.is_ok() && blank)
    }

    /// Whether the manifest is the one with the digest.
    pub fn digest_matches(&mut self) -> bool {
        let (envelope, manifest_len) = (self.place.envelope, self.image.manifest_len);
        let mut sha = Sha256::new();
        let read = self
            .walk(envelope, HEADER, |bytes| sha.update(bytes))
            .and_then(|()| self.walk(envelope + MANIFEST, manifest_len, |bytes| sha.update(bytes)));
        read.is_ok() && self.image.digest == Digest(sha.finalize().into())
    }

    /// Whether every chunk is the one that was signed.
    pub fn chunks_match(&mut self) -> Result<bool, StoreFault> {
        for index in 0..self.image.chunk_count() {
            if !self.chunk_matches(index)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a chunk is the one that was signed. One that cannot be read is not.
    pub fn chunk_matches(&mut self, index: u32) -> Result<bool, StoreFault> {
        let (start, len) = self.image.chunk(index).ok_or(StoreFault::LogicBug)?;
        let mut hash = [0; 32];
        let mut sha = Sha256::new();
        let read = self
            .read(self.place.hash(&self.image, index), &mut hash)
            .and_then(|()| self.walk(self.place.content + start, len, |bytes| sha.update(bytes)));
        Ok(read.is_ok() && Digest(sha.finalize().into()) == Digest(hash))
    }

    /// Reads a range, a piece at a time.
    fn walk(&mut self, start: u32, len: u32, mut see: impl FnMut(&[u8])) -> Result<(), StoreFault> {
        let mut block = [0; 256];
        let mut at = 0;
        while at < len {
            let n = (len - at).min(block.len() as u32);
            self.read(start + at, &mut block[..n as usize])?;
            see(&block[..n as usize]);
            at += n;
        }
        Ok(())
    }
}

fn is_blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| *b == 0xff)
}

/// What the journal keeps of an envelope. Also checks that the hashes are where the store will look for them: at the
/// manifest's end.
pub(super) fn image_record(parsed: &Envelope<'_>) -> Result<ImageRecord, StoreFault> {
    let manifest = parsed.manifest().map_err(|_| StoreFault::Envelope)?;
    let header = parsed.header();
    let image = ImageRecord {
        digest: parsed.manifest_digest(),
        counter: manifest.counter,
        manifest_len: header.manifest_len,
        content_len: header.content_len,
        chunk_shift: manifest.chunk_size().trailing_zeros() as u8,
    };
    if manifest.chunk_count() != image.chunk_count() || image.chunk_count() > MAX_CHUNKS {
        return Err(StoreFault::Envelope);
    }
    for chunk in manifest.chunks() {
        let at = image.hash_offset(chunk.index) as usize;
        if parsed.bytes().get(at..at + 32) != Some(&chunk.hash.0[..]) {
            return Err(StoreFault::Envelope);
        }
    }
    Ok(image)
}
