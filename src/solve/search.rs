//! Shortest paths over posts (Dijkstra), shared by both repairs.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How a path came to a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The post before, or [`START`].
    pub(super) from: u32,
    /// The unit whose members move along this step.
    pub(super) unit: u32,
    /// The weight of the pair they move to.
    pub(super) weight: i32,
}

/// What [`Step::from`] says at the start of a path.
pub(super) const START: u32 = u32::MAX;

/// Distances and steps of one search; a round number tells them from those of earlier searches.
#[derive(Debug, Default)]
pub(super) struct Search {
    round: u32,
    seen: Vec<u32>,
    distances: Vec<i64>,
    steps: Vec<Step>,
    queue: BinaryHeap<Reverse<(i64, u32)>>,
    /// Posts reached for good, in order of distance.
    settled: Vec<(u32, i64)>,
    /// The shortest way on which each unit of several posts was met, and which units were.
    met: Vec<i64>,
    met_units: Vec<u32>,
}

impl Search {
    /// Makes room for `posts` posts.
    pub(super) fn reset(&mut self, posts: usize) {
        self.met.clear();
        self.met_units.clear();
        self.round = 0;
        self.seen.clear();
        self.seen.resize(posts, 0);
        self.distances.resize(posts, 0);
        self.steps.resize(posts, Step { from: START, unit: 0, weight: 0 });
    }

    /// Forgets the last search.
    pub(super) fn begin(&mut self) {
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.seen.fill(0);
            self.round = 1;
        }
        self.queue.clear();
        self.settled.clear();
        for unit in self.met_units.drain(..) {
            self.met[unit as usize] = i64::MAX;
        }
    }

    /// Notes that a search comes by `unit`, which has members at several posts; false if it was there on a way no longer, from
    /// where it leads to the same posts.
    pub(super) fn meet(&mut self, unit: u32, distance: i64) -> bool {
        if self.met.len() <= unit as usize {
            self.met.resize(unit as usize + 1, i64::MAX);
        }
        let met = &mut self.met[unit as usize];
        if *met == i64::MAX {
            self.met_units.push(unit);
        }
        std::mem::replace(met, distance.min(*met)) > distance
    }

    /// Notes a way to `post` if it is shorter than those known.
    pub(super) fn reach(&mut self, post: usize, distance: i64, step: Step) {
        if self.seen[post] != self.round || distance < self.distances[post] {
            self.seen[post] = self.round;
            self.distances[post] = distance;
            self.steps[post] = step;
            self.queue.push(Reverse((distance, post as u32)));
        }
    }

    /// Settles the nearest post that is nearer than `limit`; ties go to the lower number.
    pub(super) fn settle(&mut self, limit: i64) -> Option<(usize, i64)> {
        while let Some(Reverse((distance, post))) = self.queue.pop() {
            if distance >= limit {
                return None;
            }
            // An entry that was overtaken by a shorter way is stale.
            if distance == self.distances[post as usize] {
                self.settled.push((post, distance));
                return Some((post as usize, distance));
            }
        }
        None
    }

    /// The distance of the nearest post that is not settled yet.
    pub(super) fn frontier(&mut self) -> i64 {
        while let Some(&Reverse((distance, post))) = self.queue.peek() {
            if distance == self.distances[post as usize] {
                return distance;
            }
            self.queue.pop();
        }
        i64::MAX
    }

    /// The settled posts with their distances.
    pub(super) fn settled(&self) -> &[(u32, i64)] {
        &self.settled
    }

    /// How the search came to `post`.
    pub(super) fn step(&self, post: usize) -> Step {
        self.steps[post]
    }
}
