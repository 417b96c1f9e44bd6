//! The cases so far: which are open, which are closed, and by what.

use std::sync::Arc;

use super::node::{Bounded, Found, Known, Looked, Lookout};
use super::view::Decision;
use crate::graph::{Case, Cases, Load, Matching, Multipliers, Part};

/// A case that may hold something better.
pub(super) struct Open {
    /// Its number.
    pub(super) case: u32,
    /// The multipliers that prove its bound, which may come from a larger case.
    proof: u32,
    pub(super) bound: i128,
    pub(super) decisions: Vec<Decision>,
    /// What is known of the larger case.
    pub(super) known: Arc<Known>,
}

/// See the [page](self).
pub(super) struct Tree<'a> {
    lookout: &'a Lookout<'a>,
    cases: Vec<Case>,
    multipliers: Vec<Multipliers>,
    open: Vec<Open>,
    /// The highest bound of a case that rounding has left neither closed nor split.
    stuck: Option<i128>,
    best: Option<(i128, Matching)>,
}

impl<'a> Tree<'a> {
    /// One open case: everything. `bound` and its `multipliers` are any there are.
    pub(super) fn new(lookout: &'a Lookout<'a>, multipliers: Multipliers, bound: i128) -> Self {
        let known = Arc::new(Known::nothing(lookout.problem));
        let all = Open { case: 0, proof: 0, bound, decisions: Vec::new(), known };
        let (cases, multipliers) = (vec![Case::Bounded(0)], vec![multipliers]);
        Self { lookout, cases, multipliers, open: vec![all], stuck: None, best: None }
    }

    /// Takes the open cases of the highest bounds, at most `count`, and closes those that cannot hold anything better.
    pub(super) fn take(&mut self, count: usize) -> Vec<Open> {
        let best = self.value();
        self.open.retain(|open| best.is_none_or(|best| open.bound > best));
        // Highest bounds last; of equal ones the deepest, which is nearest to a matching.
        self.open.sort_by_key(|open| (open.bound, open.decisions.len(), std::cmp::Reverse(open.case)));
        self.open.split_off(self.open.len().saturating_sub(count))
    }

    /// Puts back a case that was not looked at.
    pub(super) fn put_back(&mut self, open: Open) {
        self.open.push(open);
    }

    /// Keeps a feasible matching if it is worth most so far.
    pub(super) fn keep(&mut self, candidate: Option<(i128, Matching)>) {
        if let Some(candidate) = candidate
            && self.value().is_none_or(|best| candidate.0 > best)
        {
            self.best = Some(candidate);
        }
    }

    /// Notes what a look at a case found.
    pub(super) fn note(&mut self, open: Open, looked: Looked) {
        self.keep(looked.candidate);
        match looked.found {
            Found::Empty(multipliers) => self.cases[open.case as usize] = Case::Empty(self.prove(multipliers)),
            Found::Bounded(bounded) if looked.stop.is_some() => self.note_stopped(open, *bounded),
            Found::Bounded(bounded) => self.note_bounded(open, *bounded, looked.split),
        }
    }

    /// Puts back a case that was not looked at to the end, with what its bound has come to.
    fn note_stopped(&mut self, mut open: Open, bounded: Bounded) {
        open.known = Arc::new(Known::of(&bounded));
        if bounded.bound < open.bound {
            (open.proof, open.bound) = (self.prove(bounded.multipliers), bounded.bound);
            self.cases[open.case as usize] = Case::Bounded(open.proof);
        }
        self.open.push(open);
    }

    fn note_bounded(&mut self, open: Open, bounded: Bounded, split: Option<(Load, Vec<(i64, i64)>)>) {
        let Open { mut case, mut proof, mut bound, mut decisions, .. } = open;
        let known = Arc::new(Known::of(&bounded));
        if bounded.bound < bound {
            (proof, bound) = (self.prove(bounded.multipliers), bounded.bound);
        }
        self.cases[case as usize] = Case::Bounded(proof);
        if self.value().is_some_and(|best| bound <= best) {
            return;
        }
        let Some((on, parts)) = split else {
            self.stuck = self.stuck.max(Some(bound));
            return;
        };
        for forced in self.forced(proof, bound, &decisions) {
            if forced.0 != on {
                let [closed, opened] = self.split(case, forced.0, &[(0, 0), (forced.1, forced.2)])[..] else {
                    continue;
                };
                self.cases[closed as usize] = Case::Bounded(proof);
                case = opened;
                decisions.push(forced);
            }
        }
        let numbers = self.split(case, on, &parts);
        for (case, (min, max)) in numbers.into_iter().zip(parts) {
            self.cases[case as usize] = Case::Bounded(proof);
            let closes = (min, max) == (0, 0);
            if closes && self.value().is_some_and(|best| self.bound_closed(proof, bound, on, &decisions) <= best) {
                continue;
            }
            let decisions = decisions.iter().copied().chain([(on, min, max)]).collect();
            self.open.push(Open { case, proof, bound, decisions, known: known.clone() });
        }
    }

    /// Makes a case fall into parts; the numbers of these.
    fn split(&mut self, case: u32, on: Load, parts: &[(i64, i64)]) -> Vec<u32> {
        let first = self.cases.len() as u32;
        let numbers: Vec<u32> = (first..).take(parts.len()).collect();
        self.cases.resize(self.cases.len() + parts.len(), Case::Bounded(0));
        let parts = parts.iter().zip(&numbers).map(|(&(min, max), &case)| Part { min, max, case });
        self.cases[case as usize] = Case::Split { on, parts: parts.collect() };
        numbers
    }

    fn prove(&mut self, multipliers: Multipliers) -> u32 {
        self.multipliers.push(multipliers);
        self.multipliers.len() as u32 - 1
    }

    /// The openings that have to open, since closing them alone costs too much.
    fn forced(&self, proof: u32, bound: i128, decisions: &[Decision]) -> Vec<Decision> {
        let Some(best) = self.value() else { return Vec::new() };
        let undecided = self.lookout.openings.iter().filter(|&&on| decisions.iter().all(|decision| decision.0 != on));
        let dear = undecided.filter(|&&on| self.bound_closed(proof, bound, on, decisions) <= best);
        let forced = dear.map(|&on| {
            let span = self.lookout.span(on);
            (on, span.min(), span.max())
        });
        forced.collect()
    }

    /// What the same multipliers prove if `on` is closed besides: it no longer pays for its places.
    fn bound_closed(&self, proof: u32, bound: i128, on: Load, decisions: &[Decision]) -> i128 {
        let prices = &self.multipliers[proof as usize].prices;
        let price = match on {
            Load::Post(post) => prices.posts()[post.index()],
            Load::Demand(node) => prices.demand()[node.index()],
            Load::Supply(node) => prices.supply()[node.index()],
            Load::Coupling(_) | Load::Pair(_) => 0,
        };
        let own = decisions.iter().rev().find(|decision| decision.0 == on);
        let most = own.map_or_else(|| self.lookout.span(on).max(), |decision| decision.2);
        bound - i128::from(price.max(0)) * i128::from(most)
    }

    /// What the best matching so far is worth.
    pub(super) fn value(&self) -> Option<i128> {
        self.best.as_ref().map(|(value, _)| *value)
    }

    /// People in the best matching so far.
    pub(super) fn placed(&self) -> u64 {
        self.best.as_ref().map_or(0, |(_, matching)| matching.placed())
    }

    /// No matching is worth more; none if none is feasible.
    pub(super) fn bound(&self) -> Option<i128> {
        self.open.iter().map(|open| open.bound).max().max(self.stuck).max(self.value())
    }

    /// Whether nothing better than the best matching is left.
    pub(super) fn is_closed(&self) -> bool {
        self.open.is_empty() && self.bound() == self.value()
    }

    /// Cases so far, and those of them that are open.
    pub(super) fn sizes(&self) -> (usize, usize) {
        (self.cases.len(), self.open.len())
    }

    /// The best matching, and the proof.
    pub(super) fn end(self) -> (Option<Matching>, Cases) {
        (self.best.map(|(_, matching)| matching), Cases::new(self.cases, self.multipliers))
    }
}
