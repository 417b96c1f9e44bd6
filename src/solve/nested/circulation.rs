//! Flow and potentials on the network, and what must hold between them.

use super::network::{Network, ROOT};
use crate::control::Stop;
use crate::graph::{Placement, Prices, Side};
use crate::index::PairId;
use crate::solve::bounds::Way;
use crate::solve::meter::Meter;

/// Pairs between two looks at the clock.
const LOOK: usize = 1 << 16;

/// Beyond this, potentials are moved back to a root at 0. Lengths of paths stay within 16 times as much: an `i64`.
const DRIFT: u64 = 1 << 56;

/// A placement, and a potential for each node.
///
/// The multiplier of a node's own arc is what the potential rises by along the direction of the flow; a pair's slack
/// is by how much its value falls short of that. At all times slacks are 0 or more, and 0 where somebody is
/// placed. The circulation is optimal once every multiplier suits its load: it lies between the slopes of the arc's
/// [`Bounds`](crate::solve::bounds::Bounds) to both sides. Only differences of potentials mean anything. Nodes that can hold nobody are
/// left out.
pub(super) struct Circulation<'a> {
    pub(super) network: &'a Network<'a>,
    potentials: Vec<i64>,
    /// What every placed person earns beside the pair's value, as part of the multipliers of units.
    reward: i64,
    /// People on each node's own arc.
    loads: Vec<u32>,
    /// People placed by each pair.
    flows: Vec<u32>,
    /// The pairs by which people are placed at each post.
    members: Vec<Vec<u32>>,
}

impl<'a> Circulation<'a> {
    /// Nobody placed, under `potentials`.
    pub(super) fn new(network: &'a Network<'a>, potentials: Vec<i64>) -> Self {
        Self {
            network,
            potentials,
            reward: 0,
            loads: vec![0; network.len()],
            flows: vec![0; network.rows.posts.len()],
            members: vec![Vec::new(); network.posts().len()],
        }
    }

    /// `placements`, within strict ranges, under potentials that prove them best.
    pub(super) fn placing(network: &'a Network<'a>, potentials: Vec<i64>, placements: &[Placement]) -> Self {
        let mut circulation = Self::new(network, potentials);
        for placement in placements {
            circulation.put(placement.pair.index(), placement.count);
        }
        circulation
    }

    pub(super) fn multiplier(&self, node: usize) -> i64 {
        self.multiplier_under(&self.potentials, node)
    }

    fn multiplier_under(&self, potentials: &[i64], node: usize) -> i64 {
        let rise = potentials[node] - potentials[self.network.parent(node)];
        match self.network.side(node) {
            Side::Supply if self.network.units().contains(&node) => rise + self.reward,
            Side::Supply => rise,
            Side::Demand => -rise,
        }
    }

    /// Rewards every placed person by so much more. Slacks stay as they are, and multipliers of units grow: those with
    /// free members become idle.
    pub(super) fn raise(&mut self, reward: i64) {
        self.reward += reward;
    }

    pub(super) fn potential(&self, node: usize) -> i64 {
        self.potentials[node]
    }

    pub(super) fn slack(&self, pair: usize) -> i64 {
        let (unit, post) = self.network.ends(pair);
        self.potentials[unit] - self.potentials[post] - self.network.value(pair)
    }

    /// How many more people `node` and every node above it hold at first.
    fn room_above(&self, node: usize) -> u32 {
        let room = |node: usize| self.network.max(node).saturating_sub(self.loads[node]);
        self.network.path(node).map(room).min().unwrap_or(u32::MAX)
    }

    /// How many people could go that way along the arc of `node` at the same cost.
    pub(super) fn capacity(&self, node: usize, way: Way) -> u32 {
        self.network.bounds(node).capacity(self.loads[node], way)
    }

    /// What going that way along the arc of `node` costs, if anybody can. Where the multiplier suits the load so little
    /// that it would gain something, it costs nothing: the arc is yet to be repaired, and becomes no worse.
    pub(super) fn length(&self, node: usize, way: Way) -> Option<i64> {
        (self.capacity(node, way) > 0).then(|| (-self.gain(node, way)).max(0))
    }

    /// What going that way along the arc of `node` gains under its multiplier.
    fn gain(&self, node: usize, way: Way) -> i64 {
        let slope = self.network.bounds(node).slope(self.loads[node], way);
        match way {
            Way::More => self.multiplier(node) - slope,
            Way::Fewer => slope - self.multiplier(node),
        }
    }

    /// Whether the multiplier of `node` asks for more people or fewer, and how far it is from suiting the load.
    pub(super) fn wants(&self, node: usize) -> Option<(Way, i64)> {
        let ways = [Way::More, Way::Fewer].into_iter().filter(|&way| self.capacity(node, way) > 0);
        ways.map(|way| (way, self.gain(node, way))).find(|&(_, gain)| gain > 0)
    }

    /// Whether the load of `node` is outside of a strict range.
    pub(super) fn is_broken(&self, node: usize) -> bool {
        self.network.bounds(node).fine(self.loads[node]).is_none()
    }

    /// People placed by `pair`.
    pub(super) fn flow(&self, pair: usize) -> u32 {
        self.flows[pair]
    }

    /// The pairs by which people are placed at the post at `node`.
    pub(super) fn members(&self, node: usize) -> &[u32] {
        &self.members[node - self.network.posts().start]
    }

    /// Adds to the potential of `node`.
    pub(super) fn shift(&mut self, node: usize, by: i64) {
        self.potentials[node] += by;
    }

    /// `count` more or fewer people on the arc of `node`.
    pub(super) fn change(&mut self, node: usize, way: Way, count: u32) {
        match way {
            Way::More => self.loads[node] += count,
            Way::Fewer => self.loads[node] -= count,
        }
    }

    /// `count` more or fewer people on the arc of `pair` alone.
    pub(super) fn change_pair(&mut self, pair: usize, way: Way, count: u32) {
        let post = self.network.rows.posts[pair].index();
        if way == Way::More {
            if self.flows[pair] == 0 {
                self.members[post].push(pair as u32);
            }
            self.flows[pair] += count;
        } else {
            self.flows[pair] -= count;
            if self.flows[pair] == 0
                && let Some(at) = self.members[post].iter().position(|&member| member as usize == pair)
            {
                self.members[post].swap_remove(at);
            }
        }
    }

    /// Places as many free members as there is room for by `pair`, at most `most`; only while no search is under way.
    pub(super) fn place(&mut self, pair: usize, most: u32) {
        let (unit, post) = self.network.ends(pair);
        let count = self.room_above(unit).min(self.room_above(post)).min(most);
        if count > 0 {
            self.put(pair, count);
        }
    }

    /// Places `count` people by `pair`, whatever there is room for.
    fn put(&mut self, pair: usize, count: u32) {
        let network = self.network;
        let (unit, post) = network.ends(pair);
        for node in network.path(unit).chain(network.path(post)) {
            self.change(node, Way::More, count);
        }
        self.change_pair(pair, Way::More, count);
    }

    /// Moves all potentials so that the root's is 0, if it has drifted far.
    pub(super) fn check_drift(&mut self) {
        if self.potentials[ROOT].unsigned_abs() > DRIFT {
            self.normalise();
        }
    }

    /// Moves all potentials so that the root's is 0 and no multiplier is below what a minimum asks for: where nobody is,
    /// a higher multiplier only widens slacks.
    pub(super) fn normalise(&mut self) {
        self.potentials = self.normal();
    }

    /// The potentials as [`normalise`](Self::normalise) moves them.
    fn normal(&self) -> Vec<i64> {
        let root = self.potentials[ROOT];
        let mut potentials: Vec<i64> = self.potentials.iter().map(|potential| potential - root).collect();
        for node in 1..potentials.len() {
            let above = potentials[self.network.parent(node)];
            let potential = &mut potentials[node];
            let rise = -self.network.bounds(node).pull();
            *potential = match self.network.side(node) {
                _ if self.loads[node] > 0 => *potential,
                Side::Supply if self.network.is_closed(node) => above - rise,
                Side::Demand if self.network.is_closed(node) => above + rise,
                Side::Supply if self.network.units().contains(&node) => (*potential).max(above - self.reward),
                Side::Supply => (*potential).max(above - rise),
                Side::Demand => (*potential).min(above + rise),
            };
        }
        potentials
    }

    /// Shows the meter the multipliers so far.
    pub(super) fn offer(&self, meter: &mut Meter<'_>) -> Result<(), Stop> {
        if !meter.keeps() {
            return Ok(());
        }
        let prices = self.prices_under(&self.normal());
        let (posts, demand, supply) = (prices.posts(), prices.demand(), prices.supply());
        meter.offer_quotas([&|post| posts[post], &|node| demand[node], &|node| supply[node]])
    }

    /// The placements, by ascending pair.
    pub(super) fn placements(&self, meter: &Meter<'_>) -> Result<Vec<Placement>, Stop> {
        let mut placements = Vec::new();
        for (first, flows) in (0..).step_by(LOOK).zip(self.flows.chunks(LOOK)) {
            let placed = (first..).zip(flows).filter(|(_, flow)| **flow > 0);
            placements.extend(placed.map(|(pair, &count)| Placement { pair: PairId::new(pair), count }));
            meter.look()?;
        }
        Ok(placements)
    }

    /// The multipliers, after [`normalise`](Self::normalise).
    pub(super) fn prices(&self) -> Prices {
        self.prices_under(&self.potentials)
    }

    fn prices_under(&self, potentials: &[i64]) -> Prices {
        // At the ceiling nobody wants what is closed, even if minimums make people earn more than they are worth.
        let network = self.network;
        let units = network.units().map(|unit| -potentials[unit]).fold(0, i64::max);
        let posts = network.posts().map(|post| potentials[post]).fold(0, i64::max);
        let ceiling = network.ceiling() + self.reward + units + posts;
        self.multipliers_with(|node| {
            let closed = network.is_closed(node) && !network.is_closed(network.parent(node));
            if closed { ceiling } else { self.multiplier_under(potentials, node) }
        })
    }

    /// The multipliers that `potentials` give to all ranges.
    pub(super) fn multipliers_under(&self, potentials: &[i64]) -> Prices {
        self.multipliers_with(|node| self.multiplier_under(potentials, node))
    }

    fn multipliers_with(&self, price: impl Fn(usize) -> i64) -> Prices {
        let demand = self.network.demand_nodes().map(&price).collect();
        let supply = self.network.supply_nodes().map(&price).collect();
        Prices::new(self.network.posts().map(&price).collect()).with_quotas(demand, supply)
    }
}
