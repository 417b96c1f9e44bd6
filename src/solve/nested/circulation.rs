//! Flow and potentials on the network, and what must hold between them.

use super::network::{Network, ROOT};
use crate::control::Stop;
use crate::graph::{Placement, Prices, Side};
use crate::index::PairId;
use crate::solve::meter::Meter;

/// Pairs between two looks at the clock.
const LOOK: usize = 1 << 16;

/// Beyond this, potentials are moved back to a root at 0. Lengths of paths stay within 16 times as much: an `i64`.
const DRIFT: u64 = 1 << 56;

/// Which way along an arc: more people on it, or fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    More,
    Fewer,
}

/// A placement within all maxima, and a potential for each node.
///
/// The multiplier of a node's own arc is what the potential rises by along the direction of the flow; a pair's slack
/// is by how much its value falls short of that. At all times (1) slacks are 0 or more, and 0 where somebody is
/// placed; (2) a multiplier is below 0 only where nobody is. The circulation is optimal once (3) a multiplier is above
/// 0 only at a full maximum. Only differences of potentials mean anything. Nodes that can hold nobody are left out.
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

    pub(super) fn slack(&self, pair: usize) -> i64 {
        let (unit, post) = self.network.ends(pair);
        self.potentials[unit] - self.potentials[post] - self.network.value(pair)
    }

    /// How many more people the arc of `node` holds.
    pub(super) fn room(&self, node: usize) -> u32 {
        self.network.max(node) - self.loads[node]
    }

    /// How many more people `node` and every node above it hold.
    pub(super) fn room_above(&self, node: usize) -> u32 {
        self.network.path(node).map(|node| self.room(node)).min().unwrap_or(u32::MAX)
    }

    /// How many people could go that way along the arc of `node`.
    pub(super) fn capacity(&self, node: usize, way: Way) -> u32 {
        match way {
            Way::More => self.room(node),
            Way::Fewer => self.loads[node],
        }
    }

    /// What going that way along the arc of `node` costs, if anybody can. An arc with room at a multiplier above 0 is
    /// yet to be repaired; more people on it cost nothing, and make it no worse.
    pub(super) fn length(&self, node: usize, way: Way) -> Option<i64> {
        let multiplier = match way {
            Way::More => -self.multiplier(node),
            Way::Fewer => self.multiplier(node),
        };
        (self.capacity(node, way) > 0).then_some(multiplier.max(0))
    }

    /// Whether `node` has room at a multiplier above 0, against condition (3).
    pub(super) fn is_idle(&self, node: usize) -> bool {
        self.room(node) > 0 && self.multiplier(node) > 0
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

    /// Places as many free members as there is room for by `pair`; only while no search is under way.
    pub(super) fn place(&mut self, pair: usize) {
        let (unit, post) = self.network.ends(pair);
        let count = self.room_above(unit).min(self.room_above(post));
        if count > 0 {
            let network = self.network;
            for node in network.path(unit).chain(network.path(post)) {
                self.change(node, Way::More, count);
            }
            self.change_pair(pair, Way::More, count);
        }
    }

    /// Moves all potentials so that the root's is 0, if it has drifted far.
    pub(super) fn check_drift(&mut self) {
        if self.potentials[ROOT].unsigned_abs() > DRIFT {
            self.normalise();
        }
    }

    /// Moves all potentials so that the root's is 0 and no multiplier is below 0: where nobody is, a higher multiplier
    /// only widens slacks.
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
            *potential = match self.network.side(node) {
                _ if self.network.max(node) == 0 => above,
                Side::Supply if self.network.units().contains(&node) => (*potential).max(above - self.reward),
                Side::Supply => (*potential).max(above),
                Side::Demand => (*potential).min(above),
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
        let ceiling = self.network.ceiling() + self.reward;
        let price = |node: usize| {
            let closed = self.network.max(node) == 0 && self.network.max(self.network.parent(node)) > 0;
            // At the ceiling nobody wants what is closed.
            if closed { ceiling } else { self.multiplier_under(potentials, node) }
        };
        let demand = self.network.demand_nodes().map(price).collect();
        let supply = self.network.supply_nodes().map(price).collect();
        Prices::new(self.network.posts().map(price).collect()).with_quotas(demand, supply)
    }
}
