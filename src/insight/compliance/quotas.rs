//! Quotas, over all their groups.

use super::tally::Tally;
use super::{ComplianceLine, Seen};
use crate::audit::Check;
use crate::language::Phrase;
use crate::market::{Fit, Mode, Opening, PostIx, QuotaGroup, QuotaIx, SupplyIx, Unit};
use crate::verified::Verified;

/// One quota: its groups against their maxima and against their minima.
pub(super) struct Quota {
    row: QuotaIx,
    most: Tally,
    least: Tally,
    all: Tally,
}

/// Everybody placed, by post and by supply unit.
struct Placed<'a, 'b> {
    result: &'a Verified<'b>,
    posts: Vec<u64>,
    units: Vec<u64>,
}

impl<'a, 'b> Placed<'a, 'b> {
    fn of(result: &'a Verified<'b>) -> Self {
        let market = result.docking().market();
        let (mut posts, mut units) = (vec![0; market.posts().len()], vec![0; market.supply().len()]);
        for placement in result.placements().all() {
            posts[placement.post.index()] += u64::from(placement.people);
            units[placement.unit.index()] += u64::from(placement.people);
        }
        Self { result, posts, units }
    }

    /// People of the group, those who stand among them.
    fn people(&self, group: &QuotaGroup) -> u64 {
        let at = |posts: &[PostIx], unit: &SupplyIx| -> u64 {
            let there = self.result.placements().of(*unit).iter();
            let there = there.filter(|placement| posts.binary_search(&placement.post).is_ok());
            there.map(|placement| u64::from(placement.people)).sum()
        };
        match (&group.posts, &group.units) {
            (None, None) => self.posts.iter().sum(),
            (Some(posts), None) => posts.iter().map(|post| self.posts[post.index()]).sum(),
            (None, Some(units)) => units.iter().map(|unit| self.units[unit.index()]).sum(),
            (Some(posts), Some(units)) => units.iter().map(|unit| at(posts, unit)).sum(),
        }
    }
}

/// Every quota, in the order of their table.
pub(super) fn quotas(result: &Verified<'_>) -> Vec<Quota> {
    let market = result.docking().market();
    let placed = Placed::of(result);
    let empty = || Tally::of(Unit::Groups);
    let rows = QuotaIx::all(market.quotas().len());
    let mut quotas: Vec<Quota> = rows.map(|row| Quota { row, most: empty(), least: empty(), all: empty() }).collect();
    for group in market.quota_groups() {
        let quota = &mut quotas[group.quota.index()];
        let people = placed.people(&group);
        // Those who stand are nobody's decision here, and neither are those who were there before.
        let (here, counted) = (people.saturating_sub(group.standing), people + group.present);
        let seen = || Seen::group(group.label(market));
        let mut whole = Tally { looked: 1, ..empty() };
        if let Some(reading) = group.most(market, counted) {
            let mut tally = empty();
            tally.see(1, seen, reading);
            let over = counted.saturating_sub(group.stated().1.unwrap_or(u64::MAX));
            tally.beyond = over.min(here);
            tally.excused = over - tally.beyond;
            tally.before = u64::from(over > 0 && tally.beyond == 0);
            quota.most.add(&tally);
            whole.add(&Tally { looked: 0, ..tally });
        }
        if let Some(reading) = group.least(market, counted) {
            let closed = people == 0 && market.quota(group.quota).opening == Opening::OrClosed;
            let mut tally = Tally { looked: 1, ..empty() };
            if !closed {
                tally = empty();
                tally.see(1, seen, reading);
                if reading.fit() == Fit::Broken {
                    tally.beyond = group.stated().0.saturating_sub(counted);
                }
            }
            quota.least.add(&tally);
            whole.add(&Tally { looked: 0, ..tally });
        }
        // A group at both its limits is one group.
        whole.at_limit = whole.at_limit.min(1);
        quota.all.add(&whole);
    }
    quotas
}

/// What a check counts: the strict quotas with a maximum, with a minimum, or with one that opens or not.
pub(super) fn of_check(result: &Verified<'_>, check: Check, quotas: &[Quota]) -> Tally {
    let row = |quota: &Quota| result.docking().market().quota(quota.row);
    let strict = quotas.iter().filter(|quota| row(quota).penalty.is_none());
    let opening = if check == Check::QuotaOpening { Opening::OrClosed } else { Opening::Always };
    if check == Check::QuotaMost {
        Tally::sum(Unit::Groups, strict.map(|quota| &quota.most))
    } else {
        Tally::sum(Unit::Groups, strict.filter(|quota| row(quota).opening == opening).map(|quota| &quota.least))
    }
}

/// A line for each quota.
pub(super) fn lines(result: &Verified<'_>, quotas: Vec<Quota>) -> impl Iterator<Item = ComplianceLine> {
    quotas.into_iter().map(|Quota { row, all, .. }| {
        let row = result.docking().market().quota(row);
        let mode = row.penalty.map_or(Mode::Strict, Mode::Soft);
        let (id, source) = (row.id.clone(), row.source.as_deref().map(Phrase::name));
        ComplianceLine { id, source, ..ComplianceLine::new("L01", Phrase::name(&row.name), mode, all) }
    })
}
