//! Limits on groups of placements, in the market's words: quotas, mentors, bonds.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::FormulationError;
use crate::graph::{BipartiteGraph, MAX_COUPLED, SeatRange, Span};
use crate::index::{PairId, PostId, UnitId};
use crate::market::{BondIx, Facet, Home, Market, Opening, Party, PostIx, ProgrammeIx, QuotaGroup, QuotaIx, SupplyIx};

/// The rule that a limit comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A quota, for the group that has the facets of the key.
    Quota {
        /// The quota.
        quota: QuotaIx,
        /// What the group has in common besides the quota's own facets.
        key: Vec<Facet>,
        /// The date at which people are counted, if they are counted at one time.
        at: Option<Date>,
    },
    /// The mentors of a party, or those for one of its programmes.
    Mentors {
        /// The party.
        party: Party,
        /// The programme, if they are for one.
        programme: Option<ProgrammeIx>,
    },
    /// A bond, which may make several limits.
    Bond {
        /// The bond.
        bond: BondIx,
        /// The number of the limit among those of the bond.
        part: u32,
    },
}

impl Origin {
    /// What files call it, such as `cap[owner:plant]`, `mentors(plant)` or `mentors(centre;machining)` or `bond#0`.
    #[must_use]
    pub fn label(&self, market: &Market) -> String {
        match self {
            Self::Quota { quota, key, at } => market.group_label(*quota, key, *at),
            Self::Mentors { party, programme } => {
                let party = match party {
                    Party::School(school) => &market.school(*school).id,
                    Party::Enterprise(enterprise) => &market.enterprise(*enterprise).id,
                };
                match programme {
                    Some(programme) => format!("mentors({party};{})", market.programme(*programme).id),
                    None => format!("mentors({party})"),
                }
            }
            Self::Bond { bond, part } => format!("{}#{part}", market.bonds()[bond.index()].id),
        }
    }
}

/// What a limit counts.
#[derive(Clone, Debug)]
pub(crate) enum Members {
    /// Everybody at these posts, ascending.
    Posts(Vec<PostId>),
    /// Everybody of these units, ascending.
    Units(Vec<UnitId>),
    /// Those placed by the first pairs, less those placed by the second ones.
    Pairs(Vec<PairId>, Vec<PairId>),
}

/// A range for the people that are counted.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) members: Members,
    pub(crate) span: Span,
    /// Points for each person beyond it; strict if none.
    pub(crate) penalty: Option<u32>,
}

impl Limit {
    /// Closes a limit of one pair that asks for more people than its post has seats: there is nothing to search.
    pub(super) fn close_beyond(&mut self, graph: &BipartiteGraph, seats: &[SeatRange]) {
        if let Members::Pairs(pairs, against) = &self.members
            && let ([pair], []) = (&pairs[..], &against[..])
            && self.span.has_gap()
            && i64::from(seats[graph.post_of(*pair).index()].max()) < self.span.min()
        {
            self.span = Span::new(0, 0);
        }
    }
}

/// A number of people as a load; more than anybody can count is the most a span can say.
fn whole(people: u64) -> i64 {
    i64::try_from(people).unwrap_or(MAX_COUPLED).min(MAX_COUPLED)
}

/// The refusal of placements that stand against `limit`.
pub(super) const fn broken(limit: String, standing: u64, most: u64) -> FormulationError {
    FormulationError::Standing { limit, standing, most }
}

/// Where the rows of the market are in the problem.
pub(super) struct Rows<'a> {
    pub(super) market: &'a Market,
    pub(super) graph: &'a BipartiteGraph,
    pub(super) units: &'a [SupplyIx],
    pub(super) posts: &'a [PostIx],
    pub(super) unit_ids: &'a [UnitId],
    pub(super) post_ids: &'a [PostId],
}

impl Rows<'_> {
    /// Every limit of the market with what it comes from, in the order of its tables.
    ///
    /// # Errors
    /// [`FormulationError::Standing`] for a strict one that the placements that stand break.
    pub(super) fn limits(&self) -> Result<Vec<(Origin, Limit)>, FormulationError> {
        let mut limits = Vec::new();
        let groups = self.market.quota_groups();
        for of_one in groups.chunk_by(|a, b| a.quota == b.quota) {
            self.quota(of_one, &mut limits)?;
        }
        self.mentors(&mut limits)?;
        self.bonds(&mut limits)?;
        Ok(limits)
    }

    fn post_rows(&self, posts: &[PostIx]) -> Vec<PostId> {
        let mut rows: Vec<PostId> = posts.iter().map(|post| self.post_ids[post.index()]).collect();
        rows.sort_unstable();
        rows
    }

    fn unit_rows(&self, units: &[SupplyIx]) -> Vec<UnitId> {
        let mut rows: Vec<UnitId> = units.iter().map(|unit| self.unit_ids[unit.index()]).collect();
        rows.sort_unstable();
        rows
    }

    /// The limits of all groups of one quota.
    fn quota(&self, groups: &[QuotaGroup], limits: &mut Vec<(Origin, Limit)>) -> Result<(), FormulationError> {
        let members: Vec<Members> = match groups {
            [first, ..] if first.posts.is_some() && first.units.is_some() => {
                // A post may be in groups of several times.
                let times = groups.chunk_by(|a, b| a.at.is_none() && b.at.is_none());
                times.flat_map(|groups| self.crossings(groups)).collect()
            }
            _ => groups.iter().map(|group| self.one_side(group)).collect(),
        };
        let people = self.market.people();
        for (group, members) in groups.iter().zip(members) {
            let quota = self.market.quota(group.quota);
            if group.exceeded > 0 && quota.penalty.is_none() {
                let standing = group.standing + group.present;
                return Err(broken(group.label(self.market), standing, standing - group.exceeded));
            }
            // No limit needs to exceed everybody.
            let max = group.max.unwrap_or(u64::MAX).min(people.max(group.min));
            let span = Span::new(whole(group.min), whole(max));
            let origin = Origin::Quota { quota: group.quota, key: group.key.clone(), at: group.at };
            let span = if group.opening(self.market) == Opening::OrClosed { span.or_closed() } else { span };
            limits.push((origin, Limit { members, span, penalty: quota.penalty }));
        }
        Ok(())
    }

    fn one_side(&self, group: &QuotaGroup) -> Members {
        match (&group.posts, &group.units) {
            (Some(posts), _) => Members::Posts(self.post_rows(posts)),
            (None, Some(units)) => Members::Units(self.unit_rows(units)),
            (None, None) => Members::Posts(PostId::all(self.posts.len()).collect()),
        }
    }

    /// The pairs of each group of a quota that names posts and people: a post, and a unit, is in at most one group of its side.
    fn crossings(&self, groups: &[QuotaGroup]) -> Vec<Members> {
        let first = groups.first().and_then(|group| group.posts.as_ref());
        let of_first = |group: &&QuotaGroup| group.posts.as_ref().zip(first).is_some_and(|(a, b)| Arc::ptr_eq(a, b));
        // Groups come post by post; each of these has all groups of units.
        let across = groups.iter().take_while(of_first).count().max(1);
        let mut post_group = vec![None; self.posts.len()];
        for (number, group) in groups.iter().step_by(across).enumerate() {
            for post in group.posts.iter().flat_map(|posts| posts.iter()) {
                post_group[self.post_ids[post.index()].index()] = Some(number);
            }
        }
        let mut pairs = vec![Vec::new(); groups.len()];
        for (number, group) in groups[..across].iter().enumerate() {
            for unit in group.units.iter().flat_map(|units| units.iter()) {
                for pair in self.graph.row(self.unit_ids[unit.index()]) {
                    let pair = PairId::new(pair as u32);
                    if let Some(posts) = post_group[self.graph.post_of(pair).index()] {
                        pairs[posts * across + number].push(pair);
                    }
                }
            }
        }
        let members = pairs.into_iter().map(|mut pairs| {
            pairs.sort_unstable();
            Members::Pairs(pairs, Vec::new())
        });
        members.collect()
    }

    /// Mentors: each placement with mentors counts for who offers the post and for where the person comes from.
    fn mentors(&self, limits: &mut Vec<(Origin, Limit)>) -> Result<(), FormulationError> {
        let market = self.market;
        if market.mentors().is_empty() {
            return Ok(());
        }
        let mut capacities: BTreeMap<(Party, Option<ProgrammeIx>), u64> = BTreeMap::new();
        for mentor in 0..market.mentors().len() {
            let capacity = u64::from(market.mentors()[mentor].capacity);
            *capacities.entry(market.mentor_of(mentor)).or_default() += capacity;
        }
        // The mentors that a person from `home` has, if `party` is to give one.
        let group = |party: Party, home: Home| match home {
            Home::Programme(programme) if capacities.contains_key(&(party, Some(programme))) => {
                (party, Some(programme))
            }
            _ => (party, None),
        };
        let mut pairs: BTreeMap<(Party, Option<ProgrammeIx>), Vec<PairId>> = BTreeMap::new();
        for unit in UnitId::all(self.graph.units()) {
            let home = market.home_of(self.units[unit.index()]);
            for pair in self.graph.row(unit) {
                let pair = PairId::new(pair as u32);
                let post = self.posts[self.graph.post_of(pair).index()];
                if market.post(post).kind.is_mentored() {
                    let (host, own) = (group(market.owner_of(post), home), group(market.party_of(home), home));
                    pairs.entry(host).or_default().push(pair);
                    if own != host {
                        pairs.entry(own).or_default().push(pair);
                    }
                }
            }
        }
        let mut standing: BTreeMap<(Party, Option<ProgrammeIx>), u64> = BTreeMap::new();
        for placement in market.frozen_placements() {
            if market.post(placement.post).kind.is_mentored() {
                let home = market.home_of(placement.unit);
                let (host, own) = (group(market.owner_of(placement.post), home), group(market.party_of(home), home));
                *standing.entry(host).or_default() += u64::from(placement.people);
                if own != host {
                    *standing.entry(own).or_default() += u64::from(placement.people);
                }
            }
        }
        let capacity = |of: &(Party, Option<ProgrammeIx>)| capacities.get(of).copied().unwrap_or(0);
        for (of, people) in &standing {
            if *people > capacity(of) {
                let origin = Origin::Mentors { party: of.0, programme: of.1 };
                return Err(broken(origin.label(market), *people, capacity(of)));
            }
        }
        for ((party, programme), pairs) in pairs {
            let of = (party, programme);
            let capacity = (capacity(&of) - standing.get(&of).copied().unwrap_or(0)).min(market.people());
            let (members, span) = (Members::Pairs(pairs, Vec::new()), Span::new(0, whole(capacity)));
            limits.push((Origin::Mentors { party, programme }, Limit { members, span, penalty: None }));
        }
        Ok(())
    }
}
