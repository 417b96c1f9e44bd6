//! What the best placement without quotas is worth where there are some.

use crate::graph::{Matching, Prices, Problem, Solution};
use crate::index::QuotaId;
use crate::solve::bounds::Bounds;

/// How far a placement is outside of the ranges of a problem: the people too many and too few, node by node, added up.
///
/// A person counts once in every node that is broken. One pass over the placements and all nodes.
pub(super) fn broken(problem: &Problem, matching: &Matching) -> u64 {
    let graph = problem.graph();
    let (mut units, mut posts) = (vec![0_u64; graph.units()], vec![0_u64; graph.posts()]);
    let mut unit = 0;
    for placement in matching.placements() {
        // Placements ascend by pair, and so do units.
        while graph.offsets()[unit + 1] <= placement.pair.get() {
            unit += 1;
        }
        units[unit] += u64::from(placement.count);
        posts[graph.post_of(placement.pair).index()] += u64::from(placement.count);
    }
    let mut broken = 0;
    for (bounds, &load) in problem.seats().iter().map(|&seat| Bounds::of(seat)).zip(&posts) {
        broken += bounds.beyond(load);
    }
    for (forest, leaves) in [(problem.demand_quotas(), posts), (problem.supply_quotas(), units)] {
        let mut loads = vec![0_u64; forest.len()];
        for (leaf, load) in leaves.into_iter().enumerate() {
            if let Some(node) = forest.leaf_parent(leaf) {
                loads[node.index()] += load;
            }
        }
        for node in QuotaId::all(forest.len()).rev() {
            let load = loads[node.index()];
            broken += Bounds::of_node(forest, node).beyond(load);
            if let Some(parent) = forest.parents()[node.index()] {
                loads[parent.index()] += load;
            }
        }
    }
    broken
}

/// A solution without quotas as one of `problem`, all of whose ranges it keeps to: a range that limits nobody has the
/// multiplier 0.
pub(super) fn kept(problem: &Problem, plain: Solution) -> Solution {
    let Solution { matching, prices } = plain;
    let [demand, supply] = [problem.demand_quotas(), problem.supply_quotas()].map(|forest| vec![0; forest.len()]);
    Solution { matching, prices: Prices::new(prices.posts().to_vec()).with_quotas(demand, supply) }
}
