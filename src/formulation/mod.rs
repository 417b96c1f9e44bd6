//! The only bridge from the domain to the mathematics: points become integer weights, goals become tiers, members and
//! posts become rows in lottery order, quotas, mentors and bonds become nodes of forests where they fit, and couplings.

mod bonds;
mod error;
mod fit;
mod held;
mod latent;
mod limits;
mod tiers;

use crate::control::{Control, Phase, Progress};
use crate::eligibility::{Acceptable, nearness};
use crate::graph::{BipartiteGraph, MAX_BONUS, MAX_WEIGHT, Problem, ProblemError, SeatRange, Span};
use crate::index::{PostId, UnitId};
use crate::market::{Market, Opening, PostIx, Reach as Scope, Side, SupplyIx, lottery_draw};
use crate::parallel;
use crate::scoring::Scores;
pub use error::FormulationError;
pub use fit::Standing;
use fit::fit;
pub use held::Held;
pub(crate) use latent::Around;
pub use limits::Origin;
use limits::Rows;
pub(crate) use limits::{Limit, Members};
pub use tiers::{Goal, Objective};
use tiers::{Reach, Tiers};

/// A problem and the way back from its rows to the market's.
#[derive(Clone, Debug)]
pub struct Formulation {
    problem: Problem,
    units: Vec<SupplyIx>,
    posts: Vec<PostIx>,
    unit_ids: Vec<UnitId>,
    post_ids: Vec<PostId>,
    tiers: Tiers,
    limits: Vec<(Origin, Standing)>,
    around: Option<Around>,
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

    /// Every limit of the market on groups of placements, in the order of its tables, and what it became.
    #[must_use]
    pub fn limits(&self) -> &[(Origin, Standing)] {
        &self.limits
    }

    /// The problem with the limits that more seats could make bind; none if there are none.
    pub(crate) const fn around(&self) -> Option<&Around> {
        self.around.as_ref()
    }

    /// The limits of [`limits`](Self::limits) on the rows of this problem of `market`, before they are fitted.
    pub(crate) fn rows_of_limits(&self, market: &Market) -> Vec<(Origin, Limit)> {
        let (graph, units, posts) = (self.problem.graph(), &self.units, &self.posts);
        // There would be no formulation if placements that stand broke any.
        Rows { market, graph, units, posts, unit_ids: &self.unit_ids, post_ids: &self.post_ids }
            .limits()
            .unwrap_or_default()
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
fn inverse<T: Copy>(order: &[u32], new: impl Fn(u32) -> T) -> Vec<T> {
    let mut places = vec![new(0); order.len()];
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
    let unit_draws = parallel::map(market.supply().len(), |k| lottery_draw(seed, Side::Supply, &market.supply()[k].id));
    let post_draws = parallel::map(market.posts().len(), |k| lottery_draw(seed, Side::Demand, &market.posts()[k].id));
    let (unit_order, post_order) = (lottery_order(&unit_draws), lottery_order(&post_draws));
    let unit_ids: Vec<UnitId> = inverse(&unit_order, UnitId::new);
    let post_ids: Vec<PostId> = inverse(&post_order, PostId::new);
    let units: Vec<SupplyIx> = unit_order.into_iter().map(SupplyIx::new).collect();
    let posts: Vec<PostIx> = post_order.into_iter().map(PostIx::new).collect();
    let headcounts: Vec<u32> = units.iter().map(|unit| market.open_headcount(*unit)).collect();
    let seats = posts.iter().map(|post| seats_of(market, *post)).collect::<Result<Vec<_>, _>>()?;
    let (graph, acceptable_pairs) = graph(acceptable, &units, &post_ids)?;

    let limits = Rows { market, graph: &graph, units: &units, posts: &posts, unit_ids: &unit_ids, post_ids: &post_ids };
    let (origins, mut limits): (Vec<Origin>, Vec<Limit>) = limits.limits()?.into_iter().unzip();
    for (_, limit) in origins.iter().zip(&mut limits).filter(|(origin, _)| matches!(origin, Origin::Bond { .. })) {
        limit.close_beyond(&graph, &seats);
    }
    let fitted = fit(limits, &graph, &headcounts, &seats);
    if !objective.goals.contains(&Goal::Score)
        && let Some(quota) = market.quotas().iter().find(|quota| quota.penalty.is_some())
    {
        return Err(FormulationError::Penalty { quota: quota.id.clone() });
    }
    let penalties = i128::from(objective.steps) * fitted.penalties().map(i128::from).sum::<i128>();
    let opens = seats.iter().any(|range| Span::from(*range).has_gap());
    let reach = if opens || fitted.needs_search() {
        let people = i128::from(market.people());
        Reach { moves: people, fines: penalties * people }
    } else {
        Reach { moves: posts.len() as i128 + 1, fines: penalties }
    };
    let (low, high) = steps.iter().fold((0, 0), |(low, high), step| (low.min(*step), high.max(*step)));
    let tiers = Tiers::of(&objective.goals, reach, low, high);
    check_range(&tiers, low, high, objective)?;

    let (inside, score) = (tiers.scale(Goal::InConsortium), tiers.scale(Goal::Score));
    let weights = parallel::map(units.len(), |row| {
        let party = market.party_of(market.home_of(units[row]));
        let pairs = graph.row(UnitId::new(row as u32));
        let weights = pairs.map(|pair| {
            let near = |post: PostId| nearness(market, party, posts[post.index()]) == Scope::Consortium;
            let bonus = if inside > 0 && near(graph.targets()[pair]) { inside } else { 0 };
            (score * i128::from(steps[acceptable_pairs[pair] as usize]) + bonus) as i32
        });
        weights.collect::<Vec<i32>>()
    });
    let problem = Problem::new(graph, weights.concat(), headcounts, seats)?;
    let problem = problem.with_placement_bonus(tiers.scale(Goal::Placed) as i64)?;
    let standings = fitted.standings.clone();
    let (problem, around) = fitted.limit(problem, score * i128::from(objective.steps))?;
    let limits = origins.into_iter().zip(standings).collect();
    Ok(Formulation { problem, units, posts, unit_ids, post_ids, tiers, limits, around })
}

/// The problem over `graph` with no limits but `limits`, whose penalties are in units of `weights`.
///
/// # Errors
/// Those of [`Problem`].
pub(crate) fn limited(
    graph: BipartiteGraph,
    weights: Vec<i32>,
    headcounts: Vec<u32>,
    limits: Vec<Limit>,
) -> Result<(Problem, Vec<Standing>), ProblemError> {
    let mut open = vec![0_u32; graph.posts()];
    for unit in UnitId::all(graph.units()) {
        for post in graph.neighbours(unit) {
            open[post.index()] = open[post.index()].saturating_add(headcounts[unit.index()]);
        }
    }
    let seats: Vec<SeatRange> = open.into_iter().map(SeatRange::up_to).collect();
    let fitted = fit(limits, &graph, &headcounts, &seats);
    let standings = fitted.standings.clone();
    let (problem, _) = fitted.limit(Problem::new(graph, weights, headcounts, seats)?, 1)?;
    Ok((problem, standings))
}

/// The seats of a post that are still open.
fn seats_of(market: &Market, post: PostIx) -> Result<SeatRange, FormulationError> {
    let open = market.open_seats(post);
    let range = SeatRange::between(open.min, open.max)?;
    Ok(if open.opening == Opening::OrClosed { range.or_closed() } else { range })
}

/// The graph of the acceptable pairs with rows in the order of `units`, and the number each of its pairs has among these.
fn graph(
    acceptable: &Acceptable,
    units: &[SupplyIx],
    post_ids: &[PostId],
) -> Result<(BipartiteGraph, Vec<u32>), FormulationError> {
    let pairs = acceptable.pairs();
    u32::try_from(pairs).map_err(|_| FormulationError::Pairs { pairs })?;
    let rows = parallel::map(units.len(), |row| {
        let pairs = acceptable.row(units[row]).zip(acceptable.posts_of(units[row]));
        let mut row: Vec<(PostId, u32)> = pairs.map(|(pair, post)| (post_ids[post.index()], pair as u32)).collect();
        row.sort_unstable();
        row
    });
    let mut offsets = Vec::with_capacity(rows.len() + 1);
    offsets.push(0);
    let (mut targets, mut numbers) = (Vec::with_capacity(pairs), Vec::with_capacity(pairs));
    for row in rows {
        targets.extend(row.iter().map(|(post, _)| *post));
        numbers.extend(row.iter().map(|(_, pair)| *pair));
        offsets.push(targets.len() as u32);
    }
    Ok((BipartiteGraph::from_rows(post_ids.len(), offsets, targets)?, numbers))
}

/// Refuses goals whose scales do not fit the problem's numbers.
fn check_range(tiers: &Tiers, low: i64, high: i64, objective: &Objective) -> Result<(), FormulationError> {
    let largest = tiers.scale(Goal::InConsortium) + tiers.scale(Goal::Score) * i128::from(high.max(-low));
    for (needed, limit) in [(largest, i64::from(MAX_WEIGHT)), (tiers.scale(Goal::Placed), MAX_BONUS)] {
        if needed > i128::from(limit) {
            // What is needed grows about in proportion to the steps; a tenth is left for what does not.
            let fits = i128::from(objective.steps) * i128::from(limit) * 9 / (needed * 10);
            return Err(FormulationError::Range { needed, limit, fits: fits as u32 });
        }
    }
    Ok(())
}

/// Points as whole steps.
fn integer_scores(scores: &Scores, objective: &Objective) -> Result<Vec<i64>, FormulationError> {
    let goals = &objective.goals;
    if goals.is_empty() || (1..goals.len()).any(|k| goals[..k].contains(&goals[k])) {
        return Err(FormulationError::Goals);
    }
    if !(1..=10_000).contains(&objective.steps) {
        return Err(FormulationError::Steps { steps: objective.steps });
    }
    Ok(scores.points().iter().map(|points| objective.steps_in(*points)).collect())
}
