//! Heads, seats, classes that open or not, and earlier decisions.

use super::tally::Tally;
use super::{ComplianceLine, Seen};
use crate::audit::Check;
use crate::language::Phrase;
use crate::market::{Market, Measure, Opening, PostIx, Reading, SupplyIx, Unit};
use crate::verified::Verified;

fn people(count: u64) -> Measure {
    Measure::count(count, Unit::People)
}

/// What a check of heads, seats or decisions counts.
pub(super) fn of_check(check: Check, result: &Verified<'_>) -> Tally {
    let market = result.docking().market();
    match check {
        Check::Headcount => heads(result, |unit| Some(market.unit(unit).headcount.into())),
        // Somebody of the unit has left, and the others are there.
        Check::Departed => {
            let there = |unit| u64::from(market.present(unit));
            heads(result, |unit| Some(there(unit)).filter(|there| *there < market.unit(unit).headcount.into()))
        }
        Check::Standing => standing(result),
        Check::Seats => posts(
            result,
            |_| true,
            |post, filled| Some(Reading::at_most(people(filled), people(market.post(post).seats_max.into()))),
        ),
        Check::FewestSeats => posts(
            result,
            |post| least(market, post, Opening::Always).is_some(),
            |post, filled| Some(Reading::at_least(people(filled), people(least(market, post, Opening::Always)?))),
        ),
        Check::ClassSize => posts(
            result,
            |post| least(market, post, Opening::OrClosed).is_some(),
            |post, filled| class(market, post, filled),
        ),
        _ => Tally::of(Unit::People),
    }
}

/// People at each post.
fn filled(result: &Verified<'_>) -> Vec<u64> {
    let mut filled = vec![0; result.docking().market().posts().len()];
    for placement in result.placements().all() {
        filled[placement.post.index()] += u64::from(placement.people);
    }
    filled
}

/// The supply units for which there is a most, against it.
fn heads(result: &Verified<'_>, most: impl Fn(SupplyIx) -> Option<u64>) -> Tally {
    let market = result.docking().market();
    let mut tally = Tally::of(Unit::Units);
    for unit in SupplyIx::all(market.supply().len()) {
        if let Some(most) = most(unit) {
            let placed = result.placements().of(unit).iter().map(|placement| u64::from(placement.people)).sum();
            tally.see(1, || Seen::unit(market, unit), Reading::at_most(people(placed), people(most)));
        }
    }
    tally
}

/// The placements that stand, against those there are.
fn standing(result: &Verified<'_>) -> Tally {
    let market = result.docking().market();
    let mut tally = Tally::of(Unit::People);
    for standing in market.frozen_placements() {
        let there = result.placements().of(standing.unit).iter().filter(|placement| placement.post == standing.post);
        let there = there.map(|placement| u64::from(placement.people)).sum();
        let seen = || Seen::placement(market, standing.unit, standing.post);
        tally.see(standing.people.into(), seen, Reading::at_least(people(there), people(standing.people.into())));
    }
    tally
}

/// The posts that are asked, with the reading of those there is something to read at.
fn posts(
    result: &Verified<'_>,
    asked: impl Fn(PostIx) -> bool,
    reading: impl Fn(PostIx, u64) -> Option<Reading>,
) -> Tally {
    let market = result.docking().market();
    let mut tally = Tally::of(Unit::Posts);
    for (post, filled) in PostIx::all(market.posts().len()).zip(filled(result)).filter(|(post, _)| asked(*post)) {
        match reading(post, filled) {
            Some(reading) => tally.see(1, || Seen::post(market, post), reading),
            None => tally.looked += 1,
        }
    }
    tally
}

/// The minimum of a post that opens this way, if it has any.
fn least(market: &Market, post: PostIx, opening: Opening) -> Option<u64> {
    let row = market.post(post);
    Some(row.seats_min.into()).filter(|least| row.opening == opening && *least > 0)
}

/// A class that opens or not against its minimum; none where it did not open.
fn class(market: &Market, post: PostIx, filled: u64) -> Option<Reading> {
    let least = least(market, post, Opening::OrClosed).filter(|_| filled > 0)?;
    Some(Reading::at_least(people(filled), people(least)))
}

/// A line for each class that opens or not.
pub(super) fn classes(result: &Verified<'_>) -> Vec<ComplianceLine> {
    let market = result.docking().market();
    let line = |(post, filled): (PostIx, u64)| {
        least(market, post, Opening::OrClosed)?;
        let mut tally = Tally::of(Unit::Posts);
        match class(market, post, filled) {
            Some(reading) => tally.see(1, || Seen::post(market, post), reading),
            None => tally.looked = 1,
        }
        let (id, name) = (market.post(post).id.clone(), Phrase::name(&market.post(post).name));
        Some(ComplianceLine { id, name, code: "L04", ..ComplianceLine::of_check(Check::ClassSize, tally) })
    };
    PostIx::all(market.posts().len()).zip(filled(result)).filter_map(line).collect()
}
