//! The key figures of a consortium: what it reports of a year, beside what it has set out to reach.

use std::collections::BTreeSet;

use serde::Serialize;

use super::compliance::under_agreements;
use crate::market::{Fit, Home, Indicator, Market, Measure, PostKind, Reading, SupplyIx, Unit};
use crate::verified::Verified;

/// One key figure of the whole round, members and others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyFigure {
    /// Stable code, `K01` to `K07`.
    pub code: &'static str,
    /// What is measured.
    pub indicator: Indicator,
    /// What the round reaches, those whose placement stands among it; a share has all there are as its whole.
    pub reached: Measure,
    /// What is to be reached; none where the market has no such target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Measure>,
    /// Whether it is reached, compared as fractions; none without a target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met: Option<bool>,
    /// Where the target comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Every key figure, in the order of the indicators. Cost: a few looks at every placement.
#[must_use]
pub fn key_figures(result: &Verified<'_>) -> Vec<KeyFigure> {
    let market = result.docking().market();
    let figure = |indicator: &Indicator| {
        let row = market.targets().iter().find(|target| target.indicator == *indicator);
        let reached = reached(result, *indicator);
        let target = row.map(|row| {
            let amount = i64::from(row.amount);
            if indicator.is_share() {
                Measure::part(amount, 100, Unit::Share)
            } else {
                Measure::new(amount, reached.unit())
            }
        });
        let met = target.map(|target| Reading::at_least(reached, target).fit() != Fit::Broken);
        let source = row.and_then(|row| row.source.clone());
        KeyFigure { code: indicator.code(), indicator: *indicator, reached, target, met, source }
    };
    Indicator::ALL.iter().map(figure).collect()
}

fn reached(result: &Verified<'_>, indicator: Indicator) -> Measure {
    let market = result.docking().market();
    let people = |kind: PostKind| {
        let there = result.placements().all().iter().filter(|placement| market.post(placement.post).kind == kind);
        Measure::count(there.map(|placement| u64::from(placement.people)).sum(), Unit::People)
    };
    match indicator {
        Indicator::OrderClasses => {
            let there = result.placements().all().iter().filter(|placement| placement.people > 0);
            let posts = there.map(|placement| placement.post);
            let classes: BTreeSet<_> = posts.filter(|post| market.post(*post).kind == PostKind::OrderClass).collect();
            Measure::count(classes.len() as u64, Unit::Classes)
        }
        Indicator::FieldEngineers => people(PostKind::FieldEngineer),
        Indicator::ThroughTraining => people(PostKind::ThroughTraining),
        Indicator::Craftsmen => people(PostKind::Craftsman),
        Indicator::Internships => people(PostKind::Internship),
        Indicator::ProgrammesInTraining => {
            part(in_training(result).len(), of_this_round(market).len(), Unit::Programmes)
        }
        Indicator::AgreementsUsed => {
            let (under, _) = under_agreements(result);
            part(under.iter().filter(|people| **people > 0).count(), under.len(), Unit::Agreements)
        }
    }
}

fn part(amount: usize, of: usize, unit: Unit) -> Measure {
    Measure::part(i64::try_from(amount).unwrap_or(i64::MAX), of as u64, unit)
}

/// The programmes with people in the round, as homes.
fn of_this_round(market: &Market) -> BTreeSet<Home> {
    let homes = SupplyIx::all(market.supply().len()).map(|unit| market.home_of(unit));
    homes.filter(|home| matches!(home, Home::Programme(_))).collect()
}

/// The programmes of whose students some are in training with an enterprise.
fn in_training(result: &Verified<'_>) -> BTreeSet<Home> {
    let market = result.docking().market();
    let with_enterprise = [PostKind::OrderClass, PostKind::Apprenticeship, PostKind::FieldEngineer];
    let placements = result.placements().all().iter().filter(|placement| placement.people > 0);
    let there = placements.filter(|placement| with_enterprise.contains(&market.post(placement.post).kind));
    there.map(|placement| market.home_of(placement.unit)).filter(|home| matches!(home, Home::Programme(_))).collect()
}
