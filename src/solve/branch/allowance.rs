//! How many people each coupled pair may place, so that every coupling keeps its span whatever else changes.

use super::loads::Loads;
use super::nets::Nets;
use super::node::{Bounded, Lookout};
use super::view::{Decision, View};
use crate::graph::{Load, Matching};
use crate::index::{CouplingId, PairId, PostId};

/// See the [page](self). Coupled pairs are known by their place among those of the lookout.
pub(super) struct Allowance<'a> {
    lookout: &'a Lookout<'a>,
    least: Vec<u32>,
    most: Vec<u32>,
    /// What each pair may place by itself.
    heads: Vec<u32>,
    /// What each coupling may hold.
    ends: Vec<(i64, i64)>,
    /// What each coupling holds if every pair places the most it may.
    loads: Vec<i64>,
}

impl<'a> Allowance<'a> {
    /// What the matching of `from` places, but for those who are too many, with those who are lacking; none if there are not
    /// enough of these.
    pub(super) fn new(lookout: &'a Lookout<'a>, view: &View, from: &Bounded) -> Option<Self> {
        let problem = lookout.problem;
        let (least, heads): (Vec<u32>, Vec<u32>) = lookout.coupled.iter().map(|&pair| view.ends(problem, pair)).unzip();
        let couplings = problem.couplings().len();
        let most = vec![0; heads.len()];
        let mut new = Self { lookout, least, most, heads, ends: Vec::new(), loads: vec![0; couplings] };
        new.settle(&from.matching);
        let spans = CouplingId::all(couplings).zip(problem.couplings()).zip(&new.loads).zip(&view.couplings);
        let ends = spans.map(|(((id, coupling), &load), &ends)| {
            let span = view.span(problem, Load::Coupling(id));
            match coupling.penalty() {
                Some(_) => (i64::MIN, load.max(coupling.span().max())),
                None if !span.has_gap() => ends,
                None if 2 * load >= span.min() => (span.min(), span.max()),
                None => (0, 0),
            }
        });
        new.ends = ends.collect();
        let nets = Nets::new(problem, &from.multipliers.prices);
        let charged = new.tariff(&from.multipliers.couplings);
        new.cut(&nets, &charged, &Loads::of(problem, &from.matching));
        new.fill(&nets, &charged)?;
        new.hold();
        Some(new)
    }

    /// The pairs of a coupling, each with its sign.
    fn pairs(&self, coupling: usize) -> impl Iterator<Item = (usize, i64)> + use<'a> {
        self.lookout.by_coupling[coupling].iter().map(|&(at, sign)| (at as usize, i64::from(sign)))
    }

    /// The couplings of a pair, each with its sign.
    fn couplings(&self, at: usize) -> impl Iterator<Item = (usize, i64)> + use<'a> {
        self.lookout.by_pair[at].iter().map(|&(coupling, sign)| (coupling as usize, i64::from(sign)))
    }

    /// Whether some pair counts against the others: such couplings keep the pairs they have.
    fn is_difference(&self, coupling: usize) -> bool {
        self.pairs(coupling).any(|(_, sign)| sign < 0)
    }

    fn allow(&mut self, at: usize, most: u32) {
        let by = i64::from(most) - i64::from(self.most[at]);
        self.most[at] = most;
        for (coupling, sign) in self.couplings(at) {
            self.loads[coupling] += sign * by;
        }
    }

    /// Nobody but those whom `matching` places, and whom minimums need.
    pub(super) fn settle(&mut self, matching: &Matching) {
        let mut most = self.least.clone();
        for placement in matching.placements() {
            if let Ok(at) = self.lookout.coupled.binary_search(&placement.pair) {
                most[at] = placement.count.clamp(self.least[at], self.heads[at]);
            }
        }
        for (at, most) in most.into_iter().enumerate() {
            if most != self.most[at] {
                self.allow(at, most);
            }
        }
    }

    /// What the couplings charge each pair.
    fn tariff(&self, charges: &[i64]) -> Vec<i128> {
        let mut tariff = vec![0; self.most.len()];
        for (coupling, &charge) in charges.iter().enumerate().filter(|(_, charge)| **charge != 0) {
            for (at, sign) in self.pairs(coupling) {
                tariff[at] += i128::from(sign) * i128::from(charge);
            }
        }
        tariff
    }

    /// What a person placed by a pair earns more than by the best other one.
    fn advantage(&self, nets: &Nets<'_>, charged: &[i128], at: usize) -> i128 {
        let own = self.lookout.coupled[at];
        let other =
            |pair: PairId| (pair != own).then(|| self.lookout.coupled.binary_search(&pair).map_or(0, |at| charged[at]));
        nets.net(own) - charged[at] - nets.rent(self.lookout.problem.graph().unit_of(own), other)
    }

    /// Takes out whoever is too many.
    fn cut(&mut self, nets: &Nets<'_>, charged: &[i128], loads: &Loads) {
        let problem = self.lookout.problem;
        let mut posts: Vec<i64> = PostId::all(problem.seats().len()).map(|post| loads.at(Load::Post(post))).collect();
        for coupling in 0..self.ends.len() {
            let (min, max) = self.ends[coupling];
            if self.is_difference(coupling) {
                if !(min..=max).contains(&self.loads[coupling]) {
                    self.pairs(coupling).for_each(|(at, _)| self.allow(at, self.least[at]));
                }
                continue;
            }
            if self.loads[coupling] <= max {
                continue;
            }
            let there = self.pairs(coupling).map(|(at, _)| at).filter(|&at| self.most[at] > self.least[at]);
            let mut there: Vec<(i128, usize)> = there.map(|at| (self.advantage(nets, charged, at), at)).collect();
            there.sort_unstable();
            // Those whom an open class needs go last.
            for spares in [true, false] {
                for &(_, at) in &there {
                    let post = problem.graph().post_of(self.lookout.coupled[at]).index();
                    let needed = if spares { i64::from(problem.seats()[post].min()) } else { 0 };
                    let spare = (posts[post] - needed).clamp(0, i64::from(self.most[at] - self.least[at]));
                    let by = spare.min(self.loads[coupling] - max).max(0);
                    posts[post] -= by;
                    self.allow(at, self.most[at] - by as u32);
                }
            }
        }
    }

    /// Brings in whoever is lacking; none if there are not enough.
    fn fill(&mut self, nets: &Nets<'_>, charged: &[i128]) -> Option<()> {
        for coupling in 0..self.ends.len() {
            let min = self.ends[coupling].0;
            if self.loads[coupling] >= min {
                continue;
            }
            if self.is_difference(coupling) {
                return None;
            }
            let elsewhere = self.pairs(coupling).map(|(at, _)| at).filter(|&at| self.most[at] < self.heads[at]);
            let mut elsewhere: Vec<(i128, usize)> =
                elsewhere.map(|at| (-self.advantage(nets, charged, at), at)).collect();
            elsewhere.sort_unstable();
            for (_, at) in elsewhere {
                if self.loads[coupling] < min && self.has_room(at, None) && self.is_free(at) {
                    self.allow(at, self.most[at] + 1);
                    self.least[at] = self.most[at];
                }
            }
            if self.loads[coupling] < min {
                return None;
            }
        }
        Some(())
    }

    /// Whether the unit of a pair has somebody who need not be somewhere.
    fn is_free(&self, at: usize) -> bool {
        let (pairs, problem) = (&self.lookout.coupled, self.lookout.problem);
        let unit = problem.graph().unit_of(pairs[at]);
        let own = problem.graph().row(unit).filter_map(|pair| pairs.binary_search(&PairId::new(pair as u32)).ok());
        let held: u64 = own.map(|at| u64::from(self.least[at])).sum();
        held < u64::from(problem.headcount(unit))
    }

    /// Whether all couplings of a pair, but for `but`, have room for one more.
    fn has_room(&self, at: usize, but: Option<usize>) -> bool {
        let mut couplings = self.couplings(at);
        couplings
            .all(|(coupling, sign)| sign > 0 && (but == Some(coupling) || self.loads[coupling] < self.ends[coupling].1))
    }

    /// Those whom minimums and differences need stay.
    fn hold(&mut self) {
        for coupling in 0..self.ends.len() {
            let is_difference = self.is_difference(coupling);
            let mut lacking = self.ends[coupling].0.max(0);
            for (at, _) in self.pairs(coupling) {
                let needed = if is_difference { u32::MAX } else { u32::try_from(lacking).unwrap_or(u32::MAX) };
                self.least[at] = self.least[at].max(needed.min(self.most[at]));
                lacking -= i64::from(self.least[at]).min(lacking);
            }
        }
    }

    pub(super) fn decisions(&self) -> impl Iterator<Item = Decision> + '_ {
        let pairs = self.lookout.coupled.iter().zip(&self.least).zip(&self.most);
        pairs.map(|((&pair, &least), &most)| (Load::Pair(pair), i64::from(least), i64::from(most)))
    }

    /// What a person of a pair gains who may be placed by it.
    fn gain(&self, nets: &Nets<'_>, at: usize) -> i128 {
        let own = self.lookout.coupled[at];
        nets.net(own) - nets.rent(self.lookout.problem.graph().unit_of(own), |pair| self.charge_now(pair))
    }

    /// What a person of a pair loses who may no longer be placed by it.
    fn loss(&self, nets: &Nets<'_>, at: usize) -> i128 {
        let own = self.lookout.coupled[at];
        let others = |pair: PairId| self.charge_now(pair).filter(|_| pair != own);
        nets.net(own) - nets.rent(self.lookout.problem.graph().unit_of(own), others)
    }

    /// Nothing for a pair that may place somebody.
    fn charge_now(&self, pair: PairId) -> Option<i128> {
        self.lookout.coupled.binary_search(&pair).map_or(true, |at| self.most[at] > 0).then_some(0)
    }

    /// Lets in those who would gain, and for each class of `lacking` so many who would lose least, as far as couplings have
    /// room; false if there are none.
    pub(super) fn let_in(&mut self, nets: &Nets<'_>, lacking: &[(Load, i64)]) -> bool {
        let pairs = &self.lookout.coupled;
        let mut lacked: Vec<i64> = lacking.iter().map(|(_, by)| *by).collect();
        let outside = (0..pairs.len()).filter(|&at| self.most[at] < self.heads[at] && self.has_room(at, None));
        let gains = outside.filter_map(|at| {
            let gain = self.gain(nets, at);
            let class = lacking.iter().position(|&(on, _)| nets.counts(pairs[at], on));
            (gain > 0 || class.is_some()).then_some((-gain, at, class))
        });
        let mut gains: Vec<(i128, usize, Option<usize>)> = gains.collect();
        gains.sort_unstable();
        let mut any = false;
        for (_, at, class) in gains {
            if !self.has_room(at, None) || class.is_some_and(|class| lacked[class] == 0) {
                continue;
            }
            if let Some(class) = class {
                lacked[class] -= 1;
            }
            self.allow(at, self.most[at] + 1);
            any = true;
        }
        any
    }

    /// Takes out of each full coupling whoever loses least, for somebody who gains more; false if there is nobody.
    pub(super) fn exchange(&mut self, nets: &Nets<'_>) -> bool {
        let mut any = false;
        for coupling in 0..self.ends.len() {
            if self.loads[coupling] < self.ends[coupling].1 || self.is_difference(coupling) {
                continue;
            }
            let (mut comes, mut leaves) = (None, None);
            for (at, _) in self.pairs(coupling) {
                if self.most[at] > self.least[at] {
                    leaves = leaves.max(Some((-self.loss(nets, at), at)));
                } else if self.most[at] == 0 && self.heads[at] > 0 && self.has_room(at, Some(coupling)) {
                    comes = comes.max(Some((self.gain(nets, at), at)));
                }
            }
            if let (Some((gain, comes)), Some((unlost, leaves))) = (comes, leaves)
                && gain + unlost > 0
            {
                self.allow(leaves, self.most[leaves] - 1);
                self.allow(comes, self.most[comes] + 1);
                any = true;
            }
        }
        any
    }
}
