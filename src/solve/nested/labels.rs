//! Distances of one search (Dijkstra), and how it came to each node.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The last step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The node before.
    pub(super) from: usize,
    /// The pair it goes along; none for an arc between a node and its parent.
    pub(super) pair: Option<u32>,
}

/// How a search came to a node; a round number tells it from those of earlier searches.
#[derive(Clone, Copy)]
struct Label {
    round: u64,
    distance: i64,
    step: Step,
}

/// Labels of nodes.
pub(super) struct Labels {
    round: u64,
    nodes: Vec<Label>,
    queue: BinaryHeap<Reverse<(i64, usize)>>,
    /// Nodes reached for good, in order of distance.
    settled: Vec<(usize, i64)>,
}

impl Labels {
    pub(super) fn new(nodes: usize) -> Self {
        let none = Label { round: 0, distance: 0, step: Step { from: 0, pair: None } };
        Self { round: 0, nodes: vec![none; nodes], queue: BinaryHeap::new(), settled: Vec::new() }
    }

    /// Forgets the last search.
    pub(super) fn begin(&mut self) {
        self.round += 1;
        self.queue.clear();
        self.settled.clear();
    }

    /// Notes a way to `node`; false if one as short is known.
    pub(super) fn reach(&mut self, node: usize, distance: i64, step: Step) -> bool {
        let label = &mut self.nodes[node];
        let nearer = label.round != self.round || distance < label.distance;
        if nearer {
            *label = Label { round: self.round, distance, step };
            self.queue.push(Reverse((distance, node)));
        }
        nearer
    }

    /// Settles the nearest node that is nearer than `limit`; ties go to the lower number.
    pub(super) fn settle(&mut self, limit: i64) -> Option<(usize, i64)> {
        while let Some(Reverse((distance, node))) = self.queue.pop() {
            if distance >= limit {
                return None;
            }
            // An entry that was overtaken by a shorter way is stale.
            if distance == self.nodes[node].distance {
                self.settled.push((node, distance));
                return Some((node, distance));
            }
        }
        None
    }

    /// The settled nodes with their distances.
    pub(super) fn settled(&self) -> &[(usize, i64)] {
        &self.settled
    }

    /// How the search came to `node`.
    pub(super) fn step(&self, node: usize) -> Step {
        self.nodes[node].step
    }
}
