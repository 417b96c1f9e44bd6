//! R13: the person is available through the window of the post.

use super::rule::{Evidence, Pair, PairRule, Sight};
use crate::language::{Language, Words};
use crate::market::{Measure, Reading, Rule, Unit};

pub(super) struct Window;

impl PairRule for Window {
    fn rule(&self) -> Rule {
        Rule::Window
    }

    fn sight(&self) -> Sight {
        Sight::Person
    }

    fn reading(&self, pair: &Pair<'_>) -> Option<Reading> {
        let (unit, post) = (pair.supply(), pair.offer());
        let spare = post.start.duration_since(unit.from).min(unit.to.duration_since(post.end));
        let days = Measure::new(spare.as_hours() / 24, Unit::SpareDays);
        Some(Reading::at_least(days, Measure::new(0, Unit::SpareDays)))
    }

    fn permits(&self, pair: &Pair<'_>) -> bool {
        let (unit, post) = (pair.supply(), pair.offer());
        unit.from <= post.start && post.end <= unit.to
    }

    fn evidence(&self, pair: &Pair<'_>, _: Language) -> Evidence {
        let (unit, post) = (pair.supply(), pair.offer());
        Evidence::new(format!("{} – {}", post.start, post.end), format!("{} – {}", unit.from, unit.to))
    }

    fn words(&self) -> Words {
        Words::new(
            "the post runs {needed}, the person is available {found}",
            "岗位时间为{needed}，本人可用时间为{found}",
        )
    }
}
