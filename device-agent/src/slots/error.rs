//! What the store refuses, and which counters.

use embedded_storage::nor_flash::NorFlashErrorKind;

use super::{MAX_NAMES, SlotState};

/// How far the counter of a module may be above the highest that was confirmed under its name; from 0, if none was.
///
/// A counter never goes back. So without a bound, one manifest that was signed by mistake or by who should not have been
/// able to, with a counter at the end of the range, would end all updates of the module on every device that confirms it.
/// What binds is the last manifest that was signed and confirmed, not something that the new one says of itself: who
/// signs a wrong counter would sign a wrong bound with it. There is no exception, neither for new devices: one that
/// joins a fleet whose counter is at 2,500 takes two versions in between, 1,000 and 2,000, which may be the same module.
/// Wanted or not, a device begins some 24 downloads a day (`BEGIN_EVERY_MS`): the
/// end of the range is 490 years away.
pub const MAX_COUNTER_JUMP: u32 = 1000;

/// Why the store did not do what it was asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreFault {
    /// The flash driver failed.
    Flash(NorFlashErrorKind),
    /// The flash's write or erase size, or the region, is not one that the store can work with.
    Geometry,
    /// The artifact does not fit into a slot.
    TooLarge {
        /// Bytes that it needs.
        needed: u32,
        /// Bytes of a slot.
        available: u32,
    },
    /// The envelope is not one; the caller has not verified it.
    Envelope,
    /// The slot is not in the state that this step needs.
    WrongState(SlotState),
    /// The chunk is not the one that was signed: index, length or hash.
    Chunk,
    /// The slot's flash holds something else than it should. The slot was given up and starts empty.
    Dirty,
    /// The counter is lower than one that was confirmed under this name.
    Counter {
        /// Lowest counter that may be installed.
        floor: u32,
    },
    /// The counter is further above the highest that was confirmed than [`MAX_COUNTER_JUMP`].
    CounterJump {
        /// Highest counter that may be installed.
        ceiling: u32,
    },
    /// The keys' epoch is not above that of the trusted ones.
    Epoch,
    /// The digest is in quarantine.
    Quarantined,
    /// Every slot that is large enough belongs to another module.
    NoRoom,
    /// The device has seen [`MAX_NAMES`] other names.
    TooManyNames,
    /// There is no module of this name.
    NoModule,
    /// The store has a bug; nothing was harmed.
    LogicBug,
}

impl StoreFault {
    /// The cause in one word, for reports.
    pub const fn reason(&self) -> &'static str {
        match self {
            StoreFault::Flash(_) => "flash",
            StoreFault::Geometry => "flash-geometry",
            StoreFault::TooLarge { .. } => "too-large",
            StoreFault::Envelope => "envelope",
            StoreFault::WrongState(_) => "slot-state",
            StoreFault::Chunk => "chunk",
            StoreFault::Dirty => "flash-dirty",
            StoreFault::Counter { .. } => "counter",
            StoreFault::CounterJump { .. } => "counter-jump",
            StoreFault::Epoch => "epoch",
            StoreFault::Quarantined => "quarantined",
            StoreFault::NoRoom => "no-slot",
            StoreFault::TooManyNames => "too-many-names",
            StoreFault::NoModule => "no-module",
            StoreFault::LogicBug => "logic-bug",
        }
    }
}

impl core::fmt::Display for StoreFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            StoreFault::Flash(kind) => write!(f, "the flash driver failed: {kind}"),
            StoreFault::Geometry => write!(f, "the region or the flash's geometry does not suit the slot store"),
            StoreFault::TooLarge { needed, available } => {
                write!(f, "the artifact needs {needed} bytes, a slot has {available}")
            }
            StoreFault::Envelope => write!(f, "the envelope is malformed"),
            StoreFault::WrongState(state) => write!(f, "the slot is {state:?}"),
            StoreFault::Chunk => write!(f, "the chunk is not the signed one"),
            StoreFault::Dirty => write!(f, "the slot's flash holds something else than was written"),
            StoreFault::Counter { floor } => write!(f, "the counter is lower than {floor}; sign with a higher one"),
            StoreFault::CounterJump { ceiling } => {
                write!(f, "the counter is higher than {ceiling}; install a version in between first")
            }
            StoreFault::Epoch => write!(f, "the trusted keys are of this epoch or a later one"),
            StoreFault::Quarantined => write!(f, "it was installed before and failed"),
            StoreFault::NoRoom => write!(f, "no slot that is large enough is free; remove a module"),
            StoreFault::TooManyNames => write!(f, "{MAX_NAMES} names are known and kept; use one of them"),
            StoreFault::NoModule => write!(f, "there is no module of this name"),
            StoreFault::LogicBug => write!(f, "bug in the slot store"),
        }
    }
}

impl core::error::Error for StoreFault {}

/// Whether a module with this counter may be installed where `floor` is the highest that was confirmed.
///
/// # Errors
/// [`StoreFault::Counter`] or [`StoreFault::CounterJump`].
pub fn check_counter(counter: u32, floor: u32) -> Result<(), StoreFault> {
    let ceiling = floor.saturating_add(MAX_COUNTER_JUMP);
    match counter {
        _ if counter < floor => Err(StoreFault::Counter { floor }),
        _ if counter > ceiling => Err(StoreFault::CounterJump { ceiling }),
        _ => Ok(()),
    }
}
