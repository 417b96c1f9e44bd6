//! Of all matchings that are best, the first.
//!
//! # Which one
//! Units come in lottery order, and each lists its posts by weight, then lot: the heavier first, of equals the lower
//! number. Of all optima take those that place the most members of unit 0 at its first post, of these the ones that
//! place the most at its second, and so on; then unit 1 chooses among what is left, and so forth. Exactly one is left
//! in the end. It follows from the problem alone: no algorithm, start or number of threads can change it.
//!
//! # How it is found
//! Whatever prices prove an optimum, the optima are exactly the feasible matchings that use pairs of slack 0 only, fill
//! every post and quota that costs something, and place all members of units that earn a rent (complementary
//! slackness). So one pass over the pairs finds the *face*: those pairs, and the units for whom they leave a choice.
//! All other units stay where they are. On the residual network of the face (`exchange`) each choice is one question:
//! is there a cycle that brings one member more to this post? Its answer is made final by removing the edge, so that no
//! later exchange disturbs it.
//!
//! The prices are the lowest there are (`lowest`): they too are the same whichever optimum they are found from.
//!
//! # Cost
//! With `m` pairs, of which `e` leave somebody a choice: one pass over the pairs on all threads, one on the calling
//! thread for prices, `O(e log e)` for all questions that are answered no, and a search for each exchange, mostly a
//! short one, at worst `O(e)`. Where hardly any two weights are equal there are about as many choices as posts, and no
//! exchanges. Memory: about 40 bytes for each of the `e`, and as many for each unit, placement and post.

use super::exchange::{Edges, Exchange};
use super::face::Face;
use super::lowest::lower;
use super::meter::Meter;
use super::ranges::{ROOT, Ranges};
use crate::control::{Control, Phase, Stop};
use crate::graph::{Matching, Placement, Problem, Solution};
use crate::parallel;

/// Reports in one run, at most.
const REPORTS: usize = 1 << 7;

/// The canonical optimum of `problem`: the first of all, with the lowest prices.
///
/// Units come in the order of their numbers, and each lists its posts by weight, the heavier first, of equals the lower
/// number first, and being unplaced last. The first optimum is the one in which as many members as possible of unit 0
/// are at its first post, then at its second, and so on; then of unit 1, as far as that leaves a choice; and so forth.
/// It depends on the problem alone.
///
/// `solution` is any optimum with prices that prove it, as in [`Outcome::Optimal`](super::Outcome::Optimal); the result
/// is the same for all of them, proves itself and is worth the same. A solution whose prices do not prove it is given
/// back as it is. The prices are those of [`lowest_prices`](super::lowest_prices).
///
/// Cost: a fraction of solving where few optima tie. With `m` pairs, of which `e` leave somebody a choice, `O(m + e log
/// e)` and a search for each unit that moves, at worst `O(e)` and mostly far less. The limits of `control` count this
/// call's work alone. Source: complementary slackness, and flows that are chosen one edge after the other in the
/// residual network of the optimal face.
///
/// # Errors
/// What stopped it, as `control` asks.
///
/// ```
/// use talent_match::control::Control;
/// use talent_match::graph::{BipartiteGraph, Matching, Placement, Prices, Problem, SeatRange, Solution};
/// use talent_match::index::{PairId, PostId};
/// use talent_match::solve::canonical;
///
/// // Two units value two posts alike. Any assignment is best; in the first, unit 0 has post 0.
/// let graph = BipartiteGraph::from_rows(2, vec![0, 2, 4], [0, 1, 0, 1].map(PostId::new).to_vec())?;
/// let problem = Problem::new(graph, vec![5; 4], vec![1; 2], vec![SeatRange::up_to(1); 2])?;
/// let place = |pair| Placement { pair: PairId::new(pair), count: 1 };
/// let placed = |pairs: [u32; 2]| Matching::new(pairs.map(place).to_vec());
/// let other = Solution { matching: placed([1, 2]), prices: Prices::new(vec![5, 5]) };
/// let first = canonical(&problem, &other, &Control::new()).expect("no limit was set");
/// assert_eq!(first, Solution { matching: placed([0, 3]), prices: Prices::new(vec![0, 0]) });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn canonical(problem: &Problem, solution: &Solution, control: &Control<'_>) -> Result<Solution, Stop> {
    parallel::with_threads(control.threads, || {
        let mut meter = Meter::new(control);
        let Some(ranges) = Ranges::of(problem, solution) else { return Ok(solution.clone()) };
        let Some(face) = Face::of(&ranges, solution, &mut meter)? else { return Ok(solution.clone()) };
        let placements = face.first(&ranges, &mut meter)?;
        let prices = lower(&ranges, &mut meter)?;
        meter.close();
        Ok(Solution { matching: Matching::new(placements), prices })
    })
}

impl Face {
    /// The residual network: the tree of ranges, then the choosers. The edges of each chooser are its pairs, then, if
    /// it may be unplaced, one that says how many are placed at all; those of the ranges come last.
    fn network(&self, ranges: &Ranges<'_>) -> Exchange {
        let (problem, nodes) = (ranges.problem(), ranges.len());
        let mut edges = Edges::default();
        let mut tight = self.tight.iter();
        for (chooser, node) in self.choosers.iter().zip(nodes..) {
            let headcount = problem.headcount(chooser.unit);
            for &Placement { pair, count } in tight.by_ref().take(chooser.pairs as usize) {
                edges.add(node, ranges.post(problem.graph().post_of(pair)), headcount - count, count);
            }
            if chooser.idle {
                let placed = ranges.placed(chooser.unit);
                edges.add(ranges.home(chooser.unit), node, headcount - placed, placed);
            }
        }
        for node in ROOT + 1..nodes {
            let ([more, fewer], parent) = (ranges.room(node), ranges.parent(node));
            if more + fewer > 0 && ranges.is_supply(node) {
                edges.add(parent, node, more, fewer);
            } else if more + fewer > 0 {
                edges.add(node, parent, more, fewer);
            }
        }
        Exchange::new(nodes + self.choosers.len(), edges)
    }

    /// The placements of the first optimum.
    fn first(self, ranges: &Ranges<'_>, meter: &mut Meter<'_>) -> Result<Vec<Placement>, Stop> {
        let mut exchange = self.network(ranges);
        let Self { choosers, mut tight, settled: mut placements } = self;
        let mut edge = 0;
        let mut own = tight.iter_mut();
        for (done, chooser) in choosers.iter().enumerate() {
            if done % (choosers.len() / REPORTS + 1) == 0 {
                meter.report(Phase::Choose, done as u64, choosers.len() as u64);
            }
            meter.spend(chooser.pairs as usize)?;
            let mut left = ranges.problem().headcount(chooser.unit);
            for placement in own.by_ref().take(chooser.pairs as usize) {
                // Whom an exchange brings here stays, as whoever is here does.
                placement.count = exchange.remove(edge);
                while placement.count < left {
                    match exchange.close(edge, meter)? {
                        0 => break,
                        moved => placement.count += moved,
                    }
                }
                left -= placement.count;
                edge += 1;
            }
            if chooser.idle {
                exchange.remove(edge);
                edge += 1;
            }
        }
        meter.report(Phase::Choose, choosers.len() as u64, choosers.len() as u64);
        placements.extend(tight);
        Ok(placements)
    }
}
