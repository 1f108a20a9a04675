//! A disk that crashes at a chosen operation, and afterwards has of what was not synced whatever a filesystem may have.

use std::collections::BTreeMap;
use std::io;

use super::super::disk::Disk;

/// A change of a file's bytes that is not durable yet.
#[derive(Debug, Clone)]
enum Write {
    Truncate(usize),
    Bytes(usize, Vec<u8>),
}

/// A change of the folder that is not durable yet. Files are numbers; names come and go.
#[derive(Debug, Clone)]
enum Naming {
    Give(String, usize),
    Take(String),
}

#[derive(Debug, Clone, Default)]
struct File {
    durable: Vec<u8>,
    pending: Vec<Write>,
}

impl File {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.durable.clone();
        self.pending.iter().for_each(|write| apply(&mut bytes, write));
        bytes
    }
}

fn apply(bytes: &mut Vec<u8>, write: &Write) {
    match write {
        Write::Truncate(len) => bytes.resize(*len, 0),
        Write::Bytes(at, new) => {
            bytes.resize(bytes.len().max(at + new.len()), 0);
            bytes[*at..at + new.len()].copy_from_slice(new);
        }
    }
}

/// Which promise a disk does not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Synced files are not.
    Files,
    /// A synced folder is not.
    Names,
}

#[derive(Debug, Clone, Default)]
pub struct CrashingDisk {
    files: Vec<File>,
    names: BTreeMap<String, usize>,
    durable_names: BTreeMap<String, usize>,
    pending_names: Vec<Naming>,
    /// Operations that change something, so far.
    pub operations: u32,
    /// Fails from the operation with this number on.
    crash_at: Option<u32>,
    lie: Option<Lie>,
}

impl CrashingDisk {
    /// Crashes at the operation with this number, from 0.
    pub fn crashing_at(self, at: u32) -> CrashingDisk {
        CrashingDisk { crash_at: Some(at), ..self }
    }

    /// Does not keep a promise, from now on.
    pub fn lying(self, lie: Option<Lie>) -> CrashingDisk {
        CrashingDisk { lie, ..self }
    }

    /// Counts an operation; the one at which the disk crashes is begun and not acknowledged.
    fn operate(&mut self) -> io::Result<bool> {
        self.operations += 1;
        match self.crash_at {
            Some(at) if self.operations > at + 1 => Err(io::Error::other("crashed")),
            Some(at) => Ok(self.operations > at),
            None => Ok(false),
        }
    }

    fn acknowledge(crashing: bool) -> io::Result<()> {
        if crashing { Err(io::Error::other("crashed")) } else { Ok(()) }
    }

    fn file(&self, name: &str) -> io::Result<usize> {
        self.names.get(name).copied().ok_or(io::ErrorKind::NotFound.into())
    }

    fn name(&mut self, change: Naming) {
        rename(&mut self.names, &change);
        self.pending_names.push(change);
    }

    /// The disk after a crash: of what is not durable nothing (variant 0), everything (variant 1), or anything.
    pub fn after_crash(&self, variant: u32) -> CrashingDisk {
        let mut random = u64::from(variant).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(self.operations.into());
        let mut chance = |of: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            match variant {
                0 => 0,
                1 => of - 1,
                _ => (random >> 33) as usize % of,
            }
        };
        let mut files = Vec::new();
        for file in &self.files {
            let mut durable = file.durable.clone();
            for write in &file.pending {
                match (chance(3), write) {
                    (0, _) => {}
                    (1, Write::Bytes(at, bytes)) => {
                        apply(&mut durable, &Write::Bytes(*at, bytes[..chance(bytes.len() + 1)].to_vec()));
                    }
                    _ => apply(&mut durable, write),
                }
            }
            files.push(File { durable, pending: Vec::new() });
        }
        let mut names = self.durable_names.clone();
        for change in &self.pending_names {
            if chance(2) == 1 {
                rename(&mut names, change);
            }
        }
        CrashingDisk { files, durable_names: names.clone(), names, lie: self.lie, ..CrashingDisk::default() }
    }
}

fn rename(names: &mut BTreeMap<String, usize>, change: &Naming) {
    match change {
        Naming::Give(name, file) => names.insert(name.clone(), *file),
        Naming::Take(name) => names.remove(name),
    };
}

impl Disk for CrashingDisk {
    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        Ok(self.files[self.file(name)?].bytes())
    }

    fn exists(&mut self, name: &str) -> io::Result<bool> {
        Ok(self.names.contains_key(name))
    }

    fn names(&mut self) -> io::Result<Vec<String>> {
        Ok(self.names.keys().cloned().collect())
    }

    fn create(&mut self, name: &str, bytes: &[u8], len: u64) -> io::Result<()> {
        let crashing = self.operate()?;
        if self.file(name).is_ok() {
            self.name(Naming::Take(name.to_owned()));
        }
        let file = self.files.len();
        self.files.push(File::default());
        self.name(Naming::Give(name.to_owned(), file));
        let writes = [Write::Bytes(0, bytes.to_vec()), Write::Truncate(len as usize)];
        self.files[file].pending.extend(writes);
        Self::acknowledge(crashing)
    }

    fn write_at(&mut self, name: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let crashing = self.operate()?;
        let file = self.file(name)?;
        self.files[file].pending.push(Write::Bytes(offset as usize, bytes.to_vec()));
        Self::acknowledge(crashing)
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        let crashing = self.operate()?;
        let file = self.file(name)?;
        if !crashing && self.lie != Some(Lie::Files) {
            let file = &mut self.files[file];
            file.durable = file.bytes();
            file.pending.clear();
        }
        Self::acknowledge(crashing)
    }

    /// Two changes, of which a crash may leave either alone, which is worse than POSIX allows.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let crashing = self.operate()?;
        let file = self.file(from)?;
        self.name(Naming::Give(to.to_owned(), file));
        self.name(Naming::Take(from.to_owned()));
        Self::acknowledge(crashing)
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        let crashing = self.operate()?;
        self.file(name)?;
        self.name(Naming::Take(name.to_owned()));
        Self::acknowledge(crashing)
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        let crashing = self.operate()?;
        if !crashing && self.lie != Some(Lie::Names) {
            self.durable_names = self.names.clone();
            self.pending_names.clear();
        }
        Self::acknowledge(crashing)
    }
}
