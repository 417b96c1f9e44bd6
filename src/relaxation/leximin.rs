//! How far the group placed least can be placed, then the next one, and so on.

use std::cmp::Ordering;

use serde::Serialize;

use super::floors::{as_text, cost, groups_of, rates, with_floors};
use super::possible::{Possible, Unknown};
use crate::control::Control;
use crate::engine::Engine;
use crate::error::Error;
use crate::insight::{GoalValue, goals, name_of};
use crate::market::{Dimension, Facet};
use crate::solve::Workspace;
use crate::verified::{Status, Verified};

/// How far one group can be placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeximinLevel {
    /// What its people have in common, as quotas write it.
    #[serde(serialize_with = "as_text")]
    pub group: Facet,
    /// The name of a school, enterprise, division or programme; empty for the others.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// People who have not left.
    pub people: u64,
    /// How many of them are placed at least; with what the levels before it hold, one more is impossible.
    pub placed: u64,
}

/// The fairest placement of groups, and what it costs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leximin {
    /// The groups in the order in which they stayed where they are, by rate. The first is the max-min.
    pub levels: Vec<LeximinLevel>,
    /// What the best round with all of these reaches of each goal.
    pub goals: Vec<GoalValue>,
    /// How much less of each goal that is than without.
    pub cost: Vec<GoalValue>,
    /// Whether that round is proven best.
    pub proven: bool,
}

/// A rate of so many of so many people.
#[derive(Clone, Copy, Debug)]
struct Rate {
    placed: u64,
    people: u64,
}

impl Rate {
    fn cmp(self, other: Self) -> Ordering {
        let product = |a: u64, b: u64| u128::from(a) * u128::from(b);
        product(self.placed, other.people).cmp(&product(other.placed, self.people))
    }

    /// The fewest of `people` at this rate.
    fn of(self, people: u64) -> u64 {
        (u128::from(self.placed) * u128::from(people)).div_ceil(u128::from(self.people)) as u64
    }
}

/// The fairest placement of the groups of `dimension` (a property of people), beside `result`, the round without. None if some question was not answered within the limits.
///
/// Goals in tiers are sums over pairs, so that the least of several rates cannot be one of them. It is found exactly by a sequence of
/// questions with rising minimums instead. Every person placed of a group is a step; steps are taken in the order of the rate they
/// start from, the lowest first, among equal ones that of the smaller group (it leads further), then by group. A step is kept if some
/// placement keeps all limits and all steps so far; a group whose step is refused stays where it is. As a refusal is for good, many
/// steps are asked about at once.
///
/// The first group to stay is the answer to *max-min*: no placement has every group at a higher rate. Where groups do not overlap
/// and limits are on seats and posts alone, the numbers that groups can have are those of a polymatroid, where these steps lead to
/// the *leximin* rates (Federgruen and Groenevelt, *Operations Research* 34, 1986): the lowest is as high as can be, then the next
/// lowest, to the end. Where groups overlap, classes open or not, or limits cross, what follows the first level is the leximin in
/// the order of steps: no group can be placed further without another one falling back.
///
/// Goals are not asked about until the end, where the round with these minimums is run. What a question without an answer says
/// of others is kept: the minimums that its proof names cannot have more in sum. The highest step that is not refused so far is
/// asked about in turn with the middle one, so that most levels take two or three questions (Newton's method for ratios;
/// Dinkelbach, *Management Science* 13, 1967) and none more than twice the logarithm of the number of different rates.
///
/// Cost: these questions, and a round; `control` limits each of them.
///
/// # Errors
/// Those of [`Engine::run`] but the one that nothing is possible.
pub fn leximin(
    engine: &Engine,
    result: &Verified<'_>,
    dimension: Dimension,
    control: &Control<'_>,
) -> Result<Option<Leximin>, Error> {
    let market = result.docking().market();
    let groups = groups_of(market, dimension);
    let known = rates(result, &groups).into_iter().map(|rate| rate.placed).collect();
    let mut possible = Possible::of(engine, market, &groups, known, control)?;
    let Ok(levels) = levels(&groups, &mut possible) else { return Ok(None) };
    let level = |(group, placed): (usize, u64)| {
        let (group, people) = groups[group].clone();
        LeximinLevel { name: name_of(market, &group).unwrap_or_default(), group, people, placed }
    };
    let levels: Vec<LeximinLevel> = levels.into_iter().map(level).collect();
    let floors: Vec<(Facet, u64)> = levels.iter().map(|level| (level.group.clone(), level.placed)).collect();
    let fair = with_floors(market, &floors)?;
    let found = match engine.run_from(&fair, result, &mut Workspace::new(), control) {
        Err(Error::Undecided(_)) => return Ok(None),
        found => found?,
    };
    let (before, after) = (goals(result), goals(&found));
    let proven = !matches!(found.status(), Status::Feasible { gap: 1.., .. });
    Ok(Some(Leximin { levels, cost: cost(&before, &after), goals: after, proven }))
}

/// How far each of `groups` can be placed, in the order in which they stay.
fn levels(groups: &[(Facet, u64)], possible: &mut Possible<'_>) -> Result<Vec<(usize, u64)>, Unknown> {
    let mut floors = vec![0; groups.len()];
    let mut rising: Vec<usize> = (0..groups.len()).collect();
    let mut levels = Vec::new();
    while !rising.is_empty() {
        let raised = |rate: Rate| -> Vec<u64> {
            let mut floors = floors.clone();
            for &group in &rising {
                floors[group] = floors[group].max(rate.of(groups[group].1));
            }
            floors
        };
        let mut steps: Vec<Rate> = rising
            .iter()
            .flat_map(|&group| (floors[group]..=groups[group].1).map(move |placed| (group, placed)))
            .map(|(group, placed)| Rate { placed, people: groups[group].1 })
            .collect();
        steps.sort_by(|a, b| a.cmp(*b));
        steps.dedup_by(|a, b| a.cmp(*b) == Ordering::Equal);
        // All floors so far hold at the lowest.
        let (mut holds, mut fails) = (0, steps.len());
        for asked in 0.. {
            let is = |known: bool, rate: &Rate| possible.is_known(&raised(*rate)) == Some(known);
            holds += steps[holds..fails].partition_point(|rate| is(true, rate)).saturating_sub(1);
            fails = holds + 1 + steps[holds + 1..fails].partition_point(|rate| !is(false, rate));
            if holds + 1 == fails {
                break;
            }
            let next = if asked % 2 == 0 { fails - 1 } else { holds.midpoint(fails) };
            *(if possible.is_possible(&raised(steps[next]))? { &mut holds } else { &mut fails }) = next;
        }
        let level = steps[holds];
        floors = raised(level);
        // Whoever is exactly there takes one more step if it can.
        let mut there: Vec<usize> = rising.clone();
        there.retain(|&group| Rate { placed: floors[group], people: groups[group].1 }.cmp(level) == Ordering::Equal);
        there.sort_by_key(|&group| (groups[group].1, group));
        for group in there {
            let mut further = floors.clone();
            further[group] += 1;
            if further[group] <= groups[group].1 && possible.is_possible(&further)? {
                floors = further;
            } else {
                rising.retain(|other| *other != group);
                levels.push((group, floors[group]));
            }
        }
    }
    Ok(levels)
}
