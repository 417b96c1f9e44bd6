//! What can be solved so far. Everything else is refused here, so that nothing is silently relaxed.

use super::bounds::opens;
use crate::graph::{Problem, Side};
use crate::index::{PostId, QuotaId};

/// A part of a problem that no algorithm here honours yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsupported {
    /// A post holds several people or none.
    #[error("S102: post {} opens with {min} people or not at all; opening is not solved yet, open or close it", .post.get())]
    Opening {
        /// The post.
        post: PostId,
        /// Its minimum when open.
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
            Self::Opening { .. } => "S102",
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
    let posts = PostId::all(problem.seats().len()).zip(problem.seats());
    if let Some((post, seat)) = posts.into_iter().find(|(_, seat)| opens(**seat)) {
        return Err(Unsupported::Opening { post, min: seat.min() });
    }
    for (side, quotas) in [(Side::Demand, problem.demand_quotas()), (Side::Supply, problem.supply_quotas())] {
        let mut nodes = QuotaId::all(quotas.len()).zip(quotas.ranges());
        if let Some((node, range)) = nodes.find(|(_, range)| opens(**range)) {
            return Err(Unsupported::QuotaOpening { side, node, min: range.min() });
        }
    }
    Ok(())
}
