//! How far the group placed least can be placed, then the next one, and so on.

use std::cmp::Ordering;

use serde::Serialize;

use super::floors::{as_text, cost, groups_of, rates, with_floors};
use crate::control::Control;
use crate::engine::Engine;
use crate::error::Error;
use crate::insight::{GoalValue, goals};
use crate::market::{Dimension, Facet};
use crate::solve::Workspace;
use crate::verified::{Status, Verified};

/// How far one group can be placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeximinLevel {
    /// What its people have in common, as quotas write it.
    #[serde(serialize_with = "as_text")]
    pub group: Facet,
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

struct Question<'a> {
    engine: &'a Engine,
    result: &'a Verified<'a>,
    groups: &'a [(Facet, u64)],
    control: &'a Control<'a>,
}

/// Whether so many of each group can be placed.
enum Allowed {
    /// They can; how many of each group some round with them places.
    Yes(Vec<u64>),
    No,
    Unknown,
}

impl Question<'_> {
    fn asked(&self, floors: &[(Facet, u64)]) -> Result<Allowed, Error> {
        let market = with_floors(self.result.docking().market(), floors)?;
        match self.engine.attempt(&market, Some(self.result), &mut Workspace::new(), self.control) {
            Ok(Ok(found)) => Ok(Allowed::Yes(self.placed(&found))),
            Ok(Err(_)) => Ok(Allowed::No),
            Err(Error::Undecided(_)) => Ok(Allowed::Unknown),
            Err(error) => Err(error),
        }
    }

    fn placed(&self, found: &Verified<'_>) -> Vec<u64> {
        rates(found, self.groups).into_iter().map(|rate| rate.placed).collect()
    }
}

/// The fairest placement of the groups of `dimension` (a property of people), beside `result`, the round without. None if some question was not answered within the limits.
///
/// Goals in tiers are sums over pairs, so that the least of several rates cannot be one of them. It is found exactly by a sequence of
/// questions with rising minimums instead. Every person placed of a group is a step; steps are taken in the order of the rate they
/// start from, the lowest first, among equal ones that of the smaller group (it leads further), then by group. A step is kept if some
/// placement keeps all limits and all steps so far; a group whose step is refused stays where it is. As a refusal is for good, many
/// steps are asked about at once, by halving.
///
/// The first group to stay is the answer to *max-min*: no placement has every group at a higher rate. Where groups do not overlap
/// and limits are on seats and posts alone, the numbers that groups can have are those of a polymatroid, where these steps lead to
/// the *leximin* rates (Federgruen and Groenevelt, *Operations Research* 34, 1986): the lowest is as high as can be, then the next
/// lowest, to the end. Where groups overlap, classes open or not, or limits cross, what follows the first level is the leximin in
/// the order of steps: no group can be placed further without another one falling back.
///
/// Cost: for each level, the logarithm of the number of different rates questions, and one for each group at it, each of them a round; `control`
/// limits each of these.
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
    let question = Question { engine, result, groups: &groups, control };
    // How many of each group some round within all floors so far places.
    let mut known = question.placed(result);
    let mut floors: Vec<(Facet, u64)> = groups.iter().map(|(group, _)| (group.clone(), 0)).collect();
    let mut rising: Vec<usize> = (0..groups.len()).collect();
    let mut levels = Vec::new();
    while !rising.is_empty() {
        let raised = |rate: Rate| -> Vec<(Facet, u64)> {
            let mut floors = floors.clone();
            for &group in &rising {
                floors[group].1 = floors[group].1.max(rate.of(groups[group].1));
            }
            floors
        };
        let mut steps: Vec<Rate> = rising
            .iter()
            .flat_map(|&group| (floors[group].1..=groups[group].1).map(move |placed| (group, placed)))
            .map(|(group, placed)| Rate { placed, people: groups[group].1 })
            .collect();
        steps.sort_by(|a, b| a.cmp(*b));
        steps.dedup_by(|a, b| a.cmp(*b) == Ordering::Equal);
        // The highest at which a round is known to hold, beyond the lowest, at which all floors so far do.
        let reached = |known: &[u64]| {
            let within = |rate: &Rate| rising.iter().all(|&group| rate.of(groups[group].1) <= known[group]);
            steps.partition_point(within).saturating_sub(1)
        };
        let (mut holds, mut fails) = (reached(&known), steps.len());
        while holds + 1 < fails {
            let next = holds.midpoint(fails);
            match question.asked(&raised(steps[next]))? {
                Allowed::Yes(placed) => {
                    holds = reached(&placed).max(next);
                    known = placed;
                }
                Allowed::No => fails = next,
                Allowed::Unknown => return Ok(None),
            }
        }
        let level = steps[holds];
        floors = raised(level);
        // Whoever is exactly there takes one more step if it can.
        let mut there: Vec<usize> = rising.clone();
        there.retain(|&group| Rate { placed: floors[group].1, people: groups[group].1 }.cmp(level) == Ordering::Equal);
        there.sort_by_key(|&group| (groups[group].1, group));
        for group in there {
            let mut further = floors.clone();
            further[group].1 += 1;
            let full = floors[group].1 == groups[group].1;
            let is_known = known.iter().zip(&further).all(|(placed, (_, floor))| placed >= floor);
            let allowed = match (full, is_known) {
                (true, _) => Allowed::No,
                (false, true) => Allowed::Yes(known.clone()),
                (false, false) => question.asked(&further)?,
            };
            match allowed {
                Allowed::Yes(placed) => (floors, known) = (further, placed),
                Allowed::No => {
                    rising.retain(|other| *other != group);
                    let (facet, placed) = floors[group].clone();
                    levels.push(LeximinLevel { group: facet, people: groups[group].1, placed });
                }
                Allowed::Unknown => return Ok(None),
            }
        }
    }
    let fair = with_floors(market, &floors)?;
    let found = match engine.run_from(&fair, result, &mut Workspace::new(), control) {
        Err(Error::Undecided(_)) => return Ok(None),
        found => found?,
    };
    let (before, after) = (goals(result), goals(&found));
    let proven = !matches!(found.status(), Status::Feasible { gap: 1.., .. });
    Ok(Some(Leximin { levels, cost: cost(&before, &after), goals: after, proven }))
}
