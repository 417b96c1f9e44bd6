//! The cheapest chain of moves that brings one more person to an arc, or takes one away.
//!
//! The search starts at the node below the arc and ends at the node above it. Where somebody is to come in on the
//! supply side, or to leave on the demand side, it looks along the flow; in the other two cases against it. Named after
//! the side on which it goes down where there is room, the near one, both directions are the same search:
//!
//! | | near side | far side |
//! |---|---|---|
//! | down a tree | where there is room | where somebody is |
//! | up a tree | where somebody is | where there is room |
//! | between leaves | to the far side by any pair | back to the near one along those placed |
//!
//! Straight up from the start, a way costs what the arc itself would gain, which is therefore the limit. An arc that
//! lacks people has none: if its search ends without a way, there is no feasible placement, and the nodes it came to
//! say why.

use super::circulation::Circulation;
use super::labels::{Labels, Step};
use super::network::{Entry, Network, ROOT};
use crate::control::Stop;
use crate::graph::{Prices, Side};
use crate::solve::bounds::Way;
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;

/// One search after the other, in the same memory.
pub(super) struct Search {
    labels: Labels,
    /// The side on which the search goes down where there is room.
    near: Side,
    /// The nodes above the start, from its parent, where the search ends, to the root.
    above: Vec<usize>,
    /// The cost of the cheapest way known.
    limit: i64,
    /// Whether that way is one of moves, not the one straight up.
    found: bool,
}

impl Search {
    pub(super) fn new(network: &Network<'_>) -> Self {
        Self { labels: Labels::new(network.len()), near: Side::Supply, above: Vec::new(), limit: 0, found: false }
    }

    /// Finds the cheapest way that changes the load of `start` by one, if it costs less than `limit`; true if there is one.
    /// `columns`: the pairs of each post, read if [`near`] is the demand side.
    pub(super) fn run(
        &mut self,
        circulation: &Circulation<'_>,
        columns: &Groups<Entry>,
        (start, way): (usize, Way),
        limit: i64,
        meter: &mut Meter<'_>,
    ) -> Result<bool, Stop> {
        let network = circulation.network;
        self.near = near(network, start, way);
        self.above.clear();
        self.above.extend(network.path(start).skip(1).chain([ROOT]));
        (self.limit, self.found) = (limit, false);
        self.labels.begin();
        self.labels.reach(start, 0, Step { from: start, pair: None });
        while let Some((node, distance)) = self.labels.settle(self.limit) {
            let visited = self.climb(circulation, node, distance) + self.cross(circulation, columns, node, distance);
            meter.spend(visited)?;
        }
        Ok(self.found)
    }

    /// Which way along the arc of `node` the search goes.
    pub(super) fn way(&self, network: &Network<'_>, node: usize, down: bool) -> Way {
        if (network.side(node) == self.near) == down { Way::More } else { Way::Fewer }
    }

    /// Notes the ways from `node` up and down its tree. Returns how many arcs it looked at.
    fn climb(&mut self, circulation: &Circulation<'_>, node: usize, distance: i64) -> usize {
        let network = circulation.network;
        let step = Step { from: node, pair: None };
        if node != ROOT
            && let Some(length) = circulation.length(node, self.way(network, node, false))
        {
            self.reach(circulation, network.parent(node), distance + length, step);
        }
        for &child in network.children(node) {
            if let Some(length) = circulation.length(child, self.way(network, child, true)) {
                self.reach(circulation, child, distance + length, step);
            }
        }
        1 + network.children(node).len()
    }

    /// Notes the ways from a leaf across the pairs. Returns how many pairs it looked at.
    fn cross(&mut self, circulation: &Circulation<'_>, columns: &Groups<Entry>, node: usize, distance: i64) -> usize {
        let network = circulation.network;
        if !network.is_leaf(node) {
            return 0;
        }
        let level = circulation.potential(node);
        match (self.near, network.side(node)) {
            (Side::Supply, Side::Supply) => {
                let row = network.row(node);
                for pair in row.clone() {
                    let post = network.post(pair);
                    let slack = level - circulation.potential(post) - network.value(pair);
                    self.take(network, (node, post), pair, distance + slack);
                }
                row.len()
            }
            (Side::Demand, Side::Demand) => {
                let column = columns.of(node - network.posts().start);
                for &entry in column {
                    let unit = network.unit(entry);
                    let slack = circulation.potential(unit) - level - entry.value;
                    self.take(network, (node, unit), entry.pair as usize, distance + slack);
                }
                column.len()
            }
            // Back along placed people, where slacks are 0.
            (Side::Demand, Side::Supply) => {
                let row = network.row(node);
                for pair in row.clone().filter(|&pair| circulation.flow(pair) > 0) {
                    let step = Step { from: node, pair: Some(pair as u32) };
                    self.reach(circulation, network.post(pair), distance, step);
                }
                row.len()
            }
            (Side::Supply, Side::Demand) => {
                let members = circulation.members(node);
                for &pair in members {
                    let step = Step { from: node, pair: Some(pair) };
                    self.reach(circulation, network.ends(pair as usize).0, distance, step);
                }
                members.len()
            }
        }
    }

    /// Notes the way along `pair` from one of its leaves to the other, if that is open.
    fn take(&mut self, network: &Network<'_>, (from, next): (usize, usize), pair: usize, distance: i64) {
        if distance < self.limit && !network.is_closed(next) {
            self.labels.reach(next, distance, Step { from, pair: Some(pair as u32) });
        }
    }

    /// Notes a way to `node`; from a node above the end, with what leads down to the end at once, so that a search that
    /// is over does not look around there.
    fn reach(&mut self, circulation: &Circulation<'_>, node: usize, distance: i64, step: Step) {
        if distance >= self.limit || !self.labels.reach(node, distance, step) || circulation.network.is_leaf(node) {
            return;
        }
        let Some(at) = self.above.iter().position(|&above| above == node) else { return };
        let Some(below) = at.checked_sub(1).map(|at| self.above[at]) else {
            (self.limit, self.found) = (distance, true);
            return;
        };
        if let Some(length) = circulation.length(below, self.way(circulation.network, below, true)) {
            self.reach(circulation, below, distance + length, Step { from: node, pair: None });
        }
    }

    /// Moves every node nearer than the way found by the difference: the way's arcs then cost nothing, the start would
    /// gain less by what the way cost, and no other arc is worse off.
    pub(super) fn reprice(&self, circulation: &mut Circulation<'_>) {
        for &(node, distance) in self.labels.settled() {
            // A node settled before the limit fell to its distance stays.
            let by = (self.limit - distance).max(0);
            circulation.shift(node, if self.near == Side::Supply { -by } else { by });
        }
        circulation.check_drift();
    }

    /// Moves as many people as possible along the way found from `start`.
    pub(super) fn shift(&self, circulation: &mut Circulation<'_>, start: usize, way: Way) {
        let network = circulation.network;
        let mut count = circulation.capacity(start, way);
        for (node, step) in self.steps(start) {
            count = count.min(match step.pair {
                // Going back along placed people; any number can come by a new pair.
                Some(pair) if network.side(node) == self.near => circulation.flow(pair as usize),
                Some(_) => count,
                None => {
                    let (arc, way) = self.arc(network, node, step.from);
                    circulation.capacity(arc, way)
                }
            });
        }
        circulation.change(start, way, count);
        for (node, step) in self.steps(start) {
            if let Some(pair) = step.pair {
                let way = if network.side(node) == self.near { Way::Fewer } else { Way::More };
                circulation.change_pair(pair as usize, way, count);
            } else {
                let (arc, way) = self.arc(network, node, step.from);
                circulation.change(arc, way, count);
            }
        }
    }

    /// Multipliers that prove that nobody can come to an arc that lacks people, after a search that found no way: of the
    /// ranges that stand around the nodes it came to, the full ones count for 1 and those at their minimum for -1.
    pub(super) fn witness(&self, circulation: &Circulation<'_>) -> Prices {
        let network = circulation.network;
        let sign = if self.near == Side::Supply { -1 } else { 1 };
        let mut potentials = vec![0; network.len()];
        for &(node, _) in self.labels.settled() {
            potentials[node] = sign;
        }
        // The search leaves out what holds nobody on the other side. Going there would lead nowhere.
        let far = |&node: &usize| network.side(node) != self.near && network.is_closed(node);
        for node in (ROOT + 1..network.len()).filter(far) {
            potentials[node] = sign;
        }
        circulation.multipliers_under(&potentials)
    }

    /// The nodes of the way found and the steps to them, from the end back to `start`.
    fn steps(&self, start: usize) -> impl Iterator<Item = (usize, Step)> + '_ {
        let step = move |node: usize| Some((node, self.labels.step(node))).filter(|_| node != start);
        std::iter::successors(step(self.above[0]), move |&(_, last)| step(last.from))
    }

    /// The node whose own arc leads from `from` to `node`, and which way it is gone.
    fn arc(&self, network: &Network<'_>, node: usize, from: usize) -> (usize, Way) {
        let down = node != ROOT && network.parent(node) == from;
        let arc = if down { node } else { from };
        (arc, self.way(network, arc, down))
    }
}

/// The near side of a search that changes the load of `start` that way.
pub(super) fn near(network: &Network<'_>, start: usize, way: Way) -> Side {
    let supply = (network.side(start) == Side::Supply) == (way == Way::More);
    if supply { Side::Supply } else { Side::Demand }
}
