//! Ranges over any pairs: what no forest can say.

use super::matching::Matching;
use super::span::Span;
use crate::index::PairId;

/// Largest number in the span of a coupling, either way.
pub const MAX_COUPLED: i64 = 1 << 52;

/// Largest sum of the penalties of all couplings.
pub const MAX_COUPLING_PENALTIES: i64 = 1 << 51;

/// A range for the people placed by some pairs, less those placed by others.
///
/// With it can be said whatever does not nest:
///
/// | rule | pairs | against | span |
/// |---|---|---|---|
/// | a quota of some units at some posts | all pairs between them | | the quota |
/// | a cohort of `b` goes together | one of its pairs, for each of them | | `b..=b`, or closed |
/// | two people at the same enterprise, or neither | those of the one to an enterprise, for each enterprise | those of the other to it | `0..=0` |
/// | two people kept apart | those of both to an enterprise, for each enterprise | | `0..=1` |
///
/// Strict, or at a penalty for each person beyond the span.
///
/// ```
/// use talent_match::graph::{Coupling, Matching, Placement, Span};
/// use talent_match::index::PairId;
///
/// let pairs = |pairs: &[u32]| pairs.iter().copied().map(PairId::new).collect();
/// let together = Coupling::new(pairs(&[4, 0]), Span::new(0, 0)).against(pairs(&[7]));
/// assert_eq!(together.pairs(), [PairId::new(0), PairId::new(4)]);
/// let one = Matching::new(vec![Placement { pair: PairId::new(7), count: 1 }]);
/// assert_eq!((together.load(&one), together.load(&Matching::empty())), (-1, 0));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coupling {
    pairs: Vec<PairId>,
    against: Vec<PairId>,
    span: Span,
    penalty: Option<i64>,
}

impl Coupling {
    /// The people placed by `pairs`, in any order, are within `span`.
    #[must_use]
    pub fn new(mut pairs: Vec<PairId>, span: Span) -> Self {
        pairs.sort_unstable();
        Self { pairs, against: Vec::new(), span, penalty: None }
    }

    /// The same, less those placed by `pairs`.
    #[must_use]
    pub fn against(self, mut pairs: Vec<PairId>) -> Self {
        pairs.sort_unstable();
        Self { against: pairs, ..self }
    }

    /// The same at a penalty for each person beyond the span, in units of the pairs' values, instead of strictly.
    #[must_use]
    pub fn with_penalty(self, penalty: i64) -> Self {
        Self { penalty: Some(penalty), ..self }
    }

    /// The pairs that count, ascending.
    #[must_use]
    pub fn pairs(&self) -> &[PairId] {
        &self.pairs
    }

    /// The pairs that count against them, ascending.
    #[must_use]
    pub fn pairs_against(&self) -> &[PairId] {
        &self.against
    }

    /// Each pair with what a person placed by it counts: 1 or -1.
    pub fn signed(&self) -> impl Iterator<Item = (PairId, i64)> + '_ {
        self.pairs.iter().map(|&pair| (pair, 1)).chain(self.against.iter().map(|&pair| (pair, -1)))
    }

    /// The loads that are allowed.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// What each person beyond the span costs; `None` if the span is strict.
    #[must_use]
    pub const fn penalty(&self) -> Option<i64> {
        self.penalty
    }

    /// The load of `matching`; saturates. Cost: a search in the placements for each pair.
    #[must_use]
    pub fn load(&self, matching: &Matching) -> i64 {
        self.signed().fold(0_i64, |sum, (pair, sign)| sum.saturating_add(sign * matching.count(pair)))
    }

    /// What a load costs beyond the span; nothing if the span is strict.
    #[must_use]
    pub fn fine(&self, load: i64) -> i128 {
        let Some(penalty) = self.penalty else { return 0 };
        let (load, min, max) = (i128::from(load), i128::from(self.span.min()), i128::from(self.span.max()));
        i128::from(penalty) * (min - load).max(load - max).max(0)
    }

    /// Whether a load is allowed, strictly or at a penalty.
    #[must_use]
    pub fn allows(&self, load: i64) -> bool {
        self.penalty.is_some() || self.span.allows(load)
    }
}
