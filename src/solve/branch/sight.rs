//! What the linear relaxation and flows say of a case: a bound, and matchings that keep everything.

use super::flow::flow;
use super::linear::{Relaxation, Verdict, relax};
use super::loads::Loads;
use super::node::{Bounded, Known, Lookout, Parting};
use super::relaxed::{Relaxed, multipliers};
use super::view::View;
use crate::control::{Control, Limits, Stop};
use crate::graph::{Matching, Multipliers, Placement, Solution};
use crate::solve::meter::Meter;
use crate::solve::workspace::Workspace;

/// The largest denominator of charges that are told exactly, and the one of all others.
const EXACT: i32 = 64;
const FINE: f64 = 1_048_576.0;

/// So near to a whole number is rounding.
const WHOLE: f64 = 1e-6;

/// One case under one charge after the other.
pub(super) struct Sight<'a> {
    lookout: &'a Lookout<'a>,
    view: &'a View,
    relaxed: &'a Relaxed,
    control: &'a Control<'a>,
    workspace: &'a mut Workspace,
    /// The last solution, or one to begin from.
    last: Option<Solution>,
    /// The value to beat.
    best: Option<i128>,
    /// The best matching met that keeps everything, with its value.
    pub(super) candidate: Option<(i128, Matching)>,
    lowest: Option<Bounded>,
    pub(super) work: u64,
    /// Who stopped it, if it was stopped before it had seen enough.
    pub(super) stop: Option<Stop>,
}

impl<'a> Sight<'a> {
    pub(super) fn new(
        lookout: &'a Lookout<'a>,
        view: &'a View,
        relaxed: &'a Relaxed,
        known: Option<&Solution>,
        best: Option<i128>,
        control: &'a Control<'a>,
        workspace: &'a mut Workspace,
    ) -> Self {
        let last = known.map(|known| relaxed.part(known).into_owned());
        Self {
            lookout,
            view,
            relaxed,
            control,
            workspace,
            last,
            best,
            candidate: None,
            lowest: None,
            work: 0,
            stop: None,
        }
    }

    /// What is to be beaten, by matchings met here too.
    pub(super) fn reached(&self) -> Option<i128> {
        self.best.max(self.candidate.as_ref().map(|(value, _)| *value))
    }

    /// The lowest bound that is to be had, or the lowest until a stop, beginning with what is `known` of a larger case; or
    /// multipliers that prove that the case is empty.
    pub(super) fn bound(&mut self, known: &Known) -> Result<Result<Bounded, Multipliers>, Stop> {
        let seen = self.see(known);
        match (seen, self.lowest.take()) {
            (Ok(Err(multipliers)), _) => Ok(Err(multipliers)),
            (Ok(Ok(())), lowest) => lowest.ok_or(Stop::Work).map(Ok),
            (Err(stop), Some(lowest)) => {
                self.stop = Some(stop);
                Ok(Ok(lowest))
            }
            (Err(stop), None) => Err(stop),
        }
    }

    fn see(&mut self, known: &Known) -> Result<Result<(), Multipliers>, Stop> {
        let charges = self.lookout.only_open(self.view, &known.charges);
        if known.basis.is_none() {
            if let Err(multipliers) = self.at(charges.clone())? {
                return Ok(Err(multipliers));
            }
            if self.is_seen() {
                return Ok(Ok(()));
            }
        }
        match self.relax(known)? {
            Verdict::Best(relaxation) => {
                let charges = self.lookout.only_open(self.view, &self.rounded(&relaxation.charges));
                if let Err(multipliers) = self.at(charges)? {
                    return Ok(Err(multipliers));
                }
                self.part(relaxation);
            }
            Verdict::Empty(charges) => {
                if let Some(multipliers) = self.prove_empty(&charges)? {
                    return Ok(Err(multipliers));
                }
            }
            Verdict::Lost => {}
        }
        if self.lowest.is_none() {
            return self.at(charges);
        }
        Ok(Ok(()))
    }

    /// Whether nothing is left to see: no other charges prove less, or what was seen is beaten already.
    fn is_seen(&self) -> bool {
        self.lowest.as_ref().is_some_and(|lowest| {
            self.lookout.problem.couplings().is_empty()
                || self.reached().is_some_and(|reached| lowest.bound <= reached)
                || self.lookout.is_settled(self.view, lowest)
        })
    }

    fn relax(&mut self, known: &Known) -> Result<Verdict, Stop> {
        let problem = self.lookout.problem;
        let flow;
        let start = match (&known.basis, &self.lowest) {
            (Some(basis), _) => Ok(&**basis),
            (None, Some(Bounded { matching, multipliers, .. })) => {
                flow = Solution { matching: matching.clone(), prices: multipliers.prices.clone() };
                Err(&flow)
            }
            (None, None) => return Ok(Verdict::Lost),
        };
        let work = self.control.limits.work.map(|limit| limit.saturating_sub(self.work));
        let control = self.control.with_limits(Limits { work, ..self.control.limits });
        let mut meter = Meter::new(&control);
        let found = relax(problem, &self.lookout.frame, self.view, start, &mut meter);
        self.work += meter.work();
        found
    }

    /// Charges in whole units, none of them dearer than anything can be worth.
    fn rounded(&self, charges: &[f64]) -> Vec<i64> {
        let couplings = self.lookout.problem.couplings().iter().zip(charges);
        let rounded = couplings.map(|(coupling, &charge)| {
            let most = coupling.penalty().unwrap_or(self.lookout.dearest);
            (charge.round() as i64).clamp(-most, most)
        });
        rounded.collect()
    }

    /// Keeps what the relaxation holds, and where it places nobody in parts, that matching.
    fn part(&mut self, relaxation: Relaxation) {
        let (problem, frame) = (self.lookout.problem, &self.lookout.frame);
        let Relaxation { placements, basis, .. } = relaxation;
        let loads = Loads::of(problem, frame, placements.iter().copied());
        if placements.iter().all(|(_, people)| people.fract() == 0.0) && loads.are_feasible(problem) {
            let placements = placements.iter().map(|&(pair, people)| Placement { pair, count: people as u32 });
            self.keep(Matching::new(placements.collect()));
        }
        if let Some(lowest) = &mut self.lowest {
            (lowest.parting, lowest.basis) = (Some(Parting { placements, loads }), Some(basis));
        }
    }

    fn keep(&mut self, matching: Matching) {
        let value = self.lookout.problem.value(&matching);
        if self.candidate.as_ref().is_none_or(|(known, _)| value > *known) {
            self.candidate = Some((value, matching));
        }
    }

    /// The flow under `charges`; keeps the bound if it is lower than those before, and the matching if it is better.
    fn at(&mut self, charges: Vec<i64>) -> Result<Result<(), Multipliers>, Stop> {
        let (problem, relaxed) = (self.lookout.problem, self.relaxed);
        let tariff = relaxed.tariff(problem, self.view, &charges);
        let (last, work) = (self.last.as_ref(), &mut self.work);
        let solution = match flow(&relaxed.problem, &tariff.charges, last, self.control, self.workspace, work)? {
            Ok(solution) => solution,
            Err(witness) => return Ok(Err(multipliers(problem, &witness.prices, vec![0; charges.len()]))),
        };
        let bound = relaxed.bound(&tariff, &solution.matching);
        let matching = relaxed.matching(&solution.matching);
        let loads = Loads::of_matching(problem, &self.lookout.frame, &matching);
        if loads.are_feasible(problem) {
            self.keep(matching.clone());
        }
        if self.lowest.as_ref().is_none_or(|lowest| bound < lowest.bound) {
            let multipliers = multipliers(problem, &solution.prices, charges);
            self.lowest = Some(Bounded { bound, multipliers, matching, loads, parting: None, basis: None });
        }
        self.last = Some(solution);
        Ok(Ok(()))
    }

    /// Multipliers that prove that the case is empty, from charges that do up to rounding.
    fn prove_empty(&mut self, charges: &[f64]) -> Result<Option<Multipliers>, Stop> {
        let problem = self.lookout.problem;
        let whole = |scale: f64| charges.iter().all(|charge| (charge * scale - (charge * scale).round()).abs() < WHOLE);
        let scale = (1..=EXACT).map(f64::from).find(|&scale| whole(scale)).unwrap_or(FINE);
        let charges = problem.couplings().iter().zip(charges).map(|(coupling, &charge)| {
            let scaled = (charge * scale).round() as i64;
            if coupling.penalty().is_some() { 0 } else { scaled.clamp(-self.lookout.dearest, self.lookout.dearest) }
        });
        let charges: Vec<i64> = charges.collect();
        let Some(worthless) = self.relaxed.worthless() else { return Ok(None) };
        let tariff = self.relaxed.tariff(problem, self.view, &charges);
        let found = flow(&worthless, &tariff.charges, None, self.control, self.workspace, &mut self.work)?;
        Ok(match found {
            Ok(solution) if self.relaxed.worthless_bound(&tariff, &solution.matching) < 0 => {
                Some(multipliers(problem, &solution.prices, charges))
            }
            Ok(_) => None,
            Err(witness) => Some(multipliers(problem, &witness.prices, vec![0; charges.len()])),
        })
    }
}
