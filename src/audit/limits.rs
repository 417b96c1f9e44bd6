//! Quotas, mentors and bonds, recounted from the rows of the market.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::rules::MarketWords;
use super::{Check, Finding};
use crate::market::{
    Amount, Base, BondKind, Dimension, Facet, Market, Opening, Placements, Post, PostKind, Quota, Supply,
};

/// People at a post.
type Counted<'a> = (&'a Post, u64);

/// Posts, or supply units, by what a quota tells them apart by.
type Groups<'a, T> = BTreeMap<Vec<String>, Vec<&'a T>>;

fn finding(check: Check, limit: String, counted: u64, least: Option<u64>, most: Option<u64>) -> Finding {
    let (unit, post) = (String::new(), String::new());
    Finding { check, unit, post, subject: limit, counted: Some(counted), least, limit: most }
}

impl MarketWords<'_> {
    /// The words of a post in a dimension.
    fn words_of_post(&self, dimension: Dimension, post: &Post) -> Vec<String> {
        let owner = self.member(&post.owner);
        let word = match dimension {
            Dimension::Post => Some(post.id.clone()),
            Dimension::Kind => Some(post.kind.word().to_owned()),
            Dimension::Owner => Some(post.owner.clone()),
            Dimension::Sector => self.enterprise(&post.owner).and_then(|enterprise| enterprise.sector.clone()),
            Dimension::Member => owner.map(|owner| owner.in_consortium.to_string()),
            Dimension::Occupation => post.occupation.map(|occupation| occupation.to_string()),
            Dimension::Place => post.region.map(|region| region.to_string()).or(owner.map(|owner| owner.region)),
            _ => None,
        };
        word.into_iter().collect()
    }

    /// The words of a supply unit in a dimension.
    fn words_of_unit(&self, dimension: Dimension, unit: &Supply) -> Vec<String> {
        let programme = self.programme(unit);
        let word = match dimension {
            Dimension::Flag => return unit.flags.iter().map(|flag| flag.word().to_owned()).collect(),
            Dimension::Unit => Some(unit.id.clone()),
            Dimension::School => programme.map(|programme| programme.school.clone()),
            Dimension::Employer => unit.enterprise.clone(),
            Dimension::Programme => unit.programme.clone(),
            Dimension::Code => programme.map(|programme| programme.code.to_string()),
            Dimension::Level => self.level_of(unit).map(|level| level.word().to_owned()),
            Dimension::Grade => unit.grade.map(|grade| grade.to_string()),
            Dimension::Home => {
                let origin = || self.origin(unit).map(|origin| origin.region);
                unit.region.map(|region| region.to_string()).or_else(origin)
            }
            _ => None,
        };
        word.into_iter().collect()
    }

    /// What breaks a strict quota.
    fn quota(&self, quota: &Quota, placements: &Placements, findings: &mut Vec<Finding>) {
        let market = self.market();
        let posts = groups(quota, true, market.posts(), |dimension, post| self.words_of_post(dimension, post));
        let units = groups(quota, false, market.supply(), |dimension, unit| self.words_of_unit(dimension, unit));
        let (post_keys, unit_keys) = (keys(&posts, |post| &post.id), keys(&units, |unit| &unit.id));
        let mut placed: BTreeMap<(&Vec<String>, &Vec<String>), Vec<Counted<'_>>> = BTreeMap::new();
        for placement in placements.all() {
            let post = market.post(placement.post);
            let keys = post_keys.get(post.id.as_str()).zip(unit_keys.get(market.unit(placement.unit).id.as_str()));
            if let Some((post_key, unit_key)) = keys {
                placed.entry((post_key, unit_key)).or_default().push((post, u64::from(placement.people)));
            }
        }
        let of_staff = matches!(quota.max.and_then(Amount::base), Some(Base::Staff | Base::PostStaff));
        let by_posts_alone = names(quota, true) && !names(quota, false);
        for (post_key, posts) in &posts {
            for (unit_key, units) in &units {
                let people = placed.get(&(post_key, unit_key)).map_or(&[][..], Vec::as_slice);
                let count = |on: Option<Date>| {
                    let there = |post: &Post| on.is_none_or(|on| (post.start..=post.end).contains(&on));
                    let here: u64 = people.iter().filter(|(post, _)| there(post)).map(|(_, people)| people).sum();
                    let present =
                        posts.iter().filter(|post| there(post)).map(|post| u64::from(post.present.unwrap_or(0)));
                    (here, here + if by_posts_alone { present.sum() } else { 0 })
                };
                let base = |amount: Amount| self.base(amount, posts, units);
                let least = quota.min.map(|min| min.at_least(base(min)));
                let most = quota.max.map(|max| max.at_most(base(max)));
                let (here, all) = count(None);
                let below = least.is_some_and(|least| all < least);
                let label = || label(quota, post_key, unit_key);
                // A share of the staff is of those who are there at one time, which are most when somebody begins.
                let starts: BTreeSet<Date> = posts.iter().map(|post| post.start).collect();
                let at_once = |on: &Date| posts.iter().all(|post| (post.start..=post.end).contains(on));
                let dates = if of_staff && !posts.is_empty() && !starts.iter().any(at_once) {
                    starts.into_iter().map(Some).collect()
                } else {
                    vec![None]
                };
                // Those already there are nobody's decision here.
                let above =
                    |&(_, (here, all)): &(Option<Date>, (u64, u64))| most.is_some_and(|most| all > most && here > 0);
                let counts = dates.into_iter().map(|on| (on, count(on))).filter(above);
                if let Some((on, (_, all))) = counts.max_by_key(|&(on, (_, all))| (all, std::cmp::Reverse(on))) {
                    let label = on.map_or_else(label, |on| format!("{}@{on}", label()));
                    findings.push(finding(Check::QuotaMost, label, all, None, most));
                }
                if below && quota.opening == Opening::Always {
                    findings.push(finding(Check::QuotaLeast, label(), all, least, None));
                }
                if below && quota.opening == Opening::OrClosed && here > 0 {
                    findings.push(finding(Check::QuotaOpening, label(), all, least, None));
                }
            }
        }
    }

    /// What a share is taken of.
    fn base(&self, amount: Amount, posts: &[&Post], units: &[&Supply]) -> u64 {
        match amount.base() {
            None => 0,
            Some(Base::Staff) => {
                let owners: BTreeSet<&str> = posts.iter().map(|post| post.owner.as_str()).collect();
                let staff = owners.into_iter().filter_map(|owner| self.enterprise(owner));
                staff.map(|enterprise| u64::from(enterprise.staff)).sum()
            }
            Some(Base::PostStaff) => posts.iter().filter_map(|post| post.staff).map(u64::from).sum(),
            Some(Base::Seats) => posts.iter().map(|post| u64::from(post.seats_max)).sum(),
            Some(Base::People) => units.iter().map(|unit| u64::from(unit.headcount) - self.left(&unit.id)).sum(),
        }
    }

    /// People who have no mentor: of the party that offers the post, or of the one they come from.
    fn mentors(&self, placements: &Placements, findings: &mut Vec<Finding>) {
        let market = self.market();
        if market.mentors().is_empty() {
            return;
        }
        let mut capacity: BTreeMap<(&str, Option<&str>), u64> = BTreeMap::new();
        for mentor in market.mentors() {
            *capacity.entry((&mentor.party, mentor.programme.as_deref())).or_default() += u64::from(mentor.capacity);
        }
        let mut wanted: BTreeMap<(&str, Option<&str>), u64> = BTreeMap::new();
        for placement in placements.all() {
            let (unit, post) = (market.unit(placement.unit), market.post(placement.post));
            if !matches!(post.kind, PostKind::Apprenticeship | PostKind::FieldEngineer | PostKind::Craftsman) {
                continue;
            }
            let programme = self.programme(unit);
            let home = unit.enterprise.as_deref().or(programme.map(|programme| programme.school.as_str()));
            let mut parties = vec![post.owner.as_str()];
            parties.extend(home.filter(|home| *home != post.owner));
            for party in parties {
                let own = programme.map(|programme| programme.id.as_str());
                let own = own.filter(|own| capacity.contains_key(&(party, Some(own))));
                *wanted.entry((party, own)).or_default() += u64::from(placement.people);
            }
        }
        for ((party, programme), people) in wanted {
            let most = capacity.get(&(party, programme)).copied().unwrap_or(0);
            if people > most {
                let label = programme.map_or_else(|| party.to_owned(), |programme| format!("{party}, {programme}"));
                findings.push(finding(Check::Mentors, label, people, None, Some(most)));
            }
        }
    }

    /// Cohorts that are torn apart, people who should be together and are not, or apart and are together.
    fn bonds(&self, placements: &Placements, findings: &mut Vec<Finding>) {
        let market = self.market();
        let mut of_unit: BTreeMap<&str, Vec<(&Post, u64)>> = BTreeMap::new();
        for placement in placements.all().iter().filter(|placement| placement.people > 0) {
            let unit = of_unit.entry(&market.unit(placement.unit).id).or_default();
            unit.push((market.post(placement.post), u64::from(placement.people)));
        }
        let placed = |unit: &String| of_unit.get(unit.as_str()).map_or(&[][..], Vec::as_slice);
        let owner = |unit: &String| placed(unit).first().map(|(post, _)| post.owner.as_str());
        let mut report = |check: Check, bond: &str, unit: &str, counted: u64, most: Option<u64>| {
            findings.push(Finding { unit: unit.to_owned(), ..finding(check, bond.to_owned(), counted, None, most) });
        };
        for bond in market.bonds() {
            match bond.kind {
                BondKind::Whole => {
                    for id in &bond.units {
                        let heads = market.find_unit(id).map_or(0, |unit| u64::from(market.unit(unit).headcount));
                        let heads = heads - self.left(id);
                        if placed(id).iter().any(|(_, people)| *people != heads) {
                            report(Check::Whole, &bond.id, id, placed(id).iter().map(|(_, people)| people).sum(), None);
                        }
                    }
                }
                BondKind::Together => {
                    // These are persons: whoever has left is no longer bound.
                    let bound: Vec<&String> = bond.units.iter().filter(|id| self.left(id) == 0).collect();
                    for id in bound.iter().skip(1).filter(|id| owner(id) != owner(bound[0])) {
                        report(Check::Together, &bond.id, id, placed(id).len() as u64, None);
                    }
                }
                BondKind::Apart => {
                    let mut owners: BTreeMap<&str, u64> = BTreeMap::new();
                    for id in &bond.units {
                        if let Some(owner) = owner(id) {
                            *owners.entry(owner).or_default() += 1;
                        }
                    }
                    for (owner, people) in owners.into_iter().filter(|(_, people)| *people > 1) {
                        report(Check::Apart, &bond.id, owner, people, Some(1));
                    }
                }
            }
        }
    }
}

/// Everything that breaks a strict quota, asks for a mentor too many or a bond.
pub(super) fn limits(market: &Market, words: &MarketWords<'_>, placements: &Placements) -> Vec<Finding> {
    let mut findings = Vec::new();
    for quota in market.quotas().iter().filter(|quota| quota.penalty.is_none()) {
        words.quota(quota, placements, &mut findings);
    }
    words.mentors(placements, &mut findings);
    words.bonds(placements, &mut findings);
    findings
}

/// Whether a quota names a property of posts (or of people).
fn names(quota: &Quota, of_posts: bool) -> bool {
    let mut named = quota.of.iter().map(|facet| &facet.dimension).chain(&quota.per);
    named.any(|dimension| dimension.is_of_posts() == of_posts)
}

/// The rows of one side that a quota counts, by its dimensions of that side.
fn groups<'a, T>(
    quota: &Quota,
    of_posts: bool,
    rows: &'a [T],
    words: impl Fn(Dimension, &T) -> Vec<String>,
) -> Groups<'a, T> {
    let own: Vec<&Facet> = quota.of.iter().filter(|facet| facet.dimension.is_of_posts() == of_posts).collect();
    let per: Vec<Dimension> =
        quota.per.iter().copied().filter(|dimension| dimension.is_of_posts() == of_posts).collect();
    let mut groups: Groups<'a, T> = BTreeMap::new();
    if per.is_empty() {
        groups.insert(Vec::new(), Vec::new());
    }
    'rows: for row in rows {
        for facet in &own {
            let alternatives = own.iter().filter(|other| other.dimension == facet.dimension);
            let has = words(facet.dimension, row);
            if !alternatives.into_iter().any(|wanted| has.iter().any(|word| covers(wanted, word))) {
                continue 'rows;
            }
        }
        let mut key = Vec::with_capacity(per.len());
        for dimension in &per {
            match words(*dimension, row).pop() {
                Some(word) => key.push(word),
                None => continue 'rows,
            }
        }
        groups.entry(key).or_default().push(row);
    }
    groups
}

/// The key of each row that is in a group, by its id.
fn keys<'a, T>(groups: &'a Groups<'a, T>, id: impl Fn(&'a T) -> &'a String) -> BTreeMap<&'a str, &'a Vec<String>> {
    groups
        .iter()
        .flat_map(|(key, rows)| rows.iter().map(move |row| (*row, key)))
        .map(|(row, key)| (id(row).as_str(), key))
        .collect()
}

/// Whether a word is the facet's, or one that it stands for: a longer code that begins with it, a district of its city.
fn covers(facet: &Facet, word: &str) -> bool {
    let wanted = facet.value.as_str();
    match facet.dimension {
        Dimension::Occupation => word == wanted || word.starts_with(&format!("{wanted}-")),
        Dimension::Code => word.starts_with(wanted),
        Dimension::Place | Dimension::Home => {
            // Provinces end in four zeros, cities in two.
            word == wanted
                || ["0000", "00"].iter().any(|zeros| {
                    wanted
                        .strip_suffix(zeros)
                        .is_some_and(|beginning| !beginning.is_empty() && word.starts_with(beginning))
                })
        }
        _ => word == wanted,
    }
}

/// The quota with the group's values.
fn label(quota: &Quota, post_key: &[String], unit_key: &[String]) -> String {
    let posts = quota.per.iter().filter(|dimension| dimension.is_of_posts()).zip(post_key);
    let units = quota.per.iter().filter(|dimension| !dimension.is_of_posts()).zip(unit_key);
    let key: Vec<String> = posts.chain(units).map(|(dimension, word)| format!("{}:{word}", dimension.word())).collect();
    if key.is_empty() { quota.id.clone() } else { format!("{}[{}]", quota.id, key.join(";")) }
}
