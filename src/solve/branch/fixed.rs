//! What is left of ranges once those who are decided to be somewhere are there.

use super::relaxed::{Without, checked};
use super::view::{View, nothing};
use crate::graph::{Load, Multipliers, Placement, Prices, Problem, QuotaForest, SeatRange};
use crate::index::{PostId, QuotaId};

/// People decided to be at each post and in each quota node.
pub(super) struct Fixed {
    posts: Vec<u32>,
    demand: Vec<u32>,
    supply: Vec<u32>,
}

impl Fixed {
    pub(super) fn of(problem: &Problem, fixed: &[Placement]) -> Self {
        let (demand, supply) = (problem.demand_quotas(), problem.supply_quotas());
        let mut held = Self {
            posts: vec![0; problem.seats().len()],
            demand: vec![0; demand.len()],
            supply: vec![0; supply.len()],
        };
        for &Placement { pair, count } in fixed {
            let (unit, post) = (problem.graph().unit_of(pair), problem.graph().post_of(pair));
            held.posts[post.index()] += count;
            demand.path(post.index()).for_each(|node| held.demand[node.index()] += count);
            supply.path(unit.index()).for_each(|node| held.supply[node.index()] += count);
        }
        held
    }

    pub(super) fn seats(&self, problem: &Problem, view: &View) -> Result<Vec<SeatRange>, Without> {
        let ranges = PostId::all(self.posts.len()).zip(&self.posts);
        let ranges = ranges.map(|(post, &held)| left(problem, view, Load::Post(post), held));
        ranges.collect()
    }

    pub(super) fn demand_quotas(&self, problem: &Problem, view: &View) -> Result<QuotaForest, Without> {
        forest(problem, view, problem.demand_quotas(), &self.demand, Load::Demand)
    }

    pub(super) fn supply_quotas(&self, problem: &Problem, view: &View) -> Result<QuotaForest, Without> {
        forest(problem, view, problem.supply_quotas(), &self.supply, Load::Supply)
    }

    /// What soft ranges cost for those beyond them who are decided to be there.
    pub(super) fn fines(&self, problem: &Problem) -> i128 {
        let forests = [(problem.demand_quotas(), &self.demand), (problem.supply_quotas(), &self.supply)];
        let nodes = forests.into_iter().flat_map(|(forest, held)| {
            QuotaId::all(forest.len()).zip(held).map(|(node, &held)| {
                let beyond = held.saturating_sub(forest.ranges()[node.index()].max());
                i128::from(forest.penalty(node).unwrap_or(0)) * i128::from(beyond)
            })
        });
        nodes.sum()
    }
}

/// What is left of the ranges of a forest.
fn forest(
    problem: &Problem,
    view: &View,
    forest: &QuotaForest,
    held: &[u32],
    on: fn(QuotaId) -> Load,
) -> Result<QuotaForest, Without> {
    let nodes = QuotaId::all(forest.len()).zip(held);
    let ranges = nodes.map(|(node, &held)| {
        if forest.penalty(node).is_none() {
            return left(problem, view, on(node), held);
        }
        let range = forest.ranges()[node.index()];
        checked(SeatRange::between(range.min().saturating_sub(held), range.max().saturating_sub(held)))
    });
    let (parents, leaves) = (forest.parents().to_vec(), forest.leaves().to_vec());
    let penalties = QuotaId::all(forest.len()).map(|node| forest.penalty(node)).collect();
    let made = QuotaForest::new(parents, ranges.collect::<Result<_, _>>()?, leaves);
    checked(made.and_then(|forest| forest.with_penalties(penalties)))
}

/// What is left of a strict range once `held` are there.
fn left(problem: &Problem, view: &View, on: Load, held: u32) -> Result<SeatRange, Without> {
    let (min, max) = view.span(problem, on).ends().unwrap_or((0, 0));
    match u32::try_from(max).ok().and_then(|max| max.checked_sub(held)) {
        Some(most) => checked(SeatRange::between((min as u32).saturating_sub(held), most)),
        None => Err(Without::Empty(one_at(problem, on))),
    }
}

/// A multiplier of 1 at one range.
fn one_at(problem: &Problem, on: Load) -> Multipliers {
    let one = |len: usize, at: Option<usize>| {
        let mut prices = vec![0; len];
        if let Some(at) = at {
            prices[at] = 1;
        }
        prices
    };
    let (post, demand, supply) = match on {
        Load::Post(post) => (Some(post.index()), None, None),
        Load::Demand(node) => (None, Some(node.index()), None),
        Load::Supply(node) => (None, None, Some(node.index())),
        Load::Coupling(_) | Load::Pair(_) => (None, None, None),
    };
    let (above, below) = (problem.demand_quotas().len(), problem.supply_quotas().len());
    let prices = Prices::new(one(problem.seats().len(), post)).with_quotas(one(above, demand), one(below, supply));
    Multipliers { prices, ..nothing(problem) }
}
