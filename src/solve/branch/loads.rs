//! How many people everything holds that a decision may be about, and what is wrong with that.

use super::linear::Frame;
use super::view::View;
use crate::graph::{Coupling, Load, Matching, Problem, QuotaForest, SeatRange};
use crate::index::{PairId, QuotaId};

/// Less than any part of a person that is meant.
const PART: f64 = 1e-3;

/// The loads of a matching, or of one that parts people.
#[derive(Clone)]
pub(super) struct Loads {
    units: Vec<f64>,
    posts: Vec<f64>,
    demand: Vec<f64>,
    supply: Vec<f64>,
    couplings: Vec<f64>,
}

impl Loads {
    /// Those of pairs that place so many people each.
    pub(super) fn of(problem: &Problem, frame: &Frame, placements: impl Iterator<Item = (PairId, f64)>) -> Self {
        let graph = problem.graph();
        let (mut units, mut posts) = (vec![0.0; graph.units()], vec![0.0; graph.posts()]);
        let mut couplings = vec![0.0; problem.couplings().len()];
        for (pair, people) in placements {
            units[graph.unit_of(pair).index()] += people;
            posts[graph.post_of(pair).index()] += people;
            for entry in frame.entries(pair) {
                couplings[entry.row as usize] += entry.sign * people;
            }
        }
        let climb = |forest: &QuotaForest, leaves: &[f64]| {
            let mut loads = vec![0.0; forest.len()];
            for (leaf, &load) in leaves.iter().enumerate().filter(|(_, load)| **load > 0.0) {
                forest.path(leaf).for_each(|node| loads[node.index()] += load);
            }
            loads
        };
        let (demand, supply) = (climb(problem.demand_quotas(), &posts), climb(problem.supply_quotas(), &units));
        Self { units, posts, demand, supply, couplings }
    }

    pub(super) fn of_matching(problem: &Problem, frame: &Frame, matching: &Matching) -> Self {
        let placements = matching.placements().iter();
        Self::of(problem, frame, placements.map(|placement| (placement.pair, f64::from(placement.count))))
    }

    /// The load of anything but a pair.
    pub(super) fn at(&self, on: Load) -> f64 {
        match on {
            Load::Post(post) => self.posts[post.index()],
            Load::Demand(node) => self.demand[node.index()],
            Load::Supply(node) => self.supply[node.index()],
            Load::Coupling(coupling) => self.couplings[coupling.index()],
            Load::Pair(_) => 0.0,
        }
    }

    /// The loads of the couplings of a matching.
    pub(super) fn couplings(&self) -> impl Iterator<Item = i64> + '_ {
        self.couplings.iter().map(|&load| load as i64)
    }

    /// The load of a coupling of a matching.
    pub(super) fn coupling(&self, at: usize) -> i64 {
        self.couplings[at] as i64
    }

    /// Whether all loads, those of a matching, are as they must be.
    pub(super) fn are_feasible(&self, problem: &Problem) -> bool {
        let allowed = |ranges: &[SeatRange], loads: &[f64]| {
            ranges.iter().zip(loads).all(|(range, &load)| range.allows(load as u64))
        };
        let nodes = |forest: &QuotaForest, loads: &[f64]| {
            let ranges = QuotaId::all(forest.len()).zip(forest.ranges()).zip(loads);
            ranges.into_iter().all(|((node, range), &load)| forest.penalty(node).is_some() || range.allows(load as u64))
        };
        problem.headcounts().iter().zip(&self.units).all(|(&heads, &load)| load <= f64::from(heads))
            && allowed(problem.seats(), &self.posts)
            && nodes(problem.demand_quotas(), &self.demand)
            && nodes(problem.supply_quotas(), &self.supply)
            && problem.couplings().iter().zip(self.couplings()).all(|(coupling, load)| coupling.allows(load))
    }

    /// Whether an opening is neither closed nor open.
    pub(super) fn is_half_open(&self, problem: &Problem, view: &View, on: Load) -> bool {
        self.lacking(problem, view, on) > 0.0
    }

    /// How far an undecided opening is from what it may hold, whichever way is shorter.
    fn lacking(&self, problem: &Problem, view: &View, on: Load) -> f64 {
        let (span, load) = (view.span(problem, on), self.at(on));
        let (min, max) = (span.min() as f64, span.max() as f64);
        let allowed = load.abs() < PART || (min - PART..=max + PART).contains(&load);
        if allowed || !span.has_gap() { 0.0 } else { load.abs().min((min - load).abs()) }
    }

    /// The undecided opening that is farthest from what it may hold: as many would have to come, or to go.
    pub(super) fn worst_opening(&self, problem: &Problem, view: &View, openings: &[Load]) -> Option<Load> {
        let lacking = openings.iter().map(|&on| (self.lacking(problem, view, on), on));
        let worst = lacking.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        worst.filter(|&(by, _)| by > 0.0).map(|(_, on)| on)
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
