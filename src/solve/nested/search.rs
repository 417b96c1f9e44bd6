//! The cheapest chain of moves that uses the room on one arc.
//!
//! The search starts at the node below the arc and ends at the node above it. A unit or a supply node looks along the
//! flow (somebody comes in), a post or a demand node against it (a place is filled). Seen from the side it starts
//! on, the near one, both are the same search:
//!
//! | | near side | far side |
//! |---|---|---|
//! | down a tree | where there is room | where somebody is |
//! | up a tree | where somebody is | where there is room |
//! | between leaves | to the far side by any pair | back to the near one along those placed |
//!
//! Straight up from the start, a way costs the multiplier of the arc itself, which is therefore the limit.

use super::circulation::{Circulation, Way};
use super::labels::{Labels, Step};
use super::network::{Network, ROOT};
use crate::control::Stop;
use crate::graph::Side;
use crate::solve::groups::Groups;
use crate::solve::meter::Meter;

/// One search after the other, in the same memory.
pub(super) struct Search {
    labels: Labels,
    /// The side of the start.
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

    /// Finds the cheapest way from `start`, which is idle; true if somebody moves along it. `columns`: the pairs of
    /// each post, read if `start` is on the demand side.
    pub(super) fn run(
        &mut self,
        circulation: &Circulation<'_>,
        columns: &Groups<u32>,
        start: usize,
        meter: &mut Meter<'_>,
    ) -> Result<bool, Stop> {
        let network = circulation.network;
        self.near = network.side(start);
        self.above.clear();
        self.above.extend(network.path(start).skip(1).chain([ROOT]));
        (self.limit, self.found) = (circulation.multiplier(start), false);
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
    fn cross(&mut self, circulation: &Circulation<'_>, columns: &Groups<u32>, node: usize, distance: i64) -> usize {
        let network = circulation.network;
        if network.units().contains(&node) {
            let row = network.row(node);
            let pairs = row.len();
            for pair in row {
                self.take(circulation, node, pair, distance);
            }
            pairs
        } else if network.posts().contains(&node) {
            let pairs = match self.near {
                Side::Supply => circulation.members(node),
                Side::Demand => columns.of(node - network.posts().start),
            };
            for &pair in pairs {
                self.take(circulation, node, pair as usize, distance);
            }
            pairs.len()
        } else {
            0
        }
    }

    /// Notes the way from `node` along `pair`, if there is one.
    fn take(&mut self, circulation: &Circulation<'_>, node: usize, pair: usize, distance: i64) {
        let network = circulation.network;
        let (unit, post) = network.ends(pair);
        let next = if node == unit { post } else { unit };
        let open = if network.side(node) == self.near {
            network.max(next) > 0
        } else {
            // The slack of a pair with somebody placed is 0.
            circulation.flow(pair) > 0
        };
        if open {
            let step = Step { from: node, pair: Some(pair as u32) };
            self.reach(circulation, next, distance + circulation.slack(pair), step);
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
        if let Some(length) = circulation.length(below, Way::More) {
            self.reach(circulation, below, distance + length, Step { from: node, pair: None });
        }
    }

    /// Moves every node nearer than the way found by the difference: the way's arcs then cost nothing, the start's
    /// multiplier is lower by what the way cost, and no other arc is worse off.
    pub(super) fn reprice(&self, circulation: &mut Circulation<'_>) {
        for &(node, distance) in self.labels.settled() {
            // A node settled before the limit fell to its distance stays.
            let by = (self.limit - distance).max(0);
            circulation.shift(node, if self.near == Side::Supply { -by } else { by });
        }
        circulation.check_drift();
    }

    /// Moves as many people as possible along the way found from `start`.
    pub(super) fn shift(&self, circulation: &mut Circulation<'_>, start: usize) {
        let network = circulation.network;
        let mut count = circulation.room(start);
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
        circulation.change(start, Way::More, count);
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
