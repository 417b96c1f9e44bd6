//! What it costs to place at least a share of every group.

use serde::Serialize;

use super::change::free;
use crate::control::Control;
use crate::engine::Engine;
use crate::error::Error;
use crate::insight::{GoalValue, goals, name_of, to_a_millionth};
use crate::language::vocabulary;
use crate::market::{Amount, Dimension, Facet, Faults, Market, Quota};
use crate::solve::Workspace;
use crate::verified::{Status, Verified};

vocabulary! {
    /// What is known of a floor.
    FloorState {
        /// The round with it is proven best.
        Optimal = "optimal", "proven best", "已证明最优";
        /// The round with it was stopped before it was proven best: what it reaches is possible, and more may be.
        Stopped = "stopped", "stopped early", "提前停止";
        /// No placement reaches it.
        Impossible = "impossible", "impossible", "不可能";
        /// It was not found out within the limits whether any placement reaches it.
        Unknown = "unknown", "not found out", "未判明";
    }
}

/// How many of a group are placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupRate {
    /// What its people have in common, as quotas write it.
    #[serde(serialize_with = "as_text")]
    pub group: Facet,
    /// The name of a school, enterprise, division or programme; empty for the others.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// People who have not left.
    pub people: u64,
    /// Those placed.
    pub placed: u64,
}

pub(super) fn as_text<S: serde::Serializer>(facet: &Facet, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(facet)
}

/// One point of the curve: every group has at least `percent` of its people placed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Floor {
    /// The floor in percent of the people of each group, rounded up to whole people.
    pub percent: u8,
    /// What is known of it.
    pub state: FloorState,
    /// What the best round with it reaches of each goal; empty where nothing is known.
    pub goals: Vec<GoalValue>,
    /// How much less of each goal that is than without; below 0 where more of a goal is reached at the price of an earlier one.
    pub cost: Vec<GoalValue>,
    /// How many of each group are placed then.
    pub groups: Vec<GroupRate>,
}

impl Floor {
    /// The group placed least, if any is; the first of several.
    #[must_use]
    pub fn least(&self) -> Option<&GroupRate> {
        // placed / people, compared without fractions.
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        self.groups.iter().min_by(|a, b| product(a.placed, b.people).cmp(&product(b.placed, a.people)))
    }
}

/// The groups of a dimension with their people who have not left; without those that are empty, as all of a property of posts are.
pub(super) fn groups_of(market: &Market, dimension: Dimension) -> Vec<(Facet, u64)> {
    let people = |group: Facet| {
        let units = market.units_with(&group).into_iter();
        let people = units.map(|unit| u64::from(market.present(unit))).sum();
        (group, people)
    };
    market.facets(dimension).into_iter().map(people).filter(|(_, people)| *people > 0).collect()
}

/// `market` where at least so many of each group are placed. People whose placement stands count.
///
/// # Errors
/// Those of a market with these quotas.
pub(super) fn with_floors(market: &Market, floors: &[(Facet, u64)]) -> Result<Market, Faults> {
    let mut quotas = market.quotas().to_vec();
    for (group, people) in floors.iter().filter(|(_, people)| *people > 0) {
        let taken = quotas.iter().map(|quota| quota.id.clone()).collect();
        let least = Amount::Count(u32::try_from(*people).unwrap_or(u32::MAX));
        quotas.push(Quota::new(&free("floor", &taken), "Floor", vec![group.clone()]).at_least(least));
    }
    market.with_limits(market.posts().to_vec(), quotas, market.mentors().to_vec())
}

/// How many of each group `result` places.
pub(super) fn rates(result: &Verified<'_>, groups: &[(Facet, u64)]) -> Vec<GroupRate> {
    let market = result.docking().market();
    let rate = |(group, people): &(Facet, u64)| {
        let units = market.units_with(group).into_iter();
        let placed = units.flat_map(|unit| result.placements().of(unit)).map(|at| u64::from(at.people)).sum();
        let name = name_of(market, group).unwrap_or_default();
        GroupRate { group: group.clone(), name, people: *people, placed }
    };
    groups.iter().map(rate).collect()
}

/// What `after` reaches less of each goal than `before`.
pub(super) fn cost(before: &[GoalValue], after: &[GoalValue]) -> Vec<GoalValue> {
    let less = |(before, after): (&GoalValue, &GoalValue)| GoalValue {
        goal: before.goal,
        amount: to_a_millionth(before.amount - after.amount),
    };
    before.iter().zip(after).map(less).collect()
}

/// The price of a fairness floor as a curve: for each of `percents` (0 to 100), the best round in which at least that share of every
/// group of `dimension` (a property of people) is placed, beside `result`, the round without.
///
/// Each point is the round once more with a minimum for each group, solved from `result` and proven; nothing is interpolated. A
/// group has a minimum of its own, so that it is for the market to say what may give way: goals do, limits never.
///
/// Cost: a round for each point; `control` limits each of these.
///
/// # Errors
/// Those of [`Engine::run`] but the one that nothing is possible.
pub fn floors(
    engine: &Engine,
    result: &Verified<'_>,
    dimension: Dimension,
    percents: &[u8],
    control: &Control<'_>,
) -> Result<Vec<Floor>, Error> {
    let market = result.docking().market();
    let (groups, before) = (groups_of(market, dimension), goals(result));
    let mut workspace = Workspace::new();
    let point = |&percent: &u8| {
        let share = |people: u64| (u128::from(people) * u128::from(percent.min(100))).div_ceil(100) as u64;
        let least: Vec<_> = groups.iter().map(|(group, people)| (group.clone(), share(*people))).collect();
        let unknown = |state| Floor { percent, state, goals: Vec::new(), cost: Vec::new(), groups: Vec::new() };
        let changed = with_floors(market, &least)?;
        let found = match engine.attempt(&changed, Some(result), &mut workspace, control) {
            Ok(Ok(found)) => found,
            Ok(Err(_)) => return Ok(unknown(FloorState::Impossible)),
            Err(Error::Undecided(_)) => return Ok(unknown(FloorState::Unknown)),
            Err(error) => return Err(error),
        };
        let optimal = !matches!(found.status(), Status::Feasible { gap: 1.., .. });
        let after = goals(&found);
        Ok(Floor {
            percent,
            state: if optimal { FloorState::Optimal } else { FloorState::Stopped },
            cost: cost(&before, &after),
            goals: after,
            groups: rates(&found, &groups),
        })
    };
    percents.iter().map(point).collect()
}
