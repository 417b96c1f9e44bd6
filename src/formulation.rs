//! The only bridge from the domain to the mathematics: points become integer weights, goals become tiers, members and
//! posts become rows in lottery order.
//!
//! # Tiers
//! Goals are compared in order. Read from the last to the first, each is scaled so that one unit of it outweighs
//! anything the later ones can do together. That is safe for this reason: two b-matchings differ by exchanges along
//! simple paths and cycles, each visiting a post at most once; so along one of them the later goals change by at most
//! `(posts + 1) * span`, where `span` is the difference between the largest and smallest value a pair (or no pair, 0)
//! can have in them. A placement that is not best for the earlier goal has an exchange that improves it by 1 or more,
//! so with a scale above `(posts + 1) * span` it is not best for the sum either. The scale is `2 * (posts + 1) * span + 1`,
//! so that a price, which is the value of such a path, can also be read back: the later goals make up less than half of
//! one unit of the earlier one. If the scaled numbers do not fit the problem's range, that is an error here, before
//! anything is solved.

use serde::{Deserialize, Serialize};

use crate::control::{Control, Phase, Progress};
use crate::eligibility::{Acceptable, nearness};
use crate::graph::{BipartiteGraph, MAX_BONUS, MAX_WEIGHT, Problem, ProblemError, SeatRange};
use crate::index::{PostId, UnitId};
use crate::language::vocabulary;
use crate::market::{Market, PostIx, Reach, Side, SupplyIx, lottery_draw};
use crate::parallel;
use crate::scoring::Scores;

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

/// Why a market and an objective do not make a problem.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FormulationError {
    /// No goal, or one of them twice.
    #[error("F001: the goals must be one or more, each at most once; correct `goals`")]
    Goals,
    /// Too coarse or too fine.
    #[error("F002: {steps} steps a point are not within 1 and 10000; correct `steps`")]
    Steps {
        /// What was asked for.
        steps: u32,
    },
    /// The tiers do not fit the integers of a problem.
    #[error(
        "F003: the goals need weights up to {needed}, beyond {limit}; about {fits} steps a point would fit, or fewer goals"
    )]
    Range {
        /// The largest number needed.
        needed: i128,
        /// The largest there is.
        limit: i64,
        /// Steps a point that would about fit; 0 where only fewer goals will do.
        fits: u32,
    },
    /// More pairs than a problem can number.
    #[error("F004: {pairs} acceptable pairs are more than 4294967295; split the market")]
    Pairs {
        /// Acceptable pairs.
        pairs: usize,
    },
    /// The problem refused its numbers.
    #[error(transparent)]
    Problem(#[from] ProblemError),
}

impl FormulationError {
    /// The message in Chinese, with the same codes and numbers.
    pub(crate) fn chinese(&self) -> String {
        match self {
            Self::Goals => "F001：目标应至少一个且不得重复；请更正 goals".to_owned(),
            Self::Steps { steps } => format!("F002：每分 {steps} 级不在 1 至 10000 之间；请更正 steps"),
            Self::Range { needed, limit, fits } => {
                format!("F003：这些目标所需的权重达 {needed}，超过 {limit}；每分约 {fits} 级可行，或减少目标")
            }
            Self::Pairs { pairs } => format!("F004：合格对数 {pairs} 超过 4294967295；请拆分市场"),
            Self::Problem(error) => error.to_string(),
        }
    }
}

/// How a goal entered the weights: `weight = sum over pair goals of scale * value`, and the bonus of being placed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tiers {
    /// Scale of each goal, in the order of the objective.
    scales: Vec<(Goal, i128)>,
}

impl Tiers {
    /// The scales for pairs whose scores lie in `[low, high]`.
    fn of(goals: &[Goal], posts: usize, low: i64, high: i64) -> Self {
        let mut scales = Vec::with_capacity(goals.len());
        // Largest and smallest value of a pair, or of no pair, in the goals below.
        let (mut least, mut most) = (0_i128, 0_i128);
        for goal in goals.iter().rev() {
            let scale = 2 * (posts as i128 + 1) * (most - least) + 1;
            let (low, high) = match goal {
                Goal::Placed | Goal::InConsortium => (0, 1),
                Goal::Score => (i128::from(low.min(0)), i128::from(high.max(0))),
            };
            least += scale * low;
            most += scale * high;
            scales.push((*goal, scale));
        }
        scales.reverse();
        Self { scales }
    }

    fn scale(&self, goal: Goal) -> i128 {
        self.scales.iter().find(|(own, _)| *own == goal).map_or(0, |(_, scale)| *scale)
    }
}

/// A problem and the way back from its rows to the market's.
#[derive(Clone, Debug)]
pub struct Formulation {
    problem: Problem,
    units: Vec<SupplyIx>,
    posts: Vec<PostIx>,
    unit_ids: Vec<UnitId>,
    post_ids: Vec<PostId>,
    tiers: Tiers,
}

impl Formulation {
    /// The problem, its units and posts in lottery order.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The supply unit that became `unit`.
    #[must_use]
    pub fn supply(&self, unit: UnitId) -> SupplyIx {
        self.units[unit.index()]
    }

    /// The post that became `post`.
    #[must_use]
    pub fn post(&self, post: PostId) -> PostIx {
        self.posts[post.index()]
    }

    /// What `unit` became.
    #[must_use]
    pub fn unit_id(&self, unit: SupplyIx) -> UnitId {
        self.unit_ids[unit.index()]
    }

    /// What `post` became.
    #[must_use]
    pub fn post_id(&self, post: PostIx) -> PostId {
        self.post_ids[post.index()]
    }

    /// How many units of the problem's value one unit of `goal` is worth; 0 for a goal the objective lacks. For
    /// [`Goal::Score`] the unit is one step of a point.
    #[must_use]
    pub fn scale(&self, goal: Goal) -> i128 {
        self.tiers.scale(goal)
    }
}

/// Rows in lottery order: draws ascending, equal draws by id (the market's own order).
fn lottery_order(draws: &[u64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..draws.len() as u32).collect();
    order.sort_by_key(|row| (draws[*row as usize], *row));
    order
}

/// The row each row went to.
fn inverse<T: Copy + Default>(order: &[u32], new: impl Fn(u32) -> T) -> Vec<T> {
    let mut places = vec![T::default(); order.len()];
    for (place, row) in order.iter().enumerate() {
        places[*row as usize] = new(place as u32);
    }
    places
}

/// Makes the problem of placing the supply of `market` on its posts.
///
/// `seed` is the lottery's. Cost: a sort of the rows and one pass over the pairs, in parallel.
///
/// # Errors
/// See [`FormulationError`]; all of them are decided before anything is solved.
pub fn formulate(
    market: &Market,
    acceptable: &Acceptable,
    scores: &Scores,
    objective: &Objective,
    seed: u64,
    control: &Control<'_>,
) -> Result<Formulation, FormulationError> {
    let total = acceptable.pairs() as u64;
    control.report(Progress::new(Phase::Formulate, 0, total));
    let made = parallel::with_threads(control.threads, || formulate_here(market, acceptable, scores, objective, seed));
    control.report(Progress::new(Phase::Formulate, total, total));
    made
}

fn formulate_here(
    market: &Market,
    acceptable: &Acceptable,
    scores: &Scores,
    objective: &Objective,
    seed: u64,
) -> Result<Formulation, FormulationError> {
    let steps = integer_scores(scores, objective)?;
    let (low, high) = steps.iter().fold((0, 0), |(low, high), step| (low.min(*step), high.max(*step)));
    let tiers = Tiers::of(&objective.goals, market.posts().len(), low, high);
    let bonus = tiers.scale(Goal::Placed);
    let largest = tiers.scale(Goal::InConsortium) + tiers.scale(Goal::Score) * i128::from(high.max(-low));
    for (needed, limit) in [(largest, i64::from(MAX_WEIGHT)), (bonus, MAX_BONUS)] {
        if needed > i128::from(limit) {
            // What is needed grows about in proportion to the steps; a tenth is left for what does not.
            let fits = i128::from(objective.steps) * i128::from(limit) * 9 / (needed * 10);
            return Err(FormulationError::Range { needed, limit, fits: fits as u32 });
        }
    }
    let pairs = acceptable.pairs();
    u32::try_from(pairs).map_err(|_| FormulationError::Pairs { pairs })?;

    let unit_draws = parallel::map(market.supply().len(), |k| lottery_draw(seed, Side::Supply, &market.supply()[k].id));
    let post_draws = parallel::map(market.posts().len(), |k| lottery_draw(seed, Side::Demand, &market.posts()[k].id));
    let (unit_order, post_order) = (lottery_order(&unit_draws), lottery_order(&post_draws));
    let post_ids = inverse(&post_order, |place| Some(PostId::new(place)));
    let post_ids: Vec<PostId> = post_ids.into_iter().flatten().collect();

    let rows = parallel::map(unit_order.len(), |place| {
        let unit = SupplyIx::new(unit_order[place]);
        let party = market.party_of(market.home_of(unit));
        let mut row: Vec<(PostId, i32)> = acceptable
            .row(unit)
            .zip(acceptable.posts_of(unit))
            .map(|(pair, post)| {
                let inside = tiers.scale(Goal::InConsortium) > 0 && nearness(market, party, *post) == Reach::Consortium;
                let weight = tiers.scale(Goal::Score) * i128::from(steps[pair])
                    + if inside { tiers.scale(Goal::InConsortium) } else { 0 };
                (post_ids[post.index()], weight as i32)
            })
            .collect();
        row.sort_unstable();
        row
    });
    let mut offsets = Vec::with_capacity(rows.len() + 1);
    offsets.push(0);
    let (mut targets, mut weights) = (Vec::with_capacity(pairs), Vec::with_capacity(pairs));
    for row in rows {
        targets.extend(row.iter().map(|(post, _)| *post));
        weights.extend(row.iter().map(|(_, weight)| *weight));
        offsets.push(targets.len() as u32);
    }
    let graph = BipartiteGraph::from_rows(post_order.len(), offsets, targets)?;
    let headcounts = unit_order.iter().map(|row| market.supply()[*row as usize].headcount).collect();
    let seats = post_order.iter().map(|row| SeatRange::up_to(market.posts()[*row as usize].seats_max)).collect();
    let problem = Problem::new(graph, weights, headcounts, seats)?.with_placement_bonus(bonus as i64)?;
    let unit_ids = inverse(&unit_order, |place| Some(UnitId::new(place))).into_iter().flatten().collect();
    Ok(Formulation {
        problem,
        units: unit_order.into_iter().map(SupplyIx::new).collect(),
        posts: post_order.into_iter().map(PostIx::new).collect(),
        unit_ids,
        post_ids,
        tiers,
    })
}

/// Points as whole steps, rounded half away from zero.
fn integer_scores(scores: &Scores, objective: &Objective) -> Result<Vec<i64>, FormulationError> {
    let goals = &objective.goals;
    if goals.is_empty() || (1..goals.len()).any(|k| goals[..k].contains(&goals[k])) {
        return Err(FormulationError::Goals);
    }
    if !(1..=10_000).contains(&objective.steps) {
        return Err(FormulationError::Steps { steps: objective.steps });
    }
    // Points are sums of a few products of at most 1000 each less penalties of 32 bits, so the steps fit easily.
    let step = |points: &f64| (points * f64::from(objective.steps)).round() as i64;
    Ok(scores.points().iter().map(step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tier_outweighs_everything_below_it() {
        let tiers = Tiers::of(&[Goal::Placed, Goal::InConsortium, Goal::Score], 3, -5, 100);
        assert_eq!(tiers.scale(Goal::Score), 1);
        assert_eq!(tiers.scale(Goal::InConsortium), 8 * 105 + 1);
        assert_eq!(tiers.scale(Goal::Placed), 8 * (841 + 105) + 1);
        let tiers = Tiers::of(&[Goal::Score, Goal::Placed], 3, 0, 100);
        assert_eq!((tiers.scale(Goal::Placed), tiers.scale(Goal::Score)), (1, 9));
        assert_eq!(tiers.scale(Goal::InConsortium), 0);
    }
}
