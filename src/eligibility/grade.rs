//! R04: the year of study is far enough.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Home, Measure, PostKind, Reading, Rule, Unit};

pub(super) struct Grade;

/// The first year of study the post may take; none where the year does not matter.
fn first_grade(pair: &Pair<'_>) -> Option<u8> {
    let Home::Programme(programme) = pair.home() else { return None };
    let level = pair.market.programme(programme).code.level();
    Some(match pair.offer().kind {
        PostKind::Job | PostKind::ThroughTraining => pair.numbers().last_year(level),
        _ => pair.numbers().first_grade,
    })
}

impl PairRule for Grade {
    fn rule(&self) -> Rule {
        Rule::Grade
    }

    fn sight(&self) -> Sight {
        Sight::Group
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        first_grade(pair).is_some()
    }

    fn reading(&self, pair: &Pair<'_>) -> Option<Reading> {
        let [first, own] = [first_grade(pair)?, pair.supply().grade.unwrap_or_default()];
        Some(Reading::at_least(Measure::new(own.into(), Unit::Grade), Measure::new(first.into(), Unit::Grade)))
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        first_grade(pair).is_none_or(|first| pair.supply().grade.is_some_and(|grade| grade >= first))
    }

    fn evidence(&self, pair: &Pair<'_>, _: Language) -> Evidence {
        Evidence::new(first_grade(pair).unwrap_or_default(), pair.supply().grade.unwrap_or_default())
    }

    fn words(&self) -> Words {
        Words::new("needs year of study {needed} at least, is in year {found}", "至少须为{needed}年级，现为{found}年级")
    }
}
