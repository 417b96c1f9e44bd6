//! Agreements: how many students are placed under each of them, and how many under none.

use super::ComplianceLine;
use super::tally::Tally;
use crate::eligibility::{agreements, covers};
use crate::language::{Phrase, Words};
use crate::market::{Home, Rule, Unit};
use crate::verified::Verified;

/// Whoever no agreement covers.
const NONE: Words = Words::new("placed under no agreement", "未在协议下安置");

/// The people placed under each agreement, and those placed under none. A student may be placed under several: all between the
/// school and those who offer the post that cover the programme.
pub(in crate::insight) fn under_agreements(result: &Verified<'_>) -> (Vec<u64>, u64) {
    let market = result.docking().market();
    let (mut under, mut none) = (vec![0; market.agreements().len()], 0);
    for placement in result.placements().all() {
        let home = market.home_of(placement.unit);
        let Home::Programme(programme) = home else { continue };
        let code = market.programme(programme).code;
        let people = u64::from(placement.people);
        let mut found = agreements(market, market.party_of(home), placement.post)
            .filter(|agreement| covers(market, *agreement, code))
            .peekable();
        none += if found.peek().is_none() { people } else { 0 };
        found.for_each(|agreement| under[agreement.index()] += people);
    }
    (under, none)
}

/// A line for each agreement, and one for whoever is placed under none.
pub(super) fn lines(result: &Verified<'_>) -> Vec<ComplianceLine> {
    let market = result.docking().market();
    let (under, none) = under_agreements(result);
    let line = |code, name, people| {
        let tally = Tally { looked: people, ..Tally::of(Unit::People) };
        let source = Some(Phrase::each(|language| Rule::Agreement.source(language)));
        ComplianceLine { source, ..ComplianceLine::reported(code, name, tally) }
    };
    let mut lines: Vec<ComplianceLine> = market
        .agreements()
        .iter()
        .zip(under)
        .map(|(row, people)| ComplianceLine { id: row.id.clone(), ..line("L05", Phrase::name(&row.name), people) })
        .collect();
    lines.push(line("L06", NONE.into(), none));
    lines
}
