//! The whole numbers a load may be.

use super::seats::{Opening, SeatRange};

/// From `min` to `max`; with [`Opening::OrClosed`] also 0.
///
/// ```
/// use talent_match::graph::{SeatRange, Span};
///
/// let class = Span::from(SeatRange::between(12, 30)?.or_closed());
/// assert!(class.allows(0) && !class.allows(11) && class.allows(12));
/// assert_eq!(class.narrowed(1, 20), Some(Span::new(12, 20)));
/// assert_eq!(class.narrowed(1, 11), None);
/// # Ok::<(), talent_match::graph::ProblemError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    min: i64,
    max: i64,
    opening: Opening,
}

impl Span {
    /// From `min` to `max`; empty if `min > max`.
    #[must_use]
    pub const fn new(min: i64, max: i64) -> Self {
        Self { min, max, opening: Opening::Always }
    }

    /// The same, or 0.
    #[must_use]
    pub const fn or_closed(self) -> Self {
        Self { opening: Opening::OrClosed, ..self }
    }

    /// The smallest number but for 0 of a span that may be closed.
    #[must_use]
    pub const fn min(self) -> i64 {
        self.min
    }

    /// The largest number but for 0 of a span that may be closed.
    #[must_use]
    pub const fn max(self) -> i64 {
        self.max
    }

    /// Whether 0 is allowed besides.
    #[must_use]
    pub const fn opening(self) -> Opening {
        self.opening
    }

    /// Whether `load` is one of the numbers.
    #[must_use]
    pub const fn allows(self, load: i64) -> bool {
        (self.min <= load && load <= self.max) || (load == 0 && matches!(self.opening, Opening::OrClosed))
    }

    /// Whether there are numbers between 0 and the others: then it opens or not in earnest.
    #[must_use]
    pub const fn has_gap(self) -> bool {
        matches!(self.opening, Opening::OrClosed) && (self.min > 1 || self.max < -1) && self.min <= self.max
    }

    /// The smallest number from `load` on.
    #[must_use]
    pub fn next_from(self, load: i64) -> Option<i64> {
        let within = load.max(self.min);
        let within = (within <= self.max).then_some(within);
        let closed = (self.opening == Opening::OrClosed && load <= 0).then_some(0);
        [within, closed].into_iter().flatten().min()
    }

    /// The smallest and the largest number; `None` if there is none.
    #[must_use]
    pub fn ends(self) -> Option<(i64, i64)> {
        let closed = (self.opening == Opening::OrClosed).then_some((0, 0));
        let within = (self.min <= self.max).then_some((self.min, self.max));
        match (within, closed) {
            (Some(within), Some(closed)) => Some((within.0.min(closed.0), within.1.max(closed.1))),
            (within, closed) => within.or(closed),
        }
    }

    /// The numbers that are also within `min..=max`; `None` if there is none.
    #[must_use]
    pub fn narrowed(self, min: i64, max: i64) -> Option<Self> {
        let within = Self::new(self.min.max(min), self.max.min(max));
        let closed = self.opening == Opening::OrClosed && min <= 0 && 0 <= max;
        match (within.min <= within.max, closed) {
            (true, true) => Some(within.or_closed()),
            (true, false) => Some(within),
            (false, true) => Some(Self::new(0, 0)),
            (false, false) => None,
        }
    }
}

impl From<SeatRange> for Span {
    fn from(range: SeatRange) -> Self {
        Self { min: i64::from(range.min()), max: i64::from(range.max()), opening: range.opening() }
    }
}
