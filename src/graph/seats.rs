//! How many people a post may hold.

use super::error::ProblemError;

/// Whether a range may also be left empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Opening {
    /// The load is always within the range.
    #[default]
    Always,
    /// The load is 0 or within the range: a class that opens with enough people, or not at all.
    OrClosed,
}

/// The people a post (or a quota node) holds: at least `min`, at most `max`.
///
/// ```
/// use talent_match::graph::{Opening, SeatRange};
///
/// let class = SeatRange::between(12, 30)?.or_closed();
/// assert_eq!((class.min(), class.max(), class.opening()), (12, 30, Opening::OrClosed));
/// assert!(class.allows(0) && class.allows(12) && !class.allows(11));
/// # Ok::<(), talent_match::graph::ProblemError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SeatRange {
    min: u32,
    max: u32,
    opening: Opening,
}

impl SeatRange {
    /// At most `max`, possibly nobody.
    #[must_use]
    pub const fn up_to(max: u32) -> Self {
        Self { min: 0, max, opening: Opening::Always }
    }

    /// At least `min` and at most `max`.
    ///
    /// # Errors
    /// P111 if `min > max`.
    pub const fn between(min: u32, max: u32) -> Result<Self, ProblemError> {
        if min <= max {
            Ok(Self { min, max, opening: Opening::Always })
        } else {
            Err(ProblemError::EmptyRange { min, max })
        }
    }

    /// The same range, or nobody at all.
    #[must_use]
    pub const fn or_closed(self) -> Self {
        Self { opening: Opening::OrClosed, ..self }
    }

    /// The smallest load of an open post.
    #[must_use]
    pub const fn min(self) -> u32 {
        self.min
    }

    /// The largest load.
    #[must_use]
    pub const fn max(self) -> u32 {
        self.max
    }

    /// Whether the post may stay closed.
    #[must_use]
    pub const fn opening(self) -> Opening {
        self.opening
    }

    /// Whether a load is allowed. Wide, because a load counted from a file may exceed every seat there is.
    #[must_use]
    pub const fn allows(self, load: u64) -> bool {
        let open = load >= self.min as u64 && load <= self.max as u64;
        open || (load == 0 && matches!(self.opening, Opening::OrClosed))
    }

    /// The smallest load this range allows: 0 where it may stay closed.
    #[must_use]
    pub const fn floor(self) -> u32 {
        match self.opening {
            Opening::Always => self.min,
            Opening::OrClosed => 0,
        }
    }
}
