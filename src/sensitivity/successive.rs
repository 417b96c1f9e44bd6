//! Seats added one after the other, by successive shortest ways.

use super::Sensitivity;
use super::network::{Network, ROOT};
use super::pair::PairView;
use super::residual::Flow;
use super::search::Tree;
use crate::index::{PairId, PostId};

impl Sensitivity<'_> {
    /// What the first more seat at `post` gains, the second, and so on: up to `most` of them, until one gains nothing.
    ///
    /// Cost: a search for each seat; memory for a second placement.
    ///
    /// # Panics
    /// If the problem has no such post.
    #[must_use]
    pub fn gains(&self, post: PostId, most: u32) -> Vec<i64> {
        let (mut flow, node) = (self.flow.clone(), self.network.post(post));
        (0..most).map(|_| flow.add_seat(&self.network, node)).take_while(|&gain| gain > 0).collect()
    }

    /// How many more seats at its post it takes until some optimum places somebody by `pair`; none if `most` are not
    /// enough. 0 if one does already.
    ///
    /// Cost: two searches for each seat; memory for a second placement.
    ///
    /// # Panics
    /// If the problem has no such pair.
    #[must_use]
    pub fn seats_until(&self, pair: PairId, most: u32) -> Option<u32> {
        let network = &self.network;
        let mut flow = self.flow.clone();
        for seats in 0..=most {
            let PairView { from: unit, to: post, placed, takes, cost, .. } = flow.view(network, pair);
            if placed > 0 {
                return Some(seats);
            }
            if !takes {
                return None;
            }
            if cost == 0 && flow.leads(network, post, unit) {
                return Some(seats);
            }
            // Once a seat stays free, more of them change nothing.
            if flow.loads[post] < flow.ranges[post].max {
                return None;
            }
            flow.add_seat(network, post);
        }
        None
    }
}

impl Flow {
    /// One more seat at the post `node`. Returns what it gains.
    fn add_seat(&mut self, network: &Network<'_>, node: usize) -> i64 {
        let parent = network.parent(node);
        let full = self.loads[node] == self.ranges[node].max;
        if self.ranges[node].closed || self.ranges[node].max == u32::MAX {
            return 0;
        }
        self.ranges[node].max += 1;
        if !full {
            return 0;
        }
        // The way past the new seat, which is not there yet.
        self.ranges[node].max -= 1;
        let tree = Tree::from(network, self, None, parent, |reached| reached == node);
        self.ranges[node].max += 1;
        let price = self.own_price(network, node);
        let gain = price.saturating_sub(tree.distance(node)).max(0);
        // Prices give way as far as the way is long, or all of this one if nobody comes.
        let length = price.max(0) - gain;
        let shift = |near: usize| tree.distance(near).min(length) - length;
        let root = shift(ROOT);
        for near in 0..network.len() {
            let by = shift(near) - root;
            let level = &mut self.levels[near];
            *level = if network.is_demand(near) { *level - by } else { *level + by };
        }
        if gain > 0 {
            let mut cycle = tree.way(node);
            cycle.push(node);
            cycle.reverse();
            self.send(network, &cycle);
        }
        gain
    }

    /// Whether a way of length 0 leads from `from` to `to`.
    fn leads(&self, network: &Network<'_>, from: usize, to: usize) -> bool {
        let (mut seen, mut stack) = (vec![false; network.len()], vec![from]);
        seen[from] = true;
        while let Some(node) = stack.pop() {
            if node == to {
                return true;
            }
            self.leaving(network, None, node, |far, length| {
                if length == 0 && !std::mem::replace(&mut seen[far], true) {
                    stack.push(far);
                }
            });
        }
        false
    }
}
