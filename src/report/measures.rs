//! Measures and their limits in words.

use super::amounts::amounts;
use super::compliance_words as w;
use super::table::{Cell, grouped, plain};
use crate::insight::{GoalValue, Seen, Sides, Worth};
use crate::language::{Language, Phrase};
use crate::market::{Bound, Measure, Mode, Unit};

/// Hundredths of a percent as percent, without superfluous digits.
fn percent(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number with its unit, and its whole if it is a part.
pub(super) fn measure(measure: Measure, language: Language) -> String {
    let (unit, amount) = (("unit", measure.unit().label(language)), grouped(measure.amount()));
    let of = grouped(measure.of().unwrap_or_default());
    let percent = measure.basis_points().map(percent);
    match (measure.of(), &percent) {
        (None, _) => w::NUMBER.fill(language, &[unit, ("amount", &amount)]),
        (Some(_), None) => w::PART_OF_NONE.fill(language, &[unit, ("amount", &amount)]),
        (Some(_), Some(percent)) => {
            w::PART.fill(language, &[unit, ("amount", &amount), ("of", &of), ("percent", percent)])
        }
    }
}

/// What a number must be.
pub(super) fn limit(bound: Bound, language: Language) -> String {
    let (words, limit) = match bound {
        Bound::Least(limit) => (w::LEAST, limit),
        Bound::Most(limit) => (w::MOST, limit),
    };
    let share = limit.basis_points().filter(|_| limit.unit() == Unit::Share);
    let amount = match share {
        Some(share) => w::PERCENT.fill(language, &[("percent", &percent(share))]),
        None => grouped(limit.amount()),
    };
    words.fill(language, &[("limit", &amount)])
}

pub(super) fn seen(seen: &Seen, language: Language) -> String {
    match (seen.unit.as_str(), seen.post.as_str(), seen.group.as_str()) {
        ("", "", group) => group.to_owned(),
        (unit, "", _) => unit.to_owned(),
        ("", post, _) => post.to_owned(),
        (unit, post, _) => w::PLACEMENT.fill(language, &[("unit", unit), ("post", post)]),
    }
}

/// A measure as a cell: `982` or `41/44` in files.
pub(super) fn counted(number: Measure) -> Cell {
    let code = match number.of() {
        Some(of) => format!("{}/{of}", number.amount()),
        None => number.amount().to_string(),
    };
    Cell::term(&code, Phrase::each(|language| measure(number, language)))
}

/// A limit as a cell: `>=40` or `<=1/10` in files.
pub(super) fn bound(bound: Bound) -> Cell {
    let (sign, limited) = match bound {
        Bound::Least(limit) => (">=", limit),
        Bound::Most(limit) => ("<=", limit),
    };
    let of = limited.of().map_or_else(String::new, |of| format!("/{of}"));
    Cell::term(&format!("{sign}{}{of}", limited.amount()), Phrase::each(|language| limit(bound, language)))
}

/// Amounts of goals as a cell: `placed:1|score:16` in files.
pub(super) fn goals(values: &[GoalValue]) -> Cell {
    let values: Vec<&GoalValue> = values.iter().filter(|value| value.amount != 0.0).collect();
    if values.is_empty() {
        return Cell::Nothing;
    }
    let code = values.iter().map(|value| format!("{}:{}", value.goal.word(), plain(value.amount)));
    Cell::term(&code.collect::<Vec<_>>().join("|"), Phrase::each(|language| amounts(values.iter().copied(), language)))
}

/// What one more or one fewer is worth: `nothing` in files where that is nothing, empty where there is no such change.
pub(super) fn worth(worth: Option<&Worth>) -> Cell {
    match worth.map(|worth| goals(&worth.goals)) {
        Some(Cell::Nothing) => Cell::term("nothing", super::words::NOTHING),
        Some(said) => said,
        None => Cell::Nothing,
    }
}

/// Both sides of a price, with the minimum's.
pub(super) fn sides(sides: Option<&Sides>) -> [Cell; 3] {
    let side = |of: fn(&Sides) -> &Option<Worth>| worth(sides.and_then(|sides| of(sides).as_ref()));
    [side(|sides| &sides.more), side(|sides| &sides.fewer), side(|sides| &sides.lower_minimum)]
}

/// How a rule is applied: `strict`, `soft:10` or `off` in files.
pub(super) fn mode(mode: Mode) -> Cell {
    use super::words as w;
    match mode {
        Mode::Strict => Cell::term("strict", w::STRICT),
        Mode::Soft(points) => {
            Cell::term(&format!("soft:{points}"), Phrase::fill(w::SOFT, &[("points", &grouped(points))]))
        }
        Mode::Off => Cell::term("off", w::OFF),
    }
}
