//! What each verb takes. Everything else is refused here, so that nothing is silently relaxed.

use super::bounds::opens;
use crate::graph::{MAX_DEPTH, MAX_RANGES, MAX_TOTAL, Problem, Side};
use crate::index::{PostId, QuotaId};

/// A part of a problem that no algorithm here honours yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsupported {
    /// A post holds several people or none.
    #[error("S102: post {} opens with {min} people or not at all; use `search` instead of `solve`, or open or close it", .post.get())]
    Opening {
        /// The post.
        post: PostId,
        /// Its minimum when open.
        min: u32,
    },
    /// A quota node holds several people or none.
    #[error("S105: {side} quota {} holds {min} people or none; use `search` instead of `solve`, or open or close it", .node.get())]
    QuotaOpening {
        /// The side it is on.
        side: Side,
        /// The quota node.
        node: QuotaId,
        /// Its minimum when open.
        min: u32,
    },
    /// Couplings, which only a search takes.
    #[error("S106: there are {couplings} couplings; use `search` instead of `solve`")]
    Couplings {
        /// How many.
        couplings: usize,
    },
    /// Couplings beside very many ranges, people or nested quotas.
    #[error(
        "S107: couplings are solved beside fewer than {} ranges and units, quotas less than {} deep, and fewer people; split the problem",
        MAX_RANGES,
        MAX_DEPTH
    )]
    TooLarge,
}

impl Unsupported {
    /// The refusal's stable code, also the first word of its message.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Opening { .. } => "S102",
            Self::QuotaOpening { .. } => "S105",
            Self::Couplings { .. } => "S106",
            Self::TooLarge => "S107",
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
    let couplings = problem.couplings().len();
    if couplings > 0 {
        return Err(Unsupported::Couplings { couplings });
    }
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

/// Refuses what a search cannot take: a unit whose pairs are limited becomes a quota node, for which there must be room.
pub(super) fn check_search(problem: &Problem) -> Result<(), Unsupported> {
    if problem.couplings().is_empty() {
        return Ok(());
    }
    let supply = problem.supply_quotas();
    let ranges = problem.seats().len() + problem.demand_quotas().len() + supply.len() + problem.headcounts().len();
    let deep = (0..supply.leaves().len()).any(|unit| supply.path(unit).count() >= MAX_DEPTH as usize);
    let maxima = supply.ranges().iter().map(|range| u64::from(range.max()));
    let people = maxima.chain(problem.headcounts().iter().map(|&heads| 2 * u64::from(heads))).sum::<u64>();
    if ranges > MAX_RANGES || deep || people > MAX_TOTAL { Err(Unsupported::TooLarge) } else { Ok(()) }
}
