//! What can be solved so far. Everything else is refused here, so that nothing is silently relaxed.

use crate::graph::{Opening, Problem, SeatRange, Side};
use crate::index::{PostId, QuotaId};

/// A part of a problem that no algorithm here honours yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsupported {
    /// A post must hold somebody.
    #[error("S101: post {} must hold at least {min} people; minimums are not solved yet, lower it to 0", .post.get())]
    Minimum {
        /// The post.
        post: PostId,
        /// Its minimum.
        min: u32,
    },
    /// A post holds several people or none.
    #[error("S102: post {} opens with {min} people or not at all; opening is not solved yet, open or close it", .post.get())]
    Opening {
        /// The post.
        post: PostId,
        /// Its minimum when open.
        min: u32,
    },
    /// A quota node must hold somebody.
    #[error("S104: {side} quota {} must hold at least {min} people; minimums are not solved yet, lower it to 0", .node.get())]
    QuotaMinimum {
        /// The side it is on.
        side: Side,
        /// The quota node.
        node: QuotaId,
        /// Its minimum.
        min: u32,
    },
    /// A quota node holds several people or none.
    #[error("S105: {side} quota {} holds {min} people or none; opening is not solved yet, open or close it", .node.get())]
    QuotaOpening {
        /// The side it is on.
        side: Side,
        /// The quota node.
        node: QuotaId,
        /// Its minimum when open.
        min: u32,
    },
}

impl Unsupported {
    /// The refusal's stable code, also the first word of its message.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Minimum { .. } => "S101",
            Self::Opening { .. } => "S102",
            Self::QuotaMinimum { .. } => "S104",
            Self::QuotaOpening { .. } => "S105",
        }
    }
}

/// Why a problem was not solved at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SolveError {
    /// It asks for what is not solved yet.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
}

impl SolveError {
    /// The refusal's stable code, also the first word of its message.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unsupported(unsupported) => unsupported.code(),
        }
    }
}

/// Refuses what is not solved yet.
pub(super) fn check(problem: &Problem) -> Result<(), Unsupported> {
    for (post, seat) in PostId::all(problem.seats().len()).zip(problem.seats()) {
        match minimum_of(*seat) {
            Some(Opening::Always) => return Err(Unsupported::Minimum { post, min: seat.min() }),
            Some(Opening::OrClosed) => return Err(Unsupported::Opening { post, min: seat.min() }),
            None => {}
        }
    }
    for (side, quotas) in [(Side::Demand, problem.demand_quotas()), (Side::Supply, problem.supply_quotas())] {
        for (node, range) in QuotaId::all(quotas.len()).zip(quotas.ranges()) {
            match minimum_of(*range) {
                Some(Opening::Always) => return Err(Unsupported::QuotaMinimum { side, node, min: range.min() }),
                Some(Opening::OrClosed) => return Err(Unsupported::QuotaOpening { side, node, min: range.min() }),
                None => {}
            }
        }
    }
    Ok(())
}

/// How a range asks for a minimum, if it does.
fn minimum_of(range: SeatRange) -> Option<Opening> {
    // "Nobody, or at least one" is no restriction.
    let least = u32::from(range.opening() == Opening::OrClosed);
    (range.min() > least).then_some(range.opening())
}
