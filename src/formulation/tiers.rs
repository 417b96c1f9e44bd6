//! Goals in tiers, as one integer weight.
//!
//! Goals are compared in order. Read from the last to the first, each is scaled so that one unit of it outweighs
//! anything the later ones can do together. How much that is depends on the problem:
//!
//! - *Flows.* Two placements differ by exchanges along simple paths and cycles, each visiting a post at most once and changing
//!   the load of a quota by at most 1; so along one of them the later goals change by at most `(posts + 1) * span`, where `span`
//!   is the difference between the largest and smallest value a pair (or no pair, 0) can have in them, and fines change by at
//!   most the sum of the penalties. A placement that is not best for the earlier goal has an exchange that improves it by 1 or
//!   more, so with a scale above that it is not best for the sum either.
//! - *Search* (classes that open or not, limits that cross, bonds). There are no such exchanges: everybody may move, so that it is
//!   `people * span`, and each penalty once for everybody.
//!
//! The scale is twice that and 1, so that a price, which is the value of such a path, can also be read back: the later goals
//! make up less than half of one unit of the earlier one. If the scaled numbers do not fit the problem's range, that is an
//! error here, before anything is solved.

use serde::{Deserialize, Serialize};

use crate::language::vocabulary;

vocabulary! {
    /// What is to be as large as possible.
    Goal {
        /// People placed.
        Placed = "placed", "people placed", "安置人数";
        /// People placed inside the consortium.
        InConsortium = "in_consortium", "people placed inside the consortium", "联合体内安置人数";
        /// Points.
        Score = "score", "score", "匹配得分";
    }
}

/// Goals in order of importance, and how finely points are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Objective {
    /// Goals, the most important first, each at most once. Default: `placed`, `in_consortium`, `score`.
    pub goals: Vec<Goal>,
    /// Integer steps of one point, 1 to 10 000; points are rounded to them. Default 100.
    pub steps: u32,
}

impl Default for Objective {
    fn default() -> Self {
        Self { goals: vec![Goal::Placed, Goal::InConsortium, Goal::Score], steps: 100 }
    }
}

impl Objective {
    /// `points` in whole steps, rounded half away from zero: what the round counts. Points are sums of a few products of at most
    /// 1000 each less penalties of 32 bits, so that their steps fit.
    pub(crate) fn steps_in(&self, points: f64) -> i64 {
        (points * f64::from(self.steps)).round() as i64
    }

    /// `points` as the round counts them: in whole steps.
    pub(crate) fn counted(&self, points: f64) -> f64 {
        self.steps_in(points) as f64 / f64::from(self.steps)
    }
}

/// How far two placements can be apart between which the goals must decide.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// Pairs that change.
    pub(super) moves: i128,
    /// By how much fines change, in steps.
    pub(super) fines: i128,
}

/// How a goal entered the weights: `weight = sum over pair goals of scale * value`, and the bonus of being placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tiers {
    /// Scale of each goal, in the order of the objective.
    scales: Vec<(Goal, i128)>,
}

impl Tiers {
    /// The scales for pairs whose scores lie in `[low, high]` steps, where placements differ by `reach`.
    pub(super) fn of(goals: &[Goal], reach: Reach, low: i64, high: i64) -> Self {
        let mut scales = Vec::with_capacity(goals.len());
        // Largest and smallest value of a pair, or of no pair, in the goals below.
        let (mut least, mut most, mut fines) = (0_i128, 0_i128, 0_i128);
        for goal in goals.iter().rev() {
            let scale = 2 * (reach.moves * (most - least) + fines) + 1;
            let (low, high) = match goal {
                Goal::Placed | Goal::InConsortium => (0, 1),
                Goal::Score => (i128::from(low.min(0)), i128::from(high.max(0))),
            };
            least += scale * low;
            most += scale * high;
            if *goal == Goal::Score {
                fines = scale * reach.fines;
            }
            scales.push((*goal, scale));
        }
        scales.reverse();
        Self { scales }
    }

    pub(super) fn scale(&self, goal: Goal) -> i128 {
        self.scales.iter().find(|(own, _)| *own == goal).map_or(0, |(_, scale)| *scale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_outweighs_everything_below_it() {
        let reach = Reach { moves: 4, fines: 0 };
        let tiers = Tiers::of(&[Goal::Placed, Goal::InConsortium, Goal::Score], reach, -5, 100);
        assert_eq!(tiers.scale(Goal::Score), 1);
        assert_eq!(tiers.scale(Goal::InConsortium), 8 * 105 + 1);
        assert_eq!(tiers.scale(Goal::Placed), 8 * (841 + 105) + 1);
        let tiers = Tiers::of(&[Goal::Score, Goal::Placed], reach, 0, 100);
        assert_eq!((tiers.scale(Goal::Placed), tiers.scale(Goal::Score)), (1, 9));
        assert_eq!(tiers.scale(Goal::InConsortium), 0);
        let tiers = Tiers::of(&[Goal::Placed, Goal::Score], Reach { fines: 7, ..reach }, 0, 100);
        assert_eq!(tiers.scale(Goal::Placed), 2 * (4 * 100 + 7) + 1);
    }
}
