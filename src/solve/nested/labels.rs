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

/// Labels of nodes; a round number tells them from those of earlier searches.
pub(super) struct Labels {
    round: u64,
    seen: Vec<u64>,
    distances: Vec<i64>,
    steps: Vec<Step>,
    queue: BinaryHeap<Reverse<(i64, usize)>>,
    /// Nodes reached for good, in order of distance.
    settled: Vec<(usize, i64)>,
}

impl Labels {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            round: 0,
            seen: vec![0; nodes],
            distances: vec![0; nodes],
            steps: vec![Step { from: 0, pair: None }; nodes],
            queue: BinaryHeap::new(),
            settled: Vec::new(),
        }
    }

    /// Forgets the last search.
    pub(super) fn begin(&mut self) {
        self.round += 1;
        self.queue.clear();
        self.settled.clear();
    }

    /// Notes a way to `node`; false if one as short is known.
    pub(super) fn reach(&mut self, node: usize, distance: i64, step: Step) -> bool {
        let nearer = self.seen[node] != self.round || distance < self.distances[node];
        if nearer {
            self.seen[node] = self.round;
            self.distances[node] = distance;
            self.steps[node] = step;
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
            if distance == self.distances[node] {
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
        self.steps[node]
    }
}
