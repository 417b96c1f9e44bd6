//! What an earlier round knows, in the numbers of another one.

use crate::audit::audit;
use crate::docking::Docking;
use crate::formulation::{Formulation, Goal};
use crate::graph::{Matching, Placement};
use crate::market::{PostIx, SupplyIx};
use crate::solve::{Seated, Start};
use crate::verified::Verified;

/// Where to begin with `docking` after `earlier`: its prices, in the scales of these goals, and its placements, of whatever has the
/// same ids. Cost: a search by id for each unit placed and each post.
pub(crate) fn start(earlier: &Verified<'_>, docking: &Docking<'_>) -> Start {
    let (old, new) = (earlier.docking(), docking);
    let (from, to) = (old.formulation(), new.formulation());
    let scaled = |price: i64| rescaled(price, &old.config().objective.goals, from, to);
    let mut prices = vec![0; new.market().posts().len()];
    for (row, post) in PostIx::all(old.market().posts().len()).zip(old.market().posts()) {
        if let Some(here) = new.market().find_post(&post.id) {
            prices[to.post_id(here).index()] = scaled(earlier.price(row));
        }
    }
    let start = Start::new(prices, seated(earlier, docking));
    if from.limits() != to.limits() {
        return start;
    }
    // The same limits became the same nodes.
    let known = &earlier.solution().prices;
    let quotas = [known.demand(), known.supply()].map(|prices| prices.iter().map(|price| scaled(*price)).collect());
    start.with_quota_prices(quotas)
}

/// The placements of `earlier` in the words of `docking`, of whatever has the same ids.
fn seated(earlier: &Verified<'_>, docking: &Docking<'_>) -> Vec<Seated> {
    let (old, new) = (earlier.docking(), docking);
    let (from, to) = (old.formulation(), new.formulation());
    let graph = from.problem().graph();
    let find = |unit: SupplyIx, post: PostIx| {
        let unit = new.market().find_unit(&old.market().unit(unit).id)?;
        let post = new.market().find_post(&old.market().post(post).id)?;
        Some((to.unit_id(unit), to.post_id(post)))
    };
    let placements = earlier.solution().matching.placements().iter();
    let seated = placements.filter_map(|placement| {
        let (unit, post) = (graph.unit_of(placement.pair), graph.post_of(placement.pair));
        let (unit, post) = find(from.supply(unit), from.post(post))?;
        Some(Seated { unit, post, count: placement.count })
    });
    seated.collect()
}

/// The placements of `earlier` in `docking`, of whatever has the same ids and is acceptable there. Cost: a search by id for each.
pub(crate) fn remaining(earlier: &Verified<'_>, docking: &Docking<'_>) -> Matching {
    let graph = docking.formulation().problem().graph();
    let seated = seated(earlier, docking).into_iter();
    let placed =
        seated.filter_map(|Seated { unit, post, count }| Some(Placement { pair: graph.find(unit, post)?, count }));
    Matching::new(placed.collect())
}

/// The placements of `earlier` in `docking`, of whatever has the same ids, if each is acceptable there and the audit finds that they
/// keep every limit. Cost: a search by id for each, and the audit.
pub(crate) fn kept(earlier: &Verified<'_>, docking: &Docking<'_>) -> Option<Matching> {
    let graph = docking.formulation().problem().graph();
    let seated = seated(earlier, docking).into_iter();
    let placed = seated.map(|Seated { unit, post, count }| Some(Placement { pair: graph.find(unit, post)?, count }));
    let matching = Matching::new(placed.collect::<Option<_>>()?);
    let audited = audit(docking.market(), &docking.config().rules, &docking.placements(&matching));
    audited.is_clean().then_some(matching)
}

/// A price in the scales of another formulation: each goal takes the multiple of its scale nearest to what the earlier ones left.
fn rescaled(price: i64, goals: &[Goal], from: &Formulation, to: &Formulation) -> i64 {
    let (mut rest, mut sum) = (i128::from(price), 0_i128);
    for goal in goals {
        let scale = from.scale(*goal).max(1);
        let units = (2 * rest + scale).div_euclid(2 * scale);
        rest -= units * scale;
        sum += units * to.scale(*goal);
    }
    i64::try_from(sum).unwrap_or(price)
}
