//! Nested quotas of one side of the market.

use super::error::{ProblemError, numbered};
use super::seats::{Opening, SeatRange};
use crate::index::QuotaId;

/// Most quota nodes on one path from a leaf to its root.
pub const MAX_DEPTH: u32 = 64;

/// Largest sum of the penalties of one forest.
pub const MAX_PENALTIES: i64 = 1 << 55;

/// Ranges over sets of posts, or of units, that are nested or disjoint: a forest whose leaves are the posts or units.
///
/// A node's load is the load of everything below it, and its range limits that load: strictly, or at a penalty for each
/// person below the minimum or above the maximum. The default forest has no node and limits nothing.
///
/// ```
/// use talent_match::graph::{QuotaForest, SeatRange};
/// use talent_match::index::QuotaId;
///
/// // Node 0 holds at most 5 people over posts 0 and 1, and node 1 below it at most 2 over post 0. Post 2 is free.
/// let (outer, inner) = (QuotaId::new(0), QuotaId::new(1));
/// let forest = QuotaForest::new(
///     vec![None, Some(outer)],
///     vec![SeatRange::up_to(5), SeatRange::up_to(2)],
///     vec![Some(inner), Some(outer), None],
/// )?;
/// assert_eq!(forest.path(0).collect::<Vec<_>>(), [inner, outer]);
/// assert_eq!(forest.path(2).count(), 0);
/// # Ok::<(), talent_match::graph::ProblemError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuotaForest {
    parents: Vec<Option<QuotaId>>,
    ranges: Vec<SeatRange>,
    leaves: Vec<Option<QuotaId>>,
    /// What each person beyond a range costs; strict where there is none. Empty if all are strict.
    penalties: Vec<Option<i64>>,
}

impl QuotaForest {
    /// The forest whose node `v` hangs below `parents[v]`, has `ranges[v]`, and whose leaf `k` hangs below `leaves[k]`.
    ///
    /// # Errors
    /// Parents and ranges of different lengths (P107), too many nodes (P104), a parent that does not come before its
    /// child (P112), a leaf below an unknown node (P113), more than [`MAX_DEPTH`] nested nodes (P115).
    pub fn new(
        parents: Vec<Option<QuotaId>>,
        ranges: Vec<SeatRange>,
        leaves: Vec<Option<QuotaId>>,
    ) -> Result<Self, ProblemError> {
        numbered("quota nodes", parents.len())?;
        super::error::length("quota ranges", ranges.len(), parents.len())?;
        let mut depths: Vec<u32> = Vec::with_capacity(parents.len());
        for (node, &parent) in QuotaId::all(parents.len()).zip(&parents) {
            let above = match parent {
                None => 0,
                Some(parent) => *depths.get(parent.index()).ok_or(ProblemError::QuotaParent { node, parent })?,
            };
            if above == MAX_DEPTH {
                return Err(ProblemError::QuotaDepth { node });
            }
            depths.push(above + 1);
        }
        for (leaf, node) in leaves.iter().enumerate() {
            if let &Some(node) = node
                && node.index() >= parents.len()
            {
                return Err(ProblemError::QuotaLeaf { leaf, node, nodes: parents.len() });
            }
        }
        Ok(Self { parents, ranges, leaves, penalties: Vec::new() })
    }

    /// The same with a penalty for each person beyond the range of a node, in units of the pairs' values; strict where
    /// there is none.
    ///
    /// # Errors
    /// Another number of penalties than of nodes (P107), a penalty below 1 or penalties that add up to more than
    /// [`MAX_PENALTIES`] (P116), a penalty for a node that opens or not (P118).
    pub fn with_penalties(self, penalties: Vec<Option<i64>>) -> Result<Self, ProblemError> {
        super::error::length("penalties", penalties.len(), self.len())?;
        let mut sum = 0_i64;
        for (node, &penalty) in QuotaId::all(self.len()).zip(&penalties) {
            let Some(penalty) = penalty else { continue };
            sum = sum.saturating_add(penalty);
            if penalty < 1 || sum > MAX_PENALTIES {
                return Err(ProblemError::Penalty { node, penalty });
            }
            if self.ranges[node.index()].opening() == Opening::OrClosed {
                return Err(ProblemError::SoftOpening { node });
            }
        }
        Ok(Self { penalties, ..self })
    }

    /// Number of quota nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// Whether there is no quota node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    /// For each leaf the node it hangs below; empty for the default forest.
    #[must_use]
    pub fn leaves(&self) -> &[Option<QuotaId>] {
        &self.leaves
    }

    /// For each node the node it hangs below, always one of a smaller number.
    #[must_use]
    pub fn parents(&self) -> &[Option<QuotaId>] {
        &self.parents
    }

    /// For each node its range.
    #[must_use]
    pub fn ranges(&self) -> &[SeatRange] {
        &self.ranges
    }

    /// What each person beyond the range of `node` costs; `None` if the range is strict.
    #[must_use]
    pub fn penalty(&self, node: QuotaId) -> Option<i64> {
        self.penalties.get(node.index()).copied().flatten()
    }

    /// Whether some node has a penalty.
    #[must_use]
    pub fn is_soft(&self) -> bool {
        self.penalties.iter().any(Option::is_some)
    }

    /// What all loads beyond ranges cost, where leaf `k` holds `leaves[k]` people. Ranges without a penalty cost
    /// nothing. Loads saturate. Cost: a pass over leaves and nodes.
    #[must_use]
    pub fn fines(&self, leaves: &[u64]) -> i128 {
        let mut loads = vec![0_u64; self.len()];
        for (leaf, &load) in leaves.iter().enumerate() {
            if let Some(node) = self.leaf_parent(leaf) {
                loads[node.index()] = loads[node.index()].saturating_add(load);
            }
        }
        let mut fines = 0;
        for node in QuotaId::all(self.len()).rev() {
            let load = loads[node.index()];
            if let Some(parent) = self.parents[node.index()] {
                loads[parent.index()] = loads[parent.index()].saturating_add(load);
            }
            let range = self.ranges[node.index()];
            let beyond = u64::from(range.min()).saturating_sub(load).max(load.saturating_sub(u64::from(range.max())));
            fines += i128::from(self.penalty(node).unwrap_or(0)) * i128::from(beyond);
        }
        fines
    }

    /// The node `leaf` hangs below; `None` also for a leaf the forest does not have.
    #[must_use]
    pub fn leaf_parent(&self, leaf: usize) -> Option<QuotaId> {
        self.leaves.get(leaf).copied().flatten()
    }

    /// The nodes above `leaf`, from the nearest to the root.
    pub fn path(&self, leaf: usize) -> impl Iterator<Item = QuotaId> + '_ {
        std::iter::successors(self.leaf_parent(leaf), |node| self.parents[node.index()])
    }
}
