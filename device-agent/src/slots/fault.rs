//! Deliberate faults of the store, to see who notices.

/// A way to get the order of steps wrong that a store can live with until the power fails at the wrong moment.
#[cfg(any(test, feature = "faults"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A download is recorded as verified, and compared with what was signed only when its trial begins.
    CommitBeforeVerify,
    /// The journal's page is erased before its copy in the other page counts.
    EraseBeforeCopy,
    /// A chunk is marked as written before it is.
    MarkBeforeChunk,
    /// The security counter rises when a module is put on trial, not when it is confirmed.
    CounterAtInstall,
    /// A module that failed is taken back in one record, and quarantined in the next.
    QuarantineAfterRevert,
    /// Of a new set of keys, the first is trusted before the second is there.
    KeysOneByOne,
}

#[cfg(any(test, feature = "faults"))]
impl Fault {
    /// Every fault.
    pub const ALL: [Fault; 6] = [
        Fault::CommitBeforeVerify,
        Fault::EraseBeforeCopy,
        Fault::MarkBeforeChunk,
        Fault::CounterAtInstall,
        Fault::QuarantineAfterRevert,
        Fault::KeysOneByOne,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Fault::CommitBeforeVerify => "commit-before-verify",
            Fault::EraseBeforeCopy => "erase-before-copy",
            Fault::MarkBeforeChunk => "mark-before-chunk",
            Fault::CounterAtInstall => "counter-at-install",
            Fault::QuarantineAfterRevert => "quarantine-after-revert",
            Fault::KeysOneByOne => "keys-one-by-one",
        }
    }

    /// Has the stores of this thread go wrong in this way, or in none.
    pub fn plant(fault: Option<Fault>) {
        PLANTED.set(fault);
    }

    /// The fault that the stores of this thread have.
    pub fn planted() -> Option<Fault> {
        PLANTED.get()
    }
}

#[cfg(any(test, feature = "faults"))]
std::thread_local! {
    static PLANTED: core::cell::Cell<Option<Fault>> = const { core::cell::Cell::new(None) };
}

/// `fault!(Name, good, bad)` is `good`, unless the fault of this name is planted. Without the feature `faults` there is
/// nothing but `good`.
macro_rules! fault {
    ($name:ident, $good:expr, $bad:expr $(,)?) => {{
        #[cfg(not(any(test, feature = "faults")))]
        {
            $good
        }
        #[cfg(any(test, feature = "faults"))]
        {
            if $crate::slots::Fault::planted() == Some($crate::slots::Fault::$name) { $bad } else { $good }
        }
    }};
}

pub(super) use fault;
