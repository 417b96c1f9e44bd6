//! Of all matchings that are best, one that leaves as many people as possible where they were.
//!
//! The optima are the feasible matchings within their [face](super::face). Which of them is nearest to an earlier placement is a
//! problem of the same kind over the pairs of the face alone: members who were at a post are units of their own, whose
//! pair with that post is worth 1; whoever earns a rent must be placed, and every range holds as many people as suit its price.

use super::face::{Chooser, Face};
use super::meter::Meter;
use super::outcome::Outcome;
use super::ranges::{ROOT, Ranges};
use super::solve;
use crate::control::{Control, Stop, Threads};
use crate::graph::{BipartiteGraph, MAX_WEIGHT, Matching, Placement, Problem, QuotaForest, SeatRange, Solution};
use crate::index::{PairId, PostId, QuotaId};
use crate::parallel;

/// An optimum of `problem` that leaves as many people as any optimum can where they are in `earlier`: the sum, over these, of how
/// many of them are still there is largest.
///
/// `solution` is an optimum with prices that prove it, as in [`Outcome::Optimal`]; they prove the result too, which keeps them.
/// A solution whose prices do not prove it is given back as it is, and so is one where 2^28 people have a choice. `earlier` need not
/// be feasible; of a unit that has fewer members now, those at the posts with the lowest numbers count.
///
/// Cost: a pass over the pairs, and a solve over those pairs of the face whose unit has a choice, mostly a few. The limits of
/// `control` count each of the two alone.
///
/// # Errors
/// What stopped it, as `control` asks.
///
/// ```
/// use talent_match::control::Control;
/// use talent_match::graph::{BipartiteGraph, Matching, Placement, Prices, Problem, SeatRange, Solution};
/// use talent_match::index::{PairId, PostId};
/// use talent_match::solve::nearest;
///
/// // Two units value two posts alike. Unit 0 was at post 1 before.
/// let graph = BipartiteGraph::from_rows(2, vec![0, 2, 4], [0, 1, 0, 1].map(PostId::new).to_vec())?;
/// let problem = Problem::new(graph, vec![5; 4], vec![1; 2], vec![SeatRange::up_to(1); 2])?;
/// let place = |pair| Placement { pair: PairId::new(pair), count: 1 };
/// let placed = |pairs: [u32; 2]| Matching::new(pairs.map(place).to_vec());
/// let other = Solution { matching: placed([0, 3]), prices: Prices::new(vec![5, 5]) };
/// let near = nearest(&problem, &other, &placed([1, 1]), &Control::new()).expect("no limit was set");
/// assert_eq!(near.matching, placed([1, 2]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn nearest(
    problem: &Problem,
    solution: &Solution,
    earlier: &Matching,
    control: &Control<'_>,
) -> Result<Solution, Stop> {
    if earlier.placements().is_empty() {
        return Ok(solution.clone());
    }
    let near = parallel::with_threads(control.threads, || {
        let mut meter = Meter::new(control);
        let Some(ranges) = Ranges::of(problem, solution) else { return Ok(None) };
        let Some(face) = Face::of(&ranges, solution, &mut meter)? else { return Ok(None) };
        meter.close();
        let Some(choice) = Choice::of(&ranges, &face, earlier) else { return Ok(None) };
        match solve(&choice.problem, &control.with_threads(Threads::Inherit)) {
            Ok(Outcome::Optimal(found)) => Ok(Some(choice.matching(face, &found.matching))),
            Ok(Outcome::Feasible { stop, .. } | Outcome::Undecided { stop, .. }) => Err(stop),
            Ok(Outcome::Infeasible(_)) | Err(_) => Ok(None),
        }
    })?;
    let as_good = |matching: &Matching| problem.value(matching) == problem.value(&solution.matching);
    let matching = near.filter(as_good).unwrap_or_else(|| solution.matching.clone());
    Ok(Solution { matching, prices: solution.prices.clone() })
}

/// The choice between optima, as a problem.
struct Choice {
    problem: Problem,
    /// The pair that each of its pairs is.
    pairs: Vec<PairId>,
}

/// The rows of a choice.
#[derive(Default)]
struct Sides {
    offsets: Vec<u32>,
    targets: Vec<PostId>,
    weights: Vec<i32>,
    pairs: Vec<PairId>,
    headcounts: Vec<u32>,
    /// The supply quota above each row.
    homes: Vec<Option<QuotaId>>,
}

impl Choice {
    /// None if nobody could be nearer, or there are too many people.
    fn of(ranges: &Ranges<'_>, face: &Face, earlier: &Matching) -> Option<Self> {
        let (problem, earlier) = (ranges.problem(), earlier.placements());
        let heads = |chooser: &Chooser| u64::from(problem.headcount(chooser.unit));
        let people: u64 = face.choosers.iter().map(heads).sum();
        // More than all can be nearer by.
        let must = i32::try_from(people + 1).ok().filter(|must| *must < MAX_WEIGHT / 2)?;
        let mut sides = Sides { offsets: vec![0], ..Sides::default() };
        let (mut tight, mut astray) = (face.tight.as_slice(), false);
        for chooser in &face.choosers {
            let (own, rest) = tight.split_at(chooser.pairs as usize);
            tight = rest;
            let row = problem.graph().row(chooser.unit);
            let from = |pair: usize| earlier.partition_point(|placement| placement.pair.index() < pair);
            let before = &earlier[from(row.start)..from(row.end)];
            astray |= sides.add(problem, chooser, own, before, if chooser.idle { 0 } else { must });
        }
        let loads = Loads::of(ranges, face);
        let within = |node: usize| loads.within(ranges, node, people);
        let seats = (ranges.first_post()..ranges.len()).map(within).collect::<Option<Vec<_>>>()?;
        let forest = |known: &QuotaForest, first: usize, leaves: Vec<Option<QuotaId>>| {
            let nodes = (first..first + known.len()).map(within).collect::<Option<Vec<_>>>()?;
            QuotaForest::new(known.parents().to_vec(), nodes, leaves).ok()
        };
        let (supply, demand) = (problem.supply_quotas(), problem.demand_quotas());
        let supply = forest(supply, ROOT + 1, sides.homes)?;
        let demand = forest(demand, ranges.first_demand(), demand.leaves().to_vec())?;
        let graph = BipartiteGraph::from_rows(seats.len(), sides.offsets, sides.targets).ok()?;
        let made = Problem::new(graph, sides.weights, sides.headcounts, seats).ok()?;
        let problem = made.with_demand_quotas(demand).ok()?.with_supply_quotas(supply).ok()?;
        astray.then_some(Self { problem, pairs: sides.pairs })
    }

    /// The matching that the choice of `found` makes.
    fn matching(&self, face: Face, found: &Matching) -> Matching {
        let mut placements = face.settled;
        placements
            .extend(found.placements().iter().map(|own| Placement { pair: self.pairs[own.pair.index()], ..*own }));
        Matching::new(placements)
    }
}

impl Sides {
    /// Adds the members of `chooser`, whose pairs are `own`: those of each pair of `before`, then all others. Returns whether some
    /// of them are not where they were, and could be.
    fn add(
        &mut self,
        problem: &Problem,
        chooser: &Chooser,
        own: &[Placement],
        before: &[Placement],
        must: i32,
    ) -> bool {
        let mut own = own.to_vec();
        own.sort_unstable();
        let mut row = |members: u32, before: Option<PairId>| {
            if members > 0 {
                for &Placement { pair, .. } in &own {
                    self.targets.push(problem.graph().post_of(pair));
                    self.weights.push(must + i32::from(before == Some(pair)));
                    self.pairs.push(pair);
                }
                self.offsets.push(self.targets.len() as u32);
                self.headcounts.push(members);
                self.homes.push(problem.supply_quotas().leaf_parent(chooser.unit.index()));
            }
        };
        let (mut left, mut astray) = (problem.headcount(chooser.unit), false);
        for before in before {
            let Some(now) = own.iter().find(|own| own.pair == before.pair) else { continue };
            let members = before.count.min(left);
            left -= members;
            astray |= now.count < members;
            row(members, Some(before.pair));
        }
        row(left, None);
        astray
    }
}

/// People at each range who have no choice.
struct Loads {
    settled: Vec<u32>,
}

impl Loads {
    fn of(ranges: &Ranges<'_>, face: &Face) -> Self {
        let graph = ranges.problem().graph();
        let mut settled = vec![0_u32; ranges.len()];
        for placement in &face.settled {
            for leaf in [ranges.post(graph.post_of(placement.pair)), ranges.home(graph.unit_of(placement.pair))] {
                settled[leaf] = settled[leaf].saturating_add(placement.count);
            }
        }
        for node in (ROOT + 1..ranges.len()).rev() {
            let parent = ranges.parent(node);
            settled[parent] = settled[parent].saturating_add(settled[node]);
        }
        Self { settled }
    }

    /// The people with a choice whom `node` may hold, of `people` there are.
    fn within(&self, ranges: &Ranges<'_>, node: usize, people: u64) -> Option<SeatRange> {
        let ([more, fewer], load, settled) = (ranges.room(node), ranges.load(node), self.settled[node]);
        let most = load.saturating_add(more).saturating_sub(settled).min(u32::try_from(people).unwrap_or(u32::MAX));
        SeatRange::between(load.saturating_sub(fewer).saturating_sub(settled), most).ok()
    }
}
