//! What can be solved so far. Everything else is refused here, so that nothing is silently relaxed.

use crate::graph::{Opening, Problem, Side};
use crate::index::PostId;

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
    /// There are quotas.
    #[error("S103: there are {nodes} {side} quotas; quotas are not solved yet, drop them or split the posts")]
    Quotas {
        /// The side they are on.
        side: Side,
        /// Quota nodes.
        nodes: usize,
    },
}

impl Unsupported {
    /// The refusal's stable code, also the first word of its message.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Minimum { .. } => "S101",
            Self::Opening { .. } => "S102",
            Self::Quotas { .. } => "S103",
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
        let min = seat.min();
        match seat.opening() {
            Opening::Always if min > 0 => return Err(Unsupported::Minimum { post, min }),
            // "Nobody, or at least one" is no restriction.
            Opening::OrClosed if min > 1 => return Err(Unsupported::Opening { post, min }),
            _ => {}
        }
    }
    for (side, quotas) in [(Side::Demand, problem.demand_quotas()), (Side::Supply, problem.supply_quotas())] {
        if !quotas.is_empty() {
            return Err(Unsupported::Quotas { side, nodes: quotas.len() });
        }
    }
    Ok(())
}
