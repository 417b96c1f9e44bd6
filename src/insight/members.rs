//! The members: what the round did for each school, each enterprise and each group of people.

use serde::Serialize;

use crate::market::{Flag, Home, Party, SupplyIx};
use crate::verified::Verified;

/// One school of the round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchoolLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Students it declared, less those who have left.
    pub people: u64,
    /// Those with at least one acceptable post, or whose placement stands.
    pub with_choice: u64,
    /// Those placed.
    pub placed: u64,
}

/// Every school with students in the round, by id.
#[must_use]
pub fn schools(result: &Verified<'_>) -> Vec<SchoolLine> {
    let (market, acceptable) = (result.docking().market(), result.docking().acceptable());
    let mut lines: Vec<SchoolLine> = market
        .schools()
        .iter()
        .map(|school| SchoolLine {
            id: school.id.clone(),
            name: school.name.clone(),
            people: 0,
            with_choice: 0,
            placed: 0,
        })
        .collect();
    for unit in SupplyIx::all(market.supply().len()) {
        let Home::Programme(programme) = market.home_of(unit) else { continue };
        let line = &mut lines[market.school_of(programme).index()];
        let people = u64::from(market.present(unit));
        line.people += people;
        let standing = people - u64::from(market.open_headcount(unit));
        line.with_choice += if acceptable.posts_of(unit).is_empty() { standing } else { people };
        line.placed += placed(result, unit);
    }
    lines.retain(|line| line.people > 0);
    lines
}

pub(super) fn placed(result: &Verified<'_>, unit: SupplyIx) -> u64 {
    result.placements().of(unit).iter().map(|placement| u64::from(placement.people)).sum()
}

/// One enterprise of the round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnterpriseLine {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Industry sector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    /// Seats of its posts.
    pub seats: u64,
    /// Those filled.
    pub filled: u64,
}

/// Every enterprise with posts in the round, by id; a post counts for its owner.
#[must_use]
pub fn enterprises(result: &Verified<'_>) -> Vec<EnterpriseLine> {
    let market = result.docking().market();
    let mut lines: Vec<EnterpriseLine> = market
        .enterprises()
        .iter()
        .map(|enterprise| EnterpriseLine {
            id: enterprise.id.clone(),
            name: enterprise.name.clone(),
            sector: enterprise.sector.clone(),
            seats: 0,
            filled: 0,
        })
        .collect();
    for post in crate::market::PostIx::all(market.posts().len()) {
        if let Party::Enterprise(owner) = market.owner_of(post) {
            lines[owner.index()].seats += u64::from(market.post(post).seats_max);
        }
    }
    for placement in result.placements().all() {
        if let Party::Enterprise(owner) = market.owner_of(placement.post) {
            lines[owner.index()].filled += u64::from(placement.people);
        }
    }
    lines.retain(|line| line.seats > 0);
    lines
}

/// People in one circumstance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EquityLine {
    /// The circumstance; none for everybody.
    pub flag: Option<Flag>,
    /// People.
    pub people: u64,
    /// Those placed.
    pub placed: u64,
}

/// Everybody, then the people in each circumstance.
#[must_use]
pub fn equity(result: &Verified<'_>) -> Vec<EquityLine> {
    let market = result.docking().market();
    let groups = std::iter::once(None).chain(Flag::ALL.iter().copied().map(Some));
    let mut lines: Vec<EquityLine> = groups.map(|flag| EquityLine { flag, people: 0, placed: 0 }).collect();
    for unit in SupplyIx::all(market.supply().len()) {
        let supply = market.unit(unit);
        let people = (u64::from(market.present(unit)), placed(result, unit));
        for line in lines.iter_mut().filter(|line| line.flag.is_none_or(|flag| supply.flags.contains(&flag))) {
            line.people += people.0;
            line.placed += people.1;
        }
    }
    lines
}

/// How far wishes were met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WishLine {
    /// People who wished.
    pub people: u64,
    /// Those with their first wish.
    pub first: u64,
    /// Those with any of their wishes.
    pub any: u64,
    /// Those placed, wished for or not.
    pub placed: u64,
}

/// How far the wishes of those who had any were met.
#[must_use]
pub fn wishes(result: &Verified<'_>) -> WishLine {
    let market = result.docking().market();
    let mut line = WishLine::default();
    for unit in SupplyIx::all(market.supply().len()) {
        let wished = market.wishes_of(unit);
        if wished.is_empty() {
            continue;
        }
        line.people += u64::from(market.present(unit));
        for placement in result.placements().of(unit) {
            let people = u64::from(placement.people);
            line.placed += people;
            line.any += if wished.contains(&placement.post) { people } else { 0 };
            line.first += if wished[0] == placement.post { people } else { 0 };
        }
    }
    line
}
