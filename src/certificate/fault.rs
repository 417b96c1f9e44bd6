//! What is wrong with a result, with the numbers that show it.

use super::cases::CaseFault;
use super::condition::Condition;
use crate::graph::{SeatRange, Side, Span};
use crate::index::{CouplingId, PairId, PostId, QuotaId, UnitId};

/// One violation of one condition, with its evidence. Loads and totals are counted from the placements.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A post holds more or fewer people than its seats allow.
    #[error("capacity: post {} holds {load}, its seats allow {} to {}", .post.get(), .range.min(), .range.max())]
    Seats {
        /// The post.
        post: PostId,
        /// People placed there.
        load: u64,
        /// What it may hold.
        range: SeatRange,
    },
    /// A quota node holds more or fewer people than it may.
    #[error("capacity: {side} quota {} holds {load}, its range is {} to {}", .node.get(), .range.min(), .range.max())]
    Quota {
        /// The forest the node is in.
        side: Side,
        /// The node.
        node: QuotaId,
        /// People placed below it.
        load: u64,
        /// What it may hold.
        range: SeatRange,
    },
    /// A coupling holds more or fewer people than it may.
    #[error("capacity: coupling {} holds {load}, its span is {} to {}", .coupling.get(), .span.min(), .span.max())]
    Coupling {
        /// The coupling.
        coupling: CouplingId,
        /// People placed by its pairs, less those against it.
        load: i64,
        /// What it may hold.
        span: Span,
    },
    /// A placement names a pair the problem does not have.
    #[error("acceptability: pair {} places {count}, but is not one of {pairs} pairs", .pair.get())]
    UnknownPair {
        /// The pair named.
        pair: PairId,
        /// People placed by it.
        count: u32,
        /// Pairs there are.
        pairs: usize,
    },
    /// A unit places more members than it has.
    #[error("headcount: unit {} places {placed} members of {headcount}", .unit.get())]
    Headcount {
        /// The unit.
        unit: UnitId,
        /// Members placed.
        placed: u64,
        /// Members it has.
        headcount: u32,
    },
    /// A post has a price that its load does not justify.
    #[error("sign: post {} has price {price} with a load of {load} in {} to {} seats", .post.get(), .range.min(), .range.max())]
    PostSign {
        /// The post.
        post: PostId,
        /// Its own multiplier.
        price: i64,
        /// People placed there.
        load: u64,
        /// What it may hold.
        range: SeatRange,
    },
    /// A quota node has a multiplier that its load does not justify.
    #[error("sign: {side} quota {} has price {price} with a load of {load} in {} to {}", .node.get(), .range.min(), .range.max())]
    QuotaSign {
        /// The forest the node is in.
        side: Side,
        /// The node.
        node: QuotaId,
        /// Its multiplier.
        price: i64,
        /// People placed below it.
        load: u64,
        /// What it may hold.
        range: SeatRange,
    },
    /// A placed member earns less than its unit could elsewhere.
    #[error("rent: unit {} earns {earned} by pair {}, but could earn {rent}", .unit.get(), .pair.get())]
    Earned {
        /// The unit.
        unit: UnitId,
        /// The pair its member is placed by.
        pair: PairId,
        /// Value less prices of that pair.
        earned: i128,
        /// The unit's rent.
        rent: i128,
    },
    /// A unit has unplaced members although they could earn something.
    #[error("rent: unit {} leaves {unplaced} unplaced that could earn {rent} each", .unit.get())]
    Unplaced {
        /// The unit.
        unit: UnitId,
        /// Members not placed.
        unplaced: u32,
        /// The unit's rent.
        rent: i128,
    },
    /// The gap is not within what is claimed.
    #[error("gap: the bound is {gap} above the value, claimed is at most {claimed}")]
    Gap {
        /// The gap as recomputed; negative only for a matching that is not feasible.
        gap: i128,
        /// The claim.
        claimed: i128,
    },
    /// The tree of cases of a search is wrong.
    #[error(transparent)]
    Cases(CaseFault),
    /// The prices do not prove that the matching is best with everything as the search decided.
    #[error("rent: with everything as decided the prices prove {bound:?}, the value is {value}")]
    Decided {
        /// What they prove; nothing if they are not one for each range.
        bound: Option<i128>,
        /// What the matching is worth.
        value: i128,
    },
    /// There is not one price for each post or quota node. Missing ones count as 0, further ones do not count.
    #[error("gap: {found} prices were given for {expected} {what}")]
    Prices {
        /// What the prices are of.
        what: &'static str,
        /// Prices given.
        found: usize,
        /// Prices needed.
        expected: usize,
    },
}

impl Fault {
    /// The unit it is about, if it is about one.
    #[must_use]
    pub const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Headcount { unit, .. } | Self::Earned { unit, .. } | Self::Unplaced { unit, .. } => Some(*unit),
            _ => None,
        }
    }

    /// The post it is about, if it is about one.
    #[must_use]
    pub const fn post(&self) -> Option<PostId> {
        match self {
            Self::Seats { post, .. } | Self::PostSign { post, .. } => Some(*post),
            _ => None,
        }
    }

    /// The condition that is violated.
    #[must_use]
    pub const fn condition(&self) -> Condition {
        match self {
            Self::Seats { .. } | Self::Quota { .. } | Self::Coupling { .. } => Condition::Capacity,
            Self::UnknownPair { .. } => Condition::Acceptability,
            Self::Headcount { .. } => Condition::Headcount,
            Self::PostSign { .. } | Self::QuotaSign { .. } => Condition::Sign,
            Self::Earned { .. } | Self::Unplaced { .. } | Self::Decided { .. } => Condition::Rent,
            Self::Cases(_) => Condition::Cases,
            Self::Gap { .. } | Self::Prices { .. } => Condition::Gap,
        }
    }
}
