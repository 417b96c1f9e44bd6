//! How many people everything holds that a decision may be about, and what is wrong with that.

use super::view::View;
use crate::graph::{Coupling, Load, Matching, Problem, QuotaForest};

/// The loads of a matching.
#[derive(Clone)]
pub(super) struct Loads {
    posts: Vec<i64>,
    demand: Vec<i64>,
    supply: Vec<i64>,
    pub(super) couplings: Vec<i64>,
}

impl Loads {
    pub(super) fn of(problem: &Problem, matching: &Matching) -> Self {
        let graph = problem.graph();
        let mut posts = vec![0; graph.posts()];
        let mut units = vec![0; graph.units()];
        for placement in matching.placements() {
            let count = i64::from(placement.count);
            posts[graph.post_of(placement.pair).index()] += count;
            if !problem.supply_quotas().is_empty() {
                units[graph.unit_of(placement.pair).index()] += count;
            }
        }
        let climb = |forest: &QuotaForest, leaves: &[i64]| {
            let mut loads = vec![0; forest.len()];
            for (leaf, &load) in leaves.iter().enumerate().filter(|(_, load)| **load > 0) {
                forest.path(leaf).for_each(|node| loads[node.index()] += load);
            }
            loads
        };
        let (demand, supply) = (climb(problem.demand_quotas(), &posts), climb(problem.supply_quotas(), &units));
        let couplings = problem.couplings().iter().map(|coupling| coupling.load(matching)).collect();
        Self { posts, demand, supply, couplings }
    }

    /// The load of anything but a pair.
    pub(super) fn at(&self, on: Load) -> i64 {
        match on {
            Load::Post(post) => self.posts[post.index()],
            Load::Demand(node) => self.demand[node.index()],
            Load::Supply(node) => self.supply[node.index()],
            Load::Coupling(coupling) => self.couplings[coupling.index()],
            Load::Pair(_) => 0,
        }
    }

    /// Whether all openings and couplings are as they must be.
    pub(super) fn are_feasible(&self, problem: &Problem, openings: &[Load]) -> bool {
        let open = openings.iter().all(|&on| match on {
            Load::Post(post) => problem.seats()[post.index()].allows(self.at(on).unsigned_abs()),
            Load::Demand(node) => problem.demand_quotas().ranges()[node.index()].allows(self.at(on).unsigned_abs()),
            Load::Supply(node) => problem.supply_quotas().ranges()[node.index()].allows(self.at(on).unsigned_abs()),
            Load::Coupling(_) | Load::Pair(_) => true,
        });
        open && problem.couplings().iter().zip(&self.couplings).all(|(coupling, &load)| coupling.allows(load))
    }

    /// The undecided opening that is farthest from what it may hold.
    pub(super) fn worst_opening(&self, problem: &Problem, view: &View, openings: &[Load]) -> Option<Load> {
        let lacking = |on: Load| {
            let (span, load) = (view.span(problem, on), self.at(on));
            // Both ways out are far: as many would have to come as are there.
            if span.allows(load) || !span.has_gap() { 0 } else { load.abs().min((span.min() - load).abs()) }
        };
        let worst = openings.iter().map(|&on| (lacking(on), std::cmp::Reverse(on))).max();
        worst.filter(|&(by, _)| by > 0).map(|(_, on)| on.0)
    }
}

/// The load nearest to `load` that earns a coupling most at `charge`, among those from `least` to `most`.
pub(super) fn best_load(coupling: &Coupling, (least, most): (i64, i64), charge: i64, load: i64) -> i64 {
    let span = coupling.span();
    let bends = match coupling.penalty() {
        Some(_) => (span.min().clamp(least, most), span.max().clamp(least, most)),
        None => (least, most),
    };
    let penalty = coupling.penalty().unwrap_or(i64::MAX);
    match charge {
        0 => load.clamp(bends.0, bends.1),
        _ if charge == penalty => load.clamp(bends.1, most),
        _ if charge == -penalty => load.clamp(least, bends.0),
        _ if charge > penalty => most,
        _ if charge < -penalty => least,
        _ if charge > 0 => bends.1,
        _ => bends.0,
    }
}
