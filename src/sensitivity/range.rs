//! What one person more, or one fewer, costs a range.

use crate::graph::{QuotaForest, SeatRange};
use crate::index::QuotaId;

/// A range with what each person beyond it costs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) min: u32,
    pub(super) max: u32,
    /// Strict if none.
    pub(super) penalty: Option<i64>,
    /// People who stay whatever happens.
    pub(super) fixed: u32,
    /// A class that is decided not to open.
    pub(super) closed: bool,
}

impl Range {
    pub(super) const UNLIMITED: Self = Self { min: 0, max: u32::MAX, penalty: None, fixed: 0, closed: false };

    pub(super) fn of_seats(range: SeatRange) -> Self {
        Self { min: range.floor(), max: range.max(), ..Self::UNLIMITED }
    }

    pub(super) fn of_node(forest: &QuotaForest, node: QuotaId) -> Self {
        Self { penalty: forest.penalty(node), ..Self::of_seats(forest.ranges()[node.index()]) }
    }

    /// Whether a load is allowed, at a penalty if need be.
    pub(super) fn allows(self, load: u32) -> bool {
        self.penalty.is_some() || (self.min <= load && load <= self.max)
    }

    /// What one more costs at `load`, before prices; none where there is no room.
    pub(super) fn more(self, load: u32) -> Option<i64> {
        match self.penalty {
            _ if load == u32::MAX => None,
            Some(penalty) if load < self.min => Some(-penalty),
            _ if load < self.max => Some(0),
            penalty => penalty,
        }
    }

    /// What one fewer costs at `load`, before prices; none where nobody may leave.
    pub(super) fn fewer(self, load: u32) -> Option<i64> {
        match self.penalty {
            _ if load <= self.fixed => None,
            Some(penalty) if load > self.max => Some(-penalty),
            _ if load > self.min => Some(0),
            penalty => penalty,
        }
    }
}
