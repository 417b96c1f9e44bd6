//! Who is placed where, in the market's words.

use super::{PostIx, SupplyIx};

/// Some members of one supply unit at one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placement {
    /// The supply unit.
    pub unit: SupplyIx,
    /// The post.
    pub post: PostIx,
    /// How many of its members.
    pub people: u32,
}

/// Placements in order of supply unit, then post, each pair at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placements(Vec<Placement>);

impl Placements {
    /// Sorts `placements`; whether they keep any rule is for the audit to say.
    #[must_use]
    pub fn new(mut placements: Vec<Placement>) -> Self {
        placements.sort_unstable();
        Self(placements)
    }

    /// All placements.
    #[must_use]
    pub fn all(&self) -> &[Placement] {
        &self.0
    }

    /// The placements of `unit`.
    #[must_use]
    pub fn of(&self, unit: SupplyIx) -> &[Placement] {
        let first = self.0.partition_point(|placement| placement.unit < unit);
        let length = self.0[first..].partition_point(|placement| placement.unit == unit);
        &self.0[first..first + length]
    }

    /// People placed.
    #[must_use]
    pub fn people(&self) -> u64 {
        self.0.iter().map(|placement| u64::from(placement.people)).sum()
    }
}
