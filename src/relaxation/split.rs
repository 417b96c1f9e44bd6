//! A quota whose groups no longer have the same range, as several quotas.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Wider, free};
use crate::market::{Amount, Dimension, Facet, Market, Opening, Quota, QuotaGroup};

/// A group, and by how much its range becomes wider if it does.
type Labelled<'a> = (&'a QuotaGroup, Option<Wider>);

/// Quotas that together say what `quota` says of its `groups`, each as wide as it is to be. Their ids are `quota`'s and free ones,
/// which are then taken.
pub(super) fn split(
    market: &Market,
    quota: &Quota,
    groups: &[Labelled<'_>],
    taken: &mut BTreeSet<String>,
) -> Vec<Quota> {
    let mut rows = Vec::new();
    part(market, quota.clone(), groups, 0, &mut rows);
    for row in rows.iter_mut().skip(1) {
        row.id = free(&quota.id, taken);
        taken.insert(row.id.clone());
    }
    rows
}

/// Adds what `row` says of `groups`, which are the same in the first `at` dimensions of their keys.
fn part(market: &Market, row: Quota, groups: &[Labelled<'_>], at: usize, rows: &mut Vec<Quota>) {
    if groups.iter().all(|(_, wider)| wider.is_none()) {
        return rows.push(row);
    }
    let Some(dimension) = groups.iter().find_map(|(group, _)| group.key.get(at)).map(|facet| facet.dimension) else {
        let changed = groups.iter().filter_map(|(group, wider)| widened(market, row.clone(), group, (*wider)?));
        return rows.extend(changed);
    };
    let mut values: BTreeMap<&str, Vec<Labelled<'_>>> = BTreeMap::new();
    for &(group, wider) in groups {
        values.entry(&group.key[at].value).or_default().push((group, wider));
    }
    let (changed, same): (Vec<_>, Vec<_>) =
        values.into_values().partition(|groups| groups.iter().any(|(_, wider)| wider.is_some()));
    let same: Vec<Labelled<'_>> = same.concat();
    if !same.is_empty() {
        rows.push(limited_to(market, &row, dimension, at, &same));
    }
    for groups in changed {
        part(market, limited_to(market, &row, dimension, at, &groups), &groups, at + 1, rows);
    }
}

/// `row` for the values alone that `groups` have at place `at` of their keys. A division would stand for what lies within it too, so
/// that posts and people are named themselves there.
fn limited_to(market: &Market, row: &Quota, dimension: Dimension, at: usize, groups: &[Labelled<'_>]) -> Quota {
    let mut facets: BTreeSet<Facet> = BTreeSet::new();
    for (group, _) in groups {
        match dimension {
            Dimension::Place => {
                let posts = group.posts.iter().flat_map(|posts| posts.iter());
                facets.extend(posts.map(|post| Facet::new(Dimension::Post, &market.post(*post).id)));
            }
            Dimension::Home => {
                let units = group.units.iter().flat_map(|units| units.iter());
                facets.extend(units.map(|unit| Facet::new(Dimension::Unit, &market.unit(*unit).id)));
            }
            _ => {
                facets.insert(group.key[at].clone());
            }
        }
    }
    let named = match dimension {
        Dimension::Place => Dimension::Post,
        Dimension::Home => Dimension::Unit,
        other => other,
    };
    let mut of: Vec<Facet> = row.of.iter().filter(|facet| facet.dimension != named).cloned().collect();
    of.extend(facets);
    Quota { of, ..row.clone() }
}

/// `row` with the range of `group`, wider; none where it limits nothing any more.
fn widened(market: &Market, row: Quota, group: &QuotaGroup, wider: Wider) -> Option<Quota> {
    let amount = |people: u64| Amount::Count(u32::try_from(people).unwrap_or(u32::MAX));
    let present = group.present(market);
    let least = group.min.saturating_sub(wider.below);
    // What stays as it is may be a share, which other groups of the row have too.
    let min = match wider.below {
        0 => row.min,
        _ => (least > 0).then(|| amount(least.saturating_add(present))),
    };
    let opening = if min.is_none() { Opening::Always } else { row.opening };
    let max = match group.max.filter(|_| wider.above > 0) {
        Some(most) => Some(amount(most.saturating_add(wider.above).saturating_add(present))),
        None => row.max,
    };
    (min.is_some() || max.is_some()).then_some(Quota { min, max, opening, ..row })
}
