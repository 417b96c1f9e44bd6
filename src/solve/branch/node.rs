//! One case: what bounds it, what it suggests, and how it falls into parts.

use super::loads::{Loads, best_load};
use super::relaxed::{Relaxed, Without, multipliers};
use super::view::{Decision, View, nothing, openings, span_of};
use crate::control::{Control, Limits, Stop};
use crate::graph::{Load, Matching, Multipliers, Problem, SeatRange, Solution, Span, Witness};
use crate::index::{CouplingId, PairId};
use crate::solve::meter::Meter;
use crate::solve::nested::solve_again;
use crate::solve::workspace::Workspace;

/// Times that charges are corrected, in the first case and in the others.
const FIRST: usize = 60;
const LATER: usize = 12;

/// Largest charge of a coupling.
const CHARGE: i64 = 1 << 31;

/// A case that is not empty as far as its relaxation tells.
pub(super) struct Bounded {
    pub(super) bound: i128,
    pub(super) multipliers: Multipliers,
    /// The best matching of the relaxation.
    pub(super) matching: Matching,
}

impl Bounded {
    /// What a smaller case may begin from.
    pub(super) fn solution(&self) -> Solution {
        Solution { matching: self.matching.clone(), prices: self.multipliers.prices.clone() }
    }
}

pub(super) enum Found {
    Empty(Multipliers),
    Bounded(Bounded),
}

/// What one look at a case found.
pub(super) struct Looked {
    pub(super) found: Found,
    /// The best feasible matching met on the way, with its value.
    pub(super) candidate: Option<(i128, Matching)>,
    /// How the case falls into parts; none if its bound is reached, or it is empty.
    pub(super) split: Option<(Load, Vec<(i64, i64)>)>,
    pub(super) work: u64,
}

/// Looks at cases of one problem.
pub(super) struct Lookout<'a> {
    pub(super) problem: &'a Problem,
    pub(super) openings: Vec<Load>,
}

impl<'a> Lookout<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self { problem, openings: openings(problem) }
    }

    /// The loads that `on`, an opening, may have if it is open or closed as well.
    pub(super) fn span(&self, on: Load) -> Span {
        span_of(self.problem, on)
    }

    /// The pair that the first coupling that is broken suggests to change, and to what.
    pub(super) fn suggestion(&self, view: &View, matching: &Matching, loads: &Loads, at: usize) -> Option<Decision> {
        let coupling = &self.problem.couplings()[at];
        let slope = loads.couplings[at] - best_load(coupling, view.couplings[at], 0, loads.couplings[at]);
        let (on, parts) = self.split_coupling(view, matching, at, slope)?;
        let broken_there = coupling.signed().any(|(pair, sign)| Load::Pair(pair) == on && sign * slope > 0);
        let &(min, max) = if broken_there { parts.first()? } else { parts.last()? };
        Some((on, min, max))
    }

    /// Bounds the case of `decisions`, beginning with the charges of a larger one, and what was `known` of that. `best`: the
    /// value to beat, if any.
    pub(super) fn look(
        &self,
        decisions: &[Decision],
        charges: &[i64],
        known: Option<&Solution>,
        best: Option<i128>,
        control: &Control<'_>,
        workspace: &mut Workspace,
    ) -> Result<Looked, Stop> {
        let problem = self.problem;
        let empty = |multipliers: Multipliers, candidate, work| {
            Ok(Looked { found: Found::Empty(multipliers), candidate, split: None, work })
        };
        let Some(view) = View::of(problem, decisions) else { return empty(nothing(problem), None, 0) };
        if let Some(multipliers) = view.contradiction(problem) {
            return empty(multipliers, None, 0);
        }
        let mut work = 0;
        let mut candidate: Option<(i128, Matching)> = None;
        let mut charges = self.only_open(&view, charges);
        let mut lowest: Option<(Bounded, Loads)> = None;
        let rounds = if decisions.is_empty() { FIRST } else { LATER };
        let (mut pace, mut idle) = (16_i128, 0);
        for _ in 0..rounds {
            let relaxed = match Relaxed::of(problem, &view, &charges) {
                Ok(relaxed) => relaxed,
                Err(Without::Empty(multipliers)) => return empty(multipliers, candidate, work),
                Err(Without::Heavy) if lowest.is_none() && charges.iter().any(|&charge| charge != 0) => {
                    charges.fill(0);
                    continue;
                }
                Err(Without::Heavy) => break,
            };
            let start = known.filter(|_| relaxed.has_all_pairs());
            let solution = match flow(&relaxed.problem, start, control, workspace, &mut work)? {
                Ok(solution) => solution,
                Err(witness) => {
                    let multipliers = multipliers(problem, &witness.prices, vec![0; charges.len()]);
                    return empty(multipliers, candidate, work);
                }
            };
            let (bound, matching) = (relaxed.bound(&solution), relaxed.matching(&solution.matching));
            let loads = Loads::of(problem, &matching);
            if loads.are_feasible(problem, &self.openings) {
                let value = problem.value(&matching);
                if candidate.as_ref().is_none_or(|(known, _)| value > *known) {
                    candidate = Some((value, matching.clone()));
                }
            }
            let reached = best.max(candidate.as_ref().map(|(value, _)| *value));
            let slopes = self.slopes(&view, &loads, &charges);
            let multipliers = multipliers(problem, &solution.prices, charges.clone());
            if lowest.as_ref().is_none_or(|(lowest, _)| bound < lowest.bound) {
                lowest = Some((Bounded { bound, multipliers, matching }, loads));
                idle = 0;
            } else {
                idle += 1;
                if idle % 3 == 0 {
                    pace = (pace / 2).max(1);
                }
            }
            let done =
                lowest.as_ref().is_some_and(|(lowest, _)| reached.is_some_and(|reached| lowest.bound <= reached));
            if done || slopes.iter().all(|&slope| slope == 0) {
                break;
            }
            self.correct(&mut charges, &slopes, bound, reached, pace);
        }
        // Weights without charges fit, so there was a first round.
        let Some((bounded, loads)) = lowest else { return Err(Stop::Work) };
        let reached = best.max(candidate.as_ref().map(|(value, _)| *value));
        let open = reached.is_none_or(|reached| bounded.bound > reached);
        let split = if open { self.split(&view, &bounded, &loads) } else { None };
        Ok(Looked { found: Found::Bounded(bounded), candidate, split, work })
    }

    /// Charges of the couplings whose load is not decided yet; the others need none.
    fn only_open(&self, view: &View, charges: &[i64]) -> Vec<i64> {
        let charges = self.problem.couplings().iter().zip(charges);
        let open = charges.map(|(coupling, &charge)| {
            let open = coupling.signed().any(|(pair, _)| {
                let (least, most) = view.ends(self.problem, pair);
                least < most
            });
            if open { charge } else { 0 }
        });
        open.collect()
    }

    /// By how much each coupling holds more than would pay best at its charge.
    fn slopes(&self, view: &View, loads: &Loads, charges: &[i64]) -> Vec<i64> {
        let couplings = self.problem.couplings().iter().zip(&view.couplings).zip(charges).zip(&loads.couplings);
        couplings.map(|(((coupling, &ends), &charge), &load)| load - best_load(coupling, ends, charge, load)).collect()
    }

    /// A step against the slopes (Polyak's length).
    fn correct(&self, charges: &mut [i64], slopes: &[i64], bound: i128, known: Option<i128>, pace: i128) {
        let goal = known.unwrap_or(bound - 1 - bound.abs() / 64);
        let norm: i128 = slopes.iter().map(|&slope| i128::from(slope) * i128::from(slope)).sum();
        for ((charge, &slope), coupling) in charges.iter_mut().zip(slopes).zip(self.problem.couplings()) {
            if slope != 0 {
                let step = (bound - goal) * i128::from(slope) * pace / (norm * 16);
                let step = if step == 0 { i128::from(slope.signum()) } else { step };
                let most = coupling.penalty().unwrap_or(CHARGE).min(CHARGE);
                *charge = (i128::from(*charge) + step).clamp(-i128::from(most), i128::from(most)) as i64;
            }
        }
    }

    /// How the case falls into parts: by an opening that is half open, or by a pair of a coupling that is not kept.
    fn split(&self, view: &View, bounded: &Bounded, loads: &Loads) -> Option<(Load, Vec<(i64, i64)>)> {
        let problem = self.problem;
        if let Some(on) = loads.worst_opening(problem, view, &self.openings) {
            let span = view.span(problem, on);
            let mut parts = vec![(0, 0), (span.min(), span.max())];
            parts.sort_unstable();
            return Some((on, parts));
        }
        let slopes = self.slopes(view, loads, &bounded.multipliers.couplings);
        let weighed = |at: usize| {
            let (coupling, load) = (&problem.couplings()[at], loads.couplings[at]);
            let charge = bounded.multipliers.couplings[at];
            (!coupling.allows(load), i128::from(slopes[at]).abs() * i128::from(charge).abs().max(1))
        };
        let mut order: Vec<usize> = (0..slopes.len()).filter(|&at| slopes[at] != 0).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(weighed(at)), at));
        order.into_iter().find_map(|at| self.split_coupling(view, &bounded.matching, at, slopes[at]))
    }

    /// Parts by a pair that makes a coupling hold too much (or, if `slope` is below 0, too little).
    fn split_coupling(
        &self,
        view: &View,
        matching: &Matching,
        at: usize,
        slope: i64,
    ) -> Option<(Load, Vec<(i64, i64)>)> {
        let problem = self.problem;
        let placements = matching.placements();
        let count = |pair: PairId| {
            let found = placements.binary_search_by_key(&pair, |placement| placement.pair);
            found.map_or(0, |at| placements[at].count)
        };
        let (mut there, mut elsewhere) = (None, None);
        for (pair, sign) in problem.couplings()[at].signed() {
            let ((least, most), count) = (view.ends(problem, pair), count(pair));
            if least == most {
                continue;
            }
            let weight = problem.weight(pair);
            if sign * slope > 0 && count > least {
                // Who is worth least here leaves first.
                there = there.max(Some((std::cmp::Reverse(weight), std::cmp::Reverse(pair), least, count, most)));
            } else if sign * slope < 0 && count < most {
                elsewhere = elsewhere.max(Some((weight, std::cmp::Reverse(pair), least, count, most)));
            }
        }
        let cut = |pair: PairId, least: u32, before: u32, most: u32| {
            let (least, before, most) = (i64::from(least), i64::from(before), i64::from(most));
            (Load::Pair(pair), vec![(least, before), (before + 1, most)])
        };
        match (there, elsewhere) {
            (Some((_, pair, least, count, most)), _) => Some(cut(pair.0, least, count - 1, most)),
            (None, Some((_, pair, least, count, most))) => Some(cut(pair.0, least, count, most)),
            (None, None) => self.undecided(view, CouplingId::new(at as u32)),
        }
    }

    /// Parts by any pair of a coupling that is not decided yet.
    fn undecided(&self, view: &View, coupling: CouplingId) -> Option<(Load, Vec<(i64, i64)>)> {
        let mut pairs = self.problem.couplings()[coupling.index()].signed();
        pairs.find_map(|(pair, _)| {
            let (least, most) = view.ends(self.problem, pair);
            let (least, most) = (i64::from(least), i64::from(most));
            (least < most).then(|| (Load::Pair(pair), vec![(least, least), (least + 1, most)]))
        })
    }
}

/// The best matching of a problem without openings and couplings, or why there is none; adds to `work`. `known`: a solution
/// of a problem with the same pairs to begin from.
pub(super) fn flow(
    problem: &Problem,
    known: Option<&Solution>,
    control: &Control<'_>,
    workspace: &mut Workspace,
    work: &mut u64,
) -> Result<Result<Solution, Witness>, Stop> {
    let left = control.limits.work.map(|limit| limit.saturating_sub(*work));
    let control = control.with_limits(Limits { work: left, ..control.limits });
    let mut meter = Meter::new(&control);
    let solved = solved(problem, known, workspace, &mut meter);
    *work += meter.work();
    solved
}

fn solved(
    problem: &Problem,
    known: Option<&Solution>,
    workspace: &mut Workspace,
    meter: &mut Meter<'_>,
) -> Result<Result<Solution, Witness>, Stop> {
    if let Some(known) = known {
        return solve_again(problem, known, meter);
    }
    let Workspace { merged, steps, .. } = workspace;
    match without_minimums(problem) {
        // Without them it is much the faster problem, and a few are soon filled.
        Some(easier) => match crate::solve::solved(&easier, None, merged, steps, meter)? {
            Ok(known) => solve_again(problem, &known, meter),
            Err(witness) => Ok(Err(witness)),
        },
        None => crate::solve::solved(problem, None, merged, steps, meter),
    }
}

/// `problem` without the minimums of its posts, if it has no other quotas.
fn without_minimums(problem: &Problem) -> Option<Problem> {
    let nested = !problem.demand_quotas().is_empty() || !problem.supply_quotas().is_empty();
    if nested || problem.seats().iter().all(|range| range.floor() == 0) {
        return None;
    }
    let seats = problem.seats().iter().map(|range| SeatRange::up_to(range.max())).collect();
    problem.clone().with_seats(seats).ok()
}
