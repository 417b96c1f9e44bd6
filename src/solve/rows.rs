//! The pairs as every step reads them.

use std::ops::Range;

use crate::graph::Problem;
use crate::index::PostId;
use crate::parallel;

/// Weights a task looks at.
const TASK: usize = 1 << 16;

/// Rows of pairs with their weights, and what being unplaced is worth beside them.
///
/// The placement bonus is earned whatever the pair, so it never decides between two pairs: instead of adding it to
/// every weight, being unplaced is worth `outside = -bonus`.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) offsets: &'a [u32],
    pub(super) posts: &'a [PostId],
    pub(super) weights: &'a [i32],
    /// Members of each unit.
    pub(super) headcounts: &'a [u32],
    pub(super) outside: i64,
}

impl<'a> Rows<'a> {
    pub(super) fn of(problem: &'a Problem) -> Self {
        let graph = problem.graph();
        Self {
            offsets: graph.offsets(),
            posts: graph.targets(),
            weights: problem.weights(),
            headcounts: problem.headcounts(),
            outside: -problem.placement_bonus(),
        }
    }

    /// The pair numbers of `unit`.
    pub(super) fn row(self, unit: usize) -> Range<usize> {
        self.offsets[unit] as usize..self.offsets[unit + 1] as usize
    }

    /// Pair number, post and weight of each pair of `unit`.
    pub(super) fn pairs(self, unit: usize) -> impl Iterator<Item = (usize, usize, i64)> + 'a {
        let row = self.row(unit);
        let pairs = self.posts[row.clone()].iter().zip(&self.weights[row.clone()]);
        row.zip(pairs).map(|(pair, (post, &weight))| (pair, post.index(), i64::from(weight)))
    }

    /// What a member of `unit` earns at best under `prices`, being unplaced included.
    pub(super) fn best(self, unit: usize, prices: &[i64]) -> i64 {
        self.pairs(unit).map(|(_, post, weight)| weight - prices[post]).fold(self.outside, i64::max)
    }

    /// Smallest and largest weight; both 0 where there is no pair. One pass.
    pub(super) fn range(self) -> (i64, i64) {
        let ends = parallel::map(self.weights.len().div_ceil(TASK), |task| {
            let weights = &self.weights[task * TASK..self.weights.len().min((task + 1) * TASK)];
            weights.iter().fold((i32::MAX, i32::MIN), |(low, high), &weight| (low.min(weight), high.max(weight)))
        });
        let ends = ends.into_iter().reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        ends.map_or((0, 0), |(low, high)| (i64::from(low), i64::from(high)))
    }
}
