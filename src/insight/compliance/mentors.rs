//! Mentors: everybody with mentors counts for the party that offers the post and for the one they come from.

use std::collections::BTreeMap;

use super::tally::Tally;
use super::{ComplianceLine, Seen};
use crate::audit::Check;
use crate::formulation::Origin;
use crate::language::Phrase;
use crate::market::{Home, Measure, Party, ProgrammeIx, Reading, Unit};
use crate::verified::Verified;

/// A party with mentors, or one of its programmes.
type Whose = (Party, Option<ProgrammeIx>);

/// How many people the mentors of each have, against how many they may have; nothing in a market without mentors.
pub(super) fn mentors(result: &Verified<'_>) -> BTreeMap<Whose, Tally> {
    let market = result.docking().market();
    let mut capacity: BTreeMap<Whose, u64> = BTreeMap::new();
    for (row, mentor) in market.mentors().iter().enumerate() {
        *capacity.entry(market.mentor_of(row)).or_default() += u64::from(mentor.capacity);
    }
    if capacity.is_empty() {
        return BTreeMap::new();
    }
    let whose = |party: Party, home: Home| match home {
        Home::Programme(programme) if capacity.contains_key(&(party, Some(programme))) => (party, Some(programme)),
        _ => (party, None),
    };
    let mut people: BTreeMap<Whose, u64> = capacity.keys().map(|of| (*of, 0)).collect();
    for placement in result.placements().all() {
        if market.post(placement.post).kind.is_mentored() {
            let home = market.home_of(placement.unit);
            let (host, own) = (whose(market.owner_of(placement.post), home), whose(market.party_of(home), home));
            *people.entry(host).or_default() += u64::from(placement.people);
            if own != host {
                *people.entry(own).or_default() += u64::from(placement.people);
            }
        }
    }
    let tally = |(of, people): (Whose, u64)| {
        let limit = Measure::count(capacity.get(&of).copied().unwrap_or(0), Unit::People);
        let mut tally = Tally::of(Unit::Groups);
        let reading = Reading::at_most(Measure::count(people, Unit::People), limit);
        tally.see(1, || Seen::group(label(result, of)), reading);
        (of, tally)
    };
    people.into_iter().map(tally).collect()
}

fn label(result: &Verified<'_>, (party, programme): Whose) -> String {
    Origin::Mentors { party, programme }.label(result.docking().market())
}

/// All of them together.
pub(super) fn all(mentors: &BTreeMap<Whose, Tally>) -> Tally {
    Tally::sum(Unit::Groups, mentors.values())
}

/// A line for each party with mentors, or whose people need some, and for each programme with its own.
pub(super) fn lines(result: &Verified<'_>, mentors: BTreeMap<Whose, Tally>) -> impl Iterator<Item = ComplianceLine> {
    mentors.into_iter().map(|(of, tally)| {
        let (id, name) = (label(result, of), Phrase::name(result.docking().market().name_of(of.0)));
        ComplianceLine { id, name, code: "L02", ..ComplianceLine::of_check(Check::Mentors, tally) }
    })
}
