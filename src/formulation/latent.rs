//! Limits that more seats could make bind: no part of the problem, but of what surrounds its optimum.
//!
//! A quota of 10 people over posts with 10 seats limits nobody and would only slow a solver down. Whoever asks what one more
//! seat is worth must count it all the same. Such a limit is *latent*: a node more over the posts, where it lies within the
//! nodes there are or around them, and otherwise a coupling. At the optimum it costs nothing, so that the prices of the
//! problem prove the optimum among these limits too.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::fit::{Fitting, Forest, Standing, coupled, priced};
use super::limits::{Limit, Members};
use crate::graph::{Coupling, Prices, Problem, ProblemError, Solution};
use crate::index::{CouplingId, PostId, QuotaId};

/// The latent limits of a problem.
#[derive(Default)]
pub(super) struct Latent {
    /// Of each, by its number in the order of the market's tables.
    standings: BTreeMap<usize, Standing>,
    /// The problem's own nodes over posts with those of latent limits; none without these.
    demand: Option<Forest>,
    /// What each of the problem's own nodes is in that forest.
    nodes: Vec<QuotaId>,
    crossing: Vec<Crossing>,
}

/// A latent limit that is a coupling.
struct Crossing {
    coupling: Coupling,
    penalty: Option<u32>,
    posts: Vec<PostId>,
    /// How many more seats its posts may get before anybody could exceed it.
    room: u64,
}

/// The problem with its latent limits.
#[derive(Clone, Debug)]
pub(crate) struct Around {
    standings: BTreeMap<usize, Standing>,
    /// With those that are nodes.
    problem: Problem,
    nodes: Vec<QuotaId>,
    /// With all of them, if some are couplings.
    coupled: Option<Problem>,
    /// More seats that each post may get before anybody there could exceed a limit that is a coupling.
    room: Vec<u64>,
}

/// A group of leaves of the forest of posts.
struct Group<'a> {
    leaves: Vec<usize>,
    /// The latent limit that it is, by its number among all; otherwise one of the problem's own nodes.
    latent: Option<(usize, &'a Limit)>,
}

impl Fitting<'_> {
    /// The limits of `latent`, each with its number in `limits` and the seats that there are for it; larger ones first.
    pub(super) fn latent(&self, limits: &[Limit], latent: &[(usize, u64)]) -> Latent {
        let mut found = Latent::default();
        if latent.is_empty() {
            return found;
        }
        let own = self.fitted.demand.groups().into_iter().map(|leaves| Group { leaves, latent: None });
        let mut nest = Nest::of(own.collect(), self.graph.posts());
        for &(at, _) in latent {
            if let Members::Posts(posts) = &limits[at].members
                && limits[at].range().is_some()
            {
                let leaves = posts.iter().map(|post| post.index()).collect();
                nest.offer(Group { leaves, latent: Some((at, &limits[at])) });
            }
        }
        let own = self.fitted.demand.ranges.len();
        if let Some((forest, nodes, standings)) = nest.forest(&self.fitted.demand, own, self.graph.posts()) {
            (found.demand, found.nodes, found.standings) = (Some(forest), nodes, standings);
        }
        for &(at, seats) in latent {
            let limit = &limits[at];
            if !found.standings.contains_key(&at) {
                let coupling = coupled(limit, self.graph);
                let posts = self.posts_of(coupling.pairs());
                let most = u64::try_from(limit.span.max()).unwrap_or(0);
                let room = if limit.span.has_gap() { 0 } else { most.saturating_sub(seats) };
                found.standings.insert(at, Standing::Coupling(CouplingId::new(found.crossing.len() as u32)));
                found.crossing.push(Crossing { coupling, penalty: limit.penalty, posts, room });
            }
        }
        found
    }
}

/// Groups of which any two are nested or disjoint.
struct Nest<'a> {
    groups: Vec<Group<'a>>,
    /// The groups that each leaf is in.
    around: Vec<Vec<usize>>,
}

impl<'a> Nest<'a> {
    fn of(groups: Vec<Group<'a>>, leaves: usize) -> Self {
        let mut nest = Self { groups: Vec::new(), around: vec![Vec::new(); leaves] };
        for group in groups {
            nest.take(group);
        }
        nest
    }

    fn take(&mut self, group: Group<'a>) {
        for &leaf in &group.leaves {
            self.around[leaf].push(self.groups.len());
        }
        self.groups.push(group);
    }

    /// Takes `group` unless it overlaps one of the others.
    fn offer(&mut self, group: Group<'a>) {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for &leaf in &group.leaves {
            for &other in &self.around[leaf] {
                *shared.entry(other).or_default() += 1;
            }
        }
        let size = group.leaves.len();
        if shared.into_iter().all(|(other, both)| both == size || both == self.groups[other].leaves.len()) {
            self.take(group);
        }
    }

    /// The forest of all groups, what the first `own` of them are in it, and what the latent limits among them are; none if
    /// they are nested too deep.
    fn forest(mut self, nodes: &Forest, own: usize, leaves: usize) -> Option<Made> {
        // Of equal groups, the problem's own ones stay in their order.
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|&group| (Reverse(self.groups[group].leaves.len()), group));
        let (mut forest, mut places) = (Forest::over(leaves), vec![QuotaId::new(0); own]);
        let mut standings = BTreeMap::new();
        for at in order {
            let Group { leaves, latent } = &mut self.groups[at];
            let (range, penalty) = match latent {
                Some((_, limit)) => (limit.range()?, limit.penalty),
                None => (nodes.ranges[at], nodes.penalties[at]),
            };
            let node = forest.node(leaves, range, penalty)?;
            match latent {
                Some((limit, _)) => {
                    standings.insert(*limit, Standing::Demand(node));
                }
                None => places[at] = node,
            }
        }
        Some((forest, places, standings))
    }
}

/// A forest, the places of the problem's own nodes in it, and what latent limits are.
type Made = (Forest, Vec<QuotaId>, BTreeMap<usize, Standing>);

impl Latent {
    /// The penalties of the soft ones, in points; those of the problem's own nodes are not among them.
    pub(super) fn penalties(&self) -> impl Iterator<Item = u32> + '_ {
        let crossing = self.crossing.iter().filter_map(|crossing| crossing.penalty);
        let nodes = self.standings.values().filter_map(|standing| match standing {
            Standing::Demand(node) => self.demand.as_ref()?.penalties[node.index()],
            _ => None,
        });
        crossing.chain(nodes)
    }

    /// `problem` with these limits, where a point is worth `point`; none if there are none.
    pub(super) fn around(self, problem: &Problem, point: i128) -> Result<Option<Around>, ProblemError> {
        if self.standings.is_empty() {
            return Ok(None);
        }
        let mut room = vec![u64::MAX; problem.seats().len()];
        for crossing in &self.crossing {
            for post in &crossing.posts {
                room[post.index()] = room[post.index()].min(crossing.room);
            }
        }
        let (own, nodes) = (problem.clone(), problem.demand_quotas().len());
        let (problem, nodes) = match self.demand {
            Some(forest) => (own.with_demand_quotas(forest.made(point)?)?, self.nodes),
            None => (own, QuotaId::all(nodes).collect()),
        };
        let crossing: Vec<_> = self.crossing.into_iter().map(|latent| (latent.coupling, latent.penalty)).collect();
        let coupled = if crossing.is_empty() {
            None
        } else {
            let couplings = problem.couplings().iter().cloned().chain(priced(crossing, point));
            Some(problem.clone().with_couplings(couplings.collect())?)
        };
        Ok(Some(Around { standings: self.standings, problem, nodes, coupled, room }))
    }
}

impl Around {
    /// What the latent limit with number `at` in the order of the market's tables is in [`problem`](Self::problem); a coupling
    /// is in [`coupled`](Self::coupled) only. None if that limit is not latent.
    pub(crate) fn standing(&self, at: usize) -> Option<Standing> {
        self.standings.get(&at).copied()
    }

    /// The problem with the latent limits that are nodes.
    pub(crate) const fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The problem with all latent limits, if some are couplings.
    pub(crate) const fn coupled(&self) -> Option<&Problem> {
        self.coupled.as_ref()
    }

    /// What `node` of the problem is among the demand quotas of [`problem`](Self::problem).
    pub(crate) fn node(&self, node: QuotaId) -> QuotaId {
        self.nodes[node.index()]
    }

    /// How many more seats `post` may get before anybody there could exceed a latent limit that is a coupling.
    pub(crate) fn room(&self, post: PostId) -> u64 {
        self.room[post.index()]
    }

    /// `solution` of the problem with prices for the nodes of latent limits: nothing costs anything there.
    pub(crate) fn solution(&self, solution: &Solution) -> Solution {
        let given = &solution.prices;
        let mut demand = vec![0; self.problem.demand_quotas().len()];
        for (node, price) in self.nodes.iter().zip(given.demand()) {
            demand[node.index()] = *price;
        }
        let prices = Prices::new(given.posts().to_vec()).with_quotas(demand, given.supply().to_vec());
        Solution { matching: solution.matching.clone(), prices }
    }
}
