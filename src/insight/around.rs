//! What a result's surroundings are worth, prepared once for any number of questions.

use serde::{Serialize, Serializer};

use super::goals::{GoalValue, worth};
use crate::index::PairId;
use crate::language::vocabulary;
use crate::market::{PostIx, SupplyIx};
use crate::scoring::Explainer;
use crate::sensitivity::Sensitivity;
use crate::verified::{Status, Verified};

vocabulary! {
    /// What the numbers of an answer rest on.
    Basis {
        /// The result is proven best; every number is exact.
        Optimal = "optimal", "The result is proven best and every number is exact.", "结果已证明最优，所有数字均为精确值。";
        /// The same, as long as classes stay open or closed and limits that cross stay filled as they are.
        Decided = "decided", "The result is proven best; the numbers are exact as long as classes stay open or closed and crossing limits stay filled as they are.", "结果已证明最优；在开班与否及交叉限额的占用保持不变的前提下，所有数字均为精确值。";
        /// The result is not proven best; nothing is said about changes.
        Unproven = "unproven", "The result is not proven best, so nothing is said about changes.", "结果尚未证明最优，因此不对变动作出结论。";
    }
}

/// An amount in units of the problem's value, and in the goals.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Worth {
    /// Units; as text in JSON, since they may have more digits than a reader's numbers hold.
    #[serde(serialize_with = "as_text")]
    pub units: i64,
    /// The same in the goals, in their order.
    pub goals: Vec<GoalValue>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn as_text<S: Serializer>(number: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}

/// A verified result, ready to be asked why.
///
/// Everything is computed from its prices; nothing is solved again.
#[derive(Debug)]
pub struct Insight<'a> {
    pub(super) result: &'a Verified<'a>,
    pub(super) sensitivity: Option<Sensitivity<'a>>,
    /// The same with the limits that more seats could make bind held as they are, if some cross others.
    pub(super) coupled: Option<Sensitivity<'a>>,
    pub(super) explainer: Explainer<'a>,
}

impl<'a> Insight<'a> {
    /// Prepares answers about `result`. Cost: that of [`Sensitivity::of`].
    #[must_use]
    pub fn of(result: &'a Verified<'a>) -> Self {
        let best = matches!(result.status(), Status::Optimal | Status::Feasible { gap: 0, .. });
        let (formulation, solution) = (result.docking().formulation(), result.solution());
        let [sensitivity, coupled] = match formulation.around() {
            _ if !best => [None, None],
            None => [Sensitivity::of(formulation.problem(), solution), None],
            Some(around) => {
                let solution = around.solution(solution);
                let of = |problem| Sensitivity::of(problem, &solution);
                [of(around.problem()), around.coupled().and_then(of)]
            }
        };
        Self { result, sensitivity, coupled, explainer: result.docking().explainer() }
    }

    /// The result.
    #[must_use]
    pub const fn result(&self) -> &'a Verified<'a> {
        self.result
    }

    /// What the numbers rest on.
    #[must_use]
    pub fn basis(&self) -> Basis {
        match &self.sensitivity {
            None => Basis::Unproven,
            Some(_) if self.coupled.is_some() => Basis::Decided,
            Some(known) if known.problem().needs_search() => Basis::Decided,
            Some(_) => Basis::Optimal,
        }
    }

    /// What is known of up to `most` more seats at `post`, and of how many of them: until a limit could stand in the way that
    /// crosses others and that nobody can exceed so far. Where it could do so at once, such limits are held as they are.
    pub(super) fn more_seats(&self, post: PostIx, most: u32) -> Option<(&Sensitivity<'a>, u32)> {
        let formulation = self.result.docking().formulation();
        let room = formulation.around().map_or(u64::MAX, |around| around.room(formulation.post_id(post)));
        match u32::try_from(room) {
            Ok(0) => Some((self.coupled.as_ref()?, most)),
            Ok(room) => Some((self.sensitivity.as_ref()?, most.min(room))),
            Err(_) => Some((self.sensitivity.as_ref()?, most)),
        }
    }

    /// What the mathematics knows; none if the result is not proven best.
    #[must_use]
    pub const fn sensitivity(&self) -> Option<&Sensitivity<'a>> {
        self.sensitivity.as_ref()
    }

    /// The pair of `unit` and `post`; none if it is not acceptable.
    pub(super) fn pair(&self, unit: SupplyIx, post: PostIx) -> Option<PairId> {
        let formulation = self.result.docking().formulation();
        formulation.problem().graph().find(formulation.unit_id(unit), formulation.post_id(post))
    }

    pub(super) fn worth(&self, units: i64) -> Worth {
        Worth { units, goals: worth(self.result, units.into()) }
    }

    /// Members of `unit` placed at `post` by the round itself, without those who stand there.
    pub(super) fn placed(&self, unit: SupplyIx, post: PostIx) -> u32 {
        let here = self.result.placements().of(unit).iter().find(|placement| placement.post == post);
        here.map_or(0, |placement| placement.people - self.result.docking().market().frozen_of(unit, post))
    }
}
