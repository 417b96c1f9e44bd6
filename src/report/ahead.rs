//! The demand of an outlook a year ahead.

use super::ahead_words as w;
use super::columns as c;
use super::table::{Cell, Column, grouped};
use crate::language::Phrase;
use crate::outlook::{Ahead, INTERVAL, LEAST_YEARS, Outlook};

/// What stands beside each occupation.
pub(super) const COLUMNS: [Column; 4] = [c::PROJECTION, c::EXPECTED, c::LOW, c::HIGH];

/// What it was projected from, or why it was not, and the numbers.
pub(super) fn cells(ahead: &Ahead) -> [Cell; 4] {
    let Some(projection) = ahead.projection else {
        return [Cell::term(ahead.state.word(), ahead.state.words()), Cell::Nothing, Cell::Nothing, Cell::Nothing];
    };
    let model = Cell::term(projection.model.word(), projection.model.words());
    [model, projection.expected.into(), projection.low.into(), projection.high.into()]
}

/// What the projections rest on, or that there are too few years; none without rounds.
pub(super) fn sentence(outlook: &Outlook) -> Option<Phrase> {
    let (from, to) = outlook.in_a_row.first().zip(outlook.in_a_row.last())?;
    let years = outlook.in_a_row.len();
    let words = if years < LEAST_YEARS { w::TOO_FEW } else { w::PROJECTED };
    let year = outlook.projected?.to_string();
    let (from, to, years) = (from.to_string(), to.to_string(), grouped(years));
    let (level, needed) = (INTERVAL.to_string(), LEAST_YEARS.to_string());
    let values = [
        ("year", year.as_str()),
        ("from", &from),
        ("to", &to),
        ("years", &years),
        ("level", &level),
        ("needed", &needed),
    ];
    Some(Phrase::fill(words, &values))
}
