//! R10: the person is old enough at the start.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::Rule;

pub(super) struct Age;

impl PairRule for Age {
    fn rule(&self) -> Rule {
        Rule::Age
    }

    fn sight(&self) -> Sight {
        Sight::Person
    }

    /// Through-training is schooling, so its seats ask no age.
    fn permits(&self, pair: &Pair<'_>) -> bool {
        pair.offer().kind == crate::market::PostKind::ThroughTraining
            || pair.supply().age_on(pair.offer().start) >= i16::from(pair.numbers().minimum_age)
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
