//! What flows say of a case: a bound, and matchings that keep everything.

use super::flow::flow;
use super::loads::Loads;
use super::master::Master;
use super::node::{Bounded, FIRST, Lookout};
use super::relaxed::{Relaxed, multipliers};
use super::view::View;
use crate::control::{Control, Stop};
use crate::graph::{Matching, Multipliers, Solution};
use crate::solve::workspace::Workspace;

/// How far charges are moved at first, and how much farther where that went well.
const REACH: i64 = 1 << 10;
const FASTER: i64 = 32;
const SLOWER: i64 = 4;

/// A bound may fall by this part of what is left to the value to beat, and no more: it is good enough to go on.
const ENOUGH: i128 = 8;

/// Matchings met that smaller cases are told of.
const MET: usize = 1 << 6;

/// One case under one charge after the other.
pub(super) struct Sight<'a> {
    lookout: &'a Lookout<'a>,
    view: &'a View,
    relaxed: &'a Relaxed,
    /// The last solution, or one to begin from.
    last: Option<Solution>,
    /// The value to beat.
    best: Option<i128>,
    /// The best matching met that keeps everything, with its value.
    pub(super) candidate: Option<(i128, Matching)>,
    lowest: Option<(Bounded, Loads)>,
    master: Master,
    /// How far charges are moved at first.
    reach: i64,
    /// A charge that nobody would pay.
    farthest: i64,
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
        master: Master,
        reach: Option<i64>,
    ) -> Self {
        let problem = lookout.problem;
        let dearest = problem.weights().iter().map(|weight| i64::from(weight.unsigned_abs())).max().unwrap_or(0);
        let farthest = 2 * (dearest + problem.placement_bonus()).max(1);
        let last = known.map(|known| relaxed.part(known).into_owned());
        Self {
            lookout,
            view,
            relaxed,
            last,
            best,
            candidate: None,
            lowest: None,
            master,
            reach: reach.unwrap_or(REACH),
            farthest,
            work: 0,
            stop: None,
        }
    }

    /// What is to be beaten, by matchings met here too.
    pub(super) fn reached(&self) -> Option<i128> {
        self.best.max(self.candidate.as_ref().map(|(value, _)| *value))
    }

    /// The lowest bound of so many charges, beginning with `charges`, or of those until a stop, and the loads there; or multipliers
    /// that prove that the case is empty.
    pub(super) fn bound(
        &mut self,
        charges: Vec<i64>,
        rounds: usize,
        control: &Control<'_>,
        workspace: &mut Workspace,
    ) -> Result<Result<(Bounded, Loads), Multipliers>, Stop> {
        let mut next = charges;
        let (mut reach, mut pace) = (self.reach, FASTER);
        let mut parts = Vec::new();
        for round in 1.. {
            match self.at(next.clone(), control, workspace) {
                Ok(Ok(_)) => {}
                Ok(Err(multipliers)) => return Ok(Err(multipliers)),
                Err(stop) if self.lowest.is_some() => {
                    self.stop = Some(stop);
                    break;
                }
                Err(stop) => return Err(stop),
            }
            let Some((lowest, loads)) = &self.lowest else { return Err(Stop::Work) };
            // Openings are decided first: they change more than charges.
            let waits = rounds < FIRST && self.is_half_open(loads);
            if self.is_done() || waits || round == rounds || self.lookout.is_settled(self.view, lowest, loads) {
                break;
            }
            let centre = &lowest.multipliers.couplings;
            // As far as it goes well, it may go on.
            let moved = next.iter().zip(centre).all(|(a, b)| a == b);
            (reach, pace) = if moved {
                (reach.saturating_mul(pace).min(self.farthest), (pace * 2).min(FASTER))
            } else {
                ((reach / SLOWER).max(1), 2)
            };
            let suggestion = self.master.suggest(centre, reach);
            let (bound, hope) = (lowest.bound, self.master.bound(&suggestion.charges));
            // Nothing is won by a better bound that closes nothing.
            let enough = rounds < FIRST
                && !suggestion.is_at_reach(centre, reach)
                && self.reached().is_some_and(|reached| bound - hope <= (hope - reached) / ENOUGH);
            if hope >= bound || enough || round + 1 == rounds {
                let suggestion = self.master.suggest(centre, self.farthest);
                parts = self.master.parts(&suggestion, |pair| self.lookout.is_coupled(pair));
            }
            if hope >= bound || enough {
                break;
            }
            next = suggestion.charges;
        }
        let (bounded, loads) = self.lowest.take().ok_or(Stop::Work)?;
        let met = self.master.met(MET);
        Ok(Ok((Bounded { parts, met, reach, ..bounded }, loads)))
    }

    fn is_half_open(&self, loads: &Loads) -> bool {
        loads.worst_opening(self.lookout.problem, self.view, &self.lookout.openings).is_some()
    }

    fn is_done(&self) -> bool {
        self.lowest.as_ref().is_some_and(|(lowest, _)| self.reached().is_some_and(|reached| lowest.bound <= reached))
    }

    /// The loads under `charges`; keeps the bound and the matching if they are better than those before.
    fn at(
        &mut self,
        charges: Vec<i64>,
        control: &Control<'_>,
        workspace: &mut Workspace,
    ) -> Result<Result<Loads, Multipliers>, Stop> {
        let (problem, relaxed) = (self.lookout.problem, self.relaxed);
        let tariff = relaxed.tariff(problem, self.view, &charges);
        let last = self.last.as_ref();
        let solution = match flow(&relaxed.problem, &tariff.charges, last, control, workspace, &mut self.work)? {
            Ok(solution) => solution,
            Err(witness) => return Ok(Err(multipliers(problem, &witness.prices, vec![0; charges.len()]))),
        };
        let bound = relaxed.bound(&tariff, &solution.matching);
        let matching = relaxed.matching(&solution.matching);
        let loads = Loads::of(problem, &matching);
        let fines: i128 =
            problem.couplings().iter().zip(&loads.couplings).map(|(coupling, &load)| coupling.fine(load)).sum();
        self.master.note(problem.value(&matching) + fines, &matching, &loads);
        if loads.are_feasible(problem, &self.lookout.openings) {
            let value = problem.value(&matching);
            if self.candidate.as_ref().is_none_or(|(known, _)| value > *known) {
                self.candidate = Some((value, matching.clone()));
            }
        }
        if self.lowest.as_ref().is_none_or(|(lowest, _)| bound < lowest.bound) {
            let multipliers = multipliers(problem, &solution.prices, charges);
            self.lowest = Some((
                Bounded { bound, multipliers, matching, parts: Vec::new(), met: Vec::new(), reach: REACH },
                loads.clone(),
            ));
        }
        self.last = Some(solution);
        Ok(Ok(loads))
    }
}
