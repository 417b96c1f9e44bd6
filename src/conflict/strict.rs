//! Every strict limit of a market, over the pairs that can matter to a minimum.

use crate::docking::Docking;
use crate::formulation::{Limit, Members, Origin};
use crate::graph::{BipartiteGraph, Matching, Span};
use crate::index::{PairId, PostId, UnitId};
use crate::market::{Placement, Placements, PostIx, SupplyIx};

/// What a limit is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The seats of a post.
    Post(PostIx),
    /// A group of placements.
    Group(Origin),
}

/// A strict limit.
#[derive(Clone, Debug)]
pub(crate) struct Strict {
    pub(crate) subject: Subject,
    pub(crate) span: Span,
    pub(super) members: Members,
    /// The pairs it counts, ascending.
    pub(crate) pairs: Vec<PairId>,
    /// The most people these can hold.
    pub(super) most: i64,
    /// The number of the first limit of the same bond; its own otherwise.
    pub(super) first: usize,
}

/// One of the demands that a limit makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// A minimum; of a class, that it opens with so many or not at all.
    Least,
    /// A maximum.
    Most,
    /// A bond between people, as a whole.
    Bond,
}

/// A demand: a limit by number, and which of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct End {
    pub(crate) limit: usize,
    pub(crate) side: Side,
}

impl Strict {
    pub(crate) const fn is_bond(&self) -> bool {
        matches!(self.subject, Subject::Group(Origin::Bond { .. }))
    }

    /// Whether some people it counts can be needed only because others are there.
    fn binds_together(&self) -> bool {
        self.span.has_gap() || matches!(&self.members, Members::Pairs(_, against) if !against.is_empty())
    }

    /// Whether it asks for people whatever happens.
    pub(crate) fn asks(&self) -> bool {
        !self.is_bond() && self.span.min() > 0 && !self.span.allows(0)
    }

    fn sides(&self) -> impl Iterator<Item = Side> {
        let bond = self.is_bond();
        let least = !bond && (self.asks() || self.span.has_gap());
        let most = !bond && self.most > self.span.max();
        [(bond, Side::Bond), (least, Side::Least), (most, Side::Most)]
            .into_iter()
            .filter_map(|(is, side)| is.then_some(side))
    }
}

/// The limits and the pairs they are about. Whoever is placed by no pair of a minimum, nor bound to somebody who is, can only
/// stand in the way: leaving these pairs out changes nothing about what is possible.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// By number.
    pub(crate) all: Vec<Strict>,
    pub(crate) graph: BipartiteGraph,
    pub(super) headcounts: Vec<u32>,
}

impl Limits {
    /// Those of `docking`: of its posts in the order of ids, then of its quotas, mentors and bonds. Cost: some passes over the
    /// pairs and over those of each limit.
    pub(crate) fn of(docking: &Docking<'_>) -> Self {
        let (market, formulation) = (docking.market(), docking.formulation());
        let (problem, graph) = (formulation.problem(), formulation.problem().graph());
        let posts = PostIx::all(market.posts().len()).map(|post| {
            let id = formulation.post_id(post);
            (Subject::Post(post), Span::from(problem.seat(id)), Members::Posts(vec![id]))
        });
        let groups = formulation.rows_of_limits(market).into_iter().filter(|(_, limit)| limit.penalty.is_none());
        let groups = groups.map(|(origin, Limit { members, span, .. })| (Subject::Group(origin), span, members));
        let mut limits: Vec<Strict> = posts
            .chain(groups)
            .map(|(subject, span, members)| Strict { subject, span, members, pairs: Vec::new(), most: 0, first: 0 })
            .collect();
        for number in 0..limits.len() {
            let bond = |at: usize| match &limits[at].subject {
                Subject::Group(Origin::Bond { bond, .. }) => Some(*bond),
                _ => None,
            };
            let goes_on = number > 0 && bond(number).is_some() && bond(number) == bond(number - 1);
            limits[number].first = if goes_on { limits[number - 1].first } else { number };
        }
        let columns = columns(graph);
        let counted: Vec<Vec<PairId>> = limits.iter().map(|limit| counted(graph, &columns, &limit.members)).collect();
        let mut matters = vec![false; graph.pairs()];
        let mut mark = |pairs: &[PairId]| pairs.iter().for_each(|pair| matters[pair.index()] = true);
        limits.iter().zip(&counted).filter(|(limit, _)| limit.asks()).for_each(|(_, pairs)| mark(pairs));
        let mut bound: Vec<&Vec<PairId>> =
            limits.iter().zip(&counted).filter(|(limit, _)| limit.binds_together()).map(|(_, pairs)| pairs).collect();
        loop {
            let before = bound.len();
            bound.retain(|pairs| {
                let touched = pairs.iter().any(|pair| matters[pair.index()]);
                if touched {
                    pairs.iter().for_each(|pair| matters[pair.index()] = true);
                }
                !touched
            });
            if bound.len() == before {
                break;
            }
        }
        let (graph, numbers) = part(graph, &matters);
        let columns = self::columns(&graph);
        let renumber = |pairs: &mut Vec<PairId>| {
            *pairs = pairs.iter().filter_map(|pair| numbers[pair.index()]).collect();
        };
        for limit in &mut limits {
            if let Members::Pairs(pairs, against) = &mut limit.members {
                renumber(pairs);
                renumber(against);
            }
            limit.pairs = self::counted(&graph, &columns, &limit.members);
            let mut units: Vec<UnitId> = limit.pairs.iter().map(|pair| graph.unit_of(*pair)).collect();
            units.dedup();
            limit.most = units.iter().map(|unit| i64::from(problem.headcount(*unit))).sum();
        }
        Self { all: limits, graph, headcounts: problem.headcounts().to_vec() }
    }

    /// Every demand, by limit. One that nobody can break is none.
    pub(crate) fn ends(&self) -> Vec<End> {
        let counts = |strict: &&Strict| strict.asks() || !strict.pairs.is_empty();
        let limits = self.all.iter().filter(counts);
        let mut ends: Vec<End> =
            limits.flat_map(|strict| strict.sides().map(|side| End { limit: strict.first, side })).collect();
        ends.dedup();
        ends
    }

    /// The units that a limit counts, ascending.
    pub(crate) fn units(&self, limit: usize) -> Vec<UnitId> {
        let mut units: Vec<UnitId> = self.all[limit].pairs.iter().map(|pair| self.graph.unit_of(*pair)).collect();
        units.dedup();
        units
    }
}

impl Limits {
    /// A matching of a question in the market's words.
    pub(crate) fn placements(&self, docking: &Docking<'_>, matching: &Matching) -> Placements {
        // Pairs beyond those of the graph are for people who are not there.
        let real = matching.placements().iter().filter(|placement| placement.pair.index() < self.graph.pairs());
        let placed = real.map(|placement| {
            let (unit, post) = self.pair(docking, placement.pair);
            Placement { unit, post, people: placement.count }
        });
        Placements::new(placed.collect())
    }

    /// A pair of the graph in the market's words.
    pub(crate) fn pair(&self, docking: &Docking<'_>, pair: PairId) -> (SupplyIx, PostIx) {
        let formulation = docking.formulation();
        (formulation.supply(self.graph.unit_of(pair)), formulation.post(self.graph.post_of(pair)))
    }
}

/// The pairs of each post.
fn columns(graph: &BipartiteGraph) -> Vec<Vec<PairId>> {
    let mut columns = vec![Vec::new(); graph.posts()];
    for (pair, post) in PairId::all(graph.pairs()).zip(graph.targets()) {
        columns[post.index()].push(pair);
    }
    columns
}

/// The pairs that `members` count, whichever way, ascending.
fn counted(graph: &BipartiteGraph, columns: &[Vec<PairId>], members: &Members) -> Vec<PairId> {
    let mut pairs: Vec<PairId> = match members {
        Members::Posts(posts) => posts.iter().flat_map(|post| columns[post.index()].iter().copied()).collect(),
        Members::Units(units) => {
            units.iter().flat_map(|unit| graph.row(*unit)).map(|pair| PairId::new(pair as u32)).collect()
        }
        Members::Pairs(pairs, against) => pairs.iter().chain(against).copied().collect(),
    };
    pairs.sort_unstable();
    pairs
}

/// `graph` with no pairs but those that matter, and the number each of these has there.
fn part(graph: &BipartiteGraph, matters: &[bool]) -> (BipartiteGraph, Vec<Option<PairId>>) {
    let (mut offsets, mut targets) = (vec![0], Vec::<PostId>::new());
    let mut numbers = vec![None; graph.pairs()];
    for unit in UnitId::all(graph.units()) {
        for pair in graph.row(unit).filter(|pair| matters[*pair]) {
            numbers[pair] = Some(PairId::new(targets.len() as u32));
            targets.push(graph.targets()[pair]);
        }
        offsets.push(targets.len() as u32);
    }
    let part = BipartiteGraph::from_rows(graph.posts(), offsets, targets);
    (part.expect("rows of a graph, some of them shorter, are a graph"), numbers)
}
