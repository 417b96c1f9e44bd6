//! The pipeline on one page: screen, score and formulate (a [`Docking`]), solve, verify.

use crate::config::{Answer, Config, ConfigError};
use crate::conflict::{Impossible, Infeasible};
use crate::control::Control;
use crate::docking::Docking;
use crate::error::Error;
use crate::graph::{Cases, Matching, Prices, Problem, Solution};
use crate::market::Market;
use crate::parallel;
use crate::solve::{
    Outcome, Searched, Start, Workspace, canonical, lowest_prices, nearest, search, settle_near, solve_from, solve_with,
};
use crate::start::{kept, remaining, start};
use crate::verified::{Status, Verified, proof};

/// Runs rounds under one configuration.
///
/// ```
#[doc = include_str!("../examples/quickstart.rs")]
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    config: Config,
}

impl Engine {
    /// An engine for `config`.
    ///
    /// # Errors
    /// Every fault of the configuration.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        config.check()?;
        Ok(Self { config })
    }

    /// The configuration.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Runs the round of `market` and proves the result.
    ///
    /// Stopped by a limit or by the caller, it is the best placement found, with its proven gap
    /// ([`Status::Feasible`]); where the best placement was found, but not yet the one to be given
    /// ([`Answer::Canonical`]), that gap is 0. The answer is the same for any threads and any order of the input's rows.
    ///
    /// # Errors
    /// [`Error::Formulation`] and [`Error::Solve`] for a market that cannot be asked about, [`Error::Refused`] if the
    /// checkers do not accept the result, which would be a bug of the solver; [`Error::Infeasible`] if the limits cannot
    /// all hold, [`Error::Held`] if some of them must because placements stand, [`Error::Canonical`] if a search was asked for the canonical answer, [`Error::Undecided`] if the run was stopped before that was known.
    pub fn run<'a>(&'a self, market: &'a Market, control: &Control<'_>) -> Result<Verified<'a>, Error> {
        self.run_with(market, &mut Workspace::default(), control)
    }

    /// Like [`run`](Self::run), with scratch memory reused from earlier rounds.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn run_with<'a>(
        &'a self,
        market: &'a Market,
        workspace: &mut Workspace,
        control: &Control<'_>,
    ) -> Result<Verified<'a>, Error> {
        self.run_known(market, None, workspace, control)
    }

    /// Like [`run`](Self::run), beginning from `earlier`, the result of a market that is much the same: units and posts are the
    /// same if they have the same ids.
    ///
    /// What is found is as good and as proven. Where several placements are best, it is one of these that leaves as many people as
    /// possible where they are in `earlier`, unless the canonical answer is asked for: nobody moves for nothing. Where classes open
    /// or not, or limits cross, no work is saved, and that is so among those that decide as `earlier` does, or, if none is best, as
    /// the round that was found ([`Problem::decided_by`]).
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn run_from<'a>(
        &'a self,
        market: &'a Market,
        earlier: &Verified<'_>,
        workspace: &mut Workspace,
        control: &Control<'_>,
    ) -> Result<Verified<'a>, Error> {
        self.run_known(market, Some(earlier), workspace, control)
    }

    fn run_known<'a>(
        &'a self,
        market: &'a Market,
        earlier: Option<&Verified<'_>>,
        workspace: &mut Workspace,
        control: &Control<'_>,
    ) -> Result<Verified<'a>, Error> {
        self.attempt(market, earlier, workspace, control)?.map_err(|Refuted { docking, proof }| {
            let found = Box::new(Infeasible::of(&docking, proof, control));
            match docking.formulation().held(market) {
                held if held.is_empty() => Error::Infeasible(found),
                held => Error::Held { held, found },
            }
        })
    }

    /// The same, where somebody only wants to know whether there is a round at all: if there is none, the proof, and not what
    /// contradicts what, which takes many questions more.
    pub(crate) fn attempt<'a>(
        &'a self,
        market: &'a Market,
        earlier: Option<&Verified<'_>>,
        workspace: &mut Workspace,
        control: &Control<'_>,
    ) -> Result<Result<Verified<'a>, Refuted<'a>>, Error> {
        // One pool for the whole round; the stages inside inherit it.
        let inside = control.with_threads(crate::control::Threads::Inherit);
        parallel::with_threads(control.threads, || {
            let docking = Docking::prepare(market, &self.config, &inside)?;
            let near = earlier.filter(|_| self.config.answer == Answer::Deterministic);
            let before = near.map_or_else(Matching::empty, |earlier| remaining(earlier, &docking));
            let found = if docking.formulation().problem().needs_search() {
                self.search(&docking, &before, &inside)
            } else {
                let start = earlier.map(|earlier| start(earlier, &docking));
                self.solve(&docking, start, &before, workspace, &inside)
            };
            match found? {
                Ok(found) => {
                    let Found { solution, cases, status } = match near.filter(|_| found.cases.is_some()) {
                        Some(earlier) => as_before(&docking, earlier, found, &inside),
                        None => found,
                    };
                    Ok(Ok(Verified::check(docking, solution, cases, status, &inside)?))
                }
                Err(proof) => Ok(Err(Refuted { docking, proof })),
            }
        })
    }

    fn solve(
        &self,
        docking: &Docking<'_>,
        start: Option<Start>,
        before: &Matching,
        workspace: &mut Workspace,
        control: &Control<'_>,
    ) -> Result<Result<Found, Impossible>, Error> {
        let problem = docking.formulation().problem();
        let outcome = match start {
            Some(start) => solve_from(problem, &start, workspace, control)?,
            None => solve_with(problem, workspace, control)?,
        };
        let (solution, status) = match outcome {
            Outcome::Optimal(solution) => self.answer(problem, solution, before, control),
            Outcome::Feasible { solution, stop, bound } => match bound - problem.value(&solution.matching) {
                // Stopped, but not before the best placement was found and proven.
                0 => self.answer(problem, solution, before, control),
                gap => (solution, Status::Feasible { stop: Some(stop), gap }),
            },
            Outcome::Undecided { stop, .. } => return Err(Error::Undecided(stop)),
            Outcome::Infeasible(witness) => return Ok(Err(Impossible::Witness(witness))),
        };
        Ok(Ok(Found { solution, cases: None, status }))
    }

    /// The same where classes open or not, or limits cross.
    fn search(
        &self,
        docking: &Docking<'_>,
        before: &Matching,
        control: &Control<'_>,
    ) -> Result<Result<Found, Impossible>, Error> {
        let problem = docking.formulation().problem();
        if self.config.answer == Answer::Canonical {
            return Err(Error::Canonical);
        }
        let unproven = |matching, stop, gap| {
            let (demand, supply) = (vec![0; problem.demand_quotas().len()], vec![0; problem.supply_quotas().len()]);
            let prices = Prices::new(vec![0; problem.seats().len()]).with_quotas(demand, supply);
            (Solution { matching, prices }, Status::Feasible { stop: Some(stop), gap })
        };
        let (cases, (solution, status)) = match search(problem, control)? {
            Searched::Optimal { matching, cases } => match settle_near(problem, &matching, &cases, before, control) {
                Ok(solution) => (cases, (solution, Status::Optimal)),
                Err(stop) => (cases, unproven(matching, stop, 0)),
            },
            Searched::Feasible { matching, cases, bound, stop } => {
                let gap = bound - problem.value(&matching);
                (cases, unproven(matching, stop, gap))
            }
            Searched::Undecided { stop, .. } => return Err(Error::Undecided(stop)),
            Searched::Infeasible(cases) => return Ok(Err(Impossible::Cases(cases))),
        };
        Ok(Ok(Found { solution, cases: Some(cases), status }))
    }

    /// The optimum to give where `solution` is one, and people were where they are in `before`.
    fn answer(
        &self,
        problem: &Problem,
        solution: Solution,
        before: &Matching,
        control: &Control<'_>,
    ) -> (Solution, Status) {
        match self.config.answer {
            Answer::Deterministic => {
                let solution = at_lowest_prices(problem, solution);
                (nearest(problem, &solution, before, control).unwrap_or(solution), Status::Optimal)
            }
            Answer::Canonical => match canonical(problem, &solution, control) {
                Ok(first) => (first, Status::Optimal),
                Err(stop) => (at_lowest_prices(problem, solution), Status::Feasible { stop: Some(stop), gap: 0 }),
            },
        }
    }
}

/// A question without an answer, and the proof of that.
pub(crate) struct Refuted<'a> {
    docking: Docking<'a>,
    proof: Impossible,
}

/// What was found, with the proof of a search if it was one.
struct Found {
    solution: Solution,
    cases: Option<Cases>,
    status: Status,
}

/// What a search `found`, or, if that is worth as much, the best round with everything decided as in `earlier`, as near to it as can be.
fn as_before(docking: &Docking<'_>, earlier: &Verified<'_>, found: Found, control: &Control<'_>) -> Found {
    let problem = docking.formulation().problem();
    let (Some(cases), Some(before)) = (&found.cases, kept(earlier, docking)) else { return found };
    let solution = match found.status {
        Status::Optimal => match settle_near(problem, &before, cases, &before, control) {
            Ok(settled) => settled,
            Err(_) => return found,
        },
        Status::Feasible { .. } => Solution { matching: before, prices: found.solution.prices.clone() },
    };
    let as_good = problem.value(&solution.matching) == problem.value(&found.solution.matching);
    let proven = as_good && proof(docking, &solution, Some(cases), found.status, control).is_sound();
    if proven { Found { solution, ..found } } else { found }
}

/// The lowest prices say exactly what one more seat is worth, and are the same however the optimum was found.
fn at_lowest_prices(problem: &Problem, solution: Solution) -> Solution {
    let prices = lowest_prices(problem, &solution);
    Solution { prices, ..solution }
}
