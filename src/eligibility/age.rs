//! R10: the person is old enough at the start.

use jiff::civil::Date;

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Measure, PostKind, Reading, Rule, Unit};

pub(super) struct Age;

/// The day on which somebody born on `birth` is `years` old: the first of March in a year without the twenty-ninth of February.
fn birthday(birth: Date, years: u8) -> Option<Date> {
    let year = birth.year() + i16::from(years);
    Date::new(year, birth.month(), birth.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

impl PairRule for Age {
    fn rule(&self) -> Rule {
        Rule::Age
    }

    fn sight(&self) -> Sight {
        Sight::Person
    }

    fn concerns(&self, pair: &Pair<'_>) -> bool {
        pair.offer().kind != PostKind::ThroughTraining
    }

    fn reading(&self, pair: &Pair<'_>) -> Option<Reading> {
        let old_enough = birthday(pair.supply().birth, pair.numbers().minimum_age)?;
        let days = pair.offer().start.duration_since(old_enough).as_hours() / 24;
        Some(Reading::at_least(Measure::new(days, Unit::AgeDays), Measure::new(0, Unit::AgeDays)))
    }

    /// Through-training is schooling, so its seats ask no age.
    fn permits(&self, pair: &Pair<'_>) -> bool {
        !self.concerns(pair) || pair.supply().age_on(pair.offer().start) >= i16::from(pair.numbers().minimum_age)
    }

    fn evidence(&self, pair: &Pair<'_>, _: Language) -> Evidence {
        Evidence::new(pair.numbers().minimum_age, pair.supply().age_on(pair.offer().start))
    }

    fn words(&self) -> Words {
        Words::new(
            "must be {needed} years old at the start, will be {found}",
            "开始时须满{needed}周岁，届时为{found}周岁",
        )
    }
}
