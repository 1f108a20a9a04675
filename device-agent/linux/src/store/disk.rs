//! What the store asks of a filesystem: one folder, a handful of operations.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// A folder of files, as POSIX has them. What was written or renamed may be lost in a crash, in any order and in part,
/// until the file or the folder is synced.
pub trait Disk {
    /// All bytes of a file.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`], and what the system says.
    fn read(&mut self, name: &str) -> io::Result<Vec<u8>>;

    /// Whether there is such a file.
    ///
    /// # Errors
    /// What the system says.
    fn exists(&mut self, name: &str) -> io::Result<bool>;

    /// The names of all files.
    ///
    /// # Errors
    /// What the system says.
    fn names(&mut self) -> io::Result<Vec<String>>;

    /// Makes a new file of `len` bytes that begins with `bytes`, the rest being zeros. One that has the name loses it, and is
    /// not written to: after a crash in a rename it may have the other name as well.
    ///
    /// # Errors
    /// What the system says.
    fn create(&mut self, name: &str, bytes: &[u8], len: u64) -> io::Result<()>;

    /// Replaces bytes of a file.
    ///
    /// # Errors
    /// What the system says.
    fn write_at(&mut self, name: &str, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// Makes a file's bytes durable, not its name.
    ///
    /// # Errors
    /// What the system says.
    fn sync(&mut self, name: &str) -> io::Result<()>;

    /// Gives a file another name, in place of the file that had it.
    ///
    /// # Errors
    /// What the system says.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// What the system says.
    fn remove(&mut self, name: &str) -> io::Result<()>;

    /// Makes the names durable.
    ///
    /// # Errors
    /// What the system says.
    fn sync_folder(&mut self) -> io::Result<()>;
}

/// A real folder, which one process at a time may have.
pub struct Folder {
    path: PathBuf,
    /// To sync it.
    handle: File,
    /// Locked as long as this value lives.
    _lock: File,
}

impl Folder {
    /// Opens a folder, made if it is not there, for this user alone.
    ///
    /// # Errors
    /// [`io::ErrorKind::WouldBlock`] if another process has it; what the system says.
    pub fn open(path: &Path) -> io::Result<Folder> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path.join("lock"))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => {
                io::Error::new(io::ErrorKind::WouldBlock, "another process uses it; give each its own `state`")
            }
            TryLockError::Error(error) => error,
        })?;
        // The folder's own name has to survive as well.
        if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            File::open(parent)?.sync_all()?;
        }
        Ok(Folder { path: path.to_owned(), handle: File::open(path)?, _lock: lock })
    }
}

impl Disk for Folder {
    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path.join(name))
    }

    fn exists(&mut self, name: &str) -> io::Result<bool> {
        fs::exists(self.path.join(name))
    }

    fn names(&mut self) -> io::Result<Vec<String>> {
        let names = fs::read_dir(&self.path)?.map(|entry| Ok(entry?.file_name().into_string().unwrap_or_default()));
        names.collect()
    }

    fn create(&mut self, name: &str, bytes: &[u8], len: u64) -> io::Result<()> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.set_len(len)
    }

    fn write_at(&mut self, name: &str, offset: u64, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().write(true).open(self.path.join(name))?.write_all_at(bytes, offset)
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        File::open(self.path.join(name))?.sync_all()
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        self.handle.sync_all()
    }
}
