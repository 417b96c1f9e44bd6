//! The oracle for everything that can be said: every matching of a small problem, checked against its ranges one by one.

use talent_match::graph::{Matching, Placement, Problem, QuotaForest, SeatRange};
use talent_match::index::{PairId, QuotaId, UnitId};

/// What the best feasible matching is worth; none if there is none.
pub(crate) fn best_listed(problem: &Problem) -> Option<i128> {
    best_listed_of(problem, &|_| true)
}

/// The same among the matchings that `counts` says count.
pub(crate) fn best_listed_of(problem: &Problem, counts: &dyn Fn(&Matching) -> bool) -> Option<i128> {
    let mut listing = Listing { problem, may_count: counts, counts: vec![0; problem.graph().pairs()], best: None };
    listing.pair(0);
    listing.best
}

struct Listing<'a> {
    problem: &'a Problem,
    may_count: &'a dyn Fn(&Matching) -> bool,
    counts: Vec<u32>,
    best: Option<i128>,
}

impl Listing<'_> {
    /// Lists the counts of this pair and all after it.
    fn pair(&mut self, pair: usize) {
        let (problem, graph) = (self.problem, self.problem.graph());
        if pair == graph.pairs() {
            return self.end();
        }
        let id = PairId::new(pair as u32);
        let (unit, post) = (graph.unit_of(id), graph.post_of(id));
        let placed: u32 = graph.row(unit).map(|pair| self.counts[pair]).sum();
        let held: u32 = (0..pair).filter(|&other| graph.targets()[other] == post).map(|other| self.counts[other]).sum();
        let most = (problem.headcount(unit) - placed).min(problem.seats()[post.index()].max() - held);
        for count in 0..=most {
            self.counts[pair] = count;
            self.pair(pair + 1);
        }
        self.counts[pair] = 0;
    }

    fn end(&mut self) {
        let (problem, graph) = (self.problem, self.problem.graph());
        let mut posts = vec![0_u64; graph.posts()];
        for (post, &count) in graph.targets().iter().zip(&self.counts) {
            posts[post.index()] += u64::from(count);
        }
        let units: Vec<u64> = UnitId::all(graph.units())
            .map(|unit| graph.row(unit).map(|pair| u64::from(self.counts[pair])).sum())
            .collect();
        let seats = problem.seats().iter().zip(&posts).all(|(seat, &load)| seat.allows(load));
        if !seats || !nodes(problem.demand_quotas(), &posts) || !nodes(problem.supply_quotas(), &units) {
            return;
        }
        let count = |pair: &PairId| i64::from(self.counts[pair.index()]);
        let coupled = problem.couplings().iter().all(|coupling| {
            let load = coupling.pairs().iter().map(count).sum::<i64>()
                - coupling.pairs_against().iter().map(count).sum::<i64>();
            coupling.allows(load)
        });
        if coupled {
            let placements =
                self.counts.iter().zip(0..).map(|(&count, pair)| Placement { pair: PairId::new(pair), count });
            let matching = Matching::new(placements.collect());
            if (self.may_count)(&matching) {
                self.best = self.best.max(Some(self.problem.value(&matching)));
            }
        }
    }
}

/// Whether every strict node holds what it may.
fn nodes(forest: &QuotaForest, leaves: &[u64]) -> bool {
    let allowed = |(node, range): (QuotaId, &SeatRange)| {
        let below = leaves.iter().enumerate().filter(|(leaf, _)| forest.path(*leaf).any(|above| above == node));
        forest.penalty(node).is_some() || range.allows(below.map(|(_, load)| load).sum())
    };
    QuotaId::all(forest.len()).zip(forest.ranges()).all(allowed)
}
