//! The best matching there is, with the prices that prove it.
//!
//! # The problem
//! Place members of supply units `i` (headcount `b_i`) at posts `p` (at most `u_p` seats) over acceptable pairs `e` of
//! value `v_e` (weight plus placement bonus), so that the total value is largest:
//!
//! ```text
//! maximise   sum over e of v_e x_e
//! such that  sum over pairs of i of x_e <= b_i,   sum over pairs of p of x_e <= u_p,   x_e >= 0 and integer
//! ```
//!
//! Posts may ask for a minimum too, and nested quotas on both sides limit the load of groups of posts and of units to a range
//! `[l, u]`, strictly or at a penalty for each person beyond it. Without these
//! this is maximum-weight b-matching on a bipartite graph, or the transportation problem with free disposal. Its
//! linear relaxation has integral optima. The dual puts a price `y_p >= 0` on a seat of each post:
//!
//! ```text
//! minimise   D(y) = sum over i of b_i r_i + sum over p of u_p y_p      with   r_i = max(0, max over e of (v_e - y_p))
//! ```
//!
//! A matching is best exactly if there are prices under which (1) every placed member earns its unit's rent `r_i`, (2) a
//! unit with unplaced members has rent 0, (3) a post with a free seat has price 0. Those prices are the certificate
//! that [`verify`](crate::certificate::verify) checks.
//!
//! # The algorithm
//! One structure throughout: prices on posts, rents implicit.
//!
//! 0. *Merge* (`merge`): units with equal rows become one unit with several members. Nothing is lost by it.
//! 1. *Price* (`auction`, by a `schedule`): units bid for seats with a minimum increment that shrinks phase by phase
//!    (Bertsekas and Castañón 1989), a sample of them first. Posts left with a free seat at a price then ask units for offers
//!    (`reverse`; Bertsekas and Castañón 1992), and whoever is content at the next, smaller increment keeps their seat. Later phases read,
//!    instead of a unit's row, a `shortlist` of its best pairs in one cache line. All this in 32 bits (`rough`); it ends with
//!    prices that are nearly right and carries no proof.
//! 2. *Place* (`place`): every member that can is placed where it earns its rent, exactly, at those prices.
//! 3. *Repair*: a unit that breaks (2) looks for the cheapest chain of moves to a free seat, or to somebody who gives up
//!    a seat (`forward`), which raises prices; then a post that breaks (3) looks for the cheapest chain that fills its
//!    free seat or brings its price to 0 (`backward`), which lowers them. These are successive shortest paths over
//!    posts alone, in integers (Kennington and Wang 1992 for unit headcounts).
//!
//! Weights of a narrow range are multiplied first, so that increments fit between them (`rows`). A large bonus is solved by
//! way of a smaller one (`lift`), since auctions climb slowly. Quotas and minimums are left out at first. If what is found then breaks any, a
//! method of their own goes on (`nested`); where no placement meets every minimum, it says why.
//!
//! Exactness rests on step 3 alone: it is finite and ends at an optimum from any prices. Every search keeps (1). A
//! shortlist carries a bound on what it leaves out, and a search that comes near the bound reads the row.
//!
//! Cost, with `m` pairs, `n` people and `d` posts: the auction makes a bounded number of bids a unit and phase, each
//! one row or one shortlist long. A search is at most `O(m + d log d)`, mostly a handful of posts, and there are at most `n` forward
//! searches and as many backward ones as free seats at a price. Memory beside the problem: about 120 bytes a unit and as
//! many a post, and 12 bytes for each pair that posts might ask for, which is mostly a few in a hundred.
//!
//! What costs most is not arithmetic but waiting for memory: a row of 30 pairs takes 40 ns to read in order and 300 ns out of
//! order. Hence rows in order while many bid, one cache line a unit afterwards, and several of them asked for at once. Only the
//! drawing up of shortlists gains from wider instructions (`wide`).
//!
//! # Being stopped
//! A run that may be stopped keeps the best placement and bound so far (`incumbent`): from a first pass, then from prices at
//! the end of phases. A stop answers with these. The clock is looked at every few milliseconds wherever the run is. Problems of
//! up to a million pairs are given one more pass after the stop. Other runs pay for nothing of it.
//!
//! # One answer
//! Units bid in blocks whose cut depends on the problem alone, ties go to the lower number, so that the result is the
//! same for any number of threads. Another version, or a warm start, may find another optimum of equal value:
//! [`canonical`] leads from any of them to the one that the problem alone decides, [`nearest`] to one that leaves as many people
//! as possible where they were.
//!
//! ```
//! use talent_match::control::Control;
//! use talent_match::graph::{BipartiteGraph, Problem, SeatRange};
//! use talent_match::index::PostId;
//! use talent_match::solve::{Outcome, solve};
//!
//! // Unit 0 prefers post 0, but unit 1 can go nowhere else.
//! let graph = BipartiteGraph::from_rows(2, vec![0, 2, 3], [0, 1, 0].map(PostId::new).to_vec())?;
//! let problem = Problem::new(graph, vec![5, 3, 4], vec![1, 1], vec![SeatRange::up_to(1); 2])?;
//! let Outcome::Optimal(solution) = solve(&problem, &Control::new())? else { unreachable!("no limit was set") };
//! assert_eq!(problem.value(&solution.matching), 7);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod auction;
mod backward;
mod bids;
mod bounds;
mod branch;
mod canonical;
mod counter;
mod desk;
mod exchange;
mod face;
mod forward;
mod groups;
mod incumbent;
mod lift;
mod lowest;
mod merge;
mod meter;
mod nearby;
mod nearest;
mod nested;
mod outcome;
mod place;
mod ranges;
mod reverse;
mod rough;
mod rows;
mod schedule;
mod scope;
mod search;
mod shortlist;
mod start;
mod stuck;
mod surplus;
mod wide;
mod workspace;

pub use branch::{Searched, search, settle, settle_near};
pub use canonical::canonical;
pub use lowest::lowest_prices;
pub use nearest::nearest;
pub use outcome::Outcome;
pub use scope::{SolveError, Unsupported};
pub use start::{Seated, Start};
pub use workspace::Workspace;

use crate::control::{Control, Stop};
use crate::graph::{Matching, Prices, Problem, SeatRange, Solution, Witness};
use crate::parallel;
use auction::Auction;
use desk::Heads;
use merge::Merged;
use meter::Meter;
use place::Places;
use rough::Rough;
use rows::Rows;
use shortlist::Shortlists;
use workspace::Steps;

/// The matching of `problem` that is worth most.
///
/// # Errors
/// A problem that asks for what is not solved yet: see [`Unsupported`].
pub fn solve(problem: &Problem, control: &Control<'_>) -> Result<Outcome, SolveError> {
    solve_with(problem, &mut Workspace::new(), control)
}

/// [`solve`] with memory kept from call to call. The answer never depends on what the workspace was used for before.
///
/// # Errors
/// As [`solve`].
pub fn solve_with(problem: &Problem, workspace: &mut Workspace, control: &Control<'_>) -> Result<Outcome, SolveError> {
    run(problem, None, workspace, control)
}

/// [`solve_with`], beginning from what an earlier solve found.
///
/// Where the optimum is not unique, the one found may depend on `start`. Rows that are equal are not merged. Prices of
/// quotas are of use to a problem that has as many of them.
///
/// # Errors
/// As [`solve`].
pub fn solve_from(
    problem: &Problem,
    start: &Start,
    workspace: &mut Workspace,
    control: &Control<'_>,
) -> Result<Outcome, SolveError> {
    run(problem, Some(start), workspace, control)
}

fn run(
    problem: &Problem,
    start: Option<&Start>,
    workspace: &mut Workspace,
    control: &Control<'_>,
) -> Result<Outcome, SolveError> {
    scope::check(problem)?;
    Ok(parallel::with_threads(control.threads, || {
        let Workspace { merged, steps, incumbent } = workspace;
        let mut meter = Meter::keeping(control, problem, incumbent);
        match solved(problem, start, merged, steps, &mut meter) {
            Ok(Ok(solution)) => {
                meter.close_best(solution.matching.placed());
                Outcome::Optimal(solution)
            }
            Ok(Err(witness)) => {
                meter.close();
                Outcome::Infeasible(witness)
            }
            Err(stop) => {
                meter.close();
                incumbent.answer(stop)
            }
        }
    }))
}

/// The best matching with its prices, or why there is none.
fn solved(
    problem: &Problem,
    start: Option<&Start>,
    merged: &mut Merged,
    steps: &mut Steps,
    meter: &mut Meter<'_>,
) -> Result<Result<Solution, Witness>, Stop> {
    if let Some(start) = start
        && let Some(known) = start.with_quotas(problem)
    {
        return nested::solve_again(problem, &[], &known, meter);
    }
    steps.places.reset(problem.seats(), problem.headcounts());
    let plain = steps.run_merged(start, problem, merged, meter).or_else(|stop| {
        if meter.grant() {
            meter.offer(0, |post| steps.places.prices()[post])?;
        }
        Err(stop)
    })?;
    if nested::has_quotas(problem) { nested::solve(problem, plain, meter) } else { Ok(Ok(plain)) }
}

impl Steps {
    /// Merges what is worth it, and solves; on `Err` the prices are those the run came to.
    fn run_merged(
        &mut self,
        start: Option<&Start>,
        problem: &Problem,
        merged: &mut Merged,
        meter: &mut Meter<'_>,
    ) -> Result<Solution, Stop> {
        meter.begin()?;
        let rows = Rows::measured(problem, meter)?;
        let placements = if start.is_none() && merged.build(rows, meter)? {
            let mut placements = std::mem::take(&mut merged.placements);
            placements.clear();
            let few = merged.rows(rows);
            self.run_scaled(None, problem.seats(), few, meter)?;
            meter.grant();
            self.places.placements(few, &mut placements, meter)?;
            merged.placements = placements;
            merged.hand_out(rows, meter)?
        } else {
            self.run_scaled(start, problem.seats(), rows, meter)?;
            let mut placements = Vec::new();
            meter.grant();
            self.places.placements(rows, &mut placements, meter)?;
            placements
        };
        let prices = Prices::new(self.places.prices().to_vec());
        Ok(Solution { matching: Matching::new(placements), prices })
    }

    /// Solves in units that leave room for increments, from `start` or from nothing; prices end up in the rows' unit.
    fn run_scaled(
        &mut self,
        start: Option<&Start>,
        seats: &[SeatRange],
        rows: Rows<'_>,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let scale = rows.room();
        let fine = rows.scaled(scale);
        let ended = match start {
            Some(start) => self.run_from(start, seats, fine, meter),
            None => self.run_lifted(seats, fine, meter),
        };
        rows::unscaled(self.places.prices_mut(), scale);
        ended
    }

    /// [`run`](Self::run), by way of a smaller bonus where that will do.
    fn run_lifted(&mut self, seats: &[SeatRange], rows: Rows<'_>, meter: &mut Meter<'_>) -> Result<(), Stop> {
        for bonus in lift::smaller_bonuses(rows) {
            self.run(seats, Rows { outside: -bonus, ..rows }, meter)?;
            if self.lift.raise(rows, &mut self.places, -rows.outside - bonus, meter)? {
                return Ok(());
            }
        }
        self.run(seats, rows, meter)
    }

    /// Price, place and repair; an `Err` leaves prices behind.
    fn run(&mut self, seats: &[SeatRange], rows: Rows<'_>, meter: &mut Meter<'_>) -> Result<(), Stop> {
        self.places.reset(seats, rows.headcounts);
        self.run_known(None, seats, rows, meter)
    }

    /// The same, from `known` prices if there are any.
    fn run_known(
        &mut self,
        known: Option<&[i64]>,
        seats: &[SeatRange],
        rows: Rows<'_>,
        meter: &mut Meter<'_>,
    ) -> Result<(), Stop> {
        let Self { singles, cohorts, lists, places, .. } = self;
        if seats.is_empty() {
            return Ok(());
        }
        let rough = Rough::of(rows);
        let increment = if rows.headcounts.iter().all(|&heads| heads <= 1) {
            price(singles, known, seats, rough, lists, places, meter)?
        } else {
            price(cohorts, known, seats, rough, lists, places, meter)?
        };
        self.repair(rows, increment, meter)
    }

    /// Both repairs; `increment` is about how wrong prices are.
    fn repair(&mut self, rows: Rows<'_>, increment: i64, meter: &mut Meter<'_>) -> Result<(), Stop> {
        let Self { lists, places, search, nearby, rents, gains, chains, .. } = self;
        surplus::raise(rows, lists, places, gains, meter)?;
        forward::repair(rows, lists, places, search, meter)?;
        if places.overpriced().next().is_some() {
            backward::Repair::new(rows, lists, nearby, places, search, rents, chains).run(increment, meter)?;
        }
        Ok(())
    }
}

/// Prices by auction, and places everybody who is content at them; says how wrong prices are about.
fn price<H: Heads>(
    auction: &mut Auction<H>,
    known: Option<&[i64]>,
    seats: &[SeatRange],
    rough: Rough<'_>,
    lists: &mut Shortlists,
    places: &mut Places,
    meter: &mut Meter<'_>,
) -> Result<i64, Stop> {
    if let Err(stop) = auction.run(known, seats, rough, lists, meter) {
        places.set_prices(auction.prices());
        return Err(stop);
    }
    places.start(rough.rows, auction, lists, meter)?;
    Ok(auction.increment())
}
