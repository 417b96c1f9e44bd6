//! Who went where: people placed, from the category they study to the sector they work in.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::market::{Category, Home, Party};
use crate::verified::Verified;

/// Where people placed are: in a sector, or at a school.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Destination {
    /// At enterprises of a sector, in the market's own words.
    Sector(String),
    /// At enterprises of no stated sector.
    Unstated,
    /// At a school, to study on.
    School,
}

/// People placed, from one category to one destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FlowLine {
    /// The category of their programme; none for employees, and for a programme of no known category.
    pub category: Option<Category>,
    /// Where they are placed.
    pub to: Destination,
    /// People.
    pub people: u64,
}

/// Everybody placed, those whose placement stands among them, by category and destination, ascending; employees first. Adds up
/// to the people placed. A post counts for its owner. Cost: one pass over the placements.
#[must_use]
pub fn flows(result: &Verified<'_>) -> Vec<FlowLine> {
    let market = result.docking().market();
    let mut flows: BTreeMap<(Option<Category>, Destination), u64> = BTreeMap::new();
    for placement in result.placements().all() {
        let category = match market.home_of(placement.unit) {
            Home::Programme(programme) => Category::of(market.programme(programme).code),
            Home::Enterprise(_) => None,
        };
        let to = match market.owner_of(placement.post) {
            Party::School(_) => Destination::School,
            Party::Enterprise(owner) => {
                market.enterprise(owner).sector.clone().map_or(Destination::Unstated, Destination::Sector)
            }
        };
        *flows.entry((category, to)).or_default() += u64::from(placement.people);
    }
    flows.into_iter().map(|((category, to), people)| FlowLine { category, to, people }).collect()
}
