//! Who and what a result leaves: members without a place, seats without people.

use super::classes::opens_or_not;
use crate::market::{PostIx, SupplyIx};
use crate::verified::{Status, Verified};

/// Members not placed of each supply unit, and free seats of each post.
pub(super) struct Left<'a> {
    result: &'a Verified<'a>,
    members: Vec<u64>,
    seats: Vec<u64>,
    /// Classes that did not open.
    closed: Vec<bool>,
}

/// Why somebody who is left and a seat that is left stay apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Apart {
    /// The goals would gain nothing.
    NoGain,
    /// They would gain, but a limit stands in the way: a class that did not open, a quota, mentors, or a bond.
    Limited,
    /// They would gain, but the run was stopped before.
    Stopped,
}

impl<'a> Left<'a> {
    pub(super) fn by(result: &'a Verified<'a>) -> Self {
        let market = result.docking().market();
        let mut members: Vec<u64> =
            SupplyIx::all(market.supply().len()).map(|unit| u64::from(market.present(unit))).collect();
        let mut seats: Vec<u64> = market.posts().iter().map(|post| u64::from(post.seats_max)).collect();
        for placement in result.placements().all() {
            members[placement.unit.index()] -= u64::from(placement.people);
            seats[placement.post.index()] -= u64::from(placement.people);
        }
        let closed = PostIx::all(market.posts().len())
            .zip(&seats)
            .map(|(post, left)| opens_or_not(result, post) && *left == u64::from(market.post(post).seats_max));
        let closed = closed.collect();
        Self { result, members, seats, closed }
    }

    pub(super) fn members(&self, unit: SupplyIx) -> u64 {
        self.members[unit.index()]
    }

    pub(super) fn seats(&self, post: PostIx) -> u64 {
        self.seats[post.index()]
    }

    /// Whether somebody could take a seat that is left at `post`: not at a class that did not open.
    pub(super) fn is_free(&self, post: PostIx) -> bool {
        self.seats(post) > 0 && !self.closed[post.index()]
    }

    /// Why members left of `unit` and seats left at `post`, which is acceptable, stay apart; none where there are not
    /// both.
    pub(super) fn apart(&self, unit: SupplyIx, post: PostIx) -> Option<Apart> {
        if self.members(unit) == 0 || self.seats(post) == 0 {
            return None;
        }
        let formulation = self.result.docking().formulation();
        let problem = formulation.problem();
        let pair = problem.graph().find(formulation.unit_id(unit), formulation.post_id(post))?;
        let gain = i64::from(problem.weights()[pair.index()]) + problem.placement_bonus();
        let stopped = matches!(self.result.status(), Status::Feasible { gap: 1.., .. });
        Some(match gain {
            1.. if stopped && !self.closed[post.index()] => Apart::Stopped,
            1.. => Apart::Limited,
            _ => Apart::NoGain,
        })
    }
}
