//! The bids that a forest of ranges holds, and what it costs to come in.
//!
//! Every leaf of the forest holds bids. The arc from each node to its parent holds as many people as suit its range
//! (`bounds`); for whoever comes in beyond that, the lowest bid below gives way, or the arc holds one more at what that costs,
//! whichever is cheaper. For maxima alone this is the greedy algorithm on a laminar matroid (Edmonds 1971).
//!
//! Units that are placed nowhere hold a bid as well, at a leaf below the supply node they hang from: a maximum of the placed
//! is a minimum of those who are not. So one forest has both sides.
//!
//! What coming to a node costs, its *level*, is its potential with the other sign. It only rises. Where an arc should hold
//! more people at the level there is than come, the others are nobody in particular, at the level's *floor*, and give way first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::network::{Network, ROOT};
use crate::solve::bounds::{Bounds, Way};
use crate::solve::groups::Groups;
use crate::solve::schedule::Sample;

/// Levels and bids stay within this, either way.
pub(super) const FAR: i64 = 1 << 56;

/// At this price nobody gives way, and nobody comes.
const NEVER: i64 = 1 << 58;

/// How many people come to a node and go on, and at which prices.
#[derive(Clone, Copy)]
struct Node {
    /// What coming in costs while somebody in particular is lacking.
    floor: i64,
    /// The lowest bid below.
    low: i64,
    /// What it costs to have the own arc hold one more.
    more: i64,
    /// People on the own arc.
    arc: u32,
    /// People who come to the node.
    come: u32,
}

impl Node {
    const NEW: Self = Self { floor: 0, low: NEVER, more: 0, arc: 0, come: 0 };

    /// Whether the arc holds people who are nobody in particular.
    fn lacks(self) -> bool {
        self.come < self.arc
    }

    /// What coming in costs where coming to the parent costs so much.
    fn level(self, above: i64) -> i64 {
        if self.lacks() { self.floor } else { self.low.min(above + self.more).clamp(-FAR, FAR) }
    }
}

/// One forest with all its bids; prices are in units of `2^-scale`.
///
/// Nodes are the root, supply and demand quota nodes, numbered as in the network; then leaves: the posts, and one for those
/// who are placed nowhere below the root and each supply node.
pub(super) struct Laminar {
    scale: u32,
    parents: Vec<usize>,
    children: Groups<usize>,
    /// Which child of its parent each node is.
    turns: Vec<usize>,
    bounds: Vec<Bounds>,
    /// How many can come to each node at most, so that nobody in particular is never more than that.
    reach: Vec<u32>,
    nodes: Vec<Node>,
    /// What coming to each node cost when it was last asked.
    levels: Vec<i64>,
    first_leaf: usize,
    posts: usize,
    /// Amount and unit of the bids at each leaf.
    held: Vec<BinaryHeap<Reverse<(i64, u32)>>>,
    /// At what price of its parent somebody at each child gives way: for each inner node a tree of minima, whose root is 1.
    contests: Vec<i64>,
    /// Where each inner node's tree begins.
    begins: Vec<usize>,
}

impl Laminar {
    /// The forest of `network`, where units are one person at most; no bids yet.
    pub(super) fn new(network: &Network<'_>, scale: u32, sample: Sample) -> Self {
        let (first_leaf, outs) = (network.units().start, network.demand_nodes().start);
        let inner = ROOT + 1..first_leaf;
        let mut parents = vec![ROOT];
        parents.extend(inner.clone().chain(network.posts()).map(|node| network.parent(node)));
        parents.extend(0..outs);
        let (totals, sampled) = (totals(network, Sample::ALL), totals(network, sample));
        let mut bounds = vec![Bounds::up_to(u32::MAX)];
        bounds.extend(network.supply_nodes().map(|node| {
            let (whole, part) = (totals[node], sampled[node]);
            network.bounds(node).of_sample(part.into(), whole.into()).of_rest(part)
        }));
        let demand = network.demand_nodes().chain(network.posts());
        bounds.extend(demand.map(|node| network.bounds(node).of_sample(1, sample.stride().into())));
        bounds.resize(parents.len(), Bounds::up_to(u32::MAX));
        let nodes = parents.len();
        let reach = reach(network, sample, &parents, &bounds);
        let children = Groups::new(first_leaf, parents.iter().copied().zip(0..).skip(1));
        let (mut turns, mut begins) = (vec![0; nodes], vec![0]);
        for node in 0..first_leaf {
            let children = children.of(node);
            for (turn, &child) in (0..).zip(children) {
                turns[child] = turn;
            }
            begins.push(begins[node] + 2 * children.len());
        }
        Self {
            scale,
            parents,
            children,
            turns,
            bounds,
            reach,
            nodes: vec![Node::NEW; nodes],
            levels: vec![0; nodes],
            first_leaf,
            posts: network.posts().len(),
            held: vec![BinaryHeap::new(); nodes - first_leaf],
            contests: vec![NEVER; begins[first_leaf]],
            begins,
        }
    }

    /// The forest of all units, at the levels of this one; no bids yet.
    pub(super) fn of_all(&self, network: &Network<'_>) -> Self {
        Self { levels: self.levels.clone(), ..Self::new(network, self.scale, Sample::ALL) }
    }

    /// The leaf of those who are placed nowhere below the supply node `above`.
    pub(super) fn out(&self, above: usize) -> usize {
        self.posts + above
    }

    /// Number of leaves.
    pub(super) fn leaves(&self) -> usize {
        self.held.len()
    }

    /// All nodes but the root.
    fn below_root(&self) -> std::ops::Range<usize> {
        ROOT + 1..self.parents.len()
    }

    fn slope(&self, node: usize, way: Way) -> i64 {
        self.scaled(self.bounds[node].slope(self.nodes[node].arc, way))
    }

    /// A slope in units of `2^-scale`.
    fn scaled(&self, slope: i64) -> i64 {
        let most = NEVER >> self.scale;
        slope.clamp(-most, most) << self.scale
    }

    /// Levels as they follow from prices of posts of their own, and so many people at each leaf; where people are lacking, as low as
    /// their penalty says, or by `reach`.
    pub(super) fn begin(&mut self, prices: &[i64], counts: &[u32], reach: i64) {
        self.nodes.fill(Node::NEW);
        for (node, &count) in self.nodes[self.first_leaf..].iter_mut().zip(counts) {
            node.come = count;
        }
        for node in self.below_root().rev() {
            let come = self.nodes[node].come;
            self.nodes[node].arc = come;
            self.nodes[self.parents[node]].come += come;
        }
        for node in self.below_root() {
            let own = node.checked_sub(self.first_leaf).and_then(|leaf| prices.get(leaf)).copied().unwrap_or(0);
            let pull = self.slope(node, Way::More).clamp(-reach, 0);
            self.levels[node] = (self.levels[self.parents[node]] + own + pull).clamp(-FAR, FAR);
        }
    }

    /// Lets all bids go, at levels lower by so much where that suits the ranges; and by `extra` more where people are lacking.
    pub(super) fn lower(&mut self, by: i64, extra: i64) {
        let mut extras = vec![0; self.parents.len()];
        for node in self.below_root() {
            let (parent, Node { arc, .. }) = (self.parents[node], self.nodes[node]);
            extras[node] = extras[parent] + if self.nodes[node].lacks() { extra } else { 0 };
            let bounds = self.bounds[node];
            let least = if arc <= bounds.min { self.scaled(bounds.slope(0, Way::More)).min(0) } else { 0 };
            let level = (self.levels[node] - by - extras[node]).max(self.levels[parent] + least);
            self.levels[node] = level.clamp(-FAR, FAR);
        }
        self.held.iter_mut().for_each(BinaryHeap::clear);
    }

    /// Holds a bid from the start.
    pub(super) fn keep(&mut self, leaf: usize, amount: i64, unit: u32) {
        self.held[leaf].push(Reverse((amount, unit)));
    }

    /// Begins anew with the bids kept and levels as they are: arcs hold what suits both, and `evicted` are those who give way.
    pub(super) fn open(&mut self, evicted: &mut Vec<u32>) {
        self.nodes.fill(Node::NEW);
        for (node, held) in self.nodes[self.first_leaf..].iter_mut().zip(&self.held) {
            node.come = held.len() as u32;
        }
        self.contests.fill(NEVER);
        for node in self.below_root().rev() {
            let parent = self.parents[node];
            let rise = self.levels[node] - self.levels[parent];
            // Away from 0, so that no part of a unit is lost.
            let rise = rise.signum() * ((rise.abs() + (1 << self.scale) - 1) >> self.scale);
            let (least, most) = self.bounds[node].suiting(rise);
            let arc = self.nodes[node].come.clamp(least, most).min(self.reach[node]);
            (self.nodes[node].floor, self.nodes[node].arc) = (self.levels[node], arc);
            self.contest(node);
            let come = &mut self.nodes[parent].come;
            *come = come.saturating_add(arc);
        }
        for node in self.below_root().rev() {
            while let Node { arc, come, .. } = self.nodes[node]
                && come > arc
            {
                evicted.extend(self.settle(node));
                if self.nodes[node].come - self.nodes[node].arc == come - arc {
                    break;
                }
            }
        }
    }

    /// What coming to each leaf costs, by all levels anew.
    pub(super) fn measure(&mut self) {
        for node in self.below_root() {
            self.levels[node] = self.nodes[node].level(self.levels[self.parents[node]]);
        }
    }

    /// The levels of all nodes, leaves last, when they were last [measured](Self::measure).
    pub(super) fn levels(&self) -> &[i64] {
        &self.levels
    }

    /// The same of the leaves.
    pub(super) fn prices(&self) -> &[i64] {
        &self.levels[self.first_leaf..]
    }

    /// What coming to `leaf` costs now.
    pub(super) fn price(&self, leaf: usize) -> i64 {
        self.level(self.first_leaf + leaf)
    }

    fn level(&self, node: usize) -> i64 {
        if node == ROOT { 0 } else { self.nodes[node].level(self.level(self.parents[node])) }
    }

    /// What it costs to have the own arc of `node` hold one more.
    fn up(&self, node: usize) -> i64 {
        self.level(self.parents[node]) + self.slope(node, Way::More)
    }

    /// Takes a bid at `leaf`. Returns who gives way for it, if anybody does: perhaps the bidder.
    pub(super) fn take(&mut self, leaf: usize, amount: i64, unit: u32) -> Option<u32> {
        let node = self.first_leaf + leaf;
        // Mostly one person takes the place of another.
        if self.nodes[node].come == self.nodes[node].arc && self.nodes[node].low.min(amount) <= self.up(node) {
            let held = &mut self.held[leaf];
            let weakest = held.peek_mut().filter(|weakest| weakest.0 < (amount, unit));
            let evicted = weakest.map(|mut weakest| std::mem::replace(&mut weakest.0, (amount, unit)).1);
            if evicted.is_some() {
                self.contest_up(node, node);
            }
            return evicted.or(Some(unit));
        }
        self.held[leaf].push(Reverse((amount, unit)));
        self.nodes[node].come += 1;
        self.settle(node)
    }

    /// Makes room for one person too many at `node`. Returns who gives way, if anybody does.
    fn settle(&mut self, mut node: usize) -> Option<u32> {
        while node != ROOT && self.nodes[node].come > self.nodes[node].arc {
            let (up, low) = (self.up(node), self.lowest(node));
            if low <= up && low < NEVER {
                return self.evict(node);
            }
            if up >= NEVER {
                break;
            }
            self.nodes[node].arc += 1;
            self.contest(node);
            node = self.parents[node];
            self.nodes[node].come += 1;
        }
        self.contest_up(node, node);
        None
    }

    /// The lowest bid at `node` gives way. Returns whose it is, unless it is nobody's in particular.
    fn evict(&mut self, top: usize) -> Option<u32> {
        let mut node = top;
        while node < self.first_leaf {
            self.nodes[node].come -= 1;
            node = self.first(node);
            let lacks = self.nodes[node].lacks();
            self.nodes[node].arc -= 1;
            if lacks {
                self.contest_up(node, top);
                return None;
            }
        }
        self.nodes[node].come -= 1;
        let bid = self.held[node - self.first_leaf].pop();
        self.contest_up(node, top);
        bid.map(|Reverse((_, unit))| unit)
    }

    /// The child of the inner `node` at which somebody gives way first.
    fn first(&self, node: usize) -> usize {
        let children = self.children.of(node);
        let contests = &self.contests[self.begins[node]..];
        let mut at = 1;
        while at < children.len() {
            at = 2 * at + usize::from(contests[2 * at] > contests[2 * at + 1]);
        }
        children[at - children.len()]
    }

    /// The lowest bid at `node`.
    fn lowest(&self, node: usize) -> i64 {
        if self.nodes[node].lacks() {
            return self.nodes[node].floor;
        }
        match node.checked_sub(self.first_leaf) {
            Some(leaf) => self.held[leaf].peek().map_or(NEVER, |bid| bid.0.0),
            None if self.children.of(node).is_empty() => NEVER,
            None => self.contests[self.begins[node] + 1],
        }
    }

    /// Notes what `node` has come to, and when it gives way among its siblings; true if that changes anything above.
    fn contest(&mut self, node: usize) -> bool {
        let (low, more) = (self.lowest(node), self.slope(node, Way::More));
        (self.nodes[node].low, self.nodes[node].more) = (low, more);
        let parent = self.parents[node];
        if parent == ROOT {
            return false;
        }
        let stays = self.nodes[node].arc == 0 || low >= NEVER;
        let gives_way = if stays { NEVER } else { (low - self.slope(node, Way::Fewer)).min(NEVER) };
        let contests = &mut self.contests[self.begins[parent]..self.begins[parent + 1]];
        let mut at = contests.len() / 2 + self.turns[node];
        contests[at] = gives_way;
        while at > 1 {
            at /= 2;
            let least = contests[2 * at].min(contests[2 * at + 1]);
            if contests[at] == least {
                return false;
            }
            contests[at] = least;
        }
        true
    }

    /// The same from `node` up: to `top` in any case, and beyond while it changes anything.
    fn contest_up(&mut self, mut node: usize, top: usize) {
        let mut below = node != top;
        while node != ROOT && (self.contest(node) || below) {
            node = self.parents[node];
            below &= node != top;
        }
    }
}

/// How many people of the sample there are below each supply node.
fn totals(network: &Network<'_>, sample: Sample) -> Vec<u32> {
    let mut totals = vec![0_u32; network.units().start];
    for unit in sample.of(network.units()) {
        totals[network.parent(unit)] += network.max(unit);
    }
    for node in network.supply_nodes().rev() {
        totals[network.parent(node)] += totals[node];
    }
    totals
}

/// How many people can come to each node, whatever the bids: those who have pairs there, within strict maxima.
fn reach(network: &Network<'_>, sample: Sample, parents: &[usize], bounds: &[Bounds]) -> Vec<u32> {
    let first_leaf = network.units().start;
    let first_out = first_leaf + network.posts().len();
    let mut reach = vec![0_u32; parents.len()];
    for unit in sample.of(network.units()) {
        for pair in network.rows.row(unit - network.units().start) {
            reach[first_leaf + network.rows.posts[pair].index()] += 1;
        }
        reach[first_out + network.parent(unit)] += network.max(unit);
    }
    for node in (ROOT + 1..parents.len()).rev() {
        reach[node] = reach[node].min(bounds[node].suiting(i64::MAX).1);
        reach[parents[node]] = reach[parents[node]].saturating_add(reach[node]);
    }
    reach
}
