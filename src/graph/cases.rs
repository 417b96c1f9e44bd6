//! The proof of a search: every case there is, and why it holds nothing better.

use super::prices::Prices;
use crate::index::{CouplingId, PairId, PostId, QuotaId};

/// Something that holds people, and what a case may say about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Load {
    /// The people at a post.
    Post(PostId),
    /// Those in a quota node over posts.
    Demand(QuotaId),
    /// Those in a quota node over units.
    Supply(QuotaId),
    /// Those of a coupling.
    Coupling(CouplingId),
    /// Those placed by a pair.
    Pair(PairId),
}

/// One part of a case: the load is from `min` to `max`, and `case` says what holds then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The smallest load.
    pub min: i64,
    /// The largest.
    pub max: i64,
    /// The number of a case further on.
    pub case: u32,
}

/// What is known about some of all matchings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Case {
    /// They fall into parts by the load of something.
    Split {
        /// Of what.
        on: Load,
        /// The parts; together they leave out no load that is allowed.
        parts: Vec<Part>,
    },
    /// The multipliers of this number bound what they are worth.
    Bounded(u32),
    /// The multipliers of this number prove that there are none: with every pair worth nothing, they bound the worth below 0.
    Empty(u32),
}

/// Multipliers of all ranges and couplings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Multipliers {
    /// Those of posts and quota nodes.
    pub prices: Prices,
    /// Those of couplings.
    pub couplings: Vec<i64>,
}

/// A tree of cases, the first of which is about all matchings, and the multipliers they refer to.
///
/// It may come from a file: [`verify_cases`](crate::certificate::verify_cases) believes nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cases {
    cases: Vec<Case>,
    multipliers: Vec<Multipliers>,
}

impl Cases {
    /// The cases, and the multipliers they refer to by number.
    #[must_use]
    pub const fn new(cases: Vec<Case>, multipliers: Vec<Multipliers>) -> Self {
        Self { cases, multipliers }
    }

    /// The cases; the first is about all matchings.
    #[must_use]
    pub fn cases(&self) -> &[Case] {
        &self.cases
    }

    /// The multipliers.
    #[must_use]
    pub fn multipliers(&self) -> &[Multipliers] {
        &self.multipliers
    }
}
