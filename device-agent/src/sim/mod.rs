//! A device in a world that loses, repeats, delays and reorders messages and cuts the power, all by a seed.
//!
//! The agent and the slot store are the real ones. Around them: mock NOR flash ([`flash`]), an edge that plays
//! edgecore's and the controller's part ([`edge`]), a shell that carries the agent's actions out ([`device`]), and
//! time ([`world`]). `powercut` (feature `faults`) takes the store alone, and the power away at every operation. A run with the same seed is the same run, and tells its story.

pub mod device;
pub mod edge;
pub mod flash;
pub mod module;
#[cfg(any(test, feature = "faults"))]
pub mod powercut;
pub mod world;

#[cfg(test)]
mod tests;

/// Pseudo-random numbers of a run (xorshift64*).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// The numbers of this seed.
    pub fn new(seed: u64) -> Random {
        Random((seed ^ 0x5851_f42d_4c95_7f2d).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16) % n.max(1)
    }

    /// True in this many of a hundred cases.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }
}
