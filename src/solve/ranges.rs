//! The ranges of a problem as one tree, with how many people each holds and what it costs.
//!
//! The nodes are a root, supply quota nodes, demand quota nodes and posts, numbered in this order, so that a parent
//! always has a smaller number than its children. A node's *level* is its price and those above it added up: what a
//! seat costs in all on the demand side, what coming in costs on the supply side.

use super::bounds::{Bounds, asks};
use super::scope;
use crate::graph::{MAX_WEIGHT, Problem, Solution};
use crate::index::{PairId, PostId, QuotaId, UnitId};

/// The node above every other.
pub(super) const ROOT: usize = 0;

/// No level of a proof is farther from 0.
const FARTHEST: u64 = 1 << 61;

/// The tree under one solution, whose placements are within all ranges and whose prices are only where a range is full.
pub(super) struct Ranges<'a> {
    problem: &'a Problem,
    parents: Vec<usize>,
    bounds: Vec<Bounds>,
    loads: Vec<u32>,
    prices: Vec<i64>,
    levels: Vec<i64>,
    /// Members of each unit who are placed.
    placed: Vec<u32>,
    /// Unit and pair of each placement.
    held: Vec<(UnitId, PairId)>,
    first_demand: usize,
    first_post: usize,
}

impl<'a> Ranges<'a> {
    /// `None` for placements or prices that break a range, a headcount or a sign, or that are not the problem's. One
    /// pass over placements, units and nodes.
    pub(super) fn of(problem: &'a Problem, solution: &Solution) -> Option<Self> {
        scope::check(problem).ok()?;
        let (supply, demand) = (problem.supply_quotas(), problem.demand_quotas());
        let first_demand = ROOT + 1 + supply.len();
        let first_post = first_demand + demand.len();
        let above = |first: usize| move |parent: Option<QuotaId>| parent.map_or(ROOT, |parent| first + parent.index());
        let posts = (0..problem.seats().len()).map(|post| demand.leaf_parent(post));
        let mut parents = vec![ROOT];
        parents.extend(supply.parents().iter().copied().map(above(ROOT + 1)));
        parents.extend(demand.parents().iter().copied().chain(posts).map(above(first_demand)));
        let mut bounds = vec![Bounds::up_to(u32::MAX)];
        for forest in [supply, demand] {
            bounds.extend(QuotaId::all(forest.len()).map(|node| Bounds::of_node(forest, node)));
        }
        bounds.extend(problem.seats().iter().map(|&seat| Bounds::of(seat)));
        let nodes = parents.len();
        let mut tree = Self {
            problem,
            parents,
            bounds,
            loads: vec![0; nodes],
            prices: tree_prices(problem, solution)?,
            levels: vec![0; nodes],
            placed: vec![0; problem.headcounts().len()],
            held: Vec::with_capacity(solution.matching.placements().len()),
            first_demand,
            first_post,
        };
        tree.count(solution)?;
        for node in ROOT + 1..nodes {
            // Where nobody is, what costs more keeps people out as well.
            if tree.loads[node] == 0 {
                tree.prices[node] = tree.prices[node].max(tree.bounds[node].pull());
            }
            let far = tree.prices[node].unsigned_abs() > FARTHEST;
            if far || tree.slack(node).into_iter().flatten().any(|slack| slack < 0) {
                return None;
            }
            tree.levels[node] = tree.levels[tree.parents[node]].checked_add(tree.prices[node])?;
            if tree.levels[node].unsigned_abs() > FARTHEST {
                return None;
            }
        }
        Some(tree)
    }

    /// Counts the placements; `None` if somewhere there are too many.
    fn count(&mut self, solution: &Solution) -> Option<()> {
        let graph = self.problem.graph();
        let mut loads = vec![0_u64; self.len()];
        let mut placements = solution.matching.placements().iter().peekable();
        for unit in UnitId::all(graph.units()) {
            let end = graph.row(unit).end;
            let mut left = self.problem.headcount(unit);
            while let Some(placement) = placements.next_if(|placement| placement.pair.index() < end) {
                left = left.checked_sub(placement.count)?;
                self.held.push((unit, placement.pair));
                loads[self.post(graph.post_of(placement.pair))] += u64::from(placement.count);
            }
            self.placed[unit.index()] = self.problem.headcount(unit) - left;
            loads[self.home(unit)] += u64::from(self.placed[unit.index()]);
        }
        if placements.next().is_some() {
            return None;
        }
        for node in (ROOT + 1..self.len()).rev() {
            self.loads[node] = u32::try_from(loads[node]).ok()?;
            self.bounds[node].fine(self.loads[node])?;
            loads[self.parents[node]] += loads[node];
        }
        Some(())
    }

    /// Number of nodes.
    pub(super) fn len(&self) -> usize {
        self.parents.len()
    }

    pub(super) fn problem(&self) -> &'a Problem {
        self.problem
    }

    pub(super) fn parent(&self, node: usize) -> usize {
        self.parents[node]
    }

    /// Whether `node` is a quota node over units.
    pub(super) fn is_supply(&self, node: usize) -> bool {
        node != ROOT && node < self.first_demand
    }

    pub(super) fn first_demand(&self) -> usize {
        self.first_demand
    }

    pub(super) fn first_post(&self) -> usize {
        self.first_post
    }

    /// The node of `post`.
    pub(super) fn post(&self, post: PostId) -> usize {
        self.first_post + post.index()
    }

    /// The node `unit` hangs below.
    pub(super) fn home(&self, unit: UnitId) -> usize {
        let quota = self.problem.supply_quotas().leaf_parent(unit.index());
        quota.map_or(ROOT, |quota| ROOT + 1 + quota.index())
    }

    /// How far below and above its price others suit the load of `node`; none where there is no end.
    pub(super) fn slack(&self, node: usize) -> [Option<i64>; 2] {
        self.bounds[node].slack(self.loads[node], self.prices[node]).into()
    }

    /// How many more people, and how many fewer, `node` may hold at its price.
    pub(super) fn room(&self, node: usize) -> [u32; 2] {
        let (least, most) = self.bounds[node].suiting(self.prices[node]);
        [most.saturating_sub(self.loads[node]), self.loads[node].saturating_sub(least)]
    }

    /// People whom `node` holds.
    pub(super) fn load(&self, node: usize) -> u32 {
        self.loads[node]
    }

    pub(super) fn level(&self, node: usize) -> i64 {
        self.levels[node]
    }

    /// Members of `unit` who are placed.
    pub(super) fn placed(&self, unit: UnitId) -> u32 {
        self.placed[unit.index()]
    }

    /// Unit and pair of each placement.
    pub(super) fn held(&self) -> &[(UnitId, PairId)] {
        &self.held
    }

    /// What a person placed by `pair` earns after paying for the seat.
    pub(super) fn earned(&self, pair: usize) -> i64 {
        let post = self.post(self.problem.graph().targets()[pair]);
        i64::from(self.problem.weights()[pair]) + self.problem.placement_bonus() - self.levels[post]
    }
}

/// The price of every node; `None` if there are not as many as nodes.
fn tree_prices(problem: &Problem, solution: &Solution) -> Option<Vec<i64>> {
    let prices = &solution.prices;
    let expected = [problem.supply_quotas().len(), problem.demand_quotas().len(), problem.seats().len()];
    let given = [prices.supply(), prices.demand(), prices.posts()];
    // At this price nobody wants anything unless minimums make them, so more would prove nothing more.
    let ceiling = if asks(problem) { i64::MAX } else { i64::from(MAX_WEIGHT) + problem.placement_bonus() };
    let all = std::iter::once(&0).chain(given.into_iter().flatten()).map(|&price| price.min(ceiling));
    (given.map(<[i64]>::len) == expected).then(|| all.collect())
}
