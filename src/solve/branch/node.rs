//! One case: what bounds it, what it suggests, and how it falls into parts.

use std::sync::Arc;

use super::loads::{Loads, best_load};
use super::master::{Master, Met};
use super::relaxed::{Relaxed, Without};
use super::sight::Sight;
use super::view::{Decision, View, nothing, openings, span_of};
use crate::control::{Control, Stop};
use crate::graph::{Load, Matching, Multipliers, Problem, Solution, Span};
use crate::index::{CouplingId, PairId};
use crate::solve::workspace::Workspace;

/// Times that charges are corrected, in the first case and in the others.
pub(super) const FIRST: usize = 200;
const LATER: usize = 24;

/// Largest sum of charges of a pair.
const DEAREST: i64 = 1 << 52;

/// A case that is not empty as far as its relaxation tells.
pub(super) struct Bounded {
    pub(super) bound: i128,
    pub(super) multipliers: Multipliers,
    /// The best matching of the relaxation.
    pub(super) matching: Matching,
    /// The pairs by which the best mixture of matchings places parts of people, with the number of people; empty where it is
    /// not known.
    pub(super) parts: Vec<(PairId, f64)>,
    /// The last matchings met.
    pub(super) met: Vec<Arc<Met>>,
    /// How far charges were moved last.
    pub(super) reach: i64,
}

/// What a case may begin from: what was found of a larger one.
pub(super) struct Known {
    pub(super) solution: Option<Solution>,
    pub(super) charges: Vec<i64>,
    pub(super) met: Vec<Arc<Met>>,
    pub(super) reach: Option<i64>,
}

impl Known {
    /// Nothing, for the first case of `problem`.
    pub(super) fn nothing(problem: &Problem) -> Self {
        Self { solution: None, charges: vec![0; problem.couplings().len()], met: Vec::new(), reach: None }
    }

    pub(super) fn of(bounded: &Bounded) -> Self {
        let solution = Solution { matching: bounded.matching.clone(), prices: bounded.multipliers.prices.clone() };
        Self {
            solution: Some(solution),
            charges: bounded.multipliers.couplings.clone(),
            met: bounded.met.clone(),
            reach: Some(bounded.reach),
        }
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
    /// Who stopped it, if it was stopped before it was done.
    pub(super) stop: Option<Stop>,
}

/// Looks at cases of one problem.
pub(super) struct Lookout<'a> {
    pub(super) problem: &'a Problem,
    pub(super) openings: Vec<Load>,
    /// The pairs of all couplings, ascending. What all of these hold decides all couplings.
    pub(super) coupled: Vec<PairId>,
    /// Largest charge of a coupling.
    pub(super) dearest: i64,
}

impl<'a> Lookout<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let mut coupled: Vec<PairId> =
            problem.couplings().iter().flat_map(|coupling| coupling.signed().map(|(pair, _)| pair)).collect();
        coupled.sort_unstable();
        let most = coupled.chunk_by(|a, b| a == b).map(<[PairId]>::len).max().unwrap_or(1);
        coupled.dedup();
        Self {
            problem,
            openings: openings(problem),
            coupled,
            dearest: i64::try_from(most).map_or(1, |most| DEAREST / most),
        }
    }

    /// The loads that `on`, an opening, may have if it is open or closed as well.
    pub(super) fn span(&self, on: Load) -> Span {
        span_of(self.problem, on)
    }

    /// Whether some coupling counts `pair`. What all of these hold decides all couplings.
    pub(super) fn is_coupled(&self, pair: PairId) -> bool {
        self.coupled.binary_search(&pair).is_ok()
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

    /// Bounds the case of `decisions`, beginning with what is `known` of a larger one. `best`: the value to beat, if any.
    pub(super) fn look(
        &self,
        decisions: &[Decision],
        known: &Known,
        best: Option<i128>,
        control: &Control<'_>,
        workspace: &mut Workspace,
    ) -> Result<Looked, Stop> {
        let problem = self.problem;
        let empty = |multipliers: Multipliers| {
            Ok(Looked { found: Found::Empty(multipliers), candidate: None, split: None, work: 0, stop: None })
        };
        let Some(view) = View::of(problem, decisions) else { return empty(nothing(problem)) };
        if let Some(multipliers) = view.contradiction(problem) {
            return empty(multipliers);
        }
        let relaxed = match Relaxed::of(problem, &view) {
            Ok(relaxed) => relaxed,
            Err(Without::Empty(multipliers)) => return empty(multipliers),
            Err(Without::Invalid) => return Err(Stop::Work),
        };
        let charges = self.only_open(&view, &known.charges);
        let rounds = if decisions.is_empty() { FIRST } else { LATER };
        let master = Master::new(problem, &view, self.dearest, &known.met, decisions);
        let mut sight = Sight::new(self, &view, &relaxed, known.solution.as_ref(), best, master, known.reach);
        let (bounded, loads) = match sight.bound(charges, rounds, control, workspace)? {
            Ok(found) => found,
            Err(multipliers) => {
                let Sight { candidate, work, .. } = sight;
                return Ok(Looked { found: Found::Empty(multipliers), candidate, split: None, work, stop: None });
            }
        };
        let reached = sight.reached();
        let Sight { candidate, work, stop, .. } = sight;
        let open = reached.is_none_or(|reached| bounded.bound > reached);
        let split = if open && stop.is_none() { self.split(&view, &bounded, &loads) } else { None };
        Ok(Looked { found: Found::Bounded(bounded), candidate, split, work, stop })
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

    /// Whether every coupling holds what pays best at its charge: no other charges prove less.
    pub(super) fn is_settled(&self, view: &View, bounded: &Bounded, loads: &Loads) -> bool {
        self.slopes(view, loads, &bounded.multipliers.couplings).iter().all(|&slope| slope == 0)
    }

    /// By how much each coupling holds more than would pay best at its charge.
    fn slopes(&self, view: &View, loads: &Loads, charges: &[i64]) -> Vec<i64> {
        let couplings = self.problem.couplings().iter().zip(&view.couplings).zip(charges).zip(&loads.couplings);
        couplings.map(|(((coupling, &ends), &charge), &load)| load - best_load(coupling, ends, charge, load)).collect()
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
        if let Some(split) = self.split_part(view, &bounded.parts) {
            return Some(split);
        }
        let weighed = |at: usize| {
            let (coupling, load) = (&problem.couplings()[at], loads.couplings[at]);
            let charge = bounded.multipliers.couplings[at];
            (!coupling.allows(load), i128::from(slopes[at]).abs() * i128::from(charge).abs().max(1))
        };
        let mut order: Vec<usize> = (0..slopes.len()).filter(|&at| slopes[at] != 0).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(weighed(at)), at));
        order.into_iter().find_map(|at| self.split_coupling(view, &bounded.matching, at, slopes[at]))
    }

    /// Parts by the pair of which the mixture is least sure.
    fn split_part(&self, view: &View, parts: &[(PairId, f64)]) -> Option<(Load, Vec<(i64, i64)>)> {
        let unsure = parts.iter().min_by(|(_, a), (_, b)| {
            let off = |count: &f64| (count - count.floor() - 0.5).abs();
            off(a).total_cmp(&off(b))
        });
        let &(pair, count) = unsure?;
        let (least, most) = view.ends(self.problem, pair);
        let whole = count.floor() as u32;
        (least <= whole && whole < most).then(|| self.cut(view, pair, whole))
    }

    /// A pair places `below` people or fewer, or more.
    fn cut(&self, view: &View, pair: PairId, below: u32) -> (Load, Vec<(i64, i64)>) {
        // Whatever couplings leave of a pair, parts are of all that was decided.
        let (on, below) = (Load::Pair(pair), i64::from(below));
        let span = view.span(self.problem, on);
        (on, vec![(span.min(), below), (below + 1, span.max())])
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
                there = there.max(Some((std::cmp::Reverse(weight), std::cmp::Reverse(pair), count)));
            } else if sign * slope < 0 && count < most {
                elsewhere = elsewhere.max(Some((weight, std::cmp::Reverse(pair), count)));
            }
        }
        match (there, elsewhere) {
            (Some((_, pair, count)), _) => Some(self.cut(view, pair.0, count - 1)),
            (None, Some((_, pair, count))) => Some(self.cut(view, pair.0, count)),
            (None, None) => self.undecided(view, CouplingId::new(at as u32)),
        }
    }

    /// Parts by any pair of a coupling that is not decided yet.
    fn undecided(&self, view: &View, coupling: CouplingId) -> Option<(Load, Vec<(i64, i64)>)> {
        let mut pairs = self.problem.couplings()[coupling.index()].signed();
        pairs.find_map(|(pair, _)| {
            let (least, most) = view.ends(self.problem, pair);
            (least < most).then(|| self.cut(view, pair, least))
        })
    }
}
