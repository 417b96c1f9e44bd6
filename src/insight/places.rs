//! The map: where the seats and the people of a round are.

use std::collections::BTreeMap;

use serde::Serialize;

use super::members::placed;
use crate::market::{Degrees, PostIx, RegionCode, SupplyIx};
use crate::verified::Verified;

/// A division with seats or people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlaceLine {
    /// Its code.
    pub code: RegionCode,
    /// Its name; empty where the market has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Longitude of its seat, or of that of the division above; none where the market knows neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<Degrees>,
    /// Latitude, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<Degrees>,
    /// Seats of posts whose work is there.
    pub seats: u64,
    /// Those filled.
    pub filled: u64,
    /// People who study or work there, less those who have left.
    pub people: u64,
    /// Those placed, there or elsewhere.
    pub placed: u64,
}

/// Every division in which a post, or the school or enterprise of somebody, is, by code. Cost: one pass over posts, people and
/// placements.
#[must_use]
pub fn places(result: &Verified<'_>) -> Vec<PlaceLine> {
    let market = result.docking().market();
    let mut counts: BTreeMap<RegionCode, [u64; 4]> = BTreeMap::new();
    for post in PostIx::all(market.posts().len()) {
        counts.entry(market.region_of(post)).or_default()[0] += u64::from(market.post(post).seats_max);
    }
    for placement in result.placements().all() {
        counts.entry(market.region_of(placement.post)).or_default()[1] += u64::from(placement.people);
    }
    for unit in SupplyIx::all(market.supply().len()) {
        let division = market.division_of(market.party_of(market.home_of(unit)));
        let [_, _, people, of_them] = counts.entry(division).or_default();
        *people += u64::from(market.present(unit));
        *of_them += placed(result, unit);
    }
    let line = |(code, [seats, filled, people, placed]): (RegionCode, [u64; 4])| {
        let (longitude, latitude) = market.catalogue().coordinates(code).unzip();
        let name = market.catalogue().region(code).map_or_else(String::new, |region| region.name.clone());
        PlaceLine { code, name, longitude, latitude, seats, filled, people, placed }
    };
    counts.into_iter().map(line).collect()
}
