//! The demand for each occupation, year by year.

use std::collections::BTreeMap;

use serde::Serialize;

#[cfg(feature = "forecast")]
use super::ahead::{Ahead, ahead};
use crate::insight::{OccupationFigures, RoundFigures};

/// One year of an occupation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct YearLine {
    /// The year.
    pub year: i16,
    /// Seats, from the last round of the year.
    pub demand: u64,
    /// People placed there.
    pub placed: u64,
    /// Seats at posts with a price: somebody would gain from one more.
    pub priced: u64,
}

/// One occupation over the years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DemandLine {
    /// The code of the occupation.
    pub occupation: String,
    /// Its name, as in the last round that has it; empty where the catalogue has none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Every year with a round, the earliest first.
    pub years: Vec<YearLine>,
    /// The seats of the year after the last one, from the years in a row up to it.
    #[cfg(feature = "forecast")]
    pub ahead: Ahead,
}

/// The occupations of `rounds`, one round a year, the earliest first, of which the last `in_a_row` have no year between them; by code.
#[cfg_attr(not(feature = "forecast"), expect(unused_variables, reason = "only projections ask for years in a row"))]
pub(super) fn of(rounds: &[&RoundFigures], in_a_row: usize) -> Vec<DemandLine> {
    let mut of: BTreeMap<&str, Vec<&OccupationFigures>> = BTreeMap::new();
    let mut at: Vec<BTreeMap<&str, &OccupationFigures>> = Vec::with_capacity(rounds.len());
    for round in rounds {
        for figures in round.occupations() {
            of.entry(&figures.occupation).or_default().push(figures);
        }
        at.push(round.occupations().iter().map(|figures| (figures.occupation.as_str(), figures)).collect());
    }
    let line = |(occupation, all): (&str, Vec<&OccupationFigures>)| {
        let year = |(round, at): (&&RoundFigures, &BTreeMap<&str, &OccupationFigures>)| {
            let there = at.get(occupation);
            YearLine {
                year: round.date().year(),
                demand: there.map_or(0, |figures| figures.demand),
                placed: there.map_or(0, |figures| figures.placed),
                priced: there.map_or(0, |figures| figures.priced),
            }
        };
        let years: Vec<YearLine> = rounds.iter().zip(&at).map(year).collect();
        let name = all.last().map_or_else(String::new, |figures| figures.name.clone());
        #[cfg(feature = "forecast")]
        let series: Vec<u64> = years[years.len() - in_a_row..].iter().map(|year| year.demand).collect();
        DemandLine {
            occupation: occupation.to_owned(),
            name,
            years,
            #[cfg(feature = "forecast")]
            ahead: ahead(&series),
        }
    };
    of.into_iter().map(line).collect()
}
