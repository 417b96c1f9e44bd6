//! How a round treats each group of people: how many of them it places, and with how many points.

use std::collections::BTreeMap;

use serde::Serialize;

use super::group_name::{label_of, name_of};
use super::members::placed;
use crate::language::Language;
use crate::market::{Dimension, Facet, SupplyIx};
use crate::verified::Verified;

/// What people are grouped by.
pub const GROUPED_BY: [Dimension; 4] = [Dimension::School, Dimension::Level, Dimension::Home, Dimension::Flag];

/// Points that so many of the people placed have at most, by nearest rank: `median` is the least amount that at least half of
/// them do not exceed. Points are those the round counts, in its steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quantiles {
    /// The fewest points.
    pub least: f64,
    /// Of a quarter.
    pub lower: f64,
    /// Of half.
    pub median: f64,
    /// Of three quarters.
    pub upper: f64,
    /// The most points.
    pub most: f64,
}

impl Quantiles {
    /// Those of `(points, people)`; none of nobody.
    #[must_use]
    pub fn of(mut points: Vec<(f64, u64)>) -> Option<Self> {
        points.retain(|(_, people)| *people > 0);
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all: u64 = points.iter().map(|(_, people)| people).sum();
        let last = points.last()?.0;
        let at = |quarters: u64| {
            let wanted = (u128::from(all) * u128::from(quarters)).div_ceil(4).max(1);
            let mut people = 0_u128;
            let found = points.iter().find(|(_, here)| {
                people += u128::from(*here);
                people >= wanted
            });
            found.map_or(last, |(points, _)| *points)
        };
        Some(Self { least: at(0), lower: at(1), median: at(2), upper: at(3), most: last })
    }
}

/// A group of people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FairnessLine {
    /// What they have in common, as quotas write it: `school:centre`, `home:210213` (with the divisions inside it), `flag:poor`.
    #[serde(serialize_with = "as_text")]
    pub group: Facet,
    /// The name of a school or division; empty for the others.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// People, less those who have left.
    pub people: u64,
    /// Those with at least one acceptable post, or whose placement stands.
    pub with_choice: u64,
    /// Those placed; the rate is their share of the people.
    pub placed: u64,
    /// Points of those placed in this round; none if nobody was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Quantiles>,
}

pub(super) fn as_text<S: serde::Serializer>(facet: &Facet, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(facet)
}

impl FairnessLine {
    /// What people call the group.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        let name = Some(self.name.as_str()).filter(|name| !name.is_empty());
        label_of(&self.group, language).or(name).unwrap_or(&self.group.value)
    }
}

/// Every school, level, division people come from and circumstance, in this order, each by value. People are in a group for
/// each circumstance, and in that of a city as well as of its district if the market knows both as homes.
///
/// Cost: one look at every person for each group, and the score of each placement.
#[must_use]
pub fn fairness(result: &Verified<'_>) -> Vec<FairnessLine> {
    let docking = result.docking();
    let (market, explainer) = (docking.market(), docking.explainer());
    let mut points: BTreeMap<SupplyIx, Vec<(f64, u64)>> = BTreeMap::new();
    for placement in result.placements().without_standing(market).all() {
        let total = docking.config().objective.counted(explainer.explain(placement.unit, placement.post).total);
        points.entry(placement.unit).or_default().push((total, placement.people.into()));
    }
    let line = |group: Facet| {
        let units = market.units_with(&group);
        let mut line = FairnessLine {
            name: name_of(market, &group).unwrap_or_default(),
            group,
            people: 0,
            with_choice: 0,
            placed: 0,
            points: None,
        };
        for unit in &units {
            let people = u64::from(market.present(*unit));
            let standing = people - u64::from(market.open_headcount(*unit));
            line.people += people;
            line.with_choice += if docking.acceptable().posts_of(*unit).is_empty() { standing } else { people };
            line.placed += placed(result, *unit);
        }
        line.points = Quantiles::of(units.iter().filter_map(|unit| points.get(unit)).flatten().copied().collect());
        line
    };
    let groups = GROUPED_BY.into_iter().flat_map(|dimension| market.facets(dimension));
    groups.map(line).filter(|line| line.people > 0).collect()
}
