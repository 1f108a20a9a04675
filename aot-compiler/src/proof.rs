//! Marks for the proof of the compiler: lowering rules that count their use, and deliberate miscompiles.
//!
//! `rule!` names a decision of the lowering where it is made; `mutant!` names a way to get it wrong. Without the feature
//! `proof` both are what they mark and nothing else. With it each mark is an entry of [`RULES`] or [`MUTANTS`], collected by
//! the linker from wherever it stands, so that no list of them can go stale.
//!
//! Counts and the planted mutant belong to the process. `./dev rules` and `./dev mutants` are what they are for.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Reexported for the macros.
#[doc(hidden)]
pub use linkme;

/// A decision of the lowering.
#[derive(Debug)]
pub struct Rule {
    /// `back end: what becomes what`; unique.
    pub name: &'static str,
    hits: AtomicU64,
}

impl Rule {
    #[doc(hidden)]
    pub const fn new(name: &'static str) -> Rule {
        Rule { name, hits: AtomicU64::new(0) }
    }

    #[doc(hidden)]
    pub fn hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    /// How often it was taken since the process began or [`forget_hits`] was called.
    pub fn hits(&self) -> u64 {
        self.hits.load(Ordering::Relaxed)
    }
}

/// A deliberate miscompile.
#[derive(Debug)]
pub struct Mutant {
    /// `part of the compiler: what goes wrong`; unique.
    pub name: &'static str,
    /// The module that it stands in.
    pub module: &'static str,
    planted: AtomicBool,
}

impl Mutant {
    #[doc(hidden)]
    pub const fn new(name: &'static str, module: &'static str) -> Mutant {
        Mutant { name, module, planted: AtomicBool::new(false) }
    }

    #[doc(hidden)]
    pub fn is_planted(&self) -> bool {
        self.planted.load(Ordering::Relaxed)
    }

    /// Has every compilation of this process go wrong in this way, or no longer.
    pub fn plant(&self, planted: bool) {
        self.planted.store(planted, Ordering::Relaxed);
    }
}

/// Every rule, in no order.
#[linkme::distributed_slice]
pub static RULES: [&'static Rule];

/// Every mutant, in no order.
#[linkme::distributed_slice]
pub static MUTANTS: [&'static Mutant];

/// Sets the count of every rule to zero.
pub fn forget_hits() {
    RULES.iter().for_each(|rule| rule.hits.store(0, Ordering::Relaxed));
}
