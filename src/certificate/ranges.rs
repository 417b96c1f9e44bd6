//! The ranges' side of a proof: loads, capacity, signs, and what the ranges add to the bound.

use super::fault::Fault;
use super::proof::Faults;
use crate::graph::{Matching, Problem, QuotaForest, SeatRange, Side};
use crate::index::{CouplingId, PostId, QuotaId};

/// People counted at every post and quota node. Counts saturate: a file may name more people than a `u64` holds, and
/// no range reaches that far.
pub(super) struct Loads {
    posts: Vec<u64>,
    demand: Vec<u64>,
    supply: Vec<u64>,
}

impl Loads {
    /// Counts the placements of pairs the problem has.
    pub(super) fn count(problem: &Problem, matching: &Matching) -> Self {
        let graph = problem.graph();
        let (targets, offsets) = (graph.targets(), graph.offsets());
        let mut posts = vec![0u64; graph.posts()];
        let mut units = vec![0u64; if problem.supply_quotas().is_empty() { 0 } else { graph.units() }];
        let mut unit = 0;
        for placement in matching.placements() {
            let Some(post) = targets.get(placement.pair.index()) else { continue };
            let load = &mut posts[post.index()];
            *load = load.saturating_add(u64::from(placement.count));
            if !units.is_empty() {
                // Placements ascend, so the unit of the next one is never before this one's.
                while offsets[unit + 1] <= placement.pair.get() {
                    unit += 1;
                }
                units[unit] = units[unit].saturating_add(u64::from(placement.count));
            }
        }
        let demand = climb(problem.demand_quotas(), &posts);
        let supply = climb(problem.supply_quotas(), &units);
        Self { posts, demand, supply }
    }
}

/// The loads of a forest's nodes, from those of its leaves.
fn climb(quotas: &QuotaForest, leaves: &[u64]) -> Vec<u64> {
    let mut loads = vec![0u64; quotas.len()];
    for (leaf, &load) in leaves.iter().enumerate() {
        if let Some(node) = quotas.leaf_parent(leaf) {
            loads[node.index()] = loads[node.index()].saturating_add(load);
        }
    }
    // Parents have smaller numbers, so a node is complete before it is added to its parent.
    for node in (0..loads.len()).rev() {
        if let Some(parent) = quotas.parents()[node] {
            loads[parent.index()] = loads[parent.index()].saturating_add(loads[node]);
        }
    }
    loads
}

/// What the ranges say about a solution.
#[derive(Default)]
pub(super) struct RangeFindings {
    /// `sum of (u max(y, 0) + l min(y, 0))`, and the like for ranges with a penalty.
    pub(super) bound: i128,
    /// What loads beyond ranges with a penalty cost.
    pub(super) fines: i128,
    pub(super) capacity: Faults,
    pub(super) sign: Faults,
}

impl RangeFindings {
    /// Checks every range against its load and multiplier. Missing multipliers count as 0.
    pub(super) fn check(problem: &Problem, prices: [&[i64]; 3], loads: &Loads) -> Self {
        let mut found = Self::default();
        let [posts, demand, supply] = prices;
        for (post, (&range, &load)) in PostId::all(loads.posts.len()).zip(problem.seats().iter().zip(&loads.posts)) {
            let price = posts.get(post.index()).copied().unwrap_or(0);
            found.check_one(
                Limits::strict(range),
                load,
                price,
                Fault::Seats { post, load, range },
                Fault::PostSign { post, price, load, range },
            );
        }
        found.check_forest(Side::Demand, problem.demand_quotas(), demand, &loads.demand);
        found.check_forest(Side::Supply, problem.supply_quotas(), supply, &loads.supply);
        found
    }

    /// Checks what couplings hold.
    pub(super) fn check_couplings(&mut self, problem: &Problem, matching: &Matching) {
        for (id, coupling) in CouplingId::all(problem.couplings().len()).zip(problem.couplings()) {
            let load = coupling.load(matching);
            self.fines += coupling.fine(load);
            if !coupling.allows(load) {
                self.capacity.push(Fault::Coupling { coupling: id, load, span: coupling.span() });
            }
        }
    }

    fn check_forest(&mut self, side: Side, quotas: &QuotaForest, prices: &[i64], loads: &[u64]) {
        for (node, (&range, &load)) in QuotaId::all(quotas.len()).zip(quotas.ranges().iter().zip(loads)) {
            let price = prices.get(node.index()).copied().unwrap_or(0);
            let limits = Limits { range, penalty: quotas.penalty(node) };
            self.check_one(
                limits,
                load,
                price,
                Fault::Quota { side, node, load, range },
                Fault::QuotaSign { side, node, price, load, range },
            );
        }
    }

    fn check_one(&mut self, limits: Limits, load: u64, price: i64, capacity: Fault, sign: Fault) {
        let (most, fine) = (limits.most(price), limits.fine(load));
        self.bound += most;
        self.fines += fine;
        if !limits.allows(load) {
            self.capacity.push(capacity);
        }
        if (i128::from(load) * i128::from(price)).saturating_sub(fine) != most {
            self.sign.push(sign);
        }
    }
}

/// A range, with what each person beyond it costs; strict where that is nothing.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) range: SeatRange,
    pub(super) penalty: Option<i64>,
}

impl Limits {
    pub(super) fn strict(range: SeatRange) -> Self {
        Self { range, penalty: None }
    }

    /// The smallest and the largest load there can be. A range that may stay closed has its minimum at 0 as far as
    /// bounds are concerned; one with a penalty holds whatever can be counted.
    pub(super) fn ends(self) -> [u32; 2] {
        if self.penalty.is_some() { [0, u32::MAX] } else { [self.range.floor(), self.range.max()] }
    }

    fn allows(self, load: u64) -> bool {
        if self.penalty.is_some() { u32::try_from(load).is_ok() } else { self.range.allows(load) }
    }

    /// What a load costs beyond the range; nothing if the range is strict.
    fn fine(self, load: u64) -> i128 {
        let Some(penalty) = self.penalty else { return 0 };
        let below = u64::from(self.range.min()).saturating_sub(load);
        let above = load.saturating_sub(u64::from(self.range.max()));
        i128::from(penalty) * i128::from(below.max(above))
    }

    /// The most that any load earns at `price`, less what it costs: reached at an end or where the cost bends.
    fn most(self, price: i64) -> i128 {
        let [least, most] = self.ends();
        let bends = [self.range.floor(), self.range.max()];
        let earned = |load: u32| i128::from(load) * i128::from(price) - self.fine(u64::from(load));
        let others = [most, bends[0], bends[1]].map(earned);
        others.into_iter().fold(earned(least), i128::max)
    }
}
