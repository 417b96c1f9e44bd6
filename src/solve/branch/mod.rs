//! What flows cannot say: classes that open or not, and couplings. Branch and bound over flows.
//!
//! # The algorithm
//! A *case* is the problem under some decisions, each of which limits one load: a class is closed or open, a pair
//! places nobody or somebody. Its relaxation leaves out what is not decided: an opening may hold anything up to its
//! maximum, and a coupling charges for its load instead of limiting it (Lagrange; Held and Karp 1971). That is a flow, so that its
//! prices and charges prove a bound (`relaxed`, `sight`). The charges that prove most are those of the linear relaxation, flow
//! and couplings at once, where people may be parted (Geoffrion 1974): a simplex method on a tree finds them (`linear`). Where
//! that places people as a whole and opens no class by half, it is feasible for the whole problem. Otherwise the case falls into
//! parts by what is half open or parted, or else by what the flow breaks. Cases that cannot hold anything better than the best
//! matching so far are closed (Land and Doig 1960), and openings whose closing alone would cost too much are opened. Good
//! matchings come early by a dive now and then, which decides everything at once.
//!
//! # The proof
//! The tree of cases with the multipliers that close each of them: [`verify_cases`](crate::certificate::verify_cases)
//! checks it without any search.
//!
//! # One answer
//! Cases are looked at several at a time, on all threads. How many these are and which does not depend on threads, and what they
//! find is noted in their order, so that the tree is the same for any number of threads.
//!
//! # Cost
//! Each look is a flow, which begins from that of the larger case, and with couplings some steps of the simplex method, each of
//! which passes over the nodes and the pairs that may matter. There may be as many as the problem has loads to decide, to the power of two. A limit stops it at any time,
//! with the best matching so far, or one that opens no class, and a bound.
//!
//! ```
//! use talent_match::certificate::verify_cases;
//! use talent_match::control::Control;
//! use talent_match::graph::{BipartiteGraph, Problem, SeatRange};
//! use talent_match::index::PostId;
//! use talent_match::solve::{Searched, search};
//!
//! // Two classes open with two people each, but there are three people; who goes where is worth 5, 4, 4 and 9, 1, 1.
//! let graph = BipartiteGraph::from_rows(2, vec![0, 2, 4, 6], [0, 1, 0, 1, 0, 1].map(PostId::new).to_vec())?;
//! let class = SeatRange::between(2, 3)?.or_closed();
//! let problem = Problem::new(graph, vec![5, 9, 4, 1, 4, 1], vec![1; 3], vec![class; 2])?;
//! let Searched::Optimal { matching, cases } = search(&problem, &Control::new())? else { unreachable!("no limit was set") };
//! assert_eq!(problem.value(&matching), 13);
//! let proof = verify_cases(&problem, &cases, &Control::new());
//! assert!(proof.is_sound() && proof.bound() == Some(13));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod dive;
mod fallback;
mod fixed;
mod flow;
mod linear;
mod loads;
mod node;
mod parts;
mod relaxed;
mod settle;
mod sight;
mod tree;
mod view;

use super::scope::{self, SolveError};
use super::workspace::Workspace;
use crate::control::{Control, Limits, Phase, Progress, Stop};
use crate::graph::{Cases, Matching, Problem};
use crate::parallel;
use fallback::fallback;
use node::{Found, Lookout};
pub use settle::{settle, settle_near};
use tree::Tree;
use view::nothing;

/// Cases looked at together.
const WIDTH: usize = 8;

/// Rounds between two dives.
const ROUNDS: usize = 8;

/// How a search ends. Exhaustive on purpose: a caller must say what it does in each case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Searched {
    /// No matching is worth more; the cases prove it.
    Optimal {
        /// The matching.
        matching: Matching,
        /// Why none is better.
        cases: Cases,
    },
    /// The search was stopped. The matching is feasible, and none is worth more than `bound`, as the cases prove.
    Feasible {
        /// The best matching so far.
        matching: Matching,
        /// Why none is worth more than the bound.
        cases: Cases,
        /// The bound.
        bound: i128,
        /// Who stopped it.
        stop: Stop,
    },
    /// The search was stopped before it knew whether any matching is feasible. None is worth more than `bound`.
    Undecided {
        /// Why none is worth more than the bound.
        cases: Cases,
        /// The bound.
        bound: i128,
        /// Who stopped it.
        stop: Stop,
    },
    /// No matching is feasible; the cases prove it.
    Infeasible(Cases),
}

/// The matching of `problem` that is worth most, openings and couplings included.
///
/// The answer is the same for any number of threads. Of several optima it is any one.
///
/// # Errors
/// A problem too large for couplings: see [`Unsupported`](super::Unsupported).
pub fn search(problem: &Problem, control: &Control<'_>) -> Result<Searched, SolveError> {
    scope::check_search(problem)?;
    Ok(parallel::with_threads(control.threads, || {
        let lookout = Lookout::new(problem);
        // Whoever is placed earns at most the value of the best pair.
        let ceiling = problem
            .weights()
            .iter()
            .copied()
            .max()
            .map_or(0, |most| i128::from(most) + i128::from(problem.placement_bonus()));
        let people: i128 = problem.headcounts().iter().map(|&heads| i128::from(heads)).sum();
        let mut tree = Tree::new(&lookout, nothing(problem), ceiling.max(0) * people);
        let ended = (Search { lookout: &lookout, control, work: 0 }).run(&mut tree);
        // A search that rounding has brought to a standstill has done what it can, as if its work were over.
        match ended.and_then(|()| if tree.is_closed() { Ok(()) } else { Err(Stop::Work) }) {
            Ok(()) => match tree.end() {
                (Some(matching), cases) => Searched::Optimal { matching, cases },
                (None, cases) => Searched::Infeasible(cases),
            },
            Err(stop) => {
                let bound = tree.bound().unwrap_or(0);
                if tree.value().is_none() {
                    tree.keep(fallback(problem));
                }
                match tree.end() {
                    (Some(matching), cases) => Searched::Feasible { matching, cases, bound, stop },
                    (None, cases) => Searched::Undecided { cases, bound, stop },
                }
            }
        }
    }))
}

/// A search under way.
struct Search<'a> {
    lookout: &'a Lookout<'a>,
    control: &'a Control<'a>,
    work: u64,
}

impl Search<'_> {
    fn run(&mut self, tree: &mut Tree<'_>) -> Result<(), Stop> {
        for round in 0.. {
            let taken = tree.take(WIDTH);
            if taken.is_empty() {
                return Ok(());
            }
            self.report(tree);
            let best = tree.value();
            let control = self.rest();
            let looked = parallel::map(taken.len(), |at| {
                let (open, control) = (&taken[at], &control);
                self.lookout.look(&open.decisions, &open.known, best, control, &mut Workspace::new())
            });
            let mut stopped = None;
            for (at, (open, looked)) in taken.into_iter().zip(looked).enumerate() {
                match looked {
                    Ok(looked) => {
                        self.work += looked.work;
                        stopped = stopped.or(looked.stop);
                        if at == 0 && round % ROUNDS == 0 {
                            stopped = stopped.or(self.dive(tree, &open, &looked).err());
                        }
                        tree.note(open, looked);
                    }
                    Err(stop) => {
                        tree.put_back(open);
                        stopped = stopped.or(Some(stop));
                    }
                }
            }
            if let Some(stop) = stopped.or_else(|| self.control.stop(self.work)) {
                return tree.take(1).pop().map_or(Ok(()), |open| {
                    tree.put_back(open);
                    Err(stop)
                });
            }
        }
        Ok(())
    }

    /// Looks for a good matching from an open case on.
    fn dive(&mut self, tree: &mut Tree<'_>, open: &tree::Open, looked: &node::Looked) -> Result<(), Stop> {
        let Found::Bounded(bounded) = &looked.found else { return Ok(()) };
        if looked.split.is_some() {
            let mut work = 0;
            let found = dive::dive(self.lookout, &open.decisions, bounded, tree.value(), &self.rest(), &mut work);
            self.work += work;
            tree.keep(found?);
        }
        Ok(())
    }

    /// The control of a flow: one thread's worth of the limits that are left.
    fn rest(&self) -> Control<'_> {
        let work = self.control.limits.work.map(|limit| limit.saturating_sub(self.work));
        let limits = Limits { work, ..self.control.limits };
        Control { observer: None, threads: crate::control::Threads::Inherit, limits, ..*self.control }
    }

    fn report(&self, tree: &Tree<'_>) {
        let (cases, open) = tree.sizes();
        let gap = tree.value().and_then(|value| tree.bound().map(|bound| bound - value));
        let progress = Progress::new(Phase::Place, (cases - open) as u64, cases as u64);
        self.control.report(progress.with_work(self.work).with_standing(tree.placed(), gap));
    }
}
