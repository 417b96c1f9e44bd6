//! What a matching decides of everything that is no flow.

use std::collections::BTreeSet;

use super::cases::Load;
use super::matching::Matching;
use super::problem::Problem;
use super::quota::QuotaForest;
use super::seats::SeatRange;
use super::span::Span;
use crate::index::{CouplingId, PairId, PostId, QuotaId};

impl Problem {
    /// Whether some range opens or not, or there are couplings: [`search`](crate::solve::search) solves such problems,
    /// [`solve`](crate::solve::solve) all others.
    #[must_use]
    pub fn needs_search(&self) -> bool {
        let forests = [self.demand_quotas(), self.supply_quotas()];
        let mut ranges = self.seats().iter().chain(forests.into_iter().flat_map(QuotaForest::ranges));
        !self.couplings().is_empty() || ranges.any(|range| Span::from(*range).has_gap())
    }

    /// What `matching` decides: each range that opens or not is closed, or open; the loads of every coupling and of every
    /// pair of one are as they are. Each decision is a load with its smallest and largest number.
    ///
    /// With that decided a flow is left. Placements of pairs that there are not decide nothing.
    #[must_use]
    pub fn decided_by(&self, matching: &Matching) -> Vec<(Load, i64, i64)> {
        let graph = self.graph();
        let (mut posts, mut units) = (vec![0_u64; graph.posts()], vec![0_u64; graph.units()]);
        for placement in matching.placements().iter().filter(|placed| placed.pair.index() < graph.pairs()) {
            let (post, unit) = (graph.post_of(placement.pair), graph.unit_of(placement.pair));
            for load in [&mut posts[post.index()], &mut units[unit.index()]] {
                *load = load.saturating_add(placement.count.into());
            }
        }
        let mut decisions = Vec::new();
        let mut open = |on: Load, range: &SeatRange, load: u64| {
            if Span::from(*range).has_gap() {
                let (min, max) = if load == 0 { (0, 0) } else { (range.min().into(), range.max().into()) };
                decisions.push((on, min, max));
            }
        };
        for (post, range) in PostId::all(self.seats().len()).zip(self.seats()) {
            open(Load::Post(post), range, posts[post.index()]);
        }
        let mut nodes = |forest: &QuotaForest, on: fn(QuotaId) -> Load, leaves: &[u64]| {
            let mut loads = vec![0_u64; forest.len()];
            for (leaf, &load) in leaves.iter().enumerate().filter(|(_, load)| **load > 0) {
                forest.path(leaf).for_each(|node| loads[node.index()] = loads[node.index()].saturating_add(load));
            }
            for (node, range) in QuotaId::all(forest.len()).zip(forest.ranges()) {
                open(on(node), range, loads[node.index()]);
            }
        };
        nodes(self.demand_quotas(), Load::Demand, &posts);
        nodes(self.supply_quotas(), Load::Supply, &units);
        let mut coupled: BTreeSet<PairId> = BTreeSet::new();
        for (id, coupling) in CouplingId::all(self.couplings().len()).zip(self.couplings()) {
            let load = coupling.load(matching);
            decisions.push((Load::Coupling(id), load, load));
            coupled.extend(coupling.signed().map(|(pair, _)| pair));
        }
        decisions.extend(coupled.into_iter().map(|pair| {
            let placed = matching.count(pair);
            (Load::Pair(pair), placed, placed)
        }));
        decisions
    }
}
