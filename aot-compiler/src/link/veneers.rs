//! Veneers: jumps, near a call that does not reach its callee, which do.
//!
//! ```text
//! region 0   functions … veneers
//! region 1   functions … veneers
//! ```
//! Functions are divided into regions, each with one veneer for each callee that any of its calls needs one for. Which
//! these are is found by trying: a layout that leaves calls out of reach is made again with veneers for them. There are
//! only ever more, so this ends; in practice with the second or third layout.

use crate::isa::RelocTarget;
use std::collections::HashSet;

/// Bytes of functions after which a region ends: half of what a call reaches in any back end that has veneers, so that
/// calls at the region's start reach the veneers at its end.
pub const REGION_BYTES: usize = 512 << 10;

/// The veneers to make.
#[derive(Debug, Default)]
pub struct Veneers {
    /// By region, in the order in which the need was found.
    targets: Vec<Vec<RelocTarget>>,
    known: HashSet<(usize, RelocTarget)>,
}

impl Veneers {
    /// Callees with a veneer at the end of a region.
    pub fn at_end_of(&self, region: usize) -> &[RelocTarget] {
        self.targets.get(region).map_or(&[], Vec::as_slice)
    }

    /// Adds a veneer, unless it is there.
    pub fn add(&mut self, region: usize, target: RelocTarget) {
        if self.known.insert((region, target)) {
            self.targets.resize_with(self.targets.len().max(region + 1), Vec::new);
            self.targets[region].push(target);
        }
    }
}
