//! What was reached of each goal, and what a price is worth in them.

use serde::Serialize;

use crate::eligibility::nearness;
use crate::formulation::Goal;
use crate::market::{Party, Placements, Reach};
use crate::verified::Verified;

/// An amount of one goal: people, or points.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct GoalValue {
    /// The goal.
    pub goal: Goal,
    /// People for `placed` and `in_consortium`, those whose placement stands among them; points for `score`, of those placed
    /// in this round alone.
    pub amount: f64,
}

/// To a millionth, less than any step of a point: without the noise of sums and differences.
pub(crate) fn to_a_millionth(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// What the result reaches of each goal of the objective, in their order.
#[must_use]
pub fn goals(result: &Verified<'_>) -> Vec<GoalValue> {
    let docking = result.docking();
    let (formulation, objective) = (docking.formulation(), &docking.config().objective);
    let market = docking.market();
    let decided_here = result.placements().without_standing(market);
    let inside = |party: Party, post| nearness(market, party, post) == Reach::Consortium;
    let people_inside = |placements: &Placements| -> u64 {
        let here = placements.all().iter();
        let here = here.filter(|placement| inside(market.party_of(market.home_of(placement.unit)), placement.post));
        here.map(|placement| u64::from(placement.people)).sum()
    };
    let rest = result.proof().value()
        - i128::from(decided_here.people()) * formulation.scale(Goal::Placed)
        - i128::from(people_inside(&decided_here)) * formulation.scale(Goal::InConsortium);
    let (placed, people_inside) = (result.placements().people(), people_inside(result.placements()));
    let amount = |goal| match goal {
        Goal::Placed => placed as f64,
        Goal::InConsortium => people_inside as f64,
        Goal::Score => (rest / formulation.scale(goal).max(1)) as f64 / f64::from(objective.steps),
    };
    objective.goals.iter().map(|goal| GoalValue { goal: *goal, amount: amount(*goal) }).collect()
}

/// A price or margin, in units of the problem's value, as amounts of the goals: each goal takes the multiple of its
/// scale nearest to what the earlier goals left, the last one the rest.
#[must_use]
pub fn worth(result: &Verified<'_>, price: i128) -> Vec<GoalValue> {
    let docking = result.docking();
    let (formulation, objective) = (docking.formulation(), &docking.config().objective);
    let mut rest = price;
    let amounts = objective.goals.iter().map(|goal| {
        let scale = formulation.scale(*goal).max(1);
        let units = (2 * rest + scale).div_euclid(2 * scale);
        rest -= units * scale;
        let amount = if *goal == Goal::Score { units as f64 / f64::from(objective.steps) } else { units as f64 };
        GoalValue { goal: *goal, amount }
    });
    amounts.collect()
}
