//! The groups of placements that quotas count, and the ranges that follow from the market's numbers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::{
    Amount, Base, Dimension, Facet, Home, Market, Opening, Party, Placement, Post, PostIx, Quota, QuotaIx, Reading,
    RegionCode, SupplyIx,
};

/// The placements one range counts: those at `posts` of people of `units`.
#[derive(Clone, Debug)]
pub struct QuotaGroup {
    /// The quota.
    pub quota: QuotaIx,
    /// What the group has in common besides the quota's facets: one value for each dimension the quota goes by.
    pub key: Vec<Facet>,
    /// The posts, ascending; all of them if the quota names no property of posts.
    pub posts: Option<Arc<[PostIx]>>,
    /// The supply units, ascending; all of them if the quota names no property of people.
    pub units: Option<Arc<[SupplyIx]>>,
    /// Fewest people placed in this round.
    pub min: u64,
    /// Most people placed in this round, if there is a limit.
    pub max: Option<u64>,
    /// The date at which all the posts take place, where the maximum is of those who are there at one time: a share of the staff
    /// over posts that do not all overlap.
    pub at: Option<Date>,
    /// People of other rounds that are counted too, and already taken off the range.
    pub present: u64,
    /// People whose placement stands, already taken off the range too.
    pub standing: u64,
    /// The range before anybody is taken off.
    pub(super) stated: (u64, Option<u64>),
    /// What shares are taken of: of the minimum, of the maximum.
    pub(super) bases: [u64; 2],
    /// How many too many of them there are for the maximum: only other decisions can change that.
    pub exceeded: u64,
}

impl QuotaGroup {
    /// Whether the group may hold nobody although it has a minimum.
    #[must_use]
    pub fn opening(&self, market: &Market) -> Opening {
        if self.standing > 0 { Opening::Always } else { market.quota(self.quota).opening }
    }

    /// People of other rounds that the group counts too, and whom its range already leaves out.
    #[must_use]
    pub fn present(&self, market: &Market) -> u64 {
        let posts = self.posts.iter().filter(|_| self.units.is_none()).flat_map(|posts| posts.iter());
        posts.map(|post| u64::from(market.post(*post).present.unwrap_or(0))).sum()
    }

    /// Fewest and most people, those present and standing among them.
    pub(crate) const fn stated(&self) -> (u64, Option<u64>) {
        self.stated
    }

    /// `people` of the group, those present and standing among them, against its minimum as the quota states it; none without one.
    #[must_use]
    pub fn least(&self, market: &Market, people: u64) -> Option<Reading> {
        let min = market.quota(self.quota).min.filter(|_| self.stated.0 > 0)?;
        let (counted, limit) = min.measured(people, self.bases[0]);
        Some(Reading::at_least(counted, limit))
    }

    /// The same against its maximum.
    #[must_use]
    pub fn most(&self, market: &Market, people: u64) -> Option<Reading> {
        let max = market.quota(self.quota).max.filter(|_| self.stated.1.is_some())?;
        let (counted, limit) = max.measured(people, self.bases[1]);
        Some(Reading::at_most(counted, limit))
    }

    /// What files call it: `cap`, `cap[owner:plant;level:college]`, or `cap[owner:plant]@2027-02-22` for those who are there at
    /// that time.
    #[must_use]
    pub fn label(&self, market: &Market) -> String {
        market.group_label(self.quota, &self.key, self.at)
    }
}

/// Whether a value of the dimension of `facet` is the facet's or lies within it.
fn lies_in(facet: &Facet, value: &str) -> bool {
    let wanted = facet.value.as_str();
    match facet.dimension {
        Dimension::Occupation => {
            value.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        }
        Dimension::Code => value.starts_with(wanted),
        Dimension::Place | Dimension::Home => {
            let code = |text: &str| text.parse::<RegionCode>().ok();
            code(wanted).zip(code(value)).is_some_and(|(wanted, value)| wanted.contains(value))
        }
        _ => value == wanted,
    }
}

impl Market {
    /// What a post has in a dimension of posts, if anything.
    fn value_of_post(&self, dimension: Dimension, post: PostIx) -> Option<Cow<'_, str>> {
        let (row, owner) = (self.post(post), self.owner_of(post));
        Some(match dimension {
            Dimension::Post => Cow::Borrowed(&row.id),
            Dimension::Kind => Cow::Borrowed(row.kind.word()),
            Dimension::Owner => Cow::Borrowed(&row.owner),
            Dimension::Sector => match owner {
                Party::Enterprise(enterprise) => Cow::Borrowed(self.enterprise(enterprise).sector.as_deref()?),
                Party::School(_) => return None,
            },
            Dimension::Member => Cow::Borrowed(if self.is_member(owner) { "true" } else { "false" }),
            Dimension::Occupation => Cow::Owned(row.occupation?.to_string()),
            Dimension::Place => Cow::Owned(self.region_of(post).to_string()),
            _ => return None,
        })
    }

    /// What a supply unit has in a dimension of people, if anything; of circumstances it may have several.
    fn value_of_unit(&self, dimension: Dimension, unit: SupplyIx) -> Option<Cow<'_, str>> {
        let row = self.unit(unit);
        let programme = || match self.home_of(unit) {
            Home::Programme(programme) => Some(programme),
            Home::Enterprise(_) => None,
        };
        Some(match dimension {
            Dimension::Unit => Cow::Borrowed(&row.id),
            Dimension::School => Cow::Borrowed(&self.school(self.school_of(programme()?)).id),
            Dimension::Employer => Cow::Borrowed(row.enterprise.as_deref()?),
            Dimension::Programme => Cow::Borrowed(row.programme.as_deref()?),
            Dimension::Code => Cow::Owned(self.programme(programme()?).code.to_string()),
            Dimension::Level => Cow::Borrowed(self.programme(programme()?).code.level().word()),
            Dimension::Grade => Cow::Owned(row.grade?.to_string()),
            Dimension::Home => {
                let home = row.region.unwrap_or_else(|| self.division_of(self.party_of(self.home_of(unit))));
                Cow::Owned(home.to_string())
            }
            _ => return None,
        })
    }

    fn unit_has(&self, facet: &Facet, unit: SupplyIx) -> bool {
        match facet.dimension {
            Dimension::Flag => self.unit(unit).flags.iter().any(|flag| flag.word() == facet.value),
            dimension => self.value_of_unit(dimension, unit).is_some_and(|value| lies_in(facet, &value)),
        }
    }

    fn post_has(&self, facet: &Facet, post: PostIx) -> bool {
        self.value_of_post(facet.dimension, post).is_some_and(|value| lies_in(facet, &value))
    }

    /// The values that posts or supply units have in `dimension`, each as a facet, ascending. Cost: a look at every row.
    #[must_use]
    pub fn facets(&self, dimension: Dimension) -> Vec<Facet> {
        let values: BTreeSet<Cow<'_, str>> = if dimension.is_of_posts() {
            PostIx::all(self.posts().len()).filter_map(|post| self.value_of_post(dimension, post)).collect()
        } else if dimension == Dimension::Flag {
            self.supply().iter().flat_map(|unit| &unit.flags).map(|flag| Cow::Borrowed(flag.word())).collect()
        } else {
            SupplyIx::all(self.supply().len()).filter_map(|unit| self.value_of_unit(dimension, unit)).collect()
        };
        values.iter().map(|value| Facet::new(dimension, value)).collect()
    }

    /// The supply units that a quota of `facet` counts, ascending: those that have its value or one within it. None for a property
    /// of posts. Cost: a look at every unit.
    #[must_use]
    pub fn units_with(&self, facet: &Facet) -> Vec<SupplyIx> {
        SupplyIx::all(self.supply().len()).filter(|unit| self.unit_has(facet, *unit)).collect()
    }

    /// The posts that a quota of `facet` counts, ascending. None for a property of people. Cost: a look at every post.
    #[must_use]
    pub fn posts_with(&self, facet: &Facet) -> Vec<PostIx> {
        PostIx::all(self.posts().len()).filter(|post| self.post_has(facet, *post)).collect()
    }

    /// The groups of every quota, in the order of the quotas and of their keys.
    ///
    /// A share is of the market's own numbers: see [`Base`]. People already present at the posts are taken off the range of
    /// a quota that names no property of people. A maximum that is a share of the staff counts those who are there at one time, so
    /// that posts that do not all overlap make a group for each time at which most of them take place. Cost: a look at every post and supply unit for each quota that names them.
    #[must_use]
    pub fn quota_groups(&self) -> Vec<QuotaGroup> {
        QuotaIx::all(self.quotas().len()).flat_map(|quota| self.groups_of(quota)).collect()
    }

    /// What files call a group of a quota: see [`QuotaGroup::label`].
    #[must_use]
    pub fn group_label(&self, quota: QuotaIx, key: &[Facet], at: Option<Date>) -> String {
        let id = &self.quota(quota).id;
        let key: Vec<String> = key.iter().map(ToString::to_string).collect();
        let group = if key.is_empty() { id.clone() } else { format!("{id}[{}]", key.join(";")) };
        at.map_or_else(|| group.clone(), |at| format!("{group}@{at}"))
    }

    fn groups_of(&self, quota: QuotaIx) -> Vec<QuotaGroup> {
        let row = self.quota(quota);
        let posts = Side::of(row, true).groups(
            PostIx::all(self.posts().len()),
            |facet, post| self.post_has(facet, post),
            |dimension, post| self.value_of_post(dimension, post),
        );
        let units = Side::of(row, false).groups(
            SupplyIx::all(self.supply().len()),
            |facet, unit| self.unit_has(facet, unit),
            |dimension, unit| self.value_of_unit(dimension, unit),
        );
        let mut groups = Vec::with_capacity(posts.len() * units.len());
        for (post_key, posts) in &posts {
            for (unit_key, units) in &units {
                let key: Vec<Facet> = post_key.iter().chain(unit_key).cloned().collect();
                self.group(quota, &key, posts.as_ref(), units.as_ref(), &mut groups);
            }
        }
        groups
    }

    /// People of `units` whose placement at one of `posts` stands.
    fn standing_in(&self, posts: Option<&[PostIx]>, units: Option<&[SupplyIx]>) -> u64 {
        let people = |placement: &Placement| u64::from(placement.people);
        match (posts, units) {
            _ if self.frozen_placements().is_empty() => 0,
            (None, None) => self.frozen_placements().iter().map(people).sum(),
            (Some(posts), None) => posts.iter().map(|post| u64::from(self.frozen_at(*post))).sum(),
            (posts, Some(units)) => {
                let here =
                    |placement: &&Placement| posts.is_none_or(|posts| posts.binary_search(&placement.post).is_ok());
                units.iter().flat_map(|unit| self.frozen(*unit)).filter(here).map(people).sum()
            }
        }
    }

    /// Adds the group of a key, or those of the times at which it is counted.
    fn group(
        &self,
        quota: QuotaIx,
        key: &[Facet],
        posts: Option<&Arc<[PostIx]>>,
        units: Option<&Arc<[SupplyIx]>>,
        groups: &mut Vec<QuotaGroup>,
    ) {
        let row = self.quota(quota);
        let (of_posts, of_units) = (posts.map(|posts| &**posts), units.map(|units| &**units));
        let base = |amount: Amount| amount.base().map_or(0, |base| self.base(base, of_posts, of_units));
        let bases = [row.min, row.max].map(|amount| amount.map_or(0, base));
        let least = row.min.map_or(0, |min| min.at_least(bases[0]));
        let most = row.max.map(|max| max.at_most(bases[1]));
        let of_staff = row.max.and_then(Amount::base).is_some_and(|base| matches!(base, Base::Staff | Base::PostStaff));
        let times = if of_staff { self.times(of_posts) } else { Vec::new() };
        let group = |posts: Option<Arc<[PostIx]>>, at: Option<Date>, least: u64, most: Option<u64>| {
            let present = match (&posts, units) {
                (Some(posts), None) => posts.iter().map(|post| u64::from(self.post(*post).present.unwrap_or(0))).sum(),
                _ => 0,
            };
            let standing = self.standing_in(posts.as_deref(), of_units);
            let counted = present + standing;
            let (min, max) = (least.saturating_sub(counted), most.map(|most| most.saturating_sub(counted)));
            let exceeded = if standing > 0 { most.map_or(0, |most| counted.saturating_sub(most)) } else { 0 };
            let (key, units, stated) = (key.to_vec(), units.cloned(), (least, most));
            QuotaGroup { quota, key, posts, units, min, max, at, present, standing, stated, bases, exceeded }
        };
        if times.len() < 2 {
            groups.push(group(posts.cloned(), None, least, most));
            return;
        }
        let whole = group(posts.cloned(), None, least, None);
        if whole.min > 0 {
            groups.push(whole);
        }
        groups.extend(times.into_iter().map(|(at, posts)| group(Some(posts.into()), Some(at), 0, most)));
    }

    /// The largest sets of posts that take place at the same time, each with the first date on which all of them do.
    fn times(&self, posts: Option<&[PostIx]>) -> Vec<(Date, Vec<PostIx>)> {
        let posts = posts.map_or_else(|| PostIx::all(self.posts().len()).collect(), <[PostIx]>::to_vec);
        let starts: BTreeSet<Date> = posts.iter().map(|post| self.post(*post).start).collect();
        let mut starts = starts.into_iter().peekable();
        let mut times = Vec::new();
        while let Some(start) = starts.next() {
            let open = |post: &&PostIx| self.post(**post).start <= start && start <= self.post(**post).end;
            let open: Vec<PostIx> = posts.iter().filter(open).copied().collect();
            // Where nobody leaves before others come, there are more of them then.
            if starts.peek().is_none_or(|next| open.iter().any(|post| self.post(*post).end < *next)) {
                times.push((start, open));
            }
        }
        times
    }

    /// What a share of the placements at `posts` of people of `units` is taken of.
    fn base(&self, base: Base, posts: Option<&[PostIx]>, units: Option<&[SupplyIx]>) -> u64 {
        let all_posts: Vec<PostIx>;
        let posts = match posts {
            Some(posts) => posts,
            None if base == Base::People => &[],
            None => {
                all_posts = PostIx::all(self.posts().len()).collect();
                &all_posts
            }
        };
        let over_posts = |count: fn(&Post) -> u32| posts.iter().map(|post| u64::from(count(self.post(*post)))).sum();
        match base {
            Base::Staff => {
                let owners: BTreeSet<Party> = posts.iter().map(|post| self.owner_of(*post)).collect();
                let staff = owners.into_iter().map(|owner| match owner {
                    Party::Enterprise(enterprise) => u64::from(self.enterprise(enterprise).staff),
                    Party::School(_) => 0,
                });
                staff.sum()
            }
            Base::PostStaff => over_posts(|post| post.staff.unwrap_or(0)),
            Base::Seats => over_posts(|post| post.seats_max),
            Base::People => match units {
                Some(units) => units.iter().map(|unit| u64::from(self.present(*unit))).sum(),
                None => SupplyIx::all(self.supply().len()).map(|unit| u64::from(self.present(unit))).sum(),
            },
        }
    }
}

/// One side's part of a quota.
struct Side<'a> {
    of: Vec<&'a Facet>,
    per: Vec<Dimension>,
}

type Group<Ix> = (Vec<Facet>, Option<Arc<[Ix]>>);

impl<'a> Side<'a> {
    fn of(quota: &'a Quota, posts: bool) -> Self {
        let of = quota.of.iter().filter(|facet| facet.dimension.is_of_posts() == posts).collect();
        let per = quota.per.iter().copied().filter(|dimension| dimension.is_of_posts() == posts).collect();
        Self { of, per }
    }

    /// The groups of this side's rows, by key; one of all rows if the side is not named.
    fn groups<Ix: Copy>(
        &self,
        rows: impl Iterator<Item = Ix>,
        has: impl Fn(&Facet, Ix) -> bool,
        value: impl Fn(Dimension, Ix) -> Option<Cow<'a, str>>,
    ) -> Vec<Group<Ix>> {
        if self.of.is_empty() && self.per.is_empty() {
            return vec![(Vec::new(), None)];
        }
        let dimensions: BTreeSet<Dimension> = self.of.iter().map(|facet| facet.dimension).collect();
        let counted = |row: Ix| {
            dimensions.iter().all(|dimension| {
                self.of.iter().filter(|facet| facet.dimension == *dimension).any(|facet| has(facet, row))
            })
        };
        let mut groups: BTreeMap<Vec<Cow<'a, str>>, Vec<Ix>> = BTreeMap::new();
        if self.per.is_empty() {
            groups.insert(Vec::new(), Vec::new());
        }
        for row in rows.filter(|row| counted(*row)) {
            let key: Option<Vec<_>> = self.per.iter().map(|dimension| value(*dimension, row)).collect();
            // Who has no value in a dimension is in none of its groups.
            if let Some(key) = key {
                groups.entry(key).or_default().push(row);
            }
        }
        let facets = |key: Vec<Cow<'a, str>>| {
            self.per.iter().zip(key).map(|(dimension, value)| Facet::new(*dimension, &value)).collect()
        };
        groups.into_iter().map(|(key, rows)| (facets(key), Some(rows.into()))).collect()
    }
}
