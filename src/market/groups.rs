//! The groups of placements that quotas count, and the ranges that follow from the market's numbers.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Amount, Base, Dimension, Facet, Home, Market, Opening, Party, Post, PostIx, Quota, QuotaIx, RegionCode, SupplyIx,
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
    /// People of other rounds that are counted too, and already taken off the range.
    pub present: u64,
}

impl QuotaGroup {
    /// Whether the group may hold nobody although it has a minimum.
    #[must_use]
    pub fn opening(&self, market: &Market) -> Opening {
        market.quota(self.quota).opening
    }

    /// The id of the quota and the group's key, as `cap[owner:plant]`.
    #[must_use]
    pub fn label(&self, market: &Market) -> String {
        market.group_label(self.quota, &self.key)
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

    /// The groups of every quota, in the order of the quotas and of their keys.
    ///
    /// A share is of the market's own numbers: see [`Base`]. People already present at the posts are taken off the range of
    /// a quota that names no property of people. Cost: a look at every post and supply unit for each quota that names them.
    #[must_use]
    pub fn quota_groups(&self) -> Vec<QuotaGroup> {
        QuotaIx::all(self.quotas().len()).flat_map(|quota| self.groups_of(quota)).collect()
    }

    /// What files call a group of a quota: `cap`, or `cap[owner:plant;level:college]`.
    #[must_use]
    pub fn group_label(&self, quota: QuotaIx, key: &[Facet]) -> String {
        let id = &self.quota(quota).id;
        let key: Vec<String> = key.iter().map(ToString::to_string).collect();
        if key.is_empty() { id.clone() } else { format!("{id}[{}]", key.join(";")) }
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
                let key = post_key.iter().chain(unit_key).cloned().collect();
                groups.push(self.group(quota, key, posts.clone(), units.clone()));
            }
        }
        groups
    }

    fn group(
        &self,
        quota: QuotaIx,
        key: Vec<Facet>,
        posts: Option<Arc<[PostIx]>>,
        units: Option<Arc<[SupplyIx]>>,
    ) -> QuotaGroup {
        let row = self.quota(quota);
        let base = |amount: Amount| amount.base().map_or(0, |base| self.base(base, posts.as_deref(), units.as_deref()));
        let present = match (&posts, &units) {
            (Some(posts), None) => posts.iter().map(|post| u64::from(self.post(*post).present.unwrap_or(0))).sum(),
            _ => 0,
        };
        let min = row.min.map_or(0, |min| min.at_least(base(min))).saturating_sub(present);
        let max = row.max.map(|max| max.at_most(base(max)).saturating_sub(present));
        QuotaGroup { quota, key, posts, units, min, max, present }
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
                Some(units) => units.iter().map(|unit| u64::from(self.unit(*unit).headcount)).sum(),
                None => self.people(),
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
