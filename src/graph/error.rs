//! Why a set of numbers is not a problem that can be asked.

use crate::index::{CouplingId, PairId, PostId, QuotaId};

/// The side of the market a quota forest stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Posts.
    Demand,
    /// Supply units.
    Supply,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Demand => "demand",
            Self::Supply => "supply",
        })
    }
}

/// Why [`BipartiteGraph`](super::BipartiteGraph), [`QuotaForest`](super::QuotaForest) or
/// [`Problem`](super::Problem) refused its input. Every variant names the place and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemError {
    /// The row offsets are empty or do not begin with 0.
    #[error("P101: the row offsets must begin with 0; pass one offset more than there are units")]
    OffsetsStart,
    /// A row ends before it begins.
    #[error("P102: row {row} ends before it begins; pass offsets that never decrease")]
    OffsetsDecrease {
        /// The row.
        row: usize,
    },
    /// The last offset is not the number of pairs.
    #[error("P103: the last row offset is {last}, but there are {pairs} pairs; make them equal")]
    OffsetsEnd {
        /// The last offset.
        last: u32,
        /// Pairs given.
        pairs: usize,
    },
    /// More units, posts, pairs or quota nodes than a `u32` index can number.
    #[error("P104: {count} {what} are more than an index can number ({}); split the problem", u32::MAX)]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many.
        count: usize,
    },
    /// A pair points at a post that does not exist.
    #[error("P105: pair {pair} of row {row} is with post {}, but there are {posts} posts; drop the pair or add the post", .post.get())]
    UnknownPost {
        /// The row.
        row: usize,
        /// The pair's number.
        pair: usize,
        /// The post it names.
        post: PostId,
        /// Posts there are.
        posts: usize,
    },
    /// The posts of a row are not strictly ascending.
    #[error("P106: pair {pair} of row {row} is with post {}, not above the one before it; sort the row and merge duplicates", .post.get())]
    RowOrder {
        /// The row.
        row: usize,
        /// The pair's number.
        pair: usize,
        /// The post out of order.
        post: PostId,
    },
    /// An array beside the graph has the wrong length.
    #[error("P107: {found} {what} were given for {expected} of them; pass exactly one each")]
    Length {
        /// What the array holds.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length it should have.
        expected: usize,
    },
    /// A weight is beyond [`MAX_WEIGHT`](super::MAX_WEIGHT).
    #[error("P108: pair {pair} weighs {weight}, beyond {} either way; scale the scores down", super::MAX_WEIGHT)]
    Weight {
        /// The pair's number.
        pair: usize,
        /// Its weight.
        weight: i32,
    },
    /// A placement bonus is negative or beyond [`MAX_BONUS`](super::MAX_BONUS).
    #[error("P109: a placement bonus of {bonus} is not within 0 and {}; choose one that is", super::MAX_BONUS)]
    Bonus {
        /// The bonus.
        bonus: i64,
    },
    /// Headcounts, seats or quotas add up to more than [`MAX_TOTAL`](super::MAX_TOTAL).
    #[error("P110: the {what} add up to more than {}; lower the largest of them", super::MAX_TOTAL)]
    Total {
        /// What is added up.
        what: &'static str,
    },
    /// A range has its minimum above its maximum.
    #[error("P111: a range from {min} to {max} holds nothing; lower its minimum or raise its maximum")]
    EmptyRange {
        /// The minimum.
        min: u32,
        /// The maximum.
        max: u32,
    },
    /// A quota node has a parent that does not come before it.
    #[error("P112: quota node {} hangs below node {}, which does not come before it; list parents first", .node.get(), .parent.get())]
    QuotaParent {
        /// The node.
        node: QuotaId,
        /// Its parent.
        parent: QuotaId,
    },
    /// A leaf hangs below a quota node that does not exist.
    #[error("P113: leaf {leaf} hangs below quota node {}, but there are {nodes}; add the node or detach the leaf", .node.get())]
    QuotaLeaf {
        /// The leaf: a post's or a unit's row number.
        leaf: usize,
        /// The node it names.
        node: QuotaId,
        /// Nodes there are.
        nodes: usize,
    },
    /// A quota forest has another number of leaves than its side of the graph.
    #[error("P114: the {side} quotas have {found} leaves for {expected}; pass one entry for each post or unit")]
    QuotaLeaves {
        /// The side.
        side: Side,
        /// Leaves of the forest.
        found: usize,
        /// Posts or units of the graph.
        expected: usize,
    },
    /// A quota node lies too deep.
    #[error("P115: quota node {} has {} nodes above it; flatten the forest", .node.get(), super::MAX_DEPTH)]
    QuotaDepth {
        /// The node.
        node: QuotaId,
    },
    /// A penalty is below 1, or the penalties of a forest add up to too much.
    #[error("P116: penalty {penalty} of quota node {} is below 1, or the sum so far is beyond {}; choose a smaller one, or none for a strict range", .node.get(), super::MAX_PENALTIES)]
    Penalty {
        /// The node.
        node: QuotaId,
        /// Its penalty.
        penalty: i64,
    },
    /// More posts and quota nodes than can have minimums or penalties.
    #[error(
        "P117: {count} posts and quota nodes are more than {}, the most where some have minimums or penalties; split the problem",
        super::MAX_RANGES
    )]
    TooManyRanges {
        /// How many there are.
        count: usize,
    },
    /// A quota node that opens or not has a penalty.
    #[error("P118: quota node {} opens or not, and has a penalty; drop one of the two", .node.get())]
    SoftOpening {
        /// The node.
        node: QuotaId,
    },
    /// A coupling names a pair that does not exist, or one pair twice.
    #[error("P119: coupling {} names pair {} twice, or there is no such pair; name each of the pairs once", .coupling.get(), .pair.get())]
    CoupledPair {
        /// The coupling.
        coupling: CouplingId,
        /// The pair.
        pair: PairId,
    },
    /// The span of a coupling is empty or reaches too far.
    #[error("P120: coupling {} allows {min} to {max}, which is nothing or beyond {}; correct its span", .coupling.get(), super::MAX_COUPLED)]
    CouplingSpan {
        /// The coupling.
        coupling: CouplingId,
        /// The smallest number of its span.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A penalty of a coupling is below 1, adds up to too much with others, or is one of a coupling that may be closed.
    #[error("P121: penalty {penalty} of coupling {} is below 1, or the sum so far is beyond {}, or the coupling may be closed; choose another one, or none for a strict span", .coupling.get(), super::MAX_COUPLING_PENALTIES)]
    CouplingPenalty {
        /// The coupling.
        coupling: CouplingId,
        /// Its penalty.
        penalty: i64,
    },
}

impl ProblemError {
    /// The refusal's stable code, also the first word of its message.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OffsetsStart => "P101",
            Self::OffsetsDecrease { .. } => "P102",
            Self::OffsetsEnd { .. } => "P103",
            Self::TooMany { .. } => "P104",
            Self::UnknownPost { .. } => "P105",
            Self::RowOrder { .. } => "P106",
            Self::Length { .. } => "P107",
            Self::Weight { .. } => "P108",
            Self::Bonus { .. } => "P109",
            Self::Total { .. } => "P110",
            Self::EmptyRange { .. } => "P111",
            Self::QuotaParent { .. } => "P112",
            Self::QuotaLeaf { .. } => "P113",
            Self::QuotaLeaves { .. } => "P114",
            Self::QuotaDepth { .. } => "P115",
            Self::Penalty { .. } => "P116",
            Self::TooManyRanges { .. } => "P117",
            Self::SoftOpening { .. } => "P118",
            Self::CoupledPair { .. } => "P119",
            Self::CouplingSpan { .. } => "P120",
            Self::CouplingPenalty { .. } => "P121",
        }
    }
}

/// Refuses `count` of `what` where a dense index cannot number them.
pub(super) fn numbered(what: &'static str, count: usize) -> Result<(), ProblemError> {
    if count < u32::MAX as usize { Ok(()) } else { Err(ProblemError::TooMany { what, count }) }
}

/// Refuses an array beside the graph that has not `expected` entries.
pub(super) fn length(what: &'static str, found: usize, expected: usize) -> Result<(), ProblemError> {
    if found == expected { Ok(()) } else { Err(ProblemError::Length { what, found, expected }) }
}
