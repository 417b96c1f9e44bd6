//! Who is placed where.

use crate::index::PairId;

/// `count` members of a pair's unit are placed at the pair's post. A plain record; nothing is promised about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Placement {
    /// The pair.
    pub pair: PairId,
    /// How many members of its unit.
    pub count: u32,
}

/// Placements in ascending order of their pairs, each of at least one person.
///
/// A matching by itself promises nothing about seats and headcounts: it may come from a file.
/// [`verify`](crate::certificate::verify) decides.
///
/// ```
/// use talent_match::graph::{Matching, Placement};
/// use talent_match::index::PairId;
///
/// let place = |pair, count| Placement { pair: PairId::new(pair), count };
/// let matching = Matching::new(vec![place(7, 1), place(2, 3), place(7, 2), place(4, 0)]);
/// assert_eq!(matching.placements(), [place(2, 3), place(7, 3)]);
/// assert_eq!(matching.placed(), 6);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    placements: Vec<Placement>,
}

impl Matching {
    /// The matching of `placements` in any order; several of one pair are merged, those of nobody dropped.
    ///
    /// Where the merged count would not fit, the placements stay apart and still count in full.
    #[must_use]
    pub fn new(mut placements: Vec<Placement>) -> Self {
        placements.retain(|placement| placement.count > 0);
        if !placements.is_sorted_by(|a, b| a.pair < b.pair) {
            placements.sort_unstable();
            placements.dedup_by(|next, kept| {
                let merged = kept.count.checked_add(next.count).filter(|_| kept.pair == next.pair);
                if let Some(count) = merged {
                    kept.count = count;
                }
                merged.is_some()
            });
        }
        Self { placements }
    }

    /// Nobody placed.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The placements, ascending by pair.
    #[must_use]
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// People placed by `pair`; more than an `i64` holds count as the most it holds.
    #[must_use]
    pub fn count(&self, pair: PairId) -> i64 {
        let from = self.placements.partition_point(|placement| placement.pair < pair);
        let own = self.placements[from..].iter().take_while(|placement| placement.pair == pair);
        own.fold(0_i64, |sum, placement| sum.saturating_add(placement.count.into()))
    }

    /// People placed. (At most `2^32` placements of at most `2^32` people each: the sum fits.)
    #[must_use]
    pub fn placed(&self) -> u64 {
        self.placements.iter().map(|placement| u64::from(placement.count)).sum()
    }
}
