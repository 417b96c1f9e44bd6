//! A matching for a search that was stopped before it knew any.

use crate::graph::{Matching, Placement, Problem, QuotaForest};
use crate::index::{PairId, QuotaId, UnitId};

/// Some feasible matching with what it is worth, if nobody placed is one: where there are neither quotas nor couplings, everybody
/// in turn goes where they are worth most while there are seats, to posts that are always open.
///
/// Cost: one pass over the pairs, and a sort of each row.
pub(super) fn fallback(problem: &Problem) -> Option<(i128, Matching)> {
    let nobody_is_fine = |forest: &QuotaForest| {
        QuotaId::all(forest.len()).all(|node| forest.penalty(node).is_some() || forest.ranges()[node.index()].allows(0))
    };
    let feasible = problem.seats().iter().all(|range| range.allows(0))
        && nobody_is_fine(problem.demand_quotas())
        && nobody_is_fine(problem.supply_quotas())
        && problem.couplings().iter().all(|coupling| coupling.allows(0));
    if !feasible {
        return None;
    }
    let matching =
        if problem.demand_quotas().is_empty() && problem.supply_quotas().is_empty() && problem.couplings().is_empty() {
            greedy(problem)
        } else {
            Matching::empty()
        };
    Some((problem.value(&matching), matching))
}

fn greedy(problem: &Problem) -> Matching {
    let graph = problem.graph();
    let mut room: Vec<u32> =
        problem.seats().iter().map(|range| if range.min() <= 1 { range.max() } else { 0 }).collect();
    let mut placements = Vec::new();
    for unit in UnitId::all(graph.units()) {
        let mut left = problem.headcount(unit);
        let pairs = graph.row(unit).map(|pair| PairId::new(pair as u32));
        let worth = |pair: PairId| i64::from(problem.weight(pair)) + problem.placement_bonus();
        let mut pairs: Vec<PairId> = pairs.filter(|pair| worth(*pair) > 0).collect();
        pairs.sort_unstable_by_key(|pair| (std::cmp::Reverse(worth(*pair)), *pair));
        for pair in pairs {
            let room = &mut room[graph.post_of(pair).index()];
            let count = left.min(*room);
            (left, *room) = (left - count, *room - count);
            placements.push(Placement { pair, count });
        }
    }
    Matching::new(placements)
}
