//! What people are worth to the simplex method: in fine units, and hardly any two pairs the same.
//!
//! Where many pairs are worth the same, most steps would change nothing and lead nowhere. So every pair that held nobody at first
//! is worth a little less than it is, by more or less, as is usual where a basis is to stay dual feasible (Maros 2003, perturbation). All
//! of it together is less than one unit of the problem, so that the charges for couplings, rounded to whole units, are those of
//! the problem.

use super::columns::PairSet;
use super::frame::Frame;
use crate::graph::{Coupling, Problem, QuotaForest};
use crate::index::{PairId, QuotaId};

/// A unit is divided so far that the largest value is about this; where values are larger anyway, they differ enough.
const LARGE: f64 = (1_u64 << 30) as f64;

/// The values of one search.
pub(in super::super) struct Values {
    /// Parts of a unit.
    pub(super) scale: f64,
    /// The most that is taken off, in these parts, but from pairs that held people at first.
    least: f64,
    held: PairSet,
}

impl Values {
    /// Those of `problem`, where the pairs of `held` hold people at first.
    pub(super) fn of(problem: &Problem, frame: &Frame, held: PairSet) -> Self {
        let scale = (LARGE / largest(problem)).max(1.0);
        Self { scale, least: (scale / (2.0 * frame.people.max(1.0))).floor(), held }
    }

    /// What a person placed by `pair` is worth.
    pub(super) fn of_pair(&self, problem: &Problem, pair: PairId) -> f64 {
        let worth = self.scale * value(problem, pair) as f64;
        if self.least == 0.0 || self.held.contains(pair) { worth } else { worth - self.least * part(pair) }
    }

    /// What a person costs at this penalty.
    pub(super) fn of_penalty(&self, penalty: i64) -> f64 {
        -self.scale * penalty as f64
    }
}

/// What a person placed by `pair` is worth to the problem.
pub(super) fn value(problem: &Problem, pair: PairId) -> i64 {
    i64::from(problem.weight(pair)) + problem.placement_bonus()
}

/// The largest of all values and penalties.
fn largest(problem: &Problem) -> f64 {
    let pairs = PairId::all(problem.graph().pairs()).map(|pair| value(problem, pair));
    let of_forest = |forest: &QuotaForest| QuotaId::all(forest.len()).filter_map(|node| forest.penalty(node)).max();
    let nodes = [problem.supply_quotas(), problem.demand_quotas()].into_iter().filter_map(of_forest);
    let couplings = problem.couplings().iter().filter_map(Coupling::penalty);
    pairs.chain(nodes).chain(couplings).map(i64::unsigned_abs).max().unwrap_or(0).max(1) as f64
}

/// A number from 0 to 1 for each pair, as if drawn by lot (Steele, Lea and Flood, *OOPSLA* 2014, the last steps of their generator).
fn part(pair: PairId) -> f64 {
    let mut mixed = (u64::from(pair.get()) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    f64::from((mixed >> 32) as u32) / f64::from(u32::MAX)
}
