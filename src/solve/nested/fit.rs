//! Potentials that prove a placement best, by label correcting.
//!
//! A placement that keeps every arc within an increment of what suits it is mostly best, once the increment is small beside a unit
//! (Bertsekas 1979); only its potentials are not yet whole. These are raised, from the nearest whole ones, wherever an arc or a
//! placed pair asks for it (Bellman 1958). If the placement is best, that comes to an end, mostly soon. If it is not, potentials chase each
//! other: then this is given up after some work.

use std::collections::VecDeque;

use super::network::{Entry, Network, ROOT};
use crate::control::Stop;
use crate::graph::{Placement, Side};
use crate::solve::bounds::Way;
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;

/// Work after which it is given up, in passes over all pairs.
const BUDGET: usize = 4;

/// A placement and the potentials that are raised for it.
struct Fit<'a> {
    network: &'a Network<'a>,
    potentials: Vec<i64>,
    loads: Vec<u32>,
    /// The pairs by which each unit is placed.
    placed: Groups<u32>,
    queue: VecDeque<usize>,
    queued: Vec<bool>,
}

/// Potentials of all nodes that prove the `placements` best, the nearest above `potentials`; none if they are not, or if it takes
/// long to tell. Those of units are of no account.
pub(super) fn fit(
    network: &Network<'_>,
    columns: &Groups<Entry>,
    potentials: &[i64],
    placements: &[Placement],
    meter: &mut Meter<'_>,
) -> Result<Option<Vec<i64>>, Stop> {
    let mut loads = vec![0; network.len()];
    for placement in placements {
        let (unit, post) = network.ends(placement.pair.index());
        for node in network.path(unit).chain(network.path(post)) {
            loads[node] += placement.count;
        }
    }
    if (ROOT + 1..network.len()).any(|node| network.bounds(node).fine(loads[node]).is_none()) {
        return Ok(None);
    }
    let first = network.units().start;
    let pairs = placements.iter().map(|placement| placement.pair.get());
    let placed = pairs.map(|pair| (network.ends(pair as usize).0 - first, pair));
    let placed = Groups::new(network.units().len(), placed);
    let (queue, queued) = (VecDeque::new(), vec![false; network.len()]);
    let mut fit = Fit { network, potentials: potentials.to_vec(), loads, placed, queue, queued };
    fit.run(columns, meter).map(|fits| fits.then_some(fit.potentials))
}

impl Fit<'_> {
    /// Raises potentials until none is to be raised; false if that takes too much work.
    fn run(&mut self, columns: &Groups<Entry>, meter: &mut Meter<'_>) -> Result<bool, Stop> {
        let network = self.network;
        let mut budget = BUDGET * network.rows.posts.len();
        for unit in network.units() {
            let open = network.row(unit).filter(|&pair| !network.is_closed(network.post(pair)));
            let best = open.map(|pair| self.potentials[network.post(pair)] + network.value(pair)).max();
            let (level, idle) = (self.potentials[network.parent(unit)], self.loads[unit] < network.max(unit));
            self.potentials[unit] = best.map_or(level, |best| if idle { best } else { best.max(level) });
            meter.spend(network.row(unit).len())?;
        }
        self.queue.extend((ROOT..network.len()).filter(|&node| !network.posts().contains(&node)));
        self.queued[..network.posts().start].fill(true);
        for post in network.posts() {
            self.up(post);
        }
        while let Some(node) = self.queue.pop_front() {
            self.queued[node] = false;
            let visited = 1 + self.push(node, columns);
            meter.spend(visited)?;
            budget = budget.saturating_sub(visited);
            if budget == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Raises the potential of `node` to `to`, if it is below.
    fn raise(&mut self, node: usize, to: i64) {
        if self.potentials[node] < to {
            self.potentials[node] = to;
            if !self.queued[node] {
                self.queued[node] = true;
                self.queue.push_back(node);
            }
        }
    }

    /// What going that way along the arc of `node` costs, if anybody can.
    fn slope(&self, node: usize, way: Way) -> Option<i64> {
        let (bounds, load) = (self.network.bounds(node), self.loads[node]);
        (!self.network.is_closed(node) && bounds.capacity(load, way) > 0).then(|| bounds.slope(load, way))
    }

    /// Raises what is to be at least as high as the potential of `node` asks for. Returns how many arcs it looked at.
    fn push(&mut self, node: usize, columns: &Groups<Entry>) -> usize {
        let network = self.network;
        self.up(node);
        let level = self.potentials[node];
        if network.units().contains(&node) {
            let unit = node - network.units().start;
            for at in 0..self.placed.of(unit).len() {
                let pair = self.placed.of(unit)[at] as usize;
                self.raise(network.post(pair), level - network.value(pair));
            }
            return self.placed.of(unit).len();
        }
        if network.posts().contains(&node) {
            if network.is_closed(node) {
                return 0;
            }
            let column = columns.of(node - network.posts().start);
            for &entry in column {
                self.raise(network.unit(entry), level + entry.value);
            }
            return column.len();
        }
        for &child in network.children(node) {
            // Whoever is there and could leave, or could come, holds the two together.
            match network.side(child) {
                Side::Supply => {
                    if let Some(slope) = self.slope(child, Way::Fewer) {
                        self.raise(child, level + slope);
                    }
                }
                Side::Demand => {
                    if let Some(slope) = self.slope(child, Way::More) {
                        self.raise(child, level - slope);
                    }
                }
            }
        }
        network.children(node).len()
    }

    /// The same along the own arc of `node`.
    fn up(&mut self, node: usize) {
        if node == ROOT {
            return;
        }
        let (parent, level) = (self.network.parent(node), self.potentials[node]);
        match self.network.side(node) {
            Side::Supply => {
                if let Some(slope) = self.slope(node, Way::More) {
                    self.raise(parent, level - slope);
                }
            }
            Side::Demand => {
                if let Some(slope) = self.slope(node, Way::Fewer) {
                    self.raise(parent, level + slope);
                }
            }
        }
    }
}
