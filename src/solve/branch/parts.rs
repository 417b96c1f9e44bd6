//! Graphs and forests under construction.

use crate::graph::{ProblemError, QuotaForest, SeatRange};
use crate::index::{PairId, PostId, QuotaId};

/// Rows of a graph under construction.
pub(super) struct Rows {
    pub(super) offsets: Vec<u32>,
    pub(super) posts: Vec<PostId>,
    pub(super) weights: Vec<i32>,
    pub(super) heads: Vec<u32>,
    pub(super) pairs: Vec<PairId>,
}

impl Default for Rows {
    fn default() -> Self {
        Self { offsets: vec![0], posts: Vec::new(), weights: Vec::new(), heads: Vec::new(), pairs: Vec::new() }
    }
}

impl Rows {
    pub(super) fn pair(&mut self, post: PostId, weight: i32, pair: PairId) {
        self.posts.push(post);
        self.weights.push(weight);
        self.pairs.push(pair);
    }

    pub(super) fn end(&mut self, heads: u32) {
        self.heads.push(heads);
        self.offsets.push(self.posts.len() as u32);
    }
}

/// A forest under construction.
pub(super) struct Nodes {
    parents: Vec<Option<QuotaId>>,
    pub(super) ranges: Vec<SeatRange>,
    penalties: Vec<Option<i64>>,
    pub(super) leaves: Vec<Option<QuotaId>>,
}

impl Nodes {
    /// The nodes of `forest`, without its leaves.
    pub(super) fn of(forest: &QuotaForest) -> Self {
        let penalties = QuotaId::all(forest.len()).map(|node| forest.penalty(node)).collect();
        let (parents, ranges) = (forest.parents().to_vec(), forest.ranges().to_vec());
        Self { parents, ranges, penalties, leaves: Vec::new() }
    }

    pub(super) fn node(&mut self, parent: Option<QuotaId>, most: u32) -> QuotaId {
        self.parents.push(parent);
        self.ranges.push(SeatRange::up_to(most));
        self.penalties.push(None);
        QuotaId::new(self.parents.len() as u32 - 1)
    }

    pub(super) fn made(self) -> Result<QuotaForest, ProblemError> {
        QuotaForest::new(self.parents, self.ranges, self.leaves)?.with_penalties(self.penalties)
    }
}
