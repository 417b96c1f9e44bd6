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
//! Cost: [`Sensitivity::of`] passes over the pairs three times and keeps the arcs that can be on a shortest way, mostly a small
//! part; then Dijkstra's method passes over these a few times, `O(m + n)` for `m` pairs and `n` units and posts. A question
//! about a pair afterwards is a search from both ends over what was kept, no farther than what is known of the ways by the
//! root and by one post at the centre leaves open.
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
mod landmarks;
mod network;
mod pair;
mod queue;
mod range;
mod residual;
mod search;
mod seats;
mod shortest;
mod successive;

pub use certainty::Certainty;
pub use exchange::{Exchange, Margin, Move};
pub use seats::{SeatValue, SeatValues};

use crate::graph::{Problem, Solution};
use crate::index::{PairId, PostId, UnitId};
use arcs::Arcs;
use certainty::ties;
use landmarks::Landmarks;
use network::Network;
use pair::PairView;
use residual::{Flow, residual};
use shortest::{Question, shortest};

/// What a proven optimum's surroundings are worth. All amounts are in units of the problem's value.
#[derive(Debug)]
pub struct Sensitivity<'a> {
    network: Network<'a>,
    flow: Flow,
    landmarks: Landmarks,
    arcs: Arcs,
    /// The component of each node in the arcs of length 0.
    ties: Vec<u32>,
}

impl<'a> Sensitivity<'a> {
    /// Prepares answers about `solution`; none if its prices do not prove it best, with everything as it decided.
    #[must_use]
    pub fn of(problem: &'a Problem, solution: &Solution) -> Option<Self> {
        let (network, flow) = residual(problem, solution)?;
        let (landmarks, arcs) = Landmarks::new(&network, &flow)?;
        let ties = ties(&network, &flow, &landmarks, &arcs);
        Some(Self { network, flow, landmarks, arcs, ties })
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
        self.flow.view(&self.network, pair).cost
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
        self.certainty_of(&self.flow.view(&self.network, pair))
    }

    fn certainty_of(&self, view: &PairView) -> Certainty {
        let PairView { pair, from, to, placed, takes, .. } = *view;
        if let Some(people) = self.network.frozen(pair.index()) {
            return if people > 0 { Certainty::Every } else { Certainty::None };
        }
        let tied = self.ties[from] == self.ties[to];
        if placed == 0 {
            return if tied && takes && view.cost == 0 { Certainty::Other } else { Certainty::None };
        }
        let another = || self.shortest([from, to], Some([from, to]), 1).is_some();
        if tied && (!takes || another()) { Certainty::Some } else { Certainty::Every }
    }

    /// The shortest way between two nodes and its length, not by the arc `avoided`; none if there is none below `below`.
    fn shortest(&self, ends: [usize; 2], avoided: Option<[usize; 2]>, below: i64) -> Option<(i64, Vec<usize>)> {
        let [start, target] = ends;
        let question = Question { start, target, avoided, below };
        shortest(&self.network, &self.flow, &self.landmarks, &self.arcs, question)
    }
}
