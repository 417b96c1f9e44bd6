//! Prices to begin with, by an auction that knows the quotas.
//!
//! As in the auction for problems without quotas, units bid for seats with a minimum increment that shrinks from phase
//! to phase. A bid takes a place in its post and in every demand node above it. Where one of these holds more than it
//! may, its lowest bid goes, so that a full node costs at least its lowest bid. Supply quotas enter by what a unit
//! wants to earn at least: nothing in the first phases, since prices hardly fall once they are too low for that; then
//! what the quotas would charge at the prices so far.
//!
//! Nothing rests on the result: a phase that needs too many bids is broken off.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::network::Network;
use super::start::{earned, levels};
use crate::control::{Phase, Stop};
use crate::solve::meter::Meter;

/// The first increment is this part of what a seat can be worth; the last, of what weights differ by.
const COARSEST: i64 = 10;
const FINEST: i64 = 100_000;

/// How much finer the next phase is.
const FINER: i64 = 10;

/// How many increments prices are lowered by after a phase, in halves.
const LOWERING: i64 = 3;

/// Phases with increments above this part of what weights differ by know no supply quotas.
const UNAWARE: i64 = 200;

/// Bids a unit and phase after which the phase is broken off.
const BUDGET: usize = 40;

/// `count` members of the unit of `pair` hold places for `amount` each.
struct Bid {
    pair: u32,
    count: u32,
}

/// The state of the auction.
pub(super) struct Auction<'a> {
    network: &'a Network<'a>,
    /// What a place costs at least in each node of the demand side, whatever those above it cost.
    prices: Vec<i64>,
    loads: Vec<u64>,
    /// The bids held in each node of the demand side, lowest first; some may be gone.
    held: Vec<BinaryHeap<Reverse<(i64, u32)>>>,
    bids: Vec<Bid>,
    /// Members of each unit without a place.
    free: Vec<u32>,
    /// What each unit wants to earn at least.
    floors: Vec<i64>,
    queue: Vec<usize>,
    next: Vec<usize>,
}

impl<'a> Auction<'a> {
    pub(super) fn new(network: &'a Network<'a>) -> Self {
        let mut held = Vec::new();
        held.resize_with(network.len(), BinaryHeap::new);
        Self {
            network,
            prices: vec![0; network.len()],
            loads: vec![0; network.len()],
            held,
            bids: Vec::new(),
            free: Vec::new(),
            floors: Vec::new(),
            queue: Vec::new(),
            next: Vec::new(),
        }
    }

    /// Potentials of all nodes but units, as found so far.
    pub(super) fn potentials(&self, meter: &mut Meter<'_>) -> Result<Vec<i64>, Stop> {
        let mut potentials = vec![0; self.network.len()];
        self.set_demand(&mut potentials);
        self.set_supply(&mut potentials, meter)?;
        Ok(potentials)
    }

    /// Every phase.
    pub(super) fn run(&mut self, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let increments = self.increments();
        let (lightest, heaviest) = self.network.rows.range();
        let aware = ((heaviest - lightest) / UNAWARE).max(1);
        for (done, &increment) in (0..).zip(&increments) {
            meter.report(Phase::Price, done, increments.len() as u64);
            self.open(increment <= aware, meter)?;
            self.phase(increment, meter)?;
            if meter.keeps() {
                let (network, potentials) = (self.network, self.potentials(meter)?);
                let rise = |node: usize| potentials[node] - potentials[network.parent(node)];
                let (posts, demand) = (network.posts().start, network.demand_nodes().start);
                let supply = network.supply_nodes().start;
                let prices: [&dyn Fn(usize) -> i64; 3] =
                    [&|post| -rise(posts + post), &|node| -rise(demand + node), &|node| rise(supply + node)];
                meter.offer_quotas(prices)?;
            }
            for price in &mut self.prices {
                *price = (*price - increment / 2 * LOWERING).max(0);
            }
        }
        meter.report(Phase::Price, increments.len() as u64, increments.len() as u64);
        Ok(())
    }

    /// The increment of each phase.
    fn increments(&self) -> Vec<i64> {
        let ceiling = self.network.ceiling();
        let (lightest, heaviest) = self.network.rows.range();
        let finest = ((heaviest - lightest) / FINEST).max(1);
        let first = (ceiling / COARSEST).max(1);
        let next = |&increment: &i64| (increment > finest).then_some((increment / FINER).max(finest));
        std::iter::successors((ceiling > 0).then_some(first), next).collect()
    }

    /// Takes every place back, and says what units want to earn at least: what the supply quotas charge at the prices
    /// so far, or nothing.
    fn open(&mut self, aware: bool, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let network = self.network;
        meter.spend(network.rows.posts.len())?;
        self.loads.fill(0);
        self.held.iter_mut().for_each(BinaryHeap::clear);
        self.bids.clear();
        let mut potentials = vec![0; network.len()];
        if aware {
            self.set_demand(&mut potentials);
            self.set_supply(&mut potentials, meter)?;
        }
        self.floors.clear();
        self.floors.extend(network.units().map(|unit| potentials[network.parent(unit)]));
        self.free.clear();
        self.free.extend(network.units().map(|unit| network.max(unit)));
        self.queue.clear();
        self.queue.extend((0..self.free.len()).filter(|&unit| self.free[unit] > 0));
        Ok(())
    }

    /// Units bid until nobody wants to, or too many bids were made.
    fn phase(&mut self, increment: i64, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let mut budget = self.free.len().saturating_mul(BUDGET);
        while !self.queue.is_empty() && budget > 0 {
            let queue = std::mem::take(&mut self.queue);
            budget = budget.saturating_sub(queue.len());
            for &unit in &queue {
                if self.bid(unit, increment) && self.free[unit] > 0 {
                    self.next.push(unit);
                }
                meter.spend(self.network.row(self.network.units().start + unit).len())?;
            }
            std::mem::swap(&mut self.queue, &mut self.next);
            self.next = queue;
            self.next.clear();
            self.queue.sort_unstable();
            self.queue.dedup();
        }
        Ok(())
    }

    /// What a place at the post at `node` costs.
    fn price(&self, node: usize) -> i64 {
        self.network.path(node).map(|node| self.prices[node]).fold(0, i64::max)
    }

    /// One bid of free members of `unit`; false if none is worth it.
    fn bid(&mut self, unit: usize, increment: i64) -> bool {
        let network = self.network;
        let floor = self.floors[unit];
        let (mut best, mut second, mut choice) = (floor, floor, None);
        for pair in network.row(network.units().start + unit) {
            let post = network.ends(pair).1;
            if !network.is_closed(post) {
                let net = network.value(pair) - self.price(post);
                if net > best {
                    (best, second, choice) = (net, best, Some((pair, post)));
                } else {
                    second = second.max(net);
                }
            }
        }
        let Some((pair, post)) = choice else { return false };
        let amount = network.value(pair) - second + increment;
        let most = network.path(post).map(|node| network.max(node)).fold(u32::MAX, u32::min);
        let count = self.free[unit].min(most);
        self.free[unit] -= count;
        self.take(pair, post, amount, count);
        true
    }

    /// Places a bid, and sends away the lowest ones where there are too many.
    fn take(&mut self, pair: usize, post: usize, amount: i64, count: u32) {
        let network = self.network;
        let bid = self.bids.len() as u32;
        self.bids.push(Bid { pair: pair as u32, count });
        for node in network.path(post) {
            self.loads[node] += u64::from(count);
            self.held[node].push(Reverse((amount, bid)));
        }
        for node in network.path(post) {
            while self.loads[node] > u64::from(network.max(node)) {
                self.drop_lowest(node);
            }
            if self.loads[node] == u64::from(network.max(node))
                && let Some(lowest) = self.lowest(node)
            {
                self.prices[node] = self.prices[node].max(lowest);
            }
        }
    }

    /// The lowest amount held in `node`.
    fn lowest(&mut self, node: usize) -> Option<i64> {
        while let Some(&Reverse((amount, bid))) = self.held[node].peek() {
            if self.bids[bid as usize].count > 0 {
                return Some(amount);
            }
            self.held[node].pop();
        }
        None
    }

    /// Sends away as many members of the lowest bid in `node` as are too many.
    fn drop_lowest(&mut self, node: usize) {
        if self.lowest(node).is_none() {
            return;
        }
        let Some(&Reverse((_, bid))) = self.held[node].peek() else { return };
        let excess = self.loads[node].saturating_sub(u64::from(self.network.max(node)));
        let bid = &mut self.bids[bid as usize];
        let count = u64::from(bid.count).min(excess) as u32;
        bid.count -= count;
        let (unit, post) = self.network.ends(bid.pair as usize);
        for node in self.network.path(post) {
            self.loads[node] -= u64::from(count);
        }
        let unit = unit - self.network.units().start;
        if self.free[unit] == 0 {
            self.next.push(unit);
        }
        self.free[unit] += count;
    }

    /// Sets the potentials of demand nodes and posts to the prices so far.
    fn set_demand(&self, potentials: &mut [i64]) {
        let network = self.network;
        for node in network.demand_nodes().chain(network.posts()) {
            potentials[node] = potentials[network.parent(node)].min(-self.prices[node]);
        }
    }

    /// Sets those of supply nodes to what suits them best.
    fn set_supply(&self, potentials: &mut [i64], meter: &Meter<'_>) -> Result<(), Stop> {
        let network = self.network;
        let levels = levels(network, &earned(network, potentials, meter)?, meter)?;
        for node in network.supply_nodes() {
            potentials[node] = potentials[network.parent(node)].max(levels[node]);
        }
        Ok(())
    }
}
