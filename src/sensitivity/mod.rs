//! What an optimum's surroundings are worth: exactly what every small change would gain or lose, from the proof alone.
//!
//! The mathematics of *post-optimal analysis*; it knows neither the domain nor the solver. Everything is read off the
//! *residual network* of a [`Solution`] whose prices prove it best: its arcs are all the ways in
//! which one person more or fewer can go, and the shortest cycle through an arc is exactly what using it would lose.
//!
//! | question | answer |
//! |---|---|
//! | what if a pair had to be used, or not | the shortest cycle through it: [`Sensitivity::one_more`], [`Sensitivity::one_fewer`] |
//! | is a placement the same in every optimum | strongly connected components of the arcs of length 0: [`Sensitivity::certainty`], [`Sensitivity::margins`] |
//! | what is one more seat worth, or one fewer | shortest ways past it: [`Sensitivity::seats`], both sides of a price |
//! | for how many seats does that hold | the ways one after the other: [`Sensitivity::gains`] |
//!
//! Where classes open or not, or limits cross, all this holds as long as what the solution decides of them stays as it is
//! ([`Problem::decided_by`](crate::graph::Problem::decided_by)).
//!
//! Cost: [`Sensitivity::of`] sorts the pairs by post and makes two passes of Dijkstra's method over them, `O(m + n log n)`
//! for `m` pairs and `n` units and posts. A question about a pair afterwards is a search that ends where the exchange does;
//! distances from and to the root lead it there.
//!
//! ```
//! use talent_match::graph::{BipartiteGraph, Matching, Placement, Prices, Problem, SeatRange, Solution};
//! use talent_match::index::{PairId, PostId};
//! use talent_match::sensitivity::{Certainty, Sensitivity};
//!
//! // Unit 0 may go to either post, unit 1 to post 0 only.
//! let graph = BipartiteGraph::from_rows(2, vec![0, 2, 3], [0, 1, 0].map(PostId::new).to_vec())?;
//! let problem = Problem::new(graph, vec![5, 3, 4], vec![1, 1], vec![SeatRange::up_to(1); 2])?;
//! let place = |pair| Placement { pair: PairId::new(pair), count: 1 };
//! let best = Solution { matching: Matching::new(vec![place(1), place(2)]), prices: Prices::new(vec![2, 0]) };
//! let sensitivity = Sensitivity::of(&problem, &best).ok_or("no proof")?;
//! // Unit 0 at post 0 would cost 2: 5 for it, and 3 and 4 lost.
//! let exchange = sensitivity.one_more(PairId::new(0)).ok_or("no way")?;
//! assert_eq!((exchange.loss, exchange.moves.len()), (2, 2));
//! assert_eq!(sensitivity.certainty(PairId::new(2)), Certainty::Every);
//! assert_eq!(sensitivity.seats().posts[0].more, Some(2));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod arcs;
mod certainty;
mod exchange;
mod groups;
mod network;
mod range;
mod residual;
mod search;
mod seats;
mod successive;

pub use certainty::Certainty;
pub use exchange::{Exchange, Margin, Move};
pub use seats::{SeatValue, SeatValues};

use crate::graph::{Problem, Solution};
use crate::index::{PairId, PostId, UnitId};
use crate::parallel;
use arcs::Near;
use certainty::Ties;
use network::{Network, ROOT};
use residual::{Flow, residual};
use search::{Landmark, Tree};

/// What a proven optimum's surroundings are worth. All amounts are in units of the problem's value.
#[derive(Debug)]
pub struct Sensitivity<'a> {
    network: Network<'a>,
    flow: Flow,
    landmark: Landmark,
    near: Near,
    ties: Ties,
}

impl<'a> Sensitivity<'a> {
    /// Prepares answers about `solution`; none if its prices do not prove it best, with everything as it decided.
    #[must_use]
    pub fn of(problem: &'a Problem, solution: &Solution) -> Option<Self> {
        let (network, flow) = residual(problem, solution)?;
        let mut trees = parallel::map(2, |way| match way {
            0 => Tree::from(&network, &flow, ROOT, |_| false),
            _ => Tree::to_root(&network, &flow),
        })
        .into_iter();
        let landmark = Landmark { from: trees.next()?, to: trees.next()? };
        let (near, ties) = (flow.near(&network, &landmark), Ties::new(&network, &flow));
        Some(Self { network, flow, landmark, near, ties })
    }

    /// The problem.
    #[must_use]
    pub fn problem(&self) -> &'a Problem {
        self.network.problem
    }

    /// What a seat at `post` costs, its quotas included.
    ///
    /// # Panics
    /// If the problem has no such post.
    #[must_use]
    pub fn price(&self, post: PostId) -> i64 {
        self.flow.levels[self.network.post(post)]
    }

    /// What a member of `unit` keeps after paying for the best seat, and what its quotas charge.
    ///
    /// # Panics
    /// If the problem has no such unit.
    #[must_use]
    pub fn rent(&self, unit: UnitId) -> [i64; 2] {
        let node = self.network.unit(unit);
        let home = self.flow.levels[self.network.parent(node)];
        [self.flow.levels[node] - home, home]
    }

    /// What a member placed by `pair` would keep less than the unit's rent; below 0 only where limits decide the pair.
    ///
    /// # Panics
    /// If the problem has no such pair.
    #[must_use]
    pub fn reduced_cost(&self, pair: PairId) -> i64 {
        self.flow.reduced_cost(&self.network, self.problem().graph().unit_of(pair), pair.index())
    }

    /// Whether `pair` is decided by a limit that no flow can express, so that nothing here changes it.
    #[must_use]
    pub fn is_decided(&self, pair: PairId) -> bool {
        self.network.is_frozen(pair.index())
    }

    /// What the optima say of `pair`. Constant, but for units that are split between posts.
    ///
    /// # Panics
    /// If the problem has no such pair.
    #[must_use]
    pub fn certainty(&self, pair: PairId) -> Certainty {
        self.certainty_of(self.problem().graph().unit_of(pair), pair)
    }

    fn certainty_of(&self, unit: UnitId, pair: PairId) -> Certainty {
        if let Some(people) = self.network.frozen(pair.index()) {
            return if people > 0 { Certainty::Every } else { Certainty::None };
        }
        self.ties.certainty(&self.network, &self.flow, unit, pair.index())
    }
}
