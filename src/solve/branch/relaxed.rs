//! The flow problem that is left once decisions are made and couplings are charged for.

use std::borrow::Cow;
use std::collections::HashMap;

use super::fixed::Fixed;
use super::parts::{Nodes, Rows};
use super::view::View;
use crate::graph::{
    BipartiteGraph, Matching, Multipliers, Placement, Prices, Problem, QuotaForest, SeatRange, Solution,
};
use crate::index::{PairId, QuotaId, UnitId};

/// A problem without openings and couplings, and the way back from it.
pub(super) struct Relaxed {
    pub(super) problem: Problem,
    /// The pair that each of its pairs is; none if they are the same.
    pairs: Option<Vec<PairId>>,
    /// Who is decided to be where.
    fixed: Vec<Placement>,
    /// What those decided earn, less their fines.
    earned: i128,
}

/// What the pairs of a relaxed problem cost, and what its value lacks.
pub(super) struct Tariff {
    /// By pair; empty if none costs anything.
    pub(super) charges: Vec<i64>,
    /// What those decided earn, and the most that couplings pay for their loads.
    constant: i128,
}

/// Why there is no such problem.
pub(super) enum Without {
    /// Multipliers that prove that the case is empty.
    Empty(Multipliers),
    /// It breaks what every problem keeps.
    Invalid,
}

impl Relaxed {
    /// What `view` leaves of `problem`.
    pub(super) fn of(problem: &Problem, view: &View) -> Result<Self, Without> {
        let limited = view.pairs.iter().filter(|(_, ends)| ends.0 > 0);
        let fixed: Vec<Placement> =
            limited.map(|(&pair, &(count, _))| Placement { pair: PairId::new(pair), count }).collect();
        let worth = |placement: &Placement| {
            let worth = i64::from(problem.weight(placement.pair)) + problem.placement_bonus();
            i128::from(worth) * i128::from(placement.count)
        };
        let held = Fixed::of(problem, &fixed);
        let earned = fixed.iter().map(worth).sum::<i128>() - held.fines(problem);
        let (flow, pairs) = if view.pairs.is_empty() {
            let (graph, weights) = (problem.graph().clone(), problem.weights().to_vec());
            let flow = Problem::new(graph, weights, problem.headcounts().to_vec(), held.seats(problem, view)?);
            let supply = held.supply_quotas(problem, view)?;
            (checked(flow.and_then(|flow| flow.with_supply_quotas(supply)))?, None)
        } else {
            let (flow, pairs) = limit(problem, view, &held)?;
            (flow, Some(pairs))
        };
        let demand = held.demand_quotas(problem, view)?;
        let flow = checked(flow.with_demand_quotas(demand))?;
        let problem = checked(flow.with_placement_bonus(problem.placement_bonus()))?;
        Ok(Self { problem, pairs, fixed, earned })
    }

    /// What its pairs cost if the load of each coupling of `problem`, the whole one, costs `charges`.
    pub(super) fn tariff(&self, problem: &Problem, view: &View, charges: &[i64]) -> Tariff {
        let mut constant = self.earned;
        let mut coupled = Vec::new();
        for ((coupling, &charge), &ends) in problem.couplings().iter().zip(charges).zip(&view.couplings) {
            constant += most(ends, coupling, charge);
            if charge != 0 {
                coupled.resize(problem.graph().pairs(), 0);
                for (pair, sign) in coupling.signed() {
                    coupled[pair.index()] += sign * charge;
                }
            }
        }
        if coupled.is_empty() {
            return Tariff { charges: coupled, constant };
        }
        for &Placement { pair, count } in &self.fixed {
            constant -= i128::from(coupled[pair.index()]) * i128::from(count);
        }
        let charges = match &self.pairs {
            Some(pairs) => pairs.iter().map(|pair| coupled[pair.index()]).collect(),
            None => coupled,
        };
        Tariff { charges, constant }
    }

    /// `known`, a solution of a problem like the whole one, as one of a problem like this.
    pub(super) fn part<'a>(&self, known: &'a Solution) -> Cow<'a, Solution> {
        let Some(pairs) = &self.pairs else { return Cow::Borrowed(known) };
        let counts: HashMap<PairId, u32> =
            known.matching.placements().iter().map(|placement| (placement.pair, placement.count)).collect();
        let own = pairs
            .iter()
            .zip(0..)
            .filter_map(|(pair, own)| counts.get(pair).map(|&count| Placement { pair: PairId::new(own), count }));
        Cow::Owned(Solution { matching: Matching::new(own.collect()), prices: known.prices.clone() })
    }

    /// The matching of the whole problem that `matching` of this one is part of.
    pub(super) fn matching(&self, matching: &Matching) -> Matching {
        let origin = |placement: &Placement| match &self.pairs {
            Some(pairs) => Placement { pair: pairs[placement.pair.index()], ..*placement },
            None => *placement,
        };
        Matching::new(matching.placements().iter().map(origin).chain(self.fixed.iter().copied()).collect())
    }

    /// The bound that a solution of this problem under `tariff` gives for the whole one.
    pub(super) fn bound(&self, tariff: &Tariff, matching: &Matching) -> i128 {
        self.problem.value(matching) - charged(tariff, matching) + tariff.constant
    }

    /// The same problem where nothing is worth anything, and nothing costs a fine.
    pub(super) fn worthless(&self) -> Option<Problem> {
        let problem = &self.problem;
        let (graph, weights) = (problem.graph().clone(), vec![0; problem.graph().pairs()]);
        let made = Problem::new(graph, weights, problem.headcounts().to_vec(), problem.seats().to_vec());
        let made = made.ok()?.with_demand_quotas(strict(problem.demand_quotas())?).ok()?;
        made.with_supply_quotas(strict(problem.supply_quotas())?).ok()
    }

    /// The bound of the worthless problem.
    pub(super) fn worthless_bound(&self, tariff: &Tariff, matching: &Matching) -> i128 {
        tariff.constant - self.earned - charged(tariff, matching)
    }
}

/// What the pairs of a matching cost.
fn charged(tariff: &Tariff, matching: &Matching) -> i128 {
    let charge = |placement: &Placement| {
        let charge = tariff.charges.get(placement.pair.index()).copied().unwrap_or(0);
        i128::from(charge) * i128::from(placement.count)
    };
    matching.placements().iter().map(charge).sum()
}

/// A forest whose soft nodes hold whatever there is.
fn strict(forest: &QuotaForest) -> Option<QuotaForest> {
    if forest.is_empty() {
        return Some(QuotaForest::default());
    }
    let ranges = QuotaId::all(forest.len()).zip(forest.ranges());
    let ranges = ranges.map(|(node, &range)| match forest.penalty(node) {
        Some(_) => SeatRange::up_to(u32::MAX),
        None => range,
    });
    QuotaForest::new(forest.parents().to_vec(), ranges.collect(), forest.leaves().to_vec()).ok()
}

/// What is left of `problem` where pairs are limited, and the pair that each of its pairs is. A unit some of whose pairs
/// hold fewer than are left of it becomes a quota node with a row for each of these pairs, and one for all others.
fn limit(problem: &Problem, view: &View, held: &Fixed) -> Result<(Problem, Vec<PairId>), Without> {
    let graph = problem.graph();
    let mut rows = Rows::default();
    let supply = held.supply_quotas(problem, view)?;
    let mut forest = Nodes::of(&supply);
    for unit in UnitId::all(graph.units()) {
        let left = problem.headcount(unit) - view.decided.get(&unit.index()).copied().unwrap_or(0);
        let mut capped = Vec::new();
        let parent = problem.supply_quotas().leaf_parent(unit.index());
        for pair in graph.row(unit) {
            let pair = PairId::new(pair as u32);
            let more = view.pairs.get(&pair.get()).map_or(left, |&(least, most)| most - least);
            if more >= left && left > 0 {
                rows.pair(graph.post_of(pair), problem.weight(pair), pair);
            } else if more > 0 && left > 0 {
                capped.push((pair, more));
            }
        }
        rows.end(left);
        if capped.is_empty() {
            forest.leaves.push(parent);
            continue;
        }
        let node = forest.node(parent, left);
        forest.leaves.push(Some(node));
        for (pair, more) in capped {
            rows.pair(graph.post_of(pair), problem.weight(pair), pair);
            rows.end(more);
            forest.leaves.push(Some(node));
        }
    }
    let seats = held.seats(problem, view)?;
    let graph = checked(BipartiteGraph::from_rows(graph.posts(), rows.offsets, rows.posts))?;
    let flow = checked(Problem::new(graph, rows.weights, rows.heads, seats))?;
    let flow = if forest.ranges.is_empty() {
        Ok(flow)
    } else {
        forest.made().and_then(|forest| flow.with_supply_quotas(forest))
    };
    Ok((checked(flow)?, rows.pairs))
}

/// Multipliers of the whole problem, from prices of a relaxed one.
pub(super) fn multipliers(problem: &Problem, prices: &Prices, couplings: Vec<i64>) -> Multipliers {
    let supply = prices.supply().iter().copied().take(problem.supply_quotas().len());
    let prices = Prices::new(prices.posts().to_vec()).with_quotas(prices.demand().to_vec(), supply.collect());
    Multipliers { prices, couplings }
}

/// The most that a coupling pays for a load, less its fine.
fn most((least, most): (i64, i64), coupling: &crate::graph::Coupling, charge: i64) -> i128 {
    let span = coupling.span();
    let bends = if coupling.penalty().is_some() { [span.min(), span.max()] } else { [least, most] };
    let paid = |load: i64| i128::from(load) * i128::from(charge) - coupling.fine(load);
    [most, bends[0].clamp(least, most), bends[1].clamp(least, most)].into_iter().map(paid).fold(paid(least), i128::max)
}

/// A part of a valid problem is valid; were it not, nothing would be known of it.
pub(super) fn checked<T>(made: Result<T, crate::graph::ProblemError>) -> Result<T, Without> {
    made.map_err(|_| Without::Invalid)
}
