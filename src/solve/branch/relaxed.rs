//! The flow problem that is left once decisions are made and couplings are charged for.

use std::collections::BTreeMap;

use super::fixed::Fixed;
use super::parts::{Nodes, Rows};
use super::view::View;
use crate::graph::{BipartiteGraph, MAX_WEIGHT, Matching, Multipliers, Placement, Prices, Problem, Solution};
use crate::index::{PairId, UnitId};

/// A problem without openings and couplings, and the way back from it.
pub(super) struct Relaxed {
    pub(super) problem: Problem,
    /// The pair that each of its pairs is; none if they are the same.
    pairs: Option<Vec<PairId>>,
    /// Who is decided to be where.
    fixed: Vec<Placement>,
    /// What is added to its value: what those decided earn, and the most that couplings pay for their loads.
    constant: i128,
}

/// Why there is no such problem.
pub(super) enum Without {
    /// Multipliers that prove that the case is empty.
    Empty(Multipliers),
    /// Charges make weights that do not fit.
    Heavy,
}

impl Relaxed {
    /// What `view` leaves of `problem` when the load of each coupling costs `charges`.
    pub(super) fn of(problem: &Problem, view: &View, charges: &[i64]) -> Result<Self, Without> {
        let mut coupled: BTreeMap<u32, i64> = BTreeMap::new();
        let mut constant = 0;
        for ((coupling, &charge), &ends) in problem.couplings().iter().zip(charges).zip(&view.couplings) {
            constant += most(ends, coupling, charge);
            if charge != 0 {
                for (pair, sign) in coupling.signed() {
                    *coupled.entry(pair.get()).or_default() += sign * charge;
                }
            }
        }
        let limited = view.pairs.iter().filter(|(_, ends)| ends.0 > 0);
        let fixed: Vec<Placement> =
            limited.map(|(&pair, &(count, _))| Placement { pair: PairId::new(pair), count }).collect();
        for &Placement { pair, count } in &fixed {
            let charge = coupled.get(&pair.get()).copied().unwrap_or(0);
            let worth = i64::from(problem.weight(pair)) + problem.placement_bonus() - charge;
            constant += i128::from(worth) * i128::from(count);
        }
        let held = Fixed::of(problem, &fixed);
        let mut relaxed = if view.pairs.is_empty() {
            let mut weights = problem.weights().to_vec();
            for (&pair, &charge) in &coupled {
                let weight = &mut weights[pair as usize];
                *weight = lighter(*weight, charge)?;
            }
            let seats = held.seats(problem, view)?;
            let (graph, heads) = (problem.graph().clone(), problem.headcounts().to_vec());
            let flow = checked(Problem::new(graph, weights, heads, seats))?;
            let supply = held.supply_quotas(problem, view)?;
            let flow = checked(flow.with_supply_quotas(supply))?;
            Self { problem: flow, pairs: None, fixed, constant }
        } else {
            Self::limited(problem, view, &coupled, &held, fixed, constant)?
        };
        let demand = held.demand_quotas(problem, view)?;
        let flow = checked(relaxed.problem.with_demand_quotas(demand))?;
        relaxed.problem = checked(flow.with_placement_bonus(problem.placement_bonus()))?;
        relaxed.constant -= held.fines(problem);
        Ok(relaxed)
    }

    /// The same where pairs are limited. A unit some of whose pairs hold fewer than are left of it becomes a quota node
    /// with a row for each of these pairs, and one for all others.
    fn limited(
        problem: &Problem,
        view: &View,
        coupled: &BTreeMap<u32, i64>,
        held: &Fixed,
        fixed: Vec<Placement>,
        constant: i128,
    ) -> Result<Self, Without> {
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
                let charge = coupled.get(&pair.get()).copied().unwrap_or(0);
                let weight = lighter(problem.weight(pair), charge)?;
                if more >= left && left > 0 {
                    rows.pair(graph.post_of(pair), weight, pair);
                } else if more > 0 && left > 0 {
                    capped.push((pair, weight, more));
                }
            }
            rows.end(left);
            if capped.is_empty() {
                forest.leaves.push(parent);
                continue;
            }
            let node = forest.node(parent, left);
            forest.leaves.push(Some(node));
            for (pair, weight, more) in capped {
                rows.pair(graph.post_of(pair), weight, pair);
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
        Ok(Self { problem: checked(flow)?, pairs: Some(rows.pairs), fixed, constant })
    }

    /// Whether its pairs are those of the whole problem.
    pub(super) fn has_all_pairs(&self) -> bool {
        self.pairs.is_none()
    }

    /// The matching of the whole problem that `matching` of this one is part of.
    pub(super) fn matching(&self, matching: &Matching) -> Matching {
        let origin = |placement: &Placement| match &self.pairs {
            Some(pairs) => Placement { pair: pairs[placement.pair.index()], ..*placement },
            None => *placement,
        };
        Matching::new(matching.placements().iter().map(origin).chain(self.fixed.iter().copied()).collect())
    }

    /// The bound that a solution of this problem gives for the whole one.
    pub(super) fn bound(&self, solution: &Solution) -> i128 {
        self.problem.value(&solution.matching) + self.constant
    }
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

fn lighter(weight: i32, charge: i64) -> Result<i32, Without> {
    let weight = i32::try_from(i64::from(weight) - charge).map_err(|_| Without::Heavy)?;
    if weight.unsigned_abs() <= MAX_WEIGHT.unsigned_abs() { Ok(weight) } else { Err(Without::Heavy) }
}

/// A part of a valid problem is valid; were it not, the charge would be given up and nothing else.
pub(super) fn checked<T>(made: Result<T, crate::graph::ProblemError>) -> Result<T, Without> {
    made.map_err(|_| Without::Heavy)
}
