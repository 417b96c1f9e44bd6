//! Amounts of goals in words.

use super::table::number;
use super::words as w;
use crate::formulation::Goal;
use crate::insight::GoalValue;
use crate::language::Language;

/// What `values` amount to: "1 placed, 16 points".
pub(super) fn amounts<'a>(values: impl IntoIterator<Item = &'a GoalValue>, language: Language) -> String {
    let say = |value: &GoalValue| {
        let words = match value.goal {
            Goal::Placed => w::PERSON_UNIT,
            Goal::InConsortium => w::INSIDE_UNIT,
            Goal::Score => w::POINTS_UNIT,
        };
        words.fill(language, &[("amount", &number(value.amount))])
    };
    let said: Vec<String> = values.into_iter().filter(|value| value.amount != 0.0).map(say).collect();
    if said.is_empty() { w::NOTHING.get(language).to_owned() } else { language.list(&said) }
}
