//! A problem under some decisions, and what multipliers prove of it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rents::path_sum;
use crate::graph::{Coupling, Load, MAX_COUPLED, Multipliers, Problem, QuotaForest, Span};
use crate::index::{CouplingId, PairId, PostId, QuotaId, UnitId};
use crate::parallel;

/// A load is from the first number to the second.
pub(super) type Decision = (Load, i64, i64);

/// Units a task looks at.
const TASK: usize = 1 << 10;

/// The loads that are possible under some decisions.
pub(super) struct Scene<'a> {
    problem: &'a Problem,
    posts: Vec<(i64, i64)>,
    demand: Vec<(i64, i64)>,
    supply: Vec<(i64, i64)>,
    couplings: Vec<(i64, i64)>,
    /// The pairs that cannot hold anything between nobody and all members of their unit.
    pairs: BTreeMap<u32, (i64, i64)>,
}

impl<'a> Scene<'a> {
    /// The loads of `on` that are possible at all; `None` if there is no such thing.
    pub(super) fn span(problem: &Problem, on: Load) -> Option<Span> {
        let graph = problem.graph();
        match on {
            Load::Post(post) => problem.seats().get(post.index()).copied().map(Span::from),
            Load::Demand(node) => node_span(problem.demand_quotas(), node),
            Load::Supply(node) => node_span(problem.supply_quotas(), node),
            Load::Coupling(coupling) => problem.couplings().get(coupling.index()).map(coupling_span),
            Load::Pair(pair) => (pair.index() < graph.pairs()).then(|| {
                let heads = problem.headcount(graph.unit_of(pair));
                Span::new(0, i64::from(heads))
            }),
        }
    }

    /// `problem` under `decisions`; `None` if nothing is left of some load.
    pub(super) fn of(problem: &'a Problem, decisions: &[Decision]) -> Option<Self> {
        let mut spans: BTreeMap<Load, Span> = BTreeMap::new();
        for &(on, min, max) in decisions {
            let span = spans.get(&on).copied().or_else(|| Self::span(problem, on))?;
            spans.insert(on, span.narrowed(min, max)?);
        }
        let ends = |on: Load| spans.get(&on).copied().or_else(|| Self::span(problem, on))?.ends();
        let nodes = |forest: &QuotaForest, on: fn(QuotaId) -> Load| {
            QuotaId::all(forest.len()).map(|node| ends(on(node))).collect::<Option<Vec<_>>>()
        };
        let mut scene = Self {
            problem,
            posts: PostId::all(problem.seats().len()).map(|post| ends(Load::Post(post))).collect::<Option<_>>()?,
            demand: nodes(problem.demand_quotas(), Load::Demand)?,
            supply: nodes(problem.supply_quotas(), Load::Supply)?,
            couplings: Vec::new(),
            pairs: BTreeMap::new(),
        };
        for (&on, span) in &spans {
            if let Load::Pair(pair) = on {
                scene.pairs.insert(pair.get(), span.ends()?);
            }
        }
        for (id, coupling) in CouplingId::all(problem.couplings().len()).zip(problem.couplings()) {
            let (min, max) = ends(Load::Coupling(id))?;
            scene.couplings.push((min, max));
            if coupling.pairs_against().is_empty() && (max <= 0 || coupling.pairs().len() == 1) {
                for &pair in coupling.pairs() {
                    scene.limit(pair, min, max)?;
                }
            }
        }
        scene.count_decided()?;
        Some(scene)
    }

    /// Limits a pair by a coupling that says as much.
    fn limit(&mut self, pair: PairId, min: i64, max: i64) -> Option<()> {
        let heads = i64::from(self.problem.headcount(self.problem.graph().unit_of(pair)));
        let own = self.pairs.get(&pair.get()).copied().unwrap_or((0, heads));
        let limits = (own.0.max(min), own.1.min(max));
        if limits != (0, heads) {
            self.pairs.insert(pair.get(), limits);
        }
        (limits.0 <= limits.1).then_some(())
    }

    /// Whoever is decided to be somewhere is there: no load is below what is decided. `None` if a unit has not so many
    /// members.
    fn count_decided(&mut self) -> Option<()> {
        let graph = self.problem.graph();
        let mut posts = vec![0_i64; graph.posts()];
        let mut units: BTreeMap<usize, i64> = BTreeMap::new();
        for (&pair, &(least, _)) in self.pairs.iter().filter(|(_, ends)| ends.0 > 0) {
            let pair = PairId::new(pair);
            let (unit, post) = (graph.unit_of(pair).index(), graph.post_of(pair).index());
            posts[post] += least;
            self.posts[post].0 = self.posts[post].0.max(posts[post]);
            *units.entry(unit).or_default() += least;
        }
        if units.iter().any(|(&unit, &least)| least > i64::from(self.problem.headcounts()[unit])) {
            return None;
        }
        let decided = posts.into_iter().enumerate().filter(|&(_, least)| least > 0);
        raise(&mut self.demand, self.problem.demand_quotas(), decided);
        raise(&mut self.supply, self.problem.supply_quotas(), units.into_iter());
        Some(())
    }

    /// The pairs that cannot hold anything between nobody and all members of their unit.
    pub(super) const fn limited(&self) -> &BTreeMap<u32, (i64, i64)> {
        &self.pairs
    }

    /// What `multipliers` prove that no matching is worth more than.
    pub(super) fn bound(&self, multipliers: &Multipliers) -> i128 {
        self.bound_of_ranges(multipliers, false) + self.rents(multipliers, false)
    }

    /// The part of the bound that is not what units earn; with `worthless`, as if every pair
    /// were worth nothing.
    pub(super) fn bound_of_ranges(&self, multipliers: &Multipliers, worthless: bool) -> i128 {
        let prices = &multipliers.prices;
        let posts = self
            .posts
            .iter()
            .zip(prices.posts())
            .map(|(&(least, most), &price)| times(if price < 0 { least } else { most }, price));
        let demand = nodes_bound(&self.demand, self.problem.demand_quotas(), prices.demand(), worthless);
        let supply = nodes_bound(&self.supply, self.problem.supply_quotas(), prices.supply(), worthless);
        let couplings = self.problem.couplings().iter().zip(&self.couplings).zip(&multipliers.couplings);
        let couplings = couplings.map(|((coupling, &ends), &price)| {
            let bends = (coupling.span().min(), coupling.span().max());
            let fine = |load: i64| if worthless { 0 } else { coupling.fine(load) };
            let bends = if coupling.penalty().is_some() { bends } else { ends };
            most(ends, bends, |load| times(load, price) - fine(load))
        });
        posts.sum::<i128>() + demand + supply + couplings.sum::<i128>()
    }

    /// What all units earn at best. Of what is decided, only the pairs that are limited matter.
    pub(super) fn rents(&self, multipliers: &Multipliers, worthless: bool) -> i128 {
        let (problem, prices) = (self.problem, &multipliers.prices);
        let mut coupled: BTreeMap<u32, i128> = self.pairs.keys().map(|&pair| (pair, 0)).collect();
        for (coupling, &price) in
            problem.couplings().iter().zip(&multipliers.couplings).filter(|(_, price)| **price != 0)
        {
            for (pair, sign) in coupling.signed() {
                *coupled.entry(pair.get()).or_default() += i128::from(sign) * i128::from(price);
            }
        }
        let rents = Rents {
            scene: self,
            costs: prices
                .posts()
                .iter()
                .enumerate()
                .map(|(post, &price)| i128::from(price) + path_sum(problem.demand_quotas(), prices.demand(), post))
                .collect(),
            supply: prices.supply(),
            coupled: coupled.into_iter().collect(),
            worthless,
        };
        let units = problem.graph().units();
        let tasks = parallel::map(units.div_ceil(TASK), |task| rents.of(task * TASK..units.min((task + 1) * TASK)));
        tasks.into_iter().sum()
    }
}

/// What units earn under some multipliers.
struct Rents<'a> {
    scene: &'a Scene<'a>,
    /// What a seat at each post costs, its quotas included.
    costs: Vec<i128>,
    supply: &'a [i64],
    /// What couplings charge for a pair; every pair that is limited is there too.
    coupled: Vec<(u32, i128)>,
    worthless: bool,
}

impl Rents<'_> {
    fn of(&self, units: Range<usize>) -> i128 {
        units.map(|unit| self.of_unit(UnitId::new(unit as u32))).sum()
    }

    fn of_unit(&self, unit: UnitId) -> i128 {
        let problem = self.scene.problem;
        let (row, heads) = (problem.graph().row(unit), problem.headcount(unit));
        let own = path_sum(problem.supply_quotas(), self.supply, unit.index());
        let bonus = if self.worthless { 0 } else { i128::from(problem.placement_bonus()) };
        let net = |pair: usize| {
            let weight = if self.worthless { 0 } else { i128::from(problem.weights()[pair]) };
            weight + bonus - own - self.costs[problem.graph().targets()[pair].index()]
        };
        let first = self.coupled.partition_point(|&(pair, _)| (pair as usize) < row.start);
        let special = &self.coupled[first..];
        let special = &special[..special.partition_point(|&(pair, _)| (pair as usize) < row.end)];
        if special.is_empty() {
            return i128::from(heads) * row.map(net).fold(0, i128::max);
        }
        // Those decided to be somewhere are there; the others go where they earn most, as far as they may.
        let (mut earned, mut left) = (0, i64::from(heads));
        let mut choices: Vec<(i128, i64)> = Vec::with_capacity(row.len());
        let mut special = special.iter().peekable();
        for pair in row {
            let charge = special.next_if(|&&(own, _)| own as usize == pair).map_or(0, |&(_, charge)| charge);
            let (least, most) = self.scene.pairs.get(&(pair as u32)).copied().unwrap_or((0, i64::from(heads)));
            let net = net(pair) - charge;
            earned += net * i128::from(least);
            left -= least;
            choices.push((net, most - least));
        }
        choices.sort_unstable_by_key(|&(net, _)| std::cmp::Reverse(net));
        for (net, most) in choices.into_iter().take_while(|&(net, _)| net > 0) {
            let count = most.min(left);
            earned += net * i128::from(count);
            left -= count;
        }
        earned
    }
}

fn times(load: i64, price: i64) -> i128 {
    i128::from(load) * i128::from(price)
}

/// The most that a concave function reaches between two ends, if it bends at two others only.
fn most((least, most): (i64, i64), bends: (i64, i64), earned: impl Fn(i64) -> i128) -> i128 {
    let bends = [bends.0, bends.1].map(|bend| bend.clamp(least, most.max(least)));
    [most, bends[0], bends[1]].into_iter().map(&earned).fold(earned(least), i128::max)
}

fn nodes_bound(ends: &[(i64, i64)], forest: &QuotaForest, prices: &[i64], worthless: bool) -> i128 {
    let node = |((node, &ends), &price): ((QuotaId, &(i64, i64)), &i64)| match forest.penalty(node) {
        None => times(if price < 0 { ends.0 } else { ends.1 }, price),
        Some(penalty) => {
            let range = Span::from(forest.ranges()[node.index()]);
            let beyond = |load: i64| (range.min() - load).max(load - range.max()).max(0);
            let fine = |load: i64| if worthless { 0 } else { times(beyond(load), penalty) };
            most(ends, (range.min(), range.max()), |load| times(load, price) - fine(load))
        }
    };
    QuotaId::all(forest.len()).zip(ends).zip(prices).map(node).sum()
}

/// Raises the least loads of all nodes above leaves to what is decided there.
fn raise(ends: &mut [(i64, i64)], forest: &QuotaForest, leaves: impl Iterator<Item = (usize, i64)>) {
    let mut decided = vec![0_i64; ends.len()];
    for (leaf, least) in leaves {
        for node in forest.path(leaf) {
            decided[node.index()] += least;
        }
    }
    for (ends, decided) in ends.iter_mut().zip(decided) {
        ends.0 = ends.0.max(decided);
    }
}

fn node_span(forest: &QuotaForest, node: QuotaId) -> Option<Span> {
    let range = *forest.ranges().get(node.index())?;
    let soft = forest.penalty(node).is_some();
    Some(if soft { Span::new(0, i64::from(u32::MAX)) } else { Span::from(range) })
}

fn coupling_span(coupling: &Coupling) -> Span {
    if coupling.penalty().is_some() { Span::new(-MAX_COUPLED, MAX_COUPLED) } else { coupling.span() }
}
