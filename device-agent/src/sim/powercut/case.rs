//! What a run is made of, and how it is written down.

use std::format;
use std::string::String;

use crate::sim::flash::{Cut, Tear};

/// Sizes of words and sectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Geometry {
    /// Serial NOR that is written by the page of 256 bytes; sectors of 4 KiB.
    Page256,
    /// Words of 8 bytes with error correction, sectors of 2 KiB: STM32L4, STM32G4.
    Word8,
    /// Words of 32 bytes with error correction, sectors of 128 KiB: STM32H7.
    Word32,
    /// Words of 4 bytes, sectors of 256 KiB: parallel NOR.
    Word4,
}

impl Geometry {
    /// Every geometry.
    pub const ALL: [Geometry; 4] = [Geometry::Page256, Geometry::Word8, Geometry::Word32, Geometry::Word4];

    /// Bytes of a word and of a sector, as `256B-4K`.
    pub const fn name(self) -> &'static str {
        match self {
            Geometry::Page256 => "256B-4K",
            Geometry::Word8 => "8B-2K",
            Geometry::Word32 => "32B-128K",
            Geometry::Word4 => "4B-256K",
        }
    }
}

/// What is going on when the power fails. Each path begins with a boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// An update is downloaded.
    Download,
    /// It is compared with what was signed, and put on trial.
    Install,
    /// A module on trial is confirmed.
    Confirm,
    /// A module on trial is taken back, and quarantined.
    Revert,
    /// A module on trial does not survive its resets.
    Expire,
    /// A module is removed, and another one installed where it was.
    Reclaim,
    /// All of an update, with the journal's page full at each of its records in turn.
    Update,
    /// Keys are rotated, on a device whose keys were rotated before.
    Rotate,
    /// An update is installed, and two words are not what was written: one of its content, one of the journal.
    Defect,
}

impl Path {
    /// Every path.
    pub const ALL: [Path; 9] = [
        Path::Download,
        Path::Install,
        Path::Confirm,
        Path::Revert,
        Path::Expire,
        Path::Reclaim,
        Path::Update,
        Path::Rotate,
        Path::Defect,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Path::Download => "download",
            Path::Install => "install",
            Path::Confirm => "confirm",
            Path::Revert => "revert",
            Path::Expire => "expire",
            Path::Reclaim => "reclaim",
            Path::Update => "update",
            Path::Rotate => "rotate",
            Path::Defect => "defect",
        }
    }

    /// Records that are left in the journal's page when it begins; `None` is many.
    pub(super) const fn rooms(self) -> &'static [Option<u32>] {
        match self {
            Path::Update => &[Some(0), Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), Some(7)],
            Path::Revert | Path::Confirm | Path::Expire | Path::Rotate => &[None, Some(0), Some(1), Some(2)],
            Path::Reclaim => &[None, Some(0), Some(3)],
            Path::Download | Path::Install | Path::Defect => &[None],
        }
    }
}

impl core::fmt::Display for Geometry {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name())
    }
}

impl core::fmt::Display for Path {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(self.name())
    }
}

/// One run. Written as `8B-2K/revert/room=1/seed=0/17:flicker/4:ecc`, which [`Case::parse`] reads; room and cuts may be
/// missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// The flash.
    pub geometry: Geometry,
    /// What is going on.
    pub path: Path,
    /// Records that are left in the journal's page.
    pub room: Option<u32>,
    /// Makes what torn content reads as.
    pub seed: u64,
    /// The cut, counted from the boot that the path begins with.
    pub first: Option<Cut>,
    /// The cut of the recovery, counted from its boot.
    pub second: Option<Cut>,
}

const TEARS: [(Tear, &str); 6] = [
    (Tear::Nothing, "nothing"),
    (Tear::Everything, "everything"),
    (Tear::Part, "part"),
    (Tear::Flicker, "flicker"),
    (Tear::Ecc, "ecc"),
    (Tear::Burst, "burst"),
];

impl core::fmt::Display for Case {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}/{}", self.geometry, self.path)?;
        if let Some(room) = self.room {
            write!(f, "/room={room}")?;
        }
        write!(f, "/seed={}", self.seed)?;
        for cut in [self.first, self.second].into_iter().flatten() {
            let tear = TEARS.iter().find(|(tear, _)| *tear == cut.tear).map_or("", |(_, name)| name);
            write!(f, "/{}:{tear}", cut.at)?;
        }
        Ok(())
    }
}

impl Case {
    /// Reads what a case is written as.
    ///
    /// # Errors
    /// The part that is none, in words.
    pub fn parse(text: &str) -> Result<Case, String> {
        let mut parts = text.split('/');
        let mut part = || parts.next().unwrap_or_default();
        let (geometry, path) = (part(), part());
        let geometry = Geometry::ALL.into_iter().find(|g| g.name() == geometry);
        let path = Path::ALL.into_iter().find(|p| p.name() == path);
        let mut case = Case {
            geometry: geometry.ok_or_else(|| format!("`{text}` does not begin with a geometry"))?,
            path: path.ok_or_else(|| format!("`{text}` has no path behind its geometry"))?,
            room: None,
            seed: 0,
            first: None,
            second: None,
        };
        for part in parts {
            let wrong = || format!("`{part}` is neither room=N, nor seed=N, nor a cut such as 17:flicker");
            if let Some(room) = part.strip_prefix("room=") {
                case.room = Some(room.parse().map_err(|_| wrong())?);
            } else if let Some(seed) = part.strip_prefix("seed=") {
                case.seed = seed.parse().map_err(|_| wrong())?;
            } else {
                let (at, tear) = part.split_once(':').ok_or_else(wrong)?;
                let (tear, _) = TEARS.iter().find(|(_, name)| *name == tear).ok_or_else(wrong)?;
                let cut = Cut { at: at.parse().map_err(|_| wrong())?, tear: *tear };
                if case.first.is_none() {
                    case.first = Some(cut);
                } else if case.second.replace(cut).is_some() {
                    return Err(format!("`{text}` has more than two cuts"));
                }
            }
        }
        Ok(case)
    }
}
