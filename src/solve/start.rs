//! Where a solve begins that need not begin from nothing.

use super::place::{Member, Places};
use super::rough::Rough;
use super::rows::Rows;
use super::shortlist::Shortlists;
use super::{Meter, Steps};
use crate::control::Stop;
use crate::graph::{Matching, Placement, Prices, Problem, SeatRange, Solution};
use crate::index::{PostId, UnitId};
use crate::parallel;

/// Units a task looks at, and tasks between two looks at the clock.
const TASK: usize = 1 << 10;
const TASKS: usize = 1 << 5;

/// Increments below the range of weights that prices of an earlier solve are taken to be wrong by.
const NEARLY: i64 = 10_000;

/// Where more than one unit in so many is left waiting, all bid once more: searching for each would take longer.
const MANY: usize = 500;

/// Members of a unit who were placed at a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seated {
    /// The unit.
    pub unit: UnitId,
    /// The post.
    pub post: PostId,
    /// How many members.
    pub count: u32,
}

/// What an earlier solve found, in the numbers of the problem at hand: prices of posts and quotas, and who was placed where.
///
/// It is a hint and nothing more: whatever it says, the outcome is an optimum with its proof. A good one, after a
/// small change of units, weights, seats or pairs, saves most of the work.
///
/// ```
/// use talent_match::control::Control;
/// use talent_match::graph::{BipartiteGraph, Problem, SeatRange};
/// use talent_match::index::PostId;
/// use talent_match::solve::{Outcome, Start, Workspace, solve, solve_from};
///
/// let graph = BipartiteGraph::from_rows(2, vec![0, 2, 3], [0, 1, 0].map(PostId::new).to_vec())?;
/// let problem = |seats| Problem::new(graph.clone(), vec![5, 3, 4], vec![1, 1], vec![SeatRange::up_to(seats); 2]);
/// let before = problem(1)?;
/// let Outcome::Optimal(solution) = solve(&before, &Control::new())? else { unreachable!("no limit was set") };
///
/// // Every post gains a seat.
/// let (after, start) = (problem(2)?, Start::of(&before, &solution));
/// let outcome = solve_from(&after, &start, &mut Workspace::new(), &Control::new())?;
/// assert_eq!(after.value(&outcome.solution().unwrap().matching), 9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    prices: Vec<i64>,
    seated: Vec<Seated>,
    /// Prices of demand and supply quotas; none from a problem without.
    quotas: [Vec<i64>; 2],
}

impl Start {
    /// A start from prices by post and placements in any order. Posts without a price are taken to cost 0; placements that the
    /// problem does not allow, or that earn less than something else at these prices, are not taken over.
    #[must_use]
    pub fn new(prices: Vec<i64>, seated: Vec<Seated>) -> Self {
        Self { prices, seated, quotas: [Vec::new(), Vec::new()] }
    }

    /// The start that `solution` of `problem` gives for a problem whose units, posts and quotas have the same numbers.
    #[must_use]
    pub fn of(problem: &Problem, solution: &Solution) -> Self {
        let graph = problem.graph();
        let placements = solution.matching.placements().iter();
        let known = placements.filter(|placement| placement.pair.index() < graph.pairs());
        let seated = known.map(|placement| Seated {
            unit: graph.unit_of(placement.pair),
            post: graph.post_of(placement.pair),
            count: placement.count,
        });
        let quotas = [solution.prices.demand().to_vec(), solution.prices.supply().to_vec()];
        Self { prices: solution.prices.posts().to_vec(), seated: seated.collect(), quotas }
    }

    /// The same with prices of demand and supply quotas.
    #[must_use]
    pub fn with_quota_prices(mut self, quotas: [Vec<i64>; 2]) -> Self {
        self.quotas = quotas;
        self
    }

    /// The solution it says there is under the quotas of `problem`; none if it knows no prices of these, or only that they
    /// cost nothing: those of posts are then of more use without quotas.
    pub(super) fn with_quotas(&self, problem: &Problem) -> Option<Solution> {
        let forests = [problem.demand_quotas(), problem.supply_quotas()];
        let fits = forests.iter().zip(&self.quotas).all(|(forest, prices)| forest.len() == prices.len());
        if !fits || self.quotas.iter().flatten().all(|&price| price == 0) {
            return None;
        }
        let graph = problem.graph();
        let known = self.seated.iter().filter(|seated| seated.unit.index() < graph.units());
        let placements = known
            .filter_map(|seated| Some(Placement { pair: graph.find(seated.unit, seated.post)?, count: seated.count }));
        let matching = Matching::new(placements.collect());
        let [demand, supply] = self.quotas.clone();
        let prices = Prices::new(self.prices.clone()).with_quotas(demand, supply);
        Some(Solution { matching, prices })
    }

    /// Prices by post.
    #[must_use]
    pub fn prices(&self) -> &[i64] {
        &self.prices
    }

    /// Who was placed where.
    #[must_use]
    pub fn seated(&self) -> &[Seated] {
        &self.seated
    }
}

impl Steps {
    /// Places whom the start places, where that earns them most, and repairs the rest.
    pub(super) fn run_from(
        &mut self,
        start: &Start,
        seats: &[SeatRange],
        rows: Rows<'_>,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        self.places.reset(seats, rows.headcounts);
        if seats.is_empty() {
            return Ok(());
        }
        let rough = Rough::of(rows);
        let ceiling = rough.wide(rough.ceiling());
        for (post, price) in self.places.prices_mut().iter_mut().enumerate() {
            let known =
                start.prices.get(post).map_or(0, |price| (*price).clamp(0, ceiling >> rows.scale) << rows.scale);
            // A post without seats stays out of everybody's reach.
            *price = if seats[post].max() == 0 { ceiling } else { known };
        }
        self.lists.blank(rough, meter)?;
        take_over(&start.seated, rows, &self.lists, &mut self.places, &mut self.rents, meter)?;
        let waiting = (0..rows.units()).filter(|&unit| self.places.free(unit) > 0 && self.rents[unit] > rows.outside);
        let few = waiting.count() <= rows.units() / MANY;
        meter.offer(rows.scale, |post| self.places.prices()[post])?;
        if few {
            return self.repair(rows, rough.wide(rough.range.1 - rough.range.0) / NEARLY, meter);
        }
        let mut prices = std::mem::take(&mut self.known);
        prices.clear();
        prices.extend_from_slice(self.places.prices());
        self.places.reset(seats, rows.headcounts);
        let ended = self.run_known(Some(&prices), seats, rows, meter);
        self.known = prices;
        ended
    }
}

/// Places at their best posts whom the start placed there, then everybody else whose best post has a free seat.
fn take_over(
    seated: &[Seated],
    rows: Rows<'_>,
    lists: &Shortlists,
    places: &mut Places,
    rents: &mut Vec<i64>,
    meter: &mut Meter<'_>,
) -> Result<(), Stop> {
    rents.clear();
    rents.resize(rows.units(), 0);
    for (chunk, rents) in rents.chunks_mut(TASK * TASKS).enumerate() {
        let first = chunk * TASK * TASKS;
        let prices = places.prices();
        parallel::for_each_chunk(rents, TASK, |task, rents| {
            for (unit, rent) in (first + task * TASK..).zip(rents) {
                *rent = rows.best(unit, prices);
            }
        });
        meter.spend((rows.offsets[first + rents.len()] - rows.offsets[first]) as usize)?;
    }
    for (at, &Seated { unit, post, count }) in seated.iter().enumerate() {
        if at % TASK == 0 {
            meter.look()?;
        }
        let (unit, post) = (unit.index(), post.index());
        if unit < rows.units()
            && let Some(pair) = rows.pair(unit, post)
            && rows.value(rows.weights[pair]) - places.prices()[post] == rents[unit]
        {
            let count = count.min(places.free(unit)).min(places.vacant(post));
            if count > 0 {
                places.put(post, Member { unit: unit as u32, weight: rows.weights[pair], count });
            }
        }
    }
    for (unit, &rent) in rents.iter().enumerate() {
        if places.free(unit) > 0 && rent > rows.outside {
            places.place_content(rows, lists, unit);
        }
        if unit % TASK == 0 {
            meter.look()?;
        }
    }
    Ok(())
}
