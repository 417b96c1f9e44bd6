//! The rules about pairs, over everybody placed.

use super::tally::Tally;
use super::{ComplianceLine, Seen};
use crate::eligibility::look;
use crate::language::Phrase;
use crate::market::{Fit, Mode, Rule, Unit};
use crate::verified::Verified;

/// A line for each rule, in the order of their codes.
pub(super) fn rules(result: &Verified<'_>) -> Vec<ComplianceLine> {
    let book = &result.docking().config().rules;
    let line = |rule: &Rule| {
        let source = Some(Phrase::each(|language| rule.source(language)));
        let name = Phrase::each(|language| rule.label(language));
        ComplianceLine { source, ..ComplianceLine::new(rule.code(), name, book.mode(*rule), tally(result, *rule)) }
    };
    Rule::ALL.iter().map(line).collect()
}

/// Those placed in the round are asked; those who stand and those for whom the rule is waived are counted if they break it.
fn tally(result: &Verified<'_>, rule: Rule) -> Tally {
    let (market, book) = (result.docking().market(), &result.docking().config().rules);
    let mut tally = Tally::of(Unit::People);
    if book.mode(rule) == Mode::Off || rule == Rule::Decided && market.decisions().is_empty() {
        return tally;
    }
    for placement in result.placements().all() {
        let (unit, post) = (placement.unit, placement.post);
        let standing = market.frozen_of(unit, post).min(placement.people);
        let asked = u64::from(placement.people - standing);
        let Some(look) = look(market, book, rule, unit, post) else { continue };
        tally.excused += if look.kept { 0 } else { standing.into() };
        if asked == 0 {
            continue;
        }
        if !look.kept && look.waived {
            tally.excused += asked;
            continue;
        }
        tally.beyond += if look.kept { 0 } else { asked };
        match look.reading {
            Some(reading) => {
                debug_assert_eq!(look.kept, reading.fit() != Fit::Broken, "{rule:?}");
                tally.see(asked, || Seen::placement(market, unit, post), reading);
            }
            None => tally.looked += asked,
        }
    }
    tally
}
