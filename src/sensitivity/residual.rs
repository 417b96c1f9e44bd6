//! The residual network of an optimum: every way in which one person more or fewer can go.
//!
//! People flow in a circle: from the root through the supply quotas to their units, from these to posts, and through the
//! demand quotas back to the root. An arc leads on where there is room for one more, and back where somebody may leave.
//! The *length* of an arc is what using it loses at the proof's prices; no arc of an optimum is shorter than 0, and round
//! a cycle the prices cancel, so that its length is exactly what the exchange along it loses.

use std::collections::BTreeMap;

use super::groups::{Changed, Groups};
use super::network::{Network, ROOT};
use super::range::Range;
use crate::graph::{Load, Problem, Solution};
use crate::index::{PairId, PostId, QuotaId, UnitId};
use crate::parallel;

/// Units looked at side by side.
pub(super) const PART: usize = 1 << 12;

/// No level of a proof is farther from 0, so that no sum of lengths overflows.
const FARTHEST: u64 = 1 << 60;

/// An optimum: who is where, and the levels that prove it.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) ranges: Vec<Range>,
    pub(super) loads: Vec<u32>,
    /// The price of each quota and post with those above it; of a unit, its rent with what its quotas charge.
    pub(super) levels: Vec<i64>,
    /// Post and count of each placement of a unit that may change.
    pub(super) own: Changed<(u32, u32)>,
    /// Unit of each placement at a post that may change.
    pub(super) held: Changed<u32>,
    /// Members of each unit who may move, and those of them who are placed.
    pub(super) heads: Vec<u32>,
    pub(super) placed: Vec<u32>,
}

/// The network of `solution`, and the optimum itself; none if its prices do not prove it best as long as everything it
/// decides stays so. One pass over the pairs, and a sort of them by post.
pub(super) fn residual<'a>(problem: &'a Problem, solution: &Solution) -> Option<(Network<'a>, Flow)> {
    let graph = problem.graph();
    let mut spans = Vec::new();
    let mut frozen = BTreeMap::new();
    if problem.needs_search() {
        for (load, min, max) in problem.decided_by(&solution.matching) {
            match load {
                Load::Pair(pair) => {
                    frozen.insert(pair.get(), min);
                }
                Load::Coupling(_) => {}
                Load::Post(_) | Load::Demand(_) | Load::Supply(_) => spans.push((load, min, max)),
            }
        }
    }
    let network = Network::new(problem, frozen);
    let mut ranges = vec![Range::UNLIMITED];
    for forest in [problem.supply_quotas(), problem.demand_quotas()] {
        ranges.extend(QuotaId::all(forest.len()).map(|node| Range::of_node(forest, node)));
    }
    ranges.extend(problem.seats().iter().map(|&seat| Range::of_seats(seat)));
    for (load, min, max) in spans {
        let node = match load {
            Load::Post(post) => network.post(post),
            Load::Demand(node) => network.demand(node),
            Load::Supply(node) => Network::supply(node),
            Load::Coupling(_) | Load::Pair(_) => continue,
        };
        let (min, max) = (u32::try_from(min).ok()?, u32::try_from(max).ok()?);
        ranges[node] = Range { min, max, closed: max == 0, ..ranges[node] };
    }
    let known = solution.matching.placements().iter().all(|placed| placed.pair.index() < graph.pairs());
    let free: Vec<_> = if known {
        let placements = solution.matching.placements().iter();
        let placed = placements.map(|placed| (graph.unit_of(placed.pair), placed.pair, placed.count));
        placed.collect()
    } else {
        return None;
    };
    let may_change = |pair: PairId| !network.is_frozen(pair.index());
    let own = free.iter().filter(|(_, pair, _)| may_change(*pair));
    let held = own.clone().map(|&(unit, pair, _)| (graph.post_of(pair).index(), unit.get()));
    let own = own.map(|&(unit, pair, count)| (unit.index(), (graph.post_of(pair).get(), count)));
    let mut flow = Flow {
        ranges,
        loads: vec![0; network.first_unit],
        levels: vec![0; network.len()],
        own: Changed::new(Groups::new(graph.units(), || own.clone())),
        held: Changed::new(Groups::new(graph.posts(), || held.clone())),
        heads: problem.headcounts().to_vec(),
        placed: vec![0; graph.units()],
    };
    flow.count(&network, &free)?;
    flow.price(&network, solution)?;
    Some((network, flow))
}

impl Flow {
    /// Counts the placements; none if somewhere there are too many.
    fn count(&mut self, network: &Network<'_>, placements: &[(UnitId, PairId, u32)]) -> Option<()> {
        let graph = network.problem.graph();
        let mut loads = vec![0_u64; network.first_unit];
        let mut fixed = vec![0_u64; network.first_unit];
        for &(unit, pair, count) in placements {
            let (from, to) = (network.parent(network.unit(unit)), network.post(graph.post_of(pair)));
            let is_frozen = network.is_frozen(pair.index());
            for start in [from, to] {
                for node in std::iter::successors(Some(start), |&node| (node != ROOT).then(|| network.parent(node))) {
                    loads[node] += u64::from(count);
                    fixed[node] += if is_frozen { u64::from(count) } else { 0 };
                }
            }
            if is_frozen {
                self.heads[unit.index()] = self.heads[unit.index()].checked_sub(count)?;
            } else {
                self.placed[unit.index()] = self.placed[unit.index()].checked_add(count)?;
            }
        }
        if self.placed.iter().zip(&self.heads).any(|(placed, heads)| placed > heads) {
            return None;
        }
        for node in network.ranges() {
            self.loads[node] = u32::try_from(loads[node]).ok()?;
            self.ranges[node].fixed = u32::try_from(fixed[node]).ok()?;
            if !self.ranges[node].allows(self.loads[node]) {
                return None;
            }
        }
        Some(())
    }

    /// Takes over the prices; none if they prove nothing.
    fn price(&mut self, network: &Network<'_>, solution: &Solution) -> Option<()> {
        let (problem, prices) = (network.problem, &solution.prices);
        let given = [prices.supply(), prices.demand(), prices.posts()];
        let expected = [problem.supply_quotas().len(), problem.demand_quotas().len(), problem.seats().len()];
        if given.map(<[i64]>::len) != expected {
            return None;
        }
        for (node, &price) in network.ranges().zip(given.into_iter().flatten()) {
            let level = self.levels[network.parent(node)].checked_add(price)?;
            if level.unsigned_abs() > FARTHEST {
                return None;
            }
            self.levels[node] = level;
            let (more, fewer) = (self.more(network, node), self.fewer(network, node));
            if more.is_some_and(|length| length < 0) || fewer.is_some_and(|length| length < 0) {
                return None;
            }
        }
        let units = problem.graph().units();
        let parts = parallel::map(units.div_ceil(PART), |part| {
            let units = part * PART..units.min((part + 1) * PART);
            units.map(|unit| self.unit_level(network, UnitId::new(unit as u32))).collect::<Option<Vec<i64>>>()
        });
        let mut first = network.first_unit;
        for levels in parts {
            let levels = levels?;
            self.levels[first..first + levels.len()].copy_from_slice(&levels);
            first += levels.len();
        }
        Some(())
    }

    /// The level of `unit`; none if somebody of it does not earn its rent.
    fn unit_level(&self, network: &Network<'_>, unit: UnitId) -> Option<i64> {
        let graph = network.problem.graph();
        let posts = &self.levels[network.first_post..network.first_unit];
        let home = self.levels[network.parent(network.unit(unit))];
        let earned = |pair: usize| network.value(pair) - posts[graph.targets()[pair].index()];
        let free = graph.row(unit).filter(|&pair| !network.is_frozen(pair));
        let level = free.map(earned).fold(home, i64::max);
        let earns = |&(post, _): &(u32, u32)| {
            graph.find(unit, PostId::new(post)).is_some_and(|pair| earned(pair.index()) == level)
        };
        let rent = self.own(unit).iter().all(earns);
        (rent && !(self.is_idle(unit) && level > home)).then_some(level)
    }

    /// The placements of `unit` that may change: post and count.
    pub(super) fn own(&self, unit: UnitId) -> &[(u32, u32)] {
        self.own.of(unit.index())
    }

    /// The price of a quota or post itself.
    pub(super) fn own_price(&self, network: &Network<'_>, node: usize) -> i64 {
        self.levels[node] - self.levels[network.parent(node)]
    }

    /// What one person more in `node` loses, and one fewer; none where that cannot be.
    fn more(&self, network: &Network<'_>, node: usize) -> Option<i64> {
        Some(self.ranges[node].more(self.loads[node])? - self.own_price(network, node))
    }

    fn fewer(&self, network: &Network<'_>, node: usize) -> Option<i64> {
        Some(self.ranges[node].fewer(self.loads[node])? + self.own_price(network, node))
    }

    /// The length of the arc from the parent of a quota or post down to it, and from it up.
    pub(super) fn down(&self, network: &Network<'_>, node: usize) -> Option<i64> {
        if network.is_supply(node) { self.more(network, node) } else { self.fewer(network, node) }
    }

    pub(super) fn up(&self, network: &Network<'_>, node: usize) -> Option<i64> {
        if network.is_supply(node) { self.fewer(network, node) } else { self.more(network, node) }
    }

    pub(super) fn is_idle(&self, unit: UnitId) -> bool {
        self.heads[unit.index()] > self.placed[unit.index()]
    }

    /// Sends one person along `path`, whose arcs are all there.
    pub(super) fn send(&mut self, network: &Network<'_>, path: &[usize]) {
        for step in path.windows(2) {
            let (from, to) = (step[0], step[1]);
            match (network.unit_at(from), network.unit_at(to)) {
                (Some(unit), _) => self.step(network, unit, to, true),
                (_, Some(unit)) => self.step(network, unit, from, false),
                (None, None) => {
                    let node = if network.parent(from) == to && from != ROOT { from } else { to };
                    let more = network.is_supply(node) == (node == to);
                    self.loads[node] = if more { self.loads[node] + 1 } else { self.loads[node] - 1 };
                }
            }
        }
    }

    /// One member of `unit` goes to `other`, or comes from there: its home or a post.
    fn step(&mut self, network: &Network<'_>, unit: UnitId, other: usize, goes: bool) {
        let Some(post) = network.post_at(other) else {
            let placed = &mut self.placed[unit.index()];
            *placed = if goes { *placed - 1 } else { *placed + 1 };
            return;
        };
        let (own, held) = (self.own.list_mut(unit.index()), self.held.list_mut(post.index()));
        let at = own.iter().position(|&(known, _)| known == post.get());
        match (goes, at) {
            (true, Some(at)) => own[at].1 += 1,
            (true, None) => {
                own.push((post.get(), 1));
                held.push(unit.get());
            }
            (false, Some(at)) if own[at].1 > 1 => own[at].1 -= 1,
            (false, Some(at)) => {
                own.swap_remove(at);
                held.retain(|&known| known != unit.get());
            }
            (false, None) => {}
        }
    }
}
