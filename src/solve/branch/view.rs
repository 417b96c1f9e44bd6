//! What is left of a problem under some decisions.

use std::collections::BTreeMap;

use crate::graph::{Load, MAX_COUPLED, Multipliers, Prices, Problem, QuotaForest, SeatRange, Span};
use crate::index::{CouplingId, PairId, PostId, QuotaId};

/// A load is from the first number to the second.
pub(super) type Decision = (Load, i64, i64);

/// The loads that are possible under some decisions.
pub(super) struct View {
    spans: BTreeMap<Load, Span>,
    /// The smallest and largest load of each coupling.
    pub(super) couplings: Vec<(i64, i64)>,
    /// The pairs that are limited, with least and most people.
    pub(super) pairs: BTreeMap<u32, (u32, u32)>,
    /// Members of units who are decided to be somewhere.
    pub(super) decided: BTreeMap<usize, u32>,
}

impl View {
    /// `None` if the decisions leave nothing of some load.
    pub(super) fn of(problem: &Problem, decisions: &[Decision]) -> Option<Self> {
        let mut spans: BTreeMap<Load, Span> = BTreeMap::new();
        for &(on, min, max) in decisions {
            let span = spans.get(&on).copied().unwrap_or_else(|| span_of(problem, on));
            spans.insert(on, span.narrowed(min, max)?);
        }
        let mut view = Self { spans, couplings: Vec::new(), pairs: BTreeMap::new(), decided: BTreeMap::new() };
        for (&on, span) in &view.spans {
            if let Load::Pair(pair) = on {
                let (least, most) = span.ends()?;
                view.pairs.insert(pair.get(), (least as u32, most as u32));
            }
        }
        for (id, coupling) in CouplingId::all(problem.couplings().len()).zip(problem.couplings()) {
            let (min, max) = view.span(problem, Load::Coupling(id)).ends()?;
            view.couplings.push((min, max));
            if coupling.pairs_against().is_empty() && (max <= 0 || coupling.pairs().len() == 1) {
                for &pair in coupling.pairs() {
                    view.limit(problem, pair, min, max)?;
                }
            }
        }
        for (&pair, &(least, _)) in view.pairs.iter().filter(|(_, ends)| ends.0 > 0) {
            let unit = problem.graph().unit_of(PairId::new(pair)).index();
            let decided = view.decided.entry(unit).or_default();
            *decided = decided.checked_add(least).filter(|&sum| sum <= problem.headcounts()[unit])?;
        }
        Some(view)
    }

    /// Limits a pair by a coupling that says as much.
    fn limit(&mut self, problem: &Problem, pair: PairId, min: i64, max: i64) -> Option<()> {
        let (least, most) = self.ends(problem, pair);
        let limits = (i64::from(least).max(min), i64::from(most).min(max));
        if limits.0 > limits.1 {
            return None;
        }
        if limits != (i64::from(least), i64::from(most)) {
            self.pairs.insert(pair.get(), (limits.0 as u32, limits.1 as u32));
        }
        Some(())
    }

    /// The loads that are left of `on`.
    pub(super) fn span(&self, problem: &Problem, on: Load) -> Span {
        self.spans.get(&on).copied().unwrap_or_else(|| span_of(problem, on))
    }

    /// Least and most people placed by `pair`.
    pub(super) fn ends(&self, problem: &Problem, pair: PairId) -> (u32, u32) {
        let heads = || problem.headcount(problem.graph().unit_of(pair));
        self.pairs.get(&pair.get()).copied().unwrap_or_else(|| (0, heads()))
    }

    /// Whether what is left of all couplings over pairs can be reached: if not, multipliers that prove it.
    pub(super) fn contradiction(&self, problem: &Problem) -> Option<Multipliers> {
        for (at, coupling) in problem.couplings().iter().enumerate() {
            let (min, max) = self.couplings[at];
            for (sign, beyond) in [(1, -max), (-1, min)] {
                if coupling.penalty().is_none() && self.reach(problem, at, -sign) < beyond {
                    let mut multipliers = nothing(problem);
                    multipliers.couplings[at] = sign;
                    return Some(multipliers);
                }
            }
        }
        None
    }

    /// The largest load of a coupling, times `sign`, if nothing stood in the way but headcounts and limits.
    fn reach(&self, problem: &Problem, coupling: usize, sign: i64) -> i64 {
        let mut units: BTreeMap<usize, i64> = BTreeMap::new();
        let mut sum = 0;
        for (pair, own) in problem.couplings()[coupling].signed() {
            let (least, most) = self.ends(problem, pair);
            sum += sign * own * i64::from(least);
            if sign * own > 0 {
                *units.entry(problem.graph().unit_of(pair).index()).or_default() += i64::from(most - least);
            }
        }
        let left = |unit: usize| {
            let decided = self.decided.get(&unit).copied().unwrap_or(0);
            i64::from(problem.headcounts()[unit] - decided)
        };
        sum + units.into_iter().map(|(unit, more)| more.min(left(unit))).sum::<i64>()
    }
}

/// No multipliers.
pub(super) fn nothing(problem: &Problem) -> Multipliers {
    let (demand, supply) = (problem.demand_quotas().len(), problem.supply_quotas().len());
    let prices = Prices::new(vec![0; problem.seats().len()]).with_quotas(vec![0; demand], vec![0; supply]);
    Multipliers { prices, couplings: vec![0; problem.couplings().len()] }
}

/// The loads of `on` that are possible at all.
pub(super) fn span_of(problem: &Problem, on: Load) -> Span {
    match on {
        Load::Post(post) => Span::from(problem.seats()[post.index()]),
        Load::Demand(node) => node_span(problem.demand_quotas(), node),
        Load::Supply(node) => node_span(problem.supply_quotas(), node),
        Load::Coupling(coupling) => {
            let coupling = &problem.couplings()[coupling.index()];
            if coupling.penalty().is_some() { Span::new(-MAX_COUPLED, MAX_COUPLED) } else { coupling.span() }
        }
        Load::Pair(pair) => Span::new(0, i64::from(problem.headcount(problem.graph().unit_of(pair)))),
    }
}

fn node_span(forest: &QuotaForest, node: QuotaId) -> Span {
    let soft = forest.penalty(node).is_some();
    if soft { Span::new(0, i64::from(u32::MAX)) } else { Span::from(forest.ranges()[node.index()]) }
}

/// Everything that opens or not in earnest.
pub(super) fn openings(problem: &Problem) -> Vec<Load> {
    let has_gap = |range: &SeatRange| Span::from(*range).has_gap();
    let posts = PostId::all(problem.seats().len()).zip(problem.seats()).filter(|(_, range)| has_gap(range));
    let posts = posts.map(|(post, _)| Load::Post(post));
    let nodes = |forest: &'_ QuotaForest, on: fn(QuotaId) -> Load| {
        let nodes = QuotaId::all(forest.len()).zip(forest.ranges()).filter(|(_, range)| has_gap(range));
        nodes.map(|(node, _)| on(node)).collect::<Vec<_>>()
    };
    let couplings = CouplingId::all(problem.couplings().len()).zip(problem.couplings());
    let couplings = couplings.filter(|(_, coupling)| coupling.span().has_gap()).map(|(id, _)| Load::Coupling(id));
    let nodes = [nodes(problem.demand_quotas(), Load::Demand), nodes(problem.supply_quotas(), Load::Supply)];
    posts.chain(nodes.into_iter().flatten()).chain(couplings).collect()
}
