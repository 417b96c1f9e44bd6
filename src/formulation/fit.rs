//! Which limits fit the forests of posts and of units; the rest become couplings.
//!
//! A limit that counts everybody at some posts can be a node of the demand forest, one that counts everybody of some units a
//! node of the supply forest. That is decided by the acceptable pairs there are: a limit on people of one school at posts of one
//! track is a node over its units if they are acceptable nowhere else. Larger groups go first, of equal ones the one listed
//! first; a group that overlaps one that is there already, and lies neither inside nor around it, becomes a coupling.
//! A limit that nothing can exceed becomes nothing at all; if more seats could make it bind, it is kept as a latent one.

use std::cmp::Reverse;

use super::latent::{Around, Latent};
use super::limits::{Limit, Members};
use crate::graph::{BipartiteGraph, Coupling, MAX_DEPTH, Opening, Problem, ProblemError, QuotaForest, SeatRange, Span};
use crate::index::{CouplingId, PairId, PostId, QuotaId, UnitId};

/// What a limit became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A node over posts.
    Demand(QuotaId),
    /// A node over units.
    Supply(QuotaId),
    /// A coupling.
    Coupling(CouplingId),
    /// Nothing: it holds whoever is placed where, with the seats there are.
    Idle,
}

/// What all limits became.
pub(super) struct Fitted {
    pub(super) standings: Vec<Standing>,
    pub(super) demand: Forest,
    supply: Forest,
    /// The couplings, each with its penalty in points.
    couplings: Vec<(Coupling, Option<u32>)>,
    pub(super) latent: Latent,
}

/// Nodes that a path may hold: the search adds one.
const DEEPEST: u32 = MAX_DEPTH - 2;

/// Fits `limits` to `graph`.
pub(super) fn fit(mut limits: Vec<Limit>, graph: &BipartiteGraph, headcounts: &[u32], seats: &[SeatRange]) -> Fitted {
    let mut pairs_of_posts = vec![0_usize; graph.posts()];
    let mut people_of_posts = vec![0_u64; graph.posts()];
    for unit in UnitId::all(graph.units()) {
        for post in graph.neighbours(unit) {
            pairs_of_posts[post.index()] += 1;
            people_of_posts[post.index()] += u64::from(headcounts[unit.index()]);
        }
    }
    let fitted = Fitted {
        standings: vec![Standing::Idle; limits.len()],
        demand: Forest::over(graph.posts()),
        supply: Forest::over(graph.units()),
        couplings: Vec::new(),
        latent: Latent::default(),
    };
    let mut fitting = Fitting { graph, headcounts, seats, pairs_of_posts, people_of_posts, fitted };
    for limit in &mut limits {
        let members = std::mem::replace(&mut limit.members, Members::Posts(Vec::new()));
        limit.members = fitting.one_sided(members);
    }
    let (mut order, mut latent) = (Vec::new(), Vec::new());
    for (at, limit) in limits.iter().enumerate() {
        let most = fitting.most(&limit.members);
        if limit.binds(most.map(|most| most.seats.min(most.people))) {
            order.push(at);
        } else if let Some(most) = most.filter(|most| limit.binds(Some(most.people))) {
            latent.push((at, most.seats));
        }
    }
    order.sort_by_key(|&at| (Reverse(limits[at].members.len()), at));
    for at in order {
        fitting.fitted.standings[at] = fitting.stand(&limits[at]);
    }
    latent.sort_by_key(|&(at, _)| (Reverse(limits[at].members.len()), at));
    fitting.fitted.latent = fitting.latent(&limits, &latent);
    fitting.fitted
}

impl Fitted {
    /// Whether some limit opens or not, or is no node of a forest.
    pub(super) fn needs_search(&self) -> bool {
        let mut ranges = self.demand.ranges.iter().chain(&self.supply.ranges);
        !self.couplings.is_empty() || ranges.any(|range| Span::from(*range).has_gap())
    }

    /// The penalties of the soft limits, in points.
    pub(super) fn penalties(&self) -> impl Iterator<Item = u32> + '_ {
        let couplings = self.couplings.iter().map(|(_, penalty)| penalty);
        let forests = self.demand.penalties.iter().chain(&self.supply.penalties);
        forests.chain(couplings).flatten().copied().chain(self.latent.penalties())
    }

    /// `problem` with these limits, where a point is worth `point`, and what is latent around it.
    pub(super) fn limit(self, problem: Problem, point: i128) -> Result<(Problem, Option<Around>), ProblemError> {
        let problem = problem.with_couplings(priced(self.couplings, point))?;
        let problem =
            problem.with_demand_quotas(self.demand.made(point)?)?.with_supply_quotas(self.supply.made(point)?)?;
        let around = self.latent.around(&problem, point)?;
        Ok((problem, around))
    }
}

/// Couplings with their penalties.
pub(super) fn priced(couplings: Vec<(Coupling, Option<u32>)>, point: i128) -> Vec<Coupling> {
    let couplings = couplings.into_iter().map(|(coupling, penalty)| match penalty {
        Some(points) => coupling.with_penalty(worth(points, point)),
        None => coupling,
    });
    couplings.collect()
}

/// What a penalty is worth; too much for any problem where it does not fit.
fn worth(points: u32, point: i128) -> i64 {
    i64::try_from(i128::from(points) * point).unwrap_or(i64::MAX)
}

impl Members {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Posts(posts) => posts.len(),
            Self::Units(units) => units.len(),
            Self::Pairs(pairs, against) => pairs.len() + against.len(),
        }
    }
}

impl Limit {
    /// Whether there is a load of at most `most` that it does not allow, or `most` is not a bound.
    fn binds(&self, most: Option<u64>) -> bool {
        let Some(most) = most else { return true };
        let smallest = if self.span.allows(0) { 0 } else { self.span.min() };
        let open = self.span.min() <= 1 || !self.span.has_gap();
        smallest > 0 || !open && most > 0 || i64::try_from(most).is_ok_and(|most| most > self.span.max())
    }

    pub(super) fn range(&self) -> Option<SeatRange> {
        let (min, max) = (u32::try_from(self.span.min()).ok()?, u32::try_from(self.span.max()).ok()?);
        let range = SeatRange::between(min, max).ok()?;
        Some(if self.span.opening() == Opening::OrClosed { range.or_closed() } else { range })
    }
}

/// Bounds of the people a limit can count.
#[derive(Clone, Copy)]
struct Most {
    people: u64,
    seats: u64,
}

pub(super) struct Fitting<'a> {
    pub(super) graph: &'a BipartiteGraph,
    headcounts: &'a [u32],
    seats: &'a [SeatRange],
    pairs_of_posts: Vec<usize>,
    /// Members of the units of each post's pairs.
    people_of_posts: Vec<u64>,
    pub(super) fitted: Fitted,
}

impl Fitting<'_> {
    /// The same members as everybody of some units, or at some posts, if that is what their pairs amount to.
    fn one_sided(&self, members: Members) -> Members {
        match members {
            Members::Posts(posts) => {
                Members::Posts(posts.into_iter().filter(|post| self.pairs_of_posts[post.index()] > 0).collect())
            }
            Members::Units(units) => {
                Members::Units(units.into_iter().filter(|unit| !self.graph.row(*unit).is_empty()).collect())
            }
            Members::Pairs(pairs, against) if against.is_empty() => {
                let one_side = self.all_of_units(&pairs).or_else(|| self.all_of_posts(&pairs));
                one_side.unwrap_or(Members::Pairs(pairs, against))
            }
            Members::Pairs(..) => members,
        }
    }

    fn all_of_units(&self, pairs: &[PairId]) -> Option<Members> {
        let mut units: Vec<UnitId> = pairs.iter().map(|pair| self.graph.unit_of(*pair)).collect();
        units.sort_unstable();
        units.dedup();
        let all: usize = units.iter().map(|unit| self.graph.row(*unit).len()).sum();
        (all == pairs.len()).then_some(Members::Units(units))
    }

    fn all_of_posts(&self, pairs: &[PairId]) -> Option<Members> {
        let posts = self.posts_of(pairs);
        let all: usize = posts.iter().map(|post| self.pairs_of_posts[post.index()]).sum();
        (all == pairs.len()).then_some(Members::Posts(posts))
    }

    /// The most people that can be counted; none where some count against others.
    fn most(&self, members: &Members) -> Option<Most> {
        let heads = |units: &mut dyn Iterator<Item = UnitId>| -> u64 {
            units.map(|unit| u64::from(self.headcounts[unit.index()])).sum()
        };
        let places = |posts: &mut dyn Iterator<Item = PostId>| -> u64 {
            posts.map(|post| u64::from(self.seats[post.index()].max())).sum()
        };
        match members {
            Members::Posts(posts) => {
                let people = posts.iter().map(|post| self.people_of_posts[post.index()]).sum();
                Some(Most { people, seats: places(&mut posts.iter().copied()) })
            }
            Members::Units(units) => Some(Most { people: heads(&mut units.iter().copied()), seats: u64::MAX }),
            Members::Pairs(pairs, against) => {
                let mut units: Vec<UnitId> = pairs.iter().map(|pair| self.graph.unit_of(*pair)).collect();
                let mut posts = self.posts_of(pairs);
                units.sort_unstable();
                units.dedup();
                let (people, seats) = (heads(&mut units.into_iter()), places(&mut posts.drain(..)));
                against.is_empty().then_some(Most { people, seats })
            }
        }
    }

    /// The posts of `pairs`, ascending.
    pub(super) fn posts_of(&self, pairs: &[PairId]) -> Vec<PostId> {
        let mut posts: Vec<PostId> = pairs.iter().map(|pair| self.graph.post_of(*pair)).collect();
        posts.sort_unstable();
        posts.dedup();
        posts
    }

    fn stand(&mut self, limit: &Limit) -> Standing {
        let Fitted { demand, supply, .. } = &mut self.fitted;
        let node = limit.range().and_then(|range| match &limit.members {
            Members::Posts(posts) => {
                let leaves: Vec<usize> = posts.iter().map(|post| post.index()).collect();
                demand.node(&leaves, range, limit.penalty).map(Standing::Demand)
            }
            Members::Units(units) => {
                let leaves: Vec<usize> = units.iter().map(|unit| unit.index()).collect();
                supply.node(&leaves, range, limit.penalty).map(Standing::Supply)
            }
            Members::Pairs(..) => None,
        });
        node.unwrap_or_else(|| {
            let couplings = &mut self.fitted.couplings;
            couplings.push((coupled(limit, self.graph), limit.penalty));
            Standing::Coupling(CouplingId::new(couplings.len() as u32 - 1))
        })
    }
}

/// `limit` as a range over its pairs.
pub(super) fn coupled(limit: &Limit, graph: &BipartiteGraph) -> Coupling {
    match &limit.members {
        Members::Pairs(pairs, against) => Coupling::new(pairs.clone(), limit.span).against(against.clone()),
        Members::Units(units) => {
            let pairs = units.iter().flat_map(|unit| graph.row(*unit)).map(|pair| PairId::new(pair as u32));
            Coupling::new(pairs.collect(), limit.span)
        }
        Members::Posts(posts) => {
            let mut counted = vec![false; graph.posts()];
            for post in posts {
                counted[post.index()] = true;
            }
            let pairs = PairId::all(graph.pairs());
            Coupling::new(pairs.filter(|pair| counted[graph.post_of(*pair).index()]).collect(), limit.span)
        }
    }
}

/// A forest that grows from the largest groups to the smallest.
pub(super) struct Forest {
    parents: Vec<Option<QuotaId>>,
    depths: Vec<u32>,
    pub(super) ranges: Vec<SeatRange>,
    /// In points.
    pub(super) penalties: Vec<Option<u32>>,
    /// The smallest group that each leaf is in so far.
    leaves: Vec<Option<QuotaId>>,
}

impl Forest {
    pub(super) fn over(leaves: usize) -> Self {
        Self {
            parents: Vec::new(),
            depths: Vec::new(),
            ranges: Vec::new(),
            penalties: Vec::new(),
            leaves: vec![None; leaves],
        }
    }

    /// Adds the group of `leaves`, no larger than any before it, unless it overlaps one of these.
    pub(super) fn node(&mut self, leaves: &[usize], range: SeatRange, penalty: Option<u32>) -> Option<QuotaId> {
        let parent = leaves.first().and_then(|&leaf| self.leaves[leaf]);
        let depth = parent.map_or(1, |parent| self.depths[parent.index()] + 1);
        if depth > DEEPEST || leaves.iter().any(|&leaf| self.leaves[leaf] != parent) {
            return None;
        }
        let node = QuotaId::new(self.parents.len() as u32);
        self.parents.push(parent);
        self.depths.push(depth);
        self.ranges.push(range);
        self.penalties.push(penalty);
        for &leaf in leaves {
            self.leaves[leaf] = Some(node);
        }
        Some(node)
    }

    /// The leaves below each node, ascending.
    pub(super) fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups = vec![Vec::new(); self.parents.len()];
        for (leaf, node) in self.leaves.iter().enumerate() {
            for node in std::iter::successors(*node, |node| self.parents[node.index()]) {
                groups[node.index()].push(leaf);
            }
        }
        groups
    }

    pub(super) fn made(self, point: i128) -> Result<QuotaForest, ProblemError> {
        if self.parents.is_empty() {
            return Ok(QuotaForest::default());
        }
        let forest = QuotaForest::new(self.parents, self.ranges, self.leaves)?;
        if self.penalties.iter().all(Option::is_none) {
            return Ok(forest);
        }
        let penalties = self.penalties.into_iter().map(|penalty| penalty.map(|points| worth(points, point)));
        forest.with_penalties(penalties.collect())
    }
}
