//! Of all prices that prove a matching best, the lowest.
//!
//! Optimal prices form a lattice, so there is one price vector below all others; it does not depend on how the optimum
//! was found. The lowest price of a post is exactly what one more seat there would add to the optimum (Shapley and
//! Shubik 1971, for the assignment game).
//!
//! How far each price can fall is a shortest path over posts. A price `y_p` cannot fall below 0; nor so far that a unit
//! with unplaced members would earn something there; nor further than the prices its rivals' holders pay: a member at
//! `p` whose rent exceeds what `q` offers it by `slack` allows `q` to fall by `slack` more than `p`. All lengths are
//! non-negative, so Dijkstra's method finds all of them in one pass over the rows of placed units.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::nested;
use crate::graph::{Prices, Problem, Solution};
use crate::index::{PostId, UnitId};

/// The lowest prices that prove `solution` optimal for `problem`.
///
/// `solution` must be optimal with proving prices, as in [`Outcome::Optimal`](super::Outcome::Optimal); of anything else
/// the result is some prices, which prove nothing. With quotas there need be no lowest prices, since a post's price may
/// fall where that of a quota above it rises: the result is then the solution's own. Cost:
/// `O(m + d log d)` for `m` pairs and `d` posts.
#[must_use]
pub fn lowest_prices(problem: &Problem, solution: &Solution) -> Prices {
    if nested::has_quotas(problem) {
        return solution.prices.clone();
    }
    let graph = problem.graph();
    let prices = solution.prices.posts();
    let value = |pair: usize| i64::from(problem.weights()[pair]) + problem.placement_bonus();
    let holders = Holders::of(problem, solution);
    // How far each price can fall, as known so far.
    let mut falls: Vec<i64> = prices.to_vec();
    for unit in UnitId::all(graph.units()).filter(|unit| holders.unplaced[unit.index()]) {
        for (pair, post) in graph.row(unit).zip(graph.neighbours(unit)) {
            let slack = (prices[post.index()] - value(pair)).max(0);
            falls[post.index()] = falls[post.index()].min(slack);
        }
    }
    let mut queue: BinaryHeap<_> =
        PostId::all(graph.posts()).map(|post| Reverse((falls[post.index()], post))).collect();
    while let Some(Reverse((fall, post))) = queue.pop() {
        if fall > falls[post.index()] {
            continue;
        }
        for (unit, held) in holders.at(post) {
            let rent = value(held) - prices[post.index()];
            for (pair, other) in graph.row(unit).zip(graph.neighbours(unit)) {
                let slack = (rent - value(pair) + prices[other.index()]).max(0);
                if fall + slack < falls[other.index()] {
                    falls[other.index()] = fall + slack;
                    queue.push(Reverse((fall + slack, *other)));
                }
            }
        }
    }
    Prices::new(prices.iter().zip(&falls).map(|(price, fall)| price - fall).collect())
}

/// Who holds seats of each post, and which units have members without one.
struct Holders {
    offsets: Vec<usize>,
    held: Vec<(UnitId, usize)>,
    unplaced: Vec<bool>,
}

impl Holders {
    fn of(problem: &Problem, solution: &Solution) -> Self {
        let graph = problem.graph();
        let placements = solution.matching.placements();
        let mut offsets = vec![0; graph.posts() + 1];
        for placement in placements {
            offsets[graph.post_of(placement.pair).index() + 1] += 1;
        }
        for post in 0..graph.posts() {
            offsets[post + 1] += offsets[post];
        }
        let mut next = offsets.clone();
        let mut held = vec![(UnitId::new(0), 0); placements.len()];
        let mut left: Vec<u32> = problem.headcounts().to_vec();
        for placement in placements {
            let (unit, post) = (graph.unit_of(placement.pair), graph.post_of(placement.pair));
            held[next[post.index()]] = (unit, placement.pair.index());
            next[post.index()] += 1;
            left[unit.index()] = left[unit.index()].saturating_sub(placement.count);
        }
        Self { offsets, held, unplaced: left.into_iter().map(|left| left > 0).collect() }
    }

    fn at(&self, post: PostId) -> impl Iterator<Item = (UnitId, usize)> + '_ {
        self.held[self.offsets[post.index()]..self.offsets[post.index() + 1]].iter().copied()
    }
}
