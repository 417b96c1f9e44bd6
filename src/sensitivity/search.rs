//! Shortest ways from a node to all others and back (Dijkstra 1959).
//!
//! Every arc to a unit has length 0, so that a unit is as far as the first node that leads to it: units are passed
//! through as soon as they are reached, and only posts and quotas wait in a queue.

use super::arcs::Arcs;
use super::network::Network;
use super::queue::Queue;
use super::residual::Flow;

/// Beyond every distance.
pub(super) const FAR: i64 = i64::MAX;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// Distances from one node, or to it, with the next node on the way there.
#[derive(Debug)]
pub(super) struct Tree {
    distances: Vec<i64>,
    next: Vec<u32>,
    /// Posts and quotas that were reached.
    queue: Queue,
}

impl Tree {
    fn new(nodes: usize, start: usize) -> Self {
        let mut tree = Self { distances: vec![FAR; nodes], next: vec![NONE; nodes], queue: Queue::new() };
        tree.reach(start, 0, NONE);
        tree.queue.push(0, start as u32);
        tree
    }

    /// Distances from `start`, which is no unit, from units to posts by `arcs` only if they are given, until `enough` says
    /// so of a post or quota whose distance is final.
    pub(super) fn from(
        network: &Network<'_>,
        flow: &Flow,
        arcs: Option<&Arcs>,
        start: usize,
        enough: impl FnMut(usize) -> bool,
    ) -> Self {
        let mut tree = Self::new(network.len(), start);
        tree.grow(enough, |tree, node, distance| {
            flow.leaving(network, arcs, node, |far, length| match network.unit_at(far) {
                None => tree.reach_and_wait(far, distance.saturating_add(length), node),
                Some(_) if tree.distances[far] < FAR => {}
                Some(_) => {
                    tree.reach(far, distance, node as u32);
                    flow.leaving(network, arcs, far, |end, length| {
                        tree.reach_and_wait(end, distance.saturating_add(length), far);
                    });
                }
            });
        });
        tree
    }

    /// Distances to `start`, which is no unit, from units to posts by `arcs` only, until `enough` says so.
    pub(super) fn to(
        network: &Network<'_>,
        flow: &Flow,
        arcs: &Arcs,
        start: usize,
        enough: impl FnMut(usize) -> bool,
    ) -> Self {
        let mut tree = Self::new(network.len(), start);
        tree.grow(enough, |tree, node, distance| {
            flow.entering(network, arcs, node, |far, length| {
                let distance = distance.saturating_add(length);
                if network.unit_at(far).is_none() {
                    tree.reach_and_wait(far, distance, node);
                } else if distance < tree.distances[far] {
                    tree.reach(far, distance, node as u32);
                    flow.entering(network, arcs, far, |end, _| tree.reach_and_wait(end, distance, far));
                }
            });
        });
        tree
    }

    fn grow(&mut self, mut enough: impl FnMut(usize) -> bool, mut go_on: impl FnMut(&mut Self, usize, i64)) {
        while let Some((distance, node)) = self.queue.pop() {
            let node = node as usize;
            if distance > self.distances[node] {
                continue;
            }
            if enough(node) {
                break;
            }
            go_on(self, node, distance);
        }
        self.queue = Queue::new();
    }

    fn reach(&mut self, node: usize, distance: i64, next: u32) {
        self.distances[node] = distance;
        self.next[node] = next;
    }

    fn reach_and_wait(&mut self, node: usize, distance: i64, next: usize) {
        if distance < self.distances[node] {
            self.reach(node, distance, next as u32);
            self.queue.push(distance, node as u32);
        }
    }

    /// The distance of `node`; [`FAR`] where there is no way.
    pub(super) fn distance(&self, node: usize) -> i64 {
        self.distances[node]
    }

    /// The nodes from `node` to where all distances are counted from.
    pub(super) fn way(&self, node: usize) -> Vec<usize> {
        let next = |&node: &usize| Some(self.next[node]).filter(|&next| next != NONE).map(|next| next as usize);
        std::iter::successors(Some(node), next).collect()
    }
}
