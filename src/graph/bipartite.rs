//! The acceptable pairs as compressed rows.

use std::ops::Range;

use super::error::{ProblemError, numbered};
use super::view::PetgraphView;
use crate::index::{PairId, PostId, UnitId};
use crate::parallel;

/// Rows that one task checks.
const ROWS: usize = 1 << 14;

/// Which unit may be placed at which post.
///
/// Pairs are numbered row by row, and by ascending post within a row; a pair's number indexes every array kept beside
/// the graph. Memory: 4 bytes a pair and 4 bytes a unit.
///
/// ```
/// use talent_match::graph::BipartiteGraph;
/// use talent_match::index::{PairId, PostId, UnitId};
///
/// let graph = BipartiteGraph::from_rows(3, vec![0, 2, 2, 3], [0, 2, 1].map(PostId::new).to_vec())?;
/// assert_eq!((graph.units(), graph.posts(), graph.pairs()), (3, 3, 3));
/// assert!(graph.neighbours(UnitId::new(1)).is_empty());
/// assert_eq!(graph.unit_of(PairId::new(2)), UnitId::new(2));
/// assert_eq!(graph.find(UnitId::new(0), PostId::new(2)), Some(PairId::new(1)));
/// # Ok::<(), talent_match::graph::ProblemError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BipartiteGraph {
    posts: usize,
    /// Row `i` is `offsets[i]..offsets[i + 1]`.
    offsets: Vec<u32>,
    targets: Vec<PostId>,
}

impl BipartiteGraph {
    /// The graph of `posts` posts whose unit `i` may go to `targets[offsets[i]..offsets[i + 1]]`.
    ///
    /// # Errors
    /// Offsets that do not cut `targets` into rows (P101 to P103), more of anything than a `u32` numbers (P104), an
    /// unknown post (P105), a row that is not strictly ascending (P106). One pass over the pairs.
    pub fn from_rows(posts: usize, offsets: Vec<u32>, targets: Vec<PostId>) -> Result<Self, ProblemError> {
        numbered("posts", posts)?;
        numbered("pairs", targets.len())?;
        numbered("units", offsets.len())?;
        let (Some(&0), Some(&last)) = (offsets.first(), offsets.last()) else {
            return Err(ProblemError::OffsetsStart);
        };
        if let Some(row) = offsets.windows(2).position(|row| row[0] > row[1]) {
            return Err(ProblemError::OffsetsDecrease { row });
        }
        if last as usize != targets.len() {
            return Err(ProblemError::OffsetsEnd { last, pairs: targets.len() });
        }
        let units = offsets.len() - 1;
        let fault = parallel::find_first(units.div_ceil(ROWS), |block| {
            let mut rows = block * ROWS..units.min((block + 1) * ROWS);
            rows.find_map(|row| {
                let (begin, end) = (offsets[row] as usize, offsets[row + 1] as usize);
                check_row(posts, row, begin, &targets[begin..end]).err()
            })
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
        Ok(Self { posts, offsets, targets })
    }

    /// Number of units.
    #[must_use]
    pub fn units(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Number of posts.
    #[must_use]
    pub fn posts(&self) -> usize {
        self.posts
    }

    /// Number of acceptable pairs.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.targets.len()
    }

    /// The pair numbers of `unit`.
    ///
    /// # Panics
    /// If the graph has no such unit.
    #[must_use]
    pub fn row(&self, unit: UnitId) -> Range<usize> {
        self.offsets[unit.index()] as usize..self.offsets[unit.index() + 1] as usize
    }

    /// The posts `unit` may be placed at, ascending.
    ///
    /// # Panics
    /// If the graph has no such unit.
    #[must_use]
    pub fn neighbours(&self, unit: UnitId) -> &[PostId] {
        &self.targets[self.row(unit)]
    }

    /// The unit of `pair`. Logarithmic in the number of units.
    ///
    /// # Panics
    /// If the graph has no such pair.
    #[must_use]
    pub fn unit_of(&self, pair: PairId) -> UnitId {
        assert!(pair.index() < self.pairs(), "the graph has {} pairs, not pair {}", self.pairs(), pair.get());
        // The row that begins last at or before the pair is the one it is in: empty rows before it begin earlier in
        // the list with the same offset.
        UnitId::new(self.offsets.partition_point(|&begin| begin <= pair.get()) as u32 - 1)
    }

    /// The post of `pair`.
    ///
    /// # Panics
    /// If the graph has no such pair.
    #[must_use]
    pub fn post_of(&self, pair: PairId) -> PostId {
        self.targets[pair.index()]
    }

    /// The pair of `unit` and `post`, if it is acceptable. Logarithmic in the unit's row.
    ///
    /// # Panics
    /// If the graph has no such unit.
    #[must_use]
    pub fn find(&self, unit: UnitId, post: PostId) -> Option<PairId> {
        let row = self.row(unit);
        let place = self.targets[row.clone()].binary_search(&post).ok()?;
        Some(PairId::new((row.start + place) as u32))
    }

    /// Where each row begins, and at the end the number of pairs.
    #[must_use]
    pub fn offsets(&self) -> &[u32] {
        &self.offsets
    }

    /// The post of every pair, by pair number.
    #[must_use]
    pub fn targets(&self) -> &[PostId] {
        &self.targets
    }

    /// The graph as petgraph's algorithms read it, without copying it.
    #[must_use]
    pub fn view(&self) -> PetgraphView<'_> {
        PetgraphView::new(self)
    }
}

/// Refuses a row with an unknown post, or one that is not strictly ascending.
fn check_row(posts: usize, row: usize, begin: usize, targets: &[PostId]) -> Result<(), ProblemError> {
    for (place, &post) in targets.iter().enumerate() {
        if post.index() >= posts {
            return Err(ProblemError::UnknownPost { row, pair: begin + place, post, posts });
        }
        if place > 0 && targets[place - 1] >= post {
            return Err(ProblemError::RowOrder { row, pair: begin + place, post });
        }
    }
    Ok(())
}
