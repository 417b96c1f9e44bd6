//! How a solve ends.

use crate::control::Stop;
use crate::graph::{Prices, Solution, Witness};

/// What [`solve`](super::solve) found. Exhaustive on purpose: a caller must say what it does in each case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No matching is worth more; the prices prove it.
    Optimal(Solution),
    /// The run was stopped. The matching is feasible, and no matching is worth more than `bound`, by the prices.
    Feasible {
        /// The best placement so far.
        solution: Solution,
        /// Who stopped it.
        stop: Stop,
        /// `D(y)` of the solution's prices.
        bound: i128,
    },
    /// The run was stopped before it knew whether any matching meets every minimum. None is worth more than `bound`.
    Undecided {
        /// The prices that prove the bound.
        prices: Prices,
        /// Who stopped it.
        stop: Stop,
        /// `D(y)` of the prices.
        bound: i128,
    },
    /// No matching meets every minimum; the witness proves it.
    Infeasible(Witness),
}

impl Outcome {
    /// The solution, if there is one.
    #[must_use]
    pub const fn solution(&self) -> Option<&Solution> {
        match self {
            Self::Optimal(solution) | Self::Feasible { solution, .. } => Some(solution),
            Self::Undecided { .. } | Self::Infeasible(_) => None,
        }
    }
}
