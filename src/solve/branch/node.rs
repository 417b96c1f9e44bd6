//! One case: what bounds it, what it suggests, and how it falls into parts.

use std::sync::Arc;

use super::linear::{Basis, Frame};
use super::loads::{Loads, best_load};
use super::relaxed::{Relaxed, Without};
use super::sight::Sight;
use super::view::{Decision, View, nothing, openings, span_of};
use crate::control::{Control, Stop};
use crate::graph::{Load, Matching, Multipliers, Problem, Solution, Span};
use crate::index::{CouplingId, PairId};
use crate::solve::workspace::Workspace;

/// Largest sum of the charges of a pair for strict couplings; those for others are their penalties at most.
const DEAREST: i64 = 1 << 51;

/// A case that is not empty as far as its relaxation tells.
pub(super) struct Bounded {
    pub(super) bound: i128,
    pub(super) multipliers: Multipliers,
    /// The best matching of the flow, and its loads.
    pub(super) matching: Matching,
    pub(super) loads: Loads,
    /// What the linear relaxation holds, and where the next one may begin; none where it was not asked, or lost.
    pub(super) parting: Option<Parting>,
    pub(super) basis: Option<Arc<Basis>>,
}

impl Bounded {
    /// The loads of what comes nearest to keeping everything.
    pub(super) fn nearest(&self) -> &Loads {
        self.parting.as_ref().map_or(&self.loads, |parting| &parting.loads)
    }

    /// The pairs that place parts of people, each with how many people.
    pub(super) fn parts(&self) -> impl Iterator<Item = (PairId, f64)> + '_ {
        let placements = self.parting.iter().flat_map(|parting| &parting.placements);
        placements.copied().filter(|(_, people)| people.fract() != 0.0)
    }
}

/// Something like a matching where people may be parted.
pub(super) struct Parting {
    pub(super) placements: Vec<(PairId, f64)>,
    pub(super) loads: Loads,
}

/// What a case may begin from: what was found of a larger one.
pub(super) struct Known {
    pub(super) solution: Option<Solution>,
    pub(super) charges: Vec<i64>,
    pub(super) basis: Option<Arc<Basis>>,
}

impl Known {
    /// Nothing, for the first case of `problem`.
    pub(super) fn nothing(problem: &Problem) -> Self {
        Self { solution: None, charges: vec![0; problem.couplings().len()], basis: None }
    }

    pub(super) fn of(bounded: &Bounded) -> Self {
        let solution = Solution { matching: bounded.matching.clone(), prices: bounded.multipliers.prices.clone() };
        Self { solution: Some(solution), charges: bounded.multipliers.couplings.clone(), basis: bounded.basis.clone() }
    }
}

pub(super) enum Found {
    Empty(Multipliers),
    Bounded(Box<Bounded>),
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
    pub(super) frame: Frame,
    /// Largest charge of a strict coupling.
    pub(super) dearest: i64,
}

impl<'a> Lookout<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let frame = Frame::of(problem);
        let dearest = i64::try_from(frame.most_couplings()).map_or(1, |most| DEAREST / most);
        Self { problem, openings: openings(problem), frame, dearest }
    }

    /// The loads that `on`, an opening, may have if it is open or closed as well.
    pub(super) fn span(&self, on: Load) -> Span {
        span_of(self.problem, on)
    }

    /// The pair that the first coupling that is broken suggests to change, and to what.
    pub(super) fn suggestion(&self, view: &View, bounded: &Bounded, at: usize) -> Option<Decision> {
        let (coupling, load) = (&self.problem.couplings()[at], bounded.loads.coupling(at));
        let slope = load - best_load(coupling, view.couplings[at], 0, load);
        let (on, parts) = self.split_coupling(view, &bounded.matching, at, slope)?;
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
        let mut sight = Sight::new(self, &view, &relaxed, known.solution.as_ref(), best, control, workspace);
        let found = sight.bound(known)?;
        let reached = sight.reached();
        let Sight { candidate, work, stop, .. } = sight;
        let (found, split) = match found {
            Ok(bounded) => {
                let open = reached.is_none_or(|reached| bounded.bound > reached);
                let split = if open && stop.is_none() { self.split(&view, &bounded) } else { None };
                (Found::Bounded(Box::new(bounded)), split)
            }
            Err(multipliers) => (Found::Empty(multipliers), None),
        };
        Ok(Looked { found, candidate, split, work, stop })
    }

    /// The same charges, but for couplings whose load is decided: these charge their penalty beyond their span, and nothing
    /// within it.
    pub(super) fn only_open(&self, view: &View, charges: &[i64]) -> Vec<i64> {
        let charges = self.problem.couplings().iter().zip(charges);
        let open = charges.map(|(coupling, &charge)| {
            let ends = |pair| view.ends(self.problem, pair);
            if coupling.signed().any(|(pair, _)| ends(pair).0 < ends(pair).1) {
                return charge;
            }
            let (span, penalty) = (coupling.span(), coupling.penalty().unwrap_or(0));
            let load: i64 = coupling.signed().map(|(pair, sign)| sign * i64::from(ends(pair).0)).sum();
            penalty * (i64::from(load > span.max()) - i64::from(load < span.min()))
        });
        open.collect()
    }

    /// Whether every coupling holds what pays best at its charge: no other charges prove less.
    pub(super) fn is_settled(&self, view: &View, bounded: &Bounded) -> bool {
        self.slopes(view, bounded).iter().all(|&slope| slope == 0)
    }

    /// By how much each coupling holds more than would pay best at its charge.
    fn slopes(&self, view: &View, bounded: &Bounded) -> Vec<i64> {
        let charges = &bounded.multipliers.couplings;
        let couplings =
            self.problem.couplings().iter().zip(&view.couplings).zip(charges).zip(bounded.loads.couplings());
        couplings.map(|(((coupling, &ends), &charge), load)| load - best_load(coupling, ends, charge, load)).collect()
    }

    /// How the case falls into parts: by an opening that is half open, by a pair that places parts of people, or by a pair of a
    /// coupling that is not kept.
    fn split(&self, view: &View, bounded: &Bounded) -> Option<(Load, Vec<(i64, i64)>)> {
        let problem = self.problem;
        let opening = |loads: &Loads| {
            let on = loads.worst_opening(problem, view, &self.openings)?;
            let span = view.span(problem, on);
            let mut parts = vec![(0, 0), (span.min(), span.max())];
            parts.sort_unstable();
            Some((on, parts))
        };
        let split = opening(bounded.nearest());
        let split = split.or_else(|| self.split_part(view, bounded)).or_else(|| opening(&bounded.loads));
        if split.is_some() {
            return split;
        }
        let slopes = self.slopes(view, bounded);
        let weighed = |at: usize| {
            let charge = bounded.multipliers.couplings[at];
            let kept = problem.couplings()[at].allows(bounded.loads.coupling(at));
            (!kept, i128::from(slopes[at]).abs() * i128::from(charge).abs().max(1))
        };
        let mut order: Vec<usize> = (0..slopes.len()).filter(|&at| slopes[at] != 0).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(weighed(at)), at));
        let broken = order.into_iter().find_map(|at| self.split_coupling(view, &bounded.matching, at, slopes[at]));
        // What rounding has left open is decided pair by pair.
        broken.or_else(|| CouplingId::all(slopes.len()).find_map(|coupling| self.undecided(view, coupling)))
    }

    /// Parts by the pair that parts people most evenly.
    fn split_part(&self, view: &View, bounded: &Bounded) -> Option<(Load, Vec<(i64, i64)>)> {
        let unsure = bounded.parts().min_by(|(_, a), (_, b)| {
            let off = |count: &f64| (count - count.floor() - 0.5).abs();
            off(a).total_cmp(&off(b))
        });
        let (pair, count) = unsure?;
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
