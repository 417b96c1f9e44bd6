//! How many people a post, a quota node or a unit holds, and what one more or one fewer is worth.
//!
//! A range with a penalty is a convex cost: flat within the range, rising by the penalty for each person beyond either
//! end. A strict range is one whose penalty is without end. At a load, the *slopes* to both sides say which multipliers
//! suit it: from what one person fewer would save, to what one more would cost (Fulkerson's kilter line).

use crate::graph::{Opening, Problem, QuotaForest, SeatRange};
use crate::index::QuotaId;

/// Beyond every multiplier and every length of a path: what nothing can pay.
pub(super) const FOREVER: i64 = 1 << 61;

/// Most people anything holds.
const MOST: u32 = u32::MAX;

/// Which way along an arc: more people on it, or fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    More,
    Fewer,
}

/// A range of loads, with what each person beyond it costs; [`FOREVER`] if it is strict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) min: u32,
    pub(super) max: u32,
    penalty: i64,
}

impl Bounds {
    /// At most `max`.
    pub(super) fn up_to(max: u32) -> Self {
        Self { min: 0, max, penalty: FOREVER }
    }

    /// A strict range. One that may stay empty has no minimum here: whoever decides on opening raises it.
    pub(super) fn of(range: SeatRange) -> Self {
        Self { min: range.floor(), max: range.max(), penalty: FOREVER }
    }

    /// The range of a quota node.
    pub(super) fn of_node(forest: &QuotaForest, node: QuotaId) -> Self {
        let penalty = forest.penalty(node).unwrap_or(FOREVER);
        Self { penalty, ..Self::of(forest.ranges()[node.index()]) }
    }

    /// The range of those of `total` people who are not there.
    pub(super) fn of_rest(self, total: u32) -> Self {
        let (min, max) = (total.saturating_sub(self.max), total.saturating_sub(self.min));
        Self { min, max, ..self }
    }

    /// As a sample of `part` of `whole` people has it; whoever can be there at all can be there in the sample.
    pub(super) fn of_sample(self, part: u64, whole: u64) -> Self {
        let share = |people: u32| match people {
            MOST => MOST,
            people => ((u64::from(people) * part + whole / 2) / whole.max(1)) as u32,
        };
        Self { min: share(self.min), max: share(self.max).max(u32::from(self.max > 0)), ..self }
    }

    /// Whether nobody can ever be there.
    pub(super) fn is_closed(self) -> bool {
        self.max == 0 && self.is_strict()
    }

    pub(super) fn is_strict(self) -> bool {
        self.penalty == FOREVER
    }

    /// How many people can go that way before the slope changes.
    pub(super) fn capacity(self, load: u32, way: Way) -> u32 {
        let strict = self.is_strict();
        match way {
            Way::More if load < self.min => self.min - load,
            Way::More if load < self.max => self.max - load,
            Way::More => {
                if strict {
                    0
                } else {
                    MOST - load
                }
            }
            Way::Fewer if load > self.max => load - self.max,
            Way::Fewer if load > self.min => load - self.min,
            Way::Fewer => {
                if strict {
                    0
                } else {
                    load
                }
            }
        }
    }

    /// What one more costs, or one fewer saves: the end of the multipliers that suit the load.
    pub(super) fn slope(self, load: u32, way: Way) -> i64 {
        match way {
            Way::More if load < self.min => -self.penalty,
            Way::More if load < self.max => 0,
            Way::More => self.penalty,
            Way::Fewer if load > self.max => self.penalty,
            Way::Fewer if load > self.min => 0,
            // Nobody is there who could leave.
            Way::Fewer if load == 0 => -FOREVER,
            Way::Fewer => -self.penalty,
        }
    }

    /// The least and the greatest load that a multiplier suits.
    pub(super) fn suiting(self, multiplier: i64) -> (u32, u32) {
        let (least, most) = if self.is_strict() { (self.min, self.max) } else { (0, MOST) };
        match multiplier {
            y if y < -self.penalty => (least, least),
            y if y == -self.penalty => (least, self.min),
            y if y < 0 => (self.min, self.min),
            0 => (self.min, self.max),
            y if y < self.penalty => (self.max, self.max),
            y if y == self.penalty => (self.max, most),
            _ => (most, most),
        }
    }

    /// How far below a multiplier others suit a load, and how far above it; none where there is no end.
    pub(super) fn slack(self, load: u32, multiplier: i64) -> (Option<i64>, Option<i64>) {
        let lowest = if load == 0 { self.pull() } else { self.slope(load, Way::Fewer) };
        let highest = self.slope(load, Way::More);
        let (below, above) = (multiplier - lowest, highest - multiplier);
        ((lowest > -FOREVER).then_some(below), (highest < FOREVER).then_some(above))
    }

    /// What being empty costs for each person asked for: the highest multiplier that suits nobody being there.
    pub(super) fn pull(self) -> i64 {
        if self.min > 0 && !self.is_strict() { -self.penalty } else { 0 }
    }

    /// How many people a load is outside of the range.
    pub(super) fn beyond(self, load: u64) -> u64 {
        u64::from(self.min).saturating_sub(load).max(load.saturating_sub(u64::from(self.max)))
    }

    /// What a load is fined in all; none if the range is strict and does not allow it.
    pub(super) fn fine(self, load: u32) -> Option<i128> {
        let beyond = self.beyond(u64::from(load));
        (beyond == 0 || !self.is_strict()).then(|| i128::from(beyond) * i128::from(self.penalty))
    }

    /// What the range adds to the bound at a multiplier: the most that any load pays, less its fine.
    pub(super) fn most(self, multiplier: i64) -> i128 {
        let loads =
            if self.is_strict() { [self.min, self.max, self.min, self.max] } else { [self.min, self.max, 0, MOST] };
        let paid = loads.map(|load| i128::from(load) * i128::from(multiplier) - self.fine(load).unwrap_or(0));
        paid.into_iter().fold(i128::MIN, i128::max)
    }
}

/// Whether some range asks for people: then not every placement within the maxima is feasible, or free of fines.
pub(super) fn asks(problem: &Problem) -> bool {
    let ranges = [problem.seats(), problem.demand_quotas().ranges(), problem.supply_quotas().ranges()];
    ranges.into_iter().flatten().any(|range| range.floor() > 0)
}

/// Whether an open range is one that opens or not, in earnest: "nobody, or at least one" is no restriction.
pub(super) fn opens(range: SeatRange) -> bool {
    range.opening() == Opening::OrClosed && range.min() > 1
}
